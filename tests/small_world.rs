//! Every state that a small programme can come into: two mentors, two mentees, two pairings, three sessions, and a company
//! that reorganises.
//!
//! Breadth first over all commands, refused ones included, on one day, so that only the order of things tells states
//! apart. In every state the core invariants are looked for in the raw world and the stored form of the gate, which know
//! nothing of its rules; a refused command leaves every byte as it was.

mod support;

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::hash::{Hash, Hasher};

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::EligiblePair;
use reverse_mentoring::journal::Entry;
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{Agreement, EndReason, Stage, Step, TwoWayGoals};
use reverse_mentoring::program::{Program, Refused};
use reverse_mentoring::roster::{Load, Roster, Side};
use reverse_mentoring::session::Outcome;
use serde_json::Value;
use support::*;

const MENTORS: [&str; 2] = ["ada", "ben"];
const MENTEES: [&str; 2] = ["cto", "cfo"];
/// So many reorganisations may follow each other: one that does something, and one that takes it back.
const REORGANISATIONS: u8 = 2;

/// So often they may hold up their meetings in all.
const PAUSES: u8 = 1;

/// How the company stands: in peace, with `ada` below `cto`, or without `ben`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Lines {
    Apart,
    Linked,
    Without,
}

struct World {
    rosters: [(Lines, Roster); 3],
    /// Of every company, also of those that are not today's.
    proofs: Vec<(Lines, EligiblePair)>,
}

impl World {
    fn new() -> Self {
        let base = || {
            let company = Company::base().places("ben", 1).places("cto", 1);
            company.side("cleo", None).side("ops", None)
        };
        let rosters = [
            (Lines::Apart, base().roster()),
            (Lines::Linked, base().reports("ada", "cto").roster()),
            (Lines::Without, base().side("ben", None).roster()),
        ];
        let mut proofs = Vec::new();
        for (lines, roster) in &rosters {
            for mentor in MENTORS {
                for mentee in MENTEES {
                    let linked = *lines == Lines::Linked && (mentor, mentee) == ("ada", "cto");
                    let gone = *lines == Lines::Without && mentor == "ben";
                    if !linked && !gone {
                        proofs.push((*lines, proof(roster, mentor, mentee)));
                    }
                }
            }
        }
        Self { rosters, proofs }
    }
}

#[derive(Debug, Clone)]
struct State {
    program: Program<()>,
    lines: Lines,
    proposed: u32,
    sessions: u32,
    reorganised: u8,
    pauses: u8,
}

impl State {
    /// What tells it from others: all but how many entries it took.
    fn key(&self) -> u128 {
        let text = serde_json::to_string(&self.program.to_record()).unwrap();
        let entries = format!("\"entries\":{},", self.program.next_sequence());
        let text = text.replacen(&entries, "", 1);
        let half = |seed: u8| {
            let mut hasher = DefaultHasher::new();
            (
                seed,
                &text,
                self.lines,
                self.reorganised,
                self.sessions,
                self.pauses,
            )
                .hash(&mut hasher);
            u128::from(hasher.finish())
        };
        half(1) << 64 | half(2)
    }
}

/// A name for the cell, and what is tried.
type Command<'w> = (
    Option<(&'static str, &'static str)>,
    Box<dyn Fn(&mut State) -> Result<Entry, Refused> + 'w>,
);

fn steps() -> Vec<Step> {
    let mut steps = Vec::new();
    for step in Step::KINDS {
        match step {
            Step::Accept { .. } => steps.extend(ROLES.map(|by| Step::Accept { by })),
            Step::Sign { .. } => steps.extend(ROLES.map(|by| Step::Sign { by })),
            Step::Reinstate { .. } => steps.extend(ROLES.map(|by| Step::Reinstate { by })),
            Step::Decline { .. } => steps.push(Step::Decline { by: Role::Mentee }),
            Step::End { .. } => steps.extend(
                [EndReason::Exit, EndReason::Link, EndReason::Left]
                    .map(|reason| Step::End { reason }),
            ),
            step => steps.push(step),
        }
    }
    steps
}

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

