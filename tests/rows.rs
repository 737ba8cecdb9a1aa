//! Every criterion and rule that ships, asked of rows: the same as of one pair after another, in one run of mentees and in
//! several, and with bounds, so that a plan whose pairs are not all kept is proven over all of them.

use std::collections::BTreeSet;
use std::num::{NonZeroU16, NonZeroU32};
use std::ops::{ControlFlow, RangeInclusive};
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::matching::{
    Assessment, BothLearn, Candidates, Criteria, Criterion, DifferentBackground, DifferentSite,
    DifferentUnit, KeptPair, Limits, MatchPlan, MenteeLearns, MentorLearns, NearbyTimeZone,
    Optimal, RankedChoice, SameSite, Scope, SharedInterest, SharedLanguage, SimilarValues, Wait,
    Waiting, plan_within,
};
use reverse_mentoring::pair::{Pair, Role};
use reverse_mentoring::policy::{
    ConflictingRole, Context, CoolingOff, DifferentProfile, FormerManager, MentorChoice,
    MentorChoices, MinimumGap, NotExcluded, OtherUnit, PairView, PastPair, PluginId, Policy,
    RankedOnly, Relation, RelationKind, RowView, Rule, SameManager, SameTraining,
};
use reverse_mentoring::roster::{
    Capacity, Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Traits, Wish,
};
use reverse_mentoring::testing::{Company, check_criterion, check_rule};
use reverse_mentoring::text::{Key, Label};

#[path = "support/one_by_one.rs"]
mod one_by_one;

use one_by_one::OneByOne;

