//! A chart of where many replicates lie: a band for each of two, and its middle as a line.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::scale::{Scale, day_number};
use super::table::{Table, cell};
use crate::simulation::experiment::Band;

/// The paper, and the rectangle of the plot on it.
const WIDTH: i64 = 640;
const HEIGHT: i64 = 300;
const LEFT: i64 = 84;
const RIGHT: i64 = 602;
const TOP: i64 = 34;
const BOTTOM: i64 = 250;

/// By day; nothing where no replicate has data.
pub(super) type Course = Vec<(NaiveDate, Option<Band>)>;

/// Two courses on one scale of days.
#[derive(Debug)]
pub(super) struct BandChart<'a> {
    /// What ids begin with.
    pub(super) id: String,
    pub(super) title: String,
    /// Each with its name, the first above.
    pub(super) courses: [(&'a str, Course); 2],
}

/// Tenths of a per cent in words.
pub(super) fn percent(tenths: u16) -> String {
    format!("{}.{} %", tenths / 10, tenths % 10)
}

impl BandChart<'_> {
    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.courses.iter().flat_map(|(_, course)| course);
        let days = || days().map(|(day, _)| *day);
        days().min().zip(days().max())
    }

    pub(super) fn render(&self) -> Markup {
        let (title, desc) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        let y = Scale {
            from: (0, BOTTOM),
            to: (1000, TOP),
        };
        let days = self.days();
        html! {
            svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ (title) " " (desc) } {
                title id=(title) { (self.title) }
                desc id=(desc) { (self.description()) }
                @for percent in [0, 50, 100] {
                    line.grid x1=(LEFT) x2=(RIGHT) y1=(y.place(10 * percent)) y2=(y.place(10 * percent)) {}
                    text.tick x=(LEFT - 12) y=(y.place(10 * percent) + 8) text-anchor="end" { (percent) " %" }
                }
                @if let Some((first, last)) = days {
                    @if first < last {
                        text.tick x=(LEFT) y=(BOTTOM + 34) text-anchor="start" { (first) }
                    }
                    text.tick x=(RIGHT) y=(BOTTOM + 34) text-anchor="end" { (last) }
                    @let x = Scale { from: (day_number(first), LEFT), to: (day_number(last), RIGHT) };
                    @for (at, (_, course)) in self.courses.iter().enumerate() {
                        g class={ "band-" (at) } { @for piece in pieces(course) { (area(piece, x, y)) } }
                    }
                    @for (at, (_, course)) in self.courses.iter().enumerate() {
                        g class={ "line-" (at) } { @for piece in pieces(course) { (middle(piece, x, y, at)) } }
                    }
                }
                @if self.courses.iter().all(|(_, course)| pieces(course).next().is_none()) {
                    text.nothing x=((LEFT + RIGHT) / 2) y=((TOP + BOTTOM) / 2 + 40) text-anchor="middle" { "no data" }
                }
            }
        }
    }

    /// Each day with both bands.
    pub(super) fn table(&self) -> Table {
        let names = self.courses.iter().flat_map(|(name, _)| {
            let of = |what: &str| format!("{name}: {what}");
            [of("5 %"), of("half"), of("95 %")]
        });
        let columns: Vec<String> = std::iter::once("Day".to_owned()).chain(names).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut table = Table::new(self.title.clone(), &columns);
        let mut days: Vec<NaiveDate> = self
            .courses
            .iter()
            .flat_map(|(_, c)| c)
            .map(|(d, _)| *d)
            .collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let mut row = vec![cell(day)];
            for (_, course) in &self.courses {
                let band = course.iter().find(|(d, _)| *d == day);
                row.extend(match band.and_then(|(_, band)| *band) {
                    Some(band) => [band.low, band.middle, band.high].map(|v| cell(percent(v))),
                    None => ["–"; 3].map(cell),
                });
            }
            table.rows.push(row);
        }
        table
    }

    /// The last band of each, for whoever does not see it.
    fn description(&self) -> String {
        let told = self.courses.iter().map(|(name, course)| {
            let last = course.iter().rev().find_map(|(day, band)| Some((day, (*band)?)));
            match last {
                Some((day, band)) => format!(
                    "{name} on {day}: half of the years above {}, one in twenty below {} and one above {}.",
                    percent(band.middle),
                    percent(band.low),
                    percent(band.high)
                ),
                None => format!("{name}: no data."),
            }
        });
        told.collect::<Vec<_>>().join(" ")
    }
}

/// Stretches of days with data.
fn pieces(course: &Course) -> impl Iterator<Item = &[(NaiveDate, Option<Band>)]> {
    let pieces = course.split(|(_, band)| band.is_none());
    pieces.filter(|piece| !piece.is_empty())
}

fn places(
    piece: &[(NaiveDate, Option<Band>)],
    x: Scale,
    y: Scale,
    value: fn(&Band) -> u16,
) -> Vec<String> {
    let place = |(day, band): &(NaiveDate, Option<Band>)| {
        let value = value(band.as_ref()?);
        Some(format!(
            "{},{}",
            x.place(day_number(*day)),
            y.place(value.into())
        ))
    };
    piece.iter().filter_map(place).collect()
}

/// From the low ends to the right, and back over the high ones.
fn area(piece: &[(NaiveDate, Option<Band>)], x: Scale, y: Scale) -> Markup {
    let mut path = places(piece, x, y, |band| band.low);
    path.extend(places(piece, x, y, |band| band.high).into_iter().rev());
    html! { polygon points=(path.join(" ")) {} }
}

/// The line of the middle, with a mark at its end.
fn middle(piece: &[(NaiveDate, Option<Band>)], x: Scale, y: Scale, number: usize) -> Markup {
    let path = places(piece, x, y, |band| band.middle);
    let end = piece.last().and_then(|(day, band)| {
        let middle = band.as_ref()?.middle;
        Some((x.place(day_number(*day)), y.place(middle.into())))
    });
    html! {
        @if path.len() > 1 { polyline points=(path.join(" ")) {} }
        @if let Some((x, y)) = end {
            @if number == 0 {
                circle cx=(x) cy=(y) r="6" {}
            } @else {
                rect x=(x - 6) y=(y - 6) width="12" height="12" {}
            }
        }
    }
}
