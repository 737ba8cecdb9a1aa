//! Pulses and benefits: where people stood before, and where they stand.

use maud::{Markup, html};

use super::chart::value;
use super::scale::per_mille;
use super::spans::{Span, Spans};
use super::table::{Table, cell};
use super::text::{clean, heading};
use crate::health::{BeforeAfter, BenefitReading, PulseReading};
use crate::privacy::Cell;
use crate::text::shown;

/// What stands above either.
fn legend() -> Markup {
    html! {
        ul.legend {
            li { svg.key-mark viewBox="0 0 20 20" aria-hidden="true" { circle.before cx="10" cy="10" r="7" {} } " before" }
            li { svg.key-mark viewBox="0 0 20 20" aria-hidden="true" { circle.now-mark cx="10" cy="10" r="7" {} } " now" }
        }
    }
}

/// What is read, as a line of the plot, where there is a figure, and as a row of the table.
type Line = (Option<Span>, Vec<Markup>);

/// Lines in one plot: what a sheet of paper is high enough for, and an eye finds its way in.
const MOST: usize = 12;

/// What a share of a pulse is: an item that is better low reads the wrong way round without it.
const FAVOURABLE: &str = "Favourable answers of all who answered: 4 or 5, and 1 or 2 to a statement that is better denied, such as apprehension. More is better of each.";

const READ: &str =
    "Pulses as favourable answers of all who answered; levels as levels of 5 for each goal.";

/// The answers of each side to each item.
pub(super) fn pulses(readings: &[PulseReading]) -> Markup {
    let columns = [
        "Statement",
        "Of",
        "People",
        "Before",
        "Now",
        "Change",
        "Day",
    ];
    let line = |reading: &PulseReading| -> Line {
        let (item, side) = (clean(&shown(reading.item.as_str())), reading.side);
        let (code, wording) = (
            clean(reading.item.as_str()),
            clean(reading.wording.as_str()),
        );
        let head = html! {
            span dir="auto" { (heading(&code)) } span.soft { ": " span dir="auto" { (wording) } }
        };
        let of = html! { (side) "s" };
        let row = [head, of].into_iter().chain(cells(&reading.reading));
        (
            span(format!("{item}, {side}s"), &reading.reading),
            row.collect(),
        )
    };
    let lines = readings.iter().map(line).collect();
    let plots = plots(
        ("pulses", "Pulses before and now"),
        ("Pulses", &columns),
        lines,
    );
    html! { p.soft { (FAVOURABLE) } (plots) }
}

/// The nine benefits, each by what is read for it.
pub(super) fn benefits(readings: &[BenefitReading]) -> Markup {
    let columns = [
        "Benefit",
        "Read from",
        "People",
        "Before",
        "Now",
        "Change",
        "Day",
    ];
    let mut lines = Vec::new();
    for reading in readings {
        for (measure, part) in &reading.parts {
            let of = measure.to_string().replace('`', "");
            let head = html! { (heading(&reading.benefit.to_string())) };
            let (span, rest) = match part {
                Ok(figure) => (
                    span(format!("{}: {of}", reading.benefit), figure),
                    cells(figure),
                ),
                Err(gap) => {
                    let [people, _, now, change, day] = ["–"; 5].map(cell);
                    let gap = cell(gap.to_string().replace('`', ""));
                    (None, [people, gap, now, change, day])
                }
            };
            let row: Vec<Markup> = [head, cell(of)].into_iter().chain(rest).collect();
            lines.push((span, row));
        }
    }
    let plots = plots(
        ("benefits", "The nine benefits before and now"),
        ("The nine benefits", &columns),
        lines,
    );
    html! { p.soft { (READ) } (plots) }
}

/// A plot for so many lines, each with their table; where none of them has a figure, the table alone.
fn plots(
    (id, title): (&str, &str),
    (caption, columns): (&str, &[&str]),
    lines: Vec<Line>,
) -> Markup {
    let all = lines.len();
    let shown = lines.iter().filter(|(span, _)| span.is_some()).count();
    // As even as can be.
    let most = all.div_ceil(all.div_ceil(MOST).max(1)).max(1);
    let mut parts: Vec<(Vec<Span>, Table)> = Vec::new();
    for (at, (span, row)) in lines.into_iter().enumerate() {
        if at % most == 0 {
            parts.push((Vec::new(), Table::new(caption, columns)));
        }
        if let Some((spans, table)) = parts.last_mut() {
            spans.extend(span);
            table.rows.push(row);
        }
    }
    html! {
        @if shown > 0 { (legend()) }
        div.pairs {
            @for (at, (rows, table)) in parts.into_iter().enumerate() {
                @if rows.is_empty() {
                    div { (table.stacked()) }
                } @else {
                    @let spans = Spans { id: format!("{id}-{at}"), title: title.to_owned(), rows };
                    figure { (spans.render()) (table.below_a_plot()) }
                }
            }
        }
        @if shown > 0 && shown < all {
            p.soft { "Of " (all) " the " (shown) " of which there is a figure; the others stand in the data, withheld or with what is missing." }
        }
    }
}

/// From before to now; what is withheld has no line, and stands in the table.
fn span(label: String, reading: &Cell<BeforeAfter>) -> Option<Span> {
    let reading = reading.shown()?;
    let [before, now] =
        [reading.before, reading.now].map(|r| per_mille(r).map(|tenths| 10 * tenths));
    let [from, to] = [reading.before, reading.now].map(|r| value(Cell::Shown(r)));
    Some(Span {
        label,
        value: format!("{from} → {to}"),
        line: before.zip(now),
        hollow: before,
        filled: now,
    })
}

/// People, before, now, change and day.
fn cells(reading: &Cell<BeforeAfter>) -> [Markup; 5] {
    let Cell::Shown(reading) = reading else {
        return ["–", "withheld", "withheld", "–", "–"].map(cell);
    };
    let [before, now] = [reading.before, reading.now].map(|ratio| {
        html! { (value(Cell::Shown(ratio))) " " span.soft { (ratio.part()) " of " (ratio.whole()) } }
    });
    let day = reading.on;
    [
        cell(reading.people),
        before,
        now,
        html! { (format!("{:+}", reading.change())) },
        html! { time datetime=(day) { (day) } },
    ]
}
