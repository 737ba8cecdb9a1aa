//! Logs of a programme that runs elsewhere: violations by hand, and an oracle written from the contract of `health.json`.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::health::{HealthRecord, Metrics, ProgramHealth};
use reverse_mentoring::history::{LoggedGoal, LoggedPairing, adopt};
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Level, Load, Person, ReportingLines, Roster, Side, Skill,
};
use reverse_mentoring::session::Outcome;
use reverse_mentoring::text::Key;
use support::*;

fn record(logs: &[LoggedPairing], roster: &Roster, as_of: i64) -> HealthRecord {
    let (health, adopted) = health_of(logs, roster, as_of);
    health.to_record(|id| adopted.keys[&id].to_string())
}

/// Violations as (pairing, code, message).
fn violations(
    logs: &[LoggedPairing],
    roster: &Roster,
    as_of: i64,
) -> Vec<(String, String, String)> {
    let found = record(logs, roster, as_of).violations.into_iter();
    found.map(|v| (v.pairing, v.code, v.message)).collect()
}

fn missing(logs: &[LoggedPairing], roster: &Roster, as_of: i64) -> Vec<(String, &'static str)> {
    let found = record(logs, roster, as_of).missing_evidence.into_iter();
    found.map(|m| (m.pairing, m.what)).collect()
}

fn said(pairing: &str, code: &str, message: &str) -> (String, String, String) {
    (pairing.to_owned(), code.to_owned(), message.to_owned())
}

#[test]
fn each_core_invariant_in_words() {
    let roster = Company::base().dotted("ada", "cto").roster();
    let log = |key, pair| logged(&roster, key, pair, 0);
    let check = |pair, expected: &[(&str, &str)]| {
        let expected: Vec<_> = expected.iter().map(|(c, m)| said("p", c, m)).collect();
        assert_eq!(violations(&[log("p", pair)], &roster, 5), expected);
    };
    check(("ben", "cto"), &[]);
    check(
        ("ada", "cto"),
        &[("no-hierarchical-link", "`cto` is above `ada`")],
    );
    check(
        ("ops", "ben"),
        &[
            (
                "experience-order",
                "the mentor is not the less experienced: grade 5 against grade 2",
            ),
            ("no-hierarchical-link", "`ops` is above `ben`"),
        ],
    );
    // Equals are no reverse pair; neither is anybody with themselves.
    let equals = "the mentor is not the less experienced: grade 2 against grade 2";
    check(("ada", "ben"), &[("experience-order", equals)]);
    check(
        ("ada", "ada"),
        &[
            ("experience-order", equals),
            ("not-oneself", "`ada` is paired with themselves"),
        ],
    );
    // Sides are not judged: cto offered to be mentored, and mentors the ceo, who takes no part at all.
    check(
        ("cto", "ceo"),
        &[("no-hierarchical-link", "`ceo` is above `cto`")],
    );
}

#[test]
fn those_beyond_the_places_are_the_latest() {
    let roster = Company::base().roster();
    let log = |key, pair, started| logged(&roster, key, pair, started);
    let with = |logs: &[LoggedPairing], as_of| {
        let found = violations(logs, &roster, as_of).into_iter();
        found
            .map(|(p, code, message)| {
                assert_eq!(code, "places");
                (p, message)
            })
            .collect::<Vec<_>>()
    };
    let words = |p: &str, role, open, places| {
        (
            p.to_owned(),
            format!("the {role} has {open} open pairings and {places} places"),
        )
    };
    // cto has two places, ben two, the others one.
    let mut logs = vec![
        log("c", ("ben", "cto"), 3),
        log("a", ("cleo", "cto"), 5),
        log("b", ("ada", "cto"), 4),
    ];
    assert_eq!(with(&logs, 5), [words("a", "mentee", 3, 2)]);
    assert_eq!(with(&logs, 4), []); // a has not started
    // A tie goes by key, whatever the order of the log.
    logs[2].started = day(5);
    assert_eq!(with(&logs, 5), [words("b", "mentee", 3, 2)]);
    logs.reverse();
    assert_eq!(with(&logs, 5), [words("b", "mentee", 3, 2)]);
    // What has ended by the day takes no place; what ends later does.
    logs[2].ended = Some((day(9), None));
    assert_eq!(with(&logs, 8), [words("b", "mentee", 3, 2)]);
    assert_eq!(with(&logs, 9), []);
    // Both of the people of one pairing at once: both are told. A colleague has one place.
    let both = [
        log("x", ("ada", "cfo"), 1),
        log("y", ("ada", "cto"), 1),
        log("z", ("ada", "cfo"), 1),
    ];
    assert_eq!(
        with(&both, 1),
        [
            words("y", "mentor", 3, 1),
            words("z", "mentee", 2, 1),
            words("z", "mentor", 3, 1),
        ]
    );
    // The two sides are counted apart, also of somebody who offered one only.
    let sides = [log("x", ("ada", "cleo"), 1), log("y", ("cleo", "cto"), 1)];
    assert_eq!(with(&sides, 1), []);
}

