//! A time on a day in a zone, and the instant that it is.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::Zone;

/// A time on a day as the clocks of a zone show it, and the one instant that it stands for.
///
/// The outcome where the clocks skip the time, or show it twice, stands in the [module's documentation](super). Written down it is
/// day, time and zone; it is resolved anew when it is read, by the tables of the build that reads it. Times are whole
/// minutes, days those from 1970 to 2099: before, the tables do not tell zones apart, and after, they end.
///
/// ```
/// use chrono::{NaiveDate, NaiveTime};
/// use reverse_mentoring::zones::{Resolution, Slot, Zone};
///
/// let (time, paris) = (NaiveTime::from_hms_opt(2, 30, 0).unwrap(), Zone::new("Europe/Paris")?);
/// let slot = |month, day| Slot::new(NaiveDate::from_ymd_opt(2026, month, day).unwrap(), time, paris);
///
/// let skipped = slot(3, 29)?; // clocks go from 02:00 to 03:00
/// assert_eq!(skipped.resolution(), Resolution::Skipped);
/// assert_eq!(skipped.local(paris).time(), NaiveTime::from_hms_opt(3, 30, 0).unwrap());
///
/// let repeated = slot(10, 25)?; // clocks go from 03:00 to 02:00
/// assert_eq!(
///     repeated.to_string(),
///     "2026-10-25 02:30 in Europe/Paris comes twice; the first is meant, 2026-10-25 00:30 in UTC"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (slot): the day is of 1970–2099, the time a whole minute; `at` and `resolution` are what the tables say of
// day, time and zone. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Slot {
    shown: NaiveDateTime,
    zone: Zone,
    at: DateTime<Utc>,
    resolution: Resolution,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    day: NaiveDate,
    time: NaiveTime,
    zone: Zone,
}

/// How often the clocks of a zone show a time on a day, and so which instant a [`Slot`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// Once: that is the instant.
    Exact,
    /// Never, because clocks are put forward over it: the instant is the one that the offset before says, and clocks
    /// show as much more as they were put forward by.
    Skipped,
    /// Twice, because clocks are put back over it: the instant is the first of the two.
    Repeated,
}

/// Why there is no slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SlotError {
    /// A day of which the tables do not tell.
    #[error("{0} is not between 1970-01-01 and 2099-12-31, of which the zone tables tell")]
    Day(NaiveDate),
    /// Seconds, or parts of one.
    #[error("{0} is not a whole minute")]
    Seconds(NaiveTime),
    /// An instant at which the clocks show a time for the second time.
    #[error(
        "{shown} comes twice in {zone}, {} in UTC is the second time, and a slot is the first",
        Minute(.at.naive_utc()),
        shown = Minute(.zone.local(*.at))
    )]
    SecondTime {
        /// The instant.
        at: DateTime<Utc>,
        /// The zone that the slot was to be in.
        zone: Zone,
    },
}

impl Slot {
    /// The slot at a time on a day, by the clocks of a zone.
    ///
    /// # Errors
    ///
    /// [`SlotError::Seconds`] for a time that is no whole minute, [`SlotError::Day`] outside of 1970–2099. Never because
    /// of what the clocks do on that day.
    pub fn new(day: NaiveDate, time: NaiveTime, zone: Zone) -> Result<Self, SlotError> {
        if time.second() != 0 || time.nanosecond() != 0 {
            return Err(SlotError::Seconds(time));
        }
        in_tables(day)?;
        let shown = day.and_time(time);
        let (at, resolution) = zone.instant(shown).ok_or(SlotError::Day(day))?;
        Ok(Self {
            shown,
            zone,
            at,
            resolution,
        })
    }

    /// The slot that begins at an instant, written as the clocks of a zone show it: what to do with an hour that was found
    /// free.
    ///
    /// # Errors
    ///
    /// [`SlotError::SecondTime`] where these clocks show the time for the second time, so that a slot would be another
    /// instant (another zone may have no such trouble); otherwise as [`Slot::new`].
    pub fn beginning(at: DateTime<Utc>, zone: Zone) -> Result<Self, SlotError> {
        let shown = zone.local(at);
        let slot = Self::new(shown.date(), shown.time(), zone)?;
        if slot.at == at {
            Ok(slot)
        } else {
            Err(SlotError::SecondTime { at, zone })
        }
    }

    /// The day that was agreed on.
    #[must_use]
    pub const fn day(&self) -> NaiveDate {
        self.shown.date()
    }

    /// The time that was agreed on.
    #[must_use]
    pub const fn time(&self) -> NaiveTime {
        self.shown.time()
    }

    /// By whose clocks.
    #[must_use]
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// The instant.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// How often the clocks show the time that was agreed on.
    #[must_use]
    pub const fn resolution(&self) -> Resolution {
        self.resolution
    }

    /// What the clocks of a zone show when the slot begins. In the slot's own zone that is the time agreed on, unless the
    /// clocks skip it.
    #[must_use]
    pub fn local(&self, zone: Zone) -> NaiveDateTime {
        zone.local(self.at)
    }
}

/// Refuses a day of which the tables do not tell.
pub(super) fn in_tables(day: NaiveDate) -> Result<(), SlotError> {
    use chrono::Datelike as _;
    match day.year() {
        1970..=2099 => Ok(()),
        _ => Err(SlotError::Day(day)),
    }
}

/// Day and time to the minute.
struct Minute(NaiveDateTime);

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d %H:%M"))
    }
}

/// A sentence for the two, without its full stop.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", Minute(self.shown), self.zone)?;
        match self.resolution {
            Resolution::Exact => {}
            Resolution::Skipped => {
                let instead = Minute(self.local(self.zone));
                write!(f, " is skipped by the clocks and becomes {instead}")?;
            }
            Resolution::Repeated => f.write_str(" comes twice; the first is meant")?,
        }
        write!(f, ", {} in UTC", Minute(self.at.naive_utc()))
    }
}

impl TryFrom<Wire> for Slot {
    type Error = SlotError;

    fn try_from(wire: Wire) -> Result<Self, SlotError> {
        Self::new(wire.day, wire.time, wire.zone)
    }
}

impl From<Slot> for Wire {
    fn from(slot: Slot) -> Self {
        let (day, time) = (slot.day(), slot.time());
        let zone = slot.zone;
        Self { day, time, zone }
    }
}
