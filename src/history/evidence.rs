//! What the history knows of a pairing and the gate need not: who signed when, what came from elsewhere, what was given
//! after a session.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::facts::{Finding, Missing, PairingFacts};
use super::goals::GoalBook;
use super::responses::{Later, Responses};
use super::sessions::SessionFact;
use crate::ids::{CohortId, SessionId};
use crate::journal::Event;
use crate::pair::{Role, Roles};
use crate::pairing::Step;
use crate::session::{Response, SessionFacts};

const RESPONSES: [Response; 2] = [Response::Feedback, Response::Recognition];

/// Dated evidence beside the facts that a gate keeps, too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Evidence {
    /// When the mentor and the mentee signed the agreement.
    pub(crate) signed: [Option<NaiveDate>; 2],
    /// What one gave the other after the session had gone on record.
    pub(crate) responses: Responses,
    /// Of a pairing that was made elsewhere; few are.
    pub(crate) elsewhere: Option<Box<Elsewhere>>,
}

/// Where a pairing comes from that was made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Elsewhere {
    /// The day on which it became a pairing like any other.
    pub(crate) regularised: Option<NaiveDate>,
    /// What it broke, or could not show, until the day on which that was put right.
    put_right: Vec<(NaiveDate, Finding)>,
    supplied: Vec<(NaiveDate, Missing)>,
    /// The goals that it had before that day.
    pub(crate) goals: Option<GoalBook>,
    /// The places, among the days on which it was held up, of those on which it waited to begin again.
    waits: BTreeSet<usize>,
    /// Sessions that another system has recorded.
    sessions: BTreeSet<SessionId>,
}

impl Evidence {
    /// Of a pairing made elsewhere, with the sessions that were held there.
    pub(crate) fn adopted(sessions: impl IntoIterator<Item = SessionId>) -> Self {
        let elsewhere = Elsewhere {
            sessions: sessions.into_iter().collect(),
            ..Elsewhere::default()
        };
        Self {
            elsewhere: Some(Box::new(elsewhere)),
            ..Self::default()
        }
    }

    fn elsewhere(&self) -> Option<&Elsewhere> {
        self.elsewhere.as_deref()
    }

    fn regularised(&self) -> Option<NaiveDate> {
        self.elsewhere()?.regularised
    }

    /// Adds what an event of the pairing says. Total.
    pub(super) fn take_in(&mut self, event: &Event, on: NaiveDate) {
        match event {
            Event::Advanced {
                step: Step::Sign { by },
                ..
            } => {
                let [mentor, mentee] = &mut self.signed;
                let signed = match by {
                    Role::Mentor => mentor,
                    Role::Mentee => mentee,
                };
                signed.get_or_insert(on);
            }
            Event::Responded {
                session,
                from,
                response,
                ..
            } => {
                self.responses.add((*session, *from, *response), on);
            }
            Event::SessionCorrected(session) => self.correct(session),
            Event::SessionVoided { session, .. } => {
                self.responses.retain(|(of, ..), _| of != *session);
            }
            _ => {}
        }
    }

    /// What a correction names was given with the session.
    fn correct(&mut self, session: &SessionFacts) {
        for response in RESPONSES {
            let given = match response {
                Response::Feedback => session.feedback_from,
                Response::Recognition => session.recognition_from,
            };
            for from in given.iter() {
                let key = (session.session, from, response);
                self.responses.retain(|known, _| known != key);
            }
        }
    }

    /// Every day that is in it.
    pub(crate) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let signed = self.signed.iter().flatten();
        let days = signed.chain(self.responses.days());
        let elsewhere = self.elsewhere().into_iter().flat_map(Elsewhere::days);
        days.copied().chain(elsewhere)
    }

    /// Forgets what came after a day.
    pub(crate) fn keep_up_to(&mut self, on: NaiveDate) {
        if let Some(elsewhere) = &mut self.elsewhere {
            elsewhere.keep_up_to(on);
        }
        for signed in &mut self.signed {
            *signed = signed.filter(|day| *day <= on);
        }
        self.responses.retain(|_, day| day <= on);
    }
}

