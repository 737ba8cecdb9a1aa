//! What conditions say, word for word, and what plug-ins and numbers can spoil.

use std::num::NonZeroU16;

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::{MAX_SCORE, Objective, solve};
use reverse_mentoring::matching::{
    Assessment, Bound, Conditions, Criteria, Criterion, Greedy, KeptPair, MatchError, MatchPlan,
    MatchProblem, Matcher, Optimal, Pin, PlanError, RankedChoice, Solution, Wait, Waiting,
};
use reverse_mentoring::pair::{Pair, Role};
use reverse_mentoring::policy::{
    ChosenTwice, Context, MentorChoice, MentorChoices, NotExcluded, PairView, PluginId, Policy,
    RankedOnly, RowView,
};
use reverse_mentoring::testing::{Company as Sample, check_criterion, check_rule};
use reverse_mentoring::text::Key;

use super::oracle::{Company, today};
use super::{Way, apart, without_lines};

/// Scores by keys; 0 for everybody else.
#[derive(Debug, Clone)]
pub(crate) struct Scores(pub(crate) Vec<(&'static str, &'static str, u32)>);

impl Criterion for Scores {
    fn id(&self) -> PluginId {
        PluginId::new("scores", 1)
    }

    fn range(&self) -> std::ops::RangeInclusive<u32> {
        0..=self.0.iter().map(|s| s.2).max().unwrap_or(0)
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let [a, b] = [pair.mentor(), pair.mentee()].map(|p| p.key().as_str());
        let found = self.0.iter().find(|s| (s.0, s.1) == (a, b));
        Assessment::new(found.map_or(0, |s| s.2))
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}

/// Juniors in small letters, seniors in capitals, with places; everybody may be paired with everybody of the other side.
pub(crate) fn people(all: &[(&str, u32)]) -> Company {
    let person = |&(key, capacity): &(&str, u32)| {
        let junior = key.chars().all(char::is_lowercase);
        apart(key.to_owned(), capacity, junior)
    };
    without_lines(all.iter().map(person).collect())
}

fn pin(mentor: &str, mentee: &str, line: Option<u64>) -> Pin {
    let [mentor, mentee] = [mentor, mentee].map(|key| Key::new(key).unwrap());
    Pin {
        mentor,
        mentee,
        line,
    }
}

fn pins(pairs: &[(&str, &str)]) -> Conditions {
    let lines = pairs.iter().zip(2..);
    Conditions::none().with_pins(lines.map(|((a, b), line)| pin(a, b, Some(line))))
}

pub(crate) fn pair(company: &Company, mentor: &str, mentee: &str) -> Pair {
    let at = |key| company.people.iter().position(|p| p.key == key).unwrap();
    company.pair(at(mentor), at(mentee))
}

pub(crate) fn ask(
    company: &Company,
    context: &Context,
    criteria: &Criteria,
    conditions: &Conditions,
    matcher: &dyn Matcher,
) -> Result<MatchPlan, PlanError> {
    let (roster, policy) = (company.roster(), Policy::core_only().with(NotExcluded));
    let may = Eligibility::new(&roster, &policy, context);
    let plan = |way: Way| way.plan(&may, criteria, conditions, matcher);
    let (all, few) = (plan(Way::Kept), plan(Way::Beyond(1)));
    // Word for word the same where not every pair is kept; but equals are equal, and a greedy choice is one of a shortlist.
    match (&all, &few) {
        (Ok(all), Ok(few)) => {
            let pins = |plan: &MatchPlan| (plan.pinned.clone(), plan.rejected_pins.clone());
            assert_eq!(pins(few), pins(all));
            assert_eq!((&few.funnel, few.objective), (&all.funnel, all.objective));
            if all.certificate.is_some_and(|found| found.verified) {
                assert_eq!(few.certificate, all.certificate);
                assert_eq!(few.to_string(), all.to_string());
                assert_eq!(few.tie_points, all.tie_points);
            }
            assert_eq!(few.certificate.is_some(), all.certificate.is_some());
        }
        // There, the room is worked out from bounds: from the highest score and the most points of different pairs.
        (
            Err(PlanError::NoRoomForConditions { needed: all }),
            Err(PlanError::NoRoomForConditions { needed: few }),
        ) => assert!((*all..all + 100).contains(few), "{few} {all}"),
        (Err(all), Err(few)) => assert_eq!(few.to_string(), all.to_string()),
        _ => panic!("{all:?}\n{few:?}"),
    }
    all
}

pub(crate) fn keys(plan: &MatchPlan) -> Vec<(&str, &str)> {
    let pairs = plan.proposals.iter();
    pairs
        .map(|p| (p.mentor.as_str(), p.mentee.as_str()))
        .collect()
}

fn scores(all: &[(&'static str, &'static str, u32)]) -> Criteria {
    Criteria::none().with(Scores(all.to_vec()), 1).unwrap()
}

#[test]
fn every_reason_against_a_pin() {
    let mut company = people(&[("a", 1), ("b", 2), ("c", 1), ("A", 1), ("B", 2), ("C", 1)]);
    company.people[2].manager = Some(5); // c works for C
    company.open.push((2, 4)); // c has a pairing with B
    let excluded = [pair(&company, "c", "C")];
    let context = company.context().with_excluded(excluded);
    let conditions = pins(&[
        ("b", "A"),
        ("c", "C"),
        ("a", "A"),
        ("b", "A"),
        ("x", "A"),
        ("x", "Y"),
        ("x", "x"),
        ("c", "B"),
        ("A", "a"),
        ("b", "B"),
        ("b", "C"),
        ("b", "B"),
    ])
    .with_pins([pin("c", "C", None)]);
    let matcher = Optimal::most_pairs();
    let plan = ask(&company, &context, &Criteria::none(), &conditions, &matcher).unwrap();
    let said: Vec<String> = plan.rejected_pins.iter().map(|r| r.to_string()).collect();
    assert_eq!(
        said,
        [
            "3: `c` with `C`: there is a line of management between them: `c` → `C`; the mentor has 1 open pairing and 1 place; the pair is excluded",
            "4: `a` with `A`: the mentee's 1 place is taken by earlier pins",
            "5: `b` with `A`: line 2 pins the same pair; the mentee's 1 place is taken by earlier pins",
            "6: `x` with `A`: `x` is not a participant",
            "7: `x` with `Y`: `x` is not a participant; `Y` is not a participant",
            "8: `x` with `x`: `x` is not a participant",
            "9: `c` with `B`: the two have an open pairing, the mentor has 1 open pairing and 1 place",
            "10: `A` with `a`: the mentor offered only the side `mentee`, the mentee offered only the side `mentor`; the mentor is not the less experienced: grade 5 against grade 1",
            "12: `b` with `C`: the mentor's 2 places are taken by earlier pins",
            "13: `b` with `B`: line 11 pins the same pair; the mentor's 2 places and the mentee's 1 place are taken by earlier pins",
            "`c` with `C`: there is a line of management between them: `c` → `C`; the mentor has 1 open pairing and 1 place; the pair is excluded; line 3 pins the same pair",
        ]
    );
    let located = |at: usize| plan.rejected_pins[at].located("pins.csv");
    assert_eq!(
        located(1),
        "pins.csv:4: rejected-pin: `a` with `A`: the mentee's 1 place is taken by earlier pins"
    );
    assert!(located(10).starts_with("pins.csv: rejected-pin: `c` with `C`: there is"));
    assert_eq!(keys(&plan), [("a", "C"), ("b", "A"), ("b", "B")]);
    assert_eq!(
        plan.to_string(),
        "3 pairs of 6 eligible, total score 0, proven best, 2 pinned, 11 pins rejected"
    );
    let record = serde_json::to_value(plan.to_record()).unwrap();
    assert_eq!(
        record["rejected_pins"][2],
        serde_json::json!({
            "mentor": "b", "mentee": "A", "line": 5,
            "reasons": ["pinned-twice", "places"],
            "details": ["line 2 pins the same pair", "the mentee's 1 place is taken by earlier pins"],
        })
    );
    assert_eq!(record["rejected_pins"][10]["line"], serde_json::Value::Null);
}

/// `max-min` by hand: the lower of the pins, with 3, is the lowest pair of every plan, so the total decides; without it 6 and 6 would be best.
#[test]
fn a_low_pin_sets_the_floor_of_max_min() {
    let names = ["a", "b", "c", "d", "A", "B", "C", "D"];
    let company = people(&names.map(|key| (key, 1)));
    let table = [
        ("a", "A", 3),
        ("d", "D", 8),
        ("b", "B", 6),
        ("c", "C", 6),
        ("b", "C", 4),
        ("c", "B", 9),
        ("a", "B", 1),
    ];
    let (criteria, context) = (scores(&table), company.context());
    let max_min = Optimal::by(Objective::MaxMin);
    let plan = ask(
        &company,
        &context,
        &criteria,
        &pins(&[("d", "D"), ("a", "A")]),
        &max_min,
    )
    .unwrap();
    assert_eq!(
        keys(&plan),
        [("a", "A"), ("b", "C"), ("c", "B"), ("d", "D")]
    );
    let certificate = plan.certificate.unwrap();
    assert_eq!((certificate.pairs_bound, certificate.score_bound), (4, 24));
    assert!(certificate.verified);
}

/// `most-people` by hand: `A` has a pin, so a second mentor for her is worth less than a first mentor for `B`.
#[test]
fn whoever_has_a_pin_counts_already() {
    let mut company = people(&[("a", 1), ("b", 1), ("A", 2), ("B", 1)]);
    company.people[0].manager = Some(3); // a works for B
    let table = [("a", "A", 1), ("b", "A", 9), ("b", "B", 1)];
    let (criteria, context) = (scores(&table), company.context());
    let most_people = Optimal::by(Objective::MostPeople);
    let plan = ask(
        &company,
        &context,
        &criteria,
        &pins(&[("a", "A")]),
        &most_people,
    )
    .unwrap();
    assert_eq!(keys(&plan), [("a", "A"), ("b", "B")]);
    let certificate = plan.certificate.unwrap();
    assert_eq!((certificate.pairs_bound, certificate.score_bound), (2, 2));
    assert!(certificate.verified);
}

/// Proves by an objective that it does not declare, or declares one that it does not care for.
#[derive(Debug)]
struct Sly {
    declares: Option<Objective>,
    proves: Option<Objective>,
}

impl Matcher for Sly {
    fn id(&self) -> PluginId {
        PluginId::new("sly", 1)
    }

