//! Whether something may be recorded of a goal.

use crate::history::GoalFacts;
use crate::ids::PairingId;
use crate::journal::Stamp;
use crate::pair::Role;
use crate::program::refusal::Problem;
use crate::program::state::Gate;
use crate::roster::Skill;

impl Gate {
    pub(super) fn check_progress(
        &self,
        pairing: PairingId,
        learner: Role,
        skill: &Skill,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let goal = |g: &GoalFacts| g.learner == learner && g.skill == *skill;
        let facts = self.record(pairing, stamp);
        if facts.is_ok_and(|facts| !facts.goals.iter().any(goal)) {
            problems.push(Problem::UnknownGoal {
                learner,
                skill: skill.clone(),
            });
        }
        self.within_pairing(pairing, stamp.on, stamp, problems);
    }
}
