//! What is written out for one person, value by value, and what is not.

use std::collections::BTreeSet;

use reverse_mentoring::charter::{Charter, Milestone, Sponsor};
use reverse_mentoring::eligibility::ExemptionReason;
use reverse_mentoring::journal::Entry;
use reverse_mentoring::matching::Pin;
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pairing::{EndReason, GoalChange, GoalRef, NewGoal, SharedGoal, Step};
use reverse_mentoring::policy::{Context, FormerManager, Relation, RelationKind};
use reverse_mentoring::roster::{Line, ReportingLines, Side};
use reverse_mentoring::session::{PlannedSession, Response};
use reverse_mentoring::subject::{Erasure, Export};
use reverse_mentoring::text::{Key, Label};

use crate::support::*;
use crate::world::*;

/// The export of one person, value by value.
#[test]
fn an_export_by_hand() {
    let world = World::new();
    let (one, three) = (key(1), key(3));
    let context = Context::new(day(60))
        .with_relations([
            Relation {
                kind: RelationKind::Coach,
                by: person_id(4),
                of: person_id(1),
            },
            Relation {
                kind: RelationKind::Sponsor,
                by: person_id(5),
                of: person_id(4),
            },
        ])
        .with_former_managers([
            FormerManager {
                person: person_id(1),
                manager: key(5),
                until: day(-9000),
            },
            FormerManager {
                person: person_id(2),
                manager: key(4),
                until: day(1),
            },
        ])
        .with_trained([
            (person_id(1), Label::new("first steps").unwrap()),
            (person_id(2), Label::new("other").unwrap()),
        ])
        .with_excluded([pair(1, 5), pair(2, 5), pair(3, 1)]);
    let pin = |mentor: &Key, mentee: &Key| Pin {
        mentor: mentor.clone(),
        mentee: mentee.clone(),
        line: Some(2),
    };
    let pins = [pin(&one, &key(4)), pin(&three, &key(5)), pin(&three, &one)];
    let export = world
        .export(1)
        .with_context(&context)
        .with_pins(&pins, &world.roster);
    assert_eq!(
        format!("{export:?}"),
        format!("Export {{ participant: {:?}, .. }}", person_id(1))
    );
    let json = serde_json::to_value(&export).unwrap();
    let (four, p1, s) = (person_id(4), pairing_id(1), |n: u32| session_id(n));
    assert_eq!(json["participant"], person_id(1).to_string());
    assert_eq!(
        json["roster"],
        serde_json::json!({
            "key": one, "side": "mentor", "grade": 2, "experience_months": 9, "capacity": 3, "hours_per_month": "4.5",
            "offers": [{"skill": "QXoffer1X", "level": 3}, {"skill": "budget", "level": 4}, {"skill": "video", "level": 4}],
            "wishes": [{"skill": "QXwish1X", "from": 2, "to": 5}, {"skill": "budget", "from": 1, "to": 5}, {"skill": "video", "from": 0, "to": 5}],
            "unit": "QXunit1X", "site": "QXsite1X", "timezone": "QXzone1X", "languages": ["QXlanguage1X"],
            "interests": ["QXinterest1X"], "values": ["QXvalue1X"], "background": ["QXbackground1X"],
            "group": "QXgroup1X", "manager": three, "dotted": [],
        })
    );
    assert_eq!(
        json["places"],
        serde_json::json!([{"since": "2026-01-01", "as_mentor": 3, "as_mentee": 0}])
    );
    let pairing = &json["pairings"][0];
    assert_eq!(json["pairings"].as_array().unwrap().len(), 1);
    for (field, value) in [
        ("pairing", serde_json::json!(p1)),
        ("role", "mentor".into()),
        ("partner", serde_json::json!(four)),
        ("proposed", "2026-01-02".into()),
        ("started", "2026-01-03".into()),
        ("latest_step", "2026-01-03".into()),
        ("ended", serde_json::Value::Null),
        ("introduced", serde_json::Value::Null),
        ("settled", serde_json::Value::Null),
        ("ending", serde_json::Value::Null),
        ("holds", serde_json::json!([])),
        ("violations", serde_json::json!([])),
        ("missing_evidence", serde_json::json!([])),
    ] {
        assert_eq!(pairing[field], value, "{field}");
    }
    assert_eq!(pairing["agreements"].as_array().unwrap().len(), 1);
    assert_eq!(pairing["agreements"][0]["from"], "2026-01-02");
    let sessions = pairing["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 3);
    assert_eq!(
        sessions[2],
        serde_json::json!({
            "session": s(12), "date": day(38), "starts": null, "result": {"outcome": "missed", "by": null}, "venue": null,
            "feedback_from": [], "recognition_from": [], "responded": [], "planned": null,
        })
    );
    // Nothing planned, shared or looked back on: the keys are there all the same.
    let empty = serde_json::json!([[], [], {}]);
    let found = ["planned", "shared_goals", "reviewed"].map(|key| pairing[key].clone());
    assert_eq!(serde_json::json!(found), empty);
    let goals = pairing["goals"].as_array().unwrap();
    assert_eq!(goals.len(), 4);
    assert_eq!(
        goals[0],
        serde_json::json!({
            "learner": "mentor", "skill": "budget", "from": 1, "to": 4, "by": "2026-07-01", "priority": "normal",
            "since": "2026-01-02", "changes": [],
        })
    );

    assert_eq!(
        json["enrolments"],
        serde_json::json!([{"cohort": cohort_id(1), "from": "2026-01-01", "until": null}])
    );
    assert_eq!(pairing["cohort"], cohort_id(1).to_string());

    // Opened, enrolled, trained, proposed, six steps, terms of both, three sessions; of others nothing.
    let journal = serde_json::to_string(&json["journal"]).unwrap();
    assert_eq!(json["journal"].as_array().unwrap().len(), 15);
    for n in [2, 3, 5] {
        assert!(!journal.contains(&person_id(n).to_string()));
    }
    assert!(!journal.contains(&pairing_id(2).to_string()) && journal.contains(&four.to_string()));

    let session = Some(s(10));
    assert_eq!(
        json["notebook"],
        serde_json::json!({
            "pages": [
                {"pairing": p1, "kind": "difficulty", "session": null, "on": "2026-01-06", "words": "QXpage1X 1"},
                {"pairing": p1, "kind": "insight", "session": session, "on": "2026-01-07", "words": "QXinsight1X 1"},
            ],
            "feedback": [{"pairing": p1, "session": session, "own": "QXfeedback1X 1", "theirs": "QXfeedback4X 1"}],
            "votes": [{"pairing": p1, "go_on": true}],
            "sensitive_skills": [
                {"reference": "skill 00000009-0000-8000-8000-000000000001", "name": "QXsensitive1X"},
                {"reference": "skill 00000009-0000-8000-8000-000000000002", "name": "QXcommon"},
            ],
            "concerns": [{"pairing": pairing_id(3), "on": "2026-01-08", "words": "QXconcern1X"}],
        })
    );
    assert_eq!(
        json["planning"],
        serde_json::json!({
            "choices": [], "ranked_by_others": [1, 3],
            "pins": [{"role": "mentor", "partner": key(4)}, {"role": "mentee", "partner": three}],
            "exclusions": 2,
            "relations": [{"kind": "coach", "by": four, "of": person_id(1)}],
            "former_managers": [{"manager": key(5), "until": day(-9000)}],
            "curricula": ["first steps"],
        })
    );
    let four = serde_json::to_value(world.export(4)).unwrap();
    let ranks: Vec<_> = four["planning"]["choices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["rank"].clone())
        .collect();
    assert_eq!(ranks, [1, 2, 2]);
    assert_eq!(four["roster"]["dotted"], serde_json::json!([]));
    let three = serde_json::to_value(world.export(3)).unwrap();
    assert_eq!(three["roster"]["dotted"], serde_json::json!([key(7)]));
    assert_eq!(three["pairings"][0]["ended"], day(50).to_string());
    assert_eq!(three["pairings"][0]["ending"], "exit");
    // By rank, so that their order does not say whose they are.
    assert_eq!(
        three["planning"]["ranked_by_others"],
        serde_json::json!([1, 2])
    );
}

/// Training with the days on which it was finished and lost, signatures, exemptions, and what somebody responded later.
#[test]
fn an_export_has_training_signatures_and_dated_responses() {
    let mut world = World::new();
    let respond = |world: &mut World, session, from, response, on| {
        let given =
            world
                .kept
                .program
                .respond(pairing_id(1), session_id(session), from, response, at(on));
        world.kept.journal.push(given.unwrap());
    };
    // Of the sessions of pairing 1, by 1 and 4: the mentor recognises on day 60, the mentee gives both, on two days.
    respond(&mut world, 10, Mentor, Response::Recognition, 60);
    respond(&mut world, 11, Mentee, Response::Recognition, 61);
    respond(&mut world, 11, Mentee, Response::Feedback, 63);
    let seen = |n| {
        let json = serde_json::to_value(world.export(n)).unwrap();
        let pairing = json["pairings"][0].clone();
        let sessions = pairing["sessions"].as_array().unwrap().clone();
        let responded: Vec<_> = sessions.iter().map(|s| s["responded"].clone()).collect();
        (
            json["training"].clone(),
            pairing["signed"].clone(),
            responded,
            sessions,
        )
    };
    let (training, signed, responded, sessions) = seen(1);
    let finished = serde_json::json!({"curriculum": "basics", "version": "1"});
    assert_eq!(
        training,
        serde_json::json!([{"on": day(0), "training": finished}])
    );
    assert_eq!(signed, serde_json::json!(day(2)));
    let recognised = |on| serde_json::json!({"response": "recognition", "on": day(on)});
    let none = serde_json::json!([]);
    assert_eq!(
        responded,
        [
            serde_json::json!([recognised(60)]),
            none.clone(),
            none.clone()
        ]
    );
    // That the partner responded is in the session, and when is not.
    assert_eq!(
        sessions[1]["recognition_from"],
        serde_json::json!(["mentee"])
    );
    let (.., responded, _) = seen(4);
    let feedback = serde_json::json!({"response": "feedback", "on": day(63)});
    assert_eq!(
        responded,
        [
            none.clone(),
            serde_json::json!([feedback, recognised(61)]),
            none
        ]
    );
    // Each their own signature.
    let mut kept = Kept::open(&world.roster);
    kept.propose(&world.roster, &[(key(1).as_str(), key(4).as_str())], 1);
    for (step, on) in [
        (Step::Accept { by: Mentor }, 2),
        (Step::Accept { by: Mentee }, 2),
        (Step::Prepare, 2),
    ] {
        kept.step(1, step, on);
    }
    kept.state(1, 2);
    kept.step(1, Step::Sign { by: Mentor }, 3);
    kept.step(1, Step::Sign { by: Mentee }, 5);
    let signed = [1, 4, 2].map(|n| {
        let export = Export::of(person_id(n)).with_history(kept.program.history());
        serde_json::to_value(export).unwrap()["pairings"][0]["signed"].clone()
    });
    let null = serde_json::Value::Null;
    assert_eq!(
        signed,
        [serde_json::json!(day(3)), serde_json::json!(day(5)), null]
    );
    // Who leaves the roster begins anew.
    let roster = Company::base().side("ben", None).roster();
    let mut kept = Kept::open(&Company::base().roster());
    kept.reorganise(&roster, 7);
    let export = Export::of(person_id(2)).with_history(kept.program.history());
    let json = serde_json::to_value(export).unwrap();
    assert_eq!(
        json["training"],
        serde_json::json!([{"on": day(0), "training": finished}, {"on": day(7), "training": null}])
    );
}

#[test]
fn an_export_has_exemptions() {
    let base = Company::base().reports("cfo", "cto").reports("ops", "cfo");
    let roster = base.side("ceo", Some(Side::Mentee)).roster();
    let mut kept = Kept::open(&roster);
    let ceo = person_id(0);
    let program = &mut kept.program;
    program
        .exempt(ceo, ExemptionReason::OneTree, coordinator(), at(1))
        .unwrap();
    program.revoke_exemption(ceo, coordinator(), at(4)).unwrap();
    let of = |id| {
        let export = Export::of(id).with_history(kept.program.history());
        serde_json::to_value(export).unwrap()["exemptions"].clone()
    };
    assert_eq!(
        of(ceo),
        serde_json::json!([{"since": day(1), "reason": "one_tree"}, {"since": day(4), "reason": null}])
    );
    assert_eq!(of(person_id(1)), serde_json::json!([]));
}

/// One's own words, revealed words, and nobody else's.
#[test]
fn an_export_has_nothing_of_others() {
    let world = World::new();
    for n in 1..=5 {
        let text = serde_json::to_string(&world.export(n)).unwrap();
        for said in words_of(n) {
            assert!(text.contains(&said), "{said}");
        }
        let partners: BTreeSet<u32> = PAIRS
            .iter()
            .flat_map(|(_, a, b)| [(*a, *b), (*b, *a)])
            .filter(|(a, _)| *a == n)
            .map(|(_, b)| b)
            .collect();
        for other in (1..=5).filter(|other| *other != n) {
            for said in words_of(other) {
                let revealed = said.starts_with("QXfeedback") && partners.contains(&other);
                let manager = said == word("key", other);
                assert!(!text.contains(&said) || revealed || manager, "{n}: {said}");
            }
        }
    }
}

/// That the partner has given feedback is not told to who has not.
#[test]
fn an_export_reveals_no_feedback_before_both_have_given_it() {
    let mut world = World::new();
    let [mentor, mentee] = [1, 4].map(|n| {
        let member = world.kept.program.member(pairing_id(1), person_id(n));
        member.unwrap()
    });
    let said = |world: &World, n| {
        let json = serde_json::to_value(world.export(n)).unwrap();
        json["notebook"]["feedback"].as_array().unwrap().clone()
    };
    let before = [said(&world, 1), said(&world, 4)];
    let on = Some(session_id(11));
    world.book.give_feedback(&mentee, on, "QXhalf").unwrap();
    assert_eq!(said(&world, 1), before[0]);
    let own = serde_json::json!({"pairing": pairing_id(1), "session": on, "own": "QXhalf", "theirs": null});
    assert_eq!(said(&world, 4)[1], own);
    assert_eq!(said(&world, 4).len(), before[1].len() + 1);
    world.book.give_feedback(&mentor, on, "QXwhole").unwrap();
    assert_eq!(said(&world, 1)[1]["theirs"], "QXhalf");
    assert_eq!(said(&world, 4)[1]["theirs"], "QXwhole");
    // On two pairings as a whole: one row each.
    for pairing in [1, 2] {
        let member = world.kept.program.member(pairing_id(pairing), person_id(4));
        let given = world
            .book
            .give_feedback(&member.unwrap(), None, "QXclosing");
        given.unwrap();
    }
    assert_eq!(said(&world, 4).len(), before[1].len() + 3);
}

/// Somebody who comes later, changes their places and goes again without a pairing.
#[test]
fn a_joiner_begins_with_the_entry_that_enrols_them() {
    let mut kept = Kept::opened(&Company::base().side("ben", None).roster());
    kept.reorganise(&Company::base().roster(), 5);
    kept.reorganise(&Company::base().places("ben", 1).roster(), 6);
    kept.reorganise(&Company::base().side("ben", None).roster(), 7);
    let export = Export::of(person_id(2)).with_journal(&kept.journal);
    let json = serde_json::to_value(export.with_history(kept.program.history())).unwrap();
    let journal = json["journal"].as_array().unwrap();
    let seen: Vec<_> = journal
        .iter()
        .map(|e| (&e["sequence"], &e["event"]["people"], &e["event"]["left"]))
        .map(|(n, people, left)| (n.as_u64().unwrap(), people.clone(), left.clone()))
        .collect();
    let (me, none) = (person_id(2), serde_json::json!([]));
    let enrolled =
        |places| serde_json::json!([{"participant": me, "as_mentor": places, "as_mentee": 0}]);
    assert_eq!(
        seen,
        [
            (1, enrolled(2), none.clone()),
            (2, enrolled(1), none.clone()),
            (3, none, serde_json::json!([me])),
        ]
    );
    assert_eq!(
        json["places"],
        serde_json::json!([
            {"since": day(5), "as_mentor": 2, "as_mentee": 0},
            {"since": day(6), "as_mentor": 1, "as_mentee": 0},
            {"since": day(7), "as_mentor": null, "as_mentee": null},
        ])
    );
}

/// Enrolment, training, a withdrawal and the close of a cohort, as each of four people sees them.
#[test]
fn what_cohorts_say_of_each() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let [enrolled, _, trained] = launch(&mut kept.program, &roster);
    // The boss goes first: whom the charter names, its launch is about.
    let mut charter = draft();
    let sponsor = charter.sponsor.unwrap();
    charter.sponsor = Some(Sponsor::new(sponsor.id()).taking_part_as(person_id(5)));
    let charter = Charter::new(charter).unwrap();
    let mut kept = Kept::opened(&roster);
    let people = everybody(&roster);
    kept.program.enrol(cohort_id(1), people, at(0)).unwrap();
    let launched = kept.program.launch(charter.clone(), cohort(1), at(0));
    let training = charter.curriculum().training();
    let everybody = (1..=6).map(person_id);
    kept.program.trained(training, everybody, at(0)).unwrap();
    kept.journal.extend([enrolled, launched.unwrap(), trained]);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    // One of a pair, and somebody without one.
    for n in [4, 6] {
        let withdrew = kept.program.withdraw(person_id(n), at(2)).unwrap();
        kept.journal.push(withdrew);
    }
    for milestone in [Milestone::Midpoint, Milestone::Close] {
        let reached = kept.program.reach(cohort_id(1), milestone, at(3));
        kept.journal.push(reached.unwrap());
    }
    let seen = |n| {
        let export = Export::of(person_id(n)).with_journal(&kept.journal);
        let json = serde_json::to_value(export.with_history(kept.program.history())).unwrap();
        let journal = json["journal"].as_array().unwrap().clone();
        let names = journal.iter().map(|e| e["event"]["event"].clone());
        let names: Vec<_> = names.map(|e| e.as_str().unwrap().to_owned()).collect();
        (names.join(" "), journal, json["enrolments"].clone())
    };
    let until =
        |on| serde_json::json!([{"cohort": cohort_id(1), "from": day(0), "until": day(on)}]);
    let common = "opened enrolled trained";
    for (n, events, left) in [
        (1, format!("{common} proposed withdrew"), 3),
        (2, format!("{common} proposed reached"), 3),
        (4, format!("{common} proposed withdrew"), 2),
        (
            5,
            "opened enrolled launched trained proposed reached".to_owned(),
            3,
        ),
        (6, format!("{common} withdrew"), 2),
    ] {
        let (names, journal, enrolments) = seen(n);
        assert_eq!((names, enrolments), (events, until(left)), "{n}");
        let me = person_id(n);
        let enrolled = journal[1]["event"]["people"].as_array().unwrap();
        assert_eq!(
            (enrolled.len(), &enrolled[0]["participant"]),
            (1, &serde_json::json!(me))
        );
        let trained = journal.iter().find(|e| e["event"]["event"] == "trained");
        assert_eq!(trained.unwrap()["event"]["people"], serde_json::json!([me]));
        // Of the two pairings, one's own.
        for entry in &journal {
            let ended = &entry["event"]["ended"];
            let own = if [1, 4].contains(&n) { 1 } else { 2 };
            let own = if n == 6 {
                vec![]
            } else {
                vec![pairing_id(own)]
            };
            assert!(
                ended.is_null() || *ended == serde_json::json!(own),
                "{ended}"
            );
        }
    }
}

/// The ids of one kind in a text.
fn ids(space: u32, text: &str) -> BTreeSet<String> {
    let begins = format!("{space:08x}-0000-");
    let found = text.match_indices(&begins);
    found.map(|(at, _)| text[at..at + 36].to_owned()).collect()
}

/// Over the golden journal, which has an entry of every kind: somebody's export has exactly the entries that name them or a
/// pairing of theirs, and in them nobody but partners and no pairing of others.
#[test]
fn every_kind_of_entry_is_cut_down_to_the_person() {
    let golden = include_str!("../golden/journal-v1.ndjson");
    let entries: Vec<Entry> = golden
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut exported = 0;
    for n in 1..=6 {
        let me = person_id(n).to_string();
        // By the text alone: who is with whom, and which entries say so.
        let (mut partners, mut theirs) = (BTreeSet::new(), BTreeSet::new());
        let mut expected = Vec::new();
        for line in golden.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            for pairing in entry["event"]["pairings"].as_array().into_iter().flatten() {
                let pair = ids(1, &pairing["pair"].to_string());
                if pair.contains(&me) {
                    partners.extend(pair);
                    theirs.insert(pairing["id"].as_str().unwrap().to_owned());
                }
            }
            let names = line.contains(&me) || ids(2, line).iter().any(|id| theirs.contains(id));
            expected.extend(names.then(|| entry["sequence"].as_u64().unwrap()));
        }
        partners.insert(me);
        let export = Export::of(person_id(n)).with_journal(&entries);
        let json = serde_json::to_value(&export).unwrap();
        let journal = json["journal"].as_array().unwrap();
        let found: Vec<_> = journal
            .iter()
            .map(|e| e["sequence"].as_u64().unwrap())
            .collect();
        assert_eq!(found, expected, "{n}");
        let text = json["journal"].to_string();
        assert!(
            ids(1, &text).is_subset(&partners) && ids(2, &text) == theirs,
            "{n}: {text}"
        );
        exported += found.len();
    }
    assert!(exported > 60, "{exported}");
}

