//! One handle after the other.

use std::num::NonZeroUsize;

use super::bench::{Bench, Broken, Model, Trial};
use super::records::live;
use super::{Clause, OpenJournal};
use crate::ids::ProgramId;
use crate::store::{Filed, Journal, Version};

type Clauses = [fn(&mut Bench<'_>, OpenJournal<'_>) -> Trial; 10];

const CLAUSES: Clauses = [
    nothing,
    in_order,
    pages,
    acknowledged,
    conflict,
    again,
    taken,
    blind,
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
pub(super) struct Scene {
    pub(super) program: ProgramId,
    pub(super) journal: Box<dyn Journal + Send>,
    pub(super) model: Model,
}

impl Scene {
    pub(super) fn set(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Result<Self, Broken> {
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
    pub(super) fn give(&mut self, bench: &mut Bench<'_>, clause: Clause, filed: &[Filed]) -> Trial {
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
    bench.holds(clause, &mut *scene.journal, program, &scene.model)?;
    // As after the end of a process: nobody has the store open.
    drop(scene.journal);
    let mut later = bench.handle(open)?;
    bench.holds(clause, &mut *later, program, &scene.model)
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
