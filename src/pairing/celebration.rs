//! What may be told of a pairing, if both agree.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that two people may be proud of. Telling it wins those who hesitate; it is told only while both agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Occasion {
    /// They met for the first time.
    FirstSession,
    /// They call a goal achieved, of one of them or of both.
    GoalAchieved,
    /// They came to the end as planned.
    Completed,
}

impl Occasion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::FirstSession, Self::GoalAchieved, Self::Completed];

    /// `first_session`, `goal_achieved` or `completed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstSession => "first_session",
            Self::GoalAchieved => "goal_achieved",
            Self::Completed => "completed",
        }
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
