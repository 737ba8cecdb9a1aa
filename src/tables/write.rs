//! Rows as RFC 4180: which cells are text and are escaped, and which stand in quotes.
//!
//! Not the writer of `csv`: that leaves a cell with a semicolon or a tab bare, and spreadsheets split there too.

use std::fmt;
use std::io::{self, BufWriter, Write};

use crate::spreadsheet::{MARK, escape};

/// One cell as it stands in the file, before quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell(String);

impl Cell {
    /// Nothing.
    pub(crate) const EMPTY: Self = Self(String::new());

    /// Text from outside.
    pub(crate) fn text(text: &str) -> Self {
        Self(escape(text).into_owned())
    }

    /// Text that may be missing. An empty one is the mark alone, which reads back as empty and is not missing.
    pub(crate) fn maybe_text(text: Option<&str>) -> Self {
        match text {
            None => Self::EMPTY,
            Some("") => Self(MARK.to_string()),
            Some(text) => Self::text(text),
        }
    }

    /// A number, a day, or a word of ours.
    pub(crate) fn shown(value: &impl fmt::Display) -> Self {
        Self(value.to_string())
    }

    /// The same where it may be missing.
    pub(crate) fn maybe(value: Option<impl fmt::Display>) -> Self {
        value.map_or(Self::EMPTY, |value| Self::shown(&value))
    }

    fn push_to(&self, line: &mut String) {
        let Self(text) = self;
        if text.contains([',', ';', '\t', '"', '\r', '\n']) {
            line.push('"');
            line.push_str(&text.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(text);
        }
    }
}

/// A file of rows below a header.
#[derive(Debug)]
pub(crate) struct Sheet<W: Write>(BufWriter<W>);

impl<W: Write> Sheet<W> {
    pub(crate) fn new(out: W, columns: &[&str]) -> io::Result<Self> {
        let mut out = BufWriter::new(out);
        writeln!(out, "{}", columns.join(","))?;
        Ok(Self(out))
    }

    pub(crate) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                line.push(',');
            }
            cell.push_to(&mut line);
        }
        line.push('\n');
        self.0.write_all(line.as_bytes())
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
