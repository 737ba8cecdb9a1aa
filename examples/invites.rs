//! Invitations to a planned session: announced, moved, and cancelled as a pause lets it fall away.
//!
//! `cargo run --features calendar --example invites`

use std::error::Error;

use chrono::{DateTime, Days, NaiveDate, Utc};
use reverse_mentoring::calendar::{Invite, Mailbox};
use reverse_mentoring::prelude::*;
use reverse_mentoring::session::PlannedSession;
use reverse_mentoring::testing::{self, Company};

mod support;
use support::{Args, fail};

const USAGE: &str = "\
invites

Prints the messages for the calendars of two people: one that invites to a planned session, one that moves it, and one that
takes it back.

Exit 0, 2 for a command line that cannot be used.";

/// What a host does with a plan: the mailboxes are its own, the library knows none.
fn invite(
    program: &Program,
    pairing: PairingId,
    stamped: DateTime<Utc>,
) -> Result<Invite, Box<dyn Error>> {
    let history = program.history();
    let facts = history.pairing(pairing).ok_or("no such pairing")?;
    let plan = facts.planned.first().ok_or("nothing is planned")?;
    let office = Mailbox::new("mentoring@example.com")?.named(Label::new("Mentoring office")?);
    let ada = Mailbox::new("ada@example.com")?.named(Label::new("Byron, Ada \"Countess\"")?);
    let invite = Invite::of(
        plan,
        office,
        ada,
        Label::new("Reverse mentoring, 60 minutes")?,
        stamped,
    )?;
    Ok(invite
        .with_attendee(Mailbox::new("o'neil@example.com")?.named(Label::new("Seán O'Neil")?))
        .with_place(Label::new("Room 2; or by video")?)
        .with_description("Bring one question each.\nWhat is said stays between the two of you.")?)
}

fn main() {
    Args::parse(USAGE, &[], &[], 0);
    if let Err(error) = messages() {
        fail(error);
    }
}

fn messages() -> Result<(), Box<dyn Error>> {
    let mut ids = SequentialIds::new(1);
    let company = Company::sample()?;
    let roster = company.roster();
    let start = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let on = |day: u64| Stamp::midnight(start + Days::new(day));
    let (mut program, _) = Program::open(
        ProgramId::from_source(&mut ids),
        roster,
        Load::DEFAULT,
        on(0),
    )?;
    testing::launch(&mut program, roster, on(0), &mut ids)?;
    let (policy, context) = (Policy::standard(), program.context(start));
    let may = Eligibility::new(roster, &policy, &context);
    let plan = plan(&may, &Criteria::standard(), &Optimal::most_pairs())?;
    let approved = plan.approve(CoordinatorId::from_source(&mut ids));
    program.propose_all(&approved, Cadence::MONTHLY, on(0), &mut ids)?;
    let pairing = program.open_pairings().next().ok_or("no pairs")?.id();
    testing::begin(&mut program, pairing, on(1))?;

    let id = SessionId::from_source(&mut ids);
    let hour = Minutes::new(60)?;
    let planned = PlannedSession::new(id, pairing, on(10).on);
    let planned = planned.at("2026-01-15T12:00:00Z".parse()?, hour);
    program.plan_session(&planned, on(2))?;
    println!(
        "-- planned\n{}",
        invite(&program, pairing, on(2).recorded_at)?.request()
    );

    let moved = PlannedSession::new(id, pairing, on(12).on);
    let moved = moved.at("2026-01-17T15:30:00Z".parse()?, hour);
    program.move_session(&moved, on(3))?;
    println!(
        "-- moved\n{}",
        invite(&program, pairing, on(3).recorded_at)?.request()
    );

    program.advance(pairing, Step::Pause, on(4))?;
    println!(
        "-- paused, and it falls away\n{}",
        invite(&program, pairing, on(4).recorded_at)?.cancellation()
    );
    Ok(())
}
