//! Every metric that ships, worked by hand at its edges, and judged on random lives by one that knows nothing of `History`.

mod support;

#[path = "support/life.rs"]
mod life;

#[path = "health_metrics/every.rs"]
mod every;
#[path = "health_metrics/judge.rs"]
mod judge;
#[path = "health_metrics/random.rs"]
mod random;

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::charter::{Charter, Milestone, Sponsor, Training};
use reverse_mentoring::health::{Contribution, Metric};
use reverse_mentoring::health::{
    FirstSession, LongWaits, Metrics, ProgramHealth, RoleBalanceAlert, UnitView,
};
use reverse_mentoring::history::{History, LoggedPairing};
use reverse_mentoring::ids::{PairingId, SequentialIds};
use reverse_mentoring::journal::Stamp;
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::{DropReason, EndReason, GoalChange, GoalRef, Step};
use reverse_mentoring::policy::{Context, PluginId};
use reverse_mentoring::roster::{Level, Roster, Skill};
use reverse_mentoring::session::{Outcome, Response, Session, Taught, TaughtBy, Venue};
use reverse_mentoring::testing;
use reverse_mentoring::text::Label;
use support::*;

fn by(metrics: &Metrics, history: &History, metric: &str, as_of: i64) -> (u64, u64) {
    let health = ProgramHealth::assess(history, metrics, day(as_of)).unwrap();
    let ratio = health.reading(metric).unwrap();
    (ratio.part(), ratio.whole())
}

fn of_logs(logs: &[LoggedPairing], metric: &str, as_of: i64) -> (u64, u64) {
    let (health, _) = health_of(logs, &Company::base().roster(), as_of);
    let ratio = health.reading(metric).unwrap();
    (ratio.part(), ratio.whole())
}

/// A live programme whose pairings are proposed on day 1; what is read of it.
fn live(pairs: &[(&str, &str)]) -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, pairs, 1);
    kept
}

impl Kept {
    fn reads(&self, metric: &str, as_of: i64) -> (u64, u64) {
        by(&Metrics::standard(), self.program.history(), metric, as_of)
    }

    /// What is read on each of these days.
    fn on(&self, metric: &str, expected: &[(i64, (u64, u64))]) {
        for (as_of, ratio) in expected {
            assert_eq!(
                self.reads(metric, *as_of),
                *ratio,
                "{metric} on day {as_of}"
            );
        }
    }

    fn goal(&mut self, pairing: u32, learner: Role, skill: &str, change: GoalChange, on: i64) {
        self.goal_late(pairing, learner, skill, change, at(on));
    }

    fn goal_late(
        &mut self,
        pairing: u32,
        learner: Role,
        skill: &str,
        change: GoalChange,
        stamp: Stamp,
    ) {
        let goal = GoalRef::learning(learner, Skill::new(skill).unwrap());
        let program = &mut self.program;
        let entry = program.change_goal(pairing_id(pairing), goal, change, stamp);
        self.journal.push(entry.unwrap());
    }

    /// The level aimed at is found, and the two call the goal achieved.
    fn achieve(&mut self, pairing: u32, learner: Role, skill: &str, stamp: Stamp) {
        let level = Level::new(if skill == "budget" { 4 } else { 3 }).unwrap();
        for change in [GoalChange::CheckedIn { level }, GoalChange::Achieved] {
            self.goal_late(pairing, learner, skill, change, stamp);
        }
    }

    fn respond(&mut self, pairing: u32, session: u32, from: Role, response: Response, on: i64) {
        let (pairing, session) = (pairing_id(pairing), session_id(session));
        let entry = self
            .program
            .respond(pairing, session, from, response, at(on));
        self.journal.push(entry.unwrap());
    }

    /// Holds two sessions on the two days and settles on the second.
    fn settled(&mut self, pairing: u32, days: [i64; 2]) {
        for (n, on) in days.into_iter().enumerate() {
            let id = 100 * pairing + n as u32;
            self.record(&session(id, pairing, on, held()), at(on));
        }
        self.step(pairing, Step::Settle, days[1]);
    }
}

#[test]
fn cancellations_and_no_shows_by_side() {
    let roster = Company::base().roster();
    let cancelled = |by| Outcome::Cancelled { by };
    let missed = |by| Outcome::Missed { by };
    let mut log = logged(&roster, "p", ("ada", "cto"), 0);
    log.sessions = logged_sessions(&[
        (1, cancelled(None)),
        (2, held()),
        (3, cancelled(Some(Mentor))),
        (4, cancelled(Some(Mentee))),
        (5, missed(None)),
        (6, missed(Some(Mentor))),
        (7, cancelled(Some(Mentee))),
        (8, held()),
        (9, missed(Some(Mentee))),
    ]);
    let logs = [log];
    let all = [
        "mentor_cancellations",
        "mentee_cancellations",
        "mentor_no_shows",
        "mentee_no_shows",
    ];
    for (as_of, parts, whole) in [
        (1, [0, 0, 0, 0], 0), // nobody knows who: no data
        (2, [0, 0, 0, 0], 1),
        (3, [1, 0, 0, 0], 2),
        (4, [1, 1, 0, 0], 3),
        (5, [1, 1, 0, 0], 3),
        (6, [1, 1, 1, 0], 4),
        (9, [1, 2, 1, 1], 7),
    ] {
        let read = all.map(|metric| of_logs(&logs, metric, as_of));
        assert_eq!(read, parts.map(|part| (part, whole)), "day {as_of}");
    }
}

