//! Who is left over, and why.

use std::fmt;

use super::assignment;
use super::candidates::Candidates;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::summary::count;
use crate::text::Key;

/// Why somebody has no pairing in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum UnmatchedReason {
    /// They have no place: no hours, or all places taken.
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

impl Candidates<'_> {
    /// Everybody without a pairing on a side that they offered, where these edges are chosen.
    pub(super) fn unmatched(&self, chosen: &[u32]) -> Vec<Unmatched> {
        let (rows, columns) = (self.mentors.len(), self.mentees.len());
        let mut used = [vec![0u32; rows], vec![0u32; columns]];
        let mut eligible = [vec![0u32; rows], vec![0u32; columns]];
        let ends = |e: assignment::Edge| [e.row as usize, e.column as usize];
        let count = |counts: &mut [Vec<u32>; 2], e| {
            for (side, at) in counts.iter_mut().zip(ends(e)) {
                if let Some(n) = side.get_mut(at) {
                    *n += 1;
                }
            }
        };
        for e in chosen.iter().filter_map(|&e| self.graph.edge(e)) {
            count(&mut used, e);
        }
        let places = [self.graph.row_places(), self.graph.column_places()];
        let full = |side: usize, at: usize| {
            let used = used.get(side).and_then(|s| s.get(at));
            used >= places.get(side).and_then(|s| s.get(at))
        };
        // Whether somebody has an eligible partner with a place to spare.
        let mut spare = [vec![false; rows], vec![false; columns]];
        for e in self.graph.edges() {
            count(&mut eligible, e);
            let [row, column] = ends(e);
            let [by_row, by_column] = &mut spare;
            if let Some(s) = by_row.get_mut(row) {
                *s |= !full(1, column);
            }
            if let Some(s) = by_column.get_mut(column) {
                *s |= !full(0, row);
            }
        }
        let mut unmatched = Vec::new();
        let sides = [(Role::Mentor, &self.mentors), (Role::Mentee, &self.mentees)];
        for ((role, side), ((used, eligible), spare)) in sides
            .into_iter()
            .zip(used.iter().zip(&eligible).zip(&spare))
        {
            let counts = used.iter().zip(eligible).zip(spare);
            for (&at, ((_, &eligible), &spare)) in side
                .iter()
                .zip(counts)
                .filter(|(_, ((used, _), _))| **used == 0)
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
        let other = role.other();
        let (reason, detail) = if self.eligibility.places_left(at, role) == 0 {
            let open = self.eligibility.context().open(person.id(), role);
            let places = person
                .profile()
                .places(role, self.eligibility.context().load());
            let (open, places) = (
                count(open as usize, "open pairing"),
                count(places as usize, "place"),
            );
            let detail = format!("{open} and {places} as {role}");
            (UnmatchedReason::NoPlace, detail)
        } else if eligible == 0 {
            (
                UnmatchedReason::NoEligiblePartner,
                self.objections(at, role),
            )
        } else if spare {
            let detail = format!(
                "{}, some with a free place",
                count(eligible as usize, &format!("eligible {other}"))
            );
            (UnmatchedReason::NotChosen, detail)
        } else {
            let detail = format!(
                "{}, all of their places are taken",
                count(eligible as usize, &format!("eligible {other}"))
            );
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
