//! The check: one pass over every pair of the two sides, in the order of the keys, that adds up what the prices leave
//! open. It shares with the search who may be paired and what a pair scores, and nothing of how pairs are found.

use super::bounds::Sums;
use super::prices::{Asked, Reading};
use super::worth::{Room, Worth};
use crate::eligibility::{Lanes, Losses, RUN, Rows};
use crate::matching::assignment::{Assignment, Edge, Graph};
use crate::matching::criterion::Bound;
use crate::matching::plan_error::PlanError;
use crate::matching::unmatched::Partners;
use crate::policy::RowView;

/// What one pass over every pair has found.
#[derive(Debug)]
pub(super) struct Audit {
    pub(super) losses: Losses,
    pub(super) eligible: u64,
    pub(super) partners: Partners,
    /// `None` without prices, or where no score is known to be below them.
    pub(super) bound: Option<Sums>,
}

/// What the pass reads.
#[derive(Debug)]
pub(super) struct Audited<'a, 'e> {
    /// Compiled by key.
    pub(super) rows: &'a Rows<'e>,
    pub(super) worth: &'a Worth<'a>,
    /// The pairs that were assessed one by one, and the whole plan.
    pub(super) graph: &'a Graph,
    pub(super) plan: &'a Assignment,
    /// The problem that the prices are of: with the places that pins leave, and without the pins.
    pub(super) left: &'a Graph,
    /// Row and column of the pins, sorted.
    pub(super) pins: &'a [(u32, u32)],
    /// Edges of the problem that are no pairs of people.
    pub(super) stand_ins: &'a [Edge],
    pub(super) reading: Option<&'a Reading>,
}

impl Audited<'_, '_> {
    /// Looks at every pair.
    ///
    /// # Errors
    ///
    /// A criterion that leaves its range, or gives a row other points than the pair by itself.
    pub(super) fn run(&self) -> Result<Audit, PlanError> {
        let rows = self.rows;
        let mut audit = Audit {
            losses: rows.no_losses(),
            eligible: 0,
            partners: Partners::none(self.graph, self.plan),
            bound: None,
        };
        let priced = self.reading.into_iter().flat_map(Reading::all);
        let priced = priced.map(|asked| Priced::new(asked, self.left, self.worth.highest()));
        let mut priced: Vec<Priced<'_>> = priced.collect();
        let mut open = false;
        let (mut lanes, mut room) = (Lanes::default(), Room::default());
        rows.each(|row, run, linked| {
            let asked = rows.ask(row, run, linked, &mut lanes, &mut audit.losses);
            let Some((left, view)) = asked else {
                return Ok(());
            };
            audit.eligible += u64::from(left);
            audit.partners.add(row, run * RUN, view.asked());
            let known = self.worth.bound_row(&view, &mut room);
            open |= known == Bound::Unknown;
            self.compare(row, run, &view, known, &room)?;
            let mut priced = priced.iter_mut();
            priced.try_for_each(|priced| self.gains(priced, (row, run), &view, known, &room))
        })?;
        let mut sums = priced.into_iter().map(|p| p.sum(self.left, self.stand_ins));
        let value = sums.next().filter(|_| !open);
        let reading = self.reading.zip(value);
        audit.bound = reading.map(|(reading, value)| Sums {
            value,
            pairs: reading.pairs.as_ref().and_then(|_| sums.next()),
            above: reading.above.as_ref().and_then(|_| sums.next()),
        });
        Ok(audit)
    }

    /// Adds what the pairs of a row and a run would gain.
    fn gains(
        &self,
        priced: &mut Priced<'_>,
        (row, run): (u32, usize),
        view: &RowView<'_>,
        known: Bound,
        room: &Room,
    ) -> Result<(), PlanError> {
        if !priced.may_gain(row, run, view.asked(), room.totals()) {
            return Ok(());
        }
        let counted = view.asked().iter().zip(room.totals()).zip(0u32..);
        let counted = counted.filter(|((counts, _), _)| **counts);
        for ((_, pair), ((_, &score), lane)) in view.pairs().zip(counted) {
            let column = (run * RUN) as u32 + lane;
            if priced.asked.gain(row, column, score) > 0
                && self.pins.binary_search(&(row, column)).is_err()
            {
                // A bound may be above the pair's own score.
                let own = match known {
                    Bound::Exact => score,
                    _ => self.worth.score(&pair)?,
                };
                priced.count(row, column, own);
            }
        }
        Ok(())
    }

