//! Sessions as they are stored.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::history::{Lapse, PlannedFact, Planning, SessionFact};
use crate::ids::SessionId;
use crate::pair::Roles;
use crate::session::{Outcome, Time, Venue};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionRecord {
    pub(super) id: SessionId,
    pub(super) date: NaiveDate,
    pub(super) starts: Option<DateTime<Utc>>,
    pub(super) result: Outcome,
    pub(super) venue: Option<Venue>,
    pub(super) feedback_from: Roles,
    pub(super) recognition_from: Roles,
    pub(super) planned: Option<Planning>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedRecord {
    pub(super) id: SessionId,
    pub(super) date: NaiveDate,
    pub(super) time: Option<Time>,
    pub(super) planning: Planning,
    pub(super) lapsed: Option<Lapse>,
}

impl SessionRecord {
    /// `None` for what has no id: it came out of a log.
    pub(super) fn of(session: &SessionFact) -> Option<Self> {
        Some(Self {
            id: session.id?,
            date: session.date,
            starts: session.starts,
            result: session.outcome,
            venue: session.venue,
            feedback_from: session.feedback_from,
            recognition_from: session.recognition_from,
            planned: session.planned,
        })
    }

    pub(super) const fn fact(&self) -> SessionFact {
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

    pub(super) const fn fact(&self) -> PlannedFact {
        PlannedFact {
            id: self.id,
            date: self.date,
            time: self.time,
            planning: self.planning,
            lapsed: self.lapsed,
        }
    }
}
