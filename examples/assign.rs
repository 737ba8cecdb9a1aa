//! The exact solver alone on an instance file, with its time and its proof.
//!
//! `cargo run --release --example assign -- INSTANCE`

use std::path::Path;

use reverse_mentoring::matching::assignment::{Flaw, Graph, Objective, Optimum, solve, verify};

#[path = "assign/clock.rs"]
mod clock;
#[path = "assign/instance.rs"]
mod instance;
mod support;
use clock::Clock;
use support::{Args, fail, misuse, print};

const USAGE: &str = "\
assign INSTANCE [--objective NAME] [--repeats N]

Solves one instance exactly and prints one line of JSON:
{\"instance\",\"pairs\",\"total\",\"cpu_min\",\"wall_min\",\"peak_mb\",\"verified\",\"gap\"}

  INSTANCE             a file whose name begins with d or ge is dense, any other is sparse; all numbers little-endian:
                       dense   u64 rows, u64 columns, then rows x columns u32 scores, 4294967295 where no pair may be
                       sparse  u64 rows, u64 columns, u64 edges; u64 start[rows + 1]; u32 column[edges];
                               u32 score[edges]; u32 places[rows]; u32 places[columns]
  --objective NAME     most-pairs (default), best-score, max-min or most-people; rows and columns as in the file, so
                       most-people puts columns in use before rows in use
  --repeats N          solves N times, 1 to 1000000 (default 3); all figures but the peak are those of the fastest

cpu_min and wall_min are seconds of solving and of checking the proof, nothing else; CPU of all threads. peak_mb is the
most memory that was resident meanwhile, the graph included. verified is true when the separate checker accepts the
proof that no plan is better; gap is then 0. Otherwise gap is how many pairs, or, where no pair can be missing, how many
points of score a better plan might have more, and standard error says which of the two; it is null for a flawed plan.

Exit 1 with one line on standard error for a file that cannot be used, 2 for a command line that cannot.";

fn main() {
    let args = Args::parse(USAGE, &["--objective", "--repeats"], &[], 1);
    let [path] = args.alone() else {
        misuse("an instance file is missing; try `--help`");
    };
    let objective: Objective = args.value("--objective").unwrap_or_default();
    let repeats = args.whole("--repeats", 1..=1_000_000).unwrap_or(3_u32);
    let name = Path::new(path).file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or(path);

    let read = instance::read(Path::new(path), name);
    let graph = read.unwrap_or_else(|error| fail(format!("{path}: {error}")));
    clock::forget_peak();
    let run = || {
        let clock = Clock::start();
        let best = solve(&graph, objective);
        let gap = gap(&graph, objective, &best);
        let (cpu, wall) = clock.stop();
        (best.assignment, gap, cpu, wall)
    };
    let (plan, gap, mut cpu, mut wall) = run();
    for _ in 1..repeats {
        let (_, _, cpu_now, wall_now) = run();
        (cpu, wall) = (cpu.min(cpu_now), wall.min(wall_now));
    }
    let (verified, gap) = match gap {
        Ok(Gap::None) => (true, "0".to_owned()),
        Ok(Gap::Pairs(pairs)) => {
            eprintln!("not proven: {pairs} more pairs may be possible");
            (false, pairs.to_string())
        }
        Ok(Gap::Points(points)) => {
            eprintln!("not proven: {points} more points of score may be possible");
            (false, points.to_string())
        }
        Err(flaw) => {
            eprintln!("not a sound plan: {flaw}");
            (false, "null".to_owned())
        }
    };
    let instance = serde_json::Value::from(name);
    let (pairs, total) = (plan.pairs(), plan.total);
    let peak = clock::peak_mb().map_or("null".to_owned(), |peak| format!("{peak:.1}"));
    print(&format!(
        "{{\"instance\": {instance}, \"pairs\": {pairs}, \"total\": {total}, \"cpu_min\": {cpu:.9}, \"wall_min\": {wall:.9}, \
         \"peak_mb\": {peak}, \"verified\": {verified}, \"gap\": {gap}}}\n"
    ));
}

/// How far a plan may be from the best.
enum Gap {
    None,
    Pairs(u64),
    Points(u64),
}

/// Asks the checker.
fn gap(graph: &Graph, objective: Objective, best: &Optimum) -> Result<Gap, Flaw> {
    let plan = &best.assignment;
    let verified = verify(graph, objective, plan, &best.certificate)?;
    let pairs = verified.pairs_bound.saturating_sub(plan.pairs());
    let points = verified.score_bound.saturating_sub(plan.total);
    Ok(match (verified.proven, objective) {
        (true, _) => Gap::None,
        (false, Objective::BestScore) if points > 0 => Gap::Points(points),
        (false, _) if pairs > 0 => Gap::Pairs(pairs),
        (false, _) => Gap::Points(points),
    })
}
