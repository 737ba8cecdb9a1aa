//! Two rosters, person by person.

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

use super::Who;
use super::change::{ChangeKind, PersonChange, Side, changes};
use crate::roster::Roster;

/// Who is in one of two rosters alone, and what is different about those in both; all by key, byte for byte.
///
/// Of people who take no part, only lines, experience and capacity are compared: a roster knows no more of them.
///
/// ```
/// use reverse_mentoring::dry_run::{ChangeKind, RosterDifference};
/// use reverse_mentoring::roster::{Line, Participant, ReportingLines, Roster};
///
/// let roster = |lines: Vec<Line>| -> Result<Roster, Box<dyn std::error::Error>> {
///     Ok(Roster::new(Vec::<Participant>::new(), ReportingLines::new(lines)?)?)
/// };
/// let spring = roster(vec![Line::root("ceo"), Line::new("cto", "ceo"), Line::new("ada", "cto")])?;
/// let autumn = roster(vec![Line::root("ceo"), Line::new("ada", "ceo"), Line::new("bo", "ada")])?;
/// let difference = RosterDifference::between(&spring, &autumn);
/// assert_eq!(difference.to_string(), "1 joins, 1 leaves, 1 has another manager");
/// assert_eq!(difference.left[0].key().as_str(), "cto");
/// assert_eq!(difference.changed[0].kinds, [ChangeKind::Manager]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RosterDifference {
    /// Who is in the next roster alone, by key.
    pub joined: Vec<Who>,
    /// Who is in the previous roster alone, by key.
    pub left: Vec<Who>,
    /// Who is in both and not the same, by key.
    pub changed: Vec<PersonChange>,
}

/// How many people each kind of difference is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DifferenceSummary {
    /// People in the next roster alone.
    pub joined: usize,
    /// People in the previous roster alone.
    pub left: usize,
    /// People with another unit or site.
    pub moved: usize,
    /// People with another solid-line manager.
    pub other_manager: usize,
    /// People with other dotted-line managers.
    pub other_dotted: usize,
    /// People with whom anything else is different.
    pub otherwise: usize,
}

impl RosterDifference {
    /// Compares two rosters, in time that grows with their sizes.
    #[must_use]
    pub fn between(previous: &Roster, next: &Roster) -> Self {
        let mut found = Self::default();
        let (mut before, mut after) = (People::of(previous), People::of(next));
        let (mut was, mut is) = (before.next(), after.next());
        loop {
            let order = match (&was, &is) {
                (Some((a, _)), Some((b, _))) => a.key().cmp(b.key()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return found,
            };
            match order {
                Ordering::Less => found.left.extend(was.take().map(|(who, _)| who)),
                Ordering::Greater => found.joined.extend(is.take().map(|(who, _)| who)),
                Ordering::Equal => {
                    if let (Some((old, was)), Some((new, is))) = (was.take(), is.take()) {
                        let kinds = changes(&was, &is);
                        let who = if new.id().is_some() { new } else { old };
                        let change = PersonChange { who, kinds };
                        found
                            .changed
                            .extend(Some(change).filter(|c| !c.kinds.is_empty()));
                    }
                }
            }
            was = was.or_else(|| before.next());
            is = is.or_else(|| after.next());
        }
    }

    /// Whether the two rosters have the same people under the same lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.joined.is_empty() && self.left.is_empty() && self.changed.is_empty()
    }

    /// How many people each kind of difference is about. Somebody may count under several.
    #[must_use]
    pub fn summary(&self) -> DifferenceSummary {
        let count = |is: &dyn Fn(ChangeKind) -> bool| {
            let changed = self.changed.iter();
            changed
                .filter(|c| c.kinds.iter().any(|kind| is(*kind)))
                .count()
        };
        use ChangeKind as Kind;
        let moves = |kind| matches!(kind, Kind::Unit | Kind::Site);
        DifferenceSummary {
            joined: self.joined.len(),
            left: self.left.len(),
            moved: count(&moves),
            other_manager: count(&|kind| kind == Kind::Manager),
            other_dotted: count(&|kind| kind == Kind::Dotted),
            otherwise: count(&|kind| !moves(kind) && !matches!(kind, Kind::Manager | Kind::Dotted)),
        }
    }
}

/// One line for people, without anybody's key.
impl fmt::Display for RosterDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.summary();
        let parts = [
            (s.joined, "joins", "join"),
            (s.left, "leaves", "leave"),
            (
                s.moved,
                "moves to another unit or site",
                "move to another unit or site",
            ),
            (
                s.other_manager,
                "has another manager",
                "have another manager",
            ),
            (
                s.other_dotted,
                "has other dotted lines",
                "have other dotted lines",
            ),
            (
                s.otherwise,
                "is different otherwise",
                "are different otherwise",
            ),
        ];
        let said = parts.into_iter().filter(|(count, ..)| *count > 0);
        let said = said
            .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }));
        let said: Vec<String> = said.collect();
        match said.as_slice() {
            [] => f.write_str("nothing is different"),
            said => f.write_str(&said.join(", ")),
        }
    }
}

/// Everybody of a roster, by key.
struct People<'a> {
    roster: &'a Roster,
    people: Box<dyn Iterator<Item = crate::roster::PersonRef> + 'a>,
    seats: std::iter::Peekable<
        Box<dyn Iterator<Item = (&'a crate::roster::Participant, crate::roster::PersonRef)> + 'a>,
    >,
}

impl<'a> People<'a> {
    fn of(roster: &'a Roster) -> Self {
        let seats: Box<dyn Iterator<Item = _>> = Box::new(roster.seats());
        Self {
            roster,
            people: Box::new(roster.lines().people().map(|(person, _)| person)),
            seats: seats.peekable(),
        }
    }
}

impl<'a> Iterator for People<'a> {
    type Item = (Who, Side<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let person = self.people.next()?;
        let key = self.roster.lines().key(person)?.clone();
        let seat = self.seats.next_if(|(_, seat)| *seat == person);
        let participant = seat.map(|(participant, _)| participant);
        let id = participant.map(crate::roster::Participant::id);
        let side = Side {
            roster: self.roster,
            person,
            participant,
        };
        Some((Who { key, id }, side))
    }
}
