//! What the examples that plan share: a programme from its files, and what the options say of the plan.

// Each example uses a part of it.
#![allow(
    dead_code,
    reason = "every example compiles this module and uses what it needs"
)]

use std::process::exit;

use chrono::NaiveDate;
use reverse_mentoring::error::Error;
use reverse_mentoring::import::{ConditionImport, OnFault};
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{EarlierPlan, KeptPair, Optimal, RankedChoice};
use reverse_mentoring::notebook::Notebook;
use reverse_mentoring::policy::{DefaultExchange, NotExcluded, RankedOnly};
use reverse_mentoring::prelude::*;
use reverse_mentoring::roster::SkillCatalogue;

use crate::support::{Args, fail, misuse, read};
use crate::{condition_files, roster_file};

/// The options of [`Planning::read`], for the command line.
pub const OPTIONS: [&str; 13] = [
    "--roster",
    "--skills",
    "--objective",
    "--policy",
    "--load",
    "--exchange",
    "--pins",
    "--exclude",
    "--running",
    "--rankings",
    "--ranked",
    "--previous",
    "--keep",
];

/// Its flags.
pub const FLAGS: [&str; 1] = ["--quarantine"];

/// The same, for people.
#[macro_export]
macro_rules! planning_usage {
    () => {
        "  --roster FILE        the company, as CSV; the columns of all files are in the guide, `files`
  --skills FILE        `name,scheme,id,label,sensitive` rows: which names of the roster are one skill, its id in a
                       taxonomy, and which say something about a person
  --objective NAME     most-pairs (default), best-score, max-min or most-people
  --policy NAME        core (default: the core invariants alone), standard or strict
  --load HOURS         hours a month that a pairing takes; 1.5 unless stated
  --exchange FILE      what juniors and seniors offer and wish who stated nothing: a CSV with the columns
                       side,offers,wants; every pair of the plan says what it took from there
  --quarantine         leave faulty people and everybody below them out instead of refusing the file
  --pins FILE          `mentor,mentee` rows: pairs that must be in the plan. One that may not be, or has no place
                       left by those above it, is in `rejected_pins` with all reasons, and the rest goes on
  --exclude FILE       `mentor,mentee` rows: pairs that must not be in the plan
  --running FILE       pairs.csv of a programme: pairings without `ended` keep their places
  --rankings FILE      `mentee,mentor,rank` rows: whom mentees would choose, 1 first
  --ranked HOW         soft (default): 500, 400, 300, 200, 100 points by rank; hard: one of the list or nobody;
                       tie-break: decides between plans that are equally good without it
  --previous FILE      plan.json of an earlier plan
  --keep POINTS        what giving up one pair of the earlier plan costs; 0 unless stated"
    };
}

/// What the mentees' choices do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ranked {
    Hard,
    Soft,
    TieBreak,
}

/// Who is there, who may be paired, what makes a pair good, and what else is asked of the plan.
pub struct Planning {
    pub roster: Roster,
    pub policy: Policy,
    pub context: Context,
    pub exchange: DefaultExchange,
    pub criteria: Criteria,
    pub conditions: Conditions,
    pub matcher: Optimal,
    pub previous: Option<EarlierPlan>,
    /// References to the skills that the file calls sensitive.
    pub sensitive: Vec<Skill>,
}

