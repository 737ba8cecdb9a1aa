//! A roster from its stored form: everything is checked again, and every problem of it said.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use super::experience::Experience;
use super::line::{Line, LineFault};
use super::offer::{Offer, SkillError, Wish};
use super::participant::{Colleague, Participant, ParticipantError, Person};
use super::places::{Capacity, Hours};
use super::record::{ColleagueRow, Known, ParticipantRow, PersonRow, Solid};
use super::reporting::ReportingLines;
use super::skill::Skill;
use super::traits::Traits;
use super::{ROSTER_VERSION, Roster, RosterFault, RosterRecord};
use crate::text::{Key, Quoted};

/// One thing that cannot be true of a roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterRecordProblem {
    /// Written by a newer release, or by none.
    #[error(
        "version {0} of the roster is not among those that this release reads, 1 to {ROSTER_VERSION}"
    )]
    Version(u16),
    /// Takes part, and has neither a grade nor months.
    #[error("{} takes part, and nothing says with how much experience", Quoted(.0.as_str()))]
    NoExperience(Key),
    /// An offer or a wish that cannot be one.
    #[error("{}: {error}", Quoted(key.as_str()))]
    Skill {
        /// Whose.
        key: Key,
        /// Why not.
        error: SkillError,
    },
    /// A skill that stands twice.
    #[error("{}: {error}", Quoted(key.as_str()))]
    Stated {
        /// Whose.
        key: Key,
        /// Which.
        error: ParticipantError,
    },
    /// A line that [`ReportingLines::new`] refuses; its place is that of the row, counted from 0.
    #[error(transparent)]
    Line(#[from] LineFault),
    /// What [`Roster::new`] refuses.
    #[error(transparent)]
    Roster(#[from] RosterFault),
}

/// A record that cannot be a roster, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct RosterRecordError(
    /// The problems: of the whole, of what people state, of lines, of people beside each other.
    pub Vec<RosterRecordProblem>,
);

impl Roster {
    /// The roster of a record; the order of its people does not matter.
    ///
    /// # Errors
    ///
    /// [`RosterRecordError`] with every problem of the record: what [`ReportingLines::new`], [`Participant`]'s builders and
    /// [`Roster::new`] refuse is refused here.
    pub fn from_record(record: RosterRecord) -> Result<Self, RosterRecordError> {
        let mut problems = Vec::new();
        if record.version == 0 || record.version > ROSTER_VERSION {
            problems.push(RosterRecordProblem::Version(record.version));
        }
        let lines: Vec<Line> = record.people.iter().map(PersonRow::line).collect();
        let keys: Vec<Key> = record.people.iter().map(|row| row.key.clone()).collect();
        let scale = record.people.iter().find_map(PersonRow::experience);
        let mut people: Vec<Person> = Vec::with_capacity(keys.len());
        for PersonRow { key, known, .. } in record.people {
            match known {
                Known::Unknown => {}
                Known::Colleague(row) => people.push(row.colleague(key).into()),
                Known::Participant(row) => {
                    people.push(row.participant(key, scale, &mut problems).into());
                }
            }
        }
        let mut twice_is_said = false;
        let lines = ReportingLines::new(lines).or_else(|faults| {
            problems.extend(faults.0.into_iter().map(RosterRecordProblem::from));
            twice_is_said = true; // who has two rows has two lines
            // Of the people there may be more to say, for which it is enough that each has a line.
            let keys: BTreeSet<&str> = keys.iter().map(Key::as_str).collect();
            ReportingLines::new(keys.into_iter().map(Line::root))
        });
        let lines = lines.map_err(|faults| {
            let faults = faults.0.into_iter().map(RosterRecordProblem::from);
            RosterRecordError(faults.collect())
        })?;
        match Self::new(people, lines) {
            Ok(roster) if problems.is_empty() => return Ok(roster),
            Ok(_) => {}
            Err(faults) => {
                let twice = |fault: &RosterFault| matches!(fault, RosterFault::DuplicateKey(_));
                let faults = faults.0.into_iter();
                let faults = faults.filter(|fault| !twice_is_said || !twice(fault));
                problems.extend(faults.map(RosterRecordProblem::from));
            }
        }
        Err(RosterRecordError(problems))
    }
}

