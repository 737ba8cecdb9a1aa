//! Everybody of a list who is linked to one person: for asking about a whole row of pairs at once.
//!
//! Asked one by one, every pair costs a look-up. Here the answer costs in proportion to how many are linked, which is
//! few: those below stand in one interval of numbers, those above on one way up, and what dotted lines add is found
//! from the rows of the closure.

use super::closure::Closure;
use super::reporting::{PersonRef, ReportingLines};

const NONE: u32 = u32::MAX;

/// A list of people, prepared for being asked who of them is linked to somebody.
#[derive(Debug)]
pub(crate) struct Links<'a> {
    lines: &'a ReportingLines,
    people: Vec<PersonRef>,
    /// (interval number, place in the list), by number.
    below: Vec<(u32, u32)>,
    /// Person → place in the list, or `NONE`.
    place: Vec<u32>,
    /// Person → the nearest person of the list at or above them on solid lines, or `NONE`.
    nearest: Vec<u32>,
    dotted: Dotted,
}

/// What the dotted lines add.
#[derive(Debug)]
enum Dotted {
    None,
    /// The closure does not keep every row: everybody is asked one by one.
    OneByOne,
    Rows {
        /// Target of a dotted line, by its rank → its number, and the person.
        targets: Vec<(u32, u32)>,
        /// (row of the closure, place of somebody in the list whose row it is), sorted.
        groups: Vec<(u32, u32)>,
    },
}

impl ReportingLines {
    /// Prepares a list of people, each at most once.
    pub(crate) fn links_among(&self, people: Vec<PersonRef>) -> Links<'_> {
        Links::new(self, people)
    }
}

impl<'a> Links<'a> {
    fn new(lines: &'a ReportingLines, people: Vec<PersonRef>) -> Self {
        let n = lines.len();
        let mut place = vec![NONE; n];
        for (at, person) in (0u32..).zip(&people) {
            if let Some(place) = place.get_mut(person.index()) {
                *place = at;
            }
        }
        let enter = lines.numbers();
        let mut by_number = vec![NONE; n];
        for (person, &number) in (0u32..).zip(enter) {
            if let Some(slot) = by_number.get_mut(number as usize) {
                *slot = person;
            }
        }
        // Managers have lower numbers than those below them, so this goes downwards.
        let mut nearest = vec![NONE; n];
        for &person in &by_number {
            let own = place.get(person as usize).is_some_and(|&at| at != NONE);
            let up = lines.manager(PersonRef(person)).map(PersonRef::index);
            let above = up.and_then(|up| nearest.get(up)).copied();
            if let Some(slot) = nearest.get_mut(person as usize) {
                *slot = if own { person } else { above.unwrap_or(NONE) };
            }
        }
        let number = |person: &PersonRef| enter.get(person.index()).copied();
        let numbered = (0u32..).zip(&people);
        let mut below: Vec<_> = numbered
            .filter_map(|(at, person)| number(person).map(|number| (number, at)))
            .collect();
        below.sort_unstable();
        let dotted = Dotted::new(lines.closure(), &people, &by_number);
        Self {
            lines,
            people,
            below,
            place,
            nearest,
            dotted,
        }
    }

