//! Several clients at once on one programme.

use std::sync::Barrier;
use std::thread;

use crate::wire::Server;
use crate::world::{COORDINATOR, READY, World};

/// Everybody of a company at once: who is told that they take part does, in an order without a gap, and who is not may ask again.
#[test]
fn who_is_late_is_asked_again_and_nothing_is_lost() {
    let server = Server::start();
    let world = World::opened(&server, "");
    let people = &world.people[..48];
    let barrier = Barrier::new(people.len());
    let ask = |caller: &str| {
        barrier.wait();
        let mut lost = 0;
        loop {
            let answer = world.ask(caller, "POST /enrolment", READY);
            match (answer.status, answer.code()) {
                (200, _) => return (lost, answer.body["version"].as_u64().unwrap()),
                (409, "conflict") => {
                    assert_eq!(answer.codes(), ["version"]);
                    lost += 1;
                }
                _ => panic!("{answer:?}"),
            }
        }
    };
    let ask = &ask;
    let answers: Vec<_> = thread::scope(|scope| {
        let clients = people
            .iter()
            .map(|(_, caller)| scope.spawn(move || ask(caller)));
        let clients: Vec<_> = clients.collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap())
            .collect()
    });
    let mut versions: Vec<u64> = answers.iter().map(|(_, version)| *version).collect();
    versions.sort_unstable();
    assert_eq!(
        versions,
        (2..=49).collect::<Vec<u64>>(),
        "one winner a version"
    );
    let journal = world.journal();
    assert_eq!(journal.len(), 49);
    for (_, caller) in people {
        let id = &caller["member ".len()..];
        let theirs = journal
            .iter()
            .filter(|e| e["event"]["people"][0]["participant"] == *id);
        let theirs = theirs.filter(|e| e["event"]["event"] == "enrolled");
        assert_eq!(theirs.count(), 1);
    }
}

/// Of two at once nobody is turned away: who is late is asked again by the service itself.
#[test]
fn two_at_once_are_both_served() {
    let server = Server::start();
    let world = World::opened(&server, "");
    for two in world.people[..40].chunks(2) {
        let barrier = Barrier::new(two.len());
        thread::scope(|scope| {
            for (_, caller) in two {
                scope.spawn(|| {
                    barrier.wait();
                    world.granted(caller, "POST /enrolment", READY, 200);
                });
            }
        });
    }
    assert_eq!(world.journal().len(), 41);
}

/// Two who approve the same plan: it is proposed once.
#[test]
fn a_plan_is_proposed_once() {
    let server = Server::start();
    for _ in 0..8 {
        let world = World::launched(&server);
        let before = world.journal().len();
        let path = format!("POST /plans/{}/approval", world.plan);
        let barrier = Barrier::new(2);
        let answers: Vec<_> = thread::scope(|scope| {
            let clients = [(), ()].map(|()| {
                scope.spawn(|| {
                    barrier.wait();
                    world.ask(COORDINATOR, &path, "")
                })
            });
            clients.map(|client| client.join().unwrap()).into()
        });
        let mut said: Vec<_> = answers.iter().map(|a| (a.status, a.code())).collect();
        said.sort_unstable();
        assert_eq!(said, [(201, "-"), (409, "refused")]);
        let late = answers.iter().find(|a| a.status == 409).unwrap();
        assert!(late.codes().contains(&"already-paired"), "{late:?}");
        assert_eq!(world.journal().len(), before + 1);
    }
}

/// What the two of a pairing write at the same time is all there, also where a notebook is so large that reading and writing it takes a
/// while.
#[test]
fn no_note_is_lost() {
    let server = Server::start();
    let world = World::begun(&server);
    let path = world.of("POST", "/notes");
    let written = |writer: usize, n: usize| format!("{writer}.{n} {}", "x".repeat(30_000));
    let barrier = Barrier::new(8);
    thread::scope(|scope| {
        for writer in 0..8 {
            let (world, path, barrier) = (&world, &path, &barrier);
            scope.spawn(move || {
                let who = world.caller(["ada", "cfo"][writer % 2]);
                barrier.wait();
                for n in 0..5 {
                    let words = written(writer, n);
                    let body = format!(r#"{{"kind":"note","words":"{words}"}}"#);
                    world.granted(who, path, &body, 204);
                }
            });
        }
    });
    let pages = world.granted(world.caller("cfo"), &world.of("GET", "/notes"), "", 200);
    let pages = pages.body["pages"].as_array().unwrap();
    assert_eq!(pages.len(), 40);
    for writer in 0..8 {
        let own = format!("{writer}.");
        let theirs = pages.iter().map(|page| page["words"].as_str().unwrap());
        let theirs: Vec<&str> = theirs.filter(|words| words.starts_with(&own)).collect();
        let expected: Vec<String> = (0..5).map(|n| written(writer, n)).collect();
        assert_eq!(theirs, expected);
    }
}
