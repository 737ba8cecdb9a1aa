//! Pairings that need a check-in, and why.

use maud::{Markup, html};

use super::heat_plot::MOST_ROWS;
use super::table::{Table, cell};
use super::text::{name, reason, urgency};
use crate::health::{PairingHealth, PairingStatus, ProgramHealth};
use crate::ids::PairingId;

/// At risk or overdue, those at risk first, then by how long they have not met.
pub(super) fn render(health: &ProgramHealth, names: &dyn Fn(PairingId) -> String) -> Markup {
    let wanting = health.pairings.iter();
    let wanting = wanting.filter(|p| {
        matches!(
            p.status,
            PairingStatus::AtRisk | PairingStatus::NeedsCheckIn
        )
    });
    let mut wanting: Vec<(&PairingHealth, String)> =
        wanting.map(|p| (p, names(p.pairing))).collect();
    wanting.sort_by(|(a, of_a), (b, of_b)| {
        let key = |p: &PairingHealth| (urgency(p.status), std::cmp::Reverse(p.days_since));
        key(a)
            .cmp(&key(b))
            .then_with(|| of_a.cmp(of_b))
            .then(a.pairing.cmp(&b.pairing))
    });
    let columns = [
        "Pairing",
        "Status",
        "Why",
        "Held",
        "Last held",
        "Days since",
    ];
    let mut table = Table::new("Pairings that need a check-in", &columns);
    for (pairing, called) in wanting.iter().take(MOST_ROWS) {
        let reasons: Vec<String> = pairing.reasons.iter().map(|code| reason(code)).collect();
        table.rows.push(vec![
            name(called),
            html! { span.now { (pairing.status.words()) } },
            cell(reasons.join("; ")),
            cell(pairing.held),
            html! { @match pairing.last_held { Some(day) => time datetime=(day) { (day) }, None => "never" } },
            cell(pairing.days_since),
        ]);
    }
    html! {
        @if wanting.is_empty() {
            p { "None." }
        } @else {
            @if wanting.len() > MOST_ROWS {
                p.soft { "Of " (wanting.len()) " pairings the " (MOST_ROWS) " that are at risk, or have not met for longest." }
            }
            (table.stacked())
        }
    }
}
