//! What is wrong with a stream, and what cannot be written to one.

use std::fmt;
use std::io;

use crate::privacy::Audience;

/// One fault of a stream of events.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// The attribute of the envelope, where it is one.
    pub attribute: Option<&'static str>,
    /// One line for people.
    pub text: String,
}

/// `line: text`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if let Some(attribute) = self.attribute {
            write!(f, "`{attribute}` ")?;
        }
        f.write_str(&self.text)
    }
}

impl std::error::Error for Fault {}

/// Every fault of a stream, by line. Displays the first and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(.0))]
pub struct Faults(
    /// The faults; never empty.
    pub Vec<Fault>,
);

/// Why something was not written; nothing of it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The time is out of the years 0 to 9999, for which RFC 3339 has a form.
    #[error("the time is not of the years 0 to 9999, for which RFC 3339 has a form")]
    Time,
    /// An entry that opens one programme was given as that of another.
    #[error("the entry opens another programme")]
    OtherProgram,
    /// A row for one audience was given where rows are for another.
    #[error("row {row} is for `{audience}`, and what is written is for another audience")]
    Audience {
        /// Which row of those given, from 0.
        row: usize,
        /// For whom it is.
        audience: Audience,
    },
    /// Somebody changed a row into one that health never gives.
    #[error("row {row}: {text}")]
    Contradiction {
        /// Which row of those given, from 0.
        row: usize,
        /// What is wrong with it.
        text: String,
    },
    /// The same event was written to this stream before: consumers would drop one, or count it twice.
    #[error("the event `{id}` was written before")]
    Repeat {
        /// The `id` of the event.
        id: String,
    },
    /// The text of a stored entry is not one of a newer release on one line.
    #[error("the stored text is not an entry of a newer release with a sequence, on one line")]
    NotNewer,
    /// The value has no form in JSON; none of this crate is such.
    #[error("the value has no form in json: {0}")]
    Json(#[from] serde_json::Error),
    /// The writer failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}
