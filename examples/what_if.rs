//! What if? Two ways to run a programme, played against each other by the same draws.
//!
//! `cargo run --release --features import,report,simulation,tables --example what_if -- --b cadence=fortnightly --on mentee_levels`

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use reverse_mentoring::import::OnFault;
use reverse_mentoring::matching::{ApprovedPlan, Criteria};
use reverse_mentoring::prelude::*;
use reverse_mentoring::report::SimulationReport;
use reverse_mentoring::simulation::experiment::{
    Bands, Contrast, Influence, Replicates, Scenario, Trial, compare, tornado,
};
use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup, Source};
use reverse_mentoring::tables::ReplicateWriter;

#[path = "support/roster.rs"]
mod roster_file;
mod support;
use support::{Args, fail, json, misuse, print, read, write};

const USAGE: &str = "\
what_if [--a CHANGES] [--b CHANGES] [options]

Plays two programmes of one company against each other, the same people with the same draws, until the answer is clear:
which has more of something at the end, by how much, and how sure that is.

  CHANGES          what differs from the standard, separated by commas: `parameter=value` of the simulation's model,
                   `cadence=weekly`, `fortnightly` or `monthly`, `match=best` or `blind` (as many pairs, whoever suits whom)
  --a CHANGES      the first programme; the standard unless stated
  --b CHANGES      the second
  --on MEASURE     what is compared, `mentee_levels` unless stated; all measures are printed
  --margin N       a difference of fewer thousandths is not worth a decision; 5 unless stated
  --replicates N   at most so many years of each, 16 doubled some times up to 4096; 1024 unless stated
  --tornado        which of the assumptions decides the answer: each at half and at one and a half of its value
  --roster FILE    the company, as CSV; a sample of 260 people unless stated
  --months N       how long, 1 to 60; 12 unless stated
  --seed S         what fixes every draw; 1 unless stated
  --threads N      on so many threads; the answer is the same on any number
  --out DIR        writes contrast.json there, a.csv and b.csv with every measure of every week of 100 years of each,
                   and all of it as a page, what-if.html

The same options print the same bytes. Exit 0 with an answer, 1 with a file that cannot be used, 2 for a command line that
cannot.";

const SAMPLE: &[u8] = include_bytes!("data/roster.csv");
const OPTIONS: [&str; 10] = [
    "--a",
    "--b",
    "--on",
    "--margin",
    "--replicates",
    "--roster",
    "--months",
    "--seed",
    "--threads",
    "--out",
];

/// What a programme is.
struct Changes {
    name: String,
    model: Model,
    cadence: Cadence,
    criteria: Criteria,
}

/// Reads `parameter=value` and the like.
fn changes(option: &str, text: Option<&str>) -> Changes {
    let mut changes = Changes {
        name: text.unwrap_or("standard").to_owned(),
        model: Model::standard(),
        cadence: Cadence::MONTHLY,
        criteria: Criteria::standard(),
    };
    for change in text.into_iter().flat_map(|text| text.split(',')) {
        let wrong = |why: String| -> ! { misuse(format!("`{option} {change}`: {why}")) };
        let Some((name, value)) = change.split_once('=') else {
            wrong("not `name=value`".to_owned())
        };
        match (name, value) {
            ("cadence", "weekly") => changes.cadence = Cadence::WEEKLY,
            ("cadence", "fortnightly") => changes.cadence = Cadence::FORTNIGHTLY,
            ("cadence", "monthly") => changes.cadence = Cadence::MONTHLY,
            ("match", "best") => changes.criteria = Criteria::standard(),
            ("match", "blind") => changes.criteria = Criteria::none(),
            ("cadence" | "match", _) => wrong(format!("there is no {name} `{value}`")),
            _ => {
                let parameter: Parameter = name.parse().unwrap_or_else(|e| wrong(format!("{e}")));
                let value = value
                    .parse()
                    .unwrap_or_else(|_| wrong(format!("`{value}` is not a whole number")));
                let model = changes.model.with(parameter, value);
                changes.model = model.unwrap_or_else(|e| wrong(e.to_string()));
            }
        }
    }
    changes
}

