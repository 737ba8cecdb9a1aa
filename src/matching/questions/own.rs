//! What the person could change by themselves: a place, a wish, an offer.

use super::QuestionError;
use super::change::Change;
use super::search::Run;
use super::trial::room;
use crate::roster::{Level, Offer, Wish};

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
        let Some(person) = self.trial.participant() else {
            return Ok(());
        };
        let (wishes, offers) = (person.profile().wishes(), person.profile().offers());
        let skills = self.others().flat_map(|p| p.profile().offers());
        let skills = self.by_demand(skills.map(Offer::skill));
        for skill in skills {
            if wishes.iter().any(|wish| *wish.skill() == skill) {
                continue;
            }
            let own = offers.iter().find(|offer| *offer.skill() == skill);
            let from = own.map_or(Level::NONE, Offer::level);
            let Ok(to) = Level::new(from.as_u8() + 1) else {
                continue; // nobody is above them
            };
            let Ok(wish) = Wish::of(skill, from, to) else {
                continue;
            };
            let more = wishes.iter().cloned().chain([wish.clone()]);
            let at = self.trial.person;
            let roster = self
                .trial
                .with_one_changed(at, |p| p.with_wishes(more).ok());
            if self.try_roster(roster, &Change::OwnWish(wish))? {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn own_offer(&mut self) -> Result<(), QuestionError> {
        let skills = self.others().flat_map(|p| p.profile().wishes());
        let skills = self.by_demand(skills.map(Wish::skill));
        for skill in skills {
            let Some(person) = self.trial.participant() else {
                break;
            };
            let offers = person.profile().offers();
            let own = offers.iter().find(|offer| *offer.skill() == skill);
            let now = own.map(Offer::level);
            // Where the highest level does not help, no lower one does; then halving for the lowest that does.
            let (mut low, mut high) =
                (now.map_or(1, |level| level.as_u8() + 1), Level::MAX.as_u8());
            let mut helps = None;
            let mut level = high;
            while low <= high {
                let Ok(offer) = Level::new(level).and_then(|l| Offer::of(skill.clone(), l)) else {
                    break;
                };
                let others = offers.iter().filter(|other| *other.skill() != skill);
                let all = others.cloned().chain([offer.clone()]);
                let at = self.trial.person;
                let roster = self.trial.with_one_changed(at, |p| p.with_offers(all).ok());
                let change = Change::OwnOffer {
                    offer,
                    instead_of: now,
                };
                if self.try_roster(roster, &change)? {
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
            if let Some(helps) = helps {
                self.found.push(helps);
                break;
            }
        }
        Ok(())
    }
}
