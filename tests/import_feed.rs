//! Feeds of HR systems: columns and words of other systems, roots, look-alikes, who stays, and faults that say nothing of a cell.
#![cfg(feature = "import")]

#[path = "support/nasty.rs"]
mod nasty;

use nasty::nasty;
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    BlankManager, Coverage, FaultCode, Feed, FeedError, FeedImport, Mapping, MappingError, OnFault,
    OwnManager, RosterColumn, Separator, SourceColumn, Table, read_roster,
};
use reverse_mentoring::roster::Roster;
use reverse_mentoring::text::Key;

fn read(mapping: &Mapping, csv: &str) -> FeedImport {
    let read = Feed::new(mapping).read(csv.as_bytes(), &mut SequentialIds::new(1));
    read.unwrap_or_else(|error| panic!("{error:?}"))
}

fn faults(mapping: &Mapping, csv: &str) -> Vec<String> {
    match Feed::new(mapping).read(csv.as_bytes(), &mut SequentialIds::new(1)) {
        Err(FeedError::Faults(faults)) => faults.0.iter().map(ToString::to_string).collect(),
        other => panic!("{:?}", other.map(|_| ())),
    }
}

fn notices(read: &FeedImport) -> Vec<String> {
    read.notices.iter().map(ToString::to_string).collect()
}

/// A mapping of another system's header.
fn foreign() -> Mapping {
    Mapping::standard()
        .with_names(RosterColumn::Id, ["Worker ID", "Employee ID"])
        .and_then(|m| m.with_names(RosterColumn::Manager, ["Manager ID"]))
        .and_then(|m| m.with_names(RosterColumn::Grade, ["Level"]))
        .and_then(|m| m.with_names(RosterColumn::Side, ["Level", "Role"]))
        .and_then(|m| m.with_words(RosterColumn::Grade, [("Grade 7", "7"), ("SCS", "9")]))
        .and_then(|m| {
            m.with_words(
                RosterColumn::Side,
                [("Grade 7", "mentor"), ("scs", "mentee")],
            )
        })
        .and_then(|m| m.with_constant(RosterColumn::Capacity, "2"))
        .and_then(|m| m.with_names(RosterColumn::Languages, ["Spoken"]))
        .and_then(|m| m.with_list_separator('/'))
        .unwrap()
        .with_separator(Separator::Tab)
}

#[test]
fn another_systems_header_and_words() {
    let csv = "  EMPLOYEE id \tmanager ID\tlevel\tSpoken\tHome\n007\t-\t scs \ten / de\tx\n7\t007\tgrade 7\t\ty\n";
    let read = read(&foreign(), csv);
    let ada = read.roster.by_key("7").unwrap().profile();
    assert_eq!(ada.experience().as_grade(), Some(7));
    assert_eq!(
        (ada.side().as_str(), ada.capacity().pairings().get()),
        ("mentor", 2)
    );
    let boss = read.roster.by_key("007").unwrap().profile();
    assert_eq!(
        boss.languages()
            .iter()
            .map(|l| l.as_str())
            .collect::<Vec<_>>(),
        ["de", "en"]
    );
    assert_eq!(
        notices(&read),
        [
            "1: unknown-column: column 5: a column that is not read",
            "2: look-alike: two keys look alike and are two people here; see line 3",
        ]
    );
}

#[test]
fn headers_that_fit_twice_or_not_at_all() {
    assert_eq!(
        faults(&foreign(), "Worker ID\tEmployee Id\tLevel\nx\ty\tScs\n"),
        [
            "1: duplicate-column: column `Worker ID`: a column stands twice in the header",
            "1: missing-column: column `Manager ID`: a required column is not in the header",
        ]
    );
    assert_eq!(
        faults(&foreign(), "Worker ID,Manager ID\n1,-\n"),
        [
            "1: separator: the header is one field with semicolons or tabs in it: the columns are not separated by commas"
        ]
    );
    assert_eq!(
        faults(&foreign(), "Worker ID\tManager ID\tLevel\n1\t-\ttall\n"),
        [
            "1: no-experience: nobody in a roster has a grade or months of experience that can be read",
            "2: bad-grade: column `Level`: not a grade",
            "2: bad-side: column `Level`: not a side: neither `mentor` nor `mentee`, nor, in a roster, `either`",
        ]
    );
}

