//! The connection is cut after every byte of an append, of what either side says: to the server that is a client killed there, to the client a server.

use std::collections::BTreeMap;
use std::time::Duration;

use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::journal::Places;
use reverse_mentoring::prelude::*;
use reverse_mentoring::roster::RosterFingerprint;
use reverse_mentoring::store::postgres::PostgresStore;
use reverse_mentoring::store::postgres::postgres::{Config, NoTls};
use reverse_mentoring::store::*;

use super::proxy::{Proxy, Way};
use super::{all, all_of_it, card, day, open, open_by, server, withdrew};

fn through(proxy: &Proxy) -> Config {
    let mut config = Config::new();
    config.host("127.0.0.1").port(proxy.address.port());
    config
        .user("host")
        .dbname("postgres")
        .connect_timeout(Duration::from_secs(30));
    config
}

/// A new programme of so many entries, the first with so many people.
fn batch(ids: &mut SequentialIds, entries: u64, people: usize) -> Batch {
    let program = ProgramId::from_source(ids);
    let people = (0..people).map(|_| Places {
        participant: ParticipantId::from_source(ids),
        as_mentor: 1,
        as_mentee: 0,
    });
    let opened = Event::Opened {
        program,
        roster: RosterFingerprint::try_from("0".repeat(32)).unwrap(),
        load: Load::DEFAULT,
        people: people.collect(),
    };
    let mut all = vec![Entry::new(0, Stamp::midnight(day(0)), opened)];
    all.extend((1..entries).map(|sequence| withdrew(ids, sequence)));
    Batch::of(program, all, ids).unwrap()
}

/// What a handle told when its connection was cut, and what was stored then.
type Count = BTreeMap<(&'static str, &'static str), usize>;

/// One append that is cut; false, where it was over before.
fn trial(
    (proxy, store, direct): (&Proxy, &mut PostgresStore, &mut PostgresStore),
    batch: &Batch,
    (way, after): (Way, usize),
    count: &mut Count,
) -> bool {
    let program = batch.program();
    proxy.cut(way, after);
    let answer = store.append(batch);
    if !proxy.mend() {
        assert!(matches!(answer, Ok(Appended::Stored)), "{answer:?}");
        return false;
    }
    let told = match answer {
        Ok(Appended::Stored) => "stored",
        Ok(Appended::InDoubt(_)) => "in doubt",
        Err(AppendError::Store(StoreError::Unavailable(_))) => "error",
        other => panic!("{way:?} {after}: {other:?}"),
    };
    // Whatever the server still does about it, it does before the next one has the turn.
    let found = all(direct, program).len();
    assert!(
        found == 0 || found == batch.filed().len(),
        "{way:?} {after}: {found} entries"
    );
    let handle = if after % 2 == 0 { store } else { &mut *direct };
    let mut again = handle.append(batch);
    if matches!(again, Err(AppendError::Store(StoreError::Unavailable(_)))) {
        again = direct.append(batch); // a handle whose connection cannot be made again
    }
    let was = match again {
        Ok(Appended::Already) => "there",
        Ok(Appended::Stored) => "not there",
        other => panic!("{way:?} {after}: {other:?}"),
    };
    match told {
        "stored" => assert_eq!(was, "there", "{way:?} {after}"),
        "error" => assert_eq!((was, found), ("not there", 0), "{way:?} {after}"),
        _ => {}
    }
    assert!(found == 0 || was == "there", "{way:?} {after}");
    let found = all(direct, program);
    assert!(
        found
            .iter()
            .map(|f| f.id)
            .eq(batch.filed().iter().map(|f| f.id))
    );
    *count.entry((told, was)).or_default() += 1;
    true
}

