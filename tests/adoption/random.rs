//! Random lives of four adopted pairings against a model in plain numbers that shares no rule with the library.

use proptest::prelude::*;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::pairing::{Agreement, Decision, EndReason, Step, TwoWayGoals};
use reverse_mentoring::policy::Policy;
use reverse_mentoring::session::Session;

use super::*;

const PAIRS: [(&str, &str, i64); 4] = [
    ("ada", "cto", -100),
    ("ben", "ops", -50),
    ("ben", "cto", 2),
    ("cleo", "cfo", -10),
];
const BOSSES: [&str; 3] = ["ops", "cto", "cfo"];

/// One of them: from, until of its holds, rising, and whether each is a pause.
#[derive(Debug, Clone)]
struct Log {
    id: PairingId,
    started: i64,
    holds: Vec<(i64, Option<i64>)>,
    pauses: Vec<bool>,
    link_gone: bool,
    ended: Option<i64>,
    regularised: bool,
    latest: i64,
    met: Vec<i64>,
}

impl Log {
    fn waits(&self) -> bool {
        self.ended.is_none() && !self.regularised
    }

    fn held_up(&self) -> bool {
        self.rests() == Some(false)
    }

    /// Whether a pause or a link is why they do not meet, if they do not.
    fn rests(&self) -> Option<bool> {
        let lasts = self.holds.last().is_some_and(|hold| hold.1.is_none());
        self.pauses.last().copied().filter(|_| lasts)
    }

    fn ran_on(&self, date: i64) -> bool {
        let inside =
            |&(from, until): &(i64, Option<i64>)| from < date && until.is_none_or(|u| date < u);
        date >= self.started
            && self.ended.is_none_or(|ended| date <= ended)
            && !self.holds.iter().any(inside)
    }

    fn close(&mut self, on: i64) {
        if let Some(hold) = self.holds.last_mut().filter(|hold| hold.1.is_none()) {
            hold.1 = Some(on);
        }
        self.latest = self.latest.max(on);
    }

    fn hold(&mut self, on: i64, pause: bool) {
        let last = self.met.iter().copied().max().unwrap_or(on);
        let from = on.max(self.latest).max(last);
        self.close(from);
        self.holds.push((from, None));
        self.pauses.push(pause);
        self.latest = from;
    }
}

/// Whether the mentee is above the mentor: everybody below `ops`, `cto` and `cfo`, who are below the `ceo`.
fn linked(bosses: &[usize; 2], which: usize) -> bool {
    let (mentor, mentee, _) = PAIRS[which];
    let boss = match mentor {
        "ada" => BOSSES[bosses[0]],
        "ben" => BOSSES[bosses[1]],
        _ => "ops",
    };
    boss == mentee
}

fn company(bosses: &[usize; 2]) -> Roster {
    let base = Company::base().reports("ada", BOSSES[bosses[0]]);
    base.reports("ben", BOSSES[bosses[1]]).roster()
}

