//! What is counted of each person.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::history::{Ending, History, PairingFacts, PersonFacts};
use crate::ids::ParticipantId;
use crate::pairing::EndReason;

/// A share of the people of a group. The whole are those of whom it is known; nobody is counted for what has not been
/// decided yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EquityMeasure {
    /// Of all who enrolled: who has been in a pairing that both accepted.
    Match,
    /// Of those who were paired, or have waited long: who waited longer than the policy's days, from the first enrolment
    /// to the first pairing that both accepted. Whoever withdrew before, or has not waited long yet, is not counted, nor
    /// is anybody of another system's log, which does not say when they enrolled.
    Wait,
    /// Of those in a pairing that had begun and is over: who has completed one.
    Completion,
    /// Of those in a pairing that had begun: who has been in one that ended by an exit, or because one of the two takes
    /// part no more. It does not say whose exit it was, and nobody does.
    Dropout,
}

impl EquityMeasure {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Match, Self::Wait, Self::Completion, Self::Dropout];

    /// The stable code: `match`, `wait`, `completion` or `dropout`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Wait => "wait",
            Self::Completion => "completion",
            Self::Dropout => "dropout",
        }
    }

    /// What is divided by what.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Match => "people who have been in an accepted pairing / people who enrolled",
            Self::Wait => "people who waited long for one / people who got one or waited long",
            Self::Completion => {
                "people who completed a pairing / people in a pairing that began and is over"
            }
            Self::Dropout => {
                "people in a pairing that ended by exit or leaving / people in one that began"
            }
        }
    }

    /// Whether somebody counts in the part; `None` where they do not count at all.
    pub(super) fn of(self, lot: &Lot) -> Option<bool> {
        match self {
            Self::Match => Some(lot.matched),
            Self::Wait => lot.waited_long,
            Self::Completion => lot.over.then_some(lot.completed),
            Self::Dropout => lot.began.then_some(lot.dropped),
        }
    }
}

impl fmt::Display for EquityMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What became of somebody.
#[derive(Debug, Default)]
pub(super) struct Lot {
    matched: bool,
    waited_long: Option<bool>,
    began: bool,
    over: bool,
    completed: bool,
    dropped: bool,
}

impl Lot {
    fn add(&mut self, facts: &PairingFacts, as_of: NaiveDate) {
        self.matched |= accepted(facts, as_of).is_some();
        if facts.run(as_of).is_none() {
            return;
        }
        let Some((_, ending)) = facts.ended.filter(|(day, _)| *day <= as_of) else {
            self.began = true;
            return;
        };
        // Nobody knows how it went.
        if ending == Ending::Unknown {
            return;
        }
        self.began = true;
        self.over = true;
        self.completed |= ending.is_completed();
        let dropped = [EndReason::Exit, EndReason::Left].map(Ending::Ended);
        self.dropped |= dropped.contains(&ending);
    }
}

fn accepted(facts: &PairingFacts, as_of: NaiveDate) -> Option<NaiveDate> {
    facts.accepted.filter(|day| *day <= as_of)
}

/// Everybody who enrolled by the day, and what became of them.
pub(super) fn people(
    history: &History,
    wait_days: u16,
    as_of: NaiveDate,
) -> Vec<(ParticipantId, Lot)> {
    let mut lots: BTreeMap<ParticipantId, (Lot, Option<NaiveDate>)> = BTreeMap::new();
    for (_, facts) in history.pairings() {
        for person in [facts.pair.mentor, facts.pair.mentee] {
            let (lot, first) = lots.entry(person).or_default();
            lot.add(facts, as_of);
            let day = accepted(facts, as_of);
            *first = (*first).into_iter().chain(day).min();
        }
    }
    let mut people = Vec::new();
    for (person, facts) in history.people() {
        let Some(since) = facts.first_enrolled(as_of) else {
            continue;
        };
        let (mut lot, first) = lots.remove(&person).unwrap_or_default();
        lot.waited_long = waited_long(facts, since, first, i64::from(wait_days), as_of);
        people.push((person, lot));
    }
    people
}

fn waited_long(
    facts: &PersonFacts,
    since: NaiveDate,
    first: Option<NaiveDate>,
    wait_days: i64,
    as_of: NaiveDate,
) -> Option<bool> {
    // A log does not say when they enrolled.
    if since == NaiveDate::MIN {
        return None;
    }
    let until = first.unwrap_or_else(|| facts.enrolled_until(as_of));
    let long = (until - since).num_days() > wait_days;
    (long || first.is_some()).then_some(long)
}
