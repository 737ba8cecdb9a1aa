//! How often a pair meets: interval, grace and session length.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What makes a session due and overdue.
///
/// A session falls due `interval` days after the last one held (or after the start) and is overdue when the grace has
/// passed too. All are whole days of the programme's calendar; the length is in minutes.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::cadence::Cadence;
///
/// let last = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
/// assert_eq!(Cadence::MONTHLY.due_after(last), NaiveDate::from_ymd_opt(2026, 3, 2));
/// assert_eq!(Cadence::MONTHLY.patience_days(), 37);
/// assert!(Cadence::new(0, 0, 60).is_err());
/// ```
// INVARIANT (cadence): interval 1–366 days, grace under 367 days, length 15–480 minutes. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Cadence {
    interval_days: u16,
    grace_days: u16,
    minutes: u16,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    interval_days: u16,
    grace_days: u16,
    minutes: u16,
}

/// Why three numbers are not a cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CadenceError {
    /// Not between 1 and 366 days.
    #[error("a cadence of {0} days is not between 1 and 366")]
    Interval(u16),
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
        interval_days: 7,
        grace_days: 2,
        minutes: 60,
    };
    /// Every 14 days, 4 days' grace, one hour.
    pub const FORTNIGHTLY: Self = Self {
        interval_days: 14,
        grace_days: 4,
        minutes: 60,
    };
    /// Every 30 days, 7 days' grace, one hour: AXA and the NHS agreement ran six such sessions.
    pub const MONTHLY: Self = Self {
        interval_days: 30,
        grace_days: 7,
        minutes: 60,
    };

    /// A cadence of `interval_days`, with `grace_days` after it, for sessions of `minutes`.
    ///
    /// # Errors
    ///
    /// [`CadenceError`] where a number is outside its range.
    pub const fn new(
        interval_days: u16,
        grace_days: u16,
        minutes: u16,
    ) -> Result<Self, CadenceError> {
        if interval_days < 1 || interval_days > 366 {
            return Err(CadenceError::Interval(interval_days));
        }
        if grace_days > 366 {
            return Err(CadenceError::Grace(grace_days));
        }
        if minutes < 15 || minutes > 480 {
            return Err(CadenceError::Minutes(minutes));
        }
        Ok(Self {
            interval_days,
            grace_days,
            minutes,
        })
    }

    /// Days from one session to the next.
    #[must_use]
    pub const fn interval_days(self) -> u16 {
        self.interval_days
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

    /// Interval and grace together: a longer silence is overdue.
    #[must_use]
    pub const fn patience_days(self) -> i64 {
        self.interval_days as i64 + self.grace_days as i64
    }

    /// The day on which the session after `last` falls due; `None` past the end of the calendar.
    #[must_use]
    pub fn due_after(self, last: NaiveDate) -> Option<NaiveDate> {
        last.checked_add_days(Days::new(self.interval_days.into()))
    }
}

impl TryFrom<Wire> for Cadence {
    type Error = CadenceError;

    fn try_from(wire: Wire) -> Result<Self, CadenceError> {
        Self::new(wire.interval_days, wire.grace_days, wire.minutes)
    }
}

impl From<Cadence> for Wire {
    fn from(cadence: Cadence) -> Self {
        Self {
            interval_days: cadence.interval_days,
            grace_days: cadence.grace_days,
            minutes: cadence.minutes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_pass_their_own_constructor() {
        for c in [Cadence::WEEKLY, Cadence::FORTNIGHTLY, Cadence::MONTHLY] {
            assert_eq!(
                Cadence::new(c.interval_days, c.grace_days, c.minutes),
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
