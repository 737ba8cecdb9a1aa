//! People of an earlier roster who have no row, as rows: they stay as they were.

use std::collections::HashSet;

use super::cell::Reading;
use super::names::Names;
use super::roster_row::{Entry, Manager};
use crate::roster::{Draft, Experience, PersonRef, Roster};
use crate::text::Key;

fn reading<T>(value: Option<T>) -> Reading<T> {
    value.map_or(Reading::Blank, Reading::Is)
}

impl Entry {
    /// Adds everybody of a roster whose key no row has and who is not gone. They stand at line 0.
    pub(super) fn keep(
        roster: &Roster,
        gone: &HashSet<Key>,
        entries: &mut Vec<Self>,
        names: &mut Names,
        drafts: &mut Vec<Draft>,
    ) {
        let rows: HashSet<Key> = entries.iter().filter_map(|e| e.key.clone()).collect();
        let mut seats = roster.seats().peekable();
        for (person, key) in roster.lines().people() {
            let seat = seats.next_if(|(_, seat)| *seat == person);
            if rows.contains(key) || gone.contains(key) {
                continue;
            }
            // One's own: what has the very keys of the lines need not be sorted.
            let own = seat.map_or(key, |(participant, _)| participant.key());
            let mut entry = Self::line_of(roster, person, own, names);
            let measured = |entry: &mut Self, experience: Option<&Experience>| {
                entry.grade = reading(experience.and_then(Experience::as_grade));
                entry.months = reading(experience.and_then(Experience::as_months));
            };
            if let Some((participant, _)) = seat {
                let p = participant.profile();
                measured(&mut entry, Some(p.experience()));
                entry.side = Some(p.side());
                entry.capacity = Some(p.capacity().pairings());
                entry.hours = p.capacity().hours_per_month();
                entry.draft = Some(drafts.len());
                drafts.push(Draft::again(participant));
            } else if let Some(known) = roster.colleague(person) {
                measured(&mut entry, known.experience.as_ref());
                entry.capacity = Some(known.capacity.pairings());
                entry.hours = known.capacity.hours_per_month();
            }
            entries.push(entry);
        }
    }

    /// Somebody of whom nothing is known but their lines.
    fn line_of(roster: &Roster, person: PersonRef, key: &Key, names: &mut Names) -> Self {
        let lines = roster.lines();
        let manager = lines.manager(person).and_then(|m| lines.key(m));
        let dotted = lines.dotted_managers(person);
        let dotted = dotted
            .filter_map(|m| lines.key(m))
            .map(|k| k.as_str().into());
        Self {
            line: 0,
            key: Some(key.clone()),
            manager: manager.map_or(Manager::Root, |m| Manager::Named(names.number(m.as_str()))),
            dotted: dotted.collect(),
            grade: Reading::Blank,
            months: Reading::Blank,
            side: None,
            capacity: None,
            hours: None,
            draft: None,
        }
    }
}
