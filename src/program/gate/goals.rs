//! Whether something may be recorded of a goal.

use chrono::NaiveDate;

use super::ROLES;
use crate::history::{PairingFacts, against_day};
use crate::ids::PairingId;
use crate::journal::{ProposedPairing, Stamp};
use crate::pairing::{GoalChange, GoalRef, NewGoal};
use crate::program::refusal::Problem;
use crate::program::state::Gate;

impl Gate {
    pub(super) fn check_goal_added(
        &self,
        pairing: PairingId,
        goal: &NewGoal,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        self.check_regular(pairing, problems);
        let facts = match self.record(pairing, stamp) {
            Ok(facts) => facts,
            Err(problem) => return problems.push(problem),
        };
        since_accepted(facts, stamp, problems);
        let against = facts.goals.against_addition(goal, stamp.on);
        problems.extend(against.into_iter().map(|problem| Problem::Goal {
            goal: goal.named(),
            problem,
        }));
    }

    pub(super) fn check_goal_changed(
        &self,
        pairing: PairingId,
        goal: &GoalRef,
        change: GoalChange,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let facts = match self.record(pairing, stamp) {
            Ok(facts) => facts,
            Err(problem) => return problems.push(problem),
        };
        if !matches!(change, GoalChange::CheckedIn { .. }) {
            self.check_regular(pairing, problems);
        }
        if !facts.goals.knows(goal, stamp.on) {
            problems.push(Problem::UnknownGoal(goal.clone()));
        }
        let against = facts.goals.against_change(goal, change, stamp.on);
        if against.is_empty() {
            let one_way = facts.goals.one_way_after(goal, change, stamp.on);
            problems.extend(one_way.map(|(role, on)| Problem::OneWay { role, on }));
        }
        problems.extend(against.into_iter().map(|problem| Problem::Goal {
            goal: goal.clone(),
            problem,
        }));
        // Levels are found where the two meet; what else they say of their goals they can say at any time.
        if matches!(change, GoalChange::CheckedIn { .. }) {
            self.within_pairing(pairing, Ok(facts), stamp.on, problems);
        } else {
            since_accepted(facts, stamp, problems);
        }
    }
}

/// Whether every goal of a proposal can be reached in time.
pub(super) fn check_days(pairings: &[ProposedPairing], on: NaiveDate, problems: &mut Vec<Problem>) {
    let late = |by, goal: &dyn Fn() -> GoalRef| {
        let problem = against_day(by, on)?;
        let goal = goal();
        Some(Problem::Goal { goal, problem })
    };
    for goals in pairings.iter().map(|new| &new.goals) {
        for learner in ROLES {
            let goals = goals.of(learner).iter();
            problems.extend(
                goals.filter_map(|g| {
                    late(g.by(), &|| GoalRef::learning(learner, g.skill().clone()))
                }),
            );
        }
        let shared = goals.shared().iter();
        problems.extend(shared.filter_map(|g| late(g.by(), &|| GoalRef::shared(g.name().clone()))));
    }
}

/// Until both have accepted, goals are part of the proposal and stand as proposed.
fn since_accepted(facts: &PairingFacts, stamp: &Stamp, problems: &mut Vec<Problem>) {
    let on = stamp.on;
    match facts.accepted {
        None => problems.push(Problem::NotAccepted),
        Some(accepted) if on < accepted => {
            problems.push(Problem::BeforeAcceptance { on, accepted });
        }
        Some(_) => {}
    }
}