    fn objective(&self) -> Option<Objective> {
        self.declares
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        let graph = problem.graph();
        if let Some(objective) = self.proves {
            let best = solve(graph, objective);
            return Ok(Solution {
                assignment: best.assignment,
                proof: Some((objective, best.certificate)),
            });
        }
        // As many pairs as fit, in the order of the edges.
        let (mut rows, mut columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
        let edges = (0u32..).zip(graph.edges()).filter(|(_, edge)| {
            let (row, column) = (edge.row as usize, edge.column as usize);
            let free = rows[row] > 0 && columns[column] > 0;
            if free {
                rows[row] -= 1;
                columns[column] -= 1;
            }
            free
        });
        Ok(Solution::unproven(graph, edges.map(|(number, _)| number)))
    }
}

#[test]
fn a_proof_by_an_objective_that_was_not_declared() {
    let company = people(&[("a", 1), ("b", 1), ("A", 1), ("B", 1)]);
    let context = company.context();
    let (pinned, unpinned) = (pins(&[("a", "A")]), Conditions::none());
    for objective in Objective::ALL {
        let sly = Sly {
            declares: None,
            proves: Some(objective),
        };
        let plan = |conditions| ask(&company, &context, &Criteria::none(), conditions, &sly);
        assert!(plan(&unpinned).unwrap().certificate.unwrap().verified);
        let plan = plan(&pinned).unwrap();
        assert_eq!(plan.objective, Some(objective));
        let adds_up = matches!(objective, Objective::MostPairs | Objective::BestScore);
        assert_eq!(plan.certificate.is_some(), adds_up, "{objective}");
    }
    // It leaves the stand-ins aside and so goes beyond the places.
    let company = people(&[("a", 1), ("b", 1), ("c", 1), ("A", 2)]);
    let sly = Sly {
        declares: Some(Objective::MostPeople),
        proves: None,
    };
    let context = company.context();
    let refused = ask(&company, &context, &Criteria::none(), &pinned, &sly).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "matcher `sly@1` returned an unsound plan: the plan gives column `0` more pairs than it has places"
    );
}

#[test]
fn what_has_no_room_is_refused() {
    let company = people(&[("a", 1), ("b", 1), ("A", 1), ("B", 1)]);
    let context = company.context();
    let high = Criteria::none()
        .with(Scores(vec![("a", "A", 1_000_000)]), 1_000)
        .unwrap();
    let ties = Criteria::none()
        .with(Scores(vec![("a", "B", 2), ("b", "B", 4)]), 1)
        .unwrap();
    let broken = Conditions::none().with_tie_break(ties);
    // Points of 2 and 4 are one and two of a unit; one of the two fits, so at most 2 units.
    let refused = |objective| {
        let matcher = Optimal::by(objective);
        let refused = ask(&company, &context, &high, &broken, &matcher).unwrap_err();
        let PlanError::NoRoomForConditions { needed } = refused else {
            panic!("{refused}");
        };
        (needed, refused.to_string())
    };
    let (needed, words) = refused(Objective::MostPairs);
    assert_eq!(needed, 3_000_000_000);
    assert_eq!(
        words,
        "the conditions need scores up to 3000000000, above 1000000000: lower the weights of the criteria, or the points or the number of pairs that break ties"
    );
    // Not even points alone fit below a score.
    assert_eq!(refused(Objective::BestScore).0, 3_000_000_000);
    // The highest score there is leaves no room above it.
    assert_eq!(high.highest_score(), MAX_SCORE);
    let most_people = Optimal::by(Objective::MostPeople);
    let refused = ask(
        &company,
        &context,
        &high,
        &pins(&[("b", "B")]),
        &most_people,
    );
    assert_eq!(
        refused,
        Err(PlanError::NoRoomForConditions {
            needed: 1_000_000_001
        })
    );
    let refused = ask(&company, &context, &Criteria::none(), &broken, &Greedy).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "matcher `greedy@1` proves no plan to be the best, so there are no equals to choose from"
    );
}

