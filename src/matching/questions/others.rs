//! What others could change: the programme a rule, somebody their places, somebody more could join.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::QuestionError;
use super::change::{Change, Newcomer};
use super::search::Run;
use super::trial::room;
use crate::pair::Role;
use crate::roster::{Experience, Level, Offer, Skill, Wish};
use crate::text::Label;

/// A group of fewer people would point at each of them; [`Threshold`](crate::privacy::Threshold) has the same floor.
const SMALLEST_GROUP: usize = 3;

impl Run<'_, '_> {
    pub(super) fn policy(&mut self) -> Result<(), QuestionError> {
        let (eligibility, roster) = (self.trial.eligibility(), self.trial.roster());
        let policy = eligibility.policy();
        let partners = self.trial.partners(eligibility);
        for (at, rule) in policy.rules().enumerate() {
            for relaxation in rule.relaxed() {
                let milder = policy.relaxed(at, &relaxation);
                let asked = self.trial.asked(roster, &milder);
                if self.trial.partners(&asked) <= partners || !self.may_try() {
                    continue;
                }
                let change = Change::Policy {
                    rule: rule.id(),
                    words: relaxation.words().to_owned(),
                };
                if self.note(self.trial.plan_again(&asked)?, &change)? {
                    break;
                }
            }
        }
        Ok(())
    }

    pub(super) fn place_among(&mut self) -> Result<(), QuestionError> {
        let Some(person) = self.trial.seen(self.trial.person) else {
            return Ok(());
        };
        let (own, role) = (self.trial.role, self.trial.role.other());
        let mut groups: BTreeMap<Skill, usize> = BTreeMap::new();
        for offer in self.others().flat_map(|p| p.offers(role)) {
            *groups.entry(offer.skill().clone()).or_default() += 1;
        }
        let context = self.trial.eligibility().context();
        for at in self.partners_by_score() {
            let partner = self.trial.roster().participants().get(at);
            let (Some(partner), Some(seen)) = (partner, self.trial.seen(at)) else {
                continue;
            };
            let serves = |offer: &&Offer| {
                let large = groups
                    .get(offer.skill())
                    .is_some_and(|n| *n >= SMALLEST_GROUP);
                let wishes = person.wishes(own);
                large
                    && self.may_name(offer.skill())
                    && wishes.iter().any(|w| w.served_by(offer).is_some())
            };
            let Some(offer) = seen.offers(role).iter().find(serves) else {
                continue;
            };
            let places = partner
                .profile()
                .places(role, context.load())
                .saturating_add(1);
            let Some((capacity, _)) = room(partner, context.load(), places) else {
                continue;
            };
            let change = Change::PlaceAmong {
                role,
                skill: offer.skill().clone(),
            };
            let roster = self
                .trial
                .with_one_changed(at, |p| Some(p.with_capacity(capacity)));
            if self.try_roster(roster, &change)? {
                break;
            }
        }
        Ok(())
    }

    /// The places in the roster of the eligible partners, the highest score first, then by key.
    fn partners_by_score(&self) -> Vec<usize> {
        let candidates = self.trial.candidates;
        let mut scored: Vec<(Reverse<u32>, usize)> = Vec::new();
        for &other in self.trial.others() {
            let edge = match self.trial.role {
                Role::Mentor => candidates.number(self.trial.person, other),
                Role::Mentee => candidates.number(other, self.trial.person),
            };
            let edge = edge.and_then(|edge| candidates.graph.edge(edge));
            scored.extend(edge.map(|edge| (Reverse(edge.score), other)));
        }
        scored.sort_unstable();
        scored.into_iter().map(|(_, other)| other).collect()
    }

    pub(super) fn newcomer(&mut self) -> Result<(), QuestionError> {
        let (own, role) = (self.trial.person, self.trial.role);
        let (Some(person), Some(seen)) = (self.trial.participant(), self.trial.seen(own)) else {
            return Ok(());
        };
        let profile = person.profile();
        let Some(experience) = self.experience() else {
            return Ok(());
        };
        // What serves each wish fully, and what each offer serves fully.
        let wishes = seen
            .wishes(role)
            .iter()
            .filter(|w| self.may_name(w.skill()));
        let offers: Vec<Offer> = wishes
            .filter_map(|wish| Offer::of(wish.skill().clone(), wish.to()).ok())
            .collect();
        let taught = seen
            .offers(role)
            .iter()
            .filter(|o| self.may_name(o.skill()));
        let mut wishes: Vec<Wish> = taught
            .filter_map(|offer| Wish::of(offer.skill().clone(), Level::NONE, offer.level()).ok())
            .collect();
        let unit = profile.unit().and_then(|_| self.new_unit());
        let mut variants: Vec<(Vec<Offer>, Vec<Wish>)> = Vec::new();
        for offer in &offers {
            // Nobody teaches and learns one skill at once.
            for wish in wishes.iter().filter(|wish| wish.skill() != offer.skill()) {
                variants.push((vec![offer.clone()], vec![wish.clone()]));
            }
        }
        wishes.retain(|wish| offers.iter().all(|offer| offer.skill() != wish.skill()));
        if offers.len() > 1 || wishes.len() > 1 {
            variants.push((offers, wishes));
        }
        for (offers, wishes) in variants {
            let newcomer = Newcomer {
                role: self.trial.role.other(),
                experience,
                offers,
                wishes,
                unit: unit.clone(),
                site: profile.site().cloned(),
                timezone: profile.timezone().cloned(),
                languages: profile.languages().to_vec(),
            };
            let roster = self.trial.with_newcomer(&newcomer);
            if self.try_roster(roster, &Change::Newcomer(newcomer))? {
                break;
            }
        }
        Ok(())
    }

    /// A unit of nobody: one that somebody is in would say where they are.
    fn new_unit(&self) -> Option<Label> {
        let all = || self.trial.roster().participants().iter();
        let free = |unit: &Label| all().all(|p| p.profile().unit() != Some(unit));
        let numbered = (2..).map(|n: u64| format!("another unit {n}"));
        let names = std::iter::once("another unit".to_owned()).chain(numbered);
        names.filter_map(|name| Label::new(name).ok()).find(free)
    }

    /// The seniority of a newcomer: as junior as anybody as a mentor, as senior as anybody as a mentee, in whole years,
    /// so that it is nobody's own.
    fn experience(&self) -> Option<Experience> {
        let all = || self.trial.roster().participants().iter();
        let all = || all().map(|p| p.profile().experience());
        let own = self.trial.participant()?.profile().experience();
        let (grades, months) = (
            all().filter_map(Experience::as_grade),
            all().filter_map(Experience::as_months),
        );
        let (grade, months) = match self.trial.role {
            Role::Mentee => {
                let junior = own.as_grade().map(|grade| grade.saturating_sub(1));
                (grades.chain(junior).min(), own.as_months().map(|_| 0))
            }
            Role::Mentor => {
                let senior = own.as_grade().map(|grade| grade.saturating_add(1));
                let year = |months: u32| (months / 12).saturating_add(1).saturating_mul(12);
                (grades.chain(senior).max(), months.max().map(year))
            }
        };
        Experience::of(grade, months)
    }
}
