//! From journal entries to facts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::agreements::AgreementFact;
use super::book::SessionBook;
use super::evidence::Evidence;
use super::facts::{Ending, Hold, PairingFacts};
use super::goals::GoalBook;
use super::sessions::LapsedBy;
use super::{History, ReadModel};
use crate::eligibility::ExemptionReason;
use crate::few::Few;
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::journal::{Entry, Event, Places, ProposedPairing};
use crate::pairing::{EndReason, Phase, Stage, Step};

impl ReadModel for History {
    fn take_in(&mut self, entry: &Entry, stage: Option<Stage>) {
        let on = entry.stamp.on;
        self.changes.note(&entry.event);
        self.take_in_stages(&entry.event, on, stage);
        match &entry.event {
            Event::Opened { people, .. } => self.seat(people, on),
            Event::Enrolled { .. }
            | Event::Withdrew { .. }
            | Event::Launched { .. }
            | Event::Trained { .. }
            | Event::Reached { .. } => self.take_in_cohort(&entry.event, on),
            Event::Proposed {
                cohort, pairings, ..
            } => {
                for new in pairings {
                    let facts = PairingFacts::of(new, *cohort, on);
                    self.pairings.insert(new.id, facts);
                }
            }
            Event::Reorganised {
                people,
                left,
                suspended,
                ended,
                far_links,
                ..
            } => {
                self.seat(people, on);
                for person in left {
                    let facts = self.people.entry(*person).or_default();
                    facts.places.push((on, None));
                    facts.trained.push((on, None));
                    self.lapse(*person, on);
                }
                let left: BTreeSet<_> = left.iter().collect();
                self.disenrol(on, |_, who| left.contains(&who));
                for link in far_links {
                    if let Some(facts) = self.pairings.get_mut(&link.pairing) {
                        facts.far_links.push((on, link.levels));
                    }
                }
                self.change(suspended, on, PairingFacts::suspend);
                self.change(ended, on, PairingFacts::leave);
            }
            Event::Adopted { .. } | Event::Decided { .. } | Event::Regularised { .. } => {
                self.take_in_adoption(&entry.event, on);
            }
            Event::Exempted { mentee, reason, .. } => self.exempt(*mentee, Some(*reason), on),
            Event::ExemptionRevoked {
                mentee, suspended, ..
            } => {
                self.exempt(*mentee, None, on);
                self.change(suspended, on, PairingFacts::suspend);
            }
            Event::Celebrated {
                pairing,
                occasion,
                by,
                agrees,
            } => {
                let words = self.celebrated.entry((*pairing, *occasion)).or_default();
                words.push((on, *by, *agrees));
            }
            event => {
                if let Some(facts) = pairing_of(event).and_then(|id| self.pairings.get_mut(&id)) {
                    let holds = facts.holds.len();
                    facts.take_in(event, on, stage);
                    facts.evidence.take_in(event, on);
                    let pause = Step::Pause;
                    if !matches!(event, Event::Advanced { step, .. } if *step == pause) {
                        facts.note_waits(holds);
                    }
                }
            }
        }
    }

    fn knows(&self, pairing: PairingId) -> bool {
        self.pairings.contains_key(&pairing)
    }
}

impl History {
    /// Changes pairings on a day, or on the latest on which something happened to each.
    pub(super) fn change(
        &mut self,
        ids: &[PairingId],
        on: NaiveDate,
        change: fn(&mut PairingFacts, NaiveDate),
    ) {
        // Named twice by a forged entry, each changes once, as for the gate.
        let ids: BTreeSet<_> = ids.iter().collect();
        for id in ids {
            if let Some(facts) = self.pairings.get_mut(id) {
                change(facts, facts.not_before(on));
            }
        }
    }

    fn exempt(&mut self, mentee: ParticipantId, why: Option<ExemptionReason>, on: NaiveDate) {
        let facts = self.people.entry(mentee).or_default();
        facts.exempted.push((on, why));
    }

