//! Two scenarios against each other, by common random numbers.

use std::fmt;
use std::ops::ControlFlow;

use serde::Serialize;

use super::replicates::{Replicate, Replicates};
use super::scenario::Scenario;
use super::stats::{Estimate, FIRST, LOOKS, QUANTILES, Sums};
use crate::health::Ratio;
use crate::simulation::{Measure, SimulationError};

/// How two scenarios are compared, and when it is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    measure: Measure,
    margin: u32,
    looks: usize,
    threads: Option<std::num::NonZeroUsize>,
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
    pub const fn on_threads(mut self, threads: std::num::NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }
}

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The first is higher.
    Higher,
    /// The first is lower.
    Lower,
    /// The two differ by less than the margin.
    Alike,
    /// The replicates do not say.
    CannotTell,
}

/// One measure of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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

/// Two scenarios that were played by the same draws, and what differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Contrast {
    /// The first.
    pub a: String,
    /// The second.
    pub b: String,
    /// On what the verdict is.
    pub measure: Measure,
    /// What is not worth a decision, in millionths.
    pub margin: u32,
    /// What came out.
    pub verdict: Verdict,
    /// Every measure.
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

impl Paired {
    fn add(&mut self, a: Ratio, b: Ratio) {
        let (a, b) = (millionths(a), millionths(b));
        if let Some(a) = a {
            self.a.add(a);
        }
        if let Some(b) = b {
            self.b.add(b);
        }
        // A replicate in which one of the two has no data has no difference.
        if let Some((a, b)) = a.zip(b) {
            self.difference.add(a - b);
        }
    }
}

/// Plays two scenarios by the same draws until the answer is clear: replicate by replicate, looking after 16 of them and
/// whenever they have doubled.
///
/// At every look the interval of the difference holds for all looks together at 95 % (Bonferroni over nine). It is enough where it
/// has nought on one side, where it lies within the margin, or at the last look. Whatever has the same draws and the same behaviour in
/// both goes the same way in both, so that differences show sooner than between programmes that know nothing of each other.
///
/// `watch` is told how many replicates are done, of how many at most; breaking ends it, with what is there.
///
/// # Errors
///
/// [`SimulationError`].
pub fn compare(
    a: &Scenario<'_>,
    b: &Scenario<'_>,
    trial: &Trial,
    mut watch: impl FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Contrast, SimulationError> {
    let both = [a.clone(), b.clone()];
    let mut sums = vec![Paired::default(); Measure::ALL.len()];
    let most = FIRST << (trial.looks - 1);
    let mut contrast = Contrast {
        a: a.name().to_owned(),
        b: b.name().to_owned(),
        measure: trial.measure,
        margin: trial.margin,
        verdict: Verdict::CannotTell,
        measures: Vec::new(),
        replicates: 0,
        finished: true,
    };
    let mut done = 0;
    for (look, quantile) in QUANTILES.iter().enumerate().take(trial.looks) {
        let mut replicates = Replicates::new(done..FIRST << look);
        if let Some(threads) = trial.threads {
            replicates = replicates.on_threads(threads);
        }
        let finished = replicates.each(&both, |played| {
            if let [a, b] = played {
                add(&mut sums, a, b);
            }
            done += 1;
            watch(done, most)
        })?;
        contrast.finished = finished;
        contrast.replicates = done;
        // Fewer than there should be at a look have wider intervals still: that of the look before is theirs.
        let quantile = match look.checked_sub(1).filter(|_| !finished) {
            Some(before) => QUANTILES.get(before).unwrap_or(quantile),
            None => quantile,
        };
        contrast.look(&sums, *quantile);
        if !finished || contrast.verdict != Verdict::CannotTell {
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

impl Contrast {
    fn look(&mut self, sums: &[Paired], quantile: f64) {
        let mean = |sums: &Sums| sums.estimate(0.0).map(|e| e.mean);
        let measures = Measure::ALL.iter().zip(sums);
        let measures = measures.map(|(measure, sums)| MeasureContrast {
            measure: *measure,
            a: mean(&sums.a),
            b: mean(&sums.b),
            // A broken-off first look has no quantile of its own.
            difference: (sums.difference.count() >= FIRST)
                .then(|| sums.difference.estimate(quantile))
                .flatten(),
        });
        self.measures = measures.collect();
        let margin = i64::from(self.margin);
        self.verdict = match self.difference() {
            Some(d) if d.low > -margin && d.high < margin => Verdict::Alike,
            Some(d) if d.low > 0 => Verdict::Higher,
            Some(d) if d.high < 0 => Verdict::Lower,
            _ => Verdict::CannotTell,
        };
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

    /// The verdict in a sentence, with how sure it is.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (a, b, n) = (&self.a, &self.b, self.replicates);
        let measure = self.measure.as_str().replace('_', " ");
        let Some(d) = self.difference() else {
            return format!(
                "Cannot tell: `{a}` and `{b}` have too little data on {measure} in {n} replicates."
            );
        };
        let [low, high] = d.ends();
        let margin = f64::from(self.margin) / 10_000.0;
        let sure = format!("95 % interval {low} to {high} points, {n} replicates");
        match self.verdict {
            Verdict::Higher => format!(
                "`{a}` has {} points more {measure} than `{b}` ({sure}).",
                d.points()
            ),
            Verdict::Lower => {
                let less = d.points();
                let less = less.trim_start_matches('−');
                format!("`{a}` has {less} points less {measure} than `{b}` ({sure}).")
            }
            Verdict::Alike => format!(
                "`{a}` and `{b}` differ by less than {margin:.1} points of {measure} ({sure})."
            ),
            Verdict::CannotTell => {
                format!("Cannot tell whether `{a}` or `{b}` has more {measure} ({sure}).")
            }
        }
    }
}

impl fmt::Display for Contrast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence())?;
        let percent = |mean: Option<i64>| {
            let shown = mean.map(|m| format!("{}.{} %", m / 10_000, m % 10_000 / 1000));
            shown.unwrap_or_else(|| "no data".to_owned())
        };
        let width = |name: &str| name.chars().count().clamp(8, 40) + 2;
        let (a, b) = (width(&self.a), width(&self.b));
        let columns = "points (95 % interval)";
        let (name_a, name_b) = (&self.a, &self.b);
        writeln!(
            f,
            "  {:<16}{name_a:>a$}{name_b:>b$}   {columns}",
            "at the end"
        )?;
        for m in &self.measures {
            let name = m.measure.as_str().replace('_', " ");
            let difference = m.difference.map(|d| d.to_string()).unwrap_or_default();
            let (mean_a, mean_b) = (percent(m.a), percent(m.b));
            let line = format!("  {name:<16}{mean_a:>a$}{mean_b:>b$}   {difference}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
