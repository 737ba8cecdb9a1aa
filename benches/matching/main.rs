//! The exact solver on generated instances: time with certificate, the certificate's share of it, memory.
//!
//! `cargo bench --bench matching`
//!
//! Options stand after `--`: `--all` measures the large instances as well (minutes, 5 GB), `--only TEXT` those whose
//! name contains the text, `--objective NAME` one of the four objectives. `--list` prints what there is as lines of
//! JSON; `--write DIR` writes instances as files that the example `assign` reads, instead of measuring.
//!
//! Each case runs in a process of its own, so that its memory is its own. Times are CPU seconds, the least of the runs.
//! Bytes an edge are what the process grew by from before the graph until the plan was checked, at its peak.
//! `benches/peers.py` compares with other solvers.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, exit};
use std::time::{Duration, Instant};

use reverse_mentoring::matching::assignment::{Objective, solve, verify};

#[path = "../../examples/assign/clock.rs"]
mod clock;
mod instances;
use clock::Clock;
use instances::{ALL, Recipe};

/// A case is repeated until it has taken this long, so that the least is one without interruptions.
const ENOUGH: Duration = Duration::from_secs(2);
const MOST_RUNS: usize = 50;

#[derive(Default)]
struct Options {
    all: bool,
    list: bool,
    only: Option<String>,
    objective: Option<Objective>,
    write: Option<String>,
    case: Option<String>,
}

impl Options {
    fn parse() -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
            match word.as_str() {
                // Cargo says so itself.
                "--bench" => {}
                "--all" => options.all = true,
                "--list" => options.list = true,
                "--only" => options.only = Some(value()?),
                "--write" => options.write = Some(value()?),
                "--case" => options.case = Some(value()?),
                "--objective" => {
                    let objective = value()?.parse::<Objective>();
                    options.objective = Some(objective.map_err(|error| error.to_string())?);
                }
                _ => return Err(format!("there is no option `{word}`")),
            }
        }
        Ok(options)
    }

    fn recipes(&self) -> impl Iterator<Item = &'static Recipe> {
        let wanted = |recipe: &&Recipe| match &self.only {
            Some(text) => recipe.name.contains(text.as_str()),
            None => self.all || self.list || recipe.small(),
        };
        ALL.iter().filter(wanted)
    }
}

fn main() {
    let options = Options::parse().unwrap_or_else(|error| {
        eprintln!("{error}");
        exit(2)
    });
    if let Some(name) = &options.case {
        let recipe = ALL.iter().find(|recipe| recipe.name == name.as_str());
        let objective = options.objective.unwrap_or_default();
        measure(recipe.expect("a known instance"), objective);
    } else if options.list {
        options.recipes().for_each(describe);
    } else if let Some(folder) = &options.write {
        options
            .recipes()
            .for_each(|recipe| write(recipe, Path::new(folder)));
    } else {
        println!(
            "{:<13} {:<11} {:>9} {:>9} {:>12} {:>11} {:>8} {:>9} {:>10}",
            "instance",
            "objective",
            "edges",
            "pairs",
            "total",
            "CPU s",
            "checking",
            "peak MB",
            "bytes/edge"
        );
        let me = std::env::current_exe().expect("this program");
        for recipe in options.recipes() {
            let chosen = |objective: &Objective| options.objective.is_none_or(|o| o == *objective);
            for objective in Objective::ALL.into_iter().filter(chosen) {
                let words = ["--case", recipe.name, "--objective", objective.as_str()];
                let status = Command::new(&me).args(words).status().expect("a process");
                assert!(status.success(), "{words:?}");
            }
        }
    }
}

fn describe(recipe: &Recipe) {
    let (kind, seed) = (
        if recipe.sparse.is_some() {
            "sparse"
        } else {
            "dense"
        },
        recipe.seed,
    );
    let (rows, columns, small) = (recipe.rows, recipe.columns, recipe.small());
    let optimum = recipe.optimum.map_or("null".to_owned(), |(pairs, total)| {
        format!("[{pairs}, {total}]")
    });
    println!(
        "{{\"name\": \"{}\", \"kind\": \"{kind}\", \"rows\": {rows}, \"columns\": {columns}, \"seed\": {seed}, \
         \"small\": {small}, \"optimum\": {optimum}}}",
        recipe.name
    );
}

fn write(recipe: &Recipe, folder: &Path) {
    let path = folder.join(format!("{}.bin", recipe.name));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| File::create(&path))
        .and_then(|file| {
            let mut file = BufWriter::with_capacity(1 << 20, file);
            recipe.write(&mut file)?;
            file.flush()
        });
    if let Err(error) = written {
        eprintln!("{}: cannot be written: {error}", path.display());
        exit(1);
    }
}

fn measure(recipe: &Recipe, objective: Objective) {
    let before = clock::resident_mb();
    let graph = recipe.graph();
    clock::forget_peak();
    let (mut least, mut checking) = (f64::INFINITY, 0.0);
    let (mut pairs, mut total) = (0, 0);
    let start = Instant::now();
    for _ in 0..MOST_RUNS {
        let clock = Clock::start();
        let best = solve(black_box(&graph), objective);
        let (solving, _) = clock.stop();
        let check = Clock::start();
        let verified = verify(&graph, objective, &best.assignment, &best.certificate);
        let (check, _) = check.stop();
        assert!(
            verified.is_ok_and(|v| v.proven),
            "{}: {objective} without a proof",
            recipe.name
        );
        (pairs, total) = (best.assignment.pairs(), best.assignment.total);
        if solving + check < least {
            (least, checking) = (solving + check, check);
        }
        if start.elapsed() > ENOUGH {
            break;
        }
    }
    if let (Objective::MostPairs, Some(optimum)) = (objective, recipe.optimum) {
        assert_eq!(
            (pairs, total),
            optimum,
            "{}: not the known optimum",
            recipe.name
        );
    }
    let peak = clock::peak_mb();
    let grown = peak.zip(before).map(|(peak, before)| peak - before);
    let text = |number: Option<f64>| number.map_or("unknown".to_owned(), |n| format!("{n:.1}"));
    let edges = graph.len();
    println!(
        "{:<13} {:<11} {edges:>9} {pairs:>9} {total:>12} {least:>11.6} {:>7.1}% {:>9} {:>10}",
        recipe.name,
        objective.as_str(),
        100.0 * checking / least,
        text(peak),
        text(grown.map(|mb| mb * 1_048_576.0 / edges as f64)),
    );
}
