//! Means and intervals of replicates, from exact sums.

use std::fmt;

use serde::Serialize;

/// A mean with its interval, in millionths of the whole: a difference of 10,000 is one point of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The mean, rounded to a millionth.
    pub mean: i64,
    /// The lower end of the interval, rounded away from the mean.
    pub low: i64,
    /// The upper end, likewise.
    pub high: i64,
    /// How many replicates it rests on.
    pub replicates: u64,
}

/// Points of a per cent with one decimal.
fn points(millionths: i64) -> String {
    let tenths = (millionths.abs() + 500) / 1000;
    let sign = if millionths < 0 && tenths > 0 {
        "−"
    } else {
        ""
    };
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

impl Estimate {
    /// The mean in points of a per cent, with one decimal and its sign.
    #[must_use]
    pub fn points(&self) -> String {
        points(self.mean)
    }

    /// The two ends of the interval likewise.
    #[must_use]
    pub fn ends(&self) -> [String; 2] {
        [points(self.low), points(self.high)]
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [low, high] = self.ends();
        f.pad(&format!("{} ({low} to {high})", self.points()))
    }
}

/// Sums of numbers of millionths, from which a mean and its spread follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    count: u64,
    sum: i128,
    squares: i128,
}

impl Sums {
    pub(super) fn add(&mut self, value: i64) {
        let value = i128::from(value);
        self.count += 1;
        self.sum += value;
        self.squares += value * value;
    }

    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    /// With a quantile of Student's t for the count. `None` of fewer than two.
    ///
    /// The only steps that leave whole numbers are a division, a root and a product, which IEEE 754 rounds alike everywhere.
    pub(super) fn estimate(&self, quantile: f64) -> Option<Estimate> {
        let count = i128::from(self.count);
        if count < 2 {
            return None;
        }
        let spread = count * self.squares - self.sum * self.sum;
        let variance = spread as f64 / (count * count * (count - 1)) as f64;
        let half = (quantile * variance.sqrt()).ceil() as i64;
        let mean = i64::try_from((2 * self.sum + count).div_euclid(2 * count)).ok()?;
        Some(Estimate {
            mean,
            low: mean.saturating_sub(half),
            high: mean.saturating_add(half),
            replicates: self.count,
        })
    }
}

/// How often a trial looks at what it has: after 16 replicates, and whenever they have doubled, nine times at most.
pub(super) const LOOKS: usize = 9;

/// Replicates at the first look.
pub(super) const FIRST: u64 = 16;

/// Quantiles of Student's t for each look, with one degree of freedom less than replicates, at 0.025 / 9 in each tail: who looks
/// nine times and errs at most so often each time errs in one trial of twenty at most, however the looks hang together (Bonferroni).
/// Computed from the incomplete beta function.
pub(super) const QUANTILES: [f64; LOOKS] = [
    3.2346, 2.9806, 2.8717, 2.8211, 2.7967, 2.7848, 2.7788, 2.7759, 2.7744,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 1, 2, 3, 4 have the mean 2.5 and the variance 5/3, so the standard error is √(5/12) = 0.6455.
    #[test]
    fn a_mean_and_its_interval_by_hand() {
        let mut sums = Sums::default();
        assert_eq!(sums.estimate(2.0), None);
        for value in [10_000, 20_000, 30_000, 40_000] {
            sums.add(value);
        }
        let estimate = sums.estimate(2.0).unwrap();
        // 2 × 6,454.97 is 12,909.94.
        assert_eq!(
            (estimate.mean, estimate.low, estimate.high),
            (25_000, 12_090, 37_910)
        );
        assert_eq!(estimate.to_string(), "2.5 (1.2 to 3.8)");
        let mut below = Sums::default();
        below.add(-1_600);
        below.add(-1_600);
        assert_eq!(
            below.estimate(2.0).unwrap().to_string(),
            "−0.2 (−0.2 to −0.2)"
        );
        assert_eq!(points(-400), "0.0");
    }
}
