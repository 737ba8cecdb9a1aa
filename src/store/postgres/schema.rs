//! Making a schema, knowing one again, and bringing an older one up to date.

use postgres::types::Type;

use super::DatabaseError;
use super::link::Link;
use crate::store::{Cause, StoreError};

/// The version of the tables that this release makes. It brings every older one up to it.
pub const SCHEMA_VERSION: i32 = STEPS.len() as i32;

/// What leads from each version to the next, from an empty schema on. A step that was released is never changed.
const STEPS: [&str; 1] = [include_str!("schema.sql")];

const STANDING: &str = "SELECT pg_catalog.current_setting('server_encoding'), \
     EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1), \
     EXISTS (SELECT 1 FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace AS n ON n.oid = relnamespace WHERE nspname = $1), \
     EXISTS (SELECT 1 FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace AS n ON n.oid = relnamespace WHERE nspname = $1 \
       AND relname = 'reverse_mentoring' AND relkind = 'r')";
const VERSION: &str = "SELECT version FROM @.reverse_mentoring";
const REACHED: &str = "UPDATE @.reverse_mentoring SET version = $1";
/// Who makes or changes a schema lets no other do so: the letters `RMnt`, and the schema.
const ALONE: &str = "SELECT pg_catalog.pg_advisory_xact_lock(1380806260, pg_catalog.hashtext($1))";

/// Refuses what would have to be quoted with care in a hundred places.
pub(super) fn named(schema: &str) -> Result<(), DatabaseError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let digit = schema.starts_with(|c: char| c.is_ascii_digit());
    let theirs = schema.starts_with("pg_");
    if schema.is_empty() || schema.len() > 63 || !schema.chars().all(plain) || digit || theirs {
        return Err(DatabaseError::Name(schema.to_owned()));
    }
    Ok(())
}

/// What a schema is.
enum Standing {
    Missing,
    /// So many steps are taken.
    At(usize),
}

fn standing(link: &mut Link) -> Result<Standing, DatabaseError> {
    let failed = |error: postgres::Error| StoreError::Unavailable(Cause::new(error));
    let name = link.schema().to_owned();
    let foreign = || DatabaseError::Foreign(name.clone());
    let rows = link.look_once(STANDING, &[(&name, Type::TEXT)])?;
    let row = rows.first().ok_or_else(foreign)?;
    let encoding: String = row.try_get(0).map_err(failed)?;
    if encoding != "UTF8" {
        return Err(DatabaseError::Encoding(encoding));
    }
    let is = |at: usize| row.try_get::<_, bool>(at).map_err(failed);
    if !is(1)? {
        return Ok(Standing::Missing);
    }
    if !is(3)? {
        return if is(2)? {
            Err(foreign())
        } else {
            Ok(Standing::At(0))
        };
    }
    let rows = link.look_once(VERSION, &[])?;
    let version = rows.first().map(|row| row.try_get::<_, i32>(0));
    match version.transpose().map_err(failed)? {
        Some(version @ 1..) => match usize::try_from(version) {
            Ok(version) => Ok(Standing::At(version)),
            Err(_) => Err(DatabaseError::Newer(version)),
        },
        _ => Err(foreign()),
    }
}

/// Refuses a newer one; whether it is up to date.
fn reached(standing: &Standing, steps: &[&str]) -> Result<bool, DatabaseError> {
    match standing {
        Standing::At(taken) if *taken > steps.len() => {
            let version = i32::try_from(*taken).unwrap_or(i32::MAX);
            Err(DatabaseError::Newer(version))
        }
        Standing::At(taken) => Ok(*taken == steps.len()),
        Standing::Missing => Ok(false),
    }
}

/// A connection that was made again has to lead to the same tables.
pub(super) fn check(link: &mut Link) -> Result<(), DatabaseError> {
    let standing = standing(link)?;
    if reached(&standing, &STEPS)? {
        return Ok(());
    }
    Err(DatabaseError::Foreign(link.schema().to_owned()))
}

pub(super) fn prepare(link: &mut Link) -> Result<(), DatabaseError> {
    upgrade(link, &STEPS)
}

