//! A roster as it is stored: what was random and nasty comes back as it was, and a record that is none says all that is wrong with it.
//!
//! The judge writes its own JSON beside each roster, from the numbers that both are made of.

#[path = "support/dice.rs"]
mod dice;
#[path = "support/nasty.rs"]
mod nasty;

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use chrono::NaiveDate;
use proptest::prelude::*;
use reverse_mentoring::ids::{IdSource, ParticipantId, SequentialIds};
use reverse_mentoring::notebook::Notebook;
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Line, NamedSkill, Offer, Participant, Person, ReportingLines,
    Roster, RosterRecord, Sensitivity, Side, Skill, SkillCatalogue, Traits, Wish,
};
use reverse_mentoring::subject::Erasure;
use reverse_mentoring::testing::Company;
use reverse_mentoring::text::{Key, Label};
use reverse_mentoring::uuid::Uuid;
use serde_json::{Value, json};

use dice::Dice;

fn stored(roster: &Roster) -> String {
    serde_json::to_string(&roster.to_record()).unwrap()
}

fn loaded(text: &str) -> Roster {
    let record: RosterRecord = serde_json::from_str(text).unwrap();
    Roster::from_record(record).unwrap()
}

/// Everything that a roster tells: people with their traits, lines, places, and the labels of skills, which count in no comparison.
fn assert_same(one: &Roster, two: &Roster) {
    assert_eq!(one.participants(), two.participants());
    assert!(one.colleagues().eq(two.colleagues()));
    assert!(one.lines().to_lines().eq(two.lines().to_lines()));
    assert!(one.seats().eq(two.seats()));
    assert_eq!(one.fingerprint(), two.fingerprint());
    assert_eq!(one.lines().dotted_circles(), two.lines().dotted_circles());
    let labels = |roster: &Roster| -> Vec<String> {
        let people = roster.participants().iter().map(Participant::profile);
        let skills = people.flat_map(|p| {
            let wished = p.wishes().iter().map(Wish::skill);
            p.offers().iter().map(Offer::skill).chain(wished)
        });
        skills.map(|skill| skill.as_str().to_owned()).collect()
    };
    assert_eq!(labels(one), labels(two));
    for p in one.participants() {
        let offset = |roster: &Roster| roster.participant(p.id()).unwrap().profile().utc_offset();
        assert_eq!(offset(one), offset(two));
    }
}

/// Text that is a key or a label, of the nasty ones.
fn texts(of: impl Fn(&str) -> bool) -> Vec<String> {
    nasty::nasty().into_iter().filter(|t| of(t)).collect()
}

fn some<'t>(dice: &mut Dice, texts: &'t [String]) -> Option<&'t str> {
    (dice.roll(2) == 0).then(|| texts[dice.roll(texts.len() as u64) as usize].as_str())
}

fn several(dice: &mut Dice, texts: &[String]) -> BTreeSet<String> {
    let many = dice.roll(4);
    (0..many)
        .map(|_| texts[dice.roll(texts.len() as u64) as usize].clone())
        .collect()
}

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

/// Skills, none twice, each as it is and as it is written.
fn skills(dice: &mut Dice, labels: &[String]) -> Vec<(Skill, Value)> {
    let mut skills: Vec<(Skill, Value)> = Vec::new();
    for _ in 0..dice.roll(4) {
        let mut text = || labels[dice.roll(labels.len() as u64) as usize].as_str();
        let [scheme, id, name] = [text(), text(), text()];
        let one = match dice.roll(2) {
            0 => (Skill::new(name).unwrap(), json!(name)),
            _ => (
                Skill::referenced(scheme, id, name).unwrap(),
                json!({"scheme": scheme, "id": id, "label": name}),
            ),
        };
        if skills.iter().all(|(known, _)| *known != one.0) {
            skills.push(one);
        }
    }
    skills.sort_by(|a, b| a.0.cmp(&b.0));
    skills
}

