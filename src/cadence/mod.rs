//! How often a pair meets, and what that makes due, overdue and missed.
//!
//! In come a [`Cadence`], the start or the last session, the days on which the pairing was [held up](Holds) and those on which
//! everybody is [closed](Calendar); out comes a [`Standing`] on a day. Pure, without a clock. Never true inside: a rhythm
//! that cannot come round, a due date on a closed day.
//!
//! | | every so many days | a weekday, a day of the month |
//! |---|---|---|
//! | due after the start | so many days later | on the first slot after it |
//! | due after a session | so many days later | a session counts for the nearest slot, of two as near the earlier; due is the next one |
//! | a closed day | the next open day | the next open day, as long as that belongs to the slot: no further than half way to the next one. Else the slot falls out |
//! | slots after the due one | every so many days from it, closed as on the right | as the calendar has them |
//! | days of a hold | do not count, the due date moves by them | a slot in a hold falls out; due is the first one after it |
//! | grace | so many days after the due one. Neither closed days nor those of a hold count | the same |
//! | missed | slots that are past | the same |
//!
//! A day that is nearer to the next slot belongs to that one, so the Tuesday of a quiet week does not become a Monday with
//! the next Tuesday a day later: it falls out, and nobody owes that session. Where everything is closed for good, nothing
//! is due. Which slot a session counts for hangs on the rhythm alone: a holiday that becomes known later changes nothing about it.

mod calendar;
mod grid;
mod ranges;
mod rhythm;
mod slots;
mod standing;
mod wire;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::summary::count;
use rhythm::Kind;

pub use calendar::{Calendar, CalendarError, Holds};
pub use rhythm::{Nth, Rhythm};
pub use standing::{Since, Standing};

/// What makes a session due and overdue: a [rhythm](Rhythm), the grace after it, and how long a session takes.
///
/// All are whole days of the programme's calendar; the length is in minutes.
///
/// An interval reads and writes as `{"interval_days":30,"grace_days":7,"minutes":60}`. Any other rhythm stands in place of
/// the first field, as `"rhythm":{"kind":"weeks","every":2,"from":"2026-01-06"}`, `{"kind":"month_day","day":31}` or
/// `{"kind":"month_weekday","nth":"last","weekday":"Fri"}`.
///
/// ```
/// use chrono::{NaiveDate, Weekday};
/// use reverse_mentoring::cadence::{Cadence, Nth, Rhythm};
///
/// let last = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
/// assert_eq!(Cadence::MONTHLY.due_after(last), NaiveDate::from_ymd_opt(2026, 3, 2));
///
/// let end_of_month = Cadence::of(Rhythm::month_day(31)?, 7, 60)?;
/// assert_eq!(end_of_month.due_after(last), NaiveDate::from_ymd_opt(2026, 2, 28));
/// let last_friday = Cadence::of(Rhythm::month_weekday(Nth::Last, Weekday::Fri), 7, 60)?;
/// assert_eq!(last_friday.due_after(last), NaiveDate::from_ymd_opt(2026, 2, 27));
/// assert_eq!(last_friday.to_string(), "on the last Friday of each month, grace 7 days, 60 minutes");
///
/// assert!(Cadence::new(0, 0, 60).is_err());
/// # Ok::<(), reverse_mentoring::cadence::CadenceError>(())
/// ```
// INVARIANT (cadence): grace under 367 days, length 15–480 minutes; the rhythm keeps its own. Kept by `of`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "wire::Wire", into = "wire::Wire")]
pub struct Cadence {
    rhythm: Rhythm,
    grace_days: u16,
    minutes: u16,
}

/// Why something is not a cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CadenceError {
    /// Not between 1 and 366 days.
    #[error("a cadence of {0} days is not between 1 and 366")]
    Interval(u16),
    /// Not between 1 and 52 weeks.
    #[error("a cadence of {0} weeks is not between 1 and 52")]
    Weeks(u16),
    /// Not between the 1st and the 31st.
    #[error("day {0} of a month is not between 1 and 31")]
    MonthDay(u8),
    /// Read from a text that names no rhythm, or an interval and another one.
    #[error("a cadence has either `interval_days` or a `rhythm`")]
    OneRhythm,
    /// Over 366 days.
    #[error("a grace of {0} days is over 366")]
    Grace(u16),
    /// Not between 15 minutes and 8 hours.
    #[error("a session of {0} minutes is not between 15 and 480")]
    Minutes(u16),
}

