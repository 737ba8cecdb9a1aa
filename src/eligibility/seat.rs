//! A participant, prepared for being asked about many times.

use std::collections::HashMap;

use crate::pair::Role;
use crate::policy::Context;
use crate::roster::{Level, Participant, PersonRef, Profile, Skill};

/// A participant with everything that every pair of theirs needs, worked out once.
#[derive(Debug)]
pub(super) struct Seat<'a> {
    pub(super) profile: &'a Profile,
    pub(super) at: PersonRef,
    /// As mentor, as mentee: in all, before open pairings.
    places: [u32; 2],
    /// Whether a place is left.
    pub(super) free: [bool; 2],
    offers: Vec<(u32, Level)>,
    wishes: Vec<(u32, Level)>,
    /// A bit per skill number modulo 64: no common bit, no common skill.
    offer_bits: u64,
    wish_bits: u64,
}

impl<'a> Seat<'a> {
    /// `numbers` gives each skill of the roster one number.
    pub(super) fn new(
        participant: &'a Participant,
        at: PersonRef,
        context: &Context,
        numbers: &mut HashMap<&'a Skill, u32>,
    ) -> Self {
        let profile = participant.profile();
        let mut number = |skill: &'a Skill| {
            let next = numbers.len() as u32;
            *numbers.entry(skill).or_insert(next)
        };
        let offers = profile.offers().iter();
        let mut offers: Vec<_> = offers.map(|o| (number(o.skill()), o.level())).collect();
        let wishes = profile.wishes().iter();
        let mut wishes: Vec<_> = wishes.map(|w| (number(w.skill()), w.from())).collect();
        offers.sort_unstable();
        wishes.sort_unstable();
        let bits = |list: &[(u32, Level)]| list.iter().fold(0, |b, (n, _)| b | 1 << (n % 64));
        let roles = [Role::Mentor, Role::Mentee];
        let places = roles.map(|role| profile.places(role, context.load()));
        let open = roles.map(|role| context.open(profile.id(), role));
        let ([as_mentor, as_mentee], [teaches, learns]) = (places, open);
        Self {
            profile,
            at,
            places,
            free: [as_mentor > teaches, as_mentee > learns],
            offer_bits: bits(&offers),
            wish_bits: bits(&wishes),
            offers,
            wishes,
        }
    }

    pub(super) const fn places(&self, role: Role) -> u32 {
        let [mentor, mentee] = self.places;
        match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// Whether some offer serves a wish of the other.
    pub(super) fn serves(&self, learner: &Seat<'_>) -> bool {
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
