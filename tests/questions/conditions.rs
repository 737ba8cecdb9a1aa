//! Counterfactuals of plans that were made under conditions and with a default exchange: each is carried out by hand in
//! the raw data, and the whole is planned again with the same pins, exclusions, ranked choices and running pairs.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::{Cost, CostBounds, Objective};
use reverse_mentoring::matching::{
    Candidates, Conditions, Consequence, Counterfactual, Criteria, Displaced, MatchPlan, Optimal,
    Part, Pin, QuestionError, Questions, RankedChoice, Search, Standing, TieCost,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{MentorChoice, MentorChoices, NotExcluded, Policy, RankedOnly};
use reverse_mentoring::roster::Skill;
use reverse_mentoring::text::Key;

use super::counterfactuals::{SENSITIVE, is_matched, judge_text, kind, meanings, policy};
use super::defaults::Defaults;
use super::oracle::{Company, Person};
use super::{Plans, bits, companies, find, scored};

/// Numbers to draw from, the same on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// What ranked choices are to a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ranked {
    Hard,
    Soft,
    Ties,
}

/// A mentor's key and a mentee's.
type Keys = (String, String);

/// Everything that a plan is made under, but for the people.
#[derive(Debug)]
struct Terms {
    objective: Objective,
    defaults: Defaults,
    excluded: Vec<(usize, usize)>,
    /// By key, as a file has them; some of nobody.
    pins: Vec<Keys>,
    ranks: Vec<((usize, usize), u16)>,
    ranked: Ranked,
    /// No criterion but ranked choices, so that many plans are equally good.
    flat: bool,
}

/// A question with all of its terms, ready to be asked.
struct Asked<'a> {
    candidates: &'a Candidates<'a>,
    conditions: &'a Conditions,
    matcher: &'a Optimal,
}

impl Terms {
    /// Takes some people's words away, so that the default exchange counts for them, and draws the rest.
    fn draw(company: &mut Company, round: usize) -> Self {
        let mut draw = Draw(round as u64);
        if round % 3 > 0 {
            for person in &mut company.people {
                match draw.below(4) {
                    0 => person.offers.clear(),
                    1 => person.wishes.clear(),
                    2 => (person.offers, person.wishes) = Default::default(),
                    _ => {}
                }
            }
        }
        let defaults = match round % 3 {
            0 => Defaults::default(),
            _ => Defaults {
                offers: [
                    BTreeMap::from([(0, 3), (2, 1)]),
                    BTreeMap::from([(1, 3), (SENSITIVE, 2)]),
                ],
                wishes: [
                    BTreeMap::from([(1, (0, 2)), (SENSITIVE, (0, 3))]),
                    BTreeMap::from([(0, (1, 3))]),
                ],
            },
        };
        let mut some = |most: usize| -> Vec<(usize, usize)> {
            let people = company.people.len();
            let n = draw.below(most + 1);
            (0..n)
                .map(|_| (draw.below(people), draw.below(people)))
                .collect()
        };
        // Pairs of anybody with anybody, so that most pins are rejected; and pairs that may be made.
        let (excluded, mut pinned, mut ranked) = (some(12), some(3), some(6));
        let may = company.eligible();
        for pairs in [&mut pinned, &mut ranked] {
            let n = draw.below(4).min(may.len());
            pairs.extend((0..n).map(|_| may[draw.below(may.len())]));
        }
        let mut pins: Vec<Keys> = pinned
            .into_iter()
            .map(|(a, b)| (company.key(a).to_owned(), company.key(b).to_owned()))
            .collect();
        let (a, b) = (
            draw.below(company.people.len()),
            draw.below(company.people.len()),
        );
        let (a, b) = (company.key(a).to_owned(), company.key(b).to_owned());
        // Whoever joins is not the one who is pinned here.
        pins.extend([(a, "newcomer 1".to_owned()), ("newcomer 1".to_owned(), b)]);
        ranked.sort_unstable();
        ranked.dedup();
        let ranks: Vec<_> = ranked
            .into_iter()
            .map(|pair| (pair, 1 + draw.below(6) as u16))
            .collect();
        Self {
            objective: Objective::ALL[draw.below(4)],
            defaults,
            excluded,
            pins,
            ranks,
            flat: draw.below(2) == 0,
            ranked: [Ranked::Hard, Ranked::Soft, Ranked::Ties][draw.below(3)],
        }
    }

