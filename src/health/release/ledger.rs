//! What has been released so far.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::period::Period;
use crate::health::metric::Ratio;
use crate::policy::PluginId;
use crate::privacy::Threshold;
use crate::text::{Label, Quoted};

/// What has been released of a programme, for the releases to come: which pairings or people each published figure rested
/// on, and the last figure of each cell.
///
/// Plain data that the host keeps beside the journal, and hands to every release; a programme whose ledger is lost should not release cells
/// again. It holds **ids and figures, no names but labels**. The ids are plain: whoever could read a hash of
/// them has the journal too, in which they stand, and a hash would hide nothing from them. It is for the host and no
/// sponsor. A set of ids is kept once, however many figures rest on it.
///
/// Erasing somebody leaves it as it is: ids stay, as in the journal, since without them their figure could be told from
/// two releases.
///
/// ```
/// use reverse_mentoring::health::Ledger;
///
/// let ledger = Ledger::new();
/// let stored = serde_json::to_string(&ledger)?;
/// assert_eq!(serde_json::from_str::<Ledger>(&stored)?, ledger);
/// assert!(serde_json::from_str::<Ledger>(&stored.replace("[]", "[[]]")).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
// INVARIANT (ledger): sets are sorted, distinct and not empty; every index points at one; part <= whole; no figure is of a day after `latest`. Kept by `put`, `note`
// and `try_from`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Stored")]
pub struct Ledger {
    /// The threshold of all its releases, and the last day of the latest.
    latest: Option<Latest>,
    sets: Vec<Vec<Uuid>>,
    metrics: BTreeMap<String, Published>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Latest {
    #[cfg_attr(feature = "schema", schemars(range(min = 3)))]
    threshold: u32,
    last: NaiveDate,
}

/// What is out of one metric.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Published {
    /// Of which version and definition the last figures are. What the sets rest on are people, whatever is read of them.
    version: u16,
    definition: String,
    /// Everything that a figure ever rested on, by index.
    sets: BTreeSet<usize>,
    /// The total's last figure.
    total: Option<Last>,
    /// The last figure of every cell, by breakdown and label.
    cells: BTreeMap<Label, BTreeMap<Label, Last>>,
}

/// The last figure of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Last {
    period: Period,
    part: u64,
    whole: u64,
    set: usize,
}

impl Last {
    /// The figure and its period.
    pub(super) fn figure(self) -> Option<(Ratio, Period)> {
        Some((Ratio::new(self.part, self.whole)?, self.period))
    }
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Stored {
    latest: Option<Latest>,
    #[cfg_attr(feature = "schema", schemars(inner(length(min = 1)), extend("uniqueItems" = true)))]
    sets: Vec<Vec<Uuid>>,
    metrics: BTreeMap<String, Published>,
}

/// A stored ledger that no release has written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// A threshold under three.
    #[error("a ledger with a threshold of {0}")]
    Threshold(u32),
    /// A set that is empty, or not in order.
    #[error("set {0} of the ledger is not a rising list of ids")]
    Set(usize),
    /// A set that there is twice.
    #[error("set {0} of the ledger is there twice")]
    Twice(usize),
    /// A figure that rests on a set that there is not, or that is no part of its whole.
    #[error("a figure of {} in the ledger is none", Quoted(.0))]
    Figure(String),
    /// Figures of days to which, as it says, nothing is released: the threshold and the order of releases hang on that day.
    #[error("the ledger has figures from after the day to which they are released")]
    ReleasedTo,
}

impl TryFrom<Stored> for Ledger {
    type Error = LedgerError;

