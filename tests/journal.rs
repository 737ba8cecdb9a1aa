//! The journal as text: what it may claim, and what loading refuses, word for word.
//!
//! `golden/journal-v1.ndjson` holds one of each event, each step and each outcome. It is a contract: a release that
//! cannot read it, or writes it differently, has broken the journals that hosts keep.

mod support;

use reverse_mentoring::charter::Milestone;
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::journal::{Entry, Event};
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pairing::{
    Agreement, DropReason, EndReason, Goal, GoalChange, GoalRef, NewGoal, Occasion, Priority,
    SharedGoal, Stage, Step, TwoWayGoals,
};
use reverse_mentoring::program::{Program, ReplayProblem};
use reverse_mentoring::roster::{Level, Roster, Side, Skill};
use reverse_mentoring::session::{
    Minutes, Outcome, PlannedSession, Response, Session, Taught, TaughtBy, Venue,
};
use reverse_mentoring::text::Label;
use serde_json::{Value, json};
use support::*;

const GOLDEN: &str = include_str!("golden/journal-v1.ndjson");

/// ada below the cto, ben below the cfo over a dotted line.
fn linked() -> Roster {
    Company::base()
        .reports("ada", "cto")
        .dotted("ben", "cfo")
        .roster()
}

/// The story of the golden journal.
fn story() -> Kept {
    use reverse_mentoring::cadence::Cadence;
    let base = Company::base();
    let roster = base.roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    let goal = |skill, from, to| {
        let level = |l| Level::new(l).unwrap();
        Goal::new(Skill::new(skill).unwrap(), level(from), level(to), day(120)).unwrap()
    };
    let talk = SharedGoal::new(Label::new("a talk").unwrap(), day(90));
    let entry = kept.program.propose(
        pairing_id(9),
        &proof(&roster, "ben", "cto"),
        TwoWayGoals::new(
            [goal("budget", 0, 2)],
            [
                goal("video", 1, 5).with_priority(Priority::High),
                goal("sql", 0, 1),
            ],
        )
        .and_then(|goals| goals.with_shared([talk.clone()]))
        .unwrap(),
        Agreement::standard(Cadence::FORTNIGHTLY),
        coordinator(),
        late(1, 2),
    );
    kept.journal.push(entry.unwrap());
    kept.step(9, Step::Decline { by: Mentee }, 2);
    for by in [Mentor, Mentee] {
        kept.step(1, Step::Accept { by }, 3);
    }
    kept.step(1, Step::Introduce, 3);
    kept.step(1, Step::Prepare, 3);
    kept.state(1, 3);
    for step in [
        Step::Sign { by: Mentee },
        Step::Sign { by: Mentor },
        Step::Begin,
    ] {
        kept.step(1, step, 3);
    }
    kept.record(
        &session(1, 1, 5, held_for(45, TaughtBy::Both)).with_feedback_from(Mentor),
        at(5),
    );
    kept.record(&session(2, 1, 30, CANCELLED), at(6));
    kept.record(&session(3, 1, 20, MISSED), at(21));
    kept.record(&session(4, 1, 22, held_for(1440, TaughtBy::Mentee)), at(22));
    let correction = session(3, 1, 19, held())
        .with_feedback_from(Mentee)
        .with_feedback_from(Mentor);
    let entry = kept.program.correct(&correction, at(23)).unwrap();
    kept.journal.push(entry);
    let entry = kept
        .program
        .void(pairing_id(1), session_id(4), at(24))
        .unwrap();
    kept.journal.push(entry);
    kept.step(1, Step::Settle, 24);
    let (skill, level) = (Skill::new("video").unwrap(), Level::new(2).unwrap());
    let entry = kept
        .program
        .progress(pairing_id(1), Mentee, skill, level, at(25));
    kept.journal.push(entry.unwrap());
    let agreed = kept.program.pairing(pairing_id(1)).unwrap().agreement();
    let longer = agreed.clone().until(day(300));
    let offered = kept.program.offer(pairing_id(1), Mentee, longer, at(25));
    let answered = kept.program.answer(pairing_id(1), Mentor, true, at(25));
    kept.journal.extend([offered, answered].map(Result::unwrap));
    let of = |role, skill| GoalRef::learning(role, Skill::new(skill).unwrap());
    let mut change = |goal, change, on| {
        let entry = kept
            .program
            .change_goal(pairing_id(1), goal, change, at(on));
        kept.journal.push(entry.unwrap());
    };
    let (to, by, priority) = (Some(level), Some(day(60)), Some(Priority::High));
    let revised = GoalChange::Revised { to, by, priority };
    change(of(Mentee, "video"), revised, 25);
    change(of(Mentee, "video"), GoalChange::Achieved, 25);
    let reason = DropReason::OutOfReach;
    change(of(Mentor, "budget"), GoalChange::Dropped { reason }, 25);
    change(of(Mentor, "budget"), GoalChange::Reopened, 26);
    change(
        of(Mentor, "budget"),
        GoalChange::revised_priority(Priority::Low),
        26,
    );
    let learning = NewGoal::Learning {
        learner: Mentor,
        goal: goal("sql", 0, 1),
    };
    for goal in [NewGoal::Shared { goal: talk }, learning] {
        let entry = kept.program.add_goal(pairing_id(1), goal, at(26));
        kept.journal.push(entry.unwrap());
    }
    kept.step(1, Step::Pause, 26);
    kept.step(1, Step::Resume, 27);
    sessions_planned(&mut kept);
    kept.reorganise(&linked(), 40);
    let home = base.clone().places("cto", 3).roster();
    kept.reorganise(&home, 50);
    kept.reinstate(1, 51);
    kept.step(
        2,
        Step::End {
            reason: EndReason::Link,
        },
        51,
    );
    kept.propose(&home, &[("cleo", "cfo"), ("ben", "cto")], 52);
    kept.step(1, Step::Complete, 60);
    for by in [Mentor, Mentee] {
        let reviewed = kept.program.review(pairing_id(1), by, at(60));
        let occasion = Occasion::Completed;
        let agrees = kept
            .program
            .celebrate(pairing_id(1), occasion, by, true, at(60));
        kept.journal.extend([reviewed, agrees].map(Result::unwrap));
    }
    kept.reorganise(&base.clone().side("cleo", None).roster(), 70);
    let reach = |kept: &mut Kept, milestone, on| {
        let entry = kept.program.reach(cohort_id(1), milestone, at(on));
        kept.journal.push(entry.unwrap());
    };
    let entry = kept.program.withdraw(person_id(6), at(71));
    kept.journal.push(entry.unwrap());
    reach(&mut kept, Milestone::Midpoint, 80);
    reach(&mut kept, Milestone::Close, 85);
    reach(&mut kept, Milestone::Retrospective, 90);
    kept
}

