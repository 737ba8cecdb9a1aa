//! The interval audit: how far what is published confines a part that is not.
//!
//! It is held against what the total alone leaves, and not against everything: a total of 2 of 40 confines each cell by
//! itself, and to withhold it for that would withhold nearly everything.

use crate::health::metric::Ratio;

/// What a block of units adds up to, and what a hidden cell has of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The part of the whole block.
    pub(super) part: u64,
    /// Its whole.
    pub(super) whole: u64,
    /// The whole of those of its units that are in the cell.
    pub(super) inside: u64,
}

impl Block {
    /// Takes in a unit. The metric's sum is in range, so these are.
    pub(super) fn add(&mut self, ratio: Ratio, inside: bool) {
        self.part = self.part.saturating_add(ratio.part());
        self.whole = self.whole.saturating_add(ratio.whole());
        if inside {
            self.inside = self.inside.saturating_add(ratio.whole());
        }
    }

    /// The length of the interval in which the part of those inside lies, for somebody who knows all that is in the block: it is at least what
    /// those outside cannot hold, and at most the whole inside or the part of the block. Every value between is possible, each unit's part
    /// being any whole number from nought to its whole.
    pub(super) fn width(self) -> u64 {
        let outside = self.whole.saturating_sub(self.inside);
        let high = self.part.min(self.inside);
        high.saturating_sub(self.part.saturating_sub(outside))
    }
}
