//! Sets of units, by number.

use std::collections::BTreeMap;

use uuid::Uuid;

/// The units of which a release speaks or has spoken, numbered in the order of their ids.
#[derive(Debug)]
pub(super) struct Numbers(Vec<Uuid>);

impl Numbers {
    /// Of all these, in any order and as often as they come.
    pub(super) fn of(units: impl Iterator<Item = Uuid>) -> Self {
        let mut units: Vec<Uuid> = units.collect();
        units.sort_unstable();
        units.dedup();
        Self(units)
    }

    /// How many.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// A set of them; `ids` rise.
    pub(super) fn members(&self, ids: impl IntoIterator<Item = Uuid>) -> Members {
        let mut units = self.0.iter().zip(0..);
        let rising = ids.into_iter().filter_map(|id| {
            let found = units.find(|(unit, _)| **unit == id);
            found.map(|(_, number)| number)
        });
        Members::of(rising.collect(), self.0.len())
    }
}

/// A set of units, by number. The order of sets is that of their rising lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Members {
    rising: Vec<usize>,
    /// The same as bits, 64 to a word.
    bits: Vec<u64>,
}

impl Members {
    /// Of rising numbers below `count`.
    pub(super) fn of(rising: Vec<usize>, count: usize) -> Self {
        let mut bits = vec![0u64; count.div_ceil(64)];
        for number in &rising {
            if let Some(word) = bits.get_mut(number / 64) {
                *word |= 1 << (number % 64);
            }
        }
        Self { rising, bits }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.rising.iter().copied()
    }

    pub(super) fn count(&self) -> usize {
        self.rising.len()
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        let word = self.bits.get(number / 64).copied().unwrap_or_default();
        word >> (number % 64) & 1 == 1
    }

    /// Whether some are in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.bits.iter().zip(&other.bits).any(|(a, b)| a & b != 0)
    }

    /// How many are in one of the two alone.
    pub(super) fn differs_by(&self, other: &Self) -> u64 {
        let words = self.bits.iter().zip(&other.bits);
        words.map(|(a, b)| u64::from((a ^ b).count_ones())).sum()
    }
}

/// Splits all numbers below `count` into blocks of those that are in the same sets: the block of each number, and how many there
/// are. The first block is of those in none; a block may be empty.
pub(super) fn blocks<'a>(
    count: usize,
    sets: impl Iterator<Item = &'a Members>,
) -> (Vec<usize>, usize) {
    let (mut of, mut blocks) = (vec![0; count], 1);
    for set in sets {
        // Where those of a block go that are in this set, too.
        let mut split: BTreeMap<usize, usize> = BTreeMap::new();
        for number in set.iter() {
            if let Some(block) = of.get_mut(number) {
                *block = *split.entry(*block).or_insert_with(|| {
                    blocks += 1;
                    blocks - 1
                });
            }
        }
    }
    (of, blocks)
}