fn main() {
    let args = Args::parse(USAGE, &OPTIONS, &["--tornado"], 0);
    let both = [("--a", args.text("--a")), ("--b", args.text("--b"))];
    if both.iter().all(|(_, text)| text.is_none()) {
        misuse("neither `--a` nor `--b` says what differs; try `--help`");
    }
    let [a, b] = both.map(|(option, text)| changes(option, text));
    let measure = args.value("--on").unwrap_or(Measure::MenteeLevels);
    let margin = args.whole("--margin", 0..=1000).unwrap_or(5);
    let most = args.whole("--replicates", 16..=4096).unwrap_or(1024);
    let months: u16 = args.whole("--months", 1..=60).unwrap_or(12);
    let seed = args.whole("--seed", 0..=u64::MAX).unwrap_or(1);
    let threads: Option<NonZeroUsize> = args.value("--threads");
    let folder = args.text("--out");
    if let Some(Err(error)) = folder.map(std::fs::create_dir_all) {
        let folder = folder.unwrap_or_default();
        fail(format!("{folder}: cannot be a folder: {error}"));
    }

    let mut ids = SequentialIds::new(1);
    let (path, bytes) = match args.text("--roster") {
        Some(path) => (path, read(path)),
        None => ("examples/data/roster.csv", SAMPLE.to_vec()),
    };
    let roster = roster_file::load(path, &bytes, OnFault::Refuse, &mut ids);
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let by = CoordinatorId::from_source(&mut ids);
    let setup = |changes: &Changes| {
        Setup::new(&roster, start)
            .with_months(months)
            .with_model(changes.model)
            .with_cadence(changes.cadence)
            .with_criteria(changes.criteria.clone())
            .with_seed(seed, 0)
    };
    let plan = |changes: &Changes| -> ApprovedPlan {
        let plan = setup(changes).plan().unwrap_or_else(|error| fail(error));
        plan.approve(by)
    };
    let (plan_a, plan_b) = (plan(&a), plan(&b));
    let a = Scenario::planned(&a.name, setup(&a), &plan_a);
    let b = Scenario::planned(&b.name, setup(&b), &plan_b);
    let mut trial = Trial::on(measure).margin(margin).at_most(most);
    if let Some(threads) = threads {
        trial = trial.on_threads(threads);
    }
    let contrast = compare(&a, &b, &trial, bar).unwrap_or_else(|error| fail(error));
    clear();
    let mut out = contrast.to_string();
    out.push_str(&grounds(&contrast));
    if args.has("--tornado") {
        let few = trial.at_most(most.min(128));
        let assumed: Vec<Parameter> = Parameter::ALL.to_vec();
        let influences = tornado(&a, &b, &assumed, &few, bar).unwrap_or_else(|error| fail(error));
        clear();
        out.push_str(&table(&influences, measure));
    }
    print(&out);

    if let Some(folder) = folder {
        write(
            &format!("{folder}/contrast.json"),
            json(&contrast).as_bytes(),
        );
        let model = *b.model();
        let [a, b] = [("a", &a), ("b", &b)].map(|(file, scenario)| {
            rows(&format!("{folder}/{file}.csv"), scenario, threads);
            bands(scenario, threads)
        });
        let report = SimulationReport::new("What if?", contrast, a, b, model);
        write(
            &format!("{folder}/what-if.html"),
            report.to_html().as_bytes(),
        );
        eprintln!("contrast.json, a.csv, b.csv and what-if.html are written");
    }
}

/// A bar, where somebody watches.
fn bar(done: u64, most: u64) -> ControlFlow<()> {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() {
        let tenths = (40 * done).checked_div(most).unwrap_or(0) as usize;
        eprint!(
            "\r[{:<40}] {done} of {most} years at most",
            "#".repeat(tenths)
        );
    }
    ControlFlow::Continue(())
}

fn clear() {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() {
        eprint!("\r{:70}\r", "");
    }
}

/// What the answer rests on.
fn grounds(contrast: &Contrast) -> String {
    let count = |source| {
        Parameter::ALL
            .iter()
            .filter(|p| p.source() == source)
            .count()
    };
    format!(
        "\n{} years of each. Of the {} numbers of the model {} are measured, {} reported second-hand and {} assumed: read it as what\nthe assumptions say, and `--tornado` for which of them.\n",
        contrast.replicates,
        Parameter::ALL.len(),
        count(Source::Measured),
        count(Source::Reported),
        count(Source::Assumed),
    )
}

/// The ten assumptions on which the difference hangs most.
fn table(influences: &[Influence], measure: Measure) -> String {
    let measure = measure.as_str().replace('_', " ");
    let mut out = format!(
        "\nThe difference in {measure}, in points, with each number at half and at one and a half\n"
    );
    for influence in influences.iter().take(10) {
        let (low, high) = (influence.low, influence.high);
        let shown = |value: u32, estimate: Option<_>| {
            let estimate: Option<reverse_mentoring::simulation::experiment::Estimate> = estimate;
            format!(
                "{value:>5}: {}",
                estimate.map_or("no data".to_owned(), |e| e.to_string())
            )
        };
        let decides = if influence.decides() { "  decides" } else { "" };
        let _ = writeln!(
            out,
            "  {:<22}{:<30}{:<30}{decides}",
            influence.parameter,
            shown(low.0, low.1),
            shown(high.0, high.1)
        );
    }
    out
}

/// A hundred years of each.
fn replicates(threads: Option<NonZeroUsize>) -> Replicates {
    let replicates = Replicates::new(0..100);
    match threads {
        Some(threads) => replicates.on_threads(threads),
        None => replicates,
    }
}

fn bands(scenario: &Scenario<'_>, threads: Option<NonZeroUsize>) -> Bands {
    let bands = Bands::of(scenario, &replicates(threads), |done| bar(done, 100));
    clear();
    bands.unwrap_or_else(|error| fail(error))
}

fn rows(path: &str, scenario: &Scenario<'_>, threads: Option<NonZeroUsize>) {
    let file = std::fs::File::create(path)
        .unwrap_or_else(|error| fail(format!("{path}: cannot be written: {error}")));
    let wrong =
        |error: std::io::Error| -> ! { fail(format!("{path}: cannot be written: {error}")) };
    let mut file = ReplicateWriter::new(file).unwrap_or_else(|error| wrong(error));
    let played = replicates(threads).each(std::slice::from_ref(scenario), |played| {
        for replicate in played {
            file.add(replicate).unwrap_or_else(|error| wrong(error));
        }
        ControlFlow::Continue(())
    });
    played.unwrap_or_else(|error| fail(error));
    file.finish().unwrap_or_else(|error| wrong(error));
}
