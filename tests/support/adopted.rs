//! Pairings of another system's log in a live programme: adopted, and regularised.

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::{Eligibility, EligiblePair, Verdict};
use reverse_mentoring::history::{LoggedGoal, LoggedPairing};
use reverse_mentoring::ids::{PairingId, SequentialIds};
use reverse_mentoring::journal::Entry;
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{Agreement, TwoWayGoals};
use reverse_mentoring::policy::Policy;
use reverse_mentoring::program::Refused;
use reverse_mentoring::roster::{Level, Roster, Skill};

use super::{Kept, at, coordinator, day, held, logged, logged_sessions};

pub(crate) fn logged_goal(learner: Role, skill: &str, [from, to, now]: [u8; 3]) -> LoggedGoal {
    let level = |level| Level::new(level).unwrap();
    LoggedGoal {
        learner,
        skill: Skill::new(skill).unwrap(),
        from: level(from),
        to: level(to),
        now: level(now),
    }
}

/// One that lacks nothing by day `on`: begun 30 days before it, with a session 20 days before it and a goal of each.
pub(crate) fn sound_log(roster: &Roster, pair: (&str, &str), on: i64) -> LoggedPairing {
    let mut log = logged(roster, "k", pair, on - 30);
    log.sessions = logged_sessions(&[(on - 20, held())]);
    let goal = |learner| logged_goal(learner, "budget", [0, 4, 1]);
    log.goals = [Role::Mentor, Role::Mentee].map(goal).into();
    log
}

impl Kept {
    /// Adopts one log for a hundred days; its id.
    pub(crate) fn adopt_log(&mut self, roster: &Roster, log: LoggedPairing, on: i64) -> PairingId {
        let (until, mut ids) = (day(on + 100), SequentialIds::new(50));
        let program = &mut self.program;
        let adoption = program.adopt(&[log], roster, until, coordinator(), at(on), &mut ids);
        let adoption = adoption.unwrap();
        self.journal.push(adoption.entry.unwrap());
        *adoption.keys.keys().next().unwrap()
    }

    /// Whether two may be paired whose adopted pairing takes their places already.
    pub(crate) fn asked_beside(
        &self,
        roster: &Roster,
        id: PairingId,
        (mentor, mentee): (&str, &str),
        on: i64,
    ) -> Verdict {
        let context = self.program.context_beside(id, day(on)).unwrap();
        let policy = Policy::core_only();
        let may = Eligibility::new(roster, &policy, &context);
        may.check_keys(mentor, mentee).unwrap()
    }

    /// Regularises with a proof, the goals drafted from it and the standard agreement in a cadence.
    pub(crate) fn regularise_by(
        &mut self,
        id: PairingId,
        proof: &EligiblePair,
        cadence: Cadence,
        on: i64,
    ) -> Result<&Entry, Refused> {
        let (goals, agreement) = (
            TwoWayGoals::draft(proof, day(300)),
            Agreement::standard(cadence),
        );
        let program = &mut self.program;
        let entry = program.regularise(id, proof, goals, agreement, coordinator(), at(on))?;
        self.journal.push(entry);
        Ok(self.journal.last().unwrap())
    }

    /// Regularises the pairing of ada and the cto, monthly.
    pub(crate) fn regularise(&mut self, roster: &Roster, id: PairingId, on: i64) {
        let verdict = self.asked_beside(roster, id, ("ada", "cto"), on);
        let proof = verdict.eligible().unwrap();
        self.regularise_by(id, &proof, Cadence::MONTHLY, on)
            .unwrap();
    }
}
