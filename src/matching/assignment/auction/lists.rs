//! What a row likes best at the prices of the day.
#![expect(
    clippy::indexing_slicing,
    reason = "columns come from the table, which checked them; the arrays have fixed lengths"
)]

use std::hint::black_box;

use super::super::dense::BLOCK;
use super::super::table::{Arc, NO_EDGE, Table};
use super::blocks::{Bounds, Whole, blocks, most};
use super::money::Money;

/// Of a block that has a good edge, the parts of so many cells are looked at that have one.
const PART: usize = 16;

/// How many edges a list remembers: with the bound they fill one cache line.
pub(super) const REMEMBERED: usize = 6;

/// Stands for a bound that is not known; every list that holds it is written again before it is used.
pub(super) const UNKNOWN: i64 = i64::MAX;

/// Stands for no edge at all.
pub(super) const NOTHING: i64 = i64::MIN;

const NO_ARC: Arc = Arc {
    column: 0,
    score: 0,
};

/// The best edges of a row when the list was written.
// INVARIANT (beyond): no edge of the row outside the list, but for those that the row held then, leaves more than
// `beyond`. Holds on because prices only rise; whoever loses an edge that it held forgets its list.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct List {
    arcs: [Arc; REMEMBERED],
    pub(super) beyond: i64,
    count: u32,
}

impl List {
    pub(super) const FORGOTTEN: Self = Self {
        arcs: [NO_ARC; REMEMBERED],
        beyond: UNKNOWN,
        count: 0,
    };

    pub(super) fn arcs(&self) -> &[Arc] {
        &self.arcs[..self.count as usize]
    }

    /// The same where a point is worth so much.
    pub(super) fn convert(&mut self, point: i64) {
        if self.beyond != UNKNOWN && self.beyond != NOTHING {
            self.beyond *= point;
        }
    }
}

/// The best edge of a row and what the two best leave; [`NOTHING`] where there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) best: i64,
    pub(super) second: i64,
    pub(super) arc: Arc,
}

impl Choice {
    fn new<P: Money>(best: P, second: P, arc: Arc) -> Self {
        let amount = |p: P| if p == P::LEAST { NOTHING } else { p.get() };
        Self {
            best: amount(best),
            second: amount(second),
            arc,
        }
    }
}

/// Chooses among these edges, leaving out what is held.
#[inline]
pub(super) fn choose<P: Money>(arcs: &[Arc], prices: &[P], point: i64, held: &[Arc]) -> Choice {
    let (mut best, mut second, mut chosen) = (P::LEAST, P::LEAST, NO_ARC);
    for &arc in arcs {
        let left = P::left_over(arc.score, point, prices[arc.column as usize]);
        if !held.is_empty() && held.contains(&arc) {
            continue;
        }
        second = second.max(left.min(best));
        if left > best {
            chosen = arc;
        }
        best = best.max(left);
    }
    Choice::new(best, second, chosen)
}

/// Asks for all of a row at once: it comes from far away, and each edge alone takes so long to look at that the
/// processor would not ask for the next in time.
pub(super) fn touch(arcs: &[Arc]) {
    let lines = arcs.iter().step_by(8);
    black_box(lines.fold(0, |all, arc| all ^ arc.score));
}

/// Chooses among all edges of a row, leaving out what is held.
pub(super) fn choose_from_row<P: Money>(
    table: &Table,
    row: usize,
    prices: &[P],
    point: i64,
    held: &[Arc],
) -> Choice {
    match table {
        Table::Sparse(sparse) => {
            let arcs = sparse.row(row);
            touch(arcs);
            choose(arcs, prices, point, held)
        }
        Table::Dense(dense) => {
            let (mut best, mut second, mut chosen) = (P::LEAST, P::LEAST, NO_ARC);
            let none = P::NOTHING_LEFT;
            for (block, (cells, prices)) in blocks(dense.row(row), prices).enumerate() {
                if most(cells, prices, point) <= second {
                    continue;
                }
                for (at, (&cell, &price)) in cells.iter().zip(prices).enumerate() {
                    let left = P::left_over(cell, point, price);
                    if left <= second || left <= none {
                        continue;
                    }
                    let arc = Arc {
                        column: (block * BLOCK + at) as u32,
                        score: cell,
                    };
                    if !held.is_empty() && held.contains(&arc) {
                        continue;
                    }
                    second = left.min(best);
                    if left > best {
                        (best, chosen) = (left, arc);
                    }
                }
            }
            Choice::new(best, second, chosen)
        }
    }
}

/// What an auction charges, and in what unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charges<'a, P> {
    pub(super) prices: &'a [P],
    pub(super) whole: &'a Whole,
    pub(super) point: i64,
}

impl<P: Money> Charges<'_, P> {
    /// What a cell leaves.
    fn left_over(&self, column: usize, score: u32) -> i64 {
        i64::from(score) * self.point - self.prices[column].get()
    }

    /// What no cell leaves more than that leaves so many whole points.
    fn at_most(&self, points: i32) -> i64 {
        i64::from(points) * self.point
    }
}

