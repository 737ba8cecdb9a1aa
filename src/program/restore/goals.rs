//! The goals of a pairing in a record: as proposed, and everything that became of them.

use super::Check;
use super::run::Run;
use crate::pairing::GoalChange;
use crate::program::flaws::PairingProblem;
use crate::program::record::PairingRecord;
use crate::program::record::goals::{Recorded, course};

impl Check<'_> {
    pub(super) fn goals(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let goals = &pairing.goals;
        found.extend(goals.proposed().err().map(PairingProblem::Goals));
        let book = goals.book(pairing.proposed_on);
        let problems = book.problems().into_iter();
        found.extend(problems.map(|(goal, problem)| PairingProblem::Goal { goal, problem }));
        let one_way = book.one_way();
        found.extend(one_way.map(|(role, on)| PairingProblem::OneWay { role, on }));
        for goal in goals.misplaced() {
            found.push(PairingProblem::GoalPlace(goal));
        }
        for goal in goals.iter() {
            self.days_of_goal(&goal, pairing, found);
        }
        if pairing.accepted_on.is_none() && goals.iter().any(|g| g.was_touched()) {
            found.push(PairingProblem::NotAccepted);
        }
    }

    /// Levels are found while the pairing runs; whatever else is said comes after both have accepted.
    fn days_of_goal(
        &self,
        recorded: &Recorded<'_>,
        pairing: &PairingRecord,
        found: &mut Vec<PairingProblem>,
    ) {
        let goal = &recorded.goal;
        if course(recorded.changes).is_none() {
            found.push(PairingProblem::GoalOrder(goal.clone()));
        }
        let since = recorded.added_on.unwrap_or(pairing.proposed_on);
        let run = Run::of(pairing);
        let agreed = |on| self.may_be(on) && pairing.accepted_on.is_none_or(|day| day <= on);
        let changes = recorded.changes.iter().filter_map(|entry| {
            let on = entry.on;
            let sound = match entry.change {
                GoalChange::CheckedIn { .. } => self.may_be(on) && run.ran_on(on),
                _ => agreed(on),
            };
            (!sound || on < since).then_some(on)
        });
        let added = recorded.added_on.filter(|on| !agreed(*on));
        found.extend(added.into_iter().chain(changes).map(|on| {
            let goal = goal.clone();
            PairingProblem::GoalDay { goal, on }
        }));
    }
}

impl Recorded<'_> {
    /// Whether anything was said of it after the proposal.
    fn was_touched(&self) -> bool {
        self.added_on.is_some() || !self.changes.is_empty()
    }
}
