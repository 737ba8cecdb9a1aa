//! What stands in the columns of a roster, from the attributes of one user.

use super::super::code::FaultCode;
use super::super::mapping::{Mapping, RosterColumn, Source};
use super::ENTERPRISE_USER;
use super::flat::{Flat, Found, Schemas, Value, is_within, schema_of};
use super::pick::Attribute;

/// A cell as it can be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Text(String),
    /// The last part of the address of a manager, which is an `id`.
    Address(String),
}

/// Where the columns of a mapping stand.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Of each column, in the order of [`RosterColumn::ALL`], where it may stand.
    of: Vec<Vec<Attribute>>,
    pub(super) paths: Vec<Vec<String>>,
    pub(super) schemas: Schemas,
    /// The columns one of whose paths is none.
    pub(super) unreadable: Vec<RosterColumn>,
}

impl Cells {
    pub(super) fn new(mapping: &Mapping) -> Self {
        let mut unreadable = Vec::new();
        let all = RosterColumn::ALL.iter().map(|column| {
            let source = mapping.column(column.as_str()).map(|(_, source)| source);
            let names = match source {
                Some(Source::Names(names)) => names.as_slice(),
                _ => &[],
            };
            let read: Vec<Attribute> = names.iter().filter_map(|n| Attribute::of(n)).collect();
            if read.len() < names.len() {
                unreadable.push(*column);
            }
            read
        });
        let of: Vec<Vec<Attribute>> = all.collect();
        let paths = |read: &Vec<Attribute>| read.iter().map(|a| a.path.clone()).collect();
        let paths: Vec<Vec<String>> = of.iter().map(paths).collect();
        // What stands before the last colon of a path that is looked for is a schema: no file says what is one.
        let named = paths.iter().flatten().filter_map(|path| schema_of(path));
        let mut schemas: Schemas = named.map(|(schema, _)| schema.to_owned()).collect();
        schemas.insert(ENTERPRISE_USER.to_lowercase());
        Self {
            of,
            paths,
            schemas,
            unreadable,
        }
    }

    /// Whether the key is the `id`.
    pub(super) fn key_is_id(&self) -> bool {
        let of = self.of.first().map_or(&[][..], Vec::as_slice);
        of.iter().all(|a| a.path == "id" && a.pick.is_none())
    }

    /// The cell of a column.
    ///
    /// Of a manager blank is an attribute alone that is not there, null or an empty text. Whatever else names nobody is a fault, as it would
    /// be a line that nobody sees.
    pub(super) fn read(
        &self,
        flat: &Flat<'_>,
        at: usize,
        mapping: &Mapping,
        most: usize,
    ) -> Result<Cell, FaultCode> {
        let attributes = self.of.get(at).map_or(&[][..], Vec::as_slice);
        let column = RosterColumn::ALL.get(at).copied();
        let names_somebody = matches!(column, Some(RosterColumn::Manager | RosterColumn::Dotted));
        let mut there = attributes
            .iter()
            .filter_map(|a| Some((a, flat.get(&a.path)?)));
        let blank = || Ok(Cell::Text(String::new()));
        let Some((attribute, value)) = there.next() else {
            for attribute in attributes {
                match flat.find(&attribute.path) {
                    Found::Around(Value::Object) if names_somebody => {
                        return Err(FaultCode::UnnamedManager);
                    }
                    Found::Around(Value::Object) => {}
                    Found::Around(value) if !value.is_blank() => {
                        return Err(FaultCode::BadAttribute);
                    }
                    _ => {}
                }
            }
            return blank();
        };
        if there.next().is_some() {
            return Err(FaultCode::AttributeTwice);
        }
        let path = &attribute.path;
        let named = match (value, &attribute.pick) {
            (Value::List(list), Some(pick)) => {
                let text = pick.text(list, most)?;
                let nobody = names_somebody
                    && !list
                        .trim_matches(['[', ']', ' ', '\n', '\t', '\r'])
                        .is_empty();
                match text {
                    Some(text) if !(nobody && text.trim().is_empty()) => {
                        return Ok(Cell::Text(text));
                    }
                    _ if nobody => return Err(FaultCode::UnnamedManager),
                    _ => return blank(),
                }
            }
            (Value::Null, _) => "",
            (Value::Text(text), None) => text,
            (Value::Object, None) if column == Some(RosterColumn::Manager) => {
                return manager(flat, path);
            }
            (Value::Object | Value::List(_) | Value::Text(_), _) => {
                return Err(FaultCode::BadAttribute);
            }
        };
        // A word that is mapped says what it says.
        let is_word = column.is_some_and(|column| mapping.meaning(column, named).is_some());
        let nobody = named.trim().is_empty() && (!named.is_empty() || is_within(path));
        if names_somebody && nobody && !is_word {
            return Err(FaultCode::UnnamedManager);
        }
        Ok(Cell::Text(named.to_owned()))
    }
}

/// Who an object at a path names: by `value`, or where that is blank by the last part of the address at `$ref`.
fn manager(flat: &Flat<'_>, path: &str) -> Result<Cell, FaultCode> {
    let mut texts = [None, None];
    for (name, text) in ["value", "$ref"].into_iter().zip(&mut texts) {
        *text = match flat.get(&format!("{path}.{name}")) {
            Some(Value::Object | Value::List(_)) => return Err(FaultCode::BadAttribute),
            Some(Value::Text(found)) if !found.trim().is_empty() => Some(found.as_str()),
            _ => None,
        };
    }
    let [value, address] = texts;
    if let Some(value) = value {
        return Ok(Cell::Text(value.to_owned()));
    }
    let address = address.and_then(|a| a.split(['?', '#']).next());
    let last = address.and_then(|a| a.trim_end_matches('/').rsplit('/').next());
    match last.filter(|last| !last.trim().is_empty()) {
        Some(last) => Ok(Cell::Address(last.to_owned())),
        None => Err(FaultCode::UnnamedManager),
    }
}
