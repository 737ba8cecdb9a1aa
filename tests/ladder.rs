//! The escalation ladder by hand: every rung at its first day and the day before it, and what can never come out of it.

mod support;

use reverse_mentoring::cadence::{Cadence, Calendar};
use reverse_mentoring::health::{
    DataPoint, Ladder, LadderDays, LadderFlaw, Metrics, NextStep, ProgramHealth, Rung,
    SelfAssessment, StepReason,
};
use reverse_mentoring::history::{History, LoggedPairing, adopt};
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::journal::Entry;
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pairing::Step;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::Load;
use reverse_mentoring::session::Outcome;
use support::*;

fn steps_of(history: &History, as_of: i64) -> Vec<NextStep> {
    Ladder::DEFAULT.next_steps(history, &Calendar::OPEN, day(as_of))
}

/// As `rung [reasons] days`; empty where nothing is to be done.
fn said(step: Option<&NextStep>) -> String {
    step.map_or_else(String::new, |next| {
        let reasons: Vec<_> = next.reasons.iter().map(|r| r.as_str()).collect();
        format!("{} [{}] {}", next.step, reasons.join(" "), next.days)
    })
}

fn on_log(log: &LoggedPairing, as_of: i64) -> String {
    let roster = Company::base().roster();
    let ids = &mut SequentialIds::new(8);
    let adopted = adopt(
        std::slice::from_ref(log),
        &roster,
        Load::DEFAULT,
        day(as_of),
        ids,
    );
    said(steps_of(&adopted.history, as_of).first())
}

fn log(cadence: Cadence, sessions: &[(i64, Outcome)]) -> LoggedPairing {
    let mut log = logged(&Company::base().roster(), "p", ("ada", "cto"), 0);
    (log.cadence, log.sessions) = (cadence, logged_sessions(sessions));
    log
}

fn live_step(kept: &Kept, pairing: u32, as_of: i64) -> String {
    let steps = steps_of(kept.program.history(), as_of);
    said(steps.iter().find(|s| s.pairing == pairing_id(pairing)))
}

#[test]
fn silence_climbs_at_its_boundaries() {
    // Monthly, last met on 20: overdue after 37 days, at risk after 60, closing after 90, closed after 97.
    let two = log(Cadence::MONTHLY, &[(10, held()), (20, held())]);
    for (as_of, expected) in [
        (-1, ""),
        (0, ""),
        (57, ""),
        (58, "remind [overdue] 38"),
        (80, "remind [overdue] 60"),
        (81, "talk_to_each [silent-for-two-cadences] 61"),
        (109, "talk_to_each [silent-for-two-cadences] 89"),
        (110, "propose_closing [silence] 90"),
        (116, "propose_closing [silence] 96"),
        (117, "close [silence] 97"),
        (1000, "close [silence] 980"),
    ] {
        assert_eq!(on_log(&two, as_of), expected, "day {as_of}");
    }
    // Two in a row at once, and both reasons where both are there.
    let lost = log(
        Cadence::MONTHLY,
        &[(5, held()), (8, MISSED), (9, CANCELLED)],
    );
    for (as_of, expected) in [
        (8, ""),
        (9, "talk_to_each [last-two-not-held] 4"),
        (
            66,
            "talk_to_each [last-two-not-held silent-for-two-cadences] 61",
        ),
        (95, "propose_closing [silence] 90"),
    ] {
        assert_eq!(on_log(&lost, as_of), expected, "day {as_of}");
    }
    // Never met: from the start.
    let never = log(Cadence::MONTHLY, &[]);
    for (as_of, expected) in [
        (37, ""),
        (38, "remind [overdue] 38"),
        (89, "talk_to_each [silent-for-two-cadences] 89"),
        (90, "propose_closing [silence] 90"),
        (97, "close [silence] 97"),
    ] {
        assert_eq!(on_log(&never, as_of), expected, "day {as_of}");
    }
    // Over is over.
    let mut over = log(Cadence::MONTHLY, &[]);
    over.ended = Some((day(50), None));
    assert_eq!(
        [49, 50, 500].map(|on| on_log(&over, on)),
        ["remind [overdue] 49", "", ""]
    );
}

