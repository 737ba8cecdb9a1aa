//! The `organogram` example: every fault word for word, the roster it writes, and the published files where they are.
#![cfg(feature = "import")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use organogram::{Converted, Source, convert, grades};
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{OnFault, RosterImport, read_roster};

#[path = "../examples/organogram/mod.rs"]
mod organogram;

const SENIOR: &str = "Post Unique Reference,Name,Grade,FTE,Unit,Reports to Senior Post,Professional/Occupational Group\n";
const JUNIOR: &str = "Unit,Reporting Senior Post,Grade,Generic Job Title,Number of Posts in FTE,Professional/Occupational Group\n";

fn run(senior: impl AsRef<[u8]>, junior: impl AsRef<[u8]>, seed: u64) -> Result<Converted, String> {
    let (path, bytes) = ("s.csv", senior.as_ref());
    let senior = Source { path, bytes };
    let (path, bytes) = ("j.csv", junior.as_ref());
    convert(senior, Source { path, bytes }, seed)
}

/// Posts given as `id,status,grade,manager`, groups as `manager,grade,title`.
fn company(posts: &[&str], groups: &[&str]) -> (String, String) {
    let (mut senior, mut junior) = (SENIOR.to_owned(), JUNIOR.to_owned());
    for post in posts {
        let [id, status, grade, manager] = post.split(',').collect::<Vec<_>>()[..] else {
            panic!("{post}");
        };
        senior += &format!("{id},{status},{grade},1.0,Unit A,{manager},Policy\n");
    }
    for group in groups {
        let [manager, grade, title] = group.split(',').collect::<Vec<_>>()[..] else {
            panic!("{group}");
        };
        junior += &format!("Unit A ,{manager},{grade},{title},4.5,Policy\n");
    }
    (senior, junior)
}

/// What is said of rows, and who is in the roster.
fn outcome(senior: impl AsRef<[u8]>, junior: impl AsRef<[u8]>) -> (Vec<String>, Vec<String>) {
    let Converted { roster, said } = run(senior, junior, 1).unwrap();
    let mut said: Vec<String> = said.lines().map(str::to_owned).collect();
    said.retain(|line| !line.ends_with(" below them"));
    let numbers = said.pop().unwrap();
    assert!(numbers.ends_with(" of them take part"), "{numbers}");
    let drawn = said.pop().unwrap();
    assert_eq!(
        drawn,
        "offers and wants are drawn from seed 1: the source has none"
    );
    let ids = rows(&roster).iter().map(|row| row["id"].clone()).collect();
    (said, ids)
}

