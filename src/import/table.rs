//! A CSV file as rows of named cells, each with its line; nothing is lost or mended in silence.
//!
//! The `csv` crate splits and unquotes. It is lenient: text after a closing quote becomes part of the cell, and a quote
//! that never closes is taken to close at the end. Its line numbers fall one short in a file of CRLF rows, do
//! not see a lone CR, and point at the blank lines before a row. So what it did is checked against the bytes of each
//! row, and lines are counted here.

use super::fault::{Fault, FaultCode, Notice, NoticeCode};
use super::raw::{LineCount, NotUtf8, QuoteFault, check_quotes, is_utf16};
use super::row::{Cells, Column, Place, Row, Shape};
use crate::text::Quoted;

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
#[derive(Debug)]
pub struct Table<'a> {
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    record: csv::ByteRecord,
    lines: LineCount,
    header_line: u64,
    /// The names of the header without surrounding white space; `None` where one is not UTF-8.
    names: Vec<Option<String>>,
    asked: Vec<Column>,
    key: Option<Column>,
    /// The places of columns whose cells no fault repeats.
    hushed: Vec<usize>,
    cells: Cells,
    faults: Vec<Fault>,
    notices: Vec<Notice>,
}

impl<'a> Table<'a> {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for a file without a header, one that is UTF-16, one whose columns are separated by something else
    /// than commas, or one whose header has quotes that do not close.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut table = Self {
            bytes,
            reader: csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(bytes),
            record: csv::ByteRecord::new(),
            lines: LineCount::new(),
            header_line: 1,
            names: Vec::new(),
            asked: Vec::new(),
            key: None,
            hushed: Vec::new(),
            cells: Cells::Plain,
            faults: Vec::new(),
            notices: Vec::new(),
        };
        let fault = |line, code, text: String| Fault {
            line,
            column: None,
            code,
            text,
        };
        if is_utf16(bytes) {
            let text = "the file is UTF-16: save it as UTF-8".to_owned();
            return Err(fault(1, FaultCode::Utf16, text));
        }
        let Some((line, quotes)) = table.read_record() else {
            let text = "the file is empty".to_owned();
            return Err(fault(1, FaultCode::EmptyFile, text));
        };
        // Before the quotes: `"id";"manager"` is bad quoting only because the separator is another. A quote that closes
        // late has swallowed rows, whose lists have semicolons too.
        let ran_on = |bad: &QuoteFault| bad.open || bad.last.is_some();
        let ran_on = quotes.as_ref().is_err_and(ran_on);
        if let Some(separator) = table.other_separator().filter(|_| !ran_on) {
            let text = format!(
                "the header is one field with {separator} in it: save the file with commas between the columns"
            );
            return Err(fault(line, FaultCode::Separator, text));
        }
        if let Err(bad) = quotes {
            let text = format!("in the header, {bad}");
            return Err(fault(line, bad.code(), text));
        }
        table.header_line = line;
        for (at, name) in table.record.iter().enumerate() {
            let read = std::str::from_utf8(name);
            if let Err(error) = read {
                let text = format!("name {} of the header {}", at + 1, NotUtf8(name, error));
                table.faults.push(fault(line, FaultCode::InvalidUtf8, text));
            }
            table.names.push(read.ok().map(|n| n.trim().to_owned()));
        }
        Ok(table)
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

    /// What stands between the columns, where that is no comma.
    fn other_separator(&self) -> Option<&'static str> {
        let only = self.record.get(0).filter(|_| self.record.len() == 1)?;
        let separators = [(b';', "`;`"), (b'\t', "a tab")];
        let found = separators.iter().find(|(byte, _)| only.contains(byte));
        found.map(|(_, name)| *name)
    }

    /// A column that must be there; where it is not, that is a fault.
    pub fn required(&mut self, name: &'static str) -> Column {
        self.column(name, true)
    }

    /// A column that may be there.
    pub fn optional(&mut self, name: &'static str) -> Column {
        self.column(name, false)
    }

    fn column(&mut self, name: &'static str, required: bool) -> Column {
        let is = |(at, n): (usize, &Option<String>)| (n.as_deref() == Some(name)).then_some(at);
        let places: Vec<usize> = self.names.iter().enumerate().filter_map(is).collect();
        let place = match *places {
            [at] => Place::At(at),
            [] if !required => Place::Absent,
            [] => {
                let text = match self.spelt_like(name) {
                    Some(near) => {
                        let near = Quoted(near);
                        format!("there is no column `{name}`, only {near}; did you mean `{name}`?")
                    }
                    None => format!("there is no column `{name}`"),
                };
                self.header_fault(name, FaultCode::MissingColumn, text);
                Place::Unreadable
            }
            _ => {
                let text = format!("the column `{name}` is there {} times", places.len());
                self.header_fault(name, FaultCode::DuplicateColumn, text);
                Place::Unreadable
            }
        };
        let column = Column { name, place };
        self.asked.push(column);
        column
    }

    fn spelt_like(&self, name: &str) -> Option<&str> {
        let plain = |text: &str| -> String {
            let kept = text.chars().filter(|c| c.is_alphanumeric());
            kept.flat_map(char::to_lowercase).collect()
        };
        let found = self
            .names
            .iter()
            .flatten()
            .find(|n| plain(n) == plain(name));
        found.map(String::as_str)
    }

    fn header_fault(&mut self, column: &str, code: FaultCode, text: String) {
        self.faults.push(Fault {
            line: self.header_line,
            column: Some(column.to_owned()),
            code,
            text,
        });
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

    /// The faults of the header, once every column has been asked for. The other columns become notices.
    pub fn close_header(&mut self) -> Vec<Fault> {
        for name in self.names.iter().flatten().filter(|n| !n.is_empty()) {
            let near = |c: &&Column| c.name.eq_ignore_ascii_case(name);
            let text = match self.asked.iter().find(near) {
                Some(column) if column.name == name => continue,
                Some(column) => format!(
                    "the column {} is not read; did you mean `{}`?",
                    Quoted(name),
                    column.name
                ),
                None => format!("the column {} is not read", Quoted(name)),
            };
            self.notices.push(Notice {
                line: self.header_line,
                code: NoticeCode::UnknownColumn,
                text,
            });
        }
        std::mem::take(&mut self.faults)
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

    /// The next row, with the faults of its shape, of its encoding and of its key added to `faults`.
    pub fn next_row<'t>(&'t mut self, faults: &'t mut Vec<Fault>) -> Option<Row<'t>> {
        let (line, quotes) = self.read_record()?;
        let found = faults.len();
        let mut row = Row {
            line,
            record: &self.record,
            shape: Shape::Whole,
            key_column: self.key,
            key: None,
            found,
            faults,
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
            row.whole_fault(bad.code(), &bad.to_string());
        } else if row.record.len() != self.names.len() {
            row.shape = Shape::Broken;
            let (has, wants) = (row.record.len(), self.names.len());
            let fields = if has == 1 { "field" } else { "fields" };
            let text = format!("the row has {has} {fields} and the header {wants}");
            row.whole_fault(FaultCode::FieldCount, &text);
        } else {
            for (at, (cell, name)) in row.record.iter().zip(&self.names).enumerate() {
                let Err(error) = std::str::from_utf8(cell) else {
                    continue;
                };
                let (name, code) = (name.as_deref().unwrap_or_default(), FaultCode::InvalidUtf8);
                if self.hushed.contains(&at) {
                    row.push(name, code, "is not UTF-8");
                } else {
                    row.push(name, code, NotUtf8(cell, error));
                }
            }
        }
        Some(row)
    }

    /// Reads on: the line on which the record begins, and whether its quotes are sound.
    fn read_record(&mut self) -> Option<(u64, Result<(), QuoteFault>)> {
        // A slice cannot fail to be read, and flexible byte records have no other error.
        if !matches!(self.reader.read_byte_record(&mut self.record), Ok(true)) {
            return None;
        }
        let offset =
            |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let (from, to) = (
            self.record.position().map_or(0, offset),
            offset(self.reader.position()),
        );
        let raw = self.bytes.get(from..to).unwrap_or_default();
        // The reader skips blank lines, and the end of a CRLF, as part of the record that follows.
        let skipped = raw
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let line = self.lines.up_to(self.bytes, from + skipped);
        let raw = raw.get(skipped..).unwrap_or_default();
        let quotes = if raw.contains(&b'"') {
            check_quotes(raw).map_err(|(field, open)| {
                let last = self.lines.up_to(self.bytes, to.saturating_sub(1));
                let column = self.names.get(field).cloned().flatten();
                QuoteFault {
                    field,
                    column,
                    open,
                    last: (last > line).then_some(last),
                }
            })
        } else {
            Ok(())
        };
        Some((line, quotes))
    }
}
