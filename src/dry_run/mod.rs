//! What a new roster would change, before anybody takes it over: who comes, goes and moves, and what becomes of pairings.
//!
//! In come two rosters, or a programme and the next roster; out goes a [`RosterDifference`] or [`PairingForecast`]s. Nothing is
//! changed by asking. What is foreseen of a programme's pairings is what [`Program::reorganise`](crate::program::Program::reorganise)
//! then does, as both ask the same.

mod change;
mod difference;
mod forecast;

pub use change::{ChangeKind, PersonChange};
pub use difference::{DifferenceSummary, RosterDifference};
pub use forecast::{Becomes, LineKind, PairingForecast, PathStep, forecast, forecast_pairs};

use serde::{Serialize, Serializer};

use crate::ids::ParticipantId;
use crate::roster::{PersonRef, Roster};
use crate::text::Key;

/// Somebody of the company: by their key, and by their id where they take part.
///
/// Written as the id alone, or null for somebody who takes no part; `Debug` shows no key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    key: Key,
    id: Option<ParticipantId>,
}

impl Who {
    pub(crate) fn of(roster: &Roster, person: PersonRef) -> Option<Self> {
        let key = roster.lines().key(person)?.clone();
        let id = roster.by_key(key.as_str()).map(|p| p.id());
        Some(Self { key, id })
    }

    /// The host's identifier.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// The id, of somebody who takes part.
    #[must_use]
    pub const fn id(&self) -> Option<ParticipantId> {
        self.id
    }
}

impl Serialize for Who {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.id.serialize(to)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Who {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Who".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<Option<ParticipantId>>()
    }
}
