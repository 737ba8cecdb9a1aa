//! What the service has: a store, a source of ids, and the plans that wait for an approval.
//!
//! Nothing of a programme stays in the process between two requests but plans that nobody approved, which go with it: several
//! processes may serve one file. A programme is opened anew for each request, which takes about as long as decoding its journal; where that is too
//! long, keep a `Program<()>` and `store::catch_up`.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::{self, Changed, Drawer, Journal, MemoryStore, Vault};
use reverse_mentoring::uuid::Uuid;

use crate::asked::Asked;
use crate::file::{File, notes, seal};
use crate::problem::Problem;

/// How often a change is tried when others are first.
const ATTEMPTS: NonZeroU32 = NonZeroU32::MIN.saturating_add(7);
/// Plans of one programme that wait for an approval; its oldest goes first, and nobody else's.
pub const PLANS: usize = 4;

/// What a store of this service can do. One handle is for one request.
pub trait Store: Journal + Vault {}
impl<T: Journal + Vault> Store for T {}

/// Where handles come from. SQLite opens the file anew, which checks it; a product keeps a pool.
pub enum Stores {
    Memory(MemoryStore),
    #[cfg(feature = "sqlite")]
    File(std::path::PathBuf),
}

/// Plans and their ids, the oldest first.
type Drafts = VecDeque<(Uuid, MatchPlan)>;

pub struct Desk {
    stores: Stores,
    ids: Mutex<Box<dyn FnMut() -> Uuid + Send>>,
    plans: Mutex<BTreeMap<ProgramId, Drafts>>,
    /// Held from reading a drawer to putting it back: a vault takes a drawer whole, so the later of two would win. This helps within
    /// one process; where several write, let one of them keep the drawers, or lock in the database.
    drawers: Mutex<()>,
    pub rehearsal: bool,
}

/// Nothing panics while it holds one of these locks; if something did, what it guards is whole all the same.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub fn new(stores: Stores, ids: Box<dyn FnMut() -> Uuid + Send>, rehearsal: bool) -> Self {
        Self {
            stores,
            ids: Mutex::new(ids),
            plans: Mutex::default(),
            drawers: Mutex::default(),
            rehearsal,
        }
    }

    pub fn store(&self) -> Result<Box<dyn Store>, Problem> {
        match &self.stores {
            Stores::Memory(store) => Ok(Box::new(store.clone())),
            #[cfg(feature = "sqlite")]
            Stores::File(path) => {
                use reverse_mentoring::store::sqlite::{FileError, SqliteStore};
                let patience = std::time::Duration::from_secs(5);
                let store = SqliteStore::open(path, patience).map_err(|error| match error {
                    FileError::Store(error) => error.into(),
                    error => {
                        eprintln!("store: {error}");
                        let status = StatusCode::SERVICE_UNAVAILABLE;
                        Problem::new(status, "store", "the store does not work just now")
                    }
                });
                Ok(Box::new(store?))
            }
        }
    }

    /// A source of ids for one request.
    pub fn ids(&self) -> impl FnMut() -> Uuid {
        || (*hold(&self.ids))()
    }

    /// Asks a verb and stores what it says, or nothing. Who is late reads on and asks the verb again.
    pub fn change(
        &self,
        store: &mut dyn Store,
        program: &mut Program,
        asked: &Asked,
        mut verb: impl FnMut(&mut Program, Stamp) -> Result<Entry, Problem>,
    ) -> Result<(), Problem> {
        let verb = |program: &mut Program| verb(program, asked.stamp()).map(Some);
        match store::change(store, program, &mut self.ids(), ATTEMPTS, verb)? {
            Changed::Stored(_) => Ok(()),
            // A product keeps the batch and asks again with it until the store says which.
            _ => {
                let detail = "it is not known whether this was stored: look before you ask again";
                let status = StatusCode::SERVICE_UNAVAILABLE;
                Err(Problem::new(status, "in-doubt", detail))
            }
        }
    }

    pub fn keep_plan(&self, program: ProgramId, plan: MatchPlan) -> Uuid {
        let id = self.ids()();
        let mut plans = hold(&self.plans);
        let theirs = plans.entry(program).or_default();
        theirs.push_back((id, plan));
        if theirs.len() > PLANS {
            theirs.pop_front();
        }
        id
    }

    pub fn plan(&self, program: ProgramId, id: Uuid) -> Option<MatchPlan> {
        let plans = hold(&self.plans);
        let found = plans.get(&program)?.iter().find(|(known, _)| *known == id);
        found.map(|(_, plan)| plan.clone())
    }

    /// Reads the file of a programme, lets it be changed, and puts it back.
    pub fn refile<T>(
        &self,
        store: &mut dyn Store,
        program: ProgramId,
        edit: impl FnOnce(&mut File) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let _held = hold(&self.drawers);
        let applied = store.erased(program)?;
        let mut file = File::of(store, program)?;
        let made = edit(&mut file)?;
        file.seal(store, program, &applied)?;
        Ok(made)
    }

    /// The same with the notebook.
    pub fn write_notes<T>(
        &self,
        store: &mut dyn Store,
        program: ProgramId,
        edit: impl FnOnce(&mut Notebook) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let _held = hold(&self.drawers);
        let applied = store.erased(program)?;
        let mut notebook = notes(store, program)?;
        let made = edit(&mut notebook)?;
        let record = notebook.to_record();
        seal(store, program, Drawer::Notebook, &record, &applied)?;
        Ok(made)
    }
}
