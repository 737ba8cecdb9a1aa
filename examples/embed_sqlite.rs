//! A product with its programmes in one SQLite file: a programme is opened, two services change it at the same time, a record is
//! kept, somebody is erased, and a backup that is restored forgets again.
//!
//! `cargo run --features sqlite --example embed_sqlite [-- FILE]`
//!
//! `FILE` is made, or has the programmes of earlier runs. Without it, the example works in a temporary folder, and removes it.

use std::error::Error;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Days, NaiveDate};
use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::notebook::{Kind, SealedRecord};
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::sqlite::SqliteStore;
use reverse_mentoring::store::{
    self, AppendError, Appended, Batch, Card, Changed, Drawer, EraseError, Journal, PutError,
    Traces, Vault,
};
use reverse_mentoring::testing::{self, Company};

mod support;
use support::{Args, fail};

const USAGE: &str = "\
embed_sqlite [FILE]

Keeps a programme in an SQLite file, as a product would: two services change it at the same time, a record is kept, somebody
is erased, and a backup that is restored forgets again.

  FILE    made where it is not there; one of an earlier run gets another programme. A copy is written beside it, with the
          ending `backup` (`2.backup` and so on where there is one). Without FILE all is done in a temporary folder, which
          is removed

Exit 0, 1 where the file or its copy cannot be written or is something else, 2 for a command line that cannot be used.";

type Done<T> = Result<T, Box<dyn Error>>;

/// How long one waits for another writer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a change is tried when others are first.
const ATTEMPTS: NonZeroU32 = NonZeroU32::MIN.saturating_add(2);

fn at(day: u64) -> Done<Stamp> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    Ok(Stamp::midnight(first + Days::new(day)))
}

/// What one of the product's services does on a request: ask the gate, store what it says.
fn withdraw(
    store: &mut SqliteStore,
    program: &mut Program,
    ids: &mut impl IdSource,
    who: ParticipantId,
    day: u64,
) -> Done<usize> {
    let stamp = at(day)?;
    let mut asked = 0;
    let changed = store::change(store, program, ids, ATTEMPTS, |program| {
        asked += 1;
        program.withdraw(who, stamp).map(Some)
    })?;
    match changed {
        Changed::Stored(_) => Ok(asked),
        // A product keeps the batch, and asks again with it until the store says which.
        Changed::InDoubt { why, .. } => Err(why.into()),
        _ => Err("an answer that this release does not know".into()),
    }
}

fn main() {
    let args = Args::parse(USAGE, &[], &[], 1);
    let done = match args.alone() {
        [path, ..] => tell(Path::new(path)),
        [] => in_a_folder(),
    };
    if let Err(error) = done {
        // What the store says, and what SQLite said to it.
        let cause = error.source().map(|cause| format!(": {cause}"));
        fail(format!("{error}{}", cause.unwrap_or_default()));
    }
}