/// Writes the list of a row anew.
pub(super) fn write<P: Money>(
    table: &Table,
    row: usize,
    charges: Charges<'_, P>,
    held: &[Arc],
    bounds: &mut Bounds,
) -> List {
    let mut top = Top::NEW;
    match table {
        Table::Sparse(sparse) if P::NARROW && held.is_empty() => {
            let arcs = sparse.row(row);
            touch(arcs);
            top.sort_row(arcs, charges, bounds);
        }
        Table::Sparse(sparse) => {
            for &arc in sparse.row(row) {
                let price = charges.prices[arc.column as usize];
                top.offer(
                    P::left_over(arc.score, charges.point, price).get(),
                    arc,
                    held,
                );
            }
        }
        Table::Dense(_) if charges.whole.prices().is_empty() => {
            for arc in table.arcs(row) {
                top.offer(charges.left_over(arc.column as usize, arc.score), arc, held);
            }
        }
        Table::Dense(dense) => {
            let highest = dense.highest(row);
            top.read_row(dense.row(row), highest, charges, held, bounds);
        }
    }
    top.list()
}

/// The best edges so far, what leaves most first, and a bound on the others.
struct Top {
    /// [`NOTHING`] where there is no edge yet.
    left: [i64; REMEMBERED],
    arcs: [Arc; REMEMBERED],
    beyond: i64,
}

impl Top {
    const NEW: Self = Self {
        left: [NOTHING; REMEMBERED],
        arcs: [NO_ARC; REMEMBERED],
        beyond: NOTHING,
    };

    const LAST: usize = REMEMBERED - 1;

    #[inline]
    fn offer(&mut self, left: i64, arc: Arc, held: &[Arc]) {
        if left <= self.left[Self::LAST] {
            self.beyond = self.beyond.max(left);
            return;
        }
        if !held.is_empty() && held.contains(&arc) {
            return;
        }
        self.beyond = self.beyond.max(self.left[Self::LAST]);
        let mut at = Self::LAST;
        while at > 0 && self.left[at - 1] < left {
            self.left[at] = self.left[at - 1];
            self.arcs[at] = self.arcs[at - 1];
            at -= 1;
        }
        self.left[at] = left;
        self.arcs[at] = arc;
    }

    /// Reads a row of edges that all leave what an `i32` holds, with few branches: in what order the best come is
    /// anybody's guess, and a wrong guess costs more than a comparison too many.
    fn sort_row<P: Money>(&mut self, arcs: &[Arc], charges: Charges<'_, P>, bounds: &mut Bounds) {
        let left = |arc: &Arc| {
            let price = charges.prices[arc.column as usize];
            P::left_over(arc.score, charges.point, price).get() as i32
        };
        // What an edge leaves above, and below, from the highest down, where it stands.
        let mut best = [i64::MIN; REMEMBERED + 1];
        for &key in bounds.promising(arcs.iter().map(left)) {
            let mut next = key;
            for best in &mut best {
                (*best, next) = ((*best).max(next), (*best).min(next));
            }
        }
        let left = |key: i64| if key == i64::MIN { NOTHING } else { key >> 32 };
        for (at, &key) in best.iter().take(REMEMBERED).enumerate() {
            self.left[at] = left(key);
            if let Some(&arc) = arcs.get((u32::MAX - key as u32) as usize) {
                self.arcs[at] = arc;
            }
        }
        self.beyond = left(best[REMEMBERED]);
    }

    /// Reads those parts of a row that may have one of the best edges; `highest` are the highest cells of its blocks.
    fn read_row<P: Money>(
        &mut self,
        cells: &[u32],
        highest: &[i32],
        charges: Charges<'_, P>,
        held: &[Arc],
        bounds: &mut Bounds,
    ) {
        let all = charges.whole.prices();
        // No edge leaves less, and what is none leaves NO_EDGE at most.
        let mut floor = NO_EDGE + 1;
        let (sure, bounds) = bounds.of_row(cells, highest, charges.whole);
        if let Some(sure) = sure.filter(|_| held.is_empty()) {
            // Less a point by rounding.
            floor = sure - i32::from(charges.point > 1);
            self.beyond = charges.at_most(floor - 1);
        }
        for ((block, (cells, prices)), &bound) in blocks(cells, all).enumerate().zip(bounds) {
            if bound < floor {
                continue;
            }
            let parts = cells.chunks(PART).zip(prices.chunks(PART));
            for (part, (cells, prices)) in parts.enumerate() {
                if most(cells, prices, 1) < floor {
                    continue;
                }
                for (at, (&cell, &price)) in cells.iter().zip(prices).enumerate() {
                    let points = (cell as i32).wrapping_sub(price);
                    if points >= floor {
                        let column = block * BLOCK + part * PART + at;
                        let arc = Arc {
                            column: column as u32,
                            score: cell,
                        };
                        self.offer(charges.left_over(column, cell), arc, held);
                        if self.left[Self::LAST] > NOTHING {
                            // What leaves a point less than the last of the list is not on it.
                            let least = self.arcs[Self::LAST];
                            floor = floor.max(least.score as i32 - all[least.column as usize]);
                            self.beyond = self.beyond.max(self.left[Self::LAST]);
                        }
                    }
                }
            }
        }
    }

    fn list(&self) -> List {
        List {
            arcs: self.arcs,
            beyond: self.beyond,
            count: self.left.iter().filter(|&&left| left > NOTHING).count() as u32,
        }
    }
}
