//! Labels of a file, each kept once.
//!
//! In come texts of cells; out come labels, of equal texts one and the same. Never true inside: two labels of one text.

use std::collections::HashMap;

use crate::text::{Label, TextError};

/// A hash by which labels are kept at hand: eight bytes at a time, as it only has to be quick and the texts are compared.
fn quick_hash(text: &str) -> u64 {
    let words = text.as_bytes().chunks(8).map(|chunk| {
        let whole = chunk.first_chunk().map(|word| u64::from_le_bytes(*word));
        whole.unwrap_or_else(|| chunk.iter().fold(0, |word, b| word << 8 | u64::from(*b)))
    });
    let step =
        |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    words.fold(text.len() as u64, step)
}

/// The set of a hash. The highest bits: on them alone the last bytes of a word tell.
const fn set_of(hash: u64) -> usize {
    (hash >> (u64::BITS - SETS.ilog2())) as usize
}

/// Labels by text, so that a million people of ten units share ten texts.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// With whether it has been a skill.
    known: HashMap<Label, bool>,
    /// Of each skill the label, and the line that has it first.
    skills: Vec<(Label, u64)>,
    /// Labels that were asked for lately, each in the set of a quick hash: most cells say what another just said.
    recent: Vec<[Option<Recent>; WAYS]>,
}

/// A label at hand.
#[derive(Debug)]
struct Recent {
    hash: u64,
    label: Label,
    is_skill: bool,
}

/// How many sets of labels are at hand, and how many labels are in each: few texts that recur drive each other out.
const SETS: usize = 1024;
const WAYS: usize = 4;

impl Labels {
    pub(super) fn intern(&mut self, text: &str) -> Result<Label, TextError> {
        let hash = quick_hash(text);
        if let Some(known) = self.at_hand(hash, text) {
            return Ok(known.label.clone());
        }
        let (label, is_skill) = self.look_up(text)?;
        self.note(hash, &label, is_skill);
        Ok(label)
    }

    fn at_hand(&self, hash: u64, text: &str) -> Option<&Recent> {
        let set = self.recent.get(set_of(hash))?;
        set.iter()
            .flatten()
            .find(|recent| recent.hash == hash && recent.label.as_str() == text)
    }

    /// The label, and whether it has been a skill.
    fn look_up(&self, text: &str) -> Result<(Label, bool), TextError> {
        match self.known.get_key_value(text) {
            Some((known, is_skill)) => Ok((known.clone(), *is_skill)),
            None => Ok((Label::new(text)?, false)),
        }
    }

    fn note(&mut self, hash: u64, label: &Label, is_skill: bool) {
        if self.known.get(label) != Some(&is_skill) {
            self.known.insert(label.clone(), is_skill);
        }
        if self.recent.is_empty() {
            self.recent.resize_with(SETS, Default::default);
        }
        if let Some(set) = self.recent.get_mut(set_of(hash)) {
            // In the place of itself, else of the one that came first.
            let own = |kept: &Option<Recent>| kept.as_ref().is_some_and(|k| k.label == *label);
            let upto = set.iter().position(own).unwrap_or(WAYS - 1);
            if let Some(moved) = set.get_mut(..=upto) {
                moved.rotate_right(1);
            }
            if let Some(first) = set.first_mut() {
                *first = Some(Recent {
                    hash,
                    label: label.clone(),
                    is_skill,
                });
            }
        }
    }

    /// The same, of a skill.
    pub(super) fn intern_skill(&mut self, text: &str, line: u64) -> Result<Label, TextError> {
        let hash = quick_hash(text);
        let at_hand = self.at_hand(hash, text);
        if let Some(known) = at_hand.filter(|known| known.is_skill) {
            return Ok(known.label.clone());
        }
        let (label, is_skill) = self.look_up(text)?;
        if !is_skill {
            self.skills.push((label.clone(), line));
        }
        self.note(hash, &label, true);
        Ok(label)
    }

    /// Every skill, and the line that has it first.
    pub(super) fn skills(&self) -> impl Iterator<Item = (&Label, u64)> {
        self.skills.iter().map(|(skill, line)| (skill, *line))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Names that differ at their end alone, eight bytes long and longer, spread over the sets: a set keeps few.
    #[test]
    fn labels_are_told_apart_by_their_last_bytes() {
        for name in ["unit", "a site", "department no."] {
            let sets: HashSet<usize> = (0..1000)
                .map(|n| set_of(quick_hash(&format!("{name} {n:03}"))))
                .collect();
            assert!(sets.len() > 500, "{name}: {}", sets.len());
        }
        assert!(set_of(u64::MAX) < SETS);
    }
}
