//! One row of the dotted closure: a set of numbers that is asked whether it has any in an interval.

/// A sorted list or a bit set with counts, whichever is smaller.
#[derive(Debug, Clone)]
pub(super) enum Row {
    List(Box<[u32]>),
    Bits {
        words: Box<[u64]>,
        /// Ones before each group of eight words.
        before: Box<[u32]>,
    },
    NotKept,
}

impl Row {
    fn bits(words: &[u64]) -> Self {
        let mut sum = 0;
        let before = words
            .chunks(8)
            .map(|group| {
                let here = sum;
                sum += group.iter().map(|w| w.count_ones()).sum::<u32>();
                here
            })
            .collect();
        Self::Bits {
            words: words.into(),
            before,
        }
    }

    /// The entries in order; none of a row that is not kept.
    pub(super) fn entries(&self) -> impl Iterator<Item = u32> + '_ {
        let (list, words): (&[u32], &[u64]) = match self {
            Self::List(list) => (list, &[]),
            Self::Bits { words, .. } => (&[], words),
            Self::NotKept => (&[], &[]),
        };
        list.iter()
            .copied()
            .chain(ones_of((0u32..).zip(words.iter().copied())))
    }

    /// Whether the row has an entry in `low..high`; `None` where the row is not kept.
    pub(super) fn any_in(&self, low: u32, high: u32) -> Option<bool> {
        match self {
            Self::List(list) => {
                let at = list.partition_point(|&t| t < low);
                Some(list.get(at).is_some_and(|&t| t < high))
            }
            Self::Bits { words, before } => {
                Some(count_below(words, before, low) < count_below(words, before, high))
            }
            Self::NotKept => None,
        }
    }
}

/// The ones of words, each beside its place among all.
fn ones_of(words: impl Iterator<Item = (u32, u64)>) -> impl Iterator<Item = u32> {
    words.flat_map(|(place, word)| {
        let mut left = word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(64 * place + bit)
        })
    })
}

/// A row in the making, cleared by [`pack`](Self::pack): only words that are set are looked at, so that a small row
/// costs its entries and not the width of the set.
#[derive(Debug)]
pub(super) struct Union {
    words: Vec<u64>,
    /// Places of words that are not zero.
    touched: Vec<u32>,
}

impl Union {
    pub(super) fn new(numbers: usize) -> Self {
        Self {
            words: vec![0; numbers.div_ceil(64)],
            touched: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, number: u32) {
        self.set(number / 64, 1 << (number % 64));
    }

    fn set(&mut self, place: u32, bits: u64) {
        let Some(word) = self.words.get_mut(place as usize) else {
            return;
        };
        if *word == 0 && bits != 0 {
            self.touched.push(place);
        }
        *word |= bits;
    }

    pub(super) fn extend(&mut self, row: &Row) {
        match row {
            Row::List(list) => list.iter().for_each(|&number| self.add(number)),
            Row::Bits { words, .. } => (0u32..)
                .zip(words)
                .for_each(|(place, &bits)| self.set(place, bits)),
            Row::NotKept => {}
        }
    }

    /// The row, if the budget has the bytes for it.
    pub(super) fn pack(&mut self, budget: &mut usize) -> Row {
        self.touched.sort_unstable();
        let words = self.words.as_slice();
        let word = |&place: &u32| words.get(place as usize).copied().unwrap_or(0);
        let touched = self.touched.iter().map(|place| (*place, word(place)));
        let ones: usize = touched.clone().map(|(_, w)| w.count_ones() as usize).sum();
        let dense = words.len() * 8 + words.len().div_ceil(8) * 4;
        let row = match budget.checked_sub(dense.min(4 * ones)) {
            None => Row::NotKept,
            Some(left) => {
                *budget = left;
                if 4 * ones <= dense {
                    Row::List(ones_of(touched).collect())
                } else {
                    Row::bits(words)
                }
            }
        };
        for place in self.touched.drain(..) {
            if let Some(word) = self.words.get_mut(place as usize) {
                *word = 0;
            }
        }
        row
    }
}

/// Ones among the first `at` bits.
fn count_below(words: &[u64], before: &[u32], at: u32) -> u32 {
    let (word, bit) = (at as usize / 64, at % 64);
    let group = word / 8;
    let mut count = before.get(group).copied().unwrap_or_else(|| {
        // `at` is the end of a bit set whose words fill whole groups.
        before.last().copied().unwrap_or(0)
    });
    let from = group.min(before.len().saturating_sub(1)) * 8;
    for w in words.get(from..word.min(words.len())).unwrap_or_default() {
        count += w.count_ones();
    }
    if let Some(w) = words.get(word) {
        count += (w & ((1u64 << bit) - 1)).count_ones();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row is kept in the form that takes fewer bytes, of two as small as a list, and its bytes leave the budget.
    #[test]
    fn the_smaller_form_is_kept_and_paid_for() {
        for words in [1usize, 8, 9, 40] {
            // Eight bytes for a word, four for each eight of them, and four for a number of a list.
            let dense = 8 * words
                + 4 * [1, 1, 2, 5][[1, 8, 9, 40].iter().position(|w| *w == words).unwrap()];
            for ones in [0, 1, dense / 4 - 1, dense / 4, dense / 4 + 1, 64 * words] {
                let mut union = Union::new(64 * words);
                let mut pack = |budget: &mut usize| {
                    // Backwards and twice, since neither makes another row.
                    (0..ones as u32).rev().for_each(|bit| union.add(bit));
                    (0..ones as u32).for_each(|bit| union.add(bit));
                    union.pack(budget)
                };
                let cost = dense.min(4 * ones);
                let mut budget = cost + 3;
                let row = pack(&mut budget);
                assert_eq!(budget, 3, "{words} words, {ones} ones");
                assert_eq!(matches!(row, Row::List(_)), 4 * ones <= dense);
                assert_eq!(matches!(row, Row::Bits { .. }), 4 * ones > dense);
                assert!(row.entries().eq(0..ones as u32));
                if cost > 0 {
                    let mut budget = cost - 1;
                    let row = pack(&mut budget);
                    assert!(matches!(row, Row::NotKept) && budget == cost - 1);
                }
            }
        }
    }

    /// Counting in a packed row agrees with counting one by one, at every edge of words and groups.
    #[test]
    fn packed_rows_count_right() {
        for words in [1usize, 7, 8, 9, 16, 20] {
            let bits: Vec<u64> = (0..words as u64)
                .map(|w| (w + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
                .collect();
            let mut before = Vec::new();
            let mut sum = 0;
            for group in bits.chunks(8) {
                before.push(sum);
                sum += group.iter().map(|w| w.count_ones()).sum::<u32>();
            }
            let ones: Vec<u32> = ones_of((0u32..).zip(bits.iter().copied())).collect();
            for at in 0..=(words * 64) as u32 {
                let plain = ones.iter().filter(|&&o| o < at).count() as u32;
                assert_eq!(
                    count_below(&bits, &before, at),
                    plain,
                    "{words} words, {at}"
                );
            }
        }
    }
}
