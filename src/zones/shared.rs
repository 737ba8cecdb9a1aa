//! When both are at work: what is needed to propose a slot.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::slot::in_tables;
use super::{SlotError, Zone};

/// From when until when somebody is at work, by their own clock. `until` is the first minute that is theirs again; where
/// it is not after `from` it is of the next day, as in a night shift, and midnight is 00:00.
///
/// ```
/// use chrono::NaiveTime;
/// use reverse_mentoring::zones::WorkingHours;
///
/// let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap();
/// assert!(WorkingHours::new(hour(9), hour(17)).is_ok() && WorkingHours::new(hour(22), hour(6)).is_ok());
/// assert_eq!(
///     WorkingHours::new(hour(9), hour(9)).unwrap_err().to_string(),
///     "working hours from 09:00:00 until 09:00:00 are none, or all"
/// );
/// ```
// INVARIANT (hours): two different whole minutes. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct WorkingHours {
    from: NaiveTime,
    until: NaiveTime,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    from: NaiveTime,
    until: NaiveTime,
}

/// Why two times are not somebody's working hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkingHoursError {
    /// Seconds, or parts of one.
    #[error("{0} is not a whole minute")]
    Seconds(NaiveTime),
    /// The same time twice.
    #[error("working hours from {0} until {0} are none, or all")]
    Same(NaiveTime),
}

impl WorkingHours {
    /// Working hours from the first time until the second.
    ///
    /// # Errors
    ///
    /// [`WorkingHoursError`] for a time that is no whole minute, and for the same time twice.
    pub fn new(from: NaiveTime, until: NaiveTime) -> Result<Self, WorkingHoursError> {
        for time in [from, until] {
            if time.second() != 0 || time.nanosecond() != 0 {
                return Err(WorkingHoursError::Seconds(time));
            }
        }
        if from == until {
            return Err(WorkingHoursError::Same(from));
        }
        Ok(Self { from, until })
    }

    /// The first minute of work.
    #[must_use]
    pub const fn from(&self) -> NaiveTime {
        self.from
    }

    /// The first minute after it.
    #[must_use]
    pub const fn until(&self) -> NaiveTime {
        self.until
    }
}

impl TryFrom<Wire> for WorkingHours {
    type Error = WorkingHoursError;

    fn try_from(wire: Wire) -> Result<Self, WorkingHoursError> {
        Self::new(wire.from, wire.until)
    }
}

impl From<WorkingHours> for Wire {
    fn from(hours: WorkingHours) -> Self {
        let WorkingHours { from, until } = hours;
        Self { from, until }
    }
}

/// From one instant until another, the latter not included.
// INVARIANT (span): `from` is before `until`. Kept by `between`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Span {
    /// `None` where nothing lies between the two.
    fn between(from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Self> {
        (from < until).then_some(Self { from, until })
    }

    /// Its first instant.
    #[must_use]
    pub const fn from(&self) -> DateTime<Utc> {
        self.from
    }

    /// The first instant after it.
    #[must_use]
    pub const fn until(&self) -> DateTime<Utc> {
        self.until
    }

    /// How many whole minutes it has, to hold against [`Cadence::minutes`](crate::cadence::Cadence::minutes).
    #[must_use]
    pub fn minutes(&self) -> i64 {
        (self.until - self.from).num_minutes()
    }
}

/// Somebody's working hours by the clocks of their zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Workday {
    /// By which clocks.
    pub zone: Zone,
    /// From when until when.
    pub hours: WorkingHours,
}

impl Workday {
    /// The work that begins on a day of this zone. Both ends are found as those of a [`Slot`](super::Slot) are; `None` where that
    /// leaves nothing, as of 02:30 until 03:15 on a day that skips from 02:00 to 03:00.
    ///
    /// # Errors
    ///
    /// [`SlotError::Day`] outside of 1970–2099.
    pub fn on(&self, day: NaiveDate) -> Result<Option<Span>, SlotError> {
        in_tables(day)?;
        Ok(self.span(day))
    }

    fn span(&self, day: NaiveDate) -> Option<Span> {
        let WorkingHours { from, until } = self.hours;
        let last = if until > from { day } else { day.succ_opt()? };
        let (from, _) = self.zone.instant(day.and_time(from))?;
        let (until, _) = self.zone.instant(last.and_time(until))?;
        Span::between(from, until)
    }
}

/// The working hours of both.
///
/// ```
/// use chrono::{NaiveDate, NaiveTime};
/// use reverse_mentoring::cadence::Cadence;
/// use reverse_mentoring::zones::{Slot, Workday, Workdays, WorkingHours, Zone};
///
/// let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap();
/// let office = WorkingHours::new(hour(9), hour(17))?;
/// let [mentor, mentee] = [Zone::new("Europe/Berlin")?, Zone::new("America/New_York")?];
/// let both = Workdays {
///     mentor: Workday { zone: mentor, hours: office },
///     mentee: Workday { zone: mentee, hours: office },
/// };
/// let day = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
/// let shared = both.shared(day)?;
/// assert_eq!(shared.len(), 1);
/// assert_eq!(shared[0].minutes(), 120); // 15:00 to 17:00 in Berlin, 09:00 to 11:00 in New York
///
/// let long_enough = shared.iter().find(|span| span.minutes() >= Cadence::MONTHLY.minutes().into());
/// let slot = Slot::beginning(long_enough.unwrap().from(), mentor)?;
/// assert_eq!(slot.to_string(), "2026-05-04 15:00 in Europe/Berlin, 2026-05-04 13:00 in UTC");
/// assert_eq!(slot.local(mentee).to_string(), "2026-05-04 09:00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Workdays {
    /// The mentor's.
    pub mentor: Workday,
    /// The mentee's.
    pub mentee: Workday,
}

impl Workdays {
    /// When both are at work, of the work that the mentor begins on a day; earliest first, no two of them touch.
    ///
    /// The mentee's day may be another: while it is Tuesday morning in Auckland, it is Monday in Los Angeles. Every day of theirs that can
    /// meet the mentor's is looked at; whether it is one of rest, [`Zone::local`] and the host's calendar know.
    ///
    /// # Errors
    ///
    /// [`SlotError::Day`] outside of 1970–2099.
    pub fn shared(&self, day: NaiveDate) -> Result<Vec<Span>, SlotError> {
        let Some(ours) = self.mentor.on(day)? else {
            return Ok(Vec::new());
        };
        let mut shared: Vec<Span> = Vec::new();
        // Clocks are at most 26 hours apart, and work may end almost two days after the midnight before it.
        for days in -3..=3 {
            let theirs = day.checked_add_signed(TimeDelta::days(days));
            let Some(theirs) = theirs.and_then(|day| self.mentee.span(day)) else {
                continue;
            };
            let (from, until) = (ours.from.max(theirs.from), ours.until.min(theirs.until));
            match (shared.last_mut(), Span::between(from, until)) {
                (_, None) => {}
                // Two days of almost 24 hours meet where clocks are put forward between them. The later never ends before the earlier.
                (Some(last), Some(next)) if next.from <= last.until => last.until = next.until,
                (_, Some(next)) => shared.push(next),
            }
        }
        Ok(shared)
    }
}
