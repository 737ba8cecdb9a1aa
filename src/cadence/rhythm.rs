//! What repeats.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::CadenceError;
use super::grid::Grid;
use super::ranges::number;

/// Which of a month's weekdays of one name. A fifth exists in some months only; [`Last`](Self::Last) takes it where it does.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Nth {
    /// On the 1st to 7th.
    First,
    /// On the 8th to 14th.
    Second,
    /// On the 15th to 21st.
    Third,
    /// On the 22nd to 28th.
    Fourth,
    /// In the last seven days of the month.
    Last,
}

impl Nth {
    pub(super) const fn weeks_after_first(self) -> Option<i64> {
        match self {
            Self::First => Some(0),
            Self::Second => Some(1),
            Self::Third => Some(2),
            Self::Fourth => Some(3),
            Self::Last => None,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Fourth => "fourth",
            Self::Last => "last",
        }
    }
}

/// What repeats: a number of days after each session, or days that the calendar names.
///
/// | made by | due |
/// |---|---|
/// | [`days`](Self::days) | so many days after the last session, whenever that was |
/// | [`weeks`](Self::weeks), [`weekly`](Self::weekly) | on one weekday, every so many weeks counted from a date |
/// | [`month_day`](Self::month_day) | on a day of each month; where the month is shorter, on its last day |
/// | [`month_weekday`](Self::month_weekday) | on the first to fourth, or the last, such weekday of each month |
///
/// Its `Display` says so in words.
///
/// ```
/// use chrono::{NaiveDate, Weekday};
/// use reverse_mentoring::cadence::{Nth, Rhythm};
///
/// let from = NaiveDate::from_ymd_opt(2026, 1, 6).unwrap();
/// assert_eq!(Rhythm::weeks(2, from)?.to_string(), "every 2 weeks on Tuesday, counted from 2026-01-06");
/// assert_eq!(Rhythm::month_day(31)?.to_string(), "on day 31 of each month, or its last");
/// assert_eq!(Rhythm::month_weekday(Nth::Last, Weekday::Fri).to_string(), "on the last Friday of each month");
/// assert_eq!(Rhythm::month_day(32).unwrap_err().to_string(), "day 32 of a month is not between 1 and 31");
/// # Ok::<(), reverse_mentoring::cadence::CadenceError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rhythm(pub(super) Kind);

// INVARIANT (rhythm): 1–366 days, 1–52 weeks, day 1–31. Kept by the constructors of `Rhythm`; nothing else makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Days(u16),
    Weeks { every: u16, from: NaiveDate },
    MonthDay(u8),
    MonthWeekday { nth: Nth, weekday: Weekday },
}

impl Rhythm {
    /// So many days after the last session, 1 to 366.
    ///
    /// # Errors
    ///
    /// [`CadenceError::Interval`] outside that range.
    pub const fn days(days: u16) -> Result<Self, CadenceError> {
        if days < 1 || days > 366 {
            return Err(CadenceError::Interval(days));
        }
        Ok(Self(Kind::Days(days)))
    }

    /// Every so many weeks, 1 to 52, on the weekday of `from`. One slot is on `from`; the others are counted from there,
    /// backwards as well.
    ///
    /// # Errors
    ///
    /// [`CadenceError::Weeks`] outside that range.
    pub const fn weeks(every: u16, from: NaiveDate) -> Result<Self, CadenceError> {
        if every < 1 || every > 52 {
            return Err(CadenceError::Weeks(every));
        }
        Ok(Self(Kind::Weeks { every, from }))
    }

    /// Every week on a weekday.
    #[must_use]
    pub fn weekly(on: Weekday) -> Self {
        // 1 January 1970 was a Thursday.
        let after = on.days_since(Weekday::Thu);
        let from = NaiveDate::default() + Days::new(after.into());
        Self(Kind::Weeks { every: 1, from })
    }

    /// On a day of each month, 1 to 31. In a month that is shorter, on its last day: the 31st is 28 February, in leap years
    /// 29 February. (A recurrence rule of RFC 5545 would leave those months out.)
    ///
    /// # Errors
    ///
    /// [`CadenceError::MonthDay`] outside that range.
    pub const fn month_day(day: u8) -> Result<Self, CadenceError> {
        if day < 1 || day > 31 {
            return Err(CadenceError::MonthDay(day));
        }
        Ok(Self(Kind::MonthDay(day)))
    }

    /// On the first to fourth, or the last, such weekday of each month.
    #[must_use]
    pub const fn month_weekday(nth: Nth, weekday: Weekday) -> Self {
        Self(Kind::MonthWeekday { nth, weekday })
    }

    /// The most days from one slot to the next: 31 for a day of the month, 35 for a weekday of it.
    #[must_use]
    pub const fn longest_days(self) -> u16 {
        match self.0 {
            Kind::Days(days) => days,
            Kind::Weeks { every, .. } => 7 * every,
            Kind::MonthDay(_) => 31,
            Kind::MonthWeekday { .. } => 35,
        }
    }

    /// The slots that the calendar names; or else how many days after a session.
    pub(super) fn grid(self) -> Result<Grid, i64> {
        Ok(match self.0 {
            Kind::Days(days) => return Err(days.into()),
            Kind::Weeks { every, from } => Grid::Every {
                days: 7 * i64::from(every),
                from: number(from),
            },
            Kind::MonthDay(day) => Grid::MonthDay { day: day.into() },
            Kind::MonthWeekday { nth, weekday } => Grid::MonthWeekday {
                nth,
                weekday: weekday.num_days_from_monday().into(),
            },
        })
    }
}

const fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Days(1) => f.write_str("every day"),
            Kind::Days(days) => write!(f, "every {days} days"),
            Kind::Weeks { every: 1, from } => write!(f, "every week on {}", name(from.weekday())),
            Kind::Weeks { every, from } => {
                let weekday = name(from.weekday());
                write!(f, "every {every} weeks on {weekday}, counted from {from}")
            }
            Kind::MonthDay(day @ 29..) => write!(f, "on day {day} of each month, or its last"),
            Kind::MonthDay(day) => write!(f, "on day {day} of each month"),
            Kind::MonthWeekday { nth, weekday } => {
                write!(f, "on the {} {} of each month", nth.as_str(), name(weekday))
            }
        }
    }
}
