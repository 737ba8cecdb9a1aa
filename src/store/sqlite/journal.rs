//! Journals and records as rows.

use std::num::NonZeroUsize;

use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};

use super::{SqliteStore, failed};
use crate::ids::{EntryId, ProgramId};
use crate::program::ProgramRecord;
use crate::store::wire::{self, json, number, stored};
use crate::store::{
    AppendError, Appended, Batch, Found, Journal, Place, SnapshotError, Standing, StoreError,
    Verdict, Version,
};

const VERSION: &str = "SELECT coalesce(max(sequence) + 1, 0) FROM journal WHERE program = ?1";
const STANDING: &str = "SELECT sequence, entry FROM journal WHERE program = ?1 AND id = ?2";
const INSERT: &str = "INSERT INTO journal (program, sequence, id, entry) VALUES (?1, ?2, ?3, ?4)";
const PAGE: &str = "SELECT sequence, id, entry FROM journal WHERE program = ?1 AND sequence >= ?2 ORDER BY sequence LIMIT ?3";
const LATEST: &str = "SELECT last, record FROM snapshot WHERE program = ?1";
// An older one is not stored.
const KEEP: &str = "INSERT INTO snapshot (program, last, record) VALUES (?1, ?2, ?3) \
     ON CONFLICT (program) DO UPDATE SET last = excluded.last, record = excluded.record WHERE excluded.last >= last";

fn version(connection: &Connection, program: ProgramId) -> Result<Version, StoreError> {
    let mut statement = connection.prepare_cached(VERSION).map_err(failed)?;
    let found = statement.query_row([program.as_uuid().as_bytes()], |row| row.get::<_, i64>(0));
    let found = u64::try_from(found.map_err(failed)?);
    found.map(Version::new).map_err(|_| StoreError::Damaged {
        program,
        place: Place::Entry(0),
    })
}

fn at(sequence: i64) -> Place {
    Place::Entry(u64::try_from(sequence).unwrap_or_default())
}

/// What SQLite calls a text is any bytes that somebody has put there.
fn text<'r>(
    row: &'r Row<'_>,
    column: usize,
    program: ProgramId,
    place: Place,
) -> Result<&'r str, StoreError> {
    let text = row.get_ref(column).map_err(failed)?;
    text.as_str()
        .map_err(|_| StoreError::Damaged { program, place })
}

/// What stands under the ids of a batch.
fn standing(transaction: &Transaction<'_>, batch: &Batch) -> Result<Vec<Standing>, StoreError> {
    let program = batch.program();
    let mut statement = transaction.prepare_cached(STANDING).map_err(failed)?;
    let mut found = Vec::new();
    for filed in batch.filed() {
        let keys = params![program.as_uuid().as_bytes(), filed.id.as_uuid().as_bytes()];
        let mut rows = statement.query(keys).map_err(failed)?;
        if let Some(row) = rows.next().map_err(failed)? {
            let sequence = row.get::<_, i64>(0).map_err(failed)?;
            let (sequence, stored) =
                stored(program, sequence, text(row, 1, program, at(sequence))?)?;
            found.push(Standing::new(filed.id, sequence, stored));
        }
    }
    Ok(found)
}

fn insert(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached(INSERT).map_err(failed)?;
    let program = batch.program();
    for filed in batch.filed() {
        let row = params![
            program.as_uuid().as_bytes(),
            number(filed.entry.sequence)?,
            filed.id.as_uuid().as_bytes(),
            json(&filed.entry)?,
        ];
        statement.execute(row).map_err(failed)?;
    }
    Ok(())
}

impl SqliteStore {
    /// A transaction that no other writer can come into. Dropped, it is rolled back.
    pub(super) fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        let begun = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate);
        begun.map_err(failed)
    }
}

impl Journal for SqliteStore {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        version(&self.connection, program)
    }

    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        let transaction = self.begin()?;
        let found = version(&transaction, batch.program())?;
        match batch.judge(found, &standing(&transaction, batch)?)? {
            Verdict::Already => return Ok(Appended::Already),
            Verdict::Store => insert(&transaction, batch)?,
        }
        // A commit that SQLite calls busy has not begun. Of one that fails on the way, the log may hold all that a later
        // start needs to find it whole.
        match transaction.commit().map_err(failed) {
            Ok(()) => Ok(Appended::Stored),
            Err(error @ StoreError::Busy(_)) => Err(error.into()),
            Err(error) => Ok(Appended::InDoubt(error)),
        }
    }

    fn read(
        &mut self,
        program: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        let Ok(from) = i64::try_from(from.entries()) else {
            return Ok(Vec::new());
        };
        let most = i64::try_from(most.get()).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(PAGE).map_err(failed)?;
        let keys = params![program.as_uuid().as_bytes(), from, most];
        let mut rows = statement.query(keys).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let sequence = row.get::<_, i64>(0).map_err(failed)?;
            let id = row.get::<_, [u8; 16]>(1).map_err(failed)?;
            let (sequence, stored) =
                stored(program, sequence, text(row, 2, program, at(sequence))?)?;
            let id = EntryId::new(uuid::Uuid::from_bytes(id));
            found.push(Found::new(sequence, id, stored));
        }
        Ok(found)
    }

    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        let (program, entries) = (record.program(), Version::new(record.entries()));
        let transaction = self.begin()?;
        let found = version(&transaction, program)?;
        if entries > found {
            return Err(SnapshotError::Ahead {
                program,
                entries,
                found,
            });
        }
        let key = program.as_uuid().as_bytes();
        let last = number(entries.entries())? - 1;
        let row = params![key, last, json(record)?];
        let kept = transaction.execute(KEEP, row).map_err(failed);
        kept?;
        transaction.commit().map_err(failed)?;
        Ok(())
    }

    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        let mut statement = self.connection.prepare_cached(LATEST).map_err(failed)?;
        let mut rows = statement
            .query([program.as_uuid().as_bytes()])
            .map_err(failed)?;
        let Some(row) = rows.next().map_err(failed)? else {
            return Ok(None);
        };
        let last = row.get::<_, i64>(0).map_err(failed)?;
        wire::record(program, last, text(row, 1, program, Place::Snapshot)?)
    }
}
