//! Time: how many pairings a person has room for.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::summary::count;

/// Millionths in a whole hour: what keeps decimal hours exact.
const PARTS: u64 = 1_000_000;
/// What a digit after the point is worth, from the first on.
const PLACES: [u64; 6] = [100_000, 10_000, 1000, 100, 10, 1];
/// Ten thousand hours a month: more than anybody has.
const MOST: u64 = 10_000 * PARTS;

/// An exact number of hours, to a millionth.
///
/// ```
/// use reverse_mentoring::roster::Hours;
///
/// let hours: Hours = "4.5".parse()?;
/// assert_eq!(hours.to_string(), "4.5");
/// assert!("-1".parse::<Hours>().is_err());
/// # Ok::<(), reverse_mentoring::roster::HoursError>(())
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = r"^0*(10000(\.0{1,6})?|[0-9]{1,4}(\.[0-9]{1,6})?)$")))]
#[serde(try_from = "String", into = "String")]
pub struct Hours(u64);

/// Why a text is not a number of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of hours between 0 and 10000 with at most six decimals")]
#[non_exhaustive]
pub struct HoursError;

impl Hours {
    /// So many whole hours.
    #[must_use]
    pub const fn whole(hours: u8) -> Self {
        Self(hours as u64 * PARTS)
    }

    /// Both together; `None` over 10,000 hours.
    #[must_use]
    pub fn plus(self, more: Self) -> Option<Self> {
        let sum = self.0.checked_add(more.0)?;
        (sum <= MOST).then_some(Self(sum))
    }

    /// `None` over 10,000 hours.
    pub(crate) fn from_millionths(millionths: u64) -> Option<Self> {
        (millionths <= MOST).then_some(Self(millionths))
    }

    pub(crate) const fn as_millionths(self) -> u64 {
        self.0
    }
}

impl FromStr for Hours {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let shape = !whole.is_empty()
            && digits(whole)
            && digits(decimals)
            && decimals.len() <= 6
            && !text.ends_with('.');
        if !shape {
            return Err(HoursError);
        }
        let whole: u64 = whole.parse().map_err(|_| HoursError)?;
        // At most six digits, so many places to the right of the point.
        let digits = decimals.bytes().map(|b| u64::from(b - b'0'));
        let part: u64 = digits.zip(PLACES).map(|(digit, place)| digit * place).sum();
        if whole > 10_000 || (whole == 10_000 && part > 0) {
            return Err(HoursError);
        }
        Ok(Self(whole * PARTS + part))
    }
}

impl TryFrom<String> for Hours {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        text.parse()
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> Self {
        hours.to_string()
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, mut part, mut digits) = (self.0 / PARTS, self.0 % PARTS, PLACES.len());
        if part == 0 {
            return write!(f, "{whole}");
        }
        while part % 10 == 0 {
            part /= 10;
            digits -= 1;
        }
        write!(f, "{whole}.{part:0digits$}")
    }
}

/// Hours a month that one pairing takes of each of the two: 1.5 unless stated.
///
/// One hour of meeting and half an hour around it (monthly sessions of 45–60 minutes: AXA, the NHS agreement).
// INVARIANT (load): above zero. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("allOf" = [{"pattern": "[1-9]"}])))]
#[serde(try_from = "Hours", into = "Hours")]
pub struct Load(Hours);

/// A pairing that takes no time would give everybody endless places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the load of a pairing is zero hours")]
#[non_exhaustive]
pub struct ZeroLoad;

impl Load {
    /// 1.5 hours a month.
    pub const DEFAULT: Self = Self(Hours(PARTS * 3 / 2));

    /// A load of `hours` a month.
    ///
    /// # Errors
    ///
    /// [`ZeroLoad`] for zero hours.
    pub const fn new(hours: Hours) -> Result<Self, ZeroLoad> {
        if hours.0 == 0 {
            return Err(ZeroLoad);
        }
        Ok(Self(hours))
    }

    /// The hours a month.
    #[must_use]
    pub const fn hours(self) -> Hours {
        self.0
    }

    /// The hours a month that so many pairings take; `None` beyond what [`Hours`] can say.
    #[must_use]
    pub fn of_pairings(self, pairings: u32) -> Option<Hours> {
        let hours = self.0.0.checked_mul(u64::from(pairings))?;
        (hours <= MOST).then_some(Hours(hours))
    }
}

impl TryFrom<Hours> for Load {
    type Error = ZeroLoad;

    fn try_from(hours: Hours) -> Result<Self, ZeroLoad> {
        Self::new(hours)
    }
}

impl From<Load> for Hours {
    fn from(load: Load) -> Self {
        load.0
    }
}

