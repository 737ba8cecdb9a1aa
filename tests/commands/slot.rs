//! The example `slot`: a sentence for the two, many lines at once, and every fault.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use super::{built, example, text};

fn said(words: &[&str]) -> (Option<i32>, String, String) {
    let done = example("slot", words);
    let streams = [&done.stdout, &done.stderr].map(|bytes| text(bytes).to_owned());
    let [out, err] = streams;
    (done.status.code(), out, err)
}

fn lines(input: &str) -> Output {
    let mut run = Command::new(built("slot"));
    let run = run.arg("--lines").stdin(Stdio::piped());
    let run = run.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = run.spawn().unwrap();
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    written.unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_slot_in_sentences() {
    let words = [
        "2026-03-29",
        "02:30",
        "Europe/Paris",
        "Asia/Kolkata",
        "UTC-11:00",
    ];
    let expected = "2026-03-29 02:30 in Europe/Paris is skipped by the clocks and becomes 2026-03-29 03:30, 2026-03-29 01:30 in UTC\n\
                    2026-03-29 07:00 in Asia/Kolkata\n\
                    2026-03-28 14:30 in UTC-11:00\n";
    assert_eq!(said(&words), (Some(0), expected.to_owned(), String::new()));
}

#[test]
fn slots_that_are_none() {
    for (words, code, fault) in [
        (
            ["2026-02-29", "02:30", "UTC"],
            1,
            "`2026-02-29` is no day such as 2026-03-29",
        ),
        (
            ["2026-03-29", "24:00", "UTC"],
            1,
            "`24:00` is no time such as 02:30",
        ),
        (
            ["2026-03-29", "02:30", "paris"],
            1,
            "did you mean `Europe/Paris`?",
        ),
        (
            ["1969-03-29", "02:30", "UTC"],
            1,
            "1969-03-29 is not between",
        ),
        (
            ["2026-03-29", "02:30", "--lines"],
            2,
            "a day, a time and a zone are needed",
        ),
    ] {
        let (exit, out, err) = said(&words);
        assert_eq!((exit, out.as_str()), (Some(code), ""), "{words:?}");
        assert!(err.contains(fault) && err.lines().count() == 1, "{err}");
    }
}

#[test]
fn many_at_once_or_every_fault() {
    let done = lines("2026-10-25 02:30 Europe/Paris\n2026-07-01 12:00 UTC\n");
    let (out, err) = (text(&done.stdout), text(&done.stderr));
    let expected = "2026-10-25 02:30 Europe/Paris\t1792888200\trepeated\n\
                    2026-07-01 12:00 UTC\t1782907200\texact\n";
    assert_eq!((done.status.code(), out, err), (Some(0), expected, ""));

    let done = lines("2026-10-25 02:30\n2026-07-01 12:00 UTC\n2026-07-01 12:60 UTC\n");
    let expected = "line 1: `2026-10-25 02:30` is no day, time and zone\n\
                    line 3: `12:60` is no time such as 02:30\n";
    let (out, err) = (text(&done.stdout), text(&done.stderr));
    assert_eq!((done.status.code(), out, err), (Some(1), "", expected));
}

#[test]
fn zones_and_release() {
    let (exit, out, _) = said(&["--zones"]);
    assert_eq!(exit, Some(0));
    assert!(out.lines().count() > 550 && out.lines().any(|name| name == "Europe/Paris"));
    let release = format!("{}\n", reverse_mentoring::zones::TZDB_VERSION);
    assert_eq!(said(&["--release"]), (Some(0), release, String::new()));
}
