//! Invitations, read byte for byte by a reader that shares no code with their writer.
#![cfg(feature = "calendar")]

#[path = "calendar/read.rs"]
mod read;
#[path = "support/nasty.rs"]
mod nasty;

use chrono::{DateTime, NaiveDate, Utc};
use read::{Line, read};
use reverse_mentoring::calendar::{
    Invite, InviteError, MAX_DESCRIPTION_BYTES, Mailbox, MailboxError,
};
use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
use reverse_mentoring::session::{Minutes, PlannedSession};
use reverse_mentoring::text::Label;

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn planned(starts: Option<&str>) -> PlannedSession {
    let mut ids = SequentialIds::new(7);
    let (pairing, id) = (
        PairingId::from_source(&mut ids),
        SessionId::from_source(&mut ids),
    );
    let day = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
    let planned = PlannedSession::new(id, pairing, day);
    match starts {
        Some(starts) => planned.at(instant(starts), Minutes::new(90).unwrap()),
        None => planned,
    }
}

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn office() -> Mailbox {
    Mailbox::new("mentoring@example.com").unwrap()
}

fn ada() -> Mailbox {
    Mailbox::new("ada@example.com").unwrap()
}

fn invite(moves: u32) -> Invite {
    to(ada(), moves)
}

fn to(attendee: Mailbox, moves: u32) -> Invite {
    let now = instant("2026-01-20T08:00:00Z");
    let planned = planned(Some("2026-02-03T23:15:00Z"));
    let title = label("Reverse mentoring");
    Invite::new(&planned, moves, office(), attendee, title, now).unwrap()
}

/// The one value of a property of the event.
fn value<'l>(lines: &'l [Line], name: &str) -> &'l Line {
    let mut found = lines.iter().filter(|line| line.name == name);
    let first = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert!(found.next().is_none(), "{name} twice");
    first
}

#[test]
fn an_invitation_is_these_bytes() {
    let invite = to(ada().named(label("Ada")), 0).with_place(label("Room 2; left"));
    let invite = invite
        .with_description("Bring a question.\nOr two, then.")
        .unwrap();
    let expected = "\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//reverse-mentoring//reverse-mentoring//EN\r
CALSCALE:GREGORIAN\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
CLASS:PRIVATE\r
DESCRIPTION:Bring a question.\\nOr two\\, then.\r
DTEND:20260204T004500Z\r
DTSTAMP:20260120T080000Z\r
DTSTART:20260203T231500Z\r
LOCATION:Room 2\\; left\r
ORGANIZER:mailto:mentoring@example.com\r
SEQUENCE:0\r
STATUS:CONFIRMED\r
SUMMARY:Reverse mentoring\r
UID:00000007-0000-8000-8000-000000000002\r
ATTENDEE;CN=\"Ada\";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mail\r
 to:ada@example.com\r
END:VEVENT\r
END:VCALENDAR\r
";
    assert_eq!(invite.request(), expected);
    assert_eq!(invite.request(), invite.clone().request());
}

#[test]
fn whatever_is_sent_later_has_a_higher_number_and_the_same_id() {
    let mut numbers = Vec::new();
    for moves in [0, 1, 2, 1_073_741_822] {
        for (message, method, status) in [
            (invite(moves).request(), "REQUEST", "CONFIRMED"),
            (invite(moves).cancellation(), "CANCEL", "CANCELLED"),
        ] {
            let lines = read(&message).unwrap();
            assert_eq!(value(&lines, "METHOD").value, method);
            assert_eq!(value(&lines, "STATUS").value, status);
            assert_eq!(
                value(&lines, "UID").value,
                "00000007-0000-8000-8000-000000000002"
            );
            numbers.push(value(&lines, "SEQUENCE").value.parse::<i32>().unwrap());
        }
    }
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
}