    /// Lists the places of all who are above or below `person` over solid and dotted lines mixed, ascending.
    ///
    /// The same answers as [`ReportingLines::linked`], asked of everybody in the list.
    pub(crate) fn of(&self, person: PersonRef, found: &mut Vec<u32>) {
        found.clear();
        let Some((enter, exit)) = self.lines.numbers_below(person) else {
            return;
        };
        let at = |number: u32| self.below.partition_point(|&(n, _)| n < number);
        let under = self.below.get(at(enter)..at(exit)).unwrap_or_default();
        found.extend(under.iter().map(|&(_, place)| place));
        self.climb(self.lines.manager(person), None, found);
        match &self.dotted {
            Dotted::None => {}
            Dotted::OneByOne => {
                found.clear();
                let all = (0u32..).zip(&self.people);
                let linked = all.filter(|(_, other)| self.lines.linked(person, **other));
                found.extend(linked.map(|(place, _)| place));
                return;
            }
            Dotted::Rows { targets, groups } => {
                let closure = self.lines.closure();
                let reached = closure.row_number(person.index());
                let mut last = None;
                for target in reached.into_iter().flat_map(|row| closure.targets(row)) {
                    if let Some(&(number, target)) = targets.get(target as usize) {
                        self.climb(Some(PersonRef(target)), last, found);
                        last = Some(number);
                    }
                }
                if let Some((low, high)) = closure.targets_within(enter, exit) {
                    for group in groups.chunk_by(|a, b| a.0 == b.0) {
                        let row = group.first().map_or(NONE, |(row, _)| *row);
                        if closure.row_reaches(row, low, high) {
                            found.extend(group.iter().map(|&(_, place)| place));
                        }
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let own = self.place.get(person.index()).copied();
        found.retain(|&place| Some(place) != own);
    }

    /// Lists everybody of the list at or above somebody on solid lines.
    ///
    /// With `after`, the number of somebody from whom a climb was made before and who stands before this one: only
    /// whom that climb did not meet. Whoever is above both has a number that is not above `after`.
    fn climb(&self, from: Option<PersonRef>, after: Option<u32>, found: &mut Vec<u32>) {
        let nearest = |person: PersonRef| {
            let at = self.nearest.get(person.index()).copied();
            at.filter(|&at| at != NONE).map(PersonRef)
        };
        let mut next = from.and_then(nearest);
        while let Some(person) = next {
            let number = self.lines.numbers().get(person.index()).copied();
            if after.is_some() && number <= after {
                return;
            }
            found.extend(self.place.get(person.index()).copied());
            next = self.lines.manager(person).and_then(nearest);
        }
    }
}

impl Dotted {
    fn new(closure: &Closure, people: &[PersonRef], by_number: &[u32]) -> Self {
        if closure.is_empty() {
            return Self::None;
        }
        if !closure.keeps_every_row() {
            return Self::OneByOne;
        }
        let numbered = (0u32..).zip(by_number);
        let targets = numbered.filter(|(number, _)| closure.is_target(*number));
        let targets = targets.map(|(number, person)| (number, *person)).collect();
        let rows = (0u32..).zip(people);
        let rows = rows.filter_map(|(at, person)| Some((closure.row_number(person.index())?, at)));
        let mut groups: Vec<_> = rows.collect();
        groups.sort_unstable();
        Self::Rows { targets, groups }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::Line;

    /// Numbers that look random and are the same on every run.
    fn below(seed: &mut u64, n: usize) -> usize {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((*seed >> 33) % n as u64) as usize
    }

    /// Forests of all shapes with few and many dotted lines: the same as one by one, for any part of the company.
    #[test]
    fn the_linked_are_those_who_are_linked_one_by_one() {
        let mut seed = 7;
        let mut linked = 0;
        for case in 0..300 {
            let n = 1 + below(&mut seed, 40);
            let dotted = [0, 1, 5, 30][case % 4];
            let mut lines: Vec<Line> = (0..n)
                .map(|p| match below(&mut seed, 6) {
                    _ if p == 0 => Line::root("0"),
                    0 => Line::root(p.to_string()),
                    // Deep, or anyhow.
                    1 | 2 => Line::new(p.to_string(), (p - 1).to_string()),
                    _ => Line::new(p.to_string(), below(&mut seed, p).to_string()),
                })
                .collect();
            for _ in 0..dotted {
                let (from, to) = (below(&mut seed, n), below(&mut seed, n));
                if from != to {
                    lines[from] = lines[from].clone().dotted(to.to_string());
                }
            }
            let lines = ReportingLines::new(lines).unwrap();
            let everybody: Vec<PersonRef> = lines.people().map(|(person, _)| person).collect();
            let mut people = everybody.clone();
            people.retain(|_| below(&mut seed, 3) > 0);
            people.reverse();
            let links = lines.links_among(people.clone());
            let mut kept = lines.links_among(people.clone());
            kept.dotted = Dotted::OneByOne;
            let mut found = vec![99];
            for &person in &everybody {
                let asked = (0u32..)
                    .zip(&people)
                    .filter(|(_, o)| lines.linked(person, **o));
                let asked: Vec<u32> = asked.map(|(place, _)| place).collect();
                links.of(person, &mut found);
                assert_eq!(found, asked, "case {case}, {person:?}");
                kept.of(person, &mut found);
                assert_eq!(found, asked, "case {case}, {person:?}, one by one");
                linked += asked.len();
            }
        }
        assert!(linked > 10_000, "{linked}");
    }
}