#[test]
fn the_first_session_within_so_many_days() {
    let roster = Company::base().roster();
    let log = |first: Option<i64>, ended: Option<i64>| {
        let mut log = logged(&roster, "p", ("ada", "cto"), 5);
        let sessions = first.map(|on| [(6, MISSED), (on, held()), (on + 1, held())]);
        log.sessions = logged_sessions(sessions.as_ref().map_or(&[][..], |s| s));
        log.ended = ended.map(|on| (day(on), None));
        [log]
    };
    for (first, ended, as_of, expected) in [
        (Some(10), None, 41, (0, 0)), // 36 days: it met, and yet it does not count
        (Some(10), None, 42, (1, 1)),
        (Some(42), None, 42, (1, 1)),
        (Some(43), None, 42, (0, 1)),
        (Some(43), None, 50, (0, 1)),
        (None, None, 42, (0, 1)),
        (None, Some(9), 41, (0, 0)), // over before, and the days are not
        (None, Some(9), 42, (0, 1)),
        (Some(8), Some(9), 42, (1, 1)),
    ] {
        let read = of_logs(&log(first, ended), "first_session", as_of);
        assert_eq!(read, expected, "{first:?} {ended:?} {as_of}");
    }
    let ten = Metrics::none().with(FirstSession::within(10));
    let (_, adopted) = health_of(&log(Some(16), None), &roster, 15);
    for (as_of, expected) in [(14, (0, 0)), (15, (0, 1)), (16, (0, 1))] {
        assert_eq!(by(&ten, &adopted.history, "first_session", as_of), expected);
    }
    let definition = FirstSession::within(10).definition().to_owned();
    let words = "pairings that met within 10 days of their start / pairings that started 10 days ago or earlier";
    assert_eq!(definition, words);
}

#[test]
fn load_within_the_budget_of_the_months_begun() {
    // Twenty hours a month are 1,200 minutes; ada and cto begin on day 10.
    let mut kept = live(&[("ada", "cto"), ("ben", "cfo")]);
    kept.begin(1, 10);
    let hold = |kept: &mut Kept, n, on, minutes| {
        let outcome = held_for(minutes, TaughtBy::Both);
        kept.record(&session(n, 1, on, outcome), at(on));
    };
    hold(&mut kept, 1, 12, 1200);
    hold(&mut kept, 2, 13, 1);
    kept.record(&session(3, 1, 14, CANCELLED), at(14));
    kept.on(
        "load_within_budget",
        &[
            (9, (0, 0)),
            (10, (1, 1)),
            (12, (1, 1)),
            (13, (0, 1)),
            (39, (0, 1)), // the 30th day of the first month
            (40, (1, 1)),
        ],
    );
    hold(&mut kept, 4, 41, 1199);
    hold(&mut kept, 5, 45, 1);
    kept.step(1, END, 50);
    kept.on(
        "load_within_budget",
        &[(41, (1, 1)), (45, (0, 1)), (50, (0, 1)), (500, (0, 1))],
    );
    // A log has no budget.
    let roster = Company::base().roster();
    let log = logged(&roster, "p", ("ada", "cto"), 0);
    assert_eq!(of_logs(&[log], "load_within_budget", 50), (0, 0));
}

#[test]
fn an_alert_after_three_sessions_alike() {
    let roster = Company::base().roster();
    let (m, e, b) = (
        held_for(60, TaughtBy::Mentor),
        held_for(60, TaughtBy::Mentee),
        held_for(60, TaughtBy::Both),
    );
    let split = Outcome::Held(Taught::split(59, 1).unwrap());
    let log = |sessions: &[Outcome]| {
        let mut log = logged(&roster, "p", ("ada", "cto"), 0);
        let days = (1..).zip(sessions.iter().copied());
        log.sessions = logged_sessions(&days.collect::<Vec<_>>());
        [log]
    };
    for (sessions, expected) in [
        (&[m, m][..], (0, 0)),
        (&[m, m, m], (1, 1)),
        (&[e, e, e], (1, 1)),
        (&[b, b, b], (0, 1)),
        (&[m, m, e], (0, 1)),
        (&[e, m, m, m], (1, 1)),
        (&[m, m, m, b], (0, 1)),
        (&[m, m, split], (0, 1)),
        (&[m, m, MISSED, CANCELLED], (0, 0)),
        (&[m, m, MISSED, m, CANCELLED], (1, 1)),
        (&[e, e, e, m, m], (0, 1)),
    ] {
        let read = of_logs(&log(sessions), "role_balance_alert", 30);
        assert_eq!(read, expected, "{sessions:?}");
    }
    // The day itself counts, and no later one.
    let (_, adopted) = health_of(&log(&[m, m, m, e]), &roster, 30);
    for (on, expected) in [(2, (0, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 1))] {
        let standard = Metrics::standard();
        let read = by(&standard, &adopted.history, "role_balance_alert", on);
        assert_eq!(read, expected, "on {on}");
    }
    // One that has ended needs no alert.
    let mut over = log(&[m, m, m]);
    over[0].ended = Some((day(20), None));
    assert_eq!(of_logs(&over, "role_balance_alert", 19), (1, 1));
    assert_eq!(of_logs(&over, "role_balance_alert", 20), (0, 0));
    let (_, adopted) = health_of(&log(&[e, m, m]), &roster, 30);
    for (sessions, expected) in [(0, (1, 1)), (2, (1, 1)), (3, (0, 1)), (4, (0, 0))] {
        let metrics = Metrics::none().with(RoleBalanceAlert::after(sessions));
        let read = by(&metrics, &adopted.history, "role_balance_alert", 30);
        assert_eq!(read, expected, "after {sessions}");
    }
    let (_, adopted) = health_of(&log(&[m, e]), &roster, 30);
    for (sessions, expected) in [(0, (0, 1)), (1, (0, 1)), (2, (0, 1))] {
        let metrics = Metrics::none().with(RoleBalanceAlert::after(sessions));
        let read = by(&metrics, &adopted.history, "role_balance_alert", 30);
        assert_eq!(read, expected, "after {sessions}");
    }
    // Nor does one in its chemistry period.
    let mut kept = live(&[("ada", "cto")]);
    kept.begin(1, 2);
    for (n, on) in [(1, 5), (2, 8), (3, 11)] {
        kept.record(&session(n, 1, on, m), at(on));
    }
    kept.step(1, Step::Settle, 12);
    kept.on("role_balance_alert", &[(11, (0, 0)), (12, (1, 1))]);
}

