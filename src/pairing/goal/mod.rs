//! What the two want to reach: learning goals of each side, taught by the other, and goals of both together.
//!
//! In come wishes that the other serves, or goals written by hand; out come [`TwoWayGoals`] for a proposal and what can
//! be recorded of them later. Never true inside: goals of one side only, a goal that does not rise, one without a day.

mod change;
mod learning;
mod priority;
mod shared;
mod two_way;

use chrono::{Days, NaiveDate};

pub use change::{DropReason, GoalChange, GoalRef, NewGoal};
pub use learning::Goal;
pub use priority::Priority;
pub use shared::SharedGoal;
pub use two_way::{GoalsError, TwoWayGoals};

/// So many days after the proposal a drafted goal is to be reached, unless the host says otherwise or the cohort closes
/// before: half a year, the time of six monthly sessions.
pub const GOAL_DAYS: u64 = 180;

/// The day by which goals that are drafted on a day are to be reached: [`GOAL_DAYS`] later.
#[must_use]
pub fn due_by_default(drafted: NaiveDate) -> NaiveDate {
    let due = drafted.checked_add_days(Days::new(GOAL_DAYS));
    due.unwrap_or(NaiveDate::MAX)
}
