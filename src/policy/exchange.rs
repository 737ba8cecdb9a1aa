//! What a programme takes for granted of people who stated nothing.

use crate::pair::Role;
use crate::roster::{
    ExchangeFingerprint, Hasher, Level, NamedSkill, Offer, Participant, ParticipantError, Profile,
    SkillCatalogue, Wish,
};

/// Whose words a list of offers or wishes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The person's own.
    Stated,
    /// The programme's: the person stated nothing.
    DefaultExchange,
}

/// What every senior and every junior of a programme offers and wishes who has not said otherwise.
///
/// In a programme's first week few people have put levels to anything, and without offers and wishes nobody has an
/// eligible partner. A programme may then declare what is exchanged by default, such as business practice from the
/// seniors for digital tools from the juniors.
///
/// A list of the exchange counts for somebody in a role exactly where **their own list of that kind is empty**: who
/// states offers and no wishes keeps the offers and gets the default wishes. It is never mixed into a list that somebody
/// stated, and contradicts nothing in their other list:
///
/// - a default wish for a skill that they offer begins at the level of their offer, and falls away where it would not rise;
/// - a default offer of a skill that they wish for is no higher than the level at which their wish begins, and falls
///   away where that is 0.
///
/// It is an argument of the question "may they?"
/// ([`Eligibility::with_exchange`](crate::eligibility::Eligibility::with_exchange)) and never a part of the roster.
/// Its [fingerprint](Self::fingerprint) goes on record with every pair that was proposed under it. Whatever rests on it says so: [`Learning`](crate::eligibility::Learning) by its origins,
/// [`Proposal`](crate::matching::Proposal) and its parts by what they would be without it.
///
/// ```
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::policy::DefaultExchange;
/// use reverse_mentoring::roster::{Offer, Wish};
///
/// let exchange = DefaultExchange::none()
///     .with_offers(Role::Mentee, [Offer::new("business practice", 3)?])? // what every senior can teach
///     .with_wishes(Role::Mentee, [Wish::new("digital tools", 0, 3)?])?
///     .with_offers(Role::Mentor, [Offer::new("digital tools", 3)?])?
///     .with_wishes(Role::Mentor, [Wish::new("business practice", 0, 2)?])?;
/// assert_eq!(exchange.offers(Role::Mentor)[0].level().as_u8(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (exchange): no skill twice in a list, lists sorted by skill. Kept by `with_offers` and `with_wishes`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DefaultExchange {
    mentor: Lists,
    mentee: Lists,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Lists {
    offers: Box<[Offer]>,
    wishes: Box<[Wish]>,
}

/// What somebody offers and wishes in a role, filled in from an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) offers: Box<[Offer]>,
    pub(crate) wishes: Box<[Wish]>,
    pub(crate) offers_origin: Origin,
    pub(crate) wishes_origin: Origin,
}

impl DefaultExchange {
    /// No default at all: only what people stated counts.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Sets what everybody offers in a role: the juniors as [`Role::Mentor`], the seniors as [`Role::Mentee`].
    ///
    /// # Errors
    ///
    /// [`ParticipantError::OfferedTwice`] where a skill stands twice.
    pub fn with_offers(
        mut self,
        role: Role,
        offers: impl IntoIterator<Item = Offer>,
    ) -> Result<Self, ParticipantError> {
        self.lists(role).offers = Participant::sorted_offers(offers)?;
        Ok(self)
    }

    /// Sets what everybody wishes for in a role: the juniors as [`Role::Mentor`], the seniors as [`Role::Mentee`].
    ///
    /// # Errors
    ///
    /// [`ParticipantError::WishedTwice`] where a skill stands twice.
    pub fn with_wishes(
        mut self,
        role: Role,
        wishes: impl IntoIterator<Item = Wish>,
    ) -> Result<Self, ParticipantError> {
        self.lists(role).wishes = Participant::sorted_wishes(wishes)?;
        Ok(self)
    }

