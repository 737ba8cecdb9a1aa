//! The coordinator's desk: the only place from which the simulator writes to its programme.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::setup::{Setup, SimulationError, after};
use crate::cadence::Cadence;
use crate::charter::{Cohort, CohortDays, Readiness, Training};
use crate::eligibility::EligiblePair;
use crate::few::Few;
use crate::history::ReadModel;
use crate::ids::{
    CohortId, CoordinatorId, PairingId, ParticipantId, ProgramId, SequentialIds, SessionId,
};
use crate::journal::{Entry, Event, Stamp};
use crate::matching::ApprovedPlan;
use crate::pair::Role;
use crate::pairing::{Agreement, Area, GoalChange, GoalRef, Preference, Step, Terms, TwoWayGoals};
use crate::privacy::Ballot;
use crate::program::{Program, Refused, USUAL_DAYS};
use crate::roster::{Level, Participant, Roster, Skill};
use crate::session::Session;

/// Who is at which level now, in what.
pub(super) type Risen = (Role, Skill, Level);

/// A session that took place, and what was learnt in it.
#[derive(Debug)]
pub(super) struct Report {
    /// Whose, by number.
    pub(super) of: usize,
    pub(super) session: Session,
    pub(super) learnt: Few<Risen>,
}

/// The programme, its journal, and reports that have not come in yet.
#[derive(Debug)]
pub(super) struct Desk<V> {
    pub(super) program: Program<V>,
    /// What was written, where somebody wants it.
    pub(super) journal: Option<Vec<Entry>>,
    pub(super) today: NaiveDate,
    /// The last day: whatever has not come in by then does.
    last: NaiveDate,
    expected: BTreeMap<NaiveDate, Vec<Report>>,
    /// How many entries passed the gate.
    pub(super) written: u64,
    cohort: CohortId,
    training: Option<Training>,
    ids: SequentialIds,
}

impl<V: ReadModel> Desk<V> {
    pub(super) fn open(
        setup: &Setup<'_>,
        view: V,
        journal: Option<Vec<Entry>>,
        approved_by: CoordinatorId,
        last: NaiveDate,
    ) -> Result<Self, SimulationError> {
        let (roster, load, today) = (setup.roster, setup.load, setup.start);
        let mut ids = SequentialIds::new(0x0053_494d);
        let id = ProgramId::from_source(&mut ids);
        let opened = Program::open_with(view, id, roster, load, Stamp::midnight(today));
        let (program, entry) = opened.map_err(|refused| SimulationError::Refused {
            on: today,
            step: "open",
            refused,
        })?;
        let cohort = CohortId::from_source(&mut ids);
        let mut desk = Self {
            program,
            journal,
            written: 0,
            today,
            last,
            expected: BTreeMap::new(),
            cohort,
            training: None,
            ids,
        };
        desk.keep(entry);
        desk.launch(setup, roster, approved_by)?;
        Ok(desk)
    }

    /// Everybody with a side enrols and is trained on the first day, or where nobody is there on it, when the first people join; the cohort
    /// is to close after the last day.
    fn launch(
        &mut self,
        setup: &Setup<'_>,
        roster: &Roster,
        approved_by: CoordinatorId,
    ) -> Result<(), SimulationError> {
        let cohort = self.cohort;
        let people = roster.participants().iter().map(Participant::id);
        let people: Vec<_> = people.collect();
        // Of nobody, or for no time, there is no cohort: the opening alone.
        if people.is_empty() || self.last == setup.start {
            return Ok(());
        }
        // Half way is a day of its own, also for who comes on the last day.
        let closes = after(self.last, 1)?.max(after(self.today, 2)?);
        let days = [self.today, closes];
        let charter = setup.charter(roster, approved_by, days, &mut self.ids)?;
        let days = CohortDays::between(self.today, charter.ends())?;
        let stamp = self.stamp(self.today);
        let answers = people.iter().map(|p| (*p, Readiness::confirmed()));
        let written = self.program.enrol(cohort, answers, stamp);
        self.file("enrol", written)?;
        let training = charter.curriculum().training();
        self.training = Some(training.clone());
        let cohort = Cohort::new(cohort, days);
        let written = self.program.launch(charter, cohort, stamp);
        self.file("launch", written)?;
        let written = self.program.trained(training, people, stamp);
        self.file("train", written)
    }

    /// People who join enrol and are trained on the day.
    pub(super) fn welcome(
        &mut self,
        people: &[ParticipantId],
        setup: &Setup<'_>,
        roster: &Roster,
        approved_by: CoordinatorId,
    ) -> Result<(), SimulationError> {
        let Some(training) = self.training.clone() else {
            return self.launch(setup, roster, approved_by);
        };
        let stamp = self.stamp(self.today);
        let answers = people.iter().map(|p| (*p, Readiness::confirmed()));
        let written = self.program.enrol(self.cohort, answers, stamp);
        self.file("enrol", written)?;
        let written = self
            .program
            .trained(training, people.iter().copied(), stamp);
        self.file("train", written)
    }