#[test]
fn mappings_that_cannot_stand() {
    let standard = Mapping::standard;
    assert_eq!(
        standard()
            .with_names(RosterColumn::Unit, [" "])
            .unwrap_err(),
        MappingError::BlankName(RosterColumn::Unit)
    );
    assert_eq!(
        standard()
            .with_words(RosterColumn::Grade, [("a", "1"), (" A", "2")])
            .unwrap_err(),
        MappingError::TwoMeanings(RosterColumn::Grade)
    );
    assert!(
        standard()
            .with_words(RosterColumn::Grade, [("a", "1"), ("A", "1")])
            .is_ok()
    );
    assert_eq!(
        standard().with_constant(RosterColumn::Id, "x").unwrap_err(),
        MappingError::ConstantId
    );
    for sign in ['a', ':', '>', '-', ' ', '7', '\n'] {
        assert_eq!(
            standard().with_list_separator(sign).unwrap_err(),
            MappingError::ListSeparator(sign)
        );
    }
    assert_eq!(
        MappingError::TwoMeanings(RosterColumn::Grade).to_string(),
        "a word of the column `grade` has two meanings"
    );
}

/// A root is declared: by a word, by key, or by a rule that the host names; never by default.
#[test]
fn roots_are_declared() {
    let csv = "id,manager,side,grade\na,,mentee,9\nb,b,mentee,8\nc,a,mentor,1\n";
    let standard = Mapping::standard();
    assert_eq!(
        faults(&standard, csv),
        [
            "2: blank-manager: column `manager`: the manager is blank, which does not declare a root",
            "3: self-report: column `manager`: somebody is their own solid or dotted manager",
        ]
    );
    let managers = |roster: &Roster| {
        let lines = roster.lines();
        lines
            .people()
            .filter(|(p, _)| lines.manager(*p).is_none())
            .count()
    };
    let rules = standard
        .clone()
        .with_blank_manager(BlankManager::IsARoot)
        .with_own_manager(OwnManager::IsARoot);
    assert_eq!(managers(&read(&rules, csv).roster), 2);
    let key = |text| Key::new(text).unwrap();
    let keys = standard
        .clone()
        .with_roots([key("a"), key("b"), key("nobody")]);
    let by_key = read(&keys, csv);
    assert_eq!(managers(&by_key.roster), 2);
    assert_eq!(
        notices(&by_key),
        ["1: unknown-root: somebody who is declared a root has no row"]
    );
    // Where other words declare a root, `-` is a key like others.
    let words = standard.with_root_words(["XX", "xx"]);
    let csv = "id,manager,side,grade\n-,XX,mentee,9\nb,xx,mentee,8\nc,-,mentor,1\n";
    assert_eq!(managers(&read(&words, csv).roster), 2);
    assert_eq!(
        faults(&words, "id,manager,side,grade\nXX,xx,mentee,9\n"),
        [
            "2: bad-key: column `id`: the cell that identifies the row, or one of its two people, cannot be a key"
        ]
    );
}

#[test]
fn circles_and_doubles_by_their_lines() {
    let csv = "id,manager,side,grade\na,b,,\nb,c,,\nc,a,,1\nd,-,,\nd,a,,\nd,b,,\n";
    assert_eq!(
        faults(&Mapping::standard(), csv),
        [
            "2: cycle: column `manager`: a circle of solid lines, named once with its members; see lines 3, 4",
            "5: duplicate-id: column `id`: a person has more than one row; each of them is a fault; see lines 6, 7",
            "6: duplicate-id: column `id`: a person has more than one row; each of them is a fault; see lines 5, 7",
            "7: duplicate-id: column `id`: a person has more than one row; each of them is a fault; see lines 5, 6",
        ]
    );
}

