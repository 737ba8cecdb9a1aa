//! Facts: what happened, by the programme's calendar.

mod log;

pub use log::{LoggedGoal, LoggedPairing, LoggedPulse, LoggedSession};
