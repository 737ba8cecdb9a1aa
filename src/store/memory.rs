//! A store that forgets with the process: for tests, and as the shortest answer to what the traits ask.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::vault::{missing, twice};
use super::{
    AppendError, Appended, Batch, Card, Drawer, EraseError, Filed, Found, Journal, PutError,
    SealError, SnapshotError, Standing, StoreError, Traces, Vault, Verdict, Version, Wiped,
};
use crate::ids::{EntryId, ParticipantId, ProgramId};
use crate::journal::{Stored, WIRE_VERSION};
use crate::program::ProgramRecord;
use crate::subject::Erasure;
use crate::text::Key;

/// A [`Journal`] and a [`Vault`] in memory. A clone is another handle on the same store.
///
/// It keeps nothing beyond the process: nothing that a product acknowledges to its users may rest on it.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<BTreeMap<ProgramId, Shelf>>>);

/// What is kept of one programme.
#[derive(Default)]
struct Shelf {
    entries: Vec<Filed>,
    /// The place of each id.
    places: BTreeMap<EntryId, usize>,
    record: Option<ProgramRecord>,
    cards: BTreeMap<ParticipantId, Card>,
    drawers: BTreeMap<Drawer, Vec<u8>>,
    erased: Erasure,
}

/// Nothing of what it holds.
impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryStore(..)")
    }
}

impl MemoryStore {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing in here panics while it holds the lock, so a poisoned one is whole.
    fn shelves(&self) -> MutexGuard<'_, BTreeMap<ProgramId, Shelf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_shelf<T: Default>(&self, program: ProgramId, read: impl FnOnce(&Shelf) -> T) -> T {
        self.shelves().get(&program).map(read).unwrap_or_default()
    }
}

impl Shelf {
    fn version(&self) -> Version {
        Version::new(self.entries.len() as u64)
    }
}

impl Journal for MemoryStore {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        Ok(Version::new(
            self.read_shelf(program, |shelf| shelf.entries.len()) as u64,
        ))
    }

    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        let mut shelves = self.shelves();
        let shelf = shelves.entry(batch.program()).or_default();
        let standing = batch.filed().iter().filter_map(|filed| {
            let at = *shelf.places.get(&filed.id)?;
            let stored = Stored::Entry(shelf.entries.get(at)?.entry.clone());
            Some(Standing::new(filed.id, at as u64, stored))
        });
        match batch.judge(shelf.version(), &standing.collect::<Vec<_>>())? {
            Verdict::Already => Ok(Appended::Already),
            Verdict::Store => {
                for filed in batch.filed() {
                    shelf.places.insert(filed.id, shelf.entries.len());
                    shelf.entries.push(filed.clone());
                }
                Ok(Appended::Stored)
            }
        }
    }

    fn read(
        &mut self,
        program: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        let from = usize::try_from(from.entries()).unwrap_or(usize::MAX);
        let found = |filed: &Filed| {
            let stored = Stored::Entry(filed.entry.clone());
            Found::new(filed.entry.sequence, filed.id, stored)
        };
        Ok(self.read_shelf(program, |shelf| {
            let page = shelf.entries.iter().skip(from).take(most.get());
            page.map(found).collect()
        }))
    }

    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        let (program, entries) = (record.program(), Version::new(record.entries()));
        let mut shelves = self.shelves();
        let shelf = shelves.entry(program).or_default();
        let found = shelf.version();
        if entries > found {
            return Err(SnapshotError::Ahead {
                program,
                entries,
                found,
            });
        }
        let newest = shelf.record.as_ref().map_or(0, ProgramRecord::entries);
        if record.entries() >= newest {
            shelf.record = Some(record.clone());
        }
        Ok(())
    }

    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        let readable = |record: &&ProgramRecord| record.version() <= WIRE_VERSION;
        Ok(self.read_shelf(program, |shelf| {
            shelf.record.as_ref().filter(readable).cloned()
        }))
    }
}

impl Vault for MemoryStore {
    fn put(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
        card: &Card,
    ) -> Result<(), PutError> {
        let mut shelves = self.shelves();
        let shelf = shelves.entry(program).or_default();
        if shelf.erased.contains(participant) {
            return Err(PutError::Erased(participant));
        }
        let mut others = shelf.cards.iter();
        let holder = others.find(|(id, other)| **id != participant && other.key == card.key);
        if let Some((&holder, _)) = holder {
            return Err(PutError::KeyTaken {
                participant,
                holder,
            });
        }
        shelf.cards.insert(participant, card.clone());
        Ok(())
    }

    fn card(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
    ) -> Result<Option<Card>, StoreError> {
        Ok(self.read_shelf(program, |shelf| shelf.cards.get(&participant).cloned()))
    }

    fn find(&mut self, program: ProgramId, key: &Key) -> Result<Option<ParticipantId>, StoreError> {
        Ok(self.read_shelf(program, |shelf| {
            let found = shelf.cards.iter().find(|(_, card)| card.key == *key);
            found.map(|(id, _)| *id)
        }))
    }

    fn cards(
        &mut self,
        program: ProgramId,
        after: Option<ParticipantId>,
        most: NonZeroUsize,
    ) -> Result<Vec<(ParticipantId, Card)>, StoreError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        Ok(self.read_shelf(program, |shelf| {
            let page = shelf.cards.range((from, Bound::Unbounded)).take(most.get());
            page.map(|(id, card)| (*id, card.clone())).collect()
        }))
    }

    fn seal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
        content: &[u8],
        applied: &Erasure,
    ) -> Result<(), SealError> {
        let mut shelves = self.shelves();
        let shelf = shelves.entry(program).or_default();
        let behind = missing(&shelf.erased, applied);
        if !behind.is_empty() {
            return Err(SealError::Behind(behind));
        }
        shelf.drawers.insert(drawer, content.to_vec());
        Ok(())
    }

    fn unseal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.read_shelf(program, |shelf| shelf.drawers.get(&drawer).cloned()))
    }

    fn erase(
        &mut self,
        program: ProgramId,
        list: &Erasure,
        drawers: &[(Drawer, &[u8])],
    ) -> Result<Wiped, EraseError> {
        twice(drawers)?;
        let mut shelves = self.shelves();
        let shelf = shelves.entry(program).or_default();
        let behind = missing(&shelf.erased, list);
        if !behind.is_empty() {
            return Err(EraseError::Behind(behind));
        }
        let given = |drawer: &Drawer| drawers.iter().any(|(other, _)| other == drawer);
        let left = shelf.drawers.keys().filter(|drawer| !given(drawer));
        let left: Vec<Drawer> = left.copied().collect();
        if !left.is_empty() {
            return Err(EraseError::Drawers(left));
        }
        let before = shelf.cards.len();
        shelf.cards.retain(|id, _| !list.contains(*id));
        for (drawer, content) in drawers {
            shelf.drawers.insert(*drawer, content.to_vec());
        }
        for (person, on) in list.people() {
            shelf.erased.add(person, on);
        }
        let cards = (before - shelf.cards.len()) as u64;
        Ok(Wiped::new(cards, Traces::Gone))
    }

    fn erased(&mut self, program: ProgramId) -> Result<Erasure, StoreError> {
        Ok(self.read_shelf(program, |shelf| shelf.erased.clone()))
    }
}
