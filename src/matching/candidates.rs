//! Every eligible pair with its score, and how many pairs each rule took away.

use super::assignment::Graph;
use super::criterion::Criteria;
use super::gather::Gather;
use super::plan::{Funnel, Loss};
use super::plan_error::PlanError;
use super::pricing::Limits;
use crate::eligibility::{Eligibility, Losses, Rows};
use crate::pair::Role;

/// Pairs of a mentor and a mentee up to which every eligible one is looked for to be kept: 2³³, some ninety thousand
/// people on each side.
pub const MAX_LOOKED_AT: u64 = 1 << 33;

/// Eligible pairs that are kept at a time, at most: a hundred million, 800 MB before the matcher begins.
pub const MAX_CANDIDATES: usize = 100_000_000;

/// All eligible pairs of a question, with scores: what a matcher chooses from.
///
/// Costs one look at each pair of somebody on the mentor side and somebody on the mentee side, a few nanoseconds long,
/// and keeps 8 bytes for each eligible one. [`plan_within`](super::plan_within) goes beyond what can be kept.
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
        Self::collect_within(eligibility, criteria, Limits::default())
    }

    /// The same with other limits.
    pub(super) fn collect_within(
        eligibility: &'e Eligibility<'_>,
        criteria: &'e Criteria,
        limits: Limits,
    ) -> Result<Self, PlanError> {
        let [mentors, mentees] = sides_of(eligibility);
        let looked_at = mentors.len() as u64 * mentees.len() as u64;
        if looked_at > limits.looked_at {
            return Err(PlanError::TooManyPairs { pairs: looked_at });
        }
        let rows = Rows::new(eligibility, mentors, mentees);
        let mut pairs = Gather::new(&rows, criteria, limits.kept);
        let graph = Graph::new(
            rows.places(Role::Mentor),
            rows.places(Role::Mentee),
            &mut pairs,
        )?;
        let losses = pairs.finish()?;
        let funnel = Funnel::of(&rows, losses, graph.len() as u64);
        Ok(Self {
            eligibility,
            criteria,
            mentors: rows.mentors().to_vec(),
            mentees: rows.mentees().to_vec(),
            graph,
            funnel,
        })
    }

    /// The same people with another graph over them.
    pub(super) fn with_graph(&self, graph: Graph) -> Self {
        Self {
            eligibility: self.eligibility,
            criteria: self.criteria,
            mentors: self.mentors.clone(),
            mentees: self.mentees.clone(),
            graph,
            funnel: self.funnel.clone(),
        }
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

/// Everybody who offered a side, by key: mentors, mentees.
pub(super) fn sides_of(eligibility: &Eligibility<'_>) -> [Vec<usize>; 2] {
    let people = eligibility.roster().participants().len();
    [Role::Mentor, Role::Mentee].map(|role| {
        let all = 0..people;
        all.filter(|&at| eligibility.offers_role(at, role))
            .collect()
    })
}

impl Funnel {
    /// The funnel of all pairs of these rows.
    pub(super) fn of(rows: &Rows<'_>, losses: Losses, eligible: u64) -> Self {
        let eligibility = rows.eligibility();
        let everybody = eligibility.roster().participants().len() as u64;
        let rules = eligibility.rules().iter().cloned();
        let lost = rules.zip(rows.complete(losses));
        Self {
            considered: everybody * everybody,
            lost: lost.map(|(rule, pairs)| Loss { rule, pairs }).collect(),
            eligible,
        }
    }
}
