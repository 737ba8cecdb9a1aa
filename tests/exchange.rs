//! The default exchange: where it counts, what it never touches, and that everything that rests on it says so.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::{Eligibility, EligiblePair, Learning};
use reverse_mentoring::ids::{CoordinatorId, ParticipantId, ProgramId, SequentialIds};
use reverse_mentoring::journal::{Entry, Event, Stamp};
use reverse_mentoring::matching::{
    Assumed, Criteria, MatchPlan, Optimal, Part, SharedLanguage, plan,
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
use reverse_mentoring::testing;
use reverse_mentoring::text::Key;
use serde_json::json;

#[path = "eligibility/defaults.rs"]
mod defaults;
#[path = "eligibility/oracle.rs"]
#[allow(dead_code, reason = "each test file uses a part")]
mod oracle;
#[path = "exchange/random.rs"]
mod random;

use oracle::today;

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
    let [enrolled, launched, trained] =
        testing::launch(&mut program, &roster, now, &mut ids).unwrap();
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
    assert_eq!(
        Program::replay(&[opening, enrolled, launched, trained, entry]).unwrap(),
        program
    );
}
