//! Which column of a file is which.

use super::code::FaultCode;
use super::fault::{Fault, Notice, NoticeCode, Seal};
use super::mapping::{Mapping, RosterColumn, Separator, Source, plain};
use super::raw::{NotUtf8, QuoteFault};
use super::row::{Column, Place};
use super::table::Table;
use super::window::{Stop, TableError};
use crate::text::Quoted;

impl Table<'_> {
    /// Reads the names of the columns.
    pub(super) fn read_header(&mut self, utf16: bool) -> Result<(), TableError> {
        let fault = |line, code, text: String| TableError::Fault(Fault::of_row(line, code, text));
        if utf16 {
            let text = "the file is UTF-16: save it as UTF-8".to_owned();
            return Err(fault(1, FaultCode::Utf16, text));
        }
        let Some(found) = self.read_record() else {
            if let Some(Stop::Failed(error)) = self.reader.get_mut().take_stop() {
                return Err(TableError::Io(error));
            }
            let text = "the file is empty".to_owned();
            return Err(fault(1, FaultCode::EmptyFile, text));
        };
        let line = found.line;
        if found.too_long {
            return Err(fault(line, FaultCode::RowTooLong, self.too_long()));
        }
        // Before the quotes: `"id";"manager"` is bad quoting only because the separator is another. A quote that closes
        // late has swallowed rows, whose lists have semicolons too.
        let ran_on = |bad: &QuoteFault| bad.open || bad.last.is_some();
        let ran_on = found.quotes.as_ref().is_err_and(ran_on);
        if let Some(separator) = self.other_separator(self.separator).filter(|_| !ran_on) {
            let text = format!(
                "the header is one field with {separator} in it: save the file with commas between the columns"
            );
            return Err(fault(line, FaultCode::Separator, text));
        }
        if let Err(bad) = found.quotes {
            let text = format!("in the header, {bad}");
            return Err(fault(line, bad.code(), text));
        }
        if self.record.len() > self.limits.fields {
            let text = self.limits.too_many_fields();
            return Err(fault(line, FaultCode::TooManyFields, text));
        }
        self.header_line = line;
        let record = std::mem::take(&mut self.record);
        for (at, name) in record.iter().enumerate() {
            let read = std::str::from_utf8(name);
            if name.len() > self.limits.field_bytes {
                let text = format!("name {} of the header is too long", at + 1);
                let fault = Fault::of_row(line, FaultCode::FieldTooLong, text);
                self.header_fault(fault.sealed(Seal::at(at)));
            } else if let Err(error) = read {
                let text = format!("name {} of the header {}", at + 1, NotUtf8(name, error));
                let fault = Fault::of_row(line, FaultCode::InvalidUtf8, text);
                self.header_fault(fault.sealed(Seal::at(at)));
            }
            self.names.push(read.ok().map(|n| n.trim().to_owned()));
        }
        self.record = record;
        Ok(())
    }

    /// Adds a fault of the header, of which there are no more than are told, and one above that.
    fn header_fault(&mut self, fault: Fault) {
        if self.faults.len() <= self.limits.faults {
            self.faults.push(fault);
        }
    }

    /// What stands between the columns, where that is something else than it should be.
    pub(super) fn other_separator(&self, separator: Separator) -> Option<&'static str> {
        let only = self.record.get(0).filter(|_| self.record.len() == 1)?;
        let mut others = Separator::ALL.iter().filter(|(s, ..)| *s != separator);
        let found = others.find(|(_, byte, _)| only.contains(byte));
        found.map(|(_, _, name)| *name)
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
        let mapped = self.mapping.and_then(|m| Some((m, m.column(name)?)));
        let column = match mapped {
            Some((mapping, (field, source))) => self.mapped(mapping, name, field, source, required),
            None => self.own(name, required),
        };
        self.asked.push(column);
        column
    }

    fn own(&mut self, name: &'static str, required: bool) -> Column {
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
                self.column_fault(name, FaultCode::MissingColumn, text);
                Place::Unreadable
            }
            _ => {
                let text = format!("the column `{name}` is there {} times", places.len());
                self.column_fault(name, FaultCode::DuplicateColumn, text);
                Place::Unreadable
            }
        };
        Column {
            name,
            place,
            words: None,
        }
    }

    fn mapped(
        &mut self,
        mapping: &Mapping,
        name: &'static str,
        field: RosterColumn,
        source: &Source,
        required: bool,
    ) -> Column {
        let place = match source {
            Source::Constant(_) => {
                self.called.add(name, None, name);
                Place::Constant(field)
            }
            Source::Names(names) => {
                let folded: Vec<String> = names.iter().map(|n| plain(n)).collect();
                let said = |n: &Option<String>| {
                    let header = plain(n.as_deref()?);
                    folded.iter().position(|name| *name == header)
                };
                let found = self.names.iter().enumerate();
                let found: Vec<(usize, usize)> =
                    found.filter_map(|(at, n)| Some((at, said(n)?))).collect();
                // What a fault calls the column: as the mapping has it, not as the file does.
                let called = found.first().map_or(0, |(_, which)| *which);
                let called = names.get(called).map_or(name, String::as_str);
                let at = match *found {
                    [(at, _)] => Some(at),
                    _ => None,
                };
                self.called.add(name, at, called);
                match (at, found.len()) {
                    (Some(at), _) => Place::At(at),
                    (None, 0) if !required => Place::Absent,
                    (None, 0) => {
                        let text = "the column is not there".to_owned();
                        self.column_fault(name, FaultCode::MissingColumn, text);
                        Place::Unreadable
                    }
                    (None, _) => {
                        let text = "the column is there more than once".to_owned();
                        self.column_fault(name, FaultCode::DuplicateColumn, text);
                        Place::Unreadable
                    }
                }
            }
        };
        Column {
            name,
            place,
            words: mapping.has_words(field).then_some(field),
        }
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

    fn column_fault(&mut self, column: &str, code: FaultCode, text: String) {
        let mut fault = Fault::of_row(self.header_line, code, text);
        fault.column = Some(column.to_owned());
        self.header_fault(fault);
    }

    /// The faults of the header, once every column has been asked for. The other columns become notices.
    pub fn close_header(&mut self) -> Vec<Fault> {
        let named = self.names.iter().enumerate();
        let named = named.filter_map(|(at, name)| Some((at, name.as_deref()?)));
        for (at, name) in named.filter(|(_, name)| !name.is_empty()) {
            let text = if self.mapping.is_some() {
                let read = |c: &Column| matches!(c.place, Place::At(place) if place == at);
                if self.asked.iter().any(read) {
                    continue;
                }
                "the column is not read".to_owned()
            } else {
                let near = |c: &&Column| c.name.eq_ignore_ascii_case(name);
                match self.asked.iter().find(near) {
                    Some(column) if column.name == name => continue,
                    Some(column) => format!(
                        "the column {} is not read; did you mean `{}`?",
                        Quoted(name),
                        column.name
                    ),
                    None => format!("the column {} is not read", Quoted(name)),
                }
            };
            let notice = Notice::new(self.header_line, NoticeCode::UnknownColumn, text);
            self.notices.push(notice.sealed(Seal::at(at)));
        }
        std::mem::take(&mut self.faults)
    }
}
