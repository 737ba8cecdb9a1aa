//! Whether a plan is of these candidates, and was made under these conditions.

use super::super::assignment::{Certificate, Graph, Objective, Solver};
use super::super::candidates::Candidates;
use super::super::conditions::Conditions;
use super::super::criterion::Criteria;
use super::super::plan::MatchPlan;
use super::QuestionError;
use crate::eligibility::UnknownParticipant;
use crate::pair::Pair;
use crate::text::Key;

/// A plan in the numbers of its candidates.
pub(super) struct Made {
    /// Its edges, ascending.
    pub(super) edges: Vec<u32>,
    /// Those of the pins that hold, ascending.
    pub(super) pins: Vec<u32>,
}

impl Candidates<'_> {
    /// The edges of a plan, if it is of these candidates and was made under these conditions.
    pub(super) fn made_from(
        &self,
        conditions: &Conditions,
        plan: &MatchPlan,
    ) -> Result<Made, QuestionError> {
        let edges = self.edges_of(plan)?;
        if plan.exchange.as_ref() != self.eligibility.exchange() {
            return Err(QuestionError::ForeignPlan);
        }
        let judged = self.judge(conditions);
        let pins = judged.edges(&self.graph);
        let pinned = pins.iter().filter_map(|&edge| self.pair_of(edge));
        let ties = conditions.tie_break();
        let points = ties.map(|by| self.points_of(&edges, by)).transpose()?;
        let same = pinned.eq(plan.pinned.iter().copied())
            && judged.rejected == plan.rejected_pins
            && points == plan.tie_points;
        if !same {
            return Err(QuestionError::OtherConditions);
        }
        Ok(Made { edges, pins })
    }

    /// What pairs have by the criteria that break ties.
    pub(super) fn points_of(&self, edges: &[u32], by: &Criteria) -> Result<u64, QuestionError> {
        let mut points = 0;
        for (mentor, mentee) in edges.iter().filter_map(|&edge| self.ends(edge)) {
            if let Some(view) = self.eligibility.view(mentor, mentee) {
                points += u64::from(by.score(&view)?);
            }
        }
        Ok(points)
    }

    /// The places in the roster of the two ends of an edge.
    fn ends(&self, edge: u32) -> Option<(usize, usize)> {
        let edge = self.graph.edge(edge)?;
        let mentor = self.mentors.get(edge.row as usize)?;
        let mentee = self.mentees.get(edge.column as usize)?;
        Some((*mentor, *mentee))
    }

    /// The keys of the two ends of an edge.
    pub(super) fn keys_of(&self, edge: u32) -> Option<(&Key, &Key)> {
        let (mentor, mentee) = self.ends(edge)?;
        let people = self.eligibility.roster().participants();
        Some((people.get(mentor)?.key(), people.get(mentee)?.key()))
    }

    fn pair_of(&self, edge: u32) -> Option<Pair> {
        let (mentor, mentee) = self.ends(edge)?;
        let people = self.eligibility.roster().participants();
        Some(Pair {
            mentor: people.get(mentor)?.id(),
            mentee: people.get(mentee)?.id(),
        })
    }

    /// The place in the roster of a key.
    pub(super) fn place(&self, key: &str) -> Result<usize, UnknownParticipant> {
        let people = self.eligibility.roster().participants();
        let found = people.binary_search_by(|p| p.key().as_str().cmp(key));
        found.map_err(|_| UnknownParticipant::Key(key.to_owned()))
    }

    /// The edges of a plan.
    pub(super) fn edges_of(&self, plan: &MatchPlan) -> Result<Vec<u32>, QuestionError> {
        let edges = plan.proposals.iter().map(|proposal| {
            let mentor = self.place(proposal.mentor.as_str()).ok()?;
            let mentee = self.place(proposal.mentee.as_str()).ok()?;
            self.number(mentor, mentee)
        });
        let edges: Option<Vec<u32>> = edges.collect();
        let mut edges = edges.ok_or(QuestionError::ForeignPlan)?;
        edges.sort_unstable();
        Ok(edges)
    }

    /// The number of the edge between two places in the roster.
    pub(super) fn number(&self, mentor: usize, mentee: usize) -> Option<u32> {
        let row = u32::try_from(self.mentors.binary_search(&mentor).ok()?).ok()?;
        let column = u32::try_from(self.mentees.binary_search(&mentee).ok()?).ok()?;
        self.graph.number(row, column)
    }
}

/// The prices that prove what the best plan of a graph is worth. The one place where a question solves the whole problem.
pub(super) fn prices(graph: &Graph, objective: Objective, plan: &MatchPlan) -> Certificate {
    let solver = Solver::new(graph, objective);
    let solver = match &plan.last_prices {
        Some(last) => solver.from(last.certificate()),
        None => solver,
    };
    solver.solve().certificate
}
