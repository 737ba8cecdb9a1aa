//! One matching: a roster in, a plan out.
//!
//! `cargo run --release --features import --example match_roster -- --roster examples/data/roster.csv --out plan.json`

use std::process::exit;

use chrono::NaiveDate;
use reverse_mentoring::import::OnFault;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{Candidates, Criteria, Optimal};
use reverse_mentoring::policy::DefaultExchange;
use reverse_mentoring::prelude::*;

mod support;
#[path = "support/roster.rs"]
mod roster_file;
use support::{Args, fail, json, misuse, print, read, write};

const USAGE: &str = "\
match_roster --roster FILE [options]

Decides who may be paired, matches, and explains. The core invariants alone decide: not oneself, sides,
experience order, no hierarchical link, two-way by offers and wishes, places.

  --roster FILE        the company, as CSV; the columns are in the guide, `files`
  --objective NAME     most-pairs (default), best-score, max-min or most-people
  --load HOURS         hours a month that a pairing takes; 1.5 unless stated
  --exchange FILE      what juniors and seniors offer and wish who stated nothing: a CSV with the columns
                       side,offers,wants; every pair of the plan says what it took from there
  --quarantine         leave faulty people and everybody below them out instead of refusing the file
  --candidates FILE    write every eligible pair with its score as CSV
  --out FILE           write the plan there as JSON; without it, to standard output

Faults go to standard error as `file:line: code: text`, all of them in one run. Exit 0 with a plan, 1 with a
file that cannot be used, 2 for a command line that cannot.";

fn main() {
    let options = [
        "--roster",
        "--objective",
        "--load",
        "--exchange",
        "--candidates",
        "--out",
    ];
    let args = Args::parse(USAGE, &options, &["--quarantine"], 0);
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

    // The faults of both files come in one run.
    let exchange = match args.text("--exchange") {
        Some(path) => roster_file::exchange(path, &read(path)),
        None => Some(DefaultExchange::none()),
    };
    let mut ids = SequentialIds::new(1);
    let roster = roster_file::load(path, &read(path), on_fault, &mut ids);
    let Some(exchange) = exchange else { exit(1) };
    // No rule of the core looks at the day.
    let (policy, context) = (
        Policy::core_only(),
        Context::new(NaiveDate::default()).with_load(load),
    );
    let criteria = Criteria::standard();
    let may = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
    let candidates = Candidates::collect(&may, &criteria).unwrap_or_else(|error| fail(error));
    let plan = candidates
        .plan(&Optimal::by(objective))
        .unwrap_or_else(|error| fail(error));

    if let Some(path) = args.text("--candidates") {
        let mut table = csv::Writer::from_writer(Vec::new());
        let rows = candidates
            .iter()
            .map(|(a, b, score)| [a.to_owned(), b.to_owned(), score.to_string()]);
        let header = [["mentor", "mentee", "score"].map(str::to_owned)];
        for row in header.into_iter().chain(rows) {
            table.write_record(&row).unwrap_or_else(|error| fail(error));
        }
        write(
            path,
            &table.into_inner().unwrap_or_else(|error| fail(error)),
        );
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
