//! How two people behave, day by day.

use chrono::NaiveDate;

use super::chance::Chance;
use super::desk::{Desk, Report};
use super::lessons::{Lessons, length};
use super::parameter::{Model, Parameter};
use super::setup::{SimulationError, after};
use crate::cadence::{Cadence, Since};
use crate::ids::PairingId;
use crate::pair::Role;
use crate::pairing::{Consent, EndReason, Phase, Stage, Step};
use crate::session::{Outcome, Session, Taught};

/// Days between two chances to give up.
const REVIEW_DAYS: u32 = 30;

/// What a pair knows of itself that the programme does not, or not yet.
#[derive(Debug)]
pub(super) struct Life {
    id: PairingId,
    /// When they answer, sign or meet next.
    next: NaiveDate,
    /// When they next ask themselves whether to go on.
    review: NaiveDate,
    held: u32,
    held_in_a_row: u32,
    not_held_in_a_row: u32,
    lessons: Lessons,
}

impl Life {
    /// A pair that was proposed on a day.
    pub(super) fn proposed(
        id: PairingId,
        on: NaiveDate,
        model: &Model,
        chance: &mut Chance,
    ) -> Result<Self, SimulationError> {
        let answer = chance.days(model.value(Parameter::AnswerDays));
        Ok(Self {
            id,
            next: after(on, answer)?,
            review: on,
            held: 0,
            held_in_a_row: 0,
            not_held_in_a_row: 0,
            lessons: Lessons::default(),
        })
    }

    /// They may go on after having been held up.
    pub(super) fn resume(&mut self, on: NaiveDate, model: &Model) -> Result<(), SimulationError> {
        let soon = after(on, model.value(Parameter::RetryDays))?;
        self.next = self.next.max(soon);
        self.review = self.review.max(after(on, REVIEW_DAYS)?);
        Ok(())
    }

    /// One day of the two; nothing where they are held up or not together any more.
    pub(super) fn day(
        &mut self,
        desk: &mut Desk,
        model: &Model,
        chance: &mut Chance,
    ) -> Result<(), SimulationError> {
        let stage = desk.program.stage(self.id);
        let due = self.next <= desk.today;
        match stage {
            Some(Stage::Open { now }) if now.meets() => self.meet(now, desk, model, chance),
            Some(Stage::Open { now }) if due => self.prepare(now, desk, model, chance),
            _ => Ok(()),
        }
    }

    /// From the proposal to the beginning; the mentor is asked first.
    fn prepare(
        &mut self,
        now: Phase,
        desk: &mut Desk,
        model: &Model,
        chance: &mut Chance,
    ) -> Result<(), SimulationError> {
        let missing = |consent: Consent| {
            if consent.includes(Role::Mentor) {
                Role::Mentee
            } else {
                Role::Mentor
            }
        };
        let mut within = Parameter::PrepareDays;
        match now {
            Phase::Proposed { accepted } => {
                let by = missing(accepted);
                if !chance.permille(model.value(Parameter::Accept)) {
                    return desk.advance(self.id, Step::Decline { by });
                }
                desk.advance(self.id, Step::Accept { by })?;
                if by == Role::Mentor {
                    within = Parameter::AnswerDays;
                } else {
                    desk.advance(self.id, Step::Prepare)?;
                    desk.agree(self.id)?;
                }
            }
            Phase::Preparing { signed } => {
                let by = missing(signed);
                desk.advance(self.id, Step::Sign { by })?;
                if by == Role::Mentee {
                    desk.advance(self.id, Step::Begin)?;
                    self.review = after(desk.today, REVIEW_DAYS)?;
                    return self.set_next(Since::Start(desk.today), desk, model, chance);
                }
            }
            Phase::Accepted | Phase::Chemistry | Phase::Active => {}
        }
        self.next = after(desk.today, chance.days(model.value(within)))?;
        Ok(())
    }

