//! The health of a programme as HTML pages and tidy CSV, from a simulated year.
//!
//! `cargo run --release --features import,report,simulation,tables --example health_report -- --out health.html`

use std::ops::ControlFlow;

use chrono::NaiveDate;
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::import::OnFault;
use reverse_mentoring::prelude::*;
use reverse_mentoring::report::{CoordinatorReport, Funnel, SponsorReport, month_ends};
use reverse_mentoring::simulation::{Setup, simulate};
use reverse_mentoring::tables::{write_figures, write_pairings};

#[path = "support/roster.rs"]
mod roster_file;
mod support;
use support::{Args, fail, misuse, print, write};

const USAGE: &str = "\
health_report [--out FILE] [--months N] [--seed S]

Plays a programme of 260 people from embedded sample data and writes its health, four files beside each other:

  NAME.html             the page for coordinators, with every pairing
  NAME-sponsor.html     the page for sponsors, with none
  NAME.csv              the readings, a row for each
  NAME-pairings.csv     the pairings, a row for each, for coordinators

  --out FILE       NAME.html, health.html unless stated
  --months N       how long, 1 to 24; 12 unless stated
  --seed S         what fixes every draw; 1 unless stated

The same options write the same bytes. Exit 0 with four files, 1 where one cannot be written, 2 for a command line that
cannot.";

const SAMPLE: &[u8] = include_bytes!("data/roster.csv");
const TITLE: &str = "Reverse mentoring, sample programme";

fn main() {
    let args = Args::parse(USAGE, &["--out", "--months", "--seed"], &[], 0);
    let months = args.whole("--months", 1..=24).unwrap_or(12);
    let seed = args.whole("--seed", 0..=u64::MAX).unwrap_or(1);
    let out = args.text("--out").unwrap_or("health.html");
    let name = out.strip_suffix(".html").filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| misuse(format!("`--out {out}`: not a file `NAME.html`")));

    let mut ids = SequentialIds::new(1);
    let roster = roster_file::load(
        "examples/data/roster.csv",
        SAMPLE,
        OnFault::Refuse,
        &mut ids,
    );
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let setup = Setup::new(&roster, start)
        .with_months(months)
        .with_seed(seed, 0);
    let plan = setup.plan().unwrap_or_else(|error| fail(error));
    let approved = plan.approve(CoordinatorId::from_source(&mut ids));
    let year = simulate(&setup, &approved, |_| ControlFlow::Continue(()))
        .unwrap_or_else(|error| fail(error));
    let history = year.program.history();
    let last = year.months.last().map_or(start, |month| month.date);

    let metrics = Metrics::standard();
    let report = CoordinatorReport::assess(TITLE, history, &metrics, &Calendar::OPEN, last)
        .unwrap_or_else(|error| fail(error));
    // Journals hold ids; whose they are, the host knows.
    let key = |pairing, role| -> String {
        let person = history
            .pairing(pairing)
            .map(|facts| facts.pair.person(role));
        let person = person.and_then(|person| roster.participant(person));
        person.map_or_else(|| "?".to_owned(), |person| person.key().to_string())
    };
    let called = |pairing| {
        format!(
            "{} / {}",
            key(pairing, Role::Mentor),
            key(pairing, Role::Mentee)
        )
    };

    // A sponsor is told at the ends of quarters. The funnel looks at what was told before; the readings are those of one
    // day each and do not, so two quarters can be subtracted: a product releases them through a `Publisher` and its ledger.
    let (mut releases, mut funnels) = (Vec::new(), Vec::new());
    for day in month_ends(start, last).into_iter().skip(2).step_by(3) {
        let health =
            ProgramHealth::assess(history, &metrics, day).unwrap_or_else(|error| fail(error));
        releases.push(health.release(Threshold::default()));
        funnels.push(Funnel::of(history, day).release(Threshold::default(), &funnels));
    }
    let released = releases.last().cloned();
    let released = released.unwrap_or_else(|| report.health().release(Threshold::default()));
    let mut figures = report.health().figure_rows();
    figures.extend(released.figure_rows());
    let mut sponsor = SponsorReport::new(TITLE, released).with_earlier(releases);
    if let Some(funnel) = funnels.pop() {
        sponsor = sponsor.with_funnel(funnel);
    }

    let (mut rows, mut pairings) = (Vec::new(), Vec::new());
    write_figures(&mut rows, &figures).unwrap_or_else(|error| fail(error));
    write_pairings(&mut pairings, &report.health().pairing_rows(called))
        .unwrap_or_else(|error| fail(error));
    for (file, bytes) in [
        (format!("{name}.html"), report.to_html(called).into_bytes()),
        (
            format!("{name}-sponsor.html"),
            sponsor.to_html().into_bytes(),
        ),
        (format!("{name}.csv"), rows),
        (format!("{name}-pairings.csv"), pairings),
    ] {
        write(&file, &bytes);
        eprintln!("{file} is written");
    }
    print(&report.health().to_string());
}
