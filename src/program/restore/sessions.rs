//! The sessions of a pairing in a record.

use chrono::NaiveDate;

use super::Check;
use super::run::Run;
use crate::program::flaws::PairingProblem;
use crate::program::record::PairingRecord;
use crate::session::{Outcome, may_be_on};

impl Check<'_> {
    pub(super) fn sessions(&mut self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let run = Run::of(pairing);
        let mut latest = NaiveDate::MIN;
        for session in &pairing.sessions {
            if session.date < latest {
                found.push(PairingProblem::SessionOrder(session.id));
            }
            latest = latest.max(session.date);
            // What was called off may be of any day since: an end or a pause before it does not ask.
            let called_off = matches!(session.result, Outcome::Cancelled { .. });
            let sound = if called_off {
                run.has_begun(session.date)
            } else {
                run.ran_on(session.date) && self.may_be(session.date)
            };
            if !sound {
                found.push(PairingProblem::SessionDay {
                    session: session.id,
                    date: session.date,
                });
            }
        }
        for session in &pairing.sessions {
            if session
                .starts
                .is_some_and(|starts| !may_be_on(starts, session.date))
            {
                found.push(PairingProblem::NotOnDay {
                    session: session.id,
                    date: session.date,
                });
            }
            if let Some(planning) = session.planned {
                found.extend(self.planning(&run, session.id, planning));
            }
        }
        let ids = pairing.sessions.iter().map(|session| session.id);
        let ids = ids.chain(pairing.planned.iter().map(|plan| plan.id));
        for id in ids.chain(pairing.voided.iter().copied()) {
            if !self.sessions.insert(id) {
                found.push(PairingProblem::SessionTwice(id));
            }
        }
        let any = !pairing.sessions.is_empty()
            || !pairing.planned.is_empty()
            || !pairing.voided.is_empty();
        if pairing.began_on.is_none() && any {
            found.push(PairingProblem::NotBegun);
        }
    }
}
