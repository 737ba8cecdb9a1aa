//! What is wrong with a setup and what it begins with, before the first day is played.

use chrono::{Days, NaiveDate};

use super::setup::{Begun, Setup};
use crate::eligibility::EligiblePair;
use crate::pair::Role;
use crate::text::{Key, Quoted};

/// Something that a simulation would otherwise pass over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupFault {
    /// Somebody joins on a day on which nobody can.
    #[error("{} joins on {on}; people join after {start}, the first day, and before {end}", Quoted(key.as_str()))]
    #[non_exhaustive]
    JoinsOutside {
        /// Who.
        key: Key,
        /// When.
        on: NaiveDate,
        /// The first day of the simulation.
        start: NaiveDate,
        /// The day after its last.
        end: NaiveDate,
    },
    /// The pairs were asked about on another day than the first.
    #[error("eligibility was asked on {asked_on} and the simulation starts on {start}: ask again")]
    #[non_exhaustive]
    AskedOn {
        /// The day of the question.
        asked_on: NaiveDate,
        /// The first day of the simulation.
        start: NaiveDate,
    },
    /// The pairs were asked about with another load.
    #[error(
        "eligibility was asked with another load: {} had {asked} places and has {places}: ask again", Quoted(key.as_str())
    )]
    #[non_exhaustive]
    OtherLoad {
        /// The first whose places differ.
        key: Key,
        /// Places in the plan.
        asked: u32,
        /// Places by the load of the setup.
        places: u32,
    },
}

/// Every fault of a setup.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct SetupFaults(
    /// The faults: of joiners by day and key, then of the pairs, each kind once.
    pub Vec<SetupFault>,
);

/// Checks what can be checked before anything is played.
pub(super) fn check(
    setup: &Setup<'_>,
    begun: Begun<'_>,
    end: NaiveDate,
) -> Result<(), SetupFaults> {
    let mut joining: Vec<_> = setup.joining.iter().collect();
    joining.sort_by_key(|j| (j.on, j.participant.key()));
    let outside = joining
        .into_iter()
        .filter(|j| j.on <= setup.start || j.on >= end);
    let mut faults: Vec<SetupFault> = outside
        .map(|j| SetupFault::JoinsOutside {
            key: j.participant.key().clone(),
            on: j.on,
            start: setup.start,
            end,
        })
        .collect();
    match begun {
        Begun::Plan(plan) => pairs(
            setup,
            || plan.plan().proposals.iter().map(|p| &p.proof),
            &mut faults,
        ),
        Begun::Pairs(proofs, _) => pairs(setup, || proofs.iter(), &mut faults),
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(SetupFaults(faults)),
    }
}

fn pairs<'p, I: Iterator<Item = &'p EligiblePair>>(
    setup: &Setup<'_>,
    proofs: impl Fn() -> I,
    faults: &mut Vec<SetupFault>,
) {
    let mut days = proofs().map(|proof| proof.evidence().asked_on);
    let other = days.find(|asked| *asked != setup.start);
    faults.extend(other.map(|asked_on| SetupFault::AskedOn {
        asked_on,
        start: setup.start,
    }));
    let places = proofs().flat_map(|proof| {
        [Role::Mentor, Role::Mentee]
            .map(|role| (proof.pair().person(role), role, proof.places(role)))
    });
    let other = places.filter_map(|(id, role, asked)| {
        // Somebody whom the roster does not have is the gate's to refuse.
        let person = setup.roster.participant(id)?;
        let places = person.profile().places(role, setup.load);
        let key = person.key().clone();
        (places != asked).then_some(SetupFault::OtherLoad { key, asked, places })
    });
    faults.extend({ other }.next());
}

/// A day later, where the calendar has it: what is set for a day that does not exist never happens.
pub(super) fn later(day: NaiveDate, days: u32) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(days.into()))
}
