//! What is left of who is erased.

use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::*;

use super::server::Server;
use super::{all, append, card, day, journal, open, server};

/// In a server of its own, whose files are searched: an erasure leaves the journal as it was, and tidied, no name in any table.
#[test]
fn an_erasure_leaves_the_journal_and_tidied_nothing_of_the_name() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut ids = SequentialIds::new(1);
    let mut store = open(&server, "erasure");
    let (id, entries) = journal(&mut ids, 20);
    append(&mut store, id, entries, &mut ids);
    // Long enough not to be compressed away, and to be kept out of line; some often enough for statistics.
    let people: Vec<ParticipantId> = (0..60)
        .map(|_| ParticipantId::from_source(&mut ids))
        .collect();
    let name = |n: usize| match n % 3 {
        0 => format!("Xanthippe-{n:04}"),
        1 => "Xanthippe-again".to_owned(),
        _ => (0..400)
            .map(|at| format!("Xanthippe-{n:04}-{at} "))
            .collect(),
    };
    for round in 0..2 {
        for (n, who) in people.iter().enumerate() {
            store
                .put(id, *who, &card(&format!("Qkey-{n}-{round}"), &name(n)))
                .unwrap();
        }
    }
    store
        .seal(id, Drawer::Notebook, b"Xanthippe said", &Erasure::new())
        .unwrap();
    let mut raw = server.client();
    raw.batch_execute("VACUUM ANALYZE").unwrap();
    raw.batch_execute("CHECKPOINT").unwrap();
    let files = |text| server.grep("base", text);
    assert!(files("Xanthippe-0000") > 0 && files("Xanthippe said") > 0 && files("Qkey-1-1") > 0);
    // Somebody who has looked at what was before keeps `VACUUM` from taking it away.
    let mut reader = server.client();
    reader
        .batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class")
        .unwrap();
    let before = all(&mut store, id);
    let mut list = Erasure::new();
    for who in &people {
        assert!(list.add(*who, day(3)));
    }
    let wiped = store.erase(id, &list, &[(Drawer::Notebook, b"")]).unwrap();
    assert_eq!((wiped.cards, wiped.traces), (60, Traces::Left));
    assert_eq!(all(&mut store, id), before);
    raw.batch_execute("CHECKPOINT").unwrap();
    assert!(files("Xanthippe-0000") > 0);
    store.tidy().unwrap();
    raw.batch_execute("CHECKPOINT").unwrap();
    assert_eq!([files("Xanthippe"), files("Qkey")], [0, 0]);
    reader.batch_execute("COMMIT").unwrap();
    // It is as it was for who is left, and for who asks again.
    let bo = ParticipantId::from_source(&mut ids);
    store.put(id, bo, &card("bo", "Bo\u{0}")).unwrap();
    store.tidy().unwrap();
    assert_eq!(store.card(id, bo).unwrap(), Some(card("bo", "Bo\u{0}")));
    assert_eq!(
        store.unseal(id, Drawer::Notebook).unwrap().as_deref(),
        Some(&b""[..])
    );
    assert_eq!(store.erased(id).unwrap(), list);
    // The log has it still, which is why the answer was `Left`.
    assert!(server.grep("pg_wal", "Xanthippe-0000") > 0);
}

/// A name that is on every other card is one of those that the server would count.
#[test]
fn the_statistics_of_the_server_know_nobody() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "statistics");
    let id = ProgramId::from_source(&mut ids);
    for n in 0..200 {
        let who = ParticipantId::from_source(&mut ids);
        store
            .put(id, who, &card(&format!("Qkey-{n}"), "Xanthippe"))
            .unwrap();
    }
    store.tidy().unwrap();
    let mut raw = server.client();
    raw.batch_execute("ANALYZE statistics.card; ANALYZE statistics.drawer")
        .unwrap();
    let sql = "SELECT attname, coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') FROM pg_stats WHERE schemaname = 'statistics' AND tablename IN ('card', 'drawer')";
    let rows = raw.query(sql, &[]).unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let (column, words): (String, String) = (row.get(0), row.get(1));
        assert!(
            ["program", "participant", "drawer"].contains(&&*column),
            "{column}"
        );
        assert!(
            !words.contains("Qkey") && !words.contains("58616e"),
            "{words}"
        );
    }
}

/// As after a backup: the tables are those of before, the list that was kept apart is not.
#[test]
fn a_restored_backup_forgets_again() {
    let Some(server) = server() else { return };
    let mut ids = SequentialIds::new(1);
    let mut store = open(server, "backup");
    let (id, entries) = journal(&mut ids, 5);
    append(&mut store, id, entries, &mut ids);
    let [ada, bo] = [0; 2].map(|_| ParticipantId::from_source(&mut ids));
    store.put(id, ada, &card("ada", "Xanthippe")).unwrap();
    store.put(id, bo, &card("bo", "Bo")).unwrap();
    let mut list = store.erased(id).unwrap();
    store
        .seal(id, Drawer::Notebook, b"Xanthippe said", &list)
        .unwrap();
    let dumped = server.dump("backup");
    list.add(ada, day(3));
    let _ = store.erase(id, &list, &[(Drawer::Notebook, b"")]).unwrap();
    let kept_apart = serde_json::to_string(&list).unwrap();
    let before = all(&mut store, id);

    server
        .client()
        .batch_execute("DROP SCHEMA backup CASCADE")
        .unwrap();
    server.restore(&dumped);
    let mut restored = open(server, "backup");
    assert!(restored.card(id, ada).unwrap().is_some());
    let list: Erasure = serde_json::from_str(&kept_apart).unwrap();
    let error = restored.erase(id, &list, &[]).unwrap_err();
    assert!(matches!(error, EraseError::Drawers(drawers) if drawers == [Drawer::Notebook]));
    assert_eq!(
        restored
            .erase(id, &list, &[(Drawer::Notebook, b"")])
            .unwrap()
            .cards,
        1
    );
    assert_eq!(restored.card(id, ada).unwrap(), None);
    assert_eq!(
        restored.find(id, &Key::new("bo").unwrap()).unwrap(),
        Some(bo)
    );
    assert_eq!(all(&mut restored, id), before);
    assert!(matches!(
        restored.put(id, ada, &card("new", "new")),
        Err(PutError::Erased(_))
    ));
    // What keeps the tables came back with them.
    let error = server
        .client()
        .batch_execute("DELETE FROM backup.journal")
        .unwrap_err();
    assert_eq!(
        error.as_db_error().unwrap().message(),
        "the journal is only added to"
    );
    append(
        &mut restored,
        id,
        vec![super::withdrew(&mut ids, 5)],
        &mut SequentialIds::new(9),
    );
}
