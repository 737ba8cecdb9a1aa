//! Who chooses among the candidates.

use std::fmt;

use super::assignment::{self, Assignment, Certificate, Graph, Objective, Solver, Verified};
use super::plan_error::PlanError;
use super::stable::Preferences;
use crate::policy::PluginId;

/// What a matcher gets to see: integers, in the order of the keys.
///
/// Rows are mentors, columns mentees, each with the places that are left; an edge is an eligible pair with its score.
/// Where [`Conditions`](super::Conditions) pin pairs, a few rows and columns behind the others can be nobody's. There are no people in it, so no matcher can favour any.
#[derive(Debug, Clone, Copy)]
pub struct MatchProblem<'a> {
    graph: &'a Graph,
    start: Option<&'a Certificate>,
}

impl<'a> MatchProblem<'a> {
    /// The problem of a graph: for trying a matcher out.
    #[must_use]
    pub const fn new(graph: &'a Graph) -> Self {
        Self { graph, start: None }
    }

    /// The same with the certificate of a similar problem, from which a matcher may start.
    #[must_use]
    pub const fn with_start(mut self, certificate: &'a Certificate) -> Self {
        self.start = Some(certificate);
        self
    }

    /// The certificate of a similar problem with the same rows and columns, where there is one: a hint, nothing more.
    #[must_use]
    pub const fn start(&self) -> Option<&'a Certificate> {
        self.start
    }

    /// Rows, columns, places and edges.
    #[must_use]
    pub const fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// Lets a matcher choose, and checks what it says.
    pub(super) fn solve_checked(
        &self,
        matcher: &dyn Matcher,
    ) -> Result<(Solution, Option<Verified>), PlanError> {
        let failed = |error| PlanError::Matcher {
            matcher: matcher.id(),
            error,
        };
        let unsound = |flaw| PlanError::Unsound {
            matcher: matcher.id(),
            flaw,
        };
        let solution = matcher.solve(self).map_err(failed)?;
        let plan = &solution.assignment;
        plan.check(self.graph).map_err(unsound)?;
        let proof = solution.proof.as_ref();
        let verified = proof.map(|(by, proof)| assignment::verify(self.graph, *by, plan, proof));
        let verified = verified.transpose().map_err(unsound)?;
        Ok((solution, verified))
    }
}

/// What a matcher answers: the edges chosen and, if it can, a proof that no plan is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The edges chosen. The library checks them: known, once each, within the places, with the right total.
    pub assignment: Assignment,
    /// What was optimised, and the proof. The library checks it with a checker of its own.
    pub proof: Option<(Objective, Certificate)>,
}

impl Solution {
    /// A choice of edges, by number and in any order, without a proof.
    #[must_use]
    pub fn unproven(graph: &Graph, edges: impl IntoIterator<Item = u32>) -> Self {
        let mut edges: Vec<u32> = edges.into_iter().collect();
        edges.sort_unstable();
        let scores = edges.iter().filter_map(|&e| graph.edge(e));
        let total = scores.map(|e| u64::from(e.score)).sum();
        Self {
            assignment: Assignment { edges, total },
            proof: None,
        }
    }
}

/// A matcher that cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct MatchError {
    /// What happened: lower-case, one line.
    pub message: String,
}

impl MatchError {
    /// A failure in words.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

/// A way of choosing pairs.
///
/// Pure: the same problem, the same solution.
///
/// ```
/// use reverse_mentoring::matching::{MatchError, MatchProblem, Matcher, Solution};
/// use reverse_mentoring::policy::PluginId;
///
/// /// Takes pairs in the order of the keys while there are places.
/// #[derive(Debug)]
/// struct FirstComeFirstServed;
///
/// impl Matcher for FirstComeFirstServed {
///     fn id(&self) -> PluginId {
///         PluginId::new("first-come", 1)
///     }
///
///     fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
///         let graph = problem.graph();
///         let (mut rows, mut columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
///         let chosen = (0u32..).zip(graph.edges()).filter(|(_, edge)| {
///             let (row, column) = (&mut rows[edge.row as usize], &mut columns[edge.column as usize]);
///             let free = *row > 0 && *column > 0;
///             if free {
///                 (*row, *column) = (*row - 1, *column - 1);
///             }
///             free
///         });
///         let chosen: Vec<u32> = chosen.map(|(number, _)| number).collect();
///         Ok(Solution::unproven(graph, chosen))
///     }
/// }
/// ```
pub trait Matcher: fmt::Debug + Send + Sync {
    /// Name and version, recorded with the plan.
    fn id(&self) -> PluginId;

    /// What it optimises, where it is one of the objectives and every answer is proven best by it. Pins need to know for
    /// `max-min` and `most-people`, and ties are broken by it; a matcher that says nothing gets pins all the same.
    fn objective(&self) -> Option<Objective> {
        None
    }

    /// Chooses pairs.
    ///
    /// # Errors
    ///
    /// [`MatchError`] where the matcher cannot give an answer at all; an empty answer is not an error.
    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError>;

    /// The preferences by which the matcher claims its answer to a problem to be stable; none unless it says so.
    ///
    /// The library looks for pairs that block the answer, and refuses one that has any.
    fn preferences(&self, problem: &MatchProblem<'_>) -> Option<Preferences> {
        let _ = problem;
        None
    }
}

/// The best plan by an [`Objective`], with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Optimal {
    objective: Objective,
}

impl Optimal {
    /// The best plan by an objective.
    #[must_use]
    pub const fn by(objective: Objective) -> Self {
        Self { objective }
    }

    /// The largest number of pairs, then the best total.
    #[must_use]
    pub const fn most_pairs() -> Self {
        Self::by(Objective::MostPairs)
    }
}

impl Matcher for Optimal {
    fn id(&self) -> PluginId {
        PluginId::new("optimal", 1)
    }

    fn objective(&self) -> Option<Objective> {
        Some(self.objective)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        let solver = Solver::new(problem.graph(), self.objective);
        let solver = match problem.start() {
            Some(certificate) => solver.from(certificate),
            None => solver,
        };
        let best = solver.solve();
        Ok(Solution {
            assignment: best.assignment,
            proof: Some((self.objective, best.certificate)),
        })
    }
}

/// Pairs by falling score while there are places, ties by key. Quick, and proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Greedy;

impl Matcher for Greedy {
    fn id(&self) -> PluginId {
        PluginId::new("greedy", 1)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        Ok(Solution {
            assignment: assignment::greedy(problem.graph()),
            proof: None,
        })
    }
}
