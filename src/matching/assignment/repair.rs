//! A plan with the change, made by hand from the best one: two or three pairs change, nothing is solved.

use super::cost::{Cost, Facts};
use super::{Assignment, Edge, Graph, Objective};

/// How many pairs of a full row or column are tried as the one that gives way, from the lowest score on.
const TRIED: usize = 8;

/// The plan, laid out for changing it.
#[derive(Debug)]
pub(super) struct Desk {
    rows: Side,
    columns: Side,
    /// The scores of the plan, ascending.
    scores: Vec<u32>,
}

/// One side of the plan.
#[derive(Debug)]
struct Side {
    /// The chosen edges of each, by score.
    chosen: Vec<Vec<u32>>,
    /// Places that are not taken.
    free: Vec<u32>,
    /// The best edge outside the plan that leads to a free place on the other side.
    spare: Vec<Option<(u32, u32)>>,
}

impl Side {
    fn new(places: &[u32]) -> Self {
        Self {
            chosen: vec![Vec::new(); places.len()],
            free: places.to_vec(),
            spare: vec![None; places.len()],
        }
    }

    fn take(&mut self, at: u32, edge: u32) {
        if let Some(chosen) = self.chosen.get_mut(at as usize) {
            chosen.push(edge);
        }
        if let Some(free) = self.free.get_mut(at as usize) {
            *free = free.saturating_sub(1);
        }
    }

    fn is_free(&self, at: u32) -> bool {
        self.free.get(at as usize).is_some_and(|free| *free > 0)
    }

    fn of(&self, at: u32) -> &[u32] {
        self.chosen.get(at as usize).map_or(&[], Vec::as_slice)
    }

    fn offer(&mut self, at: u32, score: u32, edge: u32) {
        if let Some(best) = self.spare.get_mut(at as usize) {
            if best.is_none_or(|(known, _)| known < score) {
                *best = Some((score, edge));
            }
        }
    }

    fn spare(&self, at: u32) -> Option<u32> {
        self.spare.get(at as usize)?.map(|(_, edge)| edge)
    }

    /// Who could give way for one more pair: nobody where a place is free, else one of the lowest.
    fn giving_way(&self, at: u32) -> Vec<Option<u32>> {
        if self.is_free(at) {
            return vec![None];
        }
        let chosen = self.of(at).iter().copied();
        chosen.take(TRIED).map(Some).collect()
    }
}

impl Desk {
    /// Lays a plan out; it has been checked.
    pub(super) fn new(graph: &Graph, plan: &Assignment) -> Self {
        let mut desk = Self {
            rows: Side::new(graph.row_places()),
            columns: Side::new(graph.column_places()),
            scores: Vec::with_capacity(plan.edges.len()),
        };
        let edges = plan.edges.iter();
        let mut chosen: Vec<(u32, u32, Edge)> = edges
            .filter_map(|&number| graph.edge(number).map(|edge| (edge.score, number, edge)))
            .collect();
        chosen.sort_unstable();
        for (score, number, edge) in chosen {
            desk.rows.take(edge.row, number);
            desk.columns.take(edge.column, number);
            desk.scores.push(score);
        }
        let mut next = plan.edges.iter().copied().peekable();
        for (number, edge) in (0_u32..).zip(graph.edges()) {
            if next.next_if_eq(&number).is_some() {
                continue;
            }
            if desk.columns.is_free(edge.column) {
                desk.rows.offer(edge.row, edge.score, number);
            }
            if desk.rows.is_free(edge.row) {
                desk.columns.offer(edge.column, edge.score, number);
            }
        }
        desk
    }

