//! Logs from CSV: every fault of every file word for word, and what sound files say.
#![cfg(feature = "import")]

use chrono::NaiveDate;
use proptest::prelude::*;
use reverse_mentoring::import::{FaultCode, Limits, LogFiles, LogImport, check_logs, read_logs};
use reverse_mentoring::pair::Role;
use reverse_mentoring::roster::{Line, ReportingLines};
use reverse_mentoring::session::{Outcome, TaughtBy};

const PAIRS: &str = "pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n";
const SESSIONS: &str = "pairing,date,outcome,minutes,taught_by,by\n";
const GOALS: &str = "pairing,learner,skill,from,to,now\n";
const PULSES: &str = "pairing,side,question,date,score\n";

fn lines() -> ReportingLines {
    ReportingLines::new([
        Line::root("ceo"),
        Line::new("ada", "ceo"),
        Line::new("007", "ceo"),
    ])
    .unwrap()
}

/// What the files say without their headers: the logs, or every fault.
fn read(pairs: &str, sessions: &str, goals: &str, pulses: &str) -> Result<LogImport, Vec<String>> {
    let [pairs, sessions, goals, pulses] = [
        format!("{PAIRS}{pairs}"),
        format!("{SESSIONS}{sessions}"),
        format!("{GOALS}{goals}"),
        format!("{PULSES}{pulses}"),
    ];
    let files = LogFiles {
        pairs: pairs.as_bytes(),
        sessions: sessions.as_bytes(),
        goals: Some(goals.as_bytes()),
        pulses: Some(pulses.as_bytes()),
    };
    read_logs(files, &lines()).map_err(|faults| faults.0.iter().map(ToString::to_string).collect())
}

const P1: &str = "P1,ada,007,2026-01-05,30,7,,\n";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn sound_logs_say_what_their_cells_say() {
    let logs = read(
        "P2,ceo,ceo, 2026-01-05 ,1,0,2026-02-01,moved on\nP3,ada,007,2026-01-05,30,7,2026-01-05,\nP1,ada,007,2026-01-05, 30 ,7,,\n",
        "P1,2026-03-01,held,60,both,\nP2,2026-03-01,cancelled,,,\nP1,2026-01-04,missed,,, mentee \nP1,2026-03-01,held,45,mentee,\nP1,2026-02-01,cancelled,,,mentor\n",
        "P1,mentor, law ,0,3,1\nP1,mentee,law,1,2,5\n",
        "P1,mentee,useful?,2026-02-01, 4 \n",
    )
    .unwrap();
    let keys: Vec<_> = logs.pairings.iter().map(|p| p.key.as_str()).collect();
    assert_eq!(keys, ["P1", "P2", "P3"]);
    let [p1, p2, p3] = logs.pairings.as_slice() else {
        panic!("three")
    };
    assert_eq!(Some(p1.mentor), lines().find("ada"));
    assert_eq!(Some(p1.mentee), lines().find("007"));
    assert_eq!(
        (
            p1.cadence.interval_days(),
            p1.cadence.grace_days(),
            p1.cadence.minutes()
        ),
        (30, 7, 60)
    );
    assert_eq!(p2.mentor, p2.mentee, "health judges it");
    let (ended, reason) = p2.ended.clone().unwrap();
    assert_eq!(
        (ended, reason.unwrap().as_str()),
        (day("2026-02-01"), "moved on")
    );
    assert_eq!(
        (p1.ended.clone(), p3.ended.clone()),
        (None, Some((day("2026-01-05"), None)))
    );
    let dates: Vec<_> = p1.sessions.iter().map(|s| s.date.to_string()).collect();
    assert_eq!(
        dates,
        ["2026-01-04", "2026-02-01", "2026-03-01", "2026-03-01"]
    );
    assert_eq!(
        p1.sessions[0].outcome,
        Outcome::Missed {
            by: Some(Role::Mentee)
        }
    );
    assert_eq!(
        p1.sessions[1].outcome,
        Outcome::Cancelled {
            by: Some(Role::Mentor)
        }
    );
    assert_eq!(p2.sessions[0].outcome, Outcome::Cancelled { by: None });
    let taught = |at: usize| match p1.sessions[at].outcome {
        Outcome::Held(taught) => (taught.minutes().as_u16(), taught.taught_by()),
        _ => panic!("held"),
    };
    assert_eq!(
        (taught(2), taught(3)),
        ((60, TaughtBy::Both), (45, TaughtBy::Mentee))
    );
    let goals: Vec<_> = p1
        .goals
        .iter()
        .map(|g| {
            (
                g.learner,
                g.skill.as_str(),
                g.from.as_u8(),
                g.to.as_u8(),
                g.now.as_u8(),
            )
        })
        .collect();
    assert_eq!(
        goals,
        [
            (Role::Mentor, "law", 0, 3, 1),
            (Role::Mentee, "law", 1, 2, 5)
        ]
    );
    let pulse = &p1.pulses[0];
    assert_eq!(
        (pulse.side, pulse.question.as_str(), pulse.date, pulse.score),
        (Role::Mentee, "useful?", day("2026-02-01"), 4)
    );
    let said: Vec<_> = logs
        .notices
        .iter()
        .map(|(file, notice)| notice.located(file))
        .collect();
    assert_eq!(
        said,
        [
            "sessions:3: session-outside: `P2`: the session of 2026-03-01 is after the end on 2026-02-01",
            "sessions:4: session-outside: `P1`: the session of 2026-01-04 is before the start on 2026-01-05",
        ]
    );
}

