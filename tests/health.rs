//! Health by hand: every status at its boundaries, every shipped metric, what each audience sees.

mod support;

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::health::{
    Contribution, HealthError, Metric, Metrics, PairingHealth, PairingStatus, ProgramHealth, Ratio,
    Target, UnitView,
};
use reverse_mentoring::history::{History, LoggedPairing};
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::journal::Entry;
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::Step;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{Level, Skill};
use reverse_mentoring::session::{Outcome, Response, TaughtBy};
use support::*;

/// The one pairing of a log that started on day 0, with these sessions.
fn read_with(
    cadence: Cadence,
    sessions: &[(i64, Outcome)],
    ended: Option<i64>,
    as_of: i64,
) -> Option<PairingHealth> {
    let roster = Company::base().roster();
    let mut log = logged(&roster, "p", ("ada", "cto"), 0);
    log.cadence = cadence;
    log.sessions = logged_sessions(sessions);
    log.ended = ended.map(|on| (day(on), None));
    health_of(&[log], &roster, as_of)
        .0
        .pairings
        .into_iter()
        .next()
}

fn read(sessions: &[(i64, Outcome)], as_of: i64) -> PairingHealth {
    read_with(Cadence::MONTHLY, sessions, None, as_of).unwrap()
}

fn status(sessions: &[(i64, Outcome)], as_of: i64) -> &'static str {
    read(sessions, as_of).status.as_str()
}

#[test]
fn silence_at_its_boundaries() {
    // Monthly is 30 days and 7 of grace: overdue after 37, at risk after 60.
    let two = [(10, held()), (20, held())];
    for (as_of, expected) in [
        (20, "on_track"),
        (57, "on_track"),
        (58, "needs_check_in"),
        (80, "needs_check_in"),
        (81, "at_risk"),
    ] {
        assert_eq!(status(&two, as_of), expected, "two held, day {as_of}");
    }
    for (as_of, expected) in [
        (10, "too_early"),
        (47, "too_early"),
        (48, "needs_check_in"),
        (70, "needs_check_in"),
        (71, "at_risk"),
    ] {
        assert_eq!(status(&two[..1], as_of), expected, "one held, day {as_of}");
    }
    for (as_of, expected) in [
        (0, "too_early"),
        (37, "too_early"),
        (38, "needs_check_in"),
        (60, "needs_check_in"),
        (61, "at_risk"),
    ] {
        assert_eq!(status(&[], as_of), expected, "none held, day {as_of}");
    }
    // A grace longer than the cadence is cut short by the second cadence.
    let patient = Cadence::new(10, 30, 60).unwrap();
    let at = |as_of| read_with(patient, &two, None, as_of).unwrap().status;
    assert_eq!(
        [40, 41].map(at),
        [PairingStatus::OnTrack, PairingStatus::AtRisk]
    );
    let strict = Cadence::new(1, 0, 60).unwrap();
    let at = |as_of| {
        read_with(strict, &two, None, as_of)
            .unwrap()
            .status
            .as_str()
    };
    assert_eq!(
        [21, 22, 23].map(at),
        ["on_track", "needs_check_in", "at_risk"]
    );
}

#[test]
fn two_in_a_row_not_held() {
    let (h, m, c) = (held(), MISSED, CANCELLED);
    for (sessions, expected) in [
        (&[(1, h), (2, h), (3, m), (4, c)][..], "at_risk"),
        (&[(1, h), (2, h), (3, c), (4, m)], "at_risk"),
        (&[(1, h), (2, h), (3, m)], "on_track"),
        (&[(1, h), (2, m), (3, m), (4, h)], "on_track"),
        (&[(1, m), (2, h), (3, h), (4, m)], "on_track"),
        (&[(1, m)], "too_early"),
        (&[(1, m), (2, m)], "at_risk"),
        // Dated after the day: not yet.
        (&[(1, h), (2, h), (3, m), (11, m)], "on_track"),
        // By date, not by place in the log.
        (&[(4, h), (1, m), (2, m), (5, h)], "on_track"),
        (&[(4, m), (1, h), (2, h), (5, m)], "at_risk"),
        // Of one day, the order of the log.
        (&[(1, h), (5, h), (5, m), (5, c)], "at_risk"),
        (&[(1, h), (5, m), (5, c), (5, h)], "on_track"),
        (&[(1, h), (5, m), (5, h), (5, c)], "on_track"),
    ] {
        assert_eq!(status(sessions, 10), expected, "{sessions:?}");
    }
}

#[test]
fn reasons_name_what_fits() {
    let (h, m) = (held(), MISSED);
    let reasons = |sessions: &[(i64, Outcome)], as_of| read(sessions, as_of).reasons;
    assert_eq!(reasons(&[(1, h), (2, h)], 3), [""; 0]);
    assert_eq!(reasons(&[(1, h)], 3), ["fewer-than-two-held"]);
    assert_eq!(reasons(&[(1, h)], 39), ["overdue"]);
    assert_eq!(reasons(&[(1, h)], 62), ["silent-for-two-cadences"]);
    assert_eq!(reasons(&[(1, h), (2, m), (3, m)], 4), ["last-two-not-held"]);
    assert_eq!(
        reasons(&[(1, h), (2, m), (3, m)], 62),
        ["last-two-not-held", "silent-for-two-cadences"]
    );
    let over = read_with(Cadence::MONTHLY, &[(2, m), (3, m)], Some(50), 50).unwrap();
    assert_eq!(
        (over.status.as_str(), over.reasons.to_vec()),
        ("ended", vec!["ended"])
    );
}