#[test]
fn whoever_meets_each_quarter_is_not_given_up_after_one() {
    // 90 days and 7 of grace: two intervals are 180.
    let quarterly = log(Cadence::new(90, 7, 60).unwrap(), &[(0, held())]);
    for (as_of, expected) in [
        (97, ""),
        (98, "remind [overdue] 98"),
        (180, "remind [overdue] 180"),
        (181, "propose_closing [silence] 181"),
        (186, "propose_closing [silence] 186"),
        (187, "close [silence] 187"),
    ] {
        assert_eq!(on_log(&quarterly, as_of), expected, "day {as_of}");
    }
    // Two intervals of 45 days are exactly the 90.
    let other = log(Cadence::new(45, 3, 60).unwrap(), &[(0, held())]);
    for (as_of, expected) in [
        (90, "remind [overdue] 90"),
        (91, "propose_closing [silence] 91"),
        (97, "close [silence] 97"),
    ] {
        assert_eq!(on_log(&other, as_of), expected, "day {as_of}");
    }
    // Closed days: two slots are not missed before they have come. Closed from day 1 on.
    let closed = Calendar::new([day(1)..=day(96)]).unwrap();
    let monthly = log(Cadence::MONTHLY, &[(0, held())]);
    let (roster, ids) = (Company::base().roster(), &mut SequentialIds::new(8));
    let history = adopt(&[monthly], &roster, Load::DEFAULT, day(90), ids).history;
    let on = |as_of| {
        let steps = Ladder::DEFAULT.next_steps(&history, &closed, day(as_of));
        steps.first().map(|next| next.step)
    };
    assert_eq!(
        Ladder::DEFAULT.next_steps(&history, &Calendar::OPEN, day(97))[0].step,
        Rung::Close
    );
    assert!(on(97) < Some(Rung::Close), "{:?}", on(97));
}

#[test]
fn an_adopted_breach_is_decided_at_once() {
    let roster = Company::base().roster();
    // ops manages ben.
    let log = logged(&roster, "p", ("ben", "ops"), 0);
    assert_eq!(on_log(&log, 0), "decide_on_breach [core-invariant] 0");
    assert_eq!(on_log(&log, 300), "decide_on_breach [core-invariant] 300");
}

/// ada and the cto, proposed on day 1.
fn proposed() -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept
}

#[test]
fn stuck_before_they_begin() {
    let mut kept = proposed();
    for (as_of, expected) in [
        (0, ""),
        (21, ""),
        (
            22,
            "ask_what_is_missing [stuck-in-proposed waits-for-mentor waits-for-mentee] 21",
        ),
        (
            91,
            "propose_closing [stuck-in-proposed waits-for-mentor waits-for-mentee] 90",
        ),
        (
            98,
            "close [stuck-in-proposed waits-for-mentor waits-for-mentee] 97",
        ),
    ] {
        assert_eq!(live_step(&kept, 1, as_of), expected, "day {as_of}");
    }
    // One of the two has accepted: the stage is the same, and its days go on.
    kept.step(1, Step::Accept { by: Mentee }, 15);
    assert_eq!(
        live_step(&kept, 1, 22),
        "ask_what_is_missing [stuck-in-proposed waits-for-mentor] 21"
    );
    // Both: another stage.
    kept.step(1, Step::Accept { by: Mentor }, 23);
    assert_eq!(live_step(&kept, 1, 43), "");
    assert_eq!(
        live_step(&kept, 1, 44),
        "ask_what_is_missing [stuck-in-accepted] 21"
    );
    // To introduce themselves is no other stage.
    kept.step(1, Step::Introduce, 30);
    assert_eq!(
        live_step(&kept, 1, 44),
        "ask_what_is_missing [stuck-in-accepted] 21"
    );
    kept.step(1, Step::Prepare, 45);
    kept.state(1, 50);
    assert_eq!(live_step(&kept, 1, 65), "");
    assert_eq!(
        live_step(&kept, 1, 66),
        "ask_what_is_missing [stuck-in-preparing waits-for-mentor waits-for-mentee] 21"
    );
    kept.step(1, Step::Sign { by: Mentor }, 60);
    assert_eq!(
        live_step(&kept, 1, 66),
        "ask_what_is_missing [stuck-in-preparing waits-for-mentee] 21"
    );
    kept.step(1, Step::Sign { by: Mentee }, 67);
    // Nobody is waited for, and still they do not begin.
    assert_eq!(
        live_step(&kept, 1, 68),
        "ask_what_is_missing [stuck-in-preparing] 23"
    );
    kept.step(1, Step::Begin, 68);
    assert_eq!(live_step(&kept, 1, 68), "");
    // From then on silence counts, from the start.
    assert_eq!(live_step(&kept, 1, 106), "remind [overdue] 38");
    // What was said on an earlier day stays what it was.
    assert_eq!(
        live_step(&kept, 1, 22),
        "ask_what_is_missing [stuck-in-proposed waits-for-mentor] 21"
    );
}

