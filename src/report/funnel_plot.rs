//! The funnel as bars.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::funnel::{Funnel, FunnelStep, ReleasedFunnel};
use super::scale::Scale;
use super::table::{Table, cell};
use crate::privacy::Cell;

const WIDTH: i64 = 480;
const LEFT: i64 = 150;
const RIGHT: i64 = 390;
const ROW: i64 = 34;

const fn words(step: FunnelStep) -> &'static str {
    match step {
        FunnelStep::Enrolled => "enrolled",
        FunnelStep::Proposed => "pairing proposed",
        FunnelStep::Accepted => "both accepted",
        FunnelStep::Started => "started",
        FunnelStep::Met => "met",
        FunnelStep::Completed => "completed",
    }
}

/// For coordinators: every figure.
pub(super) fn whole(funnel: &Funnel) -> Markup {
    render(funnel.as_of, funnel.people.map(Cell::Shown))
}

/// For sponsors: what is released.
pub(super) fn released(funnel: &ReleasedFunnel) -> Markup {
    render(funnel.as_of, funnel.people)
}

fn render(as_of: NaiveDate, people: [Cell<u64>; 6]) -> Markup {
    let most = people
        .iter()
        .filter_map(Cell::shown)
        .max()
        .copied()
        .unwrap_or(0);
    let x = Scale {
        from: (0, LEFT),
        to: (i64::try_from(most).unwrap_or(i64::MAX).max(1), RIGHT),
    };
    let steps = || FunnelStep::ALL.iter().zip(people).zip(0i64..);
    let text = |people: Cell<u64>| match people {
        Cell::Shown(people) => people.to_string(),
        Cell::Withheld => "withheld".to_owned(),
    };
    let told: Vec<String> = steps()
        .map(|((step, people), _)| format!("{} {}", words(*step), text(people)))
        .collect();
    let height = ROW * 6;
    let mut table = Table::new("How far people came", &["Step", "People"]);
    for ((step, people), _) in steps() {
        table
            .rows
            .push(vec![cell(words(*step)), cell(text(people))]);
    }
    html! {
        p.soft { "People who had ever come so far or farther by " time { (as_of) } ", each counted once." }
        figure.single {
            svg.funnel viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby="funnel-title funnel-desc" {
                title id="funnel-title" { "From enrolled to completed" }
                desc id="funnel-desc" { "People on " (as_of) ": " (told.join(", ")) "." }
                @for ((step, people), at) in steps() {
                    @let middle = ROW * at + ROW / 2;
                    text.label x=(LEFT - 12) y=(middle + 6) text-anchor="end" { (words(*step)) }
                    @let end = people.shown().map_or(LEFT, |people| x.place(i64::try_from(*people).unwrap_or(i64::MAX)));
                    @if end > LEFT { rect.fill x=(LEFT) y=(middle - 11) width=(end - LEFT) height="22" rx="2" {} }
                    text.number x=(end + 10) y=(middle + 6) { (text(people)) }
                }
            }
            (table.below_a_plot())
        }
    }
}
