//! Plug-ins that break their word, each in one way: refused, and named.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::{Assignment, Graph, Objective, Prices, solve};
use reverse_mentoring::matching::{
    Assessment, Criteria, CriteriaError, Criterion, Greedy, MatchError, MatchPlan, MatchProblem,
    Matcher, PlanError, Solution, plan,
};
use reverse_mentoring::policy::{Context, PairView, PluginId, Policy, Rule, Violation};

use super::oracle::{Company, Person};

/// Two juniors and two seniors; everybody may be paired with everybody of the other side, and has one place.
fn four() -> Company {
    let person = |at: usize| Person {
        key: format!("key-{at}"),
        manager: None,
        dotted: Vec::new(),
        grade: Some(if at < 2 { 1 } else { 5 }),
        months: None,
        unit: None,
        sides: [at < 2, at >= 2],
        capacity: 1,
        hours: None,
        offers: BTreeMap::from([(u8::from(at >= 2), 2 + at as u8)]),
        wishes: BTreeMap::from([(u8::from(at < 2), (0, 5))]),
        group: None,
    };
    Company {
        people: (0..4).map(person).collect(),
        load: 15,
        open: Vec::new(),
        exempt: Vec::new(),
    }
}

fn ask(
    policy: &Policy,
    criteria: &Criteria,
    matcher: &dyn Matcher,
) -> Result<MatchPlan, PlanError> {
    let company = four();
    let (roster, context) = (company.roster(), company.context());
    plan(
        &Eligibility::new(&roster, policy, &context),
        criteria,
        matcher,
    )
}

type Answer = fn(&Graph) -> Result<Solution, MatchError>;

/// Says whatever it is told to.
#[derive(Debug)]
struct Says(Answer);

impl Matcher for Says {
    fn id(&self) -> PluginId {
        PluginId::new("liar", 7)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        (self.0)(problem.graph())
    }
}

fn says(answer: Answer) -> Result<MatchPlan, PlanError> {
    ask(&Policy::core_only(), &Criteria::standard(), &Says(answer))
}

/// The best plan, to be spoilt.
fn honest(graph: &Graph, objective: Objective) -> Solution {
    let best = solve(graph, objective);
    Solution {
        assignment: best.assignment,
        proof: Some((objective, best.certificate)),
    }
}

#[test]
fn a_matcher_that_lies() {
    // Edges 0 and 1 are the first mentor's, edges 0 and 2 the first mentee's.
    let unsound: [(Answer, &str); 11] = [
        (
            |g| Ok(Solution::unproven(g, [0, 4])),
            "the plan names edge `4`, which is not in the graph",
        ),
        (
            |g| Ok(Solution::unproven(g, [0, 0])),
            "the plan uses edge `0` twice",
        ),
        (
            |_| {
                Ok(Solution {
                    assignment: Assignment {
                        edges: vec![3, 0],
                        total: 0,
                    },
                    proof: None,
                })
            },
            "the plan names edge `0` after a higher one",
        ),
        (
            |g| Ok(Solution::unproven(g, [0, 1])),
            "the plan gives row `0` more pairs than it has places",
        ),
        (
            |g| Ok(Solution::unproven(g, [0, 2])),
            "the plan gives column `0` more pairs than it has places",
        ),
        (
            |g| {
                let mut solution = Solution::unproven(g, [0, 3]);
                solution.assignment.total += 1;
                Ok(solution)
            },
            "the plan claims a total of `TOTAL1`, but its edges add up to `TOTAL0`",
        ),
        (
            |g| {
                let mut solution = honest(g, Objective::MostPairs);
                if let Some((_, proof)) = &mut solution.proof {
                    proof.prices.columns.pop();
                }
                Ok(solution)
            },
            "the certificate prices `1` members of a side that has `2`",
        ),
        (
            |g| {
                let mut solution = honest(g, Objective::MaxMin);
                if let Some((_, proof)) = &mut solution.proof {
                    proof.above = None;
                }
                Ok(solution)
            },
            "the certificate lacks a bound that `max-min` needs",
        ),
        (
            |g| {
                let mut solution = honest(g, Objective::BestScore);
                if let Some((_, proof)) = &mut solution.proof {
                    proof.above = Some(Prices::default());
                }
                Ok(solution)
            },
            "the certificate has a bound that `best-score` does not use",
        ),
        (
            |g| {
                let mut solution = honest(g, Objective::MostPairs);
                if let Some((_, proof)) = &mut solution.proof {
                    proof.prices.rows = vec![i128::MAX; 2];
                }
                Ok(solution)
            },
            "the prices of the certificate are too large to add up",
        ),
        (
            |g| {
                let mut solution = honest(g, Objective::MostPairs);
                if let Some((_, proof)) = &mut solution.proof {
                    proof.prices.rows = vec![i128::MIN; 2];
                }
                Ok(solution)
            },
            "the prices of the certificate are too large to add up",
        ),
    ];
    let total = says(|g| Ok(Solution::unproven(g, [0, 3])))
        .unwrap()
        .total_score;
    for (answer, flaw) in unsound {
        let flaw = flaw
            .replace("TOTAL0", &total.to_string())
            .replace("TOTAL1", &(total + 1).to_string());
        assert_eq!(
            says(answer).unwrap_err().to_string(),
            format!("matcher `liar@7` returned an unsound plan: {flaw}")
        );
    }
    assert_eq!(
        says(|_| Err(MatchError::new("out of luck")))
            .unwrap_err()
            .to_string(),
        "matcher `liar@7` failed: out of luck"
    );
}