#[test]
fn a_signature_under_another_text_is_none() {
    let mut kept = proposed();
    for step in [
        Step::Accept { by: Mentor },
        Step::Accept { by: Mentee },
        Step::Prepare,
    ] {
        kept.step(1, step, 2);
    }
    kept.state(1, 2);
    kept.step(1, Step::Sign { by: Mentee }, 3);
    assert_eq!(
        live_step(&kept, 1, 23),
        "ask_what_is_missing [stuck-in-preparing waits-for-mentor] 21"
    );
    let entry = kept.program.state(pairing_id(1), Mentor, terms(), at(10));
    kept.journal.push(entry.unwrap());
    assert_eq!(
        live_step(&kept, 1, 23),
        "ask_what_is_missing [stuck-in-preparing waits-for-mentor waits-for-mentee] 21"
    );
}

/// Begun on 10, met on 12 and 20, settled on 25.
fn begun() -> Kept {
    let mut kept = proposed();
    kept.begin(1, 10);
    kept.record(&session(1, 1, 12, held()), at(12));
    kept.record(&session(2, 1, 20, held()), at(20));
    kept.step(1, Step::Settle, 25);
    kept
}

#[test]
fn a_link_that_stands_and_one_that_is_gone() {
    let mut kept = begun();
    let base = Company::base();
    let linked = base.clone().reports("ada", "cto").roster();
    kept.reorganise(&linked, 30);
    for (as_of, expected) in [
        (29, ""),
        (30, ""),
        (50, ""),
        (51, "decide_on_breach [link-stands] 21"),
        (500, "decide_on_breach [link-stands] 470"),
    ] {
        assert_eq!(live_step(&kept, 1, as_of), expected, "day {as_of}");
    }
    kept.reorganise(&base.roster(), 60);
    for (as_of, expected) in [
        (59, "decide_on_breach [link-stands] 29"),
        (
            60,
            "ask_whether_to_go_on [link-gone waits-for-mentor waits-for-mentee] 0",
        ),
        (
            149,
            "ask_whether_to_go_on [link-gone waits-for-mentor waits-for-mentee] 89",
        ),
        (
            150,
            "propose_closing [link-gone waits-for-mentor waits-for-mentee] 90",
        ),
        (
            157,
            "close [link-gone waits-for-mentor waits-for-mentee] 97",
        ),
    ] {
        assert_eq!(live_step(&kept, 1, as_of), expected, "day {as_of}");
    }
    kept.step(1, Step::Reinstate { by: Mentor }, 62);
    assert_eq!(
        live_step(&kept, 1, 63),
        "ask_whether_to_go_on [link-gone waits-for-mentee] 3"
    );
    // Back again: the word of the mentor does not stand.
    kept.reorganise(&linked, 65);
    assert_eq!(live_step(&kept, 1, 65), "decide_on_breach [link-stands] 35");
    kept.reorganise(&base.roster(), 70);
    assert_eq!(
        live_step(&kept, 1, 71),
        "ask_whether_to_go_on [link-gone waits-for-mentor waits-for-mentee] 1"
    );
    kept.reinstate(1, 72);
    assert_eq!(live_step(&kept, 1, 72), "");
    // 42 days did not count: overdue after 20 + 37 + 42.
    assert_eq!(live_step(&kept, 1, 99), "");
    assert_eq!(live_step(&kept, 1, 100), "remind [overdue] 38");
}

#[test]
fn a_pause_is_asked_about_and_does_not_count_as_silence() {
    let mut kept = begun();
    kept.step(1, Step::Pause, 30);
    for (as_of, expected) in [
        (50, ""),
        (51, "ask_whether_to_go_on [paused-long] 21"),
        (400, "ask_whether_to_go_on [paused-long] 370"),
    ] {
        assert_eq!(live_step(&kept, 1, as_of), expected, "day {as_of}");
    }
    kept.step(1, Step::Resume, 130);
    // 10 days before the pause and as many after it.
    for (as_of, expected) in [
        (130, ""),
        (157, ""),
        (158, "remind [overdue] 38"),
        (180, "remind [overdue] 60"),
        (181, "talk_to_each [silent-for-two-cadences] 61"),
        // The planned end is day 181.
        (209, "complete_or_extend [past-planned-end] 89"),
        (210, "propose_closing [silence] 90"),
        (217, "close [silence] 97"),
    ] {
        assert_eq!(live_step(&kept, 1, as_of), expected, "day {as_of}");
    }
}

