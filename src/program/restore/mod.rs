//! Back from a record: everything that is wrong with it, or the gate.

mod adopted;
mod agreement;
mod closing;
mod cohorts;
mod days;
mod exemptions;
mod gate;
mod goals;
mod planned;
mod run;
mod sessions;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::Program;
use super::flaws::{PairingProblem, RecordProblem, RestoreError};
use super::gate::ROLES;
use super::record::ProgramRecord;
use super::state::Gate;
use crate::ids::{ParticipantId, SessionId};
use crate::journal::{Stamp, WIRE_VERSION};
use days::holds;
use run::Run;

impl Program<()> {
    /// Brings a gate back from its [record](ProgramRecord): the next entry of the journal may follow.
    ///
    /// Everything is checked that a record shows. It does not show whether the places were free when a pairing was
    /// proposed, as places may be taken away since, nor who asked what: a journal does.
    ///
    /// # Errors
    ///
    /// [`RestoreError`] with every problem of the record.
    pub fn restore(record: &ProgramRecord) -> Result<Self, RestoreError> {
        let mut check = Check {
            record,
            stamp: Stamp::new(record.recorded_at, record.recorded_at.date_naive()),
            sessions: BTreeSet::new(),
            problems: Vec::new(),
        };
        check.header();
        let people = record.people.iter().map(|p| p.participant).collect();
        check.exemptions(&people);
        check.cohorts(&people);
        check.pairings(&people);
        check.adopted(&people);
        check.celebrated();
        check.overlaps();
        if !check.problems.is_empty() {
            return Err(RestoreError(check.problems));
        }
        let gate = Gate::of(record)?;
        Ok(Self { gate, view: () })
    }
}

struct Check<'r> {
    record: &'r ProgramRecord,
    stamp: Stamp,
    sessions: BTreeSet<SessionId>,
    problems: Vec<RecordProblem>,
}

impl Check<'_> {
    fn header(&mut self) {
        let record = self.record;
        if record.version == 0 || record.version > WIRE_VERSION {
            self.problems.push(RecordProblem::Version(record.version));
        }
        if record.entries == 0 {
            self.problems.push(RecordProblem::Empty);
        }
        if !self.may_be(record.opened_on) {
            self.problems.push(RecordProblem::OpenedLater {
                opened: record.opened_on,
                recorded: self.stamp.on,
            });
        }
        let mut people = BTreeSet::new();
        for person in record.people.iter().map(|person| person.participant) {
            if !people.insert(person) {
                self.problems.push(RecordProblem::PersonTwice(person));
            }
        }
    }

    /// Whether a day is not in the future of the latest recording.
    fn may_be(&self, day: NaiveDate) -> bool {
        let latest = self.stamp.on.checked_add_days(Days::new(1));
        latest.is_none_or(|latest| day <= latest)
    }

    fn pairings(&mut self, in_roster: &BTreeSet<ParticipantId>) {
        let record = self.record;
        let enrolled = record.enrolled.iter().map(|e| (e.participant, e.cohort));
        let enrolled = enrolled.collect();
        let (mut ids, mut open) = (BTreeSet::new(), BTreeMap::new());
        for pairing in &record.pairings {
            let mut found = Vec::new();
            if !ids.insert(pairing.id) {
                self.problems.push(RecordProblem::PairingTwice(pairing.id));
            }
            if pairing.pair.mentor == pairing.pair.mentee {
                found.push(PairingProblem::Oneself);
            }
            if pairing.stage.stage().is_open() {
                let people = ROLES.map(|role| pairing.pair.person(role));
                let absent = people.into_iter().filter(|p| !in_roster.contains(p));
                found.extend(absent.map(PairingProblem::NotInRoster));
                if let Some(other) = open.insert(pairing.pair, pairing.id) {
                    found.push(PairingProblem::AlreadyPaired(other));
                }
            }
            self.cohort_of(pairing, &enrolled, &mut found);
            self.agreement(pairing, &mut found);
            self.days(pairing, &mut found);
            holds(pairing, &mut found);
            self.reviews(pairing, &mut found);
            self.sessions(pairing, &mut found);
            self.planned(&Run::of(pairing), &pairing.planned, &mut found);
            self.far_links(pairing, &mut found);
            self.goals(pairing, &mut found);
            let found = found.into_iter().map(|problem| RecordProblem::Pairing {
                pairing: pairing.id,
                problem,
            });
            self.problems.extend(found);
        }
    }
}