/// Everything that a host can try in a state; also what cannot pass.
fn commands<'w>(world: &'w World, state: &State, limits: Limits) -> Vec<Command<'w>> {
    let mut all: Vec<Command<'w>> = Vec::new();
    if state.proposed < limits.pairings {
        for (_, proof) in &world.proofs {
            let known = state.proposed + 1;
            all.push((
                None,
                Box::new(move |state| {
                    let goals = TwoWayGoals::draft(proof, day(400));
                    let agreement = Agreement::standard(Cadence::MONTHLY);
                    let id = pairing_id(known);
                    let done =
                        state
                            .program
                            .propose(id, proof, goals, agreement, coordinator(), at(0))?;
                    state.proposed += 1;
                    Ok(done)
                }),
            ));
        }
    }
    for n in 1..=state.proposed {
        let Some(stage) = state.program.stage(pairing_id(n)) else {
            continue;
        };
        for step in steps() {
            let cell = Some((stage.as_str(), step.as_str()));
            // They could hold up their meetings and go on without end.
            if step == Step::Pause && state.pauses >= PAUSES {
                continue;
            }
            all.push((
                cell,
                Box::new(move |state| {
                    let done = advance(&mut state.program, pairing_id(n), step, at(0))?;
                    state.pauses += u8::from(step == Step::Pause);
                    Ok(done)
                }),
            ));
        }
        for by in ROLES {
            all.push((
                None,
                Box::new(move |state| state.program.state(pairing_id(n), by, terms(), at(0))),
            ));
        }
        for outcome in [held(), MISSED, Outcome::Cancelled { by: None }] {
            if state.sessions < limits.sessions {
                let made = session(state.sessions + 1, n, 0, outcome);
                all.push((
                    None,
                    Box::new(move |state| {
                        let done = state.program.record(&made, at(0))?;
                        state.sessions += 1;
                        Ok(done)
                    }),
                ));
            }
        }
        for id in 1..=state.sessions {
            let (made, void) = (session(id, n, 0, MISSED), session_id(id));
            all.push((
                None,
                Box::new(move |state| state.program.correct(&made, at(0))),
            ));
            all.push((
                None,
                Box::new(move |state| state.program.void(pairing_id(n), void, at(0))),
            ));
        }
    }
    if state.reorganised < REORGANISATIONS {
        for (lines, roster) in world
            .rosters
            .iter()
            .filter(|(lines, _)| *lines != state.lines)
        {
            all.push((
                None,
                Box::new(move |state| {
                    let done = state.program.reorganise(roster, at(0))?;
                    (state.lines, state.reorganised) = (*lines, state.reorganised + 1);
                    Ok(done)
                }),
            ));
        }
    }
    all
}

/// The core invariants, from the stored form and the raw world.
fn judge(state: &State) {
    let record = serde_json::to_value(state.program.to_record()).unwrap();
    let mut seats: BTreeMap<String, u32> = BTreeMap::new();
    let mut sessions = BTreeSet::new();
    for pairing in record["pairings"].as_array().unwrap() {
        let goals = |side: &str| {
            let goals = pairing["goals"]["learning"].as_array().unwrap().iter();
            goals.filter(|goal| goal["learner"] == side).count()
        };
        assert!(
            goals("mentor") > 0 && goals("mentee") > 0,
            "goals go both ways"
        );
        let (mentor, mentee) = (&pairing["pair"]["mentor"], &pairing["pair"]["mentee"]);
        assert_ne!(mentor, mentee);
        let stage = pairing["stage"]["stage"].as_str().unwrap();
        let open = !["completed", "ended"].contains(&stage);
        let is = |value: &Value, n: u32| value.as_str() == Some(&person_id(n).to_string());
        if open {
            let linked = state.lines == Lines::Linked && is(mentor, 1) && is(mentee, 4);
            assert!(
                !linked || stage == "suspended",
                "a hierarchical pairing goes on"
            );
            assert!(
                state.lines != Lines::Without || !is(mentor, 2),
                "somebody who left"
            );
            for person in [mentor, mentee] {
                *seats.entry(person.to_string()).or_default() += 1;
            }
        }
        let began = !pairing["began_on"].is_null();
        let list = pairing["sessions"].as_array().unwrap();
        assert!(began || list.is_empty(), "sessions before the beginning");
        for session in list {
            assert!(
                sessions.insert(session["id"].to_string()),
                "a session of two pairings"
            );
        }
        assert_eq!(open, pairing["ended_on"].is_null());
    }
    assert!(
        seats.values().all(|&taken| taken <= 1),
        "more pairings than places"
    );
    let claimed = Program::restore(&state.program.to_record());
    assert_eq!(
        claimed.as_ref(),
        Ok(&state.program),
        "the record is no state"
    );
}

#[derive(Debug, Clone, Copy)]
struct Limits {
    pairings: u32,
    sessions: u32,
    states: usize,
}