#[test]
fn goals_achieved_on_each_side() {
    let mut kept = live(&[("ada", "cto"), ("ben", "cfo")]);
    kept.begin(1, 2);
    kept.begin(2, 2);
    kept.settled(1, [5, 8]);
    // Each learner has two goals: budget and video. The second pairing stays in its chemistry period.
    kept.achieve(1, Mentor, "budget", at(10));
    kept.achieve(2, Mentor, "budget", at(10));
    kept.achieve(1, Mentee, "video", at(12));
    kept.goal(1, Mentee, "video", GoalChange::Reopened, 14);
    let reason = DropReason::NotWanted;
    kept.goal(1, Mentor, "video", GoalChange::Dropped { reason }, 16);
    kept.on(
        "mentor_goals_achieved",
        &[
            (7, (0, 0)),
            (8, (0, 2)),
            (9, (0, 2)),
            (10, (1, 2)),
            (15, (1, 2)),
            (16, (1, 1)),
        ],
    );
    kept.on(
        "mentee_goals_achieved",
        &[
            (7, (0, 0)),
            (11, (0, 2)),
            (12, (1, 2)),
            (13, (1, 2)),
            (14, (0, 2)),
        ],
    );
    // Whoever makes use of the exit of the chemistry period has not failed a goal.
    kept.step(2, END, 20);
    kept.on("mentor_goals_achieved", &[(20, (1, 1))]);
    kept.on("mentor_goal_progress", &[(20, (4, 4))]);
}

#[test]
fn progress_of_one_side_alone() {
    let mut kept = live(&[("ada", "cto")]);
    kept.begin(1, 2);
    let level = |l| GoalChange::CheckedIn {
        level: Level::new(l).unwrap(),
    };
    kept.goal(1, Mentor, "budget", level(1), 4);
    kept.settled(1, [5, 8]);
    kept.goal(1, Mentee, "video", level(1), 10); // the level of the start: nothing gained
    kept.goal(1, Mentee, "video", level(2), 12);
    kept.goal(1, Mentor, "budget", level(0), 14);
    kept.goal(1, Mentee, "video", level(0), 16);
    kept.goal(1, Mentee, "video", level(3), 18);
    kept.step(1, END, 20);
    kept.on(
        "one_sided_progress",
        &[
            (7, (0, 0)), // in the chemistry period
            (8, (1, 1)),
            (10, (1, 1)),
            (12, (0, 1)),
            (14, (1, 1)),
            (16, (0, 0)),
            (18, (1, 1)),
            (20, (0, 0)),
        ],
    );
}

#[test]
fn wins_of_both_and_of_one() {
    let roster = Company::base().places("ada", 3).places("cto", 3).roster();
    let mut kept = Kept::open(&roster);
    kept.propose(
        &roster,
        &[("ada", "cto"), ("ben", "cto"), ("cleo", "cto")],
        1,
    );
    for pairing in 1..=3 {
        kept.begin(pairing, 2);
    }
    for pairing in 1..=3 {
        kept.settled(
            pairing,
            [3 * i64::from(pairing), 3 * i64::from(pairing) + 2],
        );
    }
    let reason = DropReason::NotWanted;
    let dropped = GoalChange::Dropped { reason };
    for (pairing, learner) in [(1, Mentor), (1, Mentee), (2, Mentee)] {
        kept.achieve(pairing, learner, "budget", at(30));
        kept.goal(pairing, learner, "video", dropped, 30);
    }
    for (pairing, on) in [(1, 40), (2, 41), (3, 42)] {
        kept.step(pairing, Step::Complete, on);
    }
    kept.on(
        "win_win",
        &[(39, (0, 0)), (40, (1, 1)), (41, (1, 2)), (42, (1, 3))],
    );
    kept.on(
        "one_sided_win",
        &[(39, (0, 0)), (40, (0, 1)), (41, (1, 2)), (42, (1, 3))],
    );
    // What the two find achieved afterwards counts from its day on.
    for skill in ["budget", "video"] {
        kept.achieve(2, Mentor, skill, late(41, 43));
    }
    kept.on("win_win", &[(40, (1, 1)), (41, (2, 2)), (42, (2, 3))]);
    kept.on("one_sided_win", &[(41, (0, 2)), (42, (0, 3))]);
}

