//! Which cells of one metric are published: a fixpoint that withholds until every audit holds.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::audit::{Atom, small_combination};
use super::interval::Block;
use crate::health::metric::Ratio;

/// Units with a figure, by id.
pub(super) type Units = BTreeMap<Uuid, Ratio>;

/// A cell that may be published, or one that never is: those without a label.
#[derive(Debug)]
pub(super) struct Set {
    /// Of which breakdown, by index; `None` for the total.
    pub(super) breakdown: Option<usize>,
    /// Those with a figure.
    pub(super) members: BTreeSet<Uuid>,
    /// Whether it is published afresh.
    pub(super) fresh: bool,
    /// What its last figure rested on.
    pub(super) last: BTreeSet<Uuid>,
}

impl Set {
    fn is_cell(&self) -> bool {
        self.breakdown.is_some()
    }
}

/// Fewer members than this have a total and no cells.
const FEWEST: usize = 10;

/// Withholds what has to be. `sets` begins with the total; `past` are the sets that are out.
pub(super) fn choose(units: &Units, sets: &mut [Set], past: &[BTreeSet<Uuid>], least: u64) {
    // Under ten the total alone.
    for set in sets.iter_mut() {
        set.fresh &= !set.members.is_empty() && (units.len() >= FEWEST || !set.is_cell());
    }
    // A combination of fewer sets is one of more, too: what holds for all holds for those that are left. So nothing has to be
    // looked at again. Whether a cell is alone or confined depends on the total, and comes last.
    withhold(sets, |sets| rests_on_few(sets, least));
    withhold(sets, |sets| {
        nearly_another(sets, past, least).or_else(|| told_by_two(sets, past, least))
    });
    withhold(sets, |sets| {
        alone(sets).or_else(|| confined(units, sets, least))
    });
}

/// Withholds as long as something has to be; each time one less is published, so it ends.
fn withhold(sets: &mut [Set], which: impl Fn(&[Set]) -> Option<usize>) {
    while let Some(set) = which(sets).and_then(|at| sets.get_mut(at)) {
        set.fresh = false;
    }
}

/// The smallest of those that are published and fit; of equals the first.
fn smallest(sets: &[Set], fits: impl Fn(&Set) -> bool) -> Option<usize> {
    let fitting = sets.iter().enumerate().filter(|(_, s)| s.fresh && fits(s));
    fitting
        .min_by_key(|(_, s)| s.members.len())
        .map(|(at, _)| at)
}

/// Where one cell of a breakdown is withheld alone, the smallest of the others. One whose last figure is repeated, and
/// no total to take the others from, is not withheld.
fn alone(sets: &[Set]) -> Option<usize> {
    let total = sets.iter().any(|s| s.fresh && !s.is_cell());
    let lonely = |breakdown| {
        let mut cells = sets.iter().filter(|s| s.breakdown == breakdown && !s.fresh);
        let first = cells.next();
        cells.next().is_none() && first.is_some_and(|s| total || s.last.is_empty())
    };
    smallest(sets, |s| s.is_cell() && lonely(s.breakdown))
}

/// The units by the published sets that they are in.
fn by_sets<'a>(
    units: impl Iterator<Item = &'a Uuid>,
    sets: &[&BTreeSet<Uuid>],
) -> BTreeMap<Vec<usize>, Vec<Uuid>> {
    let mut atoms: BTreeMap<Vec<usize>, Vec<Uuid>> = BTreeMap::new();
    for unit in units {
        let of = sets.iter().enumerate().filter(|(_, s)| s.contains(unit));
        let of = of.map(|(at, _)| at).collect();
        atoms.entry(of).or_default().push(*unit);
    }
    atoms
}

/// The units of a combination of these sets that rests on few.
fn few<'a>(
    units: impl Iterator<Item = &'a Uuid>,
    sets: &[&BTreeSet<Uuid>],
    least: u64,
) -> Vec<Uuid> {
    let atoms = by_sets(units, sets);
    let rows = atoms.iter().map(|(sets, units)| Atom {
        sets: sets.clone(),
        count: units.len() as u64,
    });
    let found = small_combination(&rows.collect::<Vec<_>>(), least);
    let found: BTreeSet<usize> = found.into_iter().collect();
    let units = atoms.into_values().enumerate();
    let units = units.filter(|(at, _)| found.contains(at));
    units.flat_map(|(_, units)| units).collect()
}

