//! The rows of health from the files that were written of them.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::health::{FigureRow, PairingRow, PairingStatus};
#[cfg(feature = "fleet")]
use crate::ids::ProgramId;
use crate::import::{Column, Fault, FaultCode, Faults, Row, Table};
use crate::privacy::Audience;

/// Reads figures as [`write_figures`](super::write_figures) wrote them, to the same rows in the same order.
///
/// Columns are found by name, in any order; all of them have to be there. No fault repeats what stands in a cell.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::health::{Metrics, ProgramHealth};
/// use reverse_mentoring::tables::{read_figures, write_figures};
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let day = NaiveDate::from_ymd_opt(2026, 3, 31).ok_or("no such day")?;
/// let rows = ProgramHealth::assess(company.history(), &Metrics::standard(), day)?.figure_rows();
/// let mut file = Vec::new();
/// write_figures(&mut file, &rows)?;
/// assert_eq!(read_figures(&file)?, rows);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Faults`] with every fault of the file, by line.
pub fn read_figures(bytes: &[u8]) -> Result<Vec<FigureRow>, Faults> {
    read(bytes, FigureRow::COLUMNS, figure)
}

/// Reads pairings as [`write_pairings`](super::write_pairings) wrote them, to the same rows in the same order.
///
/// # Errors
///
/// As for [`read_figures`].
pub fn read_pairings(bytes: &[u8]) -> Result<Vec<PairingRow>, Faults> {
    read(bytes, PairingRow::COLUMNS, pairing)
}

fn read<T, const N: usize>(
    bytes: &[u8],
    columns: [&'static str; N],
    row_of: impl Fn(&mut Row<'_>, [Column; N]) -> Option<T>,
) -> Result<Vec<T>, Faults> {
    let mut table = Table::open_escaped(bytes).map_err(|fault| Faults(vec![fault]))?;
    let of = columns.map(|name| table.required(name));
    let mut faults: Vec<Fault> = table.close_header();
    let mut rows = Vec::new();
    while let Some(mut row) = table.next_row(&mut faults) {
        rows.extend(row_of(&mut row, of));
    }
    if faults.is_empty() {
        Ok(rows)
    } else {
        faults.sort_by_key(|fault| fault.line);
        Err(Faults(faults))
    }
}

/// The same of many programmes, with the programme as the first column.
#[cfg(feature = "fleet")]
pub(crate) fn read_program_figures(
    bytes: &[u8],
    columns: [&'static str; 11],
) -> Result<Vec<(ProgramId, FigureRow)>, Faults> {
    read(bytes, columns, |row, of| {
        let [program, a, b, c, d, e, f, g, h, i, j] = of;
        let not = "the id of a programme";
        let id = said(row, program, FaultCode::BadKey, not, exact).needed(row, program);
        let figure = figure(row, [a, b, c, d, e, f, g, h, i, j]);
        Some((id?, figure?))
    })
}

fn figure(row: &mut Row<'_>, of: [Column; 10]) -> Option<FigureRow> {
    let [
        as_of,
        audience,
        metric,
        breakdown,
        group,
        part,
        whole,
        value,
        withheld,
        from,
    ] = of;
    let as_of = day(row, as_of).needed(row, as_of);
    let words = [Audience::Coordinator, Audience::Sponsor].map(|a| (a.as_str(), a));
    let audience = word(row, audience, "`coordinator` or `sponsor`", &words);
    let metric = row.cell(metric).map(str::to_owned);
    let breakdown = maybe_text(row, breakdown);
    let group = maybe_text(row, group);
    let part = number(row, part);
    let whole = number(row, whole);
    let value = maybe_text(row, value);
    let truth = [("true", true), ("false", false)];
    let withheld = word(row, withheld, "`true` or `false`", &truth);
    let from = day(row, from);
    if !row.is_sound() {
        return None;
    }
    let read = FigureRow {
        as_of: as_of?,
        audience: audience?,
        metric: metric?,
        breakdown: breakdown?,
        group: group?,
        numerator: part.value,
        denominator: whole.value,
        value: value?,
        withheld: withheld?,
        repeated_from: from.value,
    };
    for wrong in read.contradictions() {
        if let Some(column) = of.into_iter().find(|c| c.name() == wrong.column) {
            row.fault(column, FaultCode::Contradiction, wrong.text);
        }
    }
    row.is_sound().then_some(read)
}

fn pairing(row: &mut Row<'_>, of: [Column; 8]) -> Option<PairingRow> {
    let [as_of, name, status, reasons, held, last_held, since, gap] = of;
    let as_of = day(row, as_of).needed(row, as_of);
    let name = row.cell(name).map(str::to_owned);
    let statuses = PairingStatus::ALL.map(|s| (s.as_str(), s));
    let status = word(row, status, "a status of a pairing", &statuses);
    let reasons = row.cell(reasons).map(str::to_owned);
    let held = number(row, held).needed(row, held);
    let last_held = day(row, last_held);
    let since = number(row, since).needed(row, since);
    let gap = number(row, gap).needed(row, gap);
    if !row.is_sound() {
        return None;
    }
    Some(PairingRow {
        as_of: as_of?,
        pairing: name?,
        status: status?,
        reasons: reasons?,
        held: held?,
        last_held: last_held.value,
        days_since: since?,
        longest_gap_days: gap?,
    })
}

/// What a cell says; blank and unreadable cells have no value, and `blank` tells them apart.
struct Said<T> {
    value: Option<T>,
    blank: Option<FaultCode>,
}

impl<T> Said<T> {
    /// The value of a cell that must not be blank.
    fn needed(self, row: &mut Row<'_>, column: Column) -> Option<T> {
        if let Some(code) = self.blank {
            row.fault(column, code, "is blank");
        }
        self.value
    }
}

fn said<T>(
    row: &mut Row<'_>,
    column: Column,
    code: FaultCode,
    not: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Said<T> {
    let cell = row.cell(column);
    let value = cell.filter(|text| !text.is_empty()).and_then(parse);
    if value.is_none() && cell.is_some_and(|text| !text.is_empty()) {
        row.fault(column, code, format_args!("is not {not}"));
    }
    Said {
        blank: (cell == Some("")).then_some(code),
        value,
    }
}

/// As it was written, and in no other form: `+1`, `01` and ` 1` are not `1`.
fn exact<T: FromStr + ToString>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    (value.to_string() == text).then_some(value)
}

fn day(row: &mut Row<'_>, column: Column) -> Said<NaiveDate> {
    let not = "a day as `YYYY-MM-DD`";
    said(row, column, FaultCode::BadDate, not, exact)
}

fn number<T: FromStr + ToString>(row: &mut Row<'_>, column: Column) -> Said<T> {
    let not = "a whole number in its range";
    said(row, column, FaultCode::BadNumber, not, exact)
}

fn word<T: Copy>(row: &mut Row<'_>, column: Column, not: &str, words: &[(&str, T)]) -> Option<T> {
    let parse = |text: &str| words.iter().find(|(word, _)| *word == text).map(|w| w.1);
    said(row, column, FaultCode::BadWord, not, parse).needed(row, column)
}

/// The text of a cell, byte for byte; `Some(None)` where nothing stands there, which is another than an empty text.
fn maybe_text(row: &mut Row<'_>, column: Column) -> Option<Option<String>> {
    let text = row.cell(column)?;
    let missing = text.is_empty() && !row.is_filled(column);
    Some((!missing).then(|| text.to_owned()))
}
