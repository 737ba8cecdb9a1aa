//! The funnel as bars.

use maud::{Markup, html};

use super::funnel::{Funnel, FunnelStep};
use super::scale::Scale;
use super::table::{Table, cell};

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

/// Every figure, for coordinators.
pub(super) fn render(funnel: &Funnel) -> Markup {
    let (as_of, people) = (funnel.as_of, funnel.people);
    let most = people.iter().max().copied().unwrap_or(0);
    let place = |people: u64| i64::try_from(people).unwrap_or(i64::MAX);
    let x = Scale {
        from: (0, LEFT),
        to: (place(most).max(1), RIGHT),
    };
    let steps = || FunnelStep::ALL.iter().zip(people).zip(0i64..);
    let told: Vec<String> = steps()
        .map(|((step, people), _)| format!("{} {people}", words(*step)))
        .collect();
    let height = ROW * 6;
    let mut table = Table::new("How far people came", &["Step", "People"]);
    for ((step, people), _) in steps() {
        table.rows.push(vec![cell(words(*step)), cell(people)]);
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
                    @let end = x.place(place(people));
                    @if end > LEFT { rect.fill x=(LEFT) y=(middle - 11) width=(end - LEFT) height="22" rx="2" {} }
                    text.number x=(end + 10) y=(middle + 6) { (people) }
                }
            }
            (table.below_a_plot())
        }
    }
}
