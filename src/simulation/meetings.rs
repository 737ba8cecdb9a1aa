//! What happens when two are to meet: whether they do, who teaches, what is learnt and felt, and what is put on record.

use chrono::{NaiveTime, TimeDelta};

use super::behaviour::Two;
use super::chance::Draws;
use super::desk::{Report, Risen};
use super::parameter::Parameter;
use super::run::Run;
use super::setup::{SimulationError, after};
use crate::cadence::Since;
use crate::history::ReadModel;
use crate::pair::Role;
use crate::roster::Level;
use crate::session::{Minutes, Outcome, Session, Taught, TaughtBy, Venue};

/// The minute of a day at which nobody has met yet.
const MORNING: u32 = 9 * 60;

impl<V: ReadModel> Run<'_, V> {
    pub(super) fn meet(&mut self, at: usize) -> Result<(), SimulationError> {
        let (setup, planned) = (self.setup, self.value(Parameter::Sessions));
        let Some(two) = self.two(at) else {
            return Ok(());
        };
        // Who has held all sessions only waits for the last record.
        let Some(life) = self.lives.get_mut(at).filter(|life| life.held < planned) else {
            return Ok(());
        };
        let mut draws = life.draw(&mut self.stream);
        let id = life.id;
        let [mentor, mentee] =
            Self::roles().map(|who| draws.is(setup.behaviour.keeps(&setup.model, &two, who)));
        let missed = draws.permille(setup.model.value(Parameter::Missed));
        let late = draws.permille(setup.model.value(Parameter::Late));
        let days = draws.days(setup.model.value(Parameter::LateDays));
        self.counts.due += 1;
        let mut learnt = Vec::new();
        let session = if mentor && mentee {
            let (outcome, risen) = self.held(at, &mut draws)?;
            learnt = risen;
            let mut session = self.session(at, outcome, &mut draws)?;
            for role in Self::roles() {
                if draws.permille(setup.model.value(Parameter::Feedback)) {
                    session = session.with_feedback_from(role);
                }
                if draws.permille(setup.model.value(Parameter::Recognition)) {
                    session = session.with_recognition_from(role);
                }
            }
            self.set_next(at, Since::Session(self.desk.today), &mut draws)?;
            session
        } else {
            self.not_held(at)?;
            let by = match (mentor, mentee) {
                (false, true) => Some(Role::Mentor),
                (true, false) => Some(Role::Mentee),
                _ => None,
            };
            let outcome = match missed {
                true => Outcome::Missed { by },
                false => Outcome::Cancelled { by },
            };
            Session::new(self.desk.session_id(), id, self.desk.today, outcome)
        };
        let (written, _) = self.today_and(if late { days } else { 0 })?;
        let report = Report {
            of: at,
            session,
            learnt,
        };
        if let Some(of) = self.desk.expect(written, report)? {
            self.on_record(of)?;
        }
        Ok(())
    }

    /// They met: who taught, and what was learnt.
    fn held(
        &mut self,
        at: usize,
        draws: &mut Draws,
    ) -> Result<(Outcome, Vec<Risen>), SimulationError> {
        let (setup, day) = (self.setup, self.day);
        let Some((two, life)) = self.two(at).zip(self.lives.get_mut(at)) else {
            return Err(SimulationError::Calendar);
        };
        life.held += 1;
        life.held_in_a_row += 1;
        life.not_held_in_a_row = 0;
        life.last = day;
        let taught_by = life.teacher(&setup.model, draws);
        let mut risen = Vec::new();
        for (learner, teacher) in [
            (Role::Mentee, TaughtBy::Mentor),
            (Role::Mentor, TaughtBy::Mentee),
        ] {
            // Drawn in any case: what happens after it draws from the same place.
            let lesson = life.lesson(learner, draws);
            let taught = taught_by == teacher || taught_by == TaughtBy::Both;
            let chance = lesson.map(|(_, l)| setup.behaviour.rises(&setup.model, &two, l));
            let rises = draws.is(chance.unwrap_or_default()) && taught;
            let Some((goal, _)) = lesson.filter(|_| rises) else {
                continue;
            };
            let Some(aim) = life.aim_mut(learner, goal) else {
                continue;
            };
            let next = Level::new(aim.level.as_u8() + 1);
            aim.level = next.map_or(aim.to, |next| next.min(aim.to));
            risen.push((learner, aim.skill.clone(), aim.level));
        }
        for (learner, ..) in &risen {
            self.rose(*learner, 1);
        }
        self.counts.held += 1;
        self.feel(at, &two, true);
        let spread = setup.model.value(Parameter::MinutesSpread);
        let share = 1000 + draws.below(2 * spread + 1) - spread;
        let minutes = u32::from(setup.cadence.minutes()) * share / 1000;
        let minutes = Minutes::new(u16::try_from(minutes.max(1)).unwrap_or(u16::MAX))?;
        Ok((Outcome::Held(Taught::new(taught_by, minutes)), risen))
    }

    fn not_held(&mut self, at: usize) -> Result<(), SimulationError> {
        if let Some(life) = self.lives.get_mut(at) {
            life.held_in_a_row = 0;
            life.not_held_in_a_row = life.not_held_in_a_row.saturating_add(1);
        }
        if let Some(two) = self.two(at) {
            self.feel(at, &two, false);
        }
        let again = after(self.desk.today, self.value(Parameter::RetryDays))?;
        self.on_open_day(at, again)
    }

    /// What a session that was held or not does to trust and apprehension.
    fn feel(&mut self, at: usize, two: &Two<'_>, held: bool) {
        let setup = self.setup;
        let trust = setup.behaviour.trust_after(&setup.model, two, held);
        let Some(life) = self.lives.get_mut(at) else {
            return;
        };
        let before = std::mem::replace(&mut life.trust, trust.min(1000));
        self.counts.trust = self.counts.trust + u64::from(life.trust) - u64::from(before);
        let mentee = life.mentee;
        if !held {
            return;
        }
        let apprehension = setup.behaviour.apprehension_after(&setup.model, two);
        let Some(person) = self.person_mut(mentee) else {
            return;
        };
        let apprehension = apprehension.min(1000);
        let before = std::mem::replace(&mut person.apprehension, apprehension);
        if person.role() == Role::Mentee {
            let sum = self.counts.apprehension + u64::from(apprehension);
            self.counts.apprehension = sum - u64::from(before);
        }
    }

    /// A session held today: when neither is in another one, and where.
    fn session(
        &mut self,
        at: usize,
        outcome: Outcome,
        draws: &mut Draws,
    ) -> Result<Session, SimulationError> {
        let (today, day) = (self.desk.today, self.day);
        let Some(life) = self.lives.get(at) else {
            return Err(SimulationError::Calendar);
        };
        let (id, numbers) = (life.id, [life.mentor, life.mentee]);
        let mut session = Session::new(self.desk.session_id(), id, today, outcome);
        let minutes = outcome
            .taught()
            .map_or(0, |t| u32::from(t.minutes().as_u16()));
        let mut starts = MORNING;
        for number in numbers {
            let busy = self.person_mut(number).map(|person| person.busy);
            if let Some((_, until)) = busy.filter(|(on, _)| *on == day) {
                starts = starts.max(until);
            }
        }
        let ends = starts + minutes;
        // Somebody who is in so many on one day says no hour.
        if ends <= 24 * 60 {
            let start = today.and_time(NaiveTime::MIN).and_utc();
            session = session.with_start(start + TimeDelta::minutes(starts.into()));
            for number in numbers {
                if let Some(person) = self.person_mut(number) {
                    person.busy = (day, ends);
                }
            }
        }
        let at_work = draws.permille(self.value(Parameter::AtWork));
        Ok(session.with_venue(match at_work {
            true => Venue::Workplace,
            false => Venue::Online,
        }))
    }
}
