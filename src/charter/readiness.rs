//! What somebody says of themselves when they enrol.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that somebody confirms of themselves. Nobody else answers it, and there is no age in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Statement {
    /// "I take part because I want to."
    Voluntary,
    /// "I know what the programme is for."
    Purpose,
    /// "I have the time that it takes."
    Time,
    /// "I want to learn from the other, whoever is senior, and to question what I do."
    OpenMind,
}

impl Statement {
    /// What everybody confirms who enrols.
    pub const REQUIRED: [Self; 4] = [Self::Voluntary, Self::Purpose, Self::Time, Self::OpenMind];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Voluntary => "voluntary",
            Self::Purpose => "purpose",
            Self::Time => "time",
            Self::OpenMind => "open mind",
        }
    }
}

/// The answer of somebody who is ready.
///
/// ```
/// use reverse_mentoring::charter::{Readiness, Statement};
///
/// assert_eq!(Readiness::new(Statement::REQUIRED)?, Readiness::confirmed());
/// let error = Readiness::new([Statement::Purpose, Statement::OpenMind]).unwrap_err();
/// assert_eq!(error.to_string(), "not confirmed: voluntary, time");
/// # Ok::<(), reverse_mentoring::charter::NotReady>(())
/// ```
// INVARIANT (readiness): every required statement is there. Kept by `new`; loading calls it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("allOf" = [{"contains": {"const": "voluntary"}}, {"contains": {"const": "purpose"}}, {"contains": {"const": "time"}}, {"contains": {"const": "open_mind"}}])))]
#[serde(try_from = "BTreeSet<Statement>", into = "BTreeSet<Statement>")]
pub struct Readiness(BTreeSet<Statement>);

/// Somebody is not ready, or not yet. That is no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReady(
    /// What they do not confirm.
    pub Vec<Statement>,
);

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|s| s.as_str()).collect();
        write!(f, "not confirmed: {}", names.join(", "))
    }
}

impl std::error::Error for NotReady {}

impl Readiness {
    /// What somebody confirms.
    ///
    /// # Errors
    ///
    /// [`NotReady`] with everything that is required and not confirmed.
    pub fn new(statements: impl IntoIterator<Item = Statement>) -> Result<Self, NotReady> {
        let said: BTreeSet<_> = statements.into_iter().collect();
        let required = Statement::REQUIRED.into_iter();
        let open: Vec<_> = required.filter(|s| !said.contains(s)).collect();
        if !open.is_empty() {
            return Err(NotReady(open));
        }
        Ok(Self(said))
    }

    /// Somebody who confirms everything that is required.
    #[must_use]
    pub fn confirmed() -> Self {
        Self(Statement::REQUIRED.into())
    }

    /// What they confirm.
    #[must_use]
    pub const fn statements(&self) -> &BTreeSet<Statement> {
        &self.0
    }
}

impl TryFrom<BTreeSet<Statement>> for Readiness {
    type Error = NotReady;

    fn try_from(statements: BTreeSet<Statement>) -> Result<Self, NotReady> {
        Self::new(statements)
    }
}

impl From<Readiness> for BTreeSet<Statement> {
    fn from(readiness: Readiness) -> Self {
        readiness.0
    }
}
