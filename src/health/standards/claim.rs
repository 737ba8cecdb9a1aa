//! What no data can show, and a host has to state.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Standard;
use crate::ids::CoordinatorId;

/// Something about a programme that is in no record of it. A host states it, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Claim {
    /// Its objectives were told to everybody whom they concern, and understood.
    ObjectivesTold,
    /// What it is to achieve is defined so that one can see whether it did.
    OutcomesDefined,
    /// Sponsors and line managers know what it is and what is asked of them.
    StakeholdersBriefed,
    /// Whoever takes part finds help to learn during the first twelve months.
    LearningSupport,
    /// People know how they are selected and matched.
    MatchingExplained,
    /// Whose pairing did not work is offered another.
    RematchOffered,
    /// The programme has been adjusted by what its reviews found.
    ReviewsUsed,
    /// Its cost and benefit were looked at.
    ImpactAnalysed,
    /// What conduct is expected was told to everybody.
    ConductTold,
    /// There is a way to complain, and somebody independent who hears it.
    ComplaintsHeard,
    /// People know what is kept of them, who reads it, and how it is erased.
    DataProtection,
    /// Coordinators have the time and the training for it.
    CoordinatorsResourced,
    /// Whoever takes part knows whom to ask, and is answered.
    SupportReachable,
}

impl Claim {
    /// All, by standard.
    pub const ALL: [Self; 13] = [
        Self::ObjectivesTold,
        Self::OutcomesDefined,
        Self::StakeholdersBriefed,
        Self::LearningSupport,
        Self::MatchingExplained,
        Self::RematchOffered,
        Self::ReviewsUsed,
        Self::ImpactAnalysed,
        Self::ConductTold,
        Self::ComplaintsHeard,
        Self::DataProtection,
        Self::CoordinatorsResourced,
        Self::SupportReachable,
    ];

    /// The standard that asks for it.
    #[must_use]
    pub const fn standard(self) -> Standard {
        match self {
            Self::ObjectivesTold | Self::OutcomesDefined => Standard::Purpose,
            Self::StakeholdersBriefed | Self::LearningSupport => Standard::Training,
            Self::MatchingExplained | Self::RematchOffered => Standard::Matching,
            Self::ReviewsUsed | Self::ImpactAnalysed => Standard::Measurement,
            Self::ConductTold | Self::ComplaintsHeard | Self::DataProtection => Standard::Ethics,
            Self::CoordinatorsResourced | Self::SupportReachable => Standard::Administration,
        }
    }

    /// The stable code, such as `objectives_told`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ObjectivesTold => "objectives_told",
            Self::OutcomesDefined => "outcomes_defined",
            Self::StakeholdersBriefed => "stakeholders_briefed",
            Self::LearningSupport => "learning_support",
            Self::MatchingExplained => "matching_explained",
            Self::RematchOffered => "rematch_offered",
            Self::ReviewsUsed => "reviews_used",
            Self::ImpactAnalysed => "impact_analysed",
            Self::ConductTold => "conduct_told",
            Self::ComplaintsHeard => "complaints_heard",
            Self::DataProtection => "data_protection",
            Self::CoordinatorsResourced => "coordinators_resourced",
            Self::SupportReachable => "support_reachable",
        }
    }

    /// The same in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ObjectivesTold => "its objectives were told and understood",
            Self::OutcomesDefined => "what it is to achieve is defined",
            Self::StakeholdersBriefed => "sponsors and line managers are briefed",
            Self::LearningSupport => "there is help to learn for twelve months",
            Self::MatchingExplained => "people know how they are matched",
            Self::RematchOffered => "whose pairing did not work is offered another",
            Self::ReviewsUsed => "it was adjusted by what its reviews found",
            Self::ImpactAnalysed => "its cost and benefit were looked at",
            Self::ConductTold => "the conduct that is expected was told",
            Self::ComplaintsHeard => "somebody independent hears complaints",
            Self::DataProtection => "people know what is kept of them",
            Self::CoordinatorsResourced => "coordinators have the time and the training",
            Self::SupportReachable => "people know whom to ask, and are answered",
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A claim that somebody stands for, from a day on. The library takes their word; the evidence is the host's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HostStatement {
    /// What.
    pub claim: Claim,
    /// On which day.
    pub on: NaiveDate,
    /// Who.
    pub by: CoordinatorId,
}
