//! Records that cannot be books: each with all its problems, word for word.

use proptest::prelude::*;
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pulse::{
    PULSES_VERSION, PulseBook, PulseRecord, PulseRecordError, PulseRecordProblem,
};
use reverse_mentoring::subject::Erasure;
use serde_json::{Value, json};

use crate::support::*;
use crate::world::*;

/// Mentors 1, 2, 3 at first, then 4, 5, 6, then 1, 2, 3 again: three sums. Mentor 4 waits with another answer, and one
/// mentee.
fn full() -> PulseBook {
    let mut book = book(3);
    for (pairing, on, n) in [
        (1, 30, 5),
        (2, 30, 1),
        (3, 31, 4),
        (4, 32, 2),
        (5, 32, 4),
        (6, 33, 3),
        (1, 40, 2),
        (2, 41, 4),
        (3, 42, 5),
        (4, 43, 5),
    ] {
        say(&mut book, (pairing, Mentor), "trust", on, n).unwrap();
    }
    say(&mut book, (1, Mentee), "trust", 30, 2).unwrap();
    book
}

fn record(book: &PulseBook) -> Value {
    serde_json::to_value(book.to_record()).unwrap()
}

fn read(record: &Value) -> Result<PulseBook, PulseRecordError> {
    let record: PulseRecord = serde_json::from_value(record.clone()).unwrap();
    PulseBook::from_record(record)
}

fn problems(record: &Value) -> Vec<String> {
    let refused = read(record).err().map(|error| error.0).unwrap_or_default();
    refused.iter().map(ToString::to_string).collect()
}

fn wrong_sum(number: u32) -> String {
    format!("sum {number} of the mentor for `trust` is not that of the answers")
}

const ORDER: &str = "answers of the mentor to `trust` are out of order";
const NO_SUM: &str = "answers of the mentor to `trust` are without their sum";

