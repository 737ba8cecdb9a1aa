//! Which parameter decides the answer.

use std::ops::{ControlFlow, Range};

use serde::Serialize;

use super::contrast::{Trial, UNIT, Verdict, difference, verdict};
use super::provenance::Provenance;
use super::scenario::Scenario;
use super::stats::{Estimate, FIRST, Sums};
use super::sweep::SweepError;
use crate::simulation::{Measure, Parameter};

/// Whether a parameter says how a programme is run or what befalls it, rather than how people behave: what somebody chooses, or asks about, is no
/// assumption to doubt.
#[must_use]
pub const fn is_choice(parameter: Parameter) -> bool {
    use Parameter as P;
    matches!(
        parameter,
        P::Sessions
            | P::FirstDays
            | P::RetryDays
            | P::SponsorTakesPart
            | P::SponsorLeavesMonth
            | P::TrainMentors
            | P::TrainMentees
            | P::RoundMonths
            | P::ReorganisationMonth
            | P::Linked
            | P::Movers
            | P::ReturnMonths
    )
}

/// All parameters that are no [choice](is_choice), in their order.
///
/// ```
/// use reverse_mentoring::simulation::Parameter;
/// use reverse_mentoring::simulation::experiment::assumptions;
///
/// assert!(assumptions().any(|p| p == Parameter::OneTrained));
/// assert!(assumptions().all(|p| p != Parameter::TrainMentees));
/// ```
pub fn assumptions() -> impl Iterator<Item = Parameter> {
    Parameter::ALL.iter().copied().filter(|p| !is_choice(*p))
}

/// What a parameter does to the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sway {
    /// The answer is the same at both ends.
    Keeps,
    /// At one end or both it cannot be told which is higher, where it can as it is; or the other way round.
    Blurs,
    /// At one end the other programme is higher.
    Turns,
}

/// A value of a parameter, and the difference with it in both programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TornadoEnd {
    /// The value.
    pub value: u32,
    /// The first less the second; `None` without data.
    pub difference: Option<Estimate>,
}

/// By how much a difference between two scenarios hangs on one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Influence {
    /// Which, by name.
    pub parameter: String,
    /// In what its values are.
    pub value_unit: &'static str,
    /// Where its default comes from: `measured`, `reported second-hand` or `assumed`.
    pub source: &'static str,
    /// Its value in both as they are.
    pub value: u32,
    /// The lower value.
    pub low: TornadoEnd,
    /// The higher value.
    pub high: TornadoEnd,
    /// What that does to the answer.
    pub sway: Sway,
}

impl Influence {
    /// How far the two differences are apart, in millionths; nought without data.
    #[must_use]
    pub fn swing(&self) -> u64 {
        let both = self.low.difference.zip(self.high.difference);
        both.map_or(0, |(low, high)| low.mean.abs_diff(high.mean))
    }
}

/// Which assumption decides between two scenarios.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Tornado {
    /// In what the differences are: millionths of the whole, of which 10,000 are a point of a per cent.
    pub unit: &'static str,
    /// The first.
    pub a: Provenance,
    /// The second.
    pub b: Provenance,
    /// On what they differ.
    pub measure: Measure,
    /// The difference as they are.
    pub base: Option<Estimate>,
    /// What it says.
    pub verdict: Verdict,
    /// Replicates of each that were played as they are, and with every value that matters; 0 where not even those were.
    pub replicates: u64,
    /// One parameter each, the widest first.
    pub rows: Vec<Influence>,
    /// Parameters in which the two differ: what is asked, and no assumption.
    pub asked: Vec<String>,
    /// Parameters whose two ends are the value that they have.
    pub unvaried: Vec<String>,
    /// Parameters that it did not come to before it was broken off.
    pub left_out: Vec<String>,
    /// Whether it was let come to an end.
    pub finished: bool,
}

/// How far a tornado has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TornadoProgress {
    /// What is varied; nothing while the two are played as they are.
    pub parameter: Option<Parameter>,
    /// Replicates of both that are done.
    pub done: u64,
    /// Replicates of both in all, at most.
    pub most: u64,
}

/// The two ends between which a parameter is varied, in its range: half and one and a half of its value; where a chance would go beyond a
/// thousand by that, double and half of what is missing to a thousand.
fn ends(parameter: Parameter, value: u32) -> [u32; 2] {
    let (least, most) = (*parameter.range().start(), *parameter.range().end());
    let missing = 1000u32.saturating_sub(value);
    let chance = parameter.unit().starts_with('‰') && most == 1000;
    let ends = match chance && 3 * value > 2000 {
        true => [1000u32.saturating_sub(2 * missing), 1000 - missing / 2],
        false => [value / 2, value.saturating_add(value.div_ceil(2))],
    };
    ends.map(|value| value.clamp(least, most))
}

