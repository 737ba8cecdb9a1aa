//! One item of a list by what it says of itself: `emails[type eq "work"].value`.

use serde_json::value::RawValue;

use super::super::code::FaultCode;
use super::flat::{Found, Schemas, Value, flatten, path};

/// A path of a mapping as it is looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) path: String,
    pub(super) pick: Option<Pick>,
}

/// Which item of the list at a path, and what of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pick {
    by: String,
    is: String,
    of_it: String,
}

impl Attribute {
    /// Reads a path; nothing where what is in brackets is not `[attribute eq literal]`, at the end or before `.attribute`.
    pub(super) fn of(text: &str) -> Option<Self> {
        let path = path(text);
        let Some((list, rest)) = path.split_once('[') else {
            let pick = None;
            return (!path.contains(']')).then_some(Self { path, pick });
        };
        let (filter, after) = rest.rsplit_once(']')?;
        let of_it = match after {
            "" => "value",
            _ => after.strip_prefix('.')?,
        };
        let (by, rest) = filter.trim().split_once(char::is_whitespace)?;
        let (eq, literal) = rest.trim_start().split_once(char::is_whitespace)?;
        let is = match serde_json::from_str::<serde_json::Value>(literal).ok()? {
            serde_json::Value::String(text) => text,
            serde_json::Value::Bool(_) | serde_json::Value::Number(_) => literal.trim().to_owned(),
            _ => return None,
        };
        let is_name = |name: &str| !name.is_empty() && !name.contains(['[', ']', ' ', '"']);
        (eq == "eq" && [list, by, of_it].into_iter().all(is_name)).then(|| Self {
            path: list.to_owned(),
            pick: Some(Pick {
                by: by.to_owned(),
                is: is.trim().to_lowercase(),
                of_it: of_it.to_owned(),
            }),
        })
    }
}

impl Pick {
    /// The text of the item of a list; nothing where there is no such item, or it has none.
    pub(super) fn text(&self, list: &str, most: usize) -> Result<Option<String>, FaultCode> {
        let none = Schemas::new();
        let items: Vec<&RawValue> = serde_json::from_str(list).map_err(|_| FaultCode::BadJson)?;
        let mut found = None;
        for item in items {
            match Value::of(item.get()).ok_or(FaultCode::BadJson)? {
                Value::Object => {}
                Value::Null => continue,
                Value::Text(_) | Value::List(_) => return Err(FaultCode::BadAttribute),
            }
            let item = flatten(item.get(), &none, most)?;
            if !item.twice(&[]).is_empty() {
                return Err(FaultCode::AttributeTwice);
            }
            match item.find(&self.by) {
                Found::At(Value::Text(text)) if text.trim().to_lowercase() == self.is => {}
                Found::At(Value::Object | Value::List(_)) => return Err(FaultCode::BadAttribute),
                _ => continue,
            }
            let text = match item.find(&self.of_it) {
                Found::At(Value::Text(text)) => Some(text.clone()),
                Found::At(Value::Null) | Found::Nothing => None,
                Found::Around(value) if value.is_blank() => None,
                _ => return Err(FaultCode::BadAttribute),
            };
            if found.replace(text).is_some() {
                return Err(FaultCode::AttributeTwice);
            }
        }
        Ok(found.flatten())
    }
}
