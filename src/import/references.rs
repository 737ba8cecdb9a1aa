//! What only the whole roster shows: keys given twice, managers nobody knows, experience that others have.

use std::collections::{BTreeMap, HashMap};

use super::code::FaultCode;
use super::fault::{Fault, Seal, given_on};
use super::names::Names;
use super::near::Near;
use super::roster_row::{Columns, Entry, Manager};
use super::row::{Column, ROOT};
use crate::roster::{Line, LineFaultKind, LineFaults};
use crate::text::{Key, Quoted};

/// Rows at fault, by place, with the first code.
pub(super) type Marks = BTreeMap<usize, FaultCode>;

/// Faults with the rows they mark. A fault may mark more rows than the one it stands at.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) faults: Vec<Fault>,
    pub(super) marks: Marks,
    /// How many faults are told; one above it is kept, so that it shows that there are more.
    most: usize,
    /// Of a feed, whose faults have no text.
    of_feed: bool,
}

impl Findings {
    pub(super) const fn new(most: usize, of_feed: bool) -> Self {
        Self {
            faults: Vec::new(),
            marks: Marks::new(),
            most,
            of_feed,
        }
    }

    /// Whether there are more faults than are told.
    pub(super) fn is_over(&self) -> bool {
        self.faults.len() > self.most
    }

    fn add(
        &mut self,
        at: usize,
        (entry, column): (&Entry, Column),
        code: FaultCode,
        seal: Seal,
        text: impl FnOnce() -> String,
    ) {
        self.mark(at, code);
        if self.is_over() {
            return;
        }
        let fault = if self.of_feed {
            let mut fault = Fault::of_row(entry.line, code, String::new());
            fault.column = Some(column.name().to_owned());
            fault
        } else {
            entry.fault(column, code, &text())
        };
        self.faults.push(fault.sealed(seal));
    }

    pub(super) fn mark(&mut self, at: usize, code: FaultCode) {
        self.marks.entry(at).or_insert(code);
    }
}

/// Participants without the measure of experience that somebody in the file has.
pub(super) fn check_experience(entries: &[Entry], of: &Columns, findings: &mut Findings) {
    let graded = entries.iter().any(|e| e.grade.is_value());
    let timed = entries.iter().any(|e| e.months.is_value());
    let takes_part = |entry: &&(usize, &Entry)| entry.1.side.is_some();
    let blank = || "is blank, though others in the file have one".to_owned();
    for (at, entry) in entries.iter().enumerate().filter(|e| takes_part(&e)) {
        if findings.is_over() {
            return;
        }
        let mut missing = |column, code| {
            findings.add(at, (entry, column), code, Seal::default(), blank);
        };
        if graded && entry.grade.is_blank() {
            missing(of.grade, FaultCode::MissingGrade);
        }
        if timed && entry.months.is_blank() {
            missing(of.experience_months, FaultCode::MissingExperience);
        }
    }
}

