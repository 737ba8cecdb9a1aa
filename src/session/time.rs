//! At what instant, where that is on record.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::minutes::Minutes;

/// When two people meet: from an instant, for so many minutes.
///
/// With the feature `zones` a `Slot` gives the instant at which somebody's clock shows a time.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use reverse_mentoring::session::{Minutes, Time};
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let hour = Minutes::new(60)?;
/// let ten = Time { starts: at("2026-02-03T10:00:00Z")?, minutes: hour };
/// let eleven = Time { starts: at("2026-02-03T11:00:00Z")?, minutes: hour };
/// let half_past = Time { starts: at("2026-02-03T10:30:00Z")?, minutes: hour };
/// assert!(!ten.overlaps(&eleven)); // they touch
/// assert!(ten.overlaps(&half_past) && half_past.overlaps(&eleven));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The first instant.
    pub starts: DateTime<Utc>,
    /// For how long.
    pub minutes: Minutes,
}

impl Time {
    /// The first instant after it.
    #[must_use]
    pub fn ends(&self) -> DateTime<Utc> {
        let length = TimeDelta::minutes(i64::from(self.minutes.as_u16()));
        let ends = self.starts.checked_add_signed(length);
        ends.unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Whether the two have an instant in common; where one ends as the other starts, they have none.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts < other.ends() && other.starts < self.ends()
    }
}

/// Whether an instant can be on a day of somebody's calendar: they are ahead of Greenwich or behind it by less than a day.
pub(crate) fn may_be_on(starts: DateTime<Utc>, date: NaiveDate) -> bool {
    let by_greenwich = starts.naive_utc().date();
    let days = by_greenwich.num_days_from_ce() - date.num_days_from_ce();
    days.abs() <= 1
}