fn in_a_folder() -> Done<()> {
    let folder = std::env::temp_dir().join(format!("embed-sqlite-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let told = tell(&folder.join("programmes.sqlite"));
    std::fs::remove_dir_all(&folder)?;
    told
}

/// Ids that the file has not seen, and a path for its copy. A product has ids that are never given twice: `&mut Uuid::now_v7`.
fn new_ids(store: &mut SqliteStore, path: &Path) -> Done<([SequentialIds; 2], PathBuf)> {
    for run in 1_u32.. {
        let [mut probe, ids, more] = [2 * run - 1, 2 * run - 1, 2 * run].map(SequentialIds::new);
        let version = store.version(ProgramId::from_source(&mut probe))?;
        let backup = path.with_extension(match run {
            1 => "backup".to_owned(),
            run => format!("{run}.backup"),
        });
        if version == store::Version::EMPTY && !backup.exists() {
            return Ok(([ids, more], backup));
        }
    }
    Err("no ids are left".into())
}

fn tell(path: &Path) -> Done<()> {
    let company = Company::sample()?;
    let roster = company.roster();
    let mut store = SqliteStore::open(path, PATIENCE)?;
    let ([mut ids, mut new], backup) = new_ids(&mut store, path)?;

    // A programme begins: its opening and the launch are stored together or not at all.
    let id = ProgramId::from_source(&mut ids);
    let (mut begun, opening) = Program::open(id, roster, Load::DEFAULT, at(0)?)?;
    let launch = testing::launch(&mut begun, roster, at(0)?, &mut ids)?;
    let batch = Batch::of(id, [opening].into_iter().chain(launch), &mut ids)?;
    for _ in 0..2 {
        let word = match store.append(&batch)? {
            Appended::Stored => "stored",
            Appended::Already => "it is stored already, under the same ids",
            _ => "in doubt",
        };
        println!("append entries 0 to 3: {word}");
    }
    // Who they are stands in another table: the journal has ids.
    for person in roster.participants() {
        let card = Card {
            key: person.key().clone(),
            name: format!("{} Example", person.key().as_str().to_uppercase()),
            notes: String::new(),
        };
        store.put(id, person.id(), &card)?;
    }
    let cards = store.cards(id, None, NonZeroUsize::MAX)?;
    println!("the vault knows {} people", cards.len());

    // A plan, approved and proposed through the store.
    let mut program = store::open(&mut store, id)?;
    let coordinator = CoordinatorId::from_source(&mut ids);
    let (policy, context) = (Policy::standard(), program.context(at(1)?.on));
    let eligibility = Eligibility::new(roster, &policy, &context);
    let plan = plan(&eligibility, &Criteria::standard(), &Optimal::most_pairs())?;
    println!("the plan: {plan}");
    let (approved, stamp) = (plan.approve(coordinator), at(1)?);
    let changed = store::change(&mut store, &mut program, &mut ids, ATTEMPTS, |program| {
        program
            .propose_all(&approved, Cadence::MONTHLY, stamp, &mut new)
            .map(Some)
    })?;
    if let Changed::Stored(entries) = changed {
        println!(
            "proposed in {} entry; version {}",
            entries.len(),
            store.version(id)?
        );
    }
    let pairing = program.open_pairings().next().ok_or("no pairing")?;
    let (pair, pairing) = (pairing.pair(), pairing.id());
    let name = |store: &mut SqliteStore, who| -> Done<String> {
        Ok(store
            .card(id, who)?
            .map_or("nobody known".to_owned(), |card| card.name))
    };

    // Two services at the same time. The second has not seen what the first did.
    let mut second_store = SqliteStore::open(path, PATIENCE)?;
    let mut second = store::open(&mut second_store, id)?;
    let (leaves, also) = (
        roster.by_key("di").ok_or("no di")?.id(),
        roster.by_key("eli").ok_or("no eli")?.id(),
    );
    withdraw(&mut store, &mut program, &mut ids, leaves, 2)?;
    let stale = second.clone().withdraw(also, at(2)?)?;
    match second_store.append(&Batch::of(id, [stale], &mut ids)?) {
        Err(AppendError::Conflict(conflict)) => {
            println!(
                "the other service is late: {} entries were expected, {} are there",
                conflict.expected, conflict.found
            );
        }
        other => println!("unexpected: {other:?}"),
    }
    let asked = withdraw(&mut second_store, &mut second, &mut ids, also, 2)?;
    println!(
        "read on and asked again: stored at attempt {asked}, version {}",
        store.version(id)?
    );
    println!(
        "the first service catches up with {} entry",
        store::catch_up(&mut store, &mut program)?
    );

    // A record, so that the gate opens without reading all of the journal.
    store.snapshot(&program.to_record())?;
    let gate = store::open_gate(&mut store, id)?;
    println!(
        "the gate opens from a record of {} entries",
        gate.next_sequence()
    );

    // What the two write to each other is sealed; a product encrypts these bytes.
    let mut notebook = Notebook::new();
    let member = program.member(pairing, pair.mentor).ok_or("no member")?;
    notebook.write(
        &member,
        Kind::Difficulty,
        None,
        at(3)?.on,
        "I talk too fast",
    );
    let sealed = serde_json::to_vec(&notebook.to_record())?;
    let mut erased = store.erased(id)?;
    store.seal(id, Drawer::Notebook, &sealed, &erased)?;
    store.copy_to(&backup)?;

    // "Forget me."
    println!("{} asks to be forgotten", name(&mut store, pair.mentor)?);
    erased.add(pair.mentor, at(9)?.on);
    let before = store::entries(&mut store, id, store::Version::EMPTY).count();
    forget(&mut store, id, &erased, &program)?;
    println!("in the vault: {}", name(&mut store, pair.mentor)?);
    let after = store::entries(&mut store, id, store::Version::EMPTY).count();
    println!("the journal had {before} entries and has {after}: it never knew a name");
    let kept_apart = serde_json::to_string(&erased)?; // where no backup sets it back
    let card = Card {
        key: Key::new("new")?,
        name: "Somebody".to_owned(),
        notes: String::new(),
    };
    if let Err(PutError::Erased(_)) = store.put(id, pair.mentor, &card) {
        println!("and nothing can be kept of them any more");
    }

    // A disk fails, and last week's copy is all that there is.
    let mut restored = SqliteStore::open_existing(&backup, PATIENCE)?; // an empty file would be no backup
    println!(
        "the backup still knows {}",
        name(&mut restored, pair.mentor)?
    );
    let erased: Erasure = serde_json::from_str(&kept_apart)?;
    if let Err(EraseError::Drawers(drawers)) = restored.erase(id, &erased, &[]) {
        println!("not without the drawers: {}", drawers.len());
    }
    let program = store::open(&mut restored, id)?;
    forget(&mut restored, id, &erased, &program)?;
    println!(
        "restored and forgotten again: {}",
        name(&mut restored, pair.mentor)?
    );
    Ok(())
}

/// Applies the list to what is sealed, and erases: all at once.
fn forget(store: &mut SqliteStore, id: ProgramId, erased: &Erasure, program: &Program) -> Done<()> {
    let sealed = store.unseal(id, Drawer::Notebook)?.ok_or("no notebook")?;
    let mut notebook = Notebook::from_record(serde_json::from_slice::<SealedRecord>(&sealed)?)?;
    let standing = erased.notebook(&mut notebook, program.history());
    let sealed = serde_json::to_vec(&notebook.to_record())?;
    let wiped = store.erase(id, erased, &[(Drawer::Notebook, &sealed)])?;
    let traces = match wiped.traces {
        Traces::Gone => "no traces in the file",
        _ => "traces until the file is tidied up",
    };
    println!(
        "{} card erased, {traces}; {} concerns to settle",
        wiped.cards, standing.concerns
    );
    Ok(())
}
