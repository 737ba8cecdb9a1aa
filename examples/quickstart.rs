//! The whole flow on six people: who may, who with whom, a programme that begins, and how it goes.
//!
//! `cargo run --example quickstart`

use std::error::Error;

use chrono::NaiveDate;
use reverse_mentoring::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let mut ids = SequentialIds::new(1); // a product passes `&mut Uuid::now_v7`
    let mut person = |key, side, grade, teaches, learns| -> Result<Participant, Box<dyn Error>> {
        let id = ParticipantId::from_source(&mut ids);
        Ok(
            Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
                .with_offers([Offer::new(teaches, 4)?])?
                .with_wishes([Wish::new(learns, 0, 3)?])?,
        )
    };
    let people = [
        person("ada", Side::Mentor, 2, "short video", "budgeting")?,
        person("bo", Side::Mentor, 3, "accessibility", "negotiation")?,
        person("cy", Side::Mentor, 2, "short video", "strategy")?,
        person("cfo", Side::Mentee, 8, "budgeting", "short video")?,
        person("cto", Side::Mentee, 8, "negotiation", "accessibility")?,
    ];
    let lines = ReportingLines::new([
        Line::root("ceo"),
        Line::new("cfo", "ceo"),
        Line::new("cto", "ceo"),
        Line::new("ada", "cto"),
        Line::new("bo", "cfo").dotted("ceo"),
        Line::new("cy", "cfo"),
    ])?;
    let roster = Roster::new(people, lines)?;

    // May they? A proof, or every reason why not.
    let start = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let (policy, context, criteria) = (
        Policy::standard(),
        Context::new(start),
        Criteria::standard(),
    );
    let may = Eligibility::new(&roster, &policy, &context);
    for reason in may.check_keys("cy", "cfo")?.violations() {
        println!("cy and cfo: {}: {reason}", reason.code());
    }

    // Who with whom, why, and why not.
    let plan = plan(&may, &criteria, &Optimal::most_pairs())?;
    println!("\n{plan}");
    for p in &plan.proposals {
        println!("  {} teaches {} ({} points)", p.mentor, p.mentee, p.score);
    }
    for u in &plan.unmatched {
        println!("  {} stays without: {}", u.key, u.detail);
    }

    // A named coordinator approves, the programme opens, both sides accept and sign, and they meet.
    let coordinator = CoordinatorId::from_source(&mut ids);
    let now = Stamp::midnight(start);
    let id = ProgramId::from_source(&mut ids);
    let (mut program, opening) = Program::open(id, &roster, Load::default(), now)?;
    let mut journal = vec![opening]; // what a product stores
    journal.push(program.propose_all(
        &plan.approve(coordinator),
        Cadence::MONTHLY,
        now,
        &mut ids,
    )?);
    let pairings: Vec<PairingId> = program.open_pairings().map(Pairing::id).collect();
    let (mentor, mentee) = (Role::Mentor, Role::Mentee);
    for &pairing in &pairings {
        for step in [
            Step::Accept { by: mentor },
            Step::Accept { by: mentee },
            Step::Prepare,
            Step::Sign { by: mentor },
            Step::Sign { by: mentee },
            Step::Begin,
        ] {
            journal.push(program.advance(pairing, step, now)?);
        }
    }
    let day = start + chrono::Days::new(10);
    for &pairing in &pairings {
        let outcome = Outcome::Held(Taught::both(Minutes::new(50)?));
        let session = Session::new(SessionId::from_source(&mut ids), pairing, day, outcome)
            .with_note("only the two of them can read this".to_owned());
        journal.push(program.record(&session, Stamp::midnight(day))?);
    }

    // How it goes, and the same programme again from its journal.
    let today = start + chrono::Days::new(30);
    let health = ProgramHealth::assess(program.history(), &Metrics::standard(), today)?;
    println!("\n{health}");
    assert_eq!(Program::replay(&journal)?, program);
    Ok(())
}
