//! A session that is to come.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::minutes::Minutes;
use super::time::Time;
use crate::ids::{PairingId, SessionId};

/// A session that two people mean to have.
///
/// The same id stands for it when it is moved and when it is [recorded](super::Session): held, cancelled or missed.
///
/// ```
/// use chrono::{DateTime, NaiveDate, Utc};
/// use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
/// use reverse_mentoring::session::{Minutes, PlannedSession};
///
/// let mut ids = SequentialIds::new(1);
/// let (pairing, id) = (PairingId::from_source(&mut ids), SessionId::from_source(&mut ids));
/// let day = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
/// let noon: DateTime<Utc> = "2026-02-03T12:00:00Z".parse()?;
/// let planned = PlannedSession::new(id, pairing, day).at(noon, Minutes::new(60)?);
/// assert_eq!(planned.time.unwrap().ends().to_string(), "2026-02-03 13:00:00 UTC");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PlannedSession {
    /// The session's id.
    pub session: SessionId,
    /// Of which pairing.
    pub pairing: PairingId,
    /// The day, in the programme's calendar.
    pub date: NaiveDate,
    /// At what instant and for how long, where that is settled. Only then can it be held against other sessions of the
    /// same people.
    pub time: Option<Time>,
}

impl PlannedSession {
    /// A session on a day, at a time yet to be settled.
    #[must_use]
    pub const fn new(session: SessionId, pairing: PairingId, date: NaiveDate) -> Self {
        Self {
            session,
            pairing,
            date,
            time: None,
        }
    }

    /// From an instant on, for so many minutes. The gate refuses an instant that cannot be on the day.
    #[must_use]
    pub const fn at(mut self, starts: DateTime<Utc>, minutes: Minutes) -> Self {
        self.time = Some(Time { starts, minutes });
        self
    }
}
