//! The plan: who with whom, why, and why not.

use std::fmt;
use std::ops::ControlFlow;

use super::assignment::Objective;
use super::candidates::Candidates;
use super::conditions::{Conditions, LastPrices, RejectedPin, Settled};
use super::criterion::{Criteria, Part};
use super::matcher::Matcher;
use super::plan_error::PlanError;
use super::pricing::{Limits, plan_within};
use super::stable::Stability;
use super::unmatched::{Partners, Unmatched};
use crate::eligibility::{Eligibility, EligiblePair};
use crate::ids::CoordinatorId;
use crate::pair::Pair;
use crate::policy::{DefaultExchange, PairView, PluginId};
use crate::summary::count;
use crate::text::Key;

/// How many pairs each rule took away, from everybody with everybody down to the eligible pairs.
///
/// A pair counts for the first rule that objects, so that the losses and the eligible pairs add up to `considered`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Funnel {
    /// Every ordered pair of participants, with themselves too: their number squared.
    pub considered: u64,
    /// The losses in the order of the rules.
    pub lost: Vec<Loss>,
    /// What is left.
    pub eligible: u64,
}

/// What one rule took away.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// Which rule.
    pub rule: PluginId,
    /// How many pairs it was the first to object to.
    pub pairs: u64,
}

/// One pair that the plan proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proposal {
    /// Who, and the proof that they may.
    pub proof: EligiblePair,
    /// The mentor's key.
    pub mentor: Key,
    /// The mentee's key.
    pub mentee: Key,
    /// The score: the sum of the parts.
    pub score: u32,
    /// What each criterion gave.
    pub parts: Vec<Part>,
}

/// A pairing that was open when the plan was made: it kept a place of both, and the two are not proposed again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Running {
    /// The mentor's key; `None` where they take no part (any more).
    pub mentor: Option<Key>,
    /// The mentee's key; likewise.
    pub mentee: Option<Key>,
    /// Who.
    pub pair: Pair,
}

/// Bounds on every plan for the same candidates, checked apart from the solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanCertificate {
    /// Which pairs the bounds speak of.
    pub scope: Scope,
    /// No plan that is as good in what the objective ranks above it has more pairs.
    pub pairs_bound: u64,
    /// No plan that is as good in what the objective ranks above it has a higher total.
    pub score_bound: u64,
    /// Whether the checker proved the plan to be the best by its objective.
    pub verified: bool,
}

/// Which pairs a certificate speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scope {
    /// Every eligible pair.
    AllEligible,
    /// The pairs that were looked at; others were left aside.
    Candidates,
}

impl Scope {
    /// `all_eligible` or `candidates`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AllEligible => "all_eligible",
            Self::Candidates => "candidates",
        }
    }
}

/// Who with whom, why, and why not. A proposal: nobody is paired before a coordinator [approves](Self::approve) it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatchPlan {
    /// Who chose.
    pub matcher: PluginId,
    /// What was optimised; `None` where the matcher says nothing.
    pub objective: Option<Objective>,
    /// The default exchange that counted where people had stated nothing; `None` where none was declared.
    pub exchange: Option<DefaultExchange>,
    /// The pairs by mentor's key, then mentee's.
    pub proposals: Vec<Proposal>,
    /// The sum of the scores.
    pub total_score: u64,
    /// Everybody without a pairing on a side that they offered, by key, then by the name of the side.
    pub unmatched: Vec<Unmatched>,
    /// How many pairs each rule took away.
    pub funnel: Funnel,
    /// Checked bounds on the plans with these pins; `None` where the matcher proves nothing, or with pins proves
    /// something by an objective that it did not [declare](Matcher::objective).
    pub certificate: Option<PlanCertificate>,
    /// What the check for blocking pairs found: none. With pins, of the problem that they leave. `None` where the matcher claims
    /// no stability, and where [ties were broken](Conditions::with_tie_break), which asks nobody's preferences.
    pub stability: Option<Stability>,
    /// The pairs that are in the plan because a coordinator insisted, in the order of the proposals.
    pub pinned: Vec<Pair>,
    /// The pairings that were [open](crate::policy::Context::with_open), by mentor's key, then mentee's.
    pub running: Vec<Running>,
    /// The pins that are not in the plan, in their order, each with all reasons.
    pub rejected_pins: Vec<RejectedPin>,
    /// The proof behind the certificate, by people, for a later solve to begin with; `None` where the matcher gives none.
    pub last_prices: Option<LastPrices>,
    /// What the plan has by the criteria that [break ties](Conditions::with_tie_break); `None` without any.
    pub tie_points: Option<u64>,
}

