//! Who reports to whom, and whether one is above the other.
//!
//! The question is asked for every pair of people, so it must not climb. The solid lines form a forest, which is
//! numbered so that everybody below somebody stands in one interval of numbers; two comparisons answer. Dotted lines
//! hang on it as a closure that is worked out once.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::closure::Closure;
use crate::text::{Key, Quoted, TextError};

/// The lines of one person, as a host's file states them.
///
/// ```
/// use reverse_mentoring::roster::Line;
///
/// let boss = Line::root("E-1");
/// let staff = Line::new("E-2", "E-1").dotted("E-9");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    person: String,
    manager: Option<String>,
    dotted: Vec<String>,
}

impl Line {
    /// Somebody who reports to nobody: a statement, never a default for an empty cell.
    #[must_use]
    pub fn root(person: impl Into<String>) -> Self {
        Self {
            person: person.into(),
            manager: None,
            dotted: Vec::new(),
        }
    }

    /// Somebody with a solid line to their manager.
    #[must_use]
    pub fn new(person: impl Into<String>, manager: impl Into<String>) -> Self {
        Self {
            manager: Some(manager.into()),
            ..Self::root(person)
        }
    }

    /// The same with one more dotted line.
    #[must_use]
    pub fn dotted(mut self, manager: impl Into<String>) -> Self {
        self.dotted.push(manager.into());
        self
    }

    /// Whose lines they are.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.person
    }

    /// The keys of all managers named, the solid one first.
    pub fn managers(&self) -> impl Iterator<Item = &str> {
        self.manager.iter().chain(&self.dotted).map(String::as_str)
    }
}

/// One fault of the lines, with the place of the [`Line`] in the input, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
#[non_exhaustive]
pub struct LineFault {
    /// Which line of the input.
    pub line: usize,
    /// What is wrong with it.
    pub kind: LineFaultKind,
}

/// What can be wrong with reporting lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LineFaultKind {
    /// Not usable as a key.
    #[error("{} cannot be a key: {error}", Quoted(text))]
    Key {
        /// The text.
        text: String,
        /// Why not.
        error: TextError,
    },
    /// The person has more than one line. Each of those lines is a fault.
    #[error("{} has {count} lines", Quoted(key))]
    Duplicate {
        /// Who.
        key: String,
        /// How many.
        count: usize,
    },
    /// Reports to themselves.
    #[error("{} reports to themselves", Quoted(key))]
    SelfReport {
        /// Who.
        key: String,
    },
    /// A manager whom no line defines.
    #[error("{} reports to {}, whom no line defines", Quoted(key), Quoted(manager))]
    UnknownManager {
        /// Who.
        key: String,
        /// The manager named.
        manager: String,
    },
    /// A circle of solid lines. Reported once, at its first member.
    #[error("a circle of solid lines: {}", circle(members))]
    Cycle {
        /// Everybody on it, from the first by key upwards.
        members: Vec<String>,
    },
}

impl LineFaultKind {
    /// A stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Key { .. } => "bad-key",
            Self::Duplicate { .. } => "duplicate-id",
            Self::SelfReport { .. } => "self-report",
            Self::UnknownManager { .. } => "unknown-manager",
            Self::Cycle { .. } => "cycle",
        }
    }
}

/// Names up to twelve members and counts the rest; a message stays a line.
fn circle(members: &[String]) -> String {
    let mut text = String::new();
    for member in members.iter().take(12) {
        text.push_str(&format!("{} → ", Quoted(member)));
    }
    if let Some(more) = members.len().checked_sub(13).map(|n| n + 1) {
        text.push_str(&format!("… {more} more → "));
    }
    if let Some(first) = members.first() {
        text.push_str(&Quoted(first).to_string());
    }
    text
}

/// A handle on somebody in one [`ReportingLines`]: a number, ordered as the keys are.
///
/// Asked of another company's lines it answers nonsense, but never panics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonRef(pub(crate) u32);

