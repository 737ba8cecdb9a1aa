//! A CSV file as rows of named cells, each with its line; nothing is lost or mended in silence.
//!
//! The `csv` crate splits and unquotes. It is lenient: text after a closing quote becomes part of the cell, and a quote
//! that never closes is taken to close at the end. Its line numbers fall one short in a file of CRLF rows, do
//! not see a lone CR, and point at the blank lines before a row. So what it did is checked against the bytes of each
//! row, and lines are counted here.

use std::fmt;
use std::io::{self, Read};

use super::code::FaultCode;
use super::fault::{Fault, Faults, Notice};
use super::limits::Limits;
use super::mapping::{Mapping, Separator};
use super::raw::{LineCount, QuoteFault, check_quotes, is_literal, is_utf16};
use super::row::{Cells, Column, Place, Row, Shape};
use super::seal::Called;
use super::window::{Stop, TableError, Window};

/// A file of which the header has been read.
///
/// Ask for the columns, then read the rows. Faults are collected, so that all of them come out of one run.
///
/// ```
/// use reverse_mentoring::import::Table;
///
/// let mut table = Table::open(b"mentor,mentee,note\r\nada,\"grace, h\",x\r\n\r\nlin,grace\r\n").unwrap();
/// let (mentor, mentee) = (table.required("mentor"), table.required("mentee"));
/// table.key(mentor);
/// let mut faults = table.close_header();
/// let mut rows = Vec::new();
/// while let Some(row) = table.next_row(&mut faults) {
///     if let (Some(mentor), Some(mentee)) = (row.cell(mentor), row.cell(mentee)) {
///         rows.push((row.line(), mentor.to_owned(), mentee.to_owned()));
///     }
/// }
/// assert_eq!(rows, [(2, "ada".to_owned(), "grace, h".to_owned())]);
/// assert_eq!(faults[0].to_string(), "4: field-count: `lin`: the row has 2 fields and the header 3");
/// assert_eq!(table.notices()[0].to_string(), "1: unknown-column: the column `note` is not read");
/// ```
pub struct Table<'a> {
    pub(super) reader: csv::Reader<Window<'a>>,
    pub(super) record: csv::ByteRecord,
    lines: LineCount,
    /// Rows below the header.
    rows: u64,
    pub(super) limits: Limits,
    pub(super) separator: Separator,
    pub(super) header_line: u64,
    /// The names of the header without surrounding white space; `None` where one is not UTF-8.
    pub(super) names: Vec<Option<String>>,
    pub(super) asked: Vec<Column>,
    key: Option<Column>,
    /// The places of columns whose cells no fault repeats.
    hushed: Vec<usize>,
    cells: Cells,
    pub(super) faults: Vec<Fault>,
    pub(super) notices: Vec<Notice>,
    pub(super) mapping: Option<&'a Mapping>,
    pub(super) called: Called,
    /// Whether reading stopped before the end.
    stopped: bool,
}

/// How far it has been read, and nothing of what stands there.
impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("rows", &self.rows)
            .field("limits", &self.limits)
            .field("separator", &self.separator)
            .finish_non_exhaustive()
    }
}

/// What was read of a record.
pub(super) struct Found {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) quotes: Result<(), QuoteFault>,
    pub(super) too_long: bool,
}

const BUFFER: usize = 64 << 10;

