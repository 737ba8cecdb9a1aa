//! What somebody answered, in its wire form.

use chrono::NaiveDate;
use serde::Serialize;

use crate::ids::PairingId;
use crate::pair::Role;
use crate::pulse::{Answer, OwnAnswer};
use crate::text::Label;

/// One answer.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PulsePart {
    pairing: PairingId,
    side: Role,
    item: Label,
    on: NaiveDate,
    answer: Answer,
}

impl PulsePart {
    pub(super) fn of(own: OwnAnswer<'_>) -> Self {
        Self {
            pairing: own.pairing,
            side: own.side,
            item: own.item.clone(),
            on: own.on,
            answer: own.answer,
        }
    }
}
