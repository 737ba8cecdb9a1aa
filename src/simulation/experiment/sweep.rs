//! One parameter over its values.

use std::ops::ControlFlow;

use serde::Serialize;

use super::contrast::{Contrast, Trial, compare};
use super::scenario::Scenario;
use crate::simulation::{OutOfRange, Parameter, SimulationError};

/// A scenario with another value of one parameter, against itself as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SweepPoint {
    /// The value.
    pub value: u32,
    /// What it changes: the scenario with this value, against itself.
    pub contrast: Contrast,
}

/// A scenario over values of one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sweep {
    /// Which, by name.
    pub parameter: String,
    /// In what the values are.
    pub value_unit: &'static str,
    /// The values in the order in which they were given; the last may be broken off.
    pub points: Vec<SweepPoint>,
    /// Values that were not played at all.
    pub left_out: Vec<u32>,
    /// Whether it was let come to an end.
    pub finished: bool,
}

/// Why a sweep cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SweepError {
    /// A value that the parameter cannot have.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// A programme that cannot be played.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}

/// A scenario over the values of one parameter, each against the scenario as it is.
///
/// # Errors
///
/// [`SweepError`], for a value out of range before anything is played.
pub fn sweep(
    scenario: &Scenario<'_>,
    parameter: Parameter,
    values: impl IntoIterator<Item = u32>,
    trial: &Trial,
    mut watch: impl FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Sweep, SweepError> {
    let named = |value: u32| -> Result<_, OutOfRange> {
        let model = scenario.model().with(parameter, value)?;
        let name = format!("{parameter} {value}");
        Ok((value, scenario.clone().with_model(name, model)))
    };
    let points: Vec<_> = values.into_iter().map(named).collect::<Result<_, _>>()?;
    let mut sweep = Sweep {
        parameter: parameter.as_str().to_owned(),
        value_unit: parameter.unit(),
        points: Vec::new(),
        left_out: Vec::new(),
        finished: true,
    };
    for (value, changed) in points {
        if !sweep.finished {
            sweep.left_out.push(value);
            continue;
        }
        let contrast = compare(&changed, scenario, trial, &mut watch)?;
        sweep.finished = contrast.finished;
        sweep.points.push(SweepPoint { value, contrast });
    }
    Ok(sweep)
}
