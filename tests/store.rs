//! Batches, what helps to embed them, and their words.

use std::num::{NonZeroU32, NonZeroUsize};

use reverse_mentoring::chrono::{Days, NaiveDate};
use reverse_mentoring::journal::Stored;
use reverse_mentoring::prelude::*;
use reverse_mentoring::program::{Problem, ProgramRecord};
use reverse_mentoring::store::{self, *};
use reverse_mentoring::testing::{self, Company};

const ONCE: NonZeroU32 = NonZeroU32::MIN;

fn times(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap()
}

fn at(day: u64) -> Stamp {
    Stamp::midnight(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(day))
}

/// A launched programme in a store: the opening, and the three entries of the launch.
struct World {
    store: MemoryStore,
    id: ProgramId,
    ids: SequentialIds,
    roster: Roster,
}

impl World {
    fn new() -> Self {
        let (company, mut ids) = (Company::sample().unwrap(), SequentialIds::new(1));
        let (mut store, id) = (MemoryStore::new(), ProgramId::from_source(&mut ids));
        let roster = company.roster().clone();
        let (mut program, opening) = Program::open(id, &roster, Load::DEFAULT, at(0)).unwrap();
        let launch = testing::launch(&mut program, &roster, at(0), &mut ids).unwrap();
        for entries in [vec![opening], launch.into()] {
            let batch = Batch::of(id, entries, &mut ids).unwrap();
            assert!(matches!(store.append(&batch).unwrap(), Appended::Stored));
        }
        Self {
            store,
            id,
            ids,
            roster,
        }
    }

    fn person(&self, key: &str) -> reverse_mentoring::ids::ParticipantId {
        self.roster.by_key(key).unwrap().id()
    }

    fn withdraw(&mut self, program: &mut Program, key: &str, day: u64) -> Changed {
        let who = self.person(key);
        let verb = |program: &mut Program| program.withdraw(who, at(day)).map(|e| [e]);
        store::change(&mut self.store, program, &mut self.ids, times(3), verb).unwrap()
    }
}