    fn points(&self, pair: (usize, usize)) -> i64 {
        let rank = self.ranks.iter().find(|(ranked, _)| *ranked == pair);
        rank.map_or(0, |(_, rank)| {
            [500, 400, 300, 200, 100, 100][usize::from(*rank) - 1]
        })
    }

    /// Asks about a company and a policy under these terms.
    fn ask<T>(&self, company: &Company, policy: &Policy, ask: impl FnOnce(&Asked<'_>) -> T) -> T {
        let choices = self.ranks.iter().map(|&((a, b), rank)| MentorChoice {
            pair: company.pair(a, b),
            rank: NonZeroU16::new(rank).unwrap(),
        });
        let choices = MentorChoices::new(choices).unwrap();
        let pins = self
            .pins
            .iter()
            .zip(2..)
            .map(|((mentor, mentee), line)| Pin {
                mentor: Key::new(mentor.as_str()).unwrap(),
                mentee: Key::new(mentee.as_str()).unwrap(),
                line: Some(line),
            });
        let mut conditions = Conditions::none().with_pins(pins);
        let mut criteria = match self.flat {
            true => Criteria::none(),
            false => Criteria::standard(),
        };
        let mut policy = policy.clone().with(NotExcluded);
        let by_rank = RankedChoice::of(choices.clone());
        match self.ranked {
            Ranked::Hard => policy = policy.with(RankedOnly::of(choices)),
            Ranked::Soft => criteria = criteria.with(by_rank, 1).unwrap(),
            Ranked::Ties => {
                conditions = conditions.with_tie_break(Criteria::none().with(by_rank, 1).unwrap());
            }
        }
        let excluded = self.excluded.iter().map(|&(a, b)| company.pair(a, b));
        let (roster, exchange) = (company.roster(), self.defaults.exchange());
        let context = company.context().with_excluded(excluded);
        let eligibility = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
        let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
        ask(&Asked {
            candidates: &candidates,
            conditions: &conditions,
            matcher: &Optimal::by(self.objective),
        })
    }

    /// Whether somebody has a pairing in every plan that is best under these terms; `None` where there are too many plans.
    fn in_every_best_plan(
        &self,
        company: &Company,
        policy: &Policy,
        (person, side): (usize, usize),
    ) -> Option<bool> {
        let pairs = self.ask(company, policy, |asked| scored(company, asked.candidates));
        let plans = Plans::of(company, pairs)?;
        let best = self.best(company, &plans, &self.pins, |_| true);
        let mut best = best.into_iter();
        Some(best.all(|plan| plans.people(plan).contains(&(side, person))))
    }

    /// Those of some pins that hold, by their place among the pairs.
    fn held(
        &self,
        company: &Company,
        plans: &Plans,
        pins: &[Keys],
        may: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let ends = |n: usize| [plans.pairs[n].0, plans.pairs[n].1];
        let mut held: Vec<usize> = Vec::new();
        for (a, b) in pins {
            let named = |n: &usize| ends(*n).map(|at| company.key(at)) == [a.as_str(), b.as_str()];
            let all = 0..plans.pairs.len();
            let Some(pin) = all.filter(|n| may(*n)).find(named) else {
                continue;
            };
            let fits = (0..2).all(|role| {
                let theirs = held.iter().filter(|&&n| ends(n)[role] == ends(pin)[role]);
                (theirs.count() as u32) < company.places_left(ends(pin)[role], role)
            });
            if fits && !held.contains(&pin) {
                held.push(pin);
            }
        }
        held
    }

    fn tie_points(&self, plans: &Plans, plan: u32) -> i64 {
        let chosen = super::chosen(&plans.pairs, plan);
        chosen.map(|&(a, b, _)| self.points((a, b))).sum()
    }

    /// The best of the allowed plans that have the pins which hold among those pairs, ties broken.
    fn best(
        &self,
        company: &Company,
        plans: &Plans,
        pins: &[Keys],
        may: impl Fn(usize) -> bool,
    ) -> Vec<u32> {
        let held = self.held(company, plans, pins, &may);
        let pairs = 0..plans.pairs.len();
        let never: u32 = pairs.filter(|n| !may(*n)).map(|n| 1 << n).sum();
        self.best_with(plans, &held, |plan| plan & never == 0)
    }

    fn best_with(&self, plans: &Plans, held: &[usize], allowed: impl Fn(u32) -> bool) -> Vec<u32> {
        let pinned = |plan: u32| held.iter().all(|&pin| plan >> pin & 1 == 1);
        let mut best = plans.best(self.objective, |plan| pinned(plan) && allowed(plan));
        if self.ranked == Ranked::Ties {
            let most = best.iter().map(|&plan| self.tie_points(plans, plan)).max();
            best.retain(|&plan| Some(self.tie_points(plans, plan)) == most);
        }
        best
    }

    /// Every code against a pair, by hand.
    fn codes(&self, company: &Company, mentor: usize, mentee: usize) -> Vec<&'static str> {
        let mut codes = company.codes(mentor, mentee);
        // What counts of the two, each in their role, whatever they stated.
        let (a, b) = (&company.people[mentor], &company.people[mentee]);
        let counts = |person: &Person, role: usize| match person.sides[role] {
            true => (
                self.defaults.offers(person, role),
                self.defaults.wishes(person, role),
            ),
            false => (person.offers.clone(), person.wishes.clone()),
        };
        let ((a_offers, a_wishes), (b_offers, b_wishes)) = (counts(a, 0), counts(b, 1));
        let serves = |offers: BTreeMap<u8, u8>, wishes: BTreeMap<u8, (u8, u8)>| {
            let mut offers = offers.into_iter();
            offers.any(|(skill, level)| wishes.get(&skill).is_some_and(|wish| level > wish.0))
        };
        codes.retain(|code| *code != "two-way");
        if !(serves(a_offers, b_wishes) && serves(b_offers, a_wishes)) {
            let at = codes.iter().position(|code| *code == "places");
            codes.insert(at.unwrap_or(codes.len()), "two-way");
        }
        if self.excluded.contains(&(mentor, mentee)) {
            codes.push("not-excluded");
        }
        let ranks = |pair: &(usize, usize)| self.ranks.iter().any(|(ranked, _)| ranked == pair);
        let chooses = self
            .ranks
            .iter()
            .any(|((_, chooser), _)| *chooser == mentee);
        if self.ranked == Ranked::Hard && chooses && !ranks(&(mentor, mentee)) {
            codes.push("ranked-only");
        }
        codes
    }
}

