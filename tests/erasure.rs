//! Everything that is held about somebody, written out and forgotten: the bytes of all that there is are searched for all
//! that was said.

mod support;

#[path = "erasure/exports.rs"]
mod exports;
#[path = "erasure/random.rs"]
mod random;
#[path = "erasure/world.rs"]
mod world;

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::History;
use reverse_mentoring::journal::{Entry, Event};
use reverse_mentoring::notebook::Kind;
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{EndReason, Stage};
use reverse_mentoring::policy::MentorChoices;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{Experience, Line, Participant, ReportingLines, Roster, Side};
use reverse_mentoring::subject::Erasure;
use reverse_mentoring::text::Key;

use support::*;
use world::*;

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
    let colleagues: Vec<_> = world.roster.colleagues().collect();
    let before = World::new().roster;
    assert_eq!(colleagues, before.colleagues().collect::<Vec<_>>());
    assert_eq!(colleagues.len(), 1);
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
