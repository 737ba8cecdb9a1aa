//! What fails, and what becomes of it: an error means that nothing is stored, and what nobody can know is in doubt.

use std::num::NonZeroU32;
use std::time::Duration;

use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::postgres::postgres::{self, Client, NoTls};
use reverse_mentoring::store::postgres::{DatabaseError, PostgresStore};
use reverse_mentoring::store::*;

use super::server::Server;
use super::{PATIENT, all, append, card, day, journal, open, open_by, server};

/// The SQLSTATE of what an error is made of.
fn code(error: &StoreError) -> String {
    let (StoreError::Busy(cause) | StoreError::Unavailable(cause)) = error else {
        panic!("{error:?}");
    };
    let error = cause.error().downcast_ref::<postgres::Error>();
    error
        .and_then(|error| error.code())
        .map_or("none", |code| code.code())
        .to_owned()
}

/// An answer in a word, with the SQLSTATE.
fn told(answer: &Result<Appended, AppendError>) -> String {
    match answer {
        Ok(Appended::Stored) => "stored".to_owned(),
        Ok(Appended::Already) => "already".to_owned(),
        Ok(Appended::InDoubt(error)) => format!("in doubt {}", code(error)),
        Err(AppendError::Store(error @ StoreError::Busy(_))) => format!("busy {}", code(error)),
        Err(AppendError::Store(error)) => format!("unavailable {}", code(error)),
        other => format!("{other:?}"),
    }
}

/// Lets every entry that is stored, or the commit of it, run into an error.
fn spoil(raw: &mut Client, schema: &str, at_commit: bool, body: &str) {
    let kind = if at_commit {
        "CREATE CONSTRAINT TRIGGER spoilt AFTER INSERT ON @.journal DEFERRABLE INITIALLY DEFERRED"
    } else {
        "CREATE TRIGGER spoilt BEFORE INSERT ON @.journal"
    };
    let sql = format!(
        "DROP TRIGGER IF EXISTS spoilt ON @.journal; CREATE OR REPLACE FUNCTION @.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NEW; END $$; \
         {kind} FOR EACH ROW EXECUTE FUNCTION @.spoil()"
    );
    raw.batch_execute(&sql.replace('@', schema)).unwrap();
}

fn mend(raw: &mut Client, schema: &str) {
    raw.batch_execute(&format!("DROP TRIGGER spoilt ON {schema}.journal"))
        .unwrap();
}

#[test]
fn every_kind_of_failure_becomes_what_the_guide_says() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let (mut store, mut raw) = (open(server, "spoilt"), server.client());
    // While storing, and while committing: out of disk, out of memory, limits, lost races of the server's, what an administrator does, damage, what a
    // pooler says, and what a fork of PostgreSQL says that does not know.
    for (state, storing, committing) in [
        ("53100", "unavailable", "unavailable"),
        ("53200", "unavailable", "unavailable"),
        ("54000", "unavailable", "unavailable"),
        ("40001", "busy", "busy"),
        ("40P01", "busy", "busy"),
        ("55P03", "busy", "busy"),
        ("23505", "busy", "busy"),
        ("23514", "unavailable", "unavailable"),
        ("57014", "unavailable", "in doubt"),
        ("57P01", "unavailable", "in doubt"),
        ("58030", "unavailable", "in doubt"),
        ("XX001", "unavailable", "in doubt"),
        ("08006", "unavailable", "in doubt"),
        ("40003", "unavailable", "in doubt"),
    ] {
        for (at_commit, due) in [(false, storing), (true, committing)] {
            let (id, entries) = journal(&mut ids, 3);
            let batch = Batch::of(id, entries, &mut ids).unwrap();
            let body = format!("RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = 'spoilt'");
            spoil(&mut raw, "spoilt", at_commit, &body);
            for _ in 0..2 {
                assert_eq!(told(&store.append(&batch)), format!("{due} {state}"));
                assert_eq!(store.version(id).unwrap(), Version::EMPTY);
            }
            mend(&mut raw, "spoilt");
            assert_eq!(told(&store.append(&batch)), "stored");
            assert_eq!(told(&store.append(&batch)), "already");
            assert_eq!(all(&mut store, id).len(), 3);
        }
    }
}

#[test]
fn a_deadlock_is_broken_and_may_be_asked_again() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "deadlock");
    let (id, entries) = journal(&mut ids, 1);
    let batch = Batch::of(id, entries, &mut ids).unwrap();
    // Another locks the tables first, and then wants the turn that the store has.
    let mut other = server.client();
    other
        .batch_execute("SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE deadlock.journal")
        .unwrap();
    let answer = std::thread::scope(|scope| {
        let asking = scope.spawn(|| told(&store.append(&batch)));
        let holding = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'deadlock.journal'::regclass";
        while !other.query_one(holding, &[]).unwrap().get::<_, bool>(0) {
            std::thread::sleep(Duration::from_millis(5));
        }
        other
            .batch_execute(&format!("SELECT deadlock.take_turn('{id}')"))
            .unwrap();
        asking.join().unwrap()
    });
    assert_eq!(answer, "busy 40P01");
    other.batch_execute("ROLLBACK").unwrap();
    assert_eq!(told(&store.append(&batch)), "stored");
}