#[test]
fn a_day_before_at_and_after() {
    let monthly = |ended, as_of| {
        read_with(
            Cadence::MONTHLY,
            &[(10, held()), (20, held())],
            ended,
            as_of,
        )
    };
    assert_eq!(monthly(None, -1), None);
    assert_eq!(monthly(None, 0).unwrap().held, 0);
    for (as_of, held, last) in [
        (9, 0, None),
        (10, 1, Some(10)),
        (19, 1, Some(10)),
        (20, 2, Some(20)),
    ] {
        let p = monthly(None, as_of).unwrap();
        assert_eq!((p.held, p.last_held), (held, last.map(day)));
    }
    // An end in the future has not happened; at its day it has.
    let open = monthly(Some(40), 39).unwrap();
    assert_eq!((open.status, open.days_since), (PairingStatus::OnTrack, 19));
    for as_of in [40, 41, 400] {
        let over = monthly(Some(40), as_of).unwrap();
        assert_eq!(
            (over.status, over.days_since, over.longest_gap_days),
            (PairingStatus::Ended, 20, 20)
        );
    }
}

#[test]
fn gaps_count_from_the_start_through_to_the_day() {
    let gaps = |sessions: &[(i64, Outcome)], ended, as_of| {
        let p = read_with(Cadence::MONTHLY, sessions, ended, as_of).unwrap();
        (p.days_since, p.longest_gap_days)
    };
    let h = held();
    assert_eq!(gaps(&[], None, 0), (0, 0));
    assert_eq!(gaps(&[], None, 12), (12, 12));
    assert_eq!(gaps(&[(0, h)], None, 12), (12, 12));
    assert_eq!(gaps(&[(10, h), (15, h)], None, 17), (2, 10));
    assert_eq!(gaps(&[(10, h), (25, h)], None, 27), (2, 15));
    assert_eq!(gaps(&[(10, h), (25, h)], None, 60), (35, 35));
    assert_eq!(gaps(&[(25, h), (10, h)], Some(30), 60), (5, 15));
    // What was not held does not end a gap.
    assert_eq!(
        gaps(&[(5, h), (15, MISSED), (25, CANCELLED), (40, h)], None, 41),
        (1, 35)
    );
    // Outside the days of the pairing they still count as held, and make no gap negative.
    assert_eq!(gaps(&[(-5, h)], None, 10), (15, 10));
    assert_eq!(gaps(&[(10, h), (50, h)], Some(30), 60).0, 0);
}

/// A live programme: ada and cto, begun on day 10, held on 12 and 20; ben and cfo begun on day 10, nothing held.
fn live() -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(
        &roster,
        &[("ada", "cto"), ("ben", "cfo"), ("cleo", "cto")],
        1,
    );
    kept.begin(1, 10);
    kept.begin(2, 10);
    kept.record(&session(1, 1, 12, held_for(60, TaughtBy::Mentor)), at(12));
    kept.record(&session(2, 1, 20, held_for(30, TaughtBy::Both)), at(20));
    kept
}

fn assess(history: &History, as_of: i64) -> ProgramHealth {
    ProgramHealth::assess(history, &Metrics::standard(), day(as_of)).unwrap()
}

fn live_status(kept: &Kept, pairing: u32, as_of: i64) -> &'static str {
    let health = assess(kept.program.history(), as_of);
    let mut found = health
        .pairings
        .iter()
        .filter(|p| p.pairing == pairing_id(pairing));
    found.next().map_or("absent", |p| p.status.as_str())
}

#[test]
fn paused_and_suspended_days_do_not_count() {
    let mut kept = live();
    kept.step(1, Step::Settle, 25);
    kept.step(1, Step::Pause, 30);
    kept.step(1, Step::Resume, 50);
    // Last held on 20, 20 days of pause: overdue after 20 + 37 + 20, at risk after 20 + 60 + 20.
    for (as_of, expected) in [
        (29, "on_track"),
        (30, "paused"),
        (49, "paused"),
        (50, "on_track"),
        (77, "on_track"),
        (78, "needs_check_in"),
        (100, "needs_check_in"),
        (101, "at_risk"),
    ] {
        assert_eq!(live_status(&kept, 1, as_of), expected, "day {as_of}");
    }
    // The gap on show is the calendar's.
    let p = assess(kept.program.history(), 77).pairings[0].clone();
    assert_eq!((p.days_since, p.longest_gap_days), (57, 57));

    // Suspended on 60 for 15 days: the same again.
    let base = Company::base();
    kept.reorganise(&base.clone().reports("ada", "cto").roster(), 60);
    kept.reorganise(&base.roster(), 70);
    kept.reinstate(1, 75);
    for (as_of, expected) in [
        (59, "on_track"),
        (60, "suspended"),
        (74, "suspended"),
        (75, "on_track"),
        (92, "on_track"),
        (93, "needs_check_in"),
        (115, "needs_check_in"),
        (116, "at_risk"),
    ] {
        assert_eq!(live_status(&kept, 1, as_of), expected, "day {as_of}");
    }
    // A pause that begins before the last session held takes away only what lies after it.
    kept.record(&session(9, 1, 50, held()), at(75));
    for (as_of, expected) in [(102, "on_track"), (103, "needs_check_in")] {
        assert_eq!(live_status(&kept, 1, as_of), expected, "day {as_of}");
    }
    // One that lasts: suspended, whatever else; then over.
    kept.reorganise(&base.reports("ada", "cto").roster(), 120);
    assert_eq!(live_status(&kept, 1, 500), "suspended");
    let p = &assess(kept.program.history(), 500).pairings[0];
    assert_eq!(p.reasons, ["reorganised"]);
    kept.step(1, END, 130);
    assert_eq!(live_status(&kept, 1, 129), "suspended");
    assert_eq!(live_status(&kept, 1, 130), "ended");
}

