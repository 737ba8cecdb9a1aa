//! Whom a message is from and to.

use std::fmt;

use crate::text::Label;

/// Longest address, in bytes (RFC 5321, 4.5.3.1.3, less the two angle brackets).
pub const MAX_ADDRESS_BYTES: usize = 254;

/// Longest part before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL_BYTES: usize = 64;

/// What may stand before the `@` beside letters, digits and dots (RFC 5322, `atext`).
const SIGNS: &str = "!#$%&'*+-/=?^_`{|}~";

/// Of these, what a `mailto:` shows as it is (RFC 6068, 2: `unreserved` and `some-delims`); the others are written as `%XX`.
const PLAIN: &str = "-._~!$'*+";

/// A mail address, with a name or without.
///
/// Its `Debug` hides both: logs travel.
///
/// ```
/// use reverse_mentoring::calendar::{Mailbox, MailboxError};
///
/// let neil = Mailbox::new("o'neil+mentoring@example.com")?;
/// assert_eq!(neil.address(), "o'neil+mentoring@example.com");
/// assert_eq!(Mailbox::new("ada@example.com\r\nX-EVIL:1").unwrap_err(), MailboxError::Domain);
/// # Ok::<(), MailboxError>(())
/// ```
// INVARIANT (mailbox): the address is ASCII without control characters, blanks and quotes, with one `@`. Kept by `new`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mailbox {
    address: String,
    name: Option<Label>,
}

/// Why something is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MailboxError {
    /// Over [`MAX_ADDRESS_BYTES`], or over 64 bytes before the `@`.
    #[error(
        "the address is too long: {MAX_ADDRESS_BYTES} bytes at most, {MAX_LOCAL_BYTES} of them before the @"
    )]
    TooLong,
    /// No `@`.
    #[error("the address has no @")]
    NoAt,
    /// Before the `@` stands nothing, a dot at an end, two dots, or a character that only quotation marks allow.
    #[error(
        "the part before the @ has a character or a dot where none can be; addresses in quotation marks are not taken"
    )]
    Local,
    /// After the `@` stands no name of a host: letters, digits and hyphens between dots.
    #[error("the part after the @ is no host name")]
    Domain,
}

impl Mailbox {
    /// An address as mail servers take it without quotation marks: `local@host.example`, in ASCII; a host name in other letters in its
    /// `xn--` form.
    ///
    /// # Errors
    ///
    /// [`MailboxError`], by the first thing that is wrong.
    pub fn new(address: &str) -> Result<Self, MailboxError> {
        let (local, domain) = address.rsplit_once('@').ok_or(MailboxError::NoAt)?;
        if address.len() > MAX_ADDRESS_BYTES || local.len() > MAX_LOCAL_BYTES {
            return Err(MailboxError::TooLong);
        }
        let atom = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c);
        if !local
            .split('.')
            .all(|atoms| !atoms.is_empty() && atoms.chars().all(atom))
        {
            return Err(MailboxError::Local);
        }
        if !domain.split('.').all(is_label) {
            return Err(MailboxError::Domain);
        }
        Ok(Self {
            address: address.to_owned(),
            name: None,
        })
    }

    /// With a name, as calendars show it.
    #[must_use]
    pub fn named(mut self, name: Label) -> Self {
        self.name = Some(name);
        self
    }

    /// The address as it was given.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> Option<&Label> {
        self.name.as_ref()
    }

    /// As `mailto:` and the address.
    pub(super) fn uri(&self) -> String {
        let mut uri = String::from("mailto:");
        for c in self.address.chars() {
            if c.is_ascii_alphanumeric() || c == '@' || PLAIN.contains(c) {
                uri.push(c);
            } else {
                // One byte: addresses are ASCII.
                uri.push_str(&format!("%{:02X}", u32::from(c)));
            }
        }
        uri
    }
}

/// A part of a host name.
fn is_label(label: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=63).contains(&label.len())
        && label.chars().all(inside)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailbox(..)")
    }
}