#[test]
fn look_alikes_are_told_and_never_merged() {
    let csv = "id,manager,side,grade,offers\nE-10,-,mentor,1,Rust:2;rust:3\nE-1O,E-10,mentor,2,data  science:1\ne-10,E-10,mentor,3,Data Science:4;rust:1\nＥ-10,E-10,mentor,4,\n";
    let read = read(&Mapping::standard(), csv);
    assert_eq!(read.roster.participants().len(), 4);
    assert_eq!(
        notices(&read),
        [
            "2: look-alike: two keys look alike and are two people here; see lines 3, 4, 5",
            "2: skill-look-alike: two skills differ by white space or case alone and are two skills here",
            "3: skill-look-alike: two skills differ by white space or case alone and are two skills here; see line 4",
        ]
    );
}

/// Words of the library count in any case in a feed, as those of a mapping do; its own files have them as they are.
#[test]
fn sides_in_any_case() {
    let csv = "id,manager,side,grade\na,-, Mentor ,9\nb,a,MENTEE,8\nc,a,eIther,1\n";
    let read = read(&Mapping::standard(), csv);
    let sides = read.roster.participants().iter();
    let sides: Vec<&str> = sides.map(|p| p.profile().side().as_str()).collect();
    assert_eq!(sides, ["mentor", "mentee", "either"]);
    let strict = read_roster(csv.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1));
    assert_eq!(
        strict.unwrap_err().0[0].to_string(),
        "2: bad-side: `a`: `side` is `Mentor`, not `mentor`, `mentee` or `either`"
    );
}

/// What a host's mapping says of its data is not shown by `Debug`, nor is what a table or a row holds.
#[test]
fn debug_shows_no_data() {
    let mapping = Mapping::standard()
        .with_words(RosterColumn::Grade, [("Secret 7", "secret 8")])
        .and_then(|m| m.with_constant(RosterColumn::Group, "secret group"))
        .and_then(|m| m.with_names(RosterColumn::Unit, ["Secret Unit"]))
        .unwrap()
        .with_roots([Key::new("secret-root").unwrap()])
        .with_root_words(["secret top", "-"]);
    let shown = format!("{mapping:?}");
    assert!(!shown.to_lowercase().contains("secret"), "{shown}");
    for said in [
        "\"unit\": \"named\"",
        "\"group\": \"constant\"",
        "words: {\"grade\": 1}",
        "roots: 1",
        "root_words: 2",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    let mut table = Table::open(b"id,secret\nsecret-1,secret-2\n").unwrap();
    let mut faults = table.close_header();
    let row = format!("{:?}", table.next_row(&mut faults));
    assert_eq!(row, "Some(Row { line: 2, cells: 2, .. })");
    assert!(!format!("{table:?}").contains("secret"), "{table:?}");
}

/// In an additive feed whoever has no row stays as they were; in a full one they leave. Ids stay with the keys.
#[test]
fn who_is_not_in_the_file() {
    let whole = "id,manager,dotted,side,grade,experience_months,unit,site,capacity,hours_per_month,offers,wants,languages,timezone,group,interests,values,background\n\
        ceo,-,,,9,90,,,,,,,,,,,,\n\
        cto,ceo,,mentee,8,80,u,s,2,4.5,law:3,sql:1>4,en;de,UTC+02:00,g,a;b,c,d\n\
        ada,cto,ceo,mentor,1,10,u,s,,,sql:4,,,,,,,\n\
        bo,cto,,,2,,,,3,,,,,,,,,\n";
    let mapping = Mapping::standard();
    let spring = read(&mapping, whole).roster;
    let file = "id,manager,side,grade,experience_months\nada,ceo,mentor,2,12\nzoe,cto,mentor,1,1\n";
    let after = |coverage, csv: &str| {
        let feed = Feed::new(&mapping)
            .after(&spring, coverage)
            .on_fault(OnFault::Quarantine);
        feed.read(csv.as_bytes(), &mut SequentialIds::new(2))
    };
    let added = after(Coverage::Additive, file).unwrap();
    assert_eq!((&added.faults, &added.left_out), (&vec![], &vec![]));
    // The judge writes the merged file by hand.
    let merged = whole.replace(
        "ada,cto,ceo,mentor,1,10,u,s,,,sql:4,,,,,,,",
        "ada,ceo,,mentor,2,12,,,,,,,,,,,,",
    ) + "zoe,cto,,mentor,1,1,,,,,,,,,,,,\n";
    let feed = Feed::new(&mapping).after(&spring, Coverage::Full);
    let by_hand = feed
        .read(merged.as_bytes(), &mut SequentialIds::new(2))
        .unwrap();
    assert_eq!(added.roster.participants(), by_hand.roster.participants());
    assert_eq!(added.roster.fingerprint(), by_hand.roster.fingerprint());
    assert_eq!(
        added.roster.by_key("cto").unwrap().id(),
        spring.by_key("cto").unwrap().id()
    );
    // Whoever stays is beside the new ones: their keys may look alike.
    let alike = "id,manager,side,grade,experience_months\nB0,ceo,mentor,2,12\nzoe,cto,mentor,1,1\n";
    let alike = after(Coverage::Additive, alike).unwrap();
    assert_eq!(alike.roster.lines().len(), 6);
    assert_eq!(
        notices(&alike),
        ["2: look-alike: two keys look alike and are two people here"]
    );
    // In a full sync the managers of this file are nobody.
    let full = after(Coverage::Full, file).unwrap();
    assert_eq!(full.roster.lines().len(), 0);
    assert_eq!(full.left_out.len(), 2);
    // Of a row without a key nobody knows whose it is: whoever that is would stay as they were.
    let nameless =
        "id,manager,side,grade,experience_months\n,ceo,mentor,2,12\nzoe,cto,mentor,1,1\n";
    let Err(FeedError::Faults(faults)) = after(Coverage::Additive, nameless) else {
        panic!("somebody stays as they were")
    };
    let told: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "2: blank-id: column `id`: the cell that identifies the row, or one of its two people, is blank"
        ]
    );
    assert!(after(Coverage::Full, nameless).is_ok());
    // Somebody who stays can be on a circle, or below somebody who is left out.
    let circle = after(
        Coverage::Additive,
        "id,manager,side,grade,experience_months\nceo,ada,,9,90\n",
    );
    let circle = circle.unwrap();
    assert_eq!(
        circle.faults[0].to_string(),
        "2: cycle: column `manager`: a circle of solid lines, named once with its members"
    );
    let said: Vec<String> = circle.left_out.iter().map(ToString::to_string).collect();
    assert!(
        said.contains(&"2: cycle: in quarantine".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"without a row: below-a-fault: below somebody in quarantine".to_owned()),
        "{said:?}"
    );
}

