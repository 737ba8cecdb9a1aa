//! What the two gave each other for a session after it had gone on record, with the day.

use chrono::NaiveDate;

use super::book::{Brief, id_end};
use super::sessions::SessionFact;
use crate::ids::SessionId;
use crate::pair::{Role, Roles};
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

    /// Those of days after this one.
    pub(crate) fn after(&self, on: NaiveDate) -> Later<'_> {
        let known = match self.are_all_by(on) {
            true => &[][..],
            false => &self.known,
        };
        let later = known.iter().filter(|(_, day)| *day > on);
        let bits = later.fold(0, |bits, ((session, ..), _)| bits | 1 << id_end(*session));
        Later { known, on, bits }
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

/// What was given after a day. Most sessions have nothing in it, and are told so at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Later<'r> {
    known: &'r [(Given, NaiveDate)],
    on: NaiveDate,
    /// A bit for the end of each of its session's ids: where it is not set, the session is not in it.
    bits: u64,
}

impl Later<'_> {
    /// Whether something in it may be for a session.
    pub(crate) const fn may_have(&self, session: &Brief) -> bool {
        self.bits & (1 << session.id_end) > 0
    }

    /// Who had given the other feedback and recognition for a session that was by the day: all that is known, less this.
    pub(crate) fn given_before(&self, session: &SessionFact) -> [Roles; 2] {
        let mut given = [session.feedback_from, session.recognition_from];
        let later = self.known.iter().filter(|(_, day)| *day > self.on);
        for ((_, by, what), _) in later.filter(|((id, ..), _)| Some(*id) == session.id) {
            let [feedback, recognition] = &mut given;
            let known = match what {
                Response::Feedback => feedback,
                Response::Recognition => recognition,
            };
            *known = known.without(*by);
        }
        given
    }
}
