//! What a row likes best at the prices of the day.
#![expect(
    clippy::indexing_slicing,
    reason = "columns come from the table, which checked them; the arrays have fixed lengths"
)]

use super::super::table::{Arc, NO_EDGE, Table};
use super::money::{Money, Worth};

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

    /// The same in another unit of worth.
    pub(super) fn convert(&mut self, worth: Worth) {
        if self.beyond != UNKNOWN && self.beyond != NOTHING {
            self.beyond = self.beyond * worth.point + worth.pair;
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
pub(super) fn choose<P: Money>(arcs: &[Arc], prices: &[P], worth: Worth, held: &[Arc]) -> Choice {
    let (mut best, mut second, mut chosen) = (P::LEAST, P::LEAST, NO_ARC);
    for &arc in arcs {
        let left = P::left_over(arc.score, worth, prices[arc.column as usize]);
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

/// Chooses among all edges of a row, leaving out what is held.
pub(super) fn choose_from_row<P: Money>(
    table: &Table,
    row: usize,
    prices: &[P],
    worth: Worth,
    held: &[Arc],
) -> Choice {
    match table {
        Table::Sparse(sparse) => choose(sparse.row(row), prices, worth, held),
        Table::Dense(dense) => {
            let (mut best, mut second, mut chosen) = (P::LEAST, P::LEAST, NO_ARC);
            let none = P::NOTHING_LEFT;
            for (block, (cells, prices)) in blocks(dense.row(row), prices).enumerate() {
                if most(cells, prices, worth) <= second {
                    continue;
                }
                for (at, (&cell, &price)) in cells.iter().zip(prices).enumerate() {
                    let left = P::left_over(cell, worth, price);
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
    /// The same in whole points, rounded down: what rows of a matrix are compared with, many cells at once. Empty for
    /// a list of edges, and where a price is out of reach.
    pub(super) whole: &'a [i32],
    pub(super) worth: Worth,
}

impl<P: Money> Charges<'_, P> {
    /// What a cell leaves.
    fn left_over(&self, column: usize, score: u32) -> i64 {
        self.worth.of(score) - self.prices[column].get()
    }

    /// What no cell leaves more than that leaves so many whole points.
    fn at_most(&self, points: i32) -> i64 {
        i64::from(points) * self.worth.point + self.worth.pair
    }
}

/// Writes the list of a row anew.
pub(super) fn write<P: Money>(
    table: &Table,
    row: usize,
    charges: Charges<'_, P>,
    held: &[Arc],
    scratch: &mut [Vec<i32>; 2],
) -> List {
    let mut top = Top::NEW;
    match table {
        Table::Sparse(sparse) => {
            for &arc in sparse.row(row) {
                let price = charges.prices[arc.column as usize];
                top.offer(
                    P::left_over(arc.score, charges.worth, price).get(),
                    arc,
                    held,
                );
            }
        }
        Table::Dense(_) if charges.whole.is_empty() => {
            for arc in table.arcs(row) {
                top.offer(charges.left_over(arc.column as usize, arc.score), arc, held);
            }
        }
        Table::Dense(dense) => {
            let cells = dense.row(row);
            let [mosts, sorted] = scratch;
            mosts.clear();
            mosts.extend(
                blocks(cells, charges.whole).map(|(cells, whole)| most(cells, whole, Worth::PLAIN)),
            );
            let mut floor = i32::MIN;
            if mosts.len() > REMEMBERED && held.is_empty() {
                // The best blocks have as many edges as a list that leave as much as the last of them, less a point by rounding.
                sorted.clear();
                sorted.extend_from_slice(mosts);
                let (_, &mut last, _) =
                    sorted.select_nth_unstable_by(REMEMBERED - 1, |a, b| b.cmp(a));
                if last > NO_EDGE {
                    floor = last - i32::from(charges.worth.point > 1);
                    top.beyond = charges.at_most(floor - 1);
                }
            }
            for (block, (cells, whole)) in blocks(cells, charges.whole).enumerate() {
                if mosts[block] < floor {
                    continue;
                }
                for (at, (&cell, &price)) in cells.iter().zip(whole).enumerate() {
                    if cell as i32 >= 0 && cell as i32 - price >= floor {
                        let column = block * BLOCK + at;
                        let arc = Arc {
                            column: column as u32,
                            score: cell,
                        };
                        top.offer(charges.left_over(column, cell), arc, held);
                    }
                }
            }
        }
    }
    top.list()
}

/// The best edges so far, and a bound on the others.
struct Top {
    left: [i64; REMEMBERED],
    arcs: [Arc; REMEMBERED],
    count: usize,
    beyond: i64,
}

impl Top {
    const NEW: Self = Self {
        left: [NOTHING; REMEMBERED],
        arcs: [NO_ARC; REMEMBERED],
        count: 0,
        beyond: NOTHING,
    };

    #[inline]
    fn offer(&mut self, left: i64, arc: Arc, held: &[Arc]) {
        if !held.is_empty() && held.contains(&arc) {
            return;
        }
        let least = self.left[REMEMBERED - 1];
        if self.count == REMEMBERED {
            self.beyond = self.beyond.max(left.min(least));
            if left <= least {
                return;
            }
        }
        let mut at = self.count.min(REMEMBERED - 1);
        while at > 0 && self.left[at - 1] < left {
            self.left[at] = self.left[at - 1];
            self.arcs[at] = self.arcs[at - 1];
            at -= 1;
        }
        self.left[at] = left;
        self.arcs[at] = arc;
        self.count = (self.count + 1).min(REMEMBERED);
    }

    fn list(&self) -> List {
        List {
            arcs: self.arcs,
            beyond: self.beyond,
            count: self.count as u32,
        }
    }
}

/// How many cells are looked at together.
const BLOCK: usize = 64;

fn blocks<'a, P>(cells: &'a [u32], prices: &'a [P]) -> impl Iterator<Item = (&'a [u32], &'a [P])> {
    cells.chunks(BLOCK).zip(prices.chunks(BLOCK))
}

/// The most that a cell leaves.
#[inline]
fn most<P: Money>(cells: &[u32], prices: &[P], worth: Worth) -> P {
    let left = cells.iter().zip(prices);
    left.map(|(&cell, &price)| P::left_over(cell, worth, price))
        .fold(P::LEAST, P::max)
}