#[test]
fn feedback_and_recognition_each_way() {
    let mut kept = live(&[("ada", "cto"), ("ben", "cfo")]);
    kept.begin(1, 2);
    kept.begin(2, 2);
    let first = session(1, 1, 5, held()).with_feedback_from(Mentor);
    kept.record(&first, late(5, 9));
    kept.record(&session(2, 1, 8, held()), at(9));
    kept.record(&session(3, 1, 9, CANCELLED), at(9));
    kept.record(&session(4, 2, 8, held()), at(9));
    kept.respond(1, 1, Mentee, Response::Feedback, 12);
    kept.respond(1, 2, Mentee, Response::Recognition, 14);
    // Given with the record: from the day of the session. Given later: from its own.
    kept.on(
        "mentor_feedback",
        &[(4, (0, 0)), (5, (1, 1)), (8, (1, 3)), (20, (1, 3))],
    );
    kept.on(
        "mentee_feedback",
        &[(11, (0, 3)), (12, (1, 3)), (20, (1, 3))],
    );
    kept.on("mentor_recognition", &[(20, (0, 3))]);
    kept.on("mentee_recognition", &[(13, (0, 3)), (14, (1, 3))]);
    // A correction that names it says that it was given with the session; voided, it is gone.
    let right = session(1, 1, 6, held()).with_feedback_from(Mentee);
    kept.journal
        .push(kept.program.correct(&right, at(15)).unwrap());
    kept.on("mentee_feedback", &[(5, (0, 0)), (6, (1, 1)), (20, (1, 3))]);
    kept.on("mentor_feedback", &[(5, (0, 0)), (6, (1, 1)), (20, (1, 3))]);
    let void = kept.program.void(pairing_id(1), session_id(1), at(16));
    kept.journal.push(void.unwrap());
    kept.on("mentee_feedback", &[(20, (0, 2))]);
    // Sessions of another system say nothing of it.
    let roster = Company::base().roster();
    let mut log = logged(&roster, "p", ("ada", "cto"), 0);
    log.sessions = logged_sessions(&[(3, held())]);
    for metric in ["mentor_feedback", "mentee_recognition", "no_recognition"] {
        assert_eq!(of_logs(&[log.clone()], metric, 20), (0, 0));
    }
}

#[test]
fn pairings_without_any_recognition() {
    let mut kept = live(&[("ada", "cto"), ("ben", "cfo")]);
    kept.begin(1, 2);
    kept.begin(2, 2);
    kept.settled(1, [5, 7]);
    kept.settled(2, [8, 9]);
    kept.respond(1, 101, Mentee, Response::Recognition, 12);
    kept.respond(2, 201, Mentor, Response::Feedback, 12);
    kept.step(2, END, 20);
    kept.on(
        "no_recognition",
        &[
            (6, (0, 0)),
            (7, (1, 1)), // the second is in its chemistry period
            (8, (1, 1)),
            (9, (2, 2)),
            (12, (1, 2)),
            (30, (1, 2)),
        ],
    );
}

#[test]
fn meetings_at_work_of_those_whose_venue_is_known() {
    let mut kept = live(&[("ada", "cto")]);
    kept.begin(1, 2);
    let venues = [
        None,
        Some(Venue::Workplace),
        Some(Venue::Online),
        Some(Venue::Elsewhere),
        Some(Venue::Workplace),
    ];
    for (n, venue) in (3u32..).zip(venues) {
        let held = session(n, 1, n.into(), held());
        let held = venue.map_or(held.clone(), |venue| held.with_venue(venue));
        kept.record(&held, at(n.into()));
    }
    let called_off = session(9, 1, 9, CANCELLED).with_venue(Venue::Workplace);
    kept.record(&called_off, at(9));
    kept.on(
        "meetings_at_work",
        &[
            (3, (0, 0)),
            (4, (1, 1)),
            (5, (1, 2)),
            (6, (1, 3)),
            (7, (2, 4)),
            (9, (2, 4)),
        ],
    );
}

/// A programme with one adopted pairing, of ada and cto, since day 20; its id.
fn adopted(kept: &mut Kept, roster: &Roster) -> PairingId {
    let mut log = logged(roster, "k", ("ada", "cto"), 5);
    log.sessions = logged_sessions(&[(10, held()), (15, held())]);
    kept.adopt_log(roster, log, 20)
}

