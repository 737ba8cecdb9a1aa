//! Small words for messages: many faults in one line, numbers with their noun.

use std::fmt;

/// The first of several faults, and how many more there are.
pub(crate) fn summary<F: fmt::Display>(faults: &[F]) -> String {
    match faults {
        [] => String::new(),
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first} (and {} more)", rest.len()),
    }
}

/// A number with its noun: `1 pair`, `2 pairs`.
pub(crate) fn count<N: fmt::Display + PartialEq + From<u8>>(n: N, noun: &str) -> String {
    let plural = if n == N::from(1) { "" } else { "s" };
    format!("{n} {noun}{plural}")
}

/// Things after each other: `a, b`.
pub(crate) fn list<T: fmt::Display>(things: &[T]) -> String {
    let things: Vec<String> = things.iter().map(T::to_string).collect();
    things.join(", ")
}
