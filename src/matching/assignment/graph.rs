//! The graph: places on both sides and scored edges, checked once.

use thiserror::Error;

use super::table::{Arcs, Table};

/// The highest score an edge may have: one thousand million.
pub const MAX_SCORE: u32 = 1_000_000_000;

/// A possible pair: a row, a column and what it is worth.
///
/// Plain data; [`Graph::new`] judges it. Two edges of the same pair are refused there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The row (mentor), counted from 0.
    pub row: u32,
    /// The column (mentee), counted from 0.
    pub column: u32,
    /// What the pair is worth, at most [`MAX_SCORE`]. A pair worth 0 is still a pair; one that may not be is no edge.
    pub score: u32,
}

/// Rows and columns with places, and the edges between them.
///
/// Edges are numbered from 0 in the order (row, column), whatever the order in which they were handed over. A row or
/// column without places, and a graph without edges, are fine.
///
/// ```
/// use reverse_mentoring::matching::assignment::{Edge, Graph};
///
/// let late = Edge { row: 1, column: 0, score: 5 };
/// let early = Edge { row: 0, column: 1, score: 7 };
/// let graph = Graph::new(vec![1, 2], vec![1, 1], [late, early])?;
/// assert_eq!(graph.edge(0), Some(early));
/// assert_eq!(graph.edge(1), Some(late));
/// # Ok::<(), reverse_mentoring::matching::assignment::GraphError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    row_places: Vec<u32>,
    column_places: Vec<u32>,
    edges: Table,
    pair_limit: u64,
    highest_score: u32,
}

impl Graph {
    /// The cell of a pair that is no edge, for [`from_matrix`](Self::from_matrix).
    pub const NO_EDGE: u32 = u32::MAX;

    /// Checks places and edges and numbers the edges.
    ///
    /// Edges that come sorted by (row, column) are taken as they come, in 8 bytes each.
    ///
    /// # Errors
    ///
    /// An edge that names a row or column that is not there, a score above [`MAX_SCORE`], a pair given twice, and
    /// sizes at which the value of a plan could leave `i128` (above about five million rows and as many columns).
    pub fn new(
        row_places: Vec<u32>,
        column_places: Vec<u32>,
        edges: impl IntoIterator<Item = Edge>,
    ) -> Result<Self, GraphError> {
        let (rows, columns) = (row_places.len(), column_places.len());
        let edges = Table::new(rows, columns, edges)?;
        Self::with(row_places, column_places, edges)
    }

    /// The same from a matrix of scores, row after row: for graphs in which most pairs are edges.
    ///
    /// A cell holds the score of its pair, or [`NO_EDGE`](Self::NO_EDGE) where there is none. Takes 4 bytes a cell,
    /// so from half of the cells on less than a list of edges, and is the faster of the two there.
    ///
    /// ```
    /// use reverse_mentoring::matching::assignment::{Graph, Objective, solve};
    ///
    /// let scores = vec![9, 8, 7, Graph::NO_EDGE];
    /// let graph = Graph::from_matrix(vec![1, 1], vec![1, 1], scores)?;
    /// assert_eq!(graph.len(), 3);
    /// assert_eq!(solve(&graph, Objective::MostPairs).assignment.total, 15);
    /// # Ok::<(), reverse_mentoring::matching::assignment::GraphError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new), and a number of cells that is not rows times columns.
    pub fn from_matrix(
        row_places: Vec<u32>,
        column_places: Vec<u32>,
        scores: Vec<u32>,
    ) -> Result<Self, GraphError> {
        let edges = Table::dense(row_places.len(), column_places.len(), scores)?;
        Self::with(row_places, column_places, edges)
    }

    fn with(
        row_places: Vec<u32>,
        column_places: Vec<u32>,
        edges: Table,
    ) -> Result<Self, GraphError> {
        let (rows, columns) = (row_places.len(), column_places.len());
        let pair_limit = places(&row_places)
            .min(places(&column_places))
            .min(edges.len() as u64);
        if !values_fit(rows, columns, pair_limit) {
            return Err(GraphError::TooLarge { rows, columns });
        }
        Ok(Self {
            highest_score: edges.highest(),
            row_places,
            column_places,
            edges,
            pair_limit,
        })
    }

    /// The places of each row.
    #[must_use]
    pub fn row_places(&self) -> &[u32] {
        &self.row_places
    }

    /// The places of each column.
    #[must_use]
    pub fn column_places(&self) -> &[u32] {
        &self.column_places
    }

    /// How many edges there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.edges.len()
    }

    /// Whether there is no edge.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edges.len() == 0
    }

    /// All edges by (row, column); the position of an edge is its number.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = Edge> + Clone + '_ {
        Edges::new(&self.edges, 0, self.row_places.len())
    }

    /// The edges of one row as (number, column, score), by column; none where there is no such row.
    pub fn row(&self, row: u32) -> impl ExactSizeIterator<Item = (u32, u32, u32)> + Clone + '_ {
        let number = self.edges.bounds(row as usize).0;
        let edges = Edges::new(&self.edges, row as usize, row as usize + 1);
        edges
            .enumerate()
            .map(move |(at, edge)| (number + at as u32, edge.column, edge.score))
    }

    /// The edge of this number, if there is one.
    #[must_use]
    pub fn edge(&self, number: u32) -> Option<Edge> {
        self.edges.edge(number)
    }

    /// The number of the edge that joins a row and a column, if there is one.
    #[must_use]
    pub fn number(&self, row: u32, column: u32) -> Option<u32> {
        self.edges.find(row, column).map(|(number, _)| number)
    }

    /// A number of pairs that no plan exceeds: the smallest of all row places, all column places, and all edges.
    #[must_use]
    pub fn pair_limit(&self) -> u64 {
        self.pair_limit
    }

    /// The same without the edges that score less.
    pub(super) fn at_least(&self, lowest: u32) -> Self {
        let edges = self.edges.at_least(lowest);
        Self {
            row_places: self.row_places.clone(),
            column_places: self.column_places.clone(),
            pair_limit: self.pair_limit.min(edges.len() as u64),
            edges,
            highest_score: self.highest_score,
        }
    }

    /// How the edges are kept.
    pub(super) const fn table(&self) -> &Table {
        &self.edges
    }

    /// The highest score of an edge, 0 where there is none.
    #[must_use]
    pub fn highest_score(&self) -> u32 {
        self.highest_score
    }
}

