//! The units of a programme as metrics see them on a day.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::day::Day;
use super::tally::{Goals, Tally};
use crate::cadence::Calendar;
use crate::charter::Charter;
use crate::history::{CohortFacts, History, PairingFacts};
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::pair::Role;
use crate::pairing::{Consent, Phase};

/// What contributes to a reading.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum UnitView<'a> {
    /// A pairing that has started by the day of the reading.
    Pairing(PairingView<'a>),
    /// A pairing that is proposed by the day of the reading and has not started by then: it waits for an answer, prepares,
    /// or came to nothing.
    Proposal(PairingView<'a>),
    /// Somebody who takes part on the day of the reading.
    Person(PersonView<'a>),
    /// A cohort that is launched by the day of the reading, closed or not.
    Cohort(CohortView<'a>),
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum UnitKind {
    /// A [pairing that has started](UnitView::Pairing).
    Pairing,
    /// A [pairing that has not](UnitView::Proposal).
    Proposal,
    /// A [person](UnitView::Person).
    Person,
    /// A [cohort](UnitView::Cohort).
    Cohort,
}

impl UnitView<'_> {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> UnitKind {
        match self {
            Self::Pairing(_) => UnitKind::Pairing,
            Self::Proposal(_) => UnitKind::Proposal,
            Self::Person(_) => UnitKind::Person,
            Self::Cohort(_) => UnitKind::Cohort,
        }
    }
}

/// A pairing as a metric sees it, with the day of the reading. Facts carry later days too, for other readings: a metric
/// passes the day on, and [`testing`](crate::testing) finds one that does not.
#[derive(Debug, Clone)]
pub struct PairingView<'a> {
    /// Its id.
    pub id: PairingId,
    facts: &'a PairingFacts,
    history: &'a History,
    charter: Option<&'a Charter>,
    calendar: &'a Calendar,
    as_of: NaiveDate,
    /// Whether mentor and mentee have finished the curriculum of the charter, where that is known already.
    trained: Option<[bool; 2]>,
    tally: OnceCell<Tally>,
    goals: OnceCell<Goals>,
}

impl<'a> PairingView<'a> {
    pub(super) const fn new(
        day: &Day<'a>,
        (id, facts): (PairingId, &'a PairingFacts),
        charter: Option<&'a Charter>,
        trained: Option<[bool; 2]>,
    ) -> Self {
        Self {
            id,
            facts,
            history: day.history,
            charter,
            calendar: day.calendar,
            as_of: day.as_of,
            trained,
            tally: OnceCell::new(),
            goals: OnceCell::new(),
        }
    }

    /// As a unit; `None` before it is proposed.
    pub(super) fn into_unit(self) -> Option<UnitView<'a>> {
        if self.facts.run(self.as_of).is_some() {
            Some(UnitView::Pairing(self))
        } else if self.facts.proposed <= self.as_of {
            Some(UnitView::Proposal(self))
        } else {
            None
        }
    }

    /// The facts. Those that carry a date take the day of the reading as an argument.
    #[must_use]
    pub const fn facts(&self) -> &'a PairingFacts {
        self.facts
    }

    /// The closed days that the reading was asked with: with them and the day, [`PairingFacts::standing`] tells what is due.
    #[must_use]
    pub const fn calendar(&self) -> &'a Calendar {
        self.calendar
    }

    /// The day of the reading.
    #[must_use]
    pub const fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// What it goes by: the charter of its cohort, or of the cohort launched last where it is of none. `None` in a programme
    /// without one, such as that of a log.
    #[must_use]
    pub const fn charter(&self) -> Option<&'a Charter> {
        self.charter
    }

    /// What its sessions add up to: worked out once, for whoever asks first.
    pub(super) fn tally(&self) -> &Tally {
        let read = || Tally::of(self.facts, self.calendar, self.as_of);
        self.tally.get_or_init(read)
    }

    /// What its goals add up to, in the same way.
    pub(super) fn goals(&self) -> &Goals {
        self.goals.get_or_init(|| Goals::of(self.facts, self.as_of))
    }

    /// Whether one of the two has finished the curriculum of the [charter](Self::charter); `None` without one.
    #[must_use]
    pub fn is_trained(&self, role: Role) -> Option<bool> {
        let curriculum = self.charter()?.curriculum();
        if let Some(trained) = self.trained {
            return Some(*of(&trained, role));
        }
        let person = self.history.person(self.facts.pair.person(role));
        Some(person.is_some_and(|facts| facts.has_finished(curriculum, self.as_of)))
    }

    /// Whether both have signed the agreement in the text of the day of the reading: while they prepare, whoever has signed
    /// another text has not signed this one.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        let Self { facts, as_of, .. } = *self;
        // Whoever began here had both signatures, and what is amended later is agreed on as it is.
        let began_here = !facts.is_adopted() && facts.run(as_of).is_some();
        let anew = || {
            let stages = self.history.stages(self.id).iter();
            let now = stages.rev().find(|fact| fact.from <= as_of);
            now.is_some_and(|fact| match fact.phase {
                Phase::Preparing { signed } => signed != Consent::Both,
                _ => false,
            })
        };
        facts.is_signed(as_of) && (began_here || !anew())
    }
}

