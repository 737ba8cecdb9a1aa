//! Health of a programme that already runs, from its logs.
//!
//! `cargo run --release --features import --example assess -- --roster examples/data/roster.csv \
//!  --pairs examples/data/logs/pairs.csv --sessions examples/data/logs/sessions.csv --as-of 2026-06-30`

use chrono::NaiveDate;
use reverse_mentoring::history::adopt;
use reverse_mentoring::import::{LogFile, LogFiles, OnFault, read_logs, read_roster};
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::Audience;

mod support;
use support::{Args, fail, json, misuse, print, read};

const USAGE: &str = "\
assess --roster FILE --pairs FILE --sessions FILE [--goals FILE] [--pulses FILE] [--audience NAME] --as-of DATE

Reads the logs of a programme that runs elsewhere and prints its health as JSON.

  --roster FILE        the company, as CSV; the columns of all files are in the guide, `files`
  --pairs FILE         its pairings
  --sessions FILE      its sessions
  --goals FILE         its learning goals
  --pulses FILE        its pulses; checked, not reported
  --audience NAME      coordinator (default) or sponsor
  --as-of DATE         the day of the reading, YYYY-MM-DD

Faults go to standard error as `file:line: code: text`, all of them in one run. Exit 0 whatever is found, 1 with
nothing on standard output where a file cannot be read, 2 for a command line that cannot.";

fn main() {
    let options = [
        "--roster",
        "--pairs",
        "--sessions",
        "--goals",
        "--pulses",
        "--audience",
        "--as-of",
    ];
    let args = Args::parse(USAGE, &options, &[], 0);
    let [roster_path, pairs_path, sessions_path] =
        ["--roster", "--pairs", "--sessions"].map(|option| args.required(option));
    let as_of = args.required("--as-of");
    let as_of = NaiveDate::parse_from_str(as_of, "%Y-%m-%d")
        .ok()
        .filter(|day| as_of.len() == 10 && day.to_string() == as_of)
        .unwrap_or_else(|| {
            misuse(format!(
                "`--as-of {as_of}`: not a day of the form YYYY-MM-DD"
            ))
        });
    let audience = match args.text("--audience") {
        None | Some("coordinator") => Audience::Coordinator,
        Some("sponsor") => Audience::Sponsor,
        Some(other) => misuse(format!(
            "`--audience {other}`: there are `coordinator` and `sponsor`"
        )),
    };

    let mut ids = SequentialIds::new(1);
    let mut faulty = false;
    let mut say = |line: String| {
        faulty = true;
        eprintln!("{line}");
    };
    let roster = match read_roster(&read(roster_path), OnFault::Refuse, &mut ids) {
        Ok(import) => {
            for notice in &import.notices {
                eprintln!("{}", notice.located(roster_path));
            }
            Some(import.roster)
        }
        Err(faults) => {
            for fault in &faults.0 {
                say(fault.located(roster_path));
            }
            None
        }
    };
    let [goals, pulses] = ["--goals", "--pulses"].map(|option| args.text(option).map(read));
    let files = LogFiles {
        pairs: &read(pairs_path),
        sessions: &read(sessions_path),
        goals: goals.as_deref(),
        pulses: pulses.as_deref(),
    };
    let path_of = |file: LogFile| match file {
        LogFile::Pairs => pairs_path,
        LogFile::Sessions => sessions_path,
        LogFile::Goals => args.text("--goals").unwrap_or_default(),
        LogFile::Pulses => args.text("--pulses").unwrap_or_default(),
    };
    // Without a roster the logs name people whom nobody knows; their other faults would drown in that.
    let Some(roster) = roster else {
        std::process::exit(1);
    };
    let logs = match read_logs(files, roster.lines()) {
        Ok(import) => import,
        Err(faults) => {
            for fault in &faults.0 {
                say(fault.fault.located(path_of(fault.file)));
            }
            std::process::exit(1);
        }
    };
    for (file, notice) in &logs.notices {
        eprintln!("{}", notice.located(path_of(*file)));
    }

    let adopted = adopt(&logs.pairings, &roster, Load::default(), as_of, &mut ids);
    let health = ProgramHealth::assess(&adopted.history, &Metrics::standard(), as_of)
        .unwrap_or_else(|error| fail(error));
    let record = match audience {
        Audience::Sponsor => health.release(Threshold::default()).to_record(),
        _ => health.to_record(|id| {
            adopted
                .keys
                .get(&id)
                .map_or_else(|| id.to_string(), Key::to_string)
        }),
    };
    print(&json(&record));
}
