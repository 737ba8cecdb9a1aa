//! Journals and records that claim of adopted pairings what cannot be.

use reverse_mentoring::journal::Entry;
use reverse_mentoring::pairing::{Decision, EndReason};
use reverse_mentoring::program::{ProgramRecord, ReplayProblem, RestoreError};
use reverse_mentoring::session::Session;
use serde_json::{Value, json};

use super::*;

const GOLDEN: &str = include_str!("../golden/journal-adoption-v1.ndjson");
/// Places in the golden journal: after opening, enrolment, launch, training and a proposal.
const ADOPTED: usize = 5;
const SESSION: usize = 6;
const GO_ON: usize = 8;
const END: usize = 9;
const REGULARISED: usize = 10;

/// The places of the pairings in the entry: by the key of their logs.
const BELOW: usize = 0;
const SECOND: usize = 1;
const SOUND: usize = 2;

fn story() -> (Kept, Adoption, Roster) {
    let (mut kept, adoption, _) = adopted();
    let session = Session::new(session_id(7), id_of(&adoption, "sound"), day(12), held());
    let entry = kept.program.record(&session, at(12)).unwrap();
    kept.journal.push(entry);
    let apart = Company::base().reports("ben", "cfo").roster();
    kept.reorganise(&apart, 13);
    let exit = Decision::End {
        reason: EndReason::Exit,
    };
    for (key, decision) in [("below", Decision::GoOn), ("third", exit)] {
        let entry = kept
            .program
            .decide(id_of(&adoption, key), decision, coordinator(), at(14));
        kept.journal.push(entry.unwrap());
    }
    let id = id_of(&adoption, "sound");
    kept.regularise(&apart, id, 15);
    (kept, adoption, apart)
}

