//! Journals and figures as streams: a second reading of the rules of CloudEvents, what comes back, and every refusal word for word.
#![cfg(feature = "fleet")]

#[path = "fleet/figures.rs"]
mod figures;
#[path = "support/life.rs"]
mod life;
#[path = "support/nasty.rs"]
mod nasty;
mod support;

use std::collections::BTreeSet;

use life::{Dice, Life};
use reverse_mentoring::fleet::{
    JournalEvent, JournalEvents, NewerEvent, Source, SourceError, WriteError, read_journal,
};
use reverse_mentoring::ids::ProgramId;
use reverse_mentoring::journal::{Entry, Event, Stamp};
use serde_json::Value;
use support::*;

const GOLDEN: [&str; 3] = [
    include_str!("golden/journal-v1.ndjson"),
    include_str!("golden/journal-adoption-v1.ndjson"),
    include_str!("golden/journal-exemption-v1.ndjson"),
];

fn source() -> Source {
    Source::new("https://hr.example/programmes/").unwrap()
}

fn program(n: u32) -> ProgramId {
    format!("00000004-0000-8000-8000-{n:012x}").parse().unwrap()
}

fn id_of(journal: &[Entry]) -> ProgramId {
    match &journal[0].event {
        Event::Opened { program, .. } => *program,
        other => panic!("{other:?}"),
    }
}

fn stream(journal: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = JournalEvents::new(&mut bytes, source());
    for entry in journal {
        out.write(id_of(journal), entry).unwrap();
    }
    out.finish().unwrap();
    bytes
}

fn golden() -> Vec<Vec<Entry>> {
    let entry = |line| serde_json::from_str(line).unwrap();
    GOLDEN
        .map(|text| text.lines().map(entry).collect())
        .to_vec()
}

/// What CloudEvents 1.0 and its JSON format ask of an event, read from the specification a second time.
fn assert_cloud_event(line: &str) -> Value {
    let event: Value = serde_json::from_str(line).unwrap();
    let all = event.as_object().unwrap();
    for (name, value) in all {
        assert!(
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        );
        assert!(name.len() <= 20);
        assert!(name == "data" || value.is_string(), "{name}");
    }
    let text = |name: &str| all[name].as_str().unwrap();
    assert_eq!(text("specversion"), "1.0");
    for name in ["id", "source", "type", "subject", "dataschema"] {
        assert!(!text(name).is_empty());
    }
    for name in ["source", "dataschema"] {
        let (scheme, rest) = text(name).split_once(':').unwrap();
        assert!(scheme.bytes().all(|b| b.is_ascii_lowercase()) && !rest.is_empty());
        let known = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
        assert!(text(name).chars().all(known));
    }
    assert_eq!(text("datacontenttype"), "application/json");
    if let Some(time) = all.get("time") {
        let time = time.as_str().unwrap().as_bytes();
        let form = b"dddd-dd-ddTdd:dd:dd";
        for (form, b) in form.iter().zip(time) {
            assert!(b == form || (*form == b'd' && b.is_ascii_digit()));
        }
        let rest = &time[form.len()..];
        let digits = &rest[..rest.len() - 1];
        assert!(rest.ends_with(b"Z") && digits.iter().skip(1).all(u8::is_ascii_digit));
        assert!(digits.is_empty() || (digits.len() > 1 && digits[0] == b'.'));
    }
    event
}

fn assert_back(journal: &[Entry]) {
    let bytes = stream(journal);
    let text = std::str::from_utf8(&bytes).unwrap();
    assert_eq!(text.lines().count(), journal.len());
    let id = id_of(journal);
    let mut ids = BTreeSet::new();
    for (line, entry) in text.lines().zip(journal) {
        let event = assert_cloud_event(line);
        assert_eq!(event["data"], serde_json::to_value(entry).unwrap());
        assert_eq!(
            event["source"],
            format!("https://hr.example/programmes/{id}")
        );
        assert_eq!(event["subject"], id.to_string());
        assert_eq!(event["type"], "reverse-mentoring.entry");
        assert_eq!(event["time"], event["data"]["stamp"]["recorded_at"]);
        assert!(ids.insert(event["id"].to_string()));
    }
    let read = read_journal(&bytes).unwrap();
    assert_eq!(read.len(), journal.len());
    for (event, entry) in read.into_iter().zip(journal) {
        let JournalEvent::Entry(event) = event else {
            panic!("{event:?}")
        };
        assert_eq!((event.source, event.program), (source(), id));
        assert_eq!(event.entry, *entry);
    }
}

