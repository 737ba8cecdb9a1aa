//! What the person could change by themselves: a place, a wish, an offer.

use std::ops::RangeInclusive;

use super::QuestionError;
use super::change::Change;
use super::counterfactual::Counterfactual;
use super::search::Run;
use super::trial::room;
use crate::policy::Origin;
use crate::roster::{Level, Offer, Skill, Wish};

impl Run<'_, '_> {
    pub(super) fn own_place(&mut self) -> Result<(), QuestionError> {
        let context = self.trial.eligibility().context();
        let Some(person) = self.trial.participant() else {
            return Ok(());
        };
        let pairings = context.open(person.id(), self.trial.role).saturating_add(1);
        let Some((capacity, hours)) = room(person, context.load(), pairings) else {
            return Ok(());
        };
        let change = Change::OwnPlace { pairings, hours };
        let at = self.trial.person;
        let roster = self
            .trial
            .with_one_changed(at, |p| Some(p.with_capacity(capacity)));
        self.try_roster(roster, &change).map(drop)
    }

    pub(super) fn own_wish(&mut self) -> Result<(), QuestionError> {
        let (own, role) = (self.trial.person, self.trial.role);
        let (Some(person), Some(seen)) = (self.trial.participant(), self.trial.seen(own)) else {
            return Ok(());
        };
        let (stated, list) = (person.profile().wishes(), seen.wishes_origin(role));
        let (wishes, offers) = (seen.wishes(role), seen.offers(role));
        let skills = self.others().flat_map(|p| p.offers(role.other()));
        let skills = self.by_demand(skills.map(Offer::skill));
        for skill in skills {
            if wishes.iter().any(|wish| *wish.skill() == skill) {
                continue;
            }
            let known = offers.iter().find(|offer| *offer.skill() == skill);
            let from = known.map_or(Level::NONE, Offer::level);
            let Ok(to) = Level::new(from.as_u8() + 1) else {
                continue; // nobody is above them
            };
            let Ok(wish) = Wish::of(skill, from, to) else {
                continue;
            };
            let more = stated.iter().cloned().chain([wish.clone()]);
            let roster = self
                .trial
                .with_one_changed(own, |p| p.with_wishes(more).ok());
            if self.try_roster(roster, &Change::OwnWish { wish, list })? {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn own_offer(&mut self) -> Result<(), QuestionError> {
        let role = self.trial.role;
        let skills = self.others().flat_map(|p| p.wishes(role.other()));
        let skills = self.by_demand(skills.map(Wish::skill));
        for skill in skills {
            let helps = match self.falls_away(&skill) {
                // A higher offer takes more of the default wish away: none is sure to help where a lower one does.
                true => self.first_that_helps(&skill)?,
                false => self.lowest_that_helps(&skill)?,
            };
            if let Some(helps) = helps {
                self.found.push(helps);
                break;
            }
        }
        Ok(())
    }

    /// Whether a default wish of theirs gives way to an offer of the skill.
    fn falls_away(&self, skill: &Skill) -> bool {
        let (own, role) = (self.trial.person, self.trial.role);
        self.trial.seen(own).is_some_and(|seen| {
            seen.wishes_origin(role) == Origin::DefaultExchange
                && seen.wishes(role).iter().any(|wish| wish.skill() == skill)
        })
    }

    /// The level at which they offer a skill today, in their own words.
    fn stated(&self, skill: &Skill) -> Option<Level> {
        let offers = self.trial.participant()?.profile().offers();
        let own = offers.iter().find(|offer| offer.skill() == skill);
        own.map(Offer::level)
    }

    fn first_that_helps(&mut self, skill: &Skill) -> Result<Option<Counterfactual>, QuestionError> {
        for level in self.above(skill) {
            if self.try_offer(skill, level)? {
                return Ok(self.found.pop());
            }
        }
        Ok(None)
    }

    /// Where the highest level does not help, no lower one does; else halving for the lowest that does.
    fn lowest_that_helps(
        &mut self,
        skill: &Skill,
    ) -> Result<Option<Counterfactual>, QuestionError> {
        let (mut low, mut high) = self.above(skill).into_inner();
        let (mut helps, mut level) = (None, high);
        while low <= high {
            if self.try_offer(skill, level)? {
                helps = self.found.pop();
                if level == low {
                    break;
                }
                high = level - 1;
            } else {
                if helps.is_none() {
                    break;
                }
                low = level + 1;
            }
            level = low + (high.saturating_sub(low)) / 2;
        }
        Ok(helps)
    }

    /// The levels above that of their own offer.
    fn above(&self, skill: &Skill) -> RangeInclusive<u8> {
        let now = self.stated(skill);
        now.map_or(1, |level| level.as_u8() + 1)..=Level::MAX.as_u8()
    }

    fn try_offer(&mut self, skill: &Skill, level: u8) -> Result<bool, QuestionError> {
        let (own, role) = (self.trial.person, self.trial.role);
        let level = Level::new(level);
        let offer = level.and_then(|level| Offer::of(skill.clone(), level));
        let (Ok(offer), Some(person)) = (offer, self.trial.participant()) else {
            return Ok(false);
        };
        let others = person.profile().offers().iter();
        let others = others.filter(|other| other.skill() != skill);
        let all = others.cloned().chain([offer.clone()]);
        let roster = self
            .trial
            .with_one_changed(own, |p| p.with_offers(all).ok());
        let seen = self.trial.seen(own);
        let change = Change::OwnOffer {
            offer,
            instead_of: self.stated(skill),
            list: seen.map_or(Origin::Stated, |seen| seen.offers_origin(role)),
        };
        self.try_roster(roster, &change)
    }
}
