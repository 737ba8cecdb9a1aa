//! "May they be paired?" where some mentees are exempted.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reverse_mentoring::matching::{Candidates, Criteria, Optimal};
use reverse_mentoring::roster::{Line, ReportingLines};

use super::oracle::{CODES, Company, cases, deep_company};
use super::*;

fn eligibility_id(roster: &Roster, key: &str) -> ParticipantId {
    roster.by_key(key).unwrap().id()
}

/// Every pair one by one, and all of them in rows, against the oracle; how many rest on an exemption.
fn judge(company: &Company) -> usize {
    let (roster, context, policy) = (company.roster(), company.context(), Policy::core_only());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let people = company.participants();
    let mut lost: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut eligible, mut rest) = (Vec::new(), 0);
    for &mentor in &people {
        for &mentee in &people {
            let (a, b) = (company.key(mentor), company.key(mentee));
            let verdict = eligibility.check_keys(a, b).unwrap();
            let codes: Vec<_> = verdict.violations().iter().map(|v| v.code()).collect();
            assert_eq!(
                codes,
                company.codes(mentor, mentee),
                "{mentor} with {mentee}"
            );
            if let Some(first) = company.codes(mentor, mentee).first() {
                *lost.entry(first).or_default() += 1;
            }
            if let Verdict::Eligible(proof) = verdict {
                let levels = company.excused(mentor, mentee);
                assert_eq!(proof.exempted().map(Levels::as_u32), levels);
                rest += usize::from(levels.is_some());
                assert_eq!(proof.pair().mentee, eligibility_id(&roster, b));
                eligible.push((a, b));
            }
        }
    }
    let criteria = Criteria::none();
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let mut rows: Vec<_> = candidates.iter().map(|(a, b, _)| (a, b)).collect();
    rows.sort_unstable();
    assert_eq!(rows, eligible);
    let plan = candidates.plan(&Optimal::most_pairs()).unwrap();
    assert_eq!(plan.funnel.eligible, eligible.len() as u64);
    for (loss, code) in plan.funnel.lost.iter().zip(CODES) {
        assert_eq!(loss.rule.name(), code);
        assert_eq!(loss.pairs, lost.get(code).copied().unwrap_or(0), "{code}");
    }
    for proposal in &plan.proposals {
        let find = |key: &str| people.iter().copied().find(|&p| company.key(p) == key);
        let (a, b) = (
            find(proposal.mentor.as_str()),
            find(proposal.mentee.as_str()),
        );
        let levels = company.excused(a.unwrap(), b.unwrap());
        assert_eq!(proposal.proof.exempted().map(Levels::as_u32), levels);
    }
    rest
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_answer_is_the_oracles(company in deep_company(8..=24)) {
        judge(&company);
    }
}

#[test]
fn answers_in_several_runs_of_mentees() {
    let strategy = deep_company(430..=440);
    let mut company = strategy
        .new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current();
    // Deep in the middle as well as at the top, and in every run of 256.
    company.exempt.extend((0..company.people.len()).step_by(3));
    for (at, person) in company.people.iter_mut().enumerate() {
        person.dotted.retain(|&up| up < at);
    }
    let mentees = company.people.iter().filter(|p| p.sides[1]).count();
    let rest = judge(&company);
    assert!(mentees > 256 && rest > 50, "{mentees} {rest}");
}

#[test]
fn the_random_companies_have_exemptions() {
    let strategy = deep_company(8..=24);
    let mut runner = TestRunner::deterministic();
    let rest = (0..128).map(|_| judge(&strategy.new_tree(&mut runner).unwrap().current()));
    let rest: Vec<usize> = rest.collect();
    let with = rest.iter().filter(|n| **n > 0).count();
    assert!(with >= 25 && rest.iter().sum::<usize>() >= 50, "{rest:?}");
}

#[test]
fn levels_by_hand() {
    // a → b → c → d → e, and f with two ways up: over c, and by a dotted line to d.
    let lines = ReportingLines::new([
        Line::root("e"),
        Line::new("d", "e"),
        Line::new("c", "d"),
        Line::new("b", "c"),
        Line::new("a", "b"),
        Line::new("f", "b").dotted("d"),
        Line::new("g", "f"),
        // A circle: h is below e over three solid lines, and above it over a dotted one of e's manager's side.
        Line::root("top"),
    ])
    .unwrap();
    let person = |key| lines.find(key).unwrap();
    for (upper, lower, expected) in [
        ("e", "d", None),
        ("e", "c", None),
        ("e", "b", Some(3)),
        ("e", "a", Some(4)),
        ("d", "a", Some(3)),
        ("c", "a", None),
        ("e", "f", None),
        ("e", "g", Some(3)),
        ("c", "g", Some(3)),
        ("a", "e", None),
        ("top", "a", None),
        ("e", "e", None),
    ] {
        let found = lines.far_above(person(upper), person(lower));
        assert_eq!(found.map(Levels::as_u32), expected, "{upper} over {lower}");
    }
    let circle = ReportingLines::new([
        Line::root("e").dotted("a"),
        Line::new("d", "e"),
        Line::new("c", "d"),
        Line::new("b", "c"),
        Line::new("a", "b"),
    ])
    .unwrap();
    let person = |key| circle.find(key).unwrap();
    assert!(circle.is_above(person("e"), person("a")));
    assert_eq!(circle.far_above(person("e"), person("a")), None);
    assert_eq!(circle.far_above(person("e"), person("b")), None);
}