#[test]
fn adopted_pairings_are_the_ones_without_agreement() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ben", "cfo")], 1);
    kept.begin(1, 2);
    let id = adopted(&mut kept, &roster);
    kept.regularise(&roster, id, 30);
    let step = |kept: &mut Kept, step, on| {
        let entry = advance(&mut kept.program, id, step, at(on));
        kept.journal.push(entry.unwrap());
    };
    for by in [Mentor, Mentee] {
        let entry = kept.program.state(id, by, terms(), at(31));
        kept.journal.push(entry.unwrap());
    }
    step(&mut kept, Step::Sign { by: Mentor }, 32);
    step(&mut kept, Step::Sign { by: Mentee }, 34);
    let again = kept.clone();
    step(&mut kept, Step::Begin, 35);
    kept.on(
        "agreement_coverage",
        &[
            (1, (0, 0)),
            (2, (1, 1)),
            (4, (1, 1)),
            (5, (1, 2)),
            (33, (1, 2)),
            (34, (2, 2)),
        ],
    );
    // Before they have begun the text may change: whoever has signed another one has not signed this one.
    let mut other = again;
    let entry = other.program.state(id, Mentor, terms(), at(36));
    other.journal.push(entry.unwrap());
    step(&mut other, Step::Sign { by: Mentee }, 38);
    step(&mut other, Step::Sign { by: Mentor }, 40);
    step(&mut other, Step::Begin, 41);
    other.on(
        "agreement_coverage",
        &[
            (33, (1, 2)),
            (34, (2, 2)),
            (35, (2, 2)),
            (36, (1, 2)),
            (39, (1, 2)),
            (40, (2, 2)),
            (99, (2, 2)),
        ],
    );
    // That they waited to begin again was no pause.
    kept.on("return_after_pause", &[(29, (0, 0)), (99, (0, 0))]);
    // What they learn is judged as that of any pairing: not in the chemistry period.
    let judged = |as_of| {
        let facts = kept.program.history().pairing(id).unwrap();
        facts.is_past_chemistry(day(as_of))
    };
    assert_eq!(
        [4, 5, 29, 30, 36].map(judged),
        [false, true, true, false, false]
    );
    // Held elsewhere: nothing is known of feedback. Held here: it is.
    let here = Session::new(session_id(9), id, day(40), held());
    kept.record(&here, at(40));
    kept.on("mentor_feedback", &[(39, (0, 0)), (40, (0, 1))]);
    // The budget is that of a cohort, with everything that was held.
    kept.on("load_within_budget", &[(29, (1, 1)), (30, (2, 2))]);
    let roster = Company::base().roster();
    let log = logged(&roster, "p", ("ada", "cto"), 0);
    assert_eq!(of_logs(&[log], "agreement_coverage", 20), (0, 0));
}

#[test]
fn training_of_people_and_of_pairings() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let everybody = everybody(&roster);
    let enrolled = kept.program.enrol(cohort_id(1), everybody, at(0));
    kept.journal.push(enrolled.unwrap());
    let id = {
        let launched = kept.program.launch(charter(), cohort(1), at(3));
        kept.journal.push(launched.unwrap());
        adopted(&mut kept, &roster)
    };
    let trained = |kept: &mut Kept, version: &str, people: &[u32], on| {
        let training = Training {
            curriculum: Label::new("basics").unwrap(),
            version: Label::new(version).unwrap(),
        };
        let people = people.iter().map(|n| person_id(*n));
        let entry = kept.program.trained(training, people, at(on));
        kept.journal.push(entry.unwrap());
    };
    trained(&mut kept, "0", &[1, 4, 5], 22); // a version that does not count
    trained(&mut kept, "1", &[1, 6], 24);
    trained(&mut kept, "1", &[4], 26);
    let _ = id;
    kept.on(
        "training_attendance",
        &[
            (2, (0, 0)),
            (3, (0, 6)),
            (23, (0, 6)),
            (24, (2, 6)),
            (26, (3, 6)),
        ],
    );
    // The adopted pairing of ada and cto, which runs since day 5.
    kept.on(
        "training_coverage",
        &[(4, (0, 0)), (5, (0, 1)), (25, (0, 1)), (26, (1, 1))],
    );
    // Who leaves begins anew.
    kept.reorganise(&Company::base().side("ops", None).roster(), 28);
    kept.on("training_attendance", &[(27, (3, 6)), (28, (2, 5))]);
    kept.reorganise(&roster, 30);
    let answer = [(
        person_id(6),
        reverse_mentoring::charter::Readiness::confirmed(),
    )];
    let back = kept.program.enrol(cohort_id(1), answer, at(32));
    kept.journal.push(back.unwrap());
    kept.on("training_attendance", &[(31, (2, 5)), (32, (2, 6))]);
    trained(&mut kept, "1", &[6], 34);
    kept.on("training_attendance", &[(34, (3, 6))]);
    let log = logged(&roster, "p", ("ada", "cto"), 0);
    for metric in ["training_attendance", "training_coverage"] {
        assert_eq!(of_logs(std::slice::from_ref(&log), metric, 20), (0, 0));
    }
}

/// The charter of the tests with a sponsor who takes part as somebody.
fn sponsored(by: u32) -> Charter {
    let mut draft = draft();
    let sponsor = draft.sponsor.unwrap();
    draft.sponsor = Some(Sponsor::new(sponsor.id()).taking_part_as(person_id(by)));
    Charter::new(draft).unwrap()
}

#[test]
fn a_sponsor_who_takes_part() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let answers = everybody(&roster);
    let first = kept.program.enrol(cohort_id(1), answers, at(0));
    kept.journal.push(first.unwrap());
    let launched = kept.program.launch(sponsored(4), cohort(1), at(3));
    kept.journal.push(launched.unwrap());
    kept.on(
        "sponsor_participation",
        &[(2, (0, 0)), (3, (1, 1)), (9, (1, 1))],
    );
    // One withdraws, another would have to be named: it is the cohort of somebody who does not take part.
    let mut other = kept.clone();
    let entry = other.program.withdraw(person_id(4), at(10));
    other.journal.push(entry.unwrap());
    other.on("sponsor_participation", &[(9, (1, 1)), (10, (0, 1))]);
    // To the close is to the end.
    for (milestone, on) in [(Milestone::Midpoint, 20), (Milestone::Close, 30)] {
        for kept in [&mut kept, &mut other] {
            let entry = kept.program.reach(cohort_id(1), milestone, at(on));
            kept.journal.push(entry.unwrap());
        }
    }
    kept.on(
        "sponsor_participation",
        &[(29, (1, 1)), (30, (1, 1)), (99, (1, 1))],
    );
    other.on(
        "sponsor_participation",
        &[(29, (0, 1)), (30, (0, 1)), (99, (0, 1))],
    );
    // A second cohort whose sponsor takes no part in it.
    let person = [(
        person_id(1),
        reverse_mentoring::charter::Readiness::confirmed(),
    )];
    let second = kept.program.enrol(cohort_id(2), person, at(40));
    let launched = kept.program.launch(sponsored(4), cohort(2), at(41));
    kept.journal.extend([second, launched].map(Result::unwrap));
    kept.on("sponsor_participation", &[(40, (1, 1)), (41, (1, 2))]);
    // Without a sponsor who says that they take part, they do not.
    assert_eq!(
        Kept::open(&roster).reads("sponsor_participation", 5),
        (0, 1)
    );
}