/// A roster, and the record as the judge writes it.
fn random(dice: &mut Dice) -> (Roster, Value) {
    let keys = texts(|t| Key::new(t).is_ok());
    let labels = texts(|t| Label::new(t).is_ok());
    let mut people: Vec<String> = several(dice, &keys).into_iter().collect();
    people.extend((0..dice.roll(8)).map(|n| format!("E-{n}")));
    people.extend(
        (0..dice.roll(3)).map(|n| keys[(dice.roll(200) + n) as usize % keys.len()].clone()),
    );
    let people: BTreeSet<String> = people.into_iter().collect();
    let mut order: Vec<&String> = people.iter().collect();
    for at in (1..order.len()).rev() {
        order.swap(at, dice.roll(at as u64 + 1) as usize);
    }
    let (graded, dated) = dice.of(&[(true, true), (true, false), (false, true)]);
    let mut ids = SequentialIds::new(dice.below(9));
    let (mut lines, mut who, mut rows) = (Vec::new(), Vec::<Person>::new(), Vec::new());
    for (at, key) in order.iter().enumerate() {
        let manager = match dice.roll(4) {
            0 => None,
            _ => order
                .get(dice.roll(at.max(1) as u64) as usize)
                .filter(|_| at > 0),
        };
        let solid = manager.map_or(json!("root"), |m| json!({ "manager": m }));
        let line = manager.map_or(Line::root(*key), |m| Line::new(*key, *m));
        let dotted: BTreeSet<&String> = (0..dice.roll(3))
            .map(|_| order[dice.roll(order.len() as u64) as usize])
            .filter(|other| other != key)
            .collect();
        lines.push(dotted.iter().fold(line, |line, other| line.dotted(*other)));
        let grade = dice.of(&[i32::MIN, -1, 0, 7, i32::MAX]);
        let months = dice.of(&[0, 11, u32::MAX]);
        let places = dice.of(&[1, 3, u32::MAX]);
        let hours = dice.of(&[
            None,
            Some("0"),
            Some("4.5"),
            Some("0.000001"),
            Some("10000"),
        ]);
        let capacity = Capacity::of(NonZeroU32::new(places).unwrap());
        let capacity = hours.map_or(capacity, |h| capacity.with_hours(h.parse().unwrap()));
        let key_of = Key::new(key.as_str()).unwrap();
        let is = match dice.roll(4) {
            0 => json!("unknown"),
            1 => {
                let (grade, months) = dice.of(&[
                    (None, None),
                    (Some(grade), None),
                    (None, Some(months)),
                    (Some(grade), Some(months)),
                ]);
                who.push(Person::from(Colleague {
                    key: key_of,
                    experience: Experience::of(grade, months),
                    capacity,
                }));
                json!({"colleague": {
                    "grade": grade, "experience_months": months, "capacity": places, "hours_per_month": hours,
                }})
            }
            _ => {
                let (grade, months) = (graded.then_some(grade), dated.then_some(months));
                let id = ids.next_uuid();
                let (side, said) = dice.of(&[
                    (Side::Mentor, "mentor"),
                    (Side::Mentee, "mentee"),
                    (Side::Either, "either"),
                ]);
                let experience = Experience::of(grade, months).unwrap();
                let (offered, wished) = (skills(dice, &labels), skills(dice, &labels));
                let [teach, low, high] =
                    [1 + dice.roll(5), dice.roll(3), 3 + dice.roll(3)].map(|n| n as u8);
                let level = |n: u8| n.try_into().unwrap();
                let mut p = Participant::new(ParticipantId::new(id), key_of, side, experience)
                    .with_capacity(capacity)
                    .with_offers(
                        offered
                            .iter()
                            .rev()
                            .map(|(s, _)| Offer::of(s.clone(), level(teach)).unwrap()),
                    )
                    .unwrap()
                    .with_wishes(
                        wished
                            .iter()
                            .rev()
                            .map(|(s, _)| Wish::of(s.clone(), level(low), level(high)).unwrap()),
                    )
                    .unwrap();
                let [unit, site, group] = [0; 3].map(|_| some(dice, &labels));
                let zone = match dice.roll(3) {
                    0 => Some("UTC+05:30"),
                    _ => some(dice, &labels),
                };
                let [languages, interests, values, background] =
                    [0; 4].map(|_| several(dice, &labels));
                p = unit.map_or(p.clone(), |t| p.clone().with_unit(label(t)));
                p = site.map_or(p.clone(), |t| p.clone().with_site(label(t)));
                p = zone.map_or(p.clone(), |t| p.clone().with_timezone(label(t)));
                p = group.map_or(p.clone(), |t| p.clone().with_group(label(t)));
                let traits =
                    |set: &BTreeSet<String>| Traits::new(set.iter().map(String::as_str)).unwrap();
                p = p
                    .with_languages(languages.iter().map(|t| label(t)))
                    .with_interests(traits(&interests))
                    .with_values(traits(&values))
                    .with_background(traits(&background));
                who.push(p.into());
                let offers = offered
                    .iter()
                    .map(|(_, s)| json!({"skill": s, "level": teach}));
                let wishes = wished
                    .iter()
                    .map(|(_, s)| json!({"skill": s, "from": low, "to": high}));
                json!({"participant": {
                    "id": id.to_string(), "side": said, "grade": grade, "experience_months": months,
                    "capacity": places, "hours_per_month": hours,
                    "offers": offers.collect::<Vec<_>>(), "wishes": wishes.collect::<Vec<_>>(),
                    "unit": unit, "site": site, "timezone": zone, "languages": languages,
                    "interests": interests, "values": values, "background": background, "group": group,
                }})
            }
        };
        rows.push((
            *key,
            json!({"key": key, "solid": solid, "dotted": dotted, "is": is}),
        ));
    }
    rows.sort_by_key(|(key, _)| *key);
    let rows: Vec<Value> = rows.into_iter().map(|(_, row)| row).collect();
    let lines = ReportingLines::new(lines).unwrap();
    (
        Roster::new(who, lines).unwrap(),
        json!({"version": 1, "people": rows}),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_stored_comes_back(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let (roster, written) = random(&mut dice);
        let text = stored(&roster);
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), written.clone());
        let again = loaded(&text);
        assert_same(&roster, &again);
        prop_assert_eq!(stored(&again), text.clone());

        // In whatever order the rows come, it is the same roster, written in the same bytes.
        let mut shuffled = written;
        shuffled["people"].as_array_mut().unwrap().reverse();
        let again = loaded(&shuffled.to_string());
        assert_same(&roster, &again);
        prop_assert_eq!(stored(&again), text);

        // Of somebody who is forgotten nothing is in it.
        let mut erasure = Erasure::new();
        for p in roster.participants().iter().filter(|_| dice.roll(3) == 0) {
            erasure.add(p.id(), NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
        }
        let left = erasure.roster(&roster).unwrap();
        let text = stored(&left);
        assert_same(&left, &loaded(&text));
        for (gone, _) in erasure.people() {
            prop_assert!(!text.contains(&gone.to_string()));
        }
    }
}

