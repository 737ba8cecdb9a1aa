//! Facts: what happened, by the programme's calendar, and nothing that is not needed to tell how it goes.
//!
//! In come journal entries that passed the gate, or the [logs](LoggedPairing) of a programme that runs elsewhere; out
//! come people and pairings with their dates. Never true inside: a key, a name, a note. Sessions stand in the order of
//! their dates, those of one day in the order in which they were recorded: of a log,
//! the order of its rows, which is the one thing where that order says something.

mod adopt;
mod facts;
mod fold;
mod log;
mod standing;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use adopt::{Adopted, adopt};
pub use facts::{
    Ending, Finding, GoalFacts, Hold, Missing, PairingFacts, PersonFacts, SessionFact,
};
pub use log::{LoggedGoal, LoggedPairing, LoggedPulse, LoggedSession};

use crate::ids::{PairingId, ParticipantId};

/// Everything that health and its metrics may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    pub(crate) people: BTreeMap<ParticipantId, PersonFacts>,
    pub(crate) pairings: BTreeMap<PairingId, PairingFacts>,
}

impl History {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Everybody who ever took part, by id.
    pub fn people(&self) -> impl Iterator<Item = (ParticipantId, &PersonFacts)> {
        self.people.iter().map(|(id, facts)| (*id, facts))
    }

    /// Every pairing ever proposed, by id.
    pub fn pairings(&self) -> impl Iterator<Item = (PairingId, &PairingFacts)> {
        self.pairings.iter().map(|(id, facts)| (*id, facts))
    }

    /// A day, or the latest day on which a pairing began, was held up, went on or met, if that is later.
    ///
    /// A reorganisation is often known late; it cannot hold up what has happened since.
    pub(crate) fn not_before(&self, id: PairingId, on: NaiveDate) -> NaiveDate {
        self.pairing(id).map_or(on, |facts| {
            let holds = facts.holds.iter();
            let holds = holds.flat_map(|h| [Some(h.from), h.until]).flatten();
            let met = facts.held(NaiveDate::MAX).last();
            let days = holds.chain(facts.started).chain(met);
            days.chain([facts.proposed, on]).max().unwrap_or(on)
        })
    }

    /// One pairing.
    #[must_use]
    pub fn pairing(&self, id: PairingId) -> Option<&PairingFacts> {
        self.pairings.get(&id)
    }
}