/// One session planned, moved, held, and answered to; one that falls away as the pairing is suspended.
fn sessions_planned(kept: &mut Kept) {
    let pairing = pairing_id(1);
    let (five, six) = (session_id(5), session_id(6));
    let instant = |n: i64, hour| day(n).and_hms_opt(hour, 30, 0).unwrap().and_utc();
    let hour = Minutes::new(60).unwrap();
    let plan = PlannedSession::new(five, pairing, day(30)).at(instant(30, 9), hour);
    let entry = kept.program.plan_session(&plan, at(28)).unwrap();
    kept.journal.push(entry);
    let later = PlannedSession::new(five, pairing, day(31)).at(instant(31, 14), hour);
    let entry = kept.program.move_session(&later, at(29)).unwrap();
    kept.journal.push(entry);
    let shared = Outcome::Held(Taught::split(40, 15).unwrap());
    let held = Session::new(five, pairing, day(31), shared)
        .with_start(instant(31, 14))
        .with_venue(Venue::Workplace)
        .with_recognition_from(Mentee);
    kept.record(&held, at(31));
    let given = kept
        .program
        .respond(pairing, five, Mentee, Response::Feedback, at(32));
    kept.journal.push(given.unwrap());
    let given = kept
        .program
        .respond(pairing, five, Mentor, Response::Recognition, at(32));
    kept.journal.push(given.unwrap());
    let plan = PlannedSession::new(six, pairing, day(45));
    let entry = kept.program.plan_session(&plan, at(33)).unwrap();
    kept.journal.push(entry);
}

