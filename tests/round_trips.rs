//! What is written comes back: random programmes and rosters under every nasty name, through every format that has a writer and a reader.
//!
//! The judge is what went in: the value that is read equals the one that was written, and where a form has one spelling the second
//! writing has the bytes of the first.
#![cfg(all(feature = "fleet", feature = "sqlite"))]

#[path = "round_trips/files.rs"]
mod files;
#[path = "support/life.rs"]
mod life;
#[path = "support/nasty.rs"]
mod nasty;
#[path = "round_trips/records.rs"]
mod records;
#[path = "round_trips/stores.rs"]
mod stores;
#[path = "round_trips/streams.rs"]
mod streams;
mod support;
#[path = "round_trips/world.rs"]
mod world;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use life::Dice;
use reverse_mentoring::health::Metrics;
use reverse_mentoring::store::MemoryStore;
use reverse_mentoring::store::sqlite::SqliteStore;
use world::World;

fn metrics() -> &'static Metrics {
    static ALL: OnceLock<Metrics> = OnceLock::new();
    ALL.get_or_init(Metrics::standard)
}

/// How many programmes stand in one file.
const TOGETHER: u64 = 250;
const TURNS: u32 = 60;

/// A file system in memory: every commit of a store is synced, which is the disk's time and not the format's.
const MEMORY: &str = "/dev/shm";

/// So many programmes go into files where there is none.
const ON_A_DISK: u64 = 1_000;

fn folder(count: u64) -> (PathBuf, u64) {
    let (base, most) = match Path::new(MEMORY).is_dir() {
        true => (MEMORY, u64::MAX),
        false => (env!("CARGO_TARGET_TMPDIR"), ON_A_DISK),
    };
    let name = format!(
        "reverse-mentoring-{count}-round-trips-{}",
        std::process::id()
    );
    (Path::new(base).join(name), most)
}

/// Gone with the test, also where it fails.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What each part took.
#[derive(Default)]
struct Clock(Vec<(&'static str, Duration)>);

impl Clock {
    fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += begun.elapsed(),
            None => self.0.push((name, begun.elapsed())),
        }
        done
    }
}

fn programmes(first: u64, count: u64) {
    let (folder, in_files) = folder(count);
    let folder = Folder(folder);
    std::fs::create_dir_all(&folder.0).unwrap();
    let (mut clock, mut entries, mut done) = (Clock::default(), 0, first);
    let end = first + count;
    while done < end {
        let seeds = done..end.min(done + TOGETHER);
        let mut worlds: Vec<World> = clock.time("worlds", || {
            seeds.map(|seed| World::new(seed, TURNS)).collect()
        });
        for world in &mut worlds {
            entries += world.journal.len();
            clock.time("entries", || records::entries(world));
            clock.time("record", || records::record(world));
            let mut dice = Dice(world.dice.roll(u64::from(u32::MAX)));
            clock.time("notebook", || records::notebook(world, &mut dice));
            clock.time("pulses", || records::pulses(world, &mut dice));
            clock.time("ledger", || records::ledger(world, &mut dice));
            clock.time("small", || records::small(&mut dice));
        }
        clock.time("memory", || {
            let mut store = MemoryStore::new();
            stores::fill(&mut store, &mut worlds);
            stores::assert_back(&mut store, &worlds);
        });
        clock.time("sqlite", || {
            if done - first >= in_files {
                return;
            }
            let path = folder.0.join(format!("{done}.sqlite"));
            let patience = Duration::from_secs(5);
            let mut store = SqliteStore::open(&path, patience).unwrap();
            stores::fill(&mut store, &mut worlds);
            drop(store);
            let mut store = SqliteStore::open(&path, patience).unwrap();
            stores::assert_back(&mut store, &worlds);
            drop(store);
            std::fs::remove_file(path).unwrap();
        });
        clock.time("journal events", || streams::journals(&worlds));
        clock.time("figures", || streams::figures(&worlds));
        done += TOGETHER;
    }
    println!("{count} programmes, {entries} entries: {:.1?}", clock.0);
}

fn rosters(first: u64, count: u64) {
    let mut clock = Clock::default();
    let (mut plain, mut taxonomies) = (0, 0);
    for seed in first..first + count {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let roster = clock.time("rosters", || files::roster(&mut dice, false));
        plain += u64::from(clock.time("names", || files::names(&roster)));
        clock.time("plans", || records::plans(&roster));
        let roster = clock.time("rosters", || files::roster(&mut dice, true));
        clock.time("names", || files::names(&roster));
        taxonomies += u64::from(clock.time("taxonomy", || files::taxonomy(&mut dice, &roster)));
    }
    // Nearly all can be written.
    assert!(
        plain * 10 > count * 7 && taxonomies * 10 > count * 7,
        "{plain}, {taxonomies}"
    );
    println!(
        "{count} rosters of names, of which {plain} were written, and as many of a taxonomy, {taxonomies}: {:.1?}",
        clock.0
    );
}

#[test]
fn some_programmes() {
    programmes(0, 50);
}

#[test]
fn some_rosters() {
    rosters(0, 300);
}

/// `ROUND_TRIPS` is how many, `ROUND_TRIPS_FROM` the first. A hundred thousand of each take about twenty minutes of a core.
fn asked() -> (u64, u64) {
    let number = |name: &str, unless| {
        let text = std::env::var(name).ok();
        text.map_or(unless, |text| text.parse().unwrap())
    };
    (
        number("ROUND_TRIPS_FROM", 0),
        number("ROUND_TRIPS", 100_000),
    )
}

#[test]
#[ignore = "takes minutes"]
fn a_hundred_thousand_programmes() {
    let (first, count) = asked();
    programmes(first, count);
}

#[test]
#[ignore = "takes minutes"]
fn a_hundred_thousand_rosters() {
    let (first, count) = asked();
    rosters(first, count);
}
