//! A matcher of one's own, beside the exact one: mentees in the order of their keys each take their best free mentor.
//! And one that lies, which the library catches.
//!
//! `cargo run --example custom_matcher`

use std::error::Error;

use chrono::NaiveDate;
use reverse_mentoring::matching::{MatchError, MatchProblem, Matcher, Solution};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::prelude::*;

/// Mentees in turn take the best mentor who has a place.
#[derive(Debug)]
struct MenteesInTurn;

impl Matcher for MenteesInTurn {
    fn id(&self) -> PluginId {
        PluginId::new("mentees-in-turn", 1)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        let graph = problem.graph();
        let mut free = graph.row_places().to_vec();
        let mut chosen = Vec::new();
        for (column, &places) in (0u32..).zip(graph.column_places()) {
            let offers = (0u32..)
                .zip(graph.edges())
                .filter(|(_, e)| e.column == column);
            let mut offers: Vec<_> = offers.collect();
            offers.sort_by_key(|(number, edge)| (std::cmp::Reverse(edge.score), *number));
            let mut left = places;
            for (number, edge) in offers {
                let row = &mut free[edge.row as usize];
                if left > 0 && *row > 0 {
                    (left, *row) = (left - 1, *row - 1);
                    chosen.push(number);
                }
            }
        }
        Ok(Solution::unproven(graph, chosen))
    }
}

/// Takes every pair, places or no places.
#[derive(Debug)]
struct Everybody;

impl Matcher for Everybody {
    fn id(&self) -> PluginId {
        PluginId::new("everybody", 1)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        let all = problem.graph().len() as u32;
        Ok(Solution::unproven(problem.graph(), 0..all))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut ids = SequentialIds::new(1);
    let mut person = |key,
                      side,
                      grade,
                      teaches: &[(&str, u8)],
                      learns: &[&str]|
     -> Result<Participant, Box<dyn Error>> {
        let id = ParticipantId::from_source(&mut ids);
        let offers: Vec<Offer> = teaches
            .iter()
            .map(|(s, l)| Offer::new(s, *l))
            .collect::<Result<_, _>>()?;
        let wishes: Vec<Wish> = learns
            .iter()
            .map(|s| Wish::new(s, 0, 4))
            .collect::<Result<_, _>>()?;
        Ok(
            Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
                .with_offers(offers)?
                .with_wishes(wishes)?,
        )
    };
    let roster = Roster::new(
        [
            person(
                "ada",
                Side::Mentor,
                2,
                &[("short video", 4), ("accessibility", 4)],
                &["budgeting"],
            )?,
            person("bo", Side::Mentor, 2, &[("short video", 3)], &["budgeting"])?,
            person(
                "cfo",
                Side::Mentee,
                8,
                &[("budgeting", 5)],
                &["short video"],
            )?,
            person(
                "coo",
                Side::Mentee,
                8,
                &[("budgeting", 5)],
                &["accessibility"],
            )?,
        ],
        ReportingLines::new(["ada", "bo", "cfo", "coo"].map(Line::root))?,
    )?;
    let today = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let (policy, context, criteria) = (
        Policy::standard(),
        Context::new(today),
        Criteria::standard(),
    );
    let may = Eligibility::new(&roster, &policy, &context);
    println!("in turn: {}", plan(&may, &criteria, &MenteesInTurn)?);
    println!("greedy:  {}", plan(&may, &criteria, &Greedy)?);
    println!(
        "optimal: {}",
        plan(&may, &criteria, &Optimal::most_pairs())?
    );
    match plan(&may, &criteria, &Everybody) {
        Ok(_) => Err("a plan beyond everybody's places went through".into()),
        Err(error) => {
            println!("liar:    {error}");
            Ok(())
        }
    }
}