/// Who takes no turn wins a race by being first, and the store says so in the end.
#[test]
fn somebody_who_takes_no_turns_makes_the_store_busy_and_then_lose() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "turnless");
    let (id, entries) = journal(&mut ids, 1);
    append(&mut store, id, entries, &mut ids);
    let batch = Batch::of(id, [super::withdrew(&mut ids, 1)], &mut ids).unwrap();
    let mut other = server.client();
    other
        .batch_execute("BEGIN; INSERT INTO turnless.journal SELECT program, 1, gen_random_uuid(), replace(entry, '\"sequence\":0', '\"sequence\":1') FROM turnless.journal")
        .unwrap();
    let answer = std::thread::scope(|scope| {
        let asking = scope.spawn(|| told(&store.append(&batch)));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!asking.is_finished());
        other.batch_execute("COMMIT").unwrap();
        asking.join().unwrap()
    });
    assert_eq!(answer, "busy 23505");
    let error = store.append(&batch).unwrap_err();
    assert!(
        matches!(error, AppendError::Conflict(Conflict { found, .. }) if found == Version::new(2))
    );
}

#[test]
fn whatever_the_connection_was_set_to_commits_are_synced() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    drop(open(server, "settings"));
    let mut raw = server.client();
    raw.batch_execute("CREATE TABLE public.seen (what text)")
        .unwrap();
    let body = "INSERT INTO public.seen VALUES (concat_ws(' ', current_setting('synchronous_commit'), current_setting('transaction_isolation'), \
        current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')))";
    spoil(&mut raw, "settings", false, body);
    for (commit, due) in [
        ("off", "on"),
        ("local", "local"),
        ("on", "on"),
        ("remote_apply", "remote_apply"),
    ] {
        let mut config = server.config();
        config.options(&format!(
            "-c synchronous_commit={commit} -c default_transaction_isolation=serializable -c default_transaction_read_only=on -c search_path=nowhere \
             -c DateStyle=German -c bytea_output=escape -c standard_conforming_strings=off -c lock_timeout=1 -c IntervalStyle=iso_8601"
        ));
        let mut store = open_by(config, "settings", Duration::from_millis(1_500));
        let (id, entries) = journal(&mut ids, 1);
        append(&mut store, id, entries, &mut ids);
        let seen = raw
            .query_one("DELETE FROM public.seen RETURNING what", &[])
            .unwrap();
        assert_eq!(
            seen.get::<_, String>(0),
            format!("{due} read committed 1500ms 1min")
        );
        // And nothing of it is left in the session.
        let who = ParticipantId::from_source(&mut ids);
        store.put(id, who, &card("a\\'b", "Ada\\")).unwrap();
        assert_eq!(store.card(id, who).unwrap(), Some(card("a\\'b", "Ada\\")));
    }
}

/// Ends every connection of that name.
fn terminate(raw: &mut Client, name: &str) {
    let sql =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1";
    assert!(raw.query_one(sql, &[&name]).unwrap().get::<_, i64>(0) > 0);
}

