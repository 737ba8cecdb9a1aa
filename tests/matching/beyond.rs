//! Rows of pairs at once, and plans whose pairs are not all kept: the same as with every pair, one by one.

use std::num::NonZeroU32;
use std::ops::{ControlFlow, RangeInclusive};
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reverse_mentoring::chrono::Days;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::{Edge, Objective};
use reverse_mentoring::matching::stable::{Preferences, Ranks};
use reverse_mentoring::matching::{
    Assessment, BothLearn, Bound, Candidates, Criteria, Criterion, DifferentUnit, Greedy, Limits,
    MatchError, MatchPlan, MatchProblem, Matcher, MenteeLearns, MentorLearns, Optimal, PlanError,
    Progress, Scope, Solution, plan_within,
};
use reverse_mentoring::policy::{
    ConflictingRole, Context, CoolingOff, FormerManager, MinimumGap, NotExcluded, OtherUnit,
    PairView, PastPair, PluginId, Policy, Relation, RelationKind, RowView, Rule, SameManager,
    SameTraining, Violation,
};
use reverse_mentoring::text::{Key, Label};

use super::Case;
use super::one_by_one::OneByOne;
use super::oracle::{Company, cases, company, today};

const PRICED: [Objective; 4] = Objective::ALL;

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Plans without keeping every pair; the shortlist begins with so many of each person.
fn beyond(
    case: &Case,
    criteria: &Criteria,
    matcher: &dyn Matcher,
    shortlist: u8,
) -> Result<MatchPlan, PlanError> {
    let limits = Limits::default().keep_at_most(0).shortlist(shortlist);
    let roster = case.company.roster();
    case.with(&roster, |may| {
        plan_within(may, criteria, matcher, limits, &mut go_on)
    })
}

/// Draws a company and gives everybody other skills: of `skills` many, with now and then somebody who has most of them.
fn skilled(people: RangeInclusive<usize>, skills: u8) -> impl Strategy<Value = Company> {
    (company(people), any::<u64>()).prop_map(move |(mut company, mut seed)| {
        let mut below = |n: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        for person in &mut company.people {
            let wide = below(20) == 0;
            let mut some = |n: u64| -> Vec<u8> {
                let all = 0..skills;
                all.filter(|_| {
                    below(u64::from(skills)) < if wide { u64::from(skills) * 3 / 4 } else { n }
                })
                .collect()
            };
            let (offers, wishes) = (some(4), some(4));
            person.offers = offers.iter().map(|&s| (s, 1 + below(5) as u8)).collect();
            person.wishes = wishes
                .iter()
                .map(|&s| {
                    let from = below(5) as u8;
                    (s, (from, from + 1 + below(u64::from(5 - from)) as u8))
                })
                .collect();
        }
        company
    })
}

/// Every eligible pair with the oracle's score, as (mentor, mentee, score).
fn oracles(case: &Case) -> Vec<(String, String, u32)> {
    let eligible = case.eligible().into_iter();
    eligible
        .map(|pair| {
            let (mentor, mentee) = case.keys(pair);
            (mentor.to_owned(), mentee.to_owned(), case.score(pair))
        })
        .collect()
}

fn collected(case: &Case, criteria: &Criteria) -> Vec<(String, String, u32)> {
    let roster = case.company.roster();
    case.with(&roster, |may| {
        let candidates = Candidates::collect(may, criteria).unwrap();
        let all = candidates.iter();
        all.map(|(a, b, score)| (a.to_owned(), b.to_owned(), score))
            .collect()
    })
}

/// The shipped criteria, one by one, with weights.
fn one_by_one(weights: [u32; 4]) -> Criteria {
    let [a, b, c, d] = weights;
    let criteria = Criteria::none().with(OneByOne(MenteeLearns), a).unwrap();
    let criteria = criteria.with(OneByOne(MentorLearns), b).unwrap();
    let criteria = criteria.with(OneByOne(BothLearn), c).unwrap();
    criteria.with(OneByOne(DifferentUnit), d).unwrap()
}

fn by_rows(weights: [u32; 4]) -> Criteria {
    let [a, b, c, d] = weights;
    let criteria = Criteria::none().with(MenteeLearns, a).unwrap();
    let criteria = criteria.with(MentorLearns, b).unwrap();
    let criteria = criteria.with(BothLearn, c).unwrap();
    criteria.with(DifferentUnit, d).unwrap()
}

