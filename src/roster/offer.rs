//! Levels, offers and wishes, and when an offer serves a wish.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::skill::Skill;
use crate::text::TextError;

/// How well somebody knows a skill: 0 (not at all) to 5 (teaches it to experts).
// INVARIANT (level): 0..=5. Kept by `new`; loading calls it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("maximum" = 5)))]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

impl Level {
    /// Knows nothing of it yet.
    pub const NONE: Self = Self(0);
    /// The highest.
    pub const MAX: Self = Self(5);

    /// A level of 0 to 5.
    ///
    /// # Errors
    ///
    /// [`SkillError::Level`] above 5.
    pub const fn new(level: u8) -> Result<Self, SkillError> {
        if level > 5 {
            return Err(SkillError::Level(level));
        }
        Ok(Self(level))
    }

    /// 0 to 5.
    #[must_use]
    pub const fn as_u8(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Level {
    type Error = SkillError;

    fn try_from(level: u8) -> Result<Self, SkillError> {
        Self::new(level)
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why something is not an offer or a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SkillError {
    /// Above 5.
    #[error("level {0} is not between 0 and 5")]
    Level(u8),
    /// An offer of level 0 teaches nothing.
    #[error("an offer needs a level of 1 to 5")]
    EmptyOffer,
    /// A wish that does not rise.
    #[error("a wish from level {from} to level {to} does not rise")]
    NotRising {
        /// Where the wish starts.
        from: Level,
        /// Where it ends.
        to: Level,
    },
    /// The name of the skill is no label.
    #[error("the skill's name cannot be used: {0}")]
    Name(#[from] TextError),
}

/// A skill that somebody can teach, at their level of 1 to 5.
// INVARIANT (offer): level >= 1. Kept by `new` and `of`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Offer {
    skill: Skill,
    level: Level,
}

impl Offer {
    /// An offer of `skill` at `level` 1 to 5.
    ///
    /// # Errors
    ///
    /// [`SkillError`] for a level outside 1 to 5 or a name that is no label.
    pub fn new(skill: &str, level: u8) -> Result<Self, SkillError> {
        Self::of(Skill::new(skill)?, Level::new(level)?)
    }

    /// The same from checked parts.
    ///
    /// # Errors
    ///
    /// [`SkillError::EmptyOffer`] at level 0.
    pub fn of(skill: Skill, level: Level) -> Result<Self, SkillError> {
        if level == Level::NONE {
            return Err(SkillError::EmptyOffer);
        }
        Ok(Self { skill, level })
    }

    /// The same level of another skill.
    pub(crate) const fn of_skill(&self, skill: Skill) -> Self {
        Self {
            skill,
            level: self.level,
        }
    }

    /// What is taught.
    #[must_use]
    pub const fn skill(&self) -> &Skill {
        &self.skill
    }

    /// How well the teacher knows it, 1 to 5.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }
}

/// A skill that somebody wants to learn, from a level to a higher one.
///
/// ```
/// use reverse_mentoring::roster::{Offer, Wish};
///
/// let wish = Wish::new("short video", 1, 4)?;
/// assert_eq!(wish.served_by(&Offer::new("short video", 1)?), None); // teaches nothing new
/// let partly = wish.served_by(&Offer::new("short video", 3)?).unwrap();
/// assert_eq!(partly.as_u8(), 3); // as far as this teacher can take it
/// let fully = wish.served_by(&Offer::new("short video", 5)?).unwrap();
/// assert_eq!(fully, wish.to());
/// # Ok::<(), reverse_mentoring::roster::SkillError>(())
/// ```
// INVARIANT (wish): from < to. Kept by `new` and `of`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wish {
    skill: Skill,
    from: Level,
    to: Level,
}

impl Wish {
    /// A wish to learn `skill` from level `from` to level `to`, both 0 to 5.
    ///
    /// # Errors
    ///
    /// [`SkillError`] for a level above 5, `to` ≤ `from`, or a name that is no label.
    pub fn new(skill: &str, from: u8, to: u8) -> Result<Self, SkillError> {
        Self::of(Skill::new(skill)?, Level::new(from)?, Level::new(to)?)
    }

    /// The same from checked parts.
    ///
    /// # Errors
    ///
    /// [`SkillError::NotRising`] where `to` ≤ `from`.
    pub fn of(skill: Skill, from: Level, to: Level) -> Result<Self, SkillError> {
        if to <= from {
            return Err(SkillError::NotRising { from, to });
        }
        Ok(Self { skill, from, to })
    }

    /// The same levels of another skill.
    pub(crate) const fn of_skill(&self, skill: Skill) -> Self {
        Self {
            skill,
            from: self.from,
            to: self.to,
        }
    }

    /// What is to be learnt.
    #[must_use]
    pub const fn skill(&self) -> &Skill {
        &self.skill
    }

    /// The level at the start.
    #[must_use]
    pub const fn from(&self) -> Level {
        self.from
    }

    /// The level wished for.
    #[must_use]
    pub const fn to(&self) -> Level {
        self.to
    }

    /// How far an offer takes this wish: the level reached, above `from` and at most `to`; `None` where the skill
    /// differs or the teacher's level is not above `from`.
    #[must_use]
    pub fn served_by(&self, offer: &Offer) -> Option<Level> {
        (offer.skill == self.skill && offer.level > self.from).then(|| offer.level.min(self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages() {
        let level = Level::new(6).unwrap_err();
        assert_eq!(level.to_string(), "level 6 is not between 0 and 5");
        let flat = Wish::new("sql", 3, 3).unwrap_err();
        assert_eq!(
            flat.to_string(),
            "a wish from level 3 to level 3 does not rise"
        );
        let empty = Offer::new("sql", 0).unwrap_err();
        assert_eq!(empty.to_string(), "an offer needs a level of 1 to 5");
        let name = Offer::new(" ", 1).unwrap_err();
        assert_eq!(
            name.to_string(),
            "the skill's name cannot be used: the text is blank"
        );
    }

    #[test]
    fn serving_by_hand() {
        // (offer level, from, to) → reached
        for (level, from, to, reached) in [
            (1, 0, 5, Some(1)),
            (5, 0, 3, Some(3)),
            (3, 3, 5, None),
            (2, 3, 5, None),
            (4, 3, 5, Some(4)),
            (5, 4, 5, Some(5)),
        ] {
            let wish = Wish::new("sql", from, to).unwrap();
            let offer = Offer::new("sql", level).unwrap();
            assert_eq!(wish.served_by(&offer).map(Level::as_u8), reached);
            assert_eq!(wish.served_by(&Offer::new("SQL", level).unwrap()), None);
        }
    }
}
