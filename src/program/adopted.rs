//! The gate's part of adopted pairings: what is kept of them, and how it changes.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::gate::ROLES;
use super::state::{Gate, Held, Record};
use crate::history::PairingFacts;
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::journal::{AdoptedPairing, Event, ProposedPairing};
use crate::pair::Pair;
use crate::pairing::{Breach, Consent, Decision, Pairing, Phase, Stage};
use crate::roster::RosterFingerprint;

/// A pairing that was made elsewhere and is not regularised: no promise of two-way goals, no agreement, no proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Adopted {
    pub(super) record: Record,
    /// The last day on which it may go on as it is.
    pub(super) deadline: NaiveDate,
    pub(super) breaches: Vec<Breach>,
    /// Whether the latest roster shows no link between the two.
    pub(super) link_gone: bool,
}

impl Adopted {
    pub(super) const fn pair(&self) -> Pair {
        self.record.facts.pair
    }

    pub(super) const fn is_open(&self) -> bool {
        self.record.facts.ended.is_none()
    }

    /// Whether a line of management holds it up.
    pub(super) fn is_suspended(&self) -> bool {
        let now = self.record.facts.hold_now();
        now.is_some_and(|hold| hold.suspended)
    }

    pub(super) fn is_paused(&self) -> bool {
        let now = self.record.facts.hold_now();
        now.is_some_and(|hold| !hold.suspended)
    }

    /// The stage that says of it when they meet. Of the [stage table](crate::pairing::stage) it has a pause and its end
    /// alone.
    pub(super) fn stage(&self) -> Stage {
        let phase = Phase::Active;
        match self.record.facts.hold_now() {
            None => Stage::Open { now: phase },
            Some(hold) if !hold.suspended => Stage::Paused { before: phase },
            Some(_) => Stage::Suspended {
                before: phase,
                agreed: Consent::Nobody,
            },
        }
    }

    fn with(&self, person: ParticipantId) -> bool {
        ROLES.iter().any(|role| self.pair().person(*role) == person)
    }
}

impl Gate {
    /// The adopted pairings that have not ended, by id.
    pub(super) fn open_adopted(&self) -> impl Iterator<Item = (PairingId, &Adopted)> {
        let open = self.adopted.iter().filter(|(_, adopted)| adopted.is_open());
        open.map(|(id, adopted)| (*id, adopted))
    }

    /// Those of somebody.
    pub(super) fn adopted_of(&self, person: ParticipantId) -> Vec<PairingId> {
        let theirs = self.open_adopted().filter(|(_, a)| a.with(person));
        theirs.map(|(id, _)| id).collect()
    }

    /// The stage of a pairing that has not ended, adopted or not, and what is on record of it.
    pub(super) fn standing(&self, id: PairingId) -> Option<(Stage, &PairingFacts)> {
        let held = self.open.get(&id);
        let held = held.map(|held| (held.pairing.stage(), &held.record.facts));
        let adopted = || self.adopted(id).map(|a| (a.stage(), &a.record.facts));
        held.or_else(adopted)
    }

    /// An adopted pairing that has not ended.
    pub(super) fn adopted(&self, id: PairingId) -> Option<&Adopted> {
        self.adopted.get(&id).filter(|adopted| adopted.is_open())
    }

    pub(super) fn take_in_adoption(&mut self, event: &Event, on: NaiveDate) {
        match event {
            Event::Adopted {
                deadline, pairings, ..
            } => {
                for new in pairings {
                    self.adopt(new, *deadline, on);
                }
            }
            Event::Decided {
                pairing, decision, ..
            } => {
                if let Some(adopted) = self.adopted.get_mut(pairing) {
                    adopted.record.facts.decide(*decision, on);
                    adopted.link_gone = true;
                    let link = |breach: &Breach| *breach == Breach::HierarchicalLink;
                    if *decision == Decision::GoOn {
                        adopted.breaches.retain(|breach| !link(breach));
                    }
                }
                self.end_adopted(*pairing);
            }
            Event::Regularised {
                pairing,
                cohort,
                evidence,
                ..
            } => self.regularise(pairing, *cohort, evidence.roster, on),
            _ => {}
        }
    }

