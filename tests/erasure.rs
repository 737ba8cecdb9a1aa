//! Everything that is held about somebody, written out and forgotten: the bytes of all that there is are searched for all
//! that was said.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;

use proptest::prelude::*;
use reverse_mentoring::eligibility::{Eligibility, Verdict};
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::History;
use reverse_mentoring::ids::{ContactId, SequentialIds};
use reverse_mentoring::journal::{Entry, Event};
use reverse_mentoring::matching::Pin;
use reverse_mentoring::notebook::{Kind, Notebook};
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{EndReason, Stage, Step};
use reverse_mentoring::policy::{
    Context, FormerManager, MentorChoice, MentorChoices, Policy, Relation, RelationKind,
};
use reverse_mentoring::privacy::{Concern, Contact, Threshold};
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Line, Offer, Participant, Person, ReportingLines, Roster,
    Side, Skill, Traits, Wish,
};
use reverse_mentoring::subject::{Erasure, Export};
use reverse_mentoring::text::{Key, Label};
use support::*;

/// A word that says `what` about person `n`, and stands nowhere else.
fn word(what: &str, n: u32) -> String {
    format!("QX{what}{n}X")
}

fn key(n: u32) -> Key {
    Key::new(word("key", n)).unwrap()
}

/// What is said of everybody who takes part, besides their key.
const SAID: [&str; 10] = [
    "offer",
    "wish",
    "unit",
    "site",
    "zone",
    "language",
    "interest",
    "value",
    "background",
    "group",
];

/// Somebody with a word of their own in every field.
fn participant(n: u32, side: Side, grade: i32) -> Participant {
    let label = |what: &str| Label::new(word(what, n)).unwrap();
    let traits = |what: &str| Traits::of([label(what)]);
    let offers = [
        ("video".to_owned(), 4),
        ("budget".to_owned(), 4),
        (word("offer", n), 3),
    ];
    let offers = offers.map(|(skill, level)| Offer::new(&skill, level).unwrap());
    let wishes = [
        ("video".to_owned(), 0),
        ("budget".to_owned(), 1),
        (word("wish", n), 2),
    ];
    let wishes = wishes.map(|(skill, from)| Wish::new(&skill, from, 5).unwrap());
    Participant::new(
        person_id(n),
        key(n),
        side,
        Experience::grade(grade).and_months(9),
    )
    .with_offers(offers)
    .and_then(|p| p.with_wishes(wishes))
    .unwrap()
    .with_capacity(Capacity::of(3.try_into().unwrap()).with_hours("4.5".parse().unwrap()))
    .with_unit(label("unit"))
    .with_site(label("site"))
    .with_timezone(label("zone"))
    .with_languages([label("language")])
    .with_interests(traits("interest"))
    .with_values(traits("value"))
    .with_background(traits("background"))
    .with_group(label("group"))
}

/// Ids of the small company: 1 and 2 are mentors below 3, who mentors too; 4 and 5 are mentees; 6 is above all, and 7
/// beside them; neither takes part.
const SIDES: [(u32, Side, i32); 5] = [
    (1, Side::Mentor, 2),
    (2, Side::Mentor, 2),
    (3, Side::Either, 5),
    (4, Side::Mentee, 8),
    (5, Side::Mentee, 8),
];

fn small_roster() -> Roster {
    let people = SIDES.map(|(n, side, grade)| participant(n, side, grade));
    let name = |n| word("key", n);
    let lines = [
        Line::root(name(6)),
        Line::new(name(3), name(6)).dotted(name(7)),
        Line::new(name(1), name(3)),
        Line::new(name(2), name(3)).dotted(name(4)),
        Line::new(name(4), name(6)),
        Line::new(name(5), name(6)),
        Line::new(name(7), name(6)),
    ];
    let colleague = Colleague {
        key: key(7),
        experience: Some(Experience::grade(6)),
        capacity: Capacity::default(),
    };
    let people = people
        .map(Person::from)
        .into_iter()
        .chain([colleague.into()]);
    Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap()
}

/// A whole programme: pairing 1 of 1 and 4, running, pairing 2 of 3 and 4, over, pairing 3 of 2 and 5, running.
struct World {
    roster: Roster,
    kept: Kept,
    book: Notebook,
    choices: MentorChoices,
    erasure: Erasure,
}

