//! One pairing: what the two do in it, and what each may read of it.
//!
//! What is the two's own asks for a `Member`, which the programme gives for one of the two and for nobody else.

use axum::http::StatusCode;
use chrono::NaiveDate;
use reverse_mentoring::notebook::{Kind, Page};
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::Member;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Reply;
use crate::asked::{Asked, Caller};
use crate::desk::{Desk, notes};
use crate::problem::Problem;
use crate::programme::{Opened, opened};

/// The member who asks, of the pairing that the path names. Somebody else's pairing is one that there is not.
fn member(asked: &Asked, it: &Opened) -> Result<Member, Problem> {
    let id = asked.id(3, "pairing")?;
    let member = it.program.member(id, asked.member()?);
    member.ok_or_else(|| Problem::unknown("pairing"))
}

/// Where a pairing stands, and what could be next.
fn standing(program: &Program, id: PairingId) -> Value {
    let stage = program.stage(id);
    let steps = stage.into_iter().flat_map(Stage::legal);
    let by_hand = steps.filter(|step| *step != Step::Suspend);
    let possible: Vec<&str> = by_hand.map(|step| step.as_str()).collect();
    json!({ "stage": stage.map(Stage::as_str), "possible": possible })
}

/// `GET /programs/{program}/pairings`: for the coordinator all that are open, for a member their own.
pub fn list(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let it = opened(desk, asked)?;
    let own = match asked.caller {
        Caller::Member(id) => Some(id),
        _ => it.file.coordinator(asked).map(|_| None)?,
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
        _ => it.file.coordinator(asked).map(|_| None)?,
    };
    let id: PairingId = asked.id(3, "pairing")?;
    let facts = it.program.history().pairing(id);
    let pair = facts.map(|facts| facts.pair);
    let pair = pair.ok_or_else(|| Problem::unknown("pairing"))?;
    let mut shown = json!({
        "pairing": id,
        "mentor": pair.mentor,
        "mentee": pair.mentee,
        "now": standing(&it.program, id),
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
    let known = Step::KINDS.into_iter().find(|kind| kind.as_str() == step);
    let known = known.ok_or_else(|| Problem::invalid("step", "there is no such step"))?;
    let step = match (known, by.role()) {
        (Step::Accept { .. }, by) => Step::Accept { by },
        (Step::Decline { .. }, by) => Step::Decline { by },
        (Step::Sign { .. }, by) => Step::Sign { by },
        (Step::Reinstate { .. }, by) => Step::Reinstate { by },
        (step, _) => step,
    };
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.advance(by.pairing(), step, stamp)?)
    })?;
    let now = standing(&it.program, by.pairing());
    Ok(Reply::at(&it.program, json!({ "now": now })))
}

/// `POST /programs/{program}/pairings/{pairing}/terms`: what the member who asks brings into the agreement.
pub fn terms(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let by = member(asked, &it)?;
    let terms: Terms = asked.json()?;
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        Ok(program.state(by.pairing(), by.role(), terms.clone(), stamp)?)
    })?;
    let now = standing(&it.program, by.pairing());
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
    desk.write_notes(&mut *it.store, program, |notebook| {
        notebook.write(&by, kind, session, on, words);
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