fn waits(raw: &mut Client, name: &str, for_what: &str) {
    let sql =
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = $1 AND wait_event = $2";
    while !raw
        .query_one(sql, &[&name, &for_what])
        .unwrap()
        .get::<_, bool>(0)
    {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_connection_that_is_ended_is_made_again() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut raw = server.client();
    let mut config = server.config();
    config.application_name("ended");
    let mut store = open_by(config.clone(), "ended", PATIENT);
    let (id, entries) = journal(&mut ids, 1);
    append(&mut store, id, entries, &mut ids);
    // While it was idle: nobody notices, whatever is asked first.
    for sequence in 1..3 {
        terminate(&mut raw, "ended");
        append(
            &mut store,
            id,
            vec![super::withdrew(&mut ids, sequence)],
            &mut ids,
        );
        terminate(&mut raw, "ended");
        assert_eq!(store.version(id).unwrap(), Version::new(sequence + 1));
    }
    // While it stored: nothing is. While it committed: nobody knows.
    for (at_commit, due) in [(false, "unavailable"), (true, "in doubt")] {
        let end = store.version(id).unwrap().entries();
        let batch = Batch::of(id, [super::withdrew(&mut ids, end)], &mut ids).unwrap();
        spoil(&mut raw, "ended", at_commit, "PERFORM pg_sleep(60)");
        let answer = std::thread::scope(|scope| {
            let asking = scope.spawn(|| told(&store.append(&batch)));
            waits(&mut raw, "ended", "PgSleep");
            terminate(&mut raw, "ended");
            asking.join().unwrap()
        });
        // Whether the server's word is read before it hangs up, is a race.
        assert!(
            answer == format!("{due} 57P01") || answer == format!("{due} none"),
            "{answer}"
        );
        mend(&mut raw, "ended");
        let again = reverse_mentoring::store::append(&mut store, &batch, NonZeroU32::MIN);
        assert_eq!(told(&again), "stored");
    }
    // A connection of the host's cannot be made again.
    let mut single = PostgresStore::on(config.connect(NoTls).unwrap(), "ended", PATIENT).unwrap();
    let end = single.version(id).unwrap().entries();
    let batch = Batch::of(id, [super::withdrew(&mut ids, end)], &mut ids).unwrap();
    terminate(&mut raw, "ended");
    assert!(told(&single.append(&batch)).starts_with("unavailable "));
    for _ in 0..2 {
        let error = single.append(&batch).unwrap_err();
        let AppendError::Store(StoreError::Unavailable(cause)) = error else {
            panic!("{error:?}");
        };
        assert_eq!(
            cause.to_string(),
            "the connection was lost, and there is no way to make another"
        );
    }
    assert_eq!(told(&store.append(&batch)), "stored");
}

/// Who vanishes within a transaction without closing its connection does not keep its turn for ever; a client that goes, at once.
#[test]
fn a_writer_that_goes_gives_its_turn_back() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "gone");
    let (id, entries) = journal(&mut ids, 1);
    append(&mut store, id, entries, &mut ids);
    let mut other = server.client();
    other.batch_execute(&format!("BEGIN; SELECT gone.take_turn('{id}'); SET LOCAL idle_in_transaction_session_timeout = 300")).unwrap();
    append(&mut store, id, vec![super::withdrew(&mut ids, 1)], &mut ids);
    let mut other = server.client();
    other
        .batch_execute(&format!("BEGIN; SELECT gone.take_turn('{id}')"))
        .unwrap();
    drop(other);
    append(&mut store, id, vec![super::withdrew(&mut ids, 2)], &mut ids);
}

#[test]
fn a_server_that_is_down_or_only_reads_is_unavailable() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut ids = SequentialIds::new(1);
    let mut store = open(&server, "down");
    let (id, entries) = journal(&mut ids, 2);
    append(&mut store, id, entries, &mut ids);
    let who = ParticipantId::from_source(&mut ids);
    store.put(id, who, &card("ada", "Ada")).unwrap();
    let standby = server.standby();
    let mut reading = open(&standby, "down");
    assert_eq!(all(&mut reading, id), all(&mut store, id));
    assert_eq!(reading.card(id, who).unwrap(), Some(card("ada", "Ada")));
    let batch = Batch::of(id, [super::withdrew(&mut ids, 2)], &mut ids).unwrap();
    for _ in 0..2 {
        assert_eq!(told(&reading.append(&batch)), "unavailable 0A000");
    }
    let mut list = Erasure::new();
    list.add(who, day(1));
    for refused in [
        reading.put(id, who, &card("bo", "Bo")).is_err(),
        reading
            .seal(id, Drawer::Roster, b"", &Erasure::new())
            .is_err(),
        reading.erase(id, &list, &[]).is_err(),
        reading.tidy().is_err(),
    ] {
        assert!(refused);
    }
    assert_eq!(reading.card(id, who).unwrap(), Some(card("ada", "Ada")));
    let config = standby.config();
    let missing = PostgresStore::open(move || config.connect(NoTls), "missing", PATIENT);
    assert!(matches!(
        missing,
        Err(DatabaseError::Store(StoreError::Unavailable(_)))
    ));
    drop((reading, standby));

    server.stop();
    for _ in 0..2 {
        assert_eq!(told(&store.append(&batch)), "unavailable none");
        assert!(matches!(store.version(id), Err(StoreError::Unavailable(_))));
    }
    let config = server.config();
    let refused = PostgresStore::open(move || config.connect(NoTls), "down", PATIENT);
    let error = refused.unwrap_err();
    assert!(
        matches!(error, DatabaseError::Store(StoreError::Unavailable(_))),
        "{error:?}"
    );
    assert_eq!(error.to_string(), "the store does not work");
    server.up();
    assert_eq!(told(&store.append(&batch)), "stored");
    // Made again, the connection has to lead to the same tables.
    let mut raw = server.client();
    raw.batch_execute("UPDATE down.reverse_mentoring SET version = 7; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")
        .unwrap();
    let error = store.version(id).unwrap_err();
    let StoreError::Unavailable(cause) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(
        cause.to_string(),
        "the schema is in version 7, and this release knows versions up to 1"
    );
    raw.batch_execute("UPDATE down.reverse_mentoring SET version = 1")
        .unwrap();
    assert_eq!(told(&store.append(&batch)), "already");
}
