//! The costs of changing each edge of one row or column, from chains of exchanges: no solving, however many edges.
//!
//! A plan that differs from the best one by an edge differs, at the least cost, by one closed chain of exchanges: the
//! row takes the column, the column gives up another row or takes a free place, that row takes another column, and so
//! on back. So the cost of an edge is its own worth and the cheapest chain between its two ends, and the cheapest
//! chains between one end and everybody else are found together, by passing costs on until none falls.
//!
//! Costs are lists in the objective's order, compared from the front: no weights, nothing to overflow. This holds where
//! the worth of a plan is a sum over its edges and over the rows and columns in use; the lowest score of max-min is not.

use super::cost::Cost;
use super::{Assignment, Edge, Graph, Objective};

/// What a chain costs, in the objective's order.
type Toll = [i64; 4];

/// Farther than any chain: what nobody has reached.
const FAR: Toll = [i64::MAX; 4];

fn plus(a: Toll, b: Toll) -> Toll {
    if a == FAR || b == FAR {
        return FAR;
    }
    let mut sum = a;
    for (sum, b) in sum.iter_mut().zip(b) {
        *sum = sum.saturating_add(b);
    }
    sum
}

fn minus(a: Toll) -> Toll {
    a.map(i64::saturating_neg)
}

/// Which way the chains run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From the one end to everybody.
    From,
    /// From everybody to the one end.
    To,
}

/// One end of an edge.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Row(u32),
    Column(u32),
}

/// The plan as a net of exchanges.
pub(super) struct Exchange<'a> {
    graph: &'a Graph,
    objective: Objective,
    plan: &'a Assignment,
    rows: Vec<u32>,
    columns: Vec<u32>,
}

/// The cheapest chains between one end and each row, each column, and any free place.
struct Chains {
    rows: Vec<Toll>,
    columns: Vec<Toll>,
    free: Toll,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(graph: &'a Graph, objective: Objective, plan: &'a Assignment) -> Self {
        let mut rows = vec![0_u32; graph.row_places().len()];
        let mut columns = vec![0_u32; graph.column_places().len()];
        for edge in plan.edges.iter().filter_map(|&edge| graph.edge(edge)) {
            let used = [
                rows.get_mut(edge.row as usize),
                columns.get_mut(edge.column as usize),
            ];
            for used in used.into_iter().flatten() {
                *used += 1;
            }
        }
        Self {
            graph,
            objective,
            plan,
            rows,
            columns,
        }
    }

    /// For each edge of a row or column that leads to places, with its number: what forbidding it costs where the plan
    /// has it, else what insisting on it costs.
    pub(super) fn costs(&self, end: End) -> Vec<(u32, Cost)> {
        let (to, from) = (self.chains(end, Way::To), self.chains(end, Way::From));
        let mut next = self.plan.edges.iter().copied().peekable();
        let mut costs = Vec::new();
        for (number, edge) in (0_u32..).zip(self.graph.edges()) {
            let chosen = next.next_if_eq(&number).is_some();
            let here = match end {
                End::Row(row) => edge.row == row,
                End::Column(column) => edge.column == column,
            };
            if !here {
                continue;
            }
            // Insisting closes a chain from the column back to the row, forbidding one from the row to the column.
            let back = match (end, chosen) {
                (End::Row(_), false) => at(&to.columns, edge.column),
                (End::Row(_), true) => at(&from.columns, edge.column),
                (End::Column(_), false) => at(&from.rows, edge.row),
                (End::Column(_), true) => at(&to.rows, edge.row),
            };
            let own = self.toll(edge);
            let toll = plus(if chosen { own } else { minus(own) }, back);
            if toll != FAR {
                costs.push((number, Cost::from_order(self.objective, toll)));
            }
        }
        costs
    }

    /// What an edge is worth.
    fn toll(&self, edge: Edge) -> Toll {
        let worth = Cost {
            pairs: 1,
            score: i64::from(edge.score),
            ..Cost::NONE
        };
        worth.in_order(self.objective)
    }

