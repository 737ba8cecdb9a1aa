//! Journals that hold as long as nobody else is there.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use reverse_mentoring::ids::ProgramId;
use reverse_mentoring::journal::Stored;
use reverse_mentoring::program::ProgramRecord;
use reverse_mentoring::store::*;

use super::journals as suite;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Gap {
    /// Asks how long the journal is, and then appends: another may have come in between.
    Check,
    /// One entry after the other.
    Part,
    /// What it acknowledges is seen by others when something else is appended.
    Late,
    /// Gives up in a thread.
    Panic,
}

type Shelves = Arc<Mutex<BTreeMap<ProgramId, Vec<Filed>>>>;

/// Where threads of the suite meet, so that what goes wrong between them does not hang on how busy the machine is.
#[derive(Default)]
struct Meeting {
    /// How many of them have come, by programme.
    come: Mutex<BTreeMap<ProgramId, u64>>,
    bell: Condvar,
    /// Whether a reader was waited for.
    over: AtomicBool,
}

impl Meeting {
    /// Longer than any machine keeps a thread waiting.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// Somebody has come, as the so many-th, from 1 on.
    fn come(&self, program: ProgramId) -> u64 {
        let mut come = self.come.lock().unwrap();
        let count = come.entry(program).or_default();
        *count += 1;
        self.bell.notify_all();
        *count
    }

    /// How many have come so far.
    fn count(&self, program: ProgramId) -> u64 {
        self.come
            .lock()
            .unwrap()
            .get(&program)
            .copied()
            .unwrap_or_default()
    }

    /// Until so many have come.
    fn wait(&self, program: ProgramId, count: u64) {
        let come = self.come.lock().unwrap();
        let few = |come: &mut BTreeMap<ProgramId, u64>| {
            come.get(&program).copied().unwrap_or_default() < count
        };
        let (_come, late) = self
            .bell
            .wait_timeout_while(come, Self::PATIENCE, few)
            .unwrap();
        assert!(!late.timed_out(), "nobody came");
    }
}

/// Whether this is one of the threads that the suite starts: they have no names.
fn in_a_race() -> bool {
    std::thread::current().name().is_none()
}

struct Torn {
    shelves: Shelves,
    records: MemoryStore,
    gap: Gap,
    held: Vec<(ProgramId, Filed)>,
    meeting: Arc<Meeting>,
}

impl Torn {
    fn all(&self, program: ProgramId) -> Vec<Filed> {
        let mut all = self
            .shelves
            .lock()
            .unwrap()
            .get(&program)
            .cloned()
            .unwrap_or_default();
        let held = self.held.iter().filter(|(of, _)| *of == program);
        all.extend(held.map(|(_, filed)| filed.clone()));
        all
    }

    fn push(&self, program: ProgramId, filed: &[Filed]) {
        let mut shelves = self.shelves.lock().unwrap();
        shelves
            .entry(program)
            .or_default()
            .extend(filed.iter().cloned());
    }
}

impl Journal for Torn {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        Ok(Version::new(self.all(program).len() as u64))
    }

    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        static WRITER: Mutex<()> = Mutex::new(());
        let program = batch.program();
        let _one = (self.gap != Gap::Check).then(|| WRITER.lock());
        let all = self.all(program);
        let mine = |filed: &&Filed| batch.filed().iter().any(|other| other.id == filed.id);
        let standing = all.iter().filter(mine).map(|filed| {
            let stored = Stored::Entry(filed.entry.clone());
            Standing::new(filed.id, filed.entry.sequence, stored)
        });
        let standing: Vec<_> = standing.collect();
        match batch.judge(Version::new(all.len() as u64), &standing)? {
            Verdict::Already => return Ok(Appended::Already),
            Verdict::Store => {}
        }
        // Nobody has stored anything before the second has judged, too: both find the journal empty.
        if self.gap == Gap::Check && in_a_race() && self.meeting.come(program) == 1 {
            self.meeting.wait(program, 2);
        }
        if self.gap == Gap::Panic && in_a_race() {
            std::panic::resume_unwind(Box::new("gives up")); // without a word on the terminal
        }
        match self.gap {
            Gap::Part => {
                // Batches of two are only in the race with a reader, who reads on until all writers are done.
                let slow = in_a_race() && batch.filed().len() == 2;
                for filed in batch.filed() {
                    self.push(program, std::slice::from_ref(filed));
                    if slow && !self.meeting.over.swap(true, Ordering::Relaxed) {
                        // A reading that is under way may miss it; the one after that does not.
                        let so_far = self.meeting.count(program);
                        self.meeting.wait(program, so_far + 2);
                    }
                }
            }
            Gap::Late => {
                for (program, filed) in std::mem::take(&mut self.held) {
                    self.push(program, &[filed]);
                }
                let held = batch.filed().iter().map(|filed| (program, filed.clone()));
                self.held.extend(held);
            }
            Gap::Check | Gap::Panic => self.push(program, batch.filed()),
        }
        Ok(Appended::Stored)
    }

    fn read(
        &mut self,
        program: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        let from = usize::try_from(from.entries()).unwrap_or(usize::MAX);
        let all = self.all(program).into_iter().skip(from).take(most.get());
        let found = all.map(|f| Found::new(f.entry.sequence, f.id, Stored::Entry(f.entry)));
        if self.gap == Gap::Part && in_a_race() {
            self.meeting.come(program);
        }
        Ok(found.collect())
    }

    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        let (program, entries) = (record.program(), Version::new(record.entries()));
        let found = self.version(program)?;
        let all = self.all(program);
        if entries > found {
            return Err(SnapshotError::Ahead {
                program,
                entries,
                found,
            });
        }
        let missing = self.records.version(program)?.entries() as usize;
        if let Ok(batch) = Batch::new(program, all.into_iter().skip(missing)) {
            let _ = self.records.append(&batch);
        }
        self.records.snapshot(record)
    }

    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        self.records.latest(program)
    }
}

fn broken(gap: Gap) -> Vec<String> {
    let (shelves, records) = (Shelves::default(), MemoryStore::new());
    let meeting = Arc::new(Meeting::default());
    suite(|| Torn {
        shelves: shelves.clone(),
        records: records.clone(),
        gap,
        held: Vec::new(),
        meeting: meeting.clone(),
    })
}

#[test]
fn a_check_apart_from_the_write_is_named() {
    assert_eq!(broken(Gap::Check), ["race", "race-again"]);
}

#[test]
fn a_batch_that_is_seen_in_part_is_named() {
    assert_eq!(broken(Gap::Part), ["race"]);
}

#[test]
fn what_others_see_late_is_named() {
    let found = broken(Gap::Late);
    assert!(found.contains(&"acknowledged".to_owned()), "{found:?}");
}

#[test]
fn a_panic_in_a_thread_is_named() {
    let found = broken(Gap::Panic);
    assert!(found.contains(&"race-again".to_owned()), "{found:?}");
    assert!(found.contains(&"race".to_owned()), "{found:?}");
}
