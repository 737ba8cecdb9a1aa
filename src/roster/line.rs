//! Reporting lines as a host states them, what can be wrong with them, and who stands below a fault.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use crate::text::{Quoted, TextError};

/// The lines of one person, as a host's file states them.
///
/// ```
/// use reverse_mentoring::roster::Line;
///
/// let boss = Line::root("E-1");
/// let staff = Line::new("E-2", "E-1").dotted("E-9");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    pub(super) person: String,
    pub(super) manager: Option<String>,
    pub(super) dotted: Vec<String>,
}

/// How many managers only, not who.
impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let managers = self.managers().count();
        f.debug_struct("Line")
            .field("managers", &managers)
            .finish_non_exhaustive()
    }
}

impl Line {
    /// Somebody who reports to nobody: a statement, never a default for an empty cell.
    #[must_use]
    pub fn root(person: impl Into<String>) -> Self {
        Self {
            person: person.into(),
            manager: None,
            dotted: Vec::new(),
        }
    }

    /// Somebody with a solid line to their manager.
    #[must_use]
    pub fn new(person: impl Into<String>, manager: impl Into<String>) -> Self {
        Self {
            manager: Some(manager.into()),
            ..Self::root(person)
        }
    }

    /// The same with one more dotted line.
    #[must_use]
    pub fn dotted(mut self, manager: impl Into<String>) -> Self {
        self.dotted.push(manager.into());
        self
    }

    /// Whose lines they are.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.person
    }

    /// The keys of all managers named, the solid one first.
    pub fn managers(&self) -> impl Iterator<Item = &str> {
        self.manager.iter().chain(&self.dotted).map(String::as_str)
    }
}

/// One fault of the lines, with the place of the [`Line`] in the input, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
#[non_exhaustive]
pub struct LineFault {
    /// Which line of the input.
    pub line: usize,
    /// What is wrong with it.
    pub kind: LineFaultKind,
}

/// What can be wrong with reporting lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LineFaultKind {
    /// Not usable as a key.
    #[error("{} cannot be a key: {error}", Quoted(text))]
    Key {
        /// The text.
        text: String,
        /// Why not.
        error: TextError,
    },
    /// The person has more than one line. Each of those lines is a fault.
    #[error("{} has {count} lines", Quoted(key))]
    Duplicate {
        /// Who.
        key: String,
        /// How many.
        count: usize,
    },
    /// Reports to themselves.
    #[error("{} reports to themselves", Quoted(key))]
    SelfReport {
        /// Who.
        key: String,
    },
    /// A manager whom no line defines.
    #[error("{} reports to {}, whom no line defines", Quoted(key), Quoted(manager))]
    UnknownManager {
        /// Who.
        key: String,
        /// The manager named.
        manager: String,
    },
    /// A circle of solid lines. Reported once, at its first member.
    #[error("a circle of solid lines: {}", circle(members))]
    Cycle {
        /// Everybody on it, from the first by key upwards.
        members: Vec<String>,
    },
}

impl LineFaultKind {
    /// A stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Key { .. } => "bad-key",
            Self::Duplicate { .. } => "duplicate-id",
            Self::SelfReport { .. } => "self-report",
            Self::UnknownManager { .. } => "unknown-manager",
            Self::Cycle { .. } => "cycle",
        }
    }
}

/// The most members of a circle that a message names.
const NAMED: usize = 1000;

/// Names the members and counts those beyond the first thousand; a message stays a line.
fn circle(members: &[String]) -> String {
    let named = members.iter().take(NAMED);
    let mut steps: Vec<String> = named.map(|m| Quoted(m).to_string()).collect();
    if members.len() > NAMED {
        steps.push(format!("… {} more", members.len() - NAMED));
    }
    steps.extend(members.first().map(|m| Quoted(m).to_string()));
    steps.join(" → ")
}

/// Every fault of a set of lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct LineFaults(
    /// The faults in the order of the input.
    pub Vec<LineFault>,
);

/// The people below a set, over solid and dotted lines, as places in `lines`; those of the set included.
///
/// Works on lines that have faults: it is how a quarantine finds everybody whose line upwards is unknown.
#[must_use]
pub fn everybody_below(lines: &[Line], faulty: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut below: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for manager in line.managers() {
            below.entry(manager).or_default().push(at);
        }
    }
    let mut reached = faulty.clone();
    let mut queue: Vec<usize> = faulty.iter().copied().collect();
    while let Some(at) = queue.pop() {
        let Some(line) = lines.get(at) else { continue };
        // Taking the list out visits it once, however many rows carry the same key.
        for next in below.remove(line.person()).unwrap_or_default() {
            if reached.insert(next) {
                queue.push(next);
            }
        }
    }
    reached
}
