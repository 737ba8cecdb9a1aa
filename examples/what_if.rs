//! What if? Two ways to run a programme, played against each other by the same draws.
//!
//! `cargo run --release --features import,report,simulation,tables --example what_if -- --b cadence=fortnightly --on mentee_levels`

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::ops::{ControlFlow, RangeInclusive};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::import::OnFault;
use reverse_mentoring::matching::{ApprovedPlan, Criteria, SimilarValues};
use reverse_mentoring::prelude::*;
use reverse_mentoring::report::SimulationReport;
use reverse_mentoring::simulation::experiment::{
    Bands, ByLot, Contrast, Estimate, Replicates, Scenario, Sway, Tornado, TornadoProgress, Trial,
    assumptions, compare, tornado,
};
use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup, Source};
use reverse_mentoring::tables::ReplicateWriter;

#[path = "support/roster.rs"]
mod roster_file;
mod support;
use support::{Args, fail, json, misuse, print, read, tell, write};

const USAGE: &str = "\
what_if [--a CHANGES] [--b CHANGES] [options]

Plays two programmes of one company against each other, the same people with the same draws, until the answer is clear:
which has more of something at the end, by how much, and how sure that is.

  CHANGES          what differs from the standard, separated by commas: `parameter=value` of the simulation's model,
                   `cadence=weekly`, `fortnightly` or `monthly`, and how the first pairs come about:
                   `match=best`    as many pairs as there can be, then the best score
                   `match=blind`   as many pairs, whoever suits whom
                   `match=random`  mentees in a random order each get any eligible mentor who is free
                   `match=chosen`  mentees in a random order each take the eligible mentor they like best who is free:
                                   by the values that they share above all, then by the standard criteria
                   of random and chosen sixteen plans take turns, so that the answer hangs on none of them; later rounds
                   are matched as in `best`, by nothing where it is random or blind
  --a CHANGES      the first programme; the standard unless stated
  --b CHANGES      the second
  --on MEASURE     what is compared, `mentee_levels` unless stated; all measures are printed
  --margin N       a difference of fewer thousandths is not worth a decision; 5 unless stated
  --replicates N   at most so many years of each, 16 doubled some times up to 4096; 1024 unless stated
  --seconds N      breaks off after so long, at the end of the year that is being played, and prints what is there:
                   then the same options may print other bytes
  --tornado        which of the assumptions decides the answer, by 64 years of each: each at half and at one and a half of
                   its value, or at double and half of what a chance lacks to 1000
  --vary NAMES     the same of these parameters, separated by commas, choices of the programme among them
  --roster FILE    the company, as CSV; a sample of 260 people unless stated
  --months N       how long, 1 to 60; 12 unless stated
  --closed DAYS    days on which nobody meets in both, as `2026-08-03..2026-08-14`, separated by commas
  --seed S         what fixes every draw; 1 unless stated
  --threads N      on so many threads; the answer is the same on any number
  --out DIR        writes contrast.json there, tornado.json where one is asked for, a.csv and b.csv with every measure of
                   every week of 100 years of each, and all of it as a page, what-if.html

The same options print the same bytes. Exit 0 with an answer, 1 with a file that cannot be used, 2 for a command line that
cannot.

  what if we met fortnightly?    --b cadence=fortnightly
  trained one side only?         --b train-mentees=0
  let executives choose?         --b match=chosen
  matched at random?             --b match=random";

const SAMPLE: &[u8] = include_bytes!("data/roster.csv");
const OPTIONS: [&str; 13] = [
    "--a",
    "--b",
    "--on",
    "--margin",
    "--replicates",
    "--seconds",
    "--vary",
    "--roster",
    "--months",
    "--closed",
    "--seed",
    "--threads",
    "--out",
];

/// Plans that take turns where they hang on chance.
const PLANS: u64 = 16;

/// Years of each in a tornado.
const TORNADO: u64 = 64;

/// How the first pairs come about.
#[derive(Clone, Copy, PartialEq)]
enum Matched {
    Best,
    Blind,
    Random,
    Chosen,
}

