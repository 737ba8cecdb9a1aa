//! What a sponsor may see of a period, beside what they have seen before.

mod audit;
mod breakdown;
mod choice;
mod health;
mod interval;
mod ledger;
mod members;
mod period;
mod plan;
mod read;
mod sums;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use breakdown::Breakdown;
pub use health::{
    BreakdownRecord, CellRecord, Figure, FigureRecord, PeriodHealth, PeriodReadingRecord,
    PeriodRecord, PublishedBreakdown, PublishedReading,
};
pub use ledger::{Ledger, LedgerError};
pub use period::Period;

use self::ledger::Last;
use self::plan::{Asked, Decided, Plan, Rules, keep_from_telling};
use self::read::{Read, pairing, read};
use super::metric::{Metric, Metrics, Ratio};
use super::{Day, HealthError};
use crate::cadence::Calendar;
use crate::history::History;
use crate::ids::PairingId;
use crate::policy::PluginId;
use crate::privacy::{Cell, Threshold};
use crate::text::{Label, Quoted};

/// Why nothing is released. The ledger is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// The period goes on.
    #[error("the period {period} is not over on {today}")]
    NotOver {
        /// The period.
        period: Period,
        /// The day of the release.
        today: NaiveDate,
    },
    /// Of days in it there has been a release: they are released once, and in order.
    #[error("the period {period} is not all new: figures up to {released_to} are released already")]
    NotAfter {
        /// The period.
        period: Period,
        /// The last day of the latest release.
        released_to: NaiveDate,
    },
    /// Earlier releases went by another threshold; a ledger has one.
    #[error("the ledger has a threshold of {ledger}, not of {asked}")]
    OtherThreshold {
        /// That of the ledger.
        ledger: u32,
        /// That of the release.
        asked: u32,
    },
    /// Two breakdowns of one name.
    #[error("there are two breakdowns named {}", Quoted(.0.as_str()))]
    Twice(Label),
    /// A metric is not one.
    #[error(transparent)]
    Health(#[from] HealthError),
}

