//! The search: one pass over all pairs for those that the prices would prefer, of which everybody's best are kept.

use std::ops::ControlFlow;

use super::best::Best;
use super::order::Order;
use super::prices::{Asked, Lanes32};
use super::worth::{Room, Worth};
use crate::eligibility::{Lanes, Linked, Losses, RUN, Rows};
use crate::matching::assignment::Graph;
use crate::matching::criterion::{Bound, OutOfRange};

/// What a search looks for.
#[derive(Debug)]
pub(super) struct Search<'s, 'e> {
    pub(super) rows: &'s Rows<'e>,
    pub(super) order: &'s Order,
    pub(super) worth: &'s Worth<'s>,
    /// Prices, by any of which a pair may be preferred; each with the points by which a pair may fail to be and is kept
    /// all the same, because prices will move a little. Without prices, every eligible pair is looked for.
    pub(super) against: &'s [(Asked, u32)],
    /// The pairs that are there already.
    pub(super) there: &'s Graph,
    /// Pairs that are kept of each person.
    pub(super) keep: u8,
}

/// What a search has found.
#[derive(Debug)]
pub(super) struct Found {
    /// Row and column by key, sorted.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Whether the prices would prefer any pair that is not there already.
    pub(super) preferred: bool,
    /// What the criteria know of the score of a pair.
    pub(super) known: Bound,
}

impl Search<'_, '_> {
    /// The best pairs of everybody: those with the highest gain, of equal gains a few that are spread evenly.
    ///
    /// Stops early where `goes_on`, told how many rows are done, says so.
    pub(super) fn run(
        &self,
        goes_on: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Found, OutOfRange> {
        let (all, width) = (self.rows.mentors().len(), self.rows.mentees().len());
        let (rows, columns) = (&self.order.rows, &self.order.columns);
        let prices = self.against.iter();
        let prices = prices.map(|(asked, slack)| Lanes32::new(asked, *slack, rows, columns));
        let mut pass = Pass {
            search: self,
            spread: Spread::new(self.worth.highest(), width),
            prices: prices.collect(),
            // Losses are counted by the audit: here not every pair is asked about.
            losses: self.rows.no_losses(),
            lanes: Lanes::default(),
            room: Room::default(),
            of_rows: Best::new(all, self.keep),
            of_columns: Best::new(width, self.keep),
            keys: [0; RUN],
            preferred: false,
            known: Bound::Exact,
        };
        self.rows
            .each_while(|row, run, linked| pass.look(row, run, linked), goes_on)?;
        let of_columns = pass.of_columns.pairs().map(|(column, row)| (row, column));
        let pairs = pass.of_rows.pairs().chain(of_columns);
        let mut pairs: Vec<_> = pairs.map(|pair| self.order.by_key(pair)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Ok(Found {
            pairs,
            preferred: pass.preferred,
            known: pass.known,
        })
    }
}

#[derive(Debug)]
struct Pass<'p, 's, 'e> {
    search: &'p Search<'s, 'e>,
    spread: Spread,
    prices: Vec<Lanes32>,
    losses: Losses,
    lanes: Lanes,
    room: Room,
    of_rows: Best,
    of_columns: Best,
    /// The key of each pair of the run that may be preferred; 0 for the others.
    keys: [u32; RUN],
    preferred: bool,
    known: Bound,
}

impl Pass<'_, '_, '_> {
    fn look(&mut self, row: u32, run: usize, linked: &Linked) -> Result<(), OutOfRange> {
        let Search { rows, worth, .. } = *self.search;
        // The least that a score has to be above: by the prices that ask the least.
        let (mut least, mut lowest) = ([-1; RUN], -1);
        for (number, prices) in self.prices.iter().enumerate() {
            let Some((base, above)) = prices.of(row, run) else {
                return Ok(());
            };
            let (floor, first) = (prices.floor(), base.max(prices.floor()));
            lowest = if number == 0 {
                first
            } else {
                lowest.min(first)
            };
            for (least, &above) in least.iter_mut().zip(above) {
                let asked = (base + above).max(floor);
                *least = if number == 0 {
                    asked
                } else {
                    asked.min(*least)
                };
            }
        }
        if i64::from(lowest) >= i64::from(worth.highest()) {
            return Ok(()); // no score is above what is asked
        }
        if rows.ask_core(row, run, linked, &mut self.lanes, &mut self.losses) == 0 {
            return Ok(());
        }
        let Some(view) = rows.view(row, run, &self.lanes) else {
            return Ok(());
        };
        let known = worth.bound_row(&view, &mut self.room);
        self.known = self.known.max(known);
        let from = self.of_rows.least(row as usize);
        let theirs = self.of_columns.least_of_run(run);
        let spread = self.spread.of_row(row);
        let mut any = 0;
        let pairs = view.asked().iter().zip(self.room.totals()).zip(&least);
        let pairs = pairs.zip(self.spread.of_run(run)).zip(theirs);
        for (key, ((((&asked, &score), &least), &lane), &their)) in self.keys.iter_mut().zip(pairs)
        {
            let gain = (score as i32).wrapping_sub(least);
            let found = self.spread.key(gain, spread, lane);
            let taken = asked & (gain > 0) & ((found >= from) | (found >= their));
            *key = if taken { found } else { 0 };
            any |= *key;
        }
        if any > 0 {
            let len = view.len();
            self.keep(row, run, len, known)?;
        }
        Ok(())
    }

