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

/// Without `SQLITE_OPEN_URI`: a path is a path.
const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Between two attempts to open a file that others are making.
const NAP: Duration = Duration::from_millis(5);

/// Why a file was not opened as a store, or no copy was made. It is as it was.
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
    /// Nothing is in it that could be opened.
    #[error("there is no store in the file: it is missing or empty")]
    Nothing,
    /// A copy is not written over what is there.
    #[error("there is something at the path of the copy already")]
    There,
    /// The connection does not keep what is acknowledged: it is in memory, or without a write-ahead log.
    #[error("the database has the journal mode `{0}`, not a write-ahead log")]
    Mode(String),
    /// It does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SqliteStore {
    /// Opens a file, or makes one: also of an empty one, which is what is left of a file that was cut off at its beginning.
    /// Where there must be a store, [`open_existing`](Self::open_existing) is right. `patience` is how long a writer waits
    /// for another before it is [busy](StoreError::Busy).
    ///
    /// # Errors
    ///
    /// [`FileError`]; a file of something else, and one of a newer release, is left as it is.
    pub fn open(path: impl AsRef<Path>, patience: Duration) -> Result<Self, FileError> {
        let flags = FLAGS | OpenFlags::SQLITE_OPEN_CREATE;
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        Self::on(connection, patience)
    }

    /// Opens a file in which there is a store: for whoever expects data, after a restored backup above all.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use reverse_mentoring::store::sqlite::{FileError, SqliteStore};
    ///
    /// let missing = SqliteStore::open_existing("no/such/file.sqlite", Duration::from_secs(5));
    /// assert!(matches!(missing, Err(FileError::Nothing)));
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); [`FileError::Nothing`] where the file is missing or empty, and it stays so.
    pub fn open_existing(path: impl AsRef<Path>, patience: Duration) -> Result<Self, FileError> {
        let path = path.as_ref();
        if matches!(path.try_exists(), Ok(false)) {
            return Err(FileError::Nothing);
        }
        let connection = Connection::open_with_flags(path, FLAGS).map_err(failed)?;
        Self::prepared(connection, patience, schema::prepare_existing)
    }

    /// The store on a connection of the host's: with another file system below it, or encrypted. The file is the store's
    /// alone.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn on(connection: Connection, patience: Duration) -> Result<Self, FileError> {
        Self::prepared(connection, patience, schema::prepare)
    }

    fn prepared(
        mut connection: Connection,
        patience: Duration,
        prepare: fn(&mut Connection) -> Result<(), FileError>,
    ) -> Result<Self, FileError> {
        connection.busy_timeout(patience).map_err(failed)?;
        // SQLite itself does not wait where several make a file, or begin its log, at once.
        let mut left = patience.as_millis() / NAP.as_millis();
        loop {
            match prepare(&mut connection) {
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
    /// [`FileError::There`] where there is anything at the path, if only an empty file; it stays. After
    /// [`FileError::Store`] there may be a part of the copy.
    pub fn copy_to(&mut self, path: impl AsRef<Path>) -> Result<(), FileError> {
        let path = path.as_ref();
        // SQLite itself would write into a file without a byte, and into one with a single byte.
        if path.symlink_metadata().is_ok() {
            return Err(FileError::There);
        }
        // These names are no files to SQLite: the copy would be made, and be gone.
        let path = path
            .to_str()
            .filter(|path| !["", ":memory:"].contains(path));
        let path = path.ok_or_else(|| {
            let cause = "the path of the copy is not Unicode, or names no file";
            StoreError::Unavailable(Cause::new(cause))
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
