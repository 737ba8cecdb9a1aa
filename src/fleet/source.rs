//! The host's URI, under which its programmes stand.

use std::fmt;

use crate::ids::ProgramId;

/// Where the events of a host's programmes come from: an absolute URI to which the id of a programme is added, such as
/// `https://hr.example/programmes/` or `urn:example:programme:`.
///
/// The `source` of an event is this with the programme behind it, so that `source` and `id` together name one event
/// among those of all hosts, as CloudEvents demands. It names no person: the host sees to that.
///
/// ```
/// use reverse_mentoring::fleet::Source;
/// use reverse_mentoring::ids::{ProgramId, SequentialIds};
///
/// let source = Source::new("https://hr.example/programmes/")?;
/// let program = ProgramId::from_source(&mut SequentialIds::new(1));
/// assert_eq!(source.of(program), format!("https://hr.example/programmes/{program}"));
/// assert!(Source::new("programmes/").is_err());
/// # Ok::<(), reverse_mentoring::fleet::SourceError>(())
/// ```
// INVARIANT (source): an absolute URI by RFC 3986, without a fragment, that ends in `/`, `:` or `=`. Kept by `new`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(String);

/// Why a text is not where events can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// It does not begin with a scheme and a colon, such as `https:`.
    #[error("the source does not begin with a scheme, such as `https:`")]
    NoScheme,
    /// It has a character that no URI has, a `%` that is not followed by two hexadecimal digits, or a `#`.
    #[error("the source has a character that a URI has only in its escaped form, or a fragment")]
    BadCharacter,
    /// The id of a programme would run into what stands before it.
    #[error("the source does not end in `/`, `:` or `=`, behind which the programme stands")]
    BadEnd,
}

impl Source {
    /// Takes a URI as it is.
    ///
    /// # Errors
    ///
    /// [`SourceError`] for what is no absolute URI, has a fragment, or does not end in `/`, `:` or `=`.
    pub fn new(uri: &str) -> Result<Self, SourceError> {
        let (scheme, _) = uri.split_once(':').ok_or(SourceError::NoScheme)?;
        let inside = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
        if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.bytes().all(inside) {
            return Err(SourceError::NoScheme);
        }
        if !is_uri(uri) {
            return Err(SourceError::BadCharacter);
        }
        if !uri.ends_with(['/', ':', '=']) {
            return Err(SourceError::BadEnd);
        }
        Ok(Self(uri.to_owned()))
    }

    /// The URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The `source` of the events of a programme.
    #[must_use]
    pub fn of(&self, program: ProgramId) -> String {
        format!("{}{program}", self.0)
    }

    /// The two parts of a `source`; `None` where it is not the form of one.
    pub(super) fn split(source: &str) -> Option<(Self, ProgramId)> {
        let at = source.len().checked_sub(ID)?;
        let (uri, id) = source.split_at_checked(at)?;
        let program: ProgramId = id.parse().ok()?;
        // A UUID has other forms, and one event must have one source.
        (program.to_string() == id).then_some((Self::new(uri).ok()?, program))
    }
}

/// Characters of a hyphenated UUID.
const ID: usize = 36;

/// Whether every character is one of RFC 3986 outside of fragments, and every `%` is followed by two digits.
fn is_uri(text: &str) -> bool {
    let signs = b"-._~:/?[]@!$&'()*+,;=%";
    let known = |b: &u8| b.is_ascii_alphanumeric() || signs.contains(b);
    let escaped = |rest: &str| {
        let mut digits = rest.bytes().take(2);
        digits.len() == 2 && digits.all(|b| b.is_ascii_hexdigit())
    };
    text.as_bytes().iter().all(known) && text.split('%').skip(1).all(escaped)
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
