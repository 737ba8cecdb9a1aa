//! Journals and figures as CloudEvents and as tables, of many programmes in one file.

use reverse_mentoring::fleet::{
    FigureEvents, FigureTable, JournalEvent, JournalEvents, Source, WriteError, read_figure_table,
    read_figures, read_journal,
};
use reverse_mentoring::health::{
    Breakdown, FigureRow, Ledger, PairingRow, Period, ProgramHealth, Publisher,
};
use reverse_mentoring::ids::{PairingId, ProgramId};
use reverse_mentoring::privacy::{Audience, Threshold};
use reverse_mentoring::tables;

use crate::metrics;
use crate::support::*;
use crate::world::{World, label, pick, texts};

fn source() -> Source {
    Source::new("https://hr.example/programmes/").unwrap()
}

/// Entry by entry, by turns between the programmes.
pub(crate) fn journals(worlds: &[World]) {
    let mut bytes = Vec::new();
    let mut out = JournalEvents::new(&mut bytes, source());
    let most = worlds.iter().map(|w| w.journal.len()).max().unwrap_or(0);
    let mut written = Vec::new();
    for at in 0..most {
        for world in worlds {
            if let Some(entry) = world.journal.get(at) {
                out.write(world.id, entry).unwrap();
                written.push((world.id, entry));
            }
        }
    }
    out.finish().unwrap();
    let read = read_journal(&bytes).unwrap();
    assert_eq!(read.len(), written.len());
    for (event, (program, entry)) in read.iter().zip(written) {
        let JournalEvent::Entry(event) = event else {
            panic!("{event:?}")
        };
        assert_eq!((&event.source, event.program), (&source(), program));
        assert_eq!(event.entry, *entry);
    }
}

/// The figures of a programme for coordinators, and for sponsors: in all, and by a label in two releases; and its pairings.
fn rows(world: &World) -> ([Vec<FigureRow>; 2], Vec<PairingRow>) {
    let mut dice = crate::life::Dice(world.journal.len() as u64);
    let health = ProgramHealth::assess(world.history(), metrics(), day(world.today)).unwrap();
    let mut sponsor = health.release(Threshold::default()).figure_rows();
    let two = [label(&mut dice), label(&mut dice)];
    let labels = world
        .history()
        .pairings()
        .map(|(id, _)| id)
        .zip(two.iter().cloned().cycle());
    let publisher = Publisher::new(world.history(), metrics(), day(world.today + 90))
        .threshold(Threshold::new(3).unwrap())
        .by(Breakdown::new(label(&mut dice), labels.collect::<Vec<_>>()));
    let mut ledger = Ledger::new();
    for first in [0, 60] {
        let period = Period::new(day(first), day(first + 40)).unwrap();
        let released = publisher.release(period, &mut ledger).unwrap();
        sponsor.extend(released.figure_rows());
    }
    let mut coordinator = health.figure_rows();
    // Metrics of the host's have its names.
    for row in coordinator.iter_mut().take(5) {
        row.metric = pick(&mut dice, texts()).clone();
    }
    let first = u128::from(dice.roll(1_000));
    let named = |id: PairingId| {
        let at = (first + id.as_uuid().as_u128()) % texts().len() as u128;
        texts()[at as usize].clone()
    };
    let mut pairings = health.pairing_rows(named);
    pairings.extend(health.pairing_rows(|id| id.to_string()));
    let coordinator = once(world.id, coordinator, Audience::Coordinator);
    let sponsor = once(world.id, sponsor, Audience::Sponsor);
    ([coordinator, sponsor], pairings)
}

/// Rows without those that were there before: two releases of one day share some, and no writer of events takes one twice.
fn once(program: ProgramId, rows: Vec<FigureRow>, audience: Audience) -> Vec<FigureRow> {
    let mut kept: Vec<FigureRow> = Vec::new();
    for row in &rows {
        if !kept.contains(row) {
            kept.push(row.clone());
        }
    }
    if kept.len() < rows.len() {
        let refused = FigureEvents::new(std::io::sink(), source(), audience).write(program, &rows);
        assert!(matches!(refused, Err(WriteError::Repeat { .. })));
    }
    kept
}

/// As events, as the table of the fleet, as the file of one programme, and as JSON.
pub(crate) fn figures(worlds: &[World]) {
    let all: Vec<_> = worlds.iter().map(|world| (world.id, rows(world))).collect();
    for (at, audience) in [Audience::Coordinator, Audience::Sponsor]
        .into_iter()
        .enumerate()
    {
        let (mut events, mut table) = (Vec::new(), Vec::new());
        let mut to_events = FigureEvents::new(&mut events, source(), audience);
        let mut to_table = FigureTable::new(&mut table, audience).unwrap();
        let mut flat: Vec<(ProgramId, &FigureRow)> = Vec::new();
        for (program, (rows, _)) in &all {
            to_events.write(*program, &rows[at]).unwrap();
            to_table.write(*program, &rows[at]).unwrap();
            flat.extend(rows[at].iter().map(|row| (*program, row)));
            let mut file = Vec::new();
            tables::write_figures(&mut file, &rows[at]).unwrap();
            assert_eq!(tables::read_figures(&file).unwrap(), rows[at]);
        }
        to_events.finish().unwrap();
        to_table.finish().unwrap();
        let read = read_figures(&events).unwrap();
        assert!(read.iter().all(|event| event.source == source()));
        assert!(
            read.iter()
                .map(|e| (e.program, &e.row))
                .eq(flat.iter().copied())
        );
        let read = read_figure_table(&table).unwrap();
        assert!(
            read.iter()
                .map(|(program, row)| (*program, row))
                .eq(flat.iter().copied())
        );
    }
    for (_, (_, rows)) in &all {
        let mut file = Vec::new();
        tables::write_pairings(&mut file, rows).unwrap();
        assert_eq!(tables::read_pairings(&file).unwrap(), *rows);
        for row in rows {
            let text = serde_json::to_string(row).unwrap();
            assert_eq!(serde_json::from_str::<PairingRow>(&text).unwrap(), *row);
        }
    }
}
