//! What the two gave each other for a session after it had gone on record, with the day.

use chrono::NaiveDate;

use crate::ids::SessionId;
use crate::pair::Role;
use crate::session::Response;

/// Who gave what for which session.
pub(crate) type Given = (SessionId, Role, Response);

/// Days of what was given late; what was given with the record of a session is not in it.
// INVARIANT (responses): `known` is sorted, each key once, and `latest` is the latest of its days. Kept by `add` and `retain`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Responses {
    known: Vec<(Given, NaiveDate)>,
    latest: Option<NaiveDate>,
}

impl Responses {
    /// Notes a day; of one that is known, the first stays.
    pub(crate) fn add(&mut self, given: Given, on: NaiveDate) {
        if let Err(at) = self.find(given) {
            self.known.insert(at, (given, on));
            self.latest = self.latest.max(Some(on));
        }
    }

    fn find(&self, given: Given) -> Result<usize, usize> {
        self.known.binary_search_by_key(&given, |(known, _)| *known)
    }

    /// The day of one.
    pub(crate) fn day(&self, given: Given) -> Option<NaiveDate> {
        let at = self.find(given).ok()?;
        self.known.get(at).map(|(_, on)| *on)
    }

    /// Those of a session of a day after this one. Most pairings have few, and those of days after few at all.
    pub(crate) fn after(
        &self,
        on: NaiveDate,
        session: Option<SessionId>,
    ) -> impl Iterator<Item = &Given> {
        let later = self.known.iter().filter(move |(_, day)| *day > on);
        let theirs = later.filter(move |((id, ..), _)| Some(*id) == session);
        theirs.map(|(given, _)| given)
    }

    /// Whether none is of a day after this one.
    pub(crate) fn are_all_by(&self, on: NaiveDate) -> bool {
        self.latest.is_none_or(|latest| latest <= on)
    }

    /// Each with its day, by session.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Given, NaiveDate)> {
        self.known.iter()
    }

    /// Every day that is in it.
    pub(crate) fn days(&self) -> impl Iterator<Item = &NaiveDate> {
        self.iter().map(|(_, on)| on)
    }

    /// Forgets all but some.
    pub(crate) fn retain(&mut self, keep: impl Fn(Given, NaiveDate) -> bool) {
        self.known.retain(|(given, on)| keep(*given, *on));
        self.latest = self.days().max().copied();
    }
}
