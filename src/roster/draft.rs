//! Somebody who is about to take part.
//!
//! In comes what a row says; out goes a participant, once there is an id. Never true: that somebody without an id of their own is a participant.

use super::experience::Experience;
use super::participant::{Participant, Stated};
use super::profile::Side;
use crate::ids::ParticipantId;
use crate::text::Key;

/// All of a participant but the id, which is given when everybody is known. Ids go by the order of the keys, and rows need not.
///
/// It is one as it lies in memory, so that a million of them become participants where they are.
#[derive(Debug)]
pub(crate) struct Draft(
    // INVARIANT (draft): what is in here has no id of its own, and goes out with one alone. Kept by `enrol`.
    Participant,
);

impl Draft {
    /// Of a new person.
    #[inline]
    pub(crate) fn new(key: Key, side: Side, experience: Experience, stated: Stated) -> Self {
        let nobody = ParticipantId::new(uuid::Uuid::nil());
        Self(Participant::stating(
            nobody,
            key,
            (side, experience),
            stated,
        ))
    }

    /// Of somebody who has taken part before.
    pub(crate) fn again(known: &Participant) -> Self {
        Self(known.clone())
    }

    pub(crate) const fn key(&self) -> &Key {
        self.0.key()
    }

    /// The participant with this id.
    #[inline]
    pub(crate) fn enrol(self, id: ParticipantId) -> Participant {
        self.0.with_id(id)
    }
}
