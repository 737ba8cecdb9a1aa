//! What two people agreed on, version by version.

use chrono::NaiveDate;

use super::facts::PairingFacts;
use crate::cadence::Cadence;
use crate::pairing::Agreement;

/// One version of an agreement, as far as it says when they meet and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AgreementFact {
    /// The day from which it holds.
    pub from: NaiveDate,
    /// How often they mean to meet.
    pub cadence: Cadence,
    /// The day on which it is planned to end, if there is one.
    pub until: Option<NaiveDate>,
}

impl AgreementFact {
    pub(crate) const fn of(agreement: &Agreement, from: NaiveDate) -> Self {
        Self {
            from,
            cadence: agreement.cadence(),
            until: agreement.planned_end(),
        }
    }
}

impl PairingFacts {
    /// What they agreed on as it held on a day; before the first version, that one.
    #[must_use]
    pub fn agreement(&self, on: NaiveDate) -> Option<&AgreementFact> {
        let then = self.agreements.iter().rfind(|a| a.from <= on);
        then.or_else(|| self.agreements.first())
    }

    /// How often they mean to meet, where they never agreed on anything else.
    pub(crate) fn only_cadence(&self) -> Option<Cadence> {
        match &*self.agreements {
            [only] => Some(only.cadence),
            _ => None,
        }
    }

    /// How often they meant to meet on a day.
    #[must_use]
    pub fn cadence(&self, on: NaiveDate) -> Cadence {
        self.agreement(on)
            .map_or(Cadence::MONTHLY, |agreement| agreement.cadence)
    }

    /// The day on which it was planned to end, as they saw it on a day.
    #[must_use]
    pub fn planned_end(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.agreement(on).and_then(|agreement| agreement.until)
    }
}
