//! Which pins hold, and everything that stands against the others.

use std::collections::BTreeMap;
use std::fmt;

use super::{Conditions, Pin, RejectedPin};
use crate::eligibility::{Eligibility, Verdict};
use crate::matching::assignment::Graph;
use crate::pair::Role;
use crate::policy::Violation;
use crate::summary::count;
use crate::text::Quoted;

/// The pins of a list, judged in its order.
#[derive(Debug)]
pub(in crate::matching) struct Judged {
    /// Row and column of each pin that holds, sorted.
    pub(in crate::matching) pairs: Vec<(u32, u32)>,
    pub(in crate::matching) rejected: Vec<RejectedPin>,
}

impl Judged {
    /// The edges of the pins that hold, ascending.
    pub(in crate::matching) fn edges(&self, graph: &Graph) -> Vec<u32> {
        let pairs = self.pairs.iter();
        let edges = pairs.filter_map(|&(row, column)| graph.number(row, column));
        let mut edges: Vec<u32> = edges.collect();
        edges.sort_unstable();
        edges
    }
}

/// Who stands in which row and column, with how many places: what a pin is held against.
#[derive(Debug, Clone, Copy)]
pub(in crate::matching) struct Sides<'a> {
    pub(in crate::matching) eligibility: &'a Eligibility<'a>,
    /// Place in the roster of each row and column, ascending.
    pub(in crate::matching) people: [&'a [usize]; 2],
    pub(in crate::matching) places: [&'a [u32]; 2],
}

/// What the pins accepted so far take.
#[derive(Default)]
struct Taken {
    pairs: Vec<(u32, u32)>,
    rows: BTreeMap<u32, u32>,
    columns: BTreeMap<u32, u32>,
}

impl Sides<'_> {
    /// Judges the pins; `known` says whether a pair, which may be paired when asked by itself, is one that can be chosen.
    pub(in crate::matching) fn judge(
        &self,
        conditions: &Conditions,
        known: &dyn Fn(u32, u32) -> bool,
    ) -> Judged {
        let (mut taken, mut rejected) = (Taken::default(), Vec::new());
        let mut seen: BTreeMap<(&str, &str), &Pin> = BTreeMap::new();
        for pin in conditions.pins() {
            let mut reasons = Vec::new();
            let ends = self.ends_of(pin, known, &mut reasons);
            let names = (pin.mentor.as_str(), pin.mentee.as_str());
            match seen.get(&names) {
                None => drop(seen.insert(names, pin)),
                Some(first) => reasons.push(pinned_twice(first)),
            }
            if let Some((row, column)) = ends {
                self.crowded(&taken, row, column, &mut reasons);
                if reasons.is_empty() {
                    taken.pairs.push((row, column));
                    *taken.rows.entry(row).or_default() += 1;
                    *taken.columns.entry(column).or_default() += 1;
                }
            }
            if !reasons.is_empty() {
                let pin = pin.clone();
                rejected.push(RejectedPin { pin, reasons });
            }
        }
        taken.pairs.sort_unstable();
        Judged {
            pairs: taken.pairs,
            rejected,
        }
    }

    /// Row and column of a pin; where there is no such pair, everything that stands against it.
    fn ends_of(
        &self,
        pin: &Pin,
        known: &dyn Fn(u32, u32) -> bool,
        reasons: &mut Vec<Violation>,
    ) -> Option<(u32, u32)> {
        let keys = [pin.mentor.as_str(), pin.mentee.as_str()];
        let people = self.eligibility.roster().participants();
        let find = |key: &str| people.binary_search_by(|p| p.key().as_str().cmp(key)).ok();
        let found = keys.map(find);
        let mut unknown: Vec<_> = keys
            .into_iter()
            .zip(found)
            .filter(|(_, found)| found.is_none())
            .map(|(key, _)| key)
            .collect();
        unknown.dedup();
        if !unknown.is_empty() {
            reasons.extend(unknown.into_iter().map(unknown_participant));
            return None;
        }
        let [mentor, mentee] = keys;
        match self.eligibility.check_keys(mentor, mentee) {
            Ok(Verdict::Ineligible(all)) => {
                reasons.extend(all);
                return None;
            }
            Ok(Verdict::Eligible(_)) | Err(_) => {}
        }
        let ([mentor, mentee], [mentors, mentees]) = (found, self.people);
        let place = |side: &[usize], at: Option<usize>| {
            let at = side.binary_search(&at?).ok()?;
            u32::try_from(at).ok()
        };
        let ends = place(mentors, mentor).zip(place(mentees, mentee));
        let ends = ends.filter(|&(row, column)| known(row, column));
        if ends.is_none() {
            // It objected when the candidates were collected, and consents now.
            let text = "a rule objected, and consented when it was asked why";
            reasons.push(Violation::new("unsteady-rule", text));
        }
        ends
    }

    /// Whether earlier pins leave both a place.
    fn crowded(&self, taken: &Taken, row: u32, column: u32, reasons: &mut Vec<Violation>) {
        let [rows, columns] = self.places;
        let sides = [
            (Role::Mentor, rows.get(row as usize), taken.rows.get(&row)),
            (
                Role::Mentee,
                columns.get(column as usize),
                taken.columns.get(&column),
            ),
        ];
        let (mut full, mut numbers) = (Vec::new(), Vec::new());
        for (role, places, used) in sides {
            let (places, used) = (places.copied().unwrap_or(0), used.copied().unwrap_or(0));
            if used >= places {
                let name = match role {
                    Role::Mentor => "mentor_places",
                    Role::Mentee => "mentee_places",
                };
                full.push(format!("the {role}'s {}", count(places, "place")));
                numbers.push((name, places));
            }
        }
        if !full.is_empty() {
            let are = match numbers.as_slice() {
                [(_, 1)] => "is",
                _ => "are",
            };
            let text = format!("{} {are} taken by earlier pins", full.join(" and "));
            let violation = Violation::new("places", text);
            let numbers = numbers.into_iter();
            let violation = numbers.fold(violation, |v, (name, n)| v.number(name, n));
            reasons.push(violation.advise("drop an earlier pin, or agree on more places"));
        }
    }
}

