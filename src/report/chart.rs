//! A line chart of figures in per cent over days.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::plot::{self, LEFT, RIGHT, UP};
use super::scale::{Scale, band, day_number, per_mille};
use super::series::Series;
use super::table::{Table, cell};
use crate::health::Ratio;
use crate::privacy::Cell;

/// One or two figures on the same days; lines are told apart by colour, dashes and marks.
#[derive(Debug)]
pub(super) struct Chart<'a> {
    /// What ids of this chart begin with.
    pub(super) id: String,
    pub(super) title: String,
    /// Each with its name, where there is more than one.
    pub(super) lines: Vec<(&'a str, &'a Series)>,
    /// The days from left to right: one scale for all charts of a page.
    pub(super) days: (NaiveDate, NaiveDate),
}

/// The days of the charts of a page: from the first point of all to the last, or to its own day.
pub(super) fn scale_of(series: &[Series], last: NaiveDate) -> (NaiveDate, NaiveDate) {
    let days = || {
        series
            .iter()
            .flat_map(|s| s.points.iter().map(|(day, _)| *day))
    };
    let first = days().min().unwrap_or(last);
    (first, days().max().unwrap_or(last).max(last))
}

impl Chart<'_> {
    pub(super) fn render(&self) -> Markup {
        let target = match self.lines.as_slice() {
            [(_, only)] => only.target,
            _ => None,
        };
        let x = plot::across(self.days);
        let drawn = html! {
            @if let Some((low, high)) = target.and_then(band) {
                @let (above, below) = (UP.place(10 * high), UP.place(10 * low));
                rect.target x=(LEFT) y=(above) width=(RIGHT - LEFT) height=((below - above).max(1)) {}
                @for at in [low, high] {
                    @if at > 0 && at < 100 {
                        line.target-edge x1=(LEFT) x2=(RIGHT) y1=(UP.place(10 * at)) y2=(UP.place(10 * at)) {}
                    }
                }
            }
            (plot::grid())
            (plot::ends(self.days))
            @for (at, (_, series)) in self.lines.iter().enumerate() {
                g class={ "line-" (at) } { (line(series, x, at)) }
            }
            @if let Some(words) = self.nothing() { (plot::nothing(words)) }
        };
        plot::paper(&self.id, &self.title, &self.description(), drawn)
    }

    /// Every point with its counts.
    pub(super) fn table(&self) -> Table {
        let mut columns = vec!["Day"];
        let names: Vec<[String; 3]> = self
            .lines
            .iter()
            .map(|(name, _)| {
                let of = |what: &str| match name.is_empty() {
                    true => what.to_owned(),
                    false => format!("{name}: {}", what.to_lowercase()),
                };
                [of("Part"), of("Whole"), of("Value")]
            })
            .collect();
        columns.extend(names.iter().flatten().map(String::as_str));
        let mut table = Table::new(self.title.clone(), &columns);
        let mut days: Vec<NaiveDate> = self.points().map(|(day, _)| day).collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let mut row = vec![cell(day)];
            for (_, series) in &self.lines {
                let of_day = series.points.iter().find(|(d, _)| *d == day);
                row.extend(cells(of_day.map(|(_, ratio)| *ratio)));
            }
            table.rows.push(row);
        }
        table
    }

    fn points(&self) -> impl Iterator<Item = (NaiveDate, Cell<Ratio>)> {
        let lines = self.lines.iter();
        lines.flat_map(|(_, series)| series.points.iter().copied())
    }

    /// What stands in a plot without a single mark.
    fn nothing(&self) -> Option<&'static str> {
        let shown: Vec<_> = self.points().map(|(_, ratio)| ratio).collect();
        if shown
            .iter()
            .any(|r| r.shown().is_some_and(|r| r.whole() > 0))
        {
            return None;
        }
        let withheld = shown.contains(&Cell::Withheld);
        Some(if withheld { "withheld" } else { "no data" })
    }

    /// The same in sentences, for whoever does not see it.
    fn description(&self) -> String {
        let mut said = String::new();
        for (name, series) in &self.lines {
            if !name.is_empty() {
                said.push_str(name);
                said.push_str(": ");
            }
            let values = series.points.iter();
            let values: Vec<String> = values
                .map(|(day, ratio)| format!("{} on {day}", value(*ratio)))
                .collect();
            said.push_str(&values.join(", "));
            said.push_str(". ");
            if let Some(target) = series.target {
                said.push_str(&format!("Target {target}. "));
            }
        }
        said.trim_end().to_owned()
    }
}

/// Part, whole and value of a point; dashes for a day without one.
fn cells(ratio: Option<Cell<Ratio>>) -> [Markup; 3] {
    match ratio {
        None => ["–"; 3].map(cell),
        Some(Cell::Withheld) => ["–", "–", "withheld"].map(cell),
        Some(Cell::Shown(ratio)) => [
            cell(ratio.part()),
            cell(ratio.whole()),
            cell(value(Cell::Shown(ratio))),
        ],
    }
}

/// `66.7 %`, `no data` or `withheld`.
pub(super) fn value(ratio: Cell<Ratio>) -> String {
    match ratio {
        Cell::Withheld => "withheld".to_owned(),
        Cell::Shown(ratio) => ratio.percent().unwrap_or_else(|| "no data".to_owned()),
    }
}

/// A line, broken where there is nothing to show, with its marks; the last value in figures.
fn line(series: &Series, x: Scale, number: usize) -> Markup {
    let place = |(day, ratio): &(NaiveDate, Cell<Ratio>)| {
        let tenths = per_mille(*ratio.shown()?)?;
        Some((x.place(day_number(*day)), UP.place(tenths)))
    };
    let places: Vec<Option<(i64, i64)>> = series.points.iter().map(place).collect();
    let pieces = places
        .split(Option::is_none)
        .map(|piece| piece.iter().flatten().copied());
    html! {
        @for piece in pieces { (plot::through(piece)) }
        @for place in places.iter().flatten() { (plot::mark(number, *place)) }
    }
}
