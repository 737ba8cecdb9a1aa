//! Kill −9 while a process appends: what was acknowledged is there, and no batch in part.
//!
//! A child, this very test run again, writes a story that both know by heart, and says after each step that it is done. The quick
//! part kills it at moments by dice; the whole one, `.ci/deep.d/store_kill.sh`, at every system call that reaches the file, by `strace`.
#![cfg(all(feature = "sqlite", unix))]

#[path = "support/folder.rs"]
mod folder;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use folder::Folder;
use reverse_mentoring::chrono::NaiveDate;
use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::journal::{Places, Stored};
use reverse_mentoring::prelude::*;
use reverse_mentoring::roster::RosterFingerprint;
use reverse_mentoring::store::sqlite::SqliteStore;
use reverse_mentoring::store::sqlite::rusqlite::Connection;
use reverse_mentoring::store::*;

/// What the child does, one after the other.
enum Deed {
    Append(Batch),
    Put(ParticipantId, Card),
    Erase(ParticipantId),
}

/// Numbers by a seed, the same for both.
fn dice(state: &mut u64, sides: u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % sides
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()
}

/// Two programmes by turns; batches of one, few and many entries, small and large.
fn story(shape: u64, deeds: usize) -> Vec<Deed> {
    let (mut ids, mut state) = (SequentialIds::new(3), shape.wrapping_mul(77) + 5);
    let programs = [0; 2].map(|_| ProgramId::from_source(&mut ids));
    let (mut ends, mut people, mut story) = ([0_u64; 2], Vec::new(), Vec::new());
    while story.len() < deeds {
        let which = dice(&mut state, 2) as usize;
        match dice(&mut state, 8) {
            6 => {
                let who = ParticipantId::from_source(&mut ids);
                let key = Key::new(format!("key-{}", story.len())).unwrap();
                let name = format!("Xanthippe-{}-", story.len()).repeat(20);
                people.push(who);
                story.push(Deed::Put(
                    who,
                    Card {
                        key,
                        name,
                        notes: String::new(),
                    },
                ));
            }
            7 if !people.is_empty() => story.push(Deed::Erase(people.remove(0))),
            _ => {
                let count = [1, 1, 1, 3, 40][dice(&mut state, 5) as usize];
                let crowd = [0, 2, 120][dice(&mut state, 3) as usize];
                let entries = (ends[which]..ends[which] + count).map(|sequence| {
                    let stamp = Stamp::midnight(day());
                    let event = if sequence == 0 {
                        let people = (0..crowd).map(|_| Places {
                            participant: ParticipantId::from_source(&mut ids),
                            as_mentor: 1,
                            as_mentee: 0,
                        });
                        Event::Opened {
                            program: programs[which],
                            roster: RosterFingerprint::try_from("0".repeat(32)).unwrap(),
                            load: Load::DEFAULT,
                            people: people.collect(),
                        }
                    } else {
                        let ended = (0..crowd / 4).map(|_| PairingId::from_source(&mut ids));
                        let ended = ended.collect();
                        Event::Withdrew {
                            participant: ParticipantId::from_source(&mut ids),
                            ended,
                        }
                    };
                    Entry::new(sequence, stamp, event)
                });
                let entries: Vec<Entry> = entries.collect();
                ends[which] += count;
                story.push(Deed::Append(
                    Batch::of(programs[which], entries, &mut ids).unwrap(),
                ));
            }
        }
    }
    story
}

const VAULT: u128 = 5;

fn vault() -> ProgramId {
    ProgramId::new(reverse_mentoring::uuid::Uuid::from_u128(VAULT))
}

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, Duration::from_secs(60)).unwrap()
}

fn do_it(store: &mut SqliteStore, deed: &Deed) -> bool {
    match deed {
        Deed::Append(batch) => matches!(store.append(batch).unwrap(), Appended::Stored),
        Deed::Put(who, card) => store.put(vault(), *who, card).is_ok(),
        Deed::Erase(who) => {
            let mut list = store.erased(vault()).unwrap();
            list.add(*who, day());
            store.erase(vault(), &list, &[]).unwrap().traces == Traces::Gone
        }
    }
}