#[derive(Default)]
struct Seen {
    kinds: BTreeMap<&'static str, u32>,
    with_exchange: BTreeMap<&'static str, u32>,
    proven: u32,
    /// Changes by which a pin holds that did not.
    pins: u32,
    ties: u32,
}

fn judge(company: &Company, terms: &Terms, seen: &mut Seen) {
    let policy = policy(company);
    let sensitive = Skill::new(&format!("skill {SENSITIVE}")).unwrap();
    let search = Search::default().with_sensitive([sensitive]);
    let (plan, answers) = terms.ask(company, &policy, |asked| {
        let plan = asked
            .candidates
            .plan_under(asked.conditions, asked.matcher)
            .unwrap();
        let answers = plan.unmatched.iter().map(|left| {
            let (key, role) = (left.key.as_str(), left.role);
            let what = asked.candidates.counterfactuals_under(
                asked.conditions,
                &plan,
                asked.matcher,
                key,
                role,
                &search,
            );
            what.unwrap()
        });
        let answers: Vec<_> = answers.collect();
        (plan, answers)
    });
    for what in answers {
        let person = find(company, what.key.as_str());
        let side = usize::from(what.role == Role::Mentee);
        judge_text(company, person, &what);
        assert_eq!(what.pairs_now, plan.proposals.len() as u64);
        for Counterfactual {
            change,
            pairs,
            total_score,
            ..
        } in &what.found
        {
            *seen.kinds.entry(kind(change)).or_default() += 1;
            if plan.exchange.is_some() {
                *seen.with_exchange.entry(kind(change)).or_default() += 1;
            }
            for meaning in meanings(company, &terms.defaults, (person, side), change) {
                let again = |(company, policy): &(Company, Policy)| {
                    let plan = terms.ask(company, policy, |asked| {
                        asked
                            .candidates
                            .plan_under(asked.conditions, asked.matcher)
                            .unwrap()
                    });
                    let proven = terms.in_every_best_plan(company, policy, (person, side));
                    (plan, proven)
                };
                let made = meaning.iter().map(again);
                let made: Vec<(MatchPlan, Option<bool>)> = made
                    .filter(|(plan, _)| is_matched(plan, what.key.as_str(), what.role))
                    .collect();
                let as_said = |(plan, proven): &&(MatchPlan, Option<bool>)| {
                    (plan.proposals.len() as u64, plan.total_score) == (*pairs, *total_score)
                        && *proven != Some(false)
                };
                let found = made.iter().find(as_said);
                let Some((made, proven)) = found else {
                    panic!(
                        "{change} for {} as {}, {terms:?} of {company:?}",
                        what.key, what.role
                    );
                };
                seen.proven += u32::from(proven.is_some());
                seen.pins += u32::from(made.pinned.len() > plan.pinned.len());
                seen.ties += u32::from(made.tie_points.is_some_and(|points| points > 0));
            }
        }
    }
}

