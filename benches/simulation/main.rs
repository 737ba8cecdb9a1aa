//! What a simulated programme costs, beside the bare loop of the same behaviour in SimPy.
//!
//! `SIMULATION_BENCH_PEER=python3 cargo bench --features simulation --bench simulation`, with a Python that has simpy 4; without it the
//! peer is left out. `SIMULATION_BENCH_PAIRS` and `SIMULATION_BENCH_REPLICATES` list other sizes.

#[path = "../people/pairs.rs"]
mod pairs;
mod world;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::process::Command;
use std::time::{Duration, Instant};

use reverse_mentoring::policy::Policy;
use reverse_mentoring::program::Program;
use reverse_mentoring::simulation::Measure;
use reverse_mentoring::simulation::Setup;
use reverse_mentoring::simulation::experiment::{Bands, Replicate, Replicates, Scenario};
use world::{Failed, World, bare};

const PEER: &str = include_str!("bare.py");

fn scenario(world: &World) -> Result<Scenario<'_>, Failed> {
    let setup = Setup::new(&world.roster, world.start)
        .with_policy(Policy::core_only())
        .with_model(bare()?);
    Ok(Scenario::chosen("bare", setup, &world.pairs, world.by))
}

/// The least of several runs, and what came out.
fn least<T>(
    runs: u32,
    mut run: impl FnMut() -> Result<T, Failed>,
) -> Result<(Duration, T), Failed> {
    let mut best: Option<(Duration, T)> = None;
    for _ in 0..runs {
        let begun = Instant::now();
        let out = run()?;
        let took = begun.elapsed();
        if best.as_ref().is_none_or(|(best, _)| took < *best) {
            best = Some((took, out));
        }
    }
    best.ok_or_else(|| "no runs".into())
}

/// Seconds of the bare loop: the least of several runs, and its sessions held, not held and pairs that gave up.
fn peer(pairs: usize, runs: u32) -> Result<Option<(f64, String)>, Failed> {
    let Some(python) = std::env::var_os("SIMULATION_BENCH_PEER") else {
        return Ok(None);
    };
    let arguments = [
        "-c".to_owned(),
        PEER.to_owned(),
        pairs.to_string(),
        runs.to_string(),
    ];
    let out = Command::new(python).args(arguments).output()?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned().into());
    }
    let text = String::from_utf8(out.stdout)?;
    let (seconds, counts) = text.trim().split_once(' ').ok_or("no answer")?;
    Ok(Some((seconds.parse()?, counts.to_owned())))
}

fn resident() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm
        .split_whitespace()
        .nth(1)
        .and_then(|n| n.parse::<u64>().ok());
    pages.unwrap_or_default() as f64 * 4096.0 / 1e6
}

fn one_year(pairs: usize, runs: u32) -> Result<(Duration, Replicate), Failed> {
    let world = World::of(pairs)?;
    let scenario = scenario(&world)?;
    least(runs, || Ok(scenario.play(0)?))
}

/// What a variable lists, or this.
fn numbers(variable: &str, usual: &str) -> Vec<usize> {
    let list = std::env::var(variable).unwrap_or_else(|_| usual.to_owned());
    list.split(',').map_while(|n| n.parse().ok()).collect()
}

/// What of a year is the gate: the entries that it writes, checked and taken in once more and nothing else, as a share of the time that playing it took.
fn share_of_the_gate(pairs: usize, runs: u32) -> Result<(f64, usize), Failed> {
    let world = World::of(pairs)?;
    let scenario = scenario(&world)?;
    let (played, replicate) = least(runs, || Ok(scenario.play(0)?))?;
    let journal = scenario.play_whole(0)?.journal;
    if journal.len() as u64 != replicate.entries {
        return Err("another year".into());
    }
    let (gate, _) = least(runs, || Ok(Program::replay_with((), &journal)?))?;
    Ok((gate.as_secs_f64() / played.as_secs_f64(), journal.len()))
}

fn main() -> Result<(), Failed> {
    println!("a year of pairs, one core, every step through the gate, seed 1");
    for pairs in numbers("SIMULATION_BENCH_PAIRS", "2500,10000,40000,200000") {
        let runs = if pairs > 10_000 { 2 } else { 7 };
        let (took, played) = one_year(pairs, runs)?;
        let held = played.at_the_end(Measure::Attendance);
        let seconds = took.as_secs_f64();
        print!(
            "  {pairs:>7} pairs  {seconds:>7.3} s  {:>5.2} µs a pair and session  {:>5.1} entries a pair  {} of {} sessions held",
            1e6 * seconds / held.whole() as f64,
            played.entries as f64 / pairs as f64,
            held.part(),
            held.whole(),
        );
        match peer(pairs, runs.min(3))?.filter(|_| pairs <= 40_000) {
            Some((bare, counts)) => println!(
                "  SimPy {bare:.3} s, {:.2} × as long ({counts})",
                bare / seconds
            ),
            None => println!(),
        }
    }
    println!("the gate's part of a year, its entries checked and taken in once more");
    for pairs in [500, 10_000] {
        let (share, entries) = share_of_the_gate(pairs, 7)?;
        println!(
            "  {pairs:>7} pairs  {entries:>7} entries  {:.0} %",
            100.0 * share
        );
    }
    let world = World::of(500)?;
    let scenario = scenario(&world)?;
    println!("replicates of a year of 500 pairs, two threads; the bare loop on one");
    for count in numbers("SIMULATION_BENCH_REPLICATES", "100,1000") {
        let count = u64::try_from(count)?;
        let threads = NonZeroUsize::new(2).ok_or("two")?;
        let replicates = Replicates::new(0..count).on_threads(threads);
        let begun = Instant::now();
        let bands = Bands::of(&scenario, &replicates, |_| ControlFlow::Continue(()))?;
        let seconds = begun.elapsed().as_secs_f64();
        print!(
            "  {count:>5}  {seconds:>6.2} s  {:>4.1} M entries/s  {:>6.1} MB resident",
            bands.entries() as f64 / seconds / 1e6,
            resident(),
        );
        match peer(500, 20)? {
            Some((bare, _)) => println!(
                "  SimPy {:.2} s, {:.2} × as long",
                bare * count as f64,
                bare * count as f64 / seconds
            ),
            None => println!(),
        }
    }
    Ok(())
}
