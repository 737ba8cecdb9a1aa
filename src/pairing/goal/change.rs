//! Which goal, and what happens to it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Goal, Priority, SharedGoal};
use crate::pair::Role;
use crate::roster::{Level, Skill};
use crate::text::{Label, Quoted};

/// A goal of a pairing by what tells it from the others: whose it is and in which skill, or its name.
///
/// After a goal was dropped another may take its place in the same skill or under the same name; on any day the words
/// mean the one that was set last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum GoalRef {
    /// A learning goal of one side.
    Learning {
        /// Whose.
        learner: Role,
        /// In what.
        skill: Skill,
    },
    /// A goal of both.
    Shared {
        /// Its name.
        name: Label,
    },
}

impl GoalRef {
    /// The goal of a learner in a skill.
    #[must_use]
    pub const fn learning(learner: Role, skill: Skill) -> Self {
        Self::Learning { learner, skill }
    }

    /// The shared goal of a name.
    #[must_use]
    pub const fn shared(name: Label) -> Self {
        Self::Shared { name }
    }
}

/// One line for messages: "the mentee's goal in …" or "the shared goal …", the name [quoted](Quoted).
impl fmt::Display for GoalRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Learning { learner, skill } => {
                write!(f, "the {learner}'s goal in {}", Quoted(skill.as_str()))
            }
            Self::Shared { name } => write!(f, "the shared goal {}", Quoted(name.as_str())),
        }
    }
}

/// A goal that a pairing takes on after its proposal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NewGoal {
    /// A learning goal of one side.
    Learning {
        /// Whose.
        learner: Role,
        /// What.
        goal: Goal,
    },
    /// A goal of both.
    Shared {
        /// What.
        goal: SharedGoal,
    },
}

impl NewGoal {
    /// What tells it from the others.
    #[must_use]
    pub fn named(&self) -> GoalRef {
        match self {
            Self::Learning { learner, goal } => GoalRef::learning(*learner, goal.skill().clone()),
            Self::Shared { goal } => GoalRef::shared(goal.name().clone()),
        }
    }

    /// The day by which it is to be reached.
    #[must_use]
    pub const fn by(&self) -> NaiveDate {
        match self {
            Self::Learning { goal, .. } => goal.by(),
            Self::Shared { goal } => goal.by(),
        }
    }
}

/// Why a goal was given up. No words: those stay with the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DropReason {
    /// Nobody wants it any more.
    NotWanted,
    /// Another goal has taken its place.
    Replaced,
    /// It cannot be reached in this pairing.
    OutOfReach,
    /// Anything else.
    Other,
}

impl DropReason {
    /// A stable code: `not_wanted`, `replaced`, `out_of_reach`, `other`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotWanted => "not_wanted",
            Self::Replaced => "replaced",
            Self::OutOfReach => "out_of_reach",
            Self::Other => "other",
        }
    }
}

/// What happens to a goal after it was set.
///
/// ```
/// use reverse_mentoring::pairing::GoalChange;
/// use reverse_mentoring::roster::Level;
///
/// let change = GoalChange::CheckedIn { level: Level::new(2)? };
/// assert_eq!(serde_json::to_string(&change).unwrap(), r#"{"change":"checked_in","level":2}"#);
/// # Ok::<(), reverse_mentoring::roster::SkillError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
#[serde(tag = "change", rename_all = "snake_case")]
#[non_exhaustive]
pub enum GoalChange {
    /// The learner is at a level.
    CheckedIn {
        /// The level now.
        level: Level,
    },
    /// It is reached.
    Achieved,
    /// It is to be reached at another level, by another day, or matters more or less. What is not named stays.
    Revised {
        /// The level aimed at from now on.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Level>,
        /// The day by which it is to be reached from now on.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<NaiveDate>,
        /// How much it matters from now on.
        #[serde(skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
    },
    /// It is given up.
    Dropped {
        /// Why.
        reason: DropReason,
    },
    /// It was achieved or dropped, and is a goal again; also what puts right an entry that said so by mistake.
    Reopened,
}

/// How a [`GoalChange`] is read: as it is written. The empty braces are there because serde lets unknown fields of a
/// variant without any pass.
#[derive(Deserialize)]
#[serde(
    remote = "GoalChange",
    tag = "change",
    rename_all = "snake_case",
    deny_unknown_fields
)]
enum Wire {
    CheckedIn {
        level: Level,
    },
    Achieved {},
    Revised {
        #[serde(default)]
        to: Option<Level>,
        #[serde(default)]
        by: Option<NaiveDate>,
        #[serde(default)]
        priority: Option<Priority>,
    },
    Dropped {
        reason: DropReason,
    },
    Reopened {},
}

impl<'de> Deserialize<'de> for GoalChange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Wire::deserialize(deserializer)
    }
}

impl GoalChange {
    /// A revision of the level aimed at.
    #[must_use]
    pub const fn revised_to(to: Level) -> Self {
        Self::Revised {
            to: Some(to),
            by: None,
            priority: None,
        }
    }

    /// A revision of the day by which it is to be reached.
    #[must_use]
    pub const fn revised_by(by: NaiveDate) -> Self {
        Self::Revised {
            to: None,
            by: Some(by),
            priority: None,
        }
    }

    /// A revision of how much it matters.
    #[must_use]
    pub const fn revised_priority(priority: Priority) -> Self {
        Self::Revised {
            to: None,
            by: None,
            priority: Some(priority),
        }
    }

    /// A stable code: `checked_in`, `achieved`, `revised`, `dropped`, `reopened`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckedIn { .. } => "checked_in",
            Self::Achieved => "achieved",
            Self::Revised { .. } => "revised",
            Self::Dropped { .. } => "dropped",
            Self::Reopened => "reopened",
        }
    }
}
