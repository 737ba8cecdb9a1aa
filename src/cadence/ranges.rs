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

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().copied()
    }

    /// The ranges that have a day in `from..until`.
    pub(super) fn meeting(&self, from: i64, until: i64) -> impl Iterator<Item = (i64, i64)> {
        let at = self.0.partition_point(|&(_, last)| last < from);
        let later = self.0.iter().skip(at).copied();
        later.take_while(move |&(first, _)| first.max(from) < until)
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// All sets of eight days, as ranges that overlap and repeat, against a plain set.
    #[test]
    fn ranges_are_the_set_of_their_days() {
        for bits in 0u32..256 {
            let set: BTreeSet<i64> = (0..8).filter(|day| bits >> day & 1 == 1).collect();
            let whole = |first: i64, last: i64| (first..=last).all(|day| set.contains(&day));
            let within = |day: i64| (0..8).map(move |last| (day, last));
            let given = (0..8)
                .flat_map(within)
                .filter(|&(a, b)| a > b || whole(a, b));
            let ranges = Ranges::new(given);
            for day in -2..10 {
                let around = ranges.around(day);
                assert_eq!(around.is_some(), set.contains(&day), "{set:?}: {day}");
                if let Some((first, last)) = around {
                    assert!((first..=last).contains(&day) && whole(first, last));
                    assert!(!set.contains(&(first - 1)) && !set.contains(&(last + 1)));
                }
                let outside = (day..).find(|day| !set.contains(day));
                assert_eq!(Some(ranges.next_outside(day)), outside, "{set:?}: {day}");
                for until in day..10 {
                    let days = set.range(day..until).count() as i64;
                    assert_eq!(ranges.count(day, until), days, "{set:?}: {day}..{until}");
                    let meeting = ranges.meeting(day, until).collect::<BTreeSet<_>>();
                    let known = set.range(day..until).filter_map(|day| ranges.around(*day));
                    assert_eq!(meeting, known.collect(), "{set:?}: {day}..{until}");
                }
            }
        }
    }
}
