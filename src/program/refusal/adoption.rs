//! Why the gate does not let something about adopted pairings pass.

use chrono::NaiveDate;

use crate::ids::{PairingId, SessionId};
use crate::pairing::EndReason;

/// One thing that stands against adopting, deciding or regularising.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdoptionProblem {
    /// There is nothing to adopt.
    #[error("no pairing is adopted")]
    NothingAdopted,
    /// After the last day on which an adopted pairing may go on as it is, or a deadline that is past already.
    #[error("{on} is after the deadline of the adoption on {deadline}")]
    DeadlinePast {
        /// The day of the entry, or of the session.
        on: NaiveDate,
        /// The deadline.
        deadline: NaiveDate,
    },
    /// An adopted pairing whose goals are not those that it claims to have or to lack.
    #[error("pairing {0} has goals of both, or lacks them, against what it claims")]
    GoalsOnRecord(PairingId),
    /// A session that knows its instant: logs know days, so that nobody can be in two places.
    #[error("session {0} of a log has an instant")]
    Instant(SessionId),
    /// Not an adopted pairing that is open and not regularised.
    #[error("pairing {0} is no adopted pairing that waits for a decision")]
    NotAdopted(PairingId),
    /// A step, but for a pause and its end, of a pairing that is adopted and not regularised.
    #[error(
        "pairing {0} is adopted: before it is regularised, the two can pause and resume, and a decision can end it"
    )]
    NotRegularised(PairingId),
    /// A decision to go on where nothing held it up.
    #[error("pairing {0} is not held up")]
    NotHeldUp(PairingId),
    /// The end of a pause where there is none.
    #[error("pairing {0} is not paused")]
    NotPaused(PairingId),
    /// A reorganisation, or a pause, that holds up an adopted pairing a second time.
    #[error("pairing {0} is held up already")]
    HeldUpAlready(PairingId),
    /// A reason that nobody can give for the end of an adopted pairing, or not now.
    #[error("an adopted pairing does not end as `{}`", .0.as_str())]
    NoReasonToEnd(EndReason),
    /// Regularised and not begun: the agreement comes first.
    #[error("it was regularised on {0}: both sign, and they begin, before they meet again")]
    NotBegunAgain(NaiveDate),
    /// Regularised with other people.
    #[error("pairing {0} is one of other people")]
    OtherPeople(PairingId),
}
