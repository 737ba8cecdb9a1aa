//! One row: its cells by column, and its faults.

use std::fmt;

use super::code::FaultCode;
use super::fault::{Fault, Seal};
use super::mapping::{BlankManager, Mapping, OwnManager, RosterColumn};
use super::raw::NotUtf8;
use crate::spreadsheet::unescape;
use crate::text::{Key, Quoted};

/// What declares a root in the library's own files, and so cannot be anybody's key.
pub(super) const ROOT: &str = "-";

/// A column that was asked for by name.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub(super) name: &'static str,
    pub(super) place: Place,
    /// The column whose words a mapping knows, where it knows any.
    pub(super) words: Option<RosterColumn>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    At(usize),
    /// The mapping says what stands there.
    Constant(RosterColumn),
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
pub struct Row<'t> {
    pub(super) line: u64,
    pub(super) record: &'t csv::ByteRecord,
    /// All cells one after the other, where they are text: a piece of it is sooner had than a cell is checked.
    pub(super) text: Option<&'t str>,
    pub(super) shape: Shape,
    pub(super) key_column: Option<Column>,
    pub(super) key: Option<Key>,
    /// How many faults there were before this row.
    pub(super) found: usize,
    pub(super) faults: &'t mut Vec<Fault>,
    /// How many faults are told; one above it is kept, so that it shows that there are more.
    pub(super) most: usize,
    pub(super) mapping: Option<&'t Mapping>,
    pub(super) cells: Cells,
}

