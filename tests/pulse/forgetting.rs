//! One's own answers written out and forgotten.

use proptest::prelude::*;
use reverse_mentoring::health::PulseReading;
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pulse::{PulseBook, PulseRecord};
use reverse_mentoring::subject::{Erasure, Export};

use crate::support::*;
use crate::world::*;

fn text(book: &PulseBook) -> String {
    serde_json::to_string(&book.to_record()).unwrap()
}

fn stored(text: &str) -> PulseBook {
    let record: PulseRecord = serde_json::from_str(text).unwrap();
    PulseBook::from_record(record).unwrap()
}

fn erased(people: &[u32]) -> Erasure {
    let mut erasure = Erasure::new();
    for person in people {
        erasure.add(person_id(*person), day(60));
    }
    erasure
}

#[test]
fn an_export_has_every_answer_of_one_person() {
    let mut book = book(3);
    say(&mut book, (1, Mentor), "trust", 30, 4).unwrap();
    say(&mut book, (7, Mentor), "trust", 31, 1).unwrap();
    say(&mut book, (1, Mentor), "apprehension", 31, 5).unwrap();
    say(&mut book, (1, Mentee), "trust", 30, 2).unwrap();
    let export = Export::of(person_id(1)).with_pulses(&book);
    let json = serde_json::to_value(&export).unwrap();
    let row = |pairing, item: &str, on: &str, n: u8| {
        let pairing = pairing_id(pairing);
        serde_json::json!({"pairing": pairing, "side": "mentor", "item": item, "on": on, "answer": n})
    };
    assert_eq!(
        json["pulses"],
        serde_json::json!([
            row(1, "apprehension", "2026-02-01", 5),
            row(1, "trust", "2026-01-31", 4),
            row(7, "trust", "2026-02-01", 1),
        ])
    );
    let nothing = Export::of(person_id(2)).with_pulses(&book);
    assert_eq!(
        serde_json::to_value(&nothing).unwrap()["pulses"],
        serde_json::json!([])
    );
}

#[test]
fn an_erasure_leaves_no_answer_and_every_sum() {
    let mut book = book(3);
    for (pairing, on, n) in [
        (1, 30, 5),
        (2, 30, 1),
        (3, 31, 4),
        (4, 31, 2),
        (1, 90, 2),
        (2, 90, 5),
    ] {
        say(&mut book, (pairing, Mentor), "trust", on, n).unwrap();
    }
    say(&mut book, (1, Mentee), "trust", 30, 2).unwrap();
    let before = PulseReading::all(&book, day(99));
    let backup = text(&book);
    assert!(backup.contains(&person_id(1).to_string()));
    erased(&[1]).pulses(&mut book);
    let after = text(&book);
    assert!(!after.contains(&person_id(1).to_string()));
    assert_eq!(book.own(&member(1, Mentor)).count(), 0);
    // Their partner's answer stays, and everybody's.
    assert_eq!(book.own(&member(1, Mentee)).count(), 1);
    assert_eq!(book.own(&member(2, Mentor)).count(), 2);
    assert_eq!(PulseReading::all(&book, day(99)), before);
    assert_eq!(told(&book, "trust", Mentor, 99), Some((31, 3, 2, 2)));
    // Who waited is waited for no longer: it takes three others who answer again, and there are two.
    say(&mut book, (3, Mentor), "trust", 91, 1).unwrap();
    assert_eq!(told(&book, "trust", Mentor, 99), Some((31, 3, 2, 2)));
    // Persons 4, 5 and 6 come in to the three of whom one is forgotten: 2, 4, 4.
    say(&mut book, (5, Mentor), "trust", 92, 4).unwrap();
    say(&mut book, (6, Mentor), "trust", 92, 4).unwrap();
    assert_eq!(told(&book, "trust", Mentor, 99), Some((92, 6, 4, 4)));
    // Persons 2, 3 and 4 again: 5, 1, 5 after 1, 4, 2.
    say(&mut book, (4, Mentor), "trust", 93, 5).unwrap();
    assert_eq!(told(&book, "trust", Mentor, 99), Some((93, 6, 4, 5)));
    let again = stored(&text(&book));
    assert_eq!(text(&again), text(&book));

    // What comes out of a backup is forgotten again, and twice is once.
    let mut restored = stored(&backup);
    let list = erased(&[1]);
    list.pulses(&mut restored);
    assert_eq!(text(&restored), after);
    list.pulses(&mut restored);
    assert_eq!(text(&restored), after);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whoever is forgotten and whenever, and stored in between or not: what was told stays told, nothing of them is left,
    /// the store is whole, and goes on the same.
    #[test]
    fn forgetting_changes_no_sum(
        said in course(40), cut in 0..40usize, who in prop::collection::vec(1..=SIX, 0..4),
    ) {
        let mut book = book(3);
        let (early, late) = said.split_at(cut.min(said.len()));
        early.iter().for_each(|said| mentors_say(&mut book, said));
        let before: Vec<_> = (0..200).map(|on| PulseReading::all(&book, day(on))).collect();
        erased(&who).pulses(&mut book);
        let after: Vec<_> = (0..200).map(|on| PulseReading::all(&book, day(on))).collect();
        prop_assert_eq!(before, after);
        let json = text(&book);
        for person in &who {
            prop_assert!(!json.contains(&person_id(*person).to_string()));
        }
        let mut other = stored(&json);
        prop_assert_eq!(&text(&other), &json);
        for said in late {
            mentors_say(&mut book, said);
            mentors_say(&mut other, said);
        }
        prop_assert_eq!(text(&other), text(&book));
        prop_assert_eq!(text(&stored(&text(&book))), text(&book));
    }
}
