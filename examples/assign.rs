//! The exact solver alone on an instance file, with its time and its proof.
//!
//! `cargo run --release --example assign -- INSTANCE`

use std::path::Path;

use reverse_mentoring::matching::assignment::{Objective, solve, verify};

#[path = "assign/clock.rs"]
mod clock;
#[path = "assign/gap.rs"]
mod gap;
#[path = "assign/instance.rs"]
mod instance;
mod support;
use clock::Clock;
use gap::Gap;
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
  --repeats N          solves N times, 1 to 1000000 (default 3); the least of each time is printed

cpu_min and wall_min are seconds of solving and of checking the proof, nothing else; CPU of all threads. peak_mb is the
most memory that was resident meanwhile, the graph included. verified is true when the separate checker accepts the
proof that no plan is better; gap is then 0. Otherwise gap is how many pairs, or, where no pair can be missing, how many
points of score a better plan might have more, and standard error says which; it is null where neither can be said.

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
        let answer = verify(&graph, objective, &best.assignment, &best.certificate);
        let (cpu, wall) = clock.stop();
        let gap = Gap::of(objective, &best.assignment, answer);
        (best.assignment, gap, cpu, wall)
    };
    let (plan, gap, mut cpu, mut wall) = run();
    for _ in 1..repeats {
        let (_, _, cpu_now, wall_now) = run();
        (cpu, wall) = (cpu.min(cpu_now), wall.min(wall_now));
    }
    let verified = gap == Gap::Proven;
    if !verified {
        crate::support::tell_line(format_args!("{gap}"));
    }
    let instance = serde_json::Value::from(name);
    let (pairs, total) = (plan.pairs(), plan.total);
    let peak = clock::peak_mb().map_or("null".to_owned(), |peak| format!("{peak:.1}"));
    print(&format!(
        "{{\"instance\": {instance}, \"pairs\": {pairs}, \"total\": {total}, \"cpu_min\": {cpu:.9}, \"wall_min\": {wall:.9}, \
         \"peak_mb\": {peak}, \"verified\": {verified}, \"gap\": {}}}\n",
        gap.json()
    ));
}
