//! Worked out on paper from the rules of the zones, not from the tables.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use reverse_mentoring::zones::Resolution::{self, Exact, Repeated, Skipped};
use reverse_mentoring::zones::{Slot, SlotError};

use super::{clock, day, slot, time, utc, zone};

/// (zone, agreed on, instant in UTC, what the clock then shows, case)
const SLOTS: &[(&str, &str, &str, &str, Resolution)] = &[
    // UTC+1, in summer UTC+2: last Sunday of March and of October, at 01:00 UTC.
    (
        "Europe/Paris",
        "2026-03-29 01:59",
        "2026-03-29 00:59",
        "2026-03-29 01:59",
        Exact,
    ),
    (
        "Europe/Paris",
        "2026-03-29 02:00",
        "2026-03-29 01:00",
        "2026-03-29 03:00",
        Skipped,
    ),
    (
        "Europe/Paris",
        "2026-03-29 02:30",
        "2026-03-29 01:30",
        "2026-03-29 03:30",
        Skipped,
    ),
    (
        "Europe/Paris",
        "2026-03-29 02:59",
        "2026-03-29 01:59",
        "2026-03-29 03:59",
        Skipped,
    ),
    (
        "Europe/Paris",
        "2026-03-29 03:00",
        "2026-03-29 01:00",
        "2026-03-29 03:00",
        Exact,
    ),
    (
        "Europe/Paris",
        "2026-10-25 01:59",
        "2026-10-24 23:59",
        "2026-10-25 01:59",
        Exact,
    ),
    (
        "Europe/Paris",
        "2026-10-25 02:00",
        "2026-10-25 00:00",
        "2026-10-25 02:00",
        Repeated,
    ),
    (
        "Europe/Paris",
        "2026-10-25 02:30",
        "2026-10-25 00:30",
        "2026-10-25 02:30",
        Repeated,
    ),
    (
        "Europe/Paris",
        "2026-10-25 02:59",
        "2026-10-25 00:59",
        "2026-10-25 02:59",
        Repeated,
    ),
    (
        "Europe/Paris",
        "2026-10-25 03:00",
        "2026-10-25 02:00",
        "2026-10-25 03:00",
        Exact,
    ),
    // UTC-5, in summer UTC-4: second Sunday of March, first of November, at 02:00 by the clock.
    (
        "America/New_York",
        "2026-03-08 02:30",
        "2026-03-08 07:30",
        "2026-03-08 03:30",
        Skipped,
    ),
    (
        "America/New_York",
        "2026-11-01 01:30",
        "2026-11-01 05:30",
        "2026-11-01 01:30",
        Repeated,
    ),
    (
        "America/New_York",
        "2026-11-01 02:00",
        "2026-11-01 07:00",
        "2026-11-01 02:00",
        Exact,
    ),
    // The two examples of RFC 5545, 3.3.5.
    (
        "America/New_York",
        "2007-11-04 01:30",
        "2007-11-04 05:30",
        "2007-11-04 01:30",
        Repeated,
    ),
    (
        "America/New_York",
        "2007-03-11 02:30",
        "2007-03-11 07:30",
        "2007-03-11 03:30",
        Skipped,
    ),
    // UTC+10:30, in summer UTC+11: half an hour, on the first Sundays of April and October.
    (
        "Australia/Lord_Howe",
        "2026-04-05 01:29",
        "2026-04-04 14:29",
        "2026-04-05 01:29",
        Exact,
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-05 01:45",
        "2026-04-04 14:45",
        "2026-04-05 01:45",
        Repeated,
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-05 02:00",
        "2026-04-04 15:30",
        "2026-04-05 02:00",
        Exact,
    ),
    (
        "Australia/Lord_Howe",
        "2026-10-04 02:15",
        "2026-10-03 15:45",
        "2026-10-04 02:45",
        Skipped,
    ),
    (
        "Australia/Lord_Howe",
        "2026-10-04 02:30",
        "2026-10-03 15:30",
        "2026-10-04 02:30",
        Exact,
    ),
    // UTC, in summer UTC+2: two hours, when Norway changes.
    (
        "Antarctica/Troll",
        "2026-03-29 01:30",
        "2026-03-29 01:30",
        "2026-03-29 03:30",
        Skipped,
    ),
    (
        "Antarctica/Troll",
        "2026-03-29 02:30",
        "2026-03-29 02:30",
        "2026-03-29 04:30",
        Skipped,
    ),
    (
        "Antarctica/Troll",
        "2026-10-25 02:30",
        "2026-10-25 00:30",
        "2026-10-25 02:30",
        Repeated,
    ),
    (
        "Antarctica/Troll",
        "2026-10-25 01:30",
        "2026-10-24 23:30",
        "2026-10-25 01:30",
        Repeated,
    ),
    // No summer time at all.
    (
        "Asia/Kolkata",
        "2026-03-29 02:30",
        "2026-03-28 21:00",
        "2026-03-29 02:30",
        Exact,
    ),
    (
        "Asia/Kathmandu",
        "2026-10-25 00:00",
        "2026-10-24 18:15",
        "2026-10-25 00:00",
        Exact,
    ),
    (
        "UTC",
        "2026-03-29 02:30",
        "2026-03-29 02:30",
        "2026-03-29 02:30",
        Exact,
    ),
    (
        "UTC+05:30",
        "2026-03-29 02:30",
        "2026-03-28 21:00",
        "2026-03-29 02:30",
        Exact,
    ),
    (
        "UTC-03:30",
        "2026-12-31 23:00",
        "2027-01-01 02:30",
        "2026-12-31 23:00",
        Exact,
    ),
    (
        "Etc/GMT+2",
        "2026-03-29 02:30",
        "2026-03-29 04:30",
        "2026-03-29 02:30",
        Exact,
    ),
    // Volgograd left UTC+4 for UTC+3 on 27 December 2020 at 02:00.
    (
        "Europe/Volgograd",
        "2020-12-27 01:30",
        "2020-12-26 21:30",
        "2020-12-27 01:30",
        Repeated,
    ),
    (
        "Europe/Volgograd",
        "2020-12-27 02:30",
        "2020-12-26 23:30",
        "2020-12-27 02:30",
        Exact,
    ),
    // Kazakhstan left UTC+6 for UTC+5 on 1 March 2024 at midnight, on which it was 23:00 again.
    (
        "Asia/Almaty",
        "2024-02-29 23:30",
        "2024-02-29 17:30",
        "2024-02-29 23:30",
        Repeated,
    ),
    (
        "Asia/Almaty",
        "2024-03-01 00:00",
        "2024-02-29 19:00",
        "2024-03-01 00:00",
        Exact,
    ),
    // Greenland: UTC-3, from 25 March 2023 on UTC-2, since 2024 with summer time: 00:00 on 31 March was 23:00 the day before, UTC-2.
    (
        "America/Nuuk",
        "2023-03-25 22:30",
        "2023-03-26 01:30",
        "2023-03-25 23:30",
        Skipped,
    ),
    (
        "America/Nuuk",
        "2023-10-29 01:30",
        "2023-10-29 03:30",
        "2023-10-29 01:30",
        Exact,
    ),
    (
        "America/Nuuk",
        "2024-03-30 23:30",
        "2024-03-31 01:30",
        "2024-03-31 00:30",
        Skipped,
    ),
    (
        "America/Nuuk",
        "2024-10-26 23:30",
        "2024-10-27 00:30",
        "2024-10-26 23:30",
        Repeated,
    ),
    // Morocco: UTC+1, in Ramadan UTC; in 2026 from 15 February at 03:00 until 22 March at 02:00.
    (
        "Africa/Casablanca",
        "2026-02-15 02:30",
        "2026-02-15 01:30",
        "2026-02-15 02:30",
        Repeated,
    ),
    (
        "Africa/Casablanca",
        "2026-03-01 09:00",
        "2026-03-01 09:00",
        "2026-03-01 09:00",
        Exact,
    ),
    (
        "Africa/El_Aaiun",
        "2026-03-22 02:30",
        "2026-03-22 02:30",
        "2026-03-22 03:30",
        Skipped,
    ),
    // Samoa went to bed on 29 December 2011, at UTC-10, and rose on the 31st, at UTC+14.
    (
        "Pacific/Apia",
        "2011-12-29 23:59",
        "2011-12-30 09:59",
        "2011-12-29 23:59",
        Exact,
    ),
    (
        "Pacific/Apia",
        "2011-12-30 00:00",
        "2011-12-30 10:00",
        "2011-12-31 00:00",
        Skipped,
    ),
    (
        "Pacific/Apia",
        "2011-12-30 09:00",
        "2011-12-30 19:00",
        "2011-12-31 09:00",
        Skipped,
    ),
    (
        "Pacific/Apia",
        "2011-12-30 23:59",
        "2011-12-31 09:59",
        "2011-12-31 23:59",
        Skipped,
    ),
    (
        "Pacific/Apia",
        "2011-12-31 00:00",
        "2011-12-30 10:00",
        "2011-12-31 00:00",
        Exact,
    ),
    // Midnight itself is skipped: the day begins at 01:00.
    (
        "Asia/Beirut",
        "2026-03-29 00:00",
        "2026-03-28 22:00",
        "2026-03-29 01:00",
        Skipped,
    ),
];

