//! Whether a pairing may take a step.

use chrono::NaiveDate;

use super::ROLES;
use crate::history::PairingFacts;
use crate::ids::{CohortId, PairingId};
use crate::pair::Pair;
use crate::pairing::{Stage, Step};
use crate::program::refusal::Problem;
use crate::program::state::{Gate, Held};

/// As nothing is recorded of a pause or of days after the end, neither comes before what is.
pub(super) fn after_what_happened(
    facts: &PairingFacts,
    on: NaiveDate,
    problems: &mut Vec<Problem>,
) {
    if let Some(session) = facts.happened().filter(|date| *date > on) {
        problems.push(Problem::BeforeSession { on, session });
    }
    let checked_in = facts.goals.checked_in();
    if let Some(checked_in) = checked_in.filter(|date| *date > on) {
        problems.push(Problem::BeforeCheckIn { on, checked_in });
    }
}

impl Gate {
    pub(super) fn check_step(
        &self,
        id: PairingId,
        step: Step,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(Held {
            pairing,
            record,
            offer,
        }) = self.open.get(&id)
        else {
            // The stage of what is over refuses every step.
            match self.over.get(&id).map(|over| over.pairing.stage()) {
                Some(stage) => problems.extend(stage.after(step).err().map(Problem::Illegal)),
                None if self.adopted.contains_key(&id) => {
                    self.check_adopted_step(id, step, on, problems);
                }
                None => problems.push(Problem::UnknownPairing(id)),
            }
            return;
        };
        if step == Step::Suspend {
            problems.push(Problem::NotByHand);
        }
        let after = match pairing.stage().after(step) {
            Ok(after) => after,
            Err(illegal) => {
                problems.push(Problem::Illegal(illegal));
                return;
            }
        };
        if on < pairing.changed_on() {
            problems.push(Problem::BeforeLatestStep {
                on,
                latest: pairing.changed_on(),
            });
        }
        if !matches!(after, Stage::Open { .. }) {
            after_what_happened(&record.facts, on, problems);
        }
        if step == Step::Settle && !pairing.chemistry_has_run(on) {
            let days = pairing
                .began_on()
                .map_or(0, |began| (on - began).num_days());
            let held = record.facts.held(on).count();
            problems.push(Problem::Chemistry {
                period: pairing.chemistry(),
                held: u32::try_from(held).unwrap_or(u32::MAX),
                days,
            });
        }
        if let Some(on) = record.facts.introduced.filter(|_| step == Step::Introduce) {
            problems.push(Problem::IntroducedAlready(on));
        }
        if let (Step::Sign { .. } | Step::Begin, Some(offer)) = (step, offer) {
            problems.push(Problem::OfferPending(offer.by));
        }
        if matches!(step, Step::Sign { .. }) {
            problems.extend(pairing.agreement().silent().map(Problem::Silent));
        }
        if step == Step::Begin {
            self.check_prepared(pairing.pair(), pairing.cohort(), on, problems);
        }
        if matches!(step, Step::Reinstate { .. }) && !pairing.link_gone() {
            problems.push(Problem::LinkRemains);
        }
    }

    /// Whether both have finished the same curriculum, that of their cohort's charter.
    fn check_prepared(
        &self,
        pair: Pair,
        cohort: CohortId,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(charter) = self.cohorts.charter_of(cohort) else {
            return;
        };
        let people = ROLES.map(|role| pair.person(role)).into_iter();
        for participant in people.filter(|p| !self.cohorts.is_trained(*p, charter, on)) {
            problems.push(Problem::NotTrained {
                participant,
                curriculum: charter.curriculum().id().clone(),
            });
        }
    }
}
