//! What the SQLite store costs beside a bare loop of `INSERT`s of the same bytes in the same settings, and what reading costs.
//!
//! `cargo bench --features sqlite --bench store [-- FOLDER]`
//!
//! Every commit is synced, so the disk decides: give a folder on the one that counts. Both are measured by turns, in the same run,
//! and the least of the rounds is told.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use reverse_mentoring::ids::EntryId;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::sqlite::SqliteStore;
use reverse_mentoring::store::sqlite::rusqlite::{Connection, params};
use reverse_mentoring::store::{self, Appended, Batch, Journal};
use reverse_mentoring::testing::{self, Company};

type Done<T> = Result<T, Box<dyn Error>>;

const ROUNDS: usize = 5;
const LONG: usize = 200_000;

/// A journal that passes the gate: people withdraw and enrol again.
fn journal(length: usize) -> Done<(ProgramId, Vec<Entry>)> {
    let (company, mut ids) = (Company::sample()?, SequentialIds::new(1));
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no day")?;
    let at = |n: usize| Stamp::midnight(first + Days::new((n / 1_000) as u64));
    let id = ProgramId::from_source(&mut ids);
    let (mut program, opening) =
        Program::open_with((), id, company.roster(), Load::DEFAULT, at(0))?;
    let mut all = vec![opening];
    all.extend(testing::launch(
        &mut program,
        company.roster(),
        at(0),
        &mut ids,
    )?);
    let (_, cohort) = program.enrolled().next().ok_or("nobody")?;
    let people: Vec<_> = company
        .roster()
        .participants()
        .iter()
        .map(Participant::id)
        .collect();
    for n in 0.. {
        if all.len() >= length {
            break;
        }
        let who = people[n / 2 % people.len()];
        all.push(match n % 2 {
            0 => program.withdraw(who, at(n))?,
            _ => program.enrol(cohort, [(who, Readiness::confirmed())], at(n))?,
        });
    }
    Ok((id, all))
}

/// A file of the same settings with nothing but a table.
fn bare(path: &Path) -> Done<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
         CREATE TABLE journal (program BLOB, sequence INTEGER, id BLOB, entry TEXT,
           PRIMARY KEY (program, sequence), UNIQUE (program, id)) STRICT, WITHOUT ROWID",
    )?;
    Ok(connection)
}

fn time(work: impl FnOnce() -> Done<()>) -> Done<Duration> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}

fn rate(entries: usize, time: Duration) -> f64 {
    entries as f64 / time.as_secs_f64()
}

fn main() -> Done<()> {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let folder = folder.map_or_else(std::env::temp_dir, Into::into);
    let folder = folder.join(format!("store-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let told = measure(&folder);
    std::fs::remove_dir_all(&folder)?;
    told
}

fn measure(folder: &Path) -> Done<()> {
    let (id, entries) = journal(LONG)?;
    let bytes: usize = entries
        .iter()
        .map(|e| serde_json::to_string(e).map_or(0, |t| t.len()))
        .sum();
    println!("{LONG} entries of {} bytes on average", bytes / LONG);
    for (size, count) in [(1, 500), (100, 20_000)] {
        let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
        for round in 0..ROUNDS {
            let mut ids = SequentialIds::new(2);
            let mut store = SqliteStore::open(
                folder.join(format!("ours-{size}-{round}")),
                Duration::from_secs(5),
            )?;
            let parts: Vec<Vec<Entry>> = entries[..count]
                .chunks(size)
                .map(<[Entry]>::to_vec)
                .collect();
            ours = ours.min(time(|| {
                for part in parts.clone() {
                    let stored = store.append(&Batch::of(id, part, &mut ids)?)?;
                    assert!(matches!(stored, Appended::Stored));
                }
                Ok(())
            })?);
            let mut ids = SequentialIds::new(2);
            let mut connection = bare(&folder.join(format!("bare-{size}-{round}")))?;
            theirs = theirs.min(time(|| {
                for part in &parts {
                    let transaction = connection.transaction()?;
                    let mut insert = transaction
                        .prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3, ?4)")?;
                    for entry in part {
                        let text = serde_json::to_string(entry)?;
                        let key = EntryId::from_source(&mut ids);
                        let sequence = i64::try_from(entry.sequence)?;
                        insert.execute(params![
                            id.as_uuid().as_bytes(),
                            sequence,
                            key.as_uuid().as_bytes(),
                            text
                        ])?;
                    }
                    drop(insert);
                    transaction.commit()?;
                }
                Ok(())
            })?);
        }
        println!(
            "append, {size} at a time: {:.0} entries/s; bare INSERT {:.0} entries/s; {:.2} times its time",
            rate(count, ours),
            rate(count, theirs),
            ours.as_secs_f64() / theirs.as_secs_f64()
        );
    }
    let path = folder.join("long");
    let mut store = SqliteStore::open(&path, Duration::from_secs(5))?;
    let mut ids = SequentialIds::new(3);
    for part in entries.chunks(10_000) {
        let _ = store.append(&Batch::of(id, part.to_vec(), &mut ids)?)?;
    }
    let (mut gate, mut read, mut peer) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        gate = gate.min(time(|| {
            assert_eq!(
                store::open_with((), &mut store, id)?.next_sequence(),
                LONG as u64
            );
            Ok(())
        })?);
        read = read.min(time(|| {
            assert_eq!(
                store::entries(&mut store, id, store::Version::EMPTY).count(),
                LONG
            );
            Ok(())
        })?);
        let connection = Connection::open(&path)?;
        peer = peer.min(time(|| {
            let mut select = connection
                .prepare("SELECT entry FROM journal WHERE program = ?1 ORDER BY sequence")?;
            let mut rows = select.query([id.as_uuid().as_bytes()])?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                let entry: Entry = serde_json::from_str(row.get_ref(0)?.as_str()?)?;
                count += usize::from(entry.version == 1);
            }
            assert_eq!(count, LONG);
            Ok(())
        })?);
    }
    println!(
        "replay by the gate alone: {:.0} entries/s; reading {:.0}; bare SELECT and serde_json {:.0}",
        rate(LONG, gate),
        rate(LONG, read),
        rate(LONG, peer)
    );
    let begun = Instant::now();
    let program = store::open_with((), &mut store, id)?;
    store.snapshot(&program.to_record())?;
    let kept = begun.elapsed();
    let open = time(|| {
        assert_eq!(
            store::open_gate(&mut store, id)?.next_sequence(),
            LONG as u64
        );
        Ok(())
    })?;
    println!("opening from a record: {open:?} (made by replay and kept in {kept:?})");
    Ok(())
}
