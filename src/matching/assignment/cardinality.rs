//! The largest number of pairs, and the proof that there are no more.
//!
//! In comes a plan within the places, out comes one with as many pairs as any, and a cover: rows and columns whose
//! places, with the edges that they leave uncovered, are no more than the pairs. Never true inside: an edge used
//! twice, or anybody beyond their places.
//!
//! Phases of shortest augmenting paths (Hopcroft and Karp 1973, with places as in Dinic 1970): levels by breadth, then
//! as many paths as fit, each found by depth on an explicit stack.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and columns come from a `Graph`, which checked them; seats and units are counted from its places"
)]

use super::Graph;
use super::seats::Seats;
use super::table::Table;

const UNSEEN: u32 = u32::MAX;

/// A plan with the largest number of pairs.
#[derive(Debug)]
pub(super) struct Largest {
    /// The columns of each row.
    pub(super) rows: Seats,
    /// Rows and columns of the cover.
    pub(super) cover_rows: Vec<bool>,
    pub(super) cover_columns: Vec<bool>,
}

impl Largest {
    pub(super) fn pairs(&self) -> u64 {
        self.rows.taken()
    }

    /// The pairs as (row, column).
    pub(super) fn plan(&self) -> Vec<(u32, u32)> {
        let rows = 0..self.rows.len();
        let pairs = rows.flat_map(|row| self.rows.of(row).iter().map(move |&c| (row as u32, c)));
        pairs.collect()
    }
}

/// Adds pairs to a plan until there are no more to be had.
pub(super) fn largest(graph: &Graph, rows: Seats) -> Largest {
    let (table, rows_places, columns) = (graph.table(), graph.row_places(), graph.column_places());
    let mut search = Search::new(table, rows, columns);
    while search.levels() {
        search.augment();
    }
    // Whoever has no place costs nothing. A row with more places than edges is cheaper left out: all its edges are
    // pairs then, with columns that are not in the cover.
    let row = |row: usize| {
        let places = rows_places[row];
        places == 0 || (search.level[row] == UNSEEN && places <= table.degree(row))
    };
    let cover_rows = (0..rows_places.len()).map(row).collect();
    let column = |(&places, &seen): (&u32, &u32)| places == 0 || seen != UNSEEN;
    let cover_columns = columns.iter().zip(&search.seen).map(column).collect();
    Largest {
        rows: search.rows,
        cover_rows,
        cover_columns,
    }
}

struct Search<'g> {
    table: &'g Table,
    rows: Seats,
    columns: Seats,
    /// The distance of each row and column from a row with a free seat.
    level: Vec<u32>,
    seen: Vec<u32>,
    /// The level at which columns with a free place were found.
    last: u32,
    /// Where each row's search goes on.
    at: Vec<u32>,
}

impl<'g> Search<'g> {
    fn new(table: &'g Table, rows: Seats, places: &[u32]) -> Self {
        let (count, columns) = (rows.len(), places.len());
        let degree = table.column_degrees(columns);
        let mut holders = Seats::new(places.iter().zip(&degree).map(|(&p, &d)| p.min(d)));
        for row in 0..count {
            for &column in rows.of(row) {
                holders.add(column as usize, row as u32);
            }
        }
        Self {
            table,
            rows,
            columns: holders,
            level: vec![UNSEEN; count],
            seen: vec![UNSEEN; columns],
            last: 0,
            at: vec![0; count],
        }
    }

    fn is_pair(&self, row: usize, column: u32) -> bool {
        let (columns, rows) = (self.rows.of(row), self.columns.of(column as usize));
        if columns.len() <= rows.len() {
            columns.contains(&column)
        } else {
            rows.contains(&(row as u32))
        }
    }

    /// Measures distances from all rows with free seats; says whether a column with a free place is among the reached.
    fn levels(&mut self) -> bool {
        self.level.fill(UNSEEN);
        self.seen.fill(UNSEEN);
        self.last = UNSEEN;
        let free = (0..self.rows.len()).filter(|&row| self.rows.free(row) > 0);
        let mut queue: Vec<u32> = free.map(|row| row as u32).collect();
        for &row in &queue {
            self.level[row as usize] = 0;
        }
        // Once no column is unseen, no row leads further.
        let mut unseen = (0..self.columns.len())
            .filter(|&column| self.columns.room(column) > 0)
            .count();
        let mut head = 0;
        while let Some(&row) = queue.get(head).filter(|_| unseen > 0) {
            head += 1;
            let row = row as usize;
            let level = self.level[row];
            if level > self.last {
                break;
            }
            for arc in self.table.arcs(row) {
                let column = arc.column as usize;
                if self.seen[column] != UNSEEN
                    || self.columns.room(column) == 0
                    || self.is_pair(row, arc.column)
                {
                    continue;
                }
                self.seen[column] = level;
                unseen -= 1;
                if self.columns.free(column) > 0 {
                    self.last = level;
                    continue;
                }
                for &holder in self.columns.of(column) {
                    if self.level[holder as usize] == UNSEEN {
                        self.level[holder as usize] = level + 1;
                        queue.push(holder);
                    }
                }
            }
        }
        self.last != UNSEEN
    }

    /// Flips as many shortest paths as fit beside each other.
    fn augment(&mut self) {
        self.at.fill(0);
        let mut path = Vec::new();
        for root in 0..self.rows.len() {
            while self.rows.free(root) > 0 && self.path(root, &mut path) {
                self.flip(&mut path);
            }
        }
    }

    /// Looks for a path from a row to a column with a free place: pairs (row, column) to be formed, each row after
    /// the first leaving the column before it.
    fn path(&mut self, root: usize, path: &mut Vec<(u32, u32)>) -> bool {
        path.clear();
        let mut row = root;
        loop {
            match self.step(row) {
                Some((column, None)) => {
                    path.push((row as u32, column));
                    return true;
                }
                Some((column, Some(holder))) => {
                    path.push((row as u32, column));
                    row = holder as usize;
                }
                None => {
                    // Nothing leads on from here, in this phase, for anybody.
                    self.level[row] = UNSEEN - 1;
                    let Some((before, _)) = path.pop() else {
                        return false;
                    };
                    row = before as usize;
                }
            }
        }
    }

    /// The next column of a row that leads on, with the holder to go through unless it has a free place.
    fn step(&mut self, row: usize) -> Option<(u32, Option<u32>)> {
        let level = self.level[row];
        while let Some((next, arc)) = self.table.arc_from(row, self.at[row]) {
            let column = arc.column as usize;
            if self.seen[column] == level && !self.is_pair(row, arc.column) {
                if self.columns.free(column) > 0 {
                    return Some((arc.column, None));
                }
                if level < self.last {
                    let mut holders = self.columns.of(column).iter();
                    let on = holders.find(|&&holder| self.level[holder as usize] == level + 1);
                    if let Some(&holder) = on {
                        return Some((arc.column, Some(holder)));
                    }
                }
            }
            self.at[row] = next;
        }
        None
    }

    fn flip(&mut self, path: &mut Vec<(u32, u32)>) {
        // From the end, where a place is free.
        while let Some((row, column)) = path.pop() {
            if let Some(&(_, given_up)) = path.last() {
                self.rows.remove(row as usize, given_up);
                self.columns.remove(given_up as usize, row);
            }
            self.rows.add(row as usize, column);
            self.columns.add(column as usize, row);
        }
    }
}
