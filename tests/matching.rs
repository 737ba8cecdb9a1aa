//! Candidates and plans of random companies, before a judge that works everything out from the raw data.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Candidates, Criteria, Greedy, MatchError, MatchPlan, MatchProblem, Matcher, Optimal, Solution,
    UnmatchedReason, plan,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{NotExcluded, OtherUnit, PluginId, Policy};
use reverse_mentoring::roster::Roster;

#[path = "matching/beyond.rs"]
mod beyond;
#[path = "matching/liars.rs"]
mod liars;
#[path = "support/every_plan.rs"]
mod every_plan;
#[path = "support/one_by_one.rs"]
mod one_by_one;
#[path = "eligibility/oracle.rs"]
mod oracle;

use every_plan::{Pairs, every_plan, used, value};
use oracle::{CODES, Company, cases, company};

const RULES: [&str; 2] = ["other-unit", "not-excluded"];
const CRITERIA: [&str; 4] = [
    "mentee-learns",
    "mentor-learns",
    "both-learn",
    "different-unit",
];

/// A company with a policy of two rules: other units, and some pairs excluded.
#[derive(Clone, Debug)]
struct Case {
    company: Company,
    excluded: Vec<(usize, usize)>,
}

impl Case {
    fn new(company: Company, excluded: Vec<(usize, usize)>) -> Self {
        Self { company, excluded }
    }

    /// Excludes all eligible pairs but the first few, so that every plan can be looked at.
    fn small(company: Company, pairs: usize) -> Self {
        let mut case = Self::new(company, Vec::new());
        case.excluded = case.eligible().split_off(pairs.min(case.eligible().len()));
        case
    }

    fn with<T>(&self, roster: &Roster, ask: impl FnOnce(&Eligibility<'_>) -> T) -> T {
        let policy = Policy::core_only().with(OtherUnit).with(NotExcluded);
        let excluded = self.excluded.iter().map(|&(a, b)| self.company.pair(a, b));
        let context = self.company.context().with_excluded(excluded);
        ask(&Eligibility::new(roster, &policy, &context))
    }

    fn plan(&self, matcher: &dyn Matcher) -> MatchPlan {
        let roster = self.company.roster();
        self.with(&roster, |e| {
            plan(e, &Criteria::standard(), matcher).unwrap()
        })
    }

    /// The first rule that objects.
    fn objection(&self, mentor: usize, mentee: usize) -> Option<&'static str> {
        if let Some(code) = self.company.codes(mentor, mentee).first() {
            return Some(code);
        }
        let units = [mentor, mentee].map(|p| self.company.people[p].unit);
        if units[0].is_none() || units[1].is_none() || units[0] == units[1] {
            return Some(RULES[0]);
        }
        self.excluded
            .contains(&(mentor, mentee))
            .then_some(RULES[1])
    }

    /// Sorted by keys.
    fn eligible(&self) -> Pairs {
        let pairs = self.company.eligible().into_iter();
        pairs
            .filter(|&(a, b)| self.objection(a, b).is_none())
            .collect()
    }

    /// What each standard criterion gives.
    fn parts(&self, mentor: usize, mentee: usize) -> [u32; 4] {
        let share = |learner: usize, teacher: usize| {
            let learns = self.company.learns(learner, teacher);
            let wishes = &self.company.people[learner].wishes;
            let each = learns.values().map(|&(from, reached, to)| {
                1000 * u32::from(reached - from) / u32::from(to - from)
            });
            each.sum::<u32>() / wishes.len().max(1) as u32
        };
        let (up, down) = (share(mentee, mentor), share(mentor, mentee));
        let units = [mentor, mentee].map(|p| self.company.people[p].unit);
        let differ = units[0].is_some() && units[1].is_some() && units[0] != units[1];
        [
            up,
            down,
            if up < down { up } else { down },
            if differ { 100 } else { 0 },
        ]
    }

    fn score(&self, pair: (usize, usize)) -> u32 {
        self.parts(pair.0, pair.1).iter().sum()
    }

    /// The pairs of a plan as places in the list of people.
    fn pairs_of(&self, plan: &MatchPlan) -> Pairs {
        let find = |key: &str| {
            self.company
                .people
                .iter()
                .position(|p| p.key == key)
                .unwrap()
        };
        let pairs = plan.proposals.iter();
        pairs
            .map(|p| (find(p.mentor.as_str()), find(p.mentee.as_str())))
            .collect()
    }

    fn keys(&self, (mentor, mentee): (usize, usize)) -> (&str, &str) {
        (self.company.key(mentor), self.company.key(mentee))
    }

