//! Questions about one matching: who is left over, why this pair and not that one, and what would have to change.
//!
//! `cargo run --release --features import --example explain_plan -- --roster examples/data/roster.csv --policy strict --person S13074`

use reverse_mentoring::matching::Search;
use reverse_mentoring::prelude::*;

mod support;
#[path = "support/conditions.rs"]
mod condition_files;
#[path = "support/planning.rs"]
mod planning;
#[path = "support/roster.rs"]
mod roster_file;
use planning::Planning;
use support::{Args, fail, misuse, print};

const USAGE: &str = concat!(
    "\
explain_plan --roster FILE [options]

Makes the plan that match_roster makes of the same files, and answers questions about it in plain sentences on
standard output. Without a question it says who is left over, and why. Every eligible pair is kept for the answers:
beyond 100,000,000 it refuses.

  --pair MENTOR,MENTEE why these two, by key, are a pair or not, and what insisting on it or forbidding it would do
  --person KEY         this person's pairings and other eligible partners, each with what a change would cost; for
                       a side on which they are left over, what single change would find them a partner
  --sensitive SKILLS   skills, `;`-separated, that no answer to the person names
",
    planning_usage!(),
    "

Faults go to standard error as `file:line: code: text`. Exit 0 with an answer, 1 with a file or a key that cannot be
used, 2 for a command line that cannot."
);

fn main() {
    let options = [
        &["--pair", "--person", "--sensitive"],
        &planning::OPTIONS[..],
    ]
    .concat();
    let args = Args::parse(USAGE, &options, &planning::FLAGS, 0);
    let sensitive = args.text("--sensitive").unwrap_or_default().split(';');
    let sensitive = sensitive.map(str::trim).filter(|name| !name.is_empty());
    let sensitive: Vec<Skill> = sensitive
        .map(|name| Skill::new(name).unwrap_or_else(|e| misuse(format!("`--sensitive`: {e}"))))
        .collect();
    let asked = Planning::read(&args);
    let may = asked.eligibility();
    let candidates = Candidates::collect(&may, &asked.criteria);
    let candidates = candidates.unwrap_or_else(|error| fail(error));
    let plan = candidates
        .plan_under(&asked.conditions, &asked.matcher)
        .unwrap_or_else(|error| fail(error));
    for rejected in &plan.rejected_pins {
        let path = args.text("--pins").unwrap_or_default();
        crate::support::tell_line(format_args!("{}", rejected.located(path)));
    }

    let mut answer = Vec::new();
    if let Some(pair) = args.text("--pair") {
        let (mentor, mentee) = two_keys(&asked.roster, pair);
        let questions = candidates.questions_under(&asked.conditions, &plan);
        let explanation = questions.and_then(|questions| questions.explain(mentor, mentee));
        answer.push(explanation.unwrap_or_else(|error| fail(error)).to_string());
    }
    if let Some(key) = args.text("--person") {
        let search = Search::default().with_sensitive(sensitive);
        let search = search.with_sensitive(asked.sensitive.iter().cloned());
        answer.extend(about(&candidates, &plan, &asked, key, &search));
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
    asked: &Planning,
    key: &str,
    search: &Search,
) -> Vec<String> {
    let (conditions, matcher) = (&asked.conditions, &asked.matcher);
    let questions = candidates
        .questions_under(conditions, plan)
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
            let what =
                candidates.counterfactuals_under(conditions, plan, matcher, key, role, search);
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