#[test]
fn hours_limit_places_and_the_load_is_an_argument() {
    let roster = Company::base().roster();
    let people = roster.participants().iter().cloned().map(|p| {
        let ben = p.key().as_str() == "ben";
        let two = Capacity::of(std::num::NonZeroU32::new(2).unwrap());
        let hours = two.with_hours("3".parse().unwrap());
        Person::from(if ben { p.with_capacity(hours) } else { p })
    });
    let roster = Roster::new(people, roster.lines().clone()).unwrap();
    let logs = [
        logged(&roster, "x", ("ben", "cfo"), 1),
        logged(&roster, "y", ("ben", "cto"), 2),
    ];
    let with = |load: &str| {
        let load = Load::new(load.parse().unwrap()).unwrap();
        let adopted = adopt(&logs, &roster, load, day(3), &mut SequentialIds::new(8));
        let health = ProgramHealth::assess(&adopted.history, &Metrics::none(), day(3)).unwrap();
        let found = health.violations.iter().map(|(id, v)| {
            assert_eq!(adopted.keys[id].as_str(), "y");
            v.parameters().to_vec()
        });
        found.collect::<Vec<_>>()
    };
    assert_eq!(with("1.5"), Vec::<Vec<_>>::new());
    use reverse_mentoring::policy::Parameter::Number;
    assert_eq!(
        with("1.6"),
        [vec![("open", Number(2)), ("places", Number(1))]]
    );
}

fn goal(learner: Role, skill: &str) -> LoggedGoal {
    LoggedGoal {
        learner,
        skill: Skill::new(skill).unwrap(),
        from: Level::NONE,
        to: Level::MAX,
        now: Level::NONE,
    }
}

