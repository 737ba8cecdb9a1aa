//! Keys and labels: the only strings that the library keeps.
//!
//! Both are compared byte for byte: `A1`, `a1` and ` A1` are three keys. Nothing is trimmed, folded or
//! normalised here, because a repair that guesses wrong pairs somebody with their own manager.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Longest [`Key`], in bytes.
pub const MAX_KEY_BYTES: usize = 256;
/// Longest [`Label`], in bytes.
pub const MAX_LABEL_BYTES: usize = 1024;

/// Why a string is neither a key nor a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is blank")]
    Blank,
    /// A control character, which would break lines and terminals.
    #[error("the text has a control character")]
    ControlCharacter,
    /// Over [`MAX_KEY_BYTES`] or [`MAX_LABEL_BYTES`].
    #[error("the text is longer than {limit} bytes")]
    TooLong {
        /// The limit that was passed.
        limit: usize,
    },
}

fn checked(text: &str, limit: usize) -> Result<(), TextError> {
    if text.len() > limit {
        return Err(TextError::TooLong { limit });
    }
    // Nearly every key is of this kind, and a million are read at a time.
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(());
    }
    if text.chars().any(char::is_control) {
        return Err(TextError::ControlCharacter);
    }
    if text.trim().is_empty() {
        return Err(TextError::Blank);
    }
    Ok(())
}

/// A text without its outer white space, as [`str::trim`] has it. Most texts have none, and two looks tell.
#[cfg(feature = "import")]
pub(crate) fn trimmed(text: &str) -> &str {
    let ends = text.as_bytes();
    match ends.first().zip(ends.last()) {
        None => text,
        Some((first, last)) if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        Some(_) => text.trim(),
    }
}

/// No control character, and something beside white space.
#[cfg(feature = "schema")]
const NOT_BLANK: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000-\u001f\u007f-\u009f]*$";

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $limit:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("minLength" = 1, "maxLength" = $limit, "pattern" = NOT_BLANK)))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it is.
            ///
            /// # Errors
            ///
            /// [`TextError`] for a blank text, one with a control character, or one over the limit.
            pub fn new(text: impl Into<Arc<str>>) -> Result<Self, TextError> {
                let text = text.into();
                checked(&text, $limit)?;
                Ok(Self(text))
            }

            /// The text, byte for byte as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = TextError;

            fn try_from(text: &str) -> Result<Self, TextError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(text: String) -> Result<Self, TextError> {
                Self::new(text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0.as_ref().to_owned()
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

text! {
    /// A person's identifier in the host's files: a byte-exact string of 1 to [`MAX_KEY_BYTES`] bytes.
    ///
    /// Its `Debug` hides the text: keys are often staff numbers or addresses, and logs travel.
    ///
    /// ```
    /// use reverse_mentoring::text::Key;
    ///
    /// let key = Key::new("E-0042")?;
    /// assert_eq!(key.as_str(), "E-0042");
    /// assert_eq!(format!("{key:?}"), "Key(..)");
    /// assert!(Key::new("  ").is_err());
    /// # Ok::<(), reverse_mentoring::text::TextError>(())
    /// ```
    Key, MAX_KEY_BYTES
}

impl Key {
    /// Whether both are one text in one place: what was cloned is, what is equal need not be.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

text! {
    /// The name of a unit, a skill, a language, a site or a reporting group: 1 to [`MAX_LABEL_BYTES`] bytes.
    ///
    /// ```
    /// use reverse_mentoring::text::{Label, TextError};
    ///
    /// assert_eq!(Label::new("data visualisation")?.as_str(), "data visualisation");
    /// assert_eq!(Label::new("two\nlines"), Err(TextError::ControlCharacter));
    /// # Ok::<(), TextError>(())
    /// ```
    Label, MAX_LABEL_BYTES
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Label({:?})", &*self.0)
    }
}

/// Shows a text from outside inside a one-line message: back-quoted, control characters, those without a width such as U+200B, and those
/// that turn the direction of text escaped, and cut after 80 characters.
///
/// ```
/// use reverse_mentoring::text::Quoted;
///
/// assert_eq!(Quoted("A1").to_string(), "`A1`");
/// assert_eq!(Quoted("two\nlines").to_string(), r"`two\nlines`");
/// assert_eq!(Quoted("\u{202e}evil").to_string(), r"`\u{202e}evil`");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a>(
    /// The text to show.
    pub &'a str,
);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        f.write_char('`')?;
        for (shown, c) in self.0.chars().enumerate() {
            if shown == 80 {
                f.write_char('…')?;
                break;
            }
            // The invisible characters that reorder a terminal's line are not control characters to Rust.
            let hidden =
                matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
            if hidden || disturbs(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        f.write_char('`')
    }
}

/// Whether a character controls a terminal, ends a line or turns the direction of the text behind it.
fn disturbs(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control()
}

/// A name as it stands in a table or a sentence without quotes: eighty characters at most, and U+FFFD for each that would
/// disturb what stands around it.
pub(crate) fn shown(name: &str) -> String {
    cut(name, 80)
}

/// The same of what others say, up to a thousand characters: a message of `serde_json` repeats what it has read.
#[cfg(feature = "fleet")]
pub(crate) fn one_line(text: &str) -> String {
    cut(text, 1_000)
}

fn cut(text: &str, most: usize) -> String {
    let plain = |c: char| match disturbs(c) {
        true => char::REPLACEMENT_CHARACTER,
        false => c,
    };
    let mut kept: String = text.chars().take(most).map(plain).collect();
    if text.chars().nth(most).is_some() {
        kept.pop();
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_line() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b`c"), "a\u{fffd}[31m\u{fffd}b`c");
        assert_eq!(
            shown("a\u{61c}b\u{2028}👩\u{200d}👧"),
            "a\u{fffd}b\u{fffd}👩\u{200d}👧"
        );
        assert_eq!(shown(&"x".repeat(80)), "x".repeat(80));
        assert_eq!(shown(&"x".repeat(81)), format!("{}…", "x".repeat(79)));
    }

    #[test]
    fn bytes_are_kept_and_nothing_is_folded() {
        for text in ["A1", "a1", " A1", "A1 ", "é", "e\u{301}", "007", "7"] {
            assert_eq!(Key::new(text).unwrap().as_str(), text);
        }
        assert_ne!(Key::new("é").unwrap(), Key::new("e\u{301}").unwrap());
    }

    #[cfg(feature = "import")]
    #[test]
    fn trimmed_is_what_trim_says() {
        let signs = ["", "a", " ", "é", "\u{3000}", "\t"];
        for (a, b, c) in signs.iter().flat_map(|a| {
            let pairs = signs.iter().flat_map(|b| signs.iter().map(move |c| (b, c)));
            pairs.map(move |(b, c)| (a, b, c))
        }) {
            let text = format!("{a}{b}{c}");
            assert_eq!(trimmed(&text), text.trim(), "{text:?}");
        }
    }

    #[test]
    fn limits_are_exact() {
        assert!(Key::new("k".repeat(MAX_KEY_BYTES)).is_ok());
        assert_eq!(
            Key::new("k".repeat(MAX_KEY_BYTES + 1)),
            Err(TextError::TooLong {
                limit: MAX_KEY_BYTES
            })
        );
        assert_eq!(Label::new("\u{3000}"), Err(TextError::Blank));
        assert_eq!(Label::new("a\u{7f}"), Err(TextError::ControlCharacter));
    }

    #[test]
    fn quoted_is_cut() {
        let text = Quoted(&"x".repeat(200)).to_string();
        assert_eq!(text.chars().count(), 83);
    }
}