    /// An exemption ends with whoever has it.
    pub(super) fn lapse(&mut self, person: ParticipantId, on: NaiveDate) {
        let facts = self.people.get(&person);
        let last = facts.and_then(|facts| facts.exempted.last());
        if last.is_some_and(|(_, why)| why.is_some()) {
            self.exempt(person, None, on);
        }
    }

    fn seat(&mut self, people: &[Places], on: NaiveDate) {
        for person in people {
            let facts = self.people.entry(person.participant).or_default();
            let places = [person.as_mentor, person.as_mentee];
            facts.places.push((on, Some(places)));
        }
    }
}

/// The pairing that an event is about, if it is about one.
pub(crate) const fn pairing_of(event: &Event) -> Option<PairingId> {
    match event {
        Event::Advanced { pairing, .. }
        | Event::TermsStated { pairing, .. }
        | Event::AmendmentOffered { pairing, .. }
        | Event::AmendmentAnswered { pairing, .. }
        | Event::Reviewed { pairing, .. }
        | Event::Celebrated { pairing, .. }
        | Event::SessionVoided { pairing, .. }
        | Event::GoalAdded { pairing, .. }
        | Event::GoalChanged { pairing, .. }
        | Event::Responded { pairing, .. } => Some(*pairing),
        Event::Decided { pairing, .. } => Some(*pairing),
        Event::Regularised { pairing, .. } => Some(pairing.id),
        Event::SessionPlanned(planned) | Event::SessionMoved(planned) => Some(planned.pairing),
        Event::SessionRecorded(session) | Event::SessionCorrected(session) => Some(session.pairing),
        Event::Opened { .. }
        | Event::Enrolled { .. }
        | Event::Withdrew { .. }
        | Event::Launched { .. }
        | Event::Reached { .. }
        | Event::Trained { .. }
        | Event::Proposed { .. }
        | Event::Reorganised { .. }
        | Event::Exempted { .. }
        | Event::ExemptionRevoked { .. }
        | Event::Adopted { .. } => None,
    }
}

impl PairingFacts {
    /// What is known of a pairing that is proposed.
    pub(crate) fn of(new: &ProposedPairing, cohort: CohortId, on: NaiveDate) -> Self {
        Self {
            pair: new.pair,
            cohort: Some(cohort),
            proposed: on,
            accepted: None,
            started: None,
            latest_step: on,
            introduced: None,
            settled: None,
            agreements: Few::one(AgreementFact::of(&new.agreement, on)),
            reviewed: BTreeMap::new(),
            offered: None,
            ended: None,
            holds: Vec::new(),
            sessions: SessionBook::default(),
            planned: Vec::new(),
            goals: GoalBook::of(&new.goals, on),
            far_links: new
                .levels
                .map(|levels| (on, Some(levels)))
                .into_iter()
                .collect(),
            findings: Vec::new(),
            missing: Vec::new(),
            evidence: Evidence::default(),
        }
    }

    /// Adds what an event says that is about this pairing alone. Total: one that the gate would refuse changes nothing
    /// that it does not name.
    ///
    /// `stage` is the stage after a step, which only the gate knows.
    pub(crate) fn take_in(&mut self, event: &Event, on: NaiveDate, stage: Option<Stage>) {
        match event {
            Event::Advanced { step, .. } => self.advance(*step, on, stage),
            Event::TermsStated { .. } => self.latest_step = self.latest_step.max(on),
            Event::AmendmentOffered { agreement, .. } => {
                self.latest_step = self.latest_step.max(on);
                self.offered = Some((agreement.cadence(), agreement.planned_end()));
            }
            Event::AmendmentAnswered { accepted, .. } => {
                self.latest_step = self.latest_step.max(on);
                let offered = self.offered.take().filter(|_| *accepted);
                let agreed = offered.map(|(cadence, until)| AgreementFact {
                    from: on,
                    cadence,
                    until,
                });
                self.agreements.extend(agreed);
            }
            Event::Reviewed { by, .. } => {
                self.reviewed.entry(*by).or_insert(on);
            }
            Event::SessionPlanned(planned) => self.plan(planned, on),
            Event::SessionMoved(planned) => self.move_to(planned),
            Event::SessionRecorded(session) => self.record(session),
            Event::SessionCorrected(session) => self.correct(session),
            Event::SessionVoided { session, .. } => self.void(*session),
            Event::Responded {
                session,
                from,
                response,
                ..
            } => self.respond(*session, *from, *response),
            Event::GoalAdded { goal, .. } => self.goals.add(goal, on),
            Event::GoalChanged { goal, change, .. } => self.goals.change(goal, *change, on),
            // About more than one pairing, or about none.
            _ => {}
        }
    }

