//! What happens on one day after the other.

use chrono::{Datelike, NaiveDate};

use super::agenda::{Agenda, Item};
use super::behaviour::Two;
use super::chance::Stream;
use super::desk::Desk;
use super::life::Life;
use super::measure::{Counts, Measured};
use super::moves::Move;
use super::outcome::{Happening, MonthEnd, WeekEnd};
use super::parameter::Parameter;
use super::people::{Hours, Someone};
use super::setup::{Begun, Setup, SimulationError, after};
use crate::eligibility::Eligibility;
use crate::folded::FoldedMap;
use crate::history::ReadModel;
use crate::ids::{PairingId, ParticipantId};
use crate::matching::{self, Optimal};
use crate::pair::{Pair, Role};
use crate::pairing::Pairing;
use crate::policy::{Context, FormerManager, NotExcluded, PastPair, Rule as _};
use crate::roster::Roster;

/// A simulation on its way.
pub(super) struct Run<'a, V> {
    pub(super) setup: &'a Setup<'a>,
    pub(super) begun: Begun<'a>,
    pub(super) stream: Stream,
    pub(super) desk: Desk<V>,
    /// The roster, once it has changed.
    pub(super) company: Option<Roster>,
    pub(super) people: Vec<Someone<'a>>,
    /// The same people's time, by the same numbers.
    pub(super) hours: Vec<Hours>,
    pub(super) numbers: FoldedMap<ParticipantId, usize>,
    /// In the order of their ids.
    pub(super) lives: Vec<Life>,
    agenda: Agenda,
    /// Today, counted from the first day.
    pub(super) day: u32,
    /// How many days there are.
    pub(super) days: u32,
    pub(super) counts: Counts,
    /// The participant who is the sponsor, by number.
    sponsor: Option<usize>,
    /// Whether somebody has left the company who stands in the roster.
    pub(super) gone: bool,
    /// Pairs whose pairing is over, and since when.
    past: Vec<PastPair>,
    pub(super) former: Vec<FormerManager>,
    /// The mentor who will move back.
    pub(super) moved: Vec<Move>,
    pub(super) months: Vec<MonthEnd>,
    pub(super) weeks: Vec<WeekEnd>,
    pub(super) happenings: Vec<Happening>,
}

/// Days from one chance to leave to the next, and from one look back to the next.
pub(super) const MONTH: u32 = 30;

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

pub(super) const fn place(role: Role) -> usize {
    match role {
        Role::Mentor => 0,
        Role::Mentee => 1,
    }
}

impl<'a, V: ReadModel> Run<'a, V> {
    /// On the first day, before anything has happened.
    pub(super) fn begin_with(
        setup: &'a Setup<'a>,
        begun: Begun<'a>,
        desk: Desk<V>,
    ) -> Result<Self, SimulationError> {
        let end = setup.month(u32::from(setup.months))?;
        let days = u32::try_from((end - setup.start).num_days()).unwrap_or(u32::MAX);
        let mut run = Self {
            setup,
            begun,
            stream: Stream::new(setup.seed, setup.replicate),
            desk,
            company: None,
            people: Vec::new(),
            hours: Vec::new(),
            numbers: FoldedMap::default(),
            lives: Vec::new(),
            agenda: Agenda::of(days),
            day: 0,
            days,
            counts: Counts::default(),
            sponsor: None,
            gone: false,
            past: Vec::new(),
            former: Vec::new(),
            moved: Vec::new(),
            months: Vec::new(),
            weeks: Vec::new(),
            happenings: Vec::new(),
        };
        let people = setup.roster.participants();
        run.people.reserve(people.len());
        run.hours.reserve(people.len());
        run.numbers.reserve(people.len());
        for participant in people {
            run.takes_part(participant);
        }
        run.find_sponsor();
        Ok(run)
    }

    pub(super) fn value(&self, parameter: Parameter) -> u32 {
        self.setup.model.value(parameter)
    }

    pub(super) fn roster(&self) -> &Roster {
        self.company.as_ref().unwrap_or(self.setup.roster)
    }

