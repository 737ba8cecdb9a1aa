//! Who with whom: a plan, its approval by a named coordinator, and a pair that a coordinator insists on.

use axum::http::StatusCode;
use reverse_mentoring::prelude::*;
use reverse_mentoring::program::USUAL_DAYS;
use reverse_mentoring::uuid::Uuid;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Reply;
use crate::asked::Asked;
use crate::desk::{Desk, PLANS};
use crate::problem::Problem;
use crate::programme::{Opened, not_launched, opened};

/// `POST /programs/{program}/plans`: the best plan for whoever is enrolled and free. Nobody is paired by it, and it is not stored: with
/// the process it is gone, and is drawn again.
pub fn draw(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let it = opened(desk, asked)?;
    asked.coordinator()?;
    let (roster, policy) = (it.file.roster()?, Policy::standard());
    let context = it.program.context(asked.stamp().on);
    let may = Eligibility::new(&roster, &policy, &context);
    let plan = plan(&may, &Criteria::standard(), &Optimal::most_pairs());
    let plan = plan.map_err(|error| Problem::invalid("plan", error))?;
    let shown = record(&plan);
    let id = desk.keep_plan(it.program.id(), plan);
    let path = format!("/programs/{}/plans/{id}", it.program.id());
    Ok(Reply::created(path, json!({ "plan": id, "is": shown })))
}

/// `GET /programs/{program}/plans/{plan}`.
pub fn show(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let it = opened(desk, asked)?;
    asked.coordinator()?;
    let (id, plan) = found(desk, asked, &it)?;
    Ok(Reply::ok(json!({ "plan": id, "is": record(&plan) })))
}

fn found(desk: &Desk, asked: &Asked, it: &Opened) -> Result<(Uuid, MatchPlan), Problem> {
    let id = asked.id(3, "plan")?;
    let plan = desk.plan(it.program.id(), id);
    let plan = plan.ok_or_else(|| {
        let kept =
            format!("the last {PLANS} of a programme are kept, by the process that drew them");
        let detail = format!("there is no such plan, or no more: {kept}; draw one again");
        Problem::new(StatusCode::NOT_FOUND, "unknown", detail)
    })?;
    Ok((id, plan))
}

fn record(plan: &MatchPlan) -> Value {
    json!({ "summary": plan.to_string(), "record": plan.to_record() })
}

/// `POST /programs/{program}/plans/{plan}/approval`: the pairs are proposed, all or none, in the name of the coordinator who asks.
/// What has happened since the plan was drawn may be against it, and then that is the answer.
pub fn approve(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let coordinator = asked.coordinator()?;
    let (_, plan) = found(desk, asked, &it)?;
    let approved = plan.approve(coordinator);
    let cadence = it.program.charter().map(Charter::cadence);
    let cadence = cadence.ok_or_else(not_launched)?;
    let mut proposed = Vec::new();
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        let entry = program.propose_all(&approved, cadence, stamp, &mut desk.ids())?;
        proposed = pairings(&entry);
        Ok(entry)
    })?;
    Ok(Reply::at(&it.program, json!({ "pairings": proposed })).status(StatusCode::CREATED))
}

fn pairings(entry: &Entry) -> Vec<Value> {
    let Event::Proposed { pairings, .. } = &entry.event else {
        return Vec::new();
    };
    let pairing = pairings.iter();
    let pairing = pairing.map(|p| {
        json!({
            "pairing": p.id,
            "mentor": p.pair.mentor,
            "mentee": p.pair.mentee,
        })
    });
    pairing.collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairBody {
    mentor: Key,
    mentee: Key,
}

/// `POST /programs/{program}/pairings`: one pair that a coordinator chooses. May they not, then every reason is in the answer.
pub fn insist(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let coordinator = asked.coordinator()?;
    let PairBody { mentor, mentee } = asked.json()?;
    let (roster, policy) = (it.file.roster()?, Policy::standard());
    let cadence = it.program.charter().map(Charter::cadence);
    let cadence = cadence.ok_or_else(not_launched)?;
    let mut proposed = Vec::new();
    desk.change(&mut *it.store, &mut it.program, asked, |program, stamp| {
        // Asked within the change: who was first may have taken a place.
        let context = program.context(stamp.on);
        let may = Eligibility::new(&roster, &policy, &context);
        let verdict = may.check_keys(mentor.as_str(), mentee.as_str());
        let verdict = verdict.map_err(|error| Problem::invalid("unknown-participant", error))?;
        let proof = match verdict {
            Verdict::Eligible(proof) => proof,
            no => {
                let problem = Problem::invalid("not-eligible", "the two may not be paired");
                return Err(problem.because(no.violations().to_vec()));
            }
        };
        let ends = stamp.on.checked_add_days(chrono::Days::new(USUAL_DAYS));
        let ends = ends.unwrap_or(stamp.on);
        let goals = TwoWayGoals::draft(&proof, ends);
        let (id, agreement) = (
            PairingId::from_source(&mut desk.ids()),
            Agreement::standard(cadence),
        );
        let entry = program.propose(id, &proof, goals, agreement, coordinator, stamp)?;
        proposed = pairings(&entry);
        Ok(entry)
    })?;
    Ok(Reply::at(&it.program, json!({ "pairings": proposed })).status(StatusCode::CREATED))
}