/// What the others run as a child; by itself it does nothing. Its words go past the test harness.
#[test]
fn child() {
    let Some(path) = std::env::var_os("STORE_CHILD") else {
        return;
    };
    let number = |name| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let mut store = open(Path::new(&path));
    for (n, deed) in story(number("STORE_SHAPE"), number("STORE_DEEDS") as usize)
        .iter()
        .enumerate()
    {
        assert!(do_it(&mut store, deed));
        let mut out = std::io::stdout().lock();
        writeln!(out, "\ndone {n}").unwrap();
        out.flush().unwrap();
    }
}

/// This test as a child, below `strace` or not.
fn spawn(prefix: &[String], test: &str, path: &Path, shape: u64, deeds: usize) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = match prefix {
        [] => Command::new(this),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(this);
            command
        }
    };
    command
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env("STORE_CHILD", path)
        .env("STORE_SHAPE", shape.to_string())
        .env("STORE_DEEDS", deeds.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// What is on disk after so many deeds were acknowledged: those, and perhaps the next.
fn judge(path: &Path, story: &[Deed], acknowledged: usize) {
    {
        let raw = Connection::open(path).unwrap();
        let word: String = raw
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(word, "ok");
    }
    let mut store = open(path);
    let holds = |store: &mut SqliteStore, deeds: usize| {
        let (mut lists, mut cards, mut gone) =
            (std::collections::BTreeMap::new(), Vec::new(), Vec::new());
        for deed in &story[..deeds] {
            match deed {
                Deed::Append(batch) => {
                    lists
                        .entry(batch.program())
                        .or_insert_with(Vec::new)
                        .extend(batch.filed());
                }
                Deed::Put(who, card) => cards.push((*who, card.clone())),
                Deed::Erase(who) => {
                    cards.retain(|(other, _)| other != who);
                    gone.push(*who);
                }
            }
        }
        let programs: std::collections::BTreeSet<ProgramId> = story
            .iter()
            .filter_map(|deed| match deed {
                Deed::Append(batch) => Some(batch.program()),
                _ => None,
            })
            .collect();
        let same = programs.into_iter().all(|program| {
            let found: Vec<_> = entries(store, program, Version::EMPTY)
                .map(Result::unwrap)
                .collect();
            let due = lists.get(&program).map_or(&[][..], |list| list);
            let equal = |(found, due): (&Found, &&Filed)| {
                (found.id, &found.stored) == (due.id, &Stored::Entry(due.entry.clone()))
            };
            found.len() == due.len() && found.iter().zip(due).all(equal)
        });
        let all = std::num::NonZeroUsize::MAX;
        let erased = store.erased(vault()).unwrap();
        let erased: Vec<_> = erased.people().map(|(who, _)| who).collect();
        same && store.cards(vault(), None, all).unwrap() == cards && erased == gone
    };
    let next = (acknowledged + 1).min(story.len());
    let done = if holds(&mut store, next) {
        next
    } else {
        acknowledged
    };
    assert!(
        holds(&mut store, done),
        "after {acknowledged} acknowledged deeds"
    );
    // What was in doubt, asked again with the same ids, is stored once; and the story goes on.
    for (n, deed) in story.iter().enumerate().skip(acknowledged).take(3) {
        match deed {
            Deed::Append(batch) => match store.append(batch).unwrap() {
                Appended::Already => assert!(n < done),
                Appended::Stored => assert!(n >= done),
                Appended::InDoubt(error) => panic!("{error}"),
                _ => panic!(),
            },
            deed => assert!(do_it(&mut store, deed)),
        }
    }
    assert!(holds(&mut store, (acknowledged + 3).min(story.len())));
}

/// Reads what the child says until it says no more; `stop` after so many words.
fn listen(out: impl std::io::Read, mut said: impl FnMut(usize)) -> usize {
    let mut done = 0;
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        if let Some(n) = line.strip_prefix("done ") {
            let n: usize = n.parse().unwrap();
            assert_eq!(n, done);
            done += 1;
            said(done);
        }
    }
    done
}