#[test]
fn a_hold_that_lasts_past_the_day_takes_away_the_days_up_to_it() {
    let mut kept = live();
    kept.step(1, Step::Pause, 60);
    kept.step(1, Step::Resume, 90);
    // Quiet since 20: overdue on 58, two days before the pause, and still so in it.
    for (as_of, all) in [(57, 2), (58, 3), (60, 3), (70, 3), (89, 3)] {
        let health = assess(kept.program.history(), as_of);
        let other = u64::from(as_of > 47); // the other pairing, begun on 10
        assert_eq!(
            ratio(&health, "cadence_adherence"),
            (2, all + other),
            "day {as_of}"
        );
    }
}

#[test]
fn a_pause_that_a_reorganisation_overtakes() {
    let mut kept = live();
    kept.step(1, Step::Settle, 25);
    kept.step(1, Step::Pause, 30);
    let base = Company::base();
    kept.reorganise(&base.clone().reports("ada", "cto").roster(), 40);
    assert_eq!(live_status(&kept, 1, 39), "paused");
    assert_eq!(live_status(&kept, 1, 40), "suspended");
    kept.reorganise(&base.roster(), 45);
    kept.reinstate(1, 50);
    // 20 days in all, not 30.
    assert_eq!(live_status(&kept, 1, 77), "on_track");
    assert_eq!(live_status(&kept, 1, 78), "needs_check_in");
}

#[test]
fn live_pairings_begin_with_their_chemistry_period() {
    let kept = live();
    assert_eq!(live_status(&kept, 3, 500), "absent"); // proposed only
    assert_eq!(live_status(&kept, 2, 9), "absent");
    assert_eq!(live_status(&kept, 2, 10), "too_early");
    assert_eq!(live_status(&kept, 2, 48), "needs_check_in");
}

fn ratio(health: &ProgramHealth, metric: &str) -> (u64, u64) {
    let ratio = health.reading(metric).unwrap();
    (ratio.part(), ratio.whole())
}

/// Four pairings; two are ended by day 100.
fn logs() -> Vec<LoggedPairing> {
    let roster = Company::base().roster();
    let h = |minutes, taught_by| held_for(minutes, taught_by);
    let goal = |learner, skill, from, to, now| logged_goal(learner, skill, [from, to, now]);
    let mut a = logged(&roster, "a", ("ada", "cto"), 0);
    // Stretches: 30 kept, 37 kept, 38 late, then 5 running.
    a.sessions = logged_sessions(&[
        (30, h(60, TaughtBy::Mentor)),
        (67, h(30, TaughtBy::Mentee)),
        (80, MISSED),
        (105, h(20, TaughtBy::Both)),
        (111, CANCELLED),
    ]);
    a.goals = vec![
        goal(Mentor, "budget", 0, 4, 3),
        goal(Mentor, "sql", 2, 3, 1),   // below the start: none
        goal(Mentee, "video", 1, 3, 5), // beyond: as far as aimed
    ];
    let mut b = logged(&roster, "b", ("ben", "cfo"), 72);
    // One stretch of 38 running: late.
    b.sessions = logged_sessions(&[(75, CANCELLED)]);
    b.goals = vec![goal(Mentee, "video", 0, 5, 1), goal(Mentee, "sql", 3, 2, 3)];
    let mut c = logged(&roster, "c", ("cleo", "cfo"), 0);
    c.ended = Some((day(40), None));
    // 10 kept, 30 to the end: quiet enough, not counted.
    c.sessions = logged_sessions(&[(10, h(60, TaughtBy::Mentor))]);
    let mut d = logged(&roster, "d", ("cleo", "cto"), 200);
    d.sessions = logged_sessions(&[(201, h(60, TaughtBy::Mentor))]);
    vec![a, b, c, d]
}

