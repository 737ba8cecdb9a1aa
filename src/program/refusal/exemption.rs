//! Why the gate does not let something about exemptions pass.

use chrono::NaiveDate;

use crate::ids::{PairingId, ParticipantId};

/// One thing that stands against an exemption, its end, or something that rests on one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExemptionProblem {
    /// Nobody has exempted them, or not yet on that day.
    #[error("participant {mentee} is not exempted from links of management on {on}")]
    NotExempted {
        /// Who.
        mentee: ParticipantId,
        /// The day of the entry.
        on: NaiveDate,
    },
    /// An exemption of somebody who has one.
    #[error("participant {0} is exempted from links of management already")]
    AlreadyExempted(ParticipantId),
    /// A reorganisation that lets a pairing go on which no exemption excuses.
    #[error("pairing {0} would go on over a line of management without an exemption")]
    NotExcused(PairingId),
    /// A reorganisation that holds a pairing up which an exemption excuses.
    #[error("pairing {0} would be held up, though its mentee is exempted from the link")]
    Excused(PairingId),
    /// An exemption, or the end of one, that leaves out a pairing that hangs on it.
    #[error("pairing {0} hangs on the exemption, and the entry leaves it out")]
    HangsOnExemption(PairingId),
    /// An exemption, or the end of one, that names a pairing that does not hang on it.
    #[error("pairing {0} does not hang on the exemption, and the entry names it")]
    NotOnExemption(PairingId),
}
