//! From candidates, conditions and a matcher to a checked choice of pairs.

use super::pins::Judged;
use super::residual::Residual;
use super::{Conditions, LastPrices, RejectedPin};
use crate::matching::assignment::{self, Assignment, Flaw, Graph, Objective, Optimum, Verified};
use crate::matching::candidates::Candidates;
use crate::matching::criterion::Criteria;
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
        let Judged { edges, rejected } = self.judge(conditions);
        let residual = Residual::new(&self.graph, edges, matcher.objective())?;
        let (solution, found) = self.choose(residual.graph(), conditions, matcher)?;
        let assignment = residual.whole_plan(&solution.assignment);
        // A matcher that says what it optimises, and does not, may have left stand-ins aside.
        assignment
            .check(&self.graph)
            .map_err(|flaw| unsound(matcher, flaw))?;
        let (objective, proof) = solution.proof.unzip();
        let speaks = residual.pins().is_empty()
            || objective.is_some_and(|o| adds_up(o) || Some(o) == matcher.objective());
        let certificate = found.filter(|_| speaks).map(|found| PlanCertificate {
            scope: Scope::AllEligible,
            pairs_bound: residual.whole_pairs(found.pairs_bound),
            score_bound: residual.whole_score(found.score_bound),
            verified: found.proven,
        });
        let ties = conditions.tie_break();
        Ok(Settled {
            tie_points: ties.map(|by| self.tie_total(&assignment, by)).transpose()?,
            last_prices: proof.map(|proof| LastPrices::new(proof, self)),
            assignment,
            objective,
            certificate,
            pinned: residual.pins().to_vec(),
            rejected,
        })
    }

    /// What the matcher chooses in a graph, checked, with ties broken; and what its proof is good for.
    fn choose(
        &self,
        graph: &Graph,
        conditions: &Conditions,
        matcher: &dyn Matcher,
    ) -> Result<(Solution, Option<Verified>), PlanError> {
        let unsound = |flaw| unsound(matcher, flaw);
        let mut solution = matcher.solve(&MatchProblem::new(graph)).map_err(|error| {
            let matcher = matcher.id();
            PlanError::Matcher { matcher, error }
        })?;
        solution.assignment.check(graph).map_err(unsound)?;
        let verify = |solution: &Solution| match &solution.proof {
            None => Ok(None),
            Some((objective, proof)) => {
                assignment::verify(graph, *objective, &solution.assignment, proof).map(Some)
            }
        };
        let found = verify(&solution).map_err(unsound)?;
        let Some(by) = conditions.tie_break() else {
            return Ok((solution, found));
        };
        let proven = found.is_some_and(|found| found.proven);
        let Some((objective, _)) = solution.proof.as_ref().filter(|_| proven) else {
            let matcher = matcher.id();
            return Err(PlanError::NothingToBreak { matcher });
        };
        let broken = self.break_ties(graph, *objective, &solution.assignment, by)?;
        solution.assignment = broken.plan;
        // The proof of one best plan is the proof of every other: they are worth the same.
        let found = verify(&solution).map_err(unsound)?;
        let found = found.map(|found| Verified {
            proven: found.proven && broken.proven,
            ..found
        });
        Ok((solution, found))
    }

    /// What the pairs of a plan have by the criteria that break ties.
    fn tie_total(&self, plan: &Assignment, by: &Criteria) -> Result<u64, PlanError> {
        let pairs = plan.edges.iter().filter_map(|&edge| self.graph.edge(edge));
        pairs
            .map(|edge| self.tie_points_of(edge, by).map(u64::from))
            .sum()
    }
}

fn unsound(matcher: &dyn Matcher, flaw: Flaw) -> PlanError {
    let matcher = matcher.id();
    PlanError::Unsound { matcher, flaw }
}

/// Whether the best of what is left and the pins are the best together, without stand-ins.
const fn adds_up(objective: Objective) -> bool {
    matches!(objective, Objective::MostPairs | Objective::BestScore)
}
