//! The plan that takes the best edge left, again and again.

use std::cmp::Reverse;

use super::{Assignment, Graph};

/// Takes edges by descending score, ties by edge number, while both ends have a place.
///
/// The result is maximal (no edge can be added) and quick, but may miss half of the pairs: see the example of the
/// [module](super). It proves nothing.
#[must_use]
pub fn greedy(graph: &Graph) -> Assignment {
    let mut order: Vec<_> = (0_u32..).zip(graph.edges()).collect();
    order.sort_unstable_by_key(|&(number, edge)| (Reverse(edge.score), number));
    let mut rows = graph.row_places().to_vec();
    let mut columns = graph.column_places().to_vec();
    let mut chosen = Vec::new();
    let mut total = 0;
    for (number, edge) in order {
        let ends = (
            rows.get_mut(edge.row as usize).filter(|left| **left > 0),
            columns
                .get_mut(edge.column as usize)
                .filter(|left| **left > 0),
        );
        if let (Some(row), Some(column)) = ends {
            *row -= 1;
            *column -= 1;
            chosen.push(number);
            total += u64::from(edge.score);
        }
    }
    chosen.sort_unstable();
    Assignment {
        edges: chosen,
        total,
    }
}
