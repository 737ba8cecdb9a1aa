//! The working time that a participant is given.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cadence::{Cadence, Calendar, Holds, Since};
use crate::roster::{Hours, Load};

/// The working time that each participant is given: each month for their pairing, and once for preparing and for
/// training. What nobody is given time for is done after work, or not.
///
/// ```
/// use reverse_mentoring::charter::Budget;
///
/// let budget = Budget::new("1.5".parse()?, "2".parse()?, "1".parse()?)?;
/// assert_eq!(budget.total(6).unwrap().to_string(), "12"); // six months, training and preparation included
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (budget): none of the three is zero. Kept by `new`; loading calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Budget(Wire);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    month: Hours,
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    training: Hours,
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    preparation: Hours,
}

/// No time is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BudgetError {
    /// For the pairing itself.
    #[error("the budget has no time for the pairing")]
    Month,
    /// For the curriculum.
    #[error("the budget has no time for the training")]
    Training,
    /// For getting ready: the agreement, the first questions.
    #[error("the budget has no time for the preparation")]
    Preparation,
}

impl Budget {
    /// Hours a month for a pairing, and hours once for training and for preparing.
    ///
    /// # Errors
    ///
    /// [`BudgetError`] where one of them is zero.
    pub fn new(month: Hours, training: Hours, preparation: Hours) -> Result<Self, BudgetError> {
        let none = Hours::default();
        if month == none {
            return Err(BudgetError::Month);
        }
        if training == none {
            return Err(BudgetError::Training);
        }
        if preparation == none {
            return Err(BudgetError::Preparation);
        }
        Ok(Self(Wire {
            month,
            training,
            preparation,
        }))
    }

    /// The least hours a month, of 30 days, in which a pairing can hold the sessions of a cadence from a first to a last
    /// day; `None` where there is no day between them, or no month is long enough.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::cadence::Cadence;
    /// use reverse_mentoring::charter::Budget;
    ///
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    /// let month = Budget::month_for(Cadence::WEEKLY, day(1, 5), day(6, 29)).unwrap();
    /// assert_eq!(month.to_string(), "4.285715"); // 25 sessions of an hour in 175 days
    /// ```
    #[must_use]
    pub fn month_for(cadence: Cadence, starts: NaiveDate, ends: NaiveDate) -> Option<Hours> {
        let days = u64::try_from((ends - starts).num_days()).ok()?;
        let (_, minutes) = session_minutes(cadence, starts, ends);
        let millionths = u128::from(minutes) * 30 * 1_000_000;
        let millionths = millionths.checked_div(u128::from(days) * 60)? + 1;
        Hours::from_millionths(u64::try_from(millionths).ok()?)
    }

    /// Hours a month for a pairing.
    #[must_use]
    pub const fn month(&self) -> Hours {
        self.0.month
    }

    /// Hours for the curriculum, once.
    #[must_use]
    pub const fn training(&self) -> Hours {
        self.0.training
    }

    /// Hours for getting ready, once.
    #[must_use]
    pub const fn preparation(&self) -> Hours {
        self.0.preparation
    }

    /// Hours in all, over so many months; `None` beyond what [`Hours`] can say.
    #[must_use]
    pub fn total(&self, months: u32) -> Option<Hours> {
        let monthly = Load::new(self.month()).ok()?.of_pairings(months)?;
        monthly.plus(self.training())?.plus(self.preparation())
    }

    /// Whether so many minutes fit into the months of so many days, of 30 days each.
    pub(crate) fn has_time_for(&self, minutes: u64, days: i64) -> bool {
        let days = u128::from(days.max(0).unsigned_abs());
        let given = u128::from(self.month().as_millionths()) * days * 60;
        given >= u128::from(minutes) * 30 * 1_000_000
    }
}

impl TryFrom<Wire> for Budget {
    type Error = BudgetError;

    fn try_from(wire: Wire) -> Result<Self, BudgetError> {
        Self::new(wire.month, wire.training, wire.preparation)
    }
}

impl From<Budget> for Wire {
    fn from(budget: Budget) -> Self {
        budget.0
    }
}

/// Sessions from a first to a last day, and the minutes that they take in all.
pub(super) fn session_minutes(cadence: Cadence, starts: NaiveDate, ends: NaiveDate) -> (u32, u64) {
    let (open, free) = (Calendar::OPEN, Holds::NONE);
    let slots = cadence.slots(Since::Start(starts), &free, &open);
    let sessions = slots.take_while(|slot| *slot <= ends).count();
    let sessions = u32::try_from(sessions).unwrap_or(u32::MAX);
    (sessions, u64::from(sessions) * u64::from(cadence.minutes()))
}
