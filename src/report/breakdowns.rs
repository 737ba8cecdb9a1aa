//! What is published by unit or by group, as tables.

use maud::{Markup, html};

use super::chart::value;
use super::table::Table;
use super::text::{clean, metric, name};
use crate::health::{Figure, PeriodHealth, PublishedReading};
use crate::privacy::Cell;
use crate::text::Label;

/// Labels beside each other: what a page and a sheet of paper are wide enough for.
const ACROSS: usize = 5;

/// The names of the breakdowns of a release, in the order of asking.
fn names(release: &PeriodHealth) -> Vec<&Label> {
    let mut names: Vec<&Label> = Vec::new();
    for breakdown in release.readings.iter().flat_map(|r| &r.breakdowns) {
        if !names.contains(&&breakdown.by) {
            names.push(&breakdown.by);
        }
    }
    names
}

/// Whether there is one.
pub(super) fn any(release: &PeriodHealth) -> bool {
    !names(release).is_empty()
}

/// For each breakdown the metrics that have a figure in it, by label; those that have none are named.
pub(super) fn render(release: &PeriodHealth) -> Markup {
    html! {
        p.soft { "A figure is there for a group where it tells nothing of few, and else withheld. \"As of\" is the last day of the period of a figure that is repeated." }
        @for by in names(release) { (one(release, by)) }
    }
}

/// One metric by one breakdown.
#[derive(Debug, Clone, Copy)]
struct Row<'r> {
    reading: &'r PublishedReading,
    cells: &'r [(Label, Cell<Figure>)],
}

impl<'r> Row<'r> {
    /// `None` where the metric has no cell by it.
    fn of(reading: &'r PublishedReading, by: &Label) -> Option<Self> {
        let found = reading.breakdowns.iter().find(|b| b.by == *by)?;
        let cells = found.cells.as_slice();
        (!cells.is_empty()).then_some(Self { reading, cells })
    }

    fn has_figure(&self) -> bool {
        self.cells.iter().any(|(_, cell)| cell.shown().is_some())
    }
}

fn one(release: &PeriodHealth, by: &Label) -> Markup {
    let rows = release.readings.iter().filter_map(|r| Row::of(r, by));
    let (shown, none): (Vec<Row<'_>>, Vec<Row<'_>>) = rows.partition(Row::has_figure);
    let labels = shown.iter().flat_map(|row| row.cells);
    let mut labels: Vec<&Label> = labels.map(|(label, _)| label).collect();
    labels.sort_unstable();
    labels.dedup();
    let none: Vec<String> = none.iter().map(|row| metric(&row.reading.metric)).collect();
    html! {
        h3 { "By " (name(by.as_str())) }
        @for part in labels.chunks(ACROSS) { (table(release, by, part, &shown).stacked()) }
        @if !none.is_empty() {
            p.soft { "Withheld for every " (name(by.as_str())) ": " (none.join(", ")) "." }
        }
    }
}

fn table(release: &PeriodHealth, by: &Label, labels: &[&Label], shown: &[Row<'_>]) -> Table {
    let heads: Vec<String> = labels.iter().map(|label| clean(label.as_str())).collect();
    let columns: Vec<&str> = std::iter::once("Figure")
        .chain(heads.iter().map(String::as_str))
        .collect();
    let mut table = Table::new(format!("By {}", clean(by.as_str())), &columns);
    for row in shown {
        let of = |label: &&Label| row.cells.iter().find(|(known, _)| known == *label);
        let cells = labels.iter().map(|label| match of(label) {
            Some((_, cell)) => figure(cell, release),
            None => html! { "–" },
        });
        let head = html! { (metric(&row.reading.metric)) };
        table
            .rows
            .push(std::iter::once(head).chain(cells).collect());
    }
    table
}

fn figure(cell: &Cell<Figure>, release: &PeriodHealth) -> Markup {
    let Cell::Shown(figure) = cell else {
        return html! { span.soft { "withheld" } };
    };
    html! {
        (value(Cell::Shown(figure.ratio))) " "
        span.soft { (figure.ratio.part()) " of " (figure.ratio.whole()) }
        @if figure.period != release.period { " " span.soft { "as of " time datetime=(figure.period.last()) { (figure.period.last()) } } }
    }
}
