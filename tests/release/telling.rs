//! Metrics that tell of each other: what is held, called off and missed adds up to what is on record, so all but one tell the
//! last, and feedback is asked for as often as something is held. The judge knows the sum of each pairing and all that is
//! published, wholes included.

use std::collections::{BTreeMap, BTreeSet};

use reverse_mentoring::health::{
    Breakdown, Contribution, Ledger, Metric, Metrics, PeriodHealth, Publisher, UnitView,
};
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::text::Label;

use crate::support::*;
use crate::world::*;

const NAMES: [&str; 4] = ["held", "cancelled", "missed", "feedback"];

/// One share of what each pairing has.
#[derive(Debug, Clone)]
struct Share {
    name: &'static str,
    /// Whether it says what it tells and does not break down.
    careful: bool,
    of: BTreeMap<PairingId, (u64, u64)>,
}

impl Metric for Share {
    fn id(&self) -> PluginId {
        PluginId::new(self.name, 1)
    }

    fn definition(&self) -> &str {
        "a share of the sessions / the sessions"
    }

    fn breaks_down(&self) -> bool {
        !(self.careful && ["cancelled", "missed"].contains(&self.name))
    }

    fn tells(&self) -> &[&str] {
        match self.careful && self.name != "held" {
            true => &["held"],
            false => &[],
        }
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let (part, whole) = *self.of.get(&pairing.id)?;
        Some(Contribution::new(part, whole))
    }
}

/// What each pairing has of each share, and its label in each breakdown.
struct Shared {
    shares: Vec<[u64; 3]>,
    labels: Vec<Vec<usize>>,
}

impl Shared {
    fn random(dice: &mut Dice) -> Self {
        let pairings = 12 + dice.below(20);
        let share = |dice: &mut Dice| {
            let mut shares = [0; 3];
            for _ in 0..dice.below(5) {
                // Mostly held: of the others there are few.
                shares[dice.one_of(&[0, 0, 0, 0, 0, 1, 2])] += 1;
            }
            shares
        };
        let labels = (0..2).map(|_| {
            let kinds = 2 + dice.below(4);
            (0..pairings).map(|_| dice.below(kinds)).collect()
        });
        let labels = labels.collect();
        Self {
            shares: (0..pairings).map(|_| share(dice)).collect(),
            labels,
        }
    }

    fn release(&self, world: &World, n: i64, careful: bool, ledger: &mut Ledger) -> PeriodHealth {
        let mut metrics = Metrics::none();
        for (share, name) in NAMES.into_iter().enumerate() {
            let of = world.ids.iter().zip(&self.shares);
            let of = of.map(|(id, s)| {
                let value = match s.get(share) {
                    Some(part) => (*part, s.iter().sum()),
                    // Every other time.
                    None => (s[0] / 2, s[0]),
                };
                (*id, value)
            });
            let of = of.collect();
            metrics = metrics.with(Share { name, careful, of });
        }
        let mut publisher = Publisher::new(&world.history, &metrics, day(10 * n + 11));
        for (name, labels) in BREAKDOWNS.iter().zip(&self.labels) {
            let labels = world.ids.iter().zip(labels);
            let labels = labels.map(|(id, l)| (*id, Label::new(label(*l)).unwrap()));
            publisher = publisher.by(Breakdown::new(Label::new(*name).unwrap(), labels));
        }
        publisher.release(period(n), ledger).unwrap()
    }

    /// Those in a cell, or all.
    fn members(&self, cell: Option<(usize, usize)>) -> Vec<usize> {
        let in_it = |at: &usize| cell.is_none_or(|(by, l)| self.labels[by][*at] == l);
        (0..self.shares.len()).filter(in_it).collect()
    }

    /// Those of them who have a figure.
    fn has(&self, name: &str, cell: Option<(usize, usize)>) -> bool {
        let has = |at: &usize| match name {
            "feedback" => self.shares[*at][0] > 0,
            _ => self.shares[*at].iter().sum::<u64>() > 0,
        };
        self.members(cell).iter().any(has)
    }

    fn cells(&self) -> Vec<Option<(usize, usize)>> {
        let labels = self.labels.iter().enumerate();
        let labels = labels.flat_map(|(by, l)| l.iter().map(move |l| Some((by, *l))));
        let labels: BTreeSet<_> = labels.chain([None]).collect();
        labels.into_iter().collect()
    }
}

