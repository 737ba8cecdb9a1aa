//! What happened when two people were to meet.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{PairingId, SessionId};
use crate::pair::Role;
use crate::privacy::Confidential;

/// Who taught in a session. A pairing shifts roles: the senior teaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TaughtBy {
    /// The junior.
    Mentor,
    /// The senior.
    Mentee,
    /// Both, half of the time each.
    Both,
}

impl TaughtBy {
    /// `mentor`, `mentee` or `both`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Both => "both",
        }
    }

    /// Half minutes that a role taught of a session of `minutes`.
    #[must_use]
    pub const fn half_minutes(self, role: Role, minutes: Minutes) -> u64 {
        let whole = minutes.0 as u64;
        match (self, role) {
            (Self::Both, _) => whole,
            (Self::Mentor, Role::Mentor) | (Self::Mentee, Role::Mentee) => 2 * whole,
            _ => 0,
        }
    }
}

impl fmt::Display for TaughtBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How long a session lasted: 1 to 1,440 minutes.
// INVARIANT (minutes): 1..=1440. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Minutes(u16);

/// Not a length of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} minutes is not between 1 and 1440")]
pub struct MinutesError(
    /// What was given.
    pub u16,
);

impl Minutes {
    /// A length of 1 to 1,440 minutes.
    ///
    /// # Errors
    ///
    /// [`MinutesError`] outside the range.
    pub const fn new(minutes: u16) -> Result<Self, MinutesError> {
        if minutes == 0 || minutes > 1440 {
            return Err(MinutesError(minutes));
        }
        Ok(Self(minutes))
    }

    /// The number of minutes.
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Minutes {
    type Error = MinutesError;

    fn try_from(minutes: u16) -> Result<Self, MinutesError> {
        Self::new(minutes)
    }
}

impl From<Minutes> for u16 {
    fn from(minutes: Minutes) -> Self {
        minutes.0
    }
}

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Outcome {
    /// They met.
    Held {
        /// For how long.
        minutes: Minutes,
        /// Who taught.
        taught_by: TaughtBy,
    },
    /// Called off beforehand.
    Cancelled {
        /// By whom, where it is known.
        by: Option<Role>,
    },
    /// Somebody did not come.
    Missed {
        /// Who, where it is known.
        by: Option<Role>,
    },
}

impl Outcome {
    /// Whether they met.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Held { .. })
    }
}

/// One session of a pairing: what a coordinator may know of it, and a note that only the two may read.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::session::{Minutes, Outcome, Session, TaughtBy};
///
/// let mut ids = SequentialIds::new(1);
/// let (pairing, id) = (PairingId::from_source(&mut ids), SessionId::from_source(&mut ids));
/// let day = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
/// let outcome = Outcome::Held { minutes: Minutes::new(50)?, taught_by: TaughtBy::Both };
/// let session = Session::new(id, pairing, day, outcome)
///     .with_feedback_from(Role::Mentor)
///     .with_note("we were both late".to_owned());
/// assert!(!format!("{session:?}").contains("late"));
/// # Ok::<(), reverse_mentoring::session::MinutesError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Session {
    facts: SessionFacts,
    note: Option<Confidential<String>>,
}

/// What is on record of a session: attendance and administration, no words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SessionFacts {
    /// The session's id.
    pub session: SessionId,
    /// Of which pairing.
    pub pairing: PairingId,
    /// The day for which it was set.
    pub date: NaiveDate,
    /// What became of it.
    pub result: Outcome,
    /// Who gave the other feedback; what they said is theirs.
    pub feedback_from: BTreeSet<Role>,
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
                result,
                feedback_from: BTreeSet::new(),
            },
            note: None,
        }
    }

    /// Notes that one of the two gave feedback.
    #[must_use]
    pub fn with_feedback_from(mut self, role: Role) -> Self {
        self.facts.feedback_from.insert(role);
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
