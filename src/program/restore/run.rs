//! On which days a pairing of a record ran, adopted or not.

use chrono::NaiveDate;

use crate::history::{LapsedBy, Planning};

use crate::program::record::sessions::PlannedRecord;
use crate::program::record::{AdoptedRecord, HoldRecord, PairingRecord};

/// The days of a pairing, and its holds.
pub(super) struct Run<'a> {
    began: Option<NaiveDate>,
    ended: Option<NaiveDate>,
    holds: &'a [HoldRecord],
}

impl<'a> Run<'a> {
    pub(super) fn of(pairing: &'a PairingRecord) -> Self {
        Self {
            began: pairing.began_on,
            ended: pairing.ended_on,
            holds: &pairing.holds,
        }
    }

    pub(super) fn of_adopted(adopted: &'a AdoptedRecord) -> Self {
        Self {
            began: Some(adopted.started),
            ended: adopted.ended.map(|(on, _)| on),
            holds: &adopted.holds,
        }
    }

    /// Whether the two had begun by a day.
    pub(super) fn has_begun(&self, by: NaiveDate) -> bool {
        self.began.is_some_and(|began| by >= began)
    }

    /// Whether it ran on a day and was not held up; the days on which a hold begins and ends are nobody's.
    pub(super) fn ran_on(&self, date: NaiveDate) -> bool {
        let mut holds = self.holds.iter();
        let held_up =
            holds.any(|hold| date > hold.from && hold.until.is_none_or(|until| date < until));
        self.has_begun(date) && self.ended.is_none_or(|ended| date <= ended) && !held_up
    }

    /// Whether a session can have been planned for its first day.
    pub(super) fn may_plan(&self, planning: &Planning) -> bool {
        planning.first >= planning.on && self.has_begun(planning.first)
    }

    /// Whether what fell away did so with a hold or an end that is there, before its day.
    pub(super) fn lets_fall(&self, plan: &PlannedRecord) -> bool {
        let Some(lapse) = plan.lapsed else {
            return true;
        };
        let hold = |suspended| {
            let mut holds = self.holds.iter();
            holds.any(|hold| hold.suspended == suspended && hold.from == lapse.on)
        };
        let with = match lapse.by {
            LapsedBy::Pause => hold(false),
            LapsedBy::Suspension => hold(true),
            LapsedBy::End => self.ended == Some(lapse.on),
        };
        with && lapse.on < plan.date
    }
}
