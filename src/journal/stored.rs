//! Entries as they are stored, also those of a newer release.

use serde::Deserialize;

use super::{Entry, WIRE_VERSION};

/// The version that a stored entry claims. Reads an entry of any release, and nothing else of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claim {
    /// The version of its format.
    pub version: u16,
}

/// A stored entry, as far as this release reads it.
///
/// A journal is only ever added to, so a host keeps what it has stored byte for byte, also what a newer release wrote. A
/// programme that is [replayed](crate::program::Program::replay_stored) up to there is read-only.
///
/// ```
/// use reverse_mentoring::journal::Stored;
///
/// let line = r#"{"version": 7, "sequence": 12, "mood": "bright"}"#;
/// let read = Stored::read(|| serde_json::from_str(line), || serde_json::from_str(line))?;
/// assert_eq!(read, Stored::Newer(7));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all are entries, and they are read one after another"
)]
pub enum Stored {
    /// One that reads.
    Entry(Entry),
    /// One that a newer release wrote, in this version.
    Newer(u16),
}

impl Stored {
    /// Reads what is claimed, and then the entry, unless a newer release wrote it.
    ///
    /// # Errors
    ///
    /// That of the format, for what is neither.
    pub fn read<E>(
        claim: impl FnOnce() -> Result<Claim, E>,
        entry: impl FnOnce() -> Result<Entry, E>,
    ) -> Result<Self, E> {
        match claim()? {
            Claim { version } if version > WIRE_VERSION => Ok(Self::Newer(version)),
            _ => entry().map(Self::Entry),
        }
    }
}
