//! The agreement of the NHS in Yorkshire & Humber: six sessions of 45 to 60 minutes in six months.
//!
//! `cargo run --release --features simulation --example nhs_agreement`
//!
//! Forty pairs that meet monthly for 52 minutes, up or down by 15 %. How many get there in six months, and how many in eight? What an agreement promises is a
//! plan: sessions are called off, tried again a fortnight later, and some pairs give up.

#[path = "support/company.rs"]
mod company;

use chrono::Days;
use company::{Company, coordinator, played, start};
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let company = Company {
        mentors: 40,
        mentees: 40,
        places: [1, 1],
        sites: 2,
    };
    let roster = company.roster()?;
    let model = Model::standard()
        .with(Parameter::MinutesSpread, 150)?
        .with(Parameter::RoundMonths, 0)?
        .with(Parameter::ReorganisationMonth, 0)?;
    let measures = [
        Measure::Sessions,
        Measure::Completion,
        Measure::Dropout,
        Measure::MentorLevels,
        Measure::MenteeLevels,
    ];
    for months in [6, 7, 8, 10] {
        let setup = Setup::new(&roster, start())
            .with_cadence(Cadence::new(30, 7, 52)?)
            .with_months(months)
            .with_model(model);
        let plan = setup.plan()?.approve(coordinator());
        let name = format!("six sessions, read after {months} months");
        let scenario = Scenario::planned(name, setup, &plan);
        println!("{}", played(&scenario, 100, &measures)?);
    }
    println!(
        "The months count from the proposal: answers, training and signatures take about two weeks of them."
    );

    // The other clock: of each pair by itself, from the day on which it began.
    let setup = Setup::new(&roster, start())
        .with_cadence(Cadence::new(30, 7, 52)?)
        .with_months(8)
        .with_model(model);
    let plan = setup.plan()?.approve(coordinator());
    let scenario = Scenario::planned("pair by pair", setup, &plan);
    let (mut pairs, mut six) = (0, 0);
    for replicate in 0..100 {
        let year = scenario.play_whole(replicate)?;
        for (_, facts) in year.program.history().pairings() {
            let Some(by) = facts.started.map(|day| day + Days::new(184)) else {
                continue;
            };
            // Who gave up or left sooner promised nothing any more.
            let gone = facts
                .ended
                .is_some_and(|(day, ending)| day <= by && !ending.is_completed());
            let sessions = facts.sessions.iter();
            let held = sessions.filter(|s| s.outcome.is_held() && s.date <= by);
            pairs += u32::from(!gone);
            six += u32::from(!gone && held.count() >= 6);
        }
    }
    println!(
        "Of {pairs} pairs that went on, {six} held six sessions within 184 days of the day on which they began: {} %.",
        100 * six / pairs.max(1)
    );
    Ok(())
}