/// The edges of some rows, in order.
#[derive(Clone, Debug)]
struct Edges<'a> {
    table: &'a Table,
    row: usize,
    end: usize,
    arcs: Arcs<'a>,
    left: usize,
}

impl<'a> Edges<'a> {
    fn new(table: &'a Table, row: usize, end: usize) -> Self {
        let left = (row..end).map(|row| table.degree(row) as usize).sum();
        Self {
            table,
            row,
            end,
            arcs: table.arcs(row),
            left,
        }
    }
}

impl Iterator for Edges<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        loop {
            if let Some(arc) = self.arcs.next() {
                self.left -= 1;
                return Some(Edge {
                    row: self.row as u32,
                    column: arc.column,
                    score: arc.score,
                });
            }
            if self.row + 1 >= self.end {
                return None;
            }
            self.row += 1;
            self.arcs = self.table.arcs(self.row);
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Edges<'_> {}

/// Why a [`Graph`] cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum GraphError {
    /// An edge names a row that is not there.
    #[error("an edge names row `{row}`, but the graph has `{rows}` rows, counted from 0")]
    UnknownRow {
        /// The row named.
        row: u32,
        /// How many there are.
        rows: usize,
    },
    /// An edge names a column that is not there.
    #[error(
        "an edge names column `{column}`, but the graph has `{columns}` columns, counted from 0"
    )]
    UnknownColumn {
        /// The column named.
        column: u32,
        /// How many there are.
        columns: usize,
    },
    /// A score is above [`MAX_SCORE`].
    #[error(
        "row `{row}` and column `{column}` score `{score}`, above the highest score `{MAX_SCORE}`"
    )]
    ScoreTooHigh {
        /// The row of the pair.
        row: u32,
        /// The column of the pair.
        column: u32,
        /// Its score.
        score: u32,
    },
    /// Two edges join the same row and column.
    #[error("row `{row}` and column `{column}` are joined twice")]
    PairTwice {
        /// The row of the pair.
        row: u32,
        /// The column of the pair.
        column: u32,
    },
    /// A matrix with too few or too many cells.
    #[error("the matrix has `{found}` cells, but rows times columns are `{expected}`")]
    WrongCells {
        /// Rows times columns.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The sums that compare plans could overflow.
    #[error("`{rows}` rows and `{columns}` columns are too many to compare plans without overflow")]
    TooLarge {
        /// How many rows.
        rows: usize,
        /// How many columns.
        columns: usize,
    },
}

/// All places of one side; `u32` places of at most `u32::MAX` people do not overflow `u64`, more people saturate.
fn places(side: &[u32]) -> u64 {
    side.iter()
        .fold(0_u64, |sum, &places| sum.saturating_add(u64::from(places)))
}

/// Whether every value that the solver forms stays within `i128`.
///
/// The largest value is that of most-people: with S = [`MAX_SCORE`] and P pairs, `pair` = P·S + 1,
/// `row` = `pair`·P + P·S + 1, `column` = `row`·rows + `pair`·P + P·S + 1, and a plan is worth at most
/// `column`·columns + `row`·rows + `pair`·P + P·S. The weights of the other objectives are below these.
/// The search adds at most four edges and three bonuses of each side at a time (see `paths.rs`), at most ten times
/// that value where there is an edge; a factor of sixteen leaves room. Indices are `u32`.
fn values_fit(rows: usize, columns: usize, pair_limit: u64) -> bool {
    let largest = || {
        let rows = i128::from(u32::try_from(rows).ok()?);
        let columns = i128::from(u32::try_from(columns).ok()?);
        let pairs = i128::from(pair_limit);
        let points = pairs.checked_mul(i128::from(MAX_SCORE))?;
        let pair = points.checked_add(1)?;
        let below_row = pair.checked_mul(pairs)?.checked_add(points)?;
        let row = below_row.checked_add(1)?;
        let below_column = row.checked_mul(rows)?.checked_add(below_row)?;
        let column = below_column.checked_add(1)?;
        let plan = column.checked_mul(columns)?.checked_add(below_column)?;
        plan.checked_mul(16)
    };
    largest().is_some()
}

#[cfg(test)]
mod tests {
    use super::values_fit;

    #[test]
    fn five_million_people_on_each_side_fit() {
        assert!(values_fit(5_000_000, 5_000_000, 10_000_000));
    }

    #[test]
    fn sizes_that_would_overflow_do_not_fit() {
        assert!(!values_fit(50_000_000, 50_000_000, 50_000_000));
        assert!(!values_fit(usize::MAX, 1, 1));
        assert!(!values_fit(1, usize::MAX, 1));
        assert!(!values_fit(1, 1, u64::MAX));
    }
}