impl PersonRef {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

const NOBODY: u32 = u32::MAX;

/// Solid and dotted reporting lines of a whole company.
///
/// Building takes time in proportion to the people and lines (and, with many dotted lines, to their
/// closure). [`is_above`](Self::is_above) then costs the same at any depth: two comparisons for the
/// solid lines and one look-up for all mixtures of solid and dotted ones. Solid circles are refused; circles that need
/// a dotted line load, and [`dotted_circles`](Self::dotted_circles) reports them: everybody on one is above everybody
/// else on it.
///
/// ```
/// use reverse_mentoring::roster::{Line, ReportingLines};
///
/// let lines = ReportingLines::new([
///     Line::root("ceo"),
///     Line::new("cto", "ceo"),
///     Line::new("dev", "cto"),
///     Line::new("cfo", "ceo"),
///     Line::new("ada", "cfo").dotted("cto"),
/// ])?;
/// let person = |key| lines.find(key).unwrap();
/// assert!(lines.is_above(person("ceo"), person("dev")));
/// assert!(lines.is_above(person("cto"), person("ada"))); // over the dotted line
/// assert!(!lines.linked(person("cfo"), person("dev")));
/// # Ok::<(), reverse_mentoring::roster::LineFaults>(())
/// ```
// INVARIANT (acyclic): the solid lines form a forest. Kept by `new`, the only constructor.
#[derive(Debug, Clone)]
pub struct ReportingLines {
    /// Sorted, so that a `PersonRef` orders as its key does.
    keys: Vec<Key>,
    by_key: HashMap<Key, u32>,
    manager: Vec<u32>,
    /// Everybody below person `p` has an `enter` in `enter[p] + 1 .. exit[p]`.
    enter: Vec<u32>,
    exit: Vec<u32>,
    /// Dotted lines as (person, manager), sorted and without repeats.
    dotted: Vec<(u32, u32)>,
    closure: Closure,
    circles: Vec<Vec<PersonRef>>,
}

/// Every fault of a set of lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct LineFaults(
    /// The faults in the order of the input.
    pub Vec<LineFault>,
);

impl ReportingLines {
    /// Checks and numbers the lines; the order in which they come does not matter.
    ///
    /// # Errors
    ///
    /// [`LineFaults`] with every fault: bad or repeated keys, people who report to themselves or to somebody
    /// unknown, and each circle of solid lines with its members.
    pub fn new(lines: impl IntoIterator<Item = Line>) -> Result<Self, LineFaults> {
        let lines: Vec<Line> = lines.into_iter().collect();
        let mut faults = Vec::new();
        let mut fault = |line, kind| faults.push(LineFault { line, kind });

        let mut keyed: Vec<(Key, usize)> = Vec::with_capacity(lines.len());
        for (at, line) in lines.iter().enumerate() {
            match Key::new(line.person.as_str()) {
                Ok(key) => keyed.push((key, at)),
                Err(error) => fault(
                    at,
                    LineFaultKind::Key {
                        text: line.person.clone(),
                        error,
                    },
                ),
            }
        }
        keyed.sort_unstable();
        for same in keyed.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() > 1) {
            for (key, at) in same {
                fault(
                    *at,
                    LineFaultKind::Duplicate {
                        key: key.as_str().to_owned(),
                        count: same.len(),
                    },
                );
            }
        }
        keyed.dedup_by(|later, first| later.0 == first.0);
        let by_key: HashMap<Key, u32> = (0u32..)
            .zip(&keyed)
            .map(|(n, (key, _))| (key.clone(), n))
            .collect();

        let mut manager = Vec::with_capacity(keyed.len());
        let mut dotted = Vec::new();
        for (person, (key, at)) in (0u32..).zip(&keyed) {
            let Some(line) = lines.get(*at) else { continue };
            let mut resolve = |named: &String| match by_key.get(named.as_str()) {
                Some(&found) if found == person => {
                    let key = named.clone();
                    fault(*at, LineFaultKind::SelfReport { key });
                    NOBODY
                }
                Some(&found) => found,
                None => {
                    let (key, manager) = (key.as_str().to_owned(), named.clone());
                    fault(*at, LineFaultKind::UnknownManager { key, manager });
                    NOBODY
                }
            };
            manager.push(line.manager.as_ref().map_or(NOBODY, &mut resolve));
            let over = line.dotted.iter().map(resolve).filter(|&m| m != NOBODY);
            dotted.extend(over.map(|m| (person, m)));
        }

        for members in solid_circles(&manager) {
            let at = members.first().and_then(|&m| keyed.get(m as usize));
            let name = |&m: &u32| keyed.get(m as usize).map(|(k, _)| k.as_str().to_owned());
            let members = members.iter().filter_map(name).collect();
            fault(
                at.map_or(0, |(_, at)| *at),
                LineFaultKind::Cycle { members },
            );
        }
        if !faults.is_empty() {
            faults.sort_by_key(|f| f.line);
            return Err(LineFaults(faults));
        }

