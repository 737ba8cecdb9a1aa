//! What becomes of a question to a store.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::Version;
use super::vault::Drawer;
use crate::ids::{EntryId, ParticipantId, ProgramId};

/// What a store says of a batch that it did not refuse.
#[derive(Debug, Clone)]
#[must_use = "a batch in doubt is asked again, under the same ids"]
#[non_exhaustive]
pub enum Appended {
    /// It is stored now.
    Stored,
    /// It was stored before, under the same ids: nothing was done.
    Already,
    /// It was handed over, and the answer was lost: it is stored or will be, or it never is. Ask again with the same
    /// batch; the answer to that says which.
    InDoubt(StoreError),
}

/// Why nothing was appended.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// Somebody else was first. Read on, ask the gate again, and append what it says then.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// Ids stand for something else: a fault of who gives them out. Asking again does not help.
    #[error(transparent)]
    Taken(#[from] Taken),
    /// The store does not work; [`StoreError::Busy`] may be asked again as it is.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A batch that expects another version than the journal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("programme {program} has {}, not {expected} as was expected", .found.counted())]
#[non_exhaustive]
pub struct Conflict {
    /// Of which programme.
    pub program: ProgramId,
    /// What the batch expects.
    pub expected: Version,
    /// What the journal has.
    pub found: Version,
}

impl Conflict {
    /// One that a store of yours has found; [`Batch::judge`](super::Batch::judge) finds most of them.
    #[must_use]
    pub const fn new(program: ProgramId, expected: Version, found: Version) -> Self {
        Self {
            program,
            expected,
            found,
        }
    }
}

/// Ids of a batch under which something else stands, or under which only a part of it does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("programme {program} has other entries under the ids {}", list(.ids))]
#[non_exhaustive]
pub struct Taken {
    /// Of which programme.
    pub program: ProgramId,
    /// Every id of the batch that stands, with its place.
    pub ids: Vec<(EntryId, u64)>,
}

fn list(ids: &[(EntryId, u64)]) -> String {
    let one = |(id, at): &(EntryId, u64)| format!("{id} (entry {at})");
    ids.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Why a record of a programme was not kept.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// It stands on entries that the journal does not have.
    #[error(
        "the record of programme {program} stands on {}, and its journal has {found}",
        .entries.counted()
    )]
    Ahead {
        /// Of which programme.
        program: ProgramId,
        /// How many it stands on.
        entries: Version,
        /// How many there are.
        found: Version,
    },
    /// The store does not work.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A store that does not work. Nothing was stored.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Somebody else was writing for longer than the store waits. Ask again as it is.
    #[error("the store is busy")]
    Busy(#[source] Cause),
    /// Disk, network, rights: whatever keeps the store from its work.
    #[error("the store does not work")]
    Unavailable(#[source] Cause),
    /// What is stored does not read. The text says where, and nothing of what stands there.
    #[error("{place} of programme {program} does not read")]
    Damaged {
        /// Of which programme.
        program: ProgramId,
        /// Where.
        place: Place,
    },
}

/// What does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// An entry of the journal, or the gap where it should be.
    Entry(u64),
    /// The record that was kept.
    Snapshot,
    /// What is kept about somebody.
    Card(ParticipantId),
    /// What is kept sealed.
    Drawer(Drawer),
    /// The list of the erased.
    Erased,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(sequence) => write!(f, "entry {sequence}"),
            Self::Snapshot => f.write_str("the record"),
            Self::Card(participant) => write!(f, "the card of participant {participant}"),
            Self::Drawer(drawer) => write!(f, "the drawer `{drawer}`"),
            Self::Erased => f.write_str("the list of the erased"),
        }
    }
}

/// The error of whatever a store is made of.
#[derive(Clone)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    /// An error, or its text.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into().into())
    }

    /// The error itself, to be asked for its type.
    #[must_use]
    pub fn error(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
