//! Who would have whom, and how gladly: a rank at each end of each edge.

use std::fmt;
use std::num::NonZeroU32;

use crate::matching::assignment::{Edge, Graph};

/// A place in somebody's order of partners: 1 is the best, equal ranks are a tie, gaps mean nothing.
pub type Rank = NonZeroU32;

/// How the two ends of an edge rank each other; `None` where one end would rather have a free place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ranks {
    /// What the row thinks of the column.
    pub by_row: Option<Rank>,
    /// What the column thinks of the row.
    pub by_column: Option<Rank>,
}

impl Ranks {
    /// Both ranks, where each end accepts the other.
    #[must_use]
    pub fn mutual(self) -> Option<(Rank, Rank)> {
        self.by_row.zip(self.by_column)
    }
}

/// The ranks of every edge of a graph, 8 bytes an edge.
///
/// Whatever is no edge may not be paired, so nothing is said of it. Plain data: any ranks are possible ones.
///
/// ```
/// use std::num::NonZeroU32;
/// use reverse_mentoring::matching::assignment::{Edge, Graph};
/// use reverse_mentoring::matching::stable::{Preferences, Ranks};
///
/// let edges = [0, 1].map(|column| Edge { row: 0, column, score: 0 });
/// let graph = Graph::new(vec![1], vec![1, 1], edges)?;
/// // The row would rather have the later column; only the earlier one accepts it.
/// let preferences = Preferences::new(&graph, |edge| Ranks {
///     by_row: NonZeroU32::new(2 - edge.column),
///     by_column: NonZeroU32::new(1).filter(|_| edge.column == 0),
/// });
/// assert!(preferences.ranks(0).mutual().is_some());
/// assert!(preferences.ranks(1).mutual().is_none());
/// # Ok::<(), reverse_mentoring::matching::assignment::GraphError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Preferences {
    by_row: Vec<Option<Rank>>,
    by_column: Vec<Option<Rank>>,
}

/// How many edges only: who wants whom is for nobody's log.
impl fmt::Debug for Preferences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preferences")
            .field("edges", &self.len())
            .finish_non_exhaustive()
    }
}

impl Preferences {
    /// Asks for the ranks of every edge, in the order of the edges.
    #[must_use]
    pub fn new(graph: &Graph, mut ranks: impl FnMut(Edge) -> Ranks) -> Self {
        let mut preferences = Self {
            by_row: Vec::with_capacity(graph.len()),
            by_column: Vec::with_capacity(graph.len()),
        };
        for edge in graph.edges() {
            let Ranks { by_row, by_column } = ranks(edge);
            preferences.by_row.push(by_row);
            preferences.by_column.push(by_column);
        }
        preferences
    }

    /// From the ranks of every edge, by its number.
    pub(super) fn of(by_row: Vec<Option<Rank>>, by_column: Vec<Option<Rank>>) -> Self {
        Self { by_row, by_column }
    }

    /// The ranks of an edge, by its number; neither accepts the other where there is no such edge.
    #[must_use]
    pub fn ranks(&self, edge: u32) -> Ranks {
        let at = |side: &[Option<Rank>]| side.get(edge as usize).copied().flatten();
        Ranks {
            by_row: at(&self.by_row),
            by_column: at(&self.by_column),
        }
    }

    /// How many edges they speak of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_row.len()
    }

    /// Whether they speak of no edge.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_row.is_empty()
    }
}
