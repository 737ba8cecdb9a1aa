//! One parameter over its values, and which parameter decides the answer.

use std::ops::ControlFlow;

use serde::Serialize;

use super::contrast::{Contrast, Trial, compare};
use super::scenario::Scenario;
use super::stats::Estimate;
use crate::simulation::{OutOfRange, Parameter, SimulationError};

/// A scenario with another value of one parameter, against itself as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SweepPoint {
    /// The value.
    pub value: u32,
    /// What it changes: the scenario with this value, against itself.
    pub contrast: Contrast,
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

/// The scenario with another value of a parameter, under its own name.
fn with<'a>(
    scenario: &Scenario<'a>,
    parameter: Parameter,
    value: u32,
) -> Result<Scenario<'a>, OutOfRange> {
    let model = scenario.model().with(parameter, value)?;
    let name = scenario.name();
    Ok(scenario.clone().with_model(name, model))
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
) -> Result<Vec<SweepPoint>, SweepError> {
    let named = |value: u32| -> Result<_, OutOfRange> {
        let model = scenario.model().with(parameter, value)?;
        let name = format!("{parameter} {value}");
        Ok((value, scenario.clone().with_model(name, model)))
    };
    let points: Vec<_> = values.into_iter().map(named).collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for (value, changed) in points {
        let contrast = compare(&changed, scenario, trial, &mut watch)?;
        let finished = contrast.finished;
        found.push(SweepPoint { value, contrast });
        if !finished {
            break;
        }
    }
    Ok(found)
}

/// By how much a difference between two scenarios hangs on one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Influence {
    /// Which, by name.
    pub parameter: String,
    /// The lower value, and the difference with it in both; `None` without data.
    pub low: (u32, Option<Estimate>),
    /// The higher value likewise.
    pub high: (u32, Option<Estimate>),
}

impl Influence {
    /// How far the two differences are apart, in millionths; nought without data.
    #[must_use]
    pub fn swing(&self) -> u64 {
        let both = self.low.1.zip(self.high.1);
        both.map_or(0, |(low, high)| low.mean.abs_diff(high.mean))
    }

    /// Whether the two differences have different signs, both clear of nought: this assumption decides the answer.
    #[must_use]
    pub fn decides(&self) -> bool {
        let sign = |e: Estimate| match (e.low > 0, e.high < 0) {
            (true, _) => 1,
            (_, true) => -1,
            _ => 0,
        };
        let both = self.low.1.zip(self.high.1);
        both.is_some_and(|(low, high)| sign(low) * sign(high) < 0)
    }
}

/// Which of these assumptions decides between two scenarios: the difference of the two with each parameter at half and at one and a half
/// of its value, in the range that it has; the widest first. A parameter in which the two differ is what is asked, and no assumption: it is left out.
///
/// # Errors
///
/// [`SweepError`].
pub fn tornado(
    a: &Scenario<'_>,
    b: &Scenario<'_>,
    parameters: &[Parameter],
    trial: &Trial,
    mut watch: impl FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Vec<Influence>, SweepError> {
    let mut found = Vec::new();
    for &parameter in parameters {
        let value = a.model().value(parameter);
        if value != b.model().value(parameter) {
            continue;
        }
        let (least, most) = (*parameter.range().start(), *parameter.range().end());
        let values = [value / 2, value.saturating_add(value.div_ceil(2))];
        let [low, high] = values.map(|value| value.clamp(least, most));
        let mut difference = |value: u32| -> Result<_, SweepError> {
            let (a, b) = (with(a, parameter, value)?, with(b, parameter, value)?);
            let contrast = compare(&a, &b, trial, &mut watch)?;
            Ok((contrast.difference(), contrast.finished))
        };
        let (at_low, finished) = difference(low)?;
        if !finished {
            break;
        }
        let (at_high, finished) = difference(high)?;
        if !finished {
            break;
        }
        found.push(Influence {
            parameter: parameter.as_str().to_owned(),
            low: (low, at_low),
            high: (high, at_high),
        });
    }
    // Of equals in the order of the parameters.
    found.sort_by_key(|influence| std::cmp::Reverse(influence.swing()));
    Ok(found)
}
