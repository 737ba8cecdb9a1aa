//! The plan: who with whom, why, and why not.

use std::fmt;

use super::assignment::{self, Flaw, GraphError, Objective};
use super::candidates::Candidates;
use super::criterion::{Criteria, OutOfRange, Part};
use super::matcher::{MatchError, MatchProblem, Matcher};
use crate::eligibility::{Eligibility, EligiblePair};
use crate::ids::{CoordinatorId, ParticipantId};
use crate::pair::Role;
use crate::policy::{PairView, PluginId};
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
    /// The pairs by mentor's key, then mentee's.
    pub proposals: Vec<Proposal>,
    /// The sum of the scores.
    pub total_score: u64,
    /// Everybody without a pairing on a side that they offered, by key, mentor's side first.
    pub unmatched: Vec<Unmatched>,
    /// How many pairs each rule took away.
    pub funnel: Funnel,
    /// Checked bounds; `None` where the matcher proves nothing.
    pub certificate: Option<PlanCertificate>,
}

/// Collects the candidates of a question and plans: [`Candidates::collect`], then [`Candidates::plan`].
///
/// # Errors
///
/// [`PlanError`] for sizes beyond the limits and for plug-ins that break their word, which it names.
pub fn plan(
    eligibility: &Eligibility<'_>,
    criteria: &Criteria,
    matcher: &dyn Matcher,
) -> Result<MatchPlan, PlanError> {
    Candidates::collect(eligibility, criteria)?.plan(matcher)
}

impl Candidates<'_> {
    /// Lets a matcher choose, checks its answer, and explains it.
    ///
    /// # Errors
    ///
    /// [`PlanError`] where the matcher fails, or returns a foreign pair, a pair twice, more pairs than places, a wrong
    /// total or a damaged certificate.
    pub fn plan(&self, matcher: &dyn Matcher) -> Result<MatchPlan, PlanError> {
        let id = matcher.id();
        let solution = matcher
            .solve(&MatchProblem::new(&self.graph))
            .map_err(|error| PlanError::Matcher {
                matcher: id.clone(),
                error,
            })?;
        let unsound = |flaw| PlanError::Unsound {
            matcher: id.clone(),
            flaw,
        };
        solution.assignment.check(&self.graph).map_err(unsound)?;
        let certificate = match &solution.proof {
            None => None,
            Some((objective, proof)) => {
                let found =
                    assignment::verify(&self.graph, *objective, &solution.assignment, proof);
                let found = found.map_err(unsound)?;
                Some(PlanCertificate {
                    scope: Scope::AllEligible,
                    pairs_bound: found.pairs_bound,
                    score_bound: found.score_bound,
                    verified: found.proven,
                })
            }
        };
        let mut proposals = Vec::with_capacity(solution.assignment.edges.len());
        for &number in &solution.assignment.edges {
            proposals.extend(self.proposal(number)?);
        }
        Ok(MatchPlan {
            matcher: id,
            objective: solution.proof.map(|(objective, _)| objective),
            unmatched: self.unmatched(&solution.assignment.edges),
            total_score: solution.assignment.total,
            proposals,
            funnel: self.funnel.clone(),
            certificate,
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
        let parts: Vec<Part> = self.criteria.parts(&view).collect::<Result<_, _>>()?;
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
        let changed = again.filter(|(again, part)| again.as_ref() != Ok(part));
        let changed: Vec<_> = changed.map(|(_, part)| part.criterion.clone()).collect();
        if !changed.is_empty() {
            return changed;
        }
        parts.iter().map(|part| part.criterion.clone()).collect()
    }

    fn unmatched(&self, chosen: &[u32]) -> Vec<Unmatched> {
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
        for &e in self.graph.edges() {
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
        unmatched.sort_by(|a, b| (&a.key, a.role).cmp(&(&b.key, b.role)));
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
            Some(c) if c.verified => write!(f, ", proven best"),
            _ => Ok(()),
        }
    }
}
