//! When both are at work, against a walk over every minute of a week.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;
use reverse_mentoring::zones::{Span, Workday, Workdays, WorkingHours, Zone};

use super::properties::any_zone;
use super::{day, inverse, time, utc, zone};

fn work(name: &str, from: &str, until: &str) -> Workday {
    let hours = WorkingHours::new(time(from), time(until)).unwrap();
    Workday {
        zone: zone(name),
        hours,
    }
}

fn spans(mentor: Workday, mentee: Workday, on: &str) -> Vec<String> {
    let shared = Workdays { mentor, mentee }.shared(day(on)).unwrap();
    let words = |at: DateTime<Utc>| at.format("%d %H:%M").to_string();
    let spans = shared.iter();
    spans
        .map(|span| {
            format!(
                "{} – {}: {}",
                words(span.from()),
                words(span.until()),
                span.minutes()
            )
        })
        .collect()
}

#[test]
fn overlaps_by_hand() {
    let nine_to_five = |name| work(name, "09:00", "17:00");
    let table: &[(Workday, Workday, &str, &[&str])] = &[
        // Six hours apart, for three weeks in March five, and for one in autumn.
        (
            nine_to_five("Europe/Berlin"),
            nine_to_five("America/New_York"),
            "2026-03-02",
            &["02 14:00 – 02 16:00: 120"],
        ),
        (
            nine_to_five("Europe/Berlin"),
            nine_to_five("America/New_York"),
            "2026-03-09",
            &["09 13:00 – 09 16:00: 180"],
        ),
        (
            nine_to_five("Europe/Berlin"),
            nine_to_five("America/New_York"),
            "2026-03-30",
            &["30 13:00 – 30 15:00: 120"],
        ),
        // Tuesday morning in Auckland is Monday in Los Angeles.
        (
            nine_to_five("Pacific/Auckland"),
            nine_to_five("America/Los_Angeles"),
            "2026-01-06",
            &["05 20:00 – 06 01:00: 300"],
        ),
        (
            nine_to_five("America/Los_Angeles"),
            nine_to_five("Pacific/Auckland"),
            "2026-01-05",
            &["05 20:00 – 06 01:00: 300"],
        ),
        // They never meet.
        (
            nine_to_five("Europe/London"),
            nine_to_five("Pacific/Honolulu"),
            "2026-01-06",
            &[],
        ),
        // A long day meets two days of the other.
        (
            work("Europe/London", "06:00", "22:00"),
            nine_to_five("Pacific/Honolulu"),
            "2026-01-06",
            &["06 19:00 – 06 22:00: 180"],
        ),
        (
            work("Europe/London", "00:00", "22:00"),
            nine_to_five("Pacific/Honolulu"),
            "2026-01-06",
            &["06 00:00 – 06 03:00: 180", "06 19:00 – 06 22:00: 180"],
        ),
        // A night on a ward: the clocks go back, it lasts an hour longer.
        (
            work("Europe/London", "22:00", "06:00"),
            work("UTC", "00:00", "23:59"),
            "2026-10-24",
            &["24 21:00 – 24 23:59: 179", "25 00:00 – 25 06:00: 360"],
        ),
        (
            work("Europe/London", "22:00", "06:00"),
            work("Europe/London", "22:00", "06:00"),
            "2026-03-28",
            &["28 22:00 – 29 05:00: 420"],
        ),
        // One goes home when the other arrives.
        (
            work("UTC", "07:00", "09:00"),
            work("UTC", "09:00", "17:00"),
            "2026-01-06",
            &[],
        ),
        // Twenty-six hours apart.
        (
            work("Pacific/Kiritimati", "09:00", "10:00"),
            work("Etc/GMT+12", "07:00", "08:00"),
            "2026-01-06",
            &["05 19:00 – 05 20:00: 60"],
        ),
        (
            work("Etc/GMT+12", "07:00", "08:00"),
            work("Pacific/Kiritimati", "09:00", "10:00"),
            "2026-01-05",
            &["05 19:00 – 05 20:00: 60"],
        ),
        // And both ends of a day that is almost all work: three days lie between the dates.
        (
            work("Etc/GMT+12", "23:59", "23:58"),
            work("Pacific/Kiritimati", "00:00", "01:00"),
            "2026-01-06",
            &["08 10:00 – 08 11:00: 60"],
        ),
        (
            work("Pacific/Kiritimati", "00:00", "01:00"),
            work("Etc/GMT+12", "23:59", "23:58"),
            "2026-01-09",
            &["08 10:00 – 08 11:00: 60"],
        ),
        // Skipped: 02:30 until 03:15 would begin at 03:30.
        (
            work("Europe/Paris", "02:30", "03:15"),
            work("UTC", "00:00", "23:59"),
            "2026-03-29",
            &[],
        ),
        // Two shifts of the mentee that meet at 03:30, which 02:30 becomes, as one.
        (
            work("UTC", "00:00", "06:00"),
            work("Europe/Paris", "03:30", "02:30"),
            "2026-03-29",
            &["29 00:00 – 29 06:00: 360"],
        ),
        // In Samoa the work of the day that was not is that of the day after.
        (
            work("UTC", "00:00", "23:00"),
            work("Pacific/Apia", "09:00", "17:00"),
            "2011-12-30",
            &["30 00:00 – 30 03:00: 180", "30 19:00 – 30 23:00: 240"],
        ),
        // Two shifts of the mentee that run into each other, as one.
        (
            work("UTC", "00:00", "06:00"),
            work("Europe/Paris", "03:10", "02:50"),
            "2026-03-29",
            &["29 00:00 – 29 06:00: 360"],
        ),
    ];
    for (mentor, mentee, on, expected) in table {
        assert_eq!(
            spans(*mentor, *mentee, on),
            *expected,
            "{on} {mentor:?} {mentee:?}"
        );
    }
}