/// Every text that a label takes comes out as it went in, from every place where one can stand, and begins no line.
#[test]
fn nasty_texts_stay_where_they_are() {
    let strings = nasty::nasty();
    assert!(strings.len() >= 200, "{}", strings.len());
    let mut taken = 0;
    for text in strings {
        let label = Label::new(text.as_str());
        // As one label, and cut where a label has to end.
        let Ok(label) = label else {
            assert!(
                text.trim().is_empty() || text.len() > 1024 || text.chars().any(char::is_control),
                "{text:?}"
            );
            continue;
        };
        taken += 1;
        let organiser = office().named(label.clone());
        let planned = planned(Some("2026-02-03T23:15:00Z"));
        let invite = Invite::new(
            &planned,
            3,
            organiser.clone(),
            organiser,
            label.clone(),
            instant("2026-01-20T08:00:00Z"),
        )
        .unwrap();
        let invite = invite.with_place(label.clone());
        let invite = invite.with_description(&text).unwrap();
        for message in [invite.request(), invite.cancellation()] {
            let lines =
                read(&message).unwrap_or_else(|problem| panic!("{problem}\n{text:?}\n{message}"));
            let names: Vec<_> = lines.iter().map(|line| line.name.as_str()).collect();
            let expected = [
                "BEGIN",
                "VERSION",
                "PRODID",
                "CALSCALE",
                "METHOD",
                "BEGIN",
                "CLASS",
                "DESCRIPTION",
                "DTEND",
                "DTSTAMP",
                "DTSTART",
                "LOCATION",
                "ORGANIZER",
                "SEQUENCE",
                "STATUS",
                "SUMMARY",
                "UID",
                "ATTENDEE",
                "END",
                "END",
            ];
            assert_eq!(names, expected, "{text:?}");
            for name in ["SUMMARY", "LOCATION", "DESCRIPTION"] {
                assert_eq!(value(&lines, name).text().unwrap(), text, "{name}");
            }
            for name in ["ORGANIZER", "ATTENDEE"] {
                let line = value(&lines, name);
                assert_eq!(line.value, "mailto:mentoring@example.com");
                assert_eq!(line.parameter("CN").unwrap(), text, "{name}");
            }
        }
    }
    assert!(taken >= 150, "{taken}");
}

#[test]
fn descriptions_have_lines_and_no_other_control_character() {
    let several = invite(0).with_description("one\r\ntwo\n\tthree").unwrap();
    let lines = read(&several.request()).unwrap();
    assert_eq!(
        value(&lines, "DESCRIPTION").text().unwrap(),
        "one\ntwo\n\tthree"
    );
    for before in 55..70 {
        let tabs = format!("{}\t\t{}", "x".repeat(before), "y".repeat(80));
        let invite = invite(0).with_description(&tabs).unwrap();
        let lines = read(&invite.request()).unwrap();
        assert_eq!(value(&lines, "DESCRIPTION").text().unwrap(), tabs);
    }
    for c in (0u32..32).chain(127..160).filter(|c| ![9, 10].contains(c)) {
        let text = format!("a{}b", char::from_u32(c).unwrap());
        let refused = invite(0).with_description(&text).unwrap_err();
        assert_eq!(refused, InviteError::ControlCharacter, "{c}");
    }
    let edge = "x".repeat(MAX_DESCRIPTION_BYTES);
    assert!(invite(0).with_description(&edge).is_ok());
    let refused = invite(0).with_description(&(edge + "x")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the description is longer than 16384 bytes"
    );
}

/// A fraction is cut off, and `:60` is written as `:59`.
#[test]
fn instants_are_whole_seconds() {
    let now = instant("2026-12-31T23:59:60.5Z");
    let planned = planned(Some("2016-12-31T23:59:60.999Z"));
    let invite = Invite::new(&planned, 0, office(), ada(), label("x"), now).unwrap();
    for message in [invite.request(), invite.cancellation()] {
        let lines = read(&message).unwrap();
        let of = |name| value(&lines, name).value.as_str();
        let found = [of("DTSTAMP"), of("DTSTART"), of("DTEND")];
        assert_eq!(
            found,
            ["20261231T235959Z", "20161231T235959Z", "20170101T012959Z"]
        );
    }
}

/// Whoever is invited after the first stands beside them, in this order.
#[test]
fn everybody_invited_is_an_attendee() {
    let other = Mailbox::new("cfo@example.com").unwrap();
    let message = invite(0).with_attendee(other).request();
    let lines = read(&message).unwrap();
    let found = lines.iter().filter(|line| line.name == "ATTENDEE");
    let found: Vec<_> = found.map(|line| line.value.as_str()).collect();
    assert_eq!(found, ["mailto:ada@example.com", "mailto:cfo@example.com"]);
}

#[test]
fn what_calendars_cannot_write_is_refused() {
    let now = instant("2026-01-20T08:00:00Z");
    let of = |planned: &PlannedSession, moves, now| {
        Invite::new(planned, moves, office(), ada(), label("x"), now).map(|_| ())
    };
    let noon = planned(Some("2026-02-03T12:00:00Z"));
    assert_eq!(of(&noon, 0, now), Ok(()));
    assert_eq!(of(&planned(None), 0, now), Err(InviteError::NoTime));
    assert_eq!(of(&noon, 1_073_741_823, now), Ok(()));
    assert_eq!(of(&noon, 1_073_741_824, now), Err(InviteError::Moves));
    for far in [
        DateTime::<Utc>::MIN_UTC,
        DateTime::<Utc>::MAX_UTC,
        instant("0000-12-31T23:59:59Z"),
    ] {
        assert_eq!(of(&noon, 0, far), Err(InviteError::Year));
    }
    assert_eq!(
        of(&planned(Some("9999-12-31T23:00:00Z")), 0, now),
        Err(InviteError::Year)
    );
    assert_eq!(
        InviteError::NoTime.to_string(),
        "the session has no time yet, only a day"
    );
    assert_eq!(
        InviteError::Year.to_string(),
        "calendars write years from 1 to 9999"
    );
}

