//! The heat-map of pairings × weeks.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::heat::{HeatMap, HeatRow, Week};
use super::table::{Table, cell};
use super::text::name;
use crate::ids::PairingId;

/// The side of a cell and the distance of two.
const SIDE: usize = 12;
const STEP: usize = 15;
/// Pairings on a page: more are left to the tidy rows, and the page says how many.
pub(super) const MOST_ROWS: usize = 400;

const fn words(week: Week) -> &'static str {
    match week {
        Week::Held => "a session held",
        Week::NotHeld => "cancelled or missed",
        Week::HeldUp => "paused or suspended",
        Week::Nothing => "nothing on record",
        Week::Outside => "not running",
    }
}

const fn letter(week: Week) -> &'static str {
    match week {
        Week::Held => "held",
        Week::NotHeld => "not held",
        Week::HeldUp => "held up",
        Week::Nothing => "nothing",
        Week::Outside => "–",
    }
}

/// A row for each pairing, under its name; the weeks below in a table.
pub(super) fn render(map: &HeatMap, names: &dyn Fn(PairingId) -> String) -> Markup {
    let mut rows: Vec<(&HeatRow, String)> = map
        .rows
        .iter()
        .map(|row| (row, names(row.pairing)))
        .collect();
    // By status as in the map; within one, by name.
    rows.sort_by(|(a, of_a), (b, of_b)| {
        let urgency = |row: &HeatRow| super::text::urgency(row.status);
        urgency(a)
            .cmp(&urgency(b))
            .then_with(|| of_a.cmp(of_b))
            .then(a.pairing.cmp(&b.pairing))
    });
    let all = rows.len();
    rows.truncate(MOST_ROWS);
    let Some((first, last)) = map
        .mondays
        .first()
        .zip(map.mondays.last())
        .filter(|_| all > 0)
    else {
        return html! { p { "No pairing ran in these weeks." } };
    };
    html! {
        p.soft {
            "Weeks that begin on the Mondays from " time { (first) } " to " time { (last) } ". "
            @if all > rows.len() {
                "Of " (all) " pairings the " (rows.len()) " that need attention first."
            }
        }
        ul.legend {
            @for week in Week::ALL { @if week != Week::Outside { li {
                svg.key-cell viewBox={ "0 0 " (SIDE) " " (SIDE) } aria-hidden="true" { (mark(week, 0)) }
                " " (words(week))
            } } }
        }
        figure.single {
            div.wide role="region" aria-label="Pairings and weeks" tabindex="0" {
                table.heat {
                    caption { "Cadence of pairings, week by week" }
                    thead { tr {
                        th scope="col" { "Pairing" }
                        th scope="col" { "Status" }
                        th scope="col" { span.heard { "Weeks" } (months(&map.mondays)) }
                    } }
                    tbody {
                        @for (row, called) in &rows { tr {
                            th scope="row" { (name(called)) }
                            td { (row.status.words()) }
                            td { (strip(row)) }
                        } }
                    }
                }
            }
            (table(map, &rows).below_a_plot())
        }
    }
}

/// The months above the weeks: where one begins.
fn months(mondays: &[NaiveDate]) -> Markup {
    let begins: Vec<(usize, &NaiveDate)> = mondays
        .iter()
        .enumerate()
        .filter(|(at, monday)| *at == 0 || monday.day() <= 7)
        .collect();
    let width = STEP * mondays.len();
    html! {
        svg.strip width=(width) height="18" viewBox={ "0 0 " (width) " 18" } aria-hidden="true" {
            @for (n, (at, monday)) in begins.iter().enumerate() {
                // The first month may end after a week or two, and the last may have no room.
                @let room = begins.get(n + 1).map_or(mondays.len(), |(next, _)| *next) - at;
                @if room >= 3 { text.month x=(STEP * at) y="13" { (monday.format("%b")) } }
            }
        }
    }
}

/// The weeks of one pairing.
fn strip(row: &HeatRow) -> Markup {
    let (width, count) = (STEP * row.weeks.len(), row.weeks.len());
    let told = Week::ALL.iter().filter_map(|kind| {
        let weeks = row.weeks.iter().filter(|week| *week == kind).count();
        (weeks > 0).then(|| format!("{}: {weeks}", words(*kind)))
    });
    let told = format!("Of {count} weeks, {}", told.collect::<Vec<_>>().join(", "));
    html! {
        svg.strip width=(width) height=(SIDE) viewBox={ "0 0 " (width) " " (SIDE) } role="img" aria-label=(told) {
            title { (told) }
            @for (at, week) in row.weeks.iter().enumerate() { (mark(*week, STEP * at)) }
        }
    }
}

/// A cell: its kind is told by a shape as well as by a colour.
fn mark(week: Week, x: usize) -> Markup {
    let (path, class) = match week {
        Week::Held => (format!("M{x} 0h{SIDE}v{SIDE}h-{SIDE}z"), "held"),
        Week::NotHeld => (format!("M{} 2l8 8m0 -8l-8 8", x + 2), "not-held"),
        Week::HeldUp => (format!("M{} 2v8M{} 2v8", x + 4, x + 8), "held-up"),
        Week::Nothing => (format!("M{} 6h4", x + 4), "nothing"),
        Week::Outside => return html! {},
    };
    html! { path class=(class) d=(path) {} }
}

fn table(map: &HeatMap, rows: &[(&HeatRow, String)]) -> Table {
    let mondays: Vec<String> = map.mondays.iter().map(ToString::to_string).collect();
    let columns: Vec<&str> = std::iter::once("Pairing")
        .chain(mondays.iter().map(String::as_str))
        .collect();
    let mut table = Table::new("Pairings and the Mondays of their weeks", &columns);
    for (row, called) in rows {
        let weeks = row.weeks.iter().map(|week| cell(letter(*week)));
        table
            .rows
            .push(std::iter::once(name(called)).chain(weeks).collect());
    }
    table
}
