//! The PostgreSQL store on a real server, which the tests start by themselves; without one they say so and do nothing.
//!
//! What takes minutes, and needs `REQUIRE_POSTGRES=1`: `.ci/deep.d/postgres.sh`.
#![cfg(all(feature = "postgres", unix))]

#[path = "postgres/cuts.rs"]
mod cuts;
#[path = "support/dice.rs"]
mod dice;
#[path = "postgres/failures.rs"]
mod failures;
#[path = "postgres/kills.rs"]
mod kills;
#[path = "support/lists.rs"]
mod lists;
#[path = "support/nasty.rs"]
mod nasty;
#[path = "support/proxy.rs"]
mod proxy;
#[path = "support/server.rs"]
mod server;
#[path = "postgres/tables.rs"]
mod tables;
#[path = "postgres/vault.rs"]
mod vault;

use std::sync::OnceLock;
use std::time::Duration;

use proptest::prelude::*;
use reverse_mentoring::chrono::{Days, NaiveDate};
use reverse_mentoring::ids::{EntryId, ParticipantId};
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::conformance::{check_journal, check_vault};
use reverse_mentoring::store::postgres::PostgresStore;
use reverse_mentoring::store::postgres::postgres::{Config, NoTls};
use reverse_mentoring::store::*;
use reverse_mentoring::testing::Company;
use server::Server;

const PATIENT: Duration = Duration::from_secs(60);

/// The server of most tests, each in a schema of its own; it ends with the process.
fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(Server::start).as_ref()
}

/// Whether what takes minutes is asked for.
fn all_of_it() -> bool {
    std::env::var_os("REQUIRE_POSTGRES").is_some()
}

fn open_by(config: Config, schema: &str, patience: Duration) -> PostgresStore {
    PostgresStore::open(move || config.connect(NoTls), schema, patience).unwrap()
}

fn open(server: &Server, schema: &str) -> PostgresStore {
    open_by(server.config(), schema, PATIENT)
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(n)
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

fn append(store: &mut PostgresStore, id: ProgramId, entries: Vec<Entry>, ids: &mut SequentialIds) {
    let batch = Batch::of(id, entries, ids).unwrap();
    assert!(matches!(store.append(&batch).unwrap(), Appended::Stored));
}

fn all(store: &mut PostgresStore, id: ProgramId) -> Vec<Found> {
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

#[test]
fn it_conforms() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    for _ in 0..2 {
        let handle = || open(server, "conforms");
        check_journal(&|| Ok(Box::new(handle())), &mut ids).unwrap();
        check_vault(&|| Ok(Box::new(handle())), &mut ids).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn it_does_as_the_lists(asks in lists::asks()) {
        let Some(server) = server() else { return Ok(()) };
        let mut client = server.client();
        client.batch_execute("DROP SCHEMA IF EXISTS lists CASCADE").unwrap();
        lists::same(&mut open(server, "lists"), &asks)?;
    }
}

/// `writers` handles on one programme, `appends` each: one winner a version and no gap.
fn writers(writers: u32, appends: u32) {
    let Some(server) = server() else { return };
    let schema = format!("writers_{writers}");
    let (id, opening) = journal(&mut SequentialIds::new(1), 1);
    append(
        &mut open(server, &schema),
        id,
        opening,
        &mut SequentialIds::new(2),
    );
    let (mut won, mut conflicts) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let schema = schema.as_str();
        let write = |writer: u32| {
            let (mut store, mut won) = (open(server, schema), Vec::new());
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
                        other => panic!("{other:?}"),
                    }
                }
            }
            (won, conflicts)
        };
        let running: Vec<_> = (0..writers)
            .map(|w| scope.spawn(move || write(w)))
            .collect();
        for writer in running {
            let (theirs, lost) = writer.join().unwrap();
            won.extend(theirs);
            conflicts += lost;
        }
    });
    println!("{writers} writers, {appends} appends each, {conflicts} conflicts");
    won.sort_unstable();
    let total = u64::from(writers * appends);
    assert!(won.iter().map(|(at, _)| *at).eq(1..=total));
    let found = all(&mut open(server, &schema), id);
    assert_eq!(found.len() as u64, total + 1);
    let stored = found.iter().skip(1).map(|found| (found.sequence, found.id));
    assert!(stored.eq(won));
}

#[test]
fn four_writers_and_one_winner_a_version() {
    writers(4, 50);
}

#[test]
#[ignore = "16,000 appends that are synced, and the conflicts among 16 connections: .ci/deep.d/postgres.sh"]
fn sixteen_writers_and_one_winner_a_version() {
    if all_of_it() {
        writers(16, 1_000);
    }
}

/// Whoever writes in a programme keeps nobody from writing in another.
#[test]
fn programmes_do_not_wait_for_each_other() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "apart");
    let (held, entries) = journal(&mut ids, 1);
    append(&mut store, held, entries, &mut ids);
    let mut other = server.client();
    let take = format!("BEGIN; SELECT apart.take_turn('{held}')");
    other.batch_execute(&take).unwrap();
    let mut hurried = open_by(server.config(), "apart", Duration::ZERO);
    for _ in 0..3 {
        let (id, entries) = journal(&mut ids, 2);
        append(&mut hurried, id, entries, &mut ids);
        let who = ParticipantId::from_source(&mut ids);
        hurried.put(id, who, &card("ada", "Ada")).unwrap();
    }
    // In that one they read on, and are told that it is busy.
    assert_eq!(all(&mut hurried, held).len(), 1);
    let batch = Batch::of(held, [withdrew(&mut ids, 1)], &mut ids).unwrap();
    for _ in 0..2 {
        let error = hurried.append(&batch).unwrap_err();
        assert!(
            matches!(error, AppendError::Store(StoreError::Busy(_))),
            "{error:?}"
        );
    }
    other.batch_execute("ROLLBACK").unwrap();
    assert!(matches!(hurried.append(&batch).unwrap(), Appended::Stored));
}
