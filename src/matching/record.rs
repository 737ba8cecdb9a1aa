//! A plan as JSON: the wire form that other systems read.

use serde::Serialize;

use super::by_default::{Assumed, ExchangeRecord};
use super::plan::MatchPlan;
use crate::roster::Levels;
use crate::text::Key;

/// A plan in its wire form, with keys instead of ids. Every key is always there, null where there is nothing to say;
/// pairs are sorted by mentor, then mentee, the unmatched by key, then side. Three keys are there exactly where a
/// default exchange counted, so that a plan without one keeps its bytes: `default_exchange` of the plan, `assumed` of
/// each pair and `without_exchange` of each part. `exempted_levels` is there where a pair rests on an exemption. Likewise `running` is there exactly where pairings were open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PlanRecord {
    /// What was optimised, as on a command line.
    pub objective: Option<&'static str>,
    /// The default exchange that counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_exchange: Option<ExchangeRecord>,
    /// The pairs.
    pub pairs: Vec<PairRecord>,
    /// The sum of their scores.
    pub total_score: u64,
    /// Everybody without a pairing on a side that they offered.
    pub unmatched: Vec<UnmatchedRecord>,
    /// What each rule took away, in the order of the rules.
    pub funnel: Vec<LossRecord>,
    /// Checked bounds.
    pub certificate: Option<CertificateRecord>,
    /// The pairings that kept their places, by mentor, then mentee.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub running: Vec<RunningRecord>,
    /// The pins that are not in the plan, in their order.
    pub rejected_pins: Vec<RejectedPinRecord>,
}

/// One pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PairRecord {
    /// The mentor's key.
    pub mentor: String,
    /// The mentee's key.
    pub mentee: String,
    /// The lists that come from the default exchange and not from the person, such as `mentee-wishes`; empty where the
    /// two said it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<Vec<&'static str>>,
    /// By how many levels the mentee stands above the mentor; there exactly where the pair rests on an
    /// [exemption](crate::eligibility#the-one-exemption).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exempted_levels: Option<Levels>,
    /// The sum of the parts.
    pub score: u32,
    /// What each criterion gave.
    pub parts: Vec<PartRecord>,
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PartRecord {
    /// The criterion's name.
    pub criterion: String,
    /// Its points, weighted.
    pub points: u32,
    /// What they would be without the default exchange: the difference comes from it, and not from the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_exchange: Option<u32>,
}

/// Somebody without a pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnmatchedRecord {
    /// Their key.
    pub id: String,
    /// `mentor` or `mentee`.
    pub side: &'static str,
    /// A stable code.
    pub reason: &'static str,
    /// The same in a sentence.
    pub detail: String,
}

/// What one rule took away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LossRecord {
    /// The rule's name.
    pub rule: String,
    /// Pairs to which it was the first to object.
    pub pairs_lost: u64,
}

/// Checked bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CertificateRecord {
    /// `all_eligible` or `candidates`.
    pub scope: &'static str,
    /// On the number of pairs.
    pub pairs_bound: u64,
    /// On the total score.
    pub score_bound: u64,
    /// Whether the checker proved the plan best.
    pub verified: bool,
}

/// A pairing that was open when the plan was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RunningRecord {
    /// The mentor's key; null where they take no part.
    pub mentor: Option<String>,
    /// The mentee's key; null where they take no part.
    pub mentee: Option<String>,
}

/// A pin that is not in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RejectedPinRecord {
    /// The mentor's key, as the pin has it.
    pub mentor: String,
    /// The mentee's key, as the pin has it.
    pub mentee: String,
    /// The line of the file of pins.
    pub line: Option<u64>,
    /// Stable codes, all of them.
    pub reasons: Vec<String>,
    /// The same in sentences.
    pub details: Vec<String>,
}

impl MatchPlan {
    /// The wire form.
    #[must_use]
    pub fn to_record(&self) -> PlanRecord {
        let pairs = self.proposals.iter().map(|proposal| {
            let parts = proposal.parts.iter().map(|part| PartRecord {
                criterion: part.criterion.name().to_owned(),
                points: part.points,
                without_exchange: part.without_exchange,
            });
            let assumed = self.exchange.is_some().then(|| {
                let lists = proposal.assumed().into_iter();
                lists.map(Assumed::as_str).collect()
            });
            PairRecord {
                mentor: proposal.mentor.to_string(),
                mentee: proposal.mentee.to_string(),
                assumed,
                exempted_levels: proposal.proof.exempted(),
                score: proposal.score,
                parts: parts.collect(),
            }
        });
        let unmatched = self.unmatched.iter().map(|u| UnmatchedRecord {
            id: u.key.to_string(),
            side: u.role.as_str(),
            reason: u.reason.code(),
            detail: u.detail.clone(),
        });
        let funnel = self.funnel.lost.iter().map(|loss| LossRecord {
            rule: loss.rule.name().to_owned(),
            pairs_lost: loss.pairs,
        });
        let rejected = self.rejected_pins.iter().map(|rejected| {
            let reasons = rejected.reasons.iter();
            RejectedPinRecord {
                mentor: rejected.pin.mentor.to_string(),
                mentee: rejected.pin.mentee.to_string(),
                line: rejected.pin.line,
                reasons: reasons.clone().map(|r| r.code().to_owned()).collect(),
                details: reasons.map(|r| r.message().to_owned()).collect(),
            }
        });
        let running = self.running.iter().map(|running| {
            let text = |key: &Option<Key>| key.as_ref().map(ToString::to_string);
            RunningRecord {
                mentor: text(&running.mentor),
                mentee: text(&running.mentee),
            }
        });
        PlanRecord {
            objective: self.objective.map(super::assignment::Objective::as_str),
            default_exchange: self.exchange.as_ref().map(ExchangeRecord::of),
            pairs: pairs.collect(),
            total_score: self.total_score,
            unmatched: unmatched.collect(),
            funnel: funnel.collect(),
            certificate: self.certificate.map(|c| CertificateRecord {
                scope: c.scope.as_str(),
                pairs_bound: c.pairs_bound,
                score_bound: c.score_bound,
                verified: c.verified,
            }),
            running: running.collect(),
            rejected_pins: rejected.collect(),
        }
    }
}
