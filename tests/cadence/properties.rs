//! What holds of every cadence, whatever is closed or held up.

use std::ops::{Bound, RangeInclusive};

use chrono::{Days, NaiveDate, Weekday};
use proptest::prelude::*;
use reverse_mentoring::cadence::{Cadence, Calendar, Holds, Nth, Rhythm, Since};

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + Days::new(n.into())
}

fn rhythm() -> impl Strategy<Value = Rhythm> {
    let nths = [Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Last];
    prop_oneof![
        (1..=366u16).prop_map(|days| Rhythm::days(days).unwrap()),
        (1..=20u16).prop_map(|days| Rhythm::days(days).unwrap()),
        (1..=52u16, 0..9000u32).prop_map(|(n, from)| Rhythm::weeks(n, day(from)).unwrap()),
        (1..=3u16, 0..9000u32).prop_map(|(n, from)| Rhythm::weeks(n, day(from)).unwrap()),
        (1..=31u8).prop_map(|day| Rhythm::month_day(day).unwrap()),
        (0..5usize, 0..7u8).prop_map(move |(nth, weekday)| {
            Rhythm::month_weekday(nths[nth], Weekday::try_from(weekday).unwrap())
        }),
    ]
}

/// Not an interval: that is counted from the session, its later slots from the due one.
fn named_by_the_calendar() -> impl Strategy<Value = Cadence> {
    let by_wire = |cadence: &Cadence| serde_json::to_string(cadence).unwrap().contains("rhythm");
    cadence().prop_filter("an interval", by_wire)
}

fn cadence() -> impl Strategy<Value = Cadence> {
    let grace = prop_oneof![0..20u16, 0..=366u16];
    (rhythm(), grace, 15..=480u16)
        .prop_map(|(rhythm, grace, minutes)| Cadence::of(rhythm, grace, minutes).unwrap())
}

fn ranges() -> impl Strategy<Value = Vec<RangeInclusive<NaiveDate>>> {
    let range = (0..6000u32, prop_oneof![0..4u32, 0..30u32, 0..500u32]);
    let range = range.prop_map(|(first, more)| day(first)..=day(first + more));
    proptest::collection::vec(range, 0..25)
}

