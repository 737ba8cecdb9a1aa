//! Rosters from CSV: every fault word for word, every line right, nothing lost.
#![cfg(feature = "import")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{FaultCode, Faults, OnFault, RosterImport, read_roster};
use reverse_mentoring::pair::Role;
use reverse_mentoring::roster::{Load, Side};

#[path = "import_roster/left_out.rs"]
mod left_out;

fn refuse(csv: impl AsRef<[u8]>) -> Result<RosterImport, Faults> {
    read_roster(csv.as_ref(), OnFault::Refuse, &mut SequentialIds::new(1))
}

fn quarantine(csv: impl AsRef<[u8]>) -> Result<RosterImport, Faults> {
    read_roster(
        csv.as_ref(),
        OnFault::Quarantine,
        &mut SequentialIds::new(1),
    )
}

/// What a faulty file says, as `line: code: text`.
fn said(csv: impl AsRef<[u8]>) -> Vec<String> {
    let faults = refuse(csv).unwrap_err();
    faults.0.iter().map(ToString::to_string).collect()
}

const HEADER: &str = "id,manager,dotted,grade,experience_months,side,capacity,hours_per_month,offers,wants,languages,unit,timezone,site,group";

/// A file of one participant below a root, with one cell of hers replaced.
fn with_cell(column: &str, cell: &str) -> String {
    let at = HEADER.split(',').position(|c| c == column).unwrap();
    let mut cells = [
        "ada", "ceo", "", "2", "14", "mentor", "1", "4.5", "sql:3", "law:2", "en", "u", "t", "s",
        "g",
    ];
    cells[at] = cell;
    format!("{HEADER}\nceo,-,,9,300,,,,,,,,,,\n{}\n", cells.join(","))
}

