//! GE in 1999: 500 executives choose among 2,000 juniors.
//!
//! `cargo run --release --features simulation --example ge_1999`
//!
//! Jack Welch had them find a younger colleague who would teach them the internet; one way and by choice. Here both learn, no line runs between
//! them, and choosing is a list: each executive ranks the twelve juniors with whom they share most values, of those who may be asked. Deferred
//! acceptance makes of that a plan in which no two would rather have each other. Beside it stands the plan with the best fit of skills,
//! of which nobody was asked. In the model chemistry hangs on shared values (`kinship`) and learning on skills: that choosing shows in trust is
//! built in. How much it is, beside what it costs in skills, is what is played for.

#[path = "support/company.rs"]
mod company;

use company::{Company, against, coordinator, played, start};
use reverse_mentoring::matching::Candidates;
use reverse_mentoring::matching::stable::{Choice, Rankings, Silent, Stable};
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup};

/// How long a list is.
const CHOICES: usize = 12;

/// Each executive's list, by shared values, of the juniors who may mentor them.
fn choices(candidates: &Candidates<'_>, roster: &Roster) -> Vec<Choice> {
    let mut lists: std::collections::BTreeMap<String, Vec<(usize, String)>> = Default::default();
    for (mentor, mentee, _) in candidates.iter() {
        let (Some(a), Some(b)) = (roster.by_key(mentor), roster.by_key(mentee)) else {
            continue;
        };
        let common = a.profile().values().in_common(b.profile().values());
        let list = lists.entry(mentee.to_owned()).or_default();
        list.push((common, mentor.to_owned()));
    }
    let mut choices = Vec::new();
    for (mentee, mut list) in lists {
        list.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
        let best = list.into_iter().take(CHOICES).map(|(_, mentor)| [mentor]);
        choices.extend(Choice::list(Role::Mentee, &mentee, best));
    }
    choices
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let company = Company {
        mentors: 2_000,
        mentees: 500,
        places: [1, 1],
        sites: 8,
    };
    let roster = company.roster()?;
    // Matched once: a later round would propose by skills to those who chose, too. Eight months, as six sessions take seven from the proposal.
    let once = Model::standard().with(Parameter::RoundMonths, 0)?;
    let setup = Setup::new(&roster, start()).with_months(8).with_model(once);
    let context = Context::new(start());
    let may = Eligibility::new(&roster, setup.policy(), &context);
    let criteria = Criteria::standard();
    let candidates = Candidates::collect(&may, &criteria)?;
    let rankings = Rankings::new(&roster, choices(&candidates, &roster))?;
    let stable = Stable::new(&candidates, &rankings)?
        .with_proposing(Role::Mentee)
        .with_silent(Silent::AcceptAllByScore);
    let chosen = candidates.plan(&stable)?;
    let found = stable.stability_of(&candidates, &chosen);
    println!(
        "chosen:   {chosen}; {} pairs would rather have each other",
        found.blocking_pairs
    );
    let assigned = setup.plan()?;
    println!("assigned: {assigned}\n");
    let (chosen, assigned) = (
        chosen.approve(coordinator()),
        assigned.approve(coordinator()),
    );
    let chosen = Scenario::planned("chosen", setup.clone(), &chosen);
    let assigned = Scenario::planned("assigned", setup, &assigned);
    println!(
        "{}",
        played(
            &chosen,
            40,
            &[Measure::Completion, Measure::Trust, Measure::MenteeLevels]
        )?
    );
    for measure in [Measure::Trust, Measure::MenteeLevels] {
        println!("{}", against(&chosen, &assigned, measure, 16)?.sentence());
    }
    Ok(())
}