#[test]
fn missing_evidence_breaks_nothing() {
    let base = Company::base().roster();
    let lines = base.lines().clone();
    let colleague = |experience| {
        Person::from(Colleague {
            key: Key::new("ceo").unwrap(),
            experience,
            capacity: Capacity::default(),
        })
    };
    let with = |colleagues: Vec<Person>| {
        let people = base.participants().iter().cloned().map(Person::from);
        Roster::new(people.chain(colleagues), lines.clone()).unwrap()
    };
    let both = vec![goal(Mentor, "a"), goal(Mentee, "b")];
    let check = |roster: &Roster, pair, expected: &[&str], codes: &[&str]| {
        let mut log = logged(roster, "p", pair, 0);
        log.goals.clone_from(&both);
        let expected: Vec<_> = expected
            .iter()
            .map(|what| ("p".to_owned(), *what))
            .collect();
        assert_eq!(missing(std::slice::from_ref(&log), roster, 1), expected);
        let found: Vec<_> = violations(&[log], roster, 1)
            .into_iter()
            .map(|v| v.1)
            .collect();
        assert_eq!(found, codes);
    };
    // The ceo may be known, known on another scale, known without experience, or not known at all.
    let link = "no-hierarchical-link";
    let known = with(vec![colleague(Some(Experience::grade(10)))]);
    check(&known, ("ben", "ceo"), &[], &[link]);
    check(&known, ("ceo", "ben"), &[], &["experience-order", link]);
    for unknown in [
        with(vec![colleague(Some(Experience::months(400)))]),
        with(vec![colleague(None)]),
        with(vec![]),
    ] {
        check(&unknown, ("ben", "ceo"), &["experience"], &[link]);
        check(&unknown, ("ceo", "ben"), &["experience"], &[link]);
    }
    // Grades are equal and months known of one only: nothing to decide by.
    let half = with(vec![colleague(Some(Experience::grade(2).and_months(9)))]);
    check(&half, ("ben", "ceo"), &["experience"], &[link]);

    // Goals of both, of one, of none.
    let roster = with(vec![]);
    let mut log = logged(&roster, "p", ("ben", "ceo"), 0);
    let gaps = |log: &LoggedPairing, as_of| {
        let found = missing(std::slice::from_ref(log), &roster, as_of).into_iter();
        found.map(|(_, what)| what).collect::<Vec<_>>()
    };
    assert_eq!(gaps(&log, 1), ["experience", "goals"]);
    log.goals = both[..1].to_vec();
    assert_eq!(gaps(&log, 1), ["experience", "goals"]);
    log.goals = both[1..].to_vec();
    assert_eq!(gaps(&log, 1), ["experience", "goals"]);
    log.goals.clone_from(&both);
    assert_eq!(gaps(&log, 1), ["experience"]);
    // Only what is open is judged by its people; what has not started says nothing.
    log.ended = Some((day(5), None));
    log.goals.clear();
    assert_eq!(gaps(&log, 4), ["experience", "goals"]);
    assert_eq!(gaps(&log, 5), ["goals"]);
    assert_eq!(gaps(&log, -1), [""; 0]);
    assert_eq!(violations(std::slice::from_ref(&log), &roster, 4).len(), 1);
    assert_eq!(violations(&[log], &roster, 5), []);
}

#[test]
fn ids_come_from_the_source_by_key_and_people_keep_theirs() {
    let roster = Company::base().roster();
    let logs = [
        logged(&roster, "q", ("ada", "ceo"), 0),
        logged(&roster, "p", ("ben", "ceo"), 0),
    ];
    let (_, adopted) = health_of(&logs, &roster, 1);
    let keys: Vec<_> = adopted.keys.values().map(Key::as_str).collect();
    assert_eq!(keys, ["p", "q"]);
    let facts: Vec<_> = adopted.history.pairings().map(|(_, f)| f.pair).collect();
    assert_eq!(
        (facts[0].mentor, facts[1].mentor),
        (person_id(2), person_id(1))
    );
    assert_eq!(facts[0].mentee, facts[1].mentee); // one id for the ceo, who has none in the roster
    let people: Vec<_> = adopted.history.people().map(|(id, _)| id).collect();
    assert_eq!(people, (1..=6).map(person_id).collect::<Vec<_>>());
    let turned = [logs[1].clone(), logs[0].clone()];
    assert_eq!(health_of(&turned, &roster, 1), health_of(&logs, &roster, 1));
    // Other ids: the same record.
    let other = adopt(
        &logs,
        &roster,
        Load::DEFAULT,
        day(1),
        &mut SequentialIds::new(4_000_000_000),
    );
    let health = ProgramHealth::assess(&other.history, &Metrics::standard(), day(1)).unwrap();
    let other = health.to_record(|id| other.keys[&id].to_string());
    assert_eq!(other, record(&logs, &roster, 1));
}

// The oracle. From here on: plain numbers, days one by one, lines climbed by hand.

const PEOPLE: usize = 7;

#[derive(Debug, Clone)]
struct RawPerson {
    takes_part: bool,
    grade: i32,
    places: u32,
    manager: usize,
    dotted: Vec<usize>,
}

#[derive(Debug, Clone)]
struct RawLog {
    mentor: usize,
    mentee: usize,
    started: i64,
    cadence: (u16, u16),
    ended: Option<i64>,
    sessions: Vec<(i64, u8)>,
    goals: [bool; 2],
}

