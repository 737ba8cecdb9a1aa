//! Breaking ties: among the plans that are equally good by the objective, the one with the most tie-breaking points.
//!
//! Exact, by a second solve with scaled scores. Every score is multiplied by `K`, one more than the points that any plan
//! can have, and the pair's own points are added: a point of score outweighs all points of ties together, so that the
//! best scaled plan is the best plan, and of those the one with the most points. The number of pairs, and the people of
//! `most-people`, come before the total and stay there. Two objectives need care:
//!
//! - `best-score` ranks the number of pairs *below* the total, and the scaled total would put points above it. A pair is
//!   therefore worth `K` by itself, and a point of score `K` × (the most pairs that fit + 1). Where there is no room for that, points
//!   may go above pairs for once: if the plan that this gives has as many pairs as the best one, it has the most points of
//!   all plans with this total, so also of those with as many pairs. If it has not, planning is refused.
//! - `max-min` would look for the lowest *scaled* score. Its second solve is `most-pairs` over the edges that reach the
//!   lowest score already found: there are as many pairs as before, none below it, and then the total decides.
//!
//! The second solve begins at the prices of the first, scaled like the scores. Both carry certificates. The first one proves the new plan as well, which has the same value, and is checked
//! again with it; the second proves that no plan of that value has more points.

use super::settle::solve_again;
use crate::matching::assignment::{
    Assignment, Certificate, Edge, Graph, MAX_SCORE, Objective, Prices, Unit, verify,
};
use crate::matching::candidates::Candidates;
use crate::matching::criterion::Criteria;
use crate::matching::plan_error::PlanError;

/// A plan among equals.
#[derive(Debug)]
pub(in crate::matching) struct Broken {
    pub(in crate::matching) plan: Assignment,
    /// Whether it is proven that no equally good plan has more.
    pub(in crate::matching) proven: bool,
}

/// How scores become scaled scores: `score` × points + `pair` + tie-breaking points in units of `unit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::matching) struct Scale {
    unit: u32,
    score: u128,
    pair: u128,
}

/// The points of every edge, and the graph that they belong to.
struct Ties<'a> {
    graph: &'a Graph,
    points: &'a [u32],
    /// The proof of the best plan without them.
    proof: &'a Certificate,
}

impl Candidates<'_> {
    /// The best of the plans that are as good as `first`, which is proven best for this graph.
    pub(in crate::matching) fn break_ties(
        &self,
        graph: &Graph,
        objective: Objective,
        (first, proof): (&Assignment, &Certificate),
        by: &Criteria,
    ) -> Result<Broken, PlanError> {
        let points = self.tie_points(graph, by)?;
        let ties = Ties {
            graph,
            points: &points,
            proof,
        };
        let unit = points.iter().fold(0, |unit, &points| gcd(unit, points));
        let chosen = first.edges.iter().filter_map(|&edge| graph.edge(edge));
        let lowest = chosen.map(|edge| edge.score).min();
        let (Some(lowest), true) = (lowest, unit > 0) else {
            return Ok(Broken {
                plan: first.clone(),
                proven: true,
            });
        };
        let plain = Scale::new(unit, ties.most(unit));
        match objective {
            Objective::MaxMin => ties.break_by(plain, Objective::MostPairs, lowest),
            Objective::BestScore => {
                let pairs = plain.with_pairs(graph.pair_limit());
                let refused = match ties.break_by(pairs, objective, 0) {
                    Err(refused @ PlanError::NoRoomForConditions { .. }) => refused,
                    done => return done,
                };
                let quick = ties.break_by(plain, objective, 0)?;
                if quick.plan.pairs() == first.pairs() {
                    Ok(quick)
                } else {
                    Err(refused)
                }
            }
            _ => ties.break_by(plain, objective, 0),
        }
    }

    /// The points of each edge; none for a stand-in, which joins nobody to nobody.
    fn tie_points(&self, graph: &Graph, by: &Criteria) -> Result<Vec<u32>, PlanError> {
        graph
            .edges()
            .map(|edge| self.tie_points_of(edge, by))
            .collect()
    }

    /// What a pair has by the criteria that break ties.
    pub(super) fn tie_points_of(&self, edge: Edge, by: &Criteria) -> Result<u32, PlanError> {
        let mentor = self.mentors.get(edge.row as usize);
        let mentee = self.mentees.get(edge.column as usize);
        let view = mentor
            .zip(mentee)
            .and_then(|(&mentor, &mentee)| self.eligibility.view(mentor, mentee));
        Ok(view.map_or(Ok(0), |view| by.score(&view))?)
    }
}

