//! Sessions by hand: planned, moved, held by whom and where, answered to, and nobody in two of them at once.

mod support;

use chrono::{DateTime, Utc};
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::{LapsedBy, PairingFacts, PlannedFact, SessionFact};
use reverse_mentoring::journal::{Entry, Event, Stamp};
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pair::Roles;
use reverse_mentoring::pairing::Step;
use reverse_mentoring::program::{Problem, Program, Refused, SessionProblem};
use reverse_mentoring::roster::{Level, Skill};
use reverse_mentoring::session::{
    Minutes, Outcome, PlannedSession, Response, Taught, TaughtBy, Time, Venue,
};
use support::*;

fn minutes(n: u16) -> Minutes {
    Minutes::new(n).unwrap()
}

/// `hour:minute` of day `n`, at Greenwich.
fn clock(n: i64, hour: u32, minute: u32) -> DateTime<Utc> {
    day(n).and_hms_opt(hour, minute, 0).unwrap().and_utc()
}

/// Session `id` of pairing `pairing`, on a day.
fn on_day(id: u32, pairing: u32, date: i64) -> PlannedSession {
    PlannedSession::new(session_id(id), pairing_id(pairing), day(date))
}

/// The same for an hour from `hour:minute`.
fn hour_from(id: u32, pairing: u32, date: i64, (hour, minute): (u32, u32)) -> PlannedSession {
    on_day(id, pairing, date).at(clock(date, hour, minute), minutes(60))
}

/// Four pairings from day 2 on. `ben` mentors the `cfo` (1) and `ops` (2); `ops`, who is on both sides, mentors the
/// `cto` (3), whom `ada` mentors (4).
fn kept() -> Kept {
    let company = Company::base().places("ben", 2).places("cto", 2);
    let company = company.reports("ada", "ceo").reports("ben", "ceo");
    let roster = company.roster();
    let mut kept = Kept::open(&roster);
    let pairs = [
        ("ben", "cfo"),
        ("ben", "ops"),
        ("ops", "cto"),
        ("ada", "cto"),
    ];
    kept.propose(&roster, &pairs, 1);
    for pairing in 1..=4 {
        kept.begin(pairing, 2);
    }
    kept
}

trait Verbs {
    fn passes(&mut self, done: impl FnOnce(&mut Program) -> Result<Entry, Refused>);
    fn refuses(&mut self, done: impl FnOnce(&mut Program) -> Result<Entry, Refused>)
    -> Vec<String>;
    fn plans(&mut self, planned: PlannedSession, on: i64) {
        self.passes(|p| p.plan_session(&planned, at(on)));
    }
    fn moves(&mut self, planned: PlannedSession, on: i64) {
        self.passes(|p| p.move_session(&planned, at(on)));
    }
}

impl Verbs for Kept {
    fn passes(&mut self, done: impl FnOnce(&mut Program) -> Result<Entry, Refused>) {
        let entry = done(&mut self.program).unwrap();
        self.journal.push(entry);
    }

    fn refuses(
        &mut self,
        done: impl FnOnce(&mut Program) -> Result<Entry, Refused>,
    ) -> Vec<String> {
        let before = self.program.clone();
        let refused = done(&mut self.program).unwrap_err();
        assert_eq!(self.program, before, "a refusal left a trace");
        refused.0.iter().map(ToString::to_string).collect()
    }
}

impl Kept {
    fn facts(&self, pairing: u32) -> &PairingFacts {
        self.program.history().pairing(pairing_id(pairing)).unwrap()
    }

    fn plan(&self, pairing: u32, id: u32) -> PlannedFact {
        *self.facts(pairing).planned(session_id(id)).unwrap()
    }

    fn fact(&self, pairing: u32, id: u32) -> SessionFact {
        *self.facts(pairing).session(session_id(id)).unwrap()
    }

    /// Everything comes back from the journal as text and from the record as text.
    fn comes_back(&self) {
        let lines = self.journal.iter();
        let lines = lines.map(|entry| serde_json::to_string(entry).unwrap());
        let read: Vec<Entry> = lines
            .map(|line| serde_json::from_str(&line).unwrap())
            .collect();
        assert_eq!(Program::replay(&read).unwrap(), self.program);
        let gate = Program::replay_with((), &read).unwrap();
        let record = serde_json::to_string(&self.program.to_record()).unwrap();
        let back = Program::restore(&serde_json::from_str(&record).unwrap());
        assert_eq!(back.unwrap(), gate);
    }
}

const NOTHING: [u32; 0] = [];

fn planned_ids(coming: &[PlannedSession]) -> Vec<u32> {
    let number = |plan: &PlannedSession| {
        let found = (0..100).find(|n| session_id(*n) == plan.session);
        found.unwrap()
    };
    coming.iter().map(number).collect()
}

