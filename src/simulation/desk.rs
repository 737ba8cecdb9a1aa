//! The coordinator's desk: the only place from which the simulator writes to its programme.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::reports::Report;
use super::setup::{Begun, Setup, SimulationError, after};
use crate::cadence::Cadence;
use crate::charter::{Cohort, CohortDays, Readiness, Training};
use crate::eligibility::EligiblePair;
use crate::history::ReadModel;
use crate::ids::{
    CohortId, CoordinatorId, PairingId, ParticipantId, ProgramId, SequentialIds, SessionId,
};
use crate::journal::{Entry, Event, Stamp};
use crate::matching::ApprovedPlan;
use crate::pair::Role;
use crate::pairing::{Agreement, Area, Preference, Step, Terms, TwoWayGoals};
use crate::privacy::Ballot;
use crate::program::{Program, Refused, USUAL_DAYS, settled};
use crate::roster::{Participant, Roster};

/// The programme, its journal, and reports that have not come in yet.
#[derive(Debug, Clone)]
pub(super) struct Desk<V> {
    pub(super) program: Program<V>,
    /// What was written, where somebody wants it.
    pub(super) journal: Option<Vec<Entry>>,
    pub(super) today: NaiveDate,
    /// The last day: whatever has not come in by then does.
    pub(super) last: NaiveDate,
    pub(super) expected: BTreeMap<NaiveDate, Vec<Report>>,
    /// How many entries passed the gate.
    pub(super) written: u64,
    cohort: CohortId,
    training: Option<Training>,
    /// Whether what the programme begins with is proposed.
    begun: bool,
    ids: SequentialIds,
}

impl<V: ReadModel> Desk<V> {
    /// On the morning of the first day: the programme is open, and launched where there is somebody and a day. Nothing here hangs on a draw.
    ///
    /// # Errors
    ///
    /// [`SimulationError`]: the setup and what it begins with do not go together.
    pub(super) fn open(
        setup: &Setup<'_>,
        begun: Begun<'_>,
        view: V,
        journal: Option<Vec<Entry>>,
    ) -> Result<Self, SimulationError> {
        let end = setup.month(u32::from(setup.months))?;
        super::faults::check(setup, begun, end)?;
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
            last: end.pred_opt().unwrap_or(end).max(today),
            expected: BTreeMap::new(),
            cohort,
            training: None,
            begun: false,
            ids,
        };
        desk.keep(entry);
        desk.launch(setup, roster, begun.approved_by())?;
        Ok(desk)
    }

    /// Proposes what the programme begins with, unless that is done.
    pub(super) fn begin(
        &mut self,
        begun: Begun<'_>,
        cadence: Cadence,
    ) -> Result<(), SimulationError> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        match begun {
            Begun::Plan(approved) => self.propose(approved, cadence),
            Begun::Pairs(pairs, by) => {
                let mut pairs = pairs.iter();
                pairs.try_for_each(|proof| self.propose_one(proof, cadence, by))
            }
        }
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
    pub(super) fn stamp(&self, on: NaiveDate) -> Stamp {
        Stamp::new(Stamp::midnight(self.today).recorded_at, on)
    }

    /// Writes an event down through the gate of the programme. Of the entry there is a copy only where a journal is kept.
    // As the programme's `pass`.
    #[inline(always)]
    pub(super) fn write(
        &mut self,
        step: &'static str,
        event: Event,
        stamp: Stamp,
    ) -> Result<(), SimulationError> {
        match self.program.pass(stamp, event) {
            Ok(entry) => {
                self.written += 1;
                if let Some(journal) = &mut self.journal {
                    journal.push(entry.clone());
                }
                Ok(())
            }
            Err(refused) => Err(self.refused(step, refused)),
        }
    }

    /// What a verb of the programme wrote.
    fn file(
        &mut self,
        step: &'static str,
        written: Result<Entry, Refused>,
    ) -> Result<(), SimulationError> {
        self.keep(written.map_err(|refused| self.refused(step, refused))?);
        Ok(())
    }

    const fn refused(&self, step: &'static str, refused: Refused) -> SimulationError {
        SimulationError::Refused {
            on: self.today,
            step,
            refused,
        }
    }

    fn keep(&mut self, entry: Entry) {
        self.written += 1;
        if let Some(journal) = &mut self.journal {
            journal.push(entry);
        }
    }

    pub(super) fn advance(
        &mut self,
        pairing: PairingId,
        step: Step,
    ) -> Result<(), SimulationError> {
        let event = Event::Advanced { pairing, step };
        self.write(step.as_str(), event, self.stamp(self.today))
    }

    /// Both say what they bring into the agreement: the same of everybody, as nothing in the model hangs on it.
    pub(super) fn agree(&mut self, pairing: PairingId) -> Result<(), SimulationError> {
        for by in [Role::Mentor, Role::Mentee] {
            let terms = Terms::new([Preference::Video], [Area::Experience])?;
            let event = Event::TermsStated { pairing, by, terms };
            self.write("agree", event, self.stamp(self.today))?;
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
        match ballot.decision() {
            Some(decision) => self.write("settle", settled(decision), self.stamp(self.today)),
            None => Ok(()),
        }
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
    fn propose_one(
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
        let event = self
            .program
            .proposal(id, proof, goals, agreement, approved_by)
            .map_err(|refused| self.refused("propose", refused))?;
        self.write("propose", event, stamp)
    }
}
