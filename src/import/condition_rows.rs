//! The rows of pins, exclusions and rankings: two people by key, and a rank.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;

use super::cell::{self, Reading};
use super::code::FaultCode;
use super::fault::{Fault, given_on};
use super::log_rows::ROLES;
use super::near::Near;
use super::quarantine::Quarantined;
use super::row::{Column, Row};
use super::table::Table;
use crate::matching::Pin;
use crate::pair::Role;
use crate::roster::Roster;
use crate::text::{Key, Quoted, TextError};

/// The keys that have a row in the roster, also in quarantine; nobody's where the roster could not be read.
pub(super) struct People<'a> {
    known: Option<BTreeSet<&'a Key>>,
}

impl<'a> People<'a> {
    pub(super) fn of(people: Option<(&'a Roster, &'a [Quarantined])>) -> Self {
        let known = people.map(|(roster, left_out)| {
            let rows = roster.lines().people().map(|(_, key)| key);
            let left_out = left_out.iter().filter_map(|q| q.key.as_ref());
            rows.chain(left_out).collect()
        });
        Self { known }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.known.iter().flatten().map(|key| key.as_str())
    }

    fn knows(&self, key: &Key) -> bool {
        self.known.as_ref().is_none_or(|known| known.contains(key))
    }
}

/// Reads rows of `mentor,mentee`; against the people, where there are any.
pub(super) fn pairs(
    table: &mut Table<'_>,
    faults: &mut Vec<Fault>,
    people: Option<&People<'_>>,
) -> Vec<Pin> {
    let (mentor, mentee) = (table.required("mentor"), table.required("mentee"));
    table.key(mentor);
    faults.extend(table.close_header());
    let near = Near::new(|| people.into_iter().flat_map(People::keys));
    let mut rows = Vec::new();
    while let Some(mut row) = table.next_row(faults) {
        let (first, second) = (row.key().cloned(), second_key(&mut row, mentee));
        if let Some(people) = people {
            for (column, key) in [(mentor, &first), (mentee, &second)] {
                let unknown = key.as_ref().filter(|key| !people.knows(key));
                if let Some(key) = unknown {
                    unknown_person(&mut row, column, key, &near.hint(key.as_str()));
                }
            }
        }
        if let (Some(mentor), Some(mentee), true) = (first, second, row.is_sound()) {
            let line = Some(row.line());
            rows.push(Pin {
                mentor,
                mentee,
                line,
            });
        }
    }
    rows
}

/// One row of the rankings.
pub(super) struct Ranked {
    pub(super) line: u64,
    pub(super) mentor: Key,
    pub(super) mentee: Key,
    /// Who ranks the other.
    pub(super) by: Role,
    pub(super) rank: NonZeroU16,
}

/// Reads rows of `mentee,mentor,rank`, and of `by` where it is there.
pub(super) fn choices(
    people: &People<'_>,
    table: &mut Table<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Ranked> {
    let (mentee, mentor) = (table.required("mentee"), table.required("mentor"));
    let (rank, by) = (table.required("rank"), table.optional("by"));
    table.key(mentee);
    faults.extend(table.close_header());
    let near = Near::new(|| people.keys());
    let mut given: BTreeMap<(Key, Key, Role), Vec<u64>> = BTreeMap::new();
    let mut rows = Vec::new();
    while let Some(mut row) = table.next_row(faults) {
        let (first, second) = (row.key().cloned(), second_key(&mut row, mentor));
        for (column, key) in [(mentee, &first), (mentor, &second)] {
            let unknown = key.as_ref().filter(|key| !people.knows(key));
            if let Some(key) = unknown {
                unknown_person(&mut row, column, key, &near.hint(key.as_str()));
            }
        }
        let not = "a whole number of 1 to 65535";
        let code = FaultCode::BadRank;
        let read = cell::parsed(&mut row, rank, code, not, |text| {
            cell::whole(text).and_then(NonZeroU16::new)
        })
        .needed(&mut row, rank, code);
        let by = match cell::choice(&mut row, by, FaultCode::BadSide, ROLES) {
            Reading::Blank => Some(Role::Mentee),
            said => said.value(),
        };
        let (Some(mentee), Some(mentor), Some(by)) = (first, second, by) else {
            continue;
        };
        let line = row.line();
        let seat = (mentee.clone(), mentor.clone(), by);
        given.entry(seat).or_default().push(line);
        if let (Some(rank), true) = (read, row.is_sound()) {
            rows.push(Ranked {
                line,
                mentor,
                mentee,
                by,
                rank,
            });
        }
    }
    if table.is_stopped() {
        return rows;
    }
    for ((key, other, _), lines) in given.iter().filter(|(_, lines)| lines.len() > 1) {
        let times = given_on(lines.iter().copied(), lines.len());
        let text = format!("is {}; the choice {times}", Quoted(other.as_str()));
        for &line in lines {
            let code = FaultCode::RankedTwice;
            let fault = Fault::in_cell(line, Some(key), mentor.name(), code, &text);
            faults.push(fault);
        }
    }
    rows
}

/// The key of the person who does not name the row.
fn second_key(row: &mut Row<'_>, column: Column) -> Option<Key> {
    let text = row.cell(column)?;
    match Key::new(text) {
        Ok(key) => Some(key),
        Err(TextError::Blank) => {
            row.fault(column, FaultCode::BlankId, "is blank");
            None
        }
        Err(error) => {
            let text = format!("is {}, which cannot be a key: {error}", Quoted(text));
            row.fault(column, FaultCode::BadKey, text);
            None
        }
    }
}

fn unknown_person(row: &mut Row<'_>, column: Column, key: &Key, hint: &str) {
    let key = Quoted(key.as_str());
    let text = format!("is {key}, whom the roster does not know{hint}");
    row.fault(column, FaultCode::UnknownPerson, text);
}
