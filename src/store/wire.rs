//! How stores of rows write entries and records, and read them again.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Cause, Place, StoreError};
use crate::ids::ProgramId;
use crate::journal::{Claim, Stored, WIRE_VERSION};
use crate::program::ProgramRecord;

/// A number as a signed column holds it.
pub(super) fn number(of: u64) -> Result<i64, StoreError> {
    i64::try_from(of).map_err(|error| StoreError::Unavailable(Cause::new(error)))
}

/// The text of an entry or a record.
pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unavailable(Cause::new(error)))
}

/// The entry of a row, which has to be the one of its place.
pub(super) fn stored(
    program: ProgramId,
    sequence: i64,
    text: &str,
) -> Result<(u64, Stored), StoreError> {
    let place = u64::try_from(sequence).unwrap_or_default();
    let damaged = StoreError::Damaged {
        program,
        place: Place::Entry(place),
    };
    let read = Stored::read(|| serde_json::from_str(text), || serde_json::from_str(text));
    match read {
        Ok(Stored::Entry(entry)) if entry.sequence == place => Ok((place, Stored::Entry(entry))),
        Ok(newer @ Stored::Newer(_)) => Ok((place, newer)),
        _ => Err(damaged),
    }
}

/// The record of a row, which has to stand on the entries up to `last`; none, where a newer release wrote it.
pub(super) fn record(
    program: ProgramId,
    last: i64,
    text: &str,
) -> Result<Option<ProgramRecord>, StoreError> {
    let damaged = || StoreError::Damaged {
        program,
        place: Place::Snapshot,
    };
    let claim: Claim = read(text).ok_or_else(damaged)?;
    if claim.version > WIRE_VERSION {
        return Ok(None);
    }
    let record: ProgramRecord = read(text).ok_or_else(damaged)?;
    let entries = u64::try_from(last).unwrap_or_default() + 1;
    if record.program() != program || record.entries() != entries {
        return Err(damaged());
    }
    Ok(Some(record))
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
