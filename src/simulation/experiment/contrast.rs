//! Two scenarios against each other, by common random numbers.

use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};

use serde::Serialize;

use super::provenance::Provenance;
use super::replicates::{Replicate, Replicates};
use super::scenario::Scenario;
use super::stats::{Estimate, FIRST, LOOKS, Sums};
use crate::health::Ratio;
use crate::simulation::{Measure, SimulationError};

/// How two scenarios are compared, and when it is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    pub(super) measure: Measure,
    pub(super) margin: u32,
    looks: usize,
    threads: Option<NonZeroUsize>,
}

impl Trial {
    /// On a measure at the end; 4,096 replicates at most, and a margin of half a point.
    #[must_use]
    pub const fn on(measure: Measure) -> Self {
        Self {
            measure,
            margin: 5_000,
            looks: LOOKS,
            threads: None,
        }
    }

    /// A difference of so many thousandths is not worth a decision; 0 for every difference is.
    ///
    /// A trial goes on until the difference is known to be smaller, or larger. With 0 nothing is ever [`Verdict::Alike`].
    #[must_use]
    pub const fn margin(mut self, thousandths: u16) -> Self {
        self.margin = 1000 * thousandths as u32;
        self
    }

    /// No more replicates than these, rounded down to 16 doubled some times: 16 to 4,096.
    #[must_use]
    pub fn at_most(mut self, replicates: u64) -> Self {
        let fits = (1..LOOKS).filter(|look| FIRST << look <= replicates);
        self.looks = 1 + fits.count();
        self
    }

    /// On so many threads; on as many as the machine has unless stated.
    #[must_use]
    pub const fn on_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// How many replicates of each it plays at most: what [`at_most`](Self::at_most) came to.
    #[must_use]
    pub const fn most(&self) -> u64 {
        FIRST << (self.looks - 1)
    }

    /// These replicates on the threads of the trial.
    pub(super) fn replicates(&self, numbers: Range<u64>) -> Replicates {
        let replicates = Replicates::new(numbers);
        match self.threads {
            Some(threads) => replicates.on_threads(threads),
            None => replicates,
        }
    }
}

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The first is higher, by more than the margin; where all replicates are played or it was broken off, by more than nought.
    Higher,
    /// The first is lower, likewise.
    Lower,
    /// The two differ by less than the margin.
    Alike,
    /// The replicates do not say.
    CannotTell,
}

/// One measure of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MeasureContrast {
    /// Which.
    pub measure: Measure,
    /// The mean of the first, in millionths; `None` without data.
    pub a: Option<i64>,
    /// That of the second.
    pub b: Option<i64>,
    /// The first less the second, replicate by replicate.
    pub difference: Option<Estimate>,
}

/// In what the numbers of a result are.
pub(super) const UNIT: &str = "millionths of the whole";

/// Two scenarios that were played by the same draws, and what differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Contrast {
    /// In what means, differences and margin are: millionths of the whole, of which 10,000 are a point of a per cent.
    pub unit: &'static str,
    /// The first.
    pub a: Provenance,
    /// The second.
    pub b: Provenance,
    /// On what the verdict is.
    pub measure: Measure,
    /// What is not worth a decision, in millionths.
    pub margin: u32,
    /// What came out.
    pub verdict: Verdict,
    /// Every measure; each interval holds by itself, and the verdict is on one of them.
    pub measures: Vec<MeasureContrast>,
    /// Replicates of each that were played.
    pub replicates: u64,
    /// Whether it was let come to an end.
    pub finished: bool,
}

/// The sums of one measure: of the first, of the second, of their difference.
#[derive(Debug, Clone, Copy, Default)]
struct Paired {
    a: Sums,
    b: Sums,
    difference: Sums,
}

/// A share in millionths, rounded down.
fn millionths(ratio: Ratio) -> Option<i64> {
    let share = 1_000_000 * u128::from(ratio.part());
    i64::try_from(share.checked_div(ratio.whole().into())?).ok()
}

/// The first less the second; a replicate in which one of the two has no data has no difference.
pub(super) fn difference(a: Ratio, b: Ratio) -> Option<i64> {
    let (a, b) = millionths(a).zip(millionths(b))?;
    Some(a - b)
}

impl Paired {
    fn add(&mut self, a: Ratio, b: Ratio) {
        if let Some(a) = millionths(a) {
            self.a.add(a);
        }
        if let Some(b) = millionths(b) {
            self.b.add(b);
        }
        if let Some(difference) = difference(a, b) {
            self.difference.add(difference);
        }
    }
}

