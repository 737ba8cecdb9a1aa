//! The facts of one goal.

use chrono::NaiveDate;

use super::course::{Course, GoalState};
use crate::pair::Role;
use crate::pairing::{Goal, GoalRef, Priority, SharedGoal};
use crate::roster::{Level, Skill};

/// One learning goal: what was set, and everything that became of it.
///
/// `to`, `by` and `priority` are as the goal was set; what holds on a day, with revisions, is [`target`](Self::target),
/// [`due`](Self::due) and [`priority_on`](Self::priority_on).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GoalFacts {
    /// Who learns.
    pub learner: Role,
    /// What.
    pub skill: Skill,
    /// The level at the start.
    pub from: Level,
    /// The level aimed at when it was set: above `from`, except in the log of another system.
    pub to: Level,
    /// The day by which it was to be reached when it was set; `None` for an adopted goal, as logs have no such day.
    pub by: Option<NaiveDate>,
    /// How much it mattered when it was set; normal for an adopted goal.
    pub priority: Priority,
    /// Since when it is a goal: the day of the proposal, or that on which it was added. An adopted goal, since the start.
    pub since: NaiveDate,
    /// What became of it.
    pub course: Course,
}

impl GoalFacts {
    pub(super) fn of(learner: Role, goal: &Goal, since: NaiveDate) -> Self {
        Self {
            learner,
            skill: goal.skill().clone(),
            from: goal.from(),
            to: goal.to(),
            by: Some(goal.by()),
            priority: goal.priority(),
            since,
            course: Course::default(),
        }
    }

    /// Whether this goal is meant, or one before or after it.
    /// A goal of a log, which has neither a day nor a priority; its levels are still to be told.
    pub(crate) fn logged(learner: Role, skill: Skill, since: NaiveDate) -> Self {
        Self {
            learner,
            skill,
            from: Level::NONE,
            to: Level::NONE,
            by: None,
            priority: Priority::default(),
            since,
            course: Course::default(),
        }
    }

    pub(super) fn is(&self, goal: &GoalRef) -> bool {
        matches!(goal, GoalRef::Learning { learner, skill }
            if *learner == self.learner && *skill == self.skill)
    }

    /// What tells it from the others.
    #[must_use]
    pub fn named(&self) -> GoalRef {
        GoalRef::learning(self.learner, self.skill.clone())
    }

    /// The level on a day: the last one found up to it, else that of the start.
    #[must_use]
    pub fn level(&self, on: NaiveDate) -> Level {
        self.course.now(on).found.unwrap_or(self.from)
    }

    /// Every level found, with its day.
    pub fn found(&self) -> impl DoubleEndedIterator<Item = (NaiveDate, Level)> {
        self.course.levels(NaiveDate::MAX)
    }

    /// The level aimed at on a day.
    #[must_use]
    pub fn target(&self, on: NaiveDate) -> Level {
        self.course.now(on).to.unwrap_or(self.to)
    }

    /// The day by which it is to be reached, as it is known on a day.
    #[must_use]
    pub fn due(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.course.by(on).or(self.by)
    }

    /// How much it matters on a day.
    #[must_use]
    pub fn priority_on(&self, on: NaiveDate) -> Priority {
        self.course.priority(on).unwrap_or(self.priority)
    }

    /// Where it stands on a day; `None` before it was set.
    #[must_use]
    pub fn state(&self, on: NaiveDate) -> Option<GoalState> {
        (self.since <= on).then(|| self.course.state(on))
    }
}

/// How a learning goal stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GoalNow {
    pub(crate) state: GoalState,
    pub(crate) level: Level,
    pub(crate) target: Level,
}

impl GoalFacts {
    /// State, level and target on a day at once; `None` before it was set.
    pub(crate) fn now(&self, on: NaiveDate) -> Option<GoalNow> {
        if on < self.since {
            return None;
        }
        let now = self.course.now(on);
        Some(GoalNow {
            state: now.state,
            level: now.found.unwrap_or(self.from),
            target: now.to.unwrap_or(self.to),
        })
    }
}

/// One goal of both: what was set, and everything that became of it.
///
/// What holds on a day, with revisions, is [`due`](Self::due) and [`priority_on`](Self::priority_on).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedGoalFacts {
    /// As it was set.
    pub goal: SharedGoal,
    /// Since when it is a goal: the day of the proposal, or that on which it was added.
    pub since: NaiveDate,
    /// What became of it; no levels.
    pub course: Course,
}

impl SharedGoalFacts {
    pub(super) fn of(goal: &SharedGoal, since: NaiveDate) -> Self {
        Self {
            goal: goal.clone(),
            since,
            course: Course::default(),
        }
    }

    /// Whether this goal is meant, or one before or after it.
    pub(super) fn is(&self, goal: &GoalRef) -> bool {
        matches!(goal, GoalRef::Shared { name } if name == self.goal.name())
    }

    /// What tells it from the others.
    #[must_use]
    pub fn named(&self) -> GoalRef {
        GoalRef::shared(self.goal.name().clone())
    }

    /// The day by which it is to be reached, as it is known on a day.
    #[must_use]
    pub fn due(&self, on: NaiveDate) -> NaiveDate {
        self.course.by(on).unwrap_or(self.goal.by())
    }

    /// How much it matters on a day.
    #[must_use]
    pub fn priority_on(&self, on: NaiveDate) -> Priority {
        self.course.priority(on).unwrap_or(self.goal.priority())
    }

    /// Where it stands on a day; `None` before it was set.
    #[must_use]
    pub fn state(&self, on: NaiveDate) -> Option<GoalState> {
        (self.since <= on).then(|| self.course.state(on))
    }
}
