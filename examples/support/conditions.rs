//! Reading what a coordinator asks of a plan, for an example: every fault of every file in one run.

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    ConditionFile, ConditionFiles, ConditionImport, OnFault, RosterImport, check_conditions,
    read_conditions,
};

use crate::roster_file;
use crate::support::Args;

const OPTIONS: [(ConditionFile, &str); 4] = [
    (ConditionFile::Pins, "--pins"),
    (ConditionFile::Exclude, "--exclude"),
    (ConditionFile::Running, "--running"),
    (ConditionFile::Rankings, "--rankings"),
];

/// The roster and the files of conditions; exits 1 with every fault of all of them where one cannot be used.
pub fn load(
    args: &Args,
    roster: &str,
    on_fault: OnFault,
    ids: &mut SequentialIds,
) -> (RosterImport, ConditionImport) {
    let path_of = |file| {
        let of = OPTIONS.iter().find(|(of, _)| *of == file);
        of.and_then(|(_, option)| args.text(option))
    };
    let mut sound = true;
    let mut bytes = |path: &str| {
        let read = std::fs::read(path);
        read.inspect_err(|error| {
            sound = false;
            crate::support::tell_line(format_args!("{path}: cannot be read: {error}"));
        })
        .ok()
    };
    let roster_bytes = bytes(roster);
    let [pins, exclude, running, rankings] = ConditionFile::ALL.map(|f| bytes(path_of(f)?));
    let files = ConditionFiles {
        pins: pins.as_deref(),
        exclude: exclude.as_deref(),
        running: running.as_deref(),
        rankings: rankings.as_deref(),
    };
    let roster = roster_bytes.and_then(|bytes| roster_file::read(roster, &bytes, on_fault, ids));
    let read = match &roster {
        Some(import) => {
            let (roster, left_out) = (&import.roster, &import.quarantined);
            read_conditions(files, roster, left_out, ids).map_err(|faults| faults.0)
        }
        None => Err(check_conditions(files)),
    };
    let located = |file: ConditionFile| path_of(file).unwrap_or(file.as_str());
    match (roster, read) {
        (Some(roster), Ok(read)) if sound => {
            for (file, notice) in &read.notices {
                crate::support::tell_line(format_args!("{}", notice.located(located(*file))));
            }
            (roster, read)
        }
        (_, read) => {
            for fault in &read.err().unwrap_or_default() {
                crate::support::tell_line(format_args!(
                    "{}",
                    fault.fault.located(located(fault.file))
                ));
            }
            std::process::exit(1)
        }
    }
}