#[test]
fn every_fault_of_a_cell_word_for_word() {
    let long = "k".repeat(257);
    let cases: &[(&str, &str, &[&str])] = &[
        ("id", "", &["3: blank-id: `id` is blank"]),
        ("id", " \u{3000}", &["3: blank-id: `id` is blank"]),
        (
            "id",
            "-",
            &["3: bad-key: `id` is `-`, which declares a root and cannot be a key"],
        ),
        (
            "id",
            "a\u{7}",
            &[
                "3: bad-key: `id` is `a\\u{7}`, which cannot be a key: the text has a control character",
            ],
        ),
        (
            "id",
            "\"a\nb\"",
            &[
                "3: bad-key: `id` is `a\\nb`, which cannot be a key: the text has a control character",
            ],
        ),
        (
            "manager",
            "",
            &["3: blank-manager: `ada`: `manager` is blank; `-` declares a root"],
        ),
        (
            "manager",
            " ",
            &["3: blank-manager: `ada`: `manager` is blank; `-` declares a root"],
        ),
        (
            "manager",
            "bob",
            &["3: unknown-manager: `ada`: `manager` is `bob`, who has no row"],
        ),
        (
            "manager",
            " CEO",
            &[
                "3: unknown-manager: `ada`: `manager` is ` CEO`, who has no row; did you mean `ceo`?",
            ],
        ),
        (
            "manager",
            "00ceo ",
            &[
                "3: unknown-manager: `ada`: `manager` is `00ceo `, who has no row; did you mean `ceo`?",
            ],
        ),
        (
            "manager",
            "- ",
            &["3: unknown-manager: `ada`: `manager` is `- `, who has no row; did you mean `-`?"],
        ),
        (
            "manager",
            "ada",
            &["3: self-report: `ada`: `manager` is `ada`, the same person"],
        ),
        (
            "dotted",
            "ada",
            &["3: self-report: `ada`: `dotted` is `ada`, the same person"],
        ),
        (
            "dotted",
            "ceo;x;x",
            &["3: unknown-manager: `ada`: `dotted` is `x`, who has no row"],
        ),
        (
            "dotted",
            "ceo; ceo",
            &["3: unknown-manager: `ada`: `dotted` is ` ceo`, who has no row; did you mean `ceo`?"],
        ),
        (
            "dotted",
            "-",
            &["3: unknown-manager: `ada`: `dotted` is `-`, who has no row"],
        ),
        (
            "dotted",
            "ceo;",
            &["3: empty-item: `ada`: `dotted` has an empty item"],
        ),
        (
            "grade",
            "two",
            &["3: bad-grade: `ada`: `grade` is `two`, not a whole number"],
        ),
        (
            "grade",
            "2.5",
            &["3: bad-grade: `ada`: `grade` is `2.5`, not a whole number"],
        ),
        (
            "grade",
            "+2",
            &["3: bad-grade: `ada`: `grade` is `+2`, not a whole number"],
        ),
        (
            "grade",
            "2147483648",
            &["3: bad-grade: `ada`: `grade` is `2147483648`, not a whole number"],
        ),
        (
            "grade",
            "",
            &["3: missing-grade: `ada`: `grade` is blank, though others in the file have one"],
        ),
        (
            "experience_months",
            "-1",
            &[
                "3: bad-experience: `ada`: `experience_months` is `-1`, not a whole number of months",
            ],
        ),
        (
            "experience_months",
            "",
            &[
                "3: missing-experience: `ada`: `experience_months` is blank, though others in the file have one",
            ],
        ),
        (
            "side",
            "Mentor",
            &["3: bad-side: `ada`: `side` is `Mentor`, not `mentor`, `mentee` or `either`"],
        ),
        (
            "capacity",
            "0",
            &["3: bad-capacity: `ada`: `capacity` is `0`, not a whole number of 1 or more"],
        ),
        (
            "capacity",
            "-1",
            &["3: bad-capacity: `ada`: `capacity` is `-1`, not a whole number of 1 or more"],
        ),
        (
            "capacity",
            "many",
            &["3: bad-capacity: `ada`: `capacity` is `many`, not a whole number of 1 or more"],
        ),
        (
            "hours_per_month",
            "1e3",
            &[
                "3: bad-hours: `ada`: `hours_per_month` is `1e3`, not a decimal number of 0 to 10000 with at most six decimals",
            ],
        ),
        (
            "offers",
            "sql",
            &["3: bad-offer: `ada`: `offers` has `sql`, not `skill:level`"],
        ),
        (
            "offers",
            ":3",
            &["3: bad-offer: `ada`: `offers` has `:3`, not `skill:level`"],
        ),
        (
            "offers",
            "sql:0",
            &["3: bad-level: `ada`: `offers` has `sql:0`, whose level is not 1 to 5"],
        ),
        (
            "offers",
            "sql:6",
            &["3: bad-level: `ada`: `offers` has `sql:6`, whose level is not 1 to 5"],
        ),
        (
            "offers",
            "sql:",
            &["3: bad-level: `ada`: `offers` has `sql:`, whose level is not 1 to 5"],
        ),
        (
            "offers",
            "sql:2;;mix:2",
            &["3: empty-item: `ada`: `offers` has an empty item"],
        ),
        (
            "offers",
            "sql:2; sql :3",
            &["3: skill-twice: `ada`: `offers` has the skill `sql` more than once"],
        ),
        (
            "offers",
            "a\u{1b}:2",
            &[
                "3: bad-label: `ada`: `offers` has `a\\u{1b}`, which cannot be kept: the text has a control character",
            ],
        ),
        (
            "wants",
            "law",
            &["3: bad-wish: `ada`: `wants` has `law`, not `skill:to` or `skill:from>to`"],
        ),
        (
            "wants",
            "law:6",
            &["3: bad-level: `ada`: `wants` has `law:6`, whose level is not 0 to 5"],
        ),
        (
            "wants",
            "law:1>x",
            &["3: bad-level: `ada`: `wants` has `law:1>x`, whose level is not 0 to 5"],
        ),
        (
            "wants",
            "law:3>3",
            &[
                "3: not-rising: `ada`: `wants` has `law:3>3`: a wish from level 3 to level 3 does not rise",
            ],
        ),
        (
            "wants",
            "law:0",
            &[
                "3: not-rising: `ada`: `wants` has `law:0`: a wish from level 0 to level 0 does not rise",
            ],
        ),
        (
            "wants",
            "sql:3",
            &[
                "3: not-rising: `ada`: `wants` has `sql:3`: a wish from level 3 to level 3 does not rise",
            ],
        ),
        (
            "wants",
            "law:3;law:9",
            &[
                "3: bad-level: `ada`: `wants` has `law:9`, whose level is not 0 to 5",
                "3: skill-twice: `ada`: `wants` has the skill `law` more than once",
            ],
        ),
        (
            "languages",
            "en;",
            &["3: empty-item: `ada`: `languages` has an empty item"],
        ),
        (
            "unit",
            "a\u{0}",
            &[
                "3: bad-label: `ada`: `unit` has `a\\u{0}`, which cannot be kept: the text has a control character",
            ],
        ),
    ];
    for (column, cell, expected) in cases {
        assert_eq!(
            said(with_cell(column, cell)),
            *expected,
            "{column} = {cell:?}"
        );
    }
    let text = said(with_cell("id", &long));
    assert!(
        text[0].ends_with("…`, which cannot be a key: the text is longer than 256 bytes"),
        "{text:?}"
    );
    let text = said(with_cell("group", &"g".repeat(1025)));
    assert!(
        text[0].ends_with("…`, which cannot be kept: the text is longer than 1024 bytes"),
        "{text:?}"
    );
    assert!(text[0].len() < 250, "a message stays short");
}

