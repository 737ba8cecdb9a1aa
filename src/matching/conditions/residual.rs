//! What is left to choose once pins are fixed.
//!
//! A fixed pair is taken out of the graph, and a place of both its ends with it. For the objectives that only add up
//! (`most-pairs`, `best-score`) that is all: the best plan with the pins is the pins and the best of what is left.
//! The other two look at more than sums, and need stand-ins for what the pins have settled already:
//!
//! - `max-min` compares the lowest score *of the whole plan*. One edge between a row and a column of its own, with the
//!   lowest score of a pin, is in every plan with the most pairs, and puts that score into the comparison.
//! - `most-people` counts who has *at least one* pair. A column with a pin counts already, so that a second pair for it
//!   must not count as somebody new: it gets one place more, and a row of its own that can take nothing but that place;
//!   a row with a pin likewise gets a column of its own. These edges score higher than all others. So every best plan
//!   takes all of them: a plan without one has the end free, and is better with it, or fills all places of that end
//!   otherwise, and is better when it gives one of them to the stand-in. That costs no column in use, no row in use and no
//!   pair, and raises the total. The real pairs keep to the real places, and the same people count in both problems but
//!   for a constant.
//!
//! The checker proves the plan of this graph; what the stand-ins add to its bounds is a constant and is taken off.

use std::collections::BTreeSet;

use crate::matching::assignment::{Assignment, Edge, Graph, GraphError, MAX_SCORE, Objective};
use crate::matching::plan_error::PlanError;

/// The problem beside the pins.
#[derive(Debug)]
pub(in crate::matching) struct Residual {
    /// The graph where something is fixed; else it is the whole.
    reduced: Option<Graph>,
    pins: Vec<u32>,
    pin_total: u64,
    stand_ins: Vec<Edge>,
}

impl Residual {
    /// Fixes pins, given as ascending edges that fit the places, where no pair that could be chosen scores above
    /// `highest`.
    pub(in crate::matching) fn new(
        whole: &Graph,
        pins: Vec<u32>,
        objective: Option<Objective>,
        highest: u32,
    ) -> Result<Self, PlanError> {
        let fixed: Vec<Edge> = pins.iter().filter_map(|&pin| whole.edge(pin)).collect();
        let pin_total = fixed.iter().map(|edge| u64::from(edge.score)).sum();
        let mut residual = Self {
            reduced: None,
            pins,
            pin_total,
            stand_ins: Vec::new(),
        };
        if !fixed.is_empty() {
            residual.stand_ins = stand_ins(whole, &fixed, objective, highest)?;
            let reduced = reduced(whole, &residual.pins, &fixed, &residual.stand_ins)?;
            residual.reduced = Some(reduced);
        }
        Ok(residual)
    }

    /// What a matcher gets to see.
    pub(in crate::matching) fn graph<'g>(&'g self, whole: &'g Graph) -> &'g Graph {
        self.reduced.as_ref().unwrap_or(whole)
    }

    pub(in crate::matching) fn pins(&self) -> &[u32] {
        &self.pins
    }

    /// The edges that join nobody to nobody, or somebody to nobody.
    pub(in crate::matching) fn stand_ins(&self) -> &[Edge] {
        &self.stand_ins
    }

    /// The number that an edge of the whole graph has in the reduced one; `None` for a pin.
    pub(in crate::matching) fn reduced_edge(&self, whole: &Graph, edge: u32) -> Option<u32> {
        let Some(reduced) = &self.reduced else {
            return Some(edge);
        };
        let Edge { row, column, .. } = whole.edge(edge)?;
        reduced.number(row, column)
    }

    /// The number that an edge of the reduced graph has in the whole one; `None` for a stand-in.
    pub(in crate::matching) fn whole_edge(&self, whole: &Graph, edge: u32) -> Option<u32> {
        let Edge { row, column, .. } = self.graph(whole).edge(edge)?;
        whole.number(row, column)
    }

    /// The plan of the whole graph: what was chosen, without stand-ins, and the pins.
    pub(in crate::matching) fn whole_plan(&self, whole: &Graph, chosen: &Assignment) -> Assignment {
        let Some(reduced) = &self.reduced else {
            return chosen.clone();
        };
        let mut edges = self.pins.clone();
        let mut total = self.pin_total;
        for edge in chosen.edges.iter().filter_map(|&n| reduced.edge(n)) {
            // A stand-in joins ends that the whole graph does not have.
            if let Some(number) = whole.number(edge.row, edge.column) {
                edges.push(number);
                total += u64::from(edge.score);
            }
        }
        edges.sort_unstable();
        Assignment { edges, total }
    }