#[test]
fn every_counterfactual_is_true_under_the_same_conditions() {
    let mut seen = Seen::default();
    for (round, mut company) in companies(500, 6..=16).enumerate() {
        let terms = Terms::draw(&mut company, round);
        judge(&company, &terms, &mut seen);
    }
    for kinds in [&seen.kinds, &seen.with_exchange] {
        assert_eq!(kinds.len(), 6, "{kinds:?}");
        assert!(kinds.values().all(|&n| n >= 5), "{kinds:?}");
    }
    let counts = [seen.proven, seen.pins, seen.ties];
    assert!(counts.iter().all(|&n| n >= 20), "{counts:?}");
}

#[test]
fn a_plan_under_other_conditions_is_not_asked_about() {
    let mut refused = 0;
    for (round, mut company) in companies(60, 8..=12).enumerate() {
        let terms = Terms::draw(&mut company, round);
        terms.ask(&company, &policy(&company), |asked| {
            let Asked {
                candidates,
                conditions,
                matcher,
            } = *asked;
            let plan = candidates.plan_under(conditions, matcher).unwrap();
            let free = candidates.plan(matcher).unwrap();
            let Some(left) = plan.unmatched.first() else {
                return;
            };
            let (key, role, search) = (left.key.as_str(), left.role, Search::default());
            // Pins that are rejected are conditions, too.
            let without = candidates.counterfactuals(&plan, matcher, key, role, &search);
            assert_eq!(without.unwrap_err(), QuestionError::OtherConditions);
            let with =
                candidates.counterfactuals_under(conditions, &free, matcher, key, role, &search);
            let error = with.unwrap_err();
            assert_eq!(
                error.to_string(),
                "the plan was made under other conditions: ask by `questions_under` or `counterfactuals_under`, with the \
                 conditions of the plan"
            );
            refused += 1;
        });
    }
    assert!(refused > 20, "{refused}");
}

#[derive(Default, Debug)]
struct Standings {
    chosen: u32,
    pinned: u32,
    /// Pins that cost something.
    dear: u32,
    beaten: u32,
    crowded: u32,
    ineligible: u32,
    /// Changes that cost points of what breaks ties and nothing else.
    tied: u32,
}

