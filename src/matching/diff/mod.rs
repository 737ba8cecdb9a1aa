//! What changed from one plan to the next, and why.

mod earlier;
mod words;

use std::collections::BTreeMap;

pub use earlier::{EarlierPair, EarlierPlan, EarlierPlanError};
pub use words::{
    AddedRecord, BeforeAfter, DroppedRecord, KeptRecord, NewlyRecord, NewlyUnmatchedRecord,
    PlanDiffRecord,
};

use super::plan::MatchPlan;
use super::unmatched::Unmatched;
use crate::eligibility::{Eligibility, Verdict};
use crate::pair::{Pair, Role};
use crate::policy::Violation;
use crate::text::Key;

/// What changed from an earlier plan to this one: [`MatchPlan::diff`] makes it.
///
/// Every pair of the earlier plan is in [`kept`](Self::kept) or in [`dropped`](Self::dropped), every pair of this one in `kept` or
/// in [`added`](Self::added). Displays a headline and one line for each change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanDiff {
    /// The pairs of both, by keys.
    pub kept: Vec<KeptProposal>,
    /// The pairs of this plan alone, by keys.
    pub added: Vec<EarlierPair>,
    /// The pairs of the earlier plan alone, by keys, each with the reason.
    pub dropped: Vec<DroppedProposal>,
    /// Who has a pair in this plan and had none in that role: key and role, by key, then by the name of the role.
    pub newly_matched: Vec<(Key, Role)>,
    /// Who had a pair, has none now, and none that runs in that role either; with why, as the plan says it.
    pub newly_unmatched: Vec<Unmatched>,
    /// How many pairs the two plans have.
    pub pairs: BeforeAfter,
    /// What they score in all.
    pub total_score: BeforeAfter,
}

/// A pair of both plans.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptProposal {
    /// The mentor's key.
    pub mentor: Key,
    /// The mentee's key.
    pub mentee: Key,
    /// Its score in the earlier plan and in this one: people, criteria and weights may have changed.
    pub score: BeforeAfter,
}

/// A pair that is no longer proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DroppedProposal {
    /// The mentor's key.
    pub mentor: Key,
    /// The mentee's key.
    pub mentee: Key,
    /// Its score in the earlier plan.
    pub score: u32,
    /// Why.
    pub reason: DropReason,
}

/// Why a pair of an earlier plan is not in this one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DropReason {
    /// The proposal became a pairing: the two have one open.
    Running,
    /// One of the two, or both, take part no more.
    Left(Vec<Role>),
    /// They may not be paired any more, for all of these reasons.
    Ineligible(Vec<Violation>),
    /// Only a place is missing: the hours shrank, or another pairing runs.
    PlaceGone(Vec<Violation>),
    /// They may still be paired; the plan has others for them. The keys of the mentor's mentees now, and of the mentee's
    /// mentors; both empty where the matcher left the two alone.
    Beaten {
        /// With whom the mentor is now.
        mentees: Vec<Key>,
        /// With whom the mentee is now.
        mentors: Vec<Key>,
    },
}

impl DropReason {
    /// A stable code: `running`, `left`, `ineligible`, `place-gone` or `beaten`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Left(_) => "left",
            Self::Ineligible(_) => "ineligible",
            Self::PlaceGone(_) => "place-gone",
            Self::Beaten { .. } => "beaten",
        }
    }
}

