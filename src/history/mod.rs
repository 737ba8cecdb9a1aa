//! Facts: what happened, by the programme's calendar, and nothing that is not needed to tell how it goes.
//!
//! In come journal entries that passed the gate, or the [logs](LoggedPairing) of a programme that runs elsewhere; out
//! come people and pairings with their dates. Never true inside: a key, a name, a note. Sessions stand in the order of
//! their dates, those of one day in the order in which they were recorded: of a log,
//! the order of its rows, which is the one thing where that order says something.

mod adopt;
mod adoption;
mod agreements;
mod book;
mod changes;
mod cohorts;
mod evidence;
mod facts;
mod fold;
mod goals;
mod log;
mod pulses;
mod responses;
mod seats;
mod sessions;
mod stages;
mod standing;
mod waits;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::NaiveDate;

pub use crate::few::Few;
pub use adopt::{Adopted, adopt};
pub use agreements::AgreementFact;
pub use book::SessionBook;
pub use cohorts::{CohortFacts, EnrolmentFact};
pub(crate) use evidence::Evidence;
pub use facts::{Ending, Finding, Hold, Missing, PairingFacts, PersonFacts};
pub use goals::{
    Course, GoalBook, GoalFacts, GoalProblem, GoalState, GoalsReached, SharedGoalFacts,
};
pub use log::{LoggedGoal, LoggedPairing, LoggedPulse, LoggedSession};
pub use pulses::{PulseLeftOut, WhyPulseLeftOut, adopt_pulses};
pub use sessions::{Lapse, LapsedBy, PlannedFact, Planning, SessionFact};
pub use stages::StageFact;

pub(crate) use adopt::capacity_of;
pub(crate) use adoption::judge;
pub(crate) use book::{Brief, Kind};
pub(crate) use changes::ReadTo;
pub(crate) use fold::pairing_of;
pub(crate) use goals::against_day;
pub(crate) use seats::{Seats, SeatsOf};

use self::changes::Changes;
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::journal::Entry;
use crate::pair::Role;
use crate::pairing::{Occasion, Stage};

/// What is kept of a programme beside what its gate needs: a view of the journal that the gate feeds.
///
/// [`History`] is the one that health reads, `()` keeps nothing. One of your own may count what a dashboard shows, or pass
/// entries on: it is given every entry that has passed the gate, once, in the order of the journal, live and in replay.
///
/// ```
/// use reverse_mentoring::history::ReadModel;
/// use reverse_mentoring::ids::PairingId;
/// use reverse_mentoring::journal::{Entry, Event};
/// use reverse_mentoring::pairing::Stage;
///
/// /// How many sessions are on record.
/// #[derive(Debug, Default)]
/// struct Sessions(u64);
///
/// impl ReadModel for Sessions {
///     fn take_in(&mut self, entry: &Entry, _: Option<Stage>) {
///         match entry.event {
///             Event::SessionRecorded(_) => self.0 += 1,
///             Event::SessionVoided { .. } => self.0 -= 1,
///             _ => {}
///         }
///     }
/// }
/// ```
pub trait ReadModel {
    /// Takes in an entry that has passed the gate; `stage` is that of the pairing after a
    /// [step](crate::journal::Event::Advanced).
    fn take_in(&mut self, entry: &Entry, stage: Option<Stage>);

    /// Whether an id stands for a pairing of the past; the gate itself knows those whose record is not closed.
    ///
    /// The gate refuses a proposal under an id that is known. Nothing is known unless a view says otherwise.
    fn knows(&self, pairing: PairingId) -> bool {
        let _ = pairing;
        false
    }
}

/// Keeps nothing.
impl ReadModel for () {
    fn take_in(&mut self, _: &Entry, _: Option<Stage>) {}
}

/// On a day, somebody agreed that something is told, or took that back. In the order of recording.
pub(crate) type Word = (NaiveDate, Role, bool);

/// Everything that health and its metrics may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    pub(crate) people: BTreeMap<ParticipantId, PersonFacts>,
    pub(crate) cohorts: BTreeMap<CohortId, CohortFacts>,
    /// Which cohort was launched when, in the order of recording.
    pub(crate) launched: Vec<(NaiveDate, CohortId)>,
    pub(crate) pairings: BTreeMap<PairingId, PairingFacts>,
    pub(crate) celebrated: BTreeMap<(PairingId, Occasion), Vec<Word>>,
    /// How far each pairing came; none of another system's log has an entry.
    stages: BTreeMap<PairingId, stages::Stages>,
    /// Pairings whose link was gone by the latest roster, or excused.
    cleared: BTreeSet<PairingId>,
    changes: Changes,
}

impl History {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What it has taken in lately.
    pub(crate) const fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Everybody who ever took part, by id.
    pub fn people(&self) -> impl Iterator<Item = (ParticipantId, &PersonFacts)> {
        self.people.iter().map(|(id, facts)| (*id, facts))
    }

    /// Those from an id on or from the start, before another or to the end.
    pub(crate) fn people_from(
        &self,
        first: Option<ParticipantId>,
        until: Option<ParticipantId>,
    ) -> impl Iterator<Item = (ParticipantId, &PersonFacts)> {
        let ids = (
            first.map_or(Bound::Unbounded, Bound::Included),
            until.map_or(Bound::Unbounded, Bound::Excluded),
        );
        self.people.range(ids).map(|(id, facts)| (*id, facts))
    }

    /// One person.
    #[must_use]
    pub fn person(&self, id: ParticipantId) -> Option<&PersonFacts> {
        self.people.get(&id)
    }

    /// Every pairing ever proposed, by id.
    pub fn pairings(&self) -> impl Iterator<Item = (PairingId, &PairingFacts)> {
        self.pairings.iter().map(|(id, facts)| (*id, facts))
    }

    /// What both of a pairing agreed to have told, as their words were on a day.
    pub fn celebrated(&self, on: NaiveDate) -> impl Iterator<Item = (PairingId, Occasion)> {
        let told = self.celebrated.iter().filter(move |(_, words)| {
            [Role::Mentor, Role::Mentee].iter().all(|role| {
                let mut theirs = words.iter().filter(|(day, by, _)| *day <= on && by == role);
                theirs.next_back().is_some_and(|(_, _, agrees)| *agrees)
            })
        });
        told.map(|((pairing, occasion), _)| (*pairing, *occasion))
    }

    /// One pairing.
    #[must_use]
    pub fn pairing(&self, id: PairingId) -> Option<&PairingFacts> {
        self.pairings.get(&id)
    }
}
