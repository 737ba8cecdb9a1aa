//! Each counterfactual is carried out by hand in the raw data of the company, and the whole is planned again; and what
//! the search says helps nobody is looked at plan by plan.

use std::collections::BTreeMap;

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Candidates, Change, Counterfactual, Counterfactuals, Criteria, MatchPlan, Matcher, Newcomer,
    Optimal, QuestionError, Search, plan,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{Context, MinimumGap, Origin, OtherUnit, Policy};
use reverse_mentoring::roster::{
    Capacity, Experience, Level, Line, Offer, Participant, ReportingLines, Roster, Side, Skill,
    Wish,
};
use reverse_mentoring::text::{Key, Label};

use super::defaults::Defaults;
use super::oracle::{Company, Person};
use super::{Plans, companies, find, scored};

/// What no text may name: a skill by its number.
pub(super) const SENSITIVE: u8 = 3;

pub(super) fn policy(company: &Company) -> Policy {
    match company.people[0].grade {
        Some(_) => Policy::core_only()
            .with(MinimumGap::of_grades(3))
            .with(OtherUnit),
        None => Policy::core_only()
            .with(MinimumGap::default())
            .with(OtherUnit),
    }
}

/// What the words of a milder rule mean, by hand.
fn milder(company: &Company, words: &str) -> Policy {
    let gap = |grades| MinimumGap::of_grades(grades);
    let graded = company.people[0].grade.is_some();
    match words {
        "a minimum gap of 2 grades instead of 3 grades" => {
            Policy::core_only().with(gap(2)).with(OtherUnit)
        }
        "a minimum gap of 1 grade instead of 3 grades" => {
            Policy::core_only().with(gap(1)).with(OtherUnit)
        }
        "a minimum gap of 1 grade or 24 months instead of 1 grade or 36 months" => {
            Policy::core_only()
                .with(gap(1).or_months(24))
                .with(OtherUnit)
        }
        "a minimum gap of 1 grade or 12 months instead of 1 grade or 36 months" => {
            Policy::core_only()
                .with(gap(1).or_months(12))
                .with(OtherUnit)
        }
        "any mentee who is ahead instead of a minimum gap of 3 grades"
        | "any mentee who is ahead instead of a minimum gap of 1 grade or 36 months" => {
            Policy::core_only().with(OtherUnit)
        }
        "pairs within a unit" if graded => Policy::core_only().with(gap(3)),
        "pairs within a unit" => Policy::core_only().with(MinimumGap::default()),
        other => panic!("{other}"),
    }
}

fn number(skill: &Skill) -> u8 {
    skill
        .as_str()
        .strip_prefix("skill ")
        .unwrap()
        .parse()
        .unwrap()
}

fn replan(company: &Company, policy: &Policy, matcher: &dyn Matcher) -> MatchPlan {
    let (roster, context) = (company.roster(), company.context());
    plan(
        &Eligibility::new(&roster, policy, &context),
        &Criteria::standard(),
        matcher,
    )
    .unwrap()
}

pub(super) fn is_matched(plan: &MatchPlan, key: &str, role: Role) -> bool {
    let keys = plan.proposals.iter().map(|p| match role {
        Role::Mentor => p.mentor.as_str(),
        Role::Mentee => p.mentee.as_str(),
    });
    keys.into_iter().any(|other| other == key)
}

/// Somebody more, with this key.
fn with_newcomer(company: &Company, newcomer: &Newcomer, key: &str) -> Company {
    // Nobody's, so that it says of nobody where they are.
    let unit = newcomer.unit.as_ref().map(|unit| {
        assert_eq!(unit.as_str(), "another unit");
        9
    });
    let offers = newcomer.offers.iter();
    let wishes = newcomer.wishes.iter();
    let mut more = company.clone();
    more.people.push(Person {
        key: key.to_owned(),
        manager: None,
        dotted: Vec::new(),
        grade: newcomer.experience.as_grade(),
        months: newcomer.experience.as_months(),
        unit,
        sides: [newcomer.role == Role::Mentor, newcomer.role == Role::Mentee],
        capacity: 1,
        hours: None,
        offers: offers
            .map(|o| (number(o.skill()), o.level().as_u8()))
            .collect(),
        wishes: wishes
            .map(|w| (number(w.skill()), (w.from().as_u8(), w.to().as_u8())))
            .collect(),
        group: None,
    });
    more
}

