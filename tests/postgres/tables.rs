//! The tables: what they refuse, whose they are, and what stands in them.

use std::num::NonZeroUsize;
use std::time::Duration;

use reverse_mentoring::ids::{PairingId, ParticipantId};
use reverse_mentoring::journal::Stored;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::postgres::postgres::{Client, Error, NoTls};
use reverse_mentoring::store::postgres::{DatabaseError, PostgresStore, SCHEMA_VERSION};
use reverse_mentoring::store::*;

use super::{PATIENT, all, append, card, day, journal, nasty, open, open_by, server};

fn said(error: &Error) -> String {
    error.as_db_error().unwrap().message().to_owned()
}

fn refused(client: &mut Client, sql: &str) -> String {
    said(&client.batch_execute(sql).expect_err(sql))
}

#[test]
fn the_journal_is_only_added_to() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "added");
    let (id, entries) = journal(&mut ids, 3);
    append(&mut store, id, entries, &mut ids);
    let gone = ParticipantId::from_source(&mut ids);
    let mut erased = Erasure::new();
    erased.add(gone, day(1));
    let _ = store.erase(id, &erased, &[]).unwrap();
    let before = all(&mut store, id);
    let mut raw = server.client();
    raw.batch_execute("SET search_path = added").unwrap();
    let only = "the journal is only added to";
    for sql in [
        "UPDATE journal SET entry = '{}' WHERE sequence = 1",
        "UPDATE journal SET sequence = sequence + 1",
        "DELETE FROM journal WHERE sequence = 2",
        "DELETE FROM journal",
        "TRUNCATE journal CASCADE",
        "INSERT INTO journal SELECT * FROM journal ON CONFLICT (program, sequence) DO UPDATE SET entry = '{}'",
        "WITH old AS (DELETE FROM journal RETURNING 1) SELECT count(*) FROM old",
    ] {
        assert_eq!(refused(&mut raw, sql), only, "{sql}");
    }
    let follows = "an entry of the journal follows the last one";
    let of = "entry FROM journal WHERE sequence = 0";
    for what in [
        format!("SELECT program, 4, gen_random_uuid(), {of}"),
        format!("SELECT gen_random_uuid(), 1, gen_random_uuid(), {of}"),
        format!("SELECT program, 9223372036854775807, gen_random_uuid(), {of}"),
        // Two of which the first is right.
        "SELECT program, at, gen_random_uuid(), entry FROM journal, (VALUES (3), (5)) AS new (at) WHERE sequence = 0".to_owned(),
        format!(
            "SELECT gen_random_uuid(), 0, gen_random_uuid(), {of} UNION ALL SELECT program, 4, gen_random_uuid(), {of}"
        ),
    ] {
        let sql = format!("INSERT INTO journal {what}");
        assert_eq!(refused(&mut raw, &sql), follows, "{sql}");
    }
    for (what, why) in [
        (
            format!("SELECT program, 2, gen_random_uuid(), {of}"),
            "\"journal_pkey\"",
        ),
        (
            format!("SELECT program, 3, id, {of}"),
            "\"journal_program_id_key\"",
        ),
        (
            format!("SELECT program, -1, gen_random_uuid(), {of}"),
            "\"journal_sequence_check\"",
        ),
        (
            "SELECT program, 3, gen_random_uuid(), '' FROM journal WHERE sequence = 0".to_owned(),
            "\"journal_entry_check\"",
        ),
    ] {
        let words = refused(&mut raw, &format!("INSERT INTO journal {what}"));
        assert!(words.ends_with(why), "{words}");
    }
    let nothing = "INSERT INTO journal SELECT program, 2, gen_random_uuid(), entry FROM journal WHERE sequence = 0 ON CONFLICT DO NOTHING";
    raw.batch_execute(nothing).unwrap();
    let only = "the list of the erased is only added to";
    for sql in [
        "DELETE FROM erased",
        "UPDATE erased SET day = '2030-01-01'",
        "TRUNCATE erased",
    ] {
        assert_eq!(refused(&mut raw, sql), only);
    }
    let back = "INSERT INTO card SELECT program, participant, 'key', '', '' FROM erased";
    assert_eq!(refused(&mut raw, back), "the participant is erased");
    let back = format!("{back} ON CONFLICT DO NOTHING");
    assert_eq!(refused(&mut raw, &back), "the participant is erased");
    let who = ParticipantId::from_source(&mut ids);
    store.put(id, who, &card("ada", "Ada")).unwrap();
    let renamed = format!("UPDATE card SET participant = '{gone}'");
    assert_eq!(refused(&mut raw, &renamed), "a card is of one participant");
    let words = refused(
        &mut raw,
        "INSERT INTO snapshot SELECT program, 3, '{}' FROM journal WHERE sequence = 0",
    );
    assert!(words.contains("violates foreign key constraint"), "{words}");
    // A writer who takes no turns, and is right: the store goes on from there.
    let more = "INSERT INTO journal SELECT program, at, gen_random_uuid(), replace(entry, '\"sequence\":1', '\"sequence\":' || at) \
        FROM journal, generate_series(3, 9) AS at WHERE sequence = 1";
    raw.batch_execute(more).unwrap();
    let after = all(&mut store, id);
    assert_eq!(after[..3], before);
    assert_eq!(
        (after.len(), store.version(id).unwrap()),
        (10, Version::new(10))
    );
}