impl Default for Load {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// How many pairings somebody takes on, on each side they offered: a capacity, and hours a month if they are limited.
///
/// ```
/// use std::num::NonZeroU32;
/// use reverse_mentoring::roster::{Capacity, Load};
///
/// let three = Capacity::of(NonZeroU32::new(3).unwrap());
/// assert_eq!(three.places(Load::default()), 3);
/// assert_eq!(three.with_hours("4".parse()?).places(Load::default()), 2); // ⌊4 / 1.5⌋
/// # Ok::<(), reverse_mentoring::roster::HoursError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    pairings: NonZeroU32,
    hours_per_month: Option<Hours>,
}

impl Capacity {
    /// At most `pairings` at a time on a side.
    #[must_use]
    pub const fn of(pairings: NonZeroU32) -> Self {
        Self {
            pairings,
            hours_per_month: None,
        }
    }

    /// The same within a budget of hours a month.
    #[must_use]
    pub const fn with_hours(mut self, hours_per_month: Hours) -> Self {
        self.hours_per_month = Some(hours_per_month);
        self
    }

    /// The capacity without regard to hours.
    #[must_use]
    pub const fn pairings(&self) -> NonZeroU32 {
        self.pairings
    }

    /// The budget, if there is one.
    #[must_use]
    pub const fn hours_per_month(&self) -> Option<Hours> {
        self.hours_per_month
    }

    /// Places on one side before any pairing is open: min(capacity, ⌊hours / load⌋).
    #[must_use]
    pub fn places(&self, load: Load) -> u32 {
        let by_hours = self
            .hours_per_month
            .map_or(u64::MAX, |hours| hours.0 / load.0.0);
        u32::try_from(by_hours)
            .unwrap_or(u32::MAX)
            .min(self.pairings.get())
    }

    /// The same in words, with the hours where they are what there is too little of.
    pub(crate) fn places_in_words(&self, load: Load) -> String {
        let places = count(self.places(load) as usize, "place");
        match self.hours_per_month {
            Some(hours) if self.places(load) < self.pairings.get() => {
                let month = if hours == Hours(PARTS) {
                    "hour"
                } else {
                    "hours"
                };
                format!(
                    "{places} ({hours} {month} a month, {} a pairing)",
                    load.hours()
                )
            }
            _ => places,
        }
    }
}

impl Default for Capacity {
    fn default() -> Self {
        Self::of(NonZeroU32::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_exact() {
        for (text, shown) in [
            ("0", "0"),
            ("1.50", "1.5"),
            ("10000", "10000"),
            ("0.000001", "0.000001"),
        ] {
            assert_eq!(text.parse::<Hours>().unwrap().to_string(), shown);
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "1e3",
            "1,5",
            "NaN",
            "10000.1",
            "1.0000001",
            "+1",
            "99999999999999999999999",
        ] {
            assert_eq!(text.parse::<Hours>(), Err(HoursError), "{text}");
        }
    }

    #[test]
    fn places_by_hand() {
        let places = |capacity: u32, hours: &str, load: &str| {
            Capacity::of(NonZeroU32::new(capacity).unwrap())
                .with_hours(hours.parse().unwrap())
                .places(Load::new(load.parse().unwrap()).unwrap())
        };
        assert_eq!(places(5, "1.49", "1.5"), 0);
        assert_eq!(places(5, "1.5", "1.5"), 1);
        assert_eq!(places(5, "0.3", "0.1"), 3); // 0.3 / 0.1 is 2.999… in floating point
        assert_eq!(places(2, "100", "0.5"), 2);
        assert_eq!(Load::new(Hours::default()), Err(ZeroLoad));
    }

    #[test]
    fn places_in_words_name_hours_where_they_run_short() {
        let words = |hours: Option<&str>| {
            let two = Capacity::of(NonZeroU32::new(2).unwrap());
            let capacity = hours.map_or(two, |hours| two.with_hours(hours.parse().unwrap()));
            capacity.places_in_words(Load::default())
        };
        assert_eq!(words(None), "2 places");
        assert_eq!(words(Some("3")), "2 places");
        assert_eq!(
            words(Some("2.9")),
            "1 place (2.9 hours a month, 1.5 a pairing)"
        );
        assert_eq!(words(Some("1")), "0 places (1 hour a month, 1.5 a pairing)");
    }

    #[test]
    fn hours_of_pairings_by_hand() {
        let hours = |load: &str, pairings| {
            let load = Load::new(load.parse().unwrap()).unwrap();
            load.of_pairings(pairings).map(|hours| hours.to_string())
        };
        assert_eq!(hours("1.5", 3).as_deref(), Some("4.5"));
        assert_eq!(hours("0.1", 0).as_deref(), Some("0"));
        assert_eq!(hours("2500", 4).as_deref(), Some("10000"));
        assert_eq!(hours("2500.1", 4), None);
        assert_eq!(hours("10000", u32::MAX), None);
    }
}
