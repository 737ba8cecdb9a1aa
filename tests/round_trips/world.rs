//! A random programme under random names, and everything that goes with it.

use std::sync::OnceLock;

use reverse_mentoring::history::History;
use reverse_mentoring::ids::ProgramId;
use reverse_mentoring::journal::{Entry, Event};
use reverse_mentoring::privacy::Member;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::Skill;
use reverse_mentoring::text::Label;

use crate::life::{Dice, Life};
use crate::nasty::nasty;

/// The nasty strings, as they are and those that are labels.
pub(crate) fn texts() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(nasty)
}

pub(crate) fn labels() -> &'static [Label] {
    static ALL: OnceLock<Vec<Label>> = OnceLock::new();
    ALL.get_or_init(|| {
        texts()
            .iter()
            .filter_map(|t| Label::new(t.as_str()).ok())
            .collect()
    })
}

pub(crate) fn pick<'a, T>(dice: &mut Dice, all: &'a [T]) -> &'a T {
    &all[dice.roll(all.len() as u64) as usize]
}

/// A label as it comes to hand: plain, nasty, or nasty with something behind it, so that hardly any two are one.
pub(crate) fn label(dice: &mut Dice) -> Label {
    match dice.roll(3) {
        0 => Label::new(format!("plain {}", dice.roll(50))).unwrap(),
        1 => pick(dice, labels()).clone(),
        _ => {
            let mut text = pick(dice, labels()).to_string();
            text.push_str(&dice.roll(9).to_string());
            Label::new(text).unwrap_or_else(|_| Label::new("too long").unwrap())
        }
    }
}

/// A skill by its name, or by what a taxonomy knows it by.
pub(crate) fn skill(dice: &mut Dice) -> Skill {
    if dice.roll(2) == 0 {
        return Skill::from(label(dice));
    }
    let [scheme, id, name] = [(); 3].map(|()| label(dice));
    Skill::referenced(scheme.as_str(), id.as_str(), name.as_str()).unwrap()
}

/// A programme as its journal has it. Ids of pairings and people are those of every other programme, too.
pub(crate) struct World {
    pub(crate) id: ProgramId,
    pub(crate) journal: Vec<Entry>,
    pub(crate) program: Program,
    pub(crate) today: i64,
    pub(crate) dice: Dice,
}

impl World {
    /// Something of all that can happen, in `turns` turns; then everything that has a name has another one.
    pub(crate) fn new(seed: u64, turns: u32) -> Self {
        let (mut life, mut dice) = (Life::new(), Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        let mut today = 3;
        for _ in 0..turns {
            life.turn(&mut dice, today);
            today += dice.roll(5) as i64;
        }
        let id: ProgramId = format!("00000004-0000-8000-8000-{:012x}", seed + 1)
            .parse()
            .unwrap();
        let journal = renamed(&life.journal, id, &mut dice);
        let program = Program::replay(&journal).unwrap();
        Self {
            id,
            journal,
            program,
            today,
            dice,
        }
    }

    pub(crate) fn history(&self) -> &History {
        self.program.history()
    }

    /// Both of every open pairing.
    pub(crate) fn members(&self) -> Vec<[Member; 2]> {
        let open = self.program.open_pairings();
        open.map(|p| [p.pair().mentor, p.pair().mentee].map(|who| p.member(who).unwrap()))
            .collect()
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// The journal of another programme in which the same happens under other names, and within a second.
fn renamed(journal: &[Entry], id: ProgramId, dice: &mut Dice) -> Vec<Entry> {
    let [video, mut budget] = [(); 2].map(|()| skill(dice));
    if video == budget {
        budget = Skill::new("another").unwrap();
    }
    let nanos = dice.of(&["", ".1", ".000001", ".123456789"]);
    let matcher = label(dice);
    let swaps = [
        ("\"skill\":\"video\"", format!("\"skill\":{}", json(&video))),
        (
            "\"skill\":\"budget\"",
            format!("\"skill\":{}", json(&budget)),
        ),
        (
            "\"purpose\":\"purpose\"",
            format!("\"purpose\":{}", json(&label(dice))),
        ),
        ("\"basics\"", json(&label(dice))),
        (
            "\"matcher\":null",
            format!("\"matcher\":{}", json(&format!("{matcher}@7"))),
        ),
        ("T00:00:00Z\",\"on\"", format!("T00:00:00{nanos}Z\",\"on\"")),
    ];
    let all = journal.iter().map(|entry| {
        let mut text = serde_json::to_string(entry).unwrap();
        for (from, to) in &swaps {
            text = text.replace(from, to);
        }
        let mut entry: Entry = serde_json::from_str(&text).unwrap();
        if let Event::Opened { program, .. } = &mut entry.event {
            *program = id;
        }
        entry
    });
    all.collect()
}
