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
use reverse_mentoring::ids::{PairingId, SequentialIds};
use reverse_mentoring::journal::{Entry, Stamp};
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{GoalChange, NewGoal, SharedGoal, Step};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::program::{Program, Refused};
use reverse_mentoring::roster::{Level, Load, Side};
use reverse_mentoring::session::{Outcome, PlannedSession, Response};
use reverse_mentoring::text::Label;

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

/// Juniors and seniors, as many of each, and a programme in which the n-th junior teaches the n-th senior.
fn programme_of(pairings: u32) -> Kept {
    let mut company = Company::base();
    let staff = |key: String, id, side, grade, manager: &str| Staff {
        key,
        id,
        side: Some(side),
        grade,
        places: 1,
        manager: Some(manager.to_owned()),
        dotted: Vec::new(),
    };
    let mut keys = Vec::new();
    for n in 0..pairings {
        let (junior, senior) = (format!("j{n}"), format!("s{n}"));
        let id = 7 + 2 * n;
        company.0.extend([
            staff(junior.clone(), id, Side::Mentor, 2, "ops"),
            staff(senior.clone(), id + 1, Side::Mentee, 8, "ceo"),
        ]);
        keys.push((junior, senior));
    }
    let roster = company.roster();
    let mut kept = Kept::open(&roster);
    let pairs = keys.iter().map(|(a, b)| (a.as_str(), b.as_str()));
    kept.propose(&roster, &pairs.collect::<Vec<_>>(), 1);
    // Of each ten one is proposed and no more, and one has ended.
    for pairing in (1..=pairings).filter(|n| n % 10 != 3) {
        kept.begin(pairing, 2);
    }
    for pairing in (1..=pairings).filter(|n| n % 10 == 7) {
        kept.step(pairing, END, 5);
    }
    kept
}

/// Pairings are read again block by block: here there are three, and the last one is not full.
#[test]
fn any_of_many_pairings_is_read_again() {
    let pairings = 150;
    let mut kept = programme_of(pairings);
    let (metrics, mut dice) = (Metrics::standard(), Dice(5));
    let read = |kept: &Kept| {
        let history = kept.program.history();
        LiveHealth::read(history, metrics.clone(), Calendar::OPEN, day(60)).unwrap()
    };
    let mut live = read(&kept);
    assert_eq!(live.health().pairings.len(), 135);
    let (mut all, mut met) = (0, 0);
    let mut meet = |kept: &mut Kept, pairing: u32, dice: &mut Dice| {
        all += 1;
        let outcome = dice.of(&[held(), held(), CANCELLED, MISSED]);
        met += u64::from(outcome.is_held());
        kept.record(&session(all, pairing, 30, outcome), at(60));
        (met, u64::from(all))
    };
    // The first and the last of each block, then some at a time of any.
    let edges = [1, 64, 65, 128, 129, 150].map(|pairing| vec![pairing]);
    let going = |pairing: &u32| ![3, 7].contains(&(pairing % 10));
    let any = (0..20).map(|_| {
        let some = (0..dice.roll(6)).map(|_| 1 + dice.roll(u64::from(pairings)) as u32);
        some.filter(going).collect()
    });
    let any: Vec<Vec<u32>> = any.collect();
    let mut counted = (0, 0);
    for some in edges.into_iter().chain(any) {
        for pairing in some.iter() {
            counted = meet(&mut kept, *pairing, &mut dice);
        }
        let health = live.refresh(kept.program.history()).unwrap();
        assert_eq!(health, read(&kept).health(), "{some:?}");
        let completion = health.reading("session_completion").unwrap();
        assert_eq!((completion.part(), completion.whole()), counted, "{some:?}");
    }
    assert!(counted.0 > 15 && counted.1 > 40, "{counted:?}");
}

/// How many pairings it is asked about.
#[derive(Debug)]
struct Asked(Arc<AtomicU64>);

impl Metric for Asked {
    fn id(&self) -> PluginId {
        PluginId::new("asked", 1)
    }

    fn definition(&self) -> &str {
        "pairings / pairings"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(_) = unit else {
            return None;
        };
        self.0.fetch_add(1, Ordering::Relaxed);
        Some(Contribution::whether(true))
    }
}

/// What is read again after something of one pairing, and after something of all.
#[test]
fn what_concerns_one_pairing_costs_a_block() {
    let mut kept = programme_of(150);
    kept.step(1, Step::Settle, 62);
    let asked = Arc::new(AtomicU64::new(0));
    let metrics = Metrics::none().with(Asked(Arc::clone(&asked)));
    let history = kept.program.history();
    let mut live = LiveHealth::read(history, metrics, Calendar::OPEN, day(62)).unwrap();
    let mut again = |kept: &Kept| {
        asked.store(0, Ordering::Relaxed);
        live.refresh(kept.program.history()).unwrap();
        asked.load(Ordering::Relaxed)
    };
    assert_eq!(again(&kept), 0, "nothing has come");
    type Write = fn(&mut Program, PairingId, Stamp) -> Result<Entry, Refused>;
    let writes: [(&str, Write); 9] = [
        ("record", |p, _, now| {
            p.record(&session(1, 1, 20, held()), now)
        }),
        ("correct", |p, _, now| {
            p.correct(&session(1, 1, 21, held()), now)
        }),
        ("respond", |p, id, now| {
            p.respond(id, session_id(1), Role::Mentor, Response::Feedback, now)
        }),
        ("void", |p, id, now| p.void(id, session_id(1), now)),
        ("plan", |p, id, now| {
            p.plan_session(&PlannedSession::new(session_id(2), id, day(70)), now)
        }),
        ("move", |p, id, now| {
            p.move_session(&PlannedSession::new(session_id(2), id, day(71)), now)
        }),
        ("review", |p, id, now| p.review(id, Role::Mentor, now)),
        ("add goal", |p, id, now| {
            let goal = SharedGoal::new(Label::new("a talk").unwrap(), day(200));
            p.add_goal(id, NewGoal::Shared { goal }, now)
        }),
        ("change goal", |p, id, now| {
            let goal = p.goals(id).unwrap().learning[0].named();
            let level = Level::new(2).unwrap();
            p.change_goal(id, goal, GoalChange::CheckedIn { level }, now)
        }),
    ];
    for (what, write) in writes {
        write(&mut kept.program, pairing_id(1), at(62)).expect(what);
        let asked = again(&kept);
        assert!((1..=64).contains(&asked), "{what}: {asked}");
    }
    // Two of one block, then two of two.
    for (number, of, most) in [(10, [1, 2], 64), (20, [1, 150], 128)] {
        for (session_number, pairing) in (number..).zip(of) {
            kept.record(&session(session_number, pairing, 40, held()), at(62));
        }
        let asked = again(&kept);
        assert!(asked <= most && asked > most - 64, "{of:?}: {asked}");
    }
    kept.step(2, Step::Settle, 62);
    assert_eq!(again(&kept), 135);
}