/// Kills a child after `after` deeds and a while.
fn killed_by_dice(folder: &Folder, trial: u64) -> usize {
    let (mut state, deeds) = (trial * 31 + 1, 60);
    let path = folder.file(&format!("{trial}.sqlite"));
    let mut child = spawn(&[], "child", &path, trial, deeds).spawn().unwrap();
    let after = dice(&mut state, 12) as usize;
    let nap = Duration::from_micros(dice(&mut state, 4_000));
    let out = child.stdout.take().unwrap();
    let child = std::cell::RefCell::new(child);
    if after == 0 {
        std::thread::sleep(nap * 4);
        let _ = child.borrow_mut().kill();
    }
    let done = listen(out, |done| {
        if done == after {
            std::thread::sleep(nap);
            let _ = child.borrow_mut().kill();
        }
    });
    let status = child.into_inner().wait().unwrap();
    assert!(!status.success() || done == deeds);
    judge(&path, &story(trial, deeds), done);
    done
}

#[test]
fn killed_at_moments_by_dice() {
    let folder = Folder::new("dice");
    let done: Vec<usize> = (0..40)
        .map(|trial| killed_by_dice(&folder, trial))
        .collect();
    println!(
        "{} kills, {} deeds acknowledged",
        done.len(),
        done.iter().sum::<usize>()
    );
    assert!(done.iter().filter(|done| **done > 0).count() > 20);
}

/// Everything by which SQLite changes a file.
const CALLS: [&str; 8] = [
    "pwrite64",
    "fdatasync",
    "fsync",
    "ftruncate",
    "unlink",
    "write",
    "openat",
    "fallocate",
];

/// At each call of each kind that concerns the store's files, until the child lives to its end.
#[test]
#[ignore = "needs strace and minutes: .ci/deep.d/store_kill.sh"]
fn killed_at_every_storage_step() {
    let Some(least) = std::env::var("STORE_KILLS")
        .ok()
        .and_then(|n| n.parse::<usize>().ok())
    else {
        return;
    };
    let folder = Folder::new("steps");
    let (mut kills, mut acknowledged, mut shape, deeds) = (0, 0, 0, 12);
    while kills < least {
        let story = story(shape, deeds);
        for call in CALLS {
            for when in 1.. {
                let path = folder.file("store.sqlite");
                for file in ["", "-wal", "-shm", "-journal"] {
                    let _ = std::fs::remove_file(format!("{}{file}", path.display()));
                }
                let mut prefix: Vec<String> = ["strace", "-f", "-qq", "-o", "/dev/null"]
                    .map(str::to_owned)
                    .into();
                for file in ["", "-wal", "-shm", "-journal"] {
                    prefix.extend(["-P".to_owned(), format!("{}{file}", path.display())]);
                }
                prefix.extend([
                    "-e".to_owned(),
                    format!("inject={call}:signal=KILL:when={when}"),
                ]);
                let mut child = spawn(&prefix, "child", &path, shape, deeds)
                    .spawn()
                    .unwrap();
                let done = listen(child.stdout.take().unwrap(), |_| {});
                let status = child.wait().unwrap();
                judge(&path, &story, done);
                acknowledged += done;
                if status.success() {
                    assert_eq!(done, deeds);
                    break;
                }
                kills += 1;
            }
        }
        shape += 1;
    }
    println!(
        "{kills} kills at storage steps of {shape} stories, {acknowledged} deeds acknowledged"
    );
    let dice: usize = (1_000..1_200)
        .map(|trial| killed_by_dice(&folder, trial))
        .sum();
    println!("200 kills at moments by dice, {dice} deeds acknowledged");
}

