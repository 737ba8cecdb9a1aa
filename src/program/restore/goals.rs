//! The progress of a pairing in a record.

use super::Check;
use super::sessions::ran_on;
use crate::program::flaws::PairingProblem;
use crate::program::record::PairingRecord;

impl Check<'_> {
    pub(super) fn progress(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        for progress in &pairing.progress {
            let mut goals = pairing.goals.of(progress.learner).iter();
            if !goals.any(|goal| *goal.skill() == progress.skill) {
                found.push(PairingProblem::UnknownGoal {
                    learner: progress.learner,
                    skill: progress.skill.clone(),
                });
            }
            if !ran_on(pairing, progress.on) || !self.may_be(progress.on) {
                found.push(PairingProblem::ProgressDay(progress.on));
            }
        }
    }
}
