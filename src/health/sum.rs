//! A metric added up, unit by unit.

use super::metric::{Contribution, Metric, Metrics, Ratio, UnitKind, UnitView};
use super::{HealthError, Reading};

/// What some units add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Total {
    ratio: Ratio,
    contributors: u64,
}

impl Total {
    const NOTHING: Self = Self {
        ratio: Ratio::NO_DATA,
        contributors: 0,
    };

    pub(super) fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            ratio: self.ratio.checked_add(other.ratio)?,
            // As many as there are in memory, at most.
            contributors: self.contributors.saturating_add(other.contributors),
        })
    }

    pub(super) fn reading(self, metric: &dyn Metric) -> Reading {
        Reading {
            metric: metric.id(),
            definition: metric.definition().to_owned(),
            target: metric.target(),
            ratio: self.ratio,
            contributors: self.contributors,
        }
    }
}

/// A metric and what it adds up to so far. The first thing that is wrong stays, and nothing is added after it.
pub(super) struct Sum<'m> {
    metric: &'m dyn Metric,
    total: Total,
    wrong: Option<HealthError>,
}

impl<'m> Sum<'m> {
    /// Every metric, with nothing yet.
    pub(super) fn all(metrics: &'m Metrics) -> Vec<Self> {
        let new = |metric| Self {
            metric,
            total: Total::NOTHING,
            wrong: None,
        };
        metrics.iter().map(new).collect()
    }

    /// Those of metrics that units of one of these kinds contribute to.
    pub(super) fn that_concern<'s>(sums: &'s mut [Self], kinds: &[UnitKind]) -> Vec<&'s mut Self> {
        let concerns = |sum: &&mut Self| kinds.iter().any(|kind| sum.metric.concerns(*kind));
        sums.iter_mut().filter(concerns).collect()
    }

    /// Those of metrics that pairings contribute to, before their start or after it.
    pub(super) fn of_pairings(sums: &mut [Self]) -> Vec<&mut Self> {
        Self::that_concern(sums, &[UnitKind::Pairing, UnitKind::Proposal])
    }

    pub(super) fn add(&mut self, unit: &UnitView<'_>) {
        let Some(Contribution { part, whole }) = self.metric.contribute(unit) else {
            return;
        };
        if self.wrong.is_some() {
            return;
        }
        let Some(ratio) = Ratio::new(part, whole) else {
            self.wrong = Some(HealthError::PartAboveWhole {
                metric: self.metric.id(),
                part,
                whole,
            });
            return;
        };
        let contributors = u64::from(whole > 0);
        let more = Total {
            ratio,
            contributors,
        };
        self.take(more);
    }

    /// Adds what units that come after these add up to.
    pub(super) fn append(&mut self, later: Self) {
        if self.wrong.is_some() {
            return;
        }
        self.wrong = later.wrong;
        self.take(later.total);
    }

    fn take(&mut self, more: Total) {
        match self.total.checked_add(more) {
            Some(total) => self.total = total,
            None => self.wrong = Some(HealthError::Overflow(self.metric.id())),
        }
    }

    /// What each adds up to, in order; all begin anew.
    ///
    /// # Errors
    ///
    /// What was wrong first with the first that has something wrong.
    pub(super) fn totals(sums: &mut [Self]) -> Result<Vec<Total>, HealthError> {
        let each = sums.iter_mut().map(|sum| match sum.wrong.take() {
            Some(wrong) => Err(wrong),
            None => Ok(std::mem::replace(&mut sum.total, Total::NOTHING)),
        });
        each.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::Metrics;

    fn sum(metric: &dyn Metric, part: u64, whole: u64, wrong: Option<HealthError>) -> Sum<'_> {
        let total = Total {
            ratio: Ratio::new(part, whole).unwrap(),
            contributors: 1,
        };
        Sum {
            metric,
            total,
            wrong,
        }
    }

    /// What is wrong first is what is said, wherever the people were cut into parts.
    #[test]
    fn parts_add_up_until_something_is_wrong() {
        let metrics = Metrics::standard();
        let metric = metrics.iter().next().unwrap();
        let wrong = |part| HealthError::PartAboveWhole {
            metric: metric.id(),
            part,
            whole: 1,
        };
        let said = |before: Sum<'_>, later| {
            let mut sums = [before];
            sums[0].append(later);
            Sum::totals(&mut sums).map(|totals| (totals[0].ratio, totals[0].contributors))
        };
        let ok = |part, whole| sum(metric, part, whole, None);
        let bad = |part| sum(metric, 0, 1, Some(wrong(part)));
        let both = (Ratio::new(4, 9).unwrap(), 2);
        assert_eq!(said(ok(1, 4), ok(3, 5)), Ok(both));
        assert_eq!(said(bad(2), ok(3, 5)), Err(wrong(2)));
        assert_eq!(said(ok(1, 4), bad(3)), Err(wrong(3)));
        assert_eq!(said(bad(2), bad(3)), Err(wrong(2)));
        let much = said(ok(0, u64::MAX), ok(0, 1));
        assert_eq!(much, Err(HealthError::Overflow(metric.id())));
    }
}
