//! What two do when their turn comes.

use chrono::NaiveDate;

use super::agenda::Item;
use super::behaviour::Two;
use super::chance::Draws;
use super::faults::later;
use super::life::{Life, Now};
use super::parameter::Parameter;
use super::run::{MONTH, Run, place};
use super::setup::SimulationError;
use crate::cadence::Since;
use crate::history::ReadModel;
use crate::ids::PairingId;
use crate::pair::Role;
use crate::pairing::{Consent, EndReason, Step};
use crate::roster::Level;

const EXIT: Step = Step::End {
    reason: EndReason::Exit,
};

fn missing(consent: Consent) -> Role {
    match consent.includes(Role::Mentor) {
        true => Role::Mentee,
        false => Role::Mentor,
    }
}

impl<'a, V: ReadModel> Run<'a, V> {
    /// Something falls due today, unless it was put off since.
    pub(super) fn due(&mut self, at: usize) -> Result<(), SimulationError> {
        let Some(life) = self.lives.get(at) else {
            return Ok(());
        };
        if life.due != self.day || life.held_up {
            return Ok(());
        }
        match life.now {
            Now::Asked(accepted) => self.answer(at, missing(accepted)),
            Now::Preparing(signed) => self.sign(at, missing(signed)),
            Now::Chemistry | Now::Active => self.meet(at),
            Now::Over => Ok(()),
        }
    }

    fn again(&mut self, at: usize, day: u32) {
        if let Some(life) = self.lives.get_mut(at) {
            life.due = day;
            self.put(day, Item::Due(at));
        }
    }

    /// Whose turn it is, how a behaviour sees them, and the draws of it.
    fn turn(&mut self, at: usize) -> Option<(PairingId, Two<'a>, Draws)> {
        let two = self.two(at)?;
        let life = self.lives.get_mut(at)?;
        Some((life.id, two, life.draw(&mut self.stream)))
    }

    fn answer(&mut self, at: usize, by: Role) -> Result<(), SimulationError> {
        let (setup, day) = (self.setup, self.day);
        let Some((id, two, mut draws)) = self.turn(at) else {
            return Ok(());
        };
        if !draws.is(setup.behaviour.accepts(&setup.model, &two, by)) {
            self.desk.advance(id, Step::Decline { by })?;
            self.over(at, false);
            return Ok(());
        }
        self.desk.advance(id, Step::Accept { by })?;
        let (now, within) = match by {
            Role::Mentor => (Now::Asked(Consent::Mentor), Parameter::AnswerDays),
            Role::Mentee => {
                self.desk.advance(id, Step::Prepare)?;
                self.desk.agree(id)?;
                self.both_accepted(at);
                (Now::Preparing(Consent::Nobody), Parameter::PrepareDays)
            }
        };
        if let Some(life) = self.lives.get_mut(at) {
            life.now = now;
        }
        self.again(at, day.saturating_add(draws.days(self.value(within))));
        Ok(())
    }

    fn both_accepted(&mut self, at: usize) {
        let Some(life) = self.lives.get(at) else {
            return;
        };
        for number in [life.mentor, life.mentee] {
            let Some(person) = self.person_mut(number) else {
                continue;
            };
            let first = !std::mem::replace(&mut person.matched, true);
            self.counts.matched += u64::from(first);
        }
    }

    fn sign(&mut self, at: usize, by: Role) -> Result<(), SimulationError> {
        let (setup, day) = (self.setup, self.day);
        let Some((id, two, mut draws)) = self.turn(at) else {
            return Ok(());
        };
        if !draws.is(setup.behaviour.prepares(&setup.model, &two, by)) {
            self.desk.advance(id, EXIT)?;
            self.over(at, false);
            return Ok(());
        }
        self.desk.advance(id, Step::Sign { by })?;
        if by == Role::Mentor {
            if let Some(life) = self.lives.get_mut(at) {
                life.now = Now::Preparing(Consent::Mentor);
            }
            let days = draws.days(self.value(Parameter::PrepareDays));
            self.again(at, day.saturating_add(days));
            return Ok(());
        }
        self.desk.advance(id, Step::Begin)?;
        let planned = u64::from(self.value(Parameter::Sessions));
        let chemistry = self.desk.program.charter().map(|c| c.chemistry().days());
        let chemistry = u32::from(chemistry.unwrap_or_default());
        if let Some(life) = self.lives.get_mut(at) {
            life.now = Now::Chemistry;
            life.last = day;
            self.counts.begun += 1;
            self.counts.planned += planned;
            self.counts.meeting += 1;
            self.counts.trust += u64::from(life.trust);
            for (aimed, role) in self.counts.aimed.iter_mut().zip(Self::roles()) {
                *aimed += life.aimed(role);
            }
        }
        self.put(day.saturating_add(chemistry), Item::Chemistry(at));
        self.put(day.saturating_add(MONTH), Item::Month(at));
        match self.value(Parameter::FirstDays) {
            0 => self.set_next(at, Since::Start(self.desk.today), &mut draws),
            within => {
                let first = later(self.desk.today, draws.days(within));
                self.on_open_day(at, first);
            }
        }
        Ok(())
    }

    /// Sets the session that falls due next, on a day that is open.
    pub(super) fn set_next(&mut self, at: usize, since: Since, draws: &mut Draws) {
        let delay = draws.below(self.value(Parameter::DelayDays) + 1);
        let due = self.setup.cadence.due(since);
        self.on_open_day(at, due.and_then(|day| later(day, delay)));
    }

