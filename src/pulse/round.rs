//! When people are asked, and what they are asked at a time.

use std::fmt;

use chrono::{Days, NaiveDate};

use super::item::Item;
use crate::summary::list;
use crate::text::{Label, Quoted, shown};

/// What is asked at a time: at most three items. Answering is optional, each of them.
///
/// ```
/// use reverse_mentoring::pulse::{Items, Round};
///
/// let items = Items::catalogue();
/// let ask = |codes: &[&str]| Round::new(codes.iter().filter_map(|code| items.find(code)));
/// assert_eq!(ask(&["trust", "energy", "joy"]).unwrap().items().len(), 3);
/// let refused = ask(&["trust", "energy", "joy", "voice"]).unwrap_err();
/// assert_eq!(refused.to_string(), "a round of 4 items asks more than three at a time");
/// ```
// INVARIANT (three): at most three items, no code twice. Kept by `new`; `of` is given no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round(Vec<Item>);

/// What is wrong with a round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RoundProblem {
    /// A fourth item.
    #[error("a round of {0} items asks more than three at a time")]
    TooMany(usize),
    /// An item twice.
    #[error("the round asks {} twice", Quoted(.0.as_str()))]
    Twice(Label),
}

/// Items that are no round, with everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct RoundError(
    /// The number first, then what stands twice, in order.
    pub Vec<RoundProblem>,
);

impl Round {
    /// The most that are asked at a time.
    pub const MOST: usize = 3;

    /// A round of these items; of none, it asks nothing.
    ///
    /// # Errors
    ///
    /// [`RoundError`] for a fourth, and for one that stands twice.
    pub fn new<'i>(items: impl IntoIterator<Item = &'i Item>) -> Result<Self, RoundError> {
        let items: Vec<Item> = items.into_iter().cloned().collect();
        let mut problems = Vec::new();
        if items.len() > Self::MOST {
            problems.push(RoundProblem::TooMany(items.len()));
        }
        for (at, item) in items.iter().enumerate() {
            if items.iter().take(at).any(|i| i.code() == item.code()) {
                problems.push(RoundProblem::Twice(item.code().clone()));
            }
        }
        if problems.is_empty() {
            Ok(Self(items))
        } else {
            Err(RoundError(problems))
        }
    }

    /// A round of at most three items that differ.
    pub(super) fn of(items: &[&Item]) -> Self {
        let items = items.iter().take(Self::MOST);
        Self(items.map(|item| (*item).clone()).collect())
    }

    /// What is asked, in order.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.0.iter()
    }

    /// The item under a code, if it is asked.
    #[must_use]
    pub fn find(&self, code: &Label) -> Option<&Item> {
        self.0.iter().find(|item| item.code() == code)
    }
}

/// Their codes after each other.
impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<String> = self.0.iter().map(|i| shown(i.code().as_str())).collect();
        f.write_str(&list(&codes))
    }
}

/// On which days of a pairing its two are asked: first after some days, then at an interval.
///
/// Days are counted from the start of the pairing, by the calendar; a pause does not move them.
///
/// ```
/// use chrono::{Days, NaiveDate};
/// use reverse_mentoring::pulse::Schedule;
///
/// let started = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
/// let due = |after| Schedule::DEFAULT.due(started, started + Days::new(after)).map(|due| due.number);
/// assert_eq!([0, 29, 30, 89, 90, 150].map(due), [None, None, Some(1), Some(1), Some(2), Some(3)]);
/// ```
// INVARIANT (interval): at least a day. Kept by `new`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Schedule {
    first: u16,
    every: u16,
}

/// A schedule that would ask for ever on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an interval of 0 days between rounds is none")]
pub struct NoInterval;

/// A round that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Due {
    /// Which, from 1.
    pub number: u32,
    /// Since which day.
    pub on: NaiveDate,
}

impl Schedule {
    /// On day 30 and every 60 days after (Mentorloop).
    pub const DEFAULT: Self = Self {
        first: 30,
        every: 60,
    };

    /// So many days after the start, and then at an interval of so many days. 0 days after the start is the day itself, for
    /// trust from the outset.
    ///
    /// # Errors
    ///
    /// [`NoInterval`] for an interval of 0.
    pub const fn new(first: u16, every: u16) -> Result<Self, NoInterval> {
        if every == 0 {
            return Err(NoInterval);
        }
        Ok(Self { first, every })
    }

    /// Days from the start to the first round.
    #[must_use]
    pub const fn first(self) -> u16 {
        self.first
    }

    /// Days between rounds.
    #[must_use]
    pub const fn every(self) -> u16 {
        self.every
    }

    /// The latest round that is due by a day in a pairing that started on another; `None` before the first.
    #[must_use]
    pub fn due(self, started: NaiveDate, today: NaiveDate) -> Option<Due> {
        let days = u64::try_from(today.signed_duration_since(started).num_days()).ok()?;
        let since_first = days.checked_sub(u64::from(self.first))?;
        let after = since_first.checked_div(u64::from(self.every))?;
        let on = u64::from(self.first) + after * u64::from(self.every);
        Some(Due {
            number: u32::try_from(after + 1).ok()?,
            on: started.checked_add_days(Days::new(on))?,
        })
    }
}

impl Default for Schedule {
    fn default() -> Self {
        Self::DEFAULT
    }
}
