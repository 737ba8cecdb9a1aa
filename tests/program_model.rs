//! A programme against a reference model in plain maps, over random commands.
//!
//! The model shares no rule with the library: it climbs the raw lines, keeps its own stages, counts its own places and
//! days, and says beforehand whether a command passes. `PROPTEST_CASES` sets how many sequences are tried.

#[path = "program_model/agreements.rs"]
mod agreements;
#[path = "program_model/closing.rs"]
mod closing;
#[path = "program_model/cohorts.rs"]
mod cohorts;
#[path = "program_model/compare.rs"]
mod compare;
#[path = "program_model/exemptions.rs"]
mod exemptions;
#[path = "program_model/goals.rs"]
mod goals;
#[path = "program_model/model.rs"]
mod model;
#[path = "program_model/paired.rs"]
mod paired;
#[path = "program_model/planned.rs"]
mod planned;
#[path = "program_model/proposals.rs"]
mod proposals;
#[path = "program_model/reorganisations.rs"]
mod reorganisations;
#[path = "program_model/run.rs"]
mod run;
#[path = "program_model/sessions.rs"]
mod sessions;
#[path = "program_model/steps.rs"]
mod steps;
#[path = "program_model/world.rs"]
mod world;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use agreements::Agreed;
use model::Model;
use paired::{Met, Now, Paired, Plan, Then};
use planned::{instant, on_day};
use proptest::prelude::*;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::{EligiblePair, ExemptionReason};
use reverse_mentoring::history::{Ending, GoalState, PlannedFact, SessionFact};
use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
use reverse_mentoring::journal::{Entry, Event, Stamp};
use reverse_mentoring::pair::{Pair, Role};
use reverse_mentoring::pairing::{
    self, Agreement, Consent, DropReason, EndReason, GoalChange, GoalRef, NewGoal, Phase, Priority,
    SharedGoal, Stage, Step, TwoWayGoals,
};
use reverse_mentoring::program::{Program, ProgramRecord, Refused};
use reverse_mentoring::roster::{Level, Levels, Load, Roster, Side, Skill};
use reverse_mentoring::session::{Minutes, Outcome, PlannedSession, Response, Time};
use reverse_mentoring::text::Label;
use run::Run;
use support::*;
use world::World;

const PEOPLE: usize = 9;

fn play(commands: &[[u8; 5]]) -> Run {
    let mut run = Run::new();
    for command in commands {
        let before = run.seats();
        run.command(*command);
        run.check_places(&before);
    }
    run.finish();
    run
}

/// Some pairings that share people and meet, and then mostly commands about their sessions, day by day.
fn meeting(commands: &[[u8; 5]]) -> Vec<[u8; 5]> {
    let proposals = (0..24).map(|n| [1, 3 * n, 7 * n + 1, 5 * n, 0]);
    let steps = (0..8).flat_map(|n| (0..6).map(move |_| [6, n, 0, 0, 0]));
    let sessions = commands.iter().map(|&[op, a, b, c, d]| {
        let day = d / 5 * 5 + if d % 5 == 4 { 2 } else { 0 };
        match op {
            0..=235 => [18 + op % 8 + (op & 0x40), a, b, c, day],
            236..=251 => [6 + op % 12, a, b, c, day],
            _ => [27 + op % 3, a, b, c, day],
        }
    });
    proposals.chain(steps).chain(sessions).collect()
}

fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 3_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_programme_does_what_the_model_says(
        commands in prop::collection::vec(any::<[u8; 5]>(), 200)
    ) {
        play(&commands);
    }

    #[test]
    fn the_sessions_are_what_the_model_says(
        commands in prop::collection::vec(any::<[u8; 5]>(), 128)
    ) {
        play(&meeting(&commands));
    }
}

#[test]
fn the_commands_are_worth_trying() {
    // A fixed sequence from a counter: enough of them pass, enough are refused, and every kind of state is reached.
    let mut seen = BTreeSet::new();
    let (mut passed, mut refused) = (0, 0);
    let mut exempted = exemptions::Seen::default();
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let mut won = [0, 0];
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut state: u64 = 1;
    let mut byte = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    for _ in 0..60 {
        let commands: Vec<_> = (0..200).map(|_| [0; 5].map(|_| byte())).collect();
        let (run, met) = (play(&commands), play(&meeting(&commands)));
        for entry in run.journal.iter().chain(&met.journal) {
            exempted.look(&entry.event);
        }
        passed += run.passed;
        refused += run.refused;
        for (what, n) in &run.said {
            *said.entry(*what).or_default() += n;
        }
        for (_, facts) in run.program.history().pairings() {
            let both = facts.win_win(chrono::NaiveDate::MAX);
            both.into_iter()
                .for_each(|both| won[usize::from(both)] += 1);
        }
        for run in [&run, &met] {
            for (what, times) in &run.seen {
                *reasons.entry(what.clone()).or_default() += times;
            }
            let plans = run.model.paired.iter().flat_map(|p| p.plans.values());
            for (_, with) in plans.filter_map(|plan| plan.lapsed) {
                *reasons.entry(with.to_owned()).or_default() += 1;
            }
        }
        for run in [&run, &met] {
            let paired = run.model.paired.iter();
            let stages = paired.filter_map(|p| run.program.stage(p.id));
            seen.extend(stages.map(|s| s.as_str()));
        }
    }
    println!("{passed} passed, {refused} refused, {seen:?}, {reasons:#?}, {said:?}, {won:?}");
    assert!(passed > 1000 && refused > 1000, "{passed} {refused}");
    assert!(seen.len() >= 8, "{seen:?}");
    println!("{exempted:?}");
    assert!(exempted.is_worth_trying(), "{exempted:?}");
    for what in [
        "session_planned",
        "session_moved",
        "session_recorded",
        "session_corrected",
        "session_voided",
        "responded",
        "pause",
        "suspension",
        "end",
        "AlreadyPlanned",
        "AlreadyResponded",
        "MovedBefore",
        "NotOnDay",
        "NotPlanned",
        "NothingToPlan",
        "OnlyPlanned",
        "Overlap",
        "PlannedBefore",
        "RespondedBefore",
    ] {
        let times = reasons.get(what).copied().unwrap_or_default();
        assert!(times > 2, "{what}: {times}");
    }
    assert!(
        said.len() == 6 && said.values().all(|n| *n >= 5),
        "{said:?}"
    );
}
