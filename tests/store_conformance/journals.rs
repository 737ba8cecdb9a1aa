//! Journals that lie in one way each.

use std::num::NonZeroUsize;

use reverse_mentoring::ids::{EntryId, ProgramId};
use reverse_mentoring::journal::Event;
use reverse_mentoring::pairing::{NewGoal, SharedGoal};
use reverse_mentoring::program::ProgramRecord;
use reverse_mentoring::store::*;
use reverse_mentoring::text::Label;

use super::{Open, Shared, journals as suite};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Lie {
    LosesTheLast,
    AcknowledgesALoser,
    StoresHalfOfWhatItRefuses,
    LeaksAnother,
    LeaksARecord,
    IsNotIdempotent,
    KnowsOnlyTheLastBatchAgain,
    TakesAnIdAgain,
    FailsAfterStoring,
    FailsNow,
    GivesTooMuch,
    EndsEarly,
    StartsLate,
    CountsWrong,
    ForgetsIds,
    NamesTheWrongVersion,
    KeepsAnyRecord,
    KeepsARecordAhead,
    KeepsNoRecord,
    FoldsTexts,
    HasALimit,
    IsAlwaysInDoubt,
    IsGoneWithItsHandles,
    KeepsTheFirstOfTwoRecords,
    RemembersTheRecord,
    GivesNewerRecords,
    FailsOnNewerRecords,
    KeepsNoNewerRecord,
}

struct Liar {
    store: MemoryStore,
    lie: Lie,
    asked: usize,
    last: Option<Batch>,
    /// The record that this handle has kept or given.
    record: Option<ProgramRecord>,
    _open: Open,
}

fn unavailable() -> StoreError {
    StoreError::Unavailable(Cause::new("the disk is gone"))
}

fn sub(batch: &Batch, count: usize) -> Option<Batch> {
    Batch::new(batch.program(), batch.filed().iter().take(count).cloned()).ok()
}

fn some_program(_: &MemoryStore) -> ProgramId {
    // The second that the suite draws has entries when `nothing` is over; the first never has.
    "00000007-0000-8000-8000-000000000002".parse().unwrap()
}

