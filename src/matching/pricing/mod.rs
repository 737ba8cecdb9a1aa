//! Plans over more pairs than can be kept: a shortlist is solved, and completed until the prices prove that no other
//! pair is missing.
//!
//! 1. A [search](sweep) over all pairs keeps everybody's best: the shortlist.
//! 2. The matcher solves it. Its certificate prices every row and column.
//! 3. A search over all pairs looks for those that these prices would prefer. Everybody's best are added, and 2. begins
//!    again, until there are none.
//! 4. An [audit] over all pairs adds up what the prices leave open. Where that is nothing, the plan is the best of all
//!    eligible pairs, though most of them were never kept.
//!
//! Whether people may be paired and what they score is worked out anew in each pass, row by row.
//!
//! Conditions change the problem and not the way: pins are on the shortlist from the beginning and are fixed in each
//! [round](rounds), and [ties](ties) are broken by completing the same list once more, for scores that the points of the
//! ties are a part of.

mod audit;
mod best;
mod bounds;
mod cover;
mod limits;
mod order;
mod prices;
mod rounds;
mod settle;
mod sweep;
mod ties;
mod worth;

use std::ops::ControlFlow;

use super::candidates::Candidates;
use super::conditions::Conditions;
use super::criterion::Criteria;
use super::matcher::Matcher;
use super::plan::MatchPlan;
use super::plan_error::PlanError;
use crate::eligibility::Eligibility;
pub use limits::{Limits, Progress};
use settle::Beyond;

/// Plans within limits: keeps every eligible pair where there are few enough, else proves the plan without keeping them.
///
/// Where not all are kept, the plan's [scope](super::Scope) says what its bounds speak of: all eligible pairs, where the
/// matcher proves its plans by prices (every objective of [`Optimal`](super::Optimal) does) and every criterion knows
/// [bounds](super::Criterion::bound_row), as all that ship do; else the candidates.
///
/// `progress` is told how far it has come; with [`ControlFlow::Break`] no more pairs are looked for, and the best plan so
/// far is returned with bounds that hold of all eligible pairs. That still takes one pass over them. It is not
/// asked where every pair is kept.
///
/// ```
/// use std::ops::ControlFlow;
/// use reverse_mentoring::matching::{Criteria, Limits, Optimal, plan_within};
/// # use reverse_mentoring::{eligibility::Eligibility, policy::Policy, testing::Company};
/// # let company = Company::sample()?;
/// # let policy = Policy::core_only();
/// # let may = Eligibility::new(company.roster(), &policy, company.context());
///
/// let limits = Limits::default().keep_at_most(5);
/// let plan = plan_within(&may, &Criteria::standard(), &Optimal::most_pairs(), limits, &mut |_| ControlFlow::Continue(()))?;
/// let proof = plan.certificate.unwrap();
/// assert_eq!((proof.scope.as_str(), proof.verified), ("all_eligible", true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`PlanError`] for plug-ins that break their word, which it names, and for matchers that claim [stable](super::Stable)
/// plans where not every pair is kept: whether two people would rather leave for each other is known only of pairs that
/// the matcher has seen. Such a programme is planned in parts, or by an objective.
pub fn plan_within(
    eligibility: &Eligibility<'_>,
    criteria: &Criteria,
    matcher: &dyn Matcher,
    limits: Limits,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<MatchPlan, PlanError> {
    let none = Conditions::none();
    plan_under(eligibility, criteria, &none, matcher, limits, progress)
}

/// Plans within limits, as [`plan_within`], with pins and with what decides between plans that are equally good.
///
/// The same as [`Candidates::plan_under`] where every pair is kept, and the same answer where not: pins that hold are in
/// the plan and the others are reported with all reasons; ties are broken among all plans that are as good, by points
/// that are proven over all eligible pairs if the criteria that break ties know bounds too. That takes two
/// passes over all pairs more, and those of the rounds in which the list is completed for them.
///
/// ```
/// use std::ops::ControlFlow;
/// use reverse_mentoring::matching::{Conditions, Criteria, Limits, Optimal, Pin, plan_under};
/// use reverse_mentoring::text::Key;
/// # use reverse_mentoring::{eligibility::Eligibility, policy::Policy, testing::Company};
/// # let company = Company::sample()?;
/// # let policy = Policy::standard();
/// # let may = Eligibility::new(company.roster(), &policy, company.context());
///
/// let pin = Pin { mentor: Key::new("bo")?, mentee: Key::new("hal")?, line: Some(2) };
/// let (criteria, conditions) = (Criteria::standard(), Conditions::none().with_pins([pin]));
/// let limits = Limits::default().keep_at_most(5);
/// let plan = plan_under(&may, &criteria, &conditions, &Optimal::most_pairs(), limits, &mut |_| ControlFlow::Continue(()))?;
/// assert_eq!((plan.pinned.len(), plan.rejected_pins.len()), (1, 0));
/// assert_eq!(plan.certificate.unwrap().scope.as_str(), "all_eligible");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`plan_within`] and [`Candidates::plan_under`]. Where not every pair is kept, the room that ties need is worked
/// out from the bounds of the criteria, and can be a little more than for the pairs themselves.
pub fn plan_under(
    eligibility: &Eligibility<'_>,
    criteria: &Criteria,
    conditions: &Conditions,
    matcher: &dyn Matcher,
    limits: Limits,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<MatchPlan, PlanError> {
    match Candidates::collect_within(eligibility, criteria, limits) {
        Err(PlanError::TooManyPairs { .. } | PlanError::TooManyCandidates) => {}
        other => return other?.plan_under(conditions, matcher),
    }
    Beyond::new(eligibility, criteria, conditions, limits).plan(matcher, progress)
}
