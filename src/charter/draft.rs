//! A charter in the making, and everything that keeps it from being one.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::budget::session_minutes;
use super::{Budget, Charter, ChemistryPeriod, Curriculum, Sponsor};
use crate::cadence::Cadence;
use crate::ids::{ContactId, CoordinatorId};
use crate::policy::PluginId;
use crate::roster::Hours;
use crate::summary::summary;
use crate::text::Label;

/// The most days that a charter is for: ten years. What goes on is chartered anew.
const LONGEST_DAYS: i64 = 3653;

/// A charter in the making: what is not known yet is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CharterDraft {
    /// What the purpose is filed under at the host.
    pub purpose: Option<Label>,
    /// Who backs it.
    pub sponsor: Option<Sponsor>,
    /// The first day.
    pub starts: Option<NaiveDate>,
    /// The last day.
    pub ends: Option<NaiveDate>,
    /// What both of a pair finish before they begin.
    pub curriculum: Option<Curriculum>,
    /// The working time that each participant is given.
    pub budget: Option<Budget>,
    /// How often pairs are meant to meet.
    pub cadence: Option<Cadence>,
    /// The rules beside the core invariants, each in its version; none is an answer, too.
    pub policy: Option<Vec<PluginId>>,
    /// Who approved all this.
    pub approved_by: Option<CoordinatorId>,
    /// Who hears of concerns in confidence.
    #[serde(default)]
    pub contact: Option<ContactId>,
    /// The chemistry period; two sessions or 60 days where nothing is said.
    #[serde(default)]
    pub chemistry: Option<ChemistryPeriod>,
}

/// A part without which there is no charter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Part {
    /// What it is for.
    Purpose,
    /// Who backs it.
    Sponsor,
    /// The first day.
    Start,
    /// The last day.
    End,
    /// The training of both.
    Curriculum,
    /// The working time.
    Budget,
    /// How often pairs meet.
    Cadence,
    /// The rules.
    Policy,
    /// Who approved it.
    Approver,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Purpose => "purpose",
            Self::Sponsor => "sponsor",
            Self::Start => "first day",
            Self::End => "last day",
            Self::Curriculum => "curriculum",
            Self::Budget => "budget of working time",
            Self::Cadence => "cadence",
            Self::Policy => "policy",
            Self::Approver => "approver",
        })
    }
}

/// One thing that keeps a draft from being a charter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CharterFlaw {
    /// A part is not there.
    #[error("the charter names no {0}")]
    Missing(Part),
    /// It ends before it has begun.
    #[error("the programme would end on {ends}, not after it starts on {starts}")]
    Days {
        /// The first day.
        starts: NaiveDate,
        /// The last.
        ends: NaiveDate,
    },
    /// Over ten years.
    #[error("the programme would run {0} days; a charter is for ten years at most")]
    TooLong(i64),
    /// The sessions take more working time than a month has for them.
    #[error(
        "{sessions} sessions of {minutes} minutes by {ends} take more than {month} hours a month"
    )]
    Time {
        /// Sessions that the cadence has by the last day.
        sessions: u32,
        /// Minutes of each.
        minutes: u16,
        /// The last day.
        ends: NaiveDate,
        /// Hours a month that the budget has.
        month: Hours,
    },
}

/// What keeps a draft from being a charter: everything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", summary(&self.0))]
pub struct CharterError(
    /// The flaws.
    pub Vec<CharterFlaw>,
);

impl Charter {
    /// A charter of a draft that leaves nothing open.
    ///
    /// # Errors
    ///
    /// [`CharterError`] with everything that is missing or does not fit together.
    pub fn new(draft: CharterDraft) -> Result<Self, CharterError> {
        let mut flaws = draft.flaws();
        let whole = draft.whole().filter(|_| flaws.is_empty());
        match whole {
            Some(charter) => Ok(charter),
            None => {
                flaws.sort_by_key(|flaw| !matches!(flaw, CharterFlaw::Missing(_)));
                Err(CharterError(flaws))
            }
        }
    }
}

impl CharterDraft {
    fn flaws(&self) -> Vec<CharterFlaw> {
        let parts = [
            (Part::Purpose, self.purpose.is_some()),
            (Part::Sponsor, self.sponsor.is_some()),
            (Part::Start, self.starts.is_some()),
            (Part::End, self.ends.is_some()),
            (Part::Curriculum, self.curriculum.is_some()),
            (Part::Budget, self.budget.is_some()),
            (Part::Cadence, self.cadence.is_some()),
            (Part::Policy, self.policy.is_some()),
            (Part::Approver, self.approved_by.is_some()),
        ];
        let missing = parts.into_iter().filter(|(_, there)| !there);
        let mut flaws: Vec<_> = missing
            .map(|(part, _)| CharterFlaw::Missing(part))
            .collect();
        let Some((starts, ends)) = self.starts.zip(self.ends) else {
            return flaws;
        };
        let days = (ends - starts).num_days();
        if days <= 0 {
            flaws.push(CharterFlaw::Days { starts, ends });
        } else if days > LONGEST_DAYS {
            flaws.push(CharterFlaw::TooLong(days));
        } else if let Some((cadence, budget)) = self.cadence.zip(self.budget) {
            let (sessions, time) = session_minutes(cadence, starts, ends);
            if !budget.has_time_for(time, days) {
                flaws.push(CharterFlaw::Time {
                    sessions,
                    minutes: cadence.minutes(),
                    ends,
                    month: budget.month(),
                });
            }
        }
        flaws
    }

    fn whole(self) -> Option<Charter> {
        Some(Charter {
            purpose: self.purpose?,
            sponsor: self.sponsor?,
            starts: self.starts?,
            ends: self.ends?,
            curriculum: self.curriculum?,
            budget: self.budget?,
            cadence: self.cadence?,
            policy: self.policy?,
            approved_by: self.approved_by?,
            contact: self.contact,
            chemistry: self.chemistry.unwrap_or_default(),
        })
    }
}

impl TryFrom<CharterDraft> for Charter {
    type Error = CharterError;

    fn try_from(draft: CharterDraft) -> Result<Self, CharterError> {
        Self::new(draft)
    }
}

impl From<Charter> for CharterDraft {
    fn from(charter: Charter) -> Self {
        Self {
            purpose: Some(charter.purpose),
            sponsor: Some(charter.sponsor),
            starts: Some(charter.starts),
            ends: Some(charter.ends),
            curriculum: Some(charter.curriculum),
            budget: Some(charter.budget),
            cadence: Some(charter.cadence),
            policy: Some(charter.policy),
            approved_by: Some(charter.approved_by),
            contact: charter.contact,
            chemistry: Some(charter.chemistry),
        }
    }
}
