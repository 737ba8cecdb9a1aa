//! Explanations, consequences and counterfactuals of random companies, before a judge that looks at every plan there
//! is and that makes each change by hand in the raw data.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::{Cost, CostBounds, Objective};
use reverse_mentoring::matching::{
    Candidates, Consequence, Criteria, Displaced, Greedy, MatchPlan, Optimal, QuestionError,
    Standing, plan,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::Policy;

#[path = "questions/counterfactuals.rs"]
mod counterfactuals;
#[path = "questions/by_hand.rs"]
mod by_hand;
#[path = "questions/conditions.rs"]
mod conditions;
#[path = "eligibility/defaults.rs"]
mod defaults;
#[path = "eligibility/oracle.rs"]
#[allow(dead_code, reason = "other tests ask this oracle more")]
mod oracle;

use oracle::{Company, company};

/// So many companies of so many people, the same on every run, or as many as `PROPTEST_CASES` says.
fn companies(
    unasked: u32,
    people: std::ops::RangeInclusive<usize>,
) -> impl Iterator<Item = Company> {
    let mut runner = TestRunner::deterministic();
    let strategy = company(people);
    let cases = oracle::cases(unasked).cases;
    (0..cases).map(move |_| strategy.new_tree(&mut runner).unwrap().current())
}

/// A pair by its people's places in the company, with its score.
type Scored = (usize, usize, i64);

/// Everything that can be planned, by brute force.
struct Plans {
    pairs: Vec<Scored>,
    /// A bit for each pair.
    all: Vec<u32>,
}

impl Plans {
    /// `None` where there are too many to look at.
    fn of(company: &Company, pairs: Vec<Scored>) -> Option<Self> {
        if pairs.len() > 11 {
            return None;
        }
        let fits = |plan: u32| {
            (0..company.people.len()).all(|person| {
                let of = |role: usize| {
                    let chosen = chosen(&pairs, plan);
                    chosen.filter(|p| [p.0, p.1][role] == person).count() as u32
                };
                (0..2).all(|role| of(role) == 0 || of(role) <= company.places_left(person, role))
            })
        };
        let all = (0..1u32 << pairs.len()).filter(|&plan| fits(plan));
        let all = all.collect();
        Some(Self { pairs, all })
    }

    /// The criteria of a plan as (columns, rows, pairs, lowest, score).
    fn facts(&self, plan: u32) -> [i64; 5] {
        let distinct = |role: usize| {
            let people: BTreeSet<usize> = chosen(&self.pairs, plan)
                .map(|p| [p.0, p.1][role])
                .collect();
            people.len() as i64
        };
        let scores: Vec<i64> = chosen(&self.pairs, plan).map(|p| p.2).collect();
        let lowest = scores.iter().min().copied().unwrap_or(0);
        [
            distinct(1),
            distinct(0),
            scores.len() as i64,
            lowest,
            scores.iter().sum(),
        ]
    }

    /// The plans of those allowed that no other allowed one beats.
    fn best(&self, objective: Objective, allowed: impl Fn(u32) -> bool) -> Vec<u32> {
        let order: &[usize] = match objective {
            Objective::MostPairs => &[2, 4],
            Objective::BestScore => &[4, 2],
            Objective::MaxMin => &[2, 3, 4],
            Objective::MostPeople => &[0, 1, 2, 4],
            _ => unreachable!(),
        };
        let value = |plan: u32| {
            let facts = self.facts(plan);
            order.iter().map(|&n| facts[n]).collect::<Vec<_>>()
        };
        let plans = || self.all.iter().copied().filter(|&plan| allowed(plan));
        let best = plans().map(value).max();
        plans().filter(|&plan| Some(value(plan)) == best).collect()
    }

    fn cost(&self, objective: Objective, more: u32, less: u32) -> Cost {
        let (more, less) = (self.facts(more), self.facts(less));
        let lost = |n: usize, counts: bool| if counts { more[n] - less[n] } else { 0 };
        Cost {
            columns: lost(0, objective == Objective::MostPeople),
            rows: lost(1, objective == Objective::MostPeople),
            pairs: lost(2, true),
            lowest: lost(3, objective == Objective::MaxMin),
            score: lost(4, true),
        }
    }

    fn people(&self, plan: u32) -> BTreeSet<(usize, usize)> {
        chosen(&self.pairs, plan)
            .flat_map(|p| [(0, p.0), (1, p.1)])
            .collect()
    }

    /// What becomes of the others between two plans, but for one pair.
    fn displaced(&self, from: u32, to: u32, asked: usize) -> [u64; 3] {
        let (had, have) = (self.people(from), self.people(to));
        let parted = from & !to & !(1 << asked);
        [
            u64::from(parted.count_ones()),
            had.difference(&have).count() as u64,
            have.difference(&had).count() as u64,
        ]
    }
}

fn chosen(pairs: &[Scored], plan: u32) -> impl Iterator<Item = &Scored> {
    let pairs = pairs.iter().enumerate();
    pairs
        .filter(move |(n, _)| plan >> n & 1 == 1)
        .map(|(_, pair)| pair)
}

fn find(company: &Company, key: &str) -> usize {
    company.people.iter().position(|p| p.key == key).unwrap()
}

/// The candidates of a company with their scores, as places in it.
fn scored(company: &Company, candidates: &Candidates<'_>) -> Vec<Scored> {
    let all = candidates.iter();
    all.map(|(a, b, score)| (find(company, a), find(company, b), i64::from(score)))
        .collect()
}

fn bits(company: &Company, pairs: &[Scored], plan: &MatchPlan) -> u32 {
    let at = |p: &reverse_mentoring::matching::Proposal| {
        let ends = (
            find(company, p.mentor.as_str()),
            find(company, p.mentee.as_str()),
        );
        pairs
            .iter()
            .position(|pair| (pair.0, pair.1) == ends)
            .unwrap()
    };
    plan.proposals.iter().fold(0, |plan, p| plan | 1 << at(p))
}

#[derive(Default)]
struct Seen {
    chosen: u32,
    beaten: u32,
    costly: u32,
    ineligible: u32,
    displacing: u32,
}

/// Every pair of a company, whatever it is, for every objective.
fn judge(company: &Company, seen: &mut Seen) {
    let roster = company.roster();
    let (policy, context, criteria) =
        (Policy::core_only(), company.context(), Criteria::standard());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let Some(plans) = Plans::of(company, scored(company, &candidates)) else {
        return;
    };
    for objective in Objective::ALL {
        let plan = candidates.plan(&Optimal::by(objective)).unwrap();
        let made = bits(company, &plans.pairs, &plan);
        let questions = candidates.questions(&plan).unwrap();
        let expect = |found: &Option<Consequence>, asked: usize, insisting: bool| {
            let consequence = found.as_ref().unwrap();
            let allowed = |plan: u32| (plan >> asked & 1 == 1) == insisting;
            let best = plans.best(objective, allowed);
            let cost = plans.cost(objective, made, best[0]);
            assert_eq!(consequence.exact(), Some(cost), "{company:?}");
            let Displaced {
                pairs,
                left_out,
                taken_in,
                ..
            } = consequence.displaced.unwrap();
            let mut possible = best.iter().map(|&to| plans.displaced(made, to, asked));
            assert!(
                possible.any(|d| d == [pairs, left_out, taken_in]),
                "{company:?}"
            );
            (cost, pairs > 0)
        };
        for mentor in company.participants() {
            for mentee in company.participants() {
                let (a, b) = (company.key(mentor), company.key(mentee));
                let explanation = questions.explain(a, b).unwrap();
                assert_eq!(
                    (explanation.mentor.as_str(), explanation.mentee.as_str()),
                    (a, b)
                );
                let asked = plans
                    .pairs
                    .iter()
                    .position(|p| (p.0, p.1) == (mentor, mentee));
                let score = asked.map(|n| plans.pairs[n].2);
                let known = |score: &u32, parts: &[reverse_mentoring::matching::Part]| {
                    parts.len() == 4 && parts.iter().map(|p| p.points).sum::<u32>() == *score
                };
                match &explanation.standing {
                    Standing::Ineligible { reasons } => {
                        let codes: Vec<&str> = reasons.iter().map(|r| r.code()).collect();
                        assert_eq!(codes, company.codes(mentor, mentee));
                        assert_eq!(asked, None);
                        let refused = questions.insist(a, b).unwrap_err();
                        assert!(matches!(refused, QuestionError::NoCandidates { .. }));
                        seen.ineligible += 1;
                    }
                    Standing::Chosen {
                        score: points,
                        parts,
                        without,
                    } => {
                        assert_eq!(score, Some(i64::from(*points)));
                        assert!(known(points, parts) && made >> asked.unwrap() & 1 == 1);
                        expect(without, asked.unwrap(), false);
                        assert_eq!(questions.forbid(a, b).unwrap(), *without.as_ref().unwrap());
                        assert!(questions.insist(a, b).unwrap().exact().unwrap().is_none());
                        seen.chosen += 1;
                    }
                    Standing::Beaten {
                        score: points,
                        parts,
                        with,
                    } => {
                        assert_eq!(score, Some(i64::from(*points)));
                        assert!(known(points, parts) && made >> asked.unwrap() & 1 == 0);
                        let (cost, displacing) = expect(with, asked.unwrap(), true);
                        assert_eq!(questions.insist(a, b).unwrap(), *with.as_ref().unwrap());
                        assert!(questions.forbid(a, b).unwrap().exact().unwrap().is_none());
                        seen.beaten += 1;
                        seen.costly += u32::from(!cost.is_none());
                        seen.displacing += u32::from(displacing);
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
        // All partners of everybody at once, without solving.
        for (at, role) in company
            .participants()
            .into_iter()
            .flat_map(|at| [(at, 0), (at, 1)])
        {
            let side = [Role::Mentor, Role::Mentee][role];
            let partners = questions.partners(company.key(at), side).unwrap();
            let expected: Vec<&Scored> = plans
                .pairs
                .iter()
                .filter(|p| [p.0, p.1][role] == at)
                .collect();
            let mut keys: Vec<_> = expected
                .iter()
                .map(|p| (company.key(p.0), company.key(p.1)))
                .collect();
            keys.sort_unstable();
            let found: Vec<_> = partners
                .iter()
                .map(|e| (e.mentor.as_str(), e.mentee.as_str()))
                .collect();
            assert_eq!(found, keys);
            for partner in partners {
                let asked = plans.pairs.iter().position(|p| {
                    (company.key(p.0), company.key(p.1))
                        == (partner.mentor.as_str(), partner.mentee.as_str())
                });
                let (found, insisting) = match partner.standing {
                    Standing::Chosen { without, .. } => (without.unwrap(), false),
                    Standing::Beaten { with, .. } => (with.unwrap(), true),
                    other => panic!("{other:?}"),
                };
                let allowed = |plan: u32| (plan >> asked.unwrap() & 1 == 1) == insisting;
                let cost = plans.cost(objective, made, plans.best(objective, allowed)[0]);
                let CostBounds { at_least, at_most } = found.cost;
                assert!(at_least.cmp_by(&cost, objective).is_le(), "{company:?}");
                assert!(at_most.cmp_by(&cost, objective).is_ge(), "{company:?}");
                assert_eq!(found.displaced, None);
                if objective != Objective::MaxMin {
                    assert_eq!(found.exact(), Some(cost), "{company:?}");
                }
            }
        }
    }
}

#[test]
fn explanations_of_random_companies() {
    let mut seen = Seen::default();
    for company in companies(500, 5..=14) {
        judge(&company, &mut seen);
    }
    let Seen {
        chosen,
        beaten,
        costly,
        ineligible,
        displacing,
    } = seen;
    let counts = [chosen, beaten, costly, ineligible, displacing];
    assert!(counts.iter().all(|&n| n > 300), "{counts:?}");
}

#[test]
fn what_is_not_proven_has_no_price() {
    let company = companies(200, 6..=9)
        .find(|c| c.eligible().len() > 3)
        .unwrap();
    let roster = company.roster();
    let (policy, context, criteria) =
        (Policy::core_only(), company.context(), Criteria::standard());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let greedy = candidates.plan(&Greedy).unwrap();
    let (a, b) = (
        greedy.proposals[0].mentor.as_str(),
        greedy.proposals[0].mentee.as_str(),
    );
    let explanation = candidates.explain(&greedy, a, b).unwrap();
    let Standing::Chosen { without: None, .. } = explanation.standing else {
        panic!("{explanation}");
    };
    let last = "What a change would cost is not known: the plan is not proven to be the best.";
    assert_eq!(explanation.to_string().lines().last(), Some(last));
    let unproven = candidates
        .questions(&greedy)
        .unwrap()
        .forbid(a, b)
        .unwrap_err();
    assert_eq!(unproven, QuestionError::Unproven);
}

#[test]
fn questions_that_cannot_be_answered() {
    let mut all = companies(200, 6..=9).filter(|c| c.eligible().len() > 3);
    let (here, there) = (all.next().unwrap(), all.next().unwrap());
    let (roster, foreign) = (here.roster(), there.roster());
    let (policy, criteria) = (Policy::core_only(), Criteria::standard());
    let (context, elsewhere) = (here.context(), there.context());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let foreign = Eligibility::new(&foreign, &policy, &elsewhere);
    let foreign = plan(&foreign, &criteria, &Optimal::most_pairs()).unwrap();
    assert_eq!(
        candidates.questions(&foreign).unwrap_err(),
        QuestionError::ForeignPlan
    );
    let own = candidates.plan(&Optimal::most_pairs()).unwrap();
    let nobody = candidates.explain(&own, "nobody", "no one").unwrap_err();
    assert_eq!(nobody.to_string(), "`nobody` is not a participant");
    let nobody = candidates
        .questions(&own)
        .unwrap()
        .partners("no one", Role::Mentor)
        .unwrap_err();
    assert_eq!(nobody.to_string(), "`no one` is not a participant");
    let a = here.key(here.participants()[0]);
    let oneself = candidates
        .questions(&own)
        .unwrap()
        .insist(a, a)
        .unwrap_err();
    assert_eq!(
        oneself.to_string(),
        format!("`{a}` and `{a}` may not be paired: `explain` says why")
    );
}
