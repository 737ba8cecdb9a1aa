//! A simulated programme judged from outside: what its journal and facts say, against lines climbed by hand.
#![cfg(feature = "simulation")]

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::ops::ControlFlow;

use chrono::{Days, NaiveDate};
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::History;
use reverse_mentoring::ids::{CoordinatorId, ParticipantId, SequentialIds};
use reverse_mentoring::journal::{Entry, Event};
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{EndReason, GoalChange, GoalRef, Stage, Step};
use reverse_mentoring::policy::Policy;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{
    Capacity, Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Wish,
};
use reverse_mentoring::session::Outcome;
use reverse_mentoring::simulation::{
    Happening, Model, Move, Parameter, Setup, Simulated, simulate,
};
use reverse_mentoring::text::Key;

#[path = "../examples/simulate_year/months.rs"]
#[allow(dead_code, reason = "the example prints more than is judged here")]
mod months;
#[path = "../examples/simulate_year/report.rs"]
#[allow(dead_code, reason = "likewise")]
mod report;

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];
const SKILLS: [&str; 5] = ["video", "prompts", "budgets", "strategy", "law"];

/// Key → everybody right above.
type Raw = BTreeMap<String, (Option<String>, Vec<String>)>;

fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 31).unwrap()
}

/// A hundred and twenty people under three heads, five to a manager, some dotted lines; leaves teach, the others learn.
fn raw() -> Raw {
    let name = |n: usize| format!("p{n:03}");
    (0..120usize)
        .map(|n| {
            let manager = n.checked_sub(3).map(|k| name(k / 5));
            let dotted = (n > 3 && n % 4 == 0).then(|| name(n * 5 / 7 % 24));
            (name(n), (manager, dotted.into_iter().collect()))
        })
        .collect()
}

fn lines_of(raw: &Raw) -> Vec<Line> {
    raw.iter()
        .map(|(key, (manager, dotted))| {
            let line = match manager {
                Some(manager) => Line::new(key.as_str(), manager.as_str()),
                None => Line::root(key.as_str()),
            };
            dotted.iter().fold(line, |l, d| l.dotted(d.as_str()))
        })
        .collect()
}

fn people() -> Vec<Participant> {
    let mut ids = SequentialIds::new(1);
    (0..120)
        .map(|n| {
            let id = ParticipantId::from_source(&mut ids);
            let key = Key::new(format!("p{n:03}")).unwrap();
            let (side, grade) = match n {
                0..20 => (Side::Mentee, 9 - n / 10),
                20..40 => (Side::Either, 5),
                _ => (Side::Mentor, 2),
            };
            let skill = |k: i32| SKILLS[k as usize % 5];
            Participant::new(
                id,
                key,
                side,
                Experience::grade(grade).and_months(400 - n as u32),
            )
            .with_capacity(Capacity::of(NonZeroU32::new(1 + n as u32 % 3).unwrap()))
            .with_offers([
                Offer::new(skill(n), 4).unwrap(),
                Offer::new(skill(n + 1), 2).unwrap(),
            ])
            .unwrap()
            .with_wishes([
                Wish::new(skill(n + 2), 0, 3).unwrap(),
                Wish::new(skill(n + 4), 1, 5).unwrap(),
            ])
            .unwrap()
        })
        .collect()
}

fn roster() -> Roster {
    Roster::new(people(), ReportingLines::new(lines_of(&raw())).unwrap()).unwrap()
}

fn play(setup: &Setup<'_>) -> Simulated {
    let approved = setup.plan().unwrap().approve(coordinator());
    simulate(setup, &approved, |_| ControlFlow::Continue(())).unwrap()
}

fn coordinator() -> CoordinatorId {
    CoordinatorId::from_source(&mut SequentialIds::new(2))
}

fn bytes(journal: &[Entry]) -> String {
    journal
        .iter()
        .map(|e| serde_json::to_string(e).unwrap() + "\n")
        .collect()
}

fn model(changes: &[(Parameter, u32)]) -> Model {
    let with = |m: Model, (p, v): &(Parameter, u32)| m.with(*p, *v).unwrap();
    changes.iter().fold(Model::standard(), with)
}

