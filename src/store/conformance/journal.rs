//! One handle after the other.

use std::num::NonZeroUsize;

use super::bench::{Bench, Broken, Model, Trial};
use super::{Clause, OpenJournal};
use crate::ids::ProgramId;
use crate::journal::{Entry, Stamp};
use crate::program::Program;
use crate::roster::{Load, Person, ReportingLines, Roster};
use crate::store::{Filed, Journal, SnapshotError, Version};

type Clauses = [fn(&mut Bench<'_>, OpenJournal<'_>) -> Trial; 11];

const CLAUSES: Clauses = [
    nothing,
    in_order,
    pages,
    acknowledged,
    conflict,
    again,
    taken,
    blind,
    snapshot,
    texts,
    long,
];

pub(super) fn check(bench: &mut Bench<'_>, open: OpenJournal<'_>) {
    for clause in CLAUSES {
        // What broke it is noted, and the next one has a programme of its own.
        let (Ok(()) | Err(Broken)) = clause(bench, open);
    }
}

/// A programme of the suite, a handle, and what should be stored.
struct Scene {
    program: ProgramId,
    journal: Box<dyn Journal + Send>,
    model: Model,
}

impl Scene {
    fn set(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Result<Self, Broken> {
        Ok(Self {
            program: bench.program(),
            journal: bench.handle(open)?,
            model: Model::default(),
        })
    }

    /// Appends so many new entries.
    fn append(&mut self, bench: &mut Bench<'_>, clause: Clause, count: u64) -> Trial {
        let from = self.model.version().entries();
        let entries = bench.entries(self.program, from, count);
        let filed = bench.filed(entries);
        self.give(bench, clause, &filed)
    }

    /// Appends these, whatever should come of it.
    fn give(&mut self, bench: &mut Bench<'_>, clause: Clause, filed: &[Filed]) -> Trial {
        let batch = bench.batch(self.program, filed)?;
        bench.append(clause, &mut *self.journal, &mut self.model, &batch)
    }
}

fn nothing(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let mut scene = Scene::set(bench, open)?;
    let (clause, program) = (Clause::Nothing, scene.program);
    bench.holds(clause, &mut *scene.journal, program, &scene.model)?;
    let latest = scene.journal.latest(program);
    let latest = bench.answer(clause, "asking for a record", latest)?;
    bench.expect(latest.is_none(), clause, || {
        "has a record of a programme that it does not know".to_owned()
    })
}

fn in_order(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::InOrder);
    for count in [1, 1, 3, 1, 7] {
        scene.append(bench, clause, count)?;
    }
    let end = scene.model.version().entries();
    for from in 0..=end + 1 {
        let found = scene
            .journal
            .read(scene.program, Version::new(from), NonZeroUsize::MAX);
        let found = bench.answer(clause, "reading", found)?;
        let found: Vec<u64> = found.iter().map(|found| found.sequence).collect();
        let due: Vec<u64> = (from..end).collect();
        bench.expect(found == due, clause, || {
            format!("from version {from} gives the entries {found:?} of {end}")
        })?;
    }
    Ok(())
}

fn pages(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::Pages);
    scene.append(bench, clause, 10)?;
    for most in (1..=11).filter_map(NonZeroUsize::new) {
        for from in [0, 4, 9, 10, 1 << 40, u64::MAX] {
            let found = scene.journal.read(scene.program, Version::new(from), most);
            let found = bench.answer(clause, "reading a page", found)?;
            let due = 10_u64.saturating_sub(from).min(most.get() as u64);
            let (first, count) = (found.first().map(|f| f.sequence), found.len() as u64);
            let right = count == due && first.is_none_or(|first| first == from);
            bench.expect(right, clause, || {
                format!("of 10 entries from {from} on, at most {most}, gives {count}")
            })?;
        }
    }
    Ok(())
}

fn acknowledged(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::Acknowledged);
    let mut other = bench.handle(open)?;
    let (program, mut last) = (scene.program, 0);
    for count in [1, 2, 5, 1] {
        scene.append(bench, clause, count)?;
        bench.holds(clause, &mut *other, program, &scene.model)?;
        let mut fresh = bench.handle(open)?;
        bench.holds(clause, &mut *fresh, program, &scene.model)?;
        last += count;
    }
    // The other goes on from there, and the first sees that.
    let entries = bench.entries(program, last, 2);
    let filed = bench.filed(entries);
    let batch = bench.batch(program, &filed)?;
    bench.append(clause, &mut *other, &mut scene.model, &batch)?;
    drop(other);
    bench.holds(clause, &mut *scene.journal, program, &scene.model)
}