#[derive(Debug, Clone)]
struct RawWorld {
    people: Vec<RawPerson>,
    logs: Vec<RawLog>,
    as_of: i64,
}

fn roster_of(world: &RawWorld) -> Roster {
    let key = |n: usize| format!("p{n}");
    let staff = world.people.iter().enumerate().map(|(n, raw)| Staff {
        key: key(n),
        id: n as u32,
        side: raw.takes_part.then_some(Side::Either),
        grade: raw.grade,
        places: raw.places,
        manager: (n > 0).then(|| key(raw.manager % n.max(1))),
        dotted: raw
            .dotted
            .iter()
            .filter(|d| **d != n)
            .map(|d| key(*d))
            .collect(),
    });
    Company(staff.collect()).roster()
}

fn outcome(kind: u8) -> Outcome {
    [held(), CANCELLED, MISSED][usize::from(kind % 3)]
}

fn logs_of(world: &RawWorld, roster: &Roster) -> Vec<LoggedPairing> {
    let logs = world.logs.iter().enumerate().map(|(n, raw)| {
        let (mentor, mentee) = (format!("p{}", raw.mentor), format!("p{}", raw.mentee));
        let mut log = logged(roster, &format!("k{n}"), (&mentor, &mentee), raw.started);
        log.cadence = Cadence::new(raw.cadence.0, raw.cadence.1, 60).unwrap();
        log.ended = raw.ended.map(|on| (day(on), None));
        let sessions = raw.sessions.iter().map(|(on, kind)| (*on, outcome(*kind)));
        log.sessions = logged_sessions(&sessions.collect::<Vec<_>>());
        let sides = [goal(Mentor, "a"), goal(Mentee, "b")]
            .into_iter()
            .zip(raw.goals);
        log.goals = sides
            .filter(|(_, has)| *has)
            .map(|(goal, _)| goal)
            .collect();
        log
    });
    logs.collect()
}

impl RawWorld {
    fn above(&self, person: usize) -> BTreeSet<usize> {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![person]);
        while let Some(n) = todo.pop() {
            let raw = &self.people[n];
            let solid = (n > 0).then(|| raw.manager % n.max(1));
            for up in solid
                .into_iter()
                .chain(raw.dotted.iter().copied().filter(|d| *d != n))
            {
                if seen.insert(up) {
                    todo.push(up);
                }
            }
        }
        seen
    }

    fn is_over(&self, log: &RawLog) -> bool {
        log.ended.is_some_and(|ended| ended <= self.as_of)
    }

    /// (pairing, code) of every violation but places.
    fn broken(&self, n: usize) -> BTreeSet<&'static str> {
        let (log, mut codes) = (&self.logs[n], BTreeSet::new());
        let (a, b) = (log.mentor, log.mentee);
        if log.started > self.as_of || self.is_over(log) {
            return codes;
        }
        if a == b {
            codes.insert("not-oneself");
        } else if self.above(a).contains(&b) || self.above(b).contains(&a) {
            codes.insert("no-hierarchical-link");
        }
        if self.people[a].grade >= self.people[b].grade {
            codes.insert("experience-order");
        }
        codes
    }

    /// People beyond their places, with how many of which pairings are too many.
    fn crowded(&self) -> Vec<(BTreeSet<usize>, usize)> {
        let mut seats: BTreeMap<(usize, bool), BTreeSet<usize>> = BTreeMap::new();
        for (n, log) in self.logs.iter().enumerate() {
            if log.started <= self.as_of && !self.is_over(log) {
                seats.entry((log.mentor, true)).or_default().insert(n);
                seats.entry((log.mentee, false)).or_default().insert(n);
            }
        }
        let over = seats.into_iter().filter_map(|((person, _), logs)| {
            let too_many = logs
                .len()
                .checked_sub(self.people[person].places as usize)?;
            (too_many > 0).then_some((logs, too_many))
        });
        over.collect()
    }

    /// Status, held, last held, days since, longest gap; `None` before the start.
    fn expected(
        &self,
        n: usize,
        in_breach: bool,
    ) -> Option<(&'static str, u32, Option<i64>, i64, i64)> {
        let log = &self.logs[n];
        if log.started > self.as_of {
            return None;
        }
        let over = self.is_over(log);
        let until = if over { log.ended.unwrap() } else { self.as_of };
        let mut past: Vec<(i64, u8)> = Vec::new();
        for date in -100..=self.as_of {
            past.extend(log.sessions.iter().filter(|(on, _)| *on == date));
        }
        let met: Vec<i64> = past
            .iter()
            .filter(|(_, kind)| kind % 3 == 0)
            .map(|s| s.0)
            .collect();
        let last = met.last().copied();
        let since = last.unwrap_or(log.started);
        // The longest run of days without a session, counted day by day.
        let (mut longest, mut quiet) = (0, 0);
        for date in log.started + 1..=until {
            quiet += 1;
            longest = longest.max(quiet);
            if met.contains(&date) {
                quiet = 0;
            }
        }
        let silent = self.as_of - since;
        let (interval, grace) = (i64::from(log.cadence.0), i64::from(log.cadence.1));
        let none_of_two = past.len() >= 2 && past[past.len() - 2..].iter().all(|s| s.1 % 3 != 0);
        let status = if over {
            "ended"
        } else if in_breach {
            "suspended"
        } else if none_of_two || silent > 2 * interval {
            "at_risk"
        } else if silent > interval + grace {
            "needs_check_in"
        } else if met.len() < 2 {
            "too_early"
        } else {
            "on_track"
        };
        Some((status, met.len() as u32, last, until - since, longest))
    }
}

