//! Making a file, knowing one again, and bringing an older one up to date.

use rusqlite::{Connection, TransactionBehavior};

use super::{FileError, failed};

/// What says that a file is one of these: `PRAGMA application_id`, the letters `RMnt`.
pub const APPLICATION_ID: i32 = 0x524d_6e74;

/// The version of the tables that this release makes: `PRAGMA user_version`. It brings every older one up to it.
pub const SCHEMA_VERSION: i32 = STEPS.len() as i32;

/// What leads from each version to the next, from an empty file on. A step that was released is never changed.
const STEPS: [&str; 1] = [include_str!("schema.sql")];

/// Settings of the connection, and the tables.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), FileError> {
    // Before anything is written to what may be somebody else's.
    standing_now(connection)?;
    let mode = connection
        .query_row("PRAGMA journal_mode=WAL", [], |row| row.get::<_, String>(0))
        .map_err(failed)?;
    if mode != "wal" {
        return Err(FileError::Mode(mode));
    }
    for (name, value) in [
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        // What is deleted is overwritten, see `Vault::erase`.
        ("secure_delete", "ON"),
        ("recursive_triggers", "ON"),
        ("trusted_schema", "OFF"),
        ("temp_store", "MEMORY"),
    ] {
        connection
            .pragma_update(None, name, value)
            .map_err(failed)?;
    }
    upgrade(connection, &STEPS)
}

/// The same for a file that has to have tables.
pub(super) fn prepare_existing(connection: &mut Connection) -> Result<(), FileError> {
    match standing_now(connection)? {
        0 => Err(FileError::Nothing),
        _ => prepare(connection),
    }
}

/// The version of a file, as of one moment: another may be making the file.
fn standing_now(connection: &mut Connection) -> Result<usize, FileError> {
    let moment = connection.transaction().map_err(failed)?;
    standing(&moment)
}

/// The version of a file, none of a new one.
fn standing(connection: &Connection) -> Result<usize, FileError> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, i32>(0));
    let id = number("PRAGMA application_id").map_err(failed)?;
    let version = number("PRAGMA user_version").map_err(failed)?;
    let tables = number("SELECT count(*) FROM sqlite_schema").map_err(failed)?;
    match (id, version) {
        (0, 0) if tables == 0 => Ok(0),
        (APPLICATION_ID, 1..) => match usize::try_from(version) {
            Ok(version) => Ok(version),
            Err(_) => Err(FileError::Newer(version)),
        },
        _ => Err(FileError::Foreign(id)),
    }
}

/// Takes the steps that a file has not taken yet, in one transaction.
fn upgrade(connection: &mut Connection, steps: &[&str]) -> Result<(), FileError> {
    let newer = |standing: usize| {
        let version = i32::try_from(standing).unwrap_or(i32::MAX);
        (standing > steps.len()).then_some(FileError::Newer(version))
    };
    let version = standing_now(connection)?;
    if let Some(error) = newer(version) {
        return Err(error);
    }
    if version == steps.len() {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    // Another may have taken them while this one waited.
    let version = standing(&transaction)?;
    if let Some(error) = newer(version) {
        return Err(error);
    }
    for step in steps.iter().skip(version) {
        transaction.execute_batch(step).map_err(failed)?;
    }
    let reached = i32::try_from(steps.len()).unwrap_or(i32::MAX);
    for (name, value) in [
        ("application_id", APPLICATION_ID),
        ("user_version", reached),
    ] {
        transaction
            .pragma_update(None, name, value)
            .map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORE: [&str; 3] = [
        STEPS[0],
        "CREATE TABLE second (x INTEGER) STRICT",
        "ALTER TABLE second ADD COLUMN y INTEGER",
    ];

    fn tables(connection: &Connection) -> Vec<String> {
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn every_version_comes_to_the_same_tables() {
        let made = |versions: &[usize]| {
            let mut connection = Connection::open_in_memory().unwrap();
            for version in versions {
                upgrade(&mut connection, &MORE[..*version]).unwrap();
            }
            tables(&connection)
        };
        let at_once = made(&[3]);
        assert_eq!(at_once.len(), 6);
        for versions in [&[1, 3][..], &[1, 2, 3], &[2, 3], &[3, 3]] {
            assert_eq!(made(versions), at_once);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        upgrade(&mut connection, &MORE[..1]).unwrap();
        let before = tables(&connection);
        let broken = [MORE[0], MORE[1], "CREATE TABLE second (x INTEGER)"];
        assert!(upgrade(&mut connection, &broken).is_err());
        assert_eq!(tables(&connection), before);
        assert_eq!(standing(&connection).unwrap(), 1);
        upgrade(&mut connection, &MORE).unwrap();
    }

    #[test]
    fn an_older_release_refuses_a_newer_file() {
        let mut connection = Connection::open_in_memory().unwrap();
        upgrade(&mut connection, &MORE).unwrap();
        let error = upgrade(&mut connection, &MORE[..1]).unwrap_err();
        assert!(matches!(error, FileError::Newer(3)));
    }
}
