//! One user as attributes by their path, without recursion and in memory that grows as the user does.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::code::FaultCode;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Null,
    /// A text, a number or a truth value, as text.
    Text(String),
    /// A list, as it stands.
    List(&'a str),
    Object,
}

impl<'a> Value<'a> {
    /// What sound JSON says; nothing where it is none.
    pub(super) fn of(raw: &'a str) -> Option<Self> {
        Some(match raw.as_bytes().first()? {
            b'{' => Self::Object,
            b'[' => Self::List(raw),
            b'"' => Self::Text(serde_json::from_str(raw).ok()?),
            b'n' => Self::Null,
            _ => Self::Text(raw.to_owned()),
        })
    }

    /// Whether nothing stands there.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(_) | Self::Object => false,
        }
    }
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
const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:user";

/// A path without the name of the schema that may stand before any.
fn without_core(path: &str) -> &str {
    let rest = path.strip_prefix(CORE).and_then(|r| r.strip_prefix(':'));
    rest.unwrap_or(path)
}

/// The path of an attribute as it is compared.
pub(super) fn path(text: &str) -> String {
    without_core(&text.trim().to_lowercase()).to_owned()
}

/// The schema that a path begins with, and the rest of it. A name of a schema has colons and dots of its own; that of an attribute has
/// no colon.
pub(super) fn schema_of(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("urn:")?;
    path.rsplit_once(':')
}

/// Whether a path leads into an attribute.
pub(super) fn is_within(path: &str) -> bool {
    schema_of(path).map_or(path, |(_, rest)| rest).contains('.')
}

/// Schemas whose attributes are read, in lower case.
pub(super) type Schemas = BTreeSet<String>;

/// The names that lead to a path from the top: that of a schema, and those between dots.
fn steps<'p>(schemas: &Schemas, path: &'p str) -> impl Iterator<Item = &'p str> {
    let (head, rest) = match schema_of(path) {
        None => (None, Some(path)),
        Some(_) if schemas.contains(path) => (Some(path), None),
        Some((schema, rest)) if schemas.contains(schema) => (Some(schema), Some(rest)),
        Some(_) => (Some(path), None),
    };
    let rest = rest.into_iter().flat_map(|rest| rest.split('.'));
    head.into_iter().chain(rest)
}

const TOP: usize = 0;

/// An attribute. Only its own name is kept: those around it are at `above`.
#[derive(Debug)]
struct Node<'a> {
    above: usize,
    inner: BTreeMap<String, usize>,
    value: Value<'a>,
    /// How often it was given; never where it is only around another, as `name` of a flat `name.familyName`.
    given: u32,
}

impl Node<'_> {
    const fn within(above: usize) -> Self {
        Self {
            above,
            inner: BTreeMap::new(),
            value: Value::Object,
            given: 0,
        }
    }
}

/// Attributes by their path in lower case.
#[derive(Debug)]
pub(super) struct Flat<'a> {
    schemas: &'a Schemas,
    nodes: Vec<Node<'a>>,
}

/// What there is of a path.
pub(super) enum Found<'f, 'a> {
    At(&'f Value<'a>),
    /// Not it, but something around it; schemas do not count.
    Around(&'f Value<'a>),
    Nothing,
}

/// Every attribute of an object by its path.
///
/// Fails where it is no object, or no sound JSON, or has more than `most` attributes, those around others among them.
pub(super) fn flatten<'a>(
    raw: &'a str,
    schemas: &'a Schemas,
    most: usize,
) -> Result<Flat<'a>, FaultCode> {
    let nodes = vec![Node::within(TOP)];
    let mut flat = Flat { schemas, nodes };
    let mut open = VecDeque::from([(TOP, raw)]);
    while let Some((above, raw)) = open.pop_front() {
        for (name, raw) in members(raw).ok_or(FaultCode::BadJson)?.0 {
            let name = name.to_lowercase();
            let at = flat.place(above, &name, most)?;
            let value = Value::of(raw).ok_or(FaultCode::BadJson)?;
            if value == Value::Object {
                // What the core schema is around stands at the top.
                let core = above == TOP && name == CORE;
                open.push_back((if core { TOP } else { at }, raw));
            }
            if let Some(node) = flat.nodes.get_mut(at) {
                node.value = value;
                node.given = node.given.saturating_add(1);
            }
        }
    }
    Ok(flat)
}

