//! A million people in seconds. Slow in a debug build, so on request:
//! `cargo test --release --features import --test import_scale -- --ignored --nocapture`.
#![cfg(feature = "import")]

use std::fmt::Write as _;
use std::time::Instant;

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{OnFault, read_roster};

/// Everybody takes part, with skills and labels; the first `chain` people report each to the one before.
fn company(people: usize, chain: usize) -> String {
    let mut csv = "id,manager,dotted,grade,experience_months,unit,side,capacity,hours_per_month,offers,wants,languages,timezone,site,group\n".to_owned();
    for n in 0..people {
        let manager = match n {
            0 => "-".to_owned(),
            n if n < chain => format!("E-{:07}", n - 1),
            n => format!("E-{:07}", (n - chain.saturating_sub(1)) / 4),
        };
        let side = ["mentor", "mentee", "either"][n % 3];
        let (offer, wish) = (n % 97, n % 89);
        let dotted = if n % 500 == 7 {
            format!("E-{:07}", n / 3)
        } else {
            String::new()
        };
        writeln!(
            csv,
            "E-{n:07},{manager},{dotted},{},{},unit {},{side},2,4.5,skill {offer}:3;skill {}:5,skill x{wish}:2>4;skill y{wish}:3,en;de,Europe/London,site {},group {}",
            n % 12,
            n % 400,
            n % 1000,
            offer + 100,
            n % 40,
            n % 9,
        )
        .unwrap();
    }
    csv
}

fn measure(name: &str, csv: &str, on_fault: OnFault) {
    let start = Instant::now();
    let read = read_roster(csv.as_bytes(), on_fault, &mut SequentialIds::new(1));
    let (people, out, faults) = match &read {
        Ok(read) => (
            read.roster.lines().len(),
            read.quarantined.len(),
            read.faults.len(),
        ),
        Err(faults) => (0, 0, faults.0.len()),
    };
    let took = start.elapsed();
    println!(
        "{name}: {people} people, {out} left out, {faults} faults, {} MB of CSV in {took:?}",
        csv.len() >> 20
    );
    assert!(took.as_secs() < 20, "a million rows take seconds");
}

#[test]
#[ignore = "a million rows; for release builds"]
fn a_million_people() {
    measure("wide", &company(1_000_000, 1), OnFault::Refuse);
}

#[test]
#[ignore = "a million rows; for release builds"]
fn a_million_people_with_a_chain_of_200_000() {
    measure("chain", &company(1_000_000, 200_000), OnFault::Refuse);
}

#[test]
#[ignore = "a million rows; for release builds"]
fn a_million_people_in_quarantine() {
    // The second person's manager is unknown: a quarter of the company stands below.
    let csv = company(1_000_000, 1).replacen("E-0000001,E-0000000", "E-0000001,e-0000000", 1);
    measure("quarantine", &csv, OnFault::Quarantine);
    measure(
        "refused",
        &csv.replace(",unit 7,", ",\u{1},"),
        OnFault::Refuse,
    );
    measure(
        "every row at fault",
        &csv.replace(",2,4.5,", ",0,4.5,"),
        OnFault::Quarantine,
    );
}