/// A pause before the last session is over and done with: it takes nothing from the silence, and adds nothing.
#[test]
fn what_was_before_the_last_session_does_not_matter() {
    let mut kept = begun();
    kept.step(1, Step::Pause, 30);
    kept.step(1, Step::Resume, 40);
    kept.record(&session(3, 1, 50, held()), at(50));
    assert_eq!(live_step(&kept, 1, 87), "");
    assert_eq!(live_step(&kept, 1, 88), "remind [overdue] 38");
}

/// Made elsewhere on 0 and adopted on 10: held up, and to be decided, from then on.
#[test]
fn a_breach_waits_since_it_holds_them_up() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    // ops manages ben.
    let id = kept.adopt_log(&roster, logged(&roster, "k", ("ben", "ops"), 0), 10);
    for (as_of, days) in [(10, 0), (15, 5), (60, 50)] {
        let steps = steps_of(kept.program.history(), as_of);
        let step = said(steps.iter().find(|s| s.pairing == id));
        assert_eq!(step, format!("decide_on_breach [core-invariant] {days}"));
    }
}

#[test]
fn suspended_before_they_begin_the_stage_waits() {
    let mut kept = proposed();
    let base = Company::base();
    kept.reorganise(&base.clone().reports("ada", "cto").roster(), 11);
    kept.reorganise(&base.roster(), 14);
    kept.reinstate(1, 15);
    // Ten days, four that do not count, eleven.
    assert_eq!(live_step(&kept, 1, 25), "");
    assert_eq!(
        live_step(&kept, 1, 26),
        "ask_what_is_missing [stuck-in-proposed waits-for-mentor waits-for-mentee] 21"
    );
}

#[test]
fn an_adopted_pairing_is_silent_and_a_regularised_one_waits_for_signatures() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let id = kept.adopt_log(&roster, sound_log(&roster, ("ada", "cto"), 10), 10);
    let on = |kept: &Kept, as_of| {
        let steps = steps_of(kept.program.history(), as_of);
        said(steps.iter().find(|s| s.pairing == id))
    };
    // Silent since the session of the log.
    for (as_of, expected) in [
        (27, ""),
        (28, "remind [overdue] 38"),
        (80, "propose_closing [silence] 90"),
        (87, "close [silence] 97"),
    ] {
        assert_eq!(on(&kept, as_of), expected, "day {as_of}");
    }
    let mut paused = kept.clone();
    kept.regularise(&roster, id, 40);
    for (as_of, expected) in [
        (39, "remind [overdue] 49"),
        (40, ""),
        (60, ""),
        (
            61,
            "ask_what_is_missing [stuck-in-preparing waits-for-mentor waits-for-mentee] 21",
        ),
        (
            137,
            "close [stuck-in-preparing waits-for-mentor waits-for-mentee] 97",
        ),
    ] {
        assert_eq!(on(&kept, as_of), expected, "day {as_of}");
    }
    for by in [Mentor, Mentee] {
        let entry = kept.program.state(id, by, terms(), at(62)).unwrap();
        kept.journal.push(entry);
    }
    let step = |kept: &mut Kept, step, day| {
        let entry = kept.program.advance(id, step, at(day)).unwrap();
        kept.journal.push(entry);
    };
    step(&mut kept, Step::Sign { by: Mentee }, 62);
    assert_eq!(
        on(&kept, 62),
        "ask_what_is_missing [stuck-in-preparing waits-for-mentor] 22"
    );
    step(&mut kept, Step::Sign { by: Mentor }, 63);
    step(&mut kept, Step::Begin, 64);
    // A self-assessment knows the day of either: what an adopted pairing did elsewhere is none of it.
    for (point, as_of, part) in [
        (DataPoint::BegunTrained, 30, 0),
        (DataPoint::BegunTrained, 63, 0),
        (DataPoint::BegunTrained, 64, 1),
        (DataPoint::AgreementSigned, 62, 0),
        (DataPoint::AgreementSigned, 63, 1),
        (DataPoint::AcceptedByBoth, 64, 0),
    ] {
        let history = kept.program.history();
        let assessment = SelfAssessment::new(None, history, &[], day(as_of));
        let standard = assessment.standard(point.standard());
        let found = standard.shown.iter().find(|(p, _)| *p == point).unwrap();
        assert_eq!(
            (found.1.part(), found.1.whole()),
            (part, 1),
            "{point} {as_of}"
        );
    }
    // 50 days of silence, 24 that do not count.
    assert_eq!(on(&kept, 64), "remind [overdue] 50");

    // Paused before: that is what is asked about first.
    step(&mut paused, Step::Pause, 30);
    paused.regularise(&roster, id, 40);
    assert_eq!(on(&paused, 50), "");
    assert_eq!(on(&paused, 51), "ask_whether_to_go_on [paused-long] 21");
    step(&mut paused, Step::Resume, 55);
    assert_eq!(on(&paused, 75), "");
    assert_eq!(
        on(&paused, 76),
        "ask_what_is_missing [stuck-in-preparing waits-for-mentor waits-for-mentee] 21"
    );
}

