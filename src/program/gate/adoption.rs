//! Whether pairings may be adopted, decided about and regularised.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::steps::after_what_happened;
use super::{ROLES, not_in_future};
use crate::ids::{PairingId, ParticipantId};
use crate::journal::{AdoptedPairing, Event, ProposedPairing, Stamp};
use crate::pair::Role;
use crate::pairing::{Decision, EndReason, Missing, Stage, Step};
use crate::program::refusal::{AdoptionProblem, Problem, SessionProblem};
use crate::program::state::Gate;
use crate::session::Outcome;

impl Gate {
    pub(super) fn check_adoption(
        &self,
        event: &Event,
        known: &dyn Fn(PairingId) -> bool,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        match event {
            Event::Adopted {
                roster,
                deadline,
                pairings,
                ..
            } => {
                if *roster != self.roster {
                    problems.push(Problem::StaleProof);
                }
                if *deadline < stamp.on {
                    let (on, deadline) = (stamp.on, *deadline);
                    problems.push(AdoptionProblem::DeadlinePast { on, deadline }.into());
                }
                self.check_adopted(pairings, known, stamp, problems);
            }
            Event::Decided {
                pairing, decision, ..
            } => self.check_decision(*pairing, *decision, stamp.on, problems),
            Event::Regularised {
                cohort,
                evidence,
                pairing,
                ..
            } => {
                self.check_evidence(evidence, stamp, problems);
                let new = std::slice::from_ref(pairing.as_ref());
                self.check_cohort(*cohort, new, evidence, stamp.on, problems);
                self.check_levels(new, stamp.on, problems);
                super::goals::check_days(new, stamp.on, problems);
                self.check_planned_end(&pairing.agreement, *cohort, stamp.on, problems);
                self.check_regularised(pairing, stamp.on, problems);
            }
            _ => {}
        }
    }

