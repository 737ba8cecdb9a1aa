//! A participant, prepared for being asked about many times.

use std::collections::HashMap;

use super::rows::{offer, share, wish};
use crate::pair::Role;
use crate::policy::{Attribute, Context, DefaultExchange, Filled};
use crate::roster::{Level, Offer, Participant, PersonRef, Profile, Skill, Wish};
use crate::text::Label;

/// A participant with everything that every pair of theirs needs, worked out once.
#[derive(Debug)]
pub(super) struct Seat<'a> {
    pub(super) profile: &'a Profile,
    pub(super) at: PersonRef,
    /// As mentor, as mentee: in all, before open pairings.
    places: [u32; 2],
    /// Whether a place is left.
    pub(super) free: [bool; 2],
    stated: Skills,
    /// As mentor, as mentee: what a default exchange makes of it, where it makes anything.
    filled: [Option<Box<(Filled, Skills)>>; 2],
    /// Unit, site and time zone as numbers, 0 where unknown.
    pub(super) attributes: [u32; Attribute::ALL.len()],
    /// Above that of everybody less experienced, equal to that of everybody as experienced; from 1.
    pub(super) rank: u32,
}

/// What somebody offers and wishes, by the numbers of the skills.
#[derive(Debug)]
pub(super) struct Skills {
    /// Skill by number, level; sorted.
    pub(super) offers: Vec<(u32, Level)>,
    /// Skill by number, from, to; sorted.
    pub(super) wishes: Vec<(u32, Level, Level)>,
    /// A bit per skill number modulo 64: no common bit, no common skill.
    offer_bits: u64,
    wish_bits: u64,
}

/// Numbers for what is compared often: each skill from 0, each text of an attribute from 1.
#[derive(Debug, Default)]
pub(super) struct Numbers<'a> {
    skills: HashMap<Skill, u32>,
    texts: HashMap<&'a Label, u32>,
}

impl<'a> Numbers<'a> {
    /// How many skills there are.
    pub(super) fn skills(&self) -> usize {
        self.skills.len()
    }

    fn skill(&mut self, skill: &Skill) -> u32 {
        if let Some(&number) = self.skills.get(skill) {
            return number;
        }
        let next = self.skills.len() as u32;
        self.skills.insert(skill.clone(), next);
        next
    }

    fn text(&mut self, text: Option<&'a Label>) -> u32 {
        let next = self.texts.len() as u32 + 1;
        text.map_or(0, |text| *self.texts.entry(text).or_insert(next))
    }
}

impl Skills {
    fn new(offers: &[Offer], wishes: &[Wish], numbers: &mut Numbers<'_>) -> Self {
        let offers = offers.iter().map(|o| (numbers.skill(o.skill()), o.level()));
        let mut offers: Vec<_> = offers.collect();
        let wishes = wishes
            .iter()
            .map(|w| (numbers.skill(w.skill()), w.from(), w.to()));
        let mut wishes: Vec<_> = wishes.collect();
        offers.sort_unstable();
        wishes.sort_unstable();
        let bit = |bits: u64, number: u32| bits | 1 << (number % 64);
        Self {
            offer_bits: offers.iter().fold(0, |b, (n, _)| bit(b, *n)),
            wish_bits: wishes.iter().fold(0, |b, (n, ..)| bit(b, *n)),
            offers,
            wishes,
        }
    }

    /// Whether some offer serves a wish of the other.
    fn serve(&self, learner: &Self) -> bool {
        if self.offer_bits & learner.wish_bits == 0 {
            return false;
        }
        let mut wishes = learner.wishes.iter().peekable();
        self.offers.iter().any(|(skill, level)| {
            while wishes.next_if(|(wished, ..)| wished < skill).is_some() {}
            wishes
                .peek()
                .is_some_and(|(wished, from, _)| wished == skill && level > from)
        })
    }

    /// How far a teacher takes the wishes, in thousandths; the mean over all of them.
    pub(super) fn learn_from(&self, teacher: &Self) -> u16 {
        let mut offers = teacher.offers.iter().peekable();
        let mut sum = 0;
        for &(skill, from, to) in &self.wishes {
            while offers.next_if(|(offered, _)| *offered < skill).is_some() {}
            if let Some((_, level)) = offers.peek().filter(|(offered, _)| *offered == skill) {
                sum += usize::from(share(offer(*level), wish(from, to)));
            }
        }
        // Each share is at most 1000, and so is their mean.
        sum.checked_div(self.wishes.len()).unwrap_or(0) as u16
    }
}

impl<'a> Seat<'a> {
    /// Its rank is still 0: that takes [everybody](rank).
    pub(super) fn new(
        participant: &'a Participant,
        at: PersonRef,
        context: &Context,
        exchange: Option<&DefaultExchange>,
        numbers: &mut Numbers<'a>,
    ) -> Self {
        let profile = participant.profile();
        let stated = Skills::new(profile.offers(), profile.wishes(), numbers);
        let roles = [Role::Mentor, Role::Mentee];
        let filled = roles.map(|role| {
            let filled = exchange?.fill(profile, role)?;
            let skills = Skills::new(&filled.offers, &filled.wishes, numbers);
            Some(Box::new((filled, skills)))
        });
        let enrolled = context.is_enrolled(profile.id());
        let places = roles.map(|role| match enrolled {
            true => profile.places(role, context.load()),
            false => 0,
        });
        let open = roles.map(|role| context.open(profile.id(), role));
        let ([as_mentor, as_mentee], [teaches, learns]) = (places, open);
        Self {
            profile,
            at,
            places,
            free: [as_mentor > teaches, as_mentee > learns],
            stated,
            filled,
            attributes: Attribute::ALL.map(|attribute| {
                numbers.text(match attribute {
                    Attribute::Unit => profile.unit(),
                    Attribute::Site => profile.site(),
                    Attribute::TimeZone => profile.timezone(),
                })
            }),
            rank: 0,
        }
    }

    pub(super) const fn places(&self, role: Role) -> u32 {
        let [mentor, mentee] = self.places;
        match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// Whether each has an offer that serves a wish of the other, this one as the mentor.
    pub(super) fn two_way(&self, mentee: &Seat<'_>) -> bool {
        let (a, b) = (self.skills(Role::Mentor), mentee.skills(Role::Mentee));
        a.serve(b) && b.serve(a)
    }

    /// What a default exchange makes of their offers and wishes in a role.
    pub(super) fn filled(&self, role: Role) -> Option<&Filled> {
        self.in_role(role).map(|(filled, _)| filled)
    }

    /// What counts of their offers and wishes in a role.
    pub(super) fn skills(&self, role: Role) -> &Skills {
        self.in_role(role)
            .map_or(&self.stated, |(_, skills)| skills)
    }

    fn in_role(&self, role: Role) -> Option<&(Filled, Skills)> {
        let [mentor, mentee] = &self.filled;
        match role {
            Role::Mentor => mentor.as_deref(),
            Role::Mentee => mentee.as_deref(),
        }
    }
}

/// Ranks everybody by experience.
// By INVARIANT (roster) all are on one scale, on which grade and months, in this order, decide.
pub(super) fn rank(seats: &mut [Seat<'_>]) {
    let key = |seat: &Seat<'_>| {
        let experience = seat.profile.experience();
        (experience.as_grade(), experience.as_months())
    };
    let mut all: Vec<_> = seats.iter().map(key).collect();
    all.sort_unstable();
    all.dedup();
    for seat in seats {
        seat.rank = all.partition_point(|other| *other <= key(seat)) as u32;
    }
}