/// `best-score` by hand, with room for points below a score and not below a pair.
#[test]
fn points_and_pairs_at_odds_are_refused() {
    let company = people(&[("a", 1), ("b", 1), ("A", 1), ("B", 1)]);
    let context = company.context();
    let by = |table: &[(&'static str, &'static str, u32)], ranked: (&'static str, &'static str)| {
        let criteria = Criteria::none().with(Scores(table.to_vec()), 1).unwrap();
        let ties = Criteria::none().with(Scores(vec![(ranked.0, ranked.1, 1)]), 1);
        let conditions = Conditions::none().with_tie_break(ties.unwrap());
        let matcher = Optimal::by(Objective::BestScore);
        ask(&company, &context, &criteria, &conditions, &matcher)
    };
    // 400 millions either way, as two pairs; the point decides between them.
    let even = [
        ("a", "A", 200_000_000),
        ("b", "B", 200_000_000),
        ("a", "B", 200_000_000),
        ("b", "A", 200_000_000),
    ];
    assert_eq!(
        keys(&by(&even, ("a", "B")).unwrap()),
        [("a", "B"), ("b", "A")]
    );
    assert_eq!(
        keys(&by(&even, ("a", "A")).unwrap()),
        [("a", "A"), ("b", "B")]
    );
    // 400 millions as two pairs or as one; the one has the point, and must not win.
    let mut company = company.clone();
    company.people[1].manager = Some(2); // b works for A
    let context = company.context();
    let odds = [
        ("a", "A", 200_000_000),
        ("b", "B", 200_000_000),
        ("a", "B", 400_000_000),
    ];
    let criteria = Criteria::none().with(Scores(odds.to_vec()), 1).unwrap();
    let ties = Criteria::none()
        .with(Scores(vec![("a", "B", 1)]), 1)
        .unwrap();
    let conditions = Conditions::none().with_tie_break(ties);
    let matcher = Optimal::by(Objective::BestScore);
    assert_eq!(
        ask(&company, &context, &criteria, &conditions, &matcher),
        Err(PlanError::NoRoomForConditions {
            needed: 400_000_000 * 2 * 3 + 2 + 1
        })
    );
}

