//! What was recorded of one goal since it was set.

use chrono::NaiveDate;

use crate::pairing::{DropReason, GoalChange, Priority};
use crate::roster::Level;

/// Where a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum GoalState {
    /// To be reached.
    #[default]
    Open,
    /// Reached.
    Achieved,
    /// Given up.
    Dropped {
        /// Why.
        reason: DropReason,
    },
}

impl GoalState {
    /// A stable code: `open`, `achieved`, `dropped`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Achieved => "achieved",
            Self::Dropped { .. } => "dropped",
        }
    }

    /// Whether it is to be reached.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }

    /// Whether it was given up.
    #[must_use]
    pub const fn is_dropped(self) -> bool {
        matches!(self, Self::Dropped { .. })
    }

    /// The state after a change.
    pub(super) const fn after(self, change: GoalChange) -> Self {
        match change {
            GoalChange::Achieved => Self::Achieved,
            GoalChange::Dropped { reason } => Self::Dropped { reason },
            GoalChange::Reopened => Self::Open,
            GoalChange::CheckedIn { .. } | GoalChange::Revised { .. } => self,
        }
    }
}

/// The dated changes of one goal, in the order of their days, those of one day in the order in which they were recorded.
// INVARIANT (course): sorted by day, and `latest` is what all of them come to. Kept by `of`, `insert` and `keep_up_to`; a
// record that is not sorted is refused when it is restored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    changes: Vec<(NaiveDate, GoalChange)>,
    latest: Now,
}

/// What changes come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Now {
    /// The day of the last of them.
    on: Option<NaiveDate>,
    pub(super) state: GoalState,
    /// The last level found.
    pub(super) found: Option<Level>,
    /// The last one aimed at by a revision.
    pub(super) to: Option<Level>,
}

impl Now {
    fn after(self, (on, change): (NaiveDate, GoalChange)) -> Self {
        let (found, to) = match change {
            GoalChange::CheckedIn { level } => (Some(level), self.to),
            GoalChange::Revised { to, .. } => (self.found, to.or(self.to)),
            _ => (self.found, self.to),
        };
        Self {
            on: Some(on),
            state: self.state.after(change),
            found,
            to,
        }
    }
}

impl Course {
    /// The changes in their order; `None` where a day stands after a later one.
    pub(crate) fn of(changes: impl IntoIterator<Item = (NaiveDate, GoalChange)>) -> Option<Self> {
        let changes: Vec<_> = changes.into_iter().collect();
        let sorted = changes.is_sorted_by_key(|(on, _)| *on);
        let latest = changes.iter().copied().fold(Now::default(), Now::after);
        sorted.then_some(Self { changes, latest })
    }

    /// Every change, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (NaiveDate, GoalChange)> {
        self.changes.iter().copied()
    }

    /// The changes up to a day, in order.
    pub fn up_to(&self, on: NaiveDate) -> impl DoubleEndedIterator<Item = (NaiveDate, GoalChange)> {
        let up_to = self.changes.partition_point(|(day, _)| *day <= on);
        self.changes.iter().take(up_to).copied()
    }

    /// Whether it is open on a day and nothing is on record of a later one.
    pub(super) fn is_open_by(&self, on: NaiveDate) -> bool {
        self.latest.on.is_none_or(|latest| latest <= on) && self.latest.state.is_open()
    }

    /// The state on a day.
    #[must_use]
    pub fn state(&self, on: NaiveDate) -> GoalState {
        self.now(on).state
    }

    /// What the changes up to a day come to.
    pub(super) fn now(&self, on: NaiveDate) -> Now {
        if self.latest.on.is_none_or(|latest| latest <= on) {
            return self.latest;
        }
        self.up_to(on).fold(Now::default(), Now::after)
    }

    /// Levels found up to a day, in order.
    pub fn levels(&self, on: NaiveDate) -> impl DoubleEndedIterator<Item = (NaiveDate, Level)> {
        self.up_to(on).filter_map(|(day, change)| match change {
            GoalChange::CheckedIn { level } => Some((day, level)),
            _ => None,
        })
    }

    /// The latest day set by a revision up to a day.
    pub(super) fn by(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.up_to(on).rev().find_map(|(_, change)| match change {
            GoalChange::Revised { by, .. } => by,
            _ => None,
        })
    }

    /// The latest priority set by a revision up to a day.
    pub(super) fn priority(&self, on: NaiveDate) -> Option<Priority> {
        self.up_to(on).rev().find_map(|(_, change)| match change {
            GoalChange::Revised { priority, .. } => priority,
            _ => None,
        })
    }

    /// The day of the latest check-in.
    pub(super) fn checked_in(&self) -> Option<NaiveDate> {
        self.levels(NaiveDate::MAX).next_back().map(|(day, _)| day)
    }

    /// Adds a change in its place by day, after those of the same day, and returns the place.
    pub(crate) fn insert(&mut self, on: NaiveDate, change: GoalChange) -> usize {
        let at = self.changes.partition_point(|(day, _)| *day <= on);
        let is_last = at == self.changes.len();
        self.changes.insert(at, (on, change));
        self.latest = if is_last {
            self.latest.after((on, change))
        } else {
            self.iter().fold(Now::default(), Now::after)
        };
        at
    }

    /// Forgets what came after a day.
    pub(crate) fn keep_up_to(&mut self, on: NaiveDate) {
        self.changes.retain(|(day, _)| *day <= on);
        self.latest = self.iter().fold(Now::default(), Now::after);
    }
}
