//! The checker's first half: whether a plan is one for its graph, and what it adds up to.

use super::{Assignment, Flaw, Graph};

/// What a plan adds up to, counted from the graph.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) pairs: i128,
    pub(super) total: i128,
    pub(super) rows: i128,
    pub(super) columns: i128,
    /// The lowest score of a pair; `u32::MAX` without pairs.
    pub(super) lowest: u32,
}

impl Tally {
    /// Counts, and refuses a plan that is not one for this graph.
    pub(super) fn new(graph: &Graph, plan: &Assignment) -> Result<Self, Flaw> {
        let mut rows = vec![0; graph.row_places().len()];
        let mut columns = vec![0; graph.column_places().len()];
        let (mut total, mut lowest, mut last) = (0, u32::MAX, None);
        for &number in &plan.edges {
            let edge = graph
                .edge(number)
                .ok_or(Flaw::UnknownEdge { edge: number })?;
            if last == Some(number) {
                return Err(Flaw::EdgeTwice { edge: number });
            }
            if last > Some(number) {
                return Err(Flaw::NotAscending { edge: number });
            }
            fill(&mut rows, graph.row_places(), edge.row)
                .ok_or(Flaw::RowOverfull { row: edge.row })?;
            fill(&mut columns, graph.column_places(), edge.column).ok_or(Flaw::ColumnOverfull {
                column: edge.column,
            })?;
            // Ascending numbers of existing edges: fewer than 2^32 scores below 2^30.
            total += u64::from(edge.score);
            lowest = lowest.min(edge.score);
            last = Some(number);
        }
        if total != plan.total {
            return Err(Flaw::WrongTotal {
                claimed: plan.total,
                actual: total,
            });
        }
        Ok(Self {
            pairs: plan.edges.len() as i128,
            total: i128::from(total),
            rows: in_use(&rows),
            columns: in_use(&columns),
            lowest,
        })
    }
}

impl Assignment {
    /// Whether this is a plan for a graph: known edges, ascending, once each, within the places, with the right total.
    ///
    /// # Errors
    ///
    /// The first [`Flaw`].
    pub fn check(&self, graph: &Graph) -> Result<(), Flaw> {
        Tally::new(graph, self).map(drop)
    }
}

/// Fills one more place, if there is one.
fn fill(used: &mut [u32], places: &[u32], index: u32) -> Option<()> {
    let used = used.get_mut(index as usize)?;
    let places = places.get(index as usize)?;
    (*used < *places).then(|| *used += 1)
}

fn in_use(used: &[u32]) -> i128 {
    used.iter().filter(|&&pairs| pairs > 0).count() as i128
}