    /// Whatever happens on a day.
    pub(super) fn day(&mut self) -> Result<(), SimulationError> {
        for of in self.desk.collect()? {
            self.on_record(of)?;
        }
        // Months that have passed: months.len() of them, where today is the first day of the next.
        let passed = u32::try_from(self.months.len()).unwrap_or(u32::MAX);
        self.people_come_and_go()?;
        if self.desk.today == self.setup.month(passed)? {
            self.first_of_month(passed)?;
        }
        let mut items = self.agenda.take(self.day);
        for item in &mut items {
            match item {
                Item::Month(at) => self.look_back(at)?,
                Item::Chemistry(at) => self.consider(at)?,
                Item::Due(at) => self.due(at)?,
            }
        }
        self.agenda.done(items);
        let tomorrow = after(self.desk.today, 1)?;
        let month_ends = tomorrow == self.setup.month(passed.saturating_add(1))?;
        if month_ends {
            self.months.push(MonthEnd {
                date: self.desk.today,
                entries: usize::try_from(self.desk.written).unwrap_or(usize::MAX),
                open: self.desk.program.open_pairings().count(),
            });
        }
        let over = month_ends && self.months.len() == usize::from(self.setup.months);
        if self.day % 7 == 6 || over {
            let times = self.hours.iter().map(|hours| hours.time(self.day));
            let sum = times.fold([0; 2], |[a, b], [c, d]| [a + c, b + d]);
            [self.counts.spent, self.counts.promised] = sum;
            let (date, measured) = (self.desk.today, Measured(self.counts));
            self.weeks.push(WeekEnd { date, measured });
        }
        Ok(())
    }

    fn first_of_month(&mut self, passed: u32) -> Result<(), SimulationError> {
        let (rounds, back) = (
            self.value(Parameter::RoundMonths),
            self.value(Parameter::ReturnMonths),
        );
        let reorganisation = self.value(Parameter::ReorganisationMonth);
        if passed == 0 {
            return self.begin();
        }
        if passed == self.value(Parameter::SponsorLeavesMonth) {
            if let Some(sponsor) = self.sponsor {
                self.leaves(sponsor)?;
            }
        }
        if reorganisation > 0 && passed == reorganisation {
            self.reorganise()?;
        }
        if reorganisation > 0 && back > 0 && passed == reorganisation + back {
            self.move_back()?;
        }
        if rounds > 0 && passed % rounds == 0 {
            self.round()?;
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), SimulationError> {
        self.desk.begin(self.begun, self.setup.cadence)?;
        let (proposed, unmatched) = match self.begun {
            Begun::Plan(approved) => {
                let plan = approved.plan();
                (plan.proposals.len(), plan.unmatched.len())
            }
            Begun::Pairs(pairs, _) => (pairs.len(), 0),
        };
        self.welcome(proposed, unmatched);
        Ok(())
    }

    /// Gives every new pairing a life.
    fn welcome(&mut self, proposed: usize, unmatched: usize) {
        let on = self.desk.today;
        let known = self.lives.last().map(|life| life.id);
        let first = self.lives.len();
        self.lives.reserve(proposed);
        let mut new = Vec::with_capacity(proposed);
        let open = self.desk.program.open_pairings();
        for pairing in open.filter(|p| known.is_none_or(|known| p.id() > known)) {
            let pair = pairing.pair();
            let number = |person| self.numbers.get(&person).copied();
            let Some((mentor, mentee)) = number(pair.mentor).zip(number(pair.mentee)) else {
                continue;
            };
            let Some((a, b)) = self.people.get(mentor).zip(self.people.get(mentee)) else {
                continue;
            };
            let two = [(mentor, a), (mentee, b)];
            let model = &self.setup.model;
            let (mut life, luck) = Life::proposed(pairing, two, model, &mut self.stream);
            life.due = self.day.saturating_add(life.due);
            self.agenda.put(life.due, Item::Due(self.lives.len()));
            self.lives.push(life);
            new.push(luck);
            for person in [mentor, mentee] {
                if let Some(person) = self.people.get_mut(person) {
                    person.open += 1;
                }
            }
            if let Some(mentor) = self.people.get_mut(mentor) {
                mentor.mentored = mentor.mentored.wrapping_add(1);
            }
        }
        for (at, luck) in (first..).zip(new) {
            let setup = self.setup;
            let chemistry = self
                .two(at)
                .map(|two| setup.behaviour.chemistry(&setup.model, &two, luck));
            if let Some((life, chemistry)) = self.lives.get_mut(at).zip(chemistry) {
                life.chemistry = chemistry.min(1000);
            }
        }
        self.happenings.push(Happening::Round {
            on,
            proposed,
            unmatched,
        });
    }

    /// Matches whoever has a place left, with the lines as they are now.
    fn round(&mut self) -> Result<(), SimulationError> {
        self.without_those_who_left()?;
        let program = &self.desk.program;
        let open: Vec<_> = program.open_pairings().map(Pairing::pair).collect();
        let context = Context::new(self.desk.today)
            .with_load(self.setup.load)
            .with_open(open.iter().copied())
            .with_excluded(open)
            .with_past(self.past.iter().copied())
            .with_former_managers(self.former.iter().cloned());
        let mut policy = self.setup.policy.clone();
        if policy.rules().all(|rule| rule.id() != NotExcluded.id()) {
            policy = policy.with(NotExcluded);
        }
        let eligibility = Eligibility::new(self.roster(), &policy, &context);
        let plan = matching::plan(&eligibility, &self.setup.criteria, &Optimal::most_pairs())?;
        let counts = (plan.proposals.len(), plan.unmatched.len());
        let approved = plan.approve(self.begun.approved_by());
        self.desk.propose(&approved, self.setup.cadence)?;
        self.welcome(counts.0, counts.1);
        Ok(())
    }

    /// The two of a pairing, as a behaviour sees them.
    pub(super) fn two(&self, at: usize) -> Option<Two<'a>> {
        let life = self.lives.get(at)?;
        let today = self.desk.today;
        let person = |number: usize| Some(self.people.get(number)?.seen(today));
        let sponsor = self.sponsor.and_then(|number| self.people.get(number));
        Some(Two {
            today,
            mentor: person(life.mentor)?,
            mentee: person(life.mentee)?,
            chemistry: life.chemistry,
            trust: life.trust,
            held: life.held,
            held_in_a_row: life.held_in_a_row,
            not_held_in_a_row: life.not_held_in_a_row,
            idle_days: self.day.saturating_sub(life.last),
            sponsor: sponsor.is_some_and(|sponsor| sponsor.here),
            taught_last: life.taught_last,
            mentor_in_a_row: life.mentor_in_a_row,
        })
    }

