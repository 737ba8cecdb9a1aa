//! What may be recorded of a goal: the same rules for a new entry and for a whole record.
//!
//! | | check in | achieve | revise | drop | reopen |
//! |---|---|---|---|---|---|
//! | open | open¹ | achieved² | open³ | dropped⁴ | |
//! | achieved | | | | | open |
//! | dropped | | | | | open |
//!
//! ¹ a learning goal; ² a learning goal when the latest check-in has reached the target, a shared one by word; ³ to a level
//! above that of the start, by a day that is not past; ⁴ unless it is the last learning goal of a side that is not
//! dropped. The table holds in the order of days: an entry that is recorded late must stand where it is dated, and let
//! stand what is dated later.

use chrono::NaiveDate;

use super::course::{Course, GoalState};
use super::{GoalBook, GoalFacts, SharedGoalFacts};
use crate::pair::Role;
use crate::pairing::{GoalChange, GoalRef, NewGoal};
use crate::roster::Level;

/// What stands against an entry on a goal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoalProblem {
    /// The state does not allow it.
    #[error("a goal that is `{}` cannot be `{}`; possible: {}", .state.as_str(), .change.as_str(), codes(.possible))]
    Illegal {
        /// Where it stands.
        state: GoalState,
        /// What was tried.
        change: GoalChange,
        /// The codes of what is possible.
        possible: &'static [&'static str],
    },
    /// Achieved, and the latest check-in says otherwise.
    #[error(
        "level {level} is reached and {target} aimed at: check in at the target first, or revise it"
    )]
    NotReached {
        /// The level on the day.
        level: Level,
        /// The level aimed at on the day.
        target: Level,
    },
    /// Revised to a level at which it began, or below.
    #[error("a goal from level {from} to level {to} does not rise")]
    NotRising {
        /// The level at the start.
        from: Level,
        /// The level aimed at.
        to: Level,
    },
    /// To be reached by a day that is past already.
    #[error("it would be due on {by}, before {on}")]
    Due {
        /// The day by which it is to be reached.
        by: NaiveDate,
        /// The day on which that is said.
        on: NaiveDate,
    },
    /// A level of a goal that has none.
    #[error("a shared goal has no levels")]
    NoLevels,
    /// A revision that says nothing.
    #[error("the revision names nothing")]
    NothingRevised,
    /// In this skill or of this name there is one that is not dropped.
    #[error("there is one already: revise it, or drop it first")]
    Twice,
    /// An entry of a later day, or of any in a record, that would be against the rules.
    #[error("what is on record of {on} could not stand: {problem}")]
    OnRecord {
        /// The day of that entry.
        on: NaiveDate,
        /// What would be against it.
        problem: Box<GoalProblem>,
    },
}

fn codes(codes: &[&str]) -> String {
    let quoted: Vec<_> = codes.iter().map(|code| format!("`{code}`")).collect();
    quoted.join(", ")
}

/// What is possible in a state, of a goal with levels or without.
const fn possible(state: GoalState, rise: Option<Rise>) -> &'static [&'static str] {
    match (state, rise) {
        (GoalState::Open, Some(_)) => &["checked_in", "achieved", "revised", "dropped"],
        (GoalState::Open, None) => &["achieved", "revised", "dropped"],
        (GoalState::Achieved | GoalState::Dropped { .. }, _) => &["reopened"],
    }
}

/// From which level to which a learning goal was set.
#[derive(Debug, Clone, Copy)]
struct Rise {
    from: Level,
    to: Level,
}

impl From<&GoalFacts> for Rise {
    fn from(goal: &GoalFacts) -> Self {
        let (from, to) = (goal.from, goal.to);
        Self { from, to }
    }
}

impl Course {
    /// What stands against each change, by its place. One that could not happen does not count for what follows.
    fn problems(&self, rise: Option<Rise>) -> Vec<(usize, NaiveDate, GoalProblem)> {
        let mut state = GoalState::Open;
        let (mut level, mut target) = (rise.map(|r| r.from), rise.map(|r| r.to));
        let mut found = Vec::new();
        for (at, (on, change)) in self.iter().enumerate() {
            let before = found.len();
            let mut against = |problem| found.push((at, on, problem));
            let legal = state.is_open() != matches!(change, GoalChange::Reopened);
            if !legal {
                let possible = possible(state, rise);
                against(GoalProblem::Illegal {
                    state,
                    change,
                    possible,
                });
            }
            match change {
                GoalChange::CheckedIn { .. } if rise.is_none() => against(GoalProblem::NoLevels),
                GoalChange::Achieved if legal => {
                    let both = level.zip(target);
                    if let Some((level, target)) = both.filter(|(level, target)| level < target) {
                        against(GoalProblem::NotReached { level, target });
                    }
                }
                GoalChange::Revised { to, by, priority } => {
                    if to.is_none() && by.is_none() && priority.is_none() {
                        against(GoalProblem::NothingRevised);
                    }
                    match (to, rise) {
                        (Some(_), None) => against(GoalProblem::NoLevels),
                        (Some(to), Some(Rise { from, .. })) if to <= from => {
                            against(GoalProblem::NotRising { from, to });
                        }
                        _ => {}
                    }
                    if let Some(by) = by.filter(|by| *by < on) {
                        against(GoalProblem::Due { by, on });
                    }
                }
                _ => {}
            }
            if found.len() > before {
                continue;
            }
            state = state.after(change);
            match change {
                GoalChange::CheckedIn { level: now } => level = Some(now),
                GoalChange::Revised { to: Some(to), .. } => target = Some(to),
                _ => {}
            }
        }
        found
    }