    fn advance(&mut self, step: Step, on: NaiveDate, stage: Option<Stage>) {
        if stage.is_some() {
            self.latest_step = self.latest_step.max(on);
        }
        match stage {
            Some(stage @ (Stage::Completed | Stage::Ended { .. })) => {
                self.end(on, self.ending(stage, on));
            }
            Some(Stage::Paused { .. }) => self.hold(on, false),
            // One of the two wants to go on: it is held up as before.
            Some(Stage::Suspended { .. }) => {}
            Some(Stage::Open {
                now: Phase::Accepted,
            }) if self.accepted.is_none() => self.accepted = Some(on),
            Some(Stage::Open { now }) if now.meets() && self.started.is_none() => {
                self.started = Some(on);
            }
            _ => {}
        }
        match step {
            Step::Introduce => self.introduced = Some(on),
            Step::Settle => self.settled = Some(on),
            _ => {}
        }
        let under_way = matches!(stage, Some(Stage::Open { .. }));
        if under_way && matches!(step, Step::Resume | Step::Reinstate { .. } | Step::Begin) {
            self.release(on);
        }
        // One that was adopted and is regularised has started, and does not meet until it begins again.
        let waits = matches!(stage, Some(Stage::Open { now }) if !now.meets());
        if waits && self.started.is_some() && self.hold_now().is_none() {
            self.hold(on, false);
        }
    }

    /// How a stage that is over came to its end on a day.
    pub(crate) fn ending(&self, stage: Stage, on: NaiveDate) -> Ending {
        match stage {
            Stage::Ended { reason } => Ending::Ended(reason),
            _ if self.planned_end(on).is_some_and(|planned| on < planned) => Ending::Early,
            _ => Ending::OnTime,
        }
    }

    /// A reorganisation holds it up.
    pub(crate) fn suspend(&mut self, on: NaiveDate) {
        self.hold(on, true);
    }

    /// One of the two takes part no more.
    pub(crate) fn leave(&mut self, on: NaiveDate) {
        self.end(on, Ending::Ended(EndReason::Left));
    }

    /// The cohort closes.
    pub(crate) fn close(&mut self, on: NaiveDate) {
        self.end(on, Ending::Ended(EndReason::ProgramClosed));
    }

    pub(super) fn hold(&mut self, from: NaiveDate, suspended: bool) {
        self.latest_step = self.latest_step.max(from);
        self.release(from);
        self.holds.push(Hold {
            suspended,
            from,
            until: None,
        });
        let by = if suspended {
            LapsedBy::Suspension
        } else {
            LapsedBy::Pause
        };
        self.lapse(from, by);
    }

    pub(super) fn release(&mut self, on: NaiveDate) {
        for hold in self.holds.iter_mut().filter(|h| h.until.is_none()) {
            hold.until = Some(on);
        }
    }

    pub(super) fn end(&mut self, on: NaiveDate, ending: Ending) {
        self.latest_step = self.latest_step.max(on);
        self.release(on);
        self.offered = None;
        self.ended = Some((on, ending));
        self.lapse(on, LapsedBy::End);
    }
}