#[test]
fn every_fault_word_for_word() {
    // (file, row, faults); the row stands on line 3 of the pairs, else on line 2.
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "pairs",
            ",ada,ceo,2026-01-05,30,7,,",
            &["blank-id: `pairing` is blank"],
        ),
        (
            "pairs",
            "a\u{1},ada,ceo,2026-01-05,30,7,,",
            &[
                "bad-key: `pairing` is `a\\u{1}`, which cannot be a key: the text has a control character",
            ],
        ),
        (
            "pairs",
            "P2,bob,,2026-01-05,30,7,,",
            &[
                "unknown-person: `P2`: `mentor` is `bob`, whom the roster does not know",
                "unknown-person: `P2`: `mentee` is blank",
            ],
        ),
        (
            "pairs",
            "P2,7,Ada,2026-01-05,30,7,,",
            &[
                "unknown-person: `P2`: `mentor` is `7`, whom the roster does not know; did you mean `007`?",
                "unknown-person: `P2`: `mentee` is `Ada`, whom the roster does not know; did you mean `ada`?",
            ],
        ),
        (
            "pairs",
            "P2,ada,ceo,,,,,",
            &[
                "bad-date: `P2`: `started` is blank",
                "bad-cadence: `P2`: `cadence_days` is blank",
                "bad-grace: `P2`: `grace_days` is blank",
            ],
        ),
        (
            "pairs",
            "P2,ada,ceo,2026-02-29,0,367,2026-1-5,",
            &[
                "bad-date: `P2`: `started` is `2026-02-29`, not a day as `YYYY-MM-DD`",
                "bad-cadence: `P2`: `cadence_days` is `0`, not a whole number of 1 to 366",
                "bad-grace: `P2`: `grace_days` is `367`, not a whole number of 0 to 366",
                "bad-date: `P2`: `ended` is `2026-1-5`, not a day as `YYYY-MM-DD`",
            ],
        ),
        (
            "pairs",
            "P2,ada,ceo,2026-01-05,30,7,2026-01-04,",
            &["ended-before-start: `P2`: `ended` is 2026-01-04, before `started`, 2026-01-05"],
        ),
        (
            "pairs",
            "P2,ada,ceo,2026-01-05,30,7,,tired",
            &["reason-without-end: `P2`: `end_reason` is filled, though `ended` is blank"],
        ),
        (
            "pairs",
            "P2,ada,ceo,2026-01-05,30,7,2026-01-06,a\u{1}",
            &[
                "bad-label: `P2`: `end_reason` has `a\\u{1}`, which cannot be kept: the text has a control character",
            ],
        ),
        (
            "pairs",
            "P2,ada",
            &["field-count: `P2`: the row has 2 fields and the header 8"],
        ),
        (
            "sessions",
            "P9,2026-01-12,held,60,both,",
            &["unknown-pairing: `P9`: `pairing` has no row in the pairs"],
        ),
        (
            "sessions",
            "p1 ,2026-01-12,held,60,both,",
            &["unknown-pairing: `p1 `: `pairing` has no row in the pairs; did you mean `P1`?"],
        ),
        (
            "sessions",
            ",2026-01-12,held,60,both,",
            &["blank-id: `pairing` is blank"],
        ),
        (
            "sessions",
            "P1,,,,,",
            &[
                "bad-date: `P1`: `date` is blank",
                "bad-outcome: `P1`: `outcome` is blank",
            ],
        ),
        (
            "sessions",
            "P1,12.01.2026,Held,0,all,me",
            &[
                "bad-date: `P1`: `date` is `12.01.2026`, not a day as `YYYY-MM-DD`",
                "bad-outcome: `P1`: `outcome` is `Held`, not `held`, `cancelled` or `missed`",
                "bad-minutes: `P1`: `minutes` is `0`, not a whole number of 1 to 1440",
                "bad-taught-by: `P1`: `taught_by` is `all`, not `mentor`, `mentee` or `both`",
                "bad-side: `P1`: `by` is `me`, not `mentor` or `mentee`",
            ],
        ),
        (
            "sessions",
            "P1,2026-01-12,held,,,mentor",
            &[
                "held-by: `P1`: `by` is filled, though the session was held",
                "bad-minutes: `P1`: `minutes` is blank",
                "bad-taught-by: `P1`: `taught_by` is blank",
            ],
        ),
        (
            "sessions",
            "P1,2026-01-12,missed,60,mentor,mentor",
            &[
                "not-held: `P1`: `minutes` is filled, though the session was not held",
                "not-held: `P1`: `taught_by` is filled, though the session was not held",
            ],
        ),
        (
            "goals",
            "P1,both,,x,,6",
            &[
                "bad-side: `P1`: `learner` is `both`, not `mentor` or `mentee`",
                "bad-label: `P1`: `skill` is blank",
                "bad-level: `P1`: `from` is `x`, not a level of 0 to 5",
                "bad-level: `P1`: `to` is blank",
                "bad-level: `P1`: `now` is `6`, not a level of 0 to 5",
            ],
        ),
        (
            "goals",
            "P1,mentor,law,3,3,3",
            &["not-rising: `P1`: `to` is 3, not above `from`, 3"],
        ),
        (
            "pulses",
            "P1,,,,",
            &[
                "bad-side: `P1`: `side` is blank",
                "bad-label: `P1`: `question` is blank",
                "bad-date: `P1`: `date` is blank",
                "bad-score: `P1`: `score` is blank",
            ],
        ),
        (
            "pulses",
            "P1,mentor,q,2026-01-12,6",
            &["bad-score: `P1`: `score` is `6`, not a whole number of 1 to 5"],
        ),
        (
            "pulses",
            "P1,mentor,q,2026-01-12,0",
            &["bad-score: `P1`: `score` is `0`, not a whole number of 1 to 5"],
        ),
    ];
    for (file, row, expected) in cases {
        let row = format!("{row}\n");
        let of = |name: &str| {
            if *file == name {
                row.clone()
            } else {
                String::new()
            }
        };
        let said = read(
            &format!("{P1}{}", of("pairs")),
            &of("sessions"),
            &of("goals"),
            &of("pulses"),
        )
        .unwrap_err();
        let line = if *file == "pairs" { 3 } else { 2 };
        let expected: Vec<_> = expected
            .iter()
            .map(|text| format!("{file}.csv:{line}: {text}"))
            .collect();
        assert_eq!(said, expected, "{row}");
    }
}

