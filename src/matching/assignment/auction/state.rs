//! Who holds what, at which prices, and how a bid changes it.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and columns come from a `Graph`, which checked them; every table here is as long as its side"
)]

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::ops::Range;

use super::super::Graph;
use super::super::table::{Arc, Table};
use super::blocks::{Bounds, Whole};
use super::lists::{Charges, List, NOTHING, UNKNOWN, choose, choose_from_row};
use super::money::Money;

/// With more rows or columns than this, most of what a bid needs comes from far away.
const FAR: usize = 300_000;

/// Nobody holds the unit.
pub(super) const NOBODY: u32 = u32::MAX;

/// Where the seats of each row, or the units of each column, stand in a table of all.
#[derive(Debug)]
pub(super) enum Places {
    /// Everybody has one, so many in all.
    OneEach(u32),
    /// Where each one's start; one more entry than there are rows or columns.
    From(Vec<u32>),
}

impl Places {
    /// Places beyond the number of edges count as one more than edges; `None` where there are too many.
    fn new(places: &[u32], degrees: impl FnOnce() -> Vec<u32>) -> Option<Self> {
        if places.iter().all(|&places| places == 1) {
            return Some(Self::OneEach(u32::try_from(places.len()).ok()?));
        }
        let mut start = Vec::with_capacity(places.len() + 1);
        let mut sum = 0_u32;
        start.push(sum);
        for (&places, degree) in places.iter().zip(degrees()) {
            sum = sum.checked_add(places.min(degree.saturating_add(1)))?;
            start.push(sum);
        }
        Some(Self::From(start))
    }

    pub(super) const fn one_each(&self) -> bool {
        matches!(self, Self::OneEach(_))
    }

    pub(super) fn all(&self) -> u64 {
        match self {
            Self::OneEach(count) => u64::from(*count),
            Self::From(start) => start.last().map_or(0, |&count| u64::from(count)),
        }
    }

    #[inline]
    pub(super) fn of(&self, member: usize) -> Range<usize> {
        match self {
            Self::OneEach(_) => member..member + 1,
            Self::From(start) => start[member] as usize..start[member + 1] as usize,
        }
    }
}

/// The auction at a moment.
#[derive(Debug)]
pub(super) struct Auction<'g, P> {
    pub(super) table: &'g Table,
    pub(super) point: i64,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) unit: Places,
    /// INVARIANT (heap): the units of a column are a binary heap by level, its price is the level of the first. Empty
    /// where each has one unit, whose level is the price.
    pub(super) level: Vec<P>,
    pub(super) holder: Vec<u32>,
    pub(super) price: Vec<P>,
    pub(super) seat: Places,
    pub(super) held: Vec<Arc>,
    pub(super) holds: Vec<u32>,
    /// Empty where rows are too short for lists to pay.
    pub(super) lists: Vec<List>,
    /// Rows with free seats, once for each.
    pub(super) waiting: VecDeque<u32>,
    /// The tables are larger than what a processor keeps near.
    pub(super) far: bool,
    /// Rows that walked away from a seat, by what their best edge left them then; by now it is that or less.
    pub(super) idle: BinaryHeap<(i64, Reverse<u32>)>,
    /// How many seats may stay free.
    pub(super) may_idle: u64,
    /// What walking away leaves.
    pub(super) walk_away: i64,
    /// Units that the spare row is to hold in the end.
    pub(super) spare_units: u64,
    /// Units that the spare row has still to find.
    pub(super) spare_row: u64,
    /// Columns by price, as they were at some time: prices only rise.
    pub(super) cheapest: BinaryHeap<Reverse<(P, u32)>>,
    pub(super) bids: u64,
    /// Prices in whole points, for rows of a matrix; empty for a list of edges.
    pub(super) whole: Whole,
    pub(super) bounds: Bounds,
}

