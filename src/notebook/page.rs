//! One page of a pairing's notebook.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::SessionId;
use crate::pair::Role;
use crate::privacy::{Confidential, Member};

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// What was said in a session, or between two. Both of the pair read it.
    Note,
    /// Something that is hard for who writes it. Both of the pair read it.
    Difficulty,
    /// Something that who writes it wants to know of the other: for the list that both draw up before they first meet.
    /// Both of the pair read it.
    Curiosity,
    /// The words to a clause of their agreement: an expectation, a boundary. Both of the pair read it.
    Clause,
    /// What somebody takes away, for themselves. Who writes it reads it, and nobody else.
    Insight,
}

impl Kind {
    /// Whether both of the pair read it; else only who wrote it.
    #[must_use]
    pub const fn is_shared(self) -> bool {
        !matches!(self, Self::Insight)
    }
}

/// One page, as somebody reads it who may. `Debug` shows all but the words.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<'n> {
    /// What it is.
    pub kind: Kind,
    /// Which of the two wrote it.
    pub author: Role,
    /// The session that it belongs to, if it belongs to one.
    pub session: Option<SessionId>,
    /// The day, in the programme's calendar.
    pub on: NaiveDate,
    /// What it says.
    pub words: &'n str,
}

impl fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("kind", &self.kind)
            .field("author", &self.author)
            .field("session", &self.session)
            .field("on", &self.on)
            .finish_non_exhaustive()
    }
}

/// One page as it is kept.
pub(super) struct Kept {
    pub(super) kind: Kind,
    pub(super) author: Role,
    pub(super) session: Option<SessionId>,
    pub(super) on: NaiveDate,
    pub(super) words: Confidential<String>,
}

impl Kept {
    /// The page, if `reader` may read it.
    pub(super) fn read(&self, reader: &Member) -> Option<Page<'_>> {
        let words = self.words.read(reader)?;
        let may = self.kind.is_shared() || self.author == reader.role();
        may.then_some(Page {
            kind: self.kind,
            author: self.author,
            session: self.session,
            on: self.on,
            words,
        })
    }
}
