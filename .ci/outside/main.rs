//! Somebody else's program: what compiles here is public, and needs no feature.

use reverse_mentoring::error::Error;
use reverse_mentoring::policy::OtherUnit;
use reverse_mentoring::prelude::*;

fn main() -> Result<(), Error> {
    let mut ids = SequentialIds::new(1);
    let mut person = |key: &str, side, grade, teaches: &str, learns: &str, unit: &str| -> Result<Participant, Error> {
        let id = ParticipantId::from_source(&mut ids);
        Ok(Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
            .with_unit(Label::new(unit)?)
            .with_offers([Offer::new(teaches, 4)?])?
            .with_wishes([Wish::new(learns, 0, 3)?])?)
    };
    let people = [
        person("junior", Side::Mentor, 2, "short video", "budgeting", "sales")?,
        person("senior", Side::Mentee, 8, "budgeting", "short video", "finance")?,
    ];
    let lines = ReportingLines::new([Line::root("senior"), Line::root("boss"), Line::new("junior", "boss")])?;
    let roster = Roster::new(people, lines)?;
    let policy = Policy::standard().with(OtherUnit);
    let now = Stamp::midnight(chrono_date());
    let context = Context::new(now.on);
    let plan = plan(&Eligibility::new(&roster, &policy, &context), &Criteria::standard(), &Optimal::most_pairs())?;
    let (mut program, _) = Program::open(ProgramId::from_source(&mut ids), &roster, Load::default(), now)?;
    reverse_mentoring::testing::launch(&mut program, &roster, now, &mut ids)?;
    let coordinator = CoordinatorId::from_source(&mut ids);
    program.propose_all(&plan.approve(coordinator), Cadence::FORTNIGHTLY, now, &mut ids)?;
    let health = ProgramHealth::assess(program.history(), &Metrics::standard(), now.on)?;
    assert_eq!(program.open_pairings().count(), 1);
    print!("{health}");
    Ok(())
}

/// The host's own dependency: the library does not hand out a clock.
fn chrono_date() -> chrono::NaiveDate {
    chrono::NaiveDate::default()
}
