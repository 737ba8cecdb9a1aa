//! What one cell says: a number, a day, a word of a list, a label, labels.

use std::collections::HashMap;
use std::fmt;
use std::str::{FromStr, Split};

use chrono::NaiveDate;

use super::code::FaultCode;
use super::row::{Column, Row};
use crate::roster::Traits;
use crate::text::{Label, Quoted, TextError, trimmed};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading<T> {
    Blank,
    /// It says nothing that can be read, and that has been reported.
    Bad,
    Is(T),
}

impl<T> Reading<T> {
    pub(super) fn value(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Blank | Self::Bad => None,
        }
    }

    /// The value of a cell that must not be blank.
    pub(super) fn needed(self, row: &mut Row<'_>, column: Column, code: FaultCode) -> Option<T> {
        if matches!(self, Self::Blank) {
            row.fault(column, code, "is blank");
        }
        self.value()
    }

    pub(super) const fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    pub(super) const fn is_value(&self) -> bool {
        matches!(self, Self::Is(_))
    }
}

/// Reads a cell without its outer white space; `not` completes "is `x`, not …".
pub(super) fn parsed<T>(
    row: &mut Row<'_>,
    column: Column,
    code: FaultCode,
    not: impl fmt::Display,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Reading<T> {
    let Some(text) = row.cell(column).map(trimmed) else {
        return Reading::Bad;
    };
    if text.is_empty() {
        return Reading::Blank;
    }
    match parse(text) {
        Some(value) => Reading::Is(value),
        None => {
            row.fault(column, code, format_args!("is {}, not {not}", Quoted(text)));
            Reading::Bad
        }
    }
}

/// Digits with nothing but a minus before them: a sign too many is a slip of the keyboard.
pub(super) fn whole<T: FromStr>(text: &str) -> Option<T> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let sound = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

/// One of the words of a fixed list.
pub(super) fn choice<T: Copy>(
    row: &mut Row<'_>,
    column: Column,
    code: FaultCode,
    words: &[(&str, T)],
) -> Reading<T> {
    // Words of other systems count in any case, as a mapping's own do.
    let any_case = row.is_of_feed();
    parsed(row, column, code, OneOf(words), |text| {
        let is = |word: &str| word == text || any_case && word.eq_ignore_ascii_case(text);
        words.iter().find(|(word, _)| is(word)).map(|w| w.1)
    })
}

struct OneOf<'a, T>(&'a [(&'a str, T)]);

impl<T> fmt::Display for OneOf<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (word, _)) in self.0.iter().enumerate() {
            let between = match at {
                0 => "",
                at if at + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            write!(f, "{between}`{word}`")?;
        }
        Ok(())
    }
}

/// A day as `YYYY-MM-DD` and in no other form.
pub(super) fn date(row: &mut Row<'_>, column: Column) -> Reading<NaiveDate> {
    let not = "a day as `YYYY-MM-DD`";
    parsed(row, column, FaultCode::BadDate, not, |text| {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0u32, |sum, d| {
                d.is_ascii_digit().then(|| sum * 10 + u32::from(d - b'0'))
            })
        };
        let year = number(&[*y1, *y2, *y3, *y4])?;
        NaiveDate::from_ymd_opt(
            year.try_into().ok()?,
            number(&[*m1, *m2])?,
            number(&[*d1, *d2])?,
        )
    })
}

/// The set in which a label is kept at hand: eight bytes at a time, as it only has to be quick and the texts are compared.
fn set_of(text: &str) -> usize {
    let words = text.as_bytes().chunks(8).map(|chunk| {
        let whole = chunk.first_chunk().map(|word| u64::from_le_bytes(*word));
        whole.unwrap_or_else(|| chunk.iter().fold(0, |word, b| word << 8 | u64::from(*b)))
    });
    let step =
        |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // The highest bits: on them alone the last bytes of a word tell.
    (words.fold(text.len() as u64, step) >> (u64::BITS - SETS.ilog2())) as usize
}

/// Labels by text, so that a million people of ten units share ten texts.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// With whether it has been a skill.
    known: HashMap<Label, bool>,
    /// Of each skill the label, and the line that has it first.
    skills: Vec<(Label, u64)>,
    /// Labels that were asked for lately, each in the set of a quick hash: most cells say what another just said.
    recent: Vec<[Option<(Label, bool)>; WAYS]>,
}

/// How many sets of labels are at hand, and how many labels are in each: few texts that recur drive each other out.
const SETS: usize = 1024;
const WAYS: usize = 4;

impl Labels {
    pub(super) fn intern(&mut self, text: &str) -> Result<Label, TextError> {
        if let Some((known, _)) = self.at_hand(text) {
            return Ok(known.clone());
        }
        let (label, skill) = match self.known.get_key_value(text) {
            Some((known, skill)) => (known.clone(), *skill),
            None => (Label::new(text)?, false),
        };
        self.note(&label, skill);
        Ok(label)
    }

    fn at_hand(&self, text: &str) -> Option<&(Label, bool)> {
        let set = self.recent.get(set_of(text))?;
        set.iter()
            .flatten()
            .find(|(label, _)| label.as_str() == text)
    }

