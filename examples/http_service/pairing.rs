//! One pairing: what the two do in it, and what each may read of it.
//!
//! What is the two's own asks for a `Member`, which the programme gives for one of the two and for nobody else.

use axum::http::StatusCode;
use chrono::NaiveDate;
use reverse_mentoring::notebook::{Kind, Page};
use reverse_mentoring::policy::Parameter;
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::Member;
use reverse_mentoring::text::Quoted;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Reply;
use crate::asked::{Asked, Caller};
use crate::desk::Desk;
use crate::file::notes;
use crate::problem::Problem;
use crate::programme::{Opened, opened};

/// The most that a note may have, in bytes.
const WORDS: usize = 64 << 10;
/// The most notes of one pairing that one of the two reads, and the most bytes in them: all of a programme are stored as one.
const PAGES: usize = 1000;
const ALL_WORDS: usize = 2 << 20;

/// The member who asks, of the pairing that the path names. Somebody else's pairing is one that there is not.
fn member(asked: &Asked, it: &Opened) -> Result<Member, Problem> {
    let id = asked.id(3, "pairing")?;
    let member = it.program.member(id, asked.member()?);
    member.ok_or_else(|| Problem::unknown("pairing"))
}

/// A step in the name of one of the two, where it is one that somebody takes.
fn taken(step: Step, by: Role) -> Step {
    match step {
        Step::Accept { .. } => Step::Accept { by },
        Step::Decline { .. } => Step::Decline { by },
        Step::Sign { .. } => Step::Sign { by },
        Step::Reinstate { .. } => Step::Reinstate { by },
        step => step,
    }
}

/// The steps that can be asked for here. Only a reorganisation suspends, and only a ballot settles, which this service has not.
fn by_hand() -> impl Iterator<Item = Step> {
    let all = Step::KINDS.into_iter();
    all.filter(|step| !matches!(step, Step::Suspend | Step::Settle))
}

/// Where a pairing stands, and what could be next: for one of the two, by them.
fn standing(program: &Program, id: PairingId, role: Option<Role>) -> Value {
    let stage = program.stage(id);
    let roles = role.map_or(vec![Role::Mentor, Role::Mentee], |role| vec![role]);
    let possible = by_hand().filter(|step| {
        let mut by = roles.iter().map(|by| taken(*step, *by));
        by.any(|step| stage.is_some_and(|stage| stage.after(step).is_ok()))
    });
    let possible: Vec<&str> = possible.map(Step::as_str).collect();
    json!({ "stage": stage.map(Stage::as_str), "possible": possible })
}

/// `GET /programs/{program}/pairings`: for the coordinator all that are open, for a member their own.
pub fn list(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let it = opened(desk, asked)?;
    let own = match asked.caller {
        Caller::Member(id) => Some(id),
        _ => asked.coordinator().map(|_| None)?,
    };
    let open = it.program.open_pairings();
    let theirs = open.filter(|p| own.is_none_or(|own| p.member(own).is_some()));
    let pairing = theirs.map(|p| {
        json!({
            "pairing": p.id(),
            "mentor": p.pair().mentor,
            "mentee": p.pair().mentee,
            "stage": p.stage().as_str(),
            "held": p.held(),
        })
    });
    let pairings: Vec<Value> = pairing.collect();
    Ok(Reply::ok(json!({ "pairings": pairings })))
}