impl MatchPlan {
    /// What changed since an earlier plan, a [`MatchPlan`] or one read from its `plan.json`; `now` is the question that
    /// *this* plan answers, and says why a pair went.
    ///
    /// People are compared by key, so that the two plans may be of different rosters.
    ///
    /// ```
    /// use reverse_mentoring::eligibility::Eligibility;
    /// use reverse_mentoring::matching::{Criteria, Optimal, plan};
    /// use reverse_mentoring::policy::{NotExcluded, Policy};
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let policy = Policy::standard().with(NotExcluded);
    /// let ask = |context: &_| -> Result<_, reverse_mentoring::error::Error> {
    ///     let eligibility = Eligibility::new(company.roster(), &policy, context);
    ///     Ok(plan(&eligibility, &Criteria::standard(), &Optimal::most_pairs())?)
    /// };
    /// let first = ask(company.context())?;
    /// // One of the pairs does not want to.
    /// let gone = first.proposals[0].proof.pair();
    /// let later = company.context().clone().with_excluded([gone]);
    /// let second = ask(&later)?;
    ///
    /// let diff = second.diff(&first, &Eligibility::new(company.roster(), &policy, &later));
    /// assert_eq!(diff.dropped[0].reason.code(), "ineligible");
    /// assert_eq!(diff.dropped[0].reason.to_string(), "no longer eligible: the pair is excluded");
    /// println!("{diff}");
    /// # Ok::<(), reverse_mentoring::error::Error>(())
    /// ```
    #[must_use]
    pub fn diff(&self, previous: impl Into<EarlierPlan>, now: &Eligibility<'_>) -> PlanDiff {
        let (previous, this) = (previous.into(), EarlierPlan::from(self));
        let by_keys = |plan: &EarlierPlan| -> BTreeMap<(Key, Key), u32> {
            let pairs = plan.pairs().iter();
            pairs
                .map(|p| ((p.mentor.clone(), p.mentee.clone()), p.score))
                .collect()
        };
        let (before, after) = (by_keys(&previous), by_keys(&this));
        let mut diff = PlanDiff {
            kept: Vec::new(),
            added: Vec::new(),
            dropped: Vec::new(),
            newly_matched: newly_matched(&previous, &this),
            newly_unmatched: self.newly_unmatched(&previous, now),
            pairs: BeforeAfter::of(before.len() as u64, after.len() as u64),
            total_score: BeforeAfter::of(previous.total_score(), self.total_score),
        };
        for ((mentor, mentee), &score) in &before {
            let (mentor, mentee) = (mentor.clone(), mentee.clone());
            match after.get(&(mentor.clone(), mentee.clone())) {
                Some(&now) => diff.kept.push(KeptProposal {
                    mentor,
                    mentee,
                    score: BeforeAfter::of(score.into(), now.into()),
                }),
                None => diff.dropped.push(DroppedProposal {
                    reason: self.why_dropped(&mentor, &mentee, now),
                    mentor,
                    mentee,
                    score,
                }),
            }
        }
        let new = after
            .into_iter()
            .filter(|(keys, _)| !before.contains_key(keys));
        diff.added = new
            .map(|((mentor, mentee), score)| EarlierPair {
                mentor,
                mentee,
                score,
            })
            .collect();
        diff
    }

    fn why_dropped(&self, mentor: &Key, mentee: &Key, now: &Eligibility<'_>) -> DropReason {
        let people = [(Role::Mentor, mentor), (Role::Mentee, mentee)];
        let found = people.map(|(_, key)| now.roster().by_key(key.as_str()));
        let [Some(a), Some(b)] = found else {
            let gone = people
                .iter()
                .zip(found)
                .filter(|(_, found)| found.is_none());
            return DropReason::Left(gone.map(|((role, _), _)| *role).collect());
        };
        let pair = Pair {
            mentor: a.id(),
            mentee: b.id(),
        };
        if now.context().is_open(pair) {
            return DropReason::Running;
        }
        if let Ok(Verdict::Ineligible(reasons)) = now.check(pair) {
            return if reasons.iter().all(|reason| reason.code() == "places") {
                DropReason::PlaceGone(reasons)
            } else {
                DropReason::Ineligible(reasons)
            };
        }
        let others = self.proposals.iter();
        let of_mentor = others.clone().filter(|p| p.mentor == *mentor);
        let of_mentee = others.filter(|p| p.mentee == *mentee);
        DropReason::Beaten {
            mentees: of_mentor.map(|p| p.mentee.clone()).collect(),
            mentors: of_mentee.map(|p| p.mentor.clone()).collect(),
        }
    }

    fn newly_unmatched(&self, previous: &EarlierPlan, now: &Eligibility<'_>) -> Vec<Unmatched> {
        let [mentors, mentees] = previous.people();
        let had = |u: &&Unmatched| match u.role {
            Role::Mentor => mentors.contains(u.key.as_str()),
            Role::Mentee => mentees.contains(u.key.as_str()),
        };
        let runs = |u: &&Unmatched| now.context().open(u.participant, u.role) > 0;
        let without = self.unmatched.iter().filter(had);
        without.filter(|u| !runs(u)).cloned().collect()
    }
}

fn newly_matched(previous: &EarlierPlan, this: &EarlierPlan) -> Vec<(Key, Role)> {
    let [mentors, mentees] = previous.people();
    let mut new: Vec<(Key, Role)> = Vec::new();
    for pair in this.pairs() {
        if !mentors.contains(pair.mentor.as_str()) {
            new.push((pair.mentor.clone(), Role::Mentor));
        }
        if !mentees.contains(pair.mentee.as_str()) {
            new.push((pair.mentee.clone(), Role::Mentee));
        }
    }
    new.sort_by(|a, b| (&a.0, a.1.as_str()).cmp(&(&b.0, b.1.as_str())));
    new.dedup();
    new
}