#[test]
fn slots_by_hand() {
    for &(name, agreed, at, shown, resolution) in SLOTS {
        let zone = zone(name);
        let slot = slot(clock(agreed), zone).unwrap();
        let found = (slot.at(), slot.local(zone), slot.resolution());
        let expected = (utc(at), clock(shown), resolution);
        assert_eq!(found, expected, "{agreed} in {name}");
        let said = clock(agreed);
        assert_eq!((slot.day(), slot.time()), (said.date(), said.time()));
        assert_eq!(slot.zone(), zone);
    }
}

/// The same instant on other clocks.
#[test]
fn what_the_other_sees() {
    let slot = slot(clock("2026-03-29 02:30"), zone("Europe/Paris")).unwrap();
    for (other, shown) in [
        ("Asia/Kolkata", "2026-03-29 07:00"),
        ("America/New_York", "2026-03-28 21:30"),
        ("Pacific/Kiritimati", "2026-03-29 15:30"),
        ("Etc/GMT+12", "2026-03-28 13:30"),
        ("UTC-12:00", "2026-03-28 13:30"),
        ("Z", "2026-03-29 01:30"),
    ] {
        assert_eq!(slot.local(zone(other)), clock(shown), "{other}");
    }
}

#[test]
fn sentences_for_the_two() {
    for (agreed, said) in [
        (
            "2026-03-30 09:00",
            "2026-03-30 09:00 in Europe/Paris, 2026-03-30 07:00 in UTC",
        ),
        (
            "2026-03-29 02:30",
            "2026-03-29 02:30 in Europe/Paris is skipped by the clocks and becomes 2026-03-29 03:30, 2026-03-29 01:30 in UTC",
        ),
        (
            "2026-10-25 02:30",
            "2026-10-25 02:30 in Europe/Paris comes twice; the first is meant, 2026-10-25 00:30 in UTC",
        ),
    ] {
        let slot = slot(clock(agreed), zone("Europe/Paris")).unwrap();
        assert_eq!(slot.to_string(), said);
    }
}

