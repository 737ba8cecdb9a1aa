//! What is foreseen of a new roster is what then happens, and a difference is what a judge finds in the raw rows.
#![cfg(feature = "import")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use reverse_mentoring::dry_run::{
    Becomes, ChangeKind, LineKind, RosterDifference, forecast, forecast_pairs,
};
use reverse_mentoring::ids::{PairingId, ParticipantId};
use reverse_mentoring::pair::{Pair, Role};
use reverse_mentoring::pairing::Stage;
use reverse_mentoring::roster::{Experience, Line, Participant, ReportingLines, Roster, Side};
use reverse_mentoring::text::{Key, Label};
use support::{Company as Staffed, Kept, at, pair, pairing_id, person_id as person};

/// One person as a judge sees them.
#[derive(Debug, Clone, PartialEq)]
struct Raw {
    manager: Option<usize>,
    dotted: BTreeSet<usize>,
    unit: u8,
    grade: i32,
    takes_part: bool,
}

type Company = BTreeMap<usize, Raw>;

/// Managers have smaller numbers, so there are no circles of solid lines.
fn company() -> impl Strategy<Value = Company> {
    let person = (
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<prop::sample::Index>(), 0..2),
        0..3u8,
        1..3i32,
        any::<bool>(),
        0..5u8,
    );
    prop::collection::vec(person, 2..9).prop_map(|people| {
        let all = people.len();
        let there: Vec<usize> = (0..all).filter(|n| *n == 0 || people[*n].5 > 0).collect();
        let raw = |n: usize| {
            let (manager, dotted, unit, grade, takes_part, _) = &people[n];
            let above: Vec<usize> = there.iter().copied().filter(|m| *m < n).collect();
            Raw {
                manager: (!above.is_empty()).then(|| above[manager.index(above.len())]),
                dotted: dotted
                    .iter()
                    .map(|d| there[d.index(there.len())])
                    .filter(|d| *d != n)
                    .collect(),
                unit: *unit,
                grade: *grade,
                takes_part: *takes_part,
            }
        };
        there.iter().map(|n| (*n, raw(*n))).collect()
    })
}

fn id(n: usize) -> ParticipantId {
    ParticipantId::new(uuid::Uuid::from_u128(1 + n as u128))
}

fn roster(company: &Company) -> Roster {
    let key = |n: &usize| format!("p{n}");
    let lines = company.iter().map(|(n, raw)| {
        let line = raw
            .manager
            .map_or_else(|| Line::root(key(n)), |m| Line::new(key(n), key(&m)));
        raw.dotted.iter().fold(line, |line, d| line.dotted(key(d)))
    });
    let people = company
        .iter()
        .filter(|(_, raw)| raw.takes_part)
        .map(|(n, raw)| {
            let key = Key::new(key(n)).unwrap();
            Participant::new(id(*n), key, Side::Either, Experience::grade(raw.grade))
                .with_unit(Label::new(format!("u{}", raw.unit)).unwrap())
        });
    Roster::new(
        people.collect::<Vec<_>>(),
        ReportingLines::new(lines).unwrap(),
    )
    .unwrap()
}