#[test]
fn everything_that_is_wrong_with_a_batch_is_said() {
    let mut world = World::new();
    let (id, mut ids) = (world.id, SequentialIds::new(2));
    assert_eq!(
        Batch::of(id, [], &mut ids).unwrap_err().to_string(),
        "there are no entries to append"
    );
    let all = store::entries(&mut world.store, id, Version::EMPTY);
    let all: Vec<Filed> = all
        .map(|found| match found.unwrap() {
            Found {
                id,
                stored: Stored::Entry(entry),
                ..
            } => Filed { id, entry },
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(Batch::new(id, all.clone()).unwrap().end(), Version::new(4));
    let other = ProgramId::from_source(&mut ids);
    let mut bad = vec![
        all[0].clone(),
        all[2].clone(),
        all[2].clone(),
        all[0].clone(),
    ];
    bad[1].entry.version = 2;
    bad[2].entry.version = 0;
    let faults: Vec<String> = Batch::new(other, bad)
        .unwrap_err()
        .0
        .iter()
        .map(ToString::to_string)
        .collect();
    let [opening, twice] = [all[0].id, all[2].id];
    assert_eq!(
        faults,
        [
            "entry 0 is not what a journal has there: its own programme's opening first, and no other".to_owned(),
            "entry 2 stands where entry 1 should".to_owned(),
            "entry 2 is in version 2 of the format, not in one from 1 to 1".to_owned(),
            "entry 2 stands where entry 3 should".to_owned(),
            format!("id {twice} is there more than once"),
            "entry 2 is in version 0 of the format, not in one from 1 to 1".to_owned(),
            "entry 0 stands where entry 3 should".to_owned(),
            format!("id {opening} is there more than once"),
            "entry 0 is not what a journal has there: its own programme's opening first, and no other".to_owned(),
        ]
    );
    // An opening later on, something else at the beginning, and the end of all numbers.
    let mut late = all[0].clone();
    late.entry.sequence = 5;
    let mut first = all[1].clone();
    first.entry.sequence = 0;
    let mut last = all[1].clone();
    last.entry.sequence = u64::MAX;
    for wrong in [late, first, last] {
        assert_eq!(Batch::new(id, [wrong]).unwrap_err().0.len(), 1);
    }
}

#[test]
fn a_store_gives_back_what_a_programme_wrote() {
    let mut world = World::new();
    let mut program = store::open(&mut world.store, world.id).unwrap();
    assert_eq!(Version::of(&program), Version::new(4));
    let changed = world.withdraw(&mut program, "ada", 1);
    assert!(matches!(changed, Changed::Stored(entries) if entries.len() == 1));
    assert_eq!(store::open(&mut world.store, world.id).unwrap(), program);
    // The gate from a record and what follows it, and from the journal alone.
    let gate = store::open_with((), &mut world.store, world.id).unwrap();
    assert_eq!(store::open_gate(&mut world.store, world.id).unwrap(), gate);
    world.store.snapshot(&program.to_record()).unwrap();
    assert_eq!(store::open_gate(&mut world.store, world.id).unwrap(), gate);
    let _ = world.withdraw(&mut program, "bo", 2);
    let after = store::open_gate(&mut world.store, world.id).unwrap();
    assert_eq!(after.next_sequence(), 6);
    assert_eq!(
        after,
        store::open_with((), &mut world.store, world.id).unwrap()
    );
    assert_eq!(after.to_record(), program.to_record());
    let unknown = ProgramId::from_source(&mut world.ids);
    let error = store::open(&mut world.store, unknown).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("there is no programme {unknown}")
    );
    let error = store::open_gate(&mut world.store, unknown).unwrap_err();
    assert!(matches!(error, OpenError::Nothing(_)));
}

#[test]
fn who_loses_a_race_reads_on_and_asks_again() {
    let mut world = World::new();
    let [mut first, mut second] = [0; 2].map(|_| store::open(&mut world.store, world.id).unwrap());
    let _ = world.withdraw(&mut first, "ada", 1);
    // The second does not know of it: the batch loses, and the verb is asked of what is true then.
    let (who, mut asked) = (world.person("ada"), Vec::new());
    let refused = store::change(
        &mut world.store,
        &mut second,
        &mut world.ids,
        times(2),
        |program| {
            asked.push(program.next_sequence());
            program.withdraw(who, at(1)).map(Some)
        },
    );
    assert_eq!(asked, [4, 5]);
    assert!(matches!(refused, Err(ChangeError::Verb(_))));
    assert_eq!(second, first);
    // Another one is stored at the second attempt, and not with one attempt alone.
    let _ = world.withdraw(&mut first, "bo", 2);
    let cy = world.person("cy");
    let verb = |program: &mut Program| program.withdraw(cy, at(2)).map(Some);
    let before = second.clone();
    let lost = store::change(&mut world.store, &mut second, &mut world.ids, ONCE, verb);
    assert_eq!(
        lost.unwrap_err().to_string(),
        format!(
            "programme {} has 6 entries, not 5 as was expected",
            world.id
        )
    );
    assert_eq!(second, before);
    let _ = world.withdraw(&mut second, "cy", 2);
    assert_eq!(second.next_sequence(), 7);
    assert_eq!(store::open(&mut world.store, world.id).unwrap(), second);
    assert_eq!(store::catch_up(&mut world.store, &mut first).unwrap(), 1);
    assert_eq!(first, second);
    assert_eq!(store::catch_up(&mut world.store, &mut first).unwrap(), 0);
}

#[test]
fn a_verb_that_keeps_entries_to_itself_is_not_stored() {
    let mut world = World::new();
    let mut program = store::open(&mut world.store, world.id).unwrap();
    let [ada, bo] = ["ada", "bo"].map(|key| world.person(key));
    let before = program.clone();
    let kept = store::change(
        &mut world.store,
        &mut program,
        &mut world.ids,
        ONCE,
        |program| {
            program.withdraw(ada, at(1))?;
            program.withdraw(bo, at(1)).map(Some)
        },
    );
    let error = kept.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the verb returned 1 of the 2 entries that it wrote"
    );
    assert_eq!(program, before);
    let nothing = store::change(&mut world.store, &mut program, &mut world.ids, ONCE, |_| {
        Ok::<_, Refused>(None)
    });
    assert!(matches!(nothing.unwrap(), Changed::Stored(entries) if entries.is_empty()));
    assert_eq!(world.store.version(world.id).unwrap(), Version::new(4));
}

