//! What the two of a pairing in a record agreed on.

use super::Check;
use crate::pairing::{Consent, Phase, Stage};
use crate::program::flaws::PairingProblem;
use crate::program::record::PairingRecord;

impl Check<'_> {
    pub(super) fn agreement(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let stage = pairing.stage.stage();
        let versions = &pairing.versions;
        let from = || versions.iter().map(|version| version.from);
        let first = from().next() == Some(pairing.proposed_on);
        let last = versions.last().is_some_and(|version| {
            let agreement = &pairing.agreement;
            version.from <= pairing.changed_on
                && (version.cadence, version.until)
                    == (agreement.cadence(), agreement.planned_end())
        });
        if !(first && last && from().is_sorted()) {
            found.push(PairingProblem::Versions);
        }
        if was_signed(stage) {
            found.extend(pairing.agreement.silent().map(PairingProblem::Silent));
        }
        if let Some(offer) = &pairing.offer {
            // What was adopted has begun, and says what it brings in before it signs as any other.
            let begun = phase(stage).is_some_and(Phase::meets);
            let silent = begun && offer.agreement.silent().next().is_some();
            let proposed = matches!(phase(stage), None | Some(Phase::Proposed { .. }));
            if silent || proposed || offer.agreement == pairing.agreement {
                found.push(PairingProblem::Offer(stage));
            }
        }
        // Where both have said so, the pairing has gone on; nobody goes on along a link.
        let halfway = match stage {
            Stage::Open {
                now: Phase::Proposed { accepted },
            } => accepted != Consent::Both,
            Stage::Suspended { agreed, .. } => match agreed {
                Consent::Nobody => true,
                Consent::Both => false,
                Consent::Mentor | Consent::Mentee => pairing.link_gone,
            },
            _ => true,
        };
        if !halfway {
            found.push(PairingProblem::Consent(stage));
        }
    }
}

/// How far it has come; `None` for what is over.
const fn phase(stage: Stage) -> Option<Phase> {
    match stage {
        Stage::Open { now: phase }
        | Stage::Paused { before: phase }
        | Stage::Suspended { before: phase, .. } => Some(phase),
        Stage::Completed | Stage::Ended { .. } => None,
    }
}

/// Whether somebody must have signed the agreement; of what has ended, the stage does not say.
const fn was_signed(stage: Stage) -> bool {
    match phase(stage) {
        Some(Phase::Preparing { signed }) => !matches!(signed, Consent::Nobody),
        Some(phase) => phase.meets(),
        None => matches!(stage, Stage::Completed),
    }
}
