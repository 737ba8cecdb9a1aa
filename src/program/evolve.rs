//! The other half of the gate: what an entry that has passed changes. Total.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Program;
use super::gate::ROLES;
use crate::ids::PairingId;
use crate::journal::{Enrolment, Entry, Event};
use crate::pairing::{Pairing, Stage, Step};
use crate::session::SessionFacts;

impl Program {
    /// Takes an entry in that the gate has let pass.
    pub(super) fn evolve(&mut self, entry: &Entry) {
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
                    let (goals, agreement) = (new.goals.clone(), new.agreement.clone());
                    let roster = evidence.roster;
                    let pairing = Pairing::propose(new.id, new.pair, goals, agreement, roster, on);
                    for role in ROLES {
                        let taken = self.taken.entry((new.pair.person(role), role)).or_default();
                        *taken = taken.saturating_add(1);
                    }
                    self.open.insert(new.id, pairing);
                }
            }
            Event::Advanced { pairing, step } => {
                let now = self.open.get(pairing).map(Pairing::stage);
                stage = now.and_then(|now| now.after(*step).ok());
                if let Some(stage) = stage {
                    self.enter(*pairing, stage, on);
                }
            }
            Event::SessionRecorded(session) => {
                self.sessions.insert(session.session);
            }
            // What these say is a matter of history, below.
            Event::SessionCorrected(_) | Event::SessionVoided { .. } | Event::Progressed { .. } => {
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
                    let now = self.open.get(id).map(Pairing::stage);
                    if let Some(stage) = now.and_then(|now| now.after(Step::Suspend).ok()) {
                        self.enter(*id, stage, self.history.not_before(*id, on));
                    }
                }
                let cleared: BTreeSet<_> = cleared.iter().collect();
                for pairing in self.open.values_mut() {
                    let held_up = matches!(pairing.stage(), Stage::Suspended { .. });
                    pairing.set_link_gone(!held_up || cleared.contains(&pairing.id()));
                }
                for id in ended {
                    let reason = crate::pairing::EndReason::Left;
                    self.enter(
                        *id,
                        Stage::Ended { reason },
                        self.history.not_before(*id, on),
                    );
                }
            }
        }
        self.history.fold(entry, stage);
        if let Event::SessionRecorded(SessionFacts { pairing, .. })
        | Event::SessionCorrected(SessionFacts { pairing, .. })
        | Event::SessionVoided { pairing, .. } = &entry.event
        {
            self.count_held(*pairing);
        }
        self.next = entry.sequence.saturating_add(1);
        self.recorded_at = Some(entry.stamp.recorded_at);
    }

    fn enrol(&mut self, people: &[Enrolment]) {
        self.people
            .extend(people.iter().map(|p| (p.participant, *p)));
    }

    fn enter(&mut self, id: PairingId, stage: Stage, on: NaiveDate) {
        let Some(pairing) = self.open.get_mut(&id) else {
            return;
        };
        pairing.enter(stage, on);
        if stage.is_open() {
            return;
        }
        let pair = pairing.pair();
        self.open.remove(&id);
        self.closed.insert(id, stage);
        for role in ROLES {
            let seat = (pair.person(role), role);
            if let Some(taken) = self.taken.get_mut(&seat) {
                *taken = taken.saturating_sub(1);
                if *taken == 0 {
                    self.taken.remove(&seat);
                }
            }
        }
    }

    /// Keeps the sessions held, which end the chemistry period.
    fn count_held(&mut self, id: PairingId) {
        let facts = self.history.pairing(id);
        if let Some((pairing, facts)) = self.open.get_mut(&id).zip(facts) {
            pairing.count_held(facts.held(NaiveDate::MAX));
        }
    }
}
