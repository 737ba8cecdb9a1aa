//! Published sums, and who is told by several of them together.

use super::audit::{Atom, small_combination};
use super::members::{Members, blocks};

/// Sums over sets of units, and the units by the sets that they are in.
#[derive(Debug)]
pub(super) struct Sums {
    /// How many units are numbered.
    count: usize,
    /// The units of each atom, and the sets that they are in, rising.
    atoms: Vec<(Vec<usize>, Vec<usize>)>,
}

impl Sums {
    /// Over these sets, by index. A unit in none of them is told by none.
    pub(super) fn over(count: usize, sets: &[&Members]) -> Self {
        let (of, blocks) = blocks(count, sets.iter().copied());
        let mut units = vec![Vec::new(); blocks];
        for (number, block) in of.into_iter().enumerate() {
            if let Some(units) = units.get_mut(block) {
                units.push(number);
            }
        }
        let atoms = units.into_iter().filter_map(|units| {
            let one = *units.first()?;
            let inside = sets.iter().enumerate().filter(|(_, s)| s.contains(one));
            let inside: Vec<usize> = inside.map(|(at, _)| at).collect();
            Some((units, inside))
        });
        let atoms = atoms.collect();
        Self { count, atoms }
    }

    /// The units of a combination of those sums that are published which rests on one to `least - 1`; `None` where there is none.
    pub(super) fn few(&self, published: impl Fn(usize) -> bool, least: u64) -> Option<Members> {
        let rows = self.atoms.iter().map(|(units, sets)| Atom {
            sets: sets.iter().copied().filter(|at| published(*at)).collect(),
            count: units.len() as u64,
        });
        let found = small_combination(&rows.collect::<Vec<_>>(), least);
        if found.is_empty() {
            return None;
        }
        let atoms = found.into_iter().filter_map(|at| self.atoms.get(at));
        let mut units: Vec<usize> = atoms.flat_map(|(units, _)| units).copied().collect();
        units.sort_unstable();
        Some(Members::of(units, self.count))
    }
}
