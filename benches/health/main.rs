//! What the health of a programme costs: 1,000,000 sessions of 50,000 pairings.
//!
//! `cargo bench --bench health`
//!
//! A programme of two years, written through the gate: proposals, preparation, a session about every month, feedback,
//! check-ins, pauses, exits, completions. Read on its last day, on others, and after one more session. Times by the clock are
//! the least of the runs; of the processors, all threads together, the least mean of five, on Linux only, as it comes from `/proc`.
//!
//! With `HEALTH_BENCH_PEER=python3`, or another Python that has polars, `benches/health/peer.py` reads the same figures from
//! the same plan as tables, and the run fails unless all are equal.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::health::{LiveHealth, Metrics, ProgramHealth};
use reverse_mentoring::history::History;
use reverse_mentoring::prelude::*;

#[path = "../people/numbers.rs"]
mod numbers;
mod world;

use world::World;

type Failed = Box<dyn std::error::Error>;
type Readings = BTreeMap<String, (u64, u64)>;

const PAIRS: usize = 50_000;
const DAY: u64 = 800;

/// What this process has taken of the processors, threads that are gone included; Linux alone tells, in hundredths of a
/// second.
fn cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which may have spaces.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>().ok()?.iter().sum();
    Some(Duration::from_millis(10 * ticks))
}

/// Several runs, in batches of five: the least by the clock, and the least that one took of the processors in the mean of a batch.
fn least<T>(batches: u32, mut run: impl FnMut() -> Result<T, Failed>) -> Result<Cost, Failed> {
    let mut least = Cost {
        cpu: Duration::MAX,
        wall: Duration::MAX,
    };
    for _ in 0..batches {
        let before = cpu();
        for _ in 0..5 {
            let begun = Instant::now();
            let done = black_box(run()?);
            least.wall = least.wall.min(begun.elapsed());
            drop(done);
        }
        let taken = cpu().zip(before).map(|(after, before)| after - before);
        least.cpu = least.cpu.min(taken.map_or(least.wall, |taken| taken / 5));
    }
    Ok(least)
}

struct Cost {
    cpu: Duration,
    wall: Duration,
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn print(what: &str, cost: &Cost) {
    let (cpu, wall) = (millis(cost.cpu), millis(cost.wall));
    println!("{what:<44} {cpu:>9.3} ms of CPU {wall:>9.3} ms");
}

fn readings(health: &ProgramHealth) -> Readings {
    let each = health.readings.iter();
    let each = each.map(|r| {
        (
            r.metric.name().to_owned(),
            (r.ratio.part(), r.ratio.whole()),
        )
    });
    each.collect()
}

/// The figures of the peer, and the CPU time that they took.
fn peer(python: &str, world: &World) -> Result<(Readings, Duration), Failed> {
    let tables = std::env::temp_dir().join(format!("health-bench-{}", std::process::id()));
    std::fs::create_dir_all(&tables)?;
    world.write(&tables)?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/health/peer.py");
    let done = Command::new(python)
        .arg(script)
        .arg(&tables)
        .arg(DAY.to_string())
        .output();
    std::fs::remove_dir_all(&tables)?;
    let done = done?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into());
    }
    let (mut found, mut cpu) = (Readings::new(), None);
    for line in String::from_utf8(done.stdout)?.lines() {
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["reading", name, part, whole] => {
                found.insert((*name).to_owned(), (part.parse()?, whole.parse()?));
            }
            ["cpu", seconds] => cpu = Some(Duration::from_secs_f64(seconds.parse()?)),
            ["polars", version] => println!("polars {version}"),
            _ => {}
        }
    }
    Ok((found, cpu.ok_or("no time")?))
}

fn assess(history: &History, on: chrono::NaiveDate) -> Result<ProgramHealth, Failed> {
    Ok(ProgramHealth::assess(history, &Metrics::standard(), on)?)
}

fn main() -> Result<(), Failed> {
    let world = World::plan(PAIRS, 1)?;
    let mut program = world.run(DAY)?;
    println!("{} sessions of {PAIRS} pairings, seed 1", world.sessions());
    let today = world.day(DAY);
    let full = least(10, || assess(program.history(), today))?;
    print("the standard assessment", &full);
    for after in [DAY - 1, DAY - 90, DAY / 2] {
        let cost = least(5, || assess(program.history(), world.day(after)))?;
        print(&format!("the same, {} days before", DAY - after), &cost);
    }
    let (metrics, calendar) = (Metrics::standard(), Calendar::OPEN);
    let mut live = LiveHealth::read(program.history(), metrics, calendar, today)?;
    let open = program.open_pairings().filter(|p| p.began_on().is_some());
    let open: Vec<PairingId> = open.map(Pairing::id).collect();
    let mut ids = SequentialIds::new(77);
    let mut pairings = open.iter().cycle().step_by(1_009);
    let more = least(100, || {
        let pairing = *pairings.next().ok_or("nobody")?;
        let id = SessionId::from_source(&mut ids);
        let session = Session::new(id, pairing, today, Outcome::Cancelled { by: None });
        program.record(&session, Stamp::midnight(today))?;
        live.refresh(program.history())?;
        Ok(())
    })?;
    print("one more session, recorded and taken in", &more);
    if live.health() != &assess(program.history(), today)? {
        return Err("kept up, the health is another one".into());
    }
    if let Some(python) = std::env::var_os("HEALTH_BENCH_PEER") {
        let python = python.into_string().map_err(|_| "not UTF-8")?;
        let own = readings(&assess(world.run(DAY)?.history(), today)?);
        let (theirs, cpu) = peer(&python, &world)?;
        if own != theirs {
            let differ = own
                .iter()
                .filter(|(name, ratio)| theirs.get(*name) != Some(ratio));
            return Err(format!("other readings: {:?}", differ.collect::<Vec<_>>()).into());
        }
        println!("{} readings, all equal", own.len());
        let again = least(10, || assess(program.history(), today))?;
        let ratio = full.cpu.min(again.cpu).as_secs_f64() / cpu.as_secs_f64();
        println!(
            "polars {:.1} ms of CPU; this library takes {ratio:.2} of it",
            millis(cpu)
        );
    }
    Ok(())
}
