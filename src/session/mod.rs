//! Two people meet: what is planned, what became of it, and what they gave each other.
//!
//! In come days, instants and outcomes; out come [`SessionFacts`] and [`PlannedSession`]s for the journal. Never true
//! inside: a session held in which nobody taught, or a word of what was said.

mod facts;
mod minutes;
mod outcome;
mod plan;
mod response;
mod taught;
mod time;
mod venue;

use chrono::{DateTime, NaiveDate, Utc};

pub use facts::SessionFacts;
pub use minutes::{Minutes, MinutesError};
pub use outcome::Outcome;
pub use plan::PlannedSession;
pub use response::Response;
pub use taught::{Taught, TaughtBy};
pub use time::Time;
pub use venue::Venue;

pub(crate) use facts::met_at;
pub(crate) use time::may_be_on;

use crate::ids::{PairingId, SessionId};
use crate::pair::{Role, Roles};
use crate::privacy::Confidential;

/// One session of a pairing: what a coordinator may know of it, and a note that only the two may read.
///
/// What goes on record of feedback and recognition is who gave it. It can be noted
/// [later](crate::program::Program::respond), too. The words are not part of a session: what one wrote to the other is
/// an exchange of two sealed answers in [`privacy`](crate::privacy), kept by the host beside the session's id; each reads
/// the other's when both have answered.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::session::{Minutes, Outcome, Session, Taught, Venue};
///
/// let mut ids = SequentialIds::new(1);
/// let (pairing, id) = (PairingId::from_source(&mut ids), SessionId::from_source(&mut ids));
/// let day = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
/// let outcome = Outcome::Held(Taught::both(Minutes::new(50)?));
/// let session = Session::new(id, pairing, day, outcome)
///     .with_venue(Venue::Workplace)
///     .with_feedback_from(Role::Mentor)
///     .with_recognition_from(Role::Mentee)
///     .with_note("we were both late".to_owned());
/// assert!(!format!("{session:?}").contains("late"));
/// # Ok::<(), reverse_mentoring::session::MinutesError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Session {
    facts: SessionFacts,
    note: Option<Confidential<String>>,
}

impl Session {
    /// A session with its outcome.
    #[must_use]
    pub const fn new(
        session: SessionId,
        pairing: PairingId,
        date: NaiveDate,
        result: Outcome,
    ) -> Self {
        Self {
            facts: SessionFacts {
                session,
                pairing,
                date,
                starts: None,
                result,
                venue: None,
                feedback_from: Roles::NONE,
                recognition_from: Roles::NONE,
            },
            note: None,
        }
    }

    /// The instant at which it began. With it the gate sees to it that nobody was in two sessions at once; it refuses one
    /// that cannot be on the session's day.
    #[must_use]
    pub const fn with_start(mut self, starts: DateTime<Utc>) -> Self {
        self.facts.starts = Some(starts);
        self
    }

    /// Where they met, or were to meet.
    #[must_use]
    pub const fn with_venue(mut self, venue: Venue) -> Self {
        self.facts.venue = Some(venue);
        self
    }

    /// Notes that one of the two gave the other feedback.
    #[must_use]
    pub const fn with_feedback_from(mut self, role: Role) -> Self {
        self.facts.feedback_from = self.facts.feedback_from.with(role);
        self
    }

    /// Notes that one of the two recognised what the other can do, or did.
    #[must_use]
    pub const fn with_recognition_from(mut self, role: Role) -> Self {
        self.facts.recognition_from = self.facts.recognition_from.with(role);
        self
    }

    /// Adds a note for the two, sealed for this pairing.
    #[must_use]
    pub fn with_note(mut self, note: String) -> Self {
        self.note = Some(Confidential::seal(self.facts.pairing, note));
        self
    }

    /// What goes on record.
    #[must_use]
    pub const fn facts(&self) -> &SessionFacts {
        &self.facts
    }

    /// The note, for one of the two to read.
    #[must_use]
    pub const fn note(&self) -> Option<&Confidential<String>> {
        self.note.as_ref()
    }
}
