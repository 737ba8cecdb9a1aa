//! Matching again: kept pairs, waiting, and what runs.

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Candidates, Conditions, Criteria, Greedy, KeptPair, Optimal, Wait, Waiting,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{Context, Policy};

use super::oracle::{Company, cases, today};
use super::words::{Scores, ask, keys, pair, people};
use super::{Case, Pairs, companies, every_plan, ways};

fn parts(plan: &reverse_mentoring::matching::MatchPlan) -> Vec<Vec<(&str, u32)>> {
    let proposals = plan.proposals.iter();
    proposals
        .map(|p| {
            p.parts
                .iter()
                .map(|p| (p.criterion.name(), p.points))
                .collect()
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn kept_pairs_cost_their_weight(company in companies(), seed in any::<u64>(), old in vec(any::<Index>(), 0..6), weight in 0u32..9) {
        let case = Case::new(company, 12, seed);
        let everybody = case.company.people.len();
        // Pairs of the earlier plan, also some that may not be any more.
        let old: Pairs = old.iter().map(|at| (at.index(everybody), at.index(2 * everybody + 1) % everybody)).collect();
        let eligible = case.eligible();
        let old: Pairs = eligible.iter().step_by(3).copied().chain(old).collect();
        let kept = KeptPair::of(old.iter().map(|&(a, b)| case.company.pair(a, b)));
        let criteria = case.criteria().with(kept.clone(), weight).unwrap();
        let is_old = |pair| u64::from(old.contains(&pair));
        let score = |pair| case.score(pair) + u64::from(weight) * is_old(pair);
        let plans = case.plans(&eligible);
        for (objective, way) in ways() {
            let plan = case.plan_by(way, &criteria, &Conditions::none(), &Optimal::by(objective)).unwrap();
            let pairs = case.pairs_of(&plan);
            for (parts, &pair) in parts(&plan).into_iter().zip(&pairs) {
                let expected = [("drawn", case.score(pair) as u32), ("kept-pair", weight * is_old(pair) as u32)];
                prop_assert_eq!(parts, expected);
            }
            let value = |pairs: &Pairs| every_plan::value(pairs, objective, score);
            prop_assert_eq!(value(&pairs), plans.iter().map(value).max().unwrap(), "{} {:?}", objective, way);
            prop_assert_eq!(plan.total_score, pairs.iter().map(|&p| score(p)).sum::<u64>());

            // As a tie-break: the fewest changes among the best, and no better plan given up for it.
            let ties = Criteria::none().with(kept.clone(), 1).unwrap();
            let conditions = Conditions::none().with_tie_break(ties);
            let plan = case.plan_by(way, &case.criteria(), &conditions, &Optimal::by(objective)).unwrap();
            let value = |pairs: &Pairs| {
                let mut value = every_plan::value(pairs, objective, |p| case.score(p));
                value.push(pairs.iter().map(|&p| is_old(p)).sum());
                value
            };
            prop_assert_eq!(value(&case.pairs_of(&plan)), plans.iter().map(value).max().unwrap(), "{} {:?}", objective, way);
        }
    }

    #[test]
    fn who_waited_longer_comes_first(company in companies(), seed in any::<u64>(), waits in vec((any::<Index>(), any::<bool>(), -30i64..500), 0..12), weight in 0u32..4) {
        let case = Case::new(company, 12, seed);
        let everybody = case.company.people.len();
        let waits: Vec<(usize, usize, i64)> = waits
            .iter()
            .map(|(at, role, days)| (at.index(everybody), usize::from(*role), *days))
            .collect();
        let since = |days: i64| -> NaiveDate {
            if days < 0 { today() + Days::new(days.unsigned_abs()) } else { today() - Days::new(days.unsigned_abs()) }
        };
        let roles = [Role::Mentor, Role::Mentee];
        let all = waits.iter().map(|&(person, role, days)| Wait { person: case.company.id(person), role: roles[role], since: since(days) });
        let criteria = case.criteria().with(Waiting::on(today(), all), weight).unwrap();
        let days = |person: usize, role: usize| {
            let of = waits.iter().filter(|w| (w.0, w.1) == (person, role)).map(|w| w.2);
            of.max().unwrap_or(0).clamp(0, 365) as u64
        };
        let waited = |(a, b): (usize, usize)| u64::from(weight) * (days(a, 0) + days(b, 1));
        let score = |pair| case.score(pair) + waited(pair);
        let plans = case.plans(&case.eligible());
        for (objective, way) in ways() {
            let plan = case.plan_by(way, &criteria, &Conditions::none(), &Optimal::by(objective)).unwrap();
            let pairs = case.pairs_of(&plan);
            for (parts, &pair) in parts(&plan).into_iter().zip(&pairs) {
                prop_assert_eq!(parts, [("drawn", case.score(pair) as u32), ("waiting", waited(pair) as u32)]);
            }
            let value = |pairs: &Pairs| every_plan::value(pairs, objective, score);
            prop_assert_eq!(value(&pairs), plans.iter().map(value).max().unwrap(), "{} {:?}", objective, way);
        }
    }
}

/// The first pair of the best plan, nothing being insisted on.
fn first_pair(company: &Company, context: &Context, criteria: &Criteria) -> (String, String) {
    let matcher = Optimal::most_pairs();
    let plan = ask(company, context, criteria, &Conditions::none(), &matcher).unwrap();
    let (mentor, mentee) = keys(&plan)[0];
    (mentor.to_owned(), mentee.to_owned())
}

/// The weight is the price of a change: at 500 the old pair stays against 500 points more, and goes for 501.
#[test]
fn what_a_change_costs() {
    let company = people(&[("a", 1), ("b", 1), ("A", 1)]);
    let (context, old) = (company.context(), pair(&company, "a", "A"));
    let with = |gain: u32| {
        let table = Scores(vec![("a", "A", 100), ("b", "A", 100 + gain)]);
        let criteria = Criteria::none().with(table, 1).unwrap();
        let criteria = criteria.with(KeptPair::of([old]), 500).unwrap();
        first_pair(&company, &context, &criteria).0
    };
    assert_eq!((with(499).as_str(), with(501).as_str()), ("a", "b"));
    // One more pair is worth any change, under the objective that puts it first.
    let mut company = people(&[("a", 1), ("b", 1), ("A", 1), ("B", 1)]);
    company.people[1].manager = Some(3); // b works for B
    let criteria = Criteria::none()
        .with(KeptPair::of([pair(&company, "a", "A")]), 500)
        .unwrap();
    let by = |objective| {
        let matcher = Optimal::by(objective);
        let context = company.context();
        let plan = ask(&company, &context, &criteria, &Conditions::none(), &matcher).unwrap();
        keys(&plan).len()
    };
    assert_eq!((by(Objective::MostPairs), by(Objective::BestScore)), (2, 1));
}

/// Three points a day: a hundred days outweigh 299 points of the pair, and not 301.
#[test]
fn what_a_day_of_waiting_is_worth() {
    let company = people(&[("a", 1), ("A", 1), ("B", 1)]);
    let context = company.context();
    let wait = |key, role, days| Wait {
        person: pair(&company, "a", key).person(role),
        role,
        since: today() - Days::new(days),
    };
    let with = |better, waits: Vec<Wait>| {
        let table = Scores(vec![("a", "A", 0), ("a", "B", better)]);
        let criteria = Criteria::none().with(table, 1).unwrap();
        let criteria = criteria.with(Waiting::on(today(), waits), 3).unwrap();
        first_pair(&company, &context, &criteria).1
    };
    let waits = || vec![wait("A", Role::Mentee, 150), wait("B", Role::Mentee, 50)];
    assert_eq!(
        (with(299, waits()).as_str(), with(301, waits()).as_str()),
        ("A", "B")
    );
    // More than a year is a year, and waiting to mentor says nothing of a mentee.
    let long = vec![wait("A", Role::Mentee, 4_000), wait("B", Role::Mentee, 365)];
    assert_eq!(with(1, long), "B");
    let other_side = vec![wait("A", Role::Mentor, 300)];
    assert_eq!(with(1, other_side), "B");
}

/// What runs holds its places and is not proposed again; a pin cannot take it either.
#[test]
fn what_runs_stays() {
    let mut company = people(&[("a", 1), ("b", 1), ("A", 1), ("B", 1)]);
    company.open.push((0, 2));
    let table = Scores(vec![("a", "A", 9), ("a", "B", 9), ("b", "A", 9)]);
    let criteria = Criteria::none().with(table, 1).unwrap();
    let context = company.context();
    let plan = ask(
        &company,
        &context,
        &criteria,
        &Conditions::none(),
        &Optimal::most_pairs(),
    )
    .unwrap();
    assert_eq!(keys(&plan), [("b", "B")]);
}

/// Everybody is found where they stood, whoever left or joined in between.
#[test]
fn last_prices_by_people() {
    let everybody = [("a", 1), ("b", 1), ("c", 1), ("A", 1), ("B", 1)];
    let mut company = people(&everybody);
    company.people[1].sides = [false, false]; // b joins later
    let context = company.context();
    let none = Criteria::none();
    let matcher = Optimal::most_pairs();
    let first = ask(&company, &context, &none, &Conditions::none(), &matcher).unwrap();
    let last = first.last_prices.unwrap();
    company.people[1].sides = [true, false];
    company.people[3].sides = [false, false]; // A left
    let (roster, policy) = (company.roster(), Policy::core_only());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let later = Candidates::collect(&eligibility, &none).unwrap();
    assert_eq!(last.rows(&later), [Some(0), None, Some(1)]);
    assert_eq!(last.columns(&later), [Some(1)]);
    let greedy = ask(&company, &context, &none, &Conditions::none(), &Greedy).unwrap();
    assert_eq!(greedy.last_prices, None);
}
