//! A history on a day: the units that metrics are asked about, one after the other.
//!
//! In come a history, a calendar and the day; out come views of pairings, people and cohorts, each kind by id. Never true
//! inside: anything that happened after the day, once a view is asked with it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::beside;
use super::view::{CohortView, PairingView, PersonView, UnitView, of};
use crate::cadence::Calendar;
use crate::charter::{Charter, Curriculum};
use crate::history::{History, PairingFacts, PersonFacts, Seats, SeatsOf, StageFact};
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::pair::Role;

/// A history on a day.
#[derive(Debug)]
pub(crate) struct Day<'a> {
    pub(super) history: &'a History,
    pub(super) calendar: &'a Calendar,
    pub(super) as_of: NaiveDate,
    /// The charters of the cohorts that are launched.
    charters: BTreeMap<CohortId, Going<'a>>,
    of_none: Option<Going<'a>>,
    /// Their curricula, each once.
    curricula: Vec<&'a Curriculum>,
    /// Which curricula mentor and mentee have finished, by the place of the pairing: a bit for each. Empty until
    /// [`people`](Self::people) has gone by.
    finished: Vec<[u64; 2]>,
    /// Every pairing by id, once [`people`](Self::people) has gone by.
    known: Vec<PairingId>,
}

/// What a cohort goes by: its charter, and the place of the curriculum.
#[derive(Debug, Clone, Copy)]
struct Going<'a> {
    charter: &'a Charter,
    curriculum: u32,
}

impl Going<'_> {
    /// Of a programme of more than 64 curricula, the later ones have none and are looked up.
    fn bit(self) -> Option<u64> {
        1_u64.checked_shl(self.curriculum)
    }
}

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

