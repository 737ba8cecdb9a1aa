//! One item of a file as a record of the columns of a roster.

use std::io::Read;

use super::super::code::FaultCode;
use super::super::fault::{Notice, NoticeCode};
use super::super::mapping::{OwnManager, RosterColumn};
use super::super::row::Shape;
use super::ManagerBy;
use super::cells::{Cell, Cells};
use super::envelope::{Envelope, says_error};
use super::flat::{Flat, Value, flatten, members};
use super::ids::{by_id, by_text};
use super::operation::{Operation, operation};
use super::users::{Terms, Users};
use super::walk::{Item, Stands};
use crate::text::Key;

/// What is wrong with a user beyond their cells; and the column, where it is one.
pub(super) type Wrong = (FaultCode, Option<usize>);

/// What an item is.
pub(super) enum Taken {
    Row(Vec<Wrong>, Shape),
    /// No user, or one who is gone.
    Nobody,
    /// Nothing is read after it.
    Last(FaultCode),
}

/// What no text is, for a cell of which there is a fault already.
const UNREADABLE: &[u8] = &[0xff];

impl<R: Read> Users<'_, R> {
    /// Takes a user into the record.
    pub(super) fn take(&mut self, item: &Item) -> Taken {
        let broken = |code| Taken::Row(vec![(code, None)], Shape::Broken);
        let Ok(text) = std::str::from_utf8(&item.raw) else {
            return broken(FaultCode::InvalidUtf8);
        };
        let operation = match item.stands {
            Stands::Operation => operation(text),
            Stands::Alone | Stands::Listed => Operation::User {
                raw: text,
                bulk_id: None,
                id: None,
            },
        };
        let (raw, bulk_id, put) = match operation {
            Operation::User { raw, bulk_id, id } => (raw, bulk_id, id),
            Operation::Other => {
                self.note_other(item.line);
                return Taken::Nobody;
            }
            Operation::Fault(code) => return broken(code),
        };
        // Put aside, so that what is read of it may be noted.
        let cells = std::mem::take(&mut self.cells);
        let taken = match flatten(raw, &cells.schemas, self.terms.limits.fields) {
            Ok(flat) => match self.in_place_of_a_user(item, &cells, &flat, text) {
                Some(other) => other,
                None => self.take_user(&cells, &flat, put, bulk_id),
            },
            Err(code) => broken(code),
        };
        self.cells = cells;
        taken
    }

    /// What stands where a user might, and is none.
    fn in_place_of_a_user(
        &mut self,
        item: &Item,
        cells: &Cells,
        flat: &Flat<'_>,
        text: &str,
    ) -> Option<Taken> {
        if matches!(flat.get("schemas"), Some(Value::List(list)) if says_error(list)) {
            return Some(Taken::Last(FaultCode::ServerError));
        }
        let is = |path: &str| flat.get(path).is_some();
        let of_a_list = is("totalresults") || is("resources") || is("operations");
        let names = ["id", "username", "externalid"];
        let is_named = |path| {
            let named: Option<&Value<'_>> = flat.get(path);
            named.is_some_and(|value| !value.is_blank())
        };
        let Terms {
            limits, mapping, ..
        } = self.terms;
        let has_key = || {
            let key = cells.read(flat, 0, mapping, limits.fields);
            key.is_ok_and(|key| matches!(key, Cell::Text(key) if !key.trim().is_empty()))
        };
        let is_envelope = of_a_list && !names.into_iter().any(is_named) && !has_key();
        if is_envelope && item.stands == Stands::Alone {
            let members = members(text)?;
            let envelope = Envelope::of(members.0.iter().map(|(n, v)| (n.as_str(), *v)));
            return Some(match envelope {
                Ok(envelope) => {
                    self.walk.totals.add(item.line, &envelope);
                    Taken::Nobody
                }
                Err(code) => Taken::Last(code),
            });
        }
        // A list within a list is not read, and whoever is in it would be missed.
        if is_envelope && matches!(flat.get("resources"), Some(Value::List(_))) {
            return Some(Taken::Last(FaultCode::BadEnvelope));
        }
        let kind = flat.text("meta.resourcetype")?;
        if kind.eq_ignore_ascii_case("user") {
            return None;
        }
        self.note_other(item.line);
        Some(Taken::Nobody)
    }

    fn take_user(
        &mut self,
        cells: &Cells,
        flat: &Flat<'_>,
        put: Option<String>,
        bulk_id: Option<String>,
    ) -> Taken {
        let Terms {
            limits, mapping, ..
        } = self.terms;
        let twice = flat.twice(&cells.paths).into_iter();
        let mut wrong: Vec<Wrong> = twice.map(|at| (FaultCode::AttributeTwice, at)).collect();
        let id = put.or_else(|| flat.text("id").map(str::to_owned));
        let mut key = String::new();
        let mut is_root = false;
        self.record.clear();
        for (at, column) in RosterColumn::ALL.iter().enumerate() {
            if *column == RosterColumn::Manager && is_root {
                // Whatever the file says.
                self.record.push_field(b"");
                continue;
            }
            let cell = match cells.read(flat, at, mapping, limits.fields) {
                Ok(cell) => cell,
                Err(code) => {
                    wrong.push((code, Some(at)));
                    self.record.push_field(UNREADABLE);
                    continue;
                }
            };
            let (mut cell, is_id) = match cell {
                Cell::Text(text) => (text, self.terms.managers == ManagerBy::Id),
                Cell::Address(id) => (id, true),
            };
            match column {
                RosterColumn::Id => {
                    if cell.is_empty() && cells.key_is_id() {
                        cell = id.clone().unwrap_or_default();
                    }
                    key.clone_from(&cell);
                    let roots = mapping.roots();
                    is_root = !roots.is_empty()
                        && Key::new(key.as_str()).is_ok_and(|key| roots.contains(&key));
                }
                // Whoever names themselves by another name than their key.
                RosterColumn::Manager
                    if mapping.own_manager == OwnManager::IsARoot
                        && is_id
                        && id.as_ref() == Some(&cell) =>
                {
                    cell.clone_from(&key);
                }
                RosterColumn::Manager if is_id && self.terms.managers != ManagerBy::Id => {
                    cell = by_id(&cell);
                }
                RosterColumn::Manager => cell = by_text(cell),
                _ => {}
            }
            self.record.push_field(cell.as_bytes());
        }
        let long = |name: &Option<String>| {
            let length = name.as_ref().map_or(0, String::len);
            length > limits.field_bytes
        };
        if long(&id) || long(&bulk_id) {
            // Of a key it is said as of a cell.
            if long(&bulk_id) || !cells.key_is_id() {
                wrong.push((FaultCode::FieldTooLong, None));
            }
        } else if !self.ids.note(id.as_deref(), bulk_id.as_deref(), &key) {
            wrong.push((FaultCode::DuplicateId, None));
        }
        match flat.get("active") {
            None | Some(Value::Null) => {}
            Some(Value::Text(text)) => match text.trim().to_lowercase().as_str() {
                "true" => {}
                "false" if wrong.is_empty() => {
                    // Of somebody without a key nobody knows who has left.
                    if let Ok(key) = Key::new(key) {
                        self.gone.insert(key);
                        return Taken::Nobody;
                    }
                }
                "false" => {}
                _ => wrong.push((FaultCode::BadActive, None)),
            },
            Some(_) => wrong.push((FaultCode::BadActive, None)),
        }
        Taken::Row(wrong, Shape::Whole)
    }

    fn note_other(&mut self, line: u64) {
        let code = NoticeCode::NotAUser;
        self.notices
            .push(Notice::new(line, code, code.meaning().to_owned()));
    }
}
