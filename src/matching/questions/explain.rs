//! Why this is a pair of a plan, or why it is not: the question.

use std::collections::BTreeMap;

use super::super::assignment::{self, Assignment, Certificate, CostBounds, Objective, WhatIf};
use super::super::candidates::Candidates;
use super::super::conditions::{Conditions, Residual};
use super::super::criterion::Part;
use super::super::plan::MatchPlan;
use super::QuestionError;
use super::consequence::{Consequence, TieCost, What};
use super::explanation::{Explanation, Standing};
use super::under::{Made, prices};
use crate::eligibility::{UnknownParticipant, Verdict};
use crate::pair::Role;

/// Questions about one plan, the candidates that it was made from and the conditions that it was made under.
///
/// The pins of the plan stand: what a change costs is the difference to the best plan that has the change *and* the pins,
/// and, where ties were broken, the one with the most points among those.
///
/// Preparing solves once more, where the plan names an objective: a plan of other candidates proves nothing here. It begins at the prices of the plan.
///
/// | question | asked by | answer |
/// |---|---|---|
/// | why is this a pair, or why not? | [`explain`](Self::explain) | [`Explanation`]: its parts; all rules against it; or by how much it was beaten |
/// | what if we insisted on it, or forbade it? | [`insist`](Self::insist), [`forbid`](Self::forbid) | [`Consequence`]: pairs and points, exact |
/// | and with each of the others? | [`partners`](Self::partners) | an [`Explanation`] for every eligible partner, without solving again |
/// | what would find this person a partner? | [`Candidates::counterfactuals`] | [`Counterfactuals`](super::Counterfactuals): single changes, each tried by planning again |
///
/// [`Candidates::questions`] prepares them for a plan without conditions, [`Candidates::questions_under`] for one with pins or with ties broken.
///
/// ```
/// use reverse_mentoring::matching::Candidates;
/// use reverse_mentoring::prelude::*;
/// # let company = reverse_mentoring::testing::Company::sample()?;
/// # let (policy, criteria) = (Policy::standard(), Criteria::standard());
/// # let eligibility = Eligibility::new(company.roster(), &policy, company.context());
/// let candidates = Candidates::collect(&eligibility, &criteria)?;
/// let plan = candidates.plan(&Optimal::most_pairs())?;
/// let questions = candidates.questions(&plan)?;
/// let pair = &plan.proposals[0];
/// let insisted = questions.insist(pair.mentor.as_str(), pair.mentee.as_str())?;
/// assert_eq!(insisted.to_string(), "Insisting on this pair would change nothing: it is in the plan.");
/// let partners = questions.partners(pair.mentor.as_str(), Role::Mentor)?;
/// assert!(partners.iter().any(|partner| partner.mentee == pair.mentee));
/// let refused = questions.insist("bo", "gus").unwrap_err();
/// assert_eq!(refused.to_string(), "`bo` and `gus` may not be paired: `explain` says why");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Questions<'c, 'e> {
    pub(super) candidates: &'c Candidates<'e>,
    pub(super) conditions: Conditions,
    pub(super) plan: Assignment,
    /// What the plan has by the criteria that break ties, where any do.
    pub(super) tie_points: Option<u64>,
    /// What the pins leave, and the plan in it.
    pub(super) residual: Residual,
    reduced: Assignment,
    proof: Option<(Objective, Certificate)>,
}

impl<'e> Candidates<'e> {
    /// Prepares questions about a plan of these candidates that was made without conditions.
    ///
    /// # Errors
    ///
    /// As [`questions_under`](Self::questions_under).
    pub fn questions(&self, plan: &MatchPlan) -> Result<Questions<'_, 'e>, QuestionError> {
        self.questions_under(&Conditions::none(), plan)
    }

