//! How the edges of a graph are kept: row by row, eight bytes an edge.

use super::{Edge, GraphError, MAX_SCORE};

/// Edges by row.
// INVARIANT (numbered): the edges of row r are those from start[r] to start[r + 1], ascending by column; indices in
// range; scores at most MAX_SCORE; at most u32::MAX edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    start: Vec<u32>,
    column: Vec<u32>,
    score: Vec<u32>,
}

impl Table {
    /// Checks and numbers the edges.
    pub(super) fn new(
        rows: usize,
        columns: usize,
        edges: impl IntoIterator<Item = Edge>,
    ) -> Result<Self, GraphError> {
        let mut table = Self {
            start: Vec::with_capacity(rows.saturating_add(1)),
            column: Vec::new(),
            score: Vec::new(),
        };
        table.start.push(0);
        let mut last = None;
        let mut edges = edges.into_iter();
        while let Some(edge) = edges.next() {
            table.judge(rows, columns, edge)?;
            if last.is_some_and(|last| last >= (edge.row, edge.column)) {
                return table.sorted(rows, columns, edge, edges);
            }
            last = Some((edge.row, edge.column));
            table.push(edge);
        }
        table.close(rows);
        Ok(table)
    }

    /// Goes on from the first edge that is not above the one before it: gathers all, sorts, and starts again.
    fn sorted(
        mut self,
        rows: usize,
        columns: usize,
        edge: Edge,
        rest: impl Iterator<Item = Edge>,
    ) -> Result<Self, GraphError> {
        self.close(rows);
        let mut all: Vec<Edge> = self.iter().collect();
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
        self.start.truncate(1);
        self.column.clear();
        self.score.clear();
        for edge in all {
            self.push(edge);
        }
        self.close(rows);
        Ok(self)
    }

    fn judge(&self, rows: usize, columns: usize, edge: Edge) -> Result<(), GraphError> {
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
        if self.len() >= u32::MAX as usize {
            return Err(GraphError::TooLarge { rows, columns });
        }
        Ok(())
    }

    /// Adds an edge above all so far.
    fn push(&mut self, edge: Edge) {
        let here = self.column.len() as u32;
        while self.start.len() <= edge.row as usize {
            self.start.push(here);
        }
        self.column.push(edge.column);
        self.score.push(edge.score);
    }

    /// Ends the last rows.
    fn close(&mut self, rows: usize) {
        self.start.resize(rows + 1, self.column.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.column.len()
    }

    pub(super) fn highest(&self) -> u32 {
        self.score.iter().copied().max().unwrap_or(0)
    }

    fn bounds(&self, row: u32) -> (usize, usize) {
        let at = |row: usize| self.start.get(row).map(|&at| at as usize);
        let row = row as usize;
        at(row).zip(at(row + 1)).unwrap_or((0, 0))
    }

    pub(super) fn row(
        &self,
        row: u32,
    ) -> impl ExactSizeIterator<Item = (u32, u32, u32)> + Clone + '_ {
        let (from, to) = self.bounds(row);
        let columns = self.column.get(from..to).unwrap_or_default().iter();
        let scores = self.score.get(from..to).unwrap_or_default().iter();
        columns
            .zip(scores)
            .enumerate()
            .map(move |(at, (&column, &score))| ((from + at) as u32, column, score))
    }

    pub(super) fn iter(&self) -> Edges<'_> {
        Edges {
            table: self,
            row: 0,
            at: 0,
        }
    }

    pub(super) fn edge(&self, number: u32) -> Option<Edge> {
        let at = number as usize;
        let (column, score) = (*self.column.get(at)?, *self.score.get(at)?);
        let row = self.start.partition_point(|&start| start <= number) as u32 - 1;
        Some(Edge { row, column, score })
    }

    pub(super) fn number(&self, row: u32, column: u32) -> Option<u32> {
        let (from, to) = self.bounds(row);
        let at = self.column.get(from..to)?.binary_search(&column).ok()?;
        Some((from + at) as u32)
    }
}

/// All edges in order.
#[derive(Clone, Debug)]
pub(super) struct Edges<'a> {
    table: &'a Table,
    row: u32,
    at: usize,
}

impl Iterator for Edges<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        let column = *self.table.column.get(self.at)?;
        let score = *self.table.score.get(self.at)?;
        while self.table.start.get(self.row as usize + 1).copied()? as usize <= self.at {
            self.row += 1;
        }
        self.at += 1;
        Some(Edge {
            row: self.row,
            column,
            score,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.table.len() - self.at;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Edges<'_> {}
