//! Health that is kept up with its history, against a reading of the whole: over random lives in which all parts happen.

#[path = "support/life.rs"]
mod life;
mod support;

use life::*;
use support::*;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::NaiveDate;
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::health::{
    Contribution, HealthError, LiveHealth, Metric, Metrics, ProgramHealth, UnitView,
};
use reverse_mentoring::history::{LoggedSession, adopt};
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::roster::Load;
use reverse_mentoring::session::Outcome;

fn whole(life: &Life, calendar: &Calendar, as_of: NaiveDate) -> ProgramHealth {
    let history = life.program.history();
    ProgramHealth::assess_with(history, &metrics(), calendar, as_of).unwrap()
}

fn metrics() -> Metrics {
    Metrics::standard().with(AllThatThereIs)
}

/// Everything that a metric of a host can ask a unit, as one number.
#[derive(Debug)]
struct AllThatThereIs;

impl Metric for AllThatThereIs {
    fn id(&self) -> PluginId {
        PluginId::new("all_that_there_is", 1)
    }

    fn definition(&self) -> &str {
        "a number for all that a unit shows / as large as it gets"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let shown = match unit {
            UnitView::Pairing(p) | UnitView::Proposal(p) => {
                let trained = ROLES.map(|role| p.is_trained(role));
                format!(
                    "{:?} {:?} {trained:?} {}",
                    p.facts(),
                    p.charter(),
                    p.is_signed()
                )
            }
            UnitView::Person(p) => {
                let seats = ROLES.map(|role| (p.places(role), p.open(role), p.waits_since(role)));
                format!("{seats:?} {:?} {:?}", p.charter(), p.is_trained())
            }
            UnitView::Cohort(c) => format!("{:?}", c.facts()),
            _ => return None,
        };
        // FNV, in 48 bits: the sum of some hundred is in range.
        let hash = shown
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Some(Contribution::new(hash >> 16, 1 << 48))
    }
}

#[test]
fn kept_up_is_read_anew() {
    let calendar = Calendar::new([day(40)..=day(44), day(90)..=day(90)]).unwrap();
    let lives = std::env::var("LIVES").map_or(30, |n| n.parse().unwrap());
    let (mut changed, mut same) = (0, 0);
    for seed in 0..lives {
        let (mut life, mut dice) = (Life::new(), Dice(seed));
        // Of a day in the middle, of the last one, and one that is read seldom.
        let read = |life: &Life, on| {
            let history = life.program.history();
            LiveHealth::read(history, metrics(), calendar.clone(), day(on)).unwrap()
        };
        let mut live = [read(&life, 60), read(&life, 400), read(&life, 400)];
        for turn in 0..160 {
            while !life.turn(&mut dice, turn) {}
            for (at, live) in live.iter_mut().enumerate() {
                if at < 2 || dice.roll(20) == 0 {
                    let before = live.health().clone();
                    let health = live.refresh(life.program.history()).unwrap();
                    assert_eq!(
                        health,
                        &whole(&life, &calendar, health.as_of),
                        "{seed}, {turn}"
                    );
                    changed += u32::from(*health != before);
                    same += u32::from(*health == before);
                }
            }
        }
    }
    assert!(changed > 30 * 20 && same > 30 * 20, "{changed}, {same}");
}

/// Sessions of one day alone; more than there are once the pairing has met twice.
#[derive(Debug)]
struct Liar;

impl Metric for Liar {
    fn id(&self) -> PluginId {
        PluginId::new("liar", 1)
    }

    fn definition(&self) -> &str {
        "two / sessions"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let sessions = pairing.facts().sessions(pairing.as_of()).count() as u64;
        Some(Contribution::new(
            if sessions == 1 { 2 } else { 0 },
            sessions,
        ))
    }
}

fn meets(kept: &mut Kept, number: u32, on: i64) {
    kept.record(&session(number, 1, on, held()), at(on));
}

