//! The goals of a pairing as a record has them, and back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::history::{Course, GoalBook};
use crate::pair::Role;
use crate::pairing::{Goal, GoalChange, GoalRef, GoalsError, NewGoal, SharedGoal, TwoWayGoals};

/// Each goal with what became of it, in the order of the [`GoalBook`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct GoalsRecord {
    pub(in crate::program) learning: Vec<LearningRecord>,
    pub(in crate::program) shared: Vec<SharedRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct LearningRecord {
    pub(in crate::program) learner: Role,
    pub(in crate::program) goal: Goal,
    /// `None` for a goal of the proposal.
    pub(in crate::program) added_on: Option<NaiveDate>,
    pub(in crate::program) changes: Vec<ChangeRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct SharedRecord {
    pub(in crate::program) goal: SharedGoal,
    /// `None` for a goal of the proposal.
    pub(in crate::program) added_on: Option<NaiveDate>,
    pub(in crate::program) changes: Vec<ChangeRecord>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct ChangeRecord {
    pub(in crate::program) on: NaiveDate,
    pub(in crate::program) change: GoalChange,
}

/// One goal of either kind in a record.
pub(in crate::program) struct Recorded<'r> {
    pub(in crate::program) goal: GoalRef,
    pub(in crate::program) added_on: Option<NaiveDate>,
    pub(in crate::program) changes: &'r [ChangeRecord],
}

impl GoalsRecord {
    /// What is on record of goals, of which those of the proposal come first.
    pub(in crate::program) fn of(book: &GoalBook, proposed: &TwoWayGoals) -> Self {
        let first = proposed.mentor().len() + proposed.mentee().len();
        let learning = book.learning.iter().enumerate().filter_map(|(at, goal)| {
            let (skill, from, to) = (goal.skill.clone(), goal.from, goal.to);
            // Whatever passed the gate rises and has a day.
            let recorded = Goal::new(skill, from, to, goal.by?).ok()?;
            Some(LearningRecord {
                learner: goal.learner,
                goal: recorded.with_priority(goal.priority),
                added_on: (at >= first).then_some(goal.since),
                changes: changes(&goal.course),
            })
        });
        let first = proposed.shared().len();
        let shared = book.shared.iter().enumerate();
        let shared = shared.map(|(at, goal)| SharedRecord {
            goal: goal.goal.clone(),
            added_on: (at >= first).then_some(goal.since),
            changes: changes(&goal.course),
        });
        Self {
            learning: learning.collect(),
            shared: shared.collect(),
        }
    }

    /// The goals of the proposal.
    pub(in crate::program) fn proposed(&self) -> Result<TwoWayGoals, GoalsError> {
        let of = |role| {
            let goals = self.learning.iter();
            let goals = goals.filter(move |g| g.learner == role && g.added_on.is_none());
            goals.map(|g| g.goal.clone())
        };
        let shared = self.shared.iter().filter(|g| g.added_on.is_none());
        TwoWayGoals::new(of(Role::Mentor), of(Role::Mentee))?
            .with_shared(shared.map(|g| g.goal.clone()))
    }

    /// The same as a book, of a pairing that was proposed on a day. What stands out of order is left out: it is refused.
    pub(in crate::program) fn book(&self, proposed_on: NaiveDate) -> GoalBook {
        let mut book = GoalBook::default();
        for goal in &self.learning {
            let new = NewGoal::Learning {
                learner: goal.learner,
                goal: goal.goal.clone(),
            };
            book.add(&new, goal.added_on.unwrap_or(proposed_on));
            if let Some(facts) = book.learning.last_mut() {
                facts.course = course(&goal.changes).unwrap_or_default();
            }
        }
        for goal in &self.shared {
            let new = NewGoal::Shared {
                goal: goal.goal.clone(),
            };
            book.add(&new, goal.added_on.unwrap_or(proposed_on));
            if let Some(facts) = book.shared.last_mut() {
                facts.course = course(&goal.changes).unwrap_or_default();
            }
        }
        book
    }

    /// The goals of the proposal that stand after one that was added.
    pub(in crate::program) fn misplaced(&self) -> Vec<GoalRef> {
        let misplaced = |kind: fn(&GoalRef) -> bool| {
            let goals = self.iter().filter(move |g| kind(&g.goal));
            let from_first_added = goals.skip_while(|g| g.added_on.is_none());
            from_first_added.filter(|g| g.added_on.is_none())
        };
        let learning = misplaced(|goal| matches!(goal, GoalRef::Learning { .. }));
        let shared = misplaced(|goal| matches!(goal, GoalRef::Shared { .. }));
        learning.chain(shared).map(|g| g.goal).collect()
    }

    /// Every goal, learning goals first.
    pub(in crate::program) fn iter(&self) -> impl Iterator<Item = Recorded<'_>> {
        let learning = self.learning.iter().map(|g| Recorded {
            goal: GoalRef::learning(g.learner, g.goal.skill().clone()),
            added_on: g.added_on,
            changes: &g.changes,
        });
        let shared = self.shared.iter().map(|g| Recorded {
            goal: GoalRef::shared(g.goal.name().clone()),
            added_on: g.added_on,
            changes: &g.changes,
        });
        learning.chain(shared)
    }
}

fn changes(course: &Course) -> Vec<ChangeRecord> {
    let changes = course.iter();
    changes
        .map(|(on, change)| ChangeRecord { on, change })
        .collect()
}

/// The changes in their order; `None` where a day stands after a later one.
pub(in crate::program) fn course(changes: &[ChangeRecord]) -> Option<Course> {
    Course::of(changes.iter().map(|c| (c.on, c.change)))
}
