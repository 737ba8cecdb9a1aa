//! Prices: `i32` for the large steps, `i64` for the last.

use std::fmt::Debug;

/// What an edge is worth: points times its score, plus so much for being a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth {
    pub(super) point: i64,
    pub(super) pair: i64,
}

impl Worth {
    /// One for each point of score.
    pub(super) const PLAIN: Self = Self { point: 1, pair: 0 };

    pub(super) fn of(self, score: u32) -> i64 {
        i64::from(score) * self.point + self.pair
    }
}

/// A price.
pub(super) trait Money: Copy + Ord + Debug {
    /// Whether what an edge leaves is within `i32`.
    const NARROW: bool;
    /// Below every difference of a worth and a price.
    const LEAST: Self;
    /// What no edge leaves at most; an edge always leaves more.
    const NOTHING_LEFT: Self;
    /// No price is above this; what would be, ends the auction.
    const LIMIT: i64;
    fn new(amount: i64) -> Self;
    fn get(self) -> i64;
    /// What is left of the worth of a cell of the table after a price; no edge leaves less than any edge.
    fn left_over(cell: u32, worth: Worth, price: Self) -> Self;
}

impl Money for i32 {
    const NARROW: bool = true;
    const LEAST: Self = i32::MIN;
    const NOTHING_LEFT: Self = super::super::table::NO_EDGE;
    const LIMIT: i64 = (1 << 30) - 1;

    #[inline]
    fn new(amount: i64) -> Self {
        amount as i32
    }

    #[inline]
    fn get(self) -> i64 {
        i64::from(self)
    }

    /// Used with [`Worth::PLAIN`] only. Scores and prices are below 2³⁰ and the mark for no edge is -2³⁰, so nothing
    /// wraps, and no edge leaves at most -2³⁰, an edge more.
    #[inline]
    fn left_over(cell: u32, _: Worth, price: Self) -> Self {
        (cell as i32).wrapping_sub(price)
    }
}

impl Money for i64 {
    const NARROW: bool = false;
    const LEAST: Self = i64::MIN;
    const NOTHING_LEFT: Self = i64::MIN;
    const LIMIT: i64 = 1 << 61;

    #[inline]
    fn new(amount: i64) -> Self {
        amount
    }

    #[inline]
    fn get(self) -> i64 {
        self
    }

    #[inline]
    fn left_over(cell: u32, worth: Worth, price: Self) -> Self {
        if (cell as i32) < 0 {
            return Self::LEAST;
        }
        i64::from(cell) * worth.point + worth.pair - price
    }
}