proptest! {
    #![proptest_config(super::cases(2_000))]

    #[test]
    fn a_due_day_is_after_the_last_open_and_not_held_up(
        cadence in cadence(), closed in ranges(), held_up in ranges(), last in 0..5000u32, start: bool, later in 0..3000u32,
    ) {
        let calendar = Calendar::new(closed).unwrap();
        let holds = Holds::new(held_up);
        let since = if start { Since::Start(day(last)) } else { Since::Session(day(last)) };
        let standing = cadence.standing(since, &holds, &calendar, day(last + later));
        let slots: Vec<_> = cadence.slots(since, &holds, &calendar).take(40).collect();
        prop_assert_eq!(standing.due, slots.first().copied());
        for slot in &slots {
            prop_assert!(*slot > day(last) && !calendar.is_closed(*slot) && !holds.is_held_up(*slot));
        }
        prop_assert!(slots.windows(2).all(|two| two[0] < two[1]));
        // Between slot and grace's end lie at least so many days.
        let (due, overdue_from) = (standing.due.unwrap(), standing.overdue_from.unwrap());
        prop_assert!((overdue_from - due).num_days() > cadence.grace_days().into());
        let next = standing.next.unwrap();
        prop_assert!(next >= day(last + later) && next >= due);
        prop_assert!(!calendar.is_closed(next) && !holds.is_held_up(next));
        if slots.len() > 30 && slots[30] > day(last + later) {
            let past = slots.iter().filter(|slot| **slot < day(last + later)).count();
            prop_assert_eq!(standing.missed as usize, past);
        }
    }

    #[test]
    fn who_met_later_is_due_later_or_the_same_day(
        cadence in cadence(), closed in ranges(), held_up in ranges(), last in 0..5000u32, later in 1..60u32,
    ) {
        let (calendar, holds) = (Calendar::new(closed).unwrap(), Holds::new(held_up));
        let due = |since| cadence.slots(since, &holds, &calendar).next().unwrap();
        prop_assert!(due(Since::Session(day(last))) <= due(Since::Session(day(last + later))));
        prop_assert!(due(Since::Start(day(last))) <= due(Since::Start(day(last + later))));
    }

    #[test]
    fn from_day_to_day_at_most_one_slot_goes_by(
        cadence in cadence(), closed in ranges(), held_up in ranges(), last in 0..5000u32,
    ) {
        let (calendar, holds) = (Calendar::new(closed).unwrap(), Holds::new(held_up));
        let on = |later| cadence.standing(Since::Session(day(last)), &holds, &calendar, day(last + later));
        let mut before = on(0);
        prop_assert_eq!(before.missed, 0);
        for later in 1..500 {
            let now = on(later);
            let (yesterday, due) = (day(last + later - 1), before.next == Some(before.as_of));
            prop_assert_eq!(now.missed - before.missed, u32::from(due), "{}", yesterday);
            prop_assert_eq!((now.due, now.overdue_from), (before.due, before.overdue_from));
            prop_assert!(!now.is_overdue() || now.is_due() && now.missed > 0);
            before = now;
        }
    }

    #[test]
    fn the_session_of_a_slot_leads_to_the_next(
        cadence in named_by_the_calendar(), closed in ranges(), held_up in ranges(), last in 0..5000u32,
    ) {
        let (calendar, holds) = (Calendar::new(closed).unwrap(), Holds::new(held_up));
        let slots: Vec<_> = cadence.slots(Since::Session(day(last)), &holds, &calendar).take(8).collect();
        for two in slots.windows(2) {
            let due = cadence.slots(Since::Session(two[0]), &holds, &calendar).next();
            prop_assert_eq!(due, Some(two[1]));
        }
    }

    #[test]
    fn the_order_and_the_cut_of_ranges_mean_nothing(
        cadence in cadence(), closed in ranges(), held_up in ranges(), last in 0..5000u32, later in 0..3000u32,
    ) {
        let cut = |ranges: &[RangeInclusive<NaiveDate>]| {
            let days = ranges.iter().rev();
            days.flat_map(|r| r.start().iter_days().take_while(|d| d <= r.end()).map(|d| d..=d))
                .collect::<Vec<_>>()
        };
        let open = |held: &RangeInclusive<NaiveDate>| {
            (Bound::Excluded(*held.start() - Days::new(1)), Bound::Excluded(*held.end() + Days::new(1)))
        };
        let whole = (Calendar::new(closed.clone()).unwrap(), Holds::new(held_up.clone()));
        let parts = (Calendar::new(cut(&closed)).unwrap(), Holds::new(cut(&held_up)));
        prop_assert_eq!(&whole, &parts);
        prop_assert_eq!(&whole.1, &Holds::new(held_up.iter().map(open)));
        let on = |(calendar, holds): &(Calendar, Holds)| {
            cadence.standing(Since::Session(day(last)), holds, calendar, day(last + later))
        };
        prop_assert_eq!(on(&whole), on(&parts));
        let again: Calendar = serde_json::from_str(&serde_json::to_string(&whole.0).unwrap()).unwrap();
        prop_assert_eq!(&again, &whole.0);
        for at in 0..100 {
            let inside = closed.iter().any(|r| r.contains(&day(last + at)));
            prop_assert_eq!(whole.0.is_closed(day(last + at)), inside);
            let inside = held_up.iter().any(|r| r.contains(&day(last + at)));
            prop_assert_eq!(whole.1.is_held_up(day(last + at)), inside);
        }
    }

    #[test]
    fn what_is_written_is_read(cadence in cadence()) {
        let text = serde_json::to_string(&cadence).unwrap();
        prop_assert_eq!(serde_json::from_str::<Cadence>(&text).unwrap(), cadence);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert!(value.get("interval_days").is_some() != value.get("rhythm").is_some());
        prop_assert_eq!(serde_json::from_value::<Cadence>(value).unwrap(), cadence);
    }
}
