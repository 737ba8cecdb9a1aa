//! Names of managers, each kept once: most are many people's.

use std::hash::{BuildHasher as _, RandomState};
use std::num::NonZeroU32;

use crate::text::Key;

/// Texts by number, and numbers by text.
///
/// A map of texts would take one piece of memory for each, and hash all of them anew whenever it grows. Here they stand
/// in one text, and hashes are kept. The hash is that of the standard maps: nobody can write a file in which names collide.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// One after the other.
    texts: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// As many as a power of two, more than half of them free.
    slots: Vec<Option<Slot>>,
    hasher: RandomState,
    last: u32,
}

/// A hash, and the number after that of the name: eight bytes, as slots are asked for all over.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    next: NonZeroU32,
}

const _: () = assert!(size_of::<Option<Slot>>() == 8);

/// Slots before the first growth.
const FIRST: usize = 64;

impl Names {
    /// The number of a text, which is new where nobody has asked for it before.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if self.known(self.last) != Some(text) {
            let hash = self.hash(text);
            let found = self.look_up(hash, text);
            self.last = found.unwrap_or_else(|| self.add(hash, text));
        }
        self.last
    }

    fn known(&self, number: u32) -> Option<&str> {
        let at = number as usize;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let (from, to) = (from.copied().unwrap_or(0), *self.ends.get(at)?);
        self.texts.get(from..to)
    }

    pub(super) fn text(&self, number: u32) -> &str {
        self.known(number).unwrap_or_default()
    }

    fn hash(&self, text: &str) -> u32 {
        self.hasher.hash_one(text) as u32
    }

    fn look_up(&self, hash: u32, text: &str) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        // There are free slots.
        while let Some(slot) = self.slots.get(at).copied().flatten() {
            let number = slot.next.get() - 1;
            if slot.hash == hash && self.text(number) == text {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        None
    }

    fn add(&mut self, hash: u32, text: &str) -> u32 {
        let number = self.push(text);
        if self.ends.len() * 2 > self.slots.len() {
            let more = (self.slots.len() * 2).max(FIRST);
            let known = std::mem::replace(&mut self.slots, vec![None; more]);
            known
                .into_iter()
                .flatten()
                .for_each(|slot| self.place(slot));
        }
        if let Some(next) = NonZeroU32::new(number.wrapping_add(1)) {
            self.place(Slot { hash, next });
        }
        number
    }

    /// Gives a text the next number, by which alone it is found.
    fn push(&mut self, text: &str) -> u32 {
        let number = self.ends.len() as u32;
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        number
    }

    fn place(&mut self, slot: Slot) {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = slot.hash as usize & mask;
        while let Some(found) = self.slots.get_mut(at) {
            if found.is_none() {
                *found = Some(slot);
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// Gives every name another text; of names that have one text now, the first is found by it.
    #[cfg(feature = "scim")]
    pub(super) fn rename(&mut self, mut rename: impl FnMut(&str) -> String) {
        let known = std::mem::take(self);
        for number in 0..known.ends.len() as u32 {
            let text = rename(known.text(number));
            let hash = self.hash(&text);
            match self.look_up(hash, &text) {
                None => self.add(hash, &text),
                Some(_) => self.push(&text),
            };
        }
    }

    /// The place of each name among keys that rise; nothing for a name that is none of them.
    pub(super) fn places(&self, keys: &[Key]) -> Vec<Option<u32>> {
        let mut order: Vec<u32> = (0..self.ends.len() as u32).collect();
        order.sort_by(|a, b| self.text(*a).cmp(self.text(*b)));
        let mut places = vec![None; self.ends.len()];
        let mut keys = (0u32..).zip(keys).peekable();
        for name in order {
            let text = self.text(name);
            while keys.next_if(|(_, key)| key.as_str() < text).is_some() {}
            let found = keys.peek().filter(|(_, key)| key.as_str() == text);
            if let (Some(slot), Some((at, _))) = (places.get_mut(name as usize), found) {
                *slot = Some(*at);
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// Beside a map, over several growths; every text is asked for more than once.
    #[test]
    fn numbers_are_those_of_a_map() {
        let mut names = Names::default();
        let mut map: HashMap<String, u32> = HashMap::new();
        for n in 0..20_000u64 {
            let text = format!("é{}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % 3001);
            let text = if n % 1000 == 0 { "" } else { text.as_str() };
            let new = map.len() as u32;
            let number = *map.entry(text.to_owned()).or_insert(new);
            assert_eq!(names.number(text), number, "{text}");
            assert_eq!(names.text(number), text);
        }
        assert!(map.len() > 2000 && names.ends.len() == map.len());
        assert_eq!(names.text(map.len() as u32), "");
    }

    #[test]
    fn places_are_those_among_keys() {
        let mut names = Names::default();
        for name in ["c", "a", "zz", "b", ""] {
            names.number(name);
        }
        let keys = ["a", "c", "d"].map(|key| Key::new(key).unwrap());
        assert_eq!(names.places(&keys), [Some(1), Some(0), None, None, None]);
    }

    #[cfg(feature = "scim")]
    #[test]
    fn renamed_alike_keep_their_numbers() {
        let mut names = Names::default();
        for name in ["a", "b", "c"] {
            names.number(name);
        }
        names.rename(|name| if name == "c" { "x" } else { "y" }.to_owned());
        assert_eq!([0, 1, 2].map(|n| names.text(n).to_owned()), ["y", "y", "x"]);
        assert_eq!(
            (names.number("x"), names.number("y"), names.number("b")),
            (2, 0, 3)
        );
    }
}