#[test]
fn who_waits_long_with_a_free_place() {
    // Seven places: ada 1, ben 2, cleo 1 and ops 1 as mentors; cto 2, cfo 1 and ops 1 as mentees.
    let mut kept = live(&[("ada", "cto")]);
    // ada's only place is taken. cto has one more, and a pairing; four others wait since day 0.
    kept.on(
        "long_waits",
        &[(0, (0, 6)), (1, (0, 5)), (30, (0, 5)), (31, (4, 5))],
    );
    let ten = Metrics::none().with(LongWaits::over(10));
    let history = kept.program.history();
    assert_eq!(by(&ten, history, "long_waits", 10), (0, 5));
    assert_eq!(by(&ten, history, "long_waits", 11), (4, 5));
    // A decline does not set the clock back; a pairing that went on does.
    kept.step(1, Step::Decline { by: Mentee }, 40);
    kept.on("long_waits", &[(39, (4, 5)), (40, (6, 6))]);
    let roster = Company::base().roster();
    kept.propose(&roster, &[("ben", "cfo")], 41);
    kept.begin(2, 42);
    kept.settled(2, [45, 48]);
    // ben has a second place and a pairing, cfo none left.
    kept.on("long_waits", &[(48, (4, 5))]);
    kept.step(2, END, 60);
    kept.on("long_waits", &[(60, (4, 6)), (90, (4, 6)), (91, (6, 6))]);
    // Of a log nobody knows since when anybody has had a place.
    let log = logged(&roster, "p", ("ada", "cto"), 0);
    assert_eq!(of_logs(&[log], "long_waits", 100), (0, 0));
}

/// Who waits in a role, and since when, by days before the reading.
#[derive(Debug)]
struct Waiting(Role);

impl Metric for Waiting {
    fn id(&self) -> PluginId {
        PluginId::new("waiting", 1)
    }

    fn definition(&self) -> &str {
        "days that people have waited in a role / a thousand for each of them"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        let days = (person.as_of() - person.waits_since(self.0)?).num_days();
        Some(Contribution::new(days.try_into().unwrap(), 1000))
    }
}

#[test]
fn nobody_waits_of_whom_nobody_knows_since_when() {
    let (mentors, mentees) = (
        Metrics::none().with(Waiting(Mentor)),
        Metrics::none().with(Waiting(Mentee)),
    );
    // ada and the cto have a pairing; ben, cleo and ops wait as mentors, the cfo and ops as mentees.
    let kept = live(&[("ada", "cto")]);
    let history = kept.program.history();
    assert_eq!(by(&mentors, history, "waiting", 20), (60, 3000));
    assert_eq!(by(&mentees, history, "waiting", 20), (40, 2000));
    // Who waits beside the pairing of a log, nobody knows since when.
    let roster = Company::base().roster();
    let (_, log) = health_of(&[logged(&roster, "p", ("ada", "cto"), 0)], &roster, 20);
    assert!(!log.history.waits(day(20)).is_empty());
    for metrics in [mentors, mentees] {
        assert_eq!(by(&metrics, &log.history, "waiting", 20), (0, 0));
    }
}

#[test]
fn dropout_by_stage() {
    let roster = Company::base().places("cto", 9).places("ada", 9).roster();
    let mut kept = Kept::open(&roster);
    let all = [
        ("ada", "cto"),
        ("ben", "cto"),
        ("cleo", "cto"),
        ("ada", "cfo"),
        ("ops", "cto"),
    ];
    kept.propose(&roster, &all, 1);
    let accept = |by| Step::Accept { by };
    for pairing in [1, 2] {
        kept.step(pairing, accept(Mentor), 2);
    }
    kept.step(1, Step::Decline { by: Mentee }, 3); // declined
    kept.step(2, accept(Mentee), 3);
    for pairing in 3..=5 {
        kept.begin(pairing, 4);
    }
    kept.step(2, END, 5); // given up before it began
    kept.step(3, END, 7); // left in the chemistry period
    kept.settled(4, [7, 8]);
    kept.settled(5, [8, 9]);
    kept.step(4, END, 10); // left later
    kept.step(5, Step::Complete, 12); // completed
    kept.on(
        "dropout_proposed",
        &[
            (1, (0, 0)),
            (2, (0, 0)),
            (3, (1, 2)),
            (4, (1, 5)),
            (99, (1, 5)),
        ],
    );
    kept.on(
        "dropout_preparing",
        &[(3, (0, 0)), (4, (0, 3)), (5, (1, 4)), (99, (1, 4))],
    );
    kept.on(
        "dropout_chemistry",
        &[
            (6, (0, 0)),
            (7, (1, 1)),
            (8, (1, 2)),
            (9, (1, 3)),
            (99, (1, 3)),
        ],
    );
    kept.on(
        "dropout_active",
        &[(9, (0, 0)), (10, (1, 1)), (12, (1, 2)), (99, (1, 2))],
    );
}

