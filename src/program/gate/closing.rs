//! Whether somebody may give the closing review, and what may be told.

use chrono::NaiveDate;

use crate::history::{Ending, PairingFacts};
use crate::ids::PairingId;
use crate::journal::Stamp;
use crate::pair::Role;
use crate::pairing::Occasion;
use crate::program::refusal::Problem;
use crate::program::state::Gate;

impl Gate {
    pub(super) fn check_review(
        &self,
        id: PairingId,
        by: Role,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let facts = match self.record(id, stamp) {
            Ok(facts) => facts,
            Err(problem) => {
                problems.push(problem);
                return;
            }
        };
        // They look back on something: they settled, or it ended after it had begun.
        let since = facts.settled.or(facts.ended.map(|(day, _)| day));
        match since.filter(|_| facts.started.is_some()) {
            None => problems.push(Problem::NothingToReview),
            Some(latest) if stamp.on < latest => {
                let on = stamp.on;
                problems.push(Problem::BeforeLatestStep { on, latest });
            }
            Some(_) => {}
        }
        self.check_regular(id, problems);
        if let Some(on) = facts.reviewed.get(&by) {
            problems.push(Problem::ReviewedAlready { by, on: *on });
        }
    }

    pub(super) fn check_celebration(
        &self,
        id: PairingId,
        occasion: Occasion,
        (by, agrees): (Role, bool),
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let words = self.celebrated.get(&(id, occasion));
        let agreed = words.is_some_and(|words| words.by.contains(&by));
        if agrees {
            self.check_regular(id, problems);
            match self.record(id, stamp) {
                Ok(facts) if happened(facts, occasion, stamp.on) => {}
                Ok(_) => problems.push(Problem::NotHappened(occasion)),
                Err(problem) => problems.push(problem),
            }
        }
        if agreed == agrees {
            problems.push(Problem::SameWord { by, agrees });
        }
    }

    /// Whether something that was agreed on has still happened, as far as is known: a record may have been corrected.
    pub(crate) fn still_happened(&self, id: PairingId, occasion: Occasion) -> bool {
        let held = self.open.get(&id).or_else(|| self.over.get(&id));
        held.is_none_or(|held| happened(&held.record.facts, occasion, NaiveDate::MAX))
    }
}

/// Whether something has happened by a day.
fn happened(facts: &PairingFacts, occasion: Occasion, on: NaiveDate) -> bool {
    match occasion {
        Occasion::FirstSession => facts.held(on).next().is_some(),
        Occasion::GoalAchieved => facts.goals.has_achieved(on),
        Occasion::Completed => {
            let ended = facts.ended.filter(|(day, _)| *day <= on);
            ended.is_some_and(|(_, ending)| matches!(ending, Ending::OnTime | Ending::Early))
        }
    }
}
