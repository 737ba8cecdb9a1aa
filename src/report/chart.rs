//! A line chart of figures in per cent over days.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::scale::{Scale, band, day_number, per_mille};
use super::series::Series;
use super::table::{Table, cell};
use crate::health::Ratio;
use crate::privacy::Cell;

/// The paper, and the rectangle of the plot on it.
const WIDTH: i64 = 640;
const HEIGHT: i64 = 300;
const LEFT: i64 = 84;
const RIGHT: i64 = 602;
const TOP: i64 = 34;
const BOTTOM: i64 = 250;

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
        let (title, desc) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        let y = Scale {
            from: (0, BOTTOM),
            to: (1000, TOP),
        };
        let (first, last) = self.days;
        let target = match self.lines.as_slice() {
            [(_, only)] => only.target,
            _ => None,
        };
        html! {
            svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ (title) " " (desc) } {
                title id=(title) { (self.title) }
                desc id=(desc) { (self.description()) }
                @if let Some((low, high)) = target.and_then(band) {
                    @let (above, below) = (y.place(10 * high), y.place(10 * low));
                    rect.target x=(LEFT) y=(above) width=(RIGHT - LEFT) height=((below - above).max(1)) {}
                    @for at in [low, high] {
                        @if at > 0 && at < 100 {
                            line.target-edge x1=(LEFT) x2=(RIGHT) y1=(y.place(10 * at)) y2=(y.place(10 * at)) {}
                        }
                    }
                }
                @for percent in [0, 50, 100] {
                    line.grid x1=(LEFT) x2=(RIGHT) y1=(y.place(10 * percent)) y2=(y.place(10 * percent)) {}
                    text.tick x=(LEFT - 12) y=(y.place(10 * percent) + 8) text-anchor="end" { (percent) " %" }
                }
                @if first < last {
                    text.tick x=(LEFT) y=(BOTTOM + 34) text-anchor="start" { (first) }
                }
                text.tick x=(RIGHT) y=(BOTTOM + 34) text-anchor="end" { (last) }
                @let x = Scale { from: (day_number(first), LEFT), to: (day_number(last), RIGHT) };
                @for (at, (_, series)) in self.lines.iter().enumerate() {
                    g class={ "line-" (at) } { (line(series, x, y, at)) }
                }
                @if let Some(words) = self.nothing() {
                    text.nothing x=((LEFT + RIGHT) / 2) y=((TOP + BOTTOM) / 2 + 40) text-anchor="middle" { (words) }
                }
            }
        }
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
fn line(series: &Series, x: Scale, y: Scale, number: usize) -> Markup {
    let place = |(day, ratio): &(NaiveDate, Cell<Ratio>)| {
        let tenths = per_mille(*ratio.shown()?)?;
        Some((x.place(day_number(*day)), y.place(tenths)))
    };
    let places: Vec<Option<(i64, i64)>> = series.points.iter().map(place).collect();
    let pieces = places
        .split(Option::is_none)
        .map(|piece| piece.iter().flatten());
    html! {
        @for piece in pieces {
            @let path: Vec<String> = piece.map(|(x, y)| format!("{x},{y}")).collect();
            @if path.len() > 1 { polyline points=(path.join(" ")) {} }
        }
        @for (x, y) in places.iter().flatten() {
            @if number == 0 {
                circle cx=(x) cy=(y) r="6" {}
            } @else {
                rect x=(x - 6) y=(y - 6) width="12" height="12" {}
            }
        }
    }
}