#[test]
fn addresses_are_taken_or_refused() {
    let good = [
        ("ada@example.com", "mailto:ada@example.com"),
        (
            "o'neil+x@sub.example.co.uk",
            "mailto:o'neil+x@sub.example.co.uk",
        ),
        (
            "a%b&c?d#e/f=g@example.com",
            "mailto:a%25b%26c%3Fd%23e%2Ff%3Dg@example.com",
        ),
        (
            "{x|y}^`z~@example.com",
            "mailto:%7Bx%7Cy%7D%5E%60z~@example.com",
        ),
        ("a@localhost", "mailto:a@localhost"),
        ("a@xn--bcher-kva.example", "mailto:a@xn--bcher-kva.example"),
    ];
    for (address, uri) in good {
        let mailbox = Mailbox::new(address).unwrap();
        assert_eq!(mailbox.address(), address);
        let message = to(mailbox.clone(), 0).request();
        assert_eq!(value(&read(&message).unwrap(), "ATTENDEE").value, uri);
        assert_eq!(format!("{mailbox:?}"), "Mailbox(..)");
    }
    let bad = [
        ("", MailboxError::NoAt),
        ("ada", MailboxError::NoAt),
        ("@example.com", MailboxError::Local),
        (".a@example.com", MailboxError::Local),
        ("a..b@example.com", MailboxError::Local),
        ("a@b@example.com", MailboxError::Local),
        ("\"a b\"@example.com", MailboxError::Local),
        ("a b@example.com", MailboxError::Local),
        ("a,b@example.com", MailboxError::Local),
        ("a;b@example.com", MailboxError::Local),
        ("a\nb@example.com", MailboxError::Local),
        ("zoë@example.com", MailboxError::Local),
        ("a@", MailboxError::Domain),
        ("a@-x.com", MailboxError::Domain),
        ("a@x..com", MailboxError::Domain),
        (
            "a@x.com\r\nATTENDEE:mailto:evil@example.com",
            MailboxError::Local,
        ),
        ("a@x.com\r\nX:1", MailboxError::Domain),
        ("a@[127.0.0.1]", MailboxError::Domain),
        ("a@bücher.example", MailboxError::Domain),
        ("a@x.com?bcc=evil", MailboxError::Domain),
    ];
    for (address, problem) in bad {
        assert_eq!(Mailbox::new(address).unwrap_err(), problem, "{address:?}");
    }
    let long = format!("{}@example.com", "a".repeat(65));
    assert_eq!(Mailbox::new(&long).unwrap_err(), MailboxError::TooLong);
    for text in nasty::nasty() {
        // Whatever is taken has nothing in it that ends a line or a value.
        if let Ok(mailbox) = Mailbox::new(&format!("{text}@example.com")) {
            assert!(read(&to(mailbox, 0).request()).is_ok());
        }
        let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        assert!(Mailbox::new(&format!("a@{text}")).is_err() || text.chars().all(host));
    }
}

/// Writes what other readers are to read, with what they are to find: `.ci/deep.d/calendar.sh` runs this and them.
#[test]
#[ignore = "needs CALENDAR_OUT; .ci/deep.d/calendar.sh runs it"]
fn writes_for_others() {
    let Some(out) = std::env::var_os("CALENDAR_OUT").map(std::path::PathBuf::from) else {
        return println!("no CALENDAR_OUT, nothing is written");
    };
    let mut expected = Vec::new();
    for (n, text) in nasty::nasty().into_iter().enumerate() {
        let Ok(label) = Label::new(text.as_str()) else {
            continue;
        };
        let planned = planned(Some("2026-02-03T23:15:00Z"));
        let now = instant("2026-01-20T08:00:00Z");
        let organiser = office().named(label.clone());
        let attendee = organiser.clone();
        let invite = Invite::new(&planned, 3, organiser, attendee, label.clone(), now).unwrap();
        let invite = invite.with_place(label);
        let description = format!("{text}\n{text}");
        let invite = invite.with_description(&description).unwrap();
        for (message, method, sequence) in [
            (invite.request(), "REQUEST", 6),
            (invite.cancellation(), "CANCEL", 7),
        ] {
            let file = format!("{n}-{method}.ics");
            std::fs::write(out.join(&file), message).unwrap();
            expected.push(serde_json::json!({
                "file": file, "method": method, "sequence": sequence, "text": text, "description": description,
                "uid": planned.session.as_uuid().to_string(), "address": "mailto:mentoring@example.com",
                "starts": "2026-02-03T23:15:00Z", "ends": "2026-02-04T00:45:00Z",
            }));
        }
    }
    assert!(expected.len() > 300);
    let expected = serde_json::to_string(&expected).unwrap();
    std::fs::write(out.join("expected.json"), expected).unwrap();
}
