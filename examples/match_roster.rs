//! One matching: a roster in, a plan out.
//!
//! `cargo run --release --features import --example match_roster -- --roster examples/data/roster.csv --out plan.json`

use std::ops::ControlFlow;
use std::process::exit;

use chrono::NaiveDate;
use reverse_mentoring::error::Error;
use reverse_mentoring::import::{ConditionImport, OnFault};
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Candidates, Conditions, Criteria, EarlierPlan, Funnel, KeptPair, Limits, Loss, MAX_CANDIDATES,
    Optimal, Progress, RankedChoice, plan_under,
};
use reverse_mentoring::policy::{DefaultExchange, NotExcluded, RankedOnly};
use reverse_mentoring::prelude::*;

mod support;
#[path = "support/conditions.rs"]
mod condition_files;
#[path = "support/roster.rs"]
mod roster_file;
use support::{Args, fail, json, misuse, print, read, write};

const USAGE: &str = "\
match_roster --roster FILE [options]

Decides who may be paired, matches, and explains. The core invariants alone decide: not oneself, sides,
experience order, no hierarchical link, two-way by offers and wishes, places.

  --roster FILE        the company, as CSV; the columns of all files are in the guide, `files`
  --objective NAME     most-pairs (default), best-score, max-min or most-people
  --load HOURS         hours a month that a pairing takes; 1.5 unless stated
  --exchange FILE      what juniors and seniors offer and wish who stated nothing: a CSV with the columns
                       side,offers,wants; every pair of the plan says what it took from there
  --quarantine         leave faulty people and everybody below them out instead of refusing the file
  --pins FILE          `mentor,mentee` rows: pairs that must be in the plan. One that may not be, or has no place
                       left by those above it, is in `rejected_pins` with all reasons, and the rest goes on
  --exclude FILE       `mentor,mentee` rows: pairs that must not be in the plan
  --running FILE       pairs.csv of a programme: pairings without `ended` keep their places
  --rankings FILE      `mentee,mentor,rank` rows: whom mentees would choose, 1 first
  --ranked HOW         soft (default): 500, 400, 300, 200, 100 points by rank; hard: one of the list or nobody;
                       tie-break: decides between plans that are equally good without it
  --previous FILE      plan.json of an earlier plan: what changed since goes to standard error
  --keep POINTS        what giving up one pair of the earlier plan costs; 0 unless stated
  --diff FILE          write what changed since there as JSON
  --keep-at-most PAIRS keep every eligible pair where there are at most so many, 100,000,000 unless stated; else a
                       shortlist is solved and completed until it is proven of all of them, and standard error says
                       how far it has come
  --candidates FILE    write every eligible pair with its score as CSV; refused beyond 100,000,000
  --out FILE           write the plan there as JSON, and what is proven of which pairs to standard output; without
                       it, the JSON goes there

Faults go to standard error as `file:line: code: text`, all of them in one run. Exit 0 with a plan, 1 with a
file that cannot be used, 2 for a command line that cannot.";

const OPTIONS: [&str; 15] = [
    "--roster",
    "--objective",
    "--load",
    "--exchange",
    "--pins",
    "--exclude",
    "--running",
    "--rankings",
    "--ranked",
    "--previous",
    "--keep",
    "--diff",
    "--keep-at-most",
    "--candidates",
    "--out",
];

/// What the mentees' choices do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ranked {
    Hard,
    Soft,
    TieBreak,
}

