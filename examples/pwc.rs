//! PwC Australia: 122 mentors for 200 mentees. May a mentor have two?
//!
//! `cargo run --release --features simulation --example pwc`
//!
//! With one place each, 78 mentees wait, and some of them for as long as the programme runs. With two, nobody has to; a mentor who has two keeps
//! appointments a little less often, and one who leaves is missed twice.

#[path = "support/company.rs"]
mod company;

use company::{Company, against, coordinator, played, start};
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{Measure, Setup};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let company = |places| Company {
        mentors: 122,
        mentees: 200,
        places: [places, 1],
        sites: 5,
    };
    let (one, two) = (company(1).roster()?, company(2).roster()?);
    let (one, two) = (Setup::new(&one, start()), Setup::new(&two, start()));
    let plan_one = one.plan()?.approve(coordinator());
    let plan_two = two.plan()?.approve(coordinator());
    println!(
        "proposed at first: {} with one place, {} with two\n",
        plan_one.plan().proposals.len(),
        plan_two.plan().proposals.len()
    );
    let one = Scenario::planned("one mentee", one, &plan_one);
    let two = Scenario::planned("two mentees", two, &plan_two);
    let measures = [
        Measure::Matched,
        Measure::Attendance,
        Measure::Completion,
        Measure::Dropout,
        Measure::MenteeLevels,
        Measure::MenteesHere,
    ];
    for scenario in [&one, &two] {
        println!("{}", played(scenario, 24, &measures)?);
    }
    for measure in [Measure::Matched, Measure::Attendance, Measure::MenteeLevels] {
        println!("{}", against(&two, &one, measure, 64)?.sentence());
    }
    Ok(())
}