#[test]
fn every_minute_is_somebodys() {
    // By hand: who, minutes, half minutes of the mentor, half minutes of the mentee, in one word.
    let table = [
        (
            Taught::by(Mentor, minutes(60)),
            60,
            120,
            0,
            TaughtBy::Mentor,
        ),
        (Taught::by(Mentee, minutes(1)), 1, 0, 2, TaughtBy::Mentee),
        (Taught::both(minutes(45)), 45, 45, 45, TaughtBy::Both),
        (Taught::both(minutes(1)), 1, 1, 1, TaughtBy::Both),
        (Taught::split(40, 15).unwrap(), 55, 80, 30, TaughtBy::Both),
        (Taught::split(30, 0).unwrap(), 30, 60, 0, TaughtBy::Mentor),
        (Taught::split(0, 30).unwrap(), 30, 0, 60, TaughtBy::Mentee),
        (
            Taught::split(1439, 1).unwrap(),
            1440,
            2878,
            2,
            TaughtBy::Both,
        ),
        (
            Taught::by(Mentor, minutes(1440)),
            1440,
            2880,
            0,
            TaughtBy::Mentor,
        ),
    ];
    for (taught, all, mentor, mentee, by) in table {
        assert_eq!(taught.minutes().as_u16(), all);
        assert_eq!(taught.half_minutes(Mentor), mentor);
        assert_eq!(taught.half_minutes(Mentee), mentee);
        assert_eq!(mentor + mentee, 2 * u64::from(all));
        assert_eq!(taught.taught_by(), by);
    }
    assert_eq!(Taught::split(20, 20).unwrap(), Taught::both(minutes(40)));
    for (mentor, mentee, sum) in [
        (0, 0, 0),
        (1440, 1, 1441),
        (1, 1440, 1441),
        (u16::MAX, 9, u16::MAX),
    ] {
        let error = Taught::split(mentor, mentee).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{sum} minutes is not between 1 and 1440")
        );
    }
}

#[test]
fn who_taught_is_written_once_and_read_only_as_it_can_be() {
    let written = [
        (
            Taught::by(Mentee, minutes(5)),
            r#"{"minutes":5,"taught_by":"mentee"}"#,
        ),
        (
            Taught::both(minutes(45)),
            r#"{"minutes":45,"taught_by":"both"}"#,
        ),
        (
            Taught::split(40, 15).unwrap(),
            r#"{"minutes":55,"taught_by":"both","mentor_minutes":40}"#,
        ),
        (
            Taught::split(1, 1439).unwrap(),
            r#"{"minutes":1440,"taught_by":"both","mentor_minutes":1}"#,
        ),
    ];
    for (taught, json) in written {
        assert_eq!(serde_json::to_string(&taught).unwrap(), json);
        assert_eq!(serde_json::from_str::<Taught>(json).unwrap(), taught);
    }
    // Every split comes back.
    for mentor in 0..=60 {
        let taught = Taught::split(mentor, 60 - mentor).unwrap();
        let json = serde_json::to_string(&Outcome::Held(taught)).unwrap();
        let read: Outcome = serde_json::from_str(&json).unwrap();
        assert_eq!(read.taught(), Some(taught), "{json}");
    }
    let refused = [
        (
            r#"{"minutes":60,"taught_by":"both","mentor_minutes":60}"#,
            "of 60 minutes taught by both, 60 cannot be the mentor's",
        ),
        (
            r#"{"minutes":60,"taught_by":"mentor","mentor_minutes":60}"#,
            "minutes of the mentor are named only where both taught",
        ),
        (
            r#"{"minutes":0,"taught_by":"both"}"#,
            "0 minutes is not between 1 and 1440",
        ),
    ];
    for (json, words) in refused {
        let error = serde_json::from_str::<Taught>(json).unwrap_err();
        assert!(error.to_string().starts_with(words), "{error}");
    }
}

#[test]
fn role_balance_counts_the_minutes_of_each() {
    let mut kept = kept();
    let shared = Outcome::Held(Taught::split(40, 15).unwrap());
    kept.record(&session(1, 1, 5, shared), at(5));
    kept.record(&session(2, 1, 9, held_for(45, TaughtBy::Both)), at(9));
    let health = ProgramHealth::assess(kept.program.history(), &Metrics::standard(), day(10));
    let health = health.unwrap();
    // 30 + 45 half minutes by the senior, of 2 × 100.
    let ratio = health.reading("role_balance").unwrap();
    assert_eq!((ratio.part(), ratio.whole()), (75, 200));
}

#[test]
fn where_and_at_what_instant_goes_on_record() {
    let mut kept = kept();
    let met = session(1, 1, 5, held())
        .with_start(clock(5, 9, 0))
        .with_venue(Venue::Workplace);
    kept.record(&met, at(5));
    let fact = kept.fact(1, 1);
    assert_eq!(fact.venue, Some(Venue::Workplace));
    assert!(Venue::Workplace.at_work());
    assert!(!Venue::Online.at_work() && !Venue::Elsewhere.at_work());
    let time = Time {
        starts: clock(5, 9, 0),
        minutes: minutes(60),
    };
    assert_eq!(fact.met_at(), Some(time));
    assert_eq!(time.ends(), clock(5, 10, 0));
    assert_eq!(fact.taught(), Some(Taught::by(Mentor, minutes(60))));

    // What was missed was nowhere at no time, whatever is on record of its place.
    let missed = session(2, 1, 6, MISSED)
        .with_start(clock(6, 9, 0))
        .with_venue(Venue::Online);
    kept.record(&missed, at(6));
    assert_eq!(kept.fact(1, 2).met_at(), None);
    assert_eq!(kept.fact(1, 2).starts, Some(clock(6, 9, 0)));

    // Somebody in Kiribati and somebody in Hawaii call the same instant by days of their own; nobody is two days off.
    for (n, starts) in [(3, clock(6, 10, 0)), (4, clock(8, 11, 0))] {
        kept.record(&session(n, 1, 7, held()).with_start(starts), at(8));
    }
    for starts in [clock(5, 23, 59), clock(9, 0, 0)] {
        let far = session(9, 1, 7, held()).with_start(starts);
        let why = kept.refuses(|p| p.record(&far, at(9)));
        assert_eq!(why, [format!("{starts} is not on 2026-01-08 by any clock")]);
        let why = kept.refuses(|p| p.correct(&session(1, 1, 7, held()).with_start(starts), at(9)));
        assert_eq!(why, [format!("{starts} is not on 2026-01-08 by any clock")]);
    }
    kept.comes_back();
}