/// Nasty strings as keys and labels, each in every place, beside the property, which draws them.
#[test]
fn every_nasty_string_where_it_may_stand() {
    let mut tried = 0;
    for text in nasty::nasty() {
        let row = |key: &str, manager: Value, of: &str| {
            json!({"key": key, "solid": manager, "dotted": [], "is": {"participant": {
                "id": Uuid::from_u128(key.len() as u128), "side": "either", "grade": 1, "experience_months": null,
                "capacity": 1, "hours_per_month": null,
                "offers": [{"skill": {"scheme": of, "id": of, "label": of}, "level": 1}],
                "wishes": [{"skill": of, "from": 0, "to": 1}],
                "unit": of, "site": of, "timezone": of, "languages": [of], "interests": [of], "values": [of],
                "background": [of], "group": of,
            }}})
        };
        let as_key = json!({"version": 1, "people": [row(&text, json!("root"), "plain")]});
        let as_label = json!({"version": 1, "people": [row("A1", json!("root"), &text)]});
        for (value, may) in [
            (as_key, Key::new(text.as_str()).is_ok()),
            (as_label, Label::new(text.as_str()).is_ok()),
        ] {
            let read = serde_json::from_str::<RosterRecord>(&value.to_string());
            assert_eq!(read.is_ok(), may, "{text:?}");
            if let Ok(record) = read {
                let roster = Roster::from_record(record).unwrap();
                assert_eq!(serde_json::to_value(roster.to_record()).unwrap(), value);
                tried += 1;
            }
        }
    }
    assert!(tried > 250, "{tried}");
}