    /// The cost of the best repair that has an edge which the plan lacks.
    pub(super) fn insist(
        &self,
        graph: &Graph,
        objective: Objective,
        facts: &Facts,
        edge: Edge,
    ) -> Cost {
        let this = graph.number(edge.row, edge.column);
        let mut repairs = Vec::new();
        for by_row in self.rows.giving_way(edge.row) {
            for by_column in self.columns.giving_way(edge.column) {
                // Whoever lost their partner may find each other, or each a free place.
                let left = by_row.and_then(|lost| Some(graph.edge(lost)?.column));
                let right = by_column.and_then(|lost| Some(graph.edge(lost)?.row));
                let removed = [by_row, by_column];
                let each_other = left
                    .zip(right)
                    .and_then(|(column, row)| graph.number(row, column));
                let each_other = each_other.filter(|edge| !self.rows_have(graph, *edge));
                repairs.push((removed, [this, each_other, None]));
                let new = left.and_then(|column| self.columns.spare(column));
                let other = right.and_then(|row| self.rows.spare(row));
                repairs.push((removed, [this, new, other]));
            }
        }
        self.best(graph, objective, facts, repairs)
    }

    /// The cost of the best repair that lacks an edge which the plan has.
    pub(super) fn forbid(
        &self,
        graph: &Graph,
        objective: Objective,
        facts: &Facts,
        edge: u32,
    ) -> Cost {
        let ends = graph.edge(edge);
        let by_row = ends.and_then(|ends| self.rows.spare(ends.row));
        let by_column = ends.and_then(|ends| self.columns.spare(ends.column));
        let removed = [Some(edge), None];
        self.best(
            graph,
            objective,
            facts,
            [(removed, [by_row, by_column, None])],
        )
    }

    fn rows_have(&self, graph: &Graph, edge: u32) -> bool {
        let ends = graph.edge(edge);
        ends.is_some_and(|ends| self.rows.of(ends.row).contains(&edge))
    }

    /// The least cost of these changes: edges that go, edges that come.
    fn best(
        &self,
        graph: &Graph,
        objective: Objective,
        facts: &Facts,
        repairs: impl IntoIterator<Item = ([Option<u32>; 2], [Option<u32>; 3])>,
    ) -> Cost {
        let costs = repairs.into_iter().map(|(removed, added)| {
            let edges = |numbers: &[Option<u32>]| -> Vec<Edge> {
                let known = numbers.iter().flatten();
                known.filter_map(|&number| graph.edge(number)).collect()
            };
            let changed = self.changed(facts, &edges(&removed), &edges(&added));
            Cost::between(facts, &changed, objective)
        });
        let least = costs.min_by(|a, b| a.cmp_by(b, objective));
        least.unwrap_or_default() // there is always one
    }

    /// The facts of the plan without and with these edges.
    fn changed(&self, facts: &Facts, removed: &[Edge], added: &[Edge]) -> Facts {
        let points = |edges: &[Edge]| edges.iter().map(|edge| i64::from(edge.score)).sum::<i64>();
        let mut gone: Vec<u32> = removed.iter().map(|edge| edge.score).collect();
        let kept = self.scores.iter().find(|&&score| {
            let at = gone.iter().position(|&other| other == score);
            at.map(|at| gone.swap_remove(at)).is_none()
        });
        let lowest = added
            .iter()
            .map(|edge| edge.score)
            .chain(kept.copied())
            .min();
        let in_use = |side: &Side, end: fn(&Edge) -> u32| {
            let mut ends: Vec<u32> = removed.iter().chain(added).map(end).collect();
            ends.sort_unstable();
            ends.dedup();
            let count = |edges: &[Edge], at| edges.iter().filter(|edge| end(edge) == at).count();
            let change = ends.into_iter().map(|at| {
                let before = side.of(at).len();
                let after = (before + count(added, at)).saturating_sub(count(removed, at));
                i64::from(after > 0) - i64::from(before > 0)
            });
            change.sum::<i64>()
        };
        Facts {
            columns: facts.columns + in_use(&self.columns, |edge| edge.column),
            rows: facts.rows + in_use(&self.rows, |edge| edge.row),
            pairs: facts.pairs + added.len() as i64 - removed.len() as i64,
            lowest: lowest.map_or(0, i64::from),
            total: facts.total + points(added) - points(removed),
        }
    }
}