/// Somebody who puts a card in by hand while its person is being erased waits for that, and is refused.
#[test]
fn an_erasure_that_is_going_on_is_seen() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    drop(open(server, "going"));
    let (program, who) = (
        ProgramId::from_source(&mut ids),
        ParticipantId::from_source(&mut ids),
    );
    let put = format!("INSERT INTO going.card VALUES ('{program}', '{who}', 'ada', 'Ada', '')");
    let mut erasing = server.client();
    let erase = format!(
        "BEGIN; SELECT going.take_turn('{program}'); INSERT INTO going.erased VALUES ('{program}', 1, '{who}', '2026-01-05')"
    );
    erasing.batch_execute(&erase).unwrap();
    let words = std::thread::scope(|scope| {
        let putting = scope.spawn(|| refused(&mut server.client(), &put));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!putting.is_finished());
        erasing.batch_execute("COMMIT").unwrap();
        putting.join().unwrap()
    });
    assert_eq!(words, "the participant is erased");
}

#[test]
fn what_is_not_ones_own_is_left_as_it_was() {
    let Some(server) = server() else { return };
    let mut raw = server.client();
    raw.batch_execute("CREATE SCHEMA theirs; CREATE TABLE theirs.x (y int); CREATE SCHEMA views; CREATE VIEW views.z AS SELECT 1; CREATE SCHEMA empty")
        .unwrap();
    raw.batch_execute(
        "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'",
    )
    .unwrap();
    drop(open(server, "newer"));
    drop(open(server, "odd"));
    let newer = format!(
        "UPDATE newer.reverse_mentoring SET version = {}",
        SCHEMA_VERSION + 1
    );
    raw.batch_execute(&newer).unwrap();
    raw.batch_execute("DELETE FROM odd.reverse_mentoring")
        .unwrap();
    let inside = "SELECT coalesce(string_agg(concat(nspname, relname, xmin), ' ' ORDER BY oid), '') FROM \
        (SELECT c.oid, nspname, relname, c.xmin FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname IN ('theirs', 'views', 'newer', 'odd')) AS x";
    let mut inside = || raw.query_one(inside, &[]).unwrap().get::<_, String>(0);
    let before = inside();
    let long = "x".repeat(64);
    let name = |name: &str| {
        format!(
            "`{name}` is no name of a schema: 1 to 63 of a–z, 0–9 and `_`, no digit first, and not `pg_`"
        )
    };
    for (schema, due) in [
        (
            "theirs",
            "the schema `theirs` belongs to something else".to_owned(),
        ),
        (
            "views",
            "the schema `views` belongs to something else".to_owned(),
        ),
        (
            "odd",
            "the schema `odd` belongs to something else".to_owned(),
        ),
        (
            "newer",
            "the schema is in version 2, and this release knows versions up to 1".to_owned(),
        ),
        ("", name("")),
        ("1st", name("1st")),
        ("Big", name("Big")),
        ("pg_mine", name("pg_mine")),
        ("a\"b", name("a\"b")),
        ("a;b", name("a;b")),
        (&long, name(&long)),
    ] {
        let config = server.config();
        let error = PostgresStore::open(move || config.connect(NoTls), schema, PATIENT);
        assert_eq!(error.unwrap_err().to_string(), due);
        assert_eq!(inside(), before, "{due}");
    }
    let client = server.config().dbname("latin").connect(NoTls).unwrap();
    let error = PostgresStore::on(client, "mine", PATIENT).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database is encoded in `LATIN1`, not in UTF8"
    );
    // An empty schema is a new one, and a name may be a word of SQL, and as long as the server takes it.
    for schema in ["empty", "user", "select", &"x".repeat(63)] {
        let mut store = open(server, schema);
        append(
            &mut store,
            ProgramId::from_source(&mut SequentialIds::new(1)),
            journal(&mut SequentialIds::new(1), 1).1,
            &mut SequentialIds::new(2),
        );
    }
}

