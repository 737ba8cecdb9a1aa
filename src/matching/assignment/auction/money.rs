//! Prices: `i32` for the large steps, `i64` for the last.

use std::fmt::Debug;

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
    /// What is left of a cell of the table after a price, where a point of score is worth so much; no edge leaves less
    /// than any edge.
    fn left_over(cell: u32, point: i64, price: Self) -> Self;
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

    /// Used where a point is worth 1. Scores and prices are below 2³⁰ and the mark for no edge is -2³⁰, so nothing
    /// wraps, and no edge leaves at most -2³⁰, an edge more.
    #[inline]
    fn left_over(cell: u32, _: i64, price: Self) -> Self {
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
    fn left_over(cell: u32, point: i64, price: Self) -> Self {
        if (cell as i32) < 0 {
            return Self::LEAST;
        }
        i64::from(cell) * point - price
    }
}