impl Matched {
    /// By what pairs are scored, in later rounds, too.
    fn criteria(self) -> Criteria {
        match self {
            Self::Best => Criteria::standard(),
            Self::Blind | Self::Random => Criteria::none(),
            // All points of the standard criteria together are fewer than these.
            Self::Chosen => Criteria::standard()
                .with(SimilarValues, 40)
                .unwrap_or_else(|error| fail(error)),
        }
    }
}

/// What a programme is.
struct Changes {
    name: String,
    model: Model,
    cadence: Cadence,
    matched: Matched,
}

/// Reads `parameter=value` and the like.
fn changes(option: &str, text: Option<&str>) -> Changes {
    let mut changes = Changes {
        name: text.unwrap_or("standard").to_owned(),
        model: Model::standard(),
        cadence: Cadence::MONTHLY,
        matched: Matched::Best,
    };
    let mut seen = Vec::new();
    for change in text.into_iter().flat_map(|text| text.split(',')) {
        let wrong = |why: String| -> ! { misuse(format!("`{option} {change}`: {why}")) };
        let Some((name, value)) = change.split_once('=') else {
            wrong("not `name=value`".to_owned())
        };
        if seen.contains(&name) {
            wrong(format!("`{name}` is given twice"));
        }
        seen.push(name);
        match (name, value) {
            ("cadence", "weekly") => changes.cadence = Cadence::WEEKLY,
            ("cadence", "fortnightly") => changes.cadence = Cadence::FORTNIGHTLY,
            ("cadence", "monthly") => changes.cadence = Cadence::MONTHLY,
            ("match", "best") => changes.matched = Matched::Best,
            ("match", "blind") => changes.matched = Matched::Blind,
            ("match", "random") => changes.matched = Matched::Random,
            ("match", "chosen") => changes.matched = Matched::Chosen,
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

/// Reads `first..last`, separated by commas.
fn closed(text: Option<&str>) -> Calendar {
    let range = |text: &str| -> RangeInclusive<NaiveDate> {
        let ends = text.split_once("..");
        let ends = ends.and_then(|(a, b)| a.parse().ok().zip(b.parse().ok()));
        let wrong = || {
            misuse(format!(
                "`--closed {text}`: not two days as `2026-08-03..2026-08-14`"
            ))
        };
        let (first, last) = ends.unwrap_or_else(wrong);
        first..=last
    };
    let ranges = text.into_iter().flat_map(|text| text.split(',')).map(range);
    Calendar::new(ranges).unwrap_or_else(|error| misuse(format!("`--closed`: {error}")))
}

/// What a tornado varies; nothing where none is asked for.
fn varied(args: &Args) -> Vec<Parameter> {
    match args.text("--vary") {
        Some(_) if args.has("--tornado") => misuse("`--tornado` and `--vary` exclude each other"),
        Some(names) => names
            .split(',')
            .map(|name| {
                name.parse()
                    .unwrap_or_else(|error| misuse(format!("`--vary`: {error}")))
            })
            .collect(),
        None if args.has("--tornado") => assumptions().collect(),
        None => Vec::new(),
    }
}

/// The plans with which replicates begin.
fn plans(
    matched: Matched,
    setup: &Setup<'_>,
    may: &Eligibility<'_>,
    by: CoordinatorId,
    seed: u64,
) -> Vec<ApprovedPlan> {
    let lots: fn(u64, u64) -> ByLot = match matched {
        Matched::Best | Matched::Blind => {
            let plan = setup.plan().unwrap_or_else(|error| fail(error));
            return vec![plan.approve(by)];
        }
        Matched::Random => ByLot::any,
        Matched::Chosen => ByLot::best,
    };
    let criteria = matched.criteria();
    let candidates = Candidates::collect(may, &criteria).unwrap_or_else(|error| fail(error));
    let plan = |n| {
        let plan = candidates.plan(&lots(seed, n));
        plan.unwrap_or_else(|error| fail(error)).approve(by)
    };
    (0..PLANS).map(plan).collect()
}

fn main() {
    let args = Args::parse(USAGE, &OPTIONS, &["--tornado"], 0);
    let both = [("--a", args.text("--a")), ("--b", args.text("--b"))];
    if both.iter().all(|(_, text)| text.is_none()) {
        misuse("neither `--a` nor `--b` says what differs; try `--help`");
    }
    let [a, b] = both.map(|(option, text)| changes(option, text));
    let varied = varied(&args);
    let measure = args.value("--on").unwrap_or(Measure::MenteeLevels);
    let margin = args.whole("--margin", 0..=1000).unwrap_or(5);
    let most = args.whole("--replicates", 16..=4096).unwrap_or(1024);
    let seconds: Option<u64> = args.whole("--seconds", 0..=1_000_000);
    let until = seconds.and_then(|s| Instant::now().checked_add(Duration::from_secs(s)));
    let months: u16 = args.whole("--months", 1..=60).unwrap_or(12);
    let calendar = closed(args.text("--closed"));
    let seed = args.whole("--seed", 0..=u64::MAX).unwrap_or(1);
    let threads: Option<NonZeroUsize> = args.value("--threads");
    let mut trial = Trial::on(measure).margin(margin).at_most(most);
    if let Some(threads) = threads {
        trial = trial.on_threads(threads);
    }
    if trial.most() != most {
        tell(format!(
            "of {most} years {} are played at most: 16 doubled some times\n",
            trial.most()
        ));
    }
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
            .with_criteria(changes.matched.criteria())
            .with_calendar(calendar.clone())
            .with_seed(seed, 0)
    };
    let (setup_a, setup_b) = (setup(&a), setup(&b));
    let context = Context::new(start);
    let may = Eligibility::new(&roster, setup_a.policy(), &context);
    let plans_a = plans(a.matched, &setup_a, &may, by, seed);
    let plans_b = plans(b.matched, &setup_b, &may, by, seed);
    let a = Scenario::planned_by_turns(&a.name, setup_a.clone(), &plans_a)
        .unwrap_or_else(|error| fail(error));
    let b = Scenario::planned_by_turns(&b.name, setup_b.clone(), &plans_b)
        .unwrap_or_else(|error| fail(error));
    let watch = Watch { until };
    let contrast = compare(&a, &b, &trial, |done, most| {
        watch.bar(done, most, "years at most")
    });
    let contrast = contrast.unwrap_or_else(|error| fail(error));
    clear();
    let mut out = contrast.to_string();
    out.push_str(&grounds(&contrast));
    let mut decides = None;
    if !varied.is_empty() {
        let few = trial.at_most(most.min(TORNADO));
        let found = tornado(&a, &b, varied, &few, |progress| watch.tornado(progress));
        let found = found.unwrap_or_else(|error| fail(error));
        clear();
        out.push_str(&table(&found));
        decides = Some(found);
    }
    print(&out);

    if let Some(folder) = folder {
        let file = |name: &str| format!("{folder}/{name}");
        write(&file("contrast.json"), json(&contrast).as_bytes());
        let [a, b] = [("a.csv", &a), ("b.csv", &b)].map(|(name, scenario)| {
            rows(&file(name), scenario, threads, &watch);
            bands(scenario, threads, &watch)
        });
        let mut report =
            SimulationReport::new("What if?", contrast, a, b).unwrap_or_else(|error| fail(error));
        let mut written = "contrast.json, a.csv, b.csv and what-if.html";
        if let Some(decides) = decides {
            write(&file("tornado.json"), json(&decides).as_bytes());
            report = report
                .with_tornado(decides)
                .unwrap_or_else(|error| fail(error));
            written = "contrast.json, tornado.json, a.csv, b.csv and what-if.html";
        }
        write(&file("what-if.html"), report.to_html().as_bytes());
        tell(format!("{written} are written\n"));
    }
}

/// How long it may take, and where somebody watches, a bar.
struct Watch {
    until: Option<Instant>,
}

impl Watch {
    fn bar(&self, done: u64, most: u64, of: &str) -> ControlFlow<()> {
        use std::io::IsTerminal as _;
        if std::io::stderr().is_terminal() {
            let tenths = (40 * done).checked_div(most).unwrap_or(0).min(40) as usize;
            tell(format!(
                "\r[{:<40}] {done} of {most} {of:<30}",
                "#".repeat(tenths)
            ));
        }
        match self.until {
            Some(until) if Instant::now() >= until => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn tornado(&self, progress: TornadoProgress) -> ControlFlow<()> {
        let of = progress.parameter.map_or("as it is", Parameter::as_str);
        self.bar(progress.done, progress.most, of)
    }
}

fn clear() {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() {
        tell(format!("\r{:100}\r", ""));
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
    let are = |count| format!("{count} {}", if count == 1 { "is" } else { "are" });
    format!(
        "\n{} years of each. Of the {} numbers of the model {} measured, {} reported second-hand and {} assumed: read it as\nwhat the assumptions say, and `--tornado` for which of them.\n",
        contrast.replicates,
        Parameter::ALL.len(),
        are(count(Source::Measured)),
        are(count(Source::Reported)),
        are(count(Source::Assumed)),
    )
}

/// The ten parameters on which the difference hangs most, and what else there is to say.
fn table(found: &Tornado) -> String {
    let measure = found.measure.as_str().replace('_', " ");
    let shown =
        |estimate: Option<Estimate>| estimate.map_or("no data".to_owned(), |e| e.to_string());
    let mut out = format!(
        "\nThe difference in {measure}, in points, as it is ({} years) and with each number at a lower and at a higher value\n  {:<34}{}\n",
        found.replicates,
        "as it is",
        shown(found.base)
    );
    let moved = |row: &&_| reverse_mentoring::simulation::experiment::Influence::swing(row) > 0;
    for row in found.rows.iter().filter(moved).take(10) {
        let end = |value: u32, estimate| format!("{value:>5}: {}", shown(estimate));
        let name = format!("{}, {}", row.parameter, row.value_unit);
        let sway = match row.sway {
            Sway::Keeps => "",
            Sway::Blurs => ", changes whether it can be told",
            Sway::Turns => ", turns the answer",
            _ => "",
        };
        let (low, high) = (row.low, row.high);
        let (low, high) = (
            end(low.value, low.difference),
            end(high.value, high.difference),
        );
        let _ = writeln!(out, "  {name:<34}{low:<30}{high:<30}{}{sway}", row.source);
    }
    let still = found.rows.iter().filter(|row| row.swing() == 0).count();
    if still > 0 {
        let _ = writeln!(out, "  {still} more change nothing");
    }
    if !found.unvaried.is_empty() {
        let _ = writeln!(
            out,
            "  no other value to try: {}",
            found.unvaried.join(", ")
        );
    }
    if !found.asked.is_empty() {
        let _ = writeln!(out, "  what was asked: {}", found.asked.join(", "));
    }
    if !found.finished {
        let _ = writeln!(
            out,
            "  broken off; not come to: {}",
            found.left_out.join(", ")
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

fn bands(scenario: &Scenario<'_>, threads: Option<NonZeroUsize>, watch: &Watch) -> Bands {
    let bands = Bands::of(scenario, &replicates(threads), |done| {
        watch.bar(done, 100, "years for the bands")
    });
    clear();
    bands.unwrap_or_else(|error| fail(error))
}

fn rows(path: &str, scenario: &Scenario<'_>, threads: Option<NonZeroUsize>, watch: &Watch) {
    let file = std::fs::File::create(path)
        .unwrap_or_else(|error| fail(format!("{path}: cannot be written: {error}")));
    let wrong =
        |error: std::io::Error| -> ! { fail(format!("{path}: cannot be written: {error}")) };
    let mut file = ReplicateWriter::new(file).unwrap_or_else(|error| wrong(error));
    let mut done = 0;
    let played = replicates(threads).each(std::slice::from_ref(scenario), |played| {
        for replicate in played {
            file.add(replicate).unwrap_or_else(|error| wrong(error));
        }
        done += 1;
        watch.bar(done, 100, "years for the rows")
    });
    clear();
    played.unwrap_or_else(|error| fail(error));
    file.finish().unwrap_or_else(|error| wrong(error));
}