fn check(world: &RawWorld) {
    let roster = roster_of(world);
    let logs = logs_of(world, &roster);
    let record = record(&logs, &roster, world.as_of);

    let mut codes: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut crowds: BTreeMap<usize, usize> = BTreeMap::new();
    for violation in &record.violations {
        let n: usize = violation.pairing[1..].parse().unwrap();
        if violation.code == "places" {
            *crowds.entry(n).or_default() += 1;
        } else {
            assert!(
                codes.entry(n).or_default().insert(&violation.code),
                "told twice"
            );
        }
    }
    // On any of the pairings of the person above their places: as many as are too many, and on no others.
    let expected = world.crowded();
    let told: usize = crowds.values().sum();
    assert_eq!(
        told,
        expected.iter().map(|(_, too_many)| too_many).sum::<usize>()
    );
    for (logs, too_many) in &expected {
        let mut by_start: Vec<usize> = logs.iter().copied().collect();
        by_start.sort_by_key(|n| (world.logs[*n].started, *n));
        for late in &by_start[by_start.len() - too_many..] {
            assert!(crowds.contains_key(late), "{late} is among the latest");
        }
    }

    let mut missing = BTreeSet::new();
    let (mut all, mut all_held, mut shown) = (0, 0, 0);
    for n in 0..world.logs.len() {
        assert_eq!(codes.get(&n).cloned().unwrap_or_default(), world.broken(n));
        let in_breach = codes.contains_key(&n) || crowds.contains_key(&n);
        let found = record.pairings.as_ref().unwrap().iter();
        let mut found = found.filter(|p| p.pairing == format!("k{n}"));
        let found = found.next().map(|p| {
            let last = p.last_held.map(|d| (d - day(0)).num_days());
            (
                p.status.as_str(),
                p.held,
                last,
                p.days_since,
                p.longest_gap_days,
            )
        });
        let expected = world.expected(n, in_breach);
        assert_eq!(found, expected, "pairing {n}");
        if let Some((_, held, ..)) = expected {
            shown += 1;
            all_held += u64::from(held);
            let past = world.logs[n]
                .sessions
                .iter()
                .filter(|(on, _)| *on <= world.as_of);
            all += past.count() as u64;
            if world.logs[n].goals != [true, true] {
                missing.insert(format!("k{n}"));
            }
        }
    }
    assert_eq!(record.pairings.as_ref().unwrap().len(), shown);
    let completion = record
        .metrics
        .iter()
        .find(|m| m.id == "session_completion")
        .unwrap();
    assert_eq!(
        (completion.numerator, completion.denominator),
        (Some(all_held), Some(all))
    );
    let found: BTreeSet<_> = record
        .missing_evidence
        .iter()
        .map(|m| m.pairing.clone())
        .collect();
    assert_eq!(found, missing);
    assert!(record.missing_evidence.iter().all(|m| m.what == "goals"));
    assert!(record.metrics.is_sorted_by_key(|m| &m.id));
    assert!(
        record
            .pairings
            .unwrap()
            .is_sorted_by_key(|p| p.pairing.clone())
    );
    assert!(record.violations.is_sorted_by_key(|v| v.pairing.clone()));
}

