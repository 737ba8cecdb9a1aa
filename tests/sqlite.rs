//! The SQLite store: its file, what it refuses, and what is left of who is erased.
#![cfg(feature = "sqlite")]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/nasty.rs"]
mod nasty;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use folder::Folder;
use reverse_mentoring::chrono::NaiveDate;
use reverse_mentoring::ids::{EntryId, PairingId, ParticipantId};
use reverse_mentoring::journal::Stored;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::sqlite::rusqlite::{Connection, OpenFlags};
use reverse_mentoring::store::sqlite::{FileError, SCHEMA_VERSION, SqliteStore};
use reverse_mentoring::store::*;
use reverse_mentoring::testing::Company;

const PATIENT: Duration = Duration::from_secs(60);

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, PATIENT).unwrap()
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + reverse_mentoring::chrono::Days::new(n)
}

/// A programme and so many entries of it, which no gate has seen.
fn journal(ids: &mut SequentialIds, entries: u64) -> (ProgramId, Vec<Entry>) {
    let (company, id) = (Company::sample().unwrap(), ProgramId::from_source(ids));
    let stamp = Stamp::midnight(day(0));
    let opened = Program::open_with((), id, company.roster(), Load::DEFAULT, stamp).unwrap();
    let mut all = vec![opened.1];
    for sequence in 1..entries {
        all.push(withdrew(ids, sequence));
    }
    (id, all)
}

fn withdrew(ids: &mut SequentialIds, sequence: u64) -> Entry {
    let participant = ParticipantId::from_source(ids);
    let event = Event::Withdrew {
        participant,
        ended: Vec::new(),
    };
    Entry::new(sequence, Stamp::midnight(day(0)), event)
}

fn append(store: &mut SqliteStore, id: ProgramId, entries: Vec<Entry>, ids: &mut SequentialIds) {
    let batch = Batch::of(id, entries, ids).unwrap();
    assert!(matches!(store.append(&batch).unwrap(), Appended::Stored));
}

fn all(store: &mut SqliteStore, id: ProgramId) -> Vec<Found> {
    let found: Result<Vec<_>, _> = entries(store, id, Version::EMPTY).collect();
    found.unwrap()
}

fn card(key: &str, name: &str) -> Card {
    let key = Key::new(key).unwrap();
    Card {
        key,
        name: name.to_owned(),
        notes: format!("about {name}"),
    }
}

/// The file and what SQLite puts beside it.
fn files(path: &Path) -> Vec<PathBuf> {
    let beside = ["", "-wal", "-shm", "-journal"];
    let beside = beside.map(|end| PathBuf::from(format!("{}{end}", path.display())));
    beside.into_iter().filter(|path| path.exists()).collect()
}

/// How often a text stands in the files.
fn grep(path: &Path, text: &str) -> usize {
    let count = |path: PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        bytes
            .windows(text.len())
            .filter(|w| *w == text.as_bytes())
            .count()
    };
    files(path).into_iter().map(count).sum()
}

/// The four letters after each place where a text begins so.
fn numbers(path: &Path, begin: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for bytes in files(path)
        .into_iter()
        .map(|path| std::fs::read(path).unwrap())
    {
        for (at, _) in bytes
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == begin.as_bytes()[0])
        {
            if bytes[at..].starts_with(begin.as_bytes()) {
                let number = &bytes[at + begin.len()..][..4];
                found.insert(String::from_utf8_lossy(number).into_owned());
            }
        }
    }
    found
}

