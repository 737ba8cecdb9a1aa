//! Trying a change: the roster and the policy with it, and the whole plan made again.

use std::num::NonZeroU32;

use uuid::Uuid;

use super::super::assignment::{Cost, Graph};
use super::super::candidates::Candidates;
use super::super::conditions::{Conditions, Settled};
use super::super::matcher::Matcher;
use super::super::plan_error::PlanError;
use super::QuestionError;
use super::change::Newcomer;
use crate::eligibility::Eligibility;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::policy::{PairView, Policy};
use crate::roster::{Capacity, Line, Participant, Person, ReportingLines, Roster};
use crate::text::Key;

/// The question that is asked again and again: has this person a pairing on this side?
pub(super) struct Trial<'c, 'e> {
    pub(super) candidates: &'c Candidates<'e>,
    pub(super) conditions: &'c Conditions,
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

    /// What counts of somebody's offers and wishes in each role, by place in the roster: what they stated, else what the
    /// default exchange makes of it.
    pub(super) fn seen(&self, at: usize) -> Option<PairView<'e>> {
        self.eligibility().view(at, at)
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

    /// Plans again with these people and rules, under the same conditions; `None` where the person has no pairing, or
    /// has one by a tie only.
    pub(super) fn plan_again(
        &self,
        eligibility: &Eligibility<'_>,
    ) -> Result<Option<Success>, QuestionError> {
        let candidates = Candidates::collect(eligibility, self.candidates.criteria)?;
        let Some(plan) = self.settle(&candidates)? else {
            return Ok(None);
        };
        let person = candidates.place(self.key.as_str())?;
        let side = match self.role {
            Role::Mentor => &candidates.mentors,
            Role::Mentee => &candidates.mentees,
        };
        let Ok(at) = side.binary_search(&person) else {
            return Ok(None);
        };
        let theirs = |number: &u32| {
            let edge = candidates.graph.edge(*number);
            edge.is_some_and(|edge| match self.role {
                Role::Mentor => edge.row as usize == at,
                Role::Mentee => edge.column as usize == at,
            })
        };
        let pinned = plan.pinned.iter().any(theirs);
        let matched = pinned || plan.assignment.edges.iter().any(theirs);
        if !matched || !pinned && self.by_a_tie(&candidates, &plan, at)? {
            return Ok(None);
        }
        Ok(Some(Success {
            pairs: plan.assignment.edges.len() as u64,
            total_score: plan.assignment.total,
        }))
    }

    /// Whether a plan without the person, who is in no pin that holds, would be as good; `false` where the matcher does
    /// not say what is good.
    fn by_a_tie(
        &self,
        candidates: &Candidates<'_>,
        plan: &Settled,
        at: usize,
    ) -> Result<bool, QuestionError> {
        let Some(objective) = plan.objective else {
            return Ok(false);
        };
        let graph = &candidates.graph;
        let (mut rows, mut columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
        let places = match self.role {
            Role::Mentor => &mut rows,
            Role::Mentee => &mut columns,
        };
        if let Some(places) = places.get_mut(at) {
            *places = 0;
        }
        // The same edges, so they keep their numbers; and the same pins hold, since none that did names the person.
        let without = Graph::new(rows, columns, graph.edges()).map_err(PlanError::Graph)?;
        let Some(without) = self.settle(&candidates.with_graph(without))? else {
            return Ok(true); // nobody knows, so nothing is promised
        };
        let lost = Cost::of(graph, objective, &plan.assignment, &without.assignment);
        let lost = lost.map_err(|flaw| PlanError::Unsound {
            matcher: self.matcher.id(),
            flaw,
        })?;
        let lost = lost.cmp_by(&Cost::NONE, objective);
        Ok(lost.then(plan.tie_points.cmp(&without.tie_points)).is_le())
    }

    /// The plan under the conditions; `None` where with these candidates they cannot be kept exactly.
    fn settle(&self, candidates: &Candidates<'_>) -> Result<Option<Settled>, PlanError> {
        match candidates.settle(self.conditions, self.matcher) {
            Err(PlanError::NoRoomForConditions { .. }) => Ok(None),
            plan => plan.map(Some),
        }
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
        // A pin can name a key that is nobody's, and shall not become the newcomer's.
        let pins = self.conditions.pins();
        let pinned = |name: &str| {
            pins.iter().any(|pin| {
                [&pin.mentor, &pin.mentee]
                    .iter()
                    .any(|key| key.as_str() == name)
            })
        };
        let free = |name: &String| lines.find(name).is_none() && !pinned(name);
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
