//! Every way to be refused, with its status, its code and those of its violations.

use serde_json::json;

use crate::wire::{Answer, Server};
use crate::world::{COORDINATOR, FIRST, READY, ROSTER, World, charter};

/// What a refusal has to look like, whichever it is.
fn refused(answer: &Answer, status: u16, code: &str, codes: &[&str]) {
    assert_eq!((answer.status, answer.code()), (status, code), "{answer:?}");
    assert_eq!(answer.codes(), codes, "{answer:?}");
    assert!(
        answer
            .head
            .contains("content-type: application/problem+json\r\n"),
        "{}",
        answer.head
    );
    assert_eq!(answer.body["type"], "about:blank");
    assert_eq!(answer.body["status"], status);
    let titles = [
        (400, "Bad Request"),
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (404, "Not Found"),
        (405, "Method Not Allowed"),
        (409, "Conflict"),
        (413, "Payload Too Large"),
        (422, "Unprocessable Entity"),
    ];
    let title = titles.iter().find(|(known, _)| *known == status).unwrap().1;
    assert_eq!(answer.body["title"], title);
    let mut texts = vec![&answer.body["detail"]];
    for violation in answer.body["violations"].as_array().unwrap() {
        assert!(violation["parameters"].is_object());
        texts.push(&violation["message"]);
    }
    for text in texts {
        let text = text.as_str().unwrap();
        assert!(!text.is_empty() && !text.contains('\n'), "{text:?}");
    }
}

#[test]
fn a_roster_is_refused_with_every_fault() {
    let server = Server::start();
    let world = World::opened(&server, ROSTER);
    let faulty = ROSTER
        .replace("ada,cto", "ada,coo")
        .replace("bo,cfo,3", "bo,cfo,three");
    let answer = world.ask(COORDINATOR, "POST /programs", &faulty);
    refused(&answer, 422, "roster", &["unknown-manager", "bad-grade"]);
    let violations = &answer.body["violations"];
    assert_eq!(
        violations[0]["parameters"],
        json!({ "line": 5, "column": "manager" })
    );
    assert_eq!(
        violations[1]["parameters"],
        json!({ "line": 6, "column": "grade" })
    );
    let binary = server.ask(&crate::wire::Request {
        line: "POST /programs",
        caller: COORDINATOR,
        today: FIRST,
        body: b"id,manager\n\xff\xfe,-\n",
    });
    assert_eq!((binary.status, binary.code()), (422, "roster"));
}

#[test]
fn what_is_not_there_is_not_found() {
    let server = Server::start();
    let world = World::begun(&server);
    let nobody = "f0000000-0000-8000-8000-000000000001";
    for line in [
        "GET /programs/x".to_owned(),
        format!("GET /programs/{nobody}"),
        format!("POST /programs/{nobody}/enrolment"),
        format!("GET /plans/{nobody}"),
        "GET /plans/x".to_owned(),
        format!("GET /pairings/{nobody}"),
        format!("GET /pairings/{}x", world.pairing),
    ] {
        refused(&world.ask(COORDINATOR, &line, ""), 404, "unknown", &[]);
    }
    // A plan of another programme is none of this one.
    let other = World::opened(&server, ROSTER);
    let line = format!("GET /plans/{}", world.plan);
    refused(&other.ask(COORDINATOR, &line, ""), 404, "unknown", &[]);
    for line in [
        "GET /programs",
        "GET /programs/",
        "GET /nothing/",
        "POST /card/x",
    ] {
        let answer = world.ask(COORDINATOR, line, "");
        assert!([404, 405].contains(&answer.status), "{line}: {answer:?}");
    }
    let line = "GET /programs/a/b/c/d/e/f";
    refused(&world.ask(COORDINATOR, line, ""), 404, "path", &[]);
    let answer = world.ask(COORDINATOR, "PATCH /card", "");
    refused(&answer, 405, "method", &[]);
    assert!(
        answer.head.to_lowercase().contains("\r\nallow: "),
        "{}",
        answer.head
    );
}

