//! The second judge: somebody who keeps 24 releases of a programme and takes them from each other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use reverse_mentoring::health::{Figure, Ledger};

use crate::attack::rests_on_few;
use crate::world::*;

/// What was seen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) figures: usize,
    pub(crate) afresh: usize,
    pub(crate) repeated: usize,
    pub(crate) withheld: usize,
    pub(crate) totals: usize,
    pub(crate) totals_afresh: usize,
    pub(crate) compared: usize,
}

/// A programme whose pairings come, go, change their group and their figures.
struct Life {
    programme: Programme,
    next: usize,
    coming: usize,
    going: usize,
    moving: usize,
}

impl Life {
    fn new(dice: &mut Dice) -> Self {
        let (n, kinds) = (5 + dice.below(40), 1 + dice.below(5));
        let breakdowns = dice.one_of(&[1, 1, 2, 3]);
        let skew = dice.below(2);
        let labels = (0..breakdowns).map(|_| {
            let drawn = |dice: &mut Dice| (0..=skew).map(|_| dice.below(kinds)).min();
            (0..PLACES).map(|_| drawn(dice)).collect()
        });
        let labels = labels.collect();
        let mut values = vec![(0, 0); PLACES];
        for value in values.iter_mut().take(n) {
            *value = (dice.below(2) as u64, 1);
        }
        Self {
            programme: Programme { values, labels },
            next: n,
            coming: dice.one_of(&[0, 1, 2, 6]),
            going: dice.one_of(&[0, 1, 3, 10]),
            moving: dice.one_of(&[0, 0, 2]),
        }
    }

    fn step(&mut self, dice: &mut Dice) {
        for value in &mut self.programme.values {
            if value.1 == 0 {
                continue;
            }
            if dice.percent(self.going) {
                *value = (0, 0);
            } else if dice.percent(8) {
                value.0 = 1 - value.0;
            }
        }
        for _ in 0..dice.below(self.coming + 1) {
            if self.next < PLACES {
                self.programme.values[self.next] = (dice.below(2) as u64, 1);
                self.next += 1;
            }
        }
        for labels in &mut self.programme.labels {
            for label in labels {
                if dice.percent(self.moving) {
                    *label = Some(dice.below(4));
                }
            }
        }
    }
}

const PLACES: usize = 110;

/// Every value that can be had from one release: of one breakdown any of its published cells together, what is left of
/// the total without them, and any of these less a published cell of another breakdown inside it.
fn values(total: Option<u128>, cells: &[Vec<u128>]) -> BTreeSet<u128> {
    let mut values: BTreeSet<u128> = total.into_iter().collect();
    for cells in cells {
        for chosen in 0..1u32 << cells.len() {
            let together = (0..cells.len()).filter(|c| chosen >> c & 1 == 1);
            let together = together.fold(0, |set, c| set | cells[c]);
            values.insert(together);
            values.extend(total.map(|total| total & !together));
        }
    }
    let single: BTreeSet<u128> = cells.iter().flatten().copied().collect();
    for value in values.clone() {
        for cell in &single {
            if cell & !value == 0 {
                values.insert(value & !cell);
            }
        }
    }
    values.remove(&0);
    values
}

/// Follows a programme through so many releases.
pub(crate) fn follow(world: &World, dice: &mut Dice, releases: i64, seen: &mut Seen) {
    let least = dice.one_of(&[5, 5, 5, 3, 4]) as u32;
    let mut life = Life::new(dice);
    let mut ledger = Ledger::new();
    let mut last: BTreeMap<Option<(usize, usize)>, Figure> = BTreeMap::new();
    let mut out: BTreeSet<u128> = BTreeSet::new();
    let mut had: BTreeSet<u128> = BTreeSet::new();
    for n in 0..releases {
        let programme = &life.programme;
        let health = programme.release(world, n, least, &mut ledger).unwrap();
        let reading = health.reading("table").unwrap();
        let all = programme.members(|_| true);
        let mut check = |key, set: u128, figure: Option<Figure>| -> Option<u128> {
            seen.figures += 1;
            let Some(figure) = figure else {
                assert!(!last.contains_key(&key), "forgot {key:?}");
                seen.withheld += 1;
                return None;
            };
            if figure.period != period(n) {
                assert_eq!(Some(&figure), last.get(&key), "another past");
                seen.repeated += 1;
                return None;
            }
            seen.afresh += 1;
            assert_eq!(
                (figure.ratio.part(), figure.ratio.whole()),
                programme.sum(set)
            );
            last.insert(key, figure);
            Some(set)
        };
        let total = reading.total.shown().copied();
        // No data at all is no figure.
        let total = total.filter(|f| f.ratio.whole() > 0);
        seen.totals += 1;
        let total = match all {
            0 => None,
            _ => check(None, all, total),
        };
        seen.totals_afresh += usize::from(total.is_some());
        let mut cells: Vec<Vec<u128>> = Vec::new();
        for (b, breakdown) in programme.cells(reading).into_iter().enumerate() {
            let labelled = breakdown
                .into_iter()
                .filter_map(|(set, f, l)| Some((set, f, l?)));
            let fresh = labelled.filter_map(|(set, f, l)| check(Some((b, l)), set, f));
            cells.push(fresh.collect());
        }
        let now = values(total, &cells);
        let context = || format!("release {n}, threshold {least}");
        for value in &now {
            assert!(value.count_ones() >= least, "few: {}", context());
            for other in now.iter().chain(&had) {
                let differ = (value ^ other).count_ones();
                assert!(differ == 0 || differ >= least, "by {differ}: {}", context());
                seen.compared += 1;
            }
        }
        had.extend(now);
        out.extend(total);
        out.extend(cells.into_iter().flatten());
        // It is stored and read in between.
        let stored = serde_json::to_string(&ledger).unwrap();
        ledger = serde_json::from_str(&stored).unwrap();
        life.step(dice);
    }
    // And all of them together, where that can be gone through.
    let out: Vec<u128> = out.into_iter().collect();
    if out.len() <= 12 {
        assert!(!rests_on_few(&out, least), "together");
    }
}

pub(crate) fn follow_many(seeds: Range<u64>) -> Seen {
    let world = World::of(PLACES);
    let mut seen = Seen::default();
    for seed in seeds {
        follow(&world, &mut Dice::new(seed ^ 0x5eed), 24, &mut seen);
    }
    seen
}
