//! Edges as a list: eight bytes each.

use super::table::Arc;
use super::{Edge, GraphError, MAX_SCORE};

/// A list of edges by row.
// INVARIANT (numbered): the edges of row r are those from start[r] to start[r + 1], ascending by column; indices in
// range; scores at most MAX_SCORE; at most u32::MAX edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sparse {
    pub(super) start: Vec<u32>,
    pub(super) arcs: Vec<Arc>,
}

impl Sparse {
    pub(super) fn empty(rows: usize) -> Self {
        let mut start = Vec::with_capacity(rows.saturating_add(1));
        start.push(0);
        Self {
            start,
            arcs: Vec::new(),
        }
    }

    /// Goes on from the first edge that is not above the one before it: gathers all, sorts, and starts again.
    pub(super) fn sorted(
        mut self,
        rows: usize,
        columns: usize,
        edge: Edge,
        rest: impl Iterator<Item = Edge>,
    ) -> Result<Self, GraphError> {
        self.close(rows);
        let mut all = Vec::with_capacity(self.arcs.len() + 1);
        for row in 0..rows {
            all.extend(self.row(row).iter().map(|arc| Edge {
                row: row as u32,
                column: arc.column,
                score: arc.score,
            }));
        }
        all.push(edge);
        for edge in rest {
            self.judge(rows, columns, edge)?;
            if all.len() >= u32::MAX as usize {
                return Err(GraphError::TooLarge { rows, columns });
            }
            all.push(edge);
        }
        all.sort_unstable();
        let twice = all.iter().zip(all.iter().skip(1));
        let mut twice = twice.filter(|(a, b)| (a.row, a.column) == (b.row, b.column));
        if let Some((&Edge { row, column, .. }, _)) = twice.next() {
            return Err(GraphError::PairTwice { row, column });
        }
        let mut table = Self::empty(rows);
        table.arcs.reserve_exact(all.len());
        for edge in all {
            table.push(edge);
        }
        table.close(rows);
        Ok(table)
    }

    pub(super) fn judge(&self, rows: usize, columns: usize, edge: Edge) -> Result<(), GraphError> {
        let Edge { row, column, score } = edge;
        if usize::try_from(row).map_or(true, |row| row >= rows) {
            return Err(GraphError::UnknownRow { row, rows });
        }
        if usize::try_from(column).map_or(true, |column| column >= columns) {
            return Err(GraphError::UnknownColumn { column, columns });
        }
        if score > MAX_SCORE {
            return Err(GraphError::ScoreTooHigh { row, column, score });
        }
        if self.arcs.len() >= u32::MAX as usize {
            return Err(GraphError::TooLarge { rows, columns });
        }
        Ok(())
    }

    /// Adds an edge above all so far.
    pub(super) fn push(&mut self, edge: Edge) {
        let here = self.arcs.len() as u32;
        while self.start.len() <= edge.row as usize {
            self.start.push(here);
        }
        self.arcs.push(Arc {
            column: edge.column,
            score: edge.score,
        });
    }

    /// Ends the last rows.
    pub(super) fn close(&mut self, rows: usize) {
        self.start.resize(rows + 1, self.arcs.len() as u32);
    }

    pub(super) fn row(&self, row: usize) -> &[Arc] {
        let at = |row: usize| self.start.get(row).map(|&at| at as usize);
        let bounds = at(row).zip(at(row + 1));
        bounds
            .and_then(|(from, to)| self.arcs.get(from..to))
            .unwrap_or_default()
    }
}
