//! What two know of themselves that the programme does not, or not yet.

use super::behaviour::Lesson;
use super::chance::{Ahead, Chance, Draws, Lane, Stream};
use super::parameter::{Model, Parameter};
use super::people::{Someone, Survival, Wished};
use super::run::place;
use crate::few::Few;
use crate::ids::PairingId;
use crate::pair::Role;
use crate::pairing::{Consent, Pairing};
use crate::roster::{Level, Profile, Skill};
use crate::session::TaughtBy;

/// How far they have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Now {
    Asked(Consent),
    Preparing(Consent),
    Chemistry,
    Active,
    Over,
}

impl Now {
    pub(super) const fn meets(self) -> bool {
        matches!(self, Self::Chemistry | Self::Active)
    }
}

/// A goal, and how far its learner has come.
#[derive(Debug)]
pub(super) struct Aim {
    pub(super) skill: Skill,
    from: Level,
    pub(super) to: Level,
    pub(super) level: Level,
    /// The level of the other.
    teacher: Level,
    /// Which of the learner's wishes it is.
    pub(super) wished: Option<Wished>,
}

const _: () = assert!(size_of::<Life>() == 320);

/// Two, from their proposal on.
// In this order: what every turn asks first stands in the first line of memory, what is learnt in the last.
#[derive(Debug)]
#[repr(C, align(64))]
pub(super) struct Life {
    pub(super) id: PairingId,
    /// By number.
    pub(super) mentor: usize,
    pub(super) mentee: usize,
    pub(super) lasts: Survival,
    pub(super) now: Now,
    pub(super) held_up: bool,
    pub(super) taught_last: Option<TaughtBy>,
    /// The day, counted from the first, on which they answer, sign or meet next.
    pub(super) due: u32,
    /// How often something was drawn.
    occasions: u32,
    /// The day of the last session held, or of the beginning.
    pub(super) last: u32,
    pub(super) chemistry: u32,
    pub(super) trust: u32,
    pub(super) held: u32,
    pub(super) held_in_a_row: u32,
    pub(super) not_held_in_a_row: u32,
    pub(super) mentor_in_a_row: u32,
    months: u32,
    /// Their lane: the mentor, and which of their pairings it is.
    nth: (u32, u32),
    /// Of the mentor, of the mentee.
    pub(super) aims: [Few<Aim>; 2],
    ahead: Ahead,
}

