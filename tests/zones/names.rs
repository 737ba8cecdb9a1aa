//! Names of zones: which are, which are not, and what is said about those.

use reverse_mentoring::error::Error;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::roster::{Experience, Line, Participant, ReportingLines, Roster, Side};
use reverse_mentoring::text::{Key, Label};
use reverse_mentoring::zones::{TZDB_VERSION, Zone, ZoneError, unknown_zones};

use super::utc;

#[test]
fn every_zone_reads_back() {
    let names: Vec<String> = Zone::all().map(String::from).collect();
    assert!(names.len() > 550 && names.is_sorted(), "{}", names.len());
    for name in [
        "Europe/Paris",
        "Asia/Kolkata",
        "Asia/Calcutta",
        "UTC",
        "Etc/GMT+2",
    ] {
        assert!(names.iter().any(|n| n == name), "{name}");
    }
    for (name, zone) in names.iter().zip(Zone::all()) {
        assert_eq!(Zone::new(name), Ok(zone));
        assert_eq!(name.parse(), Ok(zone));
        let text = serde_json::to_string(&zone).unwrap();
        assert_eq!(text, format!("\"{name}\""));
        assert_eq!(serde_json::from_str::<Zone>(&text).unwrap(), zone);
    }
}

#[test]
fn fixed_offsets() {
    for (name, shown) in [
        ("UTC+05:30", "UTC+05:30"),
        ("+05:30", "UTC+05:30"),
        ("-11:00", "UTC-11:00"),
        ("Z", "UTC+00:00"),
        // The zone of the database comes first.
        ("UTC", "UTC"),
    ] {
        let zone = Zone::new(name).unwrap();
        assert_eq!(zone.to_string(), shown);
        assert_eq!(Zone::new(shown), Ok(zone));
    }
    assert_ne!(Zone::new("Z"), Zone::new("UTC")); // another name for it
    // A link shows the same, and stays another name.
    let [old, new] = ["Asia/Calcutta", "Asia/Kolkata"].map(|name| Zone::new(name).unwrap());
    assert_eq!(
        (old == new, old.to_string().as_str()),
        (false, "Asia/Calcutta")
    );
    let at = utc("2026-01-05 12:00");
    assert_eq!(old.local(at), new.local(at));
}

#[test]
fn messages() {
    for (name, quoted, hint) in [
        (
            "europe/paris",
            "`europe/paris`",
            "; did you mean `Europe/Paris`?",
        ),
        (
            " Europe/Paris",
            "` Europe/Paris`",
            "; did you mean `Europe/Paris`?",
        ),
        (
            "America/New York",
            "`America/New York`",
            "; did you mean `America/New_York`?",
        ),
        ("london", "`london`", "; did you mean `Europe/London`?"),
        // Asia/Istanbul and Europe/Istanbul: nobody knows which.
        ("Istanbul", "`Istanbul`", ""),
        ("utc", "`utc`", "; did you mean `UTC`?"),
        ("est5edt", "`est5edt`", "; did you mean `EST5EDT`?"),
        (
            "UTC+2",
            "`UTC+2`",
            "; a fixed offset is written as `UTC+05:30`",
        ),
        (
            "GMT+02:00",
            "`GMT+02:00`",
            "; a fixed offset is written as `UTC+05:30`",
        ),
        (
            "+0530",
            "`+0530`",
            "; a fixed offset is written as `UTC+05:30`",
        ),
        (
            "-00:00",
            "`-00:00`",
            "; a fixed offset is written as `UTC+05:30`",
        ),
        ("W. Europe Standard Time", "`W. Europe Standard Time`", ""),
        ("Mars/Olympus", "`Mars/Olympus`", ""),
        ("two\nlines", "`two\\nlines`", ""),
        ("", "``", ""),
    ] {
        let error = Zone::new(name).unwrap_err();
        assert_eq!(error.name, name);
        assert_eq!(
            error.to_string(),
            format!("{quoted} is no zone of the tz database {TZDB_VERSION}{hint}")
        );
    }
    let error: Error = Zone::new("Mars/Olympus").unwrap_err().into();
    assert!(error.to_string().starts_with("`Mars/Olympus` is no zone"));
    let release = TZDB_VERSION.strip_suffix(|c: char| c.is_ascii_lowercase());
    assert!(release.is_some_and(|year| year.parse::<u16>().unwrap() >= 2025));
}

#[test]
fn from_the_roster() {
    let mut ids = SequentialIds::new(1);
    let mut person = |key: &str, zone: Option<&str>| {
        let id = ParticipantId::from_source(&mut ids);
        let key = Key::new(key).unwrap();
        let person = Participant::new(id, key, Side::Mentor, Experience::grade(2));
        match zone {
            Some(zone) => person.with_timezone(Label::new(zone).unwrap()),
            None => person,
        }
    };
    let people = [
        person("ada", Some("Europe/Paris")),
        person("bo", Some("CET+1")),
        person("cy", None),
        person("di", Some("UTC+05:30")),
        person("eve", Some("CET+1")),
        person("flo", Some("paris")),
    ];
    let of = |at: usize| Zone::of_profile(people[at].profile());
    assert_eq!(of(0), Ok(Some(Zone::new("Europe/Paris").unwrap())));
    assert_eq!(of(1), Zone::new("CET+1").map(Some));
    assert!(matches!(of(1), Err(ZoneError { .. })));
    assert_eq!(of(2), Ok(None));
    assert_eq!(of(3), Ok(Some(Zone::new("+05:30").unwrap())));

    let lines = ["ada", "bo", "cy", "di", "eve", "flo"].map(Line::root);
    let roster = Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap();
    let unknown = unknown_zones(&roster);
    let keys: Vec<&str> = unknown.iter().map(|u| u.key.as_str()).collect();
    assert_eq!(keys, ["bo", "eve", "flo"]);
    assert_eq!(
        unknown[2].to_string(),
        format!(
            "the time zone of `flo`: `paris` is no zone of the tz database {TZDB_VERSION}; did you mean `Europe/Paris`?"
        )
    );
}
