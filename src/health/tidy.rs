//! Health as tidy rows: one for each figure, total or cell, and one for each pairing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::metric::Ratio;
use super::status::PairingStatus;
use super::tidy_wire::FigureWire;
use super::{Figure, Period, PeriodHealth, ProgramHealth, SponsorHealth};
use crate::ids::PairingId;
use crate::policy::PluginId;
use crate::privacy::{Audience, Cell};

/// One figure of one day, flat: a row for a data frame or a spreadsheet.
///
/// Rows of several days, audiences and programmes can stand in one file. With the feature `tables`, `tables` writes them
/// as CSV. A programme's own figures come from [`ProgramHealth::figure_rows`], which has totals alone; those of a sponsor, by
/// unit or group, too, from [`PeriodHealth::figure_rows`].
///
/// | column | what it holds | empty |
/// |---|---|---|
/// | `as_of` | the day of the reading; of a release, the last day of its period | never |
/// | `audience` | `coordinator` or `sponsor` | never |
/// | `metric` | the metric's name; two versions of one have one name | never |
/// | `breakdown` | by what it is broken down, such as `unit` | for the whole programme |
/// | `group` | the label of the cell, such as `Sales` | for the whole programme |
/// | `numerator` | the part | withheld |
/// | `denominator` | the whole; 0 where there are no data | withheld |
/// | `value` | part by whole, four decimals, halves rounded up | withheld, or no data |
/// | `withheld` | `true` where the three before are empty because they are withheld, which never says why | never |
/// | `repeated_from` | the last day of the period of which the figure is | it is of `as_of`, or withheld |
///
/// Whoever plots a series takes the rows without `repeated_from`: the others are figures of rows before them.
///
/// A row that is read back is refused where its cells cannot all be: a figure that is withheld and shown, a part over its
/// whole, a `value` that is not part by whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "FigureWire")]
#[non_exhaustive]
pub struct FigureRow {
    /// The day.
    pub as_of: NaiveDate,
    /// Whom it is for.
    pub audience: Audience,
    /// The metric's name.
    pub metric: String,
    /// By what the figure is broken down; `None` for that of the whole programme.
    pub breakdown: Option<String>,
    /// Of which group of the breakdown.
    pub group: Option<String>,
    /// The part; `None` where it is withheld.
    pub numerator: Option<u64>,
    /// The whole; `None` where it is withheld.
    pub denominator: Option<u64>,
    /// Four decimals; `None` where it is withheld, and without data.
    pub value: Option<String>,
    /// Whether the three above are `None` because they are withheld.
    pub withheld: bool,
    /// Where an earlier figure is repeated, the last day of its period.
    pub repeated_from: Option<NaiveDate>,
}

impl FigureRow {
    /// The names of the columns, in the order of the fields.
    pub const COLUMNS: [&'static str; 10] = [
        "as_of",
        "audience",
        "metric",
        "breakdown",
        "group",
        "numerator",
        "denominator",
        "value",
        "withheld",
        "repeated_from",
    ];

    fn total(as_of: NaiveDate, audience: Audience, metric: &PluginId, ratio: Cell<Ratio>) -> Self {
        let shown = ratio.shown();
        Self {
            as_of,
            audience,
            metric: metric.name().to_owned(),
            breakdown: None,
            group: None,
            numerator: shown.map(|r| r.part()),
            denominator: shown.map(|r| r.whole()),
            value: shown.and_then(|r| r.decimal()),
            withheld: shown.is_none(),
            repeated_from: None,
        }
    }

    fn published(period: Period, metric: &PluginId, cell: &Cell<Figure>) -> Self {
        let figure = cell.shown();
        let ratio = figure.map_or(Cell::Withheld, |figure| Cell::Shown(figure.ratio));
        let earlier = figure.filter(|figure| figure.period != period);
        Self {
            repeated_from: earlier.map(|figure| figure.period.last()),
            ..Self::total(period.last(), Audience::Sponsor, metric, ratio)
        }
    }
}

