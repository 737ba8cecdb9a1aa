//! What might be done next about each pairing, and why.

use maud::{Markup, html};

use super::heat_plot::MOST_ROWS;
use super::table::{Table, cell};
use super::text::{heading, name, reason};
use crate::health::{NextStep, ProgramHealth, Rung};
use crate::ids::PairingId;

/// The highest rung first; within one, those that have waited longest.
pub(super) fn render(health: &ProgramHealth, names: &dyn Fn(PairingId) -> String) -> Markup {
    let steps = health.next_steps.iter();
    let mut steps: Vec<(&NextStep, String)> = steps.map(|s| (s, names(s.pairing))).collect();
    steps.sort_by(|(a, of_a), (b, of_b)| {
        let key = |s: &NextStep| (std::cmp::Reverse(s.step), std::cmp::Reverse(s.days));
        key(a)
            .cmp(&key(b))
            .then_with(|| of_a.cmp(of_b))
            .then(a.pairing.cmp(&b.pairing))
    });
    let columns = ["Pairing", "Step", "Why", "Days"];
    let mut table = Table::new("What might be done next", &columns);
    for (step, called) in steps.iter().take(MOST_ROWS) {
        let reasons: Vec<String> = step.reasons.iter().map(|r| reason(r.as_str())).collect();
        table.rows.push(vec![
            name(called),
            cell(heading(step.step.words())),
            cell(reasons.join("; ")),
            cell(step.days),
        ]);
    }
    let rungs = Rung::ALL.into_iter().rev();
    let counted = rungs.map(|rung| (rung, steps.iter().filter(|(s, _)| s.step == rung).count()));
    html! {
        @if steps.is_empty() {
            p { "None: nothing needs a step." }
        } @else {
            p { "Suggested by attendance and administration. Each is a person's decision, and nothing is done by itself." }
            ul.statuses {
                @for (rung, n) in counted.filter(|(_, n)| *n > 0) { li { strong { (n) } " " (rung.words()) } }
            }
            @if steps.len() > MOST_ROWS {
                p.soft { "Of " (steps.len()) " pairings the " (MOST_ROWS) " on the highest rungs." }
            }
            (table.stacked())
        }
    }
}
