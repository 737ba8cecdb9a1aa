//! Whether a session may be planned, or moved, and whether somebody is elsewhere then.

use super::ROLES;
use crate::journal::Stamp;
use crate::program::refusal::Problem;
use crate::program::refusal::SessionProblem;
use crate::program::state::{Gate, Record};
use crate::session::{PlannedSession, SessionFacts, may_be_on};

impl Gate {
    pub(super) fn check_planned(
        &self,
        planned: &PlannedSession,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let id = planned.session;
        let before = self.record(planned.pairing, stamp);
        if before.is_ok_and(|facts| facts.planned(id).is_some()) {
            problems.push(SessionProblem::AlreadyPlanned(id).into());
        } else if self.sessions.contains(&id) {
            problems.push(SessionProblem::IdTaken(id).into());
        }
        self.check_plan(planned, stamp, problems);
    }

    pub(super) fn check_moved(
        &self,
        planned: &PlannedSession,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let id = planned.session;
        if let Ok(facts) = self.record(planned.pairing, stamp) {
            match facts.planned(id) {
                Some(plan) => {
                    // What fell away can be put back on its own day.
                    let same = (plan.date, plan.time) == (planned.date, planned.time);
                    if plan.stands() && same {
                        problems.push(SessionProblem::NotMoved(id).into());
                    }
                    let (on, planned) = (stamp.on, plan.planning.on);
                    if on < planned {
                        let session = id;
                        problems.push(
                            SessionProblem::MovedBefore {
                                session,
                                on,
                                planned,
                            }
                            .into(),
                        );
                    }
                }
                None if facts.session(id).is_some() => {
                    problems.push(SessionProblem::IdTaken(id).into())
                }
                None => problems.push(SessionProblem::NotPlanned(id).into()),
            }
        }
        self.check_plan(planned, stamp, problems);
    }

    /// Whether the two can mean to meet then.
    fn check_plan(&self, planned: &PlannedSession, stamp: &Stamp, problems: &mut Vec<Problem>) {
        let date = planned.date;
        let facts = self.record(planned.pairing, stamp);
        match facts.as_ref().ok().and_then(|facts| facts.ended) {
            Some((ended, _)) => problems.push(SessionProblem::NothingToPlan(ended).into()),
            None => self.within_pairing(planned.pairing, facts, date, problems),
        }
        if date < stamp.on {
            problems.push(SessionProblem::PlannedBefore { date, on: stamp.on }.into());
        }
        let Some(time) = planned.time else {
            return;
        };
        if !may_be_on(time.starts, date) {
            let starts = time.starts;
            problems.push(SessionProblem::NotOnDay { starts, date }.into());
        }
        for role in ROLES {
            for facts in self.pairings_with(planned.pairing, role, stamp) {
                // What an ended pairing had still planned is in nobody's way.
                let stands = facts.ended.is_none();
                let coming = facts.planned_during(&time).filter(|_| stands);
                let others = facts.met_during(&time).chain(coming);
                for (session, at) in others.filter(|(id, _)| *id != planned.session) {
                    problems.push(SessionProblem::Overlap { role, session, at }.into());
                }
            }
        }
    }

    /// Whether somebody was in another session at the time; what was planned does not bind what happened.
    pub(super) fn check_met(
        &self,
        session: &SessionFacts,
        record: Option<&Record>,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let Some(time) = session.met_at() else {
            return;
        };
        let another = |id| id != session.session;
        // Most have this pairing alone, and then nobody needs to be looked up.
        let alone = record.filter(|own| !own.shares).map(|own| &own.facts);
        if alone.is_some_and(|facts| !facts.met_during(&time).any(|(id, _)| another(id))) {
            return;
        }
        for role in ROLES {
            for facts in self.pairings_with(session.pairing, role, stamp) {
                let others = facts.met_during(&time);
                for (other, at) in others.filter(|(id, _)| another(*id)) {
                    problems.push(
                        SessionProblem::Overlap {
                            role,
                            session: other,
                            at,
                        }
                        .into(),
                    );
                }
            }
        }
    }
}