fn contact() -> Contact {
    let id: ContactId = "00000006-0000-8000-8000-000000000001".parse().unwrap();
    Contact::recognised(id)
}

const PAIRS: [(u32, u32, u32); 3] = [(1, 1, 4), (2, 3, 4), (3, 2, 5)];

impl World {
    fn new() -> Self {
        let roster = small_roster();
        let mut kept = Kept::open(&roster);
        let names = PAIRS.map(|(_, mentor, mentee)| [mentor, mentee].map(|n| word("key", n)));
        let pairs: Vec<_> = names
            .iter()
            .map(|[a, b]| (a.as_str(), b.as_str()))
            .collect();
        kept.propose(&roster, &pairs, 1);
        for (pairing, ..) in PAIRS {
            kept.begin(pairing, 2);
        }
        for n in 0..3 {
            for (pairing, ..) in PAIRS {
                let outcome = if n == 2 { MISSED } else { held() };
                let on = 10 + 14 * i64::from(n);
                let session = session(10 * pairing + n, pairing, on, outcome);
                kept.record(&session.with_note("QXnote".to_owned()), at(on));
            }
        }
        kept.step(2, END, 50);
        let mut book = Notebook::new();
        let mut ids = SequentialIds::new(9);
        for (pairing, mentor, mentee) in PAIRS {
            for n in [mentor, mentee] {
                let member = kept
                    .program
                    .member(pairing_id(pairing), person_id(n))
                    .unwrap();
                let words = |what: &str| format!("{} {pairing}", word(what, n));
                book.write(&member, Kind::Difficulty, None, day(5), words("page"));
                book.write(
                    &member,
                    Kind::Insight,
                    Some(session_id(10 * pairing)),
                    day(6),
                    words("insight"),
                );
                let session = Some(session_id(10 * pairing));
                book.give_feedback(&member, session, words("feedback"))
                    .unwrap();
                book.vote(&member, true).unwrap();
            }
        }
        for n in 1..=5 {
            let own = Skill::new(&word("sensitive", n)).unwrap();
            book.refer(person_id(n), own, &mut ids).unwrap();
            let common = Skill::new("QXcommon").unwrap();
            book.refer(person_id(n), common, &mut ids).unwrap();
            let concern = Concern::about(pairing_id(3), contact().id(), day(7), word("concern", n));
            book.file(concern.signed(person_id(n)));
        }
        let unsigned = Concern::about(pairing_id(1), contact().id(), day(8), "QXunsigned");
        book.file(unsigned);
        let rank = |mentor, mentee, rank| MentorChoice {
            pair: pair(mentor, mentee),
            rank: NonZeroU16::new(rank).unwrap(),
        };
        let choices = [
            rank(1, 4, 1),
            rank(2, 4, 2),
            rank(3, 4, 2),
            rank(1, 5, 3),
            rank(3, 5, 1),
        ];
        Self {
            roster,
            kept,
            book,
            choices: MentorChoices::new(choices).unwrap(),
            erasure: Erasure::new(),
        }
    }

    /// Forgets somebody everywhere.
    fn erase(&mut self, n: u32) -> usize {
        assert!(self.erasure.add(person_id(n), day(60)));
        self.roster = self.erasure.roster(&self.roster).unwrap();
        self.choices = self.erasure.choices(&self.choices);
        let standing = self
            .erasure
            .notebook(&mut self.book, self.kept.program.history());
        standing.concerns
    }

    /// Everything that there is, in bytes.
    fn everything(&self) -> String {
        let program = &self.kept.program;
        [
            picture(&self.roster),
            serde_json::to_string(&self.book.to_record()).unwrap(),
            format!("{:?}", self.choices),
            serde_json::to_string(&self.erasure).unwrap(),
            serde_json::to_string(&self.kept.journal).unwrap(),
            serde_json::to_string(&program.to_record()).unwrap(),
            format!("{:?}", program.history()),
            self.exports(),
        ]
        .join("\n")
    }

    fn exports(&self) -> String {
        let exports = (1..=5).map(|n| serde_json::to_string(&self.export(n)).unwrap());
        exports.collect::<Vec<_>>().join("\n")
    }

