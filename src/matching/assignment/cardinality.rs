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
use super::table::{NO_EDGE, Table};

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
    by_level: ByLevel,
}

/// The seen columns of a matrix by level, without those that no longer lead on.
#[derive(Default)]
struct ByLevel {
    columns: Vec<u32>,
    /// Where each level starts.
    start: Vec<u32>,
    /// From each position on, a position before or at the next column that may lead on.
    next: Vec<u32>,
}

impl ByLevel {
    fn new(seen: &[u32], last: u32) -> Self {
        let levels = last as usize + 1;
        let mut start = vec![0; levels + 1];
        let seen = || seen.iter().enumerate().filter(|&(_, &level)| level <= last);
        for (_, &level) in seen() {
            start[level as usize + 1] += 1;
        }
        for level in 0..levels {
            start[level + 1] += start[level];
        }
        let count = start[levels];
        let (mut columns, mut at) = (vec![0; count as usize], start.clone());
        for (column, &level) in seen() {
            let at = &mut at[level as usize];
            columns[*at as usize] = column as u32;
            *at += 1;
        }
        let next = (0..=count).collect();
        Self {
            columns,
            start,
            next,
        }
    }

    /// The first column of a level at or after a position, and where it stands.
    fn find(&mut self, level: u32, position: u32) -> Option<(u32, u32)> {
        let (from, to) = (self.start[level as usize], self.start[level as usize + 1]);
        let mut position = position.max(from);
        while self.next[position as usize] != position {
            let further = self.next[self.next[position as usize] as usize];
            self.next[position as usize] = further;
            position = further;
        }
        (position < to).then(|| (position, self.columns[position as usize]))
    }

    /// Nothing leads on from the column here.
    fn close(&mut self, position: u32) {
        self.next[position as usize] = position + 1;
    }
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
            by_level: ByLevel::default(),
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
        let mut unseen: Vec<u32> = (0..self.columns.len() as u32)
            .filter(|&column| self.columns.room(column as usize) > 0)
            .collect();
        let mut left = unseen.len();
        let mut head = 0;
        while let Some(&row) = queue.get(head).filter(|_| left > 0) {
            head += 1;
            let level = self.level[row as usize];
            if level > self.last {
                break;
            }
            match self.table {
                Table::Sparse(sparse) => {
                    for arc in sparse.row(row as usize) {
                        if self.seen[arc.column as usize] == UNSEEN
                            && self.columns.room(arc.column as usize) > 0
                            && self.reach(row, arc.column, &mut queue)
                        {
                            left -= 1;
                        }
                    }
                }
                // Of a long row only the cells of columns that nobody has seen.
                Table::Dense(dense) => {
                    let cells = dense.row(row as usize);
                    unseen.retain(|&column| {
                        cells[column as usize] as i32 == NO_EDGE
                            || !self.reach(row, column, &mut queue)
                    });
                    left = unseen.len();
                }
            }
        }
        self.last != UNSEEN
    }

    /// Sees a column from a row, and those behind it; unless the two are a pair.
    fn reach(&mut self, row: u32, column: u32, queue: &mut Vec<u32>) -> bool {
        if self.is_pair(row as usize, column) {
            return false;
        }
        let (level, column) = (self.level[row as usize], column as usize);
        self.seen[column] = level;
        if self.columns.free(column) > 0 {
            self.last = level;
            return true;
        }
        for &holder in self.columns.of(column) {
            if self.level[holder as usize] == UNSEEN {
                self.level[holder as usize] = level + 1;
                queue.push(holder);
            }
        }
        true
    }

    /// Flips as many shortest paths as fit beside each other.
    fn augment(&mut self) {
        self.at.fill(0);
        if matches!(self.table, Table::Dense(_)) {
            self.by_level = ByLevel::new(&self.seen, self.last);
        }
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
        match self.table {
            Table::Sparse(sparse) => {
                while let Some(arc) = sparse.row(row).get(self.at[row] as usize) {
                    if self.seen[arc.column as usize] == level && !self.is_pair(row, arc.column) {
                        if let Some(on) = self.on(level, arc.column) {
                            return Some((arc.column, on));
                        }
                    }
                    self.at[row] += 1;
                }
            }
            Table::Dense(dense) => {
                let cells = dense.row(row);
                while let Some((position, column)) = self.by_level.find(level, self.at[row]) {
                    self.at[row] = position;
                    if cells[column as usize] as i32 != NO_EDGE && !self.is_pair(row, column) {
                        if let Some(on) = self.on(level, column) {
                            return Some((column, on));
                        }
                        self.by_level.close(position);
                    }
                    self.at[row] += 1;
                }
            }
        }
        None
    }

    /// Where a column of a level leads: to a free place, or to a holder on the next level.
    fn on(&self, level: u32, column: u32) -> Option<Option<u32>> {
        if self.columns.free(column as usize) > 0 {
            return Some(None);
        }
        let mut holders = self
            .columns
            .of(column as usize)
            .iter()
            .filter(|_| level < self.last);
        let on = holders.find(|&&holder| self.level[holder as usize] == level + 1);
        on.map(|&holder| Some(holder))
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
