//! The page of those who pay for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::chart::scale_of;
use super::published::PublishedFunnel;
use super::series::published;
use super::shell::{Section, Shell, When};
use super::{breakdowns, goals, published_plot, summary, trends};
use crate::health::PeriodHealth;

const FOR: &str =
    "For sponsors: figures of groups that are large enough, and of no single pairing.";

const FOOT: [&str; 4] = [
    "Figures are exact parts of wholes; per cent are rounded to one decimal. \"No data\" is not zero.",
    "A figure is withheld where it could tell something of few people. A withheld figure does not say why.",
    "A figure that would tell something of few beside what was published before is repeated as it last was, with its period.",
    "There is nothing of a single pairing on this page, and nothing hidden in it.",
];

/// Health for sponsors: summary, health over time, by unit or group, goals, and how far pairings come.
///
/// Made of [releases](PeriodHealth), which come out of a [`Publisher`](crate::health::Publisher) and its one
/// [ledger](crate::health::Ledger) and from nowhere else: whatever is on the page has been published, and no two of its figures of one
/// metric can be subtracted to few. Figures of different metrics are looked at together where one says that it [tells](crate::health::Metric::tells) of another: see
/// [what is kept](crate::health::Publisher#what-is-kept). There is no history in it, no id and no name, and nothing else goes in:
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::health::ProgramHealth;
/// # use reverse_mentoring::report::SponsorReport;
/// fn of_what_coordinators_see(health: ProgramHealth) -> SponsorReport {
///     SponsorReport::new("Reverse mentoring", health)
/// }
/// ```
///
/// nor the readings of one day, which know nothing of those of another:
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::health::SponsorHealth;
/// # use reverse_mentoring::report::SponsorReport;
/// fn of_one_day(health: SponsorHealth) -> SponsorReport {
///     SponsorReport::new("Reverse mentoring", health)
/// }
/// ```
///
/// Pulses are not on it, though their [sums](crate::health::PulseReading) have a guard of their own and may be shown to sponsors: they are not in
/// a release. Nor are the levels of the [nine benefits](crate::health::Benefit), which split the goals of mentees in digital ones and
/// others and are no metrics: `mentee_goal_progress` less the digital ones would be the progress of those few that have others. What is gained
/// in levels is on the page as `mentor_goal_progress` and `mentee_goal_progress`.
#[derive(Debug, Clone)]
pub struct SponsorReport {
    title: String,
    release: PeriodHealth,
    earlier: BTreeMap<NaiveDate, PeriodHealth>,
}

impl SponsorReport {
    /// From what is published of a period.
    #[must_use]
    pub fn new(title: impl Into<String>, release: PeriodHealth) -> Self {
        Self {
            title: title.into(),
            release,
            earlier: BTreeMap::new(),
        }
    }

    /// The same with what was published of earlier periods, in any order; of two that end on one day the last given counts.
    /// Those that end on the last day of the page's period or later are not shown.
    #[must_use]
    pub fn with_earlier(mut self, earlier: impl IntoIterator<Item = PeriodHealth>) -> Self {
        let earlier = earlier.into_iter();
        self.earlier
            .extend(earlier.map(|release| (release.period.last(), release)));
        self
    }

    /// The page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let release = &self.release;
        let series = published(release, &self.earlier);
        let last = release.period.last();
        let scale = scale_of(&series, last);
        let both = goals::both(&series);
        let elsewhere = both.map(Vec::from).unwrap_or_default();
        let mut sections = vec![
            Section::new("summary", "Summary", summary::render(&series)),
            Section::new(
                "trends",
                "Health over time",
                trends::render(&series, &elsewhere, last),
            ),
        ];
        sections.extend(both.map(|both| {
            Section::new(
                "goals",
                "Goal progress both ways",
                goals::render(both, scale),
            )
        }));
        let funnel = PublishedFunnel::of(release);
        if !funnel.is_empty() {
            let body = published_plot::render(&funnel);
            sections.push(Section::new("funnel", "From enrolled to completed", body));
        }
        if breakdowns::any(release) {
            let body = breakdowns::render(release);
            sections.push(Section::new("breakdowns", "By unit and group", body));
        }
        let shell = Shell {
            title: &self.title,
            what: "Programme health",
            audience: FOR,
            when: When::Period(release.period),
            sections,
            foot: FOOT.to_vec(),
        };
        shell.render()
    }
}
