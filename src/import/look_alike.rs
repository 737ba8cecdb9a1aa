//! What people may take for one another: keys and skills that look alike. They are told, and never merged.

use std::collections::BTreeMap;

use super::fault::{Notice, NoticeCode, Seal};
use super::labels::Labels;
use super::roster_row::Entry;
use crate::text::Label;

/// How many of the others a notice names.
const SHOWN: usize = 12;

/// The looks of keys, as hashes, taken while each has just been read.
#[derive(Debug, Default)]
pub(super) struct Looks {
    hashes: Vec<u64>,
}

impl Looks {
    /// Looks at the key of the next row, where it has one.
    pub(super) fn see(&mut self, entry: &Entry) {
        let key = entry.key.as_ref();
        self.hashes.extend(key.map(|key| hash(key.as_str())));
    }
}

/// A notice for each group of keys with one look; `looks` has seen all rows.
pub(super) fn look_alikes(entries: &[Entry], looks: Looks) -> Vec<Notice> {
    let Looks { hashes } = looks;
    let keyed = entries.iter().enumerate();
    let keyed = keyed.filter(|(_, e)| e.key.is_some()).map(|(at, _)| at);
    let mut marks = Marks::of(hashes.len());
    hashes.iter().for_each(|hash| marks.mark(*hash));
    let alike = hashes.iter().copied().zip(keyed);
    let alike = alike.filter(|(hash, _)| marks.is_twice(*hash));
    let mut looks: Vec<(u64, usize)> = alike.collect();
    looks.sort_unstable();
    let mut notices = Vec::new();
    for same in looks.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() > 1) {
        // Two looks may have one hash.
        let mut by_look: BTreeMap<String, BTreeMap<&str, u64>> = BTreeMap::new();
        let rows = same.iter().filter_map(|(_, at)| entries.get(*at));
        for (key, line) in rows.filter_map(|e| Some((e.key.as_ref()?.as_str(), e.line))) {
            let keys = by_look.entry(look(key).collect()).or_default();
            keys.entry(key).or_insert(line);
        }
        notices.extend(by_look.values().filter_map(|keys| {
            let lines = keys.values().copied();
            notice(NoticeCode::LookAlike, lines.collect())
        }));
    }
    notices
}

/// Which hashes may have been there twice: most keys look like no other, and what is not marked twice need not be sorted.
struct Marks {
    once: Vec<u64>,
    twice: Vec<u64>,
    shift: u32,
}

impl Marks {
    /// For so many hashes: sixteen marks for each, a power of two.
    fn of(hashes: usize) -> Self {
        let bits = hashes.max(4).next_power_of_two() * 16;
        Self {
            once: vec![0; bits / 64],
            twice: vec![0; bits / 64],
            shift: u64::BITS - bits.ilog2(),
        }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        // The last signs of a text do not reach the highest bits of FNV.
        let mark = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift;
        ((mark / 64) as usize, 1 << (mark % 64))
    }

    fn mark(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        if let Some((once, twice)) = self.once.get_mut(at).zip(self.twice.get_mut(at)) {
            *twice |= *once & bit;
            *once |= bit;
        }
    }

    fn is_twice(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.twice.get(at).is_none_or(|marks| marks & bit != 0)
    }
}

/// A notice for each group of skills that differ by white space or case alone.
pub(super) fn skill_look_alikes(labels: &Labels) -> Vec<Notice> {
    let mut by_look: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (skill, line) in labels.skills() {
        by_look.entry(plain(skill)).or_default().push(line);
    }
    let alike = by_look.into_values();
    alike
        .filter_map(|lines| notice(NoticeCode::SkillLookAlike, lines))
        .collect()
}

fn plain(skill: &Label) -> String {
    let words: Vec<&str> = skill.as_str().split_whitespace().collect();
    words.concat().to_lowercase()
}

