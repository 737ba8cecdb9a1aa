//! Rosters from a source that is read as a stream: the same as from bytes, however they come, and within the limits.
#![cfg(feature = "import")]

use std::cell::Cell;
use std::io::{self, Read};

use proptest::prelude::*;
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    FaultCode, Feed, FeedError, Limits, Mapping, OnFault, Table, TableError, read_roster,
};

/// Gives its bytes in pieces of these lengths, by turns, and is interrupted between them.
struct Pieces<'a> {
    bytes: &'a [u8],
    lengths: Vec<usize>,
    at: usize,
    interrupted: bool,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let most = self.lengths[self.at % self.lengths.len()].min(into.len());
        self.at += 1;
        self.bytes.read(&mut into[..most])
    }
}

fn pieces<'a>(bytes: &'a [u8], lengths: &[usize]) -> Pieces<'a> {
    Pieces {
        bytes,
        lengths: lengths.to_vec(),
        at: 0,
        interrupted: false,
    }
}

/// Every row and fault of a table as text.
fn told(mut table: Table<'_>) -> String {
    let id = table.optional("id");
    table.key(id);
    let mut faults = table.close_header();
    let mut text = format!("{:?} {}\n", table.notices(), table.header_line());
    while let Some(row) = table.next_row(&mut faults) {
        text += &format!("{} {:?} {:?}\n", row.line(), row.key(), row.cell(id));
    }
    text + &format!("{faults:?} {:?}", table.io_error())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn pieces_of_any_length_are_read_as_the_whole(
        text in "(\u{feff})?id,[a,\"\r\n;é]{0,60}",
        lengths in prop::collection::vec(1usize..9, 1..4),
    ) {
        let bytes = text.as_bytes();
        let whole = Table::open(bytes);
        match (whole, Table::from_reader(pieces(bytes, &lengths), Limits::NONE)) {
            (Ok(whole), Ok(piecewise)) => prop_assert_eq!(told(whole), told(piecewise)),
            (Err(fault), Err(TableError::Fault(same))) => prop_assert_eq!(fault, same),
            (a, b) => prop_assert!(false, "{:?} {:?}", a.is_ok(), b.is_ok()),
        }
    }

    /// Where a limit stops the reading does not hang on how the bytes come.
    #[test]
    fn limits_cut_at_one_place(
        text in "id,x\n[ab,\"\r\n]{0,80}",
        bytes in 4u64..20,
        rows in 0u64..6,
        lengths in prop::collection::vec(1usize..9, 1..4),
    ) {
        let limits = Limits::STANDARD.with_row_bytes(bytes).with_rows(rows).with_fields(3).with_field_bytes(3);
        let whole = Table::from_reader(text.as_bytes(), limits).map(told).map_err(|e| e.to_string());
        let piecewise = Table::from_reader(pieces(text.as_bytes(), &lengths), limits);
        prop_assert_eq!(whole, piecewise.map(told).map_err(|e| e.to_string()));
    }
}

fn fault_of(csv: &str, limits: Limits) -> Option<String> {
    let mapping = Mapping::standard();
    let read = Feed::new(&mapping)
        .with_limits(limits)
        .read(csv.as_bytes(), &mut SequentialIds::new(1));
    match read {
        Ok(_) => None,
        Err(FeedError::Faults(faults)) => Some(faults.0[0].to_string()),
        Err(error) => panic!("{error}"),
    }
}

