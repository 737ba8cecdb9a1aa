//! The plan: who with whom, why, and why not.

use std::fmt;
use std::ops::ControlFlow;

use super::assignment::{Flaw, GraphError, Objective};
use super::candidates::Candidates;
use super::criterion::{Criteria, OutOfRange, Part};
use super::matcher::{MatchError, MatchProblem, Matcher, Solution};
use super::pricing::{Limits, plan_within};
use super::stable::{self, Stability};
use super::unmatched::{Partners, Unmatched};
use crate::eligibility::{Eligibility, EligiblePair};
use crate::ids::CoordinatorId;
use crate::policy::{DefaultExchange, PairView, PluginId};
use crate::summary::count;
use crate::text::Key;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// More pairs than are looked at one by one.
    #[error(
        "{pairs} pairs are more than the {} that are looked at one by one",
        super::MAX_LOOKED_AT
    )]
    TooManyPairs {
        /// Mentors times mentees.
        pairs: u64,
    },
    /// More eligible pairs than are kept at a time.
    #[error("more than {} pairs are eligible", super::MAX_CANDIDATES)]
    TooManyCandidates,
    /// The eligible pairs make no graph.
    #[error("the eligible pairs cannot be matched: {0}")]
    Graph(#[from] GraphError),
    /// A criterion broke its word.
    #[error(transparent)]
    Criterion(#[from] OutOfRange),
    /// A criterion scored the same pair differently when asked again.
    #[error("{} changed the score of a pair from {first} to {second} when asked again", suspects(.criteria))]
    UnsteadyScore {
        /// Which: the one caught at it or, where none repeats it, all that were asked.
        criteria: Vec<PluginId>,
        /// The score in the candidates.
        first: u32,
        /// The sum of the parts.
        second: u32,
    },
    /// A rule consented to a pair, and objected when it was asked again.
    #[error("a rule{} changed its mind about a pair", .rule.as_ref().map(|r| format!(" `{r}`")).unwrap_or_default())]
    UnsteadyRule {
        /// Which, where it objects still.
        rule: Option<PluginId>,
    },
    /// The matcher gave up.
    #[error("matcher `{matcher}` failed: {error}")]
    Matcher {
        /// Which.
        matcher: PluginId,
        /// What it said.
        error: MatchError,
    },
    /// The matcher's answer is not sound.
    #[error("matcher `{matcher}` returned an unsound plan: {flaw}")]
    Unsound {
        /// Which.
        matcher: PluginId,
        /// What is wrong with its answer.
        flaw: Flaw,
    },
    /// The matcher's answer is not stable, though it claims to be.
    #[error(
        "matcher `{matcher}` claims a stable plan, in which {} not wanted by both, and which {}",
        are(.found.unwanted_pairs),
        blocks(.found.blocking_pairs)
    )]
    Unstable {
        /// Which.
        matcher: PluginId,
        /// What was found by its own preferences.
        found: Stability,
    },
}

/// So many pairs that are something.
fn are(pairs: u64) -> String {
    let verb = if pairs == 1 { "is" } else { "are" };
    format!("{} {verb}", count(pairs, "pair"))
}

/// So many pairs that block.
fn blocks(pairs: u64) -> String {
    let verb = if pairs == 1 { "blocks" } else { "block" };
    format!("{} {verb}", count(pairs, "pair"))
}

/// Names one criterion, or says that it is one of several.
fn suspects(criteria: &[PluginId]) -> String {
    let names: Vec<String> = criteria.iter().map(|c| format!("`{c}`")).collect();
    match names.as_slice() {
        [one] => format!("criterion {one}"),
        _ => format!("one of the criteria {}", names.join(", ")),
    }
}

/// How many pairs each rule took away, from everybody with everybody down to the eligible pairs.
///
/// A pair counts for the first rule that objects, so that the losses and the eligible pairs add up to `considered`.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Checked bounds; `None` where the matcher proves nothing.
    pub certificate: Option<PlanCertificate>,
    /// What the check for blocking pairs found: none. `None` where the matcher claims no stability.
    pub stability: Option<Stability>,
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
        let problem = MatchProblem::new(&self.graph);
        let (solution, verified) = problem.solve_checked(matcher)?;
        let stability = stable::claimed(matcher, &problem, &solution.assignment.edges)?;
        let certificate = verified.map(|found| PlanCertificate {
            scope: Scope::AllEligible,
            pairs_bound: found.pairs_bound,
            score_bound: found.score_bound,
            verified: found.proven,
        });
        let partners = Partners::of(&self.graph, &solution.assignment);
        self.explain(matcher.id(), &solution, certificate, stability, &partners)
    }

    /// Puts a checked solution into words.
    pub(super) fn explain(
        &self,
        matcher: PluginId,
        solution: &Solution,
        certificate: Option<PlanCertificate>,
        stability: Option<Stability>,
        partners: &Partners,
    ) -> Result<MatchPlan, PlanError> {
        let mut proposals = Vec::with_capacity(solution.assignment.edges.len());
        for &number in &solution.assignment.edges {
            proposals.extend(self.proposal(number)?);
        }
        Ok(MatchPlan {
            matcher,
            objective: solution.proof.as_ref().map(|(objective, _)| *objective),
            exchange: self.eligibility.exchange().cloned(),
            unmatched: self.unmatched(partners),
            total_score: solution.assignment.total,
            proposals,
            funnel: self.funnel.clone(),
            certificate,
            stability,
        })
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
