//! What goes on record of a session.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use super::time::Time;
use super::venue::Venue;
use crate::ids::{PairingId, SessionId};
use crate::pair::Roles;

/// What is on record of a session: attendance and administration, no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SessionFacts {
    /// The session's id.
    pub session: SessionId,
    /// Of which pairing.
    pub pairing: PairingId,
    /// The day for which it was set.
    pub date: NaiveDate,
    /// The instant at which it began, where that is known.
    pub starts: Option<DateTime<Utc>>,
    /// What became of it.
    pub result: Outcome,
    /// Where, where that is known.
    pub venue: Option<Venue>,
    /// Who gave the other feedback; what they said is theirs.
    pub feedback_from: Roles,
    /// Who recognised what the other can do, or did.
    pub recognition_from: Roles,
}

impl SessionFacts {
    /// When they met, to the minute; `None` where they did not, or no instant is on record.
    #[must_use]
    pub fn met_at(&self) -> Option<Time> {
        met_at(self.starts, &self.result)
    }
}

/// When they met, given when it began and what became of it.
pub(crate) fn met_at(starts: Option<DateTime<Utc>>, result: &Outcome) -> Option<Time> {
    let (starts, taught) = (starts?, result.taught()?);
    Some(Time {
        starts,
        minutes: taught.minutes(),
    })
}
