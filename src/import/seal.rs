//! Faults that say where and what kind, and nothing of what a cell holds: for feeds of other systems, whose logs travel.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::code::FaultCode;
use super::fault::{Fault, Notice, NoticeCode, Seal, first_of};
use super::quarantine::{QuarantineReason, Quarantined};

/// A column of a source: by the name that the [`Mapping`](super::Mapping) has for it, never the one in the file, or by its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SourceColumn {
    /// One of the mapping's names, or the path of an attribute.
    Named(Arc<str>),
    /// A column that the mapping does not name, counted from 1. A header may be somebody's row.
    Number(usize),
}

/// `` `name` `` or `3`.
impl fmt::Display for SourceColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => write!(f, "`{name}`"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// A fault of a feed: line, column, kind, and the lines of the other rows it is about. Of what a cell holds it has nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeedFault {
    /// The line on which the row begins, from 1; nothing for somebody who has none and would stay as they were.
    pub line: Option<u64>,
    /// The column, where it is one.
    pub column: Option<SourceColumn>,
    /// What kind of fault.
    pub code: FaultCode,
    /// The lines of the other rows it is about, as of those on a circle, or a dozen of those with the same key.
    pub related: Vec<u64>,
}

/// Something to know of a feed, though it loads: as [`FeedFault`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeedNotice {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The column, where it is one.
    pub column: Option<SourceColumn>,
    /// What kind of notice.
    pub code: NoticeCode,
    /// The lines of a dozen of the other rows it is about. None where that is somebody who has no row.
    pub related: Vec<u64>,
}

/// Somebody who was left out of a faulty feed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The line of their row; nothing for somebody who has none, and stays as they were but for standing below a fault.
    pub line: Option<u64>,
    /// The code of their first fault; nothing for somebody who stands below somebody who is left out.
    pub code: Option<FaultCode>,
}

/// Every fault of a feed, by line. Displays the first and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", first_of(&self.0))]
pub struct FeedFaults(
    /// The faults; never empty.
    pub Vec<FeedFault>,
);

fn row(f: &mut fmt::Formatter<'_>, line: Option<u64>) -> fmt::Result {
    match line {
        Some(line) => write!(f, "{line}: "),
        None => f.write_str("without a row: "),
    }
}

fn said(
    f: &mut fmt::Formatter<'_>,
    (line, code): (Option<u64>, &str),
    column: Option<&SourceColumn>,
    meaning: &str,
    related: &[u64],
) -> fmt::Result {
    row(f, line)?;
    write!(f, "{code}: ")?;
    if let Some(column) = column {
        write!(f, "column {column}: ")?;
    }
    f.write_str(meaning)?;
    let shown: Vec<String> = related.iter().take(12).map(u64::to_string).collect();
    let more = match related.len().saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match shown.len() {
        0 => Ok(()),
        1 => write!(f, "; see line {}", shown.concat()),
        _ => write!(f, "; see lines {}{more}", shown.join(", ")),
    }
}

/// `line: code: column: meaning`.
impl fmt::Display for FeedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = (self.line, self.code.as_str());
        said(
            f,
            place,
            self.column.as_ref(),
            self.code.meaning(),
            &self.related,
        )
    }
}

/// `line: code: column: meaning`.
impl fmt::Display for FeedNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = (Some(self.line), self.code.as_str());
        said(
            f,
            place,
            self.column.as_ref(),
            self.code.meaning(),
            &self.related,
        )
    }
}

/// `line: code: meaning`.
impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        row(f, self.line)?;
        match self.code {
            Some(code) => write!(f, "{code}: in quarantine"),
            None => f.write_str("below-a-fault: below somebody in quarantine"),
        }
    }
}

/// What the columns of a source are called where that may be said.
#[derive(Debug, Clone, Default)]
pub(super) struct Called {
    by_name: BTreeMap<&'static str, Arc<str>>,
    by_place: BTreeMap<usize, Arc<str>>,
}

impl Called {
    pub(super) fn add(&mut self, name: &'static str, place: Option<usize>, called: &str) {
        let called: Arc<str> = called.into();
        if let Some(place) = place {
            self.by_place.insert(place, Arc::clone(&called));
        }
        self.by_name.insert(name, called);
    }

    fn column(&self, column: Option<&str>, seal: &Seal) -> Option<SourceColumn> {
        if let Some(place) = seal.place {
            let named = self.by_place.get(&place).cloned();
            let number = SourceColumn::Number(place.saturating_add(1));
            return Some(named.map_or(number, SourceColumn::Named));
        }
        // A column without a place was asked for by the library's own name.
        let called = self.by_name.get(column?).cloned();
        called.map(SourceColumn::Named)
    }

    pub(super) fn fault(&self, fault: Fault) -> FeedFault {
        let column = self.column(fault.column.as_deref(), &fault.seal);
        // Of a circle somebody has a row, or it would have been there before.
        let mut related = fault.seal.lines;
        related.retain(|line| *line > 0);
        let line = match fault.line {
            0 if related.is_empty() => None,
            0 => Some(related.remove(0)),
            line => Some(line),
        };
        FeedFault {
            line,
            column,
            code: fault.code,
            related,
        }
    }

    pub(super) fn notice(&self, notice: Notice) -> FeedNotice {
        FeedNotice {
            line: notice.line,
            column: self.column(None, &notice.seal),
            code: notice.code,
            related: notice.seal.lines,
        }
    }

    /// Every fault, by line, each once.
    pub(super) fn faults(&self, faults: Vec<Fault>) -> Vec<FeedFault> {
        let mut faults: Vec<FeedFault> = faults.into_iter().map(|f| self.fault(f)).collect();
        faults.sort_by_key(|f| f.line);
        faults.dedup();
        faults
    }
}

pub(super) fn left_out(quarantined: &Quarantined) -> LeftOut {
    LeftOut {
        line: (quarantined.line > 0).then_some(quarantined.line),
        code: match quarantined.reason {
            QuarantineReason::Faulty(code) => Some(code),
            QuarantineReason::BelowAFault(_) => None,
        },
    }
}
