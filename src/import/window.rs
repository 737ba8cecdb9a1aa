//! The bytes that are being read: those of the row at hand and no others are kept.

use std::fmt;
use std::io::{self, Read};

use super::fault::Fault;

/// Why a table cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The source failed.
    #[error("the source cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The file has no header that can be read.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A source of bytes that remembers what it gave since the last row it was told to let go.
pub(super) struct Window<'a> {
    source: Box<dyn Read + 'a>,
    kept: Vec<u8>,
    /// How many bytes of `kept` are the source's; the rest is room for more.
    filled: usize,
    /// The offset of the first byte of `kept`, from the first byte after the mark.
    start: u64,
    /// How many of `kept` have been given out.
    given: usize,
    /// How many of `kept` may go.
    free: usize,
    /// The offset at which the row at hand begins, and how many bytes may be given from there on.
    row: u64,
    room: u64,
    stop: Option<Stop>,
}

/// Why no more is given though there is more.
#[derive(Debug)]
pub(super) enum Stop {
    /// The row at hand is longer than it may be.
    Room,
    Failed(io::Error),
}

/// Sizes only.
impl fmt::Debug for Window<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Window")
            .field("kept", &self.filled)
            .finish_non_exhaustive()
    }
}

const MARK: &[u8] = b"\xef\xbb\xbf";

impl<'a> Window<'a> {
    /// Begins to read, and drops the mark of UTF-8.
    pub(super) fn new(source: impl Read + 'a, room: u64) -> io::Result<Self> {
        let mut window = Self {
            source: Box::new(source),
            kept: Vec::new(),
            filled: 0,
            start: 0,
            given: 0,
            free: 0,
            row: 0,
            room,
            stop: None,
        };
        // With two bytes after the mark, which tell UTF-16.
        while window.filled < MARK.len() + 2 && window.more(MARK.len() + 2)? > 0 {}
        if window.first().starts_with(MARK) {
            window.let_go(MARK.len());
            window.start = 0;
        }
        Ok(window)
    }

    /// The first bytes, before any has been given.
    pub(super) fn first(&self) -> &[u8] {
        self.kept.get(..self.filled).unwrap_or_default()
    }

    /// The next row begins at `row`, and nothing before `free` will be asked for.
    pub(super) fn begin(&mut self, row: u64, free: u64) {
        self.row = row;
        let free = usize::try_from(free.saturating_sub(self.start)).unwrap_or(usize::MAX);
        self.free = free.min(self.given);
    }

    /// The bytes from an offset on, as far as they are kept and before `to`.
    pub(super) fn bytes(&self, from: u64, to: u64) -> &[u8] {
        let at = |offset: u64| usize::try_from(offset.saturating_sub(self.start)).ok();
        let end = at(to).map_or(self.filled, |to| to.min(self.filled));
        at(from)
            .and_then(|from| self.kept.get(from..end))
            .unwrap_or_default()
    }

    /// The offset after the last byte that is kept.
    pub(super) fn end(&self) -> u64 {
        self.start + self.filled as u64
    }

    pub(super) const fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    pub(super) fn take_stop(&mut self) -> Option<Stop> {
        self.stop.take()
    }

    /// Reads up to `most` bytes more, after letting go what may go.
    fn more(&mut self, most: usize) -> io::Result<usize> {
        if self.free > 0 {
            self.let_go(self.free);
            self.given -= self.free;
            self.free = 0;
        }
        let end = self.filled.saturating_add(most);
        if self.kept.len() < end {
            self.kept.resize(end, 0);
        }
        let read = loop {
            let room = self.kept.get_mut(self.filled..end).unwrap_or_default();
            match self.source.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        let read = read.map(|read| read.min(most));
        self.filled += read.as_ref().unwrap_or(&0);
        read
    }

    /// Drops the first bytes. The room they took is kept: a source may give a byte at a time.
    fn let_go(&mut self, count: usize) {
        let count = count.min(self.filled);
        self.kept.copy_within(count..self.filled, 0);
        self.filled -= count;
        self.start += count as u64;
    }
}

impl Read for Window<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_some() {
            return Err(io::ErrorKind::Other.into());
        }
        if self.given == self.filled {
            match self.more(into.len()) {
                Ok(0) => return Ok(0),
                Ok(_) => {}
                Err(error) => {
                    self.stop = Some(Stop::Failed(error));
                    return Err(io::ErrorKind::Other.into());
                }
            }
        }
        if (self.start + self.given as u64).saturating_sub(self.row) > self.room {
            self.stop = Some(Stop::Room);
            return Err(io::ErrorKind::Other.into());
        }
        let ready = self.kept.get(self.given..self.filled).unwrap_or_default();
        let count = ready.len().min(into.len());
        if let (Some(into), Some(ready)) = (into.get_mut(..count), ready.get(..count)) {
            into.copy_from_slice(ready);
        }
        self.given += count;
        Ok(count)
    }
}