/// At each limit a file passes; one above it is a fault.
#[test]
fn limits_at_their_edge() {
    let csv = "id,manager,side,grade,unit\r\nceo,-,,9,\"\"\"board\"\"\"\r\nada,ceo,mentor,2,\r\n";
    let longest = "ceo,-,,9,\"\"\"board\"\"\"".len() as u64;
    let header = "id,manager,side,grade,unit".len() as u64;
    assert!(header > longest);
    let limits = Limits::STANDARD;
    assert_eq!(fault_of(csv, limits.with_rows(2)), None);
    assert_eq!(
        fault_of(csv, limits.with_rows(1)).unwrap(),
        "3: too-many-rows: there are more rows than the limit allows; reading stopped there"
    );
    assert_eq!(fault_of(csv, limits.with_row_bytes(header)), None);
    assert_eq!(
        fault_of(csv, limits.with_row_bytes(header - 1)).unwrap(),
        "1: row-too-long: a row has more bytes than the limit allows; reading stopped there"
    );
    let wider = csv.replace("board", "the board of all");
    let longest = longest + "the  of all".len() as u64;
    assert!(longest > header);
    assert_eq!(fault_of(&wider, limits.with_row_bytes(longest)), None);
    assert!(
        fault_of(&wider, limits.with_row_bytes(longest - 1))
            .unwrap()
            .starts_with("2: row-too-long: ")
    );
    // Quotes are not of the cell, `"board"` is 7 bytes; the header's longest name has 7 too.
    assert_eq!(fault_of(csv, limits.with_field_bytes(7)), None);
    let cell = csv.replace("board", "boards");
    assert_eq!(
        fault_of(&cell, limits.with_field_bytes(7)).unwrap(),
        "2: field-too-long: column `unit`: a cell has more bytes than the limit allows"
    );
    assert_eq!(
        fault_of("id,manager\n", limits.with_field_bytes(6)).unwrap(),
        "1: field-too-long: column `manager`: a cell has more bytes than the limit allows"
    );
    assert_eq!(fault_of(csv, limits.with_fields(5)), None);
    assert_eq!(
        fault_of(csv, limits.with_fields(4)).unwrap(),
        "1: too-many-fields: a row has more cells than the limit allows"
    );
    let more = csv.replace("mentor,2,", "mentor,2,,");
    assert!(
        fault_of(&more, limits.with_fields(5))
            .unwrap()
            .starts_with("3: too-many-fields: ")
    );
    assert!(
        fault_of(&more, limits.with_fields(6))
            .unwrap()
            .starts_with("3: field-count: ")
    );
}

/// The words of every fault, by the limit on them.
fn told_within(csv: &str, on_fault: OnFault, most: usize) -> Result<Vec<String>, Vec<String>> {
    let mapping = Mapping::standard();
    let feed = Feed::new(&mapping).on_fault(on_fault);
    let feed = feed.with_limits(Limits::STANDARD.with_faults(most));
    match feed.read(csv.as_bytes(), &mut SequentialIds::new(1)) {
        Ok(read) => Ok(read.faults.iter().map(ToString::to_string).collect()),
        Err(FeedError::Faults(faults)) => Err(faults.0.iter().map(ToString::to_string).collect()),
        Err(error) => panic!("{error}"),
    }
}

/// As many faults as the limit are all told; of one more the file has, the last says so, whenever it is found.
#[test]
fn faults_at_their_limit() {
    let many =
        "too-many-faults: there are more faults than the limit allows, and no more were looked for";
    let sound = "id,manager,side,grade\nceo,-,,9\n";
    for (rows, code, column) in [
        // Found in a row, and in all rows together.
        ("a,ceo,mentor,x\n".to_owned(), "bad-grade", "grade"),
        ("a,who,mentor,1\n".to_owned(), "unknown-manager", "manager"),
        ("a,ceo,mentor,\n".to_owned(), "missing-grade", "grade"),
    ] {
        let row = |n: usize| rows.replacen('a', &format!("a{n}"), 1);
        let csv = sound.to_owned() + &(0..5).map(row).collect::<String>();
        for on_fault in [OnFault::Refuse, OnFault::Quarantine] {
            let all = match told_within(&csv, on_fault, 5) {
                Ok(all) if on_fault == OnFault::Quarantine => all,
                Err(all) if on_fault == OnFault::Refuse => all,
                other => panic!("{other:?}"),
            };
            let begins: Vec<String> = (3..8)
                .map(|line| format!("{line}: {code}: column `{column}`: "))
                .collect();
            assert_eq!(all.len(), 5);
            assert!(
                all.iter().zip(&begins).all(|(a, b)| a.starts_with(b)),
                "{all:?}"
            );
            for most in 0..5 {
                let cut = told_within(&csv, on_fault, most).unwrap_err();
                assert_eq!(cut[..most], all[..most]);
                assert_eq!(cut[most..], [format!("{}: {many}", most + 3)]);
            }
        }
    }
}