/// A cell to withhold because figures of this period, combined, rest on few.
fn rests_on_few(sets: &[Set], least: u64) -> Option<usize> {
    let fresh: Vec<&BTreeSet<Uuid>> = sets
        .iter()
        .filter(|s| s.fresh)
        .map(|s| &s.members)
        .collect();
    let units: BTreeSet<&Uuid> = fresh.iter().copied().flatten().collect();
    let few = few(units.into_iter(), &fresh, least);
    if few.is_empty() {
        return None;
    }
    let has = |s: &Set| few.iter().any(|unit| s.members.contains(unit));
    // A breakdown that leaves them over tells of them by what it shows of the others.
    let left_over = |breakdown| {
        let cells = sets.iter().filter(|s| s.breakdown == breakdown);
        cells.filter(|s| !s.fresh).any(has)
    };
    smallest(sets, |s| s.is_cell() && left_over(s.breakdown))
        .or_else(|| smallest(sets, |s| s.is_cell() && has(s)))
        .or_else(|| smallest(sets, Set::is_cell))
        .or_else(|| smallest(sets, |_| true))
}

/// A cell to withhold because what is published confines one that is not.
fn confined(units: &Units, sets: &[Set], least: u64) -> Option<usize> {
    let fresh: Vec<&BTreeSet<Uuid>> = sets
        .iter()
        .filter(|s| s.fresh)
        .map(|s| &s.members)
        .collect();
    let blocks = by_sets(units.keys(), &fresh);
    let total = sets.iter().any(|s| s.fresh && !s.is_cell());
    let hidden = sets.iter().filter(|s| s.is_cell() && !s.fresh);
    let cell = hidden.into_iter().find(|cell| {
        let all = block(units, units.keys(), &cell.members);
        // Nobody has a figure in it, or everybody.
        if all.inside == 0 || all.inside == all.whole {
            return false;
        }
        let widths = blocks.iter().map(|(sets, members)| {
            let block = block(units, members.iter(), &cell.members);
            // Those in no published set may have anything.
            if sets.is_empty() {
                block.inside
            } else {
                block.width()
            }
        });
        let width = widths.fold(0u64, u64::saturating_add);
        let before = if total { all.width() } else { all.inside };
        width < before.min(least - 1).max(1)
    })?;
    smallest(sets, |s| s.breakdown == cell.breakdown)
        .or_else(|| {
            smallest(sets, |s| {
                s.is_cell() && !s.members.is_disjoint(&cell.members)
            })
        })
        .or_else(|| smallest(sets, Set::is_cell))
        .or_else(|| smallest(sets, |_| true))
}

fn block<'a>(
    units: &Units,
    members: impl Iterator<Item = &'a Uuid>,
    cell: &BTreeSet<Uuid>,
) -> Block {
    let mut block = Block::default();
    for unit in members {
        let Some(ratio) = units.get(unit) else {
            continue;
        };
        // The metric's sum is in range, so these are.
        block.part = block.part.saturating_add(ratio.part());
        block.whole = block.whole.saturating_add(ratio.whole());
        if cell.contains(unit) {
            block.inside = block.inside.saturating_add(ratio.whole());
        }
    }
    block
}

/// A cell to withhold because it differs by few from one that is out.
fn nearly_another(sets: &[Set], past: &[BTreeSet<Uuid>], least: u64) -> Option<usize> {
    smallest(sets, |s| {
        past.iter().any(|known| {
            let differ = s.members.symmetric_difference(known).count() as u64;
            (1..least).contains(&differ)
        })
    })
}

/// A cell to withhold because with what is out already, figures combined rest on few.
fn told_by_two(sets: &[Set], past: &[BTreeSet<Uuid>], least: u64) -> Option<usize> {
    if past.is_empty() {
        return None;
    }
    // A set that is out already is no other one: a difference of nobody.
    let fresh = sets.iter().filter(|s| s.fresh).map(|s| &s.members);
    let columns: BTreeSet<&BTreeSet<Uuid>> = fresh.chain(past).collect();
    let columns: Vec<&BTreeSet<Uuid>> = columns.into_iter().collect();
    let units: BTreeSet<&Uuid> = columns.iter().copied().flatten().collect();
    let few = few(units.into_iter(), &columns, least);
    if few.is_empty() {
        return None;
    }
    let has = |set: &BTreeSet<Uuid>| few.iter().any(|unit| set.contains(unit));
    // To withhold what is out already helps nobody.
    let new = |s: &Set| !past.contains(&s.members);
    // Who has come, then who has gone.
    smallest(sets, |s| s.is_cell() && has(&s.members) && new(s))
        .or_else(|| smallest(sets, |s| s.is_cell() && has(&s.last) && new(s)))
        .or_else(|| smallest(sets, |s| !s.is_cell() && new(s)))
        .or_else(|| smallest(sets, new))
}
