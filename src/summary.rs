//! Many faults in one line.

use std::fmt;

/// The first of several faults, and how many more there are.
pub(crate) fn summary<F: fmt::Display>(faults: &[F]) -> String {
    match faults {
        [] => String::new(),
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first} (and {} more)", rest.len()),
    }
}