#[test]
fn a_session_is_planned_moved_and_resolved_under_its_id() {
    let mut kept = kept();
    kept.plans(hour_from(1, 1, 10, (9, 0)), 3);
    kept.plans(on_day(2, 1, 12), 3);
    kept.plans(on_day(3, 1, 14), 4);
    kept.plans(on_day(4, 1, 16), 5);
    kept.moves(hour_from(1, 1, 11, (14, 0)), 9);
    kept.moves(on_day(1, 1, 13), 10);
    let plan = kept.plan(1, 1);
    assert_eq!((plan.date, plan.time, plan.lapsed), (day(13), None, None));
    let planning = plan.planning;
    assert_eq!(
        (planning.on, planning.first, planning.moves),
        (day(3), day(10), 2)
    );

    // Held on a day of its own, called off, missed, and taken back.
    kept.record(&session(1, 1, 15, held()), at(15));
    kept.record(&session(2, 1, 12, CANCELLED), at(15));
    let missed = Outcome::Missed { by: Some(Mentor) };
    kept.record(&session(3, 1, 14, missed), at(15));
    kept.passes(|p| p.void(pairing_id(1), session_id(4), at(15)));
    assert_eq!(kept.facts(1).planned, []);
    assert_eq!(kept.fact(1, 1).planned, Some(planning));
    assert_eq!(kept.fact(1, 3).outcome, missed);
    assert_eq!(kept.facts(1).sessions.len(), 3);
    assert_eq!(kept.program.pairing(pairing_id(1)).unwrap().held(), 1);

    // A correction knows of the planning, too; what is recorded without one has none.
    kept.passes(|p| p.correct(&session(1, 1, 14, held()), at(16)));
    assert_eq!(kept.fact(1, 1).planned, Some(planning));
    kept.record(&session(5, 1, 16, held()), at(16));
    assert_eq!(kept.fact(1, 5).planned, None);

    // The ids are used, that of the voided plan included.
    let taken = |n: u32| {
        format!(
            "session {} is on record already: correct it instead",
            session_id(n)
        )
    };
    for id in [1, 2, 4] {
        assert_eq!(
            kept.refuses(|p| p.plan_session(&on_day(id, 1, 20), at(16))),
            [taken(id)]
        );
        assert_eq!(
            kept.refuses(|p| p.record(&session(id, 1, 16, held()), at(16))),
            [taken(id)]
        );
    }
    kept.comes_back();
}

#[test]
fn what_cannot_be_planned_says_why() {
    let mut kept = kept();
    kept.plans(on_day(1, 1, 10), 3);
    let id = |n: u32| session_id(n);
    let why = kept.refuses(|p| p.plan_session(&on_day(1, 1, 11), at(4)));
    assert_eq!(
        why,
        [format!(
            "session {} is planned already: move it instead",
            id(1)
        )]
    );
    // Of another pairing it is somebody else's.
    let why = kept.refuses(|p| p.plan_session(&on_day(1, 2, 11), at(4)));
    assert_eq!(
        why,
        [format!(
            "session {} is on record already: correct it instead",
            id(1)
        )]
    );
    let why = kept.refuses(|p| p.record(&session(1, 2, 4, held()), at(4)));
    assert_eq!(
        why,
        [format!(
            "session {} is on record already: correct it instead",
            id(1)
        )]
    );
    let why = kept.refuses(|p| p.plan_session(&on_day(2, 1, 4), at(5)));
    assert_eq!(
        why,
        ["a session on 2026-01-05 cannot be planned on 2026-01-06, a later day"]
    );
    // On the day itself it can.
    kept.plans(on_day(2, 1, 5), 5);
    let why = kept.refuses(|p| p.plan_session(&on_day(3, 1, 1), late(1, 5)));
    assert_eq!(
        why,
        ["2026-01-02 is outside the days of the pairing, 2026-01-03 to now"]
    );
    let why = kept.refuses(|p| p.plan_session(&on_day(3, 9, 8), at(5)));
    assert_eq!(why, [format!("there is no pairing {}", pairing_id(9))]);
    // Every problem, not the first.
    let far = on_day(1, 1, 3).at(clock(9, 9, 0), minutes(30));
    let why = kept.refuses(|p| p.plan_session(&far, at(5)));
    assert_eq!(
        why,
        [
            format!("session {} is planned already: move it instead", id(1)),
            "a session on 2026-01-04 cannot be planned on 2026-01-06, a later day".to_owned(),
            "2026-01-10 09:00:00 UTC is not on 2026-01-04 by any clock".to_owned(),
        ]
    );

    // Before the two may meet, and after it is over.
    let roster = Company::base().roster();
    let mut young = Kept::open(&roster);
    young.propose(&roster, &[("ada", "cto")], 1);
    for step in &BEGIN[..5] {
        let why = young.refuses(|p| p.plan_session(&on_day(1, 1, 9), at(3)));
        assert_eq!(
            why,
            ["the pairing has not begun, so there can be no session"]
        );
        young.step(1, *step, 3);
        if *step == Step::Prepare {
            young.state(1, 3);
        }
    }
    kept.step(4, END, 6);
    for date in [6, 7] {
        let why = kept.refuses(|p| p.plan_session(&on_day(4, 4, date), at(6)));
        assert_eq!(
            why,
            ["the pairing ended on 2026-01-07, so nothing can be planned"]
        );
    }
    let why = kept.refuses(|p| p.plan_session(&on_day(4, 4, 150), at(150)));
    assert_eq!(
        why,
        [format!(
            "pairing {} ended on 2026-01-07, and its record is closed",
            pairing_id(4)
        )]
    );
    kept.comes_back();
}

