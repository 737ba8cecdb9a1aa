//! One user as attributes by their path, without recursion.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    /// A text, a number or a truth value, as text.
    Text(String),
    List,
    Object,
}

/// Attributes by their path in lower case.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub(super) values: BTreeMap<String, Value>,
    /// Paths that are there more than once.
    pub(super) twice: Vec<String>,
}

/// The members of one object, in order, also those of one name; their values as they stand.
pub(super) struct Members<'a>(pub(super) Vec<(String, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    members.push((name, value.get()));
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Pairs)
    }
}

/// The members of an object; nothing where it is none, or no sound JSON.
pub(super) fn members(raw: &str) -> Option<Members<'_>> {
    serde_json::from_str(raw).ok()
}

/// The schema whose name may stand before any attribute of a user.
const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:user:";

/// The path of an attribute as it is compared.
pub(super) fn path(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    lower
        .strip_prefix(CORE)
        .map_or_else(|| lower.clone(), str::to_owned)
}

/// Every attribute of an object by its path; nothing where it is none, or no sound JSON.
pub(super) fn flatten(raw: &str) -> Option<Flat> {
    let mut flat = Flat::default();
    let mut open: Vec<(Option<String>, &str)> = vec![(None, raw)];
    while let Some((at, raw)) = open.pop() {
        let value = match raw.as_bytes().first()? {
            b'{' => {
                for (name, value) in members(raw)?.0 {
                    let inner = match &at {
                        None => path(&name),
                        // The attributes of a schema stand after a colon.
                        Some(schema) if is_schema(schema) => {
                            format!("{schema}:{}", name.to_lowercase())
                        }
                        Some(outer) => format!("{outer}.{}", name.to_lowercase()),
                    };
                    // `core` is no attribute of its own.
                    let inner = inner
                        .strip_prefix(CORE)
                        .map_or_else(|| inner.clone(), str::to_owned);
                    open.push((Some(inner), value));
                }
                Value::Object
            }
            b'[' => Value::List,
            b'"' => Value::Text(serde_json::from_str(raw).ok()?),
            b'n' => Value::Null,
            _ => Value::Text(raw.to_owned()),
        };
        match at {
            None if value == Value::Object => {}
            None => return None,
            Some(at) => {
                if flat.values.insert(at.clone(), value).is_some() {
                    flat.twice.push(at);
                }
            }
        }
    }
    flat.twice.sort_unstable();
    flat.twice.dedup();
    Some(flat)
}

/// Whether a path is that of a schema alone: a URN that ends in the name of a resource, such as `…:2.0:user`.
fn is_schema(path: &str) -> bool {
    path.starts_with("urn:") && path.ends_with(":user")
}

impl Flat {
    /// The text at a path; nothing where none is.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        match self.values.get(path) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}
