//! A chart of where many replicates lie: a band for each of two, and its middle as a line.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::plot;
use super::scale::{Scale, Steps, day_number, round_steps};
use super::table::{Table, cell};
use crate::simulation::experiment::Band;

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

    /// From below the lowest end of a band to above the highest, in steps of a point at least; of no band, all there is.
    fn steps(&self) -> Steps {
        let bands = self.courses.iter().flat_map(|(_, course)| course);
        let ends = bands.filter_map(|(_, band)| band.as_ref().map(|b| (b.low, b.high)));
        let (lowest, highest) = ends
            .reduce(|(low, high), (l, h)| (low.min(l), high.max(h)))
            .unwrap_or((0, 1000));
        round_steps(lowest.into(), highest.into(), 10, 4)
    }

    pub(super) fn render(&self) -> Markup {
        let steps = self.steps();
        let y = plot::up(steps);
        let drawn = html! {
            (plot::levels(steps))
            @if let Some(days) = self.days() {
                (plot::months(days))
                @let x = plot::across(days);
                @for (at, (_, course)) in self.courses.iter().enumerate() {
                    g class={ "band-" (at) } { @for piece in pieces(course) { (area(piece, x, y)) } }
                }
                @for (at, (_, course)) in self.courses.iter().enumerate() {
                    g class={ "line-" (at) } { @for piece in pieces(course) { (middle(piece, x, y, at)) } }
                }
            }
            @if self.courses.iter().all(|(_, course)| pieces(course).next().is_none()) {
                (plot::nothing("no data"))
            }
        };
        plot::paper(&self.id, &self.title, &self.description(), drawn)
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
) -> impl DoubleEndedIterator<Item = (i64, i64)> {
    piece.iter().filter_map(move |(day, band)| {
        let value = value(band.as_ref()?);
        Some((x.place(day_number(*day)), y.place(value.into())))
    })
}

/// From the low ends to the right, and back over the high ones.
fn area(piece: &[(NaiveDate, Option<Band>)], x: Scale, y: Scale) -> Markup {
    let low = places(piece, x, y, |band| band.low);
    let around = low.chain(places(piece, x, y, |band| band.high).rev());
    let path: Vec<String> = around.map(|(x, y)| format!("{x},{y}")).collect();
    html! { polygon points=(path.join(" ")) {} }
}

/// The line of the middle, with a mark at its end.
fn middle(piece: &[(NaiveDate, Option<Band>)], x: Scale, y: Scale, number: usize) -> Markup {
    let line = || places(piece, x, y, |band| band.middle);
    html! {
        (plot::through(line()))
        @if let Some(end) = line().next_back() { (plot::mark(number, end)) }
    }
}
