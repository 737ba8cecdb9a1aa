//! What changed between two plans, before a judge that compares the lists.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Conditions, Criteria, DropReason, EarlierPair, EarlierPlan, EarlierPlanError, MatchPlan,
    Optimal, PlanDiff, plan,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{NotExcluded, Policy};
use reverse_mentoring::text::Key;

use super::oracle::cases;
use super::words::{Scores, pair, people};
use super::{Case, Pairs, companies};

type Keys = BTreeSet<(String, String)>;

fn of(pairs: impl IntoIterator<Item = (Key, Key)>) -> Keys {
    let pairs = pairs.into_iter();
    pairs.map(|(a, b)| (a.to_string(), b.to_string())).collect()
}

fn proposed(plan: &MatchPlan) -> Keys {
    let pairs = plan.proposals.iter();
    of(pairs.map(|p| (p.mentor.clone(), p.mentee.clone())))
}

/// Somebody leaves, pairings begin, pairs are excluded or allowed again, and scores change.
fn later(case: &Case, leaves: Option<Index>, begin: &[Index], allow: usize, plan: &Pairs) -> Case {
    let mut later = case.clone();
    for at in begin.iter().filter(|_| !plan.is_empty()) {
        later.company.open.push(plan[at.index(plan.len())]);
    }
    let people = later.company.people.len();
    if let Some(at) = leaves {
        later.company.people[at.index(people)].sides = [false, false];
    }
    let keep = later.excluded.len().saturating_sub(allow);
    later.excluded.truncate(keep);
    later.excluded.extend(plan.iter().skip(2).step_by(3));
    later.seed ^= 77;
    later
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_pair_is_accounted_for(
        company in companies(), seed in any::<u64>(), leaves in proptest::option::of(any::<Index>()),
        begin in vec(any::<Index>(), 0..3), allow in 0usize..3,
    ) {
        let case = Case::new(company, 12, seed);
        let before = case.plan(&Conditions::none(), &Optimal::most_pairs()).unwrap();
        let later = later(&case, leaves, &begin, allow, &case.pairs_of(&before));
        let (after, diff): (MatchPlan, PlanDiff) = later.ask(&Case::policy(), |e| {
            let after = plan(e, &later.criteria(), &Optimal::by(Objective::BestScore)).unwrap();
            let diff = after.diff(&before, e);
            // Nothing of the earlier plan is needed but what its file holds.
            let file = serde_json::to_string(&before.to_record()).unwrap();
            let read: EarlierPlan = serde_json::from_str(&file).unwrap();
            assert_eq!(after.diff(read, e), diff);
            assert_eq!(after.diff(&after, e).to_record().dropped.len(), 0);
            (after, diff)
        });
        let (old, new) = (proposed(&before), proposed(&after));
        let kept: Keys = of(diff.kept.iter().map(|k| (k.mentor.clone(), k.mentee.clone())));
        let added: Keys = of(diff.added.iter().map(|k| (k.mentor.clone(), k.mentee.clone())));
        let dropped: Keys = of(diff.dropped.iter().map(|k| (k.mentor.clone(), k.mentee.clone())));
        prop_assert_eq!(kept, old.intersection(&new).cloned().collect::<Keys>());
        prop_assert_eq!(added, new.difference(&old).cloned().collect::<Keys>());
        prop_assert_eq!(dropped, old.difference(&new).cloned().collect::<Keys>());
        prop_assert_eq!((diff.pairs.before, diff.pairs.after), (old.len() as u64, new.len() as u64));
        prop_assert_eq!((diff.total_score.before, diff.total_score.after), (before.total_score, after.total_score));
        let company = &later.company;
        let at = |key: &Key| company.people.iter().position(|p| p.key == key.as_str()).unwrap();
        for kept in &diff.kept {
            let pair = (at(&kept.mentor), at(&kept.mentee));
            prop_assert_eq!((kept.score.before, kept.score.after), (case.score(pair), later.score(pair)));
        }
        for dropped in &diff.dropped {
            let (a, b) = (at(&dropped.mentor), at(&dropped.mentee));
            prop_assert_eq!(u64::from(dropped.score), case.score((a, b)));
            let gone: Vec<Role> = [(a, Role::Mentor), (b, Role::Mentee)]
                .into_iter()
                .filter(|(p, _)| !company.takes_part(*p))
                .map(|(_, role)| role)
                .collect();
            let mut codes = company.codes(a, b);
            codes.extend(later.excluded.contains(&(a, b)).then_some("not-excluded"));
            let said = |v: &Vec<reverse_mentoring::policy::Violation>| v.iter().map(|v| v.code().to_owned()).collect::<Vec<_>>();
            match &dropped.reason {
                DropReason::Left(roles) => prop_assert_eq!(roles, &gone),
                DropReason::Running => prop_assert!(gone.is_empty() && company.open.contains(&(a, b))),
                reason => {
                    prop_assert!(gone.is_empty() && !company.open.contains(&(a, b)));
                    match reason {
                        DropReason::PlaceGone(v) => {
                            prop_assert_eq!(said(v), ["places"]);
                            prop_assert_eq!(codes, ["places"]);
                        }
                        DropReason::Ineligible(v) => {
                            prop_assert_eq!(said(v), codes.clone());
                            prop_assert!(codes != ["places"]);
                        }
                        DropReason::Beaten { mentees, mentors } => {
                            prop_assert!(codes.is_empty());
                            let partners: Vec<&str> = new.iter().filter(|p| p.0 == dropped.mentor.as_str()).map(|p| p.1.as_str()).collect();
                            prop_assert_eq!(mentees.iter().map(Key::as_str).collect::<Vec<_>>(), partners);
                            let partners: Vec<&str> = new.iter().filter(|p| p.1 == dropped.mentee.as_str()).map(|p| p.0.as_str()).collect();
                            prop_assert_eq!(mentors.iter().map(Key::as_str).collect::<Vec<_>>(), partners);
                        }
                        _ => prop_assert!(false),
                    }
                }
            }
        }
        // Who has somebody now, and who has nobody any more.
        let (mut matched, mut unmatched) = (BTreeSet::new(), BTreeSet::new());
        for person in 0..company.people.len() {
            for (role, name) in [(0, "mentor"), (1, "mentee")] {
                let has = |pairs: &Keys| pairs.iter().any(|p| [&p.0, &p.1][role] == company.key(person));
                let offers = company.people[person].sides[role];
                match (has(&old), has(&new)) {
                    (false, true) => drop(matched.insert((company.key(person), name))),
                    (true, false) if offers && company.open_pairings(person, role) == 0 => {
                        unmatched.insert((company.key(person), name));
                    }
                    _ => {}
                }
            }
        }
        prop_assert_eq!(diff.newly_matched.iter().map(|(k, r)| (k.as_str(), r.as_str())).collect::<Vec<_>>(), Vec::from_iter(matched));
        prop_assert_eq!(diff.newly_unmatched.iter().map(|u| (u.key.as_str(), u.role.as_str())).collect::<Vec<_>>(), Vec::from_iter(unmatched));
    }
}

