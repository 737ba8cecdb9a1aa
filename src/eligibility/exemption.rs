//! Why somebody is exempted from links of management.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a programme exempts a named mentee from links of three levels or more: a code, so that a journal needs no text.
///
/// There is no "other": an exception to a core invariant has one of these grounds, or is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExemptionReason {
    /// The company is one tree, and they are its top: everybody stands below them.
    OneTree,
    /// The programme runs in a part of the company, and they head it: everybody who takes part as a mentor stands below them.
    HeadsAllMentors,
}

impl ExemptionReason {
    /// The stable code: `one_tree` or `heads_all_mentors`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneTree => "one_tree",
            Self::HeadsAllMentors => "heads_all_mentors",
        }
    }
}

impl fmt::Display for ExemptionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
