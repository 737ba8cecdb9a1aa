//! One run of a programme, and the five days that it is made of.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::CohortId;

/// A moment of a cohort that is reached once, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Milestone {
    /// The first people enrol.
    Enrolment,
    /// Pairs may be proposed.
    Launch,
    /// Half way: how does it go?
    Midpoint,
    /// The last day of its pairings.
    Close,
    /// What was learnt about the method.
    Retrospective,
}

impl Milestone {
    /// All five, in order.
    pub const ALL: [Self; 5] = [
        Self::Enrolment,
        Self::Launch,
        Self::Midpoint,
        Self::Close,
        Self::Retrospective,
    ];

    /// `enrolment`, `launch`, `midpoint`, `close` or `retrospective`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrolment => "enrolment",
            Self::Launch => "launch",
            Self::Midpoint => "midpoint",
            Self::Close => "close",
            Self::Retrospective => "retrospective",
        }
    }

    /// The one before it, if there is one.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        match self {
            Self::Enrolment => None,
            Self::Launch => Some(Self::Enrolment),
            Self::Midpoint => Some(Self::Launch),
            Self::Close => Some(Self::Midpoint),
            Self::Retrospective => Some(Self::Close),
        }
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The days for which the milestones of a cohort are planned. They are reached [when they are
/// reached](crate::program::Program::reach).
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::charter::{CohortDays, CohortDaysError, Milestone};
///
/// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
/// let days = CohortDays::between(day(1, 5), day(7, 3))?;
/// assert_eq!(days.on(Milestone::Midpoint), day(4, 4));
///
/// let refused = CohortDays::new([day(1, 5), day(2, 2), day(2, 1), day(7, 3), day(7, 17)]).unwrap_err();
/// assert_eq!(refused.to_string(), "the midpoint on 2026-02-01 is not after the launch on 2026-02-02");
/// # Ok::<(), CohortDaysError>(())
/// ```
// INVARIANT (cohort days): enrolment ≤ launch < midpoint < close ≤ retrospective. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CohortDays([NaiveDate; 5]);

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    enrolment: NaiveDate,
    launch: NaiveDate,
    midpoint: NaiveDate,
    close: NaiveDate,
    retrospective: NaiveDate,
}

/// Days that are not in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {later} on {later_on} is {how} the {earlier} on {earlier_on}", how = if later.shares_a_day() { "before" } else { "not after" })]
pub struct CohortDaysError {
    /// The milestone that comes first.
    pub earlier: Milestone,
    /// Its day.
    pub earlier_on: NaiveDate,
    /// The one after it.
    pub later: Milestone,
    /// Its day.
    pub later_on: NaiveDate,
}

impl Milestone {
    /// Whether it may be on the day of the one before it.
    const fn shares_a_day(self) -> bool {
        matches!(self, Self::Launch | Self::Retrospective)
    }
}

impl CohortDays {
    /// The days of [`Milestone::ALL`], in that order.
    ///
    /// # Errors
    ///
    /// [`CohortDaysError`] with the first two that are out of order: a launch may be on the day of the enrolment and a
    /// retrospective on the day of the close; else each is after the one before it.
    pub fn new(days: [NaiveDate; 5]) -> Result<Self, CohortDaysError> {
        let known = Milestone::ALL.into_iter().zip(days);
        for ((earlier, earlier_on), (later, later_on)) in known.clone().zip(known.skip(1)) {
            let in_order =
                earlier_on < later_on || (earlier_on == later_on && later.shares_a_day());
            if !in_order {
                return Err(CohortDaysError {
                    earlier,
                    earlier_on,
                    later,
                    later_on,
                });
            }
        }
        Ok(Self(days))
    }

    /// Enrolment up to the launch, the midpoint half way, the retrospective on the last day.
    ///
    /// # Errors
    ///
    /// [`CohortDaysError`] where there is no day between the two.
    pub fn between(launch: NaiveDate, close: NaiveDate) -> Result<Self, CohortDaysError> {
        let half = chrono::Days::new((close - launch).num_days().max(0).unsigned_abs() / 2);
        let midpoint = launch.checked_add_days(half).unwrap_or(launch);
        Self::new([launch, launch, midpoint, close, close])
    }

    /// The day of a milestone.
    #[must_use]
    pub const fn on(&self, milestone: Milestone) -> NaiveDate {
        let [enrolment, launch, midpoint, close, retrospective] = self.0;
        match milestone {
            Milestone::Enrolment => enrolment,
            Milestone::Launch => launch,
            Milestone::Midpoint => midpoint,
            Milestone::Close => close,
            Milestone::Retrospective => retrospective,
        }
    }
}

impl TryFrom<Wire> for CohortDays {
    type Error = CohortDaysError;

    fn try_from(wire: Wire) -> Result<Self, CohortDaysError> {
        Self::new([
            wire.enrolment,
            wire.launch,
            wire.midpoint,
            wire.close,
            wire.retrospective,
        ])
    }
}

impl From<CohortDays> for Wire {
    fn from(days: CohortDays) -> Self {
        let [enrolment, launch, midpoint, close, retrospective] = days.0;
        Self {
            enrolment,
            launch,
            midpoint,
            close,
            retrospective,
        }
    }
}

/// One run of a programme: who it is, and when it is meant to reach its milestones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cohort {
    id: CohortId,
    days: CohortDays,
}

impl Cohort {
    /// A cohort and its days.
    #[must_use]
    pub const fn new(id: CohortId, days: CohortDays) -> Self {
        Self { id, days }
    }

    /// Which.
    #[must_use]
    pub const fn id(&self) -> CohortId {
        self.id
    }

    /// When it is meant to reach its milestones.
    #[must_use]
    pub const fn days(&self) -> CohortDays {
        self.days
    }
}
