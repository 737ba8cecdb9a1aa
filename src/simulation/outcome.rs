//! What a simulation hands back.

use chrono::NaiveDate;

use super::measure::Measured;
use super::moves::Move;
use crate::ids::PairingId;
use crate::journal::Entry;
use crate::program::Program;
use crate::roster::Roster;

/// A programme that was played.
///
/// Facts are in `program.history()`; health of any day of it is what health makes of them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Simulated {
    /// The programme as it is at the end. Nothing is tidied up: pairings may still run.
    pub program: Program,
    /// Everything that it wrote; [`Program::replay`] brings the same programme back.
    pub journal: Vec<Entry>,
    /// The roster after the last reorganisation.
    pub roster: Roster,
    /// The last day of each month that was played to its end.
    pub months: Vec<MonthEnd>,
    /// The measures at the end of every week, and on the last day.
    pub weeks: Vec<WeekEnd>,
    /// Rounds of matching and reorganisations, in order.
    pub happenings: Vec<Happening>,
    /// Whether it was played to the end, rather than stopped by whoever watched.
    pub finished: bool,
}

/// Where a month ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MonthEnd {
    /// The last day of the month.
    pub date: NaiveDate,
    /// How many entries the journal had by then.
    pub entries: usize,
    /// How many pairings were open, from proposed to suspended.
    pub open: usize,
}

/// How a programme stands at the end of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct WeekEnd {
    /// The last day of the week.
    pub date: NaiveDate,
    /// What is counted by then.
    pub measured: Measured,
}

/// Something that concerned more than one pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Happening {
    /// Free people were matched.
    #[non_exhaustive]
    Round {
        /// When.
        on: NaiveDate,
        /// How many pairings were proposed.
        proposed: usize,
        /// How many places in the list of those left over: somebody on either side can have two.
        unmatched: usize,
    },
    /// People moved, and pairings became hierarchical.
    #[non_exhaustive]
    Reorganised {
        /// When.
        on: NaiveDate,
        /// Who moved.
        moved: Vec<Move>,
        /// Which pairings were suspended.
        suspended: Vec<PairingId>,
    },
    /// Somebody moved back, and pairings could go on.
    #[non_exhaustive]
    MovedBack {
        /// When.
        on: NaiveDate,
        /// Who moved.
        moved: Vec<Move>,
        /// Which pairings went on.
        reinstated: Vec<PairingId>,
        /// Which the move suspended in its turn.
        suspended: Vec<PairingId>,
    },
}