/// Everybody reliable, nothing late, nobody leaves, nothing changes.
fn clockwork() -> Model {
    use Parameter as P;
    model(&[
        (P::Accept, 1000),
        (P::AnswerDays, 1),
        (P::PrepareDays, 1),
        (P::Unprepared, 0),
        (P::MentorKeeps, 1000),
        (P::MenteeKeeps, 1000),
        (P::Spread, 0),
        (P::Load, 0),
        (P::TrustKeeps, 0),
        (P::Contagion, 0),
        (P::MentorQuits, 0),
        (P::PairedMentorQuits, 0),
        (P::MenteeQuits, 0),
        (P::PairedMenteeQuits, 0),
        (P::DelayDays, 0),
        (P::FirstDays, 0),
        (P::Late, 0),
        (P::Exit, 0),
        (P::Dropout, 0),
        (P::StrainedDropout, 0),
        (P::RoundMonths, 0),
        (P::ReorganisationMonth, 0),
    ])
}

fn apply(raw: &mut Raw, moved: &[Move]) {
    for m in moved {
        let text = |key: &Option<Key>| key.as_ref().map(|k| k.as_str().to_owned());
        let person = raw.get_mut(m.person.as_str()).unwrap();
        assert_eq!(
            person.0,
            text(&m.from),
            "somebody moved from where they were not"
        );
        person.0 = text(&m.to);
    }
}

fn climb(raw: &Raw, from: &str) -> BTreeSet<String> {
    let (mut seen, mut todo) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(person) = todo.pop() {
        let (manager, dotted) = &raw[&person];
        for up in manager.iter().chain(dotted) {
            if seen.insert(up.clone()) {
                todo.push(up.clone());
            }
        }
    }
    seen
}

fn moves(happening: &Happening) -> Option<(NaiveDate, &[Move])> {
    match happening {
        Happening::Reorganised { on, moved, .. } | Happening::MovedBack { on, moved, .. } => {
            Some((*on, moved))
        }
        _ => None,
    }
}

/// The programme as it was at the end of each month, with the lines of that day.
fn months(year: &Simulated) -> Vec<(Program, Raw)> {
    let month = |end: &reverse_mentoring::simulation::MonthEnd| {
        let mut raw = raw();
        let moved = year.happenings.iter().filter_map(moves);
        for (_, moved) in moved.filter(|(on, _)| *on <= end.date) {
            apply(&mut raw, moved);
        }
        (Program::replay(&year.journal[..end.entries]).unwrap(), raw)
    };
    year.months.iter().map(month).collect()
}

fn is_suspended(stage: Stage) -> bool {
    matches!(stage, Stage::Suspended { .. })
}

#[test]
fn the_journal_brings_the_programme_back() {
    let roster = roster();
    for seed in 0..5 {
        let year = play(&Setup::new(&roster, start()).with_seed(seed, 0));
        assert!(year.finished && year.months.len() == 12 && year.journal.len() > 200);
        let text = bytes(&year.journal);
        let read: Vec<Entry> = text
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(read, year.journal);
        assert_eq!(Program::replay(&read).unwrap(), year.program);
        assert_eq!(year.roster.fingerprint(), year.program.roster());
    }
}

#[test]
fn a_seed_fixes_every_byte() {
    let roster = roster();
    let run = |seed, replicate| {
        bytes(&play(&Setup::new(&roster, start()).with_seed(seed, replicate)).journal)
    };
    assert_eq!(run(1, 0), run(1, 0));
    assert_ne!(run(1, 0), run(2, 0));
    assert_ne!(run(1, 0), run(1, 1));
    let (mut turned, mut lines) = (people(), lines_of(&raw()));
    turned.reverse();
    lines.reverse();
    lines.rotate_left(37);
    let turned = Roster::new(turned, ReportingLines::new(lines).unwrap()).unwrap();
    let year = play(&Setup::new(&turned, start()));
    assert_eq!(bytes(&year.journal), run(1, 0));
}