#[test]
fn golden_journals() {
    for journal in golden() {
        assert_back(&journal);
    }
    let first = String::from_utf8(stream(&golden()[0])).unwrap();
    let first = first.split_once(r#""data""#).unwrap().0;
    assert_eq!(
        first,
        concat!(
            r#"{"specversion":"1.0","id":"00000004-0000-8000-8000-000000000001/entry/0","#,
            r#""source":"https://hr.example/programmes/00000004-0000-8000-8000-000000000001","#,
            r#""type":"reverse-mentoring.entry","subject":"00000004-0000-8000-8000-000000000001","#,
            r#""time":"2026-01-01T00:00:00Z","datacontenttype":"application/json","#,
            r#""dataschema":"urn:reverse-mentoring:schema:entry:1","#
        )
    );
}

/// A hundred thousand of them are in `round_trips`.
#[test]
fn random_lives_come_back() {
    for seed in 0..40 {
        let (mut life, mut dice) = (Life::new(), Dice(seed));
        let mut today = 3;
        for _ in 0..60 {
            life.turn(&mut dice, today);
            today += dice.roll(5) as i64;
        }
        assert_back(&life.journal);
    }
}

/// A thousand programmes between each other are each what they were.
#[test]
fn programmes_side_by_side() {
    let journals = golden();
    let mut bytes = Vec::new();
    let mut out = JournalEvents::new(&mut bytes, source());
    for at in 0..60 {
        for (n, journal) in (10..).zip(&journals) {
            let entry = journal.get(at).filter(|_| at > 0);
            if let Some(entry) = entry {
                out.write(program(n), entry).unwrap();
            }
        }
    }
    out.finish().unwrap();
    let read = read_journal(&bytes).unwrap();
    for (n, journal) in (10..).zip(&journals) {
        let own = read.iter().filter_map(|event| match event {
            JournalEvent::Entry(event) if event.program == program(n) => Some(&event.entry),
            _ => None,
        });
        assert!(own.eq(&journal[1..]));
    }
}

#[test]
fn an_entry_of_a_newer_release_is_kept_byte_for_byte() {
    let text = r#"{ "version":7,"sequence":12,"mood" : "br\u0069ght","n":1.50,"n":2 }"#;
    let event = NewerEvent::new(source(), program(1), text).unwrap();
    assert_eq!((event.version(), event.sequence()), (7, 12));
    assert_eq!((event.program(), event.source()), (program(1), &source()));
    let line = event.as_line();
    assert_cloud_event(&line.replace(r#","n":2"#, ""));
    assert!(line.contains(r#""dataschema":"urn:reverse-mentoring:schema:entry:7","#));
    // What a newer release writes has more, and stays as it is too.
    let newer = line
        .replace(
            r#""data""#,
            r#""time":"2026-01-01T00:00:00Z", "mood":3 ,"data""#,
        )
        .replace("/entry/12", "/entry/13")
        .replace(r#""sequence":12"#, r#""sequence":13"#);
    // They take the places of what the journal goes on with.
    let journal = &golden()[0][..12];
    let bytes = [stream(journal), format!("{line}\n{newer}").into_bytes()].concat();
    let read = read_journal(&bytes).unwrap();
    let kept = read.into_iter().skip(journal.len());
    let kept: Vec<NewerEvent> = kept
        .map(|event| match event {
            JournalEvent::Newer(event) => event,
            JournalEvent::Entry(event) => panic!("{event:?}"),
        })
        .collect();
    assert_eq!(kept[0], event);
    assert_eq!(kept[1].as_line(), newer);
    let mut again = Vec::new();
    let mut out = JournalEvents::new(&mut again, source());
    for event in &kept {
        out.write_newer(event).unwrap();
        let refused = out.write_newer(event).unwrap_err().to_string();
        let id = format!("{}/entry/{}", program(1), event.sequence());
        assert_eq!(refused, format!("the event `{id}` was written before"));
    }
    out.finish().unwrap();
    assert_eq!(again, format!("{line}\n{newer}\n").into_bytes());
    for text in [
        r#"{"version":1,"sequence":12}"#,
        r#"{"version":7}"#,
        "{\"version\":7,\n\"sequence\":1}",
        "{\"version\":7,\r\"sequence\":1}",
        "[]",
        r#"{"version":7,"sequence":1} {}"#,
    ] {
        let refused = NewerEvent::new(source(), program(1), text).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the stored text is not an entry of a newer release with a sequence, on one line"
        );
    }
}

/// In any order, each once: against a set of all that went out.
#[test]
fn an_entry_goes_out_once() {
    let journal = &golden()[0];
    let (mut dice, mut bytes) = (Dice(7), Vec::new());
    let mut out = JournalEvents::new(&mut bytes, source());
    let (mut written, mut refused) = (BTreeSet::new(), 0);
    for _ in 0..2_000 {
        let of = dice.roll(3) as u32;
        let place = dice.roll(300);
        let sequence = if place < 297 {
            place
        } else {
            u64::MAX - (place - 297)
        };
        let mut entry = journal[1].clone();
        entry.sequence = sequence;
        match out.write(program(of), &entry) {
            Ok(()) => assert!(written.insert((of, sequence)), "{of} {sequence}"),
            Err(WriteError::Repeat { id }) => {
                assert!(written.contains(&(of, sequence)), "{of} {sequence}");
                assert_eq!(id, format!("{}/entry/{sequence}", program(of)));
                refused += 1;
            }
            Err(other) => panic!("{other}"),
        }
    }
    // A newer entry of another host's is another event, and one of our own is not.
    let of = |source: &str, sequence: u64| {
        let text = format!(r#"{{"version":9,"sequence":{sequence}}}"#);
        NewerEvent::new(Source::new(source).unwrap(), program(0), &text).unwrap()
    };
    let (_, taken) = written.iter().next().unwrap();
    out.write_newer(&of("urn:other:", *taken)).unwrap();
    let own = of("https://hr.example/programmes/", *taken);
    assert!(matches!(
        out.write_newer(&own),
        Err(WriteError::Repeat { .. })
    ));
    out.finish().unwrap();
    assert!(refused > 700 && written.len() > 700, "{refused}");
    assert_eq!(read_journal(&bytes).unwrap().len(), written.len() + 1);
}

#[test]
fn nobody_is_in_an_envelope() {
    let journal = &golden()[0];
    let bytes = stream(journal);
    let people: BTreeSet<String> = journal
        .iter()
        .flat_map(|entry| match &entry.event {
            Event::Opened { people, .. } => {
                people.iter().map(|p| p.participant.to_string()).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    assert!(people.len() > 3);
    for line in std::str::from_utf8(&bytes).unwrap().lines() {
        let (envelope, _) = line.split_once(r#""data""#).unwrap();
        assert!(people.iter().all(|person| !envelope.contains(person)));
    }
}

#[test]
fn what_cannot_be_written() {
    let journal = &golden()[0];
    let mut bytes = Vec::new();
    let mut out = JournalEvents::new(&mut bytes, source());
    let refused = out.write(program(2), &journal[0]).unwrap_err();
    assert!(matches!(refused, WriteError::OtherProgram));
    assert_eq!(refused.to_string(), "the entry opens another programme");
    for day in ["-0001-12-31", "+10000-01-01"] {
        let mut entry = journal[1].clone();
        entry.stamp = Stamp::midnight(day.parse().unwrap());
        let refused = out.write(program(1), &entry).unwrap_err();
        assert!(matches!(refused, WriteError::Time));
        assert_eq!(
            refused.to_string(),
            "the time is not of the years 0 to 9999, for which RFC 3339 has a form"
        );
    }
    out.finish().unwrap();
    assert!(bytes.is_empty());
    // The first and the last that can.
    let mut out = JournalEvents::new(&mut bytes, source());
    for (sequence, day) in [(1, "0000-01-01"), (2, "9999-12-31")] {
        let mut entry = journal[1].clone();
        entry.sequence = sequence;
        entry.stamp = Stamp::midnight(day.parse().unwrap());
        out.write(program(1), &entry).unwrap();
    }
    out.finish().unwrap();
    assert_eq!(read_journal(&bytes).unwrap().len(), 2);
}

/// One event has one source: a UUID has other forms, and is read in the one that is written.
#[test]
fn one_form_of_a_programme() {
    let mut bytes = Vec::new();
    let mut out = JournalEvents::new(&mut bytes, source());
    out.write(program(0xabc), &golden()[0][1]).unwrap();
    out.finish().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(read_journal(text.as_bytes()).is_ok());
    let upper = text.replacen("000000000abc\",\"type", "000000000ABC\",\"type", 1);
    assert_ne!(upper, text);
    assert_eq!(
        faults(&upper),
        ["1: `source` is not a URI of the host's with a programme behind it"]
    );
}

#[test]
fn sources() {
    for good in [
        "https://hr.example/p/",
        "urn:example:p:",
        "x-1.2+a:/",
        "http://[::1]/?p=",
        "a:%4F/",
    ] {
        let source = Source::new(good).unwrap();
        assert_eq!(
            (source.as_str(), source.to_string()),
            (good, good.to_owned())
        );
    }
    let (scheme, character, end) = (
        SourceError::NoScheme,
        SourceError::BadCharacter,
        SourceError::BadEnd,
    );
    for (bad, why) in [
        ("", scheme),
        ("/p/", scheme),
        ("hr.example/p:/", scheme),
        (":/", scheme),
        ("1a:/", scheme),
        ("hé:/", scheme),
        ("h_r:/", scheme),
        ("https://hr.example/é/", character),
        ("https://hr.example/a b/", character),
        ("https://hr.example/\"/", character),
        ("https://hr.example/\n/", character),
        ("https://hr.example/#/", character),
        ("https://hr.example/%4/", character),
        ("https://hr.example/%", character),
        ("https://hr.example/p", end),
    ] {
        assert_eq!(Source::new(bad), Err(why), "{bad:?}");
    }
    for text in nasty::nasty() {
        assert!(
            Source::new(&format!("https://hr.example/{text}/")).is_ok()
                == text
                    .chars()
                    .all(|c| { c.is_ascii_alphanumeric() || "-._~:/?[]@!$&'()*+,;=".contains(c) })
                || text.contains('%')
        );
    }
}

/// What is said of a line of which a part is another, beside a sound line before it and after it.
fn said(from: &str, to: &str) -> Vec<String> {
    let text = String::from_utf8(stream(&golden()[0])).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let changed = lines[0].replacen(from, to, 1);
    assert_ne!(changed, lines[0], "{from}");
    let stream = [lines[1], &changed, lines[2], "", lines[3]].join("\n");
    let faults = read_journal(stream.as_bytes()).unwrap_err().0;
    let mut said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let last = said.pop().unwrap();
    assert_eq!(last, "4: the line is blank, and there is an event on each");
    said
}

#[test]
fn every_fault_with_its_line() {
    let id = "00000004-0000-8000-8000-000000000001";
    let table = [
        (
            "\"specversion\":\"1.0\"",
            "\"specversion\":\"0.3\"",
            vec!["2: `specversion` is not `1.0`"],
        ),
        (
            "\"specversion\":\"1.0\",\"id\"",
            "\"Id\"",
            vec![
                "2: there is an attribute whose name is not of lower-case letters and digits",
                "2: `specversion` is missing",
                "2: `id` is missing",
            ],
        ),
        ("\"1.0\",", "1.0,", vec!["2: `specversion` is not a string"]),
        (
            "/entry/0",
            "/entry/1",
            vec![
                "2: `id` is not `00000004-0000-8000-8000-000000000001/entry/0`",
                "2: `id` is that of line 1, under the same `source`",
            ],
        ),
        (
            "reverse-mentoring.entry",
            "reverse-mentoring.figure",
            vec!["2: `type` is not `reverse-mentoring.entry`"],
        ),
        (
            "programmes/",
            "programmes ",
            vec!["2: `source` is not a URI of the host's with a programme behind it"],
        ),
        (
            "\"subject\":\"0",
            "\"subject\":\"1",
            vec!["2: `subject` is not `00000004-0000-8000-8000-000000000001`"],
        ),
        (
            "\"time\":\"2026-01-01T00:00:00Z\"",
            "\"time\":\"2026-01-01\"",
            vec!["2: `time` is not the instant of the data, `2026-01-01T00:00:00Z`"],
        ),
        (
            "\"time\":\"2026-01-01T00:00:00Z\",",
            "",
            vec!["2: `time` is missing"],
        ),
        (
            "application/json",
            "application/xml",
            vec!["2: `datacontenttype` is not `application/json`"],
        ),
        (
            "schema:entry:1",
            "schema:entry:2",
            vec!["2: `dataschema` is not `urn:reverse-mentoring:schema:entry:1`"],
        ),
        (
            "\"data\"",
            "\"data_base64\"",
            vec![
                "2: there is an attribute whose name is not of lower-case letters and digits",
                "2: `data` is missing",
            ],
        ),
        (
            "\"specversion\":\"1.0\",",
            "\"specversion\":\"1.0\",\"specversion\":\"1.0\",",
            vec!["2: `specversion` is there more than once"],
        ),
        (
            "\"sequence\":0,",
            "\"sequence\":-1,",
            vec![
                "2: `data` is not an entry: invalid value: integer `-1`, expected u64 at line 1 column 26",
            ],
        ),
        (
            "\"version\":1,\"sequence\":0,",
            "\"version\":2,",
            vec!["2: `data` is an entry of a newer release without a sequence"],
        ),
        (
            "\"event\":\"opened\",\"program\":\"00000004",
            "\"event\":\"opened\",\"program\":\"00000005",
            vec!["2: `data` cannot be: the entry opens another programme"],
        ),
    ];
    for (from, to, faults) in table {
        assert_eq!(said(from, to), faults, "{from}");
    }
    // Both in one run.
    let of_two = said(&format!("\"subject\":\"{id}\",\"time\":\""), "\"time\":\"1");
    assert_eq!(
        of_two,
        [
            "2: `subject` is missing",
            "2: `time` is not the instant of the data, `2026-01-01T00:00:00Z`",
        ]
    );
    assert!(read_journal(b"").unwrap().is_empty());
    assert_eq!(
        read_journal(b"\n").unwrap_err().to_string(),
        "1: the line is blank, and there is an event on each"
    );
    assert_eq!(
        read_journal(b"nothing\n").unwrap_err().to_string(),
        "1: the line is not an event: expected ident at line 1 column 2"
    );
    assert_eq!(
        read_journal(b"[]\n{}\n").unwrap_err().0.len(),
        1 + 5,
        "a list, and an object without anything"
    );
}

/// Every fault of a stream, as it is said.
fn faults(stream: &str) -> Vec<String> {
    let faults = read_journal(stream.as_bytes()).unwrap_err().0;
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn byte_order_marks_and_blank_lines() {
    let mark = |n: u64| {
        format!("{n}: the line begins with a byte order mark, which is no part of an event")
    };
    let blank = |n: u64| format!("{n}: the line is blank, and there is an event on each");
    let text = String::from_utf8(stream(&golden()[0])).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(faults(&format!("\u{feff}{text}")), [mark(1)]);
    // Two files, one after the other.
    let two = format!("{}\n\u{feff}{}\n{}\n", lines[0], lines[1], lines[2]);
    assert_eq!(faults(&two), [mark(2)]);
    // What else is wrong with the line is said, too.
    let wrong = lines[0].replace("\"1.0\"", "\"0.3\"");
    assert_eq!(
        faults(&format!("\u{feff}{wrong}")),
        [mark(1), "1: `specversion` is not `1.0`".to_owned()]
    );
    assert_eq!(
        faults("\u{feff}[]"),
        [
            mark(1),
            "1: the line is not an event: invalid type: sequence, expected an event at line 1 column 0"
                .to_owned()
        ]
    );
    assert_eq!(faults("\u{feff}\r\n"), [mark(1), blank(1)]);
    assert_eq!(faults("\u{feff}\u{feff}")[0], mark(1));
    for space in ["", " ", "\t ", "\r"] {
        let stream = [lines[0], space, lines[1], space, ""].join("\n");
        assert_eq!(faults(&stream), [blank(2), blank(4)], "{space:?}");
        let first = [space, lines[0]].join("\n");
        assert_eq!(faults(&first), [blank(1)]);
    }
    // A mark inside a text is the text's.
    let marked = text.replace("hr.example", "hr\u{feff}example");
    assert!(faults(&marked)[0].starts_with("1: `source` is not a URI"));
}

/// `source` and `id` name one event: the reader does not choose between two, and drops none.
#[test]
fn an_event_that_is_there_twice() {
    let text = String::from_utf8(stream(&golden()[0])).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let again =
        |n: u64, first: u64| format!("{n}: `id` is that of line {first}, under the same `source`");
    let of = |lines: &[&str]| faults(&lines.join("\n"));
    assert_eq!(of(&[lines[0], lines[0]]), [again(2, 1)]);
    assert_eq!(
        of(&[lines[3], lines[1], lines[3], lines[1], lines[3]]),
        [again(3, 1), again(4, 2), again(5, 1)]
    );
    // The same id in other characters, and another entry under it.
    let escaped = lines[1].replacen("/entry/1", "\\/entry\\u002f1", 1);
    assert_ne!(escaped, lines[1]);
    assert!(read_journal(escaped.as_bytes()).is_ok());
    assert_eq!(of(&[lines[1], &escaped]), [again(2, 1)]);
    let other = lines[1].replace("T00:00:00Z", "T00:00:01Z");
    assert_ne!(other, lines[1]);
    assert!(read_journal(other.as_bytes()).is_ok());
    assert_eq!(of(&[lines[1], &other]), [again(2, 1)]);
    // Also where the first or the second has a fault of its own.
    let wrong = lines[1].replacen("\"1.0\"", "\"0.3\"", 1);
    let version = |n: u64| format!("{n}: `specversion` is not `1.0`");
    assert_eq!(of(&[&wrong, lines[1]]), [version(1), again(2, 1)]);
    assert_eq!(of(&[lines[1], &wrong]), [version(2), again(2, 1)]);
    // The same entry of two hosts is two events, and so is that of two programmes.
    let of_another = text.replace("https://hr.example/", "https://hr.example:8080/");
    let both = read_journal(format!("{text}{of_another}").as_bytes()).unwrap();
    assert_eq!(both.len(), 2 * lines.len());
}

#[test]
fn an_extension_that_is_there_twice() {
    let text = String::from_utf8(stream(&golden()[0])).unwrap();
    let with = |more: &str| text.replacen("{\"spec", &format!("{{{more},\"spec"), 1);
    assert!(read_journal(with(r#""b":1,"a":"x""#).as_bytes()).is_ok());
    assert_eq!(
        faults(&with(r#""b":1,"a":"x","b":1,"a":"y","b":2"#)),
        [
            "1: `a` is there more than once",
            "1: `b` is there more than once"
        ]
    );
    assert_eq!(
        faults(&with(
            r#""trace":1,"tr\u0061ce":1,"B":1,"B":1,"":1,"id":"x""#
        )),
        [
            "1: `id` is there more than once",
            "1: `trace` is there more than once",
            "1: there is an attribute whose name is not of lower-case letters and digits",
            "1: `id` is not `00000004-0000-8000-8000-000000000001/entry/0`",
        ]
    );
    let long = "x".repeat(100);
    let twice = with(&format!("\"{long}\":1,\"{long}\":1"));
    let said = faults(&twice);
    assert!(said.len() == 1 && said[0].len() < 120, "{said:?}");
}

/// What may be another: the form of an instant, extensions, the order, the end of the last line.
#[test]
fn what_others_may_do_on_the_way() {
    let journal = &golden()[0];
    let text = String::from_utf8(stream(journal)).unwrap();
    let attributes = "{\"traceparent\":\"00-1\",\"sampledrate\":3,\"specversion\":\"1.0\", \"id\"";
    let other = text.lines().map(|line| {
        line.replacen("T00:00:00Z\",\"datac", "T01:00:00.000+01:00\",\"datac", 1)
            .replacen("{\"specversion\":\"1.0\",\"id\"", attributes, 1)
            + "\r\n"
    });
    let other: String = other.collect();
    assert_ne!(text, other);
    assert!(read_journal(other.trim_end().as_bytes()) == read_journal(text.as_bytes()));
    assert!(read_journal(other.as_bytes()).is_ok());
}
