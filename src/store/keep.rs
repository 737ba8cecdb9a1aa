//! A programme and the store that it is kept in.

use std::num::{NonZeroU32, NonZeroUsize};

use super::{
    AppendError, Appended, Batch, BatchFaults, Conflict, Found, Journal, Place, StoreError,
    Version, entries,
};
use crate::history::{History, ReadModel};
use crate::ids::{IdSource, ProgramId};
use crate::journal::{Entry, Stored};
use crate::program::{Program, ReplayError, RestoreError};

/// Why a programme could not be brought back.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The store has nothing of it.
    #[error("there is no programme {0}")]
    Nothing(ProgramId),
    /// The store gave the entries or the record of another.
    #[error("the store answered with programme {found} when asked for {asked}")]
    Another {
        /// What it was asked for.
        asked: ProgramId,
        /// What it gave.
        found: ProgramId,
    },
    /// The journal ends before entries that were read from it or stored in it, as after a backup is restored. What rests on
    /// them has to be [opened](open) again.
    #[error(
        "programme {program} is known up to entry {}, and its journal has {}: the store was set back",
        .held.entries().saturating_sub(1), .found.counted()
    )]
    Shorter {
        /// Of which programme.
        program: ProgramId,
        /// How many are known.
        held: Version,
        /// How many there are.
        found: Version,
    },
    /// The last entry that is known is another in the journal: a backup was restored, and others have gone on from there.
    /// What rests on it has to be [opened](open) again.
    #[error(
        "entry {at} of programme {program} is not the one that is known: the store was set back and went on"
    )]
    Diverged {
        /// Of which programme.
        program: ProgramId,
        /// The place of the entry.
        at: u64,
    },
    /// The store does not work.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal cannot be what happened.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The record cannot be what was.
    #[error(transparent)]
    Restore(#[from] RestoreError),
}

/// Brings a programme back from a store, with the history that health reads. No more of the journal is in memory than a page.
///
/// # Errors
///
/// [`OpenError`].
pub fn open<J: Journal + ?Sized>(
    journal: &mut J,
    program: ProgramId,
) -> Result<Program, OpenError> {
    open_with(History::new(), journal, program)
}

/// The same as [`open`] with another view than the history.
///
/// # Errors
///
/// As there.
pub fn open_with<J: Journal + ?Sized, V: ReadModel>(
    view: V,
    journal: &mut J,
    program: ProgramId,
) -> Result<Program<V>, OpenError> {
    let first = entries(journal, program, Version::EMPTY).next();
    let first = first.ok_or(OpenError::Nothing(program))??;
    let mut opened = Program::replay_stored_with(view, [&first.stored])?;
    expect(program, opened.id())?;
    catch_up(journal, &mut opened)?;
    Ok(opened)
}

/// Brings the gate of a programme back from a store, without a view: from the record that was
/// [kept](Journal::snapshot), and the entries since; from the journal alone, where there is none.
///
/// # Errors
///
/// [`OpenError`]; a record that is ahead of the journal is [`Shorter`](OpenError::Shorter), one of another journal
/// [`Diverged`](OpenError::Diverged), told by the place and the instant of its last entry. After these, after [`Restore`](OpenError::Restore), and after
/// [`Replay`](OpenError::Replay) of what follows a record, [`open_with`] and `()` still go by the journal alone.
pub fn open_gate<J: Journal + ?Sized>(
    journal: &mut J,
    program: ProgramId,
) -> Result<Program<()>, OpenError> {
    let Some(record) = journal.latest(program)? else {
        return open_with((), journal, program);
    };
    expect(program, record.program())?;
    let mut opened = Program::restore(&record)?;
    catch_up(journal, &mut opened)?;
    Ok(opened)
}

const fn expect(asked: ProgramId, found: ProgramId) -> Result<(), OpenError> {
    if asked.as_uuid().as_u128() == found.as_uuid().as_u128() {
        return Ok(());
    }
    Err(OpenError::Another { asked, found })
}