    /// Somebody leaves; the pairings that end with it.
    pub(super) fn withdraw(
        &mut self,
        person: ParticipantId,
    ) -> Result<Vec<PairingId>, SimulationError> {
        let written = self.program.withdraw(person, self.stamp(self.today));
        let mut ended = Vec::new();
        if let Ok(Event::Withdrew { ended: these, .. }) = written.as_ref().map(|e| &e.event) {
            ended.clone_from(these);
        }
        self.file("withdraw", written)?;
        Ok(ended)
    }

    /// Everything is written at midnight of the day on which it is written.
    fn stamp(&self, on: NaiveDate) -> Stamp {
        Stamp::new(Stamp::midnight(self.today).recorded_at, on)
    }

    fn file(
        &mut self,
        step: &'static str,
        written: Result<Entry, Refused>,
    ) -> Result<(), SimulationError> {
        match written {
            Ok(entry) => {
                self.keep(entry);
                Ok(())
            }
            Err(refused) => Err(SimulationError::Refused {
                on: self.today,
                step,
                refused,
            }),
        }
    }

    fn keep(&mut self, entry: Entry) {
        self.written += 1;
        if let Some(journal) = &mut self.journal {
            journal.push(entry);
        }
    }

    pub(super) fn advance(&mut self, id: PairingId, step: Step) -> Result<(), SimulationError> {
        let written = self.program.advance(id, step, self.stamp(self.today));
        self.file(step.as_str(), written)
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
        self.file("propose", written)
    }

    /// Takes a roster over and returns which pairings were suspended and which suspended ones could go on.
    pub(super) fn reorganise(
        &mut self,
        roster: &Roster,
    ) -> Result<(Vec<PairingId>, Vec<PairingId>), SimulationError> {
        let written = self.program.reorganise(roster, self.stamp(self.today));
        let lists = match written.as_ref().map(|entry| &entry.event) {
            Ok(Event::Reorganised {
                suspended, cleared, ..
            }) => (suspended.clone(), cleared.clone()),
            _ => (Vec::new(), Vec::new()),
        };
        self.file("reorganise", written)?;
        Ok(lists)
    }

    pub(super) fn session_id(&mut self) -> SessionId {
        SessionId::from_source(&mut self.ids)
    }

    /// Proposes two by themselves, with the goals that their wishes draft.
    pub(super) fn propose_one(
        &mut self,
        proof: &EligiblePair,
        cadence: Cadence,
        approved_by: CoordinatorId,
    ) -> Result<(), SimulationError> {
        let stamp = self.stamp(self.today);
        let ends = stamp.on.checked_add_days(Days::new(USUAL_DAYS));
        let ends = ends.map_or(self.last, |day| day.min(self.last));
        let goals = TwoWayGoals::draft(proof, ends);
        let agreement = Agreement::standard(cadence).until(ends);
        let id = PairingId::from_source(&mut self.ids);
        let written = self
            .program
            .propose(id, proof, goals, agreement, approved_by, stamp);
        self.file("propose", written)
    }

    /// Takes a report that comes in on a day, at once if that is today: then its number comes back.
    pub(super) fn expect(
        &mut self,
        day: NaiveDate,
        report: Report,
    ) -> Result<Option<usize>, SimulationError> {
        let day = day.min(self.last);
        if day <= self.today {
            return self.record(report).map(Some);
        }
        self.expected.entry(day).or_default().push(report);
        Ok(None)
    }

    /// Writes down what comes in today; whose sessions they were.
    pub(super) fn collect(&mut self) -> Result<Vec<usize>, SimulationError> {
        if self.expected.is_empty() {
            return Ok(Vec::new());
        }
        let reports = self.expected.remove(&self.today).unwrap_or_default();
        reports
            .into_iter()
            .map(|report| self.record(report))
            .collect()
    }

    fn record(&mut self, report: Report) -> Result<usize, SimulationError> {
        let facts = report.session.facts();
        let stamp = self.stamp(facts.date.min(self.today));
        let written = self.program.record(&report.session, stamp);
        self.file("record", written)?;
        // Of a pairing that is over, too: no report is so late that its record is closed.
        for (learner, skill, level) in report.learnt {
            self.check_in(facts.pairing, learner, skill, level, stamp)?;
        }
        Ok(report.of)
    }

    fn check_in(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
        level: Level,
        stamp: Stamp,
    ) -> Result<(), SimulationError> {
        let written = self.program.progress(pairing, learner, skill, level, stamp);
        self.file("progress", written)
    }

    /// Somebody is at another level today.
    pub(super) fn falls(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
        level: Level,
    ) -> Result<(), SimulationError> {
        let stamp = self.stamp(self.today);
        self.check_in(pairing, learner, skill, level, stamp)
    }

    /// A goal is reached.
    pub(super) fn achieved(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
    ) -> Result<(), SimulationError> {
        let goal = GoalRef::learning(learner, skill);
        let stamp = self.stamp(self.today);
        let written = self
            .program
            .change_goal(pairing, goal, GoalChange::Achieved, stamp);
        self.file("achieve", written)
    }
}
