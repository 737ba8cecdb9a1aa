//! Where breaches are collected, and the store is held against a list in memory.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::{Breach, Breaches, Clause, OpenJournal};
use crate::ids::{EntryId, IdSource, ProgramId};
use crate::journal::{Entry, Stored};
use crate::store::{
    AppendError, Appended, Batch, Filed, Journal, Standing, StoreError, Verdict, Version,
};

/// A clause is broken, and its trial over.
pub(super) struct Broken;

pub(super) type Trial = Result<(), Broken>;

/// How often a busy store is asked, and one that is in doubt.
pub(super) const PATIENCE: usize = 100;

pub(super) struct Bench<'i> {
    draw: Box<dyn FnMut() -> uuid::Uuid + 'i>,
    broken: BTreeMap<Clause, String>,
}

impl<'i> Bench<'i> {
    pub(super) fn new(ids: &'i mut impl IdSource) -> Self {
        Self {
            draw: Box::new(|| ids.next_uuid()),
            broken: BTreeMap::new(),
        }
    }

    pub(super) fn id(&mut self) -> uuid::Uuid {
        (self.draw)()
    }

    pub(super) fn program(&mut self) -> ProgramId {
        ProgramId::new(self.id())
    }

    pub(super) fn filed(&mut self, entries: impl IntoIterator<Item = Entry>) -> Vec<Filed> {
        let filed = entries.into_iter().map(|entry| Filed {
            id: EntryId::new(self.id()),
            entry,
        });
        filed.collect()
    }

    /// Notes the first thing that broke a clause.
    pub(super) fn breach(&mut self, clause: Clause, message: impl Into<String>) -> Broken {
        self.broken.entry(clause).or_insert_with(|| message.into());
        Broken
    }

    pub(super) fn expect(
        &mut self,
        holds: bool,
        clause: Clause,
        message: impl FnOnce() -> String,
    ) -> Trial {
        if holds {
            return Ok(());
        }
        Err(self.breach(clause, message()))
    }

    /// What a question was answered, where an error has broken the clause.
    pub(super) fn answer<T, E: std::fmt::Display>(
        &mut self,
        clause: Clause,
        what: &str,
        answer: Result<T, E>,
    ) -> Result<T, Broken> {
        answer.map_err(|error| self.breach(clause, format!("{what} failed: {error}")))
    }

    pub(super) fn handle(
        &mut self,
        open: OpenJournal<'_>,
    ) -> Result<Box<dyn Journal + Send>, Broken> {
        self.answer(Clause::Opens, "opening a handle", open())
    }

    pub(super) fn batch(&mut self, program: ProgramId, filed: &[Filed]) -> Result<Batch, Broken> {
        let batch = Batch::new(program, filed.iter().cloned());
        self.answer(Clause::Opens, "a batch of the suite itself", batch)
    }

    pub(super) fn verdict(self) -> Result<(), Breaches> {
        if self.broken.is_empty() {
            return Ok(());
        }
        let breach = |(clause, message)| Breach { clause, message };
        Err(Breaches(self.broken.into_iter().map(breach).collect()))
    }
}

/// What a programme should hold.
#[derive(Clone, Default)]
pub(super) struct Model(pub(super) Vec<Filed>);

impl Model {
    pub(super) fn version(&self) -> Version {
        Version::new(self.0.len() as u64)
    }

    fn judge(&self, batch: &Batch) -> Result<Verdict, AppendError> {
        let mine = |filed: &Filed| batch.filed().iter().any(|other| other.id == filed.id);
        let standing = self.0.iter().filter(|filed| mine(filed)).map(|filed| {
            let stored = Stored::Entry(filed.entry.clone());
            Standing::new(filed.id, filed.entry.sequence, stored)
        });
        batch.judge(self.version(), &standing.collect::<Vec<_>>())
    }
}

/// What a store answered to a batch at last.
pub(super) struct Told {
    pub(super) answer: Result<Appended, AppendError>,
    /// Whether it was in doubt before: what was stored then is stored already now.
    pub(super) doubted: bool,
}

impl Told {
    /// Whether the batch is stored by who has asked, as far as they can know.
    pub(super) const fn is_stored(&self) -> bool {
        match self.answer {
            Ok(Appended::Stored) => true,
            Ok(Appended::Already) => self.doubted,
            _ => false,
        }
    }

