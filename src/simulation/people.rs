//! Who takes part, and what becomes of them.

use chrono::NaiveDate;

use super::behaviour::Person;
use super::chance::{Lane, Stream};
use super::joining::asked_for;
use super::parameter::{Model, Parameter};
use super::run::place as place_of;
use crate::few::Few;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::roster::{Participant, Profile, Side, Skill};

/// Whole chances, of which survival is a part.
const WHOLE: u64 = 1 << 32;

/// That something has not happened yet, while its chance goes on and on: one number, drawn at first, says when it does. More chance brings
/// it nearer, in whatever month, so two programmes of one seed lose the same people first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Survival {
    left: u64,
    ends_at: u64,
}

impl Survival {
    /// Ends where what is left falls below this word.
    pub(super) fn drawn(word: u32) -> Self {
        Self {
            left: WHOLE,
            ends_at: u64::from(word),
        }
    }

    /// Goes through a stretch with this chance; whether it still lasts.
    pub(super) fn lasts(&mut self, chance: super::chance::Chance) -> bool {
        let stays = 1_000_000 - u64::from(chance.as_millionths());
        self.left = self.left * stays / 1_000_000;
        self.left > self.ends_at
    }
}

const _: () = assert!(size_of::<Someone<'_>>() == 128);

/// Somebody's time: of everybody, side by side, as all of it is added up every week.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hours {
    /// The day from which on they are here, and that on which they left.
    pub(super) here_from: u32,
    pub(super) left_on: u32,
    /// Minutes in sessions held.
    minutes: u32,
}

impl Hours {
    pub(super) const fn from(day: u32) -> Self {
        Self {
            here_from: day,
            left_on: u32::MAX,
            minutes: 0,
        }
    }

    pub(super) fn met(&mut self, [from, to]: [u16; 2]) {
        let minutes = to.saturating_sub(from);
        self.minutes = self.minutes.saturating_add(minutes.into());
    }

    /// By the end of a day, in sevenths of a minute: what they spent in sessions, an hour a week at most, and an hour a week.
    pub(super) fn time(self, day: u32) -> [u64; 2] {
        let days = day.saturating_add(1).min(self.left_on);
        let promised = 60 * u64::from(days.saturating_sub(self.here_from));
        [promised.min(7 * u64::from(self.minutes)), promised]
    }
}

/// One of somebody's wishes, by its place, and how many levels they ask for in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wished {
    at: u16,
    most: u8,
}

/// Somebody who takes part.
// Everybody stands in two lines of memory, and what a behaviour sees of them in the first: they are met in no order.
#[derive(Debug)]
#[repr(C, align(64))]
pub(super) struct Someone<'a> {
    pub(super) profile: &'a Profile,
    pub(super) stays: Survival,
    /// Pairings that are open, and how many they were a mentor in so far.
    pub(super) open: u32,
    pub(super) apprehension: u32,
    /// The day of their last session.
    met_on: u32,
    pub(super) mentored: u16,
    steadiness: i16,
    pub(super) side: Side,
    /// Whether they have not left the company.
    pub(super) here: bool,
    /// Whether they have ever been in a pairing that both accepted.
    pub(super) matched: bool,
    pub(super) id: ParticipantId,
    /// From which minute to which they are in a session on the day of their last.
    busy: Few<[u16; 2]>,
    /// Levels risen and kept, by wish and by the role in which they learn; empty where there are none.
    learnt: Few<[u8; 2]>,
}

impl<'a> Someone<'a> {
    pub(super) fn new(
        participant: &'a Participant,
        number: usize,
        model: &Model,
        stream: &mut Stream,
    ) -> Self {
        let lane = u32::try_from(number).unwrap_or(u32::MAX);
        let mut draws = stream.draw(Lane::Person(lane), 0);
        let steadiness = draws.around(model.value(Parameter::Spread));
        let profile = participant.profile();
        let apprehension = model.value(Parameter::Apprehension);
        let untrained = model.value(Parameter::TrainMentees) == 0;
        let more = if untrained { apprehension / 2 } else { 0 };
        Self {
            id: participant.id(),
            profile,
            side: profile.side(),
            steadiness: i16::try_from(steadiness).unwrap_or_default(),
            stays: Survival::drawn(draws.whole()),
            here: true,
            open: 0,
            mentored: 0,
            matched: false,
            apprehension: (apprehension + more).min(1000),
            met_on: 0,
            busy: Few::new(),
            learnt: Few::new(),
        }
    }

    pub(super) fn seen(&self, today: NaiveDate) -> Person<'a> {
        Person {
            today,
            profile: self.profile,
            steadiness: self.steadiness.into(),
            open: self.open,
            apprehension: self.apprehension,
        }
    }

    /// Which of their wishes a skill is, if it is one.
    pub(super) fn wished(&self, skill: &Skill) -> Option<Wished> {
        let mut wishes = self.profile.wishes().iter().enumerate();
        let (at, wish) = wishes.find(|(_, wish)| wish.skill() == skill)?;
        let (at, most) = (u16::try_from(at).ok()?, asked_for(wish));
        Some(Wished { at, most })
    }

    /// Notes that they rose a level in what they wish for, or fell one; by how much more of it is learnt.
    pub(super) fn rose(&mut self, learner: Role, Wished { at, most }: Wished, by: i8) -> i64 {
        let at = usize::from(at);
        while self.learnt.len() <= at {
            self.learnt.push([0; 2]);
        }
        let wish = self.learnt.get_mut(at);
        let Some(levels) = wish.and_then(|roles| roles.get_mut(place_of(learner))) else {
            return 0;
        };
        let before = i64::from((*levels).min(most));
        *levels = levels.saturating_add_signed(by);
        i64::from((*levels).min(most)) - before
    }

    /// When they are in a session on a day that is their last with one, or a later.
    pub(super) fn busy(&self, day: u32) -> &[[u16; 2]] {
        match self.met_on == day {
            true => &self.busy,
            false => &[],
        }
    }

    /// Notes a session held, from a minute to another of a day.
    pub(super) fn met(&mut self, day: u32, [from, to]: [u16; 2]) {
        if self.met_on != day {
            self.met_on = day;
            self.busy = Few::new();
        }
        self.busy.push([from, to]);
    }

    /// As whom they are counted: somebody on both sides is a mentor.
    pub(super) const fn role(&self) -> Role {
        if self.side.includes(Role::Mentor) {
            Role::Mentor
        } else {
            Role::Mentee
        }
    }
}
