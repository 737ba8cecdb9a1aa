//! Which of a few things were chosen: a list on the wire, a bit for each in memory.
//!
//! In come choices of one kind, in any order and as often as somebody says them; out come those chosen, each once and in the order of
//! the kind. Never true inside: a bit that stands for no choice.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A kind of choices, of which there are few.
pub trait Choice: Copy + Ord + 'static {
    /// All of them, in their order; 16 at most.
    const ALL: &'static [Self];
}

/// Which of them were chosen.
///
/// ```
/// use reverse_mentoring::pairing::{Choices, Preference};
///
/// let chosen: Choices<_> = [Preference::Chat, Preference::Video].into_iter().collect();
/// assert!(chosen.contains(Preference::Chat) && chosen.len() == 2);
/// assert_eq!(serde_json::to_string(&chosen)?, r#"["video","chat"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
// INVARIANT (choices): a bit below the number of choices there are. Kept by `with`, the only way in.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(
        from = "BTreeSet<C>",
        into = "BTreeSet<C>",
        inline,
        bound = "C: schemars::JsonSchema"
    )
)]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Choices<C> {
    bits: u16,
    kind: PhantomData<C>,
}

impl<C: Choice> Choices<C> {
    /// None of them.
    pub const NONE: Self = Self {
        bits: 0,
        kind: PhantomData,
    };

    /// With one more; it may be chosen already.
    #[must_use]
    pub fn with(mut self, choice: C) -> Self {
        self.bits |= bit(choice);
        self
    }

    /// Whether it was chosen.
    #[must_use]
    pub fn contains(&self, choice: C) -> bool {
        self.bits & bit(choice) != 0
    }

    /// How many were chosen.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Whether none was.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bits == 0
    }

    /// Those chosen, in the order of the kind.
    pub fn iter(&self) -> impl Iterator<Item = C> + use<C> {
        let chosen = *self;
        let all = C::ALL.iter().copied();
        all.filter(move |choice| chosen.contains(*choice))
    }
}

fn bit<C: Choice>(choice: C) -> u16 {
    let mut all = C::ALL.iter();
    let place = all.position(|known| *known == choice);
    // One that is not among all is never chosen.
    let place = place.and_then(|place| u32::try_from(place).ok());
    place.and_then(|place| 1u16.checked_shl(place)).unwrap_or(0)
}

impl<C: Choice> Default for Choices<C> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<C: Choice + fmt::Debug> fmt::Debug for Choices<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<C: Choice> FromIterator<C> for Choices<C> {
    fn from_iter<I: IntoIterator<Item = C>>(choices: I) -> Self {
        choices.into_iter().fold(Self::NONE, Self::with)
    }
}

impl<C: Choice + Serialize> Serialize for Choices<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, C: Choice + Deserialize<'de>> Deserialize<'de> for Choices<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let choices = BTreeSet::<C>::deserialize(deserializer)?;
        Ok(choices.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::{Area, Clause, Preference};

    /// Against a set in order, whatever is chosen.
    fn is_a_set<C: Choice + fmt::Debug + Serialize + for<'de> Deserialize<'de>>() {
        assert!(C::ALL.is_sorted() && C::ALL.len() <= 16);
        for bits in 0..1u32 << C::ALL.len() {
            let numbered = C::ALL.iter().enumerate();
            let set: BTreeSet<C> = numbered
                .filter(|(n, _)| bits & (1 << n) != 0)
                .map(|(_, choice)| *choice)
                .collect();
            let chosen: Choices<C> = set.iter().rev().chain(&set).copied().collect();
            assert!(chosen.iter().eq(set.iter().copied()));
            assert_eq!((chosen.len(), chosen.is_empty()), (set.len(), bits == 0));
            assert!(
                C::ALL
                    .iter()
                    .all(|c| chosen.contains(*c) == set.contains(c))
            );
            assert_eq!(format!("{chosen:?}"), format!("{set:?}"));
            let json = serde_json::to_string(&chosen).unwrap();
            assert_eq!(json, serde_json::to_string(&set).unwrap());
            assert_eq!(serde_json::from_str::<Choices<C>>(&json).unwrap(), chosen);
        }
        assert!(serde_json::from_str::<Choices<C>>(r#"["telepathy"]"#).is_err());
    }

    #[test]
    fn they_are_sets() {
        is_a_set::<Clause>();
        is_a_set::<Preference>();
        is_a_set::<Area>();
    }
}
