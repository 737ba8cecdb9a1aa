//! The self-assessment by the six standards.

use maud::{Markup, html};

use super::table::{Table, cell};
use super::text::heading;
use crate::health::{SelfAssessment, StandardAssessment};

/// Each standard with what is shown, stated and missing. It says what it is not before anything else.
pub(super) fn render(assessment: &SelfAssessment) -> Markup {
    let mut all = Table::new(
        "The six standards",
        &["Standard", "There", "Of", "To show or to state"],
    );
    for standard in &assessment.standards {
        let there = standard.there();
        let lacking = standard.lacking().into_iter().map(|point| point.words());
        let open = standard.unstated().into_iter().map(|claim| claim.words());
        let missing: Vec<&str> = lacking.chain(open).collect();
        let missing = match missing.as_slice() {
            [] => "nothing".to_owned(),
            some => some.join("; "),
        };
        all.rows.push(vec![
            cell(heading(standard.standard.words())),
            cell(there.part()),
            cell(there.whole()),
            cell(missing),
        ]);
    }
    html! {
        p { strong { (SelfAssessment::NOT_AN_AWARD.trim_end()) } }
        p.soft { "By the six core standards of the EMCC for mentoring programmes (ISMCP): what the data show, and what those who run the programme have stated." }
        (all.stacked())
        (evidence(&assessment.standards).below_a_plot())
    }
}

/// Every data point and every claim.
fn evidence(standards: &[StandardAssessment]) -> Table {
    let columns = ["Standard", "What", "State", "Counts or day"];
    let mut table = Table::new("What is shown and stated", &columns);
    for standard in standards {
        let head = heading(standard.standard.words());
        let lacking = standard.lacking();
        for (point, ratio) in &standard.shown {
            let state = if lacking.contains(point) {
                "missing"
            } else {
                "shown"
            };
            let counts = match ratio.whole() {
                0 => "no data".to_owned(),
                whole => format!("{} of {whole}", ratio.part()),
            };
            let row = [head.as_str(), point.words(), state, &counts].map(cell);
            table.rows.push(row.into());
        }
        for stated in &standard.stated {
            let day = stated.on;
            table.rows.push(vec![
                cell(&head),
                cell(stated.claim.words()),
                cell("stated"),
                html! { time datetime=(day) { (day) } },
            ]);
        }
        for claim in standard.unstated() {
            let row = [head.as_str(), claim.words(), "to state", "–"].map(cell);
            table.rows.push(row.into());
        }
    }
    table
}