/// Code, message and advice of the only reason.
fn why(roster: &Roster, exempt: &[u32], mentor: &str, mentee: &str) -> String {
    match asked(roster, exempt, mentor, mentee) {
        Verdict::Eligible(proof) => match proof.exempted() {
            Some(levels) => format!("exempted over {levels}"),
            None => "eligible".to_owned(),
        },
        Verdict::Ineligible(reasons) => {
            let [reason] = reasons.as_slice() else {
                panic!("{reasons:?}")
            };
            format!("{}: {reason} | {}", reason.code(), reason.advice().unwrap())
        }
    }
}

#[test]
fn the_exemption_in_words() {
    let roster = one_tree().roster();
    let link = "no-hierarchical-link: there is a line of management between them: ";
    let everybody = " | everybody is below the mentee: a programme may exempt them by name from links of three levels or more";
    // Of the top of a company that is one tree, "look outside" would be of no use.
    assert_eq!(
        why(&roster, &[], "ada", "ceo"),
        format!("{link}`ada` → `ops` → `cto` → `ceo`{everybody}")
    );
    assert_eq!(
        why(&roster, &[], "ops", "ceo"),
        format!("{link}`ops` → `cto` → `ceo`{everybody}")
    );
    assert_eq!(why(&roster, &[CEO], "ada", "ceo"), "exempted over 3 levels");
    assert_eq!(why(&roster, &[CEO], "ben", "ceo"), "exempted over 4 levels");
    assert_eq!(
        why(&roster, &[CEO], "ops", "ceo"),
        format!(
            "{link}`ops` → `cto` → `ceo` | look three levels below the mentee, or further: from there on they are exempted"
        )
    );
    // Everybody else finds somebody outside of their line, and nobody tells them of the exception.
    let outside = " | look outside the line of management";
    assert_eq!(
        why(&roster, &[CEO], "ben", "cto"),
        format!("{link}`ben` → `lead` → `ops` → `cto`{outside}")
    );
    assert_eq!(why(&roster, &[CTO], "ben", "cto"), "exempted over 3 levels");
    assert_eq!(
        why(&roster, &[CTO], "ada", "cto"),
        format!("{link}`ada` → `ops` → `cto`{outside}, or three levels below the mentee")
    );
    assert_eq!(why(&roster, &[CTO], "ada", "cfo"), "eligible");
    // The exemption is the mentee's and of the way up alone.
    assert_eq!(
        why(&roster, &[1, 2, 6, 8], "ada", "ceo"),
        format!("{link}`ada` → `ops` → `cto` → `ceo`{everybody}")
    );
    let junior = one_tree().grade("ceo", 1).side("ceo", Some(Side::Mentor));
    let junior = junior.side("ben", Some(Side::Mentee)).roster();
    let turned = format!("{link}`ben` → `lead` → `ops` → `cto` → `ceo`{outside}");
    assert_eq!(why(&junior, &[2, CEO], "ceo", "ben"), turned);
    // On a circle each is above the other: there is no exemption, and no advice to make one.
    let circle = one_tree().dotted("ceo", "ben").roster();
    let around = format!("{link}`ben` → `lead` → `ops` → `cto` → `ceo`{outside}");
    assert_eq!(why(&circle, &[CEO], "ben", "ceo"), around);
    assert_eq!(why(&circle, &[], "ben", "ceo"), around);
}

#[test]
fn a_plan_says_what_rests_on_an_exemption() {
    let roster = one_tree().roster();
    let (policy, criteria) = (Policy::core_only(), Criteria::none());
    let context = Context::new(day(0)).with_exempt(ids(&[CEO]));
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let plan = candidates.plan(&Optimal::most_pairs()).unwrap();
    // The chief executive has three places, and there are four mentors below cto or cfo with places.
    assert_eq!(
        plan.to_string(),
        "4 pairs of 7 eligible, total score 0, proven best, 3 pairs by an exemption"
    );
    let record = serde_json::to_value(plan.to_record()).unwrap();
    let of = |mentor: &str, mentee: &str| {
        let mut pairs = record["pairs"].as_array().unwrap().iter();
        let found = pairs.find(|p| p["mentor"] == mentor && p["mentee"] == mentee);
        found.map(|p| p.get("exempted_levels").cloned())
    };
    let pairs = [("ada", "ceo", 3), ("lead", "ceo", 3), ("ben", "ceo", 4)];
    let said = pairs.iter().filter(|(a, b, _)| of(a, b).is_some());
    for &(mentor, mentee, levels) in said.clone() {
        assert_eq!(of(mentor, mentee), Some(Some(levels.into())));
    }
    assert_eq!(said.count(), 3);
    let (mentor, mentee) = plan
        .proposals
        .iter()
        .map(|p| (p.mentor.as_str(), p.mentee.as_str()))
        .find(|(_, mentee)| *mentee != "ceo")
        .unwrap();
    assert_eq!(of(mentor, mentee), Some(None));
    let explained = candidates.explain(&plan, "ben", "ceo").unwrap();
    assert!(
        explained
            .to_string()
            .ends_with("\nThe mentee stands 4 levels above the mentor, and is exempted from that."),
        "{explained}"
    );
    let explained = candidates.explain(&plan, mentor, mentee).unwrap();
    assert!(!explained.to_string().contains("exempted"), "{explained}");

    // Without an exemption nobody mentors the chief executive.
    let context = Context::new(day(0));
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let plan = Candidates::collect(&eligibility, &criteria).unwrap();
    let plan = plan.plan(&Optimal::most_pairs()).unwrap();
    assert!(plan.proposals.iter().all(|p| p.mentee.as_str() != "ceo"));
    assert!(!plan.to_string().contains("exemption"));
}