/// Every company and policy that a change for somebody in a role can mean: the person must be matched in one of each list.
pub(super) fn meanings(
    company: &Company,
    defaults: &Defaults,
    (person, own): (usize, usize),
    change: &Change,
) -> Vec<Vec<(Company, Policy)>> {
    let by_default = |stated_nothing: bool, something: bool| match stated_nothing && something {
        true => Origin::DefaultExchange,
        false => Origin::Stated,
    };
    let asker = &company.people[person];
    let policy = policy(company);
    let changed = |change: &dyn Fn(&mut Person), at: usize| {
        let mut company = company.clone();
        change(&mut company.people[at]);
        company
    };
    match change {
        Change::OwnPlace { pairings, hours } => {
            let tenths =
                hours.map(|h| (h.to_string().parse::<f64>().unwrap() * 10.0).round() as u32);
            let change = |p: &mut Person| {
                p.capacity = p.capacity.max(*pairings);
                p.hours = tenths.or(p.hours);
            };
            vec![vec![(changed(&change, person), policy)]]
        }
        Change::OwnWish { wish, list } => {
            let counts = !defaults.wishes(asker, own).is_empty();
            assert_eq!(*list, by_default(asker.wishes.is_empty(), counts));
            let levels = (wish.from().as_u8(), wish.to().as_u8());
            let change = |p: &mut Person| {
                assert_eq!(p.wishes.insert(number(wish.skill()), levels), None);
            };
            vec![vec![(changed(&change, person), policy)]]
        }
        Change::OwnOffer {
            offer,
            instead_of,
            list,
        } => {
            let counts = !defaults.offers(asker, own).is_empty();
            assert_eq!(*list, by_default(asker.offers.is_empty(), counts));
            let change = |p: &mut Person| {
                let before = p
                    .offers
                    .insert(number(offer.skill()), offer.level().as_u8());
                assert_eq!(before, instead_of.map(|level| level.as_u8()));
            };
            vec![vec![(changed(&change, person), policy)]]
        }
        Change::Policy { words, .. } => vec![vec![(company.clone(), milder(company, words))]],
        Change::PlaceAmong { role, skill } => {
            let side = usize::from(*role == Role::Mentee);
            let people = (0..company.people.len()).filter(|&at| {
                let other = &company.people[at];
                let offers = defaults.offers(other, side);
                at != person && other.sides[side] && offers.contains_key(&number(skill))
            });
            let people: Vec<usize> = people.collect();
            assert!(people.len() >= 3, "a group of {}", people.len());
            let one_more = |at: usize| {
                let places = company.places(at, side) + 1;
                let change = |p: &mut Person| (p.capacity, p.hours) = (places, None);
                (changed(&change, at), policy.clone())
            };
            // One of them is meant, and it is not said who.
            vec![people.into_iter().map(one_more).collect()]
        }
        Change::Newcomer(newcomer) => {
            // Whatever their key is.
            let keys = ["a newcomer", "zz newcomer"];
            let companies = keys.map(|key| (with_newcomer(company, newcomer, key), policy.clone()));
            companies.map(|meaning| vec![meaning]).to_vec()
        }
        other => panic!("{other:?}"),
    }
}

pub(super) fn kind(change: &Change) -> &'static str {
    match change {
        Change::OwnPlace { .. } => "own place",
        Change::OwnWish { .. } => "own wish",
        Change::OwnOffer { .. } => "own offer",
        Change::Policy { .. } => "policy",
        Change::PlaceAmong { .. } => "place among",
        Change::Newcomer(_) => "newcomer",
        other => panic!("{other:?}"),
    }
}

/// No key but the person's own, no group, no sensitive skill; one line each.
pub(super) fn judge_text(company: &Company, person: usize, what: &Counterfactuals) {
    let mut texts = vec![what.to_string(), format!("{what:?}"), format!("{what:#?}")];
    texts.extend(what.found.iter().map(|c| c.change.to_string()));
    for text in &texts {
        for (at, other) in company.people.iter().enumerate() {
            assert!(at == person || !text.contains(&other.key), "{text}");
            let id = company.id(at).to_string();
            assert!(at == person || !text.contains(&id), "{text}");
            let unit = other.unit.map(|unit| format!("\"unit {unit}\""));
            assert!(unit.is_none_or(|unit| !text.contains(&unit)), "{text}");
        }
        assert!(
            !text.contains("group") && !text.contains("newcomer 1"),
            "{text}"
        );
        assert!(!text.contains(&format!("skill {SENSITIVE}")), "{text}");
    }
    assert!(texts[0].contains(company.key(person)), "{}", texts[0]);
    let as_now = texts[0]
        .lines()
        .filter(|line| line.ends_with(", as now)"))
        .count();
    assert_eq!(
        as_now,
        what.found
            .iter()
            .filter(|c| c.pairs == what.pairs_now)
            .count()
    );
    let lines = texts[0].lines().count();
    assert_eq!(
        lines,
        1 + what.found.len() + usize::from(!what.complete && !what.found.is_empty())
    );
}

