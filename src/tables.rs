//! Health as tidy CSV.
//!
//! In come the rows of [`health`](crate::health), out goes RFC 4180: UTF-8, commas, LF, a header that is there with no row
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
//! A name is written as the host gives it: one that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet. Hosts
//! whose people choose names, and whose coordinators open the file there, give ids or prefix a letter.

use std::io;

use serde::Serialize;

use crate::health::{FigureRow, PairingRow};

/// Writes figures.
///
/// # Errors
///
/// Those of the writer.
pub fn write_figures(out: impl io::Write, rows: &[FigureRow]) -> io::Result<()> {
    write(out, &FigureRow::COLUMNS, rows)
}

/// Writes pairings.
///
/// # Errors
///
/// Those of the writer.
pub fn write_pairings(out: impl io::Write, rows: &[PairingRow]) -> io::Result<()> {
    write(out, &PairingRow::COLUMNS, rows)
}

fn write<R: Serialize>(out: impl io::Write, columns: &[&str], rows: &[R]) -> io::Result<()> {
    // The header is ours, since that of `csv` comes with the first row.
    let mut csv = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(out);
    csv.write_record(columns)?;
    for row in rows {
        csv.serialize(row)?;
    }
    csv.flush()
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
pub struct ReplicateWriter<W: io::Write>(csv::Writer<W>);

#[cfg(feature = "simulation")]
impl<W: io::Write> ReplicateWriter<W> {
    /// With the header.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn new(out: W) -> io::Result<Self> {
        let mut csv = csv::WriterBuilder::new()
            .has_headers(false)
            .from_writer(out);
        csv.write_record(["replicate", "week", "metric", "value"])?;
        Ok(Self(csv))
    }

    /// The rows of a replicate.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn add(&mut self, replicate: &crate::simulation::experiment::Replicate) -> io::Result<()> {
        let number = replicate.number.to_string();
        for (week, end) in (1u32..).zip(&replicate.weeks) {
            let week = week.to_string();
            for measure in crate::simulation::Measure::ALL {
                let value = end.measured.of(*measure).decimal().unwrap_or_default();
                let row = [&number, &week, measure.as_str(), &value];
                self.0.write_record(row)?;
            }
        }
        Ok(())
    }

    /// Everything is out.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
