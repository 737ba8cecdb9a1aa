//! Where people stand in the lines.
//!
//! In come people with keys and the lines of a company; out goes the place of each. Never true inside: a place by another key than one's own.

use super::reporting::{PersonRef, ReportingLines};
use crate::text::Key;

impl ReportingLines {
    /// Puts what has keys in their order, and says where the person of each is; `None` of whom there is no line.
    pub(super) fn seat<T>(
        &self,
        all: &mut [T],
        key: impl Fn(&T) -> &Key,
    ) -> Vec<Option<PersonRef>> {
        if let Some(seats) = self.very_keys(all, &key) {
            return seats;
        }
        all.sort_by(|a, b| key(a).cmp(key(b)));
        let mut people = self.people().peekable();
        let of = |key: &Key| {
            while people.next_if(|(_, known)| *known < key).is_some() {}
            let here = people.peek().filter(|(_, known)| *known == key);
            here.map(|(person, _)| *person)
        };
        all.iter().map(key).map(of).collect()
    }

    /// Where they are, if all of them come in the order of the lines and have the lines' own keys, as what was read with them has.
    /// No text is looked at.
    fn very_keys<T>(&self, all: &[T], key: impl Fn(&T) -> &Key) -> Option<Vec<Option<PersonRef>>> {
        let mut people = self.people();
        let seat = |item| people.find(|(_, known)| known.is(key(item)));
        all.iter()
            .map(seat)
            .map(|seat| Some(Some(seat?.0)))
            .collect()
    }
}
