//! Pulses and benefits: where people stood before, and where they stand.

use maud::{Markup, html};

use super::chart::value;
use super::scale::per_mille;
use super::spans::{Span, Spans};
use super::table::{Table, cell};
use super::text::{clean, heading};
use crate::health::{BeforeAfter, BenefitReading, PulseReading};
use crate::privacy::Cell;

/// What stands above either.
fn legend() -> Markup {
    html! {
        ul.legend {
            li { svg.key-mark viewBox="0 0 20 20" aria-hidden="true" { circle.before cx="10" cy="10" r="7" {} } " before" }
            li { svg.key-mark viewBox="0 0 20 20" aria-hidden="true" { circle.now-mark cx="10" cy="10" r="7" {} } " now" }
        }
    }
}

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
    let mut table = Table::new("Pulses", &columns);
    let mut rows = Vec::new();
    for reading in readings {
        let (item, side) = (clean(reading.item.as_str()), reading.side);
        rows.extend(span(format!("{item}, {side}s"), &reading.reading));
        let head = html! { (heading(&item)) span.soft { ": " (clean(reading.wording.as_str())) } };
        let of = html! { (side) "s" };
        table.rows.push(
            [head, of]
                .into_iter()
                .chain(cells(&reading.reading))
                .collect(),
        );
    }
    plot("pulses", "Pulses before and now", rows, &table)
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
    let mut table = Table::new("The nine benefits", &columns);
    let mut rows = Vec::new();
    for reading in readings {
        for (measure, part) in &reading.parts {
            let of = measure.to_string().replace('`', "");
            let head = html! { (heading(&reading.benefit.to_string())) };
            let rest = match part {
                Ok(figure) => {
                    rows.extend(span(format!("{}: {of}", reading.benefit), figure));
                    cells(figure)
                }
                Err(gap) => {
                    let [people, _, now, change, day] = ["–"; 5].map(cell);
                    [
                        people,
                        cell(gap.to_string().replace('`', "")),
                        now,
                        change,
                        day,
                    ]
                }
            };
            table
                .rows
                .push([head, cell(of)].into_iter().chain(rest).collect());
        }
    }
    plot("benefits", "The nine benefits before and now", rows, &table)
}

fn plot(id: &str, title: &str, rows: Vec<Span>, table: &Table) -> Markup {
    let spans = Spans {
        id: id.to_owned(),
        title: title.to_owned(),
        rows,
    };
    html! {
        @if spans.rows.is_empty() {
            (table.stacked())
        } @else {
            (legend())
            figure.single { (spans.render()) (table.below_a_plot()) }
            @if spans.rows.len() < table.rows.len() {
                p.soft { "Of " (table.rows.len()) " the " (spans.rows.len()) " of which there is a figure; the others stand in the data, withheld or with what is missing." }
            }
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
