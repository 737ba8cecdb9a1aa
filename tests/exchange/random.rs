//! Random companies with a default exchange, before a judge that writes it into the people's own lists.

use std::collections::BTreeMap;

use proptest::prelude::*;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::{Candidates, Criteria, Optimal, plan};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{Origin, Policy};

use super::defaults::Defaults;
use super::oracle::{Company, cases, company};

/// Offers and wishes of one role.
type Lists = (BTreeMap<u8, u8>, BTreeMap<u8, (u8, u8)>);

fn lists() -> impl Strategy<Value = Lists> {
    let wish = (0..5u8, 1..=5u8).prop_map(|(from, rise)| (from, (from + rise).min(5)));
    (
        proptest::collection::btree_map(0..4u8, 1..=5u8, 0..3),
        proptest::collection::btree_map(0..4u8, wish, 0..3),
    )
}

fn defaults() -> impl Strategy<Value = Defaults> {
    (lists(), lists()).prop_map(|(mentor, mentee)| Defaults {
        offers: [mentor.0, mentee.0],
        wishes: [mentor.1, mentee.1],
    })
}

/// The company as it would be if two people had said what the exchange supposes of them in these roles.
fn supposed(company: &Company, mentor: usize, mentee: usize, defaults: &Defaults) -> Company {
    let mut company = company.clone();
    for (role, person) in [mentor, mentee].into_iter().enumerate() {
        let own = company.people[person].clone();
        if own.sides[role] {
            company.people[person].offers = defaults.offers(&own, role);
            company.people[person].wishes = defaults.wishes(&own, role);
        }
    }
    company
}

/// Some people with empty lists among the rest.
fn sparse() -> impl Strategy<Value = Company> {
    (company(1..=8), any::<u32>()).prop_map(|(mut company, blanks)| {
        for (at, person) in company.people.iter_mut().enumerate() {
            if blanks >> (2 * at % 32) & 1 == 1 {
                person.offers.clear();
            }
            if blanks >> ((2 * at + 1) % 32) & 1 == 1 {
                person.wishes.clear();
            }
        }
        company
    })
}

fn standard_score(company: &Company, mentor: usize, mentee: usize) -> u32 {
    let share = |learner: usize, teacher: usize| {
        let learns = company.learns(learner, teacher);
        let each = learns
            .values()
            .map(|&(from, reached, to)| 1000 * u32::from(reached - from) / u32::from(to - from));
        each.sum::<u32>() / company.people[learner].wishes.len().max(1) as u32
    };
    let (up, down) = (share(mentee, mentor), share(mentor, mentee));
    let units = [mentor, mentee].map(|p| company.people[p].unit);
    let differ = units[0].is_some() && units[1].is_some() && units[0] != units[1];
    up + down + up.min(down) + if differ { 100 } else { 0 }
}

proptest! {
    #![proptest_config(cases(200))]

    /// Codes, learning, candidates and scores are those of a company in which people had said it themselves.
    #[test]
    fn answers_are_those_of_people_who_had_said_it(company in sparse(), defaults in defaults()) {
        let (roster, exchange) = (company.roster(), defaults.exchange());
        let (policy, context) = (Policy::core_only(), company.context());
        let may = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
        let mut scores = Vec::new();
        for &a in &company.participants() {
            for &b in &company.participants() {
                let judge = supposed(&company, a, b, &defaults);
                let verdict = may.check_keys(company.key(a), company.key(b)).unwrap();
                let codes: Vec<_> = verdict.violations().iter().map(|v| v.code().to_owned()).collect();
                if a == b {
                    // The judge has one list for a person and not one for each role; with oneself it knows that much.
                    prop_assert_eq!(codes[0].as_str(), "not-oneself");
                    continue;
                }
                prop_assert_eq!(&codes, &judge.codes(a, b));
                let Some(proof) = verdict.eligible() else { continue };
                scores.push((company.key(a), company.key(b), standard_score(&judge, a, b)));
                for learning in proof.learning() {
                    let (learner, teacher) = match learning.learner {
                        Role::Mentor => (a, b),
                        Role::Mentee => (b, a),
                    };
                    let by = |own: bool| if own { Origin::Stated } else { Origin::DefaultExchange };
                    prop_assert_eq!(learning.wished_by, by(!company.people[learner].wishes.is_empty()));
                    prop_assert_eq!(learning.offered_by, by(!company.people[teacher].offers.is_empty()));
                }
            }
        }
        let criteria = Criteria::standard();
        let candidates = Candidates::collect(&may, &criteria).unwrap();
        prop_assert_eq!(candidates.iter().collect::<Vec<_>>(), scores);

        let plan = candidates.plan(&Optimal::most_pairs()).unwrap();
        for p in &plan.proposals {
            let place = |key: &str| company.people.iter().position(|p| p.key == key).unwrap();
            let (a, b) = (place(p.mentor.as_str()), place(p.mentee.as_str()));
            let without: Option<u32> = p.parts.iter().map(|part| part.without_exchange).sum();
            prop_assert_eq!(without, if exchange.is_none() { None } else { Some(standard_score(&company, a, b)) });
        }
    }

    /// Where everybody said it all, or nothing is declared, a question with an exchange is the question without.
    #[test]
    fn nothing_changes_where_it_has_nothing_to_say(mut company in company(1..=8), drawn in defaults(), all in any::<bool>()) {
        let defaults = if all { drawn } else { Defaults::default() };
        if all {
            for person in &mut company.people {
                if person.offers.is_empty() {
                    person.offers.insert(7, 1);
                }
                if person.wishes.is_empty() {
                    person.wishes.insert(8, (0, 1));
                }
            }
        }
        let (roster, exchange) = (company.roster(), defaults.exchange());
        let (policy, context, criteria) = (Policy::core_only(), company.context(), Criteria::standard());
        let without = plan(&Eligibility::new(&roster, &policy, &context), &criteria, &Optimal::most_pairs()).unwrap();
        let with = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
        let mut with = plan(&with, &criteria, &Optimal::most_pairs()).unwrap();
        prop_assert_eq!(with.pairs_by_default(), 0);
        if exchange.is_none() {
            prop_assert_eq!(&with, &without);
        }
        with.exchange = None;
        for part in with.proposals.iter_mut().flat_map(|p| &mut p.parts) {
            prop_assert!(part.without_exchange.is_none_or(|points| points == part.points));
            part.without_exchange = None;
        }
        prop_assert_eq!(with.to_record(), without.to_record());
        for (with, without) in with.proposals.iter().zip(&without.proposals) {
            let proofs = [&with.proof, &without.proof];
            prop_assert_eq!(proofs[0].learning(), proofs[1].learning());
            prop_assert_eq!(proofs[0].pair(), proofs[1].pair());
            // The record says under which question the proof was made, whether or not it mattered.
            let exchange = Some(exchange.fingerprint()).filter(|_| !exchange.is_none());
            prop_assert_eq!(proofs.map(|p| p.evidence().exchange), [exchange, None]);
        }
    }
}