fn main() {
    let args = Args::parse(USAGE, &OPTIONS, &["--quarantine"], 0);
    let path = args.required("--roster");
    let objective: Objective = args.value("--objective").unwrap_or_default();
    let hours = args
        .value::<Hours>("--load")
        .unwrap_or_else(|| Load::default().hours());
    let load = Load::new(hours).unwrap_or_else(|error| misuse(format!("`--load`: {error}")));
    let on_fault = if args.has("--quarantine") {
        OnFault::Quarantine
    } else {
        OnFault::Refuse
    };
    let ranked = args
        .text("--rankings")
        .map(|_| match args.text("--ranked") {
            None | Some("soft") => Ranked::Soft,
            Some("hard") => Ranked::Hard,
            Some("tie-break") => Ranked::TieBreak,
            Some(other) => misuse(format!(
                "`--ranked {other}`: there are `soft`, `hard` and `tie-break`"
            )),
        });
    let keep: Option<u32> = args.whole("--keep", 0..=1_000_000);
    let kept = args.whole("--keep-at-most", 0..=MAX_CANDIDATES);
    let limits = Limits::default().keep_at_most(kept.unwrap_or(MAX_CANDIDATES));
    for (option, needs) in [
        ("--ranked", "--rankings"),
        ("--keep", "--previous"),
        ("--diff", "--previous"),
    ] {
        if args.text(option).is_some() && args.text(needs).is_none() {
            misuse(format!("`{option}` needs `{needs}`"));
        }
    }

    // The faults of all files come in one run.
    let exchange = match args.text("--exchange") {
        Some(path) => roster_file::exchange(path, &read(path)),
        None => Some(DefaultExchange::none()),
    };
    let mut ids = SequentialIds::new(1);
    let (import, asked) = condition_files::load(&args, path, on_fault, &mut ids);
    let Some(exchange) = exchange else { exit(1) };
    let roster = import.roster;
    let previous: Option<EarlierPlan> = args.text("--previous").map(|path| {
        let read = serde_json::from_slice(&read(path));
        read.unwrap_or_else(|error| fail(format!("{path}: not a plan: {error}")))
    });

    let policy = policy(&args, ranked, &asked);
    // No rule of the core looks at the day.
    let context = Context::new(NaiveDate::default())
        .with_load(load)
        .with_open(asked.running.iter().copied())
        .with_excluded(asked.excluded.iter().copied());
    let kept = previous.as_ref().zip(keep);
    let kept = kept.map(|(plan, points)| (KeptPair::of(plan.pairs_in(&roster)), points));
    let (criteria, conditions) = wishes(ranked, &asked, kept).unwrap_or_else(|error| misuse(error));
    let may = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
    let pairs = args.text("--candidates").map(|path| {
        let all = Candidates::collect(&may, &criteria);
        let all = all.unwrap_or_else(|error| fail(format!("`--candidates`: {error}")));
        (path, table(&all))
    });
    let matcher = Optimal::by(objective);
    let plan = plan_under(&may, &criteria, &conditions, &matcher, limits, &mut told);
    let plan = plan.unwrap_or_else(|error| fail(error));

    if let Some((path, table)) = pairs {
        write(path, &table);
    }
    if plan.funnel.eligible == 0 {
        eprintln!("{}", nobody(&plan.funnel));
    }
    for rejected in &plan.rejected_pins {
        let path = args.text("--pins").unwrap_or_default();
        eprintln!("{}", rejected.located(path));
    }
    if let Some(previous) = previous {
        let diff = plan.diff(previous, &may);
        eprintln!("{diff}");
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
        eprintln!("{had}: round {round}, {candidates} candidates, {pairs} pairs, total {total}");
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

/// The core, and what the files forbid.
fn policy(args: &Args, ranked: Option<Ranked>, asked: &ConditionImport) -> Policy {
    let mut policy = Policy::core_only();
    if args.text("--exclude").is_some() {
        policy = policy.with(NotExcluded);
    }
    if ranked == Some(Ranked::Hard) {
        policy = policy.with(RankedOnly::of(asked.choices.clone()));
    }
    policy
}

/// What makes a pair good, and what else the files ask of the plan.
fn wishes(
    ranked: Option<Ranked>,
    asked: &ConditionImport,
    kept: Option<(KeptPair, u32)>,
) -> Result<(Criteria, Conditions), Error> {
    let mut criteria = Criteria::standard();
    let mut conditions = Conditions::none().with_pins(asked.pins.iter().cloned());
    let choices = || RankedChoice::of(asked.choices.clone());
    match ranked {
        None | Some(Ranked::Hard) => {}
        Some(Ranked::Soft) => criteria = criteria.with(choices(), 1)?,
        Some(Ranked::TieBreak) => {
            let ties = Criteria::none().with(choices(), 1)?;
            conditions = conditions.with_tie_break(ties);
        }
    }
    if let Some((kept, points)) = kept {
        criteria = criteria.with(kept, points)?;
    }
    Ok((criteria, conditions))
}

/// Every eligible pair as CSV.
fn table(candidates: &Candidates<'_>) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let rows = candidates
        .iter()
        .map(|(a, b, score)| [a.to_owned(), b.to_owned(), score.to_string()]);
    let header = [["mentor", "mentee", "score"].map(str::to_owned)];
    for row in header.into_iter().chain(rows) {
        table.write_record(&row).unwrap_or_else(|error| fail(error));
    }
    table.into_inner().unwrap_or_else(|error| fail(error))
}
