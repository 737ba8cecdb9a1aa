//! The coordinator's desk: the only place from which the simulator writes to its programme.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::setup::{Setup, SimulationError, after};
use crate::cadence::Cadence;
use crate::charter::{Cohort, CohortDays, Readiness};
use crate::ids::{CohortId, CoordinatorId, PairingId, ProgramId, SequentialIds, SessionId};
use crate::journal::{Entry, Event, Stamp};
use crate::matching::ApprovedPlan;
use crate::pair::Role;
use crate::pairing::{Area, Preference, Step, Terms};
use crate::privacy::Ballot;
use crate::program::{Program, Refused};
use crate::roster::{Level, Participant, Roster, Skill};
use crate::session::Session;

/// A session that took place, and what was learnt in it.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) session: Session,
    pub(super) learnt: Vec<(Role, Skill, Level)>,
}

/// The programme, its journal, and reports that have not come in yet.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) program: Program,
    pub(super) journal: Vec<Entry>,
    pub(super) today: NaiveDate,
    /// The last day: whatever has not come in by then does.
    last: NaiveDate,
    expected: BTreeMap<NaiveDate, Vec<Report>>,
    ids: SequentialIds,
}

impl Desk {
    pub(super) fn open(
        setup: &Setup<'_>,
        approved_by: CoordinatorId,
        last: NaiveDate,
    ) -> Result<Self, SimulationError> {
        let (roster, load, today) = (setup.roster, setup.load, setup.start);
        let mut ids = SequentialIds::new(0x0053_494d);
        let id = ProgramId::from_source(&mut ids);
        let opened = Program::open(id, roster, load, Stamp::midnight(today));
        let (program, entry) = opened.map_err(|refused| SimulationError::Refused {
            on: today,
            step: "open",
            refused,
        })?;
        let cohort = CohortId::from_source(&mut ids);
        let mut desk = Self {
            program,
            journal: vec![entry],
            today,
            last,
            expected: BTreeMap::new(),
            ids,
        };
        desk.launch(setup, approved_by, cohort)?;
        Ok(desk)
    }

    /// Everybody with a side enrols and is trained on the first day; the cohort is to close after the last.
    fn launch(
        &mut self,
        setup: &Setup<'_>,
        approved_by: CoordinatorId,
        cohort: CohortId,
    ) -> Result<(), SimulationError> {
        let people = setup.roster.participants().iter().map(Participant::id);
        let people: Vec<_> = people.collect();
        // Of nobody, or for no time, there is no cohort: the opening alone.
        if people.is_empty() || self.last == self.today {
            return Ok(());
        }
        let closes = after(self.last, 1)?;
        let charter = setup.charter(approved_by, closes, &mut self.ids)?;
        let days = CohortDays::between(self.today, charter.ends())?;
        let stamp = self.stamp(self.today);
        let answers = people.iter().map(|p| (*p, Readiness::confirmed()));
        let written = self.program.enrol(cohort, answers, stamp);
        self.file("enrol", written)?;
        let training = charter.curriculum().training();
        let cohort = Cohort::new(cohort, days);
        let written = self.program.launch(charter, cohort, stamp);
        self.file("launch", written)?;
        let written = self.program.trained(training, people, stamp);
        self.file("train", written).map(|_| ())
    }

    /// Everything is written at midnight of the day on which it is written.
    fn stamp(&self, on: NaiveDate) -> Stamp {
        Stamp::new(Stamp::midnight(self.today).recorded_at, on)
    }

    fn file(
        &mut self,
        step: &'static str,
        written: Result<Entry, Refused>,
    ) -> Result<&Entry, SimulationError> {
        let entry = written.map_err(|refused| SimulationError::Refused {
            on: self.today,
            step,
            refused,
        })?;
        let at = self.journal.len();
        self.journal.push(entry);
        self.journal.get(at).ok_or(SimulationError::Calendar)
    }

    pub(super) fn advance(&mut self, id: PairingId, step: Step) -> Result<(), SimulationError> {
        let written = self.program.advance(id, step, self.stamp(self.today));
        self.file(step.as_str(), written).map(|_| ())
    }

    /// Both say what they bring into the agreement: the same of everybody, as nothing in the model hangs on it.
    pub(super) fn agree(&mut self, id: PairingId) -> Result<(), SimulationError> {
        for by in [Role::Mentor, Role::Mentee] {
            let terms = Terms::new([Preference::Video], [Area::Experience])?;
            let written = self.program.state(id, by, terms, self.stamp(self.today));
            self.file("agree", written)?;
        }
        Ok(())
    }

    /// Both said that they go on; whether they would was drawn before.
    pub(super) fn settle(&mut self, id: PairingId) -> Result<(), SimulationError> {
        let mut ballot = Ballot::of(id);
        if let Some(pairing) = self.program.pairing(id) {
            let people = [pairing.pair().mentor, pairing.pair().mentee];
            for member in people.into_iter().filter_map(|p| pairing.member(p)) {
                ballot.vote(&member, true)?;
            }
        }
        if let Some(decision) = ballot.decision() {
            let written = self.program.settle(decision, self.stamp(self.today));
            self.file("settle", written)?;
        }
        Ok(())
    }

    /// Proposes a plan, unless it is empty.
    pub(super) fn propose(
        &mut self,
        approved: &ApprovedPlan,
        cadence: Cadence,
    ) -> Result<(), SimulationError> {
        if approved.plan().proposals.is_empty() {
            return Ok(());
        }
        let stamp = self.stamp(self.today);
        let written = self
            .program
            .propose_all(approved, cadence, stamp, &mut self.ids);
        self.file("propose", written).map(|_| ())
    }

    /// Takes a roster over and returns which pairings were suspended and which suspended ones could go on.
    pub(super) fn reorganise(
        &mut self,
        roster: &Roster,
    ) -> Result<(Vec<PairingId>, Vec<PairingId>), SimulationError> {
        let written = self.program.reorganise(roster, self.stamp(self.today));
        let entry = self.file("reorganise", written)?;
        Ok(match &entry.event {
            Event::Reorganised {
                suspended, cleared, ..
            } => (suspended.clone(), cleared.clone()),
            _ => (Vec::new(), Vec::new()),
        })
    }

    pub(super) fn session_id(&mut self) -> SessionId {
        SessionId::from_source(&mut self.ids)
    }

    /// Takes a report that comes in on a day, at once if that is today.
    pub(super) fn expect(&mut self, day: NaiveDate, report: Report) -> Result<(), SimulationError> {
        let day = day.min(self.last);
        if day <= self.today {
            return self.record(&report);
        }
        self.expected.entry(day).or_default().push(report);
        Ok(())
    }

    /// Writes down what comes in today.
    pub(super) fn collect(&mut self) -> Result<(), SimulationError> {
        for report in self.expected.remove(&self.today).unwrap_or_default() {
            self.record(&report)?;
        }
        Ok(())
    }

    fn record(&mut self, report: &Report) -> Result<(), SimulationError> {
        let facts = report.session.facts();
        let stamp = self.stamp(facts.date.min(self.today));
        let written = self.program.record(&report.session, stamp);
        self.file("record", written)?;
        if self.program.pairing(facts.pairing).is_none() {
            return Ok(()); // it has ended since, and nobody keeps its goals any more
        }
        for (learner, skill, level) in &report.learnt {
            let of = facts.pairing;
            let written = self
                .program
                .progress(of, *learner, skill.clone(), *level, stamp);
            self.file("progress", written)?;
        }
        Ok(())
    }
}