#[test]
fn what_cannot_be_moved_says_why() {
    let mut kept = kept();
    kept.plans(hour_from(1, 1, 10, (9, 0)), 3);
    let id = |n: u32| session_id(n);
    let why = kept.refuses(|p| p.move_session(&hour_from(1, 1, 10, (9, 0)), at(4)));
    assert_eq!(
        why,
        [format!("session {} is planned for that very time", id(1))]
    );
    // Another time of the day is another; so is none.
    kept.moves(hour_from(1, 1, 10, (9, 30)), 4);
    kept.moves(on_day(1, 1, 10), 4);
    let why = kept.refuses(|p| p.move_session(&on_day(1, 2, 11), at(4)));
    assert_eq!(
        why,
        [format!("session {} of this pairing is not planned", id(1))]
    );
    let why = kept.refuses(|p| p.move_session(&on_day(7, 1, 11), at(4)));
    assert_eq!(
        why,
        [format!("session {} of this pairing is not planned", id(7))]
    );
    let why = kept.refuses(|p| p.move_session(&on_day(1, 1, 12), late(2, 5)));
    assert_eq!(
        why,
        [format!(
            "session {} cannot be moved on 2026-01-03: it was planned on 2026-01-04",
            id(1)
        )]
    );
    // What is only planned can neither be corrected nor answered to.
    let only = [format!(
        "session {} is planned, and nothing is on record of it yet",
        id(1)
    )];
    assert_eq!(
        kept.refuses(|p| p.correct(&session(1, 1, 4, held()), at(4))),
        only
    );
    let respond =
        |p: &mut Program| p.respond(pairing_id(1), id(1), Mentor, Response::Feedback, at(12));
    assert_eq!(kept.refuses(respond), only);
    // What has happened is not moved.
    kept.record(&session(1, 1, 10, held()), at(10));
    let why = kept.refuses(|p| p.move_session(&on_day(1, 1, 12), at(10)));
    assert_eq!(
        why,
        [format!(
            "session {} is on record already: correct it instead",
            id(1)
        )]
    );
    kept.comes_back();
}

#[test]
fn nobody_is_planned_in_two_sessions_at_once() {
    let mut kept = kept();
    // `ben` and the `cfo`, 9 to 10.
    kept.plans(hour_from(1, 1, 10, (9, 0)), 3);
    let then = "from 2026-01-11 09:00:00 UTC to 2026-01-11 10:00:00 UTC";
    // `ben` is the mentor of 2, too: a minute into the hour, a minute before its end, around it, within it.
    for (starts, length) in [
        (clock(10, 9, 59), 5),
        (clock(10, 8, 2), 59),
        (clock(10, 8, 0), 180),
        (clock(10, 9, 20), 20),
        (clock(10, 9, 0), 60),
        (clock(9, 9, 1), 1440),
    ] {
        let plan = on_day(2, 2, 10).at(starts, minutes(length));
        let why = kept.refuses(|p| p.plan_session(&plan, at(3)));
        assert_eq!(
            why,
            [format!(
                "the mentor is in session {} then, {then}",
                session_id(1)
            )],
            "{starts}, {length}"
        );
    }
    // What touches does not overlap, what has no time is nowhere, and 3 and 4 are of other people.
    kept.plans(hour_from(2, 2, 10, (8, 0)), 3);
    kept.plans(hour_from(3, 2, 10, (10, 0)), 3);
    kept.plans(on_day(4, 2, 10), 3);
    kept.plans(hour_from(5, 4, 10, (9, 0)), 3);
    // `ops` learns in 2 and teaches in 3; the `cto` is in 3 and 4: both problems, each by the role in this pairing.
    let wide = on_day(6, 3, 10).at(clock(10, 8, 30), minutes(60));
    let why = kept.refuses(|p| p.plan_session(&wide, at(3)));
    assert_eq!(
        why,
        [
            format!(
                "the mentor is in session {} then, from 2026-01-11 08:00:00 UTC to 2026-01-11 09:00:00 UTC",
                session_id(2)
            ),
            format!("the mentee is in session {} then, {then}", session_id(5)),
        ]
    );
    // Two of the same pairing: both people.
    let why = kept.refuses(|p| p.plan_session(&hour_from(6, 1, 10, (9, 0)), at(3)));
    assert_eq!(why.len(), 2);
    assert_eq!(
        why[1],
        format!("the mentee is in session {} then, {then}", session_id(1))
    );
    // Moved into somebody's hour; moved within its own.
    let why = kept.refuses(|p| p.move_session(&hour_from(2, 2, 10, (9, 30)), at(4)));
    assert_eq!(why.len(), 3, "{why:?}");
    kept.moves(hour_from(2, 2, 10, (7, 30)), 4);
    // Voided, called off or held elsewhere, the hour is free again.
    kept.passes(|p| p.void(pairing_id(1), session_id(1), at(4)));
    kept.moves(hour_from(2, 2, 10, (9, 0)), 4);
    kept.record(&session(2, 2, 10, CANCELLED), at(5));
    kept.plans(hour_from(7, 1, 10, (9, 0)), 5);
    kept.comes_back();
}