/// A store whose answers get lost: `lost` of them, after or before the work was done.
struct Unsure {
    store: MemoryStore,
    lost: u32,
    does: bool,
    after: Option<StoreError>,
}

fn line_down() -> StoreError {
    StoreError::Unavailable(Cause::new("the line is down"))
}

impl Journal for Unsure {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        self.store.version(program)
    }
    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        if self.lost == 0 {
            return match self.after.take() {
                Some(error) => Err(error.into()),
                None => self.store.append(batch),
            };
        }
        self.lost -= 1;
        if self.does {
            let _ = self.store.append(batch)?;
        }
        Ok(Appended::InDoubt(line_down()))
    }
    fn read(
        &mut self,
        p: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        self.store.read(p, from, most)
    }
    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        self.store.snapshot(record)
    }
    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        self.store.latest(program)
    }
}

#[test]
fn what_is_in_doubt_is_asked_again_and_stored_once() {
    for does in [true, false] {
        for (lost, attempts) in [(1, 2), (2, 3), (2, 9), (1, 1), (3, 3)] {
            let World {
                store,
                id,
                mut ids,
                roster,
            } = World::new();
            let mut journal = Unsure {
                store,
                lost,
                does,
                after: None,
            };
            let mut program = store::open(&mut journal, id).unwrap();
            let (before, ada) = (program.clone(), roster.by_key("ada").unwrap().id());
            let verb = |p: &mut Program| p.withdraw(ada, at(1)).map(Some);
            let changed =
                store::change(&mut journal, &mut program, &mut ids, times(attempts), verb);
            match changed.unwrap() {
                Changed::Stored(_) => assert!(lost < attempts),
                Changed::InDoubt { batch, why } => {
                    assert!(lost >= attempts);
                    assert_eq!(why.to_string(), "the store does not work");
                    assert_eq!(program, before);
                    let answer = store::append(&mut journal, &batch, ONCE).unwrap();
                    assert_eq!(matches!(answer, Appended::Already), does);
                    assert_eq!(store::catch_up(&mut journal, &mut program).unwrap(), 1);
                }
                other => panic!("{other:?}"),
            }
            assert_eq!(program.next_sequence(), 5);
            assert_eq!(store::open(&mut journal, id).unwrap(), program);
        }
    }
}

/// An error after a lost answer does not mean that nothing was stored.
#[test]
fn an_error_after_a_lost_answer_leaves_the_doubt() {
    let World {
        store,
        id,
        mut ids,
        roster,
    } = World::new();
    let after = Some(StoreError::Busy(Cause::new("later")));
    let mut journal = Unsure {
        store,
        lost: 1,
        does: true,
        after,
    };
    let (mut program, ada) = (
        store::open(&mut journal, id).unwrap(),
        roster.by_key("ada").unwrap().id(),
    );
    let entry = program.withdraw(ada, at(1)).unwrap();
    let batch = Batch::of(id, [entry], &mut ids).unwrap();
    let answer = store::append(&mut journal, &batch, times(2)).unwrap();
    assert!(matches!(answer, Appended::InDoubt(StoreError::Busy(_))));
    assert!(matches!(journal.append(&batch).unwrap(), Appended::Already));
}

/// Serves what it is told to: gaps, another programme, what a newer release wrote.
struct Script(Vec<Found>, Option<ProgramRecord>);

impl Journal for Script {
    fn version(&mut self, _: ProgramId) -> Result<Version, StoreError> {
        Ok(Version::new(self.0.len() as u64))
    }
    fn append(&mut self, _: &Batch) -> Result<Appended, AppendError> {
        Err(line_down().into())
    }
    fn read(
        &mut self,
        _: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        let page = self.0.iter().skip(from.entries() as usize).take(most.get());
        Ok(page.cloned().collect())
    }
    fn snapshot(&mut self, _: &ProgramRecord) -> Result<(), SnapshotError> {
        Ok(())
    }
    fn latest(&mut self, _: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        Ok(self.1.clone())
    }
}

