//! Who waits for a pairing, and since when.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::History;
use super::facts::PairingFacts;
use crate::ids::ParticipantId;
use crate::matching::Wait;
use crate::pair::Role;

impl History {
    /// Everybody who waits for a pairing on a day, by id, then role: see [`Program::waits`](crate::program::Program::waits).
    /// Of a log, nobody knows since when somebody takes part: since the first day of all calendars.
    #[must_use]
    pub fn waits(&self, today: NaiveDate) -> Vec<Wait> {
        let mut open: BTreeSet<(ParticipantId, Role)> = BTreeSet::new();
        let mut last_end: BTreeMap<(ParticipantId, Role), NaiveDate> = BTreeMap::new();
        for (_, facts) in self.pairings() {
            for role in [Role::Mentor, Role::Mentee] {
                let seat = (facts.pair.person(role), role);
                if facts.is_open(today) {
                    open.insert(seat);
                } else if let Some(end) = facts.end_by(today).filter(|_| went_on(facts)) {
                    let last = last_end.entry(seat).or_insert(end);
                    *last = end.max(*last);
                }
            }
        }
        let mut waits = Vec::new();
        for (person, facts) in self.people() {
            for role in [Role::Mentor, Role::Mentee] {
                let seat = (person, role);
                let began = facts.places_since(role, today);
                let Some(began) = began.filter(|_| !open.contains(&seat)) else {
                    continue;
                };
                let since = last_end.get(&seat).map_or(began, |end| began.max(*end));
                waits.push(Wait {
                    person,
                    role,
                    since,
                });
            }
        }
        waits
    }
}

/// Whether it was more than a proposal and a trial.
const fn went_on(facts: &PairingFacts) -> bool {
    // What was adopted is of no cohort before it is regularised.
    facts.settled.is_some() || facts.cohort.is_none()
}
