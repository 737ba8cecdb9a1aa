//! What rules, criteria and matchers may know of somebody.

use serde::{Deserialize, Serialize};

use super::experience::Experience;
use super::offer::{Offer, Wish};
use super::places::{Capacity, Load};
use super::traits::Traits;
use super::zone::UtcOffset;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::text::{Key, Label};

/// Which side of a pairing somebody offers to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Side {
    /// To teach a more experienced colleague.
    Mentor,
    /// To learn from a less experienced one.
    Mentee,
    /// Either, with all of their places on each.
    Either,
}

impl Side {
    /// Whether this side includes a role.
    #[must_use]
    pub const fn includes(self, role: Role) -> bool {
        matches!(
            (self, role),
            (Self::Either, _) | (Self::Mentor, Role::Mentor) | (Self::Mentee, Role::Mentee)
        )
    }

    /// `mentor`, `mentee` or `either`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Either => "either",
        }
    }
}

/// What matching, rules and criteria may know of somebody: everything but the reporting group.
///
/// The split is by type, so that no plug-in can read a trait that was collected for reporting only.
// INVARIANT (skills): no skill twice among the offers or the wishes; both sorted by skill. Kept by `Participant::sorted_offers` and `sorted_wishes`, and by `of_stated`, which takes no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub(super) id: ParticipantId,
    pub(super) key: Key,
    pub(super) side: Side,
    pub(super) experience: Experience,
    pub(super) capacity: Capacity,
    pub(super) offers: Box<[Offer]>,
    pub(super) wishes: Box<[Wish]>,
    pub(super) unit: Option<Label>,
    pub(super) site: Option<Label>,
    pub(super) timezone: Option<Label>,
    pub(super) utc_offset: Option<UtcOffset>,
    pub(super) languages: Box<[Label]>,
    pub(super) interests: Traits,
    pub(super) values: Traits,
    pub(super) background: Traits,
}

impl Profile {
    /// The id that journals and facts use.
    #[must_use]
    pub const fn id(&self) -> ParticipantId {
        self.id
    }

    /// The host's identifier.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// Which side they offered.
    #[must_use]
    pub const fn side(&self) -> Side {
        self.side
    }

    /// Their seniority.
    #[must_use]
    pub const fn experience(&self) -> &Experience {
        &self.experience
    }

    /// How many pairings they take on.
    #[must_use]
    pub const fn capacity(&self) -> &Capacity {
        &self.capacity
    }

    /// Places in a role before any pairing is open: none on a side they did not offer.
    #[must_use]
    pub fn places(&self, role: Role, load: Load) -> u32 {
        if self.side.includes(role) {
            self.capacity.places(load)
        } else {
            0
        }
    }

    /// What they said that they can teach, sorted by skill. What counts in a pair, a default exchange included, is
    /// [`PairView::offers`](crate::policy::PairView::offers).
    #[must_use]
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// What they said that they want to learn, sorted by skill. What counts in a pair, a default exchange included, is
    /// [`PairView::wishes`](crate::policy::PairView::wishes).
    #[must_use]
    pub fn wishes(&self) -> &[Wish] {
        &self.wishes
    }

    /// The organisational unit.
    #[must_use]
    pub const fn unit(&self) -> Option<&Label> {
        self.unit.as_ref()
    }

    /// The place of work.
    #[must_use]
    pub const fn site(&self) -> Option<&Label> {
        self.site.as_ref()
    }

    /// The time zone's name.
    #[must_use]
    pub const fn timezone(&self) -> Option<&Label> {
        self.timezone.as_ref()
    }

    /// The offset that the time zone's name states, where it states one.
    #[must_use]
    pub const fn utc_offset(&self) -> Option<UtcOffset> {
        self.utc_offset
    }

    /// The languages they can meet in, sorted.
    #[must_use]
    pub fn languages(&self) -> &[Label] {
        &self.languages
    }

    /// What they like to do or talk about; empty where they stated nothing.
    #[must_use]
    pub const fn interests(&self) -> &Traits {
        &self.interests
    }

    /// What matters to them; empty where they stated nothing.
    #[must_use]
    pub const fn values(&self) -> &Traits {
        &self.values
    }

    /// What they count as their background: a profession, a generation, where they grew up; empty where they stated
    /// nothing.
    #[must_use]
    pub const fn background(&self) -> &Traits {
        &self.background
    }
}
