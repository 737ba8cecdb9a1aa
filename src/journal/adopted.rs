//! A pairing of a programme that ran elsewhere, as an entry has it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cadence::Cadence;
use crate::ids::PairingId;
use crate::pair::{Pair, Role};
use crate::pairing::{Breach, Missing};
use crate::roster::{Level, Skill};
use crate::session::SessionFacts;

/// A pairing that is taken over as it is: ids, days, numbers and codes, no key and no text of the other system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AdoptedPairing {
    /// The new id.
    pub id: PairingId,
    /// Who.
    pub pair: Pair,
    /// The first day, elsewhere.
    pub started: NaiveDate,
    /// How often they mean to meet.
    pub cadence: Cadence,
    /// The sessions so far, in the order of the log.
    pub sessions: Vec<SessionFacts>,
    /// The goals so far; an old programme may have none.
    pub goals: Vec<AdoptedGoal>,
    /// Core invariants that it breaks.
    pub breaches: Vec<Breach>,
    /// What it cannot show.
    pub missing: Vec<Missing>,
}

/// One learning goal of an adopted pairing. Of two in one skill, which a log may have, the first is the one that is checked in.
// A plain struct: every combination of levels is a state that an old programme can be in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AdoptedGoal {
    /// Who learns.
    pub learner: Role,
    /// What.
    pub skill: Skill,
    /// The level at the start.
    pub from: Level,
    /// The level aimed at.
    pub to: Level,
    /// The level now.
    pub now: Level,
}