fn golden() -> Vec<Value> {
    let lines = GOLDEN.lines();
    lines.map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn load(values: &[Value]) -> Result<Program, String> {
    let read = values.iter().map(|v| serde_json::from_value(v.clone()));
    let entries: Vec<Entry> = read.collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    Program::replay(&entries).map_err(|e| match e.problem {
        ReplayProblem::Refused(refused) => format!("entry {}: {}", e.at, said(&refused)),
        other => other.to_string(),
    })
}

/// What stands against the golden journal with the value at a place of an entry changed.
fn spoilt(entry: usize, place: &str, value: Value) -> String {
    let mut values = golden();
    *values[entry]
        .pointer_mut(place)
        .unwrap_or_else(|| panic!("{place}")) = value;
    load(&values).unwrap_err()
}

#[test]
fn the_golden_journal_is_what_this_release_writes() {
    let (kept, _, roster) = story();
    let lines = kept.journal.iter();
    let lines: String = lines
        .map(|e| serde_json::to_string(e).unwrap() + "\n")
        .collect();
    bless("journal-adoption-v1.ndjson", &lines);
    assert_eq!(lines, GOLDEN);
    assert_eq!(load(&golden()).unwrap(), kept.program);
    kept.agrees(&roster, 15);
}

#[test]
fn claims_that_the_gate_refuses() {
    let (_, adoption, _) = story();
    let [below, second, sound] = ["below", "second", "sound"].map(|key| id_of(&adoption, key));
    let at = |at: usize, field: &str| format!("/event/pairings/{at}/{field}");
    let stranger = person_id(99);
    let refused = |at: usize, why: String| format!("entry {at}: {why}");
    let goals = |id| {
        refused(
            ADOPTED,
            format!("pairing {id} has goals of both, or lacks them, against what it claims"),
        )
    };
    for (entry, place, value, expected) in [
        (ADOPTED, "/event/pairings".to_owned(), json!([]), refused(ADOPTED, "no pairing is adopted".to_owned())),
        (ADOPTED, "/event/roster".to_owned(), json!("0".repeat(32)), refused(ADOPTED, "eligibility was asked of another roster than the programme's: ask again".to_owned())),
        (ADOPTED, "/event/deadline".to_owned(), json!(day(9)), refused(ADOPTED, format!("{} is after the deadline of the adoption on {}", day(10), day(9)))),
        (ADOPTED, at(BELOW, "id"), json!(pairing_id(1)), refused(ADOPTED, format!("the id {} stands for a pairing already; there is no pairing {below}", pairing_id(1)))),
        (ADOPTED, at(SECOND, "id"), json!(below), refused(ADOPTED, format!("the id {below} stands for a pairing already"))),
        (ADOPTED, at(SECOND, "pair/mentor"), json!(stranger), refused(ADOPTED, format!("participant {stranger} is not in the roster"))),
        (ADOPTED, at(SECOND, "pair/mentor"), json!(person_id(4)), refused(ADOPTED, format!("participant {} would be paired with themselves", person_id(4)))),
        (ADOPTED, at(SECOND, "pair"), json!(pair(3, 5)), refused(ADOPTED, format!("pairing {} of the same two is open already", pairing_id(1)))),
        (ADOPTED, at(SOUND, "pair"), json!(pair(2, 4)), refused(ADOPTED, format!("pairing {second} of the same two is open already"))),
        (ADOPTED, at(SECOND, "started"), json!(day(12)), refused(ADOPTED, format!("{} is in the future of its recording on {}", day(12), day(10)))),
        (ADOPTED, at(SOUND, "started"), json!(day(-80)), refused(ADOPTED, format!("{} is outside the days of the pairing, {} to now", day(-90), day(-80)))),
        (ADOPTED, at(SOUND, "sessions/2/date"), json!(day(12)), refused(ADOPTED, format!("{} is in the future of its recording on {}", day(12), day(10)))),
        (ADOPTED, at(SOUND, "sessions/0/pairing"), json!(below), refused(ADOPTED, format!("there is no pairing {below}"))),
        (ADOPTED, at(SECOND, "missing"), json!([]), goals(second)),
        (ADOPTED, at(SOUND, "goals/0/learner"), json!("mentee"), goals(sound)),
        (ADOPTED, at(SECOND, "breaches"), json!(["not-oneself"]), "unknown variant `not-oneself`, expected one of `experience_order`, `hierarchical_link`, `places`".to_owned()),
        (SESSION, "/event/date".to_owned(), json!(day(-101)), refused(SESSION, format!("{} is outside the days of the pairing, {} to now", day(-101), day(-100)))),
        // Not held up by what the adoption says, and yet cleared; and the other way round.
        (ADOPTED, at(BELOW, "breaches"), json!([]), refused(7, format!("pairing {below} is not held up"))),
        (7, "/event/cleared".to_owned(), json!([]), refused(GO_ON, "the line of management between the two is still there".to_owned())),
        (7, "/event/suspended".to_owned(), json!([below]), refused(7, format!("pairing {below} is held up already"))),
        (7, "/event/ended".to_owned(), json!([second]), refused(7, format!("pairing {second} would end, though both still take part"))),
        (7, "/event/left".to_owned(), json!([person_id(4)]), refused(7, format!("pairing {second} would go on without one of the two; pairing {sound} would go on without one of the two; pairing {} would go on without one of the two", id_of(&adoption, "third")))),
        (GO_ON, "/event/pairing".to_owned(), json!(second), refused(GO_ON, format!("pairing {second} is not held up"))),
        (GO_ON, "/event/decision".to_owned(), json!({"decision": "end", "reason": "declined"}), refused(GO_ON, "an adopted pairing does not end as `declined`".to_owned())),
        (END, "/event/pairing".to_owned(), json!(pairing_id(1)), refused(END, format!("pairing {} is no adopted pairing that waits for a decision", pairing_id(1)))),
        (REGULARISED, "/event/pairing/pair".to_owned(), json!(pair(2, 4)), refused(REGULARISED, format!("pairing {sound} is one of other people"))),
        (REGULARISED, "/event/pairing/id".to_owned(), json!(pairing_id(1)), refused(REGULARISED, format!("pairing {} is no adopted pairing that waits for a decision", pairing_id(1)))),
        (REGULARISED, "/event/evidence/rules".to_owned(), json!([]), refused(REGULARISED, "the evidence does not name every core invariant".to_owned())),
        (REGULARISED, "/event/pairing/goals/mentor".to_owned(), json!([]), "the mentor has no learning goal: goals go both ways".to_owned()),
    ] {
        assert_eq!(spoilt(entry, &place, value.clone()), expected, "{entry}{place} {value}");
    }
    // The gate by itself, which no history tells what is known, says the same.
    let mut values = golden();
    values.truncate(ADOPTED + 1);
    values[ADOPTED]["event"]["pairings"][SECOND]["id"] = json!(pairing_id(1));
    let read = values
        .iter()
        .map(|v| serde_json::from_value(v.clone()).unwrap());
    let read: Vec<Entry> = read.collect();
    let refused = Program::replay_with((), &read).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!(
            "entry {ADOPTED}: the id {} stands for a pairing already",
            pairing_id(1)
        )
    );
    // Who withdraws takes their adopted pairings with them, and nobody else's.
    let mut values = golden();
    values.truncate(ADOPTED + 1);
    let adopted = &values[ADOPTED];
    let mut withdrew = adopted.clone();
    withdrew["sequence"] = json!(values.len());
    let withdraw = |ended: &[_]| {
        let event = reverse_mentoring::journal::Event::Withdrew {
            participant: person_id(1),
            ended: ended.to_vec(),
        };
        let mut values = values.clone();
        let mut withdrew = withdrew.clone();
        withdrew["event"] = serde_json::to_value(event).unwrap();
        values.push(withdrew);
        load(&values).map(|_| ())
    };
    assert_eq!(withdraw(&[sound]), Ok(()));
    let refused = |why: String| Err(format!("entry {}: {why}", ADOPTED + 1));
    assert_eq!(
        withdraw(&[]),
        refused(format!("pairing {sound} would go on"))
    );
    assert_eq!(
        withdraw(&[sound, second]),
        refused(format!(
            "pairing {second} would end, though it has nothing to do with it"
        ))
    );
}

