//! Whether something may be recorded of a session.

use chrono::NaiveDate;

use super::not_in_future;
use crate::history::PairingFacts;
use crate::ids::{PairingId, SessionId};
use crate::journal::Stamp;
use crate::program::refusal::Problem;
use crate::program::state::Gate;
use crate::session::{Outcome, SessionFacts};

impl Gate {
    pub(super) fn check_recorded(
        &self,
        session: &SessionFacts,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        if self.sessions.contains(&session.session) {
            problems.push(Problem::SessionIdTaken(session.session));
        }
        self.check_session(session, stamp, problems);
    }

    pub(super) fn check_corrected(
        &self,
        session: &SessionFacts,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let facts = self.record(session.pairing, stamp);
        if !facts.is_ok_and(|facts| has_session(facts, session.session)) {
            problems.push(Problem::UnknownSession(session.session));
        }
        self.check_session(session, stamp, problems);
    }

    pub(super) fn check_voided(
        &self,
        pairing: PairingId,
        session: SessionId,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        match self.record(pairing, stamp) {
            Ok(facts) if has_session(facts, session) => {}
            Ok(_) => problems.push(Problem::UnknownSession(session)),
            Err(problem) => problems.push(problem),
        }
    }

    fn check_session(&self, session: &SessionFacts, stamp: &Stamp, problems: &mut Vec<Problem>) {
        // A session can be called off before its day; nothing else can be known of a day to come.
        if !matches!(session.result, Outcome::Cancelled { .. }) {
            not_in_future(problems, session.date, stamp);
        }
        self.within_pairing(session.pairing, session.date, stamp, problems);
    }

    /// Whether the pairing ran on a day, and was not held up.
    pub(super) fn within_pairing(
        &self,
        id: PairingId,
        date: NaiveDate,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        self.before_deadline(id, date, problems);
        let facts = match self.record(id, stamp) {
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
        let ended = facts.ended.map(|(day, _)| day);
        if date < began || ended.is_some_and(|ended| date > ended) {
            problems.push(Problem::OutsidePairing { date, began, ended });
        }
        // The day on which a hold begins or ends is nobody's: they may have met before or after.
        let inside = |from: NaiveDate, until: Option<NaiveDate>| {
            date > from && until.is_none_or(|until| date < until)
        };
        if facts.holds.iter().any(|h| inside(h.from, h.until)) {
            problems.push(Problem::HeldUp(date));
        }
    }
}

fn has_session(facts: &PairingFacts, session: SessionId) -> bool {
    facts.sessions.iter().any(|s| s.id == Some(session))
}