impl Planning {
    /// Reads everything that the arguments name; exits 2 for a command line that cannot be used, and 1 with every fault of
    /// every file.
    pub fn read(args: &Args) -> Self {
        let path = args.required("--roster");
        let objective: Objective = args.value("--objective").unwrap_or_default();
        let policy = policy(args);
        let hours = args
            .value::<Hours>("--load")
            .unwrap_or_else(|| Load::default().hours());
        let load = Load::new(hours).unwrap_or_else(|error| misuse(format!("`--load`: {error}")));
        let on_fault = if args.has("--quarantine") {
            OnFault::Quarantine
        } else {
            OnFault::Refuse
        };
        let ranked = args.text("--rankings").map(|_| ranked(args));
        let keep: Option<u32> = args.whole("--keep", 0..=1_000_000);
        args.needs("--ranked", "--rankings");
        args.needs("--keep", "--previous");

        // The faults of all files come in one run.
        let exchange = match args.text("--exchange") {
            Some(path) => roster_file::exchange(path, &read(path)),
            None => Some(DefaultExchange::none()),
        };
        let skills = match args.text("--skills") {
            Some(path) => roster_file::skills(path, &read(path)),
            None => Some(SkillCatalogue::default()),
        };
        let mut ids = SequentialIds::new(1);
        let (import, asked) = condition_files::load(args, path, on_fault, &mut ids);
        let (Some(exchange), Some(skills)) = (exchange, skills) else {
            exit(1)
        };
        let (mut roster, mut notebook) = (import.roster, Notebook::new());
        let mut exchange = exchange;
        if let Some(path) = args.text("--skills") {
            let resolved = notebook.resolve(&skills, &roster, &mut ids);
            let resolved =
                resolved.unwrap_or_else(|error| roster_file::stated_twice(path, &roster, &error));
            roster_file::tell_unknown(path, &resolved.unknown);
            roster = resolved.roster;
            let of_exchange = exchange.resolved(&skills);
            exchange = of_exchange.unwrap_or_else(|error| fail(format!("`--exchange`: {error}")));
        }
        let previous: Option<EarlierPlan> = args.text("--previous").map(|path| {
            let read = serde_json::from_slice(&read(path));
            read.unwrap_or_else(|error| fail(format!("{path}: not a plan: {error}")))
        });

        // A file has no past, so no rule looks at the day.
        let context = Context::new(NaiveDate::default())
            .with_load(load)
            .with_open(asked.running.iter().copied())
            .with_excluded(asked.excluded.iter().copied());
        let kept = previous.as_ref().zip(keep);
        let kept = kept.map(|(plan, points)| (KeptPair::of(plan.pairs_in(&roster)), points));
        let wishes = wishes(ranked, &asked, kept);
        let (criteria, conditions) = wishes.unwrap_or_else(|error| misuse(error));
        Self {
            policy: forbidden(policy, args, ranked, &asked),
            matcher: Optimal::by(objective),
            roster,
            context,
            exchange,
            criteria,
            conditions,
            previous,
            sensitive: notebook.references().cloned().collect(),
        }
    }

    /// The question who may be paired.
    pub fn eligibility(&self) -> Eligibility<'_> {
        let may = Eligibility::new(&self.roster, &self.policy, &self.context);
        may.with_exchange(&self.exchange)
    }
}

fn policy(args: &Args) -> Policy {
    match args.text("--policy").unwrap_or("core") {
        "core" => Policy::core_only(),
        "standard" => Policy::standard(),
        "strict" => Policy::strict(),
        other => misuse(format!(
            "no policy is called `{other}`; there are `core`, `standard` and `strict`"
        )),
    }
}

fn ranked(args: &Args) -> Ranked {
    match args.text("--ranked") {
        None | Some("soft") => Ranked::Soft,
        Some("hard") => Ranked::Hard,
        Some("tie-break") => Ranked::TieBreak,
        Some(other) => misuse(format!(
            "`--ranked {other}`: there are `soft`, `hard` and `tie-break`"
        )),
    }
}

/// The policy, and what the files forbid.
fn forbidden(
    mut policy: Policy,
    args: &Args,
    ranked: Option<Ranked>,
    asked: &ConditionImport,
) -> Policy {
    if args.text("--exclude").is_some() {
        policy = policy.with(NotExcluded);
    }
    if ranked == Some(Ranked::Hard) {
        policy = policy.with(RankedOnly::of(asked.choices.clone()));
    }
    policy
}

/// What makes a pair good, and what else the files ask of the plan.
fn wishes(
    ranked: Option<Ranked>,
    asked: &ConditionImport,
    kept: Option<(KeptPair, u32)>,
) -> Result<(Criteria, Conditions), Error> {
    let mut criteria = Criteria::standard();
    let mut conditions = Conditions::none().with_pins(asked.pins.iter().cloned());
    let choices = || RankedChoice::of(asked.choices.clone());
    match ranked {
        None | Some(Ranked::Hard) => {}
        Some(Ranked::Soft) => criteria = criteria.with(choices(), 1)?,
        Some(Ranked::TieBreak) => {
            let ties = Criteria::none().with(choices(), 1)?;
            conditions = conditions.with_tie_break(ties);
        }
    }
    if let Some((kept, points)) = kept {
        criteria = criteria.with(kept, points)?;
    }
    Ok((criteria, conditions))
}
