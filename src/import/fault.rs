//! What is wrong with a file, and where.

use std::fmt;

use super::code::FaultCode;

/// One fault of a file.
///
/// ```
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::import::{FaultCode, OnFault, read_roster};
///
/// let csv = b"id,manager,side,grade\nE-1,-,,9\nE-2,E-3,mentor,2\n";
/// let faults = read_roster(csv, OnFault::Refuse, &mut SequentialIds::new(1)).unwrap_err();
/// let fault = &faults.0[0];
/// assert_eq!((fault.line, fault.code), (3, FaultCode::UnknownManager));
/// assert_eq!(
///     fault.located("roster.csv"),
///     "roster.csv:3: unknown-manager: `E-2`: `manager` is `E-3`, who has no row"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The line of the file on which the row begins, from 1.
    pub line: u64,
    /// The column, where it is one.
    pub column: Option<String>,
    /// What kind of fault.
    pub code: FaultCode,
    /// One line for people: who, in which column, what, and where we can what to do.
    pub text: String,
    pub(super) seal: Seal,
}

/// Where a fault or a notice is, beyond its line and its named column: for those who may not see more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seal {
    /// The column's place in the file, where it is one that nobody asked for.
    pub(super) place: Option<usize>,
    /// The lines of the other rows it is about.
    pub(super) lines: Vec<u64>,
}

impl Seal {
    pub(super) const fn at(place: usize) -> Self {
        Self {
            place: Some(place),
            lines: Vec::new(),
        }
    }

    /// The lines that are not the fault's own, in order.
    pub(super) fn with(own: u64, lines: impl IntoIterator<Item = u64>) -> Self {
        let others = lines.into_iter().filter(|line| *line != own);
        let mut lines: Vec<u64> = others.collect();
        lines.sort_unstable();
        Self { place: None, lines }
    }
}

impl Fault {
    /// A fault of no one column.
    pub(super) const fn of_row(line: u64, code: FaultCode, text: String) -> Self {
        Self {
            line,
            column: None,
            code,
            text,
            seal: Seal {
                place: None,
                lines: Vec::new(),
            },
        }
    }

    pub(super) fn sealed(mut self, seal: Seal) -> Self {
        self.seal = seal;
        self
    }

    /// Where there are more faults than a limit allows: in place of those above it, one that says so, as the last.
    pub(super) fn cut(faults: &mut Vec<Self>, most: usize) {
        let Some(above) = faults.get(most) else {
            return;
        };
        let told = faults.iter().take(most).map(|fault| fault.line);
        let line = told.fold(above.line, u64::max);
        faults.truncate(most);
        let text = format!("there are more than {most} faults, and no more were looked for");
        faults.push(Self::of_row(line, FaultCode::TooManyFaults, text));
    }

    /// `file:line: code: text`.
    #[must_use]
    pub fn located(&self, file: impl fmt::Display) -> String {
        let Self {
            line, code, text, ..
        } = self;
        format!("{file}:{line}: {code}: {text}")
    }
}

/// `line: code: text`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line, code, text, ..
        } = self;
        write!(f, "{line}: {code}: {text}")
    }
}

impl std::error::Error for Fault {}

/// Every fault of a file, by line. Displays the first and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", first_of(&self.0))]
pub struct Faults(
    /// The faults; never empty.
    pub Vec<Fault>,
);

impl Faults {
    /// By line, and on a line in the order in which they were found.
    pub(super) fn sorted(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|f| f.line);
        Self(faults)
    }
}

/// The first and how many more.
pub(super) fn first_of<F: fmt::Display>(faults: &[F]) -> String {
    match faults {
        [] => String::new(),
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first} (and {} more)", rest.len()),
    }
}

/// How often something is given, and up to twelve of the lines.
pub(super) fn given_on(lines: impl Iterator<Item = u64>, times: usize) -> String {
    let shown: Vec<String> = lines.take(12).map(|line| line.to_string()).collect();
    let rest = match times.saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("is given {times} times: lines {}{rest}", shown.join(", "))
}

