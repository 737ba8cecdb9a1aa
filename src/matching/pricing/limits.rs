//! How many pairs are kept, and how far a plan has come whose pairs are not.

use crate::matching::{MAX_CANDIDATES, MAX_LOOKED_AT};

/// From which size on not every eligible pair is kept, and how many are instead.
///
/// ```
/// use reverse_mentoring::matching::Limits;
///
/// // A machine with little memory.
/// let limits = Limits::default().keep_at_most(1_000_000).shortlist(16);
/// # let _ = limits;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub(in crate::matching) looked_at: u64,
    pub(in crate::matching) kept: usize,
    pub(in crate::matching) shortlist: u8,
}

/// [`MAX_LOOKED_AT`], [`MAX_CANDIDATES`], and a shortlist of 24 pairs a person.
impl Default for Limits {
    fn default() -> Self {
        Self {
            looked_at: MAX_LOOKED_AT,
            kept: MAX_CANDIDATES,
            shortlist: 24,
        }
    }
}

impl Limits {
    /// Keeps every eligible pair where there are at most so many; never above [`MAX_CANDIDATES`].
    #[must_use]
    pub fn keep_at_most(mut self, pairs: usize) -> Self {
        self.kept = pairs.min(MAX_CANDIDATES);
        self
    }

    /// Begins with so many pairs of each person where not all are kept; at least one.
    #[must_use]
    pub fn shortlist(mut self, pairs: u8) -> Self {
        self.shortlist = pairs.max(1);
        self
    }
}

/// How far a plan over more pairs than can be kept has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Pairs are looked at: all those of so many mentors so far.
    Looking {
        /// Mentors whose pairs were looked at in this pass.
        done: u64,
        /// Mentors in all.
        of: u64,
    },
    /// So many pairs are candidates, and they were solved.
    Solved {
        /// Which time, from 1; where ties are broken, from 1 once more.
        round: u32,
        /// The candidates.
        candidates: u64,
        /// Pairs in the plan.
        pairs: u64,
        /// Its total score, without what breaks ties.
        total: u64,
    },
}
