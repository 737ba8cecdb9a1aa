//! Cases worked out by hand.

use reverse_mentoring::health::{
    Breakdown, Contribution, Dropout, DropoutStage, Ledger, Metric, Metrics, PeriodHealth,
    Publisher, UnitKind, UnitView,
};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::text::Label;

use crate::support::*;
use crate::world::*;

/// Groups of so many pairings in the first breakdown, with so many parts, each of one.
pub(crate) fn groups(groups: &[(usize, usize)]) -> Programme {
    let (mut values, mut labels) = (Vec::new(), Vec::new());
    for (at, (size, part)) in groups.iter().enumerate() {
        for n in 0..*size {
            values.push((u64::from(n < *part), 1));
            labels.push(Some(at));
        }
    }
    Programme {
        values,
        labels: vec![labels],
    }
}

/// Total and cells as `part/whole`, `-` where withheld, with `@n` where they are of period `n`, not of this one.
pub(crate) fn told(programme: &Programme, health: &PeriodHealth) -> String {
    let figure = |figure: Option<&reverse_mentoring::health::Figure>| match figure {
        None => "-".to_owned(),
        Some(f) if f.period == health.period => format!("{}/{}", f.ratio.part(), f.ratio.whole()),
        Some(f) => {
            let of = (0..99).find(|n| period(*n) == f.period).unwrap();
            format!("{}/{}@{of}", f.ratio.part(), f.ratio.whole())
        }
    };
    let reading = health.reading("table").unwrap();
    let mut text = figure(reading.total.shown());
    for cells in programme.cells(reading) {
        text.push_str(" |");
        for (_, cell, _) in cells.iter().filter(|(_, _, l)| l.is_some()) {
            text.push(' ');
            text.push_str(&figure(cell.as_ref()));
        }
    }
    text
}

fn once(programme: &Programme, threshold: u32) -> String {
    let world = World::of(programme.values.len());
    let health = programme.release(&world, 0, threshold, &mut Ledger::new());
    told(programme, &health.unwrap())
}

#[test]
fn who_is_withheld() {
    for (case, threshold, expected) in [
        // All large, nothing to hide.
        (&[(8, 4), (7, 3), (6, 2)][..], 5, "9/21 | 4/8 3/7 2/6"),
        // Four, so a second; of eight and four with six in all, the eight have two to six.
        (&[(12, 6), (8, 4), (4, 2)], 5, "12/24 | 6/12 - -"),
        // Three; the seven beside them would have two to five, an interval of three. So the eight, too.
        (&[(12, 6), (8, 4), (7, 4), (3, 1)], 5, "15/30 | 6/12 - - -"),
        (&[(8, 4), (7, 4), (3, 1)], 5, "9/18 | - - -"),
        // With a threshold of four an interval of three is enough.
        (
            &[(12, 6), (8, 4), (7, 4), (3, 1)],
            4,
            "15/30 | 6/12 4/8 - -",
        ),
        // Three have three of the four in the ten: one of the seven. Both are confined no more than by the fifteen.
        (&[(12, 6), (8, 4), (7, 0), (3, 0)], 5, "10/30 | 6/12 - - -"),
        // Two that are small make four, and the rest of the total must be five.
        (&[(10, 5), (9, 4), (2, 1), (2, 1)], 5, "11/23 | 5/10 - - -"),
        (&[(10, 5), (9, 4), (3, 1), (4, 2)], 5, "12/26 | 5/10 - - -"),
        (
            &[(10, 5), (9, 4), (4, 2), (4, 2)],
            5,
            "13/27 | 5/10 4/9 - -",
        ),
        // Nine: the total alone. Four: nothing. Ten, in two groups of five.
        (&[(9, 4)], 5, "4/9 | -"),
        (&[(4, 2)], 5, "- | -"),
        (&[(5, 2), (5, 3)], 5, "5/10 | 2/5 3/5"),
        (&[(5, 2), (5, 3)], 6, "5/10 | - -"),
        (&[(6, 2), (5, 3)], 6, "5/11 | - -"),
        // One group is the total.
        (&[(12, 0)], 5, "0/12 | 0/12"),
        // Nought of all: nothing hidden, or nothing shown.
        (&[(8, 0), (6, 0)], 5, "0/14 | 0/8 0/6"),
        (&[(8, 0), (6, 0), (4, 0)], 5, "- | - - -"),
        (&[(8, 8), (6, 6), (4, 4)], 5, "- | - - -"),
        // Seventeen of eighteen: the total confines more than a breakdown may, and stays.
        (&[(8, 7), (6, 6), (4, 4)], 5, "17/18 | - - -"),
    ] {
        assert_eq!(
            once(&groups(case), threshold),
            expected,
            "{case:?} {threshold}"
        );
    }
}