    /// Asks the rules about the pairs that passed, and keeps those that are new.
    fn keep(&mut self, row: u32, run: usize, len: usize, known: Bound) -> Result<(), OutOfRange> {
        let Search {
            rows,
            worth,
            order,
            against,
            there,
            ..
        } = *self.search;
        for (asked, key) in self.lanes.asked.iter_mut().zip(&self.keys).take(len) {
            *asked &= *key > 0;
        }
        for (asked, lane) in self.lanes.asked.iter_mut().zip(0u32..) {
            if *asked {
                let (row, column) = order.by_key((row, run as u32 * RUN as u32 + lane));
                *asked = there.number(row, column).is_none();
            }
        }
        if rows.ask_rules(row, run, &mut self.lanes, &mut self.losses) == 0 {
            return Ok(());
        }
        let Some(view) = rows.view(row, run, &self.lanes) else {
            return Ok(());
        };
        for (lane, pair) in view.pairs() {
            let column = run as u32 * RUN as u32 + lane as u32;
            let score = match known {
                Bound::Exact => self.room.totals().get(lane).copied(),
                _ if against.is_empty() => None,
                _ => Some(worth.score(&pair)?),
            };
            let (row_at, column_at) = order.by_key((row, column));
            let mut near = against.is_empty();
            for (asked, slack) in against {
                let gain = asked.gain(row_at, column_at, score.unwrap_or(0));
                self.preferred |= gain > 0;
                near |= gain + asked.point * i128::from(*slack) > 0;
            }
            if let Some(&key) = self.keys.get(lane).filter(|_| near) {
                self.of_rows.take(row as usize, key, column);
                self.of_columns.take(column as usize, key, row);
            }
        }
        Ok(())
    }
}

/// Spreads pairs of equal gain: without it, everybody would keep the same few partners.
#[derive(Debug)]
struct Spread {
    /// Bits below the gain.
    bits: u32,
    highest: i32,
    columns: Vec<[u32; RUN]>,
}

impl Spread {
    fn new(highest: u32, width: usize) -> Self {
        let highest = highest.saturating_add(1);
        let mut columns = vec![[0; RUN]; width.div_ceil(RUN)];
        for (number, lane) in (0u32..).zip(columns.iter_mut().flatten()) {
            *lane = scatter(number);
        }
        Self {
            // A score is at most MAX_SCORE, so at least two bits are left.
            bits: highest.leading_zeros(),
            highest: highest as i32,
            columns,
        }
    }

    fn of_row(&self, row: u32) -> u32 {
        scatter(row ^ 0x5bd1_e995)
    }

    fn of_run(&self, run: usize) -> &[u32] {
        self.columns.get(run).map_or(&[], |lanes| lanes)
    }

    /// A key above 0 for a gain above 0: the gain first, then a number that differs by row and column.
    fn key(&self, gain: i32, row: u32, column: u32) -> u32 {
        let gain = gain.min(self.highest) as u32;
        (gain << self.bits) | (row.wrapping_add(column) >> (32 - self.bits))
    }
}

/// A permutation of the 32-bit numbers without a visible order (the end of MurmurHash3).
const fn scatter(number: u32) -> u32 {
    let mut x = number.wrapping_add(0x9e37_79b9);
    x = (x ^ (x >> 16)).wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 13)).wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}
