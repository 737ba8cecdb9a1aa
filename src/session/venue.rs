//! Where they met.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where two people met, or were to meet.
///
/// Kinds of places and no addresses: what is asked is whether juniors and seniors meet where they work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Venue {
    /// Where one of the two works: an office, a shop floor, a site.
    Workplace,
    /// On line.
    Online,
    /// In another place: a café, a walk, a conference.
    Elsewhere,
}

impl Venue {
    /// `workplace`, `online` or `elsewhere`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Workplace => "workplace",
            Self::Online => "online",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// Whether that is at work. On line is not: nobody sees the other's place of work.
    #[must_use]
    pub const fn at_work(self) -> bool {
        matches!(self, Self::Workplace)
    }
}

impl fmt::Display for Venue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