#[test]
fn the_journal_is_only_added_to() {
    let folder = Folder::new("added");
    let (path, mut ids) = (folder.file("store.sqlite"), SequentialIds::new(1));
    let mut store = open(&path);
    let (id, entries) = journal(&mut ids, 3);
    append(&mut store, id, entries, &mut ids);
    let mut erased = Erasure::new();
    erased.add(ParticipantId::from_source(&mut ids), day(1));
    let _ = store.erase(id, &erased, &[]).unwrap();
    let before = all(&mut store, id);
    let raw = Connection::open(&path).unwrap();
    let refused = |sql: &str| raw.execute(sql, []).unwrap_err().to_string();
    let only = "the journal is only added to";
    for sql in [
        "UPDATE journal SET entry = '{}' WHERE sequence = 1",
        "UPDATE journal SET sequence = sequence + 1",
        "DELETE FROM journal WHERE sequence = 2",
        "DELETE FROM journal",
    ] {
        assert_eq!(refused(sql), only);
    }
    let follows = "an entry of the journal follows the last one, under an id of its own";
    for sql in [
        // A gap, a place that is taken, a place before the first, an id that is taken, and the same by force.
        "INSERT INTO journal SELECT program, 4, randomblob(16), entry FROM journal WHERE sequence = 0",
        "INSERT INTO journal SELECT program, 2, randomblob(16), entry FROM journal WHERE sequence = 0",
        "INSERT INTO journal SELECT program, -1, randomblob(16), entry FROM journal WHERE sequence = 0",
        "INSERT INTO journal SELECT randomblob(16), 1, randomblob(16), entry FROM journal WHERE sequence = 0",
        "INSERT INTO journal SELECT program, 3, id, entry FROM journal WHERE sequence = 0",
        "INSERT OR REPLACE INTO journal SELECT program, 2, randomblob(16), entry FROM journal WHERE sequence = 0",
        "INSERT OR REPLACE INTO journal SELECT program, 3, id, entry FROM journal WHERE sequence = 0",
        "INSERT OR IGNORE INTO journal SELECT program, 5, id, entry FROM journal WHERE sequence = 0",
    ] {
        assert_eq!(refused(sql), follows, "{sql}");
    }
    let erased = "the list of the erased is only added to";
    for sql in ["DELETE FROM erased", "UPDATE erased SET day = '2030-01-01'"] {
        assert_eq!(refused(sql), erased);
    }
    let back = "INSERT INTO card SELECT program, participant, 'key', '', '' FROM erased";
    assert_eq!(refused(back), "the participant is erased");
    assert_eq!(
        refused("INSERT INTO snapshot SELECT program, 3, '{}' FROM journal WHERE sequence = 0"),
        "FOREIGN KEY constraint failed"
    );
    assert_eq!(all(&mut store, id), before);
}

#[test]
fn what_is_not_ones_own_is_left_as_it_was() {
    let folder = Folder::new("foreign");
    let tables = folder.file("tables.sqlite");
    Connection::open(&tables)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (x)")
        .unwrap();
    let theirs = folder.file("theirs.sqlite");
    let sql = "PRAGMA application_id = 7; CREATE TABLE theirs (x)";
    Connection::open(&theirs)
        .unwrap()
        .execute_batch(sql)
        .unwrap();
    let newer = folder.file("newer.sqlite");
    drop(open(&newer));
    let sql = format!("PRAGMA user_version = {}", SCHEMA_VERSION + 1);
    Connection::open(&newer)
        .unwrap()
        .execute_batch(&sql)
        .unwrap();
    let text = folder.file("text.sqlite");
    std::fs::write(
        &text,
        "not a database, and longer than a header of a hundred bytes. ".repeat(9),
    )
    .unwrap();
    for (path, due) in [
        (
            tables,
            "the database belongs to something else: its application id is 0",
        ),
        (
            theirs,
            "the database belongs to something else: its application id is 7",
        ),
        (
            newer,
            "the database is in version 2, and this release knows versions up to 1",
        ),
        (text, "the store does not work"),
    ] {
        let before = std::fs::read(&path).unwrap();
        assert_eq!(
            SqliteStore::open(&path, PATIENT).unwrap_err().to_string(),
            due
        );
        assert_eq!(std::fs::read(&path).unwrap(), before, "{due}");
    }
    let memory = Connection::open_in_memory().unwrap();
    let error = SqliteStore::on(memory, PATIENT).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database has the journal mode `memory`, not a write-ahead log"
    );
    let missing = folder.file("no").join("such").join("folder");
    assert!(matches!(
        SqliteStore::open(missing, PATIENT),
        Err(FileError::Store(StoreError::Unavailable(_)))
    ));
    // An empty file is a new one, and a path is no URI.
    let empty = folder.file("file:a?mode=memory#%20'\"");
    std::fs::write(&empty, "").unwrap();
    drop(open(&empty));
    assert!(std::fs::metadata(&empty).unwrap().len() > 0);
}