/// A person as a metric sees them.
#[derive(Debug, Clone, Copy)]
pub struct PersonView<'a> {
    /// Their id.
    pub id: ParticipantId,
    pub(super) charter: Option<&'a Charter>,
    pub(super) trained: Option<bool>,
    pub(super) as_of: NaiveDate,
    pub(super) places: [u32; 2],
    pub(super) open: [u32; 2],
    pub(super) places_since: [Option<NaiveDate>; 2],
    pub(super) waits: [Option<NaiveDate>; 2],
}

impl<'a> PersonView<'a> {
    /// Places in a role on the day of the reading; `None` where they did not take part.
    #[must_use]
    pub const fn places(&self, role: Role) -> Option<u32> {
        Some(*of(&self.places, role))
    }

    /// Open pairings in a role on the day of the reading.
    #[must_use]
    pub const fn open(&self, role: Role) -> u32 {
        *of(&self.open, role)
    }

    /// Whether it is known since when they have had a place in a role: a log does not say.
    #[must_use]
    pub fn knows_since(&self, role: Role) -> bool {
        of(&self.places_since, role).is_some_and(|day| day > NaiveDate::MIN)
    }

    /// Since when they wait for a pairing in a role, as [`Program::waits`](crate::program::Program::waits) has it; `None`
    /// where they do not wait, and where [nobody knows](Self::knows_since) since when.
    #[must_use]
    pub fn waits_since(&self, role: Role) -> Option<NaiveDate> {
        of(&self.waits, role).filter(|_| self.knows_since(role))
    }

    /// The day of the reading.
    #[must_use]
    pub const fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// What they go by: the charter of the cohort in which they are enrolled, or of the one launched last where theirs is
    /// not launched. `None` in a programme without one, such as that of a log.
    #[must_use]
    pub const fn charter(&self) -> Option<&'a Charter> {
        self.charter
    }

    /// Whether they have finished the curriculum of the [charter](Self::charter); `None` without one.
    #[must_use]
    pub const fn is_trained(&self) -> Option<bool> {
        self.trained
    }
}

pub(super) const fn of<T>([mentor, mentee]: &[T; 2], role: Role) -> &T {
    match role {
        Role::Mentor => mentor,
        Role::Mentee => mentee,
    }
}

/// A cohort as a metric sees it.
#[derive(Debug, Clone, Copy)]
pub struct CohortView<'a> {
    /// Its id.
    pub id: CohortId,
    pub(super) facts: &'a CohortFacts,
    pub(super) as_of: NaiveDate,
}

impl<'a> CohortView<'a> {
    /// The facts. Those that carry a date take the day of the reading as an argument.
    #[must_use]
    pub const fn facts(&self) -> &'a CohortFacts {
        self.facts
    }

    /// The day of the reading.
    #[must_use]
    pub const fn as_of(&self) -> NaiveDate {
        self.as_of
    }
}
