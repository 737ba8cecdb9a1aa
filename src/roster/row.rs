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
    pub(super) fn pack(words: &[u64], ones: usize, budget: &mut usize) -> Self {
        let groups = words.len().div_ceil(8);
        let dense = words.len() * 8 + groups * 4;
        let size = (ones * 4).min(dense);
        let Some(left) = budget.checked_sub(size) else {
            return Self::NotKept;
        };
        *budget = left;
        if ones * 4 <= dense {
            return Self::List(ones_of(words).collect());
        }
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
        list.iter().copied().chain(ones_of(words))
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

fn ones_of(words: &[u64]) -> impl Iterator<Item = u32> + '_ {
    (0u32..).step_by(64).zip(words).flat_map(|(base, &word)| {
        (0..64)
            .filter(move |bit| word >> bit & 1 == 1)
            .map(move |bit| base + bit)
    })
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
                let mut bits = vec![0u64; words];
                (0..ones).for_each(|bit| bits[bit / 64] |= 1 << (bit % 64));
                let cost = dense.min(4 * ones);
                let mut budget = cost + 3;
                let row = Row::pack(&bits, ones, &mut budget);
                assert_eq!(budget, 3, "{words} words, {ones} ones");
                assert_eq!(matches!(row, Row::List(_)), 4 * ones <= dense);
                assert_eq!(matches!(row, Row::Bits { .. }), 4 * ones > dense);
                assert!(row.entries().eq(0..ones as u32));
                if cost > 0 {
                    let mut budget = cost - 1;
                    let row = Row::pack(&bits, ones, &mut budget);
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
            let ones: Vec<u32> = ones_of(&bits).collect();
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