#[test]
fn a_copy_is_written_over_nothing() {
    let folder = Folder::new("copies");
    let mut store = open(&folder.file("store.sqlite"));
    for bytes in [0, 1, 2, 100, 5_000] {
        let path = folder.file(&format!("{bytes}"));
        std::fs::write(&path, "x".repeat(bytes)).unwrap();
        let error = store.copy_to(&path).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is something at the path of the copy already"
        );
        assert_eq!(std::fs::read(&path).unwrap(), "x".repeat(bytes).as_bytes());
    }
    let inside = folder.file("folder");
    std::fs::create_dir(&inside).unwrap();
    assert!(matches!(store.copy_to(&inside), Err(FileError::There)));
    #[cfg(unix)]
    {
        let link = folder.file("link");
        std::os::unix::fs::symlink(folder.file("nowhere"), &link).unwrap();
        assert!(matches!(store.copy_to(&link), Err(FileError::There)));
        assert!(!folder.file("nowhere").exists());
    }
    for no_file in ["", ":memory:"] {
        let error = store.copy_to(no_file).unwrap_err();
        assert!(matches!(
            error,
            FileError::Store(StoreError::Unavailable(_))
        ));
    }
    let missing = store.copy_to(inside.join("no").join("such"));
    assert!(matches!(
        missing,
        Err(FileError::Store(StoreError::Unavailable(_)))
    ));
    store.copy_to(inside.join("copy")).unwrap();
    drop(SqliteStore::open_existing(inside.join("copy"), PATIENT).unwrap());
}

#[test]
fn where_there_must_be_a_store_nothing_is_made() {
    let folder = Folder::new("existing");
    let path = folder.file("store.sqlite");
    let existing = |path: &Path| SqliteStore::open_existing(path, PATIENT);
    let words = "there is no store in the file: it is missing or empty";
    assert_eq!(existing(&path).unwrap_err().to_string(), words);
    assert!(!path.exists());
    // Without a byte and with one SQLite takes a file for a new database.
    for bytes in ["", "z"] {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(existing(&path).unwrap_err().to_string(), words);
        assert_eq!(std::fs::read(&path).unwrap(), bytes.as_bytes());
    }
    // A database of which only the switch to the log was written.
    std::fs::remove_file(&path).unwrap();
    let mode = "PRAGMA journal_mode=WAL; CREATE TABLE x (y); DROP TABLE x; VACUUM;";
    Connection::open(&path)
        .unwrap()
        .execute_batch(mode)
        .unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 0);
    assert_eq!(existing(&path).unwrap_err().to_string(), words);
    let mut ids = SequentialIds::new(1);
    let (id, entries) = journal(&mut ids, 3);
    append(&mut open(&path), id, entries, &mut ids);
    assert_eq!(all(&mut existing(&path).unwrap(), id).len(), 3);
    // Cut off further on it is damaged, and says so whichever way it is opened.
    let bytes = std::fs::read(&path).unwrap();
    for cut in [99, 4_096, bytes.len() / 2] {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        for opened in [existing(&path), SqliteStore::open(&path, PATIENT)] {
            let error = opened.and_then(|mut store| {
                let read = entries_of(&mut store, id);
                read.map_err(FileError::Store)
            });
            assert!(
                matches!(error, Err(FileError::Store(StoreError::Unavailable(_)))),
                "{cut}: {error:?}"
            );
        }
    }
    // Somebody else's is not touched, as ever.
    let theirs = folder.file("theirs.sqlite");
    Connection::open(&theirs)
        .unwrap()
        .execute_batch("CREATE TABLE x (y)")
        .unwrap();
    assert!(matches!(existing(&theirs), Err(FileError::Foreign(0))));
}

fn entries_of(store: &mut SqliteStore, id: ProgramId) -> Result<usize, StoreError> {
    let found: Result<Vec<_>, _> = entries(store, id, Version::EMPTY).collect();
    found.map(|found| found.len())
}

#[test]
fn a_new_file_may_be_opened_by_many_at_once() {
    let folder = Folder::new("many");
    for round in 0..5 {
        let path = folder.file(&format!("{round}.sqlite"));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let id = ProgramId::from_source(&mut SequentialIds::new(1));
                    assert_eq!(open(&path).version(id).unwrap(), Version::EMPTY);
                });
            }
        });
    }
}

