//! Equity readings as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::{EquityMeasure, EquityReadings, GroupReading};
use crate::text::Label;

/// Equity readings in their wire form: every key always there, null where it is withheld or there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EquityRecord {
    /// The day.
    pub as_of: NaiveDate,
    /// Days after which somebody counts as having waited long.
    pub wait_days: u16,
    /// The four measures.
    pub measures: Vec<EquityMeasureRecord>,
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EquityMeasureRecord {
    /// Which.
    pub measure: EquityMeasure,
    /// What is divided by what.
    pub definition: &'static str,
    /// Each group, by label, people of none last.
    pub groups: Vec<EquityGroupRecord>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EquityGroupRecord {
    /// Which; null for people of no stated one.
    pub group: Option<Label>,
    /// The part.
    pub numerator: Option<u64>,
    /// The whole.
    pub denominator: Option<u64>,
    /// The share, with four decimals.
    pub value: Option<String>,
    /// The lower end of its interval at 95 %.
    pub low: Option<String>,
    /// The upper end.
    pub high: Option<String>,
    /// The share with one person less in the part.
    pub one_less: Option<String>,
    /// The share with one person more in it.
    pub one_more: Option<String>,
    /// Whether all of that is null because it is withheld.
    pub withheld: bool,
}

impl EquityReadings {
    /// The wire form.
    #[must_use]
    pub fn to_record(&self) -> EquityRecord {
        let measures = self.measures.iter().map(|(measure, groups)| {
            let groups = groups.iter().map(group);
            EquityMeasureRecord {
                measure: *measure,
                definition: measure.definition(),
                groups: groups.collect(),
            }
        });
        EquityRecord {
            as_of: self.as_of,
            wait_days: self.policy.wait_days,
            measures: measures.collect(),
        }
    }
}

fn group(reading: &GroupReading) -> EquityGroupRecord {
    let shown = reading.figure.shown();
    let [low, high] = match shown.map(|figure| figure.interval.decimals()) {
        Some([low, high]) => [Some(low), Some(high)],
        None => [None, None],
    };
    EquityGroupRecord {
        group: reading.group.clone(),
        numerator: shown.map(|figure| figure.ratio.part()),
        denominator: shown.map(|figure| figure.ratio.whole()),
        value: shown.and_then(|figure| figure.ratio.decimal()),
        low,
        high,
        one_less: shown.and_then(|figure| figure.one_less?.decimal()),
        one_more: shown.and_then(|figure| figure.one_more?.decimal()),
        withheld: shown.is_none(),
    }
}
