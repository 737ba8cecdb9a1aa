//! From one user to the next, whatever stands around them.

use std::io::Read;

use super::envelope::{Envelope, Totals};
use super::flat::members;
use super::scan::{Halt, Scanner};

/// One user, or one operation on a user, as it stands.
pub(super) struct Item {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) raw: Vec<u8>,
    pub(super) stands: Stands,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// At the top.
    Alone,
    /// In a list.
    Listed,
    /// In a bulk request, as one of its operations.
    Operation,
}

/// Where in the file the next user is looked for.
enum At {
    /// Between values at the top.
    Top,
    /// In a list of users or operations.
    List {
        stands: Stands,
        /// Whether an object is around the list.
        wrapped: bool,
        first: bool,
    },
    /// After the list of an object.
    Rest,
}

/// The users of a stream, one after the other.
pub(super) struct Walk<R> {
    scanner: Scanner<R>,
    at: At,
    /// What stands around the list at hand, and the line on which that begins.
    envelope: (u64, Envelope),
    pub(super) totals: Totals,
}

impl<R: Read> Walk<R> {
    pub(super) fn new(scanner: Scanner<R>) -> Self {
        Self {
            scanner,
            at: At::Top,
            envelope: Default::default(),
            totals: Totals::default(),
        }
    }

    /// The next; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Item>, Halt> {
        loop {
            match self.at {
                At::Top => match self.scanner.next_sign()? {
                    None => return Ok(None),
                    Some(b'[') => {
                        self.scanner.expect(b'[')?;
                        self.at = At::List {
                            stands: Stands::Listed,
                            wrapped: false,
                            first: true,
                        };
                    }
                    Some(b'{') => {
                        if let Some(item) = self.object()? {
                            return Ok(Some(item));
                        }
                    }
                    Some(_) => return Err(self.scanner.bad()),
                },
                At::List {
                    stands,
                    wrapped,
                    first,
                } => {
                    if self.scanner.next_sign()? == Some(b']') {
                        self.scanner.expect(b']')?;
                        self.at = if wrapped { At::Rest } else { At::Top };
                        continue;
                    }
                    if !first {
                        self.scanner.expect(b',')?;
                    }
                    self.at = At::List {
                        stands,
                        wrapped,
                        first: false,
                    };
                    // The line is that of the user, not of the comma before.
                    self.scanner.next_sign()?;
                    let (line, mut raw) = (self.scanner.line, Vec::new());
                    let around = if wrapped { 2 } else { 1 };
                    self.scanner.value(&mut raw, around, line)?;
                    if raw.is_empty() {
                        return Err(self.scanner.bad());
                    }
                    if wrapped && stands == Stands::Listed {
                        self.totals.count();
                    }
                    return Ok(Some(Item { line, raw, stands }));
                }
                At::Rest => {
                    if self.scanner.next_sign()? == Some(b'}') {
                        self.scanner.expect(b'}')?;
                        let (line, envelope) = std::mem::take(&mut self.envelope);
                        self.totals.add(line, &envelope);
                        self.at = At::Top;
                        continue;
                    }
                    self.scanner.expect(b',')?;
                    let mut passed = Vec::new();
                    let name = self.name(&mut passed)?;
                    let line = self.scanner.line;
                    let wrong = |code| Halt::Fault(line, code);
                    let known = self.envelope.1.name(&name).map_err(wrong)?;
                    passed.clear();
                    self.scanner.value(&mut passed, 1, line)?;
                    let value = sound(&passed).ok_or_else(|| self.scanner.bad())?;
                    if let Some(known) = known {
                        self.envelope.1.value(known, value).map_err(wrong)?;
                    }
                }
            }
        }
    }

    /// An object at the top: a user, unless it has a list of them.
    fn object(&mut self) -> Result<Option<Item>, Halt> {
        let (line, mut raw) = (self.scanner.line, Vec::new());
        self.scanner.expect(b'{')?;
        self.scanner.keep(b'{', &mut raw, line)?;
        let mut first = true;
        loop {
            if self.scanner.next_sign()? == Some(b'}') {
                self.scanner.expect(b'}')?;
                self.scanner.keep(b'}', &mut raw, line)?;
                let stands = Stands::Alone;
                return Ok(Some(Item { line, raw, stands }));
            }
            if !first {
                self.scanner.expect(b',')?;
                self.scanner.keep(b',', &mut raw, line)?;
            }
            first = false;
            let name = self.name(&mut raw)?;
            self.scanner.keep(b':', &mut raw, line)?;
            let users = name.eq_ignore_ascii_case("Resources");
            let operations = name.eq_ignore_ascii_case("Operations");
            if (users || operations) && self.scanner.next_sign()? == Some(b'[') {
                self.scanner.expect(b'[')?;
                raw.extend_from_slice(b"null}");
                self.envelope = (line, self.before(&raw, line)?);
                self.at = At::List {
                    stands: match operations {
                        true => Stands::Operation,
                        false => Stands::Listed,
                    },
                    wrapped: true,
                    first: true,
                };
                return Ok(None);
            }
            let before = raw.len();
            self.scanner.value(&mut raw, 1, line)?;
            if raw.len() == before {
                return Err(self.scanner.bad());
            }
        }
    }

    /// The name of a member and its colon, adding the name to `raw`.
    fn name(&mut self, raw: &mut Vec<u8>) -> Result<String, Halt> {
        let (line, before) = (self.scanner.line, raw.len());
        if self.scanner.next_sign()? != Some(b'"') {
            return Err(self.scanner.bad());
        }
        self.scanner.value(raw, 1, line)?;
        let name = raw.get(before..).unwrap_or_default();
        let name = serde_json::from_slice(name).map_err(|_| self.scanner.bad())?;
        self.scanner.expect(b':')?;
        Ok(name)
    }

    /// What stands before a list, whose own name is the last.
    fn before(&self, raw: &[u8], line: u64) -> Result<Envelope, Halt> {
        let members = std::str::from_utf8(raw).ok().and_then(members);
        let members = members.ok_or_else(|| self.scanner.bad())?;
        let envelope = Envelope::of(members.0.iter().map(|(n, v)| (n.as_str(), *v)));
        envelope.map_err(|code| Halt::Fault(line, code))
    }
}

/// The text of one JSON value; nothing where it is not sound.
fn sound(raw: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(raw).ok()?;
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    Some(text)
}