/// Takes in what others have appended since; how many entries there were. The journal has to have the last entry that the
/// programme knows, as it knows it.
///
/// # Errors
///
/// [`OpenError`]; entries before the one that did not read or follow are taken in. After [`Shorter`](OpenError::Shorter) and
/// [`Diverged`](OpenError::Diverged) the programme is what it was, and is to be opened again.
pub fn catch_up<J: Journal + ?Sized, V: ReadModel>(
    journal: &mut J,
    program: &mut Program<V>,
) -> Result<u64, OpenError> {
    let (id, before) = (program.id(), program.next_sequence());
    let mut pages = entries(journal, id, last(program));
    let Some(found) = pages.next().transpose()? else {
        return Err(shorter(journal, program));
    };
    expect_last(program, &found)?;
    for found in pages {
        let Found { stored, id, .. } = found?;
        program.follow([&stored])?;
        if matches!(stored, Stored::Newer(_)) {
            break;
        }
        program.filed(id);
    }
    Ok(program.next_sequence() - before)
}

/// The place of the last entry that a programme knows; it has its opening at least.
const fn last<V: ReadModel>(program: &Program<V>) -> Version {
    Version::new(program.next_sequence().saturating_sub(1))
}

/// Whether what stands in that place is what the programme knows.
fn expect_last<V: ReadModel>(program: &mut Program<V>, found: &Found) -> Result<(), OpenError> {
    match &found.stored {
        Stored::Entry(entry) if program.stands_on(found.id, entry) => Ok(()),
        _ => Err(OpenError::Diverged {
            program: program.id(),
            at: last(program).entries(),
        }),
    }
}

/// Why nothing stands there.
fn shorter<J: Journal + ?Sized, V: ReadModel>(journal: &mut J, program: &Program<V>) -> OpenError {
    let (program, held, last) = (program.id(), Version::of(program), last(program));
    match journal.version(program) {
        Ok(found) if found < held => OpenError::Shorter {
            program,
            held,
            found,
        },
        Ok(_) => OpenError::Store(StoreError::Damaged {
            program,
            place: Place::Entry(last.entries()),
        }),
        Err(error) => OpenError::Store(error),
    }
}

/// Whether a journal is the one that a programme knows, as far as its last entry says.
fn check<J: Journal + ?Sized, V: ReadModel>(
    journal: &mut J,
    program: &mut Program<V>,
) -> Result<(), OpenError> {
    let found = journal.read(program.id(), last(program), NonZeroUsize::MIN)?;
    match found.first() {
        Some(found) => expect_last(program, found),
        None => Err(shorter(journal, program)),
    }
}

/// Appends a batch, and asks again as long as it is in doubt, `attempts` times in all.
///
/// # Errors
///
/// [`AppendError`]; nothing was stored.
pub fn append<J: Journal + ?Sized>(
    journal: &mut J,
    batch: &Batch,
    attempts: NonZeroU32,
) -> Result<Appended, AppendError> {
    let mut in_doubt = None;
    for _ in 0..attempts.get() {
        match journal.append(batch) {
            Ok(Appended::InDoubt(why)) => in_doubt = Some(why),
            // An answer that says nothing of whether the first time was one too many.
            Err(AppendError::Store(why)) if in_doubt.is_some() => in_doubt = Some(why),
            settled => return settled,
        }
    }
    match in_doubt {
        Some(why) => Ok(Appended::InDoubt(why)),
        None => journal.append(batch),
    }
}

/// What became of a [`change`].
#[derive(Debug, Clone)]
#[must_use = "a batch in doubt is asked again, under the same ids"]
#[non_exhaustive]
pub enum Changed {
    /// It is stored, and the programme has gone on: the entries, for whoever else wants them.
    Stored(Vec<Entry>),
    /// Nobody can say. The programme is as it was before; [`append`] the batch until the store answers, and then
    /// [`catch_up`].
    InDoubt {
        /// What may be stored.
        batch: Batch,
        /// Why that is not known.
        why: StoreError,
    },
}

