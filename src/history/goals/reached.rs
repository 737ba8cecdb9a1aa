//! What came of the goals when a pairing was completed.

use chrono::NaiveDate;

use super::GoalBook;
use super::course::GoalState;
use crate::history::facts::{Ending, PairingFacts};
use crate::pair::Role;

/// Whose learning goals were reached in a pairing that was completed.
///
/// A side has reached its goals where it has achieved at least one and none is open. What was dropped does not stand
/// against it: the two may learn that they want something else. A shared goal is neither's, and does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalsReached {
    /// Those of both: win-win.
    Both,
    /// Those of one side; goals of the other are open.
    Only(Role),
    /// Goals of both are open.
    Neither,
}

impl GoalsReached {
    /// Whether both gained what they wanted.
    #[must_use]
    pub const fn is_win_win(self) -> bool {
        matches!(self, Self::Both)
    }
}

impl GoalBook {
    /// Whether a goal of a side, or of both, is achieved on a day.
    #[must_use]
    pub fn has_achieved(&self, on: NaiveDate) -> bool {
        let learning = self.learning.iter().filter_map(|goal| goal.state(on));
        let shared = self.shared.iter().filter_map(|goal| goal.state(on));
        let mut states = learning.chain(shared);
        states.any(|state| state == GoalState::Achieved)
    }

    /// Whether a side has achieved at least one goal by a day, and has none open.
    #[must_use]
    pub fn reached(&self, learner: Role, on: NaiveDate) -> bool {
        let states = self.side(learner).filter_map(|goal| goal.state(on));
        let (mut achieved, mut open) = (false, false);
        for state in states {
            achieved |= state == GoalState::Achieved;
            open |= state.is_open();
        }
        achieved && !open
    }
}

impl PairingFacts {
    /// Whose learning goals are reached, read on a day; `None` unless the pairing has been completed by then.
    ///
    /// Completing with goals open is legal. What is recorded afterwards, while the record is open, changes the reading from
    /// the day on which it is dated: goals that the two find achieved at their closing review count from then on.
    #[must_use]
    pub fn goals_reached(&self, as_of: NaiveDate) -> Option<GoalsReached> {
        let completed =
            |&(day, ending): &(NaiveDate, Ending)| ending.is_completed() && day <= as_of;
        self.ended.filter(completed)?;
        let sides = [Role::Mentor, Role::Mentee].map(|side| self.goals.reached(side, as_of));
        Some(match sides {
            [true, true] => GoalsReached::Both,
            [true, false] => GoalsReached::Only(Role::Mentor),
            [false, true] => GoalsReached::Only(Role::Mentee),
            [false, false] => GoalsReached::Neither,
        })
    }

    /// Whether it was completed with the goals of both reached, read on a day; `None` unless it has been completed by then.
    #[must_use]
    pub fn win_win(&self, as_of: NaiveDate) -> Option<bool> {
        self.goals_reached(as_of).map(GoalsReached::is_win_win)
    }
}