#[test]
fn every_shipped_metric_by_hand() {
    let roster = Company::base().roster();
    let (health, _) = health_of(&logs(), &roster, 110);
    assert_eq!(health.pairings.len(), 3);
    // a: 3 of 4 counted are the three ended by a session: 30, 37 kept, 38 not; b: its running 38 is late; c: 10 kept.
    assert_eq!(ratio(&health, "cadence_adherence"), (3, 5));
    // a: 3 of 4 by day 110; b: 0 of 1; c: 1 of 1.
    assert_eq!(ratio(&health, "session_completion"), (4, 6));
    // a met 5 days ago; b is overdue; c is over.
    assert_eq!(ratio(&health, "active_pairs"), (1, 2));
    // a: 3 of 4 and 0 of 1.
    assert_eq!(ratio(&health, "mentor_goal_progress"), (3, 5));
    // a: 2 of 2; b: 1 of 5, and a goal that does not rise counts for nothing.
    assert_eq!(ratio(&health, "mentee_goal_progress"), (3, 7));
    // Half minutes: a 120 + 60 + 40, of which 60 + 20 by the senior; c 120.
    assert_eq!(ratio(&health, "role_balance"), (80, 340));
    // ada, ben, cleo and ops can mentor; ada and ben do.
    assert_eq!(ratio(&health, "mentor_utilisation"), (2, 4));
    // Six take part; ada, cto, ben, cfo are paired.
    assert_eq!(ratio(&health, "match_coverage"), (4, 6));
    assert_eq!(health.reading("unheard_of"), None);
}

#[test]
fn the_running_interval_counts_once_it_is_overdue() {
    let roster = Company::base().roster();
    let b = &logs()[1..2];
    for (as_of, expected) in [(109, (0, 0)), (110, (0, 1))] {
        let (health, _) = health_of(b, &roster, as_of);
        assert_eq!(ratio(&health, "cadence_adherence"), expected);
    }
    for (as_of, expected) in [(109, (1, 1)), (110, (0, 1))] {
        let (health, _) = health_of(b, &roster, as_of);
        assert_eq!(ratio(&health, "active_pairs"), expected);
    }
}

#[test]
fn metrics_of_a_live_programme() {
    let mut kept = live();
    let history = |kept: &Kept| kept.program.history().clone();
    let health = assess(&history(&kept), 30);
    // Proposed pairings take places, but are not among the active.
    assert_eq!(ratio(&health, "active_pairs"), (2, 2));
    assert_eq!(ratio(&health, "mentor_utilisation"), (3, 4));
    assert_eq!(ratio(&health, "match_coverage"), (5, 6));
    assert_eq!(ratio(&health, "cadence_adherence"), (2, 2));
    assert_eq!(ratio(&health, "role_balance"), (30, 180));
    // In the chemistry period nobody is judged by their goals.
    assert_eq!(ratio(&health, "mentee_goal_progress"), (0, 0));
    kept.step(1, Step::Settle, 21);
    let health = assess(&history(&kept), 20);
    assert_eq!(ratio(&health, "mentee_goal_progress"), (0, 0));
    // Two goals each: budget 0 to 4, video 1 to 3.
    let health = assess(&history(&kept), 21);
    assert_eq!(ratio(&health, "mentee_goal_progress"), (0, 6));
    let level = |l| Level::new(l).unwrap();
    let note = |kept: &mut Kept, skill, l, on, recorded| {
        let skill = Skill::new(skill).unwrap();
        let stamp = late(on, recorded);
        let entry = kept
            .program
            .progress(pairing_id(1), Mentee, skill, level(l), stamp);
        kept.journal.push(entry.unwrap());
    };
    note(&mut kept, "budget", 3, 25, 31);
    note(&mut kept, "budget", 1, 22, 31); // recorded later, of an earlier day
    note(&mut kept, "video", 2, 31, 31);
    note(&mut kept, "video", 3, 31, 31); // the same day: the later record
    for (as_of, gained) in [
        (21, 0),
        (22, 1),
        (24, 1),
        (25, 3),
        (30, 3),
        (31, 5),
        (99, 5),
    ] {
        let health = assess(&history(&kept), as_of);
        assert_eq!(
            ratio(&health, "mentee_goal_progress"),
            (gained, 6),
            "day {as_of}"
        );
        assert_eq!(ratio(&health, "mentor_goal_progress"), (0, 6));
    }
    // A pause: not active. The day on which it ends: active again.
    kept.step(2, Step::Pause, 32);
    kept.step(2, Step::Resume, 34);
    for (as_of, active) in [(31, 2), (32, 1), (33, 1), (34, 2)] {
        let health = assess(&history(&kept), as_of);
        assert_eq!(ratio(&health, "active_pairs"), (active, 2), "day {as_of}");
    }
    // Somebody leaves on 40: out of the counts of people from that day.
    kept.reorganise(&Company::base().side("cleo", None).roster(), 40);
    for (as_of, mentors, all) in [(39, (3, 4), (5, 6)), (40, (2, 3), (4, 5))] {
        let health = assess(&history(&kept), as_of);
        assert_eq!(ratio(&health, "mentor_utilisation"), mentors);
        assert_eq!(ratio(&health, "match_coverage"), all);
    }
}

