//! Which slots of a [`Grid`] count, with closed days and holds taken into account.
//!
//! Nothing walks from day to day or from slot to slot: what lies between two days is counted, one step for each closed
//! range and hold there.

use std::borrow::Cow;

use super::calendar::{Calendar, Holds};
use super::grid::Grid;
use super::ranges::{Ranges, date, number};
use super::rhythm::Rhythm;
use super::standing::Since;

/// The slots that are due after something, on a line of days.
///
/// The line of a rhythm that the calendar names is the calendar, with the holds on it. That of an interval is the
/// pairing's own: days from `since` on, those of the holds cut out.
pub(super) struct Slots<'a> {
    grid: Grid,
    /// The first that counts.
    due: i64,
    closed: Cow<'a, Ranges>,
    held_up: Cow<'a, Ranges>,
    line: Line<'a>,
}

enum Line<'a> {
    Calendar,
    Own { from: i64, cut: &'a Ranges },
}

impl Line<'_> {
    /// The place of a day on the line; of one that is cut out, that of the next day that is not.
    fn place(&self, day: i64) -> i64 {
        match *self {
            Self::Calendar => day,
            Self::Own { from, cut } => day - from - cut.count(from, day.max(from)),
        }
    }

    /// The day of a place that is not before `from`.
    fn day(&self, place: i64) -> i64 {
        let Self::Own { from, cut } = *self else {
            return place;
        };
        cut.meeting(from, i64::MAX)
            .map(|(first, last)| (first.max(from), last + 1))
            .fold(from + place, |day, (first, next)| {
                // What begins later than the day so far leaves it alone, and so does everything after that.
                if first <= day {
                    day + next - first
                } else {
                    day
                }
            })
    }
}

impl<'a> Slots<'a> {
    pub(super) fn new(
        rhythm: Rhythm,
        since: Since,
        holds: &'a Holds,
        calendar: &'a Calendar,
    ) -> Self {
        let from = number(since.day());
        let days = match rhythm.grid() {
            Ok(grid) => {
                let mut slots = Self {
                    grid,
                    due: 0,
                    closed: Cow::Borrowed(&calendar.closed),
                    held_up: Cow::Borrowed(&holds.days),
                    line: Line::Calendar,
                };
                let next = match since {
                    Since::Session(_) => grid.owner(from) + 1,
                    Since::Start(_) => slots.first_from(from + 1),
                };
                slots.due = slots.counting(next);
                return slots;
            }
            Err(days) => days,
        };
        let cut = &holds.days;
        if cut.meeting(from, i64::MAX).next().is_none() {
            // Nothing to cut out: the line is the calendar, and its closed days need no copy.
            let due = calendar.closed.next_outside(from + days);
            return Self {
                grid: Grid::Every { days, from: due },
                due: 0,
                closed: Cow::Borrowed(&calendar.closed),
                held_up: Cow::Owned(Ranges::NONE),
                line: Line::Calendar,
            };
        }
        let line = Line::Own { from, cut };
        let closed = calendar.closed.meeting(from, i64::MAX);
        let closed =
            closed.map(|(first, last)| (line.place(first.max(from)), line.place(last + 1) - 1));
        let closed = Ranges::new(closed);
        Self {
            // However long everything is closed: the first open day, since there is no other slot to wait for.
            grid: Grid::Every {
                days,
                from: closed.next_outside(days),
            },
            due: 0,
            closed: Cow::Owned(closed),
            held_up: Cow::Owned(Ranges::NONE),
            line,
        }
    }

    /// The day of a slot: its own or the next open one that belongs to it. `None` where all of these are closed.
    fn open_day(&self, slot: i64) -> Option<i64> {
        let day = self.closed.next_outside(self.grid.day(slot));
        (day <= self.grid.last_own(slot)).then_some(day)
    }

    /// The first slot from this one on that has a day, and that day.
    fn next_open(&self, mut slot: i64) -> (i64, i64) {
        // One closed range has all the rest of its days, so the next to ask is whose day comes after that range: there
        // are as many turns as ranges.
        for _ in self.closed.iter() {
            if let Some(day) = self.open_day(slot) {
                return (slot, day);
            }
            let after = self.closed.next_outside(self.grid.day(slot));
            slot = self.grid.owner(after);
        }
        (slot, self.closed.next_outside(self.grid.day(slot)))
    }

    /// The first slot whose day is not before a place on the line.
    fn first_from(&self, place: i64) -> i64 {
        let slot = self.grid.at_or_before(place);
        if self.open_day(slot).is_some_and(|day| day >= place) {
            return slot;
        }
        self.next_open(slot + 1).0
    }

    /// The first slot from this one on whose day is not held up.
    fn counting(&self, mut slot: i64) -> i64 {
        // Every turn leaves a hold behind.
        for _ in self.held_up.iter() {
            let (_, day) = self.next_open(slot);
            match self.held_up.around(day) {
                None => break,
                Some((_, last)) => slot = self.first_from(last + 1),
            }
        }
        self.next_open(slot).0
    }

    /// How many slots of `from..until` have a day; `from` is not after `until`.
    fn open(&self, from: i64, until: i64) -> i64 {
        let (first, end) = (self.grid.day(from), self.grid.day(until));
        let closed = self.closed.meeting(first, end);
        let long = closed.filter(|(first, last)| last - first >= self.grid.least_own());
        let closed = long.map(|(first, last)| {
            let shut = (self.grid.at_or_before(first - 1) + 1).max(from);
            (self.grid.owner(last + 1).min(until) - shut).max(0)
        });
        until - from - closed.sum::<i64>()
    }

    /// How many slots that count are past: before `as_of`.
    pub(super) fn past(&self, as_of: i64) -> i64 {
        let place = self.line.place(as_of);
        let end = self.first_from(place);
        let held_up = self.held_up.meeting(self.grid.day(self.due), place);
        let held_up = held_up.map(|(first, last)| {
            let from = self.first_from(first).max(self.due);
            let until = self.first_from(last + 1).min(end);
            self.open(from.min(until), until)
        });
        if end <= self.due {
            return 0;
        }
        self.open(self.due, end) - held_up.sum::<i64>()
    }

    /// The day of the first that counts.
    pub(super) fn due_day(&self) -> i64 {
        self.line.day(self.next_open(self.due).1)
    }

    /// The first that counts whose day is not before `as_of`.
    pub(super) fn next_day(&self, as_of: i64) -> i64 {
        let from = self.first_from(self.line.place(as_of)).max(self.due);
        self.line.day(self.next_open(self.counting(from)).1)
    }

    /// The day after the last one of the grace, which is that many days after the due one, neither closed nor held up.
    pub(super) fn overdue_from(&self, grace: u16) -> i64 {
        let (_, mut place) = self.next_open(self.due);
        for _ in 0..grace {
            place = self.next_free(place + 1);
        }
        self.line.day(place) + 1
    }

    fn next_free(&self, mut place: i64) -> i64 {
        // Every turn leaves a hold behind, and whatever is closed before it.
        for _ in self.held_up.iter() {
            let open = self.closed.next_outside(place);
            place = self.held_up.next_outside(open);
            if place == open {
                return open;
            }
        }
        self.closed.next_outside(place)
    }

    /// The days of those that count, one after the other, until Chrono's calendar ends.
    pub(super) fn days(self) -> impl Iterator<Item = chrono::NaiveDate> {
        let mut next = self.due;
        std::iter::from_fn(move || {
            let (slot, day) = self.next_open(next);
            let day = date(self.line.day(day))?;
            next = self.counting(slot + 1);
            Some(day)
        })
    }
}
