//! Who has to be left out so that the rest of a faulty roster can be trusted.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use super::code::FaultCode;
use super::references::Marks;
use super::roster_row::Entry;
use crate::roster::{Line, everybody_below};
use crate::text::{Key, Quoted};

/// Somebody who was left out of a faulty roster.
///
/// ```
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::import::{FaultCode, OnFault, QuarantineReason, read_roster};
///
/// let csv = b"id,manager,side,grade\nE-1,-,,9\nE-2,E-9,mentor,2\n";
/// let read = read_roster(csv, OnFault::Quarantine, &mut SequentialIds::new(1))?;
/// let left_out = &read.quarantined[0];
/// assert_eq!(left_out.reason, QuarantineReason::Faulty(FaultCode::UnknownManager));
/// assert_eq!(left_out.located("roster.csv"), "roster.csv:3: unknown-manager: `E-2` is in quarantine");
/// # Ok::<(), reverse_mentoring::import::Faults>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quarantined {
    /// The line of the file on which their row begins.
    pub line: u64,
    /// Their key, where it could be read.
    pub key: Option<Key>,
    /// Why.
    pub reason: QuarantineReason,
}

/// Why somebody was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum QuarantineReason {
    /// Their own row has a fault, or they are on a circle of solid lines: the first code of their row.
    Faulty(FaultCode),
    /// They stand below somebody who is left out, so nobody knows who is above them: the manager they name.
    BelowAFault(Key),
}

impl QuarantineReason {
    /// The code of the fault, or `below-a-fault`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Faulty(code) => code.as_str(),
            Self::BelowAFault(_) => "below-a-fault",
        }
    }
}

impl Quarantined {
    /// `file:line: code: text`.
    #[must_use]
    pub fn located(&self, file: impl fmt::Display) -> String {
        format!("{file}:{self}")
    }
}

/// `line: code: text`.
impl fmt::Display for Quarantined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.line, self.reason.code())?;
        match &self.key {
            Some(key) => Quoted(key.as_str()).fmt(f)?,
            None => f.write_str("a row without a key")?,
        }
        match &self.reason {
            QuarantineReason::Faulty(_) => f.write_str(" is in quarantine"),
            QuarantineReason::BelowAFault(above) => write!(
                f,
                " stands below {}, who is in quarantine",
                Quoted(above.as_str())
            ),
        }
    }
}

/// The rows to leave out: the marked ones and everybody below them, by place.
///
/// `lines` are those of all rows that have a key, and `rows` their places.
pub(super) fn quarantine(
    entries: &[Entry],
    lines: &[Line],
    rows: &[usize],
    marks: &Marks,
) -> BTreeMap<usize, Quarantined> {
    let faulty: BTreeSet<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| marks.contains_key(row))
        .map(|(line, _)| line)
        .collect();
    let out = everybody_below(lines, &faulty);
    let keys: HashSet<&str> = out
        .iter()
        .filter_map(|&at| lines.get(at).map(Line::person))
        .collect();
    let above = |line: &Line| {
        let mut managers = line.managers();
        let named = managers.find(|m| keys.contains(m))?;
        Key::new(named).ok()
    };
    let below = out.difference(&faulty).filter_map(|&at| {
        let reason = QuarantineReason::BelowAFault(above(lines.get(at)?)?);
        Some((*rows.get(at)?, reason))
    });
    let marked = marks
        .iter()
        .map(|(&row, &code)| (row, QuarantineReason::Faulty(code)));
    marked
        .chain(below)
        .filter_map(|(row, reason)| {
            let entry = entries.get(row)?;
            let quarantined = Quarantined {
                line: entry.line,
                key: entry.key.clone(),
                reason,
            };
            Some((row, quarantined))
        })
        .collect()
}
