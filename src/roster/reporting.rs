//! Who reports to whom, and whether one is above the other.
//!
//! The question is asked for every pair of people, so it must not climb. The solid lines form a forest, which is
//! numbered so that everybody below somebody stands in one interval of numbers; two comparisons answer. Dotted lines
//! hang on it as a closure that is worked out once.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::OnceLock;

use super::closure::Closure;
use super::components::circles;
use super::forest::{Forest, NOBODY, solid_circles};
use super::line::{Line, LineFault, LineFaultKind, LineFaults};
use crate::text::Key;

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
#[derive(Clone)]
pub struct ReportingLines {
    /// Sorted, so that a `PersonRef` orders as its key does.
    keys: Vec<Key>,
    /// Made when somebody is first looked for: loading a roster does not need it.
    by_key: OnceLock<HashMap<Key, u32>>,
    manager: Vec<u32>,
    /// Everybody below person `p` has an `enter` in `enter[p] + 1 .. exit[p]`.
    enter: Vec<u32>,
    exit: Vec<u32>,
    /// Dotted lines as (person, manager), sorted and without repeats.
    dotted: Vec<(u32, u32)>,
    closure: Closure,
    circles: Vec<Vec<PersonRef>>,
}

/// Sizes only: keys are staff numbers, and logs travel.
impl fmt::Debug for ReportingLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportingLines")
            .field("people", &self.keys.len())
            .field("dotted", &self.dotted.len())
            .finish_non_exhaustive()
    }
}

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
        let keyed = by_key_once(&lines, &mut faults);
        let by_key: HashMap<Key, u32> = (0u32..)
            .zip(&keyed)
            .map(|(n, (key, _))| (key.clone(), n))
            .collect();

        let mut manager = Vec::with_capacity(keyed.len());
        let mut dotted = Vec::new();
        for (person, (key, at)) in (0u32..).zip(&keyed) {
            let Some(line) = lines.get(*at) else { continue };
            let mut resolve = |named: &String| {
                let kind = match by_key.get(named.as_str()) {
                    Some(&found) if found != person => return found,
                    Some(_) => LineFaultKind::SelfReport { key: named.clone() },
                    None => LineFaultKind::UnknownManager {
                        key: key.as_str().to_owned(),
                        manager: named.clone(),
                    },
                };
                faults.push(LineFault { line: *at, kind });
                NOBODY
            };
            manager.push(line.manager.as_ref().map_or(NOBODY, &mut resolve));
            let over = line.dotted.iter().map(resolve).filter(|&m| m != NOBODY);
            dotted.extend(over.map(|m| (person, m)));
        }

        for members in solid_circles(&manager) {
            let named = members.iter().filter_map(|&m| keyed.get(m as usize));
            let at = named.clone().next().map_or(0, |(_, at)| *at);
            let members = named.map(|(key, _)| key.as_str().to_owned()).collect();
            let kind = LineFaultKind::Cycle { members };
            faults.push(LineFault { line: at, kind });
        }
        if !faults.is_empty() {
            faults.sort_by_key(|f| f.line);
            return Err(LineFaults(faults));
        }

        let keys = keyed.into_iter().map(|(key, _)| key).collect();
        Ok(Self::number(keys, manager, dotted))
    }

    /// Lines of people who are named by their place in `keys`, each with their manager's; `None` unless the keys rise
    /// and the lines are sound, which [`new`](Self::new) explains.
    #[cfg(feature = "import")]
    pub(crate) fn of_places(
        keys: Vec<Key>,
        managers: Vec<Option<u32>>,
        dotted: Vec<(u32, u32)>,
    ) -> Option<Self> {
        let sound = |person: usize, manager: u32| {
            (manager as usize) < keys.len() && manager as usize != person
        };
        let people = managers.iter().enumerate();
        let mut named = people.filter_map(|(at, manager)| Some((at, (*manager)?)));
        let over = |(person, manager): &(u32, u32)| {
            (*person as usize) < keys.len() && sound(*person as usize, *manager)
        };
        let solid = keys.len() == managers.len()
            && u32::try_from(keys.len()).is_ok_and(|n| n < NOBODY)
            && keys.is_sorted_by(|a, b| a < b)
            && named.all(|(person, manager)| sound(person, manager))
            && dotted.iter().all(over);
        if !solid {
            return None;
        }
        let manager = managers.into_iter().map(|m| m.unwrap_or(NOBODY));
        let manager: Vec<u32> = manager.collect();
        let rises = solid_circles(&manager).is_empty();
        rises.then(|| Self::number(keys, manager, dotted))
    }

    /// Numbers lines that are sound.
    fn number(keys: Vec<Key>, manager: Vec<u32>, mut dotted: Vec<(u32, u32)>) -> Self {
        dotted.sort_unstable();
        dotted.dedup();
        let forest = Forest::number(&manager);
        let closure = Closure::new(&forest, &manager, &dotted);
        let circles = circles(&manager, &dotted).into_iter();
        Self {
            keys,
            by_key: OnceLock::new(),
            manager,
            enter: forest.enter,
            exit: forest.exit,
            dotted,
            closure,
            circles: circles
                .map(|c| c.into_iter().map(PersonRef).collect())
                .collect(),
        }
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
        let by_key = self.by_key.get_or_init(|| {
            let numbered = (0u32..).zip(&self.keys);
            numbered.map(|(n, key)| (key.clone(), n)).collect()
        });
        by_key.get(key).copied().map(PersonRef)
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
        let (Some(over), Some(under)) = (self.interval(upper), self.interval(lower)) else {
            return false;
        };
        upper != lower
            && (over.contains(under) || self.closure.reaches(lower.index(), over.enter, over.exit))
    }

    /// Whether one of the two is above the other: the hierarchical link.
    #[must_use]
    pub fn linked(&self, a: PersonRef, b: PersonRef) -> bool {
        let (Some(of_a), Some(of_b)) = (self.interval(a), self.interval(b)) else {
            return false;
        };
        // `|`, not `||`: both comparisons cost less than guessing which of them decides.
        let solid = of_a.contains(of_b) | of_b.contains(of_a);
        let dotted = |lower: PersonRef, over: Interval| {
            self.closure.reaches(lower.index(), over.enter, over.exit)
        };
        (a != b) & (solid || (!self.dotted.is_empty() && (dotted(b, of_a) || dotted(a, of_b))))
    }

    fn interval(&self, person: PersonRef) -> Option<Interval> {
        let enter = *self.enter.get(person.index())?;
        let exit = *self.exit.get(person.index())?;
        Some(Interval { enter, exit })
    }

    /// The interval number of each person; managers have lower numbers than those below them.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.enter
    }

    /// The numbers of somebody and of everybody below them on solid lines: from, and up to.
    pub(super) fn numbers_below(&self, person: PersonRef) -> Option<(u32, u32)> {
        let of = self.interval(person)?;
        Some((of.enter, of.exit))
    }

    pub(super) const fn closure(&self) -> &Closure {
        &self.closure
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

/// The numbers of somebody and of everybody below them on solid lines.
#[derive(Clone, Copy)]
struct Interval {
    enter: u32,
    exit: u32,
}

impl Interval {
    const fn contains(self, other: Self) -> bool {
        (self.enter <= other.enter) & (other.enter < self.exit)
    }
}

/// Everybody with the place of their first line, by key; bad and repeated keys are faults.
fn by_key_once(lines: &[Line], faults: &mut Vec<LineFault>) -> Vec<(Key, usize)> {
    let mut keyed = Vec::with_capacity(lines.len());
    for (line, stated) in lines.iter().enumerate() {
        match Key::new(stated.person.as_str()) {
            Ok(key) => keyed.push((key, line)),
            Err(error) => {
                let text = stated.person.clone();
                let kind = LineFaultKind::Key { text, error };
                faults.push(LineFault { line, kind });
            }
        }
    }
    keyed.sort_unstable();
    for same in keyed.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() > 1) {
        for (key, line) in same {
            let (key, count) = (key.as_str().to_owned(), same.len());
            let kind = LineFaultKind::Duplicate { key, count };
            faults.push(LineFault { line: *line, kind });
        }
    }
    keyed.dedup_by(|later, first| later.0 == first.0);
    keyed
}