/// The keys of a JSON value and of everything in it, lists by their first element.
fn keys(value: &serde_json::Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(format!("{at}.{name}"));
                keys(value, &format!("{at}.{name}"), found);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| keys(value, at, found)),
        _ => {}
    }
}

#[test]
fn an_export_of_nobody_has_every_key_of_the_top() {
    let nothing = serde_json::to_value(Export::of(person_id(1))).unwrap();
    let mut found = BTreeSet::new();
    keys(&nothing, "", &mut found);
    let expected = [
        ".enrolments",
        ".exemptions",
        ".journal",
        ".notebook",
        ".notebook.concerns",
        ".notebook.feedback",
        ".notebook.pages",
        ".notebook.sensitive_skills",
        ".notebook.votes",
        ".pairings",
        ".participant",
        ".places",
        ".planning",
        ".planning.choices",
        ".planning.curricula",
        ".planning.exclusions",
        ".planning.former_managers",
        ".planning.pins",
        ".planning.ranked_by_others",
        ".planning.relations",
        ".pulses",
        ".roster",
        ".training",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
    assert_eq!(nothing["roster"], serde_json::Value::Null);
    let mut world = World::new();
    world.erase(1);
    let erased = serde_json::to_value(world.export(1)).unwrap();
    assert_eq!(erased["roster"], serde_json::Value::Null);
    assert_eq!(
        (&erased["notebook"], &erased["planning"]),
        (&nothing["notebook"], &nothing["planning"])
    );
    // Ids, dates and numbers stay.
    assert_eq!(
        erased["pairings"][0]["sessions"].as_array().unwrap().len(),
        3
    );
}

/// Reorganisations and other people's proposals in a journal, as one person sees them.
#[test]
fn a_journal_is_cut_down_to_the_person() {
    let mut world = World::new();
    let roster = world.roster.clone();
    let lines = roster.lines().to_lines().map(|line| match line.person() {
        "QXkey1X" => Line::new("QXkey1X", "QXkey4X"),
        _ => line,
    });
    let linked = roster
        .with_lines(ReportingLines::new(lines.collect::<Vec<_>>()).unwrap())
        .unwrap();
    world.kept.reorganise(&linked, 60);
    let mut erasure = Erasure::new();
    erasure.add(person_id(5), day(61));
    world.kept.reorganise(&erasure.roster(&linked).unwrap(), 61);
    world.kept.step(
        1,
        Step::End {
            reason: EndReason::Link,
        },
        62,
    );
    let seen = |n| {
        let export = Export::of(person_id(n)).with_journal(&world.kept.journal);
        let json = serde_json::to_value(&export).unwrap();
        let entries = json["journal"].as_array().unwrap().clone();
        entries
            .into_iter()
            .filter(|e| e["stamp"]["on"].as_str() >= Some("2026-03-02"))
            .map(|e| e["event"].clone())
            .collect::<Vec<_>>()
    };
    for n in [1, 4] {
        let seen = seen(n);
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert_eq!(seen[0]["suspended"], serde_json::json!([pairing_id(1)]));
        assert_eq!(seen[1]["step"]["reason"], "link");
    }
    for n in [2, 5] {
        let seen = seen(n);
        assert_eq!(seen.len(), 1, "{n}: {seen:?}");
        let left = if n == 5 { vec![person_id(5)] } else { vec![] };
        assert_eq!(seen[0]["left"], serde_json::json!(left));
        assert_eq!(seen[0]["ended"], serde_json::json!([pairing_id(3)]));
    }
    assert_eq!(seen(3), Vec::<serde_json::Value>::new());
}

#[test]
fn an_export_has_what_is_planned_shared_and_reviewed() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    let planned = PlannedSession::new(session_id(1), pairing_id(1), day(80));
    kept.program.plan_session(&planned, at(3)).unwrap();
    let name = Label::new("a talk for all").unwrap();
    let shared = SharedGoal::new(name.clone(), day(90));
    kept.program
        .add_goal(pairing_id(1), NewGoal::Shared { goal: shared }, at(4))
        .unwrap();
    let (goal, achieved) = (GoalRef::shared(name), GoalChange::Achieved);
    kept.program
        .change_goal(pairing_id(1), goal, achieved, at(60))
        .unwrap();
    kept.step(1, Step::Settle, 70);
    kept.program.review(pairing_id(1), Mentee, at(71)).unwrap();
    let export = Export::of(person_id(1)).with_history(kept.program.history());
    let json = serde_json::to_value(&export).unwrap();
    let pairing = &json["pairings"][0];
    assert_eq!(
        pairing["planned"],
        serde_json::json!([{"session": session_id(1), "date": "2026-03-22", "time": null}])
    );
    assert_eq!(
        pairing["shared_goals"],
        serde_json::json!([{
            "goal": {"name": "a talk for all", "by": "2026-04-01", "priority": "normal"},
            "since": "2026-01-05",
            "changes": [{"on": "2026-03-02", "change": {"change": "achieved"}}],
        }])
    );
    assert_eq!(
        pairing["reviewed"],
        serde_json::json!({"mentee": "2026-03-13"})
    );
}