#[test]
fn what_a_newer_release_wrote_stays_byte_for_byte() {
    let folder = Folder::new("newer-entries");
    let (path, mut ids) = (folder.file("store.sqlite"), SequentialIds::new(1));
    let mut store = open(&path);
    let (id, entries) = journal(&mut ids, 2);
    append(&mut store, id, entries, &mut ids);
    let line = "{ \"version\":7,\t\"mood\" : \"bright\",\"sequence\":2, \"x\": [1.0, 1e3] }";
    let raw = Connection::open(&path).unwrap();
    let sql =
        "INSERT INTO journal SELECT program, 2, randomblob(16), ?1 FROM journal WHERE sequence = 0";
    raw.execute(sql, [line]).unwrap();
    assert_eq!(all(&mut store, id)[2].stored, Stored::Newer(7));
    let copy = folder.file("copy.sqlite");
    store.copy_to(&copy).unwrap();
    for path in [&path, &copy] {
        let raw = Connection::open(path).unwrap();
        let sql = "SELECT entry FROM journal WHERE sequence = 2";
        let found: String = raw.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(found, line);
    }
    assert_eq!(all(&mut open(&copy), id), all(&mut store, id));
    assert!(matches!(store.copy_to(&copy), Err(FileError::There)));
    // A record of a newer release is none for this one, and the journal is read instead.
    let record = "{\"version\": 2, \"anything\": 1}";
    let sql = "INSERT INTO snapshot SELECT program, 2, ?1 FROM journal WHERE sequence = 0";
    raw.execute(sql, [record]).unwrap();
    assert_eq!(store.latest(id).unwrap(), None);
}

#[test]
fn what_is_damaged_is_named_and_not_repeated() {
    let folder = Folder::new("damaged");
    let (path, mut ids) = (folder.file("store.sqlite"), SequentialIds::new(1));
    let mut store = open(&path);
    let (id, entries) = journal(&mut ids, 4);
    append(&mut store, id, entries, &mut ids);
    let who = ParticipantId::from_source(&mut ids);
    store.put(id, who, &card("ada", "Ada")).unwrap();
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch("DROP TRIGGER journal_stays").unwrap();
    let whole: String = raw
        .query_row("SELECT entry FROM journal WHERE sequence = 2", [], |row| {
            row.get(0)
        })
        .unwrap();
    let other = whole.replace("\"sequence\":2", "\"sequence\":3");
    assert_ne!(other, whole);
    for bad in [
        "{",
        "secret",
        "{\"secret\":1}",
        &whole.replace("withdrew", "secret"),
        &other,
        "null",
        "[]",
    ] {
        raw.execute("UPDATE journal SET entry = ?1 WHERE sequence = 2", [bad])
            .unwrap();
        let error = store
            .read(id, Version::EMPTY, NonZeroUsize::MAX)
            .unwrap_err();
        let words = format!("{error} {error:?}");
        assert!(
            words.starts_with(&format!("entry 2 of programme {id} does not read")),
            "{words}"
        );
        assert!(!words.contains("secret"), "{words}");
        assert_eq!(
            store
                .read(id, Version::new(3), NonZeroUsize::MAX)
                .unwrap()
                .len(),
            1
        );
    }
    raw.execute(
        "UPDATE journal SET entry = CAST(x'ff' AS TEXT) WHERE sequence = 2",
        [],
    )
    .unwrap();
    assert!(store.read(id, Version::EMPTY, NonZeroUsize::MAX).is_err());
    raw.execute(
        "INSERT INTO snapshot SELECT program, 2, 'secret' FROM journal WHERE sequence = 0",
        [],
    )
    .unwrap();
    let error = store.latest(id).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the record of programme {id} does not read")
    );
    // What is not even a text, in every place where one is read.
    raw.execute("UPDATE snapshot SET record = CAST(x'ff7b' AS TEXT)", [])
        .unwrap();
    let error = store.latest(id).unwrap_err();
    let place = Place::Snapshot;
    assert!(
        matches!(error, StoreError::Damaged { place: found, .. } if found == place),
        "{error:?}"
    );
    let found = store
        .read(id, Version::EMPTY, NonZeroUsize::MAX)
        .unwrap_err();
    assert!(
        matches!(
            found,
            StoreError::Damaged {
                place: Place::Entry(2),
                ..
            }
        ),
        "{found:?}"
    );
    let taken: String = raw
        .query_row(
            "SELECT hex(id) FROM journal WHERE sequence = 2",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let taken = EntryId::new(
        u128::from_str_radix(&taken, 16)
            .map(reverse_mentoring::uuid::Uuid::from_u128)
            .unwrap(),
    );
    let entry = withdrew(&mut ids, 4);
    let batch = Batch::new(id, [Filed { id: taken, entry }]).unwrap();
    let error = store.append(&batch).unwrap_err();
    let AppendError::Store(StoreError::Damaged { place, .. }) = error else {
        panic!("{error:?}")
    };
    assert_eq!(place, Place::Entry(2));
    raw.execute("UPDATE card SET key = ' '", []).unwrap();
    let error = store.card(id, who).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the card of participant {who} of programme {id} does not read")
    );
    raw.execute(
        "INSERT INTO erased SELECT program, 1, participant, 'secret' FROM card",
        [],
    )
    .unwrap();
    let error = store.erased(id).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the list of the erased of programme {id} does not read")
    );
    assert!(store.put(id, who, &card("bo", "Bo")).is_err());
}