    /// Pairs of a role's person, in a list.
    /// Everything that must be true of any plan.
    fn judge(&self, plan: &MatchPlan) {
        let (company, eligible, pairs) = (&self.company, self.eligible(), self.pairs_of(plan));
        let keys: Vec<_> = pairs.iter().map(|&p| self.keys(p)).collect();
        assert!(
            keys.is_sorted() && keys.windows(2).all(|w| w[0] != w[1]),
            "sorted, once each"
        );
        let mut total = 0;
        for (proposal, &(mentor, mentee)) in plan.proposals.iter().zip(&pairs) {
            assert!(eligible.contains(&(mentor, mentee)));
            assert_eq!(proposal.proof.pair(), company.pair(mentor, mentee));
            let parts: Vec<_> = proposal
                .parts
                .iter()
                .map(|p| (p.criterion.name(), p.points))
                .collect();
            let expected = CRITERIA.into_iter().zip(self.parts(mentor, mentee));
            assert_eq!(parts, expected.collect::<Vec<_>>());
            assert_eq!(proposal.score, self.score((mentor, mentee)));
            total += u64::from(proposal.score);
        }
        assert_eq!(plan.total_score, total);
        for person in company.participants() {
            for role in [0, 1] {
                assert!(used(&pairs, person, role) <= company.places_left(person, role));
            }
        }
        self.judge_unmatched(plan, &eligible, &pairs);
        self.judge_funnel(plan, &eligible);
    }

    /// Whoever offered a side and has no pairing there is listed, once, with the true reason and nobody else's key.
    fn judge_unmatched(&self, plan: &MatchPlan, eligible: &Pairs, pairs: &Pairs) {
        let company = &self.company;
        let mut expected = Vec::new();
        for person in company.participants() {
            // By the name of the side.
            for (role, name) in [(1, Role::Mentee), (0, Role::Mentor)] {
                if !company.people[person].sides[role] || used(pairs, person, role) > 0 {
                    continue;
                }
                let partners: Vec<usize> = eligible
                    .iter()
                    .filter(|p| [p.0, p.1][role] == person)
                    .map(|p| [p.1, p.0][role])
                    .collect();
                let free = |&p: &usize| used(pairs, p, 1 - role) < company.places_left(p, 1 - role);
                let other = name.other();
                let many =
                    |n: usize, what: String| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
                let known = many(partners.len(), format!("eligible {other}"));
                let (reason, detail) = if company.places_left(person, role) == 0 {
                    let open = many(
                        company.open_pairings(person, role) as usize,
                        "open pairing".into(),
                    );
                    let places = many(company.places(person, role) as usize, "place".into());
                    let short = company.short_of_hours(person, role);
                    (
                        UnmatchedReason::NoPlace,
                        format!("{open} and {places}{short} as {name}"),
                    )
                } else if partners.is_empty() {
                    (
                        UnmatchedReason::NoEligiblePartner,
                        self.ruled_out(person, role, other),
                    )
                } else if partners.iter().any(free) {
                    (
                        UnmatchedReason::NotChosen,
                        match partners.len() {
                            1 => format!("{known}, who has a free place"),
                            _ => format!("{known}, some with a free place"),
                        },
                    )
                } else {
                    (
                        UnmatchedReason::PartnersTaken,
                        match partners.len() {
                            1 => format!("{known}, whose places are all taken"),
                            _ => format!("{known}, all of their places are taken"),
                        },
                    )
                };
                expected.push((
                    company.key(person).to_owned(),
                    company.id(person),
                    name,
                    reason,
                    detail,
                ));
            }
        }
        let found: Vec<_> = plan
            .unmatched
            .iter()
            .map(|u| {
                (
                    u.key.to_string(),
                    u.participant,
                    u.role,
                    u.reason,
                    u.detail.clone(),
                )
            })
            .collect();
        assert_eq!(found, expected);
        for unmatched in &plan.unmatched {
            assert!(
                company
                    .people
                    .iter()
                    .all(|p| !unmatched.detail.contains(&p.key))
            );
        }
    }