#[derive(Default)]
struct Seen {
    kinds: BTreeMap<&'static str, u32>,
    helpless: u32,
}

fn judge(company: &Company, objective: Objective, seen: &mut Seen) {
    let (roster, context, policy) = (company.roster(), company.context(), policy(company));
    let (criteria, matcher) = (Criteria::standard(), Optimal::by(objective));
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let plan = candidates.plan(&matcher).unwrap();
    let sensitive = Skill::new(&format!("skill {SENSITIVE}")).unwrap();
    let search = Search::default().with_sensitive([sensitive]);
    for left in &plan.unmatched {
        let (key, role) = (left.key.as_str(), left.role);
        let person = find(company, key);
        let what = candidates
            .counterfactuals(&plan, &matcher, key, role, &search)
            .unwrap();
        assert_eq!(
            (what.key.as_str(), what.role, what.participant),
            (key, role, left.participant)
        );
        assert!(what.complete && what.found.len() <= 5);
        assert_eq!(what.pairs_now, plan.proposals.len() as u64);
        judge_text(company, person, &what);
        for Counterfactual {
            change,
            pairs,
            total_score,
            ..
        } in &what.found
        {
            *seen.kinds.entry(kind(change)).or_default() += 1;
            let asker = (person, usize::from(role == Role::Mentee));
            for meaning in meanings(company, &Defaults::default(), asker, change) {
                let made = meaning
                    .iter()
                    .map(|(company, policy)| replan(company, policy, &matcher));
                let made: Vec<MatchPlan> =
                    made.filter(|plan| is_matched(plan, key, role)).collect();
                assert!(
                    !made.is_empty(),
                    "{change} for {key} as {role}, {objective} of {company:?}"
                );
                let figures = |plan: &MatchPlan| (plan.proposals.len() as u64, plan.total_score);
                let as_said = made
                    .iter()
                    .any(|plan| figures(plan) == (*pairs, *total_score));
                assert!(
                    as_said,
                    "{change} for {key} as {role}, {objective} of {company:?}"
                );
            }
        }
        let found = |name: &str| what.found.iter().find(|c| kind(&c.change) == name);
        seen.helpless += u32::from(what.found.is_empty());
        if company.places_left(person, usize::from(role == Role::Mentee)) == 0
            || what.found.len() == 5
        {
            continue;
        }
        // What the search found no offer for, no offer helps; and none of a lower level than it found.
        for skill in (0..SENSITIVE).chain(SENSITIVE + 1..4) {
            let now = company.people[person]
                .offers
                .get(&skill)
                .copied()
                .unwrap_or(0);
            let level = match found("own offer").map(|c| &c.change) {
                None => 5,
                Some(Change::OwnOffer { offer, .. }) if number(offer.skill()) == skill => {
                    offer.level().as_u8() - 1
                }
                Some(_) => continue,
            };
            if level > now {
                let mut other = company.clone();
                other.people[person].offers.insert(skill, level);
                let helps = in_every_best_plan(&other, objective, person, role);
                assert_ne!(
                    helps,
                    Some(true),
                    "skill {skill}: {level} for {key}, {objective} of {company:?}"
                );
            }
        }
    }
}

/// Whether somebody has a pairing in every best plan; `None` where there are too many plans to look at.
fn in_every_best_plan(
    company: &Company,
    objective: Objective,
    person: usize,
    role: Role,
) -> Option<bool> {
    let (roster, context, policy) = (company.roster(), company.context(), policy(company));
    let (eligibility, criteria) = (
        Eligibility::new(&roster, &policy, &context),
        Criteria::standard(),
    );
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let plans = Plans::of(company, scored(company, &candidates))?;
    let side = usize::from(role == Role::Mentee);
    let mut best = plans.best(objective, |_| true).into_iter();
    Some(best.all(|plan| plans.people(plan).contains(&(side, person))))
}

#[test]
fn every_counterfactual_is_true_when_planned_again() {
    let mut seen = Seen::default();
    for (round, company) in companies(500, 6..=18).enumerate() {
        judge(&company, Objective::ALL[round % 4], &mut seen);
    }
    assert_eq!(seen.kinds.len(), 6, "{:?}", seen.kinds);
    assert!(seen.kinds.values().all(|&n| n >= 5), "{:?}", seen.kinds);
    assert!(seen.helpless > 20, "{}", seen.helpless);
}