fn conflict(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::Conflict);
    let program = scene.program;
    // Ahead of nothing, ahead, and behind, with one entry and several.
    for (stored, tries) in [(0, [1, 2, 9]), (3, [0, 2, 5]), (2, [0, 4, 6])] {
        if stored > 0 {
            scene.append(bench, clause, stored)?;
        }
        for from in tries {
            for count in [1, 3] {
                let entries = bench.entries(program, from, count);
                let filed = bench.filed(entries);
                scene.give(bench, clause, &filed)?;
            }
        }
    }
    Ok(())
}

fn again(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::Again);
    scene.append(bench, clause, 3)?;
    let first = scene.model.0.clone();
    scene.give(bench, clause, &first)?;
    scene.append(bench, clause, 1)?;
    let second: Vec<Filed> = scene.model.0.iter().skip(3).cloned().collect();
    scene.give(bench, clause, &second)?;
    scene.append(bench, clause, 2)?;
    for batch in [&first, &second, &first] {
        scene.give(bench, clause, batch)?;
    }
    scene.journal = bench.handle(open)?;
    for batch in [&second, &first] {
        scene.give(bench, clause, batch)?;
    }
    Ok(())
}

/// Ids that stand for something else, alone and within a batch that is new for the rest.
fn taken(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let mut scene = Scene::set(bench, open)?;
    let program = scene.program;
    scene.append(bench, Clause::Taken, 4)?;
    let ids: Vec<_> = scene.model.0.iter().map(|filed| filed.id).collect();
    let mut try_with = |bench: &mut Bench<'_>, clause, from, ids: &[_]| {
        let entries = bench.entries(program, from, 3);
        let mut filed = bench.filed(entries);
        for (filed, id) in filed.iter_mut().zip(ids) {
            if let Some(id) = id {
                filed.id = *id;
            }
        }
        scene.give(bench, clause, &filed)
    };
    let [first, second, third] = [0, 1, 2].map(|at| ids.get(at).copied());
    // Elsewhere; in its place with another content; in the middle and at the end of a batch that could be stored.
    try_with(bench, Clause::Taken, 4, &[first])?;
    try_with(bench, Clause::Taken, 0, &[first, second, third])?;
    try_with(bench, Clause::Taken, 4, &[third, second, first])?;
    try_with(bench, Clause::Whole, 4, &[None, second])?;
    try_with(bench, Clause::Whole, 4, &[None, None, second])?;
    // What is stored, and one more: a batch that nobody has appended.
    let mut longer = scene.model.0.clone();
    let entries = bench.entries(program, 4, 1);
    longer.extend(bench.filed(entries));
    scene.give(bench, Clause::Whole, &longer)?;
    let last = longer.pop().into_iter().collect::<Vec<_>>();
    scene.give(bench, Clause::Whole, &last)
}

/// Three programmes by turns, with the same ids for their entries.
fn blind(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let clause = Clause::Blind;
    let mut scenes = Vec::new();
    for _ in 0..3 {
        scenes.push(Scene::set(bench, open)?);
    }
    let stranger = bench.program();
    for (round, count) in [(0, 2), (1, 1), (2, 3)] {
        let mut ids = Vec::new();
        for (turn, scene) in scenes.iter_mut().enumerate() {
            let from = scene.model.version().entries();
            // Not all are as long, so that a version of one is none of another.
            let entries = bench.entries(scene.program, from, count + (turn as u64 + round) % 2);
            let mut filed = bench.filed(entries);
            for (filed, id) in filed.iter_mut().zip(&ids) {
                filed.id = *id;
            }
            ids = filed.iter().map(|filed| filed.id).collect();
            scene.give(bench, clause, &filed)?;
        }
        for scene in &mut scenes {
            bench.holds(clause, &mut *scene.journal, scene.program, &scene.model)?;
            bench.holds(clause, &mut *scene.journal, stranger, &Model::default())?;
            let latest = scene.journal.latest(scene.program);
            let latest = bench.answer(clause, "asking for a record", latest)?;
            bench.expect(latest.is_none(), clause, || {
                "has a record of a programme of which none was kept".to_owned()
            })?;
        }
        if round == 0 {
            keep_one(bench, open)?;
        }
    }
    Ok(())
}

