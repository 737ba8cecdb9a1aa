//! The connection: made again where it was lost, and one transaction at a time on it.

use std::time::Duration;

use postgres::error::{Severity, SqlState};
use postgres::types::{ToSql, Type};
use postgres::{Client, Error, Row};

use super::schema;
use crate::ids::ProgramId;
use crate::store::{Cause, StoreError};

pub(super) type Connect = Box<dyn FnMut() -> Result<Client, Error> + Send>;

/// Values with the types that they are sent as: so nothing has to be prepared, and nothing is left in the session.
pub(super) type Values<'a> = &'a [(&'a (dyn ToSql + Sync), Type)];

/// What every transaction begins with. A server or a host that acknowledges what is not on disk is overruled; who vanishes without a word
/// does not keep others from writing for longer than a minute.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
     SET LOCAL idle_in_transaction_session_timeout = '60s'; \
     SELECT pg_catalog.set_config('synchronous_commit', 'on', true) WHERE pg_catalog.current_setting('synchronous_commit') = 'off'; ";

pub(super) struct Link {
    client: Client,
    connect: Option<Connect>,
    /// Whether nothing more is asked on it.
    spent: bool,
    /// The name of the schema, quoted.
    schema: String,
    /// For how many milliseconds a writer waits for another.
    patience: i32,
}

impl Link {
    pub(super) fn new(
        client: Client,
        connect: Option<Connect>,
        schema: &str,
        patience: Duration,
    ) -> Self {
        // To PostgreSQL 0 means for ever.
        let patience = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
        Self {
            client,
            connect,
            spent: false,
            schema: format!("\"{schema}\""),
            patience: patience.max(1),
        }
    }

    /// A statement of the store, in its schema.
    fn within(&self, sql: &str) -> String {
        sql.replace('@', &self.schema)
    }

    /// The name of the schema.
    pub(super) fn schema(&self) -> &str {
        self.schema.trim_matches('"')
    }

    /// What an error means to who asked.
    fn failed(&mut self, error: Error) -> StoreError {
        let severity = error.as_db_error().map(|db| db.parsed_severity());
        // Whatever is not said by a server that goes on listening.
        self.spent |= severity != Some(Some(Severity::Error)) || self.client.is_closed();
        match error.code() {
            // Somebody holds what is needed, or a deadlock was broken here, or a standby had to go on; or somebody
            // who does not take turns has written into the journal.
            Some(
                &(SqlState::LOCK_NOT_AVAILABLE
                | SqlState::T_R_DEADLOCK_DETECTED
                | SqlState::T_R_SERIALIZATION_FAILURE
                | SqlState::UNIQUE_VIOLATION),
            ) => StoreError::Busy(Cause::new(error)),
            _ => StoreError::Unavailable(Cause::new(error)),
        }
    }

    /// Connects again where the connection is lost.
    fn live(&mut self) -> Result<(), StoreError> {
        if !self.spent {
            return Ok(());
        }
        let Some(connect) = &mut self.connect else {
            let why = "the connection was lost, and there is no way to make another";
            return Err(StoreError::Unavailable(Cause::new(why)));
        };
        self.client = connect().map_err(|error| StoreError::Unavailable(Cause::new(error)))?;
        self.spent = false;
        // It may lead to another server now, or to tables that a newer release has changed.
        let checked = schema::check(self).map_err(|error| match error {
            super::DatabaseError::Store(error) => error,
            error => StoreError::Unavailable(Cause::new(error)),
        });
        self.spent |= checked.is_err();
        checked
    }

    /// Asks what may be asked twice: once more where the connection turns out to be lost.
    fn twice<T>(&mut self, ask: impl Fn(&mut Client) -> Result<T, Error>) -> Result<T, StoreError> {
        let old = !self.spent;
        self.live()?;
        match ask(&mut self.client).map_err(|error| self.failed(error)) {
            Err(_) if old && self.spent && self.connect.is_some() => {
                self.live()?;
                ask(&mut self.client).map_err(|error| self.failed(error))
            }
            answer => answer,
        }
    }

    /// The rows of a question that changes nothing.
    pub(super) fn look(&mut self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, StoreError> {
        let sql = self.within(sql);
        self.twice(|client| client.query_typed(&sql, values))
    }

    /// The same on the connection as it is.
    pub(super) fn look_once(
        &mut self,
        sql: &str,
        values: Values<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        let sql = self.within(sql);
        let rows = self.client.query_typed(&sql, values);
        rows.map_err(|error| self.failed(error))
    }

    /// A transaction that no other writer of the programme can come into; of none, one that waits for nobody.
    pub(super) fn turn(&mut self, of: Option<ProgramId>) -> Result<Turn<'_>, StoreError> {
        let take = of.map(|id| format!("SELECT @.take_turn('{}')", id.as_uuid()));
        let patience = self.patience;
        let sql = format!(
            "{BEGIN}SET LOCAL lock_timeout = {patience}; {}",
            take.unwrap_or_default()
        );
        let sql = self.within(&sql);
        let begun = self.twice(|client| client.batch_execute(&sql));
        // Also what could not take its turn has begun.
        let turn = Turn {
            link: self,
            open: true,
        };
        begun.map(|()| turn)
    }
}

/// A transaction. Dropped, it is rolled back.
pub(super) struct Turn<'l> {
    link: &'l mut Link,
    open: bool,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.open && !self.link.spent {
            // What cannot be rolled back ends with the connection.
            self.link.spent |= self.link.client.batch_execute("ROLLBACK").is_err();
        }
    }
}

/// Why a transaction was not committed, or perhaps not.
pub(super) enum Uncommitted {
    /// Nothing is stored.
    Not(StoreError),
    /// Nobody can say.
    Unknown(StoreError),
}

impl From<Uncommitted> for StoreError {
    fn from(why: Uncommitted) -> Self {
        match why {
            Uncommitted::Not(error) | Uncommitted::Unknown(error) => error,
        }
    }
}

impl Turn<'_> {
    /// Asks, or does, and gives the rows of the answer.
    pub(super) fn ask(&mut self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, StoreError> {
        self.link.look_once(sql, values)
    }

    /// Statements of the store, one after the other.
    pub(super) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        let sql = self.link.within(sql);
        let done = self.link.client.batch_execute(&sql);
        done.map_err(|error| self.link.failed(error))
    }

    pub(super) fn link(&mut self) -> &mut Link {
        self.link
    }

    pub(super) fn commit(mut self) -> Result<(), Uncommitted> {
        // It is over, whatever comes of it.
        self.open = false;
        let done = self.link.client.batch_execute("COMMIT");
        done.map_err(|error| {
            let rolled_back = rolled_back(&error);
            let error = self.link.failed(error);
            if rolled_back {
                return Uncommitted::Not(error);
            }
            self.link.spent = true;
            Uncommitted::Unknown(error)
        })
    }
}

/// Whether an answer to a commit says that nothing is stored: an error of the server, which goes on listening, of a class that ends a
/// transaction before it is committed. Of the others some come from what stands between, and do not know.
fn rolled_back(error: &Error) -> bool {
    let Some(db) = error.as_db_error() else {
        return false;
    };
    let code = db.code().code();
    let class = code.get(..2).unwrap_or_default();
    db.parsed_severity() == Some(Severity::Error)
        && ["22", "23", "40", "53", "54", "55", "P0"].contains(&class)
        && code != SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN.code()
}