#[test]
fn beyond_the_planned_end() {
    let mut kept = begun();
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    let end = facts.planned_end(day(0)).unwrap();
    let end = (end - day(0)).num_days();
    kept.record(&session(3, 1, end - 1, held()), at(end - 1));
    kept.record(&session(4, 1, end, held()), at(end));
    assert_eq!(live_step(&kept, 1, end), "");
    assert_eq!(
        live_step(&kept, 1, end + 1),
        "complete_or_extend [past-planned-end] 1"
    );
    // Rather than a reminder or a talk; closing is said of the silent all the same.
    assert_eq!(
        live_step(&kept, 1, end + 89),
        "complete_or_extend [past-planned-end] 89"
    );
    assert_eq!(
        live_step(&kept, 1, end + 90),
        "propose_closing [silence] 90"
    );
    kept.step(1, Step::Complete, end + 2);
    assert_eq!(live_step(&kept, 1, end + 90), "");
}

#[test]
fn days_are_policy() {
    let kept = proposed();
    let ladder = Ladder::new(LadderDays {
        stuck: 3,
        silence: 5,
        notice: 2,
    })
    .unwrap();
    let on = |as_of| {
        let steps = ladder.next_steps(kept.program.history(), &Calendar::OPEN, day(as_of));
        steps.first().map(|next| next.step)
    };
    assert_eq!(
        [3, 4, 5, 6, 7, 8].map(on),
        [
            None,
            Some(Rung::AskWhatIsMissing),
            Some(Rung::AskWhatIsMissing),
            Some(Rung::ProposeClosing),
            Some(Rung::ProposeClosing),
            Some(Rung::Close)
        ]
    );
    let flaws = |stuck, silence, notice| {
        Ladder::new(LadderDays {
            stuck,
            silence,
            notice,
        })
        .map_err(|e| e.0)
    };
    assert_eq!(
        flaws(0, 0, 0),
        Err(vec![
            LadderFlaw::Stuck,
            LadderFlaw::Silence,
            LadderFlaw::Notice
        ])
    );
    let order = |stuck, silence| Err(vec![LadderFlaw::Order { stuck, silence }]);
    assert_eq!(flaws(5, 5, 1), order(5, 5));
    assert_eq!(flaws(9, 5, 1), order(9, 5));
    assert!(flaws(4, 5, 1).is_ok());
    assert!(flaws(u16::MAX - 1, u16::MAX, u16::MAX).is_ok());
    assert_eq!(Ladder::default(), Ladder::DEFAULT);
    assert_eq!(flaws(21, 90, 7), Ok(Ladder::DEFAULT));
    let days = LadderDays {
        stuck: 9,
        silence: 5,
        notice: 0,
    };
    assert_eq!(
        Ladder::new(days).unwrap_err().to_string(),
        "nobody is given a day of notice; closing is proposed after 5 days, and what is missing is asked after 9"
    );
}