fn scripted(world: &mut World) -> Script {
    let all = store::entries(&mut world.store, world.id, Version::EMPTY);
    Script(all.map(Result::unwrap).collect(), None)
}

#[test]
fn what_a_store_says_is_not_believed() {
    let mut world = World::new();
    let id = world.id;
    let mut gap = scripted(&mut world);
    gap.0.remove(2);
    let error = store::open(&mut gap, id).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("entry 2 of programme {id} does not read")
    );
    let asked = ProgramId::from_source(&mut world.ids);
    let error = store::open(&mut scripted(&mut world), asked).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the store answered with programme {id} when asked for {asked}")
    );
    let mut record = scripted(&mut world);
    record.1 = Some(store::open(&mut world.store, id).unwrap().to_record());
    assert!(store::open_gate(&mut record, id).is_ok());
    let error = store::open_gate(&mut record, asked).unwrap_err();
    assert!(matches!(error, OpenError::Another { .. }));
    // The gate lets nothing pass that it would not have written.
    let mut twice = scripted(&mut world);
    let mut again = twice.0[1].clone();
    let Stored::Entry(entry) = &mut again.stored else {
        panic!()
    };
    (entry.sequence, again.sequence) = (4, 4);
    entry.stamp = at(0);
    twice.0.push(again);
    let error = store::open(&mut twice, id).unwrap_err();
    assert!(
        matches!(error, OpenError::Replay(ref e) if e.at == 4),
        "{error}"
    );
}

/// The store as it was when it had so many entries: a backup of then.
fn backup(world: &mut World, entries: usize) -> MemoryStore {
    let found = store::entries(&mut world.store, world.id, Version::EMPTY);
    let filed = found.take(entries).map(|found| match found.unwrap() {
        Found {
            id,
            stored: Stored::Entry(entry),
            ..
        } => Filed { id, entry },
        other => panic!("{other:?}"),
    });
    let batch = Batch::new(world.id, filed.collect::<Vec<_>>()).unwrap();
    let mut restored = MemoryStore::new();
    assert!(matches!(restored.append(&batch).unwrap(), Appended::Stored));
    restored
}

/// A service that runs on while a backup is restored, and others go on from there: on the very same day.
#[test]
fn nothing_is_written_onto_a_backup_by_who_knows_more() {
    let mut world = World::new();
    let id = world.id;
    let mut stale = store::open(&mut world.store, id).unwrap();
    let _ = world.withdraw(&mut stale, "ada", 1);
    let _ = world.withdraw(&mut stale, "bo", 1);
    let before = stale.clone();
    world.store = backup(&mut world, 4);
    let short = format!(
        "programme {id} is known up to entry 5, and its journal has 4 entries: the store was set back"
    );
    let error = store::catch_up(&mut world.store, &mut stale).unwrap_err();
    assert_eq!(error.to_string(), short);
    let cy = world.person("cy");
    let verb = |program: &mut Program| program.withdraw(cy, at(1)).map(Some);
    let refused = store::change(&mut world.store, &mut stale, &mut world.ids, times(3), verb);
    assert_eq!(refused.unwrap_err().to_string(), short);
    assert_eq!(world.store.version(id).unwrap(), Version::new(4));
    // Another service opens what is there and goes on, until it is as long as the first one thinks, and longer.
    let mut other = store::open(&mut world.store, id).unwrap();
    let diverged = format!(
        "entry 5 of programme {id} is not the one that is known: the store was set back and went on"
    );
    for (key, length) in [("di", 5), ("bo", 6), ("ada", 7)] {
        let _ = world.withdraw(&mut other, key, 1);
        let caught = store::catch_up(&mut world.store, &mut stale).unwrap_err();
        let refused = store::change(&mut world.store, &mut stale, &mut world.ids, times(3), verb);
        let refused = refused.unwrap_err();
        if length == 5 {
            assert!(
                matches!(caught, OpenError::Shorter { held, found, .. } if (held, found) == (Version::new(6), Version::new(5)))
            );
            assert!(matches!(
                refused,
                ChangeError::CatchUp(OpenError::Shorter { .. })
            ));
        } else {
            assert_eq!(
                [caught.to_string(), refused.to_string()],
                [diverged.clone(), diverged.clone()]
            );
        }
        assert_eq!(world.store.version(id).unwrap(), Version::new(length));
        assert_eq!(store::open(&mut world.store, id).unwrap(), other);
        assert_eq!(stale, before);
    }
    // With nothing at all it is the same.
    let nothing = store::catch_up(&mut MemoryStore::new(), &mut stale).unwrap_err();
    assert_eq!(
        nothing.to_string(),
        format!(
            "programme {id} is known up to entry 5, and its journal has 0 entries: the store was set back"
        )
    );
    // Opened again, it goes on.
    let mut stale = store::open(&mut world.store, id).unwrap();
    let _ = world.withdraw(&mut stale, "cy", 1);
    assert_eq!(stale.next_sequence(), 8);
}

