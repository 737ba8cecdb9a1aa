//! Every rhythm over a century of days before the judge, plain, and under random closed days and holds.

use std::collections::HashMap;
use std::ops::Bound;

use chrono::{NaiveDate, Weekday};
use reverse_mentoring::cadence::{Cadence, Calendar, Holds, Nth, Rhythm, Since};

use super::judge::{Answer, Day, Last, Repeats, World, days_to};

const NTHS: [Nth; 5] = [Nth::Last, Nth::First, Nth::Second, Nth::Third, Nth::Fourth];
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

struct Dates {
    days: Vec<Day>,
    dates: Vec<NaiveDate>,
    place: HashMap<NaiveDate, usize>,
}

impl Dates {
    fn to(last_year: i32) -> Self {
        let days = days_to(last_year);
        let date = |d: &Day| NaiveDate::from_ymd_opt(d.year, d.month, d.day).unwrap();
        let dates: Vec<_> = days.iter().map(date).collect();
        let place = dates.iter().copied().zip(0..).collect();
        Self { days, dates, place }
    }

    fn rhythm(&self, repeats: Repeats) -> Rhythm {
        let small = |n: u32| u8::try_from(n).unwrap();
        let short = |n: usize| u16::try_from(n).unwrap();
        match repeats {
            Repeats::Days(days) => Rhythm::days(short(days)).unwrap(),
            Repeats::Weeks(weeks, on) => Rhythm::weeks(short(weeks), self.dates[on]).unwrap(),
            Repeats::MonthDay(day) => Rhythm::month_day(small(day)).unwrap(),
            Repeats::MonthWeekday(nth, weekday) => {
                Rhythm::month_weekday(NTHS[nth as usize], WEEKDAYS[weekday as usize])
            }
        }
    }

    fn since(&self, last: Last) -> Since {
        match last {
            Last::Session(at) => Since::Session(self.dates[at]),
            Last::Start(at) => Since::Start(self.dates[at]),
        }
    }

    /// The place of a date; `None` beyond the list, where the judge sees nothing either.
    fn seen(&self, date: Option<NaiveDate>) -> Option<usize> {
        date.and_then(|date| self.place.get(&date).copied())
    }

    fn open(&self) -> World<'_> {
        World {
            days: &self.days,
            closed: vec![false; self.days.len()],
            held_up: vec![false; self.days.len()],
        }
    }
}

/// SplitMix64: a stream of numbers for each seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }
}

fn every_rhythm() -> Vec<Repeats> {
    let mut all: Vec<Repeats> = (1..=366).map(Repeats::Days).collect();
    all.extend((1..=52).map(|weeks| Repeats::Weeks(weeks, 10_000 + weeks)));
    all.extend((1..=31).map(Repeats::MonthDay));
    all.extend((0..5).flat_map(|nth| (0..7).map(move |day| Repeats::MonthWeekday(nth, day))));
    all
}

/// All 484 rhythms on the open calendar, 1998 to 2104: the slots one by one, and questions near and far.
#[test]
fn every_rhythm_over_a_century() {
    let dates = Dates::to(2104);
    let world = dates.open();
    let (none, open, mut chance) = (Holds::NONE, Calendar::OPEN, Chance(1));
    let all = every_rhythm();
    assert_eq!(all.len(), 366 + 52 + 31 + 35);
    for repeats in all {
        let cadence = Cadence::of(dates.rhythm(repeats), 7, 60).unwrap();
        let known = world.slots(repeats);
        let from = 400 + chance.below(400);
        let last = Last::Session(from);
        let slots = cadence.slots(dates.since(last), &none, &open);
        let found: Vec<_> = slots.map_while(|d| dates.seen(Some(d))).collect();
        assert_eq!(
            found,
            world.due_days(&known, last),
            "{repeats:?} since {from}"
        );
        for _ in 0..3 {
            let from = 400 + chance.below(35_000);
            let as_of = from + chance.below(3_000);
            let last = if chance.below(2) == 0 {
                Last::Session(from)
            } else {
                Last::Start(from)
            };
            let standing = cadence.standing(dates.since(last), &none, &open, dates.dates[as_of]);
            let answer = Answer {
                due: dates.seen(standing.due),
                overdue_from: dates.seen(standing.overdue_from),
                missed: standing.missed,
                next: dates.seen(standing.next),
            };
            let expected = world.answer(&known, 7, last, as_of);
            assert_eq!(answer, expected, "{repeats:?}, {last:?}, on {as_of}");
        }
    }
}

