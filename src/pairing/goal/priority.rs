//! How much a goal matters among the others.

use serde::{Deserialize, Serialize};

/// How much a goal matters to whoever has it: three grades, the middle one unless stated.
///
/// Greater is more: `Priority::High > Priority::Normal`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// After the others.
    Low,
    /// Like the others.
    #[default]
    Normal,
    /// Before the others.
    High,
}

impl Priority {
    /// A stable code: `low`, `normal`, `high`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}
