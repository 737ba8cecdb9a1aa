//! Users as the rows of a roster.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use super::super::assemble::{Rows, unknown_roots};
use super::super::fault::{Fault, FaultCode, Notice, NoticeCode};
use super::super::limits::Limits;
use super::super::mapping::{Mapping, OwnManager, RosterColumn, Source};
use super::super::names::Names;
use super::super::references::Findings;
use super::super::roster_row::{Columns, Entry};
use super::super::row::{Cells, Column, Place, Row, Shape};
use super::super::seal::Called;
use super::super::window::TableError;
use super::ManagerBy;
use super::flat::{Flat, Value, flatten, path};
use super::operation::{Operation, operation};
use super::scan::{Halt, Scanner};
use super::walk::{Item, Walk};
use crate::text::Key;

/// Users of one stream.
pub(super) struct Users<'a, R> {
    walk: Walk<R>,
    limits: Limits,
    mapping: &'a Mapping,
    managers: ManagerBy,
    /// Of each column, in the order of [`RosterColumn::ALL`], the paths it may stand at.
    paths: Vec<Vec<String>>,
    names: Vec<Option<String>>,
    key: Column,
    called: Called,
    record: csv::ByteRecord,
    rows: u64,
    notices: Vec<Notice>,
    stopped: bool,
    failed: Option<io::Error>,
    /// What names a user elsewhere → their key.
    by_id: HashMap<String, String>,
    by_bulk_id: HashMap<String, String>,
    gone: HashSet<Key>,
}

/// What is wrong with a user beyond their cells.
type Wrong = (FaultCode, Option<usize>);

impl<'a, R: Read> Users<'a, R> {
    pub(super) fn open(
        source: R,
        limits: Limits,
        mapping: &'a Mapping,
        managers: ManagerBy,
    ) -> Result<Self, TableError> {
        let mut scanner = Scanner::new(source, limits);
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
        let all = (0..).zip(RosterColumn::ALL);
        let paths = all.map(|(at, column)| {
            let source = mapping.column(column.as_str()).map(|(_, source)| source);
            let paths = match source {
                Some(Source::Names(names)) => names.as_slice(),
                _ => &[],
            };
            let first = paths.first().map_or(column.as_str(), String::as_str);
            called.add(column.as_str(), Some(at), first);
            paths.iter().map(|p| path(p)).collect()
        });
        Ok(Self {
            paths: paths.collect(),
            walk: Walk::new(scanner),
            limits,
            mapping,
            managers,
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
            notices: Vec::new(),
            stopped: false,
            failed: None,
            by_id: HashMap::new(),
            by_bulk_id: HashMap::new(),
            gone: HashSet::new(),
        })
    }

    /// The cell of a column; and what is wrong with it.
    fn cell(&self, flat: &Flat, at: usize, column: RosterColumn, wrong: &mut Vec<Wrong>) -> String {
        let paths = self.paths.get(at).map_or(&[][..], Vec::as_slice);
        let there = paths.iter().filter(|path| flat.values.contains_key(*path));
        let mut there = there.map(String::as_str);
        let first = there.next();
        if there.next().is_some() {
            wrong.push((FaultCode::AttributeTwice, Some(at)));
        }
        let Some(path) = first else {
            return String::new();
        };
        match flat.values.get(path) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(Value::Object) if column == RosterColumn::Manager => {
                let inner = |name: &str| flat.text(&format!("{path}.{name}"));
                // The last part of an address is the id.
                let address = || inner("$ref")?.trim_end_matches('/').rsplit('/').next();
                inner("value")
                    .or_else(address)
                    .unwrap_or_default()
                    .to_owned()
            }
            Some(Value::Object | Value::List) => {
                wrong.push((FaultCode::BadAttribute, Some(at)));
                String::new()
            }
        }
    }

    /// Takes a user into the record; nothing for what is no user, or one who is gone.
    fn take(&mut self, item: &Item) -> Option<(Vec<Wrong>, Shape)> {
        let broken = |code| Some((vec![(code, None)], Shape::Broken));
        self.record.clear();
        let Ok(text) = std::str::from_utf8(&item.raw) else {
            return broken(FaultCode::InvalidUtf8);
        };
        let operation = match item.operation {
            true => operation(text),
            false => Operation::User {
                raw: text,
                bulk_id: None,
                id: None,
            },
        };
        let (raw, bulk_id, put) = match operation {
            Operation::User { raw, bulk_id, id } => (raw, bulk_id, id),
            Operation::Other => {
                self.note_other(item.line);
                return None;
            }
            Operation::Fault(code) => return broken(code),
        };
        let Some(flat) = flatten(raw) else {
            return broken(FaultCode::BadJson);
        };
        if flat.values.contains_key("totalresults") {
            return None; // a list response of nobody
        }
        if flat
            .text("meta.resourcetype")
            .is_some_and(|kind| !kind.eq_ignore_ascii_case("user"))
        {
            self.note_other(item.line);
            return None;
        }
        if flat.values.len() > self.limits.fields {
            return broken(FaultCode::TooManyFields);
        }
        let mut wrong: Vec<Wrong> = Vec::new();
        for twice in &flat.twice {
            // Whichever of a column's paths it is, or one within it.
            let within = |path: &String| {
                twice == path
                    || twice
                        .strip_prefix(path.as_str())
                        .is_some_and(|rest| rest.starts_with('.'))
            };
            let place = self.paths.iter().position(|paths| paths.iter().any(within));
            wrong.push((FaultCode::AttributeTwice, place));
        }
        let id = put.or_else(|| flat.text("id").map(str::to_owned));
        let mut key = String::new();
        for (at, column) in RosterColumn::ALL.iter().enumerate() {
            let mut cell = self.cell(&flat, at, *column, &mut wrong);
            match column {
                RosterColumn::Id => {
                    if cell.is_empty() && self.key_is_id() {
                        cell = id.clone().unwrap_or_default();
                    }
                    key.clone_from(&cell);
                }
                // Whoever names themselves by another name than their key.
                RosterColumn::Manager
                    if self.mapping.own_manager == OwnManager::IsARoot
                        && self.managers == ManagerBy::Id
                        && id.as_ref() == Some(&cell) =>
                {
                    cell.clone_from(&key);
                }
                _ => {}
            }
            self.record.push_field(cell.as_bytes());
        }
        // Of a name that two people have nobody could say whose manager it is.
        let named = [(id, &mut self.by_id), (bulk_id, &mut self.by_bulk_id)];
        for (name, by) in named {
            let before = name.and_then(|name| by.insert(name, key.clone()));
            if before.is_some_and(|before| before != key) {
                wrong.push((FaultCode::DuplicateId, None));
            }
        }
        match flat.values.get("active") {
            None | Some(Value::Null) => {}
            Some(Value::Text(text)) => match text.trim().to_lowercase().as_str() {
                "true" => {}
                "false" if wrong.is_empty() => {
                    self.gone.extend(Key::new(key));
                    return None;
                }
                "false" => {}
                _ => wrong.push((FaultCode::BadActive, None)),
            },
            Some(_) => wrong.push((FaultCode::BadActive, None)),
        }
        Some((wrong, Shape::Whole))
    }

    fn key_is_id(&self) -> bool {
        let paths = self.paths.first().map_or(&[][..], Vec::as_slice);
        paths.iter().all(|path| path == "id")
    }

    fn note_other(&mut self, line: u64) {
        let code = NoticeCode::NotAUser;
        self.notices
            .push(Notice::new(line, code, code.meaning().to_owned()));
    }

    /// The key of whoever a manager is named by.
    fn key_of(&self, name: &str) -> Option<&str> {
        if let Some(bulk_id) = name.strip_prefix("bulkId:") {
            return self.by_bulk_id.get(bulk_id).map(String::as_str);
        }
        None
    }
}

