//! The units of a programme as metrics see them on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::cadence::Calendar;
use crate::charter::Charter;
use crate::history::{CohortFacts, History, PairingFacts, PersonFacts};
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::pair::Role;
use crate::pairing::{Consent, Phase};

/// What contributes to a reading.
#[derive(Debug, Clone, Copy)]
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

/// A pairing as a metric sees it, with the day of the reading. Facts carry later days too, for other readings: a metric
/// passes the day on, and [`testing`](crate::testing) finds one that does not.
#[derive(Debug, Clone, Copy)]
pub struct PairingView<'a> {
    /// Its id.
    pub id: PairingId,
    facts: &'a PairingFacts,
    history: &'a History,
    calendar: &'a Calendar,
    as_of: NaiveDate,
}

impl<'a> PairingView<'a> {
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
    pub fn charter(&self) -> Option<&'a Charter> {
        let cohort = self.facts.cohort_on(self.as_of);
        self.history.charter(cohort, self.as_of)
    }

    /// Whether one of the two has finished the curriculum of the [charter](Self::charter); `None` without one.
    #[must_use]
    pub fn is_trained(&self, role: Role) -> Option<bool> {
        let curriculum = self.charter()?.curriculum();
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
    facts: &'a PersonFacts,
    history: &'a History,
    cohort: Option<CohortId>,
    as_of: NaiveDate,
    open: [u32; 2],
    waits: [Option<NaiveDate>; 2],
}

impl<'a> PersonView<'a> {
    /// Places in a role on the day of the reading; `None` where they did not take part.
    #[must_use]
    pub fn places(&self, role: Role) -> Option<u32> {
        self.facts.places(role, self.as_of)
    }

    /// Open pairings in a role on the day of the reading.
    #[must_use]
    pub const fn open(&self, role: Role) -> u32 {
        *of(&self.open, role)
    }

    /// Whether it is known since when they have had a place in a role: a log does not say.
    #[must_use]
    pub fn knows_since(&self, role: Role) -> bool {
        let since = self.facts.places_since(role, self.as_of);
        since.is_some_and(|day| day > NaiveDate::MIN)
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
    pub fn charter(&self) -> Option<&'a Charter> {
        let theirs = || self.history.charter(Some(self.cohort?), self.as_of);
        theirs().or_else(|| self.history.charter(None, self.as_of))
    }

    /// Whether they have finished the curriculum of the [charter](Self::charter); `None` without one.
    #[must_use]
    pub fn is_trained(&self) -> Option<bool> {
        let curriculum = self.charter()?.curriculum();
        Some(self.facts.has_finished(curriculum, self.as_of))
    }
}

const fn of<T>([mentor, mentee]: &[T; 2], role: Role) -> &T {
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
    facts: &'a CohortFacts,
    as_of: NaiveDate,
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

/// What metrics are asked about on a day: the pairings that are proposed, whether they have started or not, then the people
/// who take part, then the cohorts that are launched, each by id.
pub(crate) fn units<'a>(
    history: &'a History,
    calendar: &'a Calendar,
    as_of: NaiveDate,
) -> Vec<UnitView<'a>> {
    let mut open: BTreeMap<ParticipantId, [u32; 2]> = BTreeMap::new();
    let mut units = Vec::new();
    for (id, facts) in history.pairings() {
        if facts.is_open(as_of) {
            let [mentor, _] = open.entry(facts.pair.mentor).or_default();
            *mentor += 1;
            let [_, mentee] = open.entry(facts.pair.mentee).or_default();
            *mentee += 1;
        }
        let view = PairingView {
            id,
            facts,
            history,
            calendar,
            as_of,
        };
        if facts.run(as_of).is_some() {
            units.push(UnitView::Pairing(view));
        } else if facts.proposed <= as_of {
            units.push(UnitView::Proposal(view));
        }
    }
    let mut waits: BTreeMap<ParticipantId, [Option<NaiveDate>; 2]> = BTreeMap::new();
    for wait in history.waits(as_of) {
        let [mentor, mentee] = waits.entry(wait.person).or_default();
        *match wait.role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        } = Some(wait.since);
    }
    let mut cohorts = BTreeMap::new();
    for (id, facts) in history.cohorts() {
        cohorts.extend(facts.enrolled(as_of).map(|person| (person, id)));
    }
    for (id, facts) in history.people() {
        if facts.places(Role::Mentor, as_of).is_some() {
            units.push(UnitView::Person(PersonView {
                id,
                facts,
                history,
                cohort: cohorts.get(&id).copied(),
                as_of,
                open: open.get(&id).copied().unwrap_or_default(),
                waits: waits.get(&id).copied().unwrap_or_default(),
            }));
        }
    }
    for (id, facts) in history.cohorts() {
        if history.charter(Some(id), as_of).is_some() {
            units.push(UnitView::Cohort(CohortView { id, facts, as_of }));
        }
    }
    units
}