#[test]
fn every_month_keeps_the_core_invariants() {
    let roster = roster();
    let places: BTreeMap<_, _> = people()
        .iter()
        .map(|p| (p.id(), *p.profile().capacity()))
        .collect();
    for seed in 0..12 {
        let crowd = model(&[(Parameter::Movers, if seed % 2 == 0 { 6 } else { 70 })]);
        let setup = Setup::new(&roster, start()).with_seed(seed, 3);
        let year = play(&setup.with_model(crowd));
        for (program, raw) in months(&year) {
            let mut taken: BTreeMap<(ParticipantId, Role), u32> = BTreeMap::new();
            let mut pairs = BTreeSet::new();
            for pairing in program.open_pairings() {
                let pair = pairing.pair();
                let key = |role| {
                    roster
                        .participant(pair.person(role))
                        .unwrap()
                        .key()
                        .as_str()
                };
                let (mentor, mentee) = (key(Role::Mentor), key(Role::Mentee));
                let linked =
                    climb(&raw, mentor).contains(mentee) || climb(&raw, mentee).contains(mentor);
                assert_eq!(
                    linked,
                    is_suspended(pairing.stage()),
                    "{mentor} and {mentee}, seed {seed}"
                );
                assert!(pairs.insert(pair), "{mentor} and {mentee} twice");
                for role in ROLES {
                    assert!(!pairing.goals().of(role).is_empty());
                    *taken.entry((pair.person(role), role)).or_default() += 1;
                }
            }
            for ((person, role), taken) in taken {
                assert!(
                    taken <= places[&person].pairings().get(),
                    "{person} as {role}"
                );
            }
        }
        // The last lines are those of the roster handed back.
        let mut last = raw();
        year.happenings
            .iter()
            .filter_map(moves)
            .for_each(|(_, moved)| apply(&mut last, moved));
        let handed: Vec<Line> = year.roster.lines().to_lines().collect();
        assert_eq!(handed, lines_of(&last));
        assert!(year.roster.lines().dotted_circles().is_empty());
    }
}

#[test]
fn sessions_and_levels_are_neither_lost_nor_made_up() {
    let roster = roster();
    let (mut late, mut not_held) = (0, 0);
    for seed in 0..6 {
        let keeps = model(&[(Parameter::Forget, 0)]);
        let setup = Setup::new(&roster, start()).with_model(keeps);
        let year = play(&setup.with_seed(seed, 0));
        let mut recorded = BTreeMap::new();
        let mut levels: BTreeMap<_, BTreeMap<NaiveDate, u8>> = BTreeMap::new();
        for entry in &year.journal {
            match &entry.event {
                Event::SessionRecorded(facts) => {
                    assert!(
                        recorded
                            .insert(facts.session, (facts.pairing, facts.date, facts.result))
                            .is_none()
                    );
                    late += usize::from(entry.stamp.recorded_at.date_naive() > facts.date);
                    not_held += usize::from(!facts.result.is_held());
                }
                Event::GoalChanged {
                    pairing,
                    goal: GoalRef::Learning { learner, skill },
                    change: GoalChange::CheckedIn { level },
                } => {
                    let of = (*pairing, *learner, skill.clone());
                    assert_eq!(
                        levels
                            .entry(of)
                            .or_default()
                            .insert(entry.stamp.on, level.as_u8()),
                        None
                    );
                }
                _ => {}
            }
        }
        let mut known = 0;
        for (id, facts) in year.program.history().pairings() {
            known += facts.sessions.len();
            let held = facts
                .sessions
                .iter()
                .filter(|s| s.outcome.is_held())
                .count();
            assert!(held <= 6);
            for session in &facts.sessions {
                assert_eq!(
                    recorded[&session.id.unwrap()],
                    (id, session.date, session.outcome)
                );
            }
            for goal in &facts.goals.learning {
                let reached = levels
                    .remove(&(id, goal.learner, goal.skill.clone()))
                    .unwrap_or_default();
                let taught = |on: &NaiveDate| {
                    facts.sessions.iter().any(|s| match s.outcome {
                        Outcome::Held(taught) => {
                            s.date == *on && taught.half_minutes(goal.learner.other()) > 0
                        }
                        _ => false,
                    })
                };
                // One level at a time, in sessions in which the other taught. A record that came in after the
                // pairing's end keeps its session and loses its level.
                let mut before = goal.from.as_u8();
                for (on, level) in &reached {
                    assert!(
                        *level > before && *level <= goal.to.as_u8() && taught(on),
                        "{on}: {before} to {level}"
                    );
                    before = *level;
                }
            }
        }
        assert_eq!(known, recorded.len());
        assert!(levels.is_empty());
    }
    assert!(late > 20 && not_held > 20);
}

