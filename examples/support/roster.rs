//! Reading a roster file, or a default exchange, for an example: faults and notices to standard error.

// Each example uses a part of it.
#![allow(
    dead_code,
    reason = "every example compiles this module and uses what it needs"
)]

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::Write as _;

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    OnFault, QuarantineReason, RosterImport, read_exchange, read_roster,
};
use reverse_mentoring::policy::DefaultExchange;
use reverse_mentoring::roster::Roster;

/// A line to standard error; one that is closed is no error.
fn line(words: impl Display) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// The roster of a file; exits 1 with every fault where there is none.
pub fn load(path: &str, bytes: &[u8], on_fault: OnFault, ids: &mut SequentialIds) -> Roster {
    let import = read(path, bytes, on_fault, ids);
    import.map_or_else(|| std::process::exit(1), |import| import.roster)
}

/// The roster of a file and who was left out of it, or every fault and nothing.
pub fn read(
    path: &str,
    bytes: &[u8],
    on_fault: OnFault,
    ids: &mut SequentialIds,
) -> Option<RosterImport> {
    match read_roster(bytes, on_fault, ids) {
        Ok(read) => {
            for notice in &read.notices {
                line(notice.located(path));
            }
            for fault in &read.faults {
                line(fault.located(path));
            }
            for left_out in &read.quarantined {
                line(left_out.located(path));
            }
            let _ = write!(std::io::stderr(), "{}", left_out(&read));
            Some(read)
        }
        Err(faults) => {
            for fault in &faults.0 {
                line(fault.located(path));
            }
            None
        }
    }
}

/// The default exchange of a file; `None` with every fault where there is none.
pub fn exchange(path: &str, bytes: &[u8]) -> Option<DefaultExchange> {
    match read_exchange(bytes) {
        Ok(read) => {
            for notice in &read.notices {
                line(notice.located(path));
            }
            Some(read.exchange)
        }
        Err(faults) => {
            for fault in &faults.0 {
                line(fault.located(path));
            }
            None
        }
    }
}

/// How many are left out, in a line; nothing where nobody is. A row without a key counts as somebody.
fn left_out(read: &RosterImport) -> String {
    let (mut keys, mut below, mut nameless) = (BTreeSet::new(), 0, 0);
    for person in &read.quarantined {
        match &person.key {
            // A key may stand twice, and is one person.
            Some(key) if !keys.insert(key) => continue,
            Some(_) => {}
            None => nameless += 1,
        }
        below += usize::from(matches!(person.reason, QuarantineReason::BelowAFault(_)));
    }
    let out = keys.len() + nameless;
    if out == 0 {
        return String::new();
    }
    let all = out + read.roster.lines().len();
    format!(
        "{out} of {all} people are left out: {} at fault, {below} below them\n",
        out - below
    )
}
