//! From one user to the next, whatever stands around them.

use std::io::Read;

use super::scan::{Halt, Scanner};

/// One user, or one operation on a user, as it stands.
pub(super) struct Item {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) raw: Vec<u8>,
    /// Whether it is an operation of a bulk request.
    pub(super) operation: bool,
}

/// Where in the file the next user is looked for.
enum At {
    /// Between values at the top.
    Top,
    /// In a list of users or operations.
    List {
        operations: bool,
        /// Whether an object is around the list.
        wrapped: bool,
        first: bool,
    },
    /// After the list of an object: what follows in it is passed over.
    Rest,
}

/// The users of a stream, one after the other.
pub(super) struct Walk<R> {
    scanner: Scanner<R>,
    at: At,
}

impl<R: Read> Walk<R> {
    pub(super) const fn new(scanner: Scanner<R>) -> Self {
        Self {
            scanner,
            at: At::Top,
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
                            operations: false,
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
                    operations,
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
                        operations,
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
                    return Ok(Some(Item {
                        line,
                        raw,
                        operation: operations,
                    }));
                }
                At::Rest => {
                    if self.scanner.next_sign()? == Some(b'}') {
                        self.scanner.expect(b'}')?;
                        self.at = At::Top;
                        continue;
                    }
                    self.scanner.expect(b',')?;
                    let mut passed = Vec::new();
                    self.name(&mut passed)?;
                    passed.clear();
                    let line = self.scanner.line;
                    self.sound_value(&mut passed, line)?;
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
                let operation = false;
                return Ok(Some(Item {
                    line,
                    raw,
                    operation,
                }));
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
                self.at = At::List {
                    operations,
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

    fn sound_value(&mut self, raw: &mut Vec<u8>, line: u64) -> Result<(), Halt> {
        self.scanner.value(raw, 1, line)?;
        let sound = serde_json::from_slice::<serde::de::IgnoredAny>(raw);
        sound.map(|_| ()).map_err(|_| self.scanner.bad())
    }
}
