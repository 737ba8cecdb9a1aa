//! Who is enrolled where, who is trained, and how far each cohort has come: the gate's part of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::charter::{Charter, CohortDays, Milestone, Training};
use crate::few::Few;
use crate::ids::{CohortId, ParticipantId};
use crate::journal::{Enrolment, Event};
use crate::text::Label;

/// What the programme goes by, and its cohorts. As large as the enrolment, the trained and the cohorts.
// INVARIANT (cohorts): somebody is enrolled in one cohort at most, and in none that is closed; what has been reached has
// no gap; what is launched has days, and then there is a charter. Changed by `take_in` alone, after the gate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cohorts {
    /// The one that was launched last: the programme goes by its charter.
    pub(super) latest: Option<CohortId>,
    pub(super) known: BTreeMap<CohortId, Progress>,
    pub(super) enrolled: BTreeMap<ParticipantId, Enrolled>,
    /// The first day on which somebody had finished a training.
    pub(super) trained: BTreeMap<ParticipantId, Finished>,
}

/// Trainings that somebody has finished, each once and in their order, with the first day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Finished(Few<(Arc<Training>, NaiveDate)>);

impl Finished {
    pub(super) fn note(&mut self, training: Arc<Training>, on: NaiveDate) {
        match self.0.iter_mut().find(|(known, _)| *known == training) {
            Some((_, since)) => *since = on.min(*since),
            None => self.0.add((training, on)),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Training, NaiveDate)> {
        self.0
            .iter()
            .map(|(training, since)| (training.as_ref(), *since))
    }
}

/// Where somebody takes part, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enrolled {
    pub(super) cohort: CohortId,
    pub(super) since: NaiveDate,
}

/// How far a cohort has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Progress {
    /// What it was launched with, and goes by to its end.
    pub(super) charter: Option<Charter>,
    /// Its days, from the launch on.
    pub(super) days: Option<CohortDays>,
    pub(super) reached: BTreeMap<Milestone, NaiveDate>,
}

impl Progress {
    /// The milestone that comes next; `None` after the last.
    pub(super) fn next(&self) -> Option<Milestone> {
        let mut all = Milestone::ALL.into_iter();
        all.find(|milestone| !self.reached.contains_key(milestone))
    }

    /// The latest that was reached.
    pub(super) fn latest(&self) -> Option<Milestone> {
        self.reached
            .last_key_value()
            .map(|(milestone, _)| *milestone)
    }

    /// Whether its pairings may be proposed.
    pub(super) fn is_running(&self) -> bool {
        self.has(Milestone::Launch) && !self.has(Milestone::Close)
    }

    pub(super) fn has(&self, milestone: Milestone) -> bool {
        self.reached.contains_key(&milestone)
    }
}

impl Cohorts {
    /// What the programme goes by.
    pub(super) fn charter(&self) -> Option<&Charter> {
        self.charter_of(self.latest?)
    }

    /// What a cohort was launched with.
    pub(super) fn charter_of(&self, cohort: CohortId) -> Option<&Charter> {
        self.known.get(&cohort)?.charter.as_ref()
    }

    /// Whether somebody had finished the curriculum of a charter by a day.
    pub(super) fn is_trained(&self, person: ParticipantId, by: &Charter, on: NaiveDate) -> bool {
        let curriculum = by.curriculum();
        let finished = self.trained.get(&person).into_iter();
        let finished = finished.flat_map(Finished::iter);
        let mut finished = finished.filter(|(_, since)| *since <= on);
        finished.any(|(training, _)| curriculum.accepts(training))
    }

    /// Everybody who had finished the curriculum by a day that their cohort goes by, with its label.
    pub(super) fn finished(&self, on: NaiveDate) -> impl Iterator<Item = (ParticipantId, Label)> {
        let people = self.trained.keys().copied();
        people.filter_map(move |person| {
            let theirs = self.enrolled.get(&person).map(|e| e.cohort);
            let charter = theirs.and_then(|cohort| self.charter_of(cohort));
            let charter = charter.or_else(|| self.charter())?;
            let finished = self.is_trained(person, charter, on);
            finished.then(|| (person, charter.curriculum().id().clone()))
        })
    }

    /// Somebody takes part no more.
    pub(super) fn withdraw(&mut self, person: ParticipantId) {
        self.enrolled.remove(&person);
    }

    /// Somebody is not in the roster any more.
    pub(super) fn leave(&mut self, person: ParticipantId) {
        self.enrolled.remove(&person);
        self.trained.remove(&person);
    }

    /// What an event changes here; the gate has let it pass.
    pub(super) fn take_in(&mut self, event: &Event, on: NaiveDate) {
        match event {
            Event::Enrolled { cohort, people } => {
                self.reach(*cohort, Milestone::Enrolment, on);
                for Enrolment { participant, .. } in people {
                    let (cohort, since) = (*cohort, on);
                    self.enrolled
                        .insert(*participant, Enrolled { cohort, since });
                }
            }
            Event::Withdrew { participant, .. } => self.withdraw(*participant),
            Event::Launched { charter, cohort } => {
                self.latest = Some(cohort.id());
                self.reach(cohort.id(), Milestone::Launch, on);
                if let Some(known) = self.known.get_mut(&cohort.id()) {
                    known.charter = Some(charter.as_ref().clone());
                    known.days = Some(cohort.days());
                }
            }
            Event::Reached {
                cohort, milestone, ..
            } => {
                self.reach(*cohort, *milestone, on);
                if *milestone == Milestone::Close {
                    self.enrolled.retain(|_, theirs| theirs.cohort != *cohort);
                }
            }
            Event::Trained { training, people } => {
                let training = Arc::new(training.clone());
                for person in people {
                    let finished = self.trained.entry(*person).or_default();
                    finished.note(training.clone(), on);
                }
            }
            _ => {}
        }
    }

    fn reach(&mut self, cohort: CohortId, milestone: Milestone, on: NaiveDate) {
        let known = self.known.entry(cohort).or_default();
        known.reached.entry(milestone).or_insert(on);
    }
}
