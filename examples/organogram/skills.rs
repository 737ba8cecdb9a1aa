//! Offers and wishes, which no return has: drawn by grade and profession.
//!
//! Mentors offer what the young bring and wish for leadership and the craft of their profession, mentees the other way
//! round, and those who may be either offer and wish for some of both. What somebody gets hangs on the seed, their id,
//! their grade and their profession, and on nobody else: rows may come and go in any order.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use reverse_mentoring::roster::Side;

use super::source::Post;

/// What mentors bring.
const DIGITAL: [&str; 8] = [
    "accessibility",
    "automation scripting",
    "data visualisation",
    "digital collaboration",
    "generative AI",
    "online privacy",
    "prompt writing",
    "short video",
];

/// What mentees bring.
const LEADERSHIP: [&str; 7] = [
    "career navigation",
    "leading change",
    "ministerial briefing",
    "negotiation",
    "public speaking",
    "stakeholder management",
    "strategy",
];

/// A profession as published, its craft, and the young skill that its juniors are likeliest to bring.
const PROFESSIONS: [(&str, &str, &str); 21] = [
    ("Communications", "media handling", "short video"),
    ("Economics", "economic appraisal", "data visualisation"),
    ("Finance", "public finance", "automation scripting"),
    (
        "Human Resources",
        "workforce planning",
        "digital collaboration",
    ),
    (
        "Information Technology",
        "technology strategy",
        "automation scripting",
    ),
    ("Internal Audit", "assurance", "data visualisation"),
    (
        "Knowledge and Information Management (KIM)",
        "records management",
        "online privacy",
    ),
    ("Law", "legal drafting", "prompt writing"),
    ("Medicine", "clinical governance", "accessibility"),
    (
        "Operational Delivery",
        "service operations",
        "digital collaboration",
    ),
    ("Operational Research", "modelling", "automation scripting"),
    ("Planning", "corporate planning", "digital collaboration"),
    ("Policy", "policy making", "prompt writing"),
    ("Procurement", "commercial sourcing", "automation scripting"),
    (
        "Programme and Project Management (PPM)",
        "programme delivery",
        "digital collaboration",
    ),
    (
        "Property and Asset Management",
        "estate management",
        "accessibility",
    ),
    (
        "Property and asset management",
        "estate management",
        "accessibility",
    ),
    (
        "Science and Engineering",
        "scientific advice",
        "data visualisation",
    ),
    ("Social Research", "research design", "data visualisation"),
    ("Statisticians", "official statistics", "data visualisation"),
    ("Vets", "animal health", "online privacy"),
];

/// The two cells.
#[derive(Debug)]
pub struct Drawn {
    pub offers: String,
    pub wants: String,
}

/// What a post offers and wishes for.
pub fn draw(seed: u64, post: &Post, side: Side) -> Drawn {
    let mut dice = Dice::of(seed, &post.id);
    let known = PROFESSIONS.iter().find(|known| known.0 == post.profession);
    let (craft, young) = (known.map(|known| known.1), known.map(|known| known.2));
    let grade = post.grade.unwrap_or_default();
    let mut hand = Hand::default();
    match side {
        Side::Mentor => {
            let (young, craft) = (dice.half(young), dice.half(craft));
            let more = 1 + dice.below(2);
            hand.offer(young, &DIGITAL, more, 2..=5, &mut dice);
            hand.want(craft, &LEADERSHIP, 2, &mut dice);
        }
        Side::Either => {
            let craft = dice.half(craft);
            hand.offer(None, &DIGITAL, 2, 2..=4, &mut dice);
            // SEO, Grade 7, Grade 6.
            let least = if grade < 7 { 2 } else { 3 };
            hand.offer(craft, &LEADERSHIP, 2, least..=4, &mut dice);
            hand.want(None, &DIGITAL, 2, &mut dice);
            hand.want(None, &LEADERSHIP, 1, &mut dice);
        }
        // Mentees: the senior civil service.
        _ => {
            let young = dice.half(young);
            // The first two grades of the senior civil service, and those above.
            let least = if grade < 10 { 3 } else { 4 };
            hand.offer(craft, &LEADERSHIP, 2, least..=5, &mut dice);
            hand.want(young, &DIGITAL, 2, &mut dice);
        }
    }
    hand.cells()
}

/// What has been drawn so far; a skill is offered or wished for, once.
#[derive(Default)]
struct Hand {
    offers: BTreeMap<&'static str, u64>,
    wants: BTreeMap<&'static str, (u64, u64)>,
}

impl Hand {
    /// Adds `first`, where there is one, and `more` skills of the pool, each with a level of the range.
    fn offer(
        &mut self,
        first: Option<&'static str>,
        pool: &[&'static str],
        more: u64,
        levels: RangeInclusive<u64>,
        dice: &mut Dice,
    ) {
        for skill in self.pick(first, pool, more, dice) {
            let level = levels.start() + dice.below(levels.end() - levels.start() + 1);
            self.offers.insert(skill, level);
        }
    }

    /// Likewise, from 0, 1 or 2 and one or two levels up.
    fn want(
        &mut self,
        first: Option<&'static str>,
        pool: &[&'static str],
        more: u64,
        dice: &mut Dice,
    ) {
        for skill in self.pick(first, pool, more, dice) {
            let from = dice.below(3);
            self.wants.insert(skill, (from, from + 1 + dice.below(2)));
        }
    }

    fn pick(
        &self,
        first: Option<&'static str>,
        pool: &[&'static str],
        more: u64,
        dice: &mut Dice,
    ) -> Vec<&'static str> {
        let mut left: Vec<_> = pool.to_vec();
        left.retain(|skill| {
            let held = self.offers.contains_key(skill) || self.wants.contains_key(skill);
            !held && Some(*skill) != first
        });
        let mut picked = Vec::from_iter(first);
        for _ in 0..more.min(left.len() as u64) {
            picked.push(left.swap_remove(dice.below(left.len() as u64) as usize));
        }
        picked
    }

    fn cells(self) -> Drawn {
        let offers = self
            .offers
            .iter()
            .map(|(skill, at)| format!("{skill}:{at}"));
        let wants = self.wants.iter();
        let wants = wants.map(|(skill, (from, to))| format!("{skill}:{from}>{to}"));
        Drawn {
            offers: Vec::from_iter(offers).join(";"),
            wants: Vec::from_iter(wants).join(";"),
        }
    }
}

/// SplitMix64, begun at the FNV-1a hash of the seed's eight bytes, lowest first, and the id's.
struct Dice(u64);

impl Dice {
    fn of(seed: u64, id: &str) -> Self {
        let seed = seed.to_le_bytes();
        let bytes = seed.iter().chain(id.as_bytes());
        Self(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `0..n`. The remainder favours small numbers by less than `n` in 2^64.
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// The skill, or none of it, at even odds.
    fn half(&mut self, skill: Option<&'static str>) -> Option<&'static str> {
        let kept = self.below(2) == 0;
        skill.filter(|_| kept)
    }
}