/// Every cell of the file, and its header where nobody reads it, bears a token; no fault, notice or `Debug` repeats one.
#[test]
fn no_cell_is_repeated() {
    const TOKEN: &str = "Qx7Zw";
    let columns = RosterColumn::ALL;
    let mut seen = std::collections::BTreeSet::new();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for (turn, nasty) in nasty().iter().enumerate() {
        let bears = |n: usize| match n % 3 {
            0 => format!("{TOKEN}{n}{nasty}"),
            1 => format!("{nasty}{TOKEN}{n}"),
            _ => format!("{TOKEN}{nasty}:{n}>{TOKEN};{TOKEN}{n}:{nasty}"),
        };
        let header: Vec<String> = columns
            .iter()
            .map(|c| c.as_str().to_owned())
            .chain([quoted(&bears(0))])
            .collect();
        let mut csv = header.join(",") + "\n";
        for row in 0..12 {
            let cells = (0..header.len()).map(|column| {
                let text = match (columns.get(column), (row + turn) % 4) {
                    (Some(RosterColumn::Id), 1) => format!("{TOKEN}{}", row / 2),
                    (Some(RosterColumn::Manager), 2) => format!("{TOKEN}{}", row % 3),
                    (Some(RosterColumn::Grade), 1) => row.to_string(),
                    (Some(RosterColumn::Side), 1) => "mentor".to_owned(),
                    (Some(RosterColumn::Offers), 3) => format!("{TOKEN}:1;{TOKEN} :2"),
                    _ => bears(row * 31 + column),
                };
                // Some are not quoted, and so break the row.
                if (row + column + turn) % 97 == 0 {
                    text
                } else {
                    quoted(&text)
                }
            });
            csv += &(cells.collect::<Vec<_>>().join(",") + "\n");
        }
        let mut bytes = csv.into_bytes();
        if turn % 5 == 0 {
            let at = bytes.len() / 2;
            bytes[at] = 0xff;
        }
        let mapping = Mapping::standard();
        let mut told = String::new();
        for on_fault in [OnFault::Refuse, OnFault::Quarantine] {
            match Feed::new(&mapping)
                .on_fault(on_fault)
                .read(bytes.as_slice(), &mut SequentialIds::new(1))
            {
                Err(error) => {
                    told += &format!("{error} {error:?}");
                    if let FeedError::Faults(faults) = &error {
                        seen.extend(faults.0.iter().map(|f| f.code));
                        told.extend(faults.0.iter().map(ToString::to_string));
                    }
                }
                Ok(read) => {
                    told += &format!("{read:?}");
                    seen.extend(read.faults.iter().map(|f| f.code));
                    told.extend(read.faults.iter().map(ToString::to_string));
                    told.extend(read.notices.iter().map(ToString::to_string));
                    told.extend(read.left_out.iter().map(ToString::to_string));
                }
            }
        }
        assert!(!told.contains(TOKEN), "{nasty:?}: {told}");
    }
    for code in [
        FaultCode::DuplicateId,
        FaultCode::BadGrade,
        FaultCode::UnknownManager,
        FaultCode::InvalidUtf8,
        FaultCode::BadOffer,
        FaultCode::SkillTwice,
        FaultCode::BadLabel,
        FaultCode::BadKey,
    ] {
        assert!(seen.contains(&code), "{code} was not provoked: {seen:?}");
    }
}

