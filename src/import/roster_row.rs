//! One row of a roster: what its cells say, before anybody looks at the other rows.

use std::num::NonZeroU32;

use super::cell::{self, Reading};
use super::code::FaultCode;
use super::fault::Fault;
use super::labels::Labels;
use super::mapping::{BlankManager, OwnManager};
use super::names::Names;
use super::row::{Column, Row};
use super::skills;
use super::table::Table;
use crate::roster::{Capacity, Colleague, Draft, Experience, Hours, Line, Side, Stated};
use crate::text::{Key, trimmed};

/// The columns of a roster.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) id: Column,
    pub(super) manager: Column,
    pub(super) dotted: Column,
    pub(super) grade: Column,
    pub(super) experience_months: Column,
    side: Column,
    capacity: Column,
    hours_per_month: Column,
    offers: Column,
    wants: Column,
    languages: Column,
    unit: Column,
    site: Column,
    timezone: Column,
    interests: Column,
    values: Column,
    background: Column,
    group: Column,
}

impl Columns {
    /// Columns of which somebody else knows where they stand.
    #[cfg(feature = "scim")]
    pub(super) fn named(mut column: impl FnMut(&'static str) -> Column) -> Self {
        Self {
            id: column("id"),
            manager: column("manager"),
            dotted: column("dotted"),
            grade: column("grade"),
            experience_months: column("experience_months"),
            side: column("side"),
            capacity: column("capacity"),
            hours_per_month: column("hours_per_month"),
            offers: column("offers"),
            wants: column("wants"),
            languages: column("languages"),
            unit: column("unit"),
            site: column("site"),
            timezone: column("timezone"),
            interests: column("interests"),
            values: column("values"),
            background: column("background"),
            group: column("group"),
        }
    }

    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let columns = Self {
            id: table.required("id"),
            manager: table.required("manager"),
            dotted: table.optional("dotted"),
            grade: table.optional("grade"),
            experience_months: table.optional("experience_months"),
            // Without it nobody would take part, and the answer would be an empty plan.
            side: table.required("side"),
            capacity: table.optional("capacity"),
            hours_per_month: table.optional("hours_per_month"),
            offers: table.optional("offers"),
            wants: table.optional("wants"),
            languages: table.optional("languages"),
            unit: table.optional("unit"),
            site: table.optional("site"),
            timezone: table.optional("timezone"),
            interests: table.optional("interests"),
            values: table.optional("values"),
            background: table.optional("background"),
            group: table.optional("group"),
        };
        table.key(columns.id);
        for sensitive in [columns.interests, columns.values, columns.background] {
            table.hush(sensitive);
        }
        columns
    }
}

/// Who the solid line leads to.
#[derive(Debug)]
pub(super) enum Manager {
    /// Nobody can say, and that is a fault already.
    Unreadable,
    Root,
    /// By number in the [`Names`] of the file.
    Named(u32),
}

/// What a row says, as far as it can be read.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) line: u64,
    pub(super) key: Option<Key>,
    pub(super) manager: Manager,
    pub(super) dotted: Box<[Box<str>]>,
    pub(super) grade: Reading<i32>,
    pub(super) months: Reading<u32>,
    pub(super) side: Option<Side>,
    pub(super) capacity: Option<NonZeroU32>,
    pub(super) hours: Option<Hours>,
    /// The place of those who take part among the drafts, where nothing is wrong with their row.
    pub(super) draft: Option<usize>,
}

