//! How the edges of a graph are kept: row by row, as a list or as a matrix.

use super::{Edge, GraphError, MAX_SCORE};

/// What a cell of a matrix holds where there is no edge, read as `i32`: below every score less every price of the
/// coarse auction, and still within `i32` after that subtraction.
pub(super) const NO_EDGE: i32 = -(1 << 30);

/// An edge as its row sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) column: u32,
    pub(super) score: u32,
}

/// Edges by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Eight bytes an edge.
    Sparse(Sparse),
    /// Four bytes a cell, edge or not.
    Dense(Dense),
}

/// A list.
// INVARIANT (numbered): the edges of row r are those from start[r] to start[r + 1], ascending by column; indices in
// range; scores at most MAX_SCORE; at most u32::MAX edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sparse {
    start: Vec<u32>,
    arcs: Vec<Arc>,
}

/// A matrix.
// INVARIANT (cells): rows times columns cells, each NO_EDGE or a score up to MAX_SCORE; before[b] edges stand before
// cell 64 * b.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dense {
    columns: usize,
    cells: Vec<u32>,
    before: Vec<u32>,
    /// How many edges stand before the first cell of each row; one more entry than rows.
    start: Vec<u32>,
}

impl Table {
    /// Checks and numbers the edges.
    pub(super) fn new(
        rows: usize,
        columns: usize,
        edges: impl IntoIterator<Item = Edge>,
    ) -> Result<Self, GraphError> {
        let mut table = Sparse::empty(rows);
        let mut last = None;
        let mut edges = edges.into_iter();
        while let Some(edge) = edges.next() {
            table.judge(rows, columns, edge)?;
            if last.is_some_and(|last| last >= (edge.row, edge.column)) {
                return Ok(Self::Sparse(table.sorted(rows, columns, edge, edges)?));
            }
            last = Some((edge.row, edge.column));
            table.push(edge);
        }
        table.close(rows);
        Ok(Self::Sparse(table))
    }

    /// Checks and numbers the cells of a matrix; `u32::MAX` is no edge.
    pub(super) fn dense(
        rows: usize,
        columns: usize,
        mut cells: Vec<u32>,
    ) -> Result<Self, GraphError> {
        let (expected, found) = (rows.checked_mul(columns), cells.len());
        if expected != Some(found) {
            let expected = expected.unwrap_or(usize::MAX);
            return Err(GraphError::WrongCells { expected, found });
        }
        if rows > u32::MAX as usize || columns > u32::MAX as usize {
            return Err(GraphError::TooLarge { rows, columns });
        }
        let mut count = 0_usize;
        for (at, cell) in cells.iter_mut().enumerate() {
            if *cell == u32::MAX {
                *cell = NO_EDGE as u32;
            } else if *cell > MAX_SCORE {
                return Err(GraphError::ScoreTooHigh {
                    row: (at / columns) as u32,
                    column: (at % columns) as u32,
                    score: *cell,
                });
            } else {
                count += 1;
            }
        }
        if count > u32::MAX as usize {
            return Err(GraphError::TooLarge { rows, columns });
        }
        let mut dense = Dense {
            columns,
            cells,
            before: Vec::new(),
            start: vec![0; rows + 1],
        };
        dense.index();
        Ok(Self::Dense(dense))
    }

    /// The same without the edges that score less.
    pub(super) fn at_least(&self, lowest: u32) -> Self {
        match self {
            Self::Sparse(sparse) => {
                let rows = sparse.start.len() - 1;
                let mut part = Sparse::empty(rows);
                for row in 0..rows {
                    let kept = sparse.row(row).iter().filter(|arc| arc.score >= lowest);
                    part.arcs.extend(kept);
                    part.start.push(part.arcs.len() as u32);
                }
                Self::Sparse(part)
            }
            Self::Dense(dense) => {
                let mut part = dense.clone();
                for cell in &mut part.cells {
                    if (*cell as i32) < lowest as i32 {
                        *cell = NO_EDGE as u32;
                    }
                }
                part.index();
                Self::Dense(part)
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Sparse(sparse) => sparse.arcs.len(),
            Self::Dense(dense) => dense.start.last().map_or(0, |&edges| edges as usize),
        }
    }

    pub(super) fn highest(&self) -> u32 {
        let highest = match self {
            Self::Sparse(sparse) => sparse.arcs.iter().map(|arc| arc.score).max(),
            Self::Dense(dense) => {
                let highest = dense.cells.iter().map(|&cell| cell as i32).max();
                highest.filter(|&cell| cell >= 0).map(|cell| cell as u32)
            }
        };
        highest.unwrap_or(0)
    }

    /// How many edges a row has, and the number of its first.
    pub(super) fn bounds(&self, row: usize) -> (u32, u32) {
        let start = match self {
            Self::Sparse(sparse) => &sparse.start,
            Self::Dense(dense) => &dense.start,
        };
        let at = |row: usize| start.get(row).copied();
        at(row).zip(at(row + 1)).unwrap_or((0, 0))
    }

    pub(super) fn degree(&self, row: usize) -> u32 {
        let (from, to) = self.bounds(row);
        to - from
    }

    /// The edges of a row, by column.
    pub(super) fn arcs(&self, row: usize) -> Arcs<'_> {
        match self {
            Self::Sparse(sparse) => Arcs::List(sparse.row(row).iter()),
            Self::Dense(dense) => Arcs::Cells(dense.row(row).iter().enumerate()),
        }
    }

