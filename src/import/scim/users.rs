//! Users as the rows of a roster.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};

use super::super::assemble::{Rows, unknown_roots};
use super::super::code::FaultCode;
use super::super::fault::{Fault, Notice};
use super::super::limits::Limits;
use super::super::mapping::{Mapping, RosterColumn, Source};
use super::super::names::Names;
use super::super::references::Findings;
use super::super::roster_row::{Columns, Entry};
use super::super::row::{Cells as RowCells, Column, Place, Row, Shape};
use super::super::seal::Called;
use super::super::window::TableError;
use super::ManagerBy;
use super::cells::Cells;
use super::ids::{Ids, Managers};
use super::scan::{Halt, Scanner};
use super::take::Taken;
use super::walk::Walk;
use crate::text::Key;

/// How users are read.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) limits: Limits,
    pub(super) mapping: &'a Mapping,
    pub(super) managers: ManagerBy,
    /// Whether whoever is not in the file stays.
    pub(super) is_additive: bool,
    /// Who an `id` of somebody is who may have no row.
    pub(super) known: Option<&'a BTreeMap<String, Key>>,
}

/// Users of one stream.
pub(super) struct Users<'a, R> {
    pub(super) walk: Walk<R>,
    pub(super) terms: Terms<'a>,
    pub(super) cells: Cells,
    names: Vec<Option<String>>,
    key: Column,
    called: Called,
    pub(super) record: csv::ByteRecord,
    rows: u64,
    /// Whether anybody was a row.
    somebody: bool,
    pub(super) notices: Vec<Notice>,
    stopped: bool,
    failed: Option<io::Error>,
    pub(super) ids: &'a mut Ids,
    pub(super) gone: HashSet<Key>,
}

impl<'a, R: Read> Users<'a, R> {
    pub(super) fn open(source: R, terms: Terms<'a>, ids: &'a mut Ids) -> Result<Self, TableError> {
        let mapping = terms.mapping;
        let mut scanner = Scanner::new(source, terms.limits);
        let begun = scanner.skip_mark().and_then(|()| scanner.next_sign());
        match begun {
            Ok(Some(_)) => {}
            Ok(None) => {
                let code = FaultCode::EmptyFile;
                return Err(Fault::of_row(1, code, code.meaning().to_owned()).into());
            }
            Err(Halt::Failed(error)) => return Err(error.into()),
            Err(Halt::Fault(line, code)) => {
                return Err(Fault::of_row(line, code, code.meaning().to_owned()).into());
            }
        }
        let mut called = Called::default();
        for (at, column) in (0..).zip(RosterColumn::ALL) {
            let first = match mapping.column(column.as_str()) {
                Some((_, Source::Names(names))) => names.first(),
                _ => None,
            };
            let first = first.map_or(column.as_str(), String::as_str);
            called.add(column.as_str(), Some(at), first);
        }
        Ok(Self {
            walk: Walk::new(scanner),
            terms,
            cells: Cells::new(mapping),
            names: RosterColumn::ALL
                .iter()
                .map(|c| Some(c.as_str().to_owned()))
                .collect(),
            key: Column {
                name: RosterColumn::Id.as_str(),
                place: Place::At(0),
                words: mapping
                    .has_words(RosterColumn::Id)
                    .then_some(RosterColumn::Id),
            },
            called,
            record: csv::ByteRecord::new(),
            rows: 0,
            somebody: false,
            notices: Vec::new(),
            stopped: false,
            failed: None,
            ids,
            gone: HashSet::new(),
        })
    }

    /// What is wrong with the file once it has been read to its end.
    fn lacking(&self) -> Option<(u64, FaultCode)> {
        let additive = self.terms.is_additive;
        if let Some(line) = self.walk.totals.missing(additive) {
            return Some((line, FaultCode::IncompleteList));
        }
        (!additive && !self.somebody).then_some((1, FaultCode::NoUsers))
    }
}

