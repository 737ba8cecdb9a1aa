//! From a question, conditions and a matcher to a plan whose pairs were not all kept.

use super::audit::Audit;
use super::bounds::Bounds;
use super::limits::{Limits, Progress};
use super::order::Order;
use super::rounds::{People, Pricing, Round, Scored, Watch};
use super::ties::Ties;
use super::worth::Worth;
use crate::eligibility::{Eligibility, Rows};
use crate::matching::assignment::{Assignment, Certificate, Graph, Objective};
use crate::matching::candidates::{Candidates, sides_of};
use crate::matching::conditions::{Conditions, Judged, LastPrices, Scale, Settled, Sides, adds_up};
use crate::matching::criterion::Criteria;
use crate::matching::matcher::{Matcher, Optimal};
use crate::matching::plan::{Funnel, MatchPlan, PlanCertificate, Scope};
use crate::matching::plan_error::PlanError;
use crate::pair::Role;
use std::ops::ControlFlow;

/// A question with more eligible pairs than are kept.
#[derive(Debug)]
pub(super) struct Beyond<'a, 'e> {
    people: People<'e>,
    criteria: &'a Criteria,
    conditions: &'a Conditions,
    judged: Judged,
}

/// A plan among equals, for a graph of its own.
struct Chosen {
    graph: Graph,
    plan: Assignment,
    audit: Audit,
    /// Whether it is proven that no equally good plan has more points, and of which pairs.
    proven: bool,
    scope: Scope,
}

impl<'a, 'e> Beyond<'a, 'e> {
    pub(super) fn new(
        eligibility: &'e Eligibility<'_>,
        criteria: &'a Criteria,
        conditions: &'a Conditions,
        limits: Limits,
    ) -> Self {
        let [mentors, mentees] = sides_of(eligibility);
        let (order, sorted) = Order::new(eligibility, &mentors, &mentees);
        let rows = Rows::new(eligibility, mentors, mentees);
        let [of_rows, of_columns] = [Role::Mentor, Role::Mentee].map(|role| rows.places(role));
        let sides = Sides {
            eligibility,
            people: [rows.mentors(), rows.mentees()],
            places: [&of_rows, &of_columns],
        };
        // Nobody has looked at the pairs yet: what the rules say of them by themselves is what holds.
        let judged = sides.judge(conditions, &|_, _| true);
        let people = People {
            rows,
            sorted,
            order,
            limits,
            pins: judged.pairs.clone(),
            pin_total: 0,
        };
        Self {
            people,
            criteria,
            conditions,
            judged,
        }
    }