    /// Whether the pairs that were assessed one by one have the same scores here.
    fn compare(
        &self,
        row: u32,
        run: usize,
        view: &RowView<'_>,
        known: Bound,
        room: &Room,
    ) -> Result<(), PlanError> {
        let first = (run * RUN) as u32;
        let edges = self
            .graph
            .row(row)
            .skip_while(|&(_, column, _)| column < first);
        for (_, column, single) in edges.take_while(|&(_, column, _)| column < first + RUN as u32) {
            let lane = (column - first) as usize;
            let found = room.totals().get(lane).copied().unwrap_or(0);
            let holds = match known {
                Bound::Exact => single == found,
                Bound::Upper => single <= found,
                Bound::Unknown => true,
            };
            if !holds && view.asked().get(lane) == Some(&true) {
                return Err(PlanError::UnsteadyScore {
                    criteria: self.worth.unsteady_in_row(view, lane),
                    first: found,
                    second: single,
                });
            }
        }
        Ok(())
    }
}

/// What the pairs of one row would gain by the prices.
#[derive(Debug, Clone, Copy, Default)]
struct Excess {
    sum: i128,
    highest: i128,
}

/// Prices, and what the pairs of each row would gain by them.
#[derive(Debug)]
struct Priced<'a> {
    asked: &'a Asked,
    excess: Vec<Excess>,
    quick: Option<Quick>,
}

/// The prices of columns above the lowest, in 64 bits: what is beyond is cut off, which only lowers what is asked.
#[derive(Debug)]
struct Quick {
    point: i64,
    lowest: i128,
    above: Vec<i64>,
}

/// What fits thrice into 64 bits, sign included.
const WITHIN: i128 = 1 << 61;

impl<'a> Priced<'a> {
    fn new(asked: &'a Asked, graph: &Graph, highest: u32) -> Self {
        let lowest = asked.columns.iter().copied().min().unwrap_or(0);
        let point = Some(asked.point).filter(|point| point * i128::from(highest) < WITHIN);
        let above = |price: &i128| (price - lowest).min(WITHIN) as i64;
        let point = point.and_then(|point| i64::try_from(point).ok());
        Self {
            asked,
            excess: vec![Excess::default(); graph.row_places().len()],
            quick: point.map(|point| Quick {
                point,
                lowest,
                above: asked.columns.iter().map(above).collect(),
            }),
        }
    }

    /// Whether any of the pairs that count may gain; never `false` where one does.
    fn may_gain(&self, row: u32, run: usize, counts: &[bool], scores: &[u32]) -> bool {
        let price = self.asked.rows.get(row as usize);
        let (Some(quick), Some(price)) = (&self.quick, price) else {
            return true;
        };
        let base = self.asked.pair - price - quick.lowest;
        if base > WITHIN {
            return true;
        }
        // From so low on nothing gains, whatever a score adds.
        let (base, point) = (base.max(-WITHIN) as i64, quick.point);
        let columns = quick.above.get(run * RUN..).unwrap_or_default();
        let mut highest = 0;
        for ((&counts, &score), &above) in counts.iter().zip(scores).zip(columns) {
            let gain = point * i64::from(score) + base - above;
            highest = highest.max(if counts { gain } else { 0 });
        }
        highest > 0
    }

    fn count(&mut self, row: u32, column: u32, score: u32) {
        let gain = self.asked.gain(row, column, score).max(0);
        if let Some(excess) = self.excess.get_mut(row as usize) {
            excess.sum += gain;
            excess.highest = excess.highest.max(gain);
        }
    }

    /// What no plan is worth more than: everybody's places, and of each row either every gain or, with its price
    /// raised until no pair gains, what its places cost more.
    fn sum(mut self, graph: &Graph, stand_ins: &[Edge]) -> i128 {
        for edge in stand_ins {
            self.count(edge.row, edge.column, edge.score);
        }
        let [in_row, in_column] = self.asked.used;
        let rows = graph.row_places().iter().zip(&self.asked.rows);
        let rows = rows.zip(&self.excess).map(|((&places, &price), excess)| {
            let cost = cost_of(places, price, in_row);
            let raised = cost_of(places, price + excess.highest, in_row);
            raised.min(cost + excess.sum)
        });
        let columns = graph.column_places().iter().zip(&self.asked.columns);
        let columns = columns.map(|(&places, &price)| cost_of(places, price, in_column));
        rows.chain(columns).sum()
    }
}

/// The most that somebody earns with none, one or all of their places taken at a price, where the first counts more.
fn cost_of(places: u32, price: i128, first: i128) -> i128 {
    let one = price + first;
    let all = one + price * (i128::from(places) - 1);
    match places {
        0 => 0,
        _ => one.max(all).max(0),
    }
}
