//! The page of shares by reporting group.

use maud::{Markup, html};

use super::chart::value;
use super::scale::per_mille;
use super::shell::{Section, Shell, When};
use super::spans::{Span, Spans};
use super::table::{Table, cell};
use super::text::{clean, heading, name};
use crate::health::{EquityMeasure, EquityReadings, GroupReading, Ratio};
use crate::privacy::Cell;
use crate::text::{Label, shown};

const FOR: &str = "For those who look at equity and do not see the pairings: counts of reporting groups, of nobody by name.";

const FOOT: [&str; 4] = [
    "Counts are people. Intervals are at 95 % (Clopper and Pearson), rounded outwards.",
    "\"One person\" is the share, had one person of the group gone the other way.",
    "There is no verdict, and none should be drawn from a share alone: groups differ in when they enrolled, in what they offer and in whom they may be paired with.",
    "A group is withheld where it is small, or could be computed from the others. A withheld figure does not say why. Two such pages of nearby days can be subtracted: show one.",
];

/// Shares of matching, waiting, completing and dropping out by reporting group: counts, intervals, what one person changes, and no
/// verdict.
///
/// A page of its own, and no part of the [coordinators'](super::CoordinatorReport): whoever knows who of all dropped out may learn from
/// a count to which group somebody belongs. So it is for those who do not see the pairings.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::health::{EquityPolicy, EquityReadings, ReportingGroups};
/// use reverse_mentoring::report::EquityReport;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let day = NaiveDate::from_ymd_opt(2026, 4, 15).unwrap();
/// let groups = ReportingGroups::of(company.roster());
/// let readings = EquityReadings::read(company.history(), &groups, EquityPolicy::default(), day);
/// let page = EquityReport::new("Reverse mentoring", readings).to_html();
/// assert!(page.contains("14.66–94.73 %"));
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct EquityReport {
    title: String,
    readings: EquityReadings,
}

impl EquityReport {
    /// From the readings of a day.
    #[must_use]
    pub fn new(title: impl Into<String>, readings: EquityReadings) -> Self {
        let title = title.into();
        Self { title, readings }
    }

    /// The page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let measures = self.readings.measures.iter();
        let days = self.readings.policy.wait_days;
        let sections = measures.map(|(measure, groups)| {
            let (id, heading) = words(*measure);
            Section::new(id, heading, section(*measure, groups, days))
        });
        let shell = Shell {
            title: &self.title,
            what: "Shares by reporting group",
            audience: FOR,
            when: When::Day(self.readings.as_of),
            sections: sections.collect(),
            foot: FOOT.to_vec(),
        };
        shell.render()
    }
}

const fn words(measure: EquityMeasure) -> (&'static str, &'static str) {
    match measure {
        EquityMeasure::Match => ("match", "Matched"),
        EquityMeasure::Wait => ("wait", "Waited long"),
        EquityMeasure::Completion => ("completion", "Completed"),
        EquityMeasure::Dropout => ("dropout", "Dropped out"),
    }
}

fn section(measure: EquityMeasure, groups: &[GroupReading], wait_days: u16) -> Markup {
    let (id, title) = words(measure);
    let columns = [
        "Group",
        "Part",
        "Whole",
        "Share",
        "95 % interval",
        "One person less",
        "One person more",
    ];
    let mut table = Table::new(title, &columns);
    let mut rows = Vec::new();
    for reading in groups {
        rows.push(span(reading));
        table.rows.push(row(reading));
    }
    let spans = Spans {
        id: format!("{id}-plot"),
        title: format!("{title}, by reporting group"),
        rows,
    };
    html! {
        p {
            (heading(measure.definition())) "."
            @if measure == EquityMeasure::Wait { " Long is over " (wait_days) " days." }
        }
        @if groups.is_empty() {
            p { "Nobody has enrolled." }
        } @else {
            figure { (spans.render()) (table.stacked()) }
        }
    }
}

fn called(group: Option<&Label>) -> String {
    group.map_or_else(|| "(none stated)".to_owned(), |group| clean(group.as_str()))
}

fn span(reading: &GroupReading) -> Span {
    let figure = reading.figure.shown();
    let share = figure.and_then(|f| per_mille(f.ratio));
    Span {
        // Beside others in one text, in which no name can be kept in.
        label: shown(&called(reading.group.as_ref())),
        value: figure.map_or_else(
            || "withheld".to_owned(),
            |f| format!("{} of {}", f.ratio.part(), f.ratio.whole()),
        ),
        line: figure.map(|f| (f.interval.low().into(), f.interval.high().into())),
        hollow: None,
        filled: share.map(|tenths| 10 * tenths),
    }
}

fn row(reading: &GroupReading) -> Vec<Markup> {
    let head = name(&called(reading.group.as_ref()));
    let Cell::Shown(figure) = reading.figure else {
        let rest = ["–", "–", "withheld", "–", "–", "–"].map(cell);
        return std::iter::once(head).chain(rest).collect();
    };
    let share =
        |ratio: Option<Ratio>| cell(ratio.map_or("–".to_owned(), |r| value(Cell::Shown(r))));
    vec![
        head,
        cell(figure.ratio.part()),
        cell(figure.ratio.whole()),
        share(Some(figure.ratio)),
        cell(figure.interval),
        share(figure.one_less),
        share(figure.one_more),
    ]
}