#[test]
fn days_of_different_calendars_overlap_at_one_instant() {
    // The 11th and the 9th of two calendars meet on the 10th at Greenwich.
    let mut kept = kept();
    let noon = clock(10, 12, 0);
    kept.plans(on_day(1, 1, 11).at(noon, minutes(60)), 3);
    let plan = on_day(2, 2, 9).at(noon, minutes(1));
    let why = kept.refuses(|p| p.plan_session(&plan, at(3)));
    let then = "from 2026-01-11 12:00:00 UTC to 2026-01-11 13:00:00 UTC";
    assert_eq!(
        why,
        [format!(
            "the mentor is in session {} then, {then}",
            session_id(1)
        )]
    );
    // A day long, from the evening before on a day behind: three days apart by name, a minute together.
    let long = on_day(3, 2, 8).at(clock(9, 12, 1), minutes(1440));
    let why = kept.refuses(|p| p.plan_session(&long, at(3)));
    assert_eq!(
        why,
        [format!(
            "the mentor is in session {} then, {then}",
            session_id(1)
        )]
    );
    kept.plans(on_day(3, 2, 8).at(clock(9, 12, 0), minutes(1440)), 3);
}

#[test]
fn nobody_was_in_two_sessions_at_once() {
    let mut kept = kept();
    let met = |id, pairing, starts| session(id, pairing, 5, held()).with_start(starts);
    kept.record(&met(1, 1, clock(5, 9, 0)), at(5));
    let why = kept.refuses(|p| p.record(&met(2, 2, clock(5, 9, 59)), at(5)));
    let then = "from 2026-01-06 09:00:00 UTC to 2026-01-06 10:00:00 UTC";
    let overlap = [format!(
        "the mentor is in session {} then, {then}",
        session_id(1)
    )];
    assert_eq!(why, overlap);
    kept.record(&met(2, 2, clock(5, 10, 0)), at(5));
    // Corrected into the other's hour, by its start or by its length.
    let why = kept.refuses(|p| p.correct(&met(2, 2, clock(5, 9, 30)), at(6)));
    assert_eq!(why, overlap);
    let longer = Outcome::Held(Taught::both(minutes(61)));
    let longer = session(1, 1, 5, longer).with_start(clock(5, 9, 0));
    let why = kept.refuses(|p| p.correct(&longer, at(6)));
    assert_eq!(
        why,
        [format!(
            "the mentor is in session {} then, from 2026-01-06 10:00:00 UTC to 2026-01-06 11:00:00 UTC",
            session_id(2)
        )]
    );
    // Corrected within its own hour it is in nobody's way; neither is what was missed, or has no instant.
    kept.passes(|p| p.correct(&met(1, 1, clock(5, 8, 59)), at(6)));
    kept.record(&session(3, 2, 5, MISSED).with_start(clock(5, 9, 0)), at(6));
    kept.record(&session(4, 2, 5, held()), at(6));

    // Plans do not bind what happened: they met at an hour at which one of them was to be elsewhere.
    kept.plans(hour_from(5, 1, 7, (9, 0)), 6);
    let instead = session(6, 2, 7, held()).with_start(clock(7, 9, 0));
    kept.record(&instead, at(7));
    // But what happened binds plans.
    let why = kept.refuses(|p| p.plan_session(&hour_from(7, 1, 7, (9, 30)), at(7)));
    assert_eq!(
        why,
        [
            format!(
                "the mentor is in session {} then, from 2026-01-08 09:00:00 UTC to 2026-01-08 10:00:00 UTC",
                session_id(5)
            ),
            format!(
                "the mentor is in session {} then, from 2026-01-08 09:00:00 UTC to 2026-01-08 10:00:00 UTC",
                session_id(6)
            ),
            format!(
                "the mentee is in session {} then, from 2026-01-08 09:00:00 UTC to 2026-01-08 10:00:00 UTC",
                session_id(5)
            ),
        ]
    );
    kept.comes_back();

    // Of a pairing that is over, too, until its record is closed.
    kept.step(1, END, 8);
    let why = kept.refuses(|p| p.record(&met(8, 2, clock(5, 9, 0)), at(9)));
    assert_eq!(why.len(), 1, "{why:?}");
    kept.record(&met(8, 2, clock(5, 9, 0)), late(9, 101));
    kept.comes_back();
}

