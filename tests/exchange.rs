//! The default exchange: where it counts, what it never touches, and that everything that rests on it says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::{Eligibility, EligiblePair, Learning};
use reverse_mentoring::ids::{CoordinatorId, ParticipantId, ProgramId, SequentialIds};
use reverse_mentoring::journal::{Entry, Event, Stamp};
use reverse_mentoring::matching::{
    Assumed, Candidates, Criteria, MatchPlan, Optimal, Part, SharedLanguage, plan,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{
    Context, DefaultExchange, Origin, PairView, PluginId, Policy, Rule, Violation,
};
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{
    Experience, Line, Load, Offer, Participant, ParticipantError, ReportingLines, Roster, Side,
    Wish,
};
use reverse_mentoring::text::Key;
use serde_json::json;

#[path = "eligibility/oracle.rs"]
#[allow(dead_code, reason = "each test file uses a part")]
mod oracle;

use oracle::{Company, cases, company, today};

/// (skill, level)
type Offers = &'static [(&'static str, u8)];
/// (skill, from, to)
type Wishes = &'static [(&'static str, u8, u8)];

fn offers(list: Offers) -> Vec<Offer> {
    let list = list.iter().map(|(skill, level)| Offer::new(skill, *level));
    list.collect::<Result<_, _>>().unwrap()
}

fn wishes(list: Wishes) -> Vec<Wish> {
    let list = list
        .iter()
        .map(|(skill, from, to)| Wish::new(skill, *from, *to));
    list.collect::<Result<_, _>>().unwrap()
}

/// Business practice for digital tools.
fn exchange() -> DefaultExchange {
    let none = DefaultExchange::none();
    none.with_offers(Role::Mentee, offers(&[("business", 3)]))
        .and_then(|e| e.with_wishes(Role::Mentee, wishes(&[("tools", 0, 3)])))
        .and_then(|e| e.with_offers(Role::Mentor, offers(&[("tools", 2)])))
        .and_then(|e| e.with_wishes(Role::Mentor, wishes(&[("business", 0, 4)])))
        .unwrap()
}

