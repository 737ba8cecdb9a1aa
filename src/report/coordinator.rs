//! The page of those who run the programme.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::days::month_ends;
use super::funnel::Funnel;
use super::heat::HeatMap;
use super::series::assessed;
use super::shell::{Section, Shell, When};
use super::{check_ins, findings, funnel_plot, goals, heat_plot, statuses, summary, trends};
use crate::cadence::Calendar;
use crate::health::{HealthError, Metrics, ProgramHealth};
use crate::history::History;
use crate::ids::PairingId;
use crate::privacy::Audience;

/// Month ends whose readings a page shows, its own day included.
const MONTHS: usize = 13;
/// Weeks of the heat-map.
const WEEKS: u16 = 53;

const FOOT: [&str; 4] = [
    "Figures are exact parts of wholes; per cent are rounded to one decimal. \"No data\" is not zero.",
    "Statuses and their reasons come from attendance and administration only: no pulse, note or wish reaches this page.",
    "A status is a reason to ask how somebody is, and no judgement of people.",
    "Weeks begin on Mondays. A week with a session held counts as held, whatever else was in it.",
];

/// Health for coordinators: summary, check-ins, health over time, goals, funnel, heat-map, findings.
#[derive(Debug, Clone)]
pub struct CoordinatorReport<'a> {
    title: String,
    history: &'a History,
    health: ProgramHealth,
    earlier: BTreeMap<NaiveDate, ProgramHealth>,
}

impl<'a> CoordinatorReport<'a> {
    /// From the health of a day, assessed from this history.
    #[must_use]
    pub fn new(title: impl Into<String>, history: &'a History, health: ProgramHealth) -> Self {
        Self {
            title: title.into(),
            history,
            health,
            earlier: BTreeMap::new(),
        }
    }

    /// The same with readings of earlier days, in any order; of one day the last given counts. Days from that of the page
    /// on are not shown.
    #[must_use]
    pub fn with_earlier(mut self, earlier: impl IntoIterator<Item = ProgramHealth>) -> Self {
        self.earlier
            .extend(earlier.into_iter().map(|health| (health.as_of, health)));
        self
    }

    /// Assesses a history on a day and on the month ends of the year before, from the first start on.
    ///
    /// # Errors
    ///
    /// As [`ProgramHealth::assess`].
    pub fn assess(
        title: impl Into<String>,
        history: &'a History,
        metrics: &Metrics,
        calendar: &Calendar,
        as_of: NaiveDate,
    ) -> Result<Self, HealthError> {
        let assess = |day| ProgramHealth::assess_with(history, metrics, calendar, day);
        let starts = history.pairings().filter_map(|(_, facts)| facts.run(as_of));
        let first = starts.map(|(started, _)| started).min().unwrap_or(as_of);
        let mut days = month_ends(first, as_of);
        days.drain(..days.len().saturating_sub(MONTHS));
        let mut report = Self::new(title, history, assess(as_of)?);
        for day in days.into_iter().filter(|day| *day < as_of) {
            report.earlier.insert(day, assess(day)?);
        }
        Ok(report)
    }

    /// The readings of the page's day.
    #[must_use]
    pub const fn health(&self) -> &ProgramHealth {
        &self.health
    }

    /// The page, with the name that the host gives each pairing. Names may hold anything: they are escaped, and each keeps its
    /// direction to itself.
    #[must_use]
    pub fn to_html(&self, name: impl Fn(PairingId) -> String) -> String {
        let series = assessed(&self.health, &self.earlier);
        let both = goals::both(&series);
        let elsewhere = both.map(Vec::from).unwrap_or_default();
        let heat = HeatMap::of(self.history, &self.health, WEEKS);
        let funnel = Funnel::of(self.history, self.health.as_of);
        let names: &dyn Fn(PairingId) -> String = &name;
        let mut sections = vec![
            Section::new(
                "summary",
                "Summary",
                maud::html! {
                    (statuses::render(&self.health))
                    (summary::render(&series))
                },
            ),
            Section::new(
                "check-in",
                "Pairings that need a check-in",
                check_ins::render(&self.health, names),
            ),
            Section::new(
                "trends",
                "Health over time",
                trends::render(&series, &elsewhere),
            ),
        ];
        sections.extend(
            both.map(|both| Section::new("goals", "Goal progress both ways", goals::render(both))),
        );
        sections.extend([
            Section::new(
                "funnel",
                "From enrolled to completed",
                funnel_plot::render(&funnel),
            ),
            Section::new(
                "cadence",
                "Cadence week by week",
                heat_plot::render(&heat, names),
            ),
            Section::new(
                "findings",
                "Findings",
                findings::render(&self.health, names),
            ),
        ]);
        let shell = Shell {
            title: &self.title,
            audience: Audience::Coordinator,
            when: When::Day(self.health.as_of),
            sections,
            foot: FOOT.to_vec(),
        };
        shell.render()
    }
}
