//! Sessions and holds: from facts to the record, and back.

use super::{HoldRecord, SessionRecord};
use crate::history::{Hold, SessionFact};

impl SessionRecord {
    pub(super) fn of(fact: &SessionFact) -> Option<Self> {
        Some(Self {
            id: fact.id?,
            date: fact.date,
            result: fact.outcome,
        })
    }

    pub(in crate::program) const fn fact(&self) -> SessionFact {
        SessionFact {
            id: Some(self.id),
            date: self.date,
            outcome: self.result,
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
