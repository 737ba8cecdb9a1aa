//! One figure over several days, as a page shows it: from what coordinators see, or from what is published.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::health::{Period, PeriodHealth, ProgramHealth, Ratio, Target};
use crate::policy::PluginId;
use crate::privacy::Cell;

/// A figure and its course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) metric: PluginId,
    pub(super) definition: String,
    pub(super) target: Option<Target>,
    /// By day, rising; at least one.
    pub(super) points: Vec<(NaiveDate, Cell<Ratio>)>,
    /// The figure of the page.
    pub(super) now: Cell<Ratio>,
    /// Of which period it is, where that is an earlier one than the page's.
    pub(super) repeated: Option<Period>,
}

/// The readings of a day with their course: a metric of another version is another figure.
pub(super) fn assessed(
    now: &ProgramHealth,
    earlier: &BTreeMap<NaiveDate, ProgramHealth>,
) -> Vec<Series> {
    let mut known: BTreeMap<&PluginId, Vec<(NaiveDate, Cell<Ratio>)>> = BTreeMap::new();
    for health in earlier.range(..now.as_of).map(|(_, health)| health) {
        for reading in &health.readings {
            let point = (health.as_of, Cell::Shown(reading.ratio));
            known.entry(&reading.metric).or_default().push(point);
        }
    }
    let series = now.readings.iter().map(|reading| {
        let mut points = known.remove(&reading.metric).unwrap_or_default();
        points.push((now.as_of, Cell::Shown(reading.ratio)));
        Series {
            metric: reading.metric.clone(),
            definition: reading.definition.clone(),
            target: reading.target,
            points,
            now: Cell::Shown(reading.ratio),
            repeated: None,
        }
    });
    series.collect()
}

/// The totals of a release with their course: each figure on the last day of its own period, and once, however often it
/// was repeated.
pub(super) fn published(
    now: &PeriodHealth,
    earlier: &BTreeMap<NaiveDate, PeriodHealth>,
) -> Vec<Series> {
    let page = now.period;
    let mut known: BTreeMap<&PluginId, BTreeMap<NaiveDate, Cell<Ratio>>> = BTreeMap::new();
    let earlier = earlier.range(..page.last()).map(|(_, release)| release);
    for release in earlier.chain([now]) {
        for reading in &release.readings {
            let (day, ratio) = match reading.total {
                Cell::Shown(figure) => (figure.period.last(), Cell::Shown(figure.ratio)),
                Cell::Withheld => (release.period.last(), Cell::Withheld),
            };
            known.entry(&reading.metric).or_default().insert(day, ratio);
        }
    }
    let series = now.readings.iter().map(|reading| {
        let points = known.remove(&reading.metric).unwrap_or_default();
        let figure = reading.total.shown();
        Series {
            metric: reading.metric.clone(),
            definition: reading.definition.clone(),
            target: reading.target,
            points: points.into_iter().collect(),
            now: figure.map_or(Cell::Withheld, |figure| Cell::Shown(figure.ratio)),
            repeated: figure.map(|f| f.period).filter(|period| *period != page),
        }
    });
    series.collect()
}