#[test]
fn what_is_no_slot() {
    let paris = zone("Europe/Paris");
    let midnight = time("00:00");
    let refused = |day: NaiveDate| Slot::new(day, midnight, paris).unwrap_err().to_string();
    assert_eq!(
        refused(day("2100-01-01")),
        "2100-01-01 is not between 1970-01-01 and 2099-12-31, of which the zone tables tell"
    );
    assert_eq!(
        refused(day("1969-12-31")),
        "1969-12-31 is not between 1970-01-01 and 2099-12-31, of which the zone tables tell"
    );
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        for zone in [paris, zone("UTC-12:00"), zone("UTC+14:00")] {
            let refused = Slot::new(day, midnight, zone);
            assert_eq!(refused, Err(SlotError::Day(day)));
        }
    }
    for zone in [paris, zone("UTC-12:00"), zone("Pacific/Kiritimati")] {
        for day in ["1970-01-01", "2099-12-31"].map(day) {
            for time in ["00:00", "23:59"].map(time) {
                assert!(Slot::new(day, time, zone).is_ok());
            }
        }
    }

    let today = day("2026-01-05");
    let refused = |time: NaiveTime| Slot::new(today, time, paris).unwrap_err().to_string();
    let second = TimeDelta::seconds(1);
    assert_eq!(
        refused(time("09:00") + second),
        "09:00:01 is not a whole minute"
    );
    let nano = TimeDelta::nanoseconds(1);
    assert_eq!(
        refused(time("09:00") + nano),
        "09:00:00.000000001 is not a whole minute"
    );
    let leap = NaiveTime::from_hms_milli_opt(23, 59, 59, 1_000).unwrap();
    assert_eq!(refused(leap), "23:59:60 is not a whole minute");
}

