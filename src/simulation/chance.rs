//! Draws from a seed, in integers alone.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// One stream of one seed.
///
/// Only the generator's 32-bit words are used, whose sequence is fixed; how `rand` makes ranges and floats of them is
/// not, and is left alone.
#[derive(Debug)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64, replicate: u64) -> Self {
        let mut words = ChaCha8Rng::seed_from_u64(seed);
        words.set_stream(replicate);
        Self(words)
    }

    /// A number from 0 to `n` − 1, and 0 where `n` is 0. Uneven by less than n / 2³².
    pub(super) fn below(&mut self, n: u32) -> u32 {
        let word = u64::from(self.0.next_u32());
        ((word * u64::from(n)) >> 32) as u32
    }

    /// Whether something of so many thousandths happens.
    pub(super) fn permille(&mut self, chance: u32) -> bool {
        self.below(1000) < chance
    }

    /// A number of days from 1 to `most`.
    pub(super) fn days(&mut self, most: u32) -> u32 {
        1 + self.below(most)
    }

    /// Takes one out of a list, changing the order of the rest.
    pub(super) fn take<T>(&mut self, list: &mut Vec<T>) -> Option<T> {
        let at = self.below(u32::try_from(list.len()).unwrap_or(u32::MAX)) as usize;
        (at < list.len()).then(|| list.swap_remove(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_the_same_everywhere() {
        let mut chance = Chance::new(7, 0);
        let first: Vec<u32> = (0..4).map(|_| chance.below(1000)).collect();
        assert_eq!(first, [140, 157, 182, 167]);
    }

    #[test]
    fn streams_differ_and_edges_hold() {
        let draw = |stream| {
            let mut chance = Chance::new(7, stream);
            (0..32).map(|_| chance.below(1 << 20)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(0), draw(1));
        let mut chance = Chance::new(1, 0);
        for _ in 0..10_000 {
            assert!(!chance.permille(0) && chance.permille(1000));
            assert_eq!((chance.below(0), chance.days(1)), (0, 1));
        }
        assert_eq!(chance.take(&mut Vec::<u8>::new()), None);
    }
}