#[test]
fn a_search_that_ends_early_says_so() {
    let policy = policy(&companies(1, 8..=8).next().unwrap());
    let (criteria, matcher) = (Criteria::standard(), Optimal::most_pairs());
    let (mut none, mut some) = (0, 0);
    for company in companies(60, 8..=12) {
        let (roster, context) = (company.roster(), company.context());
        let eligibility = Eligibility::new(&roster, &policy, &context);
        let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
        let plan = candidates.plan(&matcher).unwrap();
        for left in &plan.unmatched {
            let ask = |search: Search| {
                let key = left.key.as_str();
                candidates
                    .counterfactuals(&plan, &matcher, key, left.role, &search)
                    .unwrap()
            };
            let whole = ask(Search::default());
            let asked_for_one = ask(Search::default().with_answers(1));
            assert_eq!(
                asked_for_one.found,
                whole.found.iter().take(1).cloned().collect::<Vec<_>>()
            );
            let nothing = ask(Search::default().with_tries(0));
            assert!(nothing.found.is_empty() && nothing.tried == 0);
            assert_eq!(nothing.complete, whole.tried == 0);
            if whole.tried == 0 {
                none += 1;
                let said = format!(
                    "No single change of the kinds that are tried would find `{}` a pairing as {}.",
                    left.key, left.role
                );
                assert_eq!(whole.to_string(), said);
            } else {
                some += 1;
                let said = format!(
                    "None of 0 changes that were tried would find `{}` a pairing as {}; there are more.",
                    left.key, left.role
                );
                assert_eq!(nothing.to_string(), said);
            }
        }
        // Whoever is not left over has nothing to ask.
        if let Some(chosen) = plan.proposals.first() {
            let key = chosen.mentor.as_str();
            let refused =
                candidates.counterfactuals(&plan, &matcher, key, Role::Mentor, &Search::default());
            let refused = refused.unwrap_err();
            assert_eq!(
                refused.to_string(),
                format!("`{key}` is not without a pairing as mentor")
            );
            assert!(matches!(refused, QuestionError::NotUnmatched { .. }));
        }
    }
    assert!(none > 3 && some > 20, "{none} {some}");
}

