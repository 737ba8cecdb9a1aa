//! The page of two programmes that were played against each other.

use std::fmt::Display;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::band_chart::BandChart;
use super::shell::{Section, Shell, When};
use super::table::{Table, cell};
use super::text::{clean, heading};
use super::{differences, plot};
use crate::health::Period;
use crate::simulation::experiment::{
    Bands, Contrast, Estimate, Influence, Part, Provenance, Sway, Tornado, percent,
};
use crate::simulation::{Measure, Parameter, Source};
use crate::text::shown;

const FOR: &str =
    "For those who decide how a programme is run: years that were played, of nobody who exists.";

const FOOT: [&str; 4] = [
    "Bands hold eighteen years of twenty between their ends, one in twenty being below and one above; half of the years are on either side of the line.",
    "Differences are of the same people with the same draws. The interval of the verdict is at 95 % for all looks together; those of the other measures are each by themselves, so that of many one may miss by chance.",
    "Every step and every session passed the gate of a real programme. How people behave is a model: read it as what the assumptions say.",
    "The same seed gives the same page, on any machine and any number of threads.",
];

/// Bands that are not those of the two that were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bands are not of the two programmes that were compared, in their order")]
#[non_exhaustive]
pub struct ForeignBands;

/// Two scenarios against each other as one HTML page: the answer in a sentence, every difference with its interval, every measure over the weeks with its
/// band, what was played and what was supposed, and which assumption decides, where that was asked.
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
/// let report = SimulationReport::new("How often?", contrast, bands(&fortnightly)?, bands(&monthly)?)?;
/// assert!(report.to_html().contains("16 replicates"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct SimulationReport {
    title: String,
    contrast: Contrast,
    a: Bands,
    b: Bands,
    tornado: Option<Tornado>,
}

impl SimulationReport {
    /// From a contrast and the bands of both, in their order.
    ///
    /// # Errors
    ///
    /// [`ForeignBands`] where they are of other programmes, or in the other order.
    pub fn new(
        title: impl Into<String>,
        contrast: Contrast,
        a: Bands,
        b: Bands,
    ) -> Result<Self, ForeignBands> {
        if *a.provenance() != contrast.a || *b.provenance() != contrast.b {
            return Err(ForeignBands);
        }
        Ok(Self {
            title: title.into(),
            contrast,
            a,
            b,
            tornado: None,
        })
    }

    /// With which of the assumptions decides.
    ///
    /// # Errors
    ///
    /// [`ForeignBands`] where it is of other programmes, or in the other order.
    pub fn with_tornado(mut self, tornado: Tornado) -> Result<Self, ForeignBands> {
        if tornado.a != self.contrast.a || tornado.b != self.contrast.b {
            return Err(ForeignBands);
        }
        self.tornado = Some(tornado);
        Ok(self)
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
        let mut sections = vec![
            Section::new("answer", "The answer", self.answer()),
            Section::new("differences", "Differences at the end", self.differences()),
        ];
        if let Some(tornado) = &self.tornado {
            let heading = "Which assumption decides";
            sections.push(Section::new("tornado", heading, decides(tornado)));
        }
        sections.extend([
            Section::new("weeks", "Week by week", self.weeks()),
            Section::new("played", "What was played", self.played()),
            Section::new("supposed", "What was supposed", self.supposed()),
        ]);
        let shell = Shell {
            title: &self.title,
            what: "Two programmes against each other",
            audience: FOR,
            when,
            sections,
            foot: FOOT.to_vec(),
        };
        shell.render()
    }

    fn both(&self) -> [&Provenance; 2] {
        [&self.contrast.a, &self.contrast.b]
    }

    fn answer(&self) -> Markup {
        let count = |source| {
            let of = Parameter::ALL.iter().filter(|p| p.source() == source);
            are(of.count())
        };
        let unfinished = [&self.a, &self.b]
            .into_iter()
            .any(|bands| !bands.finished());
        html! {
            p { strong {
                @for part in self.contrast.parts() {
                    @match part {
                        Part::Words(words) => (words),
                        Part::Name(name) => em { bdi { (clean(&name)) } },
                    }
                }
            } }
            @if !self.contrast.finished { p { "It was broken off." } }
            p {
                "The verdict rests on " (years(self.contrast.replicates)) " of each, the bands below on "
                @if self.a.replicates() == self.b.replicates() { (years(self.a.replicates())) " of each" } @else {
                    (years(self.a.replicates())) " of the first and " (years(self.b.replicates())) " of the second"
                }
                "." @if unfinished { " The bands were broken off." }
            }
            p {
                "Of the " (Parameter::ALL.len()) " numbers of the model " (count(Source::Measured)) " measured, "
                (count(Source::Reported)) " reported second-hand and " (count(Source::Assumed)) " assumed."
            }
            @for (which, of) in ["first", "second"].into_iter().zip(self.both()) {
                @if !of.standard_behaviour {
                    p {
                        "In the " (which) " people behave by the plug-in " bdi { (clean(&of.behaviour))
                        } ": a number of the model counts only as far as it asks for it."
                    }
                }
            }
        }
    }

