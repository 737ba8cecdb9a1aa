//! What the two want to reach: learning goals of each side, taught by the other, and goals of both together.
//!
//! In come wishes that the other serves, or goals written by hand; out come [`TwoWayGoals`] for a proposal and what can
//! be recorded of them later. Never true inside: goals of one side only, a goal that does not rise, one without a day.

mod change;
mod learning;
mod priority;
mod shared;
mod two_way;

pub use change::{DropReason, GoalChange, GoalRef, NewGoal};
pub use learning::Goal;
pub use priority::Priority;
pub use shared::SharedGoal;
pub use two_way::{GoalsError, TwoWayGoals};