/// A gate that comes from a record does not know the last entry, and learns it.
#[test]
fn a_record_of_another_journal_is_not_believed() {
    let mut world = World::new();
    let id = world.id;
    let mut program = store::open(&mut world.store, id).unwrap();
    let _ = world.withdraw(&mut program, "ada", 1);
    let mut script = scripted(&mut world);
    script.1 = Some(program.to_record());
    assert_eq!(
        store::open_gate(&mut script, id).unwrap().next_sequence(),
        5
    );
    // Ahead of the journal, and standing on an entry that was written at another time.
    script.0.pop();
    let error = store::open_gate(&mut script, id).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "programme {id} is known up to entry 4, and its journal has 4 entries: the store was set back"
        )
    );
    assert_eq!(
        store::open_with((), &mut script, id)
            .unwrap()
            .next_sequence(),
        4
    );
    let mut restored = backup(&mut world, 4);
    let mut other = store::open(&mut restored, id).unwrap();
    world.store = restored;
    let _ = world.withdraw(&mut other, "ada", 2);
    let mut script = scripted(&mut world);
    script.1 = Some(program.to_record());
    let error = store::open_gate(&mut script, id).unwrap_err();
    assert!(
        matches!(error, OpenError::Diverged { at: 4, .. }),
        "{error}"
    );
    assert_eq!(
        store::open_with((), &mut script, id).unwrap().to_record(),
        other.to_record()
    );
    // What it has learnt it holds on to: another entry of the same instant is not the same.
    script.1 = Some(other.to_record());
    let mut gate = store::open_gate(&mut script, id).unwrap();
    let last = script.0.last_mut().unwrap();
    let Stored::Entry(entry) = &mut last.stored else {
        panic!()
    };
    entry.stamp.on = at(1).on;
    let error = store::catch_up(&mut script, &mut gate).unwrap_err();
    assert!(
        matches!(error, OpenError::Diverged { at: 4, .. }),
        "{error}"
    );
    // Nor is the same entry under another id: it happened again, after something else.
    let Stored::Entry(entry) = &mut script.0.last_mut().unwrap().stored else {
        panic!()
    };
    entry.stamp.on = at(2).on;
    assert_eq!(store::catch_up(&mut script, &mut gate).unwrap(), 0);
    let mut whole = store::open(&mut script, id).unwrap();
    script.0.last_mut().unwrap().id = reverse_mentoring::ids::EntryId::from_source(&mut world.ids);
    let error = store::catch_up(&mut script, &mut gate).unwrap_err();
    assert!(
        matches!(error, OpenError::Diverged { at: 4, .. }),
        "{error}"
    );
    let error = store::catch_up(&mut script, &mut whole).unwrap_err();
    assert!(
        matches!(error, OpenError::Diverged { at: 4, .. }),
        "{error}"
    );
    // A store that says that it has what it does not give.
    script.0.pop();
    let counts = Miscounts(script);
    let error = store::catch_up(&mut { counts }, &mut gate).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("entry 4 of programme {id} does not read")
    );
}

