//! Solving with more to say: where to start from, and who watches.

use std::fmt;
use std::ops::ControlFlow;

use super::{Graph, Objective, Optimum, Prices, Unit, solve::solve_watched};

/// How far a solver is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Pairs that stand at the moment. They come and go; a plan is final only when it is returned.
    pub pairs: u64,
    /// Bids made and edges looked at so far, in the unit of the solver at work: rises, and says nothing else.
    pub effort: u64,
}

/// A question to the exact solver: a graph, an objective, and if wanted a start and a watcher.
///
/// ```
/// use std::ops::ControlFlow;
/// use reverse_mentoring::matching::assignment::{Graph, Objective, Solver, verify};
///
/// let graph = Graph::from_matrix(vec![1, 1], vec![1, 1], vec![9, 8, 7, Graph::NO_EDGE])?;
/// let best = Solver::new(&graph, Objective::MostPairs).solve();
///
/// // One score has changed: start from the old prices.
/// let changed = Graph::from_matrix(vec![1, 1], vec![1, 1], vec![9, 8, 5, Graph::NO_EDGE])?;
/// let again = Solver::new(&changed, Objective::MostPairs).from(&best.certificate).solve();
/// assert_eq!((again.assignment.pairs(), again.assignment.total), (2, 13));
///
/// // Stopped at once: some plan, and how far from the best it can be.
/// let stopped = Solver::new(&changed, Objective::MostPairs).watched(&mut |_| ControlFlow::Break(())).solve();
/// let found = verify(&changed, Objective::MostPairs, &stopped.assignment, &stopped.certificate)?;
/// assert!(found.pairs_bound >= 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub struct Solver<'a> {
    graph: &'a Graph,
    objective: Objective,
    start: Option<Start<'a>>,
    watch: Watch<'a>,
}

impl fmt::Debug for Solver<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Solver")
            .field("objective", &self.objective)
            .field("edges", &self.graph.len())
            .field("started", &self.start.is_some())
            .field("watched", &self.watch.callback.is_some())
            .finish()
    }
}

/// Prices of another question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start<'a> {
    pub(super) unit: Unit,
    pub(super) prices: &'a Prices,
}

impl<'a> Solver<'a> {
    /// From nothing, without a watcher: what [`solve`](super::solve()) does.
    pub fn new(graph: &'a Graph, objective: Objective) -> Self {
        Self {
            graph,
            objective,
            start: None,
            watch: Watch::nobody(),
        }
    }

    /// Starts from the certificate of a similar graph: after few changes that is quicker than from nothing.
    ///
    /// The plan is as good as without, and proven alike; where several plans are equally good it may be another of
    /// them. A certificate for another number of rows or columns is of no use and left aside.
    pub fn from(mut self, certificate: &'a super::Certificate) -> Self {
        self.start = Some(Start {
            unit: certificate.unit,
            prices: &certificate.prices,
        });
        self
    }

    /// Reports progress now and then. On [`Break`](ControlFlow::Break) the solver stops soon after, with the best plan
    /// so far and a certificate that says how far from the best it can be.
    pub fn watched(mut self, callback: &'a mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        self.watch.callback = Some(callback);
        self
    }

    /// Solves.
    #[must_use]
    pub fn solve(mut self) -> Optimum {
        let start = self.start.filter(|start| {
            start.prices.rows.len() == self.graph.row_places().len()
                && start.prices.columns.len() == self.graph.column_places().len()
        });
        solve_watched(self.graph, self.objective, start, &mut self.watch)
    }
}

/// Somebody who may ask to stop.
pub(super) struct Watch<'a> {
    callback: Option<&'a mut dyn FnMut(Progress) -> ControlFlow<()>>,
    stopped: bool,
}

impl Watch<'_> {
    /// Nobody watches.
    pub(super) const fn nobody() -> Self {
        Self {
            callback: None,
            stopped: false,
        }
    }

    /// Reports, and says whether to go on.
    pub(super) fn go_on(&mut self, pairs: u64, effort: u64) -> bool {
        if !self.stopped {
            if let Some(callback) = &mut self.callback {
                self.stopped = callback(Progress { pairs, effort }).is_break();
            }
        }
        !self.stopped
    }

    pub(super) const fn watched(&self) -> bool {
        self.callback.is_some()
    }

    pub(super) const fn stopped(&self) -> bool {
        self.stopped
    }
}
