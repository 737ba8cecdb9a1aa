//! A participant, prepared for being asked about many times.

use std::collections::HashMap;

use crate::pair::Role;
use crate::policy::{Context, DefaultExchange, Filled};
use crate::roster::{Level, Offer, Participant, PersonRef, Profile, Skill, Wish};

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
}

/// What somebody offers and wishes, by the numbers of the skills.
#[derive(Debug)]
struct Skills {
    offers: Vec<(u32, Level)>,
    wishes: Vec<(u32, Level)>,
    /// A bit per skill number modulo 64: no common bit, no common skill.
    offer_bits: u64,
    wish_bits: u64,
}

/// One number for each skill that anybody names.
#[derive(Debug, Default)]
pub(super) struct Numbers(HashMap<Skill, u32>);

impl Numbers {
    fn of(&mut self, skill: &Skill) -> u32 {
        if let Some(&number) = self.0.get(skill) {
            return number;
        }
        let next = self.0.len() as u32;
        self.0.insert(skill.clone(), next);
        next
    }
}

impl Skills {
    fn new(offers: &[Offer], wishes: &[Wish], numbers: &mut Numbers) -> Self {
        let offers = offers.iter().map(|o| (numbers.of(o.skill()), o.level()));
        let mut offers: Vec<_> = offers.collect();
        let wishes = wishes.iter().map(|w| (numbers.of(w.skill()), w.from()));
        let mut wishes: Vec<_> = wishes.collect();
        offers.sort_unstable();
        wishes.sort_unstable();
        let bits = |list: &[(u32, Level)]| list.iter().fold(0, |b, (n, _)| b | 1 << (n % 64));
        Self {
            offer_bits: bits(&offers),
            wish_bits: bits(&wishes),
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
            while wishes.next_if(|(wished, _)| wished < skill).is_some() {}
            wishes
                .peek()
                .is_some_and(|(wished, from)| wished == skill && level > from)
        })
    }
}

impl<'a> Seat<'a> {
    pub(super) fn new(
        participant: &'a Participant,
        at: PersonRef,
        context: &Context,
        exchange: Option<&DefaultExchange>,
        numbers: &mut Numbers,
    ) -> Self {
        let profile = participant.profile();
        let stated = Skills::new(profile.offers(), profile.wishes(), numbers);
        let roles = [Role::Mentor, Role::Mentee];
        let filled = roles.map(|role| {
            let filled = exchange?.fill(profile, role)?;
            let skills = Skills::new(&filled.offers, &filled.wishes, numbers);
            Some(Box::new((filled, skills)))
        });
        let places = roles.map(|role| profile.places(role, context.load()));
        let open = roles.map(|role| context.open(profile.id(), role));
        let ([as_mentor, as_mentee], [teaches, learns]) = (places, open);
        Self {
            profile,
            at,
            places,
            free: [as_mentor > teaches, as_mentee > learns],
            stated,
            filled,
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

    fn skills(&self, role: Role) -> &Skills {
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
