//! What happens when two are to meet: whether they do, who teaches, what is learnt and felt, and what is put on record.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::behaviour::Two;
use super::chance::Draws;
use super::faults::later;
use super::parameter::Parameter;
use super::reports::{Report, Risen};
use super::run::Run;
use super::setup::SimulationError;
use crate::cadence::Since;
use crate::few::Few;
use crate::history::ReadModel;
use crate::pair::Role;
use crate::roster::Level;
use crate::session::{Minutes, Outcome, Session, SessionFacts, Taught, TaughtBy, Venue};

/// The minute of a day at which nobody has met yet.
const MORNING: u32 = 9 * 60;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

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
        let minutes = self.minutes(&mut draws)?;
        let held = mentor && mentee;
        let starts = self.hour(at, minutes);
        let Some(starts) = starts.filter(|_| held).or((!held).then_some(MORNING)) else {
            return self.put_off(at);
        };
        self.counts.due += 1;
        let mut learnt = Few::new();
        let session = if held {
            let (taught_by, risen) = self.held(at, &two, &mut draws)?;
            learnt = risen;
            let taught = Taught::new(taught_by, minutes);
            let mut session = self.session(at, taught, starts, &mut draws)?;
            for role in Self::roles() {
                if draws.permille(setup.model.value(Parameter::Feedback)) {
                    session.feedback_from = session.feedback_from.with(role);
                }
                if draws.permille(setup.model.value(Parameter::Recognition)) {
                    session.recognition_from = session.recognition_from.with(role);
                }
            }
            self.set_next(at, Since::Session(self.desk.today), &mut draws);
            session
        } else {
            self.not_held(at);
            let by = match (mentor, mentee) {
                (false, true) => Some(Role::Mentor),
                (true, false) => Some(Role::Mentee),
                _ => None,
            };
            let outcome = match missed {
                true => Outcome::Missed { by },
                false => Outcome::Cancelled { by },
            };
            *Session::new(self.desk.session_id(), id, self.desk.today, outcome).facts()
        };
        // What would come in after the last day comes in on it.
        let written = later(self.desk.today, if late { days } else { 0 });
        let report = Report {
            of: at,
            session,
            learnt,
        };
        if let Some(of) = self
            .desk
            .expect(written.unwrap_or(NaiveDate::MAX), report)?
        {
            self.on_record(of)?;
        }
        Ok(())
    }

    /// They met: who taught, and what was learnt.
    fn held(
        &mut self,
        at: usize,
        two: &Two<'_>,
        draws: &mut Draws,
    ) -> Result<(TaughtBy, Few<Risen>), SimulationError> {
        let (setup, day) = (self.setup, self.day);
        let Some(life) = self.lives.get_mut(at) else {
            return Err(SimulationError::Calendar);
        };
        life.held += 1;
        life.held_in_a_row += 1;
        life.not_held_in_a_row = 0;
        life.last = day;
        let (behaviour, model) = (setup.behaviour, &setup.model);
        let chances = [
            behaviour.both_teach(model, two),
            behaviour.mentee_teaches(model, two),
        ];
        let taught_by = life.teacher(chances, draws);
        let (mut risen, mut goals) = (Few::new(), Few::new());
        for (learner, teacher) in [
            (Role::Mentee, TaughtBy::Mentor),
            (Role::Mentor, TaughtBy::Mentee),
        ] {
            // Drawn in any case: what happens after it draws from the same place.
            let lesson = life.lesson(learner, draws);
            let taught = taught_by == teacher || taught_by == TaughtBy::Both;
            let chance = lesson.map(|(_, l)| behaviour.rises(model, two, l));
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
            goals.push((learner, goal));
        }
        for (learner, goal) in goals {
            self.rose(at, learner, goal, 1);
        }
        self.counts.held += 1;
        self.feel(at, two, true);
        Ok((taught_by, risen))
    }

    /// How long a session is.
    fn minutes(&self, draws: &mut Draws) -> Result<Minutes, SimulationError> {
        let spread = self.value(Parameter::MinutesSpread);
        let share = 1000 + draws.below(2 * spread + 1) - spread;
        let minutes = u32::from(self.setup.cadence.minutes()) * share / 1000;
        Ok(Minutes::new(
            u16::try_from(minutes.max(1)).unwrap_or(u16::MAX),
        )?)
    }

    /// The minute of today from which on the two have so many for each other; `None` where the day is too short for it.
    fn hour(&self, at: usize, minutes: Minutes) -> Option<u32> {
        let (day, minutes) = (self.day, u32::from(minutes.as_u16()));
        let life = self.lives.get(at)?;
        let [a, b] = [life.mentor, life.mentee].map(|number| {
            let person = self.people.get(number);
            person.map_or(&[][..], |person| person.busy(day))
        });
        let busy = || a.iter().chain(b).map(|busy| busy.map(u32::from));
        // Whoever means to meet for fifteen hours and more begins earlier.
        let morning = MORNING.min(DAY.saturating_sub(minutes));
        let after = busy().map(|[_, to]| to).filter(|to| *to > morning);
        let starts = std::iter::once(morning).chain(after);
        let free = starts.filter(|starts| {
            let ends = starts + minutes;
            ends <= DAY && busy().all(|[from, to]| ends <= from || to <= *starts)
        });
        free.min()
    }

    /// They would have met and have no hour left today: on the next day that is open, with the same draws.
    fn put_off(&mut self, at: usize) -> Result<(), SimulationError> {
        if let Some(life) = self.lives.get_mut(at) {
            life.put_off();
        }
        self.on_open_day(at, later(self.desk.today, 1));
        Ok(())
    }

    fn not_held(&mut self, at: usize) {
        if let Some(life) = self.lives.get_mut(at) {
            life.held_in_a_row = 0;
            life.not_held_in_a_row = life.not_held_in_a_row.saturating_add(1);
        }
        let Some(two) = self.two(at) else {
            return;
        };
        self.feel(at, &two, false);
        let again = self.retries_after(&two);
        self.on_open_day(at, later(self.desk.today, again));
    }

    /// Days after which they try again: one at least, or they would try all day.
    pub(super) fn retries_after(&self, two: &Two<'_>) -> u32 {
        let setup = self.setup;
        setup.behaviour.retries_after(&setup.model, two).max(1)
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

    /// A session held today, from a minute on at which neither is in another one, and where.
    fn session(
        &mut self,
        at: usize,
        taught: Taught,
        starts: u32,
        draws: &mut Draws,
    ) -> Result<SessionFacts, SimulationError> {
        let (today, day) = (self.desk.today, self.day);
        let Some(life) = self.lives.get(at) else {
            return Err(SimulationError::Calendar);
        };
        let (id, numbers) = (life.id, [life.mentor, life.mentee]);
        let outcome = Outcome::Held(taught);
        let mut session = *Session::new(self.desk.session_id(), id, today, outcome).facts();
        let ends = starts + u32::from(taught.minutes().as_u16());
        // Minutes of a day.
        let busy = [starts, ends].map(|minute| u16::try_from(minute).unwrap_or(u16::MAX));
        let midnight = today.and_time(NaiveTime::MIN).and_utc();
        session.starts = Some(midnight + TimeDelta::minutes(starts.into()));
        for number in numbers {
            if let Some(person) = self.person_mut(number) {
                person.met(day, busy);
            }
            if let Some(hours) = self.hours.get_mut(number) {
                hours.met(busy);
            }
        }
        let at_work = draws.permille(self.value(Parameter::AtWork));
        session.venue = Some(match at_work {
            true => Venue::Workplace,
            false => Venue::Online,
        });
        Ok(session)
    }
}