/// Who appends by hand has told the programme no ids: then the entry is what it goes by.
#[test]
fn an_entry_that_was_appended_by_hand_is_known_by_its_content() {
    let mut world = World::new();
    let id = world.id;
    let mut program = store::open(&mut world.store, id).unwrap();
    let entry = program.withdraw(world.person("ada"), at(1)).unwrap();
    let batch = Batch::of(id, [entry], &mut world.ids).unwrap();
    assert!(matches!(
        world.store.append(&batch).unwrap(),
        Appended::Stored
    ));
    let mut same = program.clone();
    assert_eq!(store::catch_up(&mut world.store, &mut same).unwrap(), 0);
    world.store = backup(&mut world, 4);
    let mut other = store::open(&mut world.store, id).unwrap();
    let _ = world.withdraw(&mut other, "bo", 1);
    for mut stale in [program, same] {
        let error = store::catch_up(&mut world.store, &mut stale).unwrap_err();
        assert!(
            matches!(error, OpenError::Diverged { at: 4, .. }),
            "{error}"
        );
    }
}

struct Miscounts(Script);

impl Journal for Miscounts {
    fn version(&mut self, program: ProgramId) -> Result<Version, StoreError> {
        let version = self.0.version(program)?;
        Ok(Version::new(version.entries() + 1))
    }
    fn append(&mut self, batch: &Batch) -> Result<Appended, AppendError> {
        self.0.append(batch)
    }
    fn read(
        &mut self,
        p: ProgramId,
        from: Version,
        most: NonZeroUsize,
    ) -> Result<Vec<Found>, StoreError> {
        self.0.read(p, from, most)
    }
    fn snapshot(&mut self, record: &ProgramRecord) -> Result<(), SnapshotError> {
        self.0.snapshot(record)
    }
    fn latest(&mut self, program: ProgramId) -> Result<Option<ProgramRecord>, StoreError> {
        self.0.latest(program)
    }
}

#[test]
fn what_a_newer_release_kept_is_none() {
    let mut world = World::new();
    let program = store::open(&mut world.store, world.id).unwrap();
    let text = serde_json::to_string(&program.to_record()).unwrap();
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_ne!(newer, text);
    world
        .store
        .snapshot(&serde_json::from_str(&newer).unwrap())
        .unwrap();
    assert_eq!(world.store.latest(world.id).unwrap(), None);
    assert!(store::open_gate(&mut world.store, world.id).is_ok());
    world.store.snapshot(&program.to_record()).unwrap();
    assert_eq!(
        world.store.latest(world.id).unwrap(),
        Some(program.to_record())
    );
}

#[test]
fn a_drawer_is_given_once() {
    let (mut store, id) = (MemoryStore::new(), World::new().id);
    let [first, second]: [&[u8]; 2] = [b"first", b"second"];
    let twice = [
        (Drawer::Roster, first),
        (Drawer::Notebook, first),
        (Drawer::Roster, first),
        (Drawer::Notebook, second),
    ];
    let list = reverse_mentoring::subject::Erasure::new();
    let error = store.erase(id, &list, &twice).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the drawers notebook, roster are given more than once"
    );
    assert_eq!(store.unseal(id, Drawer::Notebook).unwrap(), None);
}