#[test]
fn a_body_is_refused_by_what_is_wrong_with_it() {
    let server = Server::start();
    let world = World::begun(&server);
    let ada = world.caller("ada");
    for body in [
        "",
        "{",
        "nothing",
        "{\"step\":\"accept\"",
        "{\"step\":\"\u{1}\"}",
        "[1,]",
    ] {
        let answer = world.ask(ada, &world.of("POST", "/steps"), body);
        refused(&answer, 400, "json", &[]);
    }
    let deep = "[".repeat(100_000);
    refused(
        &world.ask(ada, &world.of("POST", "/terms"), &deep),
        400,
        "json",
        &[],
    );
    for body in [
        "{}",
        "[]",
        "null",
        "{\"step\":1}",
        "[\"accept\"]",
        "{\"step\":\"accept\",\"step\":\"begin\"}",
        "{\"step\":\"accept\",\"by\":\"mentee\"}",
    ] {
        let answer = world.ask(ada, &world.of("POST", "/steps"), body);
        refused(&answer, 422, "body", &[]);
    }
    let answer = world.ask(ada, &world.of("POST", "/steps"), "{\"step\":\"dan`ce\\n\"}");
    refused(&answer, 422, "step", &["unknown-step"]);
    let known =
        "accept, decline, introduce, prepare, sign, begin, pause, resume, reinstate, complete, end";
    assert_eq!(
        answer.body["detail"],
        format!("there is no step `dan`ce\\n`; known: {known}")
    );
    let listed = &answer.body["violations"][0]["parameters"]["known"];
    assert_eq!(*listed, json!(known.split(", ").collect::<Vec<_>>()));
    for body in [
        r#"{"communication":[],"curiosity":["experience"]}"#,
        r#"{"communication":["video"],"curiosity":["gossip"]}"#,
    ] {
        refused(
            &world.ask(ada, &world.of("POST", "/terms"), body),
            422,
            "body",
            &[],
        );
    }
    for body in [
        r#"{"on":"2026-02-30","result":{"outcome":"held","minutes":50,"taught_by":"both"}}"#,
        r#"{"on":"2026-01-20","result":{"outcome":"held","minutes":0,"taught_by":"both"}}"#,
        r#"{"on":"2026-01-20","result":{"outcome":"held"}}"#,
    ] {
        refused(
            &world.ask(ada, &world.of("POST", "/sessions"), body),
            422,
            "body",
            &[],
        );
    }
    let half = r#"{"confirms":["purpose","open_mind"]}"#;
    let answer = world.ask(ada, "POST /enrolment", half);
    refused(&answer, 422, "not-ready", &["not-confirmed"; 2]);
    assert_eq!(answer.body["detail"], "not confirmed: voluntary, time");
    // By the word that a body has for it.
    let answer = world.ask(
        ada,
        "POST /enrolment",
        r#"{"confirms":["voluntary","purpose","time"]}"#,
    );
    assert_eq!(answer.body["detail"], "not confirmed: open_mind");
    assert_eq!(
        answer.body["violations"][0]["parameters"],
        json!({ "statement": "open_mind" })
    );
}

