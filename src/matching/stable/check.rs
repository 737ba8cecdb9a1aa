//! The check of stability. Shares no code with deferred acceptance: it looks at every pair and at nothing else.

use super::preferences::Preferences;
use crate::matching::assignment::Graph;

/// How stable a plan is under some preferences: all pairs looked at, one by one.
///
/// ```
/// use std::num::NonZeroU32;
/// use reverse_mentoring::matching::assignment::{Edge, Graph};
/// use reverse_mentoring::matching::stable::{Preferences, Ranks, Stability};
///
/// let edges = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| Edge { row, column, score: 0 });
/// let graph = Graph::new(vec![1, 1], vec![1, 1], edges)?;
/// // Everybody prefers the first of the other side.
/// let preferences = Preferences::new(&graph, |edge| Ranks {
///     by_row: NonZeroU32::new(edge.column + 1),
///     by_column: NonZeroU32::new(edge.row + 1),
/// });
/// assert!(Stability::of(&graph, &preferences, &[0, 3]).is_stable());
/// // The two first would rather have each other.
/// let crossed = Stability::of(&graph, &preferences, &[1, 2]);
/// assert_eq!((crossed.mutual_pairs, crossed.unwanted_pairs, crossed.blocking_pairs), (4, 0, 1));
/// # Ok::<(), reverse_mentoring::matching::assignment::GraphError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stability {
    /// Eligible pairs of two who accept each other: only they can be paired, or block.
    pub mutual_pairs: u64,
    /// Pairs of the plan of which one does not accept the other.
    pub unwanted_pairs: u64,
    /// Pairs outside the plan of two who both would rather have each other.
    pub blocking_pairs: u64,
}

impl Stability {
    /// Looks at every edge of a graph, where those of these numbers are chosen.
    ///
    /// Whether the choice is a plan at all, [`Assignment::check`](crate::matching::assignment::Assignment::check) says;
    /// here an edge that is named twice or is not there counts for nothing.
    #[must_use]
    pub fn of(graph: &Graph, preferences: &Preferences, chosen: &[u32]) -> Self {
        let mut is_chosen = vec![false; graph.len()];
        let mut rows = vec![End::default(); graph.row_places().len()];
        let mut columns = vec![End::default(); graph.column_places().len()];
        for &number in chosen {
            let (Some(edge), Some(mark)) = (graph.edge(number), is_chosen.get_mut(number as usize))
            else {
                continue;
            };
            if !std::mem::replace(mark, true) {
                let ranks = preferences.ranks(number);
                let ends = [
                    (rows.get_mut(edge.row as usize), ranks.by_row),
                    (columns.get_mut(edge.column as usize), ranks.by_column),
                ];
                for (end, rank) in ends {
                    if let Some(end) = end {
                        end.filled += 1;
                        // Whoever is not accepted is worse than anybody who is.
                        end.worst = end.worst.max(rank.map_or(u32::MAX, u32::from));
                    }
                }
            }
        }
        let would = |ends: &[End], places: &[u32], at: u32, rank: u32| {
            let (end, places) = (ends.get(at as usize), places.get(at as usize));
            end.zip(places)
                .is_some_and(|(end, &places)| end.would(rank, places))
        };
        let mut found = Self {
            mutual_pairs: 0,
            unwanted_pairs: 0,
            blocking_pairs: 0,
        };
        for ((number, edge), is_chosen) in (0u32..).zip(graph.edges()).zip(is_chosen) {
            let ranks = preferences.ranks(number);
            let (Some(by_row), Some(by_column)) = (ranks.by_row, ranks.by_column) else {
                found.unwanted_pairs += u64::from(is_chosen);
                continue;
            };
            found.mutual_pairs += 1;
            let blocks = !is_chosen
                && would(&rows, graph.row_places(), edge.row, by_row.get())
                && would(
                    &columns,
                    graph.column_places(),
                    edge.column,
                    by_column.get(),
                );
            found.blocking_pairs += u64::from(blocks);
        }
        found
    }

    /// Whether everybody accepts whom they have and nobody would rather have each other.
    #[must_use]
    pub const fn is_stable(&self) -> bool {
        self.unwanted_pairs == 0 && self.blocking_pairs == 0
    }
}

/// What a row or a column has in a plan.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    filled: u32,
    /// The rank of the worst partner, 0 without one.
    worst: u32,
}

impl End {
    /// Whether it would take one more of this rank, giving up its worst partner if it must.
    const fn would(self, rank: u32, places: u32) -> bool {
        self.filled < places || rank < self.worst
    }
}