#[test]
fn what_was_planned_for_later_falls_away_with_a_pause() {
    let mut kept = kept();
    kept.plans(hour_from(1, 1, 8, (9, 0)), 3);
    kept.plans(hour_from(2, 1, 10, (9, 0)), 3);
    kept.plans(hour_from(3, 1, 12, (9, 0)), 3);
    kept.plans(hour_from(4, 1, 20, (9, 0)), 3);
    kept.step(1, Step::Pause, 10);
    // What was before it, or on its day, may have been: it stands, and waits to be resolved.
    let lapsed = |kept: &Kept, id| kept.plan(1, id).lapsed.map(|l| (l.on, l.by));
    assert_eq!((lapsed(&kept, 1), lapsed(&kept, 2)), (None, None));
    let pause = Some((day(10), LapsedBy::Pause));
    assert_eq!((lapsed(&kept, 3), lapsed(&kept, 4)), (pause, pause));
    let coming = kept.program.planned(pairing_id(1), day(0));
    assert_eq!(planned_ids(&coming), [1, 2]);
    let unresolved: Vec<_> = kept.facts(1).unresolved(day(10)).map(|p| p.id).collect();
    assert_eq!(unresolved, [session_id(1)]);

    // Nothing is planned into the pause; on the day on which it began, late, it can be.
    let why = kept.refuses(|p| p.plan_session(&on_day(5, 1, 11), at(10)));
    assert_eq!(why, ["the pairing was held up on 2026-01-12"]);
    let why = kept.refuses(|p| p.move_session(&on_day(3, 1, 13), at(11)));
    assert_eq!(why, ["the pairing was held up on 2026-01-14"]);
    // The time of what fell away is free for others.
    kept.plans(hour_from(6, 2, 20, (9, 0)), 11);

    // They go on: nothing comes back by itself. It can be put back, on its day or another, or recorded as it was.
    kept.step(1, Step::Resume, 15);
    assert_eq!(lapsed(&kept, 4), pause);
    assert_eq!(
        planned_ids(&kept.program.planned(pairing_id(1), day(15))),
        NOTHING
    );
    let why = kept.refuses(|p| p.move_session(&hour_from(4, 1, 20, (9, 0)), at(15)));
    assert_eq!(
        why,
        [format!(
            "the mentor is in session {} then, from 2026-01-21 09:00:00 UTC to 2026-01-21 10:00:00 UTC",
            session_id(6)
        )]
    );
    kept.passes(|p| p.void(pairing_id(2), session_id(6), at(15)));
    kept.moves(hour_from(4, 1, 20, (9, 0)), 15);
    let plan = kept.plan(1, 4);
    assert_eq!((plan.lapsed, plan.planning.moves), (None, 1));
    kept.record(&session(3, 1, 16, held()), at(16));
    let planning = kept.fact(1, 3).planned.unwrap();
    assert_eq!((planning.first, planning.moves), (day(12), 0));
    kept.comes_back();
}

#[test]
fn what_was_planned_falls_away_with_a_suspension_and_an_end() {
    let base = Company::base().places("ben", 2).places("cto", 2);
    let base = base.reports("ada", "ceo").reports("ben", "ceo");
    let mut kept = kept();
    for (id, pairing) in [(1, 1), (2, 2), (3, 3), (4, 4)] {
        kept.plans(on_day(id, pairing, 20), 3);
    }
    kept.record(&session(9, 4, 12, held()), at(12));
    // `ada` comes below the `cto`, `ben` leaves; both known late. What happened since stands.
    let changed = base.reports("ada", "cto").side("ben", None).roster();
    kept.passes(|p| p.reorganise(&changed, late(10, 13)));
    let lapsed = |kept: &Kept, pairing| kept.plan(pairing, pairing).lapsed.map(|l| (l.on, l.by));
    assert_eq!(lapsed(&kept, 1), Some((day(10), LapsedBy::End)));
    assert_eq!(lapsed(&kept, 2), Some((day(10), LapsedBy::End)));
    assert_eq!(lapsed(&kept, 3), None);
    assert_eq!(lapsed(&kept, 4), Some((day(12), LapsedBy::Suspension)));
    // An end on the day of a plan leaves it to be resolved; the first reason stays.
    kept.step(4, END, 19);
    assert_eq!(lapsed(&kept, 4), Some((day(12), LapsedBy::Suspension)));
    kept.step(3, END, 20);
    assert_eq!(lapsed(&kept, 3), None);
    kept.record(&session(3, 3, 20, MISSED), at(25));
    let why = kept.refuses(|p| p.move_session(&on_day(1, 1, 30), at(25)));
    assert_eq!(
        why,
        ["the pairing ended on 2026-01-11, so nothing can be planned"]
    );
    kept.comes_back();
    let words = [LapsedBy::Pause, LapsedBy::Suspension, LapsedBy::End].map(LapsedBy::as_str);
    assert_eq!(words, ["pause", "suspension", "end"]);
}

#[test]
fn the_plans_of_what_is_over_are_in_nobodys_way() {
    let mut kept = kept();
    kept.plans(hour_from(1, 1, 10, (9, 0)), 3);
    kept.step(1, END, 10);
    assert!(kept.plan(1, 1).stands());
    kept.plans(hour_from(2, 2, 10, (9, 30)), 10);
    kept.comes_back();
}