impl<'a> Day<'a> {
    pub(crate) fn new(history: &'a History, calendar: &'a Calendar, as_of: NaiveDate) -> Self {
        let mut curricula: Vec<&Curriculum> = Vec::new();
        let mut going = |charter: &'a Charter| {
            let curriculum = charter.curriculum();
            let known = curricula.iter().position(|known| *known == curriculum);
            let at = known.unwrap_or(curricula.len());
            if known.is_none() {
                curricula.push(curriculum);
            }
            Going {
                charter,
                curriculum: u32::try_from(at).unwrap_or(u32::MAX),
            }
        };
        let cohorts = history.cohorts();
        let charters = cohorts.filter_map(|(id, _)| Some((id, history.charter(Some(id), as_of)?)));
        let charters = charters.map(|(id, charter)| (id, going(charter))).collect();
        let of_none = history.charter(None, as_of).map(&mut going);
        Self {
            history,
            calendar,
            as_of,
            charters,
            of_none,
            curricula,
            finished: Vec::new(),
            known: Vec::new(),
        }
    }

    /// Every unit: the pairings that are proposed, whether they have started or not, then the people who take part, then
    /// the cohorts that are launched, each by id.
    pub(crate) fn units(mut self) -> Vec<UnitView<'a>> {
        let parts = self.people(|people| people.map(UnitView::Person).collect::<Vec<_>>());
        let pairings = self.pairings().filter_map(|(view, _)| view.into_unit());
        let mut units: Vec<_> = pairings.collect();
        units.extend(parts.into_iter().flatten());
        units.extend(self.cohorts().map(UnitView::Cohort));
        units
    }

    /// Every pairing that is known by now or later, by id, with its stages.
    pub(super) fn pairings(&self) -> impl Iterator<Item = (PairingView<'a>, &'a [StageFact])> {
        let pairings = self.history.pairings_with_stages();
        self.with_what_they_finished(0, pairings)
    }

    /// Those from one on, which is at a place among all, before another or to the end.
    pub(super) fn pairings_at(
        &self,
        at: usize,
        first: PairingId,
        until: Option<PairingId>,
    ) -> impl Iterator<Item = (PairingView<'a>, &'a [StageFact])> {
        let pairings = self.history.pairings_from(first, until);
        self.with_what_they_finished(at, pairings)
    }

    fn with_what_they_finished(
        &self,
        at: usize,
        pairings: impl Iterator<Item = (PairingId, &'a PairingFacts, &'a [StageFact])>,
    ) -> impl Iterator<Item = (PairingView<'a>, &'a [StageFact])> {
        let finished = self.finished.iter().skip(at).copied().map(Some);
        let finished = finished.chain(std::iter::repeat(None));
        let pairings = pairings.zip(finished);
        pairings.map(|((id, facts, stages), finished)| (self.view(id, facts, finished), stages))
    }

    /// Those from an id on, before another or to the end.
    pub(super) fn pairings_from(
        &self,
        first: PairingId,
        until: Option<PairingId>,
    ) -> impl Iterator<Item = (PairingView<'a>, &'a [StageFact])> {
        let pairings = self.history.pairings_from(first, until);
        pairings.map(|(id, facts, stages)| (self.view(id, facts, None), stages))
    }

    fn view(
        &self,
        id: PairingId,
        facts: &'a PairingFacts,
        finished: Option<[u64; 2]>,
    ) -> PairingView<'a> {
        let going = self.going(facts.cohort_on(self.as_of));
        let bit = going.and_then(Going::bit);
        let trained = finished.zip(bit);
        let trained = trained.map(|(of, bit)| of.map(|known| known & bit > 0));
        let charter = going.map(|going| going.charter);
        PairingView::new(self, (id, facts), charter, trained)
    }

    /// What a cohort goes by, or whoever is of none.
    fn going(&self, cohort: Option<CohortId>) -> Option<Going<'a>> {
        match cohort {
            Some(cohort) => self.charters.get(&cohort).copied(),
            None => self.of_none,
        }
    }

    /// Everybody who takes part, by id: in parts, each given to the reader whole, beside the others where there are many. On the way
    /// it notes what they have finished, so that pairings need not look for their people.
    pub(super) fn people<R: Send>(
        &mut self,
        read: impl Fn(&mut dyn Iterator<Item = PersonView<'a>>) -> R + Sync,
    ) -> Vec<R> {
        let seats = Seats::of(self.history, self.as_of);
        let parts = beside::parts(seats.pairings().len());
        self.people_in(parts, seats, read)
    }

    fn people_in<R: Send>(
        &mut self,
        parts: usize,
        seats: Seats,
        read: impl Fn(&mut dyn Iterator<Item = PersonView<'a>>) -> R + Sync,
    ) -> Vec<R> {
        let parts = seats.parts(parts);
        let enrolled = self.enrolled();
        let parts = beside::read(parts, |part| {
            let mut finished = Vec::new();
            let mut people = self.people_of(part, &enrolled, &mut finished);
            let said = read(&mut people);
            // Whoever the reader did not ask for.
            people.for_each(drop);
            (said, finished)
        });
        self.finished = vec![[0; 2]; seats.pairings().len()];
        let mut all = Vec::with_capacity(parts.len());
        for (said, finished) in parts {
            for ((role, pairing), known) in finished {
                if let Some([mentor, mentee]) = self.finished.get_mut(pairing) {
                    *match role {
                        Role::Mentor => mentor,
                        Role::Mentee => mentee,
                    } = known;
                }
            }
            all.push(said);
        }
        self.known = seats.into_pairings();
        all
    }

    /// Every pairing by id; none before [`people`](Self::people) has gone by.
    pub(super) fn known(&self) -> &[PairingId] {
        &self.known
    }

    /// The people of a part, by id; what they have finished is noted by their pairings.
    fn people_of<'s>(
        &'s self,
        part: SeatsOf<'s>,
        enrolled: &'s [(ParticipantId, CohortId)],
        finished: &'s mut Vec<((Role, usize), u64)>,
    ) -> impl Iterator<Item = PersonView<'a>> + use<'a, 's> {
        let as_of = self.as_of;
        let first = part.first();
        let before = enrolled.partition_point(|(person, _)| Some(*person) < first);
        let mut enrolled = enrolled.iter().copied().skip(before).peekable();
        let mut seated = part.in_step();
        let people = self.history.people_from(part.first(), part.until());
        people.filter_map(move |(id, facts)| {
            let seated = seated(id);
            let known = self.finished_by(facts);
            if known > 0 {
                finished.extend(seated.pairings().map(|place| (place, known)));
            }
            let places = facts.places_on(as_of)?;
            let mut cohort = None;
            while let Some((person, of)) = enrolled.next_if(|(person, _)| *person <= id) {
                cohort = (person == id).then_some(of);
            }
            let theirs = cohort.and_then(|cohort| self.going(Some(cohort)));
            let theirs = theirs.or(self.of_none);
            let trained = |going: Going<'_>| match going.bit() {
                Some(bit) => known & bit > 0,
                None => facts.has_finished(going.charter.curriculum(), as_of),
            };
            let places_since = ROLES.map(|role| facts.places_since(role, as_of));
            let waits = |role| {
                let since = of(&places_since, role);
                since.and_then(|since| seated.waits_since(role, since))
            };
            Some(PersonView {
                id,
                charter: theirs.map(|going| going.charter),
                trained: theirs.map(trained),
                as_of,
                places,
                open: seated.open(),
                places_since,
                waits: ROLES.map(waits),
            })
        })
    }

    /// Which curricula somebody has finished, a bit for each.
    fn finished_by(&self, facts: &PersonFacts) -> u64 {
        let each = self.curricula.iter().zip(0_u32..);
        let finished = each.filter(|(curriculum, _)| facts.has_finished(curriculum, self.as_of));
        // Each bit once.
        let bits = finished.filter_map(|(_, at)| 1_u64.checked_shl(at));
        bits.sum()
    }

    /// Who is enrolled in which cohort, by person; of somebody in several, the last is the last by id. Nobody where one
    /// cohort alone is launched, since everybody goes by its charter.
    fn enrolled(&self) -> Vec<(ParticipantId, CohortId)> {
        let mut enrolled = Vec::new();
        if self.charters.len() > 1 {
            for (cohort, facts) in self.history.cohorts() {
                enrolled.extend(facts.enrolled(self.as_of).map(|person| (person, cohort)));
            }
            enrolled.sort_unstable();
        }
        enrolled
    }

    /// The cohorts that are launched, by id.
    pub(super) fn cohorts(&self) -> impl Iterator<Item = CohortView<'a>> {
        let as_of = self.as_of;
        let launched = self.history.cohorts();
        let launched = launched.filter(|(id, _)| self.charters.contains_key(id));
        launched.map(move |(id, facts)| CohortView { id, facts, as_of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Company;

    /// In as many parts as you like: the same people, each once, and the same of each.
    #[test]
    fn parts_are_the_whole() {
        let company = Company::sample().unwrap();
        let (history, calendar) = (company.history(), Calendar::OPEN);
        let as_of = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let of = |parts, asked| {
            let mut day = Day::new(history, &calendar, as_of);
            let seats = Seats::of(history, as_of);
            let some = |people: &mut dyn Iterator<Item = _>| {
                let people = people.take(asked);
                people.map(|person| format!("{person:?}")).collect()
            };
            let said: Vec<Vec<String>> = day.people_in(parts, seats, some);
            assert_eq!(said.len() > 1, parts > 1, "{parts}");
            (said.concat(), day.finished, day.known)
        };
        let whole = of(1, usize::MAX);
        assert!(whole.0.len() > 3 && whole.2.len() > 3);
        assert!(whole.1.iter().flatten().any(|finished| *finished > 0));
        for parts in 0..20 {
            assert_eq!(of(parts, usize::MAX), whole, "{parts}");
            // What they have finished is known of whoever was not asked for, too.
            assert_eq!(of(parts, 0).1, whole.1, "{parts}");
        }
    }
}
