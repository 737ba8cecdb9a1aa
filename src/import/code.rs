//! The kinds of faults.

use std::fmt;

macro_rules! codes {
    ($($name:ident, $code:literal, $doc:literal;)*) => {
        /// The kind of a [`Fault`](super::Fault): a stable word in kebab case.
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
    TooManyFaults, "too-many-faults", "there are more faults than the limit allows, and no more were looked for. Always the last.";
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
    BadSide, "bad-side", "not a side: neither `mentor` nor `mentee`, nor, in a roster, `either`.";
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
