//! Rosters from the files of HR systems: mapped, limited, streamed, and with faults that repeat nothing of what a cell holds.

#[cfg(feature = "scim")]
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};

use super::assemble::{Rows, Stopped, assemble};
use super::limits::Limits;
use super::mapping::Mapping;
use super::roster::{OnFault, RosterImport, after};
use super::seal::{Called, FeedFault, FeedFaults, FeedNotice, LeftOut, left_out};
use super::table::Table;
use super::window::TableError;
use crate::ids::{IdSource, ParticipantId};
use crate::roster::Roster;
#[cfg(feature = "scim")]
use crate::text::Key;

/// What it says of somebody of the previous roster that they are not in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Coverage {
    /// A full sync: they have left.
    Full,
    /// An additive one: they stay as they were. Whoever is left out as faulty leaves all the same; a faulty row without a key that can be read refuses
    /// the file, under quarantine, too, as nobody knows who would have to leave.
    Additive,
}

/// How the file of an HR system becomes a roster.
///
/// It is read as a stream: of the file a row at a time is kept, and otherwise what the roster holds. Faults are
/// [`FeedFault`]s, by type without a cell's content or anybody's key. Keys that look alike, as `007` and `7`, are told and stay two people.
///
/// ```
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::import::{Coverage, Feed, FeedError, Mapping, OnFault};
///
/// let mut ids = SequentialIds::new(1); // a product passes `&mut Uuid::now_v7`
/// let (mapping, file) = (Mapping::standard(), "id,manager,side,grade\nceo,-,mentee,9\n007,ceo,mentor,2\n");
/// let spring = Feed::new(&mapping).read(file.as_bytes(), &mut ids)?.roster;
///
/// let joiner = "id,manager,side,grade\n7,ceo,mentor,1\n";
/// let feed = Feed::new(&mapping).after(&spring, Coverage::Additive);
/// let read = feed.read(joiner.as_bytes(), &mut ids)?;
/// assert_eq!(read.roster.participants().len(), 3);
/// assert_eq!(read.notices[0].to_string(), "2: look-alike: two keys look alike and are two people here");
///
/// let Err(FeedError::Faults(faults)) = feed.read("id,manager,side,grade\nx1,x2,mentor,tall\n".as_bytes(), &mut ids) else {
///     return Err("two faults".into());
/// };
/// assert_eq!(faults.0[0].to_string(), "2: bad-grade: column `grade`: not a grade");
/// assert_eq!(faults.0[1].to_string(), "2: unknown-manager: column `manager`: a solid or dotted manager has no row");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Feed<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) limits: Limits,
    on_fault: OnFault,
    pub(super) previous: Option<(&'a Roster, Coverage)>,
    #[cfg(feature = "scim")]
    pub(super) scim_ids: Option<&'a BTreeMap<String, Key>>,
}

/// What was set, and nobody's key.
impl fmt::Debug for Feed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed")
            .field("limits", &self.limits)
            .field("on_fault", &self.on_fault)
            .field("previous", &self.previous)
            .finish_non_exhaustive()
    }
}

/// A roster that was read from a feed, and what people should know of it.
#[derive(Clone)]
#[non_exhaustive]
pub struct FeedImport {
    /// The roster.
    pub roster: Roster,
    /// What to know of the file, by line.
    pub notices: Vec<FeedNotice>,
    /// Who was left out; empty under [`OnFault::Refuse`].
    pub left_out: Vec<LeftOut>,
    /// The faults for which they were, by line; empty under [`OnFault::Refuse`].
    pub faults: Vec<FeedFault>,
    /// The `id` of everybody in the roster of whom SCIM gave one, with their key: for [`Feed::with_scim_ids`] of the next file. Personal data.
    #[cfg(feature = "scim")]
    pub scim_ids: BTreeMap<String, Key>,
}

/// Nobody's key.
impl fmt::Debug for FeedImport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedImport")
            .field("roster", &self.roster)
            .field("notices", &self.notices)
            .field("left_out", &self.left_out)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

/// Why a feed gives no roster.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeedError {
    /// The source failed before its end.
    #[error("the source cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The file has faults.
    #[error(transparent)]
    Faults(#[from] FeedFaults),
}

impl<'a> Feed<'a> {
    /// A file that is read by a mapping, within [`Limits::STANDARD`], alone, and refused where anything in it is faulty.
    #[must_use]
    pub const fn new(mapping: &'a Mapping) -> Self {
        Self {
            mapping,
            limits: Limits::STANDARD,
            on_fault: OnFault::Refuse,
            previous: None,
            #[cfg(feature = "scim")]
            scim_ids: None,
        }
    }

    /// Sets the limits.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets what to do with faulty rows.
    #[must_use]
    pub const fn on_fault(mut self, on_fault: OnFault) -> Self {
        self.on_fault = on_fault;
        self
    }

    /// Says that a roster stands: whoever takes part in it keeps their id, and `coverage` says of those who are not in the file
    /// what becomes of them.
    #[must_use]
    pub const fn after(mut self, previous: &'a Roster, coverage: Coverage) -> Self {
        self.previous = Some((previous, coverage));
        self
    }

    /// Reads a CSV file.
    ///
    /// # Errors
    ///
    /// [`FeedError`]: every fault of the file, as for [`read_roster`](super::read_roster), by its line, column and code;
    /// or the source's own error.
    pub fn read(
        &self,
        source: impl Read,
        ids: &mut impl IdSource,
    ) -> Result<FeedImport, FeedError> {
        let table = match Table::of(source, self.limits, Some(self.mapping)) {
            Ok(table) => table,
            Err(TableError::Io(error)) => return Err(FeedError::Io(error)),
            Err(TableError::Fault(fault)) => {
                let faults = Called::default().faults(vec![fault]);
                return Err(FeedFaults(faults).into());
            }
        };
        self.take(table, ids)
    }

    pub(super) fn take(
        &self,
        mut rows: impl Rows,
        ids: &mut impl IdSource,
    ) -> Result<FeedImport, FeedError> {
        let columns = rows.columns();
        let called = rows.called();
        let (on_fault, kept) = match self.previous {
            Some((previous, Coverage::Additive)) => (self.on_fault, Some(previous)),
            _ => (self.on_fault, None),
        };
        let read = match self.previous {
            Some((previous, _)) => assemble(rows, columns, on_fault, kept, after(previous, ids)),
            None => {
                let new = |_: &_| Ok(ParticipantId::from_source(ids));
                assemble(rows, columns, on_fault, kept, new)
            }
        };
        match read {
            Ok(read) => Ok(sealed(read, &called)),
            Err(Stopped {
                failed: Some(error),
                ..
            }) => Err(FeedError::Io(error)),
            Err(Stopped { faults, .. }) => Err(FeedFaults(called.faults(faults)).into()),
        }
    }
}

fn sealed(read: RosterImport, called: &Called) -> FeedImport {
    FeedImport {
        roster: read.roster,
        notices: read.notices.into_iter().map(|n| called.notice(n)).collect(),
        left_out: read.quarantined.iter().map(left_out).collect(),
        faults: called.faults(read.faults),
        #[cfg(feature = "scim")]
        scim_ids: BTreeMap::new(),
    }
}