/// A programme with a record, for others to be blind to.
fn keep_one(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let mut scene = Scene::set(bench, open)?;
    let Some((program, entries)) = live(scene.program, 1) else {
        return Ok(());
    };
    let filed = bench.filed(entries);
    scene.give(bench, Clause::Snapshot, &filed)?;
    let kept = scene.journal.snapshot(&program.to_record());
    bench.answer(Clause::Snapshot, "keeping a record", kept)
}

/// A gate and its journal: an opening, and cohorts in which nobody enrols.
fn live(id: ProgramId, entries: u64) -> Option<(Program<()>, Vec<Entry>)> {
    let stamp = Stamp::midnight(super::samples::day());
    let lines = ReportingLines::new([]).ok()?;
    let roster = Roster::new(Vec::<Person>::new(), lines).ok()?;
    let (mut program, opening) = Program::open_with((), id, &roster, Load::DEFAULT, stamp).ok()?;
    let mut all = vec![opening];
    for _ in 1..entries {
        all.push(program.reorganise(&roster, stamp).ok()?);
    }
    Some((program, all))
}

fn snapshot(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::Snapshot);
    let lives = [1, 2, 3, 4].map(|length| live(scene.program, length));
    let mut steps = lives.iter().flatten();
    let all = lives.iter().flatten().last();
    let Some((_, entries)) = all else {
        return Err(bench.breach(clause, "the suite has no programme of its own"));
    };
    let filed = bench.filed(entries.clone());
    let mut records = Vec::new();
    for (at, filed) in filed.iter().enumerate() {
        let Some((program, _)) = steps.next() else {
            break;
        };
        let record = program.to_record();
        let ahead = scene.journal.snapshot(&record);
        let refused = match &ahead {
            Err(SnapshotError::Ahead { entries, found, .. }) => {
                (entries.entries(), found.entries()) == (at as u64 + 1, at as u64)
            }
            _ => false,
        };
        bench.expect(refused, clause, || {
            format!(
                "a record of {} entries on a journal of {at} is not refused as ahead",
                at + 1
            )
        })?;
        kept(bench, &mut scene, records.last())?;
        scene.give(bench, clause, std::slice::from_ref(filed))?;
        // The second is never kept in its turn.
        if at != 1 {
            bench.answer(clause, "keeping a record", scene.journal.snapshot(&record))?;
            records.push(record);
        }
        kept(bench, &mut scene, records.last())?;
    }
    // Older ones change nothing, and are no error; the same again neither.
    for record in records.iter().chain(records.iter().rev()) {
        bench.answer(
            clause,
            "keeping an older record",
            scene.journal.snapshot(record),
        )?;
        kept(bench, &mut scene, records.last())?;
    }
    scene.journal = bench.handle(open)?;
    kept(bench, &mut scene, records.last())
}

fn kept(
    bench: &mut Bench<'_>,
    scene: &mut Scene,
    due: Option<&crate::program::ProgramRecord>,
) -> Trial {
    let latest = scene.journal.latest(scene.program);
    let latest = bench.answer(Clause::Snapshot, "asking for a record", latest)?;
    bench.expect(latest.as_ref() == due, Clause::Snapshot, || {
        let entries = |record: Option<&crate::program::ProgramRecord>| {
            record.map_or("none".to_owned(), |r| {
                format!("one of {} entries", r.entries())
            })
        };
        let (found, due) = (entries(latest.as_ref()), entries(due));
        format!("gives {found} where the newest record is {due}")
    })
}

fn texts(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let mut scene = Scene::set(bench, open)?;
    let entries = bench.texts(scene.program);
    let filed = bench.filed(entries);
    scene.give(bench, Clause::Texts, &filed)
}

fn long(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let mut scene = Scene::set(bench, open)?;
    let entries = bench.crowd(scene.program, 1_000);
    let filed = bench.filed(entries);
    scene.give(bench, Clause::Long, &filed)?;
    scene.append(bench, Clause::Long, 1_000)?;
    let all = scene.model.0.iter().skip(1).cloned().collect::<Vec<_>>();
    scene.give(bench, Clause::Long, &all)
}
