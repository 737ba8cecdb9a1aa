//! What is sealed: the file of a programme, with its people, and the notebook of its pairs.

use axum::http::StatusCode;
use reverse_mentoring::health::Ledger;
use reverse_mentoring::import::{OnFault, read_roster};
use reverse_mentoring::notebook::SealedRecord;
use reverse_mentoring::prelude::*;
use reverse_mentoring::roster::RosterRecord;
use reverse_mentoring::store::Drawer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::desk::{Desk, Store};
use crate::problem::Problem;

/// What the host keeps of a programme beside its journal, in the drawer for rosters. **A product encrypts it**, and everything
/// else that is sealed here.
#[derive(Serialize, Deserialize)]
pub struct File {
    /// Who opened it; nobody else coordinates it here.
    pub coordinator: CoordinatorId,
    /// The one cohort of this service's programmes.
    pub cohort: CohortId,
    /// The people, with the ids that were drawn for them.
    roster: RosterRecord,
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
        let mut ids = desk.ids();
        let roster = read_roster(csv, OnFault::Refuse, &mut ids)?.roster;
        let file = Self {
            coordinator,
            cohort: CohortId::from_source(&mut ids),
            roster: roster.to_record(),
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

    /// The roster, with everybody under the id that they had before.
    pub fn roster(&self) -> Result<Roster, Problem> {
        Roster::from_record(self.roster.clone()).map_err(|_| damaged(Drawer::Roster))
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
pub fn seal(
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