impl PersonRow {
    /// The experience of somebody who takes part, where it is stated.
    fn experience(&self) -> Option<Experience> {
        match &self.known {
            Known::Participant(row) => Experience::of(row.grade, row.experience_months),
            _ => None,
        }
    }

    fn line(&self) -> Line {
        let key = self.key.as_str();
        let line = match &self.solid {
            Solid::Root => Line::root(key),
            Solid::Manager(manager) => Line::new(key, manager.as_str()),
        };
        let dotted = self.dotted.iter();
        dotted.fold(line, |line, manager| line.dotted(manager.as_str()))
    }
}

impl ColleagueRow {
    fn colleague(self, key: Key) -> Colleague {
        Colleague {
            key,
            experience: Experience::of(self.grade, self.experience_months),
            capacity: capacity(self.capacity, self.hours_per_month),
        }
    }
}

impl ParticipantRow {
    /// Somebody who takes part. Where something about them is wrong they are made without it, or on the scale of the
    /// others, so that the rest can be judged.
    fn participant(
        self,
        key: Key,
        scale: Option<Experience>,
        problems: &mut Vec<RosterRecordProblem>,
    ) -> Participant {
        let stated = Experience::of(self.grade, self.experience_months);
        if stated.is_none() {
            problems.push(RosterRecordProblem::NoExperience(key.clone()));
        }
        let experience = stated.or(scale).unwrap_or(Experience::months(0));
        let mut skill = |made: Result<(), SkillError>| {
            if let Err(error) = made {
                let key = key.clone();
                problems.push(RosterRecordProblem::Skill { key, error });
            }
        };
        let (mut offers, mut wishes) = (Vec::new(), Vec::new());
        for row in self.offers {
            skill(Offer::of(row.skill, row.level).map(|offer| offers.push(offer)));
        }
        for row in self.wishes {
            skill(Wish::of(row.skill, row.from, row.to).map(|wish| wishes.push(wish)));
        }
        let offered = repeats(offers.iter().map(Offer::skill)).into_iter();
        let wished = repeats(wishes.iter().map(Wish::skill)).into_iter();
        let offered = offered.map(ParticipantError::OfferedTwice);
        let twice: Vec<_> = offered
            .chain(wished.map(ParticipantError::WishedTwice))
            .collect();
        let made = Participant::new(self.id, key.clone(), self.side, experience)
            .with_capacity(capacity(self.capacity, self.hours_per_month))
            .with_languages(self.languages)
            .with_interests(Traits::of(self.interests))
            .with_values(Traits::of(self.values))
            .with_background(Traits::of(self.background))
            .with(self.unit, Participant::with_unit)
            .with(self.site, Participant::with_site)
            .with(self.timezone, Participant::with_timezone)
            .with(self.group, Participant::with_group);
        let whole = made.clone().with_offers(offers);
        whole
            .and_then(|p| p.with_wishes(wishes))
            .unwrap_or_else(|first| {
                let others = twice.into_iter().filter(|other| *other != first);
                let all: Vec<_> = others.collect();
                for error in std::iter::once(first).chain(all) {
                    let key = key.clone();
                    problems.push(RosterRecordProblem::Stated { key, error });
                }
                made
            })
    }
}

fn capacity(pairings: NonZeroU32, hours: Option<Hours>) -> Capacity {
    let capacity = Capacity::of(pairings);
    hours.map_or(capacity, |hours| capacity.with_hours(hours))
}

/// The skills that stand more than once, each once.
fn repeats<'a>(skills: impl Iterator<Item = &'a Skill>) -> Vec<Skill> {
    let mut skills: Vec<&Skill> = skills.collect();
    skills.sort_unstable();
    let same = skills.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    same.filter_map(|same| same.first().copied().cloned())
        .collect()
}