#[test]
fn what_the_close_ends_has_not_dropped_out() {
    let mut kept = live(&[("ada", "cto"), ("ben", "cfo"), ("cleo", "cto")]);
    kept.begin(1, 2);
    kept.begin(2, 2);
    kept.settled(1, [5, 8]);
    let id = pairing_id(2);
    let left = Step::End {
        reason: EndReason::ProgramClosed,
    };
    let entry = advance(&mut kept.program, id, left, at(9));
    kept.journal.push(entry.unwrap());
    for (milestone, on) in [(Milestone::Midpoint, 20), (Milestone::Close, 30)] {
        let entry = kept.program.reach(cohort_id(1), milestone, at(on));
        kept.journal.push(entry.unwrap());
    }
    kept.on("dropout_proposed", &[(40, (0, 2))]); // the third had no answer yet
    kept.on("dropout_preparing", &[(40, (0, 2))]);
    kept.on("dropout_chemistry", &[(40, (0, 1))]);
    kept.on("dropout_active", &[(40, (0, 0))]);
    // Nor does a log say how a pairing came to its end.
    let roster = Company::base().roster();
    let mut log = logged(&roster, "p", ("ada", "cto"), 0);
    log.ended = Some((day(10), None));
    assert_eq!(of_logs(&[log], "dropout_active", 20), (0, 0));
}

#[test]
fn a_reorganisation_and_an_adopted_pairing_drop_out_in_their_stage() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let id = adopted(&mut kept, &roster);
    let end = reverse_mentoring::pairing::Decision::End {
        reason: EndReason::Exit,
    };
    let entry = kept.program.decide(id, end, coordinator(), at(25));
    kept.journal.push(entry.unwrap());
    kept.propose(&roster, &[("ben", "cfo")], 26);
    kept.reorganise(&Company::base().side("ben", None).roster(), 30);
    kept.on(
        "dropout_active",
        &[(24, (0, 0)), (25, (1, 1)), (40, (1, 1))],
    );
    kept.on("dropout_proposed", &[(29, (0, 0)), (30, (1, 1))]);
    for none in ["dropout_preparing", "dropout_chemistry"] {
        kept.on(none, &[(40, (0, 0))]);
    }
}

#[test]
fn pauses_after_which_they_went_on() {
    let base = Company::base();
    let mut kept = live(&[("ada", "cto"), ("ben", "cfo")]);
    kept.begin(1, 2);
    kept.begin(2, 2);
    kept.step(1, Step::Pause, 10);
    kept.step(1, Step::Resume, 15);
    kept.step(1, Step::Pause, 20);
    kept.step(2, Step::Pause, 20);
    // A reorganisation overtakes the second pause of the first pairing: it is over when that is.
    kept.reorganise(&base.clone().reports("ada", "cto").roster(), 22);
    kept.step(2, END, 25);
    kept.reorganise(&base.roster(), 28);
    kept.reinstate(1, 30);
    kept.step(1, Step::Pause, 40);
    kept.on(
        "return_after_pause",
        &[
            (14, (0, 0)),
            (15, (1, 1)),
            (24, (1, 1)),
            (25, (1, 2)), // ended with the pairing
            (29, (1, 2)),
            (30, (2, 3)),
            (45, (2, 3)), // the last pause goes on
        ],
    );
    // A suspension by itself is no pause.
    let mut kept = live(&[("ada", "cto")]);
    kept.begin(1, 2);
    kept.reorganise(&base.clone().reports("ada", "cto").roster(), 10);
    kept.reorganise(&base.roster(), 12);
    kept.reinstate(1, 14);
    kept.on("return_after_pause", &[(20, (0, 0))]);
}

/// How many units of each kind there are.
#[derive(Debug)]
struct Kinds;

impl Metric for Kinds {
    fn id(&self) -> PluginId {
        PluginId::new("kinds", 1)
    }

    fn definition(&self) -> &str {
        "a thousand for a pairing, a hundred for a proposal, ten for a person, one for a cohort / the same"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let weight = match unit {
            UnitView::Pairing(_) => 1000,
            UnitView::Proposal(_) => 100,
            UnitView::Person(_) => 10,
            UnitView::Cohort(_) => 1,
            _ => 0,
        };
        Some(Contribution::new(weight, weight))
    }
}

#[test]
fn every_kind_of_unit_on_its_days() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let enrolled = kept.program.enrol(cohort_id(1), everybody(&roster), at(1));
    let launched = kept.program.launch(charter(), cohort(1), at(2));
    let training = charter().curriculum().training();
    let people = everybody(&roster).into_iter().map(|(id, _)| id);
    let trained = kept.program.trained(training, people, at(2));
    kept.journal
        .extend([enrolled, launched, trained].map(Result::unwrap));
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 3);
    kept.begin(1, 5);
    kept.step(2, Step::Decline { by: Mentor }, 6);
    kept.step(1, END, 7);
    let kinds = Metrics::none().with(Kinds);
    let read = |as_of| by(&kinds, kept.program.history(), "kinds", as_of).0;
    let days = [0, 1, 2, 3, 4, 5, 6, 7, 99].map(read);
    assert_eq!(days, [0, 60, 61, 261, 261, 1161, 1161, 1161, 1161]);
}

