//! What a programme writes down: entries that carry ids, dates, numbers, codes and the names of skills, and no person.
//!
//! Keys, names and notes are not representable here, so that erasing somebody leaves the journal untouched. The name of a
//! skill or of a shared goal is a label of the host's: one that says something about a person does not belong into a goal.
//! An entry that does not read is refused with the reason; one that reads has still to pass the gate when it is
//! [replayed](crate::program::Program::replay).

mod adopted;
mod stored;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use adopted::{AdoptedGoal, AdoptedPairing};
pub use stored::{Claim, Stored};

use crate::charter::{Charter, Cohort, Milestone, Readiness, Training};
use crate::eligibility::{Evidence, ExemptionReason};
use crate::ids::{CohortId, CoordinatorId, PairingId, ParticipantId, ProgramId, SessionId};
use crate::pair::{Pair, Role};
use crate::pairing::{
    Agreement, Decision, GoalChange, GoalRef, NewGoal, Occasion, Step, Terms, TwoWayGoals,
};
use crate::policy::PluginId;
use crate::roster::{Levels, Load, RosterFingerprint};
use crate::session::{PlannedSession, Response, SessionFacts};

/// The version of the wire format that this release writes. It reads every version up to this one.
pub const WIRE_VERSION: u16 = 1;

/// When something is written down, and on which day of the programme's calendar it happened.
///
/// Only the instant has to rise from entry to entry: a session may be recorded late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The instant of recording.
    pub recorded_at: DateTime<Utc>,
    /// The day, in the programme's calendar.
    pub on: NaiveDate,
}

impl Stamp {
    /// An instant, and the day on which the thing happened.
    #[must_use]
    pub const fn new(recorded_at: DateTime<Utc>, on: NaiveDate) -> Self {
        Self { recorded_at, on }
    }

    /// Midnight (UTC) of a day: for programmes that keep days only.
    #[must_use]
    pub const fn midnight(on: NaiveDate) -> Self {
        Self {
            recorded_at: on.and_time(chrono::NaiveTime::MIN).and_utc(),
            on,
        }
    }

    /// The day of the instant, by Greenwich.
    pub(crate) const fn recorded_on(&self) -> NaiveDate {
        self.recorded_at.naive_utc().date()
    }
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Entry {
    /// The version of the format, see [`WIRE_VERSION`].
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = WIRE_VERSION)))]
    pub version: u16,
    /// The place in the journal, from 0 without gaps.
    pub sequence: u64,
    /// When it was written and when it happened.
    pub stamp: Stamp,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// An entry in today's format.
    #[must_use]
    pub const fn new(sequence: u64, stamp: Stamp, event: Event) -> Self {
        Self {
            version: WIRE_VERSION,
            sequence,
            stamp,
            event,
        }
    }
}

/// Somebody's places, as the roster and the load of a pairing give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Who.
    pub participant: ParticipantId,
    /// Places as mentor, open pairings included.
    pub as_mentor: u32,
    /// Places as mentee, open pairings included.
    pub as_mentee: u32,
}

impl Places {
    /// Places in a role.
    #[must_use]
    pub const fn places(&self, role: Role) -> u32 {
        match role {
            Role::Mentor => self.as_mentor,
            Role::Mentee => self.as_mentee,
        }
    }
}

/// Somebody who takes part of their own wish, and what they confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// Who.
    pub participant: ParticipantId,
    /// Their own answer.
    pub readiness: Readiness,
}

/// One pairing of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposedPairing {
    /// The new id.
    pub id: PairingId,
    /// Who.
    pub pair: Pair,
    /// What both want to learn.
    pub goals: TwoWayGoals,
    /// What both will sign.
    pub agreement: Agreement,
    /// By how many levels the mentee stands above the mentor, where they are exempted from that; left out of the wire where
    /// there is no link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Levels>,
}