    /// Prepares questions about a plan of these candidates that was made [under conditions](Candidates::plan_under).
    ///
    /// # Errors
    ///
    /// [`QuestionError::ForeignPlan`] where a pair of the plan is not among them, and [`QuestionError::OtherConditions`]
    /// where the plan was not made under these.
    pub fn questions_under(
        &self,
        conditions: &Conditions,
        plan: &MatchPlan,
    ) -> Result<Questions<'_, 'e>, QuestionError> {
        Questions::new(self, conditions, plan)
    }

    /// Why two people, by key, are a pair of a plan that was made without conditions, or why not, and what changing
    /// that would cost, exactly.
    ///
    /// Solves up to twice. For several questions about one plan, prepare [`questions`](Self::questions) once.
    ///
    /// # Errors
    ///
    /// [`QuestionError`] for a key that is not a participant's, and for a plan of other candidates or under conditions.
    ///
    /// ```
    /// use reverse_mentoring::eligibility::Eligibility;
    /// use reverse_mentoring::matching::{Candidates, Criteria, Optimal};
    /// use reverse_mentoring::policy::Policy;
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let policy = Policy::standard();
    /// let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    /// let criteria = Criteria::standard();
    /// let candidates = Candidates::collect(&eligibility, &criteria)?;
    /// let plan = candidates.plan(&Optimal::most_pairs())?;
    ///
    /// let why_not = candidates.explain(&plan, "bo", "gus")?;
    /// assert_eq!(
    ///     why_not.to_string(),
    ///     "`bo` and `gus` may not be paired:\n\
    ///      - no-hierarchical-link: there is a line of management between them: `bo` → `gus`\n\
    ///      - two-way: the mentee offers nothing that serves a wish of the mentor"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(
        &self,
        plan: &MatchPlan,
        mentor: &str,
        mentee: &str,
    ) -> Result<Explanation, QuestionError> {
        self.questions(plan)?.explain(mentor, mentee)
    }
}

impl<'c, 'e> Questions<'c, 'e> {
    fn new(
        candidates: &'c Candidates<'e>,
        conditions: &Conditions,
        plan: &MatchPlan,
    ) -> Result<Self, QuestionError> {
        let Made { edges, pins } = candidates.made_from(conditions, plan)?;
        let made = Assignment {
            edges,
            total: plan.total_score,
        };
        made.check(&candidates.graph)
            .map_err(|_| QuestionError::ForeignPlan)?;
        let whole = &candidates.graph;
        let residual = Residual::new(whole, pins, plan.objective, whole.highest_score())?;
        // Among equals a plan is the best only by its own proof; else, by an objective, these prices say so when a
        // question is asked.
        let verified = plan.certificate.is_some_and(|c| c.verified);
        let objective = plan.objective;
        let objective = objective.filter(|_| verified || plan.tie_points.is_none());
        let proof = objective.map(|by| (by, prices(residual.graph(whole), by, plan)));
        Ok(Self {
            reduced: residual.reduced_plan(whole, &made),
            candidates,
            conditions: conditions.clone(),
            plan: made,
            tie_points: plan.tie_points,
            residual,
            proof,
        })
    }

    /// Why two people, by key, are a pair of the plan, or why not. Solves again for the cost of changing that.
    ///
    /// # Errors
    ///
    /// [`QuestionError::Unknown`] for a key that is not a participant's.
    pub fn explain(&self, mentor: &str, mentee: &str) -> Result<Explanation, QuestionError> {
        let mentor = self.candidates.place(mentor)?;
        let mentee = self.candidates.place(mentee)?;
        let what_if = self.what_if()?;
        self.explanation(mentor, mentee, |what, edge| {
            let what_if = what_if.as_ref()?;
            Some(self.solved_again(what_if, what, edge))
        })
    }

