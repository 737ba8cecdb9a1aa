//! The page of those who pay for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::funnel::ReleasedFunnel;
use super::series::course;
use super::shell::{Section, Shell};
use super::{funnel_plot, goals, summary, trends};
use crate::health::SponsorHealth;
use crate::privacy::Audience;

const FOOT: [&str; 3] = [
    "Figures are exact parts of wholes; per cent are rounded to one decimal. \"No data\" is not zero.",
    "A figure is withheld where it could tell something of single people. A withheld figure does not say why.",
    "There is nothing of a single pairing on this page, and nothing hidden in it.",
];

/// Health for sponsors: summary, health over time, goals, and the funnel where it is released.
///
/// Made of what was released, so no pairing can get into it: there is no history in it, no id and no name.
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::health::ProgramHealth;
/// # use reverse_mentoring::report::SponsorReport;
/// fn of_what_coordinators_see(health: ProgramHealth) -> SponsorReport {
///     SponsorReport::new("Reverse mentoring", health)
/// }
/// ```
#[derive(Debug, Clone)]
pub struct SponsorReport {
    title: String,
    health: SponsorHealth,
    earlier: BTreeMap<NaiveDate, SponsorHealth>,
    funnel: Option<ReleasedFunnel>,
}

impl SponsorReport {
    /// From what is released of a day.
    #[must_use]
    pub fn new(title: impl Into<String>, health: SponsorHealth) -> Self {
        Self {
            title: title.into(),
            health,
            earlier: BTreeMap::new(),
            funnel: None,
        }
    }

    /// The same with earlier releases, in any order; of one day the last given counts. Days from that of the page on are not
    /// shown.
    ///
    /// Give what has been released as it was then. Releasing many days at once lets a reader subtract one from the
    /// next.
    #[must_use]
    pub fn with_earlier(mut self, earlier: impl IntoIterator<Item = SponsorHealth>) -> Self {
        self.earlier
            .extend(earlier.into_iter().map(|health| (health.as_of, health)));
        self
    }

    /// The same with a funnel, under the day on which that was released.
    #[must_use]
    pub fn with_funnel(mut self, funnel: ReleasedFunnel) -> Self {
        self.funnel = Some(funnel);
        self
    }

    /// The page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let series = course(&self.health, &self.earlier);
        let both = goals::both(&series);
        let elsewhere = both.map(Vec::from).unwrap_or_default();
        let mut sections = vec![
            Section::new("summary", "Summary", summary::render(&series)),
            Section::new(
                "trends",
                "Health over time",
                trends::render(&series, &elsewhere),
            ),
        ];
        sections.extend(
            both.map(|both| Section::new("goals", "Goal progress both ways", goals::render(both))),
        );
        let funnel = self.funnel.as_ref().map(funnel_plot::released);
        sections
            .extend(funnel.map(|body| Section::new("funnel", "From enrolled to completed", body)));
        let shell = Shell {
            title: &self.title,
            audience: Audience::Sponsor,
            as_of: self.health.as_of,
            sections,
            foot: FOOT.to_vec(),
        };
        shell.render()
    }
}
