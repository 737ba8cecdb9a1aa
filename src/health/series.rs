//! Readings over several days, and where they go.

use std::cmp::Ordering;
use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::metric::{Metrics, Ratio};
use super::release::PeriodHealth;
use super::{HealthError, ProgramHealth};
use crate::cadence::Calendar;
use crate::history::History;
use crate::policy::PluginId;

/// Where the readings of a metric go, in the order of their days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Trend {
    /// Up: see [`MetricSeries::trend`].
    Rising,
    /// Down.
    Falling,
    /// Neither.
    Level,
}

impl Trend {
    /// `rising`, `falling` or `level`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::Level => "level",
        }
    }
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One metric on several days.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MetricSeries {
    /// Which metric.
    pub metric: PluginId,
    /// Day and figure, by day, each day once.
    pub points: Vec<(NaiveDate, Ratio)>,
}

impl MetricSeries {
    /// Where it goes: rising, where of all pairs of days with data those on which the later one is higher are more than
    /// those on which it is lower by over half of all pairs (Kendall's τ above ½); falling likewise; else level. `None` with
    /// fewer than three days with data.
    ///
    /// Ratios are compared exactly, however far apart their wholes. It says how steady a way is and not how steep, and is a description, not a test: the limit
    /// is this library's own. Source of the statistic: Kendall, "A New Measure of Rank Correlation", Biometrika 30 (1938).
    #[must_use]
    pub fn trend(&self) -> Option<Trend> {
        let data = self.points.iter().map(|(_, ratio)| *ratio);
        let data: Vec<Ratio> = data.filter(|ratio| ratio.whole() > 0).collect();
        if data.len() < 3 {
            return None;
        }
        let (mut higher, mut lower, mut pairs) = (0u64, 0u64, 0u64);
        for (at, later) in data.iter().enumerate() {
            for earlier in data.iter().take(at) {
                pairs += 1;
                match compared(*later, *earlier) {
                    Ordering::Greater => higher += 1,
                    Ordering::Less => lower += 1,
                    Ordering::Equal => {}
                }
            }
        }
        let half = pairs / 2;
        Some(if higher > lower + half {
            Trend::Rising
        } else if lower > higher + half {
            Trend::Falling
        } else {
            Trend::Level
        })
    }
}

/// Two ratios with data by their value.
fn compared(a: Ratio, b: Ratio) -> Ordering {
    let cross = |part: u64, whole: u64| u128::from(part) * u128::from(whole);
    cross(a.part(), b.whole()).cmp(&cross(b.part(), a.whole()))
}

/// The readings of a programme on several days, in the order of the metrics.
///
/// Its `Display` is a table for people; nobody should parse it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Series {
    /// By metric.
    pub metrics: Vec<MetricSeries>,
}

impl Series {
    /// Reads a history on several days, for its coordinators: days that stand twice count once, their order does not matter.
    ///
    /// Each reading is that of [`ProgramHealth::assess_with`] on its day.
    ///
    /// ```
    /// use chrono::{Days, NaiveDate};
    /// use reverse_mentoring::cadence::Calendar;
    /// use reverse_mentoring::health::{Metrics, Series};
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let first = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
    /// let days = (0..4).map(|n| first + Days::new(28 * n));
    /// let series = Series::read(company.history(), &Metrics::standard(), &Calendar::OPEN, days)?;
    /// assert_eq!(series.of("session_completion").unwrap().points.len(), 4);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`ProgramHealth::assess`].
    pub fn read(
        history: &History,
        metrics: &Metrics,
        calendar: &Calendar,
        days: impl IntoIterator<Item = NaiveDate>,
    ) -> Result<Self, HealthError> {
        let mut days: Vec<NaiveDate> = days.into_iter().collect();
        days.sort_unstable();
        days.dedup();
        let mut series = Self::empty(metrics.iter().map(super::Metric::id));
        for day in days {
            let health = ProgramHealth::assess_with(history, metrics, calendar, day)?;
            for (series, reading) in series.metrics.iter_mut().zip(health.readings) {
                series.points.push((day, reading.ratio));
            }
        }
        Ok(series)
    }

    /// The totals of several releases, for their sponsor: each figure on the last day of its own period, and once, however
    /// often it was repeated. What was withheld is not in it. In the order of the metrics of the first release that has them.
    #[must_use]
    pub fn of_releases<'a>(releases: impl IntoIterator<Item = &'a PeriodHealth>) -> Self {
        let mut series = Self::empty(std::iter::empty());
        for reading in releases.into_iter().flat_map(|release| &release.readings) {
            let figure = reading.total.shown();
            let point = figure.map(|figure| (figure.period.last(), figure.ratio));
            let mut known = series.metrics.iter_mut();
            match known.find(|known| known.metric == reading.metric) {
                Some(known) => known.points.extend(point),
                None => series.metrics.push(MetricSeries {
                    metric: reading.metric.clone(),
                    points: point.into_iter().collect(),
                }),
            }
        }
        for known in &mut series.metrics {
            known.points.sort_by_key(|(day, _)| *day);
            known.points.dedup_by_key(|(day, _)| *day);
        }
        series
    }

    /// One metric by name.
    #[must_use]
    pub fn of(&self, metric: &str) -> Option<&MetricSeries> {
        self.metrics.iter().find(|s| s.metric.name() == metric)
    }

    fn empty(metrics: impl Iterator<Item = PluginId>) -> Self {
        let points = Vec::new;
        let metrics = metrics.map(|metric| MetricSeries {
            metric,
            points: points(),
        });
        Self {
            metrics: metrics.collect(),
        }
    }
}