proptest! {
    #![proptest_config(cases(24))]

    /// Few skills that many have, more than a processor word has bits, and people who wish for most of them.
    #[test]
    fn rows_are_what_their_pairs_are(
        few in company(60..=90),
        many in skilled(60..=90, 150),
        weights in prop::array::uniform4(0u32..4),
    ) {
        for company in [few, many] {
            let case = Case::new(company, Vec::new());
            assert_eq!(collected(&case, &Criteria::standard()), oracles(&case));
            assert_eq!(collected(&case, &by_rows(weights)), collected(&case, &one_by_one(weights)));
        }
    }
}

/// Checks one pair at a time, whatever the rule inside knows to do.
#[derive(Debug)]
struct Singly<R>(R);

impl<R: Rule> Rule for Singly<R> {
    fn id(&self) -> PluginId {
        self.0.id()
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        self.0.check(pair, context)
    }
}

/// A context in which each of the shipped rules has something to say, or, one of them, nothing.
fn past(company: &Company, left_out: usize, seed: usize) -> Context {
    let people = company.participants();
    let nth = |n: usize| people[(seed + n * 7) % people.len()];
    let id = |n: usize| company.id(nth(n));
    let day = |back: u64| today() - Days::new(back);
    let context = company.context();
    let with = |wanted: usize| if wanted == left_out { 0 } else { 12 };
    let former = (0..with(0)).map(|n| FormerManager {
        person: id(n),
        manager: Key::new(company.key(nth(n / 3))).unwrap(),
        until: day(40 * n as u64),
    });
    let relations = (0..with(1)).map(|n| Relation {
        kind: [
            RelationKind::Coach,
            RelationKind::Sponsor,
            RelationKind::Evaluator,
        ][n % 3],
        by: id(n),
        of: id(n + 5),
    });
    let past = (0..with(2)).map(|n| PastPair {
        pair: company.pair(nth(n), nth(n + 3)),
        ended: day(50 * n as u64),
    });
    let excluded = (0..with(3)).map(|n| company.pair(nth(n), nth(2 * n + 1)));
    let label = || Label::new("onboarding").unwrap();
    let trained = people
        .iter()
        .filter(|&&p| with(4) == 0 || (p + seed) % 3 > 0);
    let context = context
        .with_former_managers(former)
        .with_relations(relations);
    let context = context.with_past(past).with_excluded(excluded);
    context.with_trained(trained.map(|&p| (company.id(p), label())))
}

/// Each shipped rule twice: as it is, and one pair at a time.
fn shipped_rules() -> [(Policy, Policy); 8] {
    let both = |a: Policy, b: Policy| (a, b);
    let core = Policy::core_only;
    let training = || SameTraining::of(Label::new("onboarding").unwrap());
    [
        both(
            core().with(MinimumGap::default()),
            core().with(Singly(MinimumGap::default())),
        ),
        both(
            core().with(MinimumGap::of_grades(2)),
            core().with(Singly(MinimumGap::of_grades(2))),
        ),
        both(
            core().with(SameManager::default()),
            core().with(Singly(SameManager::default())),
        ),
        both(core().with(OtherUnit), core().with(Singly(OtherUnit))),
        both(
            core().with(ConflictingRole),
            core().with(Singly(ConflictingRole)),
        ),
        both(
            core().with(CoolingOff::months(9)),
            core().with(Singly(CoolingOff::months(9))),
        ),
        both(core().with(training()), core().with(Singly(training()))),
        both(core().with(NotExcluded), core().with(Singly(NotExcluded))),
    ]
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn rules_say_of_rows_what_they_say_of_pairs(company in company(30..=50), left_out in 0usize..5, seed in 0usize..50) {
        let (roster, context) = (company.roster(), past(&company, left_out, seed));
        for (rows, singly) in shipped_rules() {
            let ask = |policy: &Policy, criteria: &Criteria| {
                let may = Eligibility::new(&roster, policy, &context);
                let all = Candidates::collect(&may, criteria).unwrap();
                let pairs = all.iter().map(|(a, b, score)| (a.to_owned(), b.to_owned(), score));
                (pairs.collect::<Vec<_>>(), all.funnel().clone())
            };
            // Scores too: here also of people whose unit nobody knows.
            assert_eq!(ask(&rows, &by_rows([1; 4])), ask(&singly, &one_by_one([1; 4])));
        }
    }
}