/// Whether a metric has such a cell.
fn is_asked(health: &PeriodHealth, name: &str, cell: Option<(usize, usize)>) -> bool {
    let reading = health.readings.iter().find(|r| r.metric.name() == name);
    cell.is_none_or(|(by, l)| reading.unwrap().cell(BREAKDOWNS[by], &label(l)).is_some())
}

/// Whether the figure of a cell is from this period.
fn is_fresh(health: &PeriodHealth, name: &str, cell: Option<(usize, usize)>) -> bool {
    let reading = health
        .readings
        .iter()
        .find(|r| r.metric.name() == name)
        .unwrap();
    let figure = match cell {
        None => Some(reading.total),
        Some((by, l)) => reading.cell(BREAKDOWNS[by], &label(l)),
    };
    let shown = figure.and_then(|figure| figure.shown().copied());
    shown.is_some_and(|figure| figure.period == health.period)
}

const PRIME: i64 = 2_147_483_647;

/// The rank of rows, by elimination in the numbers of a prime.
fn rank(mut rows: Vec<Vec<i64>>) -> usize {
    let mut done = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(at) = (done..rows.len()).find(|at| rows[*at][column] != 0) else {
            continue;
        };
        rows.swap(done, at);
        let pivot = rows[done].clone();
        for row in &mut rows[done + 1..] {
            let factor = row[column];
            if factor != 0 {
                for (cell, p) in row.iter_mut().zip(&pivot) {
                    *cell = (*cell * pivot[column] - factor * p).rem_euclid(PRIME);
                }
            }
        }
        done += 1;
    }
    done
}

/// How many hidden cells follow from what is published and from what each pairing has in all.
fn recovered(shared: &Shared, health: &PeriodHealth) -> (usize, usize) {
    let unknowns = 3 * shared.shares.len();
    let row = |of: &mut dyn Iterator<Item = usize>| {
        let mut row = vec![0; unknowns];
        of.for_each(|at| row[at] = 1);
        row
    };
    let sum = |share: usize, cell| {
        let members = shared.members(cell).into_iter();
        row(&mut members.map(|at| 3 * at + share))
    };
    let pairings = 0..shared.shares.len();
    let known = pairings.map(|at| row(&mut (3 * at..3 * at + 3)));
    let mut known: Vec<Vec<i64>> = known.collect();
    let mut hidden = Vec::new();
    for (share, name) in NAMES.into_iter().enumerate() {
        for cell in shared.cells() {
            // Feedback is asked for as often as something is held.
            let counted = sum(share % 3, cell);
            match is_fresh(health, name, cell) {
                true => known.push(counted),
                false if name == "feedback" || !shared.has(name, cell) => {}
                false if is_asked(health, name, cell) => hidden.push(counted),
                false => {}
            }
        }
    }
    let before = rank(known.clone());
    let follows = hidden.iter().filter(|cell| {
        let mut more = known.clone();
        more.push((*cell).clone());
        rank(more) == before
    });
    (follows.count(), hidden.len())
}

#[test]
fn what_is_hidden_of_one_does_not_follow_from_the_others() {
    let (mut hidden, mut alone, mut shown) = (0, 0, 0);
    let world = World::of(40);
    for seed in 0..200 {
        let shared = Shared::random(&mut Dice::new(seed));
        let health = shared.release(&world, 0, true, &mut Ledger::new());
        let (follows, of) = recovered(&shared, &health);
        assert_eq!(follows, 0, "{seed}: of {of}");
        hidden += of;
        let cells = shared.cells();
        let cells = cells.iter().filter(|cell| cell.is_some());
        shown += cells
            .filter(|cell| is_fresh(&health, "held", **cell))
            .count();
        // Each by itself: here the judge finds what the others tell.
        let each = shared.release(&world, 0, false, &mut Ledger::new());
        alone += recovered(&shared, &each).0;
    }
    println!("{hidden} hidden, {shown} cells shown; each by itself {alone} follow");
    assert!(
        hidden > 1_000 && shown > 300 && alone > 50,
        "{hidden} {shown} {alone}"
    );
}

