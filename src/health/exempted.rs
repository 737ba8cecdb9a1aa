//! Pairings over a line of management that their mentee is exempted from.

use chrono::NaiveDate;

use crate::eligibility::ExemptionReason;
use crate::history::{History, PairingFacts};
use crate::ids::PairingId;
use crate::roster::Levels;

/// An open pairing whose mentee stands three levels or more above the mentor, and is exempted from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExemptedPairing {
    /// Which.
    pub pairing: PairingId,
    /// By how many levels.
    pub levels: Levels,
    /// Why the mentee is exempted.
    pub reason: ExemptionReason,
}

/// What a pairing rests on, where that is an exemption and the pairing is open on the day.
pub(super) fn read(
    history: &History,
    pairing: PairingId,
    facts: &PairingFacts,
    as_of: NaiveDate,
) -> Option<ExemptedPairing> {
    let levels = facts.levels(as_of).filter(|_| facts.is_open(as_of))?;
    let reason = history.person(facts.pair.mentee)?.exempted(as_of)?;
    Some(ExemptedPairing {
        pairing,
        levels,
        reason,
    })
}
