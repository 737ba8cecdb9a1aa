//! What one cell says: a number, a day, a word of a list, a label, labels.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::code::FaultCode;
use super::labels::Labels;
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
    let separator = row.list_separator();
    let mut items = Items {
        cell: row.cell(column).unwrap_or_default(),
        separator,
        left: 0,
    };
    if trimmed(items.cell).is_empty() {
        return items;
    }
    let (said, blank) = count(items.cell, separator);
    if blank > 0 {
        row.fault(column, FaultCode::EmptyItem, "has an empty item");
    }
    items.left = said;
    items
}

/// What stands before the first separator, and what after it.
#[inline]
pub(super) fn cut(cell: &str, separator: char) -> Option<(&str, &str)> {
    if !separator.is_ascii() {
        return cell.split_once(separator);
    }
    // Pieces are short: a look at each byte is sooner done than a search is set up.
    let at = cell
        .bytes()
        .position(|byte| char::from(byte) == separator)?;
    Some((cell.get(..at)?, cell.get(at + 1..)?))
}

/// How many pieces say something, and how many are blank.
fn count(mut cell: &str, separator: char) -> (usize, usize) {
    let (mut said, mut blank) = (0, 0);
    loop {
        let (piece, rest) = cut(cell, separator).unzip();
        match trimmed(piece.unwrap_or(cell)).is_empty() {
            true => blank += 1,
            false => said += 1,
        }
        let Some(rest) = rest else {
            return (said, blank);
        };
        cell = rest;
    }
}

/// What of a list is not blank.
pub(super) struct Items<'t> {
    /// What has not been gone through.
    cell: &'t str,
    separator: char,
    /// How many are to come.
    left: usize,
}

impl<'t> Iterator for Items<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        self.left = self.left.checked_sub(1)?;
        loop {
            let (piece, rest) = cut(self.cell, self.separator).unwrap_or((self.cell, ""));
            self.cell = rest;
            if !trimmed(piece).is_empty() {
                return Some(piece);
            }
            if rest.is_empty() {
                return None;
            }
        }
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
    use super::*;

    /// Of every list of up to six of the signs that matter, ASCII and not, the pieces are those of a split, and so is their number.
    #[test]
    fn pieces_are_those_of_a_split() {
        let signs = [';', 'a', ' ', '\t', '\u{a0}', 'é', '·'];
        for length in 0..=6u32 {
            for number in 0..7usize.pow(length) {
                let sign = |at: u32| signs[number / 7usize.pow(at) % 7];
                let cell: String = (0..length).map(sign).collect();
                for separator in [';', '·'] {
                    let pieces = || cell.split(separator);
                    let said = pieces().filter(|piece| !piece.trim().is_empty()).count();
                    let blank = pieces().count() - said;
                    assert_eq!(count(&cell, separator), (said, blank), "{cell:?}");
                    let items = Items {
                        cell: &cell,
                        separator,
                        left: said,
                    };
                    let filled = pieces().filter(|piece| !piece.trim().is_empty());
                    assert!(items.eq(filled), "{cell:?}");
                }
            }
        }
    }
}