#[test]
fn a_new_schema_may_be_opened_by_many_at_once() {
    let Some(server) = server() else { return };
    for round in 0..3 {
        let schema = format!("many_{round}");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let id = ProgramId::from_source(&mut SequentialIds::new(1));
                    assert_eq!(open(server, &schema).version(id).unwrap(), Version::EMPTY);
                });
            }
        });
    }
}

/// The rights that the guide names are enough, and each is needed.
#[test]
fn a_role_needs_no_more_rights_than_the_guide_says() {
    let Some(server) = server() else { return };
    drop(open(server, "rights"));
    let mut raw = server.client();
    let guide = include_str!("../../src/guide/stores.md");
    let rights = guide
        .split("```sql\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    raw.batch_execute("CREATE ROLE service LOGIN").unwrap();
    raw.batch_execute(
        &rights
            .replace("mentoring.", "rights.")
            .replace("SCHEMA mentoring", "SCHEMA rights"),
    )
    .unwrap();
    let mut config = server.config();
    config.user("service");
    let mut store = open_by(config.clone(), "rights", PATIENT);
    let mut ids = SequentialIds::new(1);
    let (id, entries) = journal(&mut ids, 2);
    append(&mut store, id, entries, &mut ids);
    let gate = open_with((), &mut store, id);
    assert!(gate.is_err()); // no gate has let these pass
    let company = reverse_mentoring::testing::Company::sample().unwrap();
    let another = ProgramId::from_source(&mut ids);
    let stamp = Stamp::midnight(day(0));
    let (program, opening) =
        Program::open(another, company.roster(), Load::DEFAULT, stamp).unwrap();
    append(&mut store, another, vec![opening], &mut ids);
    store.snapshot(&program.to_record()).unwrap();
    store.snapshot(&program.to_record()).unwrap();
    assert_eq!(store.latest(another).unwrap(), Some(program.to_record()));
    let who = ParticipantId::from_source(&mut ids);
    for name in ["Ada", "Ada Lovelace"] {
        store.put(id, who, &card("ada", name)).unwrap();
        store
            .seal(id, Drawer::Roster, name.as_bytes(), &Erasure::new())
            .unwrap();
    }
    let mut list = Erasure::new();
    list.add(who, day(1));
    assert_eq!(
        store
            .erase(id, &list, &[(Drawer::Roster, b"")])
            .unwrap()
            .cards,
        1
    );
    // By hand it can neither change the journal nor take away what keeps it.
    let mut service = config.connect(NoTls).unwrap();
    for sql in [
        "DELETE FROM rights.journal",
        "UPDATE rights.journal SET entry = ''",
        "TRUNCATE rights.journal",
        "DELETE FROM rights.erased",
        "DROP TRIGGER journal_stays ON rights.journal",
        "DROP TABLE rights.journal",
        "ALTER TABLE rights.card DISABLE TRIGGER ALL",
        "UPDATE rights.reverse_mentoring SET version = 2",
    ] {
        let error = service.batch_execute(sql).unwrap_err();
        assert_eq!(error.code().unwrap().code(), "42501", "{sql}");
    }
    // It cannot make a schema, and says so.
    let error = PostgresStore::open(move || config.connect(NoTls), "another", PATIENT).unwrap_err();
    assert!(
        matches!(error, DatabaseError::Store(StoreError::Unavailable(_))),
        "{error:?}"
    );
}

#[test]
fn what_a_newer_release_wrote_stays_byte_for_byte() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "newer_entries");
    let (id, entries) = journal(&mut ids, 2);
    append(&mut store, id, entries, &mut ids);
    let line =
        "{ \"version\":7,\t\"mood\" : \"bright\",\"sequence\":2, \"x\": [1.0, 1e3], \"x\": 2 }";
    let mut raw = server.client();
    let sql = "INSERT INTO newer_entries.journal SELECT program, 2, gen_random_uuid(), $1 FROM newer_entries.journal WHERE sequence = 0";
    raw.execute(sql, &[&line]).unwrap();
    assert_eq!(all(&mut store, id)[2].stored, Stored::Newer(7));
    let sql = "SELECT entry FROM newer_entries.journal WHERE sequence = 2";
    assert_eq!(raw.query_one(sql, &[]).unwrap().get::<_, String>(0), line);
    // A record of a newer release is none for this one, and the journal is read instead.
    let record = "{\"version\": 2, \"anything\": 1}";
    let sql = "INSERT INTO newer_entries.snapshot SELECT program, 2, $1 FROM newer_entries.journal WHERE sequence = 0";
    raw.execute(sql, &[&record]).unwrap();
    assert_eq!(store.latest(id).unwrap(), None);
}

