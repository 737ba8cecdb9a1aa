//! Rosters, default exchanges, what a coordinator asks of a plan, and the logs of programmes that run elsewhere, from CSV.
//!
//! In come the bytes of a file, out goes a value or every fault of the file in one run: each with its line, a stable
//! [`FaultCode`], and a sentence that names the person and the column. Nothing is repaired and nothing is guessed. The
//! one thing that is let pass is white space around numbers, words, days and the names of skills, languages and columns.
//!
//! ```
//! use reverse_mentoring::ids::SequentialIds;
//! use reverse_mentoring::import::{OnFault, read_roster};
//!
//! let csv = "\
//! id,manager,grade,side,offers,wants
//! ceo,-,9,,,
//! cfo,ceo,8,mentee,budgeting:5,short video:3
//! cto,ceo,8,,,
//! ada,cto,2,mentor,short video:4,budgeting:1>3
//! ";
//! let read = read_roster(csv.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1))?;
//! assert_eq!(read.roster.lines().len(), 4);
//! assert_eq!(read.roster.participants().len(), 2);
//!
//! let mistyped = csv.replace("cto,ceo", "cto,coe");
//! let refused = read_roster(mistyped.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1));
//! assert_eq!(
//!     refused.unwrap_err().0[0].located("staff.csv"),
//!     "staff.csv:4: unknown-manager: `cto`: `manager` is `coe`, who has no row"
//! );
//! let rest = read_roster(mistyped.as_bytes(), OnFault::Quarantine, &mut SequentialIds::new(1))?;
//! assert_eq!(rest.quarantined[1].to_string(), "5: below-a-fault: `ada` stands below `cto`, who is in quarantine");
//! assert_eq!(rest.roster.lines().len(), 2);
//! # Ok::<(), reverse_mentoring::import::Faults>(())
//! ```
//!
//! # The shape of a file
//!
//! UTF-8, commas, a header, RFC 4180 quotes (UTF-16, semicolons and tabs are told apart from other faults, and refused); LF or CRLF; a byte order mark at the start is dropped. Columns are found by
//! name in any order, those that nobody reads become a [`Notice`]. [`read_roster`], [`read_exchange`], [`read_conditions`], [`read_rankings`] and [`read_logs`]
//! name theirs;
//! [`read_roster_after`] reads the next roster of a programme, [`Table`] reads other files in the same way.
//!
//! # Feeds of HR systems
//!
//! [`Feed`] reads the exports of other systems by a [`Mapping`], as streams and within [`Limits`]; what is wrong with them comes out as [`FeedFault`]s, which
//! repeat nothing of what a cell holds. With the feature `scim` it reads users of SCIM 2.0, too.
//!
//! # Lines
//!
//! A line is that of the file on which the row begins, the header being line 1, whatever blank lines or line breaks in
//! quotes stand before it.

mod assemble;
mod catalogue;
mod code;
mod cell;
mod condition_rows;
mod conditions;
mod exchange;
mod fault;
mod feed;
mod header;
mod kept;
mod labels;
mod limits;
mod log_rows;
mod logs;
mod look_alike;
mod mapping;
mod names;
mod near;
mod quarantine;
mod rankings;
mod raw;
mod references;
mod roster;
mod roster_row;
mod row;
#[cfg(feature = "scim")]
mod scim;
mod seal;
mod skills;
mod table;
mod window;

pub use catalogue::{SkillsImport, read_skills};
pub use code::FaultCode;
pub use conditions::{
    ConditionFault, ConditionFaults, ConditionFile, ConditionFiles, ConditionImport,
    check_conditions, read_conditions,
};
pub use exchange::{ExchangeImport, read_exchange};
pub use fault::{Fault, Faults, Notice, NoticeCode};
pub use feed::{Coverage, Feed, FeedError, FeedImport};
pub use limits::Limits;
pub use logs::{LogFault, LogFaults, LogFile, LogFiles, LogImport, check_logs, read_logs};
pub use mapping::{BlankManager, Mapping, MappingError, OwnManager, RosterColumn, Separator};
pub use quarantine::{QuarantineReason, Quarantined};
pub use rankings::{RankingsImport, read_rankings};
pub use roster::{
    OnFault, RosterImport, read_escaped_roster, read_escaped_roster_after, read_roster,
    read_roster_after,
};
pub use row::{Column, Row};
#[cfg(feature = "scim")]
pub use scim::{ENTERPRISE_USER, ManagerBy, ScimKey};
pub use seal::{FeedFault, FeedFaults, FeedNotice, LeftOut, SourceColumn};
pub use table::Table;
pub use window::TableError;