    /// Sets the session that falls due next.
    fn set_next(
        &mut self,
        since: Since,
        desk: &Desk,
        model: &Model,
        chance: &mut Chance,
    ) -> Result<(), SimulationError> {
        let due = cadence(desk, self.id).due(since);
        let delay = chance.below(model.value(Parameter::DelayDays) + 1);
        self.next = after(due.ok_or(SimulationError::Calendar)?, delay)?;
        Ok(())
    }

    fn meet(
        &mut self,
        now: Phase,
        desk: &mut Desk,
        model: &Model,
        chance: &mut Chance,
    ) -> Result<(), SimulationError> {
        let today = desk.today;
        let end = Step::End {
            reason: EndReason::Exit,
        };
        let planned = model.value(Parameter::Sessions);
        let Some(pairing) = desk.program.pairing(self.id) else {
            return Ok(());
        };
        let (trial_is_over, held) = (pairing.chemistry_has_run(today), pairing.held());
        if now == Phase::Chemistry && trial_is_over {
            if chance.permille(model.value(Parameter::Exit)) {
                return desk.advance(self.id, end);
            }
            desk.settle(self.id)?;
        }
        // All sessions are on record.
        if held >= planned && (now == Phase::Active || trial_is_over) {
            return desk.advance(self.id, Step::Complete);
        }
        if self.review <= today {
            self.review = after(today, REVIEW_DAYS)?;
            let strained = self.not_held_in_a_row >= 2;
            let gives_up = model.value(if strained {
                Parameter::StrainedDropout
            } else {
                Parameter::Dropout
            });
            if chance.permille(gives_up) {
                return desk.advance(self.id, end);
            }
        }
        // Who has held all sessions only waits for the last record.
        if self.next <= today && self.held < planned {
            return self.session(desk, model, chance);
        }
        Ok(())
    }

    fn session(
        &mut self,
        desk: &mut Desk,
        model: &Model,
        chance: &mut Chance,
    ) -> Result<(), SimulationError> {
        let today = desk.today;
        let momentum = model.value(Parameter::Momentum) * self.held_in_a_row.min(3);
        let contagion = model
            .value(Parameter::Contagion)
            .saturating_mul(self.not_held_in_a_row);
        let holds = (model.value(Parameter::Held) + momentum).saturating_sub(contagion);
        let mut learnt = Vec::new();
        let outcome = if chance.permille(holds) {
            self.held += 1;
            self.held_in_a_row += 1;
            self.not_held_in_a_row = 0;
            let taught_by = self.lessons.teacher(model, chance);
            let minutes = length(cadence(desk, self.id), model, chance)?;
            if let Some(pairing) = desk.program.pairing(self.id) {
                learnt = self
                    .lessons
                    .learn(taught_by, pairing.goals(), model, chance);
            }
            self.set_next(Since::Session(today), desk, model, chance)?;
            Outcome::Held(Taught::new(taught_by, minutes))
        } else {
            self.held_in_a_row = 0;
            self.not_held_in_a_row = self.not_held_in_a_row.saturating_add(1);
            self.next = after(today, model.value(Parameter::RetryDays))?;
            let missed = chance.permille(model.value(Parameter::Missed));
            let mentor = chance.permille(500);
            let by = Some(if mentor { Role::Mentor } else { Role::Mentee });
            if missed {
                Outcome::Missed { by }
            } else {
                Outcome::Cancelled { by }
            }
        };
        let mut session = Session::new(desk.session_id(), self.id, today, outcome);
        if outcome.is_held() {
            for role in [Role::Mentor, Role::Mentee] {
                if chance.permille(model.value(Parameter::Feedback)) {
                    session = session.with_feedback_from(role);
                }
            }
        }
        let late = chance.permille(model.value(Parameter::Late));
        let days = chance.days(model.value(Parameter::LateDays));
        let written = after(today, if late { days } else { 0 })?;
        desk.expect(written, Report { session, learnt })
    }
}

fn cadence(desk: &Desk, id: PairingId) -> Cadence {
    let pairing = desk.program.pairing(id);
    pairing.map_or(Cadence::MONTHLY, |p| p.agreement().cadence())
}