#[test]
fn a_metric_that_lies_leaves_what_was_known() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    let metrics = Metrics::none().with(Liar);
    let history = kept.program.history();
    let mut live = LiveHealth::read(history, metrics, Calendar::OPEN, day(50)).unwrap();
    let before = live.health().clone();
    meets(&mut kept, 1, 10);
    let wrong = HealthError::PartAboveWhole {
        metric: PluginId::new("liar", 1),
        part: 2,
        whole: 1,
    };
    assert_eq!(live.refresh(kept.program.history()), Err(wrong.clone()));
    assert_eq!(live.health(), &before);
    // Nothing has come since, and it is wrong as before.
    assert_eq!(live.refresh(kept.program.history()), Err(wrong));
    meets(&mut kept, 2, 20);
    let health = live.refresh(kept.program.history()).unwrap();
    assert_eq!(health.reading("liar").unwrap().whole(), 2);
    assert_eq!(health.pairings[0].held, 2);
}

#[test]
fn another_history_is_read_as_a_whole() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    let read = |kept: &Kept| {
        let history = kept.program.history();
        LiveHealth::read(history, Metrics::standard(), Calendar::OPEN, day(50)).unwrap()
    };
    // Two that went the same way up to here, and then as many steps each; the second time, both are clones.
    let mut twins = [kept.clone(), kept.clone()];
    let mut second = kept.clone();
    for [one, other] in [[&mut kept, &mut second], twins.each_mut()] {
        let (history, same) = (one.program.history(), other.program.history());
        assert_eq!(history, same);
        // Which of them it is shows nowhere.
        assert_eq!(format!("{history:?}"), format!("{same:?}"));
        assert!(format!("{history:?}").contains("Changes { .. }"));
        let mut live = read(one);
        meets(one, 1, 10);
        meets(other, 1, 12);
        for (kept, last) in [(&*one, 10), (&*other, 12)] {
            let health = live.refresh(kept.program.history()).unwrap();
            assert_eq!(health.pairings[0].last_held, Some(day(last)));
            assert_eq!(health, read(kept).health());
        }
    }
    // More than it remembers one by one.
    let mut live = read(&kept);
    for number in 2..5_000 {
        meets(&mut kept, number, 10 + i64::from(number) / 1_000);
    }
    let health = live.refresh(kept.program.history()).unwrap();
    assert_eq!(health.pairings[0].held, 4_999);
    assert_eq!(health, read(&kept).health());
}

/// So many that they are read in parts, beside each other: each is read once, and in order.
#[test]
fn many_pairings_are_each_read_once() {
    let roster = Company::base()
        .places("cto", 99_999)
        .places("cleo", 99_999)
        .roster();
    let logs: Vec<_> = (0..20_000)
        .map(|n| {
            let mut log = logged(&roster, &format!("p{n:05}"), ("cleo", "cto"), 0);
            let meets = (0..n % 3).map(|at| LoggedSession {
                date: day(10 + at),
                outcome: if n % 7 == 0 {
                    Outcome::Missed { by: None }
                } else {
                    held()
                },
            });
            log.sessions = meets.collect();
            log
        })
        .collect();
    let history = adopt(
        &logs,
        &roster,
        Load::DEFAULT,
        day(0),
        &mut SequentialIds::new(8),
    )
    .history;
    let health = ProgramHealth::assess(&history, &Metrics::standard(), day(50)).unwrap();
    assert!(health.pairings.is_sorted_by_key(|p| p.pairing));
    assert_eq!(health.pairings.len(), 20_000);
    let sessions: u64 = (0..20_000).map(|n| n % 3).sum();
    let missed: u64 = (0..20_000).filter(|n| n % 7 == 0).map(|n| n % 3).sum();
    let completion = health.reading("session_completion").unwrap();
    assert_eq!(
        (completion.part(), completion.whole()),
        (sessions - missed, sessions)
    );
    // Nobody has met since day 12.
    assert!(health.next_steps.is_sorted_by_key(|n| n.pairing));
    assert_eq!(health.next_steps.len(), 20_000);
}
