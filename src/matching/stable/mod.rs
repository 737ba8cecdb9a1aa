//! Stable plans: what participants' own rankings decide, and the check that nobody could undo it in twos.
//!
//! The inner half knows integers and indices: [`Preferences`] give a rank at each end of each edge of a
//! [`Graph`](super::assignment::Graph), [`deferred_acceptance`] makes a stable plan, and [`Stability::of`] counts what
//! blocks any plan, sharing no code with it. The outer half knows keys: [`Rankings`] are participants' [`Choice`]s, checked
//! against a roster, and [`Stable`] is the [`Matcher`] that follows them.
//!
//! # What stable means
//!
//! A row *accepts* the columns that it ranks and no others, and likewise a column. A plan is *pairwise stable* where
//!
//! 1. both ends of each of its pairs accept each other, and
//! 2. no pair *blocks* it: no two who may be paired, accept each other, are not paired with each other, and of whom each
//!    has a free place or has somebody whom they rank strictly below the other, and would swap.
//!
//! Nobody has more pairs than places, and no pair is made twice. With one place each this is the stable marriage of Gale
//! and Shapley (1962), with places on one side their college admissions. With several places on both sides, people are
//! taken to judge sets of partners *responsively*: a better partner in the place of a worse one is better, a partner whom
//! they accept is better than a free place, whoever else they have. Under such preferences a plan that is pairwise stable
//! always exists (Roth 1984). Larger groups are not looked at: with several places on both sides three or more people may
//! still do better by rearranging among themselves, and that may be impossible to rule out.
//!
//! *Strictly*: two with equal ranks are no reason to break up. [`Stable`] breaks ties by a rule that it states and is
//! stable also by the orders that come of it, which is more.
//!
//! # What follows
//!
//! With strict orders, of all stable plans the one that deferred acceptance finds is the best for every proposer and the
//! worst for everybody on the other side. Everybody has the same number of pairs in every stable plan, and whoever has a
//! place left has the same partners in each (the rural hospitals theorem, Roth 1986; with places on both sides, Alkan
//! 2002): which side proposes decides who gets whom, never how many. Stability has its price: a stable plan may have half
//! the pairs that are possible.

mod check;
mod deferred;
mod matcher;
mod preferences;
mod rankings;

pub use check::Stability;
pub use deferred::{Proposers, deferred_acceptance};
pub use matcher::{AnotherRoster, Silent, Stable, Ties};
pub use preferences::{Preferences, Rank, Ranks};
pub use rankings::{Choice, RankingFault, RankingFaultKind, RankingFaults, Rankings};

use super::matcher::{MatchError, MatchProblem, Matcher};
use super::plan::PlanError;

/// Holds a matcher to its word: how stable its answer is by the preferences that it claims; `None` where it claims none.
pub(super) fn claimed(
    matcher: &dyn Matcher,
    problem: &MatchProblem<'_>,
    chosen: &[u32],
) -> Result<Option<Stability>, PlanError> {
    let Some(preferences) = matcher.preferences(problem) else {
        return Ok(None);
    };
    let (graph, matcher) = (problem.graph(), matcher.id());
    if preferences.len() != graph.len() {
        let (of, edges) = (preferences.len(), graph.len());
        let error = MatchError::new(format!(
            "its preferences are of {of} pairs, the problem has {edges}"
        ));
        return Err(PlanError::Matcher { matcher, error });
    }
    let found = Stability::of(graph, &preferences, chosen);
    if !found.is_stable() {
        return Err(PlanError::Unstable { matcher, found });
    }
    Ok(Some(found))
}