impl Journal for Liar {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        let version = self.store.version(program)?;
        Ok(match self.lie {
            Lie::CountsWrong if version.entries() > 4 => Version::new(version.entries() - 1),
            Lie::LeaksAnother if version == Version::EMPTY => {
                self.store.version(some_program(&self.store))?
            }
            _ => version,
        })
    }

    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        self.asked += 1;
        let answer = match self.lie {
            Lie::LosesTheLast if batch.filed().len() > 1 => {
                return self
                    .store
                    .append(&sub(batch, batch.filed().len() - 1).unwrap());
            }
            Lie::FailsNow if self.asked == 4 => return Err(unavailable().into()),
            Lie::HasALimit if batch.filed().len() > 500 => return Err(unavailable().into()),
            Lie::IsAlwaysInDoubt => {
                let _ = self.store.append(batch)?;
                return Ok(Appended::InDoubt(unavailable()));
            }
            Lie::TakesAnIdAgain | Lie::StoresHalfOfWhatItRefuses => self.store.append(batch),
            Lie::FoldsTexts => {
                let fold = |filed: &Filed| {
                    let mut filed = filed.clone();
                    if let Event::GoalAdded { goal, .. } = &mut filed.entry.event {
                        if let NewGoal::Shared { goal: shared } = goal {
                            let text = shared.name().as_str().trim().to_owned();
                            let label = Label::new(text).unwrap();
                            *goal = NewGoal::Shared {
                                goal: SharedGoal::new(label, shared.by()),
                            };
                        }
                    }
                    filed
                };
                let folded = batch.filed().iter().map(fold);
                self.store
                    .append(&Batch::new(batch.program(), folded).unwrap())
            }
            _ => self.store.append(batch),
        };
        match (self.lie, &answer) {
            (Lie::AcknowledgesALoser, Err(AppendError::Conflict(_))) => Ok(Appended::Stored),
            (Lie::StoresHalfOfWhatItRefuses, Err(AppendError::Taken(_))) => {
                if let Some(half) = sub(batch, 1) {
                    let _ = self.store.append(&half);
                }
                answer
            }
            (Lie::TakesAnIdAgain, Err(AppendError::Taken(_))) => Ok(Appended::Already),
            (Lie::IsNotIdempotent, Ok(Appended::Already)) => {
                let found = self.store.version(batch.program())?;
                Err(Conflict::new(batch.program(), batch.expected(), found).into())
            }
            (Lie::KnowsOnlyTheLastBatchAgain, Ok(Appended::Already))
                if self.last.as_ref() != Some(batch) =>
            {
                let found = self.store.version(batch.program())?;
                Err(Conflict::new(batch.program(), batch.expected(), found).into())
            }
            (Lie::FailsAfterStoring, Ok(Appended::Stored)) if self.asked == 3 => {
                Err(unavailable().into())
            }
            (Lie::NamesTheWrongVersion, Err(AppendError::Conflict(c))) => {
                Err(Conflict::new(c.program, c.found, c.expected).into())
            }
            _ => {
                if matches!(answer, Ok(Appended::Stored)) {
                    self.last = Some(batch.clone());
                }
                answer
            }
        }
    }

    fn read(
        &mut self,
        program: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        match self.lie {
            Lie::GivesTooMuch => self.store.read(program, from, most.saturating_add(1)),
            Lie::EndsEarly if most.get() > 2 && most.get() < 100 => {
                let most = NonZeroUsize::new(most.get() - 1).unwrap();
                self.store.read(program, from, most)
            }
            Lie::StartsLate if from.entries() > 0 => {
                let from = Version::new(from.entries().saturating_add(1));
                self.store.read(program, from, most)
            }
            Lie::LeaksAnother if self.store.version(program)? == Version::EMPTY => {
                let other = some_program(&self.store);
                self.store.read(other, from, most)
            }
            Lie::ForgetsIds => {
                let found = self.store.read(program, from, most)?;
                let nameless = |found: Found| {
                    let id = EntryId::new(reverse_mentoring::uuid::Uuid::nil());
                    Found::new(found.sequence, id, found.stored)
                };
                Ok(found.into_iter().map(nameless).collect())
            }
            _ => self.store.read(program, from, most),
        }
    }

    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        match self.lie {
            Lie::KeepsTheFirstOfTwoRecords => {
                let kept = self.store.latest(record.program())?;
                // Those of other releases aside.
                let as_long = |kept: ProgramRecord| kept.entries() == record.entries();
                match kept.is_some_and(as_long)
                    && self.store.version(record.program())?.entries() == 2
                {
                    true => Ok(()),
                    false => self.store.snapshot(record),
                }
            }
            Lie::KeepsNoNewerRecord => {
                let written = serde_json::to_value(record).unwrap();
                match written["version"].as_u64() {
                    Some(1) => self.store.snapshot(record),
                    _ => Ok(()),
                }
            }
            Lie::RemembersTheRecord | Lie::GivesNewerRecords => {
                self.store.snapshot(record)?;
                let kept = self
                    .record
                    .as_ref()
                    .filter(|kept| kept.program() == record.program());
                if kept.is_none_or(|kept| kept.entries() <= record.entries()) {
                    self.record = Some(record.clone());
                }
                Ok(())
            }
            Lie::KeepsNoRecord => {
                let mut shadow = MemoryStore::new();
                let _ = shadow.snapshot(record);
                match self.store.version(record.program())? {
                    found if found.entries() < record.entries() => self.store.snapshot(record),
                    _ => Ok(()),
                }
            }
            Lie::KeepsARecordAhead => {
                let _ = self.store.snapshot(record);
                Ok(())
            }
            _ => self.store.snapshot(record),
        }
    }

    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        let record = self.store.latest(program)?;
        let mine = self.record.clone().filter(|mine| mine.program() == program);
        match self.lie {
            Lie::RemembersTheRecord => {
                self.record = mine.or(record);
                Ok(self.record.clone())
            }
            Lie::GivesNewerRecords => Ok(record.or(mine)),
            Lie::FailsOnNewerRecords
                if record.is_none() && self.store.version(program)?.entries() == 3 =>
            {
                let place = Place::Snapshot;
                Err(StoreError::Damaged { program, place })
            }
            Lie::KeepsAnyRecord => Ok(record.filter(|r| r.entries() != 3)),
            Lie::LeaksARecord if record.is_none() => {
                // That of the programme of which the suite keeps one.
                for n in 1..2_000 {
                    let id = format!("00000007-0000-8000-8000-{n:012x}").parse().unwrap();
                    let other = self.store.latest(id)?;
                    if other.is_some() {
                        return Ok(other);
                    }
                }
                Ok(None)
            }
            _ => Ok(record),
        }
    }
}

fn broken(lie: Lie) -> Vec<String> {
    let shared = Shared::new(lie == Lie::IsGoneWithItsHandles);
    suite(|| {
        let (store, _open) = shared.open();
        Liar {
            store,
            lie,
            asked: 0,
            last: None,
            record: None,
            _open,
        }
    })
}

/// The clauses with several threads that may notice a lie, and need not.
fn by_luck(lie: Lie) -> &'static [&'static str] {
    match lie {
        // Where two writers come at the same version, and no other conflict is there.
        Lie::AcknowledgesALoser => &["race"],
        // Where the third question of a writer is not lost to another.
        Lie::FailsAfterStoring => &["race"],
        _ => &[],
    }
}