    fn note(&mut self, label: &Label, skill: bool) {
        if self.known.get(label) != Some(&skill) {
            self.known.insert(label.clone(), skill);
        }
        self.recent.resize(SETS, [const { None }; WAYS]);
        if let Some(set) = self.recent.get_mut(set_of(label.as_str())) {
            // In the place of itself, else of the one that came first.
            let own = |kept: &Option<(Label, bool)>| kept.as_ref().is_some_and(|k| k.0 == *label);
            let upto = set.iter().position(own).unwrap_or(WAYS - 1);
            if let Some(moved) = set.get_mut(..=upto) {
                moved.rotate_right(1);
            }
            if let Some(first) = set.first_mut() {
                *first = Some((label.clone(), skill));
            }
        }
    }

    /// The same, of a skill.
    fn intern_skill(&mut self, text: &str, line: u64) -> Result<Label, TextError> {
        if let Some((known, true)) = self.at_hand(text) {
            return Ok(known.clone());
        }
        let (label, skill) = match self.known.get_key_value(text) {
            Some((known, skill)) => (known.clone(), *skill),
            None => (Label::new(text)?, false),
        };
        if !skill {
            self.skills.push((label.clone(), line));
        }
        self.note(&label, true);
        Ok(label)
    }

    /// Every skill, and the line that has it first.
    pub(super) fn skills(&self) -> impl Iterator<Item = (&Label, u64)> {
        self.skills.iter().map(|(skill, line)| (skill, *line))
    }
}

/// A label, byte for byte as it stands in the cell.
pub(super) fn label(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Reading<Label> {
    let Some(text) = row.cell(column) else {
        return Reading::Bad;
    };
    if trimmed(text).is_empty() {
        return Reading::Blank;
    }
    label_of(row, column, labels, text).map_or(Reading::Bad, Reading::Is)
}

pub(super) fn label_of(
    row: &mut Row<'_>,
    column: Column,
    labels: &mut Labels,
    text: &str,
) -> Option<Label> {
    kept(row, column, labels.intern(text), text)
}

/// A label that is a skill.
pub(super) fn skill_label(
    row: &mut Row<'_>,
    column: Column,
    labels: &mut Labels,
    text: &str,
) -> Option<Label> {
    let line = row.line();
    kept(row, column, labels.intern_skill(text, line), text)
}

fn kept(
    row: &mut Row<'_>,
    column: Column,
    label: Result<Label, TextError>,
    text: &str,
) -> Option<Label> {
    match label {
        Ok(label) => Some(label),
        Err(error) => {
            row.fault(
                column,
                FaultCode::BadLabel,
                format_args!("has {}, which cannot be kept: {error}", Quoted(text)),
            );
            None
        }
    }
}

/// Traits without their outer white space. What a cell says of somebody's values is not repeated in a fault: logs travel.
pub(super) fn traits(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Traits {
    let items = items(row, column);
    if items.len() == 0 {
        return Traits::default();
    }
    let mut read = Vec::with_capacity(items.len());
    for item in items {
        match labels.intern(trimmed(item)) {
            Ok(label) => read.push(label),
            Err(error) => {
                row.fault(
                    column,
                    FaultCode::BadLabel,
                    format_args!("has an item that cannot be kept: {error}"),
                );
            }
        }
    }
    Traits::of(read)
}

/// The items of a list as they stand; blank ones are a fault and left out.
pub(super) fn items<'t>(row: &mut Row<'t>, column: Column) -> Items<'t> {
    let cell = row.cell(column).unwrap_or_default();
    let pieces = cell.split(row.list_separator());
    if trimmed(cell).is_empty() {
        return Items { pieces, left: 0 };
    }
    let (mut all, mut left) = (0, 0);
    for piece in pieces.clone() {
        all += 1;
        left += usize::from(!trimmed(piece).is_empty());
    }
    if left < all {
        row.fault(column, FaultCode::EmptyItem, "has an empty item");
    }
    Items { pieces, left }
}

/// What of a list is not blank.
pub(super) struct Items<'t> {
    pieces: Split<'t, char>,
    /// How many are to come.
    left: usize,
}

impl<'t> Iterator for Items<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        self.left = self.left.checked_sub(1)?;
        self.pieces.find(|piece| !trimmed(piece).is_empty())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}

/// A list of labels without their outer white space.
pub(super) fn labels(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Box<[Label]> {
    let items = items(row, column);
    let mut read = Vec::with_capacity(items.len());
    for item in items {
        read.extend(label_of(row, column, labels, trimmed(item)));
    }
    read.into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Names that differ at their end alone, eight bytes long and longer, spread over the sets: a set keeps few.
    #[test]
    fn labels_are_told_apart_by_their_last_bytes() {
        for name in ["unit", "a site", "department no."] {
            let sets: HashSet<usize> = (0..1000)
                .map(|n| set_of(&format!("{name} {n:03}")))
                .collect();
            assert!(sets.len() > 500, "{name}: {}", sets.len());
        }
        assert!(set_of("") < SETS);
    }
}