#[test]
fn doubles_are_named_where_they_stand() {
    let said = read(
        &format!("{P1}P2,ada,ceo,2026-01-05,30,7,,\nP1,ada,nobody,2026-01-05,30,7,,\n"),
        "P1,2026-01-12,held,60,both,\n",
        "P2,mentor,law,0,3,1\nP2,mentee,law,0,3,1\nP1,mentor,law,0,3,1\nP2,mentor, law,1,2,1\n",
        "",
    );
    assert_eq!(
        said.unwrap_err(),
        [
            "pairs.csv:2: duplicate-pairing: `P1`: `pairing` is given 2 times: lines 2, 4",
            "pairs.csv:4: unknown-person: `P1`: `mentee` is `nobody`, whom the roster does not know",
            "pairs.csv:4: duplicate-pairing: `P1`: `pairing` is given 2 times: lines 2, 4",
            "goals.csv:5: goal-twice: `P2`: `skill` is `law`, for which the mentor has a goal on line 2",
        ]
    );
}

/// Each file has its limit of faults; where the pairs were not read to their end, nobody knows which a session has. People whom nobody
/// could know are none of the faults.
#[test]
fn faults_are_told_up_to_a_limit() {
    let most = Limits::STANDARD.faults;
    let row = |n: usize| format!("P{n},a,b,2026-01-05,30,7,,\n");
    let sound = PAIRS.to_owned() + &(0..=most / 2).map(row).collect::<String>();
    let files = |pairs| LogFiles {
        pairs,
        sessions: b"pairing,date,outcome,minutes,taught_by,by\nP7,2026-01-12,held,0,mentor,\n",
        goals: None,
        pulses: None,
    };
    let told = check_logs(files(sound.as_bytes()));
    assert_eq!(told.len(), 1);
    let known = read_logs(files(sound.as_bytes()), &lines()).unwrap_err().0;
    assert_eq!(known.len(), most + 2);
    assert_eq!(known[most].fault.code, FaultCode::TooManyFaults);
    let session = known[most + 1].to_string();
    assert_eq!(
        session,
        "sessions.csv:2: bad-minutes: `P7`: `minutes` is `0`, not a whole number of 1 to 1440"
    );
    // Doubles are found after the rows.
    let doubled = PAIRS.to_owned() + &row(7).repeat(most + 1);
    let told = check_logs(files(doubled.as_bytes()));
    assert_eq!(told.len(), most + 2);
    let said = |at: usize| told[at].to_string();
    assert!(said(most - 1).starts_with(&format!("pairs.csv:{}: duplicate-pairing: ", most + 1)));
    let last = "too-many-faults: there are more than 100000 faults, and no more were looked for";
    assert_eq!(said(most), format!("pairs.csv:{}: {last}", most + 2));
}