/// What a search has seen.
#[derive(Debug, Default)]
struct Seen {
    states: usize,
    passed: u64,
    refused: u64,
    cells: BTreeSet<(&'static str, &'static str)>,
    whole: bool,
}

fn search(limits: Limits) -> Seen {
    let world = World::new();
    let [(lines, roster), ..] = &world.rosters;
    let opened = Program::open_with((), program_id(), roster, Load::DEFAULT, at(0));
    let mut program = opened.unwrap().0;
    launch(&mut program, roster);
    let first = State {
        program,
        lines: *lines,
        proposed: 0,
        sessions: 0,
        reorganised: 0,
        pauses: 0,
    };
    let mut known = HashSet::from([first.key()]);
    let mut waiting = VecDeque::from([first]);
    let mut seen = Seen {
        whole: true,
        ..Seen::default()
    };
    while let Some(state) = waiting.pop_front() {
        seen.states += 1;
        judge(&state);
        // What is refused leaves it as it was, and is asserted to.
        let mut next = state.clone();
        for (cell, command) in commands(&world, &state, limits) {
            match command(&mut next) {
                Err(refused) => {
                    seen.refused += 1;
                    assert!(!refused.0.is_empty());
                    assert_eq!(next.program, state.program, "a refusal left a trace");
                }
                Ok(_) => {
                    seen.passed += 1;
                    seen.cells.extend(cell);
                    let next = std::mem::replace(&mut next, state.clone());
                    if known.len() >= limits.states {
                        seen.whole = false;
                    } else if known.insert(next.key()) {
                        waiting.push_back(next);
                    }
                }
            }
        }
    }
    seen
}

/// The cells that the table fills, asked of every stage there is.
fn table() -> BTreeSet<(&'static str, &'static str)> {
    let mut stages: Vec<Stage> = vec![Stage::PROPOSED];
    let mut at = 0;
    while let Some(&stage) = stages.get(at) {
        for step in steps() {
            if let Ok(next) = stage.after(step) {
                if !stages.contains(&next) {
                    stages.push(next);
                }
            }
        }
        at += 1;
    }
    let cells = stages.iter().flat_map(|stage| {
        let legal = steps()
            .into_iter()
            .filter(|step| stage.after(*step).is_ok());
        legal.map(|step| (stage.as_str(), step.as_str()))
    });
    cells.collect()
}

/// Every cell of the table happens by hand, but for those that only a reorganisation fills.
fn every_cell(seen: &Seen) {
    let suspend: BTreeSet<_> = table()
        .into_iter()
        .filter(|(_, step)| *step == "suspend")
        .collect();
    let stages: Vec<_> = suspend.iter().map(|(stage, _)| *stage).collect();
    assert_eq!(
        stages,
        [
            "accepted",
            "active",
            "chemistry",
            "paused",
            "preparing",
            "proposed"
        ]
    );
    let by_hand: BTreeSet<_> = table().difference(&suspend).copied().collect();
    assert_eq!(seen.cells, by_hand);
}

#[test]
fn every_state_of_one_pairing() {
    let seen = search(Limits {
        pairings: 1,
        sessions: 2,
        states: 1_000_000,
    });
    println!(
        "{} states, {} passed, {} refused",
        seen.states, seen.passed, seen.refused
    );
    assert!(seen.whole);
    every_cell(&seen);
}

#[test]
#[ignore = "a million states: minutes"]
fn every_state_of_two_pairings_and_three_sessions() {
    let seen = search(Limits {
        pairings: 2,
        sessions: 3,
        states: 1_000_000,
    });
    println!(
        "{} states ({}), {} passed, {} refused",
        seen.states,
        if seen.whole {
            "all"
        } else {
            "the first million"
        },
        seen.passed,
        seen.refused
    );
    every_cell(&seen);
}

#[test]
fn the_people_are_as_the_world_says() {
    let world = World::new();
    let counts: Vec<_> = [Lines::Apart, Lines::Linked, Lines::Without]
        .map(|lines| world.proofs.iter().filter(|p| p.0 == lines).count())
        .into();
    assert_eq!(counts, [4, 3, 2]);
    let sides = world.rosters[0]
        .1
        .participants()
        .iter()
        .map(|p| p.profile().side());
    let sides: Vec<_> = sides.collect();
    assert_eq!(
        sides,
        [Side::Mentor, Side::Mentor, Side::Mentee, Side::Mentee]
    );
}
