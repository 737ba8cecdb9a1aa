//! What the service has: a store, a source of ids, and the plans that wait for an approval.
//!
//! Nothing of a programme stays in the process between two requests but plans that nobody approved: several processes may serve one
//! file. A programme is opened anew for each request, which takes about as long as decoding its journal; where that is too
//! long, keep a `Program<()>` and `store::catch_up`.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use reverse_mentoring::health::Ledger;
use reverse_mentoring::import::{OnFault, read_roster};
use reverse_mentoring::notebook::SealedRecord;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::{self, Changed, Drawer, Journal, MemoryStore, Vault};
use reverse_mentoring::uuid::Uuid;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::asked::{Asked, forbidden};
use crate::problem::Problem;

/// How often a change is tried when others are first.
const ATTEMPTS: NonZeroU32 = NonZeroU32::MIN.saturating_add(7);
/// Plans that wait for an approval; the oldest goes first.
const PLANS: usize = 32;

/// What a store of this service can do. One handle is for one request.
pub trait Store: Journal + Vault {}
impl<T: Journal + Vault> Store for T {}

/// Where handles come from. SQLite opens the file anew, which checks it; a product keeps a pool.
pub enum Stores {
    Memory(MemoryStore),
    #[cfg(feature = "sqlite")]
    File(std::path::PathBuf),
}

/// A plan, of which programme, and under which id.
type Draft = (Uuid, ProgramId, MatchPlan);

pub struct Desk {
    stores: Stores,
    ids: Mutex<Box<dyn FnMut() -> Uuid + Send>>,
    plans: Mutex<VecDeque<Draft>>,
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
        plans.push_back((id, program, plan));
        if plans.len() > PLANS {
            plans.pop_front();
        }
        id
    }

    pub fn plan(&self, program: ProgramId, id: Uuid) -> Option<MatchPlan> {
        let plans = hold(&self.plans);
        let found = plans
            .iter()
            .find(|(known, of, _)| (*known, *of) == (id, program));
        found.map(|(_, _, plan)| plan.clone())
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
        edit: impl FnOnce(&mut Notebook) -> T,
    ) -> Result<T, Problem> {
        let _held = hold(&self.drawers);
        let applied = store.erased(program)?;
        let mut notebook = notes(store, program)?;
        let made = edit(&mut notebook);
        let record = notebook.to_record();
        seal(store, program, Drawer::Notebook, &record, &applied)?;
        Ok(made)
    }
}

/// What the host keeps of a programme beside its journal, in the drawer for rosters. **A product encrypts it**, and everything
/// else that is sealed here.
#[derive(Serialize, Deserialize)]
pub struct File {
    /// Who opened it; nobody else coordinates it here.
    pub coordinator: CoordinatorId,
    /// The one cohort of this service's programmes.
    pub cohort: CohortId,
    /// The roster as it came, and the ids that were drawn for it, in the order of the keys.
    csv: String,
    ids: Vec<Uuid>,
    /// What sponsors have been told, and what that rests on.
    pub ledger: Ledger,
    pub releases: Vec<Value>,
}

impl File {
    /// Reads a roster for the first time; every fault of it, where it cannot be used.
    pub fn open(
        csv: &[u8],
        coordinator: CoordinatorId,
        desk: &Desk,
    ) -> Result<(Self, Roster), Problem> {
        let (mut source, mut ids) = (desk.ids(), Vec::new());
        let mut draw = || {
            let id = source();
            ids.push(id);
            id
        };
        let roster = read_roster(csv, OnFault::Refuse, &mut draw)?.roster;
        let file = Self {
            coordinator,
            cohort: CohortId::from_source(&mut source),
            csv: String::from_utf8_lossy(csv).into_owned(), // a roster that reads is UTF-8
            ids,
            ledger: Ledger::new(),
            releases: Vec::new(),
        };
        Ok((file, roster))
    }

    pub fn of(store: &mut dyn Store, program: ProgramId) -> Result<Self, Problem> {
        let sealed = store.unseal(program, Drawer::Roster)?;
        let sealed = sealed.ok_or_else(|| Problem::unknown("programme"))?;
        serde_json::from_slice(&sealed).map_err(|_| damaged(Drawer::Roster))
    }

    pub fn seal(
        &self,
        store: &mut dyn Store,
        program: ProgramId,
        applied: &Erasure,
    ) -> Result<(), Problem> {
        seal(store, program, Drawer::Roster, self, applied)
    }

    /// The roster with the ids that it had before.
    pub fn roster(&self) -> Result<Roster, Problem> {
        let mut ids = self.ids.iter().copied();
        let mut again = || ids.next().unwrap_or_default();
        let read = read_roster(self.csv.as_bytes(), OnFault::Refuse, &mut again);
        Ok(read.map_err(|_| damaged(Drawer::Roster))?.roster)
    }

    /// The coordinator who asks, if the programme is theirs.
    pub fn coordinator(&self, asked: &Asked) -> Result<CoordinatorId, Problem> {
        let asking = asked.coordinator()?;
        match asking == self.coordinator {
            true => Ok(asking),
            false => Err(forbidden("another coordinator runs this programme")),
        }
    }
}

pub fn notes(store: &mut dyn Store, program: ProgramId) -> Result<Notebook, Problem> {
    let Some(sealed) = store.unseal(program, Drawer::Notebook)? else {
        return Ok(Notebook::new());
    };
    let record = serde_json::from_slice::<SealedRecord>(&sealed).ok();
    let notebook = record.and_then(|record| Notebook::from_record(record).ok());
    notebook.ok_or_else(|| damaged(Drawer::Notebook))
}

/// `applied` is the list of the erased as it was before the content was read: who erases gives the drawers anew, so what was read then
/// has that list behind it. Where somebody is erased in between, the vault refuses.
fn seal(
    store: &mut dyn Store,
    program: ProgramId,
    drawer: Drawer,
    content: &impl Serialize,
    applied: &Erasure,
) -> Result<(), Problem> {
    let content = serde_json::to_vec(content).map_err(|_| damaged(drawer))?;
    Ok(store.seal(program, drawer, &content, applied)?)
}

fn damaged(drawer: Drawer) -> Problem {
    eprintln!("damaged: the drawer `{drawer}` does not read");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    Problem::new(status, "damaged", "what is stored does not read")
}
