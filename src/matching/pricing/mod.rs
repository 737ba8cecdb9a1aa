//! Plans over more pairs than can be kept: a shortlist is solved, and completed until the prices prove that no other
//! pair is missing.
//!
//! 1. A [search](sweep) over all pairs keeps everybody's best: the shortlist.
//! 2. The matcher solves it. Its certificate prices every row and column.
//! 3. A search over all pairs looks for those that these prices would prefer. Everybody's best are added, and 2. begins
//!    again, until there are none.
//! 4. An [audit] over all pairs adds up what the prices leave open. Where that is nothing, the plan is the best of all
//!    eligible pairs, though most of them were never kept.
//!
//! Whether people may be paired and what they score is worked out anew in each pass, row by row.

mod audit;
mod best;
mod cover;
mod order;
mod prices;
mod sweep;

use std::ops::ControlFlow;

use super::assignment::{Edge, Graph, Verified};
use super::candidates::{Candidates, sides_of};
use super::conditions::Settled;
use super::criterion::{Bound, Criteria};
use super::matcher::{MatchError, MatchProblem, Matcher, Solution};
use super::plan::{Funnel, MatchPlan, PlanCertificate, Scope};
use super::plan_error::PlanError;
use super::{MAX_CANDIDATES, MAX_LOOKED_AT};
use crate::eligibility::{Eligibility, Rows};
use crate::pair::Role;
use audit::{Audit, Audited, Bounds};
use order::Order;
use prices::{Asked, Reading};
use sweep::Search;

/// From which size on not every eligible pair is kept, and how many are instead.
///
/// ```
/// use reverse_mentoring::matching::Limits;
///
/// // A machine with little memory.
/// let limits = Limits::default().keep_at_most(1_000_000).shortlist(16);
/// # let _ = limits;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub(super) looked_at: u64,
    pub(super) kept: usize,
    pub(super) shortlist: u8,
}

/// [`MAX_LOOKED_AT`], [`MAX_CANDIDATES`], and a shortlist of 24 pairs a person.
impl Default for Limits {
    fn default() -> Self {
        Self {
            looked_at: MAX_LOOKED_AT,
            kept: MAX_CANDIDATES,
            shortlist: 24,
        }
    }
}

impl Limits {
    /// Keeps every eligible pair where there are at most so many; never above [`MAX_CANDIDATES`].
    #[must_use]
    pub fn keep_at_most(mut self, pairs: usize) -> Self {
        self.kept = pairs.min(MAX_CANDIDATES);
        self
    }

    /// Begins with so many pairs of each person where not all are kept; at least one.
    #[must_use]
    pub fn shortlist(mut self, pairs: u8) -> Self {
        self.shortlist = pairs.max(1);
        self
    }
}

/// How far a plan over more pairs than can be kept has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Pairs are looked at: all those of so many mentors so far.
    Looking {
        /// Mentors whose pairs were looked at in this pass.
        done: u64,
        /// Mentors in all.
        of: u64,
    },
    /// So many pairs are candidates, and they were solved.
    Solved {
        /// Which time, from 1.
        round: u32,
        /// The candidates.
        candidates: u64,
        /// Pairs in the plan.
        pairs: u64,
        /// Its total score.
        total: u64,
    },
}

