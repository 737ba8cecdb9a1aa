//! The check: one pass over every pair of the two sides, in the order of the keys, that adds up what the prices leave
//! open. It shares with the search who may be paired and what a pair scores, and nothing of how pairs are found.

use std::ops::Range;

use super::prices::{Asked, Reading};
use crate::eligibility::{Lanes, Linked, Losses, RUN, Rows};
use crate::matching::assignment::{Assignment, Graph, Objective};
use crate::matching::criterion::{Bound, Criteria};
use crate::matching::plan_error::PlanError;
use crate::matching::scoring::Scores;
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

/// What no plan exceeds by the prices of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    /// In the unit of the prices.
    pub(super) value: i128,
    /// In pairs, where they are priced by themselves.
    pub(super) pairs: Option<i128>,
}

/// What the pass reads.
#[derive(Debug)]
pub(super) struct Audited<'a, 'e> {
    /// Compiled by key.
    pub(super) rows: &'a Rows<'e>,
    pub(super) criteria: &'a Criteria,
    pub(super) graph: &'a Graph,
    pub(super) plan: &'a Assignment,
    pub(super) reading: Option<&'a Reading>,
}

impl Audited<'_, '_> {
    /// Looks at every pair.
    ///
    /// # Errors
    ///
    /// A criterion that leaves its range, or gives a row other points than the pair by itself.
    pub(super) fn run(&self) -> Result<Audit, PlanError> {
        let (rows, graph) = (self.rows, self.graph);
        let mut audit = Audit {
            losses: rows.no_losses(),
            eligible: 0,
            partners: Partners::none(graph, self.plan),
            bound: None,
        };
        let priced = self.reading.into_iter();
        let priced = priced.flat_map(|r| std::iter::once(&r.value).chain(&r.pairs));
        let mut priced: Vec<Priced<'_>> = priced.map(|asked| Priced::new(asked, graph)).collect();
        let mut open = false;
        let (mut lanes, mut scores) = (Lanes::default(), Scores::default());
        let all = rows.mentors().len() as u32;
        for first in (0..all).step_by(super::sweep::BATCH) {
            let batch = first..all.min(first + super::sweep::BATCH as u32);
            let linked = rows.linked(batch.clone());
            for priced in &mut priced {
                priced.excess = vec![Excess::default(); batch.len()];
            }
            for run in 0..rows.runs() {
                for (at, row) in batch.clone().enumerate() {
                    let left = self.eligible(row, run, &linked, &mut lanes, &mut audit.losses);
                    let Some(view) = rows.view(row, run, &lanes).filter(|_| left > 0) else {
                        continue;
                    };
                    audit.eligible += u64::from(left);
                    audit.partners.add(row, run * RUN, view.asked());
                    let known = self.criteria.bound_row(&view, &mut scores);
                    open |= known == Bound::Unknown;
                    self.compare(row, run, &view, known, &scores)?;
                    for priced in &mut priced {
                        let gains = self.gains(priced.asked, row, run, &view, known, &scores)?;
                        if let Some(excess) = priced.excess.get_mut(at) {
                            excess.add(gains);
                        }
                    }
                }
            }
            for priced in &mut priced {
                priced.close(batch.clone(), graph);
            }
        }
        let mut sums = priced.iter().map(|priced| priced.sum);
        let value = sums.next().filter(|_| !open);
        let pairs = sums.next();
        audit.bound = value.map(|value| Sums { value, pairs });
        Ok(audit)
    }

    /// The eligible pairs of a row and a run, into `lanes`.
    fn eligible(
        &self,
        row: u32,
        run: usize,
        linked: &Linked,
        lanes: &mut Lanes,
        losses: &mut Losses,
    ) -> u32 {
        match self.rows.ask_core(row, run, linked, lanes, losses) {
            0 => 0,
            _ => self.rows.ask_rules(row, run, lanes, losses),
        }
    }

    /// What the pairs of a row and a run would gain.
    fn gains(
        &self,
        asked: &Asked,
        row: u32,
        run: usize,
        view: &RowView<'_>,
        known: Bound,
        scores: &Scores,
    ) -> Result<Excess, PlanError> {
        let price = asked.rows.get(row as usize).copied().unwrap_or(0);
        let columns = asked.columns.get(run * RUN..).unwrap_or_default();
        let gain =
            |score: u32, column: i64| asked.point * i64::from(score) + asked.pair - price - column;
        let pairs = view.asked().iter().zip(&scores.total).zip(columns);
        let mut highest = 0;
        for ((&counts, &score), &column) in pairs.clone() {
            let gain = if counts { gain(score, column) } else { 0 };
            highest = highest.max(gain);
        }
        let mut gains = Excess::default();
        if highest == 0 {
            return Ok(gains);
        }
        let counted = pairs.filter(|((counts, _), _)| **counts);
        for ((_, pair), ((_, &score), &column)) in view.pairs().zip(counted) {
            if gain(score, column) > 0 {
                // A bound may be above the pair's own score.
                let own = match known {
                    Bound::Exact => score,
                    _ => self.criteria.score(&pair)?,
                };
                gains.count(gain(own, column));
            }
        }
        Ok(gains)
    }

