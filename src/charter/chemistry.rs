//! How long a pair may find out whether they go on.

use serde::{Deserialize, Serialize};

/// The chemistry period: so many sessions held, or so many days, whichever comes first. Two sessions or 60 days unless
/// stated: time for chemistry is article B's and D's, a fit check Together's; the length is own.
///
/// ```
/// use reverse_mentoring::charter::ChemistryPeriod;
///
/// assert_eq!(ChemistryPeriod::default(), ChemistryPeriod::new(2, 60)?);
/// assert_eq!(
///     ChemistryPeriod::new(0, 60).unwrap_err().to_string(),
///     "a chemistry period of 0 sessions or 60 days is none: 1 to 12 sessions, 1 to 366 days"
/// );
/// # Ok::<(), reverse_mentoring::charter::ChemistryPeriodError>(())
/// ```
// INVARIANT (chemistry): 1 to 12 sessions, 1 to 366 days. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct ChemistryPeriod {
    sessions: u8,
    days: u16,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 12)))]
    sessions: u8,
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 366)))]
    days: u16,
}

/// Not a chemistry period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a chemistry period of {sessions} sessions or {days} days is none: 1 to 12 sessions, 1 to 366 days"
)]
pub struct ChemistryPeriodError {
    /// The sessions asked for.
    pub sessions: u8,
    /// The days asked for.
    pub days: u16,
}

impl ChemistryPeriod {
    /// Two sessions, or 60 days.
    pub const DEFAULT: Self = Self {
        sessions: 2,
        days: 60,
    };

    /// So many sessions held, or so many days.
    ///
    /// # Errors
    ///
    /// [`ChemistryPeriodError`] unless there are 1 to 12 sessions and 1 to 366 days.
    pub const fn new(sessions: u8, days: u16) -> Result<Self, ChemistryPeriodError> {
        if sessions == 0 || sessions > 12 || days == 0 || days > 366 {
            return Err(ChemistryPeriodError { sessions, days });
        }
        Ok(Self { sessions, days })
    }

    /// Sessions held that end it.
    #[must_use]
    pub const fn sessions(self) -> u8 {
        self.sessions
    }

    /// Days that end it.
    #[must_use]
    pub const fn days(self) -> u16 {
        self.days
    }
}

impl Default for ChemistryPeriod {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl TryFrom<Wire> for ChemistryPeriod {
    type Error = ChemistryPeriodError;

    fn try_from(wire: Wire) -> Result<Self, ChemistryPeriodError> {
        Self::new(wire.sessions, wire.days)
    }
}

impl From<ChemistryPeriod> for Wire {
    fn from(period: ChemistryPeriod) -> Self {
        Self {
            sessions: period.sessions,
            days: period.days,
        }
    }
}
