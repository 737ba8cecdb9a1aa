//! Health as JSON: the wire form that dashboards read.

use chrono::NaiveDate;
use serde::Serialize;

use super::ladder::{Rung, StepReason};
use super::metric::Ratio;
use super::status::PairingStatus;
use super::{ProgramHealth, SponsorHealth};
use crate::eligibility::ExemptionReason;
use crate::ids::PairingId;
use crate::policy::PluginId;
use crate::privacy::{Audience, Cell};
use crate::roster::Levels;

/// Health in its wire form. Every key is always there, null where there is nothing to say, but for `pairings`, which a
/// sponsor's does not have, and `exempted`, which is there where there is something in it; lists are sorted by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HealthRecord {
    /// The day.
    pub as_of: NaiveDate,
    /// Whom it is for.
    pub audience: Audience,
    /// The readings, by id.
    pub metrics: Vec<ReadingRecord>,
    /// Each pairing, by name; absent for a sponsor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairings: Option<Vec<PairingRecord>>,
    /// Broken core invariants; empty for a sponsor.
    pub violations: Vec<ViolationRecord>,
    /// Gaps in the evidence; empty for a sponsor.
    pub missing_evidence: Vec<MissingRecord>,
    /// What might be done next, by pairing and only where something might; empty for a sponsor.
    pub next_steps: Vec<NextStepRecord>,
    /// Open pairings that rest on an exemption; absent where there are none, and for a sponsor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exempted: Vec<ExemptedRecord>,
}

/// One reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReadingRecord {
    /// The metric's name.
    pub id: String,
    /// The part.
    pub numerator: Option<u64>,
    /// The whole.
    pub denominator: Option<u64>,
    /// Four decimals; null without data.
    pub value: Option<String>,
    /// Whether the three above are null because they are withheld.
    pub withheld: bool,
}

/// One pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PairingRecord {
    /// Its name.
    pub pairing: String,
    /// How it goes.
    pub status: PairingStatus,
    /// Why, as stable codes.
    pub reasons: Vec<&'static str>,
    /// Sessions held.
    pub held: u32,
    /// The day of the last one.
    pub last_held: Option<NaiveDate>,
    /// Days since then, or since the start.
    pub days_since: i64,
    /// The longest stretch without a session.
    pub longest_gap_days: i64,
}

/// One broken core invariant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ViolationRecord {
    /// The pairing's name.
    pub pairing: String,
    /// The stable code.
    pub code: String,
    /// In a sentence.
    pub message: String,
}

/// One gap in the evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MissingRecord {
    /// The pairing's name.
    pub pairing: String,
    /// What is missing.
    pub what: &'static str,
}

/// What might be done next about one pairing, which need not have started.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NextStepRecord {
    /// The pairing's name.
    pub pairing: String,
    /// What.
    pub step: Rung,
    /// Why, as stable codes.
    pub reasons: Vec<StepReason>,
    /// For how many days.
    pub days: i64,
}

/// One pairing that rests on an exemption.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExemptedRecord {
    /// Its name.
    pub pairing: String,
    /// By how many levels the mentee stands above the mentor.
    pub levels: Levels,
    /// Why they are exempted.
    pub reason: ExemptionReason,
}

fn reading(metric: &PluginId, ratio: Cell<Ratio>) -> ReadingRecord {
    let shown = ratio.shown();
    ReadingRecord {
        id: metric.name().to_owned(),
        numerator: shown.map(|r| r.part()),
        denominator: shown.map(|r| r.whole()),
        value: shown.and_then(|r| r.decimal()),
        withheld: shown.is_none(),
    }
}

impl ProgramHealth {
    /// The wire form for a coordinator, with the name that the host gives each pairing.
    #[must_use]
    pub fn to_record(&self, name: impl Fn(PairingId) -> String) -> HealthRecord {
        let readings = self.readings.iter();
        let mut metrics: Vec<_> = readings
            .map(|r| reading(&r.metric, Cell::Shown(r.ratio)))
            .collect();
        metrics.sort_by(|a, b| a.id.cmp(&b.id));
        let pairings = self.pairings.iter().map(|p| PairingRecord {
            pairing: name(p.pairing),
            status: p.status,
            reasons: p.reasons.to_vec(),
            held: p.held,
            last_held: p.last_held,
            days_since: p.days_since,
            longest_gap_days: p.longest_gap_days,
        });
        let mut pairings: Vec<_> = pairings.collect();
        pairings.sort_by(|a, b| a.pairing.cmp(&b.pairing));
        let violations = self.violations.iter().map(|(id, v)| ViolationRecord {
            pairing: name(*id),
            code: v.code().to_owned(),
            message: v.message().to_owned(),
        });
        let mut violations: Vec<_> = violations.collect();
        violations.sort();
        let missing = self.missing_evidence.iter().map(|(id, m)| MissingRecord {
            pairing: name(*id),
            what: m.code(),
        });
        let mut missing_evidence: Vec<_> = missing.collect();
        missing_evidence.sort();
        let next = self.next_steps.iter().map(|next| NextStepRecord {
            pairing: name(next.pairing),
            step: next.step,
            reasons: next.reasons.clone(),
            days: next.days,
        });
        let mut next_steps: Vec<_> = next.collect();
        next_steps.sort();
        let exempted = self.exempted.iter().map(|e| ExemptedRecord {
            pairing: name(e.pairing),
            levels: e.levels,
            reason: e.reason,
        });
        let mut exempted: Vec<_> = exempted.collect();
        exempted.sort();
        HealthRecord {
            as_of: self.as_of,
            audience: Audience::Coordinator,
            metrics,
            pairings: Some(pairings),
            violations,
            missing_evidence,
            next_steps,
            exempted,
        }
    }
}

impl SponsorHealth {
    /// The wire form for a sponsor.
    #[must_use]
    pub fn to_record(&self) -> HealthRecord {
        let readings = self.readings.iter();
        let mut metrics: Vec<_> = readings.map(|r| reading(&r.metric, r.ratio)).collect();
        metrics.sort_by(|a, b| a.id.cmp(&b.id));
        HealthRecord {
            as_of: self.as_of,
            audience: Audience::Sponsor,
            metrics,
            pairings: None,
            violations: Vec::new(),
            missing_evidence: Vec::new(),
            next_steps: Vec::new(),
            exempted: Vec::new(),
        }
    }
}
