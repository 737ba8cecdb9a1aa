//! A learning goal of one of the two.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Priority;
use crate::roster::{Level, Skill, SkillError, Wish};

/// What one of the two wants to reach: a skill, from a level to a higher one, by a day, taught by the other.
///
/// A wish that a pairing has made its own.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::pairing::{Goal, Priority};
/// use reverse_mentoring::roster::{Level, Skill};
///
/// let by = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
/// let goal = Goal::new(Skill::new("short video")?, Level::new(1)?, Level::new(4)?, by)?;
/// assert_eq!(goal.priority(), Priority::Normal);
/// assert_eq!(goal.with_priority(Priority::High).priority(), Priority::High);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "GoalWire", into = "GoalWire")]
pub struct Goal {
    wish: Wish,
    by: NaiveDate,
    priority: Priority,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct GoalWire {
    skill: Skill,
    from: Level,
    to: Level,
    by: NaiveDate,
    priority: Priority,
}

impl Goal {
    /// A goal in `skill` from level `from` up to level `to`, to be reached by a day, of normal priority.
    ///
    /// # Errors
    ///
    /// [`SkillError::NotRising`] where `to` ≤ `from`.
    pub fn new(skill: Skill, from: Level, to: Level, by: NaiveDate) -> Result<Self, SkillError> {
        Ok(Self {
            wish: Wish::of(skill, from, to)?,
            by,
            priority: Priority::default(),
        })
    }

    /// The same goal with another priority.
    #[must_use]
    pub fn with_priority(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }

    /// What is to be learnt.
    #[must_use]
    pub const fn skill(&self) -> &Skill {
        self.wish.skill()
    }

    /// The level at the start.
    #[must_use]
    pub const fn from(&self) -> Level {
        self.wish.from()
    }

    /// The level aimed at.
    #[must_use]
    pub const fn to(&self) -> Level {
        self.wish.to()
    }

    /// The day by which it is to be reached.
    #[must_use]
    pub const fn by(&self) -> NaiveDate {
        self.by
    }

    /// How much it matters.
    #[must_use]
    pub const fn priority(&self) -> Priority {
        self.priority
    }
}

impl TryFrom<GoalWire> for Goal {
    type Error = SkillError;

    fn try_from(wire: GoalWire) -> Result<Self, SkillError> {
        let goal = Self::new(wire.skill, wire.from, wire.to, wire.by)?;
        Ok(goal.with_priority(wire.priority))
    }
}

impl From<Goal> for GoalWire {
    fn from(goal: Goal) -> Self {
        Self {
            from: goal.from(),
            to: goal.to(),
            skill: goal.wish.skill().clone(),
            by: goal.by,
            priority: goal.priority,
        }
    }
}