    fn differences(&self) -> Markup {
        let [a, b] = self.both().map(|of| clean(&shown(&of.name)));
        let columns = ["Measure", a.as_str(), b.as_str(), "Points", "95 % interval"];
        let mut table = Table::new("Means at the end, and their difference", &columns);
        for m in &self.contrast.measures {
            let points = m.difference.map(|d| d.points());
            let ends = m.difference.map(|d| d.ends().join(" to "));
            table.rows.push(vec![
                cell(words(m.measure)),
                cell(percent(m.a)),
                cell(percent(m.b)),
                cell(points.unwrap_or_else(|| "–".to_owned())),
                cell(ends.unwrap_or_else(|| "–".to_owned())),
            ]);
        }
        html! {
            p {
                "The first less the second, in points of a per cent. The verdict is on " (words(self.contrast.measure))
                "; every other interval is by itself."
            }
            figure { (differences::render(&self.contrast)) (table.stacked()) }
        }
    }

    fn weeks(&self) -> Markup {
        let names = self.both().map(|of| clean(&shown(&of.name)));
        let [a, b] = &names;
        html! {
            p { "Each chart has a scale of its own: read it at its left, where it need not begin at nought." }
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

    fn played(&self) -> Markup {
        let mut table = Table::new("The two programmes", &["What", "First", "Second"]);
        let mut row = |what: &str, of: &dyn Fn(&Provenance) -> String| {
            let [a, b] = self.both().map(of);
            let text = |text: String| html! { bdi { (clean(&text)) } };
            table.rows.push(vec![cell(what), text(a), text(b)]);
        };
        row("Name", &|of| shown(&of.name));
        row("Seed", &|of| of.seed.to_string());
        row("First day", &|of| of.start.to_string());
        row("Months", &|of| of.months.to_string());
        row("Mentors", &|of| of.mentors.to_string());
        row("Mentees", &|of| of.mentees.to_string());
        row("People who join", &|of| of.joiners.to_string());
        row("Pairs on the first day", &|of| match of.plans {
            1 => of.pairs.to_string(),
            plans => format!("{} in the first of {plans} plans that take turns", of.pairs),
        });
        row("Cadence", &|of| of.cadence.clone());
        row("Load", &|of| format!("{} hours a month", of.load));
        row("Closed", &|of| {
            let ranges = of.closed.iter().map(|[a, b]| format!("{a} to {b}"));
            let ranges: Vec<String> = ranges.collect();
            match ranges.as_slice() {
                [] => "never".to_owned(),
                ranges => ranges.join(", "),
            }
        });
        row("Behaviour", &|of| of.behaviour.clone());
        html! { (table.stacked()) }
    }

    fn supposed(&self) -> Markup {
        let columns = [
            "Parameter",
            "First",
            "Second",
            "Unit",
            "What it is",
            "Source",
        ];
        let mut table = Table::new("The model of both", &columns);
        for parameter in Parameter::ALL {
            let [a, b] = self.both().map(|of| of.model.value(*parameter));
            let source = match [a, b] == [parameter.default(); 2] {
                true => parameter.source().as_str(),
                false => "set for this",
            };
            table.rows.push(vec![
                cell(parameter),
                cell(a),
                cell(b),
                cell(parameter.unit()),
                cell(parameter.about()),
                cell(source),
            ]);
        }
        html! {
            @for (which, of) in ["first", "second"].into_iter().zip(self.both()) {
                @let changed: Vec<String> = of
                    .changed()
                    .map(|(p, value)| format!("{p} is {value} ({}) instead of {}", p.unit(), p.default()))
                    .collect();
                p {
                    "In the " (which) ", "
                    @if changed.is_empty() { "every number is the default." } @else { (changed.join(", ")) "." }
                }
            }
            (table.below_a_plot())
        }
    }
}

/// Which assumption decides: those that do something, and the rest by name.
fn decides(tornado: &Tornado) -> Markup {
    let columns = [
        "Assumption",
        "As it is",
        "Lower",
        "Difference there",
        "Higher",
        "Difference there",
        "The answer",
        "Source",
    ];
    let (does, still): (Vec<&Influence>, Vec<&Influence>) =
        tornado.rows.iter().partition(|row| row.swing() > 0);
    let mut table = Table::new("Differences in points at two values of each", &columns);
    let told = |estimate: Option<Estimate>| match estimate {
        Some(estimate) => cell(estimate),
        None => cell("no data"),
    };
    for row in does {
        table.rows.push(vec![
            cell(&row.parameter),
            cell(format!("{} {}", row.value, row.value_unit)),
            cell(row.low.value),
            told(row.low.difference),
            cell(row.high.value),
            told(row.high.difference),
            cell(match row.sway {
                Sway::Keeps => "stays",
                Sway::Blurs => "can or cannot be told",
                Sway::Turns => "turns",
            }),
            cell(row.source),
        ]);
    }
    let still: Vec<String> = still.iter().map(|row| row.parameter.clone()).collect();
    let list = |what: &str, names: &[String]| {
        html! { @if !names.is_empty() { p.soft { (what) ": " (names.join(", ")) "." } } }
    };
    html! {
        p {
            "The difference in " (words(tornado.measure)) " of " (years(tornado.replicates)) " of each, as it is "
            @match tornado.base { Some(base) => (base), None => "without data" }
            ", with each number at half and at one and a half, or at double and half of what a chance lacks to a thousand; the widest first."
        }
        @if !tornado.finished { p { "It was broken off." } }
        (table.stacked())
        (list("Changes nothing", &still))
        (list("Differs between the two, so it is what was asked", &tornado.asked))
        (list("Has no other value to try", &tornado.unvaried))
        (list("Not come to", &tornado.left_out))
    }
}

fn words(measure: Measure) -> String {
    measure.as_str().replace('_', " ")
}

fn are(count: usize) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{count} {verb}")
}

fn years(count: impl Display + PartialEq<u64>) -> String {
    let word = if count == 1 { "year" } else { "years" };
    format!("{count} {word}")
}
