//! How far somebody stands above somebody else, where that is so far that a programme may make an exception.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::reporting::{PersonRef, ReportingLines};
use crate::summary::count;

/// Levels of management on the shortest way up from one person to another, three or more: 1 would be a direct report, 2
/// a report's report.
///
/// A link of so many levels is one that a programme may exempt a named mentee from; nearer ones have no number here.
///
/// ```
/// use reverse_mentoring::roster::Levels;
///
/// assert_eq!(Levels::new(4)?.to_string(), "4 levels");
/// assert_eq!(Levels::new(2).unwrap_err().to_string(), "a link of 2 levels is too near for an exemption, which takes 3");
/// # Ok::<(), reverse_mentoring::roster::LevelsError>(())
/// ```
// INVARIANT (far): three or more. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("minimum" = 3)))]
#[serde(try_from = "u32", into = "u32")]
pub struct Levels(u32);

/// A link that no exemption excuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link of {} is too near for an exemption, which takes 3", count(*.0, "level"))]
pub struct LevelsError(
    /// The levels.
    pub u32,
);

impl Levels {
    /// The nearest that an exemption excuses: three.
    pub const LEAST: Self = Self(3);

    /// So many levels.
    ///
    /// # Errors
    ///
    /// [`LevelsError`] below three.
    pub const fn new(levels: u32) -> Result<Self, LevelsError> {
        if levels < Self::LEAST.0 {
            return Err(LevelsError(levels));
        }
        Ok(Self(levels))
    }

    /// The number.
    #[must_use]
    pub const fn as_u32(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Levels {
    type Error = LevelsError;

    fn try_from(levels: u32) -> Result<Self, LevelsError> {
        Self::new(levels)
    }
}

impl From<Levels> for u32 {
    fn from(levels: Levels) -> Self {
        levels.0
    }
}

impl fmt::Display for Levels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&count(self.0, "level"))
    }
}

impl ReportingLines {
    /// By how many levels `upper` stands above `lower` over solid and dotted lines mixed, on the shortest way up, where
    /// that is three or more. `None` where it is less, where they are not linked, and where a dotted circle puts `lower`
    /// above `upper` as well.
    ///
    /// It climbs, so ask only of pairs whose answer is needed.
    ///
    /// ```
    /// use reverse_mentoring::roster::{Levels, Line, ReportingLines};
    ///
    /// let lines = ReportingLines::new([
    ///     Line::root("ceo"),
    ///     Line::new("cto", "ceo"),
    ///     Line::new("lead", "cto"),
    ///     Line::new("dev", "lead"),
    ///     Line::new("ada", "lead").dotted("cto"),
    /// ])?;
    /// let person = |key| lines.find(key).unwrap();
    /// assert_eq!(lines.far_above(person("ceo"), person("dev")), Some(Levels::LEAST));
    /// assert_eq!(lines.far_above(person("ceo"), person("ada")), None); // two levels, over the dotted line
    /// # Ok::<(), reverse_mentoring::roster::LineFaults>(())
    /// ```
    #[must_use]
    pub fn far_above(&self, upper: PersonRef, lower: PersonRef) -> Option<Levels> {
        if !self.is_far_above(upper, lower) {
            return None;
        }
        let steps = self.path_up(lower, upper)?.len().saturating_sub(1);
        Levels::new(u32::try_from(steps).unwrap_or(u32::MAX)).ok()
    }

    /// Whether [`far_above`](Self::far_above) has a number; climbs two levels and no further.
    pub(crate) fn is_far_above(&self, upper: PersonRef, lower: PersonRef) -> bool {
        let ups = |person| {
            self.manager(person)
                .into_iter()
                .chain(self.dotted_managers(person))
        };
        let near = || ups(lower).any(|up| up == upper || ups(up).any(|up| up == upper));
        self.is_above(upper, lower) && !self.is_above(lower, upper) && !near()
    }

    /// Whether everybody else stands below somebody on solid lines: the company is one tree, and this is its top.
    pub(crate) fn is_top_of_all(&self, person: PersonRef) -> bool {
        let numbers = self.numbers_below(person);
        let below = numbers.map(|(from, to)| to.saturating_sub(from) as usize);
        below == Some(self.len())
    }
}
