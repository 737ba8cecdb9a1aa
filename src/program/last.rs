//! By what a programme knows its journal again.

use super::Program;
use crate::history::ReadModel;
use crate::ids::EntryId;
use crate::journal::Entry;

/// The entry that passed last, none in a gate that was restored, and the id under which it is filed, as far as a journal has
/// shown them.
///
/// Gates that know as much of what happened are equal, whether they have seen the last entry or a record of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Last {
    entry: Option<Entry>,
    id: Option<EntryId>,
}

impl PartialEq for Last {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Last {}

impl Last {
    pub(super) fn of(entry: &Entry) -> Self {
        Self {
            entry: Some(entry.clone()),
            id: None,
        }
    }

    /// This entry is the last from now on; it is in no journal yet.
    pub(super) fn keep(&mut self, entry: Entry) -> &Entry {
        self.id = None;
        self.entry.insert(entry)
    }
}

impl<V: ReadModel> Program<V> {
    /// Whether an entry of a journal is the last that this programme has taken in. What it does not know of that it takes over:
    /// one that was restored goes by when the entry was written, one that was not told of the id by the entry.
    pub(crate) fn stands_on(&mut self, id: EntryId, entry: &Entry) -> bool {
        let last = &self.gate.last;
        let known = match &last.entry {
            Some(known) => known == entry,
            None => {
                entry.sequence.checked_add(1) == Some(self.gate.next)
                    && self.gate.recorded_at == Some(entry.stamp.recorded_at)
            }
        };
        // What happened again after a backup was restored may be the same but for the id.
        let same = known && last.id.is_none_or(|known| known == id);
        if same {
            self.gate.last = Last::of(entry);
            self.filed(id);
        }
        same
    }

    /// The last entry is in the journal, under that id.
    pub(crate) const fn filed(&mut self, id: EntryId) {
        self.gate.last.id = Some(id);
    }
}
