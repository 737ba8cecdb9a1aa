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

    // What the programme is launched with, and people who enrol of their own wish.
    let start = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let (policy, coordinator) = (Policy::standard(), CoordinatorId::from_source(&mut ids));
    let charter = Charter::new(CharterDraft {
        purpose: Some(Label::new("digital fluency, 2026")?),
        sponsor: Some(Sponsor::new(SponsorId::from_source(&mut ids))),
        starts: Some(start),
        ends: NaiveDate::from_ymd_opt(2026, 7, 3),
        curriculum: Some(Curriculum::new(Label::new("basics")?, Label::new("2026")?)),
        // Hours a month; hours for the training; hours to prepare.
        budget: Some(Budget::new("1.5".parse()?, "2".parse()?, "1".parse()?)?),
        cadence: Some(Cadence::MONTHLY),
        policy: Some(policy.rules().map(|rule| rule.id()).collect()),
        approved_by: Some(coordinator),
        contact: Some(ContactId::from_source(&mut ids)), // who hears of concerns in confidence
        chemistry: None,                                 // two sessions or 60 days
    })?;
    let training = charter.curriculum().training();
    let now = Stamp::midnight(start);
    let id = ProgramId::from_source(&mut ids);
    let (mut program, opening) = Program::open(id, &roster, Load::default(), now)?;
    let mut journal = vec![opening]; // what a product stores
    let days = CohortDays::between(start, charter.ends())?;
    let cohort = Cohort::new(CohortId::from_source(&mut ids), days);
    let everybody = || roster.participants().iter().map(Participant::id);
    let answers = everybody().map(|person| (person, Readiness::confirmed()));
    journal.push(program.enrol(cohort.id(), answers, now)?);
    journal.push(program.launch(charter, cohort, now)?);

    // May they? A proof, or every reason why not.
    let (context, criteria) = (program.context(start), Criteria::standard());
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

    // A named coordinator approves, all are trained, both sides accept and sign, and they meet.
    journal.push(program.trained(training, everybody(), now)?);
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
        ] {
            journal.push(program.advance(pairing, step, now)?);
        }
        // How each likes to talk, and what they want to know of the other: part of what they sign.
        for by in [mentor, mentee] {
            let terms = Terms::new(
                [Preference::InPerson, Preference::Direct],
                [Area::Experience],
            )?;
            journal.push(program.state(pairing, by, terms, now)?);
        }
        for step in [
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