/// How far a mentee stands above their mentor from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FarLink {
    /// Of which pairing.
    pub pairing: PairingId,
    /// The levels; `None` where they are no longer linked, or nearer than any exemption excuses.
    pub levels: Option<Levels>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Event {
    /// The programme opened with a roster.
    Opened {
        /// Which programme.
        program: ProgramId,
        /// The roster as it was.
        roster: RosterFingerprint,
        /// Hours a month that a pairing takes.
        load: Load,
        /// Who takes part.
        people: Vec<Places>,
    },
    /// People take part, of their own wish.
    Enrolled {
        /// In which cohort.
        cohort: CohortId,
        /// Who, each with their answer.
        people: Vec<Enrolment>,
    },
    /// Somebody takes part no more, and need not say why.
    Withdrew {
        /// Who.
        participant: ParticipantId,
        /// Their open pairings.
        ended: Vec<PairingId>,
    },
    /// A cohort was launched: from now on its pairings are proposed.
    Launched {
        /// What the programme goes by from now on.
        charter: Box<Charter>,
        /// Which cohort, and its days.
        cohort: Cohort,
    },
    /// A cohort came to a later milestone.
    Reached {
        /// Which.
        cohort: CohortId,
        /// What it came to.
        milestone: Milestone,
        /// At its close, its pairings that were open.
        ended: Vec<PairingId>,
    },
    /// People finished a training.
    Trained {
        /// Which, in which version.
        training: Training,
        /// Who.
        people: Vec<ParticipantId>,
    },
    /// A coordinator approved pairings, all of them together.
    Proposed {
        /// In which cohort.
        cohort: CohortId,
        /// Who approved.
        approved_by: CoordinatorId,
        /// What chose the pairs; `None` where a coordinator did.
        matcher: Option<PluginId>,
        /// What was asked before.
        evidence: Evidence,
        /// The pairings.
        pairings: Vec<ProposedPairing>,
    },
    /// A pairing moved.
    Advanced {
        /// Which.
        pairing: PairingId,
        /// By which step.
        step: Step,
    },
    /// One of the two said what they bring into the agreement.
    TermsStated {
        /// In which pairing.
        pairing: PairingId,
        /// Who.
        by: Role,
        /// What.
        terms: Terms,
    },
    /// One of the two offered another version of the agreement.
    AmendmentOffered {
        /// In which pairing.
        pairing: PairingId,
        /// Who.
        by: Role,
        /// The version.
        agreement: Agreement,
    },
    /// The other accepted it, or one of the two declined it.
    AmendmentAnswered {
        /// In which pairing.
        pairing: PairingId,
        /// Who.
        by: Role,
        /// Whether it holds from now on.
        accepted: bool,
    },
    /// A session was planned.
    SessionPlanned(PlannedSession),
    /// A planned session, also one that fell away, is to be on another day or at another time.
    SessionMoved(PlannedSession),
    /// A session was recorded, planned or not.
    SessionRecorded(SessionFacts),
    /// An earlier record of a session was wrong, and this is right. What the two gave each other stays given.
    SessionCorrected(SessionFacts),
    /// An earlier record or plan of a session was wrong: there was none.
    SessionVoided {
        /// Of which pairing.
        pairing: PairingId,
        /// Which.
        session: SessionId,
    },
    /// One of the two gave the other something for a session on record.
    Responded {
        /// In which pairing.
        pairing: PairingId,
        /// For which session.
        session: SessionId,
        /// Who.
        from: Role,
        /// What.
        response: Response,
    },
    /// A pairing took on one more goal.
    GoalAdded {
        /// Which pairing.
        pairing: PairingId,
        /// What.
        goal: NewGoal,
    },
    /// Something happened to a goal: a check-in, or it was achieved, revised, dropped or reopened.
    GoalChanged {
        /// Of which pairing.
        pairing: PairingId,
        /// Which goal.
        goal: GoalRef,
        /// What happened to it.
        change: GoalChange,
    },
    /// One of the two gave the closing review.
    Reviewed {
        /// Of which pairing.
        pairing: PairingId,
        /// Who.
        by: Role,
    },
    /// One of the two agrees that something is told, or takes that back.
    Celebrated {
        /// Of which pairing.
        pairing: PairingId,
        /// What.
        occasion: Occasion,
        /// Who.
        by: Role,
        /// Whether they agree from now on.
        agrees: bool,
    },
    /// The company changed.
    Reorganised {
        /// The roster as it is now.
        roster: RosterFingerprint,
        /// Who takes part newly, or with other places.
        people: Vec<Places>,
        /// Who takes part no more.
        left: Vec<ParticipantId>,
        /// Pairings that became hierarchical.
        suspended: Vec<PairingId>,
        /// Suspended pairings whose link is gone.
        cleared: Vec<PairingId>,
        /// Pairings of which one of the two takes part no more.
        ended: Vec<PairingId>,
        /// Pairings that go on in which the mentee stands another number of levels above the mentor than before, where
        /// the one or the other is three or more; left out of the wire where there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        far_links: Vec<FarLink>,
    },
    /// Pairings of a programme that ran elsewhere were taken over as they are.
    Adopted {
        /// Who approved.
        approved_by: CoordinatorId,
        /// The roster in which they were judged.
        roster: RosterFingerprint,
        /// The last day on which they may go on as they are.
        deadline: NaiveDate,
        /// The pairings.
        pairings: Vec<AdoptedPairing>,
    },
    /// A coordinator decided about an adopted pairing.
    Decided {
        /// Which.
        pairing: PairingId,
        /// Who decided.
        approved_by: CoordinatorId,
        /// What.
        decision: Decision,
    },
    /// An adopted pairing became one like any other: asked about, with goals both ways and an agreement to sign.
    Regularised {
        /// Who approved.
        approved_by: CoordinatorId,
        /// The cohort in which it goes on.
        cohort: CohortId,
        /// What was asked before.
        evidence: Evidence,
        /// The pairing, with the id and the people that it has.
        pairing: Box<ProposedPairing>,
    },
    /// A mentee was exempted by name from links of three levels or more.
    Exempted {
        /// Who.
        mentee: ParticipantId,
        /// Why.
        reason: ExemptionReason,
        /// Who approved it.
        approved_by: CoordinatorId,
        /// Their suspended pairings that the exemption excuses.
        cleared: Vec<PairingId>,
    },
    /// An exemption was taken back.
    ExemptionRevoked {
        /// Whose.
        mentee: ParticipantId,
        /// Who approved that.
        approved_by: CoordinatorId,
        /// The pairings that rested on it, and are held up from now on.
        suspended: Vec<PairingId>,
    },
}
