//! The way that everything is meant to go, and the demonstration.

use std::process::Command;

use reverse_mentoring::journal::Entry;
use reverse_mentoring::program::Program;
use serde_json::json;

use crate::wire::{Answer, Request, Server, built};
use crate::world::{COORDINATOR, MET, READY, World};

#[test]
fn from_the_roster_to_health() {
    let server = Server::start();
    let world = World::begun(&server);
    let (ada, cfo) = (world.caller("ada"), world.caller("cfo"));
    let before = world.granted(COORDINATOR, "GET ", "", 200).body;
    let expected = json!({ "program": world.program, "launched": true, "enrolled": 4, "version": before["version"] });
    assert_eq!(before, expected);

    let met = world.ask_on("2026-01-21", cfo, &world.of("POST", "/sessions"), MET);
    assert_eq!(met.status, 201, "{met:?}");
    assert_eq!(met.body["version"], before["version"].as_u64().unwrap() + 1);
    let note =
        json!({ "kind": "note", "session": met.body["session"], "words": "it took a while" });
    let noted = world.ask_on(
        "2026-01-21",
        ada,
        &world.of("POST", "/notes"),
        &note.to_string(),
    );
    assert_eq!((noted.status, noted.body.is_null()), (204, true));
    let pages = world.granted(cfo, &world.of("GET", "/notes"), "", 200);
    let page = json!({ "kind": "note", "author": "mentor", "session": met.body["session"], "on": "2026-01-21", "words": "it took a while" });
    assert_eq!(pages.body, json!({ "pages": [page] }));

    // Worked by hand: one of two pairings has begun, and met once, 13 days before the second of February.
    let health = world
        .ask_on("2026-02-02", COORDINATOR, "GET /health", "")
        .body;
    assert_eq!(
        (&health["as_of"], &health["audience"]),
        (&json!("2026-02-02"), &json!("coordinator"))
    );
    let pairings = health["pairings"].as_array().unwrap();
    let hers = pairings
        .iter()
        .find(|p| p["pairing"] == *world.pairing)
        .unwrap();
    assert_eq!(hers["held"], 1);
    assert_eq!(
        (&hers["last_held"], &hers["days_since"]),
        (&json!("2026-01-20"), &json!(13))
    );
    assert_eq!(hers["status"], "too_early");
    let reading = |id: &str| {
        let metrics = health["metrics"].as_array().unwrap();
        let found = metrics.iter().find(|m| m["id"] == id).unwrap();
        (found["numerator"].as_u64(), found["denominator"].as_u64())
    };
    assert_eq!(reading("session_completion"), (Some(1), Some(1)));
    assert_eq!(reading("match_coverage"), (Some(4), Some(4)));

    // What the service wrote is a journal: the library replays it.
    let entries: Vec<Entry> = serde_json::from_value(json!(world.journal())).unwrap();
    let program = Program::replay(&entries).unwrap();
    assert_eq!(program.id().to_string(), world.program);
    let kinds: Vec<String> = world
        .journal()
        .iter()
        .map(|e| e["event"]["event"].as_str().unwrap().to_owned())
        .collect();
    let count = |kind: &str| kinds.iter().filter(|k| *k == kind).count();
    assert_eq!(
        [
            count("opened"),
            count("enrolled"),
            count("launched"),
            count("proposed"),
            count("advanced"),
            count("terms_stated"),
            count("session_recorded")
        ],
        [1, 4, 1, 1, 6, 2, 1]
    );
}