/// Whether one gets from `lower` to `upper` by the lines of the raw company.
fn reaches(company: &Company, lower: usize, upper: usize) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![lower]);
    while let Some(at) = next.pop() {
        for up in company[&at].manager.iter().chain(&company[&at].dotted) {
            if *up == upper {
                return true;
            }
            if seen.insert(*up) {
                next.push(*up);
            }
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn a_difference_is_what_the_raw_rows_say(before in company(), after in company()) {
        let found = RosterDifference::between(&roster(&before), &roster(&after));
        let only = |a: &Company, b: &Company| a.keys().filter(|n| !b.contains_key(n)).map(|n| format!("p{n}")).collect::<Vec<_>>();
        let keys = |who: &[reverse_mentoring::dry_run::Who]| who.iter().map(|w| w.key().as_str().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(keys(&found.left), only(&before, &after));
        prop_assert_eq!(keys(&found.joined), only(&after, &before));
        let mut expected = Vec::new();
        for (n, was) in &before {
            let Some(is) = after.get(n) else { continue };
            let both = was.takes_part && is.takes_part;
            let mut kinds = Vec::new();
            let mut note = |kind, differs: bool| if differs { kinds.push(kind) };
            note(ChangeKind::TakesPart, !was.takes_part && is.takes_part);
            note(ChangeKind::TakesNoPart, was.takes_part && !is.takes_part);
            note(ChangeKind::Manager, was.manager != is.manager);
            note(ChangeKind::Dotted, was.dotted != is.dotted);
            note(ChangeKind::Unit, both && was.unit != is.unit);
            // Of those who take no part these rosters know no grade.
            let known = |raw: &Raw| raw.takes_part.then_some(raw.grade);
            note(ChangeKind::Grade, known(was) != known(is));
            if !kinds.is_empty() {
                expected.push((format!("p{n}"), kinds));
            }
        }
        let changed: Vec<_> = found.changed.iter().map(|c| (c.who.key().as_str().to_owned(), c.kinds.clone())).collect();
        prop_assert_eq!(changed, expected);
        prop_assert_eq!(found.is_empty(), before == after || format!("{found}") == "nothing is different");
        let told = format!("{found:?}") + &serde_json::to_string(&found).unwrap();
        prop_assert!(!told.contains("\"p") && !told.contains("u0"), "{}", told);
    }

    #[test]
    fn pairs_become_what_the_raw_rows_say(before in company(), after in company()) {
        let (previous, next) = (roster(&before), roster(&after));
        let takes = |company: &Company, n: usize| company.get(&n).is_some_and(|raw| raw.takes_part);
        let pairs: Vec<(usize, usize)> = before.keys().flat_map(|a| before.keys().map(move |b| (*a, *b)))
            .filter(|(a, b)| a != b && takes(&before, *a) && takes(&before, *b)).collect();
        let named = pairs.iter().enumerate().map(|(at, (a, b))| {
            (PairingId::new(uuid::Uuid::from_u128(at as u128)), Pair { mentor: id(*a), mentee: id(*b) })
        });
        let found: BTreeMap<PairingId, Becomes> = forecast_pairs(named.clone(), &previous, &next).into_iter().map(|f| (f.pairing, f.becomes)).collect();
        for ((pairing, _), (a, b)) in named.zip(&pairs) {
            let linked = |company: &Company| reaches(company, *a, *b) || reaches(company, *b, *a);
            let becomes = found.get(&pairing);
            let stays = takes(&after, *a) && takes(&after, *b);
            match becomes {
                Some(Becomes::Ended { mentor_stays, mentee_stays }) => {
                    prop_assert!(!stays);
                    prop_assert_eq!((*mentor_stays, *mentee_stays), (takes(&after, *a), takes(&after, *b)));
                }
                Some(Becomes::Hierarchical { upper, path }) => {
                    prop_assert!(stays && linked(&after) && !linked(&before));
                    let number = |key: &str| key[1..].parse::<usize>().unwrap();
                    let steps: Vec<usize> = path.iter().map(|s| number(s.who.key().as_str())).collect();
                    let (low, high) = if *upper == Role::Mentee { (a, b) } else { (b, a) };
                    prop_assert_eq!((steps.first(), steps.last()), (Some(low), Some(high)));
                    for (step, up) in path.iter().zip(&steps[1..]) {
                        let person = &after[&number(step.who.key().as_str())];
                        match step.up {
                            Some(LineKind::Solid) => prop_assert_eq!(person.manager, Some(*up)),
                            Some(LineKind::Dotted) => prop_assert!(person.dotted.contains(up)),
                            None => prop_assert!(false, "a step without a line"),
                        }
                    }
                    prop_assert_eq!(path.last().unwrap().up, None);
                }
                Some(Becomes::Cleared) => prop_assert!(stays && !linked(&after) && linked(&before)),
                Some(_) => prop_assert!(false, "another kind"),
                None => prop_assert!(stays && linked(&after) == linked(&before)),
            }
        }
    }
}

/// What was foreseen of a programme's pairings is how they stand after each of several reorganisations.
#[test]
fn what_is_foreseen_of_a_programme_happens() {
    let base = Staffed::base();
    let mut kept = Kept::open(&base.roster());
    kept.propose(
        &base.roster(),
        &[("ada", "cto"), ("ben", "cto"), ("cleo", "cfo")],
        1,
    );
    for pairing in 1..=3 {
        kept.begin(pairing, 2);
    }
    let companies = [
        base.clone(),
        base.clone().reports("ops", "cto").dotted("cleo", "cfo"),
        base.clone().reports("ops", "cto").reports("ben", "cfo"),
        base.clone().reports("cto", "ben").dotted("ada", "cto"),
        base.clone(),
        base.clone().side("ada", None).reports("cleo", "cfo"),
        base.side("cto", None),
    ];
    let pairs = BTreeMap::from([(1, pair(1, 4)), (2, pair(2, 4)), (3, pair(3, 5))]);
    let mut kinds = [0; 3];
    let mut previous = Staffed::base().roster();
    for (on, company) in (10..).zip(companies) {
        let next = company.roster();
        let before: BTreeMap<u32, Option<Stage>> = pairs
            .keys()
            .map(|n| (*n, kept.program.stage(pairing_id(*n))))
            .collect();
        let untouched = kept.program.clone();
        let foreseen: BTreeMap<PairingId, Becomes> = forecast(&kept.program, &next)
            .into_iter()
            .map(|f| (f.pairing, f.becomes))
            .collect();
        assert!(kept.program == untouched);
        let open = pairs
            .iter()
            .filter(|(n, _)| kept.program.pairing(pairing_id(**n)).is_some());
        let open: Vec<_> = open.map(|(n, pair)| (pairing_id(*n), *pair)).collect();
        let beside = forecast_pairs(open, &previous, &next);
        let beside: BTreeMap<PairingId, Becomes> =
            beside.into_iter().map(|f| (f.pairing, f.becomes)).collect();
        // Without a programme nobody knows who is held up still.
        if !before
            .values()
            .any(|stage| matches!(stage, Some(Stage::Suspended { .. })))
        {
            assert_eq!(foreseen, beside, "day {on}");
        }
        kept.program.reorganise(&next, at(on)).unwrap();
        for n in pairs.keys() {
            let (id, was) = (pairing_id(*n), before[n]);
            let is = kept.program.stage(id);
            let held_up = |stage: Option<Stage>| matches!(stage, Some(Stage::Suspended { .. }));
            match foreseen.get(&id) {
                Some(Becomes::Hierarchical { .. }) => {
                    kinds[0] += 1;
                    assert!(!held_up(was) && held_up(is), "day {on}, pairing {n}");
                }
                // A coordinator lets it go on; the line is gone.
                Some(Becomes::Cleared) => {
                    kinds[1] += 1;
                    assert!(
                        held_up(was) && kept.program.pairing(id).unwrap().link_gone(),
                        "day {on}, pairing {n}"
                    );
                }
                Some(_) => {
                    kinds[2] += 1;
                    assert!(kept.program.pairing(id).is_none(), "day {on}, pairing {n}");
                }
                None => assert_eq!(is, was, "day {on}, pairing {n}"),
            }
        }
        previous = next;
    }
    assert!(kinds.iter().all(|n| *n >= 1), "{kinds:?}");
}

/// Keys are in no JSON: of those who take no part it says that they are there, once each, and not who they are.
#[test]
fn null_is_somebody_who_takes_no_part() {
    let base = Staffed::base().side("ops", None);
    let outsiders = base.clone().reports("ops", "cfo").side("cto", None);
    let found = RosterDifference::between(&base.roster(), &outsiders.roster());
    let who: Vec<_> = found
        .changed
        .iter()
        .map(|c| (c.who.key().as_str(), c.who.id()))
        .collect();
    assert_eq!(who, [("cto", Some(person(4))), ("ops", None)]);
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"joined": [], "left": [], "changed": [
            {"who": person(4).to_string(), "kinds": ["takes-no-part"]},
            {"who": null, "kinds": ["manager"]},
        ]})
    );
    // On the way up, too: ada reports to ops, and ops to the cto.
    let pairs = [(PairingId::new(uuid::Uuid::from_u128(7)), pair(1, 4))];
    let next = base.clone().reports("ops", "cto");
    let found = forecast_pairs(pairs, &base.roster(), &next.roster());
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(
        json[0]["becomes"]["hierarchical"],
        serde_json::json!({"upper": "mentee", "path": [
            {"who": person(1).to_string(), "up": "solid"},
            {"who": null, "up": "solid"},
            {"who": person(4).to_string(), "up": null},
        ]})
    );
}