#[test]
fn two_breakdowns_of_the_same_people() {
    // Two units of twelve; the women are eleven of the first, and all but them are men: unit less women is one man.
    let mut programme = groups(&[(12, 6), (12, 5)]);
    let women = |at: usize| at < 11;
    programme
        .labels
        .push((0..24).map(|at| Some(usize::from(!women(at)))).collect());
    // The unit goes; then it is the eleven and one of the men, so confined to two values, and the groups go.
    assert_eq!(once(&programme, 5), "11/24 | - - | - -");
    // Six women in each unit: every crossing has six.
    programme.labels[1] = (0..24).map(|at| Some(at % 2)).collect();
    assert_eq!(once(&programme, 5), "11/24 | 6/12 5/12 | 6/12 5/12");
    // One who is in no group: a group less each other, and the total less both.
    programme.labels[1][0] = None;
    assert_eq!(once(&programme, 5), "11/24 | 6/12 5/12 | - -");
    // The same twice is the same.
    programme.labels[1] = programme.labels[0].clone();
    assert_eq!(once(&programme, 5), "11/24 | 6/12 5/12 | 6/12 5/12");
    // Three in each crossing: none has five, but a unit less a group is three and three.
    let mut small = groups(&[(6, 3), (6, 3)]);
    small.labels.push((0..12).map(|at| Some(at % 2)).collect());
    assert_eq!(once(&small, 5), "6/12 | 3/6 3/6 | 4/6 2/6");
}

/// Releases one after the other, each of the pairings that take part, each with a part of one where the place is even.
fn follow(
    world: &World,
    ledger: &mut Ledger,
    steps: &[Vec<usize>],
    labels: &[Option<usize>],
) -> Vec<String> {
    let mut said = Vec::new();
    for (n, members) in (0..).zip(steps) {
        let value = |at: usize| {
            (
                u64::from(members.contains(&at) && at % 2 == 0),
                u64::from(members.contains(&at)),
            )
        };
        let programme = Programme {
            values: (0..world.ids.len()).map(value).collect(),
            labels: if labels.is_empty() {
                Vec::new()
            } else {
                vec![labels.to_vec()]
            },
        };
        let health = programme.release(world, n, 5, ledger).unwrap();
        said.push(told(&programme, &health));
    }
    said
}

#[test]
fn a_total_moves_by_five_or_not_at_all() {
    let world = World::of(30);
    let first = |n: usize| (0..n).collect::<Vec<_>>();
    let steps = [
        first(4),
        first(5),
        first(5),
        first(6),
        first(9),
        first(10),
        // Five have come and one has gone.
        (1..15).collect(),
        // The one is back: one from the last.
        first(15),
        // Who was away and one more have changed places, and three have come: five from the last.
        (2..18).chain([0]).collect(),
        // Two from the last.
        (3..18).collect(),
        vec![],
    ];
    assert_eq!(
        follow(&world, &mut Ledger::new(), &steps, &[]),
        [
            "-", "3/5", "3/5", "3/5@2", "3/5@2", "5/10", "7/14", "7/14@6", "9/17", "9/17@8", "0/0"
        ]
    );
}

#[test]
fn cells_and_totals_of_two_periods() {
    let world = World::of(40);
    // Places 0 to 19 in the first unit, the others in the second.
    let labels: Vec<Option<usize>> = (0..40).map(|at| Some(at / 20)).collect();
    let both = |a: usize, b: usize| (0..a).chain(20..20 + b).collect::<Vec<_>>();
    let steps = [
        both(10, 10),
        // One more in the first: its cell and the total stay, the other cell goes on.
        both(11, 10),
        // Two and three: five more in all. The cells stay, the total does not.
        both(12, 13),
        // Five in the first since its last figure, so that goes on; three in the total since its own.
        both(15, 13),
        // Five in the second, and in the total. But of its five two are in the last total less the first release, and so are
        // two of the first's five: what is left of both is two and two. Neither goes on.
        both(15, 15),
    ];
    let said = follow(&world, &mut Ledger::new(), &steps, &labels);
    assert_eq!(
        said,
        [
            "10/20 | 5/10 5/10",
            "10/20@0 | 5/10@0 5/10",
            "13/25 | 5/10@0 5/10@1",
            "13/25@2 | 8/15 5/10@1",
            "13/25@2 | 8/15 5/10@1",
        ]
    );
}

