//! Means and intervals of replicates, from exact sums.
//!
//! An interval is Student's t, widened outwards for two things that it does not know of. One is skewness: ends move out, never in, by the
//! correction of Johnson (1978, *Modified t tests and confidence intervals for asymmetrical populations*, JASA 73:536–544), so that a few large
//! differences on one side count for the many replicates in which nothing differed. The other is what so few replicates cannot have seen: while
//! fewer than [`FEW`] of them differ at all, both ends move out by what the rule of three leaves open (Hanley and Lippman-Hand 1983, *If nothing
//! goes wrong, is everything all right?*, JAMA 249:1743–1745) at the level of a look, ln(2 · 9 / 0.05) of the count, times the most by which two
//! shares can differ.

use std::fmt;

use serde::Serialize;

/// A mean with its interval, in millionths of the whole: a difference of 10,000 is one point of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// In how many of them it is not nought.
    pub differing: u64,
}

/// Points of a per cent with so many decimals, one to four; halves away from nought.
fn points(millionths: i64, decimals: u32) -> String {
    let unit = 10u64.pow(4u32.saturating_sub(decimals));
    let shown = (millionths.unsigned_abs() + unit / 2) / unit;
    let sign = if millionths < 0 && shown > 0 {
        "−"
    } else {
        ""
    };
    let whole = 10u64.pow(decimals);
    let width = decimals as usize;
    format!("{sign}{}.{:0width$}", shown / whole, shown % whole)
}

impl Estimate {
    /// As many decimals as it takes for an end that is not nought not to look like it.
    fn decimals(&self) -> u32 {
        let seen = |end: i64, decimals: u32| {
            end == 0 || 2 * end.unsigned_abs() >= 10u64.pow(4u32.saturating_sub(decimals))
        };
        let enough = |decimals: &u32| seen(self.low, *decimals) && seen(self.high, *decimals);
        (1..4).find(enough).unwrap_or(4)
    }

    /// The mean in points of a per cent, with its sign and one decimal, or more where an end of the interval would look like nought and is not.
    #[must_use]
    pub fn points(&self) -> String {
        points(self.mean, self.decimals())
    }

    /// The two ends of the interval likewise.
    #[must_use]
    pub fn ends(&self) -> [String; 2] {
        [self.low, self.high].map(|end| points(end, self.decimals()))
    }

    /// On which side of nought the whole interval lies: 1, −1, or 0 where it holds nought.
    pub(super) const fn side(&self) -> i8 {
        match (self.low > 0, self.high < 0) {
            (true, _) => 1,
            (_, true) => -1,
            _ => 0,
        }
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Where all are alike there is nothing to estimate from: the ends say what so few cannot have seen.
        if self.differing == 0 {
            return f.pad("the same in every one");
        }
        let [low, high] = self.ends();
        f.pad(&format!("{} ({low} to {high})", self.points()))
    }
}

/// Sums of numbers of millionths, from which a mean and its spread follow.
// INVARIANT (exact): values are from −1,000,000 to 1,000,000, and no more than 4,096 of them: what is made of them stays below 2¹⁰⁰.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    count: u64,
    differing: u64,
    sum: i128,
    squares: i128,
    cubes: i128,
}

/// How often a trial looks at what it has: after 16 replicates, and whenever they have doubled, nine times at most.
pub(super) const LOOKS: usize = 9;

/// Replicates at the first look.
pub(super) const FIRST: u64 = 16;

/// Below so many differences that are not nought, what was not seen may weigh more than what was.
const FEW: u64 = 10;

/// By how much two shares can differ at most, in millionths.
const MOST: f64 = 1_000_000.0;

/// ln(2 · 9 / 0.05): what so many replicates cannot have seen is below this in so many, but for one look of 360.
const UNSEEN: f64 = 5.886_104_031_450_156;

/// Quantiles of Student's t for 16 replicates, 32 and so on, with one degree of freedom less, at 0.025 / 9 in each tail: who looks
/// nine times and errs at most so often each time errs in one trial of twenty at most, however the looks hang together (Bonferroni).
/// Computed from the incomplete beta function.
const QUANTILES: [f64; LOOKS] = [
    3.2346, 2.9806, 2.8717, 2.8211, 2.7967, 2.7848, 2.7788, 2.7759, 2.7744,
];

/// The quantile for so many differences: that of the next lower count in the table, which is wider. None of fewer than the first.
fn quantile(count: u64) -> Option<f64> {
    let counts = (0..LOOKS).map(|look| FIRST << look);
    let known = counts
        .zip(QUANTILES)
        .take_while(|(known, _)| *known <= count);
    known.last().map(|(_, quantile)| quantile)
}

impl Sums {
    pub(super) fn add(&mut self, value: i64) {
        let value = i128::from(value);
        self.count += 1;
        self.differing += u64::from(value != 0);
        self.sum += value;
        self.squares += value * value;
        self.cubes += value * value * value;
    }

    /// The mean, halves up; of nothing there is none.
    pub(super) fn mean(&self) -> Option<i64> {
        let count = i128::from(self.count);
        let doubled = (2 * self.sum + count).checked_div_euclid(2 * count)?;
        i64::try_from(doubled).ok()
    }