/// Publishes readings of closed periods: totals and one-way breakdowns, as a sponsor may see them.
///
/// # What is published
///
/// Of each metric the part and the whole on the last day of the period, exact, for the total and for the cells of each
/// [`Breakdown`]: or nothing ([`Cell::Withheld`], which never says why), or, where a figure was published before, that
/// one with its period. Metrics of people, of proposals or of cohorts have a total only. No crossing of breakdowns is.
///
/// # What is supposed of the reader
///
/// They know everything but the parts: who is in which group, who contributes to a metric (their *members*: those with a whole above
/// nought), the whole of each (where it is the part of another metric, by rule 4 only where that is published), these rules, and all that was ever published. What they must not
/// learn are the parts of few.
///
/// # What is kept
///
/// With a threshold of *k*, of each metric:
///
/// 1. **Nothing rests on few.** No combination of figures ever published, whatever the factors, rests on at least one and
///    fewer than *k* members. Figures with their factors are a vector over all members; those with a factor other than
///    nought are *k* or more, or none. So two periods cannot be subtracted, nor a total less cells, nor women less a
///    unit in which nearly all are women, nor the crossing of two breakdowns worked out for few. It is the exact linear
///    audit over everything published, in whole numbers, and is not sampled.
/// 2. **No cell that is withheld is confined.** For each hidden cell the interval in which its part can lie, given all figures of the
///    release, is at least as long as the smaller of *k* − 1 and its length given the total alone, and never one point: it is never computed
///    exactly. It holds even for somebody who is told the sum of every crossing of published cells; given those, the
///    interval is exact, and every whole number in it is possible. What the total alone leaves is taken as given: 2 of 40 confines
///    every cell by itself, and a rule that withheld the total for that would withhold nearly everything.
/// 3. Fewer than *k* members: withheld, by rule 1. Fewer than 10: the total alone. One cell of a breakdown withheld: a second, too.
/// 4. **No metric tells of another.** One whose figures tell the part of another ([`Metric::tells`]) shows a total or a cell afresh
///    where that one does: as many sessions as feedback is asked for are held. And metrics whose parts add up to what
///    another one shows have totals alone ([`Metric::breaks_down`]): of sessions held, called off and missed, all but one would tell the last.
/// 5. What is not published afresh by 1 to 4 shows its last figure with its period, if it has one of this version and definition of
///    the metric.
///
/// Whatever breaks a rule, the smallest cell that is concerned is withheld, until all hold: in the end the whole breakdown, and the
/// total where its part is nought or all and a cell is hidden (it would tell the part of that). Parts that are nought or all are else published:
/// that all of 30 have met says so of each.
///
/// # What is not
///
/// What is withheld depends, by rule 2, on the parts: somebody who works the rules backwards can tell that a withheld breakdown
/// has parts near nought or near all of a group. A release that did not depend on them would have to be noisy, or empty.
/// Rule 2 is about one release; from several, rule 1 is what holds. Figures are readings on the last day: what was
/// corrected in the history later shows in later figures, for groups of *k* or more.
///
/// Rule 1 is about who is in a figure, and not about what they have done since: of the same members the next figure is published, and
/// **where one of them alone has met since, the difference of the two is theirs**, for whoever knows that. Nor are wholes
/// hidden: those with a budget less those that are open are those that have ended, which is why dropouts have totals alone. And rule 4 is
/// about the metrics of one release: keep to one list of them.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::health::{Breakdown, Ledger, Metrics, Period, Publisher};
/// use reverse_mentoring::testing::Company;
/// use reverse_mentoring::text::Label;
///
/// let company = Company::sample()?;
/// let today = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
/// let unit = |at| Label::new(if at % 2 == 0 { "Sales" } else { "Research" });
/// let pairings = company.history().pairings().enumerate();
/// let labels = pairings.map(|(at, (id, _))| Ok((id, unit(at)?))).collect::<Result<Vec<_>, reverse_mentoring::text::TextError>>()?;
///
/// let mut ledger = Ledger::new();
/// let metrics = Metrics::standard();
/// let publisher = Publisher::new(company.history(), &metrics, today).by(Breakdown::new(Label::new("unit")?, labels));
/// let april = publisher.release(Period::month(2026, 4).unwrap(), &mut ledger)?;
/// // A handful of pairings: no cell of any.
/// let shown = |r: &reverse_mentoring::health::PublishedReading| r.breakdowns.iter().flat_map(|b| &b.cells).any(|(_, c)| c.shown().is_some());
/// assert!(!april.readings.iter().any(shown));
/// assert!(publisher.release(Period::month(2026, 4).unwrap(), &mut ledger).is_err(), "once");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Publisher<'a> {
    history: &'a History,
    metrics: &'a Metrics,
    today: NaiveDate,
    calendar: Calendar,
    threshold: Threshold,
    breakdowns: Vec<Breakdown>,
}

impl<'a> Publisher<'a> {
    /// Of a history, on a day; with no day closed, the default threshold and no breakdown.
    #[must_use]
    pub fn new(history: &'a History, metrics: &'a Metrics, today: NaiveDate) -> Self {
        Self {
            history,
            metrics,
            today,
            calendar: Calendar::OPEN,
            threshold: Threshold::default(),
            breakdowns: Vec::new(),
        }
    }

