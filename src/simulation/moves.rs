//! People who move to another manager, without anybody ending up above themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Draws;
use crate::roster::{Line, LineFaults, PersonRef, ReportingLines};
use crate::text::Key;

/// Somebody who moved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// Who.
    pub person: Key,
    /// Their solid-line manager before; `None` for a root.
    pub from: Option<Key>,
    /// And after.
    pub to: Option<Key>,
}

/// Reporting lines with some people moved.
#[derive(Debug)]
pub(super) struct Moves<'a> {
    lines: &'a ReportingLines,
    moved: BTreeMap<PersonRef, Option<PersonRef>>,
}

impl<'a> Moves<'a> {
    pub(super) const fn new(lines: &'a ReportingLines) -> Self {
        Self {
            lines,
            moved: BTreeMap::new(),
        }
    }

    fn manager(&self, person: PersonRef) -> Option<PersonRef> {
        let moved = self.moved.get(&person).copied();
        moved.unwrap_or_else(|| self.lines.manager(person))
    }

    /// Climbs from `lower` over solid and dotted lines as they are after the moves.
    fn is_above(&self, upper: PersonRef, lower: PersonRef) -> bool {
        let mut seen = BTreeSet::new();
        let mut todo = vec![lower];
        while let Some(person) = todo.pop() {
            let up = self.manager(person).into_iter();
            for up in up.chain(self.lines.dotted_managers(person)) {
                if up == upper {
                    return true;
                }
                if seen.insert(up) {
                    todo.push(up);
                }
            }
        }
        false
    }

    /// Moves somebody, unless they are there already, have moved, or the move would close a circle of any lines.
    pub(super) fn apply(&mut self, person: PersonRef, to: Option<PersonRef>) -> bool {
        let here = self.moved.contains_key(&person) || self.manager(person) == to;
        let circle = to.is_some_and(|to| to == person || self.is_above(person, to));
        if here || circle {
            return false;
        }
        self.moved.insert(person, to);
        true
    }

    /// Moves up to `count` of these people, each under somebody who leads people already. Each has draws of their own: who is picked, and up to
    /// eight managers, are fewer words than an occasion has.
    pub(super) fn scatter(
        &mut self,
        mut people: Vec<PersonRef>,
        count: u32,
        mut draws: impl FnMut() -> Draws,
    ) {
        let leads = self.lines.people();
        let leads: BTreeSet<PersonRef> = leads.filter_map(|(p, _)| self.lines.manager(p)).collect();
        let leads: Vec<PersonRef> = leads.into_iter().collect();
        let mut left = count;
        while left > 0 {
            let mut chance = draws();
            let Some(person) = chance.take(&mut people) else {
                return;
            };
            // Roots stay: a company that loses its head is another story.
            if self.manager(person).is_none() {
                continue;
            }
            let tried = (0..8).any(|_| {
                let many = u32::try_from(leads.len()).unwrap_or(u32::MAX);
                let to = leads.get(chance.below(many) as usize).copied();
                to.is_some() && self.apply(person, to)
            });
            left -= u32::from(tried);
        }
    }

    /// The moves, by key.
    pub(super) fn list(&self) -> Vec<Move> {
        let key = |person: PersonRef| self.lines.key(person).cloned();
        let moved = self.moved.iter().filter_map(|(&person, &to)| {
            Some(Move {
                person: key(person)?,
                from: self.lines.manager(person).and_then(key),
                to: to.and_then(key),
            })
        });
        moved.collect()
    }

    /// The lines after the moves.
    pub(super) fn lines(&self) -> Result<ReportingLines, LineFaults> {
        ReportingLines::new(each_line(self.lines, |person| self.manager(person)))
    }
}

/// Everybody's line, dotted ones as they are and the solid one to whom `manager` says.
pub(super) fn each_line(
    lines: &ReportingLines,
    manager: impl Fn(PersonRef) -> Option<PersonRef>,
) -> impl Iterator<Item = Line> {
    let name = |person| lines.key(person).map_or("", Key::as_str);
    lines.people().map(move |(person, key)| {
        let line = match manager(person) {
            Some(manager) => Line::new(key.as_str(), name(manager)),
            None => Line::root(key.as_str()),
        };
        let dotted = lines.dotted_managers(person);
        dotted.fold(line, |line, manager| line.dotted(name(manager)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_ends_up_above_themselves() {
        let lines = ReportingLines::new([
            Line::root("a"),
            Line::new("b", "a"),
            Line::new("c", "b"),
            Line::new("d", "a").dotted("c"),
            Line::new("e", "a"),
        ])
        .unwrap();
        let mut moves = Moves::new(&lines);
        let person = |key: &str| lines.find(key).unwrap();
        let mut apply = |who: &str, to: Option<&str>| moves.apply(person(who), to.map(person));
        assert!(!apply("b", Some("b")));
        assert!(!apply("b", Some("c"))); // over a solid line
        assert!(!apply("b", Some("d"))); // over a dotted line
        assert!(!apply("e", Some("a"))); // there already
        assert!(apply("e", Some("d")));
        assert!(!apply("e", None)); // once is enough
        assert!(!apply("c", Some("e"))); // e is below d now, and d below c
        let moved = moves.list();
        assert_eq!(moved.len(), 1);
        assert_eq!(
            (
                moved[0].person.as_str(),
                moved[0].to.as_ref().unwrap().as_str()
            ),
            ("e", "d")
        );
        assert!(moves.lines().unwrap().dotted_circles().is_empty());
    }
}
