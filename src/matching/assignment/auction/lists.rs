//! What a row likes best at the prices of the day.
#![expect(
    clippy::indexing_slicing,
    reason = "columns come from the table, which checked them; the arrays have fixed lengths"
)]

use super::super::table::{Arc, Table};
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

/// Writes the list of a row anew.
pub(super) fn write<P: Money>(
    table: &Table,
    row: usize,
    prices: &[P],
    worth: Worth,
    held: &[Arc],
    scratch: &mut Vec<P>,
) -> List {
    let mut top = Top::<P>::new();
    match table {
        Table::Sparse(sparse) => {
            for &arc in sparse.row(row) {
                top.offer(
                    P::left_over(arc.score, worth, prices[arc.column as usize]),
                    arc,
                    held,
                );
            }
        }
        Table::Dense(dense) => {
            // At least as many edges as the list remembers, and one, leave as much as the best blocks.
            let cells = dense.row(row);
            scratch.clear();
            scratch.extend(blocks(cells, prices).map(|(cells, prices)| most(cells, prices, worth)));
            let none = P::NOTHING_LEFT;
            let mut floor = none;
            if scratch.len() > REMEMBERED && held.is_empty() {
                let mut sorted = [P::LEAST; REMEMBERED + 1];
                for &most in &*scratch {
                    insert(&mut sorted, most);
                }
                floor = floor.max(sorted[REMEMBERED]);
            }
            for (block, (cells, prices)) in blocks(cells, prices).enumerate() {
                if scratch[block] < floor {
                    continue;
                }
                for (at, (&cell, &price)) in cells.iter().zip(prices).enumerate() {
                    let left = P::left_over(cell, worth, price);
                    if left > none {
                        let column = (block * BLOCK + at) as u32;
                        top.offer(
                            left,
                            Arc {
                                column,
                                score: cell,
                            },
                            held,
                        );
                    }
                }
            }
            // What was left out leaves less than the floor, and seven edges leave as much.
        }
    }
    top.list()
}

/// The best edges so far and one more, whose left-over bounds those that are not among them.
struct Top<P> {
    left: [P; REMEMBERED + 1],
    arcs: [Arc; REMEMBERED + 1],
    count: usize,
}

impl<P: Money> Top<P> {
    fn new() -> Self {
        Self {
            left: [P::LEAST; REMEMBERED + 1],
            arcs: [NO_ARC; REMEMBERED + 1],
            count: 0,
        }
    }

    #[inline]
    fn offer(&mut self, left: P, arc: Arc, held: &[Arc]) {
        if left <= self.left[REMEMBERED] || (!held.is_empty() && held.contains(&arc)) {
            return;
        }
        let mut at = self.count.min(REMEMBERED);
        while at > 0 && self.left[at - 1] < left {
            self.left[at] = self.left[at - 1];
            self.arcs[at] = self.arcs[at - 1];
            at -= 1;
        }
        self.left[at] = left;
        self.arcs[at] = arc;
        self.count = (self.count + 1).min(REMEMBERED + 1);
    }

    fn list(&self) -> List {
        let mut arcs = [NO_ARC; REMEMBERED];
        arcs.copy_from_slice(&self.arcs[..REMEMBERED]);
        let beyond = self.left[REMEMBERED];
        List {
            arcs,
            beyond: if beyond == P::LEAST {
                NOTHING
            } else {
                beyond.get()
            },
            count: self.count.min(REMEMBERED) as u32,
        }
    }
}

/// Keeps the largest, in falling order.
fn insert<P: Ord + Copy, const N: usize>(sorted: &mut [P; N], value: P) {
    let mut value = value;
    for kept in sorted {
        if value > *kept {
            std::mem::swap(&mut value, kept);
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
