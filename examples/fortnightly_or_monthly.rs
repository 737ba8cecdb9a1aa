//! Fortnightly or monthly? The same 60 pairs of the same company, with the same draws.
//!
//! `cargo run --release --features simulation --example fortnightly_or_monthly`
//!
//! A session costs both an hour, and twice as many cost twice as much. What they bring is not twice as much: goals are reached, and who has
//! reached them learns nothing more of them. Twelve sessions a pairing in both, so that the fortnightly ones are not over sooner for having
//! fewer to hold.

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
    let monthly = Setup::new(&roster, start())
        .with_model(model)
        .with_months(8);
    let fortnightly = monthly.clone().with_cadence(Cadence::FORTNIGHTLY);
    let plan = monthly.plan()?.approve(coordinator());
    let monthly = Scenario::planned("monthly", monthly, &plan);
    let fortnightly = Scenario::planned("fortnightly", fortnightly, &plan);

    let measures = [
        Measure::Attendance,
        Measure::MenteeLearning,
        Measure::MentorLearning,
        Measure::Trust,
        Measure::Dropout,
    ];
    for scenario in [&monthly, &fortnightly] {
        println!("{}", played(scenario, 64, &measures)?);
    }
    for measure in [Measure::MenteeLearning, Measure::Dropout] {
        println!(
            "{}",
            against(&fortnightly, &monthly, measure, 256)?.sentence()
        );
    }
    Ok(())
}