/// Plans within limits: keeps every eligible pair where there are few enough, else proves the plan without keeping them.
///
/// Where not all are kept, the plan's [scope](Scope) says what its bounds speak of: all eligible pairs, where the
/// matcher proves its plans by prices (the objectives `most-pairs` and `best-score`) and every criterion knows
/// [bounds](super::Criterion::bound_row); else the candidates.
///
/// `progress` is told how far it has come; with [`ControlFlow::Break`] no more pairs are looked for, and the best plan so
/// far is returned with bounds that hold of all eligible pairs. That still takes one pass over them. It is not
/// asked where every pair is kept.
///
/// ```
/// use std::ops::ControlFlow;
/// use reverse_mentoring::matching::{Criteria, Limits, Optimal, plan_within};
/// # use reverse_mentoring::{eligibility::Eligibility, policy::Policy, testing::Company};
/// # let company = Company::sample()?;
/// # let policy = Policy::core_only();
/// # let may = Eligibility::new(company.roster(), &policy, company.context());
///
/// let limits = Limits::default().keep_at_most(5);
/// let plan = plan_within(&may, &Criteria::standard(), &Optimal::most_pairs(), limits, &mut |_| ControlFlow::Continue(()))?;
/// let proof = plan.certificate.unwrap();
/// assert_eq!((proof.scope.as_str(), proof.verified), ("all_eligible", true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`PlanError`] for plug-ins that break their word, which it names, and for objectives that prices of pairs do not prove.
pub fn plan_within(
    eligibility: &Eligibility<'_>,
    criteria: &Criteria,
    matcher: &dyn Matcher,
    limits: Limits,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<MatchPlan, PlanError> {
    match Candidates::collect_within(eligibility, criteria, limits) {
        Err(PlanError::TooManyPairs { .. } | PlanError::TooManyCandidates) => {}
        other => return other?.plan(matcher),
    }
    let [mentors, mentees] = sides_of(eligibility);
    let (order, sorted) = Order::new(eligibility, &mentors, &mentees);
    let mut pricing = Pricing {
        rows: Rows::new(eligibility, mentors, mentees),
        order,
        sorted,
        criteria,
        limits,
        pairs: Vec::new(),
        known: Bound::Exact,
        stays: 0,
    };
    pricing.plan(matcher, progress)
}

/// A problem whose pairs are not all kept.
#[derive(Debug)]
struct Pricing<'a, 'e> {
    /// Compiled by key.
    rows: Rows<'e>,
    /// Compiled in the order of the search.
    sorted: Rows<'e>,
    order: Order,
    criteria: &'a Criteria,
    limits: Limits,
    /// Row, column and score of the pairs found so far, sorted.
    pairs: Vec<(u32, u32, u32)>,
    /// What the criteria know of the score of a pair before it is assessed.
    known: Bound,
    /// For how many rounds the plan has been as good as the one before, up to 4.
    stays: u8,
}

/// A plan for the pairs found so far, and its prices where it has any.
struct Round {
    graph: Graph,
    solution: Solution,
    verified: Option<Verified>,
    reading: Option<Reading>,
}

impl Pricing<'_, '_> {
    fn plan(
        &mut self,
        matcher: &dyn Matcher,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<MatchPlan, PlanError> {
        let mut stopped = false;
        let mut last = None;
        let nothing = Graph::new(
            self.rows.places(Role::Mentor),
            self.rows.places(Role::Mentee),
            [],
        )?;
        self.search(&[], &nothing, progress, &mut stopped)?;
        let mut round = self.solve(matcher, None)?;
        for number in 1.. {
            let told = progress(Progress::Solved {
                round: number,
                candidates: self.pairs.len() as u64,
                pairs: round.solution.assignment.pairs(),
                total: round.solution.assignment.total,
            });
            stopped |= told.is_break();
            // A plan that stays while its prices wander asks for more pairs around them.
            let plan = &round.solution.assignment;
            let now = Some((plan.pairs(), plan.total));
            self.stays = if last == now {
                (self.stays + 1).min(4)
            } else {
                0
            };
            last = now;
            let Some(against) = self.against(&round).filter(|_| !stopped) else {
                break;
            };
            if !self.search(&against, &round.graph, progress, &mut stopped)? {
                break;
            }
            // A start is a hint: where it leads nowhere, the problem is solved from nothing.
            let again = self.solve(matcher, Some(&round));
            round = again.or_else(|_| self.solve(matcher, None))?;
        }
        self.explain(matcher, round)
    }

    /// What a pair has to be worth to be looked for.
    fn against(&self, round: &Round) -> Option<Vec<(Asked, u32)>> {
        let reading = round.reading.as_ref()?;
        let highest = self.criteria.highest_score();
        let mut against = vec![(reading.value.clone(), (highest / 64) << self.stays)];
        // Scores cannot be compared with those of pairs that nobody has assessed; the number of pairs can.
        let unknown = self.known == Bound::Unknown && reading.pairs.is_none();
        let more = || Asked::more_pairs(&round.graph, &round.solution.assignment);
        let pairs = reading.pairs.clone().or_else(|| unknown.then(more));
        against.extend(pairs.map(|pairs| (pairs.in_points(highest), 0)));
        Some(against)
    }

    /// Looks for pairs and adds them; each is scored by itself. Whether the prices would prefer any.
    fn search(
        &mut self,
        against: &[(Asked, u32)],
        there: &Graph,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
        stopped: &mut bool,
    ) -> Result<bool, PlanError> {
        let of = self.rows.mentors().len() as u64;
        let search = Search {
            rows: &self.sorted,
            order: &self.order,
            criteria: self.criteria,
            against,
            there,
            keep: if against.is_empty() {
                self.limits.shortlist
            } else {
                let some = self.limits.shortlist.div_ceil(3);
                some.saturating_mul(1 + self.stays)
            },
        };
        let found = search.run(&mut |done| {
            let told = progress(Progress::Looking { done, of });
            *stopped |= told.is_break();
            told
        })?;
        self.known = self.known.max(found.known);
        for (row, column) in found.pairs {
            let place = |side: &[usize], at: u32| side.get(at as usize).copied();
            let mentor = place(self.rows.mentors(), row);
            let ends = mentor.zip(place(self.rows.mentees(), column));
            let view = ends.and_then(|(a, b)| self.rows.eligibility().view(a, b));
            if let Some(view) = view {
                let score = self.criteria.score(&view)?;
                self.pairs.push((row, column, score));
            }
        }
        self.pairs.sort_unstable();
        Ok(found.preferred)
    }

    /// Solves the pairs found so far. The one place that solves, the first time from
    /// nothing, and again from the last prices.
    fn solve(&self, matcher: &dyn Matcher, before: Option<&Round>) -> Result<Round, PlanError> {
        let edges = self.pairs.iter();
        let graph = Graph::new(
            self.rows.places(Role::Mentor),
            self.rows.places(Role::Mentee),
            edges.map(|&(row, column, score)| Edge { row, column, score }),
        )?;
        let mut problem = MatchProblem::new(&graph);
        if let Some((_, proof)) = before.and_then(|round| round.solution.proof.as_ref()) {
            problem = problem.with_start(proof);
        }
        if matcher.preferences(&problem).is_some() {
            let error =
                "whether a plan is stable is not checked over pairs that are too many to be kept";
            return Err(PlanError::Matcher {
                matcher: matcher.id(),
                error: MatchError::new(error),
            });
        }
        let (solution, verified) = problem.solve_checked(matcher)?;
        let (proof, highest) = (solution.proof.as_ref(), self.criteria.highest_score());
        let reading = proof.map(|(objective, proof)| Reading::of(*objective, proof, highest));
        let reading = reading.transpose().map_err(|error| PlanError::Matcher {
            matcher: matcher.id(),
            error,
        })?;
        Ok(Round {
            graph,
            solution,
            verified,
            reading,
        })
    }

    /// Audits the last plan over all pairs, and explains it.
    fn explain(&self, matcher: &dyn Matcher, round: Round) -> Result<MatchPlan, PlanError> {
        let Round {
            graph,
            solution,
            verified,
            reading,
        } = round;
        let audited = Audited {
            rows: &self.rows,
            criteria: self.criteria,
            graph: &graph,
            plan: &solution.assignment,
            reading: reading.as_ref(),
        };
        let Audit {
            losses,
            eligible,
            partners,
            bound,
        } = audited.run()?;
        let over_all = bound.zip(reading).and_then(|(bound, reading)| {
            let limit = Bounds::limit(&graph, eligible, self.criteria.highest_score());
            Bounds::of(bound, &reading, &solution.assignment, limit)
        });
        let certificate = match (over_all, verified) {
            (Some(found), _) => Some(PlanCertificate {
                scope: Scope::AllEligible,
                pairs_bound: found.pairs,
                score_bound: found.score,
                verified: found.proven,
            }),
            (None, Some(found)) => Some(PlanCertificate {
                // Where every pair has become a candidate, the two are the same.
                scope: if eligible == graph.len() as u64 {
                    Scope::AllEligible
                } else {
                    Scope::Candidates
                },
                pairs_bound: found.pairs_bound,
                score_bound: found.score_bound,
                verified: found.proven,
            }),
            (None, None) => None,
        };
        let candidates = Candidates {
            eligibility: self.rows.eligibility(),
            criteria: self.criteria,
            mentors: self.rows.mentors().to_vec(),
            mentees: self.rows.mentees().to_vec(),
            graph,
            funnel: Funnel::of(&self.rows, losses, eligible),
        };
        let settled = Settled::free(&candidates, solution, certificate);
        candidates.put_into_words(matcher.id(), settled, &partners)
    }
}