#[test]
fn hours_and_days_that_are_none() {
    let hours = |from: &str, until: &str| WorkingHours::new(time(from), time(until));
    assert_eq!(
        hours("09:00", "09:00").unwrap_err().to_string(),
        "working hours from 09:00:00 until 09:00:00 are none, or all"
    );
    let second = NaiveTime::from_hms_opt(9, 0, 1).unwrap();
    for (from, until) in [(second, time("17:00")), (time("17:00"), second)] {
        let refused = WorkingHours::new(from, until).unwrap_err();
        assert_eq!(refused.to_string(), "09:00:01 is not a whole minute");
    }
    let nano = time("09:00") + TimeDelta::nanoseconds(1);
    let refused = WorkingHours::new(nano, time("17:00")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "09:00:00.000000001 is not a whole minute"
    );
    let text = serde_json::to_string(&work("UTC", "09:00", "17:00")).unwrap();
    assert_eq!(
        text,
        r#"{"zone":"UTC","hours":{"from":"09:00:00","until":"17:00:00"}}"#
    );
    assert_eq!(
        serde_json::from_str::<Workday>(&text).unwrap(),
        work("UTC", "09:00", "17:00")
    );
    let same = text.replace("17", "09");
    assert!(serde_json::from_str::<Workday>(&same).is_err());

    let workday = work("Pacific/Kiritimati", "00:00", "23:59");
    let both = Workdays {
        mentor: workday,
        mentee: work("Etc/GMT+12", "00:00", "23:59"),
    };
    for refused in ["1969-12-31", "2100-01-01"] {
        assert!(both.shared(day(refused)).is_err() && workday.on(day(refused)).is_err());
    }
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        assert!(both.shared(end).is_err());
    }
    for first_and_last in ["1970-01-01", "2099-12-31"] {
        assert!(!both.shared(day(first_and_last)).unwrap().is_empty());
    }
    // 03:30 is what 02:30 becomes.
    for until in ["03:15", "03:30"] {
        let shift = work("Europe/Paris", "02:30", until);
        assert_eq!(shift.on(day("2026-03-29")), Ok(None), "{until}");
    }
}

/// The first instant at which each minute is shown, and for a skipped one that which is as many minutes after the gap.
struct Walk(BTreeMap<NaiveDateTime, DateTime<Utc>>);

impl Walk {
    fn new(zone: Zone, around: NaiveDate) -> Self {
        let noon = around.and_hms_opt(12, 0, 0).unwrap().and_utc();
        let mut first = BTreeMap::new();
        let mut at = noon - TimeDelta::days(7);
        let mut last: Option<NaiveDateTime> = None;
        while at < noon + TimeDelta::days(7) {
            let shown = zone.local(at);
            // Over a gap: the clock that nobody put forward would have gone on.
            let mut missed = last.map_or(shown, |last| last + TimeDelta::minutes(1));
            let mut then = at;
            while missed < shown {
                first.entry(missed).or_insert(then);
                missed += TimeDelta::minutes(1);
                then += TimeDelta::minutes(1);
            }
            first.entry(shown).or_insert(at);
            last = Some(shown);
            at += TimeDelta::minutes(1);
        }
        Self(first)
    }

