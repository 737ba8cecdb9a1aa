//! Rounds: solve the pairs found so far, look for those that the prices would prefer, until there are none.

use std::ops::ControlFlow;

use super::audit::{Audit, Audited};
use super::bounds::Bounds;
use super::limits::{Limits, Progress};
use super::order::Order;
use super::prices::{Asked, Reading};
use super::sweep::Search;
use super::worth::Worth;
use crate::eligibility::Rows;
use crate::matching::assignment::{Assignment, Certificate, Edge, Graph, Verified};
use crate::matching::conditions::{Residual, unsound};
use crate::matching::criterion::Bound;
use crate::matching::matcher::{MatchError, MatchProblem, Matcher, Solution};
use crate::matching::plan_error::PlanError;
use crate::pair::Role;

/// Row, column and score of a pair.
pub(super) type Scored = (u32, u32, u32);

/// The people of a question, compiled by key and in the order of the search.
#[derive(Debug)]
pub(super) struct People<'e> {
    pub(super) rows: Rows<'e>,
    pub(super) sorted: Rows<'e>,
    pub(super) order: Order,
    pub(super) limits: Limits,
    /// Row and column of the pins that hold, sorted.
    pub(super) pins: Vec<(u32, u32)>,
    /// What they score.
    pub(super) pin_total: u64,
}

/// A problem whose pairs are not all kept.
#[derive(Debug)]
pub(super) struct Pricing<'a, 'e> {
    pub(super) people: &'a People<'e>,
    pub(super) worth: Worth<'a>,
    /// Pairs that are worth less are none of the problem.
    pub(super) lowest: u32,
    /// The pairs found so far, sorted; pins from the beginning.
    pub(super) pairs: Vec<Scored>,
    /// What the criteria know of the score of a pair before it is assessed.
    known: Bound,
    /// For how many rounds the plan has been as good as the one before, up to 4.
    stays: u8,
}

/// Who is told, and whether they have said that it is enough.
pub(super) struct Watch<'w> {
    progress: &'w mut dyn FnMut(Progress) -> ControlFlow<()>,
    stopped: bool,
}

impl<'w> Watch<'w> {
    pub(super) fn new(progress: &'w mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        Self {
            progress,
            stopped: false,
        }
    }

    fn tell(&mut self, progress: Progress) -> ControlFlow<()> {
        let told = (self.progress)(progress);
        self.stopped |= told.is_break();
        told
    }
}

/// A plan for the pairs found so far, and its prices where it has any.
#[derive(Debug)]
pub(super) struct Round {
    /// Of all pairs found so far.
    pub(super) graph: Graph,
    /// What the pins leave of it.
    pub(super) residual: Residual,
    /// The matcher's answer to that, and what its proof is good for.
    pub(super) solution: Solution,
    pub(super) verified: Option<Verified>,
    reading: Option<Reading>,
    /// The plan for all pairs, pins included.
    pub(super) plan: Assignment,
}

impl<'a, 'e> Pricing<'a, 'e> {
    /// Begins with some pairs.
    pub(super) fn new(people: &'a People<'e>, worth: Worth<'a>, mut pairs: Vec<Scored>) -> Self {
        pairs.sort_unstable();
        Self {
            people,
            worth,
            lowest: 0,
            pairs,
            known: Bound::Exact,
            stays: 0,
        }
    }

    /// Adds everybody's best to the pairs.
    pub(super) fn shortlist(&mut self, watch: &mut Watch<'_>) -> Result<(), PlanError> {
        let there = self.graph()?;
        self.search(&[], &there, watch).map(drop)
    }

    /// Solves, looks and adds until no pair is missing, or the watch says that it is enough.
    pub(super) fn complete(
        &mut self,
        matcher: &dyn Matcher,
        start: Option<&Certificate>,
        watch: &mut Watch<'_>,
    ) -> Result<Round, PlanError> {
        let mut last = None;
        let mut round = self.solve(matcher, start)?;
        for number in 1.. {
            let pairs = round.plan.pairs();
            let _ = watch.tell(Progress::Solved {
                round: number,
                candidates: self.pairs.len() as u64,
                pairs,
                total: self.total(&round),
            });
            // A plan that stays while its prices wander asks for more pairs around them.
            let now = Some((pairs, round.plan.total));
            self.stays = if last == now {
                (self.stays + 1).min(4)
            } else {
                0
            };
            last = now;
            let Some(against) = self.against(&round).filter(|_| !watch.stopped) else {
                break;
            };
            if !self.search(&against, &round.graph, watch)? {
                break;
            }
            // A start is a hint: where it leads nowhere, the problem is solved from nothing.
            let proof = round.solution.proof.as_ref().map(|(_, proof)| proof);
            let again = self.solve(matcher, proof);
            round = again.or_else(|_| self.solve(matcher, None))?;
        }
        Ok(round)
    }

    /// The sum of the scores, whatever breaks ties.
    fn total(&self, round: &Round) -> u64 {
        let (pins, edges) = (round.residual.pins(), round.plan.edges.iter());
        let chosen = edges.filter(|edge| pins.binary_search(edge).is_err());
        let chosen = chosen.filter_map(|&edge| round.graph.edge(edge));
        let scores = chosen.map(|edge| u64::from(self.worth.score_in(edge.score)));
        scores.sum::<u64>() + self.people.pin_total
    }

