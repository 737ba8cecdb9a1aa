//! The facts of one session, planned or on record.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::facts::PairingFacts;
use crate::ids::SessionId;
use crate::pair::{Role, Roles};
use crate::session::{
    Outcome, PlannedSession, Response, SessionFacts, Taught, Time, Venue, met_at,
};

/// One session on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionFact {
    /// Its id, where the record has one.
    pub id: Option<SessionId>,
    /// The day.
    pub date: NaiveDate,
    /// The instant at which it began, where the record has one.
    pub starts: Option<DateTime<Utc>>,
    /// What became of it.
    pub outcome: Outcome,
    /// Where, where the record says so.
    pub venue: Option<Venue>,
    /// Who gave the other feedback, with the session or later.
    pub feedback_from: Roles,
    /// Who recognised what the other can do, or did, with the session or later.
    pub recognition_from: Roles,
    /// How it had been planned; `None` where it was recorded without.
    pub planned: Option<Planning>,
}

/// How a session was planned, and how often it was moved since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Planning {
    /// The day on which it was planned.
    pub on: NaiveDate,
    /// The day for which it was planned at first.
    pub first: NaiveDate,
    /// How often it was moved.
    pub moves: u32,
}

/// One session that is planned, and not on record yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedFact {
    /// Its id, under which it is recorded.
    pub id: SessionId,
    /// The day for which it is planned.
    pub date: NaiveDate,
    /// At what instant and for how long, where that is settled.
    pub time: Option<Time>,
    /// How that came about.
    pub planning: Planning,
    /// Why it does not stand, where it does not: the pairing was held up or over before its day came.
    pub lapsed: Option<Lapse>,
}

/// Why a planned session fell away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Lapse {
    /// The day of the pause, the suspension or the end.
    pub on: NaiveDate,
    /// Which of them.
    pub by: LapsedBy,
}

/// What a planned session fell away with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LapsedBy {
    /// The two held up their meetings.
    Pause,
    /// A reorganisation did.
    Suspension,
    /// The pairing ended.
    End,
}

impl LapsedBy {
    /// `pause`, `suspension` or `end`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Suspension => "suspension",
            Self::End => "end",
        }
    }
}

impl SessionFact {
    /// What a log says of a session.
    pub(crate) const fn logged(date: NaiveDate, outcome: Outcome) -> Self {
        Self {
            id: None,
            date,
            starts: None,
            outcome,
            venue: None,
            feedback_from: Roles::NONE,
            recognition_from: Roles::NONE,
            planned: None,
        }
    }

    const fn of(session: &SessionFacts) -> Self {
        Self {
            id: Some(session.session),
            date: session.date,
            starts: session.starts,
            outcome: session.result,
            venue: session.venue,
            feedback_from: session.feedback_from,
            recognition_from: session.recognition_from,
            planned: None,
        }
    }

    /// Who taught for how long, where they met.
    #[must_use]
    pub const fn taught(&self) -> Option<Taught> {
        self.outcome.taught()
    }

    /// When they met, to the minute; `None` where they did not, or no instant is on record.
    #[must_use]
    pub fn met_at(&self) -> Option<Time> {
        met_at(self.starts, &self.outcome)
    }

    /// Who gave the other this.
    #[must_use]
    pub const fn response_from(&self, response: Response) -> Roles {
        match response {
            Response::Feedback => self.feedback_from,
            Response::Recognition => self.recognition_from,
        }
    }
}

impl PlannedFact {
    fn of(planned: &PlannedSession, planning: Planning) -> Self {
        Self {
            id: planned.session,
            date: planned.date,
            time: planned.time,
            planning,
            lapsed: None,
        }
    }

    /// Whether it stands: it has not fallen away.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.lapsed.is_none()
    }
}

impl PairingFacts {
    /// Planned sessions that stand and whose day has not passed, by day.
    pub fn coming(&self, from: NaiveDate) -> impl Iterator<Item = &PlannedFact> {
        let planned = self.planned.iter();
        planned.filter(move |plan| plan.stands() && plan.date >= from)
    }

    /// Planned sessions that stand, whose day has passed, and of which nothing is on record, by day.
    pub fn unresolved(&self, as_of: NaiveDate) -> impl Iterator<Item = &PlannedFact> {
        let planned = self.planned.iter();
        planned.filter(move |plan| plan.stands() && plan.date < as_of)
    }

    /// A session on record.
    #[must_use]
    pub fn session(&self, id: SessionId) -> Option<&SessionFact> {
        self.sessions.iter().find(|s| s.id == Some(id))
    }