    /// The same with the skills that a catalogue has for its names, as the roster has them after
    /// [`SkillCatalogue::resolve`]. A sensitive skill does not find the references of a roster: what everybody is taken to
    /// offer is no secret of anybody's.
    ///
    /// # Errors
    ///
    /// [`ParticipantError`] where two names of a list are one skill.
    pub fn resolved(&self, catalogue: &SkillCatalogue) -> Result<Self, ParticipantError> {
        let stands_for = |skill| {
            catalogue
                .find(skill)
                .map_or(skill, NamedSkill::skill)
                .clone()
        };
        let mut resolved = Self::none();
        for role in [Role::Mentor, Role::Mentee] {
            let offers = self.offers(role).iter();
            let offers = offers.map(|offer| offer.of_skill(stands_for(offer.skill())));
            let wishes = self.wishes(role).iter();
            let wishes = wishes.map(|wish| wish.of_skill(stands_for(wish.skill())));
            resolved = resolved
                .with_offers(role, offers)?
                .with_wishes(role, wishes)?;
        }
        Ok(resolved)
    }

    /// What everybody offers in a role, sorted by skill.
    #[must_use]
    pub fn offers(&self, role: Role) -> &[Offer] {
        &self.of(role).offers
    }

    /// What everybody wishes for in a role, sorted by skill.
    #[must_use]
    pub fn wishes(&self, role: Role) -> &[Wish] {
        &self.of(role).wishes
    }

    /// Whether it declares nothing.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What tells this exchange from another.
    #[must_use]
    pub fn fingerprint(&self) -> ExchangeFingerprint {
        let mut hash = Hasher::new();
        for side in [&self.mentor, &self.mentee] {
            hash.skills(&side.offers, &side.wishes);
        }
        ExchangeFingerprint::of(&hash)
    }

    const fn of(&self, role: Role) -> &Lists {
        match role {
            Role::Mentor => &self.mentor,
            Role::Mentee => &self.mentee,
        }
    }

    fn lists(&mut self, role: Role) -> &mut Lists {
        match role {
            Role::Mentor => &mut self.mentor,
            Role::Mentee => &mut self.mentee,
        }
    }

    /// What somebody offers and wishes in a role; `None` where nothing of it comes from here.
    pub(crate) fn fill(&self, profile: &Profile, role: Role) -> Option<Filled> {
        let default = self.of(role);
        let (mut offers, mut wishes) = (Vec::new(), Vec::new());
        if profile.side().includes(role) && profile.offers().is_empty() {
            let known = default.offers.iter().filter_map(|o| offer_for(profile, o));
            offers.extend(known);
        }
        if profile.side().includes(role) && profile.wishes().is_empty() {
            let unknown = default.wishes.iter().filter_map(|w| wish_for(profile, w));
            wishes.extend(unknown);
        }
        let origin = |filled: bool| match filled {
            true => Origin::DefaultExchange,
            false => Origin::Stated,
        };
        let origins = [!offers.is_empty(), !wishes.is_empty()].map(origin);
        if origins == [Origin::Stated; 2] {
            return None;
        }
        let [offers_origin, wishes_origin] = origins;
        // A list is either wholly the person's own or wholly from here.
        if offers_origin == Origin::Stated {
            offers = profile.offers().to_vec();
        }
        if wishes_origin == Origin::Stated {
            wishes = profile.wishes().to_vec();
        }
        Some(Filled {
            offers: offers.into(),
            wishes: wishes.into(),
            offers_origin,
            wishes_origin,
        })
    }
}

/// A default offer, no higher than the level at which somebody's own wish for the skill begins.
fn offer_for(profile: &Profile, offer: &Offer) -> Option<Offer> {
    let wishes = profile.wishes();
    let own = wishes.iter().find(|w| w.skill() == offer.skill());
    let level = own.map_or(offer.level(), |own| own.from().min(offer.level()));
    Offer::of(offer.skill().clone(), level).ok()
}

/// A default wish, from the level of somebody's own offer of the skill on.
fn wish_for(profile: &Profile, wish: &Wish) -> Option<Wish> {
    let offers = profile.offers();
    let own = offers.iter().find(|o| o.skill() == wish.skill());
    let from = own.map_or(Level::NONE, Offer::level).max(wish.from());
    Wish::of(wish.skill().clone(), from, wish.to()).ok()
}
