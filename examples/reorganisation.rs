//! A reorganisation in the third month: what does it cost a programme?
//!
//! `cargo run --release --features simulation --example reorganisation`
//!
//! Ten of 80 mentors move into their own mentee's team, and forty people move to another manager. Nobody decides anything: pairings that became hierarchical are
//! suspended by the programme in the same entry, and whoever is free again waits for the next round of matching.

#[path = "support/company.rs"]
mod company;

use std::ops::ControlFlow;

use company::{Company, against, coordinator, start};
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{Happening, Measure, Model, Parameter, Setup, simulate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let company = Company {
        mentors: 80,
        mentees: 80,
        places: [1, 1],
        sites: 4,
    };
    let roster = company.roster()?;
    let calm = Model::standard().with(Parameter::ReorganisationMonth, 0)?;
    let moves = Model::standard()
        .with(Parameter::ReorganisationMonth, 3)?
        .with(Parameter::Linked, 10)?
        .with(Parameter::Movers, 40)?
        .with(Parameter::ReturnMonths, 0)?;
    let setup = Setup::new(&roster, start()).with_model(calm);
    let plan = setup.plan()?.approve(coordinator());

    // One year, told.
    let year = setup.clone().with_model(moves);
    let year = simulate(&year, &plan, |_| ControlFlow::Continue(()))?;
    for happening in &year.happenings {
        match happening {
            Happening::Round { on, proposed, .. } => {
                println!("{on}: {proposed} pairs are proposed")
            }
            Happening::Reorganised {
                on,
                moved,
                suspended,
                ..
            } => println!(
                "{on}: {} people move, {} pairings are suspended",
                moved.len(),
                suspended.len()
            ),
            _ => {}
        }
    }
    println!();

    // Many years, with and without.
    let calm = Scenario::planned("nobody moves", setup, &plan);
    let moves = calm.clone().with_model("reorganised", moves);
    let contrast = against(&moves, &calm, Measure::Completion, 256)?;
    print!("{contrast}");
    Ok(())
}