/// A company by hand, with an answer of every kind in its words.
#[test]
fn words_of_every_kind() {
    let mut ids = SequentialIds::new(1);
    let mut person = |key: &str, side, grade, teaches: &[(&str, u8)], learns: &[(&str, u8)]| {
        let id = ParticipantId::from_source(&mut ids);
        let offers = teaches
            .iter()
            .map(|(skill, level)| Offer::new(skill, *level).unwrap());
        let wishes = learns
            .iter()
            .map(|(skill, to)| Wish::new(skill, 0, *to).unwrap());
        Participant::new(id, Key::new(key).unwrap(), side, Experience::grade(grade))
            .with_offers(offers)
            .unwrap()
            .with_wishes(wishes)
            .unwrap()
            .with_group(Label::new("cohort").unwrap())
    };
    let (mentor, mentee) = (Side::Mentor, Side::Mentee);
    let people = [
        // ada and bo compete for cfo, whom ada can teach more.
        person("ada", mentor, 2, &[("video", 4)], &[("budgets", 2)]),
        person(
            "bo",
            mentor,
            6,
            &[("video", 2)],
            &[("budgets", 2), ("faith", 2), ("strategy", 2)],
        ),
        person(
            "cfo",
            mentee,
            8,
            &[("budgets", 4), ("faith", 3)],
            &[("video", 4)],
        ),
        // One grade above bo.
        person("coo", mentee, 7, &[("strategy", 2)], &[("video", 2)]),
        // No hours, and somebody to pair with.
        person("dee", mentor, 1, &[("video", 1)], &[("law", 1)])
            .with_capacity(Capacity::default().with_hours("1".parse().unwrap())),
        // Nobody teaches what these two wish.
        person(
            "eva",
            mentee,
            9,
            &[("budgets", 3)],
            &[("welding", 2), ("faith", 1)],
        ),
        person("fay", mentee, 9, &[("budgets", 3)], &[("welding", 4)]),
        person("gil", mentee, 9, &[("law", 3)], &[("video", 2)]),
        // What would help cannot be said.
        person("hal", mentor, 3, &[("origami", 2)], &[("faith", 2)]),
    ];
    let lines = ReportingLines::new(people.iter().map(|p| Line::root(p.key().as_str()))).unwrap();
    let roster = Roster::new(people, lines).unwrap();
    let policy = Policy::core_only().with(MinimumGap::of_grades(2));
    let (criteria, context) = (Criteria::standard(), Context::new(super::oracle::today()));
    let matcher = Optimal::most_pairs();
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let plan = candidates.plan(&matcher).unwrap();
    assert_eq!(plan.to_record().pairs.len(), 1);
    let ask = |key, role, search: Search| {
        let search = search.with_sensitive([Skill::new("faith").unwrap()]);
        let what = candidates.counterfactuals(&plan, &matcher, key, role, &search);
        what.unwrap().to_string()
    };
    for (key, role, expected) in [
        (
            "bo",
            Role::Mentor,
            "`bo` would have a pairing as mentor with\n\
             - one wish more: `law`, from level 0 to level 1 (2 pairs in all instead of 1)\n\
             - one offer more: `welding` at level 1 (2 pairs in all instead of 1)\n\
             - a minimum gap of 1 grade instead of 2 grades (2 pairs in all instead of 1)\n\
             - one place more with one of the mentees who offer `budgets` (2 pairs in all instead of 1)\n\
             - one more mentee (grade 9, no line of management between the two) who offers `budgets` \
             at level 2 and wishes to learn `video` from level 0 to level 2 (2 pairs in all instead of 1)",
        ),
        (
            "dee",
            Role::Mentor,
            "`dee` would have a pairing as mentor with\n\
             - room for 1 pairing at a time, 1.5 hours a month (2 pairs in all instead of 1)",
        ),
        // A newcomer who offers welding at level 2 would suit fay as well: no promise.
        (
            "eva",
            Role::Mentee,
            "`eva` would have a pairing as mentee with\n\
             - one wish more: `video`, from level 0 to level 1 (2 pairs in all instead of 1)",
        ),
        (
            "hal",
            Role::Mentor,
            "No single change of the kinds that are tried would find `hal` a pairing as mentor.",
        ),
    ] {
        assert_eq!(ask(key, role, Search::default()), expected);
    }
    // More video does not help; the third try is welding at level 5, and lower levels are not tried any more.
    assert_eq!(
        ask("bo", Role::Mentor, Search::default().with_tries(3)),
        "`bo` would have a pairing as mentor with\n\
         - one wish more: `law`, from level 0 to level 1 (2 pairs in all instead of 1)\n\
         - one offer more: `welding` at level 5 (2 pairs in all instead of 1)\n\
         The search ended after 3 changes; others might help too."
    );
}

#[test]
fn a_higher_level_and_more_room_in_words() {
    let offer = Change::OwnOffer {
        offer: Offer::new("video", 4).unwrap(),
        instead_of: Some(Level::new(2).unwrap()),
        list: Origin::Stated,
    };
    assert_eq!(
        offer.to_string(),
        "the offer of `video` at level 4 instead of 2"
    );
    let place = Change::OwnPlace {
        pairings: 2,
        hours: None,
    };
    assert_eq!(place.to_string(), "room for 2 pairings at a time");
}

#[test]
fn a_newcomer_in_words() {
    // jo of the sample has a unit, a site, a time zone and a language, and every mentor is below her.
    let company = reverse_mentoring::testing::Company::sample().unwrap();
    let (policy, criteria) = (Policy::core_only(), Criteria::standard());
    let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let matcher = Optimal::most_pairs();
    let plan = candidates.plan(&matcher).unwrap();
    let skill = Skill::new("generative AI").unwrap();
    let search = Search::default().with_sensitive([skill]);
    let what = candidates
        .counterfactuals(&plan, &matcher, "jo", Role::Mentee, &search)
        .unwrap();
    let [
        Counterfactual {
            change: Change::Newcomer(newcomer),
            ..
        },
    ] = what.found.as_slice()
    else {
        panic!("{what}");
    };
    assert_eq!(
        newcomer.to_string(),
        "one more mentor (grade 2, 0 months, of another unit, same site, same time zone, same languages, \
         no line of management between the two) who offers `short video` at level 2 and wishes to learn \
         `leading` from level 0 to level 5"
    );
    let key = Key::new("new").unwrap();
    let person = newcomer
        .participant(ParticipantId::from_source(&mut SequentialIds::new(9)), key)
        .unwrap();
    let jo = company.roster().by_key("jo").unwrap().profile();
    assert_eq!(
        (person.profile().side(), person.group()),
        (Side::Mentor, None)
    );
    assert_eq!(person.profile().site(), jo.site());
    assert_eq!(person.profile().timezone(), jo.timezone());
    assert_eq!(person.profile().languages(), jo.languages());
    assert_ne!(person.profile().unit(), jo.unit());
}
