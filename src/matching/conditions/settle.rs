//! From candidates, conditions and a matcher to a checked choice of pairs.

use super::pins::{Judged, Sides};
use super::residual::Residual;
use super::{Conditions, LastPrices, RejectedPin};
use crate::matching::assignment::{
    Assignment, Certificate, Flaw, Graph, Objective, Optimum, Solver, Verified, verify,
};
use crate::matching::candidates::Candidates;
use crate::matching::criterion::Criteria;
use crate::matching::matcher::{MatchProblem, Matcher, Solution};
use crate::matching::plan::{PlanCertificate, Scope};
use crate::matching::plan_error::PlanError;
use crate::matching::stable::{self, Stability};

/// What a plan is made of, checked.
pub(in crate::matching) struct Settled {
    /// The pairs of the whole plan, pins included.
    pub(in crate::matching) assignment: Assignment,
    pub(in crate::matching) objective: Option<Objective>,
    pub(in crate::matching) certificate: Option<PlanCertificate>,
    pub(in crate::matching) stability: Option<Stability>,
    /// The edges of the pins that hold, ascending.
    pub(in crate::matching) pinned: Vec<u32>,
    pub(in crate::matching) rejected: Vec<RejectedPin>,
    pub(in crate::matching) last_prices: Option<LastPrices>,
    /// The tie-breaking points, where ties were broken.
    pub(in crate::matching) tie_points: Option<u64>,
}

/// What a matcher chose, in a graph that it has seen.
struct Choice {
    solution: Solution,
    /// What its proof is good for.
    found: Option<Verified>,
    stability: Option<Stability>,
}

/// Every solve beyond the matcher's own goes through here. It begins at the prices of the solve before, which are those of
/// the same rows and columns.
pub(super) fn solve_again(graph: &Graph, objective: Objective, before: &Certificate) -> Optimum {
    Solver::new(graph, objective).from(before).solve()
}

impl Candidates<'_> {
    /// Fixes the pins, lets the matcher choose among what is left, breaks ties, and checks everything.
    pub(in crate::matching) fn settle(
        &self,
        conditions: &Conditions,
        matcher: &dyn Matcher,
    ) -> Result<Settled, PlanError> {
        let graph = &self.graph;
        let judged = self.judge(conditions);
        let (edges, highest) = (judged.edges(graph), graph.highest_score());
        let residual = Residual::new(graph, edges, matcher.objective(), highest)?;
        let Choice {
            solution,
            found,
            stability,
        } = self.choose(residual.graph(graph), conditions, matcher)?;
        let assignment = residual.whole_plan(graph, &solution.assignment);
        // A matcher that says what it optimises, and does not, may have left stand-ins aside.
        assignment
            .check(graph)
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
            stability,
            pinned: residual.pins().to_vec(),
            rejected: judged.rejected,
        })
    }

    pub(in crate::matching) fn judge(&self, conditions: &Conditions) -> Judged {
        let graph = &self.graph;
        let sides = Sides {
            eligibility: self.eligibility,
            people: [&self.mentors, &self.mentees],
            places: [graph.row_places(), graph.column_places()],
        };
        sides.judge(conditions, &|row, column| {
            graph.number(row, column).is_some()
        })
    }

    /// What the matcher chooses in a graph, checked, with ties broken.
    fn choose(
        &self,
        graph: &Graph,
        conditions: &Conditions,
        matcher: &dyn Matcher,
    ) -> Result<Choice, PlanError> {
        let problem = MatchProblem::new(graph);
        let (mut solution, found) = problem.solve_checked(matcher)?;
        let stability = stable::claimed(matcher, &problem, &solution.assignment.edges)?;
        let Some(by) = conditions.tie_break() else {
            return Ok(Choice {
                solution,
                found,
                stability,
            });
        };
        let proven = found.is_some_and(|found| found.proven);
        let Some((objective, proof)) = solution.proof.as_ref().filter(|_| proven) else {
            let matcher = matcher.id();
            return Err(PlanError::NothingToBreak { matcher });
        };
        let first = (&solution.assignment, proof);
        let broken = self.break_ties(graph, *objective, first, by)?;
        solution.assignment = broken.plan;
        // The proof of one best plan is the proof of every other: they are worth the same.
        let proof = solution.proof.as_ref();
        let found = proof.map(|(by, proof)| verify(graph, *by, &solution.assignment, proof));
        let found = found.transpose().map_err(|flaw| unsound(matcher, flaw))?;
        let found = found.map(|found| Verified {
            proven: found.proven && broken.proven,
            ..found
        });
        // The plan is no longer the matcher's choice, and what it claimed was of that.
        Ok(Choice {
            solution,
            found,
            stability: None,
        })
    }

    /// What the pairs of a plan have by the criteria that break ties.
    pub(in crate::matching) fn tie_total(
        &self,
        plan: &Assignment,
        by: &Criteria,
    ) -> Result<u64, PlanError> {
        let pairs = plan.edges.iter().filter_map(|&edge| self.graph.edge(edge));
        pairs
            .map(|edge| self.tie_points_of(edge, by).map(u64::from))
            .sum()
    }
}

pub(in crate::matching) fn unsound(matcher: &dyn Matcher, flaw: Flaw) -> PlanError {
    let matcher = matcher.id();
    PlanError::Unsound { matcher, flaw }
}

/// Whether the best of what is left and the pins are the best together, without stand-ins.
pub(in crate::matching) const fn adds_up(objective: Objective) -> bool {
    matches!(objective, Objective::MostPairs | Objective::BestScore)
}