#[test]
fn what_tells_is_shown_where_that_is_of_which_it_tells() {
    let (mut afresh, mut withheld) = (0, 0);
    let world = World::of(40);
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let (mut shared, mut ledger) = (Shared::random(&mut dice), Ledger::new());
        for n in 0..5 {
            let health = shared.release(&world, n, true, &mut ledger);
            for cell in shared.cells() {
                let [held, others @ ..] = NAMES.map(|name| is_fresh(&health, name, cell));
                let one = others.contains(&true);
                assert!(
                    held || !one || !shared.has("held", cell),
                    "{seed}, {n}: {cell:?}"
                );
                afresh += usize::from(one);
                withheld += usize::from(!held);
                let [.., cancelled, missed, _] = NAMES;
                for name in [cancelled, missed].iter().filter(|_| cell.is_some()) {
                    assert!(!is_asked(&health, name, cell), "{seed}, {n}: {name}");
                }
            }
            // They meet again; some for the first time.
            for shares in &mut shared.shares {
                shares[dice.below(3)] += u64::from(dice.percent(30));
            }
        }
    }
    assert!(afresh > 300 && withheld > 500, "{afresh}, {withheld}");
}

/// Those that ship: what is asked of sessions held, and of pairings that went on to the end.
#[test]
fn what_ships_says_what_it_tells() {
    let metrics = Metrics::standard();
    let names = |of: &dyn Fn(&dyn Metric) -> bool| -> Vec<String> {
        let theirs = metrics.iter().filter(|m| of(*m));
        theirs.map(|m| m.id().name().to_owned()).collect()
    };
    let sides = [
        "mentor_cancellations",
        "mentee_cancellations",
        "mentor_no_shows",
        "mentee_no_shows",
    ];
    let responses = [
        "mentor_feedback",
        "mentee_feedback",
        "mentor_recognition",
        "mentee_recognition",
    ];
    let held = [
        &["cadence_adherence"],
        &sides[..],
        &["meetings_at_work", "role_balance"],
        &responses,
    ]
    .concat();
    assert_eq!(names(&|m| m.tells() == ["session_completion"]), held);
    assert_eq!(
        names(&|m| m.tells() == ["dropout_active"]),
        ["win_win", "one_sided_win"]
    );
    let both = ["mentor_recognition", "mentee_recognition"];
    assert_eq!(names(&|m| m.tells() == both), ["no_recognition"]);
    let leaving = [
        "dropout_proposed",
        "dropout_preparing",
        "dropout_chemistry",
        "dropout_active",
    ];
    assert_eq!(
        names(&|m| !m.breaks_down()),
        [&sides[..], &leaving].concat()
    );
    assert_eq!(names(&|m| !m.tells().is_empty()).len(), held.len() + 3);
}

/// Where the one has nobody, the other tells nothing of it and is shown; where it has few, it is silent with it.
#[test]
fn a_cell_without_data_withholds_nothing_of_the_others() {
    let world = World::of(40);
    let all = world.ids.iter().enumerate();
    // Two in the first unit, two in the second, nobody in the others.
    let few = all.clone().filter(|(at, _)| *at < 20 && at % 10 < 2);
    let held = few.map(|(at, id)| (*id, (at as u64 % 2, 1)));
    let asked = all.clone().map(|(at, id)| (*id, (2 + at as u64 % 3, 6)));
    let careful = true;
    let metrics = Metrics::none()
        .with(Share {
            name: "held",
            careful,
            of: held.collect(),
        })
        .with(Share {
            name: "asked",
            careful,
            of: asked.collect(),
        });
    let labels = all.map(|(at, id)| (*id, Label::new(label(at / 10)).unwrap()));
    let by = Breakdown::new(Label::new(BREAKDOWNS[0]).unwrap(), labels);
    let publisher = Publisher::new(&world.history, &metrics, day(11)).by(by);
    let health = publisher.release(period(0), &mut Ledger::new()).unwrap();
    let shown = |name: &'static str| {
        let cells = [None, Some(0), Some(1), Some(2), Some(3)];
        cells.map(|cell| is_fresh(&health, name, cell.map(|l| (0, l))))
    };
    assert_eq!(shown("asked"), [false, false, false, true, true]);
    assert_eq!(shown("held"), [false; 5]);
}
