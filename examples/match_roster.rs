//! One matching: a roster in, a plan out.
//!
//! `cargo run --release --features import --example match_roster -- --roster examples/data/roster.csv --out plan.json`

use std::ops::ControlFlow;

use reverse_mentoring::matching::{Funnel, Limits, Loss, MAX_CANDIDATES, Progress};
use reverse_mentoring::prelude::*;
use reverse_mentoring::spreadsheet::escape;

mod support;
#[path = "support/conditions.rs"]
mod condition_files;
#[path = "support/planning.rs"]
mod planning;
#[path = "support/roster.rs"]
mod roster_file;
use planning::Planning;
use support::{Args, fail, json, print, write};

const USAGE: &str = concat!(
    "\
match_roster --roster FILE [options]

Decides who may be paired, matches, and explains. Unless a policy is named, the core invariants alone decide: not
oneself, sides, experience order, no hierarchical link, two-way by offers and wishes, places.

",
    planning_usage!(),
    "
  --diff FILE          write what changed since the earlier plan there as JSON; standard error says it in a line
  --keep-at-most PAIRS keep every eligible pair where there are at most so many, 100,000,000 unless stated; else a
                       shortlist is solved and completed until it is proven of all of them, and standard error says
                       how far it has come
  --candidates FILE    write every eligible pair with its score as CSV; refused beyond 100,000,000
  --out FILE           write the plan there as JSON, and what is proven of which pairs to standard output; without
                       it, the JSON goes there

Faults go to standard error as `file:line: code: text`, all of them in one run. Exit 0 with a plan, 1 with a
file that cannot be used, 2 for a command line that cannot."
);

const OPTIONS: [&str; 4] = ["--diff", "--keep-at-most", "--candidates", "--out"];

fn main() {
    let options = [&planning::OPTIONS[..], &OPTIONS].concat();
    let args = Args::parse(USAGE, &options, &planning::FLAGS, 0);
    let kept = args.whole("--keep-at-most", 0..=MAX_CANDIDATES);
    let limits = Limits::default().keep_at_most(kept.unwrap_or(MAX_CANDIDATES));
    args.needs("--diff", "--previous");
    let asked = Planning::read(&args);
    let may = asked.eligibility();
    let (criteria, conditions) = (&asked.criteria, &asked.conditions);
    let pairs = args.text("--candidates").map(|path| {
        let all = Candidates::collect(&may, criteria);
        let all = all.unwrap_or_else(|error| fail(format!("`--candidates`: {error}")));
        (path, table(&all))
    });
    let plan = plan_under(
        &may,
        criteria,
        conditions,
        &asked.matcher,
        limits,
        &mut told,
    );
    let plan = plan.unwrap_or_else(|error| fail(error));

    if let Some((path, table)) = pairs {
        write(path, &table);
    }
    if plan.funnel.eligible == 0 {
        crate::support::tell_line(format_args!("{}", nobody(&plan.funnel)));
    }
    for rejected in &plan.rejected_pins {
        let path = args.text("--pins").unwrap_or_default();
        crate::support::tell_line(format_args!("{}", rejected.located(path)));
    }
    if let Some(previous) = asked.previous.clone() {
        let diff = plan.diff(previous, &may);
        crate::support::tell_line(format_args!("{diff}"));
        if let Some(path) = args.text("--diff") {
            write(path, json(&diff.to_record()).as_bytes());
        }
    }
    let record = json(&plan.to_record());
    match args.text("--out") {
        Some(path) => {
            write(path, record.as_bytes());
            print(&format!("{plan}\n{}\n", proof(&plan)));
        }
        None => print(&record),
    }
}

/// Says on standard error how far a plan has come whose pairs are not all kept.
fn told(progress: Progress) -> ControlFlow<()> {
    if let Progress::Solved {
        round,
        candidates,
        pairs,
        total,
        ..
    } = progress
    {
        let had = "not every eligible pair is kept";
        crate::support::tell_line(format_args!(
            "{had}: round {round}, {candidates} candidates, {pairs} pairs, total {total}"
        ));
    }
    ControlFlow::Continue(())
}

/// Which rule took most pairs, where none is left.
///
/// Before it come the pairs that no programme could make, people with themselves and two who are not on these sides: they are nearly
/// always the most, and say nothing of why.
fn nobody(funnel: &Funnel) -> String {
    let told = |loss: &&Loss| !["not-oneself", "sides"].contains(&loss.rule.name());
    let mut most: Option<&Loss> = None;
    for loss in funnel.lost.iter().filter(told) {
        if loss.pairs > most.map_or(0, |most| most.pairs) {
            most = Some(loss);
        }
    }
    let rest: u64 = funnel.lost.iter().filter(told).map(|l| l.pairs).sum();
    most.map_or_else(
        || "no two may be paired; there is nobody on one of the sides (`sides`)".to_owned(),
        |most| {
            let (rule, pairs) = (most.rule.name(), most.pairs);
            let of = "the rule that took most pairs of a mentor and a mentee";
            format!("no two may be paired; {of}: `{rule}`, {pairs} of {rest}")
        },
    )
}

/// What is proven, and of which pairs.
fn proof(plan: &MatchPlan) -> String {
    let Some(proof) = plan.certificate else {
        return "nothing is proven".to_owned();
    };
    let scope = proof.scope.as_str();
    if proof.verified {
        return format!("scope {scope}: proven best");
    }
    let (pairs, score) = (proof.pairs_bound, proof.score_bound);
    format!("scope {scope}: not proven best, the bounds are {pairs} pairs and a total of {score}")
}

/// Every eligible pair as CSV.
fn table(candidates: &Candidates<'_>) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    // A key that begins with `=` is no formula.
    let key = |key| escape(key).into_owned();
    let rows = candidates
        .iter()
        .map(|(a, b, score)| [key(a), key(b), score.to_string()]);
    let header = [["mentor", "mentee", "score"].map(str::to_owned)];
    for row in header.into_iter().chain(rows) {
        table.write_record(&row).unwrap_or_else(|error| fail(error));
    }
    table.into_inner().unwrap_or_else(|error| fail(error))
}