impl Ties<'_> {
    /// The best plan by scaled scores, among the edges that score at least `lowest`.
    fn break_by(
        &self,
        scale: Scale,
        objective: Objective,
        lowest: u32,
    ) -> Result<Broken, PlanError> {
        let graph = self.graph;
        let edges = graph.edges().zip(self.points);
        let edges = edges.filter(|(edge, _)| edge.score >= lowest);
        let edges = edges.map(|(edge, &points)| (edge, scale.scaled(edge.score, points)));
        let needed = edges.clone().map(|(_, score)| score).max().unwrap_or(0);
        if needed > u128::from(MAX_SCORE) {
            return Err(PlanError::NoRoomForConditions { needed });
        }
        let edges = edges.map(|(edge, score)| Edge {
            score: u32::try_from(score).unwrap_or(MAX_SCORE),
            ..edge
        });
        let (rows, columns) = (graph.row_places(), graph.column_places());
        let scaled = Graph::new(rows.to_vec(), columns.to_vec(), edges)?;
        let best = solve_again(&scaled, objective, &scale.prices(self.proof));
        let found = verify(&scaled, objective, &best.assignment, &best.certificate);
        let chosen = best.assignment.edges.iter();
        let chosen = chosen.filter_map(|&edge| scaled.edge(edge));
        let edges: Vec<u32> = chosen
            .filter_map(|edge| graph.number(edge.row, edge.column))
            .collect();
        let scores = edges.iter().filter_map(|&edge| graph.edge(edge));
        let plan = Assignment {
            total: scores.map(|edge| u64::from(edge.score)).sum(),
            edges,
        };
        Ok(Broken {
            proven: found.is_ok_and(|found| found.proven),
            plan,
        })
    }

    /// A number of units that the points of no plan exceed: the smaller of what the rows and what the columns could have.
    fn most(&self, unit: u32) -> u128 {
        let graph = self.graph;
        let mut rows = vec![(0u32, 0u32); graph.row_places().len()];
        let mut columns = vec![(0u32, 0u32); graph.column_places().len()];
        let edges = graph.edges().zip(self.points);
        for (edge, &points) in edges.filter(|(_, points)| **points > 0) {
            for (side, at) in [(&mut rows, edge.row), (&mut columns, edge.column)] {
                if let Some((edges, top)) = side.get_mut(at as usize) {
                    *edges += 1;
                    *top = points.max(*top);
                }
            }
        }
        let sum = |side: &[(u32, u32)], places: &[u32]| -> u128 {
            let each = side.iter().zip(places);
            each.map(|(&(edges, top), &places)| {
                u128::from(edges.min(places)) * u128::from(top / unit)
            })
            .sum()
        };
        sum(&rows, graph.row_places()).min(sum(&columns, graph.column_places()))
    }
}

impl Scale {
    /// A point of score outweighs `most`, which the points of no plan exceed, counted in units of `unit`.
    pub(in crate::matching) const fn new(unit: u32, most: u128) -> Self {
        Self {
            unit,
            score: most + 1,
            pair: 0,
        }
    }

    /// The same where a pair outweighs all points by itself, and a point of score so many pairs and all points.
    pub(in crate::matching) fn with_pairs(self, pairs: u64) -> Self {
        Self {
            score: self.score * (u128::from(pairs) + 1),
            pair: self.score,
            ..self
        }
    }

    pub(in crate::matching) fn scaled(&self, score: u32, points: u32) -> u128 {
        u128::from(score) * self.score + self.pair + u128::from(points / self.unit.max(1))
    }

    /// The same where it is known to fit; what does not comes out wrong.
    pub(in crate::matching) const fn wrapped(&self, score: u32, points: u32) -> u32 {
        let scaled = score.wrapping_mul(self.score as u32);
        let unit = if self.unit == 0 { 1 } else { self.unit };
        scaled
            .wrapping_add(self.pair as u32)
            .wrapping_add(points / unit)
    }

    /// The score of a pair that was chosen: `pair` and its points are less than a point of it.
    pub(in crate::matching) fn score_in(&self, scaled: u32) -> u32 {
        let score = u128::from(scaled).checked_div(self.score).unwrap_or(0);
        u32::try_from(score).unwrap_or(u32::MAX)
    }

    /// The least that a pair of this score comes to; every pair of a lower one that could be chosen comes to less.
    pub(in crate::matching) fn lowest(&self, score: u32) -> u32 {
        let least = u128::from(score) * self.score;
        u32::try_from(least).unwrap_or(u32::MAX)
    }

    /// Where to begin: the prices for the scores without the points. A guess, so what is too large is cut off.
    pub(in crate::matching) fn prices(&self, proof: &Certificate) -> Certificate {
        let by = i128::try_from(self.score).unwrap_or(i128::MAX);
        let scaled = |prices: &[i128]| prices.iter().map(|p| p.saturating_mul(by)).collect();
        Certificate {
            unit: Unit {
                pair: proof.unit.pair.saturating_mul(by),
                ..proof.unit
            },
            prices: Prices {
                rows: scaled(&proof.prices.rows),
                columns: scaled(&proof.prices.columns),
            },
            ..Certificate::default()
        }
    }
}

/// The greatest common divisor; `gcd(0, n)` is `n`.
pub(in crate::matching) const fn gcd(mut a: u32, mut b: u32) -> u32 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}
