//! How long.

use serde::{Deserialize, Serialize};

/// How long a session lasts: 1 to 1,440 minutes.
// INVARIANT (minutes): 1..=1440. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("minimum" = 1, "maximum" = 1440)))]
#[serde(try_from = "u16", into = "u16")]
pub struct Minutes(u16);

/// Not a length of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} minutes is not between 1 and 1440")]
pub struct MinutesError(
    /// What was given.
    pub u16,
);

impl Minutes {
    /// A length of 1 to 1,440 minutes.
    ///
    /// # Errors
    ///
    /// [`MinutesError`] outside the range.
    pub const fn new(minutes: u16) -> Result<Self, MinutesError> {
        if minutes == 0 || minutes > 1440 {
            return Err(MinutesError(minutes));
        }
        Ok(Self(minutes))
    }

    /// The number of minutes.
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Minutes {
    type Error = MinutesError;

    fn try_from(minutes: u16) -> Result<Self, MinutesError> {
        Self::new(minutes)
    }
}

impl From<Minutes> for u16 {
    fn from(minutes: Minutes) -> Self {
        minutes.0
    }
}