/// References are stored, and what they stand for is not.
#[test]
fn sensitive_skills_stay_in_the_notebook() {
    let mut ids = SequentialIds::new(1);
    let faith = Skill::new("prayer").unwrap();
    let named = NamedSkill::new(label("prayer"), faith).with_sensitivity(Sensitivity::Sensitive);
    let catalogue = SkillCatalogue::new([named]).unwrap();
    let key = Key::new("ada").unwrap();
    let ada = Participant::new(
        ParticipantId::from_source(&mut ids),
        key,
        Side::Mentor,
        Experience::grade(2),
    )
    .with_offers([Offer::new("prayer", 4).unwrap()])
    .unwrap();
    let roster = Roster::new([ada], ReportingLines::new([Line::root("ada")]).unwrap()).unwrap();
    let resolved = Notebook::new()
        .resolve(&catalogue, &roster, &mut ids)
        .unwrap()
        .roster;
    let text = stored(&resolved);
    assert!(
        !text.contains("prayer") && text.contains("skill 0000"),
        "{text}"
    );
    assert_same(&resolved, &loaded(&text));
}

#[test]
fn a_record_shows_nothing() {
    let record = Company::sample().unwrap().roster().to_record();
    assert_eq!(format!("{record:?}"), "RosterRecord(..)");
}

/// A participant's row, to be damaged.
fn row(key: &str, n: u32, solid: Value) -> Value {
    json!({"key": key, "solid": solid, "dotted": [], "is": {"participant": {
        "id": format!("00000001-0000-8000-8000-{n:012x}"), "side": "mentor", "grade": 2, "experience_months": null,
        "capacity": 1, "hours_per_month": null, "offers": [], "wishes": [], "unit": null, "site": null,
        "timezone": null, "languages": [], "interests": [], "values": [], "background": [], "group": null,
    }}})
}

fn problems(record: &Value) -> Vec<String> {
    let record: RosterRecord = serde_json::from_str(&record.to_string()).unwrap();
    let error = Roster::from_record(record).unwrap_err();
    error.0.iter().map(ToString::to_string).collect()
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let root = json!("root");
    let to = |key: &str| json!({ "manager": key });
    let mut twice = row("ada", 1, root.clone());
    let stated = &mut twice["is"]["participant"];
    stated["offers"] = json!([
        {"skill": "sql", "level": 3}, {"skill": "video", "level": 1}, {"skill": "sql", "level": 4},
        {"skill": "video", "level": 2}, {"skill": "maps", "level": 0},
    ]);
    stated["wishes"] = json!([
        {"skill": {"scheme": "onet", "id": "1", "label": "one"}, "from": 0, "to": 2},
        {"skill": {"scheme": "onet", "id": "1", "label": "two"}, "from": 1, "to": 2},
        {"skill": "maps", "from": 3, "to": 3},
    ]);
    let mut unmeasured = row("bo", 1, to("nobody"));
    unmeasured["is"]["participant"]["grade"] = json!(null);
    let mut months = row("cy", 2, to("dan"));
    months["is"]["participant"]["experience_months"] = json!(9);
    let mut dan = row("dan", 3, to("cy"));
    dan["dotted"] = json!(["dan", "ghost"]);
    let again = json!({"key": "dan", "solid": root, "dotted": [], "is": "unknown"});
    let colleague = json!({"key": "ada", "solid": root, "dotted": [], "is": {"colleague": {
        "grade": null, "experience_months": null, "capacity": 1, "hours_per_month": null,
    }}});
    let record =
        json!({"version": 2, "people": [twice, unmeasured, months, dan, again, colleague]});
    let expected = [
        "version 2 of the roster is not among those that this release reads, 1 to 1",
        "`ada`: an offer needs a level of 1 to 5",
        "`ada`: a wish from level 3 to level 3 does not rise",
        "`ada`: the skill `sql` is offered twice",
        "`ada`: the skill `video` is offered twice",
        "`ada`: the skill `one` is wished for twice",
        "`bo` takes part, and nothing says with how much experience",
        "`ada` has 2 lines",
        "`bo` reports to `nobody`, whom no line defines",
        "a circle of solid lines: `cy` → `dan` → `cy`",
        "`dan` has 2 lines",
        "`dan` reports to themselves",
        "`dan` reports to `ghost`, whom no line defines",
        "`dan` has 2 lines",
        "`ada` has 2 lines",
        "the id 00000001-0000-8000-8000-000000000001 is given to two participants",
        "the experience of `cy` is not on the scale of the others",
    ];
    let found = problems(&record);
    assert_eq!(found, expected, "{found:#?}");
    let record: RosterRecord = serde_json::from_str(&record.to_string()).unwrap();
    assert_eq!(
        Roster::from_record(record).unwrap_err().to_string(),
        "version 2 of the roster is not among those that this release reads, 1 to 1 (and 16 more)"
    );
}