/// Keys that stand twice, and managers who are oneself or nobody.
///
/// Every row counts as known here, also one that is faulty in another way: the fault is named where it is.
pub(super) fn check_references(
    entries: &[Entry],
    names: &Names,
    of: &Columns,
    findings: &mut Findings,
) {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    let mut doubled: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(key) = entry.key.as_ref().map(Key::as_str) else {
            continue;
        };
        if let Some(&earlier) = first.get(key) {
            doubled.entry(key).or_insert_with(|| vec![earlier]).push(at);
        } else {
            first.insert(key, at);
        }
    }
    let keyed = || {
        let keys = entries.iter().filter_map(|e| e.key.as_ref());
        keys.map(Key::as_str)
    };
    let near = Near::new(keyed);
    for (at, entry) in entries.iter().enumerate() {
        if findings.is_over() {
            return;
        }
        let key = entry.key.as_ref().map(Key::as_str);
        if let Some(rows) = key.and_then(|k| doubled.get(k)) {
            let lines = rows.iter().filter_map(|&at| entries.get(at));
            let text = || given_on(lines.map(|e| e.line), rows.len());
            let seal = Seal::with(
                entry.line,
                rows.iter()
                    .take(12)
                    .filter_map(|&at| Some(entries.get(at)?.line)),
            );
            findings.add(at, (entry, of.id), FaultCode::DuplicateId, seal, text);
        }
        let solid = match &entry.manager {
            Manager::Named(manager) => Some((of.manager, names.text(*manager))),
            Manager::Root | Manager::Unreadable => None,
        };
        let mut dotted: Vec<(Column, &str)> = entry
            .dotted
            .iter()
            .map(|d| (of.dotted, d.as_ref()))
            .collect();
        // A dotted line may repeat; its fault need not.
        dotted.sort_unstable_by_key(|(_, manager)| *manager);
        dotted.dedup_by_key(|(_, manager)| *manager);
        for (column, manager) in solid.into_iter().chain(dotted) {
            if Some(manager) == key {
                let text = || format!("is {}, the same person", Quoted(manager));
                let code = FaultCode::SelfReport;
                findings.add(at, (entry, column), code, Seal::default(), text);
            } else if !first.contains_key(manager) {
                let text = || {
                    let hint = match manager.trim() {
                        ROOT if manager != ROOT => "; did you mean `-`?".to_owned(),
                        _ => near.hint(manager),
                    };
                    format!("is {}, who has no row{hint}", Quoted(manager))
                };
                let code = FaultCode::UnknownManager;
                findings.add(at, (entry, column), code, Seal::default(), text);
            }
        }
    }
}

/// The lines of the rows kept, and the row of each.
pub(super) fn lines_of(
    entries: &[Entry],
    names: &Names,
    kept: impl Fn(usize) -> bool,
) -> (Vec<Line>, Vec<usize>) {
    let rows = entries.iter().enumerate().filter(|(at, _)| kept(*at));
    rows.filter_map(|(at, entry)| Some((entry.to_line(names)?, at)))
        .unzip()
}

/// Circles, which the reporting lines find, and whatever else they refuse that was not found here.
pub(super) fn add_line_faults(
    refused: LineFaults,
    rows: &[usize],
    entries: &[Entry],
    of: &Columns,
    findings: &mut Findings,
) {
    let mut circles = Vec::new();
    let mut line_of: Option<HashMap<&str, u64>> = None;
    for fault in refused.0 {
        let Some(&at) = rows.get(fault.line) else {
            continue;
        };
        let Some(entry) = entries.get(at) else {
            continue;
        };
        match &fault.kind {
            LineFaultKind::Cycle { members } => {
                let line_of = line_of.get_or_insert_with(|| {
                    let keyed = entries
                        .iter()
                        .filter_map(|e| Some((e.key.as_ref()?.as_str(), e.line)));
                    keyed.collect::<HashMap<_, _>>()
                });
                let lines = members
                    .iter()
                    .filter_map(|m| line_of.get(m.as_str()).copied());
                let seal = Seal::with(entry.line, lines);
                let text = || format!("is on {}", fault.kind);
                findings.add(at, (entry, of.manager), FaultCode::Cycle, seal, text);
                circles.extend(members.iter().cloned());
            }
            other => {
                if !findings.marks.contains_key(&at) {
                    let code = FaultCode::RosterRefused;
                    findings.mark(at, code);
                    if !findings.is_over() {
                        let fault = Fault::of_row(entry.line, code, other.to_string());
                        findings.faults.push(fault);
                    }
                }
            }
        }
    }
    circles.sort_unstable();
    for (at, entry) in entries.iter().enumerate() {
        let key = entry.key.as_ref().map_or("", Key::as_str);
        if circles.binary_search_by(|c| c.as_str().cmp(key)).is_ok() {
            findings.mark(at, FaultCode::Cycle);
        }
    }
}
