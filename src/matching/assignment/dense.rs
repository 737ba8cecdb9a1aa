//! Edges as a matrix: four bytes a cell, edge or not.

use super::Edge;
use super::table::NO_EDGE;

/// A matrix of scores.
// INVARIANT (cells): rows times columns cells, each NO_EDGE or a score up to MAX_SCORE; before[b] edges stand before
// cell 64 * b.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dense {
    pub(super) columns: usize,
    pub(super) cells: Vec<u32>,
    pub(super) before: Vec<u32>,
    /// How many edges stand before the first cell of each row; one more entry than rows.
    pub(super) start: Vec<u32>,
}

impl Dense {
    /// Counts the edges before each block and each row.
    pub(super) fn index(&mut self) {
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
    pub(super) fn rank(&self, cell: usize) -> u32 {
        let block = cell / 64;
        let Some(&before) = self.before.get(block) else {
            return self.count(self.before.len().saturating_sub(1) * 64, self.cells.len())
                + self.before.last().copied().unwrap_or(0);
        };
        before + self.count(block * 64, cell)
    }

    pub(super) fn count(&self, from: usize, to: usize) -> u32 {
        let cells = self.cells.get(from..to).unwrap_or_default();
        cells.iter().filter(|&&cell| cell as i32 != NO_EDGE).count() as u32
    }

    pub(super) fn edge(&self, number: u32) -> Option<Edge> {
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