    /// Whether the goal was given up by a day, and nothing happened to it since.
    fn is_over_by(&self, on: NaiveDate) -> bool {
        let last = self.iter().next_back();
        last.is_some_and(|(day, _)| day <= on) && self.state(on).is_dropped()
    }
}

/// One goal of either kind, as the rules see it.
struct One<'b> {
    named: GoalRef,
    by: Option<NaiveDate>,
    since: NaiveDate,
    course: &'b Course,
    rise: Option<Rise>,
}

impl<'b> One<'b> {
    fn learning(goal: &'b GoalFacts) -> Self {
        Self {
            named: goal.named(),
            by: goal.by,
            since: goal.since,
            course: &goal.course,
            rise: Some(Rise::from(goal)),
        }
    }

    fn shared(goal: &'b SharedGoalFacts) -> Self {
        Self {
            named: goal.named(),
            by: Some(goal.goal.by()),
            since: goal.since,
            course: &goal.course,
            rise: None,
        }
    }
}

impl GoalBook {
    /// All of them, in order.
    fn all(&self) -> Vec<One<'_>> {
        let learning = self.learning.iter().map(One::learning);
        let shared = self.shared.iter().map(One::shared);
        learning.chain(shared).collect()
    }

    /// Whether a level found on a day is the last thing that is said of the only goal of this name, which is open: what most entries on
    /// goals are.
    fn goes_on(&self, goal: &GoalRef, change: GoalChange, on: NaiveDate) -> bool {
        let mut same = self.learning.iter().filter(|one| one.is(goal));
        let only = same.next().filter(|one| one.since <= on);
        let open = only.is_some_and(|only| only.course.is_open_by(on));
        open && same.next().is_none() && matches!(change, GoalChange::CheckedIn { .. })
    }

    /// What stands against a change of a goal that is known on the day.
    pub(crate) fn against_change(
        &self,
        goal: &GoalRef,
        change: GoalChange,
        on: NaiveDate,
    ) -> Vec<GoalProblem> {
        if self.goes_on(goal, change, on) {
            return Vec::new();
        }
        let mut all = self.all();
        all.retain(|one| one.named == *goal);
        let Some(at) = all.iter().rposition(|one| one.since <= on) else {
            return Vec::new();
        };
        let followed = at + 1 < all.len();
        let meant = all.swap_remove(at);
        let mut course = meant.course.clone();
        let place = course.insert(on, change);
        let found = course.problems(meant.rise).into_iter();
        let (own, later): (Vec<_>, Vec<_>) = found.partition(|(at, ..)| *at == place);
        if !own.is_empty() {
            return own.into_iter().map(|(.., problem)| problem).collect();
        }
        let mut found: Vec<_> = later.into_iter().map(on_record).collect();
        // Another has its place since, which it had only because this one was dropped.
        if followed && !course.state(NaiveDate::MAX).is_dropped() {
            found.push(GoalProblem::Twice);
        }
        found
    }

    /// What stands against taking a goal on.
    pub(crate) fn against_addition(&self, new: &NewGoal, on: NaiveDate) -> Vec<GoalProblem> {
        let goal = new.named();
        let mut same = self.all().into_iter().filter(|one| one.named == goal);
        let twice = same.any(|one| !one.course.is_over_by(on));
        let twice = twice.then_some(GoalProblem::Twice);
        twice.into_iter().chain(against_day(new.by(), on)).collect()
    }

    /// The sides that would have no learning goal, and from which day on.
    pub(crate) fn one_way(&self) -> impl Iterator<Item = (Role, NaiveDate)> {
        [Role::Mentor, Role::Mentee].into_iter().filter_map(|role| {
            let changes = self.side(role).flat_map(|goal| goal.course.iter());
            let dropped = changes.filter(|(_, c)| matches!(c, GoalChange::Dropped { .. }));
            let none = |on: &NaiveDate| {
                let mut states = self.side(role).filter_map(|goal| goal.state(*on));
                states.all(GoalState::is_dropped)
            };
            let day = dropped.map(|(on, _)| on).filter(none).min();
            day.map(|day| (role, day))
        })
    }

    /// The sides that have no learning goal after a change, and from which day on.
    pub(crate) fn one_way_after(
        &self,
        goal: &GoalRef,
        change: GoalChange,
        on: NaiveDate,
    ) -> Option<(Role, NaiveDate)> {
        if !matches!(change, GoalChange::Dropped { .. }) {
            return None;
        }
        let mut book = self.clone();
        book.change(goal, change, on);
        book.one_way().next()
    }

    /// What is wrong with each goal by itself and beside the others.
    pub(crate) fn problems(&self) -> Vec<(GoalRef, GoalProblem)> {
        let all = self.all();
        let mut found = Vec::new();
        for (at, one) in all.iter().enumerate() {
            let due = one.by.and_then(|by| against_day(by, one.since));
            let changes = one.course.problems(one.rise).into_iter().map(on_record);
            let next = all.iter().skip(at + 1).find(|n| n.named == one.named);
            let twice = next.is_some_and(|next| !one.course.is_over_by(next.since));
            let problems = due.into_iter().chain(changes);
            let problems = problems.chain(twice.then_some(GoalProblem::Twice));
            found.extend(problems.map(|problem| (one.named.clone(), problem)));
        }
        found
    }
}

/// A goal is not set with a day that is past.
pub(crate) fn against_day(by: NaiveDate, on: NaiveDate) -> Option<GoalProblem> {
    (by < on).then_some(GoalProblem::Due { by, on })
}

fn on_record((_, on, problem): (usize, NaiveDate, GoalProblem)) -> GoalProblem {
    let problem = Box::new(problem);
    GoalProblem::OnRecord { on, problem }
}
