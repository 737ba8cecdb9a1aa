//! The cohorts of a record, who is enrolled in them, and who is trained.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::charter::{Milestone, Training};
use crate::ids::{CohortId, ParticipantId};
use crate::program::cohorts::{Cohorts, Enrolled, Finished, Progress};
use crate::program::flaws::{CohortProblem, PairingProblem, RecordProblem};
use crate::program::record::{CohortRecord, PairingRecord, ProgramRecord};

use super::Check;

impl Check<'_> {
    pub(super) fn cohorts(&mut self, people: &BTreeSet<ParticipantId>) {
        let record = self.record;
        let mut ids = BTreeSet::new();
        for cohort in &record.cohorts {
            let mut found = Vec::new();
            if !ids.insert(cohort.id) {
                found.push(CohortProblem::Twice);
            }
            self.milestones(cohort, &mut found);
            let found = found.into_iter().map(|problem| RecordProblem::Cohort {
                cohort: cohort.id,
                problem,
            });
            self.problems.extend(found);
        }
        let launched = record.cohorts.iter().filter(|c| c.reached.len() > LAUNCH);
        let launched: BTreeSet<_> = launched.map(|c| c.id).collect();
        let latest = record
            .latest
            .map_or(launched.is_empty(), |id| launched.contains(&id));
        if !latest {
            self.problems.push(RecordProblem::Latest);
        }
        let mut enrolled = BTreeSet::new();
        for enrolment in &record.enrolled {
            let who = enrolment.participant;
            if !enrolled.insert(who) {
                self.problems.push(RecordProblem::EnrolledTwice(who));
            }
            if !people.contains(&who) {
                self.problems.push(RecordProblem::NotInRoster(who));
            }
            let open = record.cohorts.iter().find(|c| c.id == enrolment.cohort);
            let open = open.filter(|c| c.reached.len() <= CLOSE);
            let since = open.and_then(|c| c.reached.first());
            if since.is_none_or(|since| enrolment.since < *since) || !self.may_be(enrolment.since) {
                self.problems.push(RecordProblem::Enrolment {
                    participant: who,
                    cohort: enrolment.cohort,
                });
            }
        }
        let mut finished = BTreeSet::new();
        for training in &record.trained {
            let who = training.participant;
            if !finished.insert((who, &training.training)) {
                self.problems.push(RecordProblem::TrainedTwice(who));
            }
            if !people.contains(&who) {
                self.problems.push(RecordProblem::NotInRoster(who));
            }
            if !self.may_be(training.since) {
                self.problems.push(RecordProblem::Training(who));
            }
        }
    }

    fn milestones(&self, cohort: &CohortRecord, found: &mut Vec<CohortProblem>) {
        if cohort.reached.is_empty() || cohort.reached.len() > Milestone::ALL.len() {
            found.push(CohortProblem::Milestones(cohort.reached.len()));
        }
        let launched = cohort.reached.len() > LAUNCH;
        if launched != cohort.days.is_some() || launched != cohort.charter.is_some() {
            found.push(CohortProblem::Launch);
        }
        let sorted = cohort.reached.is_sorted();
        let recent = cohort.reached.last().is_none_or(|last| self.may_be(*last));
        let opened = self.record.opened_on;
        let since = cohort.reached.first().is_none_or(|first| *first >= opened);
        if !(sorted && recent && since) {
            found.push(CohortProblem::Days);
        }
    }

    /// An open pairing is of a cohort that runs, in which both are enrolled.
    pub(super) fn cohort_of(
        &self,
        pairing: &PairingRecord,
        enrolled: &BTreeSet<(ParticipantId, CohortId)>,
        found: &mut Vec<PairingProblem>,
    ) {
        let cohorts = &self.record.cohorts;
        let known = cohorts.iter().find(|c| c.id == pairing.cohort);
        let launched = known.and_then(|c| c.reached.get(LAUNCH));
        // What was adopted began elsewhere, whenever that was.
        let since = pairing.proposed_on;
        if launched.is_none_or(|day| since < *day && !pairing.adopted) {
            found.push(PairingProblem::Cohort(pairing.cohort));
            return;
        }
        if !pairing.stage.stage().is_open() {
            return;
        }
        let people = [pairing.pair.mentor, pairing.pair.mentee];
        for person in people {
            if !enrolled.contains(&(person, pairing.cohort)) {
                found.push(PairingProblem::NotEnrolled(person));
            }
        }
    }
}

/// The places of two milestones among all.
const LAUNCH: usize = 1;
const CLOSE: usize = 3;

impl Cohorts {
    /// Those of a record that has been checked.
    pub(super) fn of(record: &ProgramRecord) -> Self {
        let known = record.cohorts.iter().map(|cohort| {
            let reached = cohort.reached.iter().copied();
            let progress = Progress {
                charter: cohort.charter.clone(),
                days: cohort.days,
                reached: Milestone::ALL.into_iter().zip(reached).collect(),
            };
            (cohort.id, progress)
        });
        let enrolled = record.enrolled.iter().map(|e| {
            let (cohort, since) = (e.cohort, e.since);
            (e.participant, Enrolled { cohort, since })
        });
        let mut trainings: BTreeMap<&Training, Arc<Training>> = BTreeMap::new();
        let mut trained: BTreeMap<_, Finished> = BTreeMap::new();
        for t in &record.trained {
            let theirs = trained.entry(t.participant).or_default();
            let training = trainings.entry(&t.training);
            let training = training.or_insert_with(|| Arc::new(t.training.clone()));
            theirs.note(training.clone(), t.since);
        }
        Self {
            latest: record.latest,
            known: known.collect(),
            enrolled: enrolled.collect(),
            trained,
        }
    }
}
