//! What each side learns, and whether both do. No target: nobody has named one.
//!
//! Levels and goals are judged once the chemistry period is over and both went on, as
//! [`PairingFacts::is_past_chemistry`] says: in it, silence is judged and nothing else, and whoever makes use of the exit
//! without a fault has not failed a goal.

use super::started;
use crate::health::metric::{Contribution, Metric, UnitView};
use crate::health::view::PairingView;
use crate::history::{GoalFacts, GoalState, GoalsReached, PairingFacts};
use crate::pair::Role;
use crate::policy::PluginId;
use chrono::NaiveDate;

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

/// A pairing of which the goals may be judged.
fn judged<'u, 'a>(unit: &'u UnitView<'a>) -> Option<&'u PairingView<'a>> {
    started(unit).filter(|pairing| pairing.facts().is_past_chemistry(pairing.as_of()))
}

/// The goals of a side that are set and not dropped on a day, with the state of each.
fn standing(
    facts: &PairingFacts,
    learner: Role,
    as_of: NaiveDate,
) -> impl Iterator<Item = (&GoalFacts, GoalState)> {
    let goals = facts.goals_on(as_of).side(learner);
    let states = goals.filter_map(move |goal| Some((goal, goal.state(as_of)?)));
    states.filter(|(_, state)| !state.is_dropped())
}

/// Levels gained of the levels aimed at, on one side.
fn progress(facts: &PairingFacts, learner: Role, as_of: NaiveDate) -> Contribution {
    let (mut gained, mut aimed) = (0, 0);
    for (goal, _) in standing(facts, learner, as_of) {
        let target = goal.target(as_of);
        let now = goal.level(as_of).min(target);
        let above = |level: crate::roster::Level| level.as_u8().saturating_sub(goal.from.as_u8());
        gained += u64::from(above(now));
        aimed += u64::from(above(target));
    }
    Contribution::new(gained, aimed)
}

/// `mentor_goal_progress` or `mentee_goal_progress`: levels gained of the levels aimed at, on one side.
///
/// A level below the start counts as no progress, one above the goal as the goal. The goal is as revised by the day; one
/// that is dropped by then counts no more, neither what was gained in it nor what was aimed at. Pairings
/// [past their chemistry period](PairingFacts::is_past_chemistry).
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

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = judged(unit)?;
        Some(progress(pairing.facts(), self.learner, pairing.as_of()))
    }
}

/// `mentor_goals_achieved` or `mentee_goals_achieved`: how many of the learning goals of one side the two call achieved.
///
/// Of those that are set and not dropped by the day, of pairings [past their chemistry
/// period](PairingFacts::is_past_chemistry). A goal of a log is open: no log says that it was achieved.
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

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = judged(unit)?;
        let facts = pairing.facts();
        // Another system's log cannot say it, so its silence says nothing.
        facts.cohort_on(pairing.as_of())?;
        let goals = standing(facts, self.learner, pairing.as_of());
        let achieved = goals.map(|(_, state)| state == GoalState::Achieved);
        Some(Contribution::counted(achieved))
    }
}

/// `one_sided_progress`: in how many of the open pairings that learn, one of the two alone has gained anything. The lower
/// the better: both are to gain.
///
/// One that learns has gained at least a level on some side, in a goal that is not dropped, and is [past its chemistry
/// period](PairingFacts::is_past_chemistry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OneSidedProgress;

impl Metric for OneSidedProgress {
    fn id(&self) -> PluginId {
        PluginId::new("one_sided_progress", 1)
    }

    fn definition(&self) -> &str {
        "open pairings in which one side alone gained a level / open pairings in which some side did"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = judged(unit)?;
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        let [mentor, mentee] = ROLES.map(|side| progress(facts, side, as_of).part > 0);
        let learns = facts.is_open(as_of) && (mentor || mentee);
        learns.then(|| Contribution::whether(mentor != mentee))
    }
}

/// `win_win`: how many of the pairings that were completed reached the goals of both.
///
/// As [`PairingFacts::win_win`] has it, read on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WinWin;

impl Metric for WinWin {
    fn id(&self) -> PluginId {
        PluginId::new("win_win", 1)
    }

    fn definition(&self) -> &str {
        "pairings completed with the goals of both reached / pairings completed"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = started(unit)?;
        let reached = pairing.facts().goals_reached(pairing.as_of())?;
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

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = started(unit)?;
        let reached = pairing.facts().goals_reached(pairing.as_of())?;
        Some(Contribution::whether(matches!(
            reached,
            GoalsReached::Only(_)
        )))
    }
}
