//! Days on which nobody is expected to meet: closed for everybody, or held up for one pairing.

use std::fmt;
use std::ops::{Bound, RangeBounds, RangeInclusive};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ranges::{Ranges, date, number};

/// The days on which a programme is closed: holidays, quiet weeks, a summer break. The host gives them; the library knows
/// of no country's holidays, and a weekend is a day like any other unless it is given.
///
/// Ranges may come in any order, touch and overlap. It reads and writes as `{"closed":[{"first":…,"last":…}]}`, merged
/// and by date.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::cadence::Calendar;
///
/// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
/// let calendar = Calendar::new([
///     day(12, 25)..=day(12, 26), // holidays
///     day(12, 21)..=day(12, 27), // a quiet week
///     day(5, 1)..=day(5, 1),
/// ])?;
/// assert!(calendar.is_closed(day(12, 24)) && !calendar.is_closed(day(12, 28)));
/// let closed: Vec<_> = calendar.closed().collect();
/// assert_eq!(closed, [day(5, 1)..=day(5, 1), day(12, 21)..=day(12, 27)]);
///
/// let error = Calendar::new([day(12, 27)..=day(12, 21), day(5, 2)..=day(5, 1)]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "closed days end before they begin: 2026-12-27 to 2026-12-21, 2026-05-02 to 2026-05-01"
/// );
/// # Ok::<(), reverse_mentoring::cadence::CalendarError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Calendar {
    pub(super) closed: Ranges,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    closed: Vec<Closed>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Closed {
    first: NaiveDate,
    last: NaiveDate,
}

/// Closed days that are none: every range whose last day is before its first, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarError(
    /// The ranges.
    pub Vec<RangeInclusive<NaiveDate>>,
);

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ranges = self.0.iter();
        let ranges = ranges.map(|r| format!("{} to {}", r.start(), r.end()));
        let ranges: Vec<String> = ranges.collect();
        write!(
            f,
            "closed days end before they begin: {}",
            ranges.join(", ")
        )
    }
}

impl std::error::Error for CalendarError {}

impl Calendar {
    /// Never closed.
    pub const OPEN: Self = Self {
        closed: Ranges::NONE,
    };

    /// Whether it is never closed.
    pub(crate) fn is_open(&self) -> bool {
        self.closed.is_empty()
    }

    /// Closed on all days of these ranges, the first and the last included.
    ///
    /// # Errors
    ///
    /// [`CalendarError`] with every range that ends before it begins.
    pub fn new(
        closed: impl IntoIterator<Item = RangeInclusive<NaiveDate>>,
    ) -> Result<Self, CalendarError> {
        let (sound, backwards): (Vec<_>, Vec<_>) =
            closed.into_iter().partition(|r| r.start() <= r.end());
        if !backwards.is_empty() {
            return Err(CalendarError(backwards));
        }
        let numbers = sound.iter().map(|r| (number(*r.start()), number(*r.end())));
        Ok(Self {
            closed: Ranges::new(numbers),
        })
    }

    /// Whether a day is closed.
    #[must_use]
    pub fn is_closed(&self, day: NaiveDate) -> bool {
        self.closed.around(number(day)).is_some()
    }

    /// The closed days as ranges by date, none of which touches the next.
    pub fn closed(&self) -> impl Iterator<Item = RangeInclusive<NaiveDate>> {
        let dates = |(first, last)| Some(date(first)?..=date(last)?);
        self.closed.iter().filter_map(dates)
    }
}

/// Never closed.
impl Default for Calendar {
    fn default() -> Self {
        Self::OPEN
    }
}

impl TryFrom<Wire> for Calendar {
    type Error = CalendarError;

    fn try_from(wire: Wire) -> Result<Self, CalendarError> {
        Self::new(wire.closed.into_iter().map(|c| c.first..=c.last))
    }
}

impl From<Calendar> for Wire {
    fn from(calendar: Calendar) -> Self {
        let closed = calendar.closed().map(|r| Closed {
            first: *r.start(),
            last: *r.end(),
        });
        Self {
            closed: closed.collect(),
        }
    }
}

/// The days on which one pairing is held up: paused by the two, or suspended by a reorganisation. They stop its clock.
///
/// The day on which a hold ends is a day like any other, so a hold is `from..until`, or `from..` while it lasts. One that ends
/// before it begins holds up nothing.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::cadence::Holds;
///
/// let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
/// let holds = Holds::new([day(5)..day(9)]);
/// assert_eq!([4, 5, 8, 9].map(|d| holds.is_held_up(day(d))), [false, true, true, false]);
/// assert!(Holds::new([day(5)..]).is_held_up(NaiveDate::MAX));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Holds {
    pub(super) days: Ranges,
}

impl Holds {
    /// Never held up.
    pub const NONE: Self = Self { days: Ranges::NONE };

    pub(crate) fn is_none(&self) -> bool {
        self.days.is_empty()
    }

    /// Held up on all days of these ranges, in any order.
    pub fn new<R: RangeBounds<NaiveDate>>(holds: impl IntoIterator<Item = R>) -> Self {
        let numbers = |hold: R| {
            let first = match hold.start_bound() {
                Bound::Included(day) => number(*day),
                Bound::Excluded(day) => number(*day) + 1,
                Bound::Unbounded => number(NaiveDate::MIN),
            };
            let last = match hold.end_bound() {
                Bound::Included(day) => number(*day),
                Bound::Excluded(day) => number(*day) - 1,
                Bound::Unbounded => number(NaiveDate::MAX),
            };
            (first, last)
        };
        Self {
            days: Ranges::new(holds.into_iter().map(numbers)),
        }
    }

    /// Whether a day is among them.
    #[must_use]
    pub fn is_held_up(&self, day: NaiveDate) -> bool {
        self.days.around(number(day)).is_some()
    }
}

/// Never held up.
impl Default for Holds {
    fn default() -> Self {
        Self::NONE
    }
}
