//! How the edges of a graph are kept: row by row, as a list or as a matrix.

use super::dense::Dense;
use super::sparse::Sparse;
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

    /// How many edges each column has.
    pub(super) fn column_degrees(&self, columns: usize) -> Vec<u32> {
        let mut degrees = vec![0; columns];
        match self {
            Self::Sparse(sparse) => {
                for arc in &sparse.arcs {
                    if let Some(degree) = degrees.get_mut(arc.column as usize) {
                        *degree += 1;
                    }
                }
            }
            Self::Dense(dense) => {
                for row in dense.cells.chunks_exact(columns.max(1)) {
                    for (degree, &cell) in degrees.iter_mut().zip(row) {
                        *degree += u32::from(cell as i32 >= 0);
                    }
                }
            }
        }
        degrees
    }

    /// The highest score in each column, 0 where it has no edge.
    pub(super) fn column_highest(&self, columns: usize) -> Vec<u32> {
        let mut highest = vec![0; columns];
        match self {
            Self::Sparse(sparse) => {
                for arc in &sparse.arcs {
                    if let Some(highest) = highest.get_mut(arc.column as usize) {
                        *highest = arc.score.max(*highest);
                    }
                }
            }
            Self::Dense(dense) => {
                let mut signed = vec![0_i32; columns];
                for row in dense.cells.chunks_exact(columns.max(1)) {
                    for (highest, &cell) in signed.iter_mut().zip(row) {
                        *highest = (cell as i32).max(*highest);
                    }
                }
                for (highest, signed) in highest.iter_mut().zip(signed) {
                    *highest = signed as u32;
                }
            }
        }
        highest
    }

    /// The edges of a row, by column.
    pub(super) fn arcs(&self, row: usize) -> Arcs<'_> {
        match self {
            Self::Sparse(sparse) => Arcs::List(sparse.row(row).iter()),
            Self::Dense(dense) => Arcs::Cells(dense.row(row).iter().enumerate()),
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