/// Of one kind in one cell a feed tells one, so that a cell cannot fill the list.
#[test]
fn a_cell_of_a_feed_has_one_fault_of_a_kind() {
    let cell = format!("x;;y:9;{}", "x;".repeat(20_000));
    let csv = format!("id,manager,side,grade,offers\nceo,-,mentor,9,{cell}\nada,ceo,mentor,1,z\n");
    assert_eq!(
        told_within(&csv, OnFault::Refuse, 4).unwrap_err(),
        [
            "2: empty-item: column `offers`: nothing stands between two semicolons of a list",
            "2: bad-offer: column `offers`: an item is not `skill:level`",
            "2: bad-level: column `offers`: a level out of its range",
            "3: bad-offer: column `offers`: an item is not `skill:level`",
        ]
    );
}

/// Bytes that are all there are bounded by the limit, too: a megabyte is not a hundred of faults.
#[test]
fn faults_of_bytes_are_bounded() {
    let most = Limits::STANDARD.faults;
    let cell = "x;".repeat(500_000) + "x";
    let csv = format!("id,manager,side,grade,offers\nceo,-,mentor,9,{cell}\n");
    let faults = read_roster(
        csv.as_bytes(),
        OnFault::Quarantine,
        &mut SequentialIds::new(1),
    );
    let faults = faults.unwrap_err().0;
    assert_eq!(faults.len(), most + 1);
    assert_eq!(
        faults[most].to_string(),
        "2: too-many-faults: there are more than 100000 faults, and no more were looked for"
    );
    assert!(
        faults[..most]
            .iter()
            .all(|f| f.text == "`ceo`: `offers` has `x`, not `skill:level`")
    );
    // A header, and rows that are short.
    let header = format!("id,{}\n", "\u{e9},".repeat(150_000));
    let header: Vec<u8> = header.bytes().filter(|b| *b != 0xc3).collect();
    let faults = Table::open(&header).unwrap().close_header();
    assert_eq!(faults.len(), most + 1);
    let csv = "id,manager,side\n".to_owned() + &"x\n".repeat(100_001);
    let mut ids = SequentialIds::new(1);
    let faults = read_roster(csv.as_bytes(), OnFault::Refuse, &mut ids).unwrap_err();
    let last = faults.0.last().unwrap();
    assert_eq!((faults.0.len(), last.line), (most + 1, 100_002));
    assert_eq!(last.code, FaultCode::TooManyFaults);
}

/// Beyond the limit nothing is refused for what was not looked for any more.
#[test]
fn what_is_found_first_is_told_first() {
    let csv = "id,manager,side,grade\nx,nobody,,\nceo,-,mentee,9\na,ceo,mentor,\nb,ceo,mentor,\n";
    let told = told_within(csv, OnFault::Refuse, 1).unwrap_err();
    assert!(told[0].starts_with("4: missing-grade: "), "{told:?}");
    assert!(
        told[1].starts_with("5: too-many-faults: ") && told.len() == 2,
        "{told:?}"
    );
}

/// What only the rows that were not read could show is no fault of those that were.
#[test]
fn no_reference_is_looked_up_where_reading_stopped() {
    let csv = "id,manager,side,grade\nceo,-,,9\nada,cto,mentor,2\ncto,ceo,,8\n";
    let mapping = Mapping::standard();
    let feed = Feed::new(&mapping).with_limits(Limits::STANDARD.with_rows(2));
    let read = feed.read(csv.as_bytes(), &mut SequentialIds::new(1));
    let Err(FeedError::Faults(faults)) = read else {
        panic!("it is taken")
    };
    let told: Vec<FaultCode> = faults.0.iter().map(|f| f.code).collect();
    assert_eq!(told, [FaultCode::TooManyRows]);
}

/// Gives a byte at a time, and counts the rooms that were made anew for it: those that do not hold what it left there the last time.
struct Scribbler<'a> {
    bytes: &'a [u8],
    rooms: &'a Cell<u32>,
}

impl Read for Scribbler<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        const LEFT: u8 = 0xA5;
        let kept = into.get(into.len() / 2).is_none_or(|byte| *byte == LEFT);
        self.rooms.set(self.rooms.get() + u32::from(!kept));
        into.fill(LEFT);
        let most = into.len().min(1);
        self.bytes.read(&mut into[..most])
    }
}

