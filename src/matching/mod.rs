//! Who is paired with whom, and why.
//!
//! In come the eligible pairs, criteria that score them and a matcher that chooses; out comes a [`MatchPlan`]. Never
//! true inside: a pair without a proof of eligibility, a score that is not the sum of its parts, somebody beyond their
//! places, or anybody left over without a reason, whatever a plug-in returns; nor a plan that claims to be stable and that
//! two people would rather leave for each other. Which matcher to take is in the guide, [`matchers`](crate::guide::matchers).

pub mod assignment;
mod by_default;
mod candidates;
mod conditions;
mod criteria;
mod criterion;
mod diff;
mod gather;
mod matcher;
mod plan;
mod plan_error;
mod pricing;
mod questions;
mod record;
mod rematch;
mod scoring;
mod shipped;
pub mod stable;
mod unmatched;

pub use by_default::{Assumed, ExchangeRecord, ExchangeSideRecord};
pub use candidates::{Candidates, MAX_CANDIDATES, MAX_LOOKED_AT};
pub use conditions::{Conditions, LastPrices, Pin, RankPointsError, RankedChoice, RejectedPin};
pub use criteria::{
    DifferentBackground, DifferentSite, NearbyTimeZone, SameSite, SharedInterest, SharedLanguage,
    SimilarValues,
};
pub use criterion::{Assessment, Bound, Criteria, CriteriaError, Criterion, OutOfRange, Part};
pub use diff::{
    AddedRecord, BeforeAfter, DropReason, DroppedProposal, DroppedRecord, EarlierPair, EarlierPlan,
    EarlierPlanError, KeptProposal, KeptRecord, NewlyRecord, NewlyUnmatchedRecord, PlanDiff,
    PlanDiffRecord,
};
pub use matcher::{Greedy, MatchError, MatchProblem, Matcher, Optimal, Solution};
pub use plan::{
    ApprovedPlan, Funnel, Loss, MatchPlan, PlanCertificate, Proposal, Running, Scope, plan,
};
pub use plan_error::PlanError;
pub use pricing::{Limits, Progress, plan_under, plan_within};
pub use questions::{
    Change, Consequence, Counterfactual, Counterfactuals, Displaced, Explanation, Newcomer,
    QuestionError, Questions, Search, Standing, TieCost, What,
};
pub use record::{
    CertificateRecord, LossRecord, PairRecord, PartRecord, PlanRecord, RejectedPinRecord,
    RunningRecord, UnmatchedRecord,
};
pub use rematch::{KeptPair, Wait, Waiting};
pub use shipped::{BothLearn, DifferentUnit, MenteeLearns, MentorLearns};
pub use stable::{
    AnotherRoster, Choice, RankingFault, RankingFaultKind, RankingFaults, Rankings, Silent,
    Stability, Stable, Ties,
};
pub use unmatched::{Unmatched, UnmatchedReason};
