//! Who may ask what: every path by everybody, against a table worked by hand.

use crate::wire::Server;
use crate::world::{
    COORDINATOR, MET, OTHER_COORDINATOR, OTHER_SPONSOR, READY, SPONSOR, STRANGER, TERMS, World,
    charter,
};

/// In the order of the columns below.
fn callers(world: &World<'_>) -> [String; 8] {
    [
        String::new(),
        world.caller("ada").to_owned(),
        world.caller("bo").to_owned(),
        STRANGER.to_owned(),
        COORDINATOR.to_owned(),
        OTHER_COORDINATOR.to_owned(),
        SPONSOR.to_owned(),
        OTHER_SPONSOR.to_owned(),
    ]
}

#[test]
fn everybody_sees_what_is_theirs() {
    let server = Server::start();
    let world = World::begun(&server);
    let plan = format!("/plans/{}", world.plan);
    let pairing = format!("/pairings/{}", world.pairing);
    let (charter, note) = (charter().to_string(), r#"{"kind":"note","words":"x"}"#);
    let pair = r#"{"mentor":"ada","mentee":"cto"}"#;
    // Nobody, one of the two, another member, a stranger, the coordinator, another, the sponsor, another. 409 and 422 are
    // the gate's answer to somebody who may ask.
    let table: &[(&str, &str, &str, [u16; 8])] = &[
        ("GET", "", "", [401, 200, 200, 404, 200, 404, 200, 404]),
        (
            "GET",
            "/people",
            "",
            [401, 403, 403, 404, 200, 404, 403, 404],
        ),
        (
            "GET",
            "/journal",
            "",
            [401, 403, 403, 404, 200, 404, 403, 404],
        ),
        (
            "PUT",
            "/card",
            r#"{"name":"A"}"#,
            [401, 204, 204, 404, 403, 404, 403, 404],
        ),
        ("GET", "/card", "", [401, 200, 200, 404, 403, 404, 403, 404]),
        (
            "POST",
            "/enrolment",
            READY,
            [401, 409, 409, 404, 403, 404, 403, 404],
        ),
        (
            "POST",
            "/launch",
            &charter,
            [401, 403, 403, 404, 409, 404, 403, 404],
        ),
        (
            "POST",
            "/trainings",
            r#"{"participants":[]}"#,
            [401, 403, 403, 404, 409, 404, 403, 404],
        ),
        (
            "POST",
            "/plans",
            "",
            [401, 403, 403, 404, 201, 404, 403, 404],
        ),
        ("GET", &plan, "", [401, 403, 403, 404, 200, 404, 403, 404]),
        (
            "POST",
            &format!("{plan}/approval"),
            "",
            [401, 403, 403, 404, 409, 404, 403, 404],
        ),
        (
            "POST",
            "/pairings",
            pair,
            [401, 403, 403, 404, 422, 404, 403, 404],
        ),
        (
            "GET",
            "/pairings",
            "",
            [401, 200, 200, 404, 200, 404, 403, 404],
        ),
        (
            "GET",
            &pairing,
            "",
            [401, 200, 404, 404, 200, 404, 403, 404],
        ),
        (
            "POST",
            &format!("{pairing}/steps"),
            r#"{"step":"sign"}"#,
            [401, 409, 404, 404, 403, 404, 403, 404],
        ),
        (
            "POST",
            &format!("{pairing}/terms"),
            TERMS,
            [401, 409, 404, 404, 403, 404, 403, 404],
        ),
        (
            "POST",
            &format!("{pairing}/sessions"),
            MET,
            [401, 409, 404, 404, 403, 404, 403, 404],
        ),
        (
            "POST",
            &format!("{pairing}/notes"),
            note,
            [401, 204, 404, 404, 403, 404, 403, 404],
        ),
        (
            "GET",
            &format!("{pairing}/notes"),
            "",
            [401, 200, 404, 404, 403, 404, 403, 404],
        ),
        (
            "GET",
            "/health",
            "",
            [401, 403, 403, 404, 200, 404, 200, 404],
        ),
        (
            "POST",
            "/releases",
            r#"{"year":2026,"month":1}"#,
            [401, 403, 403, 404, 422, 404, 403, 404],
        ),
        (
            "DELETE",
            "/enrolment",
            "",
            [401, 200, 200, 404, 403, 404, 403, 404],
        ),
    ];
    for (method, path, body, expected) in table {
        let line = format!("{method} {path}");
        let answers = callers(&world).map(|who| world.ask(&who, &line, body).status);
        assert_eq!(answers, *expected, "{line}");
    }
}

/// Whether a programme is there is told to those of it alone: to anybody else every path says what it says of one that is not.
#[test]
fn a_programme_is_not_there_for_others() {
    let server = Server::start();
    let world = World::begun(&server);
    let nowhere = World {
        server: &server,
        program: "f0000000-0000-8000-8000-000000000001".to_owned(),
        people: vec![],
        plan: world.plan.clone(),
        pairing: world.pairing.clone(),
    };
    let pairing = format!("/pairings/{}", world.pairing);
    for line in [
        "GET ".to_owned(),
        "GET /people".to_owned(),
        "GET /journal".to_owned(),
        "GET /health".to_owned(),
        "GET /card".to_owned(),
        "PUT /card".to_owned(),
        "GET /pairings".to_owned(),
        "POST /enrolment".to_owned(),
        "DELETE /enrolment".to_owned(),
        "POST /launch".to_owned(),
        "POST /plans".to_owned(),
        format!("POST /plans/{}/approval", world.plan),
        format!("GET {pairing}"),
        format!("POST {pairing}/steps"),
        format!("GET {pairing}/notes"),
    ] {
        for who in [STRANGER, OTHER_COORDINATOR, OTHER_SPONSOR] {
            let [here, there] = [&world, &nowhere].map(|world| world.ask(who, &line, "{}"));
            assert_eq!((here.status, here.body), (404, there.body), "{who} {line}");
        }
    }
}

/// Who says two things about who they are, or something else, is nobody.
#[test]
fn a_caller_is_one_person() {
    let server = Server::start();
    let world = World::begun(&server);
    let (ada, line) = (world.caller("ada"), world.line("GET /pairings"));
    for caller in [
        format!("{ada}\r\nCaller: {COORDINATOR}"),
        format!("{ada}, {COORDINATOR}"),
        format!("{ada} "),
        ada.replace("member", "Member"),
        ada.replace("member ", "member  "),
        ada.replace("member", "contact"),
        "member".to_owned(),
        "member x".to_owned(),
    ] {
        let asked =
            format!("{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCaller: {caller}\r\n\r\n");
        let back = server.exchange(asked.as_bytes());
        // Blanks at the end of a header are none of it.
        let expected = if caller.ends_with(' ') {
            "200 OK"
        } else {
            "401 Unauthorized"
        };
        assert!(
            back.starts_with(&format!("HTTP/1.1 {expected}\r\n")),
            "{caller:?}: {back}"
        );
        if expected.starts_with("401") {
            assert!(
                back.contains("\r\nwww-authenticate: Caller\r\n") && back.contains("\"who-asks\""),
                "{back}"
            );
        }
    }
}

/// What is the two's own is in no answer to anybody else.
#[test]
fn notes_and_names_stay_where_they_belong() {
    let server = Server::start();
    let world = World::begun(&server);
    let (ada, cfo) = (world.caller("ada"), world.caller("cfo"));
    let card = r#"{"name":"Ada Secretname","notes":"a secret remark"}"#;
    world.granted(ada, "PUT /card", card, 204);
    for (kind, words) in [("note", "a secret note"), ("insight", "a secret insight")] {
        let body = format!(r#"{{"kind":"{kind}","words":"{words}"}}"#);
        world.granted(cfo, &world.of("POST", "/notes"), &body, 204);
    }
    let pairing = world.of("GET", "");
    let hers = world.granted(cfo, &pairing, "", 200);
    assert_eq!(hers.body["partner"], "Ada Secretname");
    assert_eq!(hers.body["goals"]["mentee"][0]["skill"], "short video");
    let notes = world
        .granted(ada, &world.of("GET", "/notes"), "", 200)
        .body
        .to_string();
    assert!(
        notes.contains("a secret note") && !notes.contains("a secret insight"),
        "{notes}"
    );

    for path in ["", "/people", "/journal", "/pairings", "/health"] {
        let all = world.granted(COORDINATOR, &format!("GET {path}"), "", 200);
        let all = all.body.to_string();
        assert!(!all.contains("a secret"), "{path}");
        // The name is for the list of people alone, and nothing of the journal is a name.
        assert_eq!(all.contains("Secretname"), path == "/people", "{path}");
    }
    let administered = world.granted(COORDINATOR, &pairing, "", 200).body;
    let keys: Vec<&String> = administered.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["mentee", "mentor", "now", "pairing"]); // no goals, which are wishes
    for who in [world.caller("bo"), STRANGER] {
        let own = world.ask(who, "GET /pairings", "").body.to_string();
        assert!(!own.contains(&world.pairing), "{own}");
    }
}

/// A sponsor reads releases: nothing of two pairings, and nothing that was not published.
#[test]
fn a_sponsor_reads_what_was_released() {
    let server = Server::start();
    let world = World::begun(&server);
    let before = world.granted(SPONSOR, "GET /health", "", 200);
    assert_eq!(before.body, serde_json::json!({ "releases": [] }));
    let release = |month: u32| {
        let body = format!(r#"{{"year":2026,"month":{month}}}"#);
        world.ask_on("2026-03-02", COORDINATOR, "POST /releases", &body)
    };
    assert_eq!(release(1).status, 200);
    assert_eq!(
        (release(1).status, release(1).code()),
        (422, "released-already")
    );
    assert_eq!(release(2).status, 200);
    assert_eq!(release(3).code(), "not-over");
    assert_eq!(release(13).code(), "month");
    let told = world.granted(SPONSOR, "GET /health", "", 200).body;
    assert_eq!(told["releases"].as_array().unwrap().len(), 2);
    for release in told["releases"].as_array().unwrap() {
        assert_eq!(release["audience"], "sponsor");
        for metric in release["metrics"].as_array().unwrap() {
            assert_eq!(metric["total"]["withheld"], true, "{metric}");
            assert_eq!(metric["breakdowns"], serde_json::json!([]));
        }
    }
    let text = told.to_string();
    assert!(!text.contains(&world.pairing), "{text}");
}
