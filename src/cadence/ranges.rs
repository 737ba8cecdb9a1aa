//! Sets of days as a few ranges, however many days they hold.

use chrono::{Datelike, NaiveDate};

/// The number of a day: 1 January of year 1 is 1, as in Chrono's `num_days_from_ce`.
pub(super) fn number(day: NaiveDate) -> i64 {
    day.num_days_from_ce().into()
}

/// The day of a number; `None` where Chrono's calendar has ended.
pub(super) fn date(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}

/// A set of days, by number.
// INVARIANT (ranges): first <= last in each, rising, and at least one day between two of them. Kept by `new`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Ranges(Vec<(i64, i64)>);

impl Ranges {
    pub(super) const NONE: Self = Self(Vec::new());

    /// The days of these ranges, first and last included, in any order; one that ends before it begins has none.
    pub(super) fn new(ranges: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let some = ranges.into_iter().filter(|(first, last)| first <= last);
        let mut sorted: Vec<_> = some.collect();
        sorted.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(sorted.len());
        for (first, last) in sorted {
            match merged.last_mut() {
                Some((_, end)) if first <= *end + 1 => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Self(merged)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().copied()
    }

    /// The ranges that have a day in `from..until`.
    pub(super) fn meeting(&self, from: i64, until: i64) -> impl Iterator<Item = (i64, i64)> {
        let at = self.0.partition_point(|&(_, last)| last < from);
        let later = self.0.iter().skip(at).copied();
        later.take_while(move |&(first, _)| first < until)
    }

    /// The range that a day is in.
    pub(super) fn around(&self, day: i64) -> Option<(i64, i64)> {
        self.meeting(day, day + 1).next()
    }

    /// The day itself, or the first one after the range that it is in.
    pub(super) fn next_outside(&self, day: i64) -> i64 {
        self.around(day).map_or(day, |(_, last)| last + 1)
    }

    /// How many days of `from..until` are in the set.
    pub(super) fn count(&self, from: i64, until: i64) -> i64 {
        let days = |(first, last): (i64, i64)| (last + 1).min(until) - first.max(from);
        self.meeting(from, until).map(days).sum()
    }
}