impl Elsewhere {
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let put_right = self.put_right.iter().map(|(day, _)| *day);
        let supplied = self.supplied.iter().map(|(day, _)| *day);
        put_right.chain(supplied).chain(self.regularised)
    }

    fn keep_up_to(&mut self, on: NaiveDate) {
        self.regularised = self.regularised.filter(|day| *day <= on);
        if self.regularised.is_none() {
            self.goals = None;
        }
        self.put_right.retain(|(day, _)| *day <= on);
        self.supplied.retain(|(day, _)| *day <= on);
    }
}

impl PairingFacts {
    /// Of which cohort it is on a day: one that was made elsewhere is of none before it is regularised.
    #[must_use]
    pub fn cohort_on(&self, on: NaiveDate) -> Option<CohortId> {
        let since = self.evidence.regularised();
        self.cohort
            .filter(|_| since.is_none_or(|since| since <= on))
    }

    /// The goals on a day: those that it had elsewhere, before it is regularised.
    #[must_use]
    pub fn goals_on(&self, on: NaiveDate) -> &GoalBook {
        let before = self.evidence.regularised().is_some_and(|day| on < day);
        let elsewhere = self.evidence.elsewhere().and_then(|e| e.goals.as_ref());
        elsewhere.filter(|_| before).unwrap_or(&self.goals)
    }

    /// The core invariants that it breaks on a day: one that was made elsewhere until the day on which a coordinator lets it
    /// go on without its link, or on which it is regularised.
    pub fn findings_on(&self, on: NaiveDate) -> impl Iterator<Item = &Finding> {
        let put_right = self.evidence.elsewhere().map(|e| &e.put_right);
        let put_right = put_right.into_iter().flatten();
        let then = put_right.filter(move |(day, _)| on < *day);
        then.map(|(_, finding)| finding).chain(&self.findings)
    }

    /// What it cannot show on a day: one that was made elsewhere until it is regularised.
    pub fn missing_on(&self, on: NaiveDate) -> impl Iterator<Item = Missing> {
        let supplied = self.evidence.elsewhere().map(|e| &e.supplied);
        let supplied = supplied.into_iter().flatten();
        let then = supplied.filter(move |(day, _)| on < *day);
        then.map(|(_, missing)| *missing)
            .chain(self.missing.iter().copied())
    }

    /// Changes it on a day, and notes what that puts right.
    pub(super) fn put_right(&mut self, on: NaiveDate, change: impl FnOnce(&mut Self)) {
        let (findings, missing) = (self.findings.clone(), self.missing.clone());
        change(self);
        let Some(elsewhere) = &mut self.evidence.elsewhere else {
            return;
        };
        let gone = findings.into_iter().filter(|f| !self.findings.contains(f));
        elsewhere
            .put_right
            .extend(gone.map(|finding| (on, finding)));
        let gone = missing.into_iter().filter(|m| !self.missing.contains(m));
        elsewhere.supplied.extend(gone.map(|missing| (on, missing)));
    }

    /// Whether it was made elsewhere, regularised since or not.
    #[must_use]
    pub const fn is_adopted(&self) -> bool {
        self.evidence.elsewhere.is_some()
    }

