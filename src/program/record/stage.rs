//! A stage as it is stored.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::pair::Role;
use crate::pairing::{Consent, EndReason, Phase, Stage};

/// A stage as it is stored. [`Stage`] itself is not read: it would be a door into a pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "stage", rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::program) enum StageRecord {
    Open {
        now: PhaseRecord,
    },
    Paused {
        before: PhaseRecord,
    },
    Suspended {
        before: PhaseRecord,
        agreed: BTreeSet<Role>,
    },
    Completed {},
    Ended {
        reason: EndReason,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "phase", rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::program) enum PhaseRecord {
    Proposed { accepted: BTreeSet<Role> },
    Accepted {},
    Preparing { signed: BTreeSet<Role> },
    Chemistry {},
    Active {},
}

fn voices(consent: Consent) -> BTreeSet<Role> {
    let both = [Role::Mentor, Role::Mentee].into_iter();
    both.filter(|&role| consent.includes(role)).collect()
}

fn consent(voices: &BTreeSet<Role>) -> Consent {
    match [Role::Mentor, Role::Mentee].map(|role| voices.contains(&role)) {
        [false, false] => Consent::Nobody,
        [true, false] => Consent::Mentor,
        [false, true] => Consent::Mentee,
        [true, true] => Consent::Both,
    }
}

impl From<Phase> for PhaseRecord {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Proposed { accepted } => Self::Proposed {
                accepted: voices(accepted),
            },
            Phase::Accepted => Self::Accepted {},
            Phase::Preparing { signed } => Self::Preparing {
                signed: voices(signed),
            },
            Phase::Chemistry => Self::Chemistry {},
            Phase::Active => Self::Active {},
        }
    }
}

impl PhaseRecord {
    pub(in crate::program) fn phase(&self) -> Phase {
        match self {
            Self::Proposed { accepted } => Phase::Proposed {
                accepted: consent(accepted),
            },
            Self::Accepted {} => Phase::Accepted,
            Self::Preparing { signed } => Phase::Preparing {
                signed: consent(signed),
            },
            Self::Chemistry {} => Phase::Chemistry,
            Self::Active {} => Phase::Active,
        }
    }
}

impl From<Stage> for StageRecord {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Open { now } => Self::Open { now: now.into() },
            Stage::Paused { before } => Self::Paused {
                before: before.into(),
            },
            Stage::Suspended { before, agreed } => Self::Suspended {
                before: before.into(),
                agreed: voices(agreed),
            },
            Stage::Completed => Self::Completed {},
            Stage::Ended { reason } => Self::Ended { reason },
        }
    }
}

impl StageRecord {
    pub(in crate::program) fn stage(&self) -> Stage {
        match self {
            Self::Open { now } => Stage::Open { now: now.phase() },
            Self::Paused { before } => Stage::Paused {
                before: before.phase(),
            },
            Self::Suspended { before, agreed } => Stage::Suspended {
                before: before.phase(),
                agreed: consent(agreed),
            },
            Self::Completed {} => Stage::Completed,
            Self::Ended { reason } => Stage::Ended { reason: *reason },
        }
    }
}
