//! Records of programmes: which of several is kept, and which is none.

use super::bench::{Bench, Broken, Trial};
use super::journal::Scene;
use super::{Clause, OpenJournal};
use crate::ids::ProgramId;
use crate::journal::{Entry, Stamp, Stored, WIRE_VERSION};
use crate::program::Program;
use crate::roster::{Load, Person, ReportingLines, Roster};
use crate::store::{SnapshotError, Version};

pub(super) fn check(bench: &mut Bench<'_>, open: OpenJournal<'_>) {
    for clause in [snapshot, later, newer] {
        let (Ok(()) | Err(Broken)) = clause(bench, open);
    }
}

/// A gate and its journal: an opening, and cohorts in which nobody enrols.
pub(super) fn live(id: ProgramId, entries: u64) -> Option<(Program<()>, Vec<Entry>)> {
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
                "a record of {} on a journal of {at} is not refused as ahead",
                Version::new(at as u64 + 1).counted()
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

/// Two records on as many entries: the one of a release that read on, and the one of a release that did not.
fn later(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::Snapshot);
    let mut other = bench.handle(open)?;
    let Some((program, entries)) = live(scene.program, 2) else {
        return Ok(());
    };
    let filed = bench.filed(entries);
    scene.give(bench, clause, &filed)?;
    let mut stopped = program.clone();
    let newer = Stored::Newer(WIRE_VERSION.saturating_add(1));
    if stopped.follow([&newer]).is_err() {
        return Ok(());
    }
    let [first, second] = [stopped, program].map(|program| program.to_record());
    for record in [&first, &second, &first] {
        bench.answer(clause, "keeping a record", scene.journal.snapshot(record))?;
        kept(bench, &mut scene, Some(record))?;
        // Who asks again gets what is there now, not what was there when they asked before.
        for _ in 0..2 {
            std::mem::swap(&mut scene.journal, &mut other);
            kept(bench, &mut scene, Some(record))?;
        }
        std::mem::swap(&mut scene.journal, &mut other);
    }
    Ok(())
}

/// What a newer release has kept, as this one finds it.
fn newer(bench: &mut Bench<'_>, open: OpenJournal<'_>) -> Trial {
    let (mut scene, clause) = (Scene::set(bench, open)?, Clause::NewerRecord);
    let Some((program, entries)) = live(scene.program, 3) else {
        return Ok(());
    };
    let filed = bench.filed(entries);
    scene.give(bench, clause, &filed)?;
    let record = program.to_record();
    let newer = record.clone().in_version(WIRE_VERSION.saturating_add(1));
    for (kept, due) in [(&newer, None), (&record, Some(&record)), (&newer, None)] {
        let snapshot = scene.journal.snapshot(kept);
        bench.answer(clause, "keeping a record", snapshot)?;
        for _ in 0..2 {
            let latest = scene.journal.latest(scene.program);
            let latest = bench.answer(clause, "asking for a record", latest)?;
            bench.expect(latest.as_ref() == due, clause, || {
                match due {
                    None => "gives the record of a newer release",
                    Some(_) => "gives something else than the record of this release",
                }
                .to_owned()
            })?;
            scene.journal = bench.handle(open)?;
        }
    }
    Ok(())
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
                format!("one of {}", Version::new(r.entries()).counted())
            })
        };
        let (found, due) = (entries(latest.as_ref()), entries(due));
        format!("gives {found} where the newest record is {due}")
    })
}
