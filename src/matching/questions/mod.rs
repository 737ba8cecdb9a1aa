//! Questions about a plan: why this pair, why not that one, and what would have to change?
//!
//! In come a plan and the candidates that it was made from; out come numbers and sentences, worked out when somebody
//! asks and not before. Never true inside: a cost that was guessed, or a "this would help" that was not tried.
//!
//! Which questions there are stands with [`Questions`]. Explanations and consequences are for coordinators. A counterfactual is for the person whom it is about, too: it names
//! no other person, no reporting group, and no skill that the caller called sensitive.

mod alternative;
mod change;
mod consequence;
mod counterfactual;
mod explain;
mod explanation;
mod others;
mod own;
mod search;
mod trial;
mod under;

pub use change::{Change, Newcomer};
pub use consequence::{Consequence, Displaced, TieCost, What};
pub use counterfactual::{Counterfactual, Counterfactuals};
pub use explain::Questions;
pub use explanation::{Explanation, Standing};
pub use search::Search;

use super::assignment::WhatIfError;
use super::criterion::OutOfRange;
use super::plan_error::PlanError;
use crate::eligibility::UnknownParticipant;
use crate::pair::Role;
use crate::text::Quoted;

/// `the mentor`, `the mentee` or `both`.
fn side(full: &[Role]) -> String {
    match full {
        [role] => format!("the {role}"),
        _ => "both".to_owned(),
    }
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The question is about somebody who does not take part.
    #[error(transparent)]
    Unknown(#[from] UnknownParticipant),
    /// The plan was made from other candidates: a pair of it is not among these, or another default exchange counted.
    #[error("the plan was made from other candidates")]
    ForeignPlan,
    /// The plan was made under other conditions: it has other pins, other pins are rejected, or ties were broken otherwise.
    #[error(
        "the plan was made under other conditions: ask by `questions_under` or `counterfactuals_under`, with the conditions of the plan"
    )]
    OtherConditions,
    /// The two may not be paired, so there is no cost: [`explain`](Questions::explain) says everything against them.
    #[error("{} and {} may not be paired: `explain` says why", Quoted(.mentor), Quoted(.mentee))]
    NoCandidates {
        /// The mentor's key.
        mentor: String,
        /// The mentee's key.
        mentee: String,
    },
    /// The plan's pins take all places of one of the two, so no plan with these pins has the pair.
    #[error("pins take all places of {}", side(.full))]
    NoPlace {
        /// On which sides.
        full: Vec<Role>,
    },
    /// The plan is not proven to be the best among these candidates, so nobody knows what a change would cost.
    #[error("the plan is not proven to be the best, so what a change would cost is not known")]
    Unproven,
    /// Somebody asked what would find them a partner, and they have one, or did not offer that side.
    #[error("{} is not without a pairing as {role}", Quoted(.key))]
    NotUnmatched {
        /// Their key.
        key: String,
        /// On which side.
        role: Role,
    },
    /// A criterion broke its word.
    #[error(transparent)]
    Criterion(#[from] OutOfRange),
    /// The solver has no answer.
    #[error(transparent)]
    WhatIf(WhatIfError),
    /// Planning again failed.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

impl From<WhatIfError> for QuestionError {
    fn from(error: WhatIfError) -> Self {
        match error {
            WhatIfError::Unproven { .. } => Self::Unproven,
            other => Self::WhatIf(other),
        }
    }
}