fn lines(journal: &[Entry]) -> String {
    let lines = journal
        .iter()
        .map(|e| serde_json::to_string(e).unwrap() + "\n");
    lines.collect()
}

fn golden() -> Vec<Value> {
    GOLDEN
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

/// Reads and replays a journal; what stands against it, word for word.
fn load(values: &[Value]) -> Result<Program, String> {
    let read = |(n, v): (usize, &Value)| {
        serde_json::from_value::<Entry>(v.clone()).map_err(|e| format!("line {}: {e}", n + 1))
    };
    let entries: Vec<Entry> = values
        .iter()
        .enumerate()
        .map(read)
        .collect::<Result<_, _>>()?;
    Program::replay(&entries).map_err(|e| e.to_string())
}

/// The words against the golden journal with the value at a place of a line (from 0) changed.
fn spoilt_anywhere(line: usize, place: &str, value: Value) -> String {
    let mut values = golden();
    *values[line]
        .pointer_mut(place)
        .unwrap_or_else(|| panic!("{line}{place}")) = value;
    load(&values).unwrap_err()
}

/// The words that name this very line, by its number or as the entry.
fn spoilt(line: usize, place: &str, value: Value) -> String {
    let words = spoilt_anywhere(line, place, value);
    let rest = words.strip_prefix(&format!("line {}: ", line + 1));
    let rest = rest.or_else(|| words.strip_prefix(&format!("entry {line}: ")));
    rest.unwrap_or_else(|| panic!("line {line}: {words}"))
        .to_owned()
}

/// The place of the first entry of a kind.
fn first(event: &str) -> usize {
    golden()
        .iter()
        .position(|v| v["event"]["event"] == event)
        .unwrap()
}

#[test]
fn the_golden_journal_reads_replays_and_rewrites_to_the_same_bytes() {
    let entries = GOLDEN
        .lines()
        .map(|l| serde_json::from_str::<Entry>(l).unwrap());
    let entries: Vec<Entry> = entries.collect();
    assert_eq!(lines(&entries), GOLDEN);
    let program = Program::replay(&entries).unwrap();
    assert_eq!(program.next_sequence(), entries.len() as u64);
    let stage = |n| program.stage(pairing_id(n)).unwrap().to_string();
    assert_eq!(
        [1, 2, 9, 3, 4].map(stage),
        ["completed", "ended", "ended", "ended", "ended"]
    );
    assert_eq!(
        program.stage(pairing_id(3)),
        Some(Stage::Ended {
            reason: EndReason::Left
        })
    );
}

#[test]
fn the_golden_journal_is_what_this_release_writes() {
    let kept = story();
    bless("journal-v1.ndjson", &lines(&kept.journal));
    assert_eq!(lines(&kept.journal), GOLDEN);
    assert_eq!(kept.program, load(&golden()).unwrap());
}

#[test]
fn the_golden_journal_has_one_of_each() {
    let has = |what: &str| assert!(GOLDEN.contains(what), "{what}");
    for event in [
        "opened",
        "enrolled",
        "withdrew",
        "launched",
        "reached",
        "trained",
        "terms_stated",
        "reviewed",
        "celebrated",
        "amendment_offered",
        "amendment_answered",
        "proposed",
        "advanced",
        "session_planned",
        "session_moved",
        "session_recorded",
        "session_corrected",
        "session_voided",
        "responded",
        "goal_added",
        "goal_changed",
        "reorganised",
    ] {
        has(&format!(r#""event":{{"event":"{event}""#));
    }
    for step in Step::KINDS.iter().filter(|s| **s != Step::Suspend) {
        has(&format!(r#"{{"step":"{}""#, step.as_str()));
    }
    for change in ["checked_in", "achieved", "revised", "dropped", "reopened"] {
        has(&format!(r#""change":{{"change":"{change}""#));
    }
    for goal in ["learning", "shared"] {
        has(&format!(r#""goal":{{"kind":"{goal}""#));
    }
    for outcome in ["held", "cancelled", "missed"] {
        has(&format!(r#"{{"outcome":"{outcome}""#));
    }
    for response in ["feedback", "recognition"] {
        has(&format!(r#""response":"{response}""#));
    }
}

/// Every object of a value, by its place.
fn objects(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                objects(value, format!("{place}/{name}"), found);
            }
            found.push(place);
        }
        Value::Array(items) => {
            for (n, value) in items.iter().enumerate() {
                objects(value, format!("{place}/{n}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn an_unknown_field_is_refused_wherever_it_stands() {
    let mut places = 0;
    for (n, line) in golden().into_iter().enumerate() {
        let mut found = Vec::new();
        objects(&line, String::new(), &mut found);
        for place in found {
            let mut line = line.clone();
            let object = line.pointer_mut(&place).unwrap().as_object_mut().unwrap();
            object.insert("zzz".to_owned(), json!(1));
            let error = match serde_json::from_value::<Entry>(line) {
                Err(error) => error.to_string(),
                Ok(entry) => panic!("line {n}{place} reads: {entry:?}"),
            };
            assert!(
                error.starts_with("unknown field `zzz`"),
                "line {n}{place}: {error}"
            );
            places += 1;
        }
    }
    assert!(places > 150);
}

#[test]
fn no_field_may_be_missing_but_those_that_may_be_null() {
    for (n, line) in golden().into_iter().enumerate() {
        let mut found = Vec::new();
        objects(&line, String::new(), &mut found);
        for place in found {
            let fields = line.pointer(&place).unwrap().as_object().unwrap();
            for name in fields.keys() {
                let mut line = line.clone();
                let object = line.pointer_mut(&place).unwrap().as_object_mut().unwrap();
                object.remove(name);
                let read = serde_json::from_value::<Entry>(line);
                let revision = fields.get("change") == Some(&json!("revised"));
                let of_goal = fields.contains_key("priority");
                let may_be = [
                    "matcher",
                    "by",
                    "takes_part_as",
                    "chemistry",
                    "contact",
                    "until",
                    "starts",
                    "venue",
                    "time",
                    "mentor_minutes",
                ];
                let terms = ["mentor", "mentee"].contains(&name.as_str());
                let field = format!("{place}/{name}");
                let needed = ["/event/by", "/event/charter/starts", "/event/until"];
                let nullable = may_be.contains(&name.as_str())
                    && !["/event/step", "/event/time"].contains(&place.as_str())
                    && !needed.contains(&field.as_str())
                    && (!of_goal || revision)
                    || (revision && ["to", "priority"].contains(&name.as_str()))
                    || (terms && place.ends_with("agreement"));
                assert_eq!(read.is_ok(), nullable, "line {n}{place}/{name}");
            }
        }
    }
}

#[test]
fn values_that_no_constructor_makes() {
    let p = first("proposed");
    let goals = "/event/pairings/0/goals";
    assert_eq!(
        spoilt(p, &format!("{goals}/mentor"), json!([])),
        "the mentor has no learning goal: goals go both ways"
    );
    assert_eq!(
        spoilt(p, &format!("{goals}/mentee"), json!([])),
        "the mentee has no learning goal: goals go both ways"
    );
    let goal = |from, to| json!({"skill": "sql", "from": from, "to": to, "by": "2026-07-01", "priority": "low"});
    let twice = json!([goal(0, 1), goal(1, 2)]);
    assert_eq!(
        spoilt(p, &format!("{goals}/mentee"), twice),
        "the mentee has two goals in `sql`"
    );
    let talk = json!({"name": "a talk", "by": "2026-07-01", "priority": "low"});
    assert_eq!(
        spoilt(p, &format!("{goals}/shared"), json!([talk, talk])),
        "there are two shared goals `a talk`"
    );
    assert_eq!(
        spoilt(p, &format!("{goals}/mentor/0/priority"), json!("urgent")),
        "unknown variant `urgent`, expected one of `low`, `normal`, `high`"
    );
    assert_eq!(
        spoilt(p, &format!("{goals}/mentor/0/to"), json!(0)),
        "a wish from level 0 to level 0 does not rise"
    );
    assert_eq!(
        spoilt(p, &format!("{goals}/mentor/0/to"), json!(6)),
        "level 6 is not between 0 and 5"
    );
    assert_eq!(
        spoilt(p, &format!("{goals}/mentor/0/skill"), json!("  ")),
        "the text is blank"
    );
    let cadence = "/event/pairings/0/agreement/cadence";
    assert_eq!(
        spoilt(p, &format!("{cadence}/interval_days"), json!(0)),
        "a cadence of 0 days is not between 1 and 366"
    );
    assert_eq!(
        spoilt(p, &format!("{cadence}/minutes"), json!(0)),
        "a session of 0 minutes is not between 15 and 480"
    );
    assert_eq!(
        spoilt(
            p,
            "/event/pairings/0/agreement/clauses",
            json!(["purpose", "boundaries"])
        ),
        "the agreement leaves open: expectations, confidentiality"
    );
    assert_eq!(
        spoilt(p, "/event/evidence/roster", json!("0")),
        "a fingerprint has 32 hexadecimal digits"
    );
    assert_eq!(
        spoilt(p, "/event/matcher", json!("greedy")),
        "a plug-in is named `name@version`"
    );
    let s = first("session_recorded");
    let split = golden()
        .iter()
        .position(|v| v["event"]["result"]["mentor_minutes"] == json!(40))
        .unwrap();
    for mentor in [0, 55, 65_535] {
        assert_eq!(
            spoilt(split, "/event/result/mentor_minutes", json!(mentor)),
            format!("of 55 minutes taught by both, {mentor} cannot be the mentor's")
        );
    }
    assert_eq!(
        spoilt(split, "/event/result/taught_by", json!("mentee")),
        "minutes of the mentor are named only where both taught"
    );
    assert_eq!(
        spoilt(first("session_planned"), "/event/time/minutes", json!(0)),
        "0 minutes is not between 1 and 1440"
    );
    for (minutes, words) in [(0, "0"), (1441, "1441")] {
        assert_eq!(
            spoilt(s, "/event/result/minutes", json!(minutes)),
            format!("{words} minutes is not between 1 and 1440")
        );
    }
    assert_eq!(
        spoilt(first("goal_changed"), "/event/change/level", json!(6)),
        "level 6 is not between 0 and 5"
    );
    assert_eq!(
        spoilt(0, "/event/load", json!("0")),
        "the load of a pairing is zero hours"
    );
    assert_eq!(
        spoilt(s, "/event/result/outcome", json!("skipped")),
        "unknown variant `skipped`, expected one of `held`, `cancelled`, `missed`"
    );
}

#[test]
fn a_journal_is_one_story_without_gaps() {
    let opening = "entry 0: a journal has one opening, at its beginning";
    assert_eq!(load(&[]).unwrap_err(), opening);
    assert_eq!(load(&golden()[1..]).unwrap_err(), opening);
    let mut twice = golden();
    let mut again = twice[0].clone();
    again["sequence"] = json!(1);
    again["stamp"] = twice[1]["stamp"].clone();
    twice.insert(1, again);
    assert_eq!(
        load(&twice).unwrap_err(),
        "entry 1: a journal has one opening, at its beginning"
    );
    let mut gap = golden();
    let s = first("session_recorded");
    gap.remove(s);
    assert_eq!(
        load(&gap).unwrap_err(),
        format!("entry {s}: entry {} stands where entry {s} belongs", s + 1)
    );
    assert_eq!(
        spoilt(0, "/sequence", json!(1)),
        "entry 1 stands where entry 0 belongs"
    );
    for (line, version) in [(0, 0), (0, 2), (3, 0), (3, 2)] {
        assert_eq!(
            spoilt(line, "/version", json!(version)),
            format!(
                "version {version} of the journal is not among those that this release reads, 1 to 1"
            )
        );
    }
    assert_eq!(
        spoilt(5, "/stamp/recorded_at", json!("2026-01-01T23:59:59Z")),
        "the time of recording runs backwards: 2026-01-01 23:59:59 UTC after 2026-01-02 00:00:00 UTC"
    );
    assert_eq!(
        spoilt(5, "/stamp/on", json!("2026-01-05")),
        "2026-01-05 is in the future of its recording on 2026-01-03"
    );
    // Cut off at any entry it is the story so far.
    for n in 1..golden().len() {
        let program = load(&golden()[..n]).unwrap();
        assert_eq!(program.next_sequence(), n as u64);
    }
}

#[test]
fn claims_that_the_gate_would_have_refused() {
    let p = first("proposed");
    let pair = |n: usize| format!("/event/pairings/{n}/pair");
    let person = |n| json!(person_id(n));
    assert_eq!(
        spoilt(
            p,
            &pair(0),
            json!({"mentor": person(4), "mentee": person(4)})
        ),
        format!(
            "participant {0} would be paired with themselves (and 1 more)",
            person_id(4)
        )
    );
    assert_eq!(
        spoilt(p, &format!("{}/mentor", pair(0)), person(7)),
        format!("participant {} is not in the roster", person_id(7))
    );
    assert_eq!(
        spoilt(p, &format!("{}/mentee", pair(0)), person(5)),
        format!(
            "participant {} has 1 place as mentee, and 2 pairings would be open",
            person_id(5)
        )
    );
    assert_eq!(
        spoilt_anywhere(0, "/event/people/0/as_mentor", json!(0)),
        format!(
            "entry {p}: participant {} has 0 places as mentor, and 1 pairing would be open",
            person_id(1)
        )
    );
    assert_eq!(
        spoilt(p, "/event/evidence/roster", json!("0".repeat(32))),
        "eligibility was asked of another roster than the programme's: ask again"
    );
    assert_eq!(
        spoilt(
            p,
            "/event/evidence/rules",
            json!(["not-oneself@1", "sides@1"])
        ),
        "the evidence does not name every core invariant"
    );
    assert_eq!(
        spoilt(p, "/event/evidence/asked_on", json!("2099-01-01")),
        "2099-01-01 is in the future of its recording on 2026-01-02"
    );
    assert_eq!(
        spoilt(p, "/event/pairings/1/id", json!(pairing_id(1))),
        format!("the id {} stands for a pairing already", pairing_id(1))
    );
    assert_eq!(
        spoilt(p, "/event/pairings", json!([])),
        "the proposal is empty"
    );
    let s = first("session_recorded");
    assert_eq!(
        spoilt(s, "/event/date", json!("2026-01-03")),
        format!("2026-01-03 is outside the days of the pairing, 2026-01-04 to now")
    );
    assert_eq!(
        spoilt(s, "/event/pairing", json!(pairing_id(2))),
        format!("the pairing has not begun, so there can be no session")
    );
    let decline = first("advanced");
    assert_eq!(
        spoilt(decline, "/event/step", json!({"step": "begin"})),
        format!(
            "a pairing that is `proposed` cannot `begin`; possible: `accept`, `decline`, `end`"
        )
    );
    assert_eq!(
        spoilt(decline, "/event/step", json!({"step": "suspend"})),
        format!("only a reorganisation suspends a pairing")
    );
    assert_eq!(
        spoilt(decline, "/event/pairing", json!(pairing_id(8))),
        format!("there is no pairing {}", pairing_id(8))
    );
}

#[test]
fn a_reorganisation_must_be_whole() {
    let r = first("reorganised");
    let (one, two) = (pairing_id(1), pairing_id(2));
    // Somebody leaves: both of their pairings must end, and only those.
    assert_eq!(
        spoilt(r, "/event/left", json!([person_id(5)])),
        format!("pairing {two} would go on without one of the two")
    );
    assert_eq!(
        spoilt(r, "/event/ended", json!([two])),
        format!("pairing {two} would end, though both still take part")
    );
    assert_eq!(
        spoilt(r, "/event/left", json!([person_id(9)])),
        format!("participant {} is not in the roster", person_id(9))
    );
    for list in ["suspended", "cleared", "ended"] {
        assert_eq!(
            spoilt(r, &format!("/event/{list}"), json!([pairing_id(8)])),
            format!("there is no pairing {}", pairing_id(8))
        );
    }
    // The link of a pairing that is not suspended cannot be gone, and the suspended one is not suspended again.
    assert_eq!(
        spoilt(r, "/event/cleared", json!([one])),
        format!(
            "a pairing that is `active` cannot `reinstate`; possible: `pause`, `complete`, `end`"
        )
    );
    assert_eq!(
        spoilt(r + 1, "/event/suspended", json!([one])),
        "a pairing that is `suspended` cannot `suspend`; possible: `reinstate`, `end`"
    );
    let backwards = json!("2025-12-31");
    assert_eq!(
        spoilt(r, "/stamp/on", backwards),
        format!("2025-12-31 is before the opening of the programme on 2026-01-01")
    );
}

/// The first entries of the golden journal, changed by hand, reopened with a roster.
fn reopen(
    count: usize,
    roster: &Roster,
    edit: impl FnOnce(&mut Vec<Value>),
) -> Result<(Program, Option<Entry>), reverse_mentoring::program::ReplayError> {
    let mut values = golden();
    values.truncate(count);
    edit(&mut values);
    let entries = values
        .into_iter()
        .map(|v| serde_json::from_value(v).unwrap());
    let entries: Vec<Entry> = entries.collect();
    Program::reopen(&entries, roster, at(100)).map(|r| (r.program, r.entry))
}

#[test]
fn reopened_with_its_own_roster_nothing_is_new() {
    let base = Company::base().roster();
    let (program, entry) = reopen(first("reorganised"), &base, |_| ()).unwrap();
    assert_eq!(entry, None);
    assert_eq!(program, load(&golden()[..first("reorganised")]).unwrap());
    let (_, entry) = reopen(first("reorganised") + 1, &linked(), |_| ()).unwrap();
    assert_eq!(entry, None);
}

#[test]
fn reopened_with_another_roster_it_suspends_and_says_so() {
    let count = first("reorganised");
    let (program, entry) = reopen(count, &linked(), |_| ()).unwrap();
    let entry = entry.unwrap();
    assert_eq!(entry.sequence, count as u64);
    let Event::Reorganised {
        roster, suspended, ..
    } = &entry.event
    else {
        panic!()
    };
    assert_eq!(*roster, linked().fingerprint());
    assert_eq!(*suspended, [pairing_id(1), pairing_id(2)]);
    assert_eq!(
        program.stage(pairing_id(1)).unwrap().to_string(),
        "suspended"
    );
    // The entry continues the journal.
    let mut values = golden();
    values.truncate(count);
    values.push(serde_json::to_value(&entry).unwrap());
    assert_eq!(load(&values).unwrap(), program);
    // Reopened before the journal's last entry was written: refused, at the place of the new entry.
    let entries = GOLDEN.lines().map(|l| serde_json::from_str(l).unwrap());
    let entries: Vec<Entry> = entries.collect();
    let error = Program::reopen(&entries, &linked(), at(1)).unwrap_err();
    assert_eq!(error.at, entries.len());
    assert_eq!(
        error.to_string(),
        format!(
            "entry {}: the time of recording runs backwards: 2026-01-02 00:00:00 UTC after 2026-04-01 00:00:00 UTC",
            entries.len()
        )
    );
}

fn hierarchical(ids: &[PairingId], at: usize) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!(
        "entry {at}: pairings {} are hierarchical in the very roster that the journal names",
        ids.join(", ")
    )
}

#[test]
fn a_hierarchical_pairing_in_the_very_roster_is_refused() {
    let r = first("reorganised");
    // Nobody was suspended, says the journal, although its roster has the lines.
    let error = reopen(r + 1, &linked(), |v| v[r]["event"]["suspended"] = json!([])).unwrap_err();
    assert!(matches!(&error.problem, ReplayProblem::Hierarchical(ids) if ids.len() == 2));
    assert_eq!(
        error.to_string(),
        hierarchical(&[pairing_id(1), pairing_id(2)], r + 1)
    );
    // One alone.
    let one = |v: &mut Vec<Value>| v[r]["event"]["suspended"] = json!([pairing_id(2)]);
    let error = reopen(r + 1, &linked(), one).unwrap_err();
    assert_eq!(error.to_string(), hierarchical(&[pairing_id(1)], r + 1));
    // The journal says that it opened with the roster that has the lines.
    let p = first("proposed");
    let forged = |v: &mut Vec<Value>| {
        let fingerprint = json!(linked().fingerprint());
        v[0]["event"]["roster"] = fingerprint.clone();
        v[p]["event"]["evidence"]["roster"] = fingerprint;
    };
    let error = reopen(p + 1, &linked(), forged).unwrap_err();
    assert_eq!(
        error.to_string(),
        hierarchical(&[pairing_id(1), pairing_id(2)], p + 1)
    );
}

#[test]
fn a_senior_who_mentors_a_junior_in_the_very_roster_is_refused() {
    // Both have places on both sides, so that only the experience tells who teaches.
    let company = || {
        let company = Company::base().side("ada", Some(Side::Either));
        company.side("cto", Some(Side::Either)).roster()
    };
    let mut kept = Kept::open(&company());
    kept.propose(&company(), &[("ada", "cto")], 1);
    let mut journal: Vec<Value> = kept
        .journal
        .iter()
        .map(|e| serde_json::to_value(e).unwrap())
        .collect();
    let entries = |journal: &[Value]| -> Vec<Entry> {
        let entries = journal.iter().cloned();
        entries
            .map(|v| serde_json::from_value(v).unwrap())
            .collect()
    };
    Program::reopen(&entries(&journal), &company(), at(1)).unwrap();
    let at_end = journal.len();
    let pair = &mut journal[at_end - 1]["event"]["pairings"][0]["pair"];
    *pair = json!({"mentor": pair["mentee"], "mentee": pair["mentor"]});
    let error = Program::reopen(&entries(&journal), &company(), at(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "entry {at_end}: pairings {} go the wrong way in the very roster that the journal names",
            pairing_id(1)
        )
    );
    // After a promotion the same pair is nobody's fault.
    let promoted = |company: Company| {
        company
            .side("ada", Some(Side::Either))
            .side("cto", Some(Side::Either))
    };
    let later = promoted(Company::base().grade("ada", 99)).roster();
    kept.reorganise(&later, 2);
    Program::reopen(&kept.journal, &later, at(2)).unwrap();
}

#[test]
fn a_link_that_the_journal_calls_gone_must_be_gone() {
    // Suspended, then "cleared" by an entry whose roster still has both lines: nobody may be reinstated on that.
    let r = first("reorganised");
    let forged = |v: &mut Vec<Value>| {
        v[r + 1]["event"]["roster"] = json!(linked().fingerprint());
        v[r + 1]["event"]["people"] = json!([]);
    };
    let error = reopen(r + 2, &linked(), forged).unwrap_err();
    assert_eq!(
        error.to_string(),
        hierarchical(&[pairing_id(1), pairing_id(2)], r + 2)
    );
}

#[test]
fn places_that_the_very_roster_does_not_give_are_refused() {
    let base = Company::base().roster();
    let more = |v: &mut Vec<Value>| v[0]["event"]["people"][0]["as_mentor"] = json!(9);
    let error = reopen(1, &base, more).unwrap_err();
    let words = |ids: &[u32]| {
        let ids: Vec<_> = ids.iter().map(|n| person_id(*n).to_string()).collect();
        let ids = ids.join(", ");
        format!(
            "entry 1: participants {ids} have other places than in the very roster that the journal names"
        )
    };
    assert_eq!(error.to_string(), words(&[1]));
    // Somebody whom the roster does not know, in the stead of somebody of the roster.
    let stranger = |v: &mut Vec<Value>| {
        v[0]["event"]["people"][0]["participant"] = json!(person_id(77));
    };
    let error = reopen(1, &base, stranger).unwrap_err();
    assert_eq!(error.to_string(), words(&[1, 77]));
}

#[test]
fn no_key_and_no_note_is_in_the_journal() {
    let mut company = Company::base();
    let secret = |key: &str| format!("QXKEY-{key}");
    for staff in &mut company.0 {
        staff.key = secret(&staff.key);
        staff.manager = staff.manager.as_deref().map(secret);
    }
    let roster = company.roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("QXKEY-ada", "QXKEY-cto")], 1);
    kept.begin(1, 2);
    let noted = session(1, 1, 3, held()).with_note("QXNOTE".to_owned());
    kept.record(&noted, at(3));
    let entry = kept.program.correct(&noted, at(3)).unwrap();
    kept.journal.push(entry);
    kept.reorganise(&company.reports("QXKEY-ada", "QXKEY-cto").roster(), 4);
    let text = lines(&kept.journal);
    assert!(!text.contains("QX"), "{text}");
    assert!(!format!("{:?}", kept.journal).contains("QX"));
    let pairing = kept.program.pairing(pairing_id(1)).unwrap();
    assert!(!serde_json::to_string(pairing).unwrap().contains("QX"));
}