    /// Who of the participants the sponsor is, as the charter says, once there is one.
    pub(super) fn find_sponsor(&mut self) {
        let charter = self.desk.program.charter();
        let sponsor = charter.and_then(|charter| charter.sponsor().takes_part_as());
        self.sponsor = sponsor.and_then(|id| self.numbers.get(&id).copied());
    }

    pub(super) fn put(&mut self, day: u32, item: Item) {
        self.agenda.put(day, item);
    }

    pub(super) fn person_mut(&mut self, number: usize) -> Option<&mut Someone<'a>> {
        self.people.get_mut(number)
    }

    /// The number of a pairing.
    pub(super) fn number(&self, id: PairingId) -> Option<usize> {
        self.lives.binary_search_by_key(&id, |life| life.id).ok()
    }

    /// A pairing that is over, as the programme knows by now.
    pub(super) fn over(&mut self, at: usize, completed: bool) {
        // As they are while it is not over yet.
        let two = self.two(at).filter(|_| completed);
        let Some(life) = self.lives.get_mut(at) else {
            return;
        };
        let (meets, trust) = (life.now.meets(), life.trust);
        life.now = super::life::Now::Over;
        let numbers = [life.mentor, life.mentee];
        if meets {
            self.counts.meeting -= 1;
            self.counts.trust -= u64::from(trust);
            match completed {
                true => self.counts.completed += 1,
                false => self.counts.dropped += 1,
            }
        }
        let mut ids = Vec::new();
        for number in numbers {
            let Some(person) = self.people.get_mut(number) else {
                continue;
            };
            person.open = person.open.saturating_sub(1);
            ids.push(person.id);
        }
        if let [mentor, mentee] = *ids {
            let pair = Pair { mentor, mentee };
            let ended = self.desk.today;
            self.past.push(PastPair { pair, ended });
        }
        if let Some((two, life)) = two.zip(self.lives.get_mut(at)) {
            let setup = self.setup;
            let mut draws = life.draw(&mut self.stream);
            for who in ROLES {
                let recommends = setup.behaviour.recommends(&setup.model, &two, who);
                self.counts.asked += 1;
                self.counts.recommend += u64::from(draws.is(recommends));
            }
        }
    }

    pub(super) const fn roles() -> [Role; 2] {
        ROLES
    }

    /// A day from today on, counted from the first.
    pub(super) fn offset(&self, day: NaiveDate) -> u32 {
        let from_now = day.num_days_from_ce() - self.desk.today.num_days_from_ce();
        let from_now = u32::try_from(from_now.max(0)).unwrap_or(u32::MAX);
        self.day.saturating_add(from_now)
    }
}
