//! The other half of the gate: what an entry that has passed changes. Total.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::gate::ROLES;
use super::state::{Gate, Live, Over, Record};
use crate::history::{PairingFacts, pairing_of};
use crate::ids::PairingId;
use crate::journal::{Enrolment, Entry, Event};
use crate::pairing::{EndReason, Pairing, Stage, Step};
use crate::roster::RosterFingerprint;

impl Gate {
    /// Takes an entry in that the gate has let pass; the stage after a step.
    pub(super) fn evolve(&mut self, entry: &Entry) -> Option<Stage> {
        let on = entry.stamp.on;
        let mut stage = None;
        match &entry.event {
            Event::Opened {
                program,
                roster,
                load,
                people,
            } => {
                self.id = *program;
                self.opened_on = Some(on);
                self.roster = *roster;
                self.load = *load;
                self.enrol(people);
            }
            Event::Proposed {
                pairings, evidence, ..
            } => {
                for new in pairings {
                    self.propose(new, evidence.roster, on);
                }
            }
            Event::Advanced { pairing, step } => {
                let now = self.open.get(pairing).map(|live| live.pairing.stage());
                stage = now.and_then(|now| now.after(*step).ok());
                if let Some(stage) = stage {
                    self.note(*pairing, &entry.event, on, Some(stage));
                    self.enter(*pairing, stage, on);
                }
            }
            Event::SessionRecorded(session) => {
                self.sessions.insert(session.session);
                self.note(session.pairing, &entry.event, on, None);
                if let Some(record) = self.record_mut(session.pairing) {
                    record.used.push(session.session);
                }
            }
            Event::SessionCorrected(_) | Event::SessionVoided { .. } | Event::Progressed { .. } => {
                if let Some(pairing) = pairing_of(&entry.event) {
                    self.note(pairing, &entry.event, on, None);
                }
            }
            Event::Reorganised {
                roster,
                people,
                left,
                suspended,
                cleared,
                ended,
            } => {
                self.roster = *roster;
                self.enrol(people);
                for person in left {
                    self.people.remove(person);
                }
                for id in suspended {
                    self.suspend(*id, on);
                }
                let cleared: BTreeSet<_> = cleared.iter().collect();
                for Live { pairing, .. } in self.open.values_mut() {
                    let held_up = matches!(pairing.stage(), Stage::Suspended { .. });
                    pairing.set_link_gone(!held_up || cleared.contains(&pairing.id()));
                }
                for id in ended {
                    self.leave(*id, on);
                }
            }
        }
        self.next = entry.sequence.saturating_add(1);
        self.recorded_at = Some(entry.stamp.recorded_at);
        self.forget(&entry.stamp);
        stage
    }

    fn enrol(&mut self, people: &[Enrolment]) {
        self.people
            .extend(people.iter().map(|p| (p.participant, *p)));
    }

    fn propose(
        &mut self,
        new: &crate::journal::ProposedPairing,
        roster: RosterFingerprint,
        on: NaiveDate,
    ) {
        let (goals, agreement) = (new.goals.clone(), new.agreement.clone());
        let pairing = Pairing::propose(new.id, new.pair, goals, agreement, roster, on);
        for role in ROLES {
            let taken = self.taken.entry((new.pair.person(role), role)).or_default();
            *taken = taken.saturating_add(1);
        }
        let record = Record {
            facts: PairingFacts::of(new, on),
            used: Vec::new(),
        };
        self.open.insert(new.id, Live { pairing, record });
    }

    fn record_mut(&mut self, id: PairingId) -> Option<&mut Record> {
        match self.open.get_mut(&id) {
            Some(live) => Some(&mut live.record),
            None => self.over.get_mut(&id).map(|over| &mut over.record),
        }
    }

    /// Adds to the record of a pairing, and counts the sessions held, which end the chemistry period.
    fn note(&mut self, id: PairingId, event: &Event, on: NaiveDate, stage: Option<Stage>) {
        match self.open.get_mut(&id) {
            Some(Live { pairing, record }) => {
                record.facts.take_in(event, on, stage);
                pairing.count_held(record.facts.held(NaiveDate::MAX));
            }
            None => {
                if let Some(over) = self.over.get_mut(&id) {
                    over.record.facts.take_in(event, on, stage);
                }
            }
        }
    }

    fn suspend(&mut self, id: PairingId, on: NaiveDate) {
        let Some(live) = self.open.get_mut(&id) else {
            return;
        };
        if let Ok(stage) = live.pairing.stage().after(Step::Suspend) {
            let from = live.record.facts.not_before(on);
            live.record.facts.suspend(from);
            self.enter(id, stage, from);
        }
    }

    fn leave(&mut self, id: PairingId, on: NaiveDate) {
        let Some(live) = self.open.get_mut(&id) else {
            return;
        };
        let last = live.record.facts.not_before(on);
        live.record.facts.leave(last);
        let reason = EndReason::Left;
        self.enter(id, Stage::Ended { reason }, last);
    }

    fn enter(&mut self, id: PairingId, stage: Stage, on: NaiveDate) {
        let Some(live) = self.open.get_mut(&id) else {
            return;
        };
        live.pairing.enter(stage, on);
        if stage.is_open() {
            return;
        }
        let Some(Live { pairing, record }) = self.open.remove(&id) else {
            return;
        };
        if let Some((ended, _)) = record.facts.ended {
            self.closing.insert((ended, id));
        }
        self.over.insert(id, Over { stage, record });
        for role in ROLES {
            let seat = (pairing.pair().person(role), role);
            if let Some(taken) = self.taken.get_mut(&seat) {
                *taken = taken.saturating_sub(1);
                if *taken == 0 {
                    self.taken.remove(&seat);
                }
            }
        }
    }
}
