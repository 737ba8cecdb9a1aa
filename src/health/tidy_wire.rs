//! What of a figure's row cannot be together, and the row as it is read.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;

use super::metric::Ratio;
use super::tidy::FigureRow;
use crate::privacy::Audience;

/// A cell that cannot stand beside the others of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contradiction {
    /// Which.
    pub(crate) column: &'static str,
    /// What follows the column's name in a sentence.
    pub(crate) text: &'static str,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.column, self.text)
    }
}

impl FigureRow {
    /// Everything in the row that health never says, in the order of the columns.
    pub(crate) fn contradictions(&self) -> Vec<Contradiction> {
        let mut found = Vec::new();
        let mut say = |wrong: bool, column, text| {
            if wrong {
                found.push(Contradiction { column, text });
            }
        };
        let lone = "is there without `breakdown`, or the other way round";
        say(
            self.breakdown.is_some() != self.group.is_some(),
            "group",
            lone,
        );
        if self.withheld {
            let shown = "is shown, though the figure is withheld";
            say(self.numerator.is_some(), "numerator", shown);
            say(self.denominator.is_some(), "denominator", shown);
            say(self.value.is_some(), "value", shown);
            say(self.repeated_from.is_some(), "repeated_from", shown);
            return found;
        }
        let blank = "is blank, though the figure is not withheld";
        say(self.numerator.is_none(), "numerator", blank);
        say(self.denominator.is_none(), "denominator", blank);
        if let (Some(part), Some(whole)) = (self.numerator, self.denominator) {
            match Ratio::new(part, whole) {
                None => say(true, "numerator", "is over the denominator"),
                Some(ratio) => {
                    let other = "is not the numerator by the denominator with four decimals, or not blank for a denominator of 0";
                    say(ratio.decimal() != self.value, "value", other);
                }
            }
        }
        say(
            self.repeated_from.is_some_and(|day| day > self.as_of),
            "repeated_from",
            "is after `as_of`",
        );
        found
    }
}

/// The fields of a row, before they are held against each other.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("if" = {"properties": {"withheld": {"const": true}}},
"then" = {"properties": {"numerator": {"type": "null"}, "denominator": {"type": "null"}, "value": {"type": "null"}, "repeated_from": {"type": "null"}}},
"else" = {"required": ["numerator", "denominator"], "properties": {"numerator": {"type": "integer"}, "denominator": {"type": "integer"}}},
"anyOf" = [{"required": ["breakdown", "group"], "properties": {"breakdown": {"type": "string"}, "group": {"type": "string"}}}, {"properties": {"breakdown": {"type": "null"}, "group": {"type": "null"}}}])))]
#[serde(deny_unknown_fields)]
pub(super) struct FigureWire {
    as_of: NaiveDate,
    audience: Audience,
    metric: String,
    breakdown: Option<String>,
    group: Option<String>,
    numerator: Option<u64>,
    denominator: Option<u64>,
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[01]\.[0-9]{4}$")))]
    value: Option<String>,
    withheld: bool,
    repeated_from: Option<NaiveDate>,
}

/// Everything that contradicts in a row.
#[derive(Debug, thiserror::Error)]
#[error("{}", crate::summary::summary(.0))]
pub(super) struct Contradictory(Vec<Contradiction>);

impl TryFrom<FigureWire> for FigureRow {
    type Error = Contradictory;

    fn try_from(wire: FigureWire) -> Result<Self, Contradictory> {
        let row = Self {
            as_of: wire.as_of,
            audience: wire.audience,
            metric: wire.metric,
            breakdown: wire.breakdown,
            group: wire.group,
            numerator: wire.numerator,
            denominator: wire.denominator,
            value: wire.value,
            withheld: wire.withheld,
            repeated_from: wire.repeated_from,
        };
        match row.contradictions() {
            found if found.is_empty() => Ok(row),
            found => Err(Contradictory(found)),
        }
    }
}
