//! What the PostgreSQL store costs beside a bare loop of prepared `INSERT`s of the same bytes on the same server, and what reading costs.
//!
//! `cargo bench --features postgres --bench store_postgres`
//!
//! The server is one of its own in the temporary folder (`TMPDIR`), with `fsync` on: every commit is synced, so the disk decides. Both are
//! measured by turns, in the same run, over the same kind of connection, and the least of the rounds is told.

#[cfg(unix)]
#[path = "../tests/support/server.rs"]
mod server;

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    measured::main()
}

#[cfg(unix)]
mod measured {
    use std::error::Error;
    use std::time::{Duration, Instant};

    use chrono::{Days, NaiveDate};
    use postgres::{Client, NoTls};
    use reverse_mentoring::ids::EntryId;
    use reverse_mentoring::prelude::*;
    use reverse_mentoring::store::postgres::PostgresStore;
    use reverse_mentoring::store::{self, Appended, Batch, Journal};
    use reverse_mentoring::testing::{self, Company};

    use super::server::Server;

    type Done<T> = Result<T, Box<dyn Error>>;

    const ROUNDS: usize = 5;
    const LONG: usize = 100_000;

    /// A journal that passes the gate: people withdraw and enrol again.
    fn journal(length: usize) -> Done<(ProgramId, Vec<Entry>)> {
        let (company, mut ids) = (Company::sample()?, SequentialIds::new(1));
        let first = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no day")?;
        let at = |n: usize| Stamp::midnight(first + Days::new((n / 1_000) as u64));
        let (id, roster) = (ProgramId::from_source(&mut ids), company.roster());
        let (mut program, opening) = Program::open_with((), id, roster, Load::DEFAULT, at(0))?;
        let mut all = vec![opening];
        all.extend(testing::launch(&mut program, roster, at(0), &mut ids)?);
        let (_, cohort) = program.enrolled().next().ok_or("nobody")?;
        let people: Vec<_> = roster.participants().iter().map(Participant::id).collect();
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

    /// A schema with nothing but a table.
    fn bare(server: &Server, schema: &str) -> Done<Client> {
        let mut client = server.client();
        client.batch_execute(&format!(
            "CREATE SCHEMA {schema}; SET search_path = {schema};
             CREATE TABLE journal (program uuid, sequence bigint, id uuid, entry text, PRIMARY KEY (program, sequence), UNIQUE (program, id))"
        ))?;
        Ok(client)
    }

    fn open(server: &Server, schema: &str) -> Done<PostgresStore> {
        let (config, patience) = (server.config(), Duration::from_secs(5));
        Ok(PostgresStore::open(
            move || config.connect(NoTls),
            schema,
            patience,
        )?)
    }

    fn time(work: impl FnOnce() -> Done<()>) -> Done<Duration> {
        let begun = Instant::now();
        work()?;
        Ok(begun.elapsed())
    }

    fn rate(entries: usize, time: Duration) -> f64 {
        entries as f64 / time.as_secs_f64()
    }

    pub(crate) fn main() -> Done<()> {
        let Some(server) = Server::start() else {
            return Ok(());
        };
        let (id, entries) = journal(LONG)?;
        let texts: Result<Vec<String>, _> = entries.iter().map(serde_json::to_string).collect();
        let bytes: usize = texts?.iter().map(String::len).sum();
        println!("{LONG} entries of {} bytes on average", bytes / LONG);
        for (size, count) in [(1, 500), (100, 20_000)] {
            let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
            for round in 0..ROUNDS {
                let mut ids = SequentialIds::new(2);
                let mut store = open(&server, &format!("ours_{size}_{round}"))?;
                let parts = entries[..count].chunks(size).map(<[Entry]>::to_vec);
                let parts: Vec<Vec<Entry>> = parts.collect();
                ours = ours.min(time(|| {
                    for part in parts.clone() {
                        let stored = store.append(&Batch::of(id, part, &mut ids)?)?;
                        assert!(matches!(stored, Appended::Stored));
                    }
                    Ok(())
                })?);
                let mut ids = SequentialIds::new(2);
                let mut client = bare(&server, &format!("bare_{size}_{round}"))?;
                theirs = theirs.min(time(|| {
                    let insert = client.prepare("INSERT INTO journal VALUES ($1, $2, $3, $4)")?;
                    for part in &parts {
                        let mut transaction = client.transaction()?;
                        for entry in part {
                            let text = serde_json::to_string(entry)?;
                            let key = EntryId::from_source(&mut ids);
                            let sequence = i64::try_from(entry.sequence)?;
                            transaction.execute(
                                &insert,
                                &[id.as_uuid(), &sequence, key.as_uuid(), &text],
                            )?;
                        }
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
        reading(&server, id, &entries)
    }

    fn reading(server: &Server, id: ProgramId, entries: &[Entry]) -> Done<()> {
        let (mut store, mut ids) = (open(server, "long")?, SequentialIds::new(3));
        for part in entries.chunks(10_000) {
            let _ = store.append(&Batch::of(id, part.to_vec(), &mut ids)?)?;
        }
        let (mut gate, mut read, mut peer) = (Duration::MAX, Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            gate = gate.min(time(|| {
                let opened = store::open_with((), &mut store, id)?;
                assert_eq!(opened.next_sequence(), LONG as u64);
                Ok(())
            })?);
            read = read.min(time(|| {
                let all = store::entries(&mut store, id, store::Version::EMPTY);
                assert_eq!(all.count(), LONG);
                Ok(())
            })?);
            let mut client = server.client();
            peer = peer.min(time(|| {
                let sql = "SELECT entry FROM long.journal WHERE program = $1 ORDER BY sequence";
                let mut count = 0;
                for row in client.query(sql, &[id.as_uuid()])? {
                    let entry: Entry = serde_json::from_str(row.try_get(0)?)?;
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
        Ok(())
    }
}
