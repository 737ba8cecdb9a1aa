//! Whether they keep to their rhythm, and to the working time that they are given. Target of active pairs: MentorDeck.

use chrono::Datelike;

use super::{SLOT_AND_GRACE, started};
use crate::health::metric::{Contribution, Metric, Target, UnitKind, UnitView};
use crate::policy::PluginId;

/// `cadence_adherence`: how many of the intervals between sessions kept to cadence and grace.
///
/// From the start through the sessions held. The interval that is still running counts once it is overdue. Days on
/// which a pairing was held up, and closed ones, count as [`cadence`](crate::cadence) says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CadenceAdherence;

impl Metric for CadenceAdherence {
    fn id(&self) -> PluginId {
        PluginId::new("cadence_adherence", 1)
    }

    fn definition(&self) -> &str {
        "intervals between sessions within cadence and grace / intervals"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn tells(&self) -> &[&str] {
        &[super::COMPLETION]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let tally = started(unit)?.tally();
        let intervals = tally.held + u64::from(tally.overdue);
        Some(Contribution::new(tally.kept, intervals))
    }
}

/// `active_pairs`: how many of the open pairings that have started are not overdue. Target 75 %.
///
/// One that is held up, or breaks a core invariant, is not active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ActivePairs;

impl Metric for ActivePairs {
    fn id(&self) -> PluginId {
        PluginId::new("active_pairs", 1)
    }

    fn definition(&self) -> &str {
        "open pairings with a session, or a start, within cadence and grace / open pairings that have started"
    }

    fn target(&self) -> Option<Target> {
        Some(Target::AtLeast(75))
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = started(unit)?;
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        if !facts.is_open(as_of) {
            return None;
        }
        let free = facts.held_up(as_of).is_none() && facts.findings_on(as_of).next().is_none();
        Some(Contribution::whether(!pairing.tally().overdue && free))
    }
}

/// `first_session`: how many of the pairings met within 37 days of their start, or within as many as the host says.
///
/// Only those are counted that started so many days before the day of the reading, or earlier, whatever became of them
/// since: one that has had less time says nothing yet, whether it met or not. Days of the calendar, from the start, which
/// for a pairing made elsewhere is its start there. The 37 days are own: one slot of the monthly
/// cadence and its grace, after which two are overdue. A programme with another cadence says [`within`](Self::within) its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstSession {
    days: u16,
    definition: String,
}

impl FirstSession {
    /// Met within so many days.
    #[must_use]
    pub fn within(days: u16) -> Self {
        let definition = format!(
            "pairings that met within {days} days of their start / pairings that started {days} days ago or earlier"
        );
        Self { days, definition }
    }
}

impl Default for FirstSession {
    fn default() -> Self {
        Self::within(SLOT_AND_GRACE)
    }
}

impl Metric for FirstSession {
    fn id(&self) -> PluginId {
        PluginId::new("first_session", 1)
    }

    fn definition(&self) -> &str {
        &self.definition
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = started(unit)?;
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        let (started, _) = facts.run(as_of)?;
        let last = i64::from(started.num_days_from_ce()) + i64::from(self.days);
        let within = |day: i32| i64::from(day) <= last;
        let over = (as_of - started).num_days() >= i64::from(self.days);
        over.then(|| Contribution::whether(pairing.tally().first_held.is_some_and(within)))
    }
}

/// `load_within_budget`: how many of the pairings have met for no longer than their working time allows.
///
/// The budget of the charter gives each of the two so many hours a month for the pairing. All minutes held so far, by the
/// day or to the end of the pairing, are held against the hours of the months begun since its start, of 30 days each: one
/// that keeps to the cadence for which the budget was made is always within it. The time around the sessions is on no
/// record, so this finds who is above the budget for certain, and not everybody who is. A pairing made elsewhere counts
/// from the day on which it is regularised, with all its sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LoadWithinBudget;

impl Metric for LoadWithinBudget {
    fn id(&self) -> PluginId {
        PluginId::new("load_within_budget", 1)
    }

    fn definition(&self) -> &str {
        "pairings whose sessions took no more than the working time of the months begun / pairings with a budget that have started"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = started(unit)?;
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        facts.cohort_on(as_of)?;
        let budget = pairing.charter()?.budget();
        let (started, until) = facts.run(as_of)?;
        let months = (until - started).num_days() / 30 + 1;
        Some(Contribution::whether(
            budget.has_time_for(pairing.tally().minutes, 30 * months),
        ))
    }
}