    fn adopt(&mut self, new: &AdoptedPairing, deadline: NaiveDate, on: NaiveDate) {
        let used = new.sessions.iter().map(|s| s.session);
        self.sessions.extend(used);
        let facts = PairingFacts::adopted(new, on);
        let adopted = Adopted {
            link_gone: facts.hold_now().is_none(),
            record: Record::of(facts),
            deadline,
            breaches: new.breaches.clone(),
        };
        self.take_places(new.pair, new.id);
        self.adopted.insert(new.id, adopted);
        self.assign(new.pair, new.id);
    }

    fn regularise(
        &mut self,
        new: &ProposedPairing,
        cohort: CohortId,
        roster: RosterFingerprint,
        on: NaiveDate,
    ) {
        let Some(Adopted { mut record, .. }) = self.adopted.remove(&new.id) else {
            return;
        };
        let paused = record.facts.hold_now().is_some_and(|hold| !hold.suspended);
        record.facts.regularise(new, cohort, on);
        let (goals, agreement) = (new.goals.clone(), new.agreement.clone());
        let since = record.facts.proposed;
        let mut pairing =
            Pairing::propose(new.id, new.pair, cohort, goals, agreement, roster, since);
        pairing.begin(since);
        // What they went by elsewhere was the first version.
        pairing.agree(new.agreement.clone(), 2, on);
        let signed = Consent::Nobody;
        let now = Phase::Preparing { signed };
        let stage = match paused {
            true => Stage::Paused { before: now },
            false => Stage::Open { now },
        };
        pairing.enter(stage, on);
        pairing.set_adopted();
        if let Some(charter) = self.cohorts.charter_of(cohort) {
            pairing.set_chemistry(charter.chemistry());
        }
        pairing.count_held(record.facts.held(NaiveDate::MAX));
        let offer = None;
        let held = Held {
            pairing,
            record,
            offer,
        };
        self.open.insert(new.id, held);
    }

    /// What a new roster changes for adopted pairings: who is held up, whose link is gone, who ends.
    pub(super) fn reorganise_adopted(
        &mut self,
        [suspended, cleared, ended]: [&[PairingId]; 3],
        on: NaiveDate,
    ) {
        for id in suspended {
            let adopted = self.adopted.get_mut(id);
            if let Some(adopted) = adopted.filter(|adopted| !adopted.is_suspended()) {
                let facts = &mut adopted.record.facts;
                facts.suspend(facts.not_before(on));
            }
        }
        let cleared: BTreeSet<_> = cleared.iter().collect();
        for (id, adopted) in &mut self.adopted {
            adopted.link_gone = !adopted.is_suspended() || cleared.contains(id);
        }
        self.leave_adopted(ended, on);
    }

    /// Ends adopted pairings of which one of the two takes part no more.
    pub(super) fn leave_adopted(&mut self, ended: &[PairingId], on: NaiveDate) {
        for id in ended {
            // Named twice by a forged entry, it ends once: its places are given back once.
            let adopted = self.adopted.get_mut(id);
            if let Some(adopted) = adopted.filter(|adopted| adopted.is_open()) {
                let facts = &mut adopted.record.facts;
                facts.leave(facts.not_before(on));
                self.end_adopted(*id);
            }
        }
    }

    /// Gives the places back of one that has ended.
    fn end_adopted(&mut self, id: PairingId) {
        let ended = self
            .adopted
            .get(&id)
            .map(|a| (a.pair(), a.record.facts.ended));
        if let Some((pair, Some((ended, _)))) = ended {
            self.closing.insert((ended, id));
            self.give_places(pair);
        }
    }
}
