//! A self-assessment as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Claim, DataPoint, SelfAssessment, Standard, StandardAssessment, is_whole};
use crate::ids::CoordinatorId;

/// A self-assessment in its wire form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SelfAssessmentRecord {
    /// The day.
    pub as_of: NaiveDate,
    /// The six standards, in their order.
    pub standards: Vec<StandardRecord>,
    /// [`SelfAssessment::NOT_AN_AWARD`].
    pub caveat: &'static str,
}

/// One standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StandardRecord {
    /// Which.
    pub standard: Standard,
    /// What charter and history show.
    pub shown: Vec<DataPointRecord>,
    /// What the host states.
    pub stated: Vec<StatementRecord>,
    /// What the host has not stated.
    pub to_state: Vec<ClaimRecord>,
}

/// One data point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DataPointRecord {
    /// Which.
    pub point: DataPoint,
    /// For how many it holds.
    pub numerator: u64,
    /// Of how many; of none there are no data.
    pub denominator: u64,
    /// Whether something is missing.
    pub missing: bool,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StatementRecord {
    /// What.
    pub claim: Claim,
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub by: CoordinatorId,
}

/// One claim that nobody has stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClaimRecord {
    /// Which.
    pub claim: Claim,
    /// In words.
    pub words: &'static str,
}

impl SelfAssessment {
    /// The wire form.
    #[must_use]
    pub fn to_record(&self) -> SelfAssessmentRecord {
        SelfAssessmentRecord {
            as_of: self.as_of,
            standards: self.standards.iter().map(standard).collect(),
            caveat: Self::NOT_AN_AWARD.trim_end(),
        }
    }
}

fn standard(assessment: &StandardAssessment) -> StandardRecord {
    let shown = assessment
        .shown
        .iter()
        .map(|(point, ratio)| DataPointRecord {
            point: *point,
            numerator: ratio.part(),
            denominator: ratio.whole(),
            missing: !is_whole(*ratio),
        });
    let stated = assessment.stated.iter().map(|s| StatementRecord {
        claim: s.claim,
        on: s.on,
        by: s.by,
    });
    let open = assessment.unstated().into_iter();
    let open = open.map(|claim| ClaimRecord {
        claim,
        words: claim.words(),
    });
    StandardRecord {
        standard: assessment.standard,
        shown: shown.collect(),
        stated: stated.collect(),
        to_state: open.collect(),
    }
}
