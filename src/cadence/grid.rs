//! Slots without end in either direction: the day of the k-th, and which slot a day belongs to, each in constant time.
//!
//! Days are [numbers](super::ranges::number), so nothing here ends where Chrono's calendar does.

use super::rhythm::Nth;

/// Days from the start of year 0's March to the first day of the common era, less one.
const FROM_MARCH: i64 = 305;
/// Days in 400 years, and months in them.
const CYCLE: (i64, i64) = (146_097, 4_800);

/// Slots by number. Those of a month have the number of the month since January of year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grid {
    /// Slot 0 on a day, and one every so many days before and after it.
    Every { days: i64, from: i64 },
    /// A day of each month, or its last.
    MonthDay { day: i64 },
    /// The first to fourth, or last, such weekday of each month; Monday is 0.
    MonthWeekday { nth: Nth, weekday: i64 },
}

impl Grid {
    /// The own day of a slot.
    pub(super) const fn day(self, slot: i64) -> i64 {
        match self {
            Self::Every { days, from } => from + days * slot,
            Self::MonthDay { day } => {
                let (first, next) = (month_start(slot), month_start(slot + 1));
                let of_month = first + day - 1;
                if of_month < next { of_month } else { next - 1 }
            }
            Self::MonthWeekday { nth, weekday } => match nth.weeks_after_first() {
                Some(weeks) => {
                    let first = month_start(slot);
                    first + (weekday - weekday_of(first)).rem_euclid(7) + 7 * weeks
                }
                None => {
                    let last = month_start(slot + 1) - 1;
                    last - (weekday_of(last) - weekday).rem_euclid(7)
                }
            },
        }
    }

    /// The last slot whose own day is not after `day`.
    pub(super) fn at_or_before(self, day: i64) -> i64 {
        if let Self::Every { days, from } = self {
            return (day - from).div_euclid(days);
        }
        let month = month_of(day);
        if self.day(month) <= day {
            month
        } else {
            month - 1
        }
    }

    /// The last day that belongs to a slot: as near to it as to the next one, or the last that is nearer.
    pub(super) const fn last_own(self, slot: i64) -> i64 {
        (self.day(slot) + self.day(slot + 1)).div_euclid(2)
    }

    /// The fewest days after its own that belong to a slot: a closed range that is no longer than that leaves every slot a day.
    pub(super) const fn least_own(self) -> i64 {
        match self {
            Self::Every { days, .. } => days / 2,
            Self::MonthDay { .. } | Self::MonthWeekday { .. } => 14,
        }
    }

    /// The slot that a day belongs to: the nearest, of two as near the earlier.
    pub(super) fn owner(self, day: i64) -> i64 {
        let slot = self.at_or_before(day);
        if day <= self.last_own(slot) {
            slot
        } else {
            slot + 1
        }
    }
}

/// Monday is 0; day 1 was one.
const fn weekday_of(day: i64) -> i64 {
    (day - 1).rem_euclid(7)
}

/// The first day of a month, counted from January of year 0 as 0.
///
/// Years are taken from March to February, so that a leap day is the last of its year; from March on the lengths
/// 31 30 31 30 31 repeat, which is what 153 days in five months says.
const fn month_start(month: i64) -> i64 {
    let (year, of_year) = ((month - 2).div_euclid(12), (month - 2).rem_euclid(12));
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * of_year + 2) / 5 - FROM_MARCH
}

/// The month of a day: from the mean length of a month it is at most one off.
fn month_of(day: i64) -> i64 {
    let (days, months) = CYCLE;
    let guess = 12 + (day * months).div_euclid(days);
    if month_start(guess) > day {
        guess - 1
    } else if month_start(guess + 1) <= day {
        guess + 1
    } else {
        guess
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, NaiveDate};

    fn months() -> impl Iterator<Item = (i64, NaiveDate)> {
        let years = (-262_143..=-262_130)
            .chain(-900..=2900)
            .chain(262_130..=262_142);
        years.flat_map(|year| {
            (0..12).map(move |month| {
                let first = NaiveDate::from_ymd_opt(year, month + 1, 1).unwrap();
                (12 * i64::from(year) + i64::from(month), first)
            })
        })
    }

    /// Chrono has another algorithm (tables by year and ordinal), so it is the judge here.
    #[test]
    fn months_begin_where_chrono_begins_them() {
        for (month, first) in months() {
            let start = month_start(month);
            assert_eq!(start, i64::from(first.num_days_from_ce()), "{first}");
            let weekday = i64::from(first.weekday().num_days_from_monday());
            assert_eq!(weekday_of(start), weekday, "{first}");
            let last = month_start(month + 1) - 1;
            for day in [start, start + 1, start + 14, last - 1, last] {
                assert_eq!(month_of(day), month, "{first}: {day}");
            }
        }
    }

    /// The calendar repeats after 400 years, so that no day is left out.
    #[test]
    fn every_day_is_in_its_month() {
        let (days, months) = CYCLE;
        for day in 1..=days {
            let date = NaiveDate::from_num_days_from_ce_opt(day as i32).unwrap();
            let month = 12 * i64::from(date.year()) + i64::from(date.month0());
            assert_eq!(month_of(day), month, "{date}");
            for cycles in [-3, 1, 7] {
                assert_eq!(month_of(day + cycles * days), month + cycles * months);
            }
        }
    }

    /// Every day belongs to the slot whose own day is nearest, of two as near the earlier: found by looking at all of them.
    #[test]
    fn days_belong_to_the_nearest_slot() {
        let grids = [
            Grid::Every { days: 7, from: 3 },
            Grid::Every {
                days: 14,
                from: -40,
            },
            Grid::MonthDay { day: 31 },
            Grid::MonthDay { day: 1 },
            Grid::MonthWeekday {
                nth: Nth::Last,
                weekday: 4,
            },
            Grid::MonthWeekday {
                nth: Nth::Second,
                weekday: 0,
            },
        ];
        for grid in grids {
            let slots: Vec<(i64, i64)> = (-60..260).map(|slot| (slot, grid.day(slot))).collect();
            let rising = slots.windows(2).all(|two| two[0].1 < two[1].1);
            assert!(rising, "{grid:?}");
            for day in 1..400 {
                let nearest = slots.iter().min_by_key(|(_, own)| (day - own).abs());
                let slot = nearest.unwrap().0;
                assert_eq!(grid.owner(day), slot, "{grid:?}: {day}");
                assert_eq!(day > grid.last_own(slot - 1), day <= grid.last_own(slot));
                let before = slots.iter().rfind(|(_, own)| *own <= day).unwrap().0;
                assert_eq!(grid.at_or_before(day), before, "{grid:?}: {day}");
                let own = grid.day(slot);
                let least = grid.least_own();
                assert!((0..=least).all(|after| grid.owner(own + after) == slot));
            }
            // It is the most of which that can be said.
            let least = grid.least_own() + 1;
            let all = slots
                .iter()
                .all(|(slot, own)| grid.owner(own + least) == *slot);
            assert!(!all, "{grid:?}");
        }
    }
}