#[test]
fn a_false_certificate_proves_nothing() {
    // A poor plan with the proof of a good one, and the best plan with prices that say nothing.
    let poor = says(|g| {
        let mut solution = honest(g, Objective::MostPairs);
        solution.assignment = Solution::unproven(g, [0]).assignment;
        Ok(solution)
    });
    let vague = says(|g| {
        let mut solution = honest(g, Objective::MostPairs);
        if let Some((_, proof)) = &mut solution.proof {
            proof.prices = Prices {
                rows: vec![0; 2],
                columns: vec![0; 2],
            };
        }
        Ok(solution)
    });
    for plan in [poor.unwrap(), vague.unwrap()] {
        let certificate = plan.certificate.unwrap();
        assert!(!certificate.verified);
        assert!(certificate.pairs_bound >= 2 && certificate.score_bound >= plan.total_score);
        assert!(!plan.to_string().ends_with("proven best"));
    }
}

/// Gives its n-th answer the n-th number of a list, then the last for good.
#[derive(Debug)]
struct Counts {
    name: &'static str,
    asked: AtomicU32,
    answers: Vec<u32>,
    ranges: Vec<RangeInclusive<u32>>,
    measured: AtomicU32,
}

impl Counts {
    fn new(name: &'static str, answers: &[u32], ranges: &[RangeInclusive<u32>]) -> Self {
        Self {
            name,
            asked: AtomicU32::new(0),
            answers: answers.to_vec(),
            ranges: ranges.to_vec(),
            measured: AtomicU32::new(0),
        }
    }

    fn next<T: Clone>(list: &[T], at: &AtomicU32) -> T {
        let at = at.fetch_add(1, Ordering::Relaxed) as usize;
        list[at.min(list.len() - 1)].clone()
    }
}

impl Criterion for Counts {
    fn id(&self) -> PluginId {
        PluginId::new(self.name, 3)
    }

    fn range(&self) -> RangeInclusive<u32> {
        Self::next(&self.ranges, &self.measured)
    }

    fn assess(&self, _: &PairView<'_>) -> Assessment {
        Assessment::new(Self::next(&self.answers, &self.asked))
    }
}

