//! Goals of both sides, and those that they share.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Goal, SharedGoal};
use crate::eligibility::EligiblePair;
use crate::pair::Role;
use crate::roster::Skill;
use crate::text::{Label, Quoted};

/// Goals of both: there is no one-way form.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::pairing::{Goal, SharedGoal, TwoWayGoals};
/// use reverse_mentoring::roster::{Level, Skill};
/// use reverse_mentoring::text::Label;
///
/// let by = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
/// let goal = |skill: &str, from, to| -> Result<Goal, Box<dyn std::error::Error>> {
///     Ok(Goal::new(Skill::new(skill)?, Level::new(from)?, Level::new(to)?, by)?)
/// };
/// let goals = TwoWayGoals::new([goal("budgeting", 0, 3)?], [goal("short video", 1, 4)?])?
///     .with_shared([SharedGoal::new(Label::new("a talk at the town hall")?, by)])?;
/// assert_eq!(goals.mentor().len() + goals.mentee().len() + goals.shared().len(), 3);
///
/// let error = TwoWayGoals::new([], [goal("short video", 1, 4)?]).unwrap_err();
/// assert_eq!(error.to_string(), "the mentor has no learning goal: goals go both ways");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (two-way): at least one goal on each side, no skill twice on a side, no name twice among the shared ones. Kept
// by `new`, `with_shared` and `draft`; loading calls the first two.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "GoalsWire", into = "GoalsWire")]
pub struct TwoWayGoals {
    mentor: Vec<Goal>,
    mentee: Vec<Goal>,
    shared: Vec<SharedGoal>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct GoalsWire {
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    mentor: Vec<Goal>,
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    mentee: Vec<Goal>,
    shared: Vec<SharedGoal>,
}

/// Why goals do not make a pairing two-way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoalsError {
    /// One side would only give.
    #[error("the {0} has no learning goal: goals go both ways")]
    OneWay(Role),
    /// A side has the same skill twice.
    #[error("the {role} has two goals in {}", Quoted(skill.as_str()))]
    Twice {
        /// Whose.
        role: Role,
        /// In what.
        skill: Skill,
    },
    /// A shared goal is there twice.
    #[error("there are two shared goals {}", Quoted(.0.as_str()))]
    SharedTwice(Label),
}

impl TwoWayGoals {
    /// What the mentor wants to learn, and what the mentee wants to learn; nothing shared.
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
            match repeated(&goals, |goal| goal.skill()) {
                Some(goal) => Err(GoalsError::Twice {
                    role,
                    skill: goal.skill().clone(),
                }),
                None => Ok(goals),
            }
        };
        Ok(Self {
            mentor: side(Role::Mentor, mentor.into_iter().collect())?,
            mentee: side(Role::Mentee, mentee.into_iter().collect())?,
            shared: Vec::new(),
        })
    }

    /// The same with these shared goals.
    ///
    /// # Errors
    ///
    /// [`GoalsError::SharedTwice`] where one name is there twice.
    pub fn with_shared(
        self,
        shared: impl IntoIterator<Item = SharedGoal>,
    ) -> Result<Self, GoalsError> {
        let shared: Vec<_> = shared.into_iter().collect();
        if let Some(goal) = repeated(&shared, |goal| goal.name()) {
            return Err(GoalsError::SharedTwice(goal.name().clone()));
        }
        Ok(Self { shared, ..self })
    }

    /// A goal for every wish that the other serves, up to the level that this teacher reaches, by a day.
    ///
    /// The proof of eligibility has at least one wish each way, so a draft is always two-way. Nothing is shared in it, and
    /// every goal has the normal priority: a roster knows wishes by their skills and not in an order of theirs, and the
    /// size of a gap says how much is missing, not how much it matters. Which goal comes first, the two say.
    #[must_use]
    pub fn draft(proof: &EligiblePair, by: NaiveDate) -> Self {
        let side = |role| {
            let served = proof.learning().iter().filter(|l| l.learner == role);
            // What is served rises by definition, so no wish is lost here.
            let goals = served.map(|l| Goal::new(l.skill.clone(), l.from, l.to, by));
            goals.filter_map(Result::ok).collect()
        };
        Self {
            mentor: side(Role::Mentor),
            mentee: side(Role::Mentee),
            shared: Vec::new(),
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

    /// What they want to bring about together; often nothing.
    #[must_use]
    pub fn shared(&self) -> &[SharedGoal] {
        &self.shared
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
        Self::new(wire.mentor, wire.mentee)?.with_shared(wire.shared)
    }
}

impl From<TwoWayGoals> for GoalsWire {
    fn from(goals: TwoWayGoals) -> Self {
        Self {
            mentor: goals.mentor,
            mentee: goals.mentee,
            shared: goals.shared,
        }
    }
}

/// The first that has what one before it has.
fn repeated<T, K: PartialEq>(all: &[T], key: impl Fn(&T) -> &K) -> Option<&T> {
    let mut each = all.iter().enumerate();
    let repeated = each.find(|(n, one)| all.iter().take(*n).any(|other| key(other) == key(one)));
    repeated.map(|(_, one)| one)
}
