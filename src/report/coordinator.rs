//! The page of those who run the programme.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::chart::scale_of;
use super::days::month_ends;
use super::funnel::Funnel;
use super::heat::HeatMap;
use super::series::assessed;
use super::shell::{Section, Shell, When};
use super::{
    before_after, check_ins, findings, funnel_plot, goals, heat_plot, next_steps, standards,
    statuses, summary, trends,
};
use crate::cadence::Calendar;
use crate::health::{
    BenefitReading, HealthError, Metrics, ProgramHealth, PulseReading, SelfAssessment,
};
use crate::history::History;
use crate::ids::PairingId;

/// Month ends whose readings a page shows, its own day included.
const MONTHS: usize = 13;
/// Weeks of the heat-map.
const WEEKS: u16 = 53;

const FOR: &str = "For coordinators: it names pairings and goes to nobody else.";

const FOOT: [&str; 5] = [
    "Figures are exact parts of wholes; per cent are rounded to one decimal. \"No data\" is not zero.",
    "Statuses, next steps and their reasons come from attendance and administration only: no pulse, note or wish reaches them.",
    "Pulses, where they are shown, are sums over enough people of one side, and of no pairing. A withheld sum does not say why.",
    "A status is a reason to ask how somebody is, and no judgement of people.",
    "Weeks begin on Mondays. A week with a session held counts as held, whatever else was in it.",
];

/// Health for coordinators: where pairings stand, next steps, check-ins, summary, health over time, goals, funnel, heat-map, findings; and, where they
/// are given, pulses, the nine benefits and the six standards.
///
/// What is said of a pairing comes from attendance and administration: by type no pulse reaches it. Shares by reporting group have a
/// [page of their own](super::EquityReport), for those who do not see the pairings.
#[derive(Debug, Clone)]
pub struct CoordinatorReport<'a> {
    title: String,
    history: &'a History,
    health: ProgramHealth,
    earlier: BTreeMap<NaiveDate, ProgramHealth>,
    pulses: Vec<PulseReading>,
    benefits: Vec<BenefitReading>,
    standards: Option<SelfAssessment>,
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
            pulses: Vec::new(),
            benefits: Vec::new(),
            standards: None,
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

    /// The same with what pulses say of each side: [`PulseReading::all`]. Each figure has its own day, which may be before that of
    /// the page.
    #[must_use]
    pub fn with_pulses(mut self, pulses: Vec<PulseReading>) -> Self {
        self.pulses = pulses;
        self
    }

    /// The same with the nine benefits: [`BenefitReading::all`].
    #[must_use]
    pub fn with_benefits(mut self, benefits: Vec<BenefitReading>) -> Self {
        self.benefits = benefits;
        self
    }

    /// The same with the six standards, by the programme itself.
    #[must_use]
    pub fn with_standards(mut self, standards: SelfAssessment) -> Self {
        self.standards = Some(standards);
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
        let last = self.health.as_of;
        let scale = scale_of(&series, last);
        let both = goals::both(&series);
        let elsewhere = both.map(Vec::from).unwrap_or_default();
        let heat = HeatMap::of(self.history, &self.health, WEEKS);
        let funnel = Funnel::of(self.history, self.health.as_of);
        let names: &dyn Fn(PairingId) -> String = &name;
        let mut sections = vec![
            Section::new(
                "status",
                "Where pairings stand",
                statuses::render(&self.health),
            ),
            Section::new(
                "next-steps",
                "Next steps",
                next_steps::render(&self.health, names),
            ),
            Section::new(
                "check-in",
                "Pairings that need a check-in",
                check_ins::render(&self.health, names),
            ),
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
        if !self.pulses.is_empty() {
            let body = before_after::pulses(&self.pulses);
            sections.push(Section::new("pulses", "Pulses", body));
        }
        if !self.benefits.is_empty() {
            let body = before_after::benefits(&self.benefits);
            sections.push(Section::new("benefits", "The nine benefits", body));
        }
        if let Some(assessment) = &self.standards {
            let body = standards::render(assessment);
            sections.push(Section::new("standards", "The six standards", body));
        }
        let shell = Shell {
            title: &self.title,
            what: "Programme health",
            audience: FOR,
            when: When::Day(self.health.as_of),
            sections,
            foot: FOOT.to_vec(),
        };
        shell.render()
    }
}
