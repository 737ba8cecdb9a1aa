//! What a host can do with goals.

use crate::history::{GoalBook, ReadModel};
use crate::ids::PairingId;
use crate::journal::{Entry, Event, Stamp};
use crate::pair::Role;
use crate::pairing::{GoalChange, GoalRef, NewGoal};
use crate::program::Program;
use crate::program::refusal::Refused;
use crate::roster::{Level, Skill};

impl<V: ReadModel> Program<V> {
    /// What is on record of the goals of a pairing, over or not, until its record [closes](crate::program::RECORD_OPEN_DAYS).
    #[must_use]
    pub fn goals(&self, id: PairingId) -> Option<&GoalBook> {
        self.gate.goals(id)
    }

    /// Checks in: notes the level that a learner has reached in one of their goals.
    ///
    /// # Errors
    ///
    /// [`Refused`] where there is no such goal, it is not open, or the pairing did not run on that day.
    pub fn progress(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
        level: Level,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let goal = GoalRef::learning(learner, skill);
        self.change_goal(pairing, goal, GoalChange::CheckedIn { level }, stamp)
    }

    /// Notes what happened to a goal: a check-in, or that it was achieved, revised, dropped or reopened. Late if need be,
    /// also after the end of the pairing until its record [closes](crate::program::RECORD_OPEN_DAYS).
    ///
    /// ```
    /// use reverse_mentoring::pairing::{DropReason, GoalChange, GoalRef};
    /// use reverse_mentoring::prelude::*;
    /// # use chrono::{Days, NaiveDate};
    /// # use reverse_mentoring::testing::Company;
    /// # let company = Company::sample()?;
    /// # let mut ids = SequentialIds::new(9);
    /// # let start = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    /// # let on = |day: u64| Stamp::midnight(start + Days::new(day));
    /// # let (mut program, _) = Program::open(ProgramId::from_source(&mut ids), company.roster(), Load::default(), on(0))?;
    /// # reverse_mentoring::testing::launch(&mut program, company.roster(), on(0), &mut ids)?;
    /// # let (policy, context) = (Policy::standard(), program.context(start));
    /// # let may = Eligibility::new(company.roster(), &policy, &context);
    /// # let plan = plan(&may, &Criteria::standard(), &Optimal::most_pairs())?;
    /// # let coordinator = CoordinatorId::from_source(&mut ids);
    /// # program.propose_all(&plan.approve(coordinator), Cadence::MONTHLY, on(0), &mut ids)?;
    /// # let pairing = program.open_pairings().next().unwrap().id();
    /// # for by in [Role::Mentor, Role::Mentee] {
    /// #     program.advance(pairing, Step::Accept { by }, on(1))?;
    /// # }
    /// let goal = program.goals(pairing).unwrap().learning[0].named();
    /// program.change_goal(pairing, goal.clone(), GoalChange::revised_by(on(90).on), on(2))?;
    /// assert_eq!(program.goals(pairing).unwrap().learning[0].due(on(2).on), Some(on(90).on));
    ///
    /// let reason = DropReason::NotWanted;
    /// let refused = program.change_goal(pairing, goal, GoalChange::Dropped { reason }, on(3)).unwrap_err();
    /// assert_eq!(
    ///     refused.to_string(),
    ///     "the mentor would have no learning goal on 2026-01-08: goals go both ways"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Refused`] where there is no such goal on that day, [its rules](crate::history::GoalProblem) are against it, it
    /// would leave one side without a goal, both have not accepted yet, or there is a level and the pairing did not run.
    pub fn change_goal(
        &mut self,
        pairing: PairingId,
        goal: GoalRef,
        change: GoalChange,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::GoalChanged {
            pairing,
            goal,
            change,
        };
        self.write(stamp, event)
    }

    /// Takes one more goal on. In the skill of a dropped one, or under its name, it begins anew: the one before stays on
    /// record as it was, and nothing more is dated to it from this day on.
    ///
    /// # Errors
    ///
    /// [`Refused`] where there is one that is not dropped, it would be due before it is set, or both have not accepted yet.
    pub fn add_goal(
        &mut self,
        pairing: PairingId,
        goal: NewGoal,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::GoalAdded { pairing, goal })
    }
}
