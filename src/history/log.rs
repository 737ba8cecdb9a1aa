//! The logs of a programme that runs elsewhere, as values.

use chrono::NaiveDate;

use crate::cadence::Cadence;
use crate::pair::Role;
use crate::roster::{Level, PersonRef, Skill};
use crate::session::Outcome;
use crate::text::{Key, Label};

/// One pairing of a programme that runs elsewhere, with everything logged of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedPairing {
    /// The other system's identifier of the pairing.
    pub key: Key,
    /// Who teaches, according to the log.
    pub mentor: PersonRef,
    /// Who learns and teaches back.
    pub mentee: PersonRef,
    /// The first day.
    pub started: NaiveDate,
    /// How often they mean to meet.
    pub cadence: Cadence,
    /// The last day and the reason given, once it has ended.
    pub ended: Option<(NaiveDate, Option<Label>)>,
    /// Sessions in the order of the log.
    pub sessions: Vec<LoggedSession>,
    /// Learning goals in the order of the log; an old programme may have none.
    pub goals: Vec<LoggedGoal>,
    /// Answers to short questions in the order of the log.
    pub pulses: Vec<LoggedPulse>,
}

/// One session of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedSession {
    /// The day for which it was set.
    pub date: NaiveDate,
    /// What became of it.
    pub outcome: Outcome,
}

/// One learning goal of a log.
// A plain struct: every combination of levels is a state that an old programme can be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedGoal {
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

/// One answer of one side to one question, 1 to 5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedPulse {
    /// Who answered.
    pub side: Role,
    /// The question's identifier.
    pub question: Label,
    /// When.
    pub date: NaiveDate,
    /// 1 to 5, as it was answered; whether 5 is good news hangs on the question.
    pub score: u8,
}
