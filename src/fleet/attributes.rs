//! The attributes of an envelope as they are read: each once, all of them held against what the data say.

use std::collections::BTreeMap;
use std::fmt;

use chrono::DateTime;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::envelope::{Envelope, JSON};
use super::fault::{Fault, Faults};
use super::source::Source;
use crate::ids::ProgramId;
use crate::text::{Quoted, one_line};

/// UTF-8's own; JSON has none, and editors put one in front of a file.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The attributes that an event here has.
const KNOWN: [&str; 9] = [
    "specversion",
    "id",
    "source",
    "type",
    "subject",
    "time",
    "datacontenttype",
    "dataschema",
    "data",
];

/// The members of an object in their order, with repeats.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Members, M::Error> {
                let mut all = Vec::new();
                while let Some(member) = map.next_entry()? {
                    all.push(member);
                }
                Ok(Members(all))
            }
        }
        from.deserialize_map(All)
    }
}

/// One line on its way in, with the faults found in it.
pub(super) struct Incoming<'f> {
    members: Members,
    line: u64,
    found: usize,
    faults: &'f mut Vec<Fault>,
}

impl<'f> Incoming<'f> {
    /// `None` where the line is no object, which is a fault.
    pub(super) fn read(line: u64, text: &[u8], faults: &'f mut Vec<Fault>) -> Option<Self> {
        let found = faults.len();
        let mut say = |text: &str| {
            faults.push(Fault {
                line,
                attribute: None,
                text: one_line(text),
            });
        };
        let rest = text.strip_prefix(BYTE_ORDER_MARK);
        if rest.is_some() {
            say("the line begins with a byte order mark, which is no part of an event");
        }
        let text = rest.unwrap_or(text);
        if text.trim_ascii().is_empty() {
            say("the line is blank, and there is an event on each");
            return None;
        }
        let members = match serde_json::from_slice::<Members>(text) {
            Ok(members) => members,
            Err(error) => {
                say(&format!("the line is not an event: {error}"));
                return None;
            }
        };
        let mut incoming = Self {
            members,
            line,
            found,
            faults,
        };
        incoming.check_names();
        Some(incoming)
    }

    /// Whether no fault has been found in the line.
    pub(super) fn is_sound(&self) -> bool {
        self.faults.len() == self.found
    }

    pub(super) fn fault(&mut self, attribute: Option<&'static str>, text: impl Into<String>) {
        self.faults.push(Fault {
            line: self.line,
            attribute,
            // What serde_json does not know it repeats as it stands.
            text: one_line(&text.into()),
        });
    }

    /// Every attribute at most once; those that are not ours are extensions, by the names that these may have.
    fn check_names(&mut self) {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, _) in &self.members.0 {
            *times.entry(name).or_default() += 1;
        }
        let sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let named = |name: &str| !name.is_empty() && name.bytes().all(sign);
        // All of ours have such a name.
        let wrong = times.keys().any(|name| !named(name));
        let ours = KNOWN.into_iter().filter(|name| times.get(name) > Some(&1));
        let ours: Vec<&'static str> = ours.collect();
        let others = times
            .iter()
            .filter(|(name, times)| **times > 1 && named(name) && !KNOWN.contains(name));
        let others: Vec<String> = others.map(|(name, _)| Quoted(name).to_string()).collect();
        for name in ours {
            self.fault(Some(name), "is there more than once");
        }
        for name in others {
            self.fault(None, format!("{name} is there more than once"));
        }
        if wrong {
            let text = "there is an attribute whose name is not of lower-case letters and digits";
            self.fault(None, text);
        }
    }

    /// `source` and `id` together name one event among all.
    fn check_repeat(&mut self, seen: &mut BTreeMap<(String, String), u64>) {
        let text = |name| {
            let raw = self.raw(name)?;
            serde_json::from_str::<String>(raw).ok()
        };
        let (Some(source), Some(id)) = (text("source"), text("id")) else {
            return;
        };
        let first = *seen.entry((source, id)).or_insert(self.line);
        if first != self.line {
            let text = format!("is that of line {first}, under the same `source`");
            self.fault(Some("id"), text);
        }
    }

    /// The text of a member as it stands; `None` where it is missing.
    fn raw(&self, name: &str) -> Option<&str> {
        let member = self.members.0.iter().find(|(n, _)| n == name);
        member.map(|(_, raw)| raw.get())
    }

    /// The string of an attribute that has to be there.
    fn string(&mut self, name: &'static str) -> Option<String> {
        let Some(raw) = self.raw(name) else {
            self.fault(Some(name), "is missing");
            return None;
        };
        let read: Result<String, _> = serde_json::from_str(raw);
        if read.is_err() {
            self.fault(Some(name), "is not a string");
        }
        read.ok()
    }

    /// The data as they stand.
    pub(super) fn data(&mut self) -> Option<String> {
        let data = self.raw("data").map(str::to_owned);
        if data.is_none() {
            self.fault(Some("data"), "is missing");
        }
        data
    }

    fn is(&mut self, name: &'static str, expected: &str) {
        let read = self.string(name);
        if read.is_some_and(|read| read != expected) {
            self.fault(Some(name), format!("is not `{expected}`"));
        }
    }

    /// What every event here has, whatever is in it, and where it comes from.
    pub(super) fn origin(&mut self, kind: &str) -> Option<(Source, ProgramId)> {
        self.is("specversion", "1.0");
        self.is("type", kind);
        self.is("datacontenttype", JSON);
        let source = self.string("source")?;
        let origin = Source::split(&source);
        if origin.is_none() {
            let text = "is not a URI of the host's with a programme behind it";
            self.fault(Some("source"), text);
        }
        origin
    }

    /// Whether the rest of the envelope is that of the data.
    pub(super) fn check(&mut self, expected: &Envelope) {
        self.is("subject", &expected.subject);
        self.is("id", &expected.id);
        self.is("dataschema", &expected.dataschema);
        let Some(time) = &expected.time else { return };
        let instant = |text: &str| DateTime::parse_from_rfc3339(text).ok();
        let read = self.string("time");
        if read.is_some_and(|read| instant(&read).is_none_or(|t| Some(t) != instant(time))) {
            let text = format!("is not the instant of the data, `{time}`");
            self.fault(Some("time"), text);
        }
    }
}

/// Reads every line of a stream; blank ones are faults, and so are events that were there before. What follows the last end
/// of line is no line.
pub(super) fn read_lines<T>(
    bytes: &[u8],
    read: impl Fn(&mut Incoming<'_>, &[u8]) -> Option<T>,
) -> Result<Vec<T>, Faults> {
    let (mut events, mut faults) = (Vec::new(), Vec::new());
    let mut seen = BTreeMap::new();
    let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    if !bytes.is_empty() {
        for (line, text) in (1..).zip(text.split(|b| *b == b'\n')) {
            if let Some(mut incoming) = Incoming::read(line, text, &mut faults) {
                let event = read(&mut incoming, text);
                incoming.check_repeat(&mut seen);
                if incoming.is_sound() {
                    events.extend(event);
                }
            }
        }
    }
    match faults.is_empty() {
        true => Ok(events),
        false => Err(Faults(faults)),
    }
}