    /// The mean with its interval; of fewer than sixteen there is none.
    ///
    /// The only steps that leave whole numbers are products, quotients and a root, which IEEE 754 rounds alike everywhere.
    pub(super) fn estimate(&self) -> Option<Estimate> {
        let quantile = quantile(self.count)?;
        let mean = self.mean()?;
        let n = i128::from(self.count);
        let spread = n * self.squares - self.sum * self.sum;
        let variance = spread as f64 / (n * n * (n - 1)) as f64;
        let half = quantile * variance.sqrt();
        // The third central moment by the second, divided by n: by so much times (1 + 2 t²) / 6 a skewed mean is off.
        let third = n * n * self.cubes - 3 * n * self.sum * self.squares
            + 2 * self.sum * self.sum * self.sum;
        let skew = match spread {
            0 => 0.0,
            spread => {
                (1.0 + 2.0 * quantile * quantile) / 6.0 * (third as f64 / spread as f64)
                    / (n * n) as f64
            }
        };
        let unseen = match self.differing < FEW {
            true => MOST * UNSEEN / n as f64,
            false => 0.0,
        };
        let below = (half + unseen + (-skew).max(0.0)).ceil() as i64;
        let above = (half + unseen + skew.max(0.0)).ceil() as i64;
        Some(Estimate {
            mean,
            // Two shares differ by the whole at most.
            low: mean.saturating_sub(below).max(-1_000_000),
            high: mean.saturating_add(above).min(1_000_000),
            replicates: self.count,
            differing: self.differing,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(values: impl IntoIterator<Item = i64>) -> Sums {
        let mut sums = Sums::default();
        values.into_iter().for_each(|value| sums.add(value));
        sums
    }

    /// By hand: eight times 10,000 and 30,000 have the mean 20,000 and the variance 8/15 · 2 · 10⁸, so the standard error is
    /// 10,000 / √15 = 2,581.99; 3.2346 of it are 8,351.7. They are symmetric.
    #[test]
    fn a_mean_and_its_interval_by_hand() {
        let estimate = sums([10_000, 30_000].repeat(8)).estimate().unwrap();
        assert_eq!(
            (estimate.mean, estimate.low, estimate.high),
            (20_000, 11_648, 28_352)
        );
        assert_eq!(estimate.to_string(), "2.0 (1.2 to 2.8)");
        assert_eq!(sums([1; 15]).estimate(), None);
        assert_eq!((sums([]).mean(), sums([-3, -2]).mean()), (None, Some(-2)));
    }

    /// By hand: 5.8861 / 16 is 36.788 points; 5.8861 / 4096 are 0.1437.
    #[test]
    fn what_was_not_seen_counts() {
        let ends = |sums: Sums| {
            let estimate = sums.estimate().unwrap();
            (estimate.low, estimate.high, estimate.differing)
        };
        assert_eq!(ends(sums([0; 16])), (-367_882, 367_882, 0));
        assert_eq!(ends(sums(vec![0; 4096])), (-1_438, 1_438, 0));
        assert_eq!(ends(sums([5_000; 16])), (5_000, 5_000, 16));
        // Nine of a thousand and 24 in which one gained everything, beside ten: the rule of three leaves off.
        let some = |n: usize| sums((0..1024).map(|at| if at < n { 1_000_000 } else { 0 }));
        let (nine, ten) = (ends(some(9)), ends(some(10)));
        assert!(nine.1 > ten.1 && nine.0 < ten.0, "{nine:?} {ten:?}");
        // The exact upper bound of a count of ten, at 1 / 360 in the tail, is 21.4: here 21.5 of 1,024.
        assert!((20_900..21_100).contains(&ten.1), "{ten:?}");
    }

    /// What is skewed downwards widens downwards, and as much.
    #[test]
    fn skewness_has_a_side() {
        let up = sums((0..64).map(|at| if at < 16 { 100_000 } else { 0 }))
            .estimate()
            .unwrap();
        let down = sums((0..64).map(|at| if at < 16 { -100_000 } else { 0 }))
            .estimate()
            .unwrap();
        assert_eq!((up.low, up.high), (-down.high, -down.low));
        assert!(up.high - up.mean > up.mean - up.low);
    }

    #[test]
    fn points_by_hand() {
        assert_eq!(points(-1_600, 1), "−0.2");
        assert_eq!(points(-400, 1), "0.0");
        assert_eq!(points(-400, 2), "−0.04");
        assert_eq!(points(-450, 1), "0.0");
        assert_eq!(points(500, 1), "0.1");
        assert_eq!(points(1_000_000, 1), "100.0");
        let shown = |low, mean, high| {
            let (replicates, differing) = (16, 16);
            Estimate {
                mean,
                low,
                high,
                replicates,
                differing,
            }
            .to_string()
        };
        assert_eq!(shown(-3_000, -1_600, -40), "−0.160 (−0.300 to −0.004)");
        assert_eq!(shown(-3_000, -1_600, 0), "−0.2 (−0.3 to 0.0)");
        assert_eq!(shown(-3_000, -1_600, -1), "−0.1600 (−0.3000 to −0.0001)");
        assert_eq!(shown(-600, -500, 600), "−0.1 (−0.1 to 0.1)");
    }
}
