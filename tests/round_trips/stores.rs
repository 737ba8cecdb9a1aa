//! Journals in stores, many in one, by turns, with what else is kept of each.

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::journal::{Entry, Stored};
use reverse_mentoring::program::Program;
use reverse_mentoring::store::{self, *};
use reverse_mentoring::text::Key;

use crate::support::*;
use crate::world::{World, label, pick, texts};

/// All of them into a store: each journal in up to four batches, and no two batches of one after the other.
pub(crate) fn fill<S: Journal + Vault>(store: &mut S, worlds: &mut [World]) {
    for part in 0..4 {
        for world in worlds.iter_mut() {
            let len = world.journal.len();
            let from = store.version(world.id).unwrap().entries() as usize;
            let to = match part {
                0 => 1,
                3 => len,
                _ => from + world.dice.roll((len - from) as u64 + 1) as usize,
            };
            // The ids of entries are those of every other programme, too.
            let mut ids = SequentialIds::new(from as u32);
            let Ok(batch) = Batch::of(world.id, world.journal[from..to].to_vec(), &mut ids) else {
                assert_eq!(from, to);
                continue;
            };
            assert!(matches!(store.append(&batch).unwrap(), Appended::Stored));
            assert!(matches!(store.append(&batch).unwrap(), Appended::Already));
            if part == 1 {
                let gate = Program::replay_with((), &world.journal[..to]).unwrap();
                store.snapshot(&gate.to_record()).unwrap();
                assert_eq!(store.latest(world.id).unwrap(), Some(gate.to_record()));
            }
            if part == 2 {
                store.put(world.id, person_id(1), &card(world)).unwrap();
                let sealed = texts()[world.journal.len() % texts().len()].as_bytes();
                store
                    .seal(world.id, Drawer::Notebook, sealed, &Default::default())
                    .unwrap();
            }
        }
    }
}

/// What is known of somebody: hangs on nothing but the programme.
fn card(world: &World) -> Card {
    let mut dice =
        crate::life::Dice(world.journal.len() as u64 ^ world.id.as_uuid().as_u128() as u64);
    Card {
        key: Key::new(label(&mut dice).as_str()).unwrap_or_else(|_| Key::new("long").unwrap()),
        name: pick(&mut dice, texts()).clone(),
        notes: pick(&mut dice, texts()).clone(),
    }
}

/// Every programme comes out as it went in: its entries, the programme with its history, the gate, what is in the vault.
pub(crate) fn assert_back<S: Journal + Vault>(store: &mut S, worlds: &[World]) {
    for world in worlds {
        let found = store::entries(store, world.id, Version::EMPTY);
        let found: Vec<Entry> = found
            .map(|found| match found.unwrap().stored {
                Stored::Entry(entry) => entry,
                newer => panic!("{newer:?}"),
            })
            .collect();
        assert_eq!(found, world.journal);
        assert!(store::open(store, world.id).unwrap() == world.program);
        let gate = store::open_gate(store, world.id).unwrap();
        assert_eq!(gate.to_record(), world.program.to_record());
        store.snapshot(&gate.to_record()).unwrap();
        assert!(store::open_gate(store, world.id).unwrap() == gate);
        let card = card(world);
        let kept = store.card(world.id, person_id(1)).unwrap();
        if kept.is_some() {
            assert!(kept == Some(card.clone()));
            assert_eq!(store.find(world.id, &card.key).unwrap(), Some(person_id(1)));
            let sealed = texts()[world.journal.len() % texts().len()].as_bytes();
            let drawer = store.unseal(world.id, Drawer::Notebook).unwrap();
            assert_eq!(drawer.as_deref(), Some(sealed));
        }
    }
}
