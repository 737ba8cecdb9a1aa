//! Metrics that count the same things: what is held, called off and missed adds up to what is on record, so all but one tell
//! the last. The judge knows that sum for every pairing, and all that is published.

use std::collections::{BTreeMap, BTreeSet};

use reverse_mentoring::health::{
    Breakdown, Contribution, Ledger, Metric, Metrics, PeriodHealth, Publisher, UnitView,
};
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::text::Label;

use crate::support::*;
use crate::world::*;

const NAMES: [&str; 3] = ["held", "cancelled", "missed"];

/// One share of what each pairing has.
#[derive(Debug, Clone)]
struct Share {
    name: &'static str,
    family: Option<&'static str>,
    of: BTreeMap<PairingId, (u64, u64)>,
}

impl Metric for Share {
    fn id(&self) -> PluginId {
        PluginId::new(self.name, 1)
    }

    fn definition(&self) -> &str {
        "a share of the sessions / the sessions"
    }

    fn family(&self) -> Option<&str> {
        self.family
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

    fn release(
        &self,
        world: &World,
        n: i64,
        family: Option<&'static str>,
        ledger: &mut Ledger,
    ) -> PeriodHealth {
        let mut metrics = Metrics::none();
        for (share, name) in NAMES.into_iter().enumerate() {
            let of = world.ids.iter().zip(&self.shares);
            let of = of.map(|(id, s)| (*id, (s[share], s.iter().sum())));
            let of = of.collect();
            metrics = metrics.with(Share { name, family, of });
        }
        let mut publisher = Publisher::new(&world.history, &metrics, day(10 * n + 11));
        for (name, labels) in BREAKDOWNS.iter().zip(&self.labels) {
            let labels = world.ids.iter().zip(labels);
            let labels = labels.map(|(id, l)| (*id, Label::new(label(*l)).unwrap()));
            publisher = publisher.by(Breakdown::new(Label::new(*name).unwrap(), labels));
        }
        publisher.release(period(n), ledger).unwrap()
    }

    /// Those who have a figure, in a cell or in all.
    fn members(&self, cell: Option<(usize, usize)>) -> Vec<usize> {
        let in_it = |at: &usize| cell.is_none_or(|(by, l)| self.labels[by][*at] == l);
        let all = (0..self.shares.len()).filter(in_it);
        all.filter(|at| self.shares[*at].iter().sum::<u64>() > 0)
            .collect()
    }

    fn cells(&self) -> Vec<Option<(usize, usize)>> {
        let labels = self.labels.iter().enumerate();
        let labels = labels.flat_map(|(by, l)| l.iter().map(move |l| Some((by, *l))));
        let labels: BTreeSet<_> = labels.chain([None]).collect();
        labels
            .into_iter()
            .filter(|cell| !self.members(*cell).is_empty())
            .collect()
    }
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
            match is_fresh(health, name, cell) {
                true => known.push(sum(share, cell)),
                false => hidden.push(sum(share, cell)),
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
    for seed in 0..150 {
        let shared = Shared::random(&mut Dice::new(seed));
        let health = shared.release(&world, 0, Some("sessions"), &mut Ledger::new());
        let (follows, of) = recovered(&shared, &health);
        assert_eq!(follows, 0, "{seed}: of {of}");
        hidden += of;
        let cells = shared.cells();
        let cells = cells.iter().filter(|cell| cell.is_some());
        shown += cells
            .filter(|cell| is_fresh(&health, "held", **cell))
            .count();
        // Each by itself, as metrics of no family are: here the judge finds what the family is there for.
        let each = shared.release(&world, 0, None, &mut Ledger::new());
        alone += recovered(&shared, &each).0;
    }
    println!("{hidden} hidden, {shown} cells shown; without families {alone} follow");
    assert!(
        hidden > 2000 && shown > 100 && alone > 50,
        "{hidden} {shown} {alone}"
    );
}

#[test]
fn a_family_is_shown_together() {
    let (mut afresh, mut withheld) = (0, 0);
    let world = World::of(40);
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let (mut shared, mut ledger) = (Shared::random(&mut dice), Ledger::new());
        for n in 0..5 {
            let health = shared.release(&world, n, Some("sessions"), &mut ledger);
            for cell in shared.cells() {
                let fresh = NAMES.map(|name| is_fresh(&health, name, cell));
                assert!(fresh == [fresh[0]; 3], "{seed}, {n}: {cell:?} {fresh:?}");
                afresh += usize::from(fresh[0]);
                withheld += usize::from(!fresh[0]);
            }
            // They meet again; some for the first time.
            for shares in &mut shared.shares {
                shares[dice.below(3)] += u64::from(dice.percent(30));
            }
        }
    }
    assert!(afresh > 300 && withheld > 500, "{afresh}, {withheld}");
}

/// Where one of a family has nobody, it says nothing of the others; where it has few, they are silent with it.
#[test]
fn a_cell_without_data_withholds_nothing_of_the_others() {
    let world = World::of(40);
    let unit = |at: usize| at / 10;
    let all = world.ids.iter().enumerate();
    let held = all.clone().map(|(at, id)| (*id, (2 + at as u64 % 3, 6)));
    // Two in the first unit, two in the second, nobody in the others.
    let few = all.clone().filter(|(at, _)| *at < 20 && at % 10 < 2);
    let asked = few.map(|(at, id)| (*id, (at as u64 % 2, 1)));
    let family = Some("sessions");
    let metrics = Metrics::none()
        .with(Share {
            name: "held",
            family,
            of: held.collect(),
        })
        .with(Share {
            name: "asked",
            family,
            of: asked.collect(),
        });
    let labels = all.map(|(at, id)| (*id, Label::new(label(unit(at))).unwrap()));
    let by = Breakdown::new(Label::new(BREAKDOWNS[0]).unwrap(), labels);
    let publisher = Publisher::new(&world.history, &metrics, day(11)).by(by);
    let health = publisher.release(period(0), &mut Ledger::new()).unwrap();
    let shown = |name: &'static str| {
        let cells = [None, Some(0), Some(1), Some(2), Some(3)];
        cells.map(|cell| is_fresh(&health, name, cell.map(|l| (0, l))))
    };
    assert_eq!(shown("held"), [false, false, false, true, true]);
    assert_eq!(shown("asked"), [false; 5]);
}

/// Those that ship and count sessions, or pairings that came to the end.
#[test]
fn the_families_that_ship() {
    let metrics = Metrics::standard();
    let of = |family: &str| -> Vec<String> {
        let theirs = metrics.iter().filter(|m| m.family() == Some(family));
        theirs.map(|m| m.id().name().to_owned()).collect()
    };
    let sessions = [
        "cadence_adherence",
        "session_completion",
        "mentor_cancellations",
        "mentee_cancellations",
        "mentor_no_shows",
        "mentee_no_shows",
        "meetings_at_work",
        "mentor_feedback",
        "mentee_feedback",
        "mentor_recognition",
        "mentee_recognition",
    ];
    assert_eq!(of("sessions"), sessions);
    assert_eq!(
        of("completed"),
        ["win_win", "one_sided_win", "dropout_active"]
    );
    let rest = metrics.iter().filter(|m| m.family().is_none()).count();
    assert_eq!(rest, metrics.iter().count() - sessions.len() - 3);
}
