//! JSON values one after the other from a stream of bytes: where each begins and ends, how deep it is, on which line.
//!
//! Nothing here recurses, and no more is kept than the value at hand. Whether a value is sound JSON, `serde_json` says.

use std::io::{self, Read};

use super::super::code::FaultCode;
use super::super::limits::Limits;

const BUFFER: usize = 64 << 10;

/// Why scanning cannot go on.
#[derive(Debug)]
pub(super) enum Halt {
    Failed(io::Error),
    /// On a line.
    Fault(u64, FaultCode),
}

/// A stream of bytes, with the line.
pub(super) struct Scanner<R> {
    source: R,
    buffer: Vec<u8>,
    /// How many bytes of the buffer are the source's, and how many of these have been taken.
    filled: usize,
    at: usize,
    pub(super) line: u64,
    limits: Limits,
    /// The last byte was a CR.
    cr: bool,
}

impl<R: Read> Scanner<R> {
    pub(super) fn new(source: R, limits: Limits) -> Self {
        Self {
            source,
            buffer: vec![0; BUFFER],
            filled: 0,
            at: 0,
            line: 1,
            limits,
            cr: false,
        }
    }

    /// The next byte, left where it is; nothing at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Halt> {
        if self.at == self.filled {
            let read = loop {
                match self.source.read(&mut self.buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(Halt::Failed(error)),
                    Ok(read) => break read.min(BUFFER),
                }
            };
            (self.filled, self.at) = (read, 0);
        }
        let byte = self.buffer.get(self.at).copied();
        Ok(byte.filter(|_| self.at < self.filled))
    }

    /// Takes the byte that was peeked at.
    fn take(&mut self, byte: u8) {
        self.at += 1;
        if byte == b'\r' || (byte == b'\n' && !self.cr) {
            self.line += 1;
        }
        self.cr = byte == b'\r';
    }

    /// The next byte that is no white space, left where it is.
    pub(super) fn next_sign(&mut self) -> Result<Option<u8>, Halt> {
        while let Some(byte) = self.peek()? {
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Ok(Some(byte));
            }
            self.take(byte);
        }
        Ok(None)
    }

    /// Takes one sign after white space.
    pub(super) fn expect(&mut self, sign: u8) -> Result<(), Halt> {
        if self.next_sign()? != Some(sign) {
            return Err(self.bad());
        }
        self.take(sign);
        Ok(())
    }

    /// Drops the mark of UTF-8 at the beginning.
    pub(super) fn skip_mark(&mut self) -> Result<(), Halt> {
        if self.peek()? == Some(0xef) {
            for mark in [0xef, 0xbb, 0xbf] {
                if self.peek()? != Some(mark) {
                    return Err(self.bad());
                }
                self.take(mark);
            }
        }
        Ok(())
    }

    pub(super) fn bad(&self) -> Halt {
        Halt::Fault(self.line, FaultCode::BadJson)
    }

    /// Adds a sign to what is kept of the user of a line.
    pub(super) fn keep(&self, sign: u8, into: &mut Vec<u8>, line: u64) -> Result<(), Halt> {
        into.push(sign);
        if into.len() as u64 > self.limits.row_bytes {
            return Err(Halt::Fault(line, FaultCode::RowTooLong));
        }
        Ok(())
    }

    /// Takes one whole value, adding its bytes to `into`. `around` lists and objects stand around it, and `line` is that of what is being
    /// read, where its length is its fault.
    pub(super) fn value(
        &mut self,
        into: &mut Vec<u8>,
        around: usize,
        line: u64,
    ) -> Result<(), Halt> {
        let Some(first) = self.next_sign()? else {
            return Err(self.bad());
        };
        let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
        let scalar = !matches!(first, b'{' | b'[' | b'"');
        loop {
            let Some(byte) = self.peek()? else {
                // The end is the end of a number at the top alone.
                return if scalar { Ok(()) } else { Err(self.bad()) };
            };
            if scalar && matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n') {
                return Ok(());
            }
            self.take(byte);
            self.keep(byte, into, line)?;
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => {
                    depth += 1;
                    if around.saturating_add(depth) > self.limits.nesting {
                        return Err(Halt::Fault(line, FaultCode::TooDeep));
                    }
                }
                b'}' | b']' if !quoted => {
                    depth = depth.checked_sub(1).ok_or_else(|| self.bad())?;
                }
                _ => {}
            }
            if !scalar && depth == 0 && !quoted {
                return Ok(());
            }
        }
    }
}