#[test]
fn the_gate_says_all_that_is_against_it() {
    let server = Server::start();
    // Before a launch.
    let world = World::enrolled(&server);
    let ada = world.caller("ada");
    let answer = world.ask(ada, "POST /enrolment", READY);
    refused(&answer, 409, "refused", &["enrolled-already"]);
    let parameters = &answer.body["violations"][0]["parameters"];
    assert_eq!(parameters["participant"], ada["member ".len()..]);
    let pair = r#"{"mentor":"ada","mentee":"cfo"}"#;
    refused(
        &world.ask(COORDINATOR, "POST /pairings", pair),
        409,
        "not-launched",
        &[],
    );
    let answer = world.ask(COORDINATOR, "POST /launch", "{}");
    refused(&answer, 422, "charter", &["missing"; 7]);
    let fields = answer.body["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["parameters"]["field"].as_str().unwrap());
    // By the names that the body has for them: what is filled in is missing no more.
    let whole = charter();
    for field in fields {
        let mut body = json!({});
        body[field] = whole[field].clone();
        assert!(!body[field].is_null(), "{field}");
        let answer = world.ask(COORDINATOR, "POST /launch", &body.to_string());
        assert_eq!(answer.codes(), ["missing"; 6], "{field}");
    }
    let mut busy = charter();
    busy["cadence"]["interval_days"] = json!(7);
    let answer = world.ask(COORDINATOR, "POST /launch", &busy.to_string());
    refused(&answer, 422, "charter", &["over-budget"]);
    assert_eq!(
        answer.body["violations"][0]["parameters"],
        json!({ "sessions": 25, "minutes": 60, "ends": "2026-07-03", "month": "1.5" })
    );
    let mut late = charter();
    late["ends"] = json!(FIRST);
    let answer = world.ask(COORDINATOR, "POST /launch", &late.to_string());
    refused(&answer, 422, "charter", &["ends-too-early"]);
    assert_eq!(
        answer.body["violations"][0]["parameters"],
        json!({ "starts": FIRST, "ends": FIRST })
    );
    late["ends"] = json!("2046-01-05");
    let answer = world.ask(COORDINATOR, "POST /launch", &late.to_string());
    assert!(answer.codes().contains(&"over-ten-years"), "{answer:?}");
    let mut heavy = charter();
    heavy["budget"]["month"] = json!("1.2");
    let answer = world.ask(COORDINATOR, "POST /launch", &heavy.to_string());
    refused(&answer, 409, "refused", &["working-time"]);
    assert_eq!(
        answer.body["violations"][0]["parameters"],
        json!({ "load": "1.5", "month": "1.2" })
    );

    // A pair that may not be: every reason, with what a host needs to say it in its own words.
    let world = World::launched(&server);
    let pair = r#"{"mentor":"bo","mentee":"cfo"}"#;
    let answer = world.ask(COORDINATOR, "POST /pairings", pair);
    refused(
        &answer,
        422,
        "not-eligible",
        &["no-hierarchical-link", "two-way"],
    );
    let link = &answer.body["violations"][0];
    assert!(link["message"].as_str().unwrap().contains("`bo`"), "{link}");
    let unknown = r#"{"mentor":"zoe","mentee":"cfo"}"#;
    refused(
        &world.ask(COORDINATOR, "POST /pairings", unknown),
        422,
        "unknown-participant",
        &[],
    );

    // A plan that somebody has overtaken: of two pairs one has lost its mentor, and neither is proposed.
    world.granted(world.caller("bo"), "DELETE /enrolment", "", 200);
    let path = format!("POST /plans/{}/approval", world.plan);
    let answer = world.ask(COORDINATOR, &path, "");
    refused(&answer, 409, "refused", &["not-enrolled"]);
    let open = world.granted(COORDINATOR, "GET /pairings", "", 200);
    assert_eq!(open.body, json!({ "pairings": [] }));

    // Steps out of turn.
    let world = World::proposed(&server);
    let (ada, steps) = (world.caller("ada"), world.of("POST", "/steps"));
    let answer = world.ask(ada, &steps, r#"{"step":"begin"}"#);
    refused(&answer, 409, "refused", &["illegal-step"]);
    assert_eq!(
        answer.body["violations"][0]["parameters"],
        json!({ "stage": "proposed", "step": "begin", "possible": ["accept", "decline", "end"] })
    );
    // What one has said is possible for the other alone, in every answer.
    let now = world.step(ada, "accept").body["now"]["possible"].clone();
    assert_eq!(now, json!(["decline", "end"]));
    let answer = world.ask(ada, &steps, r#"{"step":"accept"}"#);
    refused(&answer, 409, "refused", &["illegal-step"]);
    assert_eq!(
        answer.body["detail"],
        "a pairing that is `proposed` cannot `accept` twice by the mentor; possible: `accept` by the mentee, `decline`, `end`"
    );
    let possible = |who: &str| {
        let shown = world.granted(who, &world.of("GET", ""), "", 200).body;
        shown["now"]["possible"].clone()
    };
    assert_eq!(possible(ada), json!(["decline", "end"]));
    for who in [world.caller("cfo"), COORDINATOR] {
        assert_eq!(possible(who), json!(["accept", "decline", "end"]));
    }
    for (who, step) in [("cfo", "accept"), ("cfo", "prepare")] {
        world.step(world.caller(who), step);
    }
    let answer = world.ask(ada, &steps, r#"{"step":"sign"}"#);
    refused(&answer, 409, "refused", &["silent", "silent"]);
    // Nobody takes these by hand, and none is offered.
    for step in ["suspend", "settle"] {
        let body = json!({ "step": step }).to_string();
        refused(
            &world.ask(ada, &steps, &body),
            422,
            "step",
            &["unknown-step"],
        );
    }

    // A session before they have begun; one in the future; one twice is two sessions, and that is theirs to say.
    let sessions = world.of("POST", "/sessions");
    let session = |day: &str| {
        json!({ "on": day, "result": { "outcome": "missed", "by": "mentee" } }).to_string()
    };
    refused(
        &world.ask(ada, &sessions, &session(FIRST)),
        409,
        "refused",
        &["not-begun"],
    );
    let world = World::begun(&server);
    let sessions = world.of("POST", "/sessions");
    let ada = world.caller("ada");
    let answer = world.ask(ada, &sessions, &session("2026-03-01"));
    refused(&answer, 409, "refused", &["in-the-future"]);
    let answer = world.ask(ada, &sessions, &session("2025-12-31"));
    refused(&answer, 409, "refused", &["outside-pairing"]);

    // Time does not run backwards.
    let today = "2025-12-01";
    let answer = world.ask_on(today, world.caller("cto"), "DELETE /enrolment", "");
    assert_eq!(answer.status, 409);
    assert!(answer.codes().contains(&"backwards"), "{answer:?}");
    let answer = world.ask_on("someday", ada, "GET /pairings", "");
    refused(&answer, 422, "today", &[]);
}

/// What somebody keeps here is bounded, so that one cannot fill what all of a programme share; what is at the bound is kept.
#[test]
fn cards_and_notes_are_bounded() {
    let server = Server::start();
    let world = World::begun(&server);
    let ada = world.caller("ada");
    let long = |bytes: usize| "é".repeat(bytes / 2) + if bytes % 2 == 1 { "x" } else { "" };
    for (field, most) in [("name", 16 << 10), ("notes", 64 << 10)] {
        let card = |bytes: usize| {
            let mut card = json!({ "name": "A", "notes": "" });
            card[field] = json!(long(bytes));
            card.to_string()
        };
        world.granted(ada, "PUT /card", &card(most), 204);
        let answer = world.ask(ada, "PUT /card", &card(most + 1));
        refused(&answer, 422, "too-long", &["too-long"]);
        let parameters = &answer.body["violations"][0]["parameters"];
        assert_eq!(*parameters, json!({ "field": field, "bytes": most }));
    }
    let note = |bytes: usize| json!({ "kind": "note", "words": long(bytes) }).to_string();
    let notes = world.of("POST", "/notes");
    refused(
        &world.ask(ada, &notes, &note((64 << 10) + 1)),
        422,
        "too-long",
        &["too-long"],
    );
    // Two mebibytes, whoever of the two writes them, and not a byte more.
    for n in 0..32 {
        let who = world.caller(["ada", "cfo"][n % 2]);
        world.granted(who, &notes, &note(64 << 10), 204);
    }
    for who in [ada, world.caller("cfo")] {
        refused(&world.ask(who, &notes, &note(1)), 409, "full", &[]);
    }
    let other = world
        .granted(world.caller("bo"), "GET /pairings", "", 200)
        .body;
    let other = other["pairings"][0]["pairing"].as_str().unwrap();
    let line = format!("POST /pairings/{other}/notes");
    world.granted(world.caller("bo"), &line, &note(1), 204);
}

/// Many small notes are bounded, too.
#[test]
fn notes_are_counted() {
    let server = Server::start();
    let world = World::begun(&server);
    let (ada, notes) = (world.caller("ada"), world.of("POST", "/notes"));
    for _ in 0..1000 {
        world.granted(ada, &notes, r#"{"kind":"note","words":""}"#, 204);
    }
    let answer = world.ask(ada, &notes, r#"{"kind":"note","words":""}"#);
    refused(&answer, 409, "full", &[]);
}

/// Plans of one programme push out none of another's.
#[test]
fn a_programme_keeps_its_plans() {
    let server = Server::start();
    let [one, other] = [(), ()].map(|()| World::launched(&server));
    let plan = |world: &World<'_>| {
        let drawn = world.granted(COORDINATOR, "POST /plans", "", 201);
        drawn.body["plan"].as_str().unwrap().to_owned()
    };
    for _ in 0..40 {
        plan(&other);
    }
    let line = |plan: &str| format!("GET /plans/{plan}");
    one.granted(COORDINATOR, &line(&one.plan), "", 200);
    for _ in 0..3 {
        plan(&one);
    }
    one.granted(COORDINATOR, &line(&one.plan), "", 200);
    plan(&one);
    let answer = one.ask(COORDINATOR, &line(&one.plan), "");
    refused(&answer, 404, "unknown", &[]);
    let said = answer.body["detail"].as_str().unwrap();
    assert!(said.contains("draw one again"), "{said}");
}

/// What is refused has changed nothing: the journal is what it was.
#[test]
fn a_refusal_leaves_no_trace() {
    let server = Server::start();
    let world = World::begun(&server);
    let before = world.journal();
    let (ada, plan) = (
        world.caller("ada"),
        format!("POST /plans/{}/approval", world.plan),
    );
    let asked = [
        (COORDINATOR, plan, "".to_owned()),
        (
            COORDINATOR,
            "POST /launch".to_owned(),
            charter().to_string(),
        ),
        (
            COORDINATOR,
            "POST /trainings".to_owned(),
            r#"{"participants":[]}"#.to_owned(),
        ),
        (ada, "POST /enrolment".to_owned(), READY.to_owned()),
        (
            ada,
            world.of("POST", "/steps"),
            r#"{"step":"accept"}"#.to_owned(),
        ),
        (
            ada,
            world.of("POST", "/terms"),
            crate::world::TERMS.to_owned(),
        ),
        (
            ada,
            world.of("POST", "/sessions"),
            crate::world::MET.to_owned(),
        ),
    ];
    for (who, line, body) in &asked {
        let answer = world.ask(who, line, body);
        assert_eq!(
            (answer.status, answer.code()),
            (409, "refused"),
            "{line}: {answer:?}"
        );
    }
    assert_eq!(world.journal(), before);
}