#[test]
fn a_list_that_nobody_can_serve_changes_nothing() {
    let company = people(&[("a", 1), ("A", 1)]);
    let (context, none) = (company.context(), Criteria::none());
    let ties = RankedChoice::of(MentorChoices::default());
    let conditions = Conditions::none().with_tie_break(none.clone().with(ties, 1).unwrap());
    let plan = ask(
        &company,
        &context,
        &none,
        &conditions,
        &Optimal::most_pairs(),
    )
    .unwrap();
    assert_eq!((keys(&plan), plan.tie_points), (vec![("a", "A")], Some(0)));
    assert_eq!(plan.rejected_pins, []);
}

#[test]
fn lists_in_words() {
    let company = people(&[("a", 1), ("b", 1), ("A", 1), ("B", 1)]);
    let rank = |n| NonZeroU16::new(n).unwrap();
    let choice = |mentor, mentee, n| MentorChoice {
        pair: pair(&company, mentor, mentee),
        rank: rank(n),
    };
    let twice = MentorChoices::new([
        choice("b", "A", 1),
        choice("a", "A", 1),
        choice("b", "A", 2),
        choice("a", "A", 1),
    ]);
    let twice = twice.unwrap_err();
    let expected = [pair(&company, "a", "A"), pair(&company, "b", "A")];
    assert_eq!(twice, ChosenTwice(expected.to_vec()));
    assert_eq!(
        twice.to_string(),
        "a mentee ranks a mentor more than once, 2 times in all"
    );
    let rankings = MentorChoices::new([choice("b", "A", 7)]).unwrap();
    assert_eq!(rankings.rank(pair(&company, "b", "A")), Some(rank(7)));
    assert_eq!(rankings.rank(pair(&company, "b", "B")), None);
    let (roster, context) = (company.roster(), company.context());
    let policy = Policy::core_only().with(RankedOnly::of(rankings.clone()));
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let against = |mentor, mentee| {
        let verdict = eligibility.check_keys(mentor, mentee).unwrap();
        let reasons = verdict.violations().iter();
        reasons.map(|v| v.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        against("a", "A"),
        ["the mentee's list has 1 mentor, and this one is not on it"]
    );
    assert!(against("b", "A").is_empty() && against("a", "B").is_empty());
    let refused = |points: &[u32]| {
        let choice = RankedChoice::of(rankings.clone());
        choice
            .with_points(points.to_vec())
            .map_err(|e| e.to_string())
    };
    for bad in [&[][..], &[0], &[3, 0], &[3, 4], &[3, 2, 3]] {
        assert_eq!(
            refused(bad).unwrap_err(),
            "points by rank are one number or more, none above the one before, the last above 0"
        );
    }
    assert!(refused(&[3]).is_ok() && refused(&[3, 3, 1]).is_ok());
}

#[test]
fn the_harness_finds_nothing() {
    let sample = Sample::sample().unwrap();
    let pairs: Vec<Pair> = {
        let people = sample.roster().participants();
        let all = people
            .iter()
            .flat_map(|a| people.iter().map(move |b| (a, b)));
        all.map(|(a, b)| Pair {
            mentor: a.id(),
            mentee: b.id(),
        })
        .step_by(3)
        .collect()
    };
    let choices = pairs.iter().zip(1u16..).map(|(&pair, rank)| MentorChoice {
        pair,
        rank: NonZeroU16::new(rank).unwrap(),
    });
    let rankings = MentorChoices::new(choices).unwrap();
    check_rule(&RankedOnly::of(rankings.clone()), &sample).unwrap();
    check_criterion(&RankedChoice::of(rankings), &sample).unwrap();
    check_criterion(&KeptPair::of(pairs.clone()), &sample).unwrap();
    let waits = pairs.iter().zip(0..).map(|(pair, days)| Wait {
        person: pair.mentor,
        role: Role::Mentor,
        since: today() - chrono::Days::new(days * 17),
    });
    check_criterion(&Waiting::on(today(), waits), &sample).unwrap();
}

proptest::proptest! {
    /// The order of the choices means nothing.
    #[test]
    fn choices_in_any_order(ranks in proptest::collection::vec(1u16..9, 4), turn in 0usize..4) {
        let company = people(&[("a", 1), ("b", 1), ("A", 1), ("B", 1)]);
        let all = [("a", "A"), ("a", "B"), ("b", "A"), ("b", "B")];
        let choices: Vec<MentorChoice> = all
            .iter()
            .zip(&ranks)
            .map(|((a, b), rank)| MentorChoice { pair: pair(&company, a, b), rank: NonZeroU16::new(*rank).unwrap() })
            .collect();
        let mut turned = choices.clone();
        turned.rotate_left(turn);
        let (one, other) = (MentorChoices::new(choices).unwrap(), MentorChoices::new(turned).unwrap());
        proptest::prop_assert_eq!(&one, &other);
        let listed: Vec<_> = one.choices(pair(&company, "a", "A").mentee).collect();
        proptest::prop_assert!(listed.is_sorted_by_key(|&(mentor, rank)| (rank, mentor)) && listed.len() == 2);
        proptest::prop_assert_eq!(one.mentees().count(), 2);
    }
}
