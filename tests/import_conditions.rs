//! Pins, exclusions, running pairings and rankings from CSV: what they say, and every fault word for word.
#![cfg(feature = "import")]

use proptest::prelude::*;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::import::{
    ConditionFile, ConditionFiles, ConditionImport, OnFault, RosterImport, check_conditions,
    read_conditions, read_roster,
};
use reverse_mentoring::pair::Pair;

const ROSTER: &str = "\
id,manager,grade,side
ceo,-,9,
cfo,ceo,8,mentee
cto,ceo,8,mentee
ada,cto,2,mentor
ben,cto,2,mentor
";

fn roster() -> RosterImport {
    read_roster(
        ROSTER.as_bytes(),
        OnFault::Refuse,
        &mut SequentialIds::new(1),
    )
    .unwrap()
}

/// The bytes of each file; an empty text is no file.
fn files<'a>(all: &'a [&'a str; 4]) -> ConditionFiles<'a> {
    let [pins, exclude, running, rankings] =
        all.map(|text| Some(text.as_bytes()).filter(|bytes| !bytes.is_empty()));
    ConditionFiles {
        pins,
        exclude,
        running,
        rankings,
    }
}

fn read(roster: &RosterImport, all: &[&str; 4]) -> Result<ConditionImport, Vec<String>> {
    read_conditions(
        files(all),
        &roster.roster,
        &roster.quarantined,
        &mut SequentialIds::new(2),
    )
    .map_err(|faults| faults.0.iter().map(ToString::to_string).collect())
}

fn id(roster: &RosterImport, key: &str) -> ParticipantId {
    roster.roster.by_key(key).unwrap().id()
}

fn pair(roster: &RosterImport, mentor: &str, mentee: &str) -> Pair {
    Pair {
        mentor: id(roster, mentor),
        mentee: id(roster, mentee),
    }
}

const PAIRS: &str = "pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n";

/// Nothing of it is a fault: the plan is the same without these rows, and whoever wrote them meant something else.
#[test]
fn exclusions_that_forbid_nothing_are_noted() {
    let roster = roster();
    let exclude = "mentor,mentee\n\
        cfo,ada\nada,ada\nada,ben\ncto,cfo\nben,cto\nben,cto\ncfo,ada\nceo,ceo\nben,cto\ncto,ben\n";
    let read = read(&roster, &["", exclude, "", ""]).unwrap();
    let notices: Vec<String> = read.notices.iter().map(|(_, n)| n.to_string()).collect();
    assert_eq!(
        notices,
        [
            "2: wrong-way-round: `cfo` takes no part as mentor, `ada` takes no part as mentee, so the row says nothing; \
             did you mean `ada` as mentor?",
            "3: excludes-oneself: `ada` is never paired with `ada`, so the row says nothing",
            "4: wrong-way-round: `ben` takes no part as mentee, so the row says nothing",
            "5: wrong-way-round: `cto` takes no part as mentor, so the row says nothing",
            "7: excluded-twice: line 6 excludes the same pair",
            "8: excluded-twice: line 2 excludes the same pair",
            "9: not-taking-part: `ceo` takes no part, so the row says nothing",
            "10: excluded-twice: line 6 excludes the same pair",
            "11: wrong-way-round: `cto` takes no part as mentor, `ben` takes no part as mentee, so the row says nothing; \
             did you mean `ben` as mentor?",
        ]
    );
    assert!(read.excluded.contains(&pair(&roster, "ben", "cto")));
}

#[test]
fn sound_files_say_what_their_rows_say() {
    let roster = roster();
    let pins = "mentee,note,mentor\r\ncfo,x,ben\r\n\r\nnobody,y,ada\r\n";
    let exclude = "\u{feff}mentor,mentee\nben,cto\nada,cto\nben,cto\nada,ceo\n";
    let running = format!(
        "{PAIRS}P2,ben,cfo,2030-01-01,30,7,,\nP3,ada,cto,2026-01-05,30,7,2026-02-01,exit\nP1,ada,ceo,2026-01-05,30,7,,\n"
    );
    let rankings = "mentee,mentor,rank\ncto,ben,1\ncto,ada,1\ncfo,ada,12\nceo,ben,2\n";
    let read = read(&roster, &[pins, exclude, &running, rankings]).unwrap();
    let pins: Vec<_> = read
        .pins
        .iter()
        .map(|p| (p.mentor.as_str(), p.mentee.as_str(), p.line))
        .collect();
    assert_eq!(pins, [("ben", "cfo", Some(2)), ("ada", "nobody", Some(4))]);
    let mut excluded = vec![pair(&roster, "ben", "cto"), pair(&roster, "ada", "cto")];
    excluded.sort_unstable();
    assert_eq!(read.excluded, excluded);
    // Nobody's id for the one who takes no part; the other's place is taken all the same.
    let [a, b] = read.running[..] else {
        panic!("{:?}", read.running)
    };
    assert_eq!(a.mentor, id(&roster, "ada"));
    assert!(roster.roster.participant(a.mentee).is_none());
    assert_eq!(b, pair(&roster, "ben", "cfo"));
    let rank = |mentor, mentee| {
        read.choices
            .rank(pair(&roster, mentor, mentee))
            .map(u16::from)
    };
    assert_eq!(
        [
            rank("ben", "cto"),
            rank("ada", "cto"),
            rank("ada", "cfo"),
            rank("ben", "cfo")
        ],
        [Some(1), Some(1), Some(12), None]
    );
    let notices = read.notices.iter();
    let notices: Vec<String> = notices
        .map(|(file, notice)| notice.located(format!("{file}.csv")))
        .collect();
    assert_eq!(
        notices,
        [
            "pins.csv:1: unknown-column: the column `note` is not read",
            "exclude.csv:4: excluded-twice: line 2 excludes the same pair",
            "exclude.csv:5: not-taking-part: `ceo` takes no part, so the row says nothing",
            "rankings.csv:5: not-taking-part: `ceo` takes no part, so the row says nothing",
        ]
    );
    // A file that has mentors' rankings too: theirs are not read, and nothing of theirs is twice.
    let both =
        "mentor,mentee,by,rank\nada,cto,mentor,1\nada,cto,mentee,3\nben,cto,mentor,2\nben,cto,,4\n";
    let both = self::read(&roster, &["", "", "", both]).unwrap();
    let rank = |mentor| {
        both.choices
            .rank(pair(&roster, mentor, "cto"))
            .map(u16::from)
    };
    assert_eq!((rank("ada"), rank("ben")), (Some(3), Some(4)));
    assert_eq!(
        both.notices[0].1.to_string(),
        "2: by-mentors: 2 rows by mentors, from here on, say nothing of what mentees choose"
    );
    let neither = self::read(
        &roster,
        &["", "", "", "mentor,mentee,by,rank\nada,cto,boss,1\n"],
    );
    assert_eq!(
        neither.unwrap_err(),
        ["rankings.csv:2: bad-side: `cto`: `by` is `boss`, not `mentor` or `mentee`"]
    );
    let nothing = self::read(&roster, &["", "", "", ""]).unwrap();
    assert!(nothing.pins.is_empty() && nothing.excluded.is_empty() && nothing.running.is_empty());
    assert_eq!(
        (nothing.choices.mentees().count(), nothing.notices.len()),
        (0, 0)
    );
}

#[test]
fn every_fault_word_for_word() {
    let roster = roster();
    let pins = "mentor,mentee\n,cfo\nada,\nada\n\"ada\nx\",cfo\nben,\"c\nd\"\n";
    let exclude = "mentor,mentee\nada,Cfo\nnobody,cfo\nada,cto\n";
    let running = format!(
        "{PAIRS}P1,ada,nobody,2026-01-05,0,7,,\nP2,ada,cfo,2026-01-05,30,7,,\nP2,ben,cfo,2026-01-05,30,7,,\n"
    );
    let rankings =
        "mentee,mentor,rank\ncfo,ada,0\ncfo,ben,\ncfo,cto,1.5\ncto,ada,1\nnobody,x,2\ncto,ada,2\n";
    let all = [pins, exclude, running.as_str(), rankings];
    let faults = read(&roster, &all).unwrap_err();
    let expected = [
        "pins.csv:2: blank-id: `mentor` is blank",
        "pins.csv:3: blank-id: `ada`: `mentee` is blank",
        "pins.csv:4: field-count: `ada`: the row has 1 field and the header 2",
        "pins.csv:5: bad-key: `mentor` is `ada\\nx`, which cannot be a key: the text has a control character",
        "pins.csv:7: bad-key: `ben`: `mentee` is `c\\nd`, which cannot be a key: the text has a control character",
        "exclude.csv:2: unknown-person: `ada`: `mentee` is `Cfo`, whom the roster does not know; did you mean `cfo`?",
        "exclude.csv:3: unknown-person: `nobody`: `mentor` is `nobody`, whom the roster does not know",
        "running.csv:2: unknown-person: `P1`: `mentee` is `nobody`, whom the roster does not know",
        "running.csv:2: bad-cadence: `P1`: `cadence_days` is `0`, not a whole number of 1 to 366",
        "running.csv:3: duplicate-pairing: `P2`: `pairing` is given 2 times: lines 3, 4",
        "running.csv:4: duplicate-pairing: `P2`: `pairing` is given 2 times: lines 3, 4",
        "rankings.csv:2: bad-rank: `cfo`: `rank` is `0`, not a whole number of 1 to 65535",
        "rankings.csv:3: bad-rank: `cfo`: `rank` is blank",
        "rankings.csv:4: bad-rank: `cfo`: `rank` is `1.5`, not a whole number of 1 to 65535",
        "rankings.csv:5: ranked-twice: `cto`: `mentor` is `ada`; the choice is given 2 times: lines 5, 7",
        "rankings.csv:6: unknown-person: `nobody`: `mentee` is `nobody`, whom the roster does not know",
        "rankings.csv:6: unknown-person: `nobody`: `mentor` is `x`, whom the roster does not know",
        "rankings.csv:7: ranked-twice: `cto`: `mentor` is `ada`; the choice is given 2 times: lines 5, 7",
    ];
    assert_eq!(faults, expected);
    // Without a roster, all but those that only a roster can show.
    let alone = check_conditions(files(&all));
    let alone: Vec<String> = alone.iter().map(ToString::to_string).collect();
    let shown = expected.iter().filter(|f| !f.contains("unknown-person"));
    assert_eq!(alone, shown.map(|f| (*f).to_owned()).collect::<Vec<_>>());
    assert_eq!(
        read_conditions(files(&all), &roster.roster, &[], &mut SequentialIds::new(2))
            .unwrap_err()
            .to_string(),
        "pins.csv:2: blank-id: `mentor` is blank (and 17 more)"
    );
}

#[test]
fn files_that_are_faulty_as_a_whole() {
    let roster = roster();
    let faults = read(
        &roster,
        &["mentor;mentee\n", "mentor\n", "x\n", "mentee,mentor\n"],
    );
    let faults = faults.unwrap_err();
    assert_eq!(
        faults,
        [
            "pins.csv:1: separator: the header is one field with `;` in it: save the file with commas between the columns",
            "exclude.csv:1: missing-column: there is no column `mentee`",
            "running.csv:1: missing-column: there is no column `pairing`",
            "running.csv:1: missing-column: there is no column `mentor`",
            "running.csv:1: missing-column: there is no column `mentee`",
            "running.csv:1: missing-column: there is no column `started`",
            "running.csv:1: missing-column: there is no column `cadence_days`",
            "running.csv:1: missing-column: there is no column `grace_days`",
            "running.csv:1: missing-column: there is no column `ended`",
            "running.csv:1: missing-column: there is no column `end_reason`",
            "rankings.csv:1: missing-column: there is no column `rank`",
        ]
    );
    let words = ConditionFile::ALL.map(ConditionFile::as_str);
    assert_eq!(words, ["pins", "exclude", "running", "rankings"]);
    // Headers alone are no fault: a list may be empty.
    let empty = read(
        &roster,
        &[
            "mentor,mentee\n",
            "mentor,mentee\n",
            PAIRS,
            "mentee,mentor,rank\n",
        ],
    );
    assert!(empty.unwrap().pins.is_empty());
}

/// Who is in quarantine has a row: their exclusions and pairings are no fault, and the place of the other is taken.
#[test]
fn quarantine_is_not_unknown() {
    let faulty = ROSTER.replace("ada,cto,2", "ada,cto,x");
    let roster = read_roster(
        faulty.as_bytes(),
        OnFault::Quarantine,
        &mut SequentialIds::new(1),
    )
    .unwrap();
    assert!(roster.roster.by_key("ada").is_none());
    let running = format!("{PAIRS}P1,ada,cfo,2026-01-05,30,7,,\nP2,ada,cto,2026-01-05,30,7,,\n");
    let lists = [
        "",
        "mentor,mentee\nada,cfo\n",
        &running,
        "mentee,mentor,rank\ncfo,ada,1\n",
    ];
    let read = read(&roster, &lists).unwrap();
    assert!(read.excluded.is_empty());
    assert_eq!(read.choices.mentees().count(), 0);
    let mut mentees: Vec<_> = read.running.iter().map(|p| p.mentee).collect();
    mentees.sort_unstable();
    let mut expected = [id(&roster, "cfo"), id(&roster, "cto")];
    expected.sort_unstable();
    assert_eq!(mentees, expected);
    // One person, one id.
    assert_eq!(read.running[0].mentor, read.running[1].mentor);
    assert_eq!(read.notices.len(), 2);
}

proptest! {
    #[test]
    fn the_order_of_rows_means_something_in_the_pins_alone(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let roster = roster();
        let people = [("ada", "cfo"), ("ada", "cto"), ("ben", "cfo"), ("ben", "cto"), ("ada", "ceo"), ("ben", "ceo")];
        let file = |header: &str, row: &dyn Fn(usize) -> String, order: &[usize]| {
            order.iter().fold(header.to_owned(), |text, &at| text + &row(at) + "\n")
        };
        let plain = |at: usize| format!("{},{}", people[at].0, people[at].1);
        let runs = |at: usize| format!("P{at},{},{},2026-01-05,30,7,,", people[at].0, people[at].1);
        let ranks = |at: usize| format!("{},{},{}", people[at].1, people[at].0, at % 3 + 1);
        let read = |order: &[usize]| {
            let (exclude, running) = (file("mentor,mentee\n", &plain, order), file(PAIRS, &runs, order));
            let rankings = file("mentee,mentor,rank\n", &ranks, order);
            let mut read = read(&roster, &[&exclude, &exclude, &running, &rankings]).unwrap();
            read.notices.clear(); // they name lines
            read
        };
        let (mut one, mut other) = (read(&[0, 1, 2, 3, 4, 5]), read(&order));
        let turned: Vec<_> = other.pins.iter().map(|p| (p.mentor.as_str(), p.mentee.as_str())).collect();
        prop_assert_eq!(turned, order.iter().map(|&at| people[at]).collect::<Vec<_>>());
        one.pins.clear();
        other.pins.clear();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), header in 0usize..4) {
        let headers = ["mentor,mentee\n", PAIRS, "mentee,mentor,rank\n", ""];
        let file = [headers[header].as_bytes(), &bytes].concat();
        let files = ConditionFiles { pins: Some(&file), exclude: Some(&file), running: Some(&file), rankings: Some(&file) };
        let faults = check_conditions(files);
        let read = read_conditions(files, &roster().roster, &[], &mut SequentialIds::new(2));
        prop_assert!(faults.is_empty() || read.is_err());
    }
}