    /// They mean to meet on a day, or on the first after it that is not closed. A day that the calendar does not have never comes.
    pub(super) fn on_open_day(&mut self, at: usize, day: Option<NaiveDate>) {
        let Some(mut day) = day else {
            return self.again(at, u32::MAX);
        };
        let mut at_day = self.offset(day);
        // Past the last day nothing happens, and a programme may be closed for good.
        while at_day < self.days && self.setup.calendar.is_closed(day) {
            let Some(tomorrow) = later(day, 1) else {
                return self.again(at, u32::MAX);
            };
            day = tomorrow;
            at_day += 1;
        }
        self.again(at, at_day);
    }

    /// They look back on 30 days: whether to go on, and whether something is forgotten.
    pub(super) fn look_back(&mut self, at: usize) -> Result<(), SimulationError> {
        let setup = self.setup;
        let Some(life) = self.lives.get(at).filter(|life| life.now.meets()) else {
            return Ok(());
        };
        let (id, held_up) = (life.id, life.held_up);
        self.put(self.day.saturating_add(MONTH), Item::Month(at));
        if held_up {
            return Ok(());
        }
        let Some((two, life)) = self.two(at).zip(self.lives.get_mut(at)) else {
            return Ok(());
        };
        if !life
            .lasts
            .lasts(setup.behaviour.gives_up(&setup.model, &two))
        {
            self.desk.advance(id, EXIT)?;
            self.over(at, false);
            return Ok(());
        }
        for learner in Self::roles() {
            let forgets = setup.behaviour.forgets(&setup.model, &two, learner);
            if forgets == super::chance::Chance::NEVER {
                continue;
            }
            let Some(life) = self.lives.get_mut(at) else {
                continue;
            };
            let mut draws = life.draw_month(&mut self.stream);
            let falls = draws.is(forgets);
            let Some(goal) = life.learnt(learner, &mut draws).filter(|_| falls) else {
                continue;
            };
            let Some(aim) = life.aim_mut(learner, goal) else {
                continue;
            };
            aim.level = Level::new(aim.level.as_u8().saturating_sub(1)).unwrap_or(aim.level);
            let (skill, level) = (aim.skill.clone(), aim.level);
            self.rose(at, learner, goal, -1);
            self.desk.falls(id, learner, skill, level)?;
        }
        Ok(())
    }

    /// Somebody rose a level in a goal, or fell one.
    pub(super) fn rose(&mut self, at: usize, learner: Role, goal: usize, by: i8) {
        let aims = self.lives.get(at).map(|life| life.aims(learner));
        let wished = aims.and_then(|aims| aims.get(goal)?.wished);
        let number = self.lives.get(at).map(|life| match learner {
            Role::Mentor => life.mentor,
            Role::Mentee => life.mentee,
        });
        let person = number.and_then(|number| self.person_mut(number));
        let both = person.zip(wished);
        let kept = both.map_or(0, |(person, wished)| person.rose(learner, wished, by));
        if let Some(learnt) = self.counts.learnt.get_mut(place(learner)) {
            *learnt = learnt.saturating_add_signed(kept);
        }
        let [mentors, mentees] = &mut self.counts.risen;
        let risen = match learner {
            Role::Mentor => mentors,
            Role::Mentee => mentees,
        };
        *risen = risen.saturating_add_signed(by.into());
    }

    /// A session of theirs came on record.
    pub(super) fn on_record(&mut self, at: usize) -> Result<(), SimulationError> {
        self.consider(at)
    }

    /// Whether the chemistry period has run, or all sessions are on record.
    pub(super) fn consider(&mut self, at: usize) -> Result<(), SimulationError> {
        let setup = self.setup;
        let Some(life) = self.lives.get(at).filter(|l| l.now.meets() && !l.held_up) else {
            return Ok(());
        };
        let (id, now) = (life.id, life.now);
        // On record are no more than they have held.
        if now == Now::Active && life.held < self.value(Parameter::Sessions) {
            return Ok(());
        }
        let Some(pairing) = self.desk.program.pairing(id) else {
            return Ok(());
        };
        let (trial_is_over, held) = (pairing.chemistry_has_run(self.desk.today), pairing.held());
        if now == Now::Chemistry {
            if !trial_is_over {
                return Ok(());
            }
            let Some((two, life)) = self.two(at).zip(self.lives.get_mut(at)) else {
                return Ok(());
            };
            let parts = setup.behaviour.parts(&setup.model, &two);
            if life.draw(&mut self.stream).is(parts) {
                self.desk.advance(id, EXIT)?;
                self.over(at, false);
                return Ok(());
            }
            self.desk.settle(id)?;
            if let Some(life) = self.lives.get_mut(at) {
                life.now = Now::Active;
            }
        }
        if held >= self.value(Parameter::Sessions) {
            self.achieve(at)?;
            self.desk.advance(id, Step::Complete)?;
            self.over(at, true);
        }
        Ok(())
    }

    /// Goals that are reached at the end are called so.
    fn achieve(&mut self, at: usize) -> Result<(), SimulationError> {
        let Some(life) = self.lives.get(at) else {
            return Ok(());
        };
        let id = life.id;
        for learner in Self::roles() {
            for aim in life.aims(learner).iter().filter(|a| a.level >= a.to) {
                self.desk.achieved(id, learner, aim.skill.clone())?;
            }
        }
        Ok(())
    }

    /// They may go on after having been held up.
    pub(super) fn resume(&mut self, at: usize) -> Result<(), SimulationError> {
        let again = self.two(at).map_or(1, |two| self.retries_after(&two));
        let soon = self.day.saturating_add(again);
        let Some(life) = self.lives.get_mut(at) else {
            return Ok(());
        };
        life.held_up = false;
        let due = life.due.max(soon);
        self.on_open_day(at, later(self.desk.today, due.saturating_sub(self.day)));
        self.consider(at)
    }
}

impl Life {
    /// Held up by a reorganisation.
    pub(super) const fn hold(&mut self) {
        self.held_up = true;
    }
}
