//! Typed identifiers and the source they come from.
//!
//! An id is a UUID that the host hands out; it is never computed from a person's key, so that erasing the key
//! leaves nothing to guess from. Each kind has its own type: a mentor's id cannot land where a pairing's belongs.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Displays, parses and serialises as a hyphenated lower-case UUID; ordered by its bytes.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that the host made.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The next id of a source.
            pub fn from_source(ids: &mut impl IdSource) -> Self {
                Self(ids.next_uuid())
            }

            /// The UUID inside.
            #[must_use]
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }
        }

        // The order of the bytes, by one comparison: maps by id are everywhere, and large.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.0.as_u128().cmp(&other.0.as_u128())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id! {
    /// Who takes part, wherever a key must not appear: journal entries, facts, metrics.
    ParticipantId
}
id! {
    /// One pairing of a programme.
    PairingId
}
id! {
    /// One session of a pairing.
    SessionId
}
id! {
    /// One programme; several can live beside each other.
    ProgramId
}
id! {
    /// A coordinator, known to the host by name: whoever approves a plan is on record by this id.
    CoordinatorId
}
id! {
    /// Somebody to whom concerns are told, known to the host by name.
    ContactId
}
id! {
    /// The executive who backs a programme, known to the host by name.
    SponsorId
}
id! {
    /// One run of a programme, from enrolment to retrospective.
    CohortId
}
id! {
    /// One entry on its way into a store: asked again under the same id, it is stored once.
    EntryId
}

/// Where new ids come from: the host decides, the library never draws any.
///
/// A closure is a source, so a host with the `v4` or `v7` feature of `uuid` passes `&mut Uuid::now_v7`.
///
/// ```
/// use reverse_mentoring::ids::{PairingId, SequentialIds};
///
/// let mut ids = SequentialIds::new(7);
/// let first = PairingId::from_source(&mut ids);
/// let second = PairingId::from_source(&mut ids);
/// assert!(first < second);
/// ```
pub trait IdSource {
    /// A UUID that this source has not given before.
    fn next_uuid(&mut self) -> Uuid;
}

impl<F: FnMut() -> Uuid> IdSource for F {
    fn next_uuid(&mut self) -> Uuid {
        self()
    }
}

/// Ids in counting order, the same on every run: for tests, examples and simulations.
///
/// They are well-formed version 8 UUIDs and collide with those of another source that has the same `space`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequentialIds {
    space: u32,
    next: u64,
}

impl SequentialIds {
    /// A source whose ids all carry the number `space`.
    #[must_use]
    pub const fn new(space: u32) -> Self {
        Self { space, next: 1 }
    }
}

impl IdSource for SequentialIds {
    fn next_uuid(&mut self) -> Uuid {
        let value = (u128::from(self.space) << 96) | u128::from(self.next);
        self.next = self.next.wrapping_add(1);
        uuid::Builder::from_custom_bytes(value.to_be_bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequential_ids_differ_and_repeat() {
        let draw = |space| {
            let mut ids = SequentialIds::new(space);
            [
                ParticipantId::from_source(&mut ids),
                ParticipantId::from_source(&mut ids),
            ]
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert_eq!(
            draw(1)[0].to_string(),
            "00000001-0000-8000-8000-000000000001"
        );
    }

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = PairingId::from_source(&mut SequentialIds::new(9));
        assert_eq!(id.to_string().parse::<PairingId>(), Ok(id));
        assert_eq!(
            format!("{id:?}"),
            "PairingId(00000009-0000-8000-8000-000000000001)"
        );
    }
}