impl<'a> Table<'a> {
    /// Reads the header of bytes that are all there, without [limits](Limits) but the usual one on faults.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for a file without a header, one that is UTF-16, one whose columns are separated by something else
    /// than commas, or one whose header has quotes that do not close.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        match Self::from_reader(bytes, Limits::BYTES) {
            Ok(table) => Ok(table),
            Err(TableError::Fault(fault)) => Err(fault),
            // A slice does not fail.
            Err(TableError::Io(error)) => {
                let text = format!("the source cannot be read: {error}");
                Err(Fault::of_row(1, FaultCode::EmptyFile, text))
            }
        }
    }

    /// Reads the header of a file whose text cells were [escaped](crate::spreadsheet), as the module `tables` writes
    /// them: of each cell, one mark in front comes off.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn open_escaped(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut table = Self::open(bytes)?;
        table.cells = Cells::Escaped;
        Ok(table)
    }

    /// Reads the header of a source, and then no more of it at a time than a row, whatever its length.
    ///
    /// Where [`next_row`](Self::next_row) has no more rows, ask [`io_error`](Self::io_error) whether that is the end.
    ///
    /// ```
    /// use reverse_mentoring::import::{Limits, Table};
    ///
    /// let source = std::io::Cursor::new("id,name\n7,Ada\n");
    /// let mut table = Table::from_reader(source, Limits::STANDARD)?;
    /// let id = table.required("id");
    /// let mut faults = table.close_header();
    /// assert_eq!(table.next_row(&mut faults).and_then(|row| row.cell(id)), Some("7"));
    /// assert!(table.next_row(&mut faults).is_none() && table.io_error().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TableError`]: as for [`open`](Self::open), a header above a limit, and a source that fails.
    pub fn from_reader(source: impl Read + 'a, limits: Limits) -> Result<Self, TableError> {
        Self::of(source, limits, None)
    }

    pub(super) fn of(
        source: impl Read + 'a,
        limits: Limits,
        mapping: Option<&'a Mapping>,
    ) -> Result<Self, TableError> {
        let separator = mapping.map_or(Separator::Comma, Mapping::separator);
        let window = Window::new(source, limits.row_bytes.saturating_add(SLACK))?;
        let utf16 = is_utf16(window.first());
        let mut table = Self {
            reader: csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(separator.byte())
                .buffer_capacity(BUFFER)
                .from_reader(window),
            record: csv::ByteRecord::new(),
            lines: LineCount::new(),
            rows: 0,
            limits,
            separator,
            header_line: 1,
            names: Vec::new(),
            asked: Vec::new(),
            key: None,
            hushed: Vec::new(),
            cells: Cells::Plain,
            faults: Vec::new(),
            notices: Vec::new(),
            mapping,
            called: Called::default(),
            stopped: false,
        };
        table.read_header(utf16)?;
        Ok(table)
    }

    /// Every fault by line, up to the limit.
    pub(super) fn sorted(&self, faults: Vec<Fault>) -> Faults {
        let mut sorted = Faults::sorted(faults);
        if !self.stopped {
            Fault::cut(&mut sorted.0, self.limits.faults);
        }
        sorted
    }

    pub(super) fn too_long(&self) -> String {
        let limit = self.limits.row_bytes;
        format!("the row has more than {limit} bytes, and reading stopped there")
    }

    /// The column that identifies a row: its cell is checked as a [`Key`](crate::text::Key) and named in every fault of the row.
    pub fn key(&mut self, column: Column) {
        self.key = Some(column);
    }

    /// A column whose cells no fault of the encoding repeats.
    pub(super) fn hush(&mut self, column: Column) {
        if let Place::At(at) = column.place {
            self.hushed.push(at);
        }
    }

    /// The line of the header: 1, unless blank lines stand before it.
    #[must_use]
    pub const fn header_line(&self) -> u64 {
        self.header_line
    }

    /// What [`close_header`](Self::close_header) noticed.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Whether reading stopped at a limit, which is the last fault that [`next_row`](Self::next_row) added.
    #[must_use]
    pub const fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Why the source failed, where it did: there is more that could not be read.
    #[must_use]
    pub fn io_error(&self) -> Option<&io::Error> {
        match self.reader.get_ref().stop() {
            Some(Stop::Failed(error)) => Some(error),
            _ => None,
        }
    }

    pub(super) fn take_io_error(&mut self) -> Option<io::Error> {
        match self.reader.get_mut().take_stop() {
            Some(Stop::Failed(error)) => Some(error),
            _ => None,
        }
    }

    /// The next row, with the faults of its shape, of its encoding and of its key added to `faults`.
    ///
    /// Where there come to be more of them than [`Limits::faults`], reading stops, and those above give way to one that says so.
    pub fn next_row<'t>(&'t mut self, faults: &'t mut Vec<Fault>) -> Option<Row<'t>> {
        if self.stopped {
            return None;
        }
        if faults.len() > self.limits.faults {
            self.stopped = true;
            Fault::cut(faults, self.limits.faults);
            return None;
        }
        let Found {
            line,
            quotes,
            too_long,
        } = self.read_record()?;
        let stop = if too_long {
            Some((FaultCode::RowTooLong, self.too_long()))
        } else if self.rows == self.limits.rows {
            let text = format!("there are more than {} rows", self.rows);
            Some((FaultCode::TooManyRows, text))
        } else {
            None
        };
        if let Some((code, text)) = stop {
            self.stopped = true;
            faults.push(Fault::of_row(line, code, text));
            return None;
        }
        self.rows += 1;
        let found = faults.len();
        let mut row = Row {
            line,
            record: &self.record,
            text: std::str::from_utf8(self.record.as_slice()).ok(),
            shape: Shape::Whole,
            key_column: self.key,
            key: None,
            found,
            faults,
            most: self.limits.faults,
            mapping: self.mapping,
            cells: self.cells,
        };
        // Cells before the first wrong quote are what the file says; later ones are anybody's guess.
        let sound = quotes
            .as_ref()
            .map_or_else(|bad| bad.field, |()| row.record.len());
        match self.key.map(|column| (column, column.place)) {
            Some((column, Place::At(at))) if at < sound => row.read_key(&column, at),
            _ => {}
        }
        if let Err(bad) = quotes {
            row.shape = Shape::Broken;
            row.whole_fault(bad.code(), &bad, Some(bad.field));
        } else if row.record.len() > self.limits.fields {
            row.shape = Shape::Broken;
            let text = self.limits.too_many_fields();
            row.whole_fault(FaultCode::TooManyFields, text, None);
        } else if row.record.len() != self.names.len() {
            row.shape = Shape::Broken;
            let (has, wants) = (row.record.len(), self.names.len());
            let fields = if has == 1 { "field" } else { "fields" };
            let text = format!("the row has {has} {fields} and the header {wants}");
            row.whole_fault(FaultCode::FieldCount, text, None);
        } else {
            row.check_cells(&self.names, &self.hushed, self.limits.field_bytes);
        }
        Some(row)
    }

    /// Reads on; nothing at the end, and where the source fails.
    pub(super) fn read_record(&mut self) -> Option<Found> {
        let from = self.reader.position().byte();
        let free = from.min(self.lines.at);
        self.reader.get_mut().begin(from, free);
        let read = self.reader.read_byte_record(&mut self.record);
        let window = self.reader.get_ref();
        let to = match (&read, window.stop()) {
            (Ok(_), _) => self.reader.position().byte(),
            (Err(_), Some(Stop::Room)) => window.end(),
            (Err(_), _) => return None,
        };
        let raw = window.bytes(from, to);
        // The reader skips blank lines, and the end of a CRLF, as part of the record that follows.
        let skipped = raw
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let start = from + skipped as u64;
        let too_long = self.is_too_long(raw, skipped) || read.is_err();
        if !too_long && matches!(read, Ok(false)) {
            return None;
        }
        let line = self.lines.up_to(window.bytes(self.lines.at, to), start);
        let raw = raw.get(skipped..).unwrap_or_default();
        let quotes = if too_long || is_literal(raw, &self.record) {
            Ok(())
        } else {
            check_quotes(raw, self.separator.byte()).map_err(|(field, open)| {
                let last = to.saturating_sub(1);
                let last = self.lines.up_to(window.bytes(start, to), last);
                let column = self.names.get(field).cloned().flatten();
                QuoteFault {
                    field,
                    column,
                    open,
                    last: (last > line).then_some(last),
                }
            })
        };
        Some(Found {
            line,
            quotes,
            too_long,
        })
    }

    /// Whether a row is longer than it may be, or the blank lines before it with it.
    fn is_too_long(&self, raw: &[u8], skipped: usize) -> bool {
        let ends = raw.last().filter(|b| matches!(b, b'\r' | b'\n'));
        let row = raw.len() - skipped.min(raw.len());
        let row = row.saturating_sub(usize::from(ends.is_some())) as u64;
        let limit = self.limits.row_bytes;
        row > limit || raw.len() as u64 > limit.saturating_add(SLACK)
    }
}

/// The ends of the lines before and after a row.
const SLACK: u64 = 3;
