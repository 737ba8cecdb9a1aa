//! What the pairings report to the desk: sessions, on the day or late, and what was learnt in them.
//!
//! In come reports, each with the day on which it comes in; out go entries, in the order in which they came. Never true inside: a report that is
//! still waited for when the last day is over.

use chrono::NaiveDate;

use super::desk::Desk;
use super::setup::SimulationError;
use crate::few::Few;
use crate::history::ReadModel;
use crate::ids::PairingId;
use crate::journal::{Event, Stamp};
use crate::pair::Role;
use crate::pairing::{GoalChange, GoalRef};
use crate::roster::{Level, Skill};
use crate::session::SessionFacts;

/// Who is at which level now, in what.
pub(super) type Risen = (Role, Skill, Level);

/// A session that took place, and what was learnt in it.
#[derive(Debug, Clone)]
pub(super) struct Report {
    /// Whose, by number.
    pub(super) of: usize,
    pub(super) session: SessionFacts,
    pub(super) learnt: Few<Risen>,
}

impl<V: ReadModel> Desk<V> {
    /// Takes a report that comes in on a day, at once if that is today: then its number comes back.
    pub(super) fn expect(
        &mut self,
        day: NaiveDate,
        report: Report,
    ) -> Result<Option<usize>, SimulationError> {
        let day = day.min(self.last);
        if day <= self.today {
            return self.record(report).map(Some);
        }
        self.expected.entry(day).or_default().push(report);
        Ok(None)
    }

    /// Writes down what comes in today; whose sessions they were.
    pub(super) fn collect(&mut self) -> Result<Vec<usize>, SimulationError> {
        if self.expected.is_empty() {
            return Ok(Vec::new());
        }
        let reports = self.expected.remove(&self.today).unwrap_or_default();
        reports
            .into_iter()
            .map(|report| self.record(report))
            .collect()
    }

    fn record(&mut self, report: Report) -> Result<usize, SimulationError> {
        let facts = report.session;
        let stamp = self.stamp(facts.date.min(self.today));
        self.write("record", Event::SessionRecorded(facts), stamp)?;
        // Of a pairing that is over, too: no report is so late that its record is closed.
        for (learner, skill, level) in report.learnt {
            self.check_in(facts.pairing, learner, skill, level, stamp)?;
        }
        Ok(report.of)
    }

    fn check_in(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
        level: Level,
        stamp: Stamp,
    ) -> Result<(), SimulationError> {
        let goal = GoalRef::learning(learner, skill);
        let change = GoalChange::CheckedIn { level };
        let event = Event::GoalChanged {
            pairing,
            goal,
            change,
        };
        self.write("progress", event, stamp)
    }

    /// Somebody is at another level today.
    pub(super) fn falls(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
        level: Level,
    ) -> Result<(), SimulationError> {
        let stamp = self.stamp(self.today);
        self.check_in(pairing, learner, skill, level, stamp)
    }

    /// A goal is reached.
    pub(super) fn achieved(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
    ) -> Result<(), SimulationError> {
        let goal = GoalRef::learning(learner, skill);
        let event = Event::GoalChanged {
            pairing,
            goal,
            change: GoalChange::Achieved,
        };
        self.write("achieve", event, self.stamp(self.today))
    }
}
