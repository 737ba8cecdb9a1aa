//! The facts of one person and of one pairing.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::agreements::AgreementFact;
use super::book::SessionBook;
use super::evidence::Evidence;
use super::goals::GoalBook;
use super::sessions::{PlannedFact, SessionFact};
use crate::cadence::Cadence;
use crate::charter::{Curriculum, Training};
use crate::eligibility::ExemptionReason;
use crate::few::Few;
use crate::ids::CohortId;
use crate::pair::{Pair, Role};
use crate::pairing::EndReason;
pub use crate::pairing::Missing;
use crate::policy::Violation;
use crate::roster::Levels;
use crate::session::Outcome;

/// What is known of somebody: when they were enrolled, and the places they had.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PersonFacts {
    /// From a day on: places as mentor and as mentee; `None` when they were not in the roster any more.
    pub(crate) places: Few<(NaiveDate, Option<[u32; 2]>)>,
    /// From a day on: why they are exempted from links of three levels or more; `None` when they were no more.
    pub(crate) exempted: Few<(NaiveDate, Option<ExemptionReason>)>,
    /// From a day on: whether they took part, of their own wish.
    pub(crate) enrolled: Few<(NaiveDate, bool)>,
    /// From a day on: what training they had finished; `None` when they left the roster, and would begin anew.
    pub(crate) trained: Few<(NaiveDate, Option<Arc<Training>>)>,
}

impl PersonFacts {
    /// Whether they took part on a day, of their own wish.
    #[must_use]
    pub fn is_enrolled(&self, on: NaiveDate) -> bool {
        let known = self.enrolled.iter().rfind(|(since, _)| *since <= on);
        known.is_some_and(|(_, enrolled)| *enrolled)
    }

    /// The first day on which they took part, up to a day; the earliest there is for people of another system's log.
    #[must_use]
    pub fn first_enrolled(&self, by: NaiveDate) -> Option<NaiveDate> {
        let days = self.enrolled.iter().filter(|(_, enrolled)| *enrolled);
        days.map(|(day, _)| *day).filter(|day| *day <= by).min()
    }

    /// A day, or the last on which they stopped taking part, if they do not take part on it.
    pub(crate) fn enrolled_until(&self, on: NaiveDate) -> NaiveDate {
        let known = self.enrolled.iter().rfind(|(since, _)| *since <= on);
        known
            .filter(|(_, enrolled)| !enrolled)
            .map_or(on, |(day, _)| *day)
    }

    /// Places in a role on a day; `None` where they did not take part.
    #[must_use]
    pub fn places(&self, role: Role, on: NaiveDate) -> Option<u32> {
        let [mentor, mentee] = self.places_on(on)?;
        Some(match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        })
    }

    /// Places as mentor and as mentee on a day; `None` where they did not take part.
    pub(crate) fn places_on(&self, on: NaiveDate) -> Option<[u32; 2]> {
        let known = self.places.iter().rfind(|(since, _)| *since <= on)?;
        known.1.filter(|_| self.is_enrolled(on))
    }

    /// Why they are [exempted](crate::eligibility#the-one-exemption) on a day; `None` where they are not.
    #[must_use]
    pub fn exempted(&self, on: NaiveDate) -> Option<ExemptionReason> {
        let known = self.exempted.iter().rfind(|(since, _)| *since <= on)?;
        known.1
    }

    /// Whether they had finished a curriculum by a day, in a version that it accepts.
    #[must_use]
    pub fn has_finished(&self, curriculum: &Curriculum, on: NaiveDate) -> bool {
        let known = self.trained.iter().filter(|(since, _)| *since <= on);
        let known = known.rev().map_while(|(_, training)| training.as_ref());
        known
            .into_iter()
            .any(|training| curriculum.accepts(training))
    }

    /// The day since which they have had a place in a role without a break; `None` where they have none on the day.
    #[must_use]
    pub fn places_since(&self, role: Role, on: NaiveDate) -> Option<NaiveDate> {
        // Most people come once and stay as they are.
        if let ([(place, Some(_))], [(enrolled, true)]) = (&*self.places, &*self.enrolled) {
            let since = *place.max(enrolled);
            return self.places(role, on).filter(|n| *n > 0).map(|_| since);
        }
        // A reorganisation may be recorded late, so the days do not rise.
        let days = || {
            let places = self.places.iter().map(|(day, _)| *day);
            let enrolled = self.enrolled.iter().map(|(day, _)| *day);
            places.chain(enrolled).filter(|day| *day <= on)
        };
        let has = |day: &NaiveDate| self.places(role, *day).is_some_and(|places| places > 0);
        let without = days().filter(|day| !has(day)).max();
        days().filter(|day| Some(*day) > without).min()
    }
}

/// Days on which a pairing was held up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hold {
    /// By a reorganisation, rather than for a while and by whoever asked for it.
    pub suspended: bool,
    /// The first day.
    pub from: NaiveDate,
    /// The day on which it ended; `None` while it lasts.
    pub until: Option<NaiveDate>,
}

/// A core invariant that a pairing made elsewhere breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding(
    /// With the codes of [`eligibility`](crate::eligibility).
    pub Violation,
);

