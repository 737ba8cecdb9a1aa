//! Whether people may enrol or withdraw, and whether a cohort may go on.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ROLES;
use crate::charter::{Charter, Cohort, Milestone};
use crate::eligibility::Evidence;
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::journal::{Enrolment, ProposedPairing};
use crate::pairing::Pairing;
use crate::program::cohorts::{Enrolled, Progress};
use crate::program::refusal::{LaunchProblem, Problem};
use crate::program::state::Gate;

impl Gate {
    pub(super) fn check_enrolment(
        &self,
        cohort: CohortId,
        people: &[Enrolment],
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        if people.is_empty() {
            problems.push(Problem::NobodyEnrolled(cohort));
        }
        let known = self.cohorts.known.get(&cohort);
        if known.is_some_and(|known| known.has(Milestone::Close)) {
            problems.push(Problem::CohortClosed(cohort));
        }
        if let Some(known) = known {
            before(known, Milestone::Enrolment, on, problems);
        }
        let mut seen = BTreeSet::new();
        for Enrolment { participant, .. } in people {
            self.in_roster(*participant, problems);
            let already = self.cohorts.enrolled.get(participant).map(|e| e.cohort);
            let twice = (!seen.insert(participant)).then_some(cohort);
            if let Some(cohort) = already.or(twice) {
                problems.push(Problem::EnrolledAlready {
                    participant: *participant,
                    cohort,
                });
            }
        }
    }

    /// Anybody may at any time: all that is asked is that the entry tells what ends by it.
    pub(super) fn check_withdrawal(
        &self,
        participant: ParticipantId,
        ended: &[PairingId],
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        // Whoever was adopted with a pairing need not be enrolled, or is no more, to leave it.
        let enrolled = self.cohorts.enrolled.contains_key(&participant);
        if enrolled || self.adopted_of(participant).is_empty() {
            self.enrolled_by(participant, on, problems);
        }
        let theirs = |p: &Pairing| ROLES.iter().any(|r| p.pair().person(*r) == participant);
        self.check_ended(ended, theirs, problems);
    }

    pub(super) fn check_launch(
        &self,
        charter: &Charter,
        cohort: &Cohort,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        if self.cohorts.known.contains_key(&cohort.id()) {
            self.check_milestone(cohort.id(), Milestone::Launch, on, problems);
        } else {
            problems.push(Problem::NobodyEnrolled(cohort.id()));
        }
        let (launch, close) = (
            cohort.days().on(Milestone::Launch),
            cohort.days().on(Milestone::Close),
        );
        if launch < charter.starts() || close > charter.ends() {
            problems.push(
                LaunchProblem::OutsideCharter {
                    launch,
                    close,
                    starts: charter.starts(),
                    ends: charter.ends(),
                }
                .into(),
            );
        }
        let (load, month) = (self.load.hours(), charter.budget().month());
        if load > month {
            problems.push(LaunchProblem::Budget { load, month }.into());
        }
    }

    pub(super) fn check_reached(
        &self,
        cohort: CohortId,
        milestone: Milestone,
        ended: &[PairingId],
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        if !self.cohorts.known.contains_key(&cohort) {
            problems.push(Problem::UnknownCohort(cohort));
            return;
        }
        // These two have entries of their own, with what they need.
        if milestone <= Milestone::Launch {
            let next = self.cohorts.known.get(&cohort).and_then(Progress::next);
            problems.push(Problem::Milestone {
                cohort,
                milestone,
                next,
            });
        } else {
            self.check_milestone(cohort, milestone, on, problems);
        }
        let closes = milestone == Milestone::Close;
        self.check_ended(ended, |p| closes && p.cohort() == cohort, problems);
    }

