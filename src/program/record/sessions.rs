//! Sessions as they are stored.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::history::{Lapse, PlannedFact, Planning, SessionFact};
use crate::ids::SessionId;
use crate::pair::Roles;
use crate::session::{Outcome, Time, Venue};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct SessionRecord {
    pub(in crate::program) id: SessionId,
    pub(in crate::program) date: NaiveDate,
    pub(in crate::program) starts: Option<DateTime<Utc>>,
    pub(in crate::program) result: Outcome,
    pub(in crate::program) venue: Option<Venue>,
    pub(in crate::program) feedback_from: Roles,
    pub(in crate::program) recognition_from: Roles,
    pub(in crate::program) planned: Option<Planning>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct PlannedRecord {
    pub(in crate::program) id: SessionId,
    pub(in crate::program) date: NaiveDate,
    pub(in crate::program) time: Option<Time>,
    pub(in crate::program) planning: Planning,
    pub(in crate::program) lapsed: Option<Lapse>,
}

impl SessionRecord {
    /// `None` for what has no id: it came out of a log.
    pub(in crate::program) fn of(session: &SessionFact) -> Option<Self> {
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
    pub(in crate::program) const fn of(plan: &PlannedFact) -> Self {
        Self {
            id: plan.id,
            date: plan.date,
            time: plan.time,
            planning: plan.planning,
            lapsed: plan.lapsed,
        }
    }

    pub(in crate::program) const fn fact(&self) -> PlannedFact {
        PlannedFact {
            id: self.id,
            date: self.date,
            time: self.time,
            planning: self.planning,
            lapsed: self.lapsed,
        }
    }
}
