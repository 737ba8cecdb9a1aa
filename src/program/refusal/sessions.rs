//! Why a session cannot be planned, moved, or answered to.

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::SessionId;
use crate::pair::Role;
use crate::session::{Response, Time};

/// One thing that stands against a session that is planned, moved, recorded at a time, or answered to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SessionProblem {
    /// No such session.
    #[error("there is no session {0} of this pairing")]
    Unknown(SessionId),
    /// An id that stands for something.
    #[error("session {0} is on record already: correct it instead")]
    IdTaken(SessionId),
    /// An id that stands for a planned session of this pairing.
    #[error("session {0} is planned already: move it instead")]
    AlreadyPlanned(SessionId),
    /// Nothing of that id is planned.
    #[error("session {0} of this pairing is not planned")]
    NotPlanned(SessionId),
    /// Moved before it was planned.
    #[error("session {session} cannot be moved on {on}: it was planned on {planned}")]
    MovedBefore {
        /// Which.
        session: SessionId,
        /// The day of the move.
        on: NaiveDate,
        /// The day of the planning.
        planned: NaiveDate,
    },
    /// Moved to where it stands.
    #[error("session {0} is planned for that very time")]
    NotMoved(SessionId),
    /// Only what is on record can be corrected or answered to.
    #[error("session {0} is planned, and nothing is on record of it yet")]
    OnlyPlanned(SessionId),
    /// Planned for a day that has passed.
    #[error("a session on {date} cannot be planned on {on}, a later day")]
    PlannedBefore {
        /// The day of the session.
        date: NaiveDate,
        /// The day of the planning.
        on: NaiveDate,
    },
    /// Nothing is planned in a pairing that is over.
    #[error("the pairing ended on {0}, so nothing can be planned")]
    NothingToPlan(NaiveDate),
    /// An instant and a day that have nothing in common on any clock.
    #[error("{starts} is not on {date} by any clock")]
    NotOnDay {
        /// The instant.
        starts: DateTime<Utc>,
        /// The day of the session.
        date: NaiveDate,
    },
    /// The same person, at the same time, in another session.
    #[error("the {role} is in session {session} then, from {} to {}", .at.starts, .at.ends())]
    Overlap {
        /// Who, by their role in this pairing.
        role: Role,
        /// The other session, of this pairing or another.
        session: SessionId,
        /// When that is.
        at: Time,
    },
    /// On record already.
    #[error("{response} from the {from} for session {session} is on record already")]
    AlreadyResponded {
        /// For which session.
        session: SessionId,
        /// Who.
        from: Role,
        /// What.
        response: Response,
    },
    /// Given for something that had not happened.
    #[error("{response} on {on} is before the session on {session}")]
    RespondedBefore {
        /// What.
        response: Response,
        /// The day on which it was given.
        on: NaiveDate,
        /// The day of the session.
        session: NaiveDate,
    },
}
