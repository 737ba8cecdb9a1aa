//! Whether the two may change what they agree on.

use chrono::NaiveDate;

use crate::ids::{CohortId, PairingId};
use crate::pair::Role;
use crate::pairing::{Agreement, Phase, Stage};
use crate::program::refusal::Problem;
use crate::program::state::{Gate, Held};

impl Gate {
    /// Somebody says what they bring in: from the acceptance until they begin.
    pub(super) fn check_terms(&self, id: PairingId, on: NaiveDate, problems: &mut Vec<Problem>) {
        let what = "say what they bring into the agreement";
        if let Some(held) = self.agreeing(id, on, (what, is_prepared), problems) {
            answered(held, problems);
        }
    }

    /// One of the two offers another version: from the acceptance until the end, unless a reorganisation holds them up.
    pub(super) fn check_offer(
        &self,
        id: PairingId,
        agreement: &Agreement,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(held) = self.agreeing(id, on, CHANGE, problems) else {
            return;
        };
        self.check_planned_end(agreement, held.pairing.cohort(), on, problems);
        answered(held, problems);
        if held.pairing.agreement() == agreement {
            problems.push(Problem::NothingChanges);
        }
        if !is_prepared(held.pairing.stage()) {
            problems.extend(agreement.silent().map(Problem::Silent));
        }
    }

    pub(super) fn check_answer(
        &self,
        id: PairingId,
        by: Role,
        accepted: bool,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(held) = self.agreeing(id, on, CHANGE, problems) else {
            return;
        };
        match &held.offer {
            None => problems.push(Problem::NoOffer),
            Some(offer) if accepted && offer.by == by => problems.push(Problem::OwnOffer(by)),
            Some(offer) if accepted => {
                self.check_planned_end(&offer.agreement, held.pairing.cohort(), on, problems);
            }
            Some(_) => {}
        }
    }

    /// Whether an agreement ends after a day, and within the charter.
    pub(super) fn check_planned_end(
        &self,
        agreement: &Agreement,
        cohort: CohortId,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(planned) = agreement.planned_end() else {
            return;
        };
        let ends = self
            .cohorts
            .charter_of(cohort)
            .map(|charter| charter.ends());
        if planned <= on || ends.is_some_and(|ends| planned > ends) {
            problems.push(Problem::PlannedEnd { planned, on, ends });
        }
    }

    /// An open pairing; notes where its stage does not allow something, or a day is before its latest step.
    fn agreeing(
        &self,
        id: PairingId,
        on: NaiveDate,
        (what, allowed): (&'static str, fn(Stage) -> bool),
        problems: &mut Vec<Problem>,
    ) -> Option<&Held> {
        let Some(held) = self.open.get(&id) else {
            let over = self.over.get(&id).map(|over| over.pairing.stage());
            problems.push(match over {
                Some(stage) => Problem::NotNow { stage, what },
                None => Problem::UnknownPairing(id),
            });
            return None;
        };
        let (stage, latest) = (held.pairing.stage(), held.pairing.changed_on());
        if on < latest {
            problems.push(Problem::BeforeLatestStep { on, latest });
        }
        if !allowed(stage) {
            problems.push(Problem::NotNow { stage, what });
        }
        Some(held)
    }
}

/// To offer another version, and to answer.
const CHANGE: (&str, fn(Stage) -> bool) = ("change its agreement", may_agree);

/// Notes an offer that waits for an answer.
fn answered(held: &Held, problems: &mut Vec<Problem>) {
    if let Some(offer) = &held.offer {
        problems.push(Problem::OfferPending(offer.by));
    }
}

/// Whether they get ready for the beginning.
const fn is_prepared(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Open {
            now: Phase::Accepted | Phase::Preparing { .. }
        }
    )
}

/// Whether the two can agree on something.
const fn may_agree(stage: Stage) -> bool {
    match stage {
        Stage::Open { now } => !matches!(now, Phase::Proposed { .. }),
        Stage::Paused { .. } => true,
        Stage::Suspended { .. } | Stage::Completed | Stage::Ended { .. } => false,
    }
}