#[test]
fn what_is_damaged_is_named_and_not_repeated() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "damaged");
    let (id, entries) = journal(&mut ids, 4);
    append(&mut store, id, entries, &mut ids);
    let who = ParticipantId::from_source(&mut ids);
    store.put(id, who, &card("ada", "Ada")).unwrap();
    let mut raw = server.client();
    raw.batch_execute("SET search_path = damaged; DROP TRIGGER journal_stays ON journal")
        .unwrap();
    let sql = "SELECT entry FROM journal WHERE sequence = 2";
    let whole: String = raw.query_one(sql, &[]).unwrap().get(0);
    let other = whole.replace("\"sequence\":2", "\"sequence\":3");
    assert_ne!(other, whole);
    let strange = whole.replace("withdrew", "secret");
    for bad in [
        "{",
        "secret",
        "{\"secret\":1}",
        &strange,
        &other,
        "null",
        "[]",
    ] {
        raw.execute("UPDATE journal SET entry = $1 WHERE sequence = 2", &[&bad])
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
        let rest = store.read(id, Version::new(3), NonZeroUsize::MAX).unwrap();
        assert_eq!(rest.len(), 1);
    }
    raw.batch_execute(
        "INSERT INTO snapshot SELECT program, 2, 'secret' FROM journal WHERE sequence = 0",
    )
    .unwrap();
    let error = store.latest(id).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the record of programme {id} does not read")
    );
    let card_words = format!("the card of participant {who} of programme {id} does not read");
    for bad in [
        "key = ' '",
        "key = 'ada', name = '\\xff'",
        "name = 'Ada', notes = '\\xc0'",
    ] {
        raw.batch_execute(&format!("UPDATE card SET {bad}"))
            .unwrap();
        assert_eq!(store.card(id, who).unwrap_err().to_string(), card_words);
    }
    raw.batch_execute("INSERT INTO erased SELECT program, 1, participant, 'secret' FROM card")
        .unwrap();
    let error = store.erased(id).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the list of the erased of programme {id} does not read")
    );
    assert!(store.put(id, who, &card("bo", "Bo")).is_err());
}

#[test]
fn nasty_texts_go_through_every_door() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "nasty");
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
            let stamp = Stamp::midnight(day(0));
            entries.push(Entry::new(entries.len() as u64, stamp, event));
        }
        let drawer = Drawer::ALL[n % 3];
        store
            .seal(id, drawer, text.as_bytes(), &Erasure::new())
            .unwrap();
        let found = store.unseal(id, drawer).unwrap();
        assert_eq!(found.as_deref(), Some(text.as_bytes()));
    }
    assert!(
        keys > 100 && entries.len() > 100,
        "{keys} {}",
        entries.len()
    );
    append(&mut store, id, entries.clone(), &mut ids);
    let mut store = open(server, "nasty");
    cards.sort_by_key(|(who, _)| *who);
    assert_eq!(store.cards(id, None, NonZeroUsize::MAX).unwrap(), cards);
    let found = all(&mut store, id).into_iter().map(|found| found.stored);
    assert!(found.eq(entries.into_iter().map(Stored::Entry)));
}

/// Also one that is longer than a page.
#[test]
fn a_gap_is_no_end() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "gap");
    let (id, entries) = journal(&mut ids, 12);
    append(&mut store, id, entries, &mut ids);
    let mut raw = server.client();
    raw.batch_execute("DROP TRIGGER journal_stays ON gap.journal; DELETE FROM gap.journal WHERE sequence BETWEEN 3 AND 8")
        .unwrap();
    for most in [1, 2, 3, 5, 12, 100] {
        let most = NonZeroUsize::new(most).unwrap();
        let mut from = Version::EMPTY;
        let gap = loop {
            let page = store.read(id, from, most).unwrap();
            assert!(
                !page.is_empty() && page.len() <= most.get(),
                "{from} {most}"
            );
            let due = page
                .iter()
                .zip(from.entries()..)
                .find(|(found, due)| found.sequence != *due);
            if let Some((_, due)) = due {
                break due;
            }
            from = Version::new(from.entries() + page.len() as u64);
        };
        assert_eq!(gap, 3);
    }
    let told: Vec<_> = reverse_mentoring::store::entries(&mut store, id, Version::EMPTY).collect();
    let last = told.last().unwrap().as_ref().unwrap_err();
    assert_eq!(
        last.to_string(),
        format!("entry 3 of programme {id} does not read")
    );
}
