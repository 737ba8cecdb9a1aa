//! Every eligible pair with its score, and how many pairs each rule took away.

use super::assignment::{Edge, Graph};
use super::criterion::Criteria;
use super::plan::{Funnel, Loss};
use super::plan_error::PlanError;
use crate::eligibility::{Eligibility, NOT_ONESELF, SIDES};
use crate::pair::Role;

/// Pairs of a mentor and a mentee that are looked at one by one, at most: 2³³, about a hundred thousand on each side.
pub const MAX_LOOKED_AT: u64 = 1 << 33;

/// Eligible pairs that are kept at a time, at most: a hundred million, 1.2 GB before the matcher begins.
pub const MAX_CANDIDATES: usize = 100_000_000;

/// All eligible pairs of a question, with scores: what a matcher chooses from.
///
/// Costs one look at each pair of somebody on the mentor side and somebody on the mentee side.
#[derive(Debug)]
pub struct Candidates<'e> {
    pub(super) eligibility: &'e Eligibility<'e>,
    pub(super) criteria: &'e Criteria,
    /// Place in the roster of each row (mentor) and column (mentee), by key.
    pub(super) mentors: Vec<usize>,
    pub(super) mentees: Vec<usize>,
    pub(super) graph: Graph,
    pub(super) funnel: Funnel,
}

impl<'e> Candidates<'e> {
    /// Asks about every pair and scores the eligible ones.
    ///
    /// # Errors
    ///
    /// [`PlanError::TooManyPairs`] beyond [`MAX_LOOKED_AT`], [`PlanError::TooManyCandidates`] beyond
    /// [`MAX_CANDIDATES`], and [`PlanError::Criterion`] where a criterion leaves its range.
    pub fn collect(
        eligibility: &'e Eligibility<'_>,
        criteria: &'e Criteria,
    ) -> Result<Self, PlanError> {
        let people = eligibility.roster().participants().len();
        let side = |role| -> Vec<usize> {
            let all = 0..people;
            all.filter(|&at| eligibility.offers_role(at, role))
                .collect()
        };
        let (mentors, mentees) = (side(Role::Mentor), side(Role::Mentee));
        let looked_at = mentors.len() as u64 * mentees.len() as u64;
        if looked_at > MAX_LOOKED_AT {
            return Err(PlanError::TooManyPairs { pairs: looked_at });
        }
        let mut lost = vec![0u64; eligibility.rules().len()];
        let mut edges = Vec::new();
        for (row, &mentor) in (0u32..).zip(&mentors) {
            for (column, &mentee) in (0u32..).zip(&mentees) {
                match eligibility.first_objection(mentor, mentee) {
                    Some(rule) => {
                        if let Some(count) = lost.get_mut(rule) {
                            *count += 1;
                        }
                    }
                    None => {
                        let Some(view) = eligibility.view(mentor, mentee) else {
                            continue;
                        };
                        let score = criteria.score(&view)?;
                        if edges.len() >= MAX_CANDIDATES {
                            return Err(PlanError::TooManyCandidates);
                        }
                        edges.push(Edge { row, column, score });
                    }
                }
            }
        }
        let eligible = edges.len() as u64;
        let places = |side: &[usize], role| -> Vec<u32> {
            let left = side.iter().map(|&at| eligibility.places_left(at, role));
            left.collect()
        };
        let graph = Graph::new(
            places(&mentors, Role::Mentor),
            places(&mentees, Role::Mentee),
            edges,
        )?;
        // The pairs that were never looked at: oneself, and whoever is not on the side.
        let everybody = people as u64;
        if let Some(count) = lost.get_mut(NOT_ONESELF) {
            *count = everybody;
        }
        let with_oneself = mentors
            .iter()
            .filter(|at| mentees.binary_search(at).is_ok());
        if let Some(count) = lost.get_mut(SIDES) {
            let sided = looked_at - with_oneself.count() as u64;
            *count = everybody * everybody.saturating_sub(1) - sided;
        }
        let rules = eligibility.rules().iter().cloned();
        let funnel = Funnel {
            considered: everybody * everybody,
            lost: rules
                .zip(lost)
                .map(|(rule, pairs)| Loss { rule, pairs })
                .collect(),
            eligible,
        };
        Ok(Self {
            eligibility,
            criteria,
            mentors,
            mentees,
            graph,
            funnel,
        })
    }

    /// How many eligible pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.graph.len()
    }

    /// Whether nobody may be paired with anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.graph.is_empty()
    }

    /// How many pairs each rule took away.
    #[must_use]
    pub const fn funnel(&self) -> &Funnel {
        &self.funnel
    }

    /// Every eligible pair as (mentor's key, mentee's key, score), sorted by keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        let people = self.eligibility.roster().participants();
        let key = move |side: &[usize], at: u32| {
            let person = side.get(at as usize).and_then(|&at| people.get(at));
            person.map_or("", |p| p.key().as_str())
        };
        self.graph.edges().map(move |e| {
            (
                key(&self.mentors, e.row),
                key(&self.mentees, e.column),
                e.score,
            )
        })
    }
}
