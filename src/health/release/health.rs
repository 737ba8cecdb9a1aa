//! What a release consists of.

use serde::{Serialize, Serializer};

use super::period::Period;
use crate::health::metric::{Ratio, Target};
use crate::policy::PluginId;
use crate::privacy::{Audience, Cell};
use crate::text::Label;

/// How a programme went in a period, as its sponsor may see it. See [`Publisher`](super::Publisher).
///
/// Its `Display` is a table for people; nobody should parse it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeriodHealth {
    /// The period.
    pub period: Period,
    /// The figures in the order of the metrics.
    pub readings: Vec<PublishedReading>,
}

/// One metric in a release.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedReading {
    /// Which metric.
    pub metric: PluginId,
    /// What is divided by what.
    pub definition: String,
    /// Where it should be.
    pub target: Option<Target>,
    /// Of the whole programme.
    pub total: Cell<Figure>,
    /// By breakdown in the order of asking; none for a metric of people, proposals or cohorts.
    pub breakdowns: Vec<PublishedBreakdown>,
}

/// One metric by one breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedBreakdown {
    /// Which breakdown.
    pub by: Label,
    /// A cell for each label of a pairing that has started, by label.
    pub cells: Vec<(Label, Cell<Figure>)>,
}

/// A figure that is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Figure {
    /// The figure.
    pub ratio: Ratio,
    /// The period of which it is: an earlier one where the last figure is repeated.
    pub period: Period,
}

impl PeriodHealth {
    /// What is published of a metric, by name.
    #[must_use]
    pub fn reading(&self, metric: &str) -> Option<&PublishedReading> {
        self.readings.iter().find(|r| r.metric.name() == metric)
    }

    /// The wire form: every key is always there, metrics sorted by id, breakdowns in the order of asking, cells by label.
    #[must_use]
    pub fn to_record(&self) -> PeriodRecord {
        let readings = self.readings.iter().map(|reading| PeriodReadingRecord {
            id: reading.metric.name().to_owned(),
            total: FigureRecord::of(&reading.total),
            breakdowns: reading.breakdowns.iter().map(by).collect(),
        });
        let mut metrics: Vec<_> = readings.collect();
        metrics.sort_by(|a, b| a.id.cmp(&b.id));
        PeriodRecord {
            period: self.period,
            audience: Audience::Sponsor,
            metrics,
        }
    }
}

impl PublishedReading {
    /// A cell by breakdown and label; `None` where there is none such.
    #[must_use]
    pub fn cell(&self, by: &str, label: &str) -> Option<Cell<Figure>> {
        let breakdown = self.breakdowns.iter().find(|b| b.by.as_str() == by)?;
        let mut cells = breakdown.cells.iter();
        let (_, cell) = cells.find(|(known, _)| known.as_str() == label)?;
        Some(*cell)
    }
}

fn by(breakdown: &PublishedBreakdown) -> BreakdownRecord {
    let cells = breakdown.cells.iter().map(|(label, cell)| CellRecord {
        label: label.clone(),
        figure: FigureRecord::of(cell),
    });
    BreakdownRecord {
        by: breakdown.by.clone(),
        cells: cells.collect(),
    }
}

/// A release in its wire form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PeriodRecord {
    /// The period.
    pub period: Period,
    /// Whom it is for: always the sponsor.
    pub audience: Audience,
    /// The metrics, by id.
    pub metrics: Vec<PeriodReadingRecord>,
}

/// One metric of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PeriodReadingRecord {
    /// The metric's name.
    pub id: String,
    /// Of the whole programme.
    pub total: FigureRecord,
    /// By breakdown.
    pub breakdowns: Vec<BreakdownRecord>,
}

/// One metric by one breakdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BreakdownRecord {
    /// Which.
    pub by: Label,
    /// Its cells, by label.
    pub cells: Vec<CellRecord>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CellRecord {
    /// Its label.
    pub label: Label,
    /// Its figure.
    #[serde(flatten)]
    pub figure: FigureRecord,
}

/// One figure, null throughout where it is withheld.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(from = "FigureKeys", into = "FigureKeys"))]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FigureRecord {
    /// The figure.
    pub figure: Option<Figure>,
}

impl FigureRecord {
    fn of(cell: &Cell<Figure>) -> Self {
        let figure = cell.shown().copied();
        Self { figure }
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct FigureKeys {
    numerator: Option<u64>,
    denominator: Option<u64>,
    /// Four decimals; null without data.
    value: Option<String>,
    period: Option<Period>,
    withheld: bool,
}

impl Serialize for FigureRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = FigureKeys {
            numerator: self.figure.map(|f| f.ratio.part()),
            denominator: self.figure.map(|f| f.ratio.whole()),
            value: self.figure.and_then(|f| f.ratio.decimal()),
            period: self.figure.map(|f| f.period),
            withheld: self.figure.is_none(),
        };
        keys.serialize(serializer)
    }
}