fn play(commands: &[[u8; 4]]) -> [usize; 5] {
    let mut bosses = [0, 0];
    let mut kept = Kept::open(&company(&bosses));
    let logs: Vec<_> = PAIRS
        .iter()
        .enumerate()
        .map(|(n, (a, b, started))| logged(&company(&bosses), &format!("k{n}"), (a, b), *started))
        .collect();
    let adoption = kept.adopt(&logs, &company(&bosses), 10);
    let log = |n: usize| {
        let mut log = Log {
            id: id_of(&adoption, &format!("k{n}")),
            started: PAIRS[n].2,
            holds: vec![],
            pauses: vec![],
            link_gone: true,
            ended: None,
            regularised: false,
            latest: 10,
            met: vec![],
        };
        if linked(&bosses, n) {
            log.hold(10, false);
            log.link_gone = false;
        }
        log
    };
    let mut model: Vec<Log> = (0..4).map(log).collect();
    let (mut today, mut passed) = (10, [0; 5]);
    for (number, &[op, a, b, c]) in commands.iter().enumerate() {
        today = (today + [0, 1, 2, 5][usize::from(c % 4)]).min(95);
        let on = (today - [0, 0, 0, 0, 3, 20][usize::from(b % 6)]).max(0);
        let which = usize::from(a % 4);
        let id = model[which].id;
        let before = kept.program.clone();
        let (expected, result, kind) = match op % 10 {
            0..=2 => {
                let date = today - [0, 1, 7, 30, 60][usize::from(b % 5)];
                let session = session_id(number as u32);
                let session = Session::new(session, id, day(date), held());
                let log = &mut model[which];
                let expected = log.ran_on(date) && (log.regularised || date <= DEADLINE);
                if log.regularised {
                    // From here on it is a pairing like any other.
                    continue;
                }
                if expected {
                    log.met.push(date);
                }
                (expected, kept.program.record(&session, at(today)), 0)
            }
            3 | 4 => {
                let decision = [
                    Decision::GoOn,
                    Decision::End {
                        reason: EndReason::Link,
                    },
                    Decision::End {
                        reason: EndReason::Exit,
                    },
                ][usize::from(b / 8 % 3)];
                let log = &mut model[which];
                let expected = log.waits()
                    && on >= log.latest
                    && match decision {
                        Decision::GoOn => log.held_up() && log.link_gone && on <= DEADLINE,
                        Decision::End { reason } => {
                            (reason == EndReason::Exit || log.held_up())
                                && log.met.iter().all(|met| *met <= on)
                        }
                        _ => unreachable!(),
                    };
                if expected {
                    log.close(on);
                    log.link_gone = true;
                    if decision != Decision::GoOn {
                        log.ended = Some(on);
                    }
                }
                let stamp = late(on, today);
                (
                    expected,
                    kept.program.decide(id, decision, coordinator(), stamp),
                    1,
                )
            }
            5 if !linked(&bosses, which) && model[which].waits() && c > 150 => {
                let context = kept.program.context_beside(id, day(on)).unwrap();
                let (roster, policy) = (company(&bosses), Policy::core_only());
                let (mentor, mentee, _) = PAIRS[which];
                let may = Eligibility::new(&roster, &policy, &context);
                let proof = may.check_keys(mentor, mentee).unwrap().eligible().unwrap();
                let agreement = Agreement::standard(reverse_mentoring::cadence::Cadence::MONTHLY);
                let (goals, stamp) = (TwoWayGoals::draft(&proof, day(300)), late(on, today));
                let log = &mut model[which];
                let expected = on >= log.latest && log.met.iter().all(|met| *met <= on);
                if expected {
                    log.close(on);
                    log.regularised = true;
                }
                let result =
                    kept.program
                        .regularise(id, &proof, goals, agreement, coordinator(), stamp);
                (expected, result, 2)
            }
            6 | 7 => {
                bosses[usize::from(a % 2)] = usize::from(b % 3);
                for (n, log) in model.iter_mut().enumerate().filter(|(_, log)| log.waits()) {
                    match (linked(&bosses, n), log.held_up()) {
                        (true, false) => {
                            log.hold(on, false);
                            log.link_gone = false;
                        }
                        (linked, true) => log.link_gone = !linked,
                        _ => {}
                    }
                }
                (
                    true,
                    kept.program.reorganise(&company(&bosses), late(on, today)),
                    3,
                )
            }
            8 | 9 => {
                let log = &mut model[which];
                if log.regularised {
                    continue;
                }
                let step = [Step::Pause, Step::Resume][usize::from(b / 8 % 2)];
                let may = match step {
                    Step::Pause => log.rests().is_none() && log.met.iter().all(|met| *met <= on),
                    _ => log.rests() == Some(true) && on <= DEADLINE,
                };
                let expected = log.ended.is_none() && may && on >= log.latest;
                match step {
                    _ if !expected => {}
                    Step::Pause => log.hold(on, true),
                    _ => log.close(on),
                }
                (expected, kept.program.advance(id, step, late(on, today)), 4)
            }
            _ => continue,
        };
        match result {
            Ok(entry) => {
                assert!(expected, "the model refuses {entry:?}");
                kept.journal.push(entry);
                passed[kind] += 1;
            }
            Err(refused) => {
                assert!(!expected, "the model lets pass: {refused}");
                assert_eq!(kept.program, before);
            }
        }
        let standing: Vec<_> = kept.program.adoptions(day(today)).collect();
        let waiting: Vec<_> = model.iter().filter(|log| log.waits()).collect();
        assert_eq!(standing.len(), waiting.len());
        for log in waiting {
            let found = standing.iter().find(|s| s.pairing == log.id).unwrap();
            assert_eq!(
                (found.held_up, found.paused, found.link_gone),
                (log.held_up(), log.rests() == Some(true), log.link_gone)
            );
            assert_eq!(found.deadline_past, today > DEADLINE);
        }
        for log in &model {
            let facts = kept.program.history().pairing(log.id).unwrap();
            assert_eq!(facts.sessions.len(), log.met.len());
            let days = |on: chrono::NaiveDate| (on - day(0)).num_days();
            if !log.regularised {
                let holds = facts.holds.iter();
                let holds: Vec<_> = holds
                    .map(|h| ((days(h.from), h.until.map(days)), !h.suspended))
                    .collect();
                let known = log.holds.iter().copied();
                let known: Vec<_> = known.zip(log.pauses.iter().copied()).collect();
                assert_eq!(holds, known);
                assert_eq!(facts.ended.map(|(on, _)| days(on)), log.ended);
            }
            assert_eq!(kept.program.pairing(log.id).is_some(), log.regularised);
        }
    }
    kept.agrees(&company(&bosses), today);
    passed
}

fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(200)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn adopted_pairings_do_what_the_model_says(
        commands in prop::collection::vec(any::<[u8; 4]>(), 60)
    ) {
        play(&commands);
    }
}

#[test]
fn the_random_lives_are_worth_trying() {
    let mut state: u64 = 1;
    let mut byte = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let mut passed = [0; 5];
    for _ in 0..40 {
        let commands: Vec<_> = (0..60).map(|_| [0; 4].map(|_| byte())).collect();
        for (all, now) in passed.iter_mut().zip(play(&commands)) {
            *all += now;
        }
    }
    // Sessions, decisions, regularised, reorganised, pauses and their ends.
    assert!(passed.iter().all(|n| *n > 20), "{passed:?}");
}
