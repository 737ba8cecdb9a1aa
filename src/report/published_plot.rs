//! The published funnel as bars of shares.

use maud::{Markup, html};

use super::chart::value;
use super::published::PublishedFunnel;
use super::scale::per_mille;
use super::table::{Table, cell};
use super::text::days;
use crate::health::{DropoutStage, Figure, Ratio};
use crate::privacy::Cell;

const WIDTH: i64 = 560;
const LEFT: i64 = 190;
const RIGHT: i64 = 430;
const ROW: i64 = 34;

/// How a stage is called by those who went on from it, and whom it counts.
const fn words(stage: DropoutStage) -> (&'static str, &'static str) {
    match stage {
        DropoutStage::Proposed => ("accepted by both", "proposals accepted or not"),
        DropoutStage::Preparing => ("began", "accepted pairings that began or not"),
        DropoutStage::Chemistry => (
            "settled",
            "pairings whose chemistry period is over, or that ended in it",
        ),
        DropoutStage::Active => (
            "completed",
            "settled pairings that were completed or ended otherwise",
        ),
    }
}

type Row = ((&'static str, &'static str), Cell<Figure>);

/// Every stage that is published or withheld, for sponsors; nothing where the release has no such figure.
pub(super) fn render(funnel: &PublishedFunnel) -> Markup {
    let people = funnel
        .people
        .map(|figure| (("in a pairing", "people who take part"), figure));
    let stages = funnel.stages.iter();
    let stages = stages.filter_map(|(stage, figure)| Some((words(*stage), (*figure)?)));
    let rows: Vec<Row> = people.into_iter().chain(stages).collect();
    let told: Vec<String> = rows
        .iter()
        .map(|((name, _), f)| format!("{name} {}", text(f)))
        .collect();
    let height = ROW * i64::try_from(rows.len()).unwrap_or(0);
    html! {
        p { "Of those that are through a stage, the share that went on. Each stage has its own whole: shares do not multiply." }
        figure.single {
            svg.funnel viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby="funnel-title funnel-desc" {
                title id="funnel-title" { "From enrolled to completed" }
                desc id="funnel-desc" { "Shares of those through each stage: " (told.join(", ")) "." }
                @for (((name, _), figure), at) in rows.iter().zip(0i64..) {
                    @let middle = ROW * at + ROW / 2;
                    @let tenths = figure.shown().and_then(|f| per_mille(f.ratio));
                    @let end = tenths.map_or(LEFT, |tenths| LEFT + tenths * (RIGHT - LEFT) / 1000);
                    text.label x=(LEFT - 12) y=(middle + 6) text-anchor="end" { (name) }
                    @if tenths.is_some() {
                        rect.track x=(LEFT) y=(middle - 11) width=(RIGHT - LEFT) height="22" rx="2" {}
                    }
                    @if end > LEFT { rect.fill x=(LEFT) y=(middle - 11) width=(end - LEFT) height="22" rx="2" {} }
                    text.number x=(if tenths.is_some() { RIGHT + 10 } else { LEFT }) y=(middle + 6) { (text(figure)) }
                }
            }
            (table(&rows).below_a_plot())
        }
    }
}

fn text(figure: &Cell<Figure>) -> String {
    value(ratio(figure))
}

fn ratio(figure: &Cell<Figure>) -> Cell<Ratio> {
    match figure {
        Cell::Shown(figure) => Cell::Shown(figure.ratio),
        Cell::Withheld => Cell::Withheld,
    }
}

fn table(rows: &[Row]) -> Table {
    let columns = ["Stage", "Went on", "Through it", "Share", "Period"];
    let mut table = Table::new("How far pairings come", &columns);
    for ((name, whole), figure) in rows {
        let counts = figure.shown().map(|f| [f.ratio.part(), f.ratio.whole()]);
        let [part, all] = counts.map_or(["–"; 2].map(cell), |counts| counts.map(cell));
        table.rows.push(vec![
            html! { (name) span.soft { ", of " (whole) } },
            part,
            all,
            cell(text(figure)),
            html! { @match figure { Cell::Shown(figure) => (days(figure.period)), Cell::Withheld => "–" } },
        ]);
    }
    table
}
