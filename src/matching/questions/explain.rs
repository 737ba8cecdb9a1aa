//! Why this is a pair of a plan, or why it is not: the question.

use std::collections::{BTreeMap, BTreeSet};

use super::super::assignment::{
    self, Alternative, Assignment, Certificate, CostBounds, Graph, Objective, Solver, WhatIf,
};
use super::super::candidates::Candidates;
use super::super::criterion::Part;
use super::super::plan::MatchPlan;
use super::QuestionError;
use super::consequence::{Consequence, Displaced, What};
use super::explanation::{Explanation, Standing};
use crate::eligibility::{UnknownParticipant, Verdict};
use crate::pair::Role;

/// Questions about one plan and the candidates that it was made from.
///
/// Preparing solves once more, where the plan names an objective: with [pins](MatchPlan::pinned), its own proof is of what they
/// left, and a plan of other candidates proves nothing here. It begins at the prices of the plan.
#[derive(Debug)]
pub struct Questions<'c, 'e> {
    candidates: &'c Candidates<'e>,
    plan: Assignment,
    proof: Option<(Objective, Certificate)>,
}

impl<'e> Candidates<'e> {
    /// Prepares questions about a plan of these candidates.
    ///
    /// # Errors
    ///
    /// [`QuestionError::ForeignPlan`] where a pair of the plan is not among them.
    pub fn questions(&self, plan: &MatchPlan) -> Result<Questions<'_, 'e>, QuestionError> {
        Questions::new(self, plan)
    }

    /// Why two people, by key, are a pair of a plan, or why not, and what changing that would cost, exactly.
    ///
    /// Solves up to twice. For several questions about one plan, prepare [`questions`](Self::questions) once.
    ///
    /// # Errors
    ///
    /// [`QuestionError`] for a key that is not a participant's, and for a plan of other candidates.
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

    /// The place in the roster of a key.
    pub(super) fn place(&self, key: &str) -> Result<usize, UnknownParticipant> {
        let people = self.eligibility.roster().participants();
        let found = people.binary_search_by(|p| p.key().as_str().cmp(key));
        found.map_err(|_| UnknownParticipant::Key(key.to_owned()))
    }

    /// The edges of a plan.
    pub(super) fn edges_of(&self, plan: &MatchPlan) -> Result<Vec<u32>, QuestionError> {
        let edges = plan.proposals.iter().map(|proposal| {
            let mentor = self.place(proposal.mentor.as_str()).ok()?;
            let mentee = self.place(proposal.mentee.as_str()).ok()?;
            self.number(mentor, mentee)
        });
        let edges: Option<Vec<u32>> = edges.collect();
        let mut edges = edges.ok_or(QuestionError::ForeignPlan)?;
        edges.sort_unstable();
        Ok(edges)
    }

    /// The number of the edge between two places in the roster.
    pub(super) fn number(&self, mentor: usize, mentee: usize) -> Option<u32> {
        let row = u32::try_from(self.mentors.binary_search(&mentor).ok()?).ok()?;
        let column = u32::try_from(self.mentees.binary_search(&mentee).ok()?).ok()?;
        self.graph.number(row, column)
    }
}

impl<'c, 'e> Questions<'c, 'e> {
    fn new(candidates: &'c Candidates<'e>, plan: &MatchPlan) -> Result<Self, QuestionError> {
        let edges = candidates.edges_of(plan)?;
        let total = plan.total_score;
        // Whether the plan is the best by its objective, these prices say when a question is asked.
        let proof = plan
            .objective
            .map(|objective| (objective, prices(&candidates.graph, objective, plan)));
        let plan = Assignment { edges, total };
        plan.check(&candidates.graph)
            .map_err(|_| QuestionError::ForeignPlan)?;
        Ok(Self {
            candidates,
            plan,
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
    /// Nothing is solved again, however many partners there are. The costs are exact, except for max-min, where they are
    /// proven bounds; who would be displaced is not known.
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
        let costs: Option<BTreeMap<u32, CostBounds>> =
            self.what_if()?.zip(at).map(|(what_if, at)| {
                let costs = match role {
                    Role::Mentor => what_if.row(at),
                    Role::Mentee => what_if.column(at),
                };
                costs.into_iter().collect()
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
                let cost = *costs.as_ref()?.get(&edge)?;
                Some(Ok(self.consequence(what, cost, None)))
            })?);
        }
        Ok(found)
    }

