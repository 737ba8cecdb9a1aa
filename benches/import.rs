//! A million rows of an HR file into a roster, beside the `csv` crate reading the same file into strings.
//!
//! `cargo bench --features import --bench import`
//!
//! Each run is a process of its own, as an import is: its memory is new, and its peak its own (read from `/proc`, so on Linux only).
//! Times are those on a processor: the least and the middle of five, the cases in turn, and what they are of those of `cells` and `strings`.
//! `strings` keeps a string record for every row, `cells` a `String` for every cell, `records` drops each row before the next;
//! `read` is what a `Table` does with a row: splitting, the quotes and the encoding checked, lines counted. `roster` and `feed` are all of it, from bytes and as a stream: cells read, references checked, lines numbered, a roster that can be matched. What
//! is made when somebody first asks for it is no part of that: the indices by key and by id, and the fingerprint that a programme puts
//! on record, which is timed by itself.

use std::fmt::Write as _;
use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{Feed, Limits, Mapping, OnFault, Table, read_roster};

const MILLION: usize = 1_000_000;

fn manager(n: usize) -> String {
    n.checked_sub(1)
        .map_or("-".to_owned(), |n| format!("E-{:07}", n * 10 / 33))
}

/// What an HR system exports and the roster reads: who, where, under whom; skills have been asked of nobody yet.
fn hr() -> String {
    let mut csv = "id,manager,grade,side,unit,site,timezone,Name,Work Email,Job Title,Hire Date,Cost Centre,Employment Type\n".to_owned();
    for n in 0..MILLION {
        let side = ["mentor", "mentee", "", "", "", "", "", ""][n % 8];
        let _ = writeln!(
            csv,
            "E-{n:07},{},{},{side},unit {},site {},Europe/London,Person {n},person.{n}@example.com,\"Analyst, level {}\",20{:02}-{:02}-01,CC-{:05},Regular",
            manager(n),
            n % 12,
            n % 1000,
            n % 40,
            n % 7,
            n % 25,
            1 + n % 12,
            n % 40_000,
        );
    }
    csv
}

/// The rows of `tests/import_scale.rs`: everybody takes part, with skills, labels and some dotted lines.
fn wide() -> String {
    let mut csv = "id,manager,dotted,grade,experience_months,unit,side,capacity,hours_per_month,offers,wants,languages,timezone,site,group\n".to_owned();
    for n in 0..MILLION {
        let side = ["mentor", "mentee", "either"][n % 3];
        let (offer, wish) = (n % 97, n % 89);
        let dotted = if n % 500 == 7 {
            format!("E-{:07}", n / 3)
        } else {
            String::new()
        };
        let _ = writeln!(
            csv,
            "E-{n:07},{},{dotted},{},{},unit {},{side},2,4.5,skill {offer}:3;skill {}:5,skill x{wish}:2>4;skill y{wish}:3,en;de,Europe/London,site {},group {}",
            n.checked_sub(1)
                .map_or("-".to_owned(), |p| format!("E-{:07}", p / 4)),
            n % 12,
            n % 400,
            n % 1000,
            offer + 100,
            n % 40,
            n % 9,
        );
    }
    csv
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = on_cpu();
    let made = black_box(work());
    let took = on_cpu() - start;
    drop(made);
    took
}

/// How long this process has been on a processor: others on the machine do not count.
fn on_cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanos = stat.split(' ').next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanos.expect("/proc/self/schedstat"))
}

fn peak_mb() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kb = peak.and_then(|p| p.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.map_or("unknown".to_owned(), |kb| format!("{} MB", kb / 1024))
}