    fn export(&self, n: u32) -> Export {
        let history = self.kept.program.history();
        Export::of(person_id(n))
            .with_roster(&self.roster)
            .with_history(history)
            .with_journal(&self.kept.journal)
            .with_notebook(&self.book, history)
            .with_choices(&self.choices)
    }
}

/// Everything that a roster says: people, lines and colleagues.
fn picture(roster: &Roster) -> String {
    let mut all = String::new();
    for p in roster.participants() {
        let export = Export::of(p.id()).with_roster(roster);
        all += &serde_json::to_string(&export).unwrap();
    }
    for line in roster.lines().to_lines() {
        let managers: Vec<_> = line.managers().collect();
        all += &format!("\n{}: {managers:?}", line.person());
    }
    all += &format!("\n{:?}", roster.colleagues().collect::<Vec<_>>());
    all + &roster.fingerprint().to_string()
}

/// Every word that is about somebody.
fn words_of(n: u32) -> Vec<String> {
    let said = SAID.into_iter().chain(["key", "sensitive", "concern"]);
    let mut words: Vec<String> = said.map(|what| word(what, n)).collect();
    for what in ["page", "insight", "feedback"] {
        let pairings = PAIRS.iter().filter(|(_, a, b)| [*a, *b].contains(&n));
        words.extend(pairings.map(|(pairing, ..)| format!("{} {pairing}", word(what, n))));
    }
    words
}

#[test]
fn after_an_erasure_no_byte_is_left() {
    for n in 1..=5 {
        let mut world = World::new();
        let before = world.everything();
        assert!(words_of(n).len() >= 16);
        for said in words_of(n) {
            assert!(before.contains(&said), "{said} was never there");
        }
        world.erase(n);
        let after = world.everything();
        for said in words_of(n) {
            assert!(!after.contains(&said), "{said} is still there");
        }
        // What the others said is there but for the pages that were about both.
        let gone: BTreeSet<u32> = PAIRS
            .iter()
            .filter(|(_, a, b)| [*a, *b].contains(&n))
            .map(|p| p.0)
            .collect();
        for other in (1..=5).filter(|other| *other != n) {
            for said in words_of(other) {
                let pairing = said.split(' ').nth(1).map(|p| p.parse::<u32>().unwrap());
                let of_both =
                    pairing.is_some_and(|p| gone.contains(&p)) && !said.starts_with("QXinsight");
                assert_eq!(after.contains(&said), !of_both, "{said}");
            }
        }
        assert!(after.contains("QXcommon") && after.contains("QXunsigned"));
        assert!(!after.contains("QXnote"));
    }
    let mut world = World::new();
    for n in 1..=5 {
        world.erase(n);
    }
    // Of the key of who never took part, and of the concern without a name, nothing was asked.
    let after = world
        .everything()
        .replace("QXkey6X", "")
        .replace("QXkey7X", "")
        .replace("QXunsigned", "");
    assert!(!after.contains("QX"), "{after}");
}