#[test]
fn a_difference_in_words() {
    let pairs = [
        ("a", "A", 7),
        ("b", "B", 6),
        ("c", "C", 5),
        ("d", "D", 1),
        ("e", "E", 4),
        ("f", "F", 3),
    ];
    let all = [
        ("a", 1),
        ("b", 1),
        ("c", 1),
        ("d", 1),
        ("e", 1),
        ("f", 1),
        ("g", 1),
        ("A", 1),
        ("B", 1),
        ("C", 1),
        ("D", 1),
        ("E", 1),
        ("F", 1),
    ];
    let mut company = people(&all);
    let key = |key: &str| Key::new(key).unwrap();
    let earlier = pairs.iter().map(|(a, b, score)| EarlierPair {
        mentor: key(a),
        mentee: key(b),
        score: *score,
    });
    let earlier = EarlierPlan::new(earlier.rev()).unwrap();
    let at = |key: &str| all.iter().position(|(k, _)| *k == key).unwrap();
    company.people[at("a")].sides = [false, false]; // left
    company.people[at("b")].manager = Some(at("B")); // moved below B
    company.open.push((at("c"), at("C"))); // began
    company.open.push((at("g"), at("D"))); // took D's place
    let excluded = [pair(&company, "b", "B")];
    let context = company.context().with_excluded(excluded);
    let policy = Policy::core_only().with(NotExcluded);
    let roster = company.roster();
    let now = Eligibility::new(&roster, &policy, &context);
    let scores = Scores(vec![("e", "F", 9), ("d", "A", 8), ("f", "B", 2)]);
    let criteria = Criteria::none().with(scores, 1).unwrap();
    let plan = plan(&now, &criteria, &Optimal::by(Objective::BestScore)).unwrap();
    let diff = plan.diff(earlier.clone(), &now);
    let said = diff.to_string();
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "0 pairs kept, 4 added, 6 dropped; pairs 6 → 4, total score 26 → 19",
            "added: `b` with `E`, 0 points",
            "added: `d` with `A`, 8 points",
            "added: `e` with `F`, 9 points",
            "added: `f` with `B`, 2 points",
            "dropped: `a` with `A`, 7 points: the mentor takes part no more",
            "dropped: `b` with `B`, 6 points: no longer eligible: there is a line of management between them: `b` → `B`; the pair is excluded",
            "dropped: `c` with `C`, 5 points: the two have an open pairing",
            "dropped: `d` with `D`, 1 point: no place left: the mentee has 1 open pairing and 1 place",
            "dropped: `e` with `E`, 4 points: beaten: the mentor is with `F`; the mentee is with `b`",
            "dropped: `f` with `F`, 3 points: beaten: the mentor is with `B`; the mentee is with `e`",
        ]
    );
    let record = serde_json::to_value(diff.to_record()).unwrap();
    assert_eq!(
        record["pairs"],
        serde_json::json!({"before": 6, "after": 4})
    );
    assert_eq!(
        record["dropped"][1],
        serde_json::json!({
            "mentor": "b", "mentee": "B", "score": 6, "reason": "ineligible",
            "details": ["there is a line of management between them: `b` → `B`", "the pair is excluded"],
        })
    );
    let reasons = record["dropped"].as_array().unwrap().iter();
    let reasons: Vec<_> = reasons.map(|d| d["reason"].as_str().unwrap()).collect();
    assert_eq!(
        reasons,
        [
            "left",
            "ineligible",
            "running",
            "place-gone",
            "beaten",
            "beaten"
        ]
    );
    // Back again: somebody gains, somebody loses.
    let back = EarlierPlan::from(&plan);
    let none = EarlierPlan::default();
    let gained = plan.diff(none, &now);
    assert!(
        gained
            .to_string()
            .contains("\nnewly matched: `A` as mentee\nnewly matched: `B` as mentee\n")
    );
    assert_eq!(
        plan.diff(back, &now).to_string(),
        "4 pairs kept, 0 added, 0 dropped; pairs 4 as before, total score 19 as before"
    );
    let lonely = EarlierPlan::new([EarlierPair {
        mentor: key("g"),
        mentee: key("A"),
        score: 1,
    }]);
    let lost = plan.diff(lonely.unwrap(), &now);
    assert!(
        lost.newly_unmatched.is_empty(),
        "`g` has a pairing that runs"
    );
}

