//! The facts of a cohort.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::History;
use super::facts::PairingFacts;
use crate::charter::{Charter, CohortDays, Milestone};
use crate::ids::{CohortId, ParticipantId};
use crate::journal::Event;

/// What is known of one cohort.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CohortFacts {
    /// The days for which it is planned, once it has been launched.
    pub days: Option<CohortDays>,
    /// What it was launched with, and goes by to its end.
    pub charter: Option<Charter>,
    /// The day of each milestone that it has come to.
    pub reached: BTreeMap<Milestone, NaiveDate>,
    /// Who was enrolled, in the order of recording; somebody who came back is there twice.
    pub enrolments: Vec<EnrolmentFact>,
}

/// Somebody's time in a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnrolmentFact {
    /// Who.
    pub participant: ParticipantId,
    /// The day of their answer.
    pub from: NaiveDate,
    /// The day on which they withdrew or left, or the cohort closed.
    pub until: Option<NaiveDate>,
}

impl CohortFacts {
    /// Who is enrolled on a day, by their enrolment.
    pub fn enrolled(&self, on: NaiveDate) -> impl Iterator<Item = ParticipantId> {
        let then = self.enrolments.iter();
        let then = then.filter(move |e| e.from <= on && e.until.is_none_or(|until| on < until));
        then.map(|e| e.participant)
    }
}

impl CohortFacts {
    /// Whether the sponsor of the charter takes part themselves on a day: in this cohort, and after its close, whether they
    /// took part to the end.
    #[must_use]
    pub fn sponsor_takes_part(&self, on: NaiveDate) -> bool {
        let sponsor = self.charter.as_ref().map(Charter::sponsor);
        let person = sponsor.and_then(|sponsor| sponsor.takes_part_as());
        let closed = self.reached.get(&Milestone::Close);
        let closed = closed.filter(|day| **day <= on);
        let stays = |until: NaiveDate| until > on || closed.is_some_and(|day| until >= *day);
        let mut theirs = self.enrolments.iter();
        person.is_some_and(|person| {
            theirs.any(|e| e.participant == person && e.from <= on && e.until.is_none_or(stays))
        })
    }
}

impl History {
    /// Every cohort that anybody enrolled in, by id.
    pub fn cohorts(&self) -> impl Iterator<Item = (CohortId, &CohortFacts)> {
        self.cohorts.iter().map(|(id, facts)| (*id, facts))
    }

    /// One cohort.
    #[must_use]
    pub fn cohort(&self, id: CohortId) -> Option<&CohortFacts> {
        self.cohorts.get(&id)
    }

    /// What a cohort goes by on a day, once it is launched; for whoever is of none, what the programme goes by: the
    /// charter of the cohort that was launched last.
    #[must_use]
    pub fn charter(&self, cohort: Option<CohortId>, on: NaiveDate) -> Option<&Charter> {
        let launched = self.launched.iter().filter(|(day, _)| *day <= on);
        let (_, id) = match cohort {
            Some(cohort) => launched.rev().find(|(_, id)| *id == cohort)?,
            // Of one day, the one that was recorded last.
            None => launched.max_by_key(|(day, _)| *day)?,
        };
        self.cohort(*id)?.charter.as_ref()
    }

    pub(super) fn take_in_cohort(&mut self, event: &Event, on: NaiveDate) {
        match event {
            Event::Enrolled { cohort, people } => {
                let facts = self.cohorts.entry(*cohort).or_default();
                facts.reached.entry(Milestone::Enrolment).or_insert(on);
                for person in people {
                    facts.enrolments.push(EnrolmentFact {
                        participant: person.participant,
                        from: on,
                        until: None,
                    });
                    let facts = self.people.entry(person.participant).or_default();
                    facts.enrolled.push((on, true));
                }
            }
            Event::Withdrew { participant, ended } => {
                self.disenrol(on, |_, person| person == *participant);
                self.change(ended, on, PairingFacts::leave);
            }
            Event::Launched { charter, cohort } => {
                let facts = self.cohorts.entry(cohort.id()).or_default();
                facts.days = Some(cohort.days());
                facts.charter = Some(charter.as_ref().clone());
                facts.reached.entry(Milestone::Launch).or_insert(on);
                self.launched.push((on, cohort.id()));
            }
            Event::Trained { training, people } => {
                let training = Arc::new(training.clone());
                for person in people {
                    let facts = self.people.entry(*person).or_default();
                    facts.trained.push((on, Some(Arc::clone(&training))));
                }
            }
            Event::Reached {
                cohort,
                milestone,
                ended,
            } => {
                let facts = self.cohorts.entry(*cohort).or_default();
                facts.reached.entry(*milestone).or_insert(on);
                if *milestone == Milestone::Close {
                    self.disenrol(on, |id, _| id == *cohort);
                }
                self.change(ended, on, PairingFacts::close);
            }
            _ => {}
        }
    }

    /// Ends the enrolments that have not ended, of those who are meant.
    pub(super) fn disenrol(
        &mut self,
        on: NaiveDate,
        who: impl Fn(CohortId, ParticipantId) -> bool,
    ) {
        for (id, facts) in &mut self.cohorts {
            let lasting = facts.enrolments.iter_mut().filter(|e| e.until.is_none());
            for enrolment in lasting.filter(|e| who(*id, e.participant)) {
                enrolment.until = Some(on);
                let person = self.people.entry(enrolment.participant).or_default();
                person.enrolled.push((on, false));
            }
        }
    }
}