    fn try_from(stored: Stored) -> Result<Self, LedgerError> {
        if let Some(Latest { threshold, .. }) = stored.latest {
            Threshold::new(threshold).map_err(|low| LedgerError::Threshold(low.0))?;
        }
        let mut known = BTreeSet::new();
        for (at, set) in stored.sets.iter().enumerate() {
            if set.is_empty() || !set.is_sorted_by(|a, b| a < b) {
                return Err(LedgerError::Set(at));
            }
            if !known.insert(set) {
                return Err(LedgerError::Twice(at));
            }
        }
        for (metric, published) in &stored.metrics {
            let cells = published.cells.values().flat_map(BTreeMap::values);
            let sound = cells
                .chain(&published.total)
                .all(|last| last.part <= last.whole && published.sets.contains(&last.set));
            if !sound || published.sets.iter().any(|&set| set >= stored.sets.len()) {
                return Err(LedgerError::Figure(metric.clone()));
            }
        }
        let cells = stored.metrics.values().flat_map(|published| {
            let cells = published.cells.values().flat_map(BTreeMap::values);
            cells.chain(&published.total)
        });
        let known = stored.latest.map(|latest| latest.last);
        let later = cells.map(|last| Some(last.period.last())).max() > Some(known);
        if later || known.is_none() && !stored.sets.is_empty() {
            return Err(LedgerError::ReleasedTo);
        }
        Ok(Self {
            latest: stored.latest,
            sets: stored.sets,
            metrics: stored.metrics,
        })
    }
}

/// Of which cell: breakdown and label, or the total.
pub(super) type Key<'a> = Option<(&'a Label, &'a Label)>;

impl Ledger {
    /// Of a programme of which nothing has been released.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The last day of the latest period of which there was a release.
    #[must_use]
    pub fn released_to(&self) -> Option<NaiveDate> {
        self.latest.map(|latest| latest.last)
    }

    /// The threshold by which all its releases went.
    #[must_use]
    pub fn threshold(&self) -> Option<u32> {
        self.latest.map(|latest| latest.threshold)
    }

    pub(super) fn note(&mut self, threshold: Threshold, last: NaiveDate) {
        let threshold = threshold.pairings();
        self.latest = Some(Latest { threshold, last });
    }

    /// What a metric is from here on. Where it was something else, its last figures are nothing to repeat any more: one would
    /// stand under a definition that it is not of.
    pub(super) fn define(&mut self, metric: &PluginId, definition: &str) {
        let published = self.metrics.entry(metric.name().to_owned()).or_default();
        if (published.version, published.definition.as_str()) != (metric.version(), definition) {
            published.version = metric.version();
            definition.clone_into(&mut published.definition);
            published.total = None;
            published.cells.clear();
        }
    }

    /// The sets of a metric that are out.
    pub(super) fn sets(&self, metric: &str) -> impl Iterator<Item = &[Uuid]> {
        let indices = self.metrics.get(metric).into_iter().flat_map(|p| &p.sets);
        indices.filter_map(|&at| self.sets.get(at).map(Vec::as_slice))
    }

    /// The last figure of a cell.
    pub(super) fn last(&self, metric: &str, key: Key<'_>) -> Option<Last> {
        let published = self.metrics.get(metric)?;
        match key {
            None => published.total,
            Some((breakdown, label)) => published.cells.get(breakdown)?.get(label).copied(),
        }
    }

    /// What the last figure of a cell rested on.
    pub(super) fn last_set(&self, metric: &str, key: Key<'_>) -> &[Uuid] {
        let last = self
            .last(metric, key)
            .and_then(|last| self.sets.get(last.set));
        last.map(Vec::as_slice).unwrap_or_default()
    }

    /// Takes in a figure; the set is in order.
    pub(super) fn put(
        &mut self,
        metric: &str,
        key: Key<'_>,
        (period, ratio): (Period, Ratio),
        set: Vec<Uuid>,
    ) {
        let known = self.sets.iter().position(|known| *known == set);
        let set = known.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        let published = self.metrics.entry(metric.to_owned()).or_default();
        published.sets.insert(set);
        let last = Last {
            period,
            part: ratio.part(),
            whole: ratio.whole(),
            set,
        };
        match key {
            None => published.total = Some(last),
            Some((breakdown, label)) => {
                let cells = published.cells.entry(breakdown.clone()).or_default();
                cells.insert(label.clone(), last);
            }
        }
    }
}
