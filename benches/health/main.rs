//! What a reading costs.
use std::hint::black_box;
use std::time::{Duration, Instant};

use reverse_mentoring::health::{Metrics, ProgramHealth};

#[path = "../people/numbers.rs"]
mod numbers;
mod world;

use world::World;

type Failed = Box<dyn std::error::Error>;

fn least<T>(runs: u32, mut run: impl FnMut() -> T) -> Duration {
    let times = (0..runs).map(|_| {
        let begun = Instant::now();
        black_box(run());
        begun.elapsed()
    });
    times.min().unwrap_or_default()
}

fn main() -> Result<(), Failed> {
    let world = World::plan(50_000, 1)?;
    let begun = Instant::now();
    let program = world.run(800)?;
    println!(
        "{} sessions, built in {:?}",
        world.sessions(),
        begun.elapsed()
    );
    if let Some(dir) = std::env::args().nth(1).filter(|a| !a.starts_with("--")) {
        world.write(std::path::Path::new(&dir))?;
    }
    let metrics = Metrics::standard();
    let as_of = world.day(800);
    let full = least(
        std::env::var("RUNS")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(5),
        || ProgramHealth::assess(program.history(), &metrics, as_of),
    );
    println!("full {full:?}");
    let health = ProgramHealth::assess(program.history(), &metrics, as_of)?;
    println!("{health}");
    Ok(())
}
