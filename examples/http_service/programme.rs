//! A programme: opened from a roster, enrolled in by each for themselves, launched by a charter.

use std::num::NonZeroU32;

use axum::http::StatusCode;
use chrono::NaiveDate;
use reverse_mentoring::charter::{ChemistryPeriod, Statement};
use reverse_mentoring::journal::Stored;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::{self, Appended, Batch, Version};
use serde::Deserialize;
use serde_json::json;

use crate::Reply;
use crate::asked::{Asked, Caller};
use crate::desk::{Desk, Store};
use crate::file::File;
use crate::problem::Problem;

/// The company of the examples, for who sends no roster.
const COMPANY: &[u8] = include_bytes!("../data/roster.csv");

/// A programme that somebody asks for, and a handle on the store.
pub struct Opened {
    pub store: Box<dyn Store>,
    pub file: File,
    pub program: Program,
}

/// Opens the programme that the path names, for those who take part in it, run it or pay for it. Anybody else is told what they would be
/// told if there were none.
pub fn opened(desk: &Desk, asked: &Asked) -> Result<Opened, Problem> {
    let id = asked.id(1, "programme")?;
    let mut store = desk.store()?;
    let program = store::open(&mut *store, id)?;
    let file = File::of(&mut *store, id)?;
    let of_it = match asked.caller {
        Caller::Coordinator(id) => id == file.coordinator,
        Caller::Member(id) => program.people().any(|places| places.participant == id),
        Caller::Sponsor(id) => {
            let charter = program.charter();
            charter.is_some_and(|charter| charter.sponsor().id() == id)
        }
    };
    match of_it {
        true => Ok(Opened {
            store,
            file,
            program,
        }),
        false => Err(Problem::unknown("programme")),
    }
}

/// `POST /programs`: a roster as CSV, or an empty body for the company of the examples.
pub fn open(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let coordinator = asked.coordinator()?;
    let csv = match asked.bytes() {
        [] => COMPANY,
        sent => sent,
    };
    let (file, roster) = File::open(csv, coordinator, desk)?;
    let (mut ids, mut store) = (desk.ids(), desk.store()?);
    let id = ProgramId::from_source(&mut ids);
    let (_, opening) = Program::open(id, &roster, Load::default(), asked.stamp())?;
    // The file first: a file without a programme hurts nobody.
    file.seal(&mut *store, id, &Erasure::new())?;
    let batch = Batch::of(id, [opening], &mut ids);
    let batch = batch.map_err(|error| Problem::invalid("batch", error))?;
    let attempts = NonZeroU32::MIN.saturating_add(2);
    let stored = store::append(&mut *store, &batch, attempts)?;
    if let Appended::InDoubt(_) = stored {
        let detail = "it is not known whether this was stored";
        let status = StatusCode::SERVICE_UNAVAILABLE;
        return Err(Problem::new(status, "in-doubt", detail));
    }
    Ok(Reply::created(
        format!("/programs/{id}"),
        json!({
            "program": id,
            "people": roster.lines().len(),
            "participants": roster.participants().len(),
        }),
    ))
}

/// `GET /programs/{program}`: how far it is. Whoever takes part, runs or pays for it may know.
pub fn show(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let it = opened(desk, asked)?;
    Ok(Reply::ok(json!({
        "program": it.program.id(),
        "version": it.program.next_sequence(),
        "launched": it.program.charter().is_some(),
        "enrolled": it.program.enrolled().count(),
    })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnrolBody {
    confirms: Vec<Statement>,
}

/// `POST /programs/{program}/enrolment`: the caller takes part, by their own answer.
pub fn enrol(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let (member, cohort) = (asked.member()?, it.file.cohort);
    let EnrolBody { confirms } = asked.json()?;
    let ready = Readiness::new(confirms)?;
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.enrol(cohort, [(member, ready.clone())], stamp)?)
    })?;
    Ok(Reply::at(&it.program, json!({ "participant": member })))
}

/// `DELETE /programs/{program}/enrolment`: the caller takes part no more. Nobody asks why.
pub fn withdraw(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let member = asked.member()?;
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.withdraw(member, stamp)?)
    })?;
    Ok(Reply::at(&it.program, json!({ "participant": member })))
}

/// A charter in the making: what is left out is named in the answer, all of it at once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LaunchBody {
    purpose: Option<Label>,
    sponsor: Option<SponsorId>,
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    curriculum: Option<Training>,
    budget: Option<Budget>,
    cadence: Option<Cadence>,
    contact: Option<ContactId>,
    chemistry: Option<ChemistryPeriod>,
}

/// `POST /programs/{program}/launch`: in the name of the coordinator who asks, by the rules of this service.
pub fn launch(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let coordinator = asked.coordinator()?;
    let body: LaunchBody = asked.json()?;
    let curriculum = |training: Training| Curriculum::new(training.curriculum, training.version);
    let charter = Charter::new(CharterDraft {
        purpose: body.purpose,
        sponsor: body.sponsor.map(Sponsor::new),
        starts: body.starts,
        ends: body.ends,
        curriculum: body.curriculum.map(curriculum),
        budget: body.budget,
        cadence: body.cadence,
        policy: Some(Policy::standard().rules().map(|rule| rule.id()).collect()),
        approved_by: Some(coordinator),
        contact: body.contact,
        chemistry: body.chemistry,
    })?;
    let days = CohortDays::between(charter.starts(), charter.ends());
    let days = days.map_err(|error| Problem::invalid("days", error))?;
    let cohort = Cohort::new(it.file.cohort, days);
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.launch(charter.clone(), cohort, stamp)?)
    })?;
    Ok(Reply::at(&it.program, json!({ "cohort": cohort.id() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrainedBody {
    participants: Vec<ParticipantId>,
}

/// `POST /programs/{program}/trainings`: who has finished the curriculum of the charter, from the product's learning platform.
pub fn train(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    asked.coordinator()?;
    let TrainedBody { participants } = asked.json()?;
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        let charter = program.charter().ok_or_else(not_launched)?;
        let training = charter.curriculum().training();
        Ok(program.trained(training, participants.iter().copied(), stamp)?)
    })?;
    let trained = json!({ "trained": participants.len() });
    Ok(Reply::at(&it.program, trained))
}

/// There is no charter yet.
pub fn not_launched() -> Problem {
    let detail = "the programme is not launched";
    Problem::new(StatusCode::CONFLICT, "not-launched", detail)
}

/// `GET /programs/{program}/journal`: the entries, for the coordinator. They name nobody; see `privacy` in the guide for what they
/// do tell.
pub fn journal(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    asked.coordinator()?;
    let mut entries = Vec::new();
    for found in store::entries(&mut *it.store, it.program.id(), Version::EMPTY) {
        let found = found?;
        entries.push(match found.stored {
            Stored::Entry(entry) => json!({ "id": found.id, "entry": entry }),
            Stored::Newer(version) => json!({ "id": found.id, "newer": version }),
        });
    }
    Ok(Reply::ok(json!({ "entries": entries })))
}
