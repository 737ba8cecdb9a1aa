//! Several handles at once.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::bench::{Bench, Broken, Model, PATIENCE, Told, Trial, ask};
use super::{Clause, OpenJournal};
use crate::ids::ProgramId;
use crate::store::{AppendError, Appended, Batch, Filed, Journal, StoreError, Version};

const WRITERS: usize = 4;
/// Appends of each writer.
const TURNS: usize = 25;

pub(super) fn check(bench: &mut Bench<'_>, open: OpenJournal<'_>) {
    for clause in [race, race_again] {
        let (Ok(()) | Err(Broken)) = clause(bench, open);
    }
}

/// What a writer was told.
#[derive(Default)]
struct Log {
    stored: Vec<Batch>,
    refused: Option<String>,
}

/// Entries of a writer's turn, wherever they come to stand.
fn renumbered(
    filed: &[Filed],
    opening: &Filed,
    program: ProgramId,
    from: Version,
) -> Option<Batch> {
    let moved = filed.iter().zip(from.entries()..).map(|(filed, sequence)| {
        let mut moved = filed.clone();
        if sequence == 0 {
            moved.entry = opening.entry.clone();
        }
        moved.entry.sequence = sequence;
        moved
    });
    Batch::new(program, moved).ok()
}

/// Appends its turns, each where the journal ends, and again where others were first.
fn write(
    journal: &mut dyn Journal,
    program: ProgramId,
    opening: &Filed,
    turns: &[Vec<Filed>],
) -> Log {
    let mut log = Log::default();
    for turn in turns {
        let mut left = PATIENCE * WRITERS * TURNS;
        loop {
            let batch = match journal.version(program) {
                Ok(version) => renumbered(turn, opening, program, version),
                Err(StoreError::Busy(_)) => None,
                Err(error) => {
                    log.refused = Some(error.to_string());
                    return log;
                }
            };
            let answer = batch.map(|batch| (ask(journal, &batch), batch));
            let Some((told, batch)) = answer else {
                if left > 0 {
                    left -= 1;
                    continue;
                }
                log.refused = Some("the store is busy, again and again".to_owned());
                return log;
            };
            if told.is_stored() {
                log.stored.push(batch);
                break;
            }
            log.refused = Some(match told.answer {
                Err(AppendError::Conflict(_)) if left > 0 => {
                    left -= 1;
                    continue;
                }
                Ok(other) => format!("a new batch was answered `{other:?}`"),
                Err(error) => error.to_string(),
            });
            return log;
        }
    }
    log
}

/// The lengths at which a reader sees the journal while others write.
fn watch(journal: &mut dyn Journal, program: ProgramId, done: &AtomicBool) -> BTreeSet<u64> {
    let mut seen = BTreeSet::new();
    while !done.load(Ordering::Acquire) {
        if let Ok(found) = journal.read(program, Version::EMPTY, NonZeroUsize::MAX) {
            seen.insert(found.len() as u64);
        }
        thread::yield_now();
    }
    seen
}

fn race(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (clause, program) = (Clause::Race, bench.program());
    let opening = bench.entries(program, 0, 1);
    let opening = bench.filed(opening);
    let Some(opening) = opening.first() else {
        return Ok(());
    };
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let turns = (0..TURNS).map(|turn| {
            let length = 1 + (writer + turn) as u64 % 3;
            let entries = bench.entries(program, 1, length);
            bench.filed(entries)
        });
        let turns: Vec<_> = turns.collect();
        writers.push((bench.handle(open)?, turns));
    }
    let mut reader = bench.handle(open)?;
    let done = AtomicBool::new(false);
    let (logs, seen) = thread::scope(|scope| {
        let watching = scope.spawn(|| watch(&mut *reader, program, &done));
        let writing: Vec<_> = writers
            .into_iter()
            .map(|(mut journal, turns)| {
                scope.spawn(move || write(&mut *journal, program, opening, &turns))
            })
            .collect();
        let logs: Vec<_> = writing
            .into_iter()
            .map(|writer| writer.join().ok())
            .collect();
        done.store(true, Ordering::Release);
        (logs, watching.join().ok())
    });
    let mut winners: BTreeMap<Version, Batch> = BTreeMap::new();
    for log in logs {
        let Some(Log { stored, refused }) = log else {
            return Err(bench.breach(clause, "a writer panicked"));
        };
        if let Some(why) = refused {
            return Err(bench.breach(clause, format!("a writer was stopped: {why}")));
        }
        for batch in stored {
            let version = batch.expected();
            let twice = winners.insert(version, batch).is_some();
            bench.expect(!twice, clause, || {
                format!("two writers were told that they won version {version}")
            })?;
        }
    }
    let mut model = Model::default();
    let mut ends = BTreeSet::from([0]);
    for (version, batch) in winners {
        let next = model.version();
        bench.expect(version == next, clause, || {
            format!("nobody was told that they won version {next}, and somebody won {version}")
        })?;
        model.0.extend(batch.filed().iter().cloned());
        ends.insert(batch.end().entries());
    }
    let mut fresh = bench.handle(open)?;
    bench.holds(clause, &mut *fresh, program, &model)?;
    let Some(seen) = seen else {
        return Err(bench.breach(clause, "a reader panicked"));
    };
    let part = seen.difference(&ends).next();
    bench.expect(part.is_none(), clause, || {
        "a reader saw a part of a batch".to_owned()
    })
}

fn race_again(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let clause = Clause::RaceAgain;
    for length in [1, 3, 1, 40] {
        let program = bench.program();
        let entries = bench.entries(program, 0, length);
        let filed = bench.filed(entries);
        let batch = bench.batch(program, &filed)?;
        let mut handles = Vec::new();
        for _ in 0..WRITERS {
            handles.push(bench.handle(open)?);
        }
        let start = Barrier::new(WRITERS);
        let answers = thread::scope(|scope| {
            let (batch, start) = (&batch, &start);
            let asking: Vec<_> = handles
                .into_iter()
                .map(|mut journal| {
                    scope.spawn(move || {
                        start.wait();
                        ask(&mut *journal, batch)
                    })
                })
                .collect();
            let answers = asking.into_iter().map(|asking| asking.join().ok());
            answers.collect::<Vec<_>>()
        });
        let (mut stored, mut doubted) = (0, 0);
        for told in answers {
            let Some(Told {
                answer,
                doubted: in_doubt,
            }) = told
            else {
                return Err(bench.breach(clause, "a writer panicked"));
            };
            match answer {
                Ok(Appended::Stored) => stored += 1,
                Ok(Appended::Already) => doubted += u32::from(in_doubt),
                Ok(Appended::InDoubt(_)) => {
                    return Err(bench.breach(clause, "is in doubt, again and again"));
                }
                Err(error) => {
                    let message = format!("answered `{error}` to one of several who ask the same");
                    return Err(bench.breach(clause, message));
                }
            }
        }
        // Of those who were in doubt, one may have stored it unawares.
        let one = stored == 1 || (stored == 0 && doubted > 0);
        bench.expect(one, clause, || {
            format!("told {stored} of {WRITERS} who ask the same that they stored it")
        })?;
        let mut fresh = bench.handle(open)?;
        bench.holds(clause, &mut *fresh, program, &Model(filed))?;
    }
    Ok(())
}
