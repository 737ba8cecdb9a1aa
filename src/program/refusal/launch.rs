//! Why the gate does not let a cohort be launched by a charter.

use chrono::NaiveDate;

use crate::roster::Hours;

/// One thing that stands against a launch by this charter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LaunchProblem {
    /// The days of the cohort are not within those of the charter.
    #[error(
        "a cohort from {launch} to {close} is outside the days of the charter, {starts} to {ends}"
    )]
    OutsideCharter {
        /// The planned launch.
        launch: NaiveDate,
        /// The planned close.
        close: NaiveDate,
        /// The charter's first day.
        starts: NaiveDate,
        /// Its last.
        ends: NaiveDate,
    },
    /// A pairing takes more time than anybody is given.
    #[error("a pairing takes {load} hours a month, and the charter gives {month}")]
    Budget {
        /// What a pairing takes.
        load: Hours,
        /// What the charter gives.
        month: Hours,
    },
}
