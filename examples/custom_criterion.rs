//! A criterion of one's own that reads data of one's own: points for how sociable the two are, and what it changes.
//!
//! One article has two sociable people paired, the Harvard Business Review an introvert with an extrovert. The library
//! knows nobody's temperament; a host that has asked people may score either way.
//!
//! `cargo run --example custom_criterion`

use std::collections::BTreeMap;
use std::error::Error;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use reverse_mentoring::matching::{Assessment, Criterion};
use reverse_mentoring::policy::{PairView, PluginId};
use reverse_mentoring::prelude::*;

/// How sociable people say they are, from 1 to 5. Its `Debug` is empty: the answers are between them and the host.
struct Sociability {
    answers: BTreeMap<ParticipantId, u32>,
    goal: Temperaments,
}

#[derive(Clone, Copy)]
enum Temperaments {
    /// Ten points for each step of the less sociable of the two: 10 to 50.
    BothSociable,
    /// Ten points for each step between the two: 0 to 40.
    Complementary,
}

impl std::fmt::Debug for Sociability {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sociability").finish_non_exhaustive()
    }
}

impl Criterion for Sociability {
    fn id(&self) -> PluginId {
        match self.goal {
            Temperaments::BothSociable => PluginId::new("both-sociable", 1),
            Temperaments::Complementary => PluginId::new("complementary", 1),
        }
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=50
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let answer = |id| self.answers.get(&id).copied();
        let both = answer(pair.mentor().id()).zip(answer(pair.mentee().id()));
        // Who has not answered is neither favoured nor put back.
        Assessment::new(both.map_or(25, |(ours, theirs)| match self.goal {
            Temperaments::BothSociable => 10 * ours.min(theirs),
            Temperaments::Complementary => 10 * ours.abs_diff(theirs),
        }))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut ids = SequentialIds::new(1);
    let mut answers = BTreeMap::new();
    let mut person =
        |key, side, grade, sociable, teaches, learns| -> Result<Participant, Box<dyn Error>> {
            let id = ParticipantId::from_source(&mut ids);
            answers.insert(id, sociable);
            Ok(
                Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
                    .with_offers([Offer::new(teaches, 4)?])?
                    .with_wishes([Wish::new(learns, 0, 3)?])?,
            )
        };
    let roster = Roster::new(
        [
            person("ada", Side::Mentor, 2, 5, "short video", "budgeting")?,
            person("bo", Side::Mentor, 2, 1, "short video", "budgeting")?,
            person("cfo", Side::Mentee, 8, 2, "budgeting", "short video")?,
            person("coo", Side::Mentee, 8, 5, "budgeting", "short video")?,
        ],
        ReportingLines::new(["ada", "bo", "cfo", "coo"].map(Line::root))?,
    )?;
    let today = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let (policy, context) = (Policy::standard(), Context::new(today));
    let may = Eligibility::new(&roster, &policy, &context);

    // Without it all four pairs are alike; with it, weighted by 3, temperaments decide.
    let with = |goal| {
        let answers = answers.clone();
        Criteria::standard().with(Sociability { answers, goal }, 3)
    };
    for criteria in [
        Criteria::standard(),
        with(Temperaments::BothSociable)?,
        with(Temperaments::Complementary)?,
    ] {
        let plan = plan(&may, &criteria, &Optimal::most_pairs())?;
        println!("{plan}");
        for p in &plan.proposals {
            let parts = p
                .parts
                .iter()
                .map(|part| format!("{} {}", part.criterion.name(), part.points));
            println!(
                "  {} and {}: {}",
                p.mentor,
                p.mentee,
                parts.collect::<Vec<_>>().join(" + ")
            );
        }
    }
    Ok(())
}
