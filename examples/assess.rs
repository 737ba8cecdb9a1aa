//! Health of a programme that already runs, from its logs.
//!
//! `cargo run --release --features import --example assess -- --roster examples/data/roster.csv \
//!  --pairs examples/data/logs/pairs.csv --sessions examples/data/logs/sessions.csv --as-of 2026-06-30`

use std::collections::BTreeSet;

use chrono::NaiveDate;
use reverse_mentoring::health::{HealthRecord, PulseReading};
use reverse_mentoring::history::{adopt, adopt_pulses};
use reverse_mentoring::import::{LogFile, LogFiles, OnFault, check_logs, read_logs, read_roster};
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::Audience;
use reverse_mentoring::pulse::{Items, PulseBook};
use serde::Serialize;

#[path = "assess/kept.rs"]
mod kept;
mod support;
use kept::{EvidenceComplete, InvariantsKept};
use support::{Args, fail, json, misuse, print};

const USAGE: &str = "\
assess --roster FILE --pairs FILE --sessions FILE [--goals FILE] [--pulses FILE] [--audience NAME] --as-of DATE

Reads the logs of a programme that runs elsewhere and prints its health as JSON: figures, each pairing, broken core invariants,
missing evidence and what might be done next; to a sponsor figures alone, `invariants_kept` and `evidence_complete` among them,
which are withheld where they rest on fewer than five. They are those of one day: a product releases them through a ledger.

  --roster FILE        the company, as CSV; the columns of all files are in the guide, `files`
  --pairs FILE         its pairings
  --sessions FILE      its sessions
  --goals FILE         its learning goals
  --pulses FILE        its pulses; printed as sums of each side, withheld under five people whoever reads them
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

    // Every fault of every file in one run, so nothing stops at the first file that cannot be used.
    let given = [
        Some(roster_path),
        Some(pairs_path),
        Some(sessions_path),
        args.text("--goals"),
        args.text("--pulses"),
    ];
    let mut unreadable = false;
    let bytes = given.map(|path| {
        let read = std::fs::read(path?);
        read.inspect_err(|error| {
            unreadable = true;
            crate::support::tell_line(format_args!(
                "{}: cannot be read: {error}",
                path.unwrap_or_default()
            ));
        })
        .ok()
    });
    let [roster_bytes, pairs, sessions, goals, pulses] = bytes;
    let path_of = |file: LogFile| {
        let all = [
            LogFile::Pairs,
            LogFile::Sessions,
            LogFile::Goals,
            LogFile::Pulses,
        ];
        let at = all.iter().position(|of| *of == file);
        at.and_then(|at| given[at + 1]).unwrap_or(file.as_str())
    };
    let files = pairs.as_deref().zip(sessions.as_deref());
    let files = files.map(|(pairs, sessions)| LogFiles {
        pairs,
        sessions,
        goals: goals.as_deref(),
        pulses: pulses.as_deref(),
    });
    let mut ids = SequentialIds::new(1);
    let roster = roster_bytes.and_then(|bytes| {
        let read = read_roster(&bytes, OnFault::Refuse, &mut ids);
        let faults = read.as_ref().err().map_or(&[][..], |f| &f.0);
        faults
            .iter()
            .for_each(|f| crate::support::tell_line(format_args!("{}", f.located(roster_path))));
        read.ok()
    });
    let (logs, faults) = match (&roster, files) {
        (Some(import), Some(files)) => match read_logs(files, import.roster.lines()) {
            Ok(logs) => (Some(logs), Vec::new()),
            Err(faults) => (None, faults.0),
        },
        (None, Some(files)) => (None, check_logs(files)),
        (_, None) => (None, Vec::new()),
    };
    for fault in &faults {
        crate::support::tell_line(format_args!("{}", fault.fault.located(path_of(fault.file))));
    }
    let (Some(import), Some(logs), false) = (roster, logs, unreadable) else {
        std::process::exit(1);
    };
    let roster = import.roster;
    for notice in &import.notices {
        crate::support::tell_line(format_args!("{}", notice.located(roster_path)));
    }
    for (file, notice) in &logs.notices {
        crate::support::tell_line(format_args!("{}", notice.located(path_of(*file))));
    }

    let adopted = adopt(&logs.pairings, &roster, Load::default(), as_of, &mut ids);
    let metrics = Metrics::standard()
        .with(InvariantsKept)
        .with(EvidenceComplete);
    let health = ProgramHealth::assess(&adopted.history, &metrics, as_of)
        .unwrap_or_else(|error| fail(error));
    let health = match audience {
        Audience::Sponsor => health.release(Threshold::default()).to_record(),
        _ => health.to_record(|id| {
            adopted
                .keys
                .get(&id)
                .map_or_else(|| id.to_string(), Key::to_string)
        }),
    };
    let pulses = args.text("--pulses").map(|path| {
        // The whole catalogue, so that a question that is one of it keeps its wording, and what is good news.
        let mut book = PulseBook::new(Items::catalogue(), Threshold::default());
        for left in adopt_pulses(&logs.pairings, &adopted.keys, &adopted.history, &mut book) {
            let (key, side, question) = (left.key, left.side, left.question);
            crate::support::tell_line(format_args!(
                "{path}: left out: `{key}`, {side}, `{question}`: {}",
                left.why
            ));
        }
        // What nobody was asked is no reading.
        let asked: BTreeSet<(&str, Role)> = logs
            .pairings
            .iter()
            .flat_map(|log| &log.pulses)
            .map(|pulse| (pulse.question.as_str(), pulse.side))
            .collect();
        let mut readings = PulseReading::all(&book, as_of);
        readings.retain(|reading| asked.contains(&(reading.item.as_str(), reading.side)));
        readings
    });
    print(&json(&Assessed { health, pulses }));
}

/// What is printed: health in its wire form, and pulses where they were given.
#[derive(Serialize)]
struct Assessed {
    #[serde(flatten)]
    health: HealthRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    pulses: Option<Vec<PulseReading>>,
}
