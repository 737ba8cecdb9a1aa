//! What insisting on an edge, or forbidding one, costs.

use thiserror::Error;

use super::cost::{Cost, CostBounds, Facts};
use super::exchange;
use super::net::Node;
use super::repair::Desk;
use super::resolve;
use super::sensitivity::Reading;
use super::{Assignment, Certificate, Edge, Flaw, Graph, GraphError, Objective, Optimum, verify};

/// Questions about a best plan: what would it cost to insist on this edge, or to forbid it?
///
/// Two answers to each. [`insist`](Self::insist) and [`forbid`](Self::forbid) solve again and are exact.
/// [`bounds_of_insisting`](Self::bounds_of_insisting) and [`bounds_of_forbidding`](Self::bounds_of_forbidding) take no
/// solving at all: the prices of the certificate bound the cost from below, and a plan repaired by hand, with two or
/// three pairs changed, from above; often the two ends meet. [`row`](Self::row) and [`column`](Self::column) ask about
/// all edges of one end together, which costs little more than one.
///
/// Why the prices bound it: no plan is worth more than the sum over edges of what each is worth above its two prices,
/// or 0, and over rows and columns of the most they can earn (see [`Prices`](super::Prices)); for the best plan the
/// sum is its worth, up to less than a point. A plan that must use an edge of less worth than its prices gives away the difference, and a plan
/// that must not use an edge of more worth than its prices gives away that. What the sum has too much is taken off.
///
/// ```
/// use reverse_mentoring::matching::assignment::{Cost, Edge, Graph, Objective, WhatIf, solve};
///
/// let edges = [
///     Edge { row: 0, column: 0, score: 9 },
///     Edge { row: 0, column: 1, score: 8 },
///     Edge { row: 1, column: 0, score: 7 },
/// ];
/// let graph = Graph::new(vec![1, 1], vec![1, 1], edges)?;
/// let best = solve(&graph, Objective::MostPairs); // 8 + 7
/// let what_if = WhatIf::new(&graph, Objective::MostPairs, &best)?;
///
/// // Insisting on the 9 blocks both others.
/// let insisted = what_if.insist(0)?;
/// assert_eq!(insisted.cost, Cost { pairs: 1, score: 6, ..Cost::NONE });
/// assert_eq!(insisted.assignment.edges, [0]);
/// assert_eq!(what_if.bounds_of_insisting(0)?.at_most, insisted.cost);
/// let (edge, cost) = what_if.row(0)[0]; // all edges of row 0 together
/// assert_eq!((edge, cost.exact()), (0, Some(insisted.cost)));
///
/// // Without the 8, one pair is all there is, and the 9 is the better one.
/// assert_eq!(what_if.forbid(1)?.cost, Cost { pairs: 1, score: 6, ..Cost::NONE });
/// assert!(what_if.forbid(0)?.cost.is_none()); // it is not in the plan
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct WhatIf<'a> {
    graph: &'a Graph,
    objective: Objective,
    plan: &'a Assignment,
    certificate: &'a Certificate,
    facts: Facts,
    reading: Reading,
    desk: Desk,
}