/// A source that gives a byte at a time costs calls, and no room of 64 KiB for each.
#[test]
fn a_byte_at_a_time() {
    let csv = "id,manager,side,grade\n".to_owned() + &"7,-,,9\n".repeat(40_000);
    let rooms = Cell::new(0);
    let source = Scribbler {
        bytes: csv.as_bytes(),
        rooms: &rooms,
    };
    let mut table = Table::from_reader(source, Limits::STANDARD).unwrap();
    let mut faults = table.close_header();
    let mut rows = 0;
    while table.next_row(&mut faults).is_some() {
        rows += 1;
    }
    assert!(faults.is_empty() && rows == 40_000);
    let rooms = rooms.get();
    assert!(rooms < 100, "{rooms} rooms for {} bytes", csv.len());
}

/// Says how much was asked of it, and goes on for ever.
struct Endless<'a> {
    first: &'a [u8],
    again: u8,
    given: &'a std::cell::Cell<u64>,
}

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.first.read(into)?;
        if count == 0 {
            into.fill(self.again);
        }
        let count = if count == 0 { into.len() } else { count };
        self.given.set(self.given.get() + count as u64);
        Ok(count)
    }
}

/// A cell, a row or a run of blank lines without an end is not taken in: reading stops a buffer or two above the limit.
#[test]
fn what_has_no_end_is_not_kept() {
    let mapping = Mapping::standard();
    for (first, again) in [
        ("id,manager,side,grade\nceo,-,,\"", b'9'),
        ("id,manager,side,grade\nceo,-,,", b','),
        ("id,manager,side,grade\nceo,-,,9\n", b'\n'),
        ("id,manager,side,\"", b'x'),
        ("", b'\n'),
    ] {
        let given = std::cell::Cell::new(0);
        let source = Endless {
            first: first.as_bytes(),
            again,
            given: &given,
        };
        let feed = Feed::new(&mapping).with_limits(Limits::STANDARD.with_row_bytes(100_000));
        let Err(FeedError::Faults(faults)) = feed.read(source, &mut SequentialIds::new(1)) else {
            panic!("{first} is taken");
        };
        assert!(
            faults.0[0].to_string().contains(": row-too-long: "),
            "{faults}"
        );
        assert!(
            given.get() < 100_000 + 3 * 65_536,
            "{} bytes were read",
            given.get()
        );
    }
}

/// A source that fails is no short file.
#[test]
fn a_source_that_fails() {
    struct Fails<'a>(&'a [u8]);
    impl Read for Fails<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            match self.0.read(into)? {
                0 => Err(io::Error::new(
                    io::ErrorKind::ConnectionReset,
                    "the line is gone",
                )),
                count => Ok(count),
            }
        }
    }
    let mapping = Mapping::standard();
    for text in [
        "",
        "id,mana",
        "id,manager,side,grade\n",
        "id,manager,side,grade\nceo,-,,9\n",
    ] {
        let read = Feed::new(&mapping).read(Fails(text.as_bytes()), &mut SequentialIds::new(1));
        let Err(FeedError::Io(error)) = read else {
            panic!("{text:?} is taken")
        };
        assert_eq!(error.to_string(), "the line is gone");
        match Table::from_reader(Fails(text.as_bytes()), Limits::STANDARD) {
            Err(TableError::Io(error)) => assert_eq!(error.to_string(), "the line is gone"),
            Err(error) => panic!("{error}"),
            Ok(mut table) => {
                let mut faults = table.close_header();
                while table.next_row(&mut faults).is_some() {}
                assert_eq!(
                    table.io_error().unwrap().kind(),
                    io::ErrorKind::ConnectionReset
                );
            }
        }
    }
}

/// The two doors read one roster.
#[test]
fn a_feed_reads_what_the_old_door_reads() {
    let csv = std::fs::read("examples/data/roster.csv").unwrap();
    let old = read_roster(&csv, OnFault::Refuse, &mut SequentialIds::new(1)).unwrap();
    let mapping = Mapping::standard();
    let new = Feed::new(&mapping)
        .read(csv.as_slice(), &mut SequentialIds::new(1))
        .unwrap();
    assert_eq!(old.roster.participants(), new.roster.participants());
    assert_eq!(old.roster.fingerprint(), new.roster.fingerprint());
}
