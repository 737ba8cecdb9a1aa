//! The planned sessions of a pairing in a record, and who would be in two at once.

use std::collections::BTreeMap;

use super::Check;
use super::run::Run;
use crate::history::Planning;
use crate::ids::{ParticipantId, SessionId};
use crate::pair::Pair;
use crate::program::flaws::{PairingProblem, RecordProblem};
use crate::program::gate::ROLES;
use crate::program::record::sessions::{PlannedRecord, SessionRecord};
use crate::session::{Time, may_be_on, met_at};

impl Check<'_> {
    pub(super) fn planned(
        &self,
        run: &Run<'_>,
        plans: &[PlannedRecord],
        found: &mut Vec<PairingProblem>,
    ) {
        let mut latest = None;
        for plan in plans {
            if latest.is_some_and(|latest| plan.date < latest) {
                found.push(PairingProblem::SessionOrder(plan.id));
            }
            latest = latest.max(Some(plan.date));
            let runs = match plan.lapsed {
                None => run.ran_on(plan.date),
                Some(_) => run.has_begun(plan.date),
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
                found.extend(self.planning(run, plan.id, plan.planning));
            }
            if !run.lets_fall(plan) {
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
        run: &Run<'_>,
        session: SessionId,
        planning: Planning,
    ) -> Option<PairingProblem> {
        let on = planning.on;
        let known = self.record.opened_on <= on && self.may_be(on);
        (!known || !run.may_plan(&planning)).then_some(PairingProblem::Planning(session))
    }

    /// Who was, or would be, in two sessions at once.
    pub(super) fn overlaps(&mut self) {
        // What has happened and what is to come: a session may have been held where another was planned.
        let mut times: BTreeMap<(ParticipantId, bool), Vec<(Time, SessionId)>> = BTreeMap::new();
        type Sessions<'a> = (Pair, &'a [SessionRecord], &'a [PlannedRecord], bool);
        let own = self.record.pairings.iter().map(|p| -> Sessions<'_> {
            let open = p.stage.stage().is_open();
            (p.pair, &p.sessions, &p.planned, open)
        });
        let adopted = self.record.adopted.iter();
        let adopted = adopted
            .map(|a| -> Sessions<'_> { (a.pair, &a.sessions, &a.planned, a.ended.is_none()) });
        for (pair, sessions, planned, open) in own.chain(adopted) {
            let met = sessions.iter();
            let met = met.filter_map(|s| Some((met_at(s.starts, &s.result)?, s.id)));
            let coming = planned.iter();
            let coming = coming.filter(|plan| open && plan.lapsed.is_none());
            let coming = coming.filter_map(|plan| Some((plan.time?, plan.id)));
            let all = met.map(|at| (true, at));
            for (happened, at) in all.chain(coming.map(|at| (false, at))) {
                for role in ROLES {
                    let person = (pair.person(role), happened);
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