    /// Finds a plan, audits it over all pairs, breaks ties, and explains it.
    pub(super) fn plan(
        mut self,
        matcher: &dyn Matcher,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<MatchPlan, PlanError> {
        let mut watch = Watch::new(progress);
        let worth = Worth::plain(self.criteria);
        let pins = self.people.pins.iter();
        let pins = pins.map(|&pin| self.people.scored(pin, &worth));
        let pins: Vec<Scored> = pins
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?;
        self.people.pin_total = pins.iter().map(|pin| u64::from(pin.2)).sum();
        let mut pricing = Pricing::new(&self.people, worth, pins);
        pricing.shortlist(&mut watch)?;
        let round = pricing.complete(matcher, None, &mut watch)?;
        let (audit, bounds) = pricing.audit(&round, &round.plan)?;
        let certificate = self.certificate(&round, &audit, bounds, matcher);
        let chosen = match self.conditions.tie_break() {
            Some(by) => self.break_ties(&pricing, (&round, bounds), by, matcher, &mut watch)?,
            None => None,
        };
        drop(pricing);
        self.explain(matcher, (round, audit, certificate), chosen)
    }

    /// What is proven of the whole plan, pins included.
    fn certificate(
        &self,
        round: &Round,
        audit: &Audit,
        bounds: Option<Bounds>,
        matcher: &dyn Matcher,
    ) -> Option<PlanCertificate> {
        let residual = &round.residual;
        let objective = round.solution.proof.as_ref().map(|(by, _)| *by);
        let speaks = residual.pins().is_empty()
            || objective.is_some_and(|o| adds_up(o) || Some(o) == matcher.objective());
        // Where every pair has become a candidate, the two are the same.
        let all = audit.eligible == round.graph.len() as u64;
        let of_candidates = round.verified.map(|found| PlanCertificate {
            scope: if all {
                Scope::AllEligible
            } else {
                Scope::Candidates
            },
            pairs_bound: found.pairs_bound,
            score_bound: found.score_bound,
            verified: found.proven,
        });
        let of_all = bounds.map(|found| PlanCertificate {
            scope: Scope::AllEligible,
            pairs_bound: found.pairs,
            score_bound: found.score,
            verified: found.proven,
        });
        let found = of_all.or(of_candidates).filter(|_| speaks)?;
        Some(PlanCertificate {
            pairs_bound: residual.whole_pairs(found.pairs_bound),
            score_bound: residual.whole_score(found.score_bound),
            ..found
        })
    }

    /// The best of the plans that are as good as that of a round: among all eligible pairs where the plan is proven best
    /// of them, else among the candidates. `None` where there is nothing to choose by.
    fn break_ties(
        &self,
        pricing: &Pricing<'_, 'e>,
        (round, bounds): (&Round, Option<Bounds>),
        by: &Criteria,
        matcher: &dyn Matcher,
        watch: &mut Watch<'_>,
    ) -> Result<Option<Chosen>, PlanError> {
        let proven = round.verified.is_some_and(|found| found.proven);
        let proof = round.solution.proof.as_ref().filter(|_| proven);
        let nothing = || PlanError::NothingToBreak {
            matcher: matcher.id(),
        };
        let (objective, proof) = proof.ok_or_else(nothing)?;
        let left = round.residual.graph(&round.graph);
        if !bounds.is_some_and(|bounds| bounds.proven) {
            return self
                .among_candidates(pricing, round, (*objective, proof), by)
                .map(Some);
        }
        let ties = Ties::find(&self.people.rows, &pricing.worth, by, left)?;
        if ties.is_without() || round.solution.assignment.edges.is_empty() {
            return Ok(None);
        }
        let mut refused = None;
        for scale in ties.scales(*objective) {
            let highest = match ties.highest(scale) {
                Ok(highest) => highest,
                Err(error) => {
                    refused = Some(error);
                    continue;
                }
            };
            let worth = pricing.worth.scaled(by, scale, highest);
            let start = (*objective, scale.prices(proof));
            let chosen = self.among_equals(pricing, round, (worth, scale), start, watch)?;
            // Points that went above pairs have cost none, or they prove nothing.
            match refused {
                Some(refused) if chosen.plan.pairs() != round.plan.pairs() => return Err(refused),
                _ => return Ok(Some(chosen)),
            }
        }
        Err(refused.unwrap_or_else(nothing))
    }

    /// The best of the plans of the pairs found so far that are as good as that of a round.
    fn among_candidates(
        &self,
        pricing: &Pricing<'_, 'e>,
        round: &Round,
        (objective, proof): (Objective, &Certificate),
        by: &Criteria,
    ) -> Result<Chosen, PlanError> {
        let candidates = self.candidates(round.graph.clone(), Funnel::default());
        let (left, first) = (
            round.residual.graph(&round.graph),
            &round.solution.assignment,
        );
        let broken = candidates.break_ties(left, objective, (first, proof), by)?;
        let plan = round.residual.whole_plan(&round.graph, &broken.plan);
        let (audit, _) = pricing.audit(round, &plan)?;
        Ok(Chosen {
            graph: candidates.graph,
            plan,
            audit,
            proven: broken.proven,
            scope: Scope::Candidates,
        })
    }

    /// Completes the pairs of a round once more, for scaled scores.
    fn among_equals(
        &self,
        first: &Pricing<'_, 'e>,
        round: &Round,
        (worth, scale): (Worth<'_>, Scale),
        (objective, start): (Objective, Certificate),
        watch: &mut Watch<'_>,
    ) -> Result<Chosen, PlanError> {
        let left = round.residual.graph(&round.graph);
        let chosen = round.solution.assignment.edges.iter();
        let chosen = chosen.filter_map(|&edge| left.edge(edge));
        // With max-min, the pairs that reach the lowest score found: there the most pairs, then the total decide.
        let (objective, lowest) = match objective {
            Objective::MaxMin => {
                let lowest = chosen.map(|edge| edge.score).min().unwrap_or(0);
                (Objective::MostPairs, scale.lowest(lowest))
            }
            other => (other, 0),
        };
        let pins = &self.people.pins;
        let mut pairs = Vec::with_capacity(first.pairs.len());
        for &(row, column, _) in &first.pairs {
            let pair = (row, column);
            let scored = self.people.scored(pair, &worth)?;
            pairs.extend(scored.filter(|p| p.2 >= lowest || pins.binary_search(&pair).is_ok()));
        }
        let mut pricing = Pricing::new(&self.people, worth, pairs);
        pricing.lowest = lowest;
        let matcher = Optimal::by(objective);
        // Where stand-ins are gone, rows and columns are not the same.
        let fits = round.residual.stand_ins().is_empty() || objective == Objective::MostPeople;
        let start = Some(&start).filter(|_| fits);
        let again = pricing.complete(&matcher, start, watch)?;
        let (audit, bounds) = pricing.audit(&again, &again.plan)?;
        let (proven, scope) = match (bounds, again.verified) {
            (Some(found), _) => (found.proven, Scope::AllEligible),
            (None, found) => (found.is_some_and(|v| v.proven), Scope::Candidates),
        };
        // The pairs that were solved, with their own scores again.
        let mut pairs = Vec::with_capacity(again.graph.len());
        for edge in again.graph.edges() {
            let pair = (edge.row, edge.column);
            let known = first.pairs.binary_search_by_key(&pair, |p| (p.0, p.1));
            match known.ok().and_then(|at| first.pairs.get(at)) {
                Some(&scored) => pairs.push(scored),
                None => pairs.extend(self.people.scored(pair, &first.worth)?),
            }
        }
        let graph = self.people.graph(&pairs)?;
        let edges = again.plan.edges;
        let scores = edges.iter().filter_map(|&edge| graph.edge(edge));
        Ok(Chosen {
            plan: Assignment {
                total: scores.map(|edge| u64::from(edge.score)).sum(),
                edges,
            },
            graph,
            audit,
            proven,
            scope,
        })
    }

    fn candidates(&self, graph: Graph, funnel: Funnel) -> Candidates<'_> {
        let rows = &self.people.rows;
        Candidates {
            eligibility: rows.eligibility(),
            criteria: self.criteria,
            mentors: rows.mentors().to_vec(),
            mentees: rows.mentees().to_vec(),
            graph,
            funnel,
        }
    }

    /// Puts the plan of a round, or the one chosen among its equals, into words.
    fn explain(
        &self,
        matcher: &dyn Matcher,
        (round, audit, certificate): (Round, Audit, Option<PlanCertificate>),
        chosen: Option<Chosen>,
    ) -> Result<MatchPlan, PlanError> {
        let (objective, proof) = round.solution.proof.unzip();
        let first = (round.plan.pairs(), round.plan.total);
        let (graph, plan, audit, certificate) = match chosen {
            None => (round.graph, round.plan, audit, certificate),
            Some(chosen) => {
                let as_good = first == (chosen.plan.pairs(), chosen.plan.total);
                let certificate = certificate.map(|found| PlanCertificate {
                    // The proof of one best plan is the proof of every other: they are worth the same.
                    verified: found.verified && chosen.proven && as_good,
                    scope: match chosen.scope {
                        Scope::AllEligible => found.scope,
                        Scope::Candidates if found.verified => Scope::Candidates,
                        Scope::Candidates => found.scope,
                    },
                    ..found
                });
                (chosen.graph, chosen.plan, chosen.audit, certificate)
            }
        };
        let funnel = Funnel::of(&self.people.rows, audit.losses, audit.eligible);
        let candidates = self.candidates(graph, funnel);
        let ties = self.conditions.tie_break();
        let settled = Settled {
            tie_points: ties.map(|by| candidates.tie_total(&plan, by)).transpose()?,
            last_prices: proof.map(|proof| LastPrices::new(proof, &candidates)),
            pinned: self.judged.edges(&candidates.graph),
            rejected: self.judged.rejected.clone(),
            assignment: plan,
            objective,
            certificate,
            stability: None,
        };
        candidates.put_into_words(matcher.id(), settled, &audit.partners)
    }
}