/// The list of people has of each what is theirs: who is enrolled, and the name that they gave.
#[test]
fn the_list_of_people() {
    let server = Server::start();
    let world = World::opened(&server, "");
    let (some, named) = (
        world.people.iter().step_by(3),
        world.people.iter().step_by(2),
    );
    for (_, caller) in some.clone() {
        world.granted(caller, "POST /enrolment", READY, 200);
    }
    for (key, caller) in named.clone() {
        let card = json!({ "name": format!("{key} Example") }).to_string();
        world.granted(caller, "PUT /card", &card, 204);
    }
    let listed = world.granted(COORDINATOR, "GET /people", "", 200).body;
    let listed = listed["people"].as_array().unwrap();
    assert_eq!(listed.len(), world.people.len());
    for ((key, _), is) in world.people.iter().zip(listed) {
        let has_name = named.clone().any(|(known, _)| known == key);
        let name = has_name.then(|| format!("{key} Example"));
        assert_eq!((&is["key"], &is["name"]), (&json!(key), &json!(name)));
        assert_eq!(
            is["enrolled"],
            some.clone().any(|(known, _)| known == key),
            "{key}"
        );
    }
}

/// Without a body it is the company of the examples; the answer says where the new programme is.
#[test]
fn the_company_of_the_examples() {
    let server = Server::start();
    let opened = server.ask(&Request {
        line: "POST /programs",
        caller: COORDINATOR,
        today: "",
        body: b"",
    });
    assert_eq!(opened.status, 201, "{opened:?}");
    let path = format!("/programs/{}", opened.body["program"].as_str().unwrap());
    assert!(
        opened.head.contains(&format!("\r\nlocation: {path}\r\n")),
        "{}",
        opened.head
    );
    assert_eq!(opened.body["people"], 260);
    assert_eq!(opened.head.lines().next(), Some("HTTP/1.1 201 Created"));
}

/// Outside a rehearsal ids are the host's and days are those of the clock, whatever a client says.
#[test]
fn a_client_does_not_make_the_day() {
    let server = Server::with(&[]);
    let world = World::opened(&server, "");
    let entries = world.journal();
    assert_ne!(entries[0]["stamp"]["on"], crate::world::FIRST);
    let id: uuid::Uuid = world.program.parse().unwrap();
    assert_eq!(id.get_version_num(), 7);
}

/// Answers come in the order of the requests of a connection, and its end is the client's.
#[test]
fn requests_on_one_connection() {
    use std::io::Write as _;
    let server = Server::start();
    let world = World::opened(&server, "");
    let lines = ["GET ", "GET /people", "GET /nowhere", "GET /journal"].map(|l| world.line(l));
    let mut stream = server.connect();
    let mut all = Vec::new();
    for line in &lines {
        all.extend(
            Request {
                line,
                caller: COORDINATOR,
                today: "",
                body: b"",
            }
            .bytes(),
        );
    }
    stream.write_all(&all).unwrap();
    let statuses = lines.map(|_| Answer::read(&mut stream).unwrap().status);
    assert_eq!(statuses, [200, 200, 404, 200]);
}

#[test]
fn the_demonstration() {
    let run = || {
        let done = Command::new(built()).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), &*told), (Some(0), ""));
        let said = String::from_utf8(done.stdout).unwrap();
        let (address, rest) = said.split_once('\n').unwrap();
        assert!(
            address.starts_with("listening on http://127.0.0.1:"),
            "{address}"
        );
        rest.to_owned()
    };
    let said = run();
    assert_eq!(run(), said);
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/http_service.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(golden, &said).unwrap();
    }
    assert_eq!(said, std::fs::read_to_string(golden).unwrap_or_default());
}

#[test]
fn misuse_is_one_line() {
    for (words, said) in [
        (
            &["--port", "80"][..],
            "`--port`, `--db` and `--rehearsal` need `--serve`\n",
        ),
        (
            &["--serve", "--port", "0"],
            "`--port 0`: not a whole number from 1 to 65535\n",
        ),
        (
            &["--serve", "--rehearsal", "x"],
            "`--rehearsal x`: not a whole number from 0 to 4294967295\n",
        ),
        (
            &["--sereve"],
            "there is no option `--sereve`; try `--help`\n",
        ),
        #[cfg(not(feature = "sqlite"))]
        (
            &["--serve", "--db", "x"],
            "`--db` needs the feature `sqlite`\n",
        ),
    ] {
        let done = Command::new(built()).args(words).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{words:?}");
        assert_eq!(String::from_utf8(done.stderr).unwrap(), said);
    }
}
