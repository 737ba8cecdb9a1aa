//! A programme that can be played any number of times.

use std::ops::ControlFlow;

use super::replicates::Replicate;
use crate::eligibility::EligiblePair;
use crate::ids::CoordinatorId;
use crate::matching::ApprovedPlan;
use crate::simulation::play::{play, whole};
use crate::simulation::setup::Begun;
use crate::simulation::{Model, Progress, Setup, Simulated, SimulationError};

const GO_ON: fn(Progress) -> ControlFlow<()> = |_| ControlFlow::Continue(());

/// A setup and what it begins with, under a name.
#[derive(Debug, Clone)]
pub struct Scenario<'a> {
    name: String,
    setup: Setup<'a>,
    begun: Begun<'a>,
}

impl<'a> Scenario<'a> {
    /// One that begins with a plan that somebody approved.
    #[must_use]
    pub fn planned(name: impl Into<String>, setup: Setup<'a>, plan: &'a ApprovedPlan) -> Self {
        Self {
            name: name.into(),
            setup,
            begun: Begun::Plan(plan),
        }
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
            begun: Begun::Pairs(pairs, approved_by),
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

    /// The same under another name and by another model.
    #[must_use]
    pub fn with_model(mut self, name: impl Into<String>, model: Model) -> Self {
        self.name = name.into();
        self.setup.model = model;
        self
    }

    /// Plays a replicate, by the gate alone: neither history nor journal is kept.
    ///
    /// # Errors
    ///
    /// [`SimulationError`].
    pub fn play(&self, replicate: u64) -> Result<Replicate, SimulationError> {
        let setup = self.of(replicate);
        let (run, _) = play(&setup, self.begun, (), None, GO_ON)?;
        Ok(Replicate {
            number: replicate,
            weeks: run.weeks,
            entries: run.desk.written,
        })
    }

    /// Plays the same with its history and its journal, to look into a replicate.
    ///
    /// # Errors
    ///
    /// [`SimulationError`].
    pub fn play_whole(&self, replicate: u64) -> Result<Simulated, SimulationError> {
        whole(&self.of(replicate), self.begun, GO_ON)
    }

    fn of(&self, replicate: u64) -> Setup<'a> {
        self.setup.clone().with_seed(self.setup.seed, replicate)
    }
}
