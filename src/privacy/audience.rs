//! Who reads reports, how small a group may be, and a figure that may be withheld.

use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize, Serializer};

/// Who reads a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Audience {
    /// Runs the programme: attendance and administration of each pairing. What they read of a pairing has no pulse, note or
    /// wish in it; answers to pulses come to them as sums over enough people, as to everybody.
    Coordinator,
    /// Pays for it: aggregates over groups that are large enough, nothing of a single pairing.
    Sponsor,
}

impl Audience {
    /// `coordinator` or `sponsor`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Sponsor => "sponsor",
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The smallest group of pairings whose figure a sponsor may see: 5 unless stated, never below 3.
///
/// Five is people-analytics practice. See [`Threshold::default`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold(NonZeroU32);

/// A threshold under three would name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reporting threshold of {0} is below 3")]
pub struct ThresholdTooLow(
    /// What was asked for.
    pub u32,
);

impl Threshold {
    /// A threshold of `pairings`.
    ///
    /// # Errors
    ///
    /// [`ThresholdTooLow`] under 3.
    pub fn new(pairings: u32) -> Result<Self, ThresholdTooLow> {
        match NonZeroU32::new(pairings) {
            Some(n) if pairings >= 3 => Ok(Self(n)),
            _ => Err(ThresholdTooLow(pairings)),
        }
    }

    /// The number of pairings below which nothing is shown.
    #[must_use]
    pub const fn pairings(self) -> u32 {
        self.0.get()
    }
}

impl Default for Threshold {
    fn default() -> Self {
        const FIVE: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);
        Self(FIVE)
    }
}

/// A figure that is either shown or withheld; a withheld one never says why.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(
        from = "Option<T>",
        into = "Option<T>",
        inline,
        bound = "T: schemars::JsonSchema"
    )
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<T> {
    /// The figure.
    Shown(T),
    /// Nothing, and no reason: a reason would tell the size of the group.
    Withheld,
}

impl<T> Cell<T> {
    /// The figure, where it is shown.
    #[must_use]
    pub const fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown(value) => Some(value),
            Self::Withheld => None,
        }
    }
}

impl<T: Serialize> Serialize for Cell<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_have_a_floor() {
        assert_eq!(Threshold::default().pairings(), 5);
        assert_eq!(Threshold::new(3).map(Threshold::pairings), Ok(3));
        assert_eq!(Threshold::new(2), Err(ThresholdTooLow(2)));
        assert_eq!(
            ThresholdTooLow(0).to_string(),
            "a reporting threshold of 0 is below 3"
        );
    }
}
