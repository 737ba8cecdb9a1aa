//! What can be forgotten: keys, names and notes, apart from the journal.

use std::fmt;
use std::num::NonZeroUsize;

use super::StoreError;
use crate::ids::{ParticipantId, ProgramId};
use crate::subject::Erasure;
use crate::summary::list;
use crate::text::Key;

/// What a product knows of somebody whom a journal only has by id. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// Who they are in the host's files.
    pub key: Key,
    /// What they are called, byte for byte as it was given.
    pub name: String,
    /// What else the host keeps about them.
    pub notes: String,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card(..)")
    }
}

/// What is kept of a programme as a whole, in bytes that only the host can read: [encrypt](crate::notebook::SealedRecord)
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Drawer {
    /// A [`Notebook`](crate::notebook::Notebook).
    Notebook,
    /// A [`PulseBook`](crate::pulse::PulseBook).
    Pulses,
    /// A [`RosterRecord`](crate::roster::RosterRecord), or the roster in a form of the host's own.
    Roster,
}

impl Drawer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Notebook, Self::Pulses, Self::Roster];

    /// Its name in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notebook => "notebook",
            Self::Pulses => "pulses",
            Self::Roster => "roster",
        }
    }
}

impl fmt::Display for Drawer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a card was not kept.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum PutError {
    /// Somebody who is forgotten stays so. Who comes back gets a new id.
    #[error("participant {0} is erased")]
    Erased(ParticipantId),
    /// The key is on the card of somebody else.
    #[error("the key of participant {participant} is that of participant {holder}")]
    KeyTaken {
        /// Whose card was to be kept.
        participant: ParticipantId,
        /// Who has the key.
        holder: ParticipantId,
    },
    /// The store does not work.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a drawer was not filled.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// People are erased whom the list does not have that was applied to the content. Apply the vault's
    /// [list](Vault::erased), and seal that.
    #[error("what is to be sealed is from before the erasure of {}", list(.0))]
    Behind(Vec<ParticipantId>),
    /// The store does not work.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nobody was erased.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum EraseError {
    /// What these hold is not given again: it may speak of somebody who is erased. Open them, apply the list, and give them.
    #[error("the drawers {} hold what the erasure was not applied to", list(.0))]
    Drawers(Vec<Drawer>),
    /// Drawers are given more than once: which content is to stay is not said.
    #[error("the drawers {} are given more than once", list(.0))]
    Twice(Vec<Drawer>),
    /// People whom the vault has erased are not on the list that was given. It is older than the vault: give both together.
    #[error("the vault has erased {}, and the list does not name them", list(.0))]
    Behind(Vec<ParticipantId>),
    /// The store does not work.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether bytes of the forgotten are left where the store writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Traces {
    /// None that the store knows of.
    Gone,
    /// Nobody can ask the store for them any more, but somebody who reads its files may find them, until it tidies up.
    Left,
}

/// What an erasure did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "traces may be left"]
#[non_exhaustive]
pub struct Wiped {
    /// Cards that were there, and are not.
    pub cards: u64,
    /// What is left of them.
    pub traces: Traces,
}

impl Wiped {
    /// So many cards.
    pub const fn new(cards: u64, traces: Traces) -> Self {
        Self { cards, traces }
    }
}

/// A store of what can be forgotten: one card for each person of a programme, and a few [drawers](Drawer).
///
/// All that it does comes to the same when it is done again: after [`StoreError::Unavailable`] ask again, because what was asked
/// may stand all the same. It knows who is erased, and takes nothing of them any more. Keep the list apart from the backups as well, and give it to
/// [`erase`](Self::erase) after one is restored: what it names is forgotten again.
///
/// ```
/// use std::num::NonZeroUsize;
/// use reverse_mentoring::ids::{ParticipantId, ProgramId, SequentialIds};
/// use reverse_mentoring::store::{Card, Drawer, MemoryStore, PutError, Vault};
/// use reverse_mentoring::subject::Erasure;
/// use reverse_mentoring::text::Key;
/// # let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
///
/// let (mut vault, mut ids) = (MemoryStore::new(), SequentialIds::new(1));
/// let (program, ada) = (ProgramId::from_source(&mut ids), ParticipantId::from_source(&mut ids));
/// let card = Card { key: Key::new("E-0042")?, name: "Ada".into(), notes: String::new() };
/// vault.put(program, ada, &card)?;
/// vault.seal(program, Drawer::Notebook, b"encrypted by the host", &Erasure::new())?;
///
/// let mut erased = vault.erased(program)?;
/// erased.add(ada, today);
/// let notebook: &[u8] = b"the same without ada"; // `erased` was applied to it
/// assert_eq!(vault.erase(program, &erased, &[(Drawer::Notebook, notebook)])?.cards, 1);
/// assert_eq!(vault.card(program, ada)?, None);
/// assert!(matches!(vault.put(program, ada, &card), Err(PutError::Erased(_))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Vault {
    /// Keeps a card, in the place of the one that was there.
    ///
    /// # Errors
    ///
    /// [`PutError`]; what was kept is kept.
    fn put(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
        card: &Card,
    ) -> Result<(), PutError>;

    /// Somebody's card.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn card(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
    ) -> Result<Option<Card>, StoreError>;

    /// Whose card has a key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn find(&mut self, program: ProgramId, key: &Key) -> Result<Option<ParticipantId>, StoreError>;

    /// Cards by id, those after `after`: `most` of them, fewer at the end, none beyond it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn cards(
        &mut self,
        program: ProgramId,
        after: Option<ParticipantId>,
        most: NonZeroUsize,
    ) -> Result<Vec<(ParticipantId, Card)>, StoreError>;

    /// Fills a drawer, in the place of what was in it. `applied` is the list that was applied to the content.
    ///
    /// # Errors
    ///
    /// [`SealError`]; what was in it is in it.
    fn seal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
        content: &[u8],
        applied: &Erasure,
    ) -> Result<(), SealError>;

    /// What is in a drawer.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn unseal(&mut self, program: ProgramId, drawer: Drawer)
    -> Result<Option<Vec<u8>>, StoreError>;

    /// Forgets everybody on a list, also again: takes their cards out, puts into the drawers what is given, to which the list
    /// was applied, and takes the list over, all at once. The days that the vault has stand. Each drawer is given once.
    ///
    /// # Errors
    ///
    /// [`EraseError`]; nothing was erased.
    fn erase(
        &mut self,
        program: ProgramId,
        list: &Erasure,
        drawers: &[(Drawer, &[u8])],
    ) -> Result<Wiped, EraseError>;

    /// Who is erased.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    fn erased(&mut self, program: ProgramId) -> Result<Erasure, StoreError>;
}

/// Those of one list whom another does not name.
pub(super) fn missing(of: &Erasure, on: &Erasure) -> Vec<ParticipantId> {
    let people = of.people().map(|(person, _)| person);
    people.filter(|person| !on.contains(*person)).collect()
}

/// That no drawer is given more than once.
pub(super) fn twice(drawers: &[(Drawer, &[u8])]) -> Result<(), EraseError> {
    let count = |drawer| drawers.iter().filter(|(other, _)| *other == drawer).count();
    let twice = Drawer::ALL.into_iter().filter(|drawer| count(*drawer) > 1);
    let twice: Vec<Drawer> = twice.collect();
    if twice.is_empty() {
        return Ok(());
    }
    Err(EraseError::Twice(twice))
}
