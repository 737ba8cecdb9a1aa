//! What an adopted pairing is stored as.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::HoldRecord;
use super::sessions::{PlannedRecord, SessionRecord};
use crate::cadence::Cadence;
use crate::history::Ending;
use crate::ids::{PairingId, SessionId};
use crate::pair::{Pair, Role};
use crate::pairing::{Breach, EndReason, Missing};
use crate::program::adopted::Adopted;
use crate::roster::{Level, Skill};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct AdoptedRecord {
    pub(in crate::program) id: PairingId,
    pub(in crate::program) pair: Pair,
    pub(in crate::program) started: NaiveDate,
    pub(in crate::program) deadline: NaiveDate,
    pub(in crate::program) cadence: Cadence,
    pub(in crate::program) changed_on: NaiveDate,
    /// The last day, and why.
    pub(in crate::program) ended: Option<(NaiveDate, EndReason)>,
    pub(in crate::program) link_gone: bool,
    pub(in crate::program) breaches: Vec<Breach>,
    pub(in crate::program) missing: Vec<Missing>,
    pub(in crate::program) holds: Vec<HoldRecord>,
    /// By date, those of one day in the order of recording.
    pub(in crate::program) sessions: Vec<SessionRecord>,
    pub(in crate::program) planned: Vec<PlannedRecord>,
    /// Session ids that were taken back, sorted.
    pub(in crate::program) voided: Vec<SessionId>,
    pub(in crate::program) goals: Vec<AdoptedGoalRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::program) struct AdoptedGoalRecord {
    pub(in crate::program) learner: Role,
    pub(in crate::program) skill: Skill,
    pub(in crate::program) from: Level,
    pub(in crate::program) to: Level,
    /// By day.
    pub(in crate::program) found: Vec<(NaiveDate, Level)>,
}

impl Adopted {
    pub(super) fn to_record(&self, id: PairingId) -> AdoptedRecord {
        let facts = &self.record.facts;
        let voided = self.record.voided.iter();
        let goals = facts.goals.learning.iter().map(|goal| AdoptedGoalRecord {
            learner: goal.learner,
            skill: goal.skill.clone(),
            from: goal.from,
            to: goal.to,
            found: goal.found().collect(),
        });
        AdoptedRecord {
            id,
            pair: facts.pair,
            started: facts.proposed,
            deadline: self.deadline,
            cadence: facts.cadence(facts.proposed),
            changed_on: facts.latest_step,
            ended: facts.ended.and_then(|(on, ending)| match ending {
                Ending::Ended(reason) => Some((on, reason)),
                _ => None,
            }),
            link_gone: self.link_gone,
            breaches: self.breaches.clone(),
            missing: facts.missing.clone(),
            holds: facts
                .holds
                .iter()
                .map(|hold| HoldRecord {
                    suspended: hold.suspended,
                    from: hold.from,
                    until: hold.until,
                })
                .collect(),
            sessions: facts
                .sessions
                .iter()
                .filter_map(SessionRecord::of)
                .collect(),
            planned: facts.planned.iter().map(PlannedRecord::of).collect(),
            voided: voided.copied().collect(),
            goals: goals.collect(),
        }
    }
}
