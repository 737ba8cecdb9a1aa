//! From candidates, conditions and a matcher to a checked choice of pairs.

use super::pins::Judged;
use super::residual::Residual;
use super::{Conditions, LastPrices, RejectedPin};
use crate::matching::assignment::{self, Assignment, Graph, Objective, Optimum};
use crate::matching::candidates::Candidates;
use crate::matching::matcher::{MatchProblem, Matcher, Solution};
use crate::matching::plan::{PlanCertificate, PlanError, Scope};

/// What a plan is made of, checked.
pub(in crate::matching) struct Settled {
    /// The pairs of the whole plan, pins included.
    pub(in crate::matching) assignment: Assignment,
    pub(in crate::matching) objective: Option<Objective>,
    pub(in crate::matching) certificate: Option<PlanCertificate>,
    /// The edges of the pins that hold, ascending.
    pub(in crate::matching) pinned: Vec<u32>,
    pub(in crate::matching) rejected: Vec<RejectedPin>,
    pub(in crate::matching) last_prices: Option<LastPrices>,
    /// The tie-breaking points, where ties were broken.
    pub(in crate::matching) tie_points: Option<u64>,
}

/// Every solve beyond the matcher's own goes through here: the place where a warm start would enter.
pub(super) fn solve_again(graph: &Graph, objective: Objective) -> Optimum {
    assignment::solve(graph, objective)
}

impl Candidates<'_> {
    /// Fixes the pins, lets the matcher choose among what is left, breaks ties, and checks everything.
    pub(in crate::matching) fn settle(
        &self,
        conditions: &Conditions,
        matcher: &dyn Matcher,
    ) -> Result<Settled, PlanError> {
        let id = matcher.id();
        let unsound = |flaw| PlanError::Unsound {
            matcher: id.clone(),
            flaw,
        };
        let Judged { edges, rejected } = self.judge(conditions);
        let residual = Residual::new(&self.graph, edges, matcher.objective())?;
        let graph = residual.graph();
        let solution =
            matcher
                .solve(&MatchProblem::new(graph))
                .map_err(|error| PlanError::Matcher {
                    matcher: id.clone(),
                    error,
                })?;
        solution.assignment.check(graph).map_err(unsound)?;
        let mut found = match &solution.proof {
            None => None,
            Some((objective, proof)) => Some(
                assignment::verify(graph, *objective, &solution.assignment, proof)
                    .map_err(unsound)?,
            ),
        };
        let objective = solution.proof.as_ref().map(|(objective, _)| *objective);
        let mut chosen = solution.assignment.clone();
        if let Some(by) = conditions.tie_break() {
            let (objective, certificate) = match (&solution, found) {
                (
                    Solution {
                        proof: Some((objective, proof)),
                        ..
                    },
                    Some(found),
                ) if found.proven => (*objective, proof),
                _ => return Err(PlanError::NothingToBreak { matcher: id }),
            };
            let broken = self.break_ties(graph, objective, &solution.assignment, by)?;
            // The proof of one best plan is the proof of every other: they are worth the same.
            let mut again =
                assignment::verify(graph, objective, &broken.plan, certificate).map_err(unsound)?;
            again.proven &= broken.proven;
            found = Some(again);
            chosen = broken.plan;
        }
        let assignment = residual.whole_plan(&chosen);
        // A matcher that says what it optimises, and does not, may have left stand-ins aside.
        assignment.check(&self.graph).map_err(unsound)?;
        let tie_points = match conditions.tie_break() {
            None => None,
            Some(by) => {
                let pairs = assignment.edges.iter();
                let pairs = pairs.filter_map(|&edge| self.graph.edge(edge));
                let points = pairs.map(|edge| self.tie_points_of(edge, by).map(u64::from));
                Some(points.sum::<Result<u64, _>>()?)
            }
        };
        let speaks = residual.pins().is_empty()
            || objective.is_some_and(|o| adds_up(o) || Some(o) == matcher.objective());
        let certificate = found.filter(|_| speaks).map(|found| PlanCertificate {
            scope: Scope::AllEligible,
            pairs_bound: residual.whole_pairs(found.pairs_bound),
            score_bound: residual.whole_score(found.score_bound),
            verified: found.proven,
        });
        let proof = solution.proof.map(|(_, certificate)| certificate);
        Ok(Settled {
            last_prices: proof.map(|proof| LastPrices::new(proof, self)),
            assignment,
            objective,
            certificate,
            pinned: residual.pins().to_vec(),
            rejected,
            tie_points,
        })
    }
}

/// Whether the best of what is left and the pins are the best together, without stand-ins.
const fn adds_up(objective: Objective) -> bool {
    matches!(objective, Objective::MostPairs | Objective::BestScore)
}