/// Where it stands, and nothing of what stands in it.
impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("line", &self.line)
            .field("cells", &self.record.len())
            .finish_non_exhaustive()
    }
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
                let text = self.cells.text(self.text_at(at)?);
                let meaning = column.words.zip(self.mapping);
                let meaning = meaning.and_then(|(words, mapping)| mapping.meaning(words, text));
                Some(meaning.unwrap_or(text))
            }
            (Shape::Whole, Place::Constant(constant)) => {
                self.mapping.and_then(|mapping| mapping.constant(constant))
            }
            (Shape::Whole, Place::Absent) => Some(""),
            (Shape::Broken, _) | (_, Place::Unreadable) => None,
        }
    }

    /// A cell as it stands in the file; nothing of one that is no text.
    fn text_at(&self, at: usize) -> Option<&'t str> {
        let whole = self.text.zip(self.record.range(at));
        let piece = whole.and_then(|(text, range)| text.get(range));
        // Bytes that are text only together with those of the next cell are no piece of it.
        piece.or_else(|| std::str::from_utf8(self.record.get(at)?).ok())
    }

    /// Whether anything stands in a cell of a whole row, be it the mark of an escaped text alone.
    #[cfg(feature = "tables")]
    pub(crate) fn is_filled(&self, column: Column) -> bool {
        match (self.shape, column.place) {
            (Shape::Whole, Place::At(at)) => self.record.get(at).is_some_and(|c| !c.is_empty()),
            _ => false,
        }
    }

    /// What stands between the items of a list.
    pub(super) fn list_separator(&self) -> char {
        self.mapping.map_or(';', Mapping::list)
    }

    /// Whether the mapping declares this person a root.
    pub(super) fn is_declared_root(&self) -> bool {
        let declared = self.mapping.zip(self.key());
        declared.is_some_and(|(mapping, key)| mapping.roots().contains(key))
    }

    /// What a blank manager says, and being one's own.
    pub(super) fn root_rules(&self) -> (BlankManager, OwnManager) {
        let rules = self.mapping.map(|m| (m.blank_manager, m.own_manager));
        rules.unwrap_or_default()
    }

    /// Whether a text declares a root, and so is nobody's key.
    pub(super) fn is_root_word(&self, text: &str) -> bool {
        match self.mapping {
            Some(mapping) => mapping.is_root_word(text),
            None => text == ROOT,
        }
    }

    /// Adds a fault of a column; `text` follows the key and the column's name.
    pub fn fault(&mut self, column: Column, code: FaultCode, text: impl fmt::Display) {
        self.push(column.name, None, code, text);
    }

    /// Adds a fault of the cell that identifies the row.
    pub(super) fn key_fault(&mut self, code: FaultCode, text: impl fmt::Display) {
        if let Some(column) = self.key_column {
            self.push(column.name, None, code, text);
        }
    }

    /// Gives the key up: it could be read, and cannot stand for anybody.
    pub(super) fn refuse_key(&mut self) {
        self.key = None;
    }

    /// Hands the key on: nothing more is asked of the row.
    pub(super) fn take_key(&mut self) -> Option<Key> {
        self.key.take()
    }

    /// Whether the row is that of a feed, whose faults have no text, and of one kind in a cell one alone.
    pub(super) const fn is_of_feed(&self) -> bool {
        self.mapping.is_some()
    }

    pub(super) fn push(
        &mut self,
        column: &str,
        place: Option<usize>,
        code: FaultCode,
        text: impl fmt::Display,
    ) {
        if self.faults.len() > self.most {
            return;
        }
        let seal = place.map(Seal::at).unwrap_or_default();
        let fault = if self.is_of_feed() {
            let of_row = self.faults.get(self.found..).unwrap_or_default();
            let is_told = of_row.iter().any(|told| {
                told.code == code && told.column.as_deref() == Some(column) && told.seal == seal
            });
            if is_told {
                return;
            }
            let mut fault = Fault::of_row(self.line, code, String::new());
            fault.column = Some(column.to_owned());
            fault
        } else {
            Fault::in_cell(self.line, self.key.as_ref(), column, code, text)
        };
        self.faults.push(fault.sealed(seal));
    }

    /// Adds a fault of no cell that can be named, at a place of the row where it is known.
    pub(super) fn whole_fault(
        &mut self,
        code: FaultCode,
        text: impl fmt::Display,
        place: Option<usize>,
    ) {
        if self.faults.len() > self.most {
            return;
        }
        let text = match self.is_of_feed() {
            true => String::new(),
            false => named(self.key.as_ref(), text),
        };
        let seal = place.map(Seal::at).unwrap_or_default();
        let fault = Fault::of_row(self.line, code, text);
        self.faults.push(fault.sealed(seal));
    }

    /// What is wrong with cells whatever their column: their length, and bytes that are no text.
    pub(super) fn check_cells(&mut self, names: &[Option<String>], hushed: &[usize], most: usize) {
        // Text of which every cell ends where a character does.
        let mut ends = (0..self.record.len()).map(|at| self.record.range(at).map(|r| r.end));
        let is_text = |text: &str| {
            text.len() <= most && ends.all(|end| end.is_some_and(|end| text.is_char_boundary(end)))
        };
        if self.text.is_some_and(is_text) {
            return;
        }
        for (at, (cell, name)) in self.record.iter().zip(names).enumerate() {
            let name = name.as_deref().unwrap_or_default();
            if cell.len() > most {
                self.push(
                    name,
                    Some(at),
                    FaultCode::FieldTooLong,
                    format_args!("has more than {most} bytes"),
                );
                // Nothing is read of it, and nothing that it might have said is a second fault.
                self.shape = Shape::Broken;
            }
            let Err(error) = std::str::from_utf8(cell) else {
                continue;
            };
            let code = FaultCode::InvalidUtf8;
            if cell.len() > most || hushed.contains(&at) {
                self.push(name, Some(at), code, "is not UTF-8");
            } else {
                self.push(name, Some(at), code, NotUtf8(cell, error));
            }
        }
    }

    pub(super) fn read_key(&mut self, column: &Column, at: usize) {
        let Some(text) = self.text_at(at).map(|text| self.cells.text(text)) else {
            return; // said of the cell
        };
        match Key::new(text) {
            Ok(key) => self.key = Some(key),
            Err(crate::text::TextError::Blank) => {
                self.push(column.name, None, FaultCode::BlankId, "is blank");
            }
            Err(error) => {
                self.push(
                    column.name,
                    None,
                    FaultCode::BadKey,
                    format_args!("is {}, which cannot be a key: {error}", Quoted(text)),
                );
            }
        }
    }
}

fn named(key: Option<&Key>, text: impl fmt::Display) -> String {
    match key {
        Some(key) => format!("{}: {text}", Quoted(key.as_str())),
        None => text.to_string(),
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
            text: named(key, format_args!("{} {text}", Quoted(column))),
            seal: Seal::default(),
        }
    }
}