/// Numbers without an order that one sees (Knuth's linear congruence).
#[derive(Debug, Clone)]
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn some(&mut self, of: &[&'static str], at_most: u64) -> Vec<&'static str> {
        let count = self.below(at_most + 1);
        let mut drawn: Vec<_> = (0..count)
            .map(|_| of[self.below(of.len() as u64) as usize])
            .collect();
        drawn.sort_unstable();
        drawn.dedup();
        drawn
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap()
}

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

/// What everybody can say of themselves, drawn: most of it, and now and then nothing.
fn participant(draw: &mut Draw, key: &str, ids: &mut SequentialIds) -> Participant {
    const SKILLS: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let side = [Side::Mentor, Side::Mentee, Side::Either][draw.below(3) as usize];
    let id = ParticipantId::from_source(ids);
    let grade = Experience::grade(draw.below(7) as i32);
    let (offers, wishes) = (draw.some(&SKILLS, 4), draw.some(&SKILLS, 5));
    let words = ["red", "blue", "green", "white", "black"];
    let mut traits = || Traits::new(draw.some(&words, 4)).unwrap();
    let (interests, values, background) = (traits(), traits(), traits());
    let mut person = Participant::new(id, Key::new(key).unwrap(), side, grade)
        .with_offers(
            offers
                .into_iter()
                .map(|s| Offer::new(s, 1 + draw.below(5) as u8).unwrap()),
        )
        .unwrap()
        .with_interests(interests)
        .with_values(values)
        .with_background(background)
        .with_languages(draw.some(&["en", "fr", "de"], 2).iter().map(|l| label(l)));
    let offered: BTreeSet<String> = person
        .profile()
        .offers()
        .iter()
        .map(|o| o.skill().to_string())
        .collect();
    let wishes = wishes.into_iter().filter(|s| !offered.contains(*s));
    person = person
        .with_wishes(wishes.map(|s| {
            let from = draw.below(4) as u8;
            Wish::new(s, from, from + 1 + draw.below(u64::from(5 - from)) as u8).unwrap()
        }))
        .unwrap();
    let zones = [
        "UTC",
        "UTC+05:30",
        "UTC-11:00",
        "+14:00",
        "-12:00",
        "Z",
        "UTC-03:30",
        "UTC+00:00",
        "Europe/London",
        "CET",
    ];
    if draw.below(8) > 0 {
        person = person.with_timezone(label(zones[draw.below(10) as usize]));
    }
    if draw.below(6) > 0 {
        person = person.with_site(label(["north", "south", "here"][draw.below(3) as usize]));
    }
    if draw.below(6) > 0 {
        person = person.with_unit(label(["x", "y", "z", "w"][draw.below(4) as usize]));
    }
    person
}

/// A company, and who is in it.
fn company(seed: u64, people: usize) -> (Company, Vec<ParticipantId>, Draw) {
    let (mut draw, mut ids) = (Draw(seed), SequentialIds::new(1));
    let name = |at: usize| format!("p{at:04}");
    let everybody: Vec<_> = (0..people)
        .map(|at| participant(&mut draw, &name(at), &mut ids))
        .collect();
    let ids: Vec<_> = everybody.iter().map(|p| p.profile().id()).collect();
    let lines = (0..people).map(|at| match draw.below(4) {
        0 => Line::root(name(at).as_str()),
        _ if at < 4 => Line::root(name(at).as_str()),
        _ => Line::new(name(at).as_str(), name(draw.below(4) as usize).as_str()),
    });
    let roster = Roster::new(everybody, ReportingLines::new(lines).unwrap()).unwrap();
    let mut anybody = || ids[draw.below(people as u64) as usize];
    let n = people / 3 + 2;
    let mut pairs = |count: usize| -> Vec<Pair> {
        let pairs = (0..count).map(|_| Pair {
            mentor: anybody(),
            mentee: anybody(),
        });
        pairs.filter(|pair| pair.mentor != pair.mentee).collect()
    };
    let (past, excluded, related) = (pairs(n * 3), pairs(n * 3), pairs(n * 3));
    let back = |days: usize| today() - Days::new(days as u64);
    let kinds = [
        RelationKind::Coach,
        RelationKind::Sponsor,
        RelationKind::Evaluator,
    ];
    let context = Context::new(today())
        .with_past(past.iter().enumerate().map(|(at, &pair)| PastPair {
            pair,
            ended: back(at * 17 % 900),
        }))
        .with_excluded(excluded)
        .with_relations(related.iter().enumerate().map(|(at, pair)| Relation {
            kind: kinds[at % 3],
            by: pair.mentor,
            of: pair.mentee,
        }))
        .with_former_managers((0..n).map(|at| FormerManager {
            person: ids[at * 2 % people],
            manager: Key::new(name(at % 5).as_str()).unwrap(),
            until: back(at * 31 % 800),
        }))
        .with_trained(
            (0..people)
                .filter(|at| at % 3 > 0)
                .map(|at| (ids[at], label("start"))),
        );
    (Company::new(roster, context), ids, draw)
}

/// Some pairs, each once.
fn some_pairs(draw: &mut Draw, ids: &[ParticipantId], count: usize) -> BTreeSet<Pair> {
    let mut anybody = || ids[draw.below(ids.len() as u64) as usize];
    let pairs = (0..count).map(|_| Pair {
        mentor: anybody(),
        mentee: anybody(),
    });
    pairs.collect()
}

fn choices(draw: &mut Draw, ids: &[ParticipantId]) -> MentorChoices {
    let pairs = some_pairs(draw, ids, ids.len() * 2);
    let ranked = pairs.into_iter().map(|pair| MentorChoice {
        pair,
        rank: NonZeroU16::new(1 + draw.below(7) as u16).unwrap(),
    });
    MentorChoices::new(ranked).unwrap()
}

fn waits(draw: &mut Draw, ids: &[ParticipantId]) -> Vec<Wait> {
    let mut waits = Vec::new();
    for &person in ids {
        for role in [Role::Mentor, Role::Mentee] {
            if draw.below(3) > 0 {
                let since = today() - Days::new(draw.below(500));
                waits.push(Wait {
                    person,
                    role,
                    since,
                });
            }
        }
    }
    waits
}

/// Every criterion that ships.
fn criteria(draw: &mut Draw, ids: &[ParticipantId]) -> Vec<Box<dyn Criterion>> {
    let odd = RankedChoice::of(choices(draw, ids));
    vec![
        Box::new(MenteeLearns),
        Box::new(MentorLearns),
        Box::new(BothLearn),
        Box::new(DifferentUnit),
        Box::new(SharedLanguage),
        Box::new(SharedInterest),
        Box::new(SimilarValues),
        Box::new(DifferentBackground),
        Box::new(SameSite),
        Box::new(DifferentSite),
        Box::new(NearbyTimeZone),
        Box::new(KeptPair::of(some_pairs(draw, ids, ids.len() * 4))),
        Box::new(Waiting::on(today(), waits(draw, ids))),
        Box::new(RankedChoice::of(choices(draw, ids))),
        Box::new(odd.with_points([9, 9, 4]).unwrap()),
    ]
}

/// Every rule that ships.
fn rules(draw: &mut Draw, ids: &[ParticipantId]) -> Vec<Box<dyn Rule>> {
    vec![
        Box::new(MinimumGap::default()),
        Box::new(MinimumGap::of_grades(2).or_months(12)),
        Box::new(SameManager::default()),
        Box::new(SameManager::within_months(0)),
        Box::new(OtherUnit),
        Box::new(ConflictingRole),
        Box::new(CoolingOff::months(9)),
        Box::new(SameTraining::of(label("start"))),
        Box::new(NotExcluded),
        Box::new(RankedOnly::of(choices(draw, ids))),
        Box::new(DifferentProfile::IN_ONE_RESPECT),
        Box::new(DifferentProfile::IN_TWO_RESPECTS),
        Box::new(DifferentProfile::IN_EVERY_RESPECT),
    ]
}

fn hold_rows_against_pairs(seed: u64, people: usize) {
    let (company, ids, mut draw) = company(seed, people);
    for criterion in criteria(&mut draw, &ids) {
        check_criterion(criterion.as_ref(), &company).unwrap();
    }
    for rule in rules(&mut draw, &ids) {
        check_rule(rule.as_ref(), &company).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rows_are_what_their_pairs_are(seed in any::<u64>(), people in 2usize..60) {
        hold_rows_against_pairs(seed, people);
    }
}

/// More mentees than one run has: places and notes begin anew in each.
#[test]
fn rows_of_several_runs() {
    hold_rows_against_pairs(11, 560);
}

fn collected(
    company: &Company,
    policy: &Policy,
    criteria: &Criteria,
) -> Vec<(String, String, u32)> {
    let may = Eligibility::new(company.roster(), policy, company.context());
    let candidates = Candidates::collect(&may, criteria).unwrap();
    let pairs = candidates.iter();
    pairs
        .map(|(a, b, score)| (a.to_owned(), b.to_owned(), score))
        .collect()
}

/// What is kept for a matcher, by rows of several runs, is what each pair by itself is given; and every criterion and rule
/// makes a difference.
#[test]
fn candidates_are_the_same_by_rows() {
    let (company, ids, draw) = company(5, 700);
    let all = collected(&company, &Policy::core_only(), &Criteria::none());
    assert!(all.len() > 1_000, "{}", all.len());
    let twice = || {
        (
            criteria(&mut draw.clone(), &ids),
            criteria(&mut draw.clone(), &ids),
        )
    };
    let (rows, pairs) = twice();
    for (row, pair) in rows.into_iter().zip(pairs) {
        let name = row.id().to_string();
        let ask = |criteria: Criteria| collected(&company, &Policy::core_only(), &criteria);
        let by_rows = ask(Criteria::none().with(row, 3).unwrap());
        let singly = ask(Criteria::none().with(OneByOne(pair), 3).unwrap());
        assert_eq!(by_rows, singly, "{name}");
        let values: BTreeSet<u32> = by_rows.iter().map(|(.., score)| *score).collect();
        assert!(values.len() > 1, "{name}: {values:?}");
    }
    let (rows, pairs) = (
        rules(&mut draw.clone(), &ids),
        rules(&mut draw.clone(), &ids),
    );
    for (row, pair) in rows.into_iter().zip(pairs) {
        let name = format!("{row:?}").chars().take(60).collect::<String>();
        let ask = |policy: Policy| collected(&company, &policy, &Criteria::none());
        let by_rows = ask(Policy::core_only().with(row));
        assert_eq!(
            by_rows,
            ask(Policy::core_only().with(OneByOne(pair))),
            "{name}"
        );
        assert!(!by_rows.is_empty(), "{name}");
        // A grade is what experience differs in here, so one grade is no more than the core asks for.
        let idle = name.starts_with("MinimumGap { grades: 1");
        assert!(by_rows.len() < all.len() || idle, "{name}");
    }
}

/// Whatever ships, the proof is one of all eligible pairs, and the plan as good as with every pair kept.
#[test]
fn every_criterion_and_rule_that_ships_leaves_the_proof_whole() {
    let (company, ids, draw) = company(8, 160);
    let mut criteria_of_all = Criteria::none();
    for criterion in criteria(&mut draw.clone(), &ids) {
        if criterion.id().name() != "ranked-choice" {
            criteria_of_all = criteria_of_all.with(criterion, 2).unwrap();
        }
    }
    criteria_of_all = criteria_of_all
        .with(RankedChoice::of(choices(&mut draw.clone(), &ids)), 1)
        .unwrap();
    let each = criteria(&mut draw.clone(), &ids).into_iter();
    let mut lists: Vec<Criteria> = each
        .map(|criterion| Criteria::none().with(criterion, 1).unwrap())
        .collect();
    lists.push(criteria_of_all);
    let mut policies: Vec<Policy> = lists.iter().map(|_| Policy::core_only()).collect();
    for rule in rules(&mut draw.clone(), &ids) {
        policies.push(Policy::core_only().with(rule));
        lists.push(Criteria::standard());
    }
    for (criteria, policy) in lists.iter().zip(&policies) {
        let may = Eligibility::new(company.roster(), policy, company.context());
        let matcher = Optimal::most_pairs();
        let all = Candidates::collect(&may, criteria)
            .unwrap()
            .plan(&matcher)
            .unwrap();
        let limits = Limits::default().keep_at_most(0).shortlist(1);
        let few = plan_within(&may, criteria, &matcher, limits, &mut |_| {
            ControlFlow::Continue(())
        });
        let few = few.unwrap();
        let (proof, name) = (few.certificate.unwrap(), format!("{criteria:?} {policy:?}"));
        let name: String = name.chars().take(200).collect();
        assert_eq!(
            (proof.scope, proof.verified),
            (Scope::AllEligible, true),
            "{name}"
        );
        let value = |plan: &MatchPlan| {
            (
                plan.proposals.len(),
                plan.total_score,
                plan.certificate,
                plan.funnel.clone(),
            )
        };
        assert_eq!(value(&few), value(&all), "{name}");
        assert!(!few.proposals.is_empty(), "{name}");
    }
}

/// Looks in a row for pairs of somebody with themselves, and counts the others.
#[derive(Debug, Default)]
struct Oneself(AtomicU64);

impl Criterion for Oneself {
    fn id(&self) -> PluginId {
        PluginId::new("oneself", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=1
    }

    fn assess(&self, _: &PairView<'_>) -> Assessment {
        Assessment::new(0)
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        points.fill(0);
        for (at, pair) in row.pairs() {
            self.0.fetch_add(1, Ordering::Relaxed);
            points[at] = u32::from(pair.mentor().id() == pair.mentee().id());
        }
    }
}

/// Everybody is asked about with everybody else, in whichever run they stand.
#[test]
fn nobody_is_asked_about_with_themselves() {
    let seen = Oneself::default();
    check_criterion(&seen, &company(3, 300).0).unwrap();
    let asked = seen.0.load(Ordering::Relaxed);
    assert!(asked > 0 && asked % (300 * 299) == 0, "{asked}");
}

/// Mentees beyond the first run, some of them with more wishes than are added up at once and some paired already: those of
/// whom one pair after the other is eligible, with the points that it has.
#[test]
fn mentees_of_a_second_run() {
    let mut ids = SequentialIds::new(1);
    let skill = |n: u32| format!("s{n:02}");
    let mut person = |key: String, mentor: bool, wide: bool, n: u32| {
        let side = if mentor { Side::Mentor } else { Side::Mentee };
        let grade = Experience::grade(if mentor { 1 } else { 5 });
        let id = ParticipantId::from_source(&mut ids);
        // What mentors offer mentees wish for, and the other way round.
        let (taught, wished) = if mentor { (0, 70) } else { (70, 0) };
        let (taught, wished) = if wide && mentor {
            (70, 0)
        } else {
            (taught, wished)
        };
        let many = if wide { 70 } else { 3 + n % 5 };
        let offers =
            (0..8).map(|s| Offer::new(skill(taught + s).as_str(), 1 + ((n + s) % 5) as u8));
        let wishes =
            (0..many).map(|s| Wish::new(skill(wished + s).as_str(), ((n + s) % 3) as u8, 4));
        Participant::new(id, Key::new(key.as_str()).unwrap(), side, grade)
            .with_capacity(Capacity::of(NonZeroU32::new(1000).unwrap()))
            .with_offers(offers.map(Result::unwrap))
            .unwrap()
            .with_wishes(wishes.map(Result::unwrap))
            .unwrap()
    };
    let mentors: Vec<_> = (0..3)
        .map(|n| person(format!("a{n}"), true, n == 1, n))
        .collect();
    let mentees: Vec<_> = (0..300)
        .map(|n| person(format!("m{n:03}"), false, n % 7 == 0, n))
        .collect();
    let open: Vec<Pair> = (0..300)
        .step_by(5)
        .map(|n| Pair {
            mentor: mentors[n % 3].profile().id(),
            mentee: mentees[n].profile().id(),
        })
        .collect();
    let everybody: Vec<_> = mentors.into_iter().chain(mentees).collect();
    let lines = everybody.iter().map(|p| Line::root(p.key().as_str()));
    let lines = ReportingLines::new(lines.collect::<Vec<_>>()).unwrap();
    let roster = Roster::new(everybody, lines).unwrap();
    let context = Context::new(today()).with_open(open);
    let company = Company::new(roster, context);
    let policy = Policy::core_only();
    let ask = |criterion: Box<dyn Criterion>| {
        let criteria = Criteria::none().with(criterion, 3).unwrap();
        collected(&company, &policy, &criteria)
    };
    let by_rows = ask(Box::new(BothLearn));
    assert_eq!(by_rows, ask(Box::new(OneByOne(BothLearn))));
    let may = Eligibility::new(company.roster(), &policy, company.context());
    let pairs = (0..3).flat_map(|a| (0..300).map(move |m| (format!("a{a}"), format!("m{m:03}"))));
    let eligible = pairs.filter(|(a, m)| may.check_keys(a, m).unwrap().eligible().is_some());
    let kept: Vec<_> = by_rows
        .iter()
        .map(|(a, m, _)| (a.clone(), m.clone()))
        .collect();
    assert_eq!(kept, eligible.collect::<Vec<_>>());
    assert!(kept.iter().filter(|(_, m)| m.as_str() > "m255").count() > 20);
    let points: BTreeSet<u32> = by_rows.iter().map(|(.., points)| *points).collect();
    assert!(points.len() > 10, "{points:?}");
}