/// Calls that fail: an error means that nothing is stored, also after the process is gone; what fails in a commit is in doubt.
#[test]
#[ignore = "needs strace and minutes: .ci/deep.d/store_kill.sh"]
fn calls_that_fail_store_nothing_or_leave_a_doubt() {
    if std::env::var_os("STORE_KILLS").is_none() {
        return;
    }
    let folder = Folder::new("failing");
    let (mut told, mut shape) = ([0_usize; 3], 0);
    while told[0] + told[1] < 300 {
        for (call, error) in [
            ("pwrite64", "ENOSPC"),
            ("write", "ENOSPC"),
            ("write", "EIO"),
            ("pwrite64", "EIO"),
            ("fsync", "EIO"),
            ("fdatasync", "EIO"),
            ("ftruncate", "EIO"),
        ] {
            for when in 1..20 {
                let path = folder.file(&format!("{shape}-{call}-{error}-{when}.sqlite"));
                drop(open(&path)); // so that what fails is an append
                let mut prefix: Vec<String> = ["strace", "-f", "-qq", "-o", "/dev/null"]
                    .map(str::to_owned)
                    .into();
                for file in ["", "-wal"] {
                    prefix.extend(["-P".to_owned(), format!("{}{file}", path.display())]);
                }
                prefix.extend([
                    "-e".to_owned(),
                    format!("inject={call}:error={error}:when={when}"),
                ]);
                let mut command = spawn(&prefix, "child_that_goes_on", &path, shape, 8);
                command.env("STORE_FAILING", "1");
                let this = command.output().unwrap();
                let words = String::from_utf8_lossy(&this.stdout).into_owned();
                let said = |word: &str| {
                    words
                        .lines()
                        .filter_map(|l| l.strip_prefix(word)?.trim().parse::<usize>().ok())
                        .collect::<Vec<_>>()
                };
                let (stored, failed, doubted) =
                    (said("stored "), said("failed "), said("doubted "));
                told[0] += failed.len();
                told[1] += doubted.len();
                told[2] += stored.len();
                let mut store = open(&path);
                for (n, deed) in story(shape, 8).iter().enumerate() {
                    let Deed::Append(batch) = deed else { continue };
                    let there = matches!(store.append(batch), Ok(Appended::Already));
                    assert!(
                        !stored.contains(&n) || there,
                        "{call} {error} {when}: {n} is lost: {words}"
                    );
                    assert!(
                        !failed.contains(&n) || !there,
                        "{call} {error} {when}: {n} is stored: {words}"
                    );
                }
            }
        }
        shape += 1;
    }
    println!(
        "{} appends failed, {} in doubt, {} stored beside them",
        told[0], told[1], told[2]
    );
    // SQLite writes when it commits, so what fails is nearly always in doubt.
    assert!(told[1] > 0 && told[2] > 0, "{told:?}");
}

/// The child of the test above: appends what it can, and says what it was told. Nothing is asked twice.
#[test]
fn child_that_goes_on() {
    let (Some(path), Some(_)) = (
        std::env::var_os("STORE_CHILD"),
        std::env::var_os("STORE_FAILING"),
    ) else {
        return;
    };
    let shape = std::env::var("STORE_SHAPE")
        .unwrap()
        .parse::<u64>()
        .unwrap();
    let Ok(mut store) = SqliteStore::open(Path::new(&path), Duration::from_secs(60)) else {
        return;
    };
    for (n, deed) in story(shape, 8).iter().enumerate() {
        let Deed::Append(batch) = deed else { continue };
        let word = match store.append(batch) {
            Ok(Appended::Stored) => "stored",
            Ok(Appended::InDoubt(_)) => "doubted",
            Err(AppendError::Store(_)) => "failed",
            Err(AppendError::Conflict(_)) => "lost",
            _ => "other",
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{word} {n}").unwrap();
        out.flush().unwrap();
    }
}
