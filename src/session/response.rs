//! What one of the two gave the other after a session.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What one of the two gave the other for a session: on record is that they did, never in which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Response {
    /// Feedback: what was good, and what to do otherwise.
    Feedback,
    /// Recognition: they acknowledged what the other can do, or did.
    Recognition,
}

impl Response {
    /// `feedback` or `recognition`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Feedback => "feedback",
            Self::Recognition => "recognition",
        }
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