/// Plays two scenarios by the same draws until the answer is clear: replicate by replicate, looking after 16 of them and
/// whenever they have doubled.
///
/// It is enough where the interval of the difference lies within the margin, or wholly beyond it on one side, or at the last look, where an
/// interval that does not hold nought still says which is higher. Whatever has the same draws and the same behaviour in
/// both goes the same way in both, so that differences show sooner than between programmes that know nothing of each other.
///
/// # The interval
///
/// Student's t of the paired differences at 95 % for all looks together (Bonferroni over nine), made wider on the long side of skewed differences
/// (Johnson 1978). While fewer than ten replicates differ at all, both ends are let out by 5.886 of the count: what so many replicates
/// cannot have seen of differences of up to a hundred points (the rule of three at the level of a look). So 16 replicates that are all alike say
/// no more than "within 37 points", and it takes 2,048 of them for "within half a point". It is of the measure on which the trial is; those of the
/// other measures are made likewise, each for itself, with no correction for there being many.
///
/// `watch` is told how many replicates are done, of how many at most; breaking ends it, with what is there, and whatever still plays ends before
/// its next day.
///
/// # Errors
///
/// [`SimulationError`]; [`SimulationError::Apart`] where the two have different seeds or run for different months.
///
/// ```
/// # use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
/// # use reverse_mentoring::testing::Company;
/// use std::ops::ControlFlow;
///
/// use chrono::NaiveDate;
/// use reverse_mentoring::cadence::Cadence;
/// use reverse_mentoring::simulation::experiment::{Scenario, Trial, Verdict, compare};
/// use reverse_mentoring::simulation::{Measure, Setup};
///
/// # let company = Company::sample()?;
/// let setup = Setup::new(company.roster(), NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()).with_months(4);
/// let plan = setup.plan()?.approve(CoordinatorId::from_source(&mut SequentialIds::new(1)));
/// let monthly = Scenario::planned("monthly", setup.clone(), &plan);
/// let weekly = Scenario::planned("weekly", setup.clone().with_cadence(Cadence::WEEKLY), &plan);
/// let trial = Trial::on(Measure::Sessions).at_most(64);
/// let contrast = compare(&weekly, &monthly, &trial, |_, _| ControlFlow::Continue(()))?;
/// assert_eq!(contrast.verdict, Verdict::Higher);
///
/// let other = Scenario::planned("other draws", setup.with_seed(2, 0), &plan);
/// let error = compare(&weekly, &other, &trial, |_, _| ControlFlow::Continue(())).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "two programmes are compared by the same draws over the same time, and their seeds differ: 1 and 2"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(
    a: &Scenario<'_>,
    b: &Scenario<'_>,
    trial: &Trial,
    mut watch: impl FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Contrast, SimulationError> {
    a.comparable(b)?;
    let both = [a.clone(), b.clone()];
    let mut sums = vec![Paired::default(); Measure::ALL.len()];
    let most = trial.most();
    let mut contrast = Contrast {
        unit: UNIT,
        a: a.provenance(),
        b: b.provenance(),
        measure: trial.measure,
        margin: trial.margin,
        verdict: Verdict::CannotTell,
        measures: Vec::new(),
        replicates: 0,
        finished: true,
    };
    let mut done = 0;
    for look in 0..trial.looks {
        let finished = trial
            .replicates(done..FIRST << look)
            .each(&both, |played| {
                if let [a, b] = played {
                    add(&mut sums, a, b);
                }
                done += 1;
                watch(done, most)
            })?;
        contrast.finished = finished;
        contrast.replicates = done;
        // Whoever breaks off looks once instead of at the looks that are left.
        let last = !finished || look + 1 == trial.looks;
        contrast.look(&sums, last);
        if last || contrast.verdict != Verdict::CannotTell {
            break;
        }
    }
    Ok(contrast)
}

fn add(sums: &mut [Paired], a: &Replicate, b: &Replicate) {
    for (sums, measure) in sums.iter_mut().zip(Measure::ALL) {
        sums.add(a.at_the_end(*measure), b.at_the_end(*measure));
    }
}

/// What an interval says beside a margin.
pub(super) fn verdict(difference: Option<Estimate>, margin: i64, last: bool) -> Verdict {
    let Some(d) = difference else {
        return Verdict::CannotTell;
    };
    let beyond = if last { 0 } else { margin };
    match d.side() {
        _ if d.low > -margin && d.high < margin => Verdict::Alike,
        1 if d.low >= beyond => Verdict::Higher,
        -1 if d.high <= -beyond => Verdict::Lower,
        _ => Verdict::CannotTell,
    }
}

impl Contrast {
    fn look(&mut self, sums: &[Paired], last: bool) {
        let measures = Measure::ALL.iter().zip(sums);
        let measures = measures.map(|(measure, sums)| MeasureContrast {
            measure: *measure,
            a: sums.a.mean(),
            b: sums.b.mean(),
            difference: sums.difference.estimate(),
        });
        self.measures = measures.collect();
        self.verdict = verdict(self.difference(), self.margin.into(), last);
    }

    /// One measure.
    #[must_use]
    pub fn of(&self, measure: Measure) -> Option<&MeasureContrast> {
        self.measures.iter().find(|m| m.measure == measure)
    }

    /// The difference on which the verdict is.
    #[must_use]
    pub fn difference(&self) -> Option<Estimate> {
        self.of(self.measure)?.difference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(low: i64, mean: i64, high: i64) -> Option<Estimate> {
        let mut sums = Sums::default();
        (0..16).for_each(|_| sums.add(mean));
        let estimate = sums.estimate()?;
        Some(Estimate {
            low,
            high,
            ..estimate
        })
    }

    #[test]
    fn verdicts_beside_a_margin() {
        let says = |low, high, margin| {
            [false, true].map(|last| verdict(of(low, (low + high) / 2, high), margin, last))
        };
        use Verdict::{Alike, CannotTell, Higher, Lower};
        assert_eq!(says(1_000, 6_000, 5_000), [CannotTell, Higher]);
        assert_eq!(says(-6_000, -1_000, 5_000), [CannotTell, Lower]);
        assert_eq!(says(5_000, 9_000, 5_000), [Higher, Higher]);
        assert_eq!(says(-9_000, -5_001, 5_000), [Lower, Lower]);
        assert_eq!(says(1_000, 4_999, 5_000), [Alike, Alike]);
        assert_eq!(says(-5_000, 4_999, 5_000), [CannotTell, CannotTell]);
        assert_eq!(says(0, 0, 0), [CannotTell, CannotTell]);
        assert_eq!(says(1, 2, 0), [Higher, Higher]);
        assert_eq!(verdict(None, 5, true), CannotTell);
    }
}
