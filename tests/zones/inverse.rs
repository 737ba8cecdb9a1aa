//! Every transition of every zone: which instants show a minute, found by walking the instants.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use reverse_mentoring::zones::{Resolution, Zone};

use super::{slot, utc, zone};

/// Half an hour, two hours, Ramadan, once for ever, a whole day, midnight, half past, links, and none at all.
const SAMPLE: &[&str] = &[
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/New_York",
    "America/Nuuk",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Casey",
    "Antarctica/Troll",
    "Antarctica/Vostok",
    "Asia/Almaty",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Paris",
    "Europe/Volgograd",
    "Pacific/Apia",
    "Pacific/Chatham",
];

fn east(zone: Zone, at: DateTime<Utc>) -> TimeDelta {
    zone.local(at) - at.naive_utc()
}

/// The first instants of new offsets, to the minute. No clock is changed twice within six hours.
pub(super) fn transitions(
    zone: Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let (step, minute) = (TimeDelta::hours(6), TimeDelta::minutes(1));
    let mut found = Vec::new();
    let (mut at, mut before) = (from, east(zone, from));
    while at < until {
        let next = at + step;
        let after = east(zone, next);
        if after != before {
            let (mut old, mut new) = (at, next);
            while new - old > minute {
                let middle = old + TimeDelta::minutes((new - old).num_minutes() / 2);
                if east(zone, middle) == before {
                    old = middle;
                } else {
                    new = middle;
                }
            }
            assert_eq!(east(zone, new), after, "{zone} changes twice from {at} on");
            found.push(new);
        }
        (at, before) = (next, after);
    }
    found
}

/// What a clock shows, and when: in the order of the instants.
fn walk(
    zone: Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> BTreeMap<NaiveDateTime, Vec<DateTime<Utc>>> {
    let mut shown: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut at = from;
    while at < until {
        shown.entry(zone.local(at)).or_default().push(at);
        at += TimeDelta::minutes(1);
    }
    shown
}

/// How many minutes of each case were looked at.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    transitions: u32,
    exact: u32,
    skipped: u32,
    repeated: u32,
}

/// Every minute around a transition against the walk.
fn judge(zone: Zone, at: DateTime<Utc>, seen: &mut Seen) {
    let minute = TimeDelta::minutes(1);
    let (before, after) = (east(zone, at - minute), east(zone, at));
    for offset in [before, after] {
        assert_eq!(offset.num_seconds() % 60, 0, "{zone} at {at}");
    }
    let step = (after - before).abs();
    let around = step + TimeDelta::minutes(90);
    let shown = walk(zone, at - around, at + around);
    let begin = at.naive_utc() + before.min(after) - TimeDelta::minutes(60);
    let end = at.naive_utc() + before.max(after) + TimeDelta::minutes(60);
    let (mut skipped, mut repeated) = (TimeDelta::zero(), TimeDelta::zero());
    let mut face = begin;
    while face < end {
        let slot = slot(face, zone).unwrap();
        let words = || format!("{face} in {zone}");
        match shown.get(&face).map_or(&[][..], Vec::as_slice) {
            [] => {
                skipped += minute;
                assert_eq!(slot.resolution(), Resolution::Skipped, "{}", words());
                // As many minutes after the last one before the gap as were asked for.
                assert_eq!(slot.at(), face.and_utc() - before, "{}", words());
                assert_eq!(slot.local(zone), face + step, "{}", words());
            }
            [only] => {
                seen.exact += 1;
                let found = (slot.resolution(), slot.at());
                assert_eq!(found, (Resolution::Exact, *only), "{}", words());
            }
            [first, second] => {
                repeated += minute;
                assert!(first < second);
                let found = (slot.resolution(), slot.at());
                assert_eq!(found, (Resolution::Repeated, *first), "{}", words());
            }
            more => panic!("{} comes {} times", words(), more.len()),
        }
        face += minute;
    }
    // Clocks skip what they are put forward by, and repeat what they are put back by.
    let zero = TimeDelta::zero();
    let expected = if after > before {
        (step, zero)
    } else {
        (zero, step)
    };
    assert_eq!((skipped, repeated), expected, "{zone} at {at}");
    seen.transitions += 1;
    seen.skipped += u32::try_from(skipped.num_minutes()).unwrap();
    seen.repeated += u32::try_from(repeated.num_minutes()).unwrap();
}

fn judge_all(zones: impl Iterator<Item = Zone>, from: &str, until: &str) -> Seen {
    let (from, until) = (utc(from), utc(until));
    let mut seen = Seen::default();
    for zone in zones {
        for at in transitions(zone, from, until) {
            judge(zone, at, &mut seen);
        }
    }
    seen
}

/// Days of 2020 to 2037 on any clock.
const YEARS: (&str, &str) = ("2019-12-31 00:00", "2038-01-02 00:00");

#[test]
fn every_transition_of_some_zones() {
    let sample = SAMPLE.iter().map(|name| zone(name));
    let seen = judge_all(sample, YEARS.0, YEARS.1);
    assert!(seen.transitions > 400, "{seen:?}");
    // Samoa's day that was not.
    let seen = judge_all(
        [zone("Pacific/Apia")].into_iter(),
        "2011-12-01 00:00",
        "2012-01-31 00:00",
    );
    assert_eq!(
        (seen.transitions, seen.skipped, seen.repeated),
        (1, 1440, 0)
    );
}

/// Takes seconds with optimisation.
#[cfg_attr(
    debug_assertions,
    ignore = "slow without optimisation; some zones are judged always"
)]
#[test]
fn every_transition_of_every_zone() {
    let seen = judge_all(Zone::all(), YEARS.0, YEARS.1);
    println!("{seen:?}");
    // 7,081 of them in release 2026e; governments keep changing it.
    assert!(seen.transitions > 5_000, "{seen:?}");
    assert!(
        seen.skipped > 150_000 && seen.repeated > 150_000,
        "{seen:?}"
    );
}

/// The walk itself, on a zone whose rules fit in a line.
#[test]
fn the_walk_sees_what_it_should() {
    let paris = zone("Europe/Paris");
    let found = transitions(paris, utc("2026-01-01 00:00"), utc("2027-01-01 00:00"));
    assert_eq!(found, [utc("2026-03-29 01:00"), utc("2026-10-25 01:00")]);
    let shown = walk(paris, utc("2026-10-24 23:30"), utc("2026-10-25 02:30"));
    let often: Vec<usize> = shown.values().map(Vec::len).collect();
    assert_eq!(often, [vec![1; 30], vec![2; 60], vec![1; 30]].concat());
    let (from, until) = (utc("2020-01-01 00:00"), utc("2038-01-01 00:00"));
    assert!(transitions(zone("UTC"), from, until).is_empty());
}
