//! What is written and read: intervals as ever, every other rhythm by its name.

use chrono::{NaiveDate, Weekday};
use reverse_mentoring::cadence::{Cadence, Calendar, Nth, Rhythm};
use reverse_mentoring::journal::Entry;
use reverse_mentoring::program::Program;

use super::support::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn texts_byte_for_byte() {
    let of = |rhythm| Cadence::of(rhythm, 5, 45).unwrap();
    for (cadence, text) in [
        // The form of the first journals.
        (
            Cadence::MONTHLY,
            r#"{"interval_days":30,"grace_days":7,"minutes":60}"#,
        ),
        (
            of(Rhythm::weeks(2, date("2026-01-06")).unwrap()),
            r#"{"rhythm":{"kind":"weeks","every":2,"from":"2026-01-06"},"grace_days":5,"minutes":45}"#,
        ),
        (
            of(Rhythm::month_day(31).unwrap()),
            r#"{"rhythm":{"kind":"month_day","day":31},"grace_days":5,"minutes":45}"#,
        ),
        (
            of(Rhythm::month_weekday(Nth::Last, Weekday::Fri)),
            r#"{"rhythm":{"kind":"month_weekday","nth":"last","weekday":"Fri"},"grace_days":5,"minutes":45}"#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&cadence).unwrap(), text);
        assert_eq!(serde_json::from_str::<Cadence>(text).unwrap(), cadence);
    }
}

#[test]
fn loading_refuses_what_no_constructor_makes() {
    let read = |text: &str| {
        let error = serde_json::from_str::<Cadence>(text)
            .unwrap_err()
            .to_string();
        error.split(" at line").next().unwrap().to_owned()
    };
    for (rhythm, message) in [
        (
            r#""interval_days":0"#,
            "a cadence of 0 days is not between 1 and 366",
        ),
        (
            r#""interval_days":null"#,
            "invalid type: null, expected u16",
        ),
        (r#""rhythm":null"#, "invalid type: null, expected a rhythm"),
        (
            r#""interval_days":30,"rhythm":{"kind":"month_day","day":31}"#,
            "a cadence has either `interval_days` or a `rhythm`",
        ),
        (
            r#""rhythm":{"kind":"month_day","day":0}"#,
            "day 0 of a month is not between 1 and 31",
        ),
        (
            r#""rhythm":{"kind":"weeks","every":53,"from":"2026-01-06"}"#,
            "a cadence of 53 weeks is not between 1 and 52",
        ),
        (
            r#""rhythm":{"kind":"days","days":30}"#,
            "unknown variant `days`, expected one of `weeks`, `month_day`, `month_weekday`",
        ),
        (
            r#""rhythm":{"kind":"month_weekday","nth":"fifth","weekday":"Fri"}"#,
            "unknown variant `fifth`, expected one of `first`, `second`, `third`, `fourth`, `last`",
        ),
        (
            r#""rhythm":{"kind":"month_day","day":1,"of":2}"#,
            "unknown field `of`, expected `day`",
        ),
        (
            r#""rhythm":{"kind":"weeks","every":1}"#,
            "missing field `from`",
        ),
    ] {
        let text = format!(r#"{{{rhythm},"grace_days":7,"minutes":60}}"#);
        assert_eq!(read(&text), message, "{text}");
    }
    assert_eq!(
        read(r#"{"grace_days":7,"minutes":60}"#),
        "a cadence has either `interval_days` or a `rhythm`"
    );
    assert_eq!(
        read(r#"{"rhythm":{"kind":"month_day","day":1},"grace_days":367,"minutes":60}"#),
        "a grace of 367 days is over 366"
    );
    assert_eq!(
        read(r#"{"interval_days":30,"grace_days":7,"minutes":60,"zone":"UTC"}"#),
        "unknown field `zone`, expected one of `interval_days`, `rhythm`, `grace_days`, `minutes`"
    );
}

#[test]
fn a_calendar_is_written_merged_and_by_date() {
    let text = r#"{"closed":[{"first":"2026-12-24","last":"2026-12-26"},{"first":"2026-05-01","last":"2026-05-01"},{"first":"2026-12-27","last":"2027-01-03"}]}"#;
    let calendar: Calendar = serde_json::from_str(text).unwrap();
    let written = serde_json::to_string(&calendar).unwrap();
    assert_eq!(
        written,
        r#"{"closed":[{"first":"2026-05-01","last":"2026-05-01"},{"first":"2026-12-24","last":"2027-01-03"}]}"#
    );
    assert_eq!(
        serde_json::from_str::<Calendar>(&written).unwrap(),
        calendar
    );
    assert_eq!(
        serde_json::from_str::<Calendar>(r#"{"closed":[]}"#).unwrap(),
        Calendar::OPEN
    );
    assert_eq!(Calendar::default(), Calendar::OPEN);

    let backwards = r#"{"closed":[{"first":"2026-12-26","last":"2026-12-24"},{"first":"2026-05-01","last":"2026-05-01"},{"first":"2027-01-02","last":"2027-01-01"}]}"#;
    let error = serde_json::from_str::<Calendar>(backwards).unwrap_err();
    assert_eq!(
        error.to_string(),
        "closed days end before they begin: 2026-12-26 to 2026-12-24, 2027-01-02 to 2027-01-01"
    );
    assert!(serde_json::from_str::<Calendar>(r#"{"closed":[],"open":[]}"#).is_err());
}

/// A rhythm goes through a programme's journal and back, into the facts that health reads.
#[test]
fn a_rhythm_in_a_journal() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let cadence = Cadence::of(Rhythm::month_day(31).unwrap(), 5, 45).unwrap();
    let plan = plan_of(&roster, &[proof(&roster, "ada", "cto")]).approve(coordinator());
    let entry = kept
        .program
        .propose_all(&plan, cadence, at(0), &mut kept.ids);
    kept.journal.push(entry.unwrap());
    kept.begin(1, 1);
    let lines: Vec<String> = kept
        .journal
        .iter()
        .map(|e| serde_json::to_string(e).unwrap())
        .collect();
    assert!(lines[4].contains(
        r#""cadence":{"rhythm":{"kind":"month_day","day":31},"grace_days":5,"minutes":45}"#
    ));
    let read: Vec<Entry> = lines
        .iter()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let program = Program::replay(&read).unwrap();
    assert_eq!(program, kept.program);
    let facts = program.history().pairing(pairing_id(1)).unwrap();
    assert_eq!(facts.cadence(day(1)), cadence);
    // It began on 2 January 2026: the first session is due on the 31st.
    let standing = facts.standing(&Calendar::OPEN, day(1)).unwrap();
    assert_eq!(standing.due, Some(date("2026-01-31")));
}
