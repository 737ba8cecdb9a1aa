//! Exact intervals against published values, and against tails summed in whole numbers of any length.

use reverse_mentoring::health::{Interval, Ratio};

fn share(part: u64, whole: u64) -> (i32, i32) {
    let interval = Interval::of_share(Ratio::new(part, whole).unwrap()).unwrap();
    (interval.low(), interval.high())
}

/// A whole number of any length, its digits to the base 2^32 from the lowest.
#[derive(Clone, PartialEq, Eq)]
struct Big(Vec<u32>);

impl Big {
    fn times(&self, by: u32) -> Self {
        let (mut digits, mut carry) = (Vec::new(), 0u64);
        for digit in &self.0 {
            let product = u64::from(*digit) * u64::from(by) + carry;
            digits.push(product as u32);
            carry = product >> 32;
        }
        digits.push(carry as u32);
        Self(digits).trimmed()
    }

    fn plus(&self, other: &Self) -> Self {
        let (mut digits, mut carry) = (Vec::new(), 0u64);
        for at in 0..self.0.len().max(other.0.len()) {
            let digit = |n: &Self| u64::from(n.0.get(at).copied().unwrap_or(0));
            let sum = digit(self) + digit(other) + carry;
            digits.push(sum as u32);
            carry = sum >> 32;
        }
        digits.push(carry as u32);
        Self(digits).trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.0.len() > 1 && self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn at_most(&self, other: &Self) -> bool {
        let length = self.0.len().cmp(&other.0.len());
        let digits = || self.0.iter().rev().cmp(other.0.iter().rev());
        length.then_with(digits).is_le()
    }
}

/// The weight of each count among 10,000^n, by adding one person after the other: no formula of a binomial.
fn weights(n: usize, steps: u32) -> Vec<Big> {
    let mut weights = vec![Big(vec![1])];
    for _ in 0..n {
        let mut next = vec![Big(vec![0]); weights.len() + 1];
        for (count, weight) in weights.iter().enumerate() {
            next[count] = next[count].plus(&weight.times(10_000 - steps));
            next[count + 1] = next[count + 1].plus(&weight.times(steps));
        }
        weights = next;
    }
    weights
}

/// Whether `part` or more of `n` have a chance of at most one in `tail`.
fn rare_above(part: usize, weights: &[Big], tail: u32) -> bool {
    let sum = |weights: &[Big]| weights.iter().fold(Big(vec![0]), |sum, w| sum.plus(w));
    sum(&weights[part..]).times(tail).at_most(&sum(weights))
}

fn rare_below(part: usize, weights: &[Big], tail: u32) -> bool {
    let sum = |weights: &[Big]| weights.iter().fold(Big(vec![0]), |sum, w| sum.plus(w));
    sum(&weights[..=part]).times(tail).at_most(&sum(weights))
}

/// That an end is the very step: it is rare there, and one step further in it is not.
fn is_exact(part: usize, n: usize, (low, high): (i32, i32), tail: u32) {
    let (low, high) = (low as u32, high as u32);
    if part == 0 {
        assert_eq!(low, 0);
    } else {
        assert!(rare_above(part, &weights(n, low), tail), "{part} of {n}");
        assert!(
            !rare_above(part, &weights(n, low + 1), tail),
            "{part} of {n}"
        );
    }
    if part == n {
        assert_eq!(high, 10_000);
    } else {
        assert!(rare_below(part, &weights(n, high), tail), "{part} of {n}");
        assert!(
            !rare_below(part, &weights(n, high - 1), tail),
            "{part} of {n}"
        );
    }
}

#[test]
fn every_small_count_has_the_very_interval() {
    for n in 1..=16 {
        for part in 0..=n {
            is_exact(part, n, share(part as u64, n as u64), 40);
        }
    }
    for (part, n) in [(1, 40), (20, 40), (37, 40), (3, 90), (45, 90), (90, 90)] {
        is_exact(part, n, share(part as u64, n as u64), 40);
    }
}

/// Clopper–Pearson at 95 %, as tables and R's `binom.test` have them, to four decimals; ours may be a step wider.
#[test]
fn published_values() {
    for (part, whole, low, high) in [
        (0, 10, 0, 3085),
        (1, 10, 25, 4450),
        (5, 10, 1871, 8129),
        (10, 10, 6915, 10_000),
        (0, 20, 0, 1684),
        (2, 20, 123, 3170),
        (8, 20, 1912, 6395),
        (10, 100, 490, 1762),
        (50, 100, 3983, 6017),
        (682, 925, 7076, 7654),
    ] {
        let (found_low, found_high) = share(part, whole);
        assert!((low - found_low).abs() <= 1, "{part} {whole}: {found_low}");
        assert!(
            (found_high - high).abs() <= 1,
            "{part} {whole}: {found_high}"
        );
    }
}

#[test]
fn sides_mirror_and_large_counts_stay_in_time() {
    for (part, whole) in [
        (0, 1),
        (3, 7),
        (700, 1_000),
        (12_345, 50_000),
        (1, 1_000_000),
        (500_000, 1_000_000),
        (u64::from(u32::MAX) / 3, u64::from(u32::MAX)),
        (u64::from(u32::MAX), u64::from(u32::MAX)),
    ] {
        let ((low, high), (other_low, other_high)) =
            (share(part, whole), share(whole - part, whole));
        assert_eq!((low, high), (10_000 - other_high, 10_000 - other_low));
        // The share itself is within.
        let at = i128::from(part) * 10_000;
        let whole = i128::from(whole);
        assert!(i128::from(low) * whole <= at && at <= i128::from(high) * whole);
    }
    // 500,000 of 1,000,000: 1.96 standard errors of 0.0005, one step of rounding on each side.
    assert_eq!(share(500_000, 1_000_000), (4990, 5010));
    let ratio = Ratio::new(1, u64::from(u32::MAX) + 1).unwrap();
    assert_eq!(Interval::of_share(ratio), None);
    assert_eq!(Interval::of_share(Ratio::NO_DATA), None);
    assert_eq!(
        Interval::of_difference(Ratio::NO_DATA, Ratio::new(1, 2).unwrap()),
        None
    );
}

#[test]
fn more_people_say_more() {
    // Twice the people at the same share: no wider at either end.
    for n in 1..40 {
        for part in 0..=n {
            let ((low, high), (low2, high2)) = (share(part, n), share(2 * part, 2 * n));
            assert!(low2 >= low && high2 <= high, "{part} {n}");
        }
    }
    // One more of the same group: both ends rise.
    for part in 0..40 {
        let ((low, high), (low2, high2)) = (share(part, 40), share(part + 1, 40));
        assert!(low2 > low && high2 >= high, "{part}");
    }
}

/// The share of all outcomes, each with its chance, in which the interval has the difference: at least 95 %.
#[test]
fn a_difference_is_covered() {
    let chances = |n: usize, steps: u32| -> Vec<f64> {
        let p = f64::from(steps) / 10_000.0;
        let mut chances = vec![1.0];
        for _ in 0..n {
            let mut next = vec![0.0; chances.len() + 1];
            for (count, chance) in chances.iter().enumerate() {
                next[count] += chance * (1.0 - p);
                next[count + 1] += chance * p;
            }
            chances = next;
        }
        chances
    };
    for (n, m) in [(1, 1), (3, 5), (8, 8), (5, 12)] {
        let of = |a: usize, b: usize| {
            let ratio = |k: usize, n: usize| Ratio::new(k as u64, n as u64).unwrap();
            Interval::of_difference(ratio(a, n), ratio(b, m)).unwrap()
        };
        for p in (0..=10_000).step_by(500) {
            for q in (0..=10_000).step_by(500) {
                let difference = p as i32 - q as i32;
                let (one, other) = (chances(n, p), chances(m, q));
                let mut covered = 0.0;
                for (a, x) in one.iter().enumerate() {
                    for (b, y) in other.iter().enumerate() {
                        let interval = of(a, b);
                        if interval.low() <= difference && difference <= interval.high() {
                            covered += x * y;
                        }
                    }
                }
                assert!(covered >= 0.95 - 1e-9, "{n} {m} {p} {q}: {covered}");
            }
        }
    }
}

#[test]
fn a_difference_is_made_of_two_wider_intervals() {
    // 5 of 10 at 97.5 %: the ends are rare at one in 80 and not one step further in.
    let half = Ratio::new(5, 10).unwrap();
    let none = Ratio::new(0, u64::from(u32::MAX)).unwrap();
    // A share of nobody among so many is known to the step.
    let difference = Interval::of_difference(half, none).unwrap();
    is_exact(5, 10, (difference.low() + 1, difference.high()), 80);
    let turned = Interval::of_difference(none, half).unwrap();
    assert_eq!(
        (turned.low(), turned.high()),
        (-difference.high(), -difference.low())
    );
    assert_eq!(turned.decimals(), ["-0.8415", "-0.1584"]);
    let nobody = Interval::of_share(Ratio::new(0, 10).unwrap()).unwrap();
    assert_eq!(nobody.decimals(), ["0.0000", "0.3085"]);
}
