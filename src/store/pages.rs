//! All entries of a programme, a page at a time.

use std::collections::VecDeque;
use std::num::NonZeroUsize;

use super::{Found, Journal, Place, StoreError, Version};
use crate::ids::ProgramId;

/// How many entries are asked for at once.
const PAGE: NonZeroUsize = NonZeroUsize::MIN.saturating_add(999);

/// The entries of a programme from a version on, to the end that the journal has when it is come to. At most a thousand of
/// them are in memory.
///
/// What the store says is checked: entries stand in their places, without a gap. After an error there are no more.
pub fn entries<J: Journal + ?Sized>(
    journal: &mut J,
    program: ProgramId,
    from: Version,
) -> Pages<'_, J> {
    Pages {
        journal,
        program,
        next: Some(from),
        page: VecDeque::new(),
    }
}

/// See [`entries`].
#[derive(Debug)]
pub struct Pages<'j, J: ?Sized> {
    journal: &'j mut J,
    program: ProgramId,
    /// None after the end, and after an error.
    next: Option<Version>,
    page: VecDeque<Found>,
}

impl<J: Journal + ?Sized> Pages<'_, J> {
    fn one(&mut self, next: Version) -> Result<Option<Found>, StoreError> {
        if self.page.is_empty() {
            self.page = self.journal.read(self.program, next, PAGE)?.into();
        }
        let Some(found) = self.page.pop_front() else {
            return Ok(None);
        };
        let sequence = next.entries();
        if found.sequence == sequence {
            return Ok(Some(found));
        }
        Err(StoreError::Damaged {
            program: self.program,
            place: Place::Entry(sequence),
        })
    }
}

impl<J: Journal + ?Sized> Iterator for Pages<'_, J> {
    type Item = Result<Found, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.next.take()?;
        let found = self.one(next).transpose()?;
        if found.is_ok() {
            self.next = next.entries().checked_add(1).map(Version::new);
        }
        Some(found)
    }
}
