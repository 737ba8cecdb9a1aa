//! The other half of the gate: what an entry that has passed changes. Total.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::exemption::Exemption;
use super::gate::ROLES;
use super::state::{Gate, Held, Offer, Record, Words};
use crate::history::{PairingFacts, pairing_of};
use crate::ids::{CohortId, PairingId};
use crate::journal::{Entry, Event, Places};
use crate::pair::{Pair, Role};
use crate::pairing::{EndReason, Occasion, Pairing, Stage, Step};
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
                self.seat(people);
            }
            Event::Enrolled { .. } | Event::Launched { .. } | Event::Trained { .. } => {
                Arc::make_mut(&mut self.cohorts).take_in(&entry.event, on);
            }
            Event::Withdrew { ended, .. } => {
                Arc::make_mut(&mut self.cohorts).take_in(&entry.event, on);
                for id in ended {
                    self.leave(*id, EndReason::Left, on);
                }
                self.leave_adopted(ended, on);
            }
            Event::Reached { ended, .. } => {
                Arc::make_mut(&mut self.cohorts).take_in(&entry.event, on);
                for id in ended {
                    self.leave(*id, EndReason::ProgramClosed, on);
                }
            }
            Event::Proposed {
                cohort,
                pairings,
                evidence,
                ..
            } => {
                for new in pairings {
                    self.propose(new, *cohort, evidence.roster, on);
                }
            }
            Event::Advanced { pairing, step } => {
                let now = self.standing(*pairing);
                stage = now.and_then(|(now, _)| now.after(*step).ok());
                if let Some(stage) = stage {
                    self.note(*pairing, &entry.event, on, Some(stage));
                    self.enter(*pairing, stage, on);
                }
            }
            Event::TermsStated { pairing, by, terms } => {
                self.note(*pairing, &entry.event, on, None);
                if let Some(held) = self.open.get_mut(pairing) {
                    held.pairing.state(*by, terms.clone(), on);
                }
            }
            Event::AmendmentOffered {
                pairing,
                by,
                agreement,
            } => {
                self.note(*pairing, &entry.event, on, None);
                if let Some(held) = self.open.get_mut(pairing) {
                    held.pairing.touch(on);
                    let (by, agreement) = (*by, agreement.clone());
                    held.offer = Some(Box::new(Offer { by, agreement }));
                }
            }
            Event::AmendmentAnswered {
                pairing, accepted, ..
            } => {
                self.note(*pairing, &entry.event, on, None);
                if let Some(held) = self.open.get_mut(pairing) {
                    held.pairing.touch(on);
                    if let Some(offer) = held.offer.take().filter(|_| *accepted) {
                        let version = held.pairing.version().saturating_add(1);
                        held.pairing.agree(offer.agreement, version, on);
                    }
                }
            }
            Event::Celebrated {
                pairing,
                occasion,
                by,
                agrees,
            } => self.celebrate(*pairing, *occasion, *by, *agrees),
            Event::Reviewed { .. }
            | Event::SessionPlanned(_)
            | Event::SessionMoved(_)
            | Event::SessionRecorded(_)
            | Event::SessionCorrected(_)
            | Event::SessionVoided { .. }
            | Event::Responded { .. }
            | Event::GoalAdded { .. }
            | Event::GoalChanged { .. } => {
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
                far_links,
            } => {
                self.roster = *roster;
                self.seat(people);
                for person in left {
                    Arc::make_mut(&mut self.people).remove(person);
                    // Whoever comes back is exempted anew, or is not.
                    self.exempted.remove(person);
                    Arc::make_mut(&mut self.cohorts).leave(*person);
                }
                for link in far_links {
                    if let Some(open) = self.open.get_mut(&link.pairing) {
                        open.record.facts.far_links.push((on, link.levels));
                    }
                }
                for id in suspended {
                    self.suspend(*id, on);
                }
                let cleared_ids = cleared;
                let cleared: BTreeSet<_> = cleared.iter().collect();
                for Held { pairing, .. } in self.open.values_mut() {
                    let held_up = matches!(pairing.stage(), Stage::Suspended { .. });
                    pairing.set_link_gone(!held_up || cleared.contains(&pairing.id()));
                }
                for id in ended {
                    self.leave(*id, EndReason::Left, on);
                }
                self.reorganise_adopted([suspended, cleared_ids, ended], on);
            }
            Event::Adopted { .. } | Event::Decided { .. } | Event::Regularised { .. } => {
                self.take_in_adoption(&entry.event, on);
            }
            Event::Exempted {
                mentee,
                reason,
                approved_by,
                cleared,
            } => {
                let exemption = Exemption {
                    mentee: *mentee,
                    reason: *reason,
                    approved_by: *approved_by,
                    since: on,
                };
                self.exempted.insert(*mentee, exemption);
                for id in cleared {
                    self.excuse(*id, true);
                }
            }
            Event::ExemptionRevoked {
                mentee, suspended, ..
            } => {
                self.exempted.remove(mentee);
                let held_up = self.over_far_link(*mentee).map(Pairing::id);
                let held_up: Vec<_> = held_up.collect();
                for id in suspended {
                    self.suspend(*id, on);
                }
                for id in held_up {
                    self.excuse(id, false);
                }
            }
        }
        self.next = entry.sequence.saturating_add(1);
        self.recorded_at = Some(entry.stamp.recorded_at);
        self.forget(&entry.stamp);
        stage
    }

    fn excuse(&mut self, id: PairingId, link_gone: bool) {
        if let Some(open) = self.open.get_mut(&id) {
            open.pairing.set_link_gone(link_gone);
        }
    }

    fn seat(&mut self, people: &[Places]) {
        Arc::make_mut(&mut self.people).extend(people.iter().map(|p| (p.participant, *p)));
    }

    fn propose(
        &mut self,
        new: &crate::journal::ProposedPairing,
        cohort: CohortId,
        roster: RosterFingerprint,
        on: NaiveDate,
    ) {
        let (goals, agreement) = (new.goals.clone(), new.agreement.clone());
        let mut pairing = Pairing::propose(new.id, new.pair, cohort, goals, agreement, roster, on);
        if let Some(charter) = self.cohorts.charter_of(cohort) {
            pairing.set_chemistry(charter.chemistry());
        }
        let record = Record::of(PairingFacts::of(new, cohort, on));
        self.take_places(new.pair, new.id);
        let held = Held {
            pairing,
            record,
            offer: None,
        };
        self.open.insert(new.id, held);
        self.assign(new.pair, new.id);
    }

    /// Adds to the record of a pairing, over or not, and counts the sessions held, which end the chemistry period.
    fn note(&mut self, id: PairingId, event: &Event, on: NaiveDate, stage: Option<Stage>) {
        let open = self.open.get_mut(&id);
        let held = open.or_else(|| self.over.get_mut(&id));
        let (pairing, record) = match (held, self.adopted.get_mut(&id)) {
            (
                Some(Held {
                    pairing, record, ..
                }),
                _,
            ) => (Some(pairing), record),
            (None, Some(adopted)) => (None, &mut adopted.record),
            (None, None) => return,
        };
        record.facts.take_in(event, on, stage);
        let used = match event {
            Event::SessionRecorded(session) => Some(session.session),
            Event::SessionPlanned(planned) => Some(planned.session),
            _ => None,
        };
        if let Some(session) = used {
            self.sessions.insert(session);
        }
        if let Event::SessionVoided { session, .. } = event {
            record.voided.insert(*session);
        }
        let Some(pairing) = pairing else {
            return;
        };
        match event {
            Event::SessionRecorded(session) if !session.result.is_held() => {}
            Event::SessionRecorded(session) if record.facts.is_last(session.session) => {
                pairing.held_again(session.date);
            }
            Event::SessionRecorded(_)
            | Event::SessionCorrected(_)
            | Event::SessionVoided { .. } => pairing.count_held(record.facts.held(NaiveDate::MAX)),
            _ => {}
        }
    }

    fn celebrate(&mut self, id: PairingId, occasion: Occasion, by: Role, agrees: bool) {
        let key = (id, occasion);
        let held = self.open.get(&id).or_else(|| self.over.get(&id));
        let pair = held.map(|held| held.pairing.pair());
        match (agrees, pair) {
            (true, Some(pair)) => {
                let by_nobody = || Words {
                    pair,
                    by: BTreeSet::new(),
                };
                let words = self.celebrated.entry(key).or_insert_with(by_nobody);
                words.by.insert(by);
            }
            (true, None) => {}
            (false, _) => {
                let words = self.celebrated.get_mut(&key);
                let nobody = words.is_some_and(|words| {
                    words.by.remove(&by);
                    words.by.is_empty()
                });
                if nobody {
                    self.celebrated.remove(&key);
                }
            }
        }
    }

    fn suspend(&mut self, id: PairingId, on: NaiveDate) {
        let Some(open) = self.open.get_mut(&id) else {
            return;
        };
        if let Ok(stage) = open.pairing.stage().after(Step::Suspend) {
            let from = open.record.facts.not_before(on);
            open.record.facts.suspend(from);
            self.enter(id, stage, from);
        }
    }

    fn leave(&mut self, id: PairingId, reason: EndReason, on: NaiveDate) {
        let Some(open) = self.open.get_mut(&id) else {
            return;
        };
        let last = open.record.facts.not_before(on);
        match reason {
            EndReason::ProgramClosed => open.record.facts.close(last),
            _ => open.record.facts.leave(last),
        }
        self.enter(id, Stage::Ended { reason }, last);
    }

    fn enter(&mut self, id: PairingId, stage: Stage, on: NaiveDate) {
        let Some(open) = self.open.get_mut(&id) else {
            return;
        };
        open.pairing.enter(stage, on);
        if stage.is_open() {
            return;
        }
        let Some(mut held) = self.open.remove(&id) else {
            return;
        };
        held.offer = None;
        let pair = held.pairing.pair();
        if let Some((ended, _)) = held.record.facts.ended {
            self.closing.insert((ended, id));
        }
        self.over.insert(id, held);
        self.give_places(pair);
    }

    /// Two people have a pairing: it takes a place of both.
    pub(super) fn take_places(&mut self, pair: Pair, id: PairingId) {
        self.paired.insert(pair, id);
        for role in ROLES {
            let taken = self.taken.entry((pair.person(role), role)).or_default();
            *taken = taken.saturating_add(1);
        }
    }

    /// They have it no more.
    pub(super) fn give_places(&mut self, pair: Pair) {
        self.paired.remove(&pair);
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
}