type Who = (&'static str, Side, i32, Offers, Wishes);

fn roster(people: &[Who]) -> Roster {
    let mut ids = SequentialIds::new(1);
    let people = people.iter().map(|&(key, side, grade, offered, wished)| {
        let id = ParticipantId::from_source(&mut ids);
        Participant::new(id, Key::new(key).unwrap(), side, Experience::grade(grade))
            .with_offers(offers(offered))
            .and_then(|p| p.with_wishes(wishes(wished)))
            .unwrap()
    });
    let people: Vec<Participant> = people.collect();
    let keys: Vec<String> = people.iter().map(|p| p.key().to_string()).collect();
    let lines = ReportingLines::new(keys.iter().map(|key| Line::root(key.as_str()))).unwrap();
    Roster::new(people, lines).unwrap()
}

/// A junior `ada` and a senior `cfo`.
fn two(ada: (Offers, Wishes), cfo: (Offers, Wishes)) -> Roster {
    roster(&[
        ("ada", Side::Mentor, 2, ada.0, ada.1),
        ("cfo", Side::Mentee, 8, cfo.0, cfo.1),
    ])
}

fn proof(roster: &Roster, exchange: &DefaultExchange) -> Option<EligiblePair> {
    let (policy, context) = (Policy::core_only(), Context::new(today()));
    let may = Eligibility::new(roster, &policy, &context).with_exchange(exchange);
    may.check_keys("ada", "cfo").unwrap().eligible()
}

/// Learner, skill, from, to, wished, whether wish and offer are stated.
fn lines_of(learning: &[Learning]) -> Vec<String> {
    let origin = |origin| match origin {
        Origin::Stated => "stated",
        _ => "default",
    };
    let line = |l: &Learning| {
        let (wish, offer) = (origin(l.wished_by), origin(l.offered_by));
        format!(
            "{} {} {}>{} of {}, wish {wish}, offer {offer}",
            l.learner, l.skill, l.from, l.to, l.wished
        )
    };
    learning.iter().map(line).collect()
}

#[test]
fn it_counts_where_a_list_is_empty_and_nowhere_else() {
    const NONE: (Offers, Wishes) = (&[], &[]);
    let full_ada: (Offers, Wishes) = (&[("video", 4)], &[("budgets", 0, 2)]);
    let full_cfo: (Offers, Wishes) = (&[("budgets", 5)], &[("video", 1, 5)]);
    for (ada, cfo, expected) in [
        (
            NONE,
            NONE,
            Some(vec![
                "mentee tools 0>2 of 3, wish default, offer default",
                "mentor business 0>3 of 4, wish default, offer default",
            ]),
        ),
        // Both said it all: nothing of the exchange, though it would fit.
        (
            full_ada,
            full_cfo,
            Some(vec![
                "mentee video 1>4 of 5, wish stated, offer stated",
                "mentor budgets 0>2 of 2, wish stated, offer stated",
            ]),
        ),
        // One said it all, and so offers none of the default skills: the other's defaults meet nothing.
        (full_ada, NONE, None),
        (NONE, full_cfo, None),
        // A stated list meets a default one.
        (
            (&[("tools", 5)], &[]),
            NONE,
            Some(vec![
                "mentee tools 0>3 of 3, wish default, offer stated",
                "mentor business 0>3 of 4, wish default, offer default",
            ]),
        ),
        (
            (&[], &[("business", 1, 2)]),
            NONE,
            Some(vec![
                "mentee tools 0>2 of 3, wish default, offer default",
                "mentor business 1>2 of 2, wish stated, offer default",
            ]),
        ),
        // Offers stated, wishes not: the default wishes count, the default offers do not join the stated ones.
        ((&[("video", 4)], &[]), NONE, None),
        (
            (&[("video", 4)], &[]),
            (&[], &[("video", 0, 2)]),
            Some(vec![
                "mentee video 0>2 of 2, wish stated, offer stated",
                "mentor business 0>3 of 4, wish default, offer default",
            ]),
        ),
    ] {
        let roster = two(ada, cfo);
        let found = proof(&roster, &exchange()).map(|p| lines_of(p.learning()));
        let expected = expected.map(|lines| lines.into_iter().map(str::to_owned).collect());
        assert_eq!(found, expected, "{ada:?} {cfo:?}");
    }
}

#[test]
fn a_default_contradicts_nothing_that_somebody_stated() {
    // (the senior's offers, wishes) → what the senior learns and teaches of the two default skills
    for (cfo, learns, teaches) in [
        // Knows the tools at 1 and teaches them: the default wish begins there.
        (
            (&[("tools", 1), ("business", 3)][..], &[][..]),
            Some("tools 1>2 of 3"),
            Some("business 0>3 of 4"),
        ),
        // At the junior's level, at the end of the default wish, above it: nothing to learn.
        ((&[("tools", 2), ("business", 3)], &[]), None, None),
        ((&[("tools", 3), ("business", 3)], &[]), None, None),
        ((&[("tools", 5), ("business", 3)], &[]), None, None),
        // Wants to learn business from 1 on: does not teach it above 1.
        (
            (&[], &[("tools", 0, 2), ("business", 1, 4)]),
            Some("tools 0>2 of 2"),
            Some("business 0>1 of 4"),
        ),
        // From 0 on: does not teach it at all.
        ((&[], &[("tools", 0, 2), ("business", 0, 4)]), None, None),
        // From 4 on: knows it above the default, which stays what it is.
        (
            (&[], &[("tools", 0, 2), ("business", 4, 5)]),
            Some("tools 0>2 of 2"),
            Some("business 0>3 of 4"),
        ),
    ] {
        let found = proof(&two((&[], &[]), cfo), &exchange()).map(|p| lines_of(p.learning()));
        let expected = learns
            .zip(teaches)
            .map(|(learns, teaches)| vec![format!("mentee {learns}"), format!("mentor {teaches}")]);
        let short = |line: String| line.split(", ").next().unwrap().to_owned();
        let found = found.map(|lines| lines.into_iter().map(short).collect::<Vec<_>>());
        assert_eq!(found, expected, "{cfo:?}");
    }
}

#[test]
fn half_an_exchange_needs_the_other_half_from_the_people() {
    let half = DefaultExchange::none()
        .with_offers(Role::Mentee, offers(&[("business", 3)]))
        .and_then(|e| e.with_wishes(Role::Mentor, wishes(&[("business", 0, 2)])))
        .unwrap();
    assert_eq!(proof(&two((&[], &[]), (&[], &[])), &half), None);
    let found = proof(
        &two((&[("video", 4)], &[]), (&[], &[("video", 0, 3)])),
        &half,
    );
    assert_eq!(
        lines_of(found.unwrap().learning()),
        [
            "mentee video 0>3 of 3, wish stated, offer stated",
            "mentor business 0>2 of 2, wish default, offer default",
        ]
    );
}

/// Somebody who takes either side is a junior on the one and a senior on the other.
#[test]
fn either_side_gets_its_own_defaults() {
    let roster = roster(&[
        ("ada", Side::Mentor, 2, &[], &[]),
        ("eli", Side::Either, 5, &[], &[]),
        ("jo", Side::Mentee, 8, &[], &[]),
    ]);
    let (policy, context, exchange) = (Policy::core_only(), Context::new(today()), exchange());
    let may = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
    let pairs = [("ada", "eli"), ("eli", "jo"), ("ada", "jo")];
    for (mentor, mentee) in pairs {
        let found = may.check_keys(mentor, mentee).unwrap().eligible().unwrap();
        assert_eq!(
            lines_of(found.learning()),
            [
                "mentee tools 0>2 of 3, wish default, offer default",
                "mentor business 0>3 of 4, wish default, offer default",
            ]
        );
    }
    // What stands against a pair otherwise is as before, each reason of it.
    let reasons = may.check_keys("jo", "ada").unwrap();
    let codes: Vec<&str> = reasons.violations().iter().map(|v| v.code()).collect();
    assert_eq!(codes, ["sides", "experience-order", "two-way"]);
}

/// Two that differ in anything have two fingerprints; one that declares nothing goes on no record.
#[test]
fn fingerprints_tell_exchanges_apart() {
    let mut seen = BTreeSet::new();
    let none = DefaultExchange::none;
    for exchange in [
        none(),
        exchange(),
        none()
            .with_offers(Role::Mentor, offers(&[("a", 1)]))
            .unwrap(),
        none()
            .with_offers(Role::Mentor, offers(&[("a", 2)]))
            .unwrap(),
        none()
            .with_offers(Role::Mentor, offers(&[("b", 1)]))
            .unwrap(),
        none()
            .with_offers(Role::Mentee, offers(&[("a", 1)]))
            .unwrap(),
        none()
            .with_wishes(Role::Mentor, wishes(&[("a", 0, 1)]))
            .unwrap(),
        none()
            .with_wishes(Role::Mentor, wishes(&[("a", 0, 2)]))
            .unwrap(),
        none()
            .with_wishes(Role::Mentor, wishes(&[("a", 1, 2)]))
            .unwrap(),
        none()
            .with_wishes(Role::Mentee, wishes(&[("a", 0, 1)]))
            .unwrap(),
    ] {
        assert!(
            seen.insert(exchange.fingerprint().to_string()),
            "{exchange:?}"
        );
    }
    let roster = mixed();
    let (policy, context, nothing) = (Policy::core_only(), Context::new(today()), none());
    let may = Eligibility::new(&roster, &policy, &context).with_exchange(&nothing);
    let proof = may.check_keys("ada", "gus").unwrap().eligible().unwrap();
    assert_eq!(proof.evidence().exchange, None);
    let json = serde_json::to_string(proof.evidence()).unwrap();
    assert!(!json.contains("exchange"), "{json}");
}

#[test]
fn a_skill_twice_is_refused() {
    let twice = DefaultExchange::none().with_offers(Role::Mentor, offers(&[("a", 1), ("a", 2)]));
    assert!(matches!(twice, Err(ParticipantError::OfferedTwice(skill)) if skill.as_str() == "a"));
    let wished = wishes(&[("b", 0, 1), ("a", 0, 1), ("b", 0, 2)]);
    let twice = DefaultExchange::none().with_wishes(Role::Mentee, wished);
    assert!(matches!(twice, Err(ParticipantError::WishedTwice(skill)) if skill.as_str() == "b"));
}

/// What rules are shown: the default in the pair, the person's own words in the profile.
#[derive(Debug, Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Rule for Notes {
    fn id(&self) -> PluginId {
        PluginId::new("notes", 1)
    }

    fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        let mut notes = self.0.lock().unwrap();
        for role in [Role::Mentor, Role::Mentee] {
            let own = pair.profile(role);
            let (offers, wishes) = (pair.offers(role), pair.wishes(role));
            notes.push(format!(
                "{role}: {} {:?} {} {:?}, own {} {}",
                offers[0].skill(),
                pair.offers_origin(role),
                wishes[0].skill(),
                pair.wishes_origin(role),
                own.offers().len(),
                own.wishes().len()
            ));
        }
        Ok(())
    }
}

