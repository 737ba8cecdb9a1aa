//! What each side learns, and whether both do. No target: nobody has named one.
//!
//! Levels and goals are judged once the chemistry period is over and both went on, as
//! [`PairingFacts::is_past_chemistry`](crate::history::PairingFacts::is_past_chemistry) says: in it, silence is judged and nothing else, and whoever makes use of the exit
//! without a fault has not failed a goal.

use super::started;
use crate::health::metric::{Contribution, Metric, UnitKind, UnitView};
use crate::health::view::PairingView;
use crate::history::GoalsReached;
use crate::pair::Role;
use crate::policy::PluginId;

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

/// A pairing of which the goals may be judged.
fn judged<'u, 'a>(unit: &'u UnitView<'a>) -> Option<&'u PairingView<'a>> {
    started(unit).filter(|pairing| pairing.facts().is_past_chemistry(pairing.as_of()))
}

/// `mentor_goal_progress` or `mentee_goal_progress`: levels gained of the levels aimed at, on one side.
///
/// A level below the start counts as no progress, one above the goal as the goal. The goal is as revised by the day; one
/// that is dropped by then counts no more, neither what was gained in it nor what was aimed at. Pairings
/// [past their chemistry period](crate::history::PairingFacts::is_past_chemistry).
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
            Role::Mentor => PluginId::new("mentor_goal_progress", 2),
            Role::Mentee => PluginId::new("mentee_goal_progress", 2),
        }
    }

    fn definition(&self) -> &str {
        match self.learner {
            Role::Mentor => "levels that mentors gained in their goals / levels aimed at",
            Role::Mentee => "levels that mentees gained in their goals / levels aimed at",
        }
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let goals = judged(unit)?.goals().side(self.learner);
        Some(Contribution::new(goals.gained, goals.aimed))
    }
}

/// `mentor_goals_achieved` or `mentee_goals_achieved`: how many of the learning goals of one side the two call achieved.
///
/// Of those that are set and not dropped by the day, of pairings [past their chemistry
/// period](crate::history::PairingFacts::is_past_chemistry). A goal of a log is open: no log says that it was achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalsAchieved {
    learner: Role,
}

impl GoalsAchieved {
    /// Of the goals of a learner.
    #[must_use]
    pub const fn of(learner: Role) -> Self {
        Self { learner }
    }
}

impl Metric for GoalsAchieved {
    fn id(&self) -> PluginId {
        match self.learner {
            Role::Mentor => PluginId::new("mentor_goals_achieved", 1),
            Role::Mentee => PluginId::new("mentee_goals_achieved", 1),
        }
    }

    fn definition(&self) -> &str {
        match self.learner {
            Role::Mentor => "goals of mentors that are achieved / their goals that are not dropped",
            Role::Mentee => "goals of mentees that are achieved / their goals that are not dropped",
        }
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = judged(unit)?;
        // Another system's log cannot say it, so its silence says nothing.
        pairing.facts().cohort_on(pairing.as_of())?;
        let goals = pairing.goals().side(self.learner);
        Some(Contribution::new(goals.achieved, goals.set))
    }
}

/// `one_sided_progress`: in how many of the open pairings that learn, one of the two alone has gained anything. The lower
/// the better: both are to gain.
///
/// One that learns has gained at least a level on some side, in a goal that is not dropped, and is [past its chemistry
/// period](crate::history::PairingFacts::is_past_chemistry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OneSidedProgress;

impl Metric for OneSidedProgress {
    fn id(&self) -> PluginId {
        PluginId::new("one_sided_progress", 1)
    }

    fn definition(&self) -> &str {
        "open pairings in which one side alone gained a level / open pairings in which some side did"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = judged(unit)?;
        let [mentor, mentee] = ROLES.map(|side| pairing.goals().side(side).gained > 0);
        let learns = pairing.facts().is_open(pairing.as_of()) && (mentor || mentee);
        learns.then(|| Contribution::whether(mentor != mentee))
    }
}

/// `win_win`: how many of the pairings that were completed reached the goals of both.
///
/// As [`PairingFacts::win_win`](crate::history::PairingFacts::win_win) has it, read on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WinWin;

impl Metric for WinWin {
    fn id(&self) -> PluginId {
        PluginId::new("win_win", 1)
    }

    fn definition(&self) -> &str {
        "pairings completed with the goals of both reached / pairings completed"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn tells(&self) -> &[&str] {
        &[super::DROPOUT]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let reached = started(unit)?.goals().reached?;
        Some(Contribution::whether(reached.is_win_win()))
    }
}

/// `one_sided_win`: how many of the pairings that were completed reached the goals of one side alone. The lower the better;
/// what [`WinWin`] and this leave out reached the goals of neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OneSidedWin;

impl Metric for OneSidedWin {
    fn id(&self) -> PluginId {
        PluginId::new("one_sided_win", 1)
    }

    fn definition(&self) -> &str {
        "pairings completed with the goals of one side alone reached / pairings completed"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn tells(&self) -> &[&str] {
        &[super::DROPOUT]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let reached = started(unit)?.goals().reached?;
        Some(Contribution::whether(matches!(
            reached,
            GoalsReached::Only(_)
        )))
    }
}
