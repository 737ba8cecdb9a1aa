//! Fortnightly or monthly? The same 60 pairs of the same company, with the same draws.
//!
//! `cargo run --release --features simulation --example fortnightly_or_monthly`
//!
//! Twice as many sessions cost twice the hours. What they bring is asked for a person: how much of what everybody who ever took part wishes to learn
//! is learnt, and kept. That can be read on any day, so it is read after 6 to 14 months; beside it stands what the same programmes say when
//! what was learnt is divided by sessions planned, which is another question and another answer. Twelve sessions a pairing in both. Free people
//! are matched again every third month, as by default.

#[path = "support/company.rs"]
mod company;

use company::{Company, against, coordinator, played, start};
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let company = Company {
        mentors: 60,
        mentees: 60,
        places: [1, 1],
        sites: 3,
    };
    let roster = company.roster()?;
    let model = Model::standard().with(Parameter::Sessions, 12)?;
    let monthly = Setup::new(&roster, start()).with_model(model);
    let plan = monthly.plan()?.approve(coordinator());
    let both = |months| {
        let monthly = monthly.clone().with_months(months);
        let fortnightly = monthly.clone().with_cadence(Cadence::FORTNIGHTLY);
        [
            Scenario::planned("monthly", monthly, &plan),
            Scenario::planned("fortnightly", fortnightly, &plan),
        ]
    };

    println!("After eight months.\n");
    let measures = [
        Measure::MenteeLevels,
        Measure::MentorLevels,
        Measure::Hours,
        Measure::Sessions,
        Measure::Completion,
        Measure::Trust,
        Measure::Dropout,
    ];
    let [monthly_8, fortnightly_8] = both(8);
    for scenario in [&monthly_8, &fortnightly_8] {
        println!("{}", played(scenario, 64, &measures)?);
    }
    for measure in [Measure::MenteeLevels, Measure::Hours, Measure::Dropout] {
        let contrast = against(&fortnightly_8, &monthly_8, measure, 256)?;
        println!("{}", contrast.sentence());
    }

    println!("\nFortnightly less monthly, in points, by the month in which it is read.\n");
    println!(
        "{:<8}{:>16}{:>16}{:>8}{:>18}{:>16}",
        "months", "mentee levels", "mentor levels", "hours", "mentee learning", "mentee goals"
    );
    for months in [6, 8, 10, 12, 14] {
        let [monthly, fortnightly] = both(months);
        let contrast = against(&fortnightly, &monthly, Measure::MenteeLevels, 64)?;
        let points = |measure| {
            let of = contrast.of(measure).and_then(|of| of.difference);
            of.map_or("no data".to_owned(), |of| {
                format!("{:+.1}", of.mean as f64 / 10_000.0)
            })
        };
        println!(
            "{months:<8}{:>16}{:>16}{:>8}{:>18}{:>16}",
            points(Measure::MenteeLevels),
            points(Measure::MentorLevels),
            points(Measure::Hours),
            points(Measure::MenteeLearning),
            points(Measure::MenteeGoals),
        );
    }

    // When both are through with their twelve sessions, and nobody is matched again.
    let once = model.with(Parameter::RoundMonths, 0)?;
    let [monthly, fortnightly] = both(24).map(|s| {
        let name = s.name().to_owned();
        s.with_model(name, once)
    });
    println!("\nAfter two years, matched once.\n");
    for measure in [Measure::MenteeLevels, Measure::Hours] {
        let contrast = against(&fortnightly, &monthly, measure, 256)?;
        println!("{}", contrast.sentence());
    }
    Ok(())
}
