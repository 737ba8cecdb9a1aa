//! Whether something may be recorded of a session.

use chrono::NaiveDate;

use super::not_in_future;
use crate::history::PairingFacts;
use crate::ids::{PairingId, SessionId};
use crate::journal::Stamp;
use crate::pair::Role;
use crate::program::refusal::{AdoptionProblem, Problem, SessionProblem};
use crate::program::state::{Gate, Record};
use crate::session::{Outcome, Response, SessionFacts, may_be_on};

impl Gate {
    pub(super) fn check_recorded(
        &self,
        session: &SessionFacts,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let record = self.recordable(session.pairing, stamp);
        let planned = record.as_ref();
        let planned = planned.is_ok_and(|r| r.facts.planned(session.session).is_some());
        if !planned && self.sessions.contains(&session.session) {
            problems.push(SessionProblem::IdTaken(session.session).into());
        }
        self.check_session(session, record, stamp, problems);
    }

    pub(super) fn check_corrected(
        &self,
        session: &SessionFacts,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let record = self.recordable(session.pairing, stamp);
        match &record {
            Ok(record) => problems.extend(not_on_record(&record.facts, session.session)),
            Err(_) => problems.push(SessionProblem::Unknown(session.session).into()),
        }
        self.check_session(session, record, stamp, problems);
    }

    pub(super) fn check_voided(
        &self,
        pairing: PairingId,
        session: SessionId,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        match self.record(pairing, stamp) {
            Ok(facts) if facts.planned(session).is_some() => {}
            Ok(facts) => problems.extend(not_on_record(facts, session)),
            Err(problem) => problems.push(problem),
        }
    }

    pub(super) fn check_response(
        &self,
        pairing: PairingId,
        session: SessionId,
        from: Role,
        response: Response,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let facts = match self.record(pairing, stamp) {
            Ok(facts) => facts,
            Err(problem) => {
                problems.push(problem);
                return;
            }
        };
        problems.extend(not_on_record(facts, session));
        let Some(fact) = facts.session(session) else {
            return;
        };
        if fact.response_from(response).contains(from) {
            problems.push(
                SessionProblem::AlreadyResponded {
                    session,
                    from,
                    response,
                }
                .into(),
            );
        }
        // What is called off is so before its day.
        let called_off = matches!(fact.outcome, Outcome::Cancelled { .. });
        if stamp.on < fact.date && !called_off {
            problems.push(
                SessionProblem::RespondedBefore {
                    response,
                    on: stamp.on,
                    session: fact.date,
                }
                .into(),
            );
        }
    }

    fn check_session(
        &self,
        session: &SessionFacts,
        record: Result<&Record, Problem>,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        // A session can be called off before its day; nothing else can be known of a day to come.
        if !matches!(session.result, Outcome::Cancelled { .. }) {
            not_in_future(problems, session.date, stamp);
        }
        let known = record.as_ref().ok().copied();
        let facts = record.map(|record| &record.facts);
        self.within_pairing(session.pairing, facts, session.date, problems);
        if let Some(starts) = session.starts {
            if !may_be_on(starts, session.date) {
                let date = session.date;
                problems.push(SessionProblem::NotOnDay { starts, date }.into());
            }
        }
        self.check_met(session, known, stamp, problems);
    }

    /// Whether the pairing, of which this is on record, ran on a day, and was not held up.
    pub(super) fn within_pairing(
        &self,
        id: PairingId,
        facts: Result<&PairingFacts, Problem>,
        date: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        self.before_deadline(id, date, problems);
        let facts = match facts {
            Ok(facts) => facts,
            Err(problem) => {
                problems.push(problem);
                return;
            }
        };
        let Some(began) = facts.started else {
            problems.push(Problem::NotBegun);
            return;
        };
        // Whoever waits to begin again is held up.
        let held_up = !facts.holds.is_empty();
        let not_begun = held_up.then(|| self.not_begun_again(id)).flatten();
        let not_begun = not_begun.filter(|since| date > *since);
        problems.extend(not_begun.map(|since| AdoptionProblem::NotBegunAgain(since).into()));
        let ended = facts.ended.map(|(day, _)| day);
        if date < began || ended.is_some_and(|ended| date > ended) {
            problems.push(Problem::OutsidePairing { date, began, ended });
        }
        // The day on which a hold begins or ends is nobody's: they may have met before or after.
        let inside = |from: NaiveDate, until: Option<NaiveDate>| {
            date > from && until.is_none_or(|until| date < until)
        };
        if not_begun.is_none() && facts.holds.iter().any(|h| inside(h.from, h.until)) {
            problems.push(Problem::HeldUp(date));
        }
    }
}

/// What stands against saying something of a session that has to be on record.
pub(super) fn not_on_record(facts: &PairingFacts, session: SessionId) -> Option<Problem> {
    if facts.session(session).is_some() {
        return None;
    }
    Some(if facts.planned(session).is_some() {
        SessionProblem::OnlyPlanned(session).into()
    } else {
        SessionProblem::Unknown(session).into()
    })
}
