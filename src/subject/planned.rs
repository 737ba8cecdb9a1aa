//! What an export says of planning, in its wire form.

use std::num::NonZeroU16;

use chrono::NaiveDate;
use serde::Serialize;

use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::text::{Key, Label};

/// What planning was told.
#[derive(Clone, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PlanningPart {
    pub(super) choices: Vec<ChoicePart>,
    pub(super) ranked_by_others: Vec<NonZeroU16>,
    pub(super) pins: Vec<PinPart>,
    pub(super) exclusions: usize,
    pub(super) relations: Vec<RelationPart>,
    pub(super) former_managers: Vec<FormerPart>,
    pub(super) curricula: Vec<Label>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ChoicePart {
    pub(super) mentor: ParticipantId,
    pub(super) rank: NonZeroU16,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PinPart {
    pub(super) role: Role,
    pub(super) partner: Key,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct RelationPart {
    pub(super) kind: &'static str,
    pub(super) by: ParticipantId,
    pub(super) of: ParticipantId,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct FormerPart {
    pub(super) manager: Key,
    pub(super) until: NaiveDate,
}
