//! A thousand small programmes through the gate, and their journals and figures as files that other engines read.
//!
//! `cargo run --release --features fleet --example fleet -- --out fleet`, and then `python3 examples/fleet/sum.py fleet`,
//! which sums the health of all of them in DuckDB (`pip install duckdb`).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use reverse_mentoring::fleet::{FigureEvents, FigureTable, JournalEvents, Source};
use reverse_mentoring::health::FigureRow;
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::{Audience, Threshold};

#[path = "fleet/programme.rs"]
mod programme;
mod support;
use support::{Args, fail, json, print, write};

const USAGE: &str = "\
fleet [--out DIR] [--programmes N] [--seed S]

Runs programmes of three to nine pairings for half a year, each by draws of its own, and writes into DIR:

  journal.ndjson           every entry of every journal, a CloudEvent on a line
  figures.ndjson           the health of each programme for coordinators, a CloudEvent for each figure
  figures.csv              the same as a table, with the programme as the first column
  sponsor-figures.ndjson   the same for sponsors, with nothing of fewer than five pairings
  sponsor-figures.csv      the same as a table
  totals.json              what they add up to, counted here and not from the files

  --out DIR         fleet unless stated; made where it is not there
  --programmes N    how many, 1 to 10000; 1000 unless stated
  --seed S          what fixes every draw; 1 unless stated

The same options write the same bytes. Exit 0 with six files, 1 where one cannot be written, 2 for a command line that
cannot.";

/// A host's own; `.example` is nobody's.
const SOURCE: &str = "https://hr.example/programmes/";

/// Rows, and what their parts and wholes add up to where they are shown.
#[derive(Debug, Default, serde::Serialize)]
struct Sum {
    rows: u64,
    withheld: u64,
    numerator: u64,
    denominator: u64,
}

#[derive(Debug, Default, serde::Serialize)]
struct Totals {
    programmes: u64,
    entries: u64,
    sessions_recorded: u64,
    coordinator: BTreeMap<String, Sum>,
    sponsor: BTreeMap<String, Sum>,
}

/// The two forms of the figures for an audience.
struct Figures {
    events: FigureEvents<File>,
    table: FigureTable<File>,
}

impl Figures {
    fn new(
        folder: &Path,
        name: &str,
        audience: Audience,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let file = |end: &str| create(&folder.join(format!("{name}.{end}")));
        Ok(Self {
            events: FigureEvents::new(file("ndjson"), Source::new(SOURCE)?, audience),
            table: FigureTable::new(file("csv"), audience)?,
        })
    }

    fn write(
        &mut self,
        program: ProgramId,
        rows: &[FigureRow],
        sums: &mut BTreeMap<String, Sum>,
    ) -> Result<(), Box<dyn std::error::Error>> {
        self.events.write(program, rows)?;
        self.table.write(program, rows)?;
        for row in rows {
            let sum = sums.entry(row.metric.clone()).or_default();
            sum.rows += 1;
            sum.withheld += u64::from(row.withheld);
            sum.numerator += row.numerator.unwrap_or_default();
            sum.denominator += row.denominator.unwrap_or_default();
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Box<dyn std::error::Error>> {
        self.events.finish()?;
        Ok(self.table.finish()?)
    }
}

fn create(path: &Path) -> File {
    File::create(path).unwrap_or_else(|error| fail(format!("{}: {error}", path.display())))
}

fn main() {
    let args = Args::parse(USAGE, &["--out", "--programmes", "--seed"], &[], 0);
    let folder = Path::new(args.text("--out").unwrap_or("fleet"));
    let programmes = args.whole("--programmes", 1..=10_000).unwrap_or(1000);
    let seed = args.whole("--seed", 0..=u64::MAX).unwrap_or(1);
    if let Err(error) = std::fs::create_dir_all(folder) {
        fail(format!("{}: {error}", folder.display()));
    }
    match run(folder, programmes, seed) {
        Ok(totals) => {
            let path = folder.join("totals.json");
            write(&path.display().to_string(), json(&totals).as_bytes());
            let Totals {
                programmes,
                entries,
                sessions_recorded,
                ..
            } = totals;
            let folder = folder.display();
            print(&format!(
                "{programmes} programmes, {entries} entries of which {sessions_recorded} record a session, in {folder}\n"
            ));
        }
        Err(error) => fail(error),
    }
}

fn run(folder: &Path, programmes: u64, seed: u64) -> Result<Totals, Box<dyn std::error::Error>> {
    let mut journal =
        JournalEvents::new(create(&folder.join("journal.ndjson")), Source::new(SOURCE)?);
    let mut coordinators = Figures::new(folder, "figures", Audience::Coordinator)?;
    let mut sponsors = Figures::new(folder, "sponsor-figures", Audience::Sponsor)?;
    let mut totals = Totals {
        programmes,
        ..Totals::default()
    };
    let metrics = Metrics::standard();
    for number in 0..programmes {
        let ran = programme::run(seed, number)?;
        let id = ran.program.id();
        for entry in &ran.journal {
            journal.write(id, entry)?;
        }
        totals.entries += u64::try_from(ran.journal.len())?;
        totals.sessions_recorded += ran.sessions;
        let health = ProgramHealth::assess(ran.program.history(), &metrics, ran.last)?;
        coordinators.write(id, &health.figure_rows(), &mut totals.coordinator)?;
        let released = health.release(Threshold::default()).figure_rows();
        sponsors.write(id, &released, &mut totals.sponsor)?;
    }
    journal.finish()?;
    coordinators.finish()?;
    sponsors.finish()?;
    std::io::stdout().flush()?;
    Ok(totals)
}
