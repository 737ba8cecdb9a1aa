//! The check: one pass over every pair of the two sides, in the order of the keys, that adds up what the prices leave
//! open. It shares with the search who may be paired and what a pair scores, and nothing of how pairs are found.

use super::prices::Asked;
use crate::eligibility::{Lanes, Linked, Losses, RUN, Rows};
use crate::matching::assignment::{Assignment, Graph, Objective};
use crate::matching::criterion::{Bound, Criteria};
use crate::matching::plan::PlanError;
use crate::matching::scoring::Scores;
use crate::matching::unmatched::Partners;
use crate::policy::RowView;

/// What one pass over every pair has found.
#[derive(Debug)]
pub(super) struct Audit {
    pub(super) losses: Losses,
    pub(super) eligible: u64,
    pub(super) partners: Partners,
    /// A value that no plan exceeds, in the unit of the prices; `None` without prices, or where they do not bound all.
    pub(super) bound: Option<i128>,
}

/// What the pass reads.
#[derive(Debug)]
pub(super) struct Audited<'a, 'e> {
    /// Compiled by key.
    pub(super) rows: &'a Rows<'e>,
    pub(super) criteria: &'a Criteria,
    pub(super) graph: &'a Graph,
    pub(super) plan: &'a Assignment,
    pub(super) asked: Option<&'a Asked>,
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
        let mut sum = self.asked.map(|asked| self.places(asked));
        let (mut lanes, mut scores) = (Lanes::default(), Scores::default());
        let all = rows.mentors().len() as u32;
        for first in (0..all).step_by(super::sweep::BATCH) {
            let batch = first..all.min(first + super::sweep::BATCH as u32);
            let linked = rows.linked(batch.clone());
            let mut excess = vec![Excess::default(); batch.len()];
            for run in 0..rows.runs() {
                for (row, excess) in batch.clone().zip(&mut excess) {
                    let left = self.eligible(row, run, &linked, &mut lanes, &mut audit.losses);
                    let Some(view) = rows.view(row, run, &lanes).filter(|_| left > 0) else {
                        continue;
                    };
                    audit.eligible += u64::from(left);
                    audit.partners.add(row, run * RUN, view.asked());
                    let known = self.criteria.bound_row(&view, &mut scores);
                    self.compare(row, run, &view, known, &scores)?;
                    match (self.asked, known) {
                        (None, _) => {}
                        (Some(_), Bound::Unknown) => sum = None,
                        (Some(asked), _) => {
                            self.add(asked, row, run, &view, known, &scores, excess)?;
                        }
                    }
                }
            }
            for (row, excess) in batch.zip(excess) {
                let cost = self.asked.map(|asked| excess.cost(asked, graph, row));
                sum = sum.zip(cost).and_then(|(sum, cost)| sum.checked_add(cost));
            }
        }
        audit.bound = sum;
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

    /// What everybody's places cost.
    fn places(&self, asked: &Asked) -> i128 {
        let sides = [
            (self.graph.row_places(), &asked.rows),
            (self.graph.column_places(), &asked.columns),
        ];
        let all = sides
            .into_iter()
            .flat_map(|(places, prices)| places.iter().zip(prices));
        all.map(|(&places, &price)| i128::from(places) * i128::from(price.max(0)))
            .sum()
    }

    /// Adds what the pairs of a row and a run would gain.
    #[expect(
        clippy::too_many_arguments,
        reason = "the state of one step of one loop"
    )]
    fn add(
        &self,
        asked: &Asked,
        row: u32,
        run: usize,
        view: &RowView<'_>,
        known: Bound,
        scores: &Scores,
        excess: &mut Excess,
    ) -> Result<(), PlanError> {
        let price = asked.rows.get(row as usize).copied().unwrap_or(0);
        let columns = asked.columns.get(run * RUN..).unwrap_or_default();
        let open =
            |score: u32, column: i64| asked.point * i64::from(score) + asked.pair - price - column;
        let pairs = view.asked().iter().zip(&scores.total).zip(columns);
        let mut highest = 0;
        for ((&of_interest, &score), &column) in pairs.clone() {
            let gain = if of_interest { open(score, column) } else { 0 };
            highest = highest.max(gain);
        }
        if highest == 0 {
            return Ok(());
        }
        for (lane, pair) in view.pairs() {
            let Some(((_, &score), &column)) = pairs.clone().nth(lane) else {
                continue;
            };
            if open(score, column) > 0 {
                // A bound may be above the pair's own score.
                let own = match known {
                    Bound::Exact => score,
                    _ => self.criteria.score(&pair)?,
                };
                excess.add(open(own, column));
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
    fn add(&mut self, gain: i64) {
        self.sum += i128::from(gain.max(0));
        self.highest = self.highest.max(gain);
    }

    /// What a plan can have beyond the prices: every gain, or, with this row's price raised until no pair gains, what
    /// its places cost more.
    fn cost(self, asked: &Asked, graph: &Graph, row: u32) -> i128 {
        let places = graph.row_places().get(row as usize).copied().unwrap_or(0);
        let price = asked.rows.get(row as usize).copied().unwrap_or(0);
        let raised = i128::from(price) + i128::from(self.highest);
        let more = raised.max(0) - i128::from(price.max(0));
        self.sum.min(more * i128::from(places))
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
    /// What a bound on the value says of pairs and total, for a plan of the objective.
    ///
    /// With most-pairs, a plan with another pair more would have to be worth another `pair`, which no total of this
    /// plan makes up for: `pair` is above it. With best-score, the same of a point and this plan's pairs.
    pub(super) fn of(
        bound: i128,
        asked: &Asked,
        objective: Objective,
        plan: &Assignment,
        limit: [u64; 2],
    ) -> Option<Self> {
        let (point, pair) = (i128::from(asked.point), i128::from(asked.pair));
        let (pairs, total) = (i128::from(plan.pairs()), i128::from(plan.total));
        let (of_pairs, of_score, ranks) = match objective {
            Objective::MostPairs => (
                bound / pair,
                (bound - pair * pairs) / point,
                pair > point * total,
            ),
            Objective::BestScore => (
                (bound - point * total) / pair,
                bound / point,
                point > pair * pairs,
            ),
            _ => return None,
        };
        let [most, highest] = limit;
        let clip = |bound: i128, limit: u64| u64::try_from(bound.min(i128::from(limit))).ok();
        Some(Self {
            pairs: clip(of_pairs, most)?,
            score: clip(of_score, highest)?,
            proven: ranks && bound == point * total + pair * pairs,
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