/// Collects the candidates of a question and plans: [`Candidates::collect`], then [`Candidates::plan`]; or, where they
/// are too many to be kept, [`plan_within`] the default limits.
///
/// # Errors
///
/// [`PlanError`] for sizes beyond the limits and for plug-ins that break their word, which it names.
pub fn plan(
    eligibility: &Eligibility<'_>,
    criteria: &Criteria,
    matcher: &dyn Matcher,
) -> Result<MatchPlan, PlanError> {
    plan_within(
        eligibility,
        criteria,
        matcher,
        Limits::default(),
        &mut |_| ControlFlow::Continue(()),
    )
}

impl Candidates<'_> {
    /// Lets a matcher choose, checks its answer, and explains it.
    ///
    /// # Errors
    ///
    /// [`PlanError`] where the matcher fails, or returns a foreign pair, a pair twice, more pairs than places, a wrong
    /// total, a damaged certificate, or a plan that is not stable though it claims to be.
    pub fn plan(&self, matcher: &dyn Matcher) -> Result<MatchPlan, PlanError> {
        self.plan_under(&Conditions::none(), matcher)
    }

    /// The same with pins, and with what decides between plans that are equally good.
    ///
    /// The matcher gets to see what the pins leave: their places and their pairs are gone, and for `max-min` and
    /// `most-people` a few rows and columns stand behind those of people, so that what the pins settle counts in the
    /// comparison. Its answer, and its proof, are checked for that problem; pairs, total and bounds of the pins are added.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan); and [`PlanError::NoRoomForConditions`] or [`PlanError::NothingToBreak`] where the conditions
    /// cannot be kept exactly.
    pub fn plan_under(
        &self,
        conditions: &Conditions,
        matcher: &dyn Matcher,
    ) -> Result<MatchPlan, PlanError> {
        let settled = self.settle(conditions, matcher)?;
        let partners = Partners::of(&self.graph, &settled.assignment);
        self.put_into_words(matcher.id(), settled, &partners)
    }

    /// Puts a checked choice of pairs into words.
    pub(super) fn put_into_words(
        &self,
        matcher: PluginId,
        settled: Settled,
        partners: &Partners,
    ) -> Result<MatchPlan, PlanError> {
        let chosen = &settled.assignment.edges;
        let mut proposals = Vec::with_capacity(chosen.len());
        for &number in chosen {
            proposals.extend(self.proposal(number)?);
        }
        let pinned = settled.pinned.iter();
        let pinned = pinned.filter_map(|pin| chosen.binary_search(pin).ok());
        let pinned = pinned.filter_map(|at| proposals.get(at));
        Ok(MatchPlan {
            matcher,
            objective: settled.objective,
            exchange: self.eligibility.exchange().cloned(),
            unmatched: self.unmatched(partners),
            total_score: settled.assignment.total,
            pinned: pinned.map(|proposal| proposal.proof.pair()).collect(),
            running: self.running(),
            rejected_pins: settled.rejected,
            last_prices: settled.last_prices,
            tie_points: settled.tie_points,
            proposals,
            funnel: self.funnel.clone(),
            certificate: settled.certificate,
            stability: settled.stability,
        })
    }

    fn running(&self) -> Vec<Running> {
        let roster = self.eligibility.roster();
        let key = |id| roster.participant(id).map(|person| person.key().clone());
        let open = self.eligibility.context().open_pairs();
        let running = open.map(|pair| Running {
            mentor: key(pair.mentor),
            mentee: key(pair.mentee),
            pair,
        });
        let mut running: Vec<_> = running.collect();
        running.sort_unstable();
        running
    }

    fn proposal(&self, edge: u32) -> Result<Option<Proposal>, PlanError> {
        let ends = self.graph.edge(edge).and_then(|edge| {
            let mentor = *self.mentors.get(edge.row as usize)?;
            let mentee = *self.mentees.get(edge.column as usize)?;
            let view = self.eligibility.view(mentor, mentee)?;
            Some((edge.score, view, mentor, mentee))
        });
        let Some((first, view, mentor, mentee)) = ends else {
            return Ok(None); // not an edge of this graph; the check has refused those
        };
        let Some(proof) = self.eligibility.mint(mentor, mentee) else {
            let rule = self.eligibility.first_objection(mentor, mentee);
            let rule = rule.and_then(|rule| self.eligibility.rules().get(rule));
            return Err(PlanError::UnsteadyRule {
                rule: rule.cloned(),
            });
        };
        let parts = self
            .criteria
            .explained(&view, self.eligibility.exchange())?;
        let second = parts.iter().map(|p| p.points).sum();
        if first != second {
            return Err(PlanError::UnsteadyScore {
                criteria: self.unsteady(&view, &parts),
                first,
                second,
            });
        }
        Ok(Some(Proposal {
            proof,
            mentor: view.mentor().key().clone(),
            mentee: view.mentee().key().clone(),
            score: first,
            parts,
        }))
    }

    /// The criteria that change their points once more, else all of them.
    fn unsteady(&self, view: &PairView<'_>, parts: &[Part]) -> Vec<PluginId> {
        let again = self.criteria.parts(view).zip(parts);
        let changed = again.filter(|(again, part)| {
            let again = again.as_ref().map(|again| again.points);
            again != Ok(part.points)
        });
        let changed: Vec<_> = changed.map(|(_, part)| part.criterion.clone()).collect();
        if !changed.is_empty() {
            return changed;
        }
        parts.iter().map(|part| part.criterion.clone()).collect()
    }
}

