//! A difference of plans for people and for other systems.

use std::fmt;

use serde::Serialize;

use super::{DropReason, PlanDiff};
use crate::policy::Violation;
use crate::summary::count;
use crate::text::{Key, Quoted};

/// A number before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BeforeAfter {
    /// In the earlier plan.
    pub before: u64,
    /// In this one.
    pub after: u64,
}

impl BeforeAfter {
    pub(super) const fn of(before: u64, after: u64) -> Self {
        Self { before, after }
    }
}

/// `5 → 6`, or the one number where nothing changed.
impl fmt::Display for BeforeAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, after } = self;
        if before == after {
            write!(f, "{after} as before")
        } else {
            write!(f, "{before} → {after}")
        }
    }
}

fn joined<'a>(reasons: &'a [Violation]) -> impl Iterator<Item = String> + 'a {
    reasons.iter().map(Violation::to_string)
}

fn with(keys: &[Key]) -> String {
    let keys = keys.iter().map(|key| Quoted(key.as_str()).to_string());
    keys.collect::<Vec<_>>().join(", ")
}

impl DropReason {
    /// One sentence for each reason, never none.
    fn details(&self) -> Vec<String> {
        match self {
            Self::Running => vec!["the two have an open pairing".to_owned()],
            Self::Left(roles) => roles
                .iter()
                .map(|role| format!("the {role} takes part no more"))
                .collect(),
            Self::Ineligible(reasons) | Self::PlaceGone(reasons) => joined(reasons).collect(),
            Self::Beaten { mentees, mentors } => {
                let ends = [("mentor", mentees), ("mentee", mentors)];
                let taken = ends.into_iter().filter(|(_, keys)| !keys.is_empty());
                let said = taken.map(|(role, keys)| format!("the {role} is with {}", with(keys)));
                let said: Vec<String> = said.collect();
                if said.is_empty() {
                    vec!["the matcher left both alone".to_owned()]
                } else {
                    said
                }
            }
        }
    }
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = match self {
            Self::Running | Self::Left(_) => "",
            Self::Ineligible(_) => "no longer eligible: ",
            Self::PlaceGone(_) => "no place left: ",
            Self::Beaten { .. } => "beaten: ",
        };
        write!(f, "{about}{}", self.details().join("; "))
    }
}

impl fmt::Display for PlanDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kept, added) = (count(self.kept.len(), "pair"), self.added.len());
        let dropped = self.dropped.len();
        write!(f, "{kept} kept, {added} added, {dropped} dropped")?;
        write!(
            f,
            "; pairs {}, total score {}",
            self.pairs, self.total_score
        )?;
        let pair = |a: &Key, b: &Key| format!("{} with {}", Quoted(a.as_str()), Quoted(b.as_str()));
        for added in &self.added {
            let who = pair(&added.mentor, &added.mentee);
            write!(f, "\nadded: {who}, {}", count(added.score, "point"))?;
        }
        for dropped in &self.dropped {
            let who = pair(&dropped.mentor, &dropped.mentee);
            let points = count(dropped.score, "point");
            write!(f, "\ndropped: {who}, {points}: {}", dropped.reason)?;
        }
        for (key, role) in &self.newly_matched {
            write!(f, "\nnewly matched: {} as {role}", Quoted(key.as_str()))?;
        }
        for u in &self.newly_unmatched {
            let (key, role) = (Quoted(u.key.as_str()), u.role);
            write!(f, "\nnewly unmatched: {key} as {role}: {}", u.detail)?;
        }
        Ok(())
    }
}

/// A difference in its wire form. Every key is always there; lists are sorted by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PlanDiffRecord {
    /// How many pairs.
    pub pairs: BeforeAfter,
    /// What they score.
    pub total_score: BeforeAfter,
    /// The pairs of both.
    pub kept: Vec<KeptRecord>,
    /// The pairs of this plan alone.
    pub added: Vec<AddedRecord>,
    /// The pairs of the earlier plan alone.
    pub dropped: Vec<DroppedRecord>,
    /// Who has a pair now and had none in that role.
    pub newly_matched: Vec<NewlyRecord>,
    /// Who had one, has none now, and none that runs.
    pub newly_unmatched: Vec<NewlyUnmatchedRecord>,
}

/// A pair of both plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KeptRecord {
    /// The mentor's key.
    pub mentor: String,
    /// The mentee's key.
    pub mentee: String,
    /// Its score in each.
    pub score: BeforeAfter,
}

/// A pair of this plan alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AddedRecord {
    /// The mentor's key.
    pub mentor: String,
    /// The mentee's key.
    pub mentee: String,
    /// Its score.
    pub score: u32,
}

/// A pair of the earlier plan alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DroppedRecord {
    /// The mentor's key.
    pub mentor: String,
    /// The mentee's key.
    pub mentee: String,
    /// Its score then.
    pub score: u32,
    /// A stable code: see [`DropReason::code`].
    pub reason: &'static str,
    /// Every reason in a sentence.
    pub details: Vec<String>,
}

/// Somebody on a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NewlyRecord {
    /// Their key.
    pub id: String,
    /// `mentor` or `mentee`.
    pub side: &'static str,
}

/// Somebody on a side who lost their pair, and why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NewlyUnmatchedRecord {
    /// Their key.
    pub id: String,
    /// `mentor` or `mentee`.
    pub side: &'static str,
    /// The code that the plan has for it.
    pub reason: &'static str,
    /// The same in a sentence.
    pub detail: String,
}

impl PlanDiff {
    /// The wire form.
    #[must_use]
    pub fn to_record(&self) -> PlanDiffRecord {
        let kept = self.kept.iter().map(|kept| KeptRecord {
            mentor: kept.mentor.to_string(),
            mentee: kept.mentee.to_string(),
            score: kept.score,
        });
        let added = self.added.iter().map(|added| AddedRecord {
            mentor: added.mentor.to_string(),
            mentee: added.mentee.to_string(),
            score: added.score,
        });
        let dropped = self.dropped.iter().map(|dropped| DroppedRecord {
            mentor: dropped.mentor.to_string(),
            mentee: dropped.mentee.to_string(),
            score: dropped.score,
            reason: dropped.reason.code(),
            details: dropped.reason.details(),
        });
        let matched = self.newly_matched.iter().map(|(key, role)| NewlyRecord {
            id: key.to_string(),
            side: role.as_str(),
        });
        let unmatched = self.newly_unmatched.iter().map(|u| NewlyUnmatchedRecord {
            id: u.key.to_string(),
            side: u.role.as_str(),
            reason: u.reason.code(),
            detail: u.detail.clone(),
        });
        PlanDiffRecord {
            pairs: self.pairs,
            total_score: self.total_score,
            kept: kept.collect(),
            added: added.collect(),
            dropped: dropped.collect(),
            newly_matched: matched.collect(),
            newly_unmatched: unmatched.collect(),
        }
    }
}
