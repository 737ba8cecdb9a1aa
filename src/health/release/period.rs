//! The days of which a release speaks.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A stretch of days, both ends included. Readings are those of its last day.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::health::Period;
///
/// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
/// let march = Period::month(2026, 3).unwrap();
/// assert_eq!((march.first(), march.last()), (day(3, 1), day(3, 31)));
/// assert!(march.is_over(day(4, 1)) && !march.is_over(day(3, 31)));
/// assert_eq!(Period::new(day(3, 2), day(3, 1)), None);
/// ```
// INVARIANT (period): first <= last. Kept by `new`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Days")]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Days {
    first: NaiveDate,
    last: NaiveDate,
}

impl TryFrom<Days> for Period {
    type Error = String;

    fn try_from(days: Days) -> Result<Self, String> {
        let Days { first, last } = days;
        Self::new(first, last).ok_or_else(|| format!("a period from {first} to {last}"))
    }
}

impl Period {
    /// From a day to a day; `None` where the last is before the first.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// A month of the calendar; `None` where there is none such.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let last = first
            .iter_days()
            .take_while(|day| day.month() == month)
            .last()?;
        Self::new(first, last)
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day.
    #[must_use]
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// Whether its last day is before this one.
    #[must_use]
    pub fn is_over(self, on: NaiveDate) -> bool {
        self.last < on
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.first, self.last)
    }
}
