//! What "best" means.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

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
#[error("no objective is called `{}`; there are `most-pairs`, `best-score`, `max-min` and `most-people`", .text.escape_debug())]
pub struct ParseObjectiveError {
    text: String,
}
