//! People who join the company and who leave it, and the roster with and without them.

use chrono::NaiveDate;

use super::moves::each_line;
use super::people::Someone;
use super::run::{MONTH, Run, place};
use super::setup::SimulationError;
use crate::history::ReadModel;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::roster::{Line, Participant, Person, ReportingLines, Roster};
use crate::text::Key;

/// Somebody who joins the company and takes part from that day on: enrolled and trained at once, matched in the next round.
///
/// Not on the first day: people join before the first plan is proposed, so the plan is of another roster by then, and stale. Whoever is there
/// from the beginning belongs in the roster of the [`Setup`](super::Setup).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Joiner {
    /// When.
    pub on: NaiveDate,
    /// Who.
    pub participant: Participant,
    /// Whom they report to.
    pub manager: Key,
}

impl Joiner {
    /// Somebody who reports to `manager` from a day on.
    #[must_use]
    pub const fn new(on: NaiveDate, participant: Participant, manager: Key) -> Self {
        Self {
            on,
            participant,
            manager,
        }
    }
}

/// The roster with those who join; their managers are in it, or join on the same day.
pub(super) fn with(roster: &Roster, joining: &[&Joiner]) -> Result<Roster, SimulationError> {
    let lines = roster.lines();
    let known = each_line(lines, |person| lines.manager(person));
    let new = joining
        .iter()
        .map(|j| Line::new(j.participant.key().as_str(), j.manager.as_str()));
    let lines = ReportingLines::new(known.chain(new))?;
    let participants = roster.participants().iter().cloned();
    let joiners = joining.iter().map(|j| j.participant.clone());
    let people = participants.chain(joiners).map(Person::from);
    let colleagues = roster.colleagues().cloned().map(Person::from);
    Ok(Roster::new(people.chain(colleagues), lines)?)
}

/// The roster with those of its participants who are here. Lines stay: whoever left is somebody's manager on paper until they are replaced.
pub(super) fn without(
    roster: &Roster,
    here: impl Fn(ParticipantId) -> bool,
) -> Result<Roster, SimulationError> {
    let participants = roster.participants().iter();
    let participants = participants.filter(|p| here(p.id())).cloned();
    let colleagues = roster.colleagues().cloned().map(Person::from);
    let people = participants.map(Person::from).chain(colleagues);
    Ok(Roster::new(people, roster.lines().clone())?)
}

impl<'a, V: ReadModel> Run<'a, V> {
    /// Somebody takes part from today on.
    pub(super) fn takes_part(&mut self, participant: &'a Participant) {
        let number = self.people.len();
        let model = &self.setup.model;
        let person = Someone::new(participant, number, model, &mut self.stream);
        let role = person.role();
        if let Some(people) = self.counts.people.get_mut(place(role)) {
            *people += 1;
        }
        if let Some(here) = self.counts.here.get_mut(place(role)) {
            *here += 1;
        }
        if role == Role::Mentee {
            self.counts.apprehension += u64::from(person.apprehension);
        }
        self.numbers.insert(person.id, number);
        self.people.push(person);
    }

    /// Once in 30 days everybody may leave the company; and whoever joins it today does.
    pub(super) fn people_come_and_go(&mut self) -> Result<(), SimulationError> {
        if self.day > 0 && self.day % MONTH == 0 {
            for number in 0..self.people.len() {
                self.may_quit(number)?;
            }
        }
        let on = self.desk.today;
        let setup = self.setup;
        let joining: Vec<_> = setup.joining.iter().filter(|j| j.on == on).collect();
        if joining.is_empty() {
            return Ok(());
        }
        let roster = with(self.roster(), &joining)?;
        self.company = Some(roster);
        self.take_over_roster()?;
        for joiner in &joining {
            self.takes_part(&joiner.participant);
        }
        let people: Vec<_> = joining.iter().map(|j| j.participant.id()).collect();
        self.desk.welcome(&people)
    }

    fn may_quit(&mut self, number: usize) -> Result<(), SimulationError> {
        let (behaviour, model) = (self.setup.behaviour, &self.setup.model);
        let Some(person) = self.people.get_mut(number).filter(|p| p.here) else {
            return Ok(());
        };
        let role = person.role();
        let quits = behaviour.quits(model, &person.seen(), role);
        if person.stays.lasts(quits) {
            return Ok(());
        }
        person.here = false;
        let (id, apprehension) = (person.id, person.apprehension);
        self.gone = true;
        if let Some(here) = self.counts.here.get_mut(place(role)) {
            *here -= 1;
        }
        if role == Role::Mentee {
            self.counts.apprehension -= u64::from(apprehension);
        }
        let ended = self.desk.withdraw(id)?;
        for id in ended {
            if let Some(at) = self.number(id) {
                self.over(at, false);
            }
        }
        Ok(())
    }

    /// Before people are matched again, the roster is of those who are here.
    pub(super) fn without_those_who_left(&mut self) -> Result<(), SimulationError> {
        if !std::mem::take(&mut self.gone) {
            return Ok(());
        }
        let here = |id: ParticipantId| {
            let number = self.numbers.get(&id);
            number.is_none_or(|n| self.people.get(*n).is_some_and(|p| p.here))
        };
        let roster = without(self.roster(), here)?;
        self.company = Some(roster);
        self.take_over_roster()
    }

    /// The programme gets the roster as it is now. Nobody has moved.
    fn take_over_roster(&mut self) -> Result<(), SimulationError> {
        if let Some(roster) = &self.company {
            self.desk.reorganise(roster)?;
        }
        Ok(())
    }
}
