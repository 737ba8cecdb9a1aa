//! Who is left over, and why.

use std::fmt;

use super::assignment::{Assignment, Graph};
use super::candidates::Candidates;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::summary::count;
use crate::text::Key;

/// Why somebody has no pairing in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum UnmatchedReason {
    /// They have no place: not enrolled, no hours, or all places taken.
    NoPlace,
    /// Nobody on the other side may be paired with them.
    NoEligiblePartner,
    /// There are eligible partners, but the plan gives all of their places to others.
    PartnersTaken,
    /// There is an eligible partner with a free place, and the matcher left both alone.
    NotChosen,
}

impl UnmatchedReason {
    /// A stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoPlace => "no-place",
            Self::NoEligiblePartner => "no-eligible-partner",
            Self::PartnersTaken => "partners-taken",
            Self::NotChosen => "not-chosen",
        }
    }
}

impl fmt::Display for UnmatchedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Somebody without a pairing on a side that they offered. The words name nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmatched {
    /// Who.
    pub participant: ParticipantId,
    /// Their key.
    pub key: Key,
    /// On which side; somebody who offered either can stand here twice.
    pub role: Role,
    /// Why.
    pub reason: UnmatchedReason,
    /// The same in a sentence, with numbers.
    pub detail: String,
}

/// How many pairs and eligible partners everybody has, and whether a partner has a place to spare; rows, then columns.
#[derive(Debug)]
pub(super) struct Partners {
    pairs: [Vec<u32>; 2],
    full: [Vec<bool>; 2],
    eligible: [Vec<u32>; 2],
    spare: [Vec<bool>; 2],
}

impl Partners {
    /// The pairs of a plan; no eligible partner yet.
    pub(super) fn none(graph: &Graph, plan: &Assignment) -> Self {
        let places = [graph.row_places(), graph.column_places()];
        let zeroes = || places.map(|side| vec![0; side.len()]);
        let mut pairs = zeroes();
        for edge in plan.edges.iter().filter_map(|&e| graph.edge(e)) {
            let ends = [edge.row, edge.column];
            for (side, at) in pairs.iter_mut().zip(ends) {
                if let Some(count) = side.get_mut(at as usize) {
                    *count += 1;
                }
            }
        }
        let full = |side: &[u32], places: &[u32]| -> Vec<bool> {
            let sides = side.iter().zip(places);
            sides.map(|(pairs, places)| pairs >= places).collect()
        };
        let [rows, columns] = [0, 1].map(|side: usize| {
            let side = pairs.get(side).zip(places.get(side));
            side.map_or_else(Vec::new, |(pairs, places)| full(pairs, places))
        });
        Self {
            full: [rows, columns],
            eligible: zeroes(),
            spare: places.map(|side| vec![false; side.len()]),
            pairs,
        }
    }

    /// The pairs of a plan, and the edges of the graph as eligible partners.
    pub(super) fn of(graph: &Graph, plan: &Assignment) -> Self {
        let mut partners = Self::none(graph, plan);
        for edge in graph.edges() {
            partners.add(edge.row, edge.column as usize, &[true]);
        }
        partners
    }

    /// Adds eligible partners to a row: those columns from `first` on that are marked.
    pub(super) fn add(&mut self, row: u32, first: usize, columns: &[bool]) {
        let row = row as usize;
        let [full, taken] = &self.full;
        let ([eligible, wanted], [spare, free]) = (&mut self.eligible, &mut self.spare);
        let sides = (
            wanted.get_mut(first..),
            free.get_mut(first..),
            taken.get(first..),
        );
        let (Some(wanted), Some(free), Some(taken)) = sides else {
            return;
        };
        let row_free = full.get(row) == Some(&false);
        let (mut count, mut any) = (0, false);
        let theirs = wanted.iter_mut().zip(free).zip(taken);
        for (&with, ((wanted, free), &taken)) in columns.iter().zip(theirs) {
            *wanted += u32::from(with);
            *free |= with & row_free;
            count += u32::from(with);
            any |= with & !taken;
        }
        if let Some((eligible, spare)) = eligible.get_mut(row).zip(spare.get_mut(row)) {
            *eligible += count;
            *spare |= any;
        }
    }
}

