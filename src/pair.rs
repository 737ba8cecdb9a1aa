//! Mentor and mentee: the two roles, and two people in them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::ParticipantId;

/// The two roles of a pairing.
///
/// The mentor is the *less* experienced person, who teaches; the mentee the more experienced one, who learns and
/// teaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The junior, who teaches.
    Mentor,
    /// The senior, who learns and teaches back.
    Mentee,
}

impl Role {
    /// The other of the two.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Mentor => Self::Mentee,
            Self::Mentee => Self::Mentor,
        }
    }

    /// `mentor` or `mentee`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Mentor and mentee of one pair, named so that the two never change places by accident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The junior, who teaches.
    pub mentor: ParticipantId,
    /// The senior, who learns and teaches back.
    pub mentee: ParticipantId,
}

impl Pair {
    /// The person in a role.
    #[must_use]
    pub const fn person(&self, role: Role) -> ParticipantId {
        match role {
            Role::Mentor => self.mentor,
            Role::Mentee => self.mentee,
        }
    }
}