fn unknown_participant(key: &str) -> Violation {
    let text = format!("{} is not a participant", Quoted(key));
    Violation::new("unknown-participant", text)
        .text("key", key)
        .advise("compare the key with the roster, byte by byte")
}

fn pinned_twice(first: &Pin) -> Violation {
    match first.line {
        None => Violation::new("pinned-twice", "an earlier pin names the same pair"),
        Some(line) => {
            let text = format!("line {line} pins the same pair");
            let violation = Violation::new("pinned-twice", text);
            violation.number("line", i64::try_from(line).unwrap_or(i64::MAX))
        }
    }
}

impl RejectedPin {
    /// `file:line: rejected-pin: text`, without the line where there is none.
    #[must_use]
    pub fn located(&self, file: impl fmt::Display) -> String {
        let line = self.pin.line.map(|line| format!(":{line}"));
        format!(
            "{file}{}: rejected-pin: {}",
            line.unwrap_or_default(),
            Words(self)
        )
    }
}

/// Who, and all reasons.
struct Words<'a>(&'a RejectedPin);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RejectedPin { pin, reasons } = self.0;
        let [mentor, mentee] = [&pin.mentor, &pin.mentee].map(|key| Quoted(key.as_str()));
        let reasons: Vec<String> = reasons.iter().map(Violation::to_string).collect();
        write!(f, "{mentor} with {mentee}: {}", reasons.join("; "))
    }
}

/// `line: mentor with mentee: reasons`.
impl fmt::Display for RejectedPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.pin.line {
            write!(f, "{line}: ")?;
        }
        Words(self).fmt(f)
    }
}
