//! A list that is nearly always of one: kept where it stands, without a place in memory of its own.
//!
//! In come values, one after the other; out comes a slice. Never true inside: a list of one that is reached by a pointer.

use std::ops::{Deref, DerefMut};

/// Values in the order in which they were added: a slice, most often of one.
///
/// ```
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let (_, facts) = company.history().pairings().next().ok_or("nobody")?;
/// assert_eq!(facts.agreements.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Few<T>(Kept<T>);

#[derive(Debug, Clone)]
enum Kept<T> {
    One(T),
    /// None, or two and more.
    Many(Vec<T>),
}

impl<T> Few<T> {
    pub(crate) const fn new() -> Self {
        Self(Kept::Many(Vec::new()))
    }

    pub(crate) const fn one(value: T) -> Self {
        Self(Kept::One(value))
    }

    /// Adds one at the end.
    pub(crate) fn push(&mut self, value: T) {
        match &mut self.0 {
            Kept::Many(many) if !many.is_empty() => many.push(value),
            Kept::Many(_) => self.0 = Kept::One(value),
            Kept::One(_) => {
                let mut both = Vec::with_capacity(2);
                both.extend(std::mem::take(self));
                both.push(value);
                self.0 = Kept::Many(both);
            }
        }
    }

    /// Adds one in its place, unless it is there already: of values that are in order.
    pub(crate) fn add(&mut self, value: T)
    where
        T: Ord,
    {
        if let Err(at) = self.binary_search(&value) {
            self.push(value);
            if let Some(later) = self.get_mut(at..) {
                later.rotate_right(1);
            }
        }
    }

    /// Keeps those of which this holds.
    pub(crate) fn retain(&mut self, keeps: impl FnMut(&T) -> bool) {
        *self = std::mem::take(self).into_iter().filter(keeps).collect();
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Kept::One(value) => std::slice::from_ref(value),
            Kept::Many(many) => many,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Kept::One(value) => std::slice::from_mut(value),
            Kept::Many(many) => many,
        }
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self.0 {
            Kept::One(value) => (Some(value), Vec::new()),
            Kept::Many(many) => (None, many),
        };
        one.into_iter().chain(many)
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut few = Self::new();
        few.extend(values);
        few
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against a vector, step by step.
    #[test]
    fn it_is_a_list() {
        let (mut few, mut all) = (Few::new(), Vec::new());
        for n in 0..5 {
            assert_eq!(*few, *all);
            few.push(n);
            all.push(n);
            assert_eq!(matches!(few.0, Kept::One(_)), n == 0);
            assert_eq!(few, all.iter().copied().collect());
            assert!(n > 0 || few == Few::one(n));
            assert!((&few).into_iter().eq(&all) && few.clone().into_iter().eq(all.clone()));
            for more in 0..6 {
                let (mut few, mut all) = (few.clone(), all.clone());
                few.retain(|n| *n != 2);
                all.retain(|n| *n != 2);
                few.add(more);
                all.push(more);
                all.sort_unstable();
                all.dedup();
                assert_eq!(*few, *all);
            }
            for keeps in 0..6 {
                let (mut few, mut all) = (few.clone(), all.clone());
                few.retain(|n| n % 2 == 0 && *n < keeps);
                all.retain(|n| n % 2 == 0 && *n < keeps);
                assert_eq!(*few, *all);
                assert_eq!(matches!(few.0, Kept::One(_)), all.len() == 1);
                few.iter_mut().for_each(|n| *n += 1);
                all.iter_mut().for_each(|n| *n += 1);
                assert_eq!(*few, *all);
            }
        }
    }
}