    /// The minutes of work that begins on a day.
    fn work(&self, on: NaiveDate, hours: WorkingHours) -> (DateTime<Utc>, DateTime<Utc>) {
        let last = if hours.until() > hours.from() {
            on
        } else {
            on + Days::new(1)
        };
        (
            self.0[&on.and_time(hours.from())],
            self.0[&last.and_time(hours.until())],
        )
    }
}

/// Minute by minute.
fn judged(both: Workdays, on: NaiveDate) -> Vec<DateTime<Utc>> {
    let (ours, theirs) = (
        Walk::new(both.mentor.zone, on),
        Walk::new(both.mentee.zone, on),
    );
    let (from, until) = ours.work(on, both.mentor.hours);
    let days = (0..=8_u64).map(|n| on - Days::new(4) + Days::new(n));
    let shifts: Vec<_> = days
        .map(|day| theirs.work(day, both.mentee.hours))
        .collect();
    let mut minutes = Vec::new();
    let mut at = from;
    while at < until {
        if shifts
            .iter()
            .any(|(from, until)| *from <= at && at < *until)
        {
            minutes.push(at);
        }
        at += TimeDelta::minutes(1);
    }
    minutes
}

fn minutes(spans: &[Span]) -> Vec<DateTime<Utc>> {
    let mut minutes = Vec::new();
    for span in spans {
        minutes.extend((0..span.minutes()).map(|m| span.from() + TimeDelta::minutes(m)));
    }
    minutes
}

fn any_hours() -> impl Strategy<Value = WorkingHours> {
    let time = |m: u32| NaiveTime::from_hms_opt(m / 60, m % 60, 0).unwrap();
    let quarter = (0..96_u32, 0..96_u32).prop_map(|(a, b)| (a * 15, b * 15));
    let pair = prop_oneof![
        quarter,
        (0..1440_u32, 0..1440_u32),
        (0..1438_u32).prop_map(|a| (a + 1, a))
    ];
    pair.prop_filter_map("the same", move |(a, b)| {
        WorkingHours::new(time(a), time(b)).ok()
    })
}

/// Half of the days are near a change of the mentor's or the mentee's clocks.
fn any_day(one: Zone, other: Zone, pick: (u64, u8)) -> NaiveDate {
    let first = day("2020-01-10");
    let (any, near) = pick;
    let days = first + Days::new(any % 6_500);
    let zone = match near {
        0 | 1 => one,
        2 | 3 => other,
        _ => return days,
    };
    let from = days.and_hms_opt(0, 0, 0).unwrap().and_utc();
    let changes = inverse::transitions(zone, from, from + TimeDelta::days(400));
    let day = changes.first().map(|at| zone.local(*at).date());
    day.map_or(days, |day| day - Days::new(u64::from(near % 2)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 16 } else { 256 }, ..ProptestConfig::default() })]

    #[test]
    fn shared_hours_are_the_walks(
        zones in (any_zone(), any_zone()),
        hours in (any_hours(), any_hours()),
        pick in (0..10_000_u64, 0..6_u8),
    ) {
        let on = any_day(zones.0, zones.1, pick);
        let both = Workdays {
            mentor: Workday { zone: zones.0, hours: hours.0 },
            mentee: Workday { zone: zones.1, hours: hours.1 },
        };
        let shared = both.shared(on).unwrap();
        prop_assert_eq!(minutes(&shared), judged(both, on), "{:?} on {}", both, on);
        prop_assert!(shared.windows(2).all(|two| two[0].until() < two[1].from()), "they touch");
        prop_assert!(shared.iter().all(|span| span.from() < span.until()));
    }
}

/// The walk over a gap and over a fold.
#[test]
fn the_walk_sees_what_it_should() {
    let walk = Walk::new(zone("Europe/Paris"), day("2026-03-29"));
    for (shown, at) in [
        ("01:59", "00:59"),
        ("02:00", "01:00"),
        ("02:30", "01:30"),
        ("03:30", "01:30"),
    ] {
        let found = walk.0[&super::clock(&format!("2026-03-29 {shown}"))];
        assert_eq!(found, utc(&format!("2026-03-29 {at}")));
    }
    let walk = Walk::new(zone("Europe/Paris"), day("2026-10-25"));
    assert_eq!(
        walk.0[&super::clock("2026-10-25 02:30")],
        utc("2026-10-25 00:30")
    );
}