    /// An error that says nothing of what was in doubt before.
    const fn is_open(&self) -> bool {
        self.doubted && matches!(self.answer, Err(AppendError::Store(_)))
    }
}

/// Asks again, under the same ids, as long as the store is busy or in doubt, as [`append`](crate::store::append) does.
pub(super) fn ask(journal: &mut dyn Journal, batch: &Batch) -> Told {
    let mut doubted = false;
    for _ in 0..PATIENCE {
        let answer = journal.append(batch);
        doubted |= matches!(answer, Ok(Appended::InDoubt(_)));
        let told = Told { answer, doubted };
        match told.answer {
            Err(AppendError::Store(StoreError::Busy(_))) | Ok(Appended::InDoubt(_)) => {}
            _ if told.is_open() => {}
            _ => return told,
        }
    }
    let answer = journal.append(batch);
    Told { answer, doubted }
}

/// An answer without what differs from store to store.
fn told(answer: &Result<Appended, AppendError>) -> String {
    match answer {
        Ok(Appended::Stored) => "stored".to_owned(),
        Ok(Appended::Already) => "already stored".to_owned(),
        Ok(Appended::InDoubt(_)) => "in doubt, again and again".to_owned(),
        Err(AppendError::Taken(taken)) => {
            let mut ids = taken.ids.clone();
            ids.sort_unstable();
            let program = taken.program;
            AppendError::Taken(crate::store::Taken { program, ids }).to_string()
        }
        Err(error) => error.to_string(),
    }
}

impl Bench<'_> {
    /// Appends a batch and holds the answer, and all that is stored then, against the model.
    pub(super) fn append(
        &mut self,
        clause: Clause,
        journal: &mut dyn Journal,
        model: &mut Model,
        batch: &Batch,
    ) -> Trial {
        let due = model.judge(batch);
        let due = due.map(|verdict| match verdict {
            Verdict::Store => Appended::Stored,
            Verdict::Already => Appended::Already,
        });
        let asked = ask(journal, batch);
        let (stored, open) = (asked.is_stored(), asked.is_open());
        // Who was in doubt and finds it stored has stored it.
        let answer = match &due {
            Ok(Appended::Stored) if stored => Ok(Appended::Stored),
            _ => asked.answer,
        };
        let before = model.clone();
        if matches!(due, Ok(Appended::Stored)) {
            model.0.extend(batch.filed().iter().cloned());
        }
        if answer.is_err() && !open && self.differs(journal, batch.program(), &before).is_some() {
            let message = format!(
                "answered `{}`, and something is stored that was not before",
                told(&answer)
            );
            return Err(self.breach(Clause::ErrStoresNothing, message));
        }
        let (due, answer) = (told(&due), told(&answer));
        self.expect(due == answer, clause, || {
            format!("answered `{answer}` where `{due}` was due")
        })?;
        self.holds(clause, journal, batch.program(), model)
    }

    /// Holds everything that is stored of a programme against the model.
    pub(super) fn holds(
        &mut self,
        clause: Clause,
        journal: &mut dyn Journal,
        program: ProgramId,
        model: &Model,
    ) -> Trial {
        match self.differs(journal, program, model) {
            None => Ok(()),
            Some(message) => Err(self.breach(clause, message)),
        }
    }

    fn differs(
        &self,
        journal: &mut dyn Journal,
        program: ProgramId,
        model: &Model,
    ) -> Option<String> {
        let all = NonZeroUsize::MAX;
        let (found, version) = match (
            journal.read(program, Version::EMPTY, all),
            journal.version(program),
        ) {
            (Ok(found), Ok(version)) => (found, version),
            (Err(error), _) | (_, Err(error)) => return Some(format!("reading failed: {error}")),
        };
        if version != model.version() {
            let due = model.version();
            return Some(format!(
                "says that it has {} where it has {due}",
                version.counted()
            ));
        }
        if found.len() != model.0.len() {
            let (found, due) = (Version::new(found.len() as u64), model.version());
            return Some(format!("gives {} where it has {due}", found.counted()));
        }
        let same = |(found, filed): (&crate::store::Found, &Filed)| {
            found.sequence == filed.entry.sequence
                && found.id == filed.id
                && matches!(&found.stored, Stored::Entry(entry) if *entry == filed.entry)
        };
        let at = found.iter().zip(&model.0).position(|both| !same(both))?;
        Some(format!(
            "gives something else as entry {at} than was stored there"
        ))
    }
}
