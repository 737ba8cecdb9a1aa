//! What a time on a day by somebody's clock is: the instant, and what other clocks then show.
//!
//! `cargo run --features zones --example slot -- 2026-03-29 02:30 Europe/Paris America/New_York`

use std::io::{BufRead, stdin};
use std::process::exit;

use chrono::{NaiveDate, NaiveTime};
use reverse_mentoring::zones::{Resolution, Slot, TZDB_VERSION, Zone};

mod support;
use support::{Args, fail, misuse, print};

const USAGE: &str = "\
slot DAY TIME ZONE [ZONE ...]
slot --lines
slot --zones
slot --release

Says which instant a time on a day is by the clock of the first zone, what the clocks do about it, and what the clocks of
the other zones then show.

  DAY TIME             such as 2026-03-29 02:30; days of 1970 to 2099
  ZONE                 a name of the tz database such as Europe/Paris, or a fixed offset such as UTC+05:30
  --lines              reads lines `DAY TIME ZONE` from standard input and writes each with the instant in seconds since
                       1970-01-01 in UTC and one of exact, skipped and repeated, between tabs
  --zones              prints the name of every zone
  --release            prints which release of the tz database this is

Exit 1 with every fault on standard error, 2 for a command line that cannot be used.";

fn main() {
    let flags = ["--lines", "--zones", "--release"];
    let args = Args::parse(USAGE, &[], &flags, usize::MAX);
    match args.alone() {
        [] if args.has("--lines") => lines(),
        [] if args.has("--zones") => {
            let names: Vec<String> = Zone::all().map(|zone| format!("{zone}\n")).collect();
            print(&names.concat());
        }
        [] if args.has("--release") => print(&format!("{TZDB_VERSION}\n")),
        [day, time, zone, others @ ..] if !flags.iter().any(|flag| args.has(flag)) => {
            let slot = read(day, time, zone).unwrap_or_else(|fault| fail(fault));
            print(&format!("{slot}\n"));
            for name in others {
                let zone = Zone::new(name).unwrap_or_else(|fault| fail(fault));
                print(&format!("{} in {zone}\n", slot.local(zone).format("%F %R")));
            }
        }
        _ => misuse("a day, a time and a zone are needed; try `--help`"),
    }
}

fn read(day: &str, time: &str, zone: &str) -> Result<Slot, String> {
    let quoted = |text, what| format!("`{text}` is no {what}");
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .map_err(|_| quoted(day, "day such as 2026-03-29"))?;
    let time =
        NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| quoted(time, "time such as 02:30"))?;
    let zone = Zone::new(zone).map_err(|fault| fault.to_string())?;
    Slot::new(day, time, zone).map_err(|fault| fault.to_string())
}

/// Many at once. Answers are written when all lines are read, and only if all are sound.
fn lines() {
    let (mut answers, mut faults) = (String::new(), Vec::new());
    for (line, at) in stdin().lock().lines().zip(1_u64..) {
        let line = line.unwrap_or_else(|fault| fail(format!("line {at}: {fault}")));
        let slot = match line.split(' ').collect::<Vec<_>>()[..] {
            [day, time, zone] => read(day, time, zone),
            _ => Err(format!("`{line}` is no day, time and zone")),
        };
        match slot {
            Ok(slot) => {
                let case = match slot.resolution() {
                    Resolution::Exact => "exact",
                    Resolution::Skipped => "skipped",
                    Resolution::Repeated => "repeated",
                };
                answers += &format!("{line}\t{}\t{case}\n", slot.at().timestamp());
            }
            Err(fault) => faults.push(format!("line {at}: {fault}")),
        }
    }
    if faults.is_empty() {
        print(&answers);
    } else {
        for fault in &faults {
            crate::support::tell_line(format_args!("{fault}"));
        }
        exit(1);
    }
}