#[test]
fn somebody_who_writes_for_long_makes_the_store_busy() {
    let folder = Folder::new("busy");
    let (path, mut ids) = (folder.file("store.sqlite"), SequentialIds::new(1));
    drop(open(&path));
    let mut store = SqliteStore::open(&path, Duration::from_millis(20)).unwrap();
    let (id, entries) = journal(&mut ids, 2);
    let batch = Batch::of(id, entries, &mut ids).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    for _ in 0..2 {
        let error = store.append(&batch).unwrap_err();
        assert!(
            matches!(error, AppendError::Store(StoreError::Busy(_))),
            "{error:?}"
        );
    }
    assert_eq!(store.version(id).unwrap(), Version::EMPTY); // reading goes on
    other.execute_batch("ROLLBACK").unwrap();
    assert!(matches!(store.append(&batch).unwrap(), Appended::Stored));
}

#[test]
fn nasty_texts_go_through_every_door() {
    let folder = Folder::new("nasty");
    let (path, mut ids) = (folder.file("store.sqlite"), SequentialIds::new(1));
    let mut store = open(&path);
    let (id, mut entries) = journal(&mut ids, 1);
    let (mut cards, mut keys) = (Vec::new(), 0);
    for (n, text) in nasty::nasty().into_iter().enumerate() {
        let who = ParticipantId::from_source(&mut ids);
        let key = Key::new(text.as_str());
        keys += usize::from(key.is_ok());
        let card = Card {
            key: key.unwrap_or_else(|_| Key::new(format!("plain key {n}")).unwrap()),
            name: text.clone(),
            notes: text.repeat(2),
        };
        store.put(id, who, &card).unwrap();
        assert_eq!(store.find(id, &card.key).unwrap(), Some(who), "{text:?}");
        cards.push((who, card));
        if let Ok(label) = Label::new(text.as_str()) {
            let goal = NewGoal::Shared {
                goal: SharedGoal::new(label, day(9)),
            };
            let event = Event::GoalAdded {
                pairing: PairingId::from_source(&mut ids),
                goal,
            };
            entries.push(Entry::new(
                entries.len() as u64,
                Stamp::midnight(day(0)),
                event,
            ));
        }
        let drawer = Drawer::ALL[n % 3];
        store
            .seal(id, drawer, text.as_bytes(), &Erasure::new())
            .unwrap();
        assert_eq!(
            store.unseal(id, drawer).unwrap().as_deref(),
            Some(text.as_bytes())
        );
    }
    assert!(
        keys > 100 && entries.len() > 100,
        "{keys} {}",
        entries.len()
    );
    append(&mut store, id, entries.clone(), &mut ids);
    drop(store);
    let mut store = open(&path);
    cards.sort_by_key(|(who, _)| *who);
    assert_eq!(store.cards(id, None, NonZeroUsize::MAX).unwrap(), cards);
    let found = all(&mut store, id).into_iter().map(|found| found.stored);
    assert!(found.eq(entries.into_iter().map(Stored::Entry)));
}