#[test]
fn a_header_that_is_somebodys_row() {
    let read = Feed::new(&Mapping::standard()).read(
        "secret-1,secret-2\nsecret-3,secret-4\n".as_bytes(),
        &mut SequentialIds::new(1),
    );
    let Err(FeedError::Faults(faults)) = read else {
        panic!("it is taken")
    };
    assert!(!format!("{faults:?} {faults}").contains("secret"));
    assert_eq!(faults.0[0].column, Some(SourceColumn::Named("id".into())));
}

/// A public sample company of 290 people, where it is at hand: blank manager at the top, levels that count downwards.
#[test]
fn a_company_of_somebody_elses() {
    let path = std::env::var("EMPLOYEES")
        .unwrap_or_else(|_| "../shared/data/adventureworks/employees.csv".to_owned());
    let Ok(csv) = std::fs::read_to_string(&path) else {
        println!("skipped: there is no {path}");
        return;
    };
    let levels = [("0", "9"), ("1", "8"), ("2", "7"), ("3", "6"), ("4", "5")];
    let mapping = Mapping::standard()
        .with_names(RosterColumn::Id, ["Employee_ID"])
        .and_then(|m| m.with_names(RosterColumn::Manager, ["manager_id"]))
        .and_then(|m| m.with_names(RosterColumn::Grade, ["org_level"]))
        .and_then(|m| m.with_words(RosterColumn::Grade, levels))
        .and_then(|m| m.with_names(RosterColumn::Unit, ["department"]))
        .and_then(|m| m.with_constant(RosterColumn::Side, "either"))
        .unwrap();
    let blank = csv
        .lines()
        .filter(|line| line.split(',').nth(1) == Some(""))
        .count();
    let refused = faults(&mapping, &csv);
    assert_eq!(refused.len(), blank, "{refused:?}");
    let read = read(&mapping.with_blank_manager(BlankManager::IsARoot), &csv);
    let lines = read.roster.lines();
    assert_eq!((lines.len(), read.roster.participants().len()), (290, 290));
    let judged: std::collections::BTreeMap<&str, &str> = csv
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .filter_map(|(id, rest)| Some((id, rest.split(',').next()?)))
        .collect();
    for (person, key) in lines.people() {
        let manager = lines.manager(person).and_then(|m| lines.key(m));
        assert_eq!(manager.map_or("", Key::as_str), judged[key.as_str()]);
    }
}
