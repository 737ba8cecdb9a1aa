//! What both sign before their first session.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cadence::Cadence;

/// A matter that an agreement settles. The words are the host's and stay where they can be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// A cadence and the matters settled.
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
#[serde(try_from = "Wire", into = "Wire")]
pub struct Agreement {
    cadence: Cadence,
    clauses: BTreeSet<Clause>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    cadence: Cadence,
    clauses: BTreeSet<Clause>,
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
        let clauses: BTreeSet<_> = clauses.into_iter().collect();
        let open: Vec<_> = Clause::REQUIRED
            .into_iter()
            .filter(|c| !clauses.contains(c))
            .collect();
        if !open.is_empty() {
            return Err(OpenClauses(open));
        }
        Ok(Self { cadence, clauses })
    }

    /// The required clauses and a cadence.
    #[must_use]
    pub fn standard(cadence: Cadence) -> Self {
        Self {
            cadence,
            clauses: Clause::REQUIRED.into(),
        }
    }

    /// How often they mean to meet.
    #[must_use]
    pub const fn cadence(&self) -> Cadence {
        self.cadence
    }

    /// What is settled.
    #[must_use]
    pub const fn clauses(&self) -> &BTreeSet<Clause> {
        &self.clauses
    }
}

impl TryFrom<Wire> for Agreement {
    type Error = OpenClauses;

    fn try_from(wire: Wire) -> Result<Self, OpenClauses> {
        Self::new(wire.cadence, wire.clauses)
    }
}

impl From<Agreement> for Wire {
    fn from(agreement: Agreement) -> Self {
        Self {
            cadence: agreement.cadence,
            clauses: agreement.clauses,
        }
    }
}