#[test]
fn an_erasure_leaves_the_journal_and_nothing_of_the_name() {
    let folder = Folder::new("erasure");
    let (path, mut ids) = (folder.file("store.sqlite"), SequentialIds::new(1));
    let mut store = open(&path);
    let (id, entries) = journal(&mut ids, 50);
    append(&mut store, id, entries, &mut ids);
    // Many people, who are renamed and move about in the pages; every third is erased, in three rounds.
    let name = |n: usize| format!("Xanthippe-{n:04}-{}", "q".repeat(n % 700));
    let people: Vec<ParticipantId> = (0..300)
        .map(|_| ParticipantId::from_source(&mut ids))
        .collect();
    for round in 0..3 {
        for (n, who) in people.iter().enumerate() {
            let n = (n * 7) % 300;
            let key = format!("key-{n:04}-{}", "k".repeat((n + round * 50) % 200));
            store.put(id, *who, &card(&key, &name(n))).unwrap();
        }
    }
    store
        .seal(
            id,
            Drawer::Notebook,
            name(9_999).as_bytes(),
            &Erasure::new(),
        )
        .unwrap();
    let rows = |sql: &str| {
        let raw = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let mut statement = raw.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, Vec<u8>>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                row.get::<_, String>(3)?,
            ))
        });
        rows.unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    let journal = "SELECT program, sequence, id, entry FROM journal ORDER BY program, sequence";
    let before = rows(journal);
    assert_eq!(before.len(), 50);
    assert!(grep(&path, "Xanthippe-0000") > 0 && grep(&path, "key-0000") > 0);
    let mut erased = Erasure::new();
    for round in 0..3_usize {
        for (n, who) in people.iter().enumerate().filter(|(n, _)| n % 9 == round) {
            assert!(erased.add(*who, day(n as u64)));
        }
        let content = format!("sealed after round {round}");
        let wiped = store
            .erase(id, &erased, &[(Drawer::Notebook, content.as_bytes())])
            .unwrap();
        assert_eq!(wiped.traces, Traces::Gone);
        assert!(wiped.cards >= 33);
        let left = people
            .iter()
            .enumerate()
            .filter(|(_, who)| !erased.contains(**who));
        let left: BTreeSet<String> = left.map(|(n, _)| format!("{:04}", (n * 7) % 300)).collect();
        for begin in ["Xanthippe-", "key-"] {
            assert_eq!(numbers(&path, begin), left, "{begin} in round {round}");
        }
        assert_eq!(grep(&path, "Xanthippe-9999"), 0);
        assert_eq!(rows(journal), before);
    }
    assert_eq!(store.erased(id).unwrap(), erased);
}

/// As long as somebody reads what was before, the log cannot be emptied; the answer says so.
#[test]
fn an_erasure_beside_a_reader_says_that_traces_are_left() {
    let folder = Folder::new("traces");
    let (path, mut ids) = (folder.file("store.sqlite"), SequentialIds::new(1));
    drop(open(&path));
    let mut store = SqliteStore::open(&path, Duration::from_millis(10)).unwrap();
    let (program, who) = (
        ProgramId::from_source(&mut ids),
        ParticipantId::from_source(&mut ids),
    );
    store
        .put(program, who, &card("xk-77", "Xanthippe"))
        .unwrap();
    let reader = Connection::open(&path).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM card;")
        .unwrap();
    let mut erased = Erasure::new();
    erased.add(who, day(1));
    let wiped = store.erase(program, &erased, &[]).unwrap();
    assert_eq!((wiped.cards, wiped.traces), (1, Traces::Left));
    assert_eq!(store.card(program, who).unwrap(), None);
    assert!(grep(&path, "Xanthippe") > 0);
    assert_eq!(store.tidy().unwrap(), Traces::Left);
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(store.tidy().unwrap(), Traces::Gone);
    assert_eq!(grep(&path, "Xanthippe") + grep(&path, "xk-77"), 0);
}