#[test]
fn every_lie_is_named() {
    // What is due is always found; the clauses of `by_luck` only where threads happen to meet as the lie needs it.
    let cases: [(Lie, &[&str]); 28] = [
        (
            Lie::LosesTheLast,
            &[
                "in-order",
                "pages",
                "acknowledged",
                "conflict",
                "again",
                "taken",
                "blind",
                "snapshot",
                "newer-record",
                "texts",
                "long",
                "race",
                "race-again",
            ],
        ),
        (Lie::AcknowledgesALoser, &["conflict"]),
        (Lie::StoresHalfOfWhatItRefuses, &["err-stores-nothing"]),
        (Lie::LeaksAnother, &["err-stores-nothing", "blind", "race"]),
        (Lie::LeaksARecord, &["blind", "snapshot", "newer-record"]),
        (Lie::IsNotIdempotent, &["again", "long", "race-again"]),
        (Lie::KnowsOnlyTheLastBatchAgain, &["again", "race-again"]),
        (Lie::TakesAnIdAgain, &["taken"]),
        (Lie::FailsAfterStoring, &["err-stores-nothing"]),
        (
            Lie::FailsNow,
            &[
                "in-order",
                "acknowledged",
                "conflict",
                "again",
                "taken",
                "snapshot",
                "race",
            ],
        ),
        (Lie::GivesTooMuch, &["pages"]),
        (Lie::EndsEarly, &["pages"]),
        (Lie::StartsLate, &["in-order", "pages"]),
        (
            Lie::CountsWrong,
            &[
                "in-order",
                "pages",
                "acknowledged",
                "conflict",
                "again",
                "whole",
                "blind",
                "texts",
                "long",
                "race",
                "race-again",
            ],
        ),
        (
            Lie::ForgetsIds,
            &[
                "in-order",
                "pages",
                "acknowledged",
                "conflict",
                "again",
                "taken",
                "blind",
                "snapshot",
                "newer-record",
                "texts",
                "long",
                "race",
                "race-again",
            ],
        ),
        (Lie::NamesTheWrongVersion, &["conflict"]),
        (Lie::KeepsAnyRecord, &["snapshot", "newer-record"]),
        (Lie::KeepsARecordAhead, &["snapshot"]),
        (Lie::KeepsNoRecord, &["snapshot", "newer-record"]),
        (Lie::FoldsTexts, &["texts"]),
        (Lie::HasALimit, &["long"]),
        (
            Lie::IsAlwaysInDoubt,
            &[
                "in-order",
                "pages",
                "acknowledged",
                "conflict",
                "again",
                "taken",
                "blind",
                "snapshot",
                "newer-record",
                "texts",
                "long",
                "race",
                "race-again",
            ],
        ),
        (Lie::IsGoneWithItsHandles, &["acknowledged", "race-again"]),
        (Lie::KeepsTheFirstOfTwoRecords, &["snapshot"]),
        (Lie::RemembersTheRecord, &["snapshot", "newer-record"]),
        (Lie::GivesNewerRecords, &["newer-record"]),
        (Lie::FailsOnNewerRecords, &["blind", "newer-record"]),
        (Lie::KeepsNoNewerRecord, &["newer-record"]),
    ];
    let mut wrong = Vec::new();
    for (lie, due) in cases {
        let mut found = broken(lie);
        found.retain(|clause| {
            due.contains(&clause.as_str()) || !by_luck(lie).contains(&clause.as_str())
        });
        if found != due {
            wrong.push((lie, found, due));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// At first it does not know, and says so, whether it has stored or not; then nobody can be reached; then it says what is.
struct Doubtful {
    store: MemoryStore,
    stores: bool,
    asked: usize,
}

impl Journal for Doubtful {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        self.store.version(program)
    }

    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        let asked = self.asked;
        let told = match asked {
            0 if self.stores => self.store.append(batch)?,
            0 => Appended::Stored,
            1 => Appended::Already,
            _ => {
                self.asked = 0;
                self.store.append(batch)?
            }
        };
        // A refusal leaves no doubt, and so does what was stored before.
        match (asked, told) {
            (0, Appended::Stored) => {
                self.asked = 1;
                Ok(Appended::InDoubt(unavailable()))
            }
            (1, _) => {
                self.asked = 2;
                Err(unavailable().into())
            }
            (_, told) => Ok(told),
        }
    }

    fn read(
        &mut self,
        program: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        self.store.read(program, from, most)
    }

    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        self.store.snapshot(record)
    }

    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        self.store.latest(program)
    }
}

#[test]
fn who_does_not_know_and_says_so_is_honest() {
    for stores in [true, false] {
        let store = MemoryStore::new();
        let broken = suite(|| Doubtful {
            store: store.clone(),
            stores,
            asked: 0,
        });
        assert!(broken.is_empty(), "{stores}: {broken:?}");
    }
}