impl<R: Read> Rows for Users<'_, R> {
    fn columns(&mut self) -> (Columns, Vec<Fault>) {
        let mut faults = Vec::new();
        let columns = Columns::named(|name| {
            let at = RosterColumn::ALL.iter().position(|c| c.as_str() == name);
            let mapping = self.terms.mapping;
            let (field, source) = mapping.column(name).unzip();
            let place = match (source, at) {
                (Some(Source::Constant(_)), _) => field.map_or(Place::Absent, Place::Constant),
                (Some(Source::Names(names)), Some(at)) if !names.is_empty() => {
                    if field.is_some_and(|field| self.cells.unreadable.contains(&field)) {
                        let code = FaultCode::BadPath;
                        let mut fault = Fault::of_row(1, code, code.meaning().to_owned());
                        fault.column = Some(name.to_owned());
                        faults.push(fault);
                        let (place, words) = (Place::Unreadable, None);
                        return Column { name, place, words };
                    }
                    Place::At(at)
                }
                _ if matches!(name, "id" | "manager" | "side") => {
                    let code = FaultCode::MissingColumn;
                    let mut fault = Fault::of_row(1, code, code.meaning().to_owned());
                    fault.column = Some(name.to_owned());
                    faults.push(fault);
                    Place::Unreadable
                }
                _ => Place::Absent,
            };
            let words = field.filter(|field| mapping.has_words(*field));
            Column { name, place, words }
        });
        (columns, faults)
    }

    fn next_row<'t>(&'t mut self, faults: &'t mut Vec<Fault>) -> Option<Row<'t>> {
        let (line, wrong, shape) = loop {
            if self.stopped || self.failed.is_some() {
                return None;
            }
            if faults.len() > self.terms.limits.faults {
                self.stopped = true;
                Fault::cut(faults, self.terms.limits.faults);
                return None;
            }
            let halt = match self.walk.next() {
                Ok(None) => match self.lacking() {
                    None => return None,
                    Some((line, code)) => Halt::Fault(line, code),
                },
                Ok(Some(item)) if self.rows < self.terms.limits.rows => {
                    self.rows += 1;
                    match self.take(&item) {
                        Taken::Row(wrong, shape) => {
                            self.somebody = true;
                            break (item.line, wrong, shape);
                        }
                        Taken::Nobody => continue,
                        Taken::Last(code) => Halt::Fault(item.line, code),
                    }
                }
                Ok(Some(item)) => Halt::Fault(item.line, FaultCode::TooManyRows),
                Err(halt) => halt,
            };
            match halt {
                Halt::Failed(error) => self.failed = Some(error),
                Halt::Fault(line, code) => {
                    self.stopped = true;
                    faults.push(Fault::of_row(line, code, code.meaning().to_owned()));
                }
            }
        };
        let found = faults.len();
        let mut row = Row {
            line,
            record: &self.record,
            text: std::str::from_utf8(self.record.as_slice()).ok(),
            shape,
            key_column: Some(self.key),
            key: None,
            found,
            faults,
            most: self.terms.limits.faults,
            mapping: Some(self.terms.mapping),
            cells: RowCells::Plain,
        };
        if shape == Shape::Whole {
            row.read_key(&self.key, 0);
            check_lengths(&mut row, &self.names, self.terms.limits.field_bytes);
        }
        for (code, at) in wrong {
            row.whole_fault(code, code.meaning(), at);
        }
        Some(row)
    }

    fn most_faults(&self) -> usize {
        self.terms.limits.faults
    }

    fn is_stopped(&self) -> bool {
        self.stopped
    }

    fn take_io_error(&mut self) -> Option<io::Error> {
        self.failed.take()
    }

    fn header_line(&self) -> u64 {
        1
    }

    fn notices(&self) -> Vec<Notice> {
        self.notices.clone()
    }

    fn close(&mut self, names: &mut Names, entries: &[Entry], _: &mut Findings) {
        let roots = unknown_roots(self.terms.mapping, entries, 1);
        self.notices.extend(roots);
        let managers = Managers {
            ids: self.ids,
            known: self.terms.known.filter(|_| self.terms.is_additive),
            by: self.terms.managers,
            key_is_id: self.cells.key_is_id(),
        };
        names.rename(managers.keys());
    }

    /// Those who have left, and the keys that people had who have another now: somebody who stayed under the old one as well would be two.
    fn gone(&self) -> HashSet<Key> {
        let known = self.terms.known.filter(|_| self.terms.is_additive);
        let renamed = known.into_iter().flatten().filter(|(id, old)| {
            let now = self.ids.by_id.get(*id);
            now.is_some_and(|now| now != old.as_str())
        });
        let renamed = renamed.map(|(_, old)| old.clone());
        self.gone.iter().cloned().chain(renamed).collect()
    }

    fn called(&self) -> Called {
        self.called.clone()
    }

    fn is_feed(&self) -> bool {
        true
    }

    fn may_be_empty(&self) -> bool {
        self.terms.is_additive
    }
}

/// Of a cell that is too long nothing is read, and nothing that it might have said is a second fault. Cells that could not be read are no text on
/// purpose, and their fault is told already.
fn check_lengths(row: &mut Row<'_>, names: &[Option<String>], most: usize) {
    for (at, (cell, name)) in row.record.iter().zip(names).enumerate() {
        if cell.len() > most {
            let name = name.as_deref().unwrap_or_default();
            let code = FaultCode::FieldTooLong;
            row.push(
                name,
                Some(at),
                code,
                format_args!("has more than {most} bytes"),
            );
            row.shape = Shape::Broken;
        }
    }
}