/// Nothing of the journal knows anybody: it is the same bytes before and after, and replays, restores and counts the same.
#[test]
fn counts_stay_and_the_journal_replays() {
    let world = World::new();
    let health = |history: &History| {
        [40, 61, 200].map(|as_of| {
            let health = ProgramHealth::assess(history, &Metrics::standard(), day(as_of)).unwrap();
            let sponsor = health.release(Threshold::new(3).unwrap()).to_record();
            let coordinator = health.to_record(|id| id.to_string());
            [coordinator, sponsor].map(|r| serde_json::to_string(&r).unwrap())
        })
    };
    for n in 1..=5 {
        let mut after = World::new();
        after.erase(n);
        let (journal, program) = (&after.kept.journal, &after.kept.program);
        let replayed = Program::replay(journal).unwrap();
        assert_eq!(&replayed, program);
        let gate = Program::<()>::restore(&program.to_record()).unwrap();
        assert_eq!(gate, Program::replay_with((), journal).unwrap());
        assert_eq!(
            health(replayed.history()),
            health(world.kept.program.history())
        );

        // The company goes on without them: a reorganisation that ends what they had open, and nothing else.
        let reopened = Program::reopen(journal, &after.roster, at(61)).unwrap();
        let theirs = |(_, a, b): &(u32, u32, u32)| [*a, *b].contains(&n);
        let open = PAIRS.iter().filter(|p| p.0 != 2);
        let ended: Vec<_> = open
            .clone()
            .filter(|p| theirs(p))
            .map(|p| pairing_id(p.0))
            .collect();
        let Some(Entry {
            event:
                Event::Reorganised {
                    left,
                    suspended,
                    ended: found,
                    people,
                    ..
                },
            ..
        }) = &reopened.entry
        else {
            panic!("{:?}", reopened.entry);
        };
        assert_eq!((left, found), (&vec![person_id(n)], &ended));
        assert!(suspended.is_empty() && people.is_empty());
        for p in open {
            let stage = reopened.program.stage(pairing_id(p.0));
            let left = Some(Stage::Ended {
                reason: EndReason::Left,
            });
            assert_eq!(stage == left, theirs(p), "{stage:?}");
        }
        // All counts of the time before are what they were.
        let longer: Vec<Entry> = journal
            .iter()
            .cloned()
            .chain(reopened.entry.clone())
            .collect();
        let again = Program::replay(&longer).unwrap();
        assert_eq!(again, reopened.program);
        let [early, late, _] = health(again.history());
        let [before, _, _] = health(world.kept.program.history());
        assert_eq!(early, before);
        let sessions = |record: &[String; 2]| {
            let record: serde_json::Value = serde_json::from_str(&record[0]).unwrap();
            let pairings = record["pairings"].as_array().unwrap().clone();
            pairings
                .iter()
                .map(|p| p["held"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(sessions(&late), [2, 2, 2]);
        // The same roster once more: nothing new.
        assert!(
            Program::reopen(&longer, &after.roster, at(62))
                .unwrap()
                .entry
                .is_none()
        );
    }
}

#[test]
fn what_a_roster_keeps_of_the_erased_is_a_place_without_a_name() {
    let mut world = World::new();
    let keys = {
        let mut erasure = Erasure::new();
        erasure.add(person_id(3), day(1));
        erasure.add(person_id(9), day(1));
        (
            erasure.keys(&world.roster),
            erasure.keys(&erasure.roster(&world.roster).unwrap()),
        )
    };
    assert_eq!(keys, (BTreeSet::from([key(3)]), BTreeSet::new()));
    // The concern about pairing 1 and, but for their own, those about pairing 3.
    assert_eq!(world.erase(3), 0);
    assert_eq!(world.erase(2), 3);
    assert_eq!(world.erase(1), 3);
    let lines: Vec<_> = world
        .roster
        .lines()
        .to_lines()
        .map(|line| {
            let managers: Vec<_> = line.managers().collect();
            format!("{} → {}", line.person(), managers.join(", "))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "QXkey4X → QXkey6X",
            "QXkey5X → QXkey6X",
            "QXkey6X → ",
            "QXkey7X → QXkey6X",
            "erased-1 → QXkey6X, QXkey7X",
            "erased-2 → erased-1, QXkey4X",
            "erased-3 → erased-1",
        ]
    );
    assert_eq!(world.roster.participants().len(), 2);
    let four: Vec<_> = world.choices.choices(person_id(4)).collect();
    assert_eq!((four, world.choices.mentees().count()), (vec![], 0));
    assert_eq!(world.choices.chosen_by(person_id(1)).count(), 0);
    assert_eq!(world.choices, MentorChoices::default());
}

#[test]
fn choices_forget_both_ways() {
    let mut world = World::new();
    world.erase(1);
    let rank = |n| NonZeroU16::new(n).unwrap();
    let of = |n| world.choices.choices(person_id(n)).collect::<Vec<_>>();
    assert_eq!(of(4), [(person_id(2), rank(2)), (person_id(3), rank(2))]);
    assert_eq!(of(5), [(person_id(3), rank(1))]);
    let mut world = World::new();
    world.erase(4);
    let by = |n| world.choices.chosen_by(person_id(n)).collect::<Vec<_>>();
    assert_eq!((by(1), by(2)), (vec![(person_id(5), rank(3))], vec![]));
    assert_eq!(world.choices.mentees().collect::<Vec<_>>(), [person_id(5)]);
}

/// Somebody has the very key that a place would get.
#[test]
fn a_place_never_takes_a_living_name() {
    let person = |n, key: &str| {
        Participant::new(
            person_id(n),
            Key::new(key).unwrap(),
            Side::Mentor,
            Experience::grade(1),
        )
    };
    let people = [
        person(1, "ada"),
        person(2, "erased-1"),
        person(3, "erased-1'"),
    ];
    let lines = [
        Line::root("ada"),
        Line::new("erased-1", "ada"),
        Line::new("erased-1'", "erased-1"),
    ];
    let roster = Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap();
    let after = |erased: &[u32]| {
        let mut erasure = Erasure::new();
        for n in erased {
            erasure.add(person_id(*n), day(1));
        }
        let lines: Vec<_> = erasure
            .roster(&roster)
            .unwrap()
            .lines()
            .to_lines()
            .collect();
        let lines = lines.iter().map(|l| {
            format!(
                "{} → {}",
                l.person(),
                l.managers().collect::<Vec<_>>().join("")
            )
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(
        after(&[1]),
        [
            "erased-1 → erased-1''",
            "erased-1' → erased-1",
            "erased-1'' → "
        ]
    );
    // The key of the erased goes although it looks like a place.
    assert_eq!(
        after(&[2]),
        ["ada → ", "erased-1' → erased-1''", "erased-1'' → ada"]
    );
}

#[test]
fn the_list_keeps_its_order_and_its_days() {
    let mut erasure = Erasure::new();
    assert!(erasure.add(person_id(7), day(3)) && erasure.add(person_id(2), day(1)));
    assert!(!erasure.add(person_id(7), day(9)));
    assert!(erasure.contains(person_id(2)) && !erasure.contains(person_id(1)));
    let people: Vec<_> = erasure.people().collect();
    assert_eq!(people, [(person_id(7), day(3)), (person_id(2), day(1))]);
    let text = serde_json::to_string(&erasure).unwrap();
    let (seven, two) = (person_id(7), person_id(2));
    assert_eq!(
        text,
        format!(
            r#"[{{"participant":"{seven}","on":"2026-01-04"}},{{"participant":"{two}","on":"2026-01-02"}}]"#
        )
    );
    assert_eq!(serde_json::from_str::<Erasure>(&text).unwrap(), erasure);
    let row = |n: u32| format!(r#"{{"participant":"{}","on":"2026-01-04"}}"#, person_id(n));
    let twice = format!("[{},{},{},{}]", row(1), row(2), row(1), row(2));
    let error = serde_json::from_str::<Erasure>(&twice)
        .unwrap_err()
        .to_string();
    let (one, two) = (person_id(1), person_id(2));
    assert_eq!(
        error,
        format!("the list of the erased names {one}, {two} more than once")
    );
    let named = text.replacen("\"on\"", "\"key\":\"ada\",\"on\"", 1);
    assert!(serde_json::from_str::<Erasure>(&named).is_err());
}

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
        ("completed", false.into()),
        ("holds", serde_json::json!([])),
        ("violations", serde_json::json!([])),
        ("missing_evidence", serde_json::json!([])),
    ] {
        assert_eq!(pairing[field], value, "{field}");
    }
    let sessions = pairing["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 3);
    assert_eq!(sessions[2]["session"], s(12).to_string());
    assert_eq!(sessions[2]["result"]["outcome"], "missed");
    let goals = pairing["goals"].as_array().unwrap();
    assert_eq!(goals.len(), 4);
    assert_eq!(
        goals[0],
        serde_json::json!({"learner": "mentor", "skill": "budget", "from": 1, "to": 4, "found": []})
    );

    // Opened, proposed, six steps, three sessions; of others nothing.
    let journal = serde_json::to_string(&json["journal"]).unwrap();
    assert_eq!(json["journal"].as_array().unwrap().len(), 11);
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
        ".roster",
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

/// A company of any shape: for each, a manager before them or none, dotted managers, and whether they take part.
#[derive(Debug, Clone)]
struct Shape {
    people: Vec<(Option<usize>, Vec<usize>, bool)>,
    erased: Vec<usize>,
}

impl Shape {
    /// Keys that are anything but in the order of the tree.
    fn key(at: usize) -> String {
        format!("{}-{at}", ["m", "c", "x", "a"][at % 4])
    }

    fn lines(&self) -> Vec<Line> {
        let lines = self
            .people
            .iter()
            .enumerate()
            .map(|(at, (manager, dotted, _))| {
                let line = match manager {
                    Some(manager) => Line::new(Self::key(at), Self::key(*manager)),
                    None => Line::root(Self::key(at)),
                };
                let dotted = dotted.iter().filter(|d| **d != at);
                dotted.fold(line, |line, d| line.dotted(Self::key(*d)))
            });
        lines.collect()
    }

    fn roster(&self) -> Roster {
        let people = self
            .people
            .iter()
            .enumerate()
            .filter(|(_, p)| p.2)
            .map(|(at, _)| {
                let n = at as u32 + 1;
                let mut person = participant(n, Side::Either, (at % 5) as i32);
                // The key is another one than that of the small company.
                let named = Participant::new(
                    person.id(),
                    Key::new(Self::key(at)).unwrap(),
                    Side::Either,
                    *person.profile().experience(),
                );
                person = named
                    .with_offers(person.profile().offers().to_vec())
                    .and_then(|p| p.with_wishes(person.profile().wishes().to_vec()))
                    .unwrap();
                Person::from(person)
            });
        Roster::new(
            people.collect::<Vec<_>>(),
            ReportingLines::new(self.lines()).unwrap(),
        )
        .unwrap()
    }

    /// Who is above whom, walked by hand over the lines as they were.
    fn above(&self) -> BTreeMap<usize, BTreeSet<usize>> {
        let up = |at: usize| {
            let (manager, dotted, _) = &self.people[at];
            manager
                .iter()
                .chain(dotted.iter().filter(|d| **d != at))
                .copied()
                .collect::<Vec<_>>()
        };
        let all = (0..self.people.len()).map(|at| {
            let mut reached = BTreeSet::new();
            let mut next = up(at);
            while let Some(one) = next.pop() {
                if reached.insert(one) {
                    next.extend(up(one));
                }
            }
            (at, reached)
        });
        all.collect()
    }

    fn list(&self, first: usize) -> Erasure {
        let mut erasure = Erasure::new();
        for at in &self.erased[..first] {
            erasure.add(person_id(*at as u32 + 1), day(1));
        }
        erasure
    }
}

fn shapes() -> impl Strategy<Value = Shape> {
    let person = (
        any::<prop::sample::Index>(),
        prop::bool::weighted(0.9),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop::bool::weighted(0.8),
    );
    (
        prop::collection::vec(person, 3..14),
        any::<u64>(),
        1..7usize,
    )
        .prop_map(|(people, seed, erased)| {
            let n = people.len();
            let people: Vec<_> = people
                .into_iter()
                .enumerate()
                .map(|(at, (manager, has, dotted, takes_part))| {
                    let manager = (at > 0 && has).then(|| manager.index(at));
                    let dotted = dotted.iter().map(|d| d.index(n)).collect();
                    (manager, dotted, takes_part)
                })
                .collect();
            // Any order of any of them, those who take no part included.
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
            order.truncate(erased);
            Shape {
                people,
                erased: order,
            }
        })
}

/// Codes against each pair of those who are left, by keys.
fn verdicts(roster: &Roster, left: &[String], policy: &Policy) -> Vec<String> {
    let context = Context::new(day(0));
    let eligibility = Eligibility::new(roster, policy, &context);
    let pairs = left.iter().flat_map(|a| left.iter().map(move |b| (a, b)));
    let codes = pairs.map(|(a, b)| match eligibility.check_keys(a, b).unwrap() {
        Verdict::Eligible(_) => format!("{a} {b}"),
        Verdict::Ineligible(why) => {
            let codes: Vec<_> = why.iter().map(|v| v.code().to_owned()).collect();
            format!("{a} {b}: {codes:?}")
        }
    });
    codes.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nobody_elses_answers_change(shape in shapes()) {
        let (before, list) = (shape.roster(), shape.list(shape.erased.len()));
        let after = list.roster(&before).unwrap();
        let gone = |at: &usize| shape.people[*at].2 && shape.erased.contains(at);
        let stay: Vec<usize> = (0..shape.people.len()).filter(|at| !gone(at)).collect();
        prop_assert_eq!(after.lines().len(), before.lines().len());
        prop_assert_eq!(after.lines().dotted_len(), before.lines().dotted_len());
        let above = shape.above();
        for (&a, &b) in stay.iter().flat_map(|a| stay.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            let find = |at| after.lines().find(&Shape::key(at)).unwrap();
            prop_assert_eq!(after.lines().is_above(find(a), find(b)), above[&b].contains(&a));
        }
        for at in (0..shape.people.len()).filter(gone) {
            prop_assert!(after.lines().find(&Shape::key(at)).is_none());
            prop_assert!(after.participant(person_id(at as u32 + 1)).is_none());
        }
        let left: Vec<String> = after.participants().iter().map(|p| p.key().as_str().to_owned()).collect();
        for policy in [Policy::core_only(), Policy::standard(), Policy::strict()] {
            prop_assert_eq!(verdicts(&before, &left, &policy), verdicts(&after, &left, &policy));
        }
    }

    /// Earlier and later states of the list, in any order, as long as the whole of it is among them.
    #[test]
    fn a_restored_backup_forgets_again(shape in shapes(), states in prop::collection::vec(0..7usize, 0..4), whole in 0..4usize) {
        let all = shape.erased.len();
        let backup = shape.roster();
        let expected = picture(&shape.list(all).roster(&backup).unwrap());
        let mut states: Vec<usize> = states.into_iter().map(|n| n.min(all)).collect();
        states.insert(whole.min(states.len()), all);
        let mut roster = backup;
        for first in states {
            roster = shape.list(first).roster(&roster).unwrap();
        }
        prop_assert_eq!(picture(&roster), expected);
    }

    #[test]
    fn a_notebook_forgets_in_any_order(order in prop::collection::vec(1..6u32, 1..9)) {
        let world = World::new();
        let history = world.kept.program.history();
        let list = |people: &mut dyn Iterator<Item = u32>| {
            let mut erasure = Erasure::new();
            for n in people {
                erasure.add(person_id(n), day(60));
            }
            erasure
        };
        let bytes = |book: &Notebook| serde_json::to_string(&book.to_record()).unwrap();
        let copy = |book: &Notebook| Notebook::from_record(book.to_record()).unwrap();
        let mut at_once = copy(&world.book);
        let whole = list(&mut order.iter().copied());
        let standing = whole.notebook(&mut at_once, history);
        let mut one_by_one = copy(&world.book);
        for n in order.iter().rev() {
            let _ = list(&mut [*n].into_iter()).notebook(&mut one_by_one, history);
        }
        prop_assert_eq!(bytes(&one_by_one), bytes(&at_once));
        prop_assert_eq!(whole.notebook(&mut one_by_one, history), standing);
        prop_assert_eq!(bytes(&one_by_one), bytes(&at_once));
    }
}

/// What a partner wrote for themselves alone stays, and their own reading of it with it.
#[test]
fn a_partners_own_insights_stay() {
    let mut world = World::new();
    let partner = world
        .kept
        .program
        .member(pairing_id(1), person_id(1))
        .unwrap();
    let (before, standing) = (world.book.pages(&partner).count(), world.erase(4));
    let pages: Vec<_> = world
        .book
        .pages(&partner)
        .map(|page| (page.kind, page.author, page.words))
        .collect();
    assert_eq!(
        (before, pages),
        (3, vec![(Kind::Insight, Role::Mentor, "QXinsight1X 1")])
    );
    // Without a name, about pairing 1; the signed ones are about pairing 3.
    assert_eq!(standing, 1);
    assert_eq!(world.book.own_vote(&partner), None);
    assert!(
        world
            .book
            .feedback(&partner, Some(session_id(10)))
            .is_none()
    );
    assert_eq!(world.book.concerns(&contact()).count(), 5);
    assert_eq!(
        world
            .book
            .settle(&contact(), |report| report.pairing == pairing_id(1)),
        1
    );
}
