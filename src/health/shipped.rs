//! The metrics that ship. Targets: MentorDeck for completion, active pairs and utilisation; article E and the UK
//! Analysis Function for role balance.

use super::metric::{Contribution, Metric, Target, UnitView};
use super::silence::{Stretch, stretches};
use crate::cadence::{Calendar, Holds};
use crate::history::{GoalState, PairingFacts};
use crate::pair::Role;
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

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let facts = pairing.facts();
        let (mut kept, mut all) = (0, 0);
        let holds = facts.held_up_days();
        for stretch in stretches(facts, pairing.as_of()) {
            let late = is_late(facts, stretch, &holds, pairing.calendar());
            if stretch.met || late {
                all += 1;
                kept += u64::from(!late);
            }
        }
        Some(Contribution::new(kept, all))
    }
}

/// Whether a stretch goes on beyond its cadence and grace.
fn is_late(facts: &PairingFacts, stretch: Stretch, holds: &Holds, calendar: &Calendar) -> bool {
    let cadence = facts.cadence(stretch.to);
    let standing = cadence.standing(stretch.since, holds, calendar, stretch.to);
    standing.is_overdue()
}

/// `session_completion`: how many of the sessions on record were held. Target 80 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SessionCompletion;

impl Metric for SessionCompletion {
    fn id(&self) -> PluginId {
        PluginId::new("session_completion", 1)
    }

    fn definition(&self) -> &str {
        "sessions held / all sessions on record"
    }

    fn target(&self) -> Option<Target> {
        Some(Target::AtLeast(80))
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let sessions = pairing.facts().sessions(pairing.as_of());
        let (held, all) = sessions.fold((0, 0), |(held, all), session| {
            (held + u64::from(session.outcome.is_held()), all + 1)
        });
        Some(Contribution::new(held, all))
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

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        if !facts.is_open(as_of) {
            return None;
        }
        let running = stretches(facts, as_of).last()?;
        let quiet = !is_late(facts, running, &facts.held_up_days(), pairing.calendar());
        let free = facts.held_up(as_of).is_none() && facts.findings.is_empty();
        Some(Contribution::whether(quiet && free))
    }
}

/// `mentor_goal_progress` or `mentee_goal_progress`: levels gained of the levels aimed at, on one side.
///
/// A level below the start counts as no progress, one above the goal as the goal. The goal is as revised by the day; one
/// that is dropped by then counts no more, neither what was gained in it nor what was aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalProgress {
    learner: Role,
}

impl GoalProgress {
    /// Of the goals of a learner.
    #[must_use]
    pub const fn of(learner: Role) -> Self {
        Self { learner }
    }
}

impl Metric for GoalProgress {
    fn id(&self) -> PluginId {
        match self.learner {
            Role::Mentor => PluginId::new("mentor_goal_progress", 1),
            Role::Mentee => PluginId::new("mentee_goal_progress", 1),
        }
    }

    fn definition(&self) -> &str {
        match self.learner {
            Role::Mentor => "levels that mentors gained in their goals / levels aimed at",
            Role::Mentee => "levels that mentees gained in their goals / levels aimed at",
        }
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let (mut gained, mut aimed) = (0, 0);
        let as_of = pairing.as_of();
        for goal in pairing.facts().goals.side(self.learner) {
            if goal.state(as_of).is_none_or(GoalState::is_dropped) {
                continue;
            }
            let target = goal.target(as_of);
            let now = goal.level(as_of).min(target);
            let above =
                |level: crate::roster::Level| level.as_u8().saturating_sub(goal.from.as_u8());
            gained += u64::from(above(now));
            aimed += u64::from(above(target));
        }
        Some(Contribution::new(gained, aimed))
    }
}

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

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let (mut senior, mut all) = (0, 0);
        for session in pairing.facts().sessions(pairing.as_of()) {
            if let Some(taught) = session.outcome.taught() {
                senior += taught.half_minutes(Role::Mentee);
                all += 2 * u64::from(taught.minutes().as_u16());
            }
        }
        Some(Contribution::new(senior, all))
    }
}

/// `mentor_utilisation`: how many of those with a place as mentor have an open pairing in it. Target 70 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MentorUtilisation;

impl Metric for MentorUtilisation {
    fn id(&self) -> PluginId {
        PluginId::new("mentor_utilisation", 1)
    }

    fn definition(&self) -> &str {
        "people with an open pairing as mentor / people with a place as mentor"
    }

    fn target(&self) -> Option<Target> {
        Some(Target::AtLeast(70))
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        let places = person.places(Role::Mentor).filter(|&places| places > 0);
        places.map(|_| Contribution::whether(person.open(Role::Mentor) > 0))
    }
}

/// `match_coverage`: how many of those who take part have an open pairing, in either role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatchCoverage;

impl Metric for MatchCoverage {
    fn id(&self) -> PluginId {
        PluginId::new("match_coverage", 1)
    }

    fn definition(&self) -> &str {
        "people with an open pairing / people who take part"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        let open = person.open(Role::Mentor) + person.open(Role::Mentee);
        Some(Contribution::whether(open > 0))
    }
}
