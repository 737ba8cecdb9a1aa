//! The same service on an SQLite file: what is acknowledged outlives it, and two may serve one file.

use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use reverse_mentoring::store::sqlite::SqliteStore;
use reverse_mentoring::store::{Drawer, Vault as _};
use serde_json::json;

use crate::nasty::nasty;
use crate::wire::{Server, built};
use crate::world::{COORDINATOR, MET, READY, World};

/// A file of this test's own that is not there yet, in a folder that goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("http-service-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> String {
        self.0
            .join("programmes.sqlite")
            .to_str()
            .unwrap()
            .to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Killed while it runs: everything that it has answered is there, names and notes too.
#[test]
fn a_restart_finds_the_same_programme() {
    let folder = Folder::new("restart");
    let file = folder.file();
    let mut first = Server::with(&["--db", &file, "--rehearsal", "1"]);
    let world = World::begun(&first);
    let (ada, cfo) = (world.caller("ada"), world.caller("cfo"));
    let met = world.ask_on("2026-01-21", cfo, &world.of("POST", "/sessions"), MET);
    assert_eq!(met.status, 201);
    let names: Vec<String> = nasty().into_iter().step_by(7).collect();
    for text in &names {
        let card = json!({ "name": text, "notes": text }).to_string();
        world.granted(ada, "PUT /card", &card, 204);
        let note = json!({ "kind": "note", "words": text }).to_string();
        world.granted(cfo, &world.of("POST", "/notes"), &note, 204);
    }
    let known = world.granted(COORDINATOR, "GET /people", "", 200).body;
    let month = r#"{"year":2026,"month":1}"#;
    let release =
        |world: &World<'_>| world.ask_on("2026-02-02", COORDINATOR, "POST /releases", month);
    assert_eq!(release(&world).status, 200);
    let (journal, health) = (
        world.journal(),
        world.ask(COORDINATOR, "GET /health", "").body,
    );
    let (program, people) = (world.program.clone(), world.people.clone());
    let (plan, pairing) = (world.plan.clone(), world.pairing.clone());
    assert_eq!(first.end(), "");

    // Ids of another space: those of the first are taken.
    let second = Server::with(&["--db", &file, "--rehearsal", "2"]);
    let world = World {
        server: &second,
        program,
        people,
        plan,
        pairing,
    };
    assert_eq!(world.journal(), journal);
    assert_eq!(world.ask(COORDINATOR, "GET /health", "").body, health);
    let (ada, cfo) = (world.caller("ada"), world.caller("cfo"));
    let own = world.granted(ada, "GET /card", "", 200).body;
    assert_eq!(own["name"], **names.last().unwrap());
    let pages = world.granted(ada, &world.of("GET", "/notes"), "", 200).body;
    let words: Vec<&str> = pages["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["words"].as_str().unwrap())
        .collect();
    assert_eq!(words, names);
    // The people have the ids that they had, and what was released stays released.
    assert_eq!(
        world.granted(COORDINATOR, "GET /people", "", 200).body,
        known
    );
    assert_eq!(release(&world).code(), "released-already");
    world.granted(COORDINATOR, "POST /plans", "", 201);
    // And it goes on; only the plan is gone, which nobody had approved anew.
    let again = world.ask_on(
        "2026-01-29",
        cfo,
        &world.of("POST", "/sessions"),
        &MET.replace("01-20", "01-27"),
    );
    assert_eq!(again.status, 201, "{again:?}");
    assert_eq!(world.journal().len(), journal.len() + 1);
    assert_eq!(
        world
            .ask(COORDINATOR, &format!("GET /plans/{}", world.plan), "")
            .status,
        404
    );
}

/// Two processes on one file, each with half of the people: everybody is enrolled once, in one order.
#[test]
fn two_services_on_one_file() {
    let folder = Folder::new("two");
    let file = folder.file();
    let one = Server::with(&["--db", &file, "--rehearsal", "1"]);
    let two = Server::with(&["--db", &file, "--rehearsal", "2"]);
    let world = World::opened(&one, "");
    let halves = [(&one, &world.people[..16]), (&two, &world.people[16..32])];
    thread::scope(|scope| {
        for (server, people) in halves {
            let program = &world.program;
            for each in people.chunks(8) {
                scope.spawn(move || {
                    let world = World {
                        server,
                        program: program.clone(),
                        people: vec![],
                        plan: String::new(),
                        pairing: String::new(),
                    };
                    for (_, caller) in each {
                        loop {
                            let answer = world.ask(caller, "POST /enrolment", READY);
                            match (answer.status, answer.code()) {
                                (200, _) => break,
                                (409, "conflict") | (503, "busy") => {}
                                _ => panic!("{answer:?}"),
                            }
                        }
                    }
                });
            }
        }
    });
    assert_eq!(world.journal().len(), 33);
    let shown = world.granted(COORDINATOR, "GET ", "", 200).body;
    assert_eq!(shown["enrolled"], 32);
}

/// Somebody is forgotten by another program of the same product: the service takes nothing of them any more, and goes on.
#[test]
fn who_is_erased_stays_so() {
    let folder = Folder::new("erased");
    let file = folder.file();
    let server = Server::with(&["--db", &file, "--rehearsal", "1"]);
    let world = World::begun(&server);
    let card = r#"{"name":"Bo Example"}"#;
    world.granted(world.caller("bo"), "PUT /card", card, 204);
    let note = r#"{"kind":"note","words":"x"}"#;
    let notes = world.of("POST", "/notes");
    world.granted(world.caller("ada"), &notes, note, 204);

    let mut store = SqliteStore::open(&file, Duration::from_secs(5)).unwrap();
    let program = world.program.parse().unwrap();
    let bo = world.caller("bo")["member ".len()..].parse().unwrap();
    let mut erased = store.erased(program).unwrap();
    erased.add(bo, "2026-01-06".parse().unwrap());
    // Bo is in none of the notes, and here it is the roster as it was that counts.
    let drawers = [Drawer::Notebook, Drawer::Roster]
        .map(|drawer| (drawer, store.unseal(program, drawer).unwrap().unwrap()));
    let given = drawers
        .each_ref()
        .map(|(drawer, content)| (*drawer, &**content));
    assert_eq!(store.erase(program, &erased, &given).unwrap().cards, 1);

    let bo = world.caller("bo");
    let refused = world.ask(bo, "PUT /card", card);
    assert_eq!((refused.status, refused.code()), (409, "erased"));
    assert_eq!(world.ask(bo, "GET /card", "").status, 404);
    world.granted(world.caller("cfo"), &notes, note, 204);
    let pages = world.granted(world.caller("ada"), &world.of("GET", "/notes"), "", 200);
    assert_eq!(pages.body["pages"].as_array().unwrap().len(), 2);
    let release = r#"{"year":2026,"month":1}"#;
    let released = world.ask_on("2026-02-02", COORDINATOR, "POST /releases", release);
    assert_eq!(released.status, 200);
}

/// A file of something else is left alone, and the service does not begin.
#[test]
fn a_file_of_something_else() {
    let folder = Folder::new("foreign");
    let file = folder.file();
    std::fs::write(
        &file,
        "not a database, and long enough to be looked at as one: ".repeat(40),
    )
    .unwrap();
    let before = std::fs::read(&file).unwrap();
    let done = Command::new(built())
        .args(["--serve", "--db", &file])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1));
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(told.ends_with("the store does not open\n"), "{told}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}
