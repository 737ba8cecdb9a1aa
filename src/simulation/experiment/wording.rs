//! What a contrast says, in words.

use std::fmt;

use super::contrast::{Contrast, Verdict};
use super::provenance::Provenance;
use crate::text::shown;

/// A piece of a sentence: words of ours, or a name of somebody else's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words.
    Words(String),
    /// A name, in one line and no longer than eighty characters.
    Name(String),
}

impl Contrast {
    /// The verdict in a sentence, with how sure it is.
    ///
    /// Names stand in backticks, without characters that control a terminal or turn the direction of text, and cut after eighty characters.
    #[must_use]
    pub fn sentence(&self) -> String {
        let parts = self.parts().into_iter().map(|part| match part {
            Part::Words(words) => words,
            Part::Name(name) => format!("`{name}`"),
        });
        parts.collect()
    }

    /// The sentence in its parts, so that no name is taken for words.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let words = |words: &str| Part::Words(words.to_owned());
        let mut parts = vec![words("")];
        let name = |of: &Provenance, which: &str| {
            // Of two that are called the same.
            let which = if self.a.name == self.b.name {
                which
            } else {
                ""
            };
            [Part::Name(shown(&of.name)), words(which)]
        };
        let (a, b) = (
            name(&self.a, " (the first)"),
            name(&self.b, " (the second)"),
        );
        let measure = self.measure.as_str().replace('_', " ");
        let n = match self.replicates {
            1 => "1 replicate".to_owned(),
            n => format!("{n} replicates"),
        };
        let Some(d) = self.difference() else {
            parts.push(words("Cannot tell: "));
            parts.extend(a);
            parts.push(words(" and "));
            parts.extend(b);
            parts.push(Part::Words(format!(
                " have too little data on {measure} in {n}."
            )));
            return parts;
        };
        let [low, high] = d.ends();
        let margin = f64::from(self.margin) / 10_000.0;
        let none = match d.differing {
            0 => ", none of which differs",
            _ => "",
        };
        let sure = format!("95 % interval {low} to {high} points, {n}{none}");
        let near = d.low.abs().min(d.high.abs()) < i64::from(self.margin);
        let doubt = match near {
            true => {
                format!(", which may be less than the {margin:.1} points that are worth a decision")
            }
            false => String::new(),
        };
        let higher = |word: &str| {
            let by = d.points();
            let by = by.trim_start_matches('−');
            Part::Words(format!(" is {by} points {word} than "))
        };
        let start = Part::Words(format!("In {measure} "));
        match self.verdict {
            Verdict::Higher | Verdict::Lower => {
                let word = if self.verdict == Verdict::Higher {
                    "higher"
                } else {
                    "lower"
                };
                parts.push(start);
                parts.extend(a);
                parts.push(higher(word));
                parts.extend(b);
                parts.push(Part::Words(format!(" ({sure}){doubt}.")));
            }
            Verdict::Alike => {
                parts.push(start);
                parts.extend(a);
                parts.push(words(" and "));
                parts.extend(b);
                parts.push(Part::Words(format!(
                    " differ by less than {margin:.1} points ({sure})."
                )));
            }
            Verdict::CannotTell => {
                parts.push(words("Cannot tell whether "));
                parts.extend(a);
                parts.push(words(" or "));
                parts.extend(b);
                parts.push(Part::Words(format!(" is higher in {measure} ({sure}).")));
            }
        }
        parts
    }
}

/// A mean of millionths in per cent with one decimal, halves up.
pub(crate) fn percent(mean: Option<i64>) -> String {
    let tenths = mean.map(|mean| (mean.max(0) + 500) / 1000);
    let shown = tenths.map(|t| format!("{}.{} %", t / 10, t % 10));
    shown.unwrap_or_else(|| "no data".to_owned())
}

impl fmt::Display for Contrast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence())?;
        if !self.finished {
            writeln!(f, "It was broken off.")?;
        }
        let (name_a, name_b) = (shown(&self.a.name), shown(&self.b.name));
        let width = |name: &str| name.chars().count().clamp(8, 40) + 2;
        let (a, b) = (width(&name_a), width(&name_b));
        let columns = "points (95 % interval)";
        writeln!(
            f,
            "  {:<18}{name_a:>a$}{name_b:>b$}   {columns}",
            "at the end"
        )?;
        for m in &self.measures {
            let name = m.measure.as_str().replace('_', " ");
            let difference = m.difference.map(|d| d.to_string()).unwrap_or_default();
            let (mean_a, mean_b) = (percent(m.a), percent(m.b));
            let line = format!("  {name:<18}{mean_a:>a$}{mean_b:>b$}   {difference}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up() {
        assert_eq!(percent(Some(803_879)), "80.4 %");
        assert_eq!(percent(Some(803_449)), "80.3 %");
        assert_eq!(percent(Some(1_000_000)), "100.0 %");
        assert_eq!(percent(None), "no data");
    }
}
