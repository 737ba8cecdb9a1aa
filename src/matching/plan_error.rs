//! Why there is no plan: limits, and plug-ins that break their word.

use super::assignment::{Flaw, GraphError, MAX_SCORE};
use super::criterion::OutOfRange;
use super::matcher::MatchError;
use super::stable::Stability;
use crate::policy::PluginId;
use crate::summary::count;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// More pairs than are looked at one by one.
    #[error(
        "{pairs} pairs are more than the {} that are looked at one by one",
        super::MAX_LOOKED_AT
    )]
    TooManyPairs {
        /// Mentors times mentees.
        pairs: u64,
    },
    /// More eligible pairs than are kept at a time.
    #[error("more than {} pairs are eligible", super::MAX_CANDIDATES)]
    TooManyCandidates,
    /// The eligible pairs make no graph.
    #[error("the eligible pairs cannot be matched: {0}")]
    Graph(#[from] GraphError),
    /// A criterion broke its word.
    #[error(transparent)]
    Criterion(#[from] OutOfRange),
    /// A criterion scored the same pair differently when asked again.
    #[error("{} changed the score of a pair from {first} to {second} when asked again", suspects(.criteria))]
    UnsteadyScore {
        /// Which: the one caught at it or, where none repeats it, all that were asked.
        criteria: Vec<PluginId>,
        /// The score in the candidates.
        first: u32,
        /// The sum of the parts.
        second: u32,
    },
    /// A rule consented to a pair, and objected when it was asked again.
    #[error("a rule{} changed its mind about a pair", .rule.as_ref().map(|r| format!(" `{r}`")).unwrap_or_default())]
    UnsteadyRule {
        /// Which, where it objects still.
        rule: Option<PluginId>,
    },
    /// The matcher gave up.
    #[error("matcher `{matcher}` failed: {error}")]
    Matcher {
        /// Which.
        matcher: PluginId,
        /// What it said.
        error: MatchError,
    },
    /// The matcher's answer is not sound.
    #[error("matcher `{matcher}` returned an unsound plan: {flaw}")]
    Unsound {
        /// Which.
        matcher: PluginId,
        /// What is wrong with its answer.
        flaw: Flaw,
    },
    /// The matcher's answer is not stable, though it claims to be.
    #[error(
        "matcher `{matcher}` claims a stable plan, in which {} not wanted by both, and which {}",
        are(.found.unwanted_pairs),
        blocks(.found.blocking_pairs)
    )]
    Unstable {
        /// Which.
        matcher: PluginId,
        /// What was found by its own preferences.
        found: Stability,
    },
    /// With these conditions, scores would have to be higher than the solver takes.
    #[error(
        "the conditions need scores up to {needed}, above {MAX_SCORE}: lower the weights of the criteria, or the points or the number of pairs that break ties"
    )]
    NoRoomForConditions {
        /// The highest score that would be needed.
        needed: u128,
    },
    /// Ties can only be broken where a plan is proven best.
    #[error(
        "matcher `{matcher}` proves no plan to be the best, so there are no equals to choose from"
    )]
    NothingToBreak {
        /// Which.
        matcher: PluginId,
    },
}

/// So many pairs that are something.
fn are(pairs: u64) -> String {
    let verb = if pairs == 1 { "is" } else { "are" };
    format!("{} {verb}", count(pairs, "pair"))
}

/// So many pairs that block.
fn blocks(pairs: u64) -> String {
    let verb = if pairs == 1 { "blocks" } else { "block" };
    format!("{} {verb}", count(pairs, "pair"))
}

/// Names one criterion, or says that it is one of several.
fn suspects(criteria: &[PluginId]) -> String {
    let names: Vec<String> = criteria.iter().map(|c| format!("`{c}`")).collect();
    match names.as_slice() {
        [one] => format!("criterion {one}"),
        _ => format!("one of the criteria {}", names.join(", ")),
    }
}
