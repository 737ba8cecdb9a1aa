//! What a programme is before anybody is paired: its charter, its cohorts, and what people say when they enrol.
//!
//! In come the host's plans; out come values that are whole: a [`Charter`] that leaves nothing open, a [`Cohort`] whose
//! days are in order, a [`Readiness`] that confirms everything. Never true inside: a charter without a sponsor, an
//! approver, time or training; a cohort that closes before it is launched; an enrolment that is not voluntary.
//!
//! ```
//! use chrono::NaiveDate;
//! use reverse_mentoring::charter::{Budget, Charter, CharterDraft, CharterFlaw, Curriculum, Part, Sponsor};
//! use reverse_mentoring::ids::{CoordinatorId, SequentialIds, SponsorId};
//! use reverse_mentoring::cadence::Cadence;
//!
//! let mut ids = SequentialIds::new(1);
//! let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day);
//! let mut draft = CharterDraft {
//!     purpose: Some("digital-fluency-2026".parse()?), // the words are the host's; this is what they are filed under
//!     sponsor: Some(Sponsor::new(SponsorId::from_source(&mut ids))),
//!     starts: day(1, 5),
//!     ends: day(12, 18),
//!     curriculum: Some(Curriculum::new("reverse-mentoring-basics".parse()?, "2026".parse()?)),
//!     budget: Some(Budget::new("1.5".parse()?, "2".parse()?, "1".parse()?)?),
//!     cadence: Some(Cadence::MONTHLY),
//!     policy: Some(vec!["minimum-gap@1".parse()?]),
//!     ..CharterDraft::default()
//! };
//! // Nobody has approved it, so it is none yet.
//! let refused = Charter::new(draft.clone()).unwrap_err();
//! assert_eq!(refused.0, [CharterFlaw::Missing(Part::Approver)]);
//! assert_eq!(refused.to_string(), "the charter names no approver");
//!
//! draft.approved_by = Some(CoordinatorId::from_source(&mut ids));
//! let charter = Charter::new(draft)?;
//! assert_eq!(charter.cadence(), Cadence::MONTHLY);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod budget;
mod chemistry;
mod cohort;
mod curriculum;
mod draft;
mod readiness;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use budget::{Budget, BudgetError};
pub use chemistry::{ChemistryPeriod, ChemistryPeriodError};
pub use cohort::{Cohort, CohortDays, CohortDaysError, Milestone};
pub use curriculum::{Curriculum, Training};
pub use draft::{CharterDraft, CharterError, CharterFlaw, Part};
pub use readiness::{NotReady, Readiness, Statement};

use crate::cadence::Cadence;
use crate::ids::{ContactId, CoordinatorId, ParticipantId, SponsorId};
use crate::policy::PluginId;
use crate::text::Label;

/// The executive who backs the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sponsor {
    id: SponsorId,
    takes_part_as: Option<ParticipantId>,
}

impl Sponsor {
    /// Somebody who backs it.
    #[must_use]
    pub const fn new(id: SponsorId) -> Self {
        let takes_part_as = None;
        Self { id, takes_part_as }
    }

    /// Somebody who takes part as well: where the leader goes first, others follow.
    #[must_use]
    pub const fn taking_part_as(mut self, participant: ParticipantId) -> Self {
        self.takes_part_as = Some(participant);
        self
    }

    /// Who.
    #[must_use]
    pub const fn id(&self) -> SponsorId {
        self.id
    }

    /// As which participant they take part, if they do.
    #[must_use]
    pub const fn takes_part_as(&self) -> Option<ParticipantId> {
        self.takes_part_as
    }
}

/// What a programme is launched with, approved by a named person. See the [module](self).
///
/// References and numbers, no words: what the purpose says in full is the host's, filed under a label. Reads and writes as
/// a [`CharterDraft`] does.
// INVARIANT (charter): nothing is missing, the days are in order, and the budget has the time that the cadence takes.
// Kept by `new`; loading calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["purpose", "sponsor", "starts", "ends", "curriculum", "budget", "cadence", "policy", "approved_by"], "allOf" = [{"properties": {"purpose": {"not": {"type": "null"}}, "sponsor": {"not": {"type": "null"}}, "starts": {"not": {"type": "null"}}, "ends": {"not": {"type": "null"}}, "curriculum": {"not": {"type": "null"}}, "budget": {"not": {"type": "null"}}, "cadence": {"not": {"type": "null"}}, "policy": {"not": {"type": "null"}}, "approved_by": {"not": {"type": "null"}}}}])))]
#[serde(try_from = "CharterDraft", into = "CharterDraft")]
pub struct Charter {
    purpose: Label,
    sponsor: Sponsor,
    starts: NaiveDate,
    ends: NaiveDate,
    curriculum: Curriculum,
    budget: Budget,
    cadence: Cadence,
    policy: Vec<PluginId>,
    approved_by: CoordinatorId,
    contact: Option<ContactId>,
    chemistry: ChemistryPeriod,
}

impl Charter {
    /// What the purpose is filed under at the host.
    #[must_use]
    pub const fn purpose(&self) -> &Label {
        &self.purpose
    }

    /// Who backs it.
    #[must_use]
    pub const fn sponsor(&self) -> Sponsor {
        self.sponsor
    }

    /// The first day.
    #[must_use]
    pub const fn starts(&self) -> NaiveDate {
        self.starts
    }

    /// The last day.
    #[must_use]
    pub const fn ends(&self) -> NaiveDate {
        self.ends
    }

    /// What both of a pair finish before they begin.
    #[must_use]
    pub const fn curriculum(&self) -> &Curriculum {
        &self.curriculum
    }

    /// The working time that each participant is given.
    #[must_use]
    pub const fn budget(&self) -> Budget {
        self.budget
    }

    /// How often pairs are meant to meet.
    #[must_use]
    pub const fn cadence(&self) -> Cadence {
        self.cadence
    }

    /// The rules, each in its version, that every proposal has to have been asked with, beside the core invariants.
    #[must_use]
    pub fn policy(&self) -> &[PluginId] {
        &self.policy
    }

    /// Who approved it.
    #[must_use]
    pub const fn approved_by(&self) -> CoordinatorId {
        self.approved_by
    }

    /// Who hears of [concerns](crate::privacy::Concern) in confidence, if somebody is named.
    #[must_use]
    pub const fn contact(&self) -> Option<ContactId> {
        self.contact
    }

    /// How long a pair may find out whether they go on.
    #[must_use]
    pub const fn chemistry(&self) -> ChemistryPeriod {
        self.chemistry
    }
}
