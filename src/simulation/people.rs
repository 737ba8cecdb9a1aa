//! Who takes part, and what becomes of them.

use super::behaviour::Person;
use super::chance::{Lane, Stream};
use super::parameter::{Model, Parameter};
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::roster::{Participant, Profile, Side};

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

const _: () = assert!(size_of::<Someone<'_>>() == 64);

/// Somebody who takes part.
// Everybody stands in one line of memory: they are met in no order.
#[derive(Debug)]
#[repr(align(64))]
pub(super) struct Someone<'a> {
    pub(super) id: ParticipantId,
    pub(super) profile: &'a Profile,
    pub(super) side: Side,
    steadiness: i16,
    pub(super) stays: Survival,
    /// Whether they have not left the company.
    pub(super) here: bool,
    /// Pairings that are open, and how many they were a mentor in so far.
    pub(super) open: u32,
    pub(super) mentored: u16,
    /// Whether they have ever been in a pairing that both accepted.
    pub(super) matched: bool,
    pub(super) apprehension: u32,
    /// The day of their last session, and the minute at which it is over.
    pub(super) busy: (u32, u32),
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
            busy: (0, 0),
        }
    }

    pub(super) fn seen(&self) -> Person<'a> {
        Person {
            profile: self.profile,
            steadiness: self.steadiness.into(),
            open: self.open,
            apprehension: self.apprehension,
        }
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