    /// What a row or a column in use is worth.
    fn in_use(&self) -> (Toll, Toll) {
        if self.objective != Objective::MostPeople {
            return ([0; 4], [0; 4]);
        }
        let (mut row, mut column) = (Cost::NONE, Cost::NONE);
        (row.rows, column.columns) = (1, 1);
        (
            row.in_order(self.objective),
            column.in_order(self.objective),
        )
    }

    /// Passes tolls on along the chains until none falls. A best plan has no closed chain that gains, so a cheapest chain
    /// visits nobody twice, and each round carries it on by a link at the least.
    fn chains(&self, end: End, way: Way) -> Chains {
        let mut chains = Chains {
            rows: vec![FAR; self.rows.len()],
            columns: vec![FAR; self.columns.len()],
            free: FAR,
        };
        match end {
            End::Row(row) => lower(&mut chains.rows, row, [0; 4]),
            End::Column(column) => lower(&mut chains.columns, column, [0; 4]),
        };
        for _ in 0..self.rows.len() + self.columns.len() + 2 {
            if !self.pass_on(&mut chains, way) {
                break;
            }
        }
        chains
    }

    /// One round; whether a toll fell.
    fn pass_on(&self, chains: &mut Chains, way: Way) -> bool {
        let mut fell = false;
        let mut next = self.plan.edges.iter().copied().peekable();
        for (number, edge) in (0_u32..).zip(self.graph.edges()) {
            let chosen = next.next_if_eq(&number).is_some();
            let own = self.toll(edge);
            let (row, column) = (at(&chains.rows, edge.row), at(&chains.columns, edge.column));
            // An edge outside the plan leads from its row to its column, one of the plan back.
            fell |= match (way, chosen) {
                (Way::From, false) => {
                    lower(&mut chains.columns, edge.column, plus(row, minus(own)))
                }
                (Way::From, true) => lower(&mut chains.rows, edge.row, plus(column, own)),
                (Way::To, false) => lower(&mut chains.rows, edge.row, plus(column, minus(own))),
                (Way::To, true) => lower(&mut chains.columns, edge.column, plus(row, own)),
            };
        }
        let (row, column) = self.in_use();
        // A free place is taken by a row at the end of a chain that runs into it, and by a column at the start of one
        // that leaves it; a place that is given up, the other way.
        let (taken_by_row, taken_by_column) = (way == Way::To, way == Way::From);
        let rows = self.rows.iter().zip(self.graph.row_places());
        let tolls = chains.rows.iter_mut().zip(rows);
        for (toll, (&used, &places)) in tolls {
            fell |= through_free(toll, &mut chains.free, used, places, row, taken_by_row);
        }
        let columns = self.columns.iter().zip(self.graph.column_places());
        let tolls = chains.columns.iter_mut().zip(columns);
        for (toll, (&used, &places)) in tolls {
            fell |= through_free(
                toll,
                &mut chains.free,
                used,
                places,
                column,
                taken_by_column,
            );
        }
        fell
    }
}

/// Passes tolls on between somebody and the free places; whether one fell.
///
/// Where `taken` leads to the free places, somebody's taking one is priced from their toll to that of the free places;
/// giving one up is priced the other way.
fn through_free(
    toll: &mut Toll,
    free: &mut Toll,
    used: u32,
    places: u32,
    in_use: Toll,
    taken: bool,
) -> bool {
    let none = [0; 4];
    let mut fell = false;
    if used < places {
        let price = if used == 0 { minus(in_use) } else { none };
        fell |= match taken {
            true => fall(free, plus(*toll, price)),
            false => fall(toll, plus(*free, price)),
        };
    }
    if used > 0 {
        let price = if used == 1 { in_use } else { none };
        fell |= match taken {
            true => fall(toll, plus(*free, price)),
            false => fall(free, plus(*toll, price)),
        };
    }
    fell
}

fn at(tolls: &[Toll], at: u32) -> Toll {
    tolls.get(at as usize).copied().unwrap_or(FAR)
}

fn lower(tolls: &mut [Toll], at: u32, toll: Toll) -> bool {
    tolls
        .get_mut(at as usize)
        .is_some_and(|known| fall(known, toll))
}

fn fall(known: &mut Toll, toll: Toll) -> bool {
    let falls = toll < *known;
    if falls {
        *known = toll;
    }
    falls
}