#[test]
fn the_record_and_the_table() {
    let world = World::of(24);
    let programme = groups(&[(12, 6), (8, 4), (4, 2)]);
    let health = programme.release(&world, 0, 5, &mut Ledger::new()).unwrap();
    let period = r#"{"first":"2026-01-02","last":"2026-01-11"}"#;
    let cell = |label: &str| {
        format!(
            r#"{{"label":"{label}","numerator":null,"denominator":null,"value":null,"period":null,"withheld":true}}"#
        )
    };
    let expected = format!(
        r#"{{"period":{period},"audience":"sponsor","metrics":[{{"id":"table","total":{{"numerator":12,"denominator":24,"value":"0.5000","period":{period},"withheld":false}},"breakdowns":[{{"by":"unit","cells":[{{"label":"l0","numerator":6,"denominator":12,"value":"0.5000","period":{period},"withheld":false}},{},{}]}}]}}]}}"#,
        cell("l1"),
        cell("l2")
    );
    assert_eq!(
        serde_json::to_string(&health.to_record()).unwrap(),
        expected
    );
    assert_eq!(
        health.to_string(),
        "programme health, 2026-01-02 to 2026-01-11\n  \
           of this programme\n    \
             table                      50.0 %            12 / 24\n      \
               unit l0                  50.0 %             6 / 12\n      \
               unit, withheld: l1, l2\n"
    );
}

#[test]
fn people_have_a_total_alone() {
    let world = World::of(12);
    let metrics = Metrics::standard();
    let labels = world.ids.iter().map(|id| (*id, Label::new("x").unwrap()));
    let publisher = Publisher::new(&world.history, &metrics, day(99))
        .by(Breakdown::new(Label::new("unit").unwrap(), labels));
    let health = publisher.release(period(0), &mut Ledger::new()).unwrap();
    assert!(
        health
            .reading("match_coverage")
            .unwrap()
            .breakdowns
            .is_empty()
    );
    assert_eq!(health.reading("active_pairs").unwrap().breakdowns.len(), 1);
}

#[test]
fn whose_figures_they_are_does_not_matter() {
    for seed in 0..150 {
        let mut dice = Dice::new(seed + 77);
        let programme = crate::attack::random(&mut dice);
        let mut order: Vec<usize> = (0..programme.values.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, dice.below(at + 1));
        }
        let moved = Programme {
            values: order.iter().map(|&at| programme.values[at]).collect(),
            labels: programme
                .labels
                .iter()
                .map(|l| order.iter().map(|&at| l[at]).collect())
                .collect(),
        };
        assert_eq!(once(&programme, 5), once(&moved, 5), "{programme:?}");
    }
}

/// Of pairings that have started, and perhaps of others.
#[derive(Debug)]
struct Of(Option<&'static [UnitKind]>);

impl Metric for Of {
    fn id(&self) -> PluginId {
        PluginId::new("of", 1)
    }

    fn definition(&self) -> &str {
        "half / all"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        self.0.is_none_or(|kinds| kinds.contains(&kind))
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        matches!(unit, UnitView::Pairing(_)).then(|| Contribution::new(1, 2))
    }
}

/// Whether there are cells does not hang on who contributes: else the release in which they are gone would tell of the one
/// pairing that ended before its start.
#[test]
fn a_metric_that_may_ask_others_has_no_cells() {
    use UnitKind::{Pairing, Person, Proposal};
    let world = World::of(12);
    let unit = || world.ids.iter().map(|id| (*id, Label::new("all").unwrap()));
    let cells = |kinds| {
        let metrics = Metrics::none().with(Of(kinds));
        let unit = Breakdown::new(Label::new("unit").unwrap(), unit());
        let publisher = Publisher::new(&world.history, &metrics, day(11)).by(unit);
        let health = publisher.release(period(0), &mut Ledger::new()).unwrap();
        assert!(health.readings[0].total.shown().is_some());
        health.readings[0].breakdowns.len()
    };
    assert_eq!([cells(Some(&[Pairing])), cells(None)], [1, 1]);
    assert_eq!(
        [
            cells(Some(&[Pairing, Proposal])),
            cells(Some(&[Pairing, Person]))
        ],
        [0, 0]
    );
    let before = |stage| Dropout::during(stage).concerns(Proposal);
    let stages = DropoutStage::ALL.map(before);
    assert_eq!(stages, [true, true, false, false]);
}

/// A host that asks by something that everybody has for themselves: no cell, and no hours until that is known.
#[test]
fn a_label_for_each() {
    let world = World::of(100);
    let programme = Programme {
        values: (0..100).map(|at| (at % 2, 1)).collect(),
        labels: vec![
            (0..100).map(Some).collect(),
            (0..100).map(|at| Some(at / 50)).collect(),
        ],
    };
    let health = programme.release(&world, 0, 5, &mut Ledger::new());
    let told = told(&programme, &health.unwrap());
    assert!(
        told.starts_with("50/100 | - -") && told.ends_with(" - | 25/50 25/50"),
        "{told}"
    );
}
