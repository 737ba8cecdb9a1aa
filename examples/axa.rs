//! AXA: 440 mentors, 498 mentees, 26 countries, six sessions of an hour.
//!
//! `cargo run --release --features simulation --example axa`
//!
//! Everybody meets on line, whatever the country, so sites keep nobody apart. 58 mentees find no mentor at first and come up when one has a place again. AXA
//! published that 97 % recommend it; the model was set without looking at that, and its answer stands here as it came.

#[path = "support/company.rs"]
mod company;

use company::{Company, coordinator, played, start};
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let company = Company {
        mentors: 440,
        mentees: 498,
        places: [1, 1],
        sites: 26,
    };
    let roster = company.roster()?;
    let model = Model::standard()
        .with(Parameter::AtWork, 0)?
        .with(Parameter::ReorganisationMonth, 0)?;
    let setup = Setup::new(&roster, start()).with_model(model);
    let plan = setup.plan()?;
    println!("{plan}\n");
    let plan = plan.approve(coordinator());
    let scenario = Scenario::planned("six sessions of an hour", setup, &plan);
    println!("{}", played(&scenario, 100, Measure::ALL)?);
    println!("Published: 97 % recommend it.");
    Ok(())
}
