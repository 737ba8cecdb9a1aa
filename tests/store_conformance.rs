//! The conformance suite: what ships passes it, and of stores that lie in one way each it names what they broke.

#[cfg(feature = "sqlite")]
#[path = "support/folder.rs"]
mod folder;
#[path = "store_conformance/journals.rs"]
mod journals;
#[path = "store_conformance/racy.rs"]
mod racy;
#[path = "store_conformance/vaults.rs"]
mod vaults;

use std::sync::{Arc, Mutex};

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::store::conformance::{Breaches, Clause, check_journal, check_vault};
use reverse_mentoring::store::{Journal, MemoryStore, Vault};

/// The names of the clauses that were broken.
fn named(verdict: Result<(), Breaches>) -> Vec<String> {
    let clauses = verdict.err().map(|b| b.clauses()).unwrap_or_default();
    clauses.iter().map(Clause::to_string).collect()
}

/// A store as all handles of a liar have it; one that lies about itself is gone with the last of them.
#[derive(Clone)]
struct Shared {
    kept: Arc<Mutex<(MemoryStore, usize)>>,
    forgets: bool,
}

impl Shared {
    fn new(forgets: bool) -> Self {
        let kept = Arc::default();
        Self { kept, forgets }
    }

    fn open(&self) -> (MemoryStore, Open) {
        let mut kept = self.kept.lock().unwrap();
        kept.1 += 1;
        (kept.0.clone(), Open(self.clone()))
    }
}

/// A handle that is open until it is dropped.
struct Open(Shared);

impl Drop for Open {
    fn drop(&mut self) {
        let mut kept = self.0.kept.lock().unwrap();
        kept.1 -= 1;
        if self.0.forgets && kept.1 == 0 {
            kept.0 = MemoryStore::new();
        }
    }
}

fn journals<J: Journal + Send + 'static>(open: impl Fn() -> J) -> Vec<String> {
    let mut ids = SequentialIds::new(7);
    named(check_journal(&|| Ok(Box::new(open())), &mut ids))
}

fn vaults<V: Vault + 'static>(open: impl Fn() -> V) -> Vec<String> {
    let mut ids = SequentialIds::new(7);
    named(check_vault(&|| Ok(Box::new(open())), &mut ids))
}

#[test]
fn the_store_in_memory_conforms() {
    let store = MemoryStore::new();
    let mut ids = SequentialIds::new(1);
    for _ in 0..3 {
        // Also where there is something already.
        check_journal(&|| Ok(Box::new(store.clone())), &mut ids).unwrap();
        check_vault(&|| Ok(Box::new(store.clone())), &mut ids).unwrap();
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn the_store_in_a_file_conforms() {
    use reverse_mentoring::store::sqlite::SqliteStore;
    let folder = folder::Folder::new("conforms");
    let path = folder.file("store.sqlite");
    let open = || SqliteStore::open(&path, std::time::Duration::from_secs(60));
    let mut ids = SequentialIds::new(1);
    for _ in 0..2 {
        check_journal(&|| Ok(Box::new(open()?)), &mut ids).unwrap();
        check_vault(&|| Ok(Box::new(open()?)), &mut ids).unwrap();
    }
}

#[test]
fn a_store_that_does_not_open_is_said_so() {
    let mut ids = SequentialIds::new(1);
    let verdict = check_journal(&|| Err("no such server".into()), &mut ids).unwrap_err();
    assert_eq!(
        verdict.to_string(),
        "`opens`: opening a handle failed: no such server"
    );
}