#[test]
fn what_is_coming_is_told_by_day_and_time() {
    let mut kept = kept();
    kept.plans(on_day(1, 1, 10), 3);
    kept.plans(hour_from(2, 1, 10, (14, 0)), 3);
    kept.plans(hour_from(3, 1, 9, (9, 0)), 3);
    kept.plans(hour_from(4, 2, 10, (9, 0)), 3);
    kept.plans(on_day(5, 3, 5), 3);
    let of = |kept: &Kept, pairing, from| {
        planned_ids(&kept.program.planned(pairing_id(pairing), day(from)))
    };
    assert_eq!(of(&kept, 1, 0), [3, 2, 1]);
    assert_eq!(of(&kept, 1, 10), [2, 1]);
    assert_eq!(of(&kept, 1, 11), NOTHING);
    assert_eq!(of(&kept, 77, 0), NOTHING);
    let all = |kept: &Kept, person, from| {
        planned_ids(&kept.program.planned_of(person_id(person), day(from)))
    };
    // `ben` in both of his, `ops` in both of hers whatever the role, the `cfo` in one, the `ceo` in none.
    assert_eq!(all(&kept, 2, 0), [3, 4, 2, 1]);
    assert_eq!(all(&kept, 6, 0), [5, 4]);
    assert_eq!(all(&kept, 5, 10), [2, 1]);
    assert_eq!(all(&kept, 0, 0), NOTHING);
    // The same from a gate that came back without a history.
    let gate = Program::restore(&kept.program.to_record()).unwrap();
    assert_eq!(
        gate.planned_of(person_id(2), day(0)),
        kept.program.planned_of(person_id(2), day(0))
    );
    // A year on, their record closed, nothing is left.
    kept.step(1, END, 11);
    kept.step(2, END, 200);
    assert_eq!(of(&kept, 1, 0), NOTHING);
    assert_eq!(all(&kept, 5, 0), NOTHING);
}

#[test]
fn feedback_and_recognition_come_later_once_and_stay() {
    let mut kept = kept();
    let (pairing, one) = (pairing_id(1), session_id(1));
    kept.record(&session(1, 1, 5, held()).with_feedback_from(Mentor), at(5));
    let respond = |from: Role, what, stamp: Stamp| {
        move |p: &mut Program| p.respond(pairing, one, from, what, stamp)
    };
    let why = kept.refuses(respond(Mentor, Response::Feedback, at(6)));
    assert_eq!(
        why,
        [format!(
            "feedback from the mentor for session {one} is on record already"
        )]
    );
    kept.passes(respond(Mentee, Response::Feedback, at(6)));
    kept.passes(respond(Mentee, Response::Recognition, at(7)));
    let why = kept.refuses(respond(Mentee, Response::Recognition, at(8)));
    assert_eq!(
        why,
        [format!(
            "recognition from the mentee for session {one} is on record already"
        )]
    );
    let fact = kept.fact(1, 1);
    assert_eq!(fact.feedback_from, Roles::BOTH);
    assert_eq!(fact.recognition_from, Roles::NONE.with(Mentee));

    // A correction of the minutes takes nothing back, and may add.
    let corrected = session(1, 1, 4, held_for(30, TaughtBy::Both)).with_recognition_from(Mentor);
    kept.passes(|p| p.correct(&corrected, at(9)));
    let fact = kept.fact(1, 1);
    assert_eq!((fact.date, fact.feedback_from), (day(4), Roles::BOTH));
    assert_eq!(fact.recognition_from, Roles::BOTH);

    // What was called off for a day to come can be answered to at once; what was missed, from its day on.
    kept.record(&session(2, 1, 30, CANCELLED), at(9));
    kept.passes(|p| p.respond(pairing, session_id(2), Mentor, Response::Feedback, at(9)));
    kept.record(&session(3, 1, 9, MISSED), at(9));
    let early = |p: &mut Program| {
        p.respond(
            pairing,
            session_id(3),
            Mentor,
            Response::Feedback,
            late(8, 9),
        )
    };
    assert_eq!(
        kept.refuses(early),
        ["feedback on 2026-01-09 is before the session on 2026-01-10"]
    );
    kept.passes(|p| p.respond(pairing, session_id(3), Mentor, Response::Feedback, at(9)));

    // Of whom, and until when.
    let stranger =
        |p: &mut Program| p.respond(pairing_id(2), one, Mentor, Response::Feedback, at(9));
    assert_eq!(
        kept.refuses(stranger),
        [format!("there is no session {one} of this pairing")]
    );
    let nobody = |p: &mut Program| p.respond(pairing_id(9), one, Mentor, Response::Feedback, at(9));
    assert_eq!(
        kept.refuses(nobody),
        [format!("there is no pairing {}", pairing_id(9))]
    );
    kept.step(1, END, 31);
    kept.passes(|p| p.respond(pairing, session_id(2), Mentee, Response::Feedback, at(123)));
    let closed = |p: &mut Program| {
        p.respond(
            pairing,
            session_id(2),
            Mentee,
            Response::Recognition,
            at(124),
        )
    };
    assert_eq!(
        kept.refuses(closed),
        [format!(
            "pairing {pairing} ended on 2026-02-01, and its record is closed"
        )]
    );
    kept.comes_back();
}

