//! Reading a roster file, or a default exchange, for an example: faults and notices to standard error.

// Each example uses a part of it.
#![allow(
    dead_code,
    reason = "every example compiles this module and uses what it needs"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    OnFault, QuarantineReason, RosterImport, read_exchange, read_roster, read_skills,
};
use reverse_mentoring::policy::DefaultExchange;
use reverse_mentoring::roster::{ResolveError, Roster, Skill, SkillCatalogue};
use reverse_mentoring::text::Quoted;

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
                crate::support::tell_line(format_args!("{}", notice.located(path)));
            }
            for fault in &read.faults {
                crate::support::tell_line(format_args!("{}", fault.located(path)));
            }
            for left_out in &read.quarantined {
                crate::support::tell_line(format_args!("{}", left_out.located(path)));
            }
            crate::support::tell(format_args!("{}", left_out(&read)));
            Some(read)
        }
        Err(faults) => {
            for fault in &faults.0 {
                crate::support::tell_line(format_args!("{}", fault.located(path)));
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
                crate::support::tell_line(format_args!("{}", notice.located(path)));
            }
            Some(read.exchange)
        }
        Err(faults) => {
            for fault in &faults.0 {
                crate::support::tell_line(format_args!("{}", fault.located(path)));
            }
            None
        }
    }
}

/// The skills of a file by their names; `None` with every fault where there are none.
pub fn skills(path: &str, bytes: &[u8]) -> Option<SkillCatalogue> {
    match read_skills(bytes) {
        Ok(read) => {
            for notice in &read.notices {
                crate::support::tell_line(format_args!("{}", notice.located(path)));
            }
            Some(read.catalogue)
        }
        Err(faults) => {
            for fault in &faults.0 {
                crate::support::tell_line(format_args!("{}", fault.located(path)));
            }
            None
        }
    }
}

/// Says in a line which skills of a roster a catalogue has not, the most stated ones by name.
pub fn tell_unknown(path: &str, unknown: &BTreeMap<Skill, usize>) {
    let mut by_people: Vec<_> = unknown.iter().collect();
    by_people.sort_by_key(|&(name, people)| (Reverse(people), name));
    let shown = by_people.iter().take(3).map(|(name, people)| {
        let people = match people {
            1 => "1 person".to_owned(),
            n => format!("{n} people"),
        };
        format!("{} ({people})", Quoted(name.as_str()))
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = match by_people.len() {
        0 => return,
        n @ 1..=3 => format!("{n} of the roster's skills have no row: {shown}"),
        n => format!(
            "{n} of the roster's skills have no row: {shown} and {} more",
            n - 3
        ),
    };
    crate::support::tell_line(format_args!("{path}: {more}"));
}

/// Says who states a skill under two names, and exits 1.
pub fn stated_twice<E: std::error::Error>(
    path: &str,
    roster: &Roster,
    error: &ResolveError<E>,
) -> ! {
    let ResolveError::StatedTwice(people) = error else {
        crate::support::fail(format!("{path}: {error}"));
    };
    for twice in people {
        let key = roster
            .participant(twice.participant)
            .map_or("", |p| p.key().as_str());
        let (offers, wishes) = (twice.offers, twice.wishes);
        crate::support::tell_line(format_args!(
            "{path}: {} offers {offers} and wishes for {wishes} skills under more than one name",
            Quoted(key)
        ));
    }
    std::process::exit(1)
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
