//! The main job: a programme from its roster to its health, played for a year.
//!
//! `cargo run --release --features import,simulation --example simulate_year -- --seed 7 --out year`

use std::fmt::Write as _;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use reverse_mentoring::import::OnFault;
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::experiment::{Bands, Replicates, Scenario};
use reverse_mentoring::simulation::{Setup, Simulated, simulate};

#[path = "simulate_year/months.rs"]
mod months;
#[path = "simulate_year/replicates.rs"]
mod replicates;
#[path = "simulate_year/report.rs"]
mod report;
#[path = "support/roster.rs"]
mod roster_file;
mod support;
#[path = "simulate_year/svg.rs"]
mod svg;
use support::{Args, fail, json, print, read, write};

const USAGE: &str = "\
simulate_year [options]

Plays a reverse-mentoring programme: roster, eligibility, matching, approval, sessions, a reorganisation, health.
People are the roster's; how they behave is made up, see the documentation of the module `simulation`.

  --roster FILE    the company, as CSV; a sample of 260 people unless stated
  --months N       how long, 1 to 120; 12 unless stated
  --seed S         what fixes every draw; 1 unless stated
  --replicates N   plays N years of that seed, 1 to 10000, and prints where their last readings and measures lie
  --out DIR        writes health.json, months.csv and year.svg there

Faults go to standard error as `file:line: code: text`. The same roster, options and seed print the same bytes.
Exit 0 with a year, 1 with a file that cannot be used, 2 for a command line that cannot.";

const SAMPLE: &[u8] = include_bytes!("data/roster.csv");

fn main() {
    let options = ["--roster", "--months", "--seed", "--replicates", "--out"];
    let args = Args::parse(USAGE, &options, &[], 0);
    let months: u16 = args.whole("--months", 1..=120).unwrap_or(12);
    let replicates: u16 = args.whole("--replicates", 1..=10_000).unwrap_or(1);
    let seed = args.whole("--seed", 0..=u64::MAX).unwrap_or(1);
    let folder = args.text("--out");
    // Before anything is played: a year that cannot be written is not worth waiting for.
    if let Some(Err(error)) = folder.map(std::fs::create_dir_all) {
        let folder = folder.unwrap_or_default();
        fail(format!("{folder}: cannot be a folder: {error}"));
    }

    let mut ids = SequentialIds::new(1);
    let roster = match args.text("--roster") {
        Some(path) => roster_file::load(path, &read(path), OnFault::Refuse, &mut ids),
        None => {
            let path = "examples/data/roster.csv";
            roster_file::load(path, SAMPLE, OnFault::Refuse, &mut ids)
        }
    };
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let setup = Setup::new(&roster, start).with_months(months);
    let plan = setup.plan().unwrap_or_else(|error| fail(error));
    let mut out = report::roster(&roster);
    out.push_str(&report::plan(&plan));
    let approved = plan.approve(CoordinatorId::from_source(&mut ids));
    out.push_str(&report::approval(&approved, start));

    let play = |replicate: u16| -> Simulated {
        let setup = setup.clone().with_seed(seed, replicate.into());
        simulate(&setup, &approved, |_| ControlFlow::Continue(()))
            .unwrap_or_else(|error| fail(error))
    };
    let year = play(0);
    let rows = months::read(&year);
    let last = year.months.last().map_or(start, |month| month.date);
    let health = assess(year.program.history(), last);
    let _ = writeln!(out, "\nThe year, seed {seed}");
    out.push_str(&months::table(&rows));
    out.push_str(&months::bars(&rows));
    out.push_str(&report::happenings(&year, &roster));
    out.push_str(&report::tally(&year, last));
    out.push_str(&report::sponsor(&year, &roster));
    let _ = write!(
        out,
        "\nAt the end\n{}",
        report::health(&health, rows.last())
    );
    if replicates > 1 {
        let mut spread = replicates::Spread::default();
        spread.add(&health);
        for replicate in 1..replicates {
            watch(replicate, replicates);
            spread.add(&assess(play(replicate).program.history(), last));
        }
        watch(replicates, replicates);
        let scenario = Scenario::planned("year", setup.clone().with_seed(seed, 0), &approved);
        let numbers = Replicates::new(0..replicates.into());
        let bands = Bands::of(&scenario, &numbers, |_| ControlFlow::Continue(()));
        let bands = bands.unwrap_or_else(|error| fail(error));
        out.push_str(&spread.table(&bands));
    }
    print(&out);

    if let Some(dir) = folder {
        // The same two can meet again in a later round, so the day of the proposal belongs to the name.
        let name = |id| {
            let [mentor, mentee] = report::pair_keys(&year, &roster, id);
            let facts = year.program.history().pairing(id);
            let day = facts.map_or_else(String::new, |f| f.proposed.to_string());
            format!("{mentor}/{mentee}/{day}")
        };
        let health = json(&health.to_record(name));
        let picture = svg::year(&rows, &report::reorganisations(&year));
        for (file, text) in [
            ("health.json", health),
            ("months.csv", months::csv(&rows)),
            ("year.svg", picture),
        ] {
            write(&format!("{dir}/{file}"), text.as_bytes());
            crate::support::tell_line(format_args!("{dir}/{file} is written"));
        }
    }
}

fn assess(history: &History, as_of: NaiveDate) -> ProgramHealth {
    ProgramHealth::assess(history, &Metrics::standard(), as_of).unwrap_or_else(|error| fail(error))
}

/// Tells somebody who waits at a terminal how far it is.
fn watch(done: u16, all: u16) {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() {
        let end = if done == all { "\n" } else { "" };
        crate::support::tell(format_args!("\r{done} of {all} years{end}"));
    }
}