    /// The plan of the reduced graph that makes this one of the whole graph: without the pins, with every stand-in.
    pub(in crate::matching) fn reduced_plan(&self, whole: &Graph, plan: &Assignment) -> Assignment {
        let Some(reduced) = &self.reduced else {
            return plan.clone();
        };
        let chosen = (0..).zip(reduced.edges());
        let chosen = chosen.filter(|(_, edge)| match whole.number(edge.row, edge.column) {
            Some(number) => plan.edges.binary_search(&number).is_ok(),
            None => true,
        });
        let stand_ins = self.stand_ins.iter().map(|edge| u64::from(edge.score));
        Assignment {
            edges: chosen.map(|(number, _)| number).collect(),
            total: plan.total.saturating_sub(self.pin_total) + stand_ins.sum::<u64>(),
        }
    }

    /// A bound on the pairs of the whole plan from one on those of the reduced graph.
    pub(in crate::matching) fn whole_pairs(&self, bound: u64) -> u64 {
        bound.saturating_sub(self.stand_ins.len() as u64) + self.pins.len() as u64
    }

    /// A bound on the total of the whole plan from one on that of the reduced graph.
    pub(in crate::matching) fn whole_score(&self, bound: u64) -> u64 {
        let stand_ins = self.stand_ins.iter().map(|edge| u64::from(edge.score));
        bound.saturating_sub(stand_ins.sum()) + self.pin_total
    }
}

/// Edges with an end beyond the rows or columns of the graph.
fn stand_ins(
    whole: &Graph,
    fixed: &[Edge],
    objective: Option<Objective>,
    highest: u32,
) -> Result<Vec<Edge>, PlanError> {
    let (rows, columns) = (whole.row_places().len(), whole.column_places().len());
    let [rows, columns] = [rows, columns].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    match objective {
        Some(Objective::MaxMin) => {
            let lowest = fixed.iter().map(|edge| edge.score).min();
            let edge = |score| Edge {
                row: rows,
                column: columns,
                score,
            };
            Ok(lowest.map(edge).into_iter().collect())
        }
        Some(Objective::MostPeople) => {
            let score = highest.saturating_add(1);
            if score > MAX_SCORE {
                return Err(PlanError::NoRoomForConditions {
                    needed: score.into(),
                });
            }
            let used_rows: BTreeSet<u32> = fixed.iter().map(|edge| edge.row).collect();
            let used_columns: BTreeSet<u32> = fixed.iter().map(|edge| edge.column).collect();
            let by_row = used_rows.into_iter().zip(columns..);
            let by_row = by_row.map(|(row, column)| Edge { row, column, score });
            let by_column = used_columns.into_iter().zip(rows..);
            let by_column = by_column.map(|(column, row)| Edge { row, column, score });
            Ok(by_row.chain(by_column).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// The graph without the pins and their places, with the stand-ins and theirs.
fn reduced(
    whole: &Graph,
    pins: &[u32],
    fixed: &[Edge],
    stand_ins: &[Edge],
) -> Result<Graph, GraphError> {
    let mut rows = whole.row_places().to_vec();
    let mut columns = whole.column_places().to_vec();
    let ends = (rows.len(), columns.len());
    for edge in fixed {
        for (side, at) in [(&mut rows, edge.row), (&mut columns, edge.column)] {
            if let Some(places) = side.get_mut(at as usize) {
                *places = places.saturating_sub(1);
            }
        }
    }
    for edge in stand_ins {
        for (side, at, real) in [
            (&mut rows, edge.row as usize, ends.0),
            (&mut columns, edge.column as usize, ends.1),
        ] {
            match side.get_mut(at) {
                Some(places) if at < real => *places = places.saturating_add(1),
                Some(_) => {}
                None => side.push(1),
            }
        }
    }
    let left = (0u32..).zip(whole.edges());
    let left = left.filter(|(number, _)| pins.binary_search(number).is_err());
    let left = left.map(|(_, edge)| edge);
    Graph::new(rows, columns, left.chain(stand_ins.iter().copied()))
}
