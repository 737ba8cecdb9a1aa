//! The days of which a page shows readings.

use chrono::{Datelike, Months, NaiveDate};

/// The last days of the months from that of `from` on, before `to`, then `to` itself: rising. Only `to` where `from` is
/// after it.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::report::month_ends;
///
/// let day = |month, day| NaiveDate::from_ymd_opt(2028, month, day).unwrap();
/// assert_eq!(month_ends(day(1, 5), day(3, 30)), [day(1, 31), day(2, 29), day(3, 30)]);
/// assert_eq!(month_ends(day(1, 5), day(1, 31)), [day(1, 31)]);
/// ```
#[must_use]
pub fn month_ends(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let first = from.with_day(1);
    let next = |day: &NaiveDate| day.checked_add_months(Months::new(1));
    let firsts = std::iter::successors(first.as_ref().and_then(next), next);
    let ends = firsts.map_while(|first| first.pred_opt());
    ends.take_while(|end| *end < to).chain([to]).collect()
}