/// The kind of a [`Notice`]: a stable word in kebab case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoticeCode {
    /// `unknown-column`: a column that is not read.
    UnknownColumn,
    /// `dotted-circle`: a dotted line closes a circle; everybody on it counts as linked.
    DottedCircle,
    /// `session-outside`: a session before its pairing starts or after it ends.
    SessionOutside,
    /// `not-taking-part`: a row about somebody who takes no part, or is in quarantine; it says nothing.
    NotTakingPart,
    /// `wrong-way-round`: an exclusion of two who do not take part as mentor and mentee, in this order; it says nothing.
    WrongWayRound,
    /// `excludes-oneself`: an exclusion of one person with themselves, whom nobody would pair.
    ExcludesOneself,
    /// `excluded-twice`: an exclusion of a pair that an earlier line excludes.
    ExcludedTwice,
    /// `by-mentors`: rows in which mentors rank mentees, where only the mentees' are read; said once.
    ByMentors,
    /// `look-alike`: two keys that people may take for one another, as `007` and `7`; they are two people. Of feeds alone.
    LookAlike,
    /// `skill-look-alike`: two skills that differ by white space or case alone; they are two skills. Of feeds alone.
    SkillLookAlike,
    /// `not-a-user`: a resource of another kind, such as a group, is not read. Of feeds alone.
    NotAUser,
    /// `unknown-root`: a mapping declares somebody a root who has no row. Of feeds alone.
    UnknownRoot,
}

impl NoticeCode {
    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownColumn => "unknown-column",
            Self::DottedCircle => "dotted-circle",
            Self::SessionOutside => "session-outside",
            Self::NotTakingPart => "not-taking-part",
            Self::WrongWayRound => "wrong-way-round",
            Self::ExcludesOneself => "excludes-oneself",
            Self::ExcludedTwice => "excluded-twice",
            Self::ByMentors => "by-mentors",
            Self::LookAlike => "look-alike",
            Self::SkillLookAlike => "skill-look-alike",
            Self::NotAUser => "not-a-user",
            Self::UnknownRoot => "unknown-root",
        }
    }

    /// What it means, in a sentence that is the same for every notice of this kind.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::UnknownColumn => "a column that is not read",
            Self::DottedCircle => {
                "a dotted line closes a circle, and everybody on it counts as linked"
            }
            Self::SessionOutside => "a session before its pairing starts or after it ends",
            Self::NotTakingPart => "a row about somebody who takes no part says nothing",
            Self::WrongWayRound => "an exclusion of two who do not take part as mentor and mentee",
            Self::ExcludesOneself => "an exclusion of one person with themselves",
            Self::ExcludedTwice => "an exclusion of a pair that an earlier line excludes",
            Self::ByMentors => "rows in which mentors rank mentees are not read",
            Self::LookAlike => "two keys look alike and are two people here",
            Self::SkillLookAlike => {
                "two skills differ by white space or case alone and are two skills here"
            }
            Self::NotAUser => "a resource that is no user is not read",
            Self::UnknownRoot => "somebody who is declared a root has no row",
        }
    }
}

impl fmt::Display for NoticeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that people should know of a file, though it loads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The line of the file, from 1.
    pub line: u64,
    /// What kind of notice.
    pub code: NoticeCode,
    /// One line for people.
    pub text: String,
    pub(super) seal: Seal,
}

impl Notice {
    pub(super) const fn new(line: u64, code: NoticeCode, text: String) -> Self {
        Self {
            line,
            code,
            text,
            seal: Seal {
                place: None,
                lines: Vec::new(),
            },
        }
    }

    pub(super) fn sealed(mut self, seal: Seal) -> Self {
        self.seal = seal;
        self
    }

    /// `file:line: code: text`.
    #[must_use]
    pub fn located(&self, file: impl fmt::Display) -> String {
        let Self {
            line, code, text, ..
        } = self;
        format!("{file}:{line}: {code}: {text}")
    }
}

/// `line: code: text`.
impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line, code, text, ..
        } = self;
        write!(f, "{line}: {code}: {text}")
    }
}
