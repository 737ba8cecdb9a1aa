//! A programme that can be played any number of times.

use std::ops::ControlFlow;

use super::provenance::Provenance;
use super::replicates::Replicate;
use crate::eligibility::EligiblePair;
use crate::ids::CoordinatorId;
use crate::matching::ApprovedPlan;
use crate::simulation::desk::Desk;
use crate::simulation::play::{play, whole};
use crate::simulation::setup::Begun;
use crate::simulation::{Model, Progress, Setup, Simulated, SimulationError};

const GO_ON: fn(Progress) -> ControlFlow<()> = |_| ControlFlow::Continue(());

/// A setup and what it begins with, under a name.
#[derive(Debug, Clone)]
pub struct Scenario<'a> {
    name: String,
    setup: Setup<'a>,
    first: Begun<'a>,
    /// Those after the first, which take turns with it.
    others: &'a [ApprovedPlan],
}

/// A programme that is open, launched, and has its first pairings proposed: every entry of it passed the gate. Nothing in it hangs on a draw, so all
/// replicates of a scenario begin with a copy of it.
#[derive(Debug)]
pub(super) struct Opening(Desk<()>);

/// A scenario by turns without a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scenario whose plans take turns needs a plan")]
#[non_exhaustive]
pub struct NoPlan;

impl<'a> Scenario<'a> {
    /// One that begins with a plan that somebody approved.
    #[must_use]
    pub fn planned(name: impl Into<String>, setup: Setup<'a>, plan: &'a ApprovedPlan) -> Self {
        Self {
            name: name.into(),
            setup,
            first: Begun::Plan(plan),
            others: &[],
        }
    }