        dotted.sort_unstable();
        dotted.dedup();
        let forest = Forest::number(&manager);
        let closure = Closure::new(&forest, &manager, &dotted);
        let circles = super::closure::circles(&manager, &dotted);
        Ok(Self {
            keys: keyed.into_iter().map(|(key, _)| key).collect(),
            by_key,
            manager,
            enter: forest.enter,
            exit: forest.exit,
            dotted,
            closure,
            circles: circles
                .into_iter()
                .map(|c| c.into_iter().map(PersonRef).collect())
                .collect(),
        })
    }

    /// How many people the lines cover.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether they cover nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Everybody, by key.
    pub fn people(&self) -> impl ExactSizeIterator<Item = (PersonRef, &Key)> {
        self.keys
            .iter()
            .enumerate()
            .map(|(n, key)| (PersonRef(n as u32), key))
    }

    /// The person of a key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<PersonRef> {
        self.by_key.get(key).copied().map(PersonRef)
    }

    /// The key of a person.
    #[must_use]
    pub fn key(&self, person: PersonRef) -> Option<&Key> {
        self.keys.get(person.index())
    }

    /// The solid-line manager; `None` for a root.
    #[must_use]
    pub fn manager(&self, person: PersonRef) -> Option<PersonRef> {
        let manager = self.manager.get(person.index()).copied()?;
        (manager != NOBODY).then_some(PersonRef(manager))
    }

    /// The dotted-line managers, by key.
    pub fn dotted_managers(&self, person: PersonRef) -> impl Iterator<Item = PersonRef> + '_ {
        let from = self.dotted.partition_point(|&(p, _)| p < person.0);
        let rest = self.dotted.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(move |&&(p, _)| p == person.0)
            .map(|&(_, m)| PersonRef(m))
    }

    /// How many dotted lines there are, without repeats.
    #[must_use]
    pub fn dotted_len(&self) -> usize {
        self.dotted.len()
    }

    /// Whether `upper` is reached from `lower` going up over solid and dotted lines mixed, at any distance.
    ///
    /// Nobody is above themselves, save on a [dotted circle](Self::dotted_circles), where this is not asked.
    #[must_use]
    pub fn is_above(&self, upper: PersonRef, lower: PersonRef) -> bool {
        let (u, l) = (upper.index(), lower.index());
        let (Some(&first), Some(&last)) = (self.enter.get(u), self.exit.get(u)) else {
            return false;
        };
        let Some(&at) = self.enter.get(l) else {
            return false;
        };
        if u == l {
            return false;
        }
        (first <= at && at < last) || self.closure.reaches(l, first, last)
    }

    /// Whether one of the two is above the other: the hierarchical link.
    #[must_use]
    pub fn linked(&self, a: PersonRef, b: PersonRef) -> bool {
        self.is_above(a, b) || self.is_above(b, a)
    }

    /// A shortest way up from `lower` to `upper`, both included; `None` where there is none.
    ///
    /// For messages: it walks, so ask only of pairs whose link is known.
    #[must_use]
    pub fn path_up(&self, lower: PersonRef, upper: PersonRef) -> Option<Vec<PersonRef>> {
        if !self.is_above(upper, lower) {
            return None;
        }
        let mut came_from: HashMap<PersonRef, PersonRef> = HashMap::new();
        let mut queue = VecDeque::from([lower]);
        while let Some(person) = queue.pop_front() {
            for up in self
                .manager(person)
                .into_iter()
                .chain(self.dotted_managers(person))
            {
                if up == lower || came_from.contains_key(&up) {
                    continue;
                }
                came_from.insert(up, person);
                if up == upper {
                    let mut path = vec![upper];
                    let mut at = upper;
                    while let Some(&below) = came_from.get(&at) {
                        path.push(below);
                        at = below;
                    }
                    path.reverse();
                    return Some(path);
                }
                queue.push_back(up);
            }
        }
        None
    }

    /// Groups of people who are all above each other because a dotted line closes a circle; each sorted by key.
    #[must_use]
    pub fn dotted_circles(&self) -> &[Vec<PersonRef>] {
        &self.circles
    }

    /// The lines as they would be given to [`new`](Self::new), by key: a place to start a reorganisation from.
    pub fn to_lines(&self) -> impl Iterator<Item = Line> + '_ {
        self.people().map(|(person, key)| {
            let name = |p| self.key(p).map_or("", Key::as_str).to_owned();
            Line {
                person: key.as_str().to_owned(),
                manager: self.manager(person).map(name),
                dotted: self.dotted_managers(person).map(name).collect(),
            }
        })
    }
}