#[test]
fn every_fault_of_a_file_word_for_word() {
    let cases: &[(&[u8], &[&str])] = &[
        (b"", &["1: empty-file: the file is empty"]),
        (b"\xef\xbb\xbf", &["1: empty-file: the file is empty"]),
        (b"\r\n\n", &["1: empty-file: the file is empty"]),
        (b"id,manager,side,grade\n", &["1: no-rows: there is a header and nobody below it"]),
        (b"id,manager,side\nceo,-,\n", &["1: no-experience: nobody has a `grade` or `experience_months`"]),
        (b"id,manager,side,grade\nceo,-,,\n", &["1: no-experience: nobody has a `grade` or `experience_months`"]),
        (b"grade\n3\n", &[
            "1: missing-column: there is no column `id`",
            "1: missing-column: there is no column `manager`",
            "1: missing-column: there is no column `side`",
        ]),
        (b"ID,Manager,side,grade\nceo,-,,x\n", &[
            "1: missing-column: there is no column `id`, only `ID`; did you mean `id`?",
            "1: missing-column: there is no column `manager`, only `Manager`; did you mean `manager`?",
            "2: bad-grade: `grade` is `x`, not a whole number",
        ]),
        (b"id,manager,side,grade,manager,dotted, dotted ,dotted\nceo,-,,9,,,,\n", &[
            "1: duplicate-column: the column `manager` is there 2 times",
            "1: duplicate-column: the column `dotted` is there 3 times",
        ]),
        (b"id,manager,side,grade,gr\xe4de\nceo,-,,9,\n", &[
            "1: invalid-utf8: name 5 of the header is not UTF-8: byte E4 after `gr`; is the file Windows-1252?",
        ]),
        (b"id,manager,side,\"grade\nceo,-,,9\n", &["1: open-quote: in the header, field 4 is unclear: a quote is never closed, and everything up to line 2 ran into the row"]),
        (b"id,manager,side,\"gr\"ade\nceo,-,,9\n", &["1: bad-quote: in the header, field 4 is unclear: text follows a closing quote"]),
        (b"id,manager,side,grade\nceo,-,,9\nada,ceo,mentor,2,x\nbob\n", &[
            "3: field-count: `ada`: the row has 5 fields and the header 4",
            "4: field-count: `bob`: the row has 1 field and the header 4",
        ]),
        (b"id,manager,side,grade,note\nceo,-,,9,\na\xffa,ceo,,,\nbob,ceo,,2,\xc3\xa9\xe9\n", &[
            "3: invalid-utf8: `id` is not UTF-8: byte FF after `a`; is the file Windows-1252?",
            "4: invalid-utf8: `bob`: `note` is not UTF-8: byte E9 after `é`; is the file Windows-1252?",
        ]),
        (b"id,manager,side,grade\nceo,-,,9\nada,J\xd6RG,,2\nbob,a long name that goes on and on \x90,,2\ncat,\tx\xd6,,2\n", &[
            "3: invalid-utf8: `ada`: `manager` is not UTF-8: byte D6 after `J`; is the file Windows-1252?",
            "4: invalid-utf8: `bob`: `manager` is not UTF-8: byte 90 after `…ame that goes on and on `",
            r"5: invalid-utf8: `cat`: `manager` is not UTF-8: byte D6 after `\tx`; is the file Windows-1252?",
        ]),
        // Whatever else is wrong with it, the separator is the cause.
        (b"id;manager;side;grade\nceo;-;;9\nada,bob;ceo;;2\n", &[
            "1: separator: the header is one field with `;` in it: save the file with commas between the columns",
        ]),
        (b"\xef\xbb\xbf\"id\";\"manager\"\r\n\"ceo\";\"-\"\r\n", &[
            "1: separator: the header is one field with `;` in it: save the file with commas between the columns",
        ]),
        (b"\nid\tmanager\tside\tgrade\nceo\t-\t\t9\n", &[
            "2: separator: the header is one field with a tab in it: save the file with commas between the columns",
        ]),
        (b"\xff\xfei\0d\0,\0\n\0", &["1: utf16: the file is UTF-16: save it as UTF-8"]),
        (b"\xfe\xff\0i\0d\0,\0\n", &["1: utf16: the file is UTF-16: save it as UTF-8"]),
        (b"i\0d\0,\0\n\0", &["1: utf16: the file is UTF-16: save it as UTF-8"]),
        (b"\0i\0d\0,\0\n", &["1: utf16: the file is UTF-16: save it as UTF-8"]),
        // A quote that is never closed has swallowed the lists of the rows.
        (b"\"id\nceo;-\n", &["1: open-quote: in the header, field 1 is unclear: a quote is never closed, and everything up to line 2 ran into the row"]),
        // A list in a cell says nothing of the columns, nor does a semicolon in a name of the header.
        (b"id,manager,side,grade,a;b\nceo,-,,9,x;y\nada,ceo,x,,\n", &[
            "3: bad-side: `ada`: `side` is `x`, not `mentor`, `mentee` or `either`",
        ]),
        // A character cut in two by a comma is not one.
        (b"id,manager,side,grade,unit,site\nceo,-,,9,\xc3,\xa9\n", &[
            "2: invalid-utf8: `ceo`: `unit` is not UTF-8: byte C3 at its beginning; is the file Windows-1252?",
            "2: invalid-utf8: `ceo`: `site` is not UTF-8: byte A9 at its beginning; is the file Windows-1252?",
        ]),
        (b"id,manager,side,grade,note\neve,-,,9,\nceo,-,,9,\"open\nada,ceo,,2,\nbob,ceo,,2,\n", &[
            "3: open-quote: `ceo`: `note` is unclear: a quote is never closed, and everything up to line 5 ran into the row",
        ]),
        // The quote of the first row closes in the third: what is in between must not vanish.
        (b"id,manager,side,grade,note\nceo,-,,9,\"open\nada,ceo,,2,\nbob,ceo,,2,\"x\"\ncat,bob,,2,\n", &[
            "2: bad-quote: `ceo`: `note` is unclear: text follows a closing quote, and everything up to line 4 ran into the row",
            "5: unknown-manager: `cat`: `manager` is `bob`, who has no row",
        ]),
        (b"id,manager,side,grade\n\"ce\"o,-,,9\nbob,ceo,,3\n", &[
            "2: bad-quote: `id` is unclear: text follows a closing quote",
            "3: unknown-manager: `bob`: `manager` is `ceo`, who has no row",
        ]),
        (b"id,manager,side,grade\nceo,-,,9\nx,ceo,,\n\nceo,x,,\n", &[
            "2: duplicate-id: `ceo`: `id` is given 2 times: lines 2, 5",
            "5: duplicate-id: `ceo`: `id` is given 2 times: lines 2, 5",
        ]),
        (b"id,manager,side,grade\nceo,-,,9\nf,d,,\nd,e,,\ne,f,,\n", &[
            "4: cycle: `d`: `manager` is on a circle of solid lines: `d` → `e` → `f` → `d`",
        ]),
    ];
    for (csv, expected) in cases {
        assert_eq!(said(csv), *expected, "{}", String::from_utf8_lossy(csv));
    }
}

