//! The best plan with a change, under the conditions of the plan that is asked about, and what it costs.

use std::collections::BTreeSet;

use super::super::assignment::{Assignment, Cost, CostBounds, Edge, Graph, WhatIf, WhatIfError};
use super::super::conditions::Pin;
use super::super::matcher::Optimal;
use super::super::plan_error::PlanError;
use super::QuestionError;
use super::consequence::{Consequence, Displaced, TieCost, What};
use super::explain::Questions;
use crate::pair::Role;

/// A best plan with a change, and what it has by the criteria that break ties.
struct Another {
    assignment: Assignment,
    tie_points: Option<u64>,
}

impl Questions<'_, '_> {
    /// What a change that the conditions leave possible does to the plan.
    pub(super) fn solved_again(
        &self,
        what_if: &WhatIf<'_>,
        what: What,
        edge: u32,
    ) -> Result<Consequence, QuestionError> {
        let Another {
            assignment,
            tie_points,
        } = self.another(what_if, what, edge)?;
        let (graph, objective) = (&self.candidates.graph, self.objective());
        let cost =
            Cost::of(graph, objective, &self.plan, &assignment).map_err(WhatIfError::Flaw)?;
        let lost = self.tie_points.zip(tie_points);
        Ok(Consequence {
            what,
            objective,
            already: self.as_asked(what, edge),
            cost: CostBounds {
                at_least: cost,
                at_most: cost,
            },
            ties: lost.map_or(TieCost::NotBroken, |(more, less)| TieCost::lost(more, less)),
            displaced: Some(self.displaced(edge, &assignment)),
        })
    }

    /// Whether the plan has it so already.
    fn as_asked(&self, what: What, edge: u32) -> bool {
        self.has(edge) == (what == What::Insisting)
    }

    fn another(
        &self,
        what_if: &WhatIf<'_>,
        what: What,
        edge: u32,
    ) -> Result<Another, QuestionError> {
        if self.as_asked(what, edge) {
            return Ok(Another {
                assignment: self.plan.clone(),
                tie_points: self.tie_points,
            });
        }
        // The solver knows the pins as places that are gone, and nothing of ties: without a pin, or with what breaks
        // ties, the whole is planned again.
        let left = self.residual.reduced_edge(&self.candidates.graph, edge);
        let Some(left) = left.filter(|_| self.tie_points.is_none()) else {
            return match what {
                What::Insisting => self.with_pin(edge),
                What::Forbidding => self.without(edge),
            };
        };
        let alternative = match what {
            What::Insisting => what_if.insist(left)?,
            What::Forbidding => what_if.forbid(left)?,
        };
        Ok(Another {
            assignment: self
                .residual
                .whole_plan(&self.candidates.graph, &alternative.assignment),
            tie_points: None,
        })
    }

    /// The best plan with one pin more, after the others.
    fn with_pin(&self, edge: u32) -> Result<Another, QuestionError> {
        let pin = self.candidates.keys_of(edge).map(|(mentor, mentee)| Pin {
            mentor: mentor.clone(),
            mentee: mentee.clone(),
            line: None,
        });
        let conditions = self.conditions.clone().with_pins(pin);
        let matcher = Optimal::by(self.objective());
        let settled = self.candidates.settle(&conditions, &matcher)?;
        Ok(Another {
            assignment: settled.assignment,
            tie_points: settled.tie_points,
        })
    }

    /// The best plan without a pair. Its pins do not hold where it is no edge; the others are judged anew.
    fn without(&self, edge: u32) -> Result<Another, QuestionError> {
        let graph = &self.candidates.graph;
        let left = (0..).zip(graph.edges());
        let left = left.filter(|(number, _)| *number != edge);
        let (rows, columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
        let less =
            Graph::new(rows, columns, left.map(|(_, edge)| edge)).map_err(PlanError::Graph)?;
        let candidates = self.candidates.with_graph(less);
        let settled = candidates.settle(&self.conditions, &Optimal::by(self.objective()))?;
        let number = |&edge: &u32| {
            let Edge { row, column, .. } = candidates.graph.edge(edge)?;
            graph.number(row, column)
        };
        Ok(Another {
            assignment: Assignment {
                edges: settled.assignment.edges.iter().filter_map(number).collect(),
                total: settled.assignment.total,
            },
            tie_points: settled.tie_points,
        })
    }

    /// What becomes of everybody, the pair that was asked about left out of the count of pairs.
    fn displaced(&self, asked: u32, new: &Assignment) -> Displaced {
        let before: BTreeSet<u32> = self.plan.edges.iter().copied().collect();
        let after: BTreeSet<u32> = new.edges.iter().copied().collect();
        let parted = before.difference(&after).filter(|edge| **edge != asked);
        let people = |edges: &BTreeSet<u32>| -> BTreeSet<(Role, u32)> {
            let ends = edges.iter().filter_map(|&e| self.candidates.graph.edge(e));
            ends.flat_map(|e| [(Role::Mentor, e.row), (Role::Mentee, e.column)])
                .collect()
        };
        let (had, have) = (people(&before), people(&after));
        Displaced {
            pairs: parted.count() as u64,
            left_out: had.difference(&have).count() as u64,
            taken_in: have.difference(&had).count() as u64,
        }
    }
}