/// Takes the steps that a schema has not taken yet, in one transaction.
fn upgrade(link: &mut Link, steps: &[&str]) -> Result<(), DatabaseError> {
    if reached(&standing(link)?, steps)? {
        return Ok(());
    }
    let name = link.schema().to_owned();
    let mut turn = link.turn(None)?;
    turn.ask(ALONE, &[(&name, Type::TEXT)])?;
    // Another may have taken them while this one waited.
    let found = standing(turn.link())?;
    if reached(&found, steps)? {
        return Ok(());
    }
    let taken = match found {
        Standing::Missing => {
            turn.run("CREATE SCHEMA @")?;
            0
        }
        Standing::At(taken) => taken,
    };
    for step in steps.iter().skip(taken) {
        turn.run(step)?;
    }
    let version = i32::try_from(steps.len()).unwrap_or(i32::MAX);
    turn.ask(REACHED, &[(&version, Type::INT4)])?;
    Ok(turn.commit().map_err(StoreError::from)?)
}

#[cfg(test)]
#[cfg(unix)]
#[path = "../../../tests/support/server.rs"]
mod server;

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::time::Duration;

    use super::server::Server;
    use super::*;

    const MORE: [&str; 3] = [
        STEPS[0],
        "CREATE TABLE @.second (x integer)",
        "ALTER TABLE @.second ADD COLUMN y integer",
    ];

    fn link(server: &Server, schema: &str) -> Link {
        Link::new(server.client(), None, schema, Duration::from_secs(60))
    }

    /// Every column of a schema, and its version.
    fn tables(server: &Server, schema: &str) -> Vec<String> {
        let sql = "SELECT concat_ws(' ', table_name, column_name, data_type) FROM information_schema.columns WHERE table_schema = $1 ORDER BY 1";
        let mut client = server.client();
        let rows = client.query(sql, &[&schema]).unwrap();
        let mut all: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let sql = format!("SELECT version::text FROM {schema}.reverse_mentoring");
        all.push(client.query_one(&sql, &[]).unwrap().get(0));
        all
    }

    /// One server for all of it, since starting one takes seconds.
    #[test]
    fn every_version_is_brought_up_to_date_and_none_back() {
        let Some(server) = Server::start() else {
            return;
        };
        let made = |schema: &str, versions: &[usize]| {
            for version in versions {
                upgrade(&mut link(&server, schema), &MORE[..*version]).unwrap();
            }
            tables(&server, schema)
        };
        let at_once = made("at_once", &[3]);
        assert!(
            at_once.contains(&"second y integer".to_owned())
                && at_once.ends_with(&["3".to_owned()])
        );
        for (schema, versions) in [
            ("a", &[1, 3][..]),
            ("b", &[1, 2, 3]),
            ("c", &[2, 3]),
            ("d", &[3, 3]),
        ] {
            assert_eq!(made(schema, versions), at_once);
        }
        // A step that fails leaves the schema as it was.
        let before = made("broken", &[1]);
        let broken = [MORE[0], MORE[1], "CREATE TABLE @.second (x integer)"];
        assert!(upgrade(&mut link(&server, "broken"), &broken).is_err());
        assert_eq!(tables(&server, "broken"), before);
        assert!(upgrade(&mut link(&server, "never"), &broken).is_err());
        let sql = "SELECT count(*) FROM pg_namespace WHERE nspname = 'never'";
        assert_eq!(
            server
                .client()
                .query_one(sql, &[])
                .unwrap()
                .get::<_, i64>(0),
            0
        );
        assert_eq!(made("broken", &[3]), at_once);
        // An older release refuses a newer schema, also on a connection that is made again.
        let error = upgrade(&mut link(&server, "broken"), &MORE[..1]).unwrap_err();
        assert!(matches!(error, DatabaseError::Newer(3)));
        assert!(matches!(
            check(&mut link(&server, "broken")),
            Err(DatabaseError::Newer(3))
        ));
        assert!(check(&mut link(&server, "missing")).is_err());
        made("first", &[1]);
        check(&mut link(&server, "first")).unwrap();
    }
}