/// `GET /programs/{program}/pairings/{pairing}`: for the coordinator what they administer, for one of the two what they agreed on.
pub fn show(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let role = match asked.caller {
        Caller::Member(_) => Some(member(asked, &it)?.role()),
        _ => asked.coordinator().map(|_| None)?,
    };
    let id: PairingId = asked.id(3, "pairing")?;
    let facts = it.program.history().pairing(id);
    let pair = facts.map(|facts| facts.pair);
    let pair = pair.ok_or_else(|| Problem::unknown("pairing"))?;
    let mut shown = json!({
        "pairing": id,
        "mentor": pair.mentor,
        "mentee": pair.mentee,
        "now": standing(&it.program, id, role),
    });
    let Some(role) = role else {
        return Ok(Reply::ok(shown)); // no goals, which are wishes, and no terms
    };
    let partner = pair.person(role.other());
    let partner = it.store.card(it.program.id(), partner)?;
    let pairing = it.program.pairing(id);
    shown["role"] = json!(role);
    shown["partner"] = json!(partner.map(|card| card.name));
    shown["goals"] = json!(pairing.map(Pairing::goals));
    shown["agreement"] = json!(pairing.map(Pairing::agreement));
    Ok(Reply::ok(shown))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepBody {
    step: String,
}

/// `POST /programs/{program}/pairings/{pairing}/steps`: a step in the name of the member who asks. An `end` is the no-fault exit, and
/// nobody says why. To `settle` asks for a ballot, which this service has not.
pub fn step(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let by = member(asked, &it)?;
    let StepBody { step } = asked.json()?;
    let known = by_hand().find(|kind| kind.as_str() == step);
    let step = taken(known.ok_or_else(|| no_step(&step))?, by.role());
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.advance(by.pairing(), step, stamp)?)
    })?;
    let now = standing(&it.program, by.pairing(), Some(by.role()));
    Ok(Reply::at(&it.program, json!({ "now": now })))
}

fn no_step(step: &str) -> Problem {
    let known: Vec<String> = by_hand().map(|step| step.as_str().to_owned()).collect();
    let detail = format!(
        "there is no step {}; known: {}",
        Quoted(step),
        known.join(", ")
    );
    let violation = Violation::new("unknown-step", detail.clone());
    let violation = violation.parameter("known", Parameter::List(known));
    Problem::invalid("step", detail).because(vec![violation])
}

/// `POST /programs/{program}/pairings/{pairing}/terms`: what the member who asks brings into the agreement.
pub fn terms(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let by = member(asked, &it)?;
    let terms: Terms = asked.json()?;
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.state(by.pairing(), by.role(), terms.clone(), stamp)?)
    })?;
    let now = standing(&it.program, by.pairing(), Some(by.role()));
    Ok(Reply::at(&it.program, json!({ "now": now })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionBody {
    on: NaiveDate,
    result: Outcome,
}

/// `POST /programs/{program}/pairings/{pairing}/sessions`: what became of a session. Who has written it down is not on record.
pub fn record(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let by = member(asked, &it)?;
    let SessionBody { on, result } = asked.json()?;
    let id = SessionId::from_source(&mut desk.ids());
    let session = Session::new(id, by.pairing(), on, result);
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.record(&session, stamp)?)
    })?;
    Ok(Reply::at(&it.program, json!({ "session": id })).status(StatusCode::CREATED))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteBody {
    kind: Kind,
    session: Option<SessionId>,
    words: String,
}

/// `POST /programs/{program}/pairings/{pairing}/notes`: something for the two. It is on no record, and in no answer to anybody else.
pub fn note(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let by = member(asked, &it)?;
    let NoteBody {
        kind,
        session,
        words,
    } = asked.json()?;
    let (program, on) = (it.program.id(), asked.stamp().on);
    Problem::over("words", &words, WORDS)?;
    desk.write_notes(&mut *it.store, program, |notebook| {
        // As far as the member can read; what the other keeps to themselves is theirs to fill.
        let pages = notebook.pages(&by).map(|page| page.words.len());
        let (many, bytes) = pages.fold((0, words.len()), |(n, sum), more| (n + 1, sum + more));
        if many >= PAGES || bytes > ALL_WORDS {
            let detail = format!("a pairing has {PAGES} notes and {ALL_WORDS} bytes at most");
            return Err(Problem::new(StatusCode::CONFLICT, "full", detail));
        }
        notebook.write(&by, kind, session, on, words);
        Ok(())
    })?;
    Ok(Reply::nothing())
}

/// `GET /programs/{program}/pairings/{pairing}/notes`: the pages that the member who asks may read.
pub fn read_notes(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let reader = member(asked, &it)?;
    let notebook = notes(&mut *it.store, it.program.id())?;
    let page = |page: Page<'_>| {
        json!({
            "kind": page.kind,
            "author": page.author,
            "session": page.session,
            "on": page.on,
            "words": page.words,
        })
    };
    let pages: Vec<Value> = notebook.pages(&reader).map(page).collect();
    Ok(Reply::ok(json!({ "pages": pages })))
}
