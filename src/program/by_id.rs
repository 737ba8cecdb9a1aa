//! A map by id for the gate: found in one step however many there are, gone through in the order of the ids.
//!
//! In come ids of the host's own making; out come what is kept under them. Never true inside: an answer that hangs on the order of a hash,
//! which nobody goes through.

use std::collections::BTreeMap;
use std::hash::Hash;

use crate::folded::FoldedMap;

/// Values by id. Every id stands in both indices, at the same place, and every place that is filled has one id.
#[derive(Debug, Clone)]
pub(super) struct ById<K, T> {
    found: FoldedMap<K, usize>,
    order: BTreeMap<K, usize>,
    places: Places<T>,
    free: Vec<usize>,
}

/// Places in blocks, so that none of them moves when there are more.
#[derive(Debug, Clone)]
struct Places<T>(Vec<Vec<Option<T>>>);

/// Places in a block.
const BLOCK: usize = 64;

impl<T> Places<T> {
    fn get(&self, at: usize) -> Option<&T> {
        self.0.get(at / BLOCK)?.get(at % BLOCK)?.as_ref()
    }

    fn get_mut(&mut self, at: usize) -> Option<&mut Option<T>> {
        self.0.get_mut(at / BLOCK)?.get_mut(at % BLOCK)
    }

    /// Adds one after the last, and returns which it is.
    fn push(&mut self, value: T) -> usize {
        match self.0.last_mut().filter(|block| block.len() < BLOCK) {
            Some(block) => block.push(Some(value)),
            None => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(Some(value));
                self.0.push(block);
            }
        }
        let last = self.0.last().map_or(0, Vec::len);
        self.0.len().saturating_sub(1) * BLOCK + last.saturating_sub(1)
    }

    fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().flatten().flatten()
    }
}

impl<K: Copy + Ord + Hash, T> ById<K, T> {
    pub(super) fn new() -> Self {
        Self {
            found: FoldedMap::default(),
            order: BTreeMap::new(),
            places: Places(Vec::new()),
            free: Vec::new(),
        }
    }

    pub(super) fn get(&self, id: &K) -> Option<&T> {
        let at = *self.found.get(id)?;
        self.places.get(at)
    }

    pub(super) fn get_mut(&mut self, id: &K) -> Option<&mut T> {
        let at = *self.found.get(id)?;
        self.places.get_mut(at)?.as_mut()
    }

    pub(super) fn contains_key(&self, id: &K) -> bool {
        self.found.contains_key(id)
    }

    /// Puts a value there; what stood there before.
    pub(super) fn insert(&mut self, id: K, value: T) -> Option<T> {
        if let Some(known) = self.get_mut(&id) {
            return Some(std::mem::replace(known, value));
        }
        let at = match self.free.pop() {
            Some(at) => {
                if let Some(place) = self.places.get_mut(at) {
                    *place = Some(value);
                }
                at
            }
            None => self.places.push(value),
        };
        self.found.insert(id, at);
        self.order.insert(id, at);
        None
    }

    pub(super) fn remove(&mut self, id: &K) -> Option<T> {
        let at = self.found.remove(id)?;
        self.order.remove(id);
        self.free.push(at);
        self.places.get_mut(at)?.take()
    }

    /// By id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &T)> {
        let order = self.order.iter();
        order.filter_map(|(id, at)| Some((id, self.places.get(*at)?)))
    }

    /// By id.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|(_, value)| value)
    }

    /// In no order that means anything.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.places.iter_mut()
    }
}

impl<K: Copy + Ord + Hash, T: PartialEq> PartialEq for ById<K, T> {
    fn eq(&self, other: &Self) -> bool {
        self.order.len() == other.order.len() && self.iter().eq(other.iter())
    }
}

impl<K: Copy + Ord + Hash, T: Eq> Eq for ById<K, T> {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against a map in order, move by move.
    #[test]
    fn it_is_a_map_in_order() {
        let (mut ours, mut theirs) = (ById::new(), BTreeMap::new());
        let mut state: u64 = 3;
        for step in 0..20_000u32 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let (id, what) = ((state >> 33) as u32 % 300, (state >> 60) % 4);
            match what {
                0 | 1 => assert_eq!(ours.insert(id, step), theirs.insert(id, step)),
                2 => assert_eq!(ours.remove(&id), theirs.remove(&id)),
                _ => {
                    ours.get_mut(&id).into_iter().for_each(|n| *n += 1);
                    theirs.entry(id).and_modify(|n| *n += 1);
                }
            }
            assert_eq!(ours.get(&id), theirs.get(&id));
            assert_eq!(ours.contains_key(&id), theirs.contains_key(&id));
            if step % 500 == 0 {
                assert!(ours.iter().eq(theirs.iter()) && ours.values().eq(theirs.values()));
                assert_eq!(ours, ours.clone());
                // The same through other moves.
                let mut again = ById::new();
                for (id, value) in theirs.iter().rev() {
                    again.insert(*id, *value);
                }
                assert_eq!(again, ours);
                again.insert(1_000, 0);
                assert_ne!(again, ours);
            }
        }
        ours.values_mut().for_each(|value| *value = 7);
        assert!(ours.values().all(|value| *value == 7));
        // As many places as there have been at once, and no more.
        let places: usize = ours.places.0.iter().map(Vec::len).sum();
        assert!(places <= 300 && ours.places.0.iter().all(|block| block.len() <= BLOCK));
    }
}
