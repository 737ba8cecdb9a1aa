//! What a pairing that was made elsewhere may break, and what it may lack: codes, so that a journal needs no text.

use serde::{Deserialize, Serialize};

use crate::policy::Violation;

/// A core invariant that a pairing made elsewhere breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Breach {
    /// The mentor is not the less experienced.
    ExperienceOrder,
    /// One of the two is above the other.
    HierarchicalLink,
    /// One of the two has more pairings than places.
    Places,
}

impl Breach {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ExperienceOrder, Self::HierarchicalLink, Self::Places];

    /// The code of the invariant, as [`eligibility`](crate::eligibility) has it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ExperienceOrder => "experience-order",
            Self::HierarchicalLink => "no-hierarchical-link",
            Self::Places => "places",
        }
    }

    /// The same in a sentence that names nobody.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::ExperienceOrder => "the mentor is not the less experienced",
            Self::HierarchicalLink => "one of the two is above the other",
            Self::Places => "one of the two has more pairings than places",
        }
    }

    pub(crate) fn violation(self) -> Violation {
        Violation::new(self.code(), self.message())
    }
}

/// Something that an adopted pairing cannot show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Missing {
    /// Learning goals of both.
    Goals,
    /// The experience of one of the two, or on a scale that compares.
    Experience,
}

impl Missing {
    /// A stable code: `goals`, `experience`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Goals => "goals",
            Self::Experience => "experience",
        }
    }
}

/// What a coordinator decides about an adopted pairing that is held up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
#[serde(tag = "decision", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decision {
    /// The link is gone, and they go on, after an earlier [pause](super::Step::Pause) too.
    GoOn,
    /// It ends.
    End {
        /// Why: an exit, the programme's close or, while it is held up, the link.
        reason: super::EndReason,
    },
}

/// How a [`Decision`] is read. The empty braces are there because serde lets unknown fields of a variant without any pass.
#[derive(Deserialize)]
#[serde(
    remote = "Decision",
    tag = "decision",
    rename_all = "snake_case",
    deny_unknown_fields
)]
enum Wire {
    GoOn {},
    End { reason: super::EndReason },
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Wire::deserialize(deserializer)
    }
}
