//! What a host can do with a programme.

use super::Program;
use super::opening::{enrolments, linked};
use super::refusal::{Problem, Refused};
use crate::cadence::Cadence;
use crate::eligibility::EligiblePair;
use crate::history::ReadModel;
use crate::ids::{CoordinatorId, IdSource, PairingId, SessionId};
use crate::journal::{Enrolment, Entry, Event, ProposedPairing, Stamp};
use crate::matching::ApprovedPlan;
use crate::pair::Role;
use crate::pairing::{
    Agreement, GoalChange, GoalRef, NewGoal, Stage, Step, TwoWayGoals, due_by_default,
};
use crate::roster::{Level, Roster, Skill};
use crate::session::Session;

impl<V: ReadModel> Program<V> {
    /// Proposes every pair of an approved plan, or none. Goals are drafted from the wishes that matched, to be
    /// reached in [`GOAL_DAYS`](crate::pairing::GOAL_DAYS); the agreement is the standard one at `cadence`.
    ///
    /// # Errors
    ///
    /// [`Refused`] with every problem of every pair: a proof from another roster, no place left, already paired.
    pub fn propose_all(
        &mut self,
        approved: &ApprovedPlan,
        cadence: Cadence,
        stamp: Stamp,
        ids: &mut impl IdSource,
    ) -> Result<Entry, Refused> {
        let plan = approved.plan();
        let agreement = Agreement::standard(cadence);
        let due = due_by_default(stamp.on);
        let pairings = plan.proposals.iter().map(|proposal| ProposedPairing {
            id: PairingId::from_source(ids),
            pair: proposal.proof.pair(),
            goals: TwoWayGoals::draft(&proposal.proof, due),
            agreement: agreement.clone(),
        });
        let pairings = pairings.collect();
        let mut proofs = plan.proposals.iter().map(|p| &p.proof);
        let Some(first) = proofs.next() else {
            return Err(Refused(vec![Problem::EmptyProposal]));
        };
        let mixed = proofs.any(|proof| proof.evidence() != first.evidence());
        let event = Event::Proposed {
            approved_by: approved.approved_by(),
            matcher: Some(plan.matcher.clone()),
            evidence: first.evidence().clone(),
            pairings,
        };
        if mixed {
            // The entry has room for one evidence; a plan put together by hand from several questions has more.
            let entry = Entry::new(self.gate.next, stamp, event);
            let refused = self.check(&entry).err();
            let mut problems = refused.map(|refused| refused.0).unwrap_or_default();
            if !problems.contains(&Problem::StaleProof) {
                problems.push(Problem::StaleProof);
            }
            return Err(Refused(problems));
        }
        self.write(stamp, event)
    }

    /// Proposes one pair that a coordinator chose, with goals written by hand.
    ///
    /// # Errors
    ///
    /// [`Refused`], as for [`propose_all`](Self::propose_all).
    pub fn propose(
        &mut self,
        id: PairingId,
        proof: &EligiblePair,
        goals: TwoWayGoals,
        agreement: Agreement,
        approved_by: CoordinatorId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(
            stamp,
            Event::Proposed {
                approved_by,
                matcher: None,
                evidence: proof.evidence().clone(),
                pairings: vec![ProposedPairing {
                    id,
                    pair: proof.pair(),
                    goals,
                    agreement,
                }],
            },
        )
    }

    /// Moves a pairing by a step of the [stage table](crate::pairing::stage).
    ///
    /// # Errors
    ///
    /// [`Refused`]: an illegal step names the stage, the step and what would be possible.
    pub fn advance(
        &mut self,
        pairing: PairingId,
        step: Step,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::Advanced { pairing, step })
    }

    /// Records a session, late if need be. Its note does not go on record.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the pairing did not run on that day or the session is on record already.
    pub fn record(&mut self, session: &Session, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionRecorded(session.facts().clone()))
    }

    /// Corrects a session on record.
    ///
    /// # Errors
    ///
    /// [`Refused`] where no such session of that pairing is on record, or the pairing did not run on that day.
    pub fn correct(&mut self, session: &Session, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionCorrected(session.facts().clone()))
    }

    /// Takes a session back that never was.
    ///
    /// # Errors
    ///
    /// [`Refused`] where no such session of that pairing is on record.
    pub fn void(
        &mut self,
        pairing: PairingId,
        session: SessionId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionVoided { pairing, session })
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
    /// also after the end of the pairing until its record [closes](super::RECORD_OPEN_DAYS).
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

    /// Takes over a new roster: in one entry, suspends the pairings that became hierarchical, notes which suspended
    /// ones could go on, and ends those of whom one takes part no more.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the reorganisation is dated in the future of its recording or before the opening. A pairing that
    /// has a later step or session on record is held up, or ends, from that day on.
    pub fn reorganise(&mut self, roster: &Roster, stamp: Stamp) -> Result<Entry, Refused> {
        let people: Vec<Enrolment> = enrolments(roster, self.gate.load).collect();
        let left = self.gate.people.keys().copied();
        let left = left
            .filter(|id| roster.participant(*id).is_none())
            .collect();
        let (mut suspended, mut cleared, mut ended) = (vec![], vec![], vec![]);
        for pairing in self.gate.pairings() {
            let held_up = matches!(pairing.stage(), Stage::Suspended { .. });
            match linked(roster, pairing.pair()) {
                None => ended.push(pairing.id()),
                Some(true) if !held_up => suspended.push(pairing.id()),
                Some(false) if held_up => cleared.push(pairing.id()),
                _ => {}
            }
        }
        let news = |e: &Enrolment| self.gate.people.get(&e.participant) != Some(e);
        let event = Event::Reorganised {
            roster: roster.fingerprint(),
            people: people.into_iter().filter(news).collect(),
            left,
            suspended,
            cleared,
            ended,
        };
        self.write(stamp, event)
    }

    fn write(&mut self, stamp: Stamp, event: Event) -> Result<Entry, Refused> {
        self.admit(Entry::new(self.gate.next, stamp, event))
    }
}
