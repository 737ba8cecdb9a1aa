//! What is wrong with what was sent: a charter, an answer of readiness, a roster. All of it, each with a code.

use reverse_mentoring::charter::{CharterError, CharterFlaw, NotReady, Part};
use reverse_mentoring::import::Faults;
use reverse_mentoring::policy::Violation;
use serde_json::json;

use crate::problem::Problem;

/// Everything that keeps a body from being a charter; what is missing by the name that it has there.
impl From<CharterError> for Problem {
    fn from(flaws: CharterError) -> Self {
        let violations = flaws.0.iter().map(flaw).collect();
        Self::invalid("charter", flaws).because(violations)
    }
}

fn flaw(flaw: &CharterFlaw) -> Violation {
    let said = |code| Violation::new(code, flaw.to_string());
    match flaw {
        CharterFlaw::Missing(part) => said("missing").text(
            "field",
            match part {
                Part::Start => "starts".to_owned(),
                Part::End => "ends".to_owned(),
                Part::Budget => "budget".to_owned(),
                part => part.to_string(),
            },
        ),
        CharterFlaw::Days { starts, ends } => said("ends-too-early")
            .text("starts", starts.to_string())
            .text("ends", ends.to_string()),
        CharterFlaw::TooLong(days) => said("over-ten-years").number("days", *days),
        CharterFlaw::Time {
            sessions,
            minutes,
            ends,
            month,
        } => said("over-budget")
            .number("sessions", *sessions)
            .number("minutes", *minutes)
            .text("ends", ends.to_string())
            .text("month", month.to_string()),
        _ => said("charter"),
    }
}

/// What somebody has not confirmed who wants to take part, by the words that a body has for it.
impl From<NotReady> for Problem {
    fn from(no: NotReady) -> Self {
        let words = no.0.iter().map(|word| json!(word));
        let words: Vec<String> = words
            .map(|word| word.as_str().unwrap_or_default().to_owned())
            .collect();
        let violations = words.iter().map(|word| {
            Violation::new("not-confirmed", format!("`{word}` is not confirmed"))
                .text("statement", word.as_str())
        });
        let violations = violations.collect();
        let detail = format!("not confirmed: {}", words.join(", "));
        Self::invalid("not-ready", detail).because(violations)
    }
}

/// Every fault of a roster file, by line. The sentences quote cells: they are for whoever sent the file, and not for a log.
impl From<Faults> for Problem {
    fn from(faults: Faults) -> Self {
        let violations = faults.0.iter().map(|fault| {
            let line = i64::try_from(fault.line).unwrap_or(i64::MAX);
            let said = Violation::new(fault.code.as_str(), fault.text.clone()).number("line", line);
            match &fault.column {
                Some(column) => said.text("column", column.clone()),
                None => said,
            }
        });
        let violations = violations.collect();
        Self::invalid("roster", &faults).because(violations)
    }
}
