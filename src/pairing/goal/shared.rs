//! A goal of both together.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Priority;
use crate::text::Label;

/// What the two want to bring about together: something with a name, by a day. Nobody teaches it, so it has no levels.
///
/// The name is a label of the host's, and goes on record: it says what is to be done and nothing about a person.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::pairing::{Priority, SharedGoal};
/// use reverse_mentoring::text::Label;
///
/// let by = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
/// let goal = SharedGoal::new(Label::new("a talk at the town hall")?, by).with_priority(Priority::Low);
/// assert_eq!(goal.name().as_str(), "a talk at the town hall");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// Every combination is valid; the fields are private so that both kinds of goals read alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SharedGoal {
    name: Label,
    by: NaiveDate,
    priority: Priority,
}

impl SharedGoal {
    /// A goal of this name, to be reached by a day, of normal priority.
    #[must_use]
    pub fn new(name: Label, by: NaiveDate) -> Self {
        Self {
            name,
            by,
            priority: Priority::default(),
        }
    }

    /// The same goal with another priority.
    #[must_use]
    pub fn with_priority(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }

    /// What is to be brought about.
    #[must_use]
    pub const fn name(&self) -> &Label {
        &self.name
    }

    /// The day by which it is to be reached.
    #[must_use]
    pub const fn by(&self) -> NaiveDate {
        self.by
    }

    /// How much it matters.
    #[must_use]
    pub const fn priority(&self) -> Priority {
        self.priority
    }
}
