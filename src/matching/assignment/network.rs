//! A graph as the search sees it: one side enters, worth already weighed.
#![expect(
    clippy::indexing_slicing,
    reason = "every index comes from a `Graph`, which checked it, or from a table built here from that graph"
)]

use std::fmt::Debug;
use std::ops::{Add, Neg, Sub};

use super::packed::Packed;
use super::table::{Arc, Table};
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
    /// What an edge of this score is worth.
    fn worth(score: u32, point: Self, pair: Self) -> Self;
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
    fn worth(score: u32, point: Self, pair: Self) -> Self {
        Self::from(score) * point + pair
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
    fn worth(score: u32, point: Self, pair: Self) -> Self {
        Self::from(score) * point + pair
    }
}

/// One side of the network.
#[derive(Debug)]
pub(super) struct Side<T> {
    pub(super) places: Vec<u32>,
    /// What the first pair of each member adds to the value of a plan.
    pub(super) bonus: T,
}

/// Edges by position.
#[derive(Debug)]
pub(super) enum Edges<'g> {
    /// Those of the graph, where nothing is turned.
    Kept(&'g [Arc]),
    Packed(Packed),
}

impl Edges<'_> {
    #[inline]
    pub(super) fn get(&self, edge: usize) -> Arc {
        match self {
            Self::Kept(arcs) => arcs[edge],
            Self::Packed(packed) => packed.get(edge),
        }
    }

    pub(super) const fn len(&self) -> usize {
        match self {
            Self::Kept(arcs) => arcs.len(),
            Self::Packed(packed) => packed.len(),
        }
    }
}

/// The edges that take part, grouped by their left end. An edge here has a position.
#[derive(Debug)]
pub(super) struct Network<'g, T> {
    pub(super) left: Side<T>,
    pub(super) right: Side<T>,
    /// Where the edges of each left member start; one more entry than members.
    pub(super) start: Vec<usize>,
    /// The right end of each edge, and its score.
    pub(super) arcs: Edges<'g>,
    point: T,
    pair: T,
    /// Whether the left side holds the columns of the graph.
    pub(super) turned: bool,
}

impl<'g, T: Value> Network<'g, T> {
    /// The side with fewer usable places enters, because the search works place by place.
    pub(super) fn new(graph: &'g Graph, weights: &Weights) -> Self {
        let (rows, columns) = (graph.row_places(), graph.column_places());
        let row_degree: Vec<u32> = (0..rows.len()).map(|r| graph.table().degree(r)).collect();
        let column_degree = graph.table().column_degrees(columns.len());
        let turned = usable(columns, &column_degree) < usable(rows, &row_degree);
        let (start, arcs) = if turned {
            let start = starts(&column_degree);
            let mut next = start.clone();
            let mut packed = Packed::new(graph.len(), rows.len(), graph.highest_score());
            for edge in graph.edges() {
                let position = &mut next[edge.column as usize];
                let arc = Arc {
                    column: edge.row,
                    score: edge.score,
                };
                packed.put(*position, arc);
                *position += 1;
            }
            (start, Edges::Packed(packed))
        } else {
            let arcs = match graph.table() {
                Table::Sparse(sparse) => Edges::Kept(&sparse.arcs),
                table => {
                    let highest = graph.highest_score();
                    let mut packed = Packed::new(graph.len(), columns.len(), highest);
                    let arcs = (0..rows.len()).flat_map(|row| table.arcs(row));
                    for (at, arc) in arcs.enumerate() {
                        packed.put(at, arc);
                    }
                    Edges::Packed(packed)
                }
            };
            (starts(&row_degree), arcs)
        };
        let rows = Side {
            places: rows.to_vec(),
            bonus: T::narrow(weights.row),
        };
        let columns = Side {
            places: columns.to_vec(),
            bonus: T::narrow(weights.column),
        };
        let (left, right) = if turned {
            (columns, rows)
        } else {
            (rows, columns)
        };
        Self {
            left,
            right,
            start,
            arcs,
            point: T::narrow(weights.score),
            pair: T::narrow(weights.pair),
            turned,
        }
    }

    /// What an edge is worth.
    #[inline]
    pub(super) fn worth(&self, edge: usize) -> T {
        T::worth(self.arcs.get(edge).score, self.point, self.pair)
    }

    #[inline]
    pub(super) fn right_of(&self, edge: usize) -> usize {
        self.arcs.get(edge).column as usize
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