#[test]
fn a_slot_that_begins_at_an_instant() {
    let paris = zone("Europe/Paris");
    let first = Slot::beginning(utc("2026-10-25 00:30"), paris).unwrap();
    assert_eq!(first, slot(clock("2026-10-25 02:30"), paris).unwrap());
    let second = Slot::beginning(utc("2026-10-25 01:30"), paris).unwrap_err();
    assert_eq!(
        second.to_string(),
        "2026-10-25 02:30 comes twice in Europe/Paris, 2026-10-25 01:30 in UTC is the second time, and a slot is the first"
    );
    // The other person has no such trouble.
    assert!(Slot::beginning(utc("2026-10-25 01:30"), zone("Asia/Kolkata")).is_ok());
    let refused = |at| Slot::beginning(at, paris).unwrap_err();
    let late = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    assert!(matches!(refused(late), SlotError::Seconds(_)));
    let early = chrono::DateTime::<chrono::Utc>::MIN_UTC;
    assert!(matches!(
        refused(early),
        SlotError::Seconds(_) | SlotError::Day(_)
    ));
    assert_eq!(
        refused(utc("2099-12-31 23:00")),
        SlotError::Day(day("2100-01-01"))
    );
}

/// At the ends of the calendar clocks stand still, and nobody panics.
#[test]
fn the_ends_of_the_calendar() {
    use chrono::{DateTime, NaiveDateTime, Utc};
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        for name in [
            "UTC-12:00",
            "UTC+14:00",
            "Pacific/Kiritimati",
            "Etc/GMT+12",
            "UTC",
        ] {
            let shown = zone(name).local(at);
            assert!(
                (shown - at.naive_utc()).abs() <= TimeDelta::hours(14),
                "{name}"
            );
        }
    }
    assert_eq!(
        zone("UTC+14:00").local(DateTime::<Utc>::MAX_UTC),
        NaiveDateTime::MAX
    );
    assert_eq!(
        zone("Etc/GMT+12").local(DateTime::<Utc>::MIN_UTC),
        NaiveDateTime::MIN
    );
}

#[test]
fn written_down_it_is_what_was_agreed() {
    let slot = slot(clock("2026-10-25 02:30"), zone("Europe/Paris")).unwrap();
    let text = serde_json::to_string(&slot).unwrap();
    assert_eq!(
        text,
        r#"{"day":"2026-10-25","time":"02:30:00","zone":"Europe/Paris"}"#
    );
    assert_eq!(serde_json::from_str::<Slot>(&text).unwrap(), slot);
    for (bad, why) in [
        (
            r#"{"day":"2100-10-25","time":"02:30:00","zone":"Europe/Paris"}"#,
            "2100-10-25 is not between",
        ),
        (
            r#"{"day":"2026-10-25","time":"02:30:01","zone":"Europe/Paris"}"#,
            "02:30:01 is not a whole minute",
        ),
        (
            r#"{"day":"2026-10-25","time":"02:30:00","zone":"Europe/Pariss"}"#,
            "`Europe/Pariss` is no zone",
        ),
        (
            r#"{"day":"2026-10-25","time":"02:30:00","zone":"UTC","at":"2026-10-25T02:30:00Z"}"#,
            "unknown field `at`",
        ),
    ] {
        let error = serde_json::from_str::<Slot>(bad).unwrap_err().to_string();
        assert!(error.starts_with(why), "{error}");
    }
}