#[test]
fn rules_see_both_and_the_roster_stays_as_it_is() {
    let roster = two((&[("tools", 4)], &[]), (&[], &[]));
    let before = roster.fingerprint();
    let notes = Notes::default();
    let (policy, context, exchange) = (
        Policy::core_only().with(notes.clone()),
        Context::new(today()),
        exchange(),
    );
    let may = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
    assert!(may.check_keys("ada", "cfo").unwrap().eligible().is_some());
    assert_eq!(
        notes.0.lock().unwrap()[..2],
        [
            "mentor: tools Stated business DefaultExchange, own 1 0",
            "mentee: business DefaultExchange tools DefaultExchange, own 0 0",
        ]
    );
    assert_eq!(may.roster().fingerprint(), before);
    assert!(roster.by_key("cfo").unwrap().profile().offers().is_empty());
}

/// `ada` said it all to `gus`; `bo` and `cfo` said nothing.
fn mixed() -> Roster {
    roster(&[
        (
            "ada",
            Side::Mentor,
            2,
            &[("video", 4)],
            &[("leading", 0, 4)],
        ),
        ("bo", Side::Mentor, 2, &[], &[]),
        ("cfo", Side::Mentee, 8, &[], &[]),
        (
            "gus",
            Side::Mentee,
            8,
            &[("leading", 2)],
            &[("video", 0, 5)],
        ),
    ])
}

