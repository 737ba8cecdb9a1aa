//! The health of a programme as HTML pages and tidy CSV, from a simulated year.
//!
//! `cargo run --release --features import,report,simulation,tables --example health_report -- --out health.html`

use std::ops::ControlFlow;

use chrono::{Days, NaiveDate};
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::health::{
    BenefitReading, Breakdown, EquityPolicy, EquityReadings, Ledger, Period, PeriodHealth,
    Publisher, PulseReading, ReportingGroups, SelfAssessment, Series,
};
use reverse_mentoring::import::OnFault;
use reverse_mentoring::prelude::*;
use reverse_mentoring::report::{CoordinatorReport, EquityReport, SponsorReport, month_ends};
use reverse_mentoring::roster::Participant;
use reverse_mentoring::simulation::{Setup, simulate};
use reverse_mentoring::tables::{write_figures, write_pairings};
use reverse_mentoring::text::Label;

#[path = "health_report/answers.rs"]
mod answers;
#[path = "support/roster.rs"]
mod roster_file;
mod support;
use support::{Args, fail, misuse, print, write};

const USAGE: &str = "\
health_report [--out FILE] [--months N] [--seed S]

Plays a programme of 260 people from embedded sample data and writes its health, five files beside each other:

  NAME.html             the page for coordinators, with every pairing
  NAME-sponsor.html     the page for sponsors, with none: of quarters, released through one ledger, by unit and by group
  NAME-equity.html      shares by reporting group, for those who do not see the pairings
  NAME.csv              the readings of the last day, and every figure that was released, a row for each
  NAME-pairings.csv     the pairings, a row for each, for coordinators

  --out FILE       NAME.html, health.html unless stated
  --months N       how long, 1 to 24; 12 unless stated
  --seed S         what fixes every draw; 1 unless stated

The same options write the same bytes. Exit 0 with five files, 1 where one cannot be written, 2 for a command line that
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
    let book = answers::made_up(&year.program, history, last);
    let digital = answers::digital();
    let report = CoordinatorReport::assess(TITLE, history, &metrics, &Calendar::OPEN, last)
        .unwrap_or_else(|error| fail(error))
        .with_pulses(PulseReading::all(&book, last))
        .with_benefits(BenefitReading::all(history, &book, &digital, last))
        .with_standards(SelfAssessment::new(
            year.program.charter(),
            history,
            &[],
            last,
        ));
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

    // A sponsor is told of quarters, each through the one ledger, which a product stores with every release.
    let by = |name: &str, label: &dyn Fn(&Participant) -> Option<Label>| {
        let labels = history
            .pairings()
            .filter_map(|(id, facts)| Some((id, label(roster.participant(facts.pair.mentor)?)?)));
        let name = Label::new(name).unwrap_or_else(|error| fail(error));
        Breakdown::new(name, labels.collect::<Vec<_>>())
    };
    let publisher = Publisher::new(history, &metrics, last + Days::new(1))
        .by(by("site", &|mentor| mentor.profile().site().cloned()))
        .by(by("group", &|mentor| mentor.group().cloned()));
    let mut ledger = Ledger::new();
    let mut releases: Vec<PeriodHealth> = Vec::new();
    let ends = month_ends(start, last);
    for quarter in ends.chunks(3) {
        let first = releases
            .last()
            .map(|release| release.period.last() + Days::new(1));
        let period = quarter
            .last()
            .and_then(|end| Period::new(first.unwrap_or(start), *end));
        let Some(period) = period else { break };
        let release = publisher.release(period, &mut ledger);
        releases.push(release.unwrap_or_else(|error| fail(error)));
    }
    let mut figures = report.health().figure_rows();
    figures.extend(releases.iter().flat_map(PeriodHealth::figure_rows));
    let series = Series::of_releases(&releases);
    let released = releases.pop();
    let released = released.unwrap_or_else(|| fail("no month has ended"));
    let told = released.to_string();
    let sponsor = SponsorReport::new(TITLE, released).with_earlier(releases);

    let groups = ReportingGroups::of(&roster);
    let equity = EquityReadings::read(history, &groups, EquityPolicy::default(), last);
    let equity = EquityReport::new(TITLE, equity);

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
        (format!("{name}-equity.html"), equity.to_html().into_bytes()),
        (format!("{name}.csv"), rows),
        (format!("{name}-pairings.csv"), pairings),
    ] {
        write(&file, &bytes);
        crate::support::tell_line(format_args!("{file} is written"));
    }
    print(&format!("{}\n{told}\nreleased {series}", report.health()));
}
