//! A plan as a net of exchanges: who could take whom, who would give up whom, and at what toll.

use super::cost::Cost;
use super::exchange::{Toll, minus};
use super::{Assignment, Graph, Objective};

/// Which way chains of exchanges run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From one end to everybody.
    From,
    /// From everybody to one end.
    To,
}

/// Whom a chain visits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Row(u32),
    Column(u32),
    /// The free places of both sides: whoever takes one ends a chain there, whoever gives a place up begins one.
    Free,
}

/// The plan, laid out by rows and by columns.
///
/// Links run from a row over an edge outside the plan to a column, from a column over an edge of the plan to a row, from
/// the free places to a row that takes one and from a column that takes one, and from a row or to a column that gives
/// one up.
pub(super) struct Net<'a> {
    graph: &'a Graph,
    objective: Objective,
    rows: Side,
    columns: Side,
    /// Whether the plan has each edge.
    chosen: Vec<bool>,
    /// The edges of each column as (number, row, score), all columns one after the other, and where each begins.
    by_column: Vec<(u32, u32, u32)>,
    start: Vec<usize>,
}

/// How many places of each are used, and how many there are; what the first one in use is worth.
struct Side {
    used: Vec<u32>,
    places: Vec<u32>,
    in_use: Toll,
}

impl Side {
    fn new(places: &[u32], in_use: Toll) -> Self {
        Self {
            used: vec![0; places.len()],
            places: places.to_vec(),
            in_use,
        }
    }

    fn take(&mut self, at: u32) {
        if let Some(used) = self.used.get_mut(at as usize) {
            *used = used.saturating_add(1);
        }
    }

    /// The toll of taking a free place, if there is one.
    fn take_one(&self, at: u32) -> Option<Toll> {
        let (used, places) = (self.used.get(at as usize)?, self.places.get(at as usize)?);
        let first = if *used == 0 {
            minus(self.in_use)
        } else {
            [0; 4]
        };
        (used < places).then_some(first)
    }

    /// The toll of giving a place up, if one is used.
    fn give_up(&self, at: u32) -> Option<Toll> {
        let used = self.used.get(at as usize)?;
        let last = if *used == 1 { self.in_use } else { [0; 4] };
        (*used > 0).then_some(last)
    }

    fn all(&self) -> impl Iterator<Item = u32> {
        (0_u32..).zip(&self.used).map(|(at, _)| at)
    }
}

impl<'a> Net<'a> {
    pub(super) fn new(graph: &'a Graph, objective: Objective, plan: &'a Assignment) -> Self {
        let none = [0; 4];
        let (row, column) = match objective {
            Objective::MostPeople => ([0, 1, 0, 0], [1, 0, 0, 0]),
            _ => (none, none),
        };
        let mut rows = Side::new(graph.row_places(), row);
        let mut columns = Side::new(graph.column_places(), column);
        let mut chosen = vec![false; graph.len()];
        for &number in &plan.edges {
            if let Some((edge, chosen)) = graph.edge(number).zip(chosen.get_mut(number as usize)) {
                *chosen = true;
                rows.take(edge.row);
                columns.take(edge.column);
            }
        }
        let mut start = vec![0; graph.column_places().len() + 1];
        for edge in graph.edges() {
            if let Some(count) = start.get_mut(edge.column as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for begin in &mut start {
            sum += *begin;
            *begin = sum;
        }
        let mut next = start.clone();
        let mut by_column = vec![(0, 0, 0); graph.len()];
        for (number, edge) in (0_u32..).zip(graph.edges()) {
            if let Some(at) = next.get_mut(edge.column as usize) {
                if let Some(place) = by_column.get_mut(*at) {
                    *place = (number, edge.row, edge.score);
                }
                *at += 1;
            }
        }
        Self {
            graph,
            objective,
            rows,
            columns,
            chosen,
            by_column,
            start,
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.used.len()
    }

    pub(super) fn columns(&self) -> usize {
        self.columns.used.len()
    }

    /// What an edge of this score is worth.
    pub(super) const fn worth(&self, score: u32) -> Toll {
        let cost = Cost {
            pairs: 1,
            score: score as i64,
            ..Cost::NONE
        };
        cost.in_order(self.objective)
    }

    /// Tells each edge of a row or column: its number, its other end, its score and whether the plan has it.
    pub(super) fn edges_of(&self, end: Node, mut tell: impl FnMut(u32, Node, u32, bool)) {
        let has = |number: u32| self.chosen.get(number as usize).copied().unwrap_or(false);
        match end {
            Node::Row(row) => {
                for (number, column, score) in self.graph.row(row) {
                    tell(number, Node::Column(column), score, has(number));
                }
            }
            Node::Column(column) => {
                let at = |column: usize| self.start.get(column).copied().unwrap_or(0);
                let (from, to) = (at(column as usize), at(column as usize + 1));
                for &(number, row, score) in self.by_column.get(from..to).unwrap_or_default() {
                    tell(number, Node::Row(row), score, has(number));
                }
            }
            Node::Free => {}
        }
    }

    /// Tells everybody who is one link further on, and the toll of the link.
    pub(super) fn neighbours(&self, node: Node, way: Way, mut tell: impl FnMut(Node, Toll)) {
        match (node, way) {
            (Node::Row(_) | Node::Column(_), _) => {
                // Away from a row, and back to a column, run the edges outside the plan; the others, those of the plan.
                let outside = matches!(
                    (node, way),
                    (Node::Row(_), Way::From) | (Node::Column(_), Way::To)
                );
                self.edges_of(node, |_, other, score, chosen| {
                    if chosen != outside {
                        let worth = self.worth(score);
                        tell(other, if chosen { worth } else { minus(worth) });
                    }
                });
                if let Some(toll) = self.to_free(node, way) {
                    tell(Node::Free, toll);
                }
            }
            (Node::Free, way) => {
                // A link to the free places is one from them for chains that run the other way.
                let back = match way {
                    Way::From => Way::To,
                    Way::To => Way::From,
                };
                let rows = self.rows.all().map(Node::Row);
                for node in rows.chain(self.columns.all().map(Node::Column)) {
                    if let Some(toll) = self.to_free(node, back) {
                        tell(node, toll);
                    }
                }
            }
        }
    }

    /// The toll of the link between somebody and the free places: from them, or, where chains run to an end, to them.
    fn to_free(&self, node: Node, way: Way) -> Option<Toll> {
        match (node, way) {
            (Node::Row(row), Way::From) => self.rows.give_up(row),
            (Node::Row(row), Way::To) => self.rows.take_one(row),
            (Node::Column(column), Way::From) => self.columns.take_one(column),
            (Node::Column(column), Way::To) => self.columns.give_up(column),
            (Node::Free, _) => None,
        }
    }
}
