//! A quick hash of ids, for maps that nobody goes through in their order.
//!
//! In come ids of the host's own making; out comes a word. Never true inside: an answer that hangs on the order of a hash.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Values by id.
pub(crate) type FoldedMap<K, V> = HashMap<K, V, BuildHasherDefault<Folded>>;

/// Ids.
pub(crate) type FoldedSet<K> = HashSet<K, BuildHasherDefault<Folded>>;

/// Words of an id folded into one. Ids are made by the host and not by those who take part: whoever could
/// make them collide writes the journal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Folded(u64);

const ODD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

impl Folded {
    /// Two words into one, by a product of which both halves count.
    fn fold(&mut self, a: u64, b: u64) {
        let [one, other] = ODD;
        let product = u128::from(self.0 ^ a ^ one) * u128::from(b ^ other);
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        let mut pairs = bytes.chunks_exact(16);
        for pair in &mut pairs {
            let pair = u128::from_le_bytes(pair.try_into().unwrap_or_default());
            self.fold(pair as u64, (pair >> 64) as u64);
        }
        for byte in pairs.remainder() {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.fold(word, 0);
    }

    /// Lengths and variants.
    fn write_usize(&mut self, word: usize) {
        self.0 ^= word as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
