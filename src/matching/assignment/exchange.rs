//! The costs of changing each edge of one row or column, from chains of exchanges: no solving, however many edges.
//!
//! A plan that differs from the best one by an edge differs, at the least cost, by one closed chain of exchanges: the
//! row takes the column, the column gives up another row or takes a free place, that row takes another column, and so
//! on back. So the cost of an edge is its own worth and the cheapest chain between its two ends, and the cheapest
//! chains between one end and everybody else are found together.
//!
//! Tolls are lists in the objective's order, compared from the front: no weights, nothing to overflow. The prices of
//! the certificate only say whom to look at next; with the prices of a best plan hardly anybody is looked at twice.
//! All this holds where the worth of a plan is a sum over its edges and over the rows and columns in use; the lowest
//! score of max-min is not.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cost::Cost;
use super::net::{Net, Node, Way};
use super::sensitivity::Reading;
use super::{Assignment, Graph, Objective};

/// What a chain costs, in the objective's order.
pub(super) type Toll = [i64; 4];

/// Farther than any chain: whom nobody has reached.
const FAR: Toll = [i64::MAX; 4];

/// The cheapest chains between one end and everybody else.
struct Chains {
    rows: Vec<Toll>,
    columns: Vec<Toll>,
    free: Toll,
}

impl Chains {
    fn toll(&self, node: Node) -> Toll {
        let toll = match node {
            Node::Row(row) => self.rows.get(row as usize),
            Node::Column(column) => self.columns.get(column as usize),
            Node::Free => Some(&self.free),
        };
        toll.copied().unwrap_or(FAR)
    }

    /// Lowers a toll; whether it fell.
    fn lower(&mut self, node: Node, toll: Toll) -> bool {
        let known = match node {
            Node::Row(row) => self.rows.get_mut(row as usize),
            Node::Column(column) => self.columns.get_mut(column as usize),
            Node::Free => Some(&mut self.free),
        };
        known.is_some_and(|known| {
            let falls = toll < *known;
            if falls {
                *known = toll;
            }
            falls
        })
    }
}

/// For each edge of a row or column that leads to places, by its number: what forbidding it costs where the plan has
/// it, else what insisting on it costs.
pub(super) fn costs(
    graph: &Graph,
    objective: Objective,
    plan: &Assignment,
    reading: &Reading,
    end: Node,
) -> Vec<(u32, Cost)> {
    let net = Net::new(graph, objective, plan);
    let (to, from) = (
        chains(&net, reading, end, Way::To),
        chains(&net, reading, end, Way::From),
    );
    let mut costs = Vec::new();
    net.edges_of(end, |number, other, score, chosen| {
        // Insisting closes a chain from the column back to the row, forbidding one from the row to the column.
        let back = match (end, chosen) {
            (Node::Row(_), false) | (Node::Column(_), true) => to.toll(other),
            _ => from.toll(other),
        };
        if back != FAR {
            let own = net.worth(score);
            let toll = plus(if chosen { own } else { minus(own) }, back);
            costs.push((number, Cost::from_order(objective, toll)));
        }
    });
    costs.sort_unstable_by_key(|(number, _)| *number);
    costs
}

/// Passes tolls on until none falls; a best plan has no closed chain that gains, so this ends.
fn chains(net: &Net<'_>, reading: &Reading, end: Node, way: Way) -> Chains {
    let mut chains = Chains {
        rows: vec![FAR; net.rows()],
        columns: vec![FAR; net.columns()],
        free: FAR,
    };
    // What is left of a toll once both ends have paid their prices: never below 0 for the prices of a best plan.
    let rank = |node: Node, toll: Toll| {
        let paid = match node {
            Node::Row(row) => reading.row(row),
            Node::Column(column) => reading.column(column).saturating_neg(),
            Node::Free => 0,
        };
        match way {
            Way::From => reading.worth(toll).saturating_sub(paid),
            Way::To => reading.worth(toll).saturating_add(paid),
        }
    };
    let mut next = BinaryHeap::new();
    chains.lower(end, [0; 4]);
    next.push(Reverse((rank(end, [0; 4]), end, [0; 4])));
    while let Some(Reverse((_, node, toll))) = next.pop() {
        if toll != chains.toll(node) {
            continue; // it has fallen since
        }
        net.neighbours(node, way, |other, price| {
            let toll = plus(toll, price);
            if chains.lower(other, toll) {
                next.push(Reverse((rank(other, toll), other, toll)));
            }
        });
    }
    chains
}

/// Within `i64`: a chain visits nobody twice, and fewer than 2³³ links cost at most 2³⁰ each.
fn plus(mut a: Toll, b: Toll) -> Toll {
    for (a, b) in a.iter_mut().zip(b) {
        *a = a.saturating_add(b);
    }
    a
}

pub(super) fn minus(a: Toll) -> Toll {
    a.map(i64::saturating_neg)
}
