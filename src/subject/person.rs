//! What the history of a programme holds of one person beside their pairings, and what they gave, in their wire form.

use chrono::NaiveDate;
use serde::Serialize;

use crate::charter::Training;
use crate::eligibility::ExemptionReason;
use crate::history::{PairingFacts, PersonFacts};
use crate::ids::{CohortId, SessionId};
use crate::pair::Role;
use crate::session::Response;

/// Places from a day on; null where they were not in the roster any more.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PlacesPart {
    since: NaiveDate,
    as_mentor: Option<u32>,
    as_mentee: Option<u32>,
}

impl PlacesPart {
    pub(super) fn all(facts: &PersonFacts) -> impl Iterator<Item = Self> {
        facts.places.iter().map(|(since, places)| Self {
            since: *since,
            as_mentor: places.map(|[mentor, _]| mentor),
            as_mentee: places.map(|[_, mentee]| mentee),
        })
    }
}

/// A time in a cohort; until null while it lasts.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct EnrolmentPart {
    pub(super) cohort: CohortId,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
}

/// A training that they finished on a day; null where they left the roster on it, and what came before counts no more.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct TrainingPart {
    on: NaiveDate,
    training: Option<Training>,
}

impl TrainingPart {
    pub(super) fn all(facts: &PersonFacts) -> impl Iterator<Item = Self> {
        facts.trained.iter().map(|(on, training)| Self {
            on: *on,
            training: training.as_deref().cloned(),
        })
    }
}

/// Why they were exempted from a day on; null where they were no more.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ExemptionPart {
    since: NaiveDate,
    reason: Option<ExemptionReason>,
}

impl ExemptionPart {
    pub(super) fn all(facts: &PersonFacts) -> impl Iterator<Item = Self> {
        facts.exempted.iter().map(|(since, reason)| Self {
            since: *since,
            reason: *reason,
        })
    }
}

/// What they gave the other for a session after it had gone on record.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ResponsePart {
    response: Response,
    on: NaiveDate,
}

/// Of one session, what one of the two gave later and when. When the other did is in the other's export.
pub(super) fn responded(role: Role, session: SessionId, facts: &PairingFacts) -> Vec<ResponsePart> {
    let all = facts.evidence.responses.iter();
    let own = all.filter(|((of, from, _), _)| *of == session && *from == role);
    own.map(|((_, _, response), on)| ResponsePart {
        response: *response,
        on: *on,
    })
    .collect()
}
