//! How matching, waiting, completing and dropping out spread over reporting groups: counts and exact intervals, and no
//! verdict.
//!
//! It knows of no other reading: shares of two days can be subtracted, so they are worked out for closed periods, a quarter or more apart,
//! and not for every day that somebody asks.

mod groups;
mod measure;
mod record;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

pub use groups::ReportingGroups;
pub use measure::EquityMeasure;
pub use record::{EquityGroupRecord, EquityMeasureRecord, EquityRecord};

use super::interval::Interval;
use super::metric::Ratio;
use crate::history::History;
use crate::privacy::{Cell, Threshold};
use crate::text::{Label, shown};

/// From how many people on a group has a figure, and how long is long. Every value is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EquityPolicy {
    /// The smallest group of people that is shown.
    pub threshold: Threshold,
    /// Days after which somebody counts as having waited long.
    pub wait_days: u16,
}

/// Five people, and 21 days: as long as a pairing is [stuck](super::LadderDays::stuck) in a stage.
impl Default for EquityPolicy {
    fn default() -> Self {
        Self {
            threshold: Threshold::default(),
            wait_days: 21,
        }
    }
}

/// The four shares of each reporting group on a day.
///
/// Units are people: everybody who enrolled by the day, each once in a share, in the group that they are in; people of no
/// stated group are one of their own. What a share is, [`EquityMeasure`] says.
///
/// A group of fewer people than the threshold has no figure, whoever asks, and a [withheld](Cell::Withheld) one does not
/// say why. Where the groups that are too small could be computed from a total, since they are one group or fewer people
/// than the threshold together, the next smallest are withheld with them.
///
/// What is here are counts, intervals and what one person changes. There is no verdict, and none should be drawn from a
/// share alone: groups differ in when they enrolled, in what they offer and whom they may be paired with. Whoever knows who
/// of all dropped out may learn a group from a count; show it to those who do not see the pairings.
///
/// ```
/// use chrono::{Days, NaiveDate};
/// use reverse_mentoring::health::{EquityMeasure, EquityPolicy, EquityReadings, ReportingGroups};
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let today = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(100);
/// let groups = ReportingGroups::of(company.roster());
/// let readings = EquityReadings::read(company.history(), &groups, EquityPolicy::default(), today);
///
/// let matched = readings.measure(EquityMeasure::Match);
/// let early = matched[0].figure.shown().unwrap();
/// assert_eq!((early.ratio.part(), early.ratio.whole()), (3, 5)); // di and eli were in no pairing
/// assert_eq!(early.interval.to_string(), "14.66–94.73 %");
/// // One person is a fifth of them.
/// assert_eq!(early.one_less.unwrap().percent().as_deref(), Some("40.0 %"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its `Display` is a table for people; nobody should parse it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EquityReadings {
    /// The day.
    pub as_of: NaiveDate,
    /// By what they were read.
    pub policy: EquityPolicy,
    /// Each measure with its groups, by group, people of none last.
    pub measures: Vec<(EquityMeasure, Vec<GroupReading>)>,
}

/// One share of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupReading {
    /// Which group; `None` for people of no stated one.
    pub group: Option<Label>,
    /// The figure, unless it is withheld.
    pub figure: Cell<GroupFigure>,
}

/// A share with its interval, and what one person changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupFigure {
    /// The counts.
    pub ratio: Ratio,
    /// Where the share behind them lies.
    pub interval: Interval,
    /// The share, had one person of the part gone the other way; `None` where there is none.
    pub one_less: Option<Ratio>,
    /// The share, had one person of the rest gone the other way; `None` where there is none.
    pub one_more: Option<Ratio>,
}

impl GroupFigure {
    fn of(ratio: Ratio) -> Option<Self> {
        let (part, whole) = (ratio.part(), ratio.whole());
        let less = part.checked_sub(1);
        Some(Self {
            ratio,
            interval: Interval::of_share(ratio)?,
            one_less: less.and_then(|part| Ratio::new(part, whole)),
            one_more: Ratio::new(part + 1, whole),
        })
    }
}

