//! What is simulated: whose programme, by which rules, from when, for how long.

use std::cmp::Reverse;

use chrono::{Days, Months, NaiveDate};

use super::behaviour::{Behaviour, Standard};
use super::faults::SetupFaults;
use super::joining::Joiner;
use super::parameter::{Model, Parameter};
use crate::cadence::{Cadence, Calendar};
use crate::charter::{
    Budget, Charter, CharterDraft, CharterError, CohortDaysError, Curriculum, Sponsor,
};
use crate::eligibility::{Eligibility, EligiblePair};
use crate::ids::{CoordinatorId, SequentialIds, SponsorId};
use crate::matching::{self, ApprovedPlan, Criteria, MatchPlan, Optimal, PlanError};
use crate::pair::Role;
use crate::pairing::NoTerms;
use crate::policy::{Context, CoolingOff, NotExcluded, Policy};
use crate::privacy::AnswerError;
use crate::program::Refused;
use crate::roster::{Hours, LineFaults, Load, Roster, RosterFaults};
use crate::session::MinutesError;
use crate::text::Label;

/// A programme to be simulated.
///
/// Unless stated: twelve months of [`Cadence::MONTHLY`], the [standard policy](Policy::standard) with
/// [`NotExcluded`] and 24 months of [`CoolingOff`], the standard criteria, seed 1, replicate 0.
#[derive(Debug, Clone)]
pub struct Setup<'a> {
    pub(super) roster: &'a Roster,
    pub(super) start: NaiveDate,
    pub(super) months: u16,
    pub(super) cadence: Cadence,
    pub(super) load: Load,
    pub(super) policy: Policy,
    pub(super) criteria: Criteria,
    pub(super) model: Model,
    pub(super) behaviour: &'a dyn Behaviour,
    pub(super) calendar: Calendar,
    pub(super) joining: Vec<Joiner>,
    pub(super) seed: u64,
    pub(super) replicate: u64,
}

impl<'a> Setup<'a> {
    /// A programme for the people of a roster, from a day on.
    #[must_use]
    pub fn new(roster: &'a Roster, start: NaiveDate) -> Self {
        let policy = Policy::standard()
            .with(NotExcluded)
            .with(CoolingOff::months(24));
        Self {
            roster,
            start,
            months: 12,
            cadence: Cadence::MONTHLY,
            load: Load::DEFAULT,
            policy,
            criteria: Criteria::standard(),
            model: Model::standard(),
            behaviour: &Standard,
            calendar: Calendar::OPEN,
            joining: Vec::new(),
            seed: 1,
            replicate: 0,
        }
    }

    /// Sets how long; 0 months are the opening alone.
    #[must_use]
    pub const fn with_months(mut self, months: u16) -> Self {
        self.months = months;
        self
    }

    /// Sets how often pairs mean to meet.
    #[must_use]
    pub const fn with_cadence(mut self, cadence: Cadence) -> Self {
        self.cadence = cadence;
        self
    }

    /// Sets the hours a month that a pairing takes.
    #[must_use]
    pub const fn with_load(mut self, load: Load) -> Self {
        self.load = load;
        self
    }

    /// Sets the rules of every round of matching. Without [`NotExcluded`] among them it is added in later rounds,
    /// so that nobody is proposed to whom they meet already.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The rules of every round: a plan made otherwise than by [`plan`](Self::plan) has to have asked all of them.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Sets what makes a pair good.
    #[must_use]
    pub fn with_criteria(mut self, criteria: Criteria) -> Self {
        self.criteria = criteria;
        self
    }

    /// Sets what the model supposes.
    #[must_use]
    pub fn with_model(mut self, model: Model) -> Self {
        self.model = model;
        self
    }

    /// Sets how people behave; [`Standard`] unless stated.
    #[must_use]
    pub const fn with_behaviour(mut self, behaviour: &'a dyn Behaviour) -> Self {
        self.behaviour = behaviour;
        self
    }

    /// Sets the days on which nobody meets: what falls due on one is put off to the first day that is open.
    #[must_use]
    pub fn with_calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// Lets people join on the way, from the second day to the last: see [`Joiner`]. Their order does not matter.
    #[must_use]
    pub fn with_joiners(mut self, joiners: impl IntoIterator<Item = Joiner>) -> Self {
        self.joining = joiners.into_iter().collect();
        self
    }

    /// Sets the seed. One seed has a stream for each replicate, so that any of them can be run alone, in any order.
    #[must_use]
    pub const fn with_seed(mut self, seed: u64, replicate: u64) -> Self {
        self.seed = seed;
        self.replicate = replicate;
        self
    }

    /// The plan of the first day, the most pairs and then the best total: somebody has to approve it.
    ///
    /// It hangs on no seed, so one plan serves all replicates.
    ///
    /// # Errors
    ///
    /// [`PlanError`], as for [`matching::plan`].
    pub fn plan(&self) -> Result<MatchPlan, PlanError> {
        let context = Context::new(self.start).with_load(self.load);
        let eligibility = Eligibility::new(self.roster, &self.policy, &context);
        matching::plan(&eligibility, &self.criteria, &Optimal::most_pairs())
    }

