//! What pairings break, lack, and rest on.

use maud::{Markup, html};

use super::table::{Table, cell};
use super::text::{clean, name, reason};
use crate::health::ProgramHealth;
use crate::ids::PairingId;

/// Broken invariants, gaps in the evidence, exemptions; each a table where there are any.
pub(super) fn render(health: &ProgramHealth, names: &dyn Fn(PairingId) -> String) -> Markup {
    // By the names on the page; the ids beneath settle who of one name comes first.
    let record = health.to_record(names);
    let mut broken = Table::new(
        "Broken core invariants",
        &["Pairing", "Invariant", "What is found"],
    );
    for v in &record.violations {
        let row = vec![name(&v.pairing), cell(clean(&v.code)), name(&v.message)];
        broken.rows.push(row);
    }
    let mut missing = Table::new("Gaps in the evidence", &["Pairing", "Missing"]);
    for m in &record.missing_evidence {
        missing
            .rows
            .push(vec![name(&m.pairing), cell(reason(m.what))]);
    }
    let mut exempted = Table::new(
        "Pairings by an exemption",
        &[
            "Pairing",
            "Levels between the two",
            "Why the mentee is exempted",
        ],
    );
    for e in &record.exempted {
        let row = vec![
            name(&e.pairing),
            cell(e.levels.as_u32()),
            cell(reason(e.reason.as_str())),
        ];
        exempted.rows.push(row);
    }
    let tables = [broken, missing, exempted];
    html! {
        @if tables.iter().all(|t| t.rows.is_empty()) {
            p { "No broken invariant, no gap in the evidence, no exemption." }
        }
        @for table in tables.iter().filter(|t| !t.rows.is_empty()) { (table.stacked()) }
    }
}
