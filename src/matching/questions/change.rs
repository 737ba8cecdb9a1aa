//! Single changes that could find somebody a partner, in words that name nobody.

use std::fmt;

use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::policy::{Origin, PluginId};
use crate::roster::{
    Experience, Hours, Level, Offer, Participant, ParticipantError, Side, Skill, Wish,
};
use crate::summary::count;
use crate::text::{Key, Label, Quoted};

/// One change to a roster or a policy, small enough to act on.
///
/// Its `Display` is a phrase that completes "with …": lower-case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The person has room for so many pairings at a time: what they have open, and one more.
    OwnPlace {
        /// The capacity, as it would have to be at the least.
        pairings: u32,
        /// The hours a month that so many pairings take, where the person's hours are too few.
        hours: Option<Hours>,
    },
    /// The person wishes to learn one skill more.
    OwnWish {
        /// What they would wish.
        wish: Wish,
        /// Whose list of wishes counts today. One by default counts no more once they state a wish.
        list: Origin,
    },
    /// The person offers one skill more, or one skill at a higher level.
    OwnOffer {
        /// What they would offer.
        offer: Offer,
        /// Their level today, where they say that they offer the skill.
        instead_of: Option<Level>,
        /// Whose list of offers counts today. One by default counts no more once they state an offer.
        list: Origin,
    },
    /// The programme allows more.
    Policy {
        /// Which rule would be milder.
        rule: PluginId,
        /// What would be allowed, in the words of the rule's [`Relaxation`](crate::policy::Relaxation).
        words: String,
    },
    /// One of the people on the other side who offer a skill takes on one pairing more. At least three people do.
    PlaceAmong {
        /// The other side.
        role: Role,
        /// What those people offer.
        skill: Skill,
    },
    /// Somebody more takes part.
    Newcomer(Newcomer),
}

/// Somebody who does not exist yet: what a call for participants would ask for. They have one place, and no line of
/// management joins them to anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Newcomer {
    /// Which side they would take.
    pub role: Role,
    /// Their seniority.
    pub experience: Experience,
    /// What they would offer, by skill.
    pub offers: Vec<Offer>,
    /// What they would wish to learn, by skill.
    pub wishes: Vec<Wish>,
    /// A unit of nobody, where that of the person who asks is known.
    pub unit: Option<Label>,
    /// The site of the person who asks.
    pub site: Option<Label>,
    /// The time zone of the person who asks.
    pub timezone: Option<Label>,
    /// The languages of the person who asks.
    pub languages: Vec<Label>,
}

impl Newcomer {
    /// The newcomer as a participant of a roster.
    ///
    /// # Errors
    ///
    /// [`ParticipantError`] where a skill stands twice; it does not in what a search returns.
    pub fn participant(
        &self,
        id: ParticipantId,
        key: Key,
    ) -> Result<Participant, ParticipantError> {
        let side = match self.role {
            Role::Mentor => Side::Mentor,
            Role::Mentee => Side::Mentee,
        };
        let mut person = Participant::new(id, key, side, self.experience)
            .with_offers(self.offers.iter().cloned())?
            .with_wishes(self.wishes.iter().cloned())?
            .with_languages(self.languages.iter().cloned());
        if let Some(unit) = &self.unit {
            person = person.with_unit(unit.clone());
        }
        if let Some(site) = &self.site {
            person = person.with_site(site.clone());
        }
        if let Some(timezone) = &self.timezone {
            person = person.with_timezone(timezone.clone());
        }
        Ok(person)
    }
}

fn quoted(skill: &Skill) -> String {
    Quoted(skill.as_str()).to_string()
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    items.join(", ")
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwnPlace { pairings, hours } => {
                write!(f, "room for {} at a time", count(*pairings, "pairing"))?;
                match hours {
                    Some(hours) => write!(f, ", {hours} hours a month"),
                    None => Ok(()),
                }
            }
            Self::OwnWish { wish, list } => {
                let (from, to) = (wish.from(), wish.to());
                let skill = quoted(wish.skill());
                match list {
                    Origin::Stated => f.write_str("one wish more")?,
                    Origin::DefaultExchange => f.write_str("a wish instead of the default ones")?,
                }
                write!(f, ": {skill}, from level {from} to level {to}")
            }
            Self::OwnOffer {
                offer,
                instead_of,
                list,
            } => {
                let (skill, level) = (quoted(offer.skill()), offer.level());
                match (instead_of, list) {
                    (Some(now), _) => {
                        write!(f, "the offer of {skill} at level {level} instead of {now}")
                    }
                    (None, Origin::Stated) => {
                        write!(f, "one offer more: {skill} at level {level}")
                    }
                    (None, Origin::DefaultExchange) => {
                        write!(
                            f,
                            "an offer instead of the default ones: {skill} at level {level}"
                        )
                    }
                }
            }
            Self::Policy { words, .. } => f.write_str(words),
            Self::PlaceAmong { role, skill } => {
                let skill = quoted(skill);
                write!(
                    f,
                    "one place more with one of the {role}s who offer {skill}"
                )
            }
            Self::Newcomer(newcomer) => newcomer.fmt(f),
        }
    }
}

impl fmt::Display for Newcomer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (role, experience) = (self.role, self.experience);
        write!(f, "one more {role} ({experience}")?;
        if self.unit.is_some() {
            f.write_str(", of another unit")?;
        }
        let alike = [
            (self.site.is_some(), "site"),
            (self.timezone.is_some(), "time zone"),
            (!self.languages.is_empty(), "languages"),
        ];
        for (known, what) in alike {
            if known {
                write!(f, ", same {what}")?;
            }
        }
        f.write_str(", no line of management between the two")?;
        let offers = self.offers.iter();
        let offers = offers.map(|o| format!("{} at level {}", quoted(o.skill()), o.level()));
        let wishes = self.wishes.iter();
        let wishes = wishes.map(|w| {
            let (skill, from, to) = (quoted(w.skill()), w.from(), w.to());
            format!("{skill} from level {from} to level {to}")
        });
        let (offers, wishes) = (list(offers), list(wishes));
        write!(f, ") who offers {offers} and wishes to learn {wishes}")
    }
}