#[test]
fn reliable_pairs_meet_as_often_as_their_cadence_says() {
    let roster = roster();
    let cases = [(12u16, 6u32), (12, 60), (5, 60), (1, 6), (24, 9), (0, 6)];
    for ((months, planned), late) in cases.into_iter().flat_map(|case| [(case, 0), (case, 1000)]) {
        let model = clockwork().with(Parameter::Sessions, planned).unwrap();
        let model = model.with(Parameter::Late, late).unwrap();
        let model = model.with(Parameter::LateDays, 45).unwrap();
        let setup = Setup::new(&roster, start())
            .with_months(months)
            .with_model(model);
        let pairs = setup.plan().unwrap().proposals.len() as u64;
        let year = play(&setup);
        // Proposed on day 0, answers on days 1 and 2, signatures on days 3 and 4; then every thirty days.
        let end = start() + chrono::Months::new(months.into());
        let meeting = ((end - start()).num_days() - 1 - 4).max(0) as u64;
        let each = (meeting / 30).min(planned.into());
        let facts = year.program.history().pairings();
        let held = facts
            .flat_map(|(_, f)| &f.sessions)
            .filter(|s| s.outcome.is_held())
            .count() as u64;
        assert!(pairs > 30);
        assert_eq!(held, pairs * each, "{months} months, {planned} planned");
        let over = each == u64::from(planned) && meeting > 30 * each + 45;
        assert_eq!(
            year.program.open_pairings().count() as u64,
            if over || months == 0 { 0 } else { pairs }
        );
    }
}

#[test]
fn extremes_of_behaviour() {
    use Parameter as P;
    let roster = roster();
    let play =
        |changes: &[(P, u32)]| play(&Setup::new(&roster, start()).with_model(model(changes)));
    let shy = play(&[(P::Accept, 0)]);
    assert_eq!(shy.program.open_pairings().count(), 0);
    let ended = |e: &Entry| {
        matches!(
            e.event,
            Event::Advanced {
                step: Step::Decline { .. },
                ..
            }
        )
    };
    let proposed: usize = shy
        .happenings
        .iter()
        .filter_map(|h| match h {
            Happening::Round { proposed, .. } => Some(*proposed),
            _ => None,
        })
        .sum();
    assert_eq!(shy.journal.iter().filter(|e| ended(e)).count(), proposed);

    let idle = play(&[
        (P::MenteeKeeps, 0),
        (P::Momentum, 0),
        (P::TrustKeeps, 0),
        (P::SponsorExample, 0),
        (P::Spread, 0),
    ]);
    let facts = idle.program.history().pairings();
    let sessions: Vec<_> = facts.flat_map(|(_, f)| &f.sessions).collect();
    assert!(!sessions.is_empty() && sessions.iter().all(|s| !s.outcome.is_held()));

    // One cancellation and they never meet again; with momentum alone nobody fails.
    let fragile = play(&[
        (P::MenteeKeeps, 500),
        (P::Contagion, 1000),
        (P::Momentum, 0),
        (P::StrainedDropout, 0),
    ]);
    for (_, facts) in fragile.program.history().pairings() {
        let met: Vec<bool> = facts.sessions.iter().map(|s| s.outcome.is_held()).collect();
        assert!(met.is_sorted_by(|a, b| a >= b), "{met:?}");
    }

    let leaving = play(&[(P::Exit, 1000), (P::Chemistry, 0), (P::ChemistrySpread, 0)]);
    assert_eq!(
        leaving
            .journal
            .iter()
            .filter(|e| matches!(
                e.event,
                Event::Advanced {
                    step: Step::Settle,
                    ..
                }
            ))
            .count(),
        0
    );
    let exits = |e: &&Entry| {
        matches!(
            e.event,
            Event::Advanced {
                step: Step::End {
                    reason: EndReason::Exit
                },
                ..
            }
        )
    };
    assert!(leaving.journal.iter().filter(exits).count() > 30);
}

