//! Who teaches. Sources of the target and of the alert: article E; the UK Analysis Function, which splits sessions in halves.

use super::started;
use crate::health::metric::{Contribution, Metric, Target, UnitKind, UnitView};
use crate::history::Brief;
use crate::policy::PluginId;

/// `role_balance`: how much of the time the senior taught. Target 20–50 %: roles shift, and the junior leads.
///
/// By minutes; a session that both taught counts half for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleBalance;

impl Metric for RoleBalance {
    fn id(&self) -> PluginId {
        PluginId::new("role_balance", 1)
    }

    fn definition(&self) -> &str {
        "half minutes taught by mentees / half minutes of all sessions held"
    }

    fn target(&self) -> Option<Target> {
        Some(Target::Between(20, 50))
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    // Sessions are mostly of one length, so their minutes are their number.
    fn tells(&self) -> &[&str] {
        &[super::COMPLETION]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let tally = started(unit)?.tally();
        Some(Contribution::new(tally.taught_by_mentee, 2 * tally.minutes))
    }
}

/// `role_balance_alert`: in how many of the open pairings the last three sessions held were all taught by the same one
/// alone. The lower the better: roles shift.
///
/// Of those that are open and past their chemistry period, and have held three sessions; or another number, if the host says
/// so. That it is three is own. A session in which both taught, however long each of them, ends the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleBalanceAlert {
    sessions: u8,
    definition: String,
}

impl RoleBalanceAlert {
    /// After so many sessions alike; with none or one there is nothing to be alike, and it is two.
    #[must_use]
    pub fn after(sessions: u8) -> Self {
        let sessions = sessions.max(2);
        let definition = format!(
            "open pairings whose last {sessions} sessions held were taught by the same one alone / open pairings with {sessions} held"
        );
        Self {
            sessions,
            definition,
        }
    }
}

impl Default for RoleBalanceAlert {
    fn default() -> Self {
        Self::after(3)
    }
}

impl Metric for RoleBalanceAlert {
    fn id(&self) -> PluginId {
        PluginId::new("role_balance_alert", 1)
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
        let judged = facts.is_open(as_of) && facts.is_past_chemistry(as_of);
        if !judged || pairing.tally().held < u64::from(self.sessions) {
            return None;
        }
        let held = facts.sessions.last_held(as_of).take(self.sessions.into());
        let mut alone = held.map(Brief::taught_alone);
        let last = alone.next().flatten();
        Some(Contribution::whether(
            last.is_some() && alone.all(|by| by == last),
        ))
    }
}
