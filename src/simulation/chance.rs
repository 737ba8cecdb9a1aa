//! Draws from a seed, in integers alone, by name and not by turn.
//!
//! One generator, ChaCha with 8 rounds; one stream of it a replicate. A stream is read by place: every pairing and every person has a
//! lane of their own in it, and what happens to them for the n-th time has 32 words there. So what one pair does draws nothing
//! away from another, and two programmes of the same seed differ by what differs in them and not by who came first.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// Words of an occasion.
const WORDS: usize = 32;

/// Occasions of a lane, as a power of two.
const OCCASIONS: u32 = 14;

/// Whose draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Lane {
    /// What happens to everybody.
    World,
    /// A person, by their place in the first roster, or after it.
    Person(u32),
    /// The so-manieth pairing of a mentor: answers, sessions.
    Pairing(u32, u32),
    /// The same, month by month.
    Month(u32, u32),
}

impl Lane {
    /// A number of its own below 2⁴⁶: two bits for the kind, 32 for the person, and 12 for which of their pairings, which wrap.
    fn number(self) -> u64 {
        let (kind, person, nth) = match self {
            Self::World => (0, 0, 0),
            Self::Person(person) => (1, person, 0),
            Self::Pairing(mentor, nth) => (2, mentor, nth),
            Self::Month(mentor, nth) => (3, mentor, nth),
        };
        (kind << 44) | (u64::from(person) << 12) | u64::from(nth & 0xfff)
    }
}

/// The words of an occasion, little-endian, as the stream is.
type Words = [[u8; 4]; WORDS];

/// One stream of one seed.
#[derive(Debug)]
pub(super) struct Stream(ChaCha8Rng);

impl Stream {
    pub(super) fn new(seed: u64, replicate: u64) -> Self {
        let mut words = ChaCha8Rng::seed_from_u64(seed);
        words.set_stream(replicate);
        Self(words)
    }

    /// The draws of an occasion; those past the 16,384th begin anew.
    pub(super) fn draw(&mut self, lane: Lane, occasion: u32) -> Draws {
        let occasion = u128::from(occasion & ((1 << OCCASIONS) - 1));
        let place = (u128::from(lane.number()) << OCCASIONS) | occasion;
        self.0.set_word_pos(place * WORDS as u128);
        Draws {
            words: self.words(),
            next: 0,
        }
    }

    fn words(&mut self) -> Words {
        let mut words = [[0; 4]; WORDS];
        self.0.fill_bytes(words.as_flattened_mut());
        words
    }
}

/// Words that the generator has made with those of the occasion before: it makes them for two at a time.
#[derive(Debug)]
pub(super) struct Ahead {
    /// Of which occasion; of none where it is even.
    occasion: u32,
    words: Words,
}

impl Ahead {
    /// The draws of an occasion of a lane. Those after one with an even number are kept here.
    pub(super) fn draw(&mut self, stream: &mut Stream, lane: Lane, occasion: u32) -> Draws {
        let even = occasion % 2 == 0;
        if !even && self.occasion == occasion {
            return Draws {
                words: self.words,
                next: 0,
            };
        }
        let draws = stream.draw(lane, occasion);
        if even {
            self.occasion = occasion + 1;
            self.words = stream.words();
        }
        draws
    }
}

impl Default for Ahead {
    fn default() -> Self {
        Self {
            occasion: 0,
            words: [[0; 4]; WORDS],
        }
    }
}

/// What can happen, in millionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chance(u32);

impl Chance {
    /// Never.
    pub const NEVER: Self = Self(0);
    /// Always.
    pub const ALWAYS: Self = Self(1_000_000);

    /// So many thousandths, a thousand at most.
    ///
    /// ```
    /// use reverse_mentoring::simulation::Chance;
    ///
    /// assert_eq!(Chance::permille(250).times(500), Chance::permille(125));
    /// assert_eq!(Chance::permille(1001), Chance::ALWAYS);
    /// ```
    #[must_use]
    pub const fn permille(thousandths: u32) -> Self {
        if thousandths >= 1000 {
            return Self::ALWAYS;
        }
        Self(1000 * thousandths)
    }

    /// So many millionths, a million at most.
    #[must_use]
    pub const fn millionths(millionths: u32) -> Self {
        if millionths >= 1_000_000 {
            return Self::ALWAYS;
        }
        Self(millionths)
    }

    /// In millionths.
    #[must_use]
    pub const fn as_millionths(self) -> u32 {
        self.0
    }

    /// So many thousandths of it, a million at most.
    #[must_use]
    pub fn times(self, thousandths: u32) -> Self {
        let product = u64::from(self.0) * u64::from(thousandths) / 1000;
        Self::millionths(u32::try_from(product).unwrap_or(u32::MAX))
    }
}

/// The words of one occasion, in their order; draws past the last repeat them.
#[derive(Debug)]
pub(super) struct Draws {
    words: Words,
    next: usize,
}

impl Draws {
    fn word(&mut self) -> u64 {
        let word = self.words.get(self.next % WORDS).copied();
        self.next += 1;
        u64::from(u32::from_le_bytes(word.unwrap_or_default()))
    }

    /// A whole word.
    pub(super) fn whole(&mut self) -> u32 {
        u32::try_from(self.word()).unwrap_or(u32::MAX)
    }

    /// A number from 0 to `n` − 1, and 0 where `n` is 0. Uneven by less than n / 2³².
    pub(super) fn below(&mut self, n: u32) -> u32 {
        ((self.word() * u64::from(n)) >> 32) as u32
    }

    /// Whether it happens.
    pub(super) fn is(&mut self, chance: Chance) -> bool {
        self.below(1_000_000) < chance.0
    }

    /// Whether something of so many thousandths happens.
    pub(super) fn permille(&mut self, chance: u32) -> bool {
        self.is(Chance::permille(chance))
    }

    /// A number of days from 1 to `most`.
    pub(super) fn days(&mut self, most: u32) -> u32 {
        1 + self.below(most)
    }

    /// A number from −`most` to `most`, the middle being likelier: the sum of two dice.
    pub(super) fn around(&mut self, most: u32) -> i64 {
        let word = self.word();
        let die = |half: u64| i64::try_from((half * u64::from(most + 1)) >> 16).unwrap_or_default();
        die(word >> 16) + die(word & 0xffff) - i64::from(most)
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

    /// Whoever comes next, put off or not: the words are those of the occasion.
    #[test]
    fn what_is_kept_ahead_is_what_comes_next() {
        let lane = |number: usize| Lane::Pairing(u32::try_from(number).unwrap(), 1);
        let (mut stream, mut plain) = (Stream::new(7, 3), Stream::new(7, 3));
        let mut occasions = [0u32; 5];
        let mut ahead: [Ahead; 5] = Default::default();
        let mut dice = Stream::new(1, 0).draw(Lane::World, 0);
        for step in 0..4_000 {
            if step % WORDS == 0 {
                let turn = u32::try_from(step / WORDS).unwrap();
                dice = Stream::new(1, 0).draw(Lane::World, turn);
            }
            let number = dice.below(5) as usize;
            let occasion = &mut occasions[number];
            // Put off, as often as that is, or taken up again much later: the last occasions begin anew.
            match dice.below(20) {
                0 | 1 => *occasion = occasion.saturating_sub(1),
                2 => *occasion = (*occasion | 16_383) - 1,
                _ => *occasion += 1,
            }
            let ours = ahead[number].draw(&mut stream, lane(number), *occasion);
            let theirs = plain.draw(lane(number), *occasion);
            assert_eq!(ours.words, theirs.words, "{number}, {occasion}");
        }
    }
}