#[test]
fn every_fault_in_one_run() {
    let csv = "\
id,manager,side,grade,offers,wants
ceo,-,,9,,
,,boss,x,sql,law
ada,ceo,mentor,,sql:9;sql:2,law:2>1
bob,ada,mentee,5,,
ada,bob,,1,,
cat,cat;,,,,
dan,eve,,,,
eve,dan,,,,
fay
";
    assert_eq!(
        said(csv),
        [
            "3: blank-id: `id` is blank",
            "3: blank-manager: `manager` is blank; `-` declares a root",
            "3: bad-grade: `grade` is `x`, not a whole number",
            "3: bad-side: `side` is `boss`, not `mentor`, `mentee` or `either`",
            "3: bad-offer: `offers` has `sql`, not `skill:level`",
            "3: bad-wish: `wants` has `law`, not `skill:to` or `skill:from>to`",
            "4: bad-level: `ada`: `offers` has `sql:9`, whose level is not 1 to 5",
            "4: skill-twice: `ada`: `offers` has the skill `sql` more than once",
            "4: not-rising: `ada`: `wants` has `law:2>1`: a wish from level 2 to level 1 does not rise",
            "4: missing-grade: `ada`: `grade` is blank, though others in the file have one",
            "4: duplicate-id: `ada`: `id` is given 2 times: lines 4, 6",
            "6: duplicate-id: `ada`: `id` is given 2 times: lines 4, 6",
            "7: unknown-manager: `cat`: `manager` is `cat;`, who has no row",
            "8: cycle: `dan`: `manager` is on a circle of solid lines: `dan` → `eve` → `dan`",
            "10: field-count: `fay`: the row has 1 field and the header 6",
        ]
    );
    let faults = refuse(csv).unwrap_err();
    assert_eq!(
        faults.to_string(),
        "3: blank-id: `id` is blank (and 14 more)"
    );
    assert_eq!(faults.0[0].column.as_deref(), Some("id"));
    assert_eq!(faults.0[14].column, None);
    assert_eq!(
        faults.0[0].located("a b.csv"),
        "a b.csv:3: blank-id: `id` is blank"
    );
}