    /// The first edge of a row at or after a position, and the position after it; positions start at 0.
    pub(super) fn arc_from(&self, row: usize, position: u32) -> Option<(u32, Arc)> {
        match self {
            Self::Sparse(sparse) => {
                let arc = *sparse.row(row).get(position as usize)?;
                Some((position + 1, arc))
            }
            Self::Dense(dense) => {
                let cells = dense.row(row).get(position as usize..)?;
                let skip = cells.iter().position(|&cell| cell as i32 != NO_EDGE)?;
                let (column, score) = (position + skip as u32, *cells.get(skip)?);
                Some((column + 1, Arc { column, score }))
            }
        }
    }

    pub(super) fn edge(&self, number: u32) -> Option<Edge> {
        match self {
            Self::Sparse(sparse) => {
                let arc = *sparse.arcs.get(number as usize)?;
                Some(Edge {
                    row: sparse.start.partition_point(|&start| start <= number) as u32 - 1,
                    column: arc.column,
                    score: arc.score,
                })
            }
            Self::Dense(dense) => dense.edge(number),
        }
    }

    pub(super) fn number(&self, row: u32, column: u32) -> Option<u32> {
        match self {
            Self::Sparse(sparse) => {
                let arcs = sparse.row(row as usize);
                let at = arcs.binary_search_by_key(&column, |arc| arc.column).ok()?;
                Some(*sparse.start.get(row as usize)? + at as u32)
            }
            Self::Dense(dense) => {
                let cell = *dense.row(row as usize).get(column as usize)?;
                let at = row as usize * dense.columns + column as usize;
                (cell as i32 != NO_EDGE).then(|| dense.rank(at))
            }
        }
    }
}

impl Sparse {
    fn empty(rows: usize) -> Self {
        let mut start = Vec::with_capacity(rows.saturating_add(1));
        start.push(0);
        Self {
            start,
            arcs: Vec::new(),
        }
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
        if self.arcs.len() >= u32::MAX as usize {
            return Err(GraphError::TooLarge { rows, columns });
        }
        Ok(())
    }

    /// Adds an edge above all so far.
    fn push(&mut self, edge: Edge) {
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
    fn close(&mut self, rows: usize) {
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

impl Dense {
    /// Counts the edges before each block and each row.
    fn index(&mut self) {
        self.before.clear();
        self.before.reserve_exact(self.cells.len().div_ceil(64));
        let mut count = 0;
        for block in self.cells.chunks(64) {
            self.before.push(count);
            count += block.iter().filter(|&&cell| cell as i32 != NO_EDGE).count() as u32;
        }
        for row in 0..self.start.len() {
            let edges = self.rank(row * self.columns);
            if let Some(start) = self.start.get_mut(row) {
                *start = edges;
            }
        }
    }

    pub(super) fn row(&self, row: usize) -> &[u32] {
        let from = row.checked_mul(self.columns);
        let bounds = from.and_then(|from| Some(from..from.checked_add(self.columns)?));
        bounds
            .and_then(|bounds| self.cells.get(bounds))
            .unwrap_or_default()
    }

    /// How many edges stand before a cell.
    fn rank(&self, cell: usize) -> u32 {
        let block = cell / 64;
        let Some(&before) = self.before.get(block) else {
            return self.count(self.before.len().saturating_sub(1) * 64, self.cells.len())
                + self.before.last().copied().unwrap_or(0);
        };
        before + self.count(block * 64, cell)
    }

    fn count(&self, from: usize, to: usize) -> u32 {
        let cells = self.cells.get(from..to).unwrap_or_default();
        cells.iter().filter(|&&cell| cell as i32 != NO_EDGE).count() as u32
    }

    fn edge(&self, number: u32) -> Option<Edge> {
        let block = self.before.partition_point(|&before| before <= number);
        let block = block.checked_sub(1)?;
        let skip = number - self.before.get(block)?;
        let cells = self.cells.get(block * 64..)?;
        let (at, &score) = cells
            .iter()
            .enumerate()
            .filter(|&(_, &cell)| cell as i32 != NO_EDGE)
            .nth(skip as usize)?;
        let cell = block * 64 + at;
        Some(Edge {
            row: (cell / self.columns) as u32,
            column: (cell % self.columns) as u32,
            score,
        })
    }
}

/// The edges of one row, by column.
#[derive(Clone, Debug)]
pub(super) enum Arcs<'a> {
    List(std::slice::Iter<'a, Arc>),
    Cells(std::iter::Enumerate<std::slice::Iter<'a, u32>>),
}

impl Iterator for Arcs<'_> {
    type Item = Arc;

    #[inline]
    fn next(&mut self) -> Option<Arc> {
        match self {
            Self::List(list) => list.next().copied(),
            Self::Cells(cells) => {
                cells
                    .find(|(_, cell)| **cell as i32 != NO_EDGE)
                    .map(|(column, &score)| Arc {
                        column: column as u32,
                        score,
                    })
            }
        }
    }
}
