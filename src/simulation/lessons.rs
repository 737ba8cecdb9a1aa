//! What happens in a session: who teaches, for how long, and what is learnt.

use std::collections::BTreeMap;

use super::chance::Chance;
use super::parameter::{Model, Parameter};
use crate::cadence::Cadence;
use crate::pair::Role;
use crate::pairing::TwoWayGoals;
use crate::roster::{Level, Skill};
use crate::session::{Minutes, MinutesError, TaughtBy};

/// The lessons of one pair so far.
#[derive(Debug, Default)]
pub(super) struct Lessons {
    /// Sessions in a row that the mentor taught alone.
    mentor_in_a_row: u32,
    /// The mentee taught alone the last time.
    mentor_is_next: bool,
    /// Levels that were reached; the journal may not know of them yet.
    levels: BTreeMap<(Role, Skill), Level>,
}

impl Lessons {
    /// Who teaches: roles shift after the mentor taught alone, and back after the mentee did.
    pub(super) fn teacher(&mut self, model: &Model, chance: &mut Chance) -> TaughtBy {
        let shift = model
            .value(Parameter::Shift)
            .saturating_mul(self.mentor_in_a_row);
        let mentee = model.value(Parameter::MenteeTeaches).saturating_add(shift);
        let both = chance.permille(model.value(Parameter::Both));
        let mentee = chance.permille(mentee) && !self.mentor_is_next;
        let taught_by = match (both, mentee) {
            (true, _) => TaughtBy::Both,
            (false, true) => TaughtBy::Mentee,
            (false, false) => TaughtBy::Mentor,
        };
        self.mentor_is_next = taught_by == TaughtBy::Mentee;
        self.mentor_in_a_row = match taught_by {
            TaughtBy::Mentor => self.mentor_in_a_row.saturating_add(1),
            TaughtBy::Mentee | TaughtBy::Both => 0,
        };
        taught_by
    }

    /// A level at most, in one unfinished goal of whoever was taught.
    pub(super) fn learn(
        &mut self,
        taught_by: TaughtBy,
        goals: &TwoWayGoals,
        model: &Model,
        chance: &mut Chance,
    ) -> Vec<(Role, Skill, Level)> {
        let mut learnt = Vec::new();
        let sides = [
            (Role::Mentee, TaughtBy::Mentor, Parameter::MenteeGain),
            (Role::Mentor, TaughtBy::Mentee, Parameter::MentorGain),
        ];
        for (learner, teacher, gain) in sides {
            if taught_by != teacher && taught_by != TaughtBy::Both {
                continue;
            }
            let gains = chance.permille(model.value(gain));
            let level = |skill: &Skill, from| {
                let known = self.levels.get(&(learner, skill.clone()));
                known.copied().unwrap_or(from)
            };
            let open = goals.of(learner).iter();
            let mut open: Vec<_> = open
                .filter(|goal| level(goal.skill(), goal.from()) < goal.to())
                .collect();
            let Some(goal) = chance.take(&mut open).filter(|_| gains) else {
                continue;
            };
            let now = level(goal.skill(), goal.from());
            let next = Level::new(now.as_u8() + 1).map_or(goal.to(), |next| next.min(goal.to()));
            self.levels.insert((learner, goal.skill().clone()), next);
            learnt.push((learner, goal.skill().clone(), next));
        }
        learnt
    }
}

/// Minutes of a session: the cadence's, up or down by a share.
pub(super) fn length(
    cadence: Cadence,
    model: &Model,
    chance: &mut Chance,
) -> Result<Minutes, MinutesError> {
    let spread = model.value(Parameter::MinutesSpread);
    let share = 1000 + chance.below(2 * spread + 1) - spread;
    let minutes = u32::from(cadence.minutes()) * share / 1000;
    Minutes::new(u16::try_from(minutes.max(1)).unwrap_or(u16::MAX))
}
