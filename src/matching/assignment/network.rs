//! A graph as the search sees it: one side enters, worth already weighed.
#![expect(
    clippy::indexing_slicing,
    reason = "every index comes from a `Graph`, which checked it, or from a table built here from that graph"
)]

use std::fmt::Debug;
use std::ops::{Add, Neg, Sub};

use super::{Graph, Unit};

/// What a plan is worth, part by part: the four weights of the table in the module's documentation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    pub(super) score: i128,
    pub(super) pair: i128,
    pub(super) row: i128,
    pub(super) column: i128,
}

impl Weights {
    pub(super) const fn unit(&self) -> Unit {
        Unit {
            point: self.score,
            pair: self.pair,
            row: self.row,
            column: self.column,
        }
    }
}

/// An integer the search can work with: `i64` where the values fit, `i128` otherwise.
pub(super) trait Value:
    Copy + Debug + Ord + Add<Output = Self> + Sub<Output = Self> + Neg<Output = Self>
{
    const ZERO: Self;
    const MAX: Self;
    /// The caller made sure that it fits.
    fn narrow(wide: i128) -> Self;
    fn widen(self) -> i128;
}

impl Value for i64 {
    const ZERO: Self = 0;
    const MAX: Self = i64::MAX;
    fn narrow(wide: i128) -> Self {
        wide as i64
    }
    fn widen(self) -> i128 {
        i128::from(self)
    }
}

impl Value for i128 {
    const ZERO: Self = 0;
    const MAX: Self = i128::MAX;
    fn narrow(wide: i128) -> Self {
        wide
    }
    fn widen(self) -> i128 {
        self
    }
}

/// One side of the network.
#[derive(Debug)]
pub(super) struct Side<T> {
    pub(super) places: Vec<u32>,
    /// What the first pair of each member adds to the value of a plan.
    pub(super) bonus: T,
}

/// The edges that take part, grouped by their left end. An edge here has a position.
#[derive(Debug)]
pub(super) struct Network<T> {
    pub(super) left: Side<T>,
    pub(super) right: Side<T>,
    /// Where the edges of each left member start; one more entry than members.
    pub(super) start: Vec<usize>,
    pub(super) left_of: Vec<u32>,
    pub(super) right_of: Vec<u32>,
    pub(super) worth: Vec<T>,
    /// Whether the left side holds the columns of the graph.
    pub(super) turned: bool,
}

impl<T: Value> Network<T> {
    /// The side with fewer usable places enters, because the search works place by place.
    pub(super) fn new(graph: &Graph, weights: &Weights) -> Self {
        let mut row_degree = vec![0_u32; graph.row_places().len()];
        let mut column_degree = vec![0_u32; graph.column_places().len()];
        for edge in graph.edges() {
            row_degree[edge.row as usize] += 1;
            column_degree[edge.column as usize] += 1;
        }
        let turned =
            usable(graph.column_places(), &column_degree) < usable(graph.row_places(), &row_degree);
        let rows = Side {
            places: graph.row_places().to_vec(),
            bonus: T::narrow(weights.row),
        };
        let columns = Side {
            places: graph.column_places().to_vec(),
            bonus: T::narrow(weights.column),
        };
        let (left, right, degree) = if turned {
            (columns, rows, column_degree)
        } else {
            (rows, columns, row_degree)
        };
        let start = starts(&degree);
        let mut next = start.clone();
        let count = start.last().copied().unwrap_or(0);
        let (mut left_of, mut right_of) = (vec![0; count], vec![0; count]);
        let mut worth = vec![T::ZERO; count];
        for edge in graph.edges() {
            let (from, to) = if turned {
                (edge.column, edge.row)
            } else {
                (edge.row, edge.column)
            };
            let position = next[from as usize];
            next[from as usize] += 1;
            left_of[position] = from;
            right_of[position] = to;
            worth[position] = T::narrow(weights.score * i128::from(edge.score) + weights.pair);
        }
        Self {
            left,
            right,
            start,
            left_of,
            right_of,
            worth,
            turned,
        }
    }
}

/// The places that edges could fill.
fn usable(places: &[u32], degree: &[u32]) -> u64 {
    places
        .iter()
        .zip(degree)
        .map(|(&places, &degree)| u64::from(places.min(degree)))
        .sum()
}

/// Where each member's part of a list starts, given the length of each part.
pub(super) fn starts(lengths: &[u32]) -> Vec<usize> {
    let mut start = Vec::with_capacity(lengths.len() + 1);
    let mut sum = 0;
    start.push(sum);
    for &length in lengths {
        sum += length as usize;
        start.push(sum);
    }
    start
}
