//! How many pairings have which status.

use maud::{Markup, html};

use super::text::urgency;
use crate::health::{PairingStatus, ProgramHealth};

/// Every status that a pairing has, the most urgent first.
pub(super) fn render(health: &ProgramHealth) -> Markup {
    let mut there: Vec<PairingStatus> = health.pairings.iter().map(|p| p.status).collect();
    there.sort_by_key(|status| urgency(*status));
    there.dedup();
    let all = health.pairings.len();
    html! {
        @if all == 0 {
            p { "No pairing has started." }
        } @else {
            p { strong { (all) } @if all == 1 { " pairing has started." } @else { " pairings have started." } }
            ul.statuses {
                @for status in there { li { strong { (health.count(status)) } " " (status.words()) } }
            }
        }
    }
}
