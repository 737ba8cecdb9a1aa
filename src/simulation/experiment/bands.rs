//! Where the replicates of one scenario lie, week by week.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::provenance::Provenance;
use super::replicates::{Replicate, Replicates};
use super::scenario::Scenario;
use crate::health::Ratio;
use crate::simulation::{Measure, SimulationError};

/// Thousandths of a share, and how often each came up.
type Histogram = BTreeMap<u16, u32>;

/// Where the replicates of a scenario lie, on every day on which a week ends.
///
/// As large as the weeks and the measures, however many replicates there are: shares are rounded to a thousandth and counted.
///
/// Serialises as its [`Provenance`], what it rests on, and the bands of every measure by day, in thousandths.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(from = "Wire<'static>", into = "Wire<'static>")
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    of: Provenance,
    replicates: u64,
    finished: bool,
    entries: u64,
    /// By day, in the order of the measures.
    weeks: BTreeMap<NaiveDate, Vec<Histogram>>,
}

/// Three shares of which a part of the replicates is at or below, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Band {
    /// One in twenty.
    pub low: u16,
    /// One in two.
    pub middle: u16,
    /// Nineteen in twenty.
    pub high: u16,
    /// How many replicates had data.
    pub replicates: u32,
}

impl Band {
    /// Of any shares, one a replicate; those without data are left out, and of none there is no band.
    ///
    /// ```
    /// use reverse_mentoring::health::Ratio;
    /// use reverse_mentoring::simulation::experiment::Band;
    ///
    /// let band = Band::of((0..=100).filter_map(|percent| Ratio::new(percent, 100))).unwrap();
    /// assert_eq!((band.low, band.middle, band.high), (50, 500, 950));
    /// assert_eq!(Band::of([Ratio::NO_DATA]), None);
    /// ```
    #[must_use]
    pub fn of(shares: impl IntoIterator<Item = Ratio>) -> Option<Self> {
        let mut histogram = Histogram::new();
        for share in shares.into_iter().filter_map(thousandths) {
            *histogram.entry(share).or_default() += 1;
        }
        band(&histogram)
    }
}

/// A share in thousandths, halves up.
fn thousandths(ratio: Ratio) -> Option<u16> {
    let (part, whole) = (u128::from(ratio.part()), u128::from(ratio.whole()));
    let share = (2000 * part + whole).checked_div(2 * whole)?;
    u16::try_from(share).ok()
}

impl Bands {
    /// Plays replicates of a scenario. `watch` is told how many are done; breaking hands back those.
    ///
    /// # Errors
    ///
    /// [`SimulationError`].
    pub fn of(
        scenario: &Scenario<'_>,
        replicates: &Replicates,
        mut watch: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Self, SimulationError> {
        let mut bands = Self {
            of: scenario.provenance(),
            replicates: 0,
            finished: false,
            entries: 0,
            weeks: BTreeMap::new(),
        };
        bands.finished = replicates.each(std::slice::from_ref(scenario), |played| {
            for replicate in played {
                bands.add(replicate);
            }
            watch(bands.replicates)
        })?;
        Ok(bands)
    }

    fn add(&mut self, replicate: &Replicate) {
        self.replicates += 1;
        self.entries += replicate.entries;
        for week in &replicate.weeks {
            let measures = Measure::ALL.len();
            let known = self.weeks.entry(week.date);
            let known = known.or_insert_with(|| vec![Histogram::new(); measures]);
            for (histogram, measure) in known.iter_mut().zip(Measure::ALL) {
                if let Some(share) = thousandths(week.measured.of(*measure)) {
                    *histogram.entry(share).or_default() += 1;
                }
            }
        }
    }

    /// The scenario.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.of.name
    }

    /// What was played.
    #[must_use]
    pub const fn provenance(&self) -> &Provenance {
        &self.of
    }

    /// Whether all replicates that were asked for were played.
    #[must_use]
    pub const fn finished(&self) -> bool {
        self.finished
    }

    /// How many were played.
    #[must_use]
    pub const fn replicates(&self) -> u64 {
        self.replicates
    }

    /// How many entries the gate let through in all of them.
    #[must_use]
    pub const fn entries(&self) -> u64 {
        self.entries
    }

    /// One measure on every day; `None` where no replicate had data on a day.
    pub fn of_measure(&self, measure: Measure) -> impl Iterator<Item = (NaiveDate, Option<Band>)> {
        self.weeks.iter().map(move |(day, histograms)| {
            let histogram = histograms.get(measure as usize);
            (*day, histogram.and_then(band))
        })
    }

    /// One measure on the last day.
    #[must_use]
    pub fn at_the_end(&self, measure: Measure) -> Option<Band> {
        self.of_measure(measure).last().and_then(|(_, band)| band)
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Wire<'a> {
    unit: &'static str,
    of: &'a Provenance,
    replicates: u64,
    finished: bool,
    entries: u64,
    /// By measure; the days are those of the weeks' ends and the last.
    measures: BTreeMap<&'static str, Vec<Day>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Day {
    day: NaiveDate,
    band: Option<Band>,
}

impl Serialize for Bands {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let course = |measure| {
            let days = self.of_measure(measure);
            days.map(|(day, band)| Day { day, band }).collect()
        };
        let measures = Measure::ALL.iter().map(|m| (m.as_str(), course(*m)));
        Wire {
            unit: "thousandths of the whole",
            of: &self.of,
            replicates: self.replicates,
            finished: self.finished,
            entries: self.entries,
            measures: measures.collect(),
        }
        .serialize(serializer)
    }
}

/// The least share at or below which so many of twenty are.
fn quantile(histogram: &Histogram, all: u64, of_twenty: u64) -> Option<u16> {
    let mut below = 0;
    let mut shares = histogram.iter();
    let found = shares.find(|(_, count)| {
        below += u64::from(**count);
        20 * below >= of_twenty * all
    });
    found.map(|(share, _)| *share)
}

fn band(histogram: &Histogram) -> Option<Band> {
    let all: u64 = histogram.values().copied().map(u64::from).sum();
    Some(Band {
        low: quantile(histogram, all, 1)?,
        middle: quantile(histogram, all, 10)?,
        high: quantile(histogram, all, 19)?,
        replicates: u32::try_from(all).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_a_hundred_by_hand() {
        let hundred: Histogram = (1..=100).map(|share| (share, 1)).collect();
        let band = band(&hundred).unwrap();
        assert_eq!((band.low, band.middle, band.high), (5, 50, 95));
        assert_eq!(band.replicates, 100);
        assert_eq!(super::band(&Histogram::new()), None);
        assert_eq!(thousandths(Ratio::NO_DATA), None);
        assert_eq!(thousandths(Ratio::new(1, 2000).unwrap()), Some(1));
        assert_eq!(thousandths(Ratio::new(1, 2001).unwrap()), Some(0));
    }
}
