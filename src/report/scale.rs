//! Values to places on paper, in whole numbers.

use chrono::NaiveDate;

use crate::health::{Ratio, Target};

/// A line of values onto a line of places, linear, rounded down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The first value and its place.
    pub(super) from: (i64, i64),
    /// The last value and its place.
    pub(super) to: (i64, i64),
}

impl Scale {
    /// The place of a value; where all values are one, the last.
    pub(super) fn place(self, value: i64) -> i64 {
        let ((v0, p0), (v1, p1)) = (self.from, self.to);
        let (v0, v1, p0, p1) = (
            i128::from(v0),
            i128::from(v1),
            i128::from(p0),
            i128::from(p1),
        );
        let moved = (i128::from(value) - v0) * (p1 - p0);
        let place = match v1 - v0 {
            0 => p1,
            span => p0 + moved.div_euclid(span),
        };
        // Values lie between the two, and so do places.
        i64::try_from(place).unwrap_or(self.to.1)
    }
}

/// Round values from below the least of some data to above the greatest.
#[cfg(feature = "simulation")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Steps {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) step: i64,
}

#[cfg(feature = "simulation")]
impl Steps {
    pub(super) fn values(self) -> impl Iterator<Item = i64> {
        let next = move |at: &i64| at.checked_add(self.step).filter(|at| *at <= self.to);
        std::iter::successors(Some(self.from), next)
    }
}

/// No more steps than `most`, each once, twice or five times a power of ten of the unit; one step at least.
#[cfg(feature = "simulation")]
pub(super) fn round_steps(lowest: i64, highest: i64, unit: i64, most: i64) -> Steps {
    let powers = std::iter::successors(Some(unit), |unit| unit.checked_mul(10));
    let sizes = powers.flat_map(|power| [1, 2, 5].map(|times: i64| power.saturating_mul(times)));
    let of = |step: i64| {
        let from = lowest.div_euclid(step).saturating_mul(step);
        let above = highest.saturating_sub(from).max(1);
        let steps = above.div_euclid(step) + i64::from(above.rem_euclid(step) > 0);
        let to = from.saturating_add(steps.saturating_mul(step));
        (steps, Steps { from, to, step })
    };
    let mut all = sizes.map(of);
    let found = all.find(|(steps, _)| *steps <= most);
    let unlikely = Steps {
        from: lowest,
        to: highest,
        step: i64::MAX,
    };
    found.map_or(unlikely, |(_, steps)| steps)
}

/// A day as a value.
pub(super) fn day_number(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// Tenths of a per cent, halves rounded up, as [`Ratio::percent`] has them; `None` without data.
pub(super) fn per_mille(ratio: Ratio) -> Option<i64> {
    let (part, whole) = (u128::from(ratio.part()), u128::from(ratio.whole()));
    let rounded = (2000 * part + whole).checked_div(2 * whole)?;
    i64::try_from(rounded).ok()
}

/// The least and the greatest whole per cent that meet a target.
///
/// Asked of the target itself, so that no kind of target is unknown here.
pub(super) fn band(target: Target) -> Option<(i64, i64)> {
    let meets = |percent: &u64| {
        let ratio = Ratio::new(*percent, 100);
        ratio.and_then(|ratio| target.is_met(ratio)) == Some(true)
    };
    let low = (0..=100).find(meets)?;
    let high = (0..=100).rev().find(meets)?;
    i64::try_from(low).ok().zip(i64::try_from(high).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_by_hand() {
        let scale = Scale {
            from: (0, 100),
            to: (1000, 0),
        };
        assert_eq!([0, 250, 999, 1000].map(|v| scale.place(v)), [100, 75, 0, 0]);
        let point = Scale {
            from: (5, 10),
            to: (5, 20),
        };
        assert_eq!(point.place(5), 20);
        let wide = Scale {
            from: (i64::MIN, 0),
            to: (i64::MAX, 10),
        };
        assert_eq!([i64::MIN, 0, i64::MAX].map(|v| wide.place(v)), [0, 5, 10]);
    }

    #[cfg(feature = "simulation")]
    #[test]
    fn steps_by_hand() {
        let of = |lowest, highest, unit, most| {
            let steps = round_steps(lowest, highest, unit, most);
            (steps.from, steps.to, steps.step)
        };
        assert_eq!(of(0, 1000, 10, 4), (0, 1000, 500));
        assert_eq!(of(0, 800, 10, 4), (0, 800, 200));
        assert_eq!(of(812, 979, 10, 4), (800, 1000, 50));
        assert_eq!(of(812, 812, 10, 4), (810, 820, 10));
        assert_eq!(of(-123, 45, 10, 5), (-150, 50, 50));
        assert_eq!(of(0, 0, 1_000, 5), (0, 1_000, 1_000));
        assert_eq!(
            round_steps(-20, 20, 10, 4).values().collect::<Vec<_>>(),
            [-20, -10, 0, 10, 20]
        );
        let wide = round_steps(i64::MIN, i64::MAX, 1, 4);
        assert!(wide.values().count() < 9, "{wide:?}");
    }

    #[test]
    fn tenths_are_those_of_the_text() {
        for whole in 1..60u64 {
            for part in 0..=whole {
                let ratio = Ratio::new(part, whole).unwrap();
                let tenths = per_mille(ratio).unwrap();
                let text = format!("{}.{} %", tenths / 10, tenths % 10);
                assert_eq!(ratio.percent(), Some(text));
            }
        }
        assert_eq!(per_mille(Ratio::NO_DATA), None);
        let large = Ratio::new(u64::MAX - 1, u64::MAX).unwrap();
        assert_eq!(per_mille(large), Some(1000));
    }

    #[test]
    fn bands_by_hand() {
        assert_eq!(band(Target::AtLeast(80)), Some((80, 100)));
        assert_eq!(band(Target::Between(20, 50)), Some((20, 50)));
        assert_eq!(band(Target::Between(50, 20)), None);
        assert_eq!(band(Target::AtLeast(101)), None);
    }
}
