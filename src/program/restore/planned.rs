//! The planned sessions of a pairing in a record, and who would be in two at once.

use std::collections::BTreeMap;

use super::sessions::ran_on;
use super::{Check, since_beginning};
use crate::history::{LapsedBy, Planning};
use crate::ids::{ParticipantId, SessionId};
use crate::program::flaws::{PairingProblem, RecordProblem};
use crate::program::gate::ROLES;
use crate::program::record::PairingRecord;
use crate::program::record::sessions::PlannedRecord;
use crate::session::{Time, may_be_on, met_at};

impl Check<'_> {
    pub(super) fn planned(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let mut latest = None;
        for plan in &pairing.planned {
            if latest.is_some_and(|latest| plan.date < latest) {
                found.push(PairingProblem::SessionOrder(plan.id));
            }
            latest = latest.max(Some(plan.date));
            let runs = match plan.lapsed {
                None => ran_on(pairing, plan.date),
                Some(_) => since_beginning(pairing, plan.date),
            };
            if !runs {
                found.push(PairingProblem::PlannedDay {
                    session: plan.id,
                    date: plan.date,
                });
            }
            let unmoved = plan.planning.moves == 0 && plan.planning.first != plan.date;
            if unmoved || plan.date < plan.planning.on {
                found.push(PairingProblem::Planning(plan.id));
            } else {
                self.planning(pairing, plan.id, plan.planning, found);
            }
            if !fell_away(pairing, plan) {
                found.push(PairingProblem::Lapse(plan.id));
            }
            if plan.time.is_some_and(|t| !may_be_on(t.starts, plan.date)) {
                found.push(PairingProblem::NotOnDay {
                    session: plan.id,
                    date: plan.date,
                });
            }
        }
    }

    /// The days on which a session, resolved or not, was planned, and for which at first.
    pub(super) fn planning(
        &self,
        pairing: &PairingRecord,
        session: SessionId,
        planning: Planning,
        found: &mut Vec<PairingProblem>,
    ) {
        let on = planning.on;
        let known = self.record.opened_on <= on && self.may_be(on);
        if !known || planning.first < on || !since_beginning(pairing, planning.first) {
            found.push(PairingProblem::Planning(session));
        }
    }

    /// Who was, or would be, in two sessions at once.
    pub(super) fn overlaps(&mut self) {
        // What has happened and what is to come: a session may have been held where another was planned.
        let mut times: BTreeMap<(ParticipantId, bool), Vec<(Time, SessionId)>> = BTreeMap::new();
        for pairing in &self.record.pairings {
            let met = pairing.sessions.iter();
            let met = met.filter_map(|s| Some((met_at(s.starts, &s.result)?, s.id)));
            let open = pairing.stage.stage().is_open();
            let coming = pairing.planned.iter();
            let coming = coming.filter(|plan| open && plan.lapsed.is_none());
            let coming = coming.filter_map(|plan| Some((plan.time?, plan.id)));
            let all = met.map(|at| (true, at));
            for (happened, at) in all.chain(coming.map(|at| (false, at))) {
                for role in ROLES {
                    let person = (pairing.pair.person(role), happened);
                    times.entry(person).or_default().push(at);
                }
            }
        }
        for ((participant, _), mut times) in times {
            times.sort_unstable();
            let mut last: Option<(Time, SessionId)> = None;
            for (time, second) in times {
                if let Some((before, first)) = last.filter(|(before, _)| before.overlaps(&time)) {
                    self.problems.push(RecordProblem::Overlap {
                        participant,
                        first,
                        second,
                    });
                    if before.ends() >= time.ends() {
                        continue;
                    }
                }
                last = Some((time, second));
            }
        }
    }
}

/// What fell away did so with a hold or an end that is there, before its day.
fn fell_away(pairing: &PairingRecord, plan: &PlannedRecord) -> bool {
    let Some(lapse) = plan.lapsed else {
        return true;
    };
    let hold = |suspended| {
        let mut holds = pairing.holds.iter();
        holds.any(|hold| hold.suspended == suspended && hold.from == lapse.on)
    };
    let with = match lapse.by {
        LapsedBy::Pause => hold(false),
        LapsedBy::Suspension => hold(true),
        LapsedBy::End => pairing.ended_on == Some(lapse.on),
    };
    with && lapse.on < plan.date
}
