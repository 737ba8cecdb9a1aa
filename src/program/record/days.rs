//! Sessions and holds: from facts to the record, and back.

use super::{HoldRecord, PlannedRecord, SessionRecord};
use crate::history::{Hold, PlannedFact, SessionFact};

impl SessionRecord {
    pub(super) fn of(fact: &SessionFact) -> Option<Self> {
        Some(Self {
            id: fact.id?,
            date: fact.date,
            starts: fact.starts,
            result: fact.outcome,
            venue: fact.venue,
            feedback_from: fact.feedback_from,
            recognition_from: fact.recognition_from,
            planned: fact.planned,
        })
    }

    pub(in crate::program) const fn fact(&self) -> SessionFact {
        SessionFact {
            id: Some(self.id),
            date: self.date,
            starts: self.starts,
            outcome: self.result,
            venue: self.venue,
            feedback_from: self.feedback_from,
            recognition_from: self.recognition_from,
            planned: self.planned,
        }
    }
}

impl PlannedRecord {
    pub(super) const fn of(plan: &PlannedFact) -> Self {
        Self {
            id: plan.id,
            date: plan.date,
            time: plan.time,
            planning: plan.planning,
            lapsed: plan.lapsed,
        }
    }

    pub(in crate::program) const fn plan(&self) -> PlannedFact {
        PlannedFact {
            id: self.id,
            date: self.date,
            time: self.time,
            planning: self.planning,
            lapsed: self.lapsed,
        }
    }
}

impl HoldRecord {
    pub(super) const fn of(hold: &Hold) -> Self {
        Self {
            suspended: hold.suspended,
            from: hold.from,
            until: hold.until,
        }
    }

    pub(in crate::program) const fn hold(&self) -> Hold {
        Hold {
            suspended: self.suspended,
            from: self.from,
            until: self.until,
        }
    }
}
