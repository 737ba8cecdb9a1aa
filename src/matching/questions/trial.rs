//! Trying a change: the roster and the policy with it, and the whole plan made again.

use std::num::NonZeroU32;

use uuid::Uuid;

use super::super::assignment::{Assignment, Cost, Graph};
use super::super::candidates::Candidates;
use super::super::matcher::{MatchProblem, Matcher};
use super::super::plan::MatchPlan;
use super::super::plan_error::PlanError;
use super::QuestionError;
use super::change::Newcomer;
use crate::eligibility::Eligibility;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::policy::Policy;
use crate::roster::{Capacity, Line, Participant, Person, ReportingLines, Roster};
use crate::text::Key;

/// The question that is asked again and again: has this person a pairing on this side?
pub(super) struct Trial<'c, 'e> {
    pub(super) candidates: &'c Candidates<'e>,
    pub(super) matcher: &'c dyn Matcher,
    /// Place in the roster.
    pub(super) person: usize,
    pub(super) key: Key,
    pub(super) role: Role,
}

/// A plan in which the person has a pairing.
pub(super) struct Success {
    pub(super) pairs: u64,
    pub(super) total_score: u64,
}

impl<'e> Trial<'_, 'e> {
    pub(super) fn eligibility(&self) -> &'e Eligibility<'e> {
        self.candidates.eligibility
    }

    pub(super) fn roster(&self) -> &'e Roster {
        self.eligibility().roster()
    }

    pub(super) fn participant(&self) -> Option<&'e Participant> {
        self.roster().participants().get(self.person)
    }

    /// The places in the roster of everybody on the other side.
    pub(super) fn others(&self) -> &[usize] {
        match self.role {
            Role::Mentor => &self.candidates.mentees,
            Role::Mentee => &self.candidates.mentors,
        }
    }

    /// Those of the others who may be paired with the person.
    pub(super) fn partners(&self, eligibility: &Eligibility<'_>) -> usize {
        let people = eligibility.roster().participants();
        let by_key = people.binary_search_by(|p| p.key().cmp(&self.key));
        let Ok(person) = by_key else { return 0 };
        let others = (0..people.len()).filter(|&other| {
            let (mentor, mentee) = match self.role {
                Role::Mentor => (person, other),
                Role::Mentee => (other, person),
            };
            eligibility.first_objection(mentor, mentee).is_none()
        });
        others.count()
    }

    /// Plans again with these people and rules; `None` where the person has no pairing, or has one by a tie only.
    pub(super) fn plan_again(
        &self,
        eligibility: &Eligibility<'_>,
    ) -> Result<Option<Success>, QuestionError> {
        let candidates = Candidates::collect(eligibility, self.candidates.criteria)?;
        let plan = candidates.plan(self.matcher)?;
        let has_pairing = plan.proposals.iter().any(|proposal| match self.role {
            Role::Mentor => proposal.mentor == self.key,
            Role::Mentee => proposal.mentee == self.key,
        });
        if !has_pairing || self.by_a_tie(&candidates, &plan)? {
            return Ok(None);
        }
        Ok(Some(Success {
            pairs: plan.proposals.len() as u64,
            total_score: plan.total_score,
        }))
    }

    /// Whether a plan without the person would be as good; `false` where the matcher does not say what is good.
    fn by_a_tie(
        &self,
        candidates: &Candidates<'_>,
        plan: &MatchPlan,
    ) -> Result<bool, QuestionError> {
        let Some(objective) = plan.objective else {
            return Ok(false);
        };
        let graph = &candidates.graph;
        let (mut rows, mut columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
        let person = candidates.place(self.key.as_str())?;
        let (side, places) = match self.role {
            Role::Mentor => (&candidates.mentors, &mut rows),
            Role::Mentee => (&candidates.mentees, &mut columns),
        };
        let at = side.binary_search(&person).ok();
        if let Some(places) = at.and_then(|at| places.get_mut(at)) {
            *places = 0;
        }
        let without = Graph::new(rows, columns, graph.edges()).map_err(PlanError::Graph)?;
        let matcher = self.matcher;
        let failed = |error| PlanError::Matcher {
            matcher: matcher.id(),
            error,
        };
        let second = matcher
            .solve(&MatchProblem::new(&without))
            .map_err(failed)?;
        let first = Assignment {
            edges: candidates.edges_of(plan)?,
            total: plan.total_score,
        };
        let cost = Cost::of(graph, objective, &first, &second.assignment);
        let cost = cost.map_err(|flaw| PlanError::Unsound {
            matcher: matcher.id(),
            flaw,
        })?;
        Ok(cost.is_none())
    }

    /// The roster with one person changed; `None` where the change makes no participant.
    pub(super) fn with_one_changed(
        &self,
        at: usize,
        change: impl FnOnce(Participant) -> Option<Participant>,
    ) -> Option<Roster> {
        let roster = self.roster();
        let mut people = everybody(roster);
        let changed = change(roster.participants().get(at)?.clone())?;
        *people.get_mut(at)? = changed.into();
        Roster::new(people, roster.lines().clone()).ok()
    }

    /// The roster with one person more, whom no line of management joins to anybody.
    pub(super) fn with_newcomer(&self, newcomer: &Newcomer) -> Option<Roster> {
        let roster = self.roster();
        let lines = roster.lines();
        let free = |name: &String| lines.find(name).is_none();
        let name = (1..).map(|n: u64| format!("newcomer {n}")).find(free)?;
        let free = |id: &ParticipantId| roster.participant(*id).is_none();
        let ids = (0..).map(|n: u128| ParticipantId::new(Uuid::from_u128(u128::MAX - n)));
        let id = ids.into_iter().find(free)?;
        let newcomer = newcomer
            .participant(id, Key::new(name.as_str()).ok()?)
            .ok()?;
        let lines = ReportingLines::new(lines.to_lines().chain([Line::root(name)])).ok()?;
        let people = everybody(roster).into_iter();
        Roster::new(people.chain([newcomer.into()]), lines).ok()
    }

    /// The same question with other people or rules.
    pub(super) fn asked<'a>(&self, roster: &'a Roster, policy: &'a Policy) -> Eligibility<'a>
    where
        'e: 'a,
    {
        let asked = Eligibility::new(roster, policy, self.eligibility().context());
        match self.eligibility().exchange() {
            Some(exchange) => asked.with_exchange(exchange),
            None => asked,
        }
    }
}

/// The participants by key, then the colleagues.
fn everybody(roster: &Roster) -> Vec<Person> {
    let people = roster.participants().iter().cloned().map(Person::from);
    let colleagues = roster.colleagues().cloned().map(Person::from);
    people.chain(colleagues).collect()
}

/// The same capacity with room for at least so many pairings; the hours that it takes where they were too few.
pub(super) fn room(
    person: &Participant,
    load: crate::roster::Load,
    pairings: u32,
) -> Option<(Capacity, Option<crate::roster::Hours>)> {
    let now = person.profile().capacity();
    let wide = NonZeroU32::new(pairings)?.max(now.pairings());
    let same_hours = match now.hours_per_month() {
        Some(hours) => Capacity::of(wide).with_hours(hours),
        None => Capacity::of(wide),
    };
    if same_hours.places(load) >= pairings {
        return Some((same_hours, None));
    }
    let hours = load.of_pairings(pairings)?;
    Some((Capacity::of(wide).with_hours(hours), Some(hours)))
}
