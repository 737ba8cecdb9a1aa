//! What is wrong with a file, and where.

use std::fmt;

macro_rules! codes {
    ($($name:ident, $code:literal, $doc:literal;)*) => {
        /// The kind of a [`Fault`]: a stable word in kebab case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FaultCode {
            $(#[doc = concat!("`", $code, "`: ", $doc)] $name,)*
        }

        impl FaultCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What it means, in a sentence that is the same for every fault of this kind.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                let text = match self {
                    $(Self::$name => $doc,)*
                };
                let first = text.split_once(". ").map_or(text, |(first, _)| first);
                first.trim_end_matches('.')
            }
        }
    };
}

codes! {
    // The file as a whole: fatal, also where faulty people are put in quarantine.
    EmptyFile, "empty-file", "there is not even a header.";
    Utf16, "utf16", "the file is UTF-16, as spreadsheets save “Unicode text”.";
    Separator, "separator", "the header is one field with semicolons or tabs in it: the columns are not separated by commas.";
    MissingColumn, "missing-column", "a required column is not in the header.";
    DuplicateColumn, "duplicate-column", "a column stands twice in the header.";
    TooManyRows, "too-many-rows", "there are more rows than the limit allows; reading stopped there.";
    RowTooLong, "row-too-long", "a row has more bytes than the limit allows; reading stopped there.";
    NoRows, "no-rows", "a roster or a default exchange has a header and no row below it.";
    NoExperience, "no-experience", "nobody in a roster has a grade or months of experience that can be read. Not said where the header has a fault.";
    // A row as a whole.
    FieldCount, "field-count", "a row has more or fewer fields than the header.";
    TooManyFields, "too-many-fields", "a row has more cells than the limit allows. Fatal in the header.";
    FieldTooLong, "field-too-long", "a cell has more bytes than the limit allows. Fatal in the header.";
    BadJson, "bad-json", "not sound JSON; reading stopped there, unless it is within one user. Of SCIM alone, as are those below, down to `unnamed-manager`.";
    TooDeep, "too-deep", "lists and objects are within each other more often than the limit allows; reading stopped there.";
    AttributeTwice, "attribute-twice", "an attribute of a user is there twice, in whatever case, or under two of its names.";
    BadAttribute, "bad-attribute", "an attribute that is read is a list or an object, or is looked for within one that is no object.";
    BadActive, "bad-active", "whether a user is active is neither true nor false.";
    BulkOperation, "bulk-operation", "an operation of a bulk request gives no whole user.";
    ServerError, "server-error", "there is an error that a server answered with in place of users; reading stopped there.";
    BadEnvelope, "bad-envelope", "what stands around users is no list response, or not of them; reading stopped there.";
    IncompleteList, "incomplete-list", "a list says that there are more users than were read. Fatal: whoever was not read would have left.";
    NoUsers, "no-users", "nobody in the file is an active user. Fatal but in an additive feed, where it is no fault.";
    BadPath, "bad-path", "a name of the mapping is no path of an attribute. Fatal.";
    UnnamedManager, "unnamed-manager", "there is a manager, and nothing that can be read says who.";
    InvalidUtf8, "invalid-utf8", "a cell, or a name in the header, is not UTF-8. Fatal in the header.";
    OpenQuote, "open-quote", "a quote is still open at the end of the file. Fatal in the header.";
    BadQuote, "bad-quote", "text follows a closing quote, as happens where one was not closed. Fatal in the header.";
    BlankId, "blank-id", "the cell that identifies the row, or one of its two people, is blank.";
    BadKey, "bad-key", "the cell that identifies the row, or one of its two people, cannot be a key.";
    // Reporting lines.
    DuplicateId, "duplicate-id", "a person has more than one row; each of them is a fault.";
    BlankManager, "blank-manager", "the manager is blank, which does not declare a root.";
    UnknownManager, "unknown-manager", "a solid or dotted manager has no row.";
    SelfReport, "self-report", "somebody is their own solid or dotted manager.";
    Cycle, "cycle", "a circle of solid lines, named once with its members.";
    // People.
    BadSide, "bad-side", "not a side, or in the logs not `mentor` or `mentee`.";
    BadGrade, "bad-grade", "not a grade.";
    BadExperience, "bad-experience", "not a number of months.";
    MissingGrade, "missing-grade", "a participant has no grade, though somebody in the file has one.";
    MissingExperience, "missing-experience", "likewise for months of experience.";
    BadCapacity, "bad-capacity", "not a number of pairings.";
    BadHours, "bad-hours", "not a number of hours.";
    BadLabel, "bad-label", "a text that cannot be kept, or a required one that is blank.";
    EmptyItem, "empty-item", "nothing stands between two semicolons of a list.";
    BadOffer, "bad-offer", "an item is not `skill:level`.";
    BadWish, "bad-wish", "an item is not `skill:to` or `skill:from>to`.";
    BadLevel, "bad-level", "a level out of its range.";
    NotRising, "not-rising", "a wish or a goal whose end is not above its start.";
    SkillTwice, "skill-twice", "a skill stands twice in a cell.";
    SideTwice, "side-twice", "a side of a default exchange has more than one row; each of them is a fault.";
    RosterRefused, "roster-refused", "the roster refuses what the file says, as where a source gives an id twice. Always fatal.";
    // Logs.
    DuplicatePairing, "duplicate-pairing", "a pairing has more than one row; each of them is a fault.";
    UnknownPairing, "unknown-pairing", "a log names a pairing that has no row.";
    UnknownPerson, "unknown-person", "a pairing, an exclusion or a choice names somebody whom the roster does not know.";
    BadDate, "bad-date", "not a day of the calendar, written `YYYY-MM-DD`.";
    BadCadence, "bad-cadence", "not a cadence in days.";
    BadGrace, "bad-grace", "not a grace in days.";
    EndedBeforeStart, "ended-before-start", "a pairing ends before it starts.";
    ReasonWithoutEnd, "reason-without-end", "a reason is given for an end that has no date.";
    BadOutcome, "bad-outcome", "not what can become of a session.";
    BadMinutes, "bad-minutes", "not a length, or none for a session that was held.";
    BadTaughtBy, "bad-taught-by", "not who taught, or nobody for a session that was held.";
    NotHeld, "not-held", "minutes or a teacher of a session that was not held.";
    HeldBy, "held-by", "somebody is said to have cancelled or missed a session that was held.";
    GoalTwice, "goal-twice", "a learner has two goals for one skill in a pairing.";
    BadScore, "bad-score", "not a score of 1 to 5.";
    // Rankings, and the conditions of a plan.
    BadRank, "bad-rank", "not a rank of 1 or more, or one beyond what the reader of the file takes.";
    NotOnSide, "not-on-side", "a ranking names somebody who does not take part in that role.";
    RanksOneself, "ranks-oneself", "somebody ranks themselves.";
    RankedTwice, "ranked-twice", "somebody ranks a partner in one role in more than one row.";
    // Catalogues of skills.
    NameTwice, "name-twice", "a name of a catalogue has more than one row; each of them is a fault.";
    HalfReference, "half-reference", "a skill has a scheme and no id, or an id and no scheme.";
    BadMark, "bad-mark", "neither `yes` nor `no`, or another than an earlier row has for the same skill.";
    // Rows of health.
    BadNumber, "bad-number", "not a whole number, or one out of its range.";
    BadWord, "bad-word", "not one of the words that a column knows.";
    Contradiction, "contradiction", "two cells of a row that cannot both be, such as a figure that is withheld and shown.";
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

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
