//! People who took part beside people who did not, by counts that the host supplies.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::interval::Interval;
use super::metric::Ratio;
use crate::privacy::{Cell, Threshold};
use crate::text::Label;

/// What became of people, and how many each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Of whom it is true: who stayed, who was promoted.
    pub yes: u32,
    /// Of whom it is not.
    pub no: u32,
}

impl Counted {
    fn ratio(self) -> Ratio {
        let (yes, no) = (u64::from(self.yes), u64::from(self.no));
        Ratio::new(yes, yes + no).unwrap_or(Ratio::NO_DATA)
    }
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Compared {
    /// Who was still employed at the end of the days.
    Stayed,
    /// Who was promoted within the days.
    Promoted,
    /// Anything else that is true of somebody or not, by the host's name for it.
    Other(Label),
}

impl Compared {
    /// `stayed`, `promoted`, or the host's name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stayed => "stayed",
            Self::Promoted => "promoted",
            Self::Other(name) => name.as_str(),
        }
    }
}

/// What the host counted, over the same days on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedCounts {
    /// What.
    pub what: Compared,
    /// From this day.
    pub from: NaiveDate,
    /// To this one.
    pub until: NaiveDate,
    /// Those who took part. Nobody counts on both sides.
    pub participants: Counted,
    /// Those who did not, of whom the host thinks that they are comparable.
    pub others: Counted,
}

/// The days of a comparison are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is compared ends on {until}, before it begins on {from}")]
pub struct ComparisonError {
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
}

/// People who took part beside people who did not: two shares, and between which values their difference lies.
///
/// The counts are the host's; the library knows nobody who does not take part. Whoever takes part does so of their own
/// wish, so the two sides differ in more than the programme, and **a difference is not its effect**: every output says
/// so in the words of [`NOT_CAUSAL`](Self::NOT_CAUSAL). There is no verdict either, and none is in the interval: where it
/// has zero in it, the counts do not tell the sides apart, which is not to say that they are alike.
///
/// A side of fewer people than the threshold has no figure, and then neither has the difference.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::health::{Compared, ComparedCounts, Comparison, Counted};
/// use reverse_mentoring::privacy::Threshold;
///
/// let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
/// let comparison = Comparison::new(
///     ComparedCounts {
///         what: Compared::Stayed,
///         from: day(2025),
///         until: day(2026),
///         participants: Counted { yes: 46, no: 4 },
///         others: Counted { yes: 148, no: 52 },
///     },
///     Threshold::default(),
/// )?;
/// assert_eq!(
///     comparison.to_string(),
///     "stayed, 2025-01-01 to 2026-01-01
///   took part        92.0 %      46 / 50
///   did not          74.0 %    148 / 200
///   difference       18.0 points, 95 % interval -1.67–31.83
///   People chose to take part: this compares the two, and does not show that the programme is the cause.
/// "
/// );
/// # Ok::<(), reverse_mentoring::health::ComparisonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    counts: ComparedCounts,
    threshold: Threshold,
}

impl Comparison {
    /// What is said of every comparison, wherever it is shown.
    pub const NOT_CAUSAL: &'static str = "People chose to take part: this compares the two, and does not show that the programme is the cause.";

    /// A comparison of counts.
    ///
    /// # Errors
    ///
    /// [`ComparisonError`] where the last day is before the first.
    pub fn new(counts: ComparedCounts, threshold: Threshold) -> Result<Self, ComparisonError> {
        let (from, until) = (counts.from, counts.until);
        if until < from {
            return Err(ComparisonError { from, until });
        }
        Ok(Self { counts, threshold })
    }

    /// The share of those who took part.
    #[must_use]
    pub fn participants(&self) -> Cell<Ratio> {
        self.side(self.counts.participants)
    }

    /// The share of those who did not.
    #[must_use]
    pub fn others(&self) -> Cell<Ratio> {
        self.side(self.counts.others)
    }