    /// What insisting on a pair of candidates would do to the plan. Solves again.
    ///
    /// # Errors
    ///
    /// [`QuestionError::Unknown`], [`QuestionError::NoCandidates`] and [`QuestionError::Unproven`].
    pub fn insist(&self, mentor: &str, mentee: &str) -> Result<Consequence, QuestionError> {
        self.ask(What::Insisting, mentor, mentee)
    }

    /// What forbidding a pair of candidates would do to the plan. Solves again.
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
        let what_if = self.what_if()?.ok_or(QuestionError::Unproven)?;
        self.solved_again(&what_if, what, edge)
    }

    /// The solver's side of the questions; `None` where the plan is not proven to be the best of these candidates.
    fn what_if(&self) -> Result<Option<WhatIf<'_>>, QuestionError> {
        let Some((objective, certificate)) = &self.proof else {
            return Ok(None);
        };
        let graph = &self.candidates.graph;
        match WhatIf::of(graph, *objective, &self.plan, certificate) {
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
        let standing = match eligibility.check_keys(a.as_str(), b.as_str())? {
            Verdict::Ineligible(reasons) => Standing::Ineligible { reasons },
            Verdict::Eligible(_) => {
                let view = eligibility.view(mentor, mentee);
                let parts = view
                    .iter()
                    .flat_map(|view| self.candidates.criteria.parts(view));
                let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
                let score = parts.iter().map(|part| part.points).sum();
                let edge = self.candidates.number(mentor, mentee);
                let chosen = edge.is_some_and(|e| self.plan.edges.binary_search(&e).is_ok());
                let what = if chosen {
                    What::Forbidding
                } else {
                    What::Insisting
                };
                let consequence = edge.and_then(|edge| consequence(what, edge)).transpose()?;
                match what {
                    What::Forbidding => Standing::Chosen {
                        score,
                        parts,
                        without: consequence,
                    },
                    What::Insisting => Standing::Beaten {
                        score,
                        parts,
                        with: consequence,
                    },
                }
            }
        };
        Ok(Explanation {
            mentor: a,
            mentee: b,
            standing,
        })
    }

    fn solved_again(
        &self,
        what_if: &WhatIf<'_>,
        what: What,
        edge: u32,
    ) -> Result<Consequence, QuestionError> {
        let Alternative { cost, assignment } = match what {
            What::Insisting => what_if.insist(edge)?,
            What::Forbidding => what_if.forbid(edge)?,
        };
        let cost = CostBounds {
            at_least: cost,
            at_most: cost,
        };
        let displaced = self.displaced(edge, &assignment);
        Ok(self.consequence(what, cost, Some(displaced)))
    }

    fn consequence(
        &self,
        what: What,
        cost: CostBounds,
        displaced: Option<Displaced>,
    ) -> Consequence {
        let objective = self.proof.as_ref().map(|(objective, _)| *objective);
        Consequence {
            what,
            objective: objective.unwrap_or_default(),
            cost,
            displaced,
        }
    }

    /// What becomes of everybody, the pair that was asked about left out of the count of pairs.
    fn displaced(&self, asked: u32, new: &Assignment) -> Displaced {
        let before: BTreeSet<u32> = self.plan.edges.iter().copied().collect();
        let after: BTreeSet<u32> = new.edges.iter().copied().collect();
        let parted = before.difference(&after).filter(|edge| **edge != asked);
        let people = |edges: &BTreeSet<u32>| -> BTreeSet<(Role, u32)> {
            let ends = edges.iter().filter_map(|&e| self.candidates.graph.edge(e));
            ends.flat_map(|e| [(Role::Mentor, e.row), (Role::Mentee, e.column)])
                .collect()
        };
        let (had, have) = (people(&before), people(&after));
        Displaced {
            pairs: parted.count() as u64,
            left_out: had.difference(&have).count() as u64,
            taken_in: have.difference(&had).count() as u64,
        }
    }
}

/// The prices that prove what the best plan of a graph is worth. The one place where a question solves the whole problem.
fn prices(graph: &Graph, objective: Objective, plan: &MatchPlan) -> Certificate {
    let solver = Solver::new(graph, objective);
    let solver = match &plan.last_prices {
        Some(last) => solver.from(last.certificate()),
        None => solver,
    };
    solver.solve().certificate
}
