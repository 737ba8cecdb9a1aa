//! Journals and records that claim an exemption which is not theirs.

use reverse_mentoring::journal::Entry;
use reverse_mentoring::program::{ProgramRecord, ReplayProblem, RestoreError};
use serde_json::{Value, json};

use super::*;

/// Entries of the enrolment, the launch and the training, after the opening and before the story.
const OPENING: usize = 3;
const GOLDEN: &str = include_str!("../golden/journal-exemption-v1.ndjson");

/// After the opening: 1 the ceo exempted, 2 ada and 3 ben proposed to the ceo, 4 a reorganisation that brings ada nearer, 5 one that
/// takes it back, 6 revoked, 7 exempted again, 8 ben leaves the pairing.
fn story() -> Kept {
    let roster = one_tree().roster();
    let mut kept = Kept::open(&roster);
    kept.exempt(CEO, 2);
    for (id, mentor) in [(1, "ada"), (2, "ben")] {
        let proof = exempted(&roster, &[CEO], mentor, "ceo");
        kept.propose_one(id, &proof, 3).unwrap();
    }
    kept.reorganise(&one_tree().dotted("ada", "cto").roster(), 5);
    kept.reorganise(&roster, 6);
    kept.revoke(CEO, 7);
    kept.exempt(CEO, 8);
    kept.step(2, END, 9);
    kept
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

fn spoilt(line: usize, place: &str, value: Value) -> String {
    let mut values = golden();
    let (parent, key) = place.rsplit_once('/').unwrap();
    let parent = values[line + OPENING].pointer_mut(parent).unwrap();
    match key.parse::<usize>() {
        Ok(at) => parent[at] = value,
        Err(_) => parent[key] = value,
    }
    load(&values).unwrap_err()
}

#[test]
fn the_golden_journal_is_what_this_release_writes() {
    let kept = story();
    let lines = kept.journal.iter();
    let lines: String = lines
        .map(|e| serde_json::to_string(e).unwrap() + "\n")
        .collect();
    bless("journal-exemption-v1.ndjson", &lines);
    assert_eq!(lines, GOLDEN);
    assert_eq!(load(&golden()).unwrap(), kept.program);
    kept.agrees(&one_tree().roster(), 9);
}

#[test]
fn claims_that_the_gate_refuses() {
    let (ceo, cto) = (person_id(CEO), person_id(CTO));
    let (one, two) = (pairing_id(1), pairing_id(2));
    let bare = |line: usize, on| {
        format!(
            "entry {line}: participant {ceo} is not exempted from links of management on {}",
            day(on)
        )
    };
    for (line, place, value, expected) in [
        // Proposed over a link of somebody whom nobody exempted: the exemption names another.
        (1, "/event/mentee", json!(cto), bare(5, 3)),
        // Too near for any exemption; a reason that is none.
        (
            2,
            "/event/pairings/0/levels",
            json!(2),
            "a link of 2 levels is too near for an exemption, which takes 3".to_owned(),
        ),
        (
            1,
            "/event/reason",
            json!("because"),
            "unknown variant `because`, expected `one_tree` or `heads_all_mentors`".to_owned(),
        ),
        // A reorganisation that lets go on what it may not, and holds up what it must not.
        (
            4,
            "/event/suspended",
            json!([one, two]),
            format!(
                "entry 7: pairing {two} would be held up, though its mentee is exempted from the link"
            ),
        ),
        (
            4,
            "/event/far_links",
            json!([{"pairing": pairing_id(9), "levels": null}]),
            format!(
                "entry 7: there is no pairing {}; pairing {one} would be held up, though its mentee is exempted from the link",
                pairing_id(9)
            ),
        ),
        (
            5,
            "/event/cleared",
            json!([]),
            format!(
                "entry 8: pairing {one} would be held up, though its mentee is exempted from the link"
            ),
        ),
        // The end of an exemption that leaves out what rests on it, or names what does not; likewise a new one.
        (
            6,
            "/event/suspended",
            json!([]),
            format!("entry 9: pairing {two} hangs on the exemption, and the entry leaves it out"),
        ),
        (
            6,
            "/event/suspended",
            json!([one, two]),
            format!(
                "entry 9: pairing {one} does not hang on the exemption, and the entry names it"
            ),
        ),
        (
            6,
            "/event/mentee",
            json!(cto),
            format!(
                "entry 9: participant {cto} is not exempted from links of management on {}",
                day(7)
            ),
        ),
        (
            7,
            "/event/cleared",
            json!([two]),
            format!("entry 10: pairing {one} hangs on the exemption, and the entry leaves it out"),
        ),
        (
            7,
            "/event/cleared",
            json!([one, two, pairing_id(3)]),
            format!(
                "entry 10: pairing {} does not hang on the exemption, and the entry names it",
                pairing_id(3)
            ),
        ),
    ] {
        assert_eq!(spoilt(line, place, value), expected, "{line}{place}");
    }
    // Without the exemption, or with it only afterwards.
    let mut values = golden();
    values.remove(4);
    for (at, value) in values.iter_mut().enumerate() {
        value["sequence"] = json!(at);
    }
    assert_eq!(load(&values), Err(bare(4, 3)));
    // A pairing over a far link of nobody exempted cannot go on.
    let mut values = golden();
    values.truncate(10);
    let mut next = values[8].clone();
    next["sequence"] = json!(10);
    next["stamp"] = values[9]["stamp"].clone();
    next["event"]["far_links"] = json!([]);
    next["event"]["cleared"] = json!([one]);
    values.push(next);
    assert_eq!(
        load(&values),
        Err(format!(
            "entry 10: pairing {one} would go on over a line of management without an exemption"
        ))
    );
}

#[test]
fn the_very_roster_tells_the_levels() {
    let roster = one_tree().roster();
    let reopened = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut values = golden();
        values.truncate(7);
        change(&mut values);
        let read = values
            .iter()
            .map(|v| serde_json::from_value(v.clone()).unwrap());
        let read: Vec<Entry> = read.collect();
        Program::reopen(&read, &roster, at(9))
            .map_err(|e| e.to_string())
            .map(|_| ())
    };
    assert_eq!(reopened(&|_| ()), Ok(()));
    let apart = "pairings 00000002-0000-8000-8000-000000000001 are another number of levels apart in the very roster that the journal names";
    let claimed = |claim: u32| {
        move |values: &mut Vec<Value>| values[5]["event"]["pairings"][0]["levels"] = json!(claim)
    };
    assert_eq!(reopened(&claimed(4)), Err(format!("entry 7: {apart}")));
    let silent = |values: &mut Vec<Value>| {
        let pairing = values[5]["event"]["pairings"][0].as_object_mut().unwrap();
        pairing.remove("levels");
    };
    assert_eq!(reopened(&silent), Err(format!("entry 7: {apart}")));
    // Silent about the link, and the exemption gone: hierarchical, plainly.
    let gone = |values: &mut Vec<Value>| {
        silent(values);
        values.truncate(6);
        values.remove(4);
        values[4]["sequence"] = json!(4);
    };
    assert_eq!(
        reopened(&gone),
        Err("entry 5: pairings 00000002-0000-8000-8000-000000000001 are hierarchical in the very roster that the journal names".to_owned())
    );
}

