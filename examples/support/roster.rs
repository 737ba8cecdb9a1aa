//! Reading a roster file for an example: faults and notices to standard error.

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{OnFault, read_roster};
use reverse_mentoring::roster::Roster;

/// The roster of a file; exits 1 with every fault where there is none.
pub fn load(path: &str, bytes: &[u8], on_fault: OnFault, ids: &mut SequentialIds) -> Roster {
    match read_roster(bytes, on_fault, ids) {
        Ok(read) => {
            for notice in &read.notices {
                eprintln!("{}", notice.located(path));
            }
            for fault in &read.faults {
                eprintln!("{}", fault.located(path));
            }
            for left_out in &read.quarantined {
                eprintln!("{}", left_out.located(path));
            }
            read.roster
        }
        Err(faults) => {
            for fault in &faults.0 {
                eprintln!("{}", fault.located(path));
            }
            std::process::exit(1)
        }
    }
}
