//! The judge: a list of all days, made by counting, and the definitions of the module's table read off it.
//!
//! It divides nothing, calls no date arithmetic and knows no closed form: the nearest slot is found by walking both ways
//! until one is met, the next open day by walking on.

/// A day as counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) day: u32,
    /// Monday is 0.
    pub(crate) weekday: u32,
}

fn is_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// All days from 1 January 1998, a Thursday, to the end of a year.
pub(crate) fn days_to(last_year: i32) -> Vec<Day> {
    let (mut all, mut weekday) = (Vec::new(), 3);
    for year in 1998..=last_year {
        for month in 1..=12 {
            for day in 1..=length(year, month) {
                all.push(Day {
                    year,
                    month,
                    day,
                    weekday,
                });
                weekday = if weekday == 6 { 0 } else { weekday + 1 };
            }
        }
    }
    all
}

/// What repeats, in the judge's own words.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Repeats {
    Days(usize),
    /// Every so many weeks; one of them on this place of the list.
    Weeks(usize, usize),
    MonthDay(u32),
    /// The first to fourth (1–4) or last (0) of a weekday.
    MonthWeekday(u32, u32),
}

/// The last session, or the start, as a place in the list of days.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Last {
    Session(usize),
    Start(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) due: Option<usize>,
    pub(crate) overdue_from: Option<usize>,
    pub(crate) missed: u32,
    pub(crate) next: Option<usize>,
}

/// The slots of a rhythm in a world.
pub(crate) struct Slots {
    repeats: Repeats,
    /// Those that count, each with its own day and the day that it is on.
    pub(crate) counting: Vec<(usize, usize)>,
    /// For each day the own day of the slot it is nearest to.
    nearest: Vec<Option<usize>>,
}

/// A list of days with those that are closed and those that are held up.
pub(crate) struct World<'a> {
    pub(crate) days: &'a [Day],
    pub(crate) closed: Vec<bool>,
    pub(crate) held_up: Vec<bool>,
}

impl World<'_> {
    /// The own days of the slots that the calendar names.
    fn own_days(&self, repeats: Repeats) -> Vec<bool> {
        let mut slot = vec![false; self.days.len()];
        match repeats {
            Repeats::Days(_) => {}
            Repeats::Weeks(weeks, on) => {
                let mut at = on;
                while at < slot.len() {
                    slot[at] = true;
                    at += 7 * weeks;
                }
                let mut at = on;
                while at >= 7 * weeks {
                    at -= 7 * weeks;
                    slot[at] = true;
                }
            }
            Repeats::MonthDay(wanted) => {
                for (at, d) in self.days.iter().enumerate() {
                    let last = length(d.year, d.month);
                    slot[at] = d.day == wanted || (wanted > last && d.day == last);
                }
            }
            Repeats::MonthWeekday(nth, weekday) => {
                let mut seen = 0;
                for (at, d) in self.days.iter().enumerate() {
                    if d.day == 1 {
                        seen = 0;
                    }
                    if d.weekday == weekday {
                        seen += 1;
                        let is_last = d.day + 7 > length(d.year, d.month);
                        slot[at] = if nth == 0 { is_last } else { seen == nth };
                    }
                }
            }
        }
        slot
    }

    /// For each day the own day of the slot it is nearest to, of two as near the earlier.
    fn nearest(own: &[bool]) -> Vec<Option<usize>> {
        let walk = |at: usize| {
            for far in 0..own.len() {
                if far <= at && own[at - far] {
                    return Some(at - far);
                }
                if at + far < own.len() && own[at + far] {
                    return Some(at + far);
                }
            }
            None
        };
        (0..own.len()).map(walk).collect()
    }

    /// What the calendar names; nothing for an interval.
    pub(crate) fn slots(&self, repeats: Repeats) -> Slots {
        if let Repeats::Days(_) = repeats {
            return Slots {
                repeats,
                counting: Vec::new(),
                nearest: Vec::new(),
            };
        }
        let own = self.own_days(repeats);
        let nearest = Self::nearest(&own);
        let mut slots = Vec::new();
        for at in (0..own.len()).filter(|&at| own[at]) {
            let mut on = at;
            while on < own.len() && nearest[on] == Some(at) && self.closed[on] {
                on += 1;
            }
            if on < own.len() && nearest[on] == Some(at) && !self.held_up[on] {
                slots.push((at, on));
            }
        }
        Slots {
            repeats,
            counting: slots,
            nearest,
        }
    }

    /// The days of the slots after something.
    pub(crate) fn due_days(&self, slots: &Slots, last: Last) -> Vec<usize> {
        let (Last::Session(from) | Last::Start(from)) = last;
        if let Repeats::Days(every) = slots.repeats {
            return self.due_every(every, from);
        }
        let after = |&(own, on): &(usize, usize)| match last {
            Last::Session(day) => slots.nearest[day].is_none_or(|nearest| own > nearest),
            Last::Start(day) => on > day,
        };
        let due = slots.counting.iter().filter(|slot| after(slot));
        due.map(|&(_, on)| on).collect()
    }

    fn due_every(&self, every: usize, from: usize) -> Vec<usize> {
        let mut running = (from..self.days.len()).filter(|&at| !self.held_up[at]);
        let running: Vec<usize> = running.by_ref().collect();
        let mut first = every;
        while first < running.len() && self.closed[running[first]] {
            first += 1;
        }
        let mut due = Vec::new();
        while first < running.len() {
            let own = (0..=every / 2).map(|later| running.get(first + later).copied());
            due.extend(own.flatten().find(|&at| !self.closed[at]));
            first += every;
        }
        due
    }

    pub(crate) fn answer(&self, slots: &Slots, grace: usize, last: Last, as_of: usize) -> Answer {
        let slots = self.due_days(slots, last);
        let overdue_from = slots.first().and_then(|&due| {
            let free =
                (due + 1..self.days.len()).filter(|&at| !self.closed[at] && !self.held_up[at]);
            let last_of_grace = if grace == 0 {
                Some(due)
            } else {
                free.take(grace).nth(grace - 1)
            };
            last_of_grace.map(|at| at + 1)
        });
        let past = slots.iter().filter(|&&on| on < as_of).count();
        Answer {
            due: slots.first().copied(),
            overdue_from,
            missed: u32::try_from(past).unwrap(),
            next: slots.iter().copied().find(|&on| on >= as_of),
        }
    }
}

/// The judge's own anchors: days that anybody can look up.
#[test]
fn the_judge_can_count() {
    let days = days_to(2104);
    let find = |year, month, day| {
        let found = days
            .iter()
            .filter(|d| (d.year, d.month, d.day) == (year, month, day));
        found.map(|d| d.weekday).collect::<Vec<_>>()
    };
    assert_eq!(find(1998, 1, 1), [3]); // a Thursday
    assert_eq!(find(2000, 2, 29), [1]); // a Tuesday
    assert_eq!(find(2024, 12, 25), [2]); // a Wednesday
    assert_eq!(find(2026, 1, 1), [3]); // a Thursday
    assert_eq!(find(2100, 2, 28), [6]); // a Sunday
    assert_eq!(find(2100, 3, 1), [0]);
    assert!(find(2100, 2, 29).is_empty() && find(2023, 2, 29).is_empty());
}