    /// What a pair has to be worth to be looked for.
    fn against(&self, round: &Round) -> Option<Vec<(Asked, u32)>> {
        let reading = round.reading.as_ref()?;
        let highest = self.worth.highest();
        let mut against = vec![(reading.value.clone(), (highest / 64) << self.stays)];
        // Scores cannot be compared with those of pairs that nobody has assessed; the number of pairs can.
        let unknown = self.known == Bound::Unknown && reading.pairs.is_none();
        let more = || {
            Asked::more_pairs(
                round.residual.graph(&round.graph),
                &round.solution.assignment,
            )
        };
        let pairs = reading.pairs.clone().or_else(|| unknown.then(more));
        let counted = pairs.into_iter().chain(reading.above.clone());
        against.extend(counted.map(|pairs| (pairs.in_points(highest), 0)));
        let from = against.into_iter();
        Some(
            from.map(|(a, slack)| (a.from(self.lowest), slack))
                .collect(),
        )
    }

    /// Looks for pairs and adds them; each is scored by itself. Whether the prices would prefer any.
    fn search(
        &mut self,
        against: &[(Asked, u32)],
        there: &Graph,
        watch: &mut Watch<'_>,
    ) -> Result<bool, PlanError> {
        let People {
            rows,
            sorted,
            order,
            limits,
            ..
        } = self.people;
        let of = rows.mentors().len() as u64;
        let search = Search {
            rows: sorted,
            order,
            worth: &self.worth,
            against,
            there,
            keep: if against.is_empty() {
                limits.shortlist
            } else {
                let some = limits.shortlist.div_ceil(3);
                some.saturating_mul(1 + self.stays)
            },
        };
        let found = search.run(&mut |done| watch.tell(Progress::Looking { done, of }))?;
        self.known = self.known.max(found.known);
        for pair in found.pairs {
            let scored = self.people.scored(pair, &self.worth)?;
            self.pairs.extend(scored);
        }
        self.pairs.sort_unstable();
        Ok(found.preferred)
    }

    fn graph(&self) -> Result<Graph, PlanError> {
        self.people.graph(&self.pairs)
    }

    /// Fixes the pins, and solves what is left of the pairs found so far. The one place that solves, the first time from
    /// nothing, and again from the last prices.
    fn solve(
        &self,
        matcher: &dyn Matcher,
        start: Option<&Certificate>,
    ) -> Result<Round, PlanError> {
        let graph = self.graph()?;
        let pins = self.people.pins.iter();
        let pins = pins.filter_map(|&(row, column)| graph.number(row, column));
        let (pins, highest) = (pins.collect(), self.worth.highest());
        let residual = Residual::new(&graph, pins, matcher.objective(), highest)?;
        let left = residual.graph(&graph);
        let mut problem = MatchProblem::new(left);
        if let Some(proof) = start {
            problem = problem.with_start(proof);
        }
        let failed = |error| PlanError::Matcher {
            matcher: matcher.id(),
            error,
        };
        if matcher.preferences(&problem).is_some() {
            let error = "whether a plan is stable is not checked over pairs that are too many to be kept; plan by an objective, or a part of the programme at a time";
            return Err(failed(MatchError::new(error)));
        }
        let (solution, verified) = problem.solve_checked(matcher)?;
        let plan = residual.whole_plan(&graph, &solution.assignment);
        // A matcher that says what it optimises, and does not, may have left stand-ins aside.
        plan.check(&graph).map_err(|flaw| unsound(matcher, flaw))?;
        let proof = solution.proof.as_ref();
        let reading = proof.map(|(by, proof)| Reading::of(*by, proof, left, &solution.assignment));
        let reading = reading.transpose().map_err(failed)?;
        Ok(Round {
            graph,
            residual,
            solution,
            verified,
            reading: reading.map(|reading| reading.from(self.lowest)),
            plan,
        })
    }

    /// Audits a round over all pairs: what was counted, for a plan of its pairs, and what no plan exceeds for what the
    /// pins leave.
    pub(super) fn audit(
        &self,
        round: &Round,
        plan: &Assignment,
    ) -> Result<(Audit, Option<Bounds>), PlanError> {
        let left = round.residual.graph(&round.graph);
        let stand_ins = round.residual.stand_ins();
        let audited = Audited {
            rows: &self.people.rows,
            worth: &self.worth,
            graph: &round.graph,
            plan,
            left,
            pins: &self.people.pins,
            stand_ins,
            reading: round.reading.as_ref(),
        };
        let audit = audited.run()?;
        let sums = audit.bound.zip(round.reading.as_ref());
        let bounds = sums.and_then(|(sums, reading)| {
            let edges = audit.eligible + stand_ins.len() as u64;
            // A stand-in scores more than every pair.
            let highest = self.worth.highest() + u32::from(!stand_ins.is_empty());
            let limit = Bounds::limit(left, edges, highest);
            Bounds::of(sums, reading, (left, &round.solution.assignment), limit)
        });
        Ok((audit, bounds))
    }
}

impl People<'_> {
    /// A graph of pairs.
    pub(super) fn graph(&self, pairs: &[Scored]) -> Result<Graph, PlanError> {
        let edges = pairs.iter();
        let edges = edges.map(|&(row, column, score)| Edge { row, column, score });
        let [rows, columns] = [Role::Mentor, Role::Mentee].map(|role| self.rows.places(role));
        Ok(Graph::new(rows, columns, edges)?)
    }

    /// A pair, assessed by itself.
    pub(super) fn scored(
        &self,
        (row, column): (u32, u32),
        worth: &Worth<'_>,
    ) -> Result<Option<Scored>, PlanError> {
        let place = |side: &[usize], at: u32| side.get(at as usize).copied();
        let mentor = place(self.rows.mentors(), row);
        let ends = mentor.zip(place(self.rows.mentees(), column));
        let view = ends.and_then(|(a, b)| self.rows.eligibility().view(a, b));
        let score = view.map(|view| worth.score(&view)).transpose()?;
        Ok(score.map(|score| (row, column, score)))
    }
}