#[test]
fn the_stored_form() {
    let book = full();
    let json = record(&book);
    let first = json!({
        "participant": person_id(1), "pairing": pairing_id(1), "on": "2026-01-31", "answer": 5, "sum": 1
    });
    assert_eq!(
        (&json["version"], &json["threshold"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(
        json["items"][3],
        json!({
            "code": "apprehension", "wording": "The thought of our next session makes me uneasy", "better": "low",
            "asked": ["mentor", "mentee"]
        })
    );
    let [mentors, mentees] = [&json["series"][0], &json["series"][1]];
    assert_eq!(
        (&mentors["item"], &mentors["side"]),
        (&json!("trust"), &json!("mentor"))
    );
    assert_eq!(
        mentors["sums"],
        json!([
            {"on": "2026-02-01", "people": 3, "before": 2, "now": 2},
            {"on": "2026-02-03", "people": 6, "before": 3, "now": 3},
            {"on": "2026-02-12", "people": 6, "before": 3, "now": 3},
        ])
    );
    assert_eq!(mentors["answers"][0], first);
    let sums = mentors["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["sum"].as_u64());
    let sums: Vec<u64> = sums.map(Option::unwrap).collect();
    assert_eq!(sums, [1, 3, 1, 3, 1, 3, 2, 0, 2, 2]);
    assert_eq!(
        (&mentees["side"], &mentees["sums"]),
        (&json!("mentee"), &json!([]))
    );
    assert_eq!(record(&read(&json).unwrap()), json);
}

#[test]
fn every_forged_record_is_refused_with_all_its_problems() {
    let whole = record(&full());
    let forged = |forge: &dyn Fn(&mut Value)| {
        let mut json = whole.clone();
        forge(&mut json);
        problems(&json)
    };
    assert_eq!(forged(&|_| {}), [""; 0]);
    for version in [0, PULSES_VERSION + 1] {
        assert_eq!(
            forged(&|json| json["version"] = json!(version)),
            [format!(
                "version {version} of the pulses is not among those that this release reads, 1 to 1"
            )]
        );
    }
    let threshold = forged(&|json| json["threshold"] = json!(2));
    assert_eq!(threshold[0], "a reporting threshold of 2 is below 3");
    // Three came in at once, twice; and of two at a time no three have answered again.
    assert_eq!(threshold[1..], [1, 2, 3].map(wrong_sum));
    let higher = forged(&|json| json["threshold"] = json!(4));
    assert_eq!(higher, [1, 2, 3].map(wrong_sum));
    assert_eq!(forged(&|json| json["threshold"] = json!(0)).len(), 6);
    assert_eq!(
        forged(&|json| json["items"][1]["code"] = json!("trust")),
        ["there are two items under the code `trust`"]
    );
    assert_eq!(
        forged(&|json| json["items"][0]["code"] = json!("faith")),
        [
            "there are answers of the mentor to `trust`, who is not asked it",
            "there are answers of the mentee to `trust`, who is not asked it"
        ]
    );
    assert_eq!(
        forged(&|json| json["items"][0]["asked"] = json!(["mentor"])),
        ["there are answers of the mentee to `trust`, who is not asked it"]
    );
    assert_eq!(
        forged(&|json| {
            let mentors = json["series"][0].clone();
            json["series"].as_array_mut().unwrap().push(mentors);
        }),
        ["the answers of the mentor to `trust` stand in two places"]
    );
    let answers = |json: &mut Value, at: usize, field: &str, to: Value| {
        json["series"][0]["answers"][at][field] = to;
    };
    let two = format!("pairing {} has two people as its mentor", pairing_id(1));
    let swapped = forged(&|json| answers(json, 2, "pairing", json!(pairing_id(1))));
    assert_eq!(swapped, [two.as_str()]);
    // A later day than the sum's, an earlier one than one's own first.
    let late = forged(&|json| answers(json, 9, "on", json!("2026-02-04")));
    assert_eq!(late, [wrong_sum(2)]);
    let early = forged(&|json| answers(json, 7, "on", json!("2026-01-01")));
    assert_eq!(early, [ORDER]);
    // Another answer than the one that was counted.
    assert_eq!(
        forged(&|json| answers(json, 0, "answer", json!(3))),
        [1, 2, 3].map(wrong_sum)
    );
    assert_eq!(
        forged(&|json| answers(json, 1, "answer", json!(4))),
        [wrong_sum(3)]
    );
    assert_eq!(
        forged(&|json| answers(json, 7, "answer", json!(1))),
        [""; 0]
    );
    // Counted elsewhere, twice, before one's first, or in no sum that is there.
    assert_eq!(
        forged(&|json| answers(json, 1, "sum", json!(1))),
        [1, 2, 3].map(wrong_sum)
    );
    assert_eq!(
        forged(&|json| answers(json, 7, "sum", json!(2))),
        [wrong_sum(2), wrong_sum(3)]
    );
    assert_eq!(forged(&|json| answers(json, 0, "sum", json!(0)))[0], ORDER);
    assert_eq!(forged(&|json| answers(json, 7, "sum", json!(4))), [NO_SUM]);
    assert_eq!(
        forged(&|json| answers(json, 9, "sum", json!(1))),
        [wrong_sum(1), wrong_sum(2)]
    );
    // Three who wait are no longer waiting.
    let sums = |json: &mut Value, at: usize, field: &str, to: Value| {
        json["series"][0]["sums"][at][field] = to;
    };
    let without = |json: &mut Value, at: usize| {
        json["series"][0]["sums"].as_array_mut().unwrap().remove(at);
    };
    assert_eq!(forged(&|json| without(json, 2)), [NO_SUM]);
    assert_eq!(forged(&|json| without(json, 0)).len(), 3);
    let waiting = forged(&|json| {
        without(json, 2);
        for at in [1, 3, 5] {
            answers(json, at, "sum", json!(0));
        }
    });
    assert_eq!(waiting, [NO_SUM]);
    // Figures that nobody's answers come to.
    for (at, field, to, wrong) in [
        (0, "people", 4, vec![1, 2]),
        (0, "before", 3, vec![1, 2]),
        (0, "now", 1, vec![1, 2]),
        (1, "people", 5, vec![2, 3]),
        (1, "before", 4, vec![2, 3]),
        (1, "now", 2, vec![2, 3]),
        (2, "people", 9, vec![3]),
        (2, "before", 2, vec![3]),
        (2, "now", 4, vec![3]),
        (2, "now", 2, vec![3]),
    ] {
        let found = forged(&|json| sums(json, at, field, json!(to)));
        let expected: Vec<String> = wrong.iter().copied().map(wrong_sum).collect();
        assert_eq!(found, expected, "{at} {field} {to}");
    }
    assert_eq!(
        forged(&|json| sums(json, 1, "on", json!("2026-01-31"))),
        [wrong_sum(2)]
    );
    assert_eq!(
        forged(&|json| sums(json, 2, "on", json!("2026-02-02"))),
        [wrong_sum(3)]
    );
    assert_eq!(
        forged(&|json| sums(json, 2, "on", json!("2026-03-03"))),
        [""; 0]
    );
    // All of them, in the order of the record.
    let all = forged(&|json| {
        json["version"] = json!(7);
        json["items"][1]["code"] = json!("trust");
        answers(json, 2, "pairing", json!(pairing_id(1)));
        answers(json, 7, "on", json!("2026-01-01"));
        answers(json, 7, "sum", json!(9));
        sums(json, 2, "now", json!(1));
        json["series"][1]["item"] = json!("joy");
    });
    assert_eq!(
        all,
        [
            "version 7 of the pulses is not among those that this release reads, 1 to 1",
            "there are two items under the code `trust`",
            two.as_str(),
            ORDER,
            wrong_sum(3).as_str(),
            NO_SUM,
            "there are answers of the mentee to `joy`, who is not asked it",
        ]
    );
    let refused = read(&json!({
        "version": 3, "threshold": 1, "items": [], "series": []
    }));
    let refused = refused.unwrap_err();
    assert_eq!(refused.0[0], PulseRecordProblem::Version(3));
    assert!(refused.to_string().ends_with(" (and 1 more)"));
}

/// What is not even a record.
#[test]
fn unknown_fields_and_values_out_of_range_are_no_record() {
    let whole = record(&full());
    let forge = |at: &str, to: Value| {
        let mut json = whole.clone();
        *json.pointer_mut(at).unwrap() = to;
        serde_json::from_value::<PulseRecord>(json).is_err()
    };
    assert!(forge("/series/0/answers/0/answer", json!(6)));
    assert!(forge("/series/0/answers/0/answer", json!(0)));
    assert!(forge("/series/0/side", json!("coach")));
    assert!(forge("/items/0/asked", json!([])));
    assert!(forge("/items/0/code", json!(" ")));
    for at in [
        "",
        "/items/0",
        "/series/0",
        "/series/0/sums/0",
        "/series/0/answers/0",
    ] {
        let mut json = whole.clone();
        json.pointer_mut(at).unwrap()["more"] = json!(1);
        assert!(serde_json::from_value::<PulseRecord>(json).is_err(), "{at}");
    }
}

/// Who comes in does so with their first answer alone, and no more answer again at a time than can have waited.
#[test]
fn no_sum_takes_in_what_would_have_waited() {
    let mut early = book(3);
    for (pairing, n) in [(1, 5), (1, 4), (2, 1), (3, 1)] {
        say(&mut early, (pairing, Mentor), "trust", 30, n).unwrap();
    }
    let mut json = record(&early);
    assert_eq!(json["series"][0]["answers"][1]["sum"], json!(0));
    json["series"][0]["answers"][1]["sum"] = json!(1);
    assert_eq!(problems(&json), [wrong_sum(1)]);

    let mut all = book(3);
    for on in [30, 40] {
        for pairing in 1..=6 {
            say(&mut all, (pairing, Mentor), "trust", on, 4).unwrap();
        }
    }
    let mut json = record(&all);
    let sums = json["series"][0]["sums"].as_array_mut().unwrap();
    assert_eq!(sums.len(), 4);
    sums.remove(3);
    for at in [7, 9, 11] {
        json["series"][0]["answers"][at]["sum"] = json!(3);
    }
    assert_eq!(problems(&json), [wrong_sum(3)]);
    // Four at once can be: two waited, and two came in who had answered twice.
    let mut four = book(3);
    for pairing in [1, 2, 3, 1, 2, 4, 4, 5, 5] {
        say(&mut four, (pairing, Mentor), "trust", 30, 4).unwrap();
    }
    say(&mut four, (6, Mentor), "trust", 30, 4).unwrap();
    let json = record(&four);
    let third = json["series"][0]["answers"].as_array().unwrap().iter();
    assert_eq!(third.filter(|row| row["sum"] == json!(3)).count(), 4);
    assert_eq!(problems(&json), [""; 0]);
}

/// Where all are forgotten: as many answer again at once as can have waited, which is one less than the threshold, and as
/// many who came in with the last of them.
#[test]
fn of_the_forgotten_no_more_answer_again_than_can_have_waited() {
    for (least, most) in [(3, 4), (4, 6), (9, 16)] {
        let sums = |again: u32| {
            let people = [(least, 0), (2 * least, 0), (2 * least, again)];
            let sums = people.map(|(people, now)| {
                json!({"on": "2026-02-01", "people": people, "before": 0, "now": now})
            });
            let mut json = record(&book(least));
            json["series"] = json!([
                {"item": "trust", "side": "mentor", "sums": sums, "answers": []}
            ]);
            problems(&json)
        };
        for again in 0..=most {
            assert_eq!(sums(again), [""; 0], "{again} of {least}");
        }
        assert_eq!(sums(most + 1), [wrong_sum(3)], "of {least}");
    }
    // Nor do they make up for those who are known: four are, and one more is too many.
    let mut four = book(3);
    for pairing in [1, 2, 3, 1, 2, 4, 4, 5, 5, 6] {
        say(&mut four, (pairing, Mentor), "trust", 30, 1).unwrap();
    }
    let mut erasure = Erasure::new();
    erasure.add(person_id(1), day(50));
    erasure.add(person_id(2), day(50));
    erasure.pulses(&mut four);
    let whole = record(&four);
    for (now, expected) in [(0, None), (1, None), (2, None), (3, Some(3))] {
        let mut json = whole.clone();
        json["series"][0]["sums"][2]["now"] = json!(now);
        let expected: Vec<String> = expected.into_iter().map(wrong_sum).collect();
        assert_eq!(problems(&json), expected, "{now}");
    }
}

/// Where people are forgotten, a sum can have more than is known, and no more than so many people can have said.
#[test]
fn of_the_forgotten_a_sum_may_say_what_people_can_have_said() {
    let mut book = full();
    let mut erasure = Erasure::new();
    erasure.add(person_id(1), day(50));
    erasure.add(person_id(4), day(50));
    erasure.pulses(&mut book);
    let whole = record(&book);
    let with = |figures: [[u64; 3]; 3]| {
        let mut json = whole.clone();
        for (at, [people, before, now]) in figures.into_iter().enumerate() {
            let sum = &mut json["series"][0]["sums"][at];
            sum["people"] = json!(people);
            sum["before"] = json!(before);
            sum["now"] = json!(now);
        }
        problems(&json)
    };
    // As it was: 5 of mentor 1 and then 2, 2 of mentor 4.
    assert_eq!(with([[3, 2, 2], [6, 3, 3], [6, 3, 3]]), [""; 0]);
    // Mentor 1 may have said otherwise, first or later, and mentor 4, too.
    assert_eq!(with([[3, 1, 1], [6, 2, 2], [6, 2, 3]]), [""; 0]);
    assert_eq!(with([[3, 1, 1], [6, 2, 2], [6, 2, 4]]), [""; 0]);
    assert_eq!(with([[3, 2, 2], [6, 4, 4], [6, 4, 5]]), [""; 0]);
    // One person is not two, nor none of them less than nobody.
    assert_eq!(with([[3, 3, 3], [6, 4, 4], [6, 4, 4]]), [wrong_sum(1)]);
    assert_eq!(
        with([[3, 0, 0], [6, 1, 1], [6, 1, 1]]),
        [1, 2, 3].map(wrong_sum)
    );
    // A first answer counts as first and as latest.
    assert_eq!(with([[3, 1, 2], [6, 2, 3], [6, 2, 3]])[0], wrong_sum(1));
    // Days do not run backwards where nobody is left to say when.
    let mut others = full();
    let mut erasure = Erasure::new();
    for n in 4..=6 {
        erasure.add(person_id(n), day(50));
    }
    erasure.pulses(&mut others);
    let mut json = record(&others);
    assert_eq!(problems(&json), [""; 0]);
    json["series"][0]["sums"][1]["on"] = json!("2026-01-31");
    assert_eq!(problems(&json), [wrong_sum(2)]);
    // Nobody comes in with those who answer again, though some who are forgotten would make up for it.
    let mut json = record(&others);
    let somebody = json!({
        "participant": person_id(99), "pairing": pairing_id(4), "on": "2026-02-01", "answer": 1, "sum": 3
    });
    let answers = json["series"][0]["answers"].as_array_mut().unwrap();
    answers.push(somebody);
    assert_eq!(problems(&json), [wrong_sum(3)]);
    // Two steps that may be each, and not both: nobody who is known is favourable at the end, nor are minus one of two.
    assert_eq!(with([[3, 1, 1], [6, 2, 2], [6, 2, 1]]), [wrong_sum(3)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// One number changed anywhere in a random record never makes a book that adds up wrong: either it is refused, or what is
    /// stored is again the same, and every sum that follows stays within its people.
    #[test]
    fn a_changed_number_is_refused_or_harmless(
        said in course(40), later in course(20), who in prop::collection::vec(1..=SIX, 0..3),
        pick: prop::sample::Index, to in 0..9u64,
    ) {
        let mut book = book(3);
        said.iter().for_each(|said| mentors_say(&mut book, said));
        let mut erasure = Erasure::new();
        who.iter().for_each(|n| { erasure.add(person_id(*n), day(60)); });
        erasure.pulses(&mut book);
        let mut json = record(&book);
        let mut places = Vec::new();
        for (s, series) in json["series"].as_array().unwrap().iter().enumerate() {
            for (kind, fields) in [("sums", &["people", "before", "now"][..]), ("answers", &["answer", "sum"])] {
                for at in 0..series[kind].as_array().unwrap().len() {
                    places.extend(fields.iter().map(|field| format!("/series/{s}/{kind}/{at}/{field}")));
                }
            }
        }
        if !places.is_empty() {
            *json.pointer_mut(&places[pick.index(places.len())]).unwrap() = json!(to);
            let Ok(forged) = serde_json::from_value::<PulseRecord>(json.clone()) else { return Ok(()) };
            if let Ok(mut forged) = PulseBook::from_record(forged) {
                prop_assert_eq!(record(&forged), json);
                let last = said.last().map_or(0, |said| said.on);
                for said in &later {
                    let on = said.on + last;
                    say(&mut forged, (said.pairing, Mentor), said.item, on, said.answer).unwrap();
                    let told = told(&forged, said.item, Mentor, 9999);
                    prop_assert!(told.is_none_or(|(_, people, before, now)| before <= people && now <= people));
                }
            }
        }
    }
}