impl MatchPlan {
    /// Approves the plan in the name of a coordinator. The approval goes on record with the pairings.
    #[must_use]
    pub fn approve(self, by: CoordinatorId) -> ApprovedPlan {
        ApprovedPlan { plan: self, by }
    }
}

/// A plan that a named person stands for; only [`MatchPlan::approve`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedPlan {
    plan: MatchPlan,
    by: CoordinatorId,
}

impl ApprovedPlan {
    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &MatchPlan {
        &self.plan
    }

    /// Who approved it.
    #[must_use]
    pub const fn approved_by(&self) -> CoordinatorId {
        self.by
    }
}

impl fmt::Display for MatchPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pairs, eligible) = (self.proposals.len(), self.funnel.eligible);
        let pairs = count(pairs, "pair");
        write!(
            f,
            "{pairs} of {eligible} eligible, total score {}",
            self.total_score
        )?;
        match &self.certificate {
            Some(c) if c.verified => f.write_str(match c.scope {
                Scope::AllEligible => ", proven best",
                Scope::Candidates => ", proven best of the candidates alone",
            })?,
            _ => {}
        }
        if self.stability.is_some_and(|s| s.is_stable()) {
            write!(f, ", stable")?;
        }
        if !self.pinned.is_empty() {
            write!(f, ", {} pinned", self.pinned.len())?;
        }
        if !self.rejected_pins.is_empty() {
            let rejected = count(self.rejected_pins.len(), "pin");
            write!(f, ", {rejected} rejected")?;
        }
        let exempted = self
            .proposals
            .iter()
            .filter(|p| p.proof.exempted().is_some());
        match exempted.count() {
            0 => {}
            n => write!(f, ", {} by an exemption", count(n, "pair"))?,
        }
        match self.exchange {
            Some(_) => write!(
                f,
                ", {} by the default exchange",
                count(self.pairs_by_default(), "pair")
            ),
            None => Ok(()),
        }
    }
}