/// Both rows of a doubled key are looked through, and a circle that the first of them closes is named.
#[test]
fn the_second_row_of_a_doubled_key_is_not_skipped() {
    let csv = "id,manager,side,grade\na,b,,1\nb,a,,1\nb,nobody,,1\nb,b,,1\n";
    assert_eq!(
        said(csv),
        [
            "2: cycle: `a`: `manager` is on a circle of solid lines: `a` → `b` → `a`",
            "3: duplicate-id: `b`: `id` is given 3 times: lines 3, 4, 5",
            "4: duplicate-id: `b`: `id` is given 3 times: lines 3, 4, 5",
            "4: unknown-manager: `b`: `manager` is `nobody`, who has no row",
            "5: duplicate-id: `b`: `id` is given 3 times: lines 3, 4, 5",
            "5: self-report: `b`: `manager` is `b`, the same person",
        ]
    );
}

#[test]
fn a_sound_roster_says_what_its_cells_say() {
    let csv = "\
\u{feff}group , unit,id,site,side,manager,timezone,offers,wants,capacity,hours_per_month,grade,experience_months,languages,dotted,shoe size\r
\r
g 1,ops,ada,Leeds,\" either\",ceo,Europe/London, short video : 4 ;a:b:c:2,\"sql:1>3; a:b:c:5;short video:5;law : 2\", 3 ,4.50, 2 ,014,en; de;en,bob;ceo;bob,44\r
,,bob,,,ceo,,,,2,,5,,,\"a\"\"b\",\r
,, bob,,,ceo,,,,,,,,,,\r
,,\"a\"\"b\",,,-,,,,,,,,,,\r
,,ceo,,,-,,,,,1.5,,,,,\r
";
    let read = refuse(csv).unwrap();
    let said: Vec<_> = read.notices.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["1: unknown-column: the column `shoe size` is not read"]
    );
    assert!(read.faults.is_empty() && read.quarantined.is_empty());
    let lines = read.roster.lines();
    let keys: Vec<_> = lines.people().map(|(_, key)| key.as_str()).collect();
    assert_eq!(keys, [" bob", "a\"b", "ada", "bob", "ceo"]);
    let person = |key| lines.find(key).unwrap();
    assert!(lines.is_above(person("a\"b"), person("ada")));
    let dotted: Vec<_> = lines.dotted_managers(person("ada")).collect();
    assert_eq!(dotted, [person("bob"), person("ceo")]);

    let [ada] = read.roster.participants() else {
        panic!("one takes part")
    };
    let (group, ada) = (ada.group(), ada.profile());
    assert_eq!((ada.key().as_str(), ada.side()), ("ada", Side::Either));
    assert_eq!(ada.experience().to_string(), "grade 2, 14 months");
    assert_eq!(ada.places(Role::Mentee, Load::default()), 3);
    let hours = ada.capacity().hours_per_month().unwrap();
    assert_eq!(hours.to_string(), "4.5");
    let offers: Vec<_> = ada
        .offers()
        .iter()
        .map(|o| (o.skill().as_str(), o.level().as_u8()))
        .collect();
    assert_eq!(offers, [("a:b:c", 2), ("short video", 4)]);
    let wishes: Vec<_> = ada
        .wishes()
        .iter()
        .map(|w| (w.skill().as_str(), w.from().as_u8(), w.to().as_u8()))
        .collect();
    assert_eq!(
        wishes,
        [
            ("a:b:c", 2, 5),
            ("law", 0, 2),
            ("short video", 4, 5),
            ("sql", 1, 3)
        ]
    );
    let languages: Vec<_> = ada.languages().iter().map(|l| l.as_str()).collect();
    assert_eq!(languages, ["de", "en"]);
    let labels = [ada.unit(), ada.site(), ada.timezone(), group].map(|l| l.unwrap().as_str());
    assert_eq!(labels, ["ops", "Leeds", "Europe/London", "g 1"]);
    assert_eq!(ada.id().to_string(), "00000001-0000-8000-8000-000000000001");

    let bob = read.roster.colleague(person("bob")).unwrap();
    assert_eq!(
        (
            bob.experience.unwrap().to_string().as_str(),
            bob.capacity.pairings().get()
        ),
        ("grade 5", 2)
    );
    let ceo = read.roster.colleague(person("ceo")).unwrap();
    assert_eq!(
        (ceo.experience, ceo.capacity.places(Load::default())),
        (None, 1)
    );
    let hours = ceo.capacity.hours_per_month().unwrap();
    assert_eq!(hours.to_string(), "1.5");
    assert!(read.roster.colleague(person(" bob")).is_none());
}