    /// The same for every eligible partner of somebody in a role, by the partner's key.
    ///
    /// Nothing is solved again, however many partners there are, but for those with whom they are pinned. The costs are
    /// exact, except for max-min, where they are proven bounds; who would be displaced is not known, nor what a change
    /// costs by the criteria that break ties.
    ///
    /// # Errors
    ///
    /// [`QuestionError::Unknown`] for a key that is not a participant's.
    pub fn partners(&self, key: &str, role: Role) -> Result<Vec<Explanation>, QuestionError> {
        let person = self.candidates.place(key)?;
        let (own, others) = match role {
            Role::Mentor => (&self.candidates.mentors, &self.candidates.mentees),
            Role::Mentee => (&self.candidates.mentees, &self.candidates.mentors),
        };
        let at = own.binary_search(&person).ok();
        let at = at.and_then(|at| u32::try_from(at).ok());
        let what_if = self.what_if()?;
        let costs = what_if.as_ref().zip(at).map(|(what_if, at)| {
            let costs = match role {
                Role::Mentor => what_if.row(at),
                Role::Mentee => what_if.column(at),
            };
            let costs = costs.into_iter();
            let whole = &self.candidates.graph;
            let costs = costs
                .filter_map(|(edge, cost)| Some((self.residual.whole_edge(whole, edge)?, cost)));
            costs.collect::<BTreeMap<u32, CostBounds>>()
        });
        let mut found = Vec::new();
        for &other in others {
            let (mentor, mentee) = match role {
                Role::Mentor => (person, other),
                Role::Mentee => (other, person),
            };
            if self.candidates.number(mentor, mentee).is_none() {
                continue;
            }
            found.push(self.explanation(mentor, mentee, |what, edge| {
                if self.is_pinned(edge) {
                    return Some(self.solved_again(what_if.as_ref()?, what, edge));
                }
                let cost = *costs.as_ref()?.get(&edge)?;
                let ties = match self.tie_points {
                    Some(_) => TieCost::Unknown,
                    None => TieCost::NotBroken,
                };
                Some(Ok(self.consequence(what, cost, ties)))
            })?);
        }
        Ok(found)
    }

    /// What insisting on a pair of candidates would do to the plan, its pins aside. Solves again.
    ///
    /// # Errors
    ///
    /// [`QuestionError::Unknown`], [`QuestionError::NoCandidates`], [`QuestionError::Unproven`], and
    /// [`QuestionError::NoPlace`] where pins take all places of one of the two.
    pub fn insist(&self, mentor: &str, mentee: &str) -> Result<Consequence, QuestionError> {
        self.ask(What::Insisting, mentor, mentee)
    }

    /// What forbidding a pair of candidates would do to the plan; where it is pinned, without that pin. Solves again.
    ///
    /// # Errors
    ///
    /// [`QuestionError::Unknown`], [`QuestionError::NoCandidates`] and [`QuestionError::Unproven`].
    pub fn forbid(&self, mentor: &str, mentee: &str) -> Result<Consequence, QuestionError> {
        self.ask(What::Forbidding, mentor, mentee)
    }

    fn ask(&self, what: What, mentor: &str, mentee: &str) -> Result<Consequence, QuestionError> {
        let places = (
            self.candidates.place(mentor)?,
            self.candidates.place(mentee)?,
        );
        let edge = self.candidates.number(places.0, places.1);
        let edge = edge.ok_or_else(|| QuestionError::NoCandidates {
            mentor: mentor.to_owned(),
            mentee: mentee.to_owned(),
        })?;
        if what == What::Insisting && !self.has(edge) {
            let full = self.full(edge);
            if !full.is_empty() {
                return Err(QuestionError::NoPlace { full });
            }
        }
        let what_if = self.what_if()?.ok_or(QuestionError::Unproven)?;
        self.solved_again(&what_if, what, edge)
    }