/// What no key is.
const NOBODY: &str = "\u{1}";

impl<R: Read> Rows for Users<'_, R> {
    fn columns(&mut self) -> (Columns, Vec<Fault>) {
        let mut faults = Vec::new();
        let columns = Columns::named(|name| {
            let at = RosterColumn::ALL.iter().position(|c| c.as_str() == name);
            let (field, source) = self.mapping.column(name).unzip();
            let place = match (source, at) {
                (Some(Source::Constant(_)), _) => field.map_or(Place::Absent, Place::Constant),
                (Some(Source::Names(names)), Some(at)) if !names.is_empty() => Place::At(at),
                _ if matches!(name, "id" | "manager" | "side") => {
                    let code = FaultCode::MissingColumn;
                    let mut fault = Fault::of_row(1, code, code.meaning().to_owned());
                    fault.column = Some(name.to_owned());
                    faults.push(fault);
                    Place::Unreadable
                }
                _ => Place::Absent,
            };
            let words = field.filter(|field| self.mapping.has_words(*field));
            Column { name, place, words }
        });
        (columns, faults)
    }

    fn next_row<'t>(&'t mut self, faults: &'t mut Vec<Fault>) -> Option<Row<'t>> {
        let (line, wrong, shape) = loop {
            if self.stopped || self.failed.is_some() {
                return None;
            }
            if faults.len() > self.limits.faults {
                self.stopped = true;
                Fault::cut(faults, self.limits.faults);
                return None;
            }
            let halt = match self.walk.next() {
                Ok(None) => return None,
                Ok(Some(item)) if self.rows < self.limits.rows => {
                    self.rows += 1;
                    match self.take(&item) {
                        Some((wrong, shape)) => break (item.line, wrong, shape),
                        None => continue,
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
            most: self.limits.faults,
            mapping: Some(self.mapping),
            cells: Cells::Plain,
        };
        if shape == Shape::Whole {
            row.read_key(&self.key, 0);
            row.check_cells(&self.names, &[], self.limits.field_bytes);
        }
        for (code, at) in wrong {
            row.whole_fault(code, code.meaning(), at);
        }
        Some(row)
    }

    fn most_faults(&self) -> usize {
        self.limits.faults
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
        self.notices.extend(unknown_roots(self.mapping, entries, 1));
        let keep = self.managers == ManagerBy::Key || self.key_is_id();
        names.rename(|name| {
            if name.starts_with("bulkId:") {
                return self.key_of(name).unwrap_or(NOBODY).to_owned();
            }
            match self.by_id.get(name) {
                _ if keep => name.to_owned(),
                Some(key) => key.clone(),
                None => NOBODY.to_owned(),
            }
        });
    }

    fn gone(&self) -> HashSet<Key> {
        self.gone.clone()
    }

    fn called(&self) -> Called {
        self.called.clone()
    }

    fn is_feed(&self) -> bool {
        true
    }
}