#[test]
fn what_a_record_cannot_claim() {
    let mut kept = story();
    let sound = serde_json::to_value(kept.program.to_record()).unwrap();
    assert_eq!(
        sound["exemptions"],
        json!([{"mentee": person_id(CEO), "reason": "one_tree", "approved_by": coordinator(), "since": day(8)}])
    );
    let far = &sound["pairings"][0]["far_links"];
    assert_eq!(
        *far,
        json!([
            {"on": day(3), "levels": 3},
            {"on": day(5), "levels": null},
            {"on": day(6), "levels": 3},
        ])
    );
    let found = |record: &Value| -> Vec<String> {
        let record: ProgramRecord = serde_json::from_value(record.clone()).unwrap();
        match Program::restore(&record) {
            Ok(_) => Vec::new(),
            Err(RestoreError(problems)) => problems.iter().map(ToString::to_string).collect(),
        }
    };
    let with = |place: &str, value: Value| {
        let mut record = sound.clone();
        *record.pointer_mut(place).unwrap() = value;
        found(&record)
    };
    assert_eq!(found(&sound), Vec::<String>::new());
    let (ceo, one) = (person_id(CEO), pairing_id(1));
    let exemption = sound["exemptions"][0].clone();
    assert_eq!(
        with("/exemptions", json!([exemption, exemption])),
        [format!("participant {ceo} is exempted twice")]
    );
    let stranger = person_id(99);
    assert_eq!(
        with("/exemptions/0/mentee", json!(stranger)),
        [
            format!("participant {stranger} is not in the roster"),
            format!(
                "pairing {one}: it goes on over 3 levels of management, and its mentee is not exempted"
            ),
        ]
    );
    for on in [-1, 11] {
        assert_eq!(
            with("/exemptions/0/since", json!(day(on))),
            [format!(
                "participant {ceo} is exempted since {}, a day that is not in the journal",
                day(on)
            )]
        );
        assert_eq!(
            with("/pairings/0/far_links/1/on", json!(day(on))),
            [format!(
                "pairing {one}: the levels between the two changed on {}, a day that is not in the journal",
                day(on)
            )]
        );
    }
    // Suspended since the link came nearer, and cleared by the exemption: held up, it would contradict it.
    assert_eq!(
        with("/pairings/0/link_gone", json!(false)),
        [format!(
            "pairing {one}: it is held up over 3 levels of management, and its mentee is exempted"
        )]
    );
    kept.reinstate(1, 10);
    let mut record = serde_json::to_value(kept.program.to_record()).unwrap();
    record["exemptions"] = json!([]);
    assert_eq!(
        found(&record),
        [format!(
            "pairing {one}: it goes on over 3 levels of management, and its mentee is not exempted"
        )]
    );
}
