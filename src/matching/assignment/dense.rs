//! Edges as a matrix: four bytes a cell, edge or not.

use super::Edge;
use super::table::NO_EDGE;

/// How many cells of a row are looked at together.
pub(super) const BLOCK: usize = 64;

/// A matrix of scores.
// INVARIANT (cells): rows times columns cells, each NO_EDGE or a score up to MAX_SCORE; before[b] edges stand before
// cell 64 * b; highest has the highest cell of each block of each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dense {
    pub(super) columns: usize,
    pub(super) cells: Vec<u32>,
    pub(super) before: Vec<u32>,
    /// How many edges stand before the first cell of each row; one more entry than rows.
    pub(super) start: Vec<u32>,
    /// The highest cell of each block of each row; the blocks of a row start with its first cell.
    pub(super) highest: Vec<i32>,
}

impl Dense {
    /// Counts the edges before each block and each row, and finds the highest of each block.
    pub(super) fn index(&mut self) {
        let rows = self.cells.chunks(self.columns.max(1));
        let blocks = rows.flat_map(|row| row.chunks(BLOCK));
        let highest = |cells: &[u32]| {
            cells
                .iter()
                .map(|&cell| cell as i32)
                .fold(NO_EDGE, i32::max)
        };
        self.highest = blocks.map(highest).collect();
        self.before.clear();
        self.before.reserve_exact(self.cells.len().div_ceil(64));
        let mut edges = 0;
        for block in self.cells.chunks(64) {
            self.before.push(edges);
            edges += count(block);
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

    /// The highest cell of each block of a row.
    pub(super) fn highest(&self, row: usize) -> &[i32] {
        let blocks = self.columns.div_ceil(BLOCK);
        let from = row.checked_mul(blocks);
        let bounds = from.and_then(|from| Some(from..from.checked_add(blocks)?));
        bounds
            .and_then(|bounds| self.highest.get(bounds))
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
        count(self.cells.get(from..to).unwrap_or_default())
    }

    pub(super) fn edge(&self, number: u32) -> Option<Edge> {
        let block = self.before.partition_point(|&before| before <= number);
        let block = block.checked_sub(1)?;
        let mut skip = number - self.before.get(block)?;
        let mut from = block * 64;
        // Most of the way in strides, which are counted at once.
        loop {
            let stride = self.cells.get(from..)?;
            let edges = count(stride.get(..16).unwrap_or(stride));
            if edges > skip {
                break;
            }
            skip -= edges;
            from += 16;
        }
        let stride = self.cells.get(from..)?.iter().enumerate();
        let mut edges = stride.filter(|&(_, &cell)| cell as i32 != NO_EDGE);
        let (at, &score) = edges.nth(skip as usize)?;
        let cell = from + at;
        Some(Edge {
            row: (cell / self.columns) as u32,
            column: (cell % self.columns) as u32,
            score,
        })
    }
}

fn count(cells: &[u32]) -> u32 {
    cells.iter().filter(|&&cell| cell as i32 != NO_EDGE).count() as u32
}