impl<'g, P: Money> Auction<'g, P> {
    /// An auction at these prices, with nothing held and nobody waiting.
    ///
    /// Places beyond the number of edges count as one more than edges: it stays free, and shows that the others are free.
    pub(super) fn new(
        graph: &'g Graph,
        point: i64,
        prices: Vec<P>,
        walk_away: i64,
    ) -> Option<Self> {
        let table = graph.table();
        let (rows, columns) = (graph.row_places().len(), graph.column_places().len());
        let degrees = || (0..rows).map(|row| table.degree(row)).collect();
        let unit = Places::new(graph.column_places(), || table.column_degrees(columns))?;
        let seat = Places::new(graph.row_places(), degrees)?;
        let (units, seats) = (unit.all() as usize, seat.all() as usize);
        let mut level = Vec::new();
        if let Places::From(_) = unit {
            level.resize(units, P::new(0));
            for (column, &price) in prices.iter().enumerate() {
                level[unit.of(column)].fill(price);
            }
        }
        let whole = match table {
            Table::Dense(_) => Whole::new(&prices, 1),
            Table::Sparse(_) => Whole::default(),
        };
        let listed = table.len() / 12 >= rows;
        let nothing = Arc {
            column: 0,
            score: 0,
        };
        Some(Self {
            table,
            point,
            rows,
            columns,
            unit,
            level,
            holder: vec![NOBODY; units],
            price: prices,
            seat,
            held: vec![nothing; seats],
            holds: vec![0; rows],
            lists: vec![List::FORGOTTEN; if listed { rows } else { 0 }],
            waiting: VecDeque::new(),
            far: rows.max(columns) > FAR,
            idle: BinaryHeap::new(),
            may_idle: u64::MAX,
            walk_away,
            spare_units: 0,
            spare_row: 0,
            cheapest: BinaryHeap::new(),
            bids: 0,
            whole,
            bounds: Bounds::default(),
        })
    }

    pub(super) fn seats(&self) -> u64 {
        self.seat.all()
    }

    pub(super) fn units(&self) -> u64 {
        self.unit.all()
    }

    pub(super) fn seats_of(&self, row: usize) -> u32 {
        self.seat.of(row).len() as u32
    }

    pub(super) fn units_of(&self, column: usize) -> u32 {
        self.unit.of(column).len() as u32
    }

    /// The edges that a row holds.
    pub(super) fn held(&self, row: usize) -> &[Arc] {
        let from = self.seat.of(row).start;
        &self.held[from..from + self.holds[row] as usize]
    }

    /// What an edge leaves at today's price.
    pub(super) fn left_over(&self, arc: Arc) -> i64 {
        i64::from(arc.score) * self.point - self.price[arc.column as usize].get()
    }

