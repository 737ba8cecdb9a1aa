//! Questions about one matching: who is left over, why this pair and not that one, and what would have to change.
//!
//! `cargo run --release --features import --example explain_plan -- --roster examples/data/roster.csv --policy strict --person S13074`

use chrono::NaiveDate;
use reverse_mentoring::import::OnFault;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{Candidates, Criteria, Optimal, Search};
use reverse_mentoring::prelude::*;

mod support;
#[path = "support/roster.rs"]
mod roster_file;
use support::{Args, fail, misuse, print, read};

const USAGE: &str = "\
explain_plan --roster FILE [options]

Matches, and answers questions about the plan in plain sentences on standard output. Without a question it says who
is left over, and why.

  --roster FILE        the company, as CSV; the columns are in the guide, `files`
  --pair MENTOR,MENTEE why these two, by key, are a pair or not, and what insisting on it or forbidding it would do
  --person KEY         this person's pairings and other eligible partners, each with what a change would cost; for
                       a side on which they are left over, what single change would find them a partner
  --sensitive SKILLS   skills, `;`-separated, that no answer to the person names
  --policy NAME        core (default: the core invariants alone, as match_roster), standard or strict
  --objective NAME     most-pairs (default), best-score, max-min or most-people
  --load HOURS         hours a month that a pairing takes; 1.5 unless stated
  --quarantine         leave faulty people and everybody below them out instead of refusing the file

Faults go to standard error as `file:line: code: text`. Exit 0 with an answer, 1 with a file or a key that cannot be
used, 2 for a command line that cannot.";

fn main() {
    let options = [
        "--roster",
        "--pair",
        "--person",
        "--sensitive",
        "--policy",
        "--objective",
        "--load",
    ];
    let args = Args::parse(USAGE, &options, &["--quarantine"], 0);
    let path = args.required("--roster");
    let objective: Objective = args.value("--objective").unwrap_or_default();
    let policy = match args.text("--policy").unwrap_or("core") {
        "core" => Policy::core_only(),
        "standard" => Policy::standard(),
        "strict" => Policy::strict(),
        other => misuse(format!(
            "no policy is called `{other}`; there are `core`, `standard` and `strict`"
        )),
    };
    let hours = args
        .value::<Hours>("--load")
        .unwrap_or_else(|| Load::default().hours());
    let load = Load::new(hours).unwrap_or_else(|error| misuse(format!("`--load`: {error}")));
    let sensitive = args.text("--sensitive").unwrap_or_default().split(';');
    let sensitive = sensitive.map(str::trim).filter(|name| !name.is_empty());
    let sensitive: Vec<Skill> = sensitive
        .map(|name| Skill::new(name).unwrap_or_else(|e| misuse(format!("`--sensitive`: {e}"))))
        .collect();
    let on_fault = if args.has("--quarantine") {
        OnFault::Quarantine
    } else {
        OnFault::Refuse
    };

    let mut ids = SequentialIds::new(1);
    let roster = roster_file::load(path, &read(path), on_fault, &mut ids);
    // A file has no past, so no rule looks at the day.
    let context = Context::new(NaiveDate::default()).with_load(load);
    let (criteria, matcher) = (Criteria::standard(), Optimal::by(objective));
    let may = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&may, &criteria).unwrap_or_else(|error| fail(error));
    let plan = candidates
        .plan(&matcher)
        .unwrap_or_else(|error| fail(error));

    let mut answer = Vec::new();
    if let Some(pair) = args.text("--pair") {
        let (mentor, mentee) = two_keys(&roster, pair);
        let explanation = candidates.explain(&plan, mentor, mentee);
        answer.push(explanation.unwrap_or_else(|error| fail(error)).to_string());
    }
    if let Some(key) = args.text("--person") {
        let search = Search::default().with_sensitive(sensitive);
        answer.extend(about(&candidates, &plan, &matcher, key, &search));
    }
    if args.text("--pair").is_none() && args.text("--person").is_none() {
        answer.push(format!("{plan}."));
        let left = plan.unmatched.iter();
        answer.extend(left.map(|u| format!("{} as {}: {}: {}", u.key, u.role, u.reason, u.detail)));
    }
    print(&format!("{}\n", answer.join("\n")));
}

/// What there is to say about one person, on each side that they offered.
fn about(
    candidates: &Candidates<'_>,
    plan: &MatchPlan,
    matcher: &Optimal,
    key: &str,
    search: &Search,
) -> Vec<String> {
    let questions = candidates
        .questions(plan)
        .unwrap_or_else(|error| fail(error));
    let mut said = Vec::new();
    for role in [Role::Mentor, Role::Mentee] {
        let partners = questions
            .partners(key, role)
            .unwrap_or_else(|error| fail(error));
        said.extend(partners.iter().map(ToString::to_string));
        let left = plan
            .unmatched
            .iter()
            .find(|u| u.key.as_str() == key && u.role == role);
        if let Some(left) = left {
            said.push(format!(
                "`{key}` has no pairing as {role}: {}.",
                left.detail
            ));
            let what = candidates.counterfactuals(plan, matcher, key, role, search);
            said.push(what.unwrap_or_else(|error| fail(error)).to_string());
        }
    }
    if said.is_empty() {
        fail(format!("`{key}` has no part in this plan"));
    }
    said
}

/// `MENTOR,MENTEE`; a key may have a comma, so both halves have to be people.
fn two_keys<'a>(roster: &Roster, pair: &'a str) -> (&'a str, &'a str) {
    let commas = pair.match_indices(',');
    let mut halves = commas.map(|(at, _)| (&pair[..at], &pair[at + 1..]));
    let known = |(a, b): &(&str, &str)| roster.by_key(a).is_some() && roster.by_key(b).is_some();
    let first = halves.clone().next();
    let Some(first) = first else {
        misuse(format!("`--pair {pair}`: not `MENTOR,MENTEE`"));
    };
    halves.find(known).unwrap_or(first)
}
