//! The stores against a reference of twenty lines: a list for each programme. PostgreSQL's: `tests/postgres.rs`.

#[cfg(feature = "sqlite")]
#[path = "support/folder.rs"]
mod folder;
#[path = "support/lists.rs"]
mod lists;

use lists::{asks, same};
use proptest::prelude::*;
use reverse_mentoring::store::MemoryStore;

proptest! {
    #[test]
    fn memory_does_as_the_lists(asks in asks()) {
        same(&mut MemoryStore::new(), &asks)?;
    }
}

#[cfg(feature = "sqlite")]
mod file {
    use super::*;
    use reverse_mentoring::store::sqlite::SqliteStore;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_file_does_as_the_lists(asks in asks()) {
            let folder = folder::Folder::new("model");
            let path = folder.file("store.sqlite");
            let mut store = SqliteStore::open(path, std::time::Duration::from_secs(60)).unwrap();
            same(&mut store, &asks)?;
        }
    }
}