    pub(super) fn charges(&self) -> Charges<'_, P> {
        Charges {
            prices: &self.price,
            whole: &self.whole,
            point: self.point,
        }
    }

    /// How many pairs stand.
    pub(super) fn pairs(&self) -> u64 {
        self.holds.iter().map(|&holds| u64::from(holds)).sum()
    }

    /// How many seats stay free.
    pub(super) fn idle(&self) -> u64 {
        self.idle.len() as u64
    }

    /// From now on the plan is to have so many pairs: other seats stay free, and the spare row holds the other units.
    pub(super) fn settle_on(&mut self, pairs: u64) {
        self.may_idle = self.seats().saturating_sub(pairs);
        self.spare_units = self.units().saturating_sub(pairs);
        self.spare_row = self.spare_units;
    }

    /// The same auction in a finer unit, in which a point is worth so much instead of 1.
    pub(super) fn refine<Q: Money>(self, point: i64) -> Auction<'g, Q> {
        let fine = |prices: Vec<P>| -> Vec<Q> {
            let fine = prices.into_iter();
            fine.map(|price| Q::new(price.get() * point)).collect()
        };
        let mut lists = self.lists;
        for list in &mut lists {
            list.convert(point);
        }
        Auction {
            table: self.table,
            point,
            rows: self.rows,
            columns: self.columns,
            unit: self.unit,
            level: fine(self.level),
            holder: self.holder,
            price: fine(self.price),
            seat: self.seat,
            held: self.held,
            holds: self.holds,
            lists,
            waiting: self.waiting,
            far: self.far,
            idle: BinaryHeap::new(),
            may_idle: self.may_idle,
            walk_away: if self.walk_away == NOTHING {
                NOTHING
            } else {
                self.walk_away * point
            },
            spare_units: self.spare_units,
            spare_row: self.spare_row,
            cheapest: BinaryHeap::new(),
            bids: self.bids,
            whole: self.whole,
            bounds: self.bounds,
        }
    }

    /// The most that walking away leaves, or an edge that the row does not hold; exact if asked.
    pub(super) fn elsewhere(&mut self, row: usize, exact: bool) -> i64 {
        let away = self.walk_away;
        if self.lists.is_empty() {
            return choose_from_row(self.table, row, &self.price, self.point, self.own(row))
                .best
                .max(away);
        }
        let list = &self.lists[row];
        let mut best = choose(list.arcs(), &self.price, self.point, self.own(row)).best;
        if list.beyond == UNKNOWN || (exact && list.beyond > best.max(away)) {
            self.rewrite(row);
            let list = &self.lists[row];
            best = choose(list.arcs(), &self.price, self.point, self.own(row)).best;
        }
        best.max(self.lists[row].beyond).max(away)
    }

    /// Ends a step and prepares the next: who would gain more than `step` by a change gives up what they hold.
    pub(super) fn prepare(&mut self, step: i64) {
        self.waiting.clear();
        self.idle.clear();
        for row in (0..self.rows).rev() {
            let held = self.held(row);
            let least = held.iter().map(|&arc| self.left_over(arc)).min();
            if let Some(least) = least {
                let mut best = self.elsewhere(row, false);
                // With nowhere else to go, not even away, `best` is as low as can be.
                if least < best.saturating_sub(step) {
                    best = self.elsewhere(row, true);
                }
                self.release(row, best.saturating_sub(step));
            }
            let free = self.seats_of(row) - self.holds[row];
            self.waiting.extend((0..free).map(|_| row as u32));
        }
        self.level_units();
        self.prepare_spare(step);
    }

    /// Every unit costs what its column does: who once bid more in a larger step would else sit where nobody can outbid
    /// them, while the price rises to that level.
    fn level_units(&mut self) {
        if self.level.is_empty() {
            return;
        }
        for (column, &price) in self.price.iter().enumerate() {
            self.level[self.unit.of(column)].fill(price);
        }
    }

    /// Gives up what leaves less than this.
    fn release(&mut self, row: usize, floor: i64) {
        let first = self.seat.of(row).start;
        let mut at = first;
        while at < first + self.holds[row] as usize {
            let arc = self.held[at];
            if self.left_over(arc) >= floor {
                at += 1;
                continue;
            }
            let column = arc.column as usize;
            if let Some(unit) = self.holder[self.unit.of(column)]
                .iter_mut()
                .find(|unit| **unit == row as u32)
            {
                *unit = NOBODY;
            }
            self.give_up(row, arc.column);
            at = first; // the order has changed
        }
    }

    fn prepare_spare(&mut self, step: i64) {
        if self.spare_units == 0 {
            return;
        }
        let columns = (0..self.columns).filter(|&column| self.units_of(column) > 0);
        let noted: Vec<_> = columns
            .map(|column| (self.price[column], column as u32))
            .collect();
        let Some(cheapest) = noted.iter().map(|(price, _)| price.get()).min() else {
            return;
        };
        for &(price, column) in &noted {
            if price.get() > cheapest + step {
                for holder in &mut self.holder[self.unit.of(column as usize)] {
                    if *holder == self.rows as u32 {
                        *holder = NOBODY;
                        self.spare_row += 1;
                    }
                }
            }
        }
        self.cheapest = noted.into_iter().map(Reverse).collect();
    }

    /// Everybody waits for all of their seats.
    pub(super) fn everybody_waits(&mut self) {
        for row in (0..self.rows).rev() {
            let seats = self.seats_of(row) - self.holds[row];
            self.waiting.extend((0..seats).map(|_| row as u32));
        }
    }

    /// Writes the lists of all rows.
    pub(super) fn write_lists(&mut self) {
        for row in 0..self.lists.len() {
            self.rewrite(row);
        }
    }
}