impl Candidates<'_> {
    /// Everybody without a pairing on a side that they offered.
    pub(super) fn unmatched(&self, partners: &Partners) -> Vec<Unmatched> {
        let mut unmatched = Vec::new();
        let sides = [(Role::Mentor, &self.mentors), (Role::Mentee, &self.mentees)];
        let counts = partners.eligible.iter().zip(&partners.spare);
        for ((role, side), (pairs, (eligible, spare))) in
            sides.into_iter().zip(partners.pairs.iter().zip(counts))
        {
            let counts = pairs.iter().zip(eligible).zip(spare);
            for (&at, ((_, &eligible), &spare)) in side
                .iter()
                .zip(counts)
                .filter(|(_, ((pairs, _), _))| **pairs == 0)
            {
                unmatched.extend(self.why_unmatched(at, role, eligible, spare));
            }
        }
        unmatched.sort_by(|a, b| (&a.key, a.role.as_str()).cmp(&(&b.key, b.role.as_str())));
        unmatched
    }

    fn why_unmatched(
        &self,
        at: usize,
        role: Role,
        eligible: u32,
        spare: bool,
    ) -> Option<Unmatched> {
        let person = self.eligibility.roster().participants().get(at)?;
        let partners = count(eligible, &format!("eligible {}", role.other()));
        let (reason, detail) = if self.eligibility.places_left(at, role) == 0 {
            let open = self.eligibility.context().open(person.id(), role);
            let load = self.eligibility.context().load();
            let places = person.profile().capacity().places_in_words(load);
            let open = count(open, "open pairing");
            let detail = match self.eligibility.context().is_enrolled(person.id()) {
                true => format!("{open} and {places} as {role}"),
                false => "not enrolled".to_owned(),
            };
            (UnmatchedReason::NoPlace, detail)
        } else if eligible == 0 {
            (
                UnmatchedReason::NoEligiblePartner,
                self.objections(at, role),
            )
        } else if spare {
            let theirs = match eligible {
                1 => "who has a free place",
                _ => "some with a free place",
            };
            let detail = format!("{partners}, {theirs}");
            (UnmatchedReason::NotChosen, detail)
        } else {
            let theirs = match eligible {
                1 => "whose places are all taken",
                _ => "all of their places are taken",
            };
            let detail = format!("{partners}, {theirs}");
            (UnmatchedReason::PartnersTaken, detail)
        };
        Some(Unmatched {
            participant: person.id(),
            key: person.key().clone(),
            role,
            reason,
            detail,
        })
    }

    /// How many people on the other side each rule was the first to object to, in words.
    fn objections(&self, at: usize, role: Role) -> String {
        let (others, name) = match role {
            Role::Mentor => (&self.mentees, "mentees"),
            Role::Mentee => (&self.mentors, "mentors"),
        };
        let mut lost = vec![0u32; self.eligibility.rules().len()];
        for &other in others.iter().filter(|&&other| other != at) {
            let (mentor, mentee) = match role {
                Role::Mentor => (at, other),
                Role::Mentee => (other, at),
            };
            let rule = self.eligibility.first_objection(mentor, mentee);
            if let Some(count) = rule.and_then(|rule| lost.get_mut(rule)) {
                *count += 1;
            }
        }
        let rules = self.eligibility.rules().iter().zip(&lost);
        let said: Vec<String> = rules
            .filter(|(_, count)| **count > 0)
            .map(|(rule, count)| format!("{count} by {}", rule.name()))
            .collect();
        match said.as_slice() {
            [] => format!("there are no {name}"),
            _ => format!("{name} ruled out: {}", said.join(", ")),
        }
    }
}