/// One pairing on one day, flat; for coordinators alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PairingRow {
    /// The day.
    pub as_of: NaiveDate,
    /// Its name.
    pub pairing: String,
    /// How it goes.
    pub status: PairingStatus,
    /// Why, as stable codes with `;` between them.
    pub reasons: String,
    /// Sessions held.
    pub held: u32,
    /// The day of the last one.
    pub last_held: Option<NaiveDate>,
    /// Days since then, or since the start.
    pub days_since: i64,
    /// The longest stretch without a session.
    pub longest_gap_days: i64,
}

impl PairingRow {
    /// The names of the columns, in the order of the fields.
    pub const COLUMNS: [&'static str; 8] = [
        "as_of",
        "pairing",
        "status",
        "reasons",
        "held",
        "last_held",
        "days_since",
        "longest_gap_days",
    ];
}

impl ProgramHealth {
    /// A row for each figure, by name of the metric.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::health::{Metrics, ProgramHealth};
    /// use reverse_mentoring::history::History;
    ///
    /// let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
    /// let rows = ProgramHealth::assess(&History::new(), &Metrics::standard(), day)?.figure_rows();
    /// let active = rows.iter().find(|row| row.metric == "active_pairs").unwrap();
    /// // No data, which is neither withheld nor zero.
    /// assert_eq!((active.denominator, &active.value, active.withheld), (Some(0), &None, false));
    /// # Ok::<(), reverse_mentoring::health::HealthError>(())
    /// ```
    #[must_use]
    pub fn figure_rows(&self) -> Vec<FigureRow> {
        let rows = self.readings.iter().map(|r| {
            let ratio = Cell::Shown(r.ratio);
            FigureRow::total(self.as_of, Audience::Coordinator, &r.metric, ratio)
        });
        sorted(rows)
    }

    /// A row for each pairing, by the name that the host gives it.
    #[must_use]
    pub fn pairing_rows(&self, name: impl Fn(PairingId) -> String) -> Vec<PairingRow> {
        let rows = self.pairings.iter().map(|p| PairingRow {
            as_of: self.as_of,
            pairing: name(p.pairing),
            status: p.status,
            reasons: p.reasons.join(";"),
            held: p.held,
            last_held: p.last_held,
            days_since: p.days_since,
            longest_gap_days: p.longest_gap_days,
        });
        let mut rows: Vec<_> = rows.collect();
        // Stable: two of one name stay in the order of their ids.
        rows.sort_by(|a, b| a.pairing.cmp(&b.pairing));
        rows
    }
}

impl SponsorHealth {
    /// A row for each figure, by name of the metric.
    #[must_use]
    pub fn figure_rows(&self) -> Vec<FigureRow> {
        let rows = self.readings.iter();
        sorted(rows.map(|r| FigureRow::total(self.as_of, Audience::Sponsor, &r.metric, r.ratio)))
    }
}

impl PeriodHealth {
    /// A row for each total and each cell, by name of the metric; within one the total first, then its breakdowns in the
    /// order of asking, each by label.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::health::{Ledger, Metrics, Period, Publisher};
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let (metrics, today) = (Metrics::standard(), NaiveDate::from_ymd_opt(2026, 5, 4).unwrap());
    /// let publisher = Publisher::new(company.history(), &metrics, today);
    /// let april = publisher.release(Period::month(2026, 4).unwrap(), &mut Ledger::new())?;
    /// let rows = april.figure_rows();
    /// // A handful of pairings: nothing is told.
    /// assert_eq!(rows.len(), metrics.iter().count());
    /// assert!(rows.iter().all(|row| row.withheld));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn figure_rows(&self) -> Vec<FigureRow> {
        let rows = self.readings.iter().flat_map(|reading| {
            let row = |cell| FigureRow::published(self.period, &reading.metric, cell);
            let cells = reading.breakdowns.iter().flat_map(move |breakdown| {
                breakdown.cells.iter().map(move |(label, cell)| FigureRow {
                    breakdown: Some(breakdown.by.to_string()),
                    group: Some(label.to_string()),
                    ..row(cell)
                })
            });
            std::iter::once(row(&reading.total)).chain(cells)
        });
        sorted(rows)
    }
}

fn sorted(rows: impl Iterator<Item = FigureRow>) -> Vec<FigureRow> {
    let mut rows: Vec<_> = rows.collect();
    // Stable: those of one metric stay as they are.
    rows.sort_by(|a, b| a.metric.cmp(&b.metric));
    rows
}
