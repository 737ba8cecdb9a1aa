//! Text that a spreadsheet does not run: what would begin a formula gets one `'` in front, and one comes off on reading.
//!
//! A CSV file has no types. A spreadsheet that opens one takes a cell that begins with `=` for a formula, also where the
//! text is the name that somebody gave themselves, and a formula can send the row next to it to a server. Everything
//! that writes text cells here writes them through [`escape`], everything that reads such a file reads them through
//! [`unescape`]. Numbers, days and words of a fixed list are no text: `-5` stays `-5`.
//!
//! ```
//! use reverse_mentoring::spreadsheet::{escape, unescape};
//!
//! assert_eq!(escape("=HYPERLINK(\"http://example.com\")"), "'=HYPERLINK(\"http://example.com\")");
//! assert_eq!(escape("-5 °C"), "'-5 °C");
//! assert_eq!(escape("Zoë"), "Zoë");
//! // What has the mark already gets another, so that taking one off is right in every case.
//! assert_eq!(escape("'tis"), "''tis");
//! for text in ["=1+1", "'=1+1", "''", " @x", "plain", ""] {
//!     assert_eq!(unescape(&escape(text)), text);
//! }
//! ```
//!
//! # What this does not do
//!
//! The mark is the first character of a cell. A file is made for readers that split at commas: one that is told to split
//! at `;` alone and pays no heed to quotes makes cells of its own, and then nothing in front of the old ones helps.
//! Nor does it keep a spreadsheet from reading `00042` as a number or `1/2` as a day; whoever needs the text imports the column as text.

use std::borrow::Cow;

/// What an escaped text begins with.
pub const MARK: char = '\'';

/// The text as it stands in a cell: with one [`MARK`] in front where it [starts a formula](starts_formula) or begins with a mark.
///
/// For every text, [`unescape`] gives back what went in.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if text.starts_with(MARK) || starts_formula(text) {
        Cow::Owned(format!("{MARK}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text of a cell: without one [`MARK`] in front, where there is one.
///
/// Any cell has a text. One that [`escape`] never writes, such as `=1`, is taken as it stands.
#[must_use]
pub fn unescape(cell: &str) -> &str {
    cell.strip_prefix(MARK).unwrap_or(cell)
}

/// Whether some spreadsheet would take a cell for a formula, or for a command.
///
/// That is one whose first character is a tab or ends a line, and one whose first character that can be seen is `=`,
/// `+`, `-` or `@`, the same in full width (`＝＋－＠`), or the minus sign (`−`): some trim what stands before it.
#[must_use]
pub fn starts_formula(cell: &str) -> bool {
    if cell.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let first = cell.chars().find(|c| !is_passed_over(*c));
    matches!(
        first,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−')
    )
}

/// White space, control characters and what cannot be seen.
fn is_passed_over(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
    );
    unseen || c.is_whitespace() || c.is_control()
}