/// What is known of one pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairingFacts {
    /// Who.
    pub pair: Pair,
    /// Of which cohort; an adopted pairing is of none.
    pub cohort: Option<CohortId>,
    /// The day of the proposal; for an adopted pairing, its start.
    pub proposed: NaiveDate,
    /// The day on which both had accepted; for an adopted pairing, its start.
    pub accepted: Option<NaiveDate>,
    /// The first day on which they could meet.
    pub started: Option<NaiveDate>,
    /// The day of the latest step, that of a reorganisation included; for an adopted pairing, at first that of the adoption.
    pub latest_step: NaiveDate,
    /// The day on which they introduced themselves.
    pub introduced: Option<NaiveDate>,
    /// The day on which both went on after the chemistry period.
    pub settled: Option<NaiveDate>,
    /// What they agreed on, version by version, at least one; by the days from which they hold.
    pub agreements: Few<AgreementFact>,
    /// Who gave the closing review, and when.
    pub reviewed: BTreeMap<Role, NaiveDate>,
    /// Cadence and planned end of a version that waits for an answer.
    pub(crate) offered: Option<(Cadence, Option<NaiveDate>)>,
    /// The last day, and how it came to that.
    pub ended: Option<(NaiveDate, Ending)>,
    /// Days on which it was held up, in order.
    pub holds: Vec<Hold>,
    /// By date, those of one day in the order of recording.
    pub sessions: SessionBook,
    /// What is planned and not on record, what fell away included: by date, those of one day in the order of planning.
    pub planned: Vec<PlannedFact>,
    /// Of each side, and of both.
    pub goals: GoalBook,
    /// From a day on, in the order of recording: by how many levels the mentee stands above the mentor, where that is three
    /// or more. Such a pairing rests on an exemption, or is held up.
    pub far_links: Vec<(NaiveDate, Option<Levels>)>,
    /// Core invariants that it breaks; only an adopted pairing can.
    pub findings: Vec<Finding>,
    /// What it cannot show; only an adopted pairing lacks anything.
    pub missing: Vec<Missing>,
    pub(crate) evidence: Evidence,
}

/// How a pairing came to its end. None of them is a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Ending {
    /// Completed on the planned day or after it, or where none was planned.
    OnTime,
    /// Completed before the planned day: they were through.
    Early,
    /// Ended before it was completed, and why.
    Ended(EndReason),
    /// Nobody knows: the log of another system says only that it is over.
    Unknown,
}

impl Ending {
    /// A stable code, such as `completed_early` or `exit`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnTime => "completed_on_time",
            Self::Early => "completed_early",
            Self::Ended(reason) => reason.as_str(),
            Self::Unknown => "unknown",
        }
    }

    /// Whether it was completed.
    #[must_use]
    pub const fn is_completed(self) -> bool {
        matches!(self, Self::OnTime | Self::Early)
    }
}

impl PairingFacts {
    /// The days up to `as_of` on which the pairing ran: from its start to its end or to `as_of`. `None` before it starts.
    #[must_use]
    pub fn run(&self, as_of: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let started = self.started.filter(|started| *started <= as_of)?;
        let until = self.end_by(as_of).unwrap_or(as_of);
        Some((started, until.max(started)))
    }

    /// The last day, if that is not after `as_of`.
    #[must_use]
    pub fn end_by(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        self.ended.map(|(day, _)| day).filter(|day| *day <= as_of)
    }

    /// Whether the two are in their chemistry period on a day. A pairing of another system's log has none.
    #[must_use]
    pub fn in_chemistry(&self, on: NaiveDate) -> bool {
        let began = self.started.is_some_and(|day| day <= on);
        let settled = self.settled.is_some_and(|day| day <= on);
        self.cohort_on(on).is_some() && began && !settled && self.end_by(on).is_none()
    }

    /// Whether it takes a place of both on a day.
    #[must_use]
    pub fn is_open(&self, as_of: NaiveDate) -> bool {
        self.proposed <= as_of && self.end_by(as_of).is_none()
    }

    /// Sessions dated up to `as_of`, by date.
    pub fn sessions(&self, as_of: NaiveDate) -> impl DoubleEndedIterator<Item = &SessionFact> {
        let by_then = self.sessions.partition_point(|s| s.date <= as_of);
        self.sessions.iter().take(by_then)
    }

    /// Days of the sessions held up to `as_of`, rising.
    pub fn held(&self, as_of: NaiveDate) -> impl DoubleEndedIterator<Item = NaiveDate> {
        self.sessions(as_of)
            .filter(|s| s.outcome.is_held())
            .map(|s| s.date)
    }

    /// Whether it is held up on a day, and then whether by a reorganisation.
    #[must_use]
    pub fn held_up(&self, as_of: NaiveDate) -> Option<&Hold> {
        self.holds
            .iter()
            .rfind(|h| h.from <= as_of && h.until.is_none_or(|until| until > as_of))
    }

    /// By how many levels the mentee stands above the mentor on a day, where that is three or more.
    #[must_use]
    pub fn levels(&self, on: NaiveDate) -> Option<Levels> {
        let known = self.far_links.iter().rfind(|(since, _)| *since <= on)?;
        known.1
    }

    /// The same by what was recorded last.
    pub(crate) fn levels_now(&self) -> Option<Levels> {
        self.far_links.last().and_then(|(_, levels)| *levels)
    }

    /// A day, or the latest on which a step was taken, a session was not called off or a learner checked in, if that is
    /// later.
    ///
    /// A reorganisation is often known late; it cannot hold up what has happened since.
    pub(crate) fn not_before(&self, on: NaiveDate) -> NaiveDate {
        let happened = self.happened().map_or(on, |day| on.max(day));
        let checked_in = self.goals.checked_in().unwrap_or(on);
        happened.max(checked_in).max(self.latest_step)
    }

    /// The day of the latest session that was not called off.
    pub(crate) fn happened(&self) -> Option<NaiveDate> {
        let mut latest = self.sessions.iter().rev();
        let happened = latest.find(|s| !matches!(s.outcome, Outcome::Cancelled { .. }));
        happened.map(|session| session.date)
    }

    /// Adds a session in its place by date, after those of the same day.
    pub(crate) fn insert(&mut self, session: SessionFact) {
        self.sessions.insert(session);
    }
}
