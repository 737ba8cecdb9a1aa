//! Journals and the vault in a schema of a PostgreSQL database.
//!
//! The host makes the connections, so that servers, passwords and TLS are its own. Any number of handles and processes may use one schema;
//! within a programme one at a time writes, and programmes do not wait for each other. A commit is acknowledged when the server
//! has synced it, whatever `synchronous_commit` says; a server with `fsync=off` keeps nothing of that. PostgreSQL 11 or newer.
//! The [guide](crate::guide::stores) has its tables and what each failure becomes.

mod journal;
mod link;
mod schema;
mod vault;

use std::fmt;
use std::time::Duration;

use ::postgres::{Client, Error};

pub use ::postgres;
pub use schema::SCHEMA_VERSION;

use super::{Cause, StoreError};
use link::Link;

/// A [`Journal`](super::Journal) and a [`Vault`](super::Vault) in a PostgreSQL schema: one handle, which is one connection.
///
/// The connection is the store's alone. It leaves nothing in the session, so one through a pooler that changes servers between transactions does, too.
/// How long it takes to notice that nobody answers, its [`Config`](postgres::Config) says: set `connect_timeout` and `tcp_user_timeout`.
///
/// ```no_run
/// use std::time::Duration;
/// use reverse_mentoring::ids::{ProgramId, SequentialIds};
/// use reverse_mentoring::store::{Journal, Version};
/// use reverse_mentoring::store::postgres::PostgresStore;
/// use reverse_mentoring::store::postgres::postgres::{Client, NoTls};
///
/// let connect = || Client::connect("host=/run/postgresql user=mentoring dbname=hr", NoTls);
/// let mut store = PostgresStore::open(connect, "mentoring", Duration::from_secs(5))?; // how long one waits for another writer
/// let program = ProgramId::from_source(&mut SequentialIds::new(1));
/// assert_eq!(store.version(program)?, Version::EMPTY);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
///
/// The client blocks: within an asynchronous task of tokio it panics, so use it on a thread that may block (`spawn_blocking`).
pub struct PostgresStore {
    link: Link,
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresStore(..)")
    }
}

/// Why a schema was not opened as a store. It is as it was.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// It cannot be the name of a schema.
    #[error(
        "`{0}` is no name of a schema: 1 to 63 of a–z, 0–9 and `_`, no digit first, and not `pg_`"
    )]
    Name(String),
    /// There are tables in it, and not those of a store.
    #[error("the schema `{0}` belongs to something else")]
    Foreign(String),
    /// A newer release made it.
    #[error("the schema is in version {0}, and this release knows versions up to {SCHEMA_VERSION}")]
    Newer(i32),
    /// The database does not take every text.
    #[error("the database is encoded in `{0}`, not in UTF8")]
    Encoding(String),
    /// There is no connection, or it does not do.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PostgresStore {
    /// Opens a schema, or makes one, over connections that `connect` makes: one now, and another whenever that is lost. `patience` is
    /// how long a writer waits for another of the same programme before it is [busy](StoreError::Busy).
    ///
    /// Making the schema needs the right to create one in the database, or an empty one that belongs to the role. Of one that is up to date nothing
    /// is changed, and the rights in the [guide](crate::guide::stores) do.
    ///
    /// # Errors
    ///
    /// [`DatabaseError`]; a schema of something else, and one of a newer release, is left as it is.
    pub fn open(
        mut connect: impl FnMut() -> Result<Client, Error> + Send + 'static,
        schema: &str,
        patience: Duration,
    ) -> Result<Self, DatabaseError> {
        schema::named(schema)?;
        let client = connect().map_err(|error| StoreError::Unavailable(Cause::new(error)))?;
        Self::opened(Link::new(client, Some(Box::new(connect)), schema, patience))
    }

    /// The same on a connection that there is. When that is lost, the handle is of no use any more.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn on(client: Client, schema: &str, patience: Duration) -> Result<Self, DatabaseError> {
        schema::named(schema)?;
        Self::opened(Link::new(client, None, schema, patience))
    }

    fn opened(mut link: Link) -> Result<Self, DatabaseError> {
        schema::prepare(&mut link)?;
        Ok(Self { link })
    }

    /// Writes the tables of cards and drawers anew, so that their files have nothing of the erased any more. Meanwhile nobody reads or writes them,
    /// in no programme. Needs the rights of who made them.
    ///
    /// What the server keeps elsewhere, it keeps: its write-ahead log and the archive of that, what it has logged, replicas that lag behind, and backups.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; [`Busy`](StoreError::Busy) where others are using them for longer than the store waits.
    pub fn tidy(&mut self) -> Result<(), StoreError> {
        let mut turn = self.link.turn(None)?;
        turn.run(vault::ANEW)?;
        Ok(turn.commit()?)
    }
}