#[test]
fn a_session_id_stands_for_one() {
    let mut values = golden();
    let sessions = values[ADOPTED]["event"]["pairings"][SOUND]["sessions"]
        .as_array()
        .unwrap();
    let first = sessions[0]["session"].clone();
    values[ADOPTED]["event"]["pairings"][SOUND]["sessions"][1]["session"] = first.clone();
    let why = format!(
        "session {} is on record already: correct it instead",
        first.as_str().unwrap()
    );
    assert_eq!(load(&values), Err(format!("entry {ADOPTED}: {why}")));
    assert_eq!(
        spoilt(SESSION, "/event/session", first),
        format!("entry {SESSION}: {why}")
    );
}

#[test]
fn named_twice_it_changes_once() {
    let (mut kept, adoption, _) = adopted();
    kept.reorganise(&Company::base().reports("ada", "cto").roster(), 12);
    let entry = kept.program.withdraw(person_id(2), at(13)).unwrap();
    kept.journal.push(entry);
    let value = |entry: &Entry| serde_json::to_value(entry).unwrap();
    let mut twice: Vec<_> = kept.journal.iter().map(value).collect();
    for (entry, list) in [(2, "suspended"), (1, "ended")] {
        let at = twice.len() - entry;
        let list = twice[at]["event"][list].as_array_mut().unwrap();
        let same = list[0].clone();
        list.push(same);
    }
    assert_eq!(load(&twice), Ok(kept.program.clone()));
    assert!(kept.standing(&adoption, "sound", 13).unwrap().held_up);
}

#[test]
fn the_very_roster_tells_the_link() {
    let (_, adoption, _) = story();
    let roster = Company::base().roster();
    let mut values = golden();
    values.truncate(ADOPTED + 1);
    values[ADOPTED]["event"]["pairings"][BELOW]["breaches"] = json!([]);
    let read = values
        .iter()
        .map(|v| serde_json::from_value(v.clone()).unwrap());
    let read: Vec<Entry> = read.collect();
    let error = Program::reopen(&read, &roster, at(20)).unwrap_err();
    assert_eq!(
        error.problem,
        ReplayProblem::Hierarchical(vec![id_of(&adoption, "below")])
    );
}