    fn ruled_out(&self, person: usize, role: usize, other: Role) -> String {
        let people = self.company.participants().into_iter();
        let others = people.filter(|&p| p != person && self.company.people[p].sides[1 - role]);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for p in others {
            let (mentor, mentee) = if role == 0 { (person, p) } else { (p, person) };
            let by = self.objection(mentor, mentee).unwrap();
            let all = CODES.iter().chain(&RULES);
            *counts
                .entry(all.into_iter().position(|c| *c == by).unwrap())
                .or_default() += 1;
        }
        let name = |at: usize| *CODES.iter().chain(&RULES).nth(at).unwrap();
        let said: Vec<String> = counts
            .iter()
            .map(|(at, n)| format!("{n} by {}", name(*at)))
            .collect();
        match said.as_slice() {
            [] => format!("there are no {other}s"),
            _ => format!("{other}s ruled out: {}", said.join(", ")),
        }
    }

    /// The losses of the first objections and the eligible pairs add up to everybody with everybody.
    fn judge_funnel(&self, plan: &MatchPlan, eligible: &Pairs) {
        let people = self.company.participants();
        let mut lost: BTreeMap<&str, u64> = BTreeMap::new();
        for &mentor in &people {
            for &mentee in &people {
                if let Some(rule) = self.objection(mentor, mentee) {
                    *lost.entry(rule).or_default() += 1;
                }
            }
        }
        let funnel = &plan.funnel;
        let found: Vec<_> = funnel
            .lost
            .iter()
            .map(|l| (l.rule.name(), l.pairs))
            .collect();
        let expected = CODES.into_iter().chain(RULES);
        let expected = expected.map(|rule| (rule, lost.get(rule).copied().unwrap_or(0)));
        assert_eq!(found, expected.collect::<Vec<_>>());
        assert_eq!(funnel.eligible, eligible.len() as u64);
        assert_eq!(funnel.considered, (people.len() * people.len()) as u64);
        let sum: u64 = funnel.lost.iter().map(|l| l.pairs).sum();
        assert_eq!(sum + funnel.eligible, funnel.considered);
    }

    /// What the objective compares, in its order.
    fn value(&self, pairs: &[(usize, usize)], objective: Objective) -> Vec<u64> {
        value(pairs, objective, |pair| self.score(pair).into())
    }

    /// The best value of all plans there are, one by one.
    fn best(&self, objective: Objective) -> Vec<u64> {
        let plans = every_plan(&self.eligible(), |person, role| {
            self.company.places_left(person, role)
        });
        let values = plans.iter().map(|plan| self.value(plan, objective));
        values.max().unwrap()
    }
}

/// A matcher that chooses nobody.
#[derive(Debug)]
struct Nobody;

