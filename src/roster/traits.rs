//! What somebody cares about and where they come from: for matching only, and shown to nobody.

use std::fmt;

use crate::text::{Label, TextError};

/// A set of traits that somebody gave for matching: their interests, their values, or what they count as their
/// background.
///
/// It is kept apart by type from the [reporting group](super::Participant::group): neither becomes the other. Two sets
/// can be counted against each other, and that is all that anybody learns of them: there is no way to read a trait back
/// out, no `Display`, no `Serialize`, and an empty `Debug`. The exceptions are the [export](crate::subject::Export) of
/// everything that is held about somebody, which is for themselves, and what the host stores, as a sealed
/// [record](super::RosterRecord) that it encrypts. They are no part of a roster's
/// [fingerprint](super::RosterFingerprint) either, which goes on record.
///
/// Compared byte for byte: `Fairness` and `fairness` are two traits. Blank sets stand for "nothing stated".
///
/// ```
/// use reverse_mentoring::roster::Traits;
///
/// let [ada, cfo] = [Traits::new(["candour", "fairness"])?, Traits::new(["fairness", "thrift", "fairness"])?];
/// assert_eq!((ada.len(), cfo.len(), ada.in_common(&cfo)), (2, 2, 1));
/// assert_eq!(format!("{ada:?}"), "Traits(..)");
/// # Ok::<(), reverse_mentoring::text::TextError>(())
/// ```
// INVARIANT (traits): sorted, none twice. Kept by `of`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Traits(Box<[Label]>);

impl Traits {
    /// A set of traits by name; one that is given twice counts once.
    ///
    /// # Errors
    ///
    /// [`TextError`] for a name that is not a [`Label`].
    pub fn new<'t>(names: impl IntoIterator<Item = &'t str>) -> Result<Self, TextError> {
        let names = names.into_iter().map(Label::new);
        names.collect::<Result<Vec<_>, _>>().map(Self::of)
    }

    /// The same from labels.
    #[must_use]
    pub fn of(labels: impl IntoIterator<Item = Label>) -> Self {
        let mut labels: Vec<_> = labels.into_iter().collect();
        labels.sort_unstable();
        labels.dedup();
        Self(labels.into())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was stated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The traits by name, for the one person who gave them.
    pub(crate) fn labels(&self) -> &[Label] {
        &self.0
    }

    /// How many of them the other set has too.
    #[must_use]
    pub fn in_common(&self, other: &Self) -> usize {
        let mut theirs = other.0.iter().peekable();
        let ours = self.0.iter();
        ours.filter(|ours| {
            while theirs.next_if(|t| t < ours).is_some() {}
            theirs.peek() == Some(ours)
        })
        .count()
    }
}

/// Nothing of what is inside, not even how many.
impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Traits(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against counting pair by pair, over all pairs of subsets of five names.
    #[test]
    fn in_common_is_what_counting_finds() {
        let names = ["a", "b", "ba", "c", "é"];
        let subset = |bits: u32| -> Vec<&str> {
            let chosen = (0..5).filter(|at| bits >> at & 1 == 1);
            chosen.map(|at| names[at as usize]).collect()
        };
        for (a, b) in (0..32).flat_map(|a| (0..32).map(move |b| (a, b))) {
            let [x, y] = [a, b].map(|bits| Traits::new(subset(bits)).unwrap());
            assert_eq!(x.in_common(&y), (a & b).count_ones() as usize);
            assert_eq!(x.len(), a.count_ones() as usize);
            assert_eq!(x.is_empty(), a == 0);
        }
    }

    #[test]
    fn order_and_repetition_are_nothing_and_names_are_labels() {
        let [a, b] = [["b", "a", "b"], ["a", "b", "a"]].map(|n| Traits::new(n).unwrap());
        assert_eq!(a, b);
        assert_eq!(Traits::new(["a", " "]), Err(TextError::Blank));
        assert_ne!(Traits::new(["A"]), Traits::new(["a"]));
    }
}
