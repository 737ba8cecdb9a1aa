//! Who leaves at which stage, and who comes back from a pause. No target: an exit is nobody's fault.

use crate::health::metric::{Contribution, Metric, UnitKind, UnitView};
use crate::history::{Ending, PairingFacts};
use crate::pairing::EndReason;
use crate::policy::PluginId;
use chrono::NaiveDate;

use super::started;

/// A stage through which pairings go, for [`Dropout`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DropoutStage {
    /// From the proposal until both have accepted.
    Proposed,
    /// From then until they begin.
    Preparing,
    /// The chemistry period.
    Chemistry,
    /// From its end until the pairing is completed. Pairings made elsewhere are here from their start.
    Active,
}

impl DropoutStage {
    /// All four, in order.
    pub const ALL: [Self; 4] = [
        Self::Proposed,
        Self::Preparing,
        Self::Chemistry,
        Self::Active,
    ];
}

/// `dropout_proposed`, `dropout_preparing`, `dropout_chemistry` or `dropout_active`: how many of the pairings that are through
/// a stage ended in it.
///
/// Through it are those that went on from it, and those that ended in it: declined or given up, by an exit, since somebody
/// left, or over a line of management. None of these is a failure, and in the chemistry period not even a fault. Left out are
/// those that are still in it; those that the close of their cohort ended in it, which might have gone on; and those of a log
/// of which nobody knows how they ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropout {
    stage: DropoutStage,
}

impl Dropout {
    /// In a stage.
    #[must_use]
    pub const fn during(stage: DropoutStage) -> Self {
        Self { stage }
    }

    /// The day on which a pairing came to the stage, and that on which it went on from it.
    fn days(self, facts: &PairingFacts) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let elsewhere = facts.is_adopted();
        let completed = facts.ended.filter(|(_, ending)| ending.is_completed());
        match self.stage {
            DropoutStage::Active if elsewhere => (facts.started, completed.map(|(day, _)| day)),
            _ if elsewhere => (None, None),
            DropoutStage::Proposed => (Some(facts.proposed), facts.accepted),
            DropoutStage::Preparing => (facts.accepted, facts.started),
            DropoutStage::Chemistry => (facts.started, facts.settled),
            DropoutStage::Active => (facts.settled, completed.map(|(day, _)| day)),
        }
    }
}

impl Metric for Dropout {
    fn id(&self) -> PluginId {
        let name = match self.stage {
            DropoutStage::Proposed => "dropout_proposed",
            DropoutStage::Preparing => "dropout_preparing",
            DropoutStage::Chemistry => "dropout_chemistry",
            DropoutStage::Active => "dropout_active",
        };
        PluginId::new(name, 1)
    }

    fn definition(&self) -> &str {
        match self.stage {
            DropoutStage::Proposed => {
                "proposals declined or given up / proposals accepted, declined or given up"
            }
            DropoutStage::Preparing => {
                "pairings that ended between acceptance and start / those that started or ended so"
            }
            DropoutStage::Chemistry => {
                "pairings that ended in their chemistry period / those that went on after it or ended in it"
            }
            DropoutStage::Active => {
                "pairings that ended after their chemistry period / those completed or ended so"
            }
        }
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        let before_start = matches!(self.stage, DropoutStage::Proposed | DropoutStage::Preparing);
        kind == UnitKind::Pairing || kind == UnitKind::Proposal && before_start
    }

    // Those of a group that are open, taken from those that have started, are those that have ended.
    fn breaks_down(&self) -> bool {
        false
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let (UnitView::Pairing(pairing) | UnitView::Proposal(pairing)) = unit else {
            return None;
        };
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        let (came, went_on) = self.days(facts);
        came.filter(|day| *day <= as_of)?;
        if went_on.is_some_and(|day| day <= as_of) {
            return Some(Contribution::whether(false));
        }
        // One that went on later was here on the day, and one that ended after having gone on is caught above.
        let (_, ending) = facts.ended.filter(|(day, _)| *day <= as_of)?;
        let left = matches!(ending, Ending::Ended(reason) if reason != EndReason::ProgramClosed);
        left.then(|| Contribution::whether(true))
    }
}

/// `return_after_pause`: after how many of the pauses they went on.
///
/// Of the [pauses](PairingFacts::pauses) that are over by the day: resumed, or ended with the pairing. By days: what was
/// resumed and ended on one day did not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReturnAfterPause;

impl Metric for ReturnAfterPause {
    fn id(&self) -> PluginId {
        PluginId::new("return_after_pause", 1)
    }

    fn definition(&self) -> &str {
        "pauses after which they went on / pauses that are over"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = started(unit)?;
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        let over = facts.pauses().filter_map(|(_, until)| until);
        let over = over.filter(|day| *day <= as_of);
        let end = facts.end_by(as_of);
        Some(Contribution::counted(over.map(|day| Some(day) != end)))
    }
}