impl Matcher for Nobody {
    fn id(&self) -> PluginId {
        PluginId::new("nobody", 1)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        Ok(Solution::unproven(problem.graph(), []))
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn candidates_are_the_oracles_with_the_oracles_scores(company in company(10..=25)) {
        let case = Case::new(company, Vec::new());
        let roster = case.company.roster();
        let expected: Vec<_> = case
            .eligible()
            .into_iter()
            .map(|p| (case.company.key(p.0).to_owned(), case.company.key(p.1).to_owned(), case.score(p)))
            .collect();
        case.with(&roster, |eligibility| {
            let criteria = Criteria::standard();
            let candidates = Candidates::collect(eligibility, &criteria).unwrap();
            let found = candidates.iter().map(|(a, b, score)| (a.to_owned(), b.to_owned(), score));
            assert_eq!(found.collect::<Vec<_>>(), expected);
            assert_eq!((candidates.len(), candidates.is_empty()), (expected.len(), expected.is_empty()));
        });
    }

    #[test]
    fn every_plan_stands_before_the_judge(company in company(10..=25)) {
        let case = Case::new(company, Vec::new());
        for objective in Objective::ALL {
            let plan = case.plan(&Optimal::by(objective));
            case.judge(&plan);
            assert_eq!((plan.objective, plan.matcher.to_string().as_str()), (Some(objective), "optimal@1"));
            let certificate = plan.certificate.unwrap();
            assert!(certificate.verified && certificate.scope.as_str() == "all_eligible");
            let (pairs, total) = (plan.proposals.len() as u64, plan.total_score);
            assert_eq!((certificate.pairs_bound, certificate.score_bound), (pairs, total));
            assert!(plan.unmatched.iter().all(|u| u.reason != UnmatchedReason::NotChosen));
        }
        let nobody = case.plan(&Nobody);
        case.judge(&nobody);
        assert!(nobody.proposals.is_empty() && nobody.unmatched.iter().all(|u| u.reason != UnmatchedReason::PartnersTaken));
    }

    #[test]
    fn no_plan_is_better(company in company(10..=20)) {
        let case = Case::small(company, 10);
        for objective in Objective::ALL {
            let plan = case.plan(&Optimal::by(objective));
            assert_eq!(case.value(&case.pairs_of(&plan), objective), case.best(objective), "{objective}");
        }
    }

    #[test]
    fn greedy_is_sound_never_better_and_proves_nothing(company in company(10..=25)) {
        let case = Case::new(company, Vec::new());
        let greedy = case.plan(&Greedy);
        case.judge(&greedy);
        let mut by_score = case.eligible();
        by_score.sort_by_key(|&pair| std::cmp::Reverse(case.score(pair))); // ties stay in the order of the keys
        let mut taken: Pairs = Vec::new();
        for pair in by_score {
            let room = |person, role| used(&taken, person, role) < case.company.places_left(person, role);
            if room(pair.0, 0) && room(pair.1, 1) {
                taken.push(pair);
            }
        }
        taken.sort_by_key(|&pair| case.keys(pair));
        assert_eq!(case.pairs_of(&greedy), taken);
        assert_eq!((greedy.objective, greedy.certificate), (None, None));
        assert!(greedy.unmatched.iter().all(|u| u.reason != UnmatchedReason::NotChosen), "it is maximal");
        for objective in Objective::ALL {
            let best = case.plan(&Optimal::by(objective));
            let [ours, theirs] = [&best, &greedy].map(|p| case.value(&case.pairs_of(p), objective));
            assert!(ours >= theirs, "{objective}");
        }
    }

    #[test]
    fn order_of_the_rows_is_nothing(company in company(8..=16), turn in 0usize..16, seed in any::<u64>()) {
        let case = Case::small(company, 12);
        let people = case.company.people.len();
        let mut order: Vec<usize> = (0..people).collect();
        order.rotate_left(turn % people);
        order.sort_by_key(|&p| (p as u64 * 37 + seed % 1009) % 5);
        let mut turned = case.clone();
        turned.company.open.reverse();
        turned.excluded.reverse();
        for person in &mut turned.company.people {
            person.dotted.reverse();
        }
        let (one, other) = (case.company.roster(), turned.company.roster_in(&order));
        for objective in Objective::ALL {
            let ask = |case: &Case, roster| {
                case.with(roster, |e| plan(e, &Criteria::standard(), &Optimal::by(objective)).unwrap())
            };
            let (a, b) = (ask(&case, &one), ask(&turned, &other));
            prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
            prop_assert_eq!(a.to_record(), b.to_record());
        }
    }

    #[test]
    fn reporting_groups_are_nothing(company in company(8..=16), by in 1usize..8) {
        let case = Case::new(company, Vec::new());
        let mut regrouped = case.clone();
        let people = &mut regrouped.company.people;
        let groups: Vec<_> = people.iter().map(|p| p.group).collect();
        for (person, group) in people.iter_mut().zip(groups.into_iter().cycle().skip(by)) {
            person.group = group;
        }
        let (a, b) = (case.plan(&Optimal::most_pairs()), regrouped.plan(&Optimal::most_pairs()));
        // Only the evidence may tell them apart: it holds the fingerprint of the roster.
        let plain = |plan: &MatchPlan, company: &Company| {
            let fingerprint = company.roster().fingerprint();
            format!("{plan:?}").replace(&fingerprint.to_string(), "the roster")
        };
        prop_assert_eq!(plain(&a, &case.company), plain(&b, &regrouped.company));
        prop_assert_eq!(a.to_record(), b.to_record());
    }
}

#[test]
fn nobody_has_an_empty_plan() {
    let case = Case::new(
        Company {
            people: Vec::new(),
            load: 15,
            open: Vec::new(),
            exempt: Vec::new(),
        },
        Vec::new(),
    );
    for matcher in [&Optimal::most_pairs() as &dyn Matcher, &Greedy, &Nobody] {
        let plan = case.plan(matcher);
        case.judge(&plan);
        assert!(
            plan.to_string()
                .starts_with("0 pairs of 0 eligible, total score 0")
        );
    }
}

/// Where the second rule of a policy rules everybody out whom nothing else does, it is the one that is named.
#[test]
fn whoever_a_later_rule_rules_out_is_told_so() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut told = 0;
    for _ in 0..32 {
        let company = company(10..=25).new_tree(&mut runner).unwrap().current();
        let case = Case::small(company, 0);
        let plan = case.plan(&Optimal::most_pairs());
        case.judge(&plan);
        let mut details = plan.unmatched.iter().map(|u| u.detail.as_str());
        told += usize::from(details.any(|detail| detail.contains("by not-excluded")));
    }
    assert!(told > 5, "{told}");
}