#[test]
fn somebody_lost_their_pair() {
    let company = people(&[("a", 1), ("b", 1), ("A", 1)]);
    let (roster, context, policy) = (company.roster(), company.context(), Policy::core_only());
    let now = Eligibility::new(&roster, &policy, &context);
    let plan = |mentor: &'static str| {
        let scores = Criteria::none()
            .with(Scores(vec![(mentor, "A", 1)]), 1)
            .unwrap();
        plan(&now, &scores, &Optimal::most_pairs()).unwrap()
    };
    let diff = plan("b").diff(&plan("a"), &now);
    assert_eq!(
        diff.to_string().lines().collect::<Vec<_>>(),
        [
            "0 pairs kept, 1 added, 1 dropped; pairs 1 as before, total score 1 as before",
            "added: `b` with `A`, 1 point",
            "dropped: `a` with `A`, 1 point: beaten: the mentee is with `b`",
            "newly matched: `b` as mentor",
            "newly unmatched: `a` as mentor: 1 eligible mentee, whose places are all taken",
        ]
    );
    let record = serde_json::to_value(diff.to_record()).unwrap();
    assert_eq!(
        (&record["newly_matched"], &record["newly_unmatched"]),
        (
            &serde_json::json!([{"id": "b", "side": "mentor"}]),
            &serde_json::json!([{
                "id": "a", "side": "mentor", "reason": "partners-taken",
                "detail": "1 eligible mentee, whose places are all taken",
            }]),
        )
    );
}

#[test]
fn what_was_never_a_plan() {
    let read = |text: &str| serde_json::from_str::<EarlierPlan>(text).map_err(|e| e.to_string());
    let one = r#"{"mentor": "a", "mentee": "A", "score": 3}"#;
    let twice = read(&format!(r#"{{"total_score": 6, "pairs": [{one}, {one}]}}"#));
    assert!(
        twice
            .unwrap_err()
            .starts_with("the plan has `a` with `A` twice")
    );
    let wrong = read(&format!(r#"{{"total_score": 4, "pairs": [{one}]}}"#));
    assert!(
        wrong
            .unwrap_err()
            .starts_with("the plan's total is 4, its pairs add up to 3")
    );
    assert!(
        read(r#"{"total_score": 0, "pairs": [{"mentor": " ", "mentee": "A", "score": 0}]}"#)
            .is_err()
    );
    assert!(read(r#"{"pairs": []}"#).is_err());
    let pair = |score| EarlierPair {
        mentor: Key::new("a").unwrap(),
        mentee: Key::new("A").unwrap(),
        score,
    };
    assert_eq!(
        EarlierPlan::new([pair(1), pair(2)]),
        Err(EarlierPlanError::PairTwice(
            Key::new("a").unwrap(),
            Key::new("A").unwrap()
        ))
    );
    // Of the people of a plan, those who still take part, in the order of the keys.
    let company = people(&[("a", 1), ("A", 1)]);
    let mut gone = pair(2);
    gone.mentor = Key::new("b").unwrap();
    let apart = EarlierPlan::new([pair(1), gone.clone(), pair(1)]);
    assert!(apart.is_err(), "twice, and not side by side");
    let plan = EarlierPlan::new([gone, pair(1)]).unwrap();
    let keys: Vec<&str> = plan.pairs().iter().map(|p| p.mentor.as_str()).collect();
    assert_eq!(keys, ["a", "b"]);
    let left: Vec<_> = plan.pairs_in(&company.roster()).collect();
    assert_eq!(left, [company.pair(0, 1)]);
}
