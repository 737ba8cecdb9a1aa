//! A rule of one's own: both work at the same site.
//!
//! `cargo run --example custom_rule`

use std::error::Error;

use chrono::NaiveDate;
use reverse_mentoring::policy::{PairView, PluginId, Rule};
use reverse_mentoring::prelude::*;

/// Meetings are in person, so both work at one site.
#[derive(Debug)]
struct SameSite;

impl Rule for SameSite {
    fn id(&self) -> PluginId {
        PluginId::new("same-site", 1)
    }

    fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        match (pair.mentor().site(), pair.mentee().site()) {
            (Some(a), Some(b)) if a == b => Ok(()),
            (Some(a), Some(b)) => Err(Violation::new(
                "same-site",
                format!("one works at `{a}`, the other at `{b}`"),
            )
            .advise("look among the colleagues at the site")),
            _ => Err(Violation::new(
                "same-site",
                "the site of one of the two is not known",
            )),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut ids = SequentialIds::new(1);
    let mut person =
        |key, side, grade, site, teaches, learns| -> Result<Participant, Box<dyn Error>> {
            let id = ParticipantId::from_source(&mut ids);
            Ok(
                Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
                    .with_site(Label::new(site)?)
                    .with_offers([Offer::new(teaches, 4)?])?
                    .with_wishes([Wish::new(learns, 0, 3)?])?,
            )
        };
    let roster = Roster::new(
        [
            person("ada", Side::Mentor, 2, "Leeds", "short video", "budgeting")?,
            person("bo", Side::Mentor, 2, "York", "short video", "budgeting")?,
            person("cfo", Side::Mentee, 8, "York", "budgeting", "short video")?,
        ],
        ReportingLines::new([
            Line::root("ceo"),
            Line::new("cfo", "ceo"),
            Line::new("cto", "ceo"),
            Line::new("ada", "cto"),
            Line::new("bo", "cto"),
        ])?,
    )?;
    let today = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let (policy, context) = (Policy::standard().with(SameSite), Context::new(today));
    let may = Eligibility::new(&roster, &policy, &context);
    for mentor in ["ada", "bo"] {
        match may.check_keys(mentor, "cfo")? {
            Verdict::Eligible(_) => println!("{mentor} may mentor cfo"),
            Verdict::Ineligible(reasons) => {
                for reason in reasons {
                    let advice = reason.advice().unwrap_or("no advice");
                    println!("{mentor} may not mentor cfo: {reason} ({advice})");
                }
            }
        }
    }
    Ok(())
}
