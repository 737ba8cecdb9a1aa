//! Exact intervals of shares, in integers.

use std::fmt;

use super::metric::Ratio;

/// A step of an interval: one hundredth of a percentage point.
const STEPS: u32 = 10_000;
/// 2.5 % in each tail: a share at 95 %. As odds, since a tail of at most 1 in 40 is one of at most 1 to 39.
const SHARE: u128 = 39;
/// 1.25 % in each tail: each of two shares, so that both hold at 95 % (Bonferroni).
const EACH_OF_TWO: u128 = 79;
/// The term to which all others are in proportion. Terms are below 80 times the sum of one tail, that is below 2^80, and
/// are multiplied by numbers below 2^46: nothing leaves 128 bits. It is 2^56.
const UNIT: u128 = 0x0100_0000_0000_0000;

/// Between which shares the one behind a count lies, at 95 % confidence; or between which differences.
///
/// **Of a share**: Clopper and Pearson (*Biometrika* 26, 1934, 404–413). The lower end is the largest share under which
/// so many or more would come out with a chance of 2.5 % at most, the upper end likewise. Exact means that it covers the
/// share at least 95 times in 100, for whatever group size; it is wider than an approximation, most of all for small
/// groups.
///
/// **Of a difference** of two shares: from the two intervals at 97.5 %, lower end minus upper end to upper end minus
/// lower end. Both hold at once with 95 % (Bonferroni's inequality), so it covers the difference at least as often; it
/// is wider than it need be, and asks for no approximation and no search.
///
/// Ends are in steps of 0.01 percentage points, rounded outwards, and worked out in integers alone: the terms of a tail in
/// proportion to that of the count itself, each rounded so that a doubt widens the interval. The same counts give the same
/// interval on every machine.
///
/// ```
/// use reverse_mentoring::health::{Interval, Ratio};
///
/// let of = |part, whole| Interval::of_share(Ratio::new(part, whole)?);
/// assert_eq!(of(5, 10).unwrap().to_string(), "18.70–81.30 %");
/// assert_eq!(of(0, 10).unwrap().to_string(), "0.00–30.85 %");
/// assert_eq!(of(0, 0), None); // no data
///
/// let (stayed, others) = (Ratio::new(46, 50).unwrap(), Ratio::new(148, 200).unwrap());
/// let difference = Interval::of_difference(stayed, others).unwrap();
/// assert_eq!(difference.to_string(), "-1.67–31.83 %");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    low: i32,
    high: i32,
}

impl Interval {
    /// Of the share behind a count; `None` without data, and for a whole above 4,294,967,295.
    #[must_use]
    pub fn of_share(ratio: Ratio) -> Option<Self> {
        Self::at(ratio, SHARE)
    }

    /// Of the first share minus the second, where nobody counts in both; `None` where either has no interval.
    #[must_use]
    pub fn of_difference(one: Ratio, other: Ratio) -> Option<Self> {
        let (one, other) = (Self::at(one, EACH_OF_TWO)?, Self::at(other, EACH_OF_TWO)?);
        Some(Self {
            low: one.low - other.high,
            high: one.high - other.low,
        })
    }

    fn at(ratio: Ratio, odds: u128) -> Option<Self> {
        let whole = u32::try_from(ratio.whole()).ok().filter(|n| *n > 0)?;
        let part = u32::try_from(ratio.part()).ok()?;
        let end = |steps| i32::try_from(steps).ok();
        Some(Self {
            low: end(lower_end(part, whole, odds))?,
            high: end(STEPS - lower_end(whole - part, whole, odds))?,
        })
    }

    /// The lower end, in hundredths of a percentage point.
    #[must_use]
    pub const fn low(self) -> i32 {
        self.low
    }

    /// The upper end, in hundredths of a percentage point.
    #[must_use]
    pub const fn high(self) -> i32 {
        self.high
    }

    /// Both ends with four decimals, such as `0.1870` and `-0.0164`.
    #[must_use]
    pub fn decimals(self) -> [String; 2] {
        [self.low, self.high].map(|end| {
            let (sign, end) = (if end < 0 { "-" } else { "" }, end.unsigned_abs());
            format!("{sign}{}.{:04}", end / STEPS, end % STEPS)
        })
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [low, high] = [self.low, self.high].map(|end| {
            let (sign, end) = (if end < 0 { "-" } else { "" }, end.unsigned_abs());
            format!("{sign}{}.{:02}", end / 100, end % 100)
        });
        f.pad(&format!("{low}–{high} %"))
    }
}

/// The largest share, in steps, under which `part` or more of `whole` are rare.
fn lower_end(part: u32, whole: u32, odds: u128) -> u32 {
    if part == 0 {
        return 0;
    }
    // Under the share itself so many or more are not rare; above it, less so.
    let share = u64::from(part) * u64::from(STEPS) / u64::from(whole);
    let mut rare = 0;
    // Bit by bit from the highest that a number of steps has.
    for bit in (0..14).rev().map(|bit| 1 << bit) {
        let next = rare + bit;
        if u64::from(next) <= share && is_rare(next, part, whole, odds) {
            rare = next;
        }
    }
    rare
}

/// Whether `part` or more of `whole` come out with odds of one to `odds` at most, under a share of so many steps, which is
/// neither zero nor above `part` of `whole`. A doubt is a no.
fn is_rare(steps: u32, part: u32, whole: u32, odds: u128) -> bool {
    let (yes, no) = (u128::from(steps), u128::from(STEPS - steps));
    let (part, whole) = (u128::from(part), u128::from(whole));
    // The term of i + 1 is that of i times this; it falls from `part` on, since the share is not above it.
    let rise = |i: u128| ((whole - i) * yes, (i + 1) * no);
    let (mut term, mut above) = (UNIT, UNIT);
    for i in part..whole {
        let (by, over) = rise(i);
        let small = term <= UNIT >> 40;
        term = if small {
            rest(term, by, over)
        } else {
            (term * by).div_ceil(over)
        };
        above += term;
        if small {
            break;
        }
    }
    let enough = odds * above;
    let (mut term, mut below) = (UNIT, 0);
    for i in (0..part).rev() {
        let (over, by) = rise(i);
        term = term * by / over;
        below += term;
        if below >= enough {
            return true;
        }
        if term == 0 {
            return false;
        }
    }
    false
}

/// No less than all terms together that follow one, where the next is `by / over` of it and all others fall at least as fast:
/// a geometric series.
fn rest(term: u128, by: u128, over: u128) -> u128 {
    (term * by).div_ceil((over - by).max(1))
}

#[cfg(test)]
mod tests {
    use super::rest;

    /// What follows is summed one by one, in 2^64ths: by so many that no more than one of the rest is missing.
    #[test]
    fn the_rest_of_a_geometric_series() {
        for (term, by, over) in [
            (10, 1, 3),
            (65_536, 2, 3),
            (7, 99, 100),
            (1, 1, 1000),
            (9, 0, 4),
        ] {
            let (mut next, mut sum): (u128, u128) = (term << 64, 0);
            for _ in 0..20_000 {
                next = next * by / over;
                sum += next;
            }
            let (found, exact) = (rest(term, by, over) << 64, sum);
            assert!(
                found >= exact && found - exact <= (1 << 64) + 20_000,
                "{term} {by} {over}"
            );
        }
    }
}
