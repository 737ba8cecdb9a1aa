//! What happened when two people were to meet.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::pair::Role;

/// Who taught in a session. A pairing shifts roles: the senior teaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaughtBy {
    /// The junior.
    Mentor,
    /// The senior.
    Mentee,
    /// Both, half of the time each.
    Both,
}

impl TaughtBy {
    /// `mentor`, `mentee` or `both`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Both => "both",
        }
    }

    /// Half minutes that a role taught of a session of `minutes`.
    #[must_use]
    pub const fn half_minutes(self, role: Role, minutes: Minutes) -> u64 {
        let whole = minutes.0 as u64;
        match (self, role) {
            (Self::Both, _) => whole,
            (Self::Mentor, Role::Mentor) | (Self::Mentee, Role::Mentee) => 2 * whole,
            _ => 0,
        }
    }
}

impl fmt::Display for TaughtBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How long a session lasted: 1 to 1,440 minutes.
// INVARIANT (minutes): 1..=1440. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Minutes(u16);

/// Not a length of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} minutes is not between 1 and 1440")]
pub struct MinutesError(
    /// What was given.
    pub u16,
);

impl Minutes {
    /// A length of 1 to 1,440 minutes.
    ///
    /// # Errors
    ///
    /// [`MinutesError`] outside the range.
    pub const fn new(minutes: u16) -> Result<Self, MinutesError> {
        if minutes == 0 || minutes > 1440 {
            return Err(MinutesError(minutes));
        }
        Ok(Self(minutes))
    }

    /// The number of minutes.
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Minutes {
    type Error = MinutesError;

    fn try_from(minutes: u16) -> Result<Self, MinutesError> {
        Self::new(minutes)
    }
}

impl From<Minutes> for u16 {
    fn from(minutes: Minutes) -> Self {
        minutes.0
    }
}

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// They met.
    Held {
        /// For how long.
        minutes: Minutes,
        /// Who taught.
        taught_by: TaughtBy,
    },
    /// Called off beforehand.
    Cancelled {
        /// By whom, where it is known.
        by: Option<Role>,
    },
    /// Somebody did not come.
    Missed {
        /// Who, where it is known.
        by: Option<Role>,
    },
}

impl Outcome {
    /// Whether they met.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Held { .. })
    }
}
