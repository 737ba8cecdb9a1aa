//! "May they be paired?", asked of random companies whose answers an oracle works out by itself, and word for word.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reverse_mentoring::eligibility::{Eligibility, EligiblePair, UnknownParticipant, Verdict};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::Policy;

#[path = "eligibility/oracle.rs"]
mod oracle;
#[path = "eligibility/rules.rs"]
mod rules;
#[path = "eligibility/words.rs"]
mod words;

use oracle::{CODES, Company, cases, company, today};

/// Asks about every ordered pair and hands each question and its answer on.
fn every_pair(company: &Company, mut judge: impl FnMut(usize, usize, &Verdict)) {
    let (roster, context, policy) = (company.roster(), company.context(), Policy::core_only());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let people = company.participants();
    for &mentor in &people {
        for &mentee in &people {
            let verdict = eligibility.check(company.pair(mentor, mentee)).unwrap();
            judge(mentor, mentee, &verdict);
        }
    }
}

fn codes(verdict: &Verdict) -> Vec<&str> {
    verdict.violations().iter().map(|v| v.code()).collect()
}

/// The answer about one pair.
fn ask(company: &Company, mentor: usize, mentee: usize) -> Verdict {
    let (roster, context, policy) = (company.roster(), company.context(), Policy::core_only());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let verdict = eligibility.check(company.pair(mentor, mentee)).unwrap();
    let (a, b) = (company.key(mentor), company.key(mentee));
    assert_eq!(eligibility.check_keys(a, b).unwrap(), verdict);
    verdict
}

/// (learner's role, skill, from, to, wished), the mentee's first, by skill.
type Learns = Vec<(Role, String, u8, u8, u8)>;

fn learning(company: &Company, mentor: usize, mentee: usize) -> Learns {
    let sides = [
        (Role::Mentee, mentee, mentor),
        (Role::Mentor, mentor, mentee),
    ];
    let sides = sides.into_iter().flat_map(|(role, learner, teacher)| {
        let learns = company.learns(learner, teacher).into_iter();
        learns.map(move |(s, (from, to, wished))| (role, format!("skill {s}"), from, to, wished))
    });
    sides.collect()
}

