//! What no client should send. Nothing of it brings the service down, and who asks next is answered.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::nasty::nasty;
use crate::wire::{Answer, Request, Server};
use crate::world::{COORDINATOR, MET, READY, TERMS, World, charter};

/// The service still knows its programme.
fn alive(world: &World<'_>) {
    world.granted(COORDINATOR, "GET ", "", 200);
}

/// Names and notes come back as they went in, and the journal never hears of them.
#[test]
fn nasty_names_and_notes() {
    let server = Server::start();
    let world = World::begun(&server);
    let (ada, cfo) = (world.caller("ada"), world.caller("cfo"));
    let journal = world.journal();
    let all = nasty();
    for text in &all {
        let card = json!({ "name": text, "notes": text });
        world.granted(ada, "PUT /card", &card.to_string(), 204);
        let own = world.granted(ada, "GET /card", "", 200).body;
        assert_eq!((&own["name"], &own["notes"]), (&json!(text), &json!(text)));
        let hers = world.granted(cfo, &world.of("GET", ""), "", 200).body;
        assert_eq!(hers["partner"], **text);
        let note = json!({ "kind": "note", "words": text }).to_string();
        world.granted(cfo, &world.of("POST", "/notes"), &note, 204);
    }
    let pages = world.granted(ada, &world.of("GET", "/notes"), "", 200).body;
    let words: Vec<&Value> = pages["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["words"])
        .collect();
    assert_eq!(
        words,
        all.iter()
            .map(|text| json!(text))
            .collect::<Vec<_>>()
            .iter()
            .collect::<Vec<_>>()
    );
    assert_eq!(world.journal(), journal);
}

/// As keys and labels of a roster, purposes of a charter, segments of a path and values of a header: taken as they are or refused.
#[test]
fn nasty_everywhere_else() {
    let server = Server::start();
    let world = World::enrolled(&server);
    let mut taken = 0;
    for text in nasty() {
        let cell = format!("\"{}\"", text.replace('"', "\"\""));
        let roster = format!("id,manager,grade,side\nceo,-,9,\n{cell},ceo,3,mentor\n");
        let opened = world.ask(COORDINATOR, "POST /programs", &roster);
        match opened.status {
            201 => {
                let path = format!(
                    "GET /programs/{}/people",
                    opened.body["program"].as_str().unwrap()
                );
                let people = world.granted(COORDINATOR, &path, "", 200).body;
                assert_eq!(people["people"][0]["key"], *text);
                taken += 1;
            }
            422 => assert_eq!(opened.code(), "roster"),
            _ => panic!("{text:?}: {opened:?}"),
        }
        let mut charter = charter();
        charter["purpose"] = json!(text);
        charter["ends"] = json!(null); // so that none is launched
        let answer = world.ask(COORDINATOR, "POST /launch", &charter.to_string());
        assert!(
            [("body", 422), ("charter", 422)].contains(&(answer.code(), answer.status)),
            "{text:?}: {answer:?}"
        );
        // Raw, and so that a careless client would send it.
        for line in [
            format!("GET /programs/{text} HTTP/1.1\r\nHost: x\r\nCaller: {COORDINATOR}\r\n\r\n"),
            format!("GET /programs HTTP/1.1\r\nHost: x\r\nCaller: coordinator {text}\r\n\r\n"),
            format!("{text} /programs HTTP/1.1\r\nHost: x\r\n\r\n"),
            text.clone(),
        ] {
            let back = server.throw(line.as_bytes());
            assert!(
                !back.contains("HTTP/1.1 5") && !back.contains("HTTP/1.1 2"),
                "{line:?}: {back}"
            );
        }
    }
    assert!(taken > 100, "{taken}");
    alive(&world);
}

#[test]
fn bodies_that_are_too_large_or_never_come() {
    let server = Server::start();
    let world = World::opened(&server, "");
    let limit = 4 << 20;
    let line = world.line("PUT /card");
    let member = world.people[0].1.as_str();
    let card = |bytes: usize| {
        let name = "x".repeat(bytes - r#"{"name":""}"#.len());
        json!({ "name": name }).to_string()
    };
    // At the edge, and over it.
    let ask = |bytes: usize| {
        let body = card(bytes);
        assert_eq!(body.len(), bytes);
        let mut stream = server.connect();
        let _ = stream.write_all(
            &Request {
                line: &line,
                caller: member,
                today: "",
                body: body.as_bytes(),
            }
            .bytes(),
        );
        Answer::read(&mut stream).map(|answer| answer.status)
    };
    assert_eq!(ask(limit), Some(422)); // a long name, and no long body
    // The service may close before it has read all, so that the answer is lost on the way.
    assert!([Some(413), None].contains(&ask(limit + 1)));
    let claim = |length: &str| {
        format!(
            "{line} HTTP/1.1\r\nHost: x\r\nCaller: {member}\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let mut stream = server.connect();
    stream.write_all(claim("999999999999").as_bytes()).unwrap();
    let answer = Answer::read(&mut stream).unwrap();
    assert_eq!((answer.status, answer.code()), (413, "body"));
    // Without a length, and more than a body may have.
    let mut chunked = format!(
        "{line} HTTP/1.1\r\nHost: x\r\nCaller: {member}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    .into_bytes();
    for _ in 0..5 {
        chunked.extend(format!("{:x}\r\n{}\r\n", 1 << 20, "x".repeat(1 << 20)).into_bytes());
    }
    let back = server.throw(&chunked);
    assert!(
        back.is_empty() || back.starts_with("HTTP/1.1 413 "),
        "{back}"
    );
    // Broken off, wrongly counted, or contradicting itself.
    for (length, sent) in [
        ("100", "{\"name\":"),
        ("5", "{\"name\":\"x\"}"),
        ("-1", "{}"),
        ("1e3", "{}"),
        ("2\r\nContent-Length: 3", "{}"),
    ] {
        let back = server.throw((claim(length) + sent).as_bytes());
        assert!(
            !back.contains("HTTP/1.1 2") && !back.contains("HTTP/1.1 5"),
            "{length}: {back}"
        );
        alive(&world);
    }
    // Somebody who says nothing keeps nobody waiting.
    let mut silent = server.connect();
    silent.write_all(claim("100").as_bytes()).unwrap();
    let mute = server.connect();
    alive(&world);
    drop((silent, mute));
}

/// Requests broken off at every byte, followed by rubbish, or with rubbish before them.
#[test]
fn requests_that_break_off() {
    let server = Server::start();
    let world = World::begun(&server);
    let line = world.of("POST", "/steps");
    let whole = Request {
        line: &world.line(&line),
        caller: world.caller("ada"),
        today: crate::world::FIRST,
        body: br#"{"step":"accept"}"#,
    };
    let whole = whole.bytes();
    for cut in 0..whole.len() {
        let back = server.throw(&whole[..cut]);
        assert!(
            !back.contains("HTTP/1.1 409") && !back.contains("HTTP/1.1 5"),
            "{cut}: {back}"
        );
    }
    assert!(server.exchange(&whole).starts_with("HTTP/1.1 409 "));
    for rubbish in [
        &b"\0\0\0\0"[..],
        b"\r\n\r\n\r\n",
        b"GET",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        &[0xff; 4096],
    ] {
        let pipelined = [&whole, rubbish, &whole].concat();
        let back = server.exchange(&pipelined);
        assert!(back.starts_with("HTTP/1.1 409 "), "{rubbish:?}: {back}");
        assert!(!back.contains("HTTP/1.1 5"), "{back}");
        let back = server.throw(&[rubbish, &whole].concat());
        assert!(!back.contains("HTTP/1.1 5"), "{back}");
    }
    let header = format!(
        "GET /programs HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
        "x".repeat(1 << 20)
    );
    assert!(!server.throw(header.as_bytes()).contains("HTTP/1.1 2"));
    let many = format!(
        "GET /programs HTTP/1.1\r\n{}\r\n",
        "X: y\r\n".repeat(10_000)
    );
    assert!(!server.throw(many.as_bytes()).contains("HTTP/1.1 2"));
    let path = format!(
        "GET /programs/{} HTTP/1.1\r\nHost: x\r\n\r\n",
        "a/".repeat(20_000)
    );
    assert!(!server.throw(path.as_bytes()).contains("HTTP/1.1 2"));
    alive(&world);
}

/// Every body with every part of it left out, or replaced by something else: a refusal of the client's, or taken.
#[test]
fn bodies_of_another_shape() {
    let server = Server::start();
    let world = World::begun(&server);
    let (ada, cfo) = (world.caller("ada"), world.caller("cfo"));
    let trained = json!({ "participants": [&ada["member ".len()..]] }).to_string();
    let charter = charter().to_string();
    let bodies = [
        (ada, "PUT /card".to_owned(), r#"{"name":"A","notes":"b"}"#),
        (ada, "POST /enrolment".to_owned(), READY),
        (COORDINATOR, "POST /launch".to_owned(), &charter),
        (COORDINATOR, "POST /trainings".to_owned(), &trained),
        (
            COORDINATOR,
            "POST /pairings".to_owned(),
            r#"{"mentor":"ada","mentee":"cfo"}"#,
        ),
        (
            COORDINATOR,
            "POST /releases".to_owned(),
            r#"{"year":2025,"month":12}"#,
        ),
        (cfo, world.of("POST", "/steps"), r#"{"step":"introduce"}"#),
        (cfo, world.of("POST", "/terms"), TERMS),
        (cfo, world.of("POST", "/sessions"), MET),
        (
            cfo,
            world.of("POST", "/notes"),
            r#"{"kind":"note","session":null,"words":"x"}"#,
        ),
    ];
    let long = "x".repeat(70_000);
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!(long),
        json!([]),
        json!({}),
        json!([null]),
        json!("262142-12-31"),
        json!("-262143-01-01"),
        json!("00000000-0000-0000-0000-000000000000"),
    ];
    let mut asked = 0;
    for (who, line, body) in &bodies {
        let body: Value = serde_json::from_str(body).unwrap();
        let mut changed = vec![];
        for path in places(&body) {
            for other in &others {
                let mut body = body.clone();
                *body.pointer_mut(&path).unwrap() = other.clone();
                changed.push(body);
            }
        }
        for key in body.as_object().unwrap().keys() {
            let mut body = body.clone();
            body.as_object_mut().unwrap().remove(key);
            changed.push(body);
        }
        for body in changed {
            // On a day on which nobody has released anything, and far ahead.
            for today in ["2026-01-05", "262142-12-31"] {
                if today.len() > 10 && !line.contains("releases") {
                    continue;
                }
                let answer = world.ask_on(today, who, line, &body.to_string());
                assert!(answer.status < 500, "{line} {body}: {answer:?}");
                in_plain_words(&answer);
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "{asked}");
    alive(&world);
}

/// Nothing of a refusal is a name of Rust's.
fn in_plain_words(answer: &Answer) {
    let mut texts = vec![&answer.body["detail"]];
    let violations = answer.body["violations"].as_array();
    texts.extend(violations.into_iter().flatten().map(|v| &v["message"]));
    for text in texts.into_iter().filter_map(Value::as_str) {
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
            let number = word.trim_start_matches(['u', 'i', 'f']);
            let typed = word.len() > number.len()
                && ["8", "16", "32", "64", "128", "size"].contains(&number);
            let rust = [
                "struct",
                "enum",
                "tuple",
                "variant",
                "newtype",
                "Option",
                "Vec",
                "Wire",
                "NaiveDate",
            ];
            let hump = word.chars().skip(1).any(char::is_uppercase)
                && word.chars().any(char::is_lowercase);
            assert!(!(typed || hump || rust.contains(&word)), "{word}: {text}");
        }
    }
}

/// The pointers to everything in a value.
fn places(value: &Value) -> Vec<String> {
    let (mut open, mut found) = (vec![(String::new(), value)], Vec::new());
    while let Some((path, value)) = open.pop() {
        let inner: Vec<(String, &Value)> = match value {
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), value))
                .collect(),
            Value::Array(list) => list
                .iter()
                .enumerate()
                .map(|(at, value)| (at.to_string(), value))
                .collect(),
            _ => vec![],
        };
        open.extend(
            inner
                .into_iter()
                .map(|(key, value)| (format!("{path}/{key}"), value)),
        );
        found.push(path);
    }
    found
}