    /// The solver's side of the questions: of what the pins leave. `None` where the plan is not proven to be the best of
    /// those that have the pins.
    fn what_if(&self) -> Result<Option<WhatIf<'_>>, QuestionError> {
        let Some((objective, certificate)) = &self.proof else {
            return Ok(None);
        };
        let graph = self.residual.graph(&self.candidates.graph);
        match WhatIf::of(graph, *objective, &self.reduced, certificate) {
            Ok(what_if) => Ok(Some(what_if)),
            Err(assignment::WhatIfError::Unproven { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn explanation(
        &self,
        mentor: usize,
        mentee: usize,
        consequence: impl FnOnce(What, u32) -> Option<Result<Consequence, QuestionError>>,
    ) -> Result<Explanation, QuestionError> {
        let eligibility = self.candidates.eligibility;
        let people = eligibility.roster().participants();
        let person = |at: usize| {
            let unknown = || UnknownParticipant::Key(String::new());
            people.get(at).ok_or_else(unknown)
        };
        let (a, b) = (person(mentor)?.key().clone(), person(mentee)?.key().clone());
        let mut exempted = None;
        let standing = match eligibility.check_keys(a.as_str(), b.as_str())? {
            Verdict::Ineligible(reasons) => Standing::Ineligible { reasons },
            Verdict::Eligible(proof) => {
                exempted = proof.exempted();
                let view = eligibility.view(mentor, mentee);
                let parts = view
                    .iter()
                    .flat_map(|view| self.candidates.criteria.parts(view));
                let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
                let score = parts.iter().map(|part| part.points).sum();
                let edge = self.candidates.number(mentor, mentee);
                let chosen = edge.is_some_and(|edge| self.has(edge));
                let pinned = edge.is_some_and(|edge| self.is_pinned(edge));
                let full = edge.map_or_else(Vec::new, |edge| self.full(edge));
                let consequence = |what| edge.and_then(|edge| consequence(what, edge)).transpose();
                match (chosen, pinned) {
                    (_, true) => Standing::Pinned {
                        score,
                        parts,
                        without: consequence(What::Forbidding)?,
                    },
                    (true, false) => Standing::Chosen {
                        score,
                        parts,
                        without: consequence(What::Forbidding)?,
                    },
                    (false, false) if !full.is_empty() => Standing::Crowded { score, parts, full },
                    (false, false) => Standing::Beaten {
                        score,
                        parts,
                        with: consequence(What::Insisting)?,
                    },
                }
            }
        };
        Ok(Explanation {
            mentor: a,
            mentee: b,
            standing,
            exempted,
        })
    }

    /// By which objective the plan was made.
    pub(super) fn objective(&self) -> Objective {
        let objective = self.proof.as_ref().map(|(objective, _)| *objective);
        objective.unwrap_or_default()
    }

    fn consequence(&self, what: What, cost: CostBounds, ties: TieCost) -> Consequence {
        Consequence {
            what,
            objective: self.objective(),
            already: false,
            cost,
            ties,
            displaced: None,
        }
    }

    pub(super) fn has(&self, edge: u32) -> bool {
        self.plan.edges.binary_search(&edge).is_ok()
    }

    pub(super) fn is_pinned(&self, edge: u32) -> bool {
        self.residual.pins().binary_search(&edge).is_ok()
    }

    /// On which sides pins take all places of an edge's ends.
    fn full(&self, edge: u32) -> Vec<Role> {
        let graph = &self.candidates.graph;
        let mut full = Vec::new();
        if let Some(edge) = graph.edge(edge) {
            let used = |role: Role, at: u32| {
                let pins = self.residual.pins().iter();
                let pins = pins.filter_map(|&pin| graph.edge(pin));
                let theirs = pins.filter(|pin| match role {
                    Role::Mentor => pin.row == at,
                    Role::Mentee => pin.column == at,
                });
                theirs.count() as u64
            };
            let ends = [
                (Role::Mentor, edge.row, graph.row_places()),
                (Role::Mentee, edge.column, graph.column_places()),
            ];
            for (role, at, places) in ends {
                let places = places.get(at as usize).copied().unwrap_or(0);
                if used(role, at) >= u64::from(places) {
                    full.push(role);
                }
            }
        }
        full
    }
}
