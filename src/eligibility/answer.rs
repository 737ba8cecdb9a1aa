//! What the question answers: a proof, or reasons.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::CORE;
use crate::ids::ParticipantId;
use crate::pair::{Pair, Role};
use crate::policy::{Origin, PluginId, Violation};
use crate::roster::{ExchangeFingerprint, Level, Levels, RosterFingerprint, Skill};
use crate::text::Quoted;

/// What was asked, recorded with every pair that passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The roster as it was.
    pub roster: RosterFingerprint,
    /// The rules that consented, core invariants first.
    pub rules: Vec<PluginId>,
    /// The day of the question.
    pub asked_on: NaiveDate,
    /// The default exchange that counted; left out of the wire where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<ExchangeFingerprint>,
}

impl Evidence {
    /// Whether every core invariant is among the rules, first and in order.
    pub(crate) fn covers_core(&self) -> bool {
        let mut rules = self.rules.iter().map(PluginId::name);
        CORE.iter().all(|core| rules.next() == Some(core))
    }
}

/// One wish that the other side serves: what one of the two can learn in this pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learning {
    /// Who would learn.
    pub learner: Role,
    /// What.
    pub skill: Skill,
    /// The learner's level now.
    pub from: Level,
    /// The level that this teacher can take them to.
    pub to: Level,
    /// The level wished for: `to` or above it.
    pub wished: Level,
    /// Whether the learner stated the wish, or the programme's default exchange put it there.
    pub wished_by: Origin,
    /// Whether the teacher stated the offer, or the programme's default exchange put it there.
    pub offered_by: Origin,
}

/// Proof that two people may be paired. Only [`Eligibility`](super::Eligibility) makes one: there is no constructor and no `Deserialize`.
///
/// ```compile_fail
/// let forged = reverse_mentoring::eligibility::EligiblePair {};
/// ```
///
/// ```compile_fail
/// let forged: reverse_mentoring::eligibility::EligiblePair = serde_json::from_str("{}").unwrap();
/// ```
// INVARIANT (proof): minted by `Eligibility::mint` after every core invariant and rule consented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligiblePair {
    pub(super) pair: Pair,
    pub(super) learning: Arc<[Learning]>,
    pub(super) places: [u32; 2],
    pub(super) exempted: Option<Levels>,
    pub(super) evidence: Arc<Evidence>,
}

impl EligiblePair {
    /// Who.
    #[must_use]
    pub const fn pair(&self) -> Pair {
        self.pair
    }

    /// What each of the two can learn from the other: at least one entry each way, the mentee's first.
    #[must_use]
    pub fn learning(&self) -> &[Learning] {
        &self.learning
    }

    /// Places that the person in a role has in all, open pairings included.
    #[must_use]
    pub const fn places(&self, role: Role) -> u32 {
        let [mentor, mentee] = self.places;
        match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// By how many levels the mentee stands above the mentor, where the pair rests on an
    /// [exemption](super#the-one-exemption); `None` for every other pair: there is no link.
    #[must_use]
    pub const fn exempted(&self) -> Option<Levels> {
        self.exempted
    }

    /// What was asked.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }
}

/// The answer to "may they be paired?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They may, and this proves it.
    Eligible(EligiblePair),
    /// They may not, for all of these reasons.
    Ineligible(Vec<Violation>),
}

impl Verdict {
    /// The proof, if there is one.
    #[must_use]
    pub fn eligible(self) -> Option<EligiblePair> {
        match self {
            Self::Eligible(pair) => Some(pair),
            Self::Ineligible(_) => None,
        }
    }

    /// The reasons against; empty for an eligible pair.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Eligible(_) => &[],
            Self::Ineligible(violations) => violations,
        }
    }
}

/// The question was about somebody who does not take part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownParticipant {
    /// No participant has this id.
    #[error("no participant has the id {0}")]
    Id(ParticipantId),
    /// No participant has this key.
    #[error("{} is not a participant", Quoted(.0))]
    Key(String),
}