impl Cadence {
    /// Every 7 days, 2 days' grace, one hour: Mia Lewis's "an hour or so of the week".
    pub const WEEKLY: Self = Self {
        rhythm: Rhythm(Kind::Days(7)),
        grace_days: 2,
        minutes: 60,
    };
    /// Every 14 days, 4 days' grace, one hour.
    pub const FORTNIGHTLY: Self = Self {
        rhythm: Rhythm(Kind::Days(14)),
        grace_days: 4,
        minutes: 60,
    };
    /// Every 30 days, 7 days' grace, one hour: AXA and the NHS agreement ran six such sessions.
    pub const MONTHLY: Self = Self {
        rhythm: Rhythm(Kind::Days(30)),
        grace_days: 7,
        minutes: 60,
    };

    /// Every `interval_days` after the last session, with `grace_days` after that, for sessions of `minutes`.
    ///
    /// # Errors
    ///
    /// [`CadenceError`] where a number is outside its range: 1 to 366 days, up to 366 days, 15 to 480 minutes.
    pub const fn new(
        interval_days: u16,
        grace_days: u16,
        minutes: u16,
    ) -> Result<Self, CadenceError> {
        match Rhythm::days(interval_days) {
            Ok(rhythm) => Self::of(rhythm, grace_days, minutes),
            Err(error) => Err(error),
        }
    }

    /// In a rhythm, with `grace_days` after each slot, for sessions of `minutes`.
    ///
    /// # Errors
    ///
    /// [`CadenceError`] where a number is outside its range: up to 366 days, 15 to 480 minutes.
    pub const fn of(rhythm: Rhythm, grace_days: u16, minutes: u16) -> Result<Self, CadenceError> {
        if grace_days > 366 {
            return Err(CadenceError::Grace(grace_days));
        }
        if minutes < 15 || minutes > 480 {
            return Err(CadenceError::Minutes(minutes));
        }
        Ok(Self {
            rhythm,
            grace_days,
            minutes,
        })
    }

    /// What repeats.
    #[must_use]
    pub const fn rhythm(self) -> Rhythm {
        self.rhythm
    }

    /// Days from one session to the next; of a rhythm that the calendar names, the most there are between two slots.
    #[must_use]
    pub const fn interval_days(self) -> u16 {
        self.rhythm.longest_days()
    }

    /// Days after the due date before a session is overdue.
    #[must_use]
    pub const fn grace_days(self) -> u16 {
        self.grace_days
    }

    /// Minutes that a session is planned to take.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.minutes
    }

    /// The day on which the session after `last` falls due, where nothing is closed or held up; `None` past the end of the
    /// calendar. [`standing`](Self::standing) knows of more.
    #[must_use]
    pub fn due_after(self, last: NaiveDate) -> Option<NaiveDate> {
        self.due(Since::Session(last))
    }

    /// The day on which a session falls due after the start or the last one, where nothing is closed or held up; `None`
    /// past the end of the calendar.
    #[must_use]
    pub fn due(self, since: Since) -> Option<NaiveDate> {
        match self.rhythm.grid() {
            // A grid that the calendar names.
            Ok(_) => self.slots(since, &Holds::NONE, &Calendar::OPEN).next(),
            Err(days) => ranges::date(ranges::number(since.day()).saturating_add(days)),
        }
    }
}

/// As `every 30 days, grace 7 days, 60 minutes`.
impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grace = count(u32::from(self.grace_days), "day");
        write!(
            f,
            "{}, grace {grace}, {} minutes",
            self.rhythm, self.minutes
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_pass_their_own_constructor() {
        for c in [Cadence::WEEKLY, Cadence::FORTNIGHTLY, Cadence::MONTHLY] {
            assert_eq!(
                Cadence::new(c.interval_days(), c.grace_days, c.minutes),
                Ok(c)
            );
        }
    }

    #[test]
    fn edges() {
        assert_eq!(Cadence::new(0, 0, 60), Err(CadenceError::Interval(0)));
        assert_eq!(Cadence::new(367, 0, 60), Err(CadenceError::Interval(367)));
        assert_eq!(Cadence::new(1, 367, 60), Err(CadenceError::Grace(367)));
        assert_eq!(Cadence::new(1, 0, 14), Err(CadenceError::Minutes(14)));
        assert_eq!(Cadence::new(1, 0, 481), Err(CadenceError::Minutes(481)));
        assert!(Cadence::new(366, 366, 480).is_ok() && Cadence::new(1, 0, 15).is_ok());
        assert_eq!(Cadence::MONTHLY.due_after(NaiveDate::MAX), None);
    }

    #[test]
    fn loading_is_a_constructor() {
        let text = r#"{"interval_days":0,"grace_days":7,"minutes":60}"#;
        let error = serde_json::from_str::<Cadence>(text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a cadence of 0 days is not between 1 and 366"
        );
        let json = serde_json::to_string(&Cadence::MONTHLY).unwrap();
        assert_eq!(
            serde_json::from_str::<Cadence>(&json).unwrap(),
            Cadence::MONTHLY
        );
    }
}