impl<'a> Flat<'a> {
    /// The place of a member, made where it is new.
    fn place(&mut self, above: usize, name: &str, most: usize) -> Result<usize, FaultCode> {
        let mut at = above;
        if above == TOP {
            let schemas = self.schemas;
            for step in steps(schemas, without_core(name)) {
                at = self.step(at, step, most)?;
            }
        } else {
            for step in name.split('.') {
                at = self.step(at, step, most)?;
            }
        }
        Ok(at)
    }

    fn step(&mut self, above: usize, name: &str, most: usize) -> Result<usize, FaultCode> {
        let new = self.nodes.len();
        let Some(node) = self.nodes.get_mut(above) else {
            return Ok(above);
        };
        if let Some(known) = node.inner.get(name) {
            return Ok(*known);
        }
        // The top is no attribute.
        if new > most {
            return Err(FaultCode::TooManyFields);
        }
        node.inner.insert(name.to_owned(), new);
        self.nodes.push(Node::within(above));
        Ok(new)
    }

    /// The last place on the way to a path, and how many steps before its end.
    fn walk(&self, path: &str) -> (usize, usize) {
        let (mut at, mut missing) = (TOP, 0);
        for step in steps(self.schemas, path) {
            let node = self.nodes.get(at).filter(|_| missing == 0);
            match node.and_then(|node| node.inner.get(step)) {
                Some(next) => at = *next,
                None => missing += 1,
            }
        }
        (at, missing)
    }

    /// What there is of a path.
    pub(super) fn find(&self, path: &str) -> Found<'_, 'a> {
        let (at, missing) = self.walk(path);
        let Some(node) = self.nodes.get(at) else {
            return Found::Nothing;
        };
        if missing == 0 {
            return Found::At(&node.value);
        }
        // A schema, or the top, is around much else.
        let is_schema = schema_of(path).is_some() && node.above == TOP;
        match node.value {
            Value::Object if at == TOP || is_schema => Found::Nothing,
            _ => Found::Around(&node.value),
        }
    }

    pub(super) fn get(&self, path: &str) -> Option<&Value<'a>> {
        match self.find(path) {
            Found::At(value) => Some(value),
            Found::Around(_) | Found::Nothing => None,
        }
    }

    /// The text at a path; nothing where none is.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        match self.get(path) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// For each attribute that is given more than once, the first column of whose paths it is one, or stands within one. Given twice is as well what
    /// has a value and, by a longer name, attributes within it.
    pub(super) fn twice(&self, columns: &[Vec<String>]) -> Vec<Option<usize>> {
        let is_twice = |node: &Node<'_>| {
            let is_value = node.given > 0 && node.value != Value::Object;
            node.given > 1 || (is_value && !node.inner.is_empty())
        };
        if !self.nodes.iter().any(is_twice) {
            return Vec::new();
        }
        let mut of: Vec<Option<usize>> = vec![None; self.nodes.len()];
        for (column, paths) in columns.iter().enumerate() {
            for path in paths {
                if let (at, 0) = self.walk(path) {
                    if let Some(first) = of.get_mut(at) {
                        first.get_or_insert(column);
                    }
                }
            }
        }
        // Whatever is around stands before what is within.
        for (at, node) in self.nodes.iter().enumerate().skip(1) {
            let around = of.get(node.above).copied().flatten();
            if let Some(own) = of.get_mut(at) {
                *own = own.iter().copied().chain(around).min();
            }
        }
        let all = self.nodes.iter().zip(of);
        all.filter(|(node, _)| is_twice(node))
            .map(|(_, column)| column)
            .collect()
    }
}
