//! A bid, and what follows from it.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and columns come from a `Graph`, which checked them; every table is as long as its side"
)]

use std::cmp::Reverse;
use std::hint::black_box;

use super::super::solver::Watch;
use super::super::table::{Arc, Table};
use super::lists::{Choice, List, NOTHING, choose, choose_from_row, touch, write};
use super::money::Money;
use super::state::{Auction, NOBODY};

/// So many bids are made between two reports to the watcher.
const REPORT_EVERY: u64 = 1 << 16;

/// Why the auction stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pause {
    /// Nobody bids.
    Done,
    /// So many bids were made as were allowed.
    Budget,
    /// A price would have passed its limit.
    Limit,
    /// The watcher asked to stop.
    Stopped,
}

impl<P: Money> Auction<'_, P> {
    /// Bids until nobody waits.
    pub(super) fn bid_all(
        &mut self,
        step: i64,
        direct: bool,
        budget: u64,
        watch: &mut Watch<'_>,
    ) -> Pause {
        let end = self.bids.saturating_add(budget);
        let direct = direct || self.lists.is_empty();
        let mut report = self.bids;
        loop {
            if self.bids >= end {
                return Pause::Budget;
            }
            if self.bids >= report {
                report = self.bids + REPORT_EVERY;
                if watch.watched() && !watch.go_on(self.pairs(), self.bids) {
                    return Pause::Stopped;
                }
            }
            let within = if let Some(row) = self.next(direct) {
                self.bid(row as usize, step, direct)
            } else if self.spare_row > 0 {
                self.bid_spare(step)
            } else if self.idle() > self.may_idle {
                self.call_back()
            } else {
                return Pause::Done;
            };
            if !within {
                return Pause::Limit;
            }
        }
    }

    /// Who bids next: who began to wait last, since what that needs is near.
    ///
    /// Where nothing is near, who waited longest, because then it is known who comes after: what those need is asked for
    /// now, while others bid.
    fn next(&mut self, direct: bool) -> Option<u32> {
        if !self.far {
            return self.waiting.pop_back();
        }
        if let Table::Sparse(sparse) = self.table {
            let mut asked = 0;
            if let Some(&row) = self.waiting.get(6) {
                match self.lists.get(row as usize).filter(|_| !direct) {
                    Some(list) => asked ^= list.beyond as u32,
                    None => touch(sparse.row(row as usize)),
                }
            }
            if let Some(&row) = self.waiting.get(3) {
                let list = self.lists.get(row as usize).filter(|_| !direct);
                let arcs = list.map_or_else(|| sparse.row(row as usize), List::arcs);
                let prices = arcs.iter().map(|arc| self.price[arc.column as usize]);
                asked ^= prices.fold(0, |all, price| all ^ price.get() as u32);
            }
            black_box(asked);
        }
        self.waiting.pop_front()
    }

    pub(super) fn own(&self, row: usize) -> &[Arc] {
        // Whoever has one seat and bids for it holds nothing.
        if self.seats_of(row) == 1 {
            &[]
        } else {
            self.held(row)
        }
    }

    /// The best two of a row at today's prices.
    fn choice(&mut self, row: usize, direct: bool) -> Choice {
        if direct {
            return choose_from_row(self.table, row, &self.price, self.point, self.own(row));
        }
        let list = &self.lists[row];
        let mut choice = choose(list.arcs(), &self.price, self.point, self.own(row));
        let mut beyond = list.beyond;
        if choice.best < beyond {
            self.rewrite(row);
            let list = &self.lists[row];
            choice = choose(list.arcs(), &self.price, self.point, self.own(row));
            beyond = list.beyond;
        }
        // Those beyond may be worth as much: the bid is then lower than it could be, and still in order.
        choice.second = choice.second.max(beyond.min(choice.best));
        choice
    }

    pub(super) fn rewrite(&mut self, row: usize) {
        let mut bounds = std::mem::take(&mut self.bounds);
        let list = write(self.table, row, self.charges(), self.own(row), &mut bounds);
        self.lists[row] = list;
        self.bounds = bounds;
    }

    /// A bid for one seat of a row. Says whether the price is within its limit.
    fn bid(&mut self, row: usize, step: i64, direct: bool) -> bool {
        self.bids += 1;
        let Choice { best, second, arc } = self.choice(row, direct);
        if best < self.walk_away || best == NOTHING {
            self.idle.push((best, Reverse(row as u32)));
            return true;
        }
        let mut second = second.max(self.walk_away);
        if second == NOTHING {
            // Nothing else to go to: any bid would do. One that outbids those with a choice ends it soonest.
            second = best.saturating_sub(step.saturating_mul(8));
        }
        let column = arc.column as usize;
        let level = self.price[column].get() + (best - second) + step;
        if level > P::LIMIT {
            return false;
        }
        let loser = self.take(column, P::new(level), row as u32);
        let seat = self.seat.of(row).start + self.holds[row] as usize;
        self.held[seat] = arc;
        self.holds[row] += 1;
        self.lose(loser, arc.column);
        true
    }

    /// More rows walked away than may: walking away gets so much worse that the one with the best edge comes back.
    ///
    /// Says whether there is one.
    fn call_back(&mut self) -> bool {
        let Some((noted, Reverse(row))) = self.idle.pop() else {
            return false;
        };
        let best = self.choice(row as usize, self.lists.is_empty()).best;
        if best < noted {
            self.idle.push((best, Reverse(row)));
            return true;
        }
        // Down to what the next best has: whoever stays away would not gain by coming back.
        let next = self.idle.peek().map_or(NOTHING, |&(next, _)| next);
        self.walk_away = self.walk_away.min(next);
        self.waiting.push_back(row);
        best != NOTHING
    }

    /// Walking away gets twice as bad, and whoever did bids again.
    pub(super) fn call_all_back(&mut self) {
        self.walk_away = self.walk_away.saturating_mul(2);
        let idle = self.idle.drain();
        self.waiting.extend(idle.map(|(_, Reverse(row))| row));
    }

    /// A bid of the spare row: for the cheapest column, up to the second cheapest and a step.
    fn bid_spare(&mut self, step: i64) -> bool {
        self.bids += 1;
        let Some(column) = self.pop_cheapest() else {
            // More units than anybody has: cannot be, but then nobody is to loop over it.
            self.spare_row = 0;
            return true;
        };
        let next = self.pop_cheapest();
        let second = self.price[next.unwrap_or(column) as usize];
        let level = second.get() + step;
        if level > P::LIMIT {
            return false;
        }
        let loser = self.take(column as usize, P::new(level), self.rows as u32);
        for column in [Some(column), next].into_iter().flatten() {
            let entry = (self.price[column as usize], column);
            self.cheapest.push(Reverse(entry));
        }
        self.spare_row -= 1;
        self.lose(loser, column);
        true
    }

    /// The cheapest column; prices have only risen since they were noted.
    fn pop_cheapest(&mut self) -> Option<u32> {
        loop {
            let Reverse((noted, column)) = self.cheapest.pop()?;
            let price = self.price[column as usize];
            if price == noted {
                return Some(column);
            }
            self.cheapest.push(Reverse((price, column)));
        }
    }

    /// Gives the cheapest unit of a column to somebody, at this level, which is above its own.
    fn take(&mut self, column: usize, level: P, holder: u32) -> u32 {
        let units = self.unit.of(column);
        if self.level.is_empty() {
            self.price[column] = level;
            self.whole.rise(column, level.get(), self.point);
            return std::mem::replace(&mut self.holder[units.start], holder);
        }
        let loser = self.holder[units.start];
        let levels = &mut self.level[units.clone()];
        let holders = &mut self.holder[units];
        let mut at = 0;
        loop {
            let mut child = 2 * at + 1;
            if child + 1 < levels.len() && levels[child + 1] < levels[child] {
                child += 1;
            }
            if child >= levels.len() || levels[child] >= level {
                break;
            }
            (levels[at], holders[at]) = (levels[child], holders[child]);
            at = child;
        }
        (levels[at], holders[at]) = (level, holder);
        let price = levels[0];
        self.price[column] = price;
        self.whole.rise(column, price.get(), self.point);
        loser
    }

    fn lose(&mut self, loser: u32, column: u32) {
        if loser == NOBODY {
            return;
        }
        if loser as usize == self.rows {
            self.spare_row += 1;
            return;
        }
        let row = loser as usize;
        self.give_up(row, column);
        self.waiting.push_back(loser);
    }

    /// Takes a column off the list of what a row holds.
    pub(super) fn give_up(&mut self, row: usize, column: u32) {
        if self.seat.one_each() {
            self.holds[row] = 0;
            return;
        }
        let from = self.seat.of(row).start;
        let held = &mut self.held[from..from + self.holds[row] as usize];
        if let Some(at) = held.iter().position(|arc| arc.column == column) {
            held.swap(at, held.len() - 1);
            self.holds[row] -= 1;
        }
        if self.seats_of(row) > 1 {
            if let Some(list) = self.lists.get_mut(row) {
                *list = List::FORGOTTEN;
            }
        }
    }
}