#[test]
fn plans_change_no_reading_of_health_and_a_response_that_of_its_rate() {
    let mut kept = kept();
    kept.record(&session(1, 1, 5, held()), at(5));
    kept.record(&session(2, 2, 6, MISSED), at(6));
    let read = |kept: &Kept| {
        let health = ProgramHealth::assess(kept.program.history(), &Metrics::standard(), day(40));
        serde_json::to_string(&health.unwrap().to_record(|id| id.to_string())).unwrap()
    };
    let before = read(&kept);
    kept.plans(on_day(3, 1, 20), 7);
    kept.plans(on_day(4, 2, 45), 7);
    kept.moves(on_day(3, 1, 30), 8);
    assert_eq!(read(&kept), before);
    kept.passes(|p| {
        p.respond(
            pairing_id(1),
            session_id(1),
            Mentee,
            Response::Recognition,
            at(9),
        )
    });
    let rate = |part: u8, value: &str| {
        format!(r#""id":"mentee_recognition","numerator":{part},"denominator":1,"value":"{value}""#)
    };
    let (none, one) = (rate(0, "0.0000"), rate(1, "1.0000"));
    assert!(before.contains(&none));
    assert_eq!(read(&kept), before.replace(&none, &one));
}

#[test]
fn nothing_pauses_or_ends_before_progress_on_record() {
    let mut kept = kept();
    let skill = || Skill::new("video").unwrap();
    let level = Level::new(2).unwrap();
    kept.passes(|p| p.progress(pairing_id(1), Mentee, skill(), level, at(9)));
    for step in [Step::Pause, END] {
        let why = kept.refuses(|p| p.advance(pairing_id(1), step, late(8, 10)));
        assert_eq!(
            why,
            ["2026-01-09 is before a check-in on record, that of 2026-01-10"]
        );
    }
    // A reorganisation that is known late takes hold from that day on.
    kept.passes(|p| {
        p.progress(pairing_id(4), Mentor, skill(), level, at(9))
            .or_else(|_| p.progress(pairing_id(4), Mentee, skill(), level, at(9)))
    });
    let base = Company::base().places("ben", 2).places("cto", 2);
    let base = base.reports("ben", "ceo").reports("ada", "cto");
    kept.passes(|p| p.reorganise(&base.roster(), late(5, 10)));
    assert_eq!(kept.facts(4).holds[0].from, day(9));
    kept.step(1, Step::Pause, 10);
    kept.comes_back();
    // A record cannot claim what the gate refuses.
    let mut record = serde_json::to_value(kept.program.to_record()).unwrap();
    record["pairings"][3]["holds"][0]["from"] = serde_json::json!("2026-01-06");
    let back = Program::restore(&serde_json::from_value(record).unwrap()).unwrap_err();
    assert_eq!(
        back.to_string(),
        format!(
            "pairing {}: the mentor's goal in `video`: nothing can be on record of 2026-01-10",
            pairing_id(4)
        )
    );
}

#[test]
fn a_role_is_in_a_set_or_not() {
    assert!(Roles::NONE.is_empty() && !Roles::NONE.is_both());
    for role in [Mentor, Mentee] {
        let one = Roles::NONE.with(role);
        assert!(one.contains(role) && !one.contains(role.other()));
        assert!(!one.is_empty() && !one.is_both());
        assert_eq!(one.with(role), one);
        assert_eq!(one.or(Roles::NONE.with(role.other())), Roles::BOTH);
        assert_eq!(one.or(Roles::NONE), one);
        assert_eq!(one.iter().collect::<Vec<_>>(), [role]);
        let json = serde_json::to_string(&one).unwrap();
        assert_eq!(json, format!("[\"{role}\"]"));
        assert_eq!(serde_json::from_str::<Roles>(&json).unwrap(), one);
    }
    assert_eq!(Roles::BOTH.iter().collect::<Vec<_>>(), [Mentor, Mentee]);
    assert_eq!([Mentee, Mentor].into_iter().collect::<Roles>(), Roles::BOTH);
}

#[test]
fn a_planned_session_is_what_the_journal_says() {
    let mut kept = kept();
    kept.plans(hour_from(1, 1, 10, (9, 0)), 3);
    let entry = kept.journal.last().unwrap();
    let Event::SessionPlanned(planned) = &entry.event else {
        panic!("{entry:?}")
    };
    assert_eq!(*planned, hour_from(1, 1, 10, (9, 0)));
    assert_eq!(
        serde_json::to_string(&entry.event).unwrap(),
        format!(
            r#"{{"event":"session_planned","session":"{}","pairing":"{}","date":"2026-01-11","time":{{"starts":"2026-01-11T09:00:00Z","minutes":60}}}}"#,
            session_id(1),
            pairing_id(1)
        )
    );
    let refused = kept
        .program
        .plan_session(&on_day(1, 1, 12), at(4))
        .unwrap_err();
    assert_eq!(
        refused.0,
        [Problem::Session(SessionProblem::AlreadyPlanned(
            session_id(1)
        ))]
    );
}

/// The word for it is the code by which it is stored.
#[test]
fn codes_are_what_is_written() {
    for (by, code) in [
        (TaughtBy::Mentor, "mentor"),
        (TaughtBy::Mentee, "mentee"),
        (TaughtBy::Both, "both"),
    ] {
        assert_eq!((by.as_str(), by.to_string().as_str()), (code, code));
        assert_eq!(serde_json::to_value(by).unwrap(), code);
    }
    for (venue, code) in [
        (Venue::Workplace, "workplace"),
        (Venue::Online, "online"),
        (Venue::Elsewhere, "elsewhere"),
    ] {
        assert_eq!((venue.as_str(), venue.to_string().as_str()), (code, code));
        assert_eq!(serde_json::to_value(venue).unwrap(), code);
        assert_eq!(venue.at_work(), venue == Venue::Workplace);
    }
}