    fn check_adopted(
        &self,
        pairings: &[AdoptedPairing],
        known: &dyn Fn(PairingId) -> bool,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        if pairings.is_empty() {
            problems.push(AdoptionProblem::NothingAdopted.into());
        }
        let (mut ids, mut pairs, mut sessions) =
            (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        for new in pairings {
            if self.is_known(new.id) || known(new.id) || !ids.insert(new.id) {
                problems.push(Problem::PairingIdTaken(new.id));
            }
            if new.pair.mentor == new.pair.mentee {
                problems.push(Problem::Oneself(new.pair.mentor));
            }
            let people = ROLES.map(|role| new.pair.person(role));
            let absent = people.into_iter().filter(|p| !self.people.contains_key(p));
            problems.extend(absent.map(Problem::UnknownParticipant));
            let open = self.paired.get(&new.pair).copied();
            if let Some(open) = pairs.insert(new.pair, new.id).or(open) {
                problems.push(Problem::AlreadyPaired(open));
            }
            not_in_future(problems, new.started, stamp);
            for session in &new.sessions {
                if session.pairing != new.id {
                    problems.push(Problem::UnknownPairing(session.pairing));
                }
                let taken = self.sessions.contains(&session.session);
                if taken || !sessions.insert(session.session) {
                    problems.push(SessionProblem::IdTaken(session.session).into());
                }
                if session.starts.is_some() {
                    problems.push(AdoptionProblem::Instant(session.session).into());
                }
                if session.date < new.started {
                    problems.push(Problem::OutsidePairing {
                        date: session.date,
                        began: new.started,
                        ended: None,
                    });
                }
                if !matches!(session.result, Outcome::Cancelled { .. }) {
                    not_in_future(problems, session.date, stamp);
                }
            }
            let has = |role| new.goals.iter().any(|goal| goal.learner == role);
            let lacks = !(has(Role::Mentor) && has(Role::Mentee));
            if lacks != new.missing.contains(&Missing::Goals) {
                problems.push(AdoptionProblem::GoalsOnRecord(new.id).into());
            }
        }
    }

    fn check_decision(
        &self,
        id: PairingId,
        decision: Decision,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(adopted) = self.adopted(id) else {
            problems.push(AdoptionProblem::NotAdopted(id).into());
            return;
        };
        let facts = &adopted.record.facts;
        self.after_latest(id, on, problems);
        match decision {
            Decision::GoOn if !adopted.is_suspended() => {
                problems.push(AdoptionProblem::NotHeldUp(id).into())
            }
            Decision::GoOn if !adopted.link_gone => problems.push(Problem::LinkRemains),
            Decision::GoOn => self.before_deadline(id, on, problems),
            Decision::End { reason } => {
                let may = match reason {
                    EndReason::Exit | EndReason::ProgramClosed => true,
                    EndReason::Link => adopted.is_suspended(),
                    _ => false,
                };
                if !may {
                    problems.push(AdoptionProblem::NoReasonToEnd(reason).into());
                }
                after_what_happened(facts, on, problems);
            }
        }
    }

    fn check_regularised(&self, new: &ProposedPairing, on: NaiveDate, problems: &mut Vec<Problem>) {
        let Some(adopted) = self.adopted(new.id) else {
            problems.push(AdoptionProblem::NotAdopted(new.id).into());
            return;
        };
        self.after_latest(new.id, on, problems);
        after_what_happened(&adopted.record.facts, on, problems);
        if adopted.pair() != new.pair {
            problems.push(AdoptionProblem::OtherPeople(new.id).into());
        }
        for role in ROLES {
            let participant = new.pair.person(role);
            let places = self.people.get(&participant).map_or(0, |p| p.places(role));
            // It has the places that it takes.
            let wanted = self.taken.get(&(participant, role)).copied().unwrap_or(0);
            if wanted > places {
                problems.push(Problem::NoPlace {
                    participant,
                    role,
                    places,
                    wanted,
                });
            }
        }
    }

    fn after_latest(&self, id: PairingId, on: NaiveDate, problems: &mut Vec<Problem>) {
        let latest = self.adopted(id).map(|a| a.record.facts.latest_step);
        if let Some(latest) = latest.filter(|latest| on < *latest) {
            problems.push(Problem::BeforeLatestStep { on, latest });
        }
    }

    /// Whether the two of an adopted pairing may pause, or go on after it: no other step is open to them.
    pub(super) fn check_adopted_step(
        &self,
        id: PairingId,
        step: Step,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(adopted) = self.adopted(id) else {
            problems.push(AdoptionProblem::NotAdopted(id).into());
            return;
        };
        match step {
            Step::Pause if adopted.record.facts.hold_now().is_some() => {
                problems.push(AdoptionProblem::HeldUpAlready(id).into());
            }
            Step::Pause => after_what_happened(&adopted.record.facts, on, problems),
            Step::Resume if !adopted.is_paused() => {
                problems.push(AdoptionProblem::NotPaused(id).into());
            }
            Step::Resume => self.before_deadline(id, on, problems),
            _ => problems.push(AdoptionProblem::NotRegularised(id).into()),
        }
        self.after_latest(id, on, problems);
    }

    /// What takes an agreement, an adopted pairing cannot do, over or not; nor is there room for it in its record.
    pub(super) fn check_regular(&self, id: PairingId, problems: &mut Vec<Problem>) {
        if self.adopted.contains_key(&id) {
            problems.push(AdoptionProblem::NotRegularised(id).into());
        }
    }

    /// The day on which a pairing was regularised that has not begun since: from then on they sign before they meet.
    pub(super) fn not_begun_again(&self, id: PairingId) -> Option<NaiveDate> {
        let held = self
            .open
            .get(&id)
            .filter(|held| held.pairing.is_adopted())?;
        let phase = match held.pairing.stage() {
            Stage::Open { now: phase }
            | Stage::Paused { before: phase }
            | Stage::Suspended { before: phase, .. } => phase,
            Stage::Completed | Stage::Ended { .. } => return None,
        };
        // What they went by elsewhere was the first version.
        let here = held.record.facts.agreements.get(1);
        here.filter(|_| !phase.meets()).map(|first| first.from)
    }

    /// Nothing goes on with an adopted pairing after its deadline.
    pub(super) fn before_deadline(
        &self,
        id: PairingId,
        date: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let deadline = self.adopted.get(&id).map(|adopted| adopted.deadline);
        if let Some(deadline) = deadline.filter(|deadline| date > *deadline) {
            problems.push(AdoptionProblem::DeadlinePast { on: date, deadline }.into());
        }
    }

    /// The adopted ones among pairings that an entry names, and the others.
    pub(super) fn sort_out(&self, ids: &[PairingId]) -> [Vec<PairingId>; 2] {
        let (adopted, others) = ids.iter().partition(|id| self.adopted(**id).is_some());
        [adopted, others]
    }

    /// Whether a reorganisation names the adopted pairings that it concerns.
    pub(super) fn check_adopted_links(
        &self,
        left: &[ParticipantId],
        [suspended, cleared, ended]: [&[PairingId]; 3],
        problems: &mut Vec<Problem>,
    ) {
        let held_up = |id: &&PairingId| self.adopted(**id).is_some_and(|a| a.is_suspended());
        problems.extend(
            suspended
                .iter()
                .filter(held_up)
                .map(|id| AdoptionProblem::HeldUpAlready(*id).into()),
        );
        let not = |id: &&PairingId| !held_up(id);
        problems.extend(
            cleared
                .iter()
                .filter(not)
                .map(|id| AdoptionProblem::NotHeldUp(*id).into()),
        );
        let (left, ended): (BTreeSet<_>, BTreeSet<_>) =
            (left.iter().collect(), ended.iter().collect());
        for (id, adopted) in self.open_adopted() {
            let pair = adopted.pair();
            let alone = ROLES.iter().any(|role| left.contains(&pair.person(*role)));
            match (alone, ended.contains(&id)) {
                (true, false) => problems.push(Problem::GoesOnAlone(id)),
                (false, true) => problems.push(Problem::NobodyLeft(id)),
                _ => {}
            }
        }
    }

    /// Whether a withdrawal ends exactly the adopted pairings of whoever withdraws.
    pub(super) fn check_adopted_ended(
        &self,
        person: ParticipantId,
        ended: &[PairingId],
        problems: &mut Vec<Problem>,
    ) {
        let theirs = self.adopted_of(person);
        let stay = theirs.iter().filter(|id| !ended.contains(id));
        problems.extend(stay.map(|id| Problem::WouldGoOn(*id)));
        let others = ended.iter().filter(|id| !theirs.contains(id));
        problems.extend(others.map(|id| Problem::WouldEnd(*id)));
    }
}