#[test]
fn a_reorganisation_suspends_and_a_move_back_clears() {
    let roster = roster();
    let mut back = 0;
    let stay = [
        Parameter::MentorQuits,
        Parameter::PairedMentorQuits,
        Parameter::MenteeQuits,
        Parameter::PairedMenteeQuits,
    ];
    let stay = model(&stay.map(|parameter| (parameter, 0)));
    for seed in 0..10 {
        let setup = Setup::new(&roster, start()).with_model(stay);
        let year = play(&setup.with_seed(seed, 0));
        let reorganised = year.happenings.iter().find_map(|h| match h {
            Happening::Reorganised {
                on,
                suspended,
                moved,
                ..
            } => Some((*on, suspended, moved)),
            _ => None,
        });
        let (on, suspended, moved) = reorganised.unwrap();
        assert_eq!(on, NaiveDate::from_ymd_opt(2026, 6, 30).unwrap());
        assert!(
            suspended.len() >= 2 && moved.len() == 8,
            "{suspended:?} {}",
            moved.len()
        );
        let returned = year.happenings.iter().find_map(|h| match h {
            Happening::MovedBack { on, reinstated, .. } => Some((*on, reinstated)),
            _ => None,
        });
        let (later, reinstated) = returned.unwrap();
        assert_eq!(later, NaiveDate::from_ymd_opt(2026, 9, 30).unwrap());
        back += reinstated.len();
        for id in suspended {
            let facts = year.program.history().pairing(*id).unwrap();
            let free = reinstated.contains(id).then_some(later);
            for session in &facts.sessions {
                assert!(session.date <= on || free.is_some_and(|free| session.date > free));
            }
            assert_eq!(
                year.program.stage(*id).is_some_and(is_suspended),
                free.is_none()
            );
        }
    }
    assert!(back >= 5, "{back} pairings went on in ten years");
}

