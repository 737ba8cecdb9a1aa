//! What both sign before their first session.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choices::{Choice, Choices};
use super::terms::Terms;
use crate::cadence::Cadence;
use crate::pair::Role;

/// A matter that an agreement settles. The words are the host's and stay where they can be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Clause {
    /// What the pairing is for, so that nobody finds it demeaning.
    Purpose,
    /// What each expects of the other.
    Expectations,
    /// What is not talked about, and when not to call.
    Boundaries,
    /// What stays between the two.
    Confidentiality,
}

impl Clause {
    /// What every agreement settles.
    pub const REQUIRED: [Self; 4] = [
        Self::Purpose,
        Self::Expectations,
        Self::Boundaries,
        Self::Confidentiality,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Expectations => "expectations",
            Self::Boundaries => "boundaries",
            Self::Confidentiality => "confidentiality",
        }
    }
}

impl Choice for Clause {
    const ALL: &'static [Self] = &Self::REQUIRED;
}

/// What both sign: the matters settled, a cadence, a planned end, and what each of the two brings in.
///
/// ```
/// use reverse_mentoring::cadence::Cadence;
/// use reverse_mentoring::pairing::{Agreement, Clause};
///
/// let agreement = Agreement::standard(Cadence::MONTHLY);
/// assert_eq!(agreement.cadence(), Cadence::MONTHLY);
///
/// let error = Agreement::new(Cadence::MONTHLY, [Clause::Purpose, Clause::Expectations]).unwrap_err();
/// assert_eq!(error.to_string(), "the agreement leaves open: boundaries, confidentiality");
/// ```
// INVARIANT (settled): all required clauses are there. Kept by `new`; loading calls it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Agreement {
    cadence: Cadence,
    clauses: Choices<Clause>,
    until: Option<NaiveDate>,
    /// The mentor's, the mentee's.
    terms: [Option<Terms>; 2],
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    cadence: Cadence,
    #[cfg_attr(feature = "schema", schemars(extend("allOf" = [{"contains": {"const": "purpose"}}, {"contains": {"const": "expectations"}}, {"contains": {"const": "boundaries"}}, {"contains": {"const": "confidentiality"}}])))]
    clauses: Choices<Clause>,
    until: Option<NaiveDate>,
    mentor: Option<Terms>,
    mentee: Option<Terms>,
}

/// An agreement that leaves something open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenClauses(
    /// What it leaves open.
    pub Vec<Clause>,
);

impl fmt::Display for OpenClauses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|c| c.as_str()).collect();
        write!(f, "the agreement leaves open: {}", names.join(", "))
    }
}

impl std::error::Error for OpenClauses {}

impl Agreement {
    /// An agreement on a cadence that settles these matters.
    ///
    /// # Errors
    ///
    /// [`OpenClauses`] with every required clause that is not settled.
    pub fn new(
        cadence: Cadence,
        clauses: impl IntoIterator<Item = Clause>,
    ) -> Result<Self, OpenClauses> {
        let clauses: Choices<_> = clauses.into_iter().collect();
        let open: Vec<_> = Clause::REQUIRED
            .into_iter()
            .filter(|c| !clauses.contains(*c))
            .collect();
        if !open.is_empty() {
            return Err(OpenClauses(open));
        }
        Ok(Self {
            cadence,
            clauses,
            until: None,
            terms: [None, None],
        })
    }

    /// The required clauses and a cadence.
    #[must_use]
    pub fn standard(cadence: Cadence) -> Self {
        Self {
            cadence,
            clauses: Clause::REQUIRED.into_iter().collect(),
            until: None,
            terms: [None, None],
        }
    }

    /// With another cadence.
    #[must_use]
    pub const fn with_cadence(mut self, cadence: Cadence) -> Self {
        self.cadence = cadence;
        self
    }

    /// With a day on which it is planned to end; a later one is an extension.
    #[must_use]
    pub const fn until(mut self, day: NaiveDate) -> Self {
        self.until = Some(day);
        self
    }

    /// With what one of the two brings in.
    #[must_use]
    pub fn with_terms(mut self, role: Role, terms: Terms) -> Self {
        self.set_terms(role, terms);
        self
    }

    pub(crate) fn set_terms(&mut self, role: Role, terms: Terms) {
        let [mentor, mentee] = &mut self.terms;
        match role {
            Role::Mentor => *mentor = Some(terms),
            Role::Mentee => *mentee = Some(terms),
        }
    }

    /// The day on which it is planned to end, if there is one.
    #[must_use]
    pub const fn planned_end(&self) -> Option<NaiveDate> {
        self.until
    }

    /// What one of the two brings in, once they have said.
    #[must_use]
    pub const fn terms(&self, role: Role) -> Option<&Terms> {
        let [mentor, mentee] = &self.terms;
        match role {
            Role::Mentor => mentor.as_ref(),
            Role::Mentee => mentee.as_ref(),
        }
    }

    /// Those who have not said what they bring in; nobody signs before both have.
    pub fn silent(&self) -> impl Iterator<Item = Role> + '_ {
        let roles = [Role::Mentor, Role::Mentee].into_iter();
        roles.filter(|role| self.terms(*role).is_none())
    }

    /// How often they mean to meet.
    #[must_use]
    pub const fn cadence(&self) -> Cadence {
        self.cadence
    }

    /// What is settled.
    #[must_use]
    pub const fn clauses(&self) -> Choices<Clause> {
        self.clauses
    }
}

impl TryFrom<Wire> for Agreement {
    type Error = OpenClauses;

    fn try_from(wire: Wire) -> Result<Self, OpenClauses> {
        let agreement = Self::new(wire.cadence, wire.clauses.iter())?;
        let terms = [wire.mentor, wire.mentee];
        let until = wire.until;
        Ok(Self {
            until,
            terms,
            ..agreement
        })
    }
}

impl From<Agreement> for Wire {
    fn from(agreement: Agreement) -> Self {
        let [mentor, mentee] = agreement.terms;
        Self {
            cadence: agreement.cadence,
            clauses: agreement.clauses,
            until: agreement.until,
            mentor,
            mentee,
        }
    }
}
