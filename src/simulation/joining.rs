//! People who join the company and who leave it, and the roster with and without them.

use chrono::NaiveDate;

use super::moves::each_line;
use super::people::{Hours, Someone};
use super::run::{MONTH, Run, place};
use super::setup::SimulationError;
use crate::history::ReadModel;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::roster::{Line, Participant, Person, ReportingLines, Roster, Wish};
use crate::text::Key;

/// Somebody who joins the company and takes part from that day on: enrolled and trained at once, matched in the next round.
///
/// Not on the first day: whoever is there from the beginning belongs in the roster of the [`Setup`](super::Setup), which the first plan is of. On another
/// day than those from the second to the last it is a [`SetupFault`](super::SetupFault). Where nobody is there from the beginning, the
/// programme is launched when the first person joins.
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

/// Levels that a wish asks for.
pub(super) const fn asked_for(wish: &Wish) -> u8 {
    wish.to().as_u8().saturating_sub(wish.from().as_u8())
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
        let wishes = person.profile.wishes().iter();
        let wished: u64 = wishes.map(|wish| u64::from(asked_for(wish))).sum();
        for (sum, role) in self.counts.wished.iter_mut().zip(Self::roles()) {
            *sum += if person.side.includes(role) {
                wished
            } else {
                0
            };
        }
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
        self.hours.push(Hours::from(self.day));
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
        let mut joining: Vec<_> = setup.joining.iter().filter(|j| j.on == on).collect();
        if joining.is_empty() {
            return Ok(());
        }
        // Numbers, and so draws, go by the keys and not by the order in which a host lists people.
        joining.sort_by_key(|j| j.participant.key());
        let roster = with(self.roster(), &joining)?;
        self.company = Some(roster);
        self.take_over_roster()?;
        for joiner in &joining {
            self.takes_part(&joiner.participant);
        }
        let people: Vec<_> = joining.iter().map(|j| j.participant.id()).collect();
        let roster = self.company.as_ref().unwrap_or(setup.roster);
        let approved_by = self.begun.approved_by();
        self.desk.welcome(&people, setup, roster, approved_by)?;
        self.find_sponsor();
        Ok(())
    }

    fn may_quit(&mut self, number: usize) -> Result<(), SimulationError> {
        let (behaviour, model) = (self.setup.behaviour, &self.setup.model);
        let today = self.desk.today;
        let Some(person) = self.people.get_mut(number).filter(|p| p.here) else {
            return Ok(());
        };
        let role = person.role();
        let quits = behaviour.quits(model, &person.seen(today), role);
        match person.stays.lasts(quits) {
            true => Ok(()),
            false => self.leaves(number),
        }
    }

    /// Somebody leaves the company today.
    pub(super) fn leaves(&mut self, number: usize) -> Result<(), SimulationError> {
        let day = self.day;
        let Some(person) = self.people.get_mut(number).filter(|p| p.here) else {
            return Ok(());
        };
        let role = person.role();
        person.here = false;
        let (id, apprehension) = (person.id, person.apprehension);
        if let Some(hours) = self.hours.get_mut(number) {
            hours.left_on = day;
        }
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
