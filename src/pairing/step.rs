//! What can happen to a pairing, and how it is read.

use serde::{Deserialize, Deserializer, Serialize};

use super::stage::EndReason;
use crate::pair::Role;

/// What happens to a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// One of the two accepts the proposal.
    Accept {
        /// Who.
        by: Role,
    },
    /// One of the two does not.
    Decline {
        /// Who.
        by: Role,
    },
    /// They meet once to introduce themselves, before anything is signed. It is no session.
    Introduce,
    /// Preparation begins.
    Prepare,
    /// One of the two signs the agreement.
    Sign {
        /// Who.
        by: Role,
    },
    /// The chemistry period begins.
    Begin,
    /// The chemistry period ends and both go on.
    Settle,
    /// Their meetings are held up for a while.
    Pause,
    /// They go on.
    Resume,
    /// A reorganisation holds them up; never by hand.
    Suspend,
    /// The link is gone, and one of the two wants to go on.
    Reinstate {
        /// Who.
        by: Role,
    },
    /// The planned end.
    Complete,
    /// An end before that.
    End {
        /// Why.
        reason: EndReason,
    },
}

/// How a [`Step`] is read: as it is written. The empty braces are there because serde lets unknown fields of a variant
/// without any pass.
#[derive(Deserialize)]
#[serde(
    remote = "Step",
    tag = "step",
    rename_all = "snake_case",
    deny_unknown_fields
)]
enum Wire {
    Accept { by: Role },
    Decline { by: Role },
    Introduce {},
    Prepare {},
    Sign { by: Role },
    Begin {},
    Settle {},
    Pause {},
    Resume {},
    Suspend {},
    Reinstate { by: Role },
    Complete {},
    End { reason: EndReason },
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Wire::deserialize(deserializer)
    }
}

impl Step {
    /// One of each kind, for asking what is legal.
    pub const KINDS: [Self; 13] = [
        Self::Accept { by: Role::Mentor },
        Self::Decline { by: Role::Mentor },
        Self::Introduce,
        Self::Prepare,
        Self::Sign { by: Role::Mentor },
        Self::Begin,
        Self::Settle,
        Self::Pause,
        Self::Resume,
        Self::Suspend,
        Self::Reinstate { by: Role::Mentor },
        Self::Complete,
        Self::End {
            reason: EndReason::Exit,
        },
    ];

    /// The name, such as `accept`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept { .. } => "accept",
            Self::Decline { .. } => "decline",
            Self::Introduce => "introduce",
            Self::Prepare => "prepare",
            Self::Sign { .. } => "sign",
            Self::Begin => "begin",
            Self::Settle => "settle",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Suspend => "suspend",
            Self::Reinstate { .. } => "reinstate",
            Self::Complete => "complete",
            Self::End { .. } => "end",
        }
    }
}