    /// One whose replicates begin with one plan after the other: replicate n with plan n mod the number of plans.
    ///
    /// For plans that hang on chance, so that an answer speaks of the way in which they come about and not of one of them:
    /// see [`ByLot`](super::ByLot). What they spread by is part of what replicates differ by. Whoever approved the first plan of a replicate
    /// approves its later ones.
    ///
    /// # Errors
    ///
    /// [`NoPlan`] of no plans.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
    /// use reverse_mentoring::matching::{Candidates, Criteria};
    /// use reverse_mentoring::prelude::{Context, Eligibility};
    /// use reverse_mentoring::simulation::Setup;
    /// use reverse_mentoring::simulation::experiment::{ByLot, Scenario};
    /// # use reverse_mentoring::testing::Company;
    ///
    /// # let company = Company::sample()?;
    /// # let roster = company.roster();
    /// let start = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    /// let setup = Setup::new(roster, start);
    /// let context = Context::new(start);
    /// let may = Eligibility::new(roster, setup.policy(), &context);
    /// let criteria = Criteria::none();
    /// let candidates = Candidates::collect(&may, &criteria)?;
    /// let by = CoordinatorId::from_source(&mut SequentialIds::new(1));
    /// let plans: Vec<_> = (0..4)
    ///     .map(|n| Ok(candidates.plan(&ByLot::any(1, n))?.approve(by)))
    ///     .collect::<Result<_, Box<dyn std::error::Error>>>()?;
    /// let random = Scenario::planned_by_turns("at random", setup, &plans)?;
    /// assert_eq!(random.provenance().plans, 4);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn planned_by_turns(
        name: impl Into<String>,
        setup: Setup<'a>,
        plans: &'a [ApprovedPlan],
    ) -> Result<Self, NoPlan> {
        let (first, others) = plans.split_first().ok_or(NoPlan)?;
        Ok(Self {
            others,
            ..Self::planned(name, setup, first)
        })
    }

    /// One that begins with pairs that a coordinator chose, each proposed by itself.
    #[must_use]
    pub fn chosen(
        name: impl Into<String>,
        setup: Setup<'a>,
        pairs: &'a [EligiblePair],
        approved_by: CoordinatorId,
    ) -> Self {
        Self {
            name: name.into(),
            setup,
            first: Begun::Pairs(pairs, approved_by),
            others: &[],
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The model that it goes by.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.setup.model
    }

    /// What is played, for whoever reads what comes of it.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        let pairs = match self.first {
            Begun::Plan(plan) => plan.plan().proposals.len(),
            Begun::Pairs(pairs, _) => pairs.len(),
        };
        Provenance::of(&self.name, &self.setup, pairs, 1 + self.others.len())
    }

    /// The same under another name and by another model.
    #[must_use]
    pub fn with_model(mut self, name: impl Into<String>, model: Model) -> Self {
        self.name = name.into();
        self.setup.model = model;
        self
    }

    /// Refuses another that is not played by the same draws over the same time.
    pub(super) fn comparable(&self, other: &Self) -> Result<(), SimulationError> {
        let apart = |what, a: String, b: String| Err(SimulationError::Apart { what, a, b });
        let (a, b) = (&self.setup, &other.setup);
        if a.seed != b.seed {
            return apart("seeds", a.seed.to_string(), b.seed.to_string());
        }
        if a.months != b.months {
            return apart("months", a.months.to_string(), b.months.to_string());
        }
        Ok(())
    }

    /// Plays a replicate, by the gate alone: neither history nor journal is kept.
    ///
    /// # Errors
    ///
    /// [`SimulationError`].
    pub fn play(&self, replicate: u64) -> Result<Replicate, SimulationError> {
        Ok(self.run(replicate, None, GO_ON)?.0)
    }

    /// The same, where it can be broken off: `watch` is told every day, and after a break there is nothing.
    ///
    /// # Errors
    ///
    /// [`SimulationError`].
    pub fn play_watched(
        &self,
        replicate: u64,
        watch: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<Replicate>, SimulationError> {
        self.play_from(replicate, None, watch)
    }

    /// The same, from an opening of this scenario, if there is one.
    pub(super) fn play_from(
        &self,
        replicate: u64,
        opening: Option<&Opening>,
        watch: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<Replicate>, SimulationError> {
        let (replicate, finished) = self.run(replicate, opening, watch)?;
        Ok(finished.then_some(replicate))
    }

    /// What all replicates begin with. None where it differs from one to another, or there is no day to begin on; nor where it is refused, which is for a
    /// replicate to say.
    pub(super) fn opening(&self) -> Option<Opening> {
        if !self.others.is_empty() || self.setup.months == 0 {
            return None;
        }
        let mut desk = Desk::open(&self.setup, self.first, (), None).ok()?;
        desk.begin(self.first, self.setup.cadence).ok()?;
        Some(Opening(desk))
    }

    fn run(
        &self,
        replicate: u64,
        opening: Option<&Opening>,
        watch: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(Replicate, bool), SimulationError> {
        let (setup, begun) = (self.of(replicate), self.begun(replicate));
        let desk = match opening {
            Some(Opening(desk)) => desk.clone(),
            None => Desk::open(&setup, begun, (), None)?,
        };
        let (run, finished) = play(&setup, begun, desk, watch)?;
        let played = Replicate {
            number: replicate,
            weeks: run.weeks,
            entries: run.desk.written,
        };
        Ok((played, finished))
    }

    /// Plays the same with its history and its journal, to look into a replicate.
    ///
    /// # Errors
    ///
    /// [`SimulationError`].
    pub fn play_whole(&self, replicate: u64) -> Result<Simulated, SimulationError> {
        whole(&self.of(replicate), self.begun(replicate), GO_ON)
    }

    fn of(&self, replicate: u64) -> Setup<'a> {
        self.setup.clone().with_seed(self.setup.seed, replicate)
    }

    /// With what a replicate begins.
    fn begun(&self, replicate: u64) -> Begun<'a> {
        let turn = replicate % (1 + self.others.len() as u64);
        let turn = usize::try_from(turn).unwrap_or(0);
        let other = turn.checked_sub(1).and_then(|at| self.others.get(at));
        other.map_or(self.first, Begun::Plan)
    }
}