impl EquityReadings {
    /// Reads the four shares of each group on a day.
    #[must_use]
    pub fn read(
        history: &History,
        groups: &ReportingGroups,
        policy: EquityPolicy,
        as_of: NaiveDate,
    ) -> Self {
        let people = measure::people(history, policy.wait_days, as_of);
        let measures = EquityMeasure::ALL.into_iter().map(|measure| {
            let mut sums: BTreeMap<Option<&Label>, Ratio> = BTreeMap::new();
            for (person, lot) in &people {
                let sum = sums.entry(groups.group(*person)).or_insert(Ratio::NO_DATA);
                let one = measure.of(lot).map(|yes| Ratio::new(u64::from(yes), 1));
                // People are fewer than a count can hold.
                *sum = one
                    .flatten()
                    .and_then(|one| sum.checked_add(one))
                    .unwrap_or(*sum);
            }
            (measure, readings(&sums, policy.threshold))
        });
        Self {
            as_of,
            policy,
            measures: measures.collect(),
        }
    }

    /// The groups of one measure.
    #[must_use]
    pub fn measure(&self, measure: EquityMeasure) -> &[GroupReading] {
        let found = self.measures.iter().find(|(m, _)| *m == measure);
        found.map_or(&[], |(_, groups)| groups)
    }
}

/// Withholds what is too small, and what would give it away.
fn readings(sums: &BTreeMap<Option<&Label>, Ratio>, threshold: Threshold) -> Vec<GroupReading> {
    let least = u64::from(threshold.pairings());
    let mut sizes: Vec<(u64, Option<&Label>)> = sums.iter().map(|(g, r)| (r.whole(), *g)).collect();
    sizes.sort_unstable();
    let (mut people, mut largest) = (0_u64, None);
    for (size, group) in sizes {
        // One group alone is among them: it is smaller than the threshold. Nobody at all hides nobody else.
        let alone = people > 0 && people < least;
        if size >= least && !alone {
            break;
        }
        people += size;
        largest = Some((size, group));
    }
    let is_hidden = |size: u64, group: Option<&Label>| largest >= Some((size, group));
    let groups = sums.iter().map(|(group, ratio)| {
        let figure = GroupFigure::of(*ratio).filter(|_| !is_hidden(ratio.whole(), *group));
        GroupReading {
            group: group.cloned(),
            figure: figure.map_or(Cell::Withheld, Cell::Shown),
        }
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by(|a, b| (a.group.is_none(), &a.group).cmp(&(b.group.is_none(), &b.group)));
    groups
}

impl fmt::Display for EquityReadings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "shares by reporting group on {}, with 95 % intervals; no verdict; long is over {} days",
            self.as_of, self.policy.wait_days
        )?;
        for (measure, groups) in &self.measures {
            writeln!(f, "  {}: {}", measure.as_str(), measure.definition())?;
            for reading in groups {
                let group = reading.group.as_ref();
                let group = group.map_or_else(|| "(none stated)".to_owned(), |g| shown(g.as_str()));
                let Cell::Shown(figure) = reading.figure else {
                    writeln!(f, "    {group:<20} withheld")?;
                    continue;
                };
                let ratio = figure.ratio;
                let percent = ratio.percent().unwrap_or_default();
                let counts = format!("{} / {}", ratio.part(), ratio.whole());
                let others = [figure.one_less, figure.one_more];
                let others = others.into_iter().flatten().filter_map(Ratio::percent);
                let others: Vec<String> = others.collect();
                writeln!(
                    f,
                    "    {group:<20} {percent:>8}  {counts:>11}  {:>16}  one person more or less: {}",
                    figure.interval,
                    others.join(", ")
                )?;
            }
        }
        Ok(())
    }
}