#[test]
fn files_that_are_faulty_as_a_whole() {
    let files = LogFiles {
        pairs: b"pairing,mentor,mentee,started,cadence_days,grace_days,end_reason,pairing\nP1,ada,x,2026-01-05,0,7,,\n",
        sessions: b"",
        goals: Some(b"pairing,learner,skill,from,to\nP7,mentor,law,4,3\n"),
        pulses: Some(b"pairing,side,question,date,sc\xffre\n"),
    };
    let faults = read_logs(files, &lines()).unwrap_err();
    let said: Vec<_> = faults.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "pairs.csv:1: duplicate-column: the column `pairing` is there 2 times",
            "pairs.csv:1: missing-column: there is no column `ended`",
            "pairs.csv:2: unknown-person: `mentee` is `x`, whom the roster does not know",
            "pairs.csv:2: bad-cadence: `cadence_days` is `0`, not a whole number of 1 to 366",
            "sessions.csv:1: empty-file: the file is empty",
            "goals.csv:1: missing-column: there is no column `now`",
            "goals.csv:2: not-rising: `P7`: `to` is 3, not above `from`, 4",
            "pulses.csv:1: invalid-utf8: name 5 of the header is not UTF-8: byte FF after `sc`; is the file Windows-1252?",
            "pulses.csv:1: missing-column: there is no column `score`",
        ]
    );
    assert_eq!(
        faults.to_string(),
        "pairs.csv:1: duplicate-column: the column `pairing` is there 2 times (and 8 more)"
    );
}

#[test]
fn a_programme_without_logs_yet() {
    let logs = read("", "", "", "").unwrap();
    assert!(logs.pairings.is_empty() && logs.notices.is_empty());
    let files = LogFiles {
        pairs: b"\xef\xbb\xbfnote,ended,end_reason,grace_days,cadence_days,started,mentee,mentor,pairing\r\nx,,,7,30,2026-01-05,007,ada,P1\r\n",
        sessions: SESSIONS.as_bytes(),
        goals: None,
        pulses: None,
    };
    let logs = read_logs(files, &lines()).unwrap();
    assert_eq!(logs.pairings.len(), 1);
    assert_eq!(
        logs.notices[0].1.to_string(),
        "1: unknown-column: the column `note` is not read"
    );
}

proptest! {
    #[test]
    fn the_order_of_pairs_is_nothing(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
        let row = |n: &usize| format!("P{n},ada,007,2026-01-05,{},7,,\n", n + 1);
        let sessions: String = (0..40).map(|n| format!("P{},2026-0{}-01,held,{},both,\n", n % 12, 1 + n * 7 % 9, 30 + n)).collect();
        let sorted: String = (0..12).map(|n| row(&n)).collect();
        let shuffled: String = order.iter().map(row).collect();
        prop_assert_eq!(read(&sorted, &sessions, "", ""), read(&shuffled, &sessions, "", ""));
    }

    #[test]
    fn no_bytes_panic(
        rows in proptest::collection::vec("[a-zP1-9,;\"\r\n -]{0,60}", 4),
        noise in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let mut files: Vec<Vec<u8>> = [PAIRS, SESSIONS, GOALS, PULSES]
            .iter()
            .zip(&rows)
            .map(|(header, row)| format!("{header}{row}").into_bytes())
            .collect();
        for (at, byte) in noise {
            for file in &mut files {
                let at = at.index(file.len());
                file[at] = byte;
            }
        }
        let read = read_logs(LogFiles {
            pairs: &files[0],
            sessions: &files[1],
            goals: Some(&files[2]),
            pulses: Some(&files[3]),
        }, &lines());
        if let Err(faults) = read {
            prop_assert!(!faults.0.is_empty());
            for fault in faults.0 {
                prop_assert_eq!(fault.to_string().lines().count(), 1);
            }
        }
    }
}
