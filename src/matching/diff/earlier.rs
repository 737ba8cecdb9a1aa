//! An earlier plan, as far as the next one asks about it.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::matching::plan::MatchPlan;
use crate::pair::Pair;
use crate::roster::Roster;
use crate::text::{Key, Quoted};

/// One pair of an earlier plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct EarlierPair {
    /// The mentor's key.
    pub mentor: Key,
    /// The mentee's key.
    pub mentee: Key,
    /// Its score in that plan.
    pub score: u32,
}

/// The pairs of an earlier plan by key: from a [`MatchPlan`], or from the `plan.json` that was kept of it.
///
/// Reads the wire form of a plan ([`PlanRecord`](crate::matching::PlanRecord)) and of it only `pairs` and `total_score`.
///
/// ```
/// use reverse_mentoring::matching::EarlierPlan;
///
/// let kept = r#"{"objective": "most-pairs", "total_score": 900, "pairs": [
///     {"mentor": "ada", "mentee": "cfo", "score": 900, "parts": []}]}"#;
/// let plan: EarlierPlan = serde_json::from_str(kept)?;
/// assert_eq!(plan.pairs()[0].mentor.as_str(), "ada");
///
/// let edited = kept.replace(r#""score": 900"#, r#""score": 800"#);
/// let refused = serde_json::from_str::<EarlierPlan>(&edited).unwrap_err();
/// assert!(refused.to_string().starts_with("the plan's total is 900, its pairs add up to 800"));
/// # Ok::<(), serde_json::Error>(())
/// ```
// INVARIANT (once): sorted by keys, each pair once. Kept by `new`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Wire")]
pub struct EarlierPlan {
    pairs: Vec<EarlierPair>,
}

#[derive(Deserialize)]
struct Wire {
    pairs: Vec<EarlierPair>,
    total_score: u64,
}

/// What cannot have been a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EarlierPlanError {
    /// A pair stands twice.
    #[error("the plan has {} with {} twice", Quoted(.0.as_str()), Quoted(.1.as_str()))]
    PairTwice(Key, Key),
    /// The scores do not add up.
    #[error("the plan's total is {claimed}, its pairs add up to {actual}")]
    WrongTotal {
        /// The total that the file states.
        claimed: u64,
        /// The sum of the scores.
        actual: u64,
    },
}

impl EarlierPlan {
    /// A plan of these pairs, in any order.
    ///
    /// # Errors
    ///
    /// [`EarlierPlanError::PairTwice`], the first by keys.
    pub fn new(pairs: impl IntoIterator<Item = EarlierPair>) -> Result<Self, EarlierPlanError> {
        let mut pairs: Vec<EarlierPair> = pairs.into_iter().collect();
        pairs.sort_unstable();
        for pair in pairs.windows(2) {
            if let [a, b] = pair {
                if (&a.mentor, &a.mentee) == (&b.mentor, &b.mentee) {
                    return Err(EarlierPlanError::PairTwice(
                        a.mentor.clone(),
                        a.mentee.clone(),
                    ));
                }
            }
        }
        Ok(Self { pairs })
    }

    /// The pairs, by mentor's key, then mentee's.
    #[must_use]
    pub fn pairs(&self) -> &[EarlierPair] {
        &self.pairs
    }

    /// The sum of the scores.
    #[must_use]
    pub fn total_score(&self) -> u64 {
        let scores = self.pairs.iter().map(|pair| u64::from(pair.score));
        scores.fold(0, u64::saturating_add)
    }

    /// Those of the pairs whose people both take part in a roster, for [`KeptPair`](crate::matching::KeptPair).
    pub fn pairs_in(&self, roster: &Roster) -> impl Iterator<Item = Pair> {
        let id = |key: &Key| Some(roster.by_key(key.as_str())?.id());
        self.pairs.iter().filter_map(move |pair| {
            Some(Pair {
                mentor: id(&pair.mentor)?,
                mentee: id(&pair.mentee)?,
            })
        })
    }

    /// The keys of everybody who has a pair as mentor, and as mentee.
    pub(super) fn people(&self) -> [BTreeSet<&str>; 2] {
        [
            self.pairs.iter().map(|p| p.mentor.as_str()).collect(),
            self.pairs.iter().map(|p| p.mentee.as_str()).collect(),
        ]
    }
}

impl TryFrom<Wire> for EarlierPlan {
    type Error = EarlierPlanError;

    fn try_from(wire: Wire) -> Result<Self, EarlierPlanError> {
        let plan = Self::new(wire.pairs)?;
        let (claimed, actual) = (wire.total_score, plan.total_score());
        if claimed == actual {
            Ok(plan)
        } else {
            Err(EarlierPlanError::WrongTotal { claimed, actual })
        }
    }
}

impl From<&MatchPlan> for EarlierPlan {
    fn from(plan: &MatchPlan) -> Self {
        let pairs = plan.proposals.iter().map(|proposal| EarlierPair {
            mentor: proposal.mentor.clone(),
            mentee: proposal.mentee.clone(),
            score: proposal.score,
        });
        // Sorted and once each, as the plan is.
        Self {
            pairs: pairs.collect(),
        }
    }
}
