//! The goals of a pairing as they are on record: what was set, and everything that became of it.
//!
//! In come goals and dated changes; out come level, target, day, priority and state of each on any day. Changes stand in
//! the order of their days, those of one day in the order in which they were recorded, and a day is read with all that is
//! on record of it: what was recorded late is read as if it had been known at once.

mod course;
mod facts;
mod reached;
mod rules;

use chrono::NaiveDate;

pub use course::{Course, GoalState};
pub use facts::{GoalFacts, SharedGoalFacts};
pub use reached::GoalsReached;
pub use rules::GoalProblem;
pub(crate) use rules::against_day;

use crate::pair::Role;
use crate::pairing::{GoalChange, GoalRef, NewGoal, TwoWayGoals};

/// All goals of a pairing, those that were dropped too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct GoalBook {
    /// Learning goals: as proposed, the mentor's first, then those that were added.
    pub learning: Vec<GoalFacts>,
    /// Goals of both: as proposed, then those that were added.
    pub shared: Vec<SharedGoalFacts>,
}

impl GoalBook {
    /// The goals with which a pairing is proposed on a day.
    pub(crate) fn of(goals: &TwoWayGoals, on: NaiveDate) -> Self {
        let sides = [Role::Mentor, Role::Mentee].into_iter();
        let learning = sides.flat_map(|learner| {
            let goals = goals.of(learner).iter();
            goals.map(move |goal| GoalFacts::of(learner, goal, on))
        });
        let shared = goals.shared().iter();
        Self {
            learning: learning.collect(),
            shared: shared.map(|goal| SharedGoalFacts::of(goal, on)).collect(),
        }
    }

    /// The learning goals of one side.
    pub fn side(&self, learner: Role) -> impl Iterator<Item = &GoalFacts> {
        self.learning
            .iter()
            .filter(move |goal| goal.learner == learner)
    }

    /// Whether a goal of the pairing is meant on a day.
    #[must_use]
    pub fn knows(&self, goal: &GoalRef, on: NaiveDate) -> bool {
        match goal {
            GoalRef::Learning { .. } => self.find_learning(goal, on).is_some(),
            GoalRef::Shared { .. } => self.find_shared(goal, on).is_some(),
        }
    }

    /// The place of the learning goal that is meant on a day: the last that was set by then.
    fn find_learning(&self, goal: &GoalRef, on: NaiveDate) -> Option<usize> {
        let there = |facts: &GoalFacts| facts.is(goal) && facts.since <= on;
        self.learning.iter().rposition(there)
    }

    /// The place of the shared goal that is meant on a day.
    fn find_shared(&self, goal: &GoalRef, on: NaiveDate) -> Option<usize> {
        let there = |facts: &SharedGoalFacts| facts.is(goal) && facts.since <= on;
        self.shared.iter().rposition(there)
    }

    /// Takes a goal on.
    pub(crate) fn add(&mut self, goal: &NewGoal, on: NaiveDate) {
        match goal {
            NewGoal::Learning { learner, goal } => {
                self.learning.push(GoalFacts::of(*learner, goal, on));
            }
            NewGoal::Shared { goal } => self.shared.push(SharedGoalFacts::of(goal, on)),
        }
    }

    /// Notes what happened to a goal. Total: nothing where no goal is meant.
    pub(crate) fn change(&mut self, goal: &GoalRef, change: GoalChange, on: NaiveDate) {
        let course = match goal {
            GoalRef::Learning { .. } => self
                .find_learning(goal, on)
                .and_then(|at| self.learning.get_mut(at))
                .map(|facts| &mut facts.course),
            GoalRef::Shared { .. } => self
                .find_shared(goal, on)
                .and_then(|at| self.shared.get_mut(at))
                .map(|facts| &mut facts.course),
        };
        if let Some(course) = course {
            course.insert(on, change);
        }
    }

    /// The day of the latest check-in.
    pub(crate) fn checked_in(&self) -> Option<NaiveDate> {
        let courses = self.learning.iter().map(|goal| &goal.course);
        courses.filter_map(Course::checked_in).max()
    }
}