    /// What the programme is launched with: the time that its cadence and its load take, two hours of training and one of
    /// preparation. A charter is for ten years at most; a longer simulation goes on with it.
    pub(super) fn charter(
        &self,
        roster: &Roster,
        approved_by: CoordinatorId,
        [starts, ends]: [NaiveDate; 2],
        ids: &mut SequentialIds,
    ) -> Result<Charter, SimulationError> {
        let ten_years = starts.checked_add_days(Days::new(3653));
        let charter_ends = ten_years.map_or(ends, |day| ends.min(day));
        let sessions = Budget::month_for(self.cadence, starts, charter_ends);
        let month = sessions.unwrap_or_default().max(self.load.hours());
        let mut sponsor = Sponsor::new(SponsorId::from_source(ids));
        if self.model.value(Parameter::SponsorTakesPart) > 0 {
            // The first of the most experienced mentees; where there is none, nobody goes first.
            let mentees = roster.participants().iter();
            let mentees = mentees.filter(|p| p.profile().side().includes(Role::Mentee));
            let first = mentees.min_by_key(|p| {
                let experience = p.profile().experience();
                let (grade, months) = (experience.as_grade(), experience.as_months());
                (Reverse((grade, months)), p.key())
            });
            if let Some(first) = first {
                sponsor = sponsor.taking_part_as(first.id());
            }
        }
        let label = |text: &str| Label::new(text).ok();
        let curriculum = label("simulated").zip(label("1"));
        Ok(Charter::new(CharterDraft {
            purpose: label("simulation"),
            sponsor: Some(sponsor),
            starts: Some(starts),
            ends: Some(charter_ends),
            curriculum: curriculum.map(|(id, version)| Curriculum::new(id, version)),
            budget: Budget::new(month, Hours::whole(2), Hours::whole(1)).ok(),
            cadence: Some(self.cadence),
            policy: Some(self.policy.rules().map(|rule| rule.id()).collect()),
            approved_by: Some(approved_by),
            contact: None,
            chemistry: None,
        })?)
    }

    /// The first day of a month, counted from 0.
    pub(super) fn month(&self, month: u32) -> Result<NaiveDate, SimulationError> {
        let day = self.start.checked_add_months(Months::new(month));
        day.ok_or(SimulationError::Calendar)
    }
}

/// `days` after a day.
pub(super) fn after(day: NaiveDate, days: u32) -> Result<NaiveDate, SimulationError> {
    let later = day.checked_add_days(Days::new(days.into()));
    match later {
        Some(later) => Ok(later),
        None => Err(SimulationError::Calendar),
    }
}

/// What a programme begins with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Begun<'a> {
    /// A plan that somebody approved.
    Plan(&'a ApprovedPlan),
    /// Pairs that a coordinator chose, and proofs that they may.
    Pairs(&'a [EligiblePair], CoordinatorId),
}

impl Begun<'_> {
    pub(super) fn approved_by(self) -> CoordinatorId {
        match self {
            Self::Plan(plan) => plan.approved_by(),
            Self::Pairs(_, by) => by,
        }
    }
}

/// How far a simulation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The day that comes next.
    pub today: NaiveDate,
    /// Days that are done.
    pub done: u32,
    /// Days in all.
    pub days: u32,
}

/// Why a simulation cannot go on.
///
/// A refusal means that the simulator took a step that the programme does not allow, which is a fault of the simulator,
/// or that the plan is of another roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// The setup and what it begins with do not go together; nothing was played.
    #[error("the simulation cannot begin: {0}")]
    Setup(#[from] SetupFaults),
    /// A later round of matching failed.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The programme refused a step.
    #[error("on {on} the programme refused to {step}: {refused}")]
    Refused {
        /// When.
        on: NaiveDate,
        /// To do what.
        step: &'static str,
        /// Why.
        refused: Refused,
    },
    /// The reorganisation made lines that do not stand.
    #[error("the reorganised lines do not stand: {0}")]
    Lines(#[from] LineFaults),
    /// The reorganisation lost somebody.
    #[error("the reorganised roster does not stand: {0}")]
    Roster(#[from] RosterFaults),
    /// The programme cannot be chartered.
    #[error("the programme cannot be chartered: {0}")]
    Charter(#[from] CharterError),
    /// The days leave no time for a cohort.
    #[error("the programme has no time for a cohort: {0}")]
    Cohort(#[from] CohortDaysError),
    /// A vote that does not count.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// Nothing is brought into an agreement.
    #[error(transparent)]
    Terms(#[from] NoTerms),
    /// A session of an impossible length.
    #[error(transparent)]
    Minutes(#[from] MinutesError),
    /// Two programmes to be compared that are not played by the same draws over the same time.
    #[error(
        "two programmes are compared by the same draws over the same time, and their {what} differ: {a} and {b}"
    )]
    #[non_exhaustive]
    Apart {
        /// `seeds` or `months`.
        what: &'static str,
        /// Of the first.
        a: String,
        /// Of the second.
        b: String,
    },
    /// Past the last day that can be written.
    #[error("the simulation runs past the end of the calendar")]
    Calendar,
}