/// What is played: the two, on what, and how far it has come.
struct Play<'a, 'b, W> {
    both: [&'a Scenario<'b>; 2],
    trial: &'a Trial,
    watch: W,
    progress: TornadoProgress,
}

impl<W: FnMut(TornadoProgress) -> ControlFlow<()>> Play<'_, '_, W> {
    /// The differences of these replicates with a value of a parameter; nothing where it was broken off.
    fn differences(
        &mut self,
        with: Option<(Parameter, u32)>,
        numbers: Range<u64>,
    ) -> Result<Option<Vec<Option<i64>>>, SweepError> {
        let mut both = Vec::new();
        for &scenario in &self.both {
            let model = *scenario.model();
            let model = match with {
                Some((parameter, value)) => model.with(parameter, value)?,
                None => model,
            };
            both.push(scenario.clone().with_model(scenario.name(), model));
        }
        let measure = self.trial.measure;
        let mut found = Vec::new();
        let finished = self.trial.replicates(numbers).each(&both, |played| {
            if let [a, b] = played {
                found.push(difference(a.at_the_end(measure), b.at_the_end(measure)));
            }
            self.progress.done += 1;
            (self.watch)(self.progress)
        })?;
        Ok(finished.then_some(found))
    }
}

fn estimate(differences: &[Option<i64>]) -> Option<Estimate> {
    let mut sums = Sums::default();
    differences.iter().flatten().for_each(|d| sums.add(*d));
    sums.estimate()
}

fn sway(base: Option<Estimate>, ends: [Option<Estimate>; 2]) -> Sway {
    let side = |estimate: Option<Estimate>| estimate.map_or(0, |e| e.side());
    let (base, [low, high]) = (side(base), ends.map(side));
    match () {
        () if low * high < 0 || base * low < 0 || base * high < 0 => Sway::Turns,
        () if low != base || high != base => Sway::Blurs,
        () => Sway::Keeps,
    }
}

