//! The crate's own JSON, by the name of its schema.

use std::collections::BTreeMap;

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::health::{Ledger, Metrics, Period, ProgramHealth, Publisher, PulseReading};
use reverse_mentoring::journal::Entry;
use reverse_mentoring::matching::{Criteria, Optimal, plan};
use reverse_mentoring::notebook::Notebook;
use reverse_mentoring::policy::Policy;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::pulse::{Items, PulseBook};
use reverse_mentoring::subject::Erasure;
use reverse_mentoring::testing;
use serde_json::Value;

use super::life::{Dice, Life};
use super::nasty::nasty;
use super::support::*;

/// Golden journals, random lives, the sample company, and every nasty string where it may stand.
pub(crate) fn samples(lives: u64) -> BTreeMap<&'static str, Vec<Value>> {
    let mut all: BTreeMap<&'static str, Vec<Value>> = BTreeMap::new();
    let mut add = |name, value: Value| all.entry(name).or_default().push(value);
    for text in [
        include_str!("../golden/journal-v1.ndjson"),
        include_str!("../golden/journal-adoption-v1.ndjson"),
        include_str!("../golden/journal-exemption-v1.ndjson"),
    ] {
        for line in text.lines() {
            add("entry", serde_json::from_str(line).unwrap());
        }
    }
    for seed in 0..lives {
        let (mut life, mut dice, mut today) = (Life::new(), Dice(seed), 3);
        for _ in 0..60 {
            life.turn(&mut dice, today);
            today += dice.roll(5) as i64;
        }
        for entry in &life.journal {
            add("entry", serde_json::to_value(entry).unwrap());
        }
        let record = life.program.to_record();
        add("program", serde_json::to_value(record).unwrap());
        let health =
            ProgramHealth::assess(life.program.history(), &Metrics::standard(), day(today));
        let health = health.unwrap();
        let named = health.to_record(|id| id.to_string());
        add("health", serde_json::to_value(named).unwrap());
        let released = health.release(Threshold::default());
        add(
            "health",
            serde_json::to_value(released.to_record()).unwrap(),
        );
    }
    let company = testing::Company::sample().unwrap();
    let health = ProgramHealth::assess(company.history(), &Metrics::standard(), day(80)).unwrap();
    let mut figures = health.figure_rows();
    figures.extend(health.release(Threshold::default()).figure_rows());
    let mut named = nasty().into_iter().map(|text| {
        let mut row = figures[0].clone();
        row.breakdown = Some(text.clone());
        row.group = Some(text);
        row
    });
    for row in figures.iter().cloned().chain(&mut named) {
        add("figure-row", serde_json::to_value(row).unwrap());
    }
    for text in nasty() {
        for row in health.pairing_rows(|_| text.clone()).iter().take(1) {
            add("pairing-row", serde_json::to_value(row).unwrap());
        }
        if let Ok(skill) = reverse_mentoring::roster::Skill::new(&text) {
            let line = include_str!("../golden/journal-v1.ndjson")
                .lines()
                .nth(4)
                .unwrap();
            let mut entry: Value = serde_json::from_str(line).unwrap();
            entry["event"]["pairings"][0]["goals"]["mentor"][0]["skill"] = skill.as_str().into();
            let entry: Entry = serde_json::from_value(entry).unwrap();
            add("entry", serde_json::to_value(entry).unwrap());
        }
    }
    let (policy, criteria) = (Policy::standard(), Criteria::standard());
    let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    let plan = plan(&eligibility, &criteria, &Optimal::most_pairs()).unwrap();
    let record = plan.to_record();
    add("plan", serde_json::to_value(record).unwrap());
    let (metrics, mut ledger) = (Metrics::standard(), Ledger::new());
    add("ledger", serde_json::to_value(&ledger).unwrap());
    let publisher = Publisher::new(company.history(), &metrics, day(130));
    let period = Period::new(day(0), day(90)).unwrap();
    let released = publisher.release(period, &mut ledger).unwrap();
    add(
        "period",
        serde_json::to_value(released.to_record()).unwrap(),
    );
    add("ledger", serde_json::to_value(&ledger).unwrap());
    let book = PulseBook::new(Items::catalogue(), Threshold::default());
    add("pulses", serde_json::to_value(book.to_record()).unwrap());
    for reading in PulseReading::all(&book, day(80)) {
        add("pulse-reading", serde_json::to_value(reading).unwrap());
    }
    add(
        "notebook",
        serde_json::to_value(Notebook::new().to_record()).unwrap(),
    );
    let mut erasure = Erasure::new();
    erasure.add(person_id(1), day(3));
    erasure.add(person_id(2), day(4));
    add("erasure", serde_json::to_value(&erasure).unwrap());
    super::more::add_all(&mut add);
    all
}
