//! What a cell says of skills and levels.

use super::cell::{cut, items, parsed, skill_label, whole};
use super::code::FaultCode;
use super::labels::Labels;
use super::row::{Column, Row};
use crate::roster::{Level, Offer, Skill, Wish};
use crate::text::{Quoted, trimmed};

/// `skill:level` items, by skill.
pub(super) fn offers(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Box<[Offer]> {
    let items = items(row, column);
    if items.len() == 0 {
        return Box::default();
    }
    let mut offers = Read::of(items.len());
    for item in items {
        let Some((skill, level)) = skill_of(row, column, labels, item, FaultCode::BadOffer) else {
            continue;
        };
        match level_of(level, 1) {
            // One of 1 to 5 can be offered.
            Some(level) => offers.sound.extend(Offer::of(skill, level)),
            None => {
                bad_level(row, column, item, "1 to 5");
                offers.faulty.push(skill);
            }
        }
    }
    offers.each_once(row, column, Offer::skill)
}

/// `skill:to` or `skill:from>to` items, by skill; without a `from` it is the level one offers oneself.
pub(super) fn wishes(
    row: &mut Row<'_>,
    column: Column,
    offers: &[Offer],
    labels: &mut Labels,
) -> Box<[Wish]> {
    let own = |skill: &Skill| {
        let found = offers.binary_search_by(|offer| offer.skill().cmp(skill));
        found
            .ok()
            .and_then(|at| offers.get(at))
            .map_or(Level::NONE, Offer::level)
    };
    let items = items(row, column);
    if items.len() == 0 {
        return Box::default();
    }
    let mut wishes = Read::of(items.len());
    for item in items {
        let Some((skill, levels)) = skill_of(row, column, labels, item, FaultCode::BadWish) else {
            continue;
        };
        let (from, to) = match cut(levels, '>') {
            Some((from, to)) => (level_of(from, 0), level_of(to, 0)),
            None => (Some(own(&skill)), level_of(levels, 0)),
        };
        match (from, to) {
            (Some(from), Some(to)) if from < to => wishes.sound.extend(Wish::of(skill, from, to)),
            (Some(from), Some(to)) => {
                if let Err(error) = Wish::of(skill.clone(), from, to) {
                    row.fault(
                        column,
                        FaultCode::NotRising,
                        format_args!("has {}: {error}", Quoted(trimmed(item))),
                    );
                }
                wishes.faulty.push(skill);
            }
            _ => {
                bad_level(row, column, item, "0 to 5");
                wishes.faulty.push(skill);
            }
        }
    }
    wishes.each_once(row, column, Wish::skill)
}

/// What has been read of a list.
struct Read<T> {
    sound: Vec<T>,
    /// The skills of items that say nothing that can be read.
    faulty: Vec<Skill>,
}

impl<T> Read<T> {
    fn of(items: usize) -> Self {
        Self {
            sound: Vec::with_capacity(items),
            faulty: Vec::new(),
        }
    }

    /// The items by skill, and a fault for each skill that stands twice, whatever else is wrong with it.
    fn each_once(
        self,
        row: &mut Row<'_>,
        column: Column,
        skill: impl Fn(&T) -> &Skill,
    ) -> Box<[T]> {
        let Self { mut sound, faulty } = self;
        let is_done =
            |sound: &[T]| faulty.is_empty() && sound.is_sorted_by(|a, b| skill(a) < skill(b));
        if is_done(&sound) {
            return sound.into();
        }
        sound.sort_by(|a, b| skill(a).cmp(skill(b)));
        if is_done(&sound) {
            return sound.into();
        }
        let mut skills: Vec<&Skill> = sound.iter().map(&skill).chain(&faulty).collect();
        skills.sort_unstable();
        for same in skills.chunk_by(|a, b| a == b) {
            if let [skill, _, ..] = same {
                row.fault(
                    column,
                    FaultCode::SkillTwice,
                    format_args!("has the skill {} more than once", Quoted(skill.as_str())),
                );
            }
        }
        sound.into()
    }
}

/// The skill of an item and what follows the last colon.
fn skill_of<'t>(
    row: &mut Row<'_>,
    column: Column,
    labels: &mut Labels,
    item: &'t str,
    code: FaultCode,
) -> Option<(Skill, &'t str)> {
    let colon = item.bytes().rposition(|byte| byte == b':');
    let parts = colon.and_then(|at| Some((item.get(..at)?, item.get(at + 1..)?)));
    match parts {
        Some((skill, rest)) if !trimmed(skill).is_empty() => {
            let label = skill_label(row, column, labels, trimmed(skill))?;
            Some((Skill::from(label), rest))
        }
        _ => {
            let form = match code {
                FaultCode::BadOffer => "`skill:level`",
                _ => "`skill:to` or `skill:from>to`",
            };
            row.fault(
                column,
                code,
                format_args!("has {}, not {form}", Quoted(trimmed(item))),
            );
            None
        }
    }
}

/// A skill of a cell of its own.
pub(super) fn skill(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Option<Skill> {
    let text = trimmed(row.cell(column)?);
    if text.is_empty() {
        row.fault(column, FaultCode::BadLabel, "is blank");
        return None;
    }
    skill_label(row, column, labels, text).map(Skill::from)
}

/// A level from `least` to 5.
fn level_of(text: &str, least: u8) -> Option<Level> {
    let level: u8 = whole(trimmed(text))?;
    Level::new(level).ok().filter(|l| l.as_u8() >= least)
}

/// A level of a cell of its own, 0 to 5.
pub(super) fn level(row: &mut Row<'_>, column: Column) -> Option<Level> {
    let code = FaultCode::BadLevel;
    parsed(row, column, code, "a level of 0 to 5", |text| {
        level_of(text, 0)
    })
    .needed(row, column, code)
}

fn bad_level(row: &mut Row<'_>, column: Column, item: &str, range: &str) {
    row.fault(
        column,
        FaultCode::BadLevel,
        format_args!("has {}, whose level is not {range}", Quoted(trimmed(item))),
    );
}
