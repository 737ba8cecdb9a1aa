//! How it goes: for the coordinator of each pairing, for the sponsor only what was released.

use reverse_mentoring::health::{Period, Publisher, ReleaseError};
use reverse_mentoring::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Reply;
use crate::asked::{Asked, Caller, forbidden};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::programme::opened;

/// `GET /programs/{program}/health`: the types say who sees what. A coordinator's record has each pairing, by attendance and
/// administration; a sponsor's has the releases, in which no figure tells of few people.
pub fn health(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let it = opened(desk, asked)?;
    match asked.caller {
        Caller::Coordinator(_) => {
            let (history, today) = (it.program.history(), asked.stamp().on);
            let health = ProgramHealth::assess(history, &Metrics::standard(), today);
            let health = health.map_err(|error| Problem::invalid("health", error))?;
            Ok(Reply::ok(json!(health.to_record(|id| id.to_string()))))
        }
        Caller::Sponsor(_) => Ok(Reply::ok(json!({ "releases": it.file.releases }))),
        Caller::Member(_) => Err(forbidden("health is for coordinators and sponsors")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseBody {
    year: i32,
    month: u32,
}

/// `POST /programs/{program}/releases`: the coordinator publishes a month that is over, once and in order. The ledger of all that was
/// published is stored with it, or nothing is: two releases that do not know of each other could be subtracted.
pub fn release(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    asked.coordinator()?;
    let ReleaseBody { year, month } = asked.json()?;
    let period = Period::month(year, month);
    let period = period.ok_or_else(|| Problem::invalid("month", "there is no such month"))?;
    let (id, program, today) = (it.program.id(), &it.program, asked.stamp().on);
    let released = desk.refile(&mut *it.store, id, |file| {
        let metrics = Metrics::standard();
        let publisher = Publisher::new(program.history(), &metrics, today);
        let release = publisher.release(period, &mut file.ledger);
        let release: Value = json!(release.map_err(refused)?.to_record());
        file.releases.push(release.clone());
        Ok(release)
    })?;
    Ok(Reply::ok(released))
}

fn refused(error: ReleaseError) -> Problem {
    let code = match error {
        ReleaseError::NotOver { .. } => "not-over",
        ReleaseError::NotAfter { .. } => "released-already",
        _ => "release",
    };
    Problem::invalid(code, error)
}