fn planned(roster: &Roster, exchange: Option<&DefaultExchange>) -> MatchPlan {
    let (policy, context) = (Policy::core_only(), Context::new(today()));
    let mut may = Eligibility::new(roster, &policy, &context);
    if let Some(exchange) = exchange {
        may = may.with_exchange(exchange);
    }
    let criteria = Criteria::standard().with(SharedLanguage, 2).unwrap();
    plan(&may, &criteria, &Optimal::most_pairs()).unwrap()
}

#[test]
fn a_plan_says_what_came_from_it() {
    let (roster, exchange) = (mixed(), exchange());
    let with = planned(&roster, Some(&exchange));
    let found: Vec<(&str, &str, Vec<Assumed>)> = with
        .proposals
        .iter()
        .map(|p| (p.mentor.as_str(), p.mentee.as_str(), p.assumed()))
        .collect();
    let all = vec![
        Assumed::MentorOffers,
        Assumed::MentorWishes,
        Assumed::MenteeOffers,
        Assumed::MenteeWishes,
    ];
    assert_eq!(found, [("ada", "gus", vec![]), ("bo", "cfo", all)]);
    assert_eq!(with.pairs_by_default(), 1);
    assert_eq!(
        with.to_string(),
        "2 pairs of 2 eligible, total score 4082, proven best, 1 pair by the default exchange"
    );
    // Mentee: tools to 2 of 3, 666; mentor: business to 3 of 4, 750; languages unknown, 50 twice.
    let part = |at: usize| -> Vec<(u32, Option<u32>)> {
        let parts = with.proposals[at].parts.iter();
        let points = |p: &Part| (p.points, p.without_exchange);
        parts.map(points).collect()
    };
    assert_eq!(
        part(1),
        [
            (666, Some(0)),
            (750, Some(0)),
            (666, Some(0)),
            (0, Some(0)),
            (100, Some(100)),
        ]
    );
    assert_eq!(
        part(0),
        [
            (800, Some(800)),
            (500, Some(500)),
            (500, Some(500)),
            (0, Some(0)),
            (100, Some(100)),
        ]
    );

    let record = serde_json::to_value(with.to_record()).unwrap();
    assert_eq!(
        record["default_exchange"],
        json!({
            "mentor": {"offers": ["tools:2"], "wants": ["business:0>4"]},
            "mentee": {"offers": ["business:3"], "wants": ["tools:0>3"]},
        })
    );
    assert_eq!(record["pairs"][0]["assumed"], json!([]));
    assert_eq!(
        record["pairs"][1],
        json!({
            "mentor": "bo",
            "mentee": "cfo",
            "assumed": ["mentor-offers", "mentor-wishes", "mentee-offers", "mentee-wishes"],
            "score": 2182,
            "parts": [
                {"criterion": "mentee-learns", "points": 666, "without_exchange": 0},
                {"criterion": "mentor-learns", "points": 750, "without_exchange": 0},
                {"criterion": "both-learn", "points": 666, "without_exchange": 0},
                {"criterion": "different-unit", "points": 0, "without_exchange": 0},
                {"criterion": "shared-language", "points": 100, "without_exchange": 100},
            ],
        })
    );

    let without = planned(&roster, None);
    assert_eq!(without.exchange, None);
    assert_eq!(without.proposals[0].parts[0].without_exchange, None);
    let text = serde_json::to_string(&without.to_record()).unwrap();
    for key in ["default_exchange", "assumed", "without_exchange"] {
        assert!(!text.contains(key), "{text}");
    }
}