#[test]
fn a_registry_with_one_more_or_one_less() {
    let names = |metrics: &Metrics| -> Vec<String> {
        let ids = metrics.iter().map(|m| m.id());
        ids.map(|id| id.name().to_owned()).collect()
    };
    let all = names(&Metrics::standard());
    let unique: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(unique.len(), all.len());
    let less = names(&Metrics::standard().without("win_win"));
    let mut expected = all.clone();
    expected.retain(|name| name != "win_win");
    assert_eq!(less, expected);
    assert_eq!(names(&Metrics::standard().without("unheard_of")), all);
    let within = Metrics::standard()
        .without("first_session")
        .with(FirstSession::within(3));
    let health = ProgramHealth::assess(&History::new(), &within, day(0)).unwrap();
    assert_eq!(health.readings.len(), all.len());
    assert!(health.readings.iter().all(|r| r.ratio.whole() == 0));
}

#[test]
fn the_harness_finds_nothing_in_a_rich_history() {
    let roster = Company::base().places("cto", 3).roster();
    let mut kept = Kept::open(&roster);
    kept.propose(
        &roster,
        &[("ada", "cto"), ("ben", "cto"), ("cleo", "cfo")],
        1,
    );
    let id = {
        let mut log = logged(&roster, "k", ("ops", "cto"), 5);
        log.sessions = logged_sessions(&[(10, held())]);
        let mut ids = SequentialIds::new(50);
        let by = coordinator();
        let adoption = kept
            .program
            .adopt(&[log], &roster, day(120), by, at(20), &mut ids);
        let adoption = adoption.unwrap();
        kept.journal.extend(adoption.entry);
        *adoption.keys.keys().next().unwrap()
    };
    let _ = id;
    kept.step(3, Step::Decline { by: Mentor }, 22);
    kept.begin(1, 23);
    kept.begin(2, 24);
    let first = session(1, 1, 25, held())
        .with_feedback_from(Mentor)
        .with_venue(Venue::Online);
    kept.record(&first, at(25));
    kept.respond(1, 1, Mentee, Response::Recognition, 27);
    kept.settled(1, [28, 30]);
    kept.achieve(1, Mentor, "budget", at(32));
    kept.step(1, Step::Pause, 34);
    kept.step(1, Step::Resume, 36);
    kept.step(2, END, 38);
    kept.step(1, Step::Complete, 40);
    kept.reorganise(
        &Company::base().places("cto", 3).side("cleo", None).roster(),
        42,
    );
    let history = kept.program.history().clone();
    let company = testing::Company::new(roster, Context::new(day(60))).with_history(history);
    for metric in Metrics::standard().iter() {
        testing::check_metric(metric, &company).unwrap();
    }
}

/// An interval goes by the cadence of the day on which it ends: whoever agrees to meet each week has not kept to it with the
/// month that was still running; whoever agrees to meet each month has.
#[test]
fn an_interval_goes_by_the_cadence_at_its_end() {
    let roster = Company::base().roster();
    for (first, then, kept_to) in [
        (Cadence::MONTHLY, Cadence::WEEKLY, 1),
        (Cadence::WEEKLY, Cadence::MONTHLY, 2),
    ] {
        let mut kept = Kept::open(&roster);
        kept.propose(&roster, &[("ada", "cto")], 1);
        kept.begin(1, 2);
        let id = pairing_id(1);
        let mut agree = |cadence, on| {
            let agreement = kept.program.pairing(id).unwrap().agreement().clone();
            if agreement.cadence() != cadence {
                let agreement = agreement.with_cadence(cadence);
                kept.program.offer(id, Mentor, agreement, at(on)).unwrap();
                kept.program.answer(id, Mentee, true, at(on)).unwrap();
            }
        };
        agree(first, 3);
        agree(then, 20);
        // Five days after the start, then thirty after that.
        for (number, on) in [(1, 7), (2, 37)] {
            kept.record(&session(number, 1, on, held()), at(40));
        }
        let standard = Metrics::standard();
        let read = by(&standard, kept.program.history(), "cadence_adherence", 37);
        assert_eq!(read, (kept_to, 2), "{first:?}, then {then:?}");
    }
}

/// Metrics that look ahead to a signature: to any, or to that of the next day.
#[derive(Debug)]
enum Signs {
    Ever,
    Tomorrow,
}

impl Metric for Signs {
    fn id(&self) -> PluginId {
        PluginId::new("signs", 1)
    }

    fn definition(&self) -> &str {
        "pairings whose mentor has signed / pairings"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Proposal(pairing) = unit else {
            return None;
        };
        let signed = pairing.facts().signed(Mentor);
        Some(Contribution::whether(match self {
            Self::Ever => signed.is_some(),
            Self::Tomorrow => signed == pairing.as_of().succ_opt(),
        }))
    }
}

#[test]
fn a_metric_that_looks_ahead_to_a_signature_is_found() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    for (step, on) in BEGIN.into_iter().zip([2, 2, 3, 10, 20, 30]) {
        kept.step(1, step, on);
        if step == Step::Prepare {
            kept.state(1, on);
        }
    }
    let history = kept.program.history().clone();
    let company = testing::Company::new(roster, Context::new(day(0))).with_history(history);
    for (metric, on) in [(Signs::Ever, 1), (Signs::Tomorrow, 19)] {
        let found = testing::check_metric(&metric, &company)
            .unwrap_err()
            .to_string();
        let past = format!("looks past {}", day(on));
        assert!(found.contains(&past), "{metric:?}: {found}");
    }
}