impl Entry {
    /// Reads every cell, also those of people who do not take part: what is filled in is checked.
    pub(super) fn read(
        row: &mut Row<'_>,
        of: &Columns,
        labels: &mut Labels,
        names: &mut Names,
        drafts: &mut Vec<Draft>,
    ) -> Self {
        if row.key().is_some_and(|key| row.is_root_word(key.as_str())) {
            row.refuse_key();
            let text = "is `-`, which declares a root and cannot be a key";
            row.fault(of.id, FaultCode::BadKey, text);
        }
        let manager = manager(row, of.manager, names);
        let dotted = cell::items(row, of.dotted).map(Box::from);
        let dotted = dotted.collect();
        let grade = cell::parsed(
            row,
            of.grade,
            FaultCode::BadGrade,
            "a whole number",
            cell::whole,
        );
        let months = cell::parsed(
            row,
            of.experience_months,
            FaultCode::BadExperience,
            "a whole number of months",
            cell::whole,
        );
        let side = cell::choice(
            row,
            of.side,
            FaultCode::BadSide,
            &[
                ("mentor", Side::Mentor),
                ("mentee", Side::Mentee),
                ("either", Side::Either),
            ],
        )
        .value();
        let capacity = cell::parsed(
            row,
            of.capacity,
            FaultCode::BadCapacity,
            "a whole number of 1 or more",
            cell::whole,
        );
        let hours = cell::parsed(
            row,
            of.hours_per_month,
            FaultCode::BadHours,
            "a decimal number of 0 to 10000 with at most six decimals",
            |text| text.parse().ok(),
        );
        let mut entry = Self {
            line: row.line(),
            key: None,
            manager,
            dotted,
            grade,
            months,
            side,
            capacity: capacity.value(),
            hours: hours.value(),
            draft: None,
        };
        let offers = skills::offers(row, of.offers, labels);
        let stated = Stated {
            wishes: skills::wishes(row, of.wants, &offers, labels),
            offers,
            capacity: entry.capacity(),
            languages: cell::labels(row, of.languages, labels),
            unit: cell::label(row, of.unit, labels).value(),
            site: cell::label(row, of.site, labels).value(),
            timezone: cell::label(row, of.timezone, labels).value(),
            interests: cell::traits(row, of.interests, labels),
            values: cell::traits(row, of.values, labels),
            background: cell::traits(row, of.background, labels),
            group: cell::label(row, of.group, labels).value(),
        };
        // Whoever has a faulty row is left out, or the file is refused.
        let known = row.key().filter(|_| row.is_sound());
        let known = known.zip(side).zip(entry.experience());
        let draft = known.and_then(|((key, side), experience)| {
            Draft::new(key.clone(), side, experience, stated)
        });
        if let Some(draft) = draft {
            entry.draft = Some(drafts.len());
            drafts.push(draft);
        }
        entry.key = row.take_key();
        entry
    }

    fn experience(&self) -> Option<Experience> {
        Experience::of(self.grade.value(), self.months.value())
    }

    fn capacity(&self) -> Capacity {
        let capacity = self.capacity.map_or_else(Capacity::default, Capacity::of);
        match self.hours {
            Some(hours) => capacity.with_hours(hours),
            None => capacity,
        }
    }

    /// A fault of a cell of this row.
    pub(super) fn fault(&self, column: Column, code: FaultCode, text: &str) -> Fault {
        Fault::in_cell(self.line, self.key.as_ref(), column.name(), code, text)
    }

    /// The lines of this person; `None` where nobody knows whose they are.
    pub(super) fn to_line(&self, names: &Names) -> Option<Line> {
        let key = self.key.as_ref()?.as_str();
        let line = match &self.manager {
            Manager::Named(manager) => Line::new(key, names.text(*manager)),
            Manager::Root | Manager::Unreadable => Line::root(key),
        };
        let dotted = self.dotted.iter();
        Some(dotted.fold(line, |line, manager| line.dotted(manager.as_ref())))
    }

    /// What is known of somebody who does not take part; `None` where that is their line alone.
    pub(super) fn into_colleague(self) -> Option<Colleague> {
        let (experience, capacity) = (self.experience(), self.capacity());
        let filled = self.capacity.is_some() || self.hours.is_some();
        let key = self.key.filter(|_| filled || experience.is_some())?;
        Some(Colleague {
            key,
            experience,
            capacity,
        })
    }
}

fn manager(row: &mut Row<'_>, column: Column, names: &mut Names) -> Manager {
    let declared = row.is_declared_root();
    let (blank, own) = row.root_rules();
    match row.cell(column) {
        None => Manager::Unreadable,
        Some(_) if declared => Manager::Root,
        Some(word) if row.is_root_word(word) => Manager::Root,
        Some(text) if trimmed(text).is_empty() => {
            if blank == BlankManager::IsARoot {
                return Manager::Root;
            }
            let text = "is blank; `-` declares a root";
            row.fault(column, FaultCode::BlankManager, text);
            Manager::Unreadable
        }
        Some(key) => match row.key() {
            Some(own_key) if own == OwnManager::IsARoot && own_key.as_str() == key => Manager::Root,
            _ => Manager::Named(names.number(key)),
        },
    }
}
