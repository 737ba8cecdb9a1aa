//! Parts of the life of a pairing against each other: random lives in which all of them happen, late and out of turn, and
//! entries that no verb writes.

#[path = "support/life.rs"]
mod life;
mod support;

use life::*;
use reverse_mentoring::pairing::{Consent, GoalChange, Stage};
use reverse_mentoring::program::ProgramRecord;
use reverse_mentoring::roster::Level;
use reverse_mentoring::session::PlannedSession;
use support::*;

use chrono::DateTime;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::ids::{PairingId, ParticipantId, SequentialIds};
use reverse_mentoring::journal::{Entry, Stamp};
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::Step;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::Load;
use reverse_mentoring::session::{Minutes, Session};
use std::collections::BTreeMap;

impl Life {
    /// Changes a list of an entry that passed, and plays it again where it stood: if it passes, everything still holds.
    fn forge(&mut self, dice: &mut Dice, today: i64) {
        let Some((entry, before)) = self.journal.split_last() else {
            return;
        };
        let mut value = serde_json::to_value(entry).unwrap();
        let event = value["event"].as_object_mut();
        let Some(event) = event else { return };
        let lists: Vec<String> = event
            .iter()
            .filter(|(_, v)| v.is_array())
            .map(|(k, _)| k.clone())
            .collect();
        let full: Vec<_> = lists
            .iter()
            .filter(|k| !event[*k].as_array().unwrap().is_empty())
            .cloned()
            .collect();
        if full.is_empty() || before.is_empty() {
            return;
        }
        let name = &full[dice.roll(full.len() as u64) as usize];
        let list = event.get_mut(name).unwrap().as_array_mut().unwrap();
        let n = dice.roll(list.len() as u64) as usize;
        if dice.roll(3) > 0 {
            let twice = list[n].clone();
            list.push(twice);
        } else {
            list.remove(n);
        }
        let kind = value["event"]["event"].clone();
        let Ok(forged) = serde_json::from_value::<Entry>(value) else {
            return;
        };
        let mut journal = before.to_vec();
        journal.push(forged);
        let Ok(program) = Program::replay(&journal) else {
            return;
        };
        // What a journal leaves out of a reorganisation, only the roster shows.
        if Program::reopen(&journal, &self.roster, at(today)).is_err() {
            *self.seen.entry("forged, seen by the roster").or_default() += 1;
            return;
        }
        *self.seen.entry("forged").or_default() += 1;
        let life = Life {
            program,
            journal,
            roster: self.roster.clone(),
            ids: self.ids.clone(),
            known: vec![],
            sessions: vec![],
            cohorts: 0,
            seen: BTreeMap::new(),
        };
        let held = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            life.holds(today);
            let gate = Program::replay_with((), &life.journal).unwrap();
            same(&Program::restore(&gate.to_record()).unwrap(), &gate);
        }));
        assert!(held.is_ok(), "FORGED {kind} {name}");
    }

    /// What must hold after every entry.
    fn holds(&self, today: i64) {
        let record = self.program.to_record();
        let text = serde_json::to_string(&record).unwrap();
        let read: ProgramRecord = serde_json::from_str(&text).unwrap();
        let gate = match Program::restore(&read) {
            Ok(gate) => gate,
            Err(error) => panic!("{error}\n{:#?}", self.journal.last()),
        };
        assert_eq!(gate.to_record(), record);
        let enrolled: BTreeMap<_, _> = self.program.enrolled().collect();
        let value = serde_json::to_value(&record).unwrap();
        for list in ["pairings", "adopted"] {
            for pairing in value[list].as_array().into_iter().flatten() {
                let id: PairingId = serde_json::from_value(pairing["id"].clone()).unwrap();
                let facts = self.program.history().pairing(id).unwrap();
                let sizes = [facts.holds.len(), facts.sessions.len(), facts.planned.len()];
                let kept = ["holds", "sessions", "planned"];
                let kept = kept.map(|part| pairing[part].as_array().map_or(0, Vec::len));
                assert_eq!(kept, sizes, "gate and history differ");
            }
        }
        for pairing in self.program.open_pairings() {
            let id = pairing.id();
            for role in ROLES {
                let person = pairing.pair().person(role);
                assert_eq!(enrolled.get(&person), Some(&pairing.cohort()));
                assert!(self.roster.participant(person).is_some());
            }
            let facts = self.program.history().pairing(id).unwrap();
            assert_eq!(Some(&facts.goals), self.program.goals(id));
            assert_eq!(facts.ended, None);
            assert_eq!(facts.latest_step, pairing.changed_on());
            assert_eq!(facts.started, pairing.began_on());
            let lasting = facts.holds.iter().filter(|h| h.until.is_none()).count();
            let held_up = match pairing.stage() {
                Stage::Paused { .. } | Stage::Suspended { .. } => true,
                // Adopted, regularised, and not begun again.
                Stage::Open { now } => pairing.is_adopted() && !now.meets(),
                _ => false,
            };
            assert_eq!(lasting == 1, held_up);
        }
        for standing in self.program.adoptions(day(today)) {
            let facts = self.program.history().pairing(standing.pairing).unwrap();
            assert!(facts.ended.is_none());
            assert_eq!(
                facts.holds.iter().any(|h| h.until.is_none()),
                standing.held_up || standing.paused
            );
            let pair = standing.pair;
            let lines = self.roster.lines();
            let at = |id: ParticipantId| self.roster.person(id).unwrap();
            let linked = lines.linked(at(pair.mentor), at(pair.mentee));
            assert!(
                !linked || standing.held_up,
                "an adopted pairing goes on over a link"
            );
        }
        for (id, facts) in self.program.history().pairings() {
            if let Some(stage) = self.program.stage(id) {
                assert_eq!(stage.is_open(), facts.ended.is_none());
            }
            let Some((ended, _)) = facts.ended else {
                continue;
            };
            let late = facts.sessions.iter().filter(|s| s.date > ended);
            for session in late {
                assert_eq!(session.outcome, CANCELLED, "a session after the end");
            }
            let levels = facts.goals.learning.iter().flat_map(|g| g.found());
            assert!(
                levels.into_iter().all(|(d, _)| d <= ended),
                "a check-in after the end"
            );
        }
        for wait in self.program.waits(day(today)) {
            assert!(wait.since <= day(today));
        }
        let tomorrow = day(today + 1);
        for wait in self.program.waits(tomorrow) {
            assert!(
                enrolled.contains_key(&wait.person),
                "who is not enrolled waits"
            );
            let with = |p: &reverse_mentoring::pair::Pair| p.person(wait.role) == wait.person;
            let open = self.program.open_pairings().any(|p| with(&p.pair()));
            let adopted = self.program.adoptions(tomorrow).any(|a| with(&a.pair));
            assert!(!open && !adopted, "who is paired waits");
        }
        for (person, facts) in self.program.history().people() {
            assert_eq!(facts.is_enrolled(tomorrow), enrolled.contains_key(&person));
        }
        for (id, facts) in self.program.history().cohorts() {
            let then: std::collections::BTreeSet<_> = facts.enrolled(tomorrow).collect();
            let now = enrolled
                .iter()
                .filter(|(_, cohort)| **cohort == id)
                .map(|(p, _)| *p);
            assert_eq!(then, now.collect());
        }
    }

    fn replays(&self, today: i64) {
        let lines: Vec<_> = self
            .journal
            .iter()
            .map(|e| serde_json::to_string(e).unwrap())
            .collect();
        let read: Vec<Entry> = lines
            .iter()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(read, self.journal);
        let gate = Program::replay_with((), &read).unwrap();
        same(&Program::restore(&gate.to_record()).unwrap(), &gate);
        assert_eq!(gate.to_record(), self.program.to_record());
        let reopened = Program::reopen(&read, &self.roster, at(today)).unwrap();
        assert_eq!(reopened.program, self.program);
        assert_eq!(reopened.entry, None);
        for on in [today, today - 50, today + 1000] {
            let health =
                ProgramHealth::assess(self.program.history(), &Metrics::standard(), day(on));
            assert!(health.is_ok(), "{health:?}");
        }
        // What the history says of how far each has come is what the gate goes by.
        let history = self.program.history();
        for (id, _) in history.pairings() {
            let days = history.stages(id).iter().map(|fact| fact.from);
            assert!(days.is_sorted());
            let Some(open) = self.program.pairing(id) else {
                continue;
            };
            let last = history.stages(id).last().unwrap();
            let expected = match open.stage() {
                Stage::Suspended { before, agreed } => (before, agreed, open.link_gone()),
                Stage::Open { now: phase } | Stage::Paused { before: phase } => {
                    (phase, Consent::Nobody, false)
                }
                over => panic!("{over:?} is not open"),
            };
            assert_eq!((last.phase, last.agreed, last.link_gone), expected);
        }
    }
}

