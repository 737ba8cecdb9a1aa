//! Journals and the vault in one SQLite file.
//!
//! The file is in write-ahead mode and every commit is synced (`synchronous=FULL`): what is acknowledged outlives the process and,
//! where the disk keeps its word, the machine. Any number of handles and processes on one machine may use it; one at a
//! time writes. The [guide](crate::guide::stores) has its tables.

mod journal;
mod schema;
mod vault;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

pub use rusqlite;
pub use schema::{APPLICATION_ID, SCHEMA_VERSION};

use super::{Cause, StoreError, Traces};

/// A [`Journal`](super::Journal) and a [`Vault`](super::Vault) in an SQLite file: one handle.
///
/// ```
/// use std::time::Duration;
/// use reverse_mentoring::ids::{ProgramId, SequentialIds};
/// use reverse_mentoring::store::{Journal, Version};
/// use reverse_mentoring::store::sqlite::SqliteStore;
/// # let folder = std::env::temp_dir().join(format!("reverse-mentoring-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("programmes.sqlite");
///
/// let mut store = SqliteStore::open(&path, Duration::from_secs(5))?; // how long one waits for another writer
/// let program = ProgramId::from_source(&mut SequentialIds::new(1));
/// assert_eq!(store.version(program)?, Version::EMPTY);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SqliteStore {
    connection: Connection,
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SqliteStore(..)")
    }
}

/// Between two attempts to open a file that others are making.
const NAP: Duration = Duration::from_millis(5);

/// Why a file was not opened as a store. It is as it was.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// It is a database of something else: it has another application's id, or tables and none.
    #[error("the database belongs to something else: its application id is {0}")]
    Foreign(i32),
    /// A newer release made it.
    #[error(
        "the database is in version {0}, and this release knows versions up to {SCHEMA_VERSION}"
    )]
    Newer(i32),
    /// The connection does not keep what is acknowledged: it is in memory, or without a write-ahead log.
    #[error("the database has the journal mode `{0}`, not a write-ahead log")]
    Mode(String),
    /// It does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SqliteStore {
    /// Opens a file, or makes one. `patience` is how long a writer waits for another before it is
    /// [busy](StoreError::Busy).
    ///
    /// # Errors
    ///
    /// [`FileError`]; a file of something else, and one of a newer release, is left as it is.
    pub fn open(path: impl AsRef<Path>, patience: Duration) -> Result<Self, FileError> {
        // Without `SQLITE_OPEN_URI`: a path is a path.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        Self::on(connection, patience)
    }

    /// The store on a connection of the host's: with another file system below it, or encrypted. The file is the store's
    /// alone.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn on(mut connection: Connection, patience: Duration) -> Result<Self, FileError> {
        connection.busy_timeout(patience).map_err(failed)?;
        // SQLite itself does not wait where several make a file, or begin its log, at once.
        let mut left = patience.as_millis() / NAP.as_millis();
        loop {
            match schema::prepare(&mut connection) {
                Err(FileError::Store(StoreError::Busy(_))) if left > 0 => left -= 1,
                Err(error) => return Err(error),
                Ok(()) => return Ok(Self { connection }),
            }
            std::thread::sleep(NAP);
        }
    }

    /// Writes a copy of all that is stored, as of now, into a new file: a backup. Who is erased later is in it as long as
    /// it is kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`], also where the file is there.
    pub fn copy_to(&mut self, path: impl AsRef<Path>) -> Result<(), StoreError> {
        let path = path.as_ref().to_str();
        let path = path.ok_or_else(|| {
            StoreError::Unavailable(Cause::new("the path of the copy is not Unicode"))
        })?;
        self.connection
            .execute("VACUUM INTO ?1", [path])
            .map_err(failed)?;
        Ok(())
    }

    /// Tidies up what an erasure [left](Traces::Left) because others were reading or writing: moves the write-ahead log into
    /// the file and empties it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub fn tidy(&mut self) -> Result<Traces, StoreError> {
        let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy = self
            .connection
            .query_row(checkpoint, [], |row| row.get::<_, i64>(0));
        match busy {
            Ok(0) => Ok(Traces::Gone),
            Ok(_) => Ok(Traces::Left),
            Err(error) => match failed(error) {
                StoreError::Busy(_) => Ok(Traces::Left),
                error => Err(error),
            },
        }
    }
}

/// What an error of SQLite means to who asked.
fn failed(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Busy(Cause::new(error))
        }
        _ => StoreError::Unavailable(Cause::new(error)),
    }
}