impl Life {
    /// Two who were proposed today, and their luck in each other: −1000 to 1000. What comes of it is the behaviour's to say.
    pub(super) fn proposed(
        pairing: &Pairing,
        [mentor, mentee]: [(usize, &Someone<'_>); 2],
        model: &Model,
        stream: &mut Stream,
    ) -> (Self, i32) {
        let number = u32::try_from(mentor.0).unwrap_or(u32::MAX);
        let nth = (number, mentor.1.mentored.into());
        let mut ahead = Ahead::default();
        let mut draws = ahead.draw(stream, Lane::Pairing(nth.0, nth.1), 0);
        let due = draws.days(model.value(Parameter::AnswerDays));
        let aims = |learner: Role, person: &Someone<'_>, teacher: &Profile| {
            let goals = pairing.goals().of(learner).iter();
            let aim = goals.map(|goal| {
                let mut offers = teacher.offers().iter();
                let offer = offers.find(|offer| offer.skill() == goal.skill());
                Aim {
                    skill: goal.skill().clone(),
                    from: goal.from(),
                    to: goal.to(),
                    level: goal.from(),
                    // Goals are drafted from offers. One by hand is taught by somebody who is there already.
                    teacher: offer.map_or(goal.to(), |offer| offer.level()),
                    wished: person.wished(goal.skill()),
                }
            });
            aim.collect()
        };
        let (a, b) = (mentor.1.profile, mentee.1.profile);
        let luck = i32::try_from(draws.around(1000)).unwrap_or_default();
        let life = Self {
            id: pairing.id(),
            mentor: mentor.0,
            mentee: mentee.0,
            nth,
            now: Now::Asked(Consent::Nobody),
            held_up: false,
            due,
            occasions: 1,
            ahead,
            months: 0,
            lasts: Survival::drawn(draws.whole()),
            chemistry: 0,
            trust: model.value(Parameter::Trust),
            held: 0,
            held_in_a_row: 0,
            not_held_in_a_row: 0,
            last: 0,
            mentor_in_a_row: 0,
            taught_last: None,
            aims: [
                aims(Role::Mentor, mentor.1, b),
                aims(Role::Mentee, mentee.1, a),
            ],
        };
        (life, luck)
    }

    /// The draws of what happens next.
    pub(super) fn draw(&mut self, stream: &mut Stream) -> Draws {
        let occasion = self.occasions;
        self.occasions = occasion.wrapping_add(1);
        let lane = Lane::Pairing(self.nth.0, self.nth.1);
        self.ahead.draw(stream, lane, occasion)
    }

    /// Takes the last occasion back: whatever it is comes later, with the same draws.
    pub(super) const fn put_off(&mut self) {
        self.occasions = self.occasions.wrapping_sub(1);
    }

    /// The draws of a month.
    pub(super) fn draw_month(&mut self, stream: &mut Stream) -> Draws {
        let month = self.months;
        self.months = month.wrapping_add(1);
        stream.draw(Lane::Month(self.nth.0, self.nth.1), month)
    }

    pub(super) fn aims(&self, learner: Role) -> &[Aim] {
        self.aims.get(place(learner)).map_or(&[], |aims| aims)
    }

    pub(super) fn aim_mut(&mut self, learner: Role, at: usize) -> Option<&mut Aim> {
        self.aims.get_mut(place(learner))?.get_mut(at)
    }

    /// Levels aimed at.
    pub(super) fn aimed(&self, learner: Role) -> u64 {
        let aims = self.aims(learner).iter();
        aims.map(|aim| u64::from(aim.to.as_u8().saturating_sub(aim.from.as_u8())))
            .sum()
    }

    /// One of the goals that are not reached, by number, and what it takes.
    pub(super) fn lesson(&self, learner: Role, draws: &mut Draws) -> Option<(usize, Lesson)> {
        let (at, aim) = self.one_of(learner, draws, |aim| aim.level < aim.to)?;
        let lesson = Lesson {
            learner,
            level: aim.level.as_u8(),
            teacher: aim.teacher.as_u8(),
        };
        Some((at, lesson))
    }

    /// One of the goals in which something was learnt, by number.
    pub(super) fn learnt(&self, learner: Role, draws: &mut Draws) -> Option<usize> {
        let one = self.one_of(learner, draws, |aim| aim.level > aim.from);
        one.map(|(at, _)| at)
    }

    /// One of the goals of which something holds, by number.
    fn one_of(
        &self,
        learner: Role,
        draws: &mut Draws,
        holds: impl Fn(&Aim) -> bool,
    ) -> Option<(usize, &Aim)> {
        let aims = || {
            let aims = self.aims(learner).iter().enumerate();
            aims.filter(|(_, aim)| holds(aim))
        };
        let many = u32::try_from(aims().count()).unwrap_or(u32::MAX);
        aims().nth(draws.below(many) as usize)
    }

    /// Who teaches, by the chances that both do and that the mentee alone does otherwise.
    pub(super) fn teacher(&mut self, [both, mentee]: [Chance; 2], draws: &mut Draws) -> TaughtBy {
        let [both, mentee] = [both, mentee].map(|chance| draws.is(chance));
        let taught_by = match (both, mentee) {
            (true, _) => TaughtBy::Both,
            (false, true) => TaughtBy::Mentee,
            (false, false) => TaughtBy::Mentor,
        };
        self.taught_last = Some(taught_by);
        self.mentor_in_a_row = match taught_by {
            TaughtBy::Mentor => self.mentor_in_a_row.saturating_add(1),
            TaughtBy::Mentee | TaughtBy::Both => 0,
        };
        taught_by
    }
}