/// That two values are one, with the lines that differ.
fn same<T: PartialEq + std::fmt::Debug>(left: &T, right: &T) {
    if left == right {
        return;
    }
    let [left, right] = [left, right].map(|v| format!("{v:#?}"));
    let (left, right): (Vec<_>, Vec<_>) = (left.lines().collect(), right.lines().collect());
    let first = left
        .iter()
        .zip(&right)
        .position(|(a, b)| a != b)
        .unwrap_or(0);
    let shown =
        |lines: &[&str]| lines[first.saturating_sub(12)..(first + 8).min(lines.len())].join("\n");
    panic!("differ:\n{}\n---\n{}", shown(&left), shown(&right));
}

#[test]
fn random_lives_of_all_parts_hold_together() {
    let lives: u64 = std::env::var("LIVES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20);
    let first: u64 = std::env::var("FIRST")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut failed = vec![];
    for seed in first..first + lives {
        let result = std::panic::catch_unwind(|| {
            let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let (mut life, mut today) = (Life::new(), 30);
            for turn in 0..250 {
                today += [0, 0, 1, 1, 2, 7][dice.roll(6) as usize];
                let before = life.journal.len();
                // Entries that no verb writes: something twice, or left out.
                if !life.turn(&mut dice, today) {
                    life.forge(&mut dice, today);
                }
                if life.journal.len() > before {
                    life.holds(today);
                }
                if turn % 50 == 49 {
                    life.replays(today);
                }
            }
            life.seen
        });
        match result {
            Ok(found) => {
                for (name, n) in found {
                    *seen.entry(name).or_default() += n;
                }
            }
            Err(_) => failed.push(seed),
        }
    }
    println!("{seen:?}");
    assert_eq!(failed, Vec::<u64>::new());
}

fn restores(kept: &Kept) -> Result<(), String> {
    let gate = Program::replay_with((), &kept.journal).map_err(|e| e.to_string())?;
    let restored = Program::restore(&gate.to_record()).map_err(|e| e.to_string())?;
    if restored == gate {
        Ok(())
    } else {
        Err("differs".to_owned())
    }
}

/// ada and the cto, adopted and regularised on day 40 and not begun again.
fn regularised() -> (Kept, PairingId) {
    let roster = company().roster();
    let mut kept = Kept::open(&roster);
    let id = kept.adopt_log(&roster, sound_log(&roster, ("ada", "cto"), 40), 40);
    kept.regularise(&roster, id, 40);
    (kept, id)
}

#[test]
fn once_regularised_nobody_meets_who_has_not_signed() {
    let (mut kept, id) = regularised();
    // Nobody has said what they bring in, nobody has signed. What was before is recorded late.
    let session = |n, on| Session::new(session_id(n), id, day(on), held());
    let refused = kept.program.record(&session(1, 41), at(41)).unwrap_err();
    let words =
        "it was regularised on 2026-02-10: both sign, and they begin, before they meet again";
    assert_eq!(refused.to_string(), words);
    let planned = PlannedSession::new(session_id(1), id, day(60));
    let refused = kept.program.plan_session(&planned, at(41)).unwrap_err();
    assert_eq!(refused.to_string(), words);
    kept.program.record(&session(1, 40), at(41)).unwrap();
}

/// Between regularising and beginning they do not meet, so there is nothing for a concern to hold up.
#[test]
fn a_concern_about_a_regularised_pairing_finds_nobody_who_meets() {
    use reverse_mentoring::privacy::Concern;
    let (mut kept, id) = regularised();
    let contact = "00000008-0000-8000-8000-000000000001".parse().unwrap();
    let concern = Concern::about(id, contact, day(41), "something is wrong");
    assert_eq!(kept.program.raise(&concern, at(41)), Ok(None));
    let session = Session::new(session_id(1), id, day(42), held());
    assert!(kept.program.record(&session, at(42)).is_err());
}

/// Runs it, and says what it took and whether it panicked.
fn tried(what: &str, run: impl FnOnce() -> String) -> bool {
    let begun = std::time::Instant::now();
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    let text = result.as_ref().map_or("PANIC".to_owned(), String::clone);
    let text: String = text.chars().take(150).collect();
    println!("{what}: {text} in {:?}", begun.elapsed());
    result.is_ok()
}

#[test]
fn nothing_panics_at_the_ends_of_the_calendar() {
    use chrono::NaiveDate;
    use reverse_mentoring::cadence::{Calendar, Holds, Since};
    use reverse_mentoring::charter::CohortDays;
    use reverse_mentoring::roster::Hours;
    use reverse_mentoring::session::Taught;
    let (min, max) = (NaiveDate::MIN, NaiveDate::MAX);
    let roster = company().roster();
    let mut sound = true;
    let mut also = |ok: bool| sound &= ok;
    also(tried("days", || {
        format!(
            "{:?} {:?}",
            CohortDays::between(min, max),
            CohortDays::between(max, max)
        )
    }));
    also(tried("charter", || {
        let mut draft = draft();
        (draft.starts, draft.ends) = (Some(min), Some(max));
        let long = format!(
            "{:?}",
            reverse_mentoring::charter::Charter::new(draft.clone()).err()
        );
        (draft.starts, draft.ends) = (Some(max), Some(min));
        format!(
            "{long} {:?}",
            reverse_mentoring::charter::Charter::new(draft).err()
        )
    }));
    also(tried("hours", || {
        format!(
            "{:?} {:?}",
            "99999999999999999999".parse::<Hours>(),
            Hours::whole(u8::MAX)
        )
    }));
    also(tried("taught", || {
        format!("{:?}", Taught::split(u16::MAX, u16::MAX))
    }));
    for (name, on) in [("min", min), ("max", max)] {
        also(tried(name, || {
            let stamp = Stamp::midnight(on);
            let opened = Program::open(program_id(), &roster, Load::DEFAULT, stamp);
            let Ok((mut program, _)) = opened else {
                return format!("{opened:?}");
            };
            let mut said = String::new();
            said += &format!(
                "{:?}",
                program
                    .enrol(cohort_id(1), everybody(&roster), stamp)
                    .is_ok()
            );
            said += &format!("{:?}", program.launch(charter(), cohort(1), stamp).is_ok());
            let mut draft = draft();
            (draft.starts, draft.ends) = (Some(on), Some(on));
            if let Ok(charter) = reverse_mentoring::charter::Charter::new(draft) {
                let days = CohortDays::between(on, on).unwrap();
                let cohort = reverse_mentoring::charter::Cohort::new(cohort_id(1), days);
                said += &format!("{:?}", program.launch(charter, cohort, stamp).is_ok());
            }
            let mut log = logged(&roster, "k", ("ada", "cto"), 0);
            log.started = min;
            log.cadence = Cadence::WEEKLY;
            let mut ids = SequentialIds::new(50);
            let adopted = program.adopt(&[log], &roster, max, coordinator(), stamp, &mut ids);
            said += &format!("{:?}", adopted.is_ok());
            for today in [min, on, max] {
                said += &format!("{}", program.waits(today).len());
                let _ = program.context(today);
                let _ = program.adoptions(today).count();
            }
            let record = program.to_record();
            said += &format!("{:?}", Program::restore(&record).is_ok());
            said
        }));
    }
    let mut kept = Kept::open(&roster);
    let mut log = logged(&roster, "k", ("ada", "cto"), 0);
    log.started = min;
    log.cadence = Cadence::WEEKLY;
    let mut ids = SequentialIds::new(50);
    let adopted = kept
        .program
        .adopt(&[log], &roster, max, coordinator(), at(3), &mut ids)
        .unwrap();
    let id = *adopted.keys.keys().next().unwrap();
    let program = kept.program;
    for today in [min, day(3), max] {
        also(tried("health", || {
            let health = ProgramHealth::assess(program.history(), &Metrics::standard(), today);
            format!("{:?}", health.is_ok())
        }));
        also(tried("standing", || {
            let facts = program.history().pairing(id).unwrap();
            format!("{:?}", facts.standing(&Calendar::default(), today))
        }));
        also(tried("slots", || {
            let holds = Holds::NONE;
            let calendar = Calendar::default();
            let slots = Cadence::MONTHLY
                .slots(Since::Start(today), &holds, &calendar)
                .take(3)
                .count();
            format!("{slots}")
        }));
    }
    also(tried("plan at the end of time", || {
        let mut program = program.clone();
        let plan = PlannedSession::new(session_id(1), id, max)
            .at(DateTime::<chrono::Utc>::MAX_UTC, Minutes::new(60).unwrap());
        let first = program.plan_session(&plan, at(3)).is_ok();
        let plan = PlannedSession::new(session_id(2), id, max)
            .at(DateTime::<chrono::Utc>::MAX_UTC, Minutes::new(60).unwrap());
        let second = program.plan_session(&plan, at(3)).is_ok();
        format!("{first} {second} {}", program.planned(id, min).len())
    }));
    assert!(sound);
}

#[test]
fn an_adopted_pairing_with_the_same_goal_twice_restores() {
    let roster = company().roster();
    let mut kept = Kept::open(&roster);
    let mut log = logged(&roster, "k", ("ada", "cto"), 10);
    let goal = |learner, now| logged_goal(learner, "budget", [0, 4, now]);
    log.goals = vec![
        goal(Role::Mentor, 1),
        goal(Role::Mentor, 2),
        goal(Role::Mentee, 1),
        goal(Role::Mentee, 5),
    ];
    let id = kept.adopt_log(&roster, log, 40);
    assert_eq!(restores(&kept), Ok(()));
    let named = kept.program.history().pairing(id).unwrap().goals.learning[0].named();
    let level = Level::new(4).unwrap();
    let entry = kept
        .program
        .change_goal(id, named, GoalChange::CheckedIn { level }, at(41))
        .unwrap();
    kept.journal.push(entry);
    assert_eq!(restores(&kept), Ok(()));
    let facts = kept.program.history().pairing(id).unwrap();
    let found: Vec<_> = facts
        .goals
        .learning
        .iter()
        .map(|g| g.found().count())
        .collect();
    println!(
        "{found:?} {:?}",
        kept.program.goals(id).map(|g| g.learning.len())
    );
}

#[test]
fn who_said_what_in_private_is_nowhere() {
    use reverse_mentoring::privacy::Concern;
    // The two lives differ in who said no, and in whether a pause was a concern.
    let life = |votes: [bool; 2], concern: bool| {
        let roster = company().roster();
        let mut kept = Kept::open(&roster);
        kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
        kept.begin(1, 2);
        kept.begin(2, 2);
        let plan = PlannedSession::new(session_id(1), pairing_id(2), day(20));
        kept.journal
            .push(kept.program.plan_session(&plan, at(3)).unwrap());
        if concern {
            let contact =
                reverse_mentoring::ids::ContactId::from_source(&mut SequentialIds::new(3));
            let concern = Concern::about(pairing_id(2), contact, day(5), "words");
            assert!(!format!("{concern:?}").contains("words"));
            let entry = kept.program.raise(&concern, at(5)).unwrap().unwrap();
            kept.journal.push(entry);
        } else {
            let entry = kept
                .program
                .advance(pairing_id(2), Step::Pause, at(5))
                .unwrap();
            kept.journal.push(entry);
        }
        let decision = ballot(&kept.program, pairing_id(1), votes).unwrap();
        kept.journal
            .push(kept.program.settle(decision, at(70)).unwrap());
        let health =
            ProgramHealth::assess(kept.program.history(), &Metrics::standard(), day(80)).unwrap();
        let lines: Vec<_> = kept
            .journal
            .iter()
            .map(|e| serde_json::to_string(e).unwrap())
            .collect();
        let record = serde_json::to_string(&kept.program.to_record()).unwrap();
        let debug = format!("{:?}", kept.program);
        let waits = format!("{:?}", kept.program.waits(day(80)));
        (lines, record, debug, waits, format!("{health} {health:?}"))
    };
    let first = life([true, false], false);
    for other in [life([false, true], true), life([false, false], true)] {
        assert!(first == other);
    }
}