    fn check_milestone(
        &self,
        cohort: CohortId,
        milestone: Milestone,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let Some(known) = self.cohorts.known.get(&cohort) else {
            return;
        };
        if known.next() != Some(milestone) {
            let next = self.cohorts.known.get(&cohort).and_then(Progress::next);
            problems.push(Problem::Milestone {
                cohort,
                milestone,
                next,
            });
        }
        if let Some(latest) = known.latest() {
            before(known, latest, on, problems);
        }
    }

    pub(super) fn check_trained(&self, people: &[ParticipantId], problems: &mut Vec<Problem>) {
        if people.is_empty() {
            problems.push(Problem::NobodyTrained);
        }
        for person in people {
            self.in_roster(*person, problems);
        }
    }

    /// Whether the pairings of a proposal belong to a cohort that runs, and were asked with the rules of the charter.
    pub(super) fn check_cohort(
        &self,
        cohort: CohortId,
        pairings: &[ProposedPairing],
        evidence: &Evidence,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        match self.cohorts.known.get(&cohort) {
            None => problems.push(Problem::UnknownCohort(cohort)),
            Some(known) if known.has(Milestone::Close) => {
                problems.push(Problem::CohortClosed(cohort));
            }
            Some(known) if !known.is_running() => problems.push(Problem::NotLaunched(cohort)),
            Some(known) => before(known, Milestone::Launch, on, problems),
        }
        let people = pairings
            .iter()
            .flat_map(|p| ROLES.map(|r| p.pair.person(r)));
        let mut people: Vec<_> = people.filter(|p| self.people.contains_key(p)).collect();
        people.sort_unstable();
        people.dedup();
        for participant in people {
            let other = self.enrolled_by(participant, on, problems);
            if let Some(other) = other.filter(|other| *other != cohort) {
                problems.push(Problem::OtherCohort {
                    participant,
                    cohort: other,
                });
            }
        }
        let charter = self.cohorts.charter_of(cohort);
        let rules = charter.into_iter().flat_map(|c| c.policy());
        let missing = rules.filter(|rule| !evidence.rules.contains(rule));
        let missing: Vec<_> = missing.cloned().collect();
        if !missing.is_empty() {
            problems.push(Problem::RulesNotAsked(missing));
        }
    }

    /// Whether exactly those pairings end that have to.
    fn check_ended(
        &self,
        ended: &[PairingId],
        has_to: impl Fn(&Pairing) -> bool,
        problems: &mut Vec<Problem>,
    ) {
        for id in ended.iter().filter(|id| !self.open.contains_key(id)) {
            problems.push(Problem::UnknownPairing(*id));
        }
        let ended: BTreeSet<_> = ended.iter().collect();
        for pairing in self.pairings() {
            match (has_to(pairing), ended.contains(&pairing.id())) {
                (true, false) => problems.push(Problem::WouldGoOn(pairing.id())),
                (false, true) => problems.push(Problem::WouldEnd(pairing.id())),
                _ => {}
            }
        }
    }

    /// Where somebody is enrolled; notes where they are not, or not yet on a day.
    fn enrolled_by(
        &self,
        participant: ParticipantId,
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) -> Option<CohortId> {
        let Some(&Enrolled { cohort, since }) = self.cohorts.enrolled.get(&participant) else {
            problems.push(Problem::NotEnrolled(participant));
            return None;
        };
        if on < since {
            problems.push(Problem::BeforeEnrolment {
                on,
                participant,
                since,
            });
        }
        Some(cohort)
    }

    fn in_roster(&self, participant: ParticipantId, problems: &mut Vec<Problem>) {
        if !self.people.contains_key(&participant) {
            problems.push(Problem::UnknownParticipant(participant));
        }
    }
}

/// Notes a day before a milestone that a cohort has come to.
fn before(known: &Progress, milestone: Milestone, on: NaiveDate, problems: &mut Vec<Problem>) {
    let reached = known.reached.get(&milestone);
    if let Some(&latest_on) = reached.filter(|day| on < **day) {
        problems.push(Problem::BeforeMilestone {
            on,
            latest: milestone,
            latest_on,
        });
    }
}