/// One list left empty at a time, the others stated: that list is named, and no other.
#[test]
fn each_list_that_is_assumed_by_hand() {
    let (tools, business): (Offers, Offers) = (&[("tools", 4)], &[("business", 4)]);
    let (to_tools, to_business): (Wishes, Wishes) = (&[("tools", 1, 3)], &[("business", 1, 3)]);
    for (ada, cfo, expected) in [
        ((tools, to_business), (business, to_tools), vec![]),
        (
            (&[][..], to_business),
            (business, to_tools),
            vec!["mentor-offers"],
        ),
        (
            (tools, &[][..]),
            (business, to_tools),
            vec!["mentor-wishes"],
        ),
        (
            (tools, to_business),
            (&[][..], to_tools),
            vec!["mentee-offers"],
        ),
        (
            (tools, to_business),
            (business, &[][..]),
            vec!["mentee-wishes"],
        ),
        (
            (&[], to_business),
            (&[], to_tools),
            vec!["mentor-offers", "mentee-offers"],
        ),
        (
            (tools, &[]),
            (&[], to_tools),
            vec!["mentor-wishes", "mentee-offers"],
        ),
    ] {
        let (roster, exchange) = (two(ada, cfo), exchange());
        let plan = planned(&roster, Some(&exchange));
        let [pair] = plan.proposals.as_slice() else {
            panic!("{plan}");
        };
        let assumed: Vec<String> = pair.assumed().iter().map(ToString::to_string).collect();
        assert_eq!(assumed, expected);
        assert_eq!(plan.pairs_by_default(), usize::from(!expected.is_empty()));
    }
}

#[test]
fn goals_drafted_from_it_go_both_ways() {
    let (roster, exchange) = (mixed(), exchange());
    let plan = planned(&roster, Some(&exchange));
    let mut ids = SequentialIds::new(9);
    let coordinator = CoordinatorId::from_source(&mut ids);
    let id = ProgramId::from_source(&mut ids);
    let now = Stamp::midnight(today());
    let (mut program, opening) = Program::open(id, &roster, Load::DEFAULT, now).unwrap();
    let entry = program
        .propose_all(&plan.approve(coordinator), Cadence::MONTHLY, now, &mut ids)
        .unwrap();
    let Event::Proposed {
        pairings, evidence, ..
    } = &entry.event
    else {
        panic!("{entry:?}");
    };
    assert_eq!(evidence.exchange, Some(exchange.fingerprint()));
    let read: Entry = serde_json::from_str(&serde_json::to_string(&entry).unwrap()).unwrap();
    assert_eq!(read, entry);
    let goals = |at: usize, role| -> Vec<String> {
        let goals = pairings[at].goals.of(role).iter();
        goals
            .map(|g| format!("{} {}>{}", g.skill(), g.from(), g.to()))
            .collect()
    };
    assert_eq!(goals(0, Role::Mentor), ["leading 0>2"]);
    assert_eq!(goals(0, Role::Mentee), ["video 0>4"]);
    assert_eq!(goals(1, Role::Mentor), ["business 0>3"]);
    assert_eq!(goals(1, Role::Mentee), ["tools 0>2"]);
    // The journal replays without the exchange: the goals are the pairing's own by now.
    assert_eq!(Program::replay(&[opening, entry]).unwrap(), program);
}