    /// The times for which their meetings were held up by their wish, or by a concern: the first day, and the day on which
    /// that was over, `None` while it lasts. One that a reorganisation overtook is over when that is. That two wait to begin
    /// again, once their pairing is regularised, is no pause.
    pub fn pauses(&self) -> impl Iterator<Item = (NaiveDate, Option<NaiveDate>)> {
        let waited = self.evidence.elsewhere().map(|e| &e.waits);
        let waits = move |at: usize| waited.is_some_and(|waits| waits.contains(&at));
        let holds = self.holds.iter().enumerate();
        let pauses = holds.filter(move |(at, hold)| !hold.suspended && !waits(*at));
        pauses.map(move |(at, pause)| {
            let after = self.holds.iter().enumerate().skip(at + 1);
            let mut overtaken = after.take_while(|(at, hold)| hold.suspended || waits(*at));
            let over = overtaken.try_fold(pause.until, |until, (_, next)| match until {
                Some(day) if day == next.from => ControlFlow::Continue(next.until),
                until => ControlFlow::Break(until),
            });
            match over {
                ControlFlow::Continue(until) | ControlFlow::Break(until) => (pause.from, until),
            }
        })
    }

    /// Notes that days on which it is held up have begun that are no pause; `before` is how many there were.
    pub(super) fn note_waits(&mut self, before: usize) {
        let waits = self.holds.iter().enumerate().skip(before);
        let waits = waits.filter(|(_, hold)| !hold.suspended);
        if let Some(elsewhere) = &mut self.evidence.elsewhere {
            elsewhere.waits.extend(waits.map(|(at, _)| at));
        }
    }

    /// The day on which somebody of the two signed the agreement; `None` where they have not, or another system asked them.
    #[must_use]
    pub fn signed(&self, role: Role) -> Option<NaiveDate> {
        let [mentor, mentee] = self.evidence.signed;
        match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// Whether both had signed by a day.
    #[must_use]
    pub fn is_signed(&self, on: NaiveDate) -> bool {
        let mut both = [Role::Mentor, Role::Mentee].into_iter();
        both.all(|role| self.signed(role).is_some_and(|day| day <= on))
    }

    /// Whether what came of it may be judged on a day: it has started, and its chemistry period is over and both went on.
    /// A pairing that was made elsewhere has no such period before it is regularised. One that ended in the period is never
    /// judged: the exit is without a fault.
    #[must_use]
    pub fn is_past_chemistry(&self, on: NaiveDate) -> bool {
        let began = self.started.is_some_and(|day| day <= on);
        let settled = self.settled.is_some_and(|day| day <= on);
        began && (settled || self.cohort_on(on).is_none())
    }

    /// Sessions held up to `as_of` that this programme has recorded, by date: what another system has recorded says nothing
    /// of feedback and recognition.
    pub fn held_here(&self, as_of: NaiveDate) -> impl Iterator<Item = &SessionFact> {
        let sessions = self.sessions(as_of);
        sessions.filter(|s| s.outcome.is_held() && self.is_recorded_here(s))
    }

    /// Whether no session was recorded by another system before it was adopted.
    pub(crate) fn is_all_here(&self) -> bool {
        let elsewhere = self.evidence.elsewhere();
        elsewhere.is_none_or(|elsewhere| elsewhere.sessions.is_empty())
    }

    /// Whether this programme has recorded a session, and no other system.
    pub(crate) fn is_recorded_here(&self, session: &SessionFact) -> bool {
        let elsewhere = self.evidence.elsewhere();
        let there = |id| elsewhere.is_some_and(|elsewhere| elsewhere.sessions.contains(&id));
        session.id.is_some_and(|id| !there(id))
    }

    /// Who of the two had given the other something for a session by a day: what was given with the record of the session
    /// counts from the day of the session on, what was given later from its own.
    #[must_use]
    pub fn given(&self, session: &SessionFact, response: Response, on: NaiveDate) -> Roles {
        let all = session.response_from(response);
        let responses = &self.evidence.responses;
        if all.is_empty() || (responses.are_all_by(on) && session.date <= on) {
            return all;
        }
        let by = all.iter().filter(|from| {
            let later = session
                .id
                .and_then(|id| responses.day((id, *from, response)));
            later.unwrap_or(session.date) <= on
        });
        by.fold(Roles::NONE, Roles::with)
    }

    /// What was given after a day.
    pub(crate) fn given_after(&self, on: NaiveDate) -> Later<'_> {
        self.evidence.responses.after(on)
    }
}
