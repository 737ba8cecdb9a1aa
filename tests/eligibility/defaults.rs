//! A default exchange as plain data, and what it makes of people, worked out from that data alone.

use std::collections::BTreeMap;

use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::DefaultExchange;
use reverse_mentoring::roster::{Offer, Wish};

use super::oracle::Person;

/// A default exchange as plain data, by role (0 mentor, 1 mentee): skill → level, skill → from, to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    pub(crate) offers: [BTreeMap<u8, u8>; 2],
    pub(crate) wishes: [BTreeMap<u8, (u8, u8)>; 2],
}

impl Defaults {
    /// What somebody offers in a role, as the exchange's documentation has it.
    pub(crate) fn offers(&self, person: &Person, role: usize) -> BTreeMap<u8, u8> {
        let mut offers = person.offers.clone();
        if offers.is_empty() {
            for (skill, level) in &self.offers[role] {
                let begins = person.wishes.get(skill).map_or(*level, |wish| wish.0);
                if begins > 0 {
                    offers.insert(*skill, begins.min(*level));
                }
            }
        }
        offers
    }

    /// What somebody wishes in a role.
    pub(crate) fn wishes(&self, person: &Person, role: usize) -> BTreeMap<u8, (u8, u8)> {
        let mut wishes = person.wishes.clone();
        if wishes.is_empty() {
            for (skill, (from, to)) in &self.wishes[role] {
                let from = person.offers.get(skill).map_or(*from, |own| *own.max(from));
                if from < *to {
                    wishes.insert(*skill, (from, *to));
                }
            }
        }
        wishes
    }

    /// The same as the crate's value.
    pub(crate) fn exchange(&self) -> DefaultExchange {
        let roles = [Role::Mentor, Role::Mentee].into_iter().zip(0..);
        roles.fold(
            DefaultExchange::none(),
            |exchange, (role, at): (Role, usize)| {
                let offers = self.offers[at].iter();
                let offers =
                    offers.map(|(s, level)| Offer::new(&format!("skill {s}"), *level).unwrap());
                let wishes = self.wishes[at].iter();
                let wishes = wishes
                    .map(|(s, (from, to))| Wish::new(&format!("skill {s}"), *from, *to).unwrap());
                exchange
                    .with_offers(role, offers)
                    .unwrap()
                    .with_wishes(role, wishes)
                    .unwrap()
            },
        )
    }
}