/// Every pair of a company before a judge that looks at every plan with the pins.
fn explain(company: &Company, terms: &Terms, asked: &Asked<'_>, seen: &mut Standings) {
    let Asked {
        candidates,
        conditions,
        matcher,
    } = *asked;
    let Some(plans) = Plans::of(company, scored(company, candidates)) else {
        return;
    };
    let plan = candidates.plan_under(conditions, matcher).unwrap();
    let made = bits(company, &plans.pairs, &plan);
    let held = terms.held(company, &plans, &terms.pins, |_| true);
    assert_eq!(held.len(), plan.pinned.len());
    let questions = candidates.questions_under(conditions, &plan).unwrap();
    // The plans that would be best with the change.
    let changed = |n: usize, insisting: bool| {
        if insisting {
            return terms.best_with(&plans, &held, |plan| plan >> n & 1 == 1);
        }
        let keys = (plans.pairs[n].0, plans.pairs[n].1);
        let keys = (company.key(keys.0), company.key(keys.1));
        let pins = terms
            .pins
            .iter()
            .filter(|pin| (pin.0.as_str(), pin.1.as_str()) != keys);
        let pins: Vec<Keys> = pins.cloned().collect();
        terms.best(company, &plans, &pins, |other| other != n)
    };
    let judge = |found: Consequence, n: usize, insisting: bool| {
        let best = changed(n, insisting);
        let cost = plans.cost(terms.objective, made, best[0]);
        let lost = terms.tie_points(&plans, made) - terms.tie_points(&plans, best[0]);
        let ties = match terms.ranked {
            Ranked::Ties => TieCost::Exactly(lost),
            _ => TieCost::NotBroken,
        };
        assert_eq!(
            (found.exact(), found.ties),
            (Some(cost), ties),
            "{n}, {insisting}: {terms:?} of {company:?}"
        );
        let Displaced {
            pairs,
            left_out,
            taken_in,
            ..
        } = found.displaced.unwrap();
        let mut possible = best.iter().map(|&to| plans.displaced(made, to, n));
        assert!(
            possible.any(|d| d == [pairs, left_out, taken_in]),
            "{terms:?} of {company:?}"
        );
        (cost, ties)
    };
    let everybody = company.participants();
    let all = everybody
        .iter()
        .flat_map(|&a| everybody.iter().map(move |&b| (a, b)));
    for (mentor, mentee) in all {
        let (a, b) = (company.key(mentor), company.key(mentee));
        let n = plans
            .pairs
            .iter()
            .position(|pair| (pair.0, pair.1) == (mentor, mentee));
        let (insist, forbid) = (questions.insist(a, b), questions.forbid(a, b));
        let standing = questions.explain(a, b).unwrap().standing;
        let Some(n) = n else {
            let Standing::Ineligible { reasons } = standing else {
                panic!("{standing:?}");
            };
            let codes: Vec<&str> = reasons.iter().map(|reason| reason.code()).collect();
            assert_eq!(
                codes,
                terms.codes(company, mentor, mentee),
                "{terms:?} of {company:?}"
            );
            assert!(matches!(insist, Err(QuestionError::NoCandidates { .. })));
            seen.ineligible += 1;
            continue;
        };
        let full = |(role, person): (usize, usize)| {
            let pins = held
                .iter()
                .filter(|&&pin| [plans.pairs[pin].0, plans.pairs[pin].1][role] == person);
            (pins.count() as u32 >= company.places_left(person, role))
                .then_some([Role::Mentor, Role::Mentee][role])
        };
        let full: Vec<Role> = [(0, mentor), (1, mentee)]
            .into_iter()
            .filter_map(full)
            .collect();
        let known = |score: u32, parts: &[Part]| {
            assert_eq!(i64::from(score), plans.pairs[n].2);
            assert_eq!(parts.iter().map(|part| part.points).sum::<u32>(), score);
        };
        let has = made >> n & 1 == 1;
        if has {
            assert!(insist.clone().unwrap().exact().unwrap().is_none());
        } else {
            let forbidden = forbid.clone().unwrap();
            assert!(forbidden.exact().unwrap().is_none());
            assert!(matches!(
                forbidden.ties,
                TieCost::NotBroken | TieCost::Exactly(0)
            ));
        }
        let (cost, ties) = match standing {
            Standing::Pinned {
                score,
                parts,
                without,
            } => {
                assert!(held.contains(&n));
                known(score, &parts);
                assert_eq!(forbid.unwrap(), *without.as_ref().unwrap());
                let (cost, ties) = judge(without.unwrap(), n, false);
                seen.pinned += 1;
                seen.dear += u32::from(cost.cmp_by(&Cost::NONE, terms.objective).is_lt());
                (cost, ties)
            }
            Standing::Chosen {
                score,
                parts,
                without,
            } => {
                assert!(has && !held.contains(&n));
                known(score, &parts);
                assert_eq!(forbid.unwrap(), *without.as_ref().unwrap());
                seen.chosen += 1;
                judge(without.unwrap(), n, false)
            }
            Standing::Crowded {
                score,
                parts,
                full: found,
            } => {
                assert!(!has && !full.is_empty());
                assert_eq!(found, full);
                known(score, &parts);
                assert_eq!(insist.unwrap_err(), QuestionError::NoPlace { full });
                seen.crowded += 1;
                continue;
            }
            Standing::Beaten { score, parts, with } => {
                assert!(!has && full.is_empty());
                known(score, &parts);
                assert_eq!(insist.unwrap(), *with.as_ref().unwrap());
                seen.beaten += 1;
                judge(with.unwrap(), n, true)
            }
            other => panic!("{other:?}"),
        };
        seen.tied +=
            u32::from(cost.is_none() && !matches!(ties, TieCost::NotBroken | TieCost::Exactly(0)));
    }
    partners(company, terms, &questions, &plans, &held, changed);
}

