//! Health as tidy CSV, rosters as CSV, and both back.
//!
//! In come the rows of [`health`](crate::health) or a [`Roster`](crate::roster::Roster), out goes RFC 4180: UTF-8, commas, LF, a header that is there with no row
//! under it, too. Nothing is an empty cell, days are `2026-06-30`, whether a figure is withheld is `true` or `false`. What each column holds stands
//! with [`FigureRow`] and [`PairingRow`].
//!
//! ```
//! use chrono::NaiveDate;
//! use reverse_mentoring::health::{Metrics, ProgramHealth};
//! use reverse_mentoring::tables::write_figures;
//! use reverse_mentoring::testing::Company;
//!
//! let company = Company::sample()?;
//! let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
//! let health = ProgramHealth::assess(company.history(), &Metrics::standard(), day)?;
//! let mut file = Vec::new();
//! write_figures(&mut file, &health.figure_rows())?;
//! let text = String::from_utf8(file)?;
//! assert!(text.starts_with("as_of,audience,metric,breakdown,group,numerator,denominator,value,withheld,repeated_from\n"));
//! assert!(text.contains("\n2026-03-31,coordinator,active_pairs,,,"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Text cells are [escaped](crate::spreadsheet), so that a spreadsheet takes none of them for a formula: one that begins
//! with `=`, `+`, `-`, `@` or a `'` has one `'` more in front. Numbers stay as they are. What was written reads back to the
//! same value, whatever the names in it: [`read_figures`], [`read_pairings`], and for rosters
//! [`read_escaped_roster_after`](crate::import::read_escaped_roster_after). Other readers take one `'` off a text cell that begins with one. Cells
//! with a comma, a semicolon, a tab, a quote or an end of line are in quotes.
//!
//! That holds for the bytes that were written. A spreadsheet that opens a file and saves it again may have taken a name such as
//! `00042` for a number or `1/2` for a day, and writes what it took them for: a day or a number in another form is refused,
//! another name is read as it stands there.

mod read;
mod roster;
mod write;

use std::io;

use chrono::NaiveDate;
pub use read::{read_figures, read_pairings};
pub use roster::{RosterGap, RosterGapReason, RosterWritten, WriteRosterError, write_roster};

#[cfg(feature = "fleet")]
pub(crate) use read::read_program_figures;
pub(crate) use write::{Cell, Sheet};

use crate::health::{FigureRow, PairingRow};

/// Writes figures.
///
/// # Errors
///
/// Those of the writer; and `InvalidInput` for a row that somebody changed into one that [`read_figures`] refuses.
pub fn write_figures(out: impl io::Write, rows: &[FigureRow]) -> io::Result<()> {
    let mut sheet = Sheet::new(out, &FigureRow::COLUMNS)?;
    for row in rows {
        if let Some(wrong) = row.contradictions().first() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                wrong.to_string(),
            ));
        }
        sheet.row(&figure_cells(row))?;
    }
    sheet.finish()
}

/// The cells of a figure, in the order of its columns.
pub(crate) fn figure_cells(row: &FigureRow) -> [Cell; 10] {
    [
        Cell::text(&row.as_of.to_string()),
        Cell::shown(&row.audience),
        Cell::text(&row.metric),
        Cell::maybe_text(row.breakdown.as_deref()),
        Cell::maybe_text(row.group.as_deref()),
        Cell::maybe(row.numerator),
        Cell::maybe(row.denominator),
        Cell::maybe(row.value.as_deref()),
        Cell::shown(&row.withheld),
        day(row.repeated_from),
    ]
}

/// Writes pairings.
///
/// # Errors
///
/// Those of the writer.
pub fn write_pairings(out: impl io::Write, rows: &[PairingRow]) -> io::Result<()> {
    let mut sheet = Sheet::new(out, &PairingRow::COLUMNS)?;
    for row in rows {
        sheet.row(&[
            Cell::text(&row.as_of.to_string()),
            Cell::text(&row.pairing),
            Cell::shown(&row.status),
            Cell::text(&row.reasons),
            Cell::shown(&row.held),
            day(row.last_held),
            Cell::shown(&row.days_since),
            Cell::shown(&row.longest_gap_days),
        ])?;
    }
    sheet.finish()
}

/// As text: a year of five digits has a sign.
fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::EMPTY, |day| Cell::text(&day.to_string()))
}

/// Writes simulated replicates one after the other, a row for each measure on the last day of each week.
///
/// | column | what it holds |
/// |---|---|
/// | `replicate` | the number of the replicate |
/// | `week` | which week, from 1; the last may be shorter |
/// | `metric` | the name of a [`Measure`](crate::simulation::Measure) |
/// | `value` | the share, with four decimals; empty without data |
///
/// ```
/// use reverse_mentoring::tables::ReplicateWriter;
///
/// let mut file = Vec::new();
/// ReplicateWriter::new(&mut file)?.finish()?;
/// assert_eq!(file, b"replicate,week,metric,value\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[cfg(feature = "simulation")]
#[derive(Debug)]
pub struct ReplicateWriter<W: io::Write>(Sheet<W>);

#[cfg(feature = "simulation")]
impl<W: io::Write> ReplicateWriter<W> {
    /// With the header.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn new(out: W) -> io::Result<Self> {
        Sheet::new(out, &["replicate", "week", "metric", "value"]).map(Self)
    }

    /// The rows of a replicate.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn add(&mut self, replicate: &crate::simulation::experiment::Replicate) -> io::Result<()> {
        for (week, end) in (1u32..).zip(&replicate.weeks) {
            for measure in crate::simulation::Measure::ALL {
                self.0.row(&[
                    Cell::shown(&replicate.number),
                    Cell::shown(&week),
                    Cell::shown(&measure.as_str()),
                    Cell::maybe(end.measured.of(*measure).decimal()),
                ])?;
            }
        }
        Ok(())
    }

    /// Everything is out.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(self) -> io::Result<()> {
        self.0.finish()
    }
}