#[test]
fn dotted_circles_and_misspelt_columns_are_notices() {
    let csv =
        "id,manager,side,grade,Dotted,dotted,\nceo,-,,9,,ada,\ncto,ceo,,8,,,\nada,cto,,2,,,\n";
    let read = refuse(csv).unwrap();
    let said: Vec<_> = read.notices.iter().map(|n| n.located("r.csv")).collect();
    assert_eq!(
        said,
        [
            "r.csv:1: unknown-column: the column `Dotted` is not read; did you mean `dotted`?",
            "r.csv:4: dotted-circle: dotted lines close a circle, and everybody on it counts as linked: `ada`, `ceo`, `cto`",
        ]
    );
}

/// Every combination of line ends, blank lines, quoted line breaks and a byte order mark, against lines counted here.
#[test]
fn lines_are_those_of_an_editor() {
    for bom in ["", "\u{feff}"] {
        for end in ["\n", "\r\n", "\r"] {
            for blanks in 0..3 {
                for broken in [false, true] {
                    for last in ["", end] {
                        let gap = end.repeat(blanks + 1);
                        let note = if broken {
                            format!("\"one{end}{end}three\"")
                        } else {
                            "x".to_owned()
                        };
                        let rows = [
                            "id,manager,side,grade,note".to_owned(),
                            format!("ceo,-,,9,{note}"),
                            format!("ada,nobody,,2,{note}"),
                            "bob,ceo".to_owned(),
                            format!("{note},ceo,,q,"),
                        ];
                        let csv = format!("{bom}{}{last}", rows.join(&gap));
                        let broken = if broken { 2 } else { 0 };
                        let (first, step) = (1, 1 + blanks);
                        let ceo = first + step;
                        let ada = ceo + broken + step;
                        let bob = ada + broken + step;
                        let cat = bob + step;
                        let faults = refuse(csv.as_bytes()).unwrap_err();
                        let mut lines: Vec<_> = faults.0.iter().map(|f| f.line as usize).collect();
                        lines.dedup();
                        assert_eq!(lines, [ada, bob, cat], "{csv:?}");
                    }
                }
            }
        }
    }
    // Blank lines before the header.
    assert_eq!(
        said("\n\nid,manager,side\n\na,-,\n"),
        ["3: no-experience: nobody has a `grade` or `experience_months`"]
    );
}

