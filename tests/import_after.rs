//! The next roster of a programme that runs: people are known by their keys.
#![cfg(feature = "import")]

use chrono::NaiveDate;
use reverse_mentoring::import::{OnFault, read_roster, read_roster_after};
use reverse_mentoring::journal::Event;
use reverse_mentoring::prelude::*;
use reverse_mentoring::testing;

const SPRING: &str = "\
id,manager,grade,side,offers,wants
ceo,-,9,,,
cto,ceo,8,mentee,budgeting:5,short video:3
cfo,ceo,8,mentee,budgeting:5,short video:3
dan,cfo,2,mentor,short video:4,budgeting:3
eve,cto,2,mentor,short video:4,budgeting:3
";

fn first_of(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, 1).unwrap()
}

fn midnight(month: u32) -> Stamp {
    Stamp::midnight(first_of(month))
}

#[test]
fn a_hire_makes_nobody_leave() {
    let mut ids = SequentialIds::new(1);
    let spring = read_roster(SPRING.as_bytes(), OnFault::Refuse, &mut ids).unwrap();
    let spring = spring.roster;
    let context = Context::new(first_of(1));
    let (policy, criteria) = (Policy::core_only(), Criteria::standard());
    let may = Eligibility::new(&spring, &policy, &context);
    let plan = plan(&may, &criteria, &Optimal::most_pairs()).unwrap();
    assert_eq!(plan.proposals.len(), 2);
    let approved = plan.approve(CoordinatorId::from_source(&mut ids));
    let id = ProgramId::from_source(&mut ids);
    let (mut program, _) = Program::open(id, &spring, Load::default(), midnight(1)).unwrap();
    testing::launch(&mut program, &spring, midnight(1), &mut ids).unwrap();
    program
        .propose_all(&approved, Cadence::MONTHLY, midnight(1), &mut ids)
        .unwrap();

    // The hire's key sorts first, so that ids by the order of the keys alone would all move on by one.
    let csv = format!("{SPRING}abe,cto,1,mentor,short video:4,budgeting:3\n");
    let autumn = read_roster_after(csv.as_bytes(), OnFault::Refuse, &spring, &mut ids).unwrap();
    let abe = autumn.roster.by_key("abe").unwrap().id();
    assert!(spring.participant(abe).is_none());
    let entry = program.reorganise(&autumn.roster, midnight(9)).unwrap();
    match entry.event {
        Event::Reorganised {
            people,
            left,
            suspended,
            cleared,
            ended,
            ..
        } => {
            let new: Vec<_> = people.iter().map(|e| e.participant).collect();
            assert_eq!(new, [abe]);
            assert!(left.is_empty() && ended.is_empty(), "{left:?} {ended:?}");
            assert!(suspended.is_empty() && cleared.is_empty());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(program.open_pairings().count(), 2);

    // What the other reader does, and its documentation warns of.
    let strangers = read_roster(csv.as_bytes(), OnFault::Refuse, &mut ids).unwrap();
    program.reorganise(&strangers.roster, midnight(10)).unwrap();
    assert_eq!(program.open_pairings().count(), 0);
}

#[test]
fn an_id_of_the_previous_roster_is_nobody_elses() {
    let spring = read_roster(
        SPRING.as_bytes(),
        OnFault::Refuse,
        &mut SequentialIds::new(1),
    );
    let spring = spring.unwrap().roster;
    // `cfo` has gone, and the source begins again with the id that was theirs.
    let csv = "id,manager,grade,side\nceo,-,9,\ncto,ceo,8,mentee\nabe,cto,1,mentor\n";
    let source = &mut SequentialIds::new(1);
    let refused = read_roster_after(csv.as_bytes(), OnFault::Quarantine, &spring, source);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "4: roster-refused: `abe`: the id 00000001-0000-8000-8000-000000000001 is that of `cfo` in the previous roster"
    );
    // A source that gives one id to two hires is refused as ever.
    let csv = format!("{csv}bea,cto,1,mentor\n");
    let source = &mut uuid::Uuid::nil;
    let refused = read_roster_after(csv.as_bytes(), OnFault::Refuse, &spring, source);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "1: roster-refused: the id 00000000-0000-0000-0000-000000000000 is given to two participants"
    );
    // Without hires nothing is drawn.
    let same = read_roster_after(SPRING.as_bytes(), OnFault::Refuse, &spring, source).unwrap();
    assert_eq!(same.roster.fingerprint(), spring.fingerprint());
}