/// Every rule takes some pairs away in these contexts, and leaves some.
#[test]
fn the_rules_have_something_to_say() {
    let mut runner = TestRunner::deterministic();
    let mut taken = [0; 8];
    for seed in 0..40 {
        let company = company(30..=50).new_tree(&mut runner).unwrap().current();
        let (roster, context) = (company.roster(), past(&company, 5, seed));
        for ((policy, _), taken) in shipped_rules().iter().zip(&mut taken) {
            let may = Eligibility::new(&roster, policy, &context);
            let criteria = Criteria::none();
            let all = Candidates::collect(&may, &criteria).unwrap();
            *taken += u64::from(!all.is_empty()) * all.funnel().lost.last().unwrap().pairs;
        }
    }
    assert!(taken.iter().all(|&pairs| pairs > 5), "{taken:?}");
}

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn a_shortlist_that_is_completed_is_as_good_as_every_pair(company in company(10..=40), shortlist in 1u8..4) {
        let case = Case::new(company, Vec::new());
        for objective in PRICED {
            let matcher = Optimal::by(objective);
            let (all, few) = (case.plan(&matcher), beyond(&case, &Criteria::standard(), &matcher, shortlist).unwrap());
            case.judge(&few);
            assert_eq!((few.proposals.len(), few.total_score), (all.proposals.len(), all.total_score));
            assert_eq!((&few.funnel, few.objective), (&all.funnel, all.objective));
            assert_eq!(few.certificate, all.certificate);
            assert_eq!(few.certificate.map(|c| (c.scope, c.verified)), Some((Scope::AllEligible, true)));
        }
        let greedy = beyond(&case, &Criteria::standard(), &Greedy, shortlist).unwrap();
        case.judge(&greedy);
        assert_eq!(greedy.certificate, None);
    }

    /// The bounds hold of every plan there is, whenever it is stopped.
    #[test]
    fn a_plan_that_is_stopped_has_bounds(company in company(20..=40), after in 0u32..6) {
        let case = Case::new(company, Vec::new());
        for objective in PRICED {
            let matcher = Optimal::by(objective);
            let best = case.plan(&matcher);
            let limits = Limits::default().keep_at_most(0).shortlist(1);
            let (roster, mut told) = (case.company.roster(), 0);
            let plan = case.with(&roster, |may| {
                plan_within(may, &Criteria::standard(), &matcher, limits, &mut |_| {
                    told += 1;
                    if told > after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })
            });
            let plan = plan.unwrap();
            case.judge(&plan);
            let bounds = plan.certificate.unwrap();
            assert_eq!(bounds.scope, Scope::AllEligible);
            let value = |plan: &MatchPlan| case.value(&case.pairs_of(plan), objective);
            if bounds.verified {
                assert_eq!(value(&plan), value(&best));
            }
            let (pairs, total) = (best.proposals.len() as u64, best.total_score);
            let ours = (plan.proposals.len() as u64, plan.total_score);
            let compared = |plan: &MatchPlan| case.value(&case.pairs_of(plan), objective);
            let as_good = |n: usize| compared(&plan)[..n] == compared(&best)[..n];
            match objective {
                Objective::MostPairs => {
                    assert!(bounds.pairs_bound >= pairs);
                    assert!(ours.0 < pairs || bounds.score_bound >= total);
                }
                Objective::BestScore => {
                    assert!(bounds.score_bound >= total);
                    assert!(ours.1 < total || bounds.pairs_bound >= pairs);
                }
                // Of plans with as many pairs, and with no lower score than the lowest of this one.
                Objective::MaxMin => {
                    assert!(bounds.pairs_bound >= pairs);
                    assert!(!as_good(1) || bounds.score_bound >= total);
                }
                // Of plans with as many mentees and mentors, and with as many pairs.
                _ => {
                    assert!(!as_good(2) || bounds.pairs_bound >= pairs);
                    assert!(!as_good(3) || bounds.score_bound >= total);
                }
            }
        }
    }

    /// A criterion without a bound: as many pairs as with every pair kept, and the plan claims no more than it proves.
    #[test]
    fn a_criterion_without_a_bound_is_proven_of_the_candidates(company in company(20..=40)) {
        let case = Case::new(company, Vec::new());
        let most = Optimal::most_pairs();
        let (all, few) = (case.plan(&most), beyond(&case, &one_by_one([1; 4]), &most, 1).unwrap());
        case.judge(&few);
        assert_eq!(few.proposals.len(), all.proposals.len());
        assert!(few.total_score <= all.total_score);
        let proof = few.certificate.unwrap();
        assert!(proof.verified);
        if proof.scope == Scope::AllEligible {
            assert_eq!(few.total_score, all.total_score, "all pairs have become candidates");
        }
    }

    /// A bound that is far above the points proves as much as exact ones.
    #[test]
    fn a_criterion_with_a_loose_bound(company in company(20..=40), slack in 0u32..300) {
        let case = Case::new(company, Vec::new());
        for objective in PRICED {
            let loose = Criteria::none().with(Loose(slack), 1).unwrap();
            let exact = Criteria::none().with(MenteeLearns, 1).unwrap();
            let matcher = Optimal::by(objective);
            let few = beyond(&case, &loose, &matcher, 1).unwrap();
            let roster = case.company.roster();
            let all = case.with(&roster, |may| Candidates::collect(may, &exact).unwrap().plan(&matcher).unwrap());
            assert_eq!((few.proposals.len(), few.total_score), (all.proposals.len(), all.total_score));
            assert_eq!(few.certificate, all.certificate);
        }
    }
}

