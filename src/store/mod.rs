//! Where a product keeps journals, snapshots and what it must be able to forget.
//!
//! In come the entries that verbs return, as a checked [`Batch`]; out they come again, in order, to everybody who opens the
//! programme. Never true inside: half a batch, two entries in one place, a gap, an entry of another programme, a word about
//! a person outside the [`Vault`].
//!
//! [`Journal`] and [`Vault`] are what a store offers. [`MemoryStore`] keeps both for tests, `store::sqlite` (feature `sqlite`) in a file,
//! `store::postgres` (feature `postgres`) on a server. One of your own is two traits, and [`conformance`] says by name what it does not hold. [`open`], [`change`] and their
//! siblings are the ten lines that embedding takes. The [guide](crate::guide::stores) has the whole of it, and which races may be retried.

mod batch;
pub mod conformance;
mod keep;
mod memory;
mod outcome;
mod pages;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod vault;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod wire;

use std::fmt;
use std::num::NonZeroUsize;

pub use batch::{Batch, BatchFault, BatchFaults, Filed, Standing, Verdict};
pub use keep::{
    ChangeError, Changed, OpenError, append, catch_up, change, open, open_gate, open_with,
};
pub use memory::MemoryStore;
pub use outcome::{
    AppendError, Appended, Cause, Conflict, Place, SnapshotError, StoreError, Taken,
};
pub use pages::{Pages, entries};
pub use vault::{Card, Drawer, EraseError, PutError, SealError, Traces, Vault, Wiped};

use crate::history::ReadModel;
use crate::ids::{EntryId, ProgramId};
use crate::journal::Stored;
use crate::program::{Program, ProgramRecord};

/// How many entries a journal has, which is the number that the next one will have.
///
/// ```
/// use reverse_mentoring::store::Version;
///
/// assert_eq!(Version::EMPTY.entries(), 0);
/// assert!(Version::new(3) > Version::new(2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u64);

impl Version {
    /// That of a journal in which nothing stands.
    pub const EMPTY: Self = Self(0);

    /// So many entries.
    #[must_use]
    pub const fn new(entries: u64) -> Self {
        Self(entries)
    }

    /// The version that a programme stands on.
    #[must_use]
    pub const fn of<V: ReadModel>(program: &Program<V>) -> Self {
        Self(program.next_sequence())
    }

    /// How many entries.
    #[must_use]
    pub const fn entries(self) -> u64 {
        self.0
    }

    /// The same with its noun.
    fn counted(self) -> String {
        match self.0 {
            1 => "1 entry".to_owned(),
            entries => format!("{entries} entries"),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An entry as it stands in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// Its place, from 0 without gaps.
    pub sequence: u64,
    /// The id under which it was filed.
    pub id: EntryId,
    /// The entry, as far as this release reads it.
    pub stored: Stored,
}

impl Found {
    /// An entry in its place.
    #[must_use]
    pub const fn new(sequence: u64, id: EntryId, stored: Stored) -> Self {
        Self {
            sequence,
            id,
            stored,
        }
    }
}

/// A store of journals: one handle on it, for one thread at a time. Several handles may stand on the same store.
///
/// Every method is about one programme and blind to all others. `Err` means that nothing was stored. What was acknowledged
/// outlives the process, and on a store that says so, the machine. Nothing is ever changed or removed.
///
/// ```
/// use reverse_mentoring::ids::{ProgramId, SequentialIds};
/// use reverse_mentoring::prelude::*;
/// use reverse_mentoring::store::{self, Appended, Batch, Journal, MemoryStore};
/// use reverse_mentoring::testing::Company;
/// # let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
///
/// let (company, mut ids, mut journal) = (Company::sample()?, SequentialIds::new(1), MemoryStore::new());
/// let id = ProgramId::from_source(&mut ids);
/// let (program, opening) = Program::open(id, company.roster(), Load::DEFAULT, Stamp::midnight(today))?;
/// let batch = Batch::of(id, [opening], &mut ids)?;
/// assert!(matches!(journal.append(&batch)?, Appended::Stored));
/// assert!(matches!(journal.append(&batch)?, Appended::Already)); // the same ids: stored once
/// assert_eq!(store::open(&mut journal, id)?, program);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Journal {
    /// How many entries a programme has; none, for one that the store does not know.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the store does not work.
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError>;

    /// Appends a batch where it [expects](Batch::expected) to stand: all of it or nothing.
    ///
    /// Look up what stands under the batch's ids, and how long the journal is, and do as [`Batch::judge`] says; all
    /// of it within one transaction that no other writer can come into. Who cannot say whether it was stored answers
    /// [`Appended::InDoubt`].
    ///
    /// # Errors
    ///
    /// [`AppendError`]; nothing was stored.
    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError>;

    /// The entries of a programme from a version on, in their order: `most` of them, fewer at the end, none beyond it. [`entries`]
    /// goes through all of them.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; [`Damaged`](StoreError::Damaged) names the entry that does not read.
    fn read(
        &mut self,
        program: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError>;

    /// Keeps a record of a programme, so that opening need not read all of the journal. The one that stands on most entries
    /// is kept, of two on as many the later one; an older one is not stored, and that is no error.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`]: one that stands on more entries than there are. Kept again it is the same, so that after
    /// [`StoreError::Unavailable`] it does not matter whether it was.
    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError>;

    /// The record that was kept; none, where there is none that this release reads.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; [`Damaged`](StoreError::Damaged) for one that does not read. The journal is as it was: it can be
    /// replayed, and another record be kept.
    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError>;
}