#[test]
fn corrections_change_what_is_read() {
    let mut kept = live();
    let completion = |kept: &Kept| ratio(&assess(kept.program.history(), 30), "session_completion");
    assert_eq!(completion(&kept), (2, 2));
    kept.program
        .correct(&session(2, 1, 21, MISSED), at(30))
        .unwrap();
    assert_eq!(completion(&kept), (1, 2));
    assert_eq!(assess(kept.program.history(), 20).pairings[0].held, 1);
    kept.program
        .void(pairing_id(1), session_id(2), at(30))
        .unwrap();
    assert_eq!(completion(&kept), (1, 1));
}

#[test]
fn no_data_is_no_data() {
    let health = assess(&History::new(), 0);
    for reading in &health.readings {
        assert_eq!(reading.ratio, Ratio::NO_DATA);
    }
    let said = health.to_string();
    assert!(
        said.starts_with("programme health on 2026-01-01\n  no pairing has started\n  no data: ")
    );
    assert!(said.contains("session completion,"), "{said}");
    let record = serde_json::to_string(&health.to_record(|id| id.to_string())).unwrap();
    let empty = r#"{"id":"session_completion","numerator":0,"denominator":0,"value":null,"withheld":false}"#;
    assert!(record.contains(empty), "{record}");
    assert!(
        record.ends_with(r#""pairings":[],"violations":[],"missing_evidence":[],"next_steps":[]}"#)
    );
}

#[test]
fn a_small_programme_on_display() {
    let roster = Company::base().roster();
    let mut logs = logs();
    logs[1].mentor = roster.lines().find("ceo").unwrap();
    let (health, _) = health_of(&logs, &roster, 110);
    let expected = "\
programme health on 2026-04-21
  people
    mentor utilisation         25.0 %              1 / 4  ≥ 70 %     not met
    match coverage             50.0 %              3 / 6
  rhythm
    cadence adherence          60.0 %              3 / 5
    first session              66.7 %              2 / 3
    active pairs               50.0 %              1 / 2  ≥ 75 %     not met
  sessions
    session completion         66.7 %              4 / 6  ≥ 80 %     not met
    mentor cancellations        0.0 %              0 / 5
    mentee cancellations       20.0 %              1 / 5
    mentor no shows             0.0 %              0 / 5
    mentee no shows             0.0 %              0 / 5
  teaching
    role balance               23.5 %           80 / 340  20–50 %    met
    role balance alert          0.0 %              0 / 1
  learning
    mentor goal progress       60.0 %              3 / 5
    mentee goal progress       42.9 %              3 / 7
    one sided progress         50.0 %              1 / 2
  3 pairings: 1 on track, 1 suspended, 1 ended
  2 broken invariants
  2 gaps in the evidence
  decide what becomes of it: 1 pairing
  no data: load within budget, meetings at work, mentor goals achieved, mentee goals achieved,
    win win, one sided win, mentor feedback, mentee feedback, mentor recognition,
    mentee recognition, no recognition, long waits, training attendance, training coverage,
    agreement coverage, sponsor participation, dropout proposed, dropout preparing,
    dropout chemistry, dropout active, return after pause
";
    assert_eq!(health.to_string(), expected);
    // Three have started: nothing is shown to a sponsor, and the names are all there.
    let released = health.release(Threshold::default()).to_string();
    let head = "programme health on 2026-04-21\n  withheld: cadence adherence, first session,";
    assert!(released.starts_with(head), "{released}");
    let names = released.replace("\n   ", "");
    let (_, names) = names.trim_end().split_once("withheld: ").unwrap();
    let expected = Metrics::standard();
    let expected: Vec<String> = expected
        .iter()
        .map(|metric| metric.id().name().replace('_', " "))
        .collect();
    assert_eq!(names.split(", ").collect::<Vec<_>>(), expected);
    assert!(released.lines().all(|line| line.chars().count() <= 100));
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

#[test]
fn the_record_for_a_coordinator_byte_for_byte() {
    let roster = Company::base().roster();
    let mut logs = logs();
    logs[1].mentor = roster.lines().find("ceo").unwrap();
    logs.reverse();
    let (health, adopted) = health_of(&logs, &roster, 110);
    let record = health.to_record(|id| adopted.keys[&id].to_string());
    bless("health-coordinator.json", &(json(&record) + "\n"));
    assert_eq!(
        json(&record),
        include_str!("golden/health-coordinator.json").trim_end()
    );
}

#[test]
fn the_record_is_sorted_by_the_names_that_the_host_gives() {
    let roster = Company::base().roster();
    let mut logs = logs();
    for log in &mut logs {
        log.mentor = roster.lines().find("ceo").unwrap();
    }
    let (health, adopted) = health_of(&logs, &roster, 110);
    // Names that run against the ids.
    let record = health.to_record(|id| match adopted.keys[&id].as_str() {
        "a" => "z".to_owned(),
        "b" => "y".to_owned(),
        _ => "x".to_owned(),
    });
    let pairings = record.pairings.unwrap();
    let names: Vec<_> = pairings
        .iter()
        .map(|p| (p.pairing.as_str(), p.held))
        .collect();
    assert_eq!(names, [("x", 1), ("y", 0), ("z", 3)]);
    let missing: Vec<_> = record
        .missing_evidence
        .iter()
        .map(|m| m.pairing.as_str())
        .collect();
    assert_eq!(missing, ["x", "y"]);
    let next = record.next_steps.iter().map(|next| next.pairing.as_str());
    assert_eq!(next.collect::<Vec<_>>(), ["y", "z"]);
    let broken = record
        .violations
        .iter()
        .map(|v| (v.pairing.as_str(), v.code.as_str()));
    assert_eq!(
        broken.collect::<Vec<_>>(),
        [
            ("y", "experience-order"),
            ("y", "no-hierarchical-link"),
            ("y", "places"),
            ("z", "experience-order"),
            ("z", "no-hierarchical-link"),
        ]
    );
}

#[test]
fn a_finding_of_a_pairing_that_has_ended_since_is_no_violation() {
    let roster = Company::base().reports("ada", "cto").roster();
    let mut log = logged(&roster, "p", ("ada", "cto"), 0);
    log.ended = Some((day(20), None));
    let (_, adopted) = health_of(&[log], &roster, 10);
    for (as_of, violations, status) in [(19, 1, "suspended"), (20, 0, "ended")] {
        let health = assess(&adopted.history, as_of);
        assert_eq!(health.violations.len(), violations);
        assert_eq!(health.pairings[0].status.as_str(), status);
    }
}

#[test]
fn the_record_for_a_sponsor_byte_for_byte() {
    let roster = Company::base().places("cto", 9).places("cleo", 9).roster();
    let mut logs = logs();
    let more = |n: i64| {
        let mut log = logged(&roster, &format!("e{n}"), ("cleo", "cto"), 80 + n);
        log.sessions = logged_sessions(&[(100, held())]);
        log
    };
    logs.push(more(0));
    let record = |logs: &[LoggedPairing]| {
        let (health, _) = health_of(logs, &roster, 110);
        json(&health.release(Threshold::default()).to_record())
    };
    // Four have started (the fifth starts later): everything is withheld. With five, what rests on five is shown: four
    // are open and four have a place as mentor, and fewer have goals or met.
    bless("health-sponsor-withheld.json", &(record(&logs) + "\n"));
    assert_eq!(
        record(&logs),
        include_str!("golden/health-sponsor-withheld.json").trim_end()
    );
    logs.push(more(1));
    bless("health-sponsor.json", &(record(&logs) + "\n"));
    assert_eq!(
        record(&logs),
        include_str!("golden/health-sponsor.json").trim_end()
    );
}

#[test]
fn a_figure_of_fewer_than_the_threshold_is_withheld_by_itself() {
    let roster = Company::base().places("cto", 9).places("cleo", 9).roster();
    for ended in 0..=5u8 {
        // Five have started and met once; so many of them have ended, the others are open.
        let logs: Vec<LoggedPairing> = (0..5u8)
            .map(|n| {
                let mut log = logged(&roster, &format!("p{n}"), ("cleo", "cto"), 1);
                log.sessions = logged_sessions(&[(5, held())]);
                log.ended = (n < ended).then(|| (day(8), None));
                log
            })
            .collect();
        let (health, _) = health_of(&logs, &roster, 10);
        for threshold in 3..=6 {
            let released = health.release(Threshold::new(threshold).unwrap());
            let shown = |metric: &str| {
                let mut readings = released.readings.iter();
                let reading = readings.find(|r| r.metric.name() == metric).unwrap();
                reading.ratio.shown().map(|r| (r.part(), r.whole()))
            };
            let open = 5 - u64::from(ended);
            let enough = threshold <= 5;
            // Every one of the five met.
            assert_eq!(shown("session_completion"), enough.then_some((5, 5)));
            // The open ones alone count here; none at all is no data, and no secret.
            let active = enough && (open >= u64::from(threshold) || open == 0);
            assert_eq!(
                shown("active_pairs"),
                active.then_some((open, open)),
                "{ended} {threshold}"
            );
            // Nobody has goals.
            assert_eq!(shown("mentor_goal_progress"), enough.then_some((0, 0)));
        }
    }
}

#[test]
fn nothing_after_the_day_matters_to_a_live_programme() {
    // The days of this journal rise with it, so that a prefix is the story up to a day.
    let mut kept = live();
    let base = Company::base();
    kept.record(&session(3, 1, 25, MISSED), at(25));
    kept.step(1, Step::Settle, 26);
    kept.step(2, Step::Pause, 27);
    kept.reorganise(
        &base.clone().reports("ada", "cto").places("ada", 2).roster(),
        30,
    );
    kept.step(2, Step::Resume, 33);
    kept.reorganise(&base.clone().side("cleo", None).roster(), 36);
    kept.reinstate(1, 39);
    kept.record(&session(4, 2, 41, held()), at(41));
    let (skill, level) = (Skill::new("video").unwrap(), Level::new(3).unwrap());
    let entry = kept
        .program
        .progress(pairing_id(2), Mentee, skill, level, at(42));
    kept.journal.push(entry.unwrap());
    kept.step(1, Step::Complete, 44);
    kept.propose(
        &base.clone().side("cleo", None).roster(),
        &[("ada", "cto")],
        46,
    );
    assert!(kept.journal.is_sorted_by_key(|e: &Entry| e.stamp.on));
    for as_of in 0..=50 {
        let until = kept.journal.partition_point(|e| e.stamp.on <= day(as_of));
        let then = Program::replay(&kept.journal[..until]).unwrap();
        let (then, now) = (
            assess(then.history(), as_of),
            assess(kept.program.history(), as_of),
        );
        assert_eq!(then, now, "day {as_of}");
    }
}

#[test]
fn other_ids_change_nothing() {
    // The golden journal with every id turned round, so that their order turns too.
    let text = include_str!("golden/journal-v1.ndjson");
    let turn = |n: u32| 200 - n;
    let mut other = text.to_owned();
    for (space, to) in [(1, 11), (2, 12), (3, 13)] {
        for n in 1..=9 {
            let id = |space: u32, n: u32| format!("{space:08x}-0000-8000-8000-{n:012x}");
            other = other.replace(&id(space, n), &id(to, turn(n)));
        }
    }
    let program = |text: &str| {
        let entries = text.lines().map(|l| serde_json::from_str(l).unwrap());
        let entries: Vec<Entry> = entries.collect();
        Program::replay(&entries).unwrap()
    };
    let number = |id: PairingId| id.to_string()[24..].to_owned();
    let number = |id| u32::from_str_radix(&number(id), 16).unwrap();
    let (one, two) = (program(text), program(&other));
    for as_of in (0..100).step_by(3) {
        let one = assess(one.history(), as_of).to_record(|id| format!("p{}", number(id)));
        let two = assess(two.history(), as_of).to_record(|id| format!("p{}", turn(number(id))));
        assert_eq!(one, two);
    }
}

#[derive(Debug)]
struct Fixed(&'static str, u64);

impl Metric for Fixed {
    fn id(&self) -> PluginId {
        PluginId::new(self.0, 1)
    }

    fn definition(&self) -> &str {
        "a number / the same number"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        matches!(unit, UnitView::Pairing(_)).then(|| Contribution::new(self.1, self.1))
    }
}

#[derive(Debug)]
struct TooMuch;

impl Metric for TooMuch {
    fn id(&self) -> PluginId {
        PluginId::new("too_much", 1)
    }

    fn definition(&self) -> &str {
        "four / three"
    }

    fn contribute(&self, _: &UnitView<'_>) -> Option<Contribution> {
        Some(Contribution::new(4, 3))
    }
}

#[test]
fn metrics_that_are_none() {
    let kept = live();
    let assess = |metrics: &Metrics| {
        ProgramHealth::assess(kept.program.history(), metrics, day(30)).map(|h| h.readings.len())
    };
    let twice = Metrics::none()
        .with(Fixed("a", 1))
        .with(Fixed("b", 1))
        .with(Fixed("a", 2));
    let error = assess(&twice).unwrap_err();
    assert!(matches!(error, HealthError::Twice(_)));
    assert_eq!(error.to_string(), "there are two metrics named `a`");
    let error = assess(&Metrics::none().with(Fixed("huge", u64::MAX))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "metric `huge@1` adds up to more than a reading holds"
    );
    assert_eq!(
        assess(&Metrics::none().with(Fixed("half", u64::MAX / 2))),
        Ok(1)
    );
    assert_eq!(assess(&Metrics::none()), Ok(0));
    let error = assess(&Metrics::none().with(TooMuch)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "metric `too_much@1` gave a part of 4 of a whole of 3"
    );
}

/// Every person's places and open pairings, read as a metric sees them.
#[derive(Debug)]
struct Open(Role);

impl Metric for Open {
    fn id(&self) -> PluginId {
        PluginId::new("open", 1)
    }

    fn definition(&self) -> &str {
        "open pairings / places"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        let places = person.places(self.0)?;
        Some(Contribution::new(person.open(self.0).into(), places.into()))
    }
}

#[test]
fn people_are_counted_on_each_side() {
    let kept = live();
    let sum = |role| {
        let metrics = Metrics::none().with(Open(role));
        let health = ProgramHealth::assess(kept.program.history(), &metrics, day(30)).unwrap();
        ratio(&health, "open")
    };
    // ada 1 of 1, ben 1 of 2, cleo 1 of 1, ops 0 of 1; cto 2 of 2, cfo 1 of 1, ops 0 of 1.
    assert_eq!(sum(Mentor), (3, 5));
    assert_eq!(sum(Mentee), (3, 4));
}

#[test]
fn ratios_and_targets() {
    let ratio = |part, whole| Ratio::new(part, whole).unwrap();
    for (part, whole, decimal, percent) in [
        (0, 5, "0.0000", "0.0 %"),
        (5, 5, "1.0000", "100.0 %"),
        (1, 3, "0.3333", "33.3 %"),
        (2, 3, "0.6667", "66.7 %"),
        (1, 20_000, "0.0001", "0.0 %"),
        (1, 20_001, "0.0000", "0.0 %"),
        (1, 2_000, "0.0005", "0.1 %"),
        (1, 2_001, "0.0005", "0.0 %"),
        (u64::MAX - 1, u64::MAX, "1.0000", "100.0 %"),
        (u64::MAX, u64::MAX, "1.0000", "100.0 %"),
    ] {
        assert_eq!(ratio(part, whole).decimal().as_deref(), Some(decimal));
        assert_eq!(ratio(part, whole).percent().as_deref(), Some(percent));
    }
    assert_eq!(Ratio::new(1, 0), None);
    assert_eq!(Ratio::new(0, 0), Some(Ratio::NO_DATA));
    let least = Target::AtLeast(80);
    assert_eq!(
        [79, 80, 81].map(|n| least.is_met(ratio(n, 100))),
        [Some(false), Some(true), Some(true)]
    );
    let between = Target::Between(20, 50);
    assert_eq!(
        [19, 20, 50, 51].map(|n| between.is_met(ratio(n, 100))),
        [Some(false), Some(true), Some(true), Some(false)]
    );
    assert_eq!(between.is_met(Ratio::NO_DATA), None);
    assert_eq!(least.is_met(ratio(u64::MAX, u64::MAX)), Some(true));
}

#[test]
fn the_chemistry_period_is_not_judged_but_for_silence() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    for (n, on) in [(1, 10), (2, 20), (3, 30)] {
        kept.record(&session(n, 1, on, held()), at(on));
    }
    let status = |kept: &Kept, on| {
        let health = ProgramHealth::assess(kept.program.history(), &Metrics::standard(), day(on));
        let pairing = health.unwrap().pairings[0].clone();
        (pairing.status.as_str(), pairing.reasons.to_vec())
    };
    let early = |why| ("too_early", vec![why]);
    assert_eq!(status(&kept, 10), early("fewer-than-two-held"));
    assert_eq!(status(&kept, 30), early("chemistry-period"));
    assert_eq!(status(&kept, 67), early("chemistry-period"));
    assert_eq!(status(&kept, 68), ("needs_check_in", vec!["overdue"]));
    kept.step(1, Step::Settle, 40);
    assert_eq!(status(&kept, 39), early("chemistry-period"));
    assert_eq!(status(&kept, 40), ("on_track", vec![]));
}

/// What came of a session is of its day, and what another system has recorded is not of this programme.
#[test]
fn sessions_are_of_this_programme_and_of_their_day() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    let met = session(1, 1, 10, held()).with_feedback_from(Mentee);
    for session in [met, session(2, 1, 11, MISSED)] {
        kept.record(&session, at(20));
    }
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    let days: Vec<_> = (&facts.sessions).into_iter().map(|s| s.date).collect();
    assert_eq!(days, [day(10), day(11)]);
    // By date, in whatever order they come.
    let mut turned = facts.sessions.clone();
    turned = turned.iter().rev().copied().collect();
    assert_eq!(turned, facts.sessions);
    let session = &facts.sessions[0];
    let given = |on| facts.given(session, Response::Feedback, day(on));
    assert_eq!(
        [9, 10, 20].map(|on| given(on).contains(Mentee)),
        [false, true, true]
    );
    let here = |on| facts.held_here(day(on)).count();
    assert_eq!([9, 10, 20].map(here), [0, 1, 1]);
    // What was given for one earlier, and came in later, does not bring forward what was given for the other.
    for (on, response) in [(30, Response::Feedback), (25, Response::Recognition)] {
        let (id, program) = (pairing_id(1), &mut kept.program);
        let given = program.respond(id, session_id(1), Mentor, response, late(on, 40));
        assert!(given.is_ok(), "{given:?}");
    }
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    let session = &facts.sessions[0];
    let given = |on| {
        let given = |response| facts.given(session, response, day(on)).contains(Mentor);
        [Response::Feedback, Response::Recognition].map(given)
    };
    let expected = [[false, false], [false, true], [false, true], [true, true]];
    assert_eq!([24, 25, 29, 30].map(given), expected);
    let mut log = logged(&roster, "p", ("ada", "cto"), 0);
    log.sessions = logged_sessions(&[(3, held())]);
    let (_, adopted) = health_of(&[log], &roster, 30);
    let (_, facts) = adopted.history.pairings().next().unwrap();
    assert_eq!(
        (
            facts.held(day(30)).count(),
            facts.held_here(day(30)).count()
        ),
        (1, 0)
    );
}

/// People whose charter says how often the pairings meet.
#[derive(Debug)]
struct Chartered;

impl Metric for Chartered {
    fn id(&self) -> PluginId {
        PluginId::new("chartered", 1)
    }

    fn definition(&self) -> &str {
        "people with a charter / people"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        Some(Contribution::whether(person.charter() == Some(&charter())))
    }
}

#[test]
fn people_go_by_the_charter_of_their_cohort() {
    let roster = Company::base().roster();
    let metrics = Metrics::none().with(Chartered);
    let read = |history: &History| {
        let health = ProgramHealth::assess(history, &metrics, day(5)).unwrap();
        let reading = health.reading("chartered").unwrap();
        (reading.part(), reading.whole())
    };
    assert_eq!(read(Kept::open(&roster).program.history()), (6, 6));
    // A log has no charter.
    let (_, adopted) = health_of(&[logged(&roster, "p", ("ada", "cto"), 0)], &roster, 5);
    assert_eq!(read(&adopted.history), (0, 6));
}