/// What the mentee learns, with a bound that is higher by so many points.
#[derive(Debug)]
struct Loose(u32);

impl Criterion for Loose {
    fn id(&self) -> PluginId {
        PluginId::new("loose", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=1000
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        MenteeLearns.assess(pair)
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        MenteeLearns.assess_row(row, points);
        points.iter_mut().for_each(|p| *p = (*p + self.0).min(1000));
        Bound::Upper
    }
}

/// Several runs of mentees, and lists as well as tables, before the oracle; then the same beyond the limits.
#[test]
fn companies_of_several_runs() {
    let mut runner = TestRunner::deterministic();
    for skills in [4, 40] {
        let company = if skills == 4 {
            company(700..=700).new_tree(&mut runner).unwrap().current()
        } else {
            skilled(700..=700, skills)
                .new_tree(&mut runner)
                .unwrap()
                .current()
        };
        let mentees = company.people.iter().filter(|p| p.sides[1]).count();
        assert!(mentees > 2 * 128, "{mentees}");
        let case = Case::new(company, Vec::new());
        assert_eq!(collected(&case, &Criteria::standard()), oracles(&case));
        for objective in PRICED {
            let matcher = Optimal::by(objective);
            let (all, few) = (
                case.plan(&matcher),
                beyond(&case, &Criteria::standard(), &matcher, 2).unwrap(),
            );
            assert_eq!(
                (few.proposals.len(), few.total_score),
                (all.proposals.len(), all.total_score)
            );
            assert_eq!((few.certificate, few.funnel), (all.certificate, all.funnel));
            // Without bounds, the total is not the best, but not far from it.
            let few = beyond(&case, &one_by_one([1; 4]), &matcher, 2).unwrap();
            assert!(
                few.total_score * 100 >= all.total_score * 80,
                "{} {}",
                few.total_score,
                all.total_score
            );
        }
    }
}

/// Four people on each side, everybody with everybody.
fn eight() -> Case {
    let person = |at: usize| super::oracle::Person {
        key: format!("key-{at}"),
        manager: None,
        dotted: Vec::new(),
        grade: Some(if at < 4 { 1 } else { 5 }),
        months: None,
        unit: Some(at as u8),
        sides: [at < 4, at >= 4],
        capacity: 1,
        hours: None,
        offers: [(u8::from(at >= 4), 1 + (at % 4) as u8)].into(),
        wishes: [(u8::from(at < 4), (0, 5))].into(),
        group: None,
    };
    let company = Company {
        people: (0..8).map(person).collect(),
        load: 15,
        open: Vec::new(),
        exempt: Vec::new(),
    };
    Case::new(company, Vec::new())
}

/// More is learnt than 16 bits can sum: by some, by all, on one side and on both.
#[test]
fn people_who_wish_for_very_much() {
    for (mentors, mentees) in [
        (65, 65),
        (66, 65),
        (65, 66),
        (66, 66),
        (100, 3),
        (3, 100),
        (200, 150),
    ] {
        let mut case = eight();
        for (at, person) in case.company.people.iter_mut().enumerate() {
            let wishes = if at < 4 { mentors } else { mentees };
            // The last of each side wishes for one thing only.
            let wishes = if at % 4 == 3 { 1 } else { wishes };
            person.offers = (0..=200)
                .map(|skill| (skill, 5 - u8::from(at % 4 == 1 && skill < 9)))
                .collect();
            person.wishes = (0..wishes)
                .map(|skill| (skill, (3 - (at % 3) as u8, 5)))
                .collect();
        }
        let expected = oracles(&case);
        assert_eq!(expected.len(), 16);
        assert_eq!(
            collected(&case, &Criteria::standard()),
            expected,
            "{mentors} {mentees}"
        );
    }
}

/// Chooses by score and claims that nobody could do better.
#[derive(Debug)]
struct Settled;

impl Matcher for Settled {
    fn id(&self) -> PluginId {
        PluginId::new("settled", 1)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        Greedy.solve(problem)
    }

