//! A stable matching by participants' own rankings: a roster and a file of rankings in, a plan out.
//!
//! `cargo run --release --features import --example match_rankings -- --roster examples/data/roster.csv --rankings examples/data/rankings.csv --silent by-score`

use chrono::NaiveDate;
use reverse_mentoring::import::{OnFault, read_rankings};
use reverse_mentoring::matching::{Candidates, Criteria, Optimal, Silent, Stable, Ties};
use reverse_mentoring::prelude::*;

mod support;
#[path = "support/roster.rs"]
mod roster_file;
use support::{Args, fail, json, misuse, print, read, write};

const USAGE: &str = "\
match_rankings --roster FILE --rankings FILE [options]

Decides who may be paired, as `match_roster` does, and makes the stable plan by what people say of each other:
no two who may be paired would both rather have each other than somebody whom they got.

  --roster FILE        the company, as CSV; the columns are in the guide, `files`
  --rankings FILE      `mentor,mentee,by,rank`: who of the two ranks the other, and which place the other has, from 1
  --propose SIDE       mentor (default) or mentee: the side for whom the plan is the best of all stable ones
  --ties HOW           by-key (default) or by-score: which of two with the same rank comes first
  --silent HOW         nobody (default) or by-score: whom people accept who rank nobody
  --load HOURS         hours a month that a pairing takes; 1.5 unless stated
  --out FILE           write the plan there as JSON; without it, to standard output

Standard error says how stable the plan is, and how stable the best plan by score would be. Faults go there as
`file:line: code: text`, all of a file in one run. Exit 0 with a plan, 1 with a file that cannot be used, 2 for a
command line that cannot.";

/// The value of an option that is one of two words.
fn word<T: Copy + Default>(args: &Args, option: &str, words: [(&str, T); 2]) -> T {
    let Some(text) = args.text(option) else {
        return T::default();
    };
    let found = words.iter().find(|(word, _)| *word == text);
    found.map_or_else(
        || {
            misuse(format!(
                "`{option} {text}`: not `{}` or `{}`",
                words[0].0, words[1].0
            ))
        },
        |(_, value)| *value,
    )
}

fn main() {
    let options = [
        "--roster",
        "--rankings",
        "--propose",
        "--ties",
        "--silent",
        "--load",
        "--out",
    ];
    let args = Args::parse(USAGE, &options, &[], 0);
    let (roster_path, path) = (args.required("--roster"), args.required("--rankings"));
    let ties = word(
        &args,
        "--ties",
        [("by-key", Ties::ByKey), ("by-score", Ties::ByScore)],
    );
    let silent = [
        ("nobody", Silent::AcceptNobody),
        ("by-score", Silent::AcceptAllByScore),
    ];
    let silent = word(&args, "--silent", silent);
    let mentees = word(&args, "--propose", [("mentor", false), ("mentee", true)]);
    let proposing = if mentees { Role::Mentee } else { Role::Mentor };
    let hours = args.value::<Hours>("--load");
    let load = Load::new(hours.unwrap_or_else(|| Load::default().hours()));
    let load = load.unwrap_or_else(|error| misuse(format!("`--load`: {error}")));

    let mut ids = SequentialIds::new(1);
    let roster = roster_file::load(roster_path, &read(roster_path), OnFault::Refuse, &mut ids);
    let rankings = match read_rankings(&read(path), &roster) {
        Ok(read) => {
            for notice in &read.notices {
                crate::support::tell_line(format_args!("{}", notice.located(path)));
            }
            read.rankings
        }
        Err(faults) => {
            for fault in &faults.0 {
                crate::support::tell_line(format_args!("{}", fault.located(path)));
            }
            std::process::exit(1)
        }
    };
    // No rule of the core looks at the day.
    let (policy, criteria) = (Policy::core_only(), Criteria::standard());
    let context = Context::new(NaiveDate::default()).with_load(load);
    let may = Eligibility::new(&roster, &policy, &context);
    let candidates = Candidates::collect(&may, &criteria).unwrap_or_else(|error| fail(error));
    let stable = Stable::new(&candidates, &rankings).unwrap_or_else(|error| fail(error));
    let stable = stable
        .with_proposing(proposing)
        .with_ties(ties)
        .with_silent(silent);
    let plan = candidates.plan(&stable).unwrap_or_else(|error| fail(error));
    let best = candidates.plan(&Optimal::most_pairs());
    let best = best.unwrap_or_else(|error| fail(error));

    if stable.in_vain() > 0 {
        crate::support::tell_line(format_args!("{}", in_vain(stable.in_vain())));
    }
    if silent == Silent::AcceptNobody {
        for role in [Role::Mentor, Role::Mentee] {
            if rankings.rankers(role) == 0 {
                crate::support::tell_line(format_args!(
                    "no {role} ranks anybody, and who ranks nobody accepts nobody, so there can be no pair: \
                     `--silent by-score` lets them accept everybody, higher scores first"
                ));
            }
        }
    }
    for (name, plan) in [("by rankings", &plan), ("by score", &best)] {
        let found = stable.stability_of(&candidates, plan);
        let (unwanted, blocking) = (found.unwanted_pairs, found.blocking_pairs);
        crate::support::tell_line(format_args!(
            "{name}: {plan}; {unwanted} unwanted, {blocking} blocking"
        ));
    }
    let record = json(&plan.to_record());
    match args.text("--out") {
        Some(path) => {
            write(path, record.as_bytes());
            print(&format!("{plan}\n"));
        }
        None => print(&record),
    }
}

/// How many choices name somebody with whom the one who chose may not be paired.
fn in_vain(choices: usize) -> String {
    match choices {
        1 => "1 choice is of somebody with whom they may not be paired".to_owned(),
        _ => format!("{choices} choices are of people who may not be paired"),
    }
}
