//! Learning goals, at least one each way.

use serde::{Deserialize, Serialize};

use crate::eligibility::EligiblePair;
use crate::pair::Role;
use crate::roster::{Level, Skill, SkillError, Wish};

/// What one of the two wants to reach: a skill, from a level to a higher one, taught by the other.
///
/// A wish that a pairing has made its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "GoalWire", into = "GoalWire")]
pub struct Goal(Wish);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoalWire {
    skill: Skill,
    from: Level,
    to: Level,
}

impl Goal {
    /// A goal in `skill` from level `from` up to level `to`.
    ///
    /// # Errors
    ///
    /// [`SkillError::NotRising`] where `to` ≤ `from`.
    pub fn new(skill: Skill, from: Level, to: Level) -> Result<Self, SkillError> {
        Wish::of(skill, from, to).map(Self)
    }

    /// What is to be learnt.
    #[must_use]
    pub const fn skill(&self) -> &Skill {
        self.0.skill()
    }

    /// The level at the start.
    #[must_use]
    pub const fn from(&self) -> Level {
        self.0.from()
    }

    /// The level aimed at.
    #[must_use]
    pub const fn to(&self) -> Level {
        self.0.to()
    }
}

impl TryFrom<GoalWire> for Goal {
    type Error = SkillError;

    fn try_from(wire: GoalWire) -> Result<Self, SkillError> {
        Self::new(wire.skill, wire.from, wire.to)
    }
}

impl From<Goal> for GoalWire {
    fn from(goal: Goal) -> Self {
        Self {
            skill: goal.skill().clone(),
            from: goal.from(),
            to: goal.to(),
        }
    }
}

/// Goals of both: there is no one-way form.
///
/// ```
/// use reverse_mentoring::pairing::{Goal, TwoWayGoals};
/// use reverse_mentoring::roster::{Level, Skill};
///
/// let goal = |skill: &str, from, to| -> Result<Goal, Box<dyn std::error::Error>> {
///     Ok(Goal::new(Skill::new(skill)?, Level::new(from)?, Level::new(to)?)?)
/// };
/// let goals = TwoWayGoals::new([goal("budgeting", 0, 3)?], [goal("short video", 1, 4)?])?;
/// assert_eq!(goals.mentor().len() + goals.mentee().len(), 2);
///
/// let error = TwoWayGoals::new([], [goal("short video", 1, 4)?]).unwrap_err();
/// assert_eq!(error.to_string(), "the mentor has no learning goal: goals go both ways");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (two-way): at least one goal on each side, no skill twice on a side. Kept by `new` and `draft`; loading calls `new`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "GoalsWire", into = "GoalsWire")]
pub struct TwoWayGoals {
    mentor: Vec<Goal>,
    mentee: Vec<Goal>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoalsWire {
    mentor: Vec<Goal>,
    mentee: Vec<Goal>,
}

/// Why goals do not make a pairing two-way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoalsError {
    /// One side would only give.
    #[error("the {0} has no learning goal: goals go both ways")]
    OneWay(Role),
    /// A side has the same skill twice.
    #[error("the {role} has two goals in `{skill}`")]
    Twice {
        /// Whose.
        role: Role,
        /// In what.
        skill: Skill,
    },
}

impl TwoWayGoals {
    /// What the mentor wants to learn, and what the mentee wants to learn.
    ///
    /// # Errors
    ///
    /// [`GoalsError`] where a side has none, or one skill twice.
    pub fn new(
        mentor: impl IntoIterator<Item = Goal>,
        mentee: impl IntoIterator<Item = Goal>,
    ) -> Result<Self, GoalsError> {
        let side = |role, goals: Vec<Goal>| {
            if goals.is_empty() {
                return Err(GoalsError::OneWay(role));
            }
            let repeated = goals.iter().enumerate().find(|(n, goal)| {
                let before = goals.iter().take(*n);
                before
                    .into_iter()
                    .any(|other| other.skill() == goal.skill())
            });
            match repeated {
                Some((_, goal)) => Err(GoalsError::Twice {
                    role,
                    skill: goal.skill().clone(),
                }),
                None => Ok(goals),
            }
        };
        Ok(Self {
            mentor: side(Role::Mentor, mentor.into_iter().collect())?,
            mentee: side(Role::Mentee, mentee.into_iter().collect())?,
        })
    }

    /// A goal for every wish that the other serves, up to the level that this teacher reaches.
    ///
    /// The proof of eligibility has at least one wish each way, so a draft is always two-way.
    #[must_use]
    pub fn draft(proof: &EligiblePair) -> Self {
        let side = |role| {
            let served = proof.learning().iter().filter(|l| l.learner == role);
            // What is served rises by definition, so no wish is lost here.
            let goals = served.map(|l| Goal::new(l.skill.clone(), l.from, l.to));
            goals.filter_map(Result::ok).collect()
        };
        Self {
            mentor: side(Role::Mentor),
            mentee: side(Role::Mentee),
        }
    }

    /// What the mentor wants to learn, taught by the mentee.
    #[must_use]
    pub fn mentor(&self) -> &[Goal] {
        &self.mentor
    }

    /// What the mentee wants to learn, taught by the mentor.
    #[must_use]
    pub fn mentee(&self) -> &[Goal] {
        &self.mentee
    }

    /// What somebody in a role wants to learn.
    #[must_use]
    pub fn of(&self, learner: Role) -> &[Goal] {
        match learner {
            Role::Mentor => &self.mentor,
            Role::Mentee => &self.mentee,
        }
    }
}

impl TryFrom<GoalsWire> for TwoWayGoals {
    type Error = GoalsError;

    fn try_from(wire: GoalsWire) -> Result<Self, GoalsError> {
        Self::new(wire.mentor, wire.mentee)
    }
}

impl From<TwoWayGoals> for GoalsWire {
    fn from(goals: TwoWayGoals) -> Self {
        Self {
            mentor: goals.mentor,
            mentee: goals.mentee,
        }
    }
}
