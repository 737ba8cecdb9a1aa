//! What a coordinator asks of a plan beside criteria: pairs that must be in it, and what decides between equals.
//!
//! Pairs that must *not* be in it are no condition of the plan but of the question "may they?": the host gives them to
//! [`Context::with_excluded`](crate::policy::Context::with_excluded) and adds
//! [`NotExcluded`](crate::policy::NotExcluded) to the policy, so that the funnel counts them under their own name.

mod pins;
mod prices;
mod ranked;
mod residual;
mod settle;
mod ties;

pub use prices::LastPrices;
pub use ranked::{RankPointsError, RankedChoice};
pub(super) use residual::Residual;
pub(super) use settle::Settled;

use crate::policy::Violation;
use crate::text::Key;

use super::criterion::Criteria;

/// A pair that a coordinator insists on, by keys, with the line of the list on which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The mentor's key.
    pub mentor: Key,
    /// The mentee's key.
    pub mentee: Key,
    /// The line of the file, where there is one.
    pub line: Option<u64>,
}

/// A pin that is not in the plan, with everything that stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RejectedPin {
    /// The pin.
    pub pin: Pin,
    /// All reasons, never none: what [`Eligibility::check`](crate::eligibility::Eligibility::check) has against the pair
    /// (exclusions among it), then `unknown-participant` for each key that is nobody's, `pinned-twice` where an earlier
    /// pin names the same pair, and `places` where earlier pins take the last place.
    pub reasons: Vec<Violation>,
}

/// What a coordinator asks of a plan beside criteria.
///
/// **Pins** are taken in the order in which they were given. A pin is in the plan if the two may be paired and earlier
/// pins leave both a place; else it is [rejected](super::MatchPlan::rejected_pins) with all reasons, and the rest goes
/// on. The plan is the best by its objective *of those with the pins*, and its certificate says so: the pins are fixed,
/// what is left is solved and checked, and the two are added up. See [`Candidates::plan_under`](super::Candidates::plan_under).
///
/// **Tie-breaking criteria** decide between plans that the objective holds to be equally good, and never against it.
///
/// ```
/// use reverse_mentoring::eligibility::Eligibility;
/// use reverse_mentoring::matching::{Candidates, Conditions, Criteria, Optimal, Pin};
/// use reverse_mentoring::policy::Policy;
/// use reverse_mentoring::testing::Company;
/// use reverse_mentoring::text::Key;
///
/// let company = Company::sample()?;
/// let (policy, criteria) = (Policy::standard(), Criteria::standard());
/// let eligibility = Eligibility::new(company.roster(), &policy, company.context());
/// let candidates = Candidates::collect(&eligibility, &criteria)?;
///
/// let pin = |mentor, mentee, line| -> Result<Pin, reverse_mentoring::text::TextError> {
///     Ok(Pin { mentor: Key::new(mentor)?, mentee: Key::new(mentee)?, line: Some(line) })
/// };
/// let conditions = Conditions::none().with_pins([pin("bo", "hal", 2)?, pin("bo", "nobody", 3)?]);
/// let plan = candidates.plan_under(&conditions, &Optimal::most_pairs())?;
///
/// assert!(plan.proposals.iter().any(|p| (p.mentor.as_str(), p.mentee.as_str()) == ("bo", "hal")));
/// assert_eq!(plan.rejected_pins[0].to_string(), "3: `bo` with `nobody`: `nobody` is not a participant");
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    pins: Vec<Pin>,
    ties: Option<Criteria>,
}

impl Conditions {
    /// No condition.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            pins: Vec::new(),
            ties: None,
        }
    }

    /// Adds pairs that must be in the plan. Their order counts where they are more than the places: earlier ones win.
    #[must_use]
    pub fn with_pins(mut self, pins: impl IntoIterator<Item = Pin>) -> Self {
        self.pins.extend(pins);
        self
    }

    /// Among all plans that are equally good by the objective, the one with the most points by these criteria: exact, and
    /// proven like the plan itself.
    ///
    /// The points are no part of any score. [`RankedChoice`](super::RankedChoice) and [`KeptPair`](super::KeptPair) are
    /// made for it. Needs a matcher that [says what it optimises](super::Matcher::objective), and scores that leave room
    /// below [`MAX_SCORE`](super::assignment::MAX_SCORE); where they do not, planning is refused with
    /// [`PlanError::NoRoomForConditions`](super::PlanError::NoRoomForConditions), nothing is rounded.
    #[must_use]
    pub fn with_tie_break(mut self, criteria: Criteria) -> Self {
        self.ties = Some(criteria);
        self
    }

    /// The pins in their order.
    #[must_use]
    pub fn pins(&self) -> &[Pin] {
        &self.pins
    }

    /// What decides between plans that are equally good.
    #[must_use]
    pub const fn tie_break(&self) -> Option<&Criteria> {
        self.ties.as_ref()
    }
}
