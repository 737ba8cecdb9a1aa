//! Behaviour of a vendor's own: what their data say replaces what the model supposes, and everything else stays.
//!
//! `cargo run --release --features simulation --example custom_behaviour`
//!
//! A vendor has counted that executives with two pairings or more keep six appointments of ten, however well the two get on, and that people
//! of one site keep more than people of two; and that in July and August nobody keeps more than half of what they keep otherwise, nor tries again
//! within three weeks. What does that do to a programme that was planned by the standard model?

#[path = "support/company.rs"]
mod company;

use chrono::Datelike as _;
use company::{Company, against, coordinator, played, start};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{
    Behaviour, Chance, Measure, Model, Parameter, Setup, Two, standard,
};

/// What the vendor has counted.
#[derive(Debug)]
struct Counted;

impl Behaviour for Counted {
    fn id(&self) -> PluginId {
        PluginId::new("counted", 1)
    }

    fn keeps(&self, model: &Model, two: &Two<'_>, who: Role) -> Chance {
        let summer = if is_summer(two) { 500 } else { 1000 };
        if who == Role::Mentee && two.mentee.open > 1 {
            return Chance::permille(600).times(summer);
        }
        let apart = two.mentor.profile.site() != two.mentee.profile.site();
        let keeps = standard::keeps(model, two, who).times(if apart { 970 } else { 1000 });
        keeps.times(summer)
    }

    fn retries_after(&self, model: &Model, two: &Two<'_>) -> u32 {
        let days = model.value(Parameter::RetryDays);
        if is_summer(two) { days.max(21) } else { days }
    }
}

/// July and August.
fn is_summer(two: &Two<'_>) -> bool {
    [7, 8].contains(&two.today.month())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let company = Company {
        mentors: 60,
        mentees: 40,
        places: [1, 2],
        sites: 4,
    };
    let roster = company.roster()?;
    let setup = Setup::new(&roster, start()).with_months(8);
    let plan = setup.plan()?.approve(coordinator());
    let counted = setup.clone().with_behaviour(&Counted);
    let counted = Scenario::planned("as counted", counted, &plan);
    let supposed = Scenario::planned("as supposed", setup, &plan);
    let measures = [Measure::Attendance, Measure::Dropout, Measure::MenteeLevels];
    for scenario in [&counted, &supposed] {
        println!("{}", played(scenario, 64, &measures)?);
    }
    println!(
        "{}",
        against(&counted, &supposed, Measure::Attendance, 256)?.sentence()
    );
    Ok(())
}