fn notice(code: NoticeCode, mut lines: Vec<u64>) -> Option<Notice> {
    lines.sort_unstable();
    if lines.len() < 2 {
        return None;
    }
    // Somebody who has no row stands at line 0.
    let own = lines.iter().copied().find(|line| *line > 0)?;
    let others = lines.iter().copied().filter(|line| *line > own);
    let seal = Seal::with(own, others.take(SHOWN));
    Some(Notice::new(own, code, code.meaning().to_owned()).sealed(seal))
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

const fn step(hash: u64, sign: u32) -> u64 {
    (hash ^ sign as u64).wrapping_mul(0x0100_0000_01b3)
}

/// FNV-1a of how a text looks: it only has to be quick, as equal ones are compared.
fn hash(text: &str) -> u64 {
    if !text.is_ascii() {
        return look(text).fold(FNV, |hash, c| step(hash, u32::from(c)));
    }
    let signs = text.bytes().filter(|b| !char::from(*b).is_whitespace());
    let signs = signs.map(|b| match b.to_ascii_lowercase() {
        b'o' => b'0',
        b'l' | b'i' | b'|' => b'1',
        other => other,
    });
    let signs = signs.skip_while(|b| *b == b'0');
    signs.fold(FNV, |hash, b| step(hash, u32::from(b)))
}

/// How a text looks at a glance: without white space, what is not seen, and zeros at its beginning; in one case; with one sign for
/// each of those that are taken for one another.
fn look(text: &str) -> impl Iterator<Item = char> + '_ {
    let seen = text
        .chars()
        .filter(|c| !(c.is_whitespace() || is_hidden(*c)));
    let lower = seen.map(narrow).flat_map(char::to_lowercase).map(sign);
    lower.skip_while(|c| *c == '0')
}

const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Full-width signs as those of ASCII, digits of other scripts as digits.
fn narrow(c: char) -> char {
    let digit = |zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{660}'..='\u{669}' => digit('\u{660}'),
        '\u{6f0}'..='\u{6f9}' => digit('\u{6f0}'),
        '\u{966}'..='\u{96f}' => digit('\u{966}'),
        _ => c,
    }
}

/// One sign for those that look like it, in lower case: what is taken for a zero or a one, Cyrillic and Greek letters whose small
/// or capital form is that of a Latin one, and dashes.
const fn sign(c: char) -> char {
    match c {
        'o' | 'о' | 'ο' => '0',
        'l' | 'i' | '|' | 'і' | 'ı' | 'ι' | 'ӏ' => '1',
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'н' | 'η' => 'h',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' | 'µ' => 'm',
        'ν' => 'n',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'υ' => 'y',
        'ζ' => 'z',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quick way for ASCII is the way for all texts.
    #[test]
    fn quick_hashes_are_the_same() {
        for a in 0..128u8 {
            for b in 0..128u8 {
                let text = String::from_utf8(vec![b'O', a, b, b'0', a]).unwrap();
                let slow = look(&text).fold(FNV, |hash, c| step(hash, u32::from(c)));
                assert_eq!(hash(&text), slow, "{text:?}");
            }
        }
    }

    /// Whatever was marked twice is said to be, and hardly anything else.
    #[test]
    fn marks_are_of_what_was_there_twice() {
        for many in [0, 1, 2, 5, 1000, 20_000] {
            let hashes: Vec<u64> = (0..many).map(|n| hash(&format!("E-{n:07}"))).collect();
            let mut marks = Marks::of(many * 2);
            hashes.iter().for_each(|hash| marks.mark(*hash));
            hashes.iter().step_by(3).for_each(|hash| marks.mark(*hash));
            let twice = |every: usize, from: usize| {
                let some = hashes.iter().skip(from).step_by(every);
                some.filter(|hash| marks.is_twice(**hash)).count()
            };
            assert_eq!(twice(3, 0), many.div_ceil(3));
            assert!(twice(3, 1) <= many / 30, "{many}: {}", twice(3, 1));
        }
    }

    /// Each row looks alike, and no two rows do.
    #[test]
    fn what_looks_alike() {
        let rows: &[&[&str]] = &[
            &["7", "007", " 7", "7 ", "\u{ff17}", "O7", "\u{200b}7", "٧"],
            &[
                "E-10", "e-10", "E-1O", "E-lO", "E–I0", "Ε-10", "E - 10", "е-|о",
            ],
            &["abc", "ABC", "аbс", "a b\u{a0}c"],
            &["70", "7O"],
            &["e-010"],
            &["p1", "ρ1", "рl"],
        ];
        for (at, row) in rows.iter().enumerate() {
            for text in *row {
                let same = |other: &&&str| look(other).eq(look(text));
                assert!(row.iter().all(|other| same(&other)), "{text:?}");
                let others = rows.iter().enumerate().filter(|(n, _)| *n != at);
                let others: Vec<_> = others.flat_map(|(_, row)| *row).filter(same).collect();
                assert!(others.is_empty(), "{text:?} looks like {others:?}");
            }
        }
    }
}