#[test]
fn stopping_hands_back_the_beginning() {
    let roster = roster();
    let setup = Setup::new(&roster, start());
    let whole = play(&setup);
    let approved = setup.plan().unwrap().approve(coordinator());
    for stop in [0, 1, 59, 200, 364] {
        let mut seen = 0;
        let part = simulate(&setup, &approved, |progress| {
            assert_eq!((progress.done, progress.days), (seen, 365));
            assert_eq!(progress.today, start() + Days::new(seen.into()));
            seen += 1;
            if progress.done == stop {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let part = part.unwrap();
        assert!(!part.finished);
        assert_eq!(part.journal, whole.journal[..part.journal.len()]);
        assert_eq!(Program::replay(&part.journal).unwrap(), part.program);
        assert_eq!(part.months, whole.months[..part.months.len()]);
    }
}

#[test]
fn refusals_come_out() {
    let (roster, mut moved) = (roster(), raw());
    moved.get_mut("p050").unwrap().0 = Some("p001".to_owned());
    let other = roster
        .with_lines(ReportingLines::new(lines_of(&moved)).unwrap())
        .unwrap();
    let approved = Setup::new(&other, start())
        .plan()
        .unwrap()
        .approve(coordinator());
    let error = simulate(&Setup::new(&roster, start()), &approved, |_| {
        ControlFlow::Continue(())
    })
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "on 2026-01-31 the programme refused to propose: eligibility was asked of another roster than the programme's: ask again"
    );
    let setup = Setup::new(&roster, NaiveDate::MAX - Days::new(40));
    let approved = setup.plan().unwrap().approve(coordinator());
    let error = simulate(&setup, &approved, |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the simulation runs past the end of the calendar"
    );
}

#[test]
fn people_who_meet_already_are_not_proposed_to_each_other() {
    // Without the rule in the policy, and with places to spare on both sides.
    let roster = roster();
    let setup = Setup::new(&roster, start()).with_policy(Policy::core_only());
    let setup = setup.with_model(clockwork().with(Parameter::RoundMonths, 1).unwrap());
    assert!(play(&setup).happenings.len() > 5);
}

#[cfg(feature = "import")]
#[test]
fn shuffled_rows_of_a_file_change_nothing() {
    use reverse_mentoring::import::{OnFault, read_roster};

    let file = include_str!("../examples/data/roster.csv");
    let (header, rows) = file.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    let run = |rows: &[&str]| {
        let text = [&[header], rows].concat().join("\n");
        let read =
            read_roster(text.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1)).unwrap();
        bytes(&play(&Setup::new(&read.roster, start())).journal)
    };
    let first = run(&rows);
    rows.sort_by_key(|row| {
        row.bytes()
            .fold(7u32, |h, b| h.wrapping_mul(31).wrapping_add(b.into()))
    });
    assert_eq!(run(&rows), first);
}

/// What `months` reads a day of a year by.
fn assess(history: &History, as_of: NaiveDate) -> ProgramHealth {
    ProgramHealth::assess(history, &Metrics::standard(), as_of).unwrap()
}

/// The numbers of a text, in order.
fn numbers(text: &str) -> Vec<usize> {
    let words = text.split(|c: char| !c.is_ascii_digit());
    words.filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn the_numbers_that_the_example_prints_add_up() {
    let roster = roster();
    let mut ended = 0;
    for replicate in 0..8 {
        let year = play(&Setup::new(&roster, start()).with_seed(1, replicate));
        let last = year.months.last().unwrap().date;
        let said = report::happenings(&year, &roster);
        let (mut proposed, mut over) = (0, [0; 3]);
        for line in said.lines() {
            if let Some((_, count)) = line.split_once("  matching: ") {
                proposed += numbers(count)[0];
            }
            let words = [" declined: ", " completed: ", " ended early: "];
            for (sum, word) in over.iter_mut().zip(words) {
                if let Some((until, _)) = line.split_once(word) {
                    *sum += numbers(until).last().unwrap();
                }
            }
        }
        // In all = declined + not begun yet + open + completed + ended early; what is none of them is not printed.
        let tally = report::tally(&year, last);
        let parts = numbers(&tally);
        assert_eq!(parts[0], proposed, "{said}{tally}");
        assert_eq!(parts[1..].iter().sum::<usize>(), proposed, "{tally}");
        let months = months::read(&year);
        let end = months.last().unwrap();
        assert_eq!(over[0] + end.states[5] + end.states[6] + end.open, proposed);
        assert_eq!(over[1..], end.states[5..]);
        ended += over.iter().sum::<usize>();

        let health = assess(year.program.history(), last);
        let text = report::health(&health, Some(end));
        let counts = text.lines().find(|l| l.contains(" pairings: ")).unwrap();
        assert!(!counts.contains("check in"), "{counts}");
        let parts = numbers(counts);
        assert_eq!(parts[0], parts[1..].iter().sum::<usize>(), "{counts}");
    }
    assert!(ended > 0);
}

#[test]
fn bars_hide_nothing() {
    let year = play(&Setup::new(&roster(), start()));
    let mut rows = months::read(&year);
    // The first is long, so that a mark is many pairings; then one at risk among many, fewer marks than states, nobody.
    let states = [
        [0, 0, 0, 0, 0, 2000, 0],
        [64, 0, 0, 1, 0, 30, 0],
        [200, 1, 1, 1, 1, 1, 1],
        [1; 7],
        [0; 7],
    ];
    for (row, states) in rows.iter_mut().zip(states) {
        row.states = states;
    }
    for rows in [&rows[..states.len()], &rows[1..3], &rows[3..4]] {
        let drawn = months::bars(rows);
        for (row, bar) in rows.iter().zip(drawn.lines().skip(1)) {
            for (count, (name, _, mark)) in row.states.iter().zip(months::STATES) {
                assert_eq!(bar.contains(mark), *count > 0, "{name}: {bar}");
            }
            assert!(bar.chars().count() < 110, "{bar}");
        }
    }
}

/// What the table of parameters says the defaults are set for.
#[cfg(feature = "import")]
#[test]
fn defaults_give_what_their_sources_say() {
    use reverse_mentoring::import::{OnFault, read_roster};

    let file = include_bytes!("../examples/data/roster.csv");
    let roster = read_roster(file, OnFault::Refuse, &mut SequentialIds::new(1))
        .unwrap()
        .roster;
    let (mut begun, mut gave_up, mut completed, mut learnt) = (0, 0, 0, [0, 0]);
    for replicate in 0..60 {
        let year = play(&Setup::new(&roster, start()).with_seed(1, replicate));
        for (_, facts) in year.program.history().pairings() {
            if facts.proposed == start() && facts.started.is_some() {
                begun += 1;
                // Leaving the company is not giving up.
                let exit = reverse_mentoring::history::Ending::Ended(EndReason::Exit);
                gave_up += u32::from(facts.ended.is_some_and(|(_, ending)| ending == exit));
            }
            if facts.ended.is_some_and(|(_, ending)| ending.is_completed()) {
                completed += 1;
                for (count, role) in learnt.iter_mut().zip(ROLES) {
                    let mut goals = facts.goals.side(role);
                    *count += u32::from(goals.any(|g| g.found().next().is_some()));
                }
            }
        }
    }
    let permille = |part: u32, whole: u32| part * 1000 / whole;
    // Leeds 2022: 1 of 26 pairs. Clutterbuck: 80 % of mentors and 95 % of mentees learn.
    assert!(
        (30..50).contains(&permille(gave_up, begun)),
        "{gave_up} of {begun}"
    );
    let [mentors, mentees] = learnt.map(|n| permille(n, completed));
    assert!(
        (780..830).contains(&mentors) && (935..970).contains(&mentees),
        "{mentors} {mentees}"
    );
}
