//! How far people came, from enrolling to completing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::history::{History, PairingFacts};
use crate::ids::ParticipantId;

/// How far somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FunnelStep {
    /// Took part: enrolled, or was one of a pairing.
    Enrolled,
    /// A pairing was proposed to them.
    Proposed,
    /// Both had accepted it.
    Accepted,
    /// It had started.
    Started,
    /// They had met.
    Met,
    /// It was completed.
    Completed,
}

impl FunnelStep {
    /// Every step, in order.
    pub const ALL: [Self; 6] = [
        Self::Enrolled,
        Self::Proposed,
        Self::Accepted,
        Self::Started,
        Self::Met,
        Self::Completed,
    ];

    /// A stable code, such as `started`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolled",
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Started => "started",
            Self::Met => "met",
            Self::Completed => "completed",
        }
    }
}

/// How many people ever came so far or farther by a day. For coordinators: sponsors have the
/// [`PublishedFunnel`](super::PublishedFunnel).
///
/// Everybody counts once at each step, by the pairing in which they came farthest, so that no step has more than the one
/// before it. Logs of another system do not say whether a pairing was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Funnel {
    /// The day.
    pub as_of: NaiveDate,
    /// How many people, for [every step](FunnelStep::ALL).
    pub people: [u64; 6],
}

impl Funnel {
    /// Reads a history on a day.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::report::Funnel;
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
    /// let [enrolled, proposed, .., completed] = Funnel::of(company.history(), day).people;
    /// assert!(enrolled >= proposed && proposed >= completed);
    /// # Ok::<(), reverse_mentoring::error::Error>(())
    /// ```
    #[must_use]
    pub fn of(history: &History, as_of: NaiveDate) -> Self {
        let mut farthest: BTreeMap<ParticipantId, FunnelStep> = BTreeMap::new();
        for (id, facts) in history.people() {
            let mut told = facts.enrolled.iter();
            if told.any(|(since, enrolled)| *enrolled && *since <= as_of) {
                farthest.insert(id, FunnelStep::Enrolled);
            }
        }
        for (_, facts) in history.pairings() {
            let Some(step) = step_of(facts, as_of) else {
                continue;
            };
            for person in [facts.pair.mentor, facts.pair.mentee] {
                let known = farthest.entry(person).or_insert(step);
                *known = step.max(*known);
            }
        }
        let people = FunnelStep::ALL.map(|step| {
            let so_far = farthest.values().filter(|reached| **reached >= step);
            so_far.count() as u64
        });
        Self { as_of, people }
    }
}

/// How far a pairing came by a day; `None` before it was proposed.
fn step_of(facts: &PairingFacts, as_of: NaiveDate) -> Option<FunnelStep> {
    let by = |day: Option<NaiveDate>| day.is_some_and(|day| day <= as_of);
    let ended = facts.ended.filter(|(day, _)| *day <= as_of);
    Some(if ended.is_some_and(|(_, ending)| ending.is_completed()) {
        FunnelStep::Completed
    } else if facts.held(as_of).next().is_some() {
        FunnelStep::Met
    } else if by(facts.started) {
        FunnelStep::Started
    } else if by(facts.accepted) {
        FunnelStep::Accepted
    } else if facts.proposed <= as_of {
        FunnelStep::Proposed
    } else {
        return None;
    })
}
