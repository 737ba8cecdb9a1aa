//! One matching: a roster in, a plan out.
//!
//! `cargo run --release --features import --example match_roster -- --roster examples/data/roster.csv --out plan.json`

use std::process::exit;

use chrono::NaiveDate;
use reverse_mentoring::error::Error;
use reverse_mentoring::import::{ConditionImport, OnFault};
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Candidates, Conditions, Criteria, EarlierPlan, KeptPair, Optimal, RankedChoice,
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
  --candidates FILE    write every eligible pair with its score as CSV
  --out FILE           write the plan there as JSON; without it, to standard output

Faults go to standard error as `file:line: code: text`, all of them in one run. Exit 0 with a plan, 1 with a
file that cannot be used, 2 for a command line that cannot.";

const OPTIONS: [&str; 14] = [
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
    let candidates = Candidates::collect(&may, &criteria).unwrap_or_else(|error| fail(error));
    let plan = candidates
        .plan_under(&conditions, &Optimal::by(objective))
        .unwrap_or_else(|error| fail(error));

    if let Some(path) = args.text("--candidates") {
        write(path, &table(&candidates));
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
            print(&format!("{plan}\n"));
        }
        None => print(&record),
    }
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