    /// The same with days on which the programme is closed.
    #[must_use]
    pub fn closed(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// The same with another threshold.
    #[must_use]
    pub const fn threshold(mut self, threshold: Threshold) -> Self {
        self.threshold = threshold;
        self
    }

    /// The same with one more breakdown. Their order changes nothing but that of the answer, and who of two equally
    /// small cells is withheld.
    #[must_use]
    pub fn by(mut self, breakdown: Breakdown) -> Self {
        self.breakdowns.push(breakdown);
        self
    }

    /// What may be published of a period, and the ledger with what was.
    ///
    /// Publish it once it is returned, and store the ledger with it: whatever is in the ledger counts as published.
    ///
    /// # Errors
    ///
    /// [`ReleaseError`]; the ledger is as it was.
    pub fn release(
        &self,
        period: Period,
        ledger: &mut Ledger,
    ) -> Result<PeriodHealth, ReleaseError> {
        self.check(period, ledger)?;
        if let Some(id) = self.metrics.repeated() {
            return Err(HealthError::Twice(id).into());
        }
        let on = period.last();
        let views = Day::new(self.history, &self.calendar, on).units();
        let reads = self.metrics.iter().map(|metric| read(metric, &views));
        let reads = reads.collect::<Result<Vec<Read>, HealthError>>()?;
        // Nothing fails from here on.
        for metric in self.metrics.iter() {
            ledger.define(&metric.id(), metric.definition());
        }
        let started: Vec<PairingId> = views.iter().filter_map(pairing).collect();
        let decided = self.decide(&reads, &started, ledger);
        let mut readings = Vec::new();
        for (metric, decided) in self.metrics.iter().zip(decided) {
            readings.push(publish(metric, decided, &self.breakdowns, period, ledger));
        }
        ledger.note(self.threshold, on);
        Ok(PeriodHealth { period, readings })
    }

    fn check(&self, period: Period, ledger: &Ledger) -> Result<(), ReleaseError> {
        let today = self.today;
        if !period.is_over(today) {
            return Err(ReleaseError::NotOver { period, today });
        }
        if let Some(released_to) = ledger.released_to().filter(|to| *to >= period.first()) {
            return Err(ReleaseError::NotAfter {
                period,
                released_to,
            });
        }
        let asked = self.threshold.pairings();
        if let Some(ledger) = ledger.threshold().filter(|ledger| *ledger != asked) {
            return Err(ReleaseError::OtherThreshold { ledger, asked });
        }
        let mut names = BTreeSet::new();
        let mut twice = self.breakdowns.iter().map(Breakdown::name);
        match twice.find(|name| !names.insert(*name)) {
            Some(name) => Err(ReleaseError::Twice(name.clone())),
            None => Ok(()),
        }
    }

    fn decide<'p>(
        &'p self,
        reads: &'p [Read],
        started: &[PairingId],
        ledger: &Ledger,
    ) -> Vec<Decided<'p>> {
        let least = u64::from(self.threshold.pairings());
        let rules = Rules {
            least,
            enough: started.len() as u64 >= least,
            ledger,
        };
        let plans = self.metrics.iter().zip(reads);
        let plan = |(metric, read)| Plan::new(metric, read, started, &self.breakdowns, rules);
        let mut plans: Vec<_> = plans.map(plan).collect();
        keep_from_telling(&mut plans);
        plans.into_iter().map(Plan::decided).collect()
    }
}

/// What is decided, and the ledger with it.
fn publish(
    metric: &dyn Metric,
    decided: Decided<'_>,
    breakdowns: &[Breakdown],
    period: Period,
    ledger: &mut Ledger,
) -> PublishedReading {
    let id = metric.id();
    let mut total = Cell::Withheld;
    let by = breakdowns.iter().take(decided.breakdowns);
    let by = by.map(|breakdown| PublishedBreakdown {
        by: breakdown.name().clone(),
        cells: Vec::new(),
    });
    let mut by: Vec<PublishedBreakdown> = by.collect();
    for (cell, fresh) in decided.cells {
        if !cell.is_listed() {
            continue;
        }
        let (breakdown, key) = (cell.breakdown, cell.key);
        let figure = figure(&id, decided.read, cell, fresh, period, ledger);
        match (breakdown.and_then(|at| by.get_mut(at)), key) {
            (Some(breakdown), Some((_, label))) => {
                breakdown.cells.push((label.clone(), figure));
            }
            _ => total = figure,
        }
    }
    if decided.enough && decided.read.total.whole() == 0 {
        let ratio = Ratio::NO_DATA;
        total = Cell::Shown(Figure { ratio, period });
    }
    PublishedReading {
        metric: id,
        definition: metric.definition().to_owned(),
        target: metric.target(),
        total,
        breakdowns: by,
    }
}

/// The figure of a cell, afresh or as it was last.
fn figure(
    metric: &PluginId,
    read: &Read,
    cell: Asked<'_>,
    fresh: bool,
    period: Period,
    ledger: &mut Ledger,
) -> Cell<Figure> {
    if fresh {
        // A part of the metric's sum, which is in range.
        let mut ratios = cell.members.iter().filter_map(|unit| read.units.get(unit));
        let sum = ratios.try_fold(Ratio::NO_DATA, |sum, ratio| sum.checked_add(*ratio));
        if let Some(ratio) = sum {
            ledger.put(metric.name(), cell.key, (period, ratio), cell.members);
            return Cell::Shown(Figure { ratio, period });
        }
    }
    let last = ledger.last(metric.name(), cell.key);
    last.and_then(Last::figure)
        .map_or(Cell::Withheld, |(ratio, period)| {
            Cell::Shown(Figure { ratio, period })
        })
}