fn learning_of(pair: &EligiblePair) -> Learns {
    let entries = pair.learning().iter();
    entries
        .map(|l| {
            let levels = [l.from, l.to, l.wished].map(|level| level.as_u8());
            let skill = l.skill.as_str().to_owned();
            (l.learner, skill, levels[0], levels[1], levels[2])
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn every_answer_is_the_oracles(company in company(10..=25)) {
        every_pair(&company, |mentor, mentee, verdict| {
            let expected = company.codes(mentor, mentee);
            assert_eq!(codes(verdict), expected, "{mentor} with {mentee}");
            assert_eq!(matches!(verdict, Verdict::Eligible(_)), expected.is_empty());
            let Verdict::Eligible(pair) = verdict else { return };
            assert_eq!(learning_of(pair), learning(&company, mentor, mentee));
            assert_eq!(pair.pair(), company.pair(mentor, mentee));
            assert_eq!(pair.places(Role::Mentor), company.places(mentor, 0));
            assert_eq!(pair.places(Role::Mentee), company.places(mentee, 1));
            let evidence = pair.evidence();
            let rules: Vec<String> = evidence.rules.iter().map(ToString::to_string).collect();
            assert_eq!(rules, CODES.map(|code| format!("{code}@1")));
            assert_eq!((evidence.asked_on, evidence.roster), (today(), company.roster().fingerprint()));
        });
    }

    #[test]
    fn no_hierarchical_link(company in company(10..=16), lines in any::<[prop::sample::Index; 2]>()) {
        every_pair(&company, |mentor, mentee, verdict| {
            let linked = company.above(mentor).contains(&mentee) || company.above(mentee).contains(&mentor);
            assert!(!(linked && mentor != mentee && codes(verdict).is_empty()));
        });
        // A dotted line between the two, either way, over a third person or not, takes an eligible pair away.
        let eligible = company.eligible();
        if let Some(&(mentor, mentee)) = eligible.get(lines[0].index(eligible.len().max(1))) {
            let between = lines[1].index(company.people.len());
            for (lower, upper) in [(mentor, mentee), (mentee, mentor)] {
                let mut reorganised = company.clone();
                if between != lower && between != upper {
                    reorganised.people[lower].dotted.push(between);
                    reorganised.people[between].dotted.push(upper);
                } else {
                    reorganised.people[lower].dotted.push(upper);
                }
                let verdict = ask(&reorganised, mentor, mentee);
                assert_eq!(codes(&verdict), ["no-hierarchical-link"]);
            }
        }
    }

    #[test]
    fn two_way(company in company(10..=16), which in any::<prop::sample::Index>()) {
        every_pair(&company, |_, _, verdict| {
            if let Verdict::Eligible(pair) = verdict {
                for learner in [Role::Mentor, Role::Mentee] {
                    assert!(pair.learning().iter().any(|l| l.learner == learner));
                }
                assert!(pair.learning().iter().all(|l| l.from < l.to && l.to <= l.wished));
            }
        });
        // Without the wishes of one of the two, or once they know all that the other could teach, nothing is left.
        let eligible = company.eligible();
        if let Some(&(mentor, mentee)) = eligible.get(which.index(eligible.len().max(1))) {
            for (learner, teacher) in [(mentor, mentee), (mentee, mentor)] {
                let mut idle = company.clone();
                idle.people[learner].wishes.clear();
                assert_eq!(codes(&ask(&idle, mentor, mentee)), ["two-way"]);
                let mut learnt = company.clone();
                for (skill, level) in company.people[teacher].offers.clone() {
                    // From the teacher's own level on; nobody wishes to get beyond 5.
                    let from = level.min(4);
                    learnt.people[teacher].offers.insert(skill, from);
                    let wishes = &mut learnt.people[learner].wishes;
                    wishes.entry(skill).and_modify(|wish| *wish = (from, 5));
                }
                assert_eq!(codes(&ask(&learnt, mentor, mentee)), ["two-way"]);
            }
        }
    }

    #[test]
    fn experience_order_and_places(company in company(10..=16), which in any::<prop::sample::Index>()) {
        every_pair(&company, |mentor, mentee, verdict| {
            if codes(verdict).is_empty() {
                assert!(company.is_junior(mentor, mentee) && !company.is_junior(mentee, mentor));
                assert!(company.places_left(mentor, 0) > 0 && company.places_left(mentee, 1) > 0);
            }
        });
        let eligible = company.eligible();
        if let Some(&(mentor, mentee)) = eligible.get(which.index(eligible.len().max(1))) {
            // Turned round, or at equal experience, they are no reverse pair.
            assert!(codes(&ask(&company, mentee, mentor)).contains(&"experience-order"));
            let mut equal = company.clone();
            equal.people[mentor].grade = company.people[mentee].grade;
            equal.people[mentor].months = company.people[mentee].months;
            assert_eq!(codes(&ask(&equal, mentor, mentee)), ["experience-order"]);
            // Paired with others until one of them has no place left, and not a pairing earlier.
            for role in [0, 1] {
                let mut filling = company.clone();
                let person = [mentor, mentee][role];
                let third = (0..company.people.len())
                    .find(|&p| company.takes_part(p) && p != mentor && p != mentee);
                let Some(third) = third else { continue };
                let pairing = if role == 0 { (mentor, third) } else { (third, mentee) };
                for left in (0..company.places_left(person, role)).rev() {
                    assert!(codes(&ask(&filling, mentor, mentee)).is_empty());
                    filling.open.push(pairing);
                    assert_eq!(filling.places_left(person, role), left);
                }
                assert_eq!(codes(&ask(&filling, mentor, mentee)), ["places"]);
            }
            // Paired with each other, they are not paired a second time, however many places there are.
            let mut paired = company.clone();
            for person in [mentor, mentee] {
                paired.people[person].capacity += 1;
                paired.people[person].hours = None;
            }
            assert!(codes(&ask(&paired, mentor, mentee)).is_empty());
            paired.open.push((mentor, mentee));
            assert_eq!(codes(&ask(&paired, mentor, mentee)), ["places"]);
        }
    }

    #[test]
    fn order_of_the_rows_is_nothing(company in company(10..=16), turn in 0usize..16) {
        let mut order: Vec<usize> = (0..company.people.len()).collect();
        order.rotate_left(turn % company.people.len());
        let (one, other) = (company.roster(), company.roster_in(&order));
        assert_eq!(one.fingerprint(), other.fingerprint());
        let (context, policy) = (company.context(), Policy::core_only());
        let (a, b) = (Eligibility::new(&one, &policy, &context), Eligibility::new(&other, &policy, &context));
        for mentor in company.participants() {
            for mentee in company.participants() {
                let pair = company.pair(mentor, mentee);
                assert_eq!(a.check(pair), b.check(pair));
            }
        }
    }
}

/// The companies are worth asking: each code, alone and with others, and eligible pairs occur often.
#[test]
fn the_companies_are_worth_asking() {
    let mut runner = TestRunner::deterministic();
    let (mut eligible, mut alone, mut learns_part) = (0, [0; 6], 0);
    for _ in 0..60 {
        let company = company(10..=25).new_tree(&mut runner).unwrap().current();
        for mentor in company.participants() {
            for mentee in company.participants() {
                match company.codes(mentor, mentee).as_slice() {
                    [] => {
                        eligible += 1;
                        let learns = company.learns(mentee, mentor);
                        learns_part += usize::from(learns.values().any(|l| l.1 < l.2));
                    }
                    [one] => alone[CODES.iter().position(|c| c == one).unwrap()] += 1,
                    _ => {}
                }
            }
        }
    }
    // Nobody is less experienced than themselves, so `not-oneself` never stands alone.
    assert!(
        eligible > 300 && learns_part > 100,
        "{eligible} {learns_part}"
    );
    assert!(alone[1..].iter().all(|&count| count > 50), "{alone:?}");
}

#[test]
fn a_question_about_nobody_is_an_error() {
    let company = company(10..=10)
        .new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current();
    let (roster, context, policy) = (company.roster(), company.context(), Policy::core_only());
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let somebody = company.participants()[0];
    let known = company.key(somebody);
    for (mentor, mentee) in [(known, "no\none"), ("no\none", known)] {
        let error = eligibility.check_keys(mentor, mentee).unwrap_err();
        assert_eq!(error, UnknownParticipant::Key("no\none".to_owned()));
        assert_eq!(error.to_string(), r"`no\none` is not a participant");
    }
    let mut pair = company.pair(somebody, somebody);
    pair.mentee = company.id(4711);
    assert_eq!(
        eligibility.check(pair).unwrap_err().to_string(),
        "no participant has the id 00000001-0000-8000-8000-000000001268"
    );
}