    /// Whether the pairs that were assessed one by one have the same scores here.
    fn compare(
        &self,
        row: u32,
        run: usize,
        view: &RowView<'_>,
        known: Bound,
        scores: &Scores,
    ) -> Result<(), PlanError> {
        let first = (run * RUN) as u32;
        let edges = self
            .graph
            .row(row)
            .skip_while(|&(_, column, _)| column < first);
        for (_, column, single) in edges.take_while(|&(_, column, _)| column < first + RUN as u32) {
            let lane = (column - first) as usize;
            let found = scores.total.get(lane).copied().unwrap_or(0);
            let holds = match known {
                Bound::Exact => single == found,
                Bound::Upper => single <= found,
                Bound::Unknown => true,
            };
            if !holds && view.asked().get(lane) == Some(&true) {
                return Err(PlanError::UnsteadyScore {
                    criteria: self.criteria.unsteady_in_row(view, lane),
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
    highest: i64,
}

impl Excess {
    fn count(&mut self, gain: i64) {
        self.sum += i128::from(gain.max(0));
        self.highest = self.highest.max(gain);
    }

    fn add(&mut self, more: Self) {
        self.sum += more.sum;
        self.highest = self.highest.max(more.highest);
    }

    /// What a plan can have beyond the prices: every gain, or, with this row's price raised until no pair gains, what
    /// its places cost more.
    fn cost(self, price: i64, places: u32) -> i128 {
        let raised = i128::from(price) + i128::from(self.highest);
        let more = raised.max(0) - i128::from(price.max(0));
        self.sum.min(more * i128::from(places))
    }
}

/// Prices, and what they sum up to so far.
#[derive(Debug)]
struct Priced<'a> {
    asked: &'a Asked,
    sum: i128,
    /// Of the rows at hand.
    excess: Vec<Excess>,
}

impl<'a> Priced<'a> {
    /// What everybody's places cost. `u32` places of fewer than 2³² people at prices below 2⁶⁰ fit.
    fn new(asked: &'a Asked, graph: &Graph) -> Self {
        let sides = [
            (graph.row_places(), &asked.rows),
            (graph.column_places(), &asked.columns),
        ];
        let all = sides
            .into_iter()
            .flat_map(|(places, prices)| places.iter().zip(prices));
        let cost = |(&places, &price): (&u32, &i64)| i128::from(places) * i128::from(price.max(0));
        Self {
            asked,
            sum: all.map(cost).sum(),
            excess: Vec::new(),
        }
    }

    /// Adds what the rows at hand would gain.
    fn close(&mut self, rows: Range<u32>, graph: &Graph) {
        for (row, excess) in rows.zip(self.excess.drain(..)) {
            let price = self.asked.rows.get(row as usize).copied().unwrap_or(0);
            let places = graph.row_places().get(row as usize).copied().unwrap_or(0);
            self.sum += excess.cost(price, places);
        }
    }
}

/// Bounds on every plan there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) pairs: u64,
    pub(super) score: u64,
    pub(super) proven: bool,
}

impl Bounds {
    /// What the sums say of pairs and total, for a plan of the objective.
    ///
    /// A plan of `k` pairs has at most (value − `pair` · k) / `point` points. With most-pairs, k lies between this plan's
    /// pairs and the bound on them, and the worst of both ends holds for all.
    pub(super) fn of(
        sums: Sums,
        reading: &Reading,
        plan: &Assignment,
        [most, highest]: [u64; 2],
    ) -> Option<Self> {
        let value = &reading.value;
        let (point, pair) = (i128::from(value.point), i128::from(value.pair));
        let (pairs, total) = (i128::from(plan.pairs()), i128::from(plan.total));
        let of_pairs = match (reading.objective, sums.pairs) {
            (Objective::BestScore, _) if pair <= 0 => return None,
            (Objective::BestScore, _) => (sums.value - point * total).div_euclid(pair),
            (_, Some(bound)) => bound,
            (_, None) => sums.value.checked_div_euclid(pair)?,
        };
        let points = |k: i128| (sums.value - pair * k).checked_div_euclid(point);
        let of_score = match reading.objective {
            Objective::BestScore => points(0)?,
            _ => points(pairs)?.max(points(of_pairs.max(pairs))?),
        };
        let clip = |bound: i128, limit: u64| u64::try_from(bound.min(i128::from(limit))).ok();
        Some(Self {
            pairs: clip(of_pairs, most)?,
            score: clip(of_score, highest)?,
            proven: of_pairs == pairs && of_score == total,
        })
    }

    /// Pairs and points that no plan of all eligible pairs exceeds, whatever the prices.
    pub(super) fn limit(graph: &Graph, eligible: u64, highest: u32) -> [u64; 2] {
        let side = |places: &[u32]| places.iter().map(|&p| u64::from(p)).sum::<u64>();
        let most = side(graph.row_places())
            .min(side(graph.column_places()))
            .min(eligible);
        [most, most.saturating_mul(u64::from(highest))]
    }
}
