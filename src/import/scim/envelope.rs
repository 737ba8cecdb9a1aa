//! What stands around lists of users, and whether all that they speak of was read.

use serde_json::value::RawValue;

use super::super::code::FaultCode;
use super::ENTERPRISE_USER;
use super::flat::Value;

/// What a server answers with in place of users.
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// The attributes that are read, or may not stand there twice.
const NAMES: [&str; 10] = [
    "schemas",
    "totalResults",
    "startIndex",
    "nextCursor",
    "Resources",
    "Operations",
    "id",
    "userName",
    "externalId",
    ENTERPRISE_USER,
];

/// What stands around one list.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    seen: Vec<&'static str>,
    total: Option<u64>,
    /// Said to be the first page.
    first: bool,
    /// Said not to be the last page.
    more: bool,
}

impl Envelope {
    /// What members of an object say, in order.
    pub(super) fn of<'a>(
        members: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, FaultCode> {
        let mut envelope = Self::default();
        for (name, raw) in members {
            if let Some(known) = envelope.name(name)? {
                envelope.value(known, raw)?;
            }
        }
        Ok(envelope)
    }

    /// Notes the name of an attribute, before anything is read of it; nothing for one that does not matter.
    pub(super) fn name(&mut self, name: &str) -> Result<Option<&'static str>, FaultCode> {
        let known = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name));
        let Some(&known) = known else {
            return Ok(None);
        };
        if self.seen.contains(&known) {
            return Err(FaultCode::AttributeTwice);
        }
        self.seen.push(known);
        Ok(Some(known))
    }

    /// Notes what stands at a name.
    pub(super) fn value(&mut self, known: &str, raw: &str) -> Result<(), FaultCode> {
        let value = Value::of(raw).ok_or(FaultCode::BadJson)?;
        match (known, &value) {
            ("schemas", Value::List(raw)) if says_error(raw) => return Err(FaultCode::ServerError),
            ("schemas", _) => {}
            ("totalResults", Value::Text(text)) => {
                let total = text.trim().parse();
                self.total = Some(total.map_err(|_| FaultCode::BadEnvelope)?);
            }
            ("startIndex", Value::Text(text)) => {
                self.first = text.trim().parse::<i64>().is_ok_and(|start| start <= 1);
            }
            ("nextCursor", value) => self.more = !value.is_blank(),
            // A list has no such name, and what has one is a user; beside a list there is no other.
            (_, value) if !value.is_blank() => return Err(FaultCode::BadEnvelope),
            _ => {}
        }
        Ok(())
    }
}

/// Whether a list of schemas names that of errors.
pub(super) fn says_error(list: &str) -> bool {
    let named: Option<Vec<&RawValue>> = serde_json::from_str(list).ok();
    let mut named = named.into_iter().flatten();
    named.any(|raw| {
        matches!(Value::of(raw.get()), Some(Value::Text(text)) if text.trim().eq_ignore_ascii_case(ERROR))
    })
}

/// What all lists of a source say that there is, and what was read of them.
#[derive(Debug, Default)]
pub(super) struct Totals {
    listed: u64,
    largest: u64,
    line: u64,
    /// Of all lists that begin anew: each page of one says the same total.
    firsts: u64,
    last: u64,
    more: bool,
}

impl Totals {
    /// Counts a resource of a list, whatever it is.
    pub(super) const fn count(&mut self) {
        self.listed = self.listed.saturating_add(1);
    }

    /// Adds what stands around a list that begins on a line.
    pub(super) fn add(&mut self, line: u64, envelope: &Envelope) {
        let total = envelope.total.unwrap_or(0);
        if total > self.largest {
            (self.largest, self.line) = (total, line);
        }
        if envelope.first {
            self.firsts = self.firsts.saturating_add(total);
        }
        (self.last, self.more) = (line, envelope.more);
    }

    /// The line of a list that speaks of more than was read; where `pages` of one are welcome, only if nothing was.
    pub(super) fn missing(&self, pages: bool) -> Option<u64> {
        let short = self.largest.max(self.firsts) > self.listed;
        match (short, self.more) {
            _ if pages && self.listed > 0 => None,
            (true, _) => Some(self.line),
            (false, true) if !pages => Some(self.last),
            _ => None,
        }
    }
}