    /// The first share minus the second: between which values it lies, as [`Interval::of_difference`] says; withheld
    /// with either side, and where there is no interval.
    #[must_use]
    pub fn difference(&self) -> Cell<Interval> {
        let both = match (self.participants(), self.others()) {
            (Cell::Shown(one), Cell::Shown(other)) => Interval::of_difference(one, other),
            _ => None,
        };
        both.map_or(Cell::Withheld, Cell::Shown)
    }

    /// The difference of the two shares themselves in tenths of a percentage point, halves away from zero.
    fn points(&self) -> Option<i128> {
        let (one, other) = (*self.participants().shown()?, *self.others().shown()?);
        let [a, n, b, m] = [one.part(), one.whole(), other.part(), other.whole()].map(i128::from);
        let (by, of) = (1000 * (a * m - b * n), n * m);
        let size = (2 * by.abs() + of).checked_div(2 * of)?;
        Some(by.signum() * size)
    }

    fn side(&self, counted: Counted) -> Cell<Ratio> {
        let ratio = counted.ratio();
        if ratio.whole() < u64::from(self.threshold.pairings()) {
            return Cell::Withheld;
        }
        Cell::Shown(ratio)
    }

    /// The wire form.
    #[must_use]
    pub fn to_record(&self) -> ComparisonRecord {
        let side = |ratio: Cell<Ratio>| SideRecord {
            numerator: ratio.shown().map(|r| r.part()),
            denominator: ratio.shown().map(|r| r.whole()),
            value: ratio.shown().and_then(|r| r.decimal()),
            withheld: ratio.shown().is_none(),
        };
        let [low, high] = match self.difference() {
            Cell::Shown(interval) => interval.decimals().map(Some),
            Cell::Withheld => [None, None],
        };
        ComparisonRecord {
            what: self.counts.what.as_str().to_owned(),
            from: self.counts.from,
            until: self.counts.until,
            participants: side(self.participants()),
            others: side(self.others()),
            low,
            high,
            caveat: Self::NOT_CAUSAL,
        }
    }
}

/// A comparison in its wire form: every key always there, null where it is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ComparisonRecord {
    /// What is compared.
    pub what: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
    /// Those who took part.
    pub participants: SideRecord,
    /// Those who did not.
    pub others: SideRecord,
    /// The lower end of the difference, as a share with four decimals.
    pub low: Option<String>,
    /// The upper end.
    pub high: Option<String>,
    /// [`Comparison::NOT_CAUSAL`].
    pub caveat: &'static str,
}

/// One side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SideRecord {
    /// The part.
    pub numerator: Option<u64>,
    /// The whole.
    pub denominator: Option<u64>,
    /// The share, with four decimals.
    pub value: Option<String>,
    /// Whether all of that is null because it is withheld.
    pub withheld: bool,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ComparedCounts {
            what, from, until, ..
        } = &self.counts;
        writeln!(f, "{}, {from} to {until}", what.as_str())?;
        for (side, ratio) in [
            ("took part", self.participants()),
            ("did not", self.others()),
        ] {
            match ratio {
                Cell::Shown(ratio) => {
                    let percent = ratio.percent().unwrap_or_default();
                    let counts = format!("{} / {}", ratio.part(), ratio.whole());
                    writeln!(f, "  {side:<13}{percent:>10}  {counts:>11}")?;
                }
                Cell::Withheld => writeln!(f, "  {side:<13}  withheld")?,
            }
        }
        match (self.points(), self.difference()) {
            (Some(points), Cell::Shown(interval)) => {
                let (sign, tenths) = (if points < 0 { "-" } else { "" }, points.unsigned_abs());
                let points = format!("{sign}{}.{}", tenths / 10, tenths % 10);
                let interval = interval.to_string();
                let interval = interval.trim_end_matches(" %");
                writeln!(
                    f,
                    "  difference{points:>11} points, 95 % interval {interval}"
                )?;
            }
            _ => writeln!(f, "  difference     withheld")?,
        }
        writeln!(f, "  {}", Self::NOT_CAUSAL)
    }
}
