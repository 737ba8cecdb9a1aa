//! Who is the more experienced of two.

use std::cmp::Ordering;
use std::fmt;

/// Seniority: a grade, months of experience, or both. Age has no part in it.
///
/// The order is by grade, then by months where grades are equal. Two experiences that are measured differently cannot
/// always be compared, and then [`order`](Self::order) says so.
///
/// ```
/// use std::cmp::Ordering;
/// use reverse_mentoring::roster::Experience;
///
/// let junior = Experience::grade(3).and_months(14);
/// let senior = Experience::grade(7).and_months(2);
/// assert_eq!(junior.order(&senior), Some(Ordering::Less));
/// assert_eq!(Experience::grade(3).order(&Experience::months(40)), None);
/// ```
// INVARIANT (experience): at least one of the two is present. Kept by the constructors; the fields are private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Experience {
    grade: Option<i32>,
    months: Option<u32>,
}

impl Experience {
    /// A grade alone; larger is more senior.
    #[must_use]
    pub const fn grade(grade: i32) -> Self {
        Self {
            grade: Some(grade),
            months: None,
        }
    }

    /// Months of experience alone.
    #[must_use]
    pub const fn months(months: u32) -> Self {
        Self {
            grade: None,
            months: Some(months),
        }
    }

    /// The same with months of experience beside the grade.
    #[must_use]
    pub const fn and_months(self, months: u32) -> Self {
        Self {
            grade: self.grade,
            months: Some(months),
        }
    }

    /// What two optional cells of a file say; `None` where both are empty.
    #[must_use]
    pub const fn of(grade: Option<i32>, months: Option<u32>) -> Option<Self> {
        match (grade, months) {
            (None, None) => None,
            _ => Some(Self { grade, months }),
        }
    }

    /// The grade, where there is one.
    #[must_use]
    pub const fn as_grade(&self) -> Option<i32> {
        self.grade
    }

    /// The months, where they are known.
    #[must_use]
    pub const fn as_months(&self) -> Option<u32> {
        self.months
    }

    /// By grade, then by months; `None` where what would decide is known of one side only.
    #[must_use]
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        let by_grade = both(self.grade, other.grade)?;
        if by_grade.is_ne() {
            return Some(by_grade);
        }
        both(self.months, other.months)
    }

    /// Whether both are measured in the same way, so that [`order`](Self::order) always answers.
    #[must_use]
    pub const fn same_scale(&self, other: &Self) -> bool {
        self.grade.is_some() == other.grade.is_some()
            && self.months.is_some() == other.months.is_some()
    }
}

fn both<T: Ord>(a: Option<T>, b: Option<T>) -> Option<Ordering> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        (None, None) => Some(Ordering::Equal),
        _ => None,
    }
}

impl fmt::Display for Experience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.grade, self.months) {
            (Some(grade), Some(months)) => write!(f, "grade {grade}, {months} months"),
            (Some(grade), None) => write!(f, "grade {grade}"),
            (None, Some(months)) => write!(f, "{months} months"),
            (None, None) => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Ordering::{Equal, Greater, Less};

    #[test]
    fn order_by_hand() {
        let e = |g, m| Experience::of(g, m).unwrap();
        for (a, b, order) in [
            (e(Some(1), None), e(Some(2), None), Some(Less)),
            (e(Some(2), None), e(Some(2), None), Some(Equal)),
            (e(Some(2), Some(9)), e(Some(2), Some(8)), Some(Greater)),
            (e(Some(2), Some(9)), e(Some(2), None), None),
            (e(Some(1), Some(9)), e(Some(2), None), Some(Less)),
            (e(None, Some(9)), e(None, Some(9)), Some(Equal)),
            (e(None, Some(9)), e(Some(1), Some(9)), None),
            (e(Some(-3), None), e(Some(0), None), Some(Less)),
        ] {
            assert_eq!(a.order(&b), order, "{a} against {b}");
            assert_eq!(b.order(&a), order.map(Ordering::reverse));
        }
        assert_eq!(Experience::of(None, None), None);
    }

    #[test]
    fn one_scale_is_the_same_measures() {
        let measures = [(Some(1), None), (None, Some(9)), (Some(2), Some(9))];
        let all = measures.map(|(grade, months)| Experience::of(grade, months).unwrap());
        for (at, a) in all.iter().enumerate() {
            for (other, b) in all.iter().enumerate() {
                assert_eq!(a.same_scale(b), at == other, "{a} and {b}");
            }
        }
    }
}
