//! What is appended together, and what becomes of it.

use std::collections::{BTreeMap, BTreeSet};

use super::Version;
use super::outcome::{AppendError, Conflict, Taken};
use crate::ids::{EntryId, IdSource, ProgramId};
use crate::journal::{Entry, Event, Stored, WIRE_VERSION};
use crate::summary::summary;

/// An entry under the id by which a store knows it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The id, from the host's source.
    pub id: EntryId,
    /// The entry.
    pub entry: Entry,
}

/// Entries of one programme that are stored together or not at all.
///
/// They continue each other, so the first says which [version](Self::expected) the journal has to have. Keep a batch until
/// it is known to be stored: asked again, the same ids make sure that it is stored once.
// INVARIANT (whole): at least one entry, of one programme, without gaps, every id once. Kept by `new`, the only way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    program: ProgramId,
    filed: Vec<Filed>,
    expected: Version,
}

/// What can be wrong with a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BatchFault {
    /// There is nothing in it.
    #[error("there are no entries to append")]
    Empty,
    /// An entry does not continue the one before it.
    #[error("entry {found} stands where entry {expected} should")]
    Sequence {
        /// The number that follows.
        expected: u64,
        /// The number that stands there.
        found: u64,
    },
    /// An id is there twice.
    #[error("id {0} is there more than once")]
    Twice(EntryId),
    /// A format that this release does not write.
    #[error(
        "entry {sequence} is in version {version} of the format, not in one from 1 to {WIRE_VERSION}"
    )]
    Format {
        /// Which entry.
        sequence: u64,
        /// What it claims.
        version: u16,
    },
    /// A journal begins with the opening of its programme, and has no other.
    #[error(
        "entry {0} is not what a journal has there: its own programme's opening first, and no other"
    )]
    Opening(u64),
}

/// Everything that is wrong with a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", summary(&self.0))]
pub struct BatchFaults(
    /// In the order of the entries.
    pub Vec<BatchFault>,
);

/// What a store already has under an id of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The id.
    pub id: EntryId,
    /// In which place of the same programme.
    pub sequence: u64,
    /// What stands there.
    pub stored: Stored,
}

impl Standing {
    /// An entry that stands.
    #[must_use]
    pub const fn new(id: EntryId, sequence: u64, stored: Stored) -> Self {
        Self {
            id,
            sequence,
            stored,
        }
    }
}

/// What a store is to do with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Store all of it.
    Store,
    /// Nothing: it is stored.
    Already,
}

impl Batch {
    /// A batch of entries with their ids.
    ///
    /// # Errors
    ///
    /// [`BatchFaults`] with everything that is wrong with it.
    pub fn new(
        program: ProgramId,
        filed: impl IntoIterator<Item = Filed>,
    ) -> Result<Self, BatchFaults> {
        let filed: Vec<Filed> = filed.into_iter().collect();
        let Some(first) = filed.first() else {
            return Err(BatchFaults(vec![BatchFault::Empty]));
        };
        let expected = Version::new(first.entry.sequence);
        let (mut ids, mut faults) = (BTreeSet::new(), Vec::new());
        let mut follows = Some(first.entry.sequence);
        for Filed { id, entry } in &filed {
            let (found, version) = (entry.sequence, entry.version);
            if follows != Some(found) {
                let expected = follows.unwrap_or(u64::MAX);
                faults.push(BatchFault::Sequence { expected, found });
            }
            follows = found.checked_add(1);
            if !ids.insert(*id) {
                faults.push(BatchFault::Twice(*id));
            }
            let sequence = found;
            if version == 0 || version > WIRE_VERSION {
                faults.push(BatchFault::Format { sequence, version });
            }
            let opens = match &entry.event {
                Event::Opened { program: of, .. } => sequence == 0 && *of == program,
                _ => sequence > 0,
            };
            if !opens {
                faults.push(BatchFault::Opening(sequence));
            }
        }
        // The version after it is a number, too.
        if follows.is_none() {
            let (expected, found) = (u64::MAX - 1, u64::MAX);
            faults.push(BatchFault::Sequence { expected, found });
        }
        if !faults.is_empty() {
            return Err(BatchFaults(faults));
        }
        Ok(Self {
            program,
            filed,
            expected,
        })
    }

    /// A batch of what verbs returned, under new ids.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(
        program: ProgramId,
        entries: impl IntoIterator<Item = Entry>,
        ids: &mut impl IdSource,
    ) -> Result<Self, BatchFaults> {
        let filed = entries.into_iter().map(|entry| Filed {
            id: EntryId::from_source(ids),
            entry,
        });
        Self::new(program, filed)
    }

    /// Of which programme.
    #[must_use]
    pub const fn program(&self) -> ProgramId {
        self.program
    }

    /// The version that the journal has to have: the number of the first entry.
    #[must_use]
    pub const fn expected(&self) -> Version {
        self.expected
    }

    /// The version that the journal has when it is stored and nothing else is.
    #[must_use]
    pub fn end(&self) -> Version {
        Version::new(self.expected.entries() + self.filed.len() as u64)
    }

    /// The entries with their ids, in their order.
    #[must_use]
    pub fn filed(&self) -> &[Filed] {
        &self.filed
    }

    /// The entries alone.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        self.filed.into_iter().map(|filed| filed.entry).collect()
    }

    /// What is to become of it, for a store to do: `found` is how long the journal is, `standing` what it already has under
    /// any id of the batch.
    ///
    /// # Errors
    ///
    /// [`AppendError::Taken`] where ids stand for something else or only some of them stand, [`AppendError::Conflict`]
    /// where the journal has another version than the batch expects.
    pub fn judge(&self, found: Version, standing: &[Standing]) -> Result<Verdict, AppendError> {
        let by_id: BTreeMap<EntryId, &Standing> = standing.iter().map(|s| (s.id, s)).collect();
        let same = |filed: &Filed| {
            by_id.get(&filed.id).is_some_and(|s| {
                let entry = matches!(&s.stored, Stored::Entry(entry) if *entry == filed.entry);
                entry && s.sequence == filed.entry.sequence
            })
        };
        if standing.is_empty() {
            let (program, expected) = (self.program, self.expected);
            return if found == expected {
                Ok(Verdict::Store)
            } else {
                Err(AppendError::Conflict(Conflict {
                    program,
                    expected,
                    found,
                }))
            };
        }
        if self.filed.iter().all(same) {
            return Ok(Verdict::Already);
        }
        Err(AppendError::Taken(Taken {
            program: self.program,
            ids: standing.iter().map(|s| (s.id, s.sequence)).collect(),
        }))
    }
}
