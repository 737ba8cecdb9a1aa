//! What a cell says of skills and levels.

use super::cell::{Labels, items, parsed, skill_label, whole};
use super::fault::FaultCode;
use super::row::{Column, Row};
use crate::roster::{Level, Offer, Skill, Wish};
use crate::text::Quoted;

/// `skill:level` items, by skill.
pub(super) fn offers(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Box<[Offer]> {
    let mut offers = Vec::new();
    for item in items(row, column) {
        let Some((skill, level)) = skill_of(row, column, labels, item, FaultCode::BadOffer) else {
            continue;
        };
        let offer = level_of(level, 1).and_then(|level| Offer::of(skill.clone(), level).ok());
        if offer.is_none() {
            bad_level(row, column, item, "1 to 5");
        }
        offers.push((skill, offer));
    }
    each_once(row, column, offers)
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
    let mut wishes = Vec::new();
    for item in items(row, column) {
        let Some((skill, levels)) = skill_of(row, column, labels, item, FaultCode::BadWish) else {
            continue;
        };
        let (from, to) = match levels.split_once('>') {
            Some((from, to)) => (level_of(from, 0), level_of(to, 0)),
            None => (Some(own(&skill)), level_of(levels, 0)),
        };
        let wish = match (from, to) {
            (Some(from), Some(to)) => match Wish::of(skill.clone(), from, to) {
                Ok(wish) => Some(wish),
                Err(error) => {
                    row.fault(
                        column,
                        FaultCode::NotRising,
                        format_args!("has {}: {error}", Quoted(item.trim())),
                    );
                    None
                }
            },
            _ => {
                bad_level(row, column, item, "0 to 5");
                None
            }
        };
        wishes.push((skill, wish));
    }
    each_once(row, column, wishes)
}

/// The items by skill, and a fault for each skill that stands twice, whatever else is wrong with it.
fn each_once<T>(row: &mut Row<'_>, column: Column, mut items: Vec<(Skill, Option<T>)>) -> Box<[T]> {
    items.sort_by(|a, b| a.0.cmp(&b.0));
    for same in items.chunk_by(|a, b| a.0 == b.0) {
        if let [(skill, _), _, ..] = same {
            row.fault(
                column,
                FaultCode::SkillTwice,
                format_args!("has the skill {} more than once", Quoted(skill.as_str())),
            );
        }
    }
    items.into_iter().filter_map(|(_, item)| item).collect()
}

/// The skill of an item and what follows the last colon.
fn skill_of<'t>(
    row: &mut Row<'_>,
    column: Column,
    labels: &mut Labels,
    item: &'t str,
    code: FaultCode,
) -> Option<(Skill, &'t str)> {
    match item.rsplit_once(':') {
        Some((skill, rest)) if !skill.trim().is_empty() => {
            let label = skill_label(row, column, labels, skill.trim())?;
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
                format_args!("has {}, not {form}", Quoted(item.trim())),
            );
            None
        }
    }
}

/// A skill of a cell of its own.
pub(super) fn skill(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Option<Skill> {
    let text = row.cell(column)?.trim();
    if text.is_empty() {
        row.fault(column, FaultCode::BadLabel, "is blank");
        return None;
    }
    skill_label(row, column, labels, text).map(Skill::from)
}

/// A level from `least` to 5.
fn level_of(text: &str, least: u8) -> Option<Level> {
    let level: u8 = whole(text.trim())?;
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
        format_args!("has {}, whose level is not {range}", Quoted(item.trim())),
    );
}