/// A default exchange as plain data: as a junior, as a senior; skill → level, skill → (from, to).
type Lists = (BTreeMap<u8, u8>, BTreeMap<u8, (u8, u8)>);

fn lists() -> impl Strategy<Value = Lists> {
    let wish = (0..5u8, 1..=5u8).prop_map(|(from, rise)| (from, (from + rise).min(5)));
    (
        proptest::collection::btree_map(0..4u8, 1..=5u8, 0..3),
        proptest::collection::btree_map(0..4u8, wish, 0..3),
    )
}

fn declared(lists: &[Lists; 2]) -> DefaultExchange {
    let mut exchange = DefaultExchange::none();
    for (role, (offers, wishes)) in [Role::Mentor, Role::Mentee].into_iter().zip(lists) {
        let offers = offers
            .iter()
            .map(|(skill, level)| Offer::new(&format!("skill {skill}"), *level).unwrap());
        let wishes = wishes
            .iter()
            .map(|(skill, (from, to))| Wish::new(&format!("skill {skill}"), *from, *to).unwrap());
        exchange = exchange.with_offers(role, offers).unwrap();
        exchange = exchange.with_wishes(role, wishes).unwrap();
    }
    exchange
}

/// The company as it would be if two people had said what the exchange supposes of them in these roles.
fn supposed(company: &Company, mentor: usize, mentee: usize, lists: &[Lists; 2]) -> Company {
    let mut company = company.clone();
    for (role, person) in [mentor, mentee].into_iter().enumerate() {
        let own = company.people[person].clone();
        if !own.sides[role] {
            continue;
        }
        if own.offers.is_empty() {
            for (&skill, &level) in &lists[role].0 {
                let known = own.wishes.get(&skill).map_or(5, |&(from, _)| from);
                if level.min(known) > 0 {
                    company.people[person]
                        .offers
                        .insert(skill, level.min(known));
                }
            }
        }
        if own.wishes.is_empty() {
            for (&skill, &(from, to)) in &lists[role].1 {
                let from = from.max(own.offers.get(&skill).copied().unwrap_or(0));
                if from < to {
                    company.people[person].wishes.insert(skill, (from, to));
                }
            }
        }
    }
    company
}

/// Some people with empty lists among the rest.
fn sparse() -> impl Strategy<Value = Company> {
    (company(1..=8), any::<u32>()).prop_map(|(mut company, blanks)| {
        for (at, person) in company.people.iter_mut().enumerate() {
            if blanks >> (2 * at % 32) & 1 == 1 {
                person.offers.clear();
            }
            if blanks >> ((2 * at + 1) % 32) & 1 == 1 {
                person.wishes.clear();
            }
        }
        company
    })
}

fn standard_score(company: &Company, mentor: usize, mentee: usize) -> u32 {
    let share = |learner: usize, teacher: usize| {
        let learns = company.learns(learner, teacher);
        let each = learns
            .values()
            .map(|&(from, reached, to)| 1000 * u32::from(reached - from) / u32::from(to - from));
        each.sum::<u32>() / company.people[learner].wishes.len().max(1) as u32
    };
    let (up, down) = (share(mentee, mentor), share(mentor, mentee));
    let units = [mentor, mentee].map(|p| company.people[p].unit);
    let differ = units[0].is_some() && units[1].is_some() && units[0] != units[1];
    up + down + up.min(down) + if differ { 100 } else { 0 }
}

