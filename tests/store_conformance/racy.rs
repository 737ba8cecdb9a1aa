//! Journals that hold as long as nobody else is there.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

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

struct Torn {
    shelves: Shelves,
    records: MemoryStore,
    gap: Gap,
    held: Vec<(ProgramId, Filed)>,
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
        std::thread::sleep(std::time::Duration::from_millis(1));
        if self.gap == Gap::Panic && std::thread::current().name().is_none() {
            std::panic::resume_unwind(Box::new("gives up")); // without a word on the terminal
        }
        match self.gap {
            Gap::Part => {
                for filed in batch.filed() {
                    self.push(program, std::slice::from_ref(filed));
                    if batch.filed().len() < 100 {
                        std::thread::sleep(std::time::Duration::from_micros(200));
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
    suite(|| Torn {
        shelves: shelves.clone(),
        records: records.clone(),
        gap,
        held: Vec::new(),
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