fn scored(criteria: &[(&'static str, &[u32])]) -> Result<MatchPlan, PlanError> {
    let all = criteria
        .iter()
        .fold(Criteria::none(), |all, (name, answers)| {
            all.with(Counts::new(name, answers, &[1..=9]), 2).unwrap()
        });
    ask(&Policy::core_only(), &all, &Greedy)
}

#[test]
fn a_criterion_out_of_its_range() {
    for points in [0, 10, u32::MAX] {
        assert_eq!(
            scored(&[("good", &[5]), ("wild", &[5, 5, points])])
                .unwrap_err()
                .to_string(),
            format!("criterion `wild@3` gave {points} points, outside its range of 1 to 9")
        );
    }
    assert!(scored(&[("good", &[1]), ("edge", &[9])]).is_ok());
    // Out of range only when the parts are asked for.
    assert_eq!(
        scored(&[("late", &[5, 5, 5, 5, 10])])
            .unwrap_err()
            .to_string(),
        "criterion `late@3` gave 10 points, outside its range of 1 to 9"
    );
}

#[test]
fn a_criterion_is_held_to_the_range_that_it_had_first() {
    #[expect(clippy::reversed_empty_ranges, reason = "a range without points")]
    let empty = 1..=0;
    for (ranges, points, refused) in [
        (
            vec![0..=9, 0..=u32::MAX],
            u32::MAX,
            "criterion `grows@3` gave 4294967295 points, outside its range of 0 to 9",
        ),
        (
            vec![empty],
            0,
            "criterion `grows@3` gave 0 points, outside its range of 1 to 0",
        ),
    ] {
        let criteria = Criteria::none()
            .with(Counts::new("grows", &[points], &ranges), 1_000)
            .unwrap();
        let error = ask(&Policy::core_only(), &criteria, &Greedy).unwrap_err();
        assert_eq!(error.to_string(), refused);
    }
}

#[test]
fn a_criterion_that_changes_its_points() {
    // Four candidates, two of which are chosen and asked about again.
    assert_eq!(
        scored(&[("steady", &[5]), ("moody", &[3, 3, 3, 3, 4, 5])])
            .unwrap_err()
            .to_string(),
        "criterion `moody@3` changed the score of a pair from 16 to 18 when asked again"
    );
    assert_eq!(
        scored(&[("alone", &[3, 3, 3, 3, 4])])
            .unwrap_err()
            .to_string(),
        "criterion `alone@3` changed the score of a pair from 6 to 8 when asked again"
    );
    assert_eq!(
        scored(&[("steady", &[5]), ("once", &[3, 3, 3, 3, 4])])
            .unwrap_err()
            .to_string(),
        "one of the criteria `steady@3`, `once@3` changed the score of a pair from 16 to 18 when asked again"
    );
}

#[test]
fn criteria_that_do_not_go_together() {
    let one = |name, highest| Counts::new(name, &[0], &[0..=highest]);
    let twice = Criteria::none()
        .with(one("a", 1), 1)
        .unwrap()
        .with(one("a", 1), 1);
    assert_eq!(
        twice.unwrap_err().to_string(),
        "there are two criteria named `a`"
    );
    let full = Criteria::none().with(one("a", 1_000_000), 999).unwrap();
    assert!(full.clone().with(one("b", 1_000_000), 1).is_ok());
    for (highest, weight) in [(1_000_001, 1), (u32::MAX, u32::MAX)] {
        let error = full.clone().with(one("b", highest), weight).unwrap_err();
        assert_eq!(error, CriteriaError::TooHigh("b".to_owned()));
        assert_eq!(
            error.to_string(),
            "with `b` a score could be above 1000000000"
        );
    }
}

/// Consents where the n-th number is 0, n counted over all questions.
#[derive(Debug, Clone)]
struct Fickle(Arc<Counts>);

impl Rule for Fickle {
    fn id(&self) -> PluginId {
        PluginId::new("fickle", 2)
    }

    fn check(&self, _: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        match Counts::next(&self.0.answers, &self.0.asked) {
            0 => Ok(()),
            _ => Err(Violation::new("fickle", "not today")),
        }
    }
}

fn fickle(answers: &[u32]) -> Policy {
    Policy::core_only().with(Fickle(Arc::new(Counts::new("", answers, &[0..=0]))))
}

#[test]
fn a_rule_that_changes_its_mind() {
    for (answers, message) in [
        (
            &[0, 0, 0, 0, 1][..],
            "a rule `fickle@2` changed its mind about a pair",
        ),
        (
            &[0, 0, 0, 0, 1, 0][..],
            "a rule changed its mind about a pair",
        ),
    ] {
        let error = ask(&fickle(answers), &Criteria::none(), &Greedy).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    // Asked about one pair, it owes a reason for its no.
    let company = four();
    let (roster, context, policy) = (company.roster(), company.context(), fickle(&[1, 0]));
    let verdict = Eligibility::new(&roster, &policy, &context)
        .check_keys("key-0", "key-2")
        .unwrap();
    let [reason] = verdict.violations() else {
        panic!("{verdict:?}")
    };
    assert_eq!(reason.code(), "unsteady-rule");
    assert_eq!(
        reason.message(),
        "a rule objected, and consented when it was asked why"
    );
}
