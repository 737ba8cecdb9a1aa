//! What "best" means.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::{Graph, Unit};

/// What the solver aims at. Each objective is a list of criteria; a later one only decides between plans that are
/// equal in all earlier ones.
///
/// Rows are mentors, columns are mentees. Written and read as `most-pairs`, `best-score`, `max-min`, `most-people`.
///
/// ```
/// use reverse_mentoring::matching::assignment::Objective;
///
/// let objective: Objective = "max-min".parse()?;
/// assert_eq!(objective, Objective::MaxMin);
/// assert_eq!(objective.to_string(), "max-min");
/// assert_eq!(Objective::default(), Objective::MostPairs);
/// # Ok::<(), reverse_mentoring::matching::assignment::ParseObjectiveError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Objective {
    /// Most pairs, then the highest total.
    #[default]
    MostPairs,
    /// The highest total, then most pairs.
    BestScore,
    /// Most pairs, then the highest lowest score of a pair, then the highest total.
    MaxMin,
    /// Most columns with a pair, then most rows with a pair, then most pairs, then the highest total.
    MostPeople,
}

impl Objective {
    /// All objectives, in the order of their declaration.
    pub const ALL: [Self; 4] = [
        Self::MostPairs,
        Self::BestScore,
        Self::MaxMin,
        Self::MostPeople,
    ];

    /// The name, as written and read.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MostPairs => "most-pairs",
            Self::BestScore => "best-score",
            Self::MaxMin => "max-min",
            Self::MostPeople => "most-people",
        }
    }
}

impl Objective {
    /// Whether the first criterion comes to the number of pairs: also for most-people, where nobody has two places.
    pub(super) fn counts_pairs_first(self, graph: &Graph) -> bool {
        let one_each = || {
            let mut places = graph.row_places().iter().chain(graph.column_places());
            places.all(|&places| places <= 1)
        };
        match self {
            Self::MostPairs | Self::MaxMin => true,
            Self::BestScore => false,
            Self::MostPeople => one_each(),
        }
    }
}

impl Unit {
    /// The unit of most-people: a pair outweighs all points, a row all pairs and a column all rows.
    pub(super) fn people(graph: &Graph) -> Self {
        // `Graph` made sure that none of these can overflow.
        let limit = i128::from(graph.pair_limit());
        let points = limit * i128::from(graph.highest_score());
        let pair = points + 1;
        let row = pair * limit + points + 1;
        let column = row * graph.row_places().len() as i128 + row;
        Self {
            point: 1,
            pair,
            row,
            column,
        }
    }
}

impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Objective {
    type Err = ParseObjectiveError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|objective| objective.as_str() == text)
            .ok_or_else(|| ParseObjectiveError {
                text: text.to_owned(),
            })
    }
}

/// A text that names no [`Objective`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no objective is called `{}`; there are `most-pairs`, `best-score`, `max-min` and `most-people`", shown(.text))]
pub struct ParseObjectiveError {
    text: String,
}

/// On one line, and no more than its beginning.
fn shown(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.by_ref().take(80);
    let mut shown: String = first.flat_map(char::escape_debug).collect();
    if rest.next().is_some() {
        shown.push('…');
    }
    shown
}