/// Random ranges of days: a few or many, short or long.
fn ranges(chance: &mut Chance, end: usize) -> Vec<(usize, usize)> {
    let (count, longest) = match chance.below(6) {
        0 => (0, 1),
        1 => (chance.below(400), 3),
        2 => (chance.below(150), 16),
        3 => (chance.below(40), 80),
        4 => (chance.below(6), 1_500),
        _ => (chance.below(900), 9),
    };
    let mut ranges = Vec::new();
    for _ in 0..count {
        let first = chance.below(end);
        ranges.push((first, (first + chance.below(longest)).min(end - 1)));
    }
    if chance.below(5) == 0 {
        // Weekends: 1 January 1998 was a Thursday.
        let saturdays = (2..end - 1).step_by(7);
        ranges.extend(saturdays.map(|saturday| (saturday, saturday + 1)));
    }
    ranges
}

/// 1,000 random worlds of 56 years, 250 without optimisation, thirty questions in each.
#[test]
fn random_closed_days_and_holds() {
    let dates = Dates::to(2053);
    let end = dates.days.len();
    let all = every_rhythm();
    let (mut moved, mut fell_out, mut held_up) = (0, 0, 0);
    let seeds = if cfg!(debug_assertions) { 100 } else { 1_000 };
    for seed in 0..seeds {
        let chance = &mut Chance(seed);
        let repeats = match chance.below(3) {
            0 => Repeats::Days(1 + chance.below(40)),
            1 => Repeats::Weeks(1 + chance.below(8), chance.below(end)),
            _ => all[chance.below(all.len())],
        };
        let closed = ranges(chance, end);
        let holds = if chance.below(3) == 0 {
            Vec::new()
        } else {
            ranges(chance, end)
        };
        let lasting = (chance.below(10) == 0).then(|| chance.below(end));
        let mut world = dates.open();
        for &(first, last) in &closed {
            world.closed[first..=last].fill(true);
        }
        for &(first, last) in &holds {
            world.held_up[first..=last].fill(true);
        }
        if let Some(from) = lasting {
            world.held_up[from..].fill(true);
        }
        let at = |place: usize| dates.dates[place];
        let calendar = Calendar::new(closed.iter().map(|&(a, b)| at(a)..=at(b))).unwrap();
        let spans = holds
            .iter()
            .map(|&(a, b)| (Bound::Included(at(a)), Bound::Included(at(b))));
        let lasts = lasting.map(|from| (Bound::Included(at(from)), Bound::Unbounded));
        let holds = Holds::new(spans.chain(lasts));
        let grace = [0, 1, 7, 40][chance.below(4)];
        let rhythm = dates.rhythm(repeats);
        let cadence = Cadence::of(rhythm, u16::try_from(grace).unwrap(), 60).unwrap();

        let last = Last::Start(400);
        let counted = world.slots(repeats);
        let expected = world.due_days(&counted, last);
        let slots = cadence.slots(dates.since(last), &holds, &calendar);
        // The last year of the list lacks slots whose nearest neighbours lie beyond it.
        let known = |place: &usize| *place < end - 366;
        let found: Vec<_> = slots
            .map_while(|d| dates.seen(Some(d)))
            .take_while(known)
            .collect();
        let expected: Vec<_> = expected.into_iter().take_while(known).collect();
        assert_eq!(found, expected, "seed {seed}: {repeats:?}");

        for _ in 0..30 {
            let from = 400 + chance.below(end - 2_000);
            let as_of = match chance.below(4) {
                0 => chance.below(end - 366),
                1 => from + chance.below(60),
                _ => from + chance.below(1_600),
            };
            let last = if chance.below(3) == 0 {
                Last::Start(from)
            } else {
                Last::Session(from)
            };
            let standing = cadence.standing(dates.since(last), &holds, &calendar, at(as_of));
            let answer = Answer {
                due: dates.seen(standing.due).filter(known),
                overdue_from: dates.seen(standing.overdue_from).filter(known),
                missed: standing.missed,
                next: dates.seen(standing.next).filter(known),
            };
            let mut expected = world.answer(&counted, grace, last, as_of);
            expected.due = expected.due.filter(known);
            expected.overdue_from = expected.overdue_from.filter(known);
            expected.next = expected.next.filter(known);
            assert_eq!(
                answer, expected,
                "seed {seed}: {repeats:?}, {last:?}, on {as_of}"
            );
            assert_eq!(standing.is_due(), expected.due.is_some_and(|d| d <= as_of));
            let overdue = expected.overdue_from.is_some_and(|d| d <= as_of);
            assert_eq!(standing.is_overdue(), overdue, "seed {seed}");
        }
        // What the closed days and holds did, so that this cannot be a test of nothing.
        let with = &counted.counting;
        moved += with.iter().filter(|(own, on)| own < on).count();
        let unheld = World {
            held_up: vec![false; end],
            closed: world.closed.clone(),
            days: &dates.days,
        };
        let without = unheld.slots(repeats).counting;
        held_up += without.len() - with.len();
        fell_out += dates.open().slots(repeats).counting.len() - without.len();
    }
    assert!(
        [moved, fell_out, held_up]
            .iter()
            .all(|n| *n as u64 > 8 * seeds),
        "{moved} {fell_out} {held_up}"
    );
}