#[test]
fn what_a_record_cannot_claim() {
    let (kept, _, _) = story();
    let sound = serde_json::to_value(kept.program.to_record()).unwrap();
    let found = |record: &Value| -> Vec<String> {
        let record: ProgramRecord = match serde_json::from_value(record.clone()) {
            Ok(record) => record,
            Err(error) => return vec![error.to_string()],
        };
        match Program::restore(&record) {
            Ok(_) => Vec::new(),
            Err(RestoreError(problems)) => problems.iter().map(ToString::to_string).collect(),
        }
    };
    assert_eq!(found(&sound), Vec::<String>::new());
    let adopted = sound["adopted"].as_array().unwrap();
    let keys: Vec<_> = adopted.iter().map(|a| a["started"].clone()).collect();
    assert_eq!(keys, [-50, 2, 8, -30].map(|n| json!(day(n))));
    let with = |place: &str, value: Value| {
        let mut record = sound.clone();
        *record
            .pointer_mut(place)
            .unwrap_or_else(|| panic!("{place}")) = value;
        found(&record)
    };
    let of = |at: usize, problem: &str| {
        vec![format!(
            "adopted pairing {}: {problem}",
            adopted[at]["id"].as_str().unwrap()
        )]
    };
    let no_day = |n| format!("{} is no day of its own", day(n));
    let regularised = sound["pairings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p.get("adopted").is_some());
    let regularised = regularised.unwrap()["id"].clone();
    assert_eq!(
        with("/adopted/1/id", regularised.clone()),
        [format!(
            "pairing {} is there twice",
            regularised.as_str().unwrap()
        )]
    );
    for (place, value, expected) in [
        (
            "/adopted/1/pair/mentor",
            json!(person_id(4)),
            of(1, "somebody is paired with themselves"),
        ),
        (
            "/adopted/1/pair/mentor",
            json!(person_id(99)),
            of(
                1,
                &format!("participant {} is not in the roster", person_id(99)),
            ),
        ),
        (
            "/adopted/1/pair",
            json!(pair(1, 4)),
            of(1, "another pairing of the same two is open"),
        ),
        ("/adopted/1/started", json!(day(11)), of(1, &no_day(10))),
        ("/adopted/1/changed_on", json!(day(17)), of(1, &no_day(17))),
        ("/adopted/2/ended/0", json!(day(13)), of(2, &no_day(13))),
        (
            "/adopted/0/goals/0/found/0/0",
            json!(day(-51)),
            of(0, &no_day(-51)),
        ),
        (
            "/adopted/0/holds/0/from",
            json!(day(15)),
            of(0, &format!("the hold from {} is out of order", day(15))),
        ),
        (
            "/adopted/1/link_gone",
            json!(false),
            of(1, "its link and its holds say different things"),
        ),
        (
            "/adopted/1/breaches",
            json!(["hierarchical_link"]),
            of(1, "its link and its holds say different things"),
        ),
        (
            "/adopted/1/missing",
            json!([]),
            of(
                1,
                "it has goals of both, or lacks them, against what it claims",
            ),
        ),
        (
            "/adopted/0/goals",
            json!([adopted[0]["goals"][0]]),
            of(
                0,
                "it has goals of both, or lacks them, against what it claims",
            ),
        ),
        (
            "/adopted/0/deadline",
            json!(day(-41)),
            of(
                0,
                &format!(
                    "session {} is out of order, or of a day on which it did not run",
                    adopted[0]["sessions"][0]["id"].as_str().unwrap()
                ),
            ),
        ),
        (
            "/adopted/0/sessions/0/date",
            json!(day(12)),
            of(
                0,
                &format!(
                    "session {} is out of order, or of a day on which it did not run",
                    adopted[0]["sessions"][0]["id"].as_str().unwrap()
                ),
            ),
        ),
        (
            "/adopted/0/sessions/0/date",
            json!(day(-51)),
            of(
                0,
                &format!(
                    "session {} is out of order, or of a day on which it did not run",
                    adopted[0]["sessions"][0]["id"].as_str().unwrap()
                ),
            ),
        ),
        (
            "/adopted/0/sessions/0/id",
            json!(session_id(7)),
            of(0, &format!("session {} is there twice", session_id(7))),
        ),
        (
            "/adopted/0/voided",
            json!([session_id(7)]),
            of(0, &format!("session {} is there twice", session_id(7))),
        ),
    ] {
        assert_eq!(with(place, value.clone()), expected, "{place} {value}");
    }
    // What lasts over a link is no pause.
    let (over_link, _, _) = super::adopted();
    let mut record = serde_json::to_value(over_link.program.to_record()).unwrap();
    assert_eq!(record["adopted"][0]["holds"][0]["suspended"], json!(true));
    record["adopted"][0]["holds"][0]["suspended"] = json!(false);
    let problem = "its link and its holds say different things";
    assert_eq!(found(&record), of(0, problem));
    // A level is found up to the deadline.
    let mut late = sound.clone();
    late["recorded_at"] = json!(at(60).recorded_at);
    for (on, expected) in [
        (DEADLINE, vec![]),
        (DEADLINE + 1, of(0, &no_day(DEADLINE + 1))),
    ] {
        late["adopted"][0]["goals"][0]["found"] = json!([[day(-50), 0], [day(on), 1]]);
        assert_eq!(found(&late), expected, "{on}");
    }
    // The day on which a hold ends is free again, and so is the day on which it begins; those between are not.
    let hold = sound.pointer("/adopted/0/holds/0").unwrap();
    let [from, until] = ["from", "until"].map(|end| hold[end].clone());
    for (date, free) in [(from, true), (json!(day(12)), false), (until, true)] {
        let found = with("/adopted/0/sessions/0/date", date.clone());
        assert_eq!(found.is_empty(), free, "{date}: {found:?}");
    }
    // A plan is for a day up to the deadline on which the pairing runs, and falls away with what is on record.
    let planned = |n: u32, on: i64, time: Value, lapsed: Value| {
        let planning = json!({"on": day(10), "first": day(on), "moves": 0});
        json!({"id": session_id(n), "date": day(on), "time": time, "planning": planning, "lapsed": lapsed})
    };
    let plan = |on: i64| json!([planned(60, on, Value::Null, Value::Null)]);
    let time = |on: i64| json!({"starts": at(on).recorded_at, "minutes": 60});
    let astray = of(
        1,
        &format!(
            "session {} is out of order, or of a day on which it did not run",
            session_id(60)
        ),
    );
    for (on, expected) in [(10, vec![]), (DEADLINE, vec![]), (DEADLINE + 1, astray)] {
        assert_eq!(with("/adopted/1/planned", plan(on)), expected, "{on}");
    }
    let sixty = session_id(60);
    let lapsed = |by: &str, on: i64| json!({"by": by, "on": day(on)});
    for (at, plans, problem) in [
        (
            1,
            plan(9),
            format!("the planning of session {sixty} contradicts itself"),
        ),
        (
            0,
            plan(12),
            format!(
                "the pairing does not run on {}, for which session {sixty} is planned",
                day(12)
            ),
        ),
        (
            1,
            json!([planned(60, 30, Value::Null, lapsed("end", 20))]),
            format!("session {sixty} fell away with nothing that is on record"),
        ),
        (
            0,
            json!([planned(60, 30, Value::Null, lapsed("pause", 10))]),
            format!("session {sixty} fell away with nothing that is on record"),
        ),
        (
            1,
            json!([
                planned(61, 30, Value::Null, Value::Null),
                planned(60, 29, Value::Null, Value::Null)
            ]),
            format!("session {sixty} is out of order"),
        ),
        (
            1,
            json!([planned(60, 30, time(12), Value::Null)]),
            format!(
                "session {sixty} begins at an instant that is not on {} by any clock",
                day(30)
            ),
        ),
    ] {
        assert_eq!(
            with(&format!("/adopted/{at}/planned"), plans),
            of(at, &problem)
        );
    }
    let fell = json!([planned(60, 30, Value::Null, lapsed("suspension", 10))]);
    assert_eq!(with("/adopted/0/planned", fell), Vec::<String>::new());
    let twice = json!([
        planned(60, 30, time(30), Value::Null),
        planned(61, 30, time(30), Value::Null)
    ]);
    let found = with("/adopted/1/planned", twice);
    let both = format!(
        "in sessions {sixty} and {} at the same time",
        session_id(61)
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|f| f.ends_with(&both)), "{found:?}");
    // A level is found where they meet.
    let levels = json!([[day(-50), 0], [day(12), 1]]);
    assert_eq!(with("/adopted/0/goals/0/found", levels), of(0, &no_day(12)));
    // Only what ran elsewhere may have begun before it is signed, and before the programme.
    let at = sound["pairings"]
        .as_array()
        .unwrap()
        .iter()
        .position(|p| p.get("adopted").is_some());
    let found = with(&format!("/pairings/{}/adopted", at.unwrap()), json!(false));
    assert!(
        found.iter().any(|f| f.contains("before the opening")),
        "{found:?}"
    );
    // What is over closes as any other.
    let found = with("/recorded_at", json!("2027-01-01T00:00:00Z"));
    let ended = format!("it ended on {}, and its record is closed", day(14));
    assert!(found.iter().any(|f| f.ends_with(&ended)), "{found:?}");
}
