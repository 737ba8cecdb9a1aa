//! One figure over several days, as a page shows it: from what coordinators see, or from what is released.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::health::{ProgramHealth, Ratio, SponsorHealth, Target};
use crate::policy::PluginId;
use crate::privacy::Cell;

/// A figure and its course; the last point is that of the page's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) metric: PluginId,
    pub(super) definition: String,
    pub(super) target: Option<Target>,
    /// By day, rising; at least one.
    pub(super) points: Vec<(NaiveDate, Cell<Ratio>)>,
}

impl Series {
    /// The figure on the page's day.
    pub(super) fn now(&self) -> Cell<Ratio> {
        self.points
            .last()
            .map_or(Cell::Withheld, |(_, ratio)| *ratio)
    }
}

/// What both audiences' readings have.
pub(super) trait Readings {
    fn as_of(&self) -> NaiveDate;

    fn each(&self) -> Vec<(PluginId, String, Option<Target>, Cell<Ratio>)>;
}

impl Readings for ProgramHealth {
    fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn each(&self) -> Vec<(PluginId, String, Option<Target>, Cell<Ratio>)> {
        let readings = self.readings.iter();
        let each = readings.map(|r| {
            (
                r.metric.clone(),
                r.definition.clone(),
                r.target,
                Cell::Shown(r.ratio),
            )
        });
        each.collect()
    }
}

impl Readings for SponsorHealth {
    fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn each(&self) -> Vec<(PluginId, String, Option<Target>, Cell<Ratio>)> {
        let readings = self.readings.iter();
        let each = readings.map(|r| (r.metric.clone(), r.definition.clone(), r.target, r.ratio));
        each.collect()
    }
}

/// The readings of a day with their course: a metric of another version is another figure.
pub(super) fn course<R: Readings>(now: &R, earlier: &BTreeMap<NaiveDate, R>) -> Vec<Series> {
    let before = earlier.range(..now.as_of());
    let mut known: BTreeMap<PluginId, Vec<(NaiveDate, Cell<Ratio>)>> = BTreeMap::new();
    for (day, readings) in before {
        for (metric, _, _, ratio) in readings.each() {
            known.entry(metric).or_default().push((*day, ratio));
        }
    }
    let each = now.each().into_iter();
    let series = each.map(|(metric, definition, target, ratio)| {
        let mut points = known.remove(&metric).unwrap_or_default();
        points.push((now.as_of(), ratio));
        Series {
            metric,
            definition,
            target,
            points,
        }
    });
    series.collect()
}