#[test]
fn a_source_that_repeats_itself_is_named() {
    let csv = b"id,manager,side,grade\na,-,mentor,1\nb,-,mentee,2\n";
    let faults = read_roster(csv, OnFault::Quarantine, &mut uuid::Uuid::nil).unwrap_err();
    assert_eq!(
        faults.to_string(),
        "1: roster-refused: the id 00000000-0000-0000-0000-000000000000 is given to two participants"
    );
}

#[test]
fn a_manager_who_is_faulty_is_not_unknown() {
    let csv = "id,manager,side,grade,offers\nceo,-,,9,\nada,ceo,,2,sql:7\nbob,ada,,2,\ncat\ndan,cat,,1,\n";
    assert_eq!(
        said(csv),
        [
            "3: bad-level: `ada`: `offers` has `sql:7`, whose level is not 1 to 5",
            "5: field-count: `cat`: the row has 1 field and the header 5",
        ]
    );
}

/// Only cells that can be read make the rule: one stray word does not ask a grade of everybody.
#[test]
fn a_grade_that_cannot_be_read_asks_nothing_of_others() {
    let csv = "id,manager,side,grade,experience_months\na,-,,n/a,1\nb,-,mentor,,2\n";
    assert_eq!(
        said(csv),
        ["2: bad-grade: `a`: `grade` is `n/a`, not a whole number"]
    );
    assert_eq!(quarantine(csv).unwrap().roster.participants().len(), 1);
    // The rule is that of the file as read, also where the only grade is put in quarantine.
    let csv = "id,manager,side,grade,experience_months\na,x,,3,1\nb,-,mentor,,2\n";
    assert_eq!(quarantine(csv).unwrap().roster.participants().len(), 0);
}

#[test]
fn a_chain_of_200_000_loads_on_a_small_stack() {
    let mut csv = "id,manager,side,grade\np0,-,,1\n".to_owned();
    for n in 1..200_000 {
        csv.push_str(&format!("p{n},p{},,1\n", n - 1));
    }
    let work = move || {
        let read = refuse(&csv).unwrap();
        let lines = read.roster.lines();
        assert!(lines.is_above(lines.find("p0").unwrap(), lines.find("p199999").unwrap()));
        let broken = csv.replacen("p0,-", "p0,", 1);
        let read = quarantine(&broken).unwrap();
        assert_eq!(read.quarantined.len(), 200_000);
        let closed = csv.replacen("p0,-", "p0,p199999", 1);
        assert_eq!(refuse(&closed).unwrap_err().0.len(), 1);
        assert_eq!(quarantine(&closed).unwrap().quarantined.len(), 200_000);
    };
    let small = std::thread::Builder::new().stack_size(256 * 1024);
    small.spawn(work).unwrap().join().unwrap();
}

/// The text of every file in which a message could be pinned.
fn tests_of_the_import() -> Vec<String> {
    let of = |folder: PathBuf| {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
    };
    let all = of(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"));
    let import = all.filter(|path| {
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("import")
    });
    let files = import.flat_map(|path| match path.is_dir() {
        true => of(path).collect(),
        false => vec![path],
    });
    files
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

#[test]
fn every_code_is_a_word_and_its_message_is_pinned() {
    let words: BTreeSet<_> = FaultCode::ALL.iter().map(|c| c.as_str()).collect();
    assert_eq!(words.len(), FaultCode::ALL.len());
    let tests = tests_of_the_import();
    assert!(tests.len() > 5, "{}", tests.len());
    for word in words {
        assert!(
            word.bytes()
                .all(|b| b.is_ascii_lowercase() || b"-168".contains(&b)),
            "{word}"
        );
        let said = [format!(": {word}: "), format!("\"{word}: ")];
        assert!(
            said.iter()
                .any(|s| tests.iter().any(|test| test.contains(s))),
            "{word} has no message"
        );
    }
}