/// Why a [`change`] was not made. Nothing was stored, and the programme is what it was, or what others have made of it.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError<E> {
    /// The verb refused.
    #[error(transparent)]
    Verb(E),
    /// What the verb returned is not what the programme wrote.
    #[error("the verb returned {returned} of the {} that it wrote", Version::new(*.written).counted())]
    Entries {
        /// How many it returned.
        returned: u64,
        /// By how many the programme has gone on.
        written: u64,
    },
    /// What the verb returned is no batch.
    #[error(transparent)]
    Batch(#[from] BatchFaults),
    /// The store refused; a [`Conflict`] where all attempts were lost to others.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// What others have appended could not be taken in, or the journal is not the one that the programme comes from.
    #[error(transparent)]
    CatchUp(#[from] OpenError),
}

/// Asks verbs of a programme and stores what they return: both or neither.
///
/// Where somebody else was first, what they wrote is taken in and the verb is asked again, of the programme as it is then,
/// `attempts` times in all: so whatever the verb rests on should be worked out inside it. The verb works on a clone. With a
/// [`History`] that is as long as the journal; a service with long journals keeps a `Program<()>` to change, and
/// [catches up](catch_up) with another that has the history.
///
/// Before anything is appended the journal has to have the last entry that the programme knows: one page of one entry is read.
/// So nothing is written onto a backup that was restored meanwhile by who does not know of it.
///
/// ```
/// # use std::num::NonZeroU32;
/// # use reverse_mentoring::prelude::*;
/// # use reverse_mentoring::store::{self, Appended, Batch, Changed, Journal, MemoryStore};
/// # use reverse_mentoring::testing::Company;
/// # let now = Stamp::midnight(chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
/// # let (company, mut ids, mut journal) = (Company::sample()?, SequentialIds::new(1), MemoryStore::new());
/// # let id = ProgramId::from_source(&mut ids);
/// # let (_, opening) = Program::open(id, company.roster(), Load::DEFAULT, now)?;
/// # let _ = journal.append(&Batch::of(id, [opening], &mut ids)?)?;
/// # let (cohort, ada) = (CohortId::from_source(&mut ids), company.roster().by_key("ada").unwrap().id());
/// let mut program = store::open(&mut journal, id)?;
/// let attempts = NonZeroU32::new(3).unwrap();
/// let changed = store::change(&mut journal, &mut program, &mut ids, attempts, |program| {
///     program.enrol(cohort, [(ada, Readiness::confirmed())], now).map(|entry| [entry])
/// })?;
/// assert!(matches!(changed, Changed::Stored(entries) if entries.len() == 1));
/// assert_eq!(store::open(&mut journal, id)?, program);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ChangeError`]; nothing was stored.
pub fn change<J, V, I, E>(
    journal: &mut J,
    program: &mut Program<V>,
    ids: &mut impl IdSource,
    attempts: NonZeroU32,
    mut verb: impl FnMut(&mut Program<V>) -> Result<I, E>,
) -> Result<Changed, ChangeError<E>>
where
    J: Journal + ?Sized,
    V: ReadModel + Clone,
    I: IntoIterator<Item = Entry>,
{
    let mut left = attempts.get();
    loop {
        let mut next = program.clone();
        let entries: Vec<Entry> = verb(&mut next)
            .map_err(ChangeError::Verb)?
            .into_iter()
            .collect();
        let (returned, before) = (entries.len() as u64, program.next_sequence());
        let written = next.next_sequence().saturating_sub(before);
        let first = entries.first().is_none_or(|entry| entry.sequence == before);
        if returned != written || !first {
            return Err(ChangeError::Entries { returned, written });
        }
        if entries.is_empty() {
            return Ok(Changed::Stored(entries));
        }
        let batch = Batch::of(program.id(), entries, ids)?;
        left -= 1;
        check(journal, program)?;
        match append(journal, &batch, attempts) {
            Ok(Appended::Stored | Appended::Already) => {
                if let Some(last) = batch.filed().last() {
                    next.filed(last.id);
                }
                *program = next;
                return Ok(Changed::Stored(batch.into_entries()));
            }
            Ok(Appended::InDoubt(why)) => return Ok(Changed::InDoubt { batch, why }),
            Err(AppendError::Conflict(Conflict { .. })) if left > 0 => {
                catch_up(journal, program)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
}