#[test]
fn where_a_newer_release_has_written_a_programme_is_read_only() {
    let mut world = World::new();
    let (id, ada) = (world.id, world.person("ada"));
    let whole = store::open(&mut world.store, id).unwrap();
    let mut newer = scripted(&mut world);
    newer.1 = Some(whole.to_record());
    for sequence in [4, 5] {
        let entry = reverse_mentoring::ids::EntryId::from_source(&mut world.ids);
        newer.0.push(Found::new(
            sequence,
            entry,
            Stored::Newer(sequence as u16 - 2),
        ));
    }
    let mut program = store::open(&mut newer, id).unwrap();
    assert_eq!((program.read_only(), program.next_sequence()), (Some(2), 4));
    assert_eq!(
        store::open_gate(&mut newer, id).unwrap().read_only(),
        Some(2)
    );
    let before = program.clone();
    assert_eq!(store::catch_up(&mut newer, &mut program).unwrap(), 0);
    assert_eq!(program, before);
    let verb = |p: &mut Program| p.withdraw(ada, at(1)).map(Some);
    let refused = store::change(&mut newer, &mut program, &mut world.ids, times(3), verb);
    let Err(ChangeError::Verb(Refused(problems))) = refused else {
        panic!()
    };
    assert_eq!(problems, [Problem::ReadOnly(2)]);
    // What was newer when a record was made, and is read now, is followed.
    let text = serde_json::to_string(&program.to_record()).unwrap();
    let text = text.replace("\"newer\":2", "\"newer\":1");
    let record: ProgramRecord = serde_json::from_str(&text).unwrap();
    let mut restored = Program::restore(&record).unwrap();
    assert_eq!(restored.read_only(), Some(1));
    let mut copy = whole.clone();
    let entry = Stored::Entry(copy.withdraw(ada, at(1)).unwrap());
    restored
        .follow([&entry, &Stored::Newer(3), &entry])
        .unwrap();
    assert_eq!(
        (restored.next_sequence(), restored.read_only()),
        (5, Some(3))
    );
}

#[test]
fn words_are_pinned_and_say_nothing_of_what_is_stored() {
    let mut ids = SequentialIds::new(9);
    let (program, person) = (
        ProgramId::from_source(&mut ids),
        reverse_mentoring::ids::ParticipantId::from_source(&mut ids),
    );
    let place = |place| StoreError::Damaged { program, place }.to_string();
    let of = format!("of programme {program} does not read");
    assert_eq!(place(Place::Snapshot), format!("the record {of}"));
    assert_eq!(
        place(Place::Card(person)),
        format!("the card of participant {person} {of}")
    );
    assert_eq!(
        place(Place::Drawer(Drawer::Pulses)),
        format!("the drawer `pulses` {of}")
    );
    assert_eq!(place(Place::Erased), format!("the list of the erased {of}"));
    assert_eq!(
        StoreError::Busy(Cause::new("x")).to_string(),
        "the store is busy"
    );
    assert_eq!(
        PutError::Erased(person).to_string(),
        format!("participant {person} is erased")
    );
    assert_eq!(
        SealError::Behind(vec![person]).to_string(),
        format!("what is to be sealed is from before the erasure of {person}")
    );
    assert_eq!(
        EraseError::Drawers(vec![Drawer::Notebook, Drawer::Roster]).to_string(),
        "the drawers notebook, roster hold what the erasure was not applied to"
    );
    assert_eq!(
        EraseError::Behind(vec![person]).to_string(),
        format!("the vault has erased {person}, and the list does not name them")
    );
    let [none, one, two] = [0, 1, 2].map(Version::new);
    let conflict = |expected, found| Conflict::new(program, expected, found).to_string();
    assert_eq!(
        conflict(two, one),
        format!("programme {program} has 1 entry, not 2 as was expected")
    );
    assert_eq!(
        conflict(one, none),
        format!("programme {program} has 0 entries, not 1 as was expected")
    );
    let mut world = World::new();
    let record = store::open(&mut world.store, world.id).unwrap().to_record();
    let mut short = backup(&mut world, 1);
    assert_eq!(
        short.snapshot(&record).unwrap_err().to_string(),
        format!(
            "the record of programme {} stands on 4 entries, and its journal has 1",
            world.id
        )
    );
    let first = store::open(&mut short, world.id).unwrap().to_record();
    assert_eq!(
        MemoryStore::new().snapshot(&first).unwrap_err().to_string(),
        format!(
            "the record of programme {} stands on 1 entry, and its journal has 0",
            world.id
        )
    );
    let card = Card {
        key: Key::new("ada").unwrap(),
        name: "Ada".into(),
        notes: "likes tea".into(),
    };
    assert_eq!(
        format!("{card:?} {:?}", MemoryStore::new()),
        "Card(..) MemoryStore(..)"
    );
}