#[test]
fn while_nothing_happens_it_only_climbs() {
    for days in 1..=120 {
        let Ok(cadence) = Cadence::new(days, days / 3, 30) else {
            continue;
        };
        for sessions in [
            &[][..],
            &[(3, held())],
            &[(3, held()), (4, MISSED), (5, MISSED)],
        ] {
            let (log, roster) = (log(cadence, sessions), Company::base().roster());
            let ids = &mut SequentialIds::new(8);
            let history = adopt(&[log], &roster, Load::DEFAULT, day(400), ids).history;
            let rungs: Vec<_> = (5..400)
                .map(|on| steps_of(&history, on).first().map(|next| next.step))
                .collect();
            assert!(rungs.is_sorted(), "{cadence:?} {sessions:?}");
            assert_eq!(rungs.last(), Some(&Some(Rung::Close)));
            // And it is proposed for exactly the days of notice, where two slots are missed by then.
            let proposed = rungs.iter().filter(|r| **r == Some(Rung::ProposeClosing));
            let proposed = proposed.count();
            assert!(proposed == 7 || proposed == 6, "{cadence:?}: {proposed}");
        }
    }
}

#[test]
fn nothing_after_the_day_matters() {
    let mut kept = begun();
    let base = Company::base();
    kept.propose(&base.roster(), &[("ben", "cfo"), ("cleo", "cto")], 26);
    kept.step(2, Step::Accept { by: Mentor }, 28);
    kept.step(1, Step::Pause, 30);
    kept.reorganise(&base.clone().reports("ada", "cto").roster(), 60);
    kept.step(2, Step::Accept { by: Mentee }, 61);
    kept.step(2, Step::Prepare, 70);
    kept.state(2, 75);
    kept.step(2, Step::Sign { by: Mentor }, 80);
    kept.reorganise(&base.roster(), 90);
    kept.reinstate(1, 95);
    kept.step(3, END, 99);
    kept.step(2, END, 130);
    let mut seen = std::collections::BTreeSet::new();
    for as_of in 0..140 {
        let known: Vec<Entry> = kept
            .journal
            .iter()
            .filter(|entry| entry.stamp.on <= day(as_of))
            .cloned()
            .collect();
        let then = Program::replay(&known).unwrap();
        let now = steps_of(kept.program.history(), as_of);
        assert_eq!(now, steps_of(then.history(), as_of), "day {as_of}");
        seen.extend(now.iter().map(|next| next.step));
    }
    assert!(seen.len() >= 4, "{seen:?}");
}

#[test]
fn assess_lists_what_needs_something_and_started_or_not() {
    let kept = proposed();
    let assess = |as_of| {
        ProgramHealth::assess(kept.program.history(), &Metrics::standard(), day(as_of)).unwrap()
    };
    assert_eq!(assess(21).next_steps, []);
    let health = assess(22);
    assert_eq!(health.pairings, []);
    assert_eq!(health.next_steps, steps_of(kept.program.history(), 22));
    assert_eq!(
        health.next_steps[0].to_string(),
        "ask what is missing (stuck-in-proposed, waits-for-mentor, waits-for-mentee, 21 days)"
    );
    assert!(
        health
            .to_string()
            .contains("\n  no pairing has started\n  ask what is missing: 1 pairing\n  no data: ")
    );
    let record = serde_json::to_string(&health.to_record(|_| "x".to_owned())).unwrap();
    assert!(
        record.ends_with(
            r#""missing_evidence":[],"next_steps":[{"pairing":"x","step":"ask_what_is_missing","reasons":["stuck-in-proposed","waits-for-mentor","waits-for-mentee"],"days":21}]}"#
        ),
        "{record}"
    );
    // Nothing of it for a sponsor.
    let released = health.release(Default::default()).to_record();
    assert!(released.next_steps.is_empty());
}

#[test]
fn codes_are_what_the_wire_has() {
    let rungs = Rung::ALL;
    assert!(rungs.is_sorted());
    for rung in rungs {
        assert_eq!(serde_json::to_value(rung).unwrap(), rung.as_str());
        assert_eq!(rung.to_string(), rung.as_str());
    }
    use StepReason::*;
    let reasons = [
        Overdue,
        LastTwoNotHeld,
        SilentForTwoCadences,
        Silence,
        StuckInProposed,
        StuckInAccepted,
        StuckInPreparing,
        WaitsForMentor,
        WaitsForMentee,
        PausedLong,
        LinkGone,
        LinkStands,
        CoreInvariant,
        PastPlannedEnd,
    ];
    for reason in reasons {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        assert_eq!(reason.to_string(), reason.as_str());
    }
}
