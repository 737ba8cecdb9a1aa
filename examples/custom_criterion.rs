//! A criterion of one's own: points for a language in common, and what it changes.
//!
//! `cargo run --example custom_criterion`

use std::error::Error;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use reverse_mentoring::matching::{Assessment, Criterion};
use reverse_mentoring::policy::{PairView, PluginId};
use reverse_mentoring::prelude::*;

/// Fifty points for a language in common.
#[derive(Debug)]
struct SharedLanguage;

impl Criterion for SharedLanguage {
    fn id(&self) -> PluginId {
        PluginId::new("shared-language", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=50
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let theirs = pair.mentee().languages();
        let shared = pair.mentor().languages().iter().any(|l| theirs.contains(l));
        Assessment::new(if shared { 50 } else { 0 })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut ids = SequentialIds::new(1);
    let mut person =
        |key, side, grade, speaks, teaches, learns| -> Result<Participant, Box<dyn Error>> {
            let id = ParticipantId::from_source(&mut ids);
            Ok(
                Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
                    .with_languages([Label::new(speaks)?])
                    .with_offers([Offer::new(teaches, 4)?])?
                    .with_wishes([Wish::new(learns, 0, 3)?])?,
            )
        };
    let roster = Roster::new(
        [
            person("ada", Side::Mentor, 2, "en", "short video", "budgeting")?,
            person("bo", Side::Mentor, 2, "fr", "short video", "budgeting")?,
            person("cfo", Side::Mentee, 8, "fr", "budgeting", "short video")?,
            person("coo", Side::Mentee, 8, "en", "budgeting", "short video")?,
        ],
        ReportingLines::new(["ada", "bo", "cfo", "coo"].map(Line::root))?,
    )?;
    let today = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let (policy, context) = (Policy::standard(), Context::new(today));
    let may = Eligibility::new(&roster, &policy, &context);

    // Without it all four pairs are alike; with it, weighted by 3, people who understand each other meet.
    for criteria in [
        Criteria::standard(),
        Criteria::standard().with(SharedLanguage, 3)?,
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