    fn preferences(&self, problem: &MatchProblem<'_>) -> Option<Preferences> {
        let by_score = |edge: Edge| NonZeroU32::new(u32::MAX - edge.score);
        Some(Preferences::new(problem.graph(), |edge| Ranks {
            by_row: by_score(edge),
            by_column: by_score(edge),
        }))
    }
}

#[test]
fn stability_beyond_the_limits_is_refused() {
    let error = beyond(&eight(), &Criteria::standard(), &Settled, 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "matcher `settled@1` failed: whether a plan is stable is not checked over pairs that are too many to be kept; plan by an objective, or a part of the programme at a time"
    );
}

/// Says one thing of a row and another of its pairs.
#[derive(Debug)]
struct TwoFaced(Bound);

impl Criterion for TwoFaced {
    fn id(&self) -> PluginId {
        PluginId::new("two-faced", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=10
    }

    fn assess(&self, _: &PairView<'_>) -> Assessment {
        Assessment::new(7)
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        self.bound_row(row, points);
    }

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        points.fill(5);
        self.0
    }
}

#[test]
fn a_criterion_with_two_faces_is_named() {
    let two_faced = |bound| Criteria::standard().with(TwoFaced(bound), 1).unwrap();
    for bound in [Bound::Exact, Bound::Upper] {
        let error = beyond(&eight(), &two_faced(bound), &Optimal::most_pairs(), 2).unwrap_err();
        let PlanError::UnsteadyScore { criteria, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(criteria, &[PluginId::new("two-faced", 1)]);
    }
    // Where every pair is kept, the pairs of the plan are assessed again by themselves.
    let case = eight();
    let roster = case.company.roster();
    let error = case.with(&roster, |may| {
        let criteria = two_faced(Bound::Unknown);
        Candidates::collect(may, &criteria)
            .unwrap()
            .plan(&Greedy)
            .unwrap_err()
    });
    assert!(matches!(error, PlanError::UnsteadyScore { .. }), "{error}");
}

/// The limits are exact: as many pairs as are kept at most, or one more.
#[test]
fn the_limit_itself_is_kept() {
    let case = eight();
    let roster = case.company.roster();
    for (most, asked) in [(16, 0), (15, 1)] {
        let rounds = AtomicU32::new(0);
        let limits = Limits::default().keep_at_most(most);
        case.with(&roster, |may| {
            plan_within(
                may,
                &Criteria::standard(),
                &Optimal::most_pairs(),
                limits,
                &mut |progress| {
                    if matches!(progress, Progress::Solved { .. }) {
                        rounds.fetch_add(1, Ordering::Relaxed);
                    }
                    ControlFlow::Continue(())
                },
            )
            .unwrap();
        });
        assert_eq!(rounds.into_inner(), asked, "{most}");
    }
}
