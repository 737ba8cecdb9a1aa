//! One row: its cells by column, and its faults.

use std::fmt;

use super::fault::{Fault, FaultCode};
use crate::spreadsheet::unescape;
use crate::text::{Key, Quoted};

/// A column that was asked for by name.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub(super) name: &'static str,
    pub(super) place: Place,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    At(usize),
    /// An optional column that is not there: every cell is blank.
    Absent,
    /// Required and not there, or there twice: nobody knows what its cells say, and that is one fault, not one a row.
    Unreadable,
}

impl Column {
    /// The name in the header.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// A fault of a cell on some line.
    pub(super) fn fault_on(self, line: u64, code: FaultCode, text: &str) -> Fault {
        Fault::in_cell(line, None, self.name, code, text)
    }

    /// Whether its cells can be read.
    pub(super) const fn is_readable(&self) -> bool {
        !matches!(self.place, Place::Unreadable)
    }
}

/// One row: its line, its cells by column, and the faults found in it so far.
#[derive(Debug)]
pub struct Row<'t> {
    pub(super) line: u64,
    pub(super) record: &'t csv::ByteRecord,
    pub(super) shape: Shape,
    pub(super) key_column: Option<Column>,
    pub(super) key: Option<Key>,
    /// How many faults there were before this row.
    pub(super) found: usize,
    pub(super) faults: &'t mut Vec<Fault>,
    pub(super) cells: Cells,
}

/// How the cells of a file stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cells {
    /// Byte for byte: `'x` is `'x`.
    Plain,
    /// As [`escape`](crate::spreadsheet::escape) writes them.
    Escaped,
}

impl Cells {
    fn text(self, cell: &str) -> &str {
        match self {
            Self::Plain => cell,
            Self::Escaped => unescape(cell),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Whole,
    /// Nobody knows which cell belongs to which column.
    Broken,
}

impl<'t> Row<'t> {
    /// The line on which the row begins.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// What identifies the row, where that could be read.
    #[must_use]
    pub const fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    /// Whether no fault has been found in the row so far.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.len() == self.found
    }

    /// The text of a cell, blank where the column is absent; `None` where it cannot be read, which is a fault already.
    #[must_use]
    pub fn cell(&self, column: Column) -> Option<&'t str> {
        match (self.shape, column.place) {
            (Shape::Whole, Place::At(at)) => {
                let cell = std::str::from_utf8(self.record.get(at)?).ok()?;
                Some(self.cells.text(cell))
            }
            (Shape::Whole, Place::Absent) => Some(""),
            (Shape::Broken, _) | (_, Place::Unreadable) => None,
        }
    }

    /// Whether anything stands in a cell of a whole row, be it the mark of an escaped text alone.
    pub(crate) fn is_filled(&self, column: Column) -> bool {
        match (self.shape, column.place) {
            (Shape::Whole, Place::At(at)) => self.record.get(at).is_some_and(|c| !c.is_empty()),
            _ => false,
        }
    }

    /// Adds a fault of a column; `text` follows the key and the column's name.
    pub fn fault(&mut self, column: Column, code: FaultCode, text: impl fmt::Display) {
        self.push(column.name, code, text);
    }

    /// Adds a fault of the cell that identifies the row.
    pub(super) fn key_fault(&mut self, code: FaultCode, text: impl fmt::Display) {
        if let Some(column) = self.key_column {
            self.push(column.name, code, text);
        }
    }

    /// Gives the key up: it could be read, and cannot stand for anybody.
    pub(super) fn refuse_key(&mut self) {
        self.key = None;
    }

    pub(super) fn push(&mut self, column: &str, code: FaultCode, text: impl fmt::Display) {
        let fault = Fault::in_cell(self.line, self.key.as_ref(), column, code, text);
        self.faults.push(fault);
    }

    pub(super) fn whole_fault(&mut self, code: FaultCode, text: &str) {
        self.faults.push(Fault {
            line: self.line,
            column: None,
            code,
            text: named(self.key.as_ref(), text),
        });
    }

    pub(super) fn read_key(&mut self, column: &Column, at: usize) {
        let Some(Ok(text)) = self.record.get(at).map(std::str::from_utf8) else {
            return; // said of the cell
        };
        let text = self.cells.text(text);
        match Key::new(text) {
            Ok(key) => self.key = Some(key),
            Err(crate::text::TextError::Blank) => {
                self.push(column.name, FaultCode::BlankId, "is blank");
            }
            Err(error) => {
                let text = format!("is {}, which cannot be a key: {error}", Quoted(text));
                self.push(column.name, FaultCode::BadKey, text);
            }
        }
    }
}

fn named(key: Option<&Key>, text: &str) -> String {
    match key {
        Some(key) => format!("{}: {text}", Quoted(key.as_str())),
        None => text.to_owned(),
    }
}

impl Fault {
    /// A fault of one cell: the text begins with the key, where there is one, and the column.
    pub(super) fn in_cell(
        line: u64,
        key: Option<&Key>,
        column: &str,
        code: FaultCode,
        text: impl fmt::Display,
    ) -> Self {
        Self {
            line,
            column: Some(column.to_owned()),
            code,
            text: named(key, &format!("{} {text}", Quoted(column))),
        }
    }
}