/// Each alone, in a record that is sound otherwise: nothing else is wrong, and nothing is let through.
#[test]
fn each_by_itself() {
    let sound = || json!({"version": 1, "people": [row("ada", 1, json!("root")), row("bo", 2, json!({"manager": "ada"}))]});
    let of = |change: &dyn Fn(&mut Value)| {
        let mut record = sound();
        change(&mut record);
        problems(&record)
    };
    let person = |record: &mut Value, at: usize, name: &str, value: Value| {
        record["people"][at]["is"]["participant"][name] = value;
    };
    assert_same(&loaded(&sound().to_string()), &loaded(&sound().to_string()));
    assert_eq!(of(&|r| r["version"] = json!(0)).len(), 1);
    assert_eq!(
        of(&|r| person(r, 1, "id", json!("00000001-0000-8000-8000-000000000001"))),
        ["the id 00000001-0000-8000-8000-000000000001 is given to two participants"]
    );
    assert_eq!(
        of(&|r| person(r, 0, "grade", json!(null))),
        ["`ada` takes part, and nothing says with how much experience"]
    );
    assert_eq!(
        of(&|r| person(r, 0, "wishes", json!([{"skill": "a", "from": 5, "to": 1}]))),
        ["`ada`: a wish from level 5 to level 1 does not rise"]
    );
    assert_eq!(
        of(&|r| r["people"][0]["solid"] = json!({"manager": "bo"})),
        ["a circle of solid lines: `ada` → `bo` → `ada`"]
    );
    assert_eq!(
        of(&|r| r["people"][1]["key"] = json!("ada")),
        ["`ada` has 2 lines", "`ada` has 2 lines"]
    );
}

/// What has no form of a record is refused by serde: nothing is filled in, and nothing is passed over.
#[test]
fn nothing_is_filled_in() {
    let sound = json!({"version": 1, "people": [row("ada", 1, json!("root"))]});
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut record = sound.clone();
        change(&mut record);
        serde_json::from_str::<RosterRecord>(&record.to_string())
            .unwrap_err()
            .to_string()
    };
    for place in ["key", "solid", "dotted", "is"] {
        let said = refused(&|r| {
            r["people"][0].as_object_mut().unwrap().remove(place);
        });
        assert!(
            said.starts_with(&format!("missing field `{place}`")),
            "{said}"
        );
    }
    let participant = sound["people"][0]["is"]["participant"].as_object().unwrap();
    for (place, value) in participant.iter().filter(|(_, value)| !value.is_null()) {
        if place == "grade" {
            continue; // it is missing where months are known
        }
        let said = refused(&|r| {
            let it = r["people"][0]["is"]["participant"].as_object_mut().unwrap();
            it.remove(place);
        });
        assert!(
            said.starts_with(&format!("missing field `{place}`")),
            "{said}"
        );
        let other = if value.is_array() {
            json!("x")
        } else {
            json!([])
        };
        refused(&|r| r["people"][0]["is"]["participant"][place] = other.clone());
    }
    refused(&|r| r["more"] = json!(1));
    refused(&|r| r["people"][0]["more"] = json!(1));
    refused(&|r| r["people"][0]["is"]["participant"]["more"] = json!(1));
    refused(&|r| r["people"][0]["solid"] = json!(null));
    refused(&|r| r["people"][0]["is"] = json!(null));
    refused(&|r| r["people"][0]["is"]["participant"]["capacity"] = json!(0));
    refused(&|r| {
        r["people"][0]["is"]["participant"]["offers"] = json!([{"skill": "a", "level": 6}])
    });
    refused(&|r| r["people"][0]["is"]["participant"]["hours_per_month"] = json!("-1"));
}