/// Every so many bytes; how many trials.
fn cuts(schema: &str, shapes: &[(u64, usize, usize)]) -> (usize, Count) {
    let Some(server) = server() else {
        return (0, Count::new());
    };
    let proxy = Proxy::to(server.socket());
    let mut ids = SequentialIds::new(1);
    let mut direct = open(server, schema);
    let (mut count, mut trials) = (Count::new(), 0);
    for (shape, &(entries, people, every)) in shapes.iter().enumerate() {
        for way in [Way::Out, Way::Back] {
            // By turns a handle that connects again by itself, and one that does not.
            let config = through(&proxy);
            let mut store = open_by(config.clone(), schema, Duration::from_secs(60));
            for after in (shape % every..).step_by(every) {
                let batch = batch(&mut ids, entries, people);
                let mut single;
                let handle = if (after / every) % 2 == 0 {
                    &mut store
                } else {
                    let client = config.connect(NoTls).unwrap();
                    single = PostgresStore::on(client, schema, Duration::from_secs(60)).unwrap();
                    &mut single
                };
                // It may have been cut the last time: connected first, so that what is cut is the append.
                handle.version(batch.program()).unwrap();
                if !trial(
                    (&proxy, handle, &mut direct),
                    &batch,
                    (way, after),
                    &mut count,
                ) {
                    break;
                }
                trials += 1;
            }
        }
    }
    println!("{trials} cuts: {count:?}");
    if trials > 0 {
        // A cut before the commit of who cannot connect again, in the commit on the way there, and on the way back.
        for seen in [
            ("error", "not there"),
            ("in doubt", "not there"),
            ("in doubt", "there"),
            ("stored", "there"),
        ] {
            assert!(
                count.contains_key(&seen),
                "{seen:?} was not met in {count:?}"
            );
        }
    }
    (trials, count)
}

#[test]
fn an_append_is_cut_here_and_there() {
    cuts("cuts", &[(3, 2, 7)]);
}

#[test]
#[ignore = "thousands of connections: .ci/deep.d/postgres.sh"]
fn an_append_is_cut_at_every_byte() {
    if !all_of_it() {
        return;
    }
    let (trials, _) = cuts("cuts_all", &[(1, 0, 1), (3, 2, 1), (40, 30, 17)]);
    assert!(trials >= 2_000, "{trials}");
}

/// The same of what a vault is asked: all or nothing, and asked again it comes to the same.
#[test]
fn a_vault_is_cut_here_and_there() {
    let Some(server) = server() else { return };
    let every = if all_of_it() { 3 } else { 29 };
    let proxy = Proxy::to(server.socket());
    let mut ids = SequentialIds::new(1);
    let (mut direct, mut store) = (
        open(server, "cut_vault"),
        open_by(through(&proxy), "cut_vault", super::PATIENT),
    );
    let mut trials = [0; 2];
    for way in [Way::Out, Way::Back] {
        for after in (0..).step_by(every) {
            let (program, who) = (
                ProgramId::from_source(&mut ids),
                ParticipantId::from_source(&mut ids),
            );
            let mine = card("ada", "Ada");
            store.version(program).unwrap();
            proxy.cut(way, after);
            let put = store.put(program, who, &mine);
            let mut cut = proxy.mend();
            let found = direct.card(program, who).unwrap();
            assert!(found.is_none() || found.as_ref() == Some(&mine));
            match put {
                Ok(()) => assert!(found.is_some()),
                Err(PutError::Store(StoreError::Unavailable(_))) => trials[0] += 1,
                Err(error) => panic!("{error:?}"),
            }
            store.put(program, who, &mine).unwrap();
            store
                .seal(program, Drawer::Notebook, b"both", &Erasure::new())
                .unwrap();
            let mut list = Erasure::new();
            list.add(who, day(1));
            proxy.cut(way, after);
            let erased = store.erase(program, &list, &[(Drawer::Notebook, b"less")]);
            cut |= proxy.mend();
            let gone = direct.card(program, who).unwrap().is_none();
            assert_eq!(direct.erased(program).unwrap() == list, gone);
            let content = direct.unseal(program, Drawer::Notebook).unwrap().unwrap();
            assert_eq!(content, if gone { &b"less"[..] } else { b"both" });
            match erased {
                Ok(_) => assert!(gone),
                Err(EraseError::Store(StoreError::Unavailable(_))) => trials[1] += 1,
                Err(error) => panic!("{error:?}"),
            }
            let _ = store
                .erase(program, &list, &[(Drawer::Notebook, b"less")])
                .unwrap();
            assert_eq!(direct.erased(program).unwrap(), list);
            assert!(matches!(
                direct.put(program, who, &mine),
                Err(PutError::Erased(_))
            ));
            if !cut {
                break;
            }
        }
    }
    println!("{trials:?} cards and erasures were cut");
    assert!(trials.iter().all(|n| *n > 0));
}