/// What is dated after the day taken away: the record must not notice.
fn truncated(world: &RawWorld) -> RawWorld {
    let mut world = world.clone();
    let as_of = world.as_of;
    for log in &mut world.logs {
        log.sessions.retain(|(on, _)| *on <= as_of);
        log.ended = log.ended.filter(|ended| *ended <= as_of);
    }
    world
}

fn worlds() -> impl Strategy<Value = RawWorld> {
    let person = (
        prop::bool::weighted(0.8),
        0..5i32,
        1..3u32,
        0..PEOPLE,
        prop::collection::vec(0..PEOPLE, 0..2),
    );
    let person = person.prop_map(|(takes_part, grade, places, manager, dotted)| RawPerson {
        takes_part,
        grade,
        places,
        manager,
        dotted: if manager % 3 == 0 { dotted } else { vec![] },
    });
    let log = (
        0..PEOPLE,
        0..PEOPLE,
        0..40i64,
        (prop::sample::select(vec![1u16, 7, 14, 30]), 0..9u16),
        prop::option::weighted(0.3, 0..60i64),
        prop::collection::vec((0..70i64, any::<u8>()), 0..9),
        any::<[bool; 2]>(),
    );
    let log = log.prop_map(
        |(mentor, mentee, started, cadence, ended, sessions, goals)| {
            let ended = ended.map(|days| started + days);
            // Within the days of the pairing, as the contract has it; outside of them see `tests/health.rs`.
            let inside =
                |(on, _): &(i64, u8)| *on >= started && ended.is_none_or(|ended| *on <= ended);
            let sessions = sessions.into_iter().filter(inside).collect();
            RawLog {
                mentor,
                mentee,
                started,
                cadence,
                ended,
                sessions,
                goals,
            }
        },
    );
    let people = prop::collection::vec(person, PEOPLE);
    (people, prop::collection::vec(log, 0..8), 0..100i64)
        .prop_map(|(people, logs, as_of)| RawWorld {
            people,
            logs,
            as_of,
        })
        // A roster needs somebody who takes part.
        .prop_map(|mut world| {
            world.people[0].takes_part = true;
            world
        })
}

fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(2000)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn health_is_what_the_contract_says(world in worlds()) {
        check(&world);
    }

    #[test]
    fn nothing_after_the_day_matters(world in worlds()) {
        let roster = roster_of(&world);
        let mut logs = logs_of(&truncated(&world), &roster);
        logs.retain(|log| log.started <= day(world.as_of));
        logs.reverse();
        let then = record(&logs, &roster, world.as_of);
        prop_assert_eq!(then, record(&logs_of(&world, &roster), &roster, world.as_of));
    }
}

#[test]
fn lines_alone_are_a_company() {
    // Nobody takes part, and the logs are judged all the same.
    let lines = Company::base().roster().lines().clone();
    let roster = Roster::new(Vec::<Person>::new(), ReportingLines::clone(&lines)).unwrap();
    let logs = [logged(&roster, "p", ("ada", "ops"), 0)];
    let expected = [said("p", "no-hierarchical-link", "`ops` is above `ada`")];
    assert_eq!(violations(&logs, &roster, 1), expected);
    assert_eq!(missing(&logs, &roster, 1).len(), 2);
}