/// All partners of everybody at once.
fn partners(
    company: &Company,
    terms: &Terms,
    questions: &Questions<'_, '_>,
    plans: &Plans,
    held: &[usize],
    changed: impl Fn(usize, bool) -> Vec<u32>,
) {
    let made = terms.best_with(plans, held, |_| true)[0];
    let everybody = company.participants().into_iter();
    for (at, role) in everybody.flat_map(|at| [(at, Role::Mentor), (at, Role::Mentee)]) {
        for partner in questions.partners(company.key(at), role).unwrap() {
            let keys = (partner.mentor.as_str(), partner.mentee.as_str());
            let named = |pair: &super::Scored| (company.key(pair.0), company.key(pair.1)) == keys;
            let n = plans.pairs.iter().position(named).unwrap();
            let (found, insisting) = match partner.standing {
                Standing::Chosen { without, .. } => (without.unwrap(), false),
                Standing::Beaten { with, .. } => (with.unwrap(), true),
                Standing::Pinned { without, .. } => {
                    assert_eq!(without, questions.forbid(keys.0, keys.1).ok());
                    continue;
                }
                Standing::Crowded { .. } => continue,
                other => panic!("{other:?}"),
            };
            // All best plans are worth the same.
            let cost = plans.cost(terms.objective, made, changed(n, insisting)[0]);
            let CostBounds { at_least, at_most } = found.cost;
            assert!(
                at_least.cmp_by(&cost, terms.objective).is_le(),
                "{terms:?} of {company:?}"
            );
            assert!(
                at_most.cmp_by(&cost, terms.objective).is_ge(),
                "{terms:?} of {company:?}"
            );
            if terms.objective != Objective::MaxMin {
                assert_eq!(found.exact(), Some(cost), "{terms:?} of {company:?}");
            }
            let unknown = terms.ranked == Ranked::Ties;
            assert_eq!(found.ties == TieCost::Unknown, unknown);
        }
    }
}

#[test]
fn explanations_under_conditions() {
    let mut seen = Standings::default();
    for (round, mut company) in companies(1500, 5..=14).enumerate() {
        let mut terms = Terms::draw(&mut company, round);
        for (pair, rank) in company
            .eligible()
            .into_iter()
            .skip(round % 3)
            .step_by(2)
            .zip([1, 3, 2])
        {
            if terms.ranks.iter().all(|(known, _)| *known != pair) {
                terms.ranks.push((pair, rank));
            }
        }
        if round % 2 == 0 {
            // More than the two pins of nobody, and more often one that may be made.
            let may = company.eligible().into_iter().step_by(2).take(3);
            let keys = may.map(|(a, b)| (company.key(a).to_owned(), company.key(b).to_owned()));
            terms.pins.extend(keys);
        }
        terms.ask(&company, &Policy::core_only(), |asked| {
            explain(&company, &terms, asked, &mut seen)
        });
    }
    let Standings {
        chosen,
        pinned,
        dear,
        beaten,
        crowded,
        ineligible,
        tied,
    } = seen;
    let counts = [chosen, pinned, dear, beaten, crowded, ineligible, tied];
    assert!(counts.iter().all(|&n| n >= 20), "{counts:?}");
}