/// Which of these parameters decides between two scenarios: the difference of the two with each at a lower and at a higher value, the widest first.
///
/// The values are half and one and a half of what it is, in its range; of chances that this would carry beyond a thousand, double and half of what is
/// missing to it: 950 ‰ between 900 and 975. A parameter in which the two differ is what is asked, and one whose two ends are its value has
/// nothing to say: neither is played. Give it [`assumptions`], or others where you doubt a choice.
///
/// The two are played once as they are and once with every end, as many replicates as the trial has [at most](Trial::most), of the same draws, so
/// that what differs between ends is not how long they were looked at. An end with which the first sixteen replicates come out as without it, difference by difference, goes no further: it has the
/// difference as it is.
///
/// Intervals are those of [`compare`](super::compare), each by itself; with many parameters some sway by chance.
///
/// # Errors
///
/// [`SweepError`].
pub fn tornado(
    a: &Scenario<'_>,
    b: &Scenario<'_>,
    parameters: impl IntoIterator<Item = Parameter>,
    trial: &Trial,
    watch: impl FnMut(TornadoProgress) -> ControlFlow<()>,
) -> Result<Tornado, SweepError> {
    let names = |parameters: &[Parameter]| -> Vec<String> {
        parameters.iter().map(|p| p.as_str().to_owned()).collect()
    };
    a.comparable(b)?;
    let (mut asked, mut unvaried, mut varied) = (Vec::new(), Vec::new(), Vec::new());
    for parameter in parameters {
        let value = a.model().value(parameter);
        let ends = ends(parameter, value);
        match () {
            () if value != b.model().value(parameter) => asked.push(parameter),
            () if ends == [value; 2] => unvaried.push(parameter),
            () => varied.push((parameter, value, ends)),
        }
    }
    // What has the value that it has anyway is not played again.
    let plays =
        |value: u32, ends: [u32; 2]| ends.iter().filter(|end| **end != value).count() as u64;
    let many: u64 = varied
        .iter()
        .map(|(_, value, ends)| plays(*value, *ends))
        .sum();
    let mut play = Play {
        both: [a, b],
        trial,
        watch,
        progress: TornadoProgress {
            parameter: None,
            done: 0,
            most: trial.most().saturating_mul(1 + many),
        },
    };
    let all = trial.most();
    let base = play.differences(None, 0..all)?;
    let of = base.as_deref().and_then(estimate);
    let mut found = Tornado {
        unit: UNIT,
        a: a.provenance(),
        b: b.provenance(),
        measure: trial.measure,
        base: of,
        verdict: verdict(of, trial.margin.into(), true),
        replicates: if base.is_some() { all } else { 0 },
        rows: Vec::new(),
        asked: names(&asked),
        unvaried: names(&unvaried),
        left_out: Vec::new(),
        finished: base.is_some(),
    };
    // As many as tell a parameter that matters from one that does not.
    let first = base.as_deref().and_then(|base| base.get(..FIRST as usize));
    let mut varied = varied.into_iter();
    while let Some(first) = first.filter(|_| found.finished) {
        let Some((parameter, value, [low, high])) = varied.next() else {
            break;
        };
        play.progress.parameter = Some(parameter);
        let mut end = |at: u32| -> Result<Option<TornadoEnd>, SweepError> {
            let as_it_is = TornadoEnd {
                value: at,
                difference: found.base,
            };
            if at == value {
                return Ok(Some(as_it_is));
            }
            let after = play.progress.done + all;
            let with = Some((parameter, at));
            let Some(mut differences) = play.differences(with, 0..FIRST)? else {
                return Ok(None);
            };
            if differences == first {
                play.progress.done = after;
                return Ok(Some(as_it_is));
            }
            let Some(more) = play.differences(with, FIRST..all)? else {
                return Ok(None);
            };
            differences.extend(more);
            Ok(Some(TornadoEnd {
                value: at,
                difference: estimate(&differences),
            }))
        };
        let low = end(low)?;
        let both = match low {
            Some(low) => end(high)?.map(|high| (low, high)),
            None => None,
        };
        let Some((low, high)) = both else {
            found.finished = false;
            found.left_out.push(parameter.as_str().to_owned());
            break;
        };
        found.rows.push(Influence {
            parameter: parameter.as_str().to_owned(),
            value_unit: parameter.unit(),
            source: parameter.source().as_str(),
            value,
            low,
            high,
            sway: sway(found.base, [low.difference, high.difference]),
        });
    }
    let rest: Vec<Parameter> = varied.map(|(parameter, _, _)| parameter).collect();
    found.left_out.extend(names(&rest));
    // Of equals in the order of the parameters.
    found
        .rows
        .sort_by_key(|influence| std::cmp::Reverse(influence.swing()));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_by_hand() {
        assert_eq!(ends(Parameter::MenteeKeeps, 950), [900, 975]);
        assert_eq!(ends(Parameter::MenteeKeeps, 1000), [1000, 1000]);
        assert_eq!(ends(Parameter::MenteeKeeps, 667), [334, 834]);
        assert_eq!(ends(Parameter::MenteeKeeps, 666), [333, 999]);
        assert_eq!(ends(Parameter::Dropout, 3), [1, 5]);
        assert_eq!(ends(Parameter::Dropout, 0), [0, 0]);
        assert_eq!(ends(Parameter::MinutesSpread, 800), [400, 900]);
        assert_eq!(ends(Parameter::TrainMentors, 1), [0, 1]);
        assert_eq!(ends(Parameter::Sessions, 60), [30, 60]);
        assert_eq!(ends(Parameter::Movers, 1000), [500, 1000]);
        for &parameter in Parameter::ALL {
            for value in parameter.range() {
                let [low, high] = ends(parameter, value);
                assert!(low <= value && value <= high, "{parameter} {value}");
                assert!(parameter.range().contains(&low) && parameter.range().contains(&high));
            }
        }
    }

    #[test]
    fn sways_by_hand() {
        let of = |side: i64| {
            let mut sums = Sums::default();
            (0..16).for_each(|_| sums.add(side * 1_000));
            sums.estimate()
        };
        assert_eq!(sway(of(1), [of(1), of(1)]), Sway::Keeps);
        assert_eq!(sway(of(1), [of(1), of(0)]), Sway::Blurs);
        assert_eq!(sway(of(0), [of(1), of(0)]), Sway::Blurs);
        assert_eq!(sway(of(1), [of(0), of(-1)]), Sway::Turns);
        assert_eq!(sway(of(0), [of(-1), of(1)]), Sway::Turns);
        assert_eq!(sway(None, [None, of(0)]), Sway::Keeps);
        assert_eq!(sway(of(1), [None, of(1)]), Sway::Blurs);
    }
}