proptest! {
    #![proptest_config(cases(200))]

    /// Codes, learning, candidates and scores are those of a company in which people had said it themselves.
    #[test]
    fn answers_are_those_of_people_who_had_said_it(company in sparse(), mentor in lists(), mentee in lists()) {
        let declared_lists = [mentor, mentee];
        let (roster, exchange) = (company.roster(), declared(&declared_lists));
        let (policy, context) = (Policy::core_only(), company.context());
        let may = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
        let mut scores = Vec::new();
        for &a in &company.participants() {
            for &b in &company.participants() {
                let judge = supposed(&company, a, b, &declared_lists);
                let verdict = may.check_keys(company.key(a), company.key(b)).unwrap();
                let codes: Vec<_> = verdict.violations().iter().map(|v| v.code().to_owned()).collect();
                if a == b {
                    // The judge has one list for a person and not one for each role; with oneself it knows that much.
                    prop_assert_eq!(codes[0].as_str(), "not-oneself");
                    continue;
                }
                prop_assert_eq!(&codes, &judge.codes(a, b));
                let Some(proof) = verdict.eligible() else { continue };
                scores.push((company.key(a), company.key(b), standard_score(&judge, a, b)));
                for learning in proof.learning() {
                    let (learner, teacher) = match learning.learner {
                        Role::Mentor => (a, b),
                        Role::Mentee => (b, a),
                    };
                    let by = |own: bool| if own { Origin::Stated } else { Origin::DefaultExchange };
                    prop_assert_eq!(learning.wished_by, by(!company.people[learner].wishes.is_empty()));
                    prop_assert_eq!(learning.offered_by, by(!company.people[teacher].offers.is_empty()));
                }
            }
        }
        let criteria = Criteria::standard();
        let candidates = Candidates::collect(&may, &criteria).unwrap();
        prop_assert_eq!(candidates.iter().collect::<Vec<_>>(), scores);

        let plan = candidates.plan(&Optimal::most_pairs()).unwrap();
        for p in &plan.proposals {
            let place = |key: &str| company.people.iter().position(|p| p.key == key).unwrap();
            let (a, b) = (place(p.mentor.as_str()), place(p.mentee.as_str()));
            let without: Option<u32> = p.parts.iter().map(|part| part.without_exchange).sum();
            prop_assert_eq!(without, if exchange.is_none() { None } else { Some(standard_score(&company, a, b)) });
        }
    }

    /// Where everybody said it all, or nothing is declared, a question with an exchange is the question without.
    #[test]
    fn nothing_changes_where_it_has_nothing_to_say(mut company in company(1..=8), mentor in lists(), mentee in lists(), all in any::<bool>()) {
        let lists = if all { [mentor, mentee] } else { Default::default() };
        if all {
            for person in &mut company.people {
                if person.offers.is_empty() {
                    person.offers.insert(7, 1);
                }
                if person.wishes.is_empty() {
                    person.wishes.insert(8, (0, 1));
                }
            }
        }
        let (roster, exchange) = (company.roster(), declared(&lists));
        let (policy, context, criteria) = (Policy::core_only(), company.context(), Criteria::standard());
        let without = plan(&Eligibility::new(&roster, &policy, &context), &criteria, &Optimal::most_pairs()).unwrap();
        let with = Eligibility::new(&roster, &policy, &context).with_exchange(&exchange);
        let mut with = plan(&with, &criteria, &Optimal::most_pairs()).unwrap();
        prop_assert_eq!(with.pairs_by_default(), 0);
        if exchange.is_none() {
            prop_assert_eq!(&with, &without);
        }
        with.exchange = None;
        for part in with.proposals.iter_mut().flat_map(|p| &mut p.parts) {
            prop_assert!(part.without_exchange.is_none_or(|points| points == part.points));
            part.without_exchange = None;
        }
        prop_assert_eq!(with.to_record(), without.to_record());
        for (with, without) in with.proposals.iter().zip(&without.proposals) {
            let proofs = [&with.proof, &without.proof];
            prop_assert_eq!(proofs[0].learning(), proofs[1].learning());
            prop_assert_eq!(proofs[0].pair(), proofs[1].pair());
            // The record says under which question the proof was made, whether or not it mattered.
            let exchange = Some(exchange.fingerprint()).filter(|_| !exchange.is_none());
            prop_assert_eq!(proofs.map(|p| p.evidence().exchange), [exchange, None]);
        }
    }
}
