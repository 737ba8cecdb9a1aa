//! Journals and records as rows.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use postgres::Row;
use postgres::types::{FromSql, Type};
use uuid::Uuid;

use super::PostgresStore;
use super::link::{Turn, Uncommitted};
use crate::ids::{EntryId, ProgramId};
use crate::program::ProgramRecord;
use crate::store::wire::{json, number, record, stored};
use crate::store::{
    AppendError, Appended, Batch, Cause, Found, Journal, Place, SnapshotError, Standing,
    StoreError, Verdict, Version,
};

const VERSION: &str = "SELECT coalesce(max(sequence) + 1, 0) FROM @.journal WHERE program = $1";
/// How long the journal is, with each of the ids that stands, or none. Looked up one by one: while the server has no statistics of the table it would
/// rather fetch all of the programme.
const STANDING: &str = "SELECT (SELECT coalesce(max(sequence) + 1, 0) FROM @.journal WHERE program = $1), s.sequence, s.id, s.entry \
     FROM unnest($2) AS asked (id) LEFT JOIN LATERAL ( \
       SELECT sequence, id, entry FROM @.journal WHERE program = $1 AND id = asked.id LIMIT 1 \
     ) AS s ON true";
const INSERT: &str = "INSERT INTO @.journal (program, sequence, id, entry) \
     SELECT $1, new.sequence, new.id, new.entry FROM unnest($2, $3, $4) AS new (sequence, id, entry)";
/// The entries from a place to another, for the same reason not by `LIMIT`; and where they are fewer than they should be the one beyond, so that a gap is no end.
const PAGE: &str = "WITH page AS ( \
       SELECT sequence, id, entry FROM @.journal WHERE program = $1 AND sequence BETWEEN $2 AND $3 \
     ) SELECT * FROM page UNION ALL ( \
       SELECT sequence, id, entry FROM @.journal WHERE program = $1 AND sequence > $3 AND (SELECT count(*) <= $3 - $2 FROM page) \
       ORDER BY sequence LIMIT 1 \
     ) ORDER BY sequence";
const LATEST: &str = "SELECT last, record FROM @.snapshot WHERE program = $1";
// An older one is not stored.
const KEEP: &str = "INSERT INTO @.snapshot AS old (program, last, record) VALUES ($1, $2, $3) \
     ON CONFLICT (program) DO UPDATE SET last = excluded.last, record = excluded.record WHERE excluded.last >= old.last";

/// A column, whose type the schema says.
pub(super) fn column<'r, T: FromSql<'r>>(row: &'r Row, at: usize) -> Result<T, StoreError> {
    let column = row.try_get(at);
    column.map_err(|error| StoreError::Unavailable(Cause::new(error)))
}

/// The number of entries in a row.
fn version(program: ProgramId, row: Option<&Row>) -> Result<Version, StoreError> {
    let damaged = StoreError::Damaged {
        program,
        place: Place::Entry(0),
    };
    let Some(row) = row else {
        return Err(damaged);
    };
    let found = u64::try_from(column::<i64>(row, 0)?);
    found.map(Version::new).map_err(|_| damaged)
}

/// How long the journal is, and what stands under the ids of a batch.
fn standing(turn: &mut Turn<'_>, batch: &Batch) -> Result<(Version, Vec<Standing>), StoreError> {
    let program = batch.program();
    let ids: Vec<Uuid> = batch.filed().iter().map(|f| *f.id.as_uuid()).collect();
    let keys = [
        (program.as_uuid() as _, Type::UUID),
        (&ids as _, Type::UUID_ARRAY),
    ];
    let rows = turn.ask(STANDING, &keys)?;
    let found = version(program, rows.first())?;
    let mut by_id = BTreeMap::new();
    for row in &rows {
        if let Some(sequence) = column::<Option<i64>>(row, 1)? {
            let (sequence, stored) = stored(program, sequence, column(row, 3)?)?;
            by_id.insert(column::<Uuid>(row, 2)?, (sequence, stored));
        }
    }
    let in_order = batch.filed().iter().filter_map(|filed| {
        let (sequence, stored) = by_id.remove(filed.id.as_uuid())?;
        Some(Standing::new(filed.id, sequence, stored))
    });
    Ok((found, in_order.collect()))
}

/// The columns of a batch.
type Columns = (Vec<i64>, Vec<Uuid>, Vec<String>);

fn columns(batch: &Batch) -> Result<Columns, StoreError> {
    let mut columns = Columns::default();
    for filed in batch.filed() {
        columns.0.push(number(filed.entry.sequence)?);
        columns.1.push(*filed.id.as_uuid());
        columns.2.push(json(&filed.entry)?);
    }
    Ok(columns)
}

impl Journal for PostgresStore {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        let rows = self
            .link
            .look(VERSION, &[(program.as_uuid(), Type::UUID)])?;
        version(program, rows.first())
    }

    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        let program = batch.program();
        // Before others have to wait.
        let columns = columns(batch);
        let mut turn = self.link.turn(Some(program))?;
        let (found, standing) = standing(&mut turn, batch)?;
        match batch.judge(found, &standing)? {
            Verdict::Already => return Ok(Appended::Already),
            Verdict::Store => {
                let (sequences, ids, texts) = columns?;
                let rows = [
                    (program.as_uuid() as _, Type::UUID),
                    (&sequences as _, Type::INT8_ARRAY),
                    (&ids as _, Type::UUID_ARRAY),
                    (&texts as _, Type::TEXT_ARRAY),
                ];
                turn.ask(INSERT, &rows)?;
            }
        }
        match turn.commit() {
            Ok(()) => Ok(Appended::Stored),
            Err(Uncommitted::Not(error)) => Err(error.into()),
            Err(Uncommitted::Unknown(error)) => Ok(Appended::InDoubt(error)),
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
        let to = from.saturating_add(most - 1);
        let keys = [
            (program.as_uuid() as _, Type::UUID),
            (&from as _, Type::INT8),
            (&to as _, Type::INT8),
        ];
        let rows = self.link.look(PAGE, &keys)?;
        let found = rows.iter().map(|row| {
            let (sequence, stored) = stored(program, column(row, 0)?, column(row, 2)?)?;
            Ok(Found::new(sequence, EntryId::new(column(row, 1)?), stored))
        });
        found.collect()
    }

    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        let (program, entries) = (record.program(), Version::new(record.entries()));
        let text = json(record)?;
        let mut turn = self.link.turn(None)?;
        let rows = turn.ask(VERSION, &[(program.as_uuid(), Type::UUID)])?;
        let found = version(program, rows.first())?;
        if entries > found {
            return Err(SnapshotError::Ahead {
                program,
                entries,
                found,
            });
        }
        let last = number(entries.entries())? - 1;
        let row = [
            (program.as_uuid() as _, Type::UUID),
            (&last as _, Type::INT8),
            (&text as _, Type::TEXT),
        ];
        turn.ask(KEEP, &row)?;
        Ok(turn.commit().map_err(StoreError::from)?)
    }

    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        let rows = self.link.look(LATEST, &[(program.as_uuid(), Type::UUID)])?;
        match rows.first() {
            Some(row) => record(program, column(row, 0)?, column(row, 1)?),
            None => Ok(None),
        }
    }
}