/// The best plan with a change, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// What it has less than the best plan without the change.
    pub cost: Cost,
    /// A best plan with the change, in the numbers of the same graph. Others may be as good.
    pub assignment: Assignment,
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WhatIfError {
    /// The plan or its certificate is not in order.
    #[error(transparent)]
    Flaw(#[from] Flaw),
    /// The problem with the change is no graph: it was at the limit of what [`Graph::new`] takes.
    #[error("the problem with the change cannot be solved: {0}")]
    Graph(#[from] GraphError),
    /// The certificate does not prove that the plan is the best: what a change costs is then unknown.
    #[error("the plan is not proven to be the best by `{objective}`")]
    Unproven {
        /// By which objective.
        objective: Objective,
    },
    /// There is no such edge.
    #[error("edge `{edge}` is not in the graph")]
    UnknownEdge {
        /// Its number.
        edge: u32,
    },
    /// One end of the edge has no place, so no plan has it.
    #[error("edge `{edge}` leads to a row or column without a place")]
    NoPlace {
        /// Its number.
        edge: u32,
    },
}

impl<'a> WhatIf<'a> {
    /// Questions about a plan that its certificate proves to be the best. Takes a few passes over the edges.
    ///
    /// # Errors
    ///
    /// [`WhatIfError::Flaw`] and [`WhatIfError::Unproven`] where [`verify`] does not find it so.
    pub fn new(
        graph: &'a Graph,
        objective: Objective,
        best: &'a Optimum,
    ) -> Result<Self, WhatIfError> {
        Self::of(graph, objective, &best.assignment, &best.certificate)
    }

    /// The same from the two parts of an [`Optimum`].
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(
        graph: &'a Graph,
        objective: Objective,
        plan: &'a Assignment,
        certificate: &'a Certificate,
    ) -> Result<Self, WhatIfError> {
        if !verify(graph, objective, plan, certificate)?.proven {
            return Err(WhatIfError::Unproven { objective });
        }
        let facts = Facts::of(graph, plan)?;
        Ok(Self {
            graph,
            objective,
            plan,
            certificate,
            reading: Reading::of(graph, objective, certificate, &facts),
            facts,
            desk: Desk::new(graph, plan),
        })
    }

    /// The best plan that has this edge, and what it costs. Solves again, unless the plan has it already.
    ///
    /// # Errors
    ///
    /// [`WhatIfError::UnknownEdge`], [`WhatIfError::NoPlace`], and [`WhatIfError::Graph`] at the limit of sizes.
    pub fn insist(&self, edge: u32) -> Result<Alternative, WhatIfError> {
        let ends = self.usable(edge)?;
        if self.has(edge) {
            return Ok(self.unchanged());
        }
        let (graph, objective) = (self.graph, self.objective);
        self.alternative(resolve::with(graph, objective, self.certificate, ends)?)
    }

    /// The best plan that does not have this edge, and what it costs. Solves again, unless the plan lacks it already.
    ///
    /// # Errors
    ///
    /// [`WhatIfError::UnknownEdge`].
    pub fn forbid(&self, edge: u32) -> Result<Alternative, WhatIfError> {
        let ends = self.known(edge)?;
        if !self.has(edge) {
            return Ok(self.unchanged());
        }
        let (graph, objective) = (self.graph, self.objective);
        self.alternative(resolve::without(graph, objective, self.certificate, ends)?)
    }

    /// Between what insisting on this edge costs, without solving.
    ///
    /// # Errors
    ///
    /// As [`insist`](Self::insist).
    pub fn bounds_of_insisting(&self, edge: u32) -> Result<CostBounds, WhatIfError> {
        let ends = self.usable(edge)?;
        if self.has(edge) {
            return Ok(CostBounds::exactly(Cost::NONE));
        }
        let (graph, objective) = (self.graph, self.objective);
        let at_most = self.desk.insist(graph, objective, &self.facts, ends);
        let at_least = self.reading.insisting(graph, &self.facts, ends);
        Ok(self.bounds(at_least, at_most))
    }

    /// Between what forbidding this edge costs, without solving.
    ///
    /// # Errors
    ///
    /// As [`forbid`](Self::forbid).
    pub fn bounds_of_forbidding(&self, edge: u32) -> Result<CostBounds, WhatIfError> {
        let ends = self.known(edge)?;
        if !self.has(edge) {
            return Ok(CostBounds::exactly(Cost::NONE));
        }
        let (graph, objective) = (self.graph, self.objective);
        let at_most = self.desk.forbid(graph, objective, &self.facts, edge);
        let at_least = self.reading.forbidding(graph, &self.facts, ends);
        Ok(self.bounds(at_least, at_most))
    }

    /// What changing each edge of a row costs, by the number of the edge: forbidding it where the plan has it, insisting
    /// on it where not. Edges that lead to no place are left out.
    ///
    /// Exact without solving, except for max-min, where these are the same bounds as for one edge. Costs two searches
    /// for shortest paths over all edges, and thirteen bytes an edge while it runs.
    #[must_use]
    pub fn row(&self, row: u32) -> Vec<(u32, CostBounds)> {
        self.around(Node::Row(row))
    }

    /// The same for each edge of a column.
    #[must_use]
    pub fn column(&self, column: u32) -> Vec<(u32, CostBounds)> {
        self.around(Node::Column(column))
    }

    fn around(&self, end: Node) -> Vec<(u32, CostBounds)> {
        if self.objective != Objective::MaxMin {
            let (graph, objective) = (self.graph, self.objective);
            let costs = exchange::costs(graph, objective, self.plan, &self.reading, end);
            let costs = costs.into_iter();
            return costs
                .map(|(edge, cost)| (edge, CostBounds::exactly(cost)))
                .collect();
        }
        let edges = (0_u32..).zip(self.graph.edges());
        let here = edges.filter(|(_, edge)| match end {
            Node::Row(row) => edge.row == row,
            Node::Column(column) => edge.column == column,
            Node::Free => false,
        });
        let bounds = here.filter_map(|(edge, _)| {
            let bounds = match self.has(edge) {
                true => self.bounds_of_forbidding(edge),
                false => self.bounds_of_insisting(edge),
            };
            Some((edge, bounds.ok()?))
        });
        bounds.collect()
    }

    /// The prices may prove more than the repair found only if one of them is wrong; the plan that was found is real.
    fn bounds(&self, at_least: Cost, at_most: Cost) -> CostBounds {
        let at_least = match at_least.cmp_by(&at_most, self.objective) {
            std::cmp::Ordering::Greater => at_most,
            _ => at_least,
        };
        CostBounds { at_least, at_most }
    }

    fn known(&self, edge: u32) -> Result<Edge, WhatIfError> {
        let found = self.graph.edge(edge);
        found.ok_or(WhatIfError::UnknownEdge { edge })
    }

    fn usable(&self, edge: u32) -> Result<Edge, WhatIfError> {
        let ends = self.known(edge)?;
        let places = [
            self.graph.row_places().get(ends.row as usize),
            self.graph.column_places().get(ends.column as usize),
        ];
        if places.into_iter().any(|places| places == Some(&0)) {
            return Err(WhatIfError::NoPlace { edge });
        }
        Ok(ends)
    }

    fn has(&self, edge: u32) -> bool {
        self.plan.edges.binary_search(&edge).is_ok()
    }

    fn unchanged(&self) -> Alternative {
        Alternative {
            cost: Cost::NONE,
            assignment: self.plan.clone(),
        }
    }

    fn alternative(&self, assignment: Assignment) -> Result<Alternative, WhatIfError> {
        let facts = Facts::of(self.graph, &assignment)?;
        Ok(Alternative {
            cost: Cost::between(&self.facts, &facts, self.objective),
            assignment,
        })
    }
}