fn rows(roster: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(roster.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn load(roster: &str) -> RosterImport {
    read_roster(
        roster.as_bytes(),
        OnFault::Refuse,
        &mut SequentialIds::new(1),
    )
    .unwrap()
}

#[test]
fn a_small_return_byte_for_byte() {
    let (senior, junior) = company(
        &["A1,Named,SCS2,XX", "0012,N/D,SCS1,A1", "12,Vacant,SCS1,A1"],
        &["0012,Grade 7,Adviser", "12,B1 (HEO),Adviser", "12,AO,Clerk"],
    );
    let Converted { roster, said } = run(&senior, &junior, 7).unwrap();
    assert_eq!(
        said,
        "offers and wants are drawn from seed 7: the source has none\n\
         6 people are in the roster, 5 of them take part\n"
    );
    let expected = "\
id,manager,dotted,grade,experience_months,unit,side,capacity,hours_per_month,offers,wants,languages,timezone,site,group,skills_source
A1,-,,10,,Unit A,mentee,1,,leading change:4;ministerial briefing:5;policy making:4,data visualisation:0>1;online privacy:2>3;prompt writing:1>2,,,,,drawn from seed 7
0012,A1,,8,,Unit A,mentee,1,,career navigation:3;leading change:4;policy making:3,data visualisation:2>4;prompt writing:2>3;short video:1>2,,,,,drawn from seed 7
12,A1,,8,,Unit A,,,,,,,,,,
junior-0002,0012,,6,,Unit A,either,1,,digital collaboration:4;ministerial briefing:3;negotiation:3;online privacy:2,data visualisation:1>3;short video:1>3;stakeholder management:2>3,,,,,drawn from seed 7
junior-0003,12,,4,,Unit A,mentor,1,,online privacy:4,career navigation:2>3;ministerial briefing:0>1,,,,,drawn from seed 7
junior-0004,12,,2,,Unit A,mentor,1,,online privacy:4;prompt writing:2,policy making:0>2;public speaking:0>2;stakeholder management:0>2,,,,,drawn from seed 7
";
    assert_eq!(roster, expected);
    // With a mark, and with the line ends of a spreadsheet.
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let again = run(windows(&senior), windows(&junior), 7).unwrap();
    assert_eq!((again.roster, again.said), (roster, said));
}

#[test]
fn every_fault_of_a_line_word_for_word() {
    let root = "A1,Named,SCS3,XX";
    // Posts, groups, what is said, who is left.
    let cases: &[[&[&str]; 4]] = &[
        [
            &[root, "B1,Named,SCS1,B1", "C1,Vacant,SCS1,B1"],
            &["C1,AO,x", "A1,AO,x"],
            &[
                "s.csv:3: self-report: `B1`: `Reports to Senior Post` is `B1`, the same person",
                "s.csv:4: below-a-fault: `C1` stands below `B1`, who is in quarantine",
                "j.csv:2: below-a-fault: `junior-0002` stands below `C1`, who is in quarantine",
            ],
            &["A1", "junior-0003"],
        ],
        [
            &[root, "0,Named,SCS1,A1", "0,N/D,SCS1,A1", "00,Named,SCS1,A1"],
            &["0,AO,x", "00,AO,x"],
            &[
                "s.csv:3: duplicate-id: `0`: `Post Unique Reference` is given 2 times: lines 3, 4",
                "s.csv:4: duplicate-id: `0`: `Post Unique Reference` is given 2 times: lines 3, 4",
                "j.csv:2: below-a-fault: `junior-0002` stands below `0`, who is in quarantine",
            ],
            &["A1", "00", "junior-0003"],
        ],
        [
            &[
                root,
                "B1,Named,SCS1,a1",
                "B2,Named,SCS1,",
                "B3,Named,SCS1,-",
            ],
            &["A2,AO,x", ",AO,x", "XX,AO,x", "-,AO,x", "B3,AO,x"],
            &[
                "s.csv:3: unknown-manager: `B1`: `Reports to Senior Post` is `a1`, who has no row; did you mean `A1`?",
                "s.csv:4: blank-manager: `B2`: `Reports to Senior Post` is blank; `XX` declares a root",
                "s.csv:5: unknown-manager: `B3`: `Reports to Senior Post` is `-`, who is not a senior post",
                "j.csv:2: unknown-manager: `junior-0002`: `Reporting Senior Post` is `A2`, who has no row",
                "j.csv:3: blank-manager: `junior-0003`: `Reporting Senior Post` is blank",
                "j.csv:4: unknown-manager: `junior-0004`: `Reporting Senior Post` is `XX`, who has no row",
                "j.csv:5: unknown-manager: `junior-0005`: `Reporting Senior Post` is `-`, who is not a senior post",
                "j.csv:6: below-a-fault: `junior-0006` stands below `B3`, who is in quarantine",
            ],
            &["A1"],
        ],
        [
            &[
                root,
                "B1,Named,SCS1,B2",
                "B2,Named,SCS1,B1",
                "R2,Named,SCS1,xx",
            ],
            &["B1,AO,x", "R2,AO,x"],
            &[
                "s.csv:3: cycle: `B1`: `Reports to Senior Post` is on a circle of solid lines: `B1` → `B2` → `B1`",
                "s.csv:4: cycle: `B2` is in quarantine",
                "j.csv:2: below-a-fault: `junior-0002` stands below `B1`, who is in quarantine",
            ],
            &["A1", "R2", "junior-0003"],
        ],
        // Ids that are none, and ids that are made.
        [
            &[
                root,
                ",Named,SCS1,A1",
                "XX,Named,SCS1,A1",
                "-,Named,SCS1,A1",
                "junior-0002,Named,SCS1,A1",
                "B1,Named,SCS1,junior-0003",
            ],
            &["A1,AO,x", "A1,AO,x", "junior-0002,AO,x", "junior-0003,AO,x"],
            &[
                "s.csv:3: blank-id: `Post Unique Reference` is blank",
                "s.csv:4: bad-key: `XX`: `Post Unique Reference` declares a root and cannot be an id",
                "s.csv:5: bad-key: `-`: `Post Unique Reference` declares a root and cannot be an id",
                "s.csv:6: duplicate-id: `junior-0002`: `Post Unique Reference` is given 2 times: lines 6 of the senior file, 2 of the junior file",
                "s.csv:7: unknown-manager: `B1`: `Reports to Senior Post` is `junior-0003`, who is not a senior post",
                "j.csv:2: duplicate-id: `junior-0002`: the id made for this row is given 2 times: lines 6 of the senior file, 2 of the junior file",
                "j.csv:4: below-a-fault: `junior-0004` stands below `junior-0002`, who is in quarantine",
                "j.csv:5: unknown-manager: `junior-0005`: `Reporting Senior Post` is `junior-0003`, who is not a senior post",
            ],
            &["A1", "junior-0003"],
        ],
        // What takes no part and keeps its place.
        [
            &[
                "A1,Named,SCS3 ,XX",
                "B1,Retired,SCS1,A1",
                "B2,,SCS1,A1",
                "B3,Eliminated,Director,A1",
            ],
            &[
                "B1,Student,x",
                "B2,,x",
                "B3,AO,Vacant",
                "B3,SPS ,Vacant space",
            ],
            &[
                "s.csv:3: unknown-status: `B1`: `Name` is `Retired`, which is not a known status: takes no part",
                "s.csv:4: unknown-status: `B2`: `Name` is blank, which is not a known status: takes no part",
                "s.csv:5: unknown-grade: `B3`: `Grade` is `Director`, which the grade table does not have: takes no part",
                "j.csv:2: unknown-grade: `junior-0002`: `Grade` is `Student`, which the grade table does not have: takes no part",
                "j.csv:3: unknown-grade: `junior-0003`: `Grade` is blank, which the grade table does not have: takes no part",
                "j.csv:4: vacant: `junior-0004`: `Generic Job Title` is `Vacant`: takes no part",
            ],
            &[
                "A1",
                "B1",
                "B2",
                "B3",
                "junior-0002",
                "junior-0003",
                "junior-0004",
                "junior-0005",
            ],
        ],
        [
            &[],
            &[],
            &[
                "s.csv:1: no-rows: there is a header and nobody below it",
                "j.csv:1: no-rows: there is a header and nobody below it",
            ],
            &[],
        ],
    ];
    for [posts, groups, said, left] in cases {
        let (senior, junior) = company(posts, groups);
        let (was_said, ids) = outcome(senior, junior);
        assert_eq!(was_said, *said);
        assert_eq!(ids, *left);
    }
}

#[test]
fn rows_that_cannot_be_read_take_those_below_with_them() {
    // A line break in a label is none of them, and moves the lines that follow.
    let mut senior = format!("{SENIOR}A1,Named,SCS3,1,\" Unit,\nA\",XX,Policy\n").into_bytes();
    senior.extend(b"B1,Named,SCS1,1,U,A1\nB2,Named,SCS1,1,\xa3,A1,\nB3,Named,SCS1,1,U,B2,\n");
    senior.extend(b"\xff,Named,SCS1,1,U,A1,\nB4,Named,SCS1,1,U,A1,\nR2,Named,SCS1,1,\xa3,xx,\n");
    let mut junior = format!("{JUNIOR}U,B1,AO,x,1,\nU,B4,AO,x\n").into_bytes();
    junior.extend(b"U,B4,AO,\xa3,1,\nU,\"B\n4\",AO,x,1,\nU,B4,AO,x,1,\nU,B4,AO,\"x\"y,1,\n");
    junior.extend(format!("{},B4,AO,x,1,\n", "u".repeat(1025)).bytes());
    let (said, ids) = outcome(&senior, &junior);
    let cut = "u".repeat(80);
    assert_eq!(
        said,
        [
            "s.csv:4: field-count: `B1`: the row has 6 fields and the header 7",
            "s.csv:5: invalid-utf8: `B2`: `Unit` is not UTF-8: byte A3 at its beginning; is the file Windows-1252?",
            "s.csv:6: below-a-fault: `B3` stands below `B2`, who is in quarantine",
            "s.csv:7: invalid-utf8: `Post Unique Reference` is not UTF-8: byte FF at its beginning; is the file Windows-1252?",
            "s.csv:9: invalid-utf8: `R2`: `Unit` is not UTF-8: byte A3 at its beginning; is the file Windows-1252?",
            "j.csv:2: below-a-fault: `junior-0002` stands below `B1`, who is in quarantine",
            "j.csv:3: field-count: `junior-0003`: the row has 4 fields and the header 6",
            "j.csv:4: invalid-utf8: `junior-0004`: `Generic Job Title` is not UTF-8: byte A3 at its beginning; is the file Windows-1252?",
            r"j.csv:5: unknown-manager: `junior-0005`: `Reporting Senior Post` is `B\n4`, who has no row",
            "j.csv:8: bad-quote: `junior-0008`: `Generic Job Title` is unclear: text follows a closing quote",
            &format!(
                "j.csv:9: bad-label: `junior-0009`: `Unit` has `{cut}…`, which cannot be kept: the text is longer than 1024 bytes"
            ),
        ]
    );
    assert_eq!(ids, ["A1", "B4", "junior-0007"]);
    let Converted { roster, said } = run(&senior, &junior, 1).unwrap();
    let last = said.lines().last();
    assert_eq!(
        last,
        Some("11 of 14 rows are left out: 9 at fault, 2 below them")
    );
    assert_eq!(rows(&roster)[0]["unit"], "Unit, A");
}

#[test]
fn files_that_cannot_be_used() {
    let (senior, junior) = company(&["A1,Named,SCS3,XX"], &["A1,AO,x"]);
    let refused = |senior: &str, junior: &str| run(senior, junior, 1).unwrap_err();
    assert_eq!(
        refused("", &junior),
        "s.csv:1: empty-file: the file is empty\n"
    );
    assert_eq!(
        refused(
            &senior.replace("Grade", "grade"),
            &junior.replace("Reporting Senior Post", "Unit")
        ),
        "s.csv:1: missing-column: there is no column `Grade`, only `grade`; did you mean `Grade`?\n\
         j.csv:1: missing-column: there is no column `Reporting Senior Post`\n\
         j.csv:1: duplicate-column: the column `Unit` is there 2 times\n"
    );
}

/// A hundred groups below a post, one for each grade in turn.
fn many() -> (String, String) {
    let grades = grades::table();
    let grades: Vec<_> = grades
        .lines()
        .skip(1)
        .map(|row| row.split_once(',').unwrap().1)
        .collect();
    let groups: Vec<_> = (0..100)
        .map(|n| format!("A{},{},x", n % 5, grades[n % grades.len()]))
        .collect();
    let groups: Vec<_> = groups.iter().map(String::as_str).collect();
    company(
        &[
            "A0,Named,SCS3,XX",
            "A1,Named,SCS2,A0",
            "A2,Named,SCS1,A0",
            "A3,N/D,SCS1,A1",
            "A4,N/D,SCS1,A1",
        ],
        &groups,
    )
}

#[test]
fn what_is_drawn_hangs_on_seed_and_person_alone() {
    let (senior, junior) = many();
    let first = run(&senior, &junior, 1).unwrap().roster;
    assert_eq!(first, run(&senior, &junior, 1).unwrap().roster);
    assert_ne!(first, run(&senior, &junior, 2).unwrap().roster);

    let (header, posts) = senior.split_once('\n').unwrap();
    let mut lines: Vec<_> = posts.lines().collect();
    lines.reverse();
    let turned = format!("{header}\n{}\n", lines.join("\n"));
    let turned = run(turned, &junior, 1).unwrap().roster;
    let sorted = |roster: &str| roster.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(sorted(&first), sorted(&turned));
}

#[test]
fn the_roster_loads_and_says_what_was_drawn() {
    let (senior, junior) = many();
    let roster = run(&senior, &junior, 1).unwrap().roster;
    let read = load(&roster);
    assert_eq!(read.roster.lines().len(), 105);
    assert_eq!(read.roster.participants().len(), 105);
    assert_eq!(
        read.notices
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["1: unknown-column: the column `skills_source` is not read"]
    );
    for row in rows(&roster) {
        let grade: i32 = row["grade"].parse().unwrap();
        let side = match grade {
            1..=4 => "mentor",
            5..=7 => "either",
            _ => "mentee",
        };
        assert_eq!(row["side"], side, "{row:?}");
        assert_eq!(row["skills_source"], "drawn from seed 1");
        assert_eq!(row["unit"], "Unit A");
        assert!(!row["offers"].is_empty() && !row["wants"].is_empty());
    }
}

#[test]
fn the_grade_table_names_nothing_twice() {
    let table = grades::table();
    let rows: Vec<_> = table
        .lines()
        .skip(1)
        .map(|row| row.split_once(',').unwrap())
        .collect();
    let spellings: BTreeSet<_> = rows.iter().map(|row| row.1).collect();
    assert_eq!(spellings.len(), rows.len());
    for (number, spelling) in rows {
        assert_eq!(grades::number(spelling), number.parse().ok());
        assert_eq!(spelling.trim(), spelling);
    }
    for unknown in [
        "",
        "Student",
        "Specialist",
        "Unknown",
        "StO",
        "aa",
        "Grade7",
    ] {
        assert_eq!(grades::number(unknown), None);
    }
}

/// Published returns lie beside the project where its makers run it, and are not part of it.
fn published(department: &str) -> Option<[Vec<u8>; 2]> {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/uk-organogram-2013");
    if !folder.is_dir() {
        eprintln!("skipped: there is no ../shared/data/uk-organogram-2013");
        return None;
    }
    Some(
        ["senior", "junior"]
            .map(|file| std::fs::read(folder.join(format!("{department}-{file}.csv"))).unwrap()),
    )
}

#[test]
fn published_returns_become_rosters_without_faults() {
    // Rows left out, people, participants.
    let departments = [
        ("hm-treasury", 2, 403, 383),
        ("home-office", 51, 1595, 1435),
        ("dfid", 21, 439, 439),
    ];
    for (department, out, people, taking_part) in departments {
        let Some([senior, junior]) = published(department) else {
            return;
        };
        let Converted { roster, said } = run(&senior, &junior, 1).unwrap();
        let read = load(&roster);
        assert_eq!(read.roster.participants().len(), taking_part);
        assert_eq!(rows(&roster).len(), people);
        let notices = [": unknown-grade: ", ": vacant: "];
        let faults = said.lines().filter(|line| line.contains(".csv:"));
        let faults = faults.filter(|line| !notices.iter().any(|n| line.contains(n)));
        assert_eq!(faults.count(), out, "{department}");
        let roots = rows(&roster)
            .into_iter()
            .filter(|row| row["manager"] == "-");
        assert_eq!(roots.count(), 1);
    }
}

/// The pay published with a spelling overlaps that of the grade it stands for, and does not begin where a higher one ends.
#[test]
fn pay_agrees_with_the_grade_table() {
    for department in ["hm-treasury", "home-office", "dfid"] {
        let Some([_, junior]) = published(department) else {
            return;
        };
        let mut pay: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let mut reader = csv::Reader::from_reader(&junior[..]);
        for row in reader.deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let pounds = |column: &str| row[column].parse().unwrap();
            let band = (
                pounds("Payscale Minimum (£)"),
                pounds("Payscale Maximum (£)"),
            );
            let known = pay.entry(row["Grade"].trim().to_owned()).or_insert(band);
            *known = (known.0.min(band.0), known.1.max(band.1));
        }
        let table = grades::table();
        let common = |number: i32| {
            let mut rows = table.lines().filter_map(|row| row.split_once(','));
            rows.find(|row| row.0 == number.to_string()).unwrap().1
        };
        for (grade, band) in &pay {
            let Some(number) = grades::number(grade) else {
                continue;
            };
            let overlaps = |plain: &(u32, u32)| band.0 <= plain.1 && plain.0 <= band.1;
            let plain = pay.get(common(number));
            assert!(
                plain.is_none_or(overlaps),
                "{department}: {grade} {plain:?}"
            );
            for (other, higher) in &pay {
                let above = grades::number(other) > Some(number);
                assert!(!above || band.0 < higher.1, "{department}: {grade} {other}");
            }
        }
    }
}
