//! What became of a session.

use serde::{Deserialize, Serialize};

use super::taught::Taught;
use crate::pair::Role;

/// What became of a session.
///
/// ```
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::session::{Minutes, Outcome, Taught};
///
/// let held = Outcome::Held(Taught::by(Role::Mentor, Minutes::new(50)?));
/// let json = r#"{"outcome":"held","minutes":50,"taught_by":"mentor"}"#;
/// assert_eq!(serde_json::to_string(&held)?, json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Outcome {
    /// They met, and somebody taught.
    Held(Taught),
    /// Called off beforehand.
    Cancelled {
        /// By whom, where it is known.
        by: Option<Role>,
    },
    /// Somebody did not come.
    Missed {
        /// Who, where it is known.
        by: Option<Role>,
    },
}

impl Outcome {
    /// Whether they met.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Held(_))
    }

    /// Who taught for how long, where they met.
    #[must_use]
    pub const fn taught(&self) -> Option<Taught> {
        match self {
            Self::Held(taught) => Some(*taught),
            _ => None,
        }
    }
}
