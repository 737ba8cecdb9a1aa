//! Loading a company of a million, and asking a million times whether there is a line of management.
//!
//! `cargo bench --features import --bench roster`
//!
//! Each case runs in a process of its own, so that its peak memory is its own (read from `/proc`, so on Linux only).
//! Times are the least of the runs; the peer for queries is climbing the same managers one by one, measured in the
//! same process.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{OnFault, read_roster};
use reverse_mentoring::roster::{Line, PersonRef, ReportingLines};

const MILLION: usize = 1_000_000;

/// Numbers that look random and are the same on every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(z ^ (z >> 31)) * n as u128) >> 64) as usize
    }
}

/// The managers of a company, everybody after their manager.
fn managers(shape: &str) -> Vec<Option<usize>> {
    (0..MILLION)
        .map(|p| match shape {
            // About 3.3 reports each: twelve levels below the top.
            "tree" => p.checked_sub(1).map(|p| p * 10 / 33),
            // A chain of 200,000, the others spread below it.
            "chain-200k" => p
                .checked_sub(1)
                .map(|p| if p < 200_000 { p } else { p % 200_000 }),
            "chain-500k" => p
                .checked_sub(1)
                .map(|p| if p < 500_000 { p } else { p % 500_000 }),
            "flat" => p.checked_sub(1).map(|p| p / 16),
            _ => None,
        })
        .collect()
}

fn depth(managers: &[Option<usize>]) -> usize {
    let mut depth = vec![0; managers.len()];
    for (p, manager) in managers.iter().enumerate() {
        depth[p] = manager.map_or(0, |m| depth[m] + 1);
    }
    depth.into_iter().max().unwrap_or(0)
}

fn key(p: usize) -> String {
    format!("E{p:07}")
}

fn least<T>(runs: usize, mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut best = None;
    let mut last = None;
    for _ in 0..runs {
        // Gone before the next is made, so that the peak is that of one.
        drop(last.take());
        let start = Instant::now();
        let made = black_box(work());
        let took = start.elapsed();
        best = best.map(|b: Duration| b.min(took)).or(Some(took));
        last = Some(made);
    }
    (best.expect("a run"), last.expect("a run"))
}

fn peak_mb() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kb = peak.and_then(|p| p.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.map_or("unknown".to_owned(), |kb| format!("{} MB", kb / 1024))
}

fn load(shape: &str) {
    let managers = managers(shape);
    let mut csv = "id,manager,grade,side,offers,wants\n".to_owned();
    for (p, manager) in managers.iter().enumerate() {
        let manager = manager.map_or("-".to_owned(), key);
        let side = ["mentor", "mentee", "either", ""][p % 4];
        let (a, b) = (p % 40, (p / 40) % 40);
        let _ = writeln!(csv, "{},{manager},{},{side},s{a}:3,t{b}:4", key(p), p % 9);
    }
    let size = csv.len() / 1_000_000;
    let (took, read) = least(3, || {
        read_roster(csv.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1))
            .expect("a sound file")
    });
    println!(
        "load {shape:<11} 1,000,000 people, {} levels, {size} MB of CSV: {:>5.2} s, peak {} with the text",
        depth(&managers),
        took.as_secs_f64(),
        peak_mb(),
    );
    black_box(read);
}

fn queries(shape: &str, dotted: usize) {
    let managers = managers(shape);
    let mut numbers = Numbers(11);
    let mut lines: Vec<Line> = managers
        .iter()
        .enumerate()
        .map(|(p, m)| m.map_or_else(|| Line::root(key(p)), |m| Line::new(key(p), key(m))))
        .collect();
    for _ in 0..dotted {
        let (from, to) = (numbers.below(MILLION), numbers.below(MILLION));
        if from != to {
            lines[from] = lines[from].clone().dotted(key(to));
        }
    }
    let start = Instant::now();
    let lines = ReportingLines::new(lines).expect("sound lines");
    let built = start.elapsed();
    let people: Vec<PersonRef> = lines.people().map(|(p, _)| p).collect();
    let pairs: Vec<(usize, usize)> = (0..MILLION)
        .map(|_| (numbers.below(MILLION), numbers.below(MILLION)))
        .collect();
    let (took, linked) = least(5, || {
        pairs
            .iter()
            .filter(|&&(a, b)| lines.linked(people[a], people[b]))
            .count()
    });
    // The peer climbs, so it gets a hundredth of the questions; keys are numbered in order, so people are too.
    let few = &pairs[..MILLION / 100];
    let above = |upper: usize, lower: usize| {
        let mut at = managers[lower];
        while let Some(up) = at {
            if up == upper {
                return true;
            }
            at = managers[up];
        }
        false
    };
    let few_only = if shape.starts_with("chain") {
        &few[..100]
    } else {
        few
    };
    let (climbed, _) = least(1, || {
        few_only
            .iter()
            .filter(|&&(a, b)| above(a, b) || above(b, a))
            .count()
    });
    let (one, peer) = (
        took.as_secs_f64() * 1e9 / MILLION as f64,
        climbed.as_secs_f64() * 1e9 / few_only.len() as f64,
    );
    println!(
        "link {shape:<11} {:>6} levels, {dotted:>6} dotted lines: {one:>6.1} ns a question ({linked} linked), {:.5} of climbing the solid lines; built in {:.2} s, peak {}",
        depth(&managers),
        one / peer,
        built.as_secs_f64(),
        peak_mb(),
    );
}

/// Everybody reports to one, and over a dotted line to the one before, so that no two reach the same.
fn dotted_chain(people: usize) {
    let lines = (0..people).map(|p| match p {
        0 => Line::root(key(0)),
        1 => Line::new(key(1), key(0)),
        _ => Line::new(key(p), key(0)).dotted(key(p - 1)),
    });
    let lines: Vec<Line> = lines.collect();
    let start = Instant::now();
    black_box(ReportingLines::new(lines).expect("sound lines"));
    println!(
        "dotted chain of {people} people: built in {:.2} s, peak {}",
        start.elapsed().as_secs_f64(),
        peak_mb(),
    );
}

fn main() {
    let cases = [
        "load tree",
        "load chain-200k",
        "link flat 0",
        "link tree 0",
        "link chain-500k 0",
        "link tree 4096",
        "link chain-500k 4096",
        "link tree 50000",
        "dotted 25000",
        "dotted 100000",
    ];
    if let Ok(case) = std::env::var("ROSTER_BENCH_CASE") {
        let words: Vec<&str> = case.split(' ').collect();
        match words.as_slice() {
            ["load", shape] => load(shape),
            ["dotted", people] => dotted_chain(people.parse().expect("a number")),
            ["link", shape, dotted] => queries(shape, dotted.parse().expect("a number")),
            _ => {}
        }
        return;
    }
    let me = std::env::current_exe().expect("this program");
    for case in cases {
        let status = Command::new(&me).env("ROSTER_BENCH_CASE", case).status();
        assert!(status.expect("a process").success(), "{case}");
    }
}
