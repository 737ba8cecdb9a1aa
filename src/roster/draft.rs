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
    /// Of a new person; nothing unless what they offer and wish is by skill, none twice.
    #[inline]
    pub(crate) fn new(
        key: Key,
        side: Side,
        experience: Experience,
        stated: Stated,
    ) -> Option<Self> {
        let nobody = ParticipantId::new(uuid::Uuid::nil());
        Participant::of_stated(nobody, key, (side, experience), stated).map(Self)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Offer, Wish};

    /// Lists out of order, or with a skill twice, are nobody's.
    #[test]
    fn lists_are_by_skill() {
        let draft = |offers: &[&str], wishes: &[&str]| {
            let offers = offers.iter().map(|skill| Offer::new(skill, 2).unwrap());
            let wishes = wishes.iter().map(|skill| Wish::new(skill, 0, 2).unwrap());
            let stated = Stated {
                offers: offers.collect(),
                wishes: wishes.collect(),
                ..Stated::default()
            };
            let key = Key::new("ada").unwrap();
            Draft::new(key, Side::Mentor, Experience::grade(1), stated).is_some()
        };
        assert!(draft(&[], &[]) && draft(&["a", "b"], &["a", "c"]));
        assert!(!draft(&["b", "a"], &[]) && !draft(&["a", "a"], &[]));
        assert!(!draft(&[], &["b", "a"]) && !draft(&[], &["a", "a"]));
    }
}
