//! What a store has to hold, tried on yours: for a test beside it.
//!
//! In comes a way to open handles on a store; out comes nothing, or every clause that it broke, by name. The suite works in
//! programmes of its own, with ids from your source, so it may run on a store that has others; what it stores stays there. It
//! panics as little as the rest of the library: a store that panics in a thread has broken a clause.
//!
//! ```
//! use reverse_mentoring::ids::SequentialIds;
//! use reverse_mentoring::store::{MemoryStore, conformance};
//!
//! let store = MemoryStore::new();
//! let mut ids = SequentialIds::new(1); // yours never gives the same twice: `&mut Uuid::now_v7`
//! conformance::check_journal(&|| Ok(Box::new(store.clone())), &mut ids)?;
//! conformance::check_vault(&|| Ok(Box::new(store.clone())), &mut ids)?;
//! # Ok::<(), conformance::Breaches>(())
//! ```

mod bench;
mod handles;
mod journal;
mod race;
mod records;
mod samples;
mod vault;

use std::error::Error;
use std::fmt;

use super::{Journal, Vault};
use crate::ids::IdSource;
use crate::summary::summary;
use bench::Bench;

/// A handle, or why there is none.
pub type Opened<T> = Result<Box<T>, Box<dyn Error + Send + Sync>>;

/// Opens handles on the journals of one store; called several times, and from one thread.
pub type OpenJournal<'a> = &'a dyn Fn() -> Opened<dyn Journal + Send>;

/// Opens handles on the vault of one store.
pub type OpenVault<'a> = &'a dyn Fn() -> Opened<dyn Vault>;

/// What a store has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Clause {
    /// A handle opens.
    Opens,
    /// A programme that the store does not know has no entries and no record.
    Nothing,
    /// Entries come back in their order, equal, under their ids, from any version on.
    InOrder,
    /// A page has as many entries as were asked for, fewer at the end, and none beyond it.
    Pages,
    /// What was acknowledged is there for every other handle at once, and for one that is opened when all are closed.
    Acknowledged,
    /// A batch that expects fewer entries than there are, or more, is a conflict that says how many.
    Conflict,
    /// The same batch again is stored once, also when others have followed and through another handle.
    Again,
    /// An id that stands for something else, or elsewhere, is refused by name.
    Taken,
    /// Of a refused batch nothing is stored.
    Whole,
    /// After an error nothing is stored.
    ErrStoresNothing,
    /// Programmes know nothing of each other, though their entries have the same ids.
    Blind,
    /// The newest record is kept, of two on as many entries the later one, and one ahead of the journal refused. Every handle
    /// has it at once.
    Snapshot,
    /// A record that a newer release has made is none, and no error, until one of this release takes its place.
    NewerRecord,
    /// Texts of any kind come back byte for byte.
    Texts,
    /// A thousand entries at once, and one with a thousand people.
    Long,
    /// Of several handles that append at once one wins each version; nothing is lost, doubled or seen in part.
    Race,
    /// Of several handles that append the same batch at once one stores it and the others find it stored.
    RaceAgain,
    /// Cards come back as they were given, by id, by key and in pages; the latest one stands.
    Cards,
    /// No key is on two cards of a programme.
    Keys,
    /// What is sealed comes back byte for byte.
    Drawers,
    /// What a vault has acknowledged is there for every other handle at once, and for those that are opened when all are closed.
    VaultAcknowledged,
    /// Who is erased has no card, and is on the list with the first day. Their key is free.
    Erases,
    /// Who is erased stays so: no card, and nothing sealed from before.
    StaysErased,
    /// An erasure that leaves a drawer as it was or gives one twice, or whose list is older than the vault's, is refused and
    /// erases nobody.
    EraseWhole,
    /// A list that knows more than the vault makes it forget again.
    ForgetsAgain,
    /// The vaults of programmes know nothing of each other.
    VaultBlind,
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Opens => "opens",
            Self::Nothing => "nothing",
            Self::InOrder => "in-order",
            Self::Pages => "pages",
            Self::Acknowledged => "acknowledged",
            Self::Conflict => "conflict",
            Self::Again => "again",
            Self::Taken => "taken",
            Self::Whole => "whole",
            Self::ErrStoresNothing => "err-stores-nothing",
            Self::Blind => "blind",
            Self::Snapshot => "snapshot",
            Self::NewerRecord => "newer-record",
            Self::Texts => "texts",
            Self::Long => "long",
            Self::Race => "race",
            Self::RaceAgain => "race-again",
            Self::Cards => "cards",
            Self::Keys => "keys",
            Self::Drawers => "drawers",
            Self::VaultAcknowledged => "vault-acknowledged",
            Self::Erases => "erases",
            Self::StaysErased => "stays-erased",
            Self::EraseWhole => "erase-whole",
            Self::ForgetsAgain => "forgets-again",
            Self::VaultBlind => "vault-blind",
        })
    }
}

/// A clause that a store has broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{clause}`: {message}")]
#[non_exhaustive]
pub struct Breach {
    /// Which.
    pub clause: Clause,
    /// What the store did.
    pub message: String,
}

/// Every clause that a store has broken, each with the first thing that broke it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", summary(&self.0))]
pub struct Breaches(
    /// In the order of the clauses.
    pub Vec<Breach>,
);

impl Breaches {
    /// The clauses alone.
    #[must_use]
    pub fn clauses(&self) -> Vec<Clause> {
        self.0.iter().map(|breach| breach.clause).collect()
    }
}

/// Tries a store of journals. `open` is called about fifty times; what it opens stands on one store.
///
/// # Errors
///
/// [`Breaches`] with every clause that the store broke.
pub fn check_journal(open: OpenJournal<'_>, ids: &mut impl IdSource) -> Result<(), Breaches> {
    let mut bench = Bench::new(ids);
    journal::check(&mut bench, open);
    records::check(&mut bench, open);
    race::check(&mut bench, open);
    bench.verdict()
}

/// Tries a vault.
///
/// # Errors
///
/// [`Breaches`] with every clause that the vault broke.
pub fn check_vault(open: OpenVault<'_>, ids: &mut impl IdSource) -> Result<(), Breaches> {
    let mut bench = Bench::new(ids);
    vault::check(&mut bench, open);
    bench.verdict()
}