    /// Whether a session on record stands after all others.
    pub(crate) fn is_last(&self, id: SessionId) -> bool {
        self.sessions.last().is_some_and(|s| s.id == Some(id))
    }

    /// A session that is planned, or was when it fell away, and of which nothing is on record.
    #[must_use]
    pub fn planned(&self, id: SessionId) -> Option<&PlannedFact> {
        self.planned.iter().find(|plan| plan.id == id)
    }

    /// Sessions held at a known time of which some is in `time`, by day.
    pub(crate) fn met_during(&self, time: &Time) -> impl Iterator<Item = (SessionId, Time)> {
        let (from, until) = days_around(time);
        // Most sessions are put on record soon after they were: few are later.
        let later = self.sessions.iter().rev();
        let later = later.take_while(|s| s.date >= from).count();
        let at = self.sessions.len() - later;
        let near = self.sessions.get(at..).unwrap_or_default().iter();
        let near = near.take_while(move |s| s.date <= until);
        let met = near.filter_map(|s| Some((s.id?, s.met_at()?)));
        met.filter(move |(_, at)| at.overlaps(time))
    }

    /// Planned sessions that stand at a known time of which some is in `time`, by day.
    pub(crate) fn planned_during(&self, time: &Time) -> impl Iterator<Item = (SessionId, Time)> {
        let (from, until) = days_around(time);
        let at = self.planned.partition_point(|plan| plan.date < from);
        let near = self.planned.get(at..).unwrap_or_default().iter();
        let near = near.take_while(move |plan| plan.date <= until);
        let coming = near.filter(|plan| plan.stands());
        let coming = coming.filter_map(|plan| Some((plan.id, plan.time?)));
        coming.filter(move |(_, at)| at.overlaps(time))
    }

    pub(crate) fn plan(&mut self, planned: &PlannedSession, on: NaiveDate) {
        let planning = Planning {
            on,
            first: planned.date,
            moves: 0,
        };
        self.insert_planned(PlannedFact::of(planned, planning));
    }

    pub(crate) fn move_to(&mut self, planned: &PlannedSession) {
        if let Some(mut planning) = self.take_planned(planned.session) {
            planning.moves = planning.moves.saturating_add(1);
            self.insert_planned(PlannedFact::of(planned, planning));
        }
    }

    pub(crate) fn record(&mut self, session: &SessionFacts) {
        let mut fact = SessionFact::of(session);
        fact.planned = self.take_planned(session.session);
        self.insert(fact);
    }

    /// What the two gave each other stays given, and so does how it had been planned.
    pub(crate) fn correct(&mut self, session: &SessionFacts) {
        let mut fact = SessionFact::of(session);
        if let Some(before) = self.session(session.session).copied() {
            fact.feedback_from = fact.feedback_from.or(before.feedback_from);
            fact.recognition_from = fact.recognition_from.or(before.recognition_from);
            fact.planned = before.planned;
        }
        self.sessions.remove(session.session);
        self.insert(fact);
    }

    pub(crate) fn void(&mut self, session: SessionId) {
        self.take_planned(session);
        self.sessions.remove(session);
    }

    pub(crate) fn respond(&mut self, session: SessionId, from: Role, response: Response) {
        self.sessions.change(session, |fact| match response {
            Response::Feedback => fact.feedback_from = fact.feedback_from.with(from),
            Response::Recognition => fact.recognition_from = fact.recognition_from.with(from),
        });
    }

    /// What was planned for after a day falls away.
    pub(crate) fn lapse(&mut self, on: NaiveDate, by: LapsedBy) {
        let later = self.planned.iter_mut().rev();
        let later = later.take_while(|plan| plan.date > on);
        for plan in later.filter(|plan| plan.stands()) {
            plan.lapsed = Some(Lapse { on, by });
        }
    }

    fn take_planned(&mut self, id: SessionId) -> Option<Planning> {
        let at = self.planned.iter().position(|plan| plan.id == id)?;
        Some(self.planned.remove(at).planning)
    }

    /// In its place by date, after those of the same day.
    fn insert_planned(&mut self, planned: PlannedFact) {
        let at = self.planned.partition_point(|p| p.date <= planned.date);
        self.planned.insert(at, planned);
    }
}

/// The first and the last day that a session can have of which some is in a time: none is longer than a day, and the
/// days of calendars begin up to a day apart.
fn days_around(time: &Time) -> (NaiveDate, NaiveDate) {
    let (day, two) = (time.starts.naive_utc().date(), Days::new(2));
    let (from, until) = (day.checked_sub_days(two), day.checked_add_days(two));
    (
        from.unwrap_or(NaiveDate::MIN),
        until.unwrap_or(NaiveDate::MAX),
    )
}
