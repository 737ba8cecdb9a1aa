//! The page of two programmes that were played against each other.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::band_chart::{BandChart, percent};
use super::shell::{Section, Shell, When};
use super::table::{Table, cell};
use super::text::{clean, heading};
use super::{differences, plot};
use crate::health::Period;
use crate::simulation::experiment::{Bands, Contrast};
use crate::simulation::{Measure, Model, Parameter, Source};

const FOR: &str =
    "For those who decide how a programme is run: years that were played, of nobody who exists.";

const FOOT: [&str; 3] = [
    "Bands hold nineteen years of twenty between their ends, half of them on either side of the line. Differences are of the same people with the same draws; their intervals are at 95 % for all looks together.",
    "Every step and every session passed the gate of a real programme. How people behave is a model: read it as what the assumptions say.",
    "The same seed gives the same page, on any machine and any number of threads.",
];

/// Two scenarios against each other as one HTML page: the answer in a sentence, every difference with its interval, every measure over the weeks with its
/// band, and what was supposed.
///
/// ```
/// # use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
/// # use reverse_mentoring::testing::Company;
/// use std::ops::ControlFlow;
///
/// use chrono::NaiveDate;
/// use reverse_mentoring::cadence::Cadence;
/// use reverse_mentoring::report::SimulationReport;
/// use reverse_mentoring::simulation::experiment::{Bands, Replicates, Scenario, Trial, compare};
/// use reverse_mentoring::simulation::{Measure, Setup};
///
/// # let company = Company::sample()?;
/// let setup = Setup::new(company.roster(), NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()).with_months(4);
/// let plan = setup.plan()?.approve(CoordinatorId::from_source(&mut SequentialIds::new(1)));
/// let monthly = Scenario::planned("monthly", setup.clone(), &plan);
/// let fortnightly = Scenario::planned("fortnightly", setup.with_cadence(Cadence::FORTNIGHTLY), &plan);
///
/// let trial = Trial::on(Measure::MenteeLearning).at_most(16);
/// let contrast = compare(&fortnightly, &monthly, &trial, |_, _| ControlFlow::Continue(()))?;
/// let bands = |s| Bands::of(s, &Replicates::new(0..16), |_| ControlFlow::Continue(()));
/// let report = SimulationReport::new("How often?", contrast, bands(&fortnightly)?, bands(&monthly)?, *monthly.model());
/// assert!(report.to_html().contains("16 replicates"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct SimulationReport {
    title: String,
    contrast: Contrast,
    a: Bands,
    b: Bands,
    model: Model,
}

impl SimulationReport {
    /// From a contrast, the bands of both, and the model of the second: that of the first is what is asked.
    #[must_use]
    pub fn new(
        title: impl Into<String>,
        contrast: Contrast,
        a: Bands,
        b: Bands,
        model: Model,
    ) -> Self {
        let title = title.into();
        Self {
            title,
            contrast,
            a,
            b,
            model,
        }
    }

    /// The page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let courses = [&self.a, &self.b]
            .into_iter()
            .flat_map(|b| b.of_measure(Measure::Attendance));
        let days: Vec<NaiveDate> = courses.map(|(day, _)| day).collect();
        let first = days.iter().min().copied().unwrap_or_default();
        let last = days.iter().max().copied().unwrap_or_default();
        let when = Period::new(first, last).map_or(When::Day(last), When::Period);
        let shell = Shell {
            title: &self.title,
            what: "Two programmes against each other",
            audience: FOR,
            when,
            sections: vec![
                Section::new("answer", "The answer", self.answer()),
                Section::new("differences", "Differences at the end", self.differences()),
                Section::new("weeks", "Week by week", self.weeks()),
                Section::new("supposed", "What was supposed", self.supposed()),
            ],
            foot: FOOT.to_vec(),
        };
        shell.render()
    }

    fn answer(&self) -> Markup {
        let count = |source| {
            Parameter::ALL
                .iter()
                .filter(|p| p.source() == source)
                .count()
        };
        html! {
            p { strong {
                // What stands between backticks is a name.
                @for (at, part) in self.contrast.sentence().split('`').enumerate() {
                    @if at % 2 == 1 { em { bdi { (clean(part)) } } } @else { (part) }
                }
            } }
            @if !self.contrast.finished { p { "It was broken off." } }
            p {
                "Of the " (Parameter::ALL.len()) " numbers of the model " (count(Source::Measured)) " are measured, "
                (count(Source::Reported)) " reported second-hand and " (count(Source::Assumed)) " assumed."
            }
        }
    }

    fn differences(&self) -> Markup {
        let (a, b) = (clean(&self.contrast.a), clean(&self.contrast.b));
        let columns = ["Measure", a.as_str(), b.as_str(), "Points", "95 % interval"];
        let mut table = Table::new("Means at the end, and their difference", &columns);
        let share = |mean: Option<i64>| {
            let tenths = mean.and_then(|m| u16::try_from((m + 500) / 1000).ok());
            tenths.map_or_else(|| "no data".to_owned(), percent)
        };
        for m in &self.contrast.measures {
            let points = m.difference.map(|d| d.points());
            let ends = m.difference.map(|d| d.ends().join(" to "));
            table.rows.push(vec![
                cell(words(m.measure)),
                cell(share(m.a)),
                cell(share(m.b)),
                cell(points.unwrap_or_else(|| "–".to_owned())),
                cell(ends.unwrap_or_else(|| "–".to_owned())),
            ]);
        }
        html! {
            p { "The first less the second, in points of a per cent." }
            figure { (differences::render(&self.contrast)) (table.stacked()) }
        }
    }

    fn weeks(&self) -> Markup {
        let names = [clean(self.a.name()), clean(self.b.name())];
        let [a, b] = &names;
        html! {
            (plot::legend(names.iter().map(|name| html! { bdi { (name) } })))
            div.multiples {
                @for measure in Measure::ALL {
                    @let chart = BandChart {
                        id: measure.as_str().replace('_', "-"),
                        title: heading(&words(*measure)),
                        courses: [
                            (a.as_str(), self.a.of_measure(*measure).collect()),
                            (b.as_str(), self.b.of_measure(*measure).collect()),
                        ],
                    };
                    figure {
                        figcaption { (heading(&words(*measure))) }
                        (chart.render())
                        p.soft { (measure.definition()) }
                        (chart.table().below_a_plot())
                    }
                }
            }
        }
    }

    fn supposed(&self) -> Markup {
        let columns = ["Parameter", "Value", "Unit", "What it is", "Source"];
        let mut table = Table::new("The model", &columns);
        for parameter in Parameter::ALL {
            let value = self.model.value(*parameter);
            let source = match value == parameter.default() {
                true => parameter.source().as_str(),
                false => "set for this",
            };
            table.rows.push(vec![
                cell(parameter),
                cell(value),
                cell(parameter.unit()),
                cell(parameter.about()),
                cell(source),
            ]);
        }
        html! {
            p { "The model of the second programme. What the first has otherwise is what was asked." }
            (table.below_a_plot())
        }
    }
}

fn words(measure: Measure) -> String {
    measure.as_str().replace('_', " ")
}