fn run(case: &str, path: &Path) -> Duration {
    match case {
        // A string record for every row, kept.
        "strings" => timed(|| {
            csv::Reader::from_path(path)
                .expect("a file")
                .into_records()
                .collect::<Result<Vec<csv::StringRecord>, _>>()
                .expect("a sound file")
        }),
        // The same, each cell a `String` of its own, as a program has them that goes on to work with them.
        "cells" => timed(|| {
            let mut reader = csv::Reader::from_path(path).expect("a file");
            let (mut row, mut rows) = (csv::StringRecord::new(), Vec::<Vec<String>>::new());
            while reader.read_record(&mut row).expect("a sound file") {
                rows.push(row.iter().map(str::to_owned).collect());
            }
            rows
        }),
        "records" => timed(|| {
            csv::Reader::from_path(path)
                .expect("a file")
                .into_records()
                .filter(Result::is_ok)
                .count()
        }),
        "roster" => timed(|| {
            let mut bytes = Vec::new();
            File::open(path)
                .expect("a file")
                .read_to_end(&mut bytes)
                .expect("bytes");
            read_roster(&bytes, OnFault::Refuse, &mut SequentialIds::new(1)).expect("a sound file")
        }),
        "feed" => timed(|| {
            let mapping = Mapping::standard();
            let file = File::open(path).expect("a file");
            Feed::new(&mapping)
                .read(file, &mut SequentialIds::new(1))
                .expect("a sound file")
        }),
        "fingerprint" => {
            let bytes = std::fs::read(path).expect("bytes");
            let read = read_roster(&bytes, OnFault::Refuse, &mut SequentialIds::new(1));
            let roster = read.expect("a sound file").roster;
            let start = on_cpu();
            black_box(roster.fingerprint());
            on_cpu() - start
        }
        "read" => timed(|| {
            let file = File::open(path).expect("a file");
            let mut table = Table::from_reader(file, Limits::STANDARD).expect("a header");
            let id = table.required("id");
            let mut faults = table.close_header();
            let mut rows = 0;
            while let Some(row) = table.next_row(&mut faults) {
                rows += usize::from(row.cell(id).is_some());
            }
            rows
        }),
        _ => unreachable!("{case}"),
    }
}

const CASES: [&str; 7] = [
    "strings",
    "cells",
    "records",
    "read",
    "roster",
    "feed",
    "fingerprint",
];

const RUNS: usize = 5;

/// Seconds and peak of one run, in a process of its own.
fn one(case: &str, path: &Path) -> (f64, String) {
    let me = std::env::current_exe().expect("this program");
    let out = Command::new(&me)
        .env("IMPORT_BENCH_CASE", case)
        .env("IMPORT_BENCH_FILE", path)
        .output()
        .expect("a process");
    assert!(out.status.success(), "{case}");
    let said = String::from_utf8(out.stdout).expect("text");
    let (seconds, peak) = said.trim().split_once(' ').expect("two words");
    (seconds.parse().expect("seconds"), peak.to_owned())
}

fn main() {
    if let (Ok(case), Ok(path)) = (
        std::env::var("IMPORT_BENCH_CASE"),
        std::env::var("IMPORT_BENCH_FILE"),
    ) {
        let took = run(&case, &PathBuf::from(path));
        println!("{} {}", took.as_secs_f64(), peak_mb());
        return;
    }
    for (name, text) in [("hr", hr()), ("wide", wide())] {
        let path =
            std::env::temp_dir().join(format!("import-bench-{}-{name}.csv", std::process::id()));
        std::fs::write(&path, &text).expect("a file");
        println!("{name}: 1,000,000 rows, {} MB", text.len() / 1_000_000);
        drop(text);
        let mut seconds: [Vec<f64>; CASES.len()] = Default::default();
        let mut peaks: [String; CASES.len()] = Default::default();
        for _ in 0..RUNS {
            for ((case, seconds), peak) in CASES.iter().zip(&mut seconds).zip(&mut peaks) {
                let (took, most) = one(case, &path);
                seconds.push(took);
                *peak = most;
            }
        }
        for took in &mut seconds {
            took.sort_by(f64::total_cmp);
        }
        let [strings, cells, ..] = &seconds;
        for ((case, took), peak) in CASES.iter().zip(&seconds).zip(&peaks) {
            let [a, b] = [0, RUNS / 2].map(|at| took[at] / cells[at]);
            let [c, d] = [0, RUNS / 2].map(|at| took[at] / strings[at]);
            println!(
                "  {case:<11} {:>6.3} s at least, {:>6.3} s in the middle, peak {peak}; of `cells` {a:.2} and {b:.2}, of `strings` {c:.2} and {d:.2}",
                took[0],
                took[RUNS / 2]
            );
        }
        std::fs::remove_file(&path).expect("the file goes");
    }
}