#[test]
fn a_restored_backup_forgets_again() {
    let folder = Folder::new("backup");
    let (path, backup) = (folder.file("store.sqlite"), folder.file("backup.sqlite"));
    let mut ids = SequentialIds::new(1);
    let mut store = open(&path);
    let (id, entries) = journal(&mut ids, 5);
    append(&mut store, id, entries, &mut ids);
    let [ada, bo] = [0; 2].map(|_| ParticipantId::from_source(&mut ids));
    store.put(id, ada, &card("ada", "Xanthippe")).unwrap();
    store.put(id, bo, &card("bo", "Bo")).unwrap();
    let mut list = store.erased(id).unwrap();
    store
        .seal(id, Drawer::Notebook, b"Xanthippe said", &list)
        .unwrap();
    store.copy_to(&backup).unwrap();
    list.add(ada, day(3));
    let _ = store.erase(id, &list, &[(Drawer::Notebook, b"")]).unwrap();
    let kept_apart = serde_json::to_string(&list).unwrap();
    drop(store);

    let mut restored = open(&backup);
    assert!(restored.card(id, ada).unwrap().is_some());
    let list: Erasure = serde_json::from_str(&kept_apart).unwrap();
    // Nothing is forgotten by halves: the notebook of the backup has to be opened, too.
    let error = restored.erase(id, &list, &[]).unwrap_err();
    assert!(matches!(error, EraseError::Drawers(drawers) if drawers == [Drawer::Notebook]));
    let wiped = restored
        .erase(id, &list, &[(Drawer::Notebook, b"")])
        .unwrap();
    assert_eq!((wiped.cards, wiped.traces), (1, Traces::Gone));
    assert_eq!(grep(&backup, "Xanthippe"), 0);
    assert_eq!(
        restored.find(id, &Key::new("bo").unwrap()).unwrap(),
        Some(bo)
    );
    assert_eq!(all(&mut restored, id), all(&mut open(&path), id));
    assert!(matches!(
        restored.put(id, ada, &card("new", "new")),
        Err(PutError::Erased(_))
    ));
}

/// `writers` handles on one file, `appends` each: one winner a version and no gap.
fn writers(writers: u32, appends: u32) {
    let folder = Folder::new(&format!("writers-{writers}"));
    let path = folder.file("store.sqlite");
    let (id, opening) = journal(&mut SequentialIds::new(1), 1);
    append(&mut open(&path), id, opening, &mut SequentialIds::new(2));
    let won: Vec<(u64, EntryId)> = std::thread::scope(|scope| {
        let write = |writer: u32| {
            let (mut store, mut won) = (open(&path), Vec::new());
            let mut ids = SequentialIds::new(100 + writer);
            let mut conflicts = 0_u64;
            for _ in 0..appends {
                let entry = EntryId::from_source(&mut ids);
                loop {
                    let at = store.version(id).unwrap();
                    let filed = Filed {
                        id: entry,
                        entry: withdrew(&mut ids, at.entries()),
                    };
                    match store.append(&Batch::new(id, [filed]).unwrap()) {
                        Ok(Appended::Stored) => break won.push((at.entries(), entry)),
                        Err(AppendError::Conflict(conflict)) => {
                            assert!(conflict.expected == at && conflict.found > at);
                            conflicts += 1;
                        }
                        Err(AppendError::Store(StoreError::Busy(_))) => {}
                        other => panic!("{other:?}"),
                    }
                }
            }
            (won, conflicts)
        };
        let running: Vec<_> = (0..writers)
            .map(|w| scope.spawn(move || write(w)))
            .collect();
        let done = running.into_iter().map(|writer| writer.join().unwrap());
        let (won, conflicts): (Vec<_>, Vec<u64>) = done.unzip();
        println!(
            "{writers} writers, {appends} appends each, {} conflicts",
            conflicts.iter().sum::<u64>()
        );
        won.into_iter().flatten().collect()
    });
    let mut won = won;
    won.sort_unstable();
    let total = u64::from(writers * appends);
    assert!(won.iter().map(|(at, _)| *at).eq(1..=total));
    let found = all(&mut open(&path), id);
    assert_eq!(found.len() as u64, total + 1);
    let stored = found.iter().skip(1).map(|found| (found.sequence, found.id));
    assert!(stored.eq(won));
}

#[test]
fn four_writers_and_one_winner_a_version() {
    writers(4, 50);
}

#[test]
#[ignore = "16,000 appends that are synced, and the conflicts among 16 threads"]
fn sixteen_writers_and_one_winner_a_version() {
    writers(16, 1_000);
}
