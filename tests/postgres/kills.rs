//! Kill −9 of the server while several write: what was acknowledged is there, in its place, and what is in doubt is settled by asking again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reverse_mentoring::journal::Stored;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::*;

use super::dice::Dice;
use super::server::Server;
use super::{all, all_of_it, append, journal, open, withdrew};

/// What a writer was told.
#[derive(Debug, Default)]
struct Told {
    /// The batches that were acknowledged, in their order.
    stored: Vec<Batch>,
    doubts: usize,
    /// Doubts that turned out to be stored.
    there: usize,
    errors: usize,
    conflicts: usize,
}

/// Appends one batch after the other until it is told to stop, each until it is settled.
fn write(server: &Server, program: ProgramId, alone: bool, seed: u32, stop: &AtomicBool) -> Told {
    let (mut store, mut ids) = (open(server, "kills"), SequentialIds::new(seed));
    let (mut told, mut dice) = (Told::default(), Dice(seed.into()));
    let mut end = None;
    while !stop.load(Ordering::Acquire) {
        let from = match end.map_or_else(|| store.version(program), Ok) {
            Ok(version) => version,
            Err(_) => {
                std::thread::sleep(Duration::from_millis(5));
                continue;
            }
        };
        let count = dice.of(&[1, 1, 1, 4, 30]);
        let entries = (from.entries()..from.entries() + count).map(|at| withdrew(&mut ids, at));
        let entries: Vec<Entry> = entries.collect();
        let batch = Batch::of(program, entries, &mut ids).unwrap();
        let mut doubted = false;
        loop {
            match store.append(&batch) {
                Ok(Appended::Stored) => {
                    told.stored.push(batch.clone());
                    break end = Some(batch.end()).filter(|_| alone);
                }
                Ok(Appended::Already) => {
                    assert!(doubted, "what was never in doubt is stored already");
                    told.there += 1;
                    told.stored.push(batch.clone());
                    break end = Some(batch.end()).filter(|_| alone);
                }
                Ok(Appended::InDoubt(_)) => {
                    doubted = true;
                    told.doubts += 1;
                }
                Err(AppendError::Store(StoreError::Unavailable(_) | StoreError::Busy(_))) => {
                    told.errors += 1;
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(AppendError::Conflict(conflict)) => {
                    // Nobody else writes there: something that was acknowledged would be lost, or something else stored.
                    assert!(!alone, "{conflict}");
                    assert!(conflict.found > conflict.expected, "{conflict}");
                    told.conflicts += 1;
                    break end = None;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    told
}

/// Stops the writers, also where a test fails.
struct Stop<'s>(&'s AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

fn killed(kills: u32) {
    let Some(server) = Server::start() else {
        return;
    };
    let mut ids = SequentialIds::new(1);
    let mut store = open(&server, "kills");
    let programs = [0; 3].map(|_| {
        let (id, opening) = journal(&mut ids, 1);
        append(&mut store, id, opening, &mut ids);
        id
    });
    // Two who are alone in theirs, and two in one.
    let writers = [(0, true), (1, true), (2, false), (2, false)];
    let stop = AtomicBool::new(false);
    let told: Vec<(ProgramId, Told)> = std::thread::scope(|scope| {
        let (server, stop) = (&server, &stop);
        let write = |(seed, (which, alone)): (u32, (usize, bool))| {
            let program = programs[which];
            scope.spawn(move || (program, write(server, program, alone, seed, stop)))
        };
        let running: Vec<_> = (100..).zip(writers).map(write).collect();
        let (mut dice, stopping) = (Dice(u64::from(kills)), Stop(stop));
        for kill in 0..kills {
            std::thread::sleep(Duration::from_millis(20 + dice.roll(400)));
            if kill % 2 == 0 {
                server.kill();
                server.up();
            } else {
                server.kill_one(dice.roll(100) as usize);
                server.wait();
            }
            if running.iter().any(|writer| writer.is_finished()) {
                break; // one has panicked
            }
        }
        std::thread::sleep(Duration::from_millis(300));
        drop(stopping);
        running
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .collect()
    });
    let sum = |of: fn(&Told) -> usize| told.iter().map(|(_, told)| of(told)).sum::<usize>();
    println!(
        "{kills} kills of a server: {} batches acknowledged, {} in doubt of which {} were stored, {} errors, {} conflicts",
        sum(|t| t.stored.len()),
        sum(|t| t.doubts),
        sum(|t| t.there),
        sum(|t| t.errors),
        sum(|t| t.conflicts),
    );
    let mut due: BTreeMap<ProgramId, Vec<&Filed>> = BTreeMap::new();
    for (program, told) in &told {
        let list = due.entry(*program).or_default();
        list.extend(told.stored.iter().flat_map(Batch::filed));
    }
    let mut store = open(&server, "kills");
    for (program, mut due) in due {
        due.sort_by_key(|filed| filed.entry.sequence);
        let found = all(&mut store, program);
        assert_eq!(found.len(), due.len() + 1);
        for (found, due) in found.iter().skip(1).zip(due) {
            assert_eq!((found.sequence, found.id), (due.entry.sequence, due.id));
            assert_eq!(found.stored, Stored::Entry(due.entry.clone()));
        }
    }
    assert!(sum(|t| t.stored.len()) > kills as usize && sum(|t| t.errors) > 0);
}

#[test]
fn a_server_is_killed_now_and_then() {
    killed(4);
}

#[test]
#[ignore = "each restart takes seconds: .ci/deep.d/postgres.sh"]
fn a_server_is_killed_sixty_times() {
    if all_of_it() {
        killed(60);
    }
}