/// The interval numbering of a forest.
pub(super) struct Forest {
    /// People, every manager before those below.
    pub(super) top_down: Vec<u32>,
    pub(super) enter: Vec<u32>,
    pub(super) exit: Vec<u32>,
}

impl Forest {
    /// Numbers a forest without recursion: sizes upwards, then intervals downwards.
    #[expect(
        clippy::indexing_slicing,
        reason = "every index is a person below `manager.len()`, the length of all the vectors"
    )]
    pub(super) fn number(manager: &[u32]) -> Self {
        let n = manager.len();
        let mut reports = vec![0u32; n];
        for &m in manager.iter().filter(|&&m| m != NOBODY) {
            reports[m as usize] += 1;
        }
        // Peel leaves: whoever has no unprocessed report comes next. The reverse is top-down.
        let mut top_down: Vec<u32> = Vec::with_capacity(n);
        top_down.extend((0..n as u32).filter(|&p| reports[p as usize] == 0));
        let mut next = 0;
        while let Some(&p) = top_down.get(next) {
            next += 1;
            let m = manager[p as usize];
            if m != NOBODY {
                reports[m as usize] -= 1;
                if reports[m as usize] == 0 {
                    top_down.push(m);
                }
            }
        }
        let mut size = vec![1u32; n];
        for &p in &top_down {
            let m = manager[p as usize];
            if m != NOBODY {
                size[m as usize] += size[p as usize];
            }
        }
        top_down.reverse();
        let (mut enter, mut free) = (vec![0u32; n], vec![0u32; n]);
        let mut roots = 0;
        for &p in &top_down {
            let m = manager[p as usize];
            let slot = if m == NOBODY {
                &mut roots
            } else {
                &mut free[m as usize]
            };
            let at = *slot;
            *slot += size[p as usize];
            enter[p as usize] = at;
            free[p as usize] = at + 1;
        }
        let exit = enter.iter().zip(&size).map(|(e, s)| e + s).collect();
        Self {
            top_down,
            enter,
            exit,
        }
    }
}

/// The circles of a graph in which everybody has at most one manager, each from its smallest member upwards.
fn solid_circles(manager: &[u32]) -> Vec<Vec<u32>> {
    const FRESH: u32 = u32::MAX;
    let mut walked_by = vec![FRESH; manager.len()];
    let mut circles = Vec::new();
    for start in 0..manager.len() as u32 {
        let mut at = start;
        // Walk up until somebody has been seen: on this walk, then a circle closes there; on an earlier one, none new.
        while let Some(seen) = walked_by.get_mut(at as usize) {
            if *seen != FRESH {
                if *seen == start {
                    circles.push(circle_through(manager, at));
                }
                break;
            }
            *seen = start;
            at = manager.get(at as usize).copied().unwrap_or(NOBODY);
        }
    }
    circles
}

fn circle_through(manager: &[u32], member: u32) -> Vec<u32> {
    let mut members = Vec::new();
    let mut at = member;
    while let Some(&up) = manager.get(at as usize) {
        members.push(at);
        at = up;
        if at == member {
            break;
        }
    }
    let first = members.iter().enumerate().min_by_key(|&(_, m)| *m);
    let by = first.map_or(0, |(at, _)| at);
    members.rotate_left(by);
    members
}

/// The people below a set, over solid and dotted lines, as places in `lines`; those of the set included.
///
/// Works on lines that have faults: it is how a quarantine finds everybody whose line upwards is unknown.
#[must_use]
pub fn everybody_below(lines: &[Line], faulty: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut below: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for manager in line.managers() {
            below.entry(manager).or_default().push(at);
        }
    }
    let mut reached = faulty.clone();
    let mut queue: Vec<usize> = faulty.iter().copied().collect();
    while let Some(at) = queue.pop() {
        let Some(line) = lines.get(at) else { continue };
        // Taking the list out visits it once, however many rows carry the same key.
        for next in below.remove(line.person()).unwrap_or_default() {
            if reached.insert(next) {
                queue.push(next);
            }
        }
    }
    reached
}
