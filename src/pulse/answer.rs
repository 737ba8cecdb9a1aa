//! An answer of 1 to 5.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An answer to an item: 1, not at all, to 5, fully. `Debug` does not show it, because logs travel.
///
/// ```
/// use reverse_mentoring::pulse::{Answer, NotOneToFive};
///
/// let answer = Answer::new(4)?;
/// assert_eq!((answer.as_u8(), format!("{answer:?}").as_str()), (4, "Answer(..)"));
/// assert_eq!(Answer::new(6).unwrap_err().to_string(), "an answer of 6 is not between 1 and 5");
/// # Ok::<(), NotOneToFive>(())
/// ```
// INVARIANT (answer): 1 to 5. Kept by `new`; loading calls it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("minimum" = 1, "maximum" = 5)))]
#[serde(try_from = "u8", into = "u8")]
pub struct Answer(u8);

/// A number that is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an answer of {0} is not between 1 and 5")]
pub struct NotOneToFive(
    /// What was given.
    pub u8,
);

impl Answer {
    /// An answer of 1 to 5.
    ///
    /// # Errors
    ///
    /// [`NotOneToFive`] for any other number.
    pub const fn new(answer: u8) -> Result<Self, NotOneToFive> {
        if answer < 1 || answer > 5 {
            return Err(NotOneToFive(answer));
        }
        Ok(Self(answer))
    }

    /// 1 to 5.
    #[must_use]
    pub const fn as_u8(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Answer {
    type Error = NotOneToFive;

    fn try_from(answer: u8) -> Result<Self, NotOneToFive> {
        Self::new(answer)
    }
}

impl From<Answer> for u8 {
    fn from(answer: Answer) -> Self {
        answer.0
    }
}

/// Not the answer.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer(..)")
    }
}
